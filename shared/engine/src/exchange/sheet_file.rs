//! The file of a sheet that travels: JSON that says what it is and in which version, alone or inside a page that one reads.
//! The format is told in `docs/formats/travelling-sheet.md`.
//!
//! What comes in was written by anyone. It is measured before it is read, and taken as words: nothing in it is a link or a
//! mark-up, whatever it looks like. What a newer version wrote beside is named, and kept with the file.

use chrono::NaiveDate;
use maillon_shared::domain::disclosure::{PublicCount, Threshold};
use maillon_shared::domain::ids::{LineId, SheetId};
use maillon_shared::domain::procedure::{ProcedureStep, StepField};
use maillon_shared::domain::travelling_sheet::{
    LONGEST_CHAIN, Provenance, SheetField, SheetKind, SheetPartner, SheetPartnerField, SheetResult, SheetText,
    Travelled,
};
use maillon_shared::text::fold;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

/// What the file says it is.
const FORMAT: &str = "maillon-sheet";
/// The newest form that this version writes.
const VERSION: u64 = 1;
/// No page of a sheet is so long.
pub const LARGEST_FILE_BYTES: usize = 2_000_000;
const LARGEST_DATA_BYTES: usize = 600_000;
const LONGEST_TEXT_CHARS: usize = 10_000;
const MOST_LINES: usize = 200;
/// How many names of fields that are not known are said, and how much of each.
const MOST_UNKNOWN: usize = 20;
const LONGEST_UNKNOWN_CHARS: usize = 40;

/// Before the data, in a page.
const BLOCK: &str = "<script type=\"application/json\" id=\"maillon-sheet\">";
const BLOCK_END: &str = "</script>";

/// What a file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadSheet {
    /// The sheet.
    pub travelled: Travelled,
    /// The names of what a newer version wrote beside.
    pub unknown: Vec<String>,
    /// The data, as they came.
    pub data: String,
}

/// Why a file is no sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetFileError {
    /// Nothing is in it.
    Empty,
    /// It is longer than any sheet, or something in it is.
    TooLarge,
    /// It is something else.
    NotOne,
    /// It is one, and says something impossible, or something else than it did.
    Damaged,
}

