//! Makes a notebook of the made-up commune in a folder: two years of plausible life, up to this morning.
//!
//! `demo FOLDER [--backup FILE]`: the folder must hold no notebook yet. The passphrase is printed: it protects nobody,
//! for nobody is in there. With `--backup`, the same notebook also goes out as one file, which any edition restores.

#![allow(clippy::print_stdout, reason = "a command speaks to whoever typed it")]

use std::error::Error;
use std::path::PathBuf;
use std::time::Instant as Stopwatch;

use maillon_host::sqlite::SqliteStore;
use maillon_shared::api::{Request, Response};
use maillon_tests::clock::today;
use maillon_tests::harness::{Device, PASSPHRASE, copy_into, now};
use maillon_tests::village::Village;

/// Everyone's demonstration shows the same commune.
const SEED: u64 = 2026;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (folder, backup) = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [folder] => (PathBuf::from(folder), None),
        [folder, "--backup", file] => (PathBuf::from(folder), Some(PathBuf::from(file))),
        _ => return Err("demo FOLDER [--backup FILE]".into()),
    };
    let started = Stopwatch::now();
    let mut store = SqliteStore::create(&folder)?;
    let village = Village::demo(SEED, today());
    let mut device = Device::honest(village.today());
    device.creates_notebook(village.settings());
    let mut life = village.requests();
    device.lives(life.by_ref());
    device.is_on(village.today());
    if let Some(file) = backup {
        let Response::File(made) = device.asks(Request::Backup) else { return Err("no backup was made".into()) };
        std::fs::write(&file, made.bytes)?;
        println!("backup      {}", file.display());
    }
    device.locks();
    now(copy_into(&mut store, device.shelf()))?;
    let tally = life.tally();
    println!("notebook    {}", folder.display());
    println!("passphrase  {PASSPHRASE}");
    println!(
        "made up     {} people, {} encounters, {} follow-ups, {} requests, {} directory entries, in {:.1} s",
        tally.people,
        tally.encounters,
        tally.follow_ups,
        tally.requests,
        tally.entries,
        started.elapsed().as_secs_f32()
    );
    Ok(())
}
