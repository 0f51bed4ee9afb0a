//! What the directory's codes are called, in the language spoken now.

use maillon_shared::domain::directory::EntryKind;
use maillon_shared::domain::lists::{Item, ListId, Lists};

use crate::lists::label;
use crate::words::{entry_field as w, language};

/// A kind of entry.
pub fn kind_words(kind: &EntryKind) -> &str {
    label(ListId::EntryKinds, kind.code())
}

/// The list in which the roles of a kind are looked for first.
pub fn role_list(kind: &EntryKind) -> ListId {
    match kind {
        EntryKind::Structure => ListId::StructureTypes,
        EntryKind::Professional | EntryKind::Relay | EntryKind::Unknown(_) => ListId::Professions,
    }
}

/// The item of a role: a pharmacy may have been written down as a professional.
pub fn role_item(kind: &EntryKind, role: &str) -> Option<&'static Item> {
    let lists = Lists::starting(language());
    let others = [ListId::Professions, ListId::StructureTypes];
    [role_list(kind)].into_iter().chain(others).find_map(|list| lists.item(list, role))
}

/// The item that goes by a name, in the language spoken now; an id is no name.
pub fn role_named(kind: &EntryKind, name: &str) -> Option<&'static Item> {
    let lists = Lists::starting(language());
    let known = role_item(kind, name);
    known.or_else(|| lists.named(role_list(kind), name))
}

/// A role; what no list has is shown as it is written.
pub fn role_words<'a>(kind: &EntryKind, role: &'a str) -> &'a str {
    role_item(kind, role).map_or(role, |item| item.label)
}

/// A field of an entry: its code, the path of one of its lines, or what a column of a file may hold.
pub fn field_words(path: &str) -> String {
    let words = match path.split('.').next().unwrap_or_default() {
        "kind" => w::kind(),
        "name" => w::name(),
        "given_name" => w::given_name(),
        "full_name" => w::full_name(),
        "role" => w::role(),
        "works_at" => w::works_at(),
        "workplace" => w::workplace(),
        "carrier" => w::carrier(),
        "other_names" => w::other_names(),
        "phones" | "phone" => w::phone(),
        "email" => w::email(),
        "website" => w::website(),
        "address_line" => w::address_line(),
        "hamlet" => w::hamlet(),
        "former_commune" => w::former_commune(),
        "postcode" => w::postcode(),
        "commune" => w::commune(),
        "postcode_and_commune" => w::postcode_and_commune(),
        "commune_code" => w::commune_code(),
        "territory" => w::territory(),
        "hours" => w::hours(),
        "missions" => w::missions(),
        "absence" => w::absence(),
        "rpps" => w::rpps(),
        "finess" => w::finess(),
        "siret" => w::siret(),
        "notes" => w::notes(),
        "to_verify" => w::to_verify(),
        "checked_on" => w::checked_on(),
        newer => return newer.to_owned(),
    };
    words.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use maillon_shared::domain::directory::EntryField;

    #[test]
    fn every_field_of_an_entry_has_words() {
        for field in EntryField::ALL {
            assert_ne!(field_words(field.code()), field.code(), "{field:?}");
        }
    }
}
