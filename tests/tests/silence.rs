//! Nobody due is missing from *Aujourd'hui*, and nobody silenced appears, on any day of any life.
//!
//! Lives are drawn at random and reckoned apart, by the plainest means: what the views do is not known here.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use maillon_shared::api::responses::{FollowUpFile, FollowUpRow, Hit, TimelineItem};
use maillon_shared::api::{Failure, Request, Response};
use maillon_shared::domain::encounter::{Encounter, EncounterKind, EncounterResult};
use maillon_shared::domain::follow_up::{FollowUp, FollowUpKind, FollowUpState};
use maillon_shared::domain::ids::{EncounterId, FollowUpId, PersonId, RequestId};
use maillon_shared::domain::person::{Person, PersonChange, PersonState, Silence};
use maillon_shared::domain::request::Request as CareRequest;
use maillon_tests::harness::{Device, just};
use maillon_tests::village::chance::Chance;

fn today() -> NaiveDate {
    "2026-06-12".parse().unwrap()
}

fn set_state(device: &mut Device, id: PersonId, state: PersonState) {
    device.does(Request::EditPerson { id, changes: vec![PersonChange::State(state)], draft: None });
}

fn enters(device: &mut Device, id: u8, name: &str) -> PersonId {
    let mut person = Person::empty(PersonId([id; 16]));
    person.family_name = name.into();
    device.saves(&person);
    person.id
}

fn plan(id: [u8; 16], person: PersonId, due: NaiveDate) -> Request {
    let mut follow_up = FollowUp::open(FollowUpId(id), Some(person), FollowUpKind::Visit, due);
    follow_up.what = "passer voir".into();
    Request::PlanFollowUp { follow_up, draft: None }
}

// ── One story a rule ────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn what_was_planned_is_cancelled_by_a_refusal_and_comes_back_with_her_word() {
    let mut device = Device::with_notebook(1, today());
    let odette = enters(&mut device, 1, "Escarvenc");
    device.does(plan([2; 16], odette, today()));
    set_state(&mut device, odette, PersonState::Refuses);

    let mut device = device.reopens();
    assert!(device.today().due.is_empty());
    let file = device.opens(odette);
    assert!(file.open.is_empty());
    let [TimelineItem::Silenced(visit, Silence::Refuses)] = file.timeline.as_slice() else {
        panic!("shown once, as cancelled, with why")
    };
    assert_eq!(visit.state, FollowUpState::Open, "nothing was written on it");
    let Response::FollowUp(shown) = device.asks(Request::FollowUp(visit.id)) else { panic!("a follow-up") };
    let FollowUpFile { silenced, .. } = *shown;
    assert_eq!(silenced, Some(Silence::Refuses));
    let Response::People(people) = device.asks(Request::People) else { panic!("people") };
    assert_eq!(people[0].next_due, None);

    set_state(&mut device, odette, PersonState::Followed);
    assert_eq!(device.today().due.len(), 1);
    assert_eq!(device.opens(odette).open, std::slice::from_ref(visit));
}

#[test]
fn an_absence_makes_reminders_wait_and_cancels_nothing() {
    let mut device = Device::with_notebook(1, today());
    let odette = enters(&mut device, 1, "Escarvenc");
    device.does(plan([2; 16], odette, today()));
    let back = today() + Days::new(20);
    set_state(&mut device, odette, PersonState::AbsentUntil(back));
    assert!(device.today().due.is_empty());
    assert_eq!(device.opens(odette).open.len(), 1);
    let Response::People(people) = device.asks(Request::People) else { panic!("people") };
    assert_eq!(people[0].next_due, Some(back));
    // Something can be planned for her return.
    device.does(plan([3; 16], odette, back + Days::new(1)));
    device.is_on(back);
    let shown = device.today();
    assert_eq!((shown.late.len(), shown.week.len()), (1, 1));
}

