//! The project's chores. `cargo xtask` alone lists them.
//!
//! Everything that a fresh machine needs is installed from here, so that two commands are enough:
//! `cargo xtask run` and `cargo xtask test`. It never touches a notebook.

#![allow(clippy::print_stdout, reason = "a chore talks to whoever started it")]

mod dist;
mod lint;
mod parts;
mod run;
mod serve;
mod shell;
mod soak;
mod test;
mod tools;
mod web;

use std::process::ExitCode;

use shell::{Failure, cargo, run_it};

const USAGE: &str = "\
usage: cargo xtask CHORE

  run [--web] [--demo] [--quick]   build, and open the desktop app; without a display, or with --web,
                                   serve the browser edition on this machine and print its address
                                   (--demo: a made-up commune; --quick: the build that tests use)
  test                             everything that must be green
  test --e2e [STORY]               the end-to-end stories only, or one: in the window too where `test` tells them in the
                                   browser alone, and each screen in every sight
  bench --json FILE                measure, and write the figures to FILE
  soak MINUTES                     the tests that need hours
  dist                             the .deb and the browser edition, in dist/
  web [--test]                     build the web part only
  serve FOLDER [--port PORT] [--demo BACKUP]
                                   serve a built web part on this machine (--demo: and, beside it,
                                   the backup that a page opened with `?demo` begins with)";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match chore(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\nxtask: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn chore(arguments: &[&str]) -> Result<(), Failure> {
    match arguments {
        ["run", options @ ..] => run::run(options),
        ["test"] => test::test(),
        ["test", "--e2e"] => test::end_to_end(None),
        ["test", "--e2e", story] => test::end_to_end(Some(story)),
        ["bench", "--json", file] => bench(file),
        ["soak", minutes] => soak::soak(minutes),
        ["dist"] => dist::dist(),
        ["web"] => web::build(web::Flavour::Release).map(|_| ()),
        ["web", "--test"] => web::build(web::Flavour::Test).map(|_| ()),
        ["serve", folder, options @ ..] => serve(folder, options),
        [] | ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            Ok(())
        }
        _ => Err(Failure::new(format!("no such chore\n\n{USAGE}"))),
    }
}

fn serve(folder: &str, options: &[&str]) -> Result<(), Failure> {
    let mut site = serve::Site { folder: folder.into(), demo: None };
    let mut port = 0;
    for option in options.chunks(2) {
        match *option {
            ["--port", chosen] => {
                port = chosen.parse().map_err(|_| Failure::new(format!("{chosen} is no port")))?;
            }
            ["--demo", backup] => site.demo = Some(backup.into()),
            _ => {
                return Err(Failure::new(format!(
                    "serve takes --port PORT and --demo BACKUP, not {}",
                    option.join(" ")
                )));
            }
        }
    }
    serve::serve(site, port)
}

/// The figures come from a release build: those of any other would be of nobody's program.
fn bench(file: &str) -> Result<(), Failure> {
    if !shell::root().join("tests/src/bin/bench.rs").exists() {
        return Err(Failure::new("there is no bench yet (tests/src/bin/bench.rs)"));
    }
    let file = std::path::absolute(file).map_err(|error| Failure::new(format!("{file}: {error}")))?;
    tools::for_building()?;
    tools::for_testing()?;
    let web = web::build(web::Flavour::Release)?;
    run_it(
        cargo()
            .args(["run", "--release", "-p", "maillon-tests", "--bin", "bench", "--"])
            .arg("--json")
            .arg(file)
            .env("MAILLON_E2E_WEB", web)
            .env("MAILLON_E2E_XTASK", shell::own_path()?),
    )
}
