//! The fields of a roadmap's lines, each as words: as the journal writes it, as a draft keeps it, as a conflict shows it.
//!
//! A roadmap has many sorts of lines. What a field is (a date, an amount, a state) is its type; how it is written, read back
//! and compared is said here once for all of them, so that no sort of line can forget one of the three.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::event::EventCommune;
use super::ids::{CollectiveId, EntryId, LineId};
use super::mission::is_commune_code;
use super::programme::{ActionState, Cents};
use super::time::PartialDate;

/// That something stands there, where a field only says yes.
const YES: &str = "1";

/// What a field holds: one value, or several that are each written apart, under a name of their own.
pub trait Part {
    /// The names under which values are written; one with no name where there is one value only.
    fn names(&self) -> Vec<String> {
        vec![String::new()]
    }

    /// What is written under that name; no words are nothing.
    fn written(&self, name: &str) -> String;

    /// Reads what was written. What is no such value changes nothing, and is said.
    fn read(&mut self, name: &str, text: &str) -> bool;

    /// The words in it that someone typed.
    fn words(&self) -> Vec<String> {
        Vec::new()
    }

    /// Whether this version knows what it means.
    fn is_known(&self) -> bool {
        true
    }
}

impl Part for String {
    fn written(&self, _: &str) -> String {
        self.clone()
    }

    fn read(&mut self, name: &str, text: &str) -> bool {
        if name.is_empty() {
            text.clone_into(self);
        }
        name.is_empty()
    }

    fn words(&self) -> Vec<String> {
        vec![self.clone()]
    }
}

/// Values that may be unknown: no words are that nobody knows.
macro_rules! may_be_unknown {
    ($($of:ty => $parse:expr),* $(,)?) => {$(
        impl Part for Option<$of> {
            fn written(&self, _: &str) -> String {
                self.as_ref().map(ToString::to_string).unwrap_or_default()
            }

            fn read(&mut self, name: &str, text: &str) -> bool {
                let read: Option<$of> = if text.is_empty() { None } else { ($parse)(text) };
                let is_one = name.is_empty() && (text.is_empty() || read.is_some());
                if is_one {
                    *self = read;
                }
                is_one
            }
        }
    )*};
}
pub(super) use may_be_unknown;

may_be_unknown! {
    PartialDate => PartialDate::parse,
    NaiveDate => |text: &str| text.parse().ok(),
    Cents => Cents::parse,
    EntryId => EntryId::parse,
    LineId => LineId::parse,
    CollectiveId => CollectiveId::parse,
    i32 => |text: &str| text.parse().ok(),
    u32 => |text: &str| text.parse().ok(),
}

/// One commune. One that was typed, and not chosen in the list, may name someone.
impl Part for Option<EventCommune> {
    fn written(&self, _: &str) -> String {
        self.as_ref().map(EventCommune::written).unwrap_or_default()
    }

    fn read(&mut self, name: &str, text: &str) -> bool {
        let read = EventCommune::parse(text);
        let is_one = name.is_empty() && (text.is_empty() || read.is_some());
        if is_one {
            *self = read;
        }
        is_one
    }

    fn words(&self) -> Vec<String> {
        let typed = self.as_ref().filter(|commune| !is_commune_code(&commune.key));
        typed.into_iter().flat_map(|commune| [commune.key.clone(), commune.name.clone()]).collect()
    }
}

impl Part for ActionState {
    fn written(&self, _: &str) -> String {
        self.to_string()
    }

    fn read(&mut self, name: &str, text: &str) -> bool {
        if name.is_empty() {
            *self = ActionState::parse(text);
        }
        name.is_empty()
    }

    fn words(&self) -> Vec<String> {
        ActionState::words(self).into_iter().map(str::to_owned).collect()
    }

    fn is_known(&self) -> bool {
        !matches!(self, ActionState::Unknown(_))
    }
}

/// Lines that are ticked: each tick is written apart, so that two who tick at once both did.
impl Part for BTreeSet<LineId> {
    fn names(&self) -> Vec<String> {
        self.iter().map(LineId::to_string).collect()
    }

    fn written(&self, name: &str) -> String {
        let is_there = LineId::parse(name).is_some_and(|id| self.contains(&id));
        if is_there { YES.to_owned() } else { String::new() }
    }

    fn read(&mut self, name: &str, text: &str) -> bool {
        let Some(id) = LineId::parse(name) else { return false };
        match text {
            YES => drop(self.insert(id)),
            "" => drop(self.remove(&id)),
            _ => return false,
        }
        true
    }
}

/// Communes, each written apart.
impl Part for BTreeMap<LineId, EventCommune> {
    fn names(&self) -> Vec<String> {
        self.keys().map(LineId::to_string).collect()
    }

    fn written(&self, name: &str) -> String {
        let commune = LineId::parse(name).and_then(|id| self.get(&id));
        commune.map(EventCommune::written).unwrap_or_default()
    }

    fn read(&mut self, name: &str, text: &str) -> bool {
        let Some(id) = LineId::parse(name) else { return false };
        match (text, EventCommune::parse(text)) {
            ("", _) => drop(self.remove(&id)),
            (_, Some(commune)) => drop(self.insert(id, commune)),
            _ => return false,
        }
        true
    }

