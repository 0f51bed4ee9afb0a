//! What of someone neighbouring coordinators read, on her page.

use leptos::prelude::*;
use maillon_shared::api::responses::PersonFile;
use maillon_shared::domain::person_copy::CopyTrace;

use crate::routes::Route;
use crate::words::person_copy as w;
use crate::{browser, when};

/// To whom something of them is entrusted; nothing where it is to nobody.
#[component]
pub fn CopiesOnSheet(file: RwSignal<PersonFile>) -> impl IntoView {
    let person = file.with_untracked(|file| file.person.id);
    let standing = Memo::new(move |_| {
        let standing = |file: &PersonFile| file.copied.iter().filter(|copy| copy.stands()).cloned().collect();
        file.with::<Vec<CopyTrace>>(standing)
    });
    let line = move |copy: CopyTrace| {
        view! {
            <li>
                <a href=Route::CopyPerson(person).href()>{words(&copy)}</a>
            </li>
        }
    };
    view! {
        <Show when=move || !standing.with(Vec::is_empty)>
            <section class="card copies-card">
                <h2>{w::on_sheet}</h2>
                <ul>{move || standing.get().into_iter().map(line).collect_view()}</ul>
            </section>
        </Show>
    }
}

/// To whom, since when, until when.
fn words(copy: &CopyTrace) -> String {
    let day = |day| when::date(day, browser::today());
    match copy.until {
        Some(until) => w::entrusted_until(&copy.to, day(copy.since), day(until)),
        None => w::entrusted_since(&copy.to, day(copy.since)),
    }
}
