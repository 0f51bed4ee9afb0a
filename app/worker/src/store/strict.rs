//! Every write waits for the disk: `durability: "strict"` on every transaction.
//!
//! Browsers answer "written" as soon as the system has the bytes, and a power cut then loses what the user was told is
//! saved. IndexedDB has an option against it; rexie has no way to give it. So the worker's own
//! `IDBDatabase.prototype.transaction` is wrapped, by a proxy because only a proxy's `apply` is given the object it is
//! called on. It also keeps the last transaction, for rexie does not tell why one was aborted.

use std::cell::RefCell;

use js_sys::{Array, Function, Object, Proxy, Reflect};
use maillon_engine::store::StoreError;
use wasm_bindgen::prelude::*;
use web_sys::IdbTransaction;

use crate::{field, message, words_of};

thread_local! {
    static LAST: RefCell<Option<IdbTransaction>> = const { RefCell::new(None) };
}

/// Wraps the worker's `transaction`, once.
pub(super) fn install() -> Result<(), StoreError> {
    thread_local! {
        static INSTALLED: RefCell<bool> = const { RefCell::new(false) };
    }
    if INSTALLED.replace(true) {
        return Ok(());
    }
    wrap().map_err(|error| {
        INSTALLED.set(false);
        StoreError::Io(words_of(&error))
    })
}

fn wrap() -> Result<(), JsValue> {
    let prototype = field(&field(&js_sys::global(), "IDBDatabase"), "prototype");
    let original: Function = field(&prototype, "transaction").dyn_into()?;
    let apply = Closure::<dyn FnMut(Function, JsValue, Array) -> Result<JsValue, JsValue>>::new(
        |original: Function, database: JsValue, arguments: Array| {
            let (stores, mode) = (arguments.get(0), arguments.get(1));
            let mode = if mode.is_undefined() { "readonly".into() } else { mode };
            let strict = message([("durability", "strict".into())]);
            let transaction = original.call3(&database, &stores, &mode, &strict)?;
            LAST.set(transaction.clone().dyn_into().ok());
            Ok(transaction)
        },
    );
    let handler = message([("apply", apply.into_js_value())]).unchecked_into::<Object>();
    Reflect::set(&prototype, &"transaction".into(), &Proxy::new(&original, &handler)).map(|_| ())
}

/// Why the last transaction was aborted, if it was and the browser says so.
pub(super) fn last_error() -> Option<JsValue> {
    LAST.with_borrow(|last| last.as_ref().and_then(IdbTransaction::error).map(JsValue::from))
}

/// Aborts the last transaction, if it still goes on.
pub(super) fn abort_last() {
    // An error says that it has ended already.
    LAST.with_borrow(|last| last.as_ref().map(IdbTransaction::abort));
}

/// Whether the last transaction waited for the disk.
#[cfg(feature = "contract")]
pub(crate) fn last_was_strict() -> bool {
    LAST.with_borrow(|last| last.as_ref().map(|last| field(last, "durability")) == Some("strict".into()))
}
