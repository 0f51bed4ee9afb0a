//! A notebook is made, opened, locked, mended and carried elsewhere.

use super::*;

#[test]
fn a_person_saved_is_there_after_locking_and_starting_again() {
    let mut office = Office::opened("2026-06-12");
    let odette = office.enters(1, "Odette", "Marchais", "La Roussière");
    office.does(Request::Lock);
    assert_eq!(office.fails(Request::People), Failure::Locked);
    let mut office = office.restarts();
    assert_eq!(office.fails(Request::Person(odette)), Failure::Locked);
    assert!(office.asks(Request::Status) == Response::Status(Status::Locked));
    office.unlocks();
    let file = office.file(odette);
    assert_eq!(file.person.display_name(), "Odette Marchais");
    assert_eq!(file.person.address.hamlet, "La Roussière");
}

#[test]
fn a_notebook_is_made_once() {
    let mut office = Office::opened("2026-06-12");
    let again = NewNotebook { passphrase: "autre".into(), words: String::new(), settings: Vec::new() };
    assert_eq!(office.fails(Request::Create(again)), Failure::NotebookExists);
}

#[test]
fn rows_without_a_header_are_damage_and_never_an_empty_place() {
    let office = Office::opened("2026-06-12");
    let mut store = office.engine.into_store();
    let mut batch = Batch::new();
    batch.delete(Table::Meta, crate::vault::HEADER_ROW);
    now(store.commit(batch)).unwrap();
    drop(store);
    let mut office = Office::on(office.disk, "2026-06-12");
    let damaged = Failure::Damaged(maillon_shared::api::errors::Damage::Header);
    assert_eq!(office.fails(Request::Status), damaged);
    let again = NewNotebook { passphrase: "autre".into(), words: String::new(), settings: Vec::new() };
    assert_eq!(office.fails(Request::Create(again)), damaged);
}

#[test]
fn the_passphrase_is_changed_by_who_knows_it() {
    let mut office = Office::opened("2026-06-12");
    let change =
        |old: &str| Request::ChangePassphrase { old: Secret::Passphrase(old.into()), new: "le puits sans seau".into() };
    assert_eq!(office.fails(change("je ne sais pas")), Failure::WrongPassphrase);
    office.does(change(PASSPHRASE));
    let mut office = office.restarts();
    let old = Request::Unlock(Secret::Passphrase(PASSPHRASE.into()));
    assert_eq!(office.fails(old), Failure::WrongPassphrase);
    office.does(Request::Unlock(Secret::Passphrase("le puits sans seau".into())));
}

#[test]
fn the_words_open_too_and_wrong_ones_say_why() {
    let mut office = Office::on(Disk::new(), "2026-06-12");
    let Response::Words(words) = office.asks(Request::ProposeWords) else { panic!("words") };
    let words = words.join(" ");
    office.does(Request::Create(NewNotebook {
        passphrase: PASSPHRASE.into(),
        words: words.clone(),
        settings: Vec::new(),
    }));
    let mut office = office.restarts();
    let unlock = |words: &str| Request::Unlock(Secret::Words(words.into()));
    assert_eq!(office.fails(unlock("abaisser abandon")), Failure::NotTwentyFourWords(2));
    assert_eq!(office.fails(unlock(&words.replacen(' ', " maillonnette ", 1))), Failure::UnknownWord(2));
    let Response::Words(others) = office.asks(Request::ProposeWords) else { panic!("words") };
    assert_eq!(office.fails(unlock(&others.join(" "))), Failure::WrongWords);
    office.does(unlock(&words.to_uppercase()));
}

#[test]
fn journals_of_any_length_are_read_page_by_page() {
    let mut office = Office::opened("2026-06-12");
    let odette = office.enters(1, "Odette", "Marchais", "");
    for index in 0..600_u32 {
        let approach = PersonChange::Text(PersonField::Approach, format!("sonner {index} fois"));
        office.does(Request::EditPerson { id: odette, changes: vec![approach], draft: None });
    }
    let mut numbers = Vec::new();
    let mut before = None;
    loop {
        let Response::Acts(acts) = office.asks(Request::Acts { before, limit: 100 }) else { panic!("acts") };
        let Some(last) = acts.last() else { break };
        before = Some(last.number);
        numbers.extend(acts.iter().map(|act| act.number));
    }
    assert_eq!(numbers, (0..602).rev().collect::<Vec<_>>());
    assert_eq!(office.file(odette).person.approach, "sonner 599 fois");
    // So many frames were written again as few, and the history is whole.
    let Response::History(history) = office.asks(Request::History(odette.into())) else { panic!("history") };
    assert_eq!(history.iter().filter(|row| row.field == "approach").count(), 600);
    let mut office = office.restarts();
    office.unlocks();
    assert_eq!(office.file(odette).person.approach, "sonner 599 fois");
}