#[test]
fn nothing_is_planned_with_someone_who_refuses_has_died_or_has_moved() {
    let mut device = Device::with_notebook(1, today());
    let odette = enters(&mut device, 1, "Escarvenc");
    device.does(plan([2; 16], odette, today()));
    for (state, silence) in [
        (PersonState::Refuses, Silence::Refuses),
        (PersonState::Deceased, Silence::Deceased),
        (PersonState::Moved, Silence::Moved),
        (PersonState::Unknown("suspended".into()), Silence::Unknown("suspended".into())),
    ] {
        set_state(&mut device, odette, state);
        let refused = Failure::Silenced(silence);
        assert_eq!(device.is_refused(plan([3; 16], odette, today())), refused);
        let later = Request::Reschedule { id: FollowUpId([2; 16]), day: today() + Days::new(3), reason: "x".into() };
        assert_eq!(device.is_refused(later), refused);
        let mut new = just(Encounter::empty(EncounterId([4; 16]), Some(odette), today()));
        new.follow_ups = vec![FollowUp::open(FollowUpId([5; 16]), None, FollowUpKind::Promise, today())];
        assert_eq!(device.is_refused(Request::RecordEncounter(Box::new(new))), refused);
    }
    // What took place before is noted all the same, and what was planned can be ended.
    device.notes(Encounter::empty(EncounterId([6; 16]), Some(odette), today())).unwrap();
    device.does(Request::Cancel { id: FollowUpId([2; 16]), why: "elle ne souhaite plus de visite".into() }).unwrap();
    let ended = device.opens(odette).timeline;
    assert!(ended.iter().any(|item| matches!(item, TimelineItem::FollowUp(_))));
    assert!(!ended.iter().any(|item| matches!(item, TimelineItem::Silenced(..))), "once, and by who cancelled it");
}

#[test]
fn who_refuses_is_found_with_her_refusal() {
    let mut device = Device::with_notebook(1, today());
    let odette = enters(&mut device, 1, "Escarvenc");
    device.does(plan([2; 16], odette, today()));
    set_state(&mut device, odette, PersonState::Refuses);
    for typed in ["escarvenc", "passer voir"] {
        let Response::Found(hits) = device.asks(Request::Search { text: typed.into(), limit: 5 }) else {
            panic!("found")
        };
        let silences: Vec<_> = hits.into_iter().map(|Hit { silence, .. }| silence).collect();
        assert_eq!(silences, [Some(Silence::Refuses)], "{typed}");
    }
}

// ── Any life ────────────────────────────────────────────────────────────────────────────────────────────────────────

/// What was said of a person, and nothing reckoned.
#[derive(Clone)]
struct Life {
    state: PersonState,
    seen: Option<NaiveDate>,
    /// The last call that nobody answered.
    called: Option<NaiveDate>,
    waiting: BTreeMap<FollowUpId, NaiveDate>,
    asked: BTreeSet<RequestId>,
}

impl Life {
    fn is_silent(&self, on: NaiveDate) -> bool {
        match self.state {
            PersonState::Followed => false,
            PersonState::AbsentUntil(until) => on < until,
            _ => true,
        }
    }

    fn takes_plans(&self) -> bool {
        matches!(self.state, PersonState::Followed | PersonState::AbsentUntil(_))
    }
}

/// A year of a few lives, and the device on which they are noted.
struct Year {
    device: Device,
    chance: Chance,
    lives: BTreeMap<PersonId, Life>,
    refused: usize,
}

impl Year {
    fn begins(seed: u64, people: u8) -> Self {
        let mut device = Device::with_notebook(seed, today());
        let mut lives = BTreeMap::new();
        for number in 1..=people {
            let id = enters(&mut device, number, &format!("Nom{number}"));
            let life = Life {
                state: PersonState::Followed,
                seen: None,
                called: None,
                waiting: BTreeMap::new(),
                asked: BTreeSet::new(),
            };
            lives.insert(id, life);
        }
        Year { device, chance: Chance::new(seed), lives, refused: 0 }
    }

