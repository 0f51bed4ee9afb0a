//! The desktop program: everything is in the library, which a phone loads too.

// No console behind the window on Windows, where users run it.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() {
    maillon_desktop::run();
}
