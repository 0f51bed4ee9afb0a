//! A notebook in IndexedDB: one object store a table, binary keys, one transaction a batch.
//!
//! Binary keys are ordered byte by byte, a shorter one before those that begin with it: the order that a
//! [`Store`] promises.

use js_sys::{ArrayBuffer, Uint8Array};
use maillon_engine::store::{Batch, Row, Store, StoreError, Table, Write};
use rexie::{KeyRange, ObjectStore, Rexie, Transaction, TransactionMode};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::strict;
use crate::{field, words_of};

/// The shape of the database. It grows by one with each table that is added.
const VERSION: u32 = 1;

/// So many rows are asked for at once: a whole table in few turns, and never all of it twice in memory.
const ROWS_AT_ONCE: u32 = 2_048;

/// An open database. Whoever opens it holds the notebook's lock.
pub(crate) struct IdbStore {
    database: Rexie,
}

impl IdbStore {
    /// Opens the database, and makes it if it is not there.
    pub(crate) async fn open(name: &str) -> Result<Self, StoreError> {
        strict::install()?;
        let builder = Rexie::builder(name).version(VERSION);
        let builder =
            Table::ALL.iter().fold(builder, |builder, table| builder.add_object_store(ObjectStore::new(table.name())));
        Ok(IdbStore { database: builder.build().await.map_err(failed)? })
    }

    /// Closes the database: for whoever opens it again in the same worker.
    #[cfg(feature = "contract")]
    pub(crate) fn close(self) {
        self.database.close();
    }

    fn read(&self, table: Table) -> Result<rexie::Store, StoreError> {
        let transaction = self.database.transaction(&[table.name()], TransactionMode::ReadOnly).map_err(failed)?;
        transaction.store(table.name()).map_err(failed)
    }
}

impl Store for IdbStore {
    async fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        let value = self.read(table)?.get(key_js(key)).await.map_err(failed)?;
        value.map(value_bytes).transpose()
    }

    async fn scan(&self, table: Table, prefix: &[u8]) -> Result<Vec<Row>, StoreError> {
        let store = self.read(table)?;
        let mut rows = Vec::new();
        let mut range = all_of(prefix).map_err(failed)?;
        loop {
            // In one transaction, so that both see the same rows.
            let keys = store.get_all_keys(range, Some(ROWS_AT_ONCE)).await.map_err(failed)?;
            let range_of_values = match (keys.first(), keys.last()) {
                (Some(first), Some(last)) => KeyRange::bound(first, last, None, None).map_err(failed)?,
                _ => return Ok(rows),
            };
            let values = store.get_all(Some(range_of_values), None).await.map_err(failed)?;
            if keys.len() != values.len() {
                return Err(StoreError::Damaged("a row lacks its key or its bytes".into()));
            }
            let is_last = keys.len() < ROWS_AT_ONCE as usize;
            let next = keys.last().map(|last| range_of(last, true, prefix)).transpose().map_err(failed)?;
            rows.reserve(keys.len());
            for (key, value) in keys.into_iter().zip(values) {
                rows.push((key_bytes(key)?, value_bytes(value)?));
            }
            match next {
                Some(next) if !is_last => range = Some(next),
                Some(_) | None => return Ok(rows),
            }
        }
    }

    async fn commit(&mut self, batch: Batch) -> Result<(), StoreError> {
        let by_table: Vec<(Table, Vec<Write>)> = by_table(batch);
        let names: Vec<&str> = by_table.iter().map(|(table, _)| table.name()).collect();
        if names.is_empty() {
            return Ok(());
        }
        let transaction = self.database.transaction(&names, TransactionMode::ReadWrite).map_err(failed)?;
        match write_all(&transaction, by_table).await {
            Ok(()) => match transaction.done().await {
                Ok(result) if result.is_committed() => Ok(()),
                Ok(_) => Err(aborted(None)),
                Err(error) => Err(aborted(Some(error))),
            },
            Err(error) => {
                strict::abort_last();
                // Nothing is answered before nothing of it is there.
                let _ = transaction.done().await;
                Err(aborted(Some(error)))
            }
        }
    }

    async fn purge(&mut self) -> Result<(), StoreError> {
        // A browser has no way to ask for it. Rows taken away may linger in its files until it compacts them, sealed
        // under a document's key that was itself taken away, and under a keyring's key that was renewed.
        Ok(())
    }

    async fn check(&self) -> Result<(), StoreError> {
        for table in Table::ALL {
            self.read(table)?.count(None).await.map_err(failed)?;
        }
        Ok(())
    }

    async fn bytes(&self) -> Result<u64, StoreError> {
        let storage = field(&field(&js_sys::global(), "navigator"), "storage");
        let Ok(estimate) = field(&storage, "estimate").dyn_into::<js_sys::Function>() else { return Ok(0) };
        let estimate = estimate.call0(&storage).map_err(|error| StoreError::Io(words_of(&error)))?;
        let estimate = JsFuture::from(js_sys::Promise::resolve(&estimate)).await;
        let estimate = estimate.map_err(|error| StoreError::Io(words_of(&error)))?;
        // Chromium tells the database from the rest of the site.
        let database = field(&field(&estimate, "usageDetails"), "indexedDB").as_f64();
        Ok(database.or_else(|| field(&estimate, "usage").as_f64()).unwrap_or_default() as u64)
    }
}

/// The writes of each table, in their order. Between tables the order says nothing: they share no key.
fn by_table(batch: Batch) -> Vec<(Table, Vec<Write>)> {
    let mut tables: Vec<(Table, Vec<Write>)> = Vec::new();
    for write in batch.writes {
        let table = match &write {
            Write::Put { table, .. } | Write::Delete { table, .. } | Write::DeletePrefix { table, .. } => *table,
        };
        match tables.iter_mut().find(|(other, _)| *other == table) {
            Some((_, writes)) => writes.push(write),
            None => tables.push((table, vec![write])),
        }
    }
    tables
}

