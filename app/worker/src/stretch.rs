//! Argon2 in a worker of its own that ends: a wasm memory never shrinks, and 64 MiB are needed once.
//!
//! ```text
//! helper → asker   {ready: "stretch"}
//! asker → helper   {secret, salt, memoryKib, passes}
//! helper → asker   {stretched} or {refused}
//! ```

use futures_channel::mpsc;
use js_sys::{Array, Uint8Array};
use maillon_engine::ambient::StretchError;
use maillon_engine::vault::{StretchParams, Stretched, stretch};
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent, Worker, WorkerOptions, WorkerType};

use crate::{field, message, words_of};

/// The name of such a worker.
pub(crate) const TASK: &str = "stretch";

/// How long a helper may take to be there. Offline, or where workers inside workers are half there, one that never
/// comes says nothing at all.
const READY_WITHIN_MS: i32 = 10_000;

/// The helper's side: stretches once, answers, ends.
pub(crate) fn serve(scope: DedicatedWorkerGlobalScope) -> Result<(), JsValue> {
    let helper = scope.clone();
    let work = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let answer = match asked(&event.data()) {
            Some((secret, params)) => stretch(&secret, &params).map_err(|StretchError(why)| why),
            None => Err("not understood".into()),
        };
        let answer = match answer {
            Ok(stretched) => ("stretched", Uint8Array::from(stretched.expose().as_slice()).into()),
            Err(why) => ("refused", JsValue::from(why)),
        };
        let _ = helper.post_message(&message([answer]));
        helper.close();
    });
    scope.set_onmessage(Some(work.as_ref().unchecked_ref()));
    work.forget();
    scope.post_message(&message([("ready", TASK.into())]))
}

fn asked(data: &JsValue) -> Option<(zeroize::Zeroizing<Vec<u8>>, StretchParams)> {
    let secret = field(data, "secret").dyn_into::<Uint8Array>().ok()?.to_vec();
    let params = StretchParams {
        memory_kib: field(data, "memoryKib").as_f64()? as u32,
        passes: field(data, "passes").as_f64()? as u32,
        salt: field(data, "salt").dyn_into::<Uint8Array>().ok()?.to_vec().try_into().ok()?,
    };
    Some((secret.into(), params))
}

/// The asker's side.
pub(crate) async fn in_a_worker(
    scope: &DedicatedWorkerGlobalScope,
    secret: &[u8],
    params: &StretchParams,
) -> Result<Stretched, StretchError> {
    let mut helper = Helper::start(scope).map_err(|error| StretchError(words_of(&error)))?;
    if helper.next("ready").await? != TASK {
        return Err(StretchError("the helper is something else".into()));
    }

    let secret = Uint8Array::from(secret);
    let request = message([
        ("secret", secret.clone().into()),
        ("salt", Uint8Array::from(params.salt.as_slice()).into()),
        ("memoryKib", params.memory_kib.into()),
        ("passes", params.passes.into()),
    ]);
    // Handed over rather than copied: it is forgotten with the helper.
    let handed_over = Array::of1(&secret.buffer());
    helper.worker.post_message_with_transfer(&request, &handed_over).map_err(|error| StretchError(words_of(&error)))?;

    let stretched = helper.next("stretched").await?.dyn_into::<Uint8Array>();
    let stretched = stretched.map_err(|_| StretchError("not understood".into()))?;
    let bytes = stretched.to_vec().try_into().map_err(|_| StretchError("not understood".into()))?;
    stretched.fill(0, 0, stretched.length());
    Ok(Stretched::from_bytes(bytes))
}

/// What is heard of a helper.
enum Heard {
    Message(JsValue),
    Broken,
    TooLate,
}

/// A worker, ended when it is dropped.
struct Helper {
    scope: DedicatedWorkerGlobalScope,
    worker: Worker,
    timer: i32,
    heard: mpsc::UnboundedReceiver<Heard>,
    ready: bool,
    /// Kept as long as the worker may call them.
    _listeners: [Closure<dyn FnMut(JsValue)>; 3],
}

impl Helper {
    fn start(scope: &DedicatedWorkerGlobalScope) -> Result<Helper, JsValue> {
        let location = scope.location();
        let options = WorkerOptions::new();
        options.set_name(TASK);
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(&location.href(), &options)?;

        let (say, heard) = mpsc::unbounded();
        let listeners = [
            listener(say.clone(), |event| match event.dyn_into::<MessageEvent>() {
                Ok(event) => Heard::Message(event.data()),
                Err(_) => Heard::Broken,
            }),
            listener(say.clone(), |_| Heard::Broken),
            listener(say, |_| Heard::TooLate),
        ];
        let [message, error, late] = &listeners;
        worker.set_onmessage(Some(message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(error.as_ref().unchecked_ref()));
        let late = late.as_ref().unchecked_ref();
        let timer = scope.set_timeout_with_callback_and_timeout_and_arguments_0(late, READY_WITHIN_MS)?;
        Ok(Helper { scope: scope.clone(), worker, timer, heard, ready: false, _listeners: listeners })
    }

    /// Waits for a message that has this field, and gives it.
    async fn next(&mut self, expected: &str) -> Result<JsValue, StretchError> {
        loop {
            match self.heard.recv().await {
                Ok(Heard::Message(data)) => {
                    self.ready = true;
                    let value = field(&data, expected);
                    if value.is_undefined() {
                        return Err(StretchError(field(&data, "refused").as_string().unwrap_or_default()));
                    }
                    return Ok(value);
                }
                // Once it is there, stretching takes the time it takes.
                Ok(Heard::TooLate) if self.ready => {}
                Ok(Heard::TooLate) => return Err(StretchError("the helper did not come".into())),
                Ok(Heard::Broken) | Err(_) => return Err(StretchError("the helper broke".into())),
            }
        }
    }
}

impl Drop for Helper {
    fn drop(&mut self) {
        self.scope.clear_timeout_with_handle(self.timer);
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

fn listener(
    say: mpsc::UnboundedSender<Heard>,
    hear: impl Fn(JsValue) -> Heard + 'static,
) -> Closure<dyn FnMut(JsValue)> {
    Closure::new(move |event| {
        let _ = say.unbounded_send(hear(event));
    })
}
