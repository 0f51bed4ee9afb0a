//! How each record of the domain stands in a document: its fields, written one by one and read one by one.
//!
//! A code written here keeps its meaning for ever. What is taken away is marked, not deleted: a deletion would hide
//! what someone else writes there at the same moment.

pub mod assessment;
pub mod consent;
pub mod person;
pub mod same_person;

pub mod alert;
pub mod safeguarding;

pub mod absence;
pub mod count;
pub mod directory;
pub mod encounter;
pub mod erasures;
pub mod follow_up;
pub mod mission;
pub mod note;
pub mod provisional;
pub mod register;
pub mod register_log;
pub mod request;
pub mod round;
pub mod settings;

pub mod address_list;
pub mod call_card;
pub mod campaign;

pub mod circle;
pub mod group;
pub mod hospital_stay;
pub mod introductions;
pub mod liaison;
pub mod person_copy;
pub mod project;
pub mod shared_meeting;
pub mod succession;

pub mod report;
pub mod summary;

pub mod application;
pub mod board;
pub mod charter;
pub mod collective;
pub mod diagnosis;
pub mod difficulty;
pub mod event;
pub mod information;
pub mod means;
pub mod outreach;
pub mod procedure;
pub mod programme;
pub mod roadmap;
pub mod situation;

pub mod published_figures;
pub mod survey;
pub mod survey_responses;
pub mod travelling_sheet;

use maillon_shared::api::responses::Conflict;
use maillon_shared::domain::contact::{Phone, PhoneField};
use maillon_shared::domain::ids::LineId;

use super::document::{Document, JournalError};
use super::fields::knew;
use super::undo::UNDONE;
use super::value::{Place, Value, line_id};
use std::cell::Cell;
use std::fmt::Write as _;

/// Marks a line as taken away.
const REMOVED: &str = "removed";
/// The order in which lines were written.
const ORDER: &str = "order";

/// Writes one field of a line, which comes into being after those already there.
fn put_in_line(
    document: &mut Document,
    container: &'static str,
    id: LineId,
    field: &str,
    value: Value,
) -> Result<(), JournalError> {
    let place = Place::Line(container, id.0);
    if !document.has_line(container, id.0) && value != Value::Nothing {
        let oddities = Cell::new(0);
        let last = document.lines(container, &oddities).iter().filter_map(|(_, line)| line.int(ORDER)).max();
        document.put(place, ORDER, Value::Int(last.unwrap_or(0).saturating_add(1)))?;
    }
    document.put(place, field, value)
}

