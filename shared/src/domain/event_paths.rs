//! Each change to an event as a path and a value in words: as the journal writes it, as a draft keeps it, and as a conflict
//! names it. One form for the three, so that what one of them says the others understand.

use super::collective::StepField;
use super::event::{
    Confirmed, EventCommune, EventField, EventKind, EventState, Headcount, SpeakerField, StandField, WhoCame,
};
use super::event_changes::{EventChange, EventLines};
use super::ids::{CollectiveId, EntryId, LineId};
use super::time::{Hour, PartialDate};

/// What stands before the path of a line that is taken away.
const REMOVE: &str = "remove";
/// What parts a commune's key from its name.
const AFTER_KEY: char = '\t';
const YES: &str = "1";

impl EventLines {
    /// Every sort of line.
    pub const ALL: [EventLines; 5] =
        [EventLines::Stands, EventLines::Speakers, EventLines::Attendance, EventLines::Guests, EventLines::Checklist];

    /// The code that is written.
    pub const fn code(self) -> &'static str {
        match self {
            EventLines::Stands => "stands",
            EventLines::Speakers => "speakers",
            EventLines::Attendance => "attendance",
            EventLines::Guests => "guests",
            EventLines::Checklist => "checklist",
        }
    }

    /// What a code says.
    pub fn from_code(code: &str) -> Option<Self> {
        EventLines::ALL.into_iter().find(|lines| lines.code() == code)
    }
}

impl EventCommune {
    /// As it is written: one value.
    pub fn written(&self) -> String {
        format!("{}{AFTER_KEY}{}", self.key, self.name)
    }

    /// Reads what was written.
    pub fn parse(text: &str) -> Option<Self> {
        let (key, name) = text.split_once(AFTER_KEY)?;
        Some(EventCommune { key: key.to_owned(), name: name.to_owned() })
    }
}

