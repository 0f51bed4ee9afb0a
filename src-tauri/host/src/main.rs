//! `maillon`: a notebook from the command line, for whoever administers one and for tests.
//!
//! The same engine as behind the window, without one. See `docs/command-line.md`.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    maillon_host::panics::say_only_where();
    ExitCode::from(cli::run())
}
