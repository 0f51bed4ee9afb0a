//! The legal register without the coordinator: an agent whom the mayor designated keeps it for three weeks of a heat wave on
//! the mairie's computer, and hands back. Nothing of the notebook goes with it, nothing that was written is lost, and
//! nobody who was struck off or erased comes back.

#![allow(clippy::unwrap_used, reason = "a story that cannot be told is a failed test")]

mod gate;
mod told;

use std::collections::BTreeSet;

use maillon_shared::api::lending::{RegisterBack, RegisterCopy, Role, Sender};
use maillon_shared::api::register::RegisterWrite;
use maillon_shared::api::{Failure, Request, Response, encode};
use maillon_shared::domain::campaign::AttemptOutcome;
use maillon_shared::domain::ids::*;
use maillon_shared::domain::register::{RegisterField, RegisterState};
use maillon_tests::village::chance::Chance;

use told::*;

#[test]
fn three_weeks_of_heat_are_seen_through_without_the_coordinator() {
    let mut office = office();
    office.is_on(day(19));
    let lent = lent_to(&mut office, LUCETTE);
    assert_eq!(lent.words.split(' ').count(), 6);
    assert_eq!(lent.file.name, "maillon-registre-2026-07-19.maillon", "nobody is named by a file");

    // On the mairie's computer, while the coordinator is away.
    let mut mairie = opened(&lent, 8, day(20));
    assert!(matches!(mairie.asks(Request::Role), Response::Role(Role::Agent { agent: LUCETTE, over: false })));
    assert_eq!(names(&mut mairie), ["Barloubérac", "Calvoulmenque", "Dambastagnol"]);
    registers(&mut mairie, 11, "Escaguènes", day(20));
    registers(&mut mairie, 12, "Fargelzonde", day(20));
    assert_eq!(mairie.today().register.count, 2, "two requests to acknowledge in eight days");
    mairie.does(write(RegisterWrite::Acknowledge { id: entry(11), on: day(20) }));
    mairie.does(heat_wave(day(20), day(41)));
    assert_eq!(board(&mut mairie).counts.total, 5);
    mairie.is_on(day(27));
    strikes_off(&mut mairie, 2, day(27));
    calls(&mut mairie, 1, 1, day(27), AttemptOutcome::Reached);
    calls(&mut mairie, 11, 2, day(27), AttemptOutcome::NoAnswer);
    records_an_extract(&mut mairie);
    let mut mairie = mairie.reopens_with(&lent.words);
    assert_eq!(names(&mut mairie), ["Barloubérac", "Dambastagnol", "Escaguènes", "Fargelzonde"]);

    // The coordinator is back.
    office.is_on(day(40));
    mairie.is_on(day(40));
    let back = comes_back(&mut office, &mut mairie);
    let RegisterBack { created, changed, extracts, attempts, left_out, closed, .. } = back.clone();
    assert_eq!((created, changed, extracts, attempts, left_out, closed), (2, 1, 1, 2, 0, 0));
    assert_eq!((back.agent.as_str(), back.two_versions.len()), ("Lucette Barloungade", 0));
    assert_eq!(names(&mut office), ["Barloubérac", "Dambastagnol", "Escaguènes", "Fargelzonde"]);
    assert_eq!(office.today().register.late, 1, "Fargelzonde’s request was not acknowledged in time");
    assert_eq!(board(&mut office).cards.len(), 5);
    assert_eq!(log(&mut office).extracts.len(), 1);
    let given = log(&mut office).agents[0].copy.unwrap();
    assert_eq!((given.on, given.back_on), (day(19), Some(day(40))));

    // The same file again adds nothing; undone, all of it goes, and taken again, all of it comes.
    assert_eq!(comes_back(&mut office, &mut mairie).act, None);
    office.does(Request::Undo(back.act.unwrap()));
    assert_eq!(names(&mut office), ["Barloubérac", "Calvoulmenque", "Dambastagnol"]);
    assert!(log(&mut office).extracts.is_empty());
    let again = comes_back(&mut office, &mut mairie);
    assert_eq!((again.created, again.changed, again.extracts, again.attempts), (2, 1, 1, 2));
    assert_eq!(names(&mut office), ["Barloubérac", "Dambastagnol", "Escaguènes", "Fargelzonde"]);

    // Then nothing stays on the mairie's computer.
    mairie.asks(Request::EraseLentNotebook);
    assert!(mairie.shelf().rows().is_empty());
}

