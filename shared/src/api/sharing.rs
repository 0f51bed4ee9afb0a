//! What is shared with other devices, through the door: who they are, what they lack, files that come and go.

use serde::{Deserialize, Serialize};

use super::responses::File;
use crate::domain::ids::DocId;
use crate::domain::time::Instant;

/// Names a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DeviceKey(pub [u8; 16]);

/// What may be asked or done.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SharingRequest {
    /// Who shares what, and what is not there yet.
    Status,
    /// What this device is called: the first time, it gets its keys too.
    NameDevice(String),
    /// This device's card, as a file.
    Card,
    /// What a card says; nothing is done.
    ReadCard(Vec<u8>),
    /// Another of the coordinator's devices joins. Whoever asks has compared the words of its card.
    AddDevice {
        /// Its card.
        card: Vec<u8>,
        /// The twenty-four words, where the status says that they are needed.
        words: Option<String>,
    },
    /// A device leaves: lost, sold, or someone else's now.
    RemoveDevice(DeviceKey),
    /// What a device lacks, as one file that it alone opens.
    MakeCourier(DeviceKey),
    /// A file that came from another device.
    OpenCourier {
        /// The file.
        file: Vec<u8>,
        /// The sender whose words someone compared; none was asked yet.
        checked: Option<DeviceKey>,
    },
    /// Where this device meets the others: a folder's path, or nowhere any more. It is looked into at once.
    SetFolder(Option<String>),
    /// Meets the others in the folder, now.
    Meet,
}

/// What is answered.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SharingAnswer {
    /// Who shares what.
    Status(Box<SharingStatus>),
    /// What a card says.
    Card(CardRead),
    /// A file to carry.
    Courier(CourierMade),
    /// What came of a file.
    Opened(CourierOpened),
    /// What came of meeting in the folder.
    Met(FolderMet),
}

/// This device, as others know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThisDevice {
    /// Its name.
    pub name: String,
    /// The words to read aloud.
    pub words: Vec<String>,
}

/// Who shares what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharingStatus {
    /// This device; none before it has a name.
    pub this: Option<ThisDevice>,
    /// Whether the twenty-four words must be typed before another device joins.
    pub words_needed: bool,
    /// Whether something is shared already, here.
    pub shares: bool,
    /// Whether this device is one of those that share: a restored one, or one that was removed, is not.
    pub is_member: bool,
    /// Whether this device decides who joins and who leaves.
    pub administers: bool,
    /// The other devices, by name.
    pub others: Vec<OtherDevice>,
    /// Those that left, by name.
    pub left: Vec<String>,
    /// Where this device meets the others, if it does.
    pub folder: Option<String>,
    /// Whether this device could: a browser has no folders.
    pub may_meet: bool,
    /// How many documents have something that no file took along yet.
    pub untold: u32,
    /// How many things came that cannot be read yet: what they rest on is still to come.
    pub waiting: u32,
    /// How many things came and were set aside: from a device that had left, was copied, or sent something impossible.
    pub set_aside: u32,
}

/// Another device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherDevice {
    /// Which.
    pub id: DeviceKey,
    /// What its owner calls it.
    pub name: String,
    /// The words of its card.
    pub words: Vec<String>,
    /// Whether it decides who joins and who leaves.
    pub administers: bool,
    /// How many documents it is not known to have as they are here; what no file took along yet is told apart.
    pub unsent: u32,
    /// Whether it ever said what it has.
    pub answered: bool,
    /// When it last wrote something that came here, by its own clock.
    pub last_heard: Option<Instant>,
}

/// What a card says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardRead {
    /// Which device.
    pub id: DeviceKey,
    /// What its owner calls it.
    pub name: String,
    /// The words to compare.
    pub words: Vec<String>,
    /// Whether it is one of those that share already.
    pub is_member: bool,
    /// Whether it is this very device's.
    pub is_this: bool,
}

/// A file to carry.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CourierMade {
    /// The file.
    pub file: File,
    /// How many documents it brings something of.
    pub documents: u32,
}

/// What came of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CourierOpened {
    /// Nothing was taken: someone who is not known here proposes to share. Their words are to be compared first.
    Proposes(CardRead),
    /// It was taken in.
    Taken(CourierTaken),
}

/// What was taken in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CourierTaken {
    /// Who sent it.
    pub from: Option<DeviceKey>,
    /// What they are called.
    pub name: String,
    /// When it was made, by their clock.
    pub at: Option<Instant>,
    /// The documents that changed here.
    pub changed: u32,
    /// How many documents were erased here, as they were there.
    pub erased: u32,
    /// How many things wait for what is still to come.
    pub waiting: u32,
    /// How many were spoilt or set aside.
    pub set_aside: u32,
    /// Of documents whose fields two people wrote at once: someone chooses.
    pub two_versions: Vec<DocId>,
}

/// What came of meeting in a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FolderMet {
    /// How many things were put there.
    pub sent: u32,
    /// The documents that changed here.
    pub changed: u32,
    /// How many documents were erased here, as they were elsewhere.
    pub erased: u32,
    /// How many things wait for what is still to come.
    pub waiting: u32,
    /// How many were spoilt or set aside.
    pub set_aside: u32,
    /// The devices that say they wrote more than the folder gives, by name.
    pub withheld: Vec<String>,
    /// Whether the folder shows less than it showed before.
    pub set_back: bool,
    /// Of documents whose fields two people wrote at once: someone chooses.
    pub two_versions: Vec<DocId>,
}
