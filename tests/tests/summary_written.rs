//! What is beside the figures and after them: the report that is written, and the month that is corrected.
#![allow(clippy::unwrap_used, reason = "a story says what is wrong by failing")]

use maillon_shared::api::errors::Invalid;
use maillon_shared::api::summary::{ReportFile, SummaryAnswer, SummaryRequest, WouldCorrect};
use maillon_shared::api::triage::TriageWrite;
use maillon_shared::api::{Failure, Request, Response};
use maillon_shared::domain::clues::{ClueKind, Weight};
use maillon_shared::domain::encounter::EncounterChange;
use maillon_shared::domain::ids::{EncounterId, LineId, PersonId, ProvisionalId, RequestId};
use maillon_shared::domain::provisional::Provisional;
use maillon_shared::domain::request::{Request as CareRequest, RequestField, RequestStep};

use maillon_shared::domain::summary::grid::Table;
use maillon_shared::domain::summary::period::Period;
use maillon_shared::domain::summary::report::{
    CommitmentField, Report, ReportChange, ReportField, ReportLines, StoryField, Telling,
};
use maillon_tests::harness::Device;

use crate::pair::{courier, named, pair, takes};
use crate::summary::{all, day, person, publishes, visits, year_of};

fn period(code: &str) -> Period {
    Period::parse(code).unwrap()
}

fn third() -> Period {
    period("2026-Q3")
}

#[track_caller]
fn report(device: &mut Device) -> ReportFile {
    match device.asks(Request::Summary(SummaryRequest::Report(third()))) {
        Response::Summary(SummaryAnswer::Report(report)) => *report,
        _ => panic!("the report"),
    }
}

/// Writes over the report as it is read now.
fn writes(device: &mut Device, changes: Vec<ReportChange>) {
    let read = report(device).report;
    writes_over(device, read, changes);
}

/// Writes over the report as it was read.
fn writes_over(device: &mut Device, read: Report, changes: Vec<ReportChange>) {
    let write = SummaryRequest::WriteReport { period: third(), read: Box::new(read), changes, draft: None };
    device.does(Request::Summary(write));
}

fn publish() -> Request {
    Request::Summary(SummaryRequest::PublishReport(third()))
}

/// Each gives the other what it lacks, by a file.
fn meet(one: &mut Device, other: &mut Device) {
    let (file, _) = courier(one);
    takes(other, &file);
    let (file, _) = courier(other);
    takes(one, &file);
}

const STORY: LineId = LineId([5; 16]);

fn story(text: &str, telling: Telling) -> Vec<ReportChange> {
    vec![
        ReportChange::Story(STORY, StoryField::Title, "Reprendre pied".into()),
        ReportChange::Story(STORY, StoryField::Text, text.into()),
        ReportChange::Telling(STORY, Some(telling)),
    ]
}

#[test]
fn a_report_is_written_over_weeks_and_published_when_it_names_nobody() {
    let mut device = year_of(12);
    publishes(&mut device);
    writes(&mut device, vec![ReportChange::Text(ReportField::Lead, "Un été sans canicule.".into())]);
    let mut device = device.reopens();
    // A name is found whoever it is of, and does not leave.
    writes(&mut device, story("Mme Calvoulmenque ne sortait plus ; elle vient aux ateliers.", Telling::Recomposed));
    let seen = report(&mut device);
    assert!(seen.clues.iter().any(|clue| clue.kind == ClueKind::Name && clue.weight == Weight::Must));
    assert_eq!(device.is_refused(publish()), Failure::Invalid(Invalid::NamesSomeone));
    // What else may lead to someone is shown, and is hers to weigh.
    writes(&mut device, story("À 87 ans, elle ne sortait plus ; elle vient aux ateliers.", Telling::Agreed));
    let seen = report(&mut device);
    assert!(seen.clues.iter().any(|clue| clue.kind == ClueKind::Age && clue.weight == Weight::Look));
    assert_eq!(device.is_refused(publish()), Failure::Invalid(Invalid::NoAgreement));
    writes(&mut device, vec![ReportChange::AgreedOn(STORY, Some(day("2026-10-02")))]);
    assert!(report(&mut device).published.is_none());
    device.asks(publish());
    let seen = report(&mut device);
    let told = seen.published.unwrap();
    assert!(!seen.differs);
    assert_eq!((told.lead.as_str(), told.stories.len(), told.version), ("Un été sans canicule.", 1, 1));
    assert_eq!(all(&mut device).reports, [told]);

    // What was published is what is told, until it is published again.
    writes(&mut device, vec![ReportChange::Remove(ReportLines::Stories, STORY)]);
    assert!(report(&mut device).differs);
    assert_eq!(all(&mut device).reports[0].stories.len(), 1);
    device.asks(publish());
    assert_eq!((all(&mut device).reports[0].stories.len(), all(&mut device).reports[0].version), (0, 2));
    let Response::Acts(acts) = device.asks(Request::Acts { before: None, limit: 1 }) else { panic!("the acts") };
    assert_eq!(device.is_refused(Request::Undo(acts[0].act)), Failure::Kept, "what left has left");
}

