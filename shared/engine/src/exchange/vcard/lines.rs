//! The lines of a vCard: folded, quoted, escaped in three ways.

use crate::exchange::encoding::windows_1252;

/// The lines of a file, unfolded, each with its number from 1.
///
/// A line is unfolded before it is decoded: writers fold by bytes, in the middle of a letter if need be.
pub(super) fn logical_lines(bytes: &[u8]) -> Vec<(usize, String)> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut lines: Vec<(usize, Vec<u8>)> = Vec::new();
    for (place, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        match (lines.last_mut(), line) {
            (Some((_, folded)), [b' ' | b'\t', rest @ ..]) => folded.extend_from_slice(rest),
            // The soft line break of quoted-printable.
            (Some((_, open)), _) if open.ends_with(b"=") && is_quoted_printable(open) => {
                open.pop();
                open.extend_from_slice(line);
            }
            _ => lines.push((place + 1, line.to_vec())),
        }
    }
    lines.into_iter().map(|(number, line)| (number, decode_line(line))).collect()
}

fn decode_line(line: Vec<u8>) -> String {
    String::from_utf8(line).unwrap_or_else(|not_utf8| windows_1252(not_utf8.as_bytes()))
}

fn is_quoted_printable(line: &[u8]) -> bool {
    // A head is short; a long line must not be searched again at each of its breaks.
    let head = line[..line.len().min(512)].split(|byte| *byte == b':').next().unwrap_or_default();
    head.to_ascii_uppercase().windows(16).any(|window| window == b"QUOTED-PRINTABLE")
}

/// A property: `group.NAME;PARAM=a,b:value`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ContentLine {
    /// The group, as it was written.
    pub group: Option<String>,
    /// The name, in capitals.
    pub name: String,
    /// What TYPE says, and what version 2.1 says without it, in small letters.
    pub types: Vec<String>,
    /// The value as it was written, but for quoted-printable, which is undone.
    pub value: String,
    /// Whether the value was quoted-printable: its backslashes are then what they are.
    pub plain: bool,
}

impl ContentLine {
    /// `None` where the line has no name and value.
    pub fn parse(line: &str) -> Option<Self> {
        let (head, value) = split_outside_quotes(line, ':')?;
        let mut parts = split_all_outside_quotes(head, ';').into_iter();
        let full_name = parts.next()?.trim();
        let (group, name) = match full_name.rsplit_once('.') {
            Some((group, name)) => (Some(group.to_owned()), name),
            None => (None, full_name),
        };
        let valid = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if name.is_empty() || !name.chars().all(valid) || group.as_ref().is_some_and(|group| !group.chars().all(valid))
        {
            return None;
        }
        let mut property = ContentLine {
            group: group.filter(|group| !group.is_empty()),
            name: name.to_ascii_uppercase(),
            types: Vec::new(),
            value: value.to_owned(),
            plain: false,
        };
        let (mut quoted_printable, mut charset) = (false, String::new());
        for param in parts {
            let (key, value) = split_outside_quotes(param, '=').unwrap_or(("", param));
            match key.trim().to_ascii_uppercase().as_str() {
                "TYPE" => property.types.extend(param_values(value)),
                "ENCODING" => quoted_printable = value.eq_ignore_ascii_case("QUOTED-PRINTABLE"),
                "CHARSET" => charset = value.trim_matches('"').to_ascii_uppercase(),
                "" if value.eq_ignore_ascii_case("QUOTED-PRINTABLE") => quoted_printable = true,
                // "TEL;HOME;VOICE:" of version 2.1.
                "" => property.types.extend(param_values(value)),
                _ => {}
            }
        }
        if quoted_printable {
            let bytes = undo_quoted_printable(&property.value);
            let western = charset.starts_with("ISO-8859") || charset.starts_with("WINDOWS-125");
            property.value = if western { windows_1252(&bytes) } else { decode_line(bytes) };
            property.plain = true;
        }
        Some(property)
    }

