//! What others published of the forums of other years: it stands beside what is counted as it was printed, and nothing is
//! added to it.
#![allow(clippy::unwrap_used, reason = "a story says what is wrong by failing")]

use maillon_shared::api::errors::{FileProblem, Invalid};
use maillon_shared::api::surveys::{SurveyAnswer, SurveyRead, SurveyWrite};
use maillon_shared::api::{Failure, Request, Response};
use maillon_shared::domain::ids::FiguresId;
use maillon_shared::domain::survey::compare::Said;
use maillon_shared::domain::survey::published::{Column, NoColumn, PublishedN};
use maillon_shared::domain::survey::question::{LineKey, RespondentKind};
use maillon_shared::domain::survey::response::{Answer, Response as Given, SheetNumber};
use maillon_shared::domain::survey::template;
use maillon_tests::harness::Device;
use maillon_tests::house::root;

use super::forum::*;
use super::office;

const FIGURES: FiguresId = FiguresId([81; 16]);

fn table() -> Vec<u8> {
    std::fs::read(root().join("shared/tests/data/forum-evaluations.csv")).unwrap()
}

fn keeps(id: FiguresId, file: &[u8]) -> Request {
    let source = "Évaluations des forums".to_owned();
    to_write(SurveyWrite::KeepFigures { id, source, file: file.to_vec(), group: None })
}

