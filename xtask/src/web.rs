//! Builds the web part: cargo, then wasm-bindgen as a library, then the files that a browser or the window loads.
//!
//! Whatever can change stands in a folder named after its content, so that a browser may keep it for
//! ever and never mixes two builds; only the page, the manifest, the icons and the service worker have
//! fixed names. The result is whole or absent: it is made beside, then put in place.

use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};
use wasm_bindgen_cli_support::Bindgen;

use crate::lint::{self, Warnings};
use crate::parts::take_apart;
use crate::shell::{Failure, about, root};
use crate::tools;

/// What pages may do, in every host; `tauri.conf.json` says the same and a test compares them.
pub const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' blob: data:; worker-src 'self'; connect-src 'self' ipc: http://ipc.localhost; \
    manifest-src 'self'; form-action 'none'; base-uri 'none'";

/// For users, small; or for tests, soon.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Flavour {
    /// What users load.
    Release,
    /// The same code, built in a fraction of the time.
    Test,
}

impl Flavour {
    /// The cargo profile.
    pub fn profile(self) -> &'static str {
        match self {
            Flavour::Release => "web",
            Flavour::Test => "web-test",
        }
    }

    /// What the tests' build has besides: the suite that every store passes, to be run in a real browser.
    pub fn features(self) -> &'static [&'static str] {
        match self {
            Flavour::Release => &[],
            Flavour::Test => &["--features", "maillon-worker/contract"],
        }
    }

    /// Where the built files are, from the workspace's folder.
    pub fn folder(self) -> &'static str {
        match self {
            Flavour::Release => "target/web-dist/release",
            Flavour::Test => "target/web-dist/test",
        }
    }
}

/// One wasm and how it is started.
struct Program {
    /// The package's file, without its extension.
    built: &'static str,
    /// Its name in the page: `NAME.js`, `NAME_bg.wasm`, and `app/boot/NAME.js` which starts it.
    name: &'static str,
    /// Whether some of it is loaded apart.
    in_parts: bool,
}

const PROGRAMS: [Program; 2] = [
    Program { built: "maillon-app", name: "app", in_parts: true },
    Program { built: "maillon_worker", name: "worker", in_parts: false },
];

/// Builds everything and returns the folder that holds it.
pub fn build(flavour: Flavour) -> Result<PathBuf, Failure> {
    let _ = compile(flavour)?;
    let place = root().join(flavour.folder());
    let beside = place.with_extension("new");
    remove(&beside)?;
    about(&beside, std::fs::create_dir_all(&beside))?;
    assemble(flavour, &beside)?;
    remove(&place)?;
    about(&place, std::fs::rename(&beside, &place))?;
    println!("web part in {}", flavour.folder());
    Ok(place)
}

/// Compiles both programs; for tests, read by Clippy.
pub fn compile(flavour: Flavour) -> Result<Warnings, Failure> {
    let mut cargo = tools::wasm_cargo()?;
    cargo
        .args(["build", "--target", tools::WASM, "--target-dir", "target/web"])
        .args(["--profile", flavour.profile(), "-p", "maillon-app", "-p", "maillon-worker"])
        .args(flavour.features());
    if flavour == Flavour::Test && tools::wasm_is_ours()? {
        lint::read_by_clippy(&mut cargo)?;
    }
    lint::build(&mut cargo, &mut std::io::stderr())
}

fn assemble(flavour: Flavour, dist: &Path) -> Result<(), Failure> {
    let app = root().join("app");
    let [screens, engine] = &PROGRAMS;
    let screens = program(flavour, screens, dist)?;
    let engine = program(flavour, engine, dist)?;
    let style = style(&app.join("styles"), dist)?;
    let data = data(&app.join("data"), dist)?;

    copy_tree(&app.join("icons"), &dist.join("icons"))?;
    let manifest = app.join("manifest.webmanifest");
    write(&dist.join("manifest.webmanifest"), &read(&manifest)?)?;

    let page = page(
        &text(&app.join("index.html"))?,
        &Links { screens: &screens, engine: &engine, style: &style, data: &data },
    )?;
    write(&dist.join("index.html"), page.as_bytes())?;
    service_worker(&app.join("boot/service-worker.js"), dist)
}

