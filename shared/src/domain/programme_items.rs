//! What is on a programme: a collective project, an event, or an action in words.
//!
//! A project and an event say themselves how they stand and when: an item only says which one it is. So only an action in
//! words has a state and dates here.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::changes::text_fields;
use super::ids::{CollectiveId, EntryId, EventId, LineId};
use super::programme_changes::ProgrammeChange;
use super::time::PartialDate;

/// An item of a programme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgrammeItem {
    /// Names the line.
    pub id: LineId,
    /// What it is.
    pub is: ItemIs,
    /// The axis it belongs to, by its line.
    pub axis: Option<LineId>,
    /// Who carries it, in words.
    pub carrier: String,
    /// Who carries it, where they are in the directory.
    pub carrier_entry: Option<EntryId>,
}

text_fields! {
    /// The text fields of an item.
    ItemField of ProgrammeItem {
        /// Who carries it.
        Carrier = "carrier" => carrier,
    }
}

/// What an item is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ItemIs {
    /// An action, in words.
    Words(ActionInWords),
    /// A collective project.
    Project(CollectiveId),
    /// An event.
    Event(EventId),
    /// Written by a newer version.
    Unknown(String),
}

/// An action in words: what has no record of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionInWords {
    /// What.
    pub what: String,
    /// From when, as far as it is known.
    pub from: Option<PartialDate>,
    /// Until when.
    pub until: Option<PartialDate>,
    /// How it stands.
    pub state: ActionState,
}

/// How an action stands. It is written as one value: what was dropped says why.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ActionState {
    /// It is to come.
    #[default]
    Planned,
    /// It is under way.
    Running,
    /// It was done.
    Done,
    /// It was dropped, for that reason.
    Dropped(String),
    /// Written by a newer version.
    Unknown(String),
}

/// What stands before the reason of what was dropped.
const DROPPED: &str = "dropped:";

impl ActionState {
    /// Reads what [`fmt::Display`] writes.
    pub fn parse(text: &str) -> Self {
        match (text, text.strip_prefix(DROPPED)) {
            ("planned" | "", _) => ActionState::Planned,
            ("running", _) => ActionState::Running,
            ("done", _) => ActionState::Done,
            (_, Some(reason)) => ActionState::Dropped(reason.to_owned()),
            (other, None) => ActionState::Unknown(other.to_owned()),
        }
    }

    /// Whether nothing more is to be done of it.
    pub fn is_over(&self) -> bool {
        matches!(self, ActionState::Done | ActionState::Dropped(_))
    }

    /// The words that someone types in it.
    pub fn words(&self) -> Option<&str> {
        match self {
            ActionState::Dropped(reason) | ActionState::Unknown(reason) => Some(reason),
            ActionState::Planned | ActionState::Running | ActionState::Done => None,
        }
    }
}

impl fmt::Display for ActionState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ActionState::Planned => f.write_str("planned"),
            ActionState::Running => f.write_str("running"),
            ActionState::Done => f.write_str("done"),
            ActionState::Dropped(reason) => write!(f, "{DROPPED}{reason}"),
            ActionState::Unknown(text) => f.write_str(text),
        }
    }
}

impl ItemIs {
    /// Which one it is, as it is written; nothing for an action in words.
    pub fn target(&self) -> String {
        match self {
            ItemIs::Words(_) => String::new(),
            ItemIs::Project(id) => format!("project:{id}"),
            ItemIs::Event(id) => format!("event:{id}"),
            ItemIs::Unknown(text) => text.clone(),
        }
    }

    /// Reads what [`ItemIs::target`] writes. An action in words begins with none.
    pub fn parse(text: &str) -> Self {
        let known = match text.split_once(':') {
            None if text.is_empty() => Some(ItemIs::Words(ActionInWords::default())),
            Some(("project", id)) => CollectiveId::parse(id).map(ItemIs::Project),
            Some(("event", id)) => EventId::parse(id).map(ItemIs::Event),
            _ => None,
        };
        known.unwrap_or_else(|| ItemIs::Unknown(text.to_owned()))
    }

    /// The same, for another year: an action in words is planned again, and nobody knows when yet.
    pub(super) fn again(&self) -> ItemIs {
        match self {
            ItemIs::Words(action) => {
                ItemIs::Words(ActionInWords { what: action.what.clone(), ..ActionInWords::default() })
            }
            other => other.clone(),
        }
    }
}

