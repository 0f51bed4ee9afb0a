//! The numbers to call when someone is in danger, as buttons: this program treats nobody and calls nobody by itself.

use leptos::prelude::*;

use super::call::CallLink;
use crate::words::{Word, emergency as w};

/// The numbers, the most general first.
#[component]
pub fn EmergencyNumbers() -> impl IntoView {
    let numbers: [(&str, Word); 10] = [
        ("15", w::samu),
        ("17", w::police),
        ("18", w::firefighters),
        ("112", w::europe),
        ("114", w::deaf),
        ("115", w::homeless),
        ("119", w::children),
        ("3114", w::suicide),
        ("3919", w::women),
        ("3977", w::elders),
    ];
    view! {
        <section class="numbers" aria-labelledby="numbers">
            <h2 id="numbers">{w::numbers}</h2>
            <p class="detail">{w::treats_nothing}</p>
            <ul>
                {numbers
                    .into_iter()
                    .map(|(number, about)| {
                        view! {
                            <li>
                                {move || view! { <CallLink number=number label=format!("{number} · {}", about()) /> }}
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
        </section>
    }
}
