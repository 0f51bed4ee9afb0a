//! What one line of a file, or one card, says of an entry.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use maillon_shared::domain::contact;
use maillon_shared::domain::directory::{DirectoryEntry, EntryField, EntryKind};
use maillon_shared::domain::ids::{EntryId, LineId};
use maillon_shared::domain::lists::{ListId, Lists};
use maillon_shared::domain::mission::Mission;
use maillon_shared::text::fold::fold;
use maillon_shared::text::language::Language;
use maillon_shared::text::phone::Phone;

use crate::exchange::cells::{is_email, is_postcode, phones_of, restore_first_zero};

/// What a line says, put in order, before it has an id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DirectoryLine {
    /// Its number in the file, from 1.
    pub line: usize,
    /// The entry it was written from, where the file says so.
    pub uid: Option<EntryId>,
    /// What it is said to be.
    pub kind: Option<EntryKind>,
    /// What its fields say, none of them empty.
    pub texts: BTreeMap<EntryField, String>,
    /// Telephones: the number as it was written, and what is to be known before calling.
    pub phones: Vec<(String, String)>,
    /// When someone last made sure of it.
    pub checked_on: Option<NaiveDate>,
    /// What it does, where the file says it mission by mission.
    pub missions: Vec<Mission>,
    /// What is odd in it, and kept.
    pub remarks: Vec<Remark>,
    /// What the file names it by, whoever wrote the file.
    pub named: String,
    /// What the file names by such names: where someone works, or who works there.
    pub linked: Vec<String>,
    /// What an entry has no field for: a photograph, a birthday.
    pub left_out: Vec<String>,
}

/// What is odd in a line that is taken in all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// This is no telephone number; it is kept as it was written.
    UnreadablePhone(String),
    /// This is no mail address; kept.
    OddEmail(String),
    /// This is no French postcode; kept.
    OddPostcode(String),
    /// This number has not the figures it should; kept.
    OddNumber(String),
    /// This is no date; kept in the notes.
    UnreadableDate(String),
    /// No list has this type or profession; kept, and proposed as a new item.
    NewRole(String),
}

impl Remark {
    /// The code that screens have a sentence for.
    pub const fn code(&self) -> &'static str {
        match self {
            Remark::UnreadablePhone(_) => "unreadable_phone",
            Remark::OddEmail(_) => "odd_email",
            Remark::OddPostcode(_) => "odd_postcode",
            Remark::OddNumber(_) => "odd_number",
            Remark::UnreadableDate(_) => "unreadable_date",
            Remark::NewRole(_) => "new_role",
        }
    }
}

impl Remark {
    /// What is odd, as it was written.
    pub fn text(&self) -> &str {
        match self {
            Remark::UnreadablePhone(text)
            | Remark::OddEmail(text)
            | Remark::OddPostcode(text)
            | Remark::OddNumber(text)
            | Remark::UnreadableDate(text)
            | Remark::NewRole(text) => text,
        }
    }
}

impl DirectoryLine {
    /// The text of a field.
    pub fn text(&self, field: EntryField) -> &str {
        self.texts.get(&field).map_or("", String::as_str)
    }

    /// Adds to a field what a cell says, after what others said.
    pub(in crate::exchange) fn push(&mut self, field: EntryField, text: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let by_lines = matches!(field, EntryField::Notes | EntryField::Missions | EntryField::CardProperties);
        let separator = if by_lines { "\n" } else { ", " };
        let said = self.texts.entry(field).or_default();
        if !said.is_empty() {
            said.push_str(separator);
        }
        said.push_str(text);
    }

    /// Adds the telephones of a cell: "04 90 00 00 01 (le matin) / 06 00 00 00 01".
    pub(in crate::exchange) fn push_phones(&mut self, cell: &str) {
        let cell = cell.trim();
        let phones = phones_of(cell);
        if phones.is_empty() && !cell.is_empty() {
            self.remarks.push(Remark::UnreadablePhone(cell.to_owned()));
            self.phones.push((cell.to_owned(), String::new()));
        }
        // "Portable" and "mobile" are one item; what no list has stays as it was written.
        let kept = |label: String| named(ListId::PhoneLabels, &label).map_or(label, str::to_owned);
        self.phones.extend(phones.into_iter().map(|(number, label)| (number, kept(label))));
    }

    /// Adds a telephone whose label the file sets apart.
    pub(super) fn push_phone(&mut self, number: &str, label: &str) {
        if Phone::parse(number).number().is_none() {
            self.remarks.push(Remark::UnreadablePhone(number.to_owned()));
        }
        self.phones.push((number.to_owned(), label.to_owned()));
    }

