//! Where `cargo xtask` says that the programs under test and the tools are.

use std::path::PathBuf;

/// Says what to type when these tests are started by hand.
pub fn must_be_set() {
    assert!(
        std::env::var_os("MAILLON_E2E").is_some(),
        "these tests drive what `cargo xtask test` builds: start them from there"
    );
}

fn path(name: &str) -> PathBuf {
    std::env::var_os(name).unwrap_or_else(|| panic!("{name} is not set: start from `cargo xtask test`")).into()
}

/// The built web part.
pub fn web() -> PathBuf {
    path("MAILLON_E2E_WEB")
}

/// The chores' program, which serves the web part.
pub fn xtask() -> PathBuf {
    path("MAILLON_E2E_XTASK")
}

/// The desktop program.
pub fn desktop() -> PathBuf {
    path("MAILLON_E2E_DESKTOP")
}

/// The program that starts the desktop one under a driver.
pub fn tauri_driver() -> PathBuf {
    path("MAILLON_E2E_TAURI_DRIVER")
}

/// The accessibility checker's script.
pub fn axe() -> PathBuf {
    path("MAILLON_E2E_AXE")
}

/// Where pictures are kept.
pub fn pictures() -> PathBuf {
    path("MAILLON_E2E_PICTURES")
}

/// Whether each screen is seen in every way, and not only in those that differ most.
pub fn every_sight() -> bool {
    std::env::var_os("MAILLON_E2E_EVERY_SIGHT").is_some()
}
