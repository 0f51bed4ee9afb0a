//! A neighbour who does not do as it is done: whose device writes in what is shared with them whatever it likes, signed as
//! it must be. Nothing of it comes into the other's notebook, and nothing leaves it or is erased there. And the power goes
//! while a copy is given, taken, or ended.

use maillon_shared::api::neighbours::{NeighbourAnswer, NeighbourFile, NeighbourRequest};
use maillon_shared::api::sharing::{Company, CourierOpened, CourierTaken, SharingAnswer, SharingRequest};
use maillon_shared::domain::consent::{ConsentEntry, Purpose, Recipient, Said, Sharing, Told};
use maillon_shared::domain::liaison::Piece;
use maillon_shared::domain::person_copy::CopyChoice;

use super::sharing::{another, at_every_cut, is_sound};
use super::*;
use crate::journal::records::{erasures, person, person_copy, settings};
use crate::journal::{Document, Header, Kind, Scope};
use crate::notebook::{Plan as Act, Target};

pub(super) const TODAY: &str = "2026-06-12";
const COPY: CopyId = CopyId([7; 16]);
pub(super) const ODETTE: PersonId = PersonId([1; 16]);

fn asks(office: &mut Office, asked: NeighbourRequest) -> NeighbourAnswer {
    match office.asks(Request::Neighbour(Box::new(asked))) {
        Response::Neighbour(answer) => *answer,
        _ => panic!("something about neighbours"),
    }
}

pub(super) fn only(office: &mut Office) -> NeighbourFile {
    let NeighbourAnswer::All(all) = asks(office, NeighbourRequest::All) else { panic!("all") };
    let NeighbourAnswer::One(file) = asks(office, NeighbourRequest::One(all.all[0].id)) else { panic!("one") };
    *file
}

pub(super) fn shares(office: &mut Office, asked: SharingRequest) -> Result<SharingAnswer, Failure> {
    match office.tries(Request::Sharing(Box::new(asked)))? {
        Response::Sharing(answer) => Ok(*answer),
        _ => panic!("something about sharing"),
    }
}

pub(super) fn file_for(office: &mut Office) -> Result<Vec<u8>, Failure> {
    let to = only(office).row.devices[0].id;
    match shares(office, SharingRequest::MakeCourier(to))? {
        SharingAnswer::Courier(made) => Ok(made.file.bytes),
        _ => panic!("a file"),
    }
}

pub(super) fn takes(office: &mut Office, file: &[u8]) -> Result<CourierTaken, Failure> {
    match shares(office, SharingRequest::OpenCourier { file: file.to_vec(), checked: None })? {
        SharingAnswer::Opened(CourierOpened::Taken(taken)) => Ok(taken),
        _ => panic!("the sender is known"),
    }
}

/// Nadine and Claire, neighbours; Odette is in Nadine's notebook, and agreed that Claire reads where she lives.
pub(super) fn neighbours() -> (Office, Office, NeighbourId) {
    let (mut nadine, mut claire) = (another(1), another(50_000));
    for (office, name) in [(&mut nadine, "Nadine Trescarvoul"), (&mut claire, "Claire Montrouvenc")] {
        office.does(Request::EditSettings(vec![(SettingsField::Coordinator, name.into())]));
    }
    nadine.enters(1, "Odette", "Escarvenc", "La Roussière");
    nadine.visits(3, ODETTE, TODAY, "au jardin");
    let Response::File(card) = claire.asks(Request::Sharing(Box::new(SharingRequest::Card(Company::Neighbour)))) else {
        panic!("a card")
    };
    nadine.does(Request::Neighbour(Box::new(NeighbourRequest::Add { card: card.bytes, words: None })));
    let file = file_for(&mut nadine).unwrap();
    let asked = |checked| SharingRequest::OpenCourier { file: file.clone(), checked };
    let Ok(SharingAnswer::Opened(CourierOpened::Proposes(sender))) = shares(&mut claire, asked(None)) else {
        panic!("a proposal")
    };
    shares(&mut claire, asked(Some((sender.id, Company::Neighbour)))).unwrap();
    let sharing = Sharing {
        recipient: Recipient::named("Claire Montrouvenc"),
        purpose: Purpose::Sharing,
        what: "où j’habite".into(),
        until: None,
    };
    let entry = ConsentEntry {
        id: ConsentId([11; 16]),
        person: ODETTE,
        said: Said::Shares(sharing),
        given: Told { on: day(TODAY), how: "orally".into() },
        withdrawn: None,
        note: String::new(),
    };
    nadine.does(Request::GiveEntry { entry: Box::new(entry), draft: None });
    let id = only(&mut nadine).row.id;
    (nadine, claire, id)
}

