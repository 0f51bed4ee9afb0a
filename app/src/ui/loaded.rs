//! What a screen asked the door for: awaited, here, or refused; asked again whenever something changed.

use leptos::prelude::*;
use maillon_shared::api::Failure;
use wasm_bindgen_futures::spawn_local;

use super::failure_note::FailureNote;
use crate::session::session;
use crate::words::common;

/// What was asked for.
pub struct Loaded<T: Send + Sync + 'static> {
    value: RwSignal<Option<T>>,
    failure: RwSignal<Option<Failure>>,
    again: RwSignal<u32>,
}

impl<T: Send + Sync + 'static> Clone for Loaded<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Loaded<T> {}

impl<T: Clone + Send + Sync + 'static> Loaded<T> {
    /// The value, once it is here.
    pub fn get(self) -> Option<T> {
        self.value.get()
    }
}

/// Asks now, and again whenever the notebook or a signal that `ask` reads changes. An answer that comes after a newer
/// question is left aside.
pub fn load<T, F>(ask: impl Fn() -> F + 'static) -> Loaded<T>
where
    T: Clone + Send + Sync + 'static,
    F: Future<Output = Result<T, Failure>> + 'static,
{
    load_when(ask, || session().changes.track())
}

/// Asks once: a form keeps what it was opened with, whatever changes meanwhile.
pub fn load_once<T, F>(ask: impl Fn() -> F + 'static) -> Loaded<T>
where
    T: Clone + Send + Sync + 'static,
    F: Future<Output = Result<T, Failure>> + 'static,
{
    load_when(ask, || {})
}

fn load_when<T, F>(ask: impl Fn() -> F + 'static, follow: impl Fn() + 'static) -> Loaded<T>
where
    T: Clone + Send + Sync + 'static,
    F: Future<Output = Result<T, Failure>> + 'static,
{
    let loaded = Loaded { value: RwSignal::new(None), failure: RwSignal::new(None), again: RwSignal::new(0) };
    let last = StoredValue::new(0u32);
    Effect::new(move |_| {
        follow();
        loaded.again.track();
        let asking = ask();
        last.update_value(|last| *last += 1);
        let mine = last.get_value();
        spawn_local(async move {
            let answer = asking.await;
            if last.try_get_value() != Some(mine) {
                return;
            }
            match answer {
                Ok(value) => {
                    loaded.failure.set(None);
                    loaded.value.set(Some(value));
                }
                Err(failure) => loaded.failure.set(Some(failure)),
            }
        });
    });
    loaded
}

/// Draws what was loaded, once; later values flow into the signal.
pub fn when_loaded<T, V>(loaded: Loaded<T>, draw: impl Fn(RwSignal<T>) -> V + Send + Sync + 'static) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let is_here = Memo::new(move |_| loaded.value.with(Option::is_some));
    let waits = Memo::new(move |_| !is_here.get() && loaded.failure.with(Option::is_none));
    view! {
        <FailureNote failure=loaded.failure retry=Callback::new(move |()| loaded.again.update(|again| *again += 1)) />
        <p class="waiting" hidden=move || !waits.get()>{common::waiting}</p>
        {move || {
            is_here.get().then(|| loaded.value.get_untracked()).flatten().map(|first| {
                let shown = RwSignal::new(first);
                Effect::watch(
                    move || loaded.value.get(),
                    move |value, _, _| {
                        if let Some(value) = value && shown.with_untracked(|shown| shown != value) {
                            shown.set(value.clone());
                        }
                    },
                    false,
                );
                draw(shown)
            })
        }}
    }
}