    /// Finds among the lists as the coordinator made them a type or profession that everybody's lists do not have.
    pub fn recognise(&mut self, lists: &Lists) {
        let kind = self.kind.clone().unwrap_or(EntryKind::Structure);
        let new = self.remarks.iter().position(|remark| matches!(remark, Remark::NewRole(_)));
        let Some((at, Remark::NewRole(role))) = new.map(|at| (at, &self.remarks[at])) else { return };
        if let Some(item) = lists_of(&kind).into_iter().find_map(|list| lists.named(list, role)) {
            self.texts.insert(EntryField::Role, item.id.clone());
            self.remarks.remove(at);
        }
    }

    /// Puts in order what was said: the kind, the type or profession as an item of the lists, the figures of numbers.
    pub(in crate::exchange) fn settle(&mut self) {
        let role = self.text(EntryField::Role).to_owned();
        let kind = self.kind.get_or_insert_with(|| guess_kind(&self.texts, &role)).clone();
        if !role.is_empty() {
            match item_named(&kind, &role) {
                Some(id) => {
                    self.texts.insert(EntryField::Role, id.to_owned());
                }
                None => self.remarks.push(Remark::NewRole(role)),
            }
        }
        self.settle_number(EntryField::Rpps, &[9, 11]);
        self.settle_number(EntryField::Finess, &[9]);
        self.settle_number(EntryField::Siret, &[14]);
        if let Some(postcode) = self.texts.get_mut(&EntryField::Postcode) {
            restore_first_zero(postcode);
            if !is_postcode(postcode) {
                self.remarks.push(Remark::OddPostcode(postcode.clone()));
            }
        }
        if let Some(email) = self.texts.get(&EntryField::Email).filter(|email| !is_email(email)) {
            self.remarks.push(Remark::OddEmail(email.clone()));
        }
    }

    fn settle_number(&mut self, field: EntryField, lengths: &[usize]) {
        let Some(number) = self.texts.get_mut(&field) else { return };
        let compact: String = number.chars().filter(|c| !c.is_whitespace()).collect();
        if lengths.contains(&compact.len()) && compact.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            *number = compact;
        } else {
            self.remarks.push(Remark::OddNumber(number.clone()));
        }
    }

    /// The name as one says it; empty where the line names nobody and nothing.
    pub fn display_name(&self) -> String {
        let parts = [self.text(EntryField::GivenName), self.text(EntryField::Name)];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// A new entry of what the line says.
    pub fn to_entry(&self, id: EntryId, new_line: impl FnMut() -> LineId) -> DirectoryEntry {
        let kind = self.kind.clone().unwrap_or(EntryKind::Structure);
        self.complete(&DirectoryEntry::empty(id, kind), new_line)
    }

    /// An entry, with what it lacked and the line says. What it says already stays: someone may have corrected it.
    pub fn complete(&self, entry: &DirectoryEntry, mut new_line: impl FnMut() -> LineId) -> DirectoryEntry {
        let mut completed = entry.clone();
        for (field, text) in &self.texts {
            // Where they work may be said by another entry.
            let said = !entry.text(*field).is_empty() || (*field == EntryField::Workplace && entry.works_at.is_some());
            if !said {
                *completed.text_mut(*field) = text.clone();
            }
        }
        for (number, label) in &self.phones {
            let same = |phone: &&mut contact::Phone| {
                Phone::parse(&phone.number).canonical() == Phone::parse(number).canonical()
            };
            match completed.phones.iter_mut().find(same) {
                Some(phone) if phone.label.is_empty() => phone.label = label.clone(),
                Some(_) => {}
                None => completed.phones.push(contact::Phone {
                    id: new_line(),
                    number: number.clone(),
                    label: label.clone(),
                }),
            }
        }
        for mission in self.missions.iter().filter(|new| entry.offers.iter().all(|held| held.id != new.id)) {
            completed.offers.push(mission.clone());
        }
        completed.checked_on = entry.checked_on.max(self.checked_on);
        completed
    }

    /// What the line says otherwise than an entry, and [`DirectoryLine::complete`] therefore leaves out: to be told, so that
    /// no word is lost in silence. Case, accents and hyphens are no difference.
    pub fn differences(&self, entry: &DirectoryEntry) -> Vec<(EntryField, &str)> {
        let differs = |field: EntryField, text: &str| {
            let said = entry.text(field);
            !said.is_empty() && fold(said) != fold(text)
        };
        let texts = self.texts.iter().map(|(field, text)| (*field, text.as_str()));
        texts.filter(|(field, text)| differs(*field, text)).collect()
    }

    /// Whether an entry of the same name is another: two "Cabinet infirmier" of one commune, with neither a telephone nor
    /// an address in common.
    pub fn is_another_than(&self, entry: &DirectoryEntry) -> bool {
        let number = |number: &str| Phone::parse(number).canonical().to_owned();
        let here: Vec<String> = self.phones.iter().map(|(phone, _)| number(phone)).collect();
        let there: Vec<String> = entry.phones.iter().map(|phone| number(&phone.number)).collect();
        let (line, known) = (fold(self.text(EntryField::AddressLine)), fold(&entry.address.line));
        let both_phoned = !here.is_empty() && !there.is_empty();
        let other_phone = both_phoned && here.iter().all(|phone| !there.contains(phone));
        let other_address = !line.is_empty() && !known.is_empty() && line != known;
        let same_number = [EntryField::Rpps, EntryField::Finess, EntryField::Siret]
            .into_iter()
            .any(|field| !entry.text(field).is_empty() && entry.text(field) == self.text(field));
        other_phone && other_address && !same_number
    }
}