/// What the page must know of the rest, as addresses from the root.
struct Links<'a> {
    screens: &'a str,
    engine: &'a str,
    style: &'a str,
    data: &'a str,
}

fn page(template: &str, links: &Links<'_>) -> Result<String, Failure> {
    let Links { screens, engine, style, data } = links;
    let policy = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">");
    let links = format!(
        "<meta name=\"maillon-worker\" content=\"/{engine}/boot.js\">\n    \
         <meta name=\"maillon-data\" content=\"/{data}/\">\n    \
         <link rel=\"stylesheet\" href=\"/{style}\">\n    \
         <link rel=\"modulepreload\" href=\"/{screens}/app.js\">\n    \
         <script type=\"module\" src=\"/{screens}/boot.js\"></script>"
    );
    let mut page = template.to_owned();
    for (name, content) in [("policy", policy), ("links", links)] {
        let mark = format!("<!-- {name}: filled in by `cargo xtask` -->");
        if page.matches(&mark).count() != 1 {
            return Err(Failure::new(format!("app/index.html must hold, once: {mark}")));
        }
        page = page.replace(&mark, &content);
    }
    Ok(page)
}

/// Puts one program in `NAME-HASH/` and returns that folder's name.
fn program(flavour: Flavour, program: &Program, dist: &Path) -> Result<String, Failure> {
    let built = root().join("target/web").join(tools::WASM).join(flavour.profile());
    let mut wasm = built.join(format!("{}.wasm", program.built));
    let making = dist.join(program.name);
    if program.in_parts {
        let rest = built.join(format!("{}-without-parts.wasm", program.built));
        take_apart(flavour, &wasm, &format!("{}.js", program.name), &rest, &making)?;
        wasm = rest;
    }
    Bindgen::new()
        .input_path(&wasm)
        .out_name(program.name)
        .web(true)
        .and_then(|bindgen| {
            bindgen
                .typescript(false)
                .remove_producers_section(true)
                // Names are for reading a crash in a test; users would only load them.
                .remove_name_section(flavour == Flavour::Release)
                .demangle(flavour == Flavour::Test)
                // Parts call the program through its table of functions.
                .keep_lld_exports(program.in_parts)
                .generate(&making)
        })
        .map_err(|error| Failure::new(format!("wasm-bindgen, {}: {error:#}", wasm.display())))?;
    let boot = root().join(format!("app/boot/{}.js", program.name));
    write(&making.join("boot.js"), &read(&boot)?)?;
    named_after_content(dist, program.name)
}

/// All style sheets as one, in the order of their names: the layers are declared in the first.
fn style(folder: &Path, dist: &Path) -> Result<String, Failure> {
    let mut sheet = String::new();
    for file in files(folder)? {
        if file.extension().is_some_and(|extension| extension == "css") {
            sheet.push_str(&text(&file)?);
            sheet.push('\n');
        }
    }
    let name = format!("style-{}.css", short_hash(sheet.as_bytes()));
    write(&dist.join(&name), sheet.as_bytes())?;
    Ok(name)
}

/// Data files that a host serves, such as the list of communes: never inside a wasm.
fn data(folder: &Path, dist: &Path) -> Result<String, Failure> {
    copy_tree(folder, &dist.join("data"))?;
    named_after_content(dist, "data")
}

/// Writes the service worker, which lists every other file.
fn service_worker(source: &Path, dist: &Path) -> Result<(), Failure> {
    let mut list = String::new();
    let mut hash = Sha256::new();
    for file in files(dist)? {
        hash.update(read(&file)?);
        let address = address(dist, &file);
        if address != "/index.html" {
            list.push_str(&format!("  {address:?},\n"));
        }
    }
    let version = hex(&hash.finalize());
    let script = format!("const VERSION = {version:?};\nconst FILES = [\n{list}];\n\n{}", text(source)?);
    write(&dist.join("service-worker.js"), script.as_bytes())
}

/// The address of a file of the web part, from its root.
fn address(dist: &Path, file: &Path) -> String {
    let inside = file.strip_prefix(dist).unwrap_or(file);
    let parts = inside.iter().map(|part| part.to_string_lossy());
    parts.fold(String::new(), |address, part| address + "/" + &part)
}

