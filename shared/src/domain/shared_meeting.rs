//! A *temps d'échange*: those around a person think together, with her, or for her where she could not be there.
//!
//! It has no room for a meeting that was held and of which nobody says whether she was there. Where she was not, what was
//! decided is to be told back to her, and is asked for until someone notes that it was. It holds no name that another
//! record holds, and lets none leave: what is given of it is put together in [`super::meeting_paper`], from a permit.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::changes::text_fields;
use super::circle::Helper;
use super::coded::coded;
use super::follow_up::{FollowUp, FollowUpKind, FollowUpState};
use super::ids::{FollowUpId, HealthProjectId, LineId, PersonId, RequestId, SharedMeetingId};
use super::meeting_paper::{GivenPaper, PaperKind};
use super::project::Owner;
use super::time::Hour;

pub use super::meeting_presence::Presence;

/// For how many days after it was held a meeting asks for minutes: later nobody waits for them any more.
const MINUTES_ASKED_DAYS: i64 = 30;

/// A *temps d'échange* about someone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedMeeting {
    /// Names the meeting.
    pub id: SharedMeetingId,
    /// About whom.
    pub person: PersonId,
    /// What it came from.
    pub origin: Option<Origin>,
    /// The day it is planned for.
    pub day: NaiveDate,
    /// At what hour.
    pub hour: Option<Hour>,
    /// Where.
    pub place: String,
    /// What for, in a sentence.
    pub purpose: String,
    /// What is spoken of, in order.
    pub points: Vec<Point>,
    /// Who is to come, the person apart.
    pub guests: Vec<Guest>,
    /// What was decided.
    pub decisions: Vec<Decision>,
    /// How it stands.
    pub state: MeetingState,
    /// What was told back to her, where she was not there.
    pub told_back: Option<ToldBack>,
    /// What was given of it, the first first.
    pub given: Vec<GivenPaper>,
}

text_fields! {
    /// The text fields of a meeting.
    MeetingField of SharedMeeting {
        /// Where.
        Place = "place" => place,
        /// What for.
        Purpose = "purpose" => purpose,
    }
}

/// What a meeting came from: a record about the same person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Origin {
    /// A request.
    Request(RequestId),
    /// A health project.
    Project(HealthProjectId),
}

/// How a meeting stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MeetingState {
    /// It is to come.
    Planned,
    /// It took place.
    Held(Held),
    /// It will not take place.
    Cancelled {
        /// Since that day.
        on: NaiveDate,
        /// Why.
        why: String,
    },
    /// Written by a newer version: nothing is asked about it.
    Unknown(String),
}

/// That a meeting took place: when, and whether the person was there. There is no third.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The day.
    pub on: NaiveDate,
    /// Whether she was there.
    pub presence: Presence,
}

/// What was told back to her.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToldBack {
    /// That day.
    pub on: NaiveDate,
    /// What, and what she said of it.
    pub words: String,
}

/// Something that is spoken of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// Names the line.
    pub id: LineId,
    /// What.
    pub what: String,
    /// What was said of it.
    pub notes: String,
}

/// Someone who is to come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guest {
    /// Names the line.
    pub id: LineId,
    /// Who.
    pub who: Helper,
    /// Whether they were asked, and what they answered.
    pub asked: Asked,
    /// Whether they came; none as long as nobody said so.
    pub came: Option<Came>,
}

impl Guest {
    /// Someone whom nobody has asked yet.
    pub fn to_ask(id: LineId, who: Helper) -> Self {
        Guest { id, who, asked: Asked::NotYet, came: None }
    }
}

coded! {
    /// Whether someone was asked to come.
    Asked {
        /// Not yet.
        NotYet = "not_yet",
        /// They were, and have not answered.
        Asked = "asked",
        /// They come.
        Accepts = "accepts",
        /// They do not.
        Declines = "declines",
    }
}

/// Whether a guest came. It is written as one value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Came {
    /// They did.
    There,
    /// They did not.
    Absent,
    /// Someone came for them: who, in words.
    Represented(String),
    /// Written by a newer version.
    Unknown(String),
}

impl Came {
    /// Reads what [`fmt::Display`] writes.
    pub fn parse(text: &str) -> Self {
        match text {
            "there" => Came::There,
            "absent" => Came::Absent,
            other => match other.strip_prefix("represented:") {
                Some(by) => Came::Represented(by.to_owned()),
                None => Came::Unknown(other.to_owned()),
            },
        }
    }
}

