//! `cargo xtask soak MINUTES`: the faults that CI tries a few thousand times, for as long as one asks.
//!
//! It goes round: power cuts, kills, spoilt bytes, the laws of merging; each round has a seed of its own, so that none
//! tries again what an earlier one has tried. The first failure ends it, and says the seed to have it again with.

use std::time::{Duration, Instant, SystemTime};

use crate::shell::{Failure, cargo, run_it};
use crate::tools;

/// One kind of fault: which tests try it, how they are told how often, and how often in a round.
struct Fault {
    name: &'static str,
    package: &'static str,
    tests: &'static [&'static str],
    variable: &'static str,
    in_a_round: u64,
}

const FAULTS: [Fault; 6] = [
    Fault {
        name: "power cuts",
        package: "maillon-host",
        tests: &["power_cut"],
        variable: "MAILLON_POWER_CUTS",
        in_a_round: 10_000,
    },
    Fault {
        name: "kills, of a store and of the command line each",
        package: "maillon-host",
        tests: &["kill_nine", "killed"],
        variable: "MAILLON_KILLS",
        in_a_round: 500,
    },
    Fault {
        name: "spoilt files, for each parser",
        package: "maillon-engine",
        tests: &["fuzz_vault", "malformed", "sharing_vectors"],
        variable: "MAILLON_FUZZ_ROUNDS",
        in_a_round: 100_000,
    },
    Fault {
        name: "merges, in any order",
        package: "maillon-engine",
        tests: &["merge"],
        variable: "PROPTEST_CASES",
        in_a_round: 2_000,
    },
    Fault {
        name: "worlds of devices that share",
        package: "maillon-engine",
        tests: &["sharing_model"],
        variable: "MAILLON_WORLDS",
        in_a_round: 5_000,
    },
    Fault {
        name: "villages whose published figures are attacked",
        package: "maillon-shared",
        tests: &["attacker"],
        variable: "MAILLON_VILLAGES",
        in_a_round: 200,
    },
];

/// Goes round until the time is over; what is begun is ended.
pub fn soak(minutes: &str) -> Result<(), Failure> {
    let minutes: u64 = minutes.parse().map_err(|_| Failure::new(format!("{minutes} is no number of minutes")))?;
    tools::for_building()?;
    let until = Instant::now() + Duration::from_secs(minutes.saturating_mul(60));
    // Each day begins with other seeds.
    let today = SystemTime::UNIX_EPOCH.elapsed().map_or(0, |since| since.as_secs() / 86_400);
    let mut tried = [0; FAULTS.len()];
    let mut turns = (0_u64..).flat_map(|round| (0..FAULTS.len()).map(move |fault| (today * 1_000 + round, fault)));
    while let Some((seed, index)) = turns.next().filter(|_| Instant::now() < until) {
        let fault = &FAULTS[index];
        println!("\n── {} {}, seed {seed}", fault.in_a_round, fault.name);
        run(fault, seed)
            .map_err(|failure| Failure::new(format!("{}, with MAILLON_SEED={seed}: {failure}", fault.name)))?;
        tried[index] += fault.in_a_round;
    }
    println!("\n── nothing was lost");
    for (fault, tried) in FAULTS.iter().zip(tried) {
        println!("{tried} {}", fault.name);
    }
    Ok(())
}

fn run(fault: &Fault, seed: u64) -> Result<(), Failure> {
    let tests = fault.tests.iter().flat_map(|test| ["--test", *test]);
    run_it(
        cargo()
            .args(["test", "--release", "-p", fault.package])
            .args(tests)
            .args(["--", "--nocapture", "--test-threads", "2"])
            .env(fault.variable, fault.in_a_round.to_string())
            .env("MAILLON_SEED", seed.to_string()),
    )
}
