//! What the directory's codes are called, in the language spoken now.

use maillon_shared::domain::directory::EntryKind;
use maillon_shared::domain::lists::{Item, ListId};
use maillon_shared::text::language::Language;

use super::told::{day_words, topic_words};
use crate::lists::{label, lists_in};
use crate::words::{
    Word, absence as a, addresses, entry_field as w, in_a_row, language, mission as m, people_field as p, register as r,
};

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
pub fn role_item(kind: &EntryKind, role: &str, language: Language) -> Option<&'static Item> {
    let lists = lists_in(language);
    let others = [ListId::Professions, ListId::StructureTypes];
    [role_list(kind)].into_iter().chain(others).find_map(|list| lists.item(list, role))
}

/// The item that an id or a name says.
pub fn role_named(kind: &EntryKind, name: &str, language: Language) -> Option<&'static Item> {
    role_item(kind, name, language).or_else(|| lists_in(language).named(role_list(kind), name))
}

/// A role; what no list has is shown as it is written.
pub fn role_words<'a>(kind: &EntryKind, role: &'a str) -> &'a str {
    role_item(kind, role, language()).map_or_else(|| label(role_list(kind), role), |item| &item.label)
}

/// How the paths of missions begin.
pub const OFFERS: &str = "offers.";

/// The part of a mission that the last part of a path names: what documents write of publics, communes and days is one
/// field each.
fn mission_word(part: &str) -> Word {
    match part {
        "topic" => m::topic,
        "what" => m::what,
        "access" => m::access,
        "phone" => m::phone,
        "delay" => m::delay,
        "hours" => m::hours,
        "note" => m::note,
        "to_verify" => m::to_verify,
        "checked_on" => m::checked,
        "for_inhabitants" => m::inhabitants,
        part if part.starts_with("public_") => m::publics,
        part if part.starts_with("commune_") => m::communes,
        part if part.starts_with("day_") => m::days,
        _ => m::one,
    }
}

/// What a value of a mission says, where it is not the words themselves.
pub fn mission_value_words(part: &str, value: &str) -> Option<String> {
    if let Some(public) = part.strip_prefix("public_") {
        return Some(label(ListId::Publics, public).to_owned());
    }
    if let Some(day) = part.strip_prefix("day_").and_then(|day| day.parse().ok()) {
        return Some(day_words(day));
    }
    match part {
        "topic" => Some(topic_words(value).to_owned()),
        "for_inhabitants" => Some(m::public_tag().to_owned()),
        _ => None,
    }
}

/// The part of an absence that the last part of a path names.
fn absence_word(part: &str) -> Word {
    match part {
        "from" => a::from,
        "until" => a::until,
        "stand_in" | "stand_in_words" => a::stand_in,
        "note" => a::note,
        _ => a::one,
    }
}

/// A field of an entry: its code, the path of one of its lines, or what a column of a file may hold.
pub fn field_words(path: &str) -> String {
    let part = path.rsplit('.').next().unwrap_or_default();
    if path.starts_with(OFFERS) {
        return in_a_row([m::one(), mission_word(part)()]);
    }
    if path.starts_with("absences.") {
        return in_a_row([a::one(), absence_word(part)()]);
    }
    field_word(path).map_or_else(|| path.to_owned(), |word| word().to_owned())
}

fn field_word(path: &str) -> Option<Word> {
    Some(match path.split('.').next().unwrap_or_default() {
        "kind" => w::kind,
        "name" => w::name,
        "given_name" => w::given_name,
        "full_name" => w::full_name,
        "role" => w::role,
        "works_at" => w::works_at,
        "workplace" => w::workplace,
        "carrier" => w::carrier,
        "other_names" => w::other_names,
        "phones" | "phone" => w::phone,
        "email" => w::email,
        "website" => w::website,
        "address_line" => w::address_line,
        "hamlet" => w::hamlet,
        "former_commune" => w::former_commune,
        "postcode" => w::postcode,
        "commune" => w::commune,
        "postcode_and_commune" => w::postcode_and_commune,
        "commune_code" => w::commune_code,
        "territory" => w::territory,
        "hours" => w::hours,
        "missions" => w::missions,
        "absence" => w::absence,
        "touch_months" => w::touch_months,
        "rpps" => w::rpps,
        "finess" => w::finess,
        "siret" => w::siret,
        "notes" => w::notes,
        "to_verify" => w::to_verify,
        "card_properties" => w::card_properties,
        "checked_on" => w::checked_on,
        _ => return people_field_word(path),
    })
}

/// What a column of a list of people may hold, besides what an entry has too.
fn people_field_word(code: &str) -> Option<Word> {
    Some(match code {
        "civility" => p::civility,
        "family_name" => p::family_name,
        "birth_name" => p::birth_name,
        "usual_name" => p::usual_name,
        "birth" => p::birth,
        "position" => addresses::position,
        "language" => p::language,
        "household" => p::household,
        "approach" => p::approach,
        "state" => p::state,
        "death" => p::death,
        "contact_name" => p::contact_name,
        "contact_relation" => p::contact_relation,
        "contact_phone" => p::contact_phone,
        "ground" => r::ground,
        "home_services" => r::home_services,
        "requested_on" => r::requested,
        "requester" => r::requester,
        "requester_quality" => r::requester_quality,
        // Written by a newer version.
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use maillon_shared::domain::directory::EntryField;
    use maillon_shared::domain::person::PersonField;

    #[test]
    fn every_field_of_an_entry_has_words() {
        for field in EntryField::ALL {
            assert!(field_word(field.code()).is_some(), "{field:?}");
        }
        for field in PersonField::ALL {
            assert!(field_word(field.code()).is_some(), "{field:?}");
        }
        let of_columns = ["kind", "full_name", "phone", "postcode_and_commune", "checked_on"];
        for path in of_columns.into_iter().chain(["works_at", "phones.AAECAwQFBgcICQoLDA0ODw.number"]) {
            assert!(field_word(path).is_some(), "{path}");
        }
    }
}
