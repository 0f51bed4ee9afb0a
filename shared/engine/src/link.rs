//! What the engine asks of a place where sealed objects are put for other devices: a shared folder, a server's.
//!
//! A folder sees names that say nothing, sizes, and when. It must never see a key or know what an object is. It has no
//! lock, no rename and no condition: each device writes under a name of its own and nowhere else, so none is needed. It is
//! believed in nothing: what it gives is checked, what it hides is noticed, what it lost is put again.

use std::fmt;

/// A folder of objects, by path: names parted by `/`.
#[allow(async_fn_in_trait, reason = "the engine has one thread; callers are generic over the folder")]
pub trait Folder {
    /// The paths of all objects under a path.
    async fn list(&mut self, under: &str) -> Result<Vec<String>, FolderError>;

    /// An object's bytes, or none.
    async fn get(&mut self, path: &str) -> Result<Option<Vec<u8>>, FolderError>;

    /// Puts an object, over the one that was there. After an error it may be there or not, whole or not at all.
    async fn put(&mut self, path: &str, bytes: Vec<u8>) -> Result<(), FolderError>;
}

/// Why a folder could not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FolderError {
    /// There is no such folder, or it cannot be reached now.
    Away,
    /// It may not be read, or not be written.
    NotAllowed,
    /// It is full.
    Full,
    /// Anything else the system said.
    Io(String),
}

impl fmt::Display for FolderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FolderError::Away => f.write_str("the folder cannot be reached"),
            FolderError::NotAllowed => f.write_str("the folder may not be read or written"),
            FolderError::Full => f.write_str("the folder is full"),
            FolderError::Io(what) => write!(f, "the folder's system refused: {what}"),
        }
    }
}

impl std::error::Error for FolderError {}

/// A host that has no folders: a browser.
pub enum NoFolder {}

impl Folder for NoFolder {
    async fn list(&mut self, _under: &str) -> Result<Vec<String>, FolderError> {
        match *self {}
    }

    async fn get(&mut self, _path: &str) -> Result<Option<Vec<u8>>, FolderError> {
        match *self {}
    }

    async fn put(&mut self, _path: &str, _bytes: Vec<u8>) -> Result<(), FolderError> {
        match *self {}
    }
}
