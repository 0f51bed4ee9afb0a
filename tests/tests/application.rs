//! Applications to calls for projects: the deadline, the budget that is balanced or says by how much it is not, what came of it,
//! and the reports that are due.
#![allow(clippy::unwrap_used, reason = "a story says what is wrong by failing")]

use maillon_shared::api::application::{ApplicationFile, Applications};
use maillon_shared::api::collective::{CollectiveAnswer, CollectiveRead, CollectiveWrite};
use maillon_shared::domain::application::{
    ApplicationChange, ApplicationDue, ApplicationField, ApplicationPart, ApplicationStatus, Balance, BudgetField,
    BudgetLine, BudgetText, Deadline, FundingApplication, PaidProject, PartField, Piece, PieceField, ReportDue,
};
use maillon_shared::domain::ids::{ApplicationId, ProgrammeId};
use maillon_shared::domain::programme::{AnnualProgramme, Cents};
use maillon_shared::domain::time::PartialDate;

use crate::in_common::*;

const REGION: ApplicationId = ApplicationId([140; 16]);
const MSP: LineId = line(141);
const ROOM: LineId = line(142);
const STATUTES: LineId = line(143);
const FINAL: LineId = line(144);
const PAYS_FOR: LineId = line(145);
const YEAR: ProgrammeId = ProgrammeId([146; 16]);

const fn line(n: u8) -> LineId {
    LineId([n; 16])
}

fn date(text: &str) -> PartialDate {
    PartialDate::parse(text).unwrap()
}

fn read(device: &mut Device, asked: CollectiveRead) -> CollectiveAnswer {
    match device.asks(Request::ReadCollective(asked)) {
        Response::Collective(answer) => *answer,
        _ => panic!("something collective"),
    }
}

fn all(device: &mut Device) -> Applications {
    match read(device, CollectiveRead::Applications) {
        CollectiveAnswer::Applications(all) => *all,
        _ => panic!("the applications"),
    }
}

#[track_caller]
fn application(device: &mut Device) -> ApplicationFile {
    match read(device, CollectiveRead::Application(REGION)) {
        CollectiveAnswer::Application(file) => *file,
        _ => panic!("an application"),
    }
}

fn writes(write: CollectiveWrite) -> Request {
    Request::WriteCollective(Box::new(write))
}

fn begins(application: &FundingApplication, group: Option<GroupId>) -> Request {
    writes(CollectiveWrite::CreateApplication { application: Box::new(application.clone()), group, draft: None })
}

fn changes(changes: Vec<ApplicationChange>) -> Request {
    writes(CollectiveWrite::EditApplication { id: REGION, changes, draft: None })
}

/// An application in preparation, whose deadline is so many days after the day of the device.
fn of_the_region(device: &mut Device, days: i64) -> FundingApplication {
    let today = device.today().day;
    let mut application = FundingApplication::empty(REGION);
    application.title = "Plan cancer régional".into();
    application.funder = "Région".into();
    application.status = ApplicationStatus::Preparing;
    application.deadline = Some(Deadline { day: today + chrono::Duration::days(days), at: None });
    application.parts.push(ApplicationPart { who: "MSP de la Tarasque".into(), ..ApplicationPart::empty(MSP) });
    application.budget.push(BudgetLine { label: "Salle".into(), ..BudgetLine::empty(ROOM) });
    let due = Some(today + chrono::Duration::days(1));
    application.pieces.push(Piece { what: "Statuts".into(), who: "Basile".into(), due, ..Piece::empty(STATUTES) });
    application
}

// ── One's own ───────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn an_application_is_prepared_handed_in_granted_and_its_report_is_awaited() {
    let mut device = nadine();
    let begun = of_the_region(&mut device, 3);
    device.does(begins(&begun, None)).unwrap();
    assert_eq!(device.does(begins(&begun, None)), None, "asked twice, begun once");
    let mut device = device.reopens();
    let file = application(&mut device);
    assert_eq!(file.due.iter().map(|due| (due.days_left, due.is_over)).collect::<Vec<_>>(), [(1, false), (3, false)]);
    assert_eq!((file.due[0].what.as_str(), file.due[0].who.as_str()), ("Statuts", "Basile"));
    let row = &all(&mut device).rows[0];
    assert_eq!(row.next.as_ref().unwrap().due, ApplicationDue::Piece(begun.pieces[0].due.unwrap(), STATUTES));
    let shown: Vec<_> = device.today().applications.iter().map(|row| (row.what.clone(), row.days_late)).collect();
    assert_eq!(shown, [("Statuts".to_owned(), 0), (String::new(), 0)], "a day of the week asks for it");

    let on = date("2026-06-20");
    let granted = ApplicationStatus::Granted { submitted: Some(date("2026-06-15")), on, amount: Some(Cents(500_000)) };
    let due = Some(device.today().day - chrono::Duration::days(2));
    let granted = device
        .does(changes(vec![
            ApplicationChange::Status(granted),
            ApplicationChange::ReportDue(FINAL, due),
            ApplicationChange::ReportNote(FINAL, "bilan financier".into()),
        ]))
        .unwrap();
    let file = application(&mut device);
    let [report] = &file.due[..] else { panic!("its report alone: {:?}", file.due) };
    assert_eq!((report.days_left, report.is_over), (-2, true));
    assert_eq!(device.today().applications[0].days_late, 2);
    device.does(changes(vec![ApplicationChange::ReportDone(FINAL, due)])).unwrap();
    assert!(application(&mut device).due.is_empty() && device.today().applications.is_empty());
    assert_eq!(device.finds("bilan financier").len(), 1);
    assert_eq!(device.is_refused(Request::Undo(granted)), Failure::WrittenSince);
}