#[test]
fn words_go_with_figures_and_a_period_that_is_not_published_has_none() {
    let mut device = year_of(12);
    let lead = vec![ReportChange::Text(ReportField::Lead, "Un été.".into())];
    writes(&mut device, lead);
    assert_eq!(device.is_refused(publish()), Failure::NotFound);
    publishes(&mut device);
    device.asks(publish());
    writes(&mut device, vec![ReportChange::Text(ReportField::Lead, String::new())]);
    assert_eq!(device.is_refused(publish()), Failure::Invalid(Invalid::Empty));
}

#[test]
fn a_report_begun_on_two_devices_loses_no_word_of_either() {
    let mut laptop = year_of(12);
    publishes(&mut laptop);
    let mut phone = Device::with_notebook(52, day("2026-10-05"));
    pair(&mut laptop, &mut phone);
    writes(&mut laptop, vec![ReportChange::Text(ReportField::Lead, "Un été sans canicule.".into())]);
    let commitment = LineId([9; 16]);
    writes(
        &mut phone,
        vec![
            ReportChange::Text(ReportField::Lead, "Deux axes.".into()),
            ReportChange::Commitment(commitment, CommitmentField::What, "Prêter une salle".into()),
        ],
    );
    meet(&mut laptop, &mut phone);
    for device in [&mut laptop, &mut phone] {
        let report = report(device).report;
        assert!(report.lead.contains("Un été sans canicule.") && report.lead.contains("Deux axes."), "{}", report.lead);
        assert_eq!(report.commitments.len(), 1);
    }
    // Written at once in one text, both are there, until someone puts them in order.
    writes(&mut laptop, vec![ReportChange::Text(ReportField::Next, "Le transport.".into())]);
    meet(&mut laptop, &mut phone);
    writes(&mut laptop, vec![ReportChange::Text(ReportField::Next, "Le transport vers le marché.".into())]);
    writes(&mut phone, vec![ReportChange::Text(ReportField::Next, "Le transport, et la mutuelle.".into())]);
    meet(&mut laptop, &mut phone);
    for device in [&mut laptop, &mut phone] {
        assert_eq!(report(device).report.next, "Le transport vers le marché.\n\nLe transport, et la mutuelle.");
    }
    assert!(!laptop.finds("mutuelle").is_empty(), "what a report says is found");
    // Changed on either, each thing changes once.
    writes(
        &mut laptop,
        vec![
            ReportChange::Text(ReportField::Lead, "Un été, deux axes.".into()),
            ReportChange::Commitment(commitment, CommitmentField::What, "Prêter deux salles".into()),
        ],
    );
    meet(&mut laptop, &mut phone);
    for device in [&mut laptop, &mut phone] {
        let report = report(device).report;
        assert_eq!(report.lead, "Un été, deux axes.");
        assert_eq!(report.commitments.iter().map(|one| one.what.as_str()).collect::<Vec<_>>(), ["Prêter deux salles"]);
    }
}

