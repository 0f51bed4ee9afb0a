//! A stay at hospital: told of by telephone in half a minute, and a return home that is prepared, step by step.
//!
//! It says where someone is and who sees to what; it knows no illness, no treatment and no result. The steps are those of
//! the list on the day the stay was noted: a list that changes afterwards changes no stay. What is to be asked after the
//! return, on the next day and in the next week, are follow-ups: they are planned when the return is noted.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::changes::text_fields;
use super::coded::coded;
use super::ids::{EntryId, FollowUpId, HospitalStayId, LineId, PersonId};
use super::project::Owner;
use super::time::Hour;

/// The steps of the list that are follow-ups: they come by themselves with the return, and are asked of nobody before.
pub const AFTER_RETURN: [&str; 2] = ["call_day_1", "visit_day_7"];
/// How many days before a return its gaps are told of.
const SOON_DAYS: u64 = 7;
/// How many days one waits before asking when the return is.
const ASK_AFTER_DAYS: i64 = 3;
/// How many days after a return its gaps still are.
const AFTER_DAYS: i64 = 7;

/// A stay at hospital.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HospitalStay {
    /// Names the stay.
    pub id: HospitalStayId,
    /// Whose.
    pub person: PersonId,
    /// The day one was told.
    pub noticed: NaiveDate,
    /// Since when, if it is known.
    pub admitted: Option<NaiveDate>,
    /// Where: the hospital, as one says it.
    pub place: String,
    /// The hospital's entry of the directory.
    pub entry: Option<EntryId>,
    /// The ward, and whom to ask there.
    pub ward: String,
    /// The telephone of the ward.
    pub phone: String,
    /// Who told.
    pub told_by: String,
    /// When the return is meant to be.
    pub planned: Option<NaiveDate>,
    /// At what hour.
    pub planned_hour: Option<Hour>,
    /// Where one returns to; empty is home.
    pub going_to: String,
    /// What else is to be known to prepare it.
    pub notes: String,
    /// What to make sure of, in order.
    pub steps: Vec<ReturnStep>,
    /// How it stands.
    pub state: StayState,
}

text_fields! {
    /// The text fields of a stay.
    StayField of HospitalStay {
        /// The hospital.
        Place = "place" => place,
        /// The ward.
        Ward = "ward" => ward,
        /// Its telephone.
        Phone = "phone" => phone,
        /// Who told.
        ToldBy = "told_by" => told_by,
        /// Where one returns to.
        GoingTo = "going_to" => going_to,
        /// What else is to be known.
        Notes = "notes" => notes,
    }
}

/// How a stay stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StayState {
    /// At hospital.
    There,
    /// Returned, that day.
    Returned {
        /// The day.
        on: NaiveDate,
    },
    /// It ended in another way.
    Ended {
        /// The day.
        on: NaiveDate,
        /// How.
        how: StayEnd,
    },
    /// Written by a newer version: nothing is asked about it.
    Unknown(String),
}

coded! {
    /// How a stay ends that is no return.
    StayEnd {
        /// Lives somewhere else from now on.
        Elsewhere = "elsewhere",
        /// Has died.
        Deceased = "deceased",
        /// It was noted by mistake.
        Mistake = "mistake",
    }
}

impl StayState {
    /// The code that is written; what goes with it is beside it.
    pub fn code(&self) -> &str {
        match self {
            StayState::There => "there",
            StayState::Returned { .. } => "returned",
            StayState::Ended { .. } => "ended",
            StayState::Unknown(code) => code,
        }
    }

    /// What a code, a day and a way to end say. A code without its day is not understood.
    pub fn from_parts(code: &str, on: Option<NaiveDate>, how: &str) -> Self {
        match (code, on) {
            ("" | "there", _) => StayState::There,
            ("returned", Some(on)) => StayState::Returned { on },
            ("ended", Some(on)) => StayState::Ended { on, how: StayEnd::from_code(how) },
            (other, _) => StayState::Unknown(other.to_owned()),
        }
    }
}

