//! Spreadsheets: what a sheet says, and files that are almost right, hostile, or none.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "spreadsheets/writer.rs"]
mod writer;

use chrono::NaiveDate;
use maillon_engine::exchange::people::PeopleList;
use maillon_engine::exchange::table::{Form, MAX_BYTES, RawTable, TableError};
use maillon_engine::exchange::{directory, people, read_table, register, spreadsheet};
use maillon_shared::domain::communes::Communes;
use writer::{Zip, ods, xlsx, xlsx_of};

fn cells(table: &RawTable) -> Vec<Vec<&str>> {
    table.rows.iter().map(|row| row.cells.iter().map(String::as_str).collect()).collect()
}

const SHEET: &str = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>Liste</t></is></c></row>
    <row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3" t="s"><v>1</v></c><c r="C3" t="s"><v>2</v></c>
        <c r="D3" t="inlineStr"><is><t>Décédé</t></is></c></row>
    <row r="4"><c r="A4" t="str"><v>Marchais &amp; fils</v></c><c r="B4" s="1"><v>13979</v></c><c r="C4"><v>465710001</v></c></row>
    <row r="5"><c r="A5" t="inlineStr"><is><r><t>Val</t></r><r><t xml:space="preserve">lone </t></r></is></c>
        <c r="C5"><v>1.321E4</v></c><c r="D5" t="b"><v>1</v></c></row>
    <row r="9"><c r="B9" t="e"><v>#N/A</v></c></row>"#;

#[test]
fn a_sheet_of_excels_is_read() {
    let table = read_table(&xlsx(SHEET)).unwrap();
    assert_eq!((table.form, table.header_line), (Form::Xlsx, 3));
    assert_eq!(table.header, ["Nom", "Naissance", "Tél.", "Décédé"]);
    assert_eq!(table.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [4, 5]);
    assert_eq!(cells(&table)[0], ["Marchais & fils", "1938-04-09", "465710001", ""]);
    assert_eq!(cells(&table)[1], ["Vallone ", "", "13210", "oui"]);
}

const TABLE: &str = r#"<table:table table:name="vide"/><table:table table:name="A">
    <table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>
    <table:table-row><table:table-cell office:value-type="string"><text:p>Nom</text:p></table:table-cell>
        <table:table-cell><text:p>Naissance</text:p></table:table-cell><table:table-cell><text:p>Tél.</text:p></table:table-cell></table:table-row>
    <table:table-row><table:table-cell><office:annotation><text:p>secret</text:p></office:annotation><text:p>Mar<text:span>chais</text:span></text:p><text:p>&#233;<text:s text:c="2"/>x</text:p></table:table-cell>
        <table:table-cell office:value-type="date" office:date-value="1938-04-09T00:00:00"><text:p>09/04/38</text:p></table:table-cell>
        <table:table-cell office:value-type="float" office:value="465710001"><text:p>04 65 71 00 01</text:p></table:table-cell>
        <table:table-cell table:number-columns-repeated="16000"/></table:table-row>
    <table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2"/><table:table-cell><text:p>0</text:p></table:table-cell></table:table-row>
    <table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row></table:table>"#;

#[test]
fn a_sheet_of_libreoffices_is_read() {
    let table = read_table(&ods(TABLE)).unwrap();
    assert_eq!((table.form, table.header_line), (Form::Ods, 3));
    assert_eq!(table.header, ["Nom", "Naissance", "Tél."]);
    assert_eq!(cells(&table)[0], ["Marchais\né  x", "1938-04-09", "04 65 71 00 01"]);
    let lines: Vec<(usize, &str)> = table.rows.iter().map(|row| (row.line, row.cell(2))).collect();
    assert_eq!(lines[1..], [(5, "0"), (6, "0")]);
}

#[test]
fn a_list_of_people_in_a_spreadsheet_comes_in_and_its_health_does_not() {
    let sheet = r#"<row><c t="inlineStr"><is><t>Nom</t></is></c><c t="inlineStr"><is><t>Pathologie</t></is></c>
        <c t="inlineStr"><is><t>Date de naissance</t></is></c><c t="inlineStr"><is><t>Tél.</t></is></c></row>
        <row><c t="inlineStr"><is><t>Marchais</t></is></c><c t="inlineStr"><is><t>neuropathie</t></is></c>
        <c s="1"><v>13979</v></c><c><v>465710001</v></c></row>"#;
    let list = PeopleList::read(&xlsx(sheet)).unwrap();
    assert!(!format!("{list:?}").contains("neuropathie"));
    let columns: Vec<_> = list.guesses.iter().map(|guess| guess.field).collect();
    let today = NaiveDate::from_ymd_opt(2026, 6, 12).unwrap();
    let line = list.lines(&columns, &Communes::default(), today).remove(0).unwrap();
    let id = maillon_shared::domain::ids::PersonId([1; 16]);
    let person = line.to_person(id, || maillon_shared::domain::ids::LineId([2; 16]));
    assert_eq!(person.birth.unwrap().to_string(), "1938-04-09");
    assert_eq!((person.phones[0].number.as_str(), line.remarks.len()), ("0465710001", 0));
}

