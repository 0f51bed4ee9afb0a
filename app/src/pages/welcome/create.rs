//! A new notebook: who keeps it, a passphrase, twenty-four words written by hand and typed again in part.

use leptos::prelude::*;
use maillon_shared::api::requests::NewNotebook;
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::settings::SettingsField;
use maillon_shared::text::fold::fold;
use wasm_bindgen_futures::spawn_local;

use super::strength::Strength;
use crate::door::{self, answer};
use crate::ui::error_summary::problem_of;
use crate::ui::{
    Chips, Choice, CommuneField, ErrorSummary, FailureNote, PassphraseField, Problem, Text, TextField, Title,
    WordCompletions,
};
use crate::words::{create as w, form, mairie as m};
use crate::{browser, session};

/// Whose notebook is made. It stays theirs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// A coordinator's.
    Coordinators,
    /// A mairie's, which is asked for its commune only.
    Mairies,
}

/// How many of the words are typed again.
const TYPED_AGAIN: usize = 3;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Who,
    Passphrase,
    Words,
    Confirm,
}

/// All that is typed on the way; going back finds it again.
#[derive(Clone, Copy)]
struct Filled {
    whose: Whose,
    coordinator: RwSignal<String>,
    title: RwSignal<String>,
    commune: RwSignal<String>,
    commune_code: RwSignal<String>,
    passphrase: RwSignal<String>,
    again: RwSignal<String>,
    words: RwSignal<Vec<String>>,
}

/// A new notebook, step by step.
#[component]
pub fn Create(whose: Whose, back: Callback<()>) -> impl IntoView {
    let step = RwSignal::new(Step::Who);
    let filled = Filled {
        whose,
        coordinator: RwSignal::default(),
        title: RwSignal::default(),
        commune: RwSignal::default(),
        commune_code: RwSignal::default(),
        passphrase: RwSignal::default(),
        again: RwSignal::default(),
        words: RwSignal::default(),
    };
    let to = move |next: Step| Callback::new(move |()| step.set(next));
    move || match step.get() {
        Step::Who if whose == Whose::Mairies => {
            view! { <Which filled=filled back=back next=to(Step::Passphrase) /> }.into_any()
        }
        Step::Who => view! { <Who filled=filled back=back next=to(Step::Passphrase) /> }.into_any(),
        Step::Passphrase => view! { <Passphrase filled=filled back=to(Step::Who) next=to(Step::Words) /> }.into_any(),
        Step::Words => view! { <Words filled=filled back=to(Step::Passphrase) next=to(Step::Confirm) /> }.into_any(),
        Step::Confirm => view! { <Confirm filled=filled back=to(Step::Words) /> }.into_any(),
    }
}

#[component]
fn Steps(now: u32, back: Callback<()>) -> impl IntoView {
    view! {
        <div class="steps">
            <button type="button" class="quiet" on:click=move |_| back.run(())>{w::back}</button>
            <p class="detail">{move || w::step(now)}</p>
        </div>
    }
}

#[component]
fn Who(filled: Filled, back: Callback<()>, next: Callback<()>) -> impl IntoView {
    let titles =
        Signal::derive(|| vec![Choice::new("coordinatrice", w::title_f()), Choice::new("coordinateur", w::title_m())]);
    let choose = Callback::new(move |code| filled.title.set(code));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        next.run(());
    };
    view! {
        <Steps now=1 back=back />
        <Title>{w::who}</Title>
        <form novalidate=true on:submit=submit>
            <TextField id="coordinator" label=w::name hint=w::name_hint optional=true text=Text::of(filled.coordinator) />
            <Chips name="title" legend=|| w::called() choices=titles chosen=filled.title choose=choose />
            <CommuneField id="commune" label=w::commune name=Text::of(filled.commune) code=Text::of(filled.commune_code) />
            <button type="submit" class="main">{form::next}</button>
        </form>
    }
}

/// Of which mairie: nobody's name is asked for, for the notebook has none.
#[component]
fn Which(filled: Filled, back: Callback<()>, next: Callback<()>) -> impl IntoView {
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        next.run(());
    };
    view! {
        <Steps now=1 back=back />
        <Title>{m::which}</Title>
        <form novalidate=true on:submit=submit>
            <p>{m::which_lead}</p>
            <CommuneField id="commune" label=m::commune name=Text::of(filled.commune) code=Text::of(filled.commune_code) />
            <button type="submit" class="main">{form::next}</button>
        </form>
    }
}

#[component]
fn Passphrase(filled: Filled, back: Callback<()>, next: Callback<()>) -> impl IntoView {
    let problems = RwSignal::new(Vec::<Problem>::new());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (passphrase, again) = (filled.passphrase.get_untracked(), filled.again.get_untracked());
        let problem = |field: &str, words: &str| vec![Problem { field: field.into(), words: words.into() }];
        problems.set(match () {
            () if passphrase.is_empty() => problem("passphrase", w::empty()),
            () if passphrase != again => problem("again", w::differ()),
            () => Vec::new(),
        });
        if problems.with_untracked(Vec::is_empty) {
            next.run(());
        }
    };
    view! {
        <Steps now=2 back=back />
        <Title>{w::passphrase_title}</Title>
        <form novalidate=true on:submit=submit>
            <ErrorSummary problems=problems />
            <p>{w::passphrase_lead}</p>
            <PassphraseField
                id="passphrase"
                label=w::passphrase
                text=Text::of(filled.passphrase)
                error=problem_of(problems, "passphrase")
            />
            <Strength passphrase=filled.passphrase />
            <PassphraseField id="again" label=w::again text=Text::of(filled.again) error=problem_of(problems, "again") />
            <button type="submit" class="main">{form::next}</button>
        </form>
    }
}

