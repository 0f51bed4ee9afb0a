//! What screens ask about people who live together.

use serde::{Deserialize, Serialize};

use super::requests::DraftKey;
use crate::domain::ids::{HouseholdId, PersonId};

/// What someone does to a household.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HouseholdWrite {
    /// Someone lives with another from now on, and with whoever that one lives with.
    Join {
        /// Who joins.
        person: PersonId,
        /// With whom.
        with: PersonId,
        /// Names the household, where the other had none. Chosen by whoever asks.
        home: HouseholdId,
        /// Whether the address of the one is copied, this once, onto the sheet of the other: of who has one.
        same_address: bool,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// Someone lives there no longer. The address is not theirs to lose: it stays until it is changed.
    Leave(PersonId),
    /// Others of the household live where this person does: the address is copied onto their sheets.
    SameAddress {
        /// Whose address.
        of: PersonId,
        /// Onto whose sheets.
        people: Vec<PersonId>,
    },
}
