//! What to write so that a field of an entry says one thing only.

use maillon_shared::domain::absence::{AbsenceChange, AbsenceField};
use maillon_shared::domain::contact::PhoneField;
use maillon_shared::domain::directory::{EntryChange, EntryField, EntryKind};
use maillon_shared::domain::ids::LineId;
use maillon_shared::domain::mission::{MissionChange, MissionField};

use super::key::entry_id;

/// What makes a field, by its path, say this and nothing else; nothing for what a newer version wrote.
pub fn change(path: &str, value: &str) -> Option<EntryChange> {
    match path.split('.').collect::<Vec<_>>()[..] {
        ["kind"] => Some(EntryChange::Kind(EntryKind::from_code(value))),
        ["works_at"] if value.is_empty() => Some(EntryChange::WorksAt(None)),
        ["works_at"] => entry_id(value).map(|id| EntryChange::WorksAt(Some(id))),
        ["checked_on"] if value.is_empty() => Some(EntryChange::CheckedOn(None)),
        ["checked_on"] => value.parse().ok().map(|day| EntryChange::CheckedOn(Some(day))),
        ["phones", id, field] => {
            Some(EntryChange::Phone(LineId::parse(id)?, PhoneField::from_code(field)?, value.to_owned()))
        }
        ["offers", id, field] => Some(EntryChange::Mission(LineId::parse(id)?, mission_change(field, value)?)),
        ["absences", id, field] => Some(EntryChange::Absence(LineId::parse(id)?, absence_change(field, value)?)),
        [code] => EntryField::from_code(code).map(|field| EntryChange::Text(field, value.to_owned())),
        _ => None,
    }
}

fn mission_change(field: &str, value: &str) -> Option<MissionChange> {
    if let Some(key) = field.strip_prefix("commune_") {
        let name = Some(value.to_owned()).filter(|name| !name.is_empty());
        return Some(MissionChange::Commune(key.to_owned(), name));
    }
    match field {
        "checked_on" => Some(MissionChange::CheckedOn(value.parse().ok())),
        code => MissionField::from_code(code).map(|field| MissionChange::Text(field, value.to_owned())),
    }
}

fn absence_change(field: &str, value: &str) -> Option<AbsenceChange> {
    match field {
        "from" => Some(AbsenceChange::From(value.parse().ok())),
        "until" => Some(AbsenceChange::Until(value.parse().ok())),
        "stand_in" => Some(AbsenceChange::StandIn(entry_id(value))),
        code => AbsenceField::from_code(code).map(|field| AbsenceChange::Text(field, value.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeping_a_version_writes_that_field_alone() {
        let line = LineId([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
        for (path, value, expected) in [
            ("hours".to_owned(), "9 h", Some(EntryChange::Text(EntryField::Hours, "9 h".into()))),
            ("kind".to_owned(), "relay", Some(EntryChange::Kind(EntryKind::Relay))),
            ("works_at".to_owned(), "", Some(EntryChange::WorksAt(None))),
            ("works_at".to_owned(), "not an id", None),
            (format!("phones.{line}.number"), "15", Some(EntryChange::Phone(line, PhoneField::Number, "15".into()))),
            (
                format!("offers.{line}.what"),
                "Repas",
                Some(EntryChange::Mission(line, MissionChange::Text(MissionField::What, "Repas".into()))),
            ),
            (
                format!("offers.{line}.commune_13900"),
                "",
                Some(EntryChange::Mission(line, MissionChange::Commune("13900".into(), None))),
            ),
            (
                format!("absences.{line}.until"),
                "2026-08-21",
                Some(EntryChange::Absence(line, AbsenceChange::Until("2026-08-21".parse().ok()))),
            ),
            ("newer".to_owned(), "x", None),
        ] {
            assert_eq!(change(&path, value), expected, "{path}");
        }
    }
}
