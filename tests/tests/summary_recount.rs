//! The figures of the activity summary, counted again in another language: what the screens show of generated villages is
//! written in CSV files, and a Python program counts it in SQL and compares it with the tables that were exported.
//!
//! `tests/recount/recount.py` says in words what counts and what may be told; nothing of the product is in it. Villages
//! are entered before anything is published, so that each thing counts in its own month.
#![allow(clippy::unwrap_used, reason = "a story says what is wrong by failing")]

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use chrono::NaiveDate;
use maillon_shared::api::alerts::AlertWrite;
use maillon_shared::api::collective::CollectiveWrite;
use maillon_shared::api::summary::{SummaryAnswer, SummaryRequest, TableFormat};
use maillon_shared::api::{Request, Response};
use maillon_shared::domain::alert::{
    Alert, AlertChange, AlertSubject, Closing, Moment, Owner, Population, Severity, Wording,
};
use maillon_shared::domain::directory::{EntryChange, EntryField, EntryKind};
use maillon_shared::domain::encounter::Encounter;
use maillon_shared::domain::ids::{AlertId, EncounterId, EntryId, LineId, SituationId};
use maillon_shared::domain::settings::SettingsField;
use maillon_shared::domain::situation::Situation;
use maillon_shared::domain::summary::grid::{Detail, Table};
use maillon_shared::domain::time::Hour;
use maillon_tests::harness::{Device, just};
use maillon_tests::house::root;
use maillon_tests::village::{Size, Village};
use serde_json::Value;
use tempfile::TempDir;

mod life;
mod screens;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// What was published in a village, and what its screens show, as files.
struct Files {
    folder: TempDir,
    on: NaiveDate,
    threshold: u32,
}

/// What the other program says.
struct Report {
    value: Value,
    succeeded: bool,
}

impl Files {
    /// Publishes all that is over, and writes the table of each period and the records.
    fn of(device: &mut Device, with_nobody: &[EncounterId], on: NaiveDate) -> Self {
        device.is_on(on);
        device.asks(Request::Summary(SummaryRequest::Publish));
        let Response::Summary(SummaryAnswer::All(all)) = device.asks(Request::Summary(SummaryRequest::All)) else {
            panic!("all that is published")
        };
        let folder = TempDir::new().unwrap();
        let files = Files { folder, on, threshold: all.threshold.get() };
        fs::create_dir(files.records()).unwrap();
        fs::create_dir(files.tables()).unwrap();
        for published in &all.published {
            let asked = SummaryRequest::Table(published.publication.period, TableFormat::Csv);
            let Response::File(file) = device.asks(Request::Summary(asked)) else { panic!("a table") };
            fs::write(files.tables().join(file.name), file.bytes).unwrap();
        }
        screens::write(device, with_nobody, &files.records());
        files
    }

    fn records(&self) -> PathBuf {
        self.folder.path().join("records")
    }

    fn tables(&self) -> PathBuf {
        self.folder.path().join("tables")
    }

    /// All of it counted again, of which so many figures are to be compared.
    fn recounted(&self, at_least: u32) -> Report {
        let mut python = Command::new("python3");
        // Nothing is left beside the program.
        python.arg("-B").arg(root().join("tests/recount/recount.py")).arg(self.records()).arg(self.tables());
        python.args(["--published-on", &self.on.to_string(), "--threshold", &self.threshold.to_string()]);
        let output = python.args(["--at-least", &at_least.to_string()]).output().unwrap_or_else(|error| {
            panic!("figures are counted again by a Python program, and python3 cannot be run here: {error}")
        });
        let said = String::from_utf8_lossy(&output.stdout);
        let value = serde_json::from_str(&said).unwrap_or_else(|_| {
            panic!("the other program says no report: {said}{}", String::from_utf8_lossy(&output.stderr))
        });
        Report { value, succeeded: output.status.success() }
    }

    /// A file with one line written otherwise.
    fn rewrites(&self, file: PathBuf, line: &str, becomes: &str) {
        let text = fs::read_to_string(&file).unwrap();
        assert_eq!(text.matches(line).count(), 1, "{line}");
        fs::write(file, text.replacen(line, becomes, 1)).unwrap();
    }

    /// The table of a period: its file, and the first line for which this holds, cell by cell.
    fn line_of(&self, period: &str, holds: impl Fn(&[&str]) -> bool) -> (PathBuf, String) {
        let file = self.tables().join(format!("maillon-synthese-{period}.csv"));
        let text = fs::read_to_string(&file).unwrap();
        let found = text.lines().find(|line| holds(&line.split(';').collect::<Vec<_>>()));
        (file, found.unwrap_or_else(|| panic!("no such line in {text}")).to_owned())
    }
}

impl Report {
    fn differences(&self) -> Vec<&Value> {
        self.value["differences"].as_array().unwrap().iter().collect()
    }

    fn compared(&self, what: &str) -> u64 {
        self.value["compared"][what].as_u64().unwrap_or_default()
    }

