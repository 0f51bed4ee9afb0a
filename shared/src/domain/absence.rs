//! An absence of someone in the directory: from a day to a day, and who stands in meanwhile.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::changes::text_fields;
use super::ids::{EntryId, LineId};

/// Someone, or a structure, is not there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absence {
    /// Names the line.
    pub id: LineId,
    /// The first day; none where it began before anyone wrote it.
    pub from: Option<NaiveDate>,
    /// The last day; none where nobody knows.
    pub until: Option<NaiveDate>,
    /// Who stands in: another entry.
    pub stand_in: Option<EntryId>,
    /// Who stands in, in words, when it has no entry.
    pub stand_in_words: String,
    /// What is to be known: "urgences seulement", "répondeur".
    pub note: String,
}

text_fields! {
    /// The text fields of an absence.
    AbsenceField of Absence {
        /// Who stands in, in words.
        StandInWords = "stand_in_words" => stand_in_words,
        /// What is to be known.
        Note = "note" => note,
    }
}

/// One change to an absence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AbsenceChange {
    /// A text field becomes this.
    Text(AbsenceField, String),
    /// It begins that day.
    From(Option<NaiveDate>),
    /// It ends that day.
    Until(Option<NaiveDate>),
    /// That entry stands in.
    StandIn(Option<EntryId>),
}

impl Absence {
    /// An absence of which nothing is said yet.
    pub fn empty(id: LineId) -> Self {
        let (stand_in_words, note) = (String::new(), String::new());
        Absence { id, from: None, until: None, stand_in: None, stand_in_words, note }
    }

    /// Whether it holds on a day; both ends count. Without any day it holds as long as it is written.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }

    /// Whether it is over.
    pub fn is_over(&self, today: NaiveDate) -> bool {
        self.until.is_some_and(|until| until < today)
    }

    /// Whether its last day is before its first.
    pub fn is_backwards(&self) -> bool {
        matches!((self.from, self.until), (Some(from), Some(until)) if until < from)
    }

    /// What to write so that this absence becomes `edited`: the differences only.
    pub fn changes_to(&self, edited: &Absence) -> Vec<AbsenceChange> {
        let mut changes: Vec<_> =
            self.text_differences(edited).map(|(field, text)| AbsenceChange::Text(field, text.to_owned())).collect();
        if self.from != edited.from {
            changes.push(AbsenceChange::From(edited.from));
        }
        if self.until != edited.until {
            changes.push(AbsenceChange::Until(edited.until));
        }
        if self.stand_in != edited.stand_in {
            changes.push(AbsenceChange::StandIn(edited.stand_in));
        }
        changes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn an_absence_holds_from_its_first_day_to_its_last() {
        let mut august = Absence::empty(LineId([1; 16]));
        assert!(august.holds_on(day("2026-06-12")) && !august.is_over(day("2026-06-12")));
        (august.from, august.until) = (Some(day("2026-08-03")), Some(day("2026-08-21")));
        for (on, holds) in [("2026-08-02", false), ("2026-08-03", true), ("2026-08-21", true), ("2026-08-22", false)] {
            assert_eq!(august.holds_on(day(on)), holds, "{on}");
        }
        assert!(august.is_over(day("2026-08-22")) && !august.is_over(day("2026-08-21")));
        august.until = None;
        assert!(august.holds_on(day("2030-01-01")));
        august.until = Some(day("2026-08-01"));
        assert!(august.is_backwards());
    }
}
