//! Clippy, as the compiler of what tests are built from.
//!
//! `cargo clippy` reads every crate, those of others too, and throws away what it compiled: on a machine with
//! nothing built that costs as much as half of the tests. Its driver is a whole compiler, so that one build both
//! reads our crates and is what the tests run. Users' builds are made by the compiler itself.

use std::io::{BufRead as _, BufReader, IsTerminal as _, Write};
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

/// Runs a build, writes there what the compiler says as it comes, and counts its warnings: also those of crates that were
/// built before, which cargo repeats.
pub fn build(command: &mut Command, said: &mut dyn Write) -> Result<Warnings, Failure> {
    let format = if std::io::stderr().is_terminal() { "json-diagnostic-rendered-ansi" } else { "json" };
    command.arg(format!("--message-format={format}"));
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(|error| not_started(command, &error))?;
    let mut warnings = 0;
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).lines() {
            let heard = |error| Failure::new(format!("cargo's messages: {error}"));
            let Some(message) = message(&line.map_err(heard)?) else { continue };
            said.write_all(message.rendered.as_bytes()).map_err(heard)?;
            warnings += u32::from(message.is_warning);
        }
    }
    let status = child.wait().map_err(|error| not_started(command, &error))?;
    if status.success() {
        Ok(Warnings(warnings))
    } else {
        Err(Failure::new(format!("{} ended with {status}", words(command))))
    }
}

/// Something that the compiler said.
struct Message {
    rendered: String,
    is_warning: bool,
}

/// Reads one of cargo's messages; nothing where it is of something else.
fn message(line: &str) -> Option<Message> {
    let line: serde_json::Value = serde_json::from_str(line).ok()?;
    if line["reason"] != "compiler-message" {
        return None;
    }
    let message = &line["message"];
    // What the compiler counts in the end was said one by one.
    let is_sum = message["message"].as_str().is_some_and(|text| text.ends_with(" emitted"));
    Some(Message {
        rendered: message["rendered"].as_str().unwrap_or_default().to_owned(),
        is_warning: message["level"] == "warning" && !is_sum,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot build has failed")]

    use super::*;

    #[test]
    fn a_warning_is_told_from_what_else_cargo_says() {
        let said = |level: &str, text: &str| {
            let message = serde_json::json!({ "message": text, "level": level, "rendered": "as one reads it" });
            message_of("compiler-message", message).unwrap()
        };
        assert!(said("warning", "unused variable").is_warning);
        assert_eq!(said("warning", "unused variable").rendered, "as one reads it");
        assert!(!said("warning", "2 warnings emitted").is_warning, "they were said one by one");
        assert!(!said("error", "of a \"level\":\"warning\"").is_warning);
        assert!(message_of("compiler-artifact", serde_json::json!({ "level": "warning" })).is_none());
        assert!(message("what is no message").is_none());
    }

    fn message_of(reason: &str, said: serde_json::Value) -> Option<Message> {
        message(&serde_json::json!({ "reason": reason, "message": said }).to_string())
    }

    /// Were cargo to say it otherwise one day, every crate would pass.
    #[test]
    fn a_crate_with_a_warning_has_one() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        write(
            "Cargo.toml",
            "[package]\nname = \"warned\"\nedition = \"2024\"\n[lib]\npath = \"lib.rs\"\n[workspace]\n",
        );
        write("lib.rs", "fn nobody_calls_it() {}\n");
        for built_before in [false, true] {
            let mut said = Vec::new();
            let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
            let build =
                cargo.args(["check", "--offline"]).current_dir(folder.path()).env_remove("RUSTC_WORKSPACE_WRAPPER");
            let warnings = build_of(build, &mut said);
            assert_eq!(warnings, Warnings(1), "built before: {built_before}");
            assert!(String::from_utf8_lossy(&said).contains("nobody_calls_it"));
        }
    }

    fn build_of(command: &mut Command, said: &mut Vec<u8>) -> Warnings {
        build(command.stderr(Stdio::null()), said).unwrap()
    }

    #[test]
    fn what_lands_has_no_warning() {
        assert!(Warnings(0).none().is_ok());
        assert!(Warnings(1).none().is_err());
    }
}