    fn goes_by(&mut self, on: NaiveDate) {
        for _ in 0..self.chance.below(4) {
            let people: Vec<_> = self.lives.keys().copied().collect();
            let who = *self.chance.pick(&people);
            match self.chance.below(13) {
                0..=4 => self.plans(who, on),
                5 => self.changes_state(who, on),
                6..=7 => self.is_seen(who, on),
                8 => self.asks(who, on),
                12 => self.does_not_answer(who, on),
                _ => self.ends_or_postpones(who, on),
            }
        }
    }

    fn plans(&mut self, who: PersonId, on: NaiveDate) {
        let (id, due) = (self.chance.id(), on + Days::new(self.chance.below(40) as u64));
        let life = self.lives.get_mut(&who).unwrap();
        if life.takes_plans() {
            self.device.does(plan(id, who, due)).unwrap();
            life.waiting.insert(FollowUpId(id), due);
        } else {
            assert!(matches!(self.device.is_refused(plan(id, who, due)), Failure::Silenced(_)));
            self.refused += 1;
        }
    }

    fn changes_state(&mut self, who: PersonId, on: NaiveDate) {
        let state = match self.chance.below(8) {
            0 => PersonState::Moved,
            1 => PersonState::Refuses,
            2 => PersonState::Deceased,
            3..=4 => PersonState::AbsentUntil(on + Days::new(self.chance.below(30) as u64)),
            5 => PersonState::Unknown("from_a_newer_version".into()),
            _ => PersonState::Followed,
        };
        set_state(&mut self.device, who, state.clone());
        self.lives.get_mut(&who).unwrap().state = state;
    }

    fn is_seen(&mut self, who: PersonId, on: NaiveDate) {
        self.device.notes(Encounter::empty(EncounterId(self.chance.id()), Some(who), on)).unwrap();
        self.lives.get_mut(&who).unwrap().seen = Some(on);
    }

    fn does_not_answer(&mut self, who: PersonId, on: NaiveDate) {
        let mut call = Encounter::empty(EncounterId(self.chance.id()), Some(who), on);
        call.kind = EncounterKind::CallOut;
        call.result = EncounterResult::NoAnswer;
        self.device.notes(call).unwrap();
        self.lives.get_mut(&who).unwrap().called = Some(on);
    }

    fn asks(&mut self, who: PersonId, on: NaiveDate) {
        let mut new = just(Encounter::empty(EncounterId(self.chance.id()), Some(who), on));
        let id = RequestId(self.chance.id());
        new.requests = vec![CareRequest::received(id, Some(who), on)];
        self.device.does(Request::RecordEncounter(Box::new(new))).unwrap();
        let life = self.lives.get_mut(&who).unwrap();
        life.seen = Some(on);
        life.asked.insert(id);
    }

    fn ends_or_postpones(&mut self, who: PersonId, on: NaiveDate) {
        let how = self.chance.below(3);
        let life = self.lives.get_mut(&who).unwrap();
        let Some((&id, &due)) = life.waiting.iter().next() else { return };
        match how {
            0 => {
                self.device.does(Request::Complete { id }).unwrap();
                life.waiting.remove(&id);
            }
            1 => {
                self.device.does(Request::Cancel { id, why: "plus utile".into() }).unwrap();
                life.waiting.remove(&id);
            }
            _ if life.takes_plans() => {
                let day = due.max(on) + Days::new(5);
                self.device.does(Request::Reschedule { id, day, reason: "météo".into() }).unwrap();
                life.waiting.insert(id, day);
            }
            _ => {}
        }
    }

