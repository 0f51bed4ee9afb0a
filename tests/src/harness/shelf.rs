//! The store in memory on which villages keep their notebooks.

use maillon_engine::store::{Batch, Store, StoreError};

pub use maillon_engine::shelf::{Shelf, ShelfStore};

/// Puts every row of a shelf into a store, a few thousand at once.
pub async fn copy_into(store: &mut impl Store, shelf: &Shelf) -> Result<(), StoreError> {
    let rows = shelf.rows();
    for rows in rows.chunks(4_000) {
        let mut batch = Batch::new();
        for (table, (key, value)) in rows {
            batch.put(*table, key.clone(), value.clone());
        }
        store.commit(batch).await?;
    }
    Ok(())
}
