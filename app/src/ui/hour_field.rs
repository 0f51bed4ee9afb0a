//! An hour of the day.

use leptos::prelude::*;
use maillon_shared::domain::time::Hour;

use crate::words::{Word, common};

/// An hour, or none.
#[component]
pub fn HourField(
    /// The field's id in the page.
    id: &'static str,
    /// What hour is asked for.
    label: Word,
    /// The hour now.
    #[prop(into)]
    hour: Signal<Option<Hour>>,
    /// What happens when it is another.
    set: Callback<Option<Hour>>,
) -> impl IntoView {
    view! {
        <div class="field">
            <label for=id>{label} <span class="optional">" " {common::optional}</span></label>
            <input
                id=id
                type="time"
                prop:value=move || hour.get().map(|hour| hour.to_string()).unwrap_or_default()
                on:change:target=move |event| set.run(Hour::parse(&event.target().value()))
            />
        </div>
    }
}
