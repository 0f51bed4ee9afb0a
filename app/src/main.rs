//! The screens: what a coordinator sees and touches, in a window of the desktop or in a browser.
//!
//! They know the words of the domain and one door, behind which an engine keeps the notebook. They keep nothing of it
//! themselves: a page that is closed or locked forgets everything, and what was half typed is a draft in the notebook.

mod browser;
mod words;

mod demo;
mod discreet;
mod door;
mod drafts;
mod failures;
mod lists;
mod rescue;
mod routes;
mod session;
mod theme;
mod when;

mod pages;
mod shell;
mod ui;

use leptos::prelude::*;

use session::Stage;

fn main() {
    std::panic::set_hook(Box::new(rescue::show));
    drafts::keep_when_left();
    theme::apply_kept();
    mount_to_body(App);
}

/// The whole page: what it shows depends on how far the notebook is open.
#[component]
fn App() -> impl IntoView {
    let session = session::begin();
    Effect::new(|_| {
        let code = words::language().code();
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("lang", code);
        }
    });
    Effect::new(move |fetched: Option<bool>| {
        let fetched = fetched.unwrap_or_default();
        let expected = matches!(*session.stage.read(), Stage::Locked | Stage::Open);
        if expected && !fetched {
            pages::fetch_ahead();
        }
        fetched || expected
    });
    move || match session.stage.get() {
        Stage::Opening => view! { <pages::Opening /> }.into_any(),
        Stage::NoDoor(words) => view! { <pages::NoDoor words=words /> }.into_any(),
        Stage::Refused(failure) => view! { <pages::Refused failure=failure /> }.into_any(),
        Stage::NoNotebook => pages::welcome(),
        Stage::Locked => view! { <pages::Unlock /> }.into_any(),
        Stage::Open => match session.standing.get() {
            Some(standing) => pages::kiosk(standing),
            None => view! { <shell::Shell /> }.into_any(),
        },
    }
}
