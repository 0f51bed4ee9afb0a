//! Call campaigns: a heat wave, two callers who are offline, paper, and figures that agree with a model told apart.
#![allow(clippy::unwrap_used, reason = "a story that cannot be told is a failed test")]

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use maillon_shared::api::calls::{Allotment, CampaignFile, NewAttempt, NewCampaign, TakenBack};
use maillon_shared::api::errors::{FileProblem, Invalid};
use maillon_shared::api::lending::{Lent, Role};
use maillon_shared::api::register::RegisterWrite;
use maillon_shared::api::requests::{NewNotebook, Secret};
use maillon_shared::api::{Failure, Request, Response};
use maillon_shared::domain::campaign::*;
use maillon_shared::domain::contact::PhoneField;
use maillon_shared::domain::ids::*;
use maillon_shared::domain::person::{PersonChange, PersonField, PersonState, RelatedField, Silence};
use maillon_shared::domain::register::{PersonToNotify, RegisterEntry, RegisterState, StrikeOff, StrikeReason};
use maillon_shared::domain::time::Hour;
use maillon_tests::harness::Device;
use maillon_tests::village::chance::Chance;

fn day(date: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 7, date).unwrap()
}

const HEAT: CampaignId = CampaignId([0xca; 16]);
const NADINE: LineId = LineId([0xa1; 16]);
const BASILE: LineId = LineId([0xa2; 16]);

/// A village of so many people, one in ten of whom has no telephone, in seven hamlets.
fn village(people: u32) -> Device {
    let mut office = Device::with_notebook(7, day(20));
    for number in 0..people {
        let id = person(number);
        let text = |field, text: String| PersonChange::Text(field, text);
        let mut changes = vec![
            text(PersonField::GivenName, format!("Prénom{number}")),
            text(PersonField::FamilyName, format!("Nom{number:04}")),
            text(PersonField::Hamlet, format!("Hameau {}", number % 7)),
            PersonChange::Related(LineId([1; 16]), RelatedField::Name, format!("Fille{number}")),
            PersonChange::CallFirst(LineId([1; 16]), true),
            PersonChange::Related(LineId([2; 16]), RelatedField::Name, format!("Cousin{number}")),
        ];
        if number % 10 != 9 {
            changes.push(PersonChange::Phone(LineId([3; 16]), PhoneField::Number, format!("04 90 00 {number:04}")));
        }
        office.does(Request::CreatePerson { id, changes, draft: None });
    }
    office
}

fn person(number: u32) -> PersonId {
    let mut id = [0x70; 16];
    id[12..].copy_from_slice(&number.to_be_bytes());
    PersonId(id)
}

fn heat_wave(callers: &[(LineId, &str)]) -> Request {
    let mut campaign = Campaign::empty(HEAT, CampaignKind::Heat, day(20), day(26));
    campaign.source = CampaignSource::People;
    campaign.callers = callers.iter().map(|(id, name)| Caller { name: (*name).into(), ..Caller::empty(*id) }).collect();
    Request::CreateCampaign(Box::new(NewCampaign { campaign, draft: None }))
}

fn board(device: &mut Device) -> CampaignFile {
    match device.asks(Request::Campaign(HEAT)) {
        Response::Campaign(file) => *file,
        _ => panic!("a campaign"),
    }
}

fn lent(office: &mut Device, caller: LineId) -> Lent {
    match office.asks(Request::LendCalls { campaign: HEAT, caller }) {
        Response::Lent(lent) => lent,
        _ => panic!("a notebook lent"),
    }
}

/// A caller's own device, on which the file was opened.
fn caller_with(lent: &Lent, seed: u64, today: NaiveDate) -> Device {
    let mut device = Device::new(seed, today);
    device.asks(Request::Restore(lent.file.bytes.clone()));
    device.asks(Request::Unlock(Secret::Passphrase(lent.words.clone())));
    device
}

fn copy_of(device: &mut Device) -> Vec<u8> {
    match device.asks(Request::Backup) {
        Response::File(file) => file.bytes,
        _ => panic!("a copy"),
    }
}

fn comes_back(office: &mut Device, file: Vec<u8>) -> TakenBack {
    match office.asks(Request::TakeBackCalls(file)) {
        Response::TakenBack(back) => back,
        _ => panic!("calls"),
    }
}

