//! One tab at a time: an exclusive Web Lock, which the browser lets go when the worker ends, however it ends.

use futures_channel::mpsc;
use js_sys::{Function, Promise};
use maillon_engine::store::StoreError;
use wasm_bindgen::prelude::*;

use crate::{field, message, words_of};

/// A page that reloads begins before the one it replaces has quite gone: within this time, it is the same tab. A slow
/// laptop with other things to do needs more than a second and a half.
const PATIENCE_MS: u32 = 4_000;

/// The lock, for as long as the worker lives.
pub(crate) struct Held {
    /// What the browser waits for before it lets the lock go: it never comes.
    _never: Promise,
}

/// Takes the lock of a notebook, or says that it is in use.
pub(crate) async fn take(notebook: &str) -> Result<Held, StoreError> {
    let locks = field(&field(&js_sys::global(), "navigator"), "locks");
    // Absent where the page did not come by a safe way. Without it, two tabs would write over each other.
    let request: Function =
        field(&locks, "request").dyn_into().map_err(|_| StoreError::Io("this browser has no locks".into()))?;

    let never = Promise::new(&mut |_, _| {});
    let (say, mut heard) = mpsc::unbounded();
    let granted = {
        let (say, never) = (say.clone(), never.clone());
        Closure::<dyn FnMut(JsValue) -> JsValue>::new(move |lock: JsValue| {
            let ours = !lock.is_null();
            let _ = say.unbounded_send(if ours { Ok(()) } else { Err(StoreError::InUse) });
            if ours { never.clone().into() } else { JsValue::UNDEFINED }
        })
    };
    let refused = Closure::<dyn FnMut(JsValue)>::new(move |error: JsValue| {
        let _ = say.unbounded_send(Err(why(&error)));
    });

    let options = message([("mode", "exclusive".into()), within(PATIENCE_MS)]);
    let name = format!("{notebook}-notebook");
    let ended = request.call3(&locks, &name.into(), &options, granted.as_ref()).map_err(|error| why(&error))?;
    let _ = ended.dyn_into::<Promise>().map_err(|error| why(&error))?.catch(&refused);

    let outcome = heard.recv().await.unwrap_or(Err(StoreError::InUse));
    // Refused: nobody calls them any more. Granted: they may be called when the worker ends, at the latest.
    match outcome {
        Ok(()) => {
            granted.forget();
            refused.forget();
            Ok(Held { _never: never })
        }
        Err(error) => Err(error),
    }
}

/// How long to wait for the lock. Where a browser cannot count the time, not at all.
fn within(patience_ms: u32) -> (&'static str, JsValue) {
    let signal = field(&js_sys::global(), "AbortSignal");
    let timeout = field(&signal, "timeout").dyn_into::<Function>();
    match timeout.map(|timeout| timeout.call1(&signal, &patience_ms.into())) {
        Ok(Ok(signal)) => ("signal", signal),
        _ => ("ifAvailable", true.into()),
    }
}

fn why(error: &JsValue) -> StoreError {
    match field(error, "name").as_string().as_deref() {
        Some("TimeoutError" | "AbortError") => StoreError::InUse,
        _ => StoreError::Io(words_of(error)),
    }
}
