//! Fields that several forms of alerts share: a list to choose from, how grave, who answers.

use leptos::prelude::*;
use maillon_shared::domain::alert::{Owner, Severity};
use maillon_shared::domain::ids::EntryId;
use maillon_shared::domain::lists::ListId;

use super::form::OwnerChoice;
use crate::lists;
use crate::ui::{Chips, Choice, EntryField, Text};
use crate::words::{Word, alert as w};

/// One item of a long list, or none.
#[component]
pub fn Pick(
    /// The field's id in the page.
    id: &'static str,
    /// What is chosen.
    label: Word,
    /// Among what.
    list: ListId,
    /// What is chosen now, by its code.
    text: Text,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let error_id = format!("{id}-error");
    let described = error_id.clone();
    let options = move || {
        let chosen = text.value.get();
        let all = [Choice::new("", w::not_said())].into_iter().chain(lists::choices_and(list, &chosen));
        all.map(
            |choice| view! { <option value=choice.code.clone() selected=choice.code == chosen>{choice.label}</option> },
        )
        .collect_view()
    };
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <p class="error" id=error_id hidden=move || error.with(Option::is_none)>{move || error.get()}</p>
            <select
                id=id
                aria-describedby=move || error.with(Option::is_some).then(|| described.clone())
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                on:change:target=move |event| text.set.run(event.target().value())
            >
                {options}
            </select>
        </div>
    }
}

/// How grave it is; the clock that it sets is said under it.
#[component]
pub fn SeverityField(
    /// How grave, once that is said.
    #[prop(into)]
    severity: Signal<Option<Severity>>,
    /// What happens when another is chosen.
    set: Callback<Severity>,
    /// What is wrong with it.
    #[prop(into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let chosen = Signal::derive(move || severity.get().map(|one| one.code().to_owned()).unwrap_or_default());
    view! {
        <p class="error" hidden=move || error.with(Option::is_none)>{move || error.get()}</p>
        <Chips
            name="severity"
            legend=|| w::severity()
            choices=Signal::derive(|| lists::choices(ListId::AlertSeverities))
            chosen=chosen
            choose=Callback::new(move |code: String| set.run(Severity::from_code(&code)))
        />
        <p class="hint">{w::severity_hint}</p>
    }
}

/// Who answers for it: the coordinator, a stand-in, someone of the directory, or anyone by name.
#[component]
pub fn OwnerField(
    /// Who is chosen.
    #[prop(into)]
    owner: Signal<OwnerChoice>,
    /// What happens when another is.
    set: Callback<OwnerChoice>,
    /// What is wrong with it.
    #[prop(into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let choices = Signal::derive(|| {
        let codes = [(Owner::Coordinator.code(), w::coordinator()), (Owner::StandIn.code(), w::stand_in())];
        let known = codes.into_iter().map(|(code, words)| Choice::new(code, crate::when::capital(words.into())));
        known.chain([Choice::new(SOMEONE, w::someone())]).collect::<Vec<_>>()
    });
    let chosen = Signal::derive(move || owner.with(|owner| owner.code.clone()));
    let choose = Callback::new(move |code| set.run(OwnerChoice { code, ..owner.get_untracked() }));
    let entry = Signal::derive(move || owner.with(|owner| owner.entry));
    let set_entry =
        Callback::new(move |entry: Option<EntryId>| set.run(OwnerChoice { entry, ..owner.get_untracked() }));
    let name = Text {
        value: Signal::derive(move || owner.with(|owner| owner.name.clone())),
        set: Callback::new(move |name| set.run(OwnerChoice { name, ..owner.get_untracked() })),
    };
    view! {
        <Chips name="owner" legend=|| w::owner() choices=choices chosen=chosen choose=choose />
        <p class="error" hidden=move || error.with(Option::is_none)>{move || error.get()}</p>
        <Show when=move || owner.with(|owner| owner.code == SOMEONE)>
            <EntryField
                id="owner-name"
                label=w::owner_name
                hint=w::owner_name_hint
                entry=entry
                set=set_entry
                words=name
            />
        </Show>
    }
}

/// The code of someone who is named.
pub const SOMEONE: &str = "someone";
