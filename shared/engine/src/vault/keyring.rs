//! One key a document, kept in a ring whose own key is renewed at each erasure.
//!
//! Deleting a row does not unwrite a disk: an old copy of it may rest in a log, a freed page, a worn cell. So erasing a
//! document also throws away the key that its key was sealed under. The ring is sealed again under a new one, and what
//! may remain of the old rows opens no more once the old ring key's single row is gone.
//!
//! ```text
//! Meta/"keyring-key"       the ring's key, sealed under the notebook key's label Keyring
//! Keyring/<document id>    the document's key, sealed under the ring's
//! ```

use std::fmt;

use zeroize::Zeroizing;

use super::keys::{DocumentKey, Label, NotebookKey};
use super::seal::{OpenError, SealKey, open_row, seal_row};
use crate::ambient::{Ambient, random_array};
use crate::store::{Batch, Row, Table};

/// The ring key's row in [`Table::Meta`].
pub const KEYRING_KEY_ROW: &[u8] = b"keyring-key";

/// An open keyring: it seals and opens the documents' keys.
#[derive(Debug)]
pub struct Keyring {
    key: SealKey,
}

/// Why the ring could not be renewed. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenewError {
    /// The row whose key does not open: renewing would lose it for good.
    pub row: Vec<u8>,
    /// Why it does not.
    pub why: OpenError,
}

impl fmt::Display for RenewError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a document's key could not be sealed again: {}", self.why)
    }
}

impl std::error::Error for RenewError {}

impl Keyring {
    /// A new ring, and the row that keeps it.
    pub fn create(ambient: &mut impl Ambient, notebook: &NotebookKey) -> (Keyring, Batch) {
        let mut secret = Zeroizing::new([0; 32]);
        ambient.random(&mut *secret);
        let nonce = random_array(ambient);
        let mut batch = Batch::new();
        let sealed = seal_row(&notebook.derive(Label::Keyring), Table::Meta, KEYRING_KEY_ROW, nonce, &*secret);
        batch.put(Table::Meta, KEYRING_KEY_ROW, sealed);
        (Keyring { key: SealKey::new(&secret) }, batch)
    }

    /// Opens the ring from the value of its row. [`OpenError::UnknownKey`] here means that the rows are not of the
    /// notebook whose header stands beside them.
    pub fn open(notebook: &NotebookKey, sealed: &[u8]) -> Result<Keyring, OpenError> {
        let plain = open_row(&notebook.derive(Label::Keyring), Table::Meta, KEYRING_KEY_ROW, sealed)?;
        let secret = Zeroizing::new(plain.as_slice().try_into().map_err(|_| OpenError::Damaged)?);
        Ok(Keyring { key: SealKey::new(&secret) })
    }

    /// The value of a document's row in [`Table::Keyring`].
    pub fn seal_document_key(&self, ambient: &mut impl Ambient, document: &[u8; 16], key: &DocumentKey) -> Vec<u8> {
        seal_row(&self.key, Table::Keyring, document, random_array(ambient), key.expose())
    }

    /// The value of the row of another key that an erasure may take away, under a name that is no document's.
    pub fn seal_key(&self, ambient: &mut impl Ambient, row: &[u8], key: &DocumentKey) -> Vec<u8> {
        seal_row(&self.key, Table::Keyring, row, random_array(ambient), key.expose())
    }

    /// Such a key from the value of its row.
    pub fn open_key(&self, row: &[u8], sealed: &[u8]) -> Result<DocumentKey, OpenError> {
        self.open_row(row, sealed)
    }

    /// A document's key from the value of its row.
    pub fn open_document_key(&self, document: &[u8; 16], sealed: &[u8]) -> Result<DocumentKey, OpenError> {
        self.open_row(document, sealed)
    }

    /// Another ring, with every key but the erased documents'; the batch does it all at once.
    ///
    /// `rows` is the whole of [`Table::Keyring`]. Refused where one of the rows to keep does not open: a key that this
    /// ring cannot read is not one to throw away in passing. After the commit, purge the store.
    pub fn renew(
        &self,
        ambient: &mut impl Ambient,
        notebook: &NotebookKey,
        rows: &[Row],
        erased: &[[u8; 16]],
    ) -> Result<(Keyring, Batch), RenewError> {
        let (renewed, mut batch) = Keyring::create(ambient, notebook);
        for document in erased {
            batch.delete(Table::Keyring, *document);
        }
        for (row, sealed) in rows {
            if erased.iter().any(|document| document.as_slice() == row.as_slice()) {
                continue;
            }
            let key = self.open_row(row, sealed).map_err(|why| RenewError { row: row.clone(), why })?;
            let sealed = seal_row(&renewed.key, Table::Keyring, row, random_array(ambient), key.expose());
            batch.put(Table::Keyring, row.clone(), sealed);
        }
        Ok((renewed, batch))
    }

