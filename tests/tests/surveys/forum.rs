//! A forum and its survey, as the stories about them tell: what is asked, who answers, what comes back from a tablet.
#![allow(clippy::unwrap_used, reason = "a story says what is wrong by failing")]

use chrono::NaiveDate;
use maillon_shared::api::collective::CollectiveWrite;
use maillon_shared::api::lending::Lent;
use maillon_shared::api::requests::Secret;
use maillon_shared::api::surveys::{
    ReadRemark, SheetVersions, SurveyAnswer, SurveyBack, SurveyFile, SurveyRead, SurveyWrite, SurveyYears, Surveys,
};
use maillon_shared::api::{Request, Response};
use maillon_shared::domain::event::{Event, EventKind};
use maillon_shared::domain::ids::{ChoiceId, EventId, GroupId, QuestionId, ResponseId, SurveyId};
use maillon_shared::domain::survey::question::{Question, QuestionKind, RespondentKind};
use maillon_shared::domain::survey::record::{RecordChange, SurveyRecord};
use maillon_shared::domain::survey::remarks::{Remark, Verdict};
use maillon_shared::domain::survey::response::{Answer, Response as Given, SheetNumber};
use maillon_shared::domain::survey::template::{self, starting_questions};
use maillon_shared::domain::survey::totals::SurveyTotals;
use maillon_tests::harness::Device;

pub const FORUM: EventId = EventId([91; 16]);
pub const SURVEY: SurveyId = SurveyId([95; 16]);
pub const VISITOR: RespondentKind = RespondentKind::Visitor;

// ── What is asked of a device ───────────────────────────────────────────────────────────────────────────────────────────

pub fn to_write(write: SurveyWrite) -> Request {
    Request::WriteSurveys(Box::new(write))
}

pub fn to_read(asked: SurveyRead) -> Request {
    Request::ReadSurveys(Box::new(asked))
}

#[track_caller]
pub fn read(device: &mut Device, asked: SurveyRead) -> SurveyAnswer {
    match device.asks(to_read(asked)) {
        Response::Surveys(answer) => *answer,
        _ => panic!("something about surveys"),
    }
}

#[track_caller]
pub fn all(device: &mut Device) -> Surveys {
    match read(device, SurveyRead::All) {
        SurveyAnswer::All(all) => all,
        _ => panic!("all of them"),
    }
}

#[track_caller]
pub fn survey(device: &mut Device, id: SurveyId) -> SurveyFile {
    match read(device, SurveyRead::One(id)) {
        SurveyAnswer::One(file) => *file,
        _ => panic!("one of them"),
    }
}

#[track_caller]
pub fn years(device: &mut Device) -> SurveyYears {
    match read(device, SurveyRead::Years) {
        SurveyAnswer::Years(years) => years,
        _ => panic!("the years"),
    }
}

#[track_caller]
pub fn to_check(device: &mut Device) -> Vec<SheetVersions> {
    match read(device, SurveyRead::ToCheck(SURVEY)) {
        SurveyAnswer::ToCheck(sheets) => sheets,
        _ => panic!("the sheets to check"),
    }
}

#[track_caller]
pub fn remarks(device: &mut Device) -> Vec<ReadRemark> {
    match read(device, SurveyRead::Remarks(SURVEY)) {
        SurveyAnswer::Remarks(remarks) => remarks,
        _ => panic!("what people wrote"),
    }
}

// ── What is written ─────────────────────────────────────────────────────────────────────────────────────────────────────

/// A survey that asks what everybody starts with.
pub fn questionnaire(id: SurveyId, year: i32) -> SurveyRecord {
    let mut record = SurveyRecord::empty(id, year);
    record.survey.title = format!("Forum santé {year}");
    record.questions = starting_questions();
    record.survey.asks = record.questions.iter().map(Question::id).zip(1..).collect();
    record
}

/// The forum is planned, and its survey begins.
pub fn with_a_forum(device: &mut Device, group: Option<GroupId>) {
    let mut forum = Event::empty(FORUM, EventKind::Forum);
    forum.title = "Sixième rencontre des collines".into();
    let plan = CollectiveWrite::CreateEvent { event: Box::new(forum), group, draft: None };
    device.does(Request::WriteCollective(Box::new(plan))).unwrap();
    let mut record = questionnaire(SURVEY, 2026);
    record.survey.event = Some(FORUM);
    device.does(begins(record, group)).unwrap();
}

