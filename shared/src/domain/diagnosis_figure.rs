//! A figure of a diagnosis: one indicator, one place, one year. What nobody knows is no figure, and is not zero.
//!
//! A figure is written as one value: its number, the number of people behind a percentage, its source and why it is to be
//! verified belong together, and none of them is ever read beside another's.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::diagnosis::Measure;
use super::ids::LineId;
use super::survey::published::{Percent, PublishedN};

/// What parts the pieces of a figure. None of them but the last may hold it.
const PART: char = '\t';
/// Where the number of people behind a percentage was not published.
const NOT_PUBLISHED: &str = "-";

/// A number with two decimals at most: no figure of a commune asks for more, and no machine rounds it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Hundredths(pub i64);

impl Hundredths {
    /// A whole number.
    pub const fn whole(number: u32) -> Self {
        Hundredths(number as i64 * 100)
    }

    /// What someone meant by what they typed: "16 545", "3,5", "-2". None where it is no number.
    pub fn typed(text: &str) -> Option<Self> {
        let text = text.trim();
        let (sign, text) = match text.strip_prefix(['-', '−']) {
            Some(rest) => (-1, rest),
            None => (1, text),
        };
        let (whole, decimals) = text.split_once([',', '.']).unwrap_or((text, "0"));
        let groups: Vec<&str> = whole.split_whitespace().collect();
        // Thousands are parted by spaces, in French: "12 50" is a slip, and nobody can tell of what.
        let by_three = groups.iter().skip(1).all(|group| group.len() == 3);
        if groups.len() > 1 && !(by_three && groups[0].len() <= 3) {
            return None;
        }
        let whole = groups.concat();
        let is_number =
            |text: &str, longest| (1..=longest).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number(&whole, 12) || !is_number(decimals, 2) {
            return None;
        }
        let hundredths = whole.parse::<i64>().ok()? * 100 + format!("{decimals:0<2}").parse::<i64>().ok()?;
        Some(Hundredths(sign * hundredths))
    }

    /// What stands before the decimal sign, with its sign, and the decimals where there are any.
    pub fn parts(self) -> (bool, u64, Option<String>) {
        let (whole, rest) = (self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100);
        let digits = format!("{rest:02}");
        (self.0 < 0, whole, (rest > 0).then(|| digits.trim_end_matches('0').to_owned()))
    }

    /// Reads what [`fmt::Display`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        text.parse().ok().map(Hundredths)
    }
}

impl fmt::Display for Hundredths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// What a figure says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FigureIs {
    /// A number of what the indicator counts.
    Number(Hundredths),
    /// So many of a hundred, of so many people; or it was not published of how many.
    Share(Percent, PublishedN),
    /// Written by a newer version.
    Unknown(String),
}

impl FigureIs {
    /// How high it stands beside others, in hundredths; none of what is not known here.
    pub fn height(&self) -> Option<i64> {
        match self {
            FigureIs::Number(number) => Some(number.0),
            FigureIs::Share(percent, _) => Some(i64::from(percent.hundredths())),
            FigureIs::Unknown(_) => None,
        }
    }

    /// Whether it is a figure of that sort: of a percentage and a number nothing is compared.
    pub fn fits(&self, measure: &Measure) -> bool {
        match self {
            FigureIs::Number(number) => match measure {
                Measure::Count => number.0 >= 0 && number.0 % 100 == 0,
                Measure::Share => false,
                Measure::Number | Measure::Unknown(_) => true,
            },
            FigureIs::Share(..) => *measure == Measure::Share,
            FigureIs::Unknown(_) => true,
        }
    }
}

/// A figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// What it says.
    pub is: FigureIs,
    /// The day for which it was declared, where it is of a day.
    pub on: Option<NaiveDate>,
    /// Who says so, in words.
    pub source: String,
    /// Why it is to be verified; empty when it is certain.
    pub to_verify: String,
}

impl Figure {
    /// A number of which nothing else is said.
    pub fn number(number: Hundredths) -> Self {
        Figure { is: FigureIs::Number(number), on: None, source: String::new(), to_verify: String::new() }
    }
}

/// Of what a figure is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FigureAt {
    /// The indicator, by its line.
    pub indicator: LineId,
    /// The year.
    pub year: i32,
    /// The place, by its key.
    pub place: String,
}

impl FigureAt {
    /// The line it is written in. It depends on nothing else: two who write the same figure at once meet in one line, and are
    /// asked which of the two is right.
    pub fn line(&self) -> LineId {
        line_of(&[&self.indicator.to_string(), &self.year.to_string(), &self.place])
    }
}

/// The line that is named by words: the same words name the same line on every device.
pub fn line_of(words: &[&str]) -> LineId {
    // FNV-1a, which names lines and guards nothing.
    const START: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    let bytes = words.iter().flat_map(|word| word.bytes().chain([0]));
    LineId(bytes.fold(START, |hash, byte| (hash ^ u128::from(byte)).wrapping_mul(PRIME)).to_be_bytes())
}

