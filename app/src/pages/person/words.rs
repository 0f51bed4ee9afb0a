//! What the fields of a sheet and their values are called, by the paths and the codes that the document writes.

use chrono::NaiveDate;
use maillon_shared::domain::contact::PhoneField;
use maillon_shared::domain::ids::LineId;
use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::person::{Person, PersonChange, PersonField, PersonState, RelatedField};
use maillon_shared::domain::position::Position;
use maillon_shared::domain::time::PartialDate;
use maillon_shared::text::phone::Phone;

use crate::lists::label;
use crate::pages::directory::register_entry_id;
use crate::pages::sheet::state_words;
use crate::ui::position_of_words;
use crate::when;
use crate::words::{Word, addresses, entry_field, household, register, sheet};

/// A field by its path: "Prénom", or "Quelqu'un autour · Lien" for a part of a line.
pub fn field_words(path: &str) -> String {
    let (line, part) = match path.split('.').collect::<Vec<_>>()[..] {
        [line, _, part] => (line_word(line), part_word(line, part)),
        _ => (field_word(path), None),
    };
    match (line, part) {
        (Some(line), Some(part)) if line() != part() => format!("{} · {}", line(), part()),
        (Some(line), _) => line().to_owned(),
        // Written by a newer version.
        (None, _) => path.to_owned(),
    }
}

fn field_word(code: &str) -> Option<Word> {
    Some(match code {
        "civility" => sheet::civility,
        "given_name" => sheet::given_name,
        "family_name" => sheet::family_name,
        "usual_name" => sheet::usual_name,
        "address_line" => sheet::line,
        "hamlet" => sheet::hamlet,
        "former_commune" => sheet::former_commune,
        "postcode" => sheet::postcode,
        "commune" => sheet::commune,
        "commune_code" => entry_field::commune_code,
        "position" => addresses::position,
        "email" => sheet::email,
        "language" => sheet::language,
        "household" => sheet::household,
        "approach" => sheet::approach,
        "notes" => sheet::notes,
        "birth" => sheet::birth,
        "state" => sheet::state,
        "absent_until" => sheet::until,
        "register_entry" => register::title,
        "home" => household::title,
        _ => return None,
    })
}

fn line_word(line: &str) -> Option<Word> {
    match line {
        "phones" => Some(sheet::phone),
        "related" => Some(sheet::related),
        _ => None,
    }
}

fn part_word(line: &str, part: &str) -> Option<Word> {
    Some(match (line, part) {
        ("phones", "number") => sheet::phone_number,
        ("phones", "label") => sheet::phone_label,
        ("related", "name") => sheet::related_name,
        ("related", "relation") => sheet::related_relation,
        ("related", "phone") => sheet::related_phone,
        ("related", "note") => sheet::related_note,
        ("related", "call_first") => sheet::related_first,
        _ => return None,
    })
}

/// A value by the path of its field, as it is written.
pub fn value_words(path: &str, value: &str) -> String {
    match path.rsplit('.').next().unwrap_or_default() {
        // The day of an absence is a field of its own.
        "state" => state_words(&PersonState::from_parts(value, Some(NaiveDate::default()))),
        "absent_until" => value.parse().map_or_else(|_| value.to_owned(), when::whole_date),
        "birth" => PartialDate::parse(value).map_or_else(|| value.to_owned(), when::birth),
        // Which entry it is says nothing to anyone: an id of nobody.
        "register_entry" if !value.is_empty() => register::entry().to_owned(),
        // Which household it is says nothing either.
        "home" if !value.is_empty() => household::joined().to_owned(),
        "position" => Position::parse(value).map_or_else(|| value.to_owned(), |at| position_of_words(&at)),
        "language" => label(ListId::Languages, value).to_owned(),
        "relation" => label(ListId::Relations, value).to_owned(),
        "label" => label(ListId::PhoneLabels, value).to_owned(),
        "number" | "phone" if !value.is_empty() => Phone::parse(value).show(),
        "call_first" if !value.is_empty() => sheet::yes().to_owned(),
        _ => value.to_owned(),
    }
}