    fn open_row(&self, row: &[u8], sealed: &[u8]) -> Result<DocumentKey, OpenError> {
        let plain = open_row(&self.key, Table::Keyring, row, sealed)?;
        DocumentKey::from_keyring(&plain).ok_or(OpenError::Damaged)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::store::Write;
    use crate::vault::fixture::Seeded;
    use std::collections::BTreeMap;

    type Rows = BTreeMap<(Table, Vec<u8>), Vec<u8>>;

    fn apply(rows: &mut Rows, batch: Batch) {
        for write in batch.writes {
            match write {
                Write::Put { table, key, value } => drop(rows.insert((table, key), value)),
                Write::Delete { table, key } => drop(rows.remove(&(table, key))),
                Write::DeletePrefix { .. } => panic!("the keyring never deletes by prefix"),
            }
        }
    }

    fn keyring_rows(rows: &Rows) -> Vec<Row> {
        let of_the_ring = rows.iter().filter(|((table, _), _)| *table == Table::Keyring);
        of_the_ring.map(|((_, key), value)| (key.clone(), value.clone())).collect()
    }

    struct Notebook {
        ambient: Seeded,
        key: NotebookKey,
        ring: Keyring,
        rows: Rows,
    }

    /// A notebook with documents 1 to `documents`.
    fn notebook(documents: u8) -> Notebook {
        let mut ambient = Seeded::new(5);
        let key = NotebookKey::random(&mut ambient);
        let (ring, batch) = Keyring::create(&mut ambient, &key);
        let mut rows = Rows::new();
        apply(&mut rows, batch);
        for document in 1..=documents {
            let sealed = ring.seal_document_key(&mut ambient, &[document; 16], &document_key(document));
            rows.insert((Table::Keyring, vec![document; 16]), sealed);
        }
        Notebook { ambient, key, ring, rows }
    }

    fn document_key(document: u8) -> DocumentKey {
        DocumentKey::from_keyring(&[document; 32]).unwrap()
    }

    fn ring_row(rows: &Rows) -> &[u8] {
        &rows[&(Table::Meta, KEYRING_KEY_ROW.to_vec())]
    }

    #[test]
    fn a_ring_closed_and_opened_gives_the_same_keys() {
        let Notebook { key, rows, .. } = notebook(3);
        let ring = Keyring::open(&key, ring_row(&rows)).unwrap();
        for (row, sealed) in keyring_rows(&rows) {
            let id: [u8; 16] = row.try_into().unwrap();
            assert_eq!(ring.open_document_key(&id, &sealed).unwrap().expose(), &[id[0]; 32]);
        }
    }

    #[test]
    fn an_erased_document_opens_no_more_even_from_old_rows() {
        let Notebook { mut ambient, key, ring, mut rows } = notebook(3);
        let old = rows.clone();

        let (_, batch) = ring.renew(&mut ambient, &key, &keyring_rows(&rows), &[[2; 16]]).unwrap();
        apply(&mut rows, batch);

        let ring = Keyring::open(&key, ring_row(&rows)).unwrap();
        let kept: Vec<u8> = keyring_rows(&rows).iter().map(|(row, _)| row[0]).collect();
        assert_eq!(kept, [1, 3]);
        for document in [1, 3] {
            let sealed = &rows[&(Table::Keyring, vec![document; 16])];
            assert_eq!(ring.open_document_key(&[document; 16], sealed).unwrap().expose(), &[document; 32]);
        }
        // A page of the old file surfaces: the row is there, the ring key that sealed it is not.
        let surfaced = &old[&(Table::Keyring, vec![2; 16])];
        assert_eq!(ring.open_document_key(&[2; 16], surfaced).unwrap_err(), OpenError::UnknownKey);
    }

    #[test]
    fn a_key_that_does_not_open_stops_the_renewal() {
        let Notebook { mut ambient, key, ring, mut rows } = notebook(2);
        let row = rows.get_mut(&(Table::Keyring, vec![1; 16])).unwrap();
        *row.last_mut().unwrap() ^= 1;
        let refused = ring.renew(&mut ambient, &key, &keyring_rows(&rows), &[[2; 16]]).unwrap_err();
        assert_eq!(refused, RenewError { row: vec![1; 16], why: OpenError::Damaged });
        // Unless it is the one to erase.
        assert!(ring.renew(&mut ambient, &key, &keyring_rows(&rows), &[[1; 16]]).is_ok());
    }

    #[test]
    fn keys_of_two_documents_cannot_be_swapped() {
        let Notebook { ring, rows, .. } = notebook(2);
        let sealed = &rows[&(Table::Keyring, vec![1; 16])];
        assert_eq!(ring.open_document_key(&[2; 16], sealed).unwrap_err(), OpenError::Damaged);
    }

    #[test]
    fn the_ring_of_another_notebook_is_an_unknown_key() {
        let Notebook { rows, mut ambient, .. } = notebook(1);
        let other = NotebookKey::random(&mut ambient);
        assert_eq!(Keyring::open(&other, ring_row(&rows)).unwrap_err(), OpenError::UnknownKey);
    }
}