/// Renames `dist/NAME` to `dist/NAME-HASH` and returns the new name.
fn named_after_content(dist: &Path, name: &str) -> Result<String, Failure> {
    let from = dist.join(name);
    let mut hash = Sha256::new();
    for file in files(&from)? {
        let content = read(&file)?;
        hash.update(address(&from, &file));
        hash.update(content.len().to_le_bytes());
        hash.update(content);
    }
    let named = format!("{name}-{}", hex(&hash.finalize()));
    about(&from, std::fs::rename(&from, dist.join(&named)))?;
    Ok(named)
}

fn short_hash(content: &[u8]) -> String {
    hex(&Sha256::digest(content))
}

/// Enough of a hash to tell builds apart.
fn hex(hash: &[u8]) -> String {
    hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// Every file under a folder, in the order of their paths, so that two builds of one source are equal.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in about(&folder, std::fs::read_dir(&folder))? {
            let entry = about(&folder, entry)?;
            let path = entry.path();
            // An editor's leavings are no part of the program.
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            match about(&path, entry.file_type())?.is_dir() {
                true => folders.push(path),
                false => found.push(path),
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Copies every file under a folder.
pub fn copy_tree(from: &Path, to: &Path) -> Result<(), Failure> {
    about(to, std::fs::create_dir_all(to))?;
    for file in files(from)? {
        let copy = to.join(file.strip_prefix(from).unwrap_or(&file));
        write(&copy, &read(&file)?)?;
    }
    Ok(())
}

fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    about(file, std::fs::read(file))
}

fn text(file: &Path) -> Result<String, Failure> {
    about(file, std::fs::read_to_string(file))
}

fn write(file: &Path, content: &[u8]) -> Result<(), Failure> {
    if let Some(folder) = file.parent() {
        about(folder, std::fs::create_dir_all(folder))?;
    }
    about(file, std::fs::write(file, content))
}

/// Removes a folder and all it holds, if it is there.
pub fn remove(folder: &Path) -> Result<(), Failure> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => about(folder, Err(error)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot read has failed")]
    use super::*;

    #[test]
    fn the_window_and_the_browser_have_one_policy() {
        let tauri = text(&root().join("src-tauri/tauri.conf.json")).unwrap();
        let tauri: serde_json::Value = serde_json::from_str(&tauri).unwrap();
        assert_eq!(tauri["app"]["security"]["csp"], POLICY);
    }

    #[test]
    fn the_page_carries_the_policy_and_no_script_of_its_own() {
        let template = text(&root().join("app/index.html")).unwrap();
        let links = Links { screens: "app-1", engine: "worker-2", style: "style-3.css", data: "data-4" };
        let page = page(&template, &links).unwrap();
        assert!(page.contains(POLICY));
        assert!(!page.contains("filled in by"));
        assert_eq!(page.matches("<script").count(), 1);
        assert!(page.contains("<script type=\"module\" src=\"/app-1/boot.js\"></script>"));
        assert!(!page.contains("<style") && !page.contains("style=\""));
    }

    #[test]
    fn a_folder_is_named_after_what_it_holds() {
        let named = |content: &[u8]| {
            let dist = tempfile::tempdir().unwrap();
            write(&dist.path().join("data/communes.txt"), content).unwrap();
            named_after_content(dist.path(), "data").unwrap()
        };
        assert_eq!(named(b"Mouries"), named(b"Mouries"));
        assert_ne!(named(b"Mouries"), named(b"Maussane"));
    }

    #[test]
    fn the_service_worker_lists_every_file_but_the_page() {
        let dist = tempfile::tempdir().unwrap();
        for file in ["index.html", "app-1/app.js", "icons/icon-192.png"] {
            write(&dist.path().join(file), b"x").unwrap();
        }
        service_worker(&root().join("app/boot/service-worker.js"), dist.path()).unwrap();
        let script = text(&dist.path().join("service-worker.js")).unwrap();
        assert!(script.contains("const FILES = [\n  \"/app-1/app.js\",\n  \"/icons/icon-192.png\",\n];"));
    }
}
