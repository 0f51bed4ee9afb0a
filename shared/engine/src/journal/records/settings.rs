//! The settings in their document, and what was changed of the lists.
//!
//! What was changed of an item that everybody starts with stands on the document itself, one field for each thing: a line
//! first made on two devices would hide one of the two. An item made here is a line, whose id is random.

use std::cell::Cell;

use maillon_shared::domain::ids::LineId;
use maillon_shared::domain::list_edits::{ItemEdit, ItemKey, ListChange, ListEdits, OwnItem};
use maillon_shared::domain::settings::{Settings, SettingsField};
use maillon_shared::text::language::Language;

use super::super::document::{Document, JournalError};
use super::super::fields::Fields;
use super::super::value::{Place, Value};

/// How the fields of items that everybody starts with begin: `item.request_topics.transport.hidden`.
const ITEM: &str = "item.";
/// Where items made here are.
const LISTS: &str = "lists";
const LIST: &str = "list";
const WORDS: &str = "words";
const HIDDEN: &str = "hidden";
const PLACE: &str = "place";

/// Writes one setting.
pub fn write(document: &mut Document, field: SettingsField, text: &str) -> Result<(), JournalError> {
    document.put(Place::Root, field.code(), Value::text(text))
}

/// Writes one change of a list.
pub fn write_list(document: &mut Document, change: &ListChange) -> Result<(), JournalError> {
    match change {
        ListChange::Add(list, id, words) => {
            let line = Place::Line(LISTS, id.0);
            document.put(line, LIST, Value::text(list.code()))?;
            document.put(line, WORDS, Value::text(words))
        }
        ListChange::Words(key, language, words) => put(document, key, language.code(), Value::text(words)),
        ListChange::Hidden(key, hidden) => put(document, key, HIDDEN, Value::flag(*hidden)),
        ListChange::Place(key, place) => put(document, key, PLACE, place.map_or(Value::Nothing, Value::Int)),
    }
}

fn put(document: &mut Document, key: &ItemKey, field: &str, value: Value) -> Result<(), JournalError> {
    match key {
        ItemKey::Starting(list, item) => {
            document.put(Place::Root, &format!("{ITEM}{}.{item}.{field}", list.code()), value)
        }
        ItemKey::Own(id) => document.put(Place::Line(LISTS, id.0), field, value),
    }
}

/// Reads them.
pub fn read(document: &Document, oddities: &Cell<u32>) -> Settings {
    let mut settings = Settings::default();
    if let Some(fields) = document.fields(Place::Root, oddities) {
        for field in SettingsField::ALL {
            *settings.text_mut(*field) = fields.text(field.code());
        }
        settings.lists = read_lists(document, &fields, oddities);
    }
    settings
}

fn read_lists(document: &Document, fields: &Fields<'_>, oddities: &Cell<u32>) -> ListEdits {
    let mut edits = ListEdits::default();
    for name in fields.names(ITEM) {
        let mut parts = name.splitn(3, '.');
        if let (Some(list), Some(item), Some(_)) = (parts.next(), parts.next(), parts.next()) {
            let key = (list.to_owned(), item.to_owned());
            let before = format!("{ITEM}{list}.{item}.");
            edits.starting.entry(key).or_insert_with(|| read_edit(fields, &before));
        }
    }
    for (id, line) in document.lines(LISTS, oddities) {
        let item = OwnItem { list: line.text(LIST), words: line.text(WORDS), edit: read_edit(&line, "") };
        edits.own.insert(LineId(id), item);
    }
    edits
}

fn read_edit(fields: &Fields<'_>, before: &str) -> ItemEdit {
    let named = |field: &str| format!("{before}{field}");
    let languages = Language::ALL.map(|language| named(language.code()));
    ItemEdit {
        fr: fields.text(&languages[0]),
        en: fields.text(&languages[1]),
        others: languages.iter().flat_map(|field| fields.other_texts(field)).collect(),
        hidden: fields.flag(&named(HIDDEN)),
        place: fields.int(&named(PLACE)),
    }
}
