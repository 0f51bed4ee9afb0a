//! Undoing: a new change that says the opposite, refused where someone wrote since.
//!
//! A line or a document that the act made is never deleted, since a deletion would hide what someone else writes in it
//! at that moment: it is marked undone, and undoing that takes the mark away.

use std::cell::Cell;

use automerge::transaction::Transactable;
use automerge::{AutoCommit, ObjId, ObjType, PatchAction, Prop, ROOT, ReadDoc};
use maillon_shared::domain::time::Instant;

use super::document::{Document, Heads, JournalError, from_scalar, hashes};
use super::fields::{Fields, knew};
use super::kinds::Kind;
use super::value::Value;

/// The field that marks a line or a document as undone.
pub(super) const UNDONE: &str = "undone";

impl Document {
    /// Takes back what was written between two points. `born` says that the act made the document itself.
    pub fn undo(&mut self, before: &Heads, after: &Heads, born: bool, at: Instant) -> Result<(), JournalError> {
        if !self.header.is_writable() {
            return Err(JournalError::TooNew);
        }
        let (before, after) = (hashes(before), hashes(after));
        if born {
            let now = self.inner.get_heads();
            if !self.inner.diff(&after, &now).is_empty() {
                return Err(JournalError::WrittenSince);
            }
            self.inner.put(ROOT, UNDONE, true)?;
            self.commit(at);
            return Ok(());
        }
        let backwards = self.inner.diff(&after, &before);
        let mut inverses = Vec::new();
        for patch in backwards {
            match patch.action {
                PatchAction::PutMap { key, .. }
                | PatchAction::DeleteMap { key }
                // What was merged left the value and put another beside it.
                | PatchAction::Conflict { prop: Prop::Map(key) } => inverses.push((patch.obj, key)),
                _ => return Err(JournalError::Unreadable),
            }
        }
        let of_what = self.header.kind.says_of_what();
        inverses.retain(|(object, key)| *object != ROOT || Some(key.as_str()) != of_what);
        if inverses.is_empty() {
            return Err(JournalError::NothingToUndo);
        }
        for (object, key) in &inverses {
            refuse_if_written_since(&mut self.inner, object, key, &after)?;
        }
        for (object, key) in inverses {
            if let Some((automerge::Value::Object(ObjType::Map), line)) = self.inner.get(&object, key.as_str())? {
                if matches!(self.header.kind, Kind::Roadmap | Kind::AnnualProgramme | Kind::PostCharter) {
                    // With what someone else writes in it at this moment, the line is there.
                    let known =
                        Fields { document: &self.inner, object: line.clone(), oddities: &Cell::new(0) }.known_now();
                    self.inner.put(&line, knew(UNDONE), known)?;
                }
                self.inner.put(&line, UNDONE, true)?;
                continue;
            }
            let earlier = match self.inner.get_at(&object, key.as_str(), &before)? {
                Some((automerge::Value::Scalar(scalar), _)) => from_scalar(&scalar).unwrap_or(Value::Nothing),
                _ => Value::Nothing,
            };
            match earlier {
                Value::Nothing => self.inner.delete(&object, key.as_str())?,
                Value::Text(text) => self.inner.put(&object, key.as_str(), text)?,
                Value::Int(number) => self.inner.put(&object, key.as_str(), number)?,
                Value::Flag(flag) => self.inner.put(&object, key.as_str(), flag)?,
            }
        }
        self.commit(at);
        Ok(())
    }
}

/// A field is as the act left it when the same writes still stand there; a line, when nothing changed in it.
fn refuse_if_written_since(
    document: &mut AutoCommit,
    object: &ObjId,
    key: &str,
    after: &[automerge::ChangeHash],
) -> Result<(), JournalError> {
    let writes = |values: Vec<(automerge::Value<'_>, ObjId)>| values.into_iter().map(|(_, id)| id).collect::<Vec<_>>();
    let left = writes(document.get_all_at(object, key, after)?);
    let now = writes(document.get_all(object, key)?);
    if left != now {
        return Err(JournalError::WrittenSince);
    }
    if let Some((automerge::Value::Object(ObjType::Map), line)) = document.get(object, key)? {
        let heads = document.get_heads();
        if !document.diff_obj(&line, after, &heads, true)?.is_empty() {
            return Err(JournalError::WrittenSince);
        }
    }
    Ok(())
}
