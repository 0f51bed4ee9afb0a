//! A survey that a group has in common: several type sheets and take tablets back apart, and count the same once they met.
//! The words that visitors wrote stay with whoever took them in until somebody has read them.
#![allow(clippy::unwrap_used, reason = "a story says what is wrong by failing")]

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use maillon_shared::api::surveys::{SurveyAnswer, SurveyRead, SurveyWrite};
use maillon_shared::domain::ids::FiguresId;
use maillon_shared::domain::survey::question::QuestionChange;
use maillon_shared::domain::survey::questionnaire::SurveyChange;
use maillon_shared::domain::survey::record::RecordChange;
use maillon_shared::domain::survey::remarks::{Remark, Verdict};
use maillon_shared::domain::survey::template;
use maillon_shared::text::language::Language;

use crate::in_common::{
    BERNARD, CLAIRE, Device, Failure, GroupId, GroupRequest, Invalid, NADINE, NotShared, Request, Three, encode,
    meet_as, of_groups, three, today,
};
use crate::surveys::forum::{
    FORUM, SURVEY, all, at_a_tablet, comes_back, copy_of, counted, edits, found_it, interest, judges, lends, read,
    remarks, responds, responses, settles, sheet, survey, tablet, to_check, to_write, with_a_forum, words,
};

/// Nadine's forum and its survey are the group's, and have come to both others.
fn with_a_survey() -> Three {
    let Three { mut nadine, mut claire, mut bernard, id } = three();
    meet_as(id, (&mut nadine, NADINE), (&mut bernard, BERNARD));
    with_a_forum(&mut nadine, Some(id));
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    meet_as(id, (&mut nadine, NADINE), (&mut bernard, BERNARD));
    Three { nadine, claire, bernard, id }
}

fn meet(id: GroupId, nadine: &mut Device, claire: &mut Device) {
    meet_as(id, (nadine, NADINE), (claire, CLAIRE));
}

/// The words that somebody wrote, as a device that has them shows them.
#[track_caller]
fn written(device: &mut Device, text: &str) -> Remark {
    remarks(device).into_iter().find(|read| read.remark.text == text).expect("it is there").remark
}

fn told(device: &mut Device) -> Vec<String> {
    survey(device, SURVEY).record.told.into_iter().map(|told| told.words).collect()
}

/// Whether a device has these words anywhere: in what it answers, or in any document, as it stands or as it ever was.
fn knows(device: &mut Device, text: &str) -> bool {
    let asked = [
        SurveyRead::All,
        SurveyRead::One(SURVEY),
        SurveyRead::Years,
        SurveyRead::ToCheck(SURVEY),
        SurveyRead::Remarks(SURVEY),
    ];
    let asked = asked.into_iter().map(|asked| Request::ReadSurveys(Box::new(asked)));
    let search = Request::Search { text: text.into(), limit: 9 };
    let history = Request::History(SURVEY.into());
    let answers = asked.chain([search, history]).map(|asked| device.tries(asked).map(|said| encode(&said)));
    let answers: Vec<Vec<u8>> = answers.filter_map(Result::ok).collect();
    let is_in = |bytes: &[u8]| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    answers.iter().any(|answer| is_in(answer)) || device.everything().iter().any(|held| held.says(text))
}

