//! Surveys of events: a forum answered on tablets and on paper, counted as a program in another language counts it; what a
//! tablet may do, and what it may not.
#![allow(clippy::unwrap_used, reason = "a story says what is wrong by failing")]

mod filled;
pub mod forum;
mod published;

use chrono::Days;
use maillon_shared::api::calls::{Allotment, NewCampaign};
use maillon_shared::api::collective::CollectiveRead;
use maillon_shared::api::errors::{FileProblem, Invalid};
use maillon_shared::api::groups::GroupRequest;
use maillon_shared::api::lending::Role;
use maillon_shared::api::requests::{Draft, DraftKey, Secret};
use maillon_shared::api::surveys::{SurveyRead, SurveyWrite};
use maillon_shared::api::{Failure, Request, Response};
use maillon_shared::domain::campaign::{Caller, Campaign, CampaignKind, CampaignSource};
use maillon_shared::domain::ids::{CampaignId, FiguresId, LineId, QuestionId, ResponseId, SurveyId};
use maillon_shared::domain::person::{PersonChange, PersonField};
use maillon_shared::domain::survey::leaving::Stays;
use maillon_shared::domain::survey::merge::MergeReport;
use maillon_shared::domain::survey::questionnaire::SurveyChange;
use maillon_shared::domain::survey::record::{AnsweredBy, RecordChange};
use maillon_shared::domain::survey::remarks::Verdict;
use maillon_shared::domain::survey::response::{Answer, Response as Given, SheetNumber};
use maillon_shared::domain::survey::template;
use maillon_shared::domain::time::Instant;
use maillon_tests::harness::Device;
use maillon_tests::village::chance::Chance;

use crate::pair::{ODETTE, named, today};
use filled::{Form, as_recounted, recounted};
use forum::*;

fn office() -> Device {
    let mut office = Device::with_notebook(61, today());
    with_a_forum(&mut office, None);
    office
}

fn came(new: u32, known: u32, differing: u32) -> MergeReport {
    MergeReport { new, known, differing }
}

fn closes() -> Request {
    edits(SURVEY, vec![RecordChange::Survey(SurveyChange::ClosedOn(Some(today())))])
}

// ── A forum ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// Fifty-three forms: thirty-eight at three tablets, fifteen on paper, on sheets numbered from 1 of which the ninth was lost.
fn fifty_three() -> Vec<Form> {
    let mut chance = Chance::new(53);
    let mut forms: Vec<Form> = Vec::new();
    while forms.len() < 53 {
        let form = Form::by_chance(&mut chance, forms.len());
        // Whoever answers nothing at a tablet gives nothing.
        if forms.len() >= 38 || !form.is_blank() {
            forms.push(form);
        }
    }
    // On paper one ticks as one likes: two answers where one was asked for; nothing at all.
    let ticks = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    forms[40].filled[0] = ticks(&["très intéressant", "peu intéressant"]);
    forms[41].filled = vec![Vec::new(); 8];
    // What somebody hesitates over when they type it.
    forms[45].filled[0] = ticks(&["pas intéressant"]);
    assert!(forms.iter().any(|form| form.filled[3].len() > 1), "somebody means to do several things");
    forms
}

fn number(at: usize) -> u32 {
    let number = at as u32 - 37;
    if number < 9 { number } else { number + 1 }
}

