//! `cargo xtask run`: from a fresh clone to an open notebook.

use std::process::Command;

use crate::shell::{Failure, cargo, root, run_it};
use crate::web::{self, Flavour};
use crate::{serve, tools};

/// The port of the browser edition, the same each time: a browser keeps a notebook by address.
const PORT: u16 = 8460;

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
    if options.web || !has_display() {
        if options.demo {
            println!("the made-up commune is at the address below, followed by ?demo");
        }
        println!("the browser edition is at this address, until Ctrl+C:");
        return serve::serve(web, PORT);
    }
    let desktop = desktop(options.flavour)?;
    let mut desktop = Command::new(desktop);
    if options.demo {
        desktop.arg("--notebook").arg(demo()?);
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
pub fn desktop(flavour: Flavour) -> Result<std::path::PathBuf, Failure> {
    let mut build = cargo();
    build.args(["build", "-p", "maillon-desktop", "-p", "maillon-host", "--bins"]);
    let folder = match flavour {
        Flavour::Release => {
            build.arg("--release");
            "release"
        }
        Flavour::Test => "debug",
    };
    run_it(build.env("TAURI_CONFIG", window_config(flavour)))?;
    Ok(root().join("target").join(folder).join("maillon-desktop"))
}

/// Which web part the window carries. Commands that compile the window must agree, or it is compiled again.
pub fn window_config(flavour: Flavour) -> String {
    format!(r#"{{"build":{{"frontendDist":"../{}"}}}}"#, flavour.folder())
}

/// A notebook of a made-up commune, made anew; its passphrase is printed.
fn demo() -> Result<std::path::PathBuf, Failure> {
    let folder = root().join("target/demo");
    if folder.exists() {
        std::fs::remove_dir_all(&folder).map_err(|error| Failure::new(format!("{}: {error}", folder.display())))?;
    }
    run_it(cargo().args(["run", "--release", "-p", "maillon-tests", "--bin", "demo", "--"]).arg(&folder))?;
    Ok(folder)
}
