//! From structures and services to lines of the directory: each is accounted for, and what no field holds is named.

use chrono::NaiveDate;
use maillon_shared::domain::communes::Communes;
use maillon_shared::domain::directory::{EntryField, EntryKind};
use maillon_shared::domain::ids::{EntryId, LineId};
use maillon_shared::domain::mission::Mission;
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use super::super::directory::DirectoryLine;
use super::super::refused::{Refusal, Refused};
use super::super::table::{MAX_BYTES, MAX_ROWS};
use super::words::{hours_in_words, open_days, public_of, topic_of};

/// The items of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Inclusion {
    /// Each with its place in the file, from 1: structures first, then services.
    items: Vec<(usize, Value)>,
}

/// Why a file is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InclusionError {
    /// It is no JSON, or holds no list of structures or services.
    NotOne,
    /// It is larger than any such file should be.
    TooLarge,
}

impl std::fmt::Display for InclusionError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            InclusionError::NotOne => "no structures or services in the file",
            InclusionError::TooLarge => "too large for structures and services",
        })
    }
}

impl std::error::Error for InclusionError {}

/// Fields that say something of the file and nothing of a structure.
const TECHNICAL: [&str; 10] = [
    "source",
    "id",
    "original_id",
    "structure_id",
    "score_qualite",
    "adresse_certifiee",
    "date_maj",
    "date_creation",
    "thematiques",
    "longitude",
];

/// Whether a file looks like JSON rather than a table or cards.
pub fn is_inclusion(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let first = bytes.iter().copied().find(|byte| !byte.is_ascii_whitespace());
    matches!(first, Some(b'[' | b'{'))
}

impl Inclusion {
    /// Reads a file: a list, or an object that holds lists.
    pub fn read(bytes: &[u8]) -> Result<Self, InclusionError> {
        if bytes.len() > MAX_BYTES {
            return Err(InclusionError::TooLarge);
        }
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        let file: Value = serde_json::from_slice(bytes).map_err(|_| InclusionError::NotOne)?;
        let lists: Vec<Vec<Value>> = match file {
            Value::Array(list) => vec![list],
            Value::Object(mut object) => {
                let names = ["structures", "services", "items"];
                names.iter().filter_map(|name| object.remove(*name)).filter_map(list_of).collect()
            }
            _ => return Err(InclusionError::NotOne),
        };
        let mut items: Vec<(usize, Value)> =
            lists.into_iter().flatten().enumerate().map(|(at, item)| (at + 1, item)).collect();
        if items.is_empty() {
            return Err(InclusionError::NotOne);
        }
        if items.len() > MAX_ROWS {
            return Err(InclusionError::TooLarge);
        }
        // A service is part of a structure: whatever the order of the file, structures come first.
        items.sort_by_key(|(at, item)| (is_service(item), *at));
        Ok(Inclusion { items })
    }

    /// How many items there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// What each says. `communes` names the communes of codes, where the list is at hand.
    pub fn lines(&self, communes: Option<&Communes>) -> Vec<Result<DirectoryLine, Refused>> {
        self.items
            .iter()
            .map(|(at, item)| match item {
                Value::Object(fields) if is_service(item) => service(*at, fields, communes),
                Value::Object(fields) => structure(*at, fields),
                other => Err(refused(*at, Refusal::NoName, &other.to_string())),
            })
            .collect()
    }
}

fn list_of(value: Value) -> Option<Vec<Value>> {
    match value {
        Value::Array(list) => Some(list),
        _ => None,
    }
}

fn is_service(item: &Value) -> bool {
    item.get("structure_id").is_some_and(|id| !id.is_null())
}

fn refused(line: usize, why: Refusal, text: &str) -> Refused {
    Refused { line, why, text: text.chars().take(200).collect() }
}

/// An id of ours from one of theirs: always the same one.
fn id_of(what: &str, id: &str) -> [u8; 16] {
    let digest = Sha256::digest(format!("data.inclusion {what} {id}").as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    bytes
}

/// The fields of an item, each taken once: what nobody took is named at the end.
struct Taken<'a> {
    fields: &'a Map<String, Value>,
    taken: Vec<&'static str>,
}

impl<'a> Taken<'a> {
    fn of(fields: &'a Map<String, Value>) -> Self {
        Taken { fields, taken: TECHNICAL.to_vec() }
    }

    /// A text; a number is one too.
    fn text(&mut self, name: &'static str) -> String {
        self.taken.push(name);
        self.fields.get(name).map(plain).unwrap_or_default()
    }

    /// The texts of a list; one text is a list of one.
    fn texts(&mut self, name: &'static str) -> Vec<String> {
        self.taken.push(name);
        match self.fields.get(name) {
            Some(Value::Array(list)) => list.iter().map(plain).filter(|text| !text.is_empty()).collect(),
            Some(one) => Some(plain(one)).filter(|text| !text.is_empty()).into_iter().collect(),
            None => Vec::new(),
        }
    }

    /// Everything that nobody took and that says something.
    fn rest(self) -> Vec<String> {
        let said = |value: &Value| !matches!(value, Value::Null | Value::Bool(false)) && !plain(value).is_empty();
        let rest = self.fields.iter().filter(|(name, value)| !self.taken.contains(&name.as_str()) && said(value));
        rest.map(|(name, value)| format!("{name}: {}", plain(value))).collect()
    }
}

/// A value in words.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.trim().to_owned(),
        Value::Array(list) => list.iter().map(plain).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

