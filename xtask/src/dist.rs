//! `cargo xtask dist`: what is given to users, in `dist/`: a Debian package of the desktop program and of the
//! command line, and the browser edition as files that any static server can serve.
//!
//! Two runs on one commit give the same bytes, as far as the compiler does.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::desktop;
use crate::shell::{Failure, about, answer, root, run_it};
use crate::tools;
use crate::web::{self, Flavour, POLICY};

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Makes both in `dist/`.
pub fn dist() -> Result<(), Failure> {
    tools::for_building()?;
    let dist = root().join("dist");
    about(&dist, std::fs::create_dir_all(&dist))?;
    let web = web::build(Flavour::Release)?;
    let edition = browser_edition(&web, &dist)?;
    let window = desktop(Flavour::Release)?;
    let package = debian_package(&window, &dist)?;
    println!();
    for made in [edition, package] {
        let size = about(&made, std::fs::metadata(&made))?.len();
        println!("{} ({} kB)", made.display(), size.div_ceil(1024));
    }
    Ok(())
}

/// The seconds of the last commit: files made from one source have one date.
fn date() -> String {
    answer(Command::new("git").args(["log", "-1", "--format=%ct"]).current_dir(root())).unwrap_or_else(|| "0".into())
}

fn browser_edition(web: &Path, dist: &Path) -> Result<PathBuf, Failure> {
    let name = format!("maillon-web-{VERSION}");
    let stage = anew(&root().join("target/dist-web"))?;
    let inside = stage.join(&name);
    web::copy_tree(web, &inside.join("site"))?;
    put(&inside.join("LISEZMOI.txt"), serving_notes(), 0o644)?;
    put(&inside.join("LICENSE"), read(&root().join("LICENSE"))?, 0o644)?;
    let archive = dist.join(format!("{name}.tar.gz"));
    run_it(
        Command::new("tar")
            .args(["--sort=name", "--owner=0", "--group=0", "--numeric-owner", "--mode=u=rwX,go=rX"])
            .arg(format!("--mtime=@{}", date()))
            .arg("-czf")
            .arg(&archive)
            .arg("-C")
            .arg(&stage)
            .arg(&name),
    )?;
    Ok(archive)
}

/// For whoever puts the browser edition on a server.
fn serving_notes() -> String {
    format!(
        "Maillon {VERSION}, édition pour navigateur\n\n\
         Servez le dossier site/ en https, à la racine d'un nom qui ne sert qu'à cela.\n\
         Une adresse inconnue sans extension doit rendre index.html.\n\
         En-têtes à envoyer avec chaque fichier :\n\n\
         \x20 Content-Security-Policy: {POLICY}; frame-ancestors 'none'\n\
         \x20 X-Content-Type-Options: nosniff\n\
         \x20 Referrer-Policy: no-referrer\n\
         \x20 Cross-Origin-Opener-Policy: same-origin\n\
         \x20 Permissions-Policy: camera=(), microphone=(), geolocation=()\n\n\
         Cache-Control: no-store pour index.html et service-worker.js ; les noms qui portent\n\
         une empreinte (app-…, worker-…, style-…, data-…) ne changent jamais.\n\n\
         ──\n\n\
         Maillon {VERSION}, browser edition\n\n\
         Serve the folder site/ over https, at the root of a name used for nothing else.\n\
         An unknown address without an extension must give index.html. Send the headers above\n\
         with every file, and no-store for index.html and service-worker.js.\n"
    )
}

fn debian_package(window: &Path, dist: &Path) -> Result<PathBuf, Failure> {
    let architecture = answer(Command::new("dpkg").arg("--print-architecture"))
        .ok_or_else(|| Failure::new("a Debian package is made on Debian or Ubuntu: dpkg is missing"))?;
    let stage = anew(&root().join("target/dist-deb"))?;
    let programs = window.parent().unwrap_or(window);
    for (built, installed) in [("maillon-desktop", "maillon-desktop"), ("maillon", "maillon")] {
        let to = stage.join("usr/bin").join(installed);
        put(&to, read(&programs.join(built))?, 0o755)?;
    }
    put(&stage.join("usr/share/applications/maillon.desktop"), DESKTOP_ENTRY, 0o644)?;
    for (size, icon) in
        [("32x32", "32x32.png"), ("128x128", "128x128.png"), ("256x256", "128x128@2x.png"), ("512x512", "icon.png")]
    {
        let to = stage.join(format!("usr/share/icons/hicolor/{size}/apps/maillon.png"));
        put(&to, read(&root().join("src-tauri/icons").join(icon))?, 0o644)?;
    }
    put(&stage.join("usr/share/doc/maillon/copyright"), read(&root().join("LICENSE"))?, 0o644)?;
    let kilobytes = web::files(&stage)?
        .iter()
        .filter_map(|file| std::fs::metadata(file).ok())
        .map(|file| file.len().div_ceil(1024))
        .sum();
    put(&stage.join("DEBIAN/control"), control(&architecture, kilobytes), 0o644)?;
    let package = dist.join(format!("maillon_{VERSION}_{architecture}.deb"));
    run_it(
        Command::new("dpkg-deb")
            .args(["--root-owner-group", "--build"])
            .arg(&stage)
            .arg(&package)
            .env("SOURCE_DATE_EPOCH", date()),
    )?;
    Ok(package)
}

const DESKTOP_ENTRY: &str = "\
[Desktop Entry]
Type=Application
Name=Maillon
GenericName=Health coordination notebook
GenericName[fr]=Carnet de coordination de santé
Comment=The encrypted notebook of a village's health coordinator
Comment[fr]=Le carnet chiffré de la coordination de santé d'un village
Exec=maillon-desktop
Icon=maillon
Terminal=false
Categories=Office;
StartupNotify=true
";

/// The libraries are those that the window links; the C library no older than the one it was built with.
fn control(architecture: &str, kilobytes: u64) -> String {
    let c_library = answer(Command::new("getconf").arg("GNU_LIBC_VERSION"))
        .and_then(|said| said.split_whitespace().last().map(str::to_owned))
        .map_or_else(|| "libc6".to_owned(), |version| format!("libc6 (>= {version})"));
    format!(
        "Package: maillon\n\
         Version: {VERSION}\n\
         Architecture: {architecture}\n\
         Maintainer: Maillon <maillon@localhost>\n\
         Installed-Size: {kilobytes}\n\
         Depends: {c_library}, libwebkit2gtk-4.1-0, libgtk-3-0 | libgtk-3-0t64\n\
         Section: misc\n\
         Priority: optional\n\
         Description: encrypted notebook of a village's health coordinator\n\
         \x20A notebook that works with no network, never loses a word, and keeps what it\n\
         \x20holds encrypted. It brings a window (maillon-desktop) and a command line (maillon).\n"
    )
}

/// An empty folder in place of whatever was there.
fn anew(folder: &Path) -> Result<PathBuf, Failure> {
    web::remove(folder)?;
    about(folder, std::fs::create_dir_all(folder))?;
    Ok(folder.to_path_buf())
}

fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    about(file, std::fs::read(file))
}

fn put(file: &Path, content: impl AsRef<[u8]>, mode: u32) -> Result<(), Failure> {
    if let Some(folder) = file.parent() {
        about(folder, std::fs::create_dir_all(folder))?;
    }
    about(file, std::fs::write(file, content))?;
    #[cfg(unix)]
    about(file, std::fs::set_permissions(file, std::os::unix::fs::PermissionsExt::from_mode(mode)))?;
    #[cfg(not(unix))]
    let _ = mode;
    Ok(())
}
