//! An event written on two devices at once: both end with the same one, nothing is lost, and nobody is named of one that
//! names nobody.
#![allow(clippy::unwrap_used, reason = "a story that cannot be told is a failed test")]

use std::cell::Cell;

use maillon_engine::journal::document::Actor;
use maillon_engine::journal::records::event;
use maillon_engine::journal::{Document, Header, Kind};
use maillon_shared::domain::event::{
    Attendance, Confirmed, Event, EventChange, EventKind, Guest, Headcount, Speaker, Stand, WhoCame,
};
use maillon_shared::domain::ids::{CollectiveId, EntryId, EventId, LineId};
use maillon_shared::domain::time::{Instant, PartialDate};
use proptest::prelude::*;

const NADINE: Actor = [0xaa; 16];
const BASILE: Actor = [0xbb; 16];
const MORNING: Instant = Instant { utc_ms: 1_781_161_200_000, offset_min: 120 };

fn line(n: u8) -> LineId {
    LineId([n; 16])
}

fn begun(begins: &Event) -> Document {
    let mut document = Document::new(Header::new(begins.id.into(), Kind::Event, None, 0), NADINE).unwrap();
    event::create(&mut document, begins).unwrap();
    document.commit(MORNING);
    document
}

fn on(device: Actor, document: &mut Document) -> Document {
    let frame = document.frame_since(&Vec::new());
    Document::load(document.header.clone(), [frame.as_slice()], device).unwrap()
}

fn writes(document: &mut Document, changes: &[EventChange]) {
    changes.iter().for_each(|change| event::write(document, change).unwrap());
    document.commit(MORNING);
}

fn read(document: &Document) -> Event {
    let oddities = Cell::new(0);
    let event = event::read(document, &oddities).unwrap();
    assert_eq!(oddities.get(), 0);
    event
}

/// Both take in what the other wrote; the event, which is the same on both.
fn meet(one: &mut Document, other: &mut Document) -> Event {
    let (from_one, from_other) = (one.frame_since(&Vec::new()), other.frame_since(&Vec::new()));
    one.absorb(&from_other).unwrap();
    other.absorb(&from_one).unwrap();
    assert_eq!(read(one), read(other));
    read(one)
}

fn forum() -> Event {
    let mut forum = Event::empty(EventId([9; 16]), EventKind::Forum);
    forum.title = "4e forum".into();
    forum.planned = PartialDate::parse("2026-10");
    forum.stands.push(Stand { name: "Ligue".into(), ..Stand::empty(line(1)) });
    forum
}

#[test]
fn two_who_prepare_one_forum_both_keep_their_words() {
    let mut nadines = begun(&forum());
    let mut basiles = on(BASILE, &mut nadines);
    let before = read(&nadines);
    let (mut one, mut other) = (before.clone(), before.clone());
    one.stands[0].confirmed = Confirmed::Yes;
    one.attendance.push(Attendance { count: Headcount::Counted(0), public: "a".into(), ..Attendance::empty(line(2)) });
    other.stands[0].contact = "06".into();
    other.planned = PartialDate::parse("2026-10-03");
    writes(&mut nadines, &before.changes_to(&one));
    writes(&mut basiles, &before.changes_to(&other));
    let met = meet(&mut nadines, &mut basiles);
    assert_eq!((met.stands[0].confirmed.clone(), met.stands[0].contact.as_str()), (Confirmed::Yes, "06"));
    assert_eq!((met.planned, met.attendance[0].count), (PartialDate::parse("2026-10-03"), Headcount::Counted(0)));
}

#[test]
fn a_guest_noted_while_a_lunch_becomes_something_else_is_named_to_no_one() {
    let mut lunch = Event::empty(EventId([9; 16]), EventKind::Lunch);
    lunch.title = "Déjeuner".into();
    let mut nadines = begun(&lunch);
    let mut basiles = on(BASILE, &mut nadines);
    writes(&mut nadines, &[EventChange::Kind(EventKind::SchoolAction)]);
    writes(&mut basiles, &[EventChange::Guest(line(3), WhoCame::Named("Zoé".into()))]);
    assert!(meet(&mut nadines, &mut basiles).guests().is_empty());
}

