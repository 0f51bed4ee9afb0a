//! A table of communes, taken into a diagnosis: of which year, from whom, then the file.

use leptos::prelude::*;
use maillon_shared::api::loading::LoadInto;
use maillon_shared::domain::ids::DiagnosisId;

use crate::pages::import::{LoadPage, LoadingOf};
use crate::routes::{DiagnosisRoute, Route};
use crate::ui::{Back, InputKind, Text, TextField, Title};
use crate::words::{collective as c, diagnosis as w};

/// A table of communes.
#[component]
pub fn LoadCommunesPage(id: DiagnosisId) -> impl IntoView {
    // A population is of another year than this one: nobody but who has the table knows which.
    let year = RwSignal::new(String::new());
    let source = RwSignal::new(String::new());
    let wrong_year = RwSignal::new(None::<String>);
    let into = RwSignal::new(None::<LoadInto>);
    let go_on = move || match year.get_untracked().trim().parse::<i32>() {
        Ok(year) if (1990..=2100).contains(&year) => {
            let source = source.get_untracked().trim().to_owned();
            into.set(Some(LoadInto::Communes { diagnosis: id, year, source }));
        }
        _ => wrong_year.set(Some(w::wrong_year().to_owned())),
    };
    move || match into.get() {
        Some(into) => view! { <LoadPage into=into of=LoadingOf::Communes(id) /> }.into_any(),
        None => view! {
            <Back to=Route::Diagnosis(DiagnosisRoute::One(id)) label=w::the_diagnosis />
            <Title>{w::load}</Title>
            <form
                novalidate=true
                class="sheet"
                on:submit=move |event| {
                    event.prevent_default();
                    go_on();
                }
            >
                <p>{w::load_lead}</p>
                <TextField
                    id="year"
                    label=c::year
                    hint=w::load_year_hint
                    kind=InputKind::Figures
                    text=Text::of(year)
                    error=wrong_year
                />
                <TextField id="source" label=w::source hint=w::load_source_hint optional=true text=Text::of(source) />
                <p class="acts"><button type="submit" class="main">{w::load_go_on}</button></p>
            </form>
        }
        .into_any(),
    }
}