#[test]
fn a_first_year_that_is_not_whole_says_where_it_begins() {
    let mut device = Device::with_notebook(54, day("2026-09-07"));
    let mut count = 0;
    for month in 9..=12 {
        for n in 1..=12 {
            count += 1;
            let on = chrono::NaiveDate::from_ymd_opt(2026, month, 7 + u32::from(n)).unwrap();
            device.is_on(on);
            if month == 9 {
                device.saves(&named(person(n), &format!("Calvoulmenque {n}")));
            }
            visits(&mut device, count, person(n), on);
        }
    }
    device.is_on(day("2027-01-04"));
    publishes(&mut device);
    let begins = |device: &mut Device, code: &str| {
        all(device).published.into_iter().find(|one| one.publication.period == period(code)).unwrap().begins
    };
    let september = Some(period("2026-09").first());
    assert_eq!(begins(&mut device, "2026"), september);
    assert_eq!(begins(&mut device, "2026-Q3"), september);
    assert_eq!(begins(&mut device, "2026-Q4"), None);
    assert_eq!(begins(&mut device, "2026-09"), None, "a month is whole, whatever its first day");
}

#[test]
fn the_only_story_goes_at_once_whatever_else_is_not_ready() {
    let mut device = year_of(12);
    publishes(&mut device);
    writes(&mut device, story("Une femme ne sortait plus ; elle vient aux ateliers.", Telling::Recomposed));
    device.asks(publish());
    // Another story is not ready, and names someone: that is no reason to go on telling the first.
    let other = LineId([6; 16]);
    let names = "Mme Calvoulmenque a retrouvé le sommeil.";
    writes(&mut device, vec![ReportChange::Story(other, StoryField::Text, names.into())]);
    device.asks(Request::Summary(SummaryRequest::WithdrawReport(third())));
    assert!(all(&mut device).reports.is_empty() && report(&mut device).published.is_none());
    assert_eq!(report(&mut device).report.stories.len(), 2, "what is being written is not touched");
    let held = device.everything();
    assert!(!held.iter().any(|one| one.kind == "published_report" && one.words.contains("ateliers")));
    assert_eq!(device.is_refused(Request::Summary(SummaryRequest::WithdrawReport(third()))), Failure::NotFound);
}

#[test]
fn a_clock_that_went_back_leaves_no_story_standing() {
    let mut device = year_of(12);
    publishes(&mut device);
    writes(&mut device, story("Une femme ne sortait plus ; elle vient aux ateliers.", Telling::Recomposed));
    device.asks(publish());
    device.is_on(day("2026-10-01"));
    device.asks(Request::Summary(SummaryRequest::WithdrawReport(third())));
    assert!(all(&mut device).reports.is_empty());
    writes(&mut device, story("Les escaliers ont une rampe.", Telling::Recomposed));
    device.asks(publish());
    assert_eq!(all(&mut device).reports[0].stories[0].text, "Les escaliers ont une rampe.");
}

#[test]
fn whoever_was_reported_is_named_in_no_report_either() {
    let mut device = year_of(12);
    publishes(&mut device);
    let mut reported = Provisional::empty(ProvisionalId([60; 16]), PersonId([61; 16]), day("2026-10-05"));
    reported.family_name = "Zzyzxqueville".into();
    reported.words = "elle ne répond plus".into();
    reported.source = "neighbour_or_relay".into();
    let write = TriageWrite::Report { record: Box::new(reported), draft: None };
    device.does(Request::WriteTriage(Box::new(write)));
    writes(&mut device, story("Mme Zzyzxqueville ne sortait plus.", Telling::Recomposed));
    assert_eq!(device.is_refused(publish()), Failure::Invalid(Invalid::NamesSomeone));
}

#[test]
fn what_is_written_in_a_story_that_went_meanwhile_comes_back() {
    let mut laptop = year_of(12);
    publishes(&mut laptop);
    let mut phone = Device::with_notebook(52, day("2026-10-05"));
    pair(&mut laptop, &mut phone);
    writes(&mut laptop, story("Elle ne sortait plus.", Telling::Recomposed));
    meet(&mut laptop, &mut phone);
    writes(&mut phone, vec![ReportChange::Remove(ReportLines::Stories, STORY)]);
    meet(&mut laptop, &mut phone);
    // The form was open on the laptop all the while.
    writes(&mut laptop, story("Elle ne sortait plus. Elle vient aux ateliers.", Telling::Recomposed));
    let stories = report(&mut laptop).report.stories;
    assert_eq!(stories.len(), 1);
    assert!(stories[0].text.contains("ateliers") && stories[0].telling == Some(Telling::Recomposed));
    meet(&mut laptop, &mut phone);
    assert_eq!(report(&mut phone).report.stories, stories);
}

