//! One table for each of the engine's, of keys and opaque values.

use rusqlite::Transaction;

/// Names and not [`maillon_engine::store::Table`]: a step says for ever what it said first.
const TABLES: [&str; 7] = ["meta", "keyring", "frames", "views", "acts", "reads", "drafts"];

pub(super) fn up(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    TABLES.iter().try_for_each(|table| {
        // Without a row number the table is its own index: in the order of the keys, and each key written once.
        transaction.execute_batch(&format!(
            "CREATE TABLE {table} (key BLOB PRIMARY KEY NOT NULL, value BLOB NOT NULL) STRICT, WITHOUT ROWID"
        ))
    })
}
