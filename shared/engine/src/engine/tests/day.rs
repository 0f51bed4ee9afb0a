//! What a coordinator does in a day, and what they undo.

use super::*;

#[test]
fn a_double_click_saves_once() {
    let mut office = Office::opened("2026-06-12");
    let odette = office.enters(1, "Odette", "Marchais", "");
    let again = Request::CreatePerson {
        id: odette,
        changes: vec![PersonChange::Text(PersonField::GivenName, "Odile".into())],
        draft: None,
    };
    assert_eq!(office.does(again), None);
    let visit = Encounter::empty(EncounterId([9; 16]), Some(odette), day("2026-06-12"));
    assert!(office.does(Request::RecordEncounter(Box::new(just(visit.clone())))).is_some());
    assert_eq!(office.does(Request::RecordEncounter(Box::new(just(visit)))), None);
    let file = office.file(odette);
    assert_eq!((file.person.given_name.as_str(), file.timeline.len()), ("Odette", 1));
}

#[test]
fn a_visit_opens_the_next_contact_and_a_request_in_one_act() {
    let mut office = Office::opened("2026-06-12");
    let odette = office.enters(1, "Odette", "Marchais", "La Roussière");
    let mut visit = Encounter::empty(EncounterId([2; 16]), Some(odette), day("2026-06-12"));
    visit.words = "je ne vois plus personne le dimanche".into();
    let mut asked = CareRequest::received(RequestId([4; 16]), Some(odette), day("2026-06-12"));
    asked.verbatim = "quelqu'un pour les courses".into();
    let act = office.does(Request::RecordEncounter(Box::new(NewEncounter {
        encounter: visit,
        unshared_note: "elle a pleuré".into(),
        completes: None,
        follow_ups: vec![due(3, odette, "2026-06-26")],
        requests: vec![asked],
        draft: None,
    })));
    let file = office.file(odette);
    assert_eq!(file.open.len(), 1);
    assert_eq!(file.timeline.len(), 2, "the visit and the request");
    assert!(file.timeline.iter().any(|item| matches!(item, TimelineItem::Encounter(_, true))), "with its note apart");
    assert_eq!(office.today().requests.len(), 1);
    office.is("2026-06-26");
    assert_eq!(names(&office.today().due), ["Odette Marchais"]);

    office.does(Request::Undo(act.unwrap())).unwrap();
    let file = office.file(odette);
    assert_eq!((file.open.len(), file.timeline.len()), (0, 0), "all of it is undone");
    assert_eq!(office.today().requests.len(), 0);
    assert_eq!(office.fails(Request::Undo(act.unwrap())), Failure::AlreadyUndone);
    // A later visit of the same year shows, though the act that began the journal was undone.
    office.visits(7, odette, "2026-06-20", "tout va bien");
    assert_eq!(office.file(odette).timeline.len(), 1);
}

#[test]
fn what_is_monthly_comes_again_once_done() {
    let mut office = Office::opened("2026-06-12");
    let odette = office.enters(1, "Odette", "Marchais", "");
    let monthly = FollowUp { rhythm: Some(Rhythm::MONTHLY), ..due(2, odette, "2026-06-04") };
    office.does(Request::PlanFollowUp { follow_up: monthly, draft: None });
    assert_eq!(office.today().late[0].days_late, 8);
    let done = office.does(Request::Complete { id: FollowUpId([2; 16]) }).unwrap();
    assert_eq!(office.today().late, []);
    assert_eq!(office.file(odette).open[0].due, day("2026-07-12"));
    office.does(Request::Undo(done));
    assert_eq!(office.file(odette).open.iter().map(|f| f.due).collect::<Vec<_>>(), [day("2026-06-04")]);
}

#[test]
fn putting_off_takes_a_reason_and_bringing_forward_none() {
    let mut office = Office::opened("2026-06-12");
    let odette = office.enters(1, "Odette", "Marchais", "");
    let id = FollowUpId([2; 16]);
    office.does(Request::PlanFollowUp { follow_up: due(2, odette, "2026-06-15"), draft: None });
    let to = |day_text: &str, reason: &str| Request::Reschedule { id, day: day(day_text), reason: reason.into() };
    let no_reason = Failure::Invalid(maillon_shared::api::errors::Invalid::NoReason);
    assert_eq!(office.fails(to("2026-06-22", "  ")), no_reason);
    office.does(to("2026-06-22", "chez sa fille"));
    office.does(to("2026-06-18", ""));
    let held = office.file(odette).open.remove(0);
    assert_eq!((held.due, held.postponed_times), (day("2026-06-18"), 1));
    assert_eq!(held.postponed_because, "chez sa fille");
}

