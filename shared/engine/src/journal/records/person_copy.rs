//! What of someone is copied to a neighbour, in the document that both read; the traces of it, in the giver's notebook; and
//! the days on which copies were ended.
//!
//! Only its giver writes what is told, all of it at once; a line that is told no longer is marked, as everywhere. Remarks
//! are lines of either side, written once.

use std::cell::Cell;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use maillon_shared::domain::ids::{ConsentId, CopyId, LineId, NeighbourId, PersonId};
use maillon_shared::domain::liaison::{Carrier, Contact, Piece, Told, ToldAction};
use maillon_shared::domain::person_copy::{CopyTrace, PersonCopy, Remark};

use super::super::document::{Document, JournalError};
use super::super::fields::Fields;
use super::super::value::{Place, Value, line_key};
use super::{lines_in_order, put_in_line, remove_line};

const NAME: &str = "name";
const MESSAGE: &str = "message";
const SINCE: &str = "since";
const ON: &str = "on";
const UNTIL: &str = "until";

const TOLD: &str = "told";
/// Which piece a line is of.
const PIECE: &str = "piece";
/// What it says, or whom it names.
const TEXT: &str = "text";
const ROLE: &str = "role";
const PHONE: &str = "phone";
const WHO: &str = "who";
const BY: &str = "by";

const REMARKS: &str = "remarks";
const DAY: &str = "day";
const WORDS: &str = "words";

const COPIES: &str = "copies";
const NEIGHBOUR: &str = "neighbour";
const TO: &str = "to";
const CONSENT: &str = "consent";
const ENDED: &str = "ended";
/// What went: a field a piece, so named.
const WENT: &str = "piece.";
/// Of which copy a remark that was kept is.
const COPY: &str = "copy";

const ENDS: &str = "ends";

// ── What the neighbour reads ────────────────────────────────────────────────────────────────────────────────────────────

/// One line of what is told.
#[derive(Default, PartialEq, Eq)]
struct Line {
    text: String,
    role: String,
    phone: String,
    who: &'static str,
    by: Option<NaiveDate>,
}

impl Line {
    fn of(text: &str) -> Line {
        Line { text: text.to_owned(), ..Line::default() }
    }

    fn of_contact(contact: &Contact) -> Line {
        let Contact { name, role, phone } = contact.clone();
        Line { text: name, role, phone, ..Line::default() }
    }

    fn of_action(action: &ToldAction) -> Line {
        let (who, role) = match &action.who {
            Carrier::Person => ("person", String::new()),
            Carrier::Coordinator => ("coordinator", String::new()),
            Carrier::Relative => ("relative", String::new()),
            Carrier::Professional(name) => ("professional", name.clone()),
        };
        Line { text: action.what.clone(), role, who, by: action.by, ..Line::default() }
    }
}

fn lines_of(told: &Told) -> (Piece, Vec<Line>) {
    let texts = |texts: &[String]| texts.iter().map(|text| Line::of(text)).collect();
    match told {
        Told::Address(text) => (Piece::Address, vec![Line::of(text)]),
        Told::Phones(phones) => (Piece::Phones, texts(phones)),
        Told::Approach(text) => (Piece::Approach, vec![Line::of(text)]),
        Told::CallFirst(contact) => (Piece::CallFirst, vec![Line::of_contact(contact)]),
        Told::Words(words) => (Piece::Words, texts(words)),
        Told::Goals(goals) => (Piece::Goals, texts(goals)),
        Told::Actions(actions) => (Piece::Actions, actions.iter().map(Line::of_action).collect()),
        Told::Circle(contacts) => (Piece::Circle, contacts.iter().map(Line::of_contact).collect()),
    }
}

/// How many lines a copy has: so many ids are to be drawn for it.
pub fn lines_told(copy: &PersonCopy) -> usize {
    copy.told.iter().map(|told| lines_of(told).1.len()).sum()
}

