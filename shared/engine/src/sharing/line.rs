//! What two devices say to each other on a line between them, whatever carries it: one message each way of what each has, then
//! what the other lacks, then a receipt.
//!
//! ```text
//! message:  1 greeting │ 2 record │ 3 pack │ 4 end │ 5 receipt
//! greeting: bytes of what is signed │ signature, fixed 64, context "maillon/1/line"
//! signed:   format 1 │ 0 or 1: whoever called │ the caller's endpoint │ the other's endpoint │ device id
//!           │ bytes of an address, or none │ list of bytes: a have each
//! record:   scope │ the record            pack: scope │ the sealed pack
//! end:      nothing                       receipt: list of bytes: a have each
//! ```
//!
//! The line itself proves both endpoints and nobody else reads it. The greeting proves whose they are: whoever answers has
//! said nothing before that, so that a stranger learns no more than that somebody is there. Nothing to say costs one message
//! each way.

use super::address::{Address, EndpointKey, optional_address};
use super::exchange::Have;
use super::identity::{DeviceCard, DeviceId, DeviceSecret, SIGNATURE_BYTES, Usage};
use super::membership::{Record, ScopeId};
use super::wire::{FormatError, Reader, Writer};

const FORMAT: u8 = 1;

/// Both ends of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ends {
    /// The key that this device answers by.
    pub ours: EndpointKey,
    /// The other's.
    pub theirs: EndpointKey,
    /// Whether this device called.
    pub called: bool,
}

impl Ends {
    /// The same, as the other end sees it.
    pub fn from_there(self) -> Ends {
        Ends { ours: self.theirs, theirs: self.ours, called: !self.called }
    }
}

/// Who is at the other end, and what they have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Greeting {
    /// Who.
    pub device: DeviceId,
    /// Where they can be reached another time.
    pub address: Option<Address>,
    /// What they have of each scope that they know both to be of.
    pub haves: Vec<Have>,
    signed: Vec<u8>,
    signature: [u8; SIGNATURE_BYTES],
}

/// What one says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// Who one is and what one has.
    Greeting(Greeting),
    /// A record that the other lacks.
    Record(ScopeId, Box<Record>),
    /// A pack that the other lacks, sealed.
    Pack(ScopeId, Vec<u8>),
    /// That was all.
    End,
    /// It arrived, and is kept: what one has now.
    Receipt(Vec<Have>),
}

impl Greeting {
    /// What this device says first.
    pub fn new(secret: &DeviceSecret, ends: Ends, address: Option<Address>, haves: Vec<Have>) -> Greeting {
        let device = secret.card().id();
        let mut writer = Writer::default();
        writer.fixed(&[FORMAT]);
        write_ends(&mut writer, ends);
        writer.fixed(&device.0);
        writer.bytes(&address.as_ref().map(Address::to_bytes).unwrap_or_default());
        write_haves(&mut writer, &haves);
        let signed = writer.done();
        let signature = secret.sign(Usage::Line, &signed);
        Greeting { device, address, haves, signed, signature }
    }

    /// Whether that device said it, at the other end of this very line.
    pub fn is_of(&self, card: &DeviceCard, ends: Ends) -> bool {
        let mut there = Writer::default();
        there.fixed(&[FORMAT]);
        write_ends(&mut there, ends.from_there());
        self.signed.starts_with(&there.done())
            && card.id() == self.device
            && card.signed(Usage::Line, &self.signed, &self.signature)
    }

    fn read(reader: &mut Reader<'_>) -> Result<Greeting, FormatError> {
        let signed = reader.bytes()?.to_vec();
        let signature = reader.fixed()?;
        let mut inside = Reader::new(&signed);
        match inside.fixed()? {
            [FORMAT] => {}
            [0] => return Err(FormatError::Malformed),
            _ => return Err(FormatError::TooNew),
        }
        // Both ends are compared as they are signed, by `is_of`.
        let _: [u8; 1 + 32 + 32] = inside.fixed()?;
        let device = DeviceId(inside.fixed()?);
        let address = optional_address(inside.bytes()?)?;
        let haves = read_haves(&mut inside)?;
        inside.end()?;
        Ok(Greeting { device, address, haves, signed, signature })
    }
}

