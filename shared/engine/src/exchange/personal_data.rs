//! All that is held about one person, as one JSON file that anyone can read: given on demand, kept nowhere.
//!
//! It is made from the documents themselves, field by field, so that nothing held is left out: not what a newer version
//! wrote, nor what was taken away and is still in the document. It goes out only.

use chrono::NaiveDate;
use maillon_shared::domain::time::Instant;

/// A document about the person.
pub struct HeldDocument {
    /// Its kind, as a code.
    pub kind: String,
    /// Its year, or zero.
    pub period: i32,
    /// Its fields: path in codes, value.
    pub fields: Vec<(String, String)>,
}

/// The file. `reads` are who opened what, and when.
pub fn write(made_on: NaiveDate, documents: &[HeldDocument], reads: &[(Instant, String)]) -> Vec<u8> {
    let documents = documents.iter().map(|document| {
        let fields = document.fields.iter().map(|(path, value)| format!("{}: {}", quoted(path), quoted(value)));
        let fields = lines(fields, "{", "}", 8);
        format!("{{\"kind\": {}, \"period\": {}, \"fields\": {fields}}}", quoted(&document.kind), document.period)
    });
    let reads = reads
        .iter()
        .map(|(at, what)| format!("{{\"at\": {}, \"what\": {}}}", quoted(&at.local().to_rfc3339()), quoted(what)));
    let parts = [
        "\"format\": \"maillon-personal-data\"".to_owned(),
        "\"version\": 1".to_owned(),
        format!("\"made_on\": {}", quoted(&made_on.to_string())),
        format!("\"documents\": {}", lines(documents, "[", "]", 4)),
        format!("\"reads\": {}", lines(reads, "[", "]", 4)),
    ];
    (lines(parts.into_iter(), "{", "}", 2) + "\n").into_bytes()
}

fn lines(parts: impl Iterator<Item = String>, open: &str, close: &str, indent: usize) -> String {
    let margin = format!("\n{}", " ".repeat(indent));
    let parts: Vec<String> = parts.collect();
    match parts.is_empty() {
        true => format!("{open}{close}"),
        false => {
            let end = " ".repeat(indent - 2);
            format!("{open}{margin}{}\n{end}{close}", parts.join(&format!(",{margin}")))
        }
    }
}

/// A text as JSON writes it.
fn quoted(text: &str) -> String {
    let mut json = String::with_capacity(text.len() + 2);
    json.push('"');
    for letter in text.chars() {
        match letter {
            '"' => json.push_str("\\\""),
            '\\' => json.push_str("\\\\"),
            '\n' => json.push_str("\\n"),
            '\r' => json.push_str("\\r"),
            '\t' => json.push_str("\\t"),
            control if u32::from(control) < 0x20 => json.push_str(&format!("\\u{:04x}", u32::from(control))),
            letter => json.push(letter),
        }
    }
    json.push('"');
    json
}
