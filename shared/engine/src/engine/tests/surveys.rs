//! A member of a group who writes of surveys whatever they like, signed as it must be: what is nobody's but Nadine's counts as
//! before, and what nobody read is told by nobody. And the power goes while somebody answers, while a tablet is taken back,
//! while a sheet is settled and while words are judged.

use maillon_shared::api::surveys::{ReadRemark, SurveyAnswer, SurveyFile, SurveyRead, SurveyWrite};
use maillon_shared::domain::ids::{GroupId, SurveyId};
use maillon_shared::domain::survey::merge::MergeReport;
use maillon_shared::domain::survey::question::{LineKey, Question, RespondentKind};
use maillon_shared::domain::survey::record::SurveyRecord;
use maillon_shared::domain::survey::remarks::Verdict;
use maillon_shared::domain::survey::response::{Answer, Response as Given, SheetNumber};
use maillon_shared::domain::survey::template::{self, starting_questions};

use super::groups::together;
use super::neighbours::{TODAY, file_for, takes, writes};
use super::sharing::{another, at_every_cut, is_sound, same};
use super::*;
use crate::journal::records::survey_responses::Reading;
use crate::journal::records::{survey, survey_responses};
use crate::journal::{Header, Kind, Scope};

const OWN: SurveyId = SurveyId([61; 16]);
const COMMON: SurveyId = SurveyId([62; 16]);
const VISITOR: RespondentKind = RespondentKind::Visitor;

fn to_write(write: SurveyWrite) -> Request {
    Request::WriteSurveys(Box::new(write))
}

fn reads(office: &mut Office, asked: SurveyRead) -> SurveyAnswer {
    let Response::Surveys(answer) = office.asks(Request::ReadSurveys(Box::new(asked))) else { panic!("surveys") };
    *answer
}

fn file(office: &mut Office, id: SurveyId) -> SurveyFile {
    let SurveyAnswer::One(file) = reads(office, SurveyRead::One(id)) else { panic!("a survey") };
    *file
}

fn remarks(office: &mut Office, id: SurveyId) -> Vec<ReadRemark> {
    let SurveyAnswer::Remarks(remarks) = reads(office, SurveyRead::Remarks(id)) else { panic!("words") };
    remarks
}

fn forum(id: SurveyId) -> SurveyRecord {
    let mut record = SurveyRecord::empty(id, 2026);
    record.survey.title = "Forum des collines".into();
    record.questions = starting_questions();
    record.survey.asks = record.questions.iter().map(Question::id).zip(1..).collect();
    record
}

fn begins(office: &mut Office, id: SurveyId, group: Option<GroupId>) {
    office.does(to_write(SurveyWrite::Create { record: Box::new(forum(id)), group, draft: None })).unwrap();
}

fn sheet(of: SurveyId, number: u32, choice: ChoiceId, words: &str) -> Given {
    let answers = [(template::INTEREST, Answer::Single(choice)), (template::REMARK, Answer::Text(words.to_owned()))];
    Given::paper(of, SheetNumber::new(number).unwrap(), VISITOR, None, answers)
}

fn responds(response: &Given) -> Request {
    to_write(SurveyWrite::Respond { responses: vec![response.clone()], draft: None })
}

fn settles(response: &Given) -> Request {
    to_write(SurveyWrite::Settle(Box::new(response.clone())))
}

fn responses(office: &mut Office, id: SurveyId) -> u32 {
    file(office, id).totals.publics.iter().map(|public| public.responses).sum()
}

fn chose(office: &mut Office, id: SurveyId, choice: ChoiceId) -> u32 {
    let totals = file(office, id).totals;
    let question = totals.public(&VISITOR).and_then(|public| public.question(template::INTEREST)).unwrap();
    question.count(LineKey::Choice(choice)).unwrap()
}

// ── A member who does not do as it is done ──────────────────────────────────────────────────────────────────────────

