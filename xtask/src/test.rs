//! `cargo xtask test`: everything that must be green, in steps with names and times.
//!
//! Each crate is compiled once, by what also reads it (`lint`): on a fresh machine compiling is most of the time.
//! A step that fails does not stop those that do not need it. With `CI=true` nothing is skipped: what is
//! missing is a failure. The last line counts the tests.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::thread::JoinHandle;
use std::time::Instant;

use crate::lint::Warnings;
use crate::run::{self, desktop};
use crate::shell::{Failure, answer, cargo, not_started, own_path, root, run_it};
use crate::tools;
use crate::web::{self, Flavour};

/// What the native part said while it was compiled.
const NATIVE_PART: &str = "target/native-part.log";
/// Ignored by cargo alone, and run here later: tests that need a built web part and real windows.
const END_TO_END: &str = "end to end";

/// How many tests ended in each way.
#[derive(Default, Debug, PartialEq, Eq, Clone, Copy)]
struct Count {
    passed: u32,
    failed: u32,
    skipped: u32,
}

/// What has happened so far.
#[derive(Default)]
struct Report {
    count: Count,
    /// Each step that failed, and why.
    failures: Vec<String>,
    /// Each thing skipped, and why.
    skips: Vec<String>,
}

/// The end-to-end stories alone, for whoever works on them.
pub fn end_to_end(story: Option<&str>) -> Result<(), Failure> {
    tools::for_building()?;
    tools::for_testing()?;
    web::build(Flavour::Test)?;
    desktop(Flavour::Test)?;
    scenarios(&mut Report::default(), story.map_or(Stories::All, Stories::One))
}

/// Runs every step and says how they went.
pub fn test() -> Result<(), Failure> {
    let ci = std::env::var("CI").is_ok_and(|value| value == "true");
    let started = Instant::now();
    let mut report = Report::default();
    say_space_left();
    let tools = report.step("tools to build with", tools::for_building);
    report.step("format", || run_it(cargo().args(["fmt", "--all", "--check"])));
    // At once: either has a crate of ours for which one processor waits on another for minutes.
    let native = tools.then(|| std::thread::spawn(|| run::compile_without_web_part(NATIVE_PART)));
    report.step("web part, read by clippy", || web::compile(Flavour::Test)?.none());
    let web = report.step("web part, as tests use it", || web::build(Flavour::Test).map(|_| ()));
    if let Some(native) = native {
        report.step("native part, read by clippy", || native_part(native));
    }
    if tools && web {
        report.tests("tests", cargo_tests);
        report.tests("documentation tests", cargo_doc_tests);
        report.end_to_end(ci);
    } else {
        report.failures.push("nothing native was tried: the window needs the web part".into());
    }

    println!("\n── everything took {}", minutes(started));
    say_space_left();
    for skip in &report.skips {
        println!("skipped: {skip}");
    }
    for failure in &report.failures {
        println!("failed: {failure}");
    }
    let Count { passed, failed, skipped } = report.count;
    let green = report.failures.is_empty() && failed == 0 && !(ci && skipped > 0);
    println!("{passed} passed, {failed} failed, {skipped} skipped");
    if green {
        Ok(())
    } else if ci && skipped > 0 {
        Err(Failure::new("not green: in CI nothing may be skipped"))
    } else {
        Err(Failure::new("not green"))
    }
}

/// A full disk makes the compiler fail in words that hide why: what is left is said where the run begins and ends.
fn say_space_left() {
    if let Some(said) = answer(Command::new("df").args(["-h", "--output=avail", "."]))
        && let Some(left) = said.lines().last()
    {
        println!("left on this disk: {}", left.trim());
    }
}

impl Report {
    /// Runs one step and says whether it went well.
    fn step(&mut self, name: &str, work: impl FnOnce() -> Result<(), Failure>) -> bool {
        self.tests(name, |_| work())
    }

