//! Five coordinators, five real programs, nothing between them but files: one founds a group, four answer, and whoever met whom,
//! everyone ends with the same.
#![allow(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

mod administrator;

use administrator::Administrator;
use serde_json::Value;

const NAMES: [&str; 5] =
    ["Nadine Trescarvoul", "Claire Montrouvenc", "Bernard Salvenoux", "Aude Rocassier", "Jules Vinsobral"];
const GROUP: &str = "Le collectif des collines";

fn groups(device: &Administrator) -> Value {
    device.asks(&["--json", "groups"]).json()
}

fn member<'a>(groups: &'a Value, name: &str) -> &'a Value {
    groups[0]["coordinators"].as_array().unwrap().iter().find(|member| member["name"] == name).unwrap()
}

/// What everyone reads of everyone: the group's name, and what each said.
fn said(device: &Administrator) -> Vec<(String, String)> {
    let groups = groups(device);
    assert_eq!(groups[0]["name"], GROUP);
    let coordinators = groups[0]["coordinators"].as_array().unwrap();
    let text = |value: &Value| value.as_str().unwrap_or("nothing").to_owned();
    coordinators.iter().map(|member| (text(&member["name"]), text(&member["said"]))).collect()
}

/// The words that a refusal asks to compare.
fn words_in(refusal: &str) -> String {
    refusal.split('"').nth(1).unwrap().to_owned()
}

fn befriends(one: &Administrator, other: &Administrator) {
    let card = other.path("card");
    other.asks(&["card", "--neighbour", card.to_str().unwrap()]).well();
    let words = words_in(&one.asks(&["add-neighbour", card.to_str().unwrap()]).refused(9));
    let added = one.asks(&["--json", "add-neighbour", card.to_str().unwrap(), "--compared", &words]).json();
    let file = one.path("first.age");
    one.asks(&["courier", added["id"].as_str().unwrap(), file.to_str().unwrap()]).well();
    let words = words_in(&other.asks(&["open-courier", "--neighbour", file.to_str().unwrap()]).refused(9));
    other.asks(&["open-courier", "--neighbour", file.to_str().unwrap(), "--compared", &words]).well();
    std::fs::remove_file(file).unwrap();
    std::fs::remove_file(card).unwrap();
}

/// A file from one to another.
fn brings(from: &Administrator, to: (&Administrator, &str)) {
    let (other, name) = to;
    let known = groups(from);
    let device = member(&known, name)["devices"][0]["id"].as_str().unwrap().to_owned();
    let file = from.path("file.age");
    from.asks(&["courier", &device, file.to_str().unwrap()]).well();
    other.asks(&["open-courier", "--neighbour", file.to_str().unwrap()]).well();
    std::fs::remove_file(file).unwrap();
}

#[test]
fn five_who_meet_in_a_ring_end_with_the_same_and_one_who_leaves_is_seen_to() {
    let devices: Vec<Administrator> = NAMES.iter().map(|name| Administrator::with_a_notebook_of(name)).collect();
    let nadine = &devices[0];
    devices[1..].iter().for_each(|other| befriends(nadine, other));
    let found = [&["--json", "found-group", GROUP], &NAMES[1..]].concat();
    nadine.asks(&found).json();
    for (other, name) in devices.iter().zip(NAMES).skip(1) {
        brings(nadine, (other, name));
        assert_eq!(groups(other)[0]["place"], "asked");
        assert_eq!(groups(other)[0]["name"], "");
        let id = groups(other)[0]["id"].as_str().unwrap().to_owned();
        other.asks(&["join-group", &id]).well();
        assert_eq!(groups(other)[0]["name"], GROUP);
    }
    // Each meets the next only, twice around: those who are no neighbours exchange as well.
    for _ in 0..2 {
        for at in 0..NAMES.len() {
            let next = (at + 1) % NAMES.len();
            brings(&devices[at], (&devices[next], NAMES[next]));
        }
    }
    let everyone: Vec<_> = said(nadine);
    assert_eq!(everyone.len(), 5);
    assert!(everyone.iter().all(|(_, said)| said == "in"), "{everyone:?}");
    for device in &devices {
        assert_eq!(said(device), everyone);
    }
    // One leaves; the last to hear of it hears of it.
    devices[2].asks(&["leave-group", GROUP]).well();
    for at in 2..=4 {
        let next = (at + 1) % NAMES.len();
        brings(&devices[at], (&devices[next], NAMES[next]));
    }
    assert_eq!(member(&groups(nadine), NAMES[2])["said"], "left");
    assert_eq!(groups(&devices[2])[0]["place"], "out");
    assert_eq!(nadine.asks(&["join-group", "Un autre"]).code, 7);
}
