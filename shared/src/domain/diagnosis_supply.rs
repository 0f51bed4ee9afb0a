//! What is known of care in a place: who left, who arrives, which post is vacant, who is away. Dated facts, with their source.
//!
//! A professional is named only where they are in the directory. Whoever looks for a doctor is in none of this: they are
//! counted by an indicator, and never listed.

use serde::{Deserialize, Serialize};

use super::changes::text_fields;
use super::coded::coded;
use super::ids::{EntryId, LineId};
use super::time::PartialDate;

coded! {
    /// What became of care somewhere.
    SupplyIs {
        /// Someone leaves, or left.
        Leaves = "leaves",
        /// Someone arrives, or arrived.
        Arrives = "arrives",
        /// A post that nobody holds.
        Vacancy = "vacancy",
        /// Someone who is away for a time.
        Absence = "absence",
    }
}

/// A fact about care in a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupplyFact {
    /// Names the line.
    pub id: LineId,
    /// Where, by the key of the place.
    pub place: String,
    /// What it is.
    pub is: SupplyIs,
    /// The profession: an item of the list, or words.
    pub profession: String,
    /// Where they work, or the kind of structure, in words.
    pub structure: String,
    /// How many; none where nobody said.
    pub count: Option<u32>,
    /// From when, as far as it is known.
    pub from: Option<PartialDate>,
    /// Until when.
    pub until: Option<PartialDate>,
    /// Who, where they are in the directory.
    pub entry: Option<EntryId>,
    /// Who, by the name that the directory has, for those who do not have that directory.
    pub named: String,
    /// Who says so.
    pub source: String,
    /// What else is to be known of it.
    pub note: String,
    /// Why it is to be verified; empty when it is certain.
    pub to_verify: String,
}

text_fields! {
    /// The text fields of a fact about care.
    SupplyField of SupplyFact {
        /// Where, by the key of the place.
        Place = "place" => place,
        /// The profession.
        Profession = "profession" => profession,
        /// Where they work.
        Structure = "structure" => structure,
        /// Who, by name.
        Named = "named" => named,
        /// Who says so.
        Source = "source" => source,
        /// What else is to be known.
        Note = "note" => note,
        /// Why it is to be verified.
        ToVerify = "to_verify" => to_verify,
    }
}

impl SupplyFact {
    /// A fact of which nothing is said yet.
    pub fn empty(id: LineId) -> Self {
        SupplyFact {
            id,
            place: String::new(),
            is: SupplyIs::Leaves,
            profession: String::new(),
            structure: String::new(),
            count: None,
            from: None,
            until: None,
            entry: None,
            named: String::new(),
            source: String::new(),
            note: String::new(),
            to_verify: String::new(),
        }
    }

    /// Every word that someone wrote of it.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        SupplyField::ALL.iter().filter(|field| **field != SupplyField::Place).map(|field| self.text(*field))
    }
}
