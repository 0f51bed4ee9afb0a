//! The house's own files, read as text: what the tidy suite looks at.

pub mod rust;

use std::fs;
use std::path::{Path, PathBuf};

/// A file of the repository.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Its path from the root, with `/`.
    pub path: String,
    /// What it says.
    pub text: String,
}

impl SourceFile {
    /// Whether it is under a folder.
    pub fn is_under(&self, folder: &str) -> bool {
        self.path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
    }
}

/// The root of the repository.
pub fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_owned()
}

/// Every file with that extension, but what is built and what is fetched.
pub fn files(extension: &str) -> Vec<SourceFile> {
    let mut found = Vec::new();
    walk(&root(), "", extension, &mut found);
    found.sort_by(|left, right| left.path.cmp(&right.path));
    found
}

fn walk(folder: &Path, prefix: &str, extension: &str, found: &mut Vec<SourceFile>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let Ok(name) = entry.file_name().into_string() else { continue };
        if name.starts_with('.') || matches!(name.as_str(), "target" | "node_modules" | "dist") {
            continue;
        }
        let path = format!("{prefix}{name}");
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => walk(&entry.path(), &format!("{path}/"), extension, found),
            Ok(_) if name.rsplit_once('.').is_some_and(|(_, end)| end == extension) => {
                if let Ok(text) = fs::read_to_string(entry.path()) {
                    found.push(SourceFile { path, text });
                }
            }
            _ => {}
        }
    }
}
