//! Reading a document: field by field, so that one value nobody understands costs one value and not the record.

use std::cell::Cell;
use std::collections::BTreeSet;

use automerge::{AutoCommit, ObjId, ReadDoc};
use autosurgeon::{Hydrate, MaybeMissing};
use chrono::NaiveDate;
use maillon_shared::domain::time::{Hour, PartialDate};
use sha2::{Digest, Sha256};

/// What stands before the name of a mark, where it says of which values of its line it knew.
const KNEW: &str = "knew_";

/// Where a mark says of which values it knew.
pub fn knew(mark: &str) -> String {
    format!("{KNEW}{mark}")
}

/// The fields at one place of a document. What is of another type than expected reads as absent, and is counted.
pub struct Fields<'a> {
    pub(super) document: &'a AutoCommit,
    pub(super) object: ObjId,
    pub(super) oddities: &'a Cell<u32>,
}

impl Fields<'_> {
    fn read<T: Hydrate>(&self, field: &str) -> Option<T> {
        match autosurgeon::hydrate_prop(self.document, &self.object, field) {
            Ok(MaybeMissing::Present(value)) => Some(value),
            Ok(MaybeMissing::Missing) => None,
            Err(_) => {
                self.odd();
                None
            }
        }
    }

    fn odd(&self) {
        self.oddities.set(self.oddities.get() + 1);
    }

    fn parsed<T>(&self, field: &str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let text: String = self.read(field)?;
        let value = parse(&text);
        if value.is_none() {
            self.odd();
        }
        value
    }

    /// Words; none are empty words.
    pub fn text(&self, field: &str) -> String {
        self.read(field).unwrap_or_default()
    }

    /// A number.
    pub fn int(&self, field: &str) -> Option<i64> {
        self.read(field)
    }

    /// Yes or no; absent is no.
    pub fn flag(&self, field: &str) -> bool {
        self.read(field).unwrap_or(false)
    }

    /// What follows a beginning in the names of the fields that say yes.
    pub fn flags(&self, beginning: &str) -> Vec<String> {
        let keys: Vec<String> = self.document.keys(&self.object).collect();
        let flags = keys.iter().filter_map(|key| Some((key, key.strip_prefix(beginning)?)));
        flags.filter(|(key, _)| self.flag(key)).map(|(_, rest)| rest.to_owned()).collect()
    }

    /// What follows a beginning in the names of the fields, whatever they hold.
    pub fn names(&self, beginning: &str) -> Vec<String> {
        self.document.keys(&self.object).filter_map(|key| key.strip_prefix(beginning).map(str::to_owned)).collect()
    }

    /// The words of a field that are not those it shows: two devices wrote at once, neither knowing of the other.
    pub fn other_texts(&self, field: &str) -> Vec<String> {
        let shown = self.text(field);
        let values = self.document.get_all(&self.object, field).unwrap_or_default();
        let texts = values.iter().filter_map(|(value, _)| value.as_str().map(str::to_owned));
        let mut others: Vec<String> = texts.filter(|text| *text != shown).collect();
        others.dedup();
        others
    }

    /// The texts of the fields whose name begins so, by what follows it.
    pub fn texts(&self, beginning: &str) -> Vec<(String, String)> {
        let keys: Vec<String> = self.document.keys(&self.object).collect();
        let texts = keys.iter().filter_map(|key| Some((key.strip_prefix(beginning)?.to_owned(), self.text(key))));
        texts.filter(|(_, text)| !text.is_empty()).collect()
    }

    /// A day.
    pub fn day(&self, field: &str) -> Option<NaiveDate> {
        self.parsed(field, |text| text.parse().ok())
    }

    /// A date as far as it is known.
    pub fn date(&self, field: &str) -> Option<PartialDate> {
        self.parsed(field, PartialDate::parse)
    }

    /// An hour.
    pub fn hour(&self, field: &str) -> Option<Hour> {
        self.parsed(field, Hour::parse)
    }

    /// An id.
    pub fn id(&self, field: &str) -> Option<[u8; 16]> {
        self.parsed(field, super::value::line_id)
    }

    /// Whether the record at this place was undone.
    pub fn is_undone(&self) -> bool {
        self.is_gone(super::undo::UNDONE)
    }

    /// Whether a mark takes this line away. Where it says of which values it knew, it takes those only: a line with a value
    /// that nobody who took it away knew of is there. Several who mark at once each answer for what they knew.
    pub fn is_gone(&self, mark: &str) -> bool {
        if !self.flag(mark) {
            return false;
        }
        let held = self.document.get_all(&self.object, knew(mark)).unwrap_or_default();
        let texts: Vec<&str> = held.iter().filter_map(|(value, _)| value.as_str()).collect();
        let known: BTreeSet<&str> = texts.iter().flat_map(|text| text.split(' ')).collect();
        texts.is_empty() || self.prints().iter().all(|print| known.contains(print.as_str()))
    }

    /// What a mark that is set now knows of: a print of each value of each field, of several where two wrote at once. A print
    /// shows no word, and stays the same wherever the document is written again.
    pub fn known_now(&self) -> String {
        self.prints().into_iter().collect::<Vec<_>>().join(" ")
    }

    fn prints(&self) -> BTreeSet<String> {
        let is_mark = |key: &str| matches!(key, "order" | "removed" | super::undo::UNDONE) || key.starts_with(KNEW);
        let mut prints = BTreeSet::new();
        for key in self.document.keys(&self.object).filter(|key| !is_mark(key)) {
            for (value, _) in self.document.get_all(&self.object, key.as_str()).unwrap_or_default() {
                let said = value.as_scalar().and_then(super::document::from_scalar).map(|value| value.to_text());
                let mut hash = Sha256::new();
                hash.update(key.as_bytes());
                hash.update([0]);
                hash.update(said.unwrap_or_default().as_bytes());
                prints.insert(hash.finalize()[..8].iter().map(|byte| format!("{byte:02x}")).collect());
            }
        }
        prints
    }
}
