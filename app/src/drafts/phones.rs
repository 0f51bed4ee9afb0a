//! The telephones of a form, in its draft: a field for each part of a line that differs, and one for each line taken away.

use maillon_shared::domain::contact::{Phone, PhoneField};
use maillon_shared::domain::ids::LineId;

use super::Fields;

/// Says that a line was taken away.
const GONE: &str = "gone";

/// Keeps what differs between the telephones that a form was opened with and those it has now.
pub fn put_phones(fields: &mut Fields, opened: &[Phone], now: &[Phone]) {
    for phone in now {
        let before = opened.iter().find(|before| before.id == phone.id);
        let before = before.cloned().unwrap_or_else(|| Phone::empty(phone.id));
        for (field, text) in before.text_differences(phone) {
            fields.put(format!("phone.{}.{}", phone.id, field.code()), text);
        }
    }
    for gone in opened.iter().filter(|old| now.iter().all(|new| new.id != old.id)) {
        fields.put(format!("phone.{}.{GONE}", gone.id), "");
    }
}

/// Lays `phone.ID.WHAT` over the telephones of a form.
pub fn lay_phone(phones: &mut Vec<Phone>, id: &str, what: &str, value: &str) {
    let Some(id) = LineId::parse(id) else { return };
    if what == GONE {
        phones.retain(|phone| phone.id != id);
        return;
    }
    let Some(field) = PhoneField::from_code(what) else { return };
    let at = phones.iter().position(|phone| phone.id == id).unwrap_or_else(|| {
        phones.push(Phone::empty(id));
        phones.len() - 1
    });
    *phones[at].text_mut(field) = value.to_owned();
}