impl Message {
    /// As it travels.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut writer = Writer::default();
        match self {
            Message::Greeting(greeting) => {
                writer.fixed(&[1]);
                writer.bytes(&greeting.signed);
                writer.fixed(&greeting.signature);
            }
            Message::Record(scope, record) => {
                writer.fixed(&[2]);
                writer.fixed(&scope.0);
                writer.fixed(record.as_bytes());
            }
            Message::Pack(scope, sealed) => {
                writer.fixed(&[3]);
                writer.fixed(&scope.0);
                writer.fixed(sealed);
            }
            Message::End => writer.fixed(&[4]),
            Message::Receipt(haves) => {
                writer.fixed(&[5]);
                write_haves(&mut writer, haves);
            }
        }
        writer.done()
    }

    /// From what travelled.
    ///
    /// # Errors
    ///
    /// Other bytes, or those of a newer version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Message, FormatError> {
        let mut reader = Reader::new(bytes);
        let [kind] = reader.fixed()?;
        let message = match kind {
            1 => Message::Greeting(Greeting::read(&mut reader)?),
            2 => return Ok(Message::Record(ScopeId(reader.fixed()?), Box::new(Record::from_bytes(reader.rest())?))),
            3 => return Ok(Message::Pack(ScopeId(reader.fixed()?), reader.rest().to_vec())),
            4 => Message::End,
            5 => Message::Receipt(read_haves(&mut reader)?),
            0 => return Err(FormatError::Malformed),
            _ => return Err(FormatError::TooNew),
        };
        reader.end()?;
        Ok(message)
    }
}

fn write_ends(writer: &mut Writer, ends: Ends) {
    let (caller, other) = if ends.called { (ends.ours, ends.theirs) } else { (ends.theirs, ends.ours) };
    writer.fixed(&[u8::from(ends.called)]);
    writer.fixed(&caller.0);
    writer.fixed(&other.0);
}

fn write_haves(writer: &mut Writer, haves: &[Have]) {
    writer.list(haves, |writer, have| writer.bytes(&have.to_bytes()));
}

fn read_haves(reader: &mut Reader<'_>) -> Result<Vec<Have>, FormatError> {
    reader.list(|reader| Have::from_bytes(reader.bytes()?))
}

/// Reads foreign bytes as a message: what reads back is what was written.
pub fn fuzz_one(bytes: &[u8]) {
    if let Ok(message) = Message::from_bytes(bytes) {
        assert_eq!(message.to_bytes(), bytes, "a message has one form");
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use proptest::prelude::*;

    use super::*;
    use crate::sharing::exchange::End;

    fn ends() -> Ends {
        Ends { ours: EndpointKey([1; 32]), theirs: EndpointKey([2; 32]), called: true }
    }

    fn have(n: u8) -> Have {
        let end = |n| End { device: DeviceId([n; 16]), number: 40_000, pack: [n; 16] };
        Have { scope: ScopeId([n; 16]), records: vec![[2; 16]], ends: (0..6).map(end).collect() }
    }

    #[test]
    fn a_greeting_is_of_its_device_and_of_its_line() {
        let (nadine, maurice) = (DeviceSecret::from_bytes([1; 32]), DeviceSecret::from_bytes([2; 32]));
        let address = Address { endpoint: EndpointKey([1; 32]), places: vec!["192.168.1.20:41000".into()] };
        let said = Message::Greeting(Greeting::new(&nadine, ends(), Some(address), vec![have(1)]));
        let Message::Greeting(heard) = Message::from_bytes(&said.to_bytes()).unwrap() else { panic!("a greeting") };
        let there = ends().from_there();
        assert!(heard.is_of(&nadine.card(), there));
        assert!(!heard.is_of(&maurice.card(), there), "nobody speaks in another's name");
        assert!(!heard.is_of(&nadine.card(), ends()), "nor says back what was said to them");
        let elsewhere = Ends { ours: EndpointKey([3; 32]), ..there };
        assert!(!heard.is_of(&nadine.card(), elsewhere), "nor on another line");
    }

    #[test]
    fn ten_scopes_of_six_devices_are_greeted_in_less_than_three_kilobytes() {
        let nadine = DeviceSecret::from_bytes([1; 32]);
        let address = Address { endpoint: EndpointKey([1; 32]), places: vec!["192.168.1.20:41000".into(); 4] };
        let greeting = Greeting::new(&nadine, ends(), Some(address), (0..10).map(have).collect());
        let bytes = Message::Greeting(greeting).to_bytes().len();
        assert!(bytes < 3_000, "{bytes}");
    }

    proptest! {
        #[test]
        fn foreign_bytes_never_make_the_parser_panic(bytes: Vec<u8>, kind in 0_u8..7) {
            fuzz_one(&bytes);
            fuzz_one(&[&[kind], bytes.as_slice()].concat());
        }

        #[test]
        fn a_message_reads_back(sealed: Vec<u8>, scope: [u8; 16]) {
            let messages = [Message::Pack(ScopeId(scope), sealed), Message::End, Message::Receipt(vec![have(3)])];
            for message in messages {
                prop_assert_eq!(Message::from_bytes(&message.to_bytes()), Ok(message));
            }
        }
    }
}
