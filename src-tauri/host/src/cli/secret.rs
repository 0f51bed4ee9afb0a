//! Where a passphrase, or the 24 words, come from: a file, or someone at a terminal. Never an argument.

use std::env;
use std::path::{Path, PathBuf};

use maillon_shared::api::requests::Secret;
use maillon_shared::text::language::Language;

use super::problem::Problem;
use super::{files, sentences};

/// Which files were named.
#[derive(Debug, Default)]
pub(super) struct SecretSource {
    pub passphrase: Option<PathBuf>,
    pub words: Option<PathBuf>,
}

impl SecretSource {
    /// What opens the notebook: the words if their file was named, the passphrase otherwise.
    pub(super) fn secret(&self, language: Language) -> Result<Secret, Problem> {
        match &self.words {
            Some(file) => Ok(Secret::Words(read(file)?)),
            None => self.passphrase(language).map(Secret::Passphrase),
        }
    }

    /// The passphrase that opens.
    pub(super) fn passphrase(&self, language: Language) -> Result<String, Problem> {
        match self.passphrase.clone().or_else(|| env::var_os("MAILLON_PASSPHRASE_FILE").map(PathBuf::from)) {
            Some(file) => read(&file),
            None => ask(sentences::ask_passphrase(language)),
        }
    }

    /// The passphrase of a notebook about to be: typed twice where it is typed.
    pub(super) fn new_passphrase(&self, language: Language) -> Result<String, Problem> {
        match self.passphrase.clone().or_else(|| env::var_os("MAILLON_PASSPHRASE_FILE").map(PathBuf::from)) {
            Some(file) => read(&file),
            None => ask_twice(language),
        }
    }
}

/// A passphrase to come: from a file, or typed twice.
pub(super) fn next_passphrase(file: Option<&Path>, language: Language) -> Result<String, Problem> {
    file.map_or_else(|| ask_twice(language), read)
}

fn ask_twice(language: Language) -> Result<String, Problem> {
    let once = ask(sentences::ask_new_passphrase(language))?;
    match once == ask(sentences::ask_passphrase_again(language))? {
        true => Ok(once),
        false => Err(Problem::PassphrasesDiffer),
    }
}

/// Without echo, at the terminal itself: never from standard input, which carries other things.
fn ask(question: String) -> Result<String, Problem> {
    rpassword::prompt_password(question).map_err(|_| Problem::NoPassphrase)
}

/// The file's text, without the line's end that editors add.
fn read(file: &Path) -> Result<String, Problem> {
    let text = files::read_text(file)?;
    Ok(text.strip_suffix('\n').map(|text| text.strip_suffix('\r').unwrap_or(text)).unwrap_or(&text).to_owned())
}
