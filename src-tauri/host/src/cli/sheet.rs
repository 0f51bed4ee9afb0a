//! People as lines of text: `field: value`, and an empty line between two of them.

use maillon_shared::domain::contact::PhoneField;
use maillon_shared::domain::ids::LineId;
use maillon_shared::domain::person::{PersonChange, PersonField};
use maillon_shared::domain::time::PartialDate;

/// One line of a sheet, or nothing where it is not understood: a field's code, `birth` or `phone`, a colon, the value.
/// Each `phone` is another one; `line` names it.
pub(super) fn change(text: &str, line: impl FnOnce() -> LineId) -> Option<PersonChange> {
    let (field, value) = text.split_once(':')?;
    let (field, value) = (field.trim(), value.trim());
    match field {
        "birth" => PartialDate::parse(value).map(|birth| PersonChange::Birth(Some(birth))),
        "phone" => Some(PersonChange::Phone(line(), PhoneField::Number, value.to_owned())),
        _ => PersonField::from_code(field).map(|field| PersonChange::Text(field, value.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: LineId = LineId([7; 16]);

    #[test]
    fn a_line_names_a_field_and_says_what_it_is() {
        let text = |field, value: &str| Some(PersonChange::Text(field, value.to_owned()));
        for (line, expected) in [
            ("family_name: Marchais", text(PersonField::FamilyName, "Marchais")),
            ("approach : sonner : deux fois", text(PersonField::Approach, "sonner : deux fois")),
            ("email:", text(PersonField::Email, "")),
            ("birth: 1938-04", Some(PersonChange::Birth(PartialDate::parse("1938-04")))),
            ("phone: 04 65 71 00 01", Some(PersonChange::Phone(LINE, PhoneField::Number, "04 65 71 00 01".into()))),
            ("birth: au printemps", None),
            ("nom: Marchais", None),
            ("Marchais", None),
        ] {
            assert_eq!(change(line, || LINE), expected, "{line}");
        }
    }
}
