//! The figures in a browser: the release build in headless Chromium, the gestures said to its worker as screens say them.
//!
//! The page is an empty one of the program's origin, so that only the worker is measured; the first paint is the real
//! page's. Times are the page's own clock, around the messages: what WebDriver takes is not counted.

use std::path::{Path, PathBuf};
use std::time::Duration;

use fantoccini::wd::TimeoutConfiguration;
use maillon_shared::api::requests::Secret;
use maillon_shared::api::{Answer, Request, decode, encode};
use serde_json::{Value, json};

use super::native::Failed;
use super::notebook::Made;
use super::{BrowserFigures, Effort, Figures, gestures, percentile};
use crate::clock::today;
use crate::e2e::{Chromium, Host, Locator};
use crate::village::chance::Chance;

/// Bringing in five times the data takes its time.
const PATIENCE: Duration = Duration::from_secs(900);

/// Starts the worker, and a way to ask it; then a field for the backup's file.
const PREPARE: &str = r#"
    const [script] = arguments;
    const waiting = new Map();
    window.engine = new Worker(script, { type: "module" });
    window.engine.onmessage = ({ data }) => {
        if ("id" in data) { waiting.get(data.id)(data); waiting.delete(data.id); }
    };
    let last = 0;
    window.ask = (message) => new Promise((resolve) => {
        waiting.set(++last, resolve);
        window.engine.postMessage({ id: last, ...message });
    });
    const field = document.createElement("input");
    field.type = "file";
    field.id = "request";
    document.body.append(field);
"#;

/// Says the request that is in the file, and gives the answer.
const ASK_FILE: &str = r#"
    const done = arguments[0];
    (async () => {
        const file = document.getElementById("request").files[0];
        const { bytes } = await window.ask({ bytes: new Uint8Array(await file.arrayBuffer()) });
        done(Array.from(bytes));
    })();
"#;

/// Says groups of requests; gives how long each group took, or the first refusal.
const ASK_GROUPS: &str = r#"
    const [groups, done] = arguments;
    (async () => {
        const took = [];
        for (const group of groups) {
            const requests = group.map((bytes) => new Uint8Array(bytes));
            const began = performance.now();
            for (const request of requests) {
                const { bytes } = await window.ask({ bytes: request });
                // The first byte of an answer says whether it is one of success.
                if (bytes[0] !== 0) return done({ refused: Array.from(bytes) });
            }
            took.push(performance.now() - began);
        }
        done({ took });
    })();
"#;

const MEMORY: &str = "const done = arguments[0]; window.ask({ memory: 1 }).then(({ memory }) => done(memory));";

const STORED: &str = "const done = arguments[0]; navigator.storage.estimate().then(({ usage }) => done(usage));";

/// When the page showed something first, in milliseconds since it was asked for.
const FIRST_PAINT: &str = r#"
    const done = arguments[0];
    const look = () => {
        const [paint] = performance.getEntriesByName("first-contentful-paint");
        if (paint) done(paint.startTime); else setTimeout(look, 10);
    };
    look();
"#;

/// Weighs the wasm of the built web part, whose folder `MAILLON_E2E_WEB` says.
pub fn weigh(figures: &mut BrowserFigures) -> Result<(), Failed> {
    let folder = std::env::var_os("MAILLON_E2E_WEB").ok_or("there is no web part: start from `cargo xtask bench`")?;
    let mut modules = Vec::new();
    find_wasm(Path::new(&folder), &mut modules)?;
    let named = |name: &str| {
        let is_it = |path: &&PathBuf| path.file_name().is_some_and(|file| *file == *name);
        modules.iter().find(is_it).ok_or_else(|| format!("there is no {name}"))
    };
    let screens = named("app_bg.wasm")?;
    let parts = modules.iter().filter(|module| module.parent() == screens.parent());
    figures.ui_wasm_br_kb = Some(weight(screens)?);
    figures.ui_wasm_all_br_kb = Some(parts.map(|part| weight(part)).sum::<Result<f64, Failed>>()?);
    figures.worker_wasm_br_kb = Some(weight(named("worker_bg.wasm")?)?);
    Ok(())
}

