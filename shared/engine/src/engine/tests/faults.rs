//! What goes wrong: no room, no power, impossible words.

use super::*;

#[test]
fn a_full_disk_is_said_and_nothing_is_lost_or_half_written() {
    let mut office = Office::opened("2026-06-12");
    let odette = office.enters(1, "Odette", "Marchais", "");
    office.disk.plan(Plan { full_after_bytes: Some(office.disk.image().len()), ..Plan::default() });
    let visit = Encounter::empty(EncounterId([2; 16]), Some(odette), day("2026-06-12"));
    assert_eq!(office.fails(Request::RecordEncounter(Box::new(just(visit.clone())))), Failure::Full);
    assert_eq!(office.file(odette).timeline, [], "what is not on disk is not shown");
    office.disk.plan(Plan::default());
    office.does(Request::RecordEncounter(Box::new(just(visit)))).unwrap();
    let mut office = office.restarts();
    office.unlocks();
    assert_eq!(office.file(odette).timeline.len(), 1);
}

#[test]
fn whatever_moment_the_power_is_cut_what_was_acknowledged_is_there() {
    let mut cuts = 0;
    for at in 1.. {
        let mut office = Office::opened("2026-06-12");
        let odette = office.enters(1, "Odette", "Marchais", "");
        let began = office.disk.steps();
        office.disk.plan(Plan { cut_at_step: Some(began + at), seed: at, ..Plan::default() });
        let mut acknowledged = Vec::new();
        for id in 10..16 {
            let visit = Encounter::empty(EncounterId([id; 16]), Some(odette), day("2026-06-12"));
            match office.tries(Request::RecordEncounter(Box::new(just(visit)))) {
                Ok(_) => acknowledged.push(EncounterId([id; 16])),
                Err(_) => break,
            }
        }
        if !office.disk.is_dark() {
            break;
        }
        cuts += 1;
        let mut office = office.restarts();
        office.unlocks();
        for id in &acknowledged {
            assert!(office.tries(Request::Encounter(*id)).is_ok(), "cut at {at}: {id} was acknowledged");
        }
        let Response::Verified(report) = office.asks(Request::Verify) else { panic!("a report") };
        assert_eq!((report.unreadable, report.stale_views), (0, 0), "cut at {at}");
        // And work goes on.
        office.visits(99, odette, "2026-06-12", "après la coupure");
    }
    assert!(cuts >= 12, "the power was cut at {cuts} moments");
}

#[test]
fn whatever_moment_the_power_is_cut_an_erasure_is_whole_or_was_not_begun() {
    let mut ends = [0, 0];
    for at in 1.. {
        let mut office = Office::opened("2026-06-12");
        let odette = office.enters(1, "Odette", "Marchais", "");
        let simone = office.enters(2, "Simone", "Rabaud", "");
        office.visits(3, odette, "2026-06-12", "au jardin");
        let began = office.disk.steps();
        office.disk.plan(Plan { cut_at_step: Some(began + at), seed: at, ..Plan::default() });
        let said = office.tries(Request::ErasePeople(vec![odette]));
        if !office.disk.is_dark() {
            break;
        }
        let mut office = office.restarts();
        office.unlocks();
        let is_there = office.tries(Request::Person(odette)).is_ok();
        assert!(said.is_err() || !is_there, "cut at {at}: it was said to be done");
        assert_eq!(office.tries(Request::Encounter(EncounterId([3; 16]))).is_ok(), is_there, "cut at {at}");
        assert_eq!(office.file(simone).person.given_name, "Simone", "cut at {at}");
        let Response::Verified(report) = office.asks(Request::Verify) else { panic!("a report") };
        assert_eq!((report.unreadable, report.stale_views), (0, 0), "cut at {at}");
        assert_eq!(now(office.engine.into_store().get(Table::Meta, b"to-purge")).unwrap(), None, "cut at {at}");
        ends[usize::from(is_there)] += 1;
    }
    assert!(ends.iter().all(|end| *end > 0), "before and after: {ends:?}");
}

#[test]
fn impossible_days_and_endless_texts_are_refused_before_anything_is_written() {
    let mut office = Office::opened("2026-06-12");
    let odette = office.enters(1, "Odette", "Marchais", "");
    let on = |text: &str| Encounter::empty(EncounterId([2; 16]), Some(odette), day(text));
    let bad_day = Failure::Invalid(maillon_shared::api::errors::Invalid::Day);
    for text in ["2026-06-14", "0026-06-12", "2226-06-12"] {
        assert_eq!(office.fails(Request::RecordEncounter(Box::new(just(on(text))))), bad_day, "{text}");
    }
    let mut endless = on("2026-06-12");
    endless.notes = "é".repeat(1_000_001);
    let too_long = Failure::Invalid(maillon_shared::api::errors::Invalid::TooLong);
    assert_eq!(office.fails(Request::RecordEncounter(Box::new(just(endless)))), too_long);
    let mut long = on("2026-06-12");
    long.notes = "🏡 مرحبا é ".repeat(20_000);
    office.does(Request::RecordEncounter(Box::new(just(long.clone())))).unwrap();
    let mut office = office.restarts();
    office.unlocks();
    let Response::Encounter(held) = office.asks(Request::Encounter(long.id)) else { panic!("an encounter") };
    assert_eq!(held.encounter.notes, long.notes);
    let no_name = Request::CreatePerson {
        id: PersonId([8; 16]),
        changes: vec![PersonChange::Text(PersonField::GivenName, "  ".into())],
        draft: None,
    };
    assert_eq!(office.fails(no_name), Failure::Invalid(maillon_shared::api::errors::Invalid::NoName));
}
