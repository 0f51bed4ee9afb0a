//! What one cell says: telephones, names, a postcode, as people type them into tables.

use maillon_shared::text::fold::fold;
use maillon_shared::text::phone::Phone;

/// Whether a text may be a mail address: one @, something on both sides, a dot after it, no space.
pub(super) fn is_email(text: &str) -> bool {
    let Some((before, after)) = text.split_once('@') else { return false };
    let domain = after.rsplit_once('.');
    !before.is_empty()
        && !after.contains('@')
        && !text.contains(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '/'))
        && domain.is_some_and(|(name, end)| !name.is_empty() && end.len() >= 2)
}

/// Whether a text may be the address of a site.
pub(super) fn is_url(text: &str) -> bool {
    let rest = ["http://", "https://", "www."].into_iter().find_map(|start| text.strip_prefix(start));
    rest.is_some_and(|rest| rest.contains('.') && !rest.contains(char::is_whitespace))
}

/// Whether a text is five figures that can begin an address.
pub(super) fn is_postcode(text: &str) -> bool {
    text.len() == 5 && text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with("00")
}

/// A spreadsheet took the first 0 of a postcode for nothing.
pub(super) fn restore_first_zero(postcode: &mut String) {
    if postcode.len() == 4 && postcode.bytes().all(|byte| byte.is_ascii_digit()) {
        postcode.insert(0, '0');
    }
}

/// "13210 Saint-Rémy" cut in two.
pub(super) fn split_postcode(text: &str) -> Option<(&str, &str)> {
    let (postcode, commune) = text.split_once(|c: char| c.is_whitespace() || c == '-')?;
    let commune = commune.trim_start_matches(|c: char| c.is_whitespace() || c == '-');
    (is_postcode(postcode) && commune.starts_with(char::is_alphabetic)).then_some((postcode, commune))
}

/// The telephones of a cell, each with what is to be known before calling: "04 90 00 00 01 (le matin) / 06 00 00 00 01".
/// One word that is no number, and there is none: the whole stays together.
pub(super) fn phones_of(cell: &str) -> Vec<(String, String)> {
    if let Some(one) = labelled_number(cell.trim()) {
        return vec![one];
    }
    let parts = cell.split(['/', '\n', '|', ';']).flat_map(|part| part.split(" ou ")).flat_map(|part| part.split(','));
    let parts: Option<Vec<_>> = parts.map(str::trim).filter(|part| !part.is_empty()).map(labelled_number).collect();
    parts.unwrap_or_default()
}

/// A number and the label between brackets after it: "04 90 00 00 01 (le matin)".
fn labelled_number(text: &str) -> Option<(String, String)> {
    // A spreadsheet took the first 0 for nothing.
    if text.len() == 9 && !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some((format!("0{text}"), String::new()));
    }
    if Phone::parse(text).number().is_some() {
        return Some((text.to_owned(), String::new()));
    }
    let inside = text.strip_suffix(')')?;
    let brackets = inside.match_indices('(').map(|(at, _)| at);
    let cut = |at: usize| (text[..at].trim(), inside[at + 1..].trim());
    let (number, label) = brackets.map(cut).find(|(number, _)| Phone::parse(number).number().is_some())?;
    Some((number.to_owned(), label.to_owned()))
}

/// Given and family name of "Maëlle TISSEROL" or "Dr Tisserol": capitals tell the family name, courtesies are no name.
pub(super) fn split_full_name(full_name: &str) -> (String, String) {
    let courtesy =
        |word: &&str| !matches!(fold(word).as_str(), "m" | "mr" | "mme" | "mlle" | "dr" | "pr" | "me" | "docteur");
    let words: Vec<&str> = full_name.split_whitespace().filter(courtesy).collect();
    let is_capital = |word: &&str| word.chars().count() > 1 && !word.chars().any(char::is_lowercase);
    let whole = words.join(" ");
    let (capitals, others): (Vec<&str>, Vec<&str>) = words.into_iter().partition(is_capital);
    if capitals.is_empty() || others.is_empty() {
        (String::new(), whole)
    } else {
        (others.join(" "), capitals.join(" "))
    }
}