/// What a file weighs as a server would send it, in kB.
fn weight(module: &Path) -> Result<f64, Failed> {
    let mut compressed = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams::default();
    brotli::BrotliCompress(&mut std::fs::read(module)?.as_slice(), &mut compressed, &parameters)?;
    Ok(compressed.len() as f64 / 1_000.0)
}

fn find_wasm(folder: &Path, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            find_wasm(&path, found)?;
        } else if path.extension().is_some_and(|extension| extension == "wasm") {
            found.push(path);
        }
    }
    Ok(())
}

/// Measures a notebook in a browser that has never run.
pub fn measure(made: &Made, effort: Effort, figures: &mut BrowserFigures) -> Result<(), Failed> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut host = Chromium::new()?;
        let script = host.start_quietly().await?;
        let patience = TimeoutConfiguration::new(Some(PATIENCE), Some(PATIENCE), None);
        host.page().update_timeouts(patience).await?;
        figures.figures = gestures_of_the_worker(&host, &script, made, effort).await?;
        figures.first_paint_ms = Some(first_paint(&host, effort).await?);
        host.close().await
    })
}

/// Brings a backup in, with a worker that ends afterwards.
pub async fn restore(host: &Chromium, script: &str, backup: Vec<u8>) -> Result<(), Failed> {
    host.page().execute(PREPARE, vec![json!(script)]).await?;
    let file = tempfile::NamedTempFile::new()?;
    std::fs::write(file.path(), encode(&Request::Restore(backup)))?;
    host.upload(Locator::Id("request"), file.path()).await?;
    let restored = host.page().execute_async(ASK_FILE, vec![]).await?;
    let restored: Vec<u8> = serde_json::from_value(restored)?;
    if let Some(Err(failure)) = decode::<Answer>(&restored) {
        return Err(format!("not restored: {failure:?}").into());
    }
    host.page().execute("window.engine.terminate()", vec![]).await?;
    Ok(())
}

