//! `cargo xtask dist`: what is given to users, in `dist/`.

use crate::shell::Failure;

/// Makes the `.deb` and the browser edition.
pub fn dist() -> Result<(), Failure> {
    Err(Failure::new("not written yet"))
}
