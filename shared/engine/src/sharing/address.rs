//! Where a device can be reached at once: the key that it answers by on a network, and where it was last.
//!
//! ```text
//! address: endpoint, fixed 32 │ list of bytes: an IP address and a port each, UTF-8
//! ```
//!
//! The endpoint's key is none of the two that a card has: what a network sees of a device says nothing that is signed or
//! wrapped. An address is believed because of what carries it (a courier file, an index, a greeting), which its device signed.
//! The places are hints, perhaps stale: whoever answers there must have the endpoint's key.

use std::fmt;

use ed25519_dalek::SigningKey;

use super::identity::short;
use super::wire::{FormatError, Reader, Writer};

/// A device has no more places than that.
const MOST_PLACES: usize = 16;
/// An IP address with its port is no longer than that.
const LONGEST_PLACE: usize = 64;

/// The key by which a device answers on a network.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EndpointKey(pub [u8; 32]);

impl EndpointKey {
    /// The key of whoever proves themselves with a secret.
    pub fn of(secret: &[u8; 32]) -> EndpointKey {
        EndpointKey(SigningKey::from_bytes(secret).verifying_key().to_bytes())
    }
}

impl fmt::Debug for EndpointKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EndpointKey({})", short(&self.0))
    }
}

/// Where a device can be reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// By which key it answers.
    pub endpoint: EndpointKey,
    /// Where it was: `192.168.1.20:41000`.
    pub places: Vec<String>,
}

impl Address {
    /// As it is written.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut writer = Writer::default();
        self.write(&mut writer);
        writer.done()
    }

    /// From what is written.
    ///
    /// # Errors
    ///
    /// Other bytes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut reader = Reader::new(bytes);
        let address = Address::read(&mut reader)?;
        reader.end()?;
        Ok(address)
    }

    fn write(&self, writer: &mut Writer) {
        let fits = |place: &&String| place.len() <= LONGEST_PLACE;
        let places: Vec<&String> = self.places.iter().filter(fits).take(MOST_PLACES).collect();
        writer.fixed(&self.endpoint.0);
        writer.list(&places, |writer, place| writer.bytes(place.as_bytes()));
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, FormatError> {
        let endpoint = EndpointKey(reader.fixed()?);
        let places = reader.list(|reader| {
            let place = std::str::from_utf8(reader.bytes()?).map_err(|_| FormatError::Malformed)?;
            match place.len() <= LONGEST_PLACE {
                true => Ok(place.to_owned()),
                false => Err(FormatError::Malformed),
            }
        })?;
        match places.len() <= MOST_PLACES {
            true => Ok(Address { endpoint, places }),
            false => Err(FormatError::Malformed),
        }
    }
}

/// What says an address, or nothing.
pub(super) fn optional_address(bytes: &[u8]) -> Result<Option<Address>, FormatError> {
    if bytes.is_empty() { Ok(None) } else { Address::from_bytes(bytes).map(Some) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_reads_back_and_is_short() {
        let address = Address { endpoint: EndpointKey([1; 32]), places: vec!["192.168.1.20:41000".into()] };
        assert_eq!(Address::from_bytes(&address.to_bytes()), Ok(address.clone()));
        let many = Address { places: vec!["192.168.1.20:41000".into(); 40], ..address.clone() };
        assert_eq!(Address::from_bytes(&many.to_bytes()).map(|address| address.places.len()), Ok(MOST_PLACES));
        let long = Address { places: vec!["1".repeat(65), "192.168.1.20:41000".into()], ..address.clone() };
        assert_eq!(Address::from_bytes(&long.to_bytes()), Ok(address), "what cannot be a place is not told");
    }
}
