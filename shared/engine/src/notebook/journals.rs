//! The journals of writes and of reads, told newest first and page by page.

use std::collections::BTreeSet;

use maillon_shared::api::Failure;
use maillon_shared::domain::ids::{ActId, DocId};

use super::Notebook;
use super::rows::{ACT_ROW, PAGE, numbered_before, numbered_row, sealed, undone_row};
use crate::ambient::Ambient;
use crate::failures::{failure_of_open, failure_of_store};
use crate::journal::Scope;
use crate::journal::act::ActRecord;
use crate::store::{Batch, Store, Table};
use crate::vault::open_row;

impl Notebook {
    /// Whether an act was undone.
    pub async fn is_undone(&self, store: &impl Store, act: ActId) -> Result<bool, Failure> {
        let row = store.get(Table::Acts, &undone_row(act)).await.map_err(failure_of_store)?;
        Ok(row.is_some())
    }

    /// The records that an act made.
    pub async fn born_in(&self, store: &impl Store, act: ActId) -> Result<Vec<DocId>, Failure> {
        let record = self.find_act(store, act).await?.ok_or(Failure::NotFound)?;
        Ok(record.documents.iter().filter(|document| document.born).map(|document| document.id).collect())
    }

    /// The scopes that an act wrote in.
    pub async fn scopes_of_act(&self, store: &impl Store, act: ActId) -> Result<BTreeSet<Scope>, Failure> {
        let record = self.find_act(store, act).await?.ok_or(Failure::NotFound)?;
        let held = record.documents.iter().filter_map(|touched| self.views.document(touched.id));
        Ok(held.map(|cached| cached.header.scope.clone()).collect())
    }

    /// What an act did, as a code.
    pub async fn act_what(&self, store: &impl Store, act: ActId) -> Result<String, Failure> {
        Ok(self.find_act(store, act).await?.ok_or(Failure::NotFound)?.what)
    }

    pub(super) async fn find_act(&self, store: &impl Store, act: ActId) -> Result<Option<ActRecord>, Failure> {
        let mut before = self.counts.acts;
        while before > 0 {
            let page = self.acts_before(store, before, PAGE as usize).await?;
            let Some((lowest, _)) = page.last() else { return Ok(None) };
            before = *lowest;
            if let Some((_, record)) = page.into_iter().find(|(_, record)| record.id == act) {
                return Ok(Some(record));
            }
        }
        Ok(None)
    }

    /// The last acts before a number, newest first.
    pub async fn acts_before(
        &self,
        store: &impl Store,
        before: u64,
        limit: usize,
    ) -> Result<Vec<(u64, ActRecord)>, Failure> {
        let rows = numbered_before(store, Table::Acts, ACT_ROW, before.min(self.counts.acts), limit).await?;
        let mut acts = Vec::with_capacity(rows.len());
        for (number, (row, sealed)) in rows {
            let plain = open_row(&self.sealing.acts, Table::Acts, &row, &sealed).map_err(failure_of_open)?;
            acts.push((number, ActRecord::from_bytes(&plain).ok_or(Failure::TooNew)?));
        }
        Ok(acts)
    }

    /// Notes that something was read. Its bytes are the reader's own.
    pub async fn note_read(
        &mut self,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
        plain: &[u8],
    ) -> Result<(), Failure> {
        let row = numbered_row(ACT_ROW, self.counts.reads);
        let mut batch = Batch::new();
        batch.put(Table::Reads, row, sealed(&self.sealing.reads, ambient, Table::Reads, &row, plain));
        self.counts.reads += 1;
        self.put_counts(&mut batch, ambient);
        store.commit(batch).await.map_err(|error| {
            self.counts.reads -= 1;
            failure_of_store(error)
        })
    }

    /// The last reads before a number, newest first.
    pub async fn reads_before(
        &self,
        store: &impl Store,
        before: u64,
        limit: usize,
    ) -> Result<Vec<(u64, Vec<u8>)>, Failure> {
        let rows = numbered_before(store, Table::Reads, ACT_ROW, before.min(self.counts.reads), limit).await?;
        let mut reads = Vec::with_capacity(rows.len());
        for (number, (row, sealed)) in rows {
            let plain = open_row(&self.sealing.reads, Table::Reads, &row, &sealed).map_err(failure_of_open)?;
            reads.push((number, plain.to_vec()));
        }
        Ok(reads)
    }
}
