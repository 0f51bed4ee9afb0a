//! Measures Maillon and writes the figures: `bench --json FILE [--quick] [--native-only] [--no-x5] [--lists-only] [--papers-only]`.
//!
//! `cargo xtask bench --json FILE` builds the web edition first and says where it is. `--quick` does everything a few
//! times on a small notebook, to see that the bench works: its figures are worth nothing.

#![allow(clippy::print_stdout, reason = "a command speaks to whoever typed it")]

use std::path::{Path, PathBuf};
use std::time::Instant as Stopwatch;

use maillon_tests::bench::native::{self, Failed};
use maillon_tests::bench::{Effort, Machine, Report, chromium, lists, notebook, report as paper, sharing};
use maillon_tests::clock::today;
use maillon_tests::village::Village;

struct Options {
    json: PathBuf,
    quick: bool,
    in_chromium: bool,
    five_times: bool,
    /// Only the sizes and the long list, for whoever works on them.
    lists_only: bool,
    /// Only the sizes and the year's report on paper.
    papers_only: bool,
}

impl Options {
    fn effort(&self) -> Effort {
        if self.quick { Effort::QUICK } else { Effort::WHOLE }
    }

    /// How many people the long list has.
    fn crowd(&self) -> usize {
        if self.quick { 500 } else { 10_000 }
    }
}

fn main() -> Result<(), Failed> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [mode, dir, words] = arguments.as_slice()
        && mode == "--morning"
    {
        println!("{}", native::morning(Path::new(dir), Path::new(words))?);
        return Ok(());
    }
    let options = read(&arguments)?;
    // Beside what is built, which is on a real disk, as the system's folder for temporary files may not be.
    let folder = maillon_tests::house::root().join("target/bench");
    std::fs::create_dir_all(&folder)?;

    let mut report = Report { machine: Machine::this(), ..Report::default() };
    let measured = measure(&options, &folder, &mut report);
    std::fs::remove_dir_all(&folder)?;
    // What was measured is written, whatever failed afterwards.
    std::fs::write(&options.json, serde_json::to_string_pretty(&report)?)?;
    println!("{}", serde_json::to_string_pretty(&report)?);
    measured
}

fn read(arguments: &[String]) -> Result<Options, Failed> {
    let mut json = None;
    let mut options = Options {
        json: PathBuf::new(),
        quick: false,
        in_chromium: true,
        five_times: true,
        lists_only: false,
        papers_only: false,
    };
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--json" => json = arguments.next().map(PathBuf::from),
            "--quick" => options.quick = true,
            "--native-only" => options.in_chromium = false,
            "--no-x5" => options.five_times = false,
            "--lists-only" => options.lists_only = true,
            "--papers-only" => options.papers_only = true,
            other => {
                return Err(format!(
                    "bench takes --json FILE, --quick, --native-only, --no-x5, --lists-only or --papers-only, not {other}"
                )
                .into());
            }
        }
    }
    options.json = json.ok_or("bench --json FILE")?;
    Ok(options)
}

fn measure(options: &Options, folder: &Path, report: &mut Report) -> Result<(), Failed> {
    if options.in_chromium {
        chromium::weigh(&mut report.chromium)?;
        chromium::weigh(&mut report.chromium_x5)?;
    }
    if options.lists_only {
        return lists::measure(options.crowd(), options.effort(), &mut report.chromium);
    }
    if options.papers_only {
        return paper::measure(options.effort(), &mut report.chromium);
    }
    for times in if options.five_times { vec![1, 5] } else { vec![1] } {
        let began = Stopwatch::now();
        let village = if options.quick { Village::demo(1, today()) } else { Village::times(times, 1, today()) };
        let made = notebook::make(&village);
        println!("{} records made in {:.0} s", made.records, began.elapsed().as_secs_f32());
        let (native, in_browser) = match times {
            1 => (&mut report.native, &mut report.chromium),
            _ => (&mut report.native_x5, &mut report.chromium_x5),
        };
        *native = native::measure(&made, folder, options.effort())?;
        println!("natively: {native:?}");
        if times == 1 {
            report.sharing = sharing::measure(&made, folder, options.effort())?;
            println!("shared: {:?}", report.sharing);
        }
        if options.in_chromium {
            chromium::measure(&made, options.effort(), in_browser)?;
            if times == 1 {
                lists::measure(options.crowd(), options.effort(), in_browser)?;
                paper::measure(options.effort(), in_browser)?;
            }
            println!("in Chromium: {in_browser:?}");
        }
    }
    Ok(())
}
