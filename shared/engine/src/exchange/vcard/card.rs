//! A card, and how each of its properties is read and written.

use std::collections::{BTreeMap, BTreeSet};

use super::lines::{ContentLine, escape, write_line};

/// What a card says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Card {
    /// `individual`, `org`, `group`, `location`; empty where the card does not say.
    pub kind: String,
    /// The name as one says it.
    pub full_name: String,
    /// The name in its parts.
    pub name: Name,
    /// The organisation, then its units.
    pub org: Vec<String>,
    /// What they are there.
    pub title: String,
    /// What they do.
    pub role: String,
    /// Telephones.
    pub phones: Vec<Labelled>,
    /// Electronic mail.
    pub emails: Vec<Labelled>,
    /// Where.
    pub addresses: Vec<Address>,
    /// Free words.
    pub notes: Vec<String>,
    /// Sites.
    pub urls: Vec<String>,
    /// Labels.
    pub categories: Vec<String>,
    /// What names the card for ever.
    pub uid: String,
    /// When it was last changed, as it was written.
    pub rev: String,
    /// Birth, as it was written.
    pub birthday: String,
    /// Everything else, line by line, to the letter.
    pub extra: Vec<String>,
}

/// A name in its parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Name {
    /// Family name.
    pub family: String,
    /// Given name.
    pub given: String,
    /// Other given names.
    pub additional: String,
    /// Before the name: "Dr".
    pub prefixes: String,
    /// After the name.
    pub suffixes: String,
}

/// Another card that this one names: by the other's UID, or in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// `contact`, `agent`, `co-worker`, `kin`, `spouse`, `emergency`…; empty where the card does not say.
    pub types: Vec<String>,
    /// The UID, or the words.
    pub value: String,
}

/// A telephone or a mail address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Labelled {
    /// The number or the address.
    pub value: String,
    /// `work`, `home`, `cell`, `fax`, `pref`…
    pub types: Vec<String>,
    /// A label of its own, as some telephones write it.
    pub label: String,
}

/// A postal address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// Post office box.
    pub post_box: String,
    /// Floor, building, hamlet.
    pub extended: String,
    /// Number and way.
    pub street: String,
    /// Commune.
    pub locality: String,
    /// Region.
    pub region: String,
    /// Postcode.
    pub postcode: String,
    /// Country.
    pub country: String,
    /// `work`, `home`.
    pub types: Vec<String>,
}

/// The version in which a card is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// 3.0 (RFC 2426): what older telephones read.
    V3,
    /// 4.0 (RFC 6350).
    V4,
}

/// The label of a group, and how one program for Node.js spells it.
const LABELS: [&str; 2] = ["X-ABLABEL", "X-AB-LABEL"];

/// A card being read.
#[derive(Debug, Default)]
pub(super) struct Reading {
    card: Card,
    /// The telephone or mail of each group, until the labels of the groups are known.
    groups: BTreeMap<String, Place>,
}

/// Where a property of a group went.
#[derive(Clone, Copy, Debug)]
enum Place {
    Phone(usize),
    Email(usize),
}

