//! An alert in its document: a line for each judgement, handing over, step and closing, added and never written over.

use std::cell::Cell;
use std::collections::BTreeSet;

use maillon_shared::domain::alert::{
    Acknowledgement, Alert, AlertChange, AlertField, AlertSubject, Chain, Closing, Handover, Judgement, Moment, Owner,
    Population, PopulationField, Reopening, Severity, Step, VigilanceLevel, Wording,
};
use maillon_shared::domain::ids::{AlertId, EncounterId, EntryId, LineId, PersonId};

use super::super::document::{Document, JournalError};
use super::super::fields::Fields;
use super::super::value::{Place, Value, line_id, line_key};
use super::{ORDER, put_in_line};

const DAY: &str = "day";
const HOUR: &str = "hour";
const FROM: &str = "from";
const UNTIL: &str = "until";
const LEVEL: &str = "level";

const OWNERS: &str = "owners";
const JUDGEMENTS: &str = "judgements";
const ACKNOWLEDGED: &str = "acknowledged";
const STEPS: &str = "steps";
const ENDS: &str = "ends";

const OWNER: &str = "owner";
const NAME: &str = "name";
const ENTRY: &str = "entry";
const WHY: &str = "why";
const SEVERITY: &str = "severity";
const WITH: &str = "with";
const WHAT: &str = "what";
const UNDER: &str = "under";
const REASON: &str = "reason";
const NOTE: &str = "note";
/// What a closing knew of, and what a reopening takes back: a flag for each line.
const KNEW: &str = "knew_";

/// For how long one holds whose last day cannot be read.
const WEEK_DAYS: u64 = 7;

/// Writes a whole alert that begins; whom it is about is the document's own subject.
pub fn create(document: &mut Document, alert: &Alert) -> Result<(), JournalError> {
    document.put(Place::Root, DAY, alert.received.day.into())?;
    document.put(Place::Root, HOUR, Some(alert.received.hour).into())?;
    document.put(Place::Root, FROM, alert.from.map_or(Value::Nothing, |from| Value::Text(line_key(&from.0))))?;
    for field in AlertField::ALL {
        document.put(Place::Root, field.code(), Value::text(alert.text(*field)))?;
    }
    if let Some(population) = alert.population() {
        for field in PopulationField::ALL {
            document.put(Place::Root, field.code(), Value::text(population.text(*field)))?;
        }
        write(document, &AlertChange::Until(population.until))?;
        write(document, &AlertChange::Level(population.level.clone()))?;
    }
    alert.owners.iter().try_for_each(|one| write(document, &AlertChange::HandOver(one.clone())))?;
    alert.judgements.iter().try_for_each(|one| write(document, &AlertChange::Judge(one.clone())))
}

/// Writes one change.
pub fn write(document: &mut Document, change: &AlertChange) -> Result<(), JournalError> {
    let key = |id: &LineId| Value::Text(line_key(&id.0));
    match change {
        AlertChange::Text(field, text) => document.put(Place::Root, field.code(), Value::text(text)),
        AlertChange::Population(field, text) => document.put(Place::Root, field.code(), Value::text(text)),
        AlertChange::Until(day) => document.put(Place::Root, UNTIL, (*day).into()),
        AlertChange::Level(level) => {
            document.put(Place::Root, LEVEL, Value::text(level.as_ref().map_or("", |level| level.code())))
        }
        AlertChange::HandOver(Handover { id, to, at, why }) => {
            put_moment(document, OWNERS, *id, *at)?;
            put_in_line(document, OWNERS, *id, WHY, Value::text(why))?;
            put_owner(document, OWNERS, *id, to)
        }
        AlertChange::Judge(Judgement { id, severity, at, why }) => {
            put_moment(document, JUDGEMENTS, *id, *at)?;
            put_in_line(document, JUDGEMENTS, *id, WHY, Value::text(why))?;
            put_in_line(document, JUDGEMENTS, *id, SEVERITY, Value::text(severity.code()))
        }
        AlertChange::Acknowledge(Acknowledgement { id, by, at }) => {
            put_moment(document, ACKNOWLEDGED, *id, *at)?;
            put_owner(document, ACKNOWLEDGED, *id, by)
        }
        AlertChange::Step(Step { id, at, with, what, under }) => {
            put_moment(document, STEPS, *id, *at)?;
            put_in_line(document, STEPS, *id, WITH, Value::text(with))?;
            put_in_line(document, STEPS, *id, WHAT, Value::text(what.as_str()))?;
            put_in_line(document, STEPS, *id, UNDER, key(under))
        }
        AlertChange::Close(Closing { id, at, reason, note, knew }) => {
            put_moment(document, ENDS, *id, *at)?;
            put_in_line(document, ENDS, *id, NOTE, Value::text(note))?;
            put_known(document, *id, knew)?;
            put_in_line(document, ENDS, *id, REASON, Value::text(reason.as_str()))
        }
        AlertChange::Reopen(Reopening { id, at, why, of }) => {
            put_moment(document, ENDS, *id, *at)?;
            put_in_line(document, ENDS, *id, WHY, Value::text(why))?;
            put_known(document, *id, of)
        }
    }
}

fn put_moment(document: &mut Document, lines: &'static str, id: LineId, at: Moment) -> Result<(), JournalError> {
    put_in_line(document, lines, id, DAY, at.day.into())?;
    put_in_line(document, lines, id, HOUR, Some(at.hour).into())
}

