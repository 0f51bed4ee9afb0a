//! The one window: our pages only, and nothing kept of them. A number to call, an address to write to or a site is handed
//! to the system's own programs.

use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, Url, WebviewUrl, WebviewWindowBuilder};

use crate::preferences;

/// Opens the window. Its title is the program's name, always: a title is seen by screen sharing,
/// task bars and crash reports.
pub fn open(app: &AppHandle) -> tauri::Result<()> {
    // Driven by tests, WebKitGTK shows the driver its default context alone, and an ephemeral one is
    // never the default. So tests see a profile on disk, which can only hold more than what users have.
    let driven = std::env::var("TAURI_WEBVIEW_AUTOMATION").is_ok_and(|value| value == "true");
    let window = WebviewWindowBuilder::new(app, "main", WebviewUrl::App("index.html".into()))
        .title("Maillon")
        .inner_size(1280.0, 800.0)
        .min_inner_size(360.0, 480.0)
        .incognito(!driven)
        .general_autofill_enabled(false)
        .initialization_script(preferences::script(app))
        .on_navigation(|url| {
            let ours = is_ours(url);
            if !ours && is_for_the_system(url) {
                hand_over(url);
            }
            ours
        })
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .build()?;
    #[cfg(target_os = "linux")]
    window.with_webview(|webview| forget(&webview.inner()))?;
    #[cfg(not(target_os = "linux"))]
    let _ = window;
    Ok(())
}

/// A link, a form or a dropped file leads nowhere else: the page that holds the notebook stays.
fn is_ours(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => true,
        // Windows and Android serve our pages under this name.
        "http" | "https" => url.host_str() == Some("tauri.localhost"),
        _ => false,
    }
}

/// What the system has programs for, and that only ever follows a tap: calling, writing, looking at a site.
fn is_for_the_system(url: &Url) -> bool {
    matches!(url.scheme(), "tel" | "mailto" | "https")
}

/// A system without such a program does nothing, and the number stays on the screen.
#[cfg(desktop)]
fn hand_over(url: &Url) {
    let _ = open::that_detached(url.as_str());
}

/// Phones' webviews hand these over themselves.
#[cfg(mobile)]
fn hand_over(_: &Url) {}

/// No spell-checker (some send text away), no copy of a page left behind once it is gone.
#[cfg(target_os = "linux")]
fn forget(view: &webkit2gtk::WebView) {
    use webkit2gtk::{CacheModel, SettingsExt as _, WebContextExt as _, WebViewExt as _};
    if let Some(context) = view.context() {
        context.set_spell_checking_enabled(false);
        context.set_cache_model(CacheModel::DocumentViewer);
    }
    if let Some(settings) = view.settings() {
        settings.set_enable_page_cache(false);
        settings.set_enable_dns_prefetching(false);
        settings.set_enable_media_stream(false);
        settings.set_enable_webrtc(false);
        settings.set_enable_webgl(false);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "the addresses are written here")]
    use super::*;

    #[test]
    fn the_window_shows_our_pages_only() {
        for (url, ours) in [
            ("tauri://localhost/personnes", true),
            ("http://tauri.localhost/", true),
            ("https://example.org/", false),
            ("file:///etc/passwd", false),
            ("tel:+33490000000", false),
        ] {
            assert_eq!(is_ours(&Url::parse(url).unwrap()), ours, "{url}");
        }
    }

    #[test]
    fn the_system_is_handed_calls_letters_and_sites_and_never_a_file_or_a_script() {
        for (url, handed) in [
            ("tel:+33490000000", true),
            ("mailto:accueil@example.org", true),
            ("https://example.org/", true),
            ("http://example.org/", false),
            ("file:///etc/passwd", false),
            ("javascript:alert(1)", false),
            ("smb://example.org/", false),
        ] {
            assert_eq!(is_for_the_system(&Url::parse(url).unwrap()), handed, "{url}");
        }
    }
}