#[test]
fn a_text_that_nobody_had_read_is_not_written_over() {
    let mut laptop = year_of(12);
    publishes(&mut laptop);
    let mut phone = Device::with_notebook(52, day("2026-10-05"));
    pair(&mut laptop, &mut phone);
    let lead = |text: &str| vec![ReportChange::Text(ReportField::Lead, text.into())];
    writes(&mut laptop, lead("Un été."));
    let read = report(&mut laptop).report;
    writes(&mut phone, lead("Deux axes."));
    meet(&mut laptop, &mut phone);
    // The laptop's form was opened before.
    writes_over(&mut laptop, read, lead("Un été sans canicule."));
    let said = report(&mut laptop).report.lead;
    assert!(said.contains("Un été sans canicule.") && said.contains("Deux axes."), "{said}");
    // Nor where both write in the one that both know, one after the other.
    writes(&mut laptop, lead("Un été, deux axes."));
    meet(&mut laptop, &mut phone);
    let read = report(&mut laptop).report;
    writes(&mut phone, lead("Un été, trois axes."));
    meet(&mut laptop, &mut phone);
    writes_over(&mut laptop, read, lead("Un bel été, deux axes."));
    let said = report(&mut laptop).report.lead;
    assert!(said.contains("Un bel été, deux axes.") && said.contains("trois axes"), "{said}");
}

#[test]
fn nobody_agreed_to_a_story_that_two_devices_wrote_at_once() {
    let mut laptop = year_of(12);
    publishes(&mut laptop);
    let mut phone = Device::with_notebook(52, day("2026-10-05"));
    pair(&mut laptop, &mut phone);
    writes(&mut laptop, story("Elle ne sortait plus.", Telling::Agreed));
    writes(&mut laptop, vec![ReportChange::AgreedOn(STORY, Some(day("2026-10-02")))]);
    meet(&mut laptop, &mut phone);
    let text = |text: &str| vec![ReportChange::Story(STORY, StoryField::Text, text.into())];
    writes(&mut laptop, text("Elle ne sortait plus depuis l’hiver."));
    writes(&mut phone, text("Elle ne sortait plus du tout."));
    meet(&mut laptop, &mut phone);
    assert_eq!(report(&mut laptop).report.stories[0].agreed_on, None);
    assert_eq!(laptop.is_refused(publish()), Failure::Invalid(Invalid::NoAgreement));
}

// ── Corrections ─────────────────────────────────────────────────────────────────────────────────────────────────────────

#[track_caller]
fn would_correct(device: &mut Device, code: &str) -> WouldCorrect {
    match device.asks(Request::Summary(SummaryRequest::PreviewCorrection(period(code)))) {
        Response::Summary(SummaryAnswer::Correction(would)) => *would,
        _ => panic!("what it would change"),
    }
}

fn contacts(device: &mut Device, code: &str) -> (u32, Option<u32>) {
    let of_period = all(device).published.into_iter().filter(|one| one.publication.period == period(code));
    let last = of_period.max_by_key(|one| one.publication.version).unwrap().publication;
    (last.version, last.table(Table::Contacts).unwrap().acts.number())
}