/// Writes all that a copy tells, under ids that were drawn for its lines. Remarks are written apart.
pub fn write(document: &mut Document, copy: &PersonCopy, ids: &[LineId]) -> Result<(), JournalError> {
    let oddities = Cell::new(0);
    let held = read(document, &oddities);
    document.put(Place::Root, NAME, Value::text(&copy.name))?;
    document.put(Place::Root, MESSAGE, Value::text(&copy.message))?;
    document.put(Place::Root, UNTIL, copy.until.into())?;
    document.put(Place::Root, ON, copy.on.into())?;
    if held.is_none() {
        document.put(Place::Root, SINCE, copy.since.into())?;
    }
    if held.is_some_and(|held| held.told == copy.told) {
        return Ok(());
    }
    let before: Vec<[u8; 16]> = document.lines(TOLD, &oddities).into_iter().map(|(id, _)| id).collect();
    before.into_iter().try_for_each(|id| remove_line(document, TOLD, LineId(id)))?;
    let lines = copy
        .told
        .iter()
        .map(lines_of)
        .flat_map(|(piece, lines)| lines.into_iter().map(move |line| (piece.clone(), line)));
    for (id, (piece, line)) in ids.iter().zip(lines) {
        for (field, value) in [
            (PIECE, Value::text(piece.code())),
            (TEXT, Value::text(&line.text)),
            (ROLE, Value::text(&line.role)),
            (PHONE, Value::text(&line.phone)),
            (WHO, Value::text(line.who)),
            (BY, line.by.into()),
        ] {
            put_in_line(document, TOLD, *id, field, value)?;
        }
    }
    Ok(())
}

/// Writes a remark, once.
pub fn put_remark(document: &mut Document, remark: &Remark) -> Result<(), JournalError> {
    for (field, value) in [(WORDS, Value::text(&remark.words)), (BY, Value::text(&remark.by)), (DAY, remark.day.into())]
    {
        put_in_line(document, REMARKS, remark.id, field, value)?;
    }
    Ok(())
}

/// Reads a copy; nothing where it has no day.
pub fn read(document: &Document, oddities: &Cell<u32>) -> Option<PersonCopy> {
    let fields = document.fields(Place::Root, oddities)?;
    let on = fields.day(ON)?;
    Some(PersonCopy {
        id: CopyId(document.header.id.0),
        name: fields.text(NAME),
        told: told(document, oddities),
        message: fields.text(MESSAGE),
        since: fields.day(SINCE).unwrap_or(on),
        on,
        until: fields.day(UNTIL),
        remarks: remarks(document, oddities).into_iter().map(|(_, remark)| remark).collect(),
    })
}

fn told(document: &Document, oddities: &Cell<u32>) -> Vec<Told> {
    let mut by_piece: BTreeMap<usize, Vec<(String, Contact, ToldAction)>> = BTreeMap::new();
    let read = |_, line: &Fields<'_>| {
        let contact = Contact { name: line.text(TEXT), role: line.text(ROLE), phone: line.text(PHONE) };
        let who = match line.text(WHO).as_str() {
            "person" => Carrier::Person,
            "coordinator" => Carrier::Coordinator,
            "professional" => Carrier::Professional(line.text(ROLE)),
            _ => Carrier::Relative,
        };
        let action = ToldAction { what: line.text(TEXT), who, by: line.day(BY) };
        (Piece::from_code(&line.text(PIECE)), (line.text(TEXT), contact, action))
    };
    for (piece, line) in lines_in_order(document, TOLD, oddities, read) {
        // A piece of tomorrow is kept in the document, and not shown.
        if let Some(at) = Piece::ALL.iter().position(|known| *known == piece) {
            by_piece.entry(at).or_default().push(line);
        }
    }
    by_piece.into_iter().filter_map(|(at, lines)| told_of(&Piece::ALL[at], lines)).collect()
}

fn told_of(piece: &Piece, lines: Vec<(String, Contact, ToldAction)>) -> Option<Told> {
    let texts = || lines.iter().map(|(text, ..)| text.clone()).collect::<Vec<_>>();
    let first = lines.first()?;
    Some(match piece {
        Piece::Address => Told::Address(first.0.clone()),
        Piece::Phones => Told::Phones(texts()),
        Piece::Approach => Told::Approach(first.0.clone()),
        Piece::CallFirst => Told::CallFirst(first.1.clone()),
        Piece::Words => Told::Words(texts()),
        Piece::Goals => Told::Goals(texts()),
        Piece::Actions => Told::Actions(lines.into_iter().map(|(_, _, action)| action).collect()),
        Piece::Circle => Told::Circle(lines.into_iter().map(|(_, contact, _)| contact).collect()),
        Piece::Unknown(_) => return None,
    })
}

