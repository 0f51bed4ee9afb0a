//! A call campaign in its document: why, when, by whom; what was lent; and, once closed, how each turn ended.
//!
//! It names callers and nobody who is called: those are on cards, each in a document about them.

use std::cell::Cell;

use chrono::NaiveDate;
use maillon_shared::domain::campaign::{
    CallCounts, Caller, CallerField, Campaign, CampaignChange, CampaignKind, CampaignSource, Lending, Turn,
};
use maillon_shared::domain::ids::{CampaignId, LineId};
use maillon_shared::domain::ladder::Ladder;

use super::super::document::{Document, JournalError};
use super::super::undo::UNDONE;
use super::super::value::{Place, Value, line_key};
use super::{lines_in_order, put_in_line, remove_line};

const KIND: &str = "kind";
const TITLE: &str = "title";
const FROM: &str = "from";
const UNTIL: &str = "until";
const EVERY_DAYS: &str = "every_days";
const SOURCE: &str = "source";
const LADDER: &str = "ladder";
const CLOSED_ON: &str = "closed_on";
const CALLERS: &str = "callers";
const COUNTS: &str = "counts";
const LENT: &str = "lent";
const CALLER: &str = "caller";
const ON: &str = "on";
const BACK_ON: &str = "back_on";

/// A campaign, with what its document holds beside.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct CampaignRecord {
    /// The campaign.
    pub campaign: Campaign,
    /// How each turn ended, written when it was closed.
    pub turns: Vec<Turn>,
    /// What was lent, by the number of the notebook it was lent as.
    pub lent: Vec<(LineId, Lending)>,
}

/// Writes a campaign that begins.
pub fn create(document: &mut Document, campaign: &Campaign) -> Result<(), JournalError> {
    document.put(Place::Root, SOURCE, Value::text(campaign.source.code()))?;
    let kind = campaign.kind.clone();
    write(document, &CampaignChange::Kind(kind.clone()))?;
    write(document, &CampaignChange::From(campaign.from))?;
    write(document, &CampaignChange::Until(campaign.until))?;
    write(document, &CampaignChange::Ladder(campaign.ladder.clone()))?;
    let mut beginning = Campaign::empty(campaign.id, kind, campaign.from, campaign.until);
    beginning.ladder = campaign.ladder.clone();
    beginning.changes_to(campaign).iter().try_for_each(|change| write(document, change))
}

/// Writes one change.
pub fn write(document: &mut Document, change: &CampaignChange) -> Result<(), JournalError> {
    let mut put = |field, value| document.put(Place::Root, field, value);
    match change {
        CampaignChange::Title(title) => put(TITLE, Value::text(title)),
        CampaignChange::Kind(kind) => put(KIND, Value::text(kind.code())),
        CampaignChange::From(day) => put(FROM, (*day).into()),
        CampaignChange::Until(day) => put(UNTIL, (*day).into()),
        CampaignChange::EveryDays(days) => put(EVERY_DAYS, Value::Int((*days).into())),
        CampaignChange::Ladder(ladder) => put(LADDER, Value::Text(ladder.to_string())),
        CampaignChange::Caller(id, field, text) => put_in_line(document, CALLERS, *id, field.code(), Value::text(text)),
        CampaignChange::RemoveCaller(id) => remove_line(document, CALLERS, *id),
    }
}

/// Writes that it is closed, and how each turn ended: figures of nobody, which stay when the cards go.
pub fn close(document: &mut Document, day: NaiveDate, turns: &[Turn]) -> Result<(), JournalError> {
    for turn in turns {
        let place = Place::Line(COUNTS, id_of_turn(turn.from));
        // Closed again after its closing was undone, it writes in the same lines: they are no longer undone.
        document.put(place, UNDONE, Value::Nothing)?;
        document.put(place, FROM, turn.from.into())?;
        document.put(place, UNTIL, turn.until.into())?;
        let mut counts = turn.counts;
        for name in CallCounts::NAMES {
            let count = counts.by_name(name).copied().unwrap_or_default();
            document.put(place, name, Value::Int(count.into()))?;
        }
    }
    document.put(Place::Root, CLOSED_ON, day.into())
}

/// Writes that it was lent to a caller, as a notebook of that number.
pub fn lend(document: &mut Document, notebook: LineId, caller: LineId, day: NaiveDate) -> Result<(), JournalError> {
    let place = Place::Line(LENT, notebook.0);
    document.put(place, CALLER, Value::Text(line_key(&caller.0)))?;
    document.put(place, ON, day.into())
}

/// Writes that what a caller noted came back.
pub fn take_back(document: &mut Document, notebook: LineId, day: NaiveDate) -> Result<(), JournalError> {
    document.put(Place::Line(LENT, notebook.0), BACK_ON, day.into())
}

/// Two devices that close write the same lines.
fn id_of_turn(from: NaiveDate) -> [u8; 16] {
    let mut id = [0; 16];
    id[..10].copy_from_slice(&from.to_string().as_bytes()[..10]);
    id
}

/// Reads the campaign; nothing where its days are not there.
pub fn read(document: &Document, oddities: &Cell<u32>) -> Option<CampaignRecord> {
    let fields = document.fields(Place::Root, oddities)?;
    let kind = CampaignKind::from_code(&fields.text(KIND));
    let id = CampaignId(document.header.id.0);
    let mut campaign = Campaign::empty(id, kind, fields.day(FROM)?, fields.day(UNTIL)?);
    campaign.title = fields.text(TITLE);
    campaign.every_days = fields.int(EVERY_DAYS).and_then(|days| days.try_into().ok()).unwrap_or(1);
    campaign.source = CampaignSource::from_code(&fields.text(SOURCE));
    campaign.ladder = Ladder::parse(&fields.text(LADDER)).unwrap_or_else(Ladder::campaign);
    campaign.closed_on = fields.day(CLOSED_ON);
    campaign.callers = lines_in_order(document, CALLERS, oddities, |id, line| {
        let mut caller = Caller::empty(id);
        for field in CallerField::ALL {
            *caller.text_mut(*field) = line.text(field.code());
        }
        caller
    });
    let mut turns = Vec::new();
    for (_, line) in document.lines(COUNTS, oddities) {
        let (Some(from), Some(until)) = (line.day(FROM), line.day(UNTIL)) else { continue };
        let mut counts = CallCounts::default();
        for name in CallCounts::NAMES {
            if let (Some(count), Some(held)) = (counts.by_name(name), line.int(name)) {
                *count = held.try_into().unwrap_or_default();
            }
        }
        turns.push(Turn { from, until, counts });
    }
    turns.sort_by_key(|turn| turn.from);
    let mut lent = Vec::new();
    for (id, line) in document.lines(LENT, oddities) {
        let (Some(caller), Some(on)) = (line.id(CALLER), line.day(ON)) else { continue };
        lent.push((LineId(id), Lending { caller: LineId(caller), on, back_on: line.day(BACK_ON) }));
    }
    lent.sort_by_key(|(id, row)| (row.on, *id));
    Some(CampaignRecord { campaign, turns, lent })
}
