//! What Maillon is, in a few sentences, and under which licence.

use leptos::prelude::*;

use crate::routes::Route;
use crate::ui::{Back, Title};
use crate::words::{about as w, more};

/// What Maillon is.
#[component]
pub fn AboutPage() -> impl IntoView {
    let version = env!("CARGO_PKG_VERSION");
    view! {
        <Back to=Route::More label=more::title />
        <Title>{w::title}</Title>
        <div class="prose">
            <p>{w::what}</p>
            <p>{w::where_data_are}</p>
            <p>{w::treats_nothing}</p>
            <p>{w::licence}</p>
            <p class="detail">{move || w::version(version)}</p>
        </div>
    }
}
