//! How far the exchanges are, as a coordinator is told: what waits to go and since when, what came, what two people wrote at
//! once, what was set aside and what becomes of it. No word is lost that somebody wrote.
#![allow(clippy::unwrap_used, reason = "a story says what is wrong by failing")]

use chrono::Days;
use maillon_shared::api::exchanges::{
    ExchangeAnswer, ExchangeMark, ExchangeRequest, Exchanges, RecordTarget, SetAside, SetAsideWhy, Whom,
};
use maillon_shared::api::sharing::{Company, SharingAnswer, SharingRequest};
use maillon_shared::api::{Failure, Request, Response};
use maillon_shared::domain::ids::{ActId, PersonId};
use maillon_tests::harness::Device;

use crate::pair::{
    MAURICE, ODETTE, SIMONE, card, courier, does, is_refused, named, other, pair, paired, phone, share, status, takes,
    today,
};

fn about(asked: ExchangeRequest) -> Request {
    Request::Exchange(Box::new(asked))
}

#[track_caller]
fn exchanges(device: &mut Device) -> Exchanges {
    match device.asks(about(ExchangeRequest::All)) {
        Response::Exchange(answer) => match *answer {
            ExchangeAnswer::All(all) => *all,
            _ => panic!("all of it"),
        },
        _ => panic!("all of it"),
    }
}

#[track_caller]
fn mark(device: &mut Device) -> ExchangeMark {
    match device.asks(about(ExchangeRequest::Mark)) {
        Response::ExchangeMark(mark) => mark,
        _ => panic!("the mark"),
    }
}

#[track_caller]
fn takes_up(device: &mut Device, what: &SetAside) -> (u32, u32) {
    match device.asks(about(ExchangeRequest::TakeUp(what.id))) {
        Response::Exchange(answer) => match *answer {
            ExchangeAnswer::TakenUp { records, unreadable, .. } => (records, unreadable),
            _ => panic!("what was taken up"),
        },
        _ => panic!("what was taken up"),
    }
}

/// A laptop and a phone that have the same and said so.
fn settled() -> (Device, Device) {
    let (mut laptop, mut phone) = paired();
    for _ in 0..2 {
        let (file, _) = courier(&mut phone);
        takes(&mut laptop, &file);
        let (file, _) = courier(&mut laptop);
        takes(&mut phone, &file);
    }
    (laptop, phone)
}

fn renamed(device: &mut Device, id: PersonId, name: &str) {
    let mut person = device.opens(id).person;
    person.family_name = name.into();
    device.saves(&person);
}

fn last_act(device: &mut Device) -> ActId {
    match device.asks(Request::Acts { before: None, limit: 1 }) {
        Response::Acts(acts) => acts[0].act,
        _ => panic!("the acts"),
    }
}

#[test]
fn a_notebook_that_shares_nothing_says_nothing() {
    let mut alone = phone();
    assert_eq!(mark(&mut alone), ExchangeMark::default());
    assert_eq!(exchanges(&mut alone), Exchanges::default());
}

#[test]
fn what_waits_is_said_with_the_day_since_which_it_does() {
    let (mut laptop, mut phone) = settled();
    let said = exchanges(&mut laptop);
    assert_eq!((said.mark.unsent, said.mark.since), (0, None));
    assert_eq!(said.with[0].last.unwrap().day(), today());
    laptop.is_on(today() + Days::new(3));
    renamed(&mut laptop, ODETTE, "Escarvenc-Morel");
    laptop.is_on(today() + Days::new(5));
    renamed(&mut laptop, SIMONE, "Salvoubérac-Morel");
    let with = exchanges(&mut laptop).with;
    assert_eq!(with[0].name, "Le téléphone");
    assert!(matches!(with[0].whom, Whom::Device(_)));
    assert_eq!((with[0].unsent, with[0].since.unwrap().day()), (2, today() + Days::new(3)));
    assert_eq!(mark(&mut laptop).unsent, 2);
    // A file was made, and nobody knows yet whether it arrived.
    let (file, _) = courier(&mut laptop);
    let with = exchanges(&mut laptop).with;
    assert_eq!((with[0].unsent, with[0].since.map(|at| at.day())), (2, Some(today() + Days::new(5))));
    takes(&mut phone, &file);
    let (back, _) = courier(&mut phone);
    takes(&mut laptop, &back);
    assert_eq!((mark(&mut laptop).unsent, mark(&mut laptop).since), (0, None));
    assert_eq!(exchanges(&mut laptop).with[0].last.unwrap().day(), today() + Days::new(5));
}

