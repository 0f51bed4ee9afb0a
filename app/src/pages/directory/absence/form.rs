//! What the draft of an absence keeps.

use maillon_shared::domain::absence::{Absence, AbsenceField};
use maillon_shared::domain::ids::EntryId;

use crate::drafts::Fields;

/// Whether nothing is said that could be of use.
pub fn is_empty(absence: &Absence) -> bool {
    let said = AbsenceField::ALL.iter().any(|field| !absence.text(*field).trim().is_empty());
    !said && absence.from.is_none() && absence.until.is_none() && absence.stand_in.is_none()
}

/// What differs from the absence as it was opened, by name.
pub fn fields_since(opened: &Absence, now: &Absence) -> Fields {
    let mut fields = Fields::default();
    for (field, text) in opened.text_differences(now) {
        fields.put(field.code(), text);
    }
    let of = |absence: &Absence| {
        [
            ("from", absence.from.map(|day| day.to_string()).unwrap_or_default()),
            ("until", absence.until.map(|day| day.to_string()).unwrap_or_default()),
            ("stand_in", absence.stand_in.map(|id| id.to_string()).unwrap_or_default()),
        ]
    };
    for (name, value) in Fields::that_differ(of(opened), of(now)).iter() {
        fields.put(name, value);
    }
    fields
}

/// Lays a draft over the absence.
pub fn lay(form: &mut Absence, fields: &Fields) {
    for (name, value) in fields.iter() {
        match name {
            "from" => form.from = value.parse().ok(),
            "until" => form.until = value.parse().ok(),
            "stand_in" => form.stand_in = EntryId::parse(value),
            code => {
                if let Some(field) = AbsenceField::from_code(code) {
                    *form.text_mut(field) = value.to_owned();
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use maillon_shared::domain::ids::LineId;

    #[test]
    fn a_draft_finds_the_whole_absence_again() {
        let opened = Absence::empty(LineId([1; 16]));
        assert!(is_empty(&opened) && fields_since(&opened, &opened).is_empty());
        let mut form = opened.clone();
        (form.from, form.until) = ("2026-08-03".parse().ok(), "2026-08-21".parse().ok());
        form.stand_in = Some(EntryId([2; 16]));
        form.note = "répondeur".into();
        assert!(!is_empty(&form));
        let mut reopened = opened.clone();
        lay(&mut reopened, &Fields::read(&fields_since(&opened, &form).write()));
        assert_eq!(reopened, form);
    }
}
