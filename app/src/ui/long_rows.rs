//! The rows of a list that may be long: drawn a slice at a time, each slice on its own, so that coming to the end of ten
//! thousand rows asks no more of the browser than coming to the end of a hundred.
//!
//! What was drawn stays: the browser's own search, the keyboard and readers find all that one has come by.

use std::hash::Hash;

use leptos::prelude::*;

use super::more_rows::{MoreRows, SLICE};
use super::on_paper::most;

/// The rows found, as a list; each one's `draw` makes its `li`.
#[component]
pub fn LongRows<T, K, V>(
    /// What was found, in its order.
    #[prop(into)]
    found: Signal<Vec<T>>,
    /// What they were sought by, in words: another list begins at its beginning.
    narrowed: Signal<String>,
    /// What tells a row from every other, and from itself once it has changed.
    key: fn(&T) -> K,
    /// A row.
    draw: fn(T) -> V,
    /// The classes of the list.
    #[prop(default = "rows")]
    class: &'static str,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    K: Eq + Hash + Send + 'static,
    V: IntoView + 'static,
{
    let drawn = RwSignal::new(SLICE);
    Effect::watch(move || narrowed.get(), move |_, _, _| drawn.set(SLICE), false);
    let count = Memo::new(move |_| found.with(Vec::len));
    let slices = move || (0..count.get().min(most(drawn.get())).div_ceil(SLICE)).collect::<Vec<_>>();
    let rows = move |slice: usize| {
        found.with(|found| found.iter().skip(slice * SLICE).take(SLICE).cloned().collect::<Vec<_>>())
    };
    view! {
        <ul class=class>
            <For each=slices key=|slice| *slice let:slice>
                <For each=move || rows(slice) key=key let:row>
                    {draw(row)}
                </For>
            </For>
        </ul>
        <MoreRows drawn=drawn of=count />
    }
}
