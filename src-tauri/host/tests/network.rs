//! Real programs that speak to each other within this computer: one joins by four words, both exchange, one is
//! killed while it speaks.
#![allow(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

mod administrator;

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use administrator::Administrator;
use serde_json::Value;

fn sheet(name: &str) -> String {
    format!("family_name: {name}\n")
}

fn named(name: &str) -> Administrator {
    let device = Administrator::with_a_notebook();
    device.asks(&["name-device", name]).well();
    device
}

fn names(device: &Administrator) -> Vec<String> {
    let listed = device.asks(&["--json", "list"]).json();
    listed.as_array().unwrap().iter().map(|person| person["name"].as_str().unwrap().to_owned()).collect()
}

/// A program that goes on: what it says, line by line, and what is typed.
struct Running {
    child: Child,
    says: Box<dyn Iterator<Item = String>>,
    hears: ChildStdin,
}

impl Running {
    fn start(device: &Administrator, arguments: &[&str]) -> Running {
        let arguments = [&["--words-file", "words", "--json"], arguments].concat();
        let mut child = device.command(&arguments).stdin(Stdio::piped()).stderr(Stdio::inherit()).spawn().unwrap();
        let says = Box::new(BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok));
        let hears = child.stdin.take().unwrap();
        Running { child, says, hears }
    }

    #[track_caller]
    fn next(&mut self) -> Value {
        serde_json::from_str(&self.says.next().expect("a line")).unwrap()
    }

    fn types(&mut self, line: &str) {
        writeln!(self.hears, "{line}").unwrap();
    }

    fn ends(mut self) -> Option<i32> {
        drop(self.hears);
        self.child.wait().unwrap().code()
    }
}

fn words(said: &Value) -> String {
    said["words"].as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect::<Vec<_>>().join(" ")
}

/// Two programs in the middle of comparing: the one that invites, the one that joins, and the words of each.
fn comparing(laptop: &Administrator, phone: &Administrator) -> (Running, Running, [String; 2]) {
    comparing_as(laptop, phone, &[])
}

fn comparing_as(laptop: &Administrator, phone: &Administrator, whom: &[&str]) -> (Running, Running, [String; 2]) {
    let mut inviting = Running::start(laptop, &[&["invite"], whom].concat());
    let code = inviting.next()["code"].as_str().unwrap().to_owned();
    let mut joining = Running::start(phone, &[&["join", &code], whom].concat());
    let theirs = words(&joining.next());
    let ours = words(&inviting.next());
    (inviting, joining, [ours, theirs])
}

fn joined() -> (Administrator, Administrator) {
    let (laptop, phone) = (named("portable"), named("téléphone"));
    laptop.types(&["add-person"], &sheet("Escarvenc")).well();
    let (mut inviting, mut joining, [ours, theirs]) = comparing(&laptop, &phone);
    assert_eq!(ours, theirs);
    inviting.types(&theirs);
    joining.types(&ours);
    assert_eq!(joining.next()["joined"], "portable");
    assert_eq!(inviting.next()["joined"], "téléphone");
    assert_eq!((inviting.ends(), joining.ends()), (Some(0), Some(0)));
    (laptop, phone)
}

/// Each knows where the other was. On a machine that does much else, a few seconds may not be enough.
#[track_caller]
fn talk_until_both_have(laptop: &Administrator, phone: &Administrator, everyone: &[&str]) {
    for seconds in [8, 16, 32] {
        let waiting = Running::start(laptop, &["talk", &(seconds + 2).to_string()]);
        phone.asks(&["--json", "talk", &seconds.to_string()]).well();
        assert_eq!(waiting.ends(), Some(0));
        if names(laptop) == everyone && names(phone) == everyone {
            return;
        }
    }
    panic!("the laptop has {:?}, the phone {:?}", names(laptop), names(phone));
}

#[test]
fn one_program_joins_another_by_four_words_and_both_exchange_by_themselves() {
    let (laptop, phone) = joined();
    assert_eq!(names(&phone), ["Escarvenc"]);
    phone.types(&["add-person"], &sheet("Quintrendrol")).well();
    laptop.types(&["add-person"], &sheet("Calvoulmenque")).well();
    talk_until_both_have(&laptop, &phone, &["Calvoulmenque", "Escarvenc", "Quintrendrol"]);
    let status = phone.asks(&["--json", "devices"]).json();
    assert_eq!((&status["others"][0]["unsent"], &status["untold"]), (&0.into(), &0.into()), "{status}");
}