/// The data of a sheet: letters that would end the block are written by their number, so that they stand in a page as they
/// stand alone.
pub fn write(travelled: &Travelled) -> String {
    let sheet = sheet_value(travelled);
    let file = json!({ "format": FORMAT, "version": VERSION, "control": control(&sheet), "sheet": sheet });
    let text = serde_json::to_string_pretty(&file).unwrap_or_default();
    text.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

/// The data, as they stand in a page.
pub fn block(data: &str) -> String {
    format!("{BLOCK}\n{data}\n{BLOCK_END}\n")
}

/// Reads a file: a page or its data alone.
pub fn read(file: &[u8]) -> Result<ReadSheet, SheetFileError> {
    match file.len() {
        0 => return Err(SheetFileError::Empty),
        size if size > LARGEST_FILE_BYTES => return Err(SheetFileError::TooLarge),
        _ => {}
    }
    let text = std::str::from_utf8(file).map_err(|_| SheetFileError::NotOne)?.trim_start_matches('\u{feff}');
    let data = match text.find(BLOCK) {
        Some(at) => {
            let after = &text[at + BLOCK.len()..];
            &after[..after.find(BLOCK_END).ok_or(SheetFileError::Damaged)?]
        }
        None => text,
    };
    read_data(data)
}

/// No step is done later than that after the beginning.
const LONGEST_DELAY_DAYS: u16 = 3_650;

/// Reads the data.
pub fn read_data(data: &str) -> Result<ReadSheet, SheetFileError> {
    if data.len() > LARGEST_DATA_BYTES {
        return Err(SheetFileError::TooLarge);
    }
    let file: Value = serde_json::from_str(data.trim()).map_err(|_| SheetFileError::NotOne)?;
    let file = file.as_object().ok_or(SheetFileError::NotOne)?;
    if file.get("format").and_then(Value::as_str) != Some(FORMAT) {
        return Err(SheetFileError::NotOne);
    }
    if file.get("version").and_then(Value::as_u64).is_none_or(|version| version == 0) {
        return Err(SheetFileError::Damaged);
    }
    let sheet = file.get("sheet").ok_or(SheetFileError::Damaged)?;
    // Whoever writes such a file without us may leave it out.
    match file.get("control") {
        Some(Value::String(said)) if *said == control(sheet) => {}
        None | Some(Value::Null) => {}
        Some(_) => return Err(SheetFileError::Damaged),
    }
    let mut reading = Reading { unknown: Vec::new() };
    reading.only(file, &["format", "version", "control", "sheet"]);
    let travelled = reading.sheet(sheet.as_object().ok_or(SheetFileError::Damaged)?)?;
    Ok(ReadSheet { travelled, unknown: reading.unknown, data: data.trim().to_owned() })
}

/// A sum of what the sheet says, its fields in the order of their names: a byte that was lost on the way shows.
fn control(sheet: &Value) -> String {
    let digest = Sha256::digest(serde_json::to_vec(sheet).unwrap_or_default());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn sheet_value(travelled: &Travelled) -> Value {
    let Travelled { provenance, chain, says } = travelled;
    let mut sheet = Map::new();
    let mut say = |name: &str, value: Value| sheet.insert(name.to_owned(), value);
    say("id", json!(provenance.sheet.to_string()));
    say("version", json!(provenance.version));
    say("made_on", json!(provenance.made_on.to_string()));
    say("kind", json!(says.kind.code()));
    for field in SheetField::ALL.iter().filter(|field| !says.text(**field).is_empty()) {
        say(field.code(), json!(says.text(*field)));
    }
    let step = |step: &ProcedureStep| {
        let mut line = line_of(StepField::ALL.iter().map(|field| (field.code(), step.text(*field))));
        if let Some(days) = step.after {
            line.insert("after_days".to_owned(), json!(days));
        }
        Value::Object(line)
    };
    let partner = |partner: &SheetPartner| {
        Value::Object(line_of(SheetPartnerField::ALL.iter().map(|field| (field.code(), partner.text(*field)))))
    };
    let result = |result: &SheetResult| {
        let mut line = line_of([("what", result.what.as_str())].into_iter());
        match result.n.map(|n| (n.exactly(), n.fewer_than())) {
            Some((Some(n), _)) => line.insert("n".to_owned(), json!(n)),
            Some((None, Some(below))) => line.insert("n_below".to_owned(), json!(below)),
            _ => None,
        };
        Value::Object(line)
    };
    say("steps", says.steps.iter().map(step).collect());
    say("partners", says.partners.iter().map(partner).collect());
    say("results", says.results.iter().map(result).collect());
    let from = |from: &Provenance| {
        json!({
            "id": from.sheet.to_string(), "version": from.version, "made_on": from.made_on.to_string(),
            "title": from.title, "territory": from.territory, "author": from.author,
        })
    };
    say("adapted_from", chain.iter().map(from).collect());
    Value::Object(sheet)
}

fn line_of<'a>(texts: impl Iterator<Item = (&'a str, &'a str)>) -> Map<String, Value> {
    texts.filter(|(_, text)| !text.is_empty()).map(|(name, text)| (name.to_owned(), json!(text))).collect()
}

struct Reading {
    unknown: Vec<String>,
}

impl Reading {
    /// Notes what is none of these.
    fn only(&mut self, of: &Map<String, Value>, known: &[&str]) {
        for name in of.keys().filter(|name| !known.contains(&name.as_str())) {
            let name: String = clean(name).chars().take(LONGEST_UNKNOWN_CHARS).collect();
            if self.unknown.len() < MOST_UNKNOWN && !self.unknown.contains(&name) {
                self.unknown.push(name);
            }
        }
    }

    fn sheet(&mut self, of: &Map<String, Value>) -> Result<Travelled, SheetFileError> {
        let mut says = SheetText { kind: SheetKind::from_code(&text(of, "kind")?), ..SheetText::default() };
        let mut known = vec!["id", "version", "made_on", "kind", "steps", "partners", "results", "adapted_from"];
        for field in SheetField::ALL {
            *says.text_mut(*field) = text(of, field.code())?;
            known.push(field.code());
        }
        self.only(of, &known);
        for (line, id) in lines(of, "steps", MOST_LINES)? {
            let mut step = ProcedureStep::empty(id);
            for field in StepField::ALL {
                *step.text_mut(*field) = text(line, field.code())?;
            }
            // A delay that nobody could write here is none.
            step.after = number::<u64>(line, "after_days")?
                .and_then(|days| u16::try_from(days).ok())
                .filter(|days| *days <= LONGEST_DELAY_DAYS);
            self.only(line, &["what", "how", "who", "after_days"]);
            says.steps.push(step);
        }
        for (line, id) in lines(of, "partners", MOST_LINES)? {
            let mut partner = SheetPartner::empty(id);
            for field in SheetPartnerField::ALL {
                *partner.text_mut(*field) = text(line, field.code())?;
            }
            self.only(line, &["kind", "role"]);
            says.partners.push(partner);
        }
        for (line, id) in lines(of, "results", MOST_LINES)? {
            let n = match (number(line, "n")?, number::<u32>(line, "n_below")?) {
                (Some(n), _) => Some(PublicCount::of(n, Threshold::FIVE)),
                (None, Some(below)) => PublicCount::parse(&format!("-{below}")),
                (None, None) => None,
            };
            self.only(line, &["what", "n", "n_below"]);
            says.results.push(SheetResult { id, what: text(line, "what")?, n });
        }
        let mut chain = Vec::new();
        for (line, _) in lines(of, "adapted_from", LONGEST_CHAIN)? {
            chain.push(provenance(line)?);
            self.only(line, &["id", "version", "made_on", "title", "territory", "author"]);
        }
        Ok(Travelled { provenance: provenance(of)?, chain, says })
    }
}

fn provenance(of: &Map<String, Value>) -> Result<Provenance, SheetFileError> {
    let day: NaiveDate = text(of, "made_on")?.parse().map_err(|_| SheetFileError::Damaged)?;
    let title = text(of, "title")?;
    let version: u32 = number(of, "version")?.unwrap_or(0);
    if title.trim().is_empty() || version == 0 {
        return Err(SheetFileError::Damaged);
    }
    Ok(Provenance {
        sheet: SheetId::parse(&text(of, "id")?).ok_or(SheetFileError::Damaged)?,
        version,
        title,
        territory: text(of, "territory")?,
        author: text(of, "author")?,
        made_on: day,
    })
}

/// A text; none is an empty one.
fn text(of: &Map<String, Value>, name: &str) -> Result<String, SheetFileError> {
    match of.get(name) {
        None | Some(Value::Null) => Ok(String::new()),
        Some(Value::String(text)) if text.chars().count() > LONGEST_TEXT_CHARS => Err(SheetFileError::TooLarge),
        Some(Value::String(text)) => Ok(clean(text)),
        Some(_) => Err(SheetFileError::Damaged),
    }
}

/// What is read, without what would have it read otherwise than it stands.
fn clean(text: &str) -> String {
    let is_hidden = |c: char| {
        fold::is_hidden(c)
            || (c.is_control() && !matches!(c, '\n' | '\t'))
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().filter(|c| !is_hidden(*c)).collect()
}

fn number<N: TryFrom<u64>>(of: &Map<String, Value>, name: &str) -> Result<Option<N>, SheetFileError> {
    match of.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => {
            let number = value.as_u64().and_then(|number| N::try_from(number).ok());
            number.map(Some).ok_or(SheetFileError::Damaged)
        }
    }
}

/// A line of a list, with a name by its place.
type Line<'a> = (&'a Map<String, Value>, LineId);