#[test]
fn what_a_member_writes_of_a_survey_that_is_not_the_groups_counts_for_nothing() {
    let (mut nadine, mut claire, id) = together();
    begins(&mut nadine, OWN, None);
    let own = sheet(OWN, 1, template::INTEREST_VERY, "Merci");
    nadine.does(responds(&own)).unwrap();
    let before = (file(&mut nadine, OWN), remarks(&mut nadine, OWN));
    let within = |n: u8, kind| Header::within(Scope::Group(id), DocId([n; 16]), kind, None);
    // Answers that nobody gave, another reading of the sheet, a choice between the two, and a verdict.
    let (forged, other) = (sheet(OWN, 7, template::INTEREST_NOT, ""), sheet(OWN, 1, template::INTEREST_NOT, ""));
    let reading = Reading {
        remark: before.1[0].remark.clone(),
        verdict: Verdict::MayLeave("Publié par une autre".into()),
        told: LineId([9; 16]),
    };
    writes(&mut claire, within(101, Kind::SurveyResponses), move |document| {
        survey_responses::create(document, OWN).unwrap();
        survey_responses::add(document, &forged).unwrap();
        survey_responses::add(document, &other).unwrap();
        survey_responses::settle(document, &other).unwrap();
        survey_responses::judge(document, &reading).unwrap();
    });
    // The survey itself, as the group's.
    let header = Header::within(Scope::Group(id), OWN.into(), Kind::Survey, None);
    writes(&mut claire, header, |document| {
        let mut record = forum(OWN);
        record.survey.title = "Pris par une autre".into();
        survey::create(document, &record).unwrap();
    });
    let came = file_for(&mut claire).unwrap();
    assert_eq!(takes(&mut nadine, &came).unwrap().set_aside, 1, "a group's survey never takes the place of one's own");
    for _ in 0..2 {
        assert_eq!((file(&mut nadine, OWN), remarks(&mut nadine, OWN)), before);
        nadine = nadine.restarts();
        nadine.unlocks();
    }
    // And what is typed next goes into no document of hers.
    nadine.does(responds(&sheet(OWN, 2, template::INTEREST_VERY, "Bravo"))).unwrap();
    let first = remarks(&mut nadine, OWN)[0].remark.clone();
    nadine.does(to_write(SurveyWrite::Judge { survey: OWN, remark: first, verdict: Verdict::KeptBack })).unwrap();
    let views = &nadine.engine.open.as_ref().unwrap().views;
    assert!(views.survey_parts(OWN).iter().all(|(_, scope, _)| **scope == Scope::Notebook));
    is_sound(&mut nadine, "after what a member wrote of a survey");
}

#[test]
fn no_member_judges_for_another_what_only_the_other_has() {
    let (mut nadine, mut claire, id) = together();
    begins(&mut nadine, COMMON, Some(id));
    nadine.does(responds(&sheet(COMMON, 1, template::INTEREST_VERY, "Merci"))).unwrap();
    let came = file_for(&mut nadine).unwrap();
    takes(&mut claire, &came).unwrap();
    // Claire guesses what a visitor wrote, as one easily does, and says that it was read.
    let remark = remarks(&mut nadine, COMMON)[0].remark.clone();
    let reading = Reading { remark: remark.clone(), verdict: Verdict::MayLeave("Merci".into()), told: LineId([9; 16]) };
    let header = Header::within(Scope::Group(id), DocId([0; 16]), Kind::SurveyResponses, None);
    writes(&mut claire, header, move |document| {
        survey_responses::create(document, COMMON).unwrap();
        survey_responses::judge(document, &reading).unwrap();
    });
    let came = file_for(&mut claire).unwrap();
    assert_eq!(takes(&mut nadine, &came).unwrap().set_aside, 0);
    assert_eq!(file(&mut nadine, COMMON).unread, 1, "nobody here has read it");
    assert_eq!(remarks(&mut nadine, COMMON), [ReadRemark { remark: remark.clone(), verdict: None, stands: true }]);
    // What Nadine says of it stands in her own notebook, and not where Claire reads.
    let verdict = Verdict::MayLeave("Un visiteur remercie".into());
    nadine.does(to_write(SurveyWrite::Judge { survey: COMMON, remark, verdict: verdict.clone() })).unwrap();
    assert_eq!(remarks(&mut nadine, COMMON)[0].verdict, Some(verdict));
    let views = &nadine.engine.open.as_ref().unwrap().views;
    let told_by: Vec<_> = views
        .survey_parts(COMMON)
        .into_iter()
        .filter(|(.., part)| part.readings.iter().any(|read| read.told != LineId([9; 16])))
        .collect();
    assert_eq!(told_by.len(), 1);
    assert_eq!(*told_by[0].1, Scope::Notebook);
    is_sound(&mut nadine, "after a verdict that was another's");
}

