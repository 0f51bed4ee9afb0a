//! Two devices that speak to each other at once: they make sure of each other with four words, say what they have, and lose
//! nothing when the line is cut. Strangers learn nothing.
#![allow(clippy::unwrap_used, reason = "a story says what is wrong by failing")]

use crate::pair::{
    MAURICE, ODETTE, SIMONE, does, is_refused, laptop, named, paired, phone, share, shows, status, today,
};
use maillon_engine::lines::{EndpointKey, Event, Over, Purpose};
use maillon_engine::sharing::invitation::Invitation;
use maillon_engine::sharing::line::Message;
use maillon_shared::api::errors::NotShared;
use maillon_shared::api::sharing::{
    Company, EndpointId, PairingFailure, PairingStage, PairingStatus, SharingAnswer, SharingRequest,
};
use maillon_shared::api::{Failure, Notice, Request};
use maillon_tests::harness::{Carried, Cut, Device, Wire, endpoint};

#[track_caller]
fn pairing(device: &mut Device, asked: SharingRequest) -> Option<PairingStatus> {
    match share(device, asked) {
        SharingAnswer::Pairing(status) => status,
        _ => panic!("how far a pairing is"),
    }
}

#[track_caller]
fn stage(device: &mut Device) -> PairingStage {
    pairing(device, SharingRequest::Pairing).unwrap().stage
}

#[track_caller]
fn words(device: &mut Device) -> Vec<String> {
    match stage(device) {
        PairingStage::Comparing { words, .. } => words,
        other => panic!("{other:?}"),
    }
}

/// A laptop that invites on a network, and the code that it shows.
fn invites(laptop: &mut Device) -> String {
    does(laptop, SharingRequest::NameDevice("Le portable de Nadine".into()));
    pairing(laptop, SharingRequest::Invite { company: Company::Own, words: None });
    laptop.line(Event::Listening(vec!["192.168.1.20:41000".into()]));
    match stage(laptop) {
        PairingStage::Waiting { code: Some(code), .. } => code,
        other => panic!("{other:?}"),
    }
}

/// A phone that typed a code, and the line on which it calls.
fn calls(phone: &mut Device, laptop: &mut Device, code: &str) -> Wire {
    does(phone, SharingRequest::NameDevice("Le téléphone".into()));
    pairing(phone, SharingRequest::Join { company: Company::Own, code: Some(code.to_owned()) });
    let joining = phone.wanted().joining.unwrap();
    assert_eq!((joining.endpoint, joining.places), (endpoint(laptop), vec!["192.168.1.20:41000".to_owned()]));
    let mut wire = Wire::open(Purpose::Pairing, phone, laptop);
    wire.speak(phone, laptop);
    wire
}

/// Both joined through the network, and have spoken once.
fn joined() -> (Device, Device) {
    let (mut laptop, mut phone) = (laptop(), phone());
    join(&mut laptop, &mut phone);
    (laptop, phone)
}

fn join(laptop: &mut Device, phone: &mut Device) {
    let code = invites(laptop);
    let mut wire = calls(phone, laptop, &code);
    pairing(laptop, SharingRequest::Compared { same: true });
    pairing(phone, SharingRequest::Compared { same: true });
    wire.speak(phone, laptop);
    wire.close(phone, laptop);
    assert!(Wire::exchange(phone, laptop).is_well());
}

#[test]
fn a_phone_joins_through_the_network_once_both_screens_showed_the_same_words() {
    let (mut laptop, mut phone) = (laptop(), phone());
    let code = invites(&mut laptop);
    let mut wire = calls(&mut phone, &mut laptop, &code);
    assert_eq!(words(&mut laptop), words(&mut phone));
    assert_eq!(words(&mut laptop).len(), 4);
    let PairingStage::Comparing { name, .. } = stage(&mut phone) else { panic!("both compare") };
    assert_eq!(name, "Le portable de Nadine");
    // Nobody joins before both said so.
    pairing(&mut phone, SharingRequest::Compared { same: true });
    wire.speak(&mut phone, &mut laptop);
    assert!(status(&mut laptop).others.is_empty());
    assert!(matches!(stage(&mut phone), PairingStage::Comparing { compared: true, .. }));
    pairing(&mut laptop, SharingRequest::Compared { same: true });
    wire.speak(&mut phone, &mut laptop);
    assert_eq!(wire.carried.caller, Some(Over::Well));
    wire.close(&mut phone, &mut laptop);
    assert_eq!(stage(&mut laptop), PairingStage::Joined { name: "Le téléphone".into() });
    assert_eq!(stage(&mut phone), PairingStage::Joined { name: "Le portable de Nadine".into() });

    // What was kept to talk now comes by itself: both may, and the phone knows where the laptop is.
    assert!(status(&mut laptop).talks && status(&mut phone).talks);
    assert_eq!(phone.wanted().peers.len(), 1);
    let carried = Wire::exchange(&mut phone, &mut laptop);
    assert!(carried.is_well(), "{:?} {:?}", carried.caller, carried.other);
    assert_eq!(shows(&mut phone), shows(&mut laptop));
    assert_eq!((status(&mut laptop).others[0].unsent, status(&mut phone).others[0].unsent), (0, 0));
    assert!(laptop.wanted().peers.len() == 1, "now the laptop knows, too");
    assert!(laptop.notices().contains(&Notice::Sharing));
}