fn copy(neighbour: NeighbourId) -> Request {
    let choice = CopyChoice {
        person: ODETTE,
        neighbour,
        pieces: [Piece::Address].into(),
        message: "Je suis absente en juillet.".into(),
        until: None,
    };
    Request::Neighbour(Box::new(NeighbourRequest::Copy { id: COPY, choice, draft: None }))
}

fn copied() -> (Office, Office, NeighbourId) {
    let (mut nadine, mut claire, id) = neighbours();
    nadine.does(copy(id)).unwrap();
    let file = file_for(&mut nadine).unwrap();
    assert_eq!(takes(&mut claire, &file).unwrap().set_aside, 0);
    (nadine, claire, id)
}

/// What a device of no good will writes in a document of its own, whatever that is.
pub(super) fn writes(office: &mut Office, header: Header, edit: impl FnOnce(&mut Document) + 'static) {
    let mut act = Act::new("hostile");
    act.edit(Target::New(header), move |document| {
        edit(document);
        Ok(())
    });
    now(office.engine.save(act)).unwrap();
}

pub(super) fn shows(office: &mut Office) -> Vec<u8> {
    let Response::People(people) = office.asks(Request::People) else { panic!("everyone") };
    let Response::Settings(settings) = office.asks(Request::Settings) else { panic!("the settings") };
    let files: Vec<PersonFile> = people.iter().map(|row| office.file(row.id)).collect();
    maillon_shared::api::encode(&(people, files, settings))
}

#[test]
fn what_a_neighbour_may_not_write_comes_into_nobodys_notebook() {
    let (mut nadine, mut claire, id) = copied();
    let before = shows(&mut nadine);
    let scope = || Scope::Neighbour(id);
    let within = |n: u8, kind, subject: Option<PersonId>| {
        Header::within(scope(), DocId([n; 16]), kind, subject.map(|person| person.0))
    };
    // Someone who would be in everyone's list, settings that would be everyone's, a page of Odette's journal.
    writes(&mut claire, within(101, Kind::Person, None), |document| {
        let named = PersonChange::Text(PersonField::FamilyName, "Intruse".into());
        person::write(document, &named).unwrap();
    });
    writes(&mut claire, within(102, Kind::Settings, None), |document| {
        settings::write(document, SettingsField::Coordinator, "Une autre").unwrap();
    });
    writes(&mut claire, within(103, Kind::PersonJournal, Some(ODETTE)), |_| {});
    writes(&mut claire, within(104, Kind::Consents, Some(ODETTE)), |_| {});
    writes(&mut claire, within(105, Kind::GivenCopies, Some(ODETTE)), |document| {
        person_copy::end_trace(document, COPY, day(TODAY), &[]).unwrap();
    });
    let file = file_for(&mut claire).unwrap();
    let taken = takes(&mut nadine, &file).unwrap();
    assert_eq!(taken.set_aside, 5, "each is kept where it came, and said: {taken:?}");
    assert_eq!(shows(&mut nadine), before);
    let mut nadine = nadine.restarts();
    nadine.unlocks();
    assert_eq!(shows(&mut nadine), before);
    is_sound(&mut nadine, "after what a neighbour may not write");
}