#[component]
fn Words(filled: Filled, back: Callback<()>, next: Callback<()>) -> impl IntoView {
    let failure = RwSignal::new(None::<Failure>);
    let ask = move || {
        spawn_local(async move {
            match answer!(Request::ProposeWords, Words(words) => words) {
                Ok(words) => filled.words.set(words),
                Err(why) => failure.set(Some(why)),
            }
        });
    };
    if filled.words.with_untracked(Vec::is_empty) {
        ask();
    }
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if !filled.words.with_untracked(Vec::is_empty) {
            next.run(());
        }
    };
    view! {
        <Steps now=3 back=back />
        <Title>{w::words_title}</Title>
        <form novalidate=true on:submit=submit>
            <p>{w::words_lead}</p>
            <p>{w::words_hold_no_data}</p>
            <FailureNote failure=failure retry=Callback::new(move |()| ask()) />
            <ol class="recovery-words" translate="no" lang="fr">
                {move || filled.words.get().into_iter().map(|word| view! { <li>{word}</li> }).collect_view()}
            </ol>
            <button type="submit" class="main">{w::words_written}</button>
        </form>
    }
}

/// Which words are typed again: of three parts of the list, one each, by chance.
fn places_to_type() -> [usize; TYPED_AGAIN] {
    let chance = browser::random_id();
    std::array::from_fn(|part| part * 8 + usize::from(chance[part] % 8))
}

#[component]
fn Confirm(filled: Filled, back: Callback<()>) -> impl IntoView {
    let places = places_to_type();
    let typed: [RwSignal<String>; TYPED_AGAIN] = std::array::from_fn(|_| RwSignal::new(String::new()));
    let problems = RwSignal::new(Vec::<Problem>::new());
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    let create = move || {
        busy.set(true);
        failure.set(None);
        let notebook = NewNotebook {
            passphrase: filled.passphrase.get_untracked(),
            words: filled.words.get_untracked().join(" "),
            settings: first_settings(filled),
        };
        let asked = match filled.whose {
            Whose::Coordinators => Request::Create(notebook),
            Whose::Mairies => Request::CreateMairie(notebook),
        };
        spawn_local(async move {
            match door::ask(asked).await {
                Ok(_) => session::opened().await,
                Err(why) => {
                    busy.set(false);
                    failure.set(Some(why));
                }
            }
        });
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let wrong = places.iter().zip(typed).filter(|(place, typed)| {
            let shown = filled.words.with_untracked(|words| words.get(**place).map(|word| fold(word)));
            shown != Some(fold(&typed.get_untracked()))
        });
        problems.set(
            wrong
                .map(|(place, _)| Problem { field: format!("word-{}", place + 1), words: w::word_differs(place + 1) })
                .collect(),
        );
        if problems.with_untracked(Vec::is_empty) && !busy.get_untracked() {
            create();
        }
    };
    let field = move |(place, typed): (usize, RwSignal<String>)| {
        let id = format!("word-{}", place + 1);
        let wrong = {
            let id = id.clone();
            move || problems.with(|problems| problems.iter().any(|problem| problem.field == id))
        };
        view! {
            <div class="field">
                <label for=id.clone()>{move || w::word_number(place + 1)}</label>
                <input
                    id=id.clone()
                    type="text"
                    lang="fr"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    aria-invalid=move || wrong().then_some("true")
                    prop:value=move || typed.get()
                    on:input:target=move |event| typed.set(event.target().value())
                />
                <WordCompletions field=id text=Text::of(typed) after="" />
            </div>
        }
    };
    view! {
        <Steps now=4 back=back />
        <Title>{w::confirm_title}</Title>
        <form novalidate=true on:submit=submit>
            <ErrorSummary problems=problems />
            <FailureNote failure=failure retry=Callback::new(move |()| create()) />
            <p>{w::confirm_lead}</p>
            {places.into_iter().zip(typed).map(field).collect_view()}
            <button type="submit" class="main" aria-disabled=move || busy.get().then_some("true")>
                {move || if busy.get() { w::creating() } else { w::create() }}
            </button>
        </form>
    }
}

fn first_settings(filled: Filled) -> Vec<(SettingsField, String)> {
    let settings = [
        (SettingsField::Coordinator, filled.coordinator),
        (SettingsField::Title, filled.title),
        (SettingsField::Commune, filled.commune),
        (SettingsField::CommuneCode, filled.commune_code),
    ];
    settings
        .into_iter()
        .map(|(field, text)| (field, text.get_untracked().trim().to_owned()))
        .filter(|(_, text)| !text.is_empty())
        .collect()
}