pub fn begins(record: SurveyRecord, group: Option<GroupId>) -> Request {
    to_write(SurveyWrite::Create { record: Box::new(record), group, draft: None })
}

pub fn edits(id: SurveyId, changes: Vec<RecordChange>) -> Request {
    to_write(SurveyWrite::Edit { id, changes, draft: None })
}

pub fn responds(response: &Given) -> Request {
    to_write(SurveyWrite::Respond { responses: vec![response.clone()], draft: None })
}

pub fn settles(response: &Given) -> Request {
    to_write(SurveyWrite::Settle(Box::new(response.clone())))
}

pub fn judges(remark: &Remark, verdict: Verdict) -> Request {
    to_write(SurveyWrite::Judge { survey: SURVEY, remark: remark.clone(), verdict })
}

pub type Answers = Vec<(QuestionId, Answer)>;

/// A sheet of paper of a visitor, typed.
pub fn sheet(number: u32, answers: Answers) -> Given {
    Given::paper(SURVEY, SheetNumber::new(number).unwrap(), VISITOR, None, answers)
}

/// What a visitor answered at a tablet.
pub fn at_a_tablet(number: u32, day: NaiveDate, answers: Answers) -> Given {
    let mut id = [0xee; 16];
    id[12..].copy_from_slice(&number.to_be_bytes());
    Given::tablet(ResponseId(id), SURVEY, VISITOR, day, answers)
}

pub fn interest(choice: ChoiceId) -> (QuestionId, Answer) {
    (template::INTEREST, Answer::Single(choice))
}

pub fn words(text: &str) -> (QuestionId, Answer) {
    (template::REMARK, Answer::Text(text.into()))
}

// ── Tablets ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

#[track_caller]
pub fn lends(office: &mut Device) -> Lent {
    match office.asks(to_write(SurveyWrite::Lend(SURVEY))) {
        Response::Lent(lent) => lent,
        _ => panic!("a notebook lent"),
    }
}

/// A tablet on which the file was opened with its six words.
#[track_caller]
pub fn tablet(lent: &Lent, seed: u64, today: NaiveDate) -> Device {
    assert_eq!(lent.words.split(' ').count(), 6);
    let mut device = Device::new(seed, today);
    device.asks(Request::Restore(lent.file.bytes.clone()));
    device.asks(Request::Unlock(Secret::Passphrase(lent.words.clone())));
    device
}

/// The copy that a tablet makes of what was answered there.
#[track_caller]
pub fn copy_of(tablet: &mut Device) -> Vec<u8> {
    match tablet.asks(Request::Backup) {
        Response::File(file) => file.bytes,
        _ => panic!("a copy"),
    }
}

pub fn takes_back(file: &[u8]) -> Request {
    to_write(SurveyWrite::TakeBack(file.to_vec()))
}

#[track_caller]
pub fn comes_back(office: &mut Device, file: &[u8]) -> SurveyBack {
    match office.asks(takes_back(file)) {
        Response::Surveys(answer) => match *answer {
            SurveyAnswer::Back(back) => back,
            _ => panic!("what came back"),
        },
        _ => panic!("something about surveys"),
    }
}

// ── What is counted ─────────────────────────────────────────────────────────────────────────────────────────────────────

/// The totals of what is counted: how many wrote in words is known only where the words are.
pub fn counted(device: &mut Device) -> SurveyTotals {
    let mut totals = survey(device, SURVEY).totals;
    for public in &mut totals.publics {
        public.questions.retain(|question| question.kind != QuestionKind::Words);
    }
    totals
}

/// How many responded.
pub fn responses(device: &mut Device) -> u32 {
    survey(device, SURVEY).totals.publics.iter().map(|public| public.responses).sum()
}

/// How many visitors chose this.
#[track_caller]
pub fn found_it(device: &mut Device, choice: ChoiceId) -> u32 {
    let totals = survey(device, SURVEY).totals;
    let question = totals.public(&VISITOR).and_then(|public| public.question(template::INTEREST)).unwrap();
    question.count(maillon_shared::domain::survey::question::LineKey::Choice(choice)).unwrap()
}