#[test]
fn what_was_chosen_last_holds_with_its_words_whatever_documents_came_since() {
    let (mut nadine, _, id) = together();
    begins(&mut nadine, COMMON, Some(id));
    nadine.does(responds(&sheet(COMMON, 1, template::INTEREST_VERY, "Merci"))).unwrap();
    nadine.does(responds(&sheet(COMMON, 1, template::INTEREST_NOT, ""))).unwrap();
    let texts = |office: &mut Office| -> Vec<String> {
        remarks(office, COMMON).into_iter().map(|read| read.remark.text).collect()
    };
    nadine.does(settles(&sheet(COMMON, 1, template::INTEREST_VERY, "Merci bien"))).unwrap();
    assert_eq!(texts(&mut nadine), ["Merci bien"]);
    // Where one document is full another comes, and stands before or after it.
    for n in [0, 255] {
        let header = Header::within(Scope::Notebook, DocId([n; 16]), Kind::SurveyResponses, None);
        writes(&mut nadine, header, |document| survey_responses::create(document, COMMON).unwrap());
        let words = format!("Merci à tous, {n}");
        nadine.does(settles(&sheet(COMMON, 1, template::INTEREST_VERY, &words))).unwrap();
        assert_eq!(texts(&mut nadine), [words]);
    }
    // Nothing is written on it after all.
    nadine.does(settles(&sheet(COMMON, 1, template::INTEREST_VERY, ""))).unwrap();
    assert!(texts(&mut nadine).is_empty(), "{:?}", texts(&mut nadine));
}

// ── The power goes ──────────────────────────────────────────────────────────────────────────────────────────────────

/// A tablet's file with three answers.
fn tablet_file(office: &mut Office) -> Vec<u8> {
    let Response::Lent(lent) = office.asks(to_write(SurveyWrite::Lend(OWN))) else { panic!("a notebook lent") };
    let mut tablet = Office::at(Disk::new(), Rc::clone(&office.clock), 90_000);
    tablet.asks(Request::Restore(lent.file.bytes));
    tablet.asks(Request::Unlock(Secret::Passphrase(lent.words)));
    for number in 0..3_u8 {
        let answers = [
            (template::INTEREST, Answer::Single(template::INTEREST_YES)),
            (template::REMARK, Answer::Text(format!("Remarque {number}"))),
        ];
        let given = Given::tablet(ResponseId([number + 1; 16]), OWN, VISITOR, day(TODAY), answers);
        tablet.does(responds(&given)).unwrap();
    }
    let Response::File(copy) = tablet.asks(Request::Backup) else { panic!("a copy") };
    copy.bytes
}

