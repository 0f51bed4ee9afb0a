//! The fields that several parts of a programme's form have: one among many, a date as far as it is known, an amount.

use leptos::prelude::*;

use super::draft::ProgrammeForm;
use crate::ui::{Choice, Problem, Text};
use crate::words::{Word, birth, common, programme as w};

/// What is typed there, as a field shows and changes it.
pub fn typed(form: RwSignal<ProgrammeForm>, name: String) -> Text {
    let read = name.clone();
    Text::within(
        form,
        move |form: &ProgrammeForm| form.said(&read).to_owned(),
        move |form: &mut ProgrammeForm, text| form.say(&name, text),
    )
}

/// What is wrong with a field.
pub fn problem(problems: RwSignal<Vec<Problem>>, field: String) -> Signal<Option<String>> {
    Signal::derive(move || problems.with(|all| all.iter().find(|one| one.field == field).map(|one| one.words.clone())))
}

/// One among many.
#[component]
pub fn Pick(
    /// The field's id in the page.
    id: String,
    /// What is chosen.
    label: Word,
    /// The choices, in the language spoken now.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// The code chosen now.
    #[prop(into)]
    chosen: Signal<String>,
    /// What happens when another is chosen.
    choose: Callback<String>,
) -> impl IntoView {
    let options = move || {
        let option = |Choice { code, label }: Choice| {
            let kept = code.clone();
            let selected = move || chosen.with(|chosen| *chosen == kept);
            view! { <option value=code prop:selected=selected>{label}</option> }
        };
        choices.get().into_iter().map(option).collect_view()
    };
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <select id=id on:change:target=move |event| choose.run(event.target().value())>
                {options}
            </select>
        </div>
    }
}

/// A date as far as it is known: a year, a month, a day.
#[component]
pub fn DateParts(
    /// The form.
    form: RwSignal<ProgrammeForm>,
    /// What is typed, and the group's id in the page.
    name: String,
    /// What happens then.
    legend: Word,
    /// What is wrong.
    problems: RwSignal<Vec<Problem>>,
) -> impl IntoView {
    let id = name.replace('.', "-");
    let error = problem(problems, id.clone());
    let error_id = format!("{id}-error");
    let part = |number: usize, code: &'static str, label: Word, figures: &'static str| {
        let (read, write) = (name.clone(), name.clone());
        let field = format!("{id}-{code}");
        view! {
            <div class="field">
                <label for=field.clone()>{label}</label>
                <input
                    id=field
                    type="text"
                    inputmode="numeric"
                    maxlength=figures
                    autocomplete="off"
                    spellcheck="false"
                    class=format!("figures-{figures}")
                    aria-describedby=error_id.clone()
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    prop:value=move || form.with(|form| form.date_parts(&read)[number].clone())
                    on:input:target=move |event| {
                        let text = event.target().value();
                        form.update(|form| form.say_part(&write, number, &text));
                    }
                />
            </div>
        }
    };
    let parts = view! {
        {part(0, "day", birth::day, "2")} {part(1, "month", birth::month, "2")} {part(2, "year", birth::year, "4")}
    };
    view! {
        <fieldset class="birth" id=id.clone() tabindex="-1">
            <legend>{legend}<span class="optional">" "{common::optional}</span></legend>
            <p class="hint">{w::date_hint}</p>
            <p class="error" id=format!("{id}-error")>
                {move || error.get()}
            </p>
            <div class="parts">{parts}</div>
        </fieldset>
    }
}
