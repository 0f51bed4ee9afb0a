//! The directory as vCards.
//!
//! What every address book reads goes into its properties; the rest into properties of our own (`X-MAILLON-…`), so that
//! a card that comes back says all it said.

use maillon_shared::domain::directory::{DirectoryEntry, EntryField, EntryKind};
use maillon_shared::domain::ids::EntryId;
use maillon_shared::text::phone::Phone;

use super::line::{DirectoryLine, kind_named, read_day, role_words};
use crate::exchange::cells::split_full_name;
use crate::exchange::refused::{Refusal, Refused};
use crate::exchange::vcard::{self, Address, Card, Labelled, Name, Related, Version, extension, read_extension};

const OWN: &str = "X-MAILLON-";
/// What a card says of another that is where they work, or who works with them.
const AT_WORK: [&str; 3] = ["agent", "co-worker", "colleague"];
/// Marks a line that says what a field says.
const OURS: &str = "X-MAILLON=1";
/// How much is kept of what a card says that no field holds: names of pets, not photographs.
const MOST_PROPERTIES_BYTES: usize = 16 << 10;

/// The file of cards of entries. `name_of` says what an entry is called: where someone works may be one.
pub fn write_cards(
    entries: &[DirectoryEntry],
    version: Version,
    name_of: impl Fn(EntryId) -> Option<String>,
) -> Vec<u8> {
    let mut cards: Vec<Card> = entries.iter().map(|entry| card_of(entry, &name_of)).collect();
    for (card, entry) in cards.iter_mut().zip(entries) {
        name_others(card, entry, entries);
    }
    vcard::write(&cards, version)
}

/// Whether cards have a property for a field of an entry of that kind.
fn has_property(field: EntryField, kind: &EntryKind) -> bool {
    use EntryField as F;
    match field {
        F::Name | F::Email | F::Website | F::AddressLine | F::Hamlet | F::Postcode | F::Commune | F::Notes => true,
        F::CardProperties => true,
        F::GivenName | F::Workplace => *kind != EntryKind::Structure,
        _ => false,
    }
}

/// The card of an entry.
pub fn card_of(entry: &DirectoryEntry, name_of: impl Fn(EntryId) -> Option<String>) -> Card {
    let is_structure = entry.kind == EntryKind::Structure;
    let role = role_words(&entry.kind, &entry.role);
    let workplace = match entry.works_at {
        Some(id) if entry.workplace.is_empty() => name_of(id).unwrap_or_default(),
        _ => entry.workplace.clone(),
    };
    let words = |text: &str| if text.is_empty() { Vec::new() } else { vec![text.to_owned()] };
    let address = Address {
        extended: entry.address.hamlet.clone(),
        street: entry.address.line.clone(),
        locality: entry.address.commune.clone(),
        postcode: entry.address.postcode.clone(),
        ..Address::default()
    };
    let own = |field: &EntryField| {
        let text = if *field == EntryField::Workplace { &workplace } else { entry.text(*field) };
        let needed = !has_property(*field, &entry.kind) && !text.is_empty();
        needed.then(|| extension(&own_name(field.code()), text))
    };
    let mut extra: Vec<String> = EntryField::ALL.iter().filter_map(own).collect();
    if !matches!(entry.kind, EntryKind::Structure | EntryKind::Professional) {
        extra.push(extension(&own_name("kind"), entry.kind.code()));
    }
    // Whoever typed there something else than a property must not break the card.
    let properties = || entry.card_properties.lines().filter(|line| vcard::is_extra(line));
    let card_kind = properties().find_map(card_kind_of);
    extra.extend(properties().filter(|line| card_kind_of(line).is_none()).map(str::to_owned));
    extra.extend(entry.checked_on.map(|day| extension(&own_name("checked_on"), &day.to_string())));
    Card {
        kind: card_kind.unwrap_or_else(|| if is_structure { "org" } else { "individual" }.to_owned()),
        full_name: entry.display_name(),
        name: Name { family: entry.name.clone(), given: entry.given_name.clone(), ..Name::default() },
        org: words(if is_structure { &entry.name } else { &workplace }),
        title: if is_structure { String::new() } else { role.to_owned() },
        phones: entry.phones.iter().map(|phone| labelled_phone(&phone.number, &phone.label)).collect(),
        emails: words(&entry.email).into_iter().map(|value| Labelled { value, ..Labelled::default() }).collect(),
        addresses: if address == Address::default() { Vec::new() } else { vec![address] },
        notes: words(&entry.notes),
        urls: words(&entry.website),
        categories: if is_structure { words(role) } else { Vec::new() },
        uid: uid_of(entry.id),
        extra,
        ..Card::default()
    }
}

