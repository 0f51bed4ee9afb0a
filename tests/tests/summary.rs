//! The activity summary: months closed like accounts, published once, with figures that identify nobody and agree with what
//! was noted. What may be told is `domain::summary`'s; its attacks are in `shared/tests`.
#![allow(clippy::unwrap_used, reason = "a story says what is wrong by failing")]

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate};
use maillon_shared::api::errors::NotShared;
use maillon_shared::api::responses::TimelineItem;
use maillon_shared::api::sharing::SharingRequest;
use maillon_shared::api::summary::{Summaries, SummaryAnswer, SummaryRequest, TableFormat};
use maillon_shared::api::{Failure, Request, Response};
use maillon_shared::domain::encounter::Encounter;
use maillon_shared::domain::ids::{EncounterId, PersonId};
use maillon_shared::domain::summary::grid::{Detail, Table};
use maillon_shared::domain::summary::period::{Level, Month, Period};
use maillon_shared::domain::summary::publication::Publication;
use maillon_tests::harness::Device;
use maillon_tests::village::Village;

use crate::pair::{does, named, pair};

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[track_caller]
pub fn all(device: &mut Device) -> Summaries {
    match device.asks(Request::Summary(SummaryRequest::All)) {
        Response::Summary(SummaryAnswer::All(all)) => *all,
        _ => panic!("all of it"),
    }
}

#[track_caller]
fn preview(device: &mut Device) -> Vec<Publication> {
    match device.asks(Request::Summary(SummaryRequest::Preview)) {
        Response::Summary(SummaryAnswer::Preview(publications)) => publications,
        _ => panic!("what would be published"),
    }
}

pub fn publishes(device: &mut Device) {
    device.asks(Request::Summary(SummaryRequest::Publish));
}

fn period(device: &mut Device, code: &str) -> Publication {
    let wanted = Period::parse(code).unwrap();
    let found = all(device).published.into_iter().find(|one| one.publication.period == wanted);
    found.unwrap_or_else(|| panic!("{code} is published")).publication
}

pub fn visits(device: &mut Device, n: u32, person: PersonId, on: NaiveDate) {
    let mut id = [0; 16];
    id[..4].copy_from_slice(&n.to_be_bytes());
    id[5] = 9;
    device.notes(Encounter::empty(EncounterId(id), Some(person), on)).unwrap();
}

pub fn person(n: u8) -> PersonId {
    PersonId([n; 16])
}

/// A notebook in which so many people were seen each month, from January to September.
pub fn year_of(people: u8) -> Device {
    let mut device = Device::with_notebook(51, day("2026-01-05"));
    for n in 1..=people {
        device.saves(&named(person(n), &format!("Calvoulmenque {n}")));
    }
    let mut count = 0;
    for month in 1..=9 {
        for n in 1..=people {
            count += 1;
            let on = NaiveDate::from_ymd_opt(2026, month, 1 + u32::from(n % 25)).unwrap();
            device.is_on(on);
            visits(&mut device, count, person(n), on);
        }
    }
    device.is_on(day("2026-10-05"));
    device
}

#[test]
fn months_that_are_over_are_published_once_with_what_ended_with_them() {
    let mut device = year_of(12);
    let codes: Vec<String> = all(&mut device).to_publish.iter().map(ToString::to_string).collect();
    assert_eq!(codes.len(), 9 + 3);
    assert_eq!(codes[..4], ["2026-01", "2026-02", "2026-03", "2026-Q1"]);
    let seen = preview(&mut device);
    assert!(all(&mut device).published.is_empty(), "to look publishes nothing");
    publishes(&mut device);
    let mut device = device.reopens();
    let told = all(&mut device);
    assert!(told.to_publish.is_empty());
    let published: Vec<Publication> = told.published.into_iter().map(|one| one.publication).collect();
    assert_eq!(published, seen, "what leaves is what was shown");
    assert_eq!(period(&mut device, "2026-Q3").table(Table::Contacts).unwrap().acts.number(), Some(36));
    // Asked again, it publishes nothing more; October is published once it is over.
    publishes(&mut device);
    assert_eq!(all(&mut device).published.len(), 12);
    device.is_on(day("2026-11-02"));
    let codes: Vec<String> = all(&mut device).to_publish.iter().map(ToString::to_string).collect();
    assert_eq!(codes, ["2026-10"]);
}

