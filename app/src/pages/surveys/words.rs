//! The words of surveys: publics, lines, counts, years.

use maillon_shared::domain::survey::compare::Said;
use maillon_shared::domain::survey::published::{Percent, PublishedN};
use maillon_shared::domain::survey::question::{LineKey, Question, QuestionKind, RespondentKind};

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
