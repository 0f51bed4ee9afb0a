//! What a document's fields were, who wrote them and when; and the fields that two devices wrote at once.

use automerge::{ActorId, ChangeHash, ObjId, ObjType, Patch, PatchAction, Prop, ROOT, ReadDoc};
use maillon_shared::api::responses::{Conflict, FieldHistory};
use maillon_shared::domain::time::Instant;

use super::document::{Document, from_scalar};
use super::value::{Value, line_id};

impl Document {
    /// Every value that was written, newest first. The hour is shown with the offset given: a change keeps none.
    pub fn history(&mut self, offset_min: i16) -> Vec<FieldHistory> {
        let mut rows = Vec::new();
        for change in self.inner.get_changes(&[]) {
            if change.actor_id() == &ActorId::from([0_u8; 16].as_slice()) {
                continue;
            }
            let after = [change.hash()];
            let deps: Vec<ChangeHash> = change.deps().to_vec();
            let at = Instant { utc_ms: change.timestamp().saturating_mul(1000), offset_min };
            let device = device(change.actor_id());
            for patch in self.inner.diff(&deps, &after) {
                if let Some((field, value)) = said(&patch) {
                    rows.push(FieldHistory { field, value: value.to_text(), at, device: device.clone() });
                }
            }
        }
        rows.reverse();
        rows
    }

    /// Every field as it stands, lines taken away and undone included: path in codes, value.
    pub fn present(&self) -> Vec<(String, String)> {
        let mut fields = Vec::new();
        self.present_in(&ROOT, "", &mut fields);
        fields
    }

    fn present_in(&self, object: &ObjId, path: &str, fields: &mut Vec<(String, String)>) {
        for key in self.inner.keys(object) {
            let field = join(path, &key);
            // Each of the values that devices wrote at once is held.
            for (value, id) in self.inner.get_all(object, key.as_str()).unwrap_or_default() {
                match value {
                    automerge::Value::Object(ObjType::Map) => self.present_in(&id, &field, fields),
                    value => fields.push((field.clone(), text_of(&value))),
                }
            }
        }
    }

    /// The fields in which two devices wrote different things, neither knowing of the other.
    pub fn conflicts(&self) -> Vec<Conflict> {
        let mut found = Vec::new();
        self.conflicts_in(&ROOT, "", &mut found);
        found
    }

    /// Whether two people wrote words in a field at once, and nobody chose. Where a line stands among the others, and what
    /// it knew of them, are nobody's words.
    pub fn has_two_versions(&self) -> bool {
        let is_said = |field: &str| {
            let last = field.rsplit('.').next().unwrap_or_default();
            !matches!(last, "order" | "under") && !last.starts_with("knew_")
        };
        self.conflicts().iter().any(|conflict| is_said(&conflict.field))
    }

    fn conflicts_in(&self, object: &ObjId, path: &str, found: &mut Vec<Conflict>) {
        for key in self.inner.keys(object) {
            let field = join(path, &key);
            let Ok(values) = self.inner.get_all(object, key.as_str()) else { continue };
            if let [(automerge::Value::Object(ObjType::Map), line)] = values.as_slice() {
                self.conflicts_in(line, &field, found);
                continue;
            }
            if values.len() < 2 {
                continue;
            }
            let shown = self.inner.get(object, key.as_str()).ok().flatten();
            let shown = shown.map(|(value, _)| text_of(&value)).unwrap_or_default();
            let mut texts = vec![shown];
            for (value, _) in &values {
                let text = text_of(value);
                if !texts.contains(&text) {
                    texts.push(text);
                }
            }
            // Two devices that wrote the same agree.
            if texts.len() > 1 {
                found.push(Conflict { field, values: texts });
            }
        }
    }
}

fn text_of(value: &automerge::Value<'_>) -> String {
    match value {
        automerge::Value::Scalar(scalar) => from_scalar(scalar).unwrap_or(Value::Nothing).to_text(),
        automerge::Value::Object(_) => String::new(),
    }
}

/// The field that a patch writes and its value; nothing for a line that comes into being, which its fields tell.
fn said(patch: &Patch) -> Option<(String, Value)> {
    let (key, value) = match &patch.action {
        PatchAction::PutMap { key, value: (automerge::Value::Scalar(scalar), _), .. } => {
            (key, from_scalar(scalar).unwrap_or(Value::Nothing))
        }
        PatchAction::DeleteMap { key } => (key, Value::Nothing),
        _ => return None,
    };
    let mut path = String::new();
    for (_, prop) in &patch.path {
        if let Prop::Map(name) = prop {
            path = join(&path, name);
        }
    }
    Some((join(&path, key), value))
}

/// A path is codes joined by dots; a line is shown as its id, in the 32 digits that the rest of the house writes.
fn join(path: &str, key: &str) -> String {
    let key = match line_id(key) {
        Some(id) => maillon_shared::domain::ids::LineId(id).to_string(),
        None => key.to_owned(),
    };
    if path.is_empty() { key } else { format!("{path}.{key}") }
}

/// The device's part of an actor, shortened.
fn device(actor: &ActorId) -> String {
    actor.to_bytes().iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}
