//! A long list in a browser: how long it takes to open, and whether it is scrolled at the display's rate.
//!
//! Everything goes through the real page: a press on *Personnes*, then the wheel from the first of ten thousand people to
//! the last, twice. Frames are counted by the page itself. How many are late the second time, when no row is left to draw,
//! how many while nothing happens, and how many in a list of as many plain lines, is said beside: without a graphics card,
//! or on a machine that does other things, that much is the machine's.

use std::time::Duration;

use fantoccini::wd::TimeoutConfiguration;
use maillon_shared::api::{Request, Response};
use maillon_shared::domain::contact::Phone;
use maillon_shared::domain::ids::{LineId, PersonId};
use maillon_shared::domain::person::Person;
use maillon_shared::domain::time::PartialDate;
use serde::Deserialize;
use serde_json::json;

use super::native::Failed;
use super::{BrowserFigures, Effort, percentile};
use crate::clock::today;
use crate::e2e::{Chromium, Coordinator, Host};
use crate::harness::{Device, PASSPHRASE};
use crate::village::chance::Chance;
use crate::village::{names, place};

/// Longer than any of it.
const PATIENCE: Duration = Duration::from_secs(900);
/// How fast one turns the wheel, in pixels a second: a list of ten thousand in a minute.
const SPEED: u32 = 12_000;
/// How high a row is at most, on a laptop.
const ROW: usize = 80;
/// How long frames are counted while nothing happens.
const STILL: Duration = Duration::from_secs(5);

/// Presses *Personnes*; gives how long it took until the frame that shows the list had been drawn.
const OPEN: &str = r##"
    const done = arguments[0];
    const shown = () => document.querySelector("main #find") && document.querySelector("main .rows > li");
    const look = () => {
        if (shown()) requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
        else requestAnimationFrame(look);
    };
    const began = performance.now();
    document.querySelector('nav a[href="#/people"]').click();
    requestAnimationFrame(look);
"##;

/// Goes back to *Aujourd'hui* and waits for it.
const LEAVE: &str = r##"
    const done = arguments[0];
    location.hash = "#/";
    const look = () => {
        if (!document.querySelector("main #find") && document.querySelector("main h1")) setTimeout(done, 100);
        else requestAnimationFrame(look);
    };
    look();
"##;

/// From now on, notes when each frame began.
const COUNT: &str = r#"
    window.frames_ = [];
    const note = (at) => {
        window.frames_.push(at);
        window.counting = requestAnimationFrame(note);
    };
    cancelAnimationFrame(window.counting ?? 0);
    window.counting = requestAnimationFrame(note);
"#;

/// Whether so many rows are drawn and the last is seen.
const IS_AT_THE_END: &str = r##"
    const [people] = arguments;
    const list = document.querySelector("#main");
    const below = list.scrollHeight - list.scrollTop - list.clientHeight;
    return document.querySelectorAll("main .rows > li").length >= people && below < list.clientHeight;
"##;

/// What was noted.
const COUNTED: &str = r##"
    cancelAnimationFrame(window.counting);
    return { frames: window.frames_, rows: document.querySelectorAll("main .rows > li").length };
"##;

/// Puts a list of as many rows of one plain line in the place of ours, of about the same heights: what this machine makes of
/// the simplest list there is.
const PLAIN: &str = r##"
    const [people] = arguments;
    const rows = Array.from({ length: people }, (_, n) => `<li style="height: 64px">Ligne ${n}</li>`);
    document.querySelector("#main").innerHTML = `<main><ul class="rows" style="all: revert">${rows.join("")}</ul></main>`;
"##;

#[derive(Deserialize)]
struct Counted {
    frames: Vec<f64>,
    rows: usize,
}