#[test]
fn what_came_is_shown_until_someone_looked_and_what_one_joined_with_is_no_news() {
    let (mut laptop, mut phone) = settled();
    assert!(exchanges(&mut phone).came.is_empty(), "the notebook that one joins with is no news");
    renamed(&mut phone, ODETTE, "Escarvenc-Morel");
    phone.saves(&named(MAURICE, "Calvoulmenque"));
    let (file, _) = courier(&mut phone);
    takes(&mut laptop, &file);
    let mut laptop = laptop.reopens();
    let came = exchanges(&mut laptop).came;
    assert_eq!((came.len(), came[0].from.as_str(), came[0].company), (1, "Le téléphone", Company::Own));
    let people: Vec<_> = came[0].records.iter().map(|record| (record.to, record.title.as_str())).collect();
    assert_eq!(
        people,
        [(RecordTarget::Person(MAURICE), "Calvoulmenque"), (RecordTarget::Person(ODETTE), "Escarvenc-Morel")]
    );
    assert_eq!(mark(&mut laptop).came, 2);
    laptop.asks(about(ExchangeRequest::Looked));
    let mut laptop = laptop.reopens();
    assert_eq!((exchanges(&mut laptop).came.len(), mark(&mut laptop).came), (0, 0));
}

#[test]
fn what_two_people_wrote_at_once_is_said_until_someone_chose() {
    let (mut laptop, mut phone) = settled();
    renamed(&mut laptop, ODETTE, "Escarvenc-Morel");
    renamed(&mut phone, ODETTE, "Escarvenc-Vidal");
    let (file, _) = courier(&mut phone);
    takes(&mut laptop, &file);
    let mut laptop = laptop.reopens();
    let said = exchanges(&mut laptop);
    assert_eq!((said.mark.two_versions, said.two_versions[0].to), (1, RecordTarget::Person(ODETTE)));
    assert_eq!(laptop.opens(ODETTE).conflicts.len(), 1, "both are there");
    renamed(&mut laptop, ODETTE, "Escarvenc");
    assert_eq!((mark(&mut laptop).two_versions, exchanges(&mut laptop).two_versions.len()), (0, 0));
}

/// The phone is removed while it holds words that nobody has; it brings them all the same.
fn with_words_set_aside() -> (Device, Device) {
    let (mut laptop, mut phone) = settled();
    renamed(&mut phone, ODETTE, "Escarvenc-Morel");
    phone.saves(&named(MAURICE, "Calvoulmenque"));
    let lost = other(&mut laptop);
    does(&mut laptop, SharingRequest::RemoveDevice(lost));
    let (file, _) = courier(&mut phone);
    takes(&mut laptop, &file);
    (laptop, phone)
}

#[test]
fn words_of_a_device_that_was_removed_can_be_taken_up_and_go_to_the_others() {
    let (mut laptop, _phone) = with_words_set_aside();
    let mut laptop = {
        assert!(laptop.tries(Request::Person(MAURICE)).is_err());
        laptop.reopens()
    };
    let apart = exchanges(&mut laptop).set_aside;
    assert_eq!(apart.len(), 1);
    assert_eq!((apart[0].from.as_str(), apart[0].why, apart[0].count), ("Le téléphone", SetAsideWhy::Left, 2));
    assert_eq!(apart[0].records[0].to, RecordTarget::Person(ODETTE), "of what is known here, whom it is about");
    assert!(apart[0].may_take_up && mark(&mut laptop).set_aside == 1);
    assert_eq!(takes_up(&mut laptop, &apart[0]), (2, 0));
    assert_eq!(laptop.opens(MAURICE).person.family_name, "Calvoulmenque");
    assert_eq!(laptop.opens(ODETTE).person.family_name, "Escarvenc-Morel");
    assert!(exchanges(&mut laptop).set_aside.is_empty());
    assert_eq!(status(&mut laptop).set_aside, 0);
    // They are this device's now, and go on from it.
    let mut tablet = Device::with_notebook(71, today());
    pair(&mut laptop, &mut tablet);
    assert_eq!(tablet.opens(MAURICE).person.family_name, "Calvoulmenque");
    let mut laptop = laptop.reopens();
    assert_eq!(laptop.opens(ODETTE).person.family_name, "Escarvenc-Morel");
}

#[test]
fn what_was_taken_up_can_be_undone() {
    let (mut laptop, _phone) = with_words_set_aside();
    let apart = exchanges(&mut laptop).set_aside;
    takes_up(&mut laptop, &apart[0]);
    let act = last_act(&mut laptop);
    laptop.does(Request::Undo(act)).unwrap();
    assert_eq!(laptop.opens(ODETTE).person.family_name, "Escarvenc");
    assert!(laptop.tries(Request::Person(MAURICE)).is_err());
}

