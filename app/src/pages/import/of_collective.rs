//! A table of events or of priorities: whose it is to be is chosen, then the file.

use leptos::prelude::*;
use maillon_shared::api::collective::{CollectiveAnswer, CollectiveRead};
use maillon_shared::api::loading::LoadInto;
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::ids::GroupId;

use super::{LoadPage, LoadingOf};
use crate::door::answer;
use crate::pages::typed::{Typed, WithWhom};
use crate::routes::{EventRoute, ProgrammeRoute, Route};
use crate::ui::{Back, Title, load_once, when_loaded};
use crate::words::{Word, diagnosis, events, import_collective as w, programme};

/// A table of events.
#[component]
pub fn LoadEventsPage() -> impl IntoView {
    whose(LoadingOf::Events)
}

/// A table of priorities.
#[component]
pub fn LoadPrioritiesPage() -> impl IntoView {
    whose(LoadingOf::Priorities)
}

async fn groups() -> Result<Vec<(GroupId, String)>, Failure> {
    match answer!(Request::ReadCollective(CollectiveRead::Diagnoses), Collective(answer) => *answer)? {
        CollectiveAnswer::Diagnoses(all) => Ok(all.groups),
        _ => Err(Failure::NotUnderstood),
    }
}

/// Whose the events or the programmes are to be; where there is no group, there is nothing to choose.
fn whose(of: LoadingOf) -> impl IntoView {
    let loaded = load_once(groups);
    when_loaded(loaded, move |found| {
        let groups = found.get_untracked();
        let chosen = RwSignal::new(groups.is_empty().then_some(None::<GroupId>));
        let form = RwSignal::new(Typed::default());
        let into = move |group: Option<GroupId>| match of {
            LoadingOf::Priorities => LoadInto::Priorities(group),
            LoadingOf::Events | LoadingOf::Communes(_) => LoadInto::Events(group),
        };
        let (home, back, title, lead) = match of {
            LoadingOf::Priorities => (
                Route::Programme(ProgrammeRoute::List),
                programme::title as Word,
                w::priorities as Word,
                w::priorities_lead as Word,
            ),
            LoadingOf::Events | LoadingOf::Communes(_) => {
                (Route::Events(EventRoute::List), events::title as Word, w::events as Word, w::events_lead as Word)
            }
        };
        move || match chosen.get() {
            Some(group) => view! { <LoadPage into=into(group) of=of /> }.into_any(),
            None => view! {
                <Back to=home.clone() label=back />
                <Title>{title}</Title>
                <form
                    novalidate=true
                    class="sheet"
                    on:submit=move |event| {
                        event.prevent_default();
                        chosen.set(Some(form.with_untracked(Typed::group)));
                    }
                >
                    <p>{lead}</p>
                    <WithWhom form=form groups=groups.clone() />
                    <p class="acts"><button type="submit" class="main">{diagnosis::load_go_on}</button></p>
                </form>
            }
            .into_any(),
        }
    })
}