fn attempt(number: u32, by: Option<LineId>, on: NaiveDate, hour: u8, outcome: AttemptOutcome) -> CallAttempt {
    let mut id = [0xee; 16];
    id[12..].copy_from_slice(&number.to_be_bytes());
    CallAttempt {
        id: AttemptId(id),
        day: on,
        hour: Hour::new(hour, 0).unwrap(),
        caller: by,
        way: AttemptWay::Call,
        outcome,
        note: String::new(),
        absent_until: None,
        handled_on: None,
        withdrawn: false,
    }
}

fn notes(device: &mut Device, card: CallCardId, attempt: CallAttempt) {
    device.does(Request::RecordAttempts { attempts: vec![NewAttempt { card, attempt }], draft: None });
}

#[test]
fn a_campaign_takes_everyone_of_the_list_who_may_be_called_and_no_one_twice() {
    let mut office = village(20);
    office.does(Request::EditPerson {
        id: person(3),
        changes: vec![PersonChange::State(PersonState::Refuses)],
        draft: None,
    });
    office.does(heat_wave(&[(NADINE, "Nadine"), (BASILE, "Basile")]));
    let file = board(&mut office);
    assert_eq!((file.counts.total, file.counts.to_call, file.counts.to_visit), (19, 17, 2));
    assert_eq!(file.cards.iter().map(|row| row.card.number).collect::<Vec<_>>(), (1..=19).collect::<Vec<_>>());
    let named: Vec<_> = file.cards[0].card.named.iter().map(|named| named.name.as_str()).collect();
    assert_eq!(named, ["Fille0"], "only whom she said is to be called");

    // Someone moves in, and is added; asked again, nobody is.
    let changes = vec![PersonChange::Text(PersonField::FamilyName, "Nouvelle".into())];
    office.does(Request::CreatePerson { id: PersonId([9; 16]), changes, draft: None });
    assert_eq!(board(&mut office).missing, 1);
    office.does(Request::RefreshCampaign(HEAT));
    office.does(Request::RefreshCampaign(HEAT));
    assert_eq!(board(&mut office).counts.total, 20);

    // A refusal said elsewhere is respected at once.
    office.does(Request::EditPerson {
        id: person(5),
        changes: vec![PersonChange::State(PersonState::Refuses)],
        draft: None,
    });
    let file = board(&mut office);
    assert_eq!(file.counts.silenced, 1);
    let silenced = file.cards.iter().find(|row| row.card.about == CallSubject::Person(person(5))).unwrap();
    let attempt = attempt(1, None, day(20), 9, AttemptOutcome::Reached);
    let refused = office.is_refused(Request::RecordAttempts {
        attempts: vec![NewAttempt { card: silenced.card.id, attempt }],
        draft: None,
    });
    assert_eq!(refused, Failure::Silenced(Silence::Refuses));
}

#[test]
fn calls_are_shared_out_by_hamlet_in_parts_as_even_as_they_come() {
    let mut office = village(100);
    office.does(heat_wave(&[(NADINE, "Nadine"), (BASILE, "Basile")]));
    office.does(Request::Allot { campaign: HEAT, allotment: Allotment::Evenly });
    let mut load = BTreeMap::new();
    for row in board(&mut office).cards {
        *load.entry(row.card.caller.unwrap()).or_insert(0) += 1;
    }
    assert_eq!(load.len(), 2);
    assert!(load.values().all(|part| (45..=55).contains(part)), "{load:?}");
}

