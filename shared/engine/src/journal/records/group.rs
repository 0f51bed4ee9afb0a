//! A group of coordinators in its documents: what it is called; what each says in it of their own place; and, in one's own
//! notebook, what one answered.
//!
//! What a coordinator says in a group says not who they are: that is known by whose device wrote it.

use std::cell::Cell;

use maillon_shared::domain::group::{Group, Said, Standing};
use maillon_shared::domain::ids::GroupId;

use super::super::document::{Document, JournalError};
use super::super::fields::Fields;
use super::super::kinds::Scope;
use super::super::value::{Place, Value};

const NAME: &str = "name";
const AIM: &str = "aim";
const STANDING: &str = "standing";
const ON: &str = "on";
const ANSWERS: &str = "answers";

/// Writes what a group is called.
pub fn write_name(document: &mut Document, name: &str) -> Result<(), JournalError> {
    document.put(Place::Root, NAME, Value::text(name))
}

/// Writes what it is for.
pub fn write_aim(document: &mut Document, aim: &str) -> Result<(), JournalError> {
    document.put(Place::Root, AIM, Value::text(aim))
}

/// Reads a group; nothing in a document of another scope.
pub fn read(document: &Document, oddities: &Cell<u32>) -> Option<Group> {
    let Scope::Group(id) = document.header.scope else { return None };
    let fields = document.fields(Place::Root, oddities)?;
    Some(Group { id, name: fields.text(NAME), aim: fields.text(AIM) })
}

/// Writes what a coordinator says of their own place.
pub fn write_word(document: &mut Document, said: &Said) -> Result<(), JournalError> {
    put(document, Place::Root, said)
}

/// Reads it.
pub fn read_word(document: &Document, oddities: &Cell<u32>) -> Option<Said> {
    said(&document.fields(Place::Root, oddities)?)
}

/// Writes what this coordinator answered to a group.
pub fn write_answer(document: &mut Document, group: GroupId, said: &Said) -> Result<(), JournalError> {
    put(document, Place::Line(ANSWERS, group.0), said)
}

/// Reads what they answered.
pub fn answers(document: &Document, oddities: &Cell<u32>) -> Vec<(GroupId, Said)> {
    let lines = document.lines(ANSWERS, oddities).into_iter();
    lines.filter_map(|(id, line)| Some((GroupId(id), said(&line)?))).collect()
}

fn put(document: &mut Document, place: Place, said: &Said) -> Result<(), JournalError> {
    document.put(place, STANDING, Value::text(said.standing.code()))?;
    document.put(place, ON, Some(said.on).into())
}

fn said(fields: &Fields<'_>) -> Option<Said> {
    Some(Said { standing: Standing::from_code(&fields.text(STANDING)), on: fields.day(ON)? })
}
