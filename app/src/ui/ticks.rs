//! Several choices among a few: real checkboxes, drawn as chips that show a mark and not colour alone.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::choice::Choice;
use crate::browser;
use crate::words::Word;

/// A group of checkboxes.
#[component]
pub fn Ticks(
    /// The group's name and id in the page.
    name: &'static str,
    /// What is asked.
    legend: Word,
    /// What helps to answer.
    #[prop(optional)]
    hint: Option<Word>,
    /// The choices, in the language spoken now.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// The codes ticked now.
    #[prop(into)]
    ticked: Signal<BTreeSet<String>>,
    /// What happens when one is ticked, or no longer.
    toggle: Callback<String>,
) -> impl IntoView {
    let boxes = move || {
        let one = |Choice { code, label }: Choice| {
            let (id, kept) = (format!("{name}-{}", browser::html_id(&code)), code.clone());
            let labels = id.clone();
            view! {
                <label class="chip" for=labels>
                    <input
                        type="checkbox"
                        id=id
                        prop:checked=move || ticked.with(|ticked| ticked.contains(&kept))
                        on:change=move |_| toggle.run(code.clone())
                    />
                    <span>{label}</span>
                </label>
            }
        };
        choices.get().into_iter().map(one).collect_view()
    };
    view! {
        <fieldset class="choice" id=name>
            <legend>{legend}</legend>
            {hint.map(|hint| view! { <p class="hint">{hint}</p> })}
            <div class="chips">{boxes}</div>
        </fieldset>
    }
}
