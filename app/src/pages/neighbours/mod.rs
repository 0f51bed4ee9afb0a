//! Neighbouring coordinators: who they are, what is entrusted to them and by them, person by person; and how one gets to
//! know another. Nothing is shared by that alone.

mod add;
mod given;
mod one;
mod received;
mod remarks;
mod state;

use leptos::prelude::*;
use maillon_shared::api::neighbours::{NeighbourAnswer, NeighbourRequest, NeighbourRow, Neighbours};
use maillon_shared::api::sharing::{Company, SharingStatus};
use maillon_shared::api::{Failure, Request};

use super::exchange::network::Network;
use super::exchange::open::Open;
use super::exchange::pairing::{Pairing, follow};
use super::exchange::{self, Exchange};
use crate::door::answer;
use crate::routes::Route;
use crate::ui::{Back, Icon, Shape, Title, load, when_loaded};
use crate::words::{in_a_row, more, neighbours as w};

pub use given::{GivenLine, HeadedBy};
pub use one::NeighbourPage;
pub use received::ReceivedPage;
pub use remarks::Remarks;

use add::Add;
use state::{Near, state_lines};

/// A request about neighbours.
pub fn about(asked: NeighbourRequest) -> Request {
    Request::Neighbour(Box::new(asked))
}

/// Asks about neighbours.
pub async fn ask(asked: NeighbourRequest) -> Result<NeighbourAnswer, Failure> {
    answer!(about(asked), Neighbour(answer) => *answer)
}

/// Every neighbour.
pub async fn all() -> Result<Neighbours, Failure> {
    match ask(NeighbourRequest::All).await? {
        NeighbourAnswer::All(all) => Ok(*all),
        _ => Err(Failure::NotUnderstood),
    }
}

/// The neighbours, and how another is added.
#[component]
pub fn NeighboursPage() -> impl IntoView {
    let here = Exchange::of(Company::Neighbour);
    follow(here);
    let loaded = load(move || {
        here.track();
        async { Ok((all().await?, exchange::status().await?)) }
    });
    view! {
        <Back to=Route::More label=more::title />
        <Title>{w::title}</Title>
        <p>{w::lead}</p>
        {when_loaded(loaded, move |shown| view! { <All shown=shown here=here /> })}
    }
}

#[component]
fn All(shown: RwSignal<(Neighbours, SharingStatus)>, here: Exchange) -> impl IntoView {
    let of = move |read: fn(&Neighbours) -> bool| Memo::new(move |_| shown.with(|(all, _)| read(all)));
    let nobody = of(|all| all.all.is_empty());
    let is_named = of(|all| !all.name.trim().is_empty());
    let may_pair = of(|all| all.may_talk);
    let may_talk = of(|all| all.may_talk && !all.all.is_empty());
    let talks = of(|all| all.talks);
    let words_needed = of(|all| all.words_needed);
    let this = Memo::new(move |_| shown.with(|(_, status)| status.this.clone()));
    let pairs = here.pairs();
    let rows = move || shown.with(|(all, _)| all.all.iter().map(row).collect_view());
    view! {
        <Show when=move || pairs.get()>
            <Pairing here=here />
        </Show>
        <Show
            when=move || !nobody.get()
            fallback=|| {
                view! {
                    <div class="empty">
                        <p>{w::nobody}</p>
                        <p>{w::nobody_how}</p>
                    </div>
                }
            }
        >
            <ul class="rows">{rows}</ul>
        </Show>
        <Show when=move || this.with(Option::is_some)>
            <Open here=here />
        </Show>
        <Show when=move || may_talk.get()>
            <Network talks=talks here=here />
        </Show>
        <Show when=move || !pairs.get()>
            <Add this=this is_named=is_named words_needed=words_needed may_pair=may_pair here=here />
        </Show>
    }
}

fn row(row: &NeighbourRow) -> impl IntoView + use<> {
    let counts = [
        (row.given > 0).then(|| w::given_count(row.given)),
        (row.received > 0).then(|| w::received_count(row.received)),
    ];
    let counts = in_a_row(counts.into_iter().flatten());
    let to_end = (row.to_end > 0).then(|| view! { <span class="tag late">{w::to_end_count(row.to_end)}</span> });
    let state = state_lines(row).into_iter().map(|line| view! { <span class="why">{line}</span> }).collect_view();
    view! {
        <li>
            <Icon shape=Shape::People />
            <span class="row-head">
                <a class="who" href=Route::Neighbour(row.id).href()>
                    {row.name.clone()}
                </a>
                <Near row=row.clone() />
                {to_end}
            </span>
            {(!counts.is_empty()).then(|| view! { <span class="why">{counts}</span> })}
            {state}
        </li>
    }
}
