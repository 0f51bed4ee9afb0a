//! An event of the collective: a forum, a conference, a workshop, a lunch between professions, an action in a school.
//!
//! Several coordinators write in one event: each field is written apart, and each line is its own. It names
//! professionals and structures, and those who came to a lunch between professions; nobody else who came is in it. Of
//! an action in a school, or of a forum, there are numbers only: there is no room for a list of pupils or visitors.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::changes::text_fields;
use super::coded::coded;
use super::collective::ProjectStep;
use super::ids::{CollectiveId, EntryId, EventId, LineId};
use super::time::{Hour, PartialDate};

pub use super::event_changes::{EventChange, EventLines};
pub use super::lunch::{Guest, WhoCame};

/// An event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Names the event.
    pub id: EventId,
    kind: EventKind,
    /// What it is called.
    pub title: String,
    /// What it is about.
    pub theme: String,
    /// Where: a room, an address, in words.
    pub place: String,
    /// The structure that receives it, in words.
    pub host: String,
    /// The structure that receives it, where it is in the directory.
    pub host_entry: Option<EntryId>,
    /// In which commune.
    pub commune: Option<EventCommune>,
    /// When it is planned for, as far as anyone knows: a year, a month, a day. None is that it is still to be planned.
    pub planned: Option<PartialDate>,
    /// Its last day, where it lasts several.
    pub until: Option<NaiveDate>,
    /// From what hour.
    pub starts: Option<Hour>,
    /// Until what hour.
    pub ends: Option<Hour>,
    /// How it stands.
    pub state: EventState,
    /// Who holds a stand.
    pub stands: Vec<Stand>,
    /// Who speaks.
    pub speakers: Vec<Speaker>,
    /// How many came, for each public.
    pub attendance: Vec<Attendance>,
    guests: Vec<Guest>,
    /// What is to be done for it.
    pub checklist: Vec<ProjectStep>,
    /// The collective project that it is part of.
    pub project: Option<CollectiveId>,
    /// Whether it was a mistake.
    pub withdrawn: bool,
}

text_fields! {
    /// The text fields of an event.
    EventField of Event {
        /// What it is called.
        Title = "title" => title,
        /// What it is about.
        Theme = "theme" => theme,
        /// Where.
        Place = "place" => place,
        /// Which structure receives it.
        Host = "host" => host,
    }
}

coded! {
    /// What an event is.
    EventKind {
        /// A forum: stands, and whoever comes.
        Forum = "forum",
        /// A conference.
        Conference = "conference",
        /// A workshop.
        Workshop = "workshop",
        /// A lunch where people of several professions meet.
        Lunch = "interprofessional_lunch",
        /// An action in a school: numbers only.
        SchoolAction = "school_action",
        /// Therapeutic education, in a group.
        TherapeuticEducation = "therapeutic_education",
        /// Anything else.
        Other = "other",
    }
}

impl EventKind {
    /// Whether who came may be named: of a lunch between professions only, so that those who missed each other meet.
    pub fn names_who_came(&self) -> bool {
        *self == EventKind::Lunch
    }
}

/// A commune: what it is compared by, and its name. They are one value, so that nobody's key meets another's name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EventCommune {
    /// As [`super::mission::commune_key`] makes it.
    pub key: String,
    /// As one says it.
    pub name: String,
}

/// How an event stands. It is written as one value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EventState {
    /// It is to come.
    Planned,
    /// It was held then. Whoever was there says the day; of one that was held before there was a notebook, sometimes
    /// only the year is known. There is no event that was held nobody knows when.
    Held(PartialDate),
    /// It is put off, and nobody knows until when.
    Postponed,
    /// It will not be held.
    Cancelled,
    /// Written by a newer version.
    Unknown(String),
}

impl EventState {
    /// Reads what [`fmt::Display`] writes.
    pub fn parse(text: &str) -> Self {
        let held = text.strip_prefix("held:").and_then(PartialDate::parse).map(EventState::Held);
        match text {
            "planned" => EventState::Planned,
            "postponed" => EventState::Postponed,
            "cancelled" => EventState::Cancelled,
            other => held.unwrap_or_else(|| EventState::Unknown(other.to_owned())),
        }
    }
}