#[test]
fn two_who_type_sheets_and_take_tablets_back_apart_count_the_same_once_they_met() {
    let Three { mut nadine, mut claire, mut bernard, id } = with_a_survey();
    let file = survey(&mut claire, SURVEY);
    assert_eq!(file.event, Some((FORUM, "Sixième rencontre des collines".into())));
    assert_eq!((file.group, file.may_write), (Some((id, "Le collectif des collines".into())), true));
    // Sheets 5 and 6 are typed by both: one alike, one read otherwise.
    for number in 1..=6 {
        let said = vec![interest(template::INTEREST_VERY), words(&format!("Remarque {number}"))];
        nadine.does(responds(&sheet(number, said))).unwrap();
    }
    claire.does(responds(&sheet(5, vec![interest(template::INTEREST_VERY), words("Remarque 5")]))).unwrap();
    for number in 6..=10 {
        claire.does(responds(&sheet(number, vec![interest(template::INTEREST_NOT)]))).unwrap();
    }
    let lendings = [lends(&mut nadine), lends(&mut claire)];
    let mut tablets = [tablet(&lendings[0], 71, today()), tablet(&lendings[1], 72, today())];
    for number in 0..9 {
        let said = vec![interest(template::INTEREST_YES), words(&format!("Au stand {number}"))];
        tablets[number as usize % 2].does(responds(&at_a_tablet(number, today(), said))).unwrap();
    }
    let files = tablets.each_mut().map(copy_of);
    assert_eq!(comes_back(&mut nadine, &files[0]).report.new, 5);
    assert_eq!(comes_back(&mut claire, &files[1]).report.new, 4);
    // Another's tablet opens nowhere else.
    let another = to_write(SurveyWrite::TakeBack(files[1].clone()));
    assert_eq!(nadine.is_refused(another), Failure::NotLentHere);

    for round in 0..2 {
        meet(id, &mut nadine, &mut claire);
        meet_as(id, (&mut nadine, NADINE), (&mut bernard, BERNARD));
        let reference = counted(&mut nadine);
        assert_eq!((counted(&mut claire), counted(&mut bernard)), (reference.clone(), reference.clone()));
        assert_eq!((reference.to_check, responses(&mut bernard)), (1, 18), "round {round}");
        // The same files again are nothing new, and nobody counts anything twice.
        assert_eq!(comes_back(&mut nadine, &files[0]).act, None);
        assert_eq!(comes_back(&mut claire, &files[1]).act, None);
        (nadine, claire) = (nadine.reopens(), claire.reopens());
    }
    assert_eq!(all(&mut bernard).rows[0].responses, 19);
    assert_eq!((remarks(&mut nadine).len(), remarks(&mut claire).len(), remarks(&mut bernard).len()), (11, 5, 0));

    // Claire has the sheet before her, and says what it is.
    let sheets = to_check(&mut claire);
    assert_eq!((sheets.len(), sheets[0].versions.len()), (1, 2));
    claire.does(settles(&sheet(6, vec![interest(template::INTEREST_VERY)]))).unwrap();
    meet(id, &mut nadine, &mut claire);
    meet_as(id, (&mut nadine, NADINE), (&mut bernard, BERNARD));
    let reference = counted(&mut claire);
    assert_eq!((counted(&mut nadine), counted(&mut bernard)), (reference.clone(), reference));
    assert_eq!(found_it(&mut bernard, template::INTEREST_VERY), 6);
    assert_eq!(survey(&mut bernard, SURVEY).totals.to_check, 0);
    // What a visitor wrote on it is Nadine's to read all the same: Claire chose, and never saw the words.
    assert!(remarks(&mut nadine).iter().any(|read| read.remark.text == "Remarque 6"), "nobody's words are lost");
    let chosen = to_check(&mut nadine)[0].chosen.clone();
    assert_eq!(chosen, Some(sheet(6, vec![interest(template::INTEREST_VERY), words("Remarque 6")])));
}

#[test]
fn two_who_choose_otherwise_at_once_end_with_one_choice_and_may_choose_again() {
    let Three { mut nadine, mut claire, bernard: _, id } = with_a_survey();
    nadine
        .does(responds(&sheet(1, vec![interest(template::INTEREST_VERY), words("Illisible, mais content")])))
        .unwrap();
    claire.does(responds(&sheet(1, vec![interest(template::INTEREST_NOT)]))).unwrap();
    meet(id, &mut nadine, &mut claire);
    nadine.does(settles(&sheet(1, vec![interest(template::INTEREST_VERY), words("Content")]))).unwrap();
    claire.does(settles(&sheet(1, vec![interest(template::INTEREST_NOT)]))).unwrap();
    meet(id, &mut nadine, &mut claire);
    assert_eq!(counted(&mut nadine), counted(&mut claire));
    assert!(!knows(&mut claire, "ontent"), "what Nadine read on the sheet is hers");
    claire.does(settles(&sheet(1, vec![interest(template::INTEREST_YES)]))).unwrap();
    meet(id, &mut nadine, &mut claire);
    assert_eq!((found_it(&mut nadine, template::INTEREST_YES), found_it(&mut claire, template::INTEREST_YES)), (1, 1));
    nadine.does(to_write(SurveyWrite::Unsettle { survey: SURVEY, response: sheet(1, vec![]).id() })).unwrap();
    meet(id, &mut nadine, &mut claire);
    assert_eq!((counted(&mut nadine).to_check, counted(&mut claire).to_check), (1, 1));
}

