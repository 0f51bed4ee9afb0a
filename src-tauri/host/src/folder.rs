//! A folder that devices share, on this computer: a disk, a stick, a place that another program brings elsewhere.
//!
//! It must never know what an object is. A write is whole or is not there: it is made beside, synced, then put in its place.

use std::path::Path;

use maillon_engine::link::{Folder, FolderError};
use opendal::{ErrorKind, Operator, services};
use tokio::runtime::Runtime;

/// Where writes are made before they are put in their place: in the folder itself, so that no disk is between.
const BESIDE: &str = ".maillon";

/// No object of ours is larger: what anyone put there fills no memory.
const LARGEST: u64 = 128 << 20;

/// A folder, open.
pub(crate) struct SharedFolder {
    folder: Operator,
    runtime: Runtime,
}

impl SharedFolder {
    /// Opens a folder that is there; none is made.
    pub(crate) fn open(place: &str) -> Result<Self, FolderError> {
        let path = Path::new(place);
        if !path.is_absolute() || !path.is_dir() {
            return Err(FolderError::Away);
        }
        let beside = path.join(BESIDE);
        let fs = services::Fs::default().root(place).atomic_write_dir(&beside.to_string_lossy());
        let folder = Operator::new(fs).map_err(|error| said(&error))?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        Ok(SharedFolder { folder, runtime: runtime.map_err(|error| FolderError::Io(error.to_string()))? })
    }
}

impl Folder for SharedFolder {
    async fn list(&mut self, under: &str) -> Result<Vec<String>, FolderError> {
        let listing = async { self.folder.list_with(&format!("{under}/")).recursive(true).await };
        match self.runtime.block_on(listing) {
            Ok(found) => Ok(found
                .into_iter()
                .filter(|entry| entry.metadata().is_file())
                .map(|entry| entry.path().to_owned())
                .collect()),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(said(&error)),
        }
    }

    async fn get(&mut self, path: &str) -> Result<Option<Vec<u8>>, FolderError> {
        let reading = async {
            match self.folder.stat(path).await?.content_length() {
                0..=LARGEST => self.folder.read(path).await.map(Some),
                _ => Ok(None),
            }
        };
        match self.runtime.block_on(reading) {
            Ok(bytes) => Ok(bytes.map(|bytes| bytes.to_vec())),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(said(&error)),
        }
    }

    async fn put(&mut self, path: &str, bytes: Vec<u8>) -> Result<(), FolderError> {
        self.runtime.block_on(async { self.folder.write(path, bytes).await }).map(|_| ()).map_err(|error| said(&error))
    }
}

/// What the library says, without its paths: they may name someone.
fn said(error: &opendal::Error) -> FolderError {
    let io = std::error::Error::source(error).and_then(|source| source.downcast_ref::<std::io::Error>());
    match (error.kind(), io.map(std::io::Error::kind)) {
        (_, Some(std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded)) => FolderError::Full,
        (ErrorKind::PermissionDenied, _) | (_, Some(std::io::ErrorKind::ReadOnlyFilesystem)) => FolderError::NotAllowed,
        (ErrorKind::NotFound, _) => FolderError::Away,
        (kind, io) => FolderError::Io(io.map_or_else(|| kind.to_string(), |io| io.to_string())),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn what_is_put_is_there_and_nothing_half_written() {
        let dir = tempfile::tempdir().unwrap();
        let place = dir.path().to_str().unwrap();
        let mut folder = SharedFolder::open(place).unwrap();
        let now = pollster::block_on::<std::pin::Pin<Box<dyn Future<Output = ()>>>>;
        let other = SharedFolder::open(place).unwrap();
        let mut other = other;
        now(Box::pin(async move {
            assert_eq!(folder.list("scope").await, Ok(Vec::new()));
            folder.put("scope/device/one", vec![1; 3_000]).await.unwrap();
            folder.put("scope/device/one", vec![2; 10]).await.unwrap();
            folder.put("scope/other/two", vec![3]).await.unwrap();
            folder.put("elsewhere/device/three", vec![4]).await.unwrap();
            let mut found = other.list("scope").await.unwrap();
            found.sort();
            assert_eq!(found, ["scope/device/one", "scope/other/two"]);
            assert_eq!(other.get("scope/device/one").await, Ok(Some(vec![2; 10])));
            assert_eq!(other.get("scope/device/none").await, Ok(None));
        }));
        let beside = std::fs::read_dir(dir.path().join(BESIDE)).unwrap().count();
        assert_eq!(beside, 0, "nothing is left beside");
    }

    #[test]
    fn a_folder_that_is_not_there_is_not_made() {
        let dir = tempfile::tempdir().unwrap();
        let gone = dir.path().join("a stick that was taken out");
        assert_eq!(SharedFolder::open(gone.to_str().unwrap()).err(), Some(FolderError::Away));
        assert_eq!(SharedFolder::open("somewhere").err(), Some(FolderError::Away));
        assert!(!gone.exists());
    }
}