#[test]
fn nobody_silenced_is_in_today_and_who_comes_back_is() {
    let mut office = Office::opened("2026-06-12");
    let states =
        [PersonState::Refuses, PersonState::Moved, PersonState::Deceased, PersonState::AbsentUntil(day("2026-07-01"))];
    for (index, state) in states.into_iter().enumerate() {
        let id = index as u8 + 1;
        let person = office.enters(id, "Prénom", &format!("Nom{id}"), "");
        office.does(Request::PlanFollowUp { follow_up: due(id, person, "2026-06-10"), draft: None });
        let mut asked = CareRequest::received(RequestId([id + 100; 16]), Some(person), day("2026-06-01"));
        asked.verbatim = "un médecin".into();
        let mut visit = Encounter::empty(EncounterId([id + 50; 16]), Some(person), day("2026-01-01"));
        visit.result = EncounterResult::Met;
        let new = NewEncounter { requests: vec![asked], ..just(visit) };
        office.does(Request::RecordEncounter(Box::new(new)));
        office.does(Request::EditPerson { id: person, changes: vec![PersonChange::State(state)], draft: None });
    }
    let today = office.today();
    assert_eq!((today.late.len(), today.requests.len(), today.unseen.len()), (0, 0, 0));
    office.is("2026-07-01");
    assert_eq!(names(&office.today().late), ["Prénom Nom4"]);
}

#[test]
fn someone_not_seen_for_long_shows_until_something_is_planned() {
    let mut office = Office::opened("2026-06-12");
    let simone = office.enters(1, "Simone", "Rabaud", "Les Gâts");
    office.visits(2, simone, "2026-04-01", "au jardin");
    assert_eq!(office.today().unseen[0].days, Some(72));
    office.does(Request::PlanFollowUp { follow_up: due(3, simone, "2026-06-14"), draft: None });
    let today = office.today();
    assert_eq!((today.unseen.len(), names(&today.week)), (0, vec!["Simone Rabaud"]));
    // A call that nobody answered is not having seen someone.
    let mut call = Encounter::empty(EncounterId([4; 16]), Some(simone), day("2026-06-12"));
    call.result = EncounterResult::NoAnswer;
    office.does(Request::RecordEncounter(Box::new(just(call))));
    assert_eq!(office.file(simone).last_contact, Some(day("2026-04-01")));
}

#[test]
fn a_name_is_found_without_accents_and_mistyped() {
    let mut office = Office::opened("2026-06-12");
    let odette = office.enters(1, "Odette", "Marchais", "La Roussière");
    office.enters(2, "Anne-Lise", "Saint-Brévin", "");
    office.visits(3, odette, "2026-06-10", "elle cherche quelqu'un pour élaguer le cerisier");
    let phone = PersonChange::Phone(LineId([1; 16]), PhoneField::Number, "01 99 00 12 34".into());
    office.does(Request::EditPerson { id: odette, changes: vec![phone], draft: None });
    for typed in ["odet", "marchai", "Marchat", "odete marchais", "roussiere", "01.99.00.12", "cerisier", "elagr ceri"]
    {
        assert_eq!(office.finds(typed).first().map(String::as_str), Some("Odette Marchais"), "{typed}");
    }
    for typed in ["st brevin", "anne lise", "Saint Brevn"] {
        assert_eq!(office.finds(typed).first().map(String::as_str), Some("Anne-Lise Saint-Brévin"), "{typed}");
    }
    assert_eq!(office.finds("zzzz"), [""; 0]);
    assert_eq!(office.finds(""), [""; 0]);
    // What is written after the first search is found too, and what is no longer so is not.
    let renamed = PersonChange::Text(PersonField::FamilyName, "Quillard".into());
    office.does(Request::EditPerson { id: odette, changes: vec![renamed], draft: None });
    assert_eq!(office.finds("quillard"), ["Odette Quillard"]);
    assert_eq!(office.finds("marchais"), [""; 0]);
}