/// What to write so that a field of this sheet says this and nothing else; nothing for what a newer version wrote.
pub fn change(person: &Person, path: &str, value: &str) -> Option<PersonChange> {
    let until = match person.state {
        PersonState::AbsentUntil(day) => Some(day),
        _ => None,
    };
    match path.split('.').collect::<Vec<_>>()[..] {
        ["birth"] if value.is_empty() => Some(PersonChange::Birth(None)),
        ["birth"] => PartialDate::parse(value).map(|birth| PersonChange::Birth(Some(birth))),
        ["state"] => match PersonState::from_parts(value, until) {
            PersonState::Unknown(_) => None,
            state => Some(PersonChange::State(state)),
        },
        ["absent_until"] => {
            let day = value.parse().ok().filter(|_| until.is_some());
            day.map(|day| PersonChange::State(PersonState::AbsentUntil(day)))
        }
        ["register_entry"] if value.is_empty() => Some(PersonChange::RegisterEntry(None)),
        ["register_entry"] => register_entry_id(value).map(|id| PersonChange::RegisterEntry(Some(id))),
        ["phones", id, field] => {
            Some(PersonChange::Phone(LineId::parse(id)?, PhoneField::from_code(field)?, value.to_owned()))
        }
        ["related", id, "call_first"] => Some(PersonChange::CallFirst(LineId::parse(id)?, !value.is_empty())),
        ["related", id, field] => {
            Some(PersonChange::Related(LineId::parse(id)?, RelatedField::from_code(field)?, value.to_owned()))
        }
        [code] => PersonField::from_code(code).map(|field| PersonChange::Text(field, value.to_owned())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use maillon_shared::domain::ids::{PersonId, RegisterEntryId};

    #[test]
    fn every_field_of_a_sheet_has_words() {
        for field in PersonField::ALL {
            assert!(field_word(field.code()).is_some(), "{field:?}");
        }
        for field in RelatedField::ALL {
            assert!(part_word("related", field.code()).is_some(), "{field:?}");
        }
        for field in PhoneField::ALL {
            assert!(part_word("phones", field.code()).is_some(), "{field:?}");
        }
    }

    #[test]
    fn keeping_a_version_writes_that_field_alone() {
        let line = LineId([7; 16]);
        let mut odette = Person::empty(PersonId([1; 16]));
        let day = |text: &str| text.parse::<NaiveDate>().expect("a date");
        odette.state = PersonState::AbsentUntil(day("2026-12-01"));
        for (path, value, expected) in [
            ("hamlet".into(), "Le Pont", Some(PersonChange::Text(PersonField::Hamlet, "Le Pont".into()))),
            ("birth".into(), "", Some(PersonChange::Birth(None))),
            ("birth".into(), "1941-04", Some(PersonChange::Birth(PartialDate::parse("1941-04")))),
            ("state".into(), "", Some(PersonChange::State(PersonState::Followed))),
            ("state".into(), "absent", Some(PersonChange::State(odette.state.clone()))),
            ("state".into(), "suspended", None),
            (
                "absent_until".into(),
                "2027-01-02",
                Some(PersonChange::State(PersonState::AbsentUntil(day("2027-01-02")))),
            ),
            (format!("phones.{line}.number"), "15", Some(PersonChange::Phone(line, PhoneField::Number, "15".into()))),
            (format!("related.{line}.call_first"), "1", Some(PersonChange::CallFirst(line, true))),
            (format!("related.{line}.note"), "", Some(PersonChange::Related(line, RelatedField::Note, "".into()))),
            (
                "register_entry".into(),
                "AAECAwQFBgcICQoLDA0ODw",
                Some(PersonChange::RegisterEntry(Some(RegisterEntryId([
                    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
                ])))),
            ),
            ("register_entry".into(), "", Some(PersonChange::RegisterEntry(None))),
            ("newer".into(), "x", None),
        ] {
            assert_eq!(change(&odette, &path, value), expected, "{path}");
        }
        // Until when they would be away is not known here: it is written in the form.
        let back = Person::empty(PersonId([1; 16]));
        assert_eq!(change(&back, "state", "absent"), None);
    }
}
