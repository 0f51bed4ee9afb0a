//! Figures that others published: a percentage, and the number of people it is of, or that this was not published.
//!
//! Nothing is added to them. A percentage keeps the figures with which it was printed, and where no number of people
//! was published there is none: a percentage alone gives none back, and "88 %" may be of eight people or of eight
//! hundred.

use std::collections::BTreeSet;
use std::fmt;
use std::num::NonZeroU32;

use serde::{Deserialize, Serialize};

use super::question::{LineKey, Question, RespondentKind};
use crate::text::fold::fold;

/// A figure that was published.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PublishedFigure {
    /// Of which year.
    pub year: i32,
    /// Of which event, in words.
    pub event: String,
    /// Of whom.
    pub respondent: RespondentKind,
    /// What was asked, as it was printed.
    pub question: String,
    /// What was answered, as it was printed.
    pub answer: String,
    /// How many of a hundred.
    pub percent: Percent,
    /// Of how many.
    pub n: PublishedN,
    /// Why it is to be verified, where it is.
    pub to_check: Option<String>,
}

/// The number of people behind a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum PublishedN {
    /// It was not published, and nothing gives it back.
    NotPublished,
    /// It was.
    Published(NonZeroU32),
}

/// A percentage as it was printed: from 0 to 100, with no more than two decimals, which are kept even where they are
/// zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Percent {
    hundredths: u16,
    decimals: u8,
}

impl Percent {
    /// Reads "88", "88,5", "88.50" or "88 %".
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().trim_end_matches('%').trim_end();
        let (whole, decimals) = text.split_once([',', '.']).unwrap_or((text, "0"));
        let is_number =
            |text: &str, longest| (1..=longest).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        if !is_number(whole, 3) || !is_number(decimals, 2) {
            return None;
        }
        let hundredths = whole.parse::<u32>().ok()? * 100 + format!("{decimals:0<2}").parse::<u32>().ok()?;
        let decimals = if whole == text { 0 } else { u8::try_from(decimals.len()).ok()? };
        let hundredths = u16::try_from(hundredths).ok().filter(|hundredths| *hundredths <= 10_000)?;
        Some(Percent { hundredths, decimals })
    }

    /// What stands before the decimal sign, and the decimals that were printed, if any.
    pub fn parts(self) -> (u16, Option<String>) {
        let (whole, rest) = (self.hundredths / 100, self.hundredths % 100);
        let digits = format!("{rest:02}");
        (whole, (self.decimals > 0).then(|| digits[..usize::from(self.decimals.min(2))].to_owned()))
    }

    /// In hundredths of a percent, for the heights of bars.
    pub fn hundredths(self) -> u16 {
        self.hundredths
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.parts() {
            (whole, None) => write!(f, "{whole}"),
            (whole, Some(decimals)) => write!(f, "{whole}.{decimals}"),
        }
    }
}

impl PublishedFigure {
    /// The question and the line that it is of, by the words they have or once had. None where no question of that
    /// public reads so, or several do: it is shown alone then, and compared with nothing.
    pub fn meets<'a>(&self, known: &'a [Question]) -> Option<(&'a Question, LineKey)> {
        let is_it = |question: &&Question| {
            question.asked_of.contains(&self.respondent) && question.wordings.ever_said(&self.question)
        };
        let mut found =
            known.iter().filter(is_it).filter_map(|question| Some((question, question.line_named(&self.answer)?)));
        let first = found.next()?;
        found.all(|(other, _)| other.id() == first.0.id()).then_some(first)
    }
}

/// A column of a table of published figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Column {
    /// The year.
    Year,
    /// The event.
    Event,
    /// Who answered.
    Public,
    /// What was asked.
    Question,
    /// What was answered.
    Answer,
    /// How many of a hundred.
    Percent,
    /// Of how many. A table may lack it.
    N,
    /// Why it is to be verified. A table may lack it.
    ToCheck,
}

/// Every column, and the heads it goes by, folded.
const HEADS: [(Column, &[&str]); 8] = [
    (Column::Year, &["annee", "year"]),
    (Column::Event, &["evenement", "event"]),
    (Column::Public, &["public"]),
    (Column::Question, &["question"]),
    (Column::Answer, &["reponse", "answer"]),
    (Column::Percent, &["pourcentage", "percentage"]),
    (Column::N, &["n"]),
    (Column::ToCheck, &["a verifier", "to verify"]),
];