#[test]
fn a_missing_cache_costs_time_and_no_data() {
    let mut office = Office::opened("2026-06-12");
    let odette = office.enters(1, "Odette", "Marchais", "");
    office.visits(2, odette, "2026-06-12", "au jardin");
    let mut store = office.engine.into_store();
    let mut batch = Batch::new();
    batch.delete_prefix(Table::Views, []);
    now(store.commit(batch)).unwrap();
    drop(store);
    let mut office = Office::at(office.disk, office.clock, 9);
    office.unlocks();
    assert_eq!(office.file(odette).timeline.len(), 1);
    let Response::Verified(report) = office.asks(Request::Verify) else { panic!("a report") };
    assert_eq!(report, Verification { documents: 3, unreadable: 0, stale_views: 0, acts: 3 });
}

#[test]
fn a_damaged_document_is_counted_and_the_others_open() {
    let mut office = Office::opened("2026-06-12");
    let odette = office.enters(1, "Odette", "Marchais", "");
    let simone = office.enters(2, "Simone", "Rabaud", "");
    let mut store = office.engine.into_store();
    let mut batch = Batch::new();
    let rows = now(store.scan(Table::Frames, &odette.0)).unwrap();
    let (row, mut sealed) = rows.last().unwrap().clone();
    let last = sealed.len() - 1;
    sealed[last] ^= 1;
    batch.put(Table::Frames, row, sealed);
    batch.delete(Table::Views, odette.0);
    now(store.commit(batch)).unwrap();
    drop(store);
    let mut office = Office::at(office.disk, office.clock, 9);
    office.unlocks();
    assert_eq!(office.file(simone).person.given_name, "Simone");
    assert_eq!(office.today().anomalies, 1);
    let Response::Verified(report) = office.asks(Request::Verify) else { panic!("a report") };
    assert_eq!((report.documents, report.unreadable), (2, 1));
}

#[test]
fn screens_hear_what_changed() {
    let mut office = Office::opened("2026-06-12");
    office.notices.borrow_mut().clear();
    let odette = office.enters(1, "Odette", "Marchais", "");
    assert_eq!(*office.notices.borrow(), [Notice::Changed(vec![odette.into()])]);
}

#[test]
fn a_backup_restored_elsewhere_is_the_notebook_on_another_device() {
    let mut office = Office::opened("2026-06-12");
    let odette = office.enters(1, "Odette", "Marchais", "La Roussière");
    office.visits(2, odette, "2026-06-12", "au jardin");
    assert_eq!(office.today().copied_on, None);
    let Response::File(file) = office.asks(Request::Backup) else { panic!("a file") };
    assert_eq!(office.today().copied_on, Some(day("2026-06-12")));
    assert_eq!(file.name, "maillon-2026-06-12.maillon");
    assert_eq!(office.fails(Request::Restore(file.bytes.clone())), Failure::NotebookExists);

    let mut elsewhere = Office::on(Disk::new(), "2026-06-20");
    elsewhere.does(Request::Restore(file.bytes.clone()));
    assert_eq!(elsewhere.fails(Request::People), Failure::Locked);
    elsewhere.unlocks();
    assert_eq!(elsewhere.file(odette).timeline.len(), 1);
    let device = |office: &mut Office, what: &str| {
        let approach = PersonChange::Text(PersonField::Approach, what.into());
        office.does(Request::EditPerson { id: odette, changes: vec![approach], draft: None });
        let Response::History(rows) = office.asks(Request::History(odette.into())) else { panic!("history") };
        rows[0].device.clone()
    };
    let (here, there) = (device(&mut office, "ici"), device(&mut elsewhere, "là-bas"));
    assert_ne!(here, there, "the two never write under one name");
    let mut elsewhere = elsewhere.restarts();
    elsewhere.unlocks();
    assert_eq!(device(&mut elsewhere, "encore là-bas"), there, "and it is a new device once");

    let mut cut = file.bytes.clone();
    cut.truncate(cut.len() / 2);
    let damaged = Failure::UnreadableFile(maillon_shared::api::errors::FileProblem::Damaged);
    let mut third = Office::on(Disk::new(), "2026-06-20");
    assert_eq!(third.fails(Request::Restore(cut)), damaged);
    assert!(third.asks(Request::Status) == Response::Status(Status::None), "nothing was written");
}
