//! A folder that several devices share, in memory, and all that such a folder may do: lose things, hide them, be set back.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use maillon_engine::link::{Folder, FolderError};

thread_local! {
    /// The folders of a test, by what its devices call them.
    static PLACES: RefCell<BTreeMap<String, Commons>> = const { RefCell::new(BTreeMap::new()) };
}

#[derive(Default)]
struct Inside {
    objects: BTreeMap<String, Vec<u8>>,
    /// So many more objects are got or put; then the folder is away.
    goes_after: Option<u32>,
}

/// A folder that devices share. Clones are the same one.
#[derive(Clone, Default)]
pub struct Commons(Rc<RefCell<Inside>>);

impl Commons {
    /// A folder that devices of this test find under that name.
    pub fn made_at(place: &str) -> Commons {
        let commons = Commons::default();
        PLACES.with_borrow_mut(|places| places.insert(place.to_owned(), commons.clone()));
        commons
    }

    /// The folder of that name, if it was made.
    pub fn at(place: &str) -> Option<Commons> {
        PLACES.with_borrow(|places| places.get(place).cloned())
    }

    /// What is in it, as whoever keeps it reads it.
    pub fn objects(&self) -> BTreeMap<String, Vec<u8>> {
        self.0.borrow().objects.clone()
    }

    /// From now on it holds that: it was set back, or somebody put something there.
    pub fn holds(&self, objects: BTreeMap<String, Vec<u8>>) {
        self.0.borrow_mut().objects = objects;
    }

    /// The line is cut after so many objects more.
    pub fn goes_after(&self, objects: Option<u32>) {
        self.0.borrow_mut().goes_after = objects;
    }

    fn counts(&self) -> Result<(), FolderError> {
        match &mut self.0.borrow_mut().goes_after {
            Some(0) => Err(FolderError::Away),
            Some(left) => {
                *left -= 1;
                Ok(())
            }
            None => Ok(()),
        }
    }
}

impl Folder for Commons {
    async fn list(&mut self, under: &str) -> Result<Vec<String>, FolderError> {
        let under = format!("{under}/");
        Ok(self.0.borrow().objects.keys().filter(|path| path.starts_with(&under)).cloned().collect())
    }

    async fn get(&mut self, path: &str) -> Result<Option<Vec<u8>>, FolderError> {
        self.counts()?;
        Ok(self.0.borrow().objects.get(path).cloned())
    }

    async fn put(&mut self, path: &str, bytes: Vec<u8>) -> Result<(), FolderError> {
        self.counts()?;
        self.0.borrow_mut().objects.insert(path.to_owned(), bytes);
        Ok(())
    }
}
