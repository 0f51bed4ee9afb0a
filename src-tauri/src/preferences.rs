//! What this device remembers of how its user likes the screens: the language, the theme, whether the screen is
//! discreet, and nothing else.
//!
//! The window's page keeps nothing itself (it is ephemeral), and what it says before a notebook is open cannot come from
//! the notebook. So a few codes lie in a file of the user's settings folder. Nothing that a user wrote ever goes there.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use tauri::{AppHandle, Manager as _, State};

/// The names that may be kept, as the screens call them.
const NAMES: [&str; 3] = ["maillon.language", "maillon.theme", "maillon.discreet"];
/// Codes are short words: nothing else passes for one.
const CODE_CHARS: usize = 16;
/// Where the page finds all this when it starts.
const ON_PAGE: &str = "maillonKept";
/// Under this name, what the system speaks: a webview says English wherever the system's own words are not installed.
const SYSTEM_LANGUAGE: &str = "system.language";

/// Where they are kept.
pub struct Preferences {
    file: PathBuf,
}

/// Keeps them in the user's settings folder.
pub fn manage(app: &AppHandle) -> tauri::Result<()> {
    let folder = app.path().app_config_dir()?;
    app.manage(Preferences { file: folder.join("preferences.json") });
    Ok(())
}

/// What a new page runs first, to know them.
pub fn script(app: &AppHandle) -> String {
    let mut known = app.state::<Preferences>().read();
    if let Some(language) = system_language(|name| std::env::var(name).ok()) {
        known.insert(SYSTEM_LANGUAGE.into(), language);
    }
    format!("window.{ON_PAGE} = {};", serde_json::json!(known))
}

/// Keeps one, for the next start.
#[tauri::command]
pub fn keep(name: String, code: String, preferences: State<'_, Preferences>) -> Result<(), String> {
    preferences.keep(&name, &code).map_err(|error| error.to_string())
}

impl Preferences {
    /// What is kept; a file that is missing, spoilt or strange keeps nothing.
    fn read(&self) -> BTreeMap<String, String> {
        let text = std::fs::read(&self.file).unwrap_or_default();
        let mut kept: BTreeMap<String, String> = serde_json::from_slice(&text).unwrap_or_default();
        kept.retain(|name, code| may_be_kept(name, code));
        kept
    }

    fn keep(&self, name: &str, code: &str) -> std::io::Result<()> {
        if !may_be_kept(name, code) {
            return Err(std::io::ErrorKind::InvalidInput.into());
        }
        let mut kept = self.read();
        kept.insert(name.to_owned(), code.to_owned());
        std::fs::create_dir_all(self.file.parent().unwrap_or(Path::new(".")))?;
        std::fs::write(&self.file, serde_json::json!(kept).to_string())
    }
}

fn may_be_kept(name: &str, code: &str) -> bool {
    let is_code = !code.is_empty() && code.len() <= CODE_CHARS && code.bytes().all(|byte| byte.is_ascii_lowercase());
    NAMES.contains(&name) && is_code
}

/// The language that the user's environment asks for, by POSIX's order. Other systems tell their webviews themselves.
fn system_language(variable: impl Fn(&str) -> Option<String>) -> Option<String> {
    let asked =
        ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(|name| variable(name).filter(|v| !v.is_empty()))?;
    let language = asked.split(['_', '.', '@']).next().unwrap_or_default();
    (language.len() == 2 && language.bytes().all(|byte| byte.is_ascii_lowercase())).then(|| language.to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot write has failed")]
    use super::*;

    #[test]
    fn a_choice_is_found_again_at_the_next_start() {
        let folder = tempfile::tempdir().unwrap();
        let preferences = || Preferences { file: folder.path().join("settings/preferences.json") };
        assert!(preferences().read().is_empty());
        preferences().keep("maillon.theme", "dark").unwrap();
        preferences().keep("maillon.language", "fr").unwrap();
        preferences().keep("maillon.theme", "light").unwrap();
        let kept = preferences().read();
        assert_eq!(kept["maillon.theme"], "light");
        assert_eq!(kept["maillon.language"], "fr");
    }

    #[test]
    fn nothing_but_codes_of_known_names_is_kept_or_read() {
        let folder = tempfile::tempdir().unwrap();
        let preferences = Preferences { file: folder.path().join("preferences.json") };
        for (name, code) in
            [("maillon.notes", "dark"), ("maillon.theme", "Odette"), ("maillon.theme", ""), ("maillon.theme", "a b")]
        {
            assert!(preferences.keep(name, code).is_err(), "{name} {code}");
        }
        assert!(!preferences.file.exists());
        for spoilt in ["", "{", "[]", r#"{"maillon.theme": 3}"#, r#"{"maillon.theme": "</script>", "x": "y"}"#] {
            std::fs::write(&preferences.file, spoilt).unwrap();
            assert!(preferences.read().is_empty(), "{spoilt}");
        }
    }

    #[test]
    fn the_system_speaks_what_its_environment_says() {
        let check = |all: &str, messages: &str, lang: &str, expected: Option<&str>| {
            let variable = |name: &str| {
                Some(match name {
                    "LC_ALL" => all.to_owned(),
                    "LC_MESSAGES" => messages.to_owned(),
                    _ => lang.to_owned(),
                })
            };
            assert_eq!(system_language(variable).as_deref(), expected);
        };
        check("", "", "fr_FR.UTF-8", Some("fr"));
        check("", "en_GB.UTF-8", "fr_FR.UTF-8", Some("en"));
        check("fr", "en_GB.UTF-8", "de_DE", Some("fr"));
        check("", "", "C.UTF-8", None);
        check("", "", "POSIX", None);
        check("", "", "", None);
    }
}
