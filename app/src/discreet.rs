//! *L'écran discret*: what may be seen by the person reading along, and nothing else.
//!
//! While it is on, screens are drawn by others, which know a short list of things to show; nothing of the usual ones is
//! on the page, nor on paper. It lasts until one leaves it: not a refresh, not a lock, not another screen ends it. A key
//! turns it on and none turns it off, since the key may be hit by anyone.

use leptos::prelude::*;
use leptos::reactive::graph::Observer;

use crate::browser;
use crate::session::{Said, session};

const KEPT_AS: &str = "maillon.discreet";
const ON: &str = "on";
const OFF: &str = "off";

thread_local! {
    static IS_ON: ArcRwSignal<bool> = ArcRwSignal::new(browser::kept(KEPT_AS).as_deref() == Some(ON));
}

/// Whether it is on. Inside a view, it is followed.
pub fn is_on() -> bool {
    IS_ON.with(|is_on| if Observer::get().is_some() { is_on.get() } else { is_on.get_untracked() })
}

/// Shows only what may be seen, from now on.
pub fn begin() {
    let session = session();
    session.searching.set(false);
    // What is said after a call names someone.
    if matches!(session.said.get_untracked(), Some(Said::Called(_))) {
        session.said.set(None);
    }
    turn(true);
}

/// Shows everything again.
pub fn leave() {
    turn(false);
}

fn turn(is_on: bool) {
    browser::keep(KEPT_AS, if is_on { ON } else { OFF });
    IS_ON.with(|signal| signal.set(is_on));
}

/// The initials of a name: "Odette Marchevel" is "O. M.".
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let (first, last) = (words.next(), words.next_back());
    let letters = first.into_iter().chain(last);
    letters.map(|letter| format!("{}.", letter.to_uppercase())).collect::<Vec<_>>().join("\u{a0}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_say_two_letters_and_no_more() {
        for (name, letters) in [
            ("Odette Marchevel", "O.\u{a0}M."),
            ("Marie-Antoinette de La Tour-Montvallier", "M.\u{a0}T."),
            ("élodie", "É."),
            ("  ’ - ", ""),
            ("", ""),
            ("Mme d’Aubanne", "M.\u{a0}D."),
        ] {
            assert_eq!(initials(name), letters, "{name}");
        }
    }
}
