//! Two neighbouring coordinators: what one copies to the other with someone's consent, and nothing else; what is said of it
//! comes back; it ends when it is ended, when she withdraws her consent, when she is erased.
#![allow(clippy::unwrap_used, reason = "a story says what is wrong by failing")]

use chrono::{Days, NaiveDate};
use maillon_engine::lines::{Event, Purpose};
use maillon_shared::api::errors::{Invalid, NotShared};
use maillon_shared::api::neighbours::{
    CopiesFile, NeighbourAnswer, NeighbourFile, NeighbourRequest, Neighbours, ReceivedFile,
};
use maillon_shared::api::sharing::{
    CardRead, Company, CourierOpened, CourierTaken, DeviceKey, PairingFailure, PairingStage, SharingAnswer,
    SharingRequest,
};
use maillon_shared::api::{Failure, Request, Response, encode};
use maillon_shared::domain::consent::{ConsentEntry, Objection, Purpose as For, Recipient, Said, Sharing, Told, Why};
use maillon_shared::domain::encounter::Encounter;
use maillon_shared::domain::ids::{ConsentId, CopyId, EncounterId, LineId, NeighbourId, PersonId};
use maillon_shared::domain::liaison::{Piece, Told as Piecewise};
use maillon_shared::domain::person::Person;
use maillon_shared::domain::person_copy::{CopyChoice, PersonCopy};
use maillon_shared::domain::settings::SettingsField;
use maillon_tests::harness::{Device, Wire, just};

use crate::pair::{MAURICE, ODETTE, SIMONE, does, is_refused, named, pair, share, status, today};

const NADINE: &str = "Nadine Trescarvoul";
const CLAIRE: &str = "Claire Montrouvenc";
const COPY: CopyId = CopyId([7; 16]);

fn coordinator(seed: u64, name: &str) -> Device {
    let mut device = Device::new(seed, today());
    let coordinator = SettingsField::from_code("coordinator").unwrap();
    device.creates_notebook(vec![(coordinator, name.to_owned())]);
    device
}

/// Nadine's notebook, with Odette and what is told of her to nobody, and someone else.
fn nadine() -> Device {
    let mut device = coordinator(41, NADINE);
    let mut odette = Person::empty(ODETTE);
    odette.family_name = "Escarvenc".into();
    odette.given_name = "Odette".into();
    odette.approach = "frapper fort, elle entend mal".into();
    odette.address.hamlet = "La Roussière".into();
    odette.notes = "secret de famille".into();
    device.saves(&odette);
    device.saves(&named(SIMONE, "Salvoubérac"));
    let mut encounter = Encounter::empty(EncounterId([3; 16]), Some(ODETTE), today());
    encounter.notes = "confidence du jardin".into();
    let mut new = just(encounter);
    new.unshared_note = "réserve absolue".into();
    device.does(Request::RecordEncounter(Box::new(new))).unwrap();
    device
}

fn claire() -> Device {
    let mut device = coordinator(42, CLAIRE);
    device.saves(&named(MAURICE, "Calvoulmenque"));
    device
}

// ── What is asked of a device ───────────────────────────────────────────────────────────────────────────────────────────

fn about(asked: NeighbourRequest) -> Request {
    Request::Neighbour(Box::new(asked))
}

#[track_caller]
fn asks(device: &mut Device, asked: NeighbourRequest) -> NeighbourAnswer {
    match device.asks(about(asked)) {
        Response::Neighbour(answer) => *answer,
        _ => panic!("something about neighbours was asked"),
    }
}

#[track_caller]
fn neighbours(device: &mut Device) -> Neighbours {
    match asks(device, NeighbourRequest::All) {
        NeighbourAnswer::All(all) => *all,
        _ => panic!("all of them"),
    }
}

#[track_caller]
fn only(device: &mut Device) -> NeighbourFile {
    let all = neighbours(device).all;
    assert_eq!(all.len(), 1, "one neighbour");
    match asks(device, NeighbourRequest::One(all[0].id)) {
        NeighbourAnswer::One(file) => *file,
        _ => panic!("one of them"),
    }
}

#[track_caller]
fn copies(device: &mut Device, person: PersonId) -> CopiesFile {
    match asks(device, NeighbourRequest::Copies(person)) {
        NeighbourAnswer::Copies(file) => *file,
        _ => panic!("what is copied"),
    }
}

