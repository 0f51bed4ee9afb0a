//! The keys of the store's rows, and how they are sealed. Written for ever: another key is another row.

use maillon_shared::api::Failure;
use maillon_shared::domain::ids::{ActId, DocId};

use crate::ambient::{Ambient, random_array};
use crate::failures::failure_of_store;
use crate::store::{Row, Store, Table};
use crate::vault::{SealKey, seal_row};

/// The acts' rows: `a` and the number, `u` and the id of an act undone.
pub(super) const ACT_ROW: u8 = b'a';
const UNDONE_ROW: u8 = b'u';
/// A page of numbered rows is those that share all but the last byte of their number.
pub(super) const PAGE: u64 = 256;

pub(super) fn sealed(key: &SealKey, ambient: &mut impl Ambient, table: Table, row: &[u8], plain: &[u8]) -> Vec<u8> {
    seal_row(key, table, row, random_array(ambient), plain)
}

pub(super) fn document_id(row: &[u8]) -> Option<DocId> {
    row.try_into().ok().map(DocId)
}

pub(super) fn frame_row(id: DocId, number: u64) -> [u8; 24] {
    let mut row = [0; 24];
    row[..16].copy_from_slice(&id.0);
    row[16..].copy_from_slice(&number.to_be_bytes());
    row
}

pub(super) fn frame_number(row: &[u8]) -> Option<u64> {
    row.get(16..)?.try_into().ok().map(u64::from_be_bytes)
}

pub(super) fn numbered_row(kind: u8, number: u64) -> [u8; 9] {
    let mut row = [kind; 9];
    row[1..].copy_from_slice(&number.to_be_bytes());
    row
}

pub(super) fn undone_row(act: ActId) -> [u8; 17] {
    let mut row = [UNDONE_ROW; 17];
    row[1..].copy_from_slice(&act.0);
    row
}

/// The rows of a numbered journal below a number, newest first, read page by page.
pub(super) async fn numbered_before(
    store: &impl Store,
    table: Table,
    kind: u8,
    before: u64,
    limit: usize,
) -> Result<Vec<(u64, Row)>, Failure> {
    let mut found = Vec::new();
    let mut before = before;
    while before > 0 && found.len() < limit {
        let page = (before - 1) / PAGE;
        let prefix = &numbered_row(kind, page * PAGE)[..8];
        let rows = store.scan(table, prefix).await.map_err(failure_of_store)?;
        for row in rows.into_iter().rev() {
            let Some(number) = row.0.get(1..).and_then(|n| n.try_into().ok()).map(u64::from_be_bytes) else { continue };
            if number < before && found.len() < limit {
                found.push((number, row));
            }
        }
        before = page * PAGE;
    }
    Ok(found)
}
