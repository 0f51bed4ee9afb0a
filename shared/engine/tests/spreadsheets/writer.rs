//! Archives and spreadsheets, as small as they can be.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::DeflateEncoder;

/// An archive being written.
#[derive(Default)]
pub struct Zip {
    files: Vec<u8>,
    list: Vec<u8>,
    count: u16,
}

impl Zip {
    pub fn new() -> Self {
        Zip::default()
    }

    pub fn file(mut self, name: &str, content: &[u8]) -> Self {
        let mut folder = DeflateEncoder::new(Vec::new(), Compression::fast());
        folder.write_all(content).unwrap();
        let folded = folder.finish().unwrap();
        let at = self.files.len() as u32;
        let mut head = vec![20, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        head.extend((folded.len() as u32).to_le_bytes());
        head.extend((content.len() as u32).to_le_bytes());
        head.extend((name.len() as u16).to_le_bytes());
        head.extend([0, 0]);
        self.files.extend(b"PK\x03\x04");
        self.files.extend(&head);
        self.files.extend(name.as_bytes());
        self.files.extend(folded);
        self.list.extend(b"PK\x01\x02\x14\x00");
        self.list.extend(&head);
        self.list.extend([0; 10]);
        self.list.extend(at.to_le_bytes());
        self.list.extend(name.as_bytes());
        self.count += 1;
        self
    }

    pub fn finish(self) -> Vec<u8> {
        let Zip { mut files, list, count } = self;
        let at = files.len() as u32;
        files.extend(&list);
        files.extend(b"PK\x05\x06\0\0\0\0");
        files.extend(count.to_le_bytes());
        files.extend(count.to_le_bytes());
        files.extend((list.len() as u32).to_le_bytes());
        files.extend(at.to_le_bytes());
        files.extend([0, 0]);
        files
    }
}

/// A spreadsheet of Excel's with these rows: texts 0 to 2 are shared, style 1 shows days.
pub fn xlsx(rows: &str) -> Vec<u8> {
    xlsx_of(
        rows,
        "<si><t>Nom</t></si><si><r><t>Nais</t></r><r><t>sance</t></r><rPh><t>x</t></rPh></si><si><t>Tél.</t></si>",
    )
}

pub fn xlsx_of(rows: &str, shared: &str) -> Vec<u8> {
    let book = r#"<workbook><sheets><sheet name="B" state="hidden" r:id="rId2"/><sheet name="A" r:id="rId1"/></sheets></workbook>"#;
    let links = r#"<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Target="/xl/worksheets/sheet2.xml"/></Relationships>"#;
    let styles = r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>"#;
    Zip::new()
        .file("xl/workbook.xml", book.as_bytes())
        .file("xl/_rels/workbook.xml.rels", links.as_bytes())
        .file("xl/sharedStrings.xml", format!("<sst>{shared}</sst>").as_bytes())
        .file("xl/styles.xml", styles.as_bytes())
        .file("xl/worksheets/sheet1.xml", format!("<worksheet><sheetData>{rows}</sheetData></worksheet>").as_bytes())
        .file("xl/worksheets/sheet2.xml", b"<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>")
        .finish()
}

/// A spreadsheet of LibreOffice's with these tables.
pub fn ods(tables: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    );
    Zip::new()
        .file("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")
        .file("META-INF/manifest.xml", b"<manifest:manifest/>")
        .file("content.xml", content.as_bytes())
        .finish()
}