impl fmt::Display for EventState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            EventState::Planned => f.write_str("planned"),
            EventState::Held(on) => write!(f, "held:{on}"),
            EventState::Postponed => f.write_str("postponed"),
            EventState::Cancelled => f.write_str("cancelled"),
            EventState::Unknown(text) => f.write_str(text),
        }
    }
}

coded! {
    /// Whether someone said that they come.
    Confirmed {
        /// Nobody knows yet.
        NotYet = "not_yet",
        /// They come.
        Yes = "yes",
        /// They do not.
        No = "no",
    }
}

/// A stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stand {
    /// Names the line.
    pub id: LineId,
    /// Who holds it, in words: a structure, an association.
    pub name: String,
    /// Who holds it, where they are in the directory.
    pub entry: Option<EntryId>,
    /// What it is about.
    pub theme: String,
    /// Whom to call about it.
    pub contact: String,
    /// Whether they come.
    pub confirmed: Confirmed,
}

text_fields! {
    /// The text fields of a stand.
    StandField of Stand {
        /// Who holds it.
        Name = "name" => name,
        /// What it is about.
        Theme = "theme" => theme,
        /// Whom to call.
        Contact = "contact" => contact,
    }
}

/// Someone who speaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speaker {
    /// Names the line.
    pub id: LineId,
    /// Their name.
    pub name: String,
    /// Where they work, in words.
    pub structure: String,
    /// Who they are, where they are in the directory.
    pub entry: Option<EntryId>,
    /// What they speak about.
    pub subject: String,
    /// Whether they come.
    pub confirmed: Confirmed,
}

text_fields! {
    /// The text fields of someone who speaks.
    SpeakerField of Speaker {
        /// Their name.
        Name = "name" => name,
        /// Where they work.
        Structure = "structure" => structure,
        /// What they speak about.
        Subject = "subject" => subject,
    }
}

/// How many of a public came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendance {
    /// Names the line.
    pub id: LineId,
    /// Which public: an item of the list of publics, or words.
    pub public: String,
    /// How many.
    pub count: Headcount,
}

/// How many came. Not known is not zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Headcount {
    /// Nobody knows.
    #[default]
    NotKnown,
    /// Someone counted.
    Counted(u32),
    /// Someone guessed.
    About(u32),
}

impl Headcount {
    /// Reads what [`fmt::Display`] writes; none where it is no number of people.
    pub fn parse(text: &str) -> Option<Self> {
        match text.strip_prefix('~') {
            Some(about) => about.parse().ok().map(Headcount::About),
            None if text.is_empty() => Some(Headcount::NotKnown),
            None => text.parse().ok().map(Headcount::Counted),
        }
    }
}

impl fmt::Display for Headcount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Headcount::NotKnown => Ok(()),
            Headcount::Counted(count) => write!(f, "{count}"),
            Headcount::About(count) => write!(f, "~{count}"),
        }
    }
}

/// How many came in all, as far as it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttendanceTotal {
    /// The sum of what is known: as many, and more where some publics are not known.
    pub known: u32,
    /// Whether some of it was guessed.
    pub is_about: bool,
    /// Of how many publics nobody knows.
    pub not_known: u32,
}

impl AttendanceTotal {
    /// The sum of some numbers of people.
    pub fn of(counts: impl IntoIterator<Item = Headcount>) -> Self {
        counts.into_iter().fold(AttendanceTotal::default(), |mut total, count| {
            match count {
                Headcount::NotKnown => total.not_known += 1,
                Headcount::Counted(count) => total.known = total.known.saturating_add(count),
                Headcount::About(count) => {
                    total.known = total.known.saturating_add(count);
                    total.is_about = true;
                }
            }
            total
        })
    }
}