    /// Whether it says that this figure is told so and counted so.
    fn names(&self, what: &str, place: [&str; 4], told: impl Into<Value>, counted: impl Into<Value>) -> bool {
        let (told, counted) = (told.into(), counted.into());
        let [period, table, detail, line] = place;
        self.differences().into_iter().any(|one| {
            one["what"] == what
                && one["period"] == period
                && one["table"] == table
                && one["detail"] == detail
                && one["line"] == line
                && one["told"] == told
                && one["counted"] == counted
        })
    }

    #[track_caller]
    fn agrees(&self) {
        let differences = self.differences();
        assert!(
            differences.is_empty(),
            "{} differ: {:#?}",
            differences.len(),
            &differences[..differences.len().min(12)]
        );
        assert!(self.succeeded, "too few figures were compared: {}", self.value["compared"]);
    }
}

/// A village that was lived, with more than its days tell.
fn village(seed: u64, size: Size, today: NaiveDate, threshold: &str) -> (Device, Vec<EncounterId>) {
    let village = Village::new(seed, size, today);
    let mut device = Device::new(seed + 60, today);
    device.creates_notebook(village.settings());
    let mut with_nobody = Vec::new();
    device.lives(village.requests().inspect(|(_, request)| match request {
        Request::RecordEncounter(new) if new.encounter.person.is_none() => with_nobody.push(new.encounter.id),
        _ => {}
    }));
    device.is_on(today);
    device.asks(Request::EditSettings(vec![(SettingsField::SummaryThreshold, threshold.to_owned())]));
    let one_in = if size == Size::Hamlet { 3 } else { 1 };
    with_nobody.extend(life::goes_on(&mut device, seed, today, one_in));
    (device, with_nobody)
}

fn files(seed: u64, size: Size, today: &str, published_on: &str, threshold: &str) -> Files {
    let (mut device, with_nobody) = village(seed, size, day(today), threshold);
    Files::of(&mut device, &with_nobody, day(published_on))
}

/// What told something somewhere, tables first: a recount of nothing agrees with anything.
fn told(report: &Report) -> (usize, usize) {
    let figures = report.value["figures_of"].as_object().unwrap();
    let details = figures.keys().filter(|of| of.contains(" / ")).count();
    (figures.len() - details, details)
}

#[test]
fn every_figure_of_a_commune_agrees_with_a_recount_in_another_language() {
    let report = files(11, Size::Demo, "2026-06-12", "2026-07-02", "5").recounted(300);
    report.agrees();
    assert_eq!(told(&report), (Table::ALL.len(), Detail::ALL.len()), "{:#?}", report.value["figures_of"]);
    assert!(report.compared("protected") > 100, "{}", report.value["compared"]);
}

#[test]
fn every_figure_agrees_where_eleven_persons_are_asked_for() {
    let report = files(29, Size::Demo, "2026-12-18", "2027-01-05", "11").recounted(150);
    report.agrees();
    assert_eq!(told(&report).0, Table::ALL.len(), "{:#?}", report.value["figures_of"]);
}

/// Few people, so that much is kept back and put together. More of them are asked for by `MAILLON_RECOUNT_HAMLETS`.
#[test]
fn every_figure_of_a_few_hamlets_agrees_however_much_of_it_is_kept_back() {
    let hamlets: u64 = std::env::var("MAILLON_RECOUNT_HAMLETS").map_or(3, |hamlets| hamlets.parse().unwrap());
    for seed in 1..=hamlets {
        let report = files(seed, Size::Hamlet, "2026-03-20", "2026-04-02", "5").recounted(100);
        report.agrees();
        assert!(report.compared("told or not") > report.compared("figures"), "{}", report.value["compared"]);
    }
}

#[test]
fn a_figure_that_is_one_too_many_and_a_record_that_is_missing_are_both_named() {
    let files = files(7, Size::Hamlet, "2026-03-20", "2026-04-02", "5");
    files.recounted(100).agrees();

    // Nothing is compared where there is nothing: that is no agreement.
    assert!(!files.recounted(1_000_000).succeeded);

    // One more than was published: a total, then a line.
    let number = |line: &str| line.split(';').nth(4).unwrap().parse::<u64>().unwrap();
    let is_told = |cells: &[&str]| cells[4].parse::<u64>().is_ok();
    for (table, detail) in [("demandes closes", ""), ("demandes reçues", "sujet")] {
        let (file, line) = files.line_of("2025", |cells| cells[1] == table && cells[2] == detail && is_told(cells));
        let cells: Vec<&str> = line.split(';').collect();
        let counted = number(&line);
        let one_more = line.replacen(&format!(";{counted};"), &format!(";{};", counted + 1), 1);
        files.rewrites(file.clone(), &format!("{line}\r\n"), &format!("{one_more}\r\n"));
        let report = files.recounted(100);
        assert!(!report.succeeded);
        let place = ["2025", table, detail, cells[3]];
        assert!(report.names("figures", place, counted + 1, counted), "{:#?}", report.differences());
        let others = report.differences().into_iter().filter(|one| one["what"] == "figures").count();
        assert_eq!(others, 1, "and no other figure");
        files.rewrites(file, &format!("{one_more}\r\n"), &format!("{line}\r\n"));
    }

    // A request that the screens would not show any more.
    let requests = files.records().join("requests.csv");
    let text = fs::read_to_string(&requests).unwrap();
    let gone = text.lines().skip(1).find(|line| {
        let cells: Vec<&str> = line.split(';').collect();
        cells[2].starts_with("2025-") && cells[3] == "person"
    });
    let gone = format!("{}\r\n", gone.unwrap());
    let (_, line) = files.line_of("2025", |cells| cells[1] == "demandes reçues" && cells[3] == "total");
    files.rewrites(requests, &gone, "");
    let report = files.recounted(100);
    assert!(!report.succeeded);
    let told = number(&line);
    let place = ["2025", "demandes reçues", "", "total"];
    assert!(report.names("figures", place, told, told - 1), "{:#?}", report.differences());
}

