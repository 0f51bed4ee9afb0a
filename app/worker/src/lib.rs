//! The browser's host.

use wasm_bindgen::prelude::*;

/// Starts the worker on its task: the engine, unless told otherwise.
#[wasm_bindgen]
pub fn start(_task: &str) {}
