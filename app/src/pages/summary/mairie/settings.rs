//! The little that a mairie's notebook has to set: of which commune it is, and when it locks by itself.

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::domain::settings::{Settings, SettingsField};

use crate::door::answer;
use crate::pages::more::{SettingsForm, ThisDevice, text_of};
use crate::routes::Route;
use crate::ui::{Back, CommuneField, InputKind, TextField, Title, load_once, when_loaded};
use crate::words::{mairie as w, more, settings as s};

/// The settings of a mairie's notebook.
#[component]
pub fn MairieSettingsPage() -> impl IntoView {
    let loaded = load_once(|| async { answer!(Request::Settings, Settings(settings) => *settings) });
    view! {
        <Back to=Route::More label=more::title />
        <Title>{more::settings}</Title>
        <ThisDevice />
        {when_loaded(
            loaded,
            |settings| view! { <SettingsForm settings=settings.get_untracked() draw=|form| view! { <Fields form=form /> } /> },
        )}
    }
}

#[component]
fn Fields(form: RwSignal<Settings>) -> impl IntoView {
    let text = move |field: SettingsField| text_of(form, field);
    view! {
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
    }
}
