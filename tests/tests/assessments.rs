//! Looks at someone's isolation, through the door: a history over time, each mended and undone by itself.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use chrono::{Days, NaiveDate};
use maillon_shared::api::errors::Invalid;
use maillon_shared::api::responses::TimelineItem;
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::ids::{AssessmentId, PersonId};
use maillon_shared::domain::isolation::{AssessmentChange, IsolationAssessment, IsolationLevel};
use maillon_shared::domain::lists::{ListId, Lists};
use maillon_shared::domain::person::Person;
use maillon_shared::text::language::Language;
use maillon_tests::harness::Device;

const ODETTE: PersonId = PersonId([1; 16]);

fn today() -> NaiveDate {
    "2026-06-12".parse().unwrap()
}

fn notebook() -> Device {
    let mut device = Device::with_notebook(1, today());
    let mut odette = Person::empty(ODETTE);
    odette.family_name = "Escarvenc".into();
    device.saves(&odette);
    device
}

fn seen(id: u8, on: NaiveDate, level: IsolationLevel) -> IsolationAssessment {
    let mut seen = IsolationAssessment::empty(AssessmentId([id; 16]), ODETTE, on, level);
    let factors = Lists::starting(Language::Fr).items(ListId::IsolationFactors).iter();
    seen.factors = factors.take(usize::from(id)).map(|item| item.id.to_owned()).collect();
    seen.note = format!("regard {id}");
    seen
}

fn assess(seen: &IsolationAssessment) -> Request {
    Request::Assess { assessment: Box::new(seen.clone()), draft: None }
}

#[test]
fn what_was_seen_over_time_is_a_history_the_last_day_first() {
    let mut device = notebook();
    let looks = [
        seen(2, today() - Days::new(400), IsolationLevel::High),
        seen(3, today() - Days::new(30), IsolationLevel::Moderate),
        seen(4, today(), IsolationLevel::Unknown("very_low".into())),
    ];
    for look in &looks {
        device.does(assess(look)).unwrap();
        assert_eq!(device.does(assess(look)), None, "asked twice, made once");
    }
    let mut device = device.reopens();
    let file = device.opens(ODETTE);
    assert_eq!(file.assessments, [looks[2].clone(), looks[1].clone(), looks[0].clone()]);
    let told = file.timeline.iter().filter(|item| matches!(item, TimelineItem::Assessment(_)));
    assert_eq!(told.count(), 3);
    assert_eq!(file.last_contact, None, "having thought of someone is not having seen them");
}

#[test]
fn a_look_is_mended_withdrawn_and_undone_alone() {
    let mut device = notebook();
    let first = seen(2, today(), IsolationLevel::Low);
    device.does(assess(&first)).unwrap();
    let other = seen(3, today(), IsolationLevel::High);
    let act = device.does(assess(&other)).unwrap();
    let mut mended = first.clone();
    mended.factors.insert("mon_propre_critère".into());
    mended.factors.remove("lives_alone");
    mended.level = IsolationLevel::High;
    let edit = |changes| Request::EditAssessment { id: first.id, changes, draft: None };
    let mending = device.does(edit(first.changes_to(&mended))).unwrap();
    assert!(device.opens(ODETTE).assessments.contains(&mended));
    device.does(Request::Undo(act)).unwrap();
    assert_eq!(device.opens(ODETTE).assessments, [mended]);
    device.does(Request::Undo(mending)).unwrap();
    assert_eq!(device.opens(ODETTE).assessments, std::slice::from_ref(&first));
    device.does(edit(vec![AssessmentChange::Withdrawn(true)])).unwrap();
    assert!(device.opens(ODETTE).assessments.is_empty());
}

#[test]
fn what_cannot_be_is_refused() {
    let mut device = notebook();
    let tomorrow_or_later = seen(2, today() + Days::new(2), IsolationLevel::Low);
    assert_eq!(device.is_refused(assess(&tomorrow_or_later)), Failure::Invalid(Invalid::Day));
    let mut of_nobody = seen(2, today(), IsolationLevel::Low);
    of_nobody.person = PersonId([8; 16]);
    assert_eq!(device.is_refused(assess(&of_nobody)), Failure::NotFound);
    let mut endless = seen(2, today(), IsolationLevel::Low);
    endless.factors.insert("x".repeat(500));
    assert_eq!(device.is_refused(assess(&endless)), Failure::Invalid(Invalid::TooLong));
    let unknown = Request::EditAssessment { id: AssessmentId([2; 16]), changes: Vec::new(), draft: None };
    assert_eq!(device.is_refused(unknown), Failure::NotFound);
}
