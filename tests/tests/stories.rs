//! Stories of one device: what a coordinator does, what must never happen, and laws that hold over any life.

#![allow(clippy::unwrap_used, reason = "a story that cannot be told is a failed test")]

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use maillon_engine::store::Table;
use maillon_shared::api::responses::Verification;
use maillon_shared::api::{Failure, Request, Response, encode};
use maillon_shared::domain::contact::Phone;
use maillon_shared::domain::encounter::{Encounter, EncounterKind};
use maillon_shared::domain::follow_up::{FollowUp, FollowUpKind};
use maillon_shared::domain::ids::{EncounterId, FollowUpId, LineId, PersonId};
use maillon_shared::domain::person::{Person, PersonChange, PersonField, PersonState, RelatedPerson};
use maillon_shared::domain::time::PartialDate;
use maillon_tests::harness::{Device, just};
use maillon_tests::village::chance::Chance;
use maillon_tests::village::{Size, Village};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn today() -> NaiveDate {
    day("2026-06-12")
}

fn days_later(from: NaiveDate, days: u64) -> NaiveDate {
    from.checked_add_days(Days::new(days)).unwrap()
}

/// A device on which a small village has lived until today.
fn lived(seed: u64) -> Device {
    let village = Village::new(seed, Size::Hamlet, today());
    let mut device = Device::with_notebook(seed, today());
    device.asks(Request::EditSettings(village.settings()));
    device.lives(village.requests());
    device.is_on(today());
    device
}

/// A sheet with something in every field.
fn odette() -> Person {
    let mut odette = Person::empty(PersonId([1; 16]));
    for field in PersonField::ALL {
        *odette.text_mut(*field) = format!("Odette, {}", field.code());
    }
    odette.birth = PartialDate::parse("1938-04");
    odette.phones = vec![Phone { id: LineId([2; 16]), number: "04 65 71 00 01".into(), label: "le matin".into() }];
    let mut nadine = RelatedPerson::empty(LineId([3; 16]));
    nadine.name = "Nadine Calvoussagne".into();
    nadine.relation = "daughter".into();
    nadine.phone = "06 39 98 00 01".into();
    nadine.note = "a les clés".into();
    nadine.call_first = true;
    odette.related = vec![nadine];
    odette.state = PersonState::AbsentUntil(day("2026-07-01"));
    odette
}

#[test]
fn a_person_saved_is_there_after_locking_and_reopening() {
    let mut device = Device::with_notebook(1, today());
    device.saves(&odette());
    device.locks();
    assert_eq!(device.is_refused(Request::People), Failure::Locked);
    let mut device = device.restarts();
    device.unlocks();
    assert_eq!(device.opens(PersonId([1; 16])).person, odette());
}

#[test]
fn what_is_postponed_with_a_reason_shows_on_its_new_day() {
    let mut device = Device::with_notebook(1, today());
    let mut person = Person::empty(PersonId([1; 16]));
    person.family_name = "Escarvenc".into();
    device.saves(&person);
    let follow_up = FollowUp::open(FollowUpId([2; 16]), Some(person.id), FollowUpKind::Visit, today());
    device.does(Request::PlanFollowUp { follow_up: follow_up.clone(), draft: None });
    assert_eq!(device.today().due.len(), 1);

    let new_day = day("2026-06-19");
    let id = follow_up.id;
    let without = Request::Reschedule { id, day: new_day, reason: " ".into() };
    assert_eq!(device.is_refused(without), Failure::Invalid(maillon_shared::api::errors::Invalid::NoReason));
    device.does(Request::Reschedule { id, day: new_day, reason: "route coupée".into() });
    assert!(device.today().due.is_empty() && device.today().late.is_empty());

    device.is_on(new_day);
    let mut device = device.reopens();
    let due = device.today().due;
    assert_eq!(due.len(), 1);
    assert_eq!(due[0].follow_up.postponed_because, "route coupée");
    assert_eq!(due[0].follow_up.postponed_times, 1);
}

#[test]
fn someone_is_found_by_a_misspelt_name_without_accents() {
    let mut device = Device::with_notebook(1, today());
    let mut person = Person::empty(PersonId([1; 16]));
    person.given_name = "Thérèse".into();
    person.family_name = "Salvoubérac".into();
    device.saves(&person);
    let mut device = device.reopens();
    for typed in ["salvouberac", "SALVOUBERAK", "therese sal", "Terese"] {
        assert_eq!(device.finds(typed), ["Thérèse Salvoubérac"], "{typed}");
    }
    assert!(device.finds("bergounzolles").is_empty());
}

// ── A village's life ────────────────────────────────────────────────────────────────────────────────────────────────

/// What ought to wait, reckoned from the requests alone.
#[derive(Default)]
struct Reckoning {
    open: BTreeMap<FollowUpId, FollowUp>,
    states: BTreeMap<PersonId, PersonState>,
}

impl Reckoning {
    fn of(village: &Village) -> Self {
        let mut reckoning = Reckoning::default();
        for (_, request) in village.requests() {
            reckoning.sees(request);
        }
        reckoning
    }