#[test]
fn a_deadline_is_over_from_the_minute_after_and_says_so() {
    let mut device = nadine();
    let mut begun = of_the_region(&mut device, -1);
    device.does(begins(&begun, None)).unwrap();
    assert!(application(&mut device).is_deadline_over);
    begun.deadline = Some(Deadline { day: device.today().day, at: None });
    device.does(changes(vec![ApplicationChange::Deadline(begun.deadline)])).unwrap();
    let file = application(&mut device);
    assert!(!file.is_deadline_over, "its day is not over");
    assert_eq!(file.due[0].days_left, 0);
}

#[test]
fn a_budget_says_what_is_not_known_and_by_how_much_it_is_short() {
    let mut device = nadine();
    let begun = of_the_region(&mut device, 3);
    device.does(begins(&begun, None)).unwrap();
    assert_eq!(application(&mut device).application.balance(), Balance::NotKnown(1));
    let amount = |field, cents| ApplicationChange::Amount(ROOM, field, Some(Cents(cents)));
    device.does(changes(vec![amount(BudgetField::Planned, 100_000), amount(BudgetField::Asked, 60_050)])).unwrap();
    let file = application(&mut device);
    assert_eq!(file.application.balance(), Balance::Short(Cents(39_950)));
    assert_eq!(file.application.parts_balance(), Balance::NotKnown(1), "nobody said what the part asks");
    device
        .does(changes(vec![
            amount(BudgetField::Own, 39_950),
            ApplicationChange::PartAsked(MSP, Some(Cents(60_050))),
            ApplicationChange::Most(Some(Cents(60_000))),
        ]))
        .unwrap();
    let mut device = device.reopens();
    let held = application(&mut device).application;
    assert_eq!((held.balance(), held.parts_balance(), held.is_within()), (Balance::Even, Balance::Even, Some(false)));
    assert_eq!(all(&mut device).rows[0].asked.sum(), Some(Cents(60_050)));
}

#[test]
fn what_cannot_be_is_refused_before_anything_is_written() {
    let mut device = nadine();
    let begun = of_the_region(&mut device, 3);
    let nameless = FundingApplication { title: " ".into(), ..begun.clone() };
    assert_eq!(device.is_refused(begins(&nameless, None)), Failure::Invalid(Invalid::NoName));
    let written = device.does(begins(&begun, None)).unwrap();
    let mut refused = |change: ApplicationChange| device.is_refused(changes(vec![change]));
    let given_up = ApplicationStatus::GivenUp(" ".into());
    assert_eq!(refused(ApplicationChange::Status(given_up)), Failure::Invalid(Invalid::NoReason));
    let ancient = Deadline::parse("1789-07-14");
    assert_eq!(refused(ApplicationChange::Deadline(ancient)), Failure::Invalid(Invalid::Day));
    assert_eq!(refused(ApplicationChange::Most(Some(Cents(u64::MAX)))), Failure::NotUnderstood);
    assert_eq!(refused(ApplicationChange::LeadEntry(Some(CLUB))), Failure::NotFound);
    assert_eq!(refused(ApplicationChange::Project(PAYS_FOR, Some(OWN))), Failure::NotFound);
    assert_eq!(refused(ApplicationChange::Programme(Some(YEAR))), Failure::NotFound);
    device.does(Request::Undo(written)).unwrap();
    assert!(all(&mut device).rows.is_empty() && device.finds("cancer").is_empty());
}