    /// Runs one step that counts tests into the report.
    fn tests(&mut self, name: &str, work: impl FnOnce(&mut Self) -> Result<(), Failure>) -> bool {
        println!("\n── {name}");
        let started = Instant::now();
        let result = work(self);
        let took = minutes(started);
        match &result {
            Ok(()) => println!("── {name}: good, {took}"),
            Err(failure) => {
                println!("── {name}: FAILED, {took}: {failure}");
                self.failures.push(format!("{name}: {failure}"));
            }
        }
        result.is_ok()
    }

    /// The same scenarios in a real browser and in the real window.
    fn end_to_end(&mut self, ci: bool) {
        if let Err(failure) = tools::for_testing() {
            let why = format!("end to end: {failure}");
            if ci {
                self.failures.push(why);
            } else {
                self.skips.push(why);
            }
            return;
        }
        let built = self.step("desktop window", || desktop(Flavour::Test).map(|_| ()));
        if built {
            self.tests(END_TO_END, |report| scenarios(report, Stories::OfAWholeRun));
        }
    }

    /// Runs a command of libtest's, showing and counting what it says.
    fn count(&mut self, command: &mut Command) -> Result<(), Failure> {
        let mut child = command.stdout(Stdio::piped()).spawn().map_err(|error| not_started(command, &error))?;
        if let Some(output) = child.stdout.take() {
            for line in BufReader::new(output).split(b'\n') {
                let line = line.map_err(|error| Failure::new(format!("tests' output: {error}")))?;
                let line = String::from_utf8_lossy(&line);
                println!("{line}");
                self.hear(&line);
            }
        }
        let status = child.wait().map_err(|error| not_started(command, &error))?;
        if status.success() { Ok(()) } else { Err(Failure::new(format!("cargo test ended with {status}"))) }
    }

    /// Takes what one line of libtest's says into account.
    fn hear(&mut self, line: &str) {
        if let Some((name, why)) = ignored(line) {
            if !why.starts_with(END_TO_END) {
                self.count.skipped += 1;
                self.skips.push(format!("{name}: {why}"));
            }
        } else if let Some((passed, failed)) = totals(line) {
            self.count.passed += passed;
            self.count.failed += failed;
        }
    }
}

/// Waits for the native part, and shows what was printed meanwhile: between the lines of the web part nobody could read
/// either.
fn native_part(beside: JoinHandle<Result<Warnings, Failure>>) -> Result<(), Failure> {
    let ended = beside.join().map_err(|_| Failure::new("the native part stopped short"))?;
    print!("{}", std::fs::read_to_string(root().join(NATIVE_PART)).unwrap_or_default());
    ended?.none()
}

fn cargo_tests(report: &mut Report) -> Result<(), Failure> {
    // Other people's programs, for the tests that want them; what cannot be had is said by those.
    let _ = tools::for_testing();
    report.count(run::for_tests()?.args(["test", "--workspace", "--tests", "--no-fail-fast"]))
}

fn cargo_doc_tests(report: &mut Report) -> Result<(), Failure> {
    report.count(run::for_tests()?.args(["test", "--workspace", "--doc", "--no-fail-fast"]))
}

/// Which end-to-end stories are told, and where.
#[derive(Clone, Copy)]
enum Stories<'a> {
    /// Each once: those of screens alone in the browser only, each screen in the two sights that differ most, and without those
    /// that look at screens which others go through.
    OfAWholeRun,
    /// All of them, in the window too, and in every sight.
    All,
    /// Those whose name has this in it, as all.
    One(&'a str),
}

