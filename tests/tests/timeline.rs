//! All that took place with someone is told once, newest first, and by kind when that is asked.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;

use maillon_shared::api::responses::{TimelineItem, TimelineKind};
use maillon_shared::api::{Failure, Request, Response};
use maillon_shared::domain::ids::PersonId;
use maillon_tests::harness::Device;
use maillon_tests::village::{Size, Village};

fn told(device: &mut Device, person: PersonId, kinds: &[TimelineKind]) -> Vec<TimelineItem> {
    match device.asks(Request::Timeline { person, kinds: kinds.to_vec() }) {
        Response::Timeline(items) => items,
        _ => panic!("a timeline"),
    }
}

#[test]
fn whoever_lives_in_the_village_is_told_whole_and_by_kind() {
    let today = "2026-06-12".parse().unwrap();
    let village = Village::new(3, Size::Hamlet, today);
    let mut device = Device::with_notebook(3, today);
    device.lives(village.requests());
    device.is_on(today);
    let Response::People(people) = device.asks(Request::People) else { panic!("people") };
    let mut seen: BTreeMap<TimelineKind, usize> = BTreeMap::new();
    for row in people {
        let whole = device.opens(row.id).timeline;
        assert_eq!(told(&mut device, row.id, &[]), whole, "of every kind where none is said");
        assert!(whole.is_sorted_by_key(|item| std::cmp::Reverse(item.day())));
        let mut by_kind = 0;
        for kind in TimelineKind::ALL {
            let items = told(&mut device, row.id, &[kind]);
            assert!(items.iter().all(|item| item.kind() == kind && whole.contains(item)));
            by_kind += items.len();
            *seen.entry(kind).or_default() += items.len();
        }
        assert_eq!(by_kind, whole.len(), "each is of one kind");
        let two = told(&mut device, row.id, &[TimelineKind::Entry, TimelineKind::Encounter]);
        let kept: Vec<_> = whole.into_iter().filter(|item| two.contains(item)).collect();
        assert_eq!(two, kept, "in the same order");
    }
    for kind in [TimelineKind::Encounter, TimelineKind::Request, TimelineKind::FollowUp, TimelineKind::Entry] {
        assert!(seen[&kind] > 5, "{kind:?}: {seen:?}");
    }
    assert!(seen[&TimelineKind::Assessment] > 0, "{seen:?}");
    let nobody = Request::Timeline { person: PersonId([0; 16]), kinds: Vec::new() };
    assert_eq!(device.is_refused(nobody), Failure::NotFound);
}
