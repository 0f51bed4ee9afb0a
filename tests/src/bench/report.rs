//! The year's report on paper: how long the browser takes to make a PDF of it, from the page on screen.

use std::time::Instant as Stopwatch;

use maillon_shared::api::summary::SummaryRequest;
use maillon_shared::api::{Request, Response};
use maillon_shared::domain::ids::LineId;
use maillon_shared::domain::summary::period::Period;
use maillon_shared::domain::summary::report::{ReportChange, ReportField, StoryField, Telling};

use super::native::Failed;
use super::{BrowserFigures, Effort, percentile};
use crate::clock::today;
use crate::e2e::{Chromium, Coordinator, Host};
use crate::harness::{Device, PASSPHRASE};
use crate::village::Village;

/// Measures it in a browser that has never run.
pub fn measure(effort: Effort, figures: &mut BrowserFigures) -> Result<(), Failed> {
    let year = chrono::Datelike::year(&today()) - 1;
    let backup = published(year)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut host = Chromium::new()?;
        let script = host.start_quietly().await?;
        super::chromium::restore(&host, &script, backup).await?;
        host.page().goto(&host.address()).await?;
        let mut coordinator = Coordinator::at(&mut host);
        coordinator.unlocks(PASSPHRASE).await?;
        coordinator.goes_to(&format!("/more/summary/{year}")).await?;
        coordinator.sees("Synthèse d’activité").await?;
        let mut took = Vec::new();
        for round in 0..effort.warm_up.min(3) + effort.operations.min(30) {
            let began = Stopwatch::now();
            host.pdf().await?;
            if round >= effort.warm_up.min(3) {
                took.push(began.elapsed().as_secs_f64() * 1_000.0);
            }
        }
        figures.report_pdf_ms = percentile(&took, 50.0);
        host.close().await
    })
}

/// The backup of a commune whose years are published, the last one with a report.
fn published(year: i32) -> Result<Vec<u8>, Failed> {
    let village = Village::demo(1, today());
    let mut device = Device::honest(today());
    device.creates_notebook(village.settings());
    device.lives(village.requests());
    device.is_on(today());
    device.asks(Request::Summary(SummaryRequest::Publish));
    let period = Period::parse(&year.to_string()).ok_or("a year")?;
    let mut changes = vec![ReportChange::Text(ReportField::Lead, "Une année dense. ".repeat(40))];
    for n in 1..=6 {
        let id = LineId([n; 16]);
        changes.push(ReportChange::Story(id, StoryField::Text, "On y est allé à plusieurs. ".repeat(40)));
        changes.push(ReportChange::Telling(id, Some(Telling::Recomposed)));
    }
    device.asks(Request::Summary(SummaryRequest::WriteReport { period, read: Box::default(), changes, draft: None }));
    device.asks(Request::Summary(SummaryRequest::PublishReport(period)));
    match device.asks(Request::Backup) {
        Response::File(file) => Ok(file.bytes),
        _ => Err("no backup".into()),
    }
}
