//! The window over the native host: it carries bytes between the screens and the engine's thread.
//!
//! It must never know what the bytes mean, hold a rule of the domain, or let the webview keep, ask
//! or send anything of its own: no history, no cache, no page but ours.

mod door;
mod files;
mod notebook;
mod preferences;
mod webview;

use tauri::RunEvent;

/// Opens the window and returns when it is closed. A phone starts here too.
#[cfg_attr(mobile, tauri::mobile_entry_point)]
pub fn run() {
    // A panic's message may hold what someone typed, and standard error ends up in journals.
    maillon_host::panics::say_only_where();
    let built = tauri::Builder::default()
        .setup(|app| {
            let folder = notebook::folder(app.handle(), std::env::args_os().skip(1))?;
            door::open(app.handle(), folder);
            preferences::manage(app.handle())?;
            webview::open(app.handle())?;
            Ok(())
        })
        .invoke_handler(tauri::generate_handler![door::door, door::listen, files::save_file, preferences::keep])
        .build(tauri::generate_context!());
    match built {
        Ok(app) => app.run(|app, event| {
            if matches!(event, RunEvent::Exit) {
                door::close(app);
            }
        }),
        Err(error) => {
            // Nothing of the notebook is in this message: no notebook has been opened yet.
            eprintln!("maillon: {error}");
            std::process::exit(1);
        }
    }
}
