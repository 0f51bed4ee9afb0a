//! An alert: something about someone, or about everyone here, that somebody must answer in time.
//!
//! It is never without an owner, its severity sets its clock, and it closes for a reason only: the types say so, and what
//! cannot be read of a document falls on the safe side (the coordinator owns it, it is urgent, it is open). What is judged,
//! handed over, done and closed are lines that are added and never written over, so that two devices that did two things
//! at once both did them. An alert that was closed on one device while it was judged again on another is *disputed*: it
//! stays open until someone who has seen both says what it is.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use super::changes::text_fields;
use super::ids::{AlertId, EncounterId, LineId, PersonId};

/// The reason, out of the list, of whoever closes an alert that should not have been noted.
const MISTAKE: &str = "mistake";

pub use super::alert_owner::{Chain, Owner, Wording};
pub use super::severity::{Moment, Severity, VigilanceLevel};

/// That someone answers for it from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handover {
    /// Names the line.
    pub id: LineId,
    /// Who.
    pub to: Owner,
    /// Since when.
    pub at: Moment,
    /// Why, or what was said with it.
    pub why: String,
}

/// How grave it was thought to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// Names the line.
    pub id: LineId,
    /// How grave.
    pub severity: Severity,
    /// When; its clock starts then.
    pub at: Moment,
    /// Why it was raised or lowered; empty for the first.
    pub why: String,
}

/// That someone took note of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acknowledgement {
    /// Names the line.
    pub id: LineId,
    /// Who.
    pub by: Owner,
    /// When.
    pub at: Moment,
}

/// Something that was done about it, or an exchange it opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Names the line.
    pub id: LineId,
    /// When.
    pub at: Moment,
    /// With whom, where it was an exchange.
    pub with: String,
    /// What was done or said.
    pub what: Wording,
    /// The judgement under which it was done: it stops that clock, and no later one.
    pub under: LineId,
}

/// That it was closed, by someone who knew that much.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    /// Names the line.
    pub id: LineId,
    /// When.
    pub at: Moment,
    /// Why: an item of the list of reasons, or words.
    pub reason: Wording,
    /// Anything to add.
    pub note: String,
    /// The judgements and reopenings that were known then.
    pub knew: BTreeSet<LineId>,
}

/// That it was opened again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reopening {
    /// Names the line.
    pub id: LineId,
    /// When.
    pub at: Moment,
    /// Why.
    pub why: String,
    /// The closings that it takes back.
    pub of: BTreeSet<LineId>,
}

/// What an alert about everyone says beside its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Population {
    /// Whom it concerns.
    pub audience: String,
    /// Where, as one says it.
    pub communes: String,
    /// The last day on which it holds: it ends by itself.
    pub until: NaiveDate,
    /// The level that was announced, if one was.
    pub level: Option<VigilanceLevel>,
    /// Of what: heat, storm, flood.
    pub phenomenon: String,
    /// What came of the exchange it opened.
    pub outcome: String,
}

impl Population {
    /// One that holds until that day and says nothing yet.
    pub fn until(until: NaiveDate) -> Self {
        Population {
            audience: String::new(),
            communes: String::new(),
            until,
            level: None,
            phenomenon: String::new(),
            outcome: String::new(),
        }
    }
}

/// What an alert is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AlertSubject {
    /// Someone.
    Person(PersonId),
    /// Everyone here, or the place itself.
    Population(Population),
}

/// An alert.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alert {
    /// Names the alert.
    pub id: AlertId,
    /// About what.
    pub subject: AlertSubject,
    /// What it is: an item of the list of kinds, or words.
    pub kind: String,
    /// Who said it: an item of the list of sources, or words.
    pub source: String,
    /// The words in which it was said.
    pub words: String,
    /// When it came.
    pub received: Moment,
    /// The encounter it came up in.
    pub from: Option<EncounterId>,
    /// Who answers for it, and who did.
    pub owners: Chain<Handover>,
    /// To whom else it was handed over at the same moment, on another device.
    pub rivals: Vec<Owner>,
    /// How grave it is, and was.
    pub judgements: Chain<Judgement>,
    /// Who took note of it, the first first.
    pub acknowledged: Vec<Acknowledgement>,
    /// What was done, in order.
    pub steps: Vec<Step>,
    /// Every closing.
    pub closings: Vec<Closing>,
    /// Every reopening.
    pub reopenings: Vec<Reopening>,
}

text_fields! {
    /// The text fields of an alert.
    AlertField of Alert {
        /// What it is.
        Kind = "kind" => kind,
        /// Who said it.
        Source = "source" => source,
        /// The words.
        Words = "words" => words,
    }
}

