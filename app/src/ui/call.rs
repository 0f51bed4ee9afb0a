//! A telephone number that calls; afterwards, one is asked what came of it.

use leptos::prelude::*;
use maillon_shared::domain::ids::PersonId;
use maillon_shared::text::phone::Phone;

use super::icon::{Icon, Shape};
use crate::session::{Said, session};

/// A link that calls.
#[component]
pub fn CallLink(
    /// The number, as it was written.
    #[prop(into)]
    number: String,
    /// What the link says: "Appeler Nadine, sa fille".
    #[prop(into)]
    label: String,
    /// What is heard after the label by those who hear the link apart from its row.
    #[prop(optional, into)]
    of: String,
    /// Whom the call is about.
    #[prop(optional)]
    about: Option<PersonId>,
) -> impl IntoView {
    // What is no number cannot be called; it is shown all the same.
    let uri = Phone::parse(&number).tel_uri();
    let called = move |_| {
        if let Some(person) = about {
            session().said.set(Some(Said::Called(person)));
        }
    };
    view! {
        <a class="button call" href=uri on:click=called>
            <Icon shape=Shape::Phone />
            <span>{label}{(!of.is_empty()).then(|| view! { <span class="unseen">" "{of}</span> })}</span>
        </a>
    }
}
