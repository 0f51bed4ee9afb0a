//! A sheet written as an OpenDocument spreadsheet: words as words, numbers as numbers, the heads first.
//!
//! The archive holds three small files as they are, unfolded: the format asks that of the first, and a table of a page or
//! two gains nothing by the rest. A formula is never written: a word that looks like one is a word.

use crc32fast::hash;

const MIME: &str = "application/vnd.oasis.opendocument.spreadsheet";
/// The first of January 1980, the first day that archives know: a table is the same file whenever it is written.
const FIRST_DAY: u16 = (1 << 5) | 1;
/// The version of the archive's format that is needed to read a file kept as it is.
const PLAIN: u16 = 10;

/// The file.
pub fn write_ods(sheet: &str, heads: &[&str], rows: &[Vec<String>]) -> Vec<u8> {
    let manifest = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
         <manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" \
         manifest:version=\"1.3\">\
         <manifest:file-entry manifest:full-path=\"/\" manifest:version=\"1.3\" manifest:media-type=\"{MIME}\"/>\
         <manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/>\
         </manifest:manifest>"
    );
    let content = content(sheet, heads, rows);
    archive(&[("mimetype", MIME), ("content.xml", &content), ("META-INF/manifest.xml", &manifest)])
}

fn content(sheet: &str, heads: &[&str], rows: &[Vec<String>]) -> String {
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
         <office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" \
         xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" office:version=\"1.3\">\
         <office:automatic-styles><style:style style:name=\"head\" style:family=\"table-cell\">\
         <style:text-properties fo:font-weight=\"bold\"/></style:style></office:automatic-styles>\
         <office:body><office:spreadsheet><table:table table:name=\"{}\">",
        escaped(sheet)
    );
    xml += "<table:table-header-rows><table:table-row>";
    heads.iter().for_each(|head| xml += &words(head, " table:style-name=\"head\""));
    xml += "</table:table-row></table:table-header-rows>";
    for row in rows {
        xml += "<table:table-row>";
        row.iter().for_each(|cell| xml += &this_cell(cell));
        xml += "</table:table-row>";
    }
    xml + "</table:table></office:spreadsheet></office:body></office:document-content>"
}

fn this_cell(cell: &str) -> String {
    match cell.parse::<u32>() {
        // "007" is no number.
        Ok(number) if number.to_string() == cell => format!(
            "<table:table-cell office:value-type=\"float\" office:value=\"{number}\">\
             <text:p>{number}</text:p></table:table-cell>"
        ),
        _ if cell.is_empty() => "<table:table-cell/>".to_owned(),
        _ => words(cell, ""),
    }
}

fn words(words: &str, style: &str) -> String {
    let words = escaped(words);
    format!("<table:table-cell{style} office:value-type=\"string\"><text:p>{words}</text:p></table:table-cell>")
}

fn escaped(words: &str) -> String {
    // What XML cannot say at all is left out.
    let sayable = words.chars().filter(|letter| !letter.is_control());
    sayable.collect::<String>().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Files kept as they are, the list of them at the end.
fn archive(files: &[(&str, &str)]) -> Vec<u8> {
    let (mut bytes, mut list) = (Vec::new(), Vec::new());
    for (name, content) in files {
        let at = bytes.len() as u32;
        let said = said_of(name, content);
        bytes.extend_from_slice(b"PK\x03\x04");
        bytes.extend_from_slice(&PLAIN.to_le_bytes());
        bytes.extend_from_slice(&said);
        bytes.extend_from_slice(name.as_bytes());
        bytes.extend_from_slice(content.as_bytes());
        list.extend_from_slice(b"PK\x01\x02");
        list.extend_from_slice(&PLAIN.to_le_bytes());
        list.extend_from_slice(&PLAIN.to_le_bytes());
        list.extend_from_slice(&said);
        // No comment, the first disk, no attributes.
        list.extend_from_slice(&[0; 10]);
        list.extend_from_slice(&at.to_le_bytes());
        list.extend_from_slice(name.as_bytes());
    }
    let (count, at, long) = (files.len() as u16, bytes.len() as u32, list.len() as u32);
    bytes.extend(list);
    bytes.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    bytes.extend_from_slice(&count.to_le_bytes());
    bytes.extend_from_slice(&count.to_le_bytes());
    bytes.extend_from_slice(&long.to_le_bytes());
    bytes.extend_from_slice(&at.to_le_bytes());
    bytes.extend_from_slice(&[0; 2]);
    bytes
}

/// What the archive says of a file twice, before it and in the list.
fn said_of(name: &str, content: &str) -> Vec<u8> {
    let (long, sum) = (content.len() as u32, hash(content.as_bytes()));
    // Names are UTF-8, files are as they are, at midnight.
    let mut said = [1_u16 << 11, 0, 0, FIRST_DAY].iter().flat_map(|number| number.to_le_bytes()).collect::<Vec<u8>>();
    [sum, long, long].iter().for_each(|number| said.extend_from_slice(&number.to_le_bytes()));
    said.extend_from_slice(&(name.len() as u16).to_le_bytes());
    said.extend_from_slice(&[0; 2]);
    said
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::super::read;
    use super::*;

    #[test]
    fn what_is_written_is_read_back_cell_by_cell() {
        let rows = [
            vec!["2026-Q3".to_owned(), "contacts <\"à domicile\"> & ailleurs".into(), "36".into()],
            vec!["2026-Q3".to_owned(), "=SOMME(A1)".into(), "non communiqué".into()],
        ];
        let file = write_ods("2026-Q3", &["période", "ligne", "nombre"], &rows);
        let table = read(&file).unwrap();
        let cells: Vec<Vec<String>> = table.rows.iter().map(|row| row.cells.clone()).collect();
        assert_eq!(table.header, ["période", "ligne", "nombre"]);
        assert_eq!(cells, rows);
        assert_eq!(&file[30..38], b"mimetype", "by which programs know the file at a glance");
        assert_eq!(write_ods("2026-Q3", &["période", "ligne", "nombre"], &rows), file);
    }
}