fn said(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// No value where nothing is written, and no change at all where what is written is no such value.
fn optional<T>(value: &str, parse: impl Fn(&str) -> Option<T>) -> Option<Option<T>> {
    if value.is_empty() { Some(None) } else { parse(value).map(Some) }
}

impl EventChange {
    /// Where it is written, and what: a field, or the sort of lines, the line and its field. No words are nothing.
    pub fn path(&self) -> (String, String) {
        let line = |lines: EventLines, id: &LineId, field: &str| format!("{}.{id}.{field}", lines.code());
        use EventLines::{Attendance, Checklist, Guests, Speakers, Stands};
        match self {
            EventChange::Text(field, text) => (field.code().to_owned(), text.clone()),
            EventChange::Kind(kind) => ("kind".into(), kind.code().to_owned()),
            EventChange::HostEntry(entry) => ("host_entry".into(), said(*entry)),
            EventChange::Commune(commune) => ("commune".into(), said(commune.as_ref().map(EventCommune::written))),
            EventChange::Planned(date) => ("planned".into(), said(*date)),
            EventChange::Until(day) => ("until".into(), said(*day)),
            EventChange::Starts(hour) => ("starts".into(), said(*hour)),
            EventChange::Ends(hour) => ("ends".into(), said(*hour)),
            EventChange::State(state) => ("state".into(), state.to_string()),
            EventChange::Project(project) => ("project".into(), said(*project)),
            EventChange::Stand(id, field, text) => (line(Stands, id, field.code()), text.clone()),
            EventChange::StandEntry(id, entry) => (line(Stands, id, "entry"), said(*entry)),
            EventChange::StandConfirmed(id, yes) => (line(Stands, id, "confirmed"), yes.code().to_owned()),
            EventChange::Speaker(id, field, text) => (line(Speakers, id, field.code()), text.clone()),
            EventChange::SpeakerEntry(id, entry) => (line(Speakers, id, "entry"), said(*entry)),
            EventChange::SpeakerConfirmed(id, yes) => (line(Speakers, id, "confirmed"), yes.code().to_owned()),
            EventChange::AttendancePublic(id, public) => (line(Attendance, id, "public"), public.clone()),
            EventChange::AttendanceCount(id, count) => (line(Attendance, id, "count"), count.to_string()),
            EventChange::Guest(id, who) => (line(Guests, id, "who"), who.to_string()),
            EventChange::ToDo(id, field, text) => (line(Checklist, id, field.code()), text.clone()),
            EventChange::ToDoDue(id, day) => (line(Checklist, id, "due"), said(*day)),
            EventChange::ToDoDone(id, day) => (line(Checklist, id, "done_on"), said(*day)),
            EventChange::Remove(lines, id) => (format!("{REMOVE}.{}.{id}", lines.code()), YES.into()),
            EventChange::Withdrawn(withdrawn) => {
                ("withdrawn".into(), if *withdrawn { YES.into() } else { String::new() })
            }
        }
    }

    /// The change that writes that value there; nothing where a newer version wrote it, or it is no such value.
    pub fn at(path: &str, value: &str) -> Option<EventChange> {
        let text = || value.to_owned();
        Some(match path.splitn(3, '.').collect::<Vec<_>>()[..] {
            ["kind"] => EventChange::Kind(EventKind::from_code(value)),
            ["host_entry"] => EventChange::HostEntry(optional(value, EntryId::parse)?),
            ["commune"] => EventChange::Commune(EventCommune::parse(value)),
            ["planned"] => EventChange::Planned(PartialDate::parse(value)),
            ["until"] => EventChange::Until(value.parse().ok()),
            ["starts"] => EventChange::Starts(Hour::parse(value)),
            ["ends"] => EventChange::Ends(Hour::parse(value)),
            ["state"] => EventChange::State(EventState::parse(value)),
            ["project"] => EventChange::Project(optional(value, CollectiveId::parse)?),
            ["withdrawn"] => EventChange::Withdrawn(value == YES),
            [field] => EventChange::Text(EventField::from_code(field)?, text()),
            [REMOVE, lines, id] => EventChange::Remove(EventLines::from_code(lines)?, LineId::parse(id)?),
            [lines, id, field] => {
                let id = LineId::parse(id)?;
                match (EventLines::from_code(lines)?, field) {
                    (EventLines::Stands, "entry") => EventChange::StandEntry(id, optional(value, EntryId::parse)?),
                    (EventLines::Stands, "confirmed") => EventChange::StandConfirmed(id, Confirmed::from_code(value)),
                    (EventLines::Stands, field) => EventChange::Stand(id, StandField::from_code(field)?, text()),
                    (EventLines::Speakers, "entry") => EventChange::SpeakerEntry(id, optional(value, EntryId::parse)?),
                    (EventLines::Speakers, "confirmed") => {
                        EventChange::SpeakerConfirmed(id, Confirmed::from_code(value))
                    }
                    (EventLines::Speakers, field) => EventChange::Speaker(id, SpeakerField::from_code(field)?, text()),
                    (EventLines::Attendance, "public") => EventChange::AttendancePublic(id, text()),
                    (EventLines::Attendance, "count") => EventChange::AttendanceCount(id, Headcount::parse(value)?),
                    (EventLines::Guests, "who") => EventChange::Guest(id, WhoCame::parse(value)?),
                    (EventLines::Checklist, "due") => EventChange::ToDoDue(id, value.parse().ok()),
                    (EventLines::Checklist, "done_on") => EventChange::ToDoDone(id, value.parse().ok()),
                    (EventLines::Checklist, field) => EventChange::ToDo(id, StepField::from_code(field)?, text()),
                    _ => return None,
                }
            }
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::super::event::{Attendance, Event, Speaker, Stand};
    use super::super::ids::EventId;
    use super::*;

    #[test]
    fn every_change_reads_back_from_its_path() {
        let before = Event::empty(EventId([1; 16]), EventKind::Workshop);
        let mut after = Event::empty(before.id, EventKind::Lunch);
        (after.title, after.theme, after.place, after.host) =
            ("Déjeuner. n° 3".into(), "a".into(), "b".into(), "c".into());
        after.host_entry = Some(EntryId([2; 16]));
        after.commune = Some(EventCommune { key: "13096".into(), name: "Les Saintes-Maries".into() });
        (after.planned, after.until) = (PartialDate::parse("2026-10-02"), "2026-10-03".parse().ok());
        (after.starts, after.ends) = (Hour::new(12, 30), Hour::new(14, 0));
        after.state = EventState::parse("held:2026-10-02");
        after.project = Some(CollectiveId([3; 16]));
        let stand = Stand { name: "Ligue".into(), confirmed: Confirmed::Yes, ..Stand::empty(LineId([4; 16])) };
        after.stands.push(Stand { entry: Some(EntryId([5; 16])), theme: "x".into(), contact: "y".into(), ..stand });
        let speaker = Speaker { subject: "z".into(), confirmed: Confirmed::No, ..Speaker::empty(LineId([6; 16])) };
        after.speakers.push(Speaker { entry: Some(EntryId([7; 16])), structure: "s".into(), ..speaker });
        after.attendance.push(Attendance {
            id: LineId([8; 16]),
            public: "seniors".into(),
            count: Headcount::About(200),
        });
        assert!(
            after.put_guest(super::super::event::Guest { id: LineId([9; 16]), who: WhoCame::Named("Dr X: Y".into()) })
        );
        after.checklist.push(super::super::collective::ProjectStep {
            what: "Barnums".into(),
            owner: "Claire".into(),
            due: "2026-09-01".parse().ok(),
            done_on: "2026-09-02".parse().ok(),
            ..super::super::collective::ProjectStep::empty(LineId([10; 16]))
        });
        after.withdrawn = true;
        let there = before.changes_to(&after);
        let back = after.changes_to(&before);
        assert!(there.len() >= 25 && back.iter().any(|change| matches!(change, EventChange::Remove(..))));
        for change in there.into_iter().chain(back) {
            let (path, value) = change.path();
            assert_eq!(EventChange::at(&path, &value), Some(change), "{path} {value}");
        }
        for odd in ["of_tomorrow", "stands.x.name", "stands.00.name", "pupils.x.y", "attendance.a.b", "a.b.c.d"] {
            assert_eq!(EventChange::at(odd, "x"), None, "{odd}");
        }
    }
}
