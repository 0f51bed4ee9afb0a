//! A program killed at any moment (`kill -9`) loses nothing that it had said was saved.
//!
//! The test starts itself again as a child that commits in a loop and prints each number once it is saved; it kills the
//! child after a random time, opens the store, and compares. Weaker than the power cuts (the system keeps what a dead
//! program wrote), but on the real disk, with the real lock. `MAILLON_KILLS` asks for more than CI has time for.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "tests")]

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use maillon_engine::contract::{Chance, now};
use maillon_engine::store::{Batch, Store, Table};
use maillon_host::sqlite::SqliteStore;

const KILLS_IN_CI: u32 = 50;
const FOLDER: &str = "MAILLON_KILL_NINE_FOLDER";

/// What the child saves at its nth commit: rows of several tables that must come and go together.
fn commit(number: u64) -> Batch {
    let mut batch = Batch::new();
    let key = number.to_be_bytes();
    batch.put(Table::Acts, key, key);
    batch.put(Table::Frames, key, vec![number as u8; 100 + (number % 97) as usize * 40]);
    batch.put(Table::Meta, b"last", key);
    if let Some(old) = number.checked_sub(40) {
        batch.delete(Table::Frames, old.to_be_bytes());
    }
    batch
}

/// What is killed: no test of its own, it does nothing unless the test below starts it.
#[test]
fn child_that_commits_for_ever() {
    let Some(dir) = std::env::var_os(FOLDER) else { return };
    let mut store = open(dir.as_ref());
    let mut number = last(&store);
    loop {
        number += 1;
        now(store.commit(commit(number))).unwrap();
        // Straight to the pipe: a line that waits in a buffer is a save that nobody was told of.
        let mut out = std::io::stdout().lock();
        writeln!(out, "\nsaved {number}").unwrap();
        out.flush().unwrap();
        drop(out);
        if number.is_multiple_of(60) {
            now(store.purge()).unwrap();
        }
    }
}

fn open(dir: &Path) -> SqliteStore {
    // Killed while the store was made: it never held anything, and is made again.
    SqliteStore::open(dir).or_else(|_| SqliteStore::create(dir)).unwrap()
}

fn last(store: &SqliteStore) -> u64 {
    let row = now(store.get(Table::Meta, b"last")).unwrap();
    row.map_or(0, |bytes| u64::from_be_bytes(bytes.try_into().unwrap()))
}

#[test]
fn killed_at_any_moment_it_keeps_what_it_said_was_saved() {
    let kills: u32 = std::env::var("MAILLON_KILLS").ok().map_or(KILLS_IN_CI, |kills| kills.parse().unwrap());
    // The moments cannot be had again anyway: the machine decides where a kill falls.
    let mut chance = Chance(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos() as u64);
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("notebook");
    let (mut told, mut before, mut unannounced) = (0, 0, 0);
    for kill in 0..kills {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "child_that_commits_for_ever", "--nocapture", "--test-threads=1"])
            .env(FOLDER, &dir)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let listener = thread::spawn(move || {
            let lines = out.lines().map_while(Result::ok);
            lines.filter_map(|line| line.strip_prefix("saved ")?.parse::<u64>().ok()).last()
        });
        thread::sleep(Duration::from_micros(chance.below(120_000)));
        child.kill().unwrap();
        child.wait().unwrap();
        let announced = listener.join().unwrap();

        let store = open(&dir);
        now(store.check()).unwrap();
        let last = last(&store);
        told = announced.unwrap_or(told);
        assert!(last >= told, "kill {kill}: {told} was said to be saved, the store ends at {last}");
        assert!(last <= told.max(before) + 1, "kill {kill}: {last} was saved and only {told} said");
        unannounced += u64::from(last > told);
        let acts = now(store.scan(Table::Acts, b"")).unwrap();
        assert_eq!(acts.len() as u64, last, "kill {kill}: one act a commit");
        let frames = now(store.scan(Table::Frames, b"")).unwrap();
        assert_eq!(frames.len() as u64, last.min(40), "kill {kill}: the last forty frames");
        told = last;
        before = last;
    }
    eprintln!("{kills} kills, {told} commits, {unannounced} kills between the writing and the saying");
    assert!(told > u64::from(kills), "{told} commits: the child had no time to do anything");
}