impl ProgrammeItem {
    /// A line with nothing on it.
    pub fn empty(id: LineId) -> Self {
        ProgrammeItem {
            id,
            is: ItemIs::Words(ActionInWords::default()),
            axis: None,
            carrier: String::new(),
            carrier_entry: None,
        }
    }

    /// The action in words; none of a project or an event, which say for themselves.
    pub fn action(&self) -> Option<&ActionInWords> {
        match &self.is {
            ItemIs::Words(action) => Some(action),
            _ => None,
        }
    }

    /// The same, to write.
    pub fn action_mut(&mut self) -> Option<&mut ActionInWords> {
        match &mut self.is {
            ItemIs::Words(action) => Some(action),
            _ => None,
        }
    }

    /// Makes it something else. An action in words stays as it was said.
    pub(super) fn turn_into(&mut self, is: &ItemIs) {
        match (&self.is, is) {
            (ItemIs::Words(_), ItemIs::Words(_)) => {}
            (_, ItemIs::Words(_)) => self.is = ItemIs::Words(ActionInWords::default()),
            (_, other) => self.is = other.clone(),
        }
    }

    /// Every word that someone wrote of it, but who carries it.
    pub(super) fn texts(&self) -> Vec<&str> {
        match &self.is {
            ItemIs::Words(action) => std::iter::once(action.what.as_str()).chain(action.state.words()).collect(),
            ItemIs::Project(_) | ItemIs::Event(_) | ItemIs::Unknown(_) => Vec::new(),
        }
    }
}

/// The differences of one item. Where it is no longer in words, its words are taken away first, so that none stays behind
/// where it is written.
pub(super) fn item_to(before: &ProgrammeItem, line: &ProgrammeItem, changes: &mut Vec<ProgrammeChange>) {
    let id = line.id;
    let nothing = ActionInWords::default();
    let (said, says) = (before.action().unwrap_or(&nothing), line.action().unwrap_or(&nothing));
    let becomes = before.is.target() != line.is.target();
    // It is no project any more before its words are written: they would do nothing.
    let goes_first = becomes && line.action().is_some();
    let is = || ProgrammeChange::ItemIs(id, ItemIs::parse(&line.is.target()));
    let mut differs = |differs: bool, change: ProgrammeChange| changes.extend(differs.then_some(change));
    differs(goes_first, is());
    differs(said.what != says.what, ProgrammeChange::What(id, says.what.clone()));
    differs(said.from != says.from, ProgrammeChange::From(id, says.from));
    differs(said.until != says.until, ProgrammeChange::Until(id, says.until));
    differs(said.state != says.state, ProgrammeChange::State(id, says.state.clone()));
    differs(becomes && !goes_first, is());
    differs(before.axis != line.axis, ProgrammeChange::ItemAxis(id, line.axis));
    // In common, whoever is of the directory is said in words: those that are taken away go first.
    let texts = before.text_differences(line);
    changes.extend(texts.map(|(field, text)| ProgrammeChange::Item(id, field, text.to_owned())));
    if before.carrier_entry != line.carrier_entry {
        changes.push(ProgrammeChange::CarrierEntry(id, line.carrier_entry));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_item_is_reads_back_as_it_is_written() {
        for is in [
            ItemIs::Words(ActionInWords::default()),
            ItemIs::Project(CollectiveId([3; 16])),
            ItemIs::Event(EventId([4; 16])),
            ItemIs::Unknown("survey:00".into()),
            ItemIs::Unknown("project:zz".into()),
        ] {
            assert_eq!(ItemIs::parse(&is.target()), is);
        }
    }

    #[test]
    fn what_was_dropped_says_why() {
        for state in [
            ActionState::Planned,
            ActionState::Running,
            ActionState::Done,
            ActionState::Dropped("la salle : trop petite".into()),
            ActionState::Unknown("asleep".into()),
        ] {
            assert_eq!(ActionState::parse(&state.to_string()), state);
        }
        assert_eq!(ActionState::parse("dropped"), ActionState::Unknown("dropped".into()), "for no reason is no reason");
    }

    #[test]
    fn only_an_action_in_words_has_a_state_and_dates_here() {
        let mut item = ProgrammeItem::empty(LineId([1; 16]));
        assert!(item.action_mut().is_some());
        item.is = ItemIs::Event(EventId([4; 16]));
        assert!(item.action().is_none() && item.action_mut().is_none() && item.texts().is_empty());
    }
}
