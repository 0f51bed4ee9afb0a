//! The native figures: the engine over SQLite on the disk of this machine.

use std::error::Error;
use std::path::Path;
use std::process::Command;
use std::time::Instant as Stopwatch;

use maillon_engine::Engine;
use maillon_host::EngineThread;
use maillon_host::sqlite::SqliteStore;
use maillon_shared::api::requests::Secret;
use maillon_shared::api::summary::SummaryRequest;
use maillon_shared::api::{Answer, Request, Response, decode, encode};

use super::notebook::Made;
use super::{Effort, Figures, gestures, percentile};
use crate::clock::today;
use crate::harness::{Clock, Desk, copy_into, now};
use crate::village::chance::Chance;

/// Why a figure could not be taken.
pub type Failed = Box<dyn Error>;

/// Measures a notebook in a folder of its own under `folder`, which must be on a real disk.
pub fn measure(made: &Made, folder: &Path, effort: Effort) -> Result<Figures, Failed> {
    let dir = folder.join(format!("notebook-{}", made.records));
    if dir.exists() {
        std::fs::remove_dir_all(&dir)?;
    }
    now(copy_into(&mut SqliteStore::create(&dir)?, &made.shelf))?;
    let bytes: u64 =
        std::fs::read_dir(&dir)?.flatten().filter_map(|entry| entry.metadata().ok()).map(|m| m.len()).sum();

    let mut unlocks = Vec::new();
    for round in 0..effort.warm_up + effort.operations {
        let mut engine = engine_on(&dir, round as u64)?;
        let began = Stopwatch::now();
        ask(&mut engine, unlock(made))?;
        ask(&mut engine, Request::Today)?;
        keep(&mut unlocks, round, effort, began);
    }

    let mut engine = engine_on(&dir, 1_000_000)?;
    ask(&mut engine, unlock(made))?;
    let mut chance = Chance::new(9);
    let mut searches = Vec::new();
    for (round, typed) in gestures::keystrokes(&mut chance, made, effort.warm_up + effort.operations).iter().enumerate()
    {
        let request = gestures::search(typed);
        let began = Stopwatch::now();
        ask(&mut engine, request)?;
        keep(&mut searches, round, effort, began);
    }
    let (mut people, mut days, mut boards, mut opened) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut radars = Vec::new();
    let (begun, projects) = gestures::projects(&mut chance, made, today());
    for request in begun {
        ask(&mut engine, request)?;
    }
    ask(&mut engine, gestures::campaign(today()))?;
    let board = || encode(&Request::Campaign(gestures::CAMPAIGN));
    let Some(Ok(Response::Campaign(file))) = decode::<Answer>(&now(engine.handle_bytes(&board()))) else {
        return Err("there is no campaign".into());
    };
    ask(&mut engine, gestures::calls(&mut chance, &file.cards, today()))?;
    for round in 0..effort.warm_up + effort.operations {
        for (request, values) in [
            (gestures::person(&mut chance, made), &mut people),
            (Request::Today, &mut days),
            (Request::Campaign(gestures::CAMPAIGN), &mut boards),
            (Request::Project(*chance.pick(&projects)), &mut opened),
            (gestures::radar(today()), &mut radars),
        ] {
            let began = Stopwatch::now();
            ask(&mut engine, request)?;
            keep(values, round, effort, began);
        }
    }
    let (surveys, programmes) = collective(&mut engine, effort)?;
    let (previews, years) = summaries(&mut engine, effort)?;
    let mut saves = Vec::new();
    for round in 0..effort.warm_up + effort.operations {
        let request = gestures::visit(&mut chance, made, today());
        let began = Stopwatch::now();
        ask(&mut engine, request)?;
        keep(&mut saves, round, effort, began);
    }
    drop(engine);

    Ok(Figures {
        records: Some(made.records),
        unlock_to_today_ms: percentile(&unlocks, 50.0),
        save_durable_p95_ms: percentile(&saves, 95.0),
        search_p95_ms: percentile(&searches, 95.0),
        person_open_p95_ms: percentile(&people, 95.0),
        today_p95_ms: percentile(&days, 95.0),
        campaign_live_count_ms: percentile(&boards, 95.0),
        project_open_p95_ms: percentile(&opened, 95.0),
        radar_ms: percentile(&radars, 95.0),
        summary_preview_ms: percentile(&previews, 95.0),
        summary_year_ms: percentile(&years, 95.0),
        survey_totals_ms: percentile(&surveys, 95.0),
        programme_open_p95_ms: percentile(&programmes, 95.0),
        memory_mb: Some(peak_memory_mb(&dir, made)?),
        store_bytes_per_record: Some(bytes as f64 / (made.records + made.entries) as f64),
    })
}