#[test]
fn both_sides_keep_what_they_wrote_and_see_where_they_differ() {
    let mut office = office();
    let lent = lent_to(&mut office, LUCETTE);
    let mut mairie = opened(&lent, 8, day(2));
    writes(&mut office, 1, RegisterField::Hamlet, "La Roussière");
    writes(&mut mairie, 1, RegisterField::HomeServices, "Portage de repas");
    writes(&mut office, 2, RegisterField::Hamlet, "Les Gâts");
    writes(&mut mairie, 2, RegisterField::Hamlet, "Les Gats d’en bas");
    strikes_off(&mut office, 3, day(2));
    writes(&mut mairie, 3, RegisterField::HomeServices, "Aucune");

    let back = comes_back(&mut office, &mut mairie);
    assert_eq!(back.two_versions, [(entry(2), "Calvoulmenque".to_owned())]);
    let both = opens(&mut office, 1).entry;
    assert_eq!((both.address.hamlet.as_str(), both.home_services.as_str()), ("La Roussière", "Portage de repas"));
    let conflicts = opens(&mut office, 2).conflicts;
    let values: BTreeSet<_> = conflicts[0].values.iter().map(String::as_str).collect();
    assert_eq!(values, BTreeSet::from(["Les Gâts", "Les Gats d’en bas"]));
    let struck = opens(&mut office, 3).entry;
    assert!(matches!(struck.state, RegisterState::StruckOff(_)) && struck.home_services == "Aucune");

    // Undone, both words of the mairie go and the conflict with them.
    office.does(Request::Undo(back.act.unwrap()));
    assert!(opens(&mut office, 2).conflicts.is_empty());
    assert_eq!(opens(&mut office, 2).entry.address.hamlet, "Les Gâts");
    comes_back(&mut office, &mut mairie);
    assert_eq!(opens(&mut office, 1).entry.home_services, "Portage de repas");
}

#[test]
fn whoever_was_struck_off_is_not_put_back_by_an_agent_who_did_not_know() {
    let mut office = office();
    strikes_off(&mut office, 2, day(1));
    let lent = lent_to(&mut office, LUCETTE);
    let mut mairie = opened(&lent, 8, day(2));
    assert_eq!(list(&mut mairie).rows.len(), 3, "who is no longer in it is known there too");
    let state = RegisterState::Opposed { on: day(2) };
    office.does(write(RegisterWrite::SetState { id: entry(2), state, draft: None }));
    mairie.does(write(RegisterWrite::SetState { id: entry(2), state: RegisterState::Registered, draft: None }));
    comes_back(&mut office, &mut mairie);
    assert!(matches!(opens(&mut office, 2).entry.state, RegisterState::Opposed { .. }), "the stricter holds");
}

#[test]
fn whoever_was_erased_never_comes_back_and_the_next_copy_erases_them_there() {
    let mut office = office();
    let lent = lent_to(&mut office, LUCETTE);
    let mut mairie = opened(&lent, 8, day(2));
    mairie.does(heat_wave(day(2), day(20)));
    writes(&mut mairie, 2, RegisterField::HomeServices, "Quinquelette");
    calls(&mut mairie, 2, 1, day(2), AttemptOutcome::Reached);
    office.asks(Request::EraseRegisterEntries(vec![entry(2)]));
    let back = comes_back(&mut office, &mut mairie);
    assert_eq!((back.left_out, back.attempts, board(&mut office).cards.len()), (1, 0, 2));
    assert_eq!(names(&mut office), ["Barloubérac", "Dambastagnol"]);

    // The mairie's computer learns it with its next copy, and what was written of them goes with drafts and readings.
    assert_eq!(names(&mut mairie).len(), 3);
    let newer = lent_to(&mut office, LUCETTE);
    renews(&mut mairie, &newer);
    assert_eq!(names(&mut mairie), ["Barloubérac", "Dambastagnol"]);
    assert_eq!(board(&mut mairie).cards.len(), 2);
    let mut mairie = mairie.reopens_with(&lent.words);
    assert_eq!(list(&mut mairie).rows.len(), 2);
    assert_eq!(comes_back(&mut office, &mut mairie).left_out, 0);
}