/// Of what a figure is and what it says, as one value.
pub fn written(at: &FigureAt, figure: &Figure) -> String {
    let (kind, value, n) = match &figure.is {
        FigureIs::Number(number) => ("number", number.to_string(), String::new()),
        FigureIs::Share(percent, PublishedN::NotPublished) => ("share", percent.to_string(), NOT_PUBLISHED.to_owned()),
        FigureIs::Share(percent, PublishedN::Published(n)) => ("share", percent.to_string(), n.to_string()),
        FigureIs::Unknown(text) => match text.splitn(3, PART).collect::<Vec<_>>()[..] {
            [kind, value, n] => (kind, value.to_owned(), n.to_owned()),
            _ => (text.as_str(), String::new(), String::new()),
        },
    };
    let on = figure.on.map(|day| day.to_string()).unwrap_or_default();
    let whole = |text: &str| text.replace(PART, " ");
    let head = [at.indicator.to_string(), at.year.to_string(), whole(&at.place), whole(kind), value, n, on];
    format!("{}{PART}{}{PART}{}", head.join("\t"), whole(&figure.source), figure.to_verify)
}

/// Reads what [`written`] writes; none where it is no figure of anything.
pub fn parse(text: &str) -> Option<(FigureAt, Figure)> {
    let parts: Vec<&str> = text.splitn(9, PART).collect();
    let [indicator, year, place, kind, value, n, on, source, to_verify] = parts[..] else { return None };
    let at = FigureAt { indicator: LineId::parse(indicator)?, year: year.parse().ok()?, place: place.to_owned() };
    let n = match n {
        NOT_PUBLISHED => Some(PublishedN::NotPublished),
        n => n.parse().ok().map(PublishedN::Published),
    };
    let known = match kind {
        "number" => Hundredths::parse(value).map(FigureIs::Number),
        "share" => Percent::parse(value).and_then(|percent| Some(FigureIs::Share(percent, n?))),
        _ => None,
    };
    let is = known.unwrap_or_else(|| FigureIs::Unknown(parts[3..6].join("\t")));
    let on = if on.is_empty() { None } else { on.parse().ok() };
    Some((at, Figure { is, on, source: source.to_owned(), to_verify: to_verify.to_owned() }))
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU32;

    use proptest::prelude::*;

    use super::*;

    fn at(place: &str) -> FigureAt {
        FigureAt { indicator: LineId([7; 16]), year: 2024, place: place.to_owned() }
    }

    #[test]
    fn numbers_are_read_as_people_type_them() {
        for (typed, meant) in [
            ("51811", Some(5_181_100)),
            ("51\u{202f}811", Some(5_181_100)),
            (" 3,5 ", Some(350)),
            ("3.25", Some(325)),
            ("0", Some(0)),
            ("-2", Some(-200)),
            ("", None),
            ("12 50", None),
            ("beaucoup", None),
            ("3,555", None),
            ("9999999999999", None),
        ] {
            assert_eq!(Hundredths::typed(typed), meant.map(Hundredths), "{typed}");
        }
        assert_eq!(Hundredths(-350).parts(), (true, 3, Some("5".into())));
        assert_eq!(Hundredths(5_181_100).parts(), (false, 51_811, None));
    }

    #[test]
    fn a_figure_of_a_newer_version_stays_as_it_was_written() {
        let text = format!("{}\t2024\t13004\trange\t10\t20\t2024-03-01\tARS\tdeux bornes", LineId([7; 16]));
        let (at, figure) = parse(&text).expect("a figure");
        assert_eq!(figure.is, FigureIs::Unknown("range\t10\t20".into()));
        assert_eq!((figure.is.height(), written(&at, &figure)), (None, text));
    }

    #[test]
    fn a_percentage_without_a_number_of_people_says_so_and_is_never_of_zero() {
        let share = FigureIs::Share(Percent::parse("88").expect("a percentage"), PublishedN::NotPublished);
        let figure = Figure { is: share.clone(), on: None, source: "forum".into(), to_verify: String::new() };
        let text = written(&at("13108"), &figure);
        assert_eq!(parse(&text), Some((at("13108"), figure)));
        let of_zero = text.replace("\t-\t", "\t0\t");
        assert!(matches!(parse(&of_zero).map(|(_, figure)| figure.is), Some(FigureIs::Unknown(_))));
        assert!(share.fits(&Measure::Share) && !share.fits(&Measure::Count));
    }

    proptest! {
        #[test]
        fn a_figure_reads_back_as_it_is_written(
            place in "[0-9a-zé ]{1,9}", year in 1900..2100_i32, value in -10_000_000..10_000_000_i64, share in 0..10_000_u32,
            n in 0..3_u32, source in "[a-zé, ]{0,9}", to_verify in "[a-zé\t ]{0,9}", day in 0..2_u32,
        ) {
            let at = FigureAt { indicator: LineId([3; 16]), year, place };
            let percent = Percent::parse(&format!("{}.{:02}", share / 100, share % 100)).expect("a percentage");
            let of = NonZeroU32::new(n).map_or(PublishedN::NotPublished, PublishedN::Published);
            let is = if n == 2 { FigureIs::Number(Hundredths(value)) } else { FigureIs::Share(percent, of) };
            let on = NaiveDate::from_ymd_opt(2024, 3, 1).filter(|_| day == 1);
            let figure = Figure { is, on, source, to_verify };
            prop_assert_eq!(parse(&written(&at, &figure)), Some((at, figure)));
        }

        /// Two figures of different things never meet in one line.
        #[test]
        fn the_line_of_a_figure_is_its_own(one in "[0-9]{1,5}", other in "[0-9]{1,5}", year in 2000..2030_i32) {
            let at = |place: &str, year| FigureAt { indicator: LineId([3; 16]), year, place: place.to_owned() };
            prop_assert_eq!(at(&one, year).line() == at(&other, year).line(), one == other);
            prop_assert_ne!(at(&one, year).line(), at(&one, year + 1).line());
        }
    }
}
