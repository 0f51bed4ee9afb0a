//! The power goes while a file is made, opened, or a device leaves: what is there afterwards is what would have been.

use std::collections::{BTreeMap, BTreeSet};

use maillon_shared::api::encode;
use maillon_shared::api::sharing::{Company, CourierOpened, CourierTaken, DeviceKey, SharingAnswer, SharingRequest};

use super::*;
use crate::link::{Folder, FolderError};
use crate::sharing::replica::Kept;
use crate::sharing::{Pack, Replica};

const TODAY: &str = "2026-06-12";

pub(super) fn another(seed: u64) -> Office {
    let clock = Rc::new(Cell::new(morning_of(TODAY)));
    let mut office = Office::at(Disk::new(), clock, seed);
    let Response::Words(words) = office.asks(Request::ProposeWords) else { panic!("words") };
    let words = words.join(" ");
    office.does(Request::Create(NewNotebook { passphrase: PASSPHRASE.into(), words, settings: Vec::new() }));
    office
}

/// The same device on a copy of its disk, from which nothing else is known: what is tried on it changes no other try.
pub(super) fn same(office: &Office) -> Office {
    let mut office = Office::at(office.disk.copied(), Rc::clone(&office.clock), office.seed + 1_000);
    office.unlocks();
    office
}

fn try_share(office: &mut Office, asked: SharingRequest) -> Result<SharingAnswer, Failure> {
    match office.tries(Request::Sharing(Box::new(asked)))? {
        Response::Sharing(answer) => Ok(*answer),
        _ => panic!("something about sharing"),
    }
}

fn other(office: &mut Office) -> DeviceKey {
    match try_share(office, SharingRequest::Status) {
        Ok(SharingAnswer::Status(status)) => status.others[0].id,
        _ => panic!("the status"),
    }
}

fn courier(office: &mut Office) -> Result<Vec<u8>, Failure> {
    let to = other(office);
    match try_share(office, SharingRequest::MakeCourier(to))? {
        SharingAnswer::Courier(made) => Ok(made.file.bytes),
        _ => panic!("a file"),
    }
}

fn opens(office: &mut Office, file: &[u8], checked: Option<DeviceKey>) -> Result<CourierTaken, Failure> {
    match try_share(
        office,
        SharingRequest::OpenCourier { file: file.to_vec(), checked: checked.map(|id| (id, Company::Own)) },
    )? {
        SharingAnswer::Opened(CourierOpened::Taken(taken)) => Ok(taken),
        _ => panic!("what came of a file"),
    }
}

/// A laptop and a phone that have the same: Odette, and Simone with a visit.
fn paired() -> (Office, Office) {
    let (mut laptop, mut phone) = (another(1), another(50_000));
    laptop.enters(1, "Odette", "Marchais", "");
    laptop.enters(2, "Simone", "Rabaud", "");
    laptop.visits(3, PersonId([2; 16]), TODAY, "au jardin");
    for (office, name) in [(&mut laptop, "Le portable"), (&mut phone, "Le téléphone")] {
        office.does(Request::Sharing(Box::new(SharingRequest::NameDevice(name.into()))));
    }
    let Response::File(card) = phone.asks(Request::Sharing(Box::new(SharingRequest::Card(Company::Own)))) else {
        panic!("a card")
    };
    laptop.does(Request::Sharing(Box::new(SharingRequest::AddDevice { card: card.bytes, words: None })));
    let file = courier(&mut laptop).unwrap();
    let asked = SharingRequest::OpenCourier { file: file.clone(), checked: None };
    let Ok(SharingAnswer::Opened(CourierOpened::Proposes(sender))) = try_share(&mut phone, asked) else {
        panic!("a proposal")
    };
    opens(&mut phone, &file, Some(sender.id)).unwrap();
    let file = courier(&mut phone).unwrap();
    opens(&mut laptop, &file, None).unwrap();
    (laptop, phone)
}

fn shows(office: &mut Office) -> Vec<u8> {
    let Response::People(people) = office.asks(Request::People) else { panic!("everyone") };
    let files: Vec<PersonFile> = people.iter().map(|row| office.file(row.id)).collect();
    encode(&(people, files))
}

pub(super) fn is_sound(office: &mut Office, when: &str) {
    let Response::Verified(report) = office.asks(Request::Verify) else { panic!("a report") };
    assert_eq!((report.unreadable, report.stale_views), (0, 0), "{when}");
}

/// Cuts the power at each moment of something, lets the computer start again, and looks.
pub(super) fn at_every_cut(
    office: &Office,
    does: impl Fn(&mut Office) -> Result<(), Failure>,
    mut then: impl FnMut(Office, Result<(), Failure>, u64),
) -> u64 {
    for at in 1.. {
        let mut tried = same(office);
        let began = tried.disk.steps();
        tried.disk.plan(Plan { cut_at_step: Some(began + at), seed: at, ..Plan::default() });
        let said = does(&mut tried);
        if !tried.disk.is_dark() {
            return at - 1;
        }
        let mut tried = tried.restarts();
        tried.unlocks();
        is_sound(&mut tried, &format!("cut at {at}"));
        then(tried, said, at);
    }
    0
}

