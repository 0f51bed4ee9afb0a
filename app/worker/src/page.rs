//! The page's requests, one after another.
//!
//! ```text
//! page → worker   {id, bytes}       a request; `bytes` is a Uint8Array
//! page → worker   {id, memory: 1}   how much memory the engine takes
//! worker → page   {ready: true}     once, at the start
//! worker → page   {id, bytes}       the answer
//! worker → page   {id, memory}      in bytes
//! worker → page   {notice}          bytes, at any time
//! worker → page   {failed}          the engine has stopped; where, never what was typed
//! ```
//!
//! After a panic the engine is never used again: what waits, and what comes later, is answered *stopped*. What had been
//! acknowledged is on disk.

use std::cell::{Cell, RefCell};
use std::{mem, panic};

use futures_channel::mpsc;
use js_sys::{Array, Uint8Array};
use maillon_engine::engine::Engine;
use maillon_shared::api::{Answer, Failure, Notice, encode};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};
use zeroize::Zeroizing;

use crate::ambient::BrowserAmbient;
use crate::store::Place;
use crate::{field, message};

/// The notebook's name in this browser, for IndexedDB and for the lock.
const NOTEBOOK: &str = "maillon";

thread_local! {
    /// Requests that have not been answered yet.
    static UNANSWERED: RefCell<Vec<f64>> = const { RefCell::new(Vec::new()) };
    /// Whether the engine panicked.
    static STOPPED: Cell<bool> = const { Cell::new(false) };
}

struct Letter {
    id: f64,
    request: Zeroizing<Vec<u8>>,
}

/// Answers the page for as long as it lives.
pub(crate) fn serve(scope: DedicatedWorkerGlobalScope) -> Result<(), JsValue> {
    stop_after_a_panic();

    let (mailbox, letters) = mpsc::unbounded();
    let receiver = scope.clone();
    let receive = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        receive(&receiver, &mailbox, &event.data());
    });
    scope.set_onmessage(Some(receive.as_ref().unchecked_ref()));
    // It lives as long as the worker does.
    receive.forget();

    spawn_local(answer_all(scope.clone(), letters));
    scope.post_message(&message([("ready", true.into())]))
}

fn receive(scope: &DedicatedWorkerGlobalScope, mailbox: &mpsc::UnboundedSender<Letter>, data: &JsValue) {
    // Whatever else speaks to a worker (an extension, a developer's tools) has no number of ours.
    let Some(id) = field(data, "id").as_f64() else { return };
    if !field(data, "memory").is_undefined() {
        let _ = scope.post_message(&message([("id", id.into()), ("memory", memory_bytes().into())]));
        return;
    }
    #[cfg(feature = "contract")]
    if let Some(words) = field(data, "panic").as_string() {
        UNANSWERED.with_borrow_mut(|waiting| waiting.push(id));
        // As the engine would: with words of a user in its message.
        wasm_bindgen_futures::spawn_local(async move { panic!("{words}") });
        return;
    }
    let Ok(bytes) = field(data, "bytes").dyn_into::<Uint8Array>() else { return };
    let request = Zeroizing::new(bytes.to_vec());
    // This buffer is ours alone, and may hold a passphrase.
    bytes.fill(0, 0, bytes.length());

    UNANSWERED.with_borrow_mut(|waiting| waiting.push(id));
    if STOPPED.get() || mailbox.unbounded_send(Letter { id, request }).is_err() {
        answer(scope, id, &stopped());
    }
}

async fn answer_all(scope: DedicatedWorkerGlobalScope, mut letters: mpsc::UnboundedReceiver<Letter>) {
    let teller = scope.clone();
    let tell = Box::new(move |notice: Notice| {
        let bytes = Uint8Array::from(encode(&notice).as_slice());
        let _ = teller.post_message(&message([("notice", bytes.into())]));
    });
    let mut engine = Engine::new(Place::new(NOTEBOOK), BrowserAmbient::new(scope.clone()), tell);
    while let Ok(letter) = letters.recv().await {
        let bytes = engine.handle_bytes(&letter.request).await;
        answer(&scope, letter.id, &bytes);
    }
}

fn answer(scope: &DedicatedWorkerGlobalScope, id: f64, bytes: &[u8]) {
    UNANSWERED.with_borrow_mut(|waiting| waiting.retain(|other| *other != id));
    let bytes = Uint8Array::from(bytes);
    // Handed over rather than copied: a backup is large.
    let handed_over = Array::of1(&bytes.buffer());
    let _ = scope.post_message_with_transfer(&message([("id", id.into()), ("bytes", bytes.into())]), &handed_over);
}

/// A panic in wasm ends the task that panicked and leaves the rest standing: the hook is the last that is heard of it.
fn stop_after_a_panic() {
    panic::set_hook(Box::new(|panic| {
        STOPPED.set(true);
        let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else { return };
        let waiting = UNANSWERED.with(|waiting| waiting.try_borrow_mut().map(|mut ids| mem::take(&mut *ids)));
        for id in waiting.unwrap_or_default() {
            answer(&scope, id, &stopped());
        }
        // Its message may hold what someone typed: the place in the code says enough.
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        let _ = scope.post_message(&message([("failed", place.into())]));
    }));
}

fn stopped() -> Vec<u8> {
    encode::<Answer>(&Err(Failure::Stopped))
}

fn memory_bytes() -> f64 {
    let memory = wasm_bindgen::memory().unchecked_into::<js_sys::WebAssembly::Memory>();
    field(&memory.buffer(), "byteLength").as_f64().unwrap_or_default()
}