#[test]
fn a_cut_while_somebody_answers_or_a_tablet_is_taken_back_leaves_all_of_it_or_nothing() {
    let mut office = another(1);
    begins(&mut office, OWN, None);
    let one = sheet(OWN, 1, template::INTEREST_VERY, "Merci");
    let answered = at_every_cut(
        &office,
        |office| office.tries(responds(&one)).map(|_| ()),
        |mut office, said, at| {
            let count = responses(&mut office, OWN);
            assert!(said.is_err() || count == 1, "cut at {at}: it was said to be there");
            office.does(responds(&one));
            assert_eq!(responses(&mut office, OWN), 1, "cut at {at}: typed again, it is one");
            is_sound(&mut office, "answered");
        },
    );
    assert!(answered > 0);
    let back = tablet_file(&mut office);
    let take = || to_write(SurveyWrite::TakeBack(back.clone()));
    let mut ends = [0, 0];
    at_every_cut(
        &office,
        |office| office.tries(take()).map(|_| ()),
        |mut office, said, at| {
            let count = responses(&mut office, OWN);
            assert!([0, 3].contains(&count), "cut at {at}: {count} of three");
            assert!(said.is_err() || count == 3, "cut at {at}");
            let Response::Surveys(answer) = office.asks(take()) else { panic!("what came back") };
            let SurveyAnswer::Back(again) = *answer else { panic!("what came back") };
            let left = MergeReport { new: 3 - count, known: count, differing: 0 };
            assert_eq!((again.report, again.act.is_some()), (left, count == 0), "cut at {at}");
            assert_eq!((responses(&mut office, OWN), remarks(&mut office, OWN).len()), (3, 3));
            ends[usize::from(count == 3)] += 1;
            is_sound(&mut office, "taken back");
        },
    );
    assert!(ends[0] > 0, "before it was there: {ends:?}");
}

#[test]
fn a_cut_while_a_sheet_is_settled_or_words_are_judged_leaves_nothing_half_said() {
    let (mut nadine, claire, id) = together();
    begins(&mut nadine, COMMON, Some(id));
    nadine.does(responds(&sheet(COMMON, 1, template::INTEREST_VERY, "Merci"))).unwrap();
    nadine.does(responds(&sheet(COMMON, 1, template::INTEREST_NOT, "Merci bien"))).unwrap();
    // What is chosen stands in two documents: for all without its words, and here with them.
    let chosen = sheet(COMMON, 1, template::INTEREST_VERY, "Merci à tous");
    let settled = at_every_cut(
        &nadine,
        |office| office.tries(settles(&chosen)).map(|_| ()),
        |mut office, said, at| {
            let read = file(&mut office, COMMON);
            let is_chosen = read.totals.to_check == 0;
            assert!(said.is_err() || is_chosen, "cut at {at}");
            let texts: Vec<String> = remarks(&mut office, COMMON).into_iter().map(|read| read.remark.text).collect();
            let expected: &[&str] = if is_chosen { &["Merci à tous"] } else { &["Merci", "Merci bien"] };
            assert_eq!(texts, expected, "cut at {at}");
            office.does(settles(&chosen));
            assert_eq!(chose(&mut office, COMMON, template::INTEREST_VERY), 1, "cut at {at}");
            is_sound(&mut office, "settled");
        },
    );
    assert!(settled > 0);
    nadine.does(settles(&chosen)).unwrap();
    let remark = remarks(&mut nadine, COMMON)[0].remark.clone();
    let verdict = Verdict::MayLeave("Un visiteur remercie".into());
    let judge = || to_write(SurveyWrite::Judge { survey: COMMON, remark: remark.clone(), verdict: verdict.clone() });
    let judged = at_every_cut(
        &nadine,
        |office| office.tries(judge()).map(|_| ()),
        |mut office, said, at| {
            let (told, read) = (file(&mut office, COMMON).record.told.len(), remarks(&mut office, COMMON));
            assert_eq!(told == 1, read[0].verdict.is_some(), "cut at {at}: told and read are one");
            assert!(said.is_err() || told == 1, "cut at {at}");
            office.does(judge());
            let mut there = same(&claire);
            let came = file_for(&mut office).unwrap();
            takes(&mut there, &came).unwrap();
            let told: Vec<_> = file(&mut there, COMMON).record.told.into_iter().map(|told| told.words).collect();
            assert_eq!(told, ["Un visiteur remercie"], "cut at {at}: once");
            assert!(remarks(&mut there, COMMON).is_empty());
            is_sound(&mut office, "judged");
        },
    );
    assert!(judged > 0);
}