    fn sees(&mut self, request: Request) {
        match request {
            Request::CreatePerson { id, changes, .. } | Request::EditPerson { id, changes, .. } => {
                let state = changes.into_iter().find_map(|change| match change {
                    PersonChange::State(state) => Some(state),
                    _ => None,
                });
                let before = self.states.entry(id).or_insert(PersonState::Followed);
                *before = state.unwrap_or(before.clone());
            }
            Request::RecordEncounter(new) => {
                new.completes.map(|id| self.open.remove(&id));
                self.open.extend(new.follow_ups.into_iter().map(|follow_up| (follow_up.id, follow_up)));
            }
            Request::PlanFollowUp { follow_up, .. } => {
                self.open.insert(follow_up.id, follow_up);
            }
            Request::Reschedule { id, day, .. } => self.open.get_mut(&id).unwrap().due = day,
            Request::Complete { id } | Request::Cancel { id, .. } => {
                self.open.remove(&id);
            }
            _ => {}
        }
    }

    fn due(&self, on: NaiveDate, when: impl Fn(NaiveDate) -> bool) -> BTreeSet<FollowUpId> {
        let reminded = |follow_up: &FollowUp| follow_up.person.is_none_or(|id| self.states[&id].is_reminded_on(on));
        self.open
            .values()
            .filter(|follow_up| when(follow_up.due) && reminded(follow_up))
            .map(|follow_up| follow_up.id)
            .collect()
    }
}

#[test]
fn today_misses_nothing_and_invents_nothing_on_any_of_365_days() {
    for seed in 1..4 {
        let reckoning = Reckoning::of(&Village::new(seed, Size::Hamlet, today()));
        let mut device = lived(seed).reopens();
        let mut shown_in_all = 0;
        for later in 0..365 {
            let on = days_later(today(), later);
            device.is_on(on);
            let shown = device.today();
            let ids = |rows: &[maillon_shared::api::responses::FollowUpRow]| -> BTreeSet<FollowUpId> {
                rows.iter().map(|row| row.follow_up.id).collect()
            };
            assert_eq!(shown.day, on);
            assert_eq!(ids(&shown.due), reckoning.due(on, |due| due == on), "due on {on}");
            assert_eq!(ids(&shown.late), reckoning.due(on, |due| due < on), "late on {on}");
            let horizon = days_later(on, 6);
            assert_eq!(ids(&shown.week), reckoning.due(on, |due| due > on && due <= horizon), "this week on {on}");
            assert_eq!(shown.anomalies, 0);
            shown_in_all += shown.due.len();
        }
        assert!(shown_in_all > 10, "a year with nothing due proves nothing");
    }
}

#[test]
fn nobody_silenced_appears_in_aujourdhui() {
    for seed in 1..4 {
        let mut device = lived(seed);
        let mut chance = Chance::new(seed);
        let mut silenced: BTreeMap<PersonId, PersonState> = BTreeMap::new();
        let Response::People(people) = device.asks(Request::People) else { panic!("people") };
        for row in people {
            let state = match chance.below(6) {
                0 => PersonState::Moved,
                1 => PersonState::Refuses,
                2 => PersonState::Deceased,
                3 => PersonState::AbsentUntil(days_later(today(), chance.between(1, 60) as u64)),
                4 => PersonState::Unknown("from_a_newer_version".into()),
                _ => continue,
            };
            device.does(Request::EditPerson {
                id: row.id,
                changes: vec![PersonChange::State(state.clone())],
                draft: None,
            });
            silenced.insert(row.id, state);
        }
        assert!(silenced.len() > 5);
        let mut device = device.reopens();
        for later in 0..90 {
            let on = days_later(today(), later);
            device.is_on(on);
            let shown = device.today();
            let rows = shown.late.iter().chain(&shown.due).chain(&shown.week);
            let people = rows.filter_map(|row| row.follow_up.person);
            let people = people.chain(shown.unseen.iter().map(|row| row.id));
            for person in people.chain(shown.requests.iter().filter_map(|row| row.request.person)) {
                let state = silenced.get(&person);
                assert!(state.is_none_or(|state| state.is_reminded_on(on)), "{state:?} shows on {on}");
            }
        }
    }
}

/// Everything that screens can show, but the journals.
fn everything(device: &mut Device) -> Vec<u8> {
    let Response::People(people) = device.asks(Request::People) else { panic!("people") };
    let Response::Directory(entries) = device.asks(Request::Directory) else { panic!("the directory") };
    let mut all = encode(&(&people, &entries));
    let mut encounters = Vec::new();
    for row in &people {
        let file = device.opens(row.id);
        encounters.extend(file.timeline.iter().filter_map(|item| match item {
            maillon_shared::api::responses::TimelineItem::Encounter(encounter, _) => Some(encounter.id),
            _ => None,
        }));
        all.extend(encode(&file));
    }
    for id in encounters {
        all.extend(encode(&device.asks(Request::Encounter(id))));
    }
    for row in &entries {
        all.extend(encode(&device.asks(Request::Entry(row.id))));
    }
    all.extend(encode(&device.asks(Request::Settings)));
    all.extend(encode(&device.today()));
    all
}

