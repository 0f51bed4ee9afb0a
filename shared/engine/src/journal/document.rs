//! One document: its header, its fields, and its frames.

use std::cell::Cell;
use std::fmt;

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, AutoCommit, AutomergeError, ChangeHash, ObjId, ObjType, ROOT, ReadDoc, ScalarValue};
use maillon_shared::domain::time::Instant;

use super::fields::Fields;
use super::genesis;
use super::kinds::Header;
use super::value::{Place, Value, line_id, line_key};

/// Who writes: 8 bytes of the device, 8 fresh ones for each opening of the notebook, so that a copied folder is never
/// two writers of one name.
pub type Actor = [u8; 16];

/// How far a document has come: hashes of its last changes.
pub type Heads = Vec<[u8; 32]>;

/// One document, open in memory.
pub struct Document {
    /// What it is.
    pub header: Header,
    pub(super) inner: AutoCommit,
}

/// What a merge brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absorbed {
    /// Nothing that was not known.
    Nothing,
    /// Something new.
    Changes,
}

impl Document {
    /// A document that begins.
    pub fn new(header: Header, actor: Actor) -> Result<Self, JournalError> {
        let inner = genesis::document(&header.kind, ActorId::from(actor.as_slice()))?;
        Ok(Document { header, inner })
    }

    /// A document from the frames that were kept of it.
    pub fn load<'a>(
        header: Header,
        frames: impl IntoIterator<Item = &'a [u8]>,
        actor: Actor,
    ) -> Result<Self, JournalError> {
        let mut inner = AutoCommit::new().with_actor(ActorId::from(actor.as_slice()));
        for frame in frames {
            inner.load_incremental(frame)?;
        }
        let heads = inner.get_heads();
        if heads.is_empty() || !inner.get_missing_deps(&heads).is_empty() {
            return Err(JournalError::Unreadable);
        }
        Ok(Document { header, inner })
    }

    /// Writes one field. Nothing is written where it holds that value already, and nobody else wrote another.
    pub fn put(&mut self, place: Place, field: &str, value: Value) -> Result<(), JournalError> {
        if !self.header.is_writable() {
            return Err(JournalError::TooNew);
        }
        let object = match (self.object(place)?, place, &value) {
            (Some(object), ..) => object,
            (None, _, Value::Nothing) | (None, Place::Root, _) => return Ok(()),
            (None, Place::Line(container, id), _) => {
                let container = self.container(container)?.ok_or(JournalError::Unreadable)?;
                self.inner.put_object(&container, line_key(&id), ObjType::Map)?
            }
        };
        let held = self.inner.get_all(&object, field)?;
        let settled = held.len() <= 1;
        let same = match (held.first(), &value) {
            (None, Value::Nothing) => true,
            (Some((automerge::Value::Scalar(held), _)), value) => from_scalar(held).as_ref() == Some(value),
            _ => false,
        };
        if settled && same {
            return Ok(());
        }
        match value {
            Value::Nothing => self.inner.delete(&object, field)?,
            Value::Text(text) => self.inner.put(&object, field, text)?,
            Value::Int(number) => self.inner.put(&object, field, number)?,
            Value::Flag(flag) => self.inner.put(&object, field, flag)?,
        }
        Ok(())
    }

    /// Ends a change: what was put since the last one.
    pub fn commit(&mut self, at: Instant) {
        self.inner.commit_with(CommitOptions::default().with_time(at.utc_ms.div_euclid(1000)));
    }

    /// Forgets what was put since the last commit.
    pub fn roll_back(&mut self) {
        self.inner.rollback();
    }

    /// The fields at a place; none where there is no such line.
    pub fn fields<'a>(&'a self, place: Place, oddities: &'a Cell<u32>) -> Option<Fields<'a>> {
        let object = self.object(place).ok()??;
        Some(Fields { document: &self.inner, object, oddities })
    }

    /// The lines of a map, but those undone.
    pub fn lines<'a>(&'a self, container: &'static str, oddities: &'a Cell<u32>) -> Vec<([u8; 16], Fields<'a>)> {
        let shown = |map: &ObjId, key: &str| self.inner.get(map, key).ok().flatten().into_iter().collect();
        self.lines_of(container, oddities, shown)
    }

    /// The lines of a map of which each is named by what it says, but those undone. Two devices that write one at once make
    /// it twice, and whoever undoes theirs does not undo the other's.
    pub fn lines_named_by_what_they_say<'a>(
        &'a self,
        container: &'static str,
        oddities: &'a Cell<u32>,
    ) -> Vec<([u8; 16], Fields<'a>)> {
        self.lines_of(container, oddities, |map, key| self.inner.get_all(map, key).unwrap_or_default())
    }

    fn lines_of<'a>(
        &'a self,
        container: &'static str,
        oddities: &'a Cell<u32>,
        held: impl Fn(&ObjId, &str) -> Vec<(automerge::Value<'a>, ObjId)>,
    ) -> Vec<([u8; 16], Fields<'a>)> {
        let Ok(Some(map)) = self.container(container) else { return Vec::new() };
        let mut lines = Vec::new();
        for key in self.inner.keys(&map) {
            let Some(id) = line_id(&key) else { continue };
            let made = held(&map, &key).into_iter().filter_map(|(value, object)| match value {
                automerge::Value::Object(ObjType::Map) => Some(Fields { document: &self.inner, object, oddities }),
                _ => None,
            });
            lines.extend({ made }.find(|fields| !fields.is_undone()).map(|fields| (id, fields)));
        }
        lines
    }

    /// Every value a field holds: more than one where devices wrote at once, neither knowing of the other.
    pub fn values(&self, place: Place, field: &str) -> Vec<Value> {
        let Ok(Some(object)) = self.object(place) else { return Vec::new() };
        let values = self.inner.get_all(&object, field).unwrap_or_default();
        let plain = |(value, _): &(automerge::Value<'_>, ObjId)| match value {
            automerge::Value::Scalar(scalar) => from_scalar(scalar),
            automerge::Value::Object(_) => None,
        };
        values.iter().filter_map(plain).collect()
    }

    /// Whether there is such a line, undone or not.
    pub fn has_line(&self, container: &'static str, id: [u8; 16]) -> bool {
        matches!(self.object(Place::Line(container, id)), Ok(Some(_)))
    }

    /// Whether the document itself was undone.
    pub fn is_undone(&self) -> bool {
        let oddities = Cell::new(0);
        self.fields(Place::Root, &oddities).is_some_and(|fields| fields.is_undone())
    }

    /// Marks the document as undone: another of its kind stands for it.
    pub fn end(&mut self) -> Result<(), JournalError> {
        self.put(Place::Root, super::undo::UNDONE, Value::Flag(true))
    }

    /// Takes away the mark of a document that was undone: it is written in again.
    pub fn bring_back(&mut self) -> Result<(), JournalError> {
        match self.is_undone() {
            true => self.put(Place::Root, super::undo::UNDONE, Value::Nothing),
            false => Ok(()),
        }
    }

    /// How far it has come.
    pub fn heads(&mut self) -> Heads {
        self.inner.get_heads().iter().map(|head| head.0).collect()
    }

    /// What was written since, as one frame; empty when nothing was. Since nothing: the whole document.
    pub fn frame_since(&mut self, heads: &Heads) -> Vec<u8> {
        if heads.is_empty() {
            return self.inner.save();
        }
        self.inner.save_after(&hashes(heads))
    }

    /// Takes in a frame from elsewhere. What is known already changes nothing.
    pub fn absorb(&mut self, frame: &[u8]) -> Result<Absorbed, JournalError> {
        let before = self.inner.get_heads();
        self.inner.load_incremental(frame)?;
        Ok(if self.inner.get_heads() == before { Absorbed::Nothing } else { Absorbed::Changes })
    }

    /// Whether nothing is missing of what was taken in: a change whose earlier ones are unknown waits, and would be lost.
    pub fn is_whole(&mut self) -> bool {
        self.inner.get_missing_deps(&[]).is_empty()
    }

    pub(super) fn object(&self, place: Place) -> Result<Option<ObjId>, JournalError> {
        match place {
            Place::Root => Ok(Some(ROOT)),
            Place::Line(container, id) => {
                let Some(map) = self.container(container)? else { return Ok(None) };
                match self.inner.get(&map, line_key(&id))? {
                    Some((automerge::Value::Object(ObjType::Map), object)) => Ok(Some(object)),
                    _ => Ok(None),
                }
            }
        }
    }

    fn container(&self, name: &str) -> Result<Option<ObjId>, JournalError> {
        match self.inner.get(ROOT, name)? {
            Some((automerge::Value::Object(ObjType::Map), object)) => Ok(Some(object)),
            _ => Ok(None),
        }
    }
}