#[track_caller]
fn received(device: &mut Device, id: CopyId) -> ReceivedFile {
    match asks(device, NeighbourRequest::Received(id)) {
        NeighbourAnswer::Received(file) => *file,
        _ => panic!("what was received"),
    }
}

#[track_caller]
fn preview(device: &mut Device, choice: CopyChoice) -> Result<PersonCopy, Why> {
    match asks(device, NeighbourRequest::Preview(choice)) {
        NeighbourAnswer::Preview(leaves) => leaves,
        _ => panic!("what would leave"),
    }
}

#[track_caller]
fn card(device: &mut Device, company: Company) -> Vec<u8> {
    match device.asks(Request::Sharing(Box::new(SharingRequest::Card(company)))) {
        Response::File(file) => file.bytes,
        _ => panic!("a card"),
    }
}

#[track_caller]
fn reads(device: &mut Device, card: &[u8]) -> CardRead {
    match share(device, SharingRequest::ReadCard(card.to_vec())) {
        SharingAnswer::Card(read) => read,
        _ => panic!("a card"),
    }
}

/// The file for the only neighbour's only device.
#[track_caller]
fn file_for(device: &mut Device) -> Vec<u8> {
    let to = only(device).row.devices[0].id;
    made_for(device, to)
}

#[track_caller]
fn made_for(device: &mut Device, to: DeviceKey) -> Vec<u8> {
    match share(device, SharingRequest::MakeCourier(to)) {
        SharingAnswer::Courier(made) => made.file.bytes,
        _ => panic!("a file"),
    }
}

#[track_caller]
fn opens(device: &mut Device, file: &[u8], checked: Option<(DeviceKey, Company)>) -> CourierOpened {
    match share(device, SharingRequest::OpenCourier { file: file.to_vec(), checked }) {
        SharingAnswer::Opened(opened) => opened,
        _ => panic!("what came of a file"),
    }
}

#[track_caller]
fn takes(device: &mut Device, file: &[u8]) -> CourierTaken {
    match opens(device, file, None) {
        CourierOpened::Taken(taken) => taken,
        CourierOpened::Proposes(_) => panic!("the sender is known"),
    }
}

/// A file each way.
fn meet(one: &mut Device, other: &mut Device) {
    let file = file_for(one);
    takes(other, &file);
    let back = file_for(other);
    takes(one, &back);
}

/// Claire's card is added, and her device takes what is proposed once the words were compared.
#[track_caller]
fn befriend(nadine: &mut Device, claire: &mut Device) -> NeighbourId {
    let card = card(claire, Company::Neighbour);
    let read = reads(nadine, &card);
    assert_eq!((read.name.as_str(), read.company, read.is_member), (CLAIRE, Company::Neighbour, false));
    nadine.asks(about(NeighbourRequest::Add { card, words: None }));
    let file = made_for(nadine, read.id);
    let CourierOpened::Proposes(sender) = opens(claire, &file, None) else { panic!("not known yet") };
    assert_eq!((sender.name.as_str(), sender.company), (NADINE, Company::Neighbour));
    let taken = opens(claire, &file, Some((sender.id, Company::Neighbour)));
    assert!(matches!(taken, CourierOpened::Taken(_)), "the words were compared");
    neighbours(nadine).all[0].id
}

fn both() -> (Device, Device, NeighbourId) {
    let (mut nadine, mut claire) = (nadine(), claire());
    let id = befriend(&mut nadine, &mut claire);
    (nadine, claire, id)
}

// ── What Odette says ────────────────────────────────────────────────────────────────────────────────────────────────────

fn told(on: NaiveDate) -> Told {
    Told { on, how: "orally".into() }
}

fn agrees(device: &mut Device) -> ConsentId {
    let what = "où j’habite, comment m’aborder".into();
    let said = Sharing { recipient: Recipient::named(CLAIRE), purpose: For::Sharing, what, until: None };
    says(device, 11, Said::Shares(said))
}

fn says(device: &mut Device, id: u8, said: Said) -> ConsentId {
    let id = ConsentId([id; 16]);
    let entry = ConsentEntry { id, person: ODETTE, said, given: told(today()), withdrawn: None, note: String::new() };
    device.does(Request::GiveEntry { entry: Box::new(entry), draft: None }).unwrap();
    id
}