#[test]
fn a_caller_opens_what_was_lent_and_nothing_else_comes_with_it() {
    let mut office = village(30);
    office.does(heat_wave(&[(NADINE, "Nadine"), (BASILE, "Basile")]));
    office.does(Request::Allot { campaign: HEAT, allotment: Allotment::Evenly });
    let theirs = board(&mut office).cards.iter().filter(|row| row.card.caller == Some(NADINE)).count();
    let lent = lent(&mut office, NADINE);
    assert_eq!(lent.words.split(' ').count(), 6);
    assert!(lent.words.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b' '), "{}", lent.words);

    let mut nadine = caller_with(&lent, 8, day(20));
    assert!(matches!(
        nadine.asks(Request::Role),
        Response::Role(Role::Caller { campaign: HEAT, caller: NADINE, over: false })
    ));
    assert_eq!(board(&mut nadine).cards.len(), theirs);
    for forbidden in [
        Request::People,
        Request::Today,
        Request::Directory,
        Request::CloseCampaign(HEAT),
        Request::LendCalls { campaign: HEAT, caller: BASILE },
        Request::Search { text: "Nom".into(), limit: 10 },
    ] {
        assert_eq!(nadine.is_refused(forbidden), Failure::NotLentForThis);
    }

    // A week after the end, only handing back and erasing are left.
    nadine.is_on(day(26) + Days::new(8));
    assert!(matches!(nadine.asks(Request::Role), Response::Role(Role::Caller { over: true, .. })));
    assert_eq!(nadine.is_refused(Request::Campaign(HEAT)), Failure::LendingOver);
    copy_of(&mut nadine);
    nadine.asks(Request::EraseLentNotebook);
    assert!(nadine.shelf().rows().is_empty(), "nothing stays on the caller's device");
}

#[test]
fn what_two_callers_noted_offline_comes_together_once_and_shows_work_done_twice() {
    let mut office = village(20);
    office.does(heat_wave(&[(NADINE, "Nadine"), (BASILE, "Basile")]));
    let all: Vec<_> = board(&mut office).cards.iter().map(|row| row.card.id).collect();
    office.does(Request::Allot { campaign: HEAT, allotment: Allotment::Cards(all.clone(), Some(NADINE)) });
    let for_nadine = lent(&mut office, NADINE);
    // Basile takes over half of them while Nadine is already calling.
    office.does(Request::Allot { campaign: HEAT, allotment: Allotment::Cards(all[..10].to_vec(), Some(BASILE)) });
    let for_basile = lent(&mut office, BASILE);
    let mut nadine = caller_with(&for_nadine, 8, day(20));
    let mut basile = caller_with(&for_basile, 9, day(20));
    notes(&mut nadine, all[0], attempt(1, Some(NADINE), day(20), 9, AttemptOutcome::Reached));
    let need = CallAttempt { note: "De l’eau".into(), ..attempt(2, Some(BASILE), day(20), 9, AttemptOutcome::Need) };
    notes(&mut basile, all[0], need);
    notes(&mut nadine, all[12], attempt(3, Some(NADINE), day(20), 10, AttemptOutcome::NoAnswer));

    let (hers, his) = (copy_of(&mut nadine), copy_of(&mut basile));
    let back = comes_back(&mut office, hers.clone());
    assert_eq!((back.attempts, back.twice, back.left_out), (2, 0, 0));
    let back = comes_back(&mut office, his);
    assert_eq!((back.attempts, back.twice), (1, 1));
    let again = comes_back(&mut office, hers);
    assert_eq!(again.attempts, 0, "the same file twice adds nothing");

    let file = board(&mut office);
    assert_eq!((file.counts.need, file.counts.no_answer, file.counts.twice), (1, 1, 1));
    let row = &file.cards[0];
    assert!(row.twice && row.card.attempts.len() == 2, "both calls show");
    assert_eq!(row.status, CallStatus::Need, "the graver holds");
    assert!(file.lent.iter().all(|lending| lending.back_on == Some(day(20))));

    // Taken back by mistake: one undo, and it can come again.
    let undone = comes_back(&mut office, {
        notes(&mut basile, all[1], attempt(4, Some(BASILE), day(20), 11, AttemptOutcome::Refused));
        copy_of(&mut basile)
    });
    assert_eq!(board(&mut office).counts.refused, 1);
    office.does(Request::Undo(undone.act.unwrap()));
    assert_eq!(board(&mut office).counts.refused, 0);
    let again = comes_back(&mut office, copy_of(&mut basile));
    assert_eq!((again.attempts, board(&mut office).counts.refused), (1, 1), "nothing of a call is lost by an undoing");
}

