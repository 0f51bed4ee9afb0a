//! One person to reach in a campaign: what a caller needs, every attempt, and where the person stands.
//!
//! Where someone stands is read from the attempts and written nowhere, so that callers who merge agree; of two attempts
//! at once both show, and the graver holds.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize};

use super::campaign::Campaign;
use super::changes::text_fields;
use super::coded::coded;
use super::contact::Phone;
use super::ids::{AttemptId, CallCardId, CampaignId, LineId, PersonId, RegisterEntryId};
use super::ladder::{NextStep, Tried};
use super::person::Silence;
use super::time::Hour;

/// Of whom a card is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum CallSubject {
    /// An entry of the legal register.
    Register(RegisterEntryId),
    /// Someone whom the coordinator accompanies.
    Person(PersonId),
}

impl CallSubject {
    /// The bytes that name them.
    pub fn bytes(self) -> [u8; 16] {
        match self {
            CallSubject::Register(id) => id.0,
            CallSubject::Person(id) => id.0,
        }
    }
}

/// One person to reach: what a caller needs, and every attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallCard {
    /// Names the card.
    pub id: CallCardId,
    /// In which campaign.
    pub campaign: CampaignId,
    /// Of whom.
    pub about: CallSubject,
    /// Its number on printed sheets.
    pub number: u32,
    /// Given name.
    pub given_name: String,
    /// Family name, which lists are sorted by.
    pub family_name: String,
    /// Hamlet, else commune.
    pub place: String,
    /// The whole address, to go there.
    pub address: String,
    /// How to approach.
    pub approach: String,
    /// Telephones.
    pub phones: Vec<Phone>,
    /// Those whom the person has named, to be asked when they do not answer.
    pub named: Vec<NamedContact>,
    /// Who is to call.
    pub caller: Option<LineId>,
    /// Every attempt, oldest first.
    pub attempts: Vec<CallAttempt>,
}

text_fields! {
    /// The text fields of a card.
    CardField of CallCard {
        /// Given name.
        GivenName = "given_name" => given_name,
        /// Family name.
        FamilyName = "family_name" => family_name,
        /// Hamlet.
        Place = "place" => place,
        /// The whole address.
        Address = "address" => address,
        /// How to approach.
        Approach = "approach" => approach,
    }
}

/// Someone whom the person has named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedContact {
    /// Names the line.
    pub id: LineId,
    /// Their name.
    pub name: String,
    /// What they are to the person.
    pub relation: String,
    /// Their telephone.
    pub phone: String,
}

impl NamedContact {
    /// A line with nothing on it.
    pub fn empty(id: LineId) -> Self {
        NamedContact { id, name: String::new(), relation: String::new(), phone: String::new() }
    }
}

text_fields! {
    /// The text fields of someone named.
    NamedField of NamedContact {
        /// Their name.
        Name = "name" => name,
        /// What they are to the person.
        Relation = "relation" => relation,
        /// Their telephone.
        Phone = "phone" => phone,
    }
}

/// One attempt to reach someone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallAttempt {
    /// Names the attempt.
    pub id: AttemptId,
    /// The day.
    pub day: NaiveDate,
    /// The hour.
    pub hour: Hour,
    /// Who tried, among the callers; none for the coordinator.
    pub caller: Option<LineId>,
    /// By which way.
    pub way: AttemptWay,
    /// What came of it.
    pub outcome: AttemptOutcome,
    /// What is needed, in a few words: never a word about health.
    pub note: String,
    /// Until when they are away, where that is what came of it.
    pub absent_until: Option<NaiveDate>,
    /// The day on which what was needed was seen to.
    pub handled_on: Option<NaiveDate>,
    /// Whether it was a mistake: it stays in the history and counts nowhere.
    pub withdrawn: bool,
}

coded! {
    /// By which way someone was tried.
    AttemptWay {
        /// By telephone.
        Call = "call",
        /// By going there.
        Visit = "visit",
        /// By someone whom they named.
        Named = "named",
        /// By telling those whom the law says.
        Recipients = "recipients",
    }
}

coded! {
    /// What came of an attempt.
    AttemptOutcome {
        /// Reached, and all is well.
        Reached = "reached",
        /// Reached, and something is needed.
        Need = "need",
        /// Nobody answered.
        NoAnswer = "no_answer",
        /// Known to be away.
        KnownAbsent = "known_absent",
        /// Does not wish to be called.
        Refused = "refused",
        /// Something worries: it is passed on at once.
        Worry = "worry",
    }
}

