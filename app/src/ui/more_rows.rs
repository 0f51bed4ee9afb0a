//! Long lists drawn a slice at a time: the next one comes before the end of the last is reached.
//!
//! The end of a slice is a button, so that readers and keyboards find it as eyes do; coming near it presses it.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

use super::on_paper::most;
use crate::words::common;

/// How many rows a slice has.
pub const SLICE: usize = 100;
/// How far below what is seen the next slice is drawn.
const AHEAD: &str = "0px 0px 800px 0px";

/// The end of a slice.
#[component]
pub fn MoreRows(
    /// How many rows are drawn.
    drawn: RwSignal<usize>,
    /// How many there are.
    #[prop(into)]
    of: Signal<usize>,
) -> impl IntoView {
    let button = NodeRef::<html::Button>::new();
    let grow = move || {
        drawn.try_update(|drawn| *drawn += SLICE);
    };
    let watching = StoredValue::new_local(None);
    button.on_load(move |button| {
        let came = Closure::<dyn Fn(js_sys::Array)>::new(move |entries: js_sys::Array| {
            let last = entries.iter().next_back().and_then(|entry| entry.dyn_into::<IntersectionObserverEntry>().ok());
            if last.is_some_and(|entry| entry.is_intersecting()) {
                grow();
            }
        });
        let options = IntersectionObserverInit::new();
        options.set_root_margin(AHEAD);
        if let Ok(Some(frame)) = button.closest("main") {
            options.set_root(Some(&frame));
        }
        // Without an observer the button is still there to press.
        if let Ok(observer) = IntersectionObserver::new_with_options(came.as_ref().unchecked_ref(), &options) {
            observer.observe(&button);
            watching.set_value(Some((observer, came)));
        }
    });
    on_cleanup(move || {
        watching.try_update_value(|watching| {
            if let Some((observer, _)) = watching.take() {
                observer.disconnect();
            }
        });
    });
    let rest = move || of.get().saturating_sub(most(drawn.get()));
    view! {
        <button type="button" class="more-rows" node_ref=button hidden=move || rest() == 0 on:click=move |_| grow()>
            {move || common::more_rows(rest() as u32)}
        </button>
    }
}
