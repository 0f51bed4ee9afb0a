//! One among many, or any: a list to choose from, that narrows what is shown.

use leptos::prelude::*;

use super::choice::Choice;
use crate::words::Word;

/// One among many, or any.
#[component]
pub fn Narrow(
    /// The field's id in the page.
    id: &'static str,
    /// What is chosen.
    label: Word,
    /// What any is called.
    any: Word,
    /// The choices, in the language spoken now.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// The one chosen; none for any.
    #[prop(into)]
    chosen: Signal<Option<String>>,
    /// What happens when it is another.
    choose: Callback<Option<String>>,
) -> impl IntoView {
    let options = move || {
        let choices = choices.get().into_iter();
        choices
            .map(|Choice { code, label }| {
                let kept = code.clone();
                let selected = move || chosen.with(|chosen| chosen.as_ref() == Some(&kept));
                view! { <option value=code prop:selected=selected>{label}</option> }
            })
            .collect_view()
    };
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <select
                id=id
                on:change:target=move |event| {
                    let code = event.target().value();
                    choose.run((!code.is_empty()).then_some(code));
                }
            >
                <option value="" prop:selected=move || chosen.with(Option::is_none)>{any}</option>
                {options}
            </select>
        </div>
    }
}
