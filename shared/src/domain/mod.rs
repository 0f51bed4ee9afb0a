//! The words of the domain: one file a notion. It knows nobody.

mod changes;
mod coded;
pub mod ids;
pub mod time;

pub mod contact;
pub mod likeness;
pub mod person;

pub mod directory;

pub mod encounter;
pub mod follow_up;
pub mod request;

pub mod settings;

pub mod calendar;
pub mod communes;
pub mod lists;