/// Something to make sure of before a return.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnStep {
    /// Names the line.
    pub id: LineId,
    /// What: an item of the list, or words of one's own.
    pub what: String,
    /// How far it is.
    pub state: StepState,
    /// Who sees to it; nobody yet where it is none.
    pub owner: Option<Owner>,
    /// By when; without a day, by the return.
    pub by: Option<NaiveDate>,
    /// What was answered.
    pub note: String,
}

coded! {
    /// How far a step is.
    StepState {
        /// Not known yet.
        ToAsk = "to_ask",
        /// Someone is on it.
        InHand = "in_hand",
        /// It is done.
        Done = "done",
        /// It is not needed here.
        NotNeeded = "not_needed",
    }
}

impl ReturnStep {
    /// A step of which nothing is known yet.
    pub fn to_ask(id: LineId, what: String) -> Self {
        ReturnStep { id, what, state: StepState::ToAsk, owner: None, by: None, note: String::new() }
    }

    /// Whether something is still to be done.
    pub fn is_open(&self) -> bool {
        !matches!(self.state, StepState::Done | StepState::NotNeeded)
    }
}

/// One change to a stay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StayChange {
    /// A text field becomes this.
    Text(StayField, String),
    /// One was told that day.
    Noticed(NaiveDate),
    /// It is since that day.
    Admitted(Option<NaiveDate>),
    /// The return is meant for that day.
    Planned(Option<NaiveDate>),
    /// At that hour.
    PlannedHour(Option<Hour>),
    /// It is that hospital of the directory.
    Entry(Option<EntryId>),
    /// What a step is, which comes into being after the others where it is not there.
    Step(LineId, String),
    /// How far a step is.
    StepState(LineId, StepState),
    /// Who sees to it.
    StepOwner(LineId, Option<Owner>),
    /// By when.
    StepBy(LineId, Option<NaiveDate>),
    /// What was answered.
    StepNote(LineId, String),
}

/// What a stay asks for, the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum StayCall {
    /// Returned, and this much is not seen to.
    HomeWithGaps(u32),
    /// The return was to be that day, and nobody said that it was.
    AskWhetherHome(NaiveDate),
    /// The return is near, that day, and this much is not seen to.
    ReturnWithGaps(NaiveDate, u32),
    /// The return is near, that day, and all is seen to.
    ReturnReady(NaiveDate),
    /// Nobody said yet when the return is.
    AskWhen,
}

impl HospitalStay {
    /// A stay of which one was told that day.
    pub fn noticed(id: HospitalStayId, person: PersonId, day: NaiveDate) -> Self {
        HospitalStay {
            id,
            person,
            noticed: day,
            admitted: None,
            place: String::new(),
            entry: None,
            ward: String::new(),
            phone: String::new(),
            told_by: String::new(),
            planned: None,
            planned_hour: None,
            going_to: String::new(),
            notes: String::new(),
            steps: Vec::new(),
            state: StayState::There,
        }
    }

    /// Since when, as far as it is known.
    pub fn since(&self) -> NaiveDate {
        self.admitted.unwrap_or(self.noticed)
    }

    /// The steps that are a gap on a day: open, and nobody sees to them, or late.
    pub fn gaps(&self, day: NaiveDate) -> impl Iterator<Item = &ReturnStep> {
        self.steps.iter().filter(move |step| self.is_gap(step, day))
    }

    /// Whether a step is a gap on a day.
    pub fn is_gap(&self, step: &ReturnStep, day: NaiveDate) -> bool {
        let late = self.by(step).is_some_and(|by| by < day);
        step.is_open() && (step.owner.is_none() || late)
    }

    /// By when a step is to be seen to: its own day, else the return.
    pub fn by(&self, step: &ReturnStep) -> Option<NaiveDate> {
        step.by.or(match self.state {
            StayState::Returned { on } => Some(on),
            _ => self.planned,
        })
    }