#[test]
fn what_a_neighbour_says_to_be_erased_erases_nothing_that_they_were_not_given() {
    let (mut nadine, mut claire, id) = copied();
    let before = shows(&mut nadine);
    // What is about Odette has ids that Claire may have guessed, and the copy itself is Nadine's to end.
    let about = nadine.engine.open.as_ref().unwrap().views.documents_about(ODETTE);
    let of_the_copy = DocId(COPY.0);
    let others: Vec<DocId> = about.into_iter().filter(|document| *document != of_the_copy).collect();
    assert!(others.len() >= 3 && others.contains(&DocId(ODETTE.0)));
    let strangers = [DocId([200; 16]), DocId([201; 16])];
    let header = Header::within(Scope::Neighbour(id), DocId([110; 16]), Kind::Erasures, None);
    writes(&mut claire, header, move |document| {
        others.iter().chain(&strangers).for_each(|id| erasures::add(document, *id).unwrap());
    });
    let file = file_for(&mut claire).unwrap();
    assert_eq!(takes(&mut nadine, &file).unwrap().erased, 0);
    assert_eq!(shows(&mut nadine), before);
    for _ in 0..2 {
        let notebook = nadine.engine.open.as_ref().unwrap();
        assert!(!strangers.iter().any(|id| notebook.was_erased(*id)), "nor can they forbid an id");
        assert_eq!(shows(&mut nadine), before);
        is_sound(&mut nadine, "after what a neighbour had erased");
        // What was said is heard again at each opening.
        nadine = nadine.restarts();
        nadine.unlocks();
    }
}

#[test]
fn a_copy_that_takes_the_id_of_someone_here_changes_nobody() {
    let (mut nadine, mut claire, id) = copied();
    let before = shows(&mut nadine);
    let header = Header::within(Scope::Neighbour(id), DocId(ODETTE.0), Kind::PersonCopy, Some(ODETTE.0));
    writes(&mut claire, header, |document| {
        let on = day(TODAY);
        let copy = maillon_shared::domain::person_copy::PersonCopy {
            id: CopyId(ODETTE.0),
            name: "Une autre".into(),
            told: Vec::new(),
            message: String::new(),
            since: on,
            on,
            until: None,
            remarks: Vec::new(),
        };
        person_copy::write(document, &copy, &[]).unwrap();
    });
    let file = file_for(&mut claire).unwrap();
    assert_eq!(takes(&mut nadine, &file).unwrap().set_aside, 1);
    assert_eq!(shows(&mut nadine), before);
}

#[test]
fn nothing_of_ones_own_goes_to_a_neighbour() {
    let (nadine, mut claire, id) = copied();
    let Engine { store, open, .. } = &mut claire.engine;
    let sharing = now(open.as_mut().unwrap().sharing(store)).unwrap();
    let scopes: Vec<_> = sharing.scopes().map(|shared| shared.what()).collect();
    assert_eq!(scopes, [Some(Scope::Neighbour(id))]);
    let told: Vec<DocId> = sharing
        .scopes()
        .flat_map(|shared| shared.replica.packs())
        .flat_map(|pack| pack.rows())
        .map(|(row, _)| row.document)
        .collect();
    assert_eq!(told, [DocId(COPY.0)]);
    drop(nadine);
}

#[test]
fn a_cut_while_a_copy_is_given_taken_or_ended_loses_nothing_and_leaves_nothing_half_done() {
    let (nadine, claire, id) = neighbours();
    let given = at_every_cut(
        &nadine,
        |office| office.tries(copy(id)).map(|_| ()),
        |mut office, said, at| {
            office = office.restarts();
            office.unlocks();
            let traced = office.file(ODETTE).copied.len();
            let shared = office.engine.open.as_ref().unwrap().views.shared_copy(COPY).is_some();
            assert_eq!(traced == 1, shared, "the copy and its trace are one act (cut at {at})");
            assert!(said.is_err() || shared, "what was said to be done is (cut at {at})");
            is_sound(&mut office, "given");
        },
    );
    assert!(given > 0);
    drop(claire);
    let (nadine, claire, _) = copied();
    let ended = at_every_cut(
        &nadine,
        |office| office.tries(Request::Neighbour(Box::new(NeighbourRequest::End(COPY)))).map(|_| ()),
        |mut office, said, at| {
            office = office.restarts();
            office.unlocks();
            let stands = !office.file(ODETTE).copied.is_empty();
            assert!(said.is_err() || !stands, "what was said to be ended is (cut at {at})");
            // Whether or not it came to that, it can be ended now, and then it is erased.
            if stands {
                office.does(Request::Neighbour(Box::new(NeighbourRequest::End(COPY))));
            }
            let file = file_for(&mut office).unwrap();
            let mut there = super::sharing::same(&claire);
            takes(&mut there, &file).unwrap();
            assert!(only(&mut there).received.is_empty(), "cut at {at}");
            is_sound(&mut office, "ended");
        },
    );
    assert!(ended > 1);
}