/// Where someone works, by the card of the structure, and who is of a group: a group alone may have members.
fn name_others(card: &mut Card, entry: &DirectoryEntry, entries: &[DirectoryEntry]) {
    let known: Vec<String> =
        card.members().into_iter().chain(card.related().into_iter().map(|one| one.value)).collect();
    let mut name = |property: &str, id: EntryId| {
        let uid = uid_of(id);
        if !known.contains(&uid) {
            card.extra.push(format!("{property};{OURS}:{uid}"));
        }
    };
    if let Some(id) = entry.works_at.filter(|id| entries.iter().any(|other| other.id == *id)) {
        name("RELATED;TYPE=contact", id);
    }
    if entry.kind == EntryKind::Structure && card.kind == "group" {
        let members = entries.iter().filter(|other| other.works_at == Some(entry.id));
        members.for_each(|member| name("MEMBER", member.id));
    }
}

/// Whether a line names another card by a field of ours, which says it again: it is not kept beside.
fn is_ours(line: &str) -> bool {
    let head = line.split(':').next().unwrap_or_default();
    head.to_ascii_uppercase().split(';').any(|param| param == OURS)
}

fn uid_of(id: EntryId) -> String {
    format!("urn:uuid:{}", hyphenated(&id.to_string()))
}

fn labelled_phone(number: &str, label: &str) -> Labelled {
    let phone = Phone::parse(number);
    let figures = phone.figures();
    let mobile = matches!(phone, Phone::French(_)) && (figures.starts_with("06") || figures.starts_with("07"));
    let types = if mobile { vec!["cell".to_owned()] } else { vec!["work".to_owned(), "voice".to_owned()] };
    Labelled { value: number.to_owned(), types, label: label.to_owned() }
}

/// The kind of card that is neither of a person nor of an organisation.
const CARD_KIND: &str = "card_kind";
/// What another program named the card by.
const FOREIGN_UID: &str = "foreign_uid";

/// The kind of card that a kept line says.
fn card_kind_of(line: &str) -> Option<String> {
    let (name, text) = read_extension(line)?;
    (name == own_name(CARD_KIND)).then_some(text)
}

fn own_name(code: &str) -> String {
    format!("{OWN}{}", code.replace('_', "-").to_ascii_uppercase())
}

fn hyphenated(hex: &str) -> String {
    let cuts = [0, 8, 12, 16, 20, 32];
    cuts.windows(2).filter_map(|cut| hex.get(cut[0]..cut[1])).collect::<Vec<_>>().join("-")
}

fn read_uid(uid: &str) -> Option<EntryId> {
    EntryId::parse(&uid.strip_prefix("urn:uuid:")?.replace('-', ""))
}

/// What a card says.
pub fn line_of_card(line: usize, card: &Card) -> Result<DirectoryLine, Refused> {
    // Kin, friends and neighbours are no colleagues: what the card says of them is kept to the letter.
    let at_work = |one: &Related| one.types.iter().any(|kind| AT_WORK.contains(&kind.as_str()));
    let related = card.related().into_iter().filter(at_work).map(|one| one.value);
    let ours = card.extra.iter().filter(|line| is_ours(line)).filter_map(|line| read_extension(line));
    let linked = related.chain(card.members()).chain(ours.map(|(_, uid)| uid));
    let linked = linked.map(|uid| uid.to_lowercase()).collect();
    let named = card.uid.to_lowercase();
    let mut said = DirectoryLine { line, uid: read_uid(&card.uid), named, linked, ..DirectoryLine::default() };
    take_own(&mut said, card);
    let organisation = card.org.join(", ");
    let is_org = match (&said.kind, card.kind.as_str()) {
        (Some(kind), _) => *kind == EntryKind::Structure,
        (None, "org" | "group" | "location") => true,
        (None, "individual") => false,
        // Cards of version 3 do not say: an organisation is named as itself.
        (None, _) => card.name == Name::default() && (!organisation.is_empty() || !card.full_name.is_empty()),
    };
    if is_org {
        said.kind.get_or_insert(EntryKind::Structure);
        let name = if organisation.is_empty() { &card.full_name } else { &organisation };
        said.push(EntryField::Name, name);
        if !card.full_name.contains(name.as_str()) {
            said.push(EntryField::OtherNames, &card.full_name);
        }
    } else {
        said.kind.get_or_insert(EntryKind::Professional);
        take_names(&mut said, card);
        said.push(EntryField::Workplace, &organisation);
    }
    take_role(&mut said, card);
    for phone in card.phones.iter().filter(|phone| !phone.value.is_empty()) {
        said.push_phone(&phone.value, &phone.label);
    }
    let (first, others) = split_first(card.emails.iter().map(|email| email.value.as_str()));
    said.push(EntryField::Email, first);
    others.for_each(|email| said.push(EntryField::Notes, email));
    let (first, others) = split_first(card.urls.iter().map(String::as_str));
    said.push(EntryField::Website, first);
    others.for_each(|url| said.push(EntryField::Notes, url));
    take_addresses(&mut said, &card.addresses);
    card.notes.iter().for_each(|note| said.push(EntryField::Notes, note));
    // A group stays one: it alone may have members.
    if !matches!(card.kind.as_str(), "" | "org" | "individual") {
        keep_property(&mut said, &extension(&own_name(CARD_KIND), &card.kind));
    }
    // What another program names the card by is kept; an id of ours names the entry.
    if !card.uid.is_empty() && said.uid.is_none() {
        keep_property(&mut said, &extension(&own_name(FOREIGN_UID), &card.uid));
    }
    if !card.birthday.is_empty() {
        keep_property(&mut said, &extension("BDAY", &card.birthday));
    }
    said.left_out.extend(Some(&card.name.suffixes).filter(|text| !text.is_empty()).cloned());
    said.settle();
    if said.display_name().is_empty() {
        let text =
            card.phones.iter().chain(&card.emails).map(|value| value.value.as_str()).collect::<Vec<_>>().join(" | ");
        return Err(Refused { line, why: Refusal::NoName, text: text.chars().take(200).collect() });
    }
    Ok(said)
}