#[test]
fn whatever_moment_the_power_is_cut_a_file_can_be_made_again() {
    let (mut laptop, phone) = paired();
    laptop.enters(4, "Maurice", "Calvoulmenque", "");
    laptop.visits(5, PersonId([1; 16]), TODAY, "le portail est réparé");
    laptop.does(Request::ErasePeople(vec![PersonId([2; 16])]));
    let cuts = at_every_cut(
        &laptop,
        |office| courier(office).map(|_| ()),
        |mut tried, _, at| {
            let file = courier(&mut tried).unwrap();
            let mut phone = same(&phone);
            let taken = opens(&mut phone, &file, None).unwrap();
            assert_eq!((taken.waiting, taken.set_aside), (0, 0), "cut at {at}");
            assert!(phone.tries(Request::Person(PersonId([2; 16]))).is_err(), "cut at {at}: she was erased");
            assert!(shows(&mut phone) == shows(&mut tried), "cut at {at}");
        },
    );
    assert!(cuts >= 12, "the power was cut at {cuts} moments");
}

#[test]
fn whatever_moment_the_power_is_cut_a_file_can_be_opened_again() {
    let (mut laptop, mut phone) = paired();
    laptop.enters(4, "Maurice", "Calvoulmenque", "");
    laptop.visits(5, PersonId([1; 16]), TODAY, "le portail est réparé");
    phone.visits(6, PersonId([2; 16]), TODAY, "écrit sur le téléphone");
    phone.visits(7, PersonId([1; 16]), TODAY, "écrit sur le téléphone aussi");
    laptop.does(Request::ErasePeople(vec![PersonId([2; 16])]));
    let file = courier(&mut laptop).unwrap();
    let mut whole = same(&phone);
    opens(&mut whole, &file, None).unwrap();
    let expected = shows(&mut whole);
    let cuts = at_every_cut(
        &phone,
        |office| opens(office, &file, None).map(|_| ()),
        |mut tried, said, at| {
            if said.is_ok() {
                assert!(shows(&mut tried) == expected, "cut at {at}: it was said to be taken");
            }
            opens(&mut tried, &file, None).unwrap();
            assert!(shows(&mut tried) == expected, "cut at {at}");
            // And the laptop hears what was written there.
            let back = courier(&mut tried).unwrap();
            let mut laptop = same(&laptop);
            opens(&mut laptop, &back, None).unwrap();
            assert!(shows(&mut laptop) == expected, "cut at {at}");
        },
    );
    assert!(cuts >= 12, "the power was cut at {cuts} moments");
}

#[test]
fn whatever_moment_the_power_is_cut_a_device_has_left_or_has_not() {
    let (mut laptop, _) = paired();
    let lost = other(&mut laptop);
    let leaves =
        |office: &mut Office| office.tries(Request::Sharing(Box::new(SharingRequest::RemoveDevice(lost)))).map(|_| ());
    let mut ends = [0, 0];
    let cuts = at_every_cut(&laptop, leaves, |mut tried, said, at| {
        let Ok(SharingAnswer::Status(status)) = try_share(&mut tried, SharingRequest::Status) else { panic!("status") };
        let has_left = status.others.is_empty();
        assert!(said.is_err() || has_left, "cut at {at}: it was said to have left");
        assert_ne!(has_left, status.left.is_empty(), "cut at {at}: from all of it, or none");
        ends[usize::from(has_left)] += 1;
    });
    assert_eq!(ends, [cuts as usize, 0], "one batch: what was not acknowledged is not there");
    leaves(&mut laptop).unwrap();
    let Ok(SharingAnswer::Status(status)) = try_share(&mut laptop, SharingRequest::Status) else { panic!("status") };
    assert_eq!((status.others.len(), status.left.len()), (0, 1));
}

#[test]
fn a_full_disk_takes_nothing_of_a_file_and_says_so() {
    let (mut laptop, mut phone) = paired();
    laptop.enters(4, "Maurice", "Calvoulmenque", "");
    let file = courier(&mut laptop).unwrap();
    let before = shows(&mut phone);
    phone.disk.plan(Plan { full_after_bytes: Some(phone.disk.image().len()), ..Plan::default() });
    assert!(opens(&mut phone, &file, None) == Err(Failure::Full));
    assert!(shows(&mut phone) == before);
    phone.disk.plan(Plan::default());
    assert_eq!(opens(&mut phone, &file, None).unwrap().changed, 1);
    assert!(shows(&mut phone) == shows(&mut laptop));
}

/// A folder in memory.
#[derive(Default)]
struct Objects(BTreeMap<String, Vec<u8>>);

