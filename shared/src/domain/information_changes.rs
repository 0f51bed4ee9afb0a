//! How an item of information changes: what a form wrote, as the smallest differences, what each does, and each as a path and a
//! value in words, as the journal writes it, as a draft keeps it and as a conflict names it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::changes::{gone, held, line};
use super::event::Headcount;
use super::ids::{EntryId, LineId};
use super::information::{Diffusion, DiffusionField, InformationField, InformationItem, InformationState};

/// What the lines are called in a path.
pub const DIFFUSIONS: &str = "diffusions";
/// What stands before the path of a line that is taken away.
const REMOVE: &str = "remove";
const YES: &str = "1";

/// One change to an item of information.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum InformationChange {
    /// A text field becomes this.
    Text(InformationField, String),
    /// Who of the directory says it.
    SourceEntry(Option<EntryId>),
    /// The day it came.
    Received(Option<NaiveDate>),
    /// The last day on which it holds.
    Expires(Option<NaiveDate>),
    /// What is to be done with it.
    State(InformationState),
    /// Whether it goes on the noticeboard.
    ForBoard(bool),
    /// A field of a line of diffusion; a new line comes into being.
    Diffusion(LineId, DiffusionField, String),
    /// To whom of the directory.
    DiffusionEntry(LineId, Option<EntryId>),
    /// When.
    DiffusionOn(LineId, Option<NaiveDate>),
    /// How many copies were left.
    Copies(LineId, Headcount),
    /// How many people it reached.
    People(LineId, Headcount),
    /// A line goes.
    Remove(LineId),
    /// It was a mistake, or was not.
    Withdrawn(bool),
}

