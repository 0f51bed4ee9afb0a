//! The extract of the register as a table: what the law lists about each, and nothing that the notebook knows.

use maillon_shared::domain::lists::{ListId, Lists};
use maillon_shared::domain::register::{PersonToNotify, RegisterEntry};
use maillon_shared::domain::time::PartialDate;

use crate::exchange::csv;

/// The heads, fixed for ever.
const HEADS: [&str; 12] = [
    "nom",
    "prénom",
    "date de naissance",
    "qualité au titre de laquelle elle est inscrite",
    "adresse",
    "hameau",
    "code postal",
    "commune",
    "téléphone",
    "service intervenant à domicile",
    "personne à prévenir",
    "date de la demande",
];

/// The table of entries, in the order in which they come.
pub fn write(entries: &[RegisterEntry], lists: &Lists) -> Vec<u8> {
    csv::write(&HEADS, entries.iter().map(|entry| row(entry, lists)))
}

fn row(entry: &RegisterEntry, lists: &Lists) -> Vec<String> {
    let phones = entry
        .phones
        .iter()
        .map(|phone| with_label(&phone.number, lists.label(ListId::PhoneLabels, &phone.label)))
        .collect::<Vec<_>>();
    let to_notify = entry.to_notify.iter().map(|other| told(other, lists)).collect::<Vec<_>>();
    vec![
        entry.family_name.clone(),
        entry.given_name.clone(),
        entry.birth.map(birth_words).unwrap_or_default(),
        entry
            .ground
            .as_ref()
            .map(|ground| lists.label(ListId::RegisterGrounds, ground.code()).to_owned())
            .unwrap_or_default(),
        entry.address.line.clone(),
        entry.address.hamlet.clone(),
        entry.address.postcode.clone(),
        entry.address.commune.clone(),
        phones.join(" ; "),
        entry.home_services.clone(),
        to_notify.join(" ; "),
        entry.requested.map(|day| day.format("%d/%m/%Y").to_string()).unwrap_or_default(),
    ]
}

fn with_label(words: &str, label: &str) -> String {
    if label.is_empty() { words.to_owned() } else { format!("{words} ({label})") }
}

fn told(other: &PersonToNotify, lists: &Lists) -> String {
    let name = with_label(&other.name, lists.label(ListId::Relations, &other.relation));
    [name.trim(), other.phone.trim()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn birth_words(birth: PartialDate) -> String {
    match birth {
        PartialDate::Year(year) => year.to_string(),
        PartialDate::Month(year, month) => format!("{month:02}/{year}"),
        PartialDate::Day(day) => day.format("%d/%m/%Y").to_string(),
    }
}
