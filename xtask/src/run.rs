//! `cargo xtask run`: from a fresh clone to an open notebook.

use std::fs::File;
use std::path::PathBuf;
use std::process::Command;

use crate::lint::{self, Warnings};
use crate::serve::{Site, serve};
use crate::shell::{Failure, about, cargo, root, run_it};
use crate::tools;
use crate::web::{self, Flavour};

/// The port of the browser edition, the same each time: a browser keeps a notebook by address.
const PORT: u16 = 8460;
/// The made-up commune has an address of its own, where nobody's notebook is.
const DEMO_PORT: u16 = 8461;

struct Options {
    web: bool,
    demo: bool,
    flavour: Flavour,
}

/// Builds what is asked for and opens it.
pub fn run(options: &[&str]) -> Result<(), Failure> {
    let options = read(options)?;
    tools::for_building()?;
    let web = web::build(options.flavour)?;
    let demo = if options.demo { Some(demo()?) } else { None };
    if options.web || !has_display() {
        println!("the browser edition is at this address, until Ctrl+C:");
        let port = if demo.is_some() { DEMO_PORT } else { PORT };
        return serve(Site { folder: web, demo: demo.map(|demo| demo.join("demo.maillon")) }, port);
    }
    let desktop = desktop(options.flavour)?;
    let mut desktop = Command::new(desktop);
    if let Some(demo) = &demo {
        desktop.arg("--notebook").arg(demo.join("notebook"));
    }
    println!("opening Maillon");
    run_it(&mut desktop)
}

fn read(options: &[&str]) -> Result<Options, Failure> {
    let mut read = Options { web: false, demo: false, flavour: Flavour::Release };
    for option in options {
        match *option {
            "--web" => read.web = true,
            "--demo" => read.demo = true,
            "--quick" => read.flavour = Flavour::Test,
            other => return Err(Failure::new(format!("run takes --web, --demo or --quick, not {other}"))),
        }
    }
    Ok(read)
}

fn has_display() -> bool {
    cfg!(not(target_os = "linux"))
        || ["DISPLAY", "WAYLAND_DISPLAY"]
            .iter()
            .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

/// Compiles the window over a web part already built, and returns the program's path.
pub fn desktop(flavour: Flavour) -> Result<PathBuf, Failure> {
    let folder = match flavour {
        Flavour::Release => {
            run_it(
                cargo()
                    .args(["build", "--release", "-p", "maillon-desktop", "-p", "maillon-host", "--bins"])
                    .env("TAURI_CONFIG", window_config(flavour.folder())),
            )?;
            "release"
        }
        Flavour::Test => {
            let _ = compile_tests()?;
            "debug"
        }
    };
    Ok(root().join("target").join(folder).join("maillon-desktop"))
}

/// Compiles all that is native, tests and their window, over the web part that tests use; read by Clippy.
fn compile_tests() -> Result<Warnings, Failure> {
    lint::build(&mut everything_native()?, &mut std::io::stderr())
}

/// The same before there is a web part, while it is made: the window carries an empty one, and is all that has to be
/// compiled again. What it prints goes to that file.
pub fn compile_without_web_part(log: &str) -> Result<Warnings, Failure> {
    let empty = "target/web-dist/none";
    let folder = root().join(empty);
    about(&folder, std::fs::create_dir_all(&folder))?;
    about(&folder, std::fs::write(folder.join("index.html"), "<!doctype html>"))?;
    let log = root().join(log);
    let mut file = about(&log, File::create(&log))?;
    let progress = about(&log, file.try_clone())?;
    lint::build(everything_native()?.env("TAURI_CONFIG", window_config(empty)).stderr(progress), &mut file)
}

fn everything_native() -> Result<Command, Failure> {
    let mut cargo = for_tests()?;
    // The page's own program is compiled for pages alone: here, only its tests.
    cargo.args(["build", "--workspace", "--tests", "--bin", "maillon-desktop"]);
    Ok(cargo)
}

/// Cargo, for everything that compiles tests or the window that they drive: each compiles the whole workspace, in one
/// way. Cargo chooses the dependencies' features by what it is asked for, and compiles them anew for each other choice.
pub fn for_tests() -> Result<Command, Failure> {
    let mut cargo = cargo();
    lint::read_by_clippy(&mut cargo)?;
    cargo.env("TAURI_CONFIG", window_config(Flavour::Test.folder()));
    Ok(cargo)
}

/// Which web part the window carries. Commands that compile the window must agree, or it is compiled again.
fn window_config(web: &str) -> String {
    format!(r#"{{"build":{{"frontendDist":"../{web}"}}}}"#)
}

/// Makes the made-up commune's notebook anew, and says what opens it. The folder holds the window's `notebook` and
/// `demo.maillon`, the same as a backup, which the page restores.
fn demo() -> Result<PathBuf, Failure> {
    let folder = root().join("target/demo");
    web::remove(&folder)?;
    about(&folder, std::fs::create_dir_all(&folder))?;
    run_it(
        cargo()
            .args(["run", "--release", "-p", "maillon-tests", "--bin", "demo", "--"])
            .arg(folder.join("notebook"))
            .arg("--backup")
            .arg(folder.join("demo.maillon")),
    )?;
    Ok(folder)
}