#[test]
fn a_forum_is_answered_on_tablets_and_on_paper_and_counted_as_another_counts_it() {
    let forms = fifty_three();
    let mut office = office();
    let lendings: Vec<_> = (0..3).map(|_| lends(&mut office)).collect();
    let mut tablets: Vec<_> = (71..).zip(&lendings).map(|(seed, lent)| tablet(lent, seed, today())).collect();
    let mut chance = Chance::new(9);
    for (at, form) in forms[..38].iter().enumerate() {
        // The first is by the door.
        let tablet = &mut tablets[if at < 16 { 0 } else { 1 + at % 2 }];
        let given = form.given_at(tablet, ResponseId(chance.id()));
        tablet.does(responds(&given)).unwrap();
    }
    // Sheets are typed between what comes back, in no order.
    let typed = |office: &mut Device, at: usize| office.does(responds(&forms[at].typed(number(at))));
    (45..53).rev().for_each(|at| assert!(typed(&mut office, at).is_some()));
    let files: Vec<_> = tablets.iter_mut().map(copy_of).collect();
    let back = comes_back(&mut office, &files[0]);
    assert_eq!((back.survey, back.report), (SURVEY, came(16, 0, 0)));
    (38..45).for_each(|at| assert!(typed(&mut office, at).is_some()));
    let again = comes_back(&mut office, &files[0]);
    assert_eq!((again.act, again.report), (None, came(0, 16, 0)), "the same file twice adds nothing");
    assert_eq!(comes_back(&mut office, &files[2]).report, came(11, 0, 0));
    assert_eq!(comes_back(&mut office, &files[1]).report, came(11, 0, 0));
    assert_eq!(typed(&mut office, 44), None, "typed twice alike, it is one");
    assert_eq!(as_recounted(&survey(&mut office, SURVEY).totals), recounted(&forms));

    // One sheet is typed by another, who reads something else on it: it counts for nothing until somebody looks.
    let mut misread = forms[45].clone();
    misread.filled[0] = vec!["peu intéressant".into()];
    office.does(responds(&misread.typed(number(45)))).unwrap();
    let mut without = forms.clone();
    without.remove(45);
    let file = survey(&mut office, SURVEY);
    assert_eq!((file.totals.to_check, as_recounted(&file.totals)), (1, recounted(&without)));
    // Here one row of numbers was for everybody: those that exhibitors had are missing among the visitors'.
    let missing = file.missing_sheets(&VISITOR, 5);
    assert_eq!((file.sheets.len(), missing, file.next_sheet(&VISITOR)), (15, vec![2, 7, 9, 13], 17));
    assert_eq!(file.leaving.err(), Some(Stays::Open));
    office.does(closes()).unwrap();
    assert_eq!(survey(&mut office, SURVEY).leaving.err(), Some(Stays::ToCheck(1)));
    let sheets = to_check(&mut office);
    assert_eq!((sheets.len(), sheets[0].versions.len(), sheets[0].chosen.is_none()), (1, 2, true));
    let on_paper = forms[45].typed(number(45));
    assert!(sheets[0].versions.contains(&on_paper));
    let settled = office.does(settles(&on_paper)).unwrap();
    let mut office = office.reopens();
    let file = survey(&mut office, SURVEY);
    assert_eq!((file.totals.to_check, as_recounted(&file.totals)), (0, recounted(&forms)));
    assert!(file.leaving.is_ok() && to_check(&mut office)[0].chosen == Some(on_paper.clone()));
    assert_eq!(all(&mut office).rows[0].responses, 53);
    // What was chosen is undone, or nobody knows any more.
    office.does(Request::Undo(settled)).unwrap();
    assert_eq!(as_recounted(&survey(&mut office, SURVEY).totals), recounted(&without));
    office.does(settles(&on_paper)).unwrap();
    office.does(to_write(SurveyWrite::Unsettle { survey: SURVEY, response: on_paper.id() })).unwrap();
    assert_eq!(survey(&mut office, SURVEY).totals.to_check, 1);
    office.does(settles(&on_paper)).unwrap();
    assert_eq!(as_recounted(&survey(&mut office, SURVEY).totals), recounted(&forms));
}

#[test]
fn another_program_sees_one_form_too_many_and_one_tick_elsewhere() {
    let forms = fifty_three();
    assert_ne!(recounted(&forms), recounted(&forms[1..]));
    let mut other = forms.clone();
    let at = other.iter().position(|form| form.filled[0] == ["intéressant"]).unwrap();
    other[at].filled[0] = vec!["très intéressant".into()];
    let interest = |forms: &[Form]| recounted(forms)["visiteurs"]["questions"]["Intérêt du forum"]["lines"].clone();
    let (before, after) = (interest(&forms), interest(&other));
    assert_ne!(before, after);
    let together = "intéressant ou très intéressant";
    assert_eq!(before[together], after[together], "read together, they are as many");
}