#[test]
fn an_application_says_for_which_project_and_programme_it_pays() {
    let mut device = nadine();
    writes_own(&mut device);
    let mut begun = of_the_region(&mut device, 3);
    begun.projects.push(PaidProject { id: PAYS_FOR, project: Some(OWN) });
    begun.lead_entry = Some(CLUB);
    let mut programme = AnnualProgramme::empty(YEAR, 2026);
    programme.title = "Programmation".into();
    begun.programme = Some(YEAR);
    let programme = Box::new(programme);
    device.does(writes(CollectiveWrite::CreateProgramme { programme, group: None, draft: None })).unwrap();
    device.does(begins(&begun, None)).unwrap();
    let file = application(&mut device);
    assert_eq!(file.project_title(OWN), "Marcher ensemble");
    assert_eq!(file.programme, Some((YEAR, 2026, "Programmation".into())));
    assert_eq!(file.name_of(Some(CLUB)), "Club des Alpilles");
    assert_eq!(file.due[1].who, "Club des Alpilles", "who leads hands it in");
}

// ── A group's ───────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn nobody_who_is_accompanied_is_named_anywhere_in_an_application_of_a_group() {
    let Three { mut nadine, mut claire, bernard: _, id } = three();
    writes_own(&mut nadine);
    let named = || "Odette Escarvenc".to_owned();
    let refused = Failure::Invalid(Invalid::NamesSomeone);
    let begun = of_the_region(&mut nadine, 3);
    nadine.does(begins(&begun, Some(id))).unwrap();
    let texts = ApplicationField::ALL.iter().map(|field| ApplicationChange::Text(*field, named()));
    let others = [
        ApplicationChange::Status(ApplicationStatus::GivenUp(named())),
        ApplicationChange::Status(ApplicationStatus::Refused { submitted: None, on: date("2026"), reason: named() }),
        ApplicationChange::Part(MSP, PartField::Who, named()),
        ApplicationChange::Part(MSP, PartField::Does, named()),
        ApplicationChange::Budget(ROOM, BudgetText::Label, named()),
        ApplicationChange::Budget(ROOM, BudgetText::Note, named()),
        ApplicationChange::Piece(STATUTES, PieceField::What, named()),
        ApplicationChange::Piece(STATUTES, PieceField::Who, named()),
        ApplicationChange::ReportNote(FINAL, named()),
    ];
    for change in texts.chain(others) {
        assert_eq!(nadine.is_refused(changes(vec![change.clone()])), refused, "{change:?}");
    }
    let own = ApplicationChange::Project(PAYS_FOR, Some(OWN));
    assert_eq!(nadine.is_refused(changes(vec![own])), Failure::Invalid(Invalid::OfAnotherGroup));
    // Whoever is of this directory is said in words: nobody else has it.
    let lead = ApplicationChange::LeadEntry(Some(CLUB));
    nadine.does(changes(vec![lead, ApplicationChange::PartEntry(MSP, Some(CLUB))])).unwrap();
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    let held = application(&mut claire).application;
    assert_eq!((held.lead.as_str(), held.parts[0].who.as_str()), ("Club des Alpilles", "Club des Alpilles"));
    assert_eq!((held.lead_entry, held.parts[0].entry), (None, None));
    assert_eq!(group(&mut claire, id).applications, [(REGION, "Plan cancer régional".into())]);
}

#[test]
fn two_members_prepare_one_application_and_both_keep_their_words() {
    let Three { mut nadine, mut claire, bernard: _, id } = three();
    let begun = FundingApplication { reports: vec![ReportDue::empty(FINAL)], ..of_the_region(&mut nadine, 3) };
    nadine.does(begins(&begun, Some(id))).unwrap();
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    let day = nadine.today().day;
    nadine.does(changes(vec![ApplicationChange::PieceDone(STATUTES, Some(day))])).unwrap();
    nadine.does(changes(vec![ApplicationChange::Status(ApplicationStatus::Submitted(date("2026-06-15")))])).unwrap();
    claire.does(changes(vec![ApplicationChange::Part(MSP, PartField::Does, "anime".into())])).unwrap();
    claire.does(changes(vec![ApplicationChange::Status(ApplicationStatus::GivenUp("trop court".into()))])).unwrap();
    meet_as(id, (&mut claire, CLAIRE), (&mut nadine, NADINE));
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    let (hers, theirs) = (application(&mut nadine), application(&mut claire));
    assert_eq!((&hers.application, &hers.conflicts), (&theirs.application, &theirs.conflicts));
    assert!(hers.application.pieces[0].done_on.is_some() && hers.application.parts[0].does == "anime");
    let [conflict] = &hers.conflicts[..] else { panic!("one conflict: {:?}", hers.conflicts) };
    let value = ApplicationStatus::Submitted(date("2026-06-15")).to_string();
    nadine.does(changes(vec![ApplicationChange::at(&conflict.field, &value).unwrap()])).unwrap();
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    assert!(application(&mut claire).conflicts.is_empty());
}