/// Who answered, by the words that tables use, folded.
const PUBLICS: [(RespondentKind, &[&str]); 3] = [
    (RespondentKind::Visitor, &["visiteurs", "visiteur", "visitors", "visitor"]),
    (RespondentKind::Exhibitor, &["intervenants", "intervenant", "exposants", "exposant", "exhibitors", "exhibitor"]),
    (RespondentKind::Other, &["autres", "autre", "others", "other"]),
];

/// Why a row is no figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RowError {
    /// Nothing is written where something must be.
    Missing(Column),
    /// That is no year.
    Year(String),
    /// Nobody knows who that is.
    Public(String),
    /// That is no percentage.
    Percent(String),
    /// That is no number of people; nobody is none, of whom there is no percentage.
    N(String),
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RowError::Missing(column) => write!(f, "nothing is written under {column:?}"),
            RowError::Year(text) => write!(f, "no year: {text}"),
            RowError::Public(text) => write!(f, "no public: {text}"),
            RowError::Percent(text) => write!(f, "no percentage: {text}"),
            RowError::N(text) => write!(f, "no number of people: {text}"),
        }
    }
}

impl std::error::Error for RowError {}

/// The head lacks a column that every table has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoColumn(pub Column);

impl fmt::Display for NoColumn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no column {:?}", self.0)
    }
}

impl std::error::Error for NoColumn {}

/// What was read of a table. Each row is in one of them; one written twice is one figure.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedTable {
    /// The figures.
    pub figures: BTreeSet<PublishedFigure>,
    /// The rows that are none, by their number under the head, from 1.
    pub refused: Vec<(usize, RowError)>,
}

/// Reads a table of which the fields are already apart: its head, and its rows. Columns may stand in any order, and
/// others among them are not read. A row of which every field is empty is none.
pub fn read<Field: AsRef<str>, Row: AsRef<[Field]>>(
    head: &[Field],
    rows: impl IntoIterator<Item = Row>,
) -> Result<PublishedTable, NoColumn> {
    let folded: Vec<_> = head.iter().map(|field| fold(field.as_ref())).collect();
    let places = HEADS.map(|(_, heads)| folded.iter().position(|head| heads.contains(&head.as_str())));
    for ((column, _), place) in HEADS.iter().zip(places) {
        if place.is_none() && !matches!(column, Column::N | Column::ToCheck) {
            return Err(NoColumn(*column));
        }
    }
    let mut table = PublishedTable::default();
    for (row, number) in rows.into_iter().zip(1..) {
        let fields = row.as_ref();
        if fields.iter().all(|field| field.as_ref().trim().is_empty()) {
            continue;
        }
        let text = |column: Column| {
            let place = HEADS.iter().position(|(other, _)| *other == column).and_then(|at| places[at]);
            place.and_then(|at| fields.get(at)).map_or("", |field| field.as_ref().trim())
        };
        match figure(text) {
            Ok(figure) => drop(table.figures.replace(figure)),
            Err(error) => table.refused.push((number, error)),
        }
    }
    Ok(table)
}

fn figure<'a>(text: impl Fn(Column) -> &'a str) -> Result<PublishedFigure, RowError> {
    let said = |column| Some(text(column)).filter(|text| !text.is_empty()).ok_or(RowError::Missing(column));
    let year = said(Column::Year)?;
    let is_year = |year: &i32| (1900..=2999).contains(year);
    let public = said(Column::Public)?;
    let folded = fold(public);
    let respondent = PUBLICS.iter().find(|(_, words)| words.contains(&folded.as_str())).map(|(kind, _)| kind.clone());
    let percent = said(Column::Percent)?;
    let n = match text(Column::N) {
        "" => PublishedN::NotPublished,
        n => PublishedN::Published(n.parse().map_err(|_| RowError::N(n.to_owned()))?),
    };
    Ok(PublishedFigure {
        year: year.parse().ok().filter(is_year).ok_or_else(|| RowError::Year(year.to_owned()))?,
        event: said(Column::Event)?.to_owned(),
        respondent: respondent.ok_or_else(|| RowError::Public(public.to_owned()))?,
        question: said(Column::Question)?.to_owned(),
        answer: said(Column::Answer)?.to_owned(),
        percent: Percent::parse(percent).ok_or_else(|| RowError::Percent(percent.to_owned()))?,
        n,
        to_check: Some(text(Column::ToCheck)).filter(|why| !why.is_empty()).map(str::to_owned),
    })
}

