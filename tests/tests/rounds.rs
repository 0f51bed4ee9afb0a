//! Rounds, through the door: planned, done, kept from whoever is silenced, and empty of names.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use maillon_shared::api::errors::Invalid;
use maillon_shared::api::responses::{HitTarget, MonthOfRounds, RoundFile, Rounds, StopSilence};
use maillon_shared::api::{Failure, Request, Response};
use maillon_shared::domain::directory::{DirectoryEntry, EntryField, EntryKind};
use maillon_shared::domain::encounter::{Encounter, EncounterResult};
use maillon_shared::domain::follow_up::{FollowUp, FollowUpKind};
use maillon_shared::domain::ids::{EncounterId, EntryId, FollowUpId, LineId, PersonId, RoundId};
use maillon_shared::domain::person::{Person, PersonChange, PersonState, Silence};
use maillon_shared::domain::round::{Round, RoundChange, RoundField, Stop, StopOutcome};
use maillon_shared::domain::time::Hour;
use maillon_shared::domain::travel::OrderMade;
use maillon_tests::harness::Device;
use maillon_tests::village::chance::Chance;

const ODETTE: PersonId = PersonId([1; 16]);
const SIMONE: PersonId = PersonId([2; 16]);
const ANSELME: PersonId = PersonId([3; 16]);
const ROUND: RoundId = RoundId([50; 16]);

fn today() -> NaiveDate {
    "2026-06-12".parse().unwrap()
}

fn enters(device: &mut Device, id: PersonId, given: &str, family: &str, hamlet: &str) {
    let mut person = Person::empty(id);
    person.given_name = given.into();
    person.family_name = family.into();
    person.address.hamlet = hamlet.into();
    device.saves(&person);
}

fn village() -> Device {
    let mut device = Device::with_notebook(1, today());
    enters(&mut device, ODETTE, "Odette", "Escarvenc", "Le Bourg");
    enters(&mut device, SIMONE, "Simone", "Tardivel-Aubanne", "La Roussière");
    enters(&mut device, ANSELME, "Anselme", "Ribeyrac-Dol", "Le Bourg");
    device
}

fn stop(person: PersonId) -> Stop {
    Stop { id: LineId([person.0[0] + 100; 16]), person, order: 0 }
}

fn round_to(people: &[PersonId]) -> Round {
    let mut round = Round::empty(ROUND, today());
    round.stops = people.iter().map(|person| stop(*person)).collect();
    round
}

fn plan(round: &Round) -> Request {
    Request::PlanRound { round: Box::new(round.clone()), draft: None }
}

fn edit(changes: Vec<RoundChange>) -> Request {
    Request::EditRound { id: ROUND, changes, draft: None }
}

fn opens(device: &mut Device, id: RoundId) -> RoundFile {
    let Response::Round(file) = device.asks(Request::Round(id)) else { panic!("a round") };
    *file
}

fn rounds(device: &mut Device) -> Rounds {
    let Response::Rounds(rounds) = device.asks(Request::Rounds) else { panic!("rounds") };
    *rounds
}

fn to_see(file: &RoundFile) -> Vec<PersonId> {
    file.stops.iter().map(|stop| stop.person).collect()
}

fn set_state(device: &mut Device, id: PersonId, state: PersonState) {
    device.does(Request::EditPerson { id, changes: vec![PersonChange::State(state)], draft: None });
}

fn visit(id: u8, person: PersonId, on: NaiveDate, result: EncounterResult) -> Encounter {
    Encounter { result, ..Encounter::empty(EncounterId([id; 16]), Some(person), on) }
}

// ── A day ───────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_round_goes_hamlet_by_hamlet_then_as_one_likes_and_the_next_one_remembers() {
    let mut device = village();
    let mut round = round_to(&[ODETTE, SIMONE, ANSELME]);
    round.back_at = Hour::new(17, 30);
    round.back_with = "la boulangère".into();
    device.does(plan(&round)).unwrap();
    assert_eq!(device.does(plan(&round)), None, "asked twice, made once");
    let file = opens(&mut device, ROUND);
    assert_eq!(to_see(&file), [SIMONE, ANSELME, ODETTE], "La Roussière, then Le Bourg");
    assert_eq!(file.order, OrderMade::ByHamlet);

    let up = file.round.moving(stop(ANSELME).id, Some(stop(SIMONE).id));
    let moved = device.does(edit(up)).unwrap();
    let mut device = device.reopens();
    let file = opens(&mut device, ROUND);
    assert_eq!(to_see(&file), [ANSELME, SIMONE, ODETTE]);
    assert_eq!(file.order, OrderMade::ByHand, "the order is the coordinator's now");
    assert_eq!((file.round.back_at, file.round.back_with.as_str()), (Hour::new(17, 30), "la boulangère"));
    device.does(Request::Undo(moved)).unwrap();
    assert_eq!(to_see(&opens(&mut device, ROUND)), [SIMONE, ANSELME, ODETTE]);

    let last = opens(&mut device, ROUND).round.moving(stop(SIMONE).id, None);
    device.does(edit(last)).unwrap();
    let mut next = round_to(&[SIMONE, ODETTE]);
    (next.id, next.day) = (RoundId([51; 16]), today() + Days::new(7));
    device.does(plan(&next)).unwrap();
    assert_eq!(to_see(&opens(&mut device, next.id)), [ODETTE, SIMONE], "Le Bourg first, as last time");
    device.does(Request::ArrangeRound(ROUND)).unwrap();
    assert_eq!(opens(&mut device, ROUND).order, OrderMade::ByHamlet);
}

