//! One choice among a few: real radio buttons, drawn as chips that show a mark and not colour alone.

use leptos::prelude::*;

use crate::browser;

/// A choice: its code and its words.
#[derive(Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is kept.
    pub code: String,
    /// What is read.
    pub label: String,
}

impl Choice {
    /// A choice.
    pub fn new(code: impl Into<String>, label: impl Into<String>) -> Self {
        Choice { code: code.into(), label: label.into() }
    }
}

/// A group of radio buttons.
#[component]
pub fn Chips(
    /// The group's name and id in the page.
    #[prop(into)]
    name: String,
    /// What is chosen.
    #[prop(into)]
    legend: ViewFn,
    /// The choices, in the language spoken now.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// The code chosen now; empty when none is.
    #[prop(into)]
    chosen: Signal<String>,
    /// What happens when another is chosen.
    choose: Callback<String>,
) -> impl IntoView {
    let group = name.clone();
    view! {
        <fieldset class="choice" id=name>
            <legend>{legend.run()}</legend>
            <div class="chips">
                {move || {
                    let group = group.clone();
                    choices
                        .get()
                        .into_iter()
                        .map(|Choice { code, label }| {
                            let (id, kept) = (format!("{group}-{}", browser::html_id(&code)), code.clone());
                            let labels = id.clone();
                            let is_chosen = move || chosen.with(|chosen| *chosen == kept);
                            view! {
                                <label class="chip" for=labels>
                                    <input
                                        type="radio"
                                        id=id
                                        name=group.clone()
                                        value=code.clone()
                                        prop:checked=is_chosen
                                        on:change=move |_| choose.run(code.clone())
                                    />
                                    <span>{label}</span>
                                </label>
                            }
                        })
                        .collect_view()
                }}
            </div>
        </fieldset>
    }
}
