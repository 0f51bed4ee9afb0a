//! Telephone numbers, in every way the French write them.
//!
//! One number has one [`PhoneNumber`]; what cannot be read stays as it was written, since a wrong number someone can
//! correct is worth more than a field left empty. Overseas départements dial ten figures like everyone but have their
//! own country code; Pacific collectivities have six or eight figures.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::french::NARROW;

/// What a text turned out to be.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Phone {
    /// A number of France, overseas included.
    French(PhoneNumber),
    /// A number dialled as it is, from France only: 15, 112, 3114, 116 117.
    Short(PhoneNumber),
    /// A number of another country.
    Foreign {
        /// The number.
        number: PhoneNumber,
        /// As it was written: each country groups its figures in its own way.
        written: String,
    },
    /// Not a number anyone can dial; kept to the letter.
    Unreadable(String),
}

/// A number in its one writing: `+33490180566`, `+262262901234`, `3114`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PhoneNumber(String);

impl PhoneNumber {
    /// The one writing.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Country codes of the overseas territories dialled with ten figures, and how their numbers begin after the 0.
///
/// Numbers in 09 shared by several territories are left to +33.
const OVERSEAS: [(&str, &[&str]); 5] = [
    // Réunion, and Mayotte
    ("262", &["262", "263", "692", "693", "269", "639"]),
    // Saint-Pierre-et-Miquelon
    ("508", &["508", "708"]),
    // Guadeloupe, Saint-Martin, Saint-Barthélemy
    ("590", &["590", "690", "691"]),
    // Guyane
    ("594", &["594", "694"]),
    // Martinique
    ("596", &["596", "696", "697"]),
];

/// Country codes of the territories with short numbers of their own, and how many figures these have.
const PACIFIC_AND_MIQUELON: [(&str, usize); 4] = [("687", 6), ("689", 8), ("681", 6), ("508", 6)];

impl Phone {
    /// Reads a number as it was written. Empty text is unreadable too.
    pub fn parse(written: &str) -> Phone {
        read(written).unwrap_or_else(|| Phone::Unreadable(written.to_owned()))
    }

    /// Reads the several numbers of one cell: "04 90 18 05 66 / 06 12 34 56 78". Where a part cannot be read, the whole
    /// is kept as one unreadable text, so that no word of it is cut from the others.
    pub fn parse_several(written: &str) -> Vec<Phone> {
        if written.trim().is_empty() {
            return Vec::new();
        }
        let parts = written.split(['/', ';', ',', '\n', '|']).flat_map(|part| part.split(" ou "));
        let parts: Vec<&str> = parts.map(str::trim).filter(|part| !part.is_empty()).collect();
        let read: Option<Vec<Phone>> = parts.into_iter().map(read).collect();
        match read {
            Some(phones) if !phones.is_empty() => phones,
            _ => vec![Phone::parse(written)],
        }
    }

    /// The number, if it can be dialled.
    pub fn number(&self) -> Option<&PhoneNumber> {
        match self {
            Phone::French(number) | Phone::Short(number) | Phone::Foreign { number, .. } => Some(number),
            Phone::Unreadable(_) => None,
        }
    }

    /// The one writing of the number, or the text kept as it was written.
    pub fn canonical(&self) -> &str {
        match self {
            Phone::Unreadable(written) => written,
            _ => self.number().map_or("", PhoneNumber::as_str),
        }
    }

    /// The link that dials it.
    pub fn tel_uri(&self) -> Option<String> {
        self.number().map(|number| format!("tel:{number}"))
    }

    /// The figures someone types to find it: those dialled from France, `0490180566`.
    pub fn figures(&self) -> String {
        match self {
            Phone::French(number) => dialled(number).unwrap_or_else(|| figures_of(&number.0)),
            _ => figures_of(self.canonical()),
        }
    }