impl Reading {
    /// Takes a property in. `line` is what it was read from.
    pub fn take(&mut self, property: ContentLine, line: &str) {
        let card = &mut self.card;
        let text = || property.text().trim().to_owned();
        match property.name.as_str() {
            "VERSION" | "PRODID" => {}
            "KIND" | "X-ADDRESSBOOKSERVER-KIND" if card.kind.is_empty() => card.kind = text().to_lowercase(),
            "FN" if card.full_name.is_empty() => card.full_name = text(),
            "N" if card.name == Name::default() => card.name = name(property.components()),
            "ORG" if card.org.is_empty() => card.org = without_empty_end(property.components()),
            "TITLE" if card.title.is_empty() => card.title = text(),
            "ROLE" if card.role.is_empty() => card.role = text(),
            "TEL" => {
                self.groups.extend(property.group.clone().map(|group| (group, Place::Phone(card.phones.len()))));
                card.phones.push(labelled(text(), "tel:", property.types));
            }
            "EMAIL" => {
                self.groups.extend(property.group.clone().map(|group| (group, Place::Email(card.emails.len()))));
                card.emails.push(labelled(text(), "mailto:", property.types));
            }
            "ADR" => card.addresses.push(address(property.components(), property.types)),
            "NOTE" => card.notes.push(text()),
            "URL" => card.urls.push(text()),
            "CATEGORIES" => {
                let categories = property.list().into_iter().map(|category| category.trim().to_owned());
                card.categories.extend(categories.filter(|category| !category.is_empty()));
            }
            "UID" if card.uid.is_empty() => card.uid = text(),
            "REV" if card.rev.is_empty() => card.rev = text(),
            "BDAY" if card.birthday.is_empty() => card.birthday = text(),
            // Also the second of what a card has once: what it says is not lost.
            _ => card.extra.push(line.trim_end().to_owned()),
        }
    }

    /// The card, each telephone and mail with the label of its group, now that every line is read.
    pub fn finish(self) -> Card {
        let mut card = self.card;
        let mut labels: BTreeMap<String, String> = BTreeMap::new();
        let mut is_used = |line: &String| {
            let Some((group, label)) = label_of(line) else { return false };
            let labels_something = self.groups.contains_key(&group) && !labels.contains_key(&group);
            if labels_something {
                labels.insert(group, label);
            }
            labels_something
        };
        card.extra.retain(|line| !is_used(line));
        for (group, label) in labels {
            match self.groups.get(&group) {
                Some(Place::Phone(at)) => card.phones[*at].label = label,
                Some(Place::Email(at)) => card.emails[*at].label = label,
                None => {}
            }
        }
        card
    }
}

fn labelled(value: String, scheme: &str, types: Vec<String>) -> Labelled {
    // "tel: 04 65…", and even twice: what is left is the number and nothing around it.
    let mut plain = value.trim();
    while let Some(rest) = plain.strip_prefix(scheme) {
        plain = rest.trim_start();
    }
    Labelled { value: plain.to_owned(), types, label: String::new() }
}

impl Card {
    /// The cards that this one names. They stay among the lines kept to the letter, which go back out as they came.
    pub fn related(&self) -> Vec<Related> {
        self.properties("RELATED")
            .map(|one| Related { types: one.types.clone(), value: one.text().trim().to_owned() })
            .collect()
    }

    /// The UIDs of the members of a group.
    pub fn members(&self) -> Vec<String> {
        self.properties("MEMBER").map(|one| one.text().trim().to_owned()).collect()
    }

    fn properties<'a>(&'a self, name: &'a str) -> impl Iterator<Item = ContentLine> + 'a {
        self.extra.iter().filter_map(|line| ContentLine::parse(line)).filter(move |property| property.name == name)
    }

