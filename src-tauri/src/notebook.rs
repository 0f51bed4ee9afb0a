//! Which folder holds the notebook: `--notebook DIR`, else `MAILLON_NOTEBOOK`, else the user's data folder.

use std::ffi::OsString;
use std::path::PathBuf;

use tauri::Manager as _;

/// The folder asked for on the command line or in the environment, else the user's own.
pub fn folder(app: &tauri::AppHandle, arguments: impl Iterator<Item = OsString>) -> Result<PathBuf, tauri::Error> {
    match asked_for(arguments, std::env::var_os("MAILLON_NOTEBOOK")) {
        Some(folder) => Ok(folder),
        None => Ok(app.path().data_dir()?.join("maillon").join("notebook")),
    }
}

/// The command line wins over the environment; an empty value asks for nothing.
fn asked_for(mut arguments: impl Iterator<Item = OsString>, environment: Option<OsString>) -> Option<PathBuf> {
    let mut asked = None;
    while let Some(argument) = arguments.next() {
        if argument == "--notebook" {
            asked = arguments.next();
        } else if let Some(folder) = argument.to_str().and_then(|text| text.strip_prefix("--notebook=")) {
            asked = Some(folder.into());
        }
    }
    asked.filter(|folder| !folder.is_empty()).or(environment.filter(|folder| !folder.is_empty())).map(PathBuf::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(arguments: &[&str], environment: Option<&str>, expected: Option<&str>) {
        let arguments = arguments.iter().map(OsString::from);
        assert_eq!(asked_for(arguments, environment.map(OsString::from)), expected.map(PathBuf::from));
    }

    #[test]
    fn the_command_line_wins_over_the_environment() {
        check(&[], None, None);
        check(&[], Some("/carnet"), Some("/carnet"));
        check(&["--notebook", "/cle"], Some("/carnet"), Some("/cle"));
        check(&["--notebook=/cle"], None, Some("/cle"));
    }

    #[test]
    fn an_empty_value_asks_for_nothing() {
        check(&["--notebook"], Some("/carnet"), Some("/carnet"));
        check(&["--notebook="], Some(""), None);
    }
}