#[test]
fn nothing_to_say_costs_one_message_each_way() {
    let (mut laptop, mut phone) = joined();
    let carried = Wire::exchange(&mut phone, &mut laptop);
    assert!(carried.is_well());
    assert_eq!(carried.turns, 2);
    assert!(carried.from_caller < 1_200 && carried.from_other < 1_200, "{carried:?}");
}

#[test]
fn what_both_wrote_meanwhile_is_on_both_after_one_exchange() {
    let (mut laptop, mut phone) = joined();
    laptop.saves(&named(MAURICE, "Calvoulmenque"));
    let news = phone.wanted().news;
    let mut person = phone.opens(ODETTE).person;
    person.given_name = "Odile".into();
    phone.saves(&person);
    assert!(phone.wanted().news > news, "there is something to tell");
    assert!(Wire::exchange(&mut laptop, &mut phone).is_well());
    assert_eq!(shows(&mut phone), shows(&mut laptop));
    assert_eq!(phone.opens(MAURICE).person.family_name, "Calvoulmenque");
    assert_eq!(laptop.opens(ODETTE).person.given_name, "Odile");
}

#[test]
fn erasing_on_one_device_erases_on_the_other_while_they_speak() {
    let (mut laptop, mut phone) = joined();
    laptop.does(Request::ErasePeople(vec![SIMONE]));
    assert!(Wire::exchange(&mut laptop, &mut phone).is_well());
    assert!(phone.tries(Request::Person(SIMONE)).is_err());
    assert_eq!(shows(&mut phone), shows(&mut laptop));
}

/// Wherever a line is cut, what arrived before is kept: nothing of it is sent again, and all is there at the end.
#[test]
fn a_line_that_is_cut_anywhere_goes_on_where_it_stood() {
    let whole = {
        let (mut laptop, mut phone) = cut_story();
        let carried = Wire::exchange(&mut phone, &mut laptop);
        assert!(carried.is_well());
        carried
    };
    assert!(whole.bytes() > 10_000 && packs(&whole) >= 20, "{} {}", whole.bytes(), packs(&whole));
    for at in [1, 10, 50, 90, 99] {
        let (mut laptop, mut phone) = cut_story();
        let cut = Wire::exchange_cut(Cut::AfterBytes(whole.bytes() * at / 100), &mut phone, &mut laptop);
        let rest = Wire::exchange(&mut phone, &mut laptop);
        assert!(rest.is_well(), "cut at {at} %");
        assert_eq!(shows(&mut phone), shows(&mut laptop), "cut at {at} %");
        assert_eq!(packs(&cut) + packs(&rest), packs(&whole), "cut at {at} %: what had arrived was sent again");
    }
}

/// How many packs arrived.
fn packs(carried: &Carried) -> usize {
    carried.messages.iter().filter(|(_, message)| matches!(Message::from_bytes(message), Ok(Message::Pack(..)))).count()
}

/// A phone that knows the laptop, which has written a good deal since: several packs.
fn cut_story() -> (Device, Device) {
    let (mut laptop, mut phone) = joined();
    for n in 0..40_u8 {
        let mut person = named(maillon_shared::domain::ids::PersonId([100 + n; 16]), &format!("Escarvenc {n}"));
        person.given_name = format!("Prénom {n}");
        laptop.saves(&person);
        if n % 2 == 1 {
            // Each time something is told, it is a pack of its own.
            Wire::exchange_cut(Cut::AfterBytes(300), &mut laptop, &mut phone);
        }
    }
    (laptop, phone)
}