fn put_owner(document: &mut Document, lines: &'static str, id: LineId, owner: &Owner) -> Result<(), JournalError> {
    if let Owner::Someone { entry, name } = owner {
        put_in_line(document, lines, id, NAME, Value::text(name.as_str()))?;
        put_in_line(document, lines, id, ENTRY, entry.map_or(Value::Nothing, |id| Value::Text(line_key(&id.0))))?;
    }
    put_in_line(document, lines, id, OWNER, Value::text(owner.code()))
}

fn put_known(document: &mut Document, id: LineId, known: &BTreeSet<LineId>) -> Result<(), JournalError> {
    let flag = |one: &LineId| format!("{KNEW}{}", line_key(&one.0));
    known.iter().try_for_each(|one| put_in_line(document, ENDS, id, &flag(one), Value::Flag(true)))
}

/// Reads the alert; nothing where it says not when it came. Where it says not who owns it or how grave it is, the
/// coordinator does, and nobody waits.
pub fn read(document: &Document, oddities: &Cell<u32>) -> Option<Alert> {
    let fields = document.fields(Place::Root, oddities)?;
    let received = moment(&fields)?;
    let subject = match document.header.subject {
        Some(person) => AlertSubject::Person(PersonId(person)),
        None => {
            let week = || received.day.checked_add_days(chrono::Days::new(WEEK_DAYS)).unwrap_or(received.day);
            let mut population = Population::until(fields.day(UNTIL).unwrap_or_else(week));
            for field in PopulationField::ALL {
                *population.text_mut(*field) = fields.text(field.code());
            }
            let level = fields.text(LEVEL);
            population.level = (!level.is_empty()).then(|| VigilanceLevel::from_code(&level));
            AlertSubject::Population(population)
        }
    };
    let unread = LineId(document.header.id.0);
    let severity = Severity::Unknown(String::new());
    let id = AlertId(document.header.id.0);
    let mut alert = Alert::raised(id, subject, received, severity, Owner::Coordinator, [unread; 2]);
    for field in AlertField::ALL {
        *alert.text_mut(*field) = fields.text(field.code());
    }
    alert.from = fields.id(FROM).map(EncounterId);

    let owners = lines(document, OWNERS, oddities, |id, line| {
        Some(Handover { id, to: owner(line), at: moment(line)?, why: line.text(WHY) })
    });
    let last = owners.last().map(|((order, _), _)| *order);
    let at_once = owners.iter().rev().skip(1).take_while(|((order, _), _)| Some(*order) == last);
    alert.rivals = at_once.map(|(_, one)| one.to.clone()).collect();
    alert.owners = Chain::from_all(owners.into_iter().map(|(_, one)| one)).unwrap_or(alert.owners);
    alert.rivals.retain(|rival| *rival != alert.owners.last().to);

    let mut judgements = lines(document, JUDGEMENTS, oddities, |id, line| {
        let severity = Severity::from_code(&line.text(SEVERITY));
        Some(Judgement { id, severity, at: moment(line)?, why: line.text(WHY) })
    });
    // Of two judged at once, the graver holds.
    judgements.sort_by(|((one, _), a), ((other, _), b)| (one, &a.severity, a.id).cmp(&(other, &b.severity, b.id)));
    alert.judgements = Chain::from_all(judgements.into_iter().map(|(_, one)| one)).unwrap_or(alert.judgements);

    let taken = lines(document, ACKNOWLEDGED, oddities, |id, line| {
        Some(Acknowledgement { id, by: owner(line), at: moment(line)? })
    });
    alert.acknowledged = taken.into_iter().map(|(_, one)| one).collect();
    let steps = lines(document, STEPS, oddities, |id, line| {
        let under = line.id(UNDER).map_or(unread, LineId);
        Some(Step { id, at: moment(line)?, with: line.text(WITH), what: Wording::new(&line.text(WHAT))?, under })
    });
    alert.steps = steps.into_iter().map(|(_, one)| one).collect();
    alert.steps.sort_by_key(|step| (step.at, step.id));
    for (_, (closing, reopening)) in lines(document, ENDS, oddities, |id, line| {
        let known = line.flags(KNEW).iter().filter_map(|key| line_id(key)).map(LineId).collect();
        let at = moment(line)?;
        // What gives no reason closes nothing.
        Some(match Wording::new(&line.text(REASON)) {
            Some(reason) => (Some(Closing { id, at, reason, note: line.text(NOTE), knew: known }), None),
            None => (None, Some(Reopening { id, at, why: line.text(WHY), of: known })),
        })
    }) {
        alert.closings.extend(closing);
        alert.reopenings.extend(reopening);
    }
    Some(alert)
}

fn moment(fields: &Fields<'_>) -> Option<Moment> {
    Some(Moment { day: fields.day(DAY)?, hour: fields.hour(HOUR)? })
}

fn owner(line: &Fields<'_>) -> Owner {
    Owner::from_parts(&line.text(OWNER), &line.text(NAME), line.id(ENTRY).map(EntryId))
}

/// The lines that can be read, by the order in which each came to know of the others.
fn lines<T>(
    document: &Document,
    container: &'static str,
    oddities: &Cell<u32>,
    read: impl Fn(LineId, &Fields<'_>) -> Option<T>,
) -> Vec<((i64, LineId), T)> {
    let all = document.lines(container, oddities).into_iter();
    let read = all
        .filter_map(|(id, line)| Some(((line.int(ORDER).unwrap_or(i64::MAX), LineId(id)), read(LineId(id), &line)?)));
    let mut lines: Vec<_> = read.collect();
    lines.sort_by_key(|(order, _)| *order);
    lines
}
