//! A test user's folders: everything that a program under test can write is under one of them.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::process;

/// The last lines of each log shown when a story stops.
const LOG_LINES: usize = 25;

/// A user of one test, gone with it.
pub struct Home {
    folder: tempfile::TempDir,
}

impl Home {
    /// A user who has just arrived.
    pub fn new() -> std::io::Result<Self> {
        let home = Self { folder: tempfile::Builder::new().prefix("maillon-e2e-").tempdir()? };
        for folder in [home.home(), home.tmp(), home.run(), home.profile(), home.downloads(), home.logs_folder()] {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::create_dir_all(home.home().join(".config"))?;
        std::fs::write(home.home().join(".config/user-dirs.dirs"), "XDG_DOWNLOAD_DIR=\"$HOME/Downloads\"\n")?;
        Ok(home)
    }

    /// Everything the program under test can have written is in these: its user's home, the temporary
    /// files, the browser's profile.
    pub fn written(&self) -> [PathBuf; 4] {
        [self.home(), self.tmp(), self.run(), self.profile()]
    }

    /// `HOME`.
    pub fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    /// `TMPDIR`.
    pub fn tmp(&self) -> PathBuf {
        self.folder.path().join("tmp")
    }

    /// `XDG_RUNTIME_DIR`.
    fn run(&self) -> PathBuf {
        self.folder.path().join("run")
    }

    /// The browser's profile.
    pub fn profile(&self) -> PathBuf {
        self.folder.path().join("profile")
    }

    /// The desktop's notebook, in its usual place.
    pub fn notebook(&self) -> PathBuf {
        self.home().join(".local/share/maillon/notebook")
    }

    /// The user's downloads.
    pub fn downloads(&self) -> PathBuf {
        self.home().join("Downloads")
    }

    fn logs_folder(&self) -> PathBuf {
        self.folder.path().join("logs")
    }

    /// Where a tool's own words go: outside of what the program under test can write.
    pub fn log(&self, name: &str) -> PathBuf {
        self.logs_folder().join(name)
    }

    /// The end of each log.
    pub fn logs(&self) -> String {
        let mut text = String::new();
        for entry in std::fs::read_dir(self.logs_folder()).into_iter().flatten().flatten() {
            let log = std::fs::read(entry.path()).unwrap_or_default();
            let log = String::from_utf8_lossy(&log);
            let lines: Vec<&str> = log.lines().collect();
            text += &format!("── {}\n", entry.file_name().to_string_lossy());
            text += &lines[lines.len().saturating_sub(LOG_LINES)..].join("\n");
            text.push('\n');
        }
        text
    }

    /// A command run as this user, in French, with no other user's settings.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("XDG_") {
                command.env_remove(name);
            }
        }
        command
            .env("HOME", self.home())
            .env("TMPDIR", self.tmp())
            .env("XDG_RUNTIME_DIR", self.run())
            .env("LANG", "fr_FR.UTF-8")
            .env("LANGUAGE", "fr")
            .env("TZ", "Europe/Paris")
            // Without this a bus would be started, and with it services that outlive the test.
            .env("DBUS_SESSION_BUS_ADDRESS", "disabled:")
            .current_dir(self.home());
        command
    }

    /// The user's processes that are still there.
    fn processes(&self) -> Vec<u32> {
        process::with_environment("HOME", &self.home())
    }

    /// The folder of them all.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }
}

impl Drop for Home {
    /// Helpers that detached themselves from their parents (crash reporters) end with the user.
    fn drop(&mut self) {
        process::kill(&self.processes());
    }
}
