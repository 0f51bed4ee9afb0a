//! The settings in their document.

use std::cell::Cell;

use maillon_shared::domain::settings::{Settings, SettingsField};

use super::super::document::{Document, JournalError};
use super::super::value::{Place, Value};

/// Writes one setting.
pub fn write(document: &mut Document, field: SettingsField, text: &str) -> Result<(), JournalError> {
    document.put(Place::Root, field.code(), Value::text(text))
}

/// Reads them.
pub fn read(document: &Document, oddities: &Cell<u32>) -> Settings {
    let mut settings = Settings::default();
    if let Some(fields) = document.fields(Place::Root, oddities) {
        for field in SettingsField::ALL {
            *settings.text_mut(*field) = fields.text(field.code());
        }
    }
    settings
}
