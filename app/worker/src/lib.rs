//! The browser's host: the engine in a worker, IndexedDB under it.
//!
//! It knows the engine and the browser; it holds no rule of the domain and speaks no language. A script of its own
//! loads this module in a worker and calls [`start`] with the worker's name; under the name "stretch", the same module
//! stretches one passphrase and ends.

mod ambient;
mod page;
mod stretch;

mod store;

#[cfg(feature = "contract")]
mod contract;

use wasm_bindgen::prelude::*;
use web_sys::DedicatedWorkerGlobalScope;

/// Begins: with the page's requests, or with the one task that the worker is named after.
#[wasm_bindgen]
pub fn start(name: &str) -> Result<(), JsValue> {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().dyn_into()?;
    match name {
        stretch::TASK => stretch::serve(scope),
        #[cfg(feature = "contract")]
        contract::TASK => contract::serve(scope),
        _ => page::serve(scope),
    }
}

/// Writes an object of a message; the keys are our own, and setting them on a plain object cannot fail.
fn message<const N: usize>(fields: [(&str, JsValue); N]) -> JsValue {
    let object = js_sys::Object::new();
    for (name, value) in fields {
        let _ = js_sys::Reflect::set(&object, &name.into(), &value);
    }
    object.into()
}

/// Reads a field of a message; undefined where there is none.
fn field(object: &JsValue, name: &str) -> JsValue {
    js_sys::Reflect::get(object, &name.into()).unwrap_or_default()
}

/// What the browser says, in its own words, of something that failed.
fn words_of(error: &JsValue) -> String {
    match error.dyn_ref::<js_sys::Object>() {
        Some(object) => object.to_string().into(),
        None => format!("{error:?}"),
    }
}