#[test]
fn a_newer_copy_loses_nothing_that_was_not_handed_back() {
    let mut office = office();
    let lent = lent_to(&mut office, LUCETTE);
    let mut mairie = opened(&lent, 8, day(2));
    registers(&mut mairie, 11, "Escaguènes", day(2));
    writes(&mut mairie, 1, RegisterField::HomeServices, "Portage de repas");
    registers(&mut office, 4, "Galvesquerol", day(2));
    writes(&mut office, 3, RegisterField::Hamlet, "Le Serre");
    let newer = lent_to(&mut office, LUCETTE);
    let back = renews(&mut mairie, &newer);
    assert_eq!((back.created, back.changed), (1, 1));
    assert_eq!(names(&mut mairie), ["Barloubérac", "Calvoulmenque", "Dambastagnol", "Escaguènes", "Galvesquerol"]);
    assert_eq!(opens(&mut mairie, 1).entry.home_services, "Portage de repas");
    // It is still the first notebook, opened by the first words, and taken back by its first key.
    let mut mairie = mairie.reopens_with(&lent.words);
    let back = comes_back(&mut office, &mut mairie);
    assert_eq!((back.created, back.changed), (1, 1));
    assert_eq!(opens(&mut office, 11).entry.family_name, "Escaguènes");

    let wrong = RegisterCopy::Renew { file: newer.file.bytes.clone(), words: lent.words.clone() };
    assert_eq!(mairie.is_refused(Request::CopyRegister(Box::new(wrong))), Failure::WrongPassphrase);
    designates(&mut office, RegisterAgentId([0xa2; 16]), "Gilbert Escaguènes", day(1));
    let others = lent_to(&mut office, RegisterAgentId([0xa2; 16]));
    let others = RegisterCopy::Renew { file: others.file.bytes, words: others.words };
    assert_eq!(mairie.is_refused(Request::CopyRegister(Box::new(others))), Failure::LentForOther);
}

#[test]
fn when_a_designation_ends_the_copy_shows_nothing_more_until_it_is_renewed() {
    let mut office = office();
    office.does(write(RegisterWrite::EndAgent { id: LUCETTE, on: Some(day(10)) }));
    let lent = lent_to(&mut office, LUCETTE);
    let mut mairie = opened(&lent, 8, day(9));
    registers(&mut mairie, 11, "Escaguènes", day(9));
    mairie.is_on(day(10));
    assert!(matches!(mairie.asks(Request::Role), Response::Role(Role::Agent { over: true, .. })));
    for reading in [Request::Register, Request::RegisterEntry(entry(1)), Request::Registered, Request::Today] {
        assert_eq!(mairie.is_refused(reading), Failure::LendingOver);
    }
    assert!(matches!(mairie.asks(Request::Settings), Response::Settings(told) if told.commune.starts_with("Saint")));

    // What they wrote in time is not lost: it is taken knowingly.
    office.is_on(day(12));
    let file = copy_of(&mut mairie);
    assert_eq!(office.is_refused(taking_back(file.clone(), Sender::Designated)), Failure::NotDesignated);
    let refused = Request::CopyRegister(Box::new(RegisterCopy::Lend(LUCETTE)));
    assert_eq!(office.is_refused(refused), Failure::NotDesignated);
    assert_eq!(names(&mut office).len(), 3, "nothing was changed");
    let Response::RegisterBack(back) = office.asks(taking_back(file, Sender::EndedToo)) else { panic!("a register") };
    assert_eq!(back.created, 1);

    // The designation holds again, and a newer copy says so there.
    office.does(write(RegisterWrite::EndAgent { id: LUCETTE, on: None }));
    mairie.is_on(day(12));
    let newer = lent_to(&mut office, LUCETTE);
    renews(&mut mairie, &newer);
    assert_eq!(names(&mut mairie).len(), 4);
}