// ── What a tablet may do ────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_tablet_gets_the_questions_and_nothing_else() {
    let mut office = office();
    office.saves(&named(ODETTE, "Escarvenc"));
    let written = sheet(1, vec![interest(template::INTEREST_NOT), words("Le parking est trop loin")]);
    office.does(responds(&written)).unwrap();
    office.does(responds(&sheet(2, vec![interest(template::INTEREST_VERY)]))).unwrap();
    office.does(responds(&sheet(2, vec![interest(template::INTEREST_NOT)]))).unwrap();
    office.does(settles(&sheet(2, vec![interest(template::INTEREST_VERY)]))).unwrap();
    let read = remarks(&mut office)[0].remark.clone();
    office.does(judges(&read, Verdict::MayLeave("Se garer est difficile".into()))).unwrap();
    assert_eq!(survey(&mut office, SURVEY).record.told.len(), 1);
    let other = SurveyId([96; 16]);
    office.does(begins(questionnaire(other, 2027), None)).unwrap();

    let lent = lends(&mut office);
    let mut tablet = tablet(&lent, 71, today());
    assert!(matches!(tablet.asks(Request::Role), Response::Role(Role::Tablet { survey: SURVEY })));
    let shown = survey(&mut tablet, SURVEY);
    assert_eq!(shown.record.asked(), survey(&mut office, SURVEY).record.asked(), "it asks what is asked");
    assert_eq!((shown.event, shown.group, shown.remarks, shown.unread), (None, None, 0, 0));
    assert_eq!((shown.totals.publics.iter().map(|public| public.responses).sum::<u32>(), shown.sheets), (0, vec![]));
    assert!(shown.record.told.is_empty() && shown.record.settled.all().next().is_none());
    let given = at_a_tablet(1, today(), vec![interest(template::INTEREST_YES), words("Merci")]);
    let act = tablet.does(responds(&given)).unwrap();

    let key = || DraftKey { form: "survey".into(), subject: String::new() };
    let of_another = Given::paper(other, SheetNumber::new(1).unwrap(), VISITOR, None, []);
    let writes = [
        SurveyWrite::Lend(SURVEY),
        SurveyWrite::TakeBack(lent.file.bytes.clone()),
        SurveyWrite::Settle(Box::new(given.clone())),
        SurveyWrite::Unsettle { survey: SURVEY, response: given.id() },
        SurveyWrite::Judge { survey: SURVEY, remark: read, verdict: Verdict::KeptBack },
        SurveyWrite::Create { record: Box::new(questionnaire(SurveyId([97; 16]), 2026)), group: None, draft: None },
        SurveyWrite::Edit { id: SURVEY, changes: Vec::new(), draft: None },
        SurveyWrite::Respond { responses: vec![of_another], draft: None },
        SurveyWrite::KeepFigures { id: FiguresId([1; 16]), source: "x".into(), file: Vec::new(), group: None },
    ];
    let reads = [
        SurveyRead::All,
        SurveyRead::One(other),
        SurveyRead::Years,
        SurveyRead::ToCheck(SURVEY),
        SurveyRead::Remarks(SURVEY),
        SurveyRead::Figures(Vec::new()),
    ];
    let others = [
        Request::People,
        Request::Today,
        Request::Directory,
        Request::Campaigns,
        Request::Search { text: "parking".into(), limit: 9 },
        Request::ReadCollective(CollectiveRead::Events),
        Request::ReadCollective(CollectiveRead::Event(FORUM)),
        Request::Group(Box::new(GroupRequest::All)),
        // Once given, an answer is not taken back by whoever comes next, who finds nothing half answered either.
        Request::Undo(act),
        Request::SaveDraft(Draft { key: key(), content: "non".into(), at: Instant::default() }),
        Request::Drafts,
        Request::DropDraft(key()),
    ];
    let forbidden = writes.into_iter().map(to_write).chain(reads.into_iter().map(to_read)).chain(others);
    for (at, forbidden) in forbidden.enumerate() {
        assert_eq!(tablet.is_refused(forbidden), Failure::NotLentForThis, "the {at}th");
    }

    // Whoever has the key of the tablet finds what was answered there, and nothing of what was answered elsewhere.
    let held = tablet.everything_with(&lent.words);
    let kinds: Vec<_> = held.iter().map(|held| held.kind.as_str()).collect();
    assert!(kinds.iter().all(|kind| ["survey", "survey_responses", "settings"].contains(kind)), "{kinds:?}");
    let is_there = |text: &str| held.iter().any(|held| held.says(text));
    assert!(is_there("Merci") && is_there("Forum santé 2026"));
    for elsewhere in ["parking", "garer", "Sixième rencontre", "Escarvenc", "Forum santé 2027"] {
        assert!(!is_there(elsewhere), "{elsewhere}");
    }
}