#[test]
fn a_form_half_filled_survives_and_ends_with_its_save() {
    let mut office = Office::opened("2026-06-12");
    let key = DraftKey { form: "person".into(), subject: String::new() };
    let draft = Draft { key: key.clone(), content: "Odet".into(), at: Instant::default() };
    office.does(Request::SaveDraft(draft));
    let mut office = office.restarts();
    office.unlocks();
    let Response::Drafts(drafts) = office.asks(Request::Drafts) else { panic!("drafts") };
    assert_eq!(drafts.iter().map(|draft| draft.content.as_str()).collect::<Vec<_>>(), ["Odet"]);
    assert_eq!(drafts[0].at.utc_ms, morning_of("2026-06-12"));
    let changes = vec![PersonChange::Text(PersonField::GivenName, "Odette".into())];
    office.does(Request::CreatePerson { id: PersonId([1; 16]), changes, draft: Some(key) });
    assert!(office.asks(Request::Drafts) == Response::Drafts(Vec::new()));
}

#[test]
fn a_withdrawn_encounter_shows_nowhere_and_stays_in_the_history() {
    let mut office = Office::opened("2026-06-12");
    let odette = office.enters(1, "Odette", "Marchais", "");
    office.visits(2, odette, "2026-06-12", "mauvaise personne");
    let withdrawn = Request::EditEncounter {
        id: EncounterId([2; 16]),
        changes: vec![EncounterChange::Withdrawn(true), EncounterChange::Text(EncounterField::Place, "mairie".into())],
        unshared_note: None,
        draft: None,
    };
    office.does(withdrawn);
    let file = office.file(odette);
    assert_eq!((file.timeline.len(), file.last_contact), (0, None));
    assert_eq!(office.today().noted_today, 0);
    let (_, document) = office.engine.notebook().unwrap().views.encounter(EncounterId([2; 16])).unwrap();
    let Response::History(history) = office.asks(Request::History(document)) else { panic!("history") };
    assert!(history.iter().any(|row| row.field.ends_with(".notes") && row.value == "mauvaise personne"));
}

#[test]
fn a_person_about_whom_something_was_written_is_not_undone_under_it() {
    let mut office = Office::opened("2026-06-12");
    let odette = office.enters(1, "Odette", "Marchais", "");
    let Response::Acts(acts) = office.asks(Request::Acts { before: None, limit: 1 }) else { panic!("acts") };
    assert_eq!((acts[0].what.as_str(), acts[0].about.as_str()), ("create_person", "Odette Marchais"));
    let visit = office.visits(2, odette, "2026-06-12", "");
    assert_eq!(office.fails(Request::Undo(acts[0].act)), Failure::WrittenSince);
    office.does(Request::Undo(visit));
    office.does(Request::Undo(acts[0].act));
    assert_eq!(office.fails(Request::Person(odette)), Failure::NotFound);
    assert!(office.asks(Request::People) == Response::People(Vec::new()));
    let Response::Acts(acts) = office.asks(Request::Acts { before: None, limit: 10 }) else { panic!("acts") };
    let undone: Vec<_> = acts.iter().map(|act| (act.what.as_str(), act.undone)).collect();
    assert_eq!(
        undone,
        [
            ("undo", false),
            ("undo", false),
            ("record_encounter", true),
            ("create_person", true),
            ("edit_settings", false)
        ]
    );
    // Undoing the undoing brings her back.
    office.does(Request::Undo(acts[0].act));
    assert_eq!(office.file(odette).person.given_name, "Odette");
}

#[test]
fn opening_a_file_is_in_the_journal_of_reads_once_for_a_while() {
    let mut office = Office::opened("2026-06-12");
    let odette = office.enters(1, "Odette", "Marchais", "");
    office.file(odette);
    office.file(odette);
    office.clock.set(office.clock.get() + 3_600_000);
    office.file(odette);
    let Response::Reads(reads) = office.asks(Request::Reads { before: None, limit: 10 }) else { panic!("reads") };
    let seen: Vec<_> = reads.iter().map(|read| (read.what.as_str(), read.about.as_str())).collect();
    assert_eq!(seen, [("person", "Odette Marchais"), ("person", "Odette Marchais")]);
}

#[test]
fn a_cancelled_follow_up_says_why_and_is_not_done_twice() {
    let mut office = Office::opened("2026-06-12");
    let odette = office.enters(1, "Odette", "Marchais", "");
    let id = FollowUpId([2; 16]);
    office.does(Request::PlanFollowUp { follow_up: due(2, odette, "2026-06-15"), draft: None });
    office.does(Request::Cancel { id, why: "hospitalisée".into() });
    let Response::FollowUp(held) = office.asks(Request::FollowUp(id)) else { panic!("a follow-up") };
    assert_eq!(held.follow_up.state, FollowUpState::Cancelled { why: "hospitalisée".into() });
    assert_eq!(office.fails(Request::Complete { id }), Failure::WrittenSince);
}

