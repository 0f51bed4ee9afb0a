//! The four entries about a person, and what was said in an emergency, in their document.
//!
//! Two devices may each begin such a document for one person: both stay, and are read together. An entry is never
//! changed, only withdrawn; of two withdrawals written at once the one on the side of silence holds.

use std::cell::Cell;

use chrono::NaiveDate;
use maillon_shared::domain::consent::{
    ConsentEntry, EmergencyDisclosure, Objection, Purpose, Recipient, Said, Sharing, Told,
};
use maillon_shared::domain::ids::{ConsentId, DisclosureId, EntryId, PersonId};

use super::super::document::{Document, JournalError};
use super::super::fields::Fields;
use super::super::value::{Place, Value, line_key};

const ENTRIES: &str = "entries";
const SAID: &str = "said";
const GIVEN_ON: &str = "given_on";
const GIVEN_HOW: &str = "given_how";
const WITHDRAWN_ON: &str = "withdrawn_on";
const WITHDRAWN_HOW: &str = "withdrawn_how";
const NOTE: &str = "note";
const RECIPIENT: &str = "recipient";
const RECIPIENT_ENTRY: &str = "recipient_entry";
const PURPOSE: &str = "purpose";
const WHAT: &str = "what";
const UNTIL: &str = "until";

const DISCLOSURES: &str = "disclosures";
const DAY: &str = "day";
const HOUR: &str = "hour";
const GROUND: &str = "ground";

/// Writes an entry that is given.
pub fn give(document: &mut Document, entry: &ConsentEntry) -> Result<(), JournalError> {
    let place = Place::Line(ENTRIES, entry.id.0);
    document.put(place, GIVEN_ON, entry.given.on.into())?;
    document.put(place, GIVEN_HOW, Value::text(&entry.given.how))?;
    document.put(place, NOTE, Value::text(&entry.note))?;
    match &entry.said {
        Said::Shares(sharing) => {
            write_recipient(document, place, Some(&sharing.recipient))?;
            document.put(place, PURPOSE, Value::text(sharing.purpose.code()))?;
            document.put(place, WHAT, Value::text(&sharing.what))?;
            document.put(place, UNTIL, sharing.until.into())?;
        }
        Said::Objects(objection) => {
            write_recipient(document, place, objection.recipient.as_ref())?;
            document.put(
                place,
                PURPOSE,
                objection.purpose.as_ref().map_or(Value::Nothing, |p| Value::text(p.code())),
            )?;
        }
        Said::Informed | Said::Accompanied | Said::Unknown(_) => {}
    }
    if let Some(withdrawn) = &entry.withdrawn {
        withdraw(document, entry.id, withdrawn)?;
    }
    document.put(place, SAID, Value::text(entry.said.code()))
}

/// Writes that an entry ended. How goes first: a day alone ends it.
pub fn withdraw(document: &mut Document, id: ConsentId, told: &Told) -> Result<(), JournalError> {
    let place = Place::Line(ENTRIES, id.0);
    document.put(place, WITHDRAWN_HOW, Value::text(&told.how))?;
    document.put(place, WITHDRAWN_ON, told.on.into())
}

/// Writes what was said in an emergency.
pub fn disclose(document: &mut Document, disclosure: &EmergencyDisclosure) -> Result<(), JournalError> {
    let place = Place::Line(DISCLOSURES, disclosure.id.0);
    document.put(place, DAY, disclosure.day.into())?;
    document.put(place, HOUR, Some(disclosure.hour).into())?;
    document.put(place, GROUND, Value::text(&disclosure.ground))?;
    write_recipient(document, place, Some(&disclosure.recipient))?;
    document.put(place, SAID, Value::text(&disclosure.said))
}

/// Reads every entry.
pub fn entries(document: &Document, oddities: &Cell<u32>) -> Vec<ConsentEntry> {
    let Some(person) = document.header.subject.map(PersonId) else { return Vec::new() };
    let mut entries = Vec::new();
    for (id, line) in document.lines(ENTRIES, oddities) {
        let Some(given_on) = line.day(GIVEN_ON) else { continue };
        let said = said(&line);
        let withdrawn = withdrawn_on(document, id, &said, &line);
        entries.push(ConsentEntry {
            id: ConsentId(id),
            person,
            said,
            given: Told { on: given_on, how: line.text(GIVEN_HOW) },
            withdrawn: withdrawn.map(|on| Told { on, how: line.text(WITHDRAWN_HOW) }),
            note: line.text(NOTE),
        });
    }
    entries
}

fn said(line: &Fields<'_>) -> Said {
    let purpose = line.text(PURPOSE);
    match line.text(SAID).as_str() {
        "informed" => Said::Informed,
        "accompanied" => Said::Accompanied,
        "shares" => Said::Shares(Sharing {
            recipient: recipient(line).unwrap_or(Recipient { entry: None, name: String::new() }),
            purpose: Purpose::from_code(&purpose),
            what: line.text(WHAT),
            until: line.day(UNTIL),
        }),
        "objects" => Said::Objects(Objection {
            recipient: recipient(line),
            purpose: (!purpose.is_empty()).then(|| Purpose::from_code(&purpose)),
        }),
        other => Said::Unknown(other.to_owned()),
    }
}

/// The day an entry ended; of days written at once, the one that lets less through.
fn withdrawn_on(document: &Document, id: [u8; 16], said: &Said, line: &Fields<'_>) -> Option<NaiveDate> {
    let written = document.values(Place::Line(ENTRIES, id), WITHDRAWN_ON).into_iter().filter_map(Value::into_text);
    let days = line.day(WITHDRAWN_ON).into_iter().chain(written.filter_map(|day| day.parse().ok()));
    match said {
        Said::Objects(_) | Said::Unknown(_) => days.max(),
        Said::Informed | Said::Accompanied | Said::Shares(_) => days.min(),
    }
}

/// Reads what was said in emergencies.
pub fn disclosures(document: &Document, oddities: &Cell<u32>) -> Vec<EmergencyDisclosure> {
    let Some(person) = document.header.subject.map(PersonId) else { return Vec::new() };
    let mut disclosures = Vec::new();
    for (id, line) in document.lines(DISCLOSURES, oddities) {
        let (Some(day), Some(hour)) = (line.day(DAY), line.hour(HOUR)) else { continue };
        disclosures.push(EmergencyDisclosure {
            id: DisclosureId(id),
            person,
            day,
            hour,
            ground: line.text(GROUND),
            recipient: recipient(&line).unwrap_or(Recipient { entry: None, name: String::new() }),
            said: line.text(SAID),
        });
    }
    disclosures
}

fn write_recipient(document: &mut Document, place: Place, to: Option<&Recipient>) -> Result<(), JournalError> {
    let entry = to.and_then(|to| to.entry).map_or(Value::Nothing, |entry| Value::Text(line_key(&entry.0)));
    document.put(place, RECIPIENT, to.map_or(Value::Nothing, |to| Value::text(&to.name)))?;
    document.put(place, RECIPIENT_ENTRY, entry)
}

fn recipient(line: &Fields<'_>) -> Option<Recipient> {
    let recipient = Recipient { entry: line.id(RECIPIENT_ENTRY).map(EntryId), name: line.text(RECIPIENT) };
    (recipient.entry.is_some() || !recipient.name.is_empty()).then_some(recipient)
}