#[test]
fn a_file_from_elsewhere_or_spoilt_is_refused_with_nothing_changed() {
    let mut office = village(5);
    office.does(heat_wave(&[(NADINE, "Nadine")]));
    let lent = lent(&mut office, NADINE);
    let before = board(&mut office);
    let unreadable = |problem| Failure::UnreadableFile(problem);
    assert_eq!(office.is_refused(Request::TakeBackCalls(b"bonjour".to_vec())), unreadable(FileProblem::UnknownKind));
    let mut spoilt = lent.file.bytes.clone();
    let middle = spoilt.len() / 2;
    spoilt[middle] ^= 1;
    assert_eq!(office.is_refused(Request::TakeBackCalls(spoilt)), unreadable(FileProblem::Damaged));
    let mut stranger = village(3);
    let own = copy_of(&mut stranger);
    assert_eq!(office.is_refused(Request::TakeBackCalls(own)), Failure::NotLentHere);
    assert_eq!(stranger.is_refused(Request::TakeBackCalls(lent.file.bytes.clone())), Failure::NotLentHere);
    assert_eq!(board(&mut office), before);

    // Without the words it is noise, and a caller's notebook cannot be made over another.
    let mut thief = Device::new(66, day(20));
    thief.asks(Request::Restore(lent.file.bytes.clone()));
    assert_eq!(thief.is_refused(Request::Unlock(Secret::Passphrase("un mot".into()))), Failure::WrongPassphrase);
    assert_eq!(office.is_refused(Request::Restore(lent.file.bytes)), Failure::NotebookExists);
    let new = NewNotebook { passphrase: "x".into(), words: String::new(), settings: Vec::new() };
    assert_eq!(thief.is_refused(Request::Create(new)), Failure::NotebookExists);
}

#[test]
fn whoever_is_erased_meanwhile_does_not_come_back_with_the_calls() {
    let mut office = village(6);
    office.does(heat_wave(&[(NADINE, "Nadine")]));
    let lent = lent(&mut office, NADINE);
    let mut nadine = caller_with(&lent, 8, day(20));
    let cards: Vec<_> = board(&mut nadine).cards.iter().map(|row| row.card.id).collect();
    for (card, number) in cards.iter().zip(0..) {
        notes(&mut nadine, *card, attempt(number, Some(NADINE), day(20), 9, AttemptOutcome::Reached));
    }
    office.asks(Request::ErasePeople(vec![person(2)]));
    assert_eq!(board(&mut office).counts.total, 5, "the card went with the sheet");
    let file = copy_of(&mut nadine);
    let back = comes_back(&mut office, file);
    assert_eq!((back.attempts, back.left_out), (5, 1));
    assert_eq!(board(&mut office).counts.reached, 5);
    assert!(board(&mut office).cards.iter().all(|row| row.card.given_name != "Prénom2"));
}

#[test]
fn figures_outlive_the_cards() {
    let mut office = village(6);
    office.does(heat_wave(&[(NADINE, "Nadine")]));
    let cards: Vec<_> = board(&mut office).cards.iter().map(|row| row.card.id).collect();
    notes(&mut office, cards[0], attempt(1, None, day(20), 9, AttemptOutcome::Reached));
    assert_eq!(office.is_refused(Request::EraseCalls(vec![HEAT])), Failure::Invalid(Invalid::StillOpen));
    office.is_on(day(22));
    notes(&mut office, cards[1], attempt(2, None, day(22), 9, AttemptOutcome::Refused));
    let turns = board(&mut office).turns;
    office.does(Request::CloseCampaign(HEAT));
    let closed = board(&mut office);
    assert_eq!(closed.turns, turns);
    assert_eq!(closed.turns.iter().map(|turn| turn.counts.reached).collect::<Vec<_>>(), [1, 0, 0]);
    let late = attempt(3, None, day(22), 10, AttemptOutcome::Reached);
    let refused = office.is_refused(Request::RecordAttempts {
        attempts: vec![NewAttempt { card: cards[0], attempt: late }],
        draft: None,
    });
    assert_eq!(refused, Failure::Invalid(Invalid::Closed));

    office.asks(Request::EraseCalls(vec![HEAT]));
    let kept = board(&mut office);
    assert_eq!((kept.turns, kept.cards.len()), (turns, 0));
    assert_eq!(kept.counts, closed.counts);
}