/// The remarks of a document, with the copy that each is of where the document says it.
fn remarks(document: &Document, oddities: &Cell<u32>) -> Vec<(Option<CopyId>, Remark)> {
    let read = |id, line: &Fields<'_>| {
        let day = line.day(DAY)?;
        Some((line.id(COPY).map(CopyId), Remark { id, day, by: line.text(BY), words: line.text(WORDS) }))
    };
    lines_in_order(document, REMARKS, oddities, read).into_iter().flatten().collect()
}

// ── The traces that stay with the giver ─────────────────────────────────────────────────────────────────────────────────

/// Writes that something was copied, or copied again.
pub fn trace(document: &mut Document, copy: &CopyTrace) -> Result<(), JournalError> {
    let place = Place::Line(COPIES, copy.id.0);
    let id = |id: Option<[u8; 16]>| id.map_or(Value::Nothing, |id| Value::Text(line_key(&id)));
    document.put(place, NEIGHBOUR, id(Some(copy.neighbour.0)))?;
    document.put(place, TO, Value::text(&copy.to))?;
    document.put(place, UNTIL, copy.until.into())?;
    document.put(place, CONSENT, id(copy.consent.map(|consent| consent.0)))?;
    document.put(place, MESSAGE, Value::text(&copy.message))?;
    for piece in Piece::ALL {
        let went = copy.pieces.contains(piece);
        document.put(place, &format!("{WENT}{}", piece.code()), Value::flag(went))?;
    }
    document.put(place, SINCE, copy.since.into())?;
    document.put(place, ON, copy.on.into())
}

/// Writes that a copy was ended, and keeps what was said beside it.
pub fn end_trace(document: &mut Document, id: CopyId, on: NaiveDate, said: &[Remark]) -> Result<(), JournalError> {
    for remark in said {
        put_remark(document, remark)?;
        document.put(Place::Line(REMARKS, remark.id.0), COPY, Value::Text(line_key(&id.0)))?;
    }
    match document.has_line(COPIES, id.0) {
        true => document.put(Place::Line(COPIES, id.0), ENDED, on.into()),
        false => Ok(()),
    }
}

/// Reads every trace, with the remarks that were kept.
pub fn traces(document: &Document, oddities: &Cell<u32>) -> Vec<CopyTrace> {
    let Some(person) = document.header.subject.map(PersonId) else { return Vec::new() };
    let kept = remarks(document, oddities);
    let mut traces = Vec::new();
    for (id, line) in document.lines(COPIES, oddities) {
        let (Some(on), Some(neighbour)) = (line.day(ON), line.id(NEIGHBOUR)) else { continue };
        let of_this = kept.iter().filter(|(copy, _)| *copy == Some(CopyId(id)));
        traces.push(CopyTrace {
            id: CopyId(id),
            person,
            neighbour: NeighbourId(neighbour),
            to: line.text(TO),
            since: line.day(SINCE).unwrap_or(on),
            on,
            until: line.day(UNTIL),
            consent: line.id(CONSENT).map(ConsentId),
            pieces: line.flags(WENT).iter().map(|code| Piece::from_code(code)).collect(),
            message: line.text(MESSAGE),
            ended: line.day(ENDED),
            remarks: of_this.map(|(_, remark)| remark.clone()).collect(),
        });
    }
    traces
}

// ── What both sides know of copies that ended ───────────────────────────────────────────────────────────────────────────

/// Writes that a copy was ended that day.
pub fn end(document: &mut Document, id: CopyId, on: NaiveDate) -> Result<(), JournalError> {
    document.put(Place::Line(ENDS, id.0), DAY, on.into())
}

/// Reads which were ended, and when.
pub fn ends(document: &Document, oddities: &Cell<u32>) -> Vec<(CopyId, NaiveDate)> {
    let lines = document.lines(ENDS, oddities);
    lines.into_iter().filter_map(|(id, line)| Some((CopyId(id), line.day(DAY)?))).collect()
}
