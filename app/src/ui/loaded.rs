//! What a screen asked the door for: awaited, here, or refused; asked again whenever something changed.
//!
//! What is of one type only is kept small: every screen has its own copy of it in the program.

use std::pin::Pin;

use leptos::prelude::*;
use maillon_shared::api::Failure;
use wasm_bindgen_futures::spawn_local;

use super::failure_note::FailureNote;
use crate::session::session;
use crate::words::common;

/// What was asked for.
pub struct Loaded<T: Send + Sync + 'static> {
    value: RwSignal<Option<T>>,
    state: State,
}

/// How far the asking is, whatever was asked for.
#[derive(Clone, Copy)]
struct State {
    is_here: RwSignal<bool>,
    failure: RwSignal<Option<Failure>>,
    again: RwSignal<u32>,
}

/// Puts an answer where it is shown.
type Place = Box<dyn FnOnce()>;
/// A question on its way.
type Asking = Pin<Box<dyn Future<Output = Result<Place, Failure>>>>;

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

fn load_when<T, F>(ask: impl Fn() -> F + 'static, follow: fn()) -> Loaded<T>
where
    T: Clone + Send + Sync + 'static,
    F: Future<Output = Result<T, Failure>> + 'static,
{
    let value = RwSignal::new(None);
    let asks = move || -> Asking {
        let asking = ask();
        Box::pin(async move {
            let answer = asking.await?;
            Ok(Box::new(move || value.set(Some(answer))) as Place)
        })
    };
    Loaded { value, state: State::begin(Box::new(asks), follow) }
}

impl State {
    fn begin(asks: Box<dyn Fn() -> Asking>, follow: fn()) -> Self {
        let state = State { is_here: RwSignal::new(false), failure: RwSignal::new(None), again: RwSignal::new(0) };
        let last = StoredValue::new(0u32);
        Effect::new(move |_| {
            follow();
            state.again.track();
            let asking = asks();
            last.update_value(|last| *last += 1);
            let mine = last.get_value();
            spawn_local(async move {
                let answer = asking.await;
                if last.try_get_value() != Some(mine) {
                    return;
                }
                match answer {
                    Ok(place) => {
                        state.failure.set(None);
                        place();
                        if state.is_here.try_get_untracked() == Some(false) {
                            state.is_here.set(true);
                        }
                    }
                    Err(failure) => state.failure.set(Some(failure)),
                }
            });
        });
        state
    }

    /// What is shown of the asking itself, then what was asked for, once it is here.
    fn frame(self, draw: Box<dyn Fn() -> Option<AnyView> + Send + Sync>) -> AnyView {
        let State { is_here, failure, again } = self;
        let waits = move || !is_here.get() && failure.with(Option::is_none);
        view! {
            <FailureNote failure=failure retry=Callback::new(move |()| again.update(|again| *again += 1)) />
            <p class="waiting" hidden=move || !waits()>{common::waiting}</p>
            {move || is_here.get().then(&draw).flatten()}
        }
        .into_any()
    }
}

/// Draws what was loaded, once; later values flow into the signal.
pub fn when_loaded<T, V>(loaded: Loaded<T>, draw: impl Fn(RwSignal<T>) -> V + Send + Sync + 'static) -> AnyView
where
    T: Clone + PartialEq + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let shown = move || {
        let shown = RwSignal::new(loaded.value.get_untracked()?);
        Effect::watch(
            move || loaded.value.get(),
            move |value, _, _| {
                if let Some(value) = value
                    && shown.with_untracked(|shown| shown != value)
                {
                    shown.set(value.clone());
                }
            },
            false,
        );
        Some(draw(shown).into_any())
    };
    loaded.state.frame(Box::new(shown))
}
