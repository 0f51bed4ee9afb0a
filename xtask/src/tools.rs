//! What the chores need and a fresh machine lacks: installed when one may, else named exactly.

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::shell::{Failure, answer, cargo, find, root, run_it};

/// The target of everything that runs in a page.
pub const WASM: &str = "wasm32-unknown-unknown";
/// Pinned: its options are part of how the tests drive the window.
const TAURI_DRIVER: &str = "2.1.0";
/// Pinned: a newer one may find more, which is a change to make on purpose.
const AXE: &str = "4.14.1";

/// One thing that must be on the machine, and the Debian or Ubuntu package that brings it.
struct Need {
    found: fn() -> bool,
    package: &'static str,
}

/// To compile everything, the desktop window included.
const BUILDING: &[Need] = &[
    Need { found: || find("cc").is_some(), package: "build-essential" },
    Need { found: || find("pkg-config").is_some(), package: "pkg-config" },
    Need { found: || library("webkit2gtk-4.1"), package: "libwebkit2gtk-4.1-dev" },
    Need { found: || library("gtk+-3.0"), package: "libgtk-3-dev" },
];

/// To drive a real browser and a real window, and to take pictures of them.
const TESTING: &[Need] = &[
    Need { found: || find("chromium").is_some(), package: "chromium" },
    Need { found: || find("chromedriver").is_some(), package: "chromium-driver" },
    Need { found: || find("Xvfb").is_some(), package: "xvfb" },
    Need { found: || find("WebKitWebDriver").is_some(), package: "webkit2gtk-driver" },
    Need { found: || find("import").is_some(), package: "imagemagick" },
    Need { found: || find("npm").is_some(), package: "npm" },
    // Opens what Maillon seals for a device.
    Need { found: || find("age").is_some(), package: "age" },
    // Makes the networks that tests have of their own. It is where not everyone looks.
    Need { found: || find("ip").is_some() || Path::new("/usr/sbin/ip").exists(), package: "iproute2" },
];

fn library(name: &str) -> bool {
    answer(Command::new("pkg-config").args(["--exists", name])).is_some()
}

/// Installs what compiling needs.
pub fn for_building() -> Result<(), Failure> {
    packages(BUILDING)?;
    wasm_target().map(|_| ())
}

/// Installs what the end-to-end tests need.
pub fn for_testing() -> Result<(), Failure> {
    packages(TESTING)?;
    tauri_driver()?;
    axe()?;
    Ok(())
}

/// Cargo for the wasm target: the one that called us, or Debian's where its target cannot be fetched.
pub fn wasm_cargo() -> Result<Command, Failure> {
    Ok(match wasm_target()? {
        WasmTarget::Ours => cargo(),
        WasmTarget::Debians { linker } => {
            let mut cargo = Command::new("/usr/bin/cargo");
            cargo.current_dir(root());
            cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
            cargo.env("RUSTC", "/usr/bin/rustc");
            cargo
        }
    })
}

/// Whether the wasm is compiled by the Rust that compiles the rest, which has Clippy beside it.
pub fn wasm_is_ours() -> Result<bool, Failure> {
    Ok(matches!(wasm_target()?, WasmTarget::Ours))
}

/// Where the standard library for wasm comes from.
enum WasmTarget {
    Ours,
    Debians { linker: String },
}

fn wasm_target() -> Result<WasmTarget, Failure> {
    let there = || {
        answer(Command::new("rustc").args(["--print", "target-libdir", "--target", WASM]))
            .and_then(|folder| std::fs::read_dir(folder).ok())
            .is_some_and(|files| files.flatten().any(|file| file.file_name().to_string_lossy().starts_with("libstd-")))
    };
    if there() {
        return Ok(WasmTarget::Ours);
    }
    println!("the wasm target is missing: rustup target add {WASM}");
    let added = run_it(Command::new("rustup").args(["target", "add", WASM]));
    if added.is_ok() && there() {
        return Ok(WasmTarget::Ours);
    }
    println!("rustup cannot add it: taking Debian's own Rust for the web part");
    let script = root().join(".ci/wasm-target-from-debian.sh");
    let said = answer(Command::new("bash").arg(script)).ok_or_else(|| {
        Failure::new(format!(
            "the wasm target is missing, and neither rustup nor Debian's packages give it; \
             with a network, type: rustup target add {WASM}"
        ))
    })?;
    match said.strip_prefix("linker=") {
        Some(linker) => Ok(WasmTarget::Debians { linker: linker.to_owned() }),
        None => Err(Failure::new(format!("no linker for wasm in: {said}"))),
    }
}