#[test]
fn what_is_noted_ticks_the_stop_and_a_closed_door_leaves_what_was_planned() {
    let mut device = village();
    let mut due = FollowUp::open(FollowUpId([7; 16]), Some(ODETTE), FollowUpKind::Visit, today());
    due.what = "relire le courrier".into();
    device.does(Request::PlanFollowUp { follow_up: due.clone(), draft: None }).unwrap();
    let later = FollowUp { id: FollowUpId([8; 16]), due: today() + Days::new(3), ..due.clone() };
    device.does(Request::PlanFollowUp { follow_up: later, draft: None }).unwrap();
    device.does(plan(&round_to(&[ODETTE, SIMONE]))).unwrap();
    let odettes = |device: &mut Device| {
        let file = opens(device, ROUND);
        file.stops.into_iter().find(|stop| stop.person == ODETTE).unwrap()
    };
    let waits: Vec<_> = odettes(&mut device).waits.iter().map(|one| one.id).collect();
    assert_eq!(waits, [due.id], "what falls due that day, and not what comes later");

    let tried = device.notes(visit(10, ODETTE, today(), EncounterResult::DoorClosed)).unwrap();
    let closed = StopOutcome::Tried(EncounterId([10; 16]), EncounterResult::DoorClosed);
    assert_eq!(odettes(&mut device).outcome, closed);
    assert_eq!(odettes(&mut device).waits.len(), 1);
    device.does(Request::Undo(tried)).unwrap();
    assert_eq!(odettes(&mut device).outcome, StopOutcome::ToSee);

    let mut new = maillon_tests::harness::just(visit(11, ODETTE, today(), EncounterResult::Met));
    new.completes = Some(due.id);
    device.does(Request::RecordEncounter(Box::new(new))).unwrap();
    let seen = odettes(&mut device);
    assert_eq!((seen.outcome, seen.waits.len()), (StopOutcome::Seen(EncounterId([11; 16])), 0));
    assert_eq!((rounds(&mut device).rounds[0].stops, rounds(&mut device).rounds[0].seen), (2, 1));
}

#[test]
fn kilometres_add_up_by_month_and_a_round_given_up_counts_for_nothing() {
    let mut device = village();
    for (n, day, metres) in
        [(60, "2026-05-04", Some(12_500)), (61, "2026-05-20", Some(30_000)), (62, "2026-06-01", None)]
    {
        let mut round = round_to(&[ODETTE]);
        (round.id, round.day, round.distance_m) = (RoundId([n; 16]), day.parse().unwrap(), metres);
        device.does(plan(&round)).unwrap();
    }
    device.does(plan(&Round { distance_m: Some(99_000), ..round_to(&[SIMONE]) })).unwrap();
    device.does(edit(vec![RoundChange::Withdrawn(true)])).unwrap();
    let told = rounds(&mut device);
    let month = |month, rounds, without_distance, distance_m| MonthOfRounds {
        year: 2026,
        month,
        rounds,
        without_distance,
        distance_m,
    };
    assert_eq!(told.mileage, [month(6, 1, 1, 0), month(5, 2, 0, 42_500)]);
    assert_eq!(told.rounds.len(), 3);
}

