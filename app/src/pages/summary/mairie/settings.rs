//! The little that a mairie's notebook has to set: of which commune it is, and when it locks by itself.

use leptos::prelude::*;
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::settings::{Settings, SettingsField};
use wasm_bindgen_futures::spawn_local;

use crate::door::{self, answer};
use crate::pages::more::ThisDevice;
use crate::routes::Route;
use crate::session::read_settings;
use crate::ui::{
    Back, CommuneField, FORM, FailureNote, InputKind, SaveBar, Text, TextField, Title, load_once, when_loaded,
};
use crate::words::{form as f, mairie as w, more, settings as s};

/// The settings of a mairie's notebook.
#[component]
pub fn MairieSettingsPage() -> impl IntoView {
    let loaded = load_once(|| async { answer!(Request::Settings, Settings(settings) => *settings) });
    view! {
        <Back to=Route::More label=more::title />
        <Title>{more::settings}</Title>
        <ThisDevice />
        {when_loaded(loaded, |settings| view! { <NotebookSettings settings=settings.get_untracked() /> })}
    }
}

#[component]
fn NotebookSettings(settings: Settings) -> impl IntoView {
    let before = RwSignal::new(settings.clone());
    let form = RwSignal::new(settings);
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    let saved = RwSignal::new(false);
    let save = move || {
        let changes = before.with_untracked(|before| form.with_untracked(|form| before.changes_to(form)));
        if busy.get_untracked() || changes.is_empty() {
            return;
        }
        busy.set(true);
        failure.set(None);
        saved.set(false);
        let now = form.get_untracked();
        spawn_local(async move {
            // Such a notebook keeps no journal to undo from: what was written is written over.
            let written = door::ask(Request::EditSettings(changes)).await;
            busy.try_set(false);
            match written {
                Ok(_) => {
                    before.try_set(now);
                    saved.try_set(true);
                    read_settings().await;
                }
                Err(why) => drop(failure.try_set(Some(why))),
            }
        });
    };
    let text = move |field: SettingsField| {
        Text::within(
            form,
            move |form: &Settings| form.text(field).to_owned(),
            move |form: &mut Settings, text| *form.text_mut(field) = text,
        )
    };
    view! {
        <form
            novalidate=true
            id=FORM
            on:submit=move |event| {
                event.prevent_default();
                save();
            }
        >
            <FailureNote failure=failure retry=Callback::new(move |()| save()) />
            <section aria-labelledby="notebook">
                <h2 id="notebook">{s::notebook}</h2>
                <CommuneField
                    id="commune"
                    label=w::commune
                    name=text(SettingsField::Commune)
                    code=text(SettingsField::CommuneCode)
                />
                <TextField
                    id="lock-after"
                    label=s::lock_after
                    hint=s::lock_after_hint
                    kind=InputKind::Figures
                    optional=true
                    text=text(SettingsField::LockAfterMin)
                />
            </section>
            <p role="status">{move || saved.get().then(w::saved)}</p>
            <SaveBar label=f::save busy=busy />
        </form>
    }
}