fn choice(neighbour: NeighbourId, pieces: impl IntoIterator<Item = Piece>) -> CopyChoice {
    CopyChoice {
        person: ODETTE,
        neighbour,
        pieces: pieces.into_iter().collect(),
        message: "Je suis absente en juillet.".into(),
        until: Some(today() + Days::new(30)),
    }
}

fn copy(choice: CopyChoice) -> Request {
    about(NeighbourRequest::Copy { id: COPY, choice, draft: None })
}

/// Odette agreed, and where she lives and how to approach her was copied and has arrived.
fn copied() -> (Device, Device, NeighbourId) {
    let (mut nadine, mut claire, id) = both();
    agrees(&mut nadine);
    nadine.does(copy(choice(id, [Piece::Address, Piece::Approach]))).unwrap();
    meet(&mut nadine, &mut claire);
    (nadine, claire, id)
}

fn everyone(device: &mut Device) -> Vec<String> {
    match device.asks(Request::People) {
        Response::People(rows) => rows.into_iter().map(|row| row.name).collect(),
        _ => panic!("everyone"),
    }
}

// ── The stories ─────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn being_neighbours_shares_nothing() {
    let (mut nadine, mut claire, _) = both();
    meet(&mut nadine, &mut claire);
    for (device, other) in [(&mut nadine, CLAIRE), (&mut claire, NADINE)] {
        let file = only(device);
        assert_eq!(file.row.name, other);
        assert!(file.given.is_empty() && file.received.is_empty() && file.row.is_member);
        assert_eq!((file.row.untold, file.row.devices[0].unsent), (0, 0));
        let own = status(device);
        assert!(own.others.is_empty() && !own.shares, "a neighbour's device is none of one's own: {own:?}");
    }
    assert_eq!(everyone(&mut claire), ["Calvoulmenque"]);
    assert_eq!(everyone(&mut nadine), ["Odette Escarvenc", "Salvoubérac"]);
}

#[test]
fn what_was_chosen_arrives_and_not_a_word_more() {
    let (mut nadine, mut claire, id) = copied();
    let file = received(&mut claire, COPY);
    assert_eq!((file.from.as_str(), file.copy.name.as_str()), (NADINE, "Odette Escarvenc"));
    assert_eq!(
        file.copy.told,
        [Piecewise::Address("La Roussière".into()), Piecewise::Approach("frapper fort, elle entend mal".into())]
    );
    assert_eq!((file.copy.message.as_str(), file.is_over), ("Je suis absente en juillet.", false));
    // Both sides see what is shared, since when, until when, with whom.
    let given = only(&mut nadine).given;
    assert_eq!((given[0].name.as_str(), given[0].copy.to.as_str()), ("Odette Escarvenc", CLAIRE));
    assert_eq!((given[0].copy.since, given[0].copy.until), (file.copy.since, file.copy.until));
    assert_eq!(nadine.opens(ODETTE).copied.len(), 1);
    // Nothing else went: nobody is in Claire's list, and no word that was not chosen rests on her device.
    assert_eq!(everyone(&mut claire), ["Calvoulmenque"]);
    let all = [encode(&claire.asks(about(NeighbourRequest::One(id)))), encode(&claire.asks(Request::Today))].concat();
    for word in ["secret de famille", "confidence", "réserve", "Salvoubérac"] {
        assert!(!all.windows(word.len()).any(|part| part == word.as_bytes()), "{word}");
        assert!(claire.finds(word).is_empty(), "{word}");
    }
    assert!(claire.tries(Request::Person(ODETTE)).is_err());
}

#[test]
fn nothing_is_copied_without_her_consent_to_that_neighbour_for_that() {
    let (mut nadine, mut claire, id) = both();
    let wanted = choice(id, [Piece::Address]);
    assert_eq!(preview(&mut nadine, wanted.clone()), Err(Why::NeverGiven));
    assert_eq!(nadine.is_refused(copy(wanted.clone())), Failure::NotPermitted(Why::NeverGiven));
    // To someone else, or for a liaison sheet, is not to her.
    let to = |name: &str, purpose| {
        let what = "l’adresse".into();
        Said::Shares(Sharing { recipient: Recipient::named(name), purpose, what, until: None })
    };
    says(&mut nadine, 12, to("Une autre", For::Sharing));
    says(&mut nadine, 13, to(CLAIRE, For::LiaisonSheet));
    assert_eq!(nadine.is_refused(copy(wanted.clone())), Failure::NotPermitted(Why::NeverGiven));
    agrees(&mut nadine);
    assert!(preview(&mut nadine, wanted.clone()).is_ok());
    let unsaid = CopyChoice { message: " ".into(), ..wanted.clone() };
    assert_eq!(nadine.is_refused(copy(unsaid)), Failure::Invalid(Invalid::NoReason));
    let past = CopyChoice { until: Some(today() - Days::new(1)), ..wanted.clone() };
    assert_eq!(nadine.is_refused(copy(past)), Failure::Invalid(Invalid::Day));
    // An objection goes before it.
    says(&mut nadine, 14, Said::Objects(Objection::default()));
    assert!(matches!(nadine.is_refused(copy(wanted)), Failure::NotPermitted(Why::Objects(_))));
    meet(&mut nadine, &mut claire);
    assert!(only(&mut claire).received.is_empty());
}