#[test]
fn a_month_that_was_noted_late_is_corrected_once_where_the_difference_tells_of_nobody() {
    let mut device = year_of(12);
    publishes(&mut device);
    let before = contacts(&mut device, "2026-09");
    assert_eq!(before, (1, Some(12)));
    for n in 1..=12 {
        visits(&mut device, 1_000 + u32::from(n), person(n), day("2026-09-15"));
    }
    let would = would_correct(&mut device, "2026-09");
    assert_eq!((would.added, would.removed, would.corrected_before), (12, 0, false));
    assert_eq!(would.publications.iter().map(|one| one.period).collect::<Vec<_>>(), [period("2026-09"), third()]);
    assert_eq!(contacts(&mut device, "2026-09"), before, "to look corrects nothing");
    device.asks(Request::Summary(SummaryRequest::Correct(period("2026-09"))));
    let mut device = device.reopens();
    assert_eq!(contacts(&mut device, "2026-09"), (2, Some(24)));
    assert_eq!(contacts(&mut device, "2026-Q3"), (2, Some(48)));
    // The month counts them: the one that is open does not.
    device.is_on(day("2026-11-02"));
    publishes(&mut device);
    assert_eq!(contacts(&mut device, "2026-10").1, None, "nobody was seen in October");

    let again = would_correct(&mut device, "2026-09");
    assert!(again.corrected_before && again.publications.is_empty());
    let refused = device.is_refused(Request::Summary(SummaryRequest::Correct(period("2026-09"))));
    assert_eq!(refused, Failure::Invalid(Invalid::CorrectedBefore));
}

#[test]
fn a_correction_that_would_tell_of_someone_is_not_made_and_does_not_use_up_the_month() {
    let mut device = year_of(12);
    publishes(&mut device);
    for n in 1..=3 {
        visits(&mut device, 1_000 + u32::from(n), person(n), day("2026-09-15"));
    }
    let would = would_correct(&mut device, "2026-09");
    assert_eq!((would.added, would.publications.len()), (3, 0));
    assert_eq!(would.left_as_they_were, [Table::Contacts]);
    device.asks(Request::Summary(SummaryRequest::Correct(period("2026-09"))));
    assert_eq!(contacts(&mut device, "2026-09"), (1, Some(12)));
    assert!(!would_correct(&mut device, "2026-09").corrected_before);
    // They count in the month that is open, as what is noted late does.
    device.is_on(day("2026-11-02"));
    for n in 1..=12 {
        visits(&mut device, 2_000 + u32::from(n), person(n), day("2026-10-20"));
    }
    publishes(&mut device);
    assert_eq!(contacts(&mut device, "2026-10"), (1, Some(15)));
}

#[test]
fn what_was_a_mistake_is_taken_out_of_its_month() {
    let mut device = year_of(12);
    for n in 1..=12 {
        visits(&mut device, 3_000 + u32::from(n), person(n), day("2026-09-16"));
    }
    publishes(&mut device);
    assert_eq!(contacts(&mut device, "2026-09"), (1, Some(24)));
    for n in 1..=12_u32 {
        let mut id = [0; 16];
        id[..4].copy_from_slice(&(3_000 + n).to_be_bytes());
        id[5] = 9;
        let changes = vec![EncounterChange::Withdrawn(true)];
        device.does(Request::EditEncounter { id: EncounterId(id), changes, unshared_note: None, draft: None });
    }
    let would = would_correct(&mut device, "2026-09");
    assert_eq!((would.added, would.removed), (0, 12));
    device.asks(Request::Summary(SummaryRequest::Correct(period("2026-09"))));
    assert_eq!(contacts(&mut device, "2026-09"), (2, Some(12)));
}

#[test]
fn a_request_that_turns_out_to_be_the_hospitals_is_counted_once() {
    let mut device = year_of(12);
    let id = |n: u8| RequestId([100 + n; 16]);
    for n in 1..=12 {
        let mut asked = CareRequest::received(id(n), Some(person(n)), day("2026-09-20"));
        asked.topic = "isolation".into();
        asked.source = "person".into();
        asked.verbatim = "elle voudrait de la visite".into();
        let write = TriageWrite::Receive { request: Box::new(asked), reported: None, draft: None };
        device.does(Request::WriteTriage(Box::new(write)));
    }
    publishes(&mut device);
    for n in 1..=12 {
        let steps = vec![RequestStep::Say(RequestField::Source, "hospital".into())];
        let write = TriageWrite::Steps { id: id(n), steps, draft: None };
        device.does(Request::WriteTriage(Box::new(write)));
    }
    device.is_on(day("2027-01-04"));
    publishes(&mut device);
    let year = all(&mut device).published.into_iter().find(|one| one.publication.period == period("2026")).unwrap();
    let number = |table: Table| year.publication.table(table).and_then(|summary| summary.acts.number());
    assert_eq!((number(Table::Requests), number(Table::Referrals)), (Some(12), None));
}
