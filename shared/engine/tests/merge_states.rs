//! A state written here while something is planned there: after any order of merging, silence holds.
#![allow(clippy::unwrap_used, reason = "a story that cannot be told is a failed test")]

use std::cell::Cell;

use chrono::NaiveDate;
use maillon_engine::journal::document::Actor;
use maillon_engine::journal::records::{follow_up, person};
use maillon_engine::journal::{Document, Header, Kind};
use maillon_engine::views::{Cached, Views};
use maillon_shared::api::responses::TimelineItem;
use maillon_shared::domain::follow_up::{FollowUp, FollowUpKind, FollowUpState};
use maillon_shared::domain::ids::{DocId, FollowUpId, PersonId};
use maillon_shared::domain::person::{PersonChange, PersonField, PersonState, Silence};
use maillon_shared::domain::time::Instant;

const ODETTE: PersonId = PersonId([1; 16]);
const MORNING: Instant = Instant { utc_ms: 1_781_161_200_000, offset_min: 120 };
const DEVICES: [Actor; 3] = [[0xaa; 16], [0xbb; 16], [0xcc; 16]];
const ORDERS: [[usize; 3]; 6] = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// What a device holds: Odette's sheet, and her journal of the year.
struct Device {
    sheet: Document,
    journal: Document,
}

impl Device {
    fn first(actor: Actor) -> Self {
        let mut sheet = Document::new(Header::new(ODETTE.into(), Kind::Person, None, 0), actor).unwrap();
        person::write(&mut sheet, &PersonChange::Text(PersonField::FamilyName, "Marchais".into())).unwrap();
        sheet.commit(MORNING);
        let header = Header::new(DocId([2; 16]), Kind::PersonJournal, Some(ODETTE.0), 2026);
        Device { sheet, journal: Document::new(header, actor).unwrap() }
    }

    fn copied(&mut self, actor: Actor) -> Self {
        let copy = |document: &mut Document| {
            let frame = document.frame_since(&Vec::new());
            Document::load(document.header.clone(), [frame.as_slice()], actor).unwrap()
        };
        Device { sheet: copy(&mut self.sheet), journal: copy(&mut self.journal) }
    }

    fn says(&mut self, state: PersonState) {
        person::write(&mut self.sheet, &PersonChange::State(state)).unwrap();
        self.sheet.commit(MORNING);
    }

    fn plans(&mut self, id: u8, on: &str) {
        let visit = FollowUp::open(FollowUpId([id; 16]), Some(ODETTE), FollowUpKind::Visit, day(on));
        follow_up::create(&mut self.journal, &visit).unwrap();
        self.journal.commit(MORNING);
    }

    fn cancels(&mut self, id: u8, why: &str) {
        let state = FollowUpState::Cancelled { why: why.into() };
        follow_up::write_state(&mut self.journal, FollowUpId([id; 16]), &state).unwrap();
        self.journal.commit(MORNING);
    }

    fn frames(&mut self) -> [Vec<u8>; 2] {
        [self.sheet.frame_since(&Vec::new()), self.journal.frame_since(&Vec::new())]
    }

    fn takes(&mut self, [sheet, journal]: &[Vec<u8>; 2]) {
        self.sheet.absorb(sheet).unwrap();
        self.journal.absorb(journal).unwrap();
    }

    fn views(&self) -> Views {
        let mut views = Views::default();
        views.apply(self.sheet.header.id, Cached::read(&self.sheet));
        views.apply(self.journal.header.id, Cached::read(&self.journal));
        views
    }
}

/// Three devices of one notebook, each goes its own way, then each takes what the others wrote in that order.
fn after_any_order(story: impl Fn(&mut [Device; 3]), check: impl Fn(&Views)) {
    for order in ORDERS {
        let mut first = Device::first(DEVICES[0]);
        let (second, third) = (first.copied(DEVICES[1]), first.copied(DEVICES[2]));
        let mut devices = [first, second, third];
        story(&mut devices);
        let frames: Vec<_> = devices.iter_mut().map(Device::frames).collect();
        for device in &mut devices {
            // Twice the first: a pack that comes again changes nothing.
            for from in order.into_iter().chain([order[0]]) {
                device.takes(&frames[from]);
            }
            check(&device.views());
        }
    }
}

#[test]
fn a_refusal_here_and_a_visit_planned_there_end_in_silence_and_the_visit_is_shown_once_as_cancelled() {
    let refuses = |devices: &mut [Device; 3]| {
        devices[0].says(PersonState::Refuses);
        devices[1].plans(3, "2026-06-12");
        devices[2].says(PersonState::AbsentUntil(day("2026-06-01")));
    };
    after_any_order(refuses, |views| {
        for on in ["2026-06-01", "2026-06-12", "2026-06-13", "2027-01-01"] {
            let today = views.today(day(on));
            assert!(today.late.is_empty() && today.due.is_empty() && today.week.is_empty(), "{on}");
            assert!(today.unseen.is_empty() && today.requests.is_empty(), "{on}");
        }
        let rows = views.people_rows();
        assert_eq!((rows[0].state.clone(), rows[0].next_due), (PersonState::Refuses, None));
        let file = views.person_file(ODETTE, day("2026-06-12")).unwrap();
        assert!(file.open.is_empty());
        assert!(
            matches!(file.timeline.as_slice(), [TimelineItem::Silenced(visit, Silence::Refuses)] if visit.id == FollowUpId([3; 16])),
            "once, with why"
        );
    });
}

#[test]
fn a_visit_cancelled_by_hand_there_shows_once_with_what_was_said() {
    let cancelled = |devices: &mut [Device; 3]| {
        devices[1].plans(3, "2026-06-12");
        devices[1].cancels(3, "elle l'a dit à sa fille");
        devices[0].says(PersonState::Refuses);
    };
    after_any_order(cancelled, |views| {
        let file = views.person_file(ODETTE, day("2026-06-12")).unwrap();
        assert!(matches!(file.timeline.as_slice(), [TimelineItem::FollowUp(visit)] if !visit.is_open()));
    });
}

#[test]
fn of_states_written_at_once_the_strictest_holds_everywhere() {
    let states = [
        PersonState::AbsentUntil(day("2026-06-20")),
        PersonState::AbsentUntil(day("2026-07-01")),
        PersonState::Moved,
        PersonState::Unknown("suspended".into()),
        PersonState::Refuses,
        PersonState::Deceased,
    ];
    for (mild, milder) in states.iter().enumerate() {
        for strict in &states[mild..] {
            let at_once = |devices: &mut [Device; 3]| {
                devices[0].says(milder.clone());
                devices[1].says(strict.clone());
            };
            after_any_order(at_once, |views| assert_eq!(views.person(ODETTE).unwrap().state, *strict));
        }
    }
}

#[test]
fn whoever_writes_a_state_knowing_the_others_settles_it() {
    let mut nadine = Device::first(DEVICES[0]);
    let mut basile = nadine.copied(DEVICES[1]);
    nadine.says(PersonState::Refuses);
    basile.says(PersonState::Moved);
    nadine.takes(&basile.frames());
    assert_eq!(nadine.sheet.conflicts().len(), 1, "both are shown");
    nadine.says(PersonState::Followed);
    basile.takes(&nadine.frames());
    let oddities = Cell::new(0);
    for device in [&nadine, &basile] {
        assert_eq!(person::read(&device.sheet, &oddities).state, PersonState::Followed);
        assert_eq!(device.sheet.conflicts(), []);
    }
}
