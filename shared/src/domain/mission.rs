//! A mission: what an entry of the directory does, for whom, in which communes, how to reach it, how soon, on which days,
//! and when someone last made sure of it. All of *qui fait quoi* is read from here.
//!
//! What is not said is never taken for a yes: no commune, no day means that nobody wrote which.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::changes::text_fields;
use super::ids::LineId;
use crate::text::fold::fold;

/// Something that an entry does for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mission {
    /// Names the line, so that two people can edit two missions at once.
    pub id: LineId,
    /// What it is about: a topic of the requests, or words until the list has it.
    pub topic: String,
    /// What exactly, in words that can be said to an inhabitant.
    pub what: String,
    /// For whom: items of the list of publics, or words of one's own. None is everyone.
    pub publics: BTreeSet<String>,
    /// Where, by [`commune_key`]: the names. None is that nobody said.
    pub communes: BTreeMap<String, String>,
    /// How to get there: by appointment, through whom, with which paper.
    pub access: String,
    /// The number for this, where it is not the entry's own.
    pub phone: String,
    /// How soon.
    pub delay: String,
    /// On which days of the week, 1 is Monday. None is that nobody said.
    pub days: BTreeSet<u8>,
    /// At which hours.
    pub hours: String,
    /// Whether inhabitants may read it: the printed leaflet holds no other.
    pub for_inhabitants: bool,
    /// What only those who coordinate read.
    pub note: String,
    /// Why something here is to be verified; empty when nothing is.
    pub to_verify: String,
    /// When someone last made sure of it.
    pub checked_on: Option<NaiveDate>,
}

text_fields! {
    /// The text fields of a mission.
    MissionField of Mission {
        /// What it is about.
        Topic = "topic" => topic,
        /// What exactly.
        What = "what" => what,
        /// How to get there.
        Access = "access" => access,
        /// The number for this.
        Phone = "phone" => phone,
        /// How soon.
        Delay = "delay" => delay,
        /// At which hours.
        Hours = "hours" => hours,
        /// What only those who coordinate read.
        Note = "note" => note,
        /// Why it is to be verified.
        ToVerify = "to_verify" => to_verify,
    }
}

/// One change to a mission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MissionChange {
    /// A text field becomes this.
    Text(MissionField, String),
    /// It is for them, or is not.
    Public(String, bool),
    /// It is done there, under that name; or is not.
    Commune(String, Option<String>),
    /// It is done that day of the week, or is not.
    Day(u8, bool),
    /// Inhabitants may read it, or not.
    ForInhabitants(bool),
    /// Someone made sure of it that day.
    CheckedOn(Option<NaiveDate>),
}

/// The days of the week.
pub const WEEK: std::ops::RangeInclusive<u8> = 1..=7;

/// What tells a commune from another: its code, or its name where no list has it.
pub fn commune_key(code: &str, name: &str) -> String {
    match code.trim() {
        "" => fold(name),
        code => code.to_owned(),
    }
}

/// Whether a commune was chosen: its key is then its code, such as 13096 or 2A004. One that is found by its name alone was
/// typed, and whatever is typed may name someone.
pub fn is_commune_code(key: &str) -> bool {
    let is_digit = |byte: &u8| byte.is_ascii_digit();
    match key.as_bytes() {
        [b'2', b'A' | b'B', rest @ ..] => rest.len() == 3 && rest.iter().all(is_digit),
        key => key.len() == 5 && key.iter().all(is_digit),
    }
}

impl Mission {
    /// A mission of which nothing is said yet.
    pub fn empty(id: LineId) -> Self {
        Mission {
            id,
            topic: String::new(),
            what: String::new(),
            publics: BTreeSet::new(),
            communes: BTreeMap::new(),
            access: String::new(),
            phone: String::new(),
            delay: String::new(),
            days: BTreeSet::new(),
            hours: String::new(),
            for_inhabitants: false,
            note: String::new(),
            to_verify: String::new(),
            checked_on: None,
        }
    }

    /// What to write so that this mission becomes `edited`: the differences only.
    pub fn changes_to(&self, edited: &Mission) -> Vec<MissionChange> {
        let mut changes: Vec<_> =
            self.text_differences(edited).map(|(field, text)| MissionChange::Text(field, text.to_owned())).collect();
        for public in self.publics.symmetric_difference(&edited.publics) {
            changes.push(MissionChange::Public(public.clone(), edited.publics.contains(public)));
        }
        for (key, name) in &edited.communes {
            if self.communes.get(key) != Some(name) {
                changes.push(MissionChange::Commune(key.clone(), Some(name.clone())));
            }
        }
        for key in self.communes.keys().filter(|key| !edited.communes.contains_key(*key)) {
            changes.push(MissionChange::Commune(key.clone(), None));
        }
        for day in self.days.symmetric_difference(&edited.days) {
            changes.push(MissionChange::Day(*day, edited.days.contains(day)));
        }
        if self.for_inhabitants != edited.for_inhabitants {
            changes.push(MissionChange::ForInhabitants(edited.for_inhabitants));
        }
        if self.checked_on != edited.checked_on {
            changes.push(MissionChange::CheckedOn(edited.checked_on));
        }
        changes
    }

    /// Whether it is for someone of that public.
    pub fn is_for(&self, public: &str) -> bool {
        self.publics.is_empty() || self.publics.contains(public)
    }

    /// Whether two missions are for some of the same people.
    pub fn shares_a_public_with(&self, other: &Mission) -> bool {
        self.publics.is_empty() || other.publics.is_empty() || !self.publics.is_disjoint(&other.publics)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meals() -> Mission {
        let mut meals = Mission::empty(LineId([1; 16]));
        meals.topic = "meals".into();
        meals.communes = [("13100".to_owned(), "Roquebelle".to_owned())].into();
        meals.days = [1, 5].into();
        meals
    }

    #[test]
    fn only_what_differs_is_written() {
        assert_eq!(meals().changes_to(&meals()), []);
        let mut edited = meals();
        edited.communes = [("13101".to_owned(), "Mas-Perdu".to_owned())].into();
        edited.days = [5, 7].into();
        edited.publics = ["elders".to_owned()].into();
        edited.for_inhabitants = true;
        assert_eq!(
            meals().changes_to(&edited),
            [
                MissionChange::Public("elders".into(), true),
                MissionChange::Commune("13101".into(), Some("Mas-Perdu".into())),
                MissionChange::Commune("13100".into(), None),
                MissionChange::Day(1, false),
                MissionChange::Day(7, true),
                MissionChange::ForInhabitants(true),
            ]
        );
    }

    #[test]
    fn a_commune_without_a_code_is_known_by_its_name_however_it_is_written() {
        assert_eq!(commune_key(" 13100 ", "x"), "13100");
        assert_eq!(commune_key("", "Saint-Rémy"), commune_key(" ", "ST REMY"));
    }

    #[test]
    fn a_mission_for_everyone_is_for_each() {
        let mut for_elders = meals();
        for_elders.publics = ["elders".to_owned()].into();
        let mut for_children = meals();
        for_children.publics = ["children".to_owned()].into();
        assert!(meals().is_for("elders") && for_elders.is_for("elders") && !for_elders.is_for("children"));
        assert!(meals().shares_a_public_with(&for_elders));
        assert!(!for_children.shares_a_public_with(&for_elders));
    }
}