impl CallAttempt {
    /// When, by the clock on the wall.
    pub fn at(&self) -> NaiveDateTime {
        self.day.and_time(NaiveTime::from(self.hour))
    }

    /// Whether something that someone must see to is still open.
    pub fn is_open(&self) -> bool {
        let asks = matches!(self.outcome, AttemptOutcome::Need | AttemptOutcome::Worry | AttemptOutcome::Unknown(_));
        asks && !self.withdrawn && self.handled_on.is_none()
    }

    /// Whether news of the person came of it.
    fn is_contact(&self) -> bool {
        matches!(self.outcome, AttemptOutcome::Reached | AttemptOutcome::Need | AttemptOutcome::Refused)
            || (self.outcome == AttemptOutcome::Worry && self.way != AttemptWay::Recipients)
    }

    fn tried(&self) -> Tried {
        match self.way {
            AttemptWay::Call | AttemptWay::Unknown(_) => Tried::Person,
            AttemptWay::Visit => Tried::Visit,
            AttemptWay::Named => Tried::Named,
            AttemptWay::Recipients => Tried::Recipients,
        }
    }
}

/// One change to an attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AttemptChange {
    /// That came of it.
    Outcome(AttemptOutcome),
    /// What is needed.
    Note(String),
    /// What was needed was seen to that day, or is open again.
    Handled(Option<NaiveDate>),
    /// It was a mistake, or was not.
    Withdrawn(bool),
}

/// Where someone stands in a turn of a campaign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CallStatus {
    /// Their state says that they are not to be called.
    Silenced(Silence),
    /// They do not wish it: nobody calls again in this campaign.
    Refused,
    /// Something worries, and nobody has seen to it yet.
    Worry,
    /// Something is needed, and nobody has seen to it yet.
    Need,
    /// Reached in this turn.
    Reached,
    /// Known to be away, until that day if it is known.
    Absent(Option<NaiveDate>),
    /// Did not answer; what comes next.
    NoAnswer(NextStep),
    /// Has no telephone: somebody goes.
    ToVisit,
    /// To be called.
    ToCall,
}

impl CallCard {
    /// A card with nothing on it but of whom.
    pub fn empty(id: CallCardId, campaign: CampaignId, about: CallSubject) -> Self {
        CallCard {
            id,
            campaign,
            about,
            number: 0,
            given_name: String::new(),
            family_name: String::new(),
            place: String::new(),
            address: String::new(),
            approach: String::new(),
            phones: Vec::new(),
            named: Vec::new(),
            caller: None,
            attempts: Vec::new(),
        }
    }

    /// The name as one says it.
    pub fn display_name(&self) -> String {
        format!("{} {}", self.given_name.trim(), self.family_name.trim()).trim().to_owned()
    }

    /// The attempts that count up to a day, oldest first.
    fn attempts_until(&self, day: NaiveDate) -> Vec<&CallAttempt> {
        let mut attempts: Vec<_> = self.attempts.iter().filter(|one| !one.withdrawn && one.day <= day).collect();
        attempts.sort_by_key(|one| (one.at(), one.id));
        attempts
    }

    /// The attempts of the turn that a day is in.
    pub fn attempts_in_turn(&self, campaign: &Campaign, day: NaiveDate) -> Vec<&CallAttempt> {
        let turn = campaign.turn_of(day);
        self.attempts_until(day).into_iter().filter(|one| one.day >= turn).collect()
    }

    /// Whether two people reached them in one turn: both calls show, since the work was done twice.
    pub fn was_reached_twice(&self, campaign: &Campaign, day: NaiveDate) -> bool {
        let attempts = self.attempts_in_turn(campaign, day);
        let callers: BTreeSet<_> = attempts.iter().filter(|one| one.is_contact()).map(|one| one.caller).collect();
        callers.len() > 1
    }

    /// The last day on which they were reached.
    pub fn last_reached(&self) -> Option<NaiveDate> {
        let reached = self.attempts.iter().filter(|one| !one.withdrawn && one.outcome == AttemptOutcome::Reached);
        reached.map(|one| one.day).max()
    }

