//! A store in memory that fails nowhere and outlives who opens it: rows on a shelf.
//!
//! It is for what never rests on a disk as it is: a notebook that is being made to be lent, one that came back as a
//! file, and the volumes of tests. What goes wrong with disks is tried with the faulty store, and in the hosts.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::store::{Batch, Row, Store, StoreError, Table, Write};

type Rows = BTreeMap<(Table, Vec<u8>), Vec<u8>>;

/// Where rows stay. Clones are the same shelf.
#[derive(Clone, Debug, Default)]
pub struct Shelf(Rc<RefCell<Rows>>);

impl Shelf {
    /// An empty shelf.
    pub fn new() -> Self {
        Self::default()
    }

    /// Opens it as a store.
    pub fn open(&self) -> ShelfStore {
        ShelfStore(self.clone())
    }

    /// Another shelf with the same rows: the folder was copied.
    pub fn copied(&self) -> Shelf {
        Shelf(Rc::new(RefCell::new(self.0.borrow().clone())))
    }

    /// Takes every row of a table away, as a cache that was lost.
    pub fn loses(&self, table: Table) {
        self.0.borrow_mut().retain(|(of, _), _| *of != table);
    }

    /// Takes one row away, as of a notebook that was made before there were such.
    pub fn loses_row(&self, table: Table, key: &[u8]) {
        self.0.borrow_mut().remove(&(table, key.to_vec()));
    }

    /// Every row, as whoever finds the notebook reads it.
    pub fn rows(&self) -> Vec<(Table, Row)> {
        let rows = self.0.borrow();
        rows.iter().map(|((table, key), value)| (*table, (key.clone(), value.clone()))).collect()
    }

    /// How many bytes rows and keys take.
    pub fn bytes(&self) -> u64 {
        self.0.borrow().iter().map(|((_, key), value)| (key.len() + value.len()) as u64).sum()
    }
}

/// A shelf, open.
#[derive(Debug)]
pub struct ShelfStore(Shelf);

impl Store for ShelfStore {
    async fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.0.0.borrow().get(&(table, key.to_vec())).cloned())
    }

    async fn scan(&self, table: Table, prefix: &[u8]) -> Result<Vec<Row>, StoreError> {
        let rows = self.0.0.borrow();
        let from = rows.range((table, prefix.to_vec())..);
        let with_prefix = from.take_while(|((of, key), _)| *of == table && key.starts_with(prefix));
        Ok(with_prefix.map(|((_, key), value)| (key.clone(), value.clone())).collect())
    }

    async fn commit(&mut self, batch: Batch) -> Result<(), StoreError> {
        let mut rows = self.0.0.borrow_mut();
        for write in batch.writes {
            match write {
                Write::Put { table, key, value } => {
                    rows.insert((table, key), value);
                }
                Write::Delete { table, key } => {
                    rows.remove(&(table, key));
                }
                Write::DeletePrefix { table, prefix } => {
                    let gone: Vec<_> = rows
                        .range((table, prefix.clone())..)
                        .take_while(|((of, key), _)| *of == table && key.starts_with(&prefix))
                        .map(|(key, _)| key.clone())
                        .collect();
                    gone.iter().for_each(|key| {
                        rows.remove(key);
                    });
                }
            }
        }
        Ok(())
    }

    async fn purge(&mut self) -> Result<(), StoreError> {
        Ok(())
    }

    async fn check(&self) -> Result<(), StoreError> {
        Ok(())
    }

    async fn bytes(&self) -> Result<u64, StoreError> {
        Ok(self.0.bytes())
    }
}

#[cfg(test)]
mod tests {
    use crate::contract::{Reopen, now};

    use super::*;

    impl Reopen for Shelf {
        type Store = ShelfStore;

        async fn open(&mut self) -> Result<ShelfStore, StoreError> {
            Ok(Shelf::open(self))
        }
    }

    macro_rules! case {
        ($name:ident) => {
            #[test]
            fn $name() {
                now(crate::contract::$name(&mut Shelf::new()));
            }
        };
    }
    crate::store_contract!(case);
}
