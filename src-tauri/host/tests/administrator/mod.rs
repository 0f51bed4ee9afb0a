//! An administrator at a terminal: a folder, a passphrase on paper, and the program `maillon`.

#![allow(dead_code, reason = "each test file uses its part")]

use std::io::Write;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

pub const PASSPHRASE: &str = "le mistral tourne à Mouriès";

/// What a command left: its exit code, its two outputs.
#[derive(Debug)]
pub struct Done {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Done {
    /// The output of a command that did it.
    #[track_caller]
    pub fn well(self) -> String {
        assert_eq!(self.code, 0, "{self:#?}");
        self.out
    }

    #[track_caller]
    pub fn json(self) -> Value {
        serde_json::from_str(&self.well()).unwrap()
    }

    /// Refused with this code, and one line that says why.
    #[track_caller]
    pub fn refused(self, code: i32) -> String {
        assert_eq!(self.code, code, "{self:#?}");
        assert_eq!(self.err.lines().count(), 1, "{self:#?}");
        self.err
    }
}

pub struct Administrator {
    pub home: TempDir,
}

impl Administrator {
    /// With nothing but a passphrase written down.
    pub fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        std::fs::write(home.path().join("passphrase"), format!("{PASSPHRASE}\n")).unwrap();
        Administrator { home }
    }

    /// With a notebook, and its words written down: they open it faster than the passphrase does.
    pub fn with_a_notebook() -> Self {
        Administrator::with_a_notebook_set(&[])
    }

    /// The same, whose coordinator is called so.
    pub fn with_a_notebook_of(coordinator: &str) -> Self {
        Administrator::with_a_notebook_set(&["--set", &format!("coordinator={coordinator}")])
    }

    fn with_a_notebook_set(settings: &[&str]) -> Self {
        let administrator = Administrator::new();
        let create = [&["--passphrase-file", "passphrase", "--json", "create"], settings].concat();
        let created = administrator.runs(&create).json();
        let words: Vec<&str> = created["words"].as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect();
        std::fs::write(administrator.path("words"), words.join(" ")).unwrap();
        administrator
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// A command about the notebook in the folder `notebook`.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_maillon"));
        command.current_dir(self.home.path()).env_clear().env("MAILLON_NOTEBOOK", "notebook").args(arguments);
        // What speaks to others speaks within this computer.
        command.env("MAILLON_LISTEN", "127.0.0.1");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs a command to its end, with no secret but what the arguments name.
    pub fn runs(&self, arguments: &[&str]) -> Done {
        finished(self.command(arguments).spawn().unwrap())
    }

    /// Runs a command in the notebook that the words open.
    pub fn asks(&self, arguments: &[&str]) -> Done {
        self.runs(&[&["--words-file", "words"], arguments].concat())
    }

    /// The same, typing something.
    pub fn types(&self, arguments: &[&str], text: &str) -> Done {
        let mut command = self.command(&[&["--words-file", "words"], arguments].concat());
        let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        finished(child)
    }
}

pub fn finished(child: Child) -> Done {
    let output = child.wait_with_output().unwrap();
    Done {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}
