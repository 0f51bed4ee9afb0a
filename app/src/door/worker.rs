//! The door in a browser: the engine runs in a worker of this page.
//!
//! The page posts `{id, bytes}`; the worker answers `{id, bytes}`, and of itself says `{ready}`, `{notice}` or `{failed}`.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use futures_channel::oneshot;
use js_sys::{Array, Object, Reflect, Uint8Array};
use maillon_shared::api::responses::File;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, MessageEvent, Url, WorkerOptions, WorkerType};

use super::NoDoor;
use crate::browser;

/// Bytes to come; none when the worker has stopped.
pub type Answering = Pin<Box<dyn Future<Output = Option<Vec<u8>>>>>;

/// The worker, and who waits for what.
pub struct Worker {
    worker: web_sys::Worker,
    waiting: Rc<Waiting>,
    next: Cell<u32>,
}

#[derive(Default)]
struct Waiting {
    answers: RefCell<HashMap<u32, oneshot::Sender<Vec<u8>>>>,
    ready: RefCell<Option<oneshot::Sender<Result<(), String>>>>,
    stopped: Cell<bool>,
}

impl Worker {
    /// Starts the worker and waits until it says that it is ready.
    pub async fn start(hears: impl Fn(&[u8]) + 'static) -> Result<Self, NoDoor> {
        let url = browser::meta("maillon-worker").ok_or_else(|| NoDoor("no worker in the page".into()))?;
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = web_sys::Worker::new_with_options(&url, &options).map_err(|error| NoDoor(words_of(&error)))?;
        let (says_ready, ready) = oneshot::channel();
        let waiting = Rc::new(Waiting { ready: RefCell::new(Some(says_ready)), ..Waiting::default() });

        let heard = Rc::clone(&waiting);
        let on_message =
            Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| heard.hear(&event.data(), &hears));
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        // The page needs it as long as it lives.
        on_message.forget();
        let heard = Rc::clone(&waiting);
        let on_error = Closure::<dyn Fn(JsValue)>::new(move |event: JsValue| heard.stop(words_of(&event)));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        on_error.forget();

        match ready.await {
            Ok(Ok(())) => Ok(Worker { worker, waiting, next: Cell::new(0) }),
            Ok(Err(words)) => Err(NoDoor(words)),
            Err(_) => Err(NoDoor("the worker ended".into())),
        }
    }

    /// Posts at once, so that what is asked while the page closes still leaves.
    pub fn ask(&self, bytes: &[u8]) -> Answering {
        let id = self.next.get();
        self.next.set(id.wrapping_add(1));
        let (sends, receives) = oneshot::channel();
        if !self.waiting.stopped.get() {
            let message = Object::new();
            let array = Uint8Array::from(bytes);
            let filled = Reflect::set(&message, &"id".into(), &id.into())
                .and_then(|_| Reflect::set(&message, &"bytes".into(), &array));
            let transfer = Array::of1(&array.buffer());
            if filled.and_then(|_| self.worker.post_message_with_transfer(&message, &transfer)).is_ok() {
                self.waiting.answers.borrow_mut().insert(id, sends);
            }
        }
        Box::pin(async move { receives.await.ok() })
    }
}

impl Waiting {
    fn hear(&self, message: &JsValue, hears: &impl Fn(&[u8])) {
        let field = |name: &str| Reflect::get(message, &name.into()).ok().filter(|value| !value.is_undefined());
        if let (Some(id), Some(bytes)) = (field("id").and_then(|id| id.as_f64()), field("bytes")) {
            let sender = self.answers.borrow_mut().remove(&(id as u32));
            if let Some(sender) = sender {
                let _ = sender.send(Uint8Array::new(&bytes).to_vec());
            }
        } else if let Some(bytes) = field("notice") {
            hears(&Uint8Array::new(&bytes).to_vec());
        } else if field("ready").is_some() {
            if let Some(ready) = self.ready.take() {
                let _ = ready.send(Ok(()));
            }
        } else if let Some(words) = field("failed") {
            self.stop(words.as_string().unwrap_or_default());
        }
    }

    /// The worker will not answer any more: whoever waits is told.
    fn stop(&self, words: String) {
        self.stopped.set(true);
        if let Some(ready) = self.ready.take() {
            let _ = ready.send(Err(words));
        }
        self.answers.borrow_mut().clear();
    }
}

/// Gives a file to the browser's downloads.
pub fn download(file: &File) -> Result<(), String> {
    let save = || -> Result<(), JsValue> {
        let kind = BlobPropertyBag::new();
        kind.set_type(&file.mime);
        let blob =
            Blob::new_with_u8_array_sequence_and_options(&Array::of1(&Uint8Array::from(&file.bytes[..])), &kind)?;
        let url = Url::create_object_url_with_blob(&blob)?;
        let link: HtmlAnchorElement = leptos::prelude::document().create_element("a")?.unchecked_into();
        link.set_href(&url);
        link.set_download(&file.name);
        link.click();
        // The browser reads it in its own time; a minute is plenty.
        leptos::prelude::set_timeout(
            move || {
                let _ = Url::revoke_object_url(&url);
            },
            std::time::Duration::from_secs(60),
        );
        Ok(())
    };
    save().map_err(|error| words_of(&error))
}

/// What a script's error says of itself.
pub fn words_of(error: &JsValue) -> String {
    let message = Reflect::get(error, &"message".into()).ok().and_then(|message| message.as_string());
    message.or_else(|| error.as_string()).unwrap_or_else(|| "unknown error".into())
}