#[test]
fn what_would_take_all_the_memory_is_refused() {
    // A bomb: a gigabyte of the same letter in a megabyte.
    let bomb = Zip::new().file("xl/workbook.xml", &vec![b' '; 200 << 20]).finish();
    assert!(bomb.len() < MAX_BYTES);
    assert_eq!(read_table(&bomb), Err(TableError::TooManyBytes));
    // One long text, named by every cell.
    let long = "x".repeat(1 << 20);
    let cells = r#"<c t="s"><v>3</v></c>"#.repeat(900);
    let shared = format!("<si/><si/><si/><si><t>{long}</t></si>");
    assert_eq!(read_table(&xlsx_of(&format!("<row>{cells}</row>"), &shared)), Err(TableError::TooManyBytes));
    // A cell at the far end, and rows repeated without end.
    let far = r#"<row r="1048576"><c r="XFD1048576" t="str"><v>x</v></c></row>"#;
    assert_eq!(read_table(&xlsx(far)), Err(TableError::TooManyCells { line: 1_048_576 }));
    for (row, error) in [
        (
            r#"<table:table-row table:number-rows-repeated="4000000000"><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>"#,
            TableError::TooManyRows,
        ),
        (
            r#"<table:table-row><table:table-cell table:number-columns-repeated="18446744073709551615"><text:p>x</text:p></table:table-cell></table:table-row>"#,
            TableError::TooManyCells { line: 1 },
        ),
    ] {
        assert_eq!(read_table(&ods(&format!("<table:table>{row}</table:table>"))), Err(error));
    }
}

#[test]
fn what_is_no_spreadsheet_is_said_so() {
    let whole = xlsx(SHEET);
    assert_eq!(read_table(&whole[..whole.len() - 30]), Err(TableError::Damaged));
    assert_eq!(read_table(b"PK\x03\x04"), Err(TableError::Damaged));
    assert_eq!(read_table(&Zip::new().file("word/document.xml", b"<w/>").finish()), Err(TableError::UnknownKind));
    assert_eq!(read_table(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), Err(TableError::UnknownKind));
    assert_eq!(read_table(&xlsx("")), Err(TableError::Empty));
    let locked = Zip::new()
        .file("META-INF/manifest.xml", b"<manifest:encryption-data/>")
        .file("content.xml", b"\x01\x02\x03")
        .finish();
    assert_eq!(read_table(&locked), Err(TableError::UnknownKind));
    let mut flipped = whole;
    let middle = flipped.len() / 3;
    flipped[middle..middle + 40].fill(0xff);
    assert!(matches!(read_table(&flipped), Ok(_) | Err(_)));
}

/// A generator of numbers, the same at each run (xorshift).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % end.max(1)
    }
}

fn changed(bytes: &[u8], chance: &mut Chance) -> Vec<u8> {
    const SHARP: [&[u8]; 8] = [b"<", b">", b"\"", b"&", b"/", b"]]>", b"=\"99999999999\"", b"\xc3"];
    let mut bytes = bytes.to_vec();
    for _ in 0..1 + chance.below(5) {
        let at = chance.below(bytes.len() + 1);
        match chance.below(4) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..(at + chance.below(30)).min(bytes.len()))),
            2 => drop(bytes.splice(at..at, SHARP[chance.below(SHARP.len())].iter().copied())),
            _ if at < bytes.len() => bytes[at] ^= 1 << chance.below(8),
            _ => {}
        }
    }
    bytes
}

#[test]
fn malformed_spreadsheets_never_panic() {
    let mut chance = Chance(0x6d61_696c_6c6f_6e21);
    let try_one = |bytes: &[u8]| {
        spreadsheet::fuzz_one(bytes);
        people::fuzz_one(bytes);
        register::fuzz_one(bytes);
        directory::fuzz_one(bytes);
    };
    // The archive, then what is in it.
    for whole in [xlsx(SHEET), ods(TABLE)] {
        (0..1_500).for_each(|_| try_one(&changed(&whole, &mut chance)));
    }
    for _ in 0..1_500 {
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        try_one(&xlsx(&text(changed(SHEET.as_bytes(), &mut chance))));
        try_one(&ods(&text(changed(TABLE.as_bytes(), &mut chance))));
    }
}