pub(super) fn hashes(heads: &Heads) -> Vec<ChangeHash> {
    heads.iter().map(|head| ChangeHash(*head)).collect()
}

/// A plain value, if it is of a type that is ever written.
pub(super) fn from_scalar(scalar: &ScalarValue) -> Option<Value> {
    match scalar {
        ScalarValue::Str(text) => Some(Value::Text(text.to_string())),
        ScalarValue::Int(number) => Some(Value::Int(*number)),
        ScalarValue::Boolean(flag) => Some(Value::Flag(*flag)),
        ScalarValue::Null => Some(Value::Nothing),
        _ => None,
    }
}

/// Why the journal could not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JournalError {
    /// The frames do not make a document.
    Unreadable,
    /// It is written in a form that only a newer version may write.
    TooNew,
    /// It cannot be undone: someone wrote there since.
    WrittenSince,
    /// Nothing is left to undo.
    NothingToUndo,
}

impl fmt::Display for JournalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            JournalError::Unreadable => "the frames make no document",
            JournalError::TooNew => "the document is written by a newer version",
            JournalError::WrittenSince => "someone wrote there since",
            JournalError::NothingToUndo => "nothing is left to undo",
        })
    }
}

impl std::error::Error for JournalError {}

impl From<AutomergeError> for JournalError {
    fn from(_: AutomergeError) -> Self {
        // What the library says may quote what a user wrote; it goes no further.
        JournalError::Unreadable
    }
}
