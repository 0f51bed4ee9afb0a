//! What the coordinator's own card says, to fill.

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::domain::settings::{Settings, SettingsField};

use crate::door::answer;
use crate::drafts::{self, Fields};
use crate::routes::Route;
use crate::ui::{FormFrame, InputKind, Opened, Problem, Save, Text, TextArea, TextField, load_once, when_loaded};
use crate::words::{card as w, form as f};

/// The form's code among the drafts.
const DRAFT: &str = "own-card";

/// What a card says of the settings.
const FIELDS: [SettingsField; 6] = [
    SettingsField::CardPhone,
    SettingsField::CardEmail,
    SettingsField::CardHours,
    SettingsField::CardPlace,
    SettingsField::CardDoes,
    SettingsField::CardDoesNot,
];

/// What the coordinator's own card says.
#[component]
pub fn EditCardPage() -> impl IntoView {
    let loaded = load_once(|| async {
        let settings = answer!(Request::Settings, Settings(settings) => *settings)?;
        Ok(Opened::find(drafts::key(DRAFT, ""), settings, lay).await)
    });
    when_loaded(loaded, |opened| view! { <Form opened=opened.get_untracked() /> })
}

fn fields_since(opened: &Settings, now: &Settings) -> Fields {
    let mut fields = Fields::default();
    for (field, text) in opened.text_differences(now) {
        fields.put(field.code(), text);
    }
    fields
}

fn lay(form: &mut Settings, fields: &Fields) {
    for (name, value) in fields.iter() {
        if let Some(field) = SettingsField::from_code(name).filter(|field| FIELDS.contains(field)) {
            *form.text_mut(field) = value.to_owned();
        }
    }
}

#[component]
fn Form(opened: Opened<Settings>) -> impl IntoView {
    let base = opened.before.clone();
    let save = move |form: &Settings, draft: DraftKey| {
        let mut settled = form.clone();
        for field in FIELDS {
            let trimmed = settled.text(field).trim().to_owned();
            *settled.text_mut(field) = trimmed;
        }
        let request = Request::EditOwnCard { changes: base.changes_to(&settled), draft };
        Ok::<Save, Vec<Problem>>(Save { request, then: Route::OwnCard })
    };
    view! {
        <FormFrame
            title=w::edit_title
            way_back=Route::OwnCard
            class="sheet"
            opened=opened
            fields=fields_since
            forget=f::draft_forget
            save=save
            draw=|form, _| view! { <CardFields form=form /> }
        />
    }
}

#[component]
fn CardFields(form: RwSignal<Settings>) -> impl IntoView {
    let text = move |field: SettingsField| {
        Text::within(
            form,
            move |form: &Settings| form.text(field).to_owned(),
            move |form: &mut Settings, text| *form.text_mut(field) = text,
        )
    };
    view! {
        <p class="detail">{w::names_are_settings}</p>
        <TextField
            id="card-phone"
            label=w::phone
            optional=true
            kind=InputKind::Phone
            text=text(SettingsField::CardPhone)
        />
        <TextField
            id="card-email"
            label=w::email
            optional=true
            kind=InputKind::Email
            text=text(SettingsField::CardEmail)
        />
        <TextField id="card-hours" label=w::hours optional=true text=text(SettingsField::CardHours) />
        <TextField id="card-place" label=w::place optional=true text=text(SettingsField::CardPlace) />
        <TextArea
            id="card-does"
            label=w::does
            hint=w::does_hint
            optional=true
            text=text(SettingsField::CardDoes)
        />
        <TextArea
            id="card-does-not"
            label=w::does_not
            hint=w::does_not_hint
            optional=true
            text=text(SettingsField::CardDoesNot)
        />
    }
}
