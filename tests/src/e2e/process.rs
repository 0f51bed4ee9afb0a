//! Processes that end with the test: by their ids, with all their descendants, and nobody else's.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A killed process that is busy with the disk takes this long at most to be gone.
const LAST_BREATH: Duration = Duration::from_secs(5);

/// A program started by a test.
pub struct Process {
    child: Child,
}

impl Process {
    /// Starts a program, its words in a log.
    pub fn start(command: &mut Command, log: &Path) -> std::io::Result<Self> {
        let log = File::create(log)?;
        let child = command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log).spawn()?;
        Ok(Self { child })
    }

    /// Starts a program and waits until a line of its words tells something.
    pub fn start_and_hear<T>(
        command: &mut Command,
        log: &Path,
        hear: impl Fn(&str) -> Option<T>,
    ) -> std::io::Result<(Self, T)> {
        let mut log = File::create(log)?;
        let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log.try_clone()?).spawn()?;
        let mut process = Self { child };
        let output = process.child.stdout.take().ok_or_else(|| std::io::Error::other("no output"))?;
        let mut lines = BufReader::new(output).lines();
        for line in lines.by_ref() {
            let line = line?;
            writeln!(log, "{line}")?;
            if let Some(told) = hear(&line) {
                // What it says next must be read, or it would wait for a reader one day.
                std::thread::spawn(move || {
                    for line in lines.map_while(Result::ok) {
                        let _ = writeln!(log, "{line}");
                    }
                });
                return Ok((process, told));
            }
        }
        Err(std::io::Error::other(format!("{command:?} ended without saying what was awaited")))
    }

    /// Ends all its descendants, then itself, with no chance to tidy up.
    pub fn kill(&mut self) {
        kill(&descendants(self.child.id()));
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Whether it has ended by itself.
    pub fn has_ended(&mut self) -> bool {
        !matches!(self.child.try_wait(), Ok(None))
    }

    /// Its descendants.
    pub fn descendants(&self) -> Vec<u32> {
        descendants(self.child.id())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Ends these processes at once, and waits until none can write any more.
pub fn kill(processes: &[u32]) {
    if processes.is_empty() {
        return;
    }
    // Some may have ended meanwhile: `kill` says so, and that is what was wanted.
    let _ = Command::new("kill").arg("-9").args(processes.iter().map(u32::to_string)).stderr(Stdio::null()).status();
    let started = Instant::now();
    while processes.iter().any(|id| is_alive(*id)) && started.elapsed() < LAST_BREATH {
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// One that nobody has waited for yet is dead all the same.
fn is_alive(id: u32) -> bool {
    std::fs::read_to_string(format!("/proc/{id}/stat"))
        .is_ok_and(|stat| stat.rsplit_once(')').is_some_and(|(_, after)| !after.starts_with(" Z")))
}

/// The processes whose environment holds this value.
pub fn with_environment(name: &str, value: &Path) -> Vec<u32> {
    let wanted = format!("{name}={}", value.display());
    ids()
        .filter(|id| {
            let environment = std::fs::read(format!("/proc/{id}/environ")).unwrap_or_default();
            environment.split(|byte| *byte == 0).any(|variable| variable == wanted.as_bytes())
        })
        .collect()
}

/// The program's name of a process, as the system keeps it.
pub fn name_of(id: u32) -> Option<String> {
    Some(std::fs::read_to_string(format!("/proc/{id}/comm")).ok()?.trim().to_owned())
}

/// Children before their parents' other children, so that nobody is left to start them again.
fn descendants(of: u32) -> Vec<u32> {
    let mut children: HashMap<u32, Vec<u32>> = HashMap::new();
    for id in ids() {
        if let Some(parent) = parent(id) {
            children.entry(parent).or_default().push(id);
        }
    }
    let mut found = Vec::new();
    let mut waiting = vec![of];
    while let Some(id) = waiting.pop() {
        for child in children.remove(&id).unwrap_or_default() {
            found.push(child);
            waiting.push(child);
        }
    }
    found
}

fn ids() -> impl Iterator<Item = u32> {
    std::fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().to_str().and_then(|name| name.parse().ok()))
}

/// The fourth field of `stat`; the second is a name in brackets that may hold anything.
fn parent(id: u32) -> Option<u32> {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    let (_, after) = stat.rsplit_once(')')?;
    after.split_whitespace().nth(1)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_killed_process_takes_its_descendants_along() {
        let folder = tempfile::tempdir().unwrap();
        let mut shell = Command::new("sh");
        shell.args(["-c", "sleep 1000 & sleep 1000 & echo ready; wait"]);
        let hear = |line: &str| (line == "ready").then_some(());
        let (mut process, ()) = Process::start_and_hear(&mut shell, &folder.path().join("log"), hear).unwrap();
        let descendants = process.descendants();
        assert_eq!(descendants.len(), 2);
        process.kill();
        assert!(!descendants.iter().any(|id| is_alive(*id)));
    }
}