#[cfg(test)]
mod tests {
    use super::super::template::{self, starting_questions};
    use super::*;

    const HEAD: [&str; 8] = ["n", "Année", "événement", "public", "question", "réponse", "pourcentage", "à vérifier"];

    fn row(fields: [&'static str; 8]) -> PublishedTable {
        read(&HEAD, [fields]).expect("every column is there")
    }

    #[test]
    fn a_percentage_is_shown_as_it_was_printed() {
        for (printed, shown) in [("88", "88"), ("88,5", "88.5"), (" 7.50 % ", "7.50"), ("100", "100"), ("88,0", "88.0")]
        {
            assert_eq!(Percent::parse(printed).map(|percent| percent.to_string()).as_deref(), Some(shown), "{printed}");
        }
        for wrong in ["", "%", "101", "100,01", "88,555", "-3", "88,", "quatre", "1e2", "+5"] {
            assert_eq!(Percent::parse(wrong), None, "{wrong}");
        }
        assert_eq!(Percent::parse("0,05").map(Percent::parts), Some((0, Some("05".to_owned()))));
    }

    #[test]
    fn a_row_is_a_figure_or_says_why_it_is_none() {
        let good = [
            "",
            "2021",
            "Forum, Tarascon",
            "visiteurs",
            "Intérêt du forum",
            "Intéressant ou très intéressant",
            "88",
            "",
        ];
        let with = |at: usize, field: &'static str| {
            let mut fields = good;
            fields[at] = field;
            row(fields)
        };
        let read_well = row(good);
        let figure = read_well.figures.first().expect("a figure");
        assert_eq!(
            (figure.n, &figure.to_check, figure.percent.to_string()),
            (PublishedN::NotPublished, &None, "88".into())
        );
        let n = |text| with(0, text).figures.first().map(|figure| figure.n);
        assert_eq!(n("53"), NonZeroU32::new(53).map(PublishedN::Published));
        let why = with(7, "deux sources");
        assert_eq!(why.figures.first().and_then(|figure| figure.to_check.as_deref()), Some("deux sources"));
        let check = |at, field, error: RowError| assert_eq!(with(at, field).refused, [(1, error)]);
        check(0, "0", RowError::N("0".into()));
        check(0, "environ 50", RowError::N("environ 50".into()));
        check(1, "21", RowError::Year("21".into()));
        check(3, "tous", RowError::Public("tous".into()));
        check(4, " ", RowError::Missing(Column::Question));
        check(6, "880", RowError::Percent("880".into()));
        assert_eq!(row([""; 8]), PublishedTable::default());
        assert_eq!(read(&HEAD[..5], [good]), Err(NoColumn(Column::Answer)));
        assert_eq!(read(&HEAD, [good, good]).map(|table| table.figures.len()), Ok(1), "written twice, it is one");
        assert_eq!(read(&HEAD[1..], [&good[1..]]), Ok(read_well), "a table without n publishes none");
    }

    #[test]
    fn a_figure_meets_one_question_of_its_own_public_or_none() {
        let known = starting_questions();
        let fields =
            ["", "2021", "Forum", "visiteurs", "INTERET DU FORUM", "intéressant ou très intéressant", "88", ""];
        let mut figure = row(fields).figures.pop_first().expect("a figure");
        let met = |figure: &PublishedFigure, known: &[Question]| {
            figure.meets(known).map(|(question, line)| (question.id(), line))
        };
        assert_eq!(met(&figure, &known), Some((template::INTEREST, LineKey::Together(template::INTERESTED))));
        let mut twins = known.clone();
        let mut twin = Question::new(crate::domain::ids::QuestionId([9; 16]), known[0].form().clone());
        (twin.wordings, twin.asked_of) = (known[0].wordings.clone(), known[0].asked_of.clone());
        twins.push(twin);
        assert_eq!(met(&figure, &twins), None, "two questions read alike");
        figure.respondent = RespondentKind::Exhibitor;
        assert_eq!(met(&figure, &known), None);
    }
}