/// Takes the properties that another Maillon wrote; the lines that nobody here reads are kept as they are.
fn take_own(said: &mut DirectoryLine, card: &Card) {
    for line in &card.extra {
        let own = read_extension(line)
            .and_then(|(name, text)| Some((name.strip_prefix(OWN)?.replace('-', "_").to_lowercase(), text)));
        let field = own.as_ref().and_then(|(code, _)| EntryField::from_code(code));
        match (own, field) {
            (Some((_, text)), Some(field)) => said.push(field, &text),
            (Some((code, text)), None) if code == "kind" => said.kind = Some(EntryKind::from_code(&text)),
            (Some((code, text)), None) if code == "checked_on" => said.checked_on = read_day(&text),
            _ if is_ours(line) => {}
            _ => keep_property(said, line),
        }
    }
}

/// Keeps to the letter what no field holds, within reason; what is not kept is named.
fn keep_property(said: &mut DirectoryLine, line: &str) {
    let kept = said.text(EntryField::CardProperties).len();
    if vcard::is_extra(line) && kept + line.len() < MOST_PROPERTIES_BYTES {
        said.push(EntryField::CardProperties, line);
    } else {
        said.left_out.push(line.to_owned());
    }
}

fn take_names(said: &mut DirectoryLine, card: &Card) {
    let name = &card.name;
    if name.family.is_empty() && name.given.is_empty() {
        let (given, family) = split_full_name(&card.full_name);
        said.push(EntryField::GivenName, &given);
        said.push(EntryField::Name, &family);
    } else {
        said.push(EntryField::GivenName, format!("{} {}", name.given, name.additional).trim());
        said.push(EntryField::Name, &name.family);
    }
}

fn take_role(said: &mut DirectoryLine, card: &Card) {
    let kind = said.kind.clone().unwrap_or(EntryKind::Structure);
    let mut words: Vec<&str> = [&card.title, &card.role].into_iter().map(String::as_str).collect();
    words.extend(card.categories.iter().map(String::as_str));
    words.retain(|word| !word.is_empty());
    let told = said.text(EntryField::Role).to_owned();
    if told.is_empty() {
        // A category is a type only if a list says so: people file their contacts in many ways.
        let first = words.iter().position(|word| card.title == *word || card.role == *word || is_of_a_list(word));
        if let Some(first) = first {
            said.push(EntryField::Role, words.remove(first));
        }
    } else {
        words.retain(|word| *word != role_words(&kind, &told));
    }
    words.into_iter().for_each(|word| said.push(EntryField::Notes, word));
}

fn is_of_a_list(word: &str) -> bool {
    let mut tried = DirectoryLine::default();
    tried.push(EntryField::Role, word);
    tried.settle();
    tried.remarks.is_empty() && kind_named(word).is_none()
}

fn take_addresses(said: &mut DirectoryLine, addresses: &[Address]) {
    let Some((first, others)) = addresses.split_first() else { return };
    let line: Vec<&str> =
        [&first.post_box, &first.street].into_iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect();
    said.push(EntryField::AddressLine, &line.join(", "));
    said.push(EntryField::Hamlet, &first.extended);
    said.push(EntryField::Postcode, &first.postcode);
    said.push(EntryField::Commune, &first.locality);
    said.left_out.extend([&first.region, &first.country].into_iter().filter(|text| !text.is_empty()).cloned());
    for other in others {
        let parts = [&other.post_box, &other.extended, &other.street, &other.postcode, &other.locality, &other.country];
        let parts: Vec<&str> = parts.into_iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect();
        said.push(EntryField::Notes, &parts.join(", "));
    }
}

fn split_first<'a>(mut texts: impl Iterator<Item = &'a str>) -> (&'a str, impl Iterator<Item = &'a str>) {
    (texts.next().unwrap_or_default(), texts)
}
