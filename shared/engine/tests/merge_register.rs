//! Agents who write in one entry of the register, neither knowing of the others: after any order of merging each keeps
//! their words, and whoever was struck off is not called.
#![allow(clippy::unwrap_used, reason = "a story that cannot be told is a failed test")]

use chrono::NaiveDate;
use maillon_engine::journal::document::Actor;
use maillon_engine::journal::records::{register, register_log};
use maillon_engine::journal::{Document, Header, Kind, Place, Scope, Value};
use maillon_engine::views::{Cached, Views};
use maillon_shared::domain::contact::PhoneField;
use maillon_shared::domain::ids::{DocId, LineId, RegisterAgentId, RegisterEntryId};
use maillon_shared::domain::register::{
    Acknowledgement, NotifyField, RegisterChange, RegisterEntry, RegisterField, RegisterGround, RegisterOrigin,
    RegisterState, StrikeOff, StrikeReason,
};
use maillon_shared::domain::register_log::RegisterAgent;
use maillon_shared::domain::time::Instant;

const ODETTE: RegisterEntryId = RegisterEntryId([1; 16]);
const MORNING: Instant = Instant { utc_ms: 1_781_161_200_000, offset_min: 120 };
const DEVICES: [Actor; 3] = [[0xaa; 16], [0xbb; 16], [0xcc; 16]];
const ORDERS: [[usize; 3]; 6] = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn writes(document: &mut Document, changes: &[RegisterChange]) {
    changes.iter().for_each(|change| register::write(document, change).unwrap());
    document.commit(MORNING);
}

fn text(field: RegisterField, text: &str) -> RegisterChange {
    RegisterChange::Text(field, text.into())
}

fn struck(on: &str, why: StrikeReason) -> RegisterChange {
    RegisterChange::State(RegisterState::StruckOff(StrikeOff { on: day(on), why, by: "sa fille".into() }))
}

fn first() -> Document {
    let mut entry = Document::new(Header::new(ODETTE.into(), Kind::RegisterEntry, None, 0), DEVICES[0]).unwrap();
    writes(&mut entry, &[text(RegisterField::FamilyName, "Escarvenc"), text(RegisterField::Hamlet, "Les Gâts")]);
    entry
}

fn copied(document: &mut Document, actor: Actor) -> Document {
    let frame = document.frame_since(&Vec::new());
    Document::load(document.header.clone(), [frame.as_slice()], actor).unwrap()
}

fn read(document: &Document) -> RegisterEntry {
    let mut views = Views::default();
    views.apply(document.header.id, Cached::read(document));
    views.register_entry(ODETTE).unwrap().clone()
}

/// Three agents write apart, then each takes what the others wrote, in each order; all read the same in the end.
fn after_any_order(changes: [&[RegisterChange]; 3], check: impl Fn(&RegisterEntry)) {
    for order in ORDERS {
        let mut one = first();
        let (two, three) = (copied(&mut one, DEVICES[1]), copied(&mut one, DEVICES[2]));
        let mut devices = [one, two, three];
        for (device, changes) in devices.iter_mut().zip(changes) {
            writes(device, changes);
        }
        let frames: Vec<_> = devices.iter_mut().map(|device| device.frame_since(&Vec::new())).collect();
        for device in &mut devices {
            order.iter().for_each(|from| {
                device.absorb(&frames[*from]).unwrap();
            });
        }
        let entries: Vec<_> = devices.iter().map(read).collect();
        assert!(entries.iter().all(|entry| *entry == entries[0]), "{order:?}");
        check(&entries[0]);
    }
}

#[test]
fn two_agents_who_edit_one_entry_offline_both_keep_their_words() {
    let daughter = LineId([7; 16]);
    let neighbour = LineId([8; 16]);
    after_any_order(
        [
            &[
                text(RegisterField::HomeServices, "aide à domicile, le matin"),
                RegisterChange::Notify(daughter, NotifyField::Name, "Nadine Escarvenc".into()),
            ],
            &[
                RegisterChange::Ground(Some(RegisterGround::Aged65)),
                RegisterChange::Notify(neighbour, NotifyField::Name, "Basile Quillard".into()),
                RegisterChange::Acknowledgement(Acknowledgement::Given(day("2026-06-10"))),
            ],
            &[
                RegisterChange::Phone(LineId([9; 16]), PhoneField::Number, "04 90 00 00 01".into()),
                RegisterChange::Origin(RegisterOrigin::ThirdParty),
            ],
        ],
        |entry| {
            assert_eq!(entry.home_services, "aide à domicile, le matin");
            let names: Vec<_> = entry.to_notify.iter().map(|other| other.name.as_str()).collect();
            assert_eq!(names, ["Nadine Escarvenc", "Basile Quillard"]);
            assert_eq!(entry.ground, Some(RegisterGround::Aged65));
            assert_eq!(entry.acknowledgement, Acknowledgement::Given(day("2026-06-10")));
            assert_eq!(entry.phones.len(), 1);
            assert_eq!(entry.origin, RegisterOrigin::ThirdParty);
            assert_eq!(entry.address.hamlet, "Les Gâts");
        },
    );
}