    /// As the French write it, with narrow non-breaking spaces: "04 90 18 05 66".
    pub fn show(&self) -> String {
        match self {
            Phone::French(number) => show_french(number),
            Phone::Short(number) if number.0.len() == 6 => grouped(&number.0, &[3, 3]),
            Phone::Short(number) => number.0.clone(),
            Phone::Foreign { written, .. } | Phone::Unreadable(written) => written.clone(),
        }
    }
}

fn read(written: &str) -> Option<Phone> {
    let text = without_label(written.trim());
    let dialled = Dialled::read(text)?;
    if let Some(number) = dialled.international() {
        return french_from_abroad(number).or_else(|| foreign(number, text));
    }
    let figures = dialled.figures.as_str();
    if is_short(figures) {
        return Some(Phone::Short(PhoneNumber(figures.to_owned())));
    }
    match figures.len() {
        10 => figures.strip_prefix('0').and_then(ten_figures),
        // A spreadsheet took the first 0 for nothing.
        9 => ten_figures(figures),
        // "+33" without its "+".
        11 | 12 => {
            figures.strip_prefix("33").and_then(|number| ten_figures(number.strip_prefix('0').unwrap_or(number)))
        }
        _ => None,
    }
}

/// The figures of a writing, and whether it began with "+".
struct Dialled {
    plus: bool,
    figures: String,
}

impl Dialled {
    /// `None` where something in the text is neither a figure nor what people put between figures.
    fn read(text: &str) -> Option<Self> {
        let (plus, rest) = match text.strip_prefix(['+', '＋']) {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        // "(0)" is the 0 dialled from inside the country; it means something only after a country code.
        let inside = rest.replace("(0)", "");
        let rest = if plus || rest.starts_with("00") { inside.as_str() } else { rest };
        let mut figures = String::with_capacity(rest.len());
        for c in rest.chars() {
            match c {
                '0'..='9' => figures.push(c),
                ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\t' => {}
                '.' | '-' | '\u{2010}' | '\u{2011}' | '–' | '·' | '_' | '(' | ')' => {}
                _ => return None,
            }
        }
        (!figures.is_empty()).then_some(Dialled { plus, figures })
    }

    /// The figures from the country code on.
    fn international(&self) -> Option<&str> {
        if self.plus { Some(&self.figures) } else { self.figures.strip_prefix("00") }
    }
}

/// Takes off "Tél. :" and "tel:", which say only what the field says already.
fn without_label(text: &str) -> &str {
    let labels = ["téléphone", "telephone", "tél", "tel"];
    let rest = labels.iter().find_map(|label| {
        let start = text.get(..label.len())?;
        (start.to_lowercase() == *label).then(|| &text[label.len()..])
    });
    rest.map_or(text, |rest| rest.trim_start_matches(['.', ':', ' ', '\u{a0}', '\u{202f}']))
}

fn is_short(figures: &str) -> bool {
    match figures.len() {
        2 => matches!(figures, "15" | "17" | "18"),
        3 => figures.starts_with('1'),
        4 => figures.starts_with('3') || figures.starts_with("10"),
        6 => figures.starts_with("116") || figures.starts_with("118"),
        _ => false,
    }
}

/// The number dialled in France with a 0 before these nine figures.
fn ten_figures(after_zero: &str) -> Option<Phone> {
    if after_zero.len() != 9 || after_zero.starts_with('0') {
        return None;
    }
    let country = OVERSEAS.iter().find(|(_, starts)| starts.iter().any(|start| after_zero.starts_with(start)));
    let country = country.map_or("33", |(country, _)| country);
    Some(Phone::French(PhoneNumber(format!("+{country}{after_zero}"))))
}

fn french_from_abroad(number: &str) -> Option<Phone> {
    if let Some(rest) = number.strip_prefix("33") {
        return ten_figures(rest.strip_prefix('0').unwrap_or(rest));
    }
    for (country, starts) in OVERSEAS {
        if let Some(rest) = number.strip_prefix(country) {
            let rest = rest.strip_prefix('0').unwrap_or(rest);
            // Any nine figures: a territory may open numbers this table does not know.
            if rest.len() == 9 && (starts.iter().any(|start| rest.starts_with(start)) || rest.starts_with(['8', '9'])) {
                return Some(Phone::French(PhoneNumber(format!("+{country}{rest}"))));
            }
        }
    }
    PACIFIC_AND_MIQUELON
        .iter()
        .any(|(country, length)| number.strip_prefix(country).is_some_and(|rest| rest.len() == *length))
        .then(|| Phone::French(PhoneNumber(format!("+{number}"))))
}

fn foreign(number: &str, written: &str) -> Option<Phone> {
    // E.164: at most 15 figures; no country has fewer than 4 after its code. A French number that is not one of the
    // right length is a mistake, not a foreign number.
    let possible = (7..=15).contains(&number.len()) && !number.starts_with('0') && !number.starts_with("33");
    possible.then(|| Phone::Foreign { number: PhoneNumber(format!("+{number}")), written: written.to_owned() })
}

/// The ten figures dialled from France, where there are ten.
fn dialled(number: &PhoneNumber) -> Option<String> {
    let figures = number.0.strip_prefix('+')?;
    let countries = ["33"].into_iter().chain(OVERSEAS.iter().map(|(country, _)| *country));
    countries.into_iter().find_map(|country| {
        let rest = figures.strip_prefix(country)?;
        (rest.len() == 9).then(|| format!("0{rest}"))
    })
}

fn show_french(number: &PhoneNumber) -> String {
    match dialled(number) {
        // Numbers with a special price are read by threes.
        Some(figures) if figures.starts_with("08") => grouped(&figures, &[1, 3, 3, 3]),
        Some(figures) => grouped(&figures, &[2, 2, 2, 2, 2]),
        None => {
            let (country, rest) = number.0.split_at(4);
            format!("{country}{NARROW}{}", grouped(rest, &[2, 2, 2, 2]))
        }
    }
}

fn grouped(figures: &str, sizes: &[usize]) -> String {
    let mut shown = String::with_capacity(figures.len() + 3 * sizes.len());
    let mut rest = figures;
    for size in sizes {
        let (group, after) = rest.split_at((*size).min(rest.len()));
        if !shown.is_empty() && !group.is_empty() {
            shown.push(NARROW);
        }
        shown.push_str(group);
        rest = after;
    }
    shown.push_str(rest);
    shown
}

fn figures_of(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_writing_of_a_french_number_is_one_number() {
        for written in [
            "0490180566",
            "04 90 18 05 66",
            "04.90.18.05.66",
            "04-90-18-05-66",
            "04\u{202f}90\u{a0}18 05 66",
            "(04) 90 18 05 66",
            "+33490180566",
            "+33 4 90 18 05 66",
            "+33 (0)4 90 18 05 66",
            "+33 04 90 18 05 66",
            "0033 4 90 18 05 66",
            "00 33 (0) 4 90 18 05 66",
            "33490180566",
            "490180566",
            "Tél. : 04 90 18 05 66",
            "tel:+33490180566",
        ] {
            let phone = Phone::parse(written);
            assert_eq!(phone, Phone::French(PhoneNumber("+33490180566".into())), "{written}");
            assert_eq!(phone.show(), "04\u{202f}90\u{202f}18\u{202f}05\u{202f}66");
            assert_eq!(phone.figures(), "0490180566");
        }
    }

    #[test]
    fn each_kind_of_number_has_its_writing() {
        for (written, canonical, shown) in [
            ("0262 90 12 34", "+262262901234", "02 62 90 12 34"),
            ("+262 692 12 34 56", "+262692123456", "06 92 12 34 56"),
            ("0639 12 34 56", "+262639123456", "06 39 12 34 56"),
            ("00590 690 12 34 56", "+590690123456", "06 90 12 34 56"),
            ("0594 12 34 56", "+594594123456", "05 94 12 34 56"),
            ("0696123456", "+596696123456", "06 96 12 34 56"),
            ("+508 41 12 34", "+508411234", "+508 41 12 34"),
            ("+687 12.34.56", "+687123456", "+687 12 34 56"),
            ("+689 40 12 34 56", "+68940123456", "+689 40 12 34 56"),
            ("0 800 940 939", "+33800940939", "0 800 940 939"),
            ("06 12 34 56 78", "+33612345678", "06 12 34 56 78"),
            ("15", "15", "15"),
            ("112", "112", "112"),
            ("31 14", "3114", "3114"),
            ("116117", "116117", "116 117"),
            ("+41 22 123 45 67", "+41221234567", "+41 22 123 45 67"),
            ("0039 06 1234 5678", "+390612345678", "0039 06 1234 5678"),
            ("04 90 18 05", "04 90 18 05", "04 90 18 05"),
            ("00 00 00 00 00", "00 00 00 00 00", "00 00 00 00 00"),
            ("+33 4 90 18", "+33 4 90 18", "+33 4 90 18"),
            ("demander à Nadine", "demander à Nadine", "demander à Nadine"),
            ("04 90 18 05 66 poste 12", "04 90 18 05 66 poste 12", "04 90 18 05 66 poste 12"),
            ("", "", ""),
        ] {
            let phone = Phone::parse(written);
            assert_eq!(phone.canonical(), canonical, "{written}");
            assert_eq!(phone.show().replace(NARROW, " "), shown, "{written}");
        }
    }

    #[test]
    fn only_a_readable_number_can_be_dialled() {
        assert_eq!(Phone::parse("3114").tel_uri().as_deref(), Some("tel:3114"));
        assert_eq!(Phone::parse("04 90 18 05 66").tel_uri().as_deref(), Some("tel:+33490180566"));
        assert_eq!(Phone::parse("voisine").tel_uri(), None);
    }

    #[test]
    fn a_cell_may_hold_several_numbers_and_loses_none() {
        let both = Phone::parse_several("04 90 18 05 66 / 06.12.34.56.78");
        assert_eq!(both.iter().map(Phone::canonical).collect::<Vec<_>>(), ["+33490180566", "+33612345678"]);
        let odd = Phone::parse_several("04 90 18 05 66 ou chez sa fille");
        assert_eq!(odd, [Phone::Unreadable("04 90 18 05 66 ou chez sa fille".into())]);
        assert_eq!(Phone::parse_several("  "), []);
        assert_eq!(Phone::parse_several("/"), [Phone::Unreadable("/".into())]);
    }

    proptest! {
        #[test]
        fn reading_what_was_read_changes_nothing(written in "[+0-9() ./a-z-]{0,18}") {
            let once = Phone::parse(&written);
            let again = Phone::parse(once.canonical());
            prop_assert_eq!(again.canonical(), once.canonical());
        }

        #[test]
        fn a_number_shown_is_read_as_the_same(figures in "0[1-9][0-9]{8}") {
            let phone = Phone::parse(&figures);
            prop_assert!(phone.number().is_some());
            prop_assert_eq!(Phone::parse(&phone.show()), phone);
        }

        #[test]
        fn nothing_written_is_lost(written in "\\PC{0,24}") {
            if let Phone::Unreadable(kept) = Phone::parse(&written) {
                prop_assert_eq!(kept, written);
            }
        }
    }
}
