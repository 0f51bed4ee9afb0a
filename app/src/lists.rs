//! The words of the lists as the coordinator made them, in the language spoken now: whoever shows or offers an item asks here.

use leptos::prelude::*;
use leptos::reactive::graph::Observer;
use maillon_shared::domain::list_edits::ListEdits;
use maillon_shared::domain::lists::{ListId, Lists};
use maillon_shared::text::language::Language;

use crate::ui::Choice;
use crate::words::language;

/// The lists in both languages, and from which changes they are made.
#[derive(Clone)]
struct Here {
    edits: ListEdits,
    words: [&'static Lists; 2],
}

thread_local! {
    static HERE: ArcRwSignal<Here> = ArcRwSignal::new(Here {
        edits: ListEdits::default(),
        words: Language::ALL.map(Lists::starting),
    });
}

/// From now on, says these lists.
pub fn heard(edits: &ListEdits) {
    HERE.with(|here| {
        if here.with_untracked(|here| here.edits != *edits) {
            // They stay as long as the page, which locking ends: lists are changed a few times in a life.
            let words = Language::ALL.map(|language| &*Box::leak(Box::new(Lists::of(language, edits))));
            here.set(Here { edits: edits.clone(), words });
        }
    });
}

/// The lists in a language. Inside a view, they are followed.
pub fn lists_in(language: Language) -> &'static Lists {
    let here = HERE.with(|here| if Observer::get().is_some() { here.get() } else { here.get_untracked() });
    here.words[usize::from(language == Language::En)]
}

/// The lists in the language spoken now.
pub fn lists() -> &'static Lists {
    lists_in(language())
}

/// An item's words; what no list has is shown as it is written.
pub fn label(list: ListId, kept: &str) -> &str {
    lists().label(list, kept)
}

/// What a list offers, in its order.
pub fn choices(list: ListId) -> Vec<Choice> {
    lists().items(list).iter().map(|item| Choice::new(&item.id, &item.label)).collect()
}

/// What a list offers, and what is kept already though it is offered no longer.
pub fn choices_and(list: ListId, kept: &str) -> Vec<Choice> {
    let mut choices = choices(list);
    if !kept.is_empty() && choices.iter().all(|choice| choice.code != kept) {
        choices.push(Choice::new(kept, label(list, kept)));
    }
    choices
}
