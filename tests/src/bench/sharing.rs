//! What sharing costs: a second device that gets the whole notebook, and a day's writing carried to it.
//!
//! Both devices are engines over SQLite on the disk of this machine; between them is a file, as on a stick.

use std::path::Path;
use std::time::Instant as Stopwatch;

use maillon_engine::Engine;
use maillon_host::sqlite::SqliteStore;
use maillon_shared::api::exchanges::ExchangeRequest;
use maillon_shared::api::requests::{NewNotebook, Secret};
use maillon_shared::api::sharing::{Company, CourierOpened, DeviceKey, SharingAnswer, SharingRequest};
use maillon_shared::api::{Answer, Request, Response};
use serde::Serialize;

use super::native::Failed;
use super::notebook::Made;
use super::{Effort, gestures, percentile};
use crate::clock::today;
use crate::harness::{Clock, Desk, PASSPHRASE, copy_into, now};
use crate::village::chance::Chance;

/// What was measured.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct SharingFigures {
    /// From the press that makes the first file to its being written, everything told.
    pub first_courier_made_s: Option<f64>,
    /// From the file to *Aujourd'hui* on the second device.
    pub first_sync_s: Option<f64>,
    /// What the first file weighs.
    pub first_courier_mb: Option<f64>,
    /// A thousand short contacts, carried in one file: bytes of the file for each.
    pub wire_bytes_per_event_short: Option<f64>,
    /// What the mark on every screen says, after an act: p95.
    pub exchange_mark_p95_ms: Option<f64>,
    /// A file that has nothing to say but what its sender has.
    pub noop_courier_bytes: Option<f64>,
}

type Device = Engine<SqliteStore, Desk>;

/// Measures a second device of that notebook.
pub fn measure(made: &Made, folder: &Path, effort: Effort) -> Result<SharingFigures, Failed> {
    let (here, there) = (folder.join("laptop"), folder.join("phone"));
    for dir in [&here, &there] {
        if dir.exists() {
            std::fs::remove_dir_all(dir)?;
        }
    }
    now(copy_into(&mut SqliteStore::create(&here)?, &made.shelf))?;
    let mut laptop = engine(SqliteStore::open(&here)?, 1);
    let mut phone = engine(SqliteStore::create(&there)?, 2);
    ask(&mut laptop, Request::Unlock(Secret::Words(made.words.clone())))?;
    let Response::Words(words) = ask(&mut phone, Request::ProposeWords)? else { return Err("no words".into()) };
    let words = words.join(" ");
    ask(&mut phone, Request::Create(NewNotebook { passphrase: PASSPHRASE.into(), words, settings: Vec::new() }))?;
    for (device, name) in [(&mut laptop, "laptop"), (&mut phone, "phone")] {
        ask(device, about(SharingRequest::NameDevice(name.into())))?;
    }
    let Response::File(card) = ask(&mut phone, about(SharingRequest::Card(Company::Own)))? else {
        return Err("no card".into());
    };
    ask(&mut laptop, about(SharingRequest::AddDevice { card: card.bytes, words: Some(made.words.clone()) }))?;

    let mut figures = SharingFigures::default();
    let to = other(&mut laptop)?;
    let began = Stopwatch::now();
    let first = courier(&mut laptop, to)?;
    figures.first_courier_made_s = Some(began.elapsed().as_secs_f64());
    figures.first_courier_mb = Some(first.len() as f64 / 1e6);
    let asked = SharingRequest::OpenCourier { file: first.clone(), checked: None };
    let SharingAnswer::Opened(CourierOpened::Proposes(sender)) = share(&mut phone, asked)? else {
        return Err("nobody proposes anything".into());
    };
    let began = Stopwatch::now();
    share(&mut phone, SharingRequest::OpenCourier { file: first, checked: Some((sender.id, Company::Own)) })?;
    ask(&mut phone, Request::Today)?;
    figures.first_sync_s = Some(began.elapsed().as_secs_f64());

    let back = courier(&mut phone, sender.id)?;
    share(&mut laptop, SharingRequest::OpenCourier { file: back, checked: None })?;
    let nothing = courier(&mut laptop, to)?.len();
    figures.noop_courier_bytes = Some(nothing as f64);
    let events = effort.operations.min(1_000) * 5;
    let mut chance = Chance::new(9);
    let mut marks = Vec::new();
    for event in 0..events {
        ask(&mut laptop, gestures::visit(&mut chance, made, today()))?;
        if event % 50 == 0 {
            let began = Stopwatch::now();
            ask(&mut laptop, Request::Exchange(Box::new(ExchangeRequest::Mark)))?;
            marks.push(began.elapsed().as_secs_f64() * 1_000.0);
        }
    }
    figures.exchange_mark_p95_ms = percentile(&marks, 95.0);
    let day = courier(&mut laptop, to)?;
    figures.wire_bytes_per_event_short = Some((day.len() - nothing.min(day.len())) as f64 / events as f64);
    let SharingAnswer::Opened(CourierOpened::Taken(taken)) =
        share(&mut phone, SharingRequest::OpenCourier { file: day, checked: None })?
    else {
        return Err("the file was not taken".into());
    };
    if taken.changed == 0 || taken.waiting + taken.set_aside > 0 {
        return Err(format!("not everything came: {taken:?}").into());
    }
    Ok(figures)
}

fn engine(store: SqliteStore, seed: u64) -> Device {
    Engine::new(store, Desk::seeded(seed + 7_000, Clock::at(today())), Box::new(|_| {}))
}

fn about(asked: SharingRequest) -> Request {
    Request::Sharing(Box::new(asked))
}

fn ask(device: &mut Device, request: Request) -> Result<Response, Failed> {
    let answer: Answer = now(device.handle(request));
    answer.map_err(|failure| format!("refused: {failure:?}").into())
}

fn share(device: &mut Device, asked: SharingRequest) -> Result<SharingAnswer, Failed> {
    match ask(device, about(asked))? {
        Response::Sharing(answer) => Ok(*answer),
        _ => Err("something about sharing was asked".into()),
    }
}

fn other(device: &mut Device) -> Result<DeviceKey, Failed> {
    match share(device, SharingRequest::Status)? {
        SharingAnswer::Status(status) => Ok(status.others.first().ok_or("there is no other device")?.id),
        _ => Err("the status was asked for".into()),
    }
}

fn courier(device: &mut Device, to: DeviceKey) -> Result<Vec<u8>, Failed> {
    match share(device, SharingRequest::MakeCourier(to))? {
        SharingAnswer::Courier(made) => Ok(made.file.bytes),
        _ => Err("a file was asked for".into()),
    }
}