text_fields! {
    /// The text fields of an alert about everyone.
    PopulationField of Population {
        /// Whom it concerns.
        Audience = "audience" => audience,
        /// Where.
        Communes = "communes" => communes,
        /// Of what.
        Phenomenon = "phenomenon" => phenomenon,
        /// What came of it.
        Outcome = "outcome" => outcome,
    }
}

/// One change to an alert. What it was is never written over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AlertChange {
    /// A text field becomes this.
    Text(AlertField, String),
    /// A text field of one about everyone becomes this.
    Population(PopulationField, String),
    /// It holds until that day.
    Until(NaiveDate),
    /// That level was announced.
    Level(Option<VigilanceLevel>),
    /// Someone else answers for it.
    HandOver(Handover),
    /// It is graver, or less grave.
    Judge(Judgement),
    /// Someone took note of it.
    Acknowledge(Acknowledgement),
    /// Something was done.
    Step(Step),
    /// It is closed.
    Close(Closing),
    /// It is open again.
    Reopen(Reopening),
}

/// How far an alert is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AlertState<'a> {
    /// It asks for something.
    Open,
    /// It was closed on one device while it was judged or reopened on another: it stays open.
    Disputed(&'a Closing),
    /// It is closed.
    Closed(&'a Closing),
}

/// What the clock says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Clock {
    /// None runs.
    Still,
    /// It is to be answered by then.
    Until(NaiveDateTime),
    /// Something was done since it was last judged.
    Answered(Moment),
}

impl Alert {
    /// An alert that comes at that moment: somebody answers for it from the first.
    pub fn raised(
        id: AlertId,
        subject: AlertSubject,
        at: Moment,
        severity: Severity,
        owner: Owner,
        lines: [LineId; 2],
    ) -> Self {
        let [judged, given] = lines;
        Alert {
            id,
            subject,
            kind: String::new(),
            source: String::new(),
            words: String::new(),
            received: at,
            from: None,
            owners: Chain::of(Handover { id: given, to: owner, at, why: String::new() }),
            rivals: Vec::new(),
            judgements: Chain::of(Judgement { id: judged, severity, at, why: String::new() }),
            acknowledged: Vec::new(),
            steps: Vec::new(),
            closings: Vec::new(),
            reopenings: Vec::new(),
        }
    }

    /// Who it is about, if it is about someone.
    pub fn person(&self) -> Option<PersonId> {
        match self.subject {
            AlertSubject::Person(person) => Some(person),
            AlertSubject::Population(_) => None,
        }
    }

    /// What it says of everyone, if it is about everyone.
    pub fn population(&self) -> Option<&Population> {
        match &self.subject {
            AlertSubject::Person(_) => None,
            AlertSubject::Population(population) => Some(population),
        }
    }

    /// Who answers for it.
    pub fn owner(&self) -> &Owner {
        &self.owners.last().to
    }

    /// How grave it is.
    pub fn severity(&self) -> &Severity {
        &self.judgements.last().severity
    }

    /// What whoever closes it must have seen: each judgement, each reopening.
    pub fn keeps_open(&self) -> BTreeSet<LineId> {
        self.judgements.iter().map(|one| one.id).chain(self.reopenings.iter().map(|one| one.id)).collect()
    }