#[test]
fn calls_of_a_campaign_closed_meanwhile_are_said_and_come_once_it_is_opened_again() {
    let mut office = office();
    office.does(heat_wave(day(1), day(20)));
    let lent = lent_to(&mut office, LUCETTE);
    let mut mairie = opened(&lent, 8, day(2));
    office.is_on(day(2));
    calls(&mut mairie, 1, 1, day(2), AttemptOutcome::Reached);
    let closing = office.does(Request::CloseCampaign(HEAT)).unwrap();
    let back = comes_back(&mut office, &mut mairie);
    assert_eq!((back.attempts, back.closed), (0, 1));
    assert_eq!(board(&mut office).counts.reached, 0, "figures that were kept are not changed under anyone");
    office.does(Request::Undo(closing));
    let back = comes_back(&mut office, &mut mairie);
    assert_eq!((back.attempts, back.closed, board(&mut office).counts.reached), (1, 0, 1));
}

/// Two devices do whatever they like; after each handed over what it had, both say the same, and no word is lost.
#[test]
fn whatever_both_did_and_in_whatever_order_it_was_handed_over_they_end_up_with_the_same() {
    for seed in 0..24 {
        let mut chance = Chance::new(seed);
        let mut office = office();
        let lent = lent_to(&mut office, LUCETTE);
        let mut mairie = opened(&lent, 100 + seed, day(2));
        office.is_on(day(2));
        let (mut next, mut erased, mut written) = (20_u8, BTreeSet::new(), Vec::new());
        for step in 0..40 {
            let on_the_mairie = chance.happens(50);
            let device = if on_the_mairie { &mut mairie } else { &mut office };
            let known: Vec<u8> = list(device).rows.iter().map(|row| row.id.0[0]).collect();
            match chance.below(10) {
                0 | 1 => {
                    next += 1;
                    registers(device, next, &format!("Nom{next}"), day(2));
                    written.push((next, format!("Nom{next}")));
                }
                2..=4 => {
                    let number = *chance.pick(&known);
                    let field = *chance.pick(&[RegisterField::Hamlet, RegisterField::HomeServices]);
                    writes(device, number, field, &format!("mot{step}"));
                }
                5 => strikes_off(device, *chance.pick(&known), day(2)),
                6 if !on_the_mairie => {
                    let number = *chance.pick(&known);
                    office.asks(Request::EraseRegisterEntries(vec![entry(number)]));
                    erased.insert(number);
                }
                7 | 8 => drop(comes_back(&mut office, &mut mairie)),
                _ => {
                    let newer = lent_to(&mut office, LUCETTE);
                    renews(&mut mairie, &newer);
                }
            }
            if known.len() < 2 {
                break;
            }
        }
        comes_back(&mut office, &mut mairie);
        let newer = lent_to(&mut office, LUCETTE);
        renews(&mut mairie, &newer);
        let ours = list(&mut office);
        assert_eq!(encode(&ours.rows), encode(&list(&mut mairie).rows), "seed {seed}");
        for row in &ours.rows {
            let number = row.id.0[0];
            assert!(!erased.contains(&number), "seed {seed}: an erased entry came back");
            let (here, there) = (opens(&mut office, number), opens(&mut mairie, number));
            assert_eq!(here.entry, there.entry, "seed {seed}");
            assert_eq!(here.conflicts, there.conflicts, "seed {seed}");
        }
        for (number, name) in written.iter().filter(|(number, _)| !erased.contains(number)) {
            assert_eq!(opens(&mut office, *number).entry.family_name, *name, "seed {seed}");
        }
        let mut mairie = mairie.reopens_with(&lent.words);
        assert_eq!(encode(&ours.rows), encode(&list(&mut mairie).rows), "seed {seed}");
    }
}
