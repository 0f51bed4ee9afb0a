//! What is to be mended before a form can be saved: said on top, with focus, in the same words as at the field.

use leptos::html;
use leptos::prelude::*;

use crate::browser;
use crate::words::form;

/// Something to mend.
#[derive(Clone, PartialEq, Eq)]
pub struct Problem {
    /// The id of the field.
    pub field: String,
    /// What is wrong with it.
    pub words: String,
}

/// All that is to be mended; nothing when nothing is.
#[component]
pub fn ErrorSummary(#[prop(into)] problems: Signal<Vec<Problem>>) -> impl IntoView {
    let summary = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if !problems.with(Vec::is_empty)
            && let Some(summary) = summary.get()
        {
            request_animation_frame(move || {
                let _ = summary.focus();
            });
        }
    });
    view! {
        <div
            class="error-summary"
            role="alert"
            tabindex="-1"
            node_ref=summary
            hidden=move || problems.with(Vec::is_empty)
        >
            <h2>{move || form::to_mend(problems.with(Vec::len) as u32)}</h2>
            <ul>
                {move || {
                    problems
                        .get()
                        .into_iter()
                        .map(|Problem { field, words }| {
                            let href = format!("#{field}");
                            view! {
                                <li>
                                    <a
                                        href=href
                                        on:click=move |event| {
                                            // The address keeps saying where one is.
                                            event.prevent_default();
                                            browser::focus(&field);
                                        }
                                    >
                                        {words}
                                    </a>
                                </li>
                            }
                        })
                        .collect_view()
                }}
            </ul>
        </div>
    }
}

/// What is wrong with one field.
pub fn problem_of(problems: RwSignal<Vec<Problem>>, field: &'static str) -> Signal<Option<String>> {
    Signal::derive(move || {
        problems.with(|problems| problems.iter().find(|problem| problem.field == field).map(|p| p.words.clone()))
    })
}
