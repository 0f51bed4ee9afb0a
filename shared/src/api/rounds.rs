//! Rounds as screens show them: whom to see, who is silenced and why, how far it was by month.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::follow_up::FollowUp;
use crate::domain::ids::{LineId, PersonId, RoundId};
use crate::domain::person::Silence;
use crate::domain::round::{Round, StopOutcome};
use crate::domain::time::Hour;
use crate::domain::travel::{Flight, OrderMade};

/// Every round, and what they tell together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rounds {
    /// The rounds, the last day first; those given up are not among them.
    pub rounds: Vec<RoundRow>,
    /// How far they were, the last month first.
    pub mileage: Vec<MonthOfRounds>,
    /// The hamlets where someone lives and no relay does, the most people first.
    pub without_relay: Vec<HamletRow>,
}

/// A round in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundRow {
    /// Which.
    pub id: RoundId,
    /// The day.
    pub day: NaiveDate,
    /// How many people are to be seen, those seen among them.
    pub stops: u32,
    /// How many were seen.
    pub seen: u32,
    /// The hamlets, in the order of the round.
    pub places: Vec<String>,
    /// When one means to be back.
    pub back_at: Option<Hour>,
    /// With whom that hour is left.
    pub back_with: String,
    /// When one was back.
    pub returned_at: Option<Hour>,
}

/// How far the rounds of a month were. It names nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthOfRounds {
    /// The year.
    pub year: i32,
    /// The month, 1 to 12.
    pub month: u32,
    /// How many rounds.
    pub rounds: u32,
    /// How many of them do not say how far they were.
    pub without_distance: u32,
    /// How far, in metres.
    pub distance_m: u64,
}

/// A hamlet and how many people live there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HamletRow {
    /// Its name.
    pub hamlet: String,
    /// How many people.
    pub people: u32,
}

/// One round, with whom to see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundFile {
    /// The round, its stops as they are written: those of people who were erased name nobody.
    pub round: Round,
    /// Whom to see, in order.
    pub stops: Vec<StopRow>,
    /// Who is not to be seen after all, and why.
    pub silenced: Vec<SilencedStop>,
    /// How the order was made.
    pub order: OrderMade,
    /// How far it is, as the crow flies, from where one sets out and back; none where no place is known.
    pub flight: Option<Flight>,
    /// Where one sets out from, as it is written; empty where nobody said it.
    pub start: String,
    /// Whether the place of it is known: an address, or a hamlet.
    pub start_is_known: bool,
    /// Who was seen or tried last, where some are still to be seen: from there they would be put in order.
    pub from_last: Option<String>,
}

/// Someone to see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StopRow {
    /// The stop.
    pub stop: LineId,
    /// Whom.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// The first name and an initial: what paper says.
    pub paper_name: String,
    /// Number and way.
    pub line: String,
    /// The hamlet, else the commune.
    pub place: String,
    /// The first telephone.
    pub phone: String,
    /// How to approach.
    pub approach: String,
    /// What waits for that day or before, the first due first.
    pub waits: Vec<FollowUp>,
    /// What came of it.
    pub outcome: StopOutcome,
}

/// Someone who is not to be seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SilencedStop {
    /// The stop.
    pub stop: LineId,
    /// Whom.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// Why.
    pub why: StopSilence,
}

/// Why someone is not to be seen that day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StopSilence {
    /// They are away until that day.
    Away(NaiveDate),
    /// Their state says so, for as long as it holds.
    For(Silence),
}