async fn gestures_of_the_worker(host: &Chromium, script: &str, made: &Made, effort: Effort) -> Result<Figures, Failed> {
    restore(host, script, made.backup.clone()).await?;
    // A day begins with a worker that has not just carried a whole backup in its memory.
    host.page().execute(PREPARE, vec![json!(script)]).await?;
    let mut tries = 0;
    while let Err(error) = ask(host, vec![vec![Request::Status]]).await {
        // The browser takes a moment to give back the lock of the one that has ended.
        tries += 1;
        if tries > 50 {
            return Err(error);
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }

    let unlock = || vec![Request::Unlock(Secret::Words(made.words.clone())), Request::Today];
    // The first opening of a copy makes it a device of its own.
    ask(host, vec![unlock()]).await?;
    let rounds = effort.warm_up + effort.operations;
    let mut unlocks = Vec::new();
    for _ in 0..rounds {
        // A handful at once: the script must not outlast the driver's patience.
        unlocks.push(ask(host, vec![vec![Request::Lock], unlock()]).await?[1]);
    }
    let mut chance = Chance::new(9);
    let typed = gestures::keystrokes(&mut chance, made, rounds);
    let searches = ask(host, typed.iter().map(|typed| vec![gestures::search(typed)]).collect()).await?;
    // What a campaign's cards are named is the worker's chance: nobody is called here, and everyone is counted.
    ask(host, vec![vec![gestures::campaign(today())]]).await?;
    let people = (0..rounds).map(|_| vec![gestures::person(&mut chance, made)]).collect();
    let people = ask(host, people).await?;
    let days = ask(host, (0..rounds).map(|_| vec![Request::Today]).collect()).await?;
    let boards = ask(host, (0..rounds).map(|_| vec![Request::Campaign(gestures::CAMPAIGN)]).collect()).await?;
    let (begun, projects) = gestures::projects(&mut chance, made, today());
    ask(host, begun.into_iter().map(|request| vec![request]).collect()).await?;
    let opened = (0..rounds).map(|_| vec![Request::Project(*chance.pick(&projects))]).collect();
    let opened = ask(host, opened).await?;
    let radars = ask(host, (0..rounds).map(|_| vec![gestures::radar(today())]).collect()).await?;
    let visits = (0..rounds).map(|_| vec![gestures::visit(&mut chance, made, today())]).collect();
    let saves = ask(host, visits).await?;
    // A few at once: a script's arguments are carried as text.
    let asked: Vec<Request> = gestures::survey(today()).chain(gestures::programme(today())).collect();
    for some in asked.chunks(4) {
        ask(host, some.iter().map(|request| vec![request.clone()]).collect()).await?;
    }
    let surveys = ask(host, (0..rounds).map(|_| vec![gestures::survey_totals()]).collect()).await?;
    let programmes = ask(host, (0..rounds).map(|_| vec![gestures::programme_file()]).collect()).await?;
    let memory = host.page().execute_async(MEMORY, vec![]).await?.as_f64();
    let stored = host.page().execute_async(STORED, vec![]).await?.as_f64();
    host.page().execute("window.engine.terminate()", vec![]).await?;
    Ok(Figures {
        records: Some(made.records),
        unlock_to_today_ms: percentile(&unlocks[effort.warm_up..], 50.0),
        save_durable_p95_ms: percentile(&saves[effort.warm_up..], 95.0),
        search_p95_ms: percentile(&searches[effort.warm_up..], 95.0),
        person_open_p95_ms: percentile(&people[effort.warm_up..], 95.0),
        today_p95_ms: percentile(&days[effort.warm_up..], 95.0),
        campaign_live_count_ms: percentile(&boards[effort.warm_up..], 95.0),
        project_open_p95_ms: percentile(&opened[effort.warm_up..], 95.0),
        radar_ms: percentile(&radars[effort.warm_up..], 95.0),
        summary_preview_ms: None,
        summary_year_ms: None,
        survey_totals_ms: percentile(&surveys[effort.warm_up..], 95.0),
        programme_open_p95_ms: percentile(&programmes[effort.warm_up..], 95.0),
        memory_mb: memory.map(|bytes| bytes / f64::from(1 << 20)),
        store_bytes_per_record: stored.map(|bytes| bytes / (made.records + made.entries) as f64),
    })
}

/// Says groups of requests to the worker; how many milliseconds each group took.
async fn ask(host: &Chromium, groups: Vec<Vec<Request>>) -> Result<Vec<f64>, Failed> {
    let bytes: Vec<Vec<Vec<u8>>> = groups.iter().map(|group| group.iter().map(encode).collect()).collect();
    let mut outcome = host.page().execute_async(ASK_GROUPS, vec![json!(bytes)]).await?;
    if let Ok(bytes) = serde_json::from_value::<Vec<u8>>(outcome["refused"].take())
        && let Some(Err(failure)) = decode::<Answer>(&bytes)
    {
        return Err(format!("refused: {failure:?}").into());
    }
    Ok(serde_json::from_value(outcome["took"].take())?)
}

/// The locked notebook's page, opened again and again; the browser keeps its own copy of the program.
async fn first_paint(host: &Chromium, effort: Effort) -> Result<f64, Failed> {
    let mut paints = Vec::new();
    for round in 0..effort.warm_up + effort.operations {
        host.page().goto(&host.address()).await?;
        host.wait_until_kept().await?;
        let paint: Value = host.page().execute_async(FIRST_PAINT, vec![]).await?;
        if round >= effort.warm_up {
            paints.extend(paint.as_f64());
        }
    }
    percentile(&paints, 50.0).ok_or_else(|| "the page never painted".into())
}