#[test]
fn calls_that_come_back_after_the_closing_are_taken_once_it_is_undone_and_figures_are_kept_again() {
    let mut office = village(6);
    office.does(heat_wave(&[(NADINE, "Nadine")]));
    let lent = lent(&mut office, NADINE);
    let mut nadine = caller_with(&lent, 8, day(20));
    let card = board(&mut nadine).cards[0].card.id;
    notes(&mut nadine, card, attempt(1, Some(NADINE), day(20), 9, AttemptOutcome::Worry));
    let closing = office.does(Request::CloseCampaign(HEAT)).unwrap();
    let file = copy_of(&mut nadine);
    assert_eq!(office.is_refused(Request::TakeBackCalls(file.clone())), Failure::Invalid(Invalid::Closed));
    office.does(Request::Undo(closing));
    assert_eq!(comes_back(&mut office, file).attempts, 1);
    assert_eq!(board(&mut office).counts.worry, 1);
    office.does(Request::CloseCampaign(HEAT));
    office.asks(Request::EraseCalls(vec![HEAT]));
    assert_eq!(board(&mut office).turns[0].counts.worry, 1, "figures outlive the cards the second time too");
}

#[test]
fn paper_typed_back_is_all_of_it_or_none() {
    let mut office = village(4);
    office.does(heat_wave(&[(NADINE, "Nadine")]));
    let cards: Vec<_> = board(&mut office).cards.iter().map(|row| row.card.id).collect();
    let line =
        |card, number, on| NewAttempt { card, attempt: attempt(number, Some(NADINE), on, 9, AttemptOutcome::Reached) };
    let wrong = vec![line(cards[0], 1, day(20)), line(cards[1], 2, day(28))];
    assert_eq!(
        office.is_refused(Request::RecordAttempts { attempts: wrong, draft: None }),
        Failure::Invalid(Invalid::Day)
    );
    assert_eq!(board(&mut office).counts.reached, 0);
    let before_it = vec![line(cards[0], 3, day(19))];
    assert_eq!(
        office.is_refused(Request::RecordAttempts { attempts: before_it, draft: None }),
        Failure::Invalid(Invalid::Day)
    );
    let long = CallAttempt { note: "é".repeat(10_001), ..attempt(4, None, day(20), 9, AttemptOutcome::Need) };
    let long = vec![NewAttempt { card: cards[0], attempt: long }];
    assert_eq!(
        office.is_refused(Request::RecordAttempts { attempts: long, draft: None }),
        Failure::Invalid(Invalid::TooLong)
    );
    office.does(Request::RecordAttempts {
        attempts: vec![line(cards[0], 5, day(20)), line(cards[1], 6, day(20))],
        draft: None,
    });
    office.does(Request::RecordAttempts { attempts: vec![line(cards[0], 5, day(20))], draft: None });
    let file = board(&mut office);
    assert_eq!((file.counts.reached, file.counts.attempts), (2, 2), "typed twice is noted once");
}

/// What a model that knows nothing of documents says of each card: the attempts, and from them where someone stands.
#[derive(Default)]
struct Model(BTreeMap<CallCardId, Vec<CallAttempt>>);

/// A week, three devices, any order of taking back: the board agrees with the model, day by day.
#[test]
fn a_heat_wave_week_ends_in_the_same_figures_whatever_the_order() {
    (1..=8).for_each(a_week_of_seed);
}

