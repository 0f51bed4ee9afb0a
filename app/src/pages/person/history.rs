//! What a sheet's fields said before, when and on which device; asked for, never shown at first.

use leptos::prelude::*;
use maillon_shared::api::responses::FieldHistory;
use maillon_shared::api::{Failure, Request, Response};
use maillon_shared::domain::ids::PersonId;
use wasm_bindgen_futures::spawn_local;

use crate::door::answer;
use crate::ui::FailureNote;
use crate::words::{person as w, sheet};
use crate::{browser, when};

/// The history of a sheet, folded.
#[component]
pub fn History(id: PersonId) -> impl IntoView {
    let values = RwSignal::new(None::<Vec<FieldHistory>>);
    let failure = RwSignal::new(None::<Failure>);
    let ask = move || {
        spawn_local(async move {
            match answer!(Request::History(id.into()), Response::History(values) => values) {
                Ok(found) => {
                    values.try_set(Some(found));
                }
                Err(why) => {
                    failure.try_set(Some(why));
                }
            }
        });
    };
    let line = move |value: FieldHistory| {
        let today = browser::today();
        let said = if value.value.is_empty() { w::emptied().to_owned() } else { value.value };
        view! {
            <li>
                <span class="who">{field_words(&value.field)}</span>
                <span class="why">{said}</span>
                <span class="when">{w::written_at(when::instant(value.at, today), value.device)}</span>
            </li>
        }
    };
    view! {
        <details class="history" on:toggle=move |_| ask()>
            <summary>{w::history}</summary>
            <FailureNote failure=failure />
            <ul>{move || values.get().map(|values| values.into_iter().map(line).collect_view())}</ul>
        </details>
    }
}

/// What a field's path, in codes, is called on the sheet.
pub fn field_words(path: &str) -> String {
    let words = match path.split('.').next().unwrap_or_default() {
        "civility" => sheet::civility(),
        "given_name" => sheet::given_name(),
        "family_name" => sheet::family_name(),
        "usual_name" => sheet::usual_name(),
        "address_line" => sheet::line(),
        "hamlet" => sheet::hamlet(),
        "former_commune" => sheet::former_commune(),
        "postcode" => sheet::postcode(),
        "commune" => sheet::commune(),
        "email" => sheet::email(),
        "language" => sheet::language(),
        "household" => sheet::household(),
        "approach" => sheet::approach(),
        "notes" => sheet::notes(),
        "birth" => sheet::birth(),
        "state" => sheet::state(),
        "phones" | "phone" => sheet::phone(),
        "related" => sheet::related(),
        other => return other.to_owned(),
    };
    words.to_owned()
}
