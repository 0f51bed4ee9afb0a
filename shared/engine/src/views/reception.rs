//! What was counted at the reception desk, by half-day.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use maillon_shared::api::responses::CountRow;
use maillon_shared::domain::ids::{CountId, DocId};
use maillon_shared::domain::reception::{Count, Half};

use super::{Content, Views};

impl Views {
    fn counts(&self) -> impl Iterator<Item = (&Count, DocId)> {
        let journals = self.documents.iter().filter(|(_, cached)| !cached.undone);
        let journals = journals.filter_map(|(id, cached)| match &cached.content {
            Content::Journal { counts, .. } => Some((counts, *id)),
            _ => None,
        });
        journals.flat_map(|(counts, id)| counts.iter().map(move |count| (count, id)))
    }

    /// What was counted from one day to another, both among them: by day, half and kind.
    pub fn reception(&self, from: NaiveDate, to: NaiveDate) -> Vec<CountRow> {
        let mut rows: BTreeMap<(NaiveDate, Half, String), u32> = BTreeMap::new();
        for (count, _) in self.counts().filter(|(count, _)| (from..=to).contains(&count.day)) {
            *rows.entry((count.day, count.half.clone(), count.what.clone())).or_default() += 1;
        }
        rows.into_iter().map(|((day, half, what), count)| CountRow { day, half, what, count }).collect()
    }

    /// Whether a tap stands: asking twice counts once.
    pub fn has_count(&self, id: CountId) -> bool {
        self.counts().any(|(count, _)| count.id == id)
    }

    /// A tap of that kind and half-day, the same one on every device; and the document it is in.
    pub fn one_count(&self, day: NaiveDate, half: &Half, what: &str) -> Option<(CountId, DocId)> {
        let alike = self.counts().filter(|(count, _)| count.day == day && count.half == *half && count.what == what);
        alike.map(|(count, document)| (count.id, document)).max()
    }
}