#[test]
fn what_is_noted_late_counts_in_the_month_that_is_still_open_and_changes_nothing_that_was_told() {
    let mut device = year_of(12);
    publishes(&mut device);
    let september = period(&mut device, "2026-09");
    for n in 1..=12 {
        visits(&mut device, 1_000 + u32::from(n), person(n), day("2026-09-15"));
    }
    device.asks(Request::ErasePeople(vec![person(3)]));
    device.is_on(day("2026-11-02"));
    publishes(&mut device);
    assert_eq!(period(&mut device, "2026-09"), september, "whatever is noted or erased since");
    let october = period(&mut device, "2026-10");
    // Twelve late visits, but the one of whoever was erased since.
    assert_eq!(october.table(Table::Contacts).unwrap().acts.number(), Some(11));
    // Whoever was erased is counted in the year that is told later, and is nobody: their id is in nothing that is kept.
    for n in (1..=12).filter(|n| *n != 3) {
        for (at, on) in [(2_000, "2026-11-15"), (3_000, "2026-12-15")] {
            device.is_on(day(on));
            visits(&mut device, at + u32::from(n), person(n), day(on));
        }
    }
    device.is_on(day("2027-01-04"));
    publishes(&mut device);
    let year = period(&mut device, "2026");
    assert_eq!(year.table(Table::Contacts).unwrap().acts.number(), Some(12 * 9 + 3 * 11));
    assert_eq!(year.table(Table::Contacts).unwrap().persons.number(), Some(12));
}

#[test]
fn a_few_people_are_told_of_nowhere() {
    let mut device = year_of(4);
    publishes(&mut device);
    for published in all(&mut device).published {
        for table in &published.publication.tables {
            let about_people =
                !matches!(table.table, Table::Reception | Table::CommonAlerts | Table::Events | Table::Partners);
            if about_people {
                assert_eq!(table.acts.number(), None, "{} {:?}", published.publication.period, table.table);
                assert!(table.details.is_empty());
            }
        }
    }
}

#[test]
fn it_cannot_be_taken_back_and_one_device_publishes() {
    let mut laptop = year_of(12);
    let mut phone = Device::with_notebook(52, day("2026-10-05"));
    pair(&mut laptop, &mut phone);
    assert!(!all(&mut phone).may_publish);
    let refused = phone.is_refused(Request::Summary(SummaryRequest::Publish));
    assert_eq!(refused, Failure::NotShared(NotShared::NotTheAdministrator));
    publishes(&mut laptop);
    let Response::Acts(acts) = laptop.asks(Request::Acts { before: None, limit: 1 }) else { panic!("the acts") };
    assert_eq!(acts[0].what, "publish_summary");
    assert_eq!(laptop.is_refused(Request::Undo(acts[0].act)), Failure::Kept);
    does(&mut laptop, SharingRequest::NameDevice("Le portable".into()));
}

#[test]
fn the_figures_of_a_village_agree_with_what_its_people_show_and_name_nobody() {
    let today = day("2026-06-12");
    let village = Village::demo(11, today);
    let mut device = Device::new(53, today);
    device.creates_notebook(village.settings());
    device.lives(village.requests());
    device.is_on(day("2026-07-02"));
    publishes(&mut device);
    let told = all(&mut device);
    assert!(told.published.len() > 12);

    // Counted again from the screens, one person after the other.
    let Response::People(people) = device.asks(Request::People) else { panic!("everyone") };
    let mut contacts: Vec<(NaiveDate, PersonId)> = Vec::new();
    let mut names = BTreeSet::new();
    for row in &people {
        let file = device.opens(row.id);
        names.extend([file.person.family_name.clone(), file.person.given_name.clone()]);
        for item in &file.timeline {
            if let TimelineItem::Encounter(encounter, _) = item
                && encounter.is_contact()
            {
                contacts.push((encounter.day, row.id));
            }
        }
    }
    let first = told.published[0].publication.period.first();
    let mut compared = 0;
    for published in &told.published {
        let period = published.publication.period;
        let in_it: Vec<_> = contacts.iter().filter(|(on, _)| period.holds(Month::of(*on))).collect();
        let table = published.publication.table(Table::Contacts).unwrap();
        if let Some(acts) = table.acts.number() {
            compared += 1;
            assert_eq!(acts as usize, in_it.len(), "{period}");
        }
        if let Some(persons) = table.persons.number() {
            let distinct: BTreeSet<_> = in_it.iter().map(|(_, person)| person).collect();
            assert_eq!(persons as usize, distinct.len(), "{period}");
            assert_eq!(period.level(), Level::Year);
        }
        if let Some(detail) = published.publication.detail(Detail::ContactsByWay) {
            let sum: u32 = detail.lines.iter().filter_map(|line| line.acts.number()).sum();
            if !detail.lines.is_empty() {
                assert_eq!(sum as usize, in_it.len(), "{period}: the lines are the total");
            }
        }
    }
    assert!(compared > 6, "a village this size has figures to tell: {compared}");
    assert_eq!(first.year_and_month().0, today.year() - 1, "older years compare with nothing");

    // Whatever leaves, no name is in it.
    let mut leaves =
        serde_json::to_string(&told.published.iter().map(|one| &one.publication).collect::<Vec<_>>()).unwrap();
    for published in &told.published {
        let asked = SummaryRequest::Table(published.publication.period, TableFormat::Csv);
        let Response::File(file) = device.asks(Request::Summary(asked)) else { panic!("a table") };
        leaves.push_str(std::str::from_utf8(&file.bytes).unwrap());
    }
    for name in names.iter().filter(|name| name.len() > 3) {
        assert!(!leaves.contains(name.as_str()), "{name}");
    }
    assert!(device.clock().now().day() > today + Days::new(1));
}
