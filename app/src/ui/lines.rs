//! The lines of a form of which there may be several: each in a frame, with what takes it away; and what adds one more.
//!
//! Each line keeps its own id, so that two people can edit two lines at once.

use std::hash::Hash;

use leptos::html;
use leptos::prelude::*;

use super::icon::{Icon, Shape};
use crate::browser;
use crate::words::Word;

/// Lines, and the button that adds one.
#[component]
pub fn Lines<I, V>(
    /// Which lines there are.
    ids: Memo<Vec<I>>,
    /// What a line is.
    legend: Word,
    /// What takes a line away.
    remove: Word,
    /// What adds the first.
    add: Word,
    /// What adds another.
    add_other: Word,
    /// The icon of what adds.
    #[prop(default = Shape::Plus)]
    shape: Shape,
    /// Adds a line, and says which field to write in.
    make: Callback<(), String>,
    /// Takes a line away.
    drop_line: Callback<I>,
    /// The fields of a line.
    draw: impl Fn(I) -> V + Copy + Send + Sync + 'static,
) -> impl IntoView
where
    I: Copy + Eq + Hash + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let button = NodeRef::<html::Button>::new();
    let take_away = move |id: I| {
        drop_line.run(id);
        // The button that was pressed is gone with its line.
        if let Some(button) = button.get_untracked() {
            let _ = button.focus();
        }
    };
    view! {
        <For each=move || ids.get() key=|id| *id let:id>
            <fieldset class="line">
                <legend>{legend}</legend>
                {draw(id)}
                <button type="button" class="quiet" on:click=move |_| take_away(id)>
                    <Icon shape=Shape::Cross />
                    <span>{remove}</span>
                </button>
            </fieldset>
        </For>
        <button type="button" class="add" node_ref=button on:click=move |_| browser::focus_soon(make.run(()))>
            <Icon shape=shape />
            <span>{move || if ids.with(Vec::is_empty) { add() } else { add_other() }}</span>
        </button>
    }
}