/// What may name the same entry twice: two entries that share one are one. Nobody else's numbers are compared.
pub fn identity(entry: &DirectoryEntry) -> Vec<String> {
    let mut keys = Vec::new();
    let name = fold(&entry.name);
    let given = fold(&entry.given_name);
    if !entry.rpps.is_empty() {
        keys.push(format!("rpps {}", entry.rpps));
    }
    for (kind, number) in [("finess", &entry.finess), ("siret", &entry.siret)] {
        if !number.is_empty() {
            // One establishment has several services.
            keys.push(format!("{kind} {number} {name}"));
        }
    }
    let place = match fold(&entry.address.commune) {
        commune if commune.is_empty() => format!("role {}", fold(&entry.role)),
        commune => format!("at {commune}"),
    };
    keys.push(format!("name {name}|{given}|{place}"));
    keys
}

fn guess_kind(texts: &BTreeMap<EntryField, String>, role: &str) -> EntryKind {
    let says = |field| texts.get(&field).is_some_and(|text: &String| !text.is_empty());
    let is_someone = says(EntryField::Rpps) || says(EntryField::GivenName);
    let is_structure =
        says(EntryField::Finess) || says(EntryField::Carrier) || named(ListId::StructureTypes, role).is_some();
    let has_profession = named(ListId::Professions, role).is_some();
    if is_someone || (has_profession && !is_structure) { EntryKind::Professional } else { EntryKind::Structure }
}

fn named(list: ListId, name: &str) -> Option<&'static str> {
    let items = Language::ALL.into_iter().find_map(|language| Lists::starting(language).named(list, name));
    items.map(|item| item.id.as_str())
}

/// The lists that the role of an entry is looked for in, the likeliest first.
fn lists_of(kind: &EntryKind) -> [ListId; 2] {
    match kind {
        EntryKind::Structure => [ListId::StructureTypes, ListId::Professions],
        EntryKind::Professional | EntryKind::Relay | EntryKind::Unknown(_) => {
            [ListId::Professions, ListId::StructureTypes]
        }
    }
}

fn item_named(kind: &EntryKind, name: &str) -> Option<&'static str> {
    lists_of(kind).into_iter().find_map(|list| named(list, name))
}

/// The words of a role, in French as all words of files are.
pub(super) fn role_words<'a>(kind: &EntryKind, role: &'a str) -> &'a str {
    let lists = Lists::starting(Language::Fr);
    let [first, _] = lists_of(kind);
    lists_of(kind)
        .into_iter()
        .find_map(|list| lists.item(list, role))
        .map_or_else(|| lists.label(first, role), |item| &item.label)
}

/// What a telephone is, in French.
pub(super) fn label_words(label: &str) -> &str {
    Lists::starting(Language::Fr).label(ListId::PhoneLabels, label)
}

/// The words of a kind, in French.
pub(super) fn kind_words(kind: &EntryKind) -> &str {
    Lists::starting(Language::Fr).label(ListId::EntryKinds, kind.code())
}

/// The kind that words say.
pub(super) fn kind_named(words: &str) -> Option<EntryKind> {
    named(ListId::EntryKinds, words).map(EntryKind::from_code)
}

/// Reads a day as tables write it: 12/06/2026 or 2026-06-12.
pub(in crate::exchange) fn read_day(text: &str) -> Option<NaiveDate> {
    let day = text.parse().ok().or_else(|| {
        let mut parts = text.split(['/', '.', '-']).map(str::trim);
        let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
        let year: i32 = year.parse().ok()?;
        let year = if year < 100 { year + 2000 } else { year };
        NaiveDate::from_ymd_opt(year, month.parse().ok()?, day.parse().ok()?).filter(|_| parts.next().is_none())
    })?;
    chrono::Datelike::year(&day).checked_sub(1900).filter(|years| (0..300).contains(years)).map(|_| day)
}