fn structure(line: usize, fields: &Map<String, Value>) -> Result<DirectoryLine, Refused> {
    let id = fields.get("id").map(plain).unwrap_or_default();
    let mut from = Taken::of(fields);
    let mut said = DirectoryLine { line, kind: Some(EntryKind::Structure), ..DirectoryLine::default() };
    said.uid = (!id.is_empty()).then(|| EntryId(id_of("structure", &id)));
    said.push(EntryField::Name, &from.text("nom"));
    if said.display_name().is_empty() {
        return Err(refused(line, Refusal::NoName, &id));
    }
    said.push(EntryField::Siret, &from.text("siret"));
    said.push(EntryField::AddressLine, &from.text("adresse"));
    said.push(EntryField::Hamlet, &from.text("complement_adresse"));
    said.push(EntryField::Postcode, &from.text("code_postal"));
    said.push(EntryField::Commune, &from.text("commune"));
    said.push(EntryField::CommuneCode, &from.text("code_insee"));
    said.push(EntryField::Email, &from.text("courriel"));
    said.push(EntryField::Website, &from.text("site_web"));
    said.push(EntryField::Hours, &hours_in_words(&from.text("horaires_accueil")));
    // Schema 0 wrote a short description beside a long one, a type, and the producer of the structure.
    said.push(EntryField::Missions, &from.text("presentation_resume"));
    said.push(EntryField::Missions, &from.text("presentation_detail"));
    said.push(EntryField::Missions, &from.text("description"));
    said.push(EntryField::Role, &from.text("typologie"));
    said.push(EntryField::Carrier, &from.texts("reseaux_porteurs").join(", "));
    said.push_phones(&from.text("telephone"));
    said.checked_on = day(fields, "date_maj");
    said.left_out = from.rest();
    said.settle();
    Ok(said)
}

fn service(line: usize, fields: &Map<String, Value>, communes: Option<&Communes>) -> Result<DirectoryLine, Refused> {
    let structure = fields.get("structure_id").map(plain).unwrap_or_default();
    let id = fields.get("id").map(plain).unwrap_or_default();
    let mut from = Taken::of(fields);
    let name = from.text("nom");
    if name.is_empty() || id.is_empty() {
        return Err(refused(line, Refusal::NoName, &id));
    }
    let mut mission = Mission::empty(LineId(id_of("service", &id)));
    let themes = Taken::of(fields).texts("thematiques");
    let topic = themes.iter().find_map(|theme| topic_of(theme)).unwrap_or("other");
    mission.topic = topic.to_owned();
    let described =
        [name, from.text("presentation_resume"), from.text("presentation_detail"), from.text("description")];
    mission.what = lines(described);
    let publics = [from.texts("publics"), from.texts("profils")].concat();
    mission.publics = publics.iter().filter_map(|public| public_of(public)).map(str::to_owned).collect();
    let hours = [from.text("horaires_accueil"), from.text("recurrence")];
    let hours = hours.iter().find(|hours| !hours.is_empty()).cloned().unwrap_or_default();
    mission.days = open_days(&hours).into_iter().collect();
    mission.hours = hours_in_words(&hours);
    mission.phone = from.text("telephone");
    mission.access = lines([
        from.text("mobilisation_precisions"),
        from.text("conditions_acces"),
        from.text("modes_mobilisation"),
        from.text("modes_orientation_beneficiaire"),
        from.text("lien_mobilisation"),
        from.text("frais"),
        from.text("frais_precisions"),
        from.text("publics_precisions"),
    ]);
    let unmatched = themes.iter().filter(|theme| topic_of(theme) != Some(topic)).cloned().collect::<Vec<_>>();
    let zones = zones(&mut from, &mut mission, communes);
    mission.note =
        lines([unmatched.join(", "), zones.join(", "), from.text("contact_nom_prenom"), from.text("courriel")]);
    mission.checked_on = day(fields, "date_maj");
    let uid = Some(EntryId(id_of("structure", &structure)));
    Ok(DirectoryLine { line, uid, missions: vec![mission], left_out: from.rest(), ..DirectoryLine::default() })
}

/// Puts the communes that a service is for; gives what is no commune, in words.
fn zones(from: &mut Taken<'_>, mission: &mut Mission, communes: Option<&Communes>) -> Vec<String> {
    let mut others = Vec::new();
    let own = (from.text("code_insee"), from.text("commune"));
    let mut put = |code: String, name: Option<String>| {
        let is_code = code.len() == 5 && code.bytes().all(|byte| byte.is_ascii_alphanumeric()) && code != "99100";
        if !is_code {
            return others.push(code);
        }
        let of_list = || communes.and_then(|list| list.by_code(&code)).map(|commune| commune.name.to_owned());
        let of_service = || Some(own.1.clone()).filter(|name| own.0 == code && !name.is_empty());
        let name = name.or_else(of_list).or_else(of_service).unwrap_or_else(|| code.clone());
        mission.communes.insert(code, name);
    };
    for code in from.texts("zone_eligibilite") {
        put(code, None);
    }
    // Schema 0: one zone, of a kind.
    let (kind, code, name) =
        (from.text("zone_diffusion_type"), from.text("zone_diffusion_code"), from.text("zone_diffusion_nom"));
    match kind.as_str() {
        "commune" if !code.is_empty() => put(code, Some(name).filter(|name| !name.is_empty())),
        _ => others.extend([kind, name].into_iter().filter(|text| !text.is_empty())),
    }
    others
}

fn lines<const N: usize>(texts: [String; N]) -> String {
    let mut kept: Vec<String> = Vec::new();
    for text in texts.into_iter().filter(|text| !text.is_empty()) {
        if !kept.contains(&text) {
            kept.push(text);
        }
    }
    kept.join("\n")
}

/// A day, with or without its hour.
fn day(fields: &Map<String, Value>, name: &str) -> Option<NaiveDate> {
    fields.get(name).map(plain)?.get(..10)?.parse().ok()
}