#[test]
fn a_file_from_elsewhere_or_spoilt_is_refused_with_nothing_changed() {
    let mut office = office();
    office.does(responds(&sheet(1, vec![interest(template::INTEREST_VERY)]))).unwrap();
    let lent = lends(&mut office);
    let mut tablet = tablet(&lent, 71, today());
    tablet.does(responds(&at_a_tablet(1, today(), vec![interest(template::INTEREST_YES)]))).unwrap();
    let file = copy_of(&mut tablet);
    let before = survey(&mut office, SURVEY);

    let unreadable = |problem| Failure::UnreadableFile(problem);
    assert_eq!(office.is_refused(takes_back(b"bonjour")), unreadable(FileProblem::UnknownKind));
    for at in [file.len() / 3, file.len() / 2, file.len() - 9] {
        let mut spoilt = file.clone();
        spoilt[at] ^= 1;
        assert_eq!(office.is_refused(takes_back(&spoilt)), unreadable(FileProblem::Damaged), "at {at}");
    }
    assert_eq!(office.is_refused(takes_back(&file[..file.len() / 2])), unreadable(FileProblem::Damaged));
    let mut stranger = Device::with_notebook(62, today());
    with_a_forum(&mut stranger, None);
    let theirs = copy_of(&mut stranger);
    assert_eq!(office.is_refused(takes_back(&theirs)), Failure::NotLentHere, "another's notebook");
    let theirs = lends(&mut stranger).file.bytes;
    assert_eq!(office.is_refused(takes_back(&theirs)), Failure::NotLentHere, "another's tablet, of the same survey");
    let own = copy_of(&mut office);
    assert_eq!(office.is_refused(takes_back(&own)), Failure::NotLentHere, "one's own copy");

    // What a caller brings back is no answer, and a tablet brings no calls.
    let (heat, caller) = (CampaignId([70; 16]), LineId([71; 16]));
    let phone = LineId([3; 16]);
    office.saves(&named(ODETTE, "Escarvenc"));
    office.does(Request::EditPerson {
        id: ODETTE,
        changes: vec![
            PersonChange::Text(PersonField::Hamlet, "La Roussière".into()),
            PersonChange::Phone(phone, maillon_shared::domain::contact::PhoneField::Number, "04 90 00 00 01".into()),
        ],
        draft: None,
    });
    let mut campaign = Campaign::empty(heat, CampaignKind::Heat, today(), today());
    campaign.source = CampaignSource::People;
    campaign.callers = vec![Caller { name: "Basile".into(), ..Caller::empty(caller) }];
    office.does(Request::CreateCampaign(Box::new(NewCampaign { campaign, draft: None })));
    office.does(Request::Allot { campaign: heat, allotment: Allotment::Evenly });
    let Response::Lent(calls) = office.asks(Request::LendCalls { campaign: heat, caller }) else { panic!("calls") };
    assert_eq!(office.is_refused(takes_back(&calls.file.bytes)), Failure::LentForOther);
    assert_eq!(office.is_refused(Request::TakeBackCalls(file.clone())), Failure::LentForOther);
    assert_eq!(survey(&mut office, SURVEY), before);

    // Without the words it is noise.
    let mut thief = Device::new(66, today());
    thief.asks(Request::Restore(file.clone()));
    assert_eq!(thief.is_refused(Request::Unlock(Secret::Passphrase("un mot".into()))), Failure::WrongPassphrase);
    assert_eq!(comes_back(&mut office, &file).report, came(1, 0, 0), "and the right one comes all the same");
}

