//! What was found in words that are to be printed, and what stops them: a name, until the words change or the coordinator says
//! that it is someone else's.

use leptos::prelude::*;
use maillon_shared::domain::clues::{Clue, Weight, WrittenFor};

use crate::ui::ClueList;
use crate::words::{Word, information as w};

/// Each clue, with the text in which it stands.
type Found = Vec<(Clue, String)>;

/// What was found, and whether it may be printed all the same.
#[derive(Clone, Copy)]
pub struct Looked {
    clues: Signal<Found>,
    names: Memo<Found>,
    looked: RwSignal<Found>,
    /// Whether nothing stops it.
    pub may_print: Memo<bool>,
}

impl Looked {
    /// Follows what was found.
    pub fn at(clues: Signal<Found>) -> Self {
        let names = Memo::new(move |_| clues.with(|clues| must(clues)));
        // Of what was looked at: with another word, one looks again.
        let looked = RwSignal::new(Found::new());
        let may_print =
            Memo::new(move |_| names.with(|names| looked.with(|looked| names.is_empty() || looked == names)));
        Looked { clues, names, looked, may_print }
    }

    /// What was found; where it stops what is printed, that it does, and what says that it is someone else.
    pub fn told(self, stops: Word) -> AnyView {
        let Looked { clues, names, looked, may_print } = self;
        view! {
            <ClueList clues=clues written_for=WrittenFor::Sheet />
            <p class="state-note unprinted" hidden=move || may_print.get()>
                {stops} " "
                <button type="button" on:click=move |_| looked.set(names.get_untracked())>
                    {w::board_looked}
                </button>
            </p>
        }
        .into_any()
    }
}

/// What names someone, with the text in which it stands.
fn must(found: &[(Clue, String)]) -> Found {
    found.iter().filter(|(clue, _)| clue.weight == Weight::Must).cloned().collect()
}