impl Event {
    /// An event of that kind, of which nothing is said yet.
    pub fn empty(id: EventId, kind: EventKind) -> Self {
        Event {
            id,
            kind,
            title: String::new(),
            theme: String::new(),
            place: String::new(),
            host: String::new(),
            host_entry: None,
            commune: None,
            planned: None,
            until: None,
            starts: None,
            ends: None,
            state: EventState::Planned,
            stands: Vec::new(),
            speakers: Vec::new(),
            attendance: Vec::new(),
            guests: Vec::new(),
            checklist: Vec::new(),
            project: None,
            withdrawn: false,
        }
    }

    /// What it is.
    pub fn kind(&self) -> &EventKind {
        &self.kind
    }

    /// Makes it another kind of event. Those who came are named no longer, unless the kind names them.
    pub fn set_kind(&mut self, kind: EventKind) {
        if !kind.names_who_came() {
            self.guests.clear();
        }
        self.kind = kind;
    }

    /// Who came to a lunch; nobody is named of any other kind.
    pub fn guests(&self) -> &[Guest] {
        &self.guests
    }

    /// Notes who came, in the place of what the line said. False where the kind names nobody: nothing is noted then.
    pub fn put_guest(&mut self, guest: Guest) -> bool {
        if !self.kind.names_who_came() {
            return false;
        }
        match self.guests.iter_mut().find(|line| line.id == guest.id) {
            Some(line) => *line = guest,
            None => self.guests.push(guest),
        }
        true
    }

    /// A line of who came goes.
    pub fn remove_guest(&mut self, id: LineId) {
        self.guests.retain(|line| line.id != id);
    }

    /// When it was held, if it was.
    pub fn held_on(&self) -> Option<PartialDate> {
        match self.state {
            EventState::Held(on) => Some(on),
            _ => None,
        }
    }

    /// When it is shown at: when it was held, else when it is planned for.
    pub fn shown_at(&self) -> Option<PartialDate> {
        self.held_on().or(self.planned)
    }

    /// Its year, if it has one.
    pub fn year(&self) -> Option<i32> {
        self.shown_at().map(PartialDate::year)
    }

    /// Its first and last day; none where only the year or the month is known. A last day before the first, which two
    /// devices can make of two good ones, counts for nothing.
    pub fn days(&self) -> Option<(NaiveDate, NaiveDate)> {
        match self.shown_at()? {
            PartialDate::Day(first) => Some((first, self.until.map_or(first, |last| last.max(first)))),
            _ => None,
        }
    }

    /// Whether a day is still to be found for it.
    pub fn is_to_schedule(&self) -> bool {
        let waits = matches!(self.state, EventState::Planned | EventState::Postponed);
        let has_day = matches!((&self.state, self.planned), (EventState::Planned, Some(PartialDate::Day(_))));
        waits && !has_day && !self.withdrawn
    }

    /// How many came in all. A public of which nobody knows is not zero: it is said.
    pub fn attendance_total(&self) -> AttendanceTotal {
        AttendanceTotal::of(self.attendance.iter().map(|line| line.count))
    }

    /// What is still to be done for it, by day; what has no day last.
    pub fn to_do(&self) -> Vec<&ProjectStep> {
        let mut lines: Vec<_> = self.checklist.iter().filter(|line| line.done_on.is_none()).collect();
        lines.sort_by_key(|line| (line.due.is_none(), line.due, line.id));
        lines
    }

    /// Every word that someone wrote in it, for those who look for names. Who holds a stand, who speaks and who came to
    /// a lunch are named on purpose and are not among them.
    pub fn texts(&self) -> Vec<&str> {
        let own = EventField::ALL.iter().map(|field| self.text(*field));
        let stands = self.stands.iter().map(|line| line.theme.as_str());
        let speakers = self.speakers.iter().map(|line| line.subject.as_str());
        let publics = self.attendance.iter().map(|line| line.public.as_str());
        let checklist = self.checklist.iter().map(|line| line.what.as_str());
        own.chain(stands).chain(speakers).chain(publics).chain(checklist).collect()
    }
}

impl Stand {
    /// A line with nothing on it.
    pub fn empty(id: LineId) -> Self {
        Stand {
            id,
            name: String::new(),
            entry: None,
            theme: String::new(),
            contact: String::new(),
            confirmed: Confirmed::NotYet,
        }
    }
}