    /// A commune of the list is chosen and is none of them; one that is found by its name alone was typed.
    fn words(&self) -> Vec<String> {
        let typed = self.values().filter(|commune| !is_commune_code(&commune.key));
        typed.flat_map(|commune| [commune.key.clone(), commune.name.clone()]).collect()
    }
}

/// A record whose fields are read and written by their codes. A field with several values has them after its code and a dot.
pub trait Fielded: Clone + PartialEq {
    /// The codes of its fields, in reading order. What a code means never changes.
    const FIELDS: &'static [&'static str];

    /// The field of that code.
    fn part(&self, code: &str) -> Option<&dyn Part>;

    /// The same, to write.
    fn part_mut(&mut self, code: &str) -> Option<&mut dyn Part>;

    /// What is written there.
    fn said(&self, field: &str) -> String {
        let (code, name) = field.split_once('.').unwrap_or((field, ""));
        self.part(code).map(|part| part.written(name)).unwrap_or_default()
    }

    /// Writes it there. What is no such field or no such value changes nothing, and is said.
    fn say(&mut self, field: &str, text: &str) -> bool {
        let (code, name) = field.split_once('.').unwrap_or((field, ""));
        self.part_mut(code).is_some_and(|part| part.read(name, text))
    }

    /// The fields in which another differs, and what it says there.
    fn differences(&self, edited: &Self) -> Vec<(String, String)> {
        let mut changes = Vec::new();
        for code in Self::FIELDS {
            let names = |of: &Self| of.part(code).map(Part::names).unwrap_or_default();
            let mut all = names(self);
            all.extend(names(edited));
            all.sort();
            all.dedup();
            for name in all {
                let field = if name.is_empty() { (*code).to_owned() } else { format!("{code}.{name}") };
                let said = edited.said(&field);
                if self.said(&field) != said {
                    changes.push((field, said));
                }
            }
        }
        changes
    }

    /// Every word that someone typed in it.
    fn words(&self) -> Vec<String> {
        Self::FIELDS.iter().filter_map(|code| self.part(code)).flat_map(Part::words).collect()
    }

    /// Whether this version knows what all of it means.
    fn is_known(&self) -> bool {
        Self::FIELDS.iter().filter_map(|code| self.part(code)).all(Part::is_known)
    }
}

/// A line of a roadmap.
pub trait Line: Fielded {
    /// A line with nothing on it.
    fn empty(id: LineId) -> Self;

    /// What names it.
    fn id(&self) -> LineId;

    /// Whether nothing is said in it.
    fn is_blank(&self) -> bool {
        *self == Self::empty(self.id())
    }
}

/// Declares a sort of line: its fields, and how each is found by its code, which is its name and is written for ever.
macro_rules! roadmap_line {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $of:ty),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        pub struct $name {
            /// Names the line.
            pub id: $crate::domain::ids::LineId,
            $($(#[$field_doc])* pub $field: $of,)*
        }

        impl $crate::domain::roadmap_parts::Fielded for $name {
            const FIELDS: &'static [&'static str] = &[$(stringify!($field)),*];

            fn part(&self, code: &str) -> Option<&dyn $crate::domain::roadmap_parts::Part> {
                match code { $(stringify!($field) => Some(&self.$field),)* _ => None }
            }

            fn part_mut(&mut self, code: &str) -> Option<&mut dyn $crate::domain::roadmap_parts::Part> {
                match code { $(stringify!($field) => Some(&mut self.$field),)* _ => None }
            }
        }

        impl $crate::domain::roadmap_parts::Line for $name {
            fn empty(id: $crate::domain::ids::LineId) -> Self {
                $name { id, $($field: Default::default(),)* }
            }

            fn id(&self) -> $crate::domain::ids::LineId {
                self.id
            }
        }
    };
}
pub(super) use roadmap_line;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_knows_is_not_zero_and_what_is_no_value_changes_nothing() {
        let mut amount = Some(Cents(300));
        assert!(!amount.read("", "mille") && !amount.read("x", "5"));
        assert_eq!(amount, Some(Cents(300)));
        assert!(amount.read("", "0") && amount == Some(Cents(0)));
        assert!(amount.read("", "") && amount.is_none());
    }

    #[test]
    fn a_value_under_a_name_that_its_field_does_not_have_changes_nothing() {
        let mut words = "Marcher".to_owned();
        let mut state = ActionState::Running;
        assert!(!words.read("x", "Autre") && !state.read("x", "done"));
        assert_eq!((words.as_str(), state), ("Marcher", ActionState::Running));
    }

    #[test]
    fn each_tick_and_each_commune_is_written_apart() {
        let [one, other] = [1, 2].map(|n| LineId([n; 16]));
        let mut ticks = BTreeSet::from([one]);
        assert!(ticks.read(&other.to_string(), "1") && ticks.read(&one.to_string(), ""));
        assert_eq!(ticks, BTreeSet::from([other]));
        assert!(!ticks.read("x", "1") && !ticks.read(&one.to_string(), "oui"));
        let arles = EventCommune { key: "13004".into(), name: "Arles".into() };
        let typed = EventCommune { key: "le sambuc".into(), name: "Le Sambuc".into() };
        let mut places = BTreeMap::from([(one, arles)]);
        assert!(places.words().is_empty(), "it is of the list");
        assert!(places.read(&other.to_string(), &typed.written()));
        assert_eq!(places.written(&other.to_string()), typed.written());
        assert_eq!(places.words(), ["le sambuc", "Le Sambuc"]);
    }
}
