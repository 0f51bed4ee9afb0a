//! The directory as structures and services that anyone may read: no professional and no relay, no note, no mission that
//! was not meant for inhabitants.

use chrono::NaiveDate;
use maillon_shared::domain::directory::{DirectoryEntry, EntryKind};
use maillon_shared::domain::lists::{ListId, Lists};
use maillon_shared::domain::mission::Mission;
use maillon_shared::text::phone::Phone;
use serde_json::{Map, Value, json};

use super::words::{public_out, theme_of};

/// The schema asks for that many signs of a description, and no more than that.
const SHORTEST: usize = 50;
const LONGEST: usize = 2_000;
const LONGEST_NAME: usize = 150;

/// The file. `made_on` dates what nobody dated; `commune` is where the directory is kept.
pub fn write(entries: &[DirectoryEntry], made_on: NaiveDate, commune: &str, lists: &Lists) -> Vec<u8> {
    let structures: Vec<&DirectoryEntry> = entries.iter().filter(|entry| entry.kind == EntryKind::Structure).collect();
    let services = structures.iter().flat_map(|entry| {
        let public = entry.offers.iter().filter(|mission| mission.for_inhabitants);
        public.map(|mission| service(entry, mission, made_on, commune, lists))
    });
    let file = json!({
        "structures": structures.iter().map(|entry| structure(entry, made_on, commune, lists)).collect::<Vec<_>>(),
        "services": services.collect::<Vec<_>>(),
    });
    let mut bytes = serde_json::to_vec_pretty(&file).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

fn structure(entry: &DirectoryEntry, made_on: NaiveDate, commune: &str, lists: &Lists) -> Value {
    let role = lists.label(ListId::StructureTypes, &entry.role);
    let mut fields = Map::new();
    put(&mut fields, "source", "maillon");
    put(&mut fields, "original_id", &entry.id.to_string());
    put(&mut fields, "id", &structure_id(entry));
    put(&mut fields, "nom", &named(&entry.display_name()));
    put(&mut fields, "description", &described([&entry.missions, role, &entry.display_name()], commune));
    put(&mut fields, "date_maj", &entry.checked_on.unwrap_or(made_on).to_string());
    put(&mut fields, "siret", &entry.siret);
    place(&mut fields, entry);
    put(&mut fields, "telephone", &first_phone(entry));
    put(&mut fields, "courriel", &entry.email);
    put(&mut fields, "site_web", entry.website.trim());
    Value::Object(fields)
}

fn service(entry: &DirectoryEntry, mission: &Mission, made_on: NaiveDate, commune: &str, lists: &Lists) -> Value {
    let topic = lists.label(ListId::RequestTopics, &mission.topic);
    let name = mission.what.lines().next().filter(|line| line.chars().count() >= 3).unwrap_or(topic);
    let mut fields = Map::new();
    put(&mut fields, "source", "maillon");
    put(&mut fields, "structure_id", &structure_id(entry));
    put(&mut fields, "id", &format!("maillon--{}", mission.id));
    put(&mut fields, "nom", &named(name));
    put(&mut fields, "description", &described([&mission.what, topic, &entry.display_name()], commune));
    put(&mut fields, "date_maj", &mission.checked_on.max(entry.checked_on).unwrap_or(made_on).to_string());
    if let Some(theme) = theme_of(&mission.topic) {
        fields.insert("thematiques".to_owned(), json!([theme]));
    }
    let publics: Vec<&str> = mission.publics.iter().filter_map(|public| public_out(public)).collect();
    if !publics.is_empty() {
        fields.insert("publics".to_owned(), json!(publics));
    }
    let others: Vec<&str> = mission
        .publics
        .iter()
        .filter(|public| public_out(public).is_none())
        .map(|public| lists.label(ListId::Publics, public))
        .collect();
    put(&mut fields, "publics_precisions", &others.join(", "));
    let codes: Vec<&String> = mission.communes.keys().filter(|key| is_code(key)).collect();
    if !codes.is_empty() {
        fields.insert("zone_eligibilite".to_owned(), json!(codes));
    }
    place(&mut fields, entry);
    let phone = Phone::parse(&mission.phone);
    let phone = if phone.number().is_some() { phone.canonical().to_owned() } else { first_phone(entry) };
    put(&mut fields, "telephone", &phone);
    put(&mut fields, "courriel", &entry.email);
    let delay = mission.delay.trim();
    let access = [mission.access.trim(), mission.hours.trim(), delay];
    let access = access.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n");
    put(&mut fields, "mobilisation_precisions", &access);
    Value::Object(fields)
}

fn structure_id(entry: &DirectoryEntry) -> String {
    format!("maillon--{}", entry.id)
}

fn put(fields: &mut Map<String, Value>, name: &str, text: &str) {
    if !text.is_empty() {
        fields.insert(name.to_owned(), Value::String(text.to_owned()));
    }
}

fn place(fields: &mut Map<String, Value>, entry: &DirectoryEntry) {
    let address = &entry.address;
    let parts = [
        ("commune", &address.commune),
        ("code_postal", &address.postcode),
        ("code_insee", &address.commune_code),
        ("adresse", &address.line),
        ("complement_adresse", &address.hamlet),
    ];
    parts.into_iter().for_each(|(name, text)| put(fields, name, text));
}

fn first_phone(entry: &DirectoryEntry) -> String {
    let numbers = entry.phones.iter().map(|phone| Phone::parse(&phone.number));
    let mut numbers = numbers.filter(|phone| phone.number().is_some());
    numbers.next().map(|phone| phone.canonical().to_owned()).unwrap_or_default()
}

fn is_code(key: &str) -> bool {
    key.len() == 5 && key.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// A name no longer than the schema lets it be, and without a full stop at its end.
fn named(name: &str) -> String {
    let name: String = name.trim().trim_end_matches('.').chars().take(LONGEST_NAME).collect();
    name.trim_end().to_owned()
}

/// What there is to say, in the order given, as long as the schema asks: who keeps the directory is said where it is short.
fn described(texts: [&str; 3], commune: &str) -> String {
    let mut said = String::new();
    for text in texts.into_iter().map(str::trim).filter(|text| !text.is_empty()) {
        if said.chars().count() >= SHORTEST {
            break;
        }
        if !said.is_empty() {
            said.push('\n');
        }
        said.push_str(text);
    }
    if said.chars().count() < SHORTEST {
        let place = if commune.trim().is_empty() { String::new() } else { format!(" de {}", commune.trim()) };
        said.push_str(&format!("\nFiche tenue par la coordination micro-locale de santé{place}."));
    }
    said.chars().take(LONGEST).collect()
}