#[test]
fn a_stranger_who_calls_hears_nothing() {
    let (mut laptop, _phone) = joined();
    let (mut other, mut stranger) = (Device::with_notebook(7, today()), Device::with_notebook(8, today()));
    join(&mut other, &mut stranger);
    let (ours, theirs) = (endpoint(&mut stranger), endpoint(&mut laptop));
    // Whoever does not know this laptop does not even begin.
    let mut wire = Wire::open(Purpose::Exchange, &mut stranger, &mut laptop);
    wire.speak(&mut stranger, &mut laptop);
    assert_eq!((wire.carried.caller, wire.carried.bytes()), (Some(Over::Refused), 0));
    wire.close(&mut stranger, &mut laptop);
    // Whoever makes their own program speak first hears nothing either.
    let others = endpoint(&mut other);
    let mut wire = Wire::open_as(Purpose::Exchange, (&mut stranger, ours), (&mut laptop, others));
    wire.speak(&mut stranger, &mut laptop);
    assert!(wire.carried.from_caller > 0 && theirs != others);
    assert_eq!((wire.carried.other, wire.carried.from_other), (Some(Over::Refused), 0));
}

#[test]
fn somebody_in_the_middle_of_a_line_hears_a_greeting_and_can_do_nothing_with_it() {
    let (mut laptop, mut phone) = joined();
    phone.saves(&named(MAURICE, "Calvoulmenque"));
    let theirs = endpoint(&mut laptop);
    // Somebody who stole the laptop's key for networks, and nothing else, says on to it what the phone says.
    let mut wire = Wire::open_as(Purpose::Exchange, (&mut phone, EndpointKey([9; 32])), (&mut laptop, theirs));
    wire.speak(&mut phone, &mut laptop);
    assert_eq!((wire.carried.other, wire.carried.from_other), (Some(Over::Refused), 0));
    assert_eq!(wire.carried.messages.len(), 1);
}

#[test]
fn a_device_that_left_hears_nothing_more() {
    let (mut laptop, mut phone) = joined();
    let phone_id = status(&mut laptop).others[0].id;
    does(&mut laptop, SharingRequest::RemoveDevice(phone_id));
    laptop.saves(&named(MAURICE, "Calvoulmenque"));
    assert!(laptop.wanted().peers.is_empty(), "it is not called any more");
    let carried = Wire::exchange(&mut phone, &mut laptop);
    assert_eq!((carried.other, carried.from_other), (Some(Over::Refused), 0));
    assert!(phone.tries(Request::Person(MAURICE)).is_err());
}

#[test]
fn words_that_differ_let_nobody_join_and_there_is_no_second_try() {
    let (mut laptop, mut phone) = (laptop(), phone());
    let code = invites(&mut laptop);
    let mut wire = calls(&mut phone, &mut laptop, &code);
    pairing(&mut phone, SharingRequest::Compared { same: true });
    pairing(&mut laptop, SharingRequest::Compared { same: false });
    wire.speak(&mut phone, &mut laptop);
    wire.close(&mut phone, &mut laptop);
    assert_eq!(stage(&mut laptop), PairingStage::Failed(PairingFailure::Different));
    assert_eq!(stage(&mut phone), PairingStage::Failed(PairingFailure::Cut));
    assert!(status(&mut laptop).others.is_empty() && !status(&mut phone).shares);
    assert_eq!(laptop.wanted().secret, None, "it is silent again");
    assert_eq!(
        is_refused(&mut laptop, SharingRequest::Compared { same: true }),
        Failure::NotShared(NotShared::NoPairing)
    );
}

/// A device that goes on talking to others hangs up all the same: whoever calls is not left waiting for an answer.
#[test]
fn whoever_ends_a_pairing_hangs_up_on_the_other() {
    let ends: [fn(&mut Device); 3] = [
        |laptop| drop(pairing(laptop, SharingRequest::Compared { same: false })),
        |laptop| does(laptop, SharingRequest::StopPairing),
        |laptop| laptop.clock().passes(11),
    ];
    for end in ends {
        let (mut laptop, _phone) = joined();
        let mut third = Device::with_notebook(9, today());
        let code = invites(&mut laptop);
        let mut wire = calls(&mut third, &mut laptop, &code);
        end(&mut laptop);
        assert!(laptop.wanted().secret.is_some() && !laptop.wanted().to_say.is_empty());
        wire.speak(&mut third, &mut laptop);
        assert_eq!(wire.carried.other, Some(Over::Refused));
        wire.close(&mut third, &mut laptop);
        assert_eq!(stage(&mut third), PairingStage::Failed(PairingFailure::Cut));
        assert!(laptop.wanted().to_say.is_empty() && status(&mut laptop).others.len() == 1);
    }
}

/// Strangers at the door make no screen be read again.
#[test]
fn whoever_is_unknown_comes_and_goes_without_a_word_to_the_screens() {
    let (mut laptop, mut phone) = joined();
    laptop.notices();
    for event in [Event::Near(EndpointKey([9; 32])), Event::Far(EndpointKey([9; 32]))] {
        laptop.line(event);
    }
    assert_eq!(laptop.notices(), []);
    laptop.line(Event::Near(endpoint(&mut phone)));
    assert_eq!(laptop.notices(), [Notice::Sharing]);
    assert!(status(&mut laptop).others[0].near);
}