#[test]
fn a_tablet_that_comes_back_late_or_from_another_year_is_taken() {
    let mut office = office();
    let (late, ahead) = (lends(&mut office), lends(&mut office));
    let mut late = tablet(&late, 71, today());
    let mut ahead = tablet(&ahead, 72, today() + Days::new(500));
    late.does(responds(&at_a_tablet(1, today(), vec![interest(template::INTEREST_YES)]))).unwrap();
    let next_year = today() + Days::new(500);
    ahead.does(responds(&at_a_tablet(2, next_year, vec![interest(template::INTEREST_YES)]))).unwrap();
    office.does(closes()).unwrap();
    let nobody = responds(&sheet(1, vec![interest(template::INTEREST_VERY)]));
    assert_eq!(office.is_refused(nobody.clone()), Failure::Invalid(Invalid::Closed));
    assert_eq!(office.is_refused(to_write(SurveyWrite::Lend(SURVEY))), Failure::Invalid(Invalid::Closed));
    let (late, ahead) = (copy_of(&mut late), copy_of(&mut ahead));
    assert_eq!(comes_back(&mut office, &late).report, came(1, 0, 0), "it was answered before");
    assert_eq!(comes_back(&mut office, &ahead).report, came(1, 0, 0), "a tablet's clock is nobody's");
    assert_eq!(found_it(&mut office, template::INTEREST_YES), 2);
    let counted = years(&mut office).series.into_iter().flat_map(|series| series.points);
    assert!(counted.into_iter().all(|point| point.year == 2026), "it is of the survey's year");
    // Work goes on at the hour of the office.
    office.does(edits(SURVEY, vec![RecordChange::Survey(SurveyChange::ClosedOn(None))])).unwrap();
    office.does(nobody).unwrap();
    assert_eq!(responses(&mut office), 3);
}

#[test]
fn taking_back_is_one_act_and_one_undo_and_the_file_may_come_again() {
    let mut office = office();
    office.does(responds(&sheet(1, vec![interest(template::INTEREST_VERY)]))).unwrap();
    let lent = lends(&mut office);
    let mut tablet = tablet(&lent, 71, today());
    for number in 0..7 {
        let said = format!("Remarque {number}");
        tablet.does(responds(&at_a_tablet(number, today(), vec![interest(template::INTEREST_YES), words(&said)])));
    }
    let file = copy_of(&mut tablet);
    let before = survey(&mut office, SURVEY);
    let act = comes_back(&mut office, &file).act.unwrap();
    let after = survey(&mut office, SURVEY);
    assert_eq!((responses(&mut office), remarks(&mut office).len()), (8, 7));
    // Twice over: what is undone once comes back once.
    let mut act = act;
    for round in 0..2 {
        office.does(Request::Undo(act)).unwrap();
        assert_eq!(survey(&mut office, SURVEY), before, "round {round}");
        assert_eq!(office.is_refused(Request::Undo(act)), Failure::AlreadyUndone);
        office = office.reopens();
        assert_eq!(survey(&mut office, SURVEY), before, "round {round}");
        let again = comes_back(&mut office, &file);
        assert_eq!(again.report, came(7, 0, 0), "round {round}");
        assert_eq!(survey(&mut office, SURVEY), after, "round {round}");
        act = again.act.unwrap();
    }
    // More was answered there meanwhile, and a sheet was typed here: the first part alone is undone.
    office.does(responds(&sheet(2, vec![interest(template::INTEREST_NOT)]))).unwrap();
    tablet.does(responds(&at_a_tablet(50, today(), vec![interest(template::INTEREST_YES)])));
    let more = copy_of(&mut tablet);
    assert_eq!(comes_back(&mut office, &more).report, came(1, 7, 0));
    office.does(Request::Undo(act)).unwrap();
    assert_eq!((responses(&mut office), remarks(&mut office).len()), (3, 0));
    assert_eq!(comes_back(&mut office, &more).report, came(7, 1, 0));
    let mut office = office.reopens();
    assert_eq!(responses(&mut office), 10);
}

