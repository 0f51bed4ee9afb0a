//! Who came to the lunches where people of several professions meet, and whom nobody has met there yet.
//!
//! It is why a lunch is the one event that names who came. It counts no one's presences: who never came is someone to
//! invite, not someone to judge.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::directory::{DirectoryEntry, EntryKind};
use super::event::Event;
use super::ids::{EntryId, LineId};
use crate::text::fold::fold;

/// Someone who came to a lunch between professions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guest {
    /// Names the line.
    pub id: LineId,
    /// Who.
    pub who: WhoCame,
}

/// Who came: someone of the directory, or words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum WhoCame {
    /// An entry of the directory.
    Entry(EntryId),
    /// Someone who has none, in words.
    Named(String),
}

impl WhoCame {
    /// Reads what [`fmt::Display`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        match text.split_once(':')? {
            ("entry", id) => EntryId::parse(id).map(WhoCame::Entry),
            ("named", name) => Some(WhoCame::Named(name.to_owned())),
            _ => None,
        }
    }
}

impl fmt::Display for WhoCame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WhoCame::Entry(id) => write!(f, "entry:{id}"),
            WhoCame::Named(name) => write!(f, "named:{name}"),
        }
    }
}

/// A professional who was at no lunch yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotMetYet {
    /// Who.
    pub entry: EntryId,
    /// Whether someone of that very name came, noted in words: it may be the same person, whoever knows says so. Two
    /// people may bear one name, so words never count as a meeting.
    pub may_have_come: bool,
}

/// Which professionals of the directory were at none of these lunches, in the directory's order. A lunch counts once it
/// was held; other events, and lunches that were a mistake, count for nothing.
pub fn not_met_yet(directory: &[DirectoryEntry], events: &[Event]) -> Vec<NotMetYet> {
    let held = events.iter().filter(|event| event.kind().names_who_came() && !event.withdrawn);
    let (mut met, mut named) = (BTreeSet::new(), BTreeSet::new());
    for guest in held.filter(|event| event.held_on().is_some()).flat_map(|event| event.guests()) {
        let _ = match &guest.who {
            WhoCame::Entry(entry) => met.insert(*entry),
            WhoCame::Named(name) => named.insert(fold(name)),
        };
    }
    let professionals = directory.iter().filter(|entry| entry.kind == EntryKind::Professional);
    let absent = professionals.filter(|entry| !met.contains(&entry.id)).map(|entry| {
        let name = fold(&entry.display_name());
        NotMetYet { entry: entry.id, may_have_come: !name.is_empty() && named.contains(&name) }
    });
    absent.collect()
}

#[cfg(test)]
mod tests {
    use super::super::event::{EventKind, EventState};
    use super::super::ids::EventId;
    use super::super::time::PartialDate;
    use super::*;

    fn date(text: &str) -> PartialDate {
        PartialDate::parse(text).expect("a date")
    }

    fn lunch(number: u8, who: Vec<WhoCame>) -> Event {
        let mut lunch = Event::empty(EventId([number; 16]), EventKind::Lunch);
        lunch.state = EventState::Held(date("2026-03-12"));
        for (who, id) in who.into_iter().zip(1..) {
            assert!(lunch.put_guest(Guest { id: LineId([id; 16]), who }));
        }
        lunch
    }

    fn professional(number: u8, name: &str) -> DirectoryEntry {
        let mut entry = DirectoryEntry::empty(EntryId([number; 16]), EntryKind::Professional);
        entry.name = name.into();
        entry
    }

    #[test]
    fn who_came_reads_back_as_it_is_written() {
        let who = [WhoCame::Entry(EntryId([3; 16])), WhoCame::Named("Zoé : la diététicienne".into())];
        assert!(who.iter().all(|who| WhoCame::parse(&who.to_string()).as_ref() == Some(who)));
    }

    #[test]
    fn who_was_at_no_lunch_yet_is_told_and_a_name_in_words_is_pointed_at() {
        let directory = [
            professional(1, "Aubert"),
            professional(2, "Béraud"),
            professional(3, "Combe"),
            DirectoryEntry::empty(EntryId([4; 16]), EntryKind::Structure),
            professional(5, ""),
        ];
        let came = lunch(1, vec![WhoCame::Entry(EntryId([1; 16])), WhoCame::Named("BERAUD".into())]);
        let mut to_come = lunch(2, vec![WhoCame::Entry(EntryId([3; 16]))]);
        to_come.state = EventState::Planned;
        let mut mistaken = to_come.clone();
        (mistaken.state, mistaken.withdrawn) = (EventState::Held(date("2026-05-05")), true);
        let absent = not_met_yet(&directory, &[came, to_come, mistaken]);
        let told: Vec<_> = absent.iter().map(|line| (line.entry.0[0], line.may_have_come)).collect();
        assert_eq!(told, [(2, true), (3, false), (5, false)]);
    }
}
