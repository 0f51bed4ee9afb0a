//! The order of a round: by buttons and keyboard, or dragged by its handle with a finger or a mouse.

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::responses::{RoundFile, StopRow};
use maillon_shared::domain::ids::LineId;
use maillon_shared::domain::round::RoundChange;

use crate::browser;
use crate::session::write_soon;
use crate::ui::{Handle, Reorder, StepButtons};
use crate::words::rounds as w;

/// The stops, to be put in order.
#[component]
pub fn Order(file: RwSignal<RoundFile>) -> impl IntoView {
    let said = RwSignal::new(String::new());
    let order =
        Memo::new(move |_| file.with(|file| file.stops.iter().map(|stop| stop.stop.to_string()).collect::<Vec<_>>()));
    let put = Callback::new(move |(stop, before): (String, Option<String>)| {
        let Some(stop) = LineId::parse(&stop) else { return };
        let before = before.as_deref().and_then(LineId::parse);
        let (id, changes) = file.with_untracked(|file| (file.round.id, file.round.moving(stop, before)));
        write_soon(Request::EditRound { id, changes, draft: None });
        file.with_untracked(|file| {
            let others: Vec<_> = file.stops.iter().filter(|one| one.stop != stop).collect();
            let place = before.and_then(|before| others.iter().position(|one| one.stop == before));
            let name = file.stops.iter().find(|one| one.stop == stop).map(|one| one.name.clone()).unwrap_or_default();
            said.set(w::placed(name, place.unwrap_or(others.len()) + 1, others.len() + 1));
        });
    });
    let rows = Reorder::of(order, put);
    view! {
        <p class="detail">{w::order_how}</p>
        <p class="unseen" role="status">{move || said.get()}</p>
        <ol class="rows order" class:dragging=move || rows.is_dragging()>
            <For each=move || file.with(|file| file.stops.clone()) key=|row| (row.stop, row.name.clone()) let:row>
                <Line file=file row=row order=order rows=rows />
            </For>
        </ol>
    }
}

#[component]
fn Line(file: RwSignal<RoundFile>, row: StopRow, order: Memo<Vec<String>>, rows: Reorder) -> impl IntoView {
    let StopRow { stop, name, place, .. } = row;
    let key = stop.to_string();
    let at = {
        let key = key.clone();
        Memo::new(move |_| order.with(|order| order.iter().position(|one| *one == key).unwrap_or_default()))
    };
    let remove = move |_| {
        let id = file.with_untracked(|file| file.round.id);
        write_soon(Request::EditRound { id, changes: vec![RoundChange::RemoveStop(stop)], draft: None });
        browser::focus_soon("order");
    };
    let (dragged, over) = (key.clone(), key.clone());
    view! {
        <li
            data-row=key.clone()
            class:dragged=move || rows.is_dragged(&dragged)
            class:over=move || rows.is_over(&over)
        >
            <Handle rows=rows key=key.clone() />
            <span class="row-head">
                <span class="place">{move || (at.get() + 1).to_string()}</span>
                <span class="who">{name.clone()}</span>
            </span>
            <span class="why">{place}</span>
            <span class="acts">
                <StepButtons rows=rows key=key.clone() name=name.clone() />
                <button type="button" class="quiet" on:click=remove>
                    {w::remove}
                    <span class="unseen">" "{name}</span>
                </button>
            </span>
        </li>
    }
}
