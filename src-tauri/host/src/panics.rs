//! What a panic may say: where it was, and not one word more.
//!
//! A panic's message can hold what someone typed. Standard error ends up in journals and bug reports, where a name
//! must never be.

use std::panic;

/// From now on a panic prints its place in the code and nothing else.
pub fn say_only_where() {
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        eprintln!("maillon: stopped at {place}");
    }));
}
