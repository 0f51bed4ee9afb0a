//! Groups of coordinators: who is of them, who is asked, comes and goes; and what is put in common. Nobody who is accompanied is
//! named on any of these screens.

mod form;
mod member;
mod one;
mod share;

use leptos::prelude::*;
use maillon_shared::api::groups::{GroupAnswer, GroupFile, GroupRequest, GroupRow, Groups, Place};
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::group::Standing;
use maillon_shared::domain::ids::GroupId;

use crate::door::answer;
use crate::routes::{GroupRoute, Route};
use crate::session::session;
use crate::ui::{Back, Icon, Shape, Title, load, when_loaded};
use crate::words::{groups as w, in_a_row, more, neighbours};

/// The screen of a place among groups.
pub fn page(route: GroupRoute) -> AnyView {
    match route {
        GroupRoute::List => view! { <GroupsPage /> }.into_any(),
        GroupRoute::New => view! { <form::NewGroupPage /> }.into_any(),
        GroupRoute::One(id) => view! { <one::GroupPage id=id /> }.into_any(),
        GroupRoute::Edit(id) => view! { <form::EditGroupPage id=id /> }.into_any(),
        GroupRoute::Share(project) => view! { <share::SharePage project=project /> }.into_any(),
    }
}

/// A request about groups.
fn about(asked: GroupRequest) -> Request {
    Request::Group(Box::new(asked))
}

async fn ask(asked: GroupRequest) -> Result<GroupAnswer, Failure> {
    answer!(about(asked), Group(answer) => *answer)
}

/// Every group.
async fn all() -> Result<Groups, Failure> {
    match ask(GroupRequest::All).await? {
        GroupAnswer::All(all) => Ok(*all),
        _ => Err(Failure::NotUnderstood),
    }
}

/// One group.
async fn one(id: GroupId) -> Result<GroupFile, Failure> {
    match ask(GroupRequest::One(id)).await? {
        GroupAnswer::One(file) => Ok(*file),
        _ => Err(Failure::NotUnderstood),
    }
}

/// What a group is called, or that this did not come yet.
fn called(name: &str) -> String {
    if name.is_empty() { w::nameless().to_owned() } else { name.to_owned() }
}

/// The groups, and how one is founded.
#[component]
fn GroupsPage() -> impl IntoView {
    let loaded = load(move || {
        session().sharing.track();
        all()
    });
    view! {
        <Back to=Route::More label=more::title />
        <Title>{w::title}</Title>
        <p>{w::lead}</p>
        {when_loaded(loaded, |shown| view! { <All shown=shown /> })}
    }
}

#[component]
fn All(shown: RwSignal<Groups>) -> impl IntoView {
    let none = Memo::new(move |_| shown.with(|all| all.all.is_empty()));
    let nobody = Memo::new(move |_| shown.with(|all| all.neighbours.is_empty()));
    let rows = move || shown.with(|all| all.all.iter().map(row).collect_view());
    view! {
        <div class="empty" hidden=move || !none.get()>
            <p>{w::none}</p>
            <p>{w::none_how}</p>
        </div>
        <ul class="rows" hidden=move || none.get()>
            {rows}
        </ul>
        <Show
            when=move || !nobody.get()
            fallback=|| {
                view! {
                    <div class="state-note">
                        <p>{w::no_neighbour}</p>
                        <a class="button" href=Route::Neighbours.href()>
                            {neighbours::title}
                        </a>
                    </div>
                }
            }
        >
            <p class="acts">
                <a class="button" class:main=move || none.get() href=Route::Groups(GroupRoute::New).href()>
                    {w::found}
                </a>
            </p>
        </Show>
    }
}

fn row(row: &GroupRow) -> impl IntoView + use<> {
    let tag = match &row.place {
        Place::Asked => Some(w::invitation()),
        Place::In => None,
        Place::Closed => Some(w::place_closed()),
        Place::Removed => Some(w::place_removed()),
        Place::Out(said) if said.standing == Standing::Declined => Some(w::place_declined()),
        Place::Out(_) => Some(w::place_out()),
    };
    let is_asked = row.place == Place::Asked;
    let counts = [
        is_asked.then(|| w::invited_by(&row.founder)),
        Some(w::people(row.coordinators)),
        (row.common > 0).then(|| w::common_count(row.common)),
    ];
    let untold = (row.untold > 0).then(|| view! { <span class="why">{w::untold(row.untold)}</span> });
    view! {
        <li>
            <Icon shape=Shape::People />
            <span class="row-head">
                <a class="who" href=Route::Groups(GroupRoute::One(row.id)).href()>
                    {called(&row.name)}
                </a>
                {tag.map(|tag| view! { <span class="tag" class:late=is_asked>{tag}</span> })}
            </span>
            <span class="why">{in_a_row(counts.into_iter().flatten())}</span>
            {untold}
        </li>
    }
}