#[test]
fn a_sheet_that_was_typed_is_undone_and_typed_again() {
    let mut office = office();
    let one = sheet(1, vec![interest(template::INTEREST_VERY), words("Bravo")]);
    let act = office.does(responds(&one)).unwrap();
    office.does(responds(&sheet(2, vec![]))).unwrap();
    office.does(Request::Undo(act)).unwrap();
    let file = survey(&mut office, SURVEY);
    assert_eq!((file.last_sheet(&VISITOR), file.remarks), (Some(2), 0));
    let mistyped = sheet(1, vec![interest(template::INTEREST_YES)]);
    let wrong = office.does(responds(&mistyped)).unwrap();
    office.does(Request::Undo(wrong)).unwrap();
    office.does(responds(&one)).unwrap();
    let mut office = office.reopens();
    let file = survey(&mut office, SURVEY);
    assert_eq!((file.sheets.len(), file.totals.to_check, file.remarks), (2, 0, 1));
}

#[test]
fn twelve_hundred_answers_stand_in_several_documents_and_are_counted_once() {
    let mut office = office();
    office.does(responds(&sheet(1, vec![interest(template::INTEREST_VERY)]))).unwrap();
    let lent = lends(&mut office);
    let mut tablet = tablet(&lent, 71, today());
    for number in 0..1_200 {
        let choice = [template::INTEREST_VERY, template::INTEREST_YES, template::INTEREST_NOT][number as usize % 3];
        tablet.does(responds(&at_a_tablet(number, today(), vec![interest(choice)])));
    }
    let file = copy_of(&mut tablet);
    let back = comes_back(&mut office, &file);
    assert_eq!(back.report, came(1_200, 0, 0));
    let parts = |office: &Device| {
        let held = office.everything().into_iter().filter(|held| held.kind == "survey_responses");
        let answers = |held: &maillon_tests::harness::Held| held.words.matches("\"source\"").count();
        let mut parts: Vec<_> = held.map(|held| answers(&held)).collect();
        parts.sort_unstable();
        parts
    };
    assert_eq!(parts(&office), [201, 500, 500]);
    let is_whole = |office: &mut Device| {
        assert_eq!((responses(office), all(office).rows[0].responses), (1_201, 1_201));
        let each = [template::INTEREST_VERY, template::INTEREST_YES, template::INTEREST_NOT];
        assert_eq!(each.map(|choice| found_it(office, choice)), [401, 400, 400]);
    };
    is_whole(&mut office);
    let mut office = office.reopens();
    is_whole(&mut office);
    let again = comes_back(&mut office, &file);
    assert_eq!((again.act, again.report), (None, came(0, 1_200, 0)));
    // What is typed next has its place, and all that came goes and comes as one, into the same documents.
    office.does(responds(&sheet(2, vec![]))).unwrap();
    office.does(Request::Undo(back.act.unwrap())).unwrap();
    assert_eq!(responses(&mut office), 2);
    let mut office = office.reopens();
    assert_eq!(responses(&mut office), 2);
    assert_eq!(comes_back(&mut office, &file).report, came(1_200, 0, 0));
    assert_eq!(responses(&mut office), 1_202);
    let mut office = office.reopens();
    assert_eq!(responses(&mut office), 1_202);
}