#[test]
fn who_or_what_two_chose_at_once_can_be_chosen_and_is_not_emptied() {
    let mut forum = forum();
    forum.speakers.push(Speaker { subject: "Dormir".into(), ..Speaker::empty(line(4)) });
    let mut nadines = begun(&forum);
    let mut basiles = on(BASILE, &mut nadines);
    let chosen = |n: u8| {
        let entry = Some(EntryId([n; 16]));
        [
            EventChange::HostEntry(entry),
            EventChange::Project(Some(CollectiveId([n; 16]))),
            EventChange::StandEntry(line(1), entry),
            EventChange::SpeakerEntry(line(4), entry),
        ]
    };
    writes(&mut nadines, &chosen(7));
    writes(&mut basiles, &chosen(8));
    meet(&mut nadines, &mut basiles);
    let conflicts = event::as_said(nadines.conflicts());
    assert_eq!(conflicts.len(), 4, "{conflicts:?}");
    for conflict in conflicts {
        let changes = conflict.values.iter().map(|value| EventChange::at(&conflict.field, value).unwrap());
        let changes: Vec<EventChange> = changes.collect();
        assert!(chosen(7).contains(&changes[0]) || chosen(8).contains(&changes[0]), "{changes:?}");
        writes(&mut nadines, &changes[1..]);
        assert_eq!(EventChange::at(&conflict.field, "neither an id"), None, "nothing is emptied by what is no id");
    }
    let met = meet(&mut nadines, &mut basiles);
    assert!(met.host_entry.is_some() && met.project.is_some() && nadines.conflicts().is_empty());
    assert!(met.stands[0].entry.is_some() && met.speakers[0].entry.is_some());
}

fn any_event() -> impl Strategy<Value = Event> {
    let text = || "[a-zé ]{0,5}";
    let lines = || proptest::collection::btree_map(1..6_u8, (text(), 0..3_usize), 0..4);
    (text(), proptest::sample::select(EventKind::ALL), lines(), lines()).prop_map(|(title, kind, first, second)| {
        let mut event = Event::empty(EventId([9; 16]), kind);
        event.title = title;
        for (n, (words, at)) in first {
            let confirmed = Confirmed::ALL[at].clone();
            let entry = (at == 0).then_some(EntryId([n; 16]));
            event.stands.push(Stand { name: format!("s{words}"), entry, confirmed, ..Stand::empty(line(n)) });
            event.speakers.push(Speaker { subject: format!("p{words}"), ..Speaker::empty(line(n)) });
        }
        for (n, (words, at)) in second {
            let count = [Headcount::NotKnown, Headcount::Counted(7), Headcount::About(7)][at];
            event.attendance.push(Attendance { id: line(n), public: format!("v{words}"), count });
            event.put_guest(Guest { id: line(n), who: WhoCame::Named(format!("g{words}")) });
        }
        event
    })
}

proptest! {
    /// Whatever an event becomes, it reads back as it was written.
    #[test]
    fn an_event_reads_back_as_it_was_written(before in any_event(), after in any_event()) {
        let mut document = begun(&before);
        let changes = read(&document).changes_to(&after);
        writes(&mut document, &changes);
        let sorted = |event: &Event| {
            let mut event = event.clone();
            event.stands.sort_by_key(|line| line.id);
            event.speakers.sort_by_key(|line| line.id);
            event.attendance.sort_by_key(|line| line.id);
            let mut guests = event.guests().to_vec();
            guests.sort_by_key(|line| line.id);
            (event.title.clone(), event.kind().clone(), event.stands.clone(), event.speakers.clone(), event.attendance.clone(), guests)
        };
        prop_assert_eq!(sorted(&read(&document)), sorted(&after));
    }
}
