//! The gestures that are measured, the same in both hosts.

use chrono::NaiveDate;
use maillon_shared::api::Request;
use maillon_shared::api::requests::NewEncounter;
use maillon_shared::domain::encounter::Encounter;
use maillon_shared::domain::follow_up::{FollowUp, FollowUpKind};
use maillon_shared::domain::ids::{EncounterId, FollowUpId};
use maillon_shared::text::fold::fold;

use super::notebook::Made;
use crate::village::chance::Chance;

/// A visit to someone, with its note and its next contact.
pub fn visit(chance: &mut Chance, made: &Made, day: NaiveDate) -> Request {
    let (person, _) = chance.pick(&made.people);
    let mut encounter = Encounter::empty(EncounterId(chance.id()), Some(*person), day);
    encounter.notes = "Reçue dans la cuisine. Cherche quelqu'un pour tailler la haie. On se rappelle.".into();
    encounter.words = "Tant que je peux descendre au village, ça va.".into();
    encounter.duration_min = Some(35);
    let due = day + chrono::Days::new(21);
    let mut next = FollowUp::open(FollowUpId(chance.id()), Some(*person), FollowUpKind::Visit, due);
    next.what = "Repasser, comme convenu".into();
    Request::RecordEncounter(Box::new(NewEncounter {
        encounter,
        unshared_note: String::new(),
        completes: None,
        follow_ups: vec![next],
        requests: Vec::new(),
        draft: None,
    }))
}

/// What a search field holds after each keystroke, as names are typed with a mistake and without accents. As many
/// keystrokes at least as are asked for.
pub fn keystrokes(chance: &mut Chance, made: &Made, at_least: usize) -> Vec<String> {
    let mut typed = Vec::new();
    while typed.len() < at_least {
        let (_, name) = chance.pick(&made.people);
        let letters: Vec<char> = misspelt(chance, &fold(name)).chars().collect();
        typed.extend((1..=letters.len()).map(|end| letters[..end].iter().collect::<String>()));
    }
    typed
}

/// A name with one letter doubled, dropped or swapped, past its first.
fn misspelt(chance: &mut Chance, name: &str) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    if letters.len() < 4 {
        return name.to_owned();
    }
    let at = 1 + chance.below(letters.len() - 2);
    match chance.below(3) {
        0 => letters.insert(at, letters[at]),
        1 => drop(letters.remove(at)),
        _ => letters.swap(at, at + 1),
    }
    letters.into_iter().collect()
}

/// A keystroke's request.
pub fn search(typed: &str) -> Request {
    Request::Search { text: typed.to_owned(), limit: 20 }
}
