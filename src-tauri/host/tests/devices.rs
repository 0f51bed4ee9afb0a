//! Several real programs that share a notebook: by courier files, which the `age` of others opens too, and in a folder of a
//! disk, where they are killed at any moment.
#![allow(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

mod administrator;

use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use administrator::Administrator;
use maillon_engine::sharing::DeviceSecret;

fn sheet(name: &str) -> String {
    format!("family_name: {name}\n")
}

/// A device that has a name; its eight words.
fn begins(name: &str) -> (Administrator, String) {
    let device = Administrator::with_a_notebook();
    let words = device.asks(&["name-device", name]).well();
    (device, words.trim().to_owned())
}

/// Lets a device in, as two people would who read the words to each other.
fn lets_in(laptop: &Administrator, laptop_words: &str, other: &Administrator, words: &str, name: &str) {
    let card = other.path("card");
    other.asks(&["card", card.to_str().unwrap()]).well();
    let card = card.to_str().unwrap();
    let said = laptop.asks(&["add-device", card]).refused(9);
    assert!(said.contains(words), "the words of the card are said");
    laptop.asks(&["add-device", card, "--compared", laptop_words]).refused(9);
    laptop.asks(&["add-device", card, "--compared", words]).well();
    let file = laptop.path(&format!("for {name}"));
    let file = file.to_str().unwrap();
    laptop.asks(&["courier", name, file]).well();
    other.asks(&["open-courier", file]).refused(9);
    other.asks(&["open-courier", file, "--compared", laptop_words]).well();
}

fn names(device: &Administrator) -> Vec<String> {
    let listed = device.asks(&["--json", "list"]).json();
    listed.as_array().unwrap().iter().map(|person| person["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn two_programs_share_by_files_on_a_stick() {
    let (laptop, laptop_words) = begins("portable");
    laptop.types(&["add-person"], &sheet("Escarvenc")).well();
    let (phone, words) = begins("téléphone");
    lets_in(&laptop, &laptop_words, &phone, &words, "téléphone");
    assert_eq!(names(&phone), ["Escarvenc"]);
    phone.types(&["add-person"], &sheet("Quintrendrol")).well();
    let back = phone.path("back");
    let back = back.to_str().unwrap();
    let made = phone.asks(&["--json", "courier", "portable", back]).json();
    assert_eq!(made["documents"], 1);
    assert_eq!(laptop.asks(&["--json", "open-courier", back]).json()["changed"], 1);
    assert_eq!(laptop.asks(&["--json", "open-courier", back]).json()["changed"], 0);
    assert_eq!(names(&laptop), names(&phone));
    let status = laptop.asks(&["--json", "devices"]).json();
    assert_eq!((&status["others"][0]["unsent"], &status["set_aside"]), (&0.into(), &0.into()));
    laptop.asks(&["remove-device", "téléphone"]).well();
    laptop.asks(&["courier", "téléphone", laptop.path("no more").to_str().unwrap()]).refused(9);
}

/// Five programs and a folder; each is killed again and again while it meets the others.
#[test]
fn five_programs_meet_in_a_folder_and_are_killed_at_any_moment() {
    let shared = tempfile::tempdir().unwrap();
    let place = shared.path().to_str().unwrap();
    let (laptop, laptop_words) = begins("portable");
    laptop.types(&["add-person"], &sheet("Escarvenc")).well();
    let mut devices = vec![laptop];
    for name in ["un", "deux", "trois", "quatre"] {
        let (device, words) = begins(name);
        lets_in(&devices[0], &laptop_words, &device, &words, name);
        devices.push(device);
    }
    for device in &devices {
        device.asks(&["meet", "--folder", place]).well();
    }
    let mut killed = 0;
    for round in 0..4_u64 {
        for (n, device) in (0_u64..).zip(&devices) {
            device.types(&["add-person"], &sheet(&format!("Calvoulmenque {round} {n}"))).well();
            let mut child = device.command(&["--words-file", "words", "meet"]).stderr(Stdio::null()).spawn().unwrap();
            // From before it opened the notebook to after it was done.
            sleep(Duration::from_millis((round * 37 + n * 23) % 160));
            let _ = child.kill();
            killed += u32::from(!child.wait().unwrap().success());
        }
    }
    assert!(killed > 0, "nobody was killed in time");
    for _ in 0..3 {
        for device in &devices {
            device.asks(&["meet"]).well();
        }
    }
    let everyone = names(&devices[0]);
    assert_eq!(everyone.len(), 1 + 4 * 5);
    for device in &devices {
        assert_eq!(names(device), everyone);
        let status = device.asks(&["--json", "devices"]).json();
        assert_eq!((&status["waiting"], &status["set_aside"]), (&0.into(), &0.into()), "{status}");
        assert!(device.asks(&["verify"]).well().contains('0'));
    }
    // The stick is taken out.
    drop(shared);
    devices[1].asks(&["meet"]).refused(9);
    assert_eq!(names(&devices[1]), everyone);
}

/// What Maillon seals for a device, the program that everyone knows opens with that device's key, and with no other.
#[test]
fn the_age_of_others_opens_a_courier_file_with_the_right_key_alone() {
    use maillon_engine::sharing::ScopeId;
    use maillon_engine::sharing::courier::{Courier, Parcel};
    use maillon_engine::sharing::exchange::Have;
    use maillon_shared::domain::time::Instant;

    let is_here = Command::new("age").arg("--version").stdout(Stdio::null()).status().is_ok();
    assert!(is_here, "the program `age` is wanted: `cargo xtask test` installs it");
    let device = |n: u8| DeviceSecret::from_bytes([n; 32]);
    let (nadine, maurice, other) = (device(1), device(2), device(3));
    let have = Have { scope: ScopeId([7; 16]), records: Vec::new(), ends: Vec::new() };
    let sent = Courier {
        from: nadine.card(),
        name: "Le portable de Nadine".into(),
        to: maurice.card().id(),
        at: Instant { utc_ms: 1_780_000_000_000, offset_min: 120 },
        parcels: vec![Parcel { have, records: Vec::new(), packs: vec![vec![1; 300]] }],
        address: None,
    };
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("post.age");
    std::fs::write(&file, sent.to_file(&nadine, &maurice.card())).unwrap();
    let opens = |secret: &DeviceSecret| {
        let key = home.path().join("key");
        std::fs::write(&key, secret.age_identity().as_str()).unwrap();
        Command::new("age").args(["-d", "-i"]).arg(&key).arg(&file).output().unwrap()
    };
    let opened = opens(&maurice);
    assert!(opened.status.success(), "{}", String::from_utf8_lossy(&opened.stderr));
    assert!(opened.stdout.starts_with(b"MAILPOST\x02"));
    assert!(opened.stdout.windows(300).any(|window| window == [1; 300]));
    for stranger in [&nadine, &other] {
        let refused = opens(stranger);
        assert!(!refused.status.success() && refused.stdout.is_empty());
    }
}