    /// Where they stand at the end of a day, from the attempts alone.
    pub fn status(&self, campaign: &Campaign, day: NaiveDate) -> CallStatus {
        let attempts = self.attempts_until(day);
        // What was seen to later was open on that day.
        let open = |one: &&&CallAttempt| one.is_open() || one.handled_on.is_some_and(|handled| handled > day);
        let asks: Vec<_> = attempts.iter().filter(open).map(|one| &one.outcome).collect();
        if asks.iter().any(|outcome| matches!(outcome, AttemptOutcome::Worry | AttemptOutcome::Unknown(_))) {
            return CallStatus::Worry;
        }
        if asks.contains(&&AttemptOutcome::Need) {
            return CallStatus::Need;
        }
        if attempts.iter().any(|one| one.outcome == AttemptOutcome::Refused) {
            return CallStatus::Refused;
        }
        let turn = campaign.turn_of(day);
        if attempts.iter().any(|one| one.day >= turn && one.is_contact()) {
            return CallStatus::Reached;
        }
        let since_contact = attempts.rsplit(|one| one.is_contact()).next().unwrap_or_default();
        let absent = since_contact.iter().rev().find(|one| one.outcome == AttemptOutcome::KnownAbsent);
        if let Some(absent) = absent.filter(|one| one.absent_until.is_none_or(|until| until > day)) {
            return CallStatus::Absent(absent.absent_until);
        }
        let unanswered: Vec<_> = since_contact
            .iter()
            .filter(|one| matches!(one.outcome, AttemptOutcome::NoAnswer | AttemptOutcome::Worry))
            .map(|one| (one.tried(), one.at()))
            .collect();
        match campaign.ladder.next(&unanswered) {
            Some(next) => CallStatus::NoAnswer(next),
            None if self.phones.iter().all(|phone| phone.number.trim().is_empty()) => CallStatus::ToVisit,
            None => CallStatus::ToCall,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::campaign::{CallCounts, CampaignKind};
    use super::super::ladder::LadderAction;
    use super::*;

    fn day(date: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 7, date).expect("a date")
    }

    fn campaign() -> Campaign {
        Campaign::empty(CampaignId([1; 16]), CampaignKind::Heat, day(20), day(26))
    }

    fn card(phone: &str) -> CallCard {
        let about = CallSubject::Person(PersonId([3; 16]));
        let mut card = CallCard::empty(CallCardId([2; 16]), CampaignId([1; 16]), about);
        let number = phone.to_owned();
        card.phones = vec![Phone { number, ..Phone::empty(LineId([4; 16])) }];
        card
    }

    fn attempt(number: u8, date: u32, hour: u8, way: AttemptWay, outcome: AttemptOutcome) -> CallAttempt {
        CallAttempt {
            id: AttemptId([number; 16]),
            day: day(date),
            hour: Hour::new(hour, 0).expect("an hour"),
            caller: None,
            way,
            outcome,
            note: String::new(),
            absent_until: None,
            handled_on: None,
            withdrawn: false,
        }
    }

    fn call(number: u8, date: u32, hour: u8, outcome: AttemptOutcome) -> CallAttempt {
        attempt(number, date, hour, AttemptWay::Call, outcome)
    }

    #[test]
    fn whoever_answers_today_is_called_again_tomorrow() {
        let mut card = card("04 90 00 00 01");
        assert_eq!(card.status(&campaign(), day(20)), CallStatus::ToCall);
        card.attempts.push(call(1, 20, 9, AttemptOutcome::Reached));
        assert_eq!(card.status(&campaign(), day(20)), CallStatus::Reached);
        assert_eq!(card.status(&campaign(), day(21)), CallStatus::ToCall);
        let every_other_day = Campaign { every_days: 2, ..campaign() };
        assert_eq!(card.status(&every_other_day, day(21)), CallStatus::Reached);
        assert_eq!(card.status(&every_other_day, day(22)), CallStatus::ToCall);
    }

    #[test]
    fn no_telephone_means_a_visit_and_not_no_answer() {
        let mut card = card(" ");
        assert_eq!(card.status(&campaign(), day(20)), CallStatus::ToVisit);
        card.attempts.push(attempt(1, 20, 9, AttemptWay::Visit, AttemptOutcome::Reached));
        assert_eq!(card.status(&campaign(), day(20)), CallStatus::Reached);
    }

    #[test]
    fn the_ladder_goes_on_over_the_night() {
        let mut card = card("04 90 00 00 01");
        for hour in [9, 11, 14] {
            card.attempts.push(call(hour, 20, hour, AttemptOutcome::NoAnswer));
        }
        let CallStatus::NoAnswer(NextStep::Do { action, .. }) = card.status(&campaign(), day(21)) else {
            panic!("nobody answered yet");
        };
        assert_eq!(action, LadderAction::Named);
        card.attempts.push(attempt(9, 21, 8, AttemptWay::Named, AttemptOutcome::Reached));
        assert_eq!(card.status(&campaign(), day(21)), CallStatus::Reached, "the daughter saw her this morning");
        assert_eq!(card.status(&campaign(), day(22)), CallStatus::ToCall);
    }

    #[test]
    fn a_worry_holds_until_someone_has_seen_to_it() {
        let mut card = card("04 90 00 00 01");
        card.attempts.push(call(1, 20, 9, AttemptOutcome::Worry));
        card.attempts.push(call(2, 20, 10, AttemptOutcome::Reached));
        assert_eq!(card.status(&campaign(), day(20)), CallStatus::Worry, "another call does not close it");
        assert_eq!(card.status(&campaign(), day(23)), CallStatus::Worry);
        card.attempts[0].handled_on = Some(day(21));
        assert_eq!(card.status(&campaign(), day(21)), CallStatus::ToCall);
        assert_eq!(card.status(&campaign(), day(20)), CallStatus::Worry, "the report of that day stays what it was");
    }

    #[test]
    fn to_be_told_is_not_to_be_found() {
        let mut card = card("04 90 00 00 01");
        for hour in [9, 11, 14] {
            card.attempts.push(call(hour, 20, hour, AttemptOutcome::NoAnswer));
        }
        card.attempts.push(attempt(20, 20, 15, AttemptWay::Visit, AttemptOutcome::NoAnswer));
        card.attempts.push(attempt(21, 20, 16, AttemptWay::Recipients, AttemptOutcome::Worry));
        assert_eq!(card.status(&campaign(), day(20)), CallStatus::Worry);
        card.attempts[4].handled_on = Some(day(20));
        assert_eq!(card.status(&campaign(), day(20)), CallStatus::NoAnswer(NextStep::Exhausted));
    }

    #[test]
    fn whoever_refuses_or_is_away_is_left_alone() {
        let mut card = card("04 90 00 00 01");
        let away = CallAttempt { absent_until: Some(day(23)), ..call(1, 20, 9, AttemptOutcome::KnownAbsent) };
        card.attempts.push(away);
        assert_eq!(card.status(&campaign(), day(22)), CallStatus::Absent(Some(day(23))));
        assert_eq!(card.status(&campaign(), day(23)), CallStatus::ToCall);
        card.attempts.push(call(2, 23, 9, AttemptOutcome::Refused));
        assert_eq!(card.status(&campaign(), day(26)), CallStatus::Refused);
        card.attempts[1].withdrawn = true;
        assert_eq!(card.status(&campaign(), day(26)), CallStatus::ToCall, "it was noted on the wrong line");
    }

    #[test]
    fn two_callers_who_reach_the_same_person_both_show() {
        let mut card = card("04 90 00 00 01");
        card.attempts.push(call(1, 20, 9, AttemptOutcome::Reached));
        assert!(!card.was_reached_twice(&campaign(), day(20)));
        let other = Some(LineId([8; 16]));
        card.attempts.push(CallAttempt { caller: other, ..call(2, 20, 9, AttemptOutcome::Need) });
        assert!(card.was_reached_twice(&campaign(), day(20)));
        assert_eq!(card.attempts_in_turn(&campaign(), day(20)).len(), 2);
        assert!(!card.was_reached_twice(&campaign(), day(21)));
    }

    proptest! {
        #[test]
        fn each_is_counted_once_whatever_was_tried(
            tried in proptest::collection::vec((0..7u32, 0..24u8, 0..4usize, 0..6usize, 0..3u8), 0..30),
        ) {
            let mut card = card("04 90 00 00 01");
            for (index, (date, hour, way, outcome, end)) in tried.into_iter().enumerate() {
                let way = AttemptWay::ALL[way].clone();
                let mut one = attempt(index as u8, 20 + date, hour, way, AttemptOutcome::ALL[outcome].clone());
                one.withdrawn = end == 1;
                one.handled_on = (end == 2).then(|| day(20 + date));
                card.attempts.push(one);
            }
            for date in 20..27 {
                let mut counts = CallCounts::default();
                counts.add(&card.status(&campaign(), day(date)), 0, false);
                let sum: u32 = CallCounts::NAMES[1..10].iter().filter_map(|name| counts.by_name(name).copied()).sum();
                prop_assert_eq!(sum, 1);
                // The order in which two devices wrote decides nothing.
                let mut other = card.clone();
                other.attempts.reverse();
                prop_assert_eq!(other.status(&campaign(), day(date)), card.status(&campaign(), day(date)));
            }
        }
    }
}