impl Speaker {
    /// A line with nothing on it.
    pub fn empty(id: LineId) -> Self {
        Speaker {
            id,
            name: String::new(),
            structure: String::new(),
            entry: None,
            subject: String::new(),
            confirmed: Confirmed::NotYet,
        }
    }
}

impl Attendance {
    /// A line with nothing on it.
    pub fn empty(id: LineId) -> Self {
        Attendance { id, public: String::new(), count: Headcount::NotKnown }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> PartialDate {
        PartialDate::parse(text).expect("a date")
    }

    fn event(kind: EventKind) -> Event {
        Event::empty(EventId([1; 16]), kind)
    }

    #[test]
    fn how_an_event_stands_reads_back_as_it_is_written_and_nothing_is_held_without_a_date() {
        for text in ["planned", "held:2021", "held:2026-10-02", "postponed", "cancelled", "rained_off"] {
            assert_eq!(EventState::parse(text).to_string(), text);
        }
        for undated in ["held", "held:", "held:hier"] {
            assert_eq!(EventState::parse(undated), EventState::Unknown(undated.into()), "{undated}");
        }
        for text in ["", "0", "53", "~200"] {
            assert_eq!(Headcount::parse(text).map(|count| count.to_string()).as_deref(), Some(text));
        }
        assert_ne!(Headcount::parse(""), Headcount::parse("0"), "not known is not zero");
        assert_eq!(Headcount::parse("une centaine"), None);
    }

    #[test]
    fn an_event_waits_for_a_day_until_it_has_one() {
        let check = |planned: Option<&str>, state: EventState, expected: bool| {
            let mut event = event(EventKind::Lunch);
            (event.planned, event.state) = (planned.map(date), state);
            assert_eq!(event.is_to_schedule(), expected, "{planned:?}");
        };
        check(None, EventState::Planned, true);
        check(Some("2027"), EventState::Planned, true);
        check(Some("2027-03-02"), EventState::Planned, false);
        check(Some("2027-03-02"), EventState::Postponed, true);
        check(None, EventState::Held(date("2021")), false);
        check(None, EventState::Cancelled, false);
    }

    #[test]
    fn an_event_is_shown_when_it_was_held_wherever_it_was_planned() {
        let mut forum = event(EventKind::Forum);
        (forum.planned, forum.until) = (Some(date("2026-09-26")), "2026-09-27".parse().ok());
        let day = |text: &str| text.parse().expect("a day");
        assert_eq!(forum.days(), Some((day("2026-09-26"), day("2026-09-27"))));
        forum.state = EventState::Held(date("2026-10-03"));
        assert_eq!(forum.days(), Some((day("2026-10-03"), day("2026-10-03"))), "its last day was of before");
        forum.state = EventState::Held(date("2021"));
        assert_eq!((forum.days(), forum.year()), (None, Some(2021)));
    }

    #[test]
    fn a_public_that_nobody_counted_is_not_zero() {
        let mut forum = event(EventKind::Forum);
        for (count, id) in [Headcount::Counted(40), Headcount::NotKnown, Headcount::About(200)].into_iter().zip(1..) {
            forum.attendance.push(Attendance { count, ..Attendance::empty(LineId([id; 16])) });
        }
        assert_eq!(forum.attendance_total(), AttendanceTotal { known: 240, is_about: true, not_known: 1 });
    }

    #[test]
    fn nobody_who_came_is_named_but_at_a_lunch() {
        let pupil = || Guest { id: LineId([2; 16]), who: WhoCame::Named("Léo".into()) };
        for kind in EventKind::ALL.iter().filter(|kind| **kind != EventKind::Lunch) {
            let mut event = event(kind.clone());
            assert!(!event.put_guest(pupil()) && event.guests().is_empty(), "{kind:?}");
        }
        let mut event = event(EventKind::Lunch);
        assert!(event.put_guest(pupil()));
        event.set_kind(EventKind::SchoolAction);
        event.set_kind(EventKind::Lunch);
        assert_eq!(event.guests(), []);
    }
}
