//! The engine: what keeps a notebook. It has no I/O, clock or chance of its own.

pub mod ambient;
pub mod journal;
pub mod store;
pub mod vault;