    /// What it asks for on a day; nothing where all is well, or it is over.
    pub fn call(&self, day: NaiveDate) -> Option<StayCall> {
        let gaps = self.gaps(day).count() as u32;
        match (&self.state, self.planned) {
            (StayState::Returned { on }, _) => {
                ((day - *on).num_days() <= AFTER_DAYS && gaps > 0).then_some(StayCall::HomeWithGaps(gaps))
            }
            (StayState::There, Some(planned)) if planned < day => Some(StayCall::AskWhetherHome(planned)),
            (StayState::There, Some(planned)) => {
                let soon = day.checked_add_days(Days::new(SOON_DAYS)).unwrap_or(day);
                match gaps {
                    _ if planned > soon => None,
                    0 => Some(StayCall::ReturnReady(planned)),
                    gaps => Some(StayCall::ReturnWithGaps(planned, gaps)),
                }
            }
            (StayState::There, None) => {
                ((day - self.noticed).num_days() >= ASK_AFTER_DAYS).then_some(StayCall::AskWhen)
            }
            (StayState::Ended { .. } | StayState::Unknown(_), _) => None,
        }
    }

    /// The follow-ups that a return brings: the call of the next day and the visit of the week after. They are named by the
    /// stay, so that two devices on which the return is noted plan them once.
    pub fn after_return(&self) -> [FollowUpId; 2] {
        let named = |n: u8| {
            let mut id = self.id.0;
            id[15] ^= n;
            FollowUpId(id)
        };
        [named(1), named(7)]
    }