/// Installs what is missing of these, or says what to type.
fn packages(needs: &[Need]) -> Result<(), Failure> {
    let missing = missing(needs);
    if missing.is_empty() {
        return Ok(());
    }
    let line = format!("apt-get install --no-install-recommends {}", missing.join(" "));
    if find("apt-get").is_none() {
        return Err(Failure::new(format!("missing, under the names of Debian and Ubuntu: {}", missing.join(" "))));
    }
    let root = answer(Command::new("id").arg("-u")).is_some_and(|id| id == "0");
    // A password can only be typed at a terminal.
    let sudo = find("sudo").is_some()
        && (std::io::stdin().is_terminal() || answer(Command::new("sudo").args(["-n", "true"])).is_some());
    if !root && !sudo {
        return Err(Failure::new(format!("missing; as root, type: {line}")));
    }
    println!("installing {}", missing.join(" "));
    let apt = |arguments: &[&str]| {
        let mut command = Command::new(if root { "apt-get" } else { "sudo" });
        if !root {
            command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        }
        run_it(command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive"))
    };
    // An old list still often holds the packages: the install tells.
    let _ = apt(&["update", "-qq"]);
    let mut install = vec!["install", "-y", "-qq", "--no-install-recommends"];
    install.extend(&missing);
    apt(&install)?;
    let still = self::missing(needs);
    if still.is_empty() {
        Ok(())
    } else {
        Err(Failure::new(format!(
            "installed, and yet not found: {} (Ubuntu's Chromium is a snap, which its driver cannot open in a \
             folder of ours; type: {line})",
            still.join(" ")
        )))
    }
}

fn missing(needs: &[Need]) -> Vec<&'static str> {
    needs.iter().filter(|need| !(need.found)()).map(|need| need.package).collect()
}

/// The program that starts the desktop window under a driver.
pub fn tauri_driver() -> Result<PathBuf, Failure> {
    let folder = root().join("target/tools");
    let program = folder.join("bin/tauri-driver");
    let installed = folder.join(".crates.toml");
    let pinned = format!("\"tauri-driver {TAURI_DRIVER} ");
    let there = std::fs::read_to_string(&installed).is_ok_and(|list| list.contains(&pinned));
    if !(there && program.is_file()) {
        println!("installing tauri-driver {TAURI_DRIVER} in target/tools");
        // Its own target folder, kept: a second machine state must not compile it again.
        run_it(
            cargo()
                .args(["install", "tauri-driver", "--version", TAURI_DRIVER, "--locked", "--debug"])
                .arg("--root")
                .arg(&folder)
                .arg("--target-dir")
                .arg(folder.join("build")),
        )?;
    }
    Ok(program)
}

/// The accessibility checker that tests put into the page.
pub fn axe() -> Result<PathBuf, Failure> {
    let folder = root().join(format!("target/tools/axe-{AXE}"));
    let script = folder.join("node_modules/axe-core/axe.min.js");
    if !script.is_file() {
        println!("installing axe-core {AXE} in target/tools");
        std::fs::create_dir_all(&folder).map_err(|error| Failure::new(format!("{}: {error}", folder.display())))?;
        run_it(
            Command::new("npm")
                .args(["install", "--ignore-scripts", "--no-save", "--no-package-lock"])
                .args(["--no-audit", "--no-fund", "--loglevel", "error", "--prefix"])
                .arg(&folder)
                .arg(format!("axe-core@{AXE}")),
        )?;
    }
    Ok(script)
}