#[test]
fn a_hamlet_without_a_relay_is_told_until_someone_watches_there() {
    let mut device = village();
    enters(&mut device, PersonId([4; 16]), "Lucienne", "Ollivary", "Les Mayres");
    enters(&mut device, PersonId([5; 16]), "Pélagie", "Sauvecane", "LES MAYRES");
    set_state(&mut device, ANSELME, PersonState::Moved);
    let names = |device: &mut Device| -> Vec<(String, u32)> {
        rounds(device).without_relay.into_iter().map(|row| (row.hamlet, row.people)).collect()
    };
    let at = |name: &str, people| (name.to_owned(), people);
    assert_eq!(names(&mut device), [at("LES MAYRES", 2), at("La Roussière", 1), at("Le Bourg", 1)]);
    let mut relay = |id: u8, field: EntryField, text: &str| {
        let entry = DirectoryEntry::empty(EntryId([id; 16]), EntryKind::Relay);
        let mut written = entry.clone();
        written.name = "Épicerie".into();
        *written.text_mut(field) = text.into();
        let (kind, changes) = (entry.kind.clone(), entry.changes_to(&written));
        device.does(Request::CreateEntry { id: entry.id, kind, changes, draft: None }).unwrap();
    };
    relay(70, EntryField::Hamlet, "les mayres");
    relay(71, EntryField::Territory, "La Roussière et le haut du vallon");
    assert_eq!(names(&mut device), [at("Le Bourg", 1)]);
}

// ── Whoever is not to be seen ───────────────────────────────────────────────────────────────────────────────────────

#[test]
fn whoever_is_silenced_leaves_a_round_already_planned_and_says_why() {
    let mut device = village();
    device.does(plan(&round_to(&[ODETTE, SIMONE]))).unwrap();
    let back = today() + Days::new(5);
    for (state, why) in [
        (PersonState::Refuses, StopSilence::For(Silence::Refuses)),
        (PersonState::Deceased, StopSilence::For(Silence::Deceased)),
        (PersonState::Moved, StopSilence::For(Silence::Moved)),
        (PersonState::AbsentUntil(back), StopSilence::Away(back)),
        (PersonState::Unknown("suspended".into()), StopSilence::For(Silence::Unknown("suspended".into()))),
    ] {
        set_state(&mut device, SIMONE, state);
        let file = opens(&mut device, ROUND);
        assert_eq!(to_see(&file), [ODETTE]);
        let told: Vec<_> = file.silenced.iter().map(|one| (one.person, one.why.clone())).collect();
        assert_eq!(told, [(SIMONE, why.clone())]);
        let refused = match why {
            StopSilence::Away(_) => Failure::Invalid(Invalid::Away),
            StopSilence::For(silence) => Failure::Silenced(silence),
        };
        let other = Round { id: RoundId([52; 16]), ..round_to(&[SIMONE]) };
        assert_eq!(device.is_refused(plan(&other)), refused);
    }
    // Away that day, and there once back.
    set_state(&mut device, SIMONE, PersonState::AbsentUntil(back));
    device.does(edit(vec![RoundChange::Day(back)])).unwrap();
    assert_eq!(opens(&mut device, ROUND).stops.len(), 2);
}

#[test]
fn nobody_silenced_is_to_be_seen_in_any_round_of_any_life() {
    for seed in 1..5 {
        let mut device = Device::with_notebook(seed, today());
        let mut chance = Chance::new(seed);
        let mut states: BTreeMap<PersonId, PersonState> = BTreeMap::new();
        for n in 1..=10 {
            let person = PersonId([n; 16]);
            enters(&mut device, person, "", &format!("Nom{n}"), "Le Bourg");
            states.insert(person, PersonState::Followed);
        }
        let is_silent = |state: &PersonState, on: NaiveDate| match state {
            PersonState::Followed => false,
            PersonState::AbsentUntil(until) => on < *until,
            _ => true,
        };
        let mut made: Vec<(RoundId, NaiveDate, BTreeSet<PersonId>)> = Vec::new();
        let (mut refused, mut silenced) = (0, 0);
        for later in 0..150 {
            let on = today() + Days::new(later);
            device.is_on(on);
            let people: Vec<_> = states.keys().copied().collect();
            let who = *chance.pick(&people);
            let state = match chance.below(9) {
                0 => PersonState::Moved,
                1 => PersonState::Refuses,
                2 => PersonState::Deceased,
                3..=4 => PersonState::AbsentUntil(on + Days::new(chance.below(20) as u64)),
                5 => PersonState::Unknown("from_a_newer_version".into()),
                _ => PersonState::Followed,
            };
            set_state(&mut device, who, state.clone());
            states.insert(who, state);
            let day = on + Days::new(chance.below(10) as u64);
            let mut round = Round::empty(RoundId(chance.id()), day);
            let asked: BTreeSet<_> = (0..3).map(|_| *chance.pick(&people)).collect();
            round.stops = asked.iter().map(|who| Stop { id: LineId(chance.id()), person: *who, order: 0 }).collect();
            if asked.iter().any(|who| is_silent(&states[who], day)) {
                let why = device.is_refused(plan(&round));
                assert!(matches!(why, Failure::Silenced(_) | Failure::Invalid(Invalid::Away)));
                refused += 1;
            } else {
                device.does(plan(&round)).unwrap();
                made.push((round.id, day, asked));
            }
            for (id, day, asked) in &made {
                let file = opens(&mut device, *id);
                let (silent, loud): (BTreeSet<_>, BTreeSet<_>) =
                    asked.iter().partition(|who| is_silent(&states[who], *day));
                assert_eq!(to_see(&file).into_iter().collect::<BTreeSet<_>>(), loud);
                assert_eq!(file.silenced.iter().map(|one| one.person).collect::<BTreeSet<_>>(), silent);
                silenced += silent.len();
            }
        }
        assert!(made.len() > 20 && refused > 20 && silenced > 20, "{} {refused} {silenced}", made.len());
    }
}

