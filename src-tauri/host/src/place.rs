//! The folder of a notebook that may not be there yet, or may not be free.
//!
//! Opening waits until something is asked, and making waits until something is written: asking whether there is a
//! notebook leaves no trace on the disk. A folder in use, read-only or damaged is an answer to the request that met it,
//! and is tried again at the next one. Once open, it stays open, and so it stays locked against others.

use std::cell::OnceCell;
use std::path::PathBuf;

use maillon_engine::store::{Batch, Row, Store, StoreError, Table};

use crate::sqlite::SqliteStore;

/// A [`SqliteStore`], as soon as there is one.
pub(crate) struct Place {
    dir: PathBuf,
    store: OnceCell<SqliteStore>,
}

impl Place {
    /// Touches nothing.
    pub(crate) fn new(dir: PathBuf) -> Self {
        Place { dir, store: OnceCell::new() }
    }

    /// The store, or none where no notebook was ever made.
    fn opened(&self) -> Result<Option<&SqliteStore>, StoreError> {
        if self.store.get().is_none() {
            if !SqliteStore::is_in(&self.dir) {
                return Ok(None);
            }
            // Nobody else can have set it: one thread, and no await since it was looked at.
            let _ = self.store.set(SqliteStore::open(&self.dir)?);
        }
        Ok(self.store.get())
    }

    /// The store to write in, made if there was none.
    fn made(&mut self) -> Result<&mut SqliteStore, StoreError> {
        if self.opened()?.is_none() {
            let _ = self.store.set(SqliteStore::create(&self.dir)?);
        }
        self.store.get_mut().ok_or_else(|| StoreError::Io("the store went away".into()))
    }
}

impl Store for Place {
    async fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        match self.opened()? {
            Some(store) => store.get(table, key).await,
            None => Ok(None),
        }
    }

    async fn scan(&self, table: Table, prefix: &[u8]) -> Result<Vec<Row>, StoreError> {
        match self.opened()? {
            Some(store) => store.scan(table, prefix).await,
            None => Ok(Vec::new()),
        }
    }

    async fn commit(&mut self, batch: Batch) -> Result<(), StoreError> {
        self.made()?.commit(batch).await
    }

    async fn purge(&mut self) -> Result<(), StoreError> {
        match self.opened()? {
            Some(_) => self.made()?.purge().await,
            None => Ok(()),
        }
    }

    async fn check(&self) -> Result<(), StoreError> {
        match self.opened()? {
            Some(store) => store.check().await,
            None => Ok(()),
        }
    }

    async fn bytes(&self) -> Result<u64, StoreError> {
        match self.opened()? {
            Some(store) => store.bytes().await,
            None => Ok(0),
        }
    }
}
