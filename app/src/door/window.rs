//! The door in the desktop's window: the engine runs in a thread of the same program.
//!
//! A request is the raw body of the command `door`, its answer an `ArrayBuffer`. Commands may run at once there, so each
//! request waits for the one before.

use std::cell::RefCell;

use futures_channel::oneshot;
use js_sys::{Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::NoDoor;
use super::worker::{Answering, words_of};

/// What the window's program offers to its page.
pub struct Window {
    internals: JsValue,
    /// Resolves when the last request asked has been answered.
    last: RefCell<Option<oneshot::Receiver<()>>>,
}

impl Window {
    /// The window's program, if the page is in one.
    pub fn find() -> Option<Self> {
        let internals = Reflect::get(&js_sys::global(), &"__TAURI_INTERNALS__".into()).ok()?;
        (!internals.is_undefined()).then_some(Window { internals, last: RefCell::new(None) })
    }

    /// Has notices told to `hears`.
    pub async fn listen(&self, hears: impl Fn(&[u8]) + 'static) -> Result<(), NoDoor> {
        let on_message = Closure::<dyn Fn(JsValue)>::new(move |envelope: JsValue| {
            // `{index, message}`, or `{index, end}` when the channel closes.
            if let Ok(message) = Reflect::get(&envelope, &"message".into())
                && !message.is_undefined()
            {
                hears(&Uint8Array::new(&message).to_vec());
            }
        });
        let channel = self
            .method("transformCallback")
            .and_then(|transform| transform.call2(&self.internals, on_message.as_ref(), &JsValue::FALSE));
        on_message.forget();
        let listening = channel.and_then(|channel| {
            let arguments = Object::new();
            let channel = format!("__CHANNEL__:{}", channel.as_f64().unwrap_or_default());
            Reflect::set(&arguments, &"notices".into(), &channel.into())?;
            self.invoke("listen", &arguments, &JsValue::UNDEFINED)
        });
        match listening {
            Ok(listening) => JsFuture::from(listening).await.map(|_| ()).map_err(|error| NoDoor(words_of(&error))),
            Err(error) => Err(NoDoor(words_of(&error))),
        }
    }

    /// Asks, after the request before has been answered.
    pub fn ask(&self, bytes: &[u8]) -> Answering {
        let (done, next) = oneshot::channel::<()>();
        let before = self.last.replace(Some(next));
        let body = Uint8Array::from(bytes);
        let internals = Window { internals: self.internals.clone(), last: RefCell::new(None) };
        Box::pin(async move {
            if let Some(before) = before {
                // An error only says that the one before is over.
                let _ = before.await;
            }
            let answering = internals.invoke("door", &body, &JsValue::UNDEFINED).ok()?;
            let answer = JsFuture::from(answering).await;
            drop(done);
            answer.ok().map(|buffer| Uint8Array::new(&buffer).to_vec())
        })
    }

    /// Has a file written to the downloads folder; answers with its path.
    pub fn save_file(
        &self,
        name: &str,
        bytes: &[u8],
    ) -> std::pin::Pin<Box<dyn std::future::Future<Output = Result<String, String>>>> {
        let headers = Object::new();
        let options = Object::new();
        let name = js_sys::encode_uri_component(name);
        let saving = Reflect::set(&headers, &"maillon-name".into(), &name)
            .and_then(|_| Reflect::set(&options, &"headers".into(), &headers))
            .and_then(|_| self.invoke("save_file", &Uint8Array::from(bytes), &options));
        Box::pin(async move {
            let path = match saving {
                Ok(saving) => JsFuture::from(saving).await,
                Err(error) => Err(error),
            };
            path.map(|path| path.as_string().unwrap_or_default()).map_err(|error| words_of(&error))
        })
    }

    /// Has a small choice kept for the next start. If it cannot be, it is only asked for again.
    pub fn keep(&self, name: &str, code: &str) {
        let arguments = Object::new();
        let keeping = Reflect::set(&arguments, &"name".into(), &name.into())
            .and_then(|_| Reflect::set(&arguments, &"code".into(), &code.into()))
            .and_then(|_| self.invoke("keep", &arguments, &JsValue::UNDEFINED));
        if let Ok(keeping) = keeping {
            spawn_local(async move { drop(JsFuture::from(keeping).await) });
        }
    }

    fn invoke(&self, command: &str, body: &JsValue, options: &JsValue) -> Result<Promise, JsValue> {
        let invoked = self.method("invoke")?.call3(&self.internals, &command.into(), body, options)?;
        invoked.dyn_into()
    }

    fn method(&self, name: &str) -> Result<Function, JsValue> {
        Reflect::get(&self.internals, &name.into())?.dyn_into()
    }
}