/// Someone who does not answer climbs the ladder by itself, until someone meets them.
#[test]
fn the_next_step_of_the_ladder_comes_by_itself() {
    use maillon_shared::domain::encounter::EncounterKind::{CallOut, HomeVisit};
    use maillon_shared::domain::encounter::EncounterResult::{DoorClosed, NoAnswer};
    use maillon_shared::domain::ladder::{LadderAction, NextStep};
    use maillon_shared::domain::person::RelatedField;

    let mut office = Office::opened("2026-06-08");
    let odette = office.enters(1, "Odette", "Marchais", "La Roussière");
    let (daughter, cousin) = (LineId([1; 16]), LineId([2; 16]));
    office.does(Request::EditPerson {
        id: odette,
        changes: vec![
            PersonChange::Related(daughter, RelatedField::Name, "Nadine".into()),
            PersonChange::CallFirst(daughter, true),
            PersonChange::Related(cousin, RelatedField::Name, "Basile".into()),
        ],
        draft: None,
    });
    let tries = |office: &mut Office, id: u8, on: &str, kind: EncounterKind, result: EncounterResult| {
        let encounter = Encounter { kind, result, ..Encounter::empty(EncounterId([id; 16]), Some(odette), day(on)) };
        office.does(Request::RecordEncounter(Box::new(just(encounter)))).unwrap()
    };
    let next = |office: &mut Office| {
        let rows = office.today().unanswered;
        rows.first().map(|row| match &row.next {
            NextStep::Do { action, .. } => action.clone(),
            NextStep::Exhausted => LadderAction::Unknown("exhausted".into()),
        })
    };
    assert_eq!(next(&mut office), None);
    tries(&mut office, 1, "2026-06-08", CallOut, NoAnswer);
    assert_eq!(next(&mut office), None, "tomorrow is soon enough");
    office.is("2026-06-09");
    assert_eq!(next(&mut office), Some(LadderAction::Retry));
    tries(&mut office, 2, "2026-06-09", CallOut, NoAnswer);
    tries(&mut office, 3, "2026-06-09", CallOut, NoAnswer);
    office.is("2026-06-10");
    let today = office.today();
    let row = &today.unanswered[0];
    assert_eq!((row.name.as_str(), row.tries, row.last), ("Odette Marchais", 3, day("2026-06-09")));
    assert!(matches!(&row.next, NextStep::Do { action: LadderAction::Named, .. }));
    let named: Vec<_> = row.named.iter().map(|related| related.name.as_str()).collect();
    assert_eq!(named, ["Nadine"], "nobody is told whom she did not name");

    // A visit at once is as good as waiting for its turn.
    tries(&mut office, 4, "2026-06-10", HomeVisit, DoorClosed);
    office.is("2026-06-11");
    assert_eq!(next(&mut office), Some(LadderAction::Recipients));

    // The ladder is the coordinator's: with another one, another step.
    office.does(Request::EditSettings(vec![(SettingsField::Ladder, "visit:3:24".into())]));
    assert_eq!(next(&mut office), Some(LadderAction::Visit));
    office.does(Request::EditSettings(vec![(SettingsField::Ladder, String::new())]));

    // Who wishes no contact is looked for by nobody; back again, where it was left.
    let state = |state| Request::EditPerson { id: odette, changes: vec![PersonChange::State(state)], draft: None };
    office.does(state(PersonState::Refuses));
    assert_eq!(next(&mut office), None);
    office.does(state(PersonState::Followed));
    assert_eq!(next(&mut office), Some(LadderAction::Recipients));

    office.visits(5, odette, "2026-06-11", "Elle était chez sa sœur.");
    assert_eq!(next(&mut office), None);
}

#[test]
fn a_next_contact_chosen_after_nobody_answered_is_what_the_coordinator_wants() {
    let mut office = Office::opened("2026-06-08");
    let odette = office.enters(1, "Odette", "Marchais", "La Roussière");
    let mut encounter = Encounter::empty(EncounterId([1; 16]), Some(odette), day("2026-06-08"));
    encounter.result = EncounterResult::NoAnswer;
    let new = NewEncounter { follow_ups: vec![due(2, odette, "2026-06-12")], ..just(encounter) };
    office.does(Request::RecordEncounter(Box::new(new)));
    office.is("2026-06-10");
    assert!(office.today().unanswered.is_empty());
    office.is("2026-06-12");
    assert_eq!(office.today().due.len(), 1);
    office.is("2026-06-13");
    assert_eq!(office.today().unanswered.len(), 1, "put off once, not for ever");
}