    /// What to write so that this stay becomes `edited`: the differences only. Neither its person nor how it stands does.
    pub fn changes_to(&self, edited: &HospitalStay) -> Vec<StayChange> {
        let mut changes: Vec<_> =
            self.text_differences(edited).map(|(field, text)| StayChange::Text(field, text.to_owned())).collect();
        let mut change_if = |differs: bool, change: StayChange| changes.extend(differs.then_some(change));
        change_if(self.noticed != edited.noticed, StayChange::Noticed(edited.noticed));
        change_if(self.admitted != edited.admitted, StayChange::Admitted(edited.admitted));
        change_if(self.planned != edited.planned, StayChange::Planned(edited.planned));
        change_if(self.planned_hour != edited.planned_hour, StayChange::PlannedHour(edited.planned_hour));
        change_if(self.entry != edited.entry, StayChange::Entry(edited.entry));
        for step in &edited.steps {
            let new = ReturnStep::to_ask(step.id, String::new());
            let held = self.steps.iter().find(|held| held.id == step.id).unwrap_or(&new);
            change_if(held.what != step.what, StayChange::Step(step.id, step.what.clone()));
            change_if(held.state != step.state, StayChange::StepState(step.id, step.state.clone()));
            change_if(held.owner != step.owner, StayChange::StepOwner(step.id, step.owner.clone()));
            change_if(held.by != step.by, StayChange::StepBy(step.id, step.by));
            change_if(held.note != step.note, StayChange::StepNote(step.id, step.note.clone()));
        }
        changes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn stay() -> HospitalStay {
        let mut stay = HospitalStay::noticed(HospitalStayId([1; 16]), PersonId([2; 16]), day("2026-06-12"));
        stay.steps = (1..=3).map(|n| ReturnStep::to_ask(LineId([n; 16]), format!("step_{n}"))).collect();
        stay
    }

    #[track_caller]
    fn check(stay: &HospitalStay, on: &str, expected: Option<StayCall>) {
        assert_eq!(stay.call(day(on)), expected, "on {on}");
    }

    #[test]
    fn nobody_knows_when_she_returns_and_one_asks_after_three_days() {
        let stay = stay();
        check(&stay, "2026-06-12", None);
        check(&stay, "2026-06-14", None);
        check(&stay, "2026-06-15", Some(StayCall::AskWhen));
    }

    #[test]
    fn a_return_is_told_of_a_week_before_with_its_gaps() {
        let mut stay = stay();
        let back = day("2026-06-30");
        stay.planned = Some(back);
        check(&stay, "2026-06-22", None);
        check(&stay, "2026-06-23", Some(StayCall::ReturnWithGaps(back, 3)));
        stay.steps[0].state = StepState::Done;
        stay.steps[1].state = StepState::NotNeeded;
        check(&stay, "2026-06-29", Some(StayCall::ReturnWithGaps(back, 1)));
        stay.steps[2].owner = Some(Owner::Coordinator);
        check(&stay, "2026-06-29", Some(StayCall::ReturnReady(back)));
        stay.steps[2].by = Some(day("2026-06-28"));
        check(&stay, "2026-06-29", Some(StayCall::ReturnWithGaps(back, 1)));
        check(&stay, "2026-07-01", Some(StayCall::AskWhetherHome(back)));
    }

    #[test]
    fn what_nobody_saw_to_is_a_gap_for_a_week_after_the_return() {
        let mut stay = stay();
        stay.state = StayState::Returned { on: day("2026-06-30") };
        stay.steps[0].state = StepState::Done;
        stay.steps[1].owner = Some(Owner::Person);
        check(&stay, "2026-06-30", Some(StayCall::HomeWithGaps(1)));
        // What someone had in hand was for the return: the day after, it is late.
        check(&stay, "2026-07-01", Some(StayCall::HomeWithGaps(2)));
        check(&stay, "2026-07-07", Some(StayCall::HomeWithGaps(2)));
        check(&stay, "2026-07-08", None);
    }

    #[test]
    fn a_stay_that_ended_asks_for_nothing() {
        let mut stay = stay();
        stay.planned = Some(day("2026-06-20"));
        for how in StayEnd::ALL {
            stay.state = StayState::Ended { on: day("2026-06-15"), how: how.clone() };
            check(&stay, "2026-06-21", None);
        }
        stay.state = StayState::from_parts("returned", None, "");
        assert_eq!(stay.state, StayState::Unknown("returned".into()));
        check(&stay, "2026-06-21", None);
    }

    #[test]
    fn two_devices_plan_the_same_call_and_the_same_visit() {
        let [call, visit] = stay().after_return();
        assert_eq!(stay().after_return(), [call, visit]);
        assert_ne!(call, visit);
        assert_ne!(call.0, stay().id.0);
    }

    fn steps() -> impl Strategy<Value = Vec<ReturnStep>> {
        let state = proptest::sample::select(StepState::ALL.to_vec());
        let owner = proptest::option::of(Just(Owner::Person));
        let step = (any::<u8>(), state, owner, proptest::option::of(0_u64..40), "[a-z ]{0,12}");
        proptest::collection::vec(step, 0..8).prop_map(|steps| {
            let mut made: Vec<ReturnStep> = Vec::new();
            for (n, state, owner, by, note) in steps {
                let id = LineId([n; 16]);
                if made.iter().all(|step| step.id != id) {
                    let by = by.and_then(|days| day("2026-06-01").checked_add_days(Days::new(days)));
                    made.push(ReturnStep { id, what: format!("step_{n}"), state, owner, by, note });
                }
            }
            made
        })
    }

    proptest! {
        /// What is asked is exactly what is not seen to: no gap is hushed, and none is made up.
        #[test]
        fn gaps_are_what_nobody_sees_to_or_is_late(steps in steps(), days in 0_u64..60, planned in proptest::option::of(0_u64..40)) {
            let mut stay = stay();
            stay.steps = steps;
            stay.planned = planned.and_then(|days| day("2026-06-01").checked_add_days(Days::new(days)));
            let on = day("2026-06-01").checked_add_days(Days::new(days)).expect("a day");
            let gaps: Vec<LineId> = stay.gaps(on).map(|step| step.id).collect();
            for step in &stay.steps {
                let seen_to = matches!(step.state, StepState::Done | StepState::NotNeeded)
                    || step.owner.is_some() && step.by.or(stay.planned).is_none_or(|by| by >= on);
                prop_assert_eq!(gaps.contains(&step.id), !seen_to);
            }
        }

        #[test]
        fn a_form_writes_the_differences_and_nothing_else(before in steps(), after in steps()) {
            let (mut one, mut other) = (stay(), stay());
            one.steps = before;
            other.steps = after;
            prop_assert!(other.changes_to(&other).is_empty());
            for change in one.changes_to(&other) {
                let StayChange::StepState(id, state) = change else { continue };
                prop_assert!(other.steps.iter().any(|step| step.id == id && step.state == state));
            }
        }
    }
}
