//! A mairie's notebook says so in a sealed row too: its header stands in the open, and could be written otherwise.

use maillon_shared::api::Failure;

use super::rows::sealed;
use super::{Notebook, Sealing};
use crate::ambient::Ambient;
use crate::failures::{failure_of_open, failure_of_store};
use crate::store::{Batch, Store, Table};
use crate::vault::{NotebookKey, SealKey, open_row};

/// There where the notebook is a mairie's.
const MAIRIE_ROW: &[u8] = b"mairie";

pub(super) async fn read(store: &impl Store, meta: &SealKey) -> Result<bool, Failure> {
    match store.get(Table::Meta, MAIRIE_ROW).await.map_err(failure_of_store)? {
        Some(row) => open_row(meta, Table::Meta, MAIRIE_ROW, &row).map(|_| true).map_err(failure_of_open),
        None => Ok(false),
    }
}

impl Notebook {
    /// Adds what makes a notebook that begins a mairie's, for ever.
    pub fn make_mairies(batch: &mut Batch, key: &NotebookKey, ambient: &mut impl Ambient) {
        let sealing = Sealing::of(key);
        batch.put(Table::Meta, MAIRIE_ROW, sealed(&sealing.meta, ambient, Table::Meta, MAIRIE_ROW, &[]));
    }

    /// Whether it is a mairie's: it takes what is published, and holds nothing of anyone.
    pub fn is_mairie(&self) -> bool {
        self.mairie
    }
}