impl fmt::Display for Came {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Came::There => f.write_str("there"),
            Came::Absent => f.write_str("absent"),
            Came::Represented(by) => write!(f, "represented:{by}"),
            Came::Unknown(text) => f.write_str(text),
        }
    }
}

/// Something decided. It is a follow-up too: done on either side, it is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Names the decision, and the follow-up that it is.
    pub id: FollowUpId,
    /// What.
    pub what: String,
    /// Who does it.
    pub owner: Owner,
    /// By when.
    pub by: NaiveDate,
    /// Open, done or given up.
    pub state: FollowUpState,
    /// Why it is no longer the day first said.
    pub postponed_because: String,
    /// How often it was put off.
    pub postponed_times: u32,
}

/// One change to a meeting. How it stands, what was told back and what was given are no changes: they are acts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MeetingChange {
    /// A text field becomes this.
    Text(MeetingField, String),
    /// It is planned for that day.
    Day(NaiveDate),
    /// At that hour.
    Hour(Option<Hour>),
    /// What a point is, which comes into being after the others where it is not there.
    Point(LineId, String),
    /// What was said of it.
    PointNotes(LineId, String),
    /// Where it stands among the others.
    PointOrder(LineId, u32),
    /// It is not spoken of after all.
    RemovePoint(LineId),
    /// Who a guest is, who comes into being where there is none.
    Guest(LineId, Helper),
    /// Whether they were asked.
    GuestAsked(LineId, Asked),
    /// Whether they came.
    GuestCame(LineId, Option<Came>),
    /// They are not to come after all.
    RemoveGuest(LineId),
    /// What a decision is, which comes into being where it is not there.
    Decision(FollowUpId, String),
    /// Who does it.
    DecisionOwner(FollowUpId, Owner),
    /// By when.
    DecisionBy(FollowUpId, NaiveDate),
}

/// What a meeting asks for, the most pressing first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum MeetingCall {
    /// It is that day: today, or tomorrow.
    Planned(NaiveDate),
    /// It was to be that day, and nobody said whether it was.
    AskWhetherHeld(NaiveDate),
    /// It was held without her that day, and she is to be told what was decided.
    TellBack(NaiveDate),
    /// It was held that day, and nobody has the minutes yet.
    Minutes(NaiveDate),
}

impl SharedMeeting {
    /// A meeting planned for that day.
    pub fn planned(id: SharedMeetingId, person: PersonId, day: NaiveDate) -> Self {
        SharedMeeting {
            id,
            person,
            origin: None,
            day,
            hour: None,
            place: String::new(),
            purpose: String::new(),
            points: Vec::new(),
            guests: Vec::new(),
            decisions: Vec::new(),
            state: MeetingState::Planned,
            told_back: None,
            given: Vec::new(),
        }
    }

    /// That it took place, if it did.
    pub fn held(&self) -> Option<&Held> {
        match &self.state {
            MeetingState::Held(held) => Some(held),
            _ => None,
        }
    }

    /// The day it is shown at: the day it was held, else the day it is planned for.
    pub fn shown_on(&self) -> NaiveDate {
        self.held().map_or(self.day, |held| held.on)
    }

    /// The last day on which she was met about it: there herself, or told back.
    pub fn last_contact(&self) -> Option<NaiveDate> {
        let held = self.held()?;
        let there = (held.presence == Presence::There).then_some(held.on);
        there.max(self.told_back.as_ref().map(|told| told.on))
    }

    /// Since when she is to be told what was decided: it was held without her, and nobody noted that she was.
    pub fn to_tell_back(&self) -> Option<NaiveDate> {
        let held = self.held()?;
        (held.presence != Presence::There && self.told_back.is_none()).then_some(held.on)
    }

    /// Whether minutes were given to anyone.
    pub fn has_minutes(&self) -> bool {
        self.given.iter().any(|given| given.what == PaperKind::Minutes)
    }

    /// What it asks for on a day; nothing where all is done, or it will not take place.
    pub fn call(&self, day: NaiveDate) -> Option<MeetingCall> {
        match &self.state {
            MeetingState::Planned if self.day < day => Some(MeetingCall::AskWhetherHeld(self.day)),
            MeetingState::Planned => ((self.day - day).num_days() <= 1).then_some(MeetingCall::Planned(self.day)),
            MeetingState::Held(held) => match self.to_tell_back() {
                Some(since) => Some(MeetingCall::TellBack(since)),
                None => {
                    let is_fresh = (day - held.on).num_days() <= MINUTES_ASKED_DAYS;
                    (is_fresh && !self.has_minutes()).then_some(MeetingCall::Minutes(held.on))
                }
            },
            MeetingState::Cancelled { .. } | MeetingState::Unknown(_) => None,
        }
    }

