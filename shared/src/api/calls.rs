//! Call campaigns through the door: lists, the live board, cards, the report; and what callers from elsewhere are given.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::requests::DraftKey;
use super::responses::Conflict;
use crate::domain::campaign::{CallAttempt, CallCard, CallCounts, CallStatus, Campaign, Lending, Turn};
use crate::domain::ids::{ActId, CallCardId, CampaignId, LineId};

/// A campaign that begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewCampaign {
    /// What it is, with its id and its callers.
    pub campaign: Campaign,
    /// The draft that this ends.
    pub draft: Option<DraftKey>,
}

/// A campaign in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CampaignRow {
    /// The campaign.
    pub campaign: Campaign,
    /// Where everyone stands today, or on its last day.
    pub counts: CallCounts,
}

/// A campaign and everyone in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CampaignFile {
    /// The campaign.
    pub campaign: Campaign,
    /// The day the counts are of: today, or its last day.
    pub day: NaiveDate,
    /// Where everyone stands.
    pub counts: CallCounts,
    /// Every card, by number.
    pub cards: Vec<CardRow>,
    /// How many of the list it was made from have no card: they came since.
    pub missing: u32,
    /// At the end of each turn: what the closing report says. It stays when the cards are gone.
    pub turns: Vec<Turn>,
    /// What was lent to callers from elsewhere.
    pub lent: Vec<Lending>,
    /// Fields that two people wrote at once.
    pub conflicts: Vec<Conflict>,
}

/// A card, and where the person stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardRow {
    /// The card.
    pub card: CallCard,
    /// Where they stand.
    pub status: CallStatus,
    /// Whether two people reached them in this turn.
    pub twice: bool,
}

/// An attempt to note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewAttempt {
    /// On which card.
    pub card: CallCardId,
    /// What was tried, and what came of it.
    pub attempt: CallAttempt,
}

/// Who calls whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Allotment {
    /// Whoever has no caller yet is shared between all callers, hamlet by hamlet, in parts as even as they come.
    Evenly,
    /// These, to that caller or to nobody.
    Cards(Vec<CallCardId>, Option<LineId>),
}

/// What came back from a caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenBack {
    /// The act, by which it can be undone; none where nothing was new.
    pub act: Option<ActId>,
    /// Of which campaign.
    pub campaign: CampaignId,
    /// How many attempts were new.
    pub attempts: u32,
    /// How many people were reached twice in a turn, by two callers.
    pub twice: u32,
    /// How many cards were left out: they are not of this notebook any more.
    pub left_out: u32,
}
