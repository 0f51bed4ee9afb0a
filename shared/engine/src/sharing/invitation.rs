//! What a device shows so that another joins through the network: a code to scan or to copy.
//!
//! ```text
//! code: Bech32m (BIP 350) under "maillon" of: format 1 │ device id, fixed 16 │ address
//! ```
//!
//! It says where to call and of whom the card must be. It is no secret: whoever reads it can call, and no more; who joins is
//! decided by two people who compare words.

use bech32::primitives::decode::CheckedHrpstring;
use bech32::{Bech32m, Hrp};

use super::address::Address;
use super::identity::DeviceId;
use super::wire::{FormatError, Reader, Writer};

const FORMAT: u8 = 1;
const HRP: Hrp = Hrp::parse_unchecked("maillon");
/// More would make a code that nobody copies.
const PLACES: usize = 4;

/// What a code says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// Whose card is to come.
    pub device: DeviceId,
    /// Where to call.
    pub address: Address,
}

impl Invitation {
    /// The code.
    pub fn to_code(&self) -> String {
        let places = self.address.places.iter().take(PLACES).cloned().collect();
        let mut writer = Writer::default();
        writer.fixed(&[FORMAT]);
        writer.fixed(&self.device.0);
        writer.fixed(&Address { places, ..self.address.clone() }.to_bytes());
        // So few bytes always fit.
        bech32::encode::<Bech32m>(HRP, &writer.done()).unwrap_or_default()
    }

    /// From a code as someone typed or pasted it: spaces and capitals say nothing.
    ///
    /// # Errors
    ///
    /// Other words, a letter too many, or the code of a newer version.
    pub fn from_code(typed: &str) -> Result<Invitation, FormatError> {
        let typed: String = typed.split_whitespace().collect::<String>().to_lowercase();
        let checked = CheckedHrpstring::new::<Bech32m>(&typed).map_err(|_| FormatError::Malformed)?;
        if checked.hrp() != HRP {
            return Err(FormatError::Malformed);
        }
        let bytes: Vec<u8> = checked.byte_iter().collect();
        let mut reader = Reader::new(&bytes);
        match reader.fixed()? {
            [FORMAT] => {}
            [0] => return Err(FormatError::Malformed),
            _ => return Err(FormatError::TooNew),
        }
        Ok(Invitation { device: DeviceId(reader.fixed()?), address: Address::from_bytes(reader.rest())? })
    }
}

/// Reads foreign words as a code.
pub fn fuzz_one(bytes: &[u8]) {
    let _ = Invitation::from_code(&String::from_utf8_lossy(bytes));
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use proptest::prelude::*;

    use super::*;
    use crate::sharing::DeviceSecret;

    fn invitation() -> Invitation {
        let secret = DeviceSecret::from_bytes([1; 32]);
        let places = vec!["192.168.1.20:41000".into(), "[fd00::1]:41000".into()];
        Invitation { device: secret.card().id(), address: Address { endpoint: secret.endpoint(), places } }
    }

    #[test]
    fn a_code_is_read_however_it_was_copied() {
        let code = invitation().to_code();
        assert!(code.starts_with("maillon1") && code.len() < 200, "{code}");
        assert_eq!(Invitation::from_code(&code), Ok(invitation()));
        let spaced = code.as_bytes().chunks(5).map(|part| String::from_utf8_lossy(part).to_uppercase());
        assert_eq!(Invitation::from_code(&spaced.collect::<Vec<_>>().join(" ")), Ok(invitation()));
        assert_eq!(Invitation::from_code("bonjour"), Err(FormatError::Malformed));
    }

    proptest! {
        #[test]
        fn one_letter_for_another_is_noticed(at: prop::sample::Index, letter in "[a-z0-9]") {
            let code = invitation().to_code();
            let at = at.index(code.len());
            prop_assume!(code[at..=at] != letter);
            let typed = [&code[..at], &letter, &code[at + 1..]].concat();
            prop_assert!(Invitation::from_code(&typed).is_err());
        }

        #[test]
        fn foreign_words_never_make_the_parser_panic(words: String, bytes: Vec<u8>) {
            fuzz_one(words.as_bytes());
            fuzz_one(&bytes);
        }
    }
}