fn scenarios(report: &mut Report, stories: Stories<'_>) -> Result<(), Failure> {
    let before = report.count;
    let root = root();
    let pictures = root.join("target/pictures");
    let _ = std::fs::remove_file(pictures.join("times.tsv"));
    let mut command = run::for_tests()?;
    command.args(["test", "--workspace", "--test", "e2e", "--"]);
    match stories {
        Stories::OfAWholeRun => command.args(["--skip", "on_the_desktop_too", "--skip", "in_chromium_beside"]),
        Stories::All => command.env("MAILLON_E2E_EVERY_SIGHT", "1"),
        Stories::One(story) => command.env("MAILLON_E2E_EVERY_SIGHT", "1").arg(story),
    };
    let told = report.count(
        command
            // Each opens a browser or a window: two at once is what two cores bear.
            .args(["--ignored", "--test-threads", "2"])
            .env("MAILLON_E2E", "1")
            .env("MAILLON_E2E_XTASK", own_path()?)
            .env("MAILLON_E2E_WEB", root.join(Flavour::Test.folder()))
            .env("MAILLON_E2E_DESKTOP", root.join("target/debug/maillon-desktop"))
            .env("MAILLON_E2E_TAURI_DRIVER", tools::tauri_driver()?)
            .env("MAILLON_E2E_AXE", tools::axe()?)
            .env("MAILLON_E2E_PICTURES", &pictures),
    );
    say_slowest(&std::fs::read_to_string(pictures.join("times.tsv")).unwrap_or_default());
    if matches!(stories, Stories::OfAWholeRun) {
        println!(
            "not told: what looks at screens that other stories go through, and those in the window: cargo xtask test --e2e"
        );
    }
    told?;
    if report.count.passed == before.passed {
        return Err(Failure::new("no scenario was run"));
    }
    Ok(())
}

/// Where the time went, of lines that say how many seconds a story took and which.
fn say_slowest(times: &str) {
    let times = times.lines().filter_map(|line| line.split_once('\t'));
    let mut times: Vec<(f32, &str)> = times.filter_map(|(took, story)| Some((took.parse().ok()?, story))).collect();
    times.sort_by(|one, other| other.0.total_cmp(&one.0));
    println!("{} stories, {:.0} s; the longest:", times.len(), times.iter().map(|(took, _)| took).sum::<f32>());
    for (took, story) in times.iter().take(12) {
        println!("{took:6.1} s  {story}");
    }
}

/// The name and the reason in `test NAME ... ignored, REASON`.
fn ignored(line: &str) -> Option<(&str, &str)> {
    let (name, end) = line.strip_prefix("test ")?.split_once(" ... ignored")?;
    Some((name, end.strip_prefix(", ").unwrap_or("no reason given")))
}

/// How many passed and failed, in `test result: ok. 12 passed; 0 failed; …`.
fn totals(line: &str) -> Option<(u32, u32)> {
    let (_, counts) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let count = |what: &str| {
        let part = counts.split(';').find_map(|part| part.trim().strip_suffix(what));
        part.and_then(|number| number.trim().parse().ok())
    };
    Some((count(" passed")?, count(" failed")?))
}

fn minutes(since: Instant) -> String {
    let seconds = since.elapsed().as_secs_f32();
    if seconds < 60.0 {
        format!("{seconds:.1} s")
    } else {
        format!("{:.0} min {:02.0} s", (seconds / 60.0).floor(), (seconds % 60.0).floor())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(lines: &str) -> Report {
        let mut report = Report::default();
        lines.lines().for_each(|line| report.hear(line));
        report
    }

    #[test]
    fn libtests_lines_are_counted() {
        let report = heard(
            "running 3 tests\n\
             test vault::opens ... ok\n\
             test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 3 filtered out; finished in 0.1s\n\
             test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.1s",
        );
        assert_eq!(report.count, Count { passed: 13, failed: 2, skipped: 0 });
    }

    #[test]
    fn what_is_skipped_is_counted_with_its_reason_unless_a_later_step_runs_it() {
        let report = heard(
            "test first ... ignored, end to end: cargo xtask test\n\
             test second ... ignored, soak: hours\n\
             test third ... ignored",
        );
        assert_eq!(report.count, Count { passed: 0, failed: 0, skipped: 2 });
        assert_eq!(report.skips, ["second: soak: hours", "third: no reason given"]);
    }
}
