//! The order of a round: by buttons and keyboard, or dragged by its handle with a finger or a mouse.
//!
//! A handle follows pointers and not the browser's own drag and drop, which fingers cannot use and windows take for files.

use leptos::html;
use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::responses::{RoundFile, StopRow};
use maillon_shared::domain::ids::LineId;
use maillon_shared::domain::round::RoundChange;
use web_sys::PointerEvent;

use crate::browser;
use crate::session::write_soon;
use crate::ui::{Icon, Shape};
use crate::words::rounds as w;

/// Where a stop goes that is let go over another: before it when it came from below, after it when from above. None where
/// it stays; the end is no stop at all.
fn dropped(order: &[LineId], stop: LineId, over: LineId) -> Option<Option<LineId>> {
    let place = |id| order.iter().position(|one| *one == id);
    let (from, to) = (place(stop)?, place(over)?);
    match to.cmp(&from) {
        std::cmp::Ordering::Less => Some(Some(over)),
        std::cmp::Ordering::Equal => None,
        std::cmp::Ordering::Greater => Some(order.get(to + 1).copied()),
    }
}

/// The stops, to be put in order.
#[component]
pub fn Order(file: RwSignal<RoundFile>) -> impl IntoView {
    let dragged = RwSignal::new(None::<LineId>);
    let over = RwSignal::new(None::<LineId>);
    let said = RwSignal::new(String::new());
    // The button pressed is drawn elsewhere once its stop has moved: it takes the focus again there.
    let pressed = StoredValue::new(None::<String>);
    let order = Memo::new(move |_| file.with(|file| file.stops.iter().map(|stop| stop.stop).collect::<Vec<_>>()));
    Effect::new(move |_| {
        order.track();
        if let Some(pressed) = pressed.try_update_value(Option::take).flatten() {
            browser::focus_soon(pressed);
        }
    });
    let put = move |stop: LineId, onto: LineId| {
        let order = order.get_untracked();
        let Some(before) = dropped(&order, stop, onto) else { return };
        let (id, changes) = file.with_untracked(|file| (file.round.id, file.round.moving(stop, before)));
        write_soon(Request::EditRound { id, changes, draft: None });
        let name = file.with_untracked(|file| {
            file.stops.iter().find(|one| one.stop == stop).map(|one| one.name.clone()).unwrap_or_default()
        });
        let place = order.iter().position(|one| *one == onto).unwrap_or_default() + 1;
        said.set(w::placed(name.clone(), place, order.len()));
    };
    let put = Callback::new(move |(stop, onto)| put(stop, onto));
    view! {
        <p class="detail">{w::order_how}</p>
        <p class="unseen" role="status">{move || said.get()}</p>
        <ol class="rows order" class:dragging=move || dragged.get().is_some()>
            <For each=move || file.with(|file| file.stops.clone()) key=|row| (row.stop, row.name.clone()) let:row>
                <Line file=file row=row order=order dragged=dragged over=over pressed=pressed put=put />
            </For>
        </ol>
    }
}

#[component]
fn Line(
    file: RwSignal<RoundFile>,
    row: StopRow,
    order: Memo<Vec<LineId>>,
    dragged: RwSignal<Option<LineId>>,
    over: RwSignal<Option<LineId>>,
    pressed: StoredValue<Option<String>>,
    put: Callback<(LineId, LineId)>,
) -> impl IntoView {
    let StopRow { stop, name, place, .. } = row;
    let at = Memo::new(move |_| order.with(|order| order.iter().position(|one| *one == stop).unwrap_or_default()));
    let neighbour = move |step: isize| {
        order.with_untracked(|order| {
            let there = order.iter().position(|one| *one == stop)?.checked_add_signed(step)?;
            order.get(there).copied()
        })
    };
    let step = move |by: isize, button: &str| {
        if let Some(onto) = neighbour(by) {
            pressed.set_value(Some(format!("{button}-{stop}")));
            put.run((stop, onto));
        }
    };
    let remove = move |_| {
        let id = file.with_untracked(|file| file.round.id);
        write_soon(Request::EditRound { id, changes: vec![RoundChange::RemoveStop(stop)], draft: None });
        browser::focus_soon("order");
    };
    let is_last = move || at.get() + 1 >= order.with(Vec::len);
    view! {
        <li
            data-stop=stop.to_string()
            class:dragged=move || dragged.get() == Some(stop)
            class:over=move || over.get() == Some(stop) && dragged.get() != Some(stop)
        >
            <Handle stop=stop dragged=dragged over=over put=put />
            <span class="row-head">
                <span class="place">{move || (at.get() + 1).to_string()}</span>
                <span class="who">{name.clone()}</span>
            </span>
            <span class="why">{place}</span>
            <span class="acts">
                <button
                    type="button"
                    id=format!("up-{stop}")
                    aria-disabled=move || (at.get() == 0).then_some("true")
                    on:click=move |_| step(-1, "up")
                >
                    {w::up}
                    <span class="unseen">" "{name.clone()}</span>
                </button>
                <button
                    type="button"
                    id=format!("down-{stop}")
                    aria-disabled=move || is_last().then_some("true")
                    on:click=move |_| step(1, "down")
                >
                    {w::down}
                    <span class="unseen">" "{name.clone()}</span>
                </button>
                <button type="button" class="quiet" on:click=remove>
                    {w::remove}
                    <span class="unseen">" "{name.clone()}</span>
                </button>
            </span>
        </li>
    }
}

/// What one takes a stop by. The buttons do the same for who has no pointer.
#[component]
fn Handle(
    stop: LineId,
    dragged: RwSignal<Option<LineId>>,
    over: RwSignal<Option<LineId>>,
    put: Callback<(LineId, LineId)>,
) -> impl IntoView {
    let handle = NodeRef::<html::Span>::new();
    let down = move |event: PointerEvent| {
        event.prevent_default();
        if let Some(handle) = handle.get_untracked() {
            // Its moves come here wherever they go.
            let _ = handle.set_pointer_capture(event.pointer_id());
            dragged.set(Some(stop));
            over.set(Some(stop));
        }
    };
    let moved = move |event: PointerEvent| {
        if dragged.get_untracked() == Some(stop) {
            let under = document().element_from_point(event.client_x() as f32, event.client_y() as f32);
            let row = under.and_then(|under| under.closest("[data-stop]").ok().flatten());
            let there = row.and_then(|row| row.get_attribute("data-stop")).and_then(|id| LineId::parse(&id));
            if there.is_some() && over.get_untracked() != there {
                over.set(there);
            }
        }
    };
    let let_go = move |is_put: bool| {
        let (held, onto) = (dragged.get_untracked(), over.get_untracked());
        dragged.set(None);
        over.set(None);
        if let (true, Some(held), Some(onto)) = (is_put, held, onto) {
            put.run((held, onto));
        }
    };
    view! {
        <span
            class="handle"
            aria-hidden="true"
            node_ref=handle
            on:pointerdown=down
            on:pointermove=moved
            on:pointerup=move |_| let_go(true)
            on:pointercancel=move |_| let_go(false)
        >
            <Icon shape=Shape::More />
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stop_let_go_over_another_takes_its_place() {
        let order = [1, 2, 3].map(|n| LineId([n; 16]));
        let [one, two, three] = order;
        assert_eq!(dropped(&order, three, one), Some(Some(one)));
        assert_eq!(dropped(&order, one, two), Some(Some(three)));
        assert_eq!(dropped(&order, one, three), Some(None), "the end");
        assert_eq!(dropped(&order, two, two), None);
        assert_eq!(dropped(&order, LineId([9; 16]), two), None);
    }
}
