//! Says that the commune is made up, on every screen where it is: nobody must take it for a real one.

use leptos::prelude::*;

use crate::demo;
use crate::words::demo as words;

/// Nothing at all, in a notebook of someone's.
#[component]
pub fn MadeUp() -> impl IntoView {
    demo::is_here().then(|| {
        view! {
            <aside class="made-up">
                <p>{words::made_up}</p>
            </aside>
        }
    })
}