#[test]
fn what_is_written_since_follows_only_when_it_is_copied_again() {
    let (mut nadine, mut claire, id) = copied();
    let mut odette = nadine.opens(ODETTE).person;
    odette.address.hamlet = "Le Pontet".into();
    nadine.saves(&odette);
    meet(&mut nadine, &mut claire);
    assert_eq!(received(&mut claire, COPY).copy.told[0], Piecewise::Address("La Roussière".into()));
    nadine.is_on(today() + Days::new(2));
    nadine.does(copy(choice(id, [Piece::Address]))).unwrap();
    meet(&mut nadine, &mut claire);
    let copy = received(&mut claire, COPY).copy;
    assert_eq!(copy.told, [Piecewise::Address("Le Pontet".into())], "what is told no longer is shown no longer");
    assert_eq!((copy.since, copy.on), (today(), today() + Days::new(2)));
    // She is copied once to a neighbour.
    let again = NeighbourRequest::Copy { id: CopyId([8; 16]), choice: choice(id, []), draft: None };
    assert_eq!(nadine.is_refused(about(again)), Failure::WrittenSince);
}

#[test]
fn what_the_neighbour_says_comes_back_beside_the_copy_and_stays_when_it_ends() {
    let (mut nadine, mut claire, _) = copied();
    let remark = |id: u8, words: &str| {
        about(NeighbourRequest::Remark { copy: COPY, id: LineId([id; 16]), words: words.into(), draft: None })
    };
    claire.does(remark(21, "Passée mardi, tout va bien.")).unwrap();
    nadine.does(remark(22, "Merci !")).unwrap();
    meet(&mut claire, &mut nadine);
    for device in [&mut nadine, &mut claire] {
        let said = match device.tries(about(NeighbourRequest::Received(COPY))) {
            Ok(Response::Neighbour(answer)) => match *answer {
                NeighbourAnswer::Received(file) => file.copy.remarks,
                _ => panic!("what was received"),
            },
            _ => copies(device, ODETTE).given[0].copy.remarks.clone(),
        };
        let mut said: Vec<_> = said.into_iter().map(|remark| (remark.by, remark.words)).collect();
        said.sort();
        assert_eq!(
            said,
            [(CLAIRE.to_owned(), "Passée mardi, tout va bien.".to_owned()), (NADINE.to_owned(), "Merci !".to_owned())]
        );
    }
    assert_eq!(nadine.opens(ODETTE).person.notes, "secret de famille", "never into the sheet");
    nadine.asks(about(NeighbourRequest::End(COPY)));
    let mut nadine = nadine.reopens();
    let kept = copies(&mut nadine, ODETTE).given;
    assert_eq!((kept[0].copy.ended, kept[0].copy.remarks.len()), (Some(today()), 2));
    assert_eq!(claire.is_refused(remark(23, "  ")), Failure::Invalid(Invalid::Empty));
}

#[test]
fn a_copy_that_ends_is_erased_there_and_says_so() {
    let (mut nadine, mut claire, _) = copied();
    nadine.is_on(today() + Days::new(3));
    nadine.asks(about(NeighbourRequest::End(COPY)));
    assert!(only(&mut nadine).given.is_empty() && nadine.opens(ODETTE).copied.is_empty());
    let file = file_for(&mut nadine);
    let taken = takes(&mut claire, &file);
    assert_eq!(taken.erased, 1);
    let there = only(&mut claire);
    assert!(there.received.is_empty());
    assert_eq!(there.ended, [today() + Days::new(3)], "it is said, and names nobody");
    assert_eq!(claire.is_refused(about(NeighbourRequest::Received(COPY))), Failure::NotFound);
    assert!(claire.reopens().tries(about(NeighbourRequest::Received(COPY))).is_err());
    // It cannot be taken back, and cannot end twice.
    assert_eq!(nadine.is_refused(about(NeighbourRequest::End(COPY))), Failure::NotFound);
    let Response::Acts(acts) = nadine.asks(Request::Acts { before: None, limit: 10 }) else { panic!("the acts") };
    let ended = acts.iter().find(|act| act.what == "end_copy").unwrap();
    assert_eq!(nadine.is_refused(Request::Undo(ended.act)), Failure::Gone);
}

