//! Everything an entry says, in the order in which one reads a card; only what is known.

use leptos::prelude::*;
use maillon_shared::api::responses::EntryFile;
use maillon_shared::domain::contact::Address;
use maillon_shared::domain::directory::{DirectoryEntry, EntryKind};
use maillon_shared::domain::lists::ListId;
use maillon_shared::text::phone::Phone;

use super::key::entry_id;
use crate::lists::label;
use crate::pages::directory::words::{OFFERS, field_words, kind_words, mission_value_words, role_words};
use crate::when;
use crate::words::entry as w;

/// The card.
#[component]
pub fn Known(entry: Memo<DirectoryEntry>) -> impl IntoView {
    view! {
        <section class="card known">
            <h2>{w::known}</h2>
            <dl>
                {move || {
                    let lines = entry.with(lines).into_iter().filter(|(_, value)| !value.is_empty());
                    lines.map(|(name, value)| view! { <dt>{name}</dt><dd>{value}</dd> }).collect_view()
                }}
            </dl>
        </section>
    }
}

fn lines(entry: &DirectoryEntry) -> Vec<(String, String)> {
    let field = |code: &str, value: &str| (field_words(code), value.trim().to_owned());
    let phones: Vec<String> = entry.phones.iter().map(|phone| phone_words(&phone.number, &phone.label)).collect();
    vec![
        field("kind", kind_words(&entry.kind)),
        field("role", role_words(&entry.kind, &entry.role)),
        field("phone", &phones.join("\n")),
        field("email", &entry.email),
        field("website", &entry.website),
        (w::address().to_owned(), address_words(&entry.address)),
        field("hours", &entry.hours),
        field("missions", &entry.missions),
        field("territory", &entry.territory),
        field("carrier", &entry.carrier),
        field("other_names", &entry.other_names),
        field("notes", &entry.notes),
        field("rpps", &entry.rpps),
        field("finess", &entry.finess),
        field("siret", &entry.siret),
    ]
}

fn phone_words(number: &str, about: &str) -> String {
    let shown = Phone::parse(number).show();
    match label(ListId::PhoneLabels, about) {
        "" => shown,
        about => format!("{shown} ({})", about.to_lowercase()),
    }
}

/// As on an envelope.
fn address_words(address: &Address) -> String {
    let town = [address.postcode.as_str(), address.commune.as_str()].join(" ");
    let former = Some(address.former_commune.as_str()).filter(|former| *former != address.commune).unwrap_or_default();
    let lines = [address.line.as_str(), address.hamlet.as_str(), former, town.trim()];
    lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// What a value of a field says, by the field's path and the value as it is written.
pub fn value_words(file: &EntryFile, path: &str, value: &str) -> String {
    let entry = &file.entry;
    let part = path.rsplit('.').next().unwrap_or_default();
    if path.starts_with(OFFERS)
        && let Some(words) = mission_value_words(part, value)
    {
        return words;
    }
    match part {
        "kind" => kind_words(&EntryKind::from_code(value)).to_owned(),
        "role" => role_words(&entry.kind, value).to_owned(),
        "works_at" if entry.works_at.is_some() && entry.works_at == entry_id(value) => file.works_at_name.clone(),
        "works_at" => w::another_structure().to_owned(),
        "stand_in" => w::another_structure().to_owned(),
        "checked_on" | "from" | "until" => value.parse().map_or_else(|_| value.to_owned(), when::whole_date),
        "number" => Phone::parse(value).show(),
        "label" => label(ListId::PhoneLabels, value).to_owned(),
        _ => value.to_owned(),
    }
}