    /// The value as a text.
    pub fn text(&self) -> String {
        if self.plain { self.value.clone() } else { unescape(&self.value) }
    }

    /// The parts of the value between `;`, as texts.
    pub fn components(&self) -> Vec<String> {
        self.split(';')
    }

    /// The parts of the value between `,`, as texts.
    pub fn list(&self) -> Vec<String> {
        self.split(',')
    }

    fn split(&self, separator: char) -> Vec<String> {
        if self.plain {
            return self.value.split(separator).map(str::to_owned).collect();
        }
        split_unescaped(&self.value, separator).into_iter().map(unescape).collect()
    }
}

fn param_values(value: &str) -> impl Iterator<Item = String> {
    // `TYPE="work,voice"` is written as often as `TYPE=work,voice`.
    let values = value.split(',').map(|value| value.trim_matches(['"', ' ']).to_lowercase());
    values.filter(|value| !value.is_empty()).collect::<Vec<_>>().into_iter()
}

/// What is before and after the first separator that is not between quotation marks. A mark never closed is a letter.
fn split_outside_quotes(text: &str, separator: char) -> Option<(&str, &str)> {
    let at = separators_outside_quotes(text, separator).next().or_else(|| text.find(separator))?;
    Some((&text[..at], &text[at + separator.len_utf8()..]))
}

fn split_all_outside_quotes(text: &str, separator: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut from = 0;
    for at in separators_outside_quotes(text, separator) {
        parts.push(&text[from..at]);
        from = at + separator.len_utf8();
    }
    parts.push(&text[from..]);
    parts
}

fn separators_outside_quotes(text: &str, separator: char) -> impl Iterator<Item = usize> {
    let mut quoted = false;
    text.char_indices().filter_map(move |(at, c)| {
        quoted ^= c == '"';
        (c == separator && !quoted).then_some(at)
    })
}

/// The parts of a value between separators with no backslash before them, still escaped.
fn split_unescaped(value: &str, separator: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut from, mut escaped) = (0, false);
    for (at, c) in value.char_indices() {
        if c == separator && !escaped {
            parts.push(&value[from..at]);
            from = at + c.len_utf8();
        }
        escaped = c == '\\' && !escaped;
    }
    parts.push(&value[from..]);
    parts
}

fn unescape(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            text.push(c);
            continue;
        }
        match chars.next() {
            Some('n' | 'N') => text.push('\n'),
            Some(c @ ('\\' | ',' | ';' | ':')) => text.push(c),
            // Not an escape: a Windows path, a smiley.
            Some(c) => text.extend(['\\', c]),
            None => text.push('\\'),
        }
    }
    text
}

/// Escapes a text for a value.
pub(in crate::exchange) fn escape(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' | '\n' => value.push_str("\\n"),
            '\\' | ',' | ';' => value.extend(['\\', c]),
            _ => value.push(c),
        }
    }
    value
}

fn undo_quoted_printable(value: &str) -> Vec<u8> {
    let bytes = value.as_bytes();
    let hex = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let mut undone = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let pair = bytes.get(at + 1).zip(bytes.get(at + 2));
        let byte = pair.and_then(|(high, low)| Some(hex(*high)? << 4 | hex(*low)?));
        match byte {
            Some(byte) if bytes[at] == b'=' => {
                undone.push(byte);
                at += 3;
            }
            _ => {
                undone.push(bytes[at]);
                at += 1;
            }
        }
    }
    undone
}

/// Writes a line, folded every 75 bytes at most and between letters.
pub(in crate::exchange) fn write_line(line: &str, file: &mut String) {
    let mut length = 0;
    for c in line.chars() {
        if length + c.len_utf8() > 75 {
            file.push_str("\r\n ");
            length = 1;
        }
        file.push(c);
        length += c.len_utf8();
    }
    file.push_str("\r\n");
}