/// Measures a list of so many people, in a browser that has never run.
pub fn measure(people: usize, effort: Effort, figures: &mut BrowserFigures) -> Result<(), Failed> {
    let backup = crowd(people);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut host = Chromium::new()?;
        let script = host.start_quietly().await?;
        host.page().update_timeouts(TimeoutConfiguration::new(Some(PATIENCE), Some(PATIENCE), None)).await?;
        super::chromium::restore(&host, &script, backup).await?;
        host.page().goto(&host.address()).await?;
        Coordinator::at(&mut host).unlocks(PASSPHRASE).await?;

        // The part that holds the list comes with the first press.
        let mut opened = Vec::new();
        for round in 0..effort.warm_up + effort.operations.min(50) {
            let took = host.page().execute_async(OPEN, vec![]).await?.as_f64().ok_or("the list never opened")?;
            if round >= effort.warm_up {
                opened.push(took);
            }
            host.page().execute_async(LEAVE, vec![]).await?;
        }
        figures.list_open_p95_ms = percentile(&opened, 95.0);

        host.page().execute_async(OPEN, vec![]).await?;
        host.page().execute(COUNT, vec![]).await?;
        tokio::time::sleep(STILL).await;
        figures.still_frames_late_pct = Some(late(&counted(&host).await?.frames));
        let (rows, late) = scrolled(&host, people).await?;
        (figures.list_rows, figures.list_scroll_frames_late_pct) = (Some(rows), Some(late));
        figures.list_again_frames_late_pct = Some(scrolled(&host, people).await?.1);
        host.page().execute(PLAIN, vec![json!(people)]).await?;
        figures.plain_list_frames_late_pct = Some(scrolled(&host, people).await?.1);
        host.close().await
    })
}

/// Turns the wheel from the first row to the last: how many there are, and how many frames were late.
async fn scrolled(host: &Chromium, people: usize) -> Result<(usize, f64), Failed> {
    host.page().execute("document.querySelector('#main').scrollTop = 0", vec![]).await?;
    host.page().execute(COUNT, vec![]).await?;
    let mut tries = 0;
    while host.page().execute(IS_AT_THE_END, vec![json!(people)]).await? != json!(true) {
        tries += 1;
        if tries > 5 {
            return Err("the wheel never came to the end of the list".into());
        }
        host.turn_wheel((people * ROW) as u32, SPEED).await?;
    }
    let Counted { frames, rows } = counted(host).await?;
    Ok((rows, late(&frames)))
}

async fn counted(host: &Chromium) -> Result<Counted, Failed> {
    Ok(serde_json::from_value(host.page().execute(COUNTED, vec![json!(null)]).await?)?)
}

/// Of a hundred frames that the display would have shown, how many it had no new picture for.
fn late(frames: &[f64]) -> f64 {
    const EVERY_MS: f64 = 1_000.0 / 60.0;
    let due = |pair: &[f64]| ((pair[1] - pair[0]) / EVERY_MS).round().max(1.0);
    let (due, shown) = frames.windows(2).fold((0.0, 0.0), |(all, shown), pair| (all + due(pair), shown + 1.0));
    if due == 0.0 { 0.0 } else { (due - shown) / due * 100.0 }
}

/// The backup of a notebook with so many people in it, and nothing else.
fn crowd(people: usize) -> Vec<u8> {
    // The page opens it by its passphrase, as a user's.
    let mut device = Device::honest(today());
    device.creates_notebook(Vec::new());
    let mut chance = Chance::new(10);
    for _ in 0..people {
        let person = someone(&mut chance);
        let changes = Person::empty(person.id).changes_to(&person);
        device.does(Request::CreatePerson { id: person.id, changes, draft: None });
    }
    let Response::File(backup) = device.asks(Request::Backup) else { panic!("a backup was asked for") };
    backup.bytes
}

fn someone(chance: &mut Chance) -> Person {
    let (woman, year) = (chance.happens(60), chance.between(1_930, 2_005) as i32);
    let mut person = Person::empty(PersonId(chance.id()));
    person.given_name = names::given_name(chance, woman, year).into();
    person.family_name = names::family_name(chance);
    person.birth = Some(PartialDate::Year(year));
    person.address = place::address(chance);
    person.phones = vec![Phone { id: LineId(chance.id()), number: place::phone(chance, true), label: String::new() }];
    person
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_late_when_the_display_has_nothing_new_to_show() {
        let steady: Vec<f64> = (0..61).map(|frame| f64::from(frame) * 16.7).collect();
        assert_eq!(late(&steady), 0.0);
        // Two of five are missing.
        assert_eq!(late(&[0.0, 16.7, 66.7, 83.4]), 40.0);
        assert_eq!(late(&[]), 0.0);
    }
}