// ── What is held of whom ────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn who_is_erased_leaves_a_round_shorter_and_the_mileage_as_it_was() {
    let mut device = village();
    let mut round = round_to(&[ODETTE, SIMONE]);
    round.distance_m = Some(8_000);
    round.back_with = "Simone Tardivel-Aubanne".into();
    device.does(plan(&round)).unwrap();
    let Response::File(pack) = device.asks(Request::PersonalData(SIMONE)) else { panic!("a file") };
    let pack = String::from_utf8(pack.bytes).unwrap();
    assert!(pack.contains("\"kind\": \"round\"") && pack.contains("2026-06-12"), "{pack}");
    assert!(!pack.contains("Odette"));
    let Response::Found(named) = device.asks(Request::Mentions(SIMONE)) else { panic!("mentions") };
    assert_eq!(named.iter().map(|hit| hit.target.clone()).collect::<Vec<_>>(), [HitTarget::Round(ROUND, today())]);

    device.asks(Request::ErasePeople(vec![SIMONE]));
    let mut device = device.reopens();
    let file = opens(&mut device, ROUND);
    assert_eq!(to_see(&file), [ODETTE]);
    assert!(file.silenced.is_empty(), "nothing tells that someone more was there");
    let told = rounds(&mut device);
    assert_eq!((told.rounds[0].stops, told.mileage[0].distance_m), (1, 8_000));
}

#[test]
fn someone_of_two_sheets_is_seen_once() {
    let mut device = village();
    device.does(plan(&round_to(&[ODETTE, SIMONE, ANSELME]))).unwrap();
    let id = maillon_shared::domain::ids::MergeId([9; 16]);
    device.does(Request::MergePeople { id, kept: ODETTE, other: SIMONE, from_other: BTreeSet::new() }).unwrap();
    let mut seen = to_see(&opens(&mut device, ROUND));
    seen.sort();
    assert_eq!(seen, [ODETTE, ANSELME]);
    device.does(Request::UnmergePeople(id)).unwrap();
    assert_eq!(opens(&mut device, ROUND).stops.len(), 3);
}

#[test]
fn what_cannot_be_is_refused_and_ten_thousand_signs_are_not() {
    let mut device = village();
    assert_eq!(device.is_refused(plan(&round_to(&[]))), Failure::Invalid(Invalid::Empty));
    assert_eq!(device.is_refused(plan(&round_to(&[PersonId([9; 16])]))), Failure::NotFound);
    let on = |day: &str| Round { day: day.parse().unwrap(), ..round_to(&[ODETTE]) };
    for day in ["1026-06-12", "2062-06-12", "9999-12-31"] {
        assert_eq!(device.is_refused(plan(&on(day))), Failure::Invalid(Invalid::Day), "{day}");
    }
    let far = Round { distance_m: Some(u32::MAX), ..round_to(&[ODETTE]) };
    assert_eq!(device.is_refused(plan(&far)), Failure::Invalid(Invalid::TooFar));
    assert_eq!(device.is_refused(edit(Vec::new())), Failure::NotFound);
    assert_eq!(device.is_refused(Request::ArrangeRound(ROUND)), Failure::NotFound);
    let two_on_a_line = Round { stops: vec![stop(ODETTE), Stop { person: SIMONE, ..stop(ODETTE) }], ..round_to(&[]) };
    assert_eq!(device.is_refused(plan(&two_on_a_line)), Failure::Invalid(Invalid::Empty));
    device.does(plan(&round_to(&[ODETTE, ODETTE]))).unwrap();
    let long = "é".repeat(10_000);
    device.does(edit(vec![RoundChange::Text(RoundField::BackWith, long.clone())])).unwrap();
    assert_eq!(device.does(edit(vec![RoundChange::Stop(Stop { id: LineId([77; 16]), ..stop(ODETTE) })])), None);
    let mut device = device.reopens();
    let file = opens(&mut device, ROUND);
    assert_eq!((file.round.back_with, file.stops.len()), (long, 1));
}
