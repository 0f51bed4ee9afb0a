//! The courier: one file for a USB stick or an e-mail, that one device alone opens.
//!
//! ```text
//! age file, for the recipient's agreement key
//!   "MAILPOST" │ format 2 │ bytes: signed │ signature
//!   signed: card │ name │ recipient's device id │ instant │ list of parcels │ address, or none    none in format 1
//!   parcel: have │ list of records │ list of sealed packs          one a scope
//! ```
//!
//! Any program that knows age opens it with the recipient's key. Who sent it is signed inside: what they say that they
//! have decides what they are sent next time, so it must be theirs. Taking one in twice changes nothing.

use std::str::FromStr as _;

use bech32::{Bech32, Hrp};
use hpke::Serializable as _;
use maillon_shared::domain::time::Instant;
use zeroize::Zeroizing;

use super::address::{Address, optional_address};
use super::exchange::Have;
use super::identity::{DeviceCard, DeviceId, DeviceSecret, Usage};
use super::membership::{Body, Record, ScopeId, read_instant, write_instant};
use super::wire::{FormatError, Reader, Writer};

const MAGIC: &[u8; 8] = b"MAILPOST";
const FORMAT: u8 = 2;
/// As it was before devices said where they can be reached.
const WITHOUT_ADDRESS: u8 = 1;
/// How every age file begins.
const AGE: &[u8] = b"age-encryption.org/v1";

/// What goes of one scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parcel {
    /// What the sender has of it: the receipt of what came from elsewhere.
    pub have: Have,
    /// The records that the recipient lacks.
    pub records: Vec<Record>,
    /// The packs that the recipient lacks, sealed.
    pub packs: Vec<Vec<u8>>,
}

impl Parcel {
    /// Of which scope.
    pub fn scope(&self) -> ScopeId {
        self.have.scope
    }

    /// What that is for, by the number of its first record; nothing where that is not among those that go.
    pub fn kind(&self) -> Option<u64> {
        self.records.iter().find_map(|record| match &record.body {
            Body::Create { kind, .. } => Some(*kind),
            _ => None,
        })
    }
}

/// What one device sends another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Courier {
    /// Who sends it.
    pub from: DeviceCard,
    /// What the sender is called.
    pub name: String,
    /// For whom it is.
    pub to: DeviceId,
    /// When it was made; for display.
    pub at: Instant,
    /// What goes, a parcel a scope.
    pub parcels: Vec<Parcel>,
    /// Where the sender can be reached at once.
    pub address: Option<Address>,
}

/// Why a file was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// It is no courier file at all.
    NotACourier,
    /// It is one, for another device.
    ForAnother,
    /// It is cut short or spoilt, or its sender is not who it says.
    Damaged,
    /// A newer version made it.
    TooNew,
}

impl Courier {
    /// The file: nobody but the recipient opens it.
    pub fn to_file(&self, secret: &DeviceSecret, to: &DeviceCard) -> Vec<u8> {
        let mut signed = Writer::default();
        signed.bytes(&self.from.to_bytes());
        signed.bytes(self.name.as_bytes());
        signed.fixed(&self.to.0);
        write_instant(&mut signed, self.at);
        signed.list(&self.parcels, |writer, parcel| {
            writer.bytes(&parcel.have.to_bytes());
            writer.list(&parcel.records, |writer, record| writer.bytes(record.as_bytes()));
            writer.list(&parcel.packs, |writer, pack| writer.bytes(pack));
        });
        signed.bytes(&self.address.as_ref().map(Address::to_bytes).unwrap_or_default());
        let signed = signed.done();
        let mut plain = Writer::default();
        plain.fixed(MAGIC);
        plain.fixed(&[FORMAT]);
        plain.bytes(&signed);
        plain.fixed(&secret.sign(Usage::Courier, &signed));
        let plain = Zeroizing::new(plain.done());
        // Into memory, for a key that was read: neither fails.
        age::encrypt(&recipient(to), &plain).unwrap_or_default()
    }

    /// From a file that came.
    ///
    /// # Errors
    ///
    /// Another file, one for another device, a damaged or a newer one.
    pub fn from_file(secret: &DeviceSecret, file: &[u8]) -> Result<Courier, Unread> {
        if !file.starts_with(AGE) {
            return Err(Unread::NotACourier);
        }
        let plain = age::decrypt(&identity(secret), file).map_err(|error| match error {
            age::DecryptError::NoMatchingKeys => Unread::ForAnother,
            age::DecryptError::UnknownFormat => Unread::TooNew,
            _ => Unread::Damaged,
        })?;
        let courier = Courier::from_plain(&Zeroizing::new(plain))?;
        match courier.to == secret.card().id() {
            true => Ok(courier),
            // Whoever received it sealed it again for someone else.
            false => Err(Unread::Damaged),
        }
    }