#[test]
fn whoever_answers_must_be_whose_code_it_was() {
    let (mut laptop, mut phone) = (laptop(), phone());
    let mut other = Device::with_notebook(7, today());
    let [code, others] = [&mut laptop, &mut other].map(|device| Invitation::from_code(&invites(device)).unwrap());
    // A code that says the laptop, and where the other is: somebody answers there, and is not whom it says.
    let forged = Invitation { device: code.device, address: others.address };
    let wire = calls(&mut phone, &mut other, &forged.to_code());
    assert_eq!(stage(&mut phone), PairingStage::Failed(PairingFailure::Broken));
    wire.close(&mut phone, &mut other);
    assert!(!status(&mut phone).shares && status(&mut other).others.is_empty());
}

#[test]
fn one_joins_whoever_invites_around_here_without_a_code() {
    let (mut laptop, mut phone) = (laptop(), phone());
    invites(&mut laptop);
    assert!(laptop.wanted().inviting);
    does(&mut phone, SharingRequest::NameDevice("Le téléphone".into()));
    pairing(&mut phone, SharingRequest::Join { company: Company::Own, code: None });
    assert!(phone.wanted().looking);
    let here = endpoint(&mut laptop);
    let address = maillon_engine::lines::Address { endpoint: here, places: vec!["192.168.1.20:41000".into()] };
    phone.line(Event::Found(address.clone()));
    phone.line(Event::Found(address));
    assert_eq!(stage(&mut phone), PairingStage::Looking { found: vec![EndpointId(here.0)] });
    pairing(&mut phone, SharingRequest::JoinFound(EndpointId(here.0)));
    assert_eq!(stage(&mut phone), PairingStage::Calling);
    let mut wire = Wire::open(Purpose::Pairing, &mut phone, &mut laptop);
    wire.speak(&mut phone, &mut laptop);
    assert_eq!(words(&mut laptop), words(&mut phone));
    wire.close(&mut phone, &mut laptop);
    // Cut while they read: whoever was there may not be whoever calls next.
    assert_eq!(stage(&mut laptop), PairingStage::Failed(PairingFailure::Cut));
}

#[test]
fn an_invitation_ends_after_ten_minutes_and_when_the_notebook_is_locked() {
    let mut laptop = laptop();
    invites(&mut laptop);
    laptop.clock().passes(9);
    assert!(laptop.wanted().inviting);
    laptop.clock().passes(2);
    assert_eq!(laptop.wanted().secret, None);
    assert_eq!(stage(&mut laptop), PairingStage::Failed(PairingFailure::TooLate));
    pairing(&mut laptop, SharingRequest::Invite { company: Company::Own, words: None });
    assert!(laptop.wanted().inviting);
    laptop.locks();
    assert_eq!(laptop.wanted().secret, None);
    laptop.unlocks();
    assert_eq!(pairing(&mut laptop, SharingRequest::Pairing), None);
}

#[test]
fn nobody_is_called_nor_answered_before_it_was_allowed() {
    let (mut laptop, mut phone) = paired();
    assert_eq!((laptop.wanted().secret, phone.wanted().secret), (None, None));
    does(&mut phone, SharingRequest::SetTalks(true));
    does(&mut laptop, SharingRequest::SetTalks(true));
    // The courier file that made them known said where each can be reached.
    assert_eq!(phone.wanted().peers.len(), 1);
    assert!(Wire::exchange(&mut phone, &mut laptop).is_well());
    assert_eq!(shows(&mut phone), shows(&mut laptop));
    does(&mut phone, SharingRequest::SetTalks(false));
    assert_eq!(phone.wanted().secret, None);
}

#[test]
fn a_device_that_shares_already_joins_nobody_and_one_that_does_not_decide_invites_nobody() {
    let (mut laptop, mut phone) = joined();
    let refused = is_refused(&mut laptop, SharingRequest::Join { company: Company::Own, code: None });
    assert_eq!(refused, Failure::NotShared(NotShared::SharesAlready));
    let refused = is_refused(&mut phone, SharingRequest::Invite { company: Company::Own, words: None });
    assert_eq!(refused, Failure::NotShared(NotShared::NotTheAdministrator));
    let refused = is_refused(&mut laptop, SharingRequest::Join { company: Company::Own, code: Some("bonjour".into()) });
    assert_eq!(refused, Failure::NotShared(NotShared::SharesAlready));
    let mut third = Device::with_notebook(9, today());
    does(&mut third, SharingRequest::NameDevice("La tablette".into()));
    let refused = is_refused(&mut third, SharingRequest::Join { company: Company::Own, code: Some("bonjour".into()) });
    assert_eq!(refused, Failure::NotShared(NotShared::NoCode));
}