/// The lines of a map but those taken away, in the order in which they were written.
fn lines_in_order<T>(
    document: &Document,
    container: &'static str,
    oddities: &Cell<u32>,
    read: impl Fn(LineId, &super::fields::Fields<'_>) -> T,
) -> Vec<T> {
    let mut lines: Vec<_> = document
        .lines(container, oddities)
        .into_iter()
        .filter(|(_, line)| !line.is_gone(REMOVED))
        .map(|(id, line)| ((line.int(ORDER).unwrap_or(i64::MAX), id), read(LineId(id), &line)))
        .collect();
    lines.sort_by_key(|(order, _)| *order);
    lines.into_iter().map(|(_, line)| line).collect()
}

/// Conflicts whose ids are written as everything outside of the journal writes one: digits, and not the letters of a key.
/// Which fields hold an id is said by their last part.
fn with_ids_as_said(mut conflicts: Vec<Conflict>, of_ids: &[&str]) -> Vec<Conflict> {
    let is_of_ids =
        |conflict: &&mut Conflict| conflict.field.rsplit('.').next().is_some_and(|last| of_ids.contains(&last));
    for value in conflicts.iter_mut().filter(is_of_ids).flat_map(|conflict| &mut conflict.values) {
        if let Some(id) = line_id(value) {
            *value = LineId(id).to_string();
        }
    }
    conflicts
}

const PHONES: &str = "phones";

fn put_phone(document: &mut Document, id: LineId, field: PhoneField, text: &str) -> Result<(), JournalError> {
    put_in_line(document, PHONES, id, field.code(), Value::text(text))
}

fn remove_line(document: &mut Document, container: &'static str, id: LineId) -> Result<(), JournalError> {
    if document.has_line(container, id.0) {
        document.put(Place::Line(container, id.0), REMOVED, Value::Flag(true))?;
    }
    Ok(())
}

/// Takes a line away as it is known here: with a value that someone else writes in it at this moment, it is there again.
fn remove_known_line(document: &mut Document, container: &'static str, id: LineId) -> Result<(), JournalError> {
    let place = Place::Line(container, id.0);
    let held = document.fields(place, &Cell::new(0)).map(|line| (line.known_now(), line.flag(REMOVED)));
    let Some((known, was_removed)) = held else { return Ok(()) };
    if was_removed {
        // Marks of its own: whoever puts the line back at this moment takes away the earlier ones only.
        document.put(place, REMOVED, Value::Nothing)?;
        document.put(place, &knew(REMOVED), Value::Nothing)?;
    }
    document.put(place, REMOVED, Value::Flag(true))?;
    document.put(place, &knew(REMOVED), Value::Text(known))
}

/// A line that was taken away, or whose coming into being was undone, is there again with the words that are written in it.
/// Whoever empties a field of a line that is there keeps it there; of one that is not, they bring nothing back.
fn put_back_line(
    document: &mut Document,
    container: &'static str,
    id: LineId,
    written: &Value,
) -> Result<(), JournalError> {
    let place = Place::Line(container, id.0);
    let is_gone = document.fields(place, &Cell::new(0)).is_none_or(|line| line.is_gone(REMOVED) || line.is_undone());
    if *written == Value::Nothing && is_gone {
        return Ok(());
    }
    for mark in [REMOVED, UNDONE] {
        document.put(place, mark, Value::Nothing)?;
        document.put(place, &knew(mark), Value::Nothing)?;
    }
    Ok(())
}

fn phones(document: &Document, oddities: &Cell<u32>) -> Vec<Phone> {
    lines_in_order(document, PHONES, oddities, |id, line| {
        let mut phone = Phone::empty(id);
        for field in PhoneField::ALL {
            *phone.text_mut(*field) = line.text(field.code());
        }
        phone
    })
}

/// Bytes as hexadecimal digits: no field holds bytes.
fn digits(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut digits, byte| {
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}

/// The bytes that digits say.
fn bytes_of_digits(digits: &str) -> Option<Vec<u8>> {
    let (pairs, rest) = digits.as_bytes().as_chunks::<2>();
    let nibble = |digit: u8| char::from(digit).to_digit(16);
    let byte = |pair: &[u8; 2]| u8::try_from(nibble(pair[0])? << 4 | nibble(pair[1])?).ok();
    if rest.is_empty() { pairs.iter().map(byte).collect() } else { None }
}

#[cfg(test)]
mod tests {
    use maillon_shared::domain::alert::{AlertField, PopulationField};
    use maillon_shared::domain::directory::EntryField;
    use maillon_shared::domain::hospital_stay::StayField;
    use maillon_shared::domain::person::PersonField;
    use maillon_shared::domain::project::ProjectField;
    use maillon_shared::domain::provisional::ProvisionalField;
    use maillon_shared::domain::register::RegisterField;
    use maillon_shared::domain::request::RequestField;
    use maillon_shared::domain::settings::SettingsField;
    use maillon_shared::domain::shared_meeting::MeetingField;

    use crate::journal::Kind;

    /// A text written where a map stands would hide every line in it.
    #[test]
    fn no_field_has_the_name_of_a_map() {
        let codes = |kind: &Kind| -> Vec<&str> {
            match kind {
                Kind::Person => PersonField::ALL.iter().map(|field| field.code()).collect(),
                Kind::DirectoryEntry => EntryField::ALL.iter().map(|field| field.code()).collect(),
                Kind::RegisterEntry => RegisterField::ALL.iter().map(|field| field.code()).collect(),
                Kind::HealthProject => ProjectField::ALL.iter().map(|field| field.code()).collect(),
                Kind::HospitalStay => StayField::ALL.iter().map(|field| field.code()).collect(),
                Kind::SharedMeeting => MeetingField::ALL.iter().map(|field| field.code()).collect(),
                Kind::Episode => RequestField::ALL.iter().map(|field| field.code()).collect(),
                Kind::Alert => {
                    let texts = AlertField::ALL.iter().map(|field| field.code());
                    texts.chain(PopulationField::ALL.iter().map(|field| field.code())).collect()
                }
                Kind::Provisional => ProvisionalField::ALL.iter().map(|field| field.code()).collect(),
                _ => SettingsField::ALL.iter().map(|field| field.code()).collect(),
            }
        };
        for kind in [
            Kind::Person,
            Kind::DirectoryEntry,
            Kind::Episode,
            Kind::Provisional,
            Kind::RegisterEntry,
            Kind::Alert,
            Kind::Settings,
            Kind::HealthProject,
            Kind::HospitalStay,
            Kind::SharedMeeting,
        ] {
            for code in codes(&kind) {
                assert!(!kind.containers().contains(&code), "{}: {code}", kind.code());
            }
        }
    }
}