#[test]
fn taking_back_is_undone_where_it_was_taken_and_for_all() {
    let Three { mut nadine, mut claire, bernard: _, id } = with_a_survey();
    let lent = lends(&mut claire);
    let mut tablet = tablet(&lent, 71, today());
    for number in 0..3 {
        tablet.does(responds(&at_a_tablet(number, today(), vec![interest(template::INTEREST_YES), words("Bien")])));
    }
    let file = copy_of(&mut tablet);
    let act = comes_back(&mut claire, &file).act.unwrap();
    meet(id, &mut nadine, &mut claire);
    assert_eq!((responses(&mut nadine), responses(&mut claire), remarks(&mut claire).len()), (3, 3, 3));
    // A sheet that she typed since stays, with its words.
    claire.does(responds(&sheet(1, vec![words("Mal")]))).unwrap();
    claire.does(Request::Undo(act)).unwrap();
    meet(id, &mut nadine, &mut claire);
    assert_eq!((responses(&mut nadine), responses(&mut claire), remarks(&mut claire).len()), (1, 1, 1));
    comes_back(&mut claire, &file).act.unwrap();
    meet(id, &mut nadine, &mut claire);
    assert_eq!((responses(&mut nadine), responses(&mut claire), remarks(&mut claire).len()), (4, 4, 4));
}

#[test]
fn two_who_correct_one_question_at_once_both_see_both_and_choose() {
    let Three { mut nadine, mut claire, bernard: _, id } = with_a_survey();
    let says = |text: &str| {
        let change = QuestionChange::Wording(2026, Language::Fr, text.into());
        edits(SURVEY, vec![RecordChange::Edit(template::INTEREST, change)])
    };
    nadine.does(says("Le forum vous a-t-il plu ?")).unwrap();
    claire.does(says("Avez-vous aimé le forum ?")).unwrap();
    meet(id, &mut nadine, &mut claire);
    for device in [&mut nadine, &mut claire] {
        let file = survey(device, SURVEY);
        assert_eq!(file.conflicts.len(), 1, "both are kept, and shown: {:?}", file.conflicts);
        let conflict = &file.conflicts[0];
        assert_eq!(conflict.field, format!("asked.{}.fr.2026", template::INTEREST));
        assert_eq!(conflict.values.len(), 2);
        let now = file.record.question(template::INTEREST).unwrap().wordings.in_year(2026).fr;
        assert_eq!(conflict.values[0], now, "what is shown comes first");
    }
    let (shown, other) = {
        let values = survey(&mut nadine, SURVEY).conflicts.remove(0).values;
        (values[0].clone(), values[1].clone())
    };
    // Whichever one keeps, be it the one that stood.
    claire.does(says(&shown)).unwrap();
    assert!(survey(&mut claire, SURVEY).conflicts.is_empty());
    meet(id, &mut nadine, &mut claire);
    assert!(survey(&mut nadine, SURVEY).conflicts.is_empty());
    nadine.does(says(&other)).unwrap();
    meet(id, &mut nadine, &mut claire);
    let question = survey(&mut claire, SURVEY).record.question(template::INTEREST).unwrap().clone();
    assert_eq!(question.wordings.in_year(2026).fr, other);
    assert_eq!(question.wordings.in_year(2022).fr, "Intérêt du forum", "what was read then stays");
}