#[test]
fn whoever_was_struck_off_here_stays_so_whatever_is_written_there() {
    after_any_order(
        [
            &[struck("2026-06-12", StrikeReason::AtRequest)],
            &[text(RegisterField::Hamlet, "La Roussière")],
            &[RegisterChange::Acknowledgement(Acknowledgement::Given(day("2026-06-11")))],
        ],
        |entry| {
            assert!(!entry.is_registered());
            assert_eq!(entry.acknowledgement_due(), None);
            assert_eq!(entry.address.hamlet, "La Roussière", "and no word is lost");
        },
    );
}

#[test]
fn of_states_written_at_once_the_side_of_silence_holds() {
    let again = RegisterChange::State(RegisterState::Registered);
    let opposed = RegisterChange::State(RegisterState::Opposed { on: day("2026-06-12") });
    // The agent who registers again does so from a strike-off that they had made themselves.
    after_any_order(
        [
            &[struck("2026-06-12", StrikeReason::Moved), again.clone()],
            &[struck("2026-06-11", StrikeReason::Deceased)],
            std::slice::from_ref(&opposed),
        ],
        |entry| assert!(matches!(entry.state, RegisterState::Opposed { .. }), "{:?}", entry.state),
    );
    after_any_order(
        [&[struck("2026-06-12", StrikeReason::Moved)], std::slice::from_ref(&again), std::slice::from_ref(&again)],
        |entry| assert!(matches!(entry.state, RegisterState::StruckOff(_)), "{:?}", entry.state),
    );
}

#[test]
fn registered_again_by_who_knew_of_the_strike_off_is_registered() {
    let mut one = first();
    writes(&mut one, &[struck("2026-06-12", StrikeReason::Mistake)]);
    let mut two = copied(&mut one, DEVICES[1]);
    writes(&mut two, &[RegisterChange::State(RegisterState::Registered)]);
    one.absorb(&two.frame_since(&Vec::new())).unwrap();
    assert!(read(&one).is_registered());
}

#[test]
fn codes_of_tomorrow_are_kept_and_call_nobody() {
    let mut entry = first();
    entry.put(Place::Root, "state", Value::text("suspended")).unwrap();
    entry.put(Place::Root, "ground", Value::text("alone_with_children")).unwrap();
    entry.put(Place::Root, "origin", Value::text("prefecture")).unwrap();
    entry.put(Place::Root, "acknowledgement", Value::text("by_voice")).unwrap();
    entry.commit(MORNING);
    let read = read(&entry);
    assert_eq!(read.state, RegisterState::Unknown("suspended".into()));
    assert!(!read.is_registered());
    assert_eq!(read.ground, Some(RegisterGround::Unknown("alone_with_children".into())));
    assert_eq!(read.origin, RegisterOrigin::Unknown("prefecture".into()));
    assert_eq!(read.acknowledgement, Acknowledgement::Unknown("by_voice".into()));
}

#[test]
fn what_is_no_date_is_counted_and_loses_nothing_else() {
    let mut entry = first();
    entry.put(Place::Root, "requested_on", Value::text("2026-02-31")).unwrap();
    entry.put(Place::Root, "birth", Value::Int(12)).unwrap();
    entry.commit(MORNING);
    let cached = Cached::read(&entry);
    assert_eq!(cached.oddities, 2);
    assert_eq!(read(&entry).family_name, "Escarvenc");
}

#[test]
fn the_logs_that_two_devices_began_are_read_together() {
    let mut views = Views::default();
    for (number, name) in [(1_u8, "Nadine"), (2, "Basile")] {
        let header = Header::new(DocId([number; 16]), Kind::RegisterLog, None, 2026);
        assert_eq!(header.scope, Scope::Register);
        let mut log = Document::new(header, DEVICES[0]).unwrap();
        let mut agent = RegisterAgent::empty(RegisterAgentId([number; 16]), day("2026-06-01"));
        agent.name = name.into();
        register_log::put_agent(&mut log, &agent).unwrap();
        log.commit(MORNING);
        views.apply(log.header.id, Cached::read(&log));
    }
    assert_eq!(views.register_log().agents.len(), 2);
}
