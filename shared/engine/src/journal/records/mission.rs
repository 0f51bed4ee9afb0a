//! Missions in an entry's document: each public, each commune and each day is a field of its own, so that two people who
//! tick two boxes both ticked them.

use std::cell::Cell;

use maillon_shared::domain::ids::LineId;
use maillon_shared::domain::mission::{Mission, MissionChange, MissionField, WEEK};

use super::super::document::{Document, JournalError};
use super::super::value::Value;
use super::{lines_in_order, put_in_line, remove_line};

const OFFERS: &str = "offers";
const CHECKED_ON: &str = "checked_on";
const FOR_INHABITANTS: &str = "for_inhabitants";
/// How the field of a public begins.
const PUBLIC: &str = "public_";
/// How the field of a commune begins; it holds the name.
const COMMUNE: &str = "commune_";
/// How the field of a day of the week begins.
const DAY: &str = "day_";

/// Writes one change.
pub fn write(document: &mut Document, id: LineId, change: &MissionChange) -> Result<(), JournalError> {
    let mut put = |field: &str, value: Value| put_in_line(document, OFFERS, id, field, value);
    match change {
        MissionChange::Text(field, text) => put(field.code(), Value::text(text)),
        MissionChange::Public(public, there) => put(&format!("{PUBLIC}{public}"), Value::flag(*there)),
        MissionChange::Commune(key, name) => {
            put(&format!("{COMMUNE}{key}"), name.as_deref().map_or(Value::Nothing, Value::text))
        }
        MissionChange::Day(day, there) => put(&format!("{DAY}{day}"), Value::flag(*there)),
        MissionChange::ForInhabitants(there) => put(FOR_INHABITANTS, Value::flag(*there)),
        MissionChange::CheckedOn(day) => put(CHECKED_ON, (*day).into()),
    }
}

/// Takes a mission away.
pub fn remove(document: &mut Document, id: LineId) -> Result<(), JournalError> {
    remove_line(document, OFFERS, id)
}

/// Reads the missions, in the order in which they were written.
pub fn read(document: &Document, oddities: &Cell<u32>) -> Vec<Mission> {
    lines_in_order(document, OFFERS, oddities, |id, line| {
        let mut mission = Mission::empty(id);
        for field in MissionField::ALL {
            *mission.text_mut(*field) = line.text(field.code());
        }
        mission.publics = line.flags(PUBLIC).into_iter().collect();
        mission.communes = line.texts(COMMUNE).into_iter().collect();
        let days = line.flags(DAY).into_iter().filter_map(|day| day.parse().ok());
        mission.days = days.filter(|day| WEEK.contains(day)).collect();
        mission.for_inhabitants = line.flag(FOR_INHABITANTS);
        mission.checked_on = line.day(CHECKED_ON);
        mission
    })
}
