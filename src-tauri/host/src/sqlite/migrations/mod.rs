//! How the tables came to be: one file a step, run once each, in order, in one transaction.
//!
//! A step is never changed once people have run it. The number of steps done is SQLite's `user_version`.

mod step_1;
mod step_2;

use maillon_engine::store::StoreError;
use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::errors::said;

/// What `file` says of the database, and how we know that it is ours: "MAIL".
const APPLICATION_ID: i32 = 0x4d41_494c;

type Step = fn(&Transaction<'_>) -> rusqlite::Result<()>;

const STEPS: [Step; 2] = [step_1::up, step_2::up];

/// How many steps were done; 0 in a new file. Refuses a file of another program, or of a newer Maillon.
pub(super) fn version(db: &Connection) -> Result<usize, StoreError> {
    let version: i64 = db.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(said)?;
    let owner: i32 = db.query_row("PRAGMA application_id", [], |row| row.get(0)).map_err(said)?;
    let tables: i64 = db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).map_err(said)?;
    let expected_owner = if version == 0 { 0 } else { APPLICATION_ID };
    if owner != expected_owner || (version == 0) != (tables == 0) {
        return Err(StoreError::Damaged("the file is not a notebook's".into()));
    }
    match usize::try_from(version) {
        Ok(version) if version <= STEPS.len() => Ok(version),
        Ok(_) => Err(StoreError::TooNew),
        Err(_) => Err(StoreError::Damaged("the file is not a notebook's".into())),
    }
}

/// Does the steps that are left.
pub(super) fn run(db: &mut Connection) -> Result<(), StoreError> {
    let done = version(db)?;
    if done == STEPS.len() {
        return Ok(());
    }
    let all = |transaction: Transaction<'_>| {
        STEPS[done..].iter().try_for_each(|step| step(&transaction))?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", STEPS.len() as i64)?;
        transaction.commit()
    };
    db.transaction_with_behavior(TransactionBehavior::Immediate).and_then(all).map_err(said)
}
