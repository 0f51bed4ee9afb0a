//! The notebook of this browser, as soon as it is free.
//!
//! The lock comes before the database: two tabs never have it open at once. A notebook in use is an answer to the
//! request that met it, and is tried again at the next one, so the second tab goes on by itself once the first is
//! closed. Once open, it is never opened again: were the browser to take the database away under us, going on in an
//! empty one would lose everything quietly.

use std::cell::OnceCell;

use maillon_engine::store::{Batch, Row, Store, StoreError, Table};

use super::idb::IdbStore;
use super::lock;

/// An [`IdbStore`], behind its lock.
pub(crate) struct Place {
    name: &'static str,
    lock: OnceCell<lock::Held>,
    store: OnceCell<IdbStore>,
}

impl Place {
    /// Touches nothing.
    pub(crate) fn new(name: &'static str) -> Self {
        Place { name, lock: OnceCell::new(), store: OnceCell::new() }
    }

    async fn open(&self) -> Result<&IdbStore, StoreError> {
        // One request at a time: nobody else can have set either cell meanwhile.
        if self.lock.get().is_none() {
            let _ = self.lock.set(lock::take(self.name).await?);
        }
        if self.store.get().is_none() {
            let _ = self.store.set(IdbStore::open(self.name).await?);
        }
        self.store.get().ok_or_else(|| StoreError::Io("the store went away".into()))
    }

    async fn open_mut(&mut self) -> Result<&mut IdbStore, StoreError> {
        self.open().await?;
        self.store.get_mut().ok_or_else(|| StoreError::Io("the store went away".into()))
    }
}

impl Store for Place {
    async fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        self.open().await?.get(table, key).await
    }

    async fn scan(&self, table: Table, prefix: &[u8]) -> Result<Vec<Row>, StoreError> {
        self.open().await?.scan(table, prefix).await
    }

    async fn commit(&mut self, batch: Batch) -> Result<(), StoreError> {
        self.open_mut().await?.commit(batch).await
    }

    async fn purge(&mut self) -> Result<(), StoreError> {
        self.open_mut().await?.purge().await
    }

    async fn check(&self) -> Result<(), StoreError> {
        self.open().await?.check().await
    }

    async fn bytes(&self) -> Result<u64, StoreError> {
        self.open().await?.bytes().await
    }
}