#[test]
fn what_ended_before_anyone_met_never_left() {
    let (mut nadine, mut claire, id) = both();
    agrees(&mut nadine);
    nadine.does(copy(choice(id, [Piece::Address]))).unwrap();
    nadine.asks(about(NeighbourRequest::End(COPY)));
    let file = file_for(&mut nadine);
    assert_eq!(takes(&mut claire, &file).erased, 0);
    assert!(only(&mut claire).received.is_empty());
}

#[test]
fn her_word_ends_it_whatever_the_screens_say() {
    for ends in ["withdrawn", "objects", "erased"] {
        let (mut nadine, mut claire, _) = copied();
        match ends {
            "withdrawn" => {
                let id = ConsentId([11; 16]);
                nadine.does(Request::WithdrawEntry { id, withdrawn: told(today()) }).unwrap();
            }
            "objects" => drop(says(&mut nadine, 12, Said::Objects(Objection::default()))),
            _ => drop(nadine.asks(Request::ErasePeople(vec![ODETTE]))),
        }
        assert!(only(&mut nadine).given.is_empty(), "{ends}");
        let file = file_for(&mut nadine);
        takes(&mut claire, &file);
        let there = only(&mut claire);
        assert!(there.received.is_empty(), "{ends}");
        assert_eq!(there.ended, [today()], "{ends}");
    }
}

#[test]
fn after_its_last_day_it_is_not_read_any_more_and_is_to_be_ended() {
    let (mut nadine, mut claire, _) = copied();
    let after = today() + Days::new(31);
    for device in [&nadine, &claire] {
        device.is_on(after);
    }
    let file = received(&mut claire, COPY);
    assert!(file.is_over && file.copy.name.is_empty() && file.copy.told.is_empty() && file.copy.message.is_empty());
    assert!(only(&mut claire).received[0].name.is_empty());
    let late = NeighbourRequest::Remark { copy: COPY, id: LineId([9; 16]), words: "trop tard".into(), draft: None };
    assert_eq!(claire.is_refused(about(late)), Failure::NotFound);
    assert_eq!(neighbours(&mut nadine).all[0].to_end, 1);
    assert!(only(&mut nadine).given[0].copy.is_to_end(after));
}

// ── The two companies are never mixed ───────────────────────────────────────────────────────────────────────────────────

#[test]
fn nobody_who_means_a_neighbour_gives_the_notebook() {
    let (mut nadine, mut claire) = (nadine(), claire());
    let neighbourly = card(&mut claire, Company::Neighbour);
    let refused = is_refused(&mut nadine, SharingRequest::AddDevice { card: neighbourly, words: None });
    assert_eq!(refused, Failure::NotShared(NotShared::OtherCompany));
    does(&mut claire, SharingRequest::NameDevice("Le portable de Claire".into()));
    let own = card(&mut claire, Company::Own);
    let refused = nadine.is_refused(about(NeighbourRequest::Add { card: own.clone(), words: None }));
    assert_eq!(refused, Failure::NotShared(NotShared::OtherCompany));
    // A file that would give a whole notebook is not taken by whoever thinks of a neighbour.
    does(&mut nadine, SharingRequest::NameDevice("Le portable de Nadine".into()));
    let claires = reads(&mut nadine, &own).id;
    does(&mut nadine, SharingRequest::AddDevice { card: own, words: None });
    let file = made_for(&mut nadine, claires);
    let CourierOpened::Proposes(sender) = opens(&mut claire, &file, None) else { panic!("not known yet") };
    assert_eq!(sender.company, Company::Own);
    let still = opens(&mut claire, &file, Some((sender.id, Company::Neighbour)));
    assert!(matches!(still, CourierOpened::Proposes(_)), "nothing is taken");
    assert_eq!(everyone(&mut claire), ["Calvoulmenque"]);
}