/// A figure as it was printed: the year, the event, the public, the answer and the percentage.
type Printed = (i32, String, &'static str, String, String);

/// What the years show that others published.
fn published(office: &mut Device) -> Vec<Printed> {
    let asked = template::starting_questions();
    let mut shown = Vec::new();
    for series in years(office).series {
        let question = asked.iter().find(|question| question.id() == series.question).unwrap();
        let line = question.line_wordings(series.line).unwrap().now().fr;
        let public = match series.respondent {
            RespondentKind::Visitor => "visiteurs",
            RespondentKind::Exhibitor => "intervenants",
            _ => "autres",
        };
        for point in series.points {
            match &point.said {
                Said::Published { percent, n, to_check } => {
                    assert_eq!((*n, to_check), (PublishedN::NotPublished, &None), "nobody printed of how many");
                    assert!(point.said.counted_share().is_none() && !point.is_contradicted);
                    shown.push((point.year, point.event, public, line.replace('’', "'"), percent.to_string()));
                }
                Said::Counted { n, .. } => assert_eq!((point.year, *n > 0), (2026, true)),
            }
        }
    }
    shown.sort();
    shown
}

#[test]
fn what_was_published_of_other_years_stands_as_it_was_printed_and_nothing_is_added() {
    let text = String::from_utf8(table()).unwrap();
    let mut printed: Vec<Printed> = Vec::new();
    for line in text.lines().skip(1) {
        let cells: Vec<_> = line.split(';').collect();
        let public = if cells[2] == "visiteurs" { "visiteurs" } else { "intervenants" };
        printed.push((cells[0].parse().unwrap(), cells[1].into(), public, cells[4].into(), cells[5].into()));
    }
    printed.sort();
    assert_eq!(printed.len(), 18);
    let mut office = office();
    for number in 1..=4 {
        let every = vec![
            interest(template::INTEREST_VERY),
            (template::EXCHANGES, Answer::Single(template::EXCHANGES_ALL)),
            (template::USEFULNESS, Answer::Single(template::USEFUL_FULLY)),
            (template::NEXT_STEPS, Answer::Several([template::NEXT_RECORD].into())),
        ];
        office.does(responds(&sheet(number, every))).unwrap();
    }
    let exhibitor = [template::MEETING, template::INFORMING, template::APPRECIATION].into_iter().zip([
        Answer::Single(template::MEETING_REACHED),
        Answer::Single(template::INFORMING_NOT),
        Answer::Single(template::APPRECIATION_GOOD),
    ]);
    let stand = Given::paper(SURVEY, SheetNumber::new(5).unwrap(), RespondentKind::Exhibitor, None, exhibitor);
    office.does(responds(&stand)).unwrap();

    let SurveyAnswer::Figures(Ok(read)) = read(&mut office, SurveyRead::Figures(table())) else { panic!("a table") };
    assert_eq!((read.figures.len(), read.refused.len()), (18, 0));
    assert!(published(&mut office).is_empty(), "nothing is kept of what is only read");
    let act = office.does(keeps(FIGURES, &table())).unwrap();
    let mut office = office.reopens();
    assert_eq!(published(&mut office), printed);
    let shown = years(&mut office);
    assert!(shown.apart.is_empty(), "each is of a question that is known");
    assert_eq!((shown.tables.len(), shown.tables[0].figures), (1, 18));
    // Read again by another, it is another table that says nothing more.
    assert_eq!(office.does(keeps(FIGURES, &table())), None, "asked twice, kept once");
    let again = office.does(keeps(FiguresId([82; 16]), &table())).unwrap();
    assert_eq!((published(&mut office), years(&mut office).series), (printed.clone(), shown.series));
    office.does(Request::Undo(act)).unwrap();
    assert_eq!(published(&mut office), printed, "the other says it still");
    office.does(Request::Undo(again)).unwrap();
    let mut office = office.reopens();
    assert!(published(&mut office).is_empty() && years(&mut office).tables.is_empty());
}

#[test]
fn two_tables_that_disagree_both_stand_and_what_is_of_no_question_stands_apart() {
    let mut office = office();
    office.does(keeps(FIGURES, &table())).unwrap();
    let head = "année;événement;public;question;réponse;pourcentage;n;à vérifier\r\n";
    let other =
        "2021;Forum, Tarascon;visiteurs;Intérêt du forum;intéressant ou très intéressant;87,5;40;deux sources\r\n";
    let apart = "2021;Forum, Tarascon;visiteurs;Accueil;bon;70;;\r\n";
    office.does(keeps(FiguresId([83; 16]), format!("{head}{other}{apart}").as_bytes())).unwrap();
    let shown = years(&mut office);
    assert_eq!(shown.apart.iter().map(|figure| figure.question.as_str()).collect::<Vec<_>>(), ["Accueil"]);
    let together = LineKey::Together(template::INTERESTED);
    let interested = shown.series.iter().find(|series| series.line == together).unwrap();
    let flags: Vec<_> = interested.points.iter().map(|point| (point.year, point.is_contradicted)).collect();
    assert_eq!(flags[..3], [(2021, true), (2021, true), (2022, false)]);
    let of_forty = interested.points.iter().any(|point| {
        matches!(&point.said, Said::Published { percent, n: PublishedN::Published(n), to_check: Some(why) }
            if percent.to_string() == "87.5" && n.get() == 40 && why == "deux sources")
    });
    assert!(of_forty, "as it was printed, with what was printed beside it");
}

#[test]
fn a_table_that_is_none_is_refused_and_nothing_is_kept() {
    let mut office = office();
    let asked = |office: &mut Device, file: &[u8]| read(office, SurveyRead::Figures(file.to_vec()));
    let lacking = "année;événement;public;question;pourcentage\r\n2021;Forum;visiteurs;Intérêt du forum;88\r\n";
    assert!(asked(&mut office, lacking.as_bytes()) == SurveyAnswer::Figures(Err(NoColumn(Column::Answer))));
    assert_eq!(office.is_refused(keeps(FIGURES, lacking.as_bytes())), Failure::NotUnderstood);
    let head = "année;événement;public;question;réponse;pourcentage;n\r\n";
    assert_eq!(office.is_refused(keeps(FIGURES, head.as_bytes())), Failure::Invalid(Invalid::Empty));
    let wrong = format!("{head}2021;Forum;visiteurs;Intérêt du forum;très intéressant;cent un;\r\n");
    let SurveyAnswer::Figures(Ok(read_wrong)) = asked(&mut office, wrong.as_bytes()) else { panic!("a table") };
    assert_eq!((read_wrong.figures.len(), read_wrong.refused.len()), (0, 1));
    assert_eq!(office.is_refused(keeps(FIGURES, wrong.as_bytes())), Failure::Invalid(Invalid::Empty));
    for none in [&b""[..], b"\x00\x01\x02\x03 not a table", b"PK\x03\x04 spoilt"] {
        let failure = office.is_refused(keeps(FIGURES, none));
        assert!(matches!(failure, Failure::UnreadableFile(_) | Failure::NotUnderstood), "{failure:?}");
        match office.tries(to_read(SurveyRead::Figures(none.to_vec()))) {
            Ok(Response::Surveys(answer)) => assert!(matches!(*answer, SurveyAnswer::Figures(Err(_)))),
            Ok(_) => panic!("something about surveys"),
            Err(failure) => assert!(matches!(failure, Failure::UnreadableFile(_)), "{failure:?}"),
        }
    }
    assert!(years(&mut office).tables.is_empty());
    let long = format!("{head}2021;{};visiteurs;Intérêt du forum;très intéressant;5;\r\n", "é".repeat(1_000_001));
    assert!(matches!(
        office.is_refused(keeps(FIGURES, long.as_bytes())),
        Failure::Invalid(Invalid::TooLong) | Failure::UnreadableFile(FileProblem::TooLarge)
    ));
}
