//! The first opening: a new notebook in a few steps, or one from a backup.
//!
//! What is typed here is kept nowhere until the notebook exists; going back loses nothing.

mod create;
mod restore;
mod strength;

use leptos::prelude::*;
use maillon_shared::text::language::Language;

use crate::ui::{Chips, Choice, Title};
use crate::words::{self, language, mairie as m, speak, welcome as w};

use create::{Create, Whose};
use restore::Restore;

pub use strength::Strength;

/// Where one is in the first opening.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Choose,
    Create(Whose),
    Restore,
}

/// The first opening.
#[component]
pub fn Welcome() -> impl IntoView {
    let step = RwSignal::new(Step::Choose);
    let back = Callback::new(move |()| step.set(Step::Choose));
    view! {
        <main class="alone welcome">
            <p class="brand">"Maillon"</p>
            {move || match step.get() {
                Step::Choose => {
                    let create = move |whose| step.set(Step::Create(whose));
                    view! { <ChooseWay create=create restore=move || step.set(Step::Restore) /> }.into_any()
                }
                Step::Create(whose) => view! { <Create whose=whose back=back /> }.into_any(),
                Step::Restore => view! { <Restore back=back /> }.into_any(),
            }}
        </main>
    }
}

#[component]
fn ChooseWay(create: impl Fn(Whose) + Copy + 'static, restore: impl Fn() + 'static) -> impl IntoView {
    view! {
        <Title>{w::title}</Title>
        <p class="lead">{w::lead}</p>
        <LanguageChoice />
        <div class="ways">
            <button type="button" class="main" on:click=move |_| create(Whose::Coordinators)>{w::create}</button>
            <button type="button" on:click=move |_| restore()>{w::restore}</button>
        </div>
        <p class="detail">{w::no_account}</p>
        <div class="another-way">
            <p class="detail">{m::welcome_about}</p>
            <button type="button" class="quiet" on:click=move |_| create(Whose::Mairies)>
                {m::welcome_create}
            </button>
        </div>
    }
}

/// The language of the screens, each named in itself.
#[component]
pub fn LanguageChoice() -> impl IntoView {
    let choices = Signal::stored(vec![
        Choice::new("fr", words::settings::french()),
        Choice::new("en", words::settings::english()),
    ]);
    let chosen = Signal::derive(|| language().code().to_owned());
    let choose = Callback::new(|code: String| {
        if let Some(language) = Language::parse(&code) {
            speak(language);
        }
    });
    view! { <Chips name="language" legend=|| words::settings::language() choices=choices chosen=chosen choose=choose /> }
}
