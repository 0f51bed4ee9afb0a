//! A small server of the built web part, on this machine only, with the headers that a real one should send.

use std::fs::File;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use tiny_http::{Header, Method, Request, Response, Server, StatusCode};

use crate::shell::Failure;
use crate::web::POLICY;

/// A browser opens a handful of connections at once.
const THREADS: usize = 6;
/// Where the screens look for the made-up commune, when their address asks for it.
const DEMO: &str = "/demo.maillon";

/// What is served.
pub struct Site {
    /// A built web part.
    pub folder: PathBuf,
    /// The made-up commune's backup, beside the pages; it is no part of what is built.
    pub demo: Option<PathBuf>,
}

/// Serves until killed; the first line it prints is its address. Port 0 is any free one.
pub fn serve(site: Site, port: u16) -> Result<(), Failure> {
    if !site.folder.join("index.html").is_file() {
        return Err(Failure::new(format!("{} holds no built web part", site.folder.display())));
    }
    let server = Server::http(("127.0.0.1", port))
        .map_err(|error| Failure::new(format!("cannot serve on port {port}: {error}")))?;
    let Some(address) = server.server_addr().to_ip() else {
        return Err(Failure::new("the server has no address"));
    };
    println!("http://{address}/{}", if site.demo.is_some() { "?demo" } else { "" });
    let server = Arc::new(server);
    let site = Arc::new(site);
    let threads: Vec<_> = (0..THREADS)
        .map(|_| {
            let (server, site) = (Arc::clone(&server), Arc::clone(&site));
            std::thread::spawn(move || {
                while let Ok(request) = server.recv() {
                    // A browser that left before the end of an answer is no trouble.
                    let _ = answer(request, &site);
                }
            })
        })
        .collect();
    for thread in threads {
        let _ = thread.join();
    }
    Ok(())
}

fn answer(request: Request, site: &Site) -> std::io::Result<()> {
    if !matches!(request.method(), Method::Get | Method::Head) {
        return request.respond(Response::empty(StatusCode(405)));
    }
    let Some(file) = site.file_for(request.url()) else {
        return request.respond(Response::from_string("not found").with_status_code(404));
    };
    let response = Response::from_file(File::open(&file)?);
    let response = headers(&site.folder, &file).into_iter().fold(response, Response::with_header);
    request.respond(response)
}

impl Site {
    fn file_for(&self, url: &str) -> Option<PathBuf> {
        match &self.demo {
            Some(backup) if url == DEMO => Some(backup.clone()),
            _ => file_for(&self.folder, url),
        }
    }
}

/// The file of an address; an address without an extension is a screen's, and they share one page.
fn file_for(folder: &Path, url: &str) -> Option<PathBuf> {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let path = Path::new(path.trim_start_matches('/'));
    if !path.components().all(|part| matches!(part, Component::Normal(_))) {
        return None;
    }
    let file = folder.join(path);
    if file.is_file() {
        Some(file)
    } else if path.extension().is_none() {
        Some(folder.join("index.html"))
    } else {
        None
    }
}

fn headers(folder: &Path, file: &Path) -> Vec<Header> {
    let inside = file.strip_prefix(folder).unwrap_or(file);
    let keep = if is_named_after_content(inside) { "public, max-age=31536000, immutable" } else { "no-store" };
    // What a page may do cannot all be said in the page itself: who may frame it, and its devices.
    let policy = format!("{POLICY}; frame-ancestors 'none'");
    [
        ("content-type", kind(file)),
        ("content-security-policy", &policy),
        ("cache-control", keep),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("permissions-policy", "camera=(), microphone=(), geolocation=()"),
    ]
    .into_iter()
    .filter_map(|(name, value)| Header::from_bytes(name, value).ok())
    .collect()
}

/// `app-0123456789abcdef/…` and `style-0123456789abcdef.css` never change.
fn is_named_after_content(inside: &Path) -> bool {
    let first = inside.iter().next().map(|part| part.to_string_lossy()).unwrap_or_default();
    let stem = first.split('.').next().unwrap_or_default();
    stem.rsplit_once('-').is_some_and(|(_, hash)| hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn kind(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("json") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("png") => "image/png",
        Some("svg") => "image/svg+xml",
        Some("txt" | "csv" | "tsv") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot write has failed")]
    use super::*;

    #[test]
    fn a_screens_address_is_the_page_and_nothing_leads_out_of_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        std::fs::create_dir(folder.join("app-0123456789abcdef")).unwrap();
        std::fs::write(folder.join("index.html"), "").unwrap();
        std::fs::write(folder.join("app-0123456789abcdef/app.js"), "").unwrap();
        for (url, expected) in [
            ("/", Some("index.html")),
            ("/personnes/1?demo", Some("index.html")),
            ("/app-0123456789abcdef/app.js?x", Some("app-0123456789abcdef/app.js")),
            ("/app-0123456789abcdef/other.js", None),
            ("/../Cargo.toml", None),
            ("//etc/passwd", Some("index.html")),
        ] {
            assert_eq!(file_for(folder, url), expected.map(|file| folder.join(file)), "{url}");
        }
    }

    #[test]
    fn the_made_up_commune_is_beside_the_pages_only_where_it_is_asked_for() {
        let site = |demo| Site { folder: PathBuf::from("no such folder"), demo };
        let backup = PathBuf::from("demo/demo.maillon");
        assert_eq!(site(Some(backup.clone())).file_for(DEMO), Some(backup));
        assert_eq!(site(None).file_for(DEMO), None);
    }

    #[test]
    fn only_what_is_named_after_its_content_is_kept_for_ever() {
        for (file, kept) in [
            ("app-0123456789abcdef/app_bg.wasm", true),
            ("style-0123456789abcdef.css", true),
            ("index.html", false),
            ("service-worker.js", false),
            ("icons/icon-192.png", false),
        ] {
            assert_eq!(is_named_after_content(Path::new(file)), kept, "{file}");
        }
    }
}
