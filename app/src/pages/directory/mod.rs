//! The directory's screens.

use leptos::prelude::*;

use crate::routes::DirectoryRoute;
use crate::ui::Title;
use crate::words::shell;

/// The screen of a place in the directory.
pub fn page(_route: DirectoryRoute) -> AnyView {
    view! { <Title>{shell::directory}</Title> }.into_any()
}