    /// Writes the card at the end of a file.
    pub(super) fn write(&self, version: Version, file: &mut String) {
        let v4 = version == Version::V4;
        let mut line = |line: &str| write_line(line, file);
        line("BEGIN:VCARD");
        line(if v4 { "VERSION:4.0" } else { "VERSION:3.0" });
        if !self.kind.is_empty() {
            // Version 3 has no KIND; address books read this one.
            let name = if v4 { "KIND" } else { "X-ADDRESSBOOKSERVER-KIND" };
            line(&format!("{name}:{}", escape(&self.kind)));
        }
        let name = &self.name;
        // Both versions want a full name, and version 3 its parts.
        line(&format!("FN:{}", escape(&self.full_name)));
        if !v4 || *name != Name::default() {
            let parts = [&name.family, &name.given, &name.additional, &name.prefixes, &name.suffixes];
            line(&format!("N:{}", joined(&parts, ';')));
        }
        let texts = [("TITLE", &self.title), ("ROLE", &self.role), ("UID", &self.uid), ("REV", &self.rev)];
        let texts = texts.into_iter().chain([("BDAY", &self.birthday)]);
        if !self.org.is_empty() {
            line(&format!("ORG:{}", joined(&self.org.iter().collect::<Vec<_>>(), ';')));
        }
        for (name, text) in texts.filter(|(_, text)| !text.is_empty()) {
            line(&format!("{name}:{}", escape(text)));
        }
        let mut items = self.free_items();
        let labelled =
            self.phones.iter().map(|phone| ("TEL", phone)).chain(self.emails.iter().map(|mail| ("EMAIL", mail)));
        for (name, value) in labelled {
            let property = format!("{name}{}:{}", type_params(&value.types), escape(&value.value));
            if value.label.trim().is_empty() {
                line(&property);
                continue;
            }
            let item = items.next().unwrap_or_default();
            line(&format!("item{item}.{property}"));
            line(&format!("item{item}.X-ABLabel:{}", escape(&value.label)));
        }
        for address in &self.addresses {
            let parts = [
                &address.post_box,
                &address.extended,
                &address.street,
                &address.locality,
                &address.region,
                &address.postcode,
                &address.country,
            ];
            line(&format!("ADR{}:{}", type_params(&address.types), joined(&parts, ';')));
        }
        for note in &self.notes {
            line(&format!("NOTE:{}", escape(note)));
        }
        for url in &self.urls {
            line(&format!("URL:{}", escape_uri(url)));
        }
        if !self.categories.is_empty() {
            line(&format!("CATEGORIES:{}", joined(&self.categories.iter().collect::<Vec<_>>(), ',')));
        }
        for extra in &self.extra {
            line(extra);
        }
        line("END:VCARD");
    }

    /// Numbers of groups that no kept line is in.
    fn free_items(&self) -> impl Iterator<Item = usize> {
        let number = |line: &String| {
            let (group, _) = line.split_once('.')?;
            group.to_ascii_lowercase().strip_prefix("item")?.parse().ok()
        };
        let taken: BTreeSet<usize> = self.extra.iter().filter_map(number).collect();
        (1..).filter(move |item| !taken.contains(item))
    }
}

/// The group and the words of a line that labels a group.
fn label_of(line: &str) -> Option<(String, String)> {
    let property = ContentLine::parse(line).filter(|property| LABELS.contains(&property.name.as_str()))?;
    let text = property.text();
    let text = text.trim();
    // Apple's own labels are between such marks.
    let text = text.strip_prefix("_$!<").and_then(|text| text.strip_suffix(">!$_")).unwrap_or(text);
    Some((property.group?, text.trim().to_owned()))
}

fn name(parts: Vec<String>) -> Name {
    let mut parts = parts.into_iter().map(|part| part.trim().to_owned());
    let mut next = || parts.next().unwrap_or_default();
    Name { family: next(), given: next(), additional: next(), prefixes: next(), suffixes: next() }
}

fn address(parts: Vec<String>, types: Vec<String>) -> Address {
    let mut parts = parts.into_iter().map(|part| part.trim().to_owned());
    let mut next = || parts.next().unwrap_or_default();
    Address {
        post_box: next(),
        extended: next(),
        street: next(),
        locality: next(),
        region: next(),
        postcode: next(),
        country: next(),
        types,
    }
}

fn without_empty_end(parts: Vec<String>) -> Vec<String> {
    let mut parts: Vec<String> = parts.into_iter().map(|part| part.trim().to_owned()).collect();
    while parts.last().is_some_and(String::is_empty) {
        parts.pop();
    }
    parts
}

fn joined(parts: &[&String], separator: char) -> String {
    parts.iter().map(|part| escape(part)).collect::<Vec<_>>().join(&separator.to_string())
}

/// An address of the web is no text: only what would break the line is escaped.
fn escape_uri(url: &str) -> String {
    if url.contains(['\\', '\r', '\n']) { escape(url) } else { url.to_owned() }
}

fn type_params(types: &[String]) -> String {
    let plain = |kind: &&String| !kind.is_empty() && kind.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
    types.iter().filter(plain).map(|kind| format!(";TYPE={kind}")).collect()
}