#[test]
fn two_neighbours_pair_and_nothing_of_their_notebooks_is_exchanged() {
    let nadine = Administrator::with_a_notebook_of("Nadine Trescarvoul");
    let claire = Administrator::with_a_notebook_of("Claire Montrouvenc");
    nadine.types(&["add-person"], &sheet("Escarvenc")).well();
    let (mut inviting, mut joining, [ours, theirs]) = comparing_as(&nadine, &claire, &["--neighbour"]);
    inviting.types(&theirs);
    joining.types(&ours);
    assert_eq!(joining.next()["joined"], "Nadine Trescarvoul");
    assert_eq!(inviting.next()["joined"], "Claire Montrouvenc");
    assert_eq!((inviting.ends(), joining.ends()), (Some(0), Some(0)));
    for (device, other) in [(&nadine, "Claire Montrouvenc"), (&claire, "Nadine Trescarvoul")] {
        let all = device.asks(&["--json", "neighbours"]).json();
        assert_eq!((&all[0]["name"], all[0]["devices"].as_array().unwrap().len()), (&other.into(), 1), "{all}");
        assert!(device.asks(&["--json", "devices"]).json()["others"].as_array().unwrap().is_empty());
    }
    assert!(names(&claire).is_empty());
    // Whoever means a neighbour is not joined by one of a coordinator's own devices.
    let own = named("téléphone");
    let mut inviting = Running::start(&nadine, &["invite", "--neighbour"]);
    let code = inviting.next()["code"].as_str().unwrap().to_owned();
    let joining = Running::start(&own, &["join", &code]);
    assert_eq!(inviting.ends(), Some(9));
    assert_eq!(joining.ends(), Some(9));
}

#[test]
fn with_other_words_nobody_joins() {
    let (laptop, phone) = (named("portable"), named("téléphone"));
    let (mut inviting, mut joining, [ours, _]) = comparing(&laptop, &phone);
    joining.types(&ours);
    inviting.types("abaisser abandon abdiquer abeille");
    assert_eq!((inviting.ends(), joining.ends()), (Some(9), Some(9)));
    assert!(laptop.asks(&["--json", "devices"]).json()["others"].as_array().unwrap().is_empty());
}

/// On a network of their own, that this test makes, with nothing but a cable.
#[test]
fn whoever_looks_around_finds_whoever_invites_without_a_code() {
    // Whoever is not root is, in a namespace of users, where the system gives one.
    let may = |flags: &str| Command::new("unshare").args([flags, "true"]).status().is_ok_and(|status| status.success());
    let Some(flags) = ["-nm", "-rnm"].into_iter().find(|flags| may(flags)) else {
        eprintln!("this system gives no network of one's own: nothing was tried");
        return;
    };
    let home = tempfile::tempdir().unwrap();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/two_on_one_network.sh");
    let told = Command::new("unshare")
        .args([flags, "bash", script, env!("CARGO_BIN_EXE_maillon")])
        .arg(home.path())
        .env_remove("MAILLON_LISTEN")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&told.stdout);
    assert!(told.status.success() && said.contains("Escarvenc"), "{said}{}", String::from_utf8_lossy(&told.stderr));
}

/// One of the two is killed at any moment while they exchange, again and again: nothing is lost, and all comes.
#[test]
fn a_program_that_is_killed_while_it_speaks_loses_nothing() {
    let (laptop, phone) = joined();
    let mut written = vec!["Escarvenc".to_owned()];
    for round in 0..4_u64 {
        for n in 0..5 {
            let name = format!("Calvoulmenque {round} {n}");
            laptop.types(&["add-person"], &sheet(&name)).well();
            written.push(name);
        }
        let mut waiting = Running::start(&laptop, &["talk", "60"]);
        let mut calling = Running::start(&phone, &["talk", "60"]);
        sleep(Duration::from_millis(700 + round * 400));
        for killed in [&mut calling, &mut waiting] {
            let _ = killed.child.kill();
            killed.child.wait().unwrap();
        }
        assert_eq!(names(&laptop).len(), written.len());
    }
    written.sort();
    talk_until_both_have(&laptop, &phone, &written.iter().map(String::as_str).collect::<Vec<_>>());
    assert!(phone.asks(&["verify"]).well().contains('0'));
}
