//! What is published, as one file for the mairie: signed, and readable by whoever finds it, for it identifies nobody.
//!
//! ```text
//! "MAILSUMM" │ format 1 │ bytes: signed │ signature
//!   signed: card │ commune │ coordinator │ list of publications │ list of reports        each as JSON
//! ```
//!
//! The file holds all that was ever published, the last version of each report alone: one that is lost on its way is in the
//! next. The card is the device's that publishes; whoever receives the file has compared its words once, or does so now.
//! This file never knows who is accompanied.

use maillon_shared::api::summary::Published;
use maillon_shared::domain::summary::period::Period;
use maillon_shared::domain::summary::report::PublishedReport;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::identity::{DeviceCard, DeviceSecret, Usage};
use super::wire::{FormatError, Reader, Writer};

const MAGIC: &[u8; 8] = b"MAILSUMM";
const FORMAT: u8 = 1;
/// Longer names are none.
const LONGEST_NAME: usize = 400;

/// What goes to the mairie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SummaryFile {
    /// Of which commune.
    pub commune: String,
    /// Who keeps the notebook that it comes from.
    pub coordinator: String,
    /// What is published, in the order in which it was.
    pub publications: Vec<Published>,
    /// The reports, the last version of each.
    pub reports: Vec<PublishedReport>,
}

impl SummaryFile {
    /// Whether a file begins as one.
    pub fn is_one(file: &[u8]) -> bool {
        file.starts_with(MAGIC)
    }

    /// The file, signed.
    pub fn to_bytes(&self, secret: &DeviceSecret) -> Vec<u8> {
        let mut signed = Writer::default();
        signed.bytes(&secret.card().to_bytes());
        signed.bytes(self.commune.as_bytes());
        signed.bytes(self.coordinator.as_bytes());
        signed.list(&self.publications, json);
        signed.list(&self.reports, json);
        let signed = signed.done();
        let mut file = Writer::default();
        file.fixed(MAGIC);
        file.fixed(&[FORMAT]);
        file.bytes(&signed);
        file.fixed(&secret.sign(Usage::Summary, &signed));
        file.done()
    }

    /// From a file that came, with the card of whoever signed it.
    ///
    /// # Errors
    ///
    /// Another file, one that is damaged or that someone else changed, one of a newer version.
    pub fn from_bytes(file: &[u8]) -> Result<(DeviceCard, Self), FormatError> {
        let mut reader = Reader::new(file);
        if reader.fixed()? != *MAGIC {
            return Err(FormatError::Malformed);
        }
        match reader.fixed()? {
            [FORMAT] => {}
            [0] => return Err(FormatError::Malformed),
            _ => return Err(FormatError::TooNew),
        }
        let signed = reader.bytes()?;
        let signature = reader.fixed()?;
        reader.end()?;
        let mut reader = Reader::new(signed);
        let card = DeviceCard::from_bytes(reader.bytes()?)?;
        // Before anything else of it is read.
        if !card.signed(Usage::Summary, signed, &signature) {
            return Err(FormatError::Malformed);
        }
        let said = SummaryFile {
            commune: name(reader.bytes()?)?,
            coordinator: name(reader.bytes()?)?,
            publications: reader.list(|reader| read_json(reader.bytes()?))?,
            reports: reader.list(|reader| read_json(reader.bytes()?))?,
        };
        reader.end()?;
        let periods = said.publications.iter().map(|one| one.publication.period);
        match periods.chain(said.reports.iter().map(|report| report.period)).all(Period::is_sensible) {
            true => Ok((card, said)),
            false => Err(FormatError::Malformed),
        }
    }
}

fn json(writer: &mut Writer, value: &impl Serialize) {
    // Numbers, codes and words: none of them fails to be written.
    writer.bytes(&serde_json::to_vec(value).unwrap_or_default());
}

/// What is signed and not understood was written by a version that knows more tables, or other words.
fn read_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, FormatError> {
    serde_json::from_slice(bytes).map_err(|_| FormatError::TooNew)
}

fn name(bytes: &[u8]) -> Result<String, FormatError> {
    let name = std::str::from_utf8(bytes).ok().filter(|name| name.len() <= LONGEST_NAME);
    Ok(name.ok_or(FormatError::Malformed)?.to_owned())
}

/// Reads foreign bytes as such a file.
pub fn fuzz_one(bytes: &[u8]) {
    let _ = SummaryFile::from_bytes(bytes);
    let _ = SummaryFile::from_bytes(&[MAGIC.as_slice(), &[FORMAT], bytes].concat());
    let _: Result<Published, _> = read_json(bytes);
    let _: Result<PublishedReport, _> = read_json(bytes);
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn file() -> SummaryFile {
        let report = PublishedReport {
            period: Period::parse("2026").unwrap(),
            version: 1,
            on: "2027-01-10".parse().unwrap(),
            lead: "Une année dense.".into(),
            next: String::new(),
            stories: Vec::new(),
            commitments: Vec::new(),
        };
        SummaryFile {
            commune: "Valcombe".into(),
            coordinator: "Ysolde Brancassin".into(),
            publications: Vec::new(),
            reports: vec![report],
        }
    }

    #[test]
    fn whoever_signed_it_is_known_and_what_they_said() {
        let (nadine, other) = (DeviceSecret::from_bytes([1; 32]), DeviceSecret::from_bytes([2; 32]));
        let bytes = file().to_bytes(&nadine);
        assert_eq!(SummaryFile::from_bytes(&bytes), Ok((nadine.card(), file())));
        assert_eq!(file().to_bytes(&nadine), bytes, "the same words are the same bytes");
        assert_eq!(SummaryFile::from_bytes(&file().to_bytes(&other)).unwrap().0, other.card());
    }

    #[test]
    fn a_file_of_which_one_byte_was_changed_is_no_summary() {
        let bytes = file().to_bytes(&DeviceSecret::from_bytes([1; 32]));
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert!(SummaryFile::from_bytes(&changed).is_err(), "byte {at}");
        }
        for length in 0..bytes.len() {
            assert!(SummaryFile::from_bytes(&bytes[..length]).is_err(), "cut at {length}");
        }
        assert_eq!(SummaryFile::from_bytes(b"MAILSUMM\x02"), Err(FormatError::TooNew));
        assert_eq!(SummaryFile::from_bytes(b"Bonjour, voici l'affiche"), Err(FormatError::Malformed));
    }
}