    fn is_told_truly(&mut self, on: NaiveDate) -> usize {
        self.device.is_on(on);
        let shown = self.device.today();
        let horizon = on + Days::new(6);
        let due = |when: &dyn Fn(NaiveDate) -> bool| -> BTreeSet<FollowUpId> {
            let loud = self.lives.values().filter(|life| !life.is_silent(on));
            loud.flat_map(|life| &life.waiting).filter(|(_, due)| when(**due)).map(|(id, _)| *id).collect()
        };
        let ids = |rows: &[FollowUpRow]| -> BTreeSet<FollowUpId> { rows.iter().map(|row| row.follow_up.id).collect() };
        assert_eq!(ids(&shown.late), due(&|due| due < on), "late on {on}");
        assert_eq!(ids(&shown.due), due(&|due| due == on), "due on {on}");
        assert_eq!(ids(&shown.week), due(&|due| due > on && due <= horizon), "this week on {on}");
        let rows = shown.late.iter().chain(&shown.due).chain(&shown.week);
        let listed: BTreeSet<PersonId> = rows.filter_map(|row| row.follow_up.person).collect();
        let (mut unseen, mut unanswered) = (BTreeSet::new(), BTreeSet::new());
        let mut asked = BTreeSet::new();
        for (id, life) in self.lives.iter().filter(|(_, life)| !life.is_silent(on)) {
            let long = life.seen.map_or(life.waiting.is_empty(), |seen| (on - seen).num_days() > 45);
            // The ladder's next step comes a day after the last call, and nobody is forgotten on it for four months.
            let waits = |called: &NaiveDate| life.seen.is_none_or(|seen| seen < *called);
            let called = life.called.filter(waits).filter(|called| (1..=120).contains(&(on - *called).num_days()));
            unanswered.extend(called.map(|_| *id));
            if long && !listed.contains(id) && called.is_none() {
                unseen.insert(*id);
            }
            asked.extend(life.asked.iter().copied());
        }
        assert_eq!(shown.unseen.iter().map(|row| row.id).collect::<BTreeSet<_>>(), unseen, "not seen for long on {on}");
        let rows = shown.unanswered.iter().map(|row| row.id);
        assert_eq!(rows.collect::<BTreeSet<_>>(), unanswered, "did not answer, on {on}");
        assert_eq!(shown.requests.iter().map(|row| row.request.id).collect::<BTreeSet<_>>(), asked, "asked on {on}");
        assert_eq!(shown.anomalies, 0);
        shown.due.len()
    }

    /// Each file shows once whatever waits: to be done, or cancelled by the state.
    fn files_are_told_truly(&mut self) {
        for (id, life) in &self.lives {
            let file = self.device.opens(*id);
            let open: Vec<_> = file.open.iter().map(|follow_up| follow_up.id).collect();
            let mut silenced = Vec::new();
            for item in &file.timeline {
                if let TimelineItem::Silenced(follow_up, silence) = item {
                    assert_eq!(silence.code(), life.state.code());
                    silenced.push(follow_up.id);
                }
            }
            let (shown, not) = if life.takes_plans() { (open, silenced) } else { (silenced, open) };
            assert!(not.is_empty());
            assert_eq!(shown.len(), life.waiting.len());
            assert_eq!(shown.into_iter().collect::<BTreeSet<_>>(), life.waiting.keys().copied().collect());
        }
    }
}

#[test]
fn nobody_due_is_missing_and_nobody_silenced_appears_on_any_of_365_days_of_any_life() {
    for seed in 1..5 {
        let mut year = Year::begins(seed, 12);
        let mut shown = 0;
        for later in 0..365 {
            let on = today() + Days::new(later);
            year.device.is_on(on);
            year.goes_by(on);
            shown += year.is_told_truly(on);
            if later % 30 == 0 {
                year.files_are_told_truly();
            }
        }
        assert!(shown > 50 && year.refused > 20, "{shown} due, {} refused: a quiet year proves nothing", year.refused);
        // What was written is what is read again.
        year.device = year.device.reopens();
        year.is_told_truly(today() + Days::new(364));
        year.files_are_told_truly();
    }
}
