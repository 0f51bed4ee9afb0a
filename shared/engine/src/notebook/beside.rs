//! What stands beside the documents: forms half filled, the day of the last copy, and whether all is as it was sealed.

use chrono::NaiveDate;
use maillon_shared::api::Failure;
use maillon_shared::api::errors::Damage;
use maillon_shared::api::requests::{Draft, DraftKey};
use maillon_shared::api::responses::Verification;
use maillon_shared::domain::time::Instant;
use serde::{Deserialize, Serialize};

use super::Notebook;
use super::rows::{PAGE, sealed};
use crate::ambient::Ambient;
use crate::failures::{failure_of_open, failure_of_store};
use crate::store::{Batch, Store, Table};
use crate::vault::open_row;
use crate::views::Cached;

const COPIED_ROW: &[u8] = b"copied";

/// A draft as it is written: it may wait for a newer version.
#[derive(Serialize, Deserialize)]
struct WrittenDraft {
    form: String,
    subject: String,
    content: String,
    at: Instant,
}

const DRAFT_FORMAT: u8 = 1;

impl Notebook {
    /// Keeps a form half filled, over the one that was there.
    pub async fn save_draft(
        &self,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
        draft: &Draft,
    ) -> Result<(), Failure> {
        let row = self.draft_row(&draft.key);
        let written = WrittenDraft {
            form: draft.key.form.clone(),
            subject: draft.key.subject.clone(),
            content: draft.content.clone(),
            at: draft.at,
        };
        let mut plain = vec![DRAFT_FORMAT];
        plain.extend(postcard::to_allocvec(&written).unwrap_or_default());
        let mut batch = Batch::new();
        batch.put(Table::Drafts, row, sealed(&self.sealing.drafts, ambient, Table::Drafts, &row, &plain));
        store.commit(batch).await.map_err(failure_of_store)
    }

    /// A draft's row says nothing of the form, not even to whoever guesses which one it is.
    pub(super) fn draft_row(&self, key: &DraftKey) -> [u8; 16] {
        self.sealing.drafts.row_name([key.form.as_bytes(), key.subject.as_bytes()].join(&0).as_slice())
    }

    /// Forgets a form.
    pub async fn drop_draft(&self, store: &mut impl Store, key: &DraftKey) -> Result<(), Failure> {
        let mut batch = Batch::new();
        batch.delete(Table::Drafts, self.draft_row(key));
        store.commit(batch).await.map_err(failure_of_store)
    }

    /// Every form half filled, newest first.
    pub async fn drafts(&self, store: &impl Store) -> Result<Vec<Draft>, Failure> {
        let rows = store.scan(Table::Drafts, &[]).await.map_err(failure_of_store)?;
        let mut drafts = Vec::with_capacity(rows.len());
        for (row, sealed) in rows {
            let plain = open_row(&self.sealing.drafts, Table::Drafts, &row, &sealed).map_err(failure_of_open)?;
            let Some((&DRAFT_FORMAT, written)) = plain.split_first() else { continue };
            if let Ok(WrittenDraft { form, subject, content, at }) = postcard::from_bytes(written) {
                drafts.push(Draft { key: DraftKey { form, subject }, content, at });
            }
        }
        drafts.sort_by_key(|draft| std::cmp::Reverse(draft.at.utc_ms));
        Ok(drafts)
    }

    /// Remembers when the notebook was last copied elsewhere.
    pub async fn note_copy(&self, store: &mut impl Store, ambient: &mut impl Ambient) -> Result<(), Failure> {
        let day = ambient.now().day().to_string();
        let mut batch = Batch::new();
        batch.put(
            Table::Meta,
            COPIED_ROW,
            sealed(&self.sealing.meta, ambient, Table::Meta, COPIED_ROW, day.as_bytes()),
        );
        store.commit(batch).await.map_err(failure_of_store)
    }

    /// The day the notebook was last copied elsewhere, if it ever was.
    pub async fn copied_on(&self, store: &impl Store) -> Result<Option<NaiveDate>, Failure> {
        let row = store.get(Table::Meta, COPIED_ROW).await.map_err(failure_of_store)?;
        let day = row.and_then(|row| open_row(&self.sealing.meta, Table::Meta, COPIED_ROW, &row).ok());
        Ok(day.and_then(|day| std::str::from_utf8(&day).ok()?.parse().ok()))
    }

    /// Reads everything again from its seals, compares, and makes again the views that were not what documents say.
    pub async fn verify(
        &mut self,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
        mut progress: impl FnMut(u32, u32),
    ) -> Result<Verification, Failure> {
        store.check().await.map_err(failure_of_store)?;
        let mut report = Verification::default();
        let ids = self.document_ids(store).await?;
        let total = ids.len() as u32;
        for (index, id) in ids.iter().enumerate() {
            if index % 100 == 0 {
                progress(index as u32, total);
            }
            match self.load(store, *id).await {
                Ok(loaded) => {
                    report.documents += 1;
                    let cached = Cached::read(&loaded.document);
                    if self.views.document(*id) != Some(&cached) {
                        report.stale_views += 1;
                        let mut batch = Batch::new();
                        self.put_view(&mut batch, ambient, *id, &cached);
                        store.commit(batch).await.map_err(failure_of_store)?;
                        self.views.apply(*id, cached);
                    }
                }
                Err(Failure::Damaged(_) | Failure::UnknownKey | Failure::TooNew) => report.unreadable += 1,
                Err(other) => return Err(other),
            }
        }
        let mut before = self.counts.acts;
        while before > 0 {
            let page = self.acts_before(store, before, PAGE as usize).await?;
            let Some((lowest, _)) = page.last() else { break };
            before = *lowest;
            report.acts += page.len() as u32;
        }
        if u64::from(report.acts) != self.counts.acts {
            return Err(Failure::Damaged(Damage::Document));
        }
        progress(total, total);
        Ok(report)
    }
}