    /// A guest.
    pub fn guest(&self, id: LineId) -> Option<&Guest> {
        self.guests.iter().find(|guest| guest.id == id)
    }

    /// A decision.
    pub fn decision(&self, id: FollowUpId) -> Option<&Decision> {
        self.decisions.iter().find(|decision| decision.id == id)
    }

    /// A decision as the follow-up that it is.
    pub fn follow_up(&self, decision: &Decision) -> FollowUp {
        let mut follow_up = FollowUp::open(decision.id, Some(self.person), FollowUpKind::Task, decision.by);
        follow_up.meeting = Some(self.id);
        follow_up.what.clone_from(&decision.what);
        follow_up.state = decision.state.clone();
        follow_up.postponed_because.clone_from(&decision.postponed_because);
        follow_up.postponed_times = decision.postponed_times;
        follow_up
    }

    /// What to write so that what was planned becomes `edited`: the differences only. Neither its person nor how it stands
    /// does, and what was decided is written of itself.
    pub fn changes_to(&self, edited: &SharedMeeting) -> Vec<MeetingChange> {
        let texts = self.text_differences(edited);
        let mut changes: Vec<_> = texts.map(|(field, text)| MeetingChange::Text(field, text.to_owned())).collect();
        if self.day != edited.day {
            changes.push(MeetingChange::Day(edited.day));
        }
        if self.hour != edited.hour {
            changes.push(MeetingChange::Hour(edited.hour));
        }
        let (kept, there) = (ids(&self.points), ids(&edited.points));
        changes.extend(kept.iter().filter(|id| !there.contains(id)).map(|id| MeetingChange::RemovePoint(*id)));
        for point in &edited.points {
            let before = self.points.iter().find(|before| before.id == point.id);
            if before.is_none_or(|before| before.what != point.what) {
                changes.push(MeetingChange::Point(point.id, point.what.clone()));
            }
            if before.map_or("", |before| before.notes.as_str()) != point.notes {
                changes.push(MeetingChange::PointNotes(point.id, point.notes.clone()));
            }
        }
        // Those that stayed keep their places unless one was moved; new ones come after.
        let stayed: Vec<_> = kept.iter().filter(|id| there.contains(id)).collect();
        let expected = stayed.into_iter().chain(there.iter().filter(|id| !kept.contains(id)));
        if !expected.eq(there.iter()) {
            changes.extend(there.iter().zip(1..).map(|(id, order)| MeetingChange::PointOrder(*id, order)));
        }
        for guest in &self.guests {
            if edited.guest(guest.id).is_none() {
                changes.push(MeetingChange::RemoveGuest(guest.id));
            }
        }
        for guest in &edited.guests {
            let before = self.guest(guest.id);
            if before.is_none_or(|before| before.who != guest.who) {
                changes.push(MeetingChange::Guest(guest.id, guest.who.clone()));
            }
            if before.map_or(&Asked::NotYet, |before| &before.asked) != &guest.asked {
                changes.push(MeetingChange::GuestAsked(guest.id, guest.asked.clone()));
            }
            if before.and_then(|before| before.came.as_ref()) != guest.came.as_ref() {
                changes.push(MeetingChange::GuestCame(guest.id, guest.came.clone()));
            }
        }
        changes
    }
}

fn ids(points: &[Point]) -> Vec<LineId> {
    points.iter().map(|point| point.id).collect()
}

#[cfg(test)]
mod tests {
    use super::super::consent::Recipient;
    use super::super::meeting_paper::PaperWay;
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn meeting() -> SharedMeeting {
        SharedMeeting::planned(SharedMeetingId([1; 16]), PersonId([2; 16]), day("2026-06-18"))
    }

    fn held(presence: Presence) -> SharedMeeting {
        let mut meeting = meeting();
        meeting.state = MeetingState::Held(Held { on: day("2026-06-18"), presence });
        meeting
    }

    fn given() -> GivenPaper {
        GivenPaper {
            id: LineId([9; 16]),
            day: day("2026-06-18"),
            hour: Hour { hour: 16, minute: 5 },
            what: PaperKind::Minutes,
            recipient: Recipient::named("Odette"),
            guest: None,
            way: PaperWay::Paper,
            consent: None,
            message: String::new(),
        }
    }

