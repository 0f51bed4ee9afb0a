//! The reception desk, through the door: counted without a name, taken back, and a waiting list that ends with the day.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use chrono::{Days, NaiveDate};
use maillon_shared::api::errors::Invalid;
use maillon_shared::api::requests::{Draft, DraftKey, WAITING};
use maillon_shared::api::responses::CountRow;
use maillon_shared::api::{Failure, Request, Response};
use maillon_shared::domain::ids::{CountId, PersonId};
use maillon_shared::domain::person::Person;
use maillon_shared::domain::reception::{Count, Half};
use maillon_shared::domain::time::Hour;
use maillon_tests::harness::Device;

fn today() -> NaiveDate {
    "2026-06-12".parse().unwrap()
}

fn tap(n: u8, half: Half, what: &str) -> Count {
    Count { id: CountId([n; 16]), day: today(), half, what: what.into() }
}

fn counted(device: &mut Device) -> Vec<(String, Half, u32)> {
    let (from, to) = (today() - Days::new(6), today() + Days::new(6));
    let Response::Reception(rows) = device.asks(Request::Reception { from, to }) else { panic!("counts") };
    rows.into_iter().map(|CountRow { half, what, count, .. }| (what, half, count)).collect()
}

fn row(what: &str, half: Half, count: u32) -> (String, Half, u32) {
    (what.to_owned(), half, count)
}

#[test]
fn a_tap_counts_once_and_the_last_one_is_undone_alone() {
    let mut device = Device::with_notebook(1, today());
    device.does(Request::Count(tap(1, Half::Morning, "came_in"))).unwrap();
    assert_eq!(device.does(Request::Count(tap(1, Half::Morning, "came_in"))), None, "a double answer counts once");
    device.does(Request::Count(tap(2, Half::Morning, "came_in"))).unwrap();
    device.does(Request::Count(tap(3, Half::Afternoon, "ma_propre_case"))).unwrap();
    let last = device.does(Request::Count(tap(4, Half::Morning, "came_in"))).unwrap();
    let mut device = device.reopens();
    let three = [row("came_in", Half::Morning, 3), row("ma_propre_case", Half::Afternoon, 1)];
    assert_eq!(counted(&mut device), three);
    device.does(Request::Undo(last)).unwrap();
    assert_eq!(counted(&mut device)[0].2, 2);

    // One too many, found out later.
    let take_back = |half, what: &str| Request::TakeBack { day: today(), half, what: what.into() };
    let taken = device.does(take_back(Half::Morning, "came_in")).unwrap();
    assert_eq!(counted(&mut device)[0].2, 1);
    device.does(Request::Undo(taken)).unwrap();
    assert_eq!(counted(&mut device)[0].2, 2);
    device.does(take_back(Half::Afternoon, "ma_propre_case")).unwrap();
    assert_eq!(counted(&mut device), [row("came_in", Half::Morning, 2)]);
    assert_eq!(device.is_refused(take_back(Half::Afternoon, "ma_propre_case")), Failure::NotFound);
}

#[test]
fn a_day_at_the_desk_is_no_encounter_and_names_nobody() {
    let mut device = Device::with_notebook(1, today());
    device.does(Request::Count(tap(1, Half::Morning, "came_in"))).unwrap();
    let shown = device.today();
    assert_eq!((shown.noted_today, shown.anomalies), (0, 0));
}

#[test]
fn what_cannot_be_counted_is_refused() {
    let mut device = Device::with_notebook(1, today());
    let counts = |device: &mut Device, count: Count| device.is_refused(Request::Count(count));
    let one = tap(1, Half::Morning, "came_in");
    for day in ["2026-06-14", "1026-06-12", "9999-12-31"] {
        let count = Count { day: day.parse().unwrap(), ..one.clone() };
        assert_eq!(counts(&mut device, count), Failure::Invalid(Invalid::Day), "{day}");
    }
    assert_eq!(counts(&mut device, tap(1, Half::Morning, "  ")), Failure::Invalid(Invalid::Empty));
    let endless = tap(1, Half::Morning, &"é".repeat(10_000));
    assert_eq!(counts(&mut device, endless), Failure::Invalid(Invalid::TooLong));
    device.does(Request::Count(tap(2, Half::Unknown("night".into()), "came_in"))).unwrap();
    assert_eq!(counted(&mut device), [row("came_in", Half::Unknown("night".into()), 1)]);
}

#[test]
fn the_day_is_cut_at_one_in_the_afternoon() {
    let half = |text: &str| Half::of(Hour::parse(text).unwrap());
    assert_eq!([half("00:00"), half("12:59")], [Half::Morning, Half::Morning]);
    assert_eq!([half("13:00"), half("23:59")], [Half::Afternoon, Half::Afternoon]);
}

fn waits(device: &mut Device, words: &str) {
    let key = DraftKey { form: WAITING.into(), subject: String::new() };
    device.asks(Request::SaveDraft(Draft { key, content: words.into(), at: Default::default() }));
}

fn forms(device: &mut Device) -> Vec<String> {
    let Response::Drafts(drafts) = device.asks(Request::Drafts) else { panic!("forms") };
    drafts.into_iter().map(|draft| draft.content).collect()
}

#[test]
fn who_waited_is_forgotten_with_the_day_and_no_form_is() {
    let mut device = Device::with_notebook(1, today());
    waits(&mut device, "La dame au chapeau");
    let key = DraftKey { form: "note".into(), subject: String::new() };
    device.asks(Request::SaveDraft(Draft { key, content: "une note".into(), at: Default::default() }));
    let mut device = device.reopens();
    assert_eq!(forms(&mut device).len(), 2, "still the same day");
    device.locks();
    device.is_on(today() + Days::new(1));
    device.unlocks();
    device.is_on(today());
    assert_eq!(forms(&mut device), ["une note"], "gone at the opening, before anyone asked");

    // The notebook stayed open all night.
    waits(&mut device, "La dame au chapeau");
    device.is_on(today() + Days::new(1));
    assert_eq!(forms(&mut device), ["une note"]);
}

#[test]
fn who_is_erased_waits_no_longer() {
    let mut device = Device::with_notebook(1, today());
    let mut odette = Person::empty(PersonId([1; 16]));
    (odette.given_name, odette.family_name) = ("Odette".into(), "Escarvenc".into());
    device.saves(&odette);
    waits(&mut device, "Odette Escarvenc");
    device.asks(Request::ErasePeople(vec![odette.id]));
    assert!(forms(&mut device).is_empty());
}