#[test]
fn what_a_visitor_wrote_is_nowhere_else_before_somebody_read_it_and_then_only_what_was_chosen() {
    let Three { mut nadine, mut claire, bernard: _, id } = with_a_survey();
    let marks = ["zircanelle", "morvoudine", "trapousselle", "quintarolle"];
    let said = |mark: &str| vec![interest(template::INTEREST_YES), words(&format!("On m’a dit {mark} au stand"))];
    nadine.does(responds(&sheet(1, said(marks[0])))).unwrap();
    nadine.does(responds(&sheet(2, said(marks[1])))).unwrap();
    // A sheet that both typed, and a tablet.
    nadine.does(responds(&sheet(3, said(marks[2])))).unwrap();
    claire.does(responds(&sheet(3, vec![interest(template::INTEREST_NOT)]))).unwrap();
    let lent = lends(&mut nadine);
    let mut tablet = tablet(&lent, 71, today());
    tablet.does(responds(&at_a_tablet(1, today(), said(marks[3])))).unwrap();
    let file = copy_of(&mut tablet);
    comes_back(&mut nadine, &file);
    meet(id, &mut nadine, &mut claire);
    nadine.does(settles(&sheet(3, said(marks[2])))).unwrap();
    meet(id, &mut nadine, &mut claire);
    assert_eq!(responses(&mut claire), 4);
    for mark in marks {
        assert!(knows(&mut nadine, mark) && !knows(&mut claire, mark), "{mark}");
    }
    let found = (nadine.finds("zircanelle").len(), claire.finds("zircanelle").len());
    assert_eq!(found, (1, 0), "whoever erases someone finds the survey in which they are named, where the words are");
    assert_eq!((survey(&mut nadine, SURVEY).unread, survey(&mut claire, SURVEY).unread), (4, 0));

    // Nadine reads: one is told in other words, one is kept back, one would name whom she accompanies.
    let read = |nadine: &mut Device, at: usize| written(nadine, &format!("On m’a dit {} au stand", marks[at]));
    let (first, second, fourth) = (read(&mut nadine, 0), read(&mut nadine, 1), read(&mut nadine, 3));
    let names = judges(&first, Verdict::MayLeave("Mme Escarvenc était bien".into()));
    assert_eq!(nadine.is_refused(names), Failure::Invalid(Invalid::NamesSomeone));
    let before = survey(&mut claire, SURVEY).record;
    nadine.does(judges(&second, Verdict::KeptBack)).unwrap();
    meet(id, &mut nadine, &mut claire);
    assert_eq!(survey(&mut claire, SURVEY).record, before, "what is kept back is told to nobody, not even that it is");
    nadine.does(judges(&first, Verdict::MayLeave("On m’a bien accueilli".into()))).unwrap();
    nadine.does(judges(&fourth, Verdict::MayLeave("Merci".into()))).unwrap();
    meet(id, &mut nadine, &mut claire);
    assert_eq!(told(&mut claire), ["Merci", "On m’a bien accueilli"]);
    for mark in marks {
        assert!(!knows(&mut claire, mark), "{mark}");
    }
    // Nothing ties them to a response: neither its name nor anything made of it stands where they are told.
    let lines: Vec<_> = survey(&mut claire, SURVEY).record.told.iter().map(|told| told.id.0).collect();
    let named = [first.response.0, second.response.0, fourth.response.0];
    assert!(lines.iter().all(|line| !named.contains(line)));
    let held = claire.everything();
    let survey_document = held.iter().find(|held| held.kind == "survey").unwrap();
    for response in [&first, &fourth] {
        let name = response.response;
        assert!(!survey_document.says(&name.to_string()) && !survey_document.says(&URL_SAFE_NO_PAD.encode(name.0)));
    }
    assert!(!held.iter().any(|held| held.kind == "survey_responses" && held.says("accueilli")));

    // Thought again: it is told no more.
    nadine.does(judges(&first, Verdict::KeptBack)).unwrap();
    meet(id, &mut nadine, &mut claire);
    assert_eq!(told(&mut claire), ["Merci"]);
    // Claire cannot judge what she never had.
    assert_eq!(claire.is_refused(judges(&second, Verdict::MayLeave("Oui".into()))), Failure::NotFound);
}

