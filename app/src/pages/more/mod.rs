//! All the rest.

use leptos::prelude::*;

use crate::ui::Title;
use crate::words::shell;

/// The rest, by name.
#[component]
pub fn MorePage() -> impl IntoView {
    view! { <Title>{shell::more}</Title> }
}
