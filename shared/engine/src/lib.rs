//! The engine: what keeps a notebook. It has no I/O, clock or chance of its own.

pub mod ambient;
pub mod backup;
#[cfg(any(test, feature = "contract"))]
pub mod contract;
pub mod journal;
pub mod lines;
pub mod link;
#[cfg(any(test, feature = "contract"))]
pub mod memory;
pub mod sharing;
pub mod shelf;
pub mod store;
pub mod vault;
pub mod views;

pub mod exchange;

mod failures;
pub mod notebook;

pub mod engine;

pub use engine::Engine;