fn said(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn flag(is_so: bool) -> String {
    if is_so { YES.into() } else { String::new() }
}

/// What stands there: no words are nothing, words that are no such value are of a newer version.
fn optional<T>(text: &str, parse: impl FnOnce(&str) -> Option<T>) -> Option<Option<T>> {
    if text.is_empty() { Some(None) } else { parse(text).map(Some) }
}

impl InformationChange {
    /// The words that someone types in it.
    pub fn words(&self) -> Option<&str> {
        match self {
            InformationChange::Text(_, words) | InformationChange::Diffusion(_, _, words) => Some(words),
            InformationChange::State(state) => state.words(),
            _ => None,
        }
    }

    /// To whom and by which way it says that something was passed on, in words: a name can be typed in both.
    pub fn to_whom(&self) -> Option<&str> {
        match self {
            InformationChange::Diffusion(_, _, words) => Some(words),
            _ => None,
        }
    }

    /// The day in it.
    pub fn day(&self) -> Option<NaiveDate> {
        match self {
            InformationChange::Received(day)
            | InformationChange::Expires(day)
            | InformationChange::DiffusionOn(_, day) => *day,
            _ => None,
        }
    }

    /// Where it is written, and what: a field, or the lines, the line and its field. No words are nothing.
    pub fn path(&self) -> (String, String) {
        let line = |id: &LineId, field: &str| format!("{DIFFUSIONS}.{id}.{field}");
        match self {
            InformationChange::Text(field, text) => (field.code().to_owned(), text.clone()),
            InformationChange::SourceEntry(entry) => ("source_entry".into(), said(*entry)),
            InformationChange::Received(day) => ("received".into(), said(*day)),
            InformationChange::Expires(day) => ("expires".into(), said(*day)),
            InformationChange::State(state) => ("state".into(), state.to_string()),
            InformationChange::ForBoard(for_board) => ("for_board".into(), flag(*for_board)),
            InformationChange::Diffusion(id, field, text) => (line(id, field.code()), text.clone()),
            InformationChange::DiffusionEntry(id, entry) => (line(id, "entry"), said(*entry)),
            InformationChange::DiffusionOn(id, day) => (line(id, "on"), said(*day)),
            InformationChange::Copies(id, count) => (line(id, "copies"), count.to_string()),
            InformationChange::People(id, count) => (line(id, "people"), count.to_string()),
            InformationChange::Remove(id) => (format!("{REMOVE}.{DIFFUSIONS}.{id}"), YES.into()),
            InformationChange::Withdrawn(withdrawn) => ("withdrawn".into(), flag(*withdrawn)),
        }
    }

    /// The change that writes that value there; nothing where a newer version wrote it, or it is no such value.
    pub fn at(path: &str, value: &str) -> Option<InformationChange> {
        let day = || optional(value, |text| text.parse().ok());
        Some(match path.splitn(3, '.').collect::<Vec<_>>()[..] {
            ["source_entry"] => InformationChange::SourceEntry(optional(value, EntryId::parse)?),
            ["received"] => InformationChange::Received(day()?),
            ["expires"] => InformationChange::Expires(day()?),
            ["state"] => InformationChange::State(InformationState::parse(value)),
            ["for_board"] => InformationChange::ForBoard(value == YES),
            ["withdrawn"] => InformationChange::Withdrawn(value == YES),
            [field] => InformationChange::Text(InformationField::from_code(field)?, value.to_owned()),
            [REMOVE, DIFFUSIONS, id] => InformationChange::Remove(LineId::parse(id)?),
            [DIFFUSIONS, id, field] => {
                let id = LineId::parse(id)?;
                match field {
                    "entry" => InformationChange::DiffusionEntry(id, optional(value, EntryId::parse)?),
                    "on" => InformationChange::DiffusionOn(id, day()?),
                    "copies" => InformationChange::Copies(id, Headcount::parse(value)?),
                    "people" => InformationChange::People(id, Headcount::parse(value)?),
                    field => InformationChange::Diffusion(id, DiffusionField::from_code(field)?, value.to_owned()),
                }
            }
            _ => return None,
        })
    }
}

impl InformationItem {
    /// Every word that is in it, and who got it: of what is common, whoever is named in it is read by everyone.
    pub fn texts_in_common(&self) -> Vec<String> {
        let changes = InformationItem::empty(self.id).changes_to(self);
        changes.iter().filter_map(InformationChange::words).map(str::to_owned).collect()
    }

    /// What to write so that this item becomes `edited`: the differences only.
    pub fn changes_to(&self, edited: &InformationItem) -> Vec<InformationChange> {
        let texts = self.text_differences(edited);
        let mut changes: Vec<_> = texts.map(|(field, text)| InformationChange::Text(field, text.to_owned())).collect();
        let mut differs = |differs: bool, change: InformationChange| changes.extend(differs.then_some(change));
        differs(self.source_entry != edited.source_entry, InformationChange::SourceEntry(edited.source_entry));
        differs(self.received != edited.received, InformationChange::Received(edited.received));
        differs(self.expires != edited.expires, InformationChange::Expires(edited.expires));
        differs(self.state != edited.state, InformationChange::State(edited.state.clone()));
        differs(self.for_board != edited.for_board, InformationChange::ForBoard(edited.for_board));
        differs(self.withdrawn != edited.withdrawn, InformationChange::Withdrawn(edited.withdrawn));
        for line in &edited.diffusions {
            let id = line.id;
            let before = held(&self.diffusions, |before| before.id == id, || Diffusion::empty(id));
            let texts = before.text_differences(line);
            changes.extend(texts.map(|(field, text)| InformationChange::Diffusion(id, field, text.to_owned())));
            let mut differs = |differs: bool, change: InformationChange| changes.extend(differs.then_some(change));
            differs(before.entry != line.entry, InformationChange::DiffusionEntry(id, line.entry));
            differs(before.on != line.on, InformationChange::DiffusionOn(id, line.on));
            differs(before.copies != line.copies, InformationChange::Copies(id, line.copies));
            differs(before.people != line.people, InformationChange::People(id, line.people));
        }
        let gone = gone(&self.diffusions, &edited.diffusions, |line| line.id);
        changes.extend(gone.into_iter().map(InformationChange::Remove));
        changes
    }

    /// Makes a change, as the journal would. A line comes into being with its first field.
    pub fn apply(&mut self, change: &InformationChange) {
        match change {
            InformationChange::Text(field, text) => self.text_mut(*field).clone_from(text),
            InformationChange::SourceEntry(entry) => self.source_entry = *entry,
            InformationChange::Received(day) => self.received = *day,
            InformationChange::Expires(day) => self.expires = *day,
            InformationChange::State(state) => self.state = state.clone(),
            InformationChange::ForBoard(for_board) => self.for_board = *for_board,
            InformationChange::Diffusion(id, field, text) => self.diffusion(*id).text_mut(*field).clone_from(text),
            InformationChange::DiffusionEntry(id, entry) => self.diffusion(*id).entry = *entry,
            InformationChange::DiffusionOn(id, day) => self.diffusion(*id).on = *day,
            InformationChange::Copies(id, count) => self.diffusion(*id).copies = *count,
            InformationChange::People(id, count) => self.diffusion(*id).people = *count,
            InformationChange::Remove(id) => self.diffusions.retain(|line| line.id != *id),
            InformationChange::Withdrawn(withdrawn) => self.withdrawn = *withdrawn,
        }
    }

    fn diffusion(&mut self, id: LineId) -> &mut Diffusion {
        line(&mut self.diffusions, |line| line.id == id, || Diffusion::empty(id))
    }
}

#[cfg(test)]
mod tests {
    use super::super::ids::InformationId;
    use super::*;

    fn line(n: u8) -> LineId {
        LineId([n; 16])
    }

    fn day(text: &str) -> Option<NaiveDate> {
        text.parse().ok()
    }

    #[test]
    fn every_change_reads_back_from_its_path() {
        let before = InformationItem::empty(InformationId([1; 16]));
        let mut after = before.clone();
        for field in InformationField::ALL {
            *after.text_mut(*field) = format!("{}. de : l’ARS", field.code());
        }
        (after.received, after.expires) = (day("2026-03-01"), day("2026-03-31"));
        after.source_entry = Some(EntryId([2; 16]));
        after.state = InformationState::SetAside("trop loin".into());
        (after.for_board, after.withdrawn) = (true, true);
        after.diffusions.push(Diffusion {
            id: line(3),
            on: day("2026-03-02"),
            channel: "shops".into(),
            to: "Boulangerie".into(),
            entry: Some(EntryId([4; 16])),
            copies: Headcount::Counted(0),
            people: Headcount::About(40),
        });
        let there = before.changes_to(&after);
        let back = after.changes_to(&before);
        assert!(there.len() >= 18 && back.contains(&InformationChange::Remove(line(3))));
        let mut made = before.clone();
        there.iter().for_each(|change| made.apply(change));
        assert_eq!(made, after);
        let nothing = [
            InformationChange::DiffusionOn(line(3), None),
            InformationChange::DiffusionEntry(line(3), None),
            InformationChange::Copies(line(3), Headcount::NotKnown),
        ];
        for change in there.into_iter().chain(back).chain(nothing) {
            let (path, value) = change.path();
            assert_eq!(InformationChange::at(&path, &value), Some(change), "{path} {value}");
        }
    }

    #[test]
    fn what_is_no_such_value_changes_nothing() {
        let id = line(3);
        for (path, value) in [
            ("expires".to_owned(), "bientôt"),
            (format!("diffusions.{id}.copies"), "beaucoup"),
            (format!("diffusions.{id}.colour"), "x"),
            ("diffusions.x.to".into(), "x"),
            ("colour".into(), "x"),
        ] {
            assert_eq!(InformationChange::at(&path, value), None, "{path} {value}");
        }
    }
}