fn a_week_of_seed(seed: u64) {
    let mut chance = Chance::new(seed);
    let mut office = village(24);
    office.does(heat_wave(&[(NADINE, "Nadine"), (BASILE, "Basile")]));
    office.does(Request::Allot { campaign: HEAT, allotment: Allotment::Evenly });
    let cards: Vec<CallCard> = board(&mut office).cards.into_iter().map(|row| row.card).collect();
    let campaign = board(&mut office).campaign;
    let lendings = [lent(&mut office, NADINE), lent(&mut office, BASILE)];
    let mut callers = [caller_with(&lendings[0], 8, day(20)), caller_with(&lendings[1], 9, day(20))];
    let mut model = Model::default();
    let mut number = 0;
    for date in 20..=26 {
        office.is_on(day(date));
        for (caller, who) in callers.iter_mut().zip([NADINE, BASILE]) {
            caller.is_on(day(date));
            for row in board(caller).cards {
                let tries = chance.below(3);
                for hour in 0..tries {
                    number += 1;
                    let outcome = AttemptOutcome::ALL[chance.below(6)].clone();
                    let mut one = attempt(number, Some(who), day(date), 8 + hour as u8 * 3, outcome);
                    one.way = AttemptWay::ALL[chance.below(4)].clone();
                    one.handled_on = (chance.below(2) == 0).then_some(day(date));
                    notes(caller, row.card.id, one.clone());
                    model.0.entry(row.card.id).or_default().push(one);
                }
            }
        }
        // The coordinator calls too, and whoever comes by hands back.
        for _ in 0..3 {
            number += 1;
            let card = &cards[chance.below(24)];
            let one = attempt(number, None, day(date), 18, AttemptOutcome::Reached);
            notes(&mut office, card.id, one.clone());
            model.0.entry(card.id).or_default().push(one);
        }
        if chance.below(3) == 0 {
            let file = copy_of(&mut callers[chance.below(2)]);
            comes_back(&mut office, file);
        }
    }
    let mut files: Vec<_> = callers.iter_mut().map(copy_of).collect();
    if chance.below(2) == 0 {
        files.reverse();
    }
    for file in files {
        comes_back(&mut office, file);
    }
    let shown = board(&mut office);
    for (turn, date) in shown.turns.iter().zip(20..) {
        let mut counts = CallCounts::default();
        for card in &cards {
            let attempts = model.0.get(&card.id).cloned().unwrap_or_default();
            let told = CallCard { attempts, ..card.clone() };
            let in_turn = told.attempts.iter().filter(|one| one.day == day(date)).count() as u32;
            counts.add(&told.status(&campaign, day(date)), in_turn, told.was_reached_twice(&campaign, day(date)));
        }
        assert_eq!(turn.counts, counts, "on {date}, seed {seed}");
    }
    assert_eq!(shown.turns.len(), 7);
    let total: usize = shown.cards.iter().map(|row| row.card.attempts.len()).sum();
    assert_eq!(total, model.0.values().map(Vec::len).sum::<usize>(), "no call was lost, none made twice");
}

/// Someone in the register, with whom to notify.
fn registered(office: &mut Device, number: u8) -> RegisterEntryId {
    let mut entry = RegisterEntry::empty(RegisterEntryId([number; 16]));
    entry.family_name = format!("Escarvenc{number}");
    entry.address.hamlet = "La Roussière".into();
    let daughter = PersonToNotify { name: "Nadine".into(), ..PersonToNotify::empty(LineId([4; 16])) };
    entry.to_notify = vec![daughter];
    let changes = RegisterEntry::empty(entry.id).changes_to(&entry);
    let create = RegisterWrite::Create { id: entry.id, changes, from: None, draft: None };
    office.does(Request::WriteRegister(Box::new(create)));
    entry.id
}

#[test]
fn a_campaign_of_the_register_calls_those_who_are_in_it_and_leaves_with_whoever_is_struck_off() {
    let mut office = Device::with_notebook(7, day(20));
    let entries: Vec<_> = (1..=4).map(|number| registered(&mut office, number)).collect();
    let struck = |id| {
        let why = StrikeOff { on: day(20), why: StrikeReason::AtRequest, by: "elle-même".into() };
        let struck = RegisterWrite::SetState { id, state: RegisterState::StruckOff(why), draft: None };
        Request::WriteRegister(Box::new(struck))
    };
    office.does(struck(entries[0]));
    let campaign = Campaign::empty(HEAT, CampaignKind::Heat, day(20), day(26));
    office.does(Request::CreateCampaign(Box::new(NewCampaign { campaign, draft: None })));
    let file = board(&mut office);
    assert_eq!((file.counts.total, file.counts.to_visit), (3, 3), "none of them has a telephone");
    assert_eq!(file.cards[0].card.named[0].name, "Nadine");

    // Struck off during the campaign: nobody calls her again, and the figures say so.
    office.does(struck(entries[1]));
    let file = board(&mut office);
    assert_eq!(file.counts.silenced, 1);
    let attempt = attempt(1, None, day(20), 9, AttemptOutcome::Reached);
    let attempts = vec![NewAttempt { card: file.cards[0].card.id, attempt }];
    let refused = office.is_refused(Request::RecordAttempts { attempts, draft: None });
    assert_eq!(refused, Failure::Silenced(Silence::Refuses));

    // Erased, her card goes with the entry.
    office.asks(Request::EraseRegisterEntries(vec![entries[1]]));
    assert_eq!(board(&mut office).counts.total, 2);
}