impl Folder for Objects {
    async fn list(&mut self, under: &str) -> Result<Vec<String>, FolderError> {
        Ok(self.0.keys().filter(|path| path.starts_with(under)).cloned().collect())
    }

    async fn get(&mut self, path: &str) -> Result<Option<Vec<u8>>, FolderError> {
        Ok(self.0.get(path).cloned())
    }

    async fn put(&mut self, path: &str, bytes: Vec<u8>) -> Result<(), FolderError> {
        self.0.insert(path.to_owned(), bytes);
        Ok(())
    }
}

fn meets(office: &mut Office, folder: &mut Objects) {
    let Engine { store, ambient, open, .. } = &mut office.engine;
    let notebook = open.as_mut().unwrap();
    now(notebook.publish(store, ambient, &mut |_, _| {})).unwrap();
    now(notebook.meet_in_folder(store, ambient, (None, folder), &mut |_, _| {})).unwrap();
    let mut taken = CourierTaken::default();
    now(office.engine.absorb_what_came(&mut taken)).unwrap();
}

/// The frames of those documents that whoever has every key finds in packs.
fn frames_of<'a>(packs: impl Iterator<Item = &'a Pack>, ids: &BTreeSet<DocId>) -> usize {
    packs.flat_map(|pack| pack.rows()).filter(|(row, frame)| frame.is_some() && ids.contains(&row.document)).count()
}

/// The phone wrote about her, and left; nobody but whoever administers is there to take it out of the folder.
#[test]
fn what_a_device_that_left_had_put_there_is_erased_too() {
    let (mut laptop, mut phone) = paired();
    phone.visits(6, PersonId([2; 16]), TODAY, "écrit sur le téléphone");
    let mut folder = Objects::default();
    for _ in 0..2 {
        meets(&mut laptop, &mut folder);
        meets(&mut phone, &mut folder);
    }
    let erased = laptop.engine.open.as_ref().unwrap().views.documents_about(PersonId([2; 16]));
    let before = folder.0.keys().cloned().collect::<Vec<_>>();
    assert!(frames_of(packs_in(&mut laptop, &folder).iter(), &erased) >= 3);
    let lost = other(&mut laptop);
    laptop.does(Request::Sharing(Box::new(SharingRequest::RemoveDevice(lost))));
    laptop.does(Request::ErasePeople(vec![PersonId([2; 16])]));
    meets(&mut laptop, &mut folder);
    assert_eq!(frames_of(packs_in(&mut laptop, &folder).iter(), &erased), 0);
    assert!(before.iter().all(|path| folder.0.contains_key(path)), "nothing is taken away, only what it said");
    let put = folder.0.clone();
    meets(&mut laptop, &mut folder);
    assert_eq!(folder.0, put, "and once");
}

/// Every pack of every scope, as a device finds it.
fn own_packs(office: &mut Office) -> Vec<Pack> {
    let Engine { store, open, .. } = &mut office.engine;
    let sharing = now(open.as_mut().unwrap().sharing(store)).unwrap();
    sharing.scopes().flat_map(|scope| scope.replica.packs()).cloned().collect()
}

/// Every pack that a device with every key, and nothing else, finds in a folder.
fn packs_in(office: &mut Office, folder: &Objects) -> Vec<Pack> {
    let Engine { store, open, .. } = &mut office.engine;
    let sharing = now(open.as_mut().unwrap().sharing(store)).unwrap();
    let mut packs = Vec::new();
    for scope in sharing.scopes() {
        let records = scope.replica.records().cloned().collect();
        let keys = scope.replica.keys().cloned().collect();
        let kept = Kept { records, keys, packs: Vec::new(), unread: Vec::new() };
        let mut finder = Replica::restore(scope.replica.secret().clone(), kept).unwrap();
        for object in folder.0.values() {
            finder.take(object);
        }
        packs.extend(finder.packs().cloned());
    }
    packs
}

#[test]
fn nobody_who_has_every_key_finds_whoever_was_erased() {
    let (mut laptop, mut phone) = paired();
    let mut folder = Objects::default();
    for _ in 0..2 {
        meets(&mut laptop, &mut folder);
        meets(&mut phone, &mut folder);
    }
    let erased = laptop.engine.open.as_ref().unwrap().views.documents_about(PersonId([2; 16]));
    assert!(erased.len() >= 2 && frames_of(packs_in(&mut laptop, &folder).iter(), &erased) >= 2);
    laptop.does(Request::ErasePeople(vec![PersonId([2; 16])]));
    for _ in 0..2 {
        meets(&mut laptop, &mut folder);
        meets(&mut phone, &mut folder);
    }
    for office in [&mut laptop, &mut phone] {
        assert_eq!(frames_of(own_packs(office).iter(), &erased), 0, "on a device");
        assert_eq!(frames_of(packs_in(office, &folder).iter(), &erased), 0, "in the folder");
        let mut again = same(office);
        assert_eq!(frames_of(own_packs(&mut again).iter(), &erased), 0, "on its disk");
    }
}