async fn write_all(transaction: &Transaction, by_table: Vec<(Table, Vec<Write>)>) -> Result<(), rexie::Error> {
    for (table, writes) in by_table {
        let store = transaction.store(table.name())?;
        let mut writes = writes.into_iter().peekable();
        while let Some(write) = writes.next() {
            match write {
                Write::Put { key, value, .. } => {
                    // Rows that follow one another go out together: one turn instead of one each.
                    let mut rows = vec![row_js(&key, &value)];
                    while let Some(Write::Put { key, value, .. }) =
                        writes.next_if(|next| matches!(next, Write::Put { .. }))
                    {
                        rows.push(row_js(&key, &value));
                    }
                    store.put_all(rows.into_iter()).await?;
                }
                Write::Delete { key, .. } => store.delete(key_js(&key)).await?,
                Write::DeletePrefix { prefix, .. } => match all_of(&prefix)? {
                    Some(range) => store.delete(range.into()).await?,
                    None => store.clear().await?,
                },
            }
        }
    }
    Ok(())
}

/// Copies into memory of its own: a view would be cloned with the whole memory that it looks at.
fn key_js(bytes: &[u8]) -> JsValue {
    Uint8Array::from(bytes).into()
}

fn row_js(key: &[u8], value: &[u8]) -> (JsValue, Option<JsValue>) {
    (Uint8Array::from(value).into(), Some(key_js(key)))
}

/// Keys come back as plain buffers, whatever they went in as.
fn key_bytes(key: JsValue) -> Result<Vec<u8>, StoreError> {
    match key.dyn_into::<ArrayBuffer>() {
        Ok(buffer) => Ok(Uint8Array::new(&buffer).to_vec()),
        Err(_) => Err(StoreError::Damaged("a key is none of ours".into())),
    }
}

fn value_bytes(value: JsValue) -> Result<Vec<u8>, StoreError> {
    match value.dyn_into::<Uint8Array>() {
        Ok(bytes) => Ok(bytes.to_vec()),
        Err(_) => Err(StoreError::Damaged("a row is none of ours".into())),
    }
}

/// The first key after every key that begins so; none where there is no such key.
fn end_of(prefix: &[u8]) -> Option<Vec<u8>> {
    let last = prefix.iter().rposition(|byte| *byte != 0xff)?;
    let mut end = prefix[..=last].to_vec();
    end[last] += 1;
    Some(end)
}

/// The keys that begin so; none is every key.
fn all_of(prefix: &[u8]) -> Result<Option<KeyRange>, rexie::Error> {
    if prefix.is_empty() { Ok(None) } else { range_of(&key_js(prefix), false, prefix).map(Some) }
}

/// From a key, or just after it, to the last key that begins so.
fn range_of(start: &JsValue, after: bool, prefix: &[u8]) -> Result<KeyRange, rexie::Error> {
    Ok(match end_of(prefix) {
        Some(end) => KeyRange::bound(start, &key_js(&end), Some(after), Some(true))?,
        None => KeyRange::lower_bound(start, Some(after))?,
    })
}

fn failed(error: impl Into<rexie::Error>) -> StoreError {
    classified(&in_words(&error.into()))
}

/// The last transaction came to nothing: the reason is its own, or else what was met on the way.
fn aborted(met: Option<rexie::Error>) -> StoreError {
    match (strict::last_error(), met) {
        (Some(error), _) => classified(&words_of(&error)),
        (None, Some(error)) => classified(&in_words(&error)),
        (None, None) => StoreError::Io("the browser gave up a write and does not say why".into()),
    }
}

/// rexie's own words say little; those beneath are the browser's.
fn in_words(error: &rexie::Error) -> String {
    std::error::Error::source(error).map_or_else(|| error.to_string(), ToString::to_string)
}

fn classified(words: &str) -> StoreError {
    if words.contains("QuotaExceededError") {
        StoreError::Full
    } else if words.contains("VersionError") {
        StoreError::TooNew
    } else if words.contains("NotReadableError") || words.contains("DataError") {
        // A value whose file is gone, or that cannot be read back.
        StoreError::Damaged(words.to_owned())
    } else {
        StoreError::Io(words.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_ends_where_its_last_byte_that_can_grow_grows() {
        assert_eq!(end_of(&[1, 2]), Some(vec![1, 3]));
        assert_eq!(end_of(&[1, 0xff, 0xff]), Some(vec![2]));
        assert_eq!(end_of(&[0xff]), None);
        assert_eq!(end_of(&[]), None);
    }

    #[test]
    fn writes_keep_their_order_within_a_table() {
        let mut batch = Batch::new();
        batch.put(Table::Views, [1], [1]);
        batch.delete_prefix(Table::Frames, [7]);
        batch.delete(Table::Views, [1]);
        batch.put(Table::Views, [1], [2]);
        let tables = by_table(batch);
        assert_eq!(tables.iter().map(|(table, _)| *table).collect::<Vec<_>>(), [Table::Views, Table::Frames]);
        assert!(matches!(tables[0].1[..], [Write::Put { .. }, Write::Delete { .. }, Write::Put { .. }]));
    }

    #[test]
    fn a_browser_with_no_room_left_is_told_from_one_that_refuses() {
        assert_eq!(classified("DOM exception: QuotaExceededError: Encountered full disk"), StoreError::Full);
        assert!(matches!(classified("NotReadableError: Data lost due to missing file."), StoreError::Damaged(_)));
        assert!(matches!(classified("UnknownError: Internal error."), StoreError::Io(_)));
    }
}
