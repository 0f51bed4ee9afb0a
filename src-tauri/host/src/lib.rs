//! The native host: the engine on a thread of its own, and the machine around it.
//!
//! It knows the engine and the system; it holds no rule of the domain, speaks no language, and knows no window.

mod ambient;
mod folder;
pub mod network;
pub mod panics;

mod place;
pub mod sqlite;

mod thread;

pub use thread::EngineThread;
