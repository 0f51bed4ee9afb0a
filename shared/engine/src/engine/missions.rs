//! What a mission or an absence may hold: refused before anything is written.

use maillon_shared::api::Failure;
use maillon_shared::api::errors::Invalid;
use maillon_shared::domain::absence::AbsenceChange;
use maillon_shared::domain::mission::{MissionChange, WEEK};

use super::commands::{possible, short_enough};

/// An item of a list or the name of a commune is a few words.
const LONGEST_ITEM_BYTES: usize = 400;

/// Refuses a change to a mission that says nothing that can be.
pub(super) fn valid(change: &MissionChange) -> Result<(), Failure> {
    match change {
        MissionChange::Text(_, text) => short_enough(text),
        MissionChange::Public(public, _) => is_an_item(public),
        MissionChange::Commune(key, name) => {
            is_an_item(key)?;
            name.as_deref().map_or(Ok(()), is_an_item)
        }
        MissionChange::Day(day, _) if WEEK.contains(day) => Ok(()),
        MissionChange::Day(..) => Err(Failure::Invalid(Invalid::Day)),
        MissionChange::CheckedOn(Some(day)) => possible(*day),
        MissionChange::CheckedOn(None) | MissionChange::ForInhabitants(_) => Ok(()),
    }
}

/// The same, of an absence.
pub(super) fn valid_absence(change: &AbsenceChange) -> Result<(), Failure> {
    match change {
        AbsenceChange::Text(_, text) => short_enough(text),
        AbsenceChange::From(Some(day)) | AbsenceChange::Until(Some(day)) => possible(*day),
        AbsenceChange::From(None) | AbsenceChange::Until(None) | AbsenceChange::StandIn(_) => Ok(()),
    }
}

fn is_an_item(text: &str) -> Result<(), Failure> {
    match text.len() {
        0 => Err(Failure::Invalid(Invalid::Empty)),
        1..=LONGEST_ITEM_BYTES => Ok(()),
        _ => Err(Failure::Invalid(Invalid::TooLong)),
    }
}
