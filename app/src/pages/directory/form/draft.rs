//! What a form of the directory keeps in its draft, and the entry that it saves.

use maillon_shared::domain::contact::PhoneField;
use maillon_shared::domain::directory::{DirectoryEntry, EntryField, EntryKind};
use maillon_shared::domain::ids::EntryId;
use maillon_shared::text::language::Language;

use crate::drafts::{self, Fields};
use crate::pages::directory::words::role_named;

const KIND: &str = "kind";
const WORKS_AT: &str = "works_at";

/// What differs from the entry that the form was opened with, by name.
pub fn fields_since(opened: &DirectoryEntry, now: &DirectoryEntry) -> Fields {
    let mut fields = Fields::default();
    for (field, text) in opened.text_differences(now) {
        fields.put(field.code(), text);
    }
    if opened.kind != now.kind {
        fields.put(KIND, now.kind.code());
    }
    if opened.works_at != now.works_at {
        fields.put(WORKS_AT, now.works_at.map(|id| id.to_string()).unwrap_or_default());
    }
    drafts::put_phones(&mut fields, &opened.phones, &now.phones);
    fields
}

/// The same, of an entry that is not there yet: what it is goes with it, whatever kind the form is opened for next.
pub fn fields_of_new(opened: &DirectoryEntry, now: &DirectoryEntry) -> Fields {
    let mut fields = fields_since(opened, now);
    let is_begun = fields.iter().next().is_some();
    if is_begun && fields.iter().all(|(name, _)| name != KIND) {
        fields.put(KIND, now.kind.code());
    }
    fields
}

/// Lays a draft over the entry.
pub fn lay(entry: &mut DirectoryEntry, fields: &Fields) {
    for (name, value) in fields.iter() {
        let parts: Vec<&str> = name.split('.').collect();
        match parts[..] {
            [KIND] => entry.kind = EntryKind::from_code(value),
            [WORKS_AT] => entry.works_at = EntryId::parse(value),
            ["phone", id, what] => drafts::lay_phone(&mut entry.phones, id, what, value),
            [code] => {
                if let Some(field) = EntryField::from_code(code) {
                    *entry.text_mut(field) = value.to_owned();
                }
            }
            _ => {}
        }
    }
}

/// The entry as it is saved: spaces at the ends of a line are nobody's words, lines with nothing in them are no lines.
pub fn settled(entry: &DirectoryEntry, language: Language) -> DirectoryEntry {
    let mut entry = entry.clone();
    for field in EntryField::ALL {
        let keeps_its_shape = matches!(field, EntryField::Notes | EntryField::Missions | EntryField::Hours);
        if !keeps_its_shape || entry.text(*field).trim().is_empty() {
            let trimmed = entry.text(*field).trim().to_owned();
            *entry.text_mut(*field) = trimmed;
        }
    }
    // "Infirmier", typed to the end and not chosen, is the item all the same; other words stay words.
    if let Some(item) = role_named(&entry.kind, &entry.role, language) {
        entry.role = item.id.to_owned();
    }
    entry.phones.retain(|phone| PhoneField::ALL.iter().any(|field| !phone.text(*field).trim().is_empty()));
    entry
}

/// The entry that someone typed the name of: a structure has one name, a person two.
pub fn named(mut entry: DirectoryEntry, typed: &str) -> DirectoryEntry {
    let typed = typed.trim();
    match (&entry.kind, typed.split_once(' ')) {
        (EntryKind::Professional | EntryKind::Relay, Some((given, family))) => {
            entry.given_name = given.to_owned();
            entry.name = family.trim().to_owned();
        }
        _ => entry.name = typed.to_owned(),
    }
    entry
}

#[cfg(test)]
mod tests {
    use super::*;
    use maillon_shared::domain::contact::Phone;
    use maillon_shared::domain::ids::LineId;

    fn pharmacy() -> DirectoryEntry {
        let mut entry = DirectoryEntry::empty(EntryId([1; 16]), EntryKind::Structure);
        entry.name = "Pharmacie du Lavoir".into();
        entry.phones = vec![Phone { id: LineId([2; 16]), number: "04 65 71 00 01".into(), label: String::new() }];
        entry
    }

    #[test]
    fn an_entry_opened_and_left_is_the_same() {
        assert!(fields_since(&pharmacy(), &pharmacy()).is_empty());
        assert_eq!(settled(&pharmacy(), Language::Fr), pharmacy());
    }

    #[test]
    fn a_draft_finds_every_field_again() {
        let mut edited = pharmacy();
        edited.kind = EntryKind::Professional;
        edited.works_at = Some(EntryId([9; 16]));
        edited.missions = "Pilulier\nlivraison ".into();
        edited.phones.clear();
        edited.phones.push(Phone { id: LineId([4; 16]), number: "06 39 98 00 01".into(), label: "le soir".into() });
        let kept = Fields::read(&fields_since(&pharmacy(), &edited).write());
        let mut reopened = pharmacy();
        lay(&mut reopened, &kept);
        assert_eq!(reopened, edited);
    }

    #[test]
    fn a_draft_is_laid_over_what_a_colleague_wrote_meanwhile() {
        let mut edited = pharmacy();
        edited.email = "lavoir@exemple.example".into();
        let kept = fields_since(&pharmacy(), &edited);
        let mut now = pharmacy();
        now.absence = "en août".into();
        lay(&mut now, &kept);
        assert_eq!((now.absence.as_str(), now.email.as_str()), ("en août", "lavoir@exemple.example"));
    }

    #[test]
    fn a_new_entry_half_filled_stays_what_it_is() {
        let of = |kind| DirectoryEntry::empty(EntryId([1; 16]), kind);
        let begun = named(of(EntryKind::Professional), "Élise Vauquenard");
        let kept = fields_of_new(&of(EntryKind::Professional), &begun);
        let mut reopened = of(EntryKind::Structure);
        lay(&mut reopened, &kept);
        assert_eq!(reopened, begun);
        assert!(fields_of_new(&of(EntryKind::Relay), &of(EntryKind::Relay)).is_empty());
    }

    #[test]
    fn what_is_saved_has_no_empty_lines() {
        let mut edited = pharmacy();
        edited.name = " Pharmacie du Lavoir ".into();
        edited.notes = " \n".into();
        edited.phones.push(Phone::empty(LineId([3; 16])));
        assert_eq!(settled(&edited, Language::Fr), pharmacy());
    }

    #[test]
    fn a_role_of_the_lists_is_kept_by_its_id_and_any_other_as_it_is_written() {
        let saved = |role: &str| settled(&DirectoryEntry { role: role.into(), ..pharmacy() }, Language::Fr).role;
        assert_eq!(saved("pharmacie"), "pharmacie");
        assert_eq!(saved(" Pharmacie "), "pharmacie");
        assert_eq!(saved("tiers-lieu"), "tiers-lieu");
    }

    #[test]
    fn a_name_typed_in_the_search_is_put_in_its_fields() {
        let of = |kind| DirectoryEntry::empty(EntryId([1; 16]), kind);
        let someone = named(of(EntryKind::Professional), " Élise du Vauquenard");
        assert_eq!((someone.given_name.as_str(), someone.name.as_str()), ("Élise", "du Vauquenard"));
        assert_eq!(named(of(EntryKind::Structure), "Maison de santé").name, "Maison de santé");
        assert_eq!(named(of(EntryKind::Professional), "Vauquenard").name, "Vauquenard");
    }
}