// ── What cannot be ──────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn what_cannot_be_is_refused_before_anything_is_written() {
    let mut office = office();
    let before = survey(&mut office, SURVEY);
    let invalid = Failure::Invalid;
    let unknown = QuestionId([9; 16]);
    let refused = |office: &mut Device, given: Given| office.is_refused(responds(&given));
    assert_eq!(refused(&mut office, sheet(1, vec![(unknown, Answer::Text("?".into()))])), Failure::NotFound);
    let long = "é".repeat(1_000_001);
    assert_eq!(refused(&mut office, sheet(1, vec![words(&long)])), invalid(Invalid::TooLong));
    let tomorrow = today() + Days::new(1);
    assert_eq!(refused(&mut office, at_a_tablet(1, tomorrow, vec![])), invalid(Invalid::Day));
    let of_none = Given::paper(SurveyId([1; 16]), SheetNumber::new(1).unwrap(), VISITOR, None, []);
    assert_eq!(refused(&mut office, of_none), Failure::NotFound);
    let untyped = sheet(4, vec![interest(template::INTEREST_VERY)]);
    assert_eq!(office.is_refused(settles(&untyped)), Failure::NotFound, "a sheet that nobody typed");
    let nobody = maillon_shared::domain::survey::remarks::Remark {
        response: untyped.id(),
        question: template::REMARK,
        respondent: VISITOR,
        text: "Merci".into(),
    };
    assert_eq!(office.is_refused(judges(&nobody, Verdict::KeptBack)), Failure::NotFound, "words that nobody wrote");

    let edit = |change| edits(SURVEY, vec![change]);
    let untitled = SurveyChange::Text(maillon_shared::domain::survey::questionnaire::SurveyField::Title, " ".into());
    assert_eq!(office.is_refused(edit(RecordChange::Survey(untitled))), invalid(Invalid::NoName));
    let year = RecordChange::Survey(SurveyChange::Year(1789));
    assert_eq!(office.is_refused(edit(year)), invalid(Invalid::Day));
    let event = RecordChange::Survey(SurveyChange::Event(Some(maillon_shared::domain::ids::EventId([1; 16]))));
    assert_eq!(office.is_refused(edit(event)), Failure::NotFound);
    let newer = RecordChange::Question(unknown, AnsweredBy::Unknown("rank".into()));
    assert_eq!(office.is_refused(edit(newer)), Failure::NotUnderstood);
    for decided in [RecordChange::Settle(untyped.clone()), RecordChange::Unsettle(untyped.id())] {
        assert_eq!(office.is_refused(edit(decided)), Failure::NotFound, "that is no part of a form");
    }
    let nothing = maillon_shared::domain::survey::record::SurveyRecord::empty(SurveyId([98; 16]), 2026);
    assert_eq!(office.is_refused(begins(nothing, None)), invalid(Invalid::NoName));
    assert_eq!((all(&mut office).rows.len(), survey(&mut office, SURVEY)), (1, before));
    let mut asks_nothing = questionnaire(SurveyId([98; 16]), 2026);
    asks_nothing.survey.asks.clear();
    office.does(begins(asks_nothing, None)).unwrap();
    let lend = to_write(SurveyWrite::Lend(SurveyId([98; 16])));
    assert_eq!(office.is_refused(lend), invalid(Invalid::Empty), "nobody stands before a tablet that asks nothing");
}

#[test]
fn a_survey_that_was_a_mistake_counts_over_no_year_and_takes_nothing() {
    let mut office = office();
    office.does(responds(&sheet(1, vec![interest(template::INTEREST_VERY)]))).unwrap();
    let lent = lends(&mut office);
    let mut tablet = tablet(&lent, 71, today());
    tablet.does(responds(&at_a_tablet(1, today(), vec![interest(template::INTEREST_YES)])));
    let file = copy_of(&mut tablet);
    let points = |office: &mut Device| {
        let series = years(office).series;
        series.iter().map(|series| series.points.len()).sum::<usize>()
    };
    assert!(points(&mut office) > 0);
    let withdrawn = |is| edits(SURVEY, vec![RecordChange::Survey(SurveyChange::Withdrawn(is))]);
    office.does(withdrawn(true)).unwrap();
    assert_eq!((points(&mut office), all(&mut office).rows.len()), (0, 0));
    assert_eq!(office.is_refused(takes_back(&file)), Failure::Invalid(Invalid::Closed));
    assert_eq!(office.is_refused(responds(&sheet(2, vec![]))), Failure::Invalid(Invalid::Closed));
    assert_eq!(survey(&mut office, SURVEY).leaving.err(), Some(Stays::Withdrawn));
    office.does(withdrawn(false)).unwrap();
    assert!(points(&mut office) > 0);
    assert_eq!(comes_back(&mut office, &file).report, came(1, 0, 0));
}

