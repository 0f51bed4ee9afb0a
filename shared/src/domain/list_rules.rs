//! What of the lists the program itself relies on: items that a rule writes or reads are renamed freely, and never hidden.
//!
//! A list that is not named here is the coordinator's entirely, so that a new one needs nothing more than its words.

use super::lists::ListId;

/// Why something in a list stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// The items are steps of a scale: charts and delays read their order.
    Scale,
    /// The law says which there are.
    Law,
    /// Each item has a rule of its own in the program.
    Rules,
    /// The program writes it by itself: a visit of a round, a call just made.
    Written,
    /// Due dates are reckoned from it.
    Dates,
    /// What fits nowhere else goes there.
    Rest,
}

impl ListId {
    /// Why nothing may be added to the list nor hidden from it; none where one may.
    pub const fn closed(self) -> Option<Need> {
        match self {
            ListId::IsolationLevels | ListId::AlertSeverities | ListId::VigilanceLevels => Some(Need::Scale),
            ListId::RegisterGrounds | ListId::ConsentEntries => Some(Need::Law),
            ListId::EntryKinds | ListId::EncounterResults | ListId::ConsentPurposes | ListId::ClueMonths => {
                Some(Need::Rules)
            }
            _ => None,
        }
    }

    /// Why an item may not be hidden; none where it may.
    pub fn needs(self, item: &str) -> Option<Need> {
        self.closed().or(match (self, item) {
            (ListId::EncounterKinds, "home_visit" | "call_out" | "call_in" | "walk_in" | "third_party") => {
                Some(Need::Written)
            }
            (ListId::FollowUpKinds, "contact" | "visit" | "call" | "promise" | "answer") => Some(Need::Written),
            (ListId::DischargeSteps, "call_day_1" | "visit_day_7") => Some(Need::Dates),
            (ListId::RequestTopics, "other") => Some(Need::Rest),
            (ListId::ClueAges, "years") | (ListId::MeansKinds, "expertise" | "time") => Some(Need::Rules),
            _ => None,
        })
    }

    /// Whether the items may be put in another order.
    pub fn is_sortable(self) -> bool {
        self.closed() != Some(Need::Scale)
    }
}
