//! Where a notebook rests in a browser.

mod place;

mod lock;

mod idb;
mod strict;

pub(crate) use place::Place;
#[cfg(feature = "contract")]
pub(crate) use {idb::IdbStore, strict::last_was_strict};
