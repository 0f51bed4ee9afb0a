//! Said while someone is entered: who is perhaps there already, and why. It only says so; nothing is stopped.

use std::time::Duration;

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::responses::SimilarPerson;
use wasm_bindgen_futures::spawn_local;

use super::form::SheetForm;
use crate::door::answer;
use crate::pages::same::likeness_words;
use crate::routes::Route;
use crate::words::same as w;

/// Longer than between two keys of someone who types.
const PAUSE: Duration = Duration::from_millis(400);

/// Who is perhaps the same, as the form is now.
#[component]
pub fn Similar(form: RwSignal<SheetForm>) -> impl IntoView {
    let found = RwSignal::new(Vec::<SimilarPerson>::new());
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    // Half a date, or no name yet, describes nobody.
    let described = Memo::new(move |_| form.with(SheetForm::sheet).ok());
    Effect::new(move |_| {
        let described = described.get();
        if let Some(handle) = waiting.try_update_value(Option::take).flatten() {
            handle.clear();
        }
        let Some(sheet) = described else {
            found.set(Vec::new());
            return;
        };
        let ask = move || {
            spawn_local(async move {
                let asked = Request::SimilarPeople(Box::new(sheet));
                if let Ok(similar) = answer!(asked, Similar(similar) => similar) {
                    found.try_set(similar);
                }
            });
        };
        waiting.set_value(set_timeout_with_handle(ask, PAUSE).ok());
    });
    on_cleanup(move || {
        if let Some(handle) = waiting.try_update_value(Option::take).flatten() {
            handle.clear();
        }
    });
    let line = |SimilarPerson { row, why }| {
        let about = [likeness_words(&why), row.place.clone()];
        let about = about.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
        view! {
            <li>
                <a href=Route::Person(row.id).href()>{row.name}</a>
                " "
                <span class="detail">{about}</span>
            </li>
        }
    };
    view! {
        <div role="status" class="similar">
            <Show when=move || !found.with(Vec::is_empty)>
                <div class="card">
                    <p><strong>{w::perhaps}</strong></p>
                    <ul>{move || found.get().into_iter().map(line).collect_view()}</ul>
                    <p class="detail">{w::only_said}</p>
                </div>
            </Show>
        </div>
    }
}