#[test]
fn what_is_let_go_is_shown_no_more_and_enters_nothing() {
    let (mut laptop, _phone) = with_words_set_aside();
    let apart = exchanges(&mut laptop).set_aside;
    laptop.asks(about(ExchangeRequest::LetGo(apart[0].id)));
    let mut laptop = laptop.reopens();
    assert_eq!((exchanges(&mut laptop).set_aside.len(), mark(&mut laptop).set_aside), (0, 0));
    assert_eq!(laptop.opens(ODETTE).person.family_name, "Escarvenc");
    // It says nothing of what was never set aside.
    let mut unknown = apart[0].id;
    unknown.0[3] ^= 1;
    assert_eq!(laptop.is_refused(about(ExchangeRequest::TakeUp(unknown))), Failure::NotFound);
}

#[test]
fn whoever_was_erased_does_not_come_back_with_what_was_set_aside() {
    let (mut laptop, _phone) = with_words_set_aside();
    laptop.asks(Request::ErasePeople(vec![ODETTE]));
    let apart = exchanges(&mut laptop).set_aside;
    assert_eq!(takes_up(&mut laptop, &apart[0]), (1, 0));
    assert!(laptop.tries(Request::Person(ODETTE)).is_err());
    assert_eq!(laptop.opens(MAURICE).person.family_name, "Calvoulmenque");
}

#[test]
fn both_halves_of_a_copied_folder_keep_their_words() {
    let (mut laptop, phone) = settled();
    let mut copy = phone.copied();
    copy.unlocks();
    let mut phone = phone;
    renamed(&mut phone, ODETTE, "Escarvenc-Morel");
    copy.saves(&named(MAURICE, "Calvoulmenque"));
    for device in [&mut phone, &mut copy] {
        let (file, _) = courier(device);
        takes(&mut laptop, &file);
    }
    let apart = exchanges(&mut laptop).set_aside;
    assert_eq!((apart.len(), apart[0].why), (1, SetAsideWhy::Copied), "one of the two came first, and holds");
    takes_up(&mut laptop, &apart[0]);
    assert_eq!(laptop.opens(ODETTE).person.family_name, "Escarvenc-Morel");
    assert_eq!(laptop.opens(MAURICE).person.family_name, "Calvoulmenque");
}

#[test]
fn a_copied_device_becomes_another_and_tells_again_what_may_hold_nowhere() {
    let (mut laptop, mut phone) = settled();
    let mut copy = phone.copied();
    copy.unlocks();
    renamed(&mut phone, ODETTE, "Escarvenc-Morel");
    copy.saves(&named(MAURICE, "Calvoulmenque"));
    for device in [&mut phone, &mut copy] {
        let (file, _) = courier(device);
        takes(&mut laptop, &file);
    }
    assert_eq!(
        is_refused(&mut laptop, SharingRequest::BecomeAnother("Un autre".into())),
        Failure::NotFound,
        "nobody goes by the laptop's name"
    );
    // Each of the two hears of the other from the laptop, and says so.
    for device in [&mut phone, &mut copy] {
        let (file, _) = courier(device);
        takes(&mut laptop, &file);
        let (file, _) = courier(&mut laptop);
        takes(device, &file);
        assert!(status(device).copied);
    }
    let copied_card = card(&mut copy);
    does(&mut copy, SharingRequest::BecomeAnother("La copie".into()));
    let told = status(&mut copy);
    assert_eq!((told.copied, told.is_member, told.this.unwrap().name.as_str()), (false, false, "La copie"));
    let new_card = card(&mut copy);
    assert_ne!(new_card, copied_card);
    // Let in under its new name, its words are everybody's, whatever became of those of the old one.
    does(&mut laptop, SharingRequest::AddDevice { card: new_card, words: None });
    let new = status(&mut laptop).others.into_iter().find(|other| other.name == "La copie").unwrap().id;
    let SharingAnswer::Courier(made) = share(&mut laptop, SharingRequest::MakeCourier(new)) else { panic!("a file") };
    takes(&mut copy, &made.file.bytes);
    assert!(status(&mut copy).is_member);
    let laptop_id = status(&mut copy).others.into_iter().find(|other| other.administers).unwrap().id;
    let SharingAnswer::Courier(made) = share(&mut copy, SharingRequest::MakeCourier(laptop_id)) else {
        panic!("a file")
    };
    takes(&mut laptop, &made.file.bytes);
    assert_eq!(laptop.opens(MAURICE).person.family_name, "Calvoulmenque");
}
