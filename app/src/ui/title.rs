//! The heading of a screen, which takes focus when the screen comes up, so that readers hear where they are.

use leptos::html;
use leptos::prelude::*;

use super::icon::{Icon, Shape};
use crate::browser;
use crate::routes::Route;
use crate::words::Word;

/// The one `h1` of a screen.
#[component]
pub fn Title(
    /// The field that takes focus instead, where one comes only to write there.
    #[prop(optional)]
    field: Option<&'static str>,
    children: Children,
) -> impl IntoView {
    let heading = NodeRef::<html::H1>::new();
    heading.on_load(move |heading| {
        // Once it stands in the page, and the page has been scrolled to its top.
        request_animation_frame(move || match field {
            Some(field) => browser::focus(field),
            None => drop(heading.focus()),
        });
    });
    view! { <h1 node_ref=heading tabindex="-1" class="title">{children()}</h1> }
}

/// The way back up.
#[component]
pub fn Back(to: Route, label: Word) -> impl IntoView {
    view! {
        <a class="back" href=to.href()>
            <Icon shape=Shape::Back />
            <span>{label}</span>
        </a>
    }
}