/// A survey to which everybody answered, and a year's programme.
fn collective(engine: &mut Engine<SqliteStore, Desk>, effort: Effort) -> Result<(Vec<f64>, Vec<f64>), Failed> {
    for request in gestures::survey(today()).chain(gestures::programme(today())) {
        ask(engine, request)?;
    }
    let (mut surveys, mut programmes) = (Vec::new(), Vec::new());
    for round in 0..effort.warm_up + effort.operations {
        for (request, values) in
            [(gestures::survey_totals(), &mut surveys), (gestures::programme_file(), &mut programmes)]
        {
            let began = Stopwatch::now();
            ask(engine, request)?;
            keep(values, round, effort, began);
        }
    }
    Ok((surveys, programmes))
}

/// The summary before anything is published, and after.
fn summaries(engine: &mut Engine<SqliteStore, Desk>, effort: Effort) -> Result<(Vec<f64>, Vec<f64>), Failed> {
    let rounds = effort.warm_up + effort.operations.min(20);
    let (mut previews, mut years) = (Vec::new(), Vec::new());
    for round in 0..rounds {
        let began = Stopwatch::now();
        ask(engine, Request::Summary(SummaryRequest::Preview))?;
        keep(&mut previews, round, effort, began);
    }
    ask(engine, Request::Summary(SummaryRequest::Publish))?;
    for round in 0..rounds {
        let began = Stopwatch::now();
        ask(engine, Request::Summary(SummaryRequest::All))?;
        keep(&mut years, round, effort, began);
    }
    Ok((previews, years))
}

fn engine_on(dir: &Path, seed: u64) -> Result<Engine<SqliteStore, Desk>, Failed> {
    let desk = Desk::seeded(seed + 100, Clock::at(today()));
    Ok(Engine::new(SqliteStore::open(dir)?, desk, Box::new(|_| {})))
}

fn unlock(made: &Made) -> Request {
    Request::Unlock(Secret::Words(made.words.clone()))
}

/// In bytes both ways, as screens ask.
fn ask(engine: &mut Engine<SqliteStore, Desk>, request: Request) -> Result<(), Failed> {
    answered(&now(engine.handle_bytes(&encode(&request))))
}

fn answered(bytes: &[u8]) -> Result<(), Failed> {
    match decode::<Answer>(bytes) {
        Some(Ok(_)) => Ok(()),
        Some(Err(failure)) => Err(format!("refused: {failure:?}").into()),
        None => Err("an answer that is none".into()),
    }
}

fn keep(values: &mut Vec<f64>, round: usize, effort: Effort, began: Stopwatch) {
    if round >= effort.warm_up {
        values.push(began.elapsed().as_secs_f64() * 1_000.0);
    }
}

/// The most memory of a process that does with the native host what a morning does.
fn peak_memory_mb(dir: &Path, made: &Made) -> Result<f64, Failed> {
    let words = dir.with_extension("words");
    std::fs::write(&words, &made.words)?;
    let output = Command::new(std::env::current_exe()?).arg("--morning").arg(dir).arg(&words).output()?;
    std::fs::remove_file(&words)?;
    if !output.status.success() {
        return Err(format!("the morning ended early: {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    let kilobytes: f64 = String::from_utf8(output.stdout)?.trim().parse()?;
    Ok(kilobytes / 1024.0)
}

/// A morning in a process of its own: the notebook opened, its lists shown, someone looked for and noted. Says the most
/// memory that it took, in kB.
pub fn morning(dir: &Path, words: &Path) -> Result<u64, Failed> {
    let words = std::fs::read_to_string(words)?;
    let host = EngineThread::start(dir.to_owned(), Box::new(|_| {}));
    let requests = [
        Request::Unlock(Secret::Words(words)),
        Request::Today,
        Request::People,
        Request::Directory,
        gestures::search("salvou"),
        gestures::search("terez calvousagne"),
        Request::Acts { before: None, limit: 50 },
    ];
    for request in requests {
        answered(&host.ask_blocking(encode(&request)))?;
    }
    host.close();
    let status = std::fs::read_to_string("/proc/self/status")?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("the system does not say")?;
    Ok(peak.trim().trim_end_matches(" kB").parse()?)
}
