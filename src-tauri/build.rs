//! Tells Tauri the commands of the window, so that each needs a permission (see `capabilities/`).

fn main() {
    let commands = tauri_build::AppManifest::new().commands(&["door", "listen", "save_file", "keep"]);
    if let Err(error) = tauri_build::try_build(tauri_build::Attributes::new().app_manifest(commands)) {
        panic!("the window's configuration is refused: {error:#}");
    }
}
