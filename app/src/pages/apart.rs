//! Screens that are loaded when one first goes there: what opens the notebook waits for none of them.
//!
//! A part is a file of the build (`cargo xtask` makes it) and holds every screen that [`apart!`] puts in it. In a browser
//! the program's copy has all parts, from the first whole visit on; a part that does not come is said, and asked for again.

use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use leptos::prelude::*;
use leptos::wasm_split::SplitLoaderError;
use wasm_bindgen_futures::spawn_local;

use crate::browser;
use crate::ui::Title;
use crate::words::{apart as w, common, failure};

/// The part has not come.
pub type NotLoaded = SplitLoaderError;
/// A part on its way.
pub type Loading = Pin<Box<dyn Future<Output = Result<(), NotLoaded>>>>;
/// A screen of a part.
pub type Drawing = Pin<Box<dyn Future<Output = Result<AnyView, NotLoaded>>>>;

/// A screen of that part, and what it is drawn from: `apart!(part, |id: Id| screen)`.
macro_rules! apart {
    ($part:ident, || $screen:expr) => {
        $crate::pages::apart::apart!($part, | | $screen)
    };
    ($part:ident, |$($name:ident: $kind:ty),*| $screen:expr) => {{
        #[leptos::wasm_split::wasm_split(
            $part,
            wasm_split_path = leptos::wasm_split,
            preload(#[allow(unsafe_code, reason = "the loader's own, in JavaScript")] load),
            fallible
        )]
        #[allow(unsafe_code, reason = "a call from one wasm into another, both of one build")]
        fn screen($($name: $kind),*) -> Result<AnyView, $crate::pages::apart::NotLoaded> {
            Ok($screen.into_any())
        }
        $crate::pages::apart::page(|| Box::pin(load()), move || Box::pin(screen($($name.clone()),*)))
    }};
}
pub(crate) use apart;

/// Has a part come before anyone goes there: `ahead!(part)`. If it does not, going there asks for it again.
macro_rules! ahead {
    ($part:ident) => {{
        #[leptos::wasm_split::wasm_split(
                                        $part,
                                        wasm_split_path = leptos::wasm_split,
                                        preload(#[allow(unsafe_code, reason = "the loader's own, in JavaScript")] load),
                                        fallible
                                    )]
        #[allow(unsafe_code, reason = "a call from one wasm into another, both of one build")]
        fn _nothing() -> Result<(), $crate::pages::apart::NotLoaded> {
            Ok(())
        }
        leptos::task::spawn_local(async {
            let _ = load().await;
        });
    }};
}
pub(crate) use ahead;

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Awaited,
    Here,
    Missing,
}

impl State {
    fn after(loaded: &Result<(), NotLoaded>) -> Self {
        if loaded.is_ok() { State::Here } else { State::Missing }
    }
}

/// What [`apart!`] makes of a screen: the screen itself if its part is here already, else once it has come.
pub fn page(load: fn() -> Loading, draw: impl Fn() -> Drawing + Send + 'static) -> AnyView {
    let state = RwSignal::new(State::Awaited);
    let begin = move || {
        let mut loading = load();
        // A part that is here leaves nothing to wait for, not even until the browser's next turn.
        if let Some(loaded) = at_once(loading.as_mut()) {
            return state.set(State::after(&loaded));
        }
        state.set(State::Awaited);
        spawn_local(async move {
            let loaded = loading.await;
            // One may have gone elsewhere meanwhile.
            let _ = state.try_set(State::after(&loaded));
        });
    };
    begin();
    let again = Callback::new(move |()| begin());
    (move || match state.get() {
        State::Awaited => view! { <p class="waiting">{common::waiting}</p> }.into_any(),
        State::Here => match at_once(pin!(draw())) {
            Some(Ok(screen)) => screen,
            _ => view! { <Missing again=again /> }.into_any(),
        },
        State::Missing => view! { <Missing again=again /> }.into_any(),
    })
    .into_any()
}

/// What a future gives without waiting, if it does.
fn at_once<T>(future: Pin<&mut (impl Future<Output = T> + ?Sized)>) -> Option<T> {
    match future.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    }
}

/// The part did not come: a first visit cut short, or a program that was replaced meanwhile.
#[component]
fn Missing(again: Callback<()>) -> impl IntoView {
    view! {
        <Title>{w::missing}</Title>
        <div class="failure" role="alert">
            <p>{w::missing_why}</p>
            <button type="button" on:click=move |_| again.run(())>{failure::retry}</button>
            <button type="button" on:click=|_| browser::reload()>{failure::reload}</button>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_here_is_taken_at_once_and_nothing_else() {
        assert_eq!(at_once(pin!(async { 1 })), Some(1));
        assert_eq!(at_once(pin!(std::future::pending::<u8>())), None);
    }
}