    /// From what an age file held.
    fn from_plain(plain: &[u8]) -> Result<Courier, Unread> {
        let mut reader = Reader::new(plain);
        match reader.fixed()? {
            magic if magic == *MAGIC => {}
            _ => return Err(Unread::NotACourier),
        }
        let [format] = reader.fixed()?;
        match format {
            WITHOUT_ADDRESS | FORMAT => {}
            0 => return Err(Unread::Damaged),
            _ => return Err(Unread::TooNew),
        }
        let signed = reader.bytes()?;
        let signature = reader.fixed()?;
        reader.end()?;
        let mut reader = Reader::new(signed);
        let courier = Courier {
            from: DeviceCard::from_bytes(reader.bytes()?)?,
            name: String::from_utf8(reader.bytes()?.to_vec()).map_err(|_| Unread::Damaged)?,
            to: DeviceId(reader.fixed()?),
            at: read_instant(&mut reader)?,
            parcels: reader.list(|reader| {
                Ok(Parcel {
                    have: Have::from_bytes(reader.bytes()?)?,
                    records: reader.list(|reader| Record::from_bytes(reader.bytes()?))?,
                    packs: reader.list(|reader| Ok(reader.bytes()?.to_vec()))?,
                })
            })?,
            address: match format {
                WITHOUT_ADDRESS => None,
                _ => optional_address(reader.bytes()?)?,
            },
        };
        reader.end()?;
        match courier.from.signed(Usage::Courier, signed, &signature) {
            true => Ok(courier),
            false => Err(Unread::Damaged),
        }
    }
}

impl From<FormatError> for Unread {
    fn from(error: FormatError) -> Self {
        match error {
            FormatError::Malformed => Unread::Damaged,
            FormatError::TooNew => Unread::TooNew,
        }
    }
}

/// The device's agreement key, as age writes it: both wrap with X25519, each under words of its own.
fn recipient(card: &DeviceCard) -> age::x25519::Recipient {
    let text = bech32::encode::<Bech32>(Hrp::parse_unchecked("age"), card.agreement_bytes()).unwrap_or_default();
    age::x25519::Recipient::from_str(&text).expect("an agreement key is a recipient")
}

fn identity(secret: &DeviceSecret) -> age::x25519::Identity {
    age::x25519::Identity::from_str(&secret.age_identity()).expect("an agreement key is an identity")
}

impl DeviceSecret {
    /// What opens this device's courier files in any program that knows age. A secret.
    pub fn age_identity(&self) -> Zeroizing<String> {
        let (private, _) = self.keypair();
        let bytes = Zeroizing::new(private.to_bytes().to_vec());
        let text = bech32::encode::<Bech32>(Hrp::parse_unchecked("age-secret-key-"), &bytes).unwrap_or_default();
        Zeroizing::new(text.to_uppercase())
    }
}

/// Reads foreign bytes as what an age file held.
pub fn fuzz_one(bytes: &[u8]) {
    let _ = Courier::from_plain(bytes);
    let _ = Courier::from_plain(&[MAGIC.as_slice(), &[FORMAT], bytes].concat());
    let _ = Courier::from_plain(&[MAGIC.as_slice(), &[WITHOUT_ADDRESS], bytes].concat());
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use proptest::prelude::*;

    use super::*;

    fn device(n: u8) -> DeviceSecret {
        DeviceSecret::from_bytes([n; 32])
    }

    fn courier(from: &DeviceSecret, to: &DeviceSecret) -> Courier {
        let have = Have { scope: ScopeId([7; 16]), records: Vec::new(), ends: Vec::new() };
        Courier {
            from: from.card(),
            name: "Le portable de Nadine".into(),
            to: to.card().id(),
            at: Instant { utc_ms: 1_780_000_000_000, offset_min: 120 },
            parcels: vec![Parcel { have, records: Vec::new(), packs: vec![vec![1; 300]] }],
            address: Some(Address { endpoint: from.endpoint(), places: vec!["192.168.1.20:41000".into()] }),
        }
    }

    #[test]
    fn one_device_opens_it_and_no_other() {
        let (nadine, maurice, other) = (device(1), device(2), device(3));
        let sent = courier(&nadine, &maurice);
        let file = sent.to_file(&nadine, &maurice.card());
        assert_eq!(Courier::from_file(&maurice, &file), Ok(sent));
        assert_eq!(Courier::from_file(&other, &file), Err(Unread::ForAnother));
        assert_eq!(Courier::from_file(&nadine, &file), Err(Unread::ForAnother), "nor whoever sent it");
        assert_eq!(Courier::from_file(&maurice, b"Bonjour"), Err(Unread::NotACourier));
        assert_eq!(Courier::from_file(&maurice, &file[..file.len() - 20]), Err(Unread::Damaged));
        assert!(!file.windows(7).any(|bytes| bytes == b"Nadine\0" || bytes == b"MAILPOS"));
    }

    #[test]
    fn nobody_sends_in_anothers_name_nor_sends_on_what_they_received() {
        let (nadine, maurice, other) = (device(1), device(2), device(3));
        let sent = courier(&nadine, &maurice);
        let file = sent.to_file(&other, &maurice.card());
        assert_eq!(Courier::from_file(&maurice, &file), Err(Unread::Damaged), "signed by another");
        let file = sent.to_file(&nadine, &other.card());
        assert_eq!(Courier::from_file(&other, &file), Err(Unread::Damaged), "made for Maurice, sealed for another");
    }

    proptest! {
        #[test]
        fn foreign_bytes_never_make_the_parser_panic(bytes: Vec<u8>) {
            fuzz_one(&bytes);
        }

        #[test]
        fn any_byte_changed_is_noticed(at: prop::sample::Index, change in 1_u8..) {
            let (nadine, maurice) = (device(1), device(2));
            let mut file = courier(&nadine, &maurice).to_file(&nadine, &maurice.card());
            let at = at.index(file.len());
            file[at] ^= change;
            prop_assert!(Courier::from_file(&maurice, &file).is_err());
        }
    }
}
