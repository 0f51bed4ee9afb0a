//! Whatever is printed: of which commune and day it is, who printed it, what was sought, what to do with it afterwards;
//! and all of its rows.
//!
//! Every screen that prints says by [`OnPaper`] what it becomes, and is printed from here alone: a test of the house
//! looks for any other way.
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

/// What a screen becomes once it is printed, which decides what is said to whoever holds it.
///
/// What is said is for that reader. A paper that lies on a seat must say by itself how old it is, whose it is and that it
/// is not to be kept. A paper that was given to someone is theirs: it orders them nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    /// Lists, files, rounds, call sheets, journals: the coordinator's own tools, or those of whoever calls or visits. They
    /// name people, professionals too, so that all of it is said. What someone agreed or objected to is one of these,
    /// although it is read with her: it says against whom she objects, and is not left where they live.
    NamesPeople,
    /// Figures, needs, collective projects, slips of what was erased: shown around, or kept in archives, where one asks of
    /// which day they are and who made them. Nobody is named, and nothing is to be destroyed.
    NamesNobody,
    /// Her own copy, in her own house: of which day it is and whom it comes from, as she may ask for another; and that it
    /// is hers. It names her, and she does with it as she likes.
    Hers,
    /// An extract of the register: the mayor signs it, and it has its own day, number, commune and addressee. Who pressed
    /// the button is none of the addressee's business; but it is a list of frail people, which even they destroy.
    Signed,
    /// What is handed over and says all of it itself: a letter that the mayor signs; a liaison sheet, an invitation or
    /// minutes, which begin with who writes and end with what they who receive them may do, to destroy them included;
    /// the leaflet and the card, which are there to be kept. Nothing is said either of a fictional situation: a commune
    /// and a day would be clues to whom it was drawn from.
    SpeaksForItself,
}

impl Paper {
    /// Whether the commune, the day and who printed it are said.
    fn says_whence(self) -> bool {
        matches!(self, Paper::NamesPeople | Paper::NamesNobody | Paper::Hers)
    }

    /// What whoever holds it is told of keeping it.
    fn afterwards(self) -> Option<Word> {
        match self {
            Paper::NamesPeople | Paper::Signed => Some(w::to_destroy),
            Paper::Hers => Some(w::is_yours),
            Paper::NamesNobody | Paper::SpeaksForItself => None,
        }
    }
}

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

/// Who prints, as the settings name them; nothing while they do not.
fn printed_by(coordinator: &str, title: &str) -> String {
    match (coordinator.trim(), title.trim()) {
        ("", _) => String::new(),
        (name, "") => w::printed_by(name),
        (name, title) => w::printed_by_titled(name, title),
    }
}

/// What only paper says, under the title.
#[component]
pub fn OnPaper(
    /// What the screen is once printed.
    paper: Paper,
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
    let whence = move || {
        let day = format::date(browser::today(), DateStyle::DayYear, language());
        session().settings.with(|settings| {
            let by = printed_by(&settings.coordinator, &settings.title);
            in_a_row([settings.commune.clone(), w::as_of(day), by])
        })
    };
    view! {
        <div class="on-paper print-only">
            {paper.says_whence().then(|| view! { <p class="whence">{whence}</p> })}
            <p hidden=move || narrowed.with(String::is_empty)>{move || narrowed.get()}</p>
            {paper.afterwards().map(|words| view! { <p class="afterwards">{words}</p> })}
        </div>
    }
}

/// Draws every row, then prints.
pub fn print_whole() {
    draw_whole(true);
    // The rows come before the next frame; the browser's dialogue would stop the page before they do.
    request_animation_frame(|| drop(window().print()));
}

/// The button that prints a screen.
#[component]
pub fn PrintButton(
    /// What the button says, where the paper needs a word of its own.
    #[prop(default = w::print)]
    label: Word,
    /// How it stands among others: `quiet` unless printing is what one came for.
    #[prop(default = "quiet")]
    class: &'static str,
    /// While there is nothing to print.
    #[prop(optional, into)]
    hidden: Signal<bool>,
) -> impl IntoView {
    view! {
        <button type="button" class=class hidden=hidden on:click=|_| print_whole()>
            {label}
        </button>
    }
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

    #[test]
    fn whoever_printed_is_said_with_their_title_or_not_at_all() {
        assert_eq!(printed_by("Nadine Vassorgue", "coordinatrice"), "Imprimé par Nadine Vassorgue, coordinatrice");
        assert_eq!(printed_by(" Nadine Vassorgue", " "), "Imprimé par Nadine Vassorgue");
        assert_eq!(printed_by("", "coordinatrice"), "");
    }

    #[test]
    fn only_what_names_people_is_destroyed_and_nobody_is_told_to_destroy_what_is_theirs() {
        let all = [Paper::NamesPeople, Paper::NamesNobody, Paper::Hers, Paper::Signed, Paper::SpeaksForItself];
        let destroyed = all.map(|paper| paper.afterwards().map(|words| words()) == Some(w::to_destroy()));
        assert_eq!(destroyed, [true, false, false, true, false]);
        assert_eq!(all.map(Paper::says_whence), [true, true, true, false, false]);
    }
}
