//! A list on paper: of which day it is, what was sought, what to do with it afterwards; and all of its rows.
//!
//! Screens draw their rows as one asks for them. Paper has no button to ask with: before anything is printed, by the
//! button or by the browser's own command, every row is drawn. They stay so until one leaves the screen, since some
//! browsers say that printing has ended when it has only begun.

use std::cell::Cell;

use leptos::ev;
use leptos::prelude::*;
use maillon_shared::text::format::{self, DateStyle};

use crate::browser;
use crate::session::session;
use crate::words::{Word, in_a_row, language, paper as w};

thread_local! {
    static WHOLE: ArcRwSignal<bool> = ArcRwSignal::new(false);
    /// How many screens with a paper were opened: the last one alone says when its rows are whole.
    static OPENED: Cell<u32> = const { Cell::new(0) };
}

/// How many rows are drawn: as many as on screen, or all of them once they are to be printed. Followed inside a view.
pub fn most(on_screen: usize) -> usize {
    if WHOLE.with(|whole| whole.get()) { usize::MAX } else { on_screen }
}

fn draw_whole(whole: bool) {
    WHOLE.with(|signal| signal.set(whole));
}

/// What was typed to find the rows, in words; nothing when nothing was.
pub fn sought(typed: &str) -> String {
    match typed.trim() {
        "" => String::new(),
        typed => w::sought(typed),
    }
}

/// What only paper says, under the title.
#[component]
pub fn OnPaper(
    /// What the list was narrowed to, in words; empty when it is whole.
    #[prop(optional, into)]
    narrowed: Signal<String>,
) -> impl IntoView {
    let before = window_event_listener(ev::beforeprint, |_| draw_whole(true));
    let mine = OPENED.get() + 1;
    OPENED.set(mine);
    draw_whole(false);
    on_cleanup(move || {
        before.remove();
        // A screen may go after the next one has come, which is already being printed.
        if OPENED.get() == mine {
            draw_whole(false);
        }
    });
    let dated = move || {
        let day = format::date(browser::today(), DateStyle::DayYear, language());
        in_a_row([session().settings.with(|settings| settings.commune.clone()), w::as_of(day)])
    };
    view! {
        <div class="on-paper print-only">
            <p>{dated} ". " {w::to_destroy}</p>
            <p hidden=move || narrowed.with(String::is_empty)>{move || narrowed.get()}</p>
        </div>
    }
}

/// Draws every row, then prints.
#[component]
pub fn PrintButton(
    /// What the button says, where the list needs a word of its own.
    #[prop(default = w::print)]
    label: Word,
) -> impl IntoView {
    let print = move |_| {
        draw_whole(true);
        // The rows come before the next frame; the browser's dialogue would stop the page before they do.
        request_animation_frame(|| drop(window().print()));
    };
    view! { <button type="button" class="quiet" on:click=print>{label}</button> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_drawn_once_they_are_to_be_printed() {
        assert_eq!(most(100), 100);
        draw_whole(true);
        assert_eq!(most(100), usize::MAX);
        draw_whole(false);
        assert_eq!(most(7), 7);
    }
}
