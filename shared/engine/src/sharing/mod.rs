//! Sharing: who is of a scope, what each device wrote in it, and which of it holds.
//!
//! ```text
//! identity ── a device's keys, and the keys that the 24 words give
//! epoch ───── the key of a scope, wrapped for each member, the one before sealed under the next
//! membership ─ signed records: who administers, who is a member since when, under which epoch
//! pack ────── what a device wrote, signed inside, sealed outside, numbered without gaps
//! frame ────── what of a document travels, sealed under the document's own key
//! accept ──── which packs hold, and why the others do not
//! exchange ── what one has, and what the other lacks
//! replica ─── one device's whole of a scope, in memory
//! card ─────── a device's card as a file, and the words that two people compare
//! index ────── names in a folder, and what each device says there
//! courier ──── one file that brings what another device lacks
//! address ──── where a device can be reached at once
//! line ─────── what two devices say to each other on a line between them
//! invitation ─ a code that says where to call
//! pairing ──── two that do not know each other yet: four words that both screens show
//! summary_file ─ what is published for the mairie, signed
//! ```
//!
//! What holds is a function of *which* records and packs are known, never of when they came: so devices that know the
//! same hold the same, by whatever roads. Nothing here looks at a clock. A frame is opaque bytes with a document's id: this
//! room knows neither the journal nor the domain, and no road. The format is in `FORMAT.md`.

pub mod accept;
pub mod address;
pub mod card;
pub mod courier;
pub mod epoch;
pub mod exchange;
pub mod frame;
pub mod identity;
pub mod index;
pub mod invitation;
pub mod line;
pub mod membership;
pub mod pack;
pub mod pairing;
pub mod replica;
pub mod summary_file;
mod wire;

pub use accept::{Doubt, Standing};
pub use identity::{DeviceCard, DeviceId, DeviceSecret, RecoveryCard, RecoverySecret};
pub use membership::{Members, Record, RecordId, ScopeId};
pub use pack::{Pack, PackId};
pub use replica::Replica;
pub use wire::FormatError;

/// Reads foreign bytes with every parser of this room: none may panic, and what reads back is what was written.
pub fn fuzz_one(bytes: &[u8]) {
    if let Ok(card) = DeviceCard::from_bytes(bytes) {
        assert_eq!(card.to_bytes(), bytes, "a card has one form");
    }
    if let Ok(record) = Record::from_bytes(bytes) {
        assert_eq!(record.as_bytes(), bytes, "a record is kept as it was signed");
    }
    if let Ok(pack) = Pack::from_bytes(bytes) {
        assert_eq!(pack.to_bytes(), bytes, "a pack is kept as it was signed");
    }
    if let Ok(card) = card::CardFile::from_bytes(bytes) {
        assert_eq!(card.to_bytes(), bytes, "a card has one form");
    }
    courier::fuzz_one(bytes);
    index::fuzz_one(bytes);
    line::fuzz_one(bytes);
    invitation::fuzz_one(bytes);
    pairing::fuzz_one(bytes);
    summary_file::fuzz_one(bytes);
    if let Ok(address) = address::Address::from_bytes(bytes) {
        assert_eq!(address.to_bytes(), bytes, "an address has one form");
    }
    if let Ok(have) = exchange::Have::from_bytes(bytes) {
        assert_eq!(have.to_bytes(), bytes, "what one has has one form");
    }
}