#[test]
fn a_pairing_in_which_each_thinks_of_another_company_ends_before_any_word() {
    for (inviting, joining) in [(Company::Own, Company::Neighbour), (Company::Neighbour, Company::Own)] {
        let (mut nadine, mut claire) = (nadine(), claire());
        for device in [&mut nadine, &mut claire] {
            does(device, SharingRequest::NameDevice("Un portable".into()));
        }
        let wire = calls(&mut nadine, inviting, &mut claire, joining);
        drop(wire);
        let why = PairingFailure::NotShared(NotShared::OtherCompany);
        assert_eq!(stage(&mut nadine), PairingStage::Failed(why));
        assert!(!matches!(stage(&mut claire), PairingStage::Comparing { .. }), "no words are shown");
        assert!(neighbours(&mut nadine).all.is_empty() && status(&mut nadine).others.is_empty());
    }
}

/// Claire's device calls Nadine's, which invites.
fn calls(nadine: &mut Device, inviting: Company, claire: &mut Device, joining: Company) -> Wire {
    share(nadine, SharingRequest::Invite { company: inviting, words: None });
    nadine.line(Event::Listening(vec!["192.168.1.20:41000".into()]));
    let PairingStage::Waiting { code: Some(code), .. } = stage(nadine) else { panic!("a code") };
    share(claire, SharingRequest::Join { company: joining, code: Some(code) });
    let mut wire = Wire::open(Purpose::Pairing, claire, nadine);
    wire.speak(claire, nadine);
    wire
}

#[track_caller]
fn stage(device: &mut Device) -> PairingStage {
    match share(device, SharingRequest::Pairing) {
        SharingAnswer::Pairing(Some(status)) => status.stage,
        _ => panic!("how far a pairing is"),
    }
}

#[test]
fn neighbours_pair_by_four_words_and_exchange_by_themselves() {
    let (mut nadine, mut claire) = (nadine(), claire());
    let mut wire = calls(&mut nadine, Company::Neighbour, &mut claire, Company::Neighbour);
    let PairingStage::Comparing { name, words, .. } = stage(&mut claire) else { panic!("both compare") };
    assert_eq!((name.as_str(), words.len()), (NADINE, 4));
    for device in [&mut nadine, &mut claire] {
        share(device, SharingRequest::Compared { same: true });
    }
    wire.speak(&mut claire, &mut nadine);
    wire.close(&mut claire, &mut nadine);
    assert_eq!(stage(&mut nadine), PairingStage::Joined { name: CLAIRE.into() });
    let id = only(&mut nadine).row.id;
    agrees(&mut nadine);
    nadine.does(copy(choice(id, [Piece::Approach]))).unwrap();
    assert!(Wire::exchange(&mut claire, &mut nadine).is_well());
    assert_eq!(received(&mut claire, COPY).copy.name, "Odette Escarvenc");
    assert_eq!(everyone(&mut claire), ["Calvoulmenque"], "own scopes are not spoken of");
    nadine.asks(about(NeighbourRequest::End(COPY)));
    assert!(Wire::exchange(&mut nadine, &mut claire).is_well());
    assert!(only(&mut claire).received.is_empty());
}

#[test]
fn a_coordinator_without_a_name_in_the_settings_is_nobodys_neighbour() {
    let (mut nadine, mut nobody) = (nadine(), Device::with_notebook(43, today()));
    let refused = is_refused(&mut nobody, SharingRequest::Card(Company::Neighbour));
    assert_eq!(refused, Failure::NotShared(NotShared::NoCoordinator));
    // Nor is one who is called the same: nobody could tell the two apart.
    let mut namesake = coordinator(44, NADINE);
    let card = card(&mut namesake, Company::Neighbour);
    let refused = nadine.is_refused(about(NeighbourRequest::Add { card, words: None }));
    assert_eq!(refused, Failure::NotShared(NotShared::Who));
}

