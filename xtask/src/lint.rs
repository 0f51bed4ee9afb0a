//! Clippy, as the compiler of what tests are built from.
//!
//! `cargo clippy` reads every crate, those of others too, and throws away what it compiled: on a machine with
//! nothing built that costs as much as half of the tests. Its driver is a whole compiler, so that one build both
//! reads our crates and is what the tests run. Users' builds are made by the compiler itself.

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::shell::{Failure, answer, not_started, run_it, words};

/// How many warnings a build had. They do not stop it: someone may be in the middle of a thought.
#[must_use]
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
pub struct Warnings(u32);

impl Warnings {
    /// A failure where there is one: what lands has none.
    pub fn none(self) -> Result<(), Failure> {
        match self.0 {
            0 => Ok(()),
            1 => Err(Failure::new("one warning")),
            many => Err(Failure::new(format!("{many} warnings"))),
        }
    }
}

/// Has this command compile our crates with Clippy's driver. Those that share a target folder must all do so, or all
/// is compiled anew.
pub fn read_by_clippy(command: &mut Command) -> Result<&mut Command, Failure> {
    let driver = driver().or_else(|| {
        let _ = run_it(Command::new("rustup").args(["component", "add", "clippy"]));
        driver()
    });
    let driver = driver.ok_or_else(|| Failure::new("clippy is missing; type: rustup component add clippy"))?;
    Ok(command.env("RUSTC_WORKSPACE_WRAPPER", driver))
}

/// Beside the compiler that cargo calls.
fn driver() -> Option<PathBuf> {
    let home = answer(Command::new("rustc").args(["--print", "sysroot"]))?;
    Some(PathBuf::from(home).join("bin/clippy-driver")).filter(|driver| driver.is_file())
}

/// Runs a build, what the compiler says as it comes, and counts its warnings: also those of crates that were built
/// before, which cargo repeats.
pub fn build(command: &mut Command) -> Result<Warnings, Failure> {
    command.arg("--message-format=json-render-diagnostics");
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(|error| not_started(command, &error))?;
    let mut warnings = 0;
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).lines() {
            let line = line.map_err(|error| Failure::new(format!("cargo's messages: {error}")))?;
            warnings += u32::from(is_warning(&line));
        }
    }
    let status = child.wait().map_err(|error| not_started(command, &error))?;
    if status.success() {
        Ok(Warnings(warnings))
    } else {
        Err(Failure::new(format!("{} ended with {status}", words(command))))
    }
}

/// Whether one of cargo's messages is a warning of the compiler's. Each is on one line, with this field in front; what
/// is quoted in it has its quotes escaped.
fn is_warning(line: &str) -> bool {
    line.starts_with(r#"{"reason":"compiler-message""#) && line.contains(r#""level":"warning""#)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_warning_is_told_from_what_else_cargo_says() {
        let said = |level: &str| {
            serde_json::json!({
                "reason": "compiler-message",
                "package_id": "maillon-shared",
                "message": { "message": "of \"level\":\"warning\"", "level": level },
            })
            .to_string()
        };
        // This library sorts the fields; cargo does not.
        let as_cargo = |level: &str| {
            let said = said(level);
            format!(r#"{{"reason":"compiler-message",{}"#, &said[1..])
        };
        assert!(is_warning(&as_cargo("warning")));
        assert!(!is_warning(&as_cargo("error")));
        assert!(!is_warning(r#"{"reason":"compiler-artifact","level":"warning"}"#));
    }

    #[test]
    fn what_lands_has_no_warning() {
        assert!(Warnings(0).none().is_ok());
        assert!(Warnings(1).none().is_err());
    }
}