#[test]
fn nobody_who_is_accompanied_is_named_in_what_a_group_asks_or_reads() {
    let Three { mut nadine, claire: _, bernard: _, id } = with_a_survey();
    let names = Failure::Invalid(Invalid::NamesSomeone);
    let title = SurveyChange::Text(
        maillon_shared::domain::survey::questionnaire::SurveyField::Title,
        "Pour Odette Escarvenc".into(),
    );
    assert_eq!(nadine.is_refused(edits(SURVEY, vec![RecordChange::Survey(title)])), names);
    for change in [
        QuestionChange::Wording(2026, Language::Fr, "Mme Escarvenc vous a-t-elle aidé ?".into()),
        QuestionChange::ChoiceWording(template::INTEREST_YES, 2026, Language::Fr, "comme Mme Escarvenc".into()),
        QuestionChange::TogetherWording(template::INTERESTED, 2026, Language::Fr, "comme Mme Escarvenc".into()),
    ] {
        let edit = edits(SURVEY, vec![RecordChange::Edit(template::INTEREST, change)]);
        assert_eq!(nadine.is_refused(edit), names);
    }
    let table = "année;événement;public;question;réponse;pourcentage\r\n\
                 2021;Forum;visiteurs;Intérêt du forum;comme Mme Escarvenc;88\r\n";
    let keep = |group| {
        let (id, source) = (FiguresId([81; 16]), "Presse".into());
        to_write(SurveyWrite::KeepFigures { id, source, file: table.as_bytes().to_vec(), group })
    };
    assert_eq!(nadine.is_refused(keep(Some(id))), names);
    nadine.does(keep(None)).unwrap();
}

#[test]
fn figures_of_a_group_are_everybodys_and_whoever_leaves_writes_no_more() {
    let Three { mut nadine, mut claire, bernard: _, id } = with_a_survey();
    let table = "année;événement;public;question;réponse;pourcentage\r\n\
                 2021;Forum;visiteurs;Intérêt du forum;intéressant ou très intéressant;88\r\n";
    let keep = |number: u8, group| {
        let (id, source) = (FiguresId([number; 16]), "Presse".into());
        to_write(SurveyWrite::KeepFigures { id, source, file: table.as_bytes().to_vec(), group })
    };
    nadine.does(keep(81, Some(id))).unwrap();
    claire.does(keep(82, Some(id))).unwrap();
    meet(id, &mut nadine, &mut claire);
    let years = |device: &mut Device| match read(device, SurveyRead::Years) {
        SurveyAnswer::Years(years) => years,
        _ => panic!("the years"),
    };
    assert_eq!(years(&mut nadine).series, years(&mut claire).series);
    assert_eq!(years(&mut claire).tables.len(), 2, "read by two, it says nothing twice");
    let lent = lends(&mut claire);
    let mut tablet = tablet(&lent, 71, today());
    tablet.does(responds(&at_a_tablet(1, today(), vec![interest(template::INTEREST_YES)])));
    let file = copy_of(&mut tablet);
    claire.asks(of_groups(GroupRequest::Leave(id)));
    let not_of_it = Failure::NotShared(NotShared::NotOfTheGroup);
    for gone in [
        responds(&sheet(1, vec![])),
        settles(&sheet(1, vec![])),
        keep(83, Some(id)),
        to_write(SurveyWrite::TakeBack(file)),
        edits(SURVEY, vec![RecordChange::Survey(SurveyChange::Withdrawn(true))]),
    ] {
        assert_eq!(claire.is_refused(gone), not_of_it);
    }
    assert!(!survey(&mut claire, SURVEY).may_write);
    let lend = to_write(SurveyWrite::Lend(SURVEY));
    assert_eq!(claire.is_refused(lend), not_of_it, "what would be answered could not be taken back");
}
