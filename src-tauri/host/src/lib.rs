//! The native host: what stands between the engine and the machine. It knows no window, and no rule of the domain.

pub mod sqlite;