/// The lines of a list.
fn lines<'a>(of: &'a Map<String, Value>, name: &str, most: usize) -> Result<Vec<Line<'a>>, SheetFileError> {
    let list = match of.get(name) {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(Value::Array(list)) if list.len() > most => return Err(SheetFileError::TooLarge),
        Some(Value::Array(list)) => list,
        Some(_) => return Err(SheetFileError::Damaged),
    };
    let line = |(value, at): (&'a Value, u128)| {
        value.as_object().map(|line| (line, LineId((at + 1).to_be_bytes()))).ok_or(SheetFileError::Damaged)
    };
    list.iter().zip(0..).map(line).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn line(n: u128) -> LineId {
        LineId(n.to_be_bytes())
    }

    fn sheet(title: &str) -> Travelled {
        let mut says = SheetText { kind: SheetKind::Lessons, title: title.into(), ..SheetText::default() };
        (says.territory, says.author) = ("Le pays des collines".into(), "la coordinatrice".into());
        says.worked = "Partir\nà deux".into();
        says.steps.push(ProcedureStep { what: "Appeler".into(), after: Some(7), ..ProcedureStep::empty(line(1)) });
        says.partners.push(SheetPartner { kind: "CCAS".into(), ..SheetPartner::empty(line(1)) });
        for (n, at) in [Some(PublicCount::of(40, Threshold::FIVE)), Some(PublicCount::of(2, Threshold::FIVE)), None]
            .into_iter()
            .zip(1..)
        {
            says.results.push(SheetResult { id: line(at), what: "venus".into(), n });
        }
        let provenance = |title: &str, n: u8| Provenance {
            sheet: SheetId([n; 16]),
            version: 2,
            title: title.into(),
            territory: "Le pays des collines".into(),
            author: "la coordinatrice".into(),
            made_on: NaiveDate::from_ymd_opt(2026, 3, 2).expect("a day"),
        };
        Travelled { provenance: provenance(title, 7), chain: vec![provenance("Avant", 8)], says }
    }

    fn page(data: &str) -> String {
        format!("<!doctype html>\n<h1>Une fiche</h1>\n{}<footer></footer>\n", block(data))
    }

    #[test]
    fn a_sheet_reads_back_alone_and_in_its_page_whatever_its_words() {
        for title in
            ["Marcher", "</script><script>alert(1)</script>", "<a href=\"javascript:alert(1)\">ici</a>", "& é 👵"]
        {
            let data = write(&sheet(title));
            assert!(!data.contains(['<', '>', '&']), "{data}");
            let alone = read(data.as_bytes()).expect("a sheet");
            assert_eq!((&alone.travelled, alone.unknown.len()), (&sheet(title), 0));
            assert_eq!(read(page(&data).as_bytes()).expect("a page"), alone);
            assert_eq!(page(&data).matches("</script>").count(), 1);
        }
    }

    #[test]
    fn what_a_newer_version_wrote_beside_is_named_and_kept() {
        let mut file: Value = serde_json::from_str(&write(&sheet("Marcher"))).expect("json");
        file["version"] = json!(2);
        file["sheet"]["picture"] = json!({ "of": "a walk" });
        file["sheet"]["steps"][0]["hours"] = json!(3);
        file.as_object_mut().expect("a file").remove("control");
        let read = read(file.to_string().as_bytes()).expect("a sheet");
        assert_eq!(read.unknown, ["picture", "hours"]);
        assert!(read.data.contains("a walk"));
        assert_eq!(read.travelled, sheet("Marcher"));
    }

    #[test]
    fn what_is_no_sheet_or_too_long_is_refused() {
        let written = write(&sheet("Marcher"));
        let with = |change: &dyn Fn(&mut Value)| {
            let mut file: Value = serde_json::from_str(&written).expect("json");
            file.as_object_mut().expect("a file").remove("control");
            change(&mut file);
            read(file.to_string().as_bytes()).err()
        };
        assert_eq!(with(&|_| {}), None);
        assert_eq!(with(&|file| file["sheet"]["title"] = json!("x".repeat(10_000))), None);
        assert_eq!(with(&|file| file["sheet"]["title"] = json!("x".repeat(10_001))), Some(SheetFileError::TooLarge));
        assert_eq!(with(&|file| file["sheet"]["steps"] = json!(vec![json!({}); 201])), Some(SheetFileError::TooLarge));
        assert_eq!(with(&|file| file["sheet"]["title"] = json!(4)), Some(SheetFileError::Damaged));
        assert_eq!(with(&|file| file["sheet"]["id"] = json!("../../etc")), Some(SheetFileError::Damaged));
        assert_eq!(with(&|file| file["sheet"]["made_on"] = json!("demain")), Some(SheetFileError::Damaged));
        assert_eq!(with(&|file| file["control"] = json!(null)), None);
        assert_eq!(with(&|file| file["format"] = json!("else")), Some(SheetFileError::NotOne));
        assert_eq!(with(&|file| file["control"] = json!("00")), Some(SheetFileError::Damaged));
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        for (file, error) in [
            (Vec::new(), SheetFileError::Empty),
            (vec![b'x'; 50_000_000], SheetFileError::TooLarge),
            (deep.into_bytes(), SheetFileError::NotOne),
            (b"<html>rien</html>".to_vec(), SheetFileError::NotOne),
            (BLOCK.as_bytes().to_vec(), SheetFileError::Damaged),
            (vec![0xff, 0xfe, 0x00], SheetFileError::NotOne),
        ] {
            assert_eq!(read(&file), Err(error));
        }
    }

    #[test]
    fn a_delay_that_nobody_could_write_here_is_none() {
        for (days, read_as) in [(3_650_u64, Some(3_650)), (3_651, None), (70_000, None)] {
            let mut file: Value = serde_json::from_str(&write(&sheet("Marcher"))).expect("json");
            file["control"] = json!(null);
            file["sheet"]["steps"][0]["after_days"] = json!(days);
            let read = read(file.to_string().as_bytes()).expect("a sheet");
            assert_eq!(read.travelled.says.steps[0].after, read_as);
        }
    }

    #[test]
    fn what_would_be_read_otherwise_than_it_stands_is_left_out() {
        let read = read(write(&sheet("a\u{202e}b\u{0}c\u{2066}\u{200f}\u{ad}\u{61c}")).as_bytes()).expect("a sheet");
        assert_eq!(read.travelled.says.title, "abc");
    }

    proptest! {
        #[test]
        fn a_byte_that_was_lost_is_seen_or_changes_no_word(at in 0..4_000_usize, becomes: u8) {
            let whole = sheet("Marcher le jeudi");
            let mut file = page(&write(&whole)).into_bytes();
            let at = at % file.len();
            file[at] = becomes;
            if let Ok(read) = read(&file) {
                prop_assert_eq!(read.travelled, whole);
            }
        }
    }
}