// ── What the recount found, and was mended ──────────────────────────────────────────────────────────────────────────

fn works_as(device: &mut Device, n: u8, profession: &str) -> EntryId {
    let id = EntryId([n; 16]);
    let changes = vec![
        EntryChange::Text(EntryField::Name, format!("Calvoubrac {n}")),
        EntryChange::Text(EntryField::Role, profession.into()),
    ];
    device.does(Request::CreateEntry { id, kind: EntryKind::Professional, changes, draft: None });
    id
}

/// Exchanges of 2025, one with each of these.
fn exchanges(device: &mut Device, with: &[EntryId]) -> Vec<EncounterId> {
    let meets = |(n, entry): (usize, &EntryId)| {
        let mut met = Encounter::empty(EncounterId([100 + n as u8; 16]), None, day("2025-05-05"));
        met.with_entry = Some(*entry);
        device.does(Request::RecordEncounter(Box::new(just(met.clone()))));
        met.id
    };
    with.iter().enumerate().map(meets).collect()
}

#[test]
fn an_exchange_with_someone_of_another_profession_is_counted_once() {
    let mut device = Device::with_notebook(70, day("2026-01-05"));
    let nurses = [1, 2, 3].map(|n| works_as(&mut device, n, "infirmier"));
    let other = works_as(&mut device, 4, "other");
    works_as(&mut device, 5, "benevole");
    works_as(&mut device, 6, "animateur");
    let met = exchanges(&mut device, &[nurses[0], other]);
    Files::of(&mut device, &met, day("2026-02-02")).recounted(1).agrees();

    // Where three have it, there is one line all the same.
    let mut device = Device::with_notebook(71, day("2026-01-05"));
    let others = [1, 2, 3].map(|n| works_as(&mut device, n, "other"));
    let met = exchanges(&mut device, &others[..1]);
    Files::of(&mut device, &met, day("2026-02-02")).recounted(1).agrees();
}

#[test]
fn an_alert_that_was_a_mistake_counts_nowhere() {
    let mut device = Device::with_notebook(72, day("2026-01-05"));
    let id = AlertId([1; 16]);
    let at = |on: &str| Moment { day: day(on), hour: Hour::new(9, 0).unwrap() };
    let about = AlertSubject::Population(Population::until(day("2026-01-09")));
    let lines = [LineId([2; 16]), LineId([3; 16])];
    let mut alert = Alert::raised(id, about, at("2026-01-05"), Severity::Information, Owner::Coordinator, lines);
    alert.kind = "weather".into();
    let write = |write| Request::WriteAlert(Box::new(write));
    device.does(write(AlertWrite::Raise { alert: Box::new(alert), draft: None }));
    let reason = Wording::new("mistake").unwrap();
    let closing = Closing { id: LineId([4; 16]), at: at("2026-01-05"), reason, note: String::new(), knew: [].into() };
    device.does(write(AlertWrite::Edit { id, changes: vec![AlertChange::Close(closing)], draft: None }));
    Files::of(&mut device, &[], day("2026-02-02")).recounted(1).agrees();
}

#[test]
fn a_training_lunch_is_told() {
    let mut device = Device::with_notebook(73, day("2026-01-05"));
    let mut situation = Situation::empty(SituationId([9; 16]));
    (situation.title, situation.lunch_on) = ("Un retour de nuit".into(), Some(day("2025-11-20")));
    device.does(Request::WriteCollective(Box::new(CollectiveWrite::CreateSituation {
        situation: Box::new(situation),
        draft: None,
    })));
    // The books begin with the year of something that counts.
    let nurse = works_as(&mut device, 1, "infirmier");
    let met = exchanges(&mut device, &[nurse]);
    Files::of(&mut device, &met, day("2026-02-02")).recounted(1).agrees();
}