#[test]
fn a_life_reads_the_same_after_reopening_with_and_without_its_cache() {
    let mut device = lived(5);
    let before = everything(&mut device);
    let mut device = device.reopens();
    assert!(everything(&mut device) == before, "reopened");
    device.shelf().loses(Table::Views);
    let mut device = device.reopens();
    assert!(everything(&mut device) == before, "the cache was lost");
    let Response::Verified(Verification { documents, unreadable, stale_views, acts }) = device.asks(Request::Verify)
    else {
        panic!("it was to be verified")
    };
    assert_eq!((unreadable, stale_views), (0, 0));
    assert!(documents > 50 && acts > 100, "{documents} documents, {acts} acts");
}

#[test]
fn undo_undoes_whatever_was_done_and_undoing_that_does_it_again() {
    let village = Village::new(6, Size::Hamlet, today());
    let mut device = Device::with_notebook(6, today());
    let (mut undone, mut seen) = (0, BTreeSet::new());
    for (number, (at, request)) in village.requests().enumerate() {
        device.clock().set(at);
        // Every kind of act the first times it comes, and one in forty afterwards.
        let kind = kind_of(&request);
        if number % 40 == 0 || seen.insert((kind, number % 3)) {
            let before = everything(&mut device);
            let act = device.does(request).unwrap_or_else(|| panic!("{kind} wrote nothing"));
            let after = everything(&mut device);
            assert!(before != after, "{kind} changed nothing");
            let undo = device.does(Request::Undo(act)).unwrap();
            assert!(everything(&mut device) == before, "undoing {kind}");
            assert_eq!(device.is_refused(Request::Undo(act)), Failure::AlreadyUndone);
            device.does(Request::Undo(undo)).unwrap();
            assert!(everything(&mut device) == after, "doing {kind} again");
            undone += 1;
        } else {
            device.asks(request);
        }
    }
    assert!(undone >= 20, "{undone}");
    let mut device = device.reopens();
    let before = everything(&mut device);
    device.shelf().loses(Table::Views);
    let mut device = device.reopens();
    assert!(everything(&mut device) == before);
}

fn kind_of(request: &Request) -> &'static str {
    match request {
        Request::CreatePerson { .. } => "create_person",
        Request::EditPerson { .. } => "edit_person",
        Request::Assess { .. } => "assess",
        Request::GiveEntry { .. } => "give_entry",
        Request::RecordEncounter(_) => "record_encounter",
        Request::EditEncounter { .. } => "edit_encounter",
        Request::PlanFollowUp { .. } => "plan_follow_up",
        Request::Reschedule { .. } => "reschedule",
        Request::Complete { .. } => "complete",
        Request::Cancel { .. } => "cancel",
        Request::CreateEntry { .. } => "create_entry",
        Request::EditEntry { .. } => "edit_entry",
        _ => "other",
    }
}

#[test]
fn asking_twice_makes_it_once() {
    let mut device = Device::with_notebook(1, today());
    device.saves(&odette());
    let mut encounter = Encounter::empty(EncounterId([4; 16]), Some(PersonId([1; 16])), today());
    encounter.notes = "Visite tranquille.".into();
    let mut new = just(encounter);
    new.follow_ups = vec![FollowUp::open(FollowUpId([5; 16]), None, FollowUpKind::Promise, today())];
    for _ in 0..3 {
        device.asks(Request::RecordEncounter(Box::new(new.clone())));
    }
    let file = device.opens(PersonId([1; 16]));
    assert_eq!((file.timeline.len(), file.open.len()), (1, 1));
}

#[test]
fn a_copied_folder_opens_and_each_copy_goes_its_own_way() {
    let mut device = lived(7);
    let before = everything(&mut device);
    let mut copy = device.copied();
    copy.unlocks();
    copy.is_on(today());
    assert!(everything(&mut copy) == before);
    device.saves(&odette());
    let mut other = odette();
    other.approach = "sonner deux fois".into();
    copy.saves(&other);
    assert_eq!(device.reopens().opens(other.id).person, odette());
    assert_eq!(copy.reopens().opens(other.id).person, other);
}

#[test]
fn a_word_with_a_neighbour_leaves_the_visit_to_do() {
    let mut device = Device::with_notebook(1, today());
    device.saves(&odette());
    let person = odette().id;
    let plans = [(1, FollowUpKind::Visit, false), (2, FollowUpKind::Answer, true), (3, FollowUpKind::Call, false)];
    for (number, kind, is_done) in plans {
        let planned = FollowUp::open(FollowUpId([number; 16]), Some(person), kind.clone(), today());
        device.does(Request::PlanFollowUp { follow_up: planned, draft: None }).unwrap();
        let mut heard = Encounter::empty(EncounterId([number; 16]), Some(person), today());
        heard.kind = EncounterKind::ThirdParty;
        let mut new = just(heard);
        new.completes = Some(FollowUpId([number; 16]));
        device.does(Request::RecordEncounter(Box::new(new))).unwrap();
        let still = device.opens(person).open.iter().any(|one| one.id == FollowUpId([number; 16]));
        assert_eq!(still, !is_done, "{kind:?}");
    }
}