// ── With several devices ────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn ones_other_devices_read_what_neighbours_give_and_may_end_what_was_given() {
    let mut nadine = nadine();
    let mut phone = Device::with_notebook(45, today());
    pair(&mut nadine, &mut phone);
    let mut claire = claire();
    let id = befriend(&mut nadine, &mut claire);
    agrees(&mut nadine);
    nadine.does(copy(choice(id, [Piece::Address]))).unwrap();
    meet(&mut nadine, &mut claire);
    // The phone takes it on with the next file, without a question: it comes from one's own.
    let to = status(&mut nadine).others[0].id;
    let file = made_for(&mut nadine, to);
    takes(&mut phone, &file);
    let row = only(&mut phone).row;
    assert_eq!((row.name.as_str(), row.given, row.received), (CLAIRE, 1, 0));
    let there = neighbours(&mut claire).all[0].clone();
    assert_eq!((there.name.as_str(), there.devices.len()), (NADINE, 2), "both are Nadine's");
    phone.asks(about(NeighbourRequest::End(COPY)));
    let file = file_for(&mut phone);
    takes(&mut claire, &file);
    assert!(only(&mut claire).received.is_empty());
    assert_eq!(everyone(&mut claire), ["Calvoulmenque"]);
}

#[test]
fn a_device_added_afterwards_is_of_what_is_shared_with_neighbours_too() {
    let (mut nadine, mut claire, _) = copied();
    let mut phone = Device::with_notebook(46, today());
    pair(&mut nadine, &mut phone);
    let row = only(&mut phone).row;
    assert_eq!((row.name.as_str(), row.given, row.is_member), (CLAIRE, 1, true));
    // Claire's side, which does not administer it, has her new device read nothing of it: the screens say so.
    let mut tablet = Device::with_notebook(47, today());
    does(&mut claire, SharingRequest::NameDevice("Le portable de Claire".into()));
    pair(&mut claire, &mut tablet);
    assert!(neighbours(&mut tablet).all.is_empty());
}

#[test]
fn two_who_add_each_other_at_once_end_up_with_one_and_the_same() {
    let (mut nadine, mut claire) = (nadine(), claire());
    let cards = [card(&mut nadine, Company::Neighbour), card(&mut claire, Company::Neighbour)];
    let ids = [reads(&mut claire, &cards[0]).id, reads(&mut nadine, &cards[1]).id];
    nadine.asks(about(NeighbourRequest::Add { card: cards[1].clone(), words: None }));
    claire.asks(about(NeighbourRequest::Add { card: cards[0].clone(), words: None }));
    let files = [made_for(&mut nadine, ids[1]), made_for(&mut claire, ids[0])];
    let at_claires = share_or(&mut claire, &files[0], ids[0]);
    let at_nadines = share_or(&mut nadine, &files[1], ids[1]);
    assert_ne!(at_claires.is_ok(), at_nadines.is_ok(), "one of the two counts, on both sides");
    let [one, other] = [only(&mut nadine).row.id, only(&mut claire).row.id];
    assert_eq!(one, other);
    agrees(&mut nadine);
    nadine.does(copy(choice(one, [Piece::Address]))).unwrap();
    meet(&mut nadine, &mut claire);
    assert_eq!(only(&mut claire).received.len(), 1);
}

fn share_or(device: &mut Device, file: &[u8], from: DeviceKey) -> Result<(), Failure> {
    let checked = Some((from, Company::Neighbour));
    let asked = SharingRequest::OpenCourier { file: file.to_vec(), checked };
    device.tries(Request::Sharing(Box::new(asked))).map(|_| ())
}

// ── What was found by trying to break it ────────────────────────────────────────────────────────────────────────────────

#[test]
fn nobody_reads_it_for_longer_than_she_agreed_to() {
    let (mut nadine, mut claire, id) = both();
    let what = "où j’habite".into();
    let until = Some(today() + Days::new(10));
    let said = Sharing { recipient: Recipient::named(CLAIRE), purpose: For::Sharing, what, until };
    says(&mut nadine, 11, Said::Shares(said));
    let wanted = choice(id, [Piece::Address]);
    assert_eq!(preview(&mut nadine, wanted.clone()).unwrap().until, until, "the day that was typed is later");
    nadine.does(copy(CopyChoice { until: None, ..wanted })).unwrap();
    meet(&mut nadine, &mut claire);
    claire.is_on(today() + Days::new(11));
    assert!(received(&mut claire, COPY).is_over);
}

