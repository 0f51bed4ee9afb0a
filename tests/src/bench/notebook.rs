//! The notebook that is measured: a village's ten years, lived through the door on a store in memory.

use maillon_shared::api::{Request, Response};
use maillon_shared::domain::ids::PersonId;
use maillon_shared::domain::person::PersonState;

use crate::harness::{Device, Shelf};
use crate::village::Village;

/// A notebook, what opens it, and who is in it.
pub struct Made {
    /// Its rows.
    pub shelf: Shelf,
    /// Its 24 words, which open it without stretching anything.
    pub words: String,
    /// The same, as a backup file.
    pub backup: Vec<u8>,
    /// Everyone who is followed, by name: nothing is planned about the others.
    pub people: Vec<(PersonId, String)>,
    /// Records without the directory.
    pub records: usize,
    /// Directory entries.
    pub entries: usize,
}

/// A village's notebook, on the morning of its last day.
pub fn make(village: &Village) -> Made {
    let today = village.today();
    let mut device = Device::new(1, today);
    let words = device.creates_notebook(village.settings());
    let mut life = village.requests();
    device.lives(life.by_ref());
    device.is_on(today);
    let Response::People(people) = device.asks(Request::People) else { panic!("people were asked for") };
    let Response::File(backup) = device.asks(Request::Backup) else { panic!("a backup was asked for") };
    let tally = life.tally();
    Made {
        shelf: device.shelf().clone(),
        words,
        backup: backup.bytes,
        people: people
            .into_iter()
            .filter(|row| row.state == PersonState::Followed)
            .map(|row| (row.id, row.name))
            .collect(),
        records: tally.records(),
        entries: tally.entries,
    }
}
