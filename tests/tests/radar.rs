//! The radar of needs, through the door: it counts persons, and says nothing of fewer than five.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use chrono::NaiveDate;
use maillon_shared::api::triage::{TriageAnswer, TriageQuestion, TriageWrite};
use maillon_shared::api::{Request, Response};
use maillon_shared::domain::disclosure::{PublicCount, Threshold};
use maillon_shared::domain::ids::{PersonId, ProvisionalId, RequestId};
use maillon_shared::domain::person::Person;
use maillon_shared::domain::provisional::Provisional;
use maillon_shared::domain::radar::{RadarRow, RadarTopic};
use maillon_shared::domain::request::Request as CareRequest;
use maillon_tests::harness::Device;

fn today() -> NaiveDate {
    "2026-06-12".parse().unwrap()
}

fn asks(id: u8, about: Option<PersonId>) -> CareRequest {
    let mut asked = CareRequest::received(RequestId([id; 16]), about, today());
    asked.topic = "transport".into();
    asked.verbatim = "le car".into();
    asked
}

fn receives(device: &mut Device, request: CareRequest, reported: Option<Provisional>) {
    let write = TriageWrite::Receive { request: Box::new(request), reported: reported.map(Box::new), draft: None };
    device.does(Request::WriteTriage(Box::new(write))).unwrap();
}

fn radar(device: &mut Device) -> Vec<RadarRow> {
    let from = "2026-01-01".parse().unwrap();
    match device.asks(Request::AskTriage(TriageQuestion::Radar { from, to: today() })) {
        Response::Triage(TriageAnswer::Radar(rows)) => rows,
        _ => panic!("the radar was asked for"),
    }
}

#[test]
fn the_radar_counts_persons_and_says_nothing_of_fewer_than_five() {
    let mut device = Device::with_notebook(1, today());
    for n in 0..6u8 {
        let mut person = Person::empty(PersonId([100 + n; 16]));
        person.family_name = format!("Nom {n}");
        person.address.commune = "Valmenier".into();
        person.address.hamlet = if n < 5 { "Le Bourg".into() } else { "Puy-Marin".into() };
        device.saves(&person);
        let topic = if n < 4 { "violence" } else { "meals" };
        let mut asked = asks(150 + n, Some(person.id));
        asked.also = [topic.to_owned()].into();
        receives(&mut device, asked, None);
    }
    receives(&mut device, asks(90, None), None);
    let rows = radar(&mut device);
    let transport = rows.iter().find(|row| row.commune == "Valmenier" && row.need().is_some()).unwrap();
    assert_eq!(
        (&transport.topic, transport.persons),
        (&RadarTopic::One("transport".into()), PublicCount::of(6, Threshold::FIVE))
    );
    assert_eq!(transport.hamlets, [], "the hamlet that five have would tell of the sixth");
    assert_eq!(transport.requests, Some(6));
    assert!(rows.iter().all(|row| row.topic != RadarTopic::Sensitive), "four persons are nobody's business");
    let text = format!("{rows:?}");
    assert!(!text.contains("Nom") && !text.contains("violence"), "{text}");
}

#[test]
fn whoever_was_only_reported_counts_for_no_person() {
    let mut device = Device::with_notebook(1, today());
    for n in 0..6u8 {
        let mut record = Provisional::empty(ProvisionalId([100 + n; 16]), PersonId([120 + n; 16]), today());
        record.usual_name = format!("Nom {n}");
        receives(&mut device, asks(150 + n, None), Some(record));
    }
    let rows = radar(&mut device);
    assert!(rows.iter().all(|row| row.persons.exactly().is_none() && row.requests.is_none()), "{rows:?}");
}
