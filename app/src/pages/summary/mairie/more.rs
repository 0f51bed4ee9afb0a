//! The rest, in a mairie's notebook: what is about the notebook and about who sits at it.

use leptos::prelude::*;

use crate::pages::more::link;
use crate::routes::Route;
use crate::ui::Title;
use crate::words::{mairie as w, more as m};

/// The rest, by name.
#[component]
pub fn MorePage() -> impl IntoView {
    view! {
        <Title>{m::title}</Title>
        <ul class="rows mairies-more">
            {link(Route::Backup, m::backup, m::backup_about)}
            {link(Route::Passphrase, m::passphrase, m::passphrase_about)}
            {link(Route::Settings, m::settings, w::settings_about)} {link(Route::Help, m::help, m::help_about)}
            {link(Route::About, m::about, m::about_about)}
        </ul>
    }
}