#[test]
fn what_was_written_waits_to_be_read_and_is_told_apart_from_who_wrote_it() {
    let mut office = office();
    let says = |number, text: &str| sheet(number, vec![interest(template::INTEREST_NOT), words(text)]);
    for (number, text) in [(1, "Mme Escarvenc m’a aidée"), (2, "Trop de bruit"), (3, "Illisible")] {
        office.does(responds(&says(number, text))).unwrap();
    }
    let file = survey(&mut office, SURVEY);
    assert_eq!((file.remarks, file.unread, file.record.told.len()), (3, 3, 0));
    let remark = |office: &mut Device, text: &str| {
        remarks(office).into_iter().find(|read| read.remark.text == text).unwrap().remark
    };
    let (first, second, third) = (
        remark(&mut office, "Mme Escarvenc m’a aidée"),
        remark(&mut office, "Trop de bruit"),
        remark(&mut office, "Illisible"),
    );
    let empty = judges(&first, Verdict::MayLeave("  ".into()));
    assert_eq!(office.is_refused(empty), Failure::Invalid(Invalid::Empty));
    office.does(judges(&first, Verdict::MayLeave("Une professionnelle m’a aidée ".into()))).unwrap();
    office.does(judges(&second, Verdict::MayLeave("Trop de bruit".into()))).unwrap();
    office.does(judges(&third, Verdict::KeptBack)).unwrap();
    let mut office = office.reopens();
    let told = |office: &mut Device| -> Vec<String> {
        survey(office, SURVEY).record.told.into_iter().map(|told| told.words).collect()
    };
    assert_eq!(told(&mut office), ["Trop de bruit", "Une professionnelle m’a aidée"]);
    assert_eq!(survey(&mut office, SURVEY).unread, 0);
    // Whoever reads may think again.
    let act = office.does(judges(&second, Verdict::KeptBack)).unwrap();
    assert_eq!(told(&mut office), ["Une professionnelle m’a aidée"]);
    office.does(Request::Undo(act)).unwrap();
    assert_eq!(told(&mut office), ["Trop de bruit", "Une professionnelle m’a aidée"]);
    office.does(judges(&second, Verdict::MayLeave("Du bruit".into()))).unwrap();
    assert_eq!(told(&mut office), ["Du bruit", "Une professionnelle m’a aidée"], "said otherwise, and once");
}

#[test]
fn two_people_who_numbered_their_sheets_alike_both_count() {
    let mut office = office();
    let (one, other) =
        (sheet(4, vec![interest(template::INTEREST_VERY)]), sheet(4, vec![interest(template::INTEREST_NOT)]));
    office.does(responds(&one)).unwrap();
    office.does(responds(&other)).unwrap();
    let counted = |office: &mut Device| {
        let file = survey(office, SURVEY);
        (file.totals.to_check, file.totals.public(&VISITOR).map_or(0, |public| public.responses), file.several)
    };
    assert_eq!(counted(&mut office), (1, 0, 1));
    let number = |number| SheetNumber::new(number).unwrap();
    let parts = |to: u32| to_write(SurveyWrite::TwoSheets { response: Box::new(other.clone()), number: number(to) });
    assert_eq!(office.is_refused(parts(4)), Failure::WrittenSince, "that number is another's");
    let act = office.does(parts(5)).unwrap();
    assert_eq!(counted(&mut office), (0, 2, 1));
    let file = survey(&mut office, SURVEY);
    assert_eq!(file.sheets.iter().map(|(_, number)| *number).collect::<Vec<_>>(), [4, 5]);
    // One gesture, undone as one.
    office.does(Request::Undo(act)).unwrap();
    assert_eq!(counted(&mut office), (1, 0, 1));
}

#[test]
fn a_survey_that_was_answered_does_not_disappear_under_who_answered() {
    let mut office = Device::with_notebook(61, today());
    let act = office.does(begins(questionnaire(SURVEY, 2026), None)).unwrap();
    let answered = office.does(responds(&sheet(1, vec![interest(template::INTEREST_VERY)]))).unwrap();
    assert_eq!(office.is_refused(Request::Undo(act)), Failure::WrittenSince);
    assert_eq!(survey(&mut office, SURVEY).sheets.len(), 1);
    // Once nobody has answered it, it is as if it had not begun.
    office.does(Request::Undo(answered)).unwrap();
    office.does(Request::Undo(act)).unwrap();
    assert!(all(&mut office).rows.is_empty());
}