#[test]
fn her_word_ends_it_from_a_device_that_knows_of_no_neighbour() {
    let mut nadine = nadine();
    let mut phone = Device::with_notebook(61, today());
    pair(&mut nadine, &mut phone);
    let mut claire = claire();
    let id = befriend(&mut nadine, &mut claire);
    agrees(&mut nadine);
    let to_phone = |laptop: &mut Device| {
        let to = status(laptop).others[0].id;
        made_for(laptop, to)
    };
    // The phone has her consent from a file of before anything was copied: it knows of no copy.
    let file = to_phone(&mut nadine);
    takes(&mut phone, &file);
    nadine.does(copy(choice(id, [Piece::Address]))).unwrap();
    meet(&mut nadine, &mut claire);
    phone.does(Request::WithdrawEntry { id: ConsentId([11; 16]), withdrawn: told(today()) }).unwrap();
    let to = status(&mut phone).others[0].id;
    let file = made_for(&mut phone, to);
    takes(&mut nadine, &file);
    assert!(only(&mut nadine).given.is_empty(), "the laptop heard of it");
    let file = file_for(&mut nadine);
    takes(&mut claire, &file);
    assert!(only(&mut claire).received.is_empty());
}

#[test]
fn two_devices_that_copied_apart_end_each_and_erase_her_all_the_same() {
    let mut nadine = nadine();
    let mut phone = Device::with_notebook(62, today());
    let mut claire = claire();
    let id = befriend(&mut nadine, &mut claire);
    agrees(&mut nadine);
    pair(&mut nadine, &mut phone);
    nadine.does(copy(choice(id, [Piece::Address]))).unwrap();
    let other = NeighbourRequest::Copy { id: CopyId([8; 16]), choice: choice(id, [Piece::Approach]), draft: None };
    phone.does(about(other)).unwrap();
    let to = status(&mut phone).others[0].id;
    let file = made_for(&mut phone, to);
    takes(&mut nadine, &file);
    assert_eq!(only(&mut nadine).given.len(), 2);
    // One is refreshed where both are known, and ends wherever it is written.
    nadine.asks(about(NeighbourRequest::End(CopyId([8; 16]))));
    assert_eq!(only(&mut nadine).given.len(), 1);
    assert!(copies(&mut nadine, ODETTE).given.iter().any(|row| row.copy.id.0 == [8; 16] && !row.copy.stands()));
    nadine.asks(Request::ErasePeople(vec![ODETTE]));
    assert!(nadine.tries(Request::Person(ODETTE)).is_err());
    let file = file_for(&mut nadine);
    takes(&mut claire, &file);
    assert!(only(&mut claire).received.is_empty());
}

#[test]
fn a_restored_notebook_ends_nothing_that_nobody_would_hear_of_and_goes_on_with_the_words() {
    let mut nadine = Device::new(63, today());
    let coordinator = SettingsField::from_code("coordinator").unwrap();
    let words = nadine.creates_notebook(vec![(coordinator, NADINE.to_owned())]);
    nadine.saves(&named(ODETTE, "Escarvenc"));
    let mut claire = claire();
    let id = befriend(&mut nadine, &mut claire);
    agrees(&mut nadine);
    nadine.does(copy(choice(id, [Piece::Address]))).unwrap();
    meet(&mut nadine, &mut claire);
    let Response::File(backup) = nadine.asks(Request::Backup) else { panic!("a backup") };
    drop(nadine);
    let mut restored = Device::new(64, today());
    restored.asks(Request::Restore(backup.bytes));
    restored.unlocks();
    does(&mut restored, SharingRequest::NameDevice("Le nouveau portable".into()));
    let refused = restored.is_refused(about(NeighbourRequest::End(COPY)));
    assert_eq!(refused, Failure::NotShared(NotShared::OnAnotherDevice));
    assert_eq!(only(&mut restored).given.len(), 1, "it is said to stand, for it does");
    does(&mut restored, SharingRequest::TakeOver { words });
    assert!(only(&mut restored).row.is_member);
    restored.asks(about(NeighbourRequest::End(COPY)));
    let file = file_for(&mut restored);
    takes(&mut claire, &file);
    let there = only(&mut claire);
    assert_eq!((there.row.name.as_str(), there.received.len()), (NADINE, 0));
}

#[test]
fn a_neighbours_own_card_gives_them_nothing() {
    let (mut nadine, mut claire, _) = both();
    let own = card(&mut claire, Company::Own);
    let refused = is_refused(&mut nadine, SharingRequest::AddDevice { card: own, words: None });
    assert_eq!(refused, Failure::NotShared(NotShared::OtherCompany));
    assert!(status(&mut nadine).others.is_empty());
}