    /// How far it is.
    pub fn state(&self) -> AlertState<'_> {
        let keepers = self.keeps_open();
        if let Some(closing) = self.closings.iter().find(|closing| closing.knew.is_superset(&keepers)) {
            return AlertState::Closed(closing);
        }
        let taken_back = |closing: &&Closing| self.reopenings.iter().any(|one| one.of.contains(&closing.id));
        match self.closings.iter().find(|closing| !taken_back(closing)) {
            Some(closing) => AlertState::Disputed(closing),
            None => AlertState::Open,
        }
    }

    /// Whether it is closed.
    pub fn is_closed(&self) -> bool {
        matches!(self.state(), AlertState::Closed(_))
    }

    /// Whether it is closed as one that should never have been noted: it counts nowhere.
    pub fn was_a_mistake(&self) -> bool {
        matches!(self.state(), AlertState::Closed(closing) if closing.reason.as_str() == MISTAKE)
    }

    /// Whether it asks for something on a day: it is not closed, and does not end by itself before.
    pub fn is_live_on(&self, day: NaiveDate) -> bool {
        !self.is_closed() && self.population().is_none_or(|population| day <= population.until)
    }

    /// What the clock says: it runs from the last judgement on, until something is done.
    pub fn clock(&self) -> Clock {
        let judged = self.judgements.last();
        let Some(deadline) = judged.severity.deadline(judged.at) else { return Clock::Still };
        match self.steps.iter().find(|step| step.under == judged.id) {
            Some(step) => Clock::Answered(step.at),
            None => Clock::Until(deadline),
        }
    }

    /// In which order alerts are shown: what is vital, then by deadline, then by severity; what waits for no hour last.
    pub fn urgency(&self) -> impl Ord + use<> {
        let severity = self.severity().clone();
        let (waits, deadline) = match self.clock() {
            Clock::Until(deadline) => (false, deadline),
            Clock::Answered(_) | Clock::Still => (true, self.received.at()),
        };
        (waits, !severity.is_vital(), deadline, std::cmp::Reverse(severity), self.id)
    }

    /// The words in which another differs, as a form that mends them sends them.
    pub fn changes_to(&self, edited: &Alert) -> Vec<AlertChange> {
        let mut changes: Vec<_> =
            self.text_differences(edited).map(|(field, text)| AlertChange::Text(field, text.to_owned())).collect();
        if let (AlertSubject::Population(before), AlertSubject::Population(after)) = (&self.subject, &edited.subject) {
            let texts = before.text_differences(after);
            changes.extend(texts.map(|(field, text)| AlertChange::Population(field, text.to_owned())));
            if before.until != after.until {
                changes.push(AlertChange::Until(after.until));
            }
            if before.level != after.level {
                changes.push(AlertChange::Level(after.level.clone()));
            }
        }
        changes
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::ids::EntryId;
    use crate::domain::time::Hour;

    fn moment(text: &str) -> Moment {
        let (day, hour) = text.split_once(' ').expect("a day and an hour");
        Moment { day: day.parse().expect("a day"), hour: Hour::parse(hour).expect("an hour") }
    }

    fn line(n: u8) -> LineId {
        LineId([n; 16])
    }

    fn alert(severity: Severity) -> Alert {
        let subject = AlertSubject::Person(PersonId([1; 16]));
        // A Friday evening.
        let at = moment("2026-06-12 18:30");
        Alert::raised(AlertId([9; 16]), subject, at, severity, Owner::Coordinator, [line(1), line(2)])
    }

    fn judge(alert: &mut Alert, n: u8, severity: Severity, at: &str) {
        let all = alert.judgements.iter().cloned();
        let one = Judgement { id: line(n), severity, at: moment(at), why: "on me l’a dit".into() };
        alert.judgements = Chain::from_all(all.chain([one])).expect("one at least");
    }

    fn closing(alert: &Alert, n: u8) -> Closing {
        Closing {
            id: line(n),
            at: moment("2026-06-13 09:00"),
            reason: Wording::new("answered").expect("words"),
            note: String::new(),
            knew: alert.keeps_open(),
        }
    }

    fn deadline(severity: Severity) -> Option<String> {
        match alert(severity).clock() {
            Clock::Until(at) => Some(at.format("%F %H:%M").to_string()),
            _ => None,
        }
    }

    #[test]
    fn severity_sets_the_clock_and_a_week_end_stretches_nothing() {
        assert_eq!(deadline(Severity::Information), None);
        assert_eq!(deadline(Severity::Follow).as_deref(), Some("2026-06-19 23:59"));
        assert_eq!(deadline(Severity::Priority).as_deref(), Some("2026-06-14 18:30"), "a Sunday");
        assert_eq!(deadline(Severity::Urgent).as_deref(), Some("2026-06-12 23:59"));
        assert_eq!(deadline(Severity::Vital).as_deref(), Some("2026-06-12 18:30"));
        let tomorrow = Severity::from_code("of_tomorrow");
        assert_eq!(deadline(tomorrow).as_deref(), Some("2026-06-12 18:30"), "what is not known does not wait");
    }

    #[test]
    fn what_was_done_stops_the_clock_it_was_done_under_and_no_later_one() {
        let mut held = alert(Severity::Priority);
        let at = moment("2026-06-13 10:00");
        let what = Wording::new("passée la voir").expect("words");
        held.steps.push(Step { id: line(3), at, with: String::new(), what, under: line(1) });
        assert_eq!(held.clock(), Clock::Answered(at));
        judge(&mut held, 4, Severity::Urgent, "2026-06-14 08:00");
        assert!(matches!(held.clock(), Clock::Until(_)), "graver since: it runs again");
    }

    #[test]
    fn what_was_closed_without_seeing_what_was_judged_stays_open_and_says_so() {
        let mut held = alert(Severity::Priority);
        let closed = closing(&held, 3);
        held.closings.push(closed.clone());
        assert_eq!(held.state(), AlertState::Closed(&closed));
        judge(&mut held, 4, Severity::Vital, "2026-06-13 09:05");
        assert_eq!(held.state(), AlertState::Disputed(&closed));
        assert!(held.is_live_on(moment("2026-06-14 00:00").day));
        // Whoever has seen both closes it for good, or opens it again.
        let mut open = held.clone();
        let of = open.closings.iter().map(|one| one.id).collect();
        open.reopenings.push(Reopening {
            id: line(5),
            at: moment("2026-06-13 10:00"),
            why: "elle est tombée".into(),
            of,
        });
        assert_eq!(open.state(), AlertState::Open);
        let mut done = held.clone();
        done.closings.push(closing(&held, 6));
        assert!(done.is_closed());
    }

    #[test]
    fn nobody_is_no_owner() {
        assert_eq!(Wording::new(" \u{a0}\n"), None);
        assert_eq!(Owner::from_parts("someone", "  ", None), Owner::Coordinator);
        assert_eq!(Owner::from_parts("", "", None), Owner::Coordinator);
        assert_eq!(Owner::from_parts("of_tomorrow", "", None), Owner::Coordinator);
        let nurse = Owner::from_parts("someone", " Aïcha ", Some(EntryId([7; 16])));
        assert!(matches!(&nurse, Owner::Someone { name, .. } if name.as_str() == "Aïcha"));
        let blank = postcard::to_allocvec("  ").expect("bytes");
        assert!(postcard::from_bytes::<Wording>(&blank).is_err(), "and none comes through the door");
    }

    #[test]
    fn what_is_vital_goes_before_what_is_late() {
        let vital = alert(Severity::Vital);
        let mut late = alert(Severity::Follow);
        late.judgements = Chain::of(Judgement { at: moment("2026-01-01 08:00"), ..late.judgements.last().clone() });
        let known = alert(Severity::Information);
        assert!(vital.urgency() < late.urgency());
        assert!(late.urgency() < known.urgency());
    }

    #[test]
    fn what_is_about_everyone_ends_by_itself() {
        let mut held = alert(Severity::Information);
        let day = held.received.day;
        held.subject = AlertSubject::Population(Population::until(day));
        assert!(held.is_live_on(day));
        assert!(!held.is_live_on(day.succ_opt().expect("a day")));
        assert!(!held.is_closed(), "and nobody closed it");
    }

    proptest! {
        /// Whatever was judged, closed and opened again, in whatever order one learnt of it: it is closed only where
        /// someone closed it who had seen everything, and then for a reason.
        #[test]
        fn it_is_closed_only_by_who_had_seen_everything(
            doings in proptest::collection::vec((0..3u8, any::<bool>()), 0..10),
        ) {
            let mut held = alert(Severity::Follow);
            let mut seen = held.clone();
            for (n, (what, has_seen)) in (10..).zip(doings) {
                // Whoever has not seen writes from what they knew before.
                let before = if has_seen { held.clone() } else { seen.clone() };
                match what {
                    0 => judge(&mut held, n, Severity::Urgent, "2026-06-13 09:00"),
                    1 => held.closings.push(closing(&before, n)),
                    _ => held.reopenings.push(Reopening {
                        id: line(n),
                        at: moment("2026-06-13 09:00"),
                        why: "encore".into(),
                        of: before.closings.iter().map(|one| one.id).collect(),
                    }),
                }
                if has_seen {
                    seen = held.clone();
                }
                match held.state() {
                    AlertState::Closed(closing) => {
                        prop_assert_eq!(&closing.knew, &held.keeps_open());
                        prop_assert!(!closing.reason.as_str().is_empty());
                    }
                    AlertState::Disputed(closing) => {
                        prop_assert!(!closing.knew.is_superset(&held.keeps_open()));
                        prop_assert!(held.is_live_on(held.received.day));
                    }
                    AlertState::Open => {}
                }
            }
        }

        #[test]
        fn a_deadline_never_comes_before_it_was_judged_and_a_graver_one_never_later(
            hour in 0..24u8, minute in 0..60u8, day in 1..29u32,
        ) {
            let at = Moment {
                day: NaiveDate::from_ymd_opt(2026, 2, day).expect("a day"),
                hour: Hour::new(hour, minute).expect("an hour"),
            };
            let deadlines: Vec<_> = Severity::ALL.iter().filter_map(|one| one.deadline(at)).collect();
            prop_assert!(deadlines.windows(2).all(|pair| pair[1] <= pair[0]));
            prop_assert!(deadlines.iter().all(|deadline| *deadline >= at.at()));
        }
    }
}
