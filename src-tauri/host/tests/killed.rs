//! The host killed at any moment: whoever was told "saved" finds it there.
//!
//! Fifty times here; as often as `MAILLON_KILLS` says elsewhere, in a new notebook every fifty so that looking at it
//! stays quick. The disk itself is never cut off by a kill: power cuts are another test.
#![allow(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

mod administrator;

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use administrator::Administrator;

const KILLS_PER_NOTEBOOK: u32 = 50;

#[test]
fn everyone_who_was_said_to_be_saved_is_there() {
    let mut left: u32 = std::env::var("MAILLON_KILLS").map_or(50, |kills| kills.parse().unwrap());
    let seed: u64 = std::env::var("MAILLON_SEED").map_or(0, |seed| seed.parse().unwrap());
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15 ^ seed);
    while left > 0 {
        let kills = left.min(KILLS_PER_NOTEBOOK);
        one_notebook_killed(kills, &mut chance);
        left -= kills;
    }
}

fn one_notebook_killed(kills: u32, chance: &mut Chance) {
    let administrator = Administrator::with_a_notebook();
    let mut acknowledged = BTreeSet::new();
    for kill in 0..kills {
        acknowledged.extend(saved_until_killed(&administrator, kill, chance));
        let listed = administrator.asks(&["--json", "list"]).json();
        let there: BTreeSet<String> =
            listed.as_array().unwrap().iter().map(|person| person["id"].as_str().unwrap().to_owned()).collect();
        let lost: Vec<_> = acknowledged.difference(&there).collect();
        assert!(lost.is_empty(), "after kill {kill}, lost: {lost:?}");
        // Whoever is there is whole: a name is two fields.
        for person in listed.as_array().unwrap() {
            let name = person["name"].as_str().unwrap();
            assert!(name.starts_with("Odette ") && name.ends_with(" Marchais"), "after kill {kill}: {name}");
        }
        administrator.asks(&["verify"]).well();
    }
    assert!(acknowledged.len() > kills as usize, "killed too early to prove anything: {}", acknowledged.len());
}

/// Enters people until it is killed, and gives those that it said were saved.
fn saved_until_killed(administrator: &Administrator, kill: u32, chance: &mut Chance) -> Vec<String> {
    let mut child = administrator.command(&["--words-file", "words", "add-person"]);
    let mut child = child.stdin(Stdio::piped()).spawn().unwrap();
    let mut typed = child.stdin.take().unwrap();
    // Types ahead of what is saved, until nobody reads any more.
    let typist = thread::spawn(move || {
        (0..10_000).try_for_each(|number| {
            writeln!(typed, "given_name: Odette {kill}-{number}\nfamily_name: Marchais\nnotes: {number}\n")
        })
    });
    let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut saved: Vec<String> = answers.by_ref().take(chance.below(20) as usize).map(Result::unwrap).collect();
    thread::sleep(Duration::from_micros(chance.below(20_000)));
    child.kill().unwrap();
    // What was still on its way to us was said too. Half an id, cut by the kill, was not.
    saved.extend(answers.map_while(Result::ok).filter(|id| id.len() == 32));
    child.wait().unwrap();
    let _ = typist.join().unwrap();
    saved
}

/// The same kills each time, as far as the machine's own pace lets them be.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}
