//! The words of surveys: publics, lines, counts, years.

use maillon_shared::api::Request;
use maillon_shared::api::surveys::SurveyWrite;
use maillon_shared::domain::ids::{ChoiceId, LineId, QuestionId};
use maillon_shared::domain::survey::compare::Said;
use maillon_shared::domain::survey::published::{Percent, PublishedN};
use maillon_shared::domain::survey::question::{LineKey, Question, QuestionChange, QuestionKind, RespondentKind};
use maillon_shared::domain::survey::questionnaire::{SurveyChange, SurveyField};
use maillon_shared::domain::survey::record::{RecordChange, SurveyRecord};
use maillon_shared::text::language::Language;

use crate::words::{language, surveys as w};

/// Who answers.
pub fn public_words(public: &RespondentKind) -> String {
    match public {
        RespondentKind::Visitor => w::visitors().to_owned(),
        RespondentKind::Exhibitor => w::exhibitors().to_owned(),
        RespondentKind::Other => w::others().to_owned(),
        RespondentKind::Unknown(code) => code.clone(),
    }
}

/// Who one is, said by oneself.
pub fn i_am(public: &RespondentKind) -> String {
    match public {
        RespondentKind::Visitor => w::i_visit().to_owned(),
        RespondentKind::Exhibitor => w::i_exhibit().to_owned(),
        RespondentKind::Other => w::i_am_other().to_owned(),
        RespondentKind::Unknown(code) => code.clone(),
    }
}

/// How a question is answered.
pub fn kind_words(kind: &QuestionKind) -> &str {
    match kind {
        QuestionKind::One => w::by_one(),
        QuestionKind::Several => w::by_several(),
        QuestionKind::Words => w::by_words(),
        QuestionKind::Scale => w::by_scale(),
        QuestionKind::Unknown(code) => code,
    }
}

/// What was asked in a year.
pub fn question_words(question: &Question, year: i32) -> String {
    question.wordings.in_year(year).text(language()).to_owned()
}

/// What a line was called in a year.
pub fn line_words(question: Option<&Question>, line: LineKey, year: i32) -> String {
    if let LineKey::Step(step) = line {
        return step.to_string();
    }
    let words = question.and_then(|question| question.line_wordings(line));
    match words.map(|words| words.in_year(year).text(language()).to_owned()) {
        Some(words) if !words.is_empty() => words,
        // Another device offered it, and its words have not come yet.
        _ => w::unknown_line().to_owned(),
    }
}

/// A percentage as it was printed.
pub fn printed_percent(percent: Percent) -> String {
    let (whole, decimals) = percent.parts();
    match decimals {
        None => w::percent(whole),
        Some(decimals) => w::percent_decimals(whole, decimals),
    }
}

/// How much was said: always with the number of people, or that it was not published.
pub fn said_words(said: &Said) -> String {
    match said {
        Said::Counted { count, n } => match said.counted_share() {
            Some(share) => w::share_of(w::percent(share.percent), count, n),
            None => w::nobody_answered().to_owned(),
        },
        Said::Published { percent, n: PublishedN::NotPublished, .. } => w::n_not_published(printed_percent(*percent)),
        Said::Published { percent, n: PublishedN::Published(n), .. } => w::of_n(printed_percent(*percent), n),
    }
}

/// How high a bar is, in percent; none where nothing is known.
pub fn height(said: &Said) -> Option<u32> {
    match said {
        Said::Counted { .. } => said.counted_share().map(|share| share.percent),
        Said::Published { percent, .. } => Some(u32::from(percent.hundredths()).div_ceil(100)),
    }
}

/// The question and, of a choice, the choice that a path is of.
fn of_path(record: &SurveyRecord, container: &str, id: &str) -> Option<(QuestionId, Option<ChoiceId>)> {
    let id = LineId::parse(id)?.0;
    if container == "asked" {
        return Some((QuestionId(id), None));
    }
    let has = |question: &&Question| question.choices().iter().any(|choice| choice.id == ChoiceId(id));
    record.questions.iter().find(has).map(|question| (question.id(), Some(ChoiceId(id))))
}

/// What a field of a survey is called, where two devices wrote in it at once.
pub fn field_words(record: &SurveyRecord, path: &str) -> String {
    let year = record.survey.year;
    match path.split('.').collect::<Vec<_>>()[..] {
        ["title"] => w::name().to_owned(),
        ["year"] => w::year().to_owned(),
        ["event"] => w::event().to_owned(),
        ["closed_on"] => w::close().to_owned(),
        ["withdrawn"] => w::withdraw().to_owned(),
        [container @ ("asked" | "choices"), id, ..] => {
            let found = of_path(record, container, id);
            let question = found.and_then(|(question, _)| record.question(question));
            let choice = found.and_then(|(_, choice)| choice);
            match (question, choice) {
                (Some(_), Some(choice)) => line_words(question, LineKey::Choice(choice), year),
                (Some(question), None) => question_words(question, year),
                (None, _) => w::questions().to_owned(),
            }
        }
        ["settled", ..] => w::check_title().to_owned(),
        ["told", ..] => w::remarks().to_owned(),
        _ => path.to_owned(),
    }
}

/// What a field holds, as it is read.
pub fn value_words(path: &str, value: &str) -> String {
    match path.split('.').next() {
        // It is chosen with the sheet in hand, on its own screen.
        Some("settled") => w::a_version().to_owned(),
        Some("event") => w::an_event().to_owned(),
        _ if value.is_empty() => w::nothing().to_owned(),
        _ => value.to_owned(),
    }
}

/// What keeps a value; nothing where it is chosen elsewhere.
pub fn keep(record: &SurveyRecord, path: &str, value: &str) -> Option<Request> {
    let change = match path.split('.').collect::<Vec<_>>()[..] {
        ["title"] => RecordChange::Survey(SurveyChange::Text(SurveyField::Title, value.to_owned())),
        ["year"] => RecordChange::Survey(SurveyChange::Year(value.parse().ok()?)),
        ["closed_on"] if value.is_empty() => RecordChange::Survey(SurveyChange::ClosedOn(None)),
        ["closed_on"] => RecordChange::Survey(SurveyChange::ClosedOn(Some(value.parse().ok()?))),
        [container @ ("asked" | "choices"), id, language @ ("fr" | "en"), year] => {
            let (language, year) = (Language::parse(language)?, year.parse().ok()?);
            let (question, choice) = of_path(record, container, id)?;
            RecordChange::Edit(
                question,
                match choice {
                    Some(choice) => QuestionChange::ChoiceWording(choice, year, language, value.to_owned()),
                    None => QuestionChange::Wording(year, language, value.to_owned()),
                },
            )
        }
        ["asked", id, "place"] => {
            RecordChange::Survey(SurveyChange::Asks(QuestionId::parse(id)?, Some(value.parse().ok()?)))
        }
        _ => return None,
    };
    let write = SurveyWrite::Edit { id: record.survey.id, changes: vec![change], draft: None };
    Some(Request::WriteSurveys(Box::new(write)))
}