    #[test]
    fn a_meeting_asks_for_itself_the_day_before_and_until_someone_says_whether_it_was() {
        let check = |on: &str, expected: Option<MeetingCall>| assert_eq!(meeting().call(day(on)), expected, "{on}");
        let planned = day("2026-06-18");
        check("2026-06-16", None);
        check("2026-06-17", Some(MeetingCall::Planned(planned)));
        check("2026-06-18", Some(MeetingCall::Planned(planned)));
        check("2026-06-19", Some(MeetingCall::AskWhetherHeld(planned)));
        check("2027-06-19", Some(MeetingCall::AskWhetherHeld(planned)));
        let mut cancelled = meeting();
        cancelled.state = MeetingState::Cancelled { on: planned, why: "hospitalisée".into() };
        assert_eq!(cancelled.call(planned), None);
    }

    #[test]
    fn whoever_was_not_there_is_told_back_however_long_it_takes_and_then_the_minutes_are_asked_for() {
        let on = day("2026-06-18");
        let daughter = Helper::Named("sa fille".into());
        for presence in [
            Presence::Absent { why: "trop fatiguée".into() },
            Presence::Represented { by: daughter, why: "à l’hôpital".into() },
            Presence::Unknown("by_video".into()),
        ] {
            let mut one = held(presence);
            assert_eq!(one.call(day("2029-01-01")), Some(MeetingCall::TellBack(on)));
            one.told_back = Some(ToldBack { on: day("2026-06-20"), words: "elle est d’accord".into() });
            assert_eq!(one.call(day("2026-06-20")), Some(MeetingCall::Minutes(on)));
        }
        let mut with_her = held(Presence::There);
        assert_eq!(with_her.call(on), Some(MeetingCall::Minutes(on)));
        assert_eq!(with_her.call(day("2026-07-19")), None, "nobody waits for them any more");
        with_her.given = vec![given()];
        assert_eq!(with_her.call(on), None);
    }

    #[test]
    fn whether_a_guest_came_reads_back_as_it_is_written() {
        for came in [Came::There, Came::Absent, Came::Represented("sa collègue".into()), Came::Unknown("late".into())]
        {
            assert_eq!(Came::parse(&came.to_string()), came);
        }
    }

    #[test]
    fn a_decision_is_a_follow_up_of_the_meeting() {
        let mut one = held(Presence::There);
        let decision = Decision {
            id: FollowUpId([7; 16]),
            what: "appeler le garage".into(),
            owner: Owner::Person,
            by: day("2026-06-30"),
            state: FollowUpState::Open,
            postponed_because: String::new(),
            postponed_times: 0,
        };
        one.decisions = vec![decision.clone()];
        let follow_up = one.follow_up(&decision);
        assert_eq!((follow_up.meeting, follow_up.person, follow_up.due), (Some(one.id), Some(one.person), decision.by));
        assert_eq!(follow_up.what, "appeler le garage");
    }

    #[test]
    fn the_differences_alone_are_written() {
        let point = |n: u8, what: &str| Point { id: LineId([n; 16]), what: what.into(), notes: String::new() };
        let mut before = meeting();
        before.points = vec![point(1, "les repas"), point(2, "les clés")];
        before.guests = vec![Guest::to_ask(LineId([5; 16]), Helper::Named("l’infirmière".into()))];
        assert_eq!(before.changes_to(&before.clone()), []);
        let mut after = before.clone();
        after.purpose = "préparer l’hiver".into();
        after.points.push(point(3, "le bois"));
        after.guests[0].asked = Asked::Accepts;
        assert_eq!(
            before.changes_to(&after),
            [
                MeetingChange::Text(MeetingField::Purpose, "préparer l’hiver".into()),
                MeetingChange::Point(LineId([3; 16]), "le bois".into()),
                MeetingChange::GuestAsked(LineId([5; 16]), Asked::Accepts),
            ]
        );
        let mut moved = before.clone();
        moved.points.swap(0, 1);
        assert_eq!(
            before.changes_to(&moved),
            [MeetingChange::PointOrder(LineId([2; 16]), 1), MeetingChange::PointOrder(LineId([1; 16]), 2)]
        );
        let mut fewer = before.clone();
        fewer.points.remove(0);
        fewer.guests.clear();
        assert_eq!(
            before.changes_to(&fewer),
            [MeetingChange::RemovePoint(LineId([1; 16])), MeetingChange::RemoveGuest(LineId([5; 16]))]
        );
    }
}
