//! Ids as the values of a document write them: sixteen bytes in 22 letters of the URL-safe base 64.

use maillon_shared::domain::ids::{EntryId, RegisterEntryId};

/// The entry that a value names.
pub fn entry_id(key: &str) -> Option<EntryId> {
    bytes(key).map(EntryId)
}

/// The entry of the legal register that a value names.
pub fn register_entry_id(key: &str) -> Option<RegisterEntryId> {
    bytes(key).map(RegisterEntryId)
}

fn bytes(key: &str) -> Option<[u8; 16]> {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    if key.len() != 22 {
        return None;
    }
    let mut whole = 0_u128;
    for (place, letter) in key.bytes().enumerate() {
        let digit = LETTERS.iter().position(|known| *known == letter)? as u128;
        // The last letter holds two bits only: 21 times 6, and 2.
        whole = if place < 21 { whole << 6 | digit } else { whole << 2 | digit >> 4 };
    }
    Some(whole.to_be_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_read_as_documents_write_it() {
        assert_eq!(
            entry_id("AAECAwQFBgcICQoLDA0ODw"),
            Some(EntryId([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]))
        );
        assert_eq!(entry_id("_____________________w"), Some(EntryId([0xff; 16])));
        for other in ["", "AAECAwQFBgcICQoLDA0OD", "AAECAwQFBgcICQoLDA0OD=", "000102030405060708090a0b0c0d0e0f"] {
            assert_eq!(entry_id(other), None, "{other}");
        }
    }
}
