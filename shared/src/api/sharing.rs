//! What is shared with other devices, through the door: who they are, what they lack, files that come and go.

use serde::{Deserialize, Serialize};

use super::errors::NotShared;
use super::responses::File;
use crate::domain::ids::{DocId, GroupId};
use crate::domain::time::Instant;

/// Names a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DeviceKey(pub [u8; 16]);

/// In whose company a device is: everything goes to one's own, chosen copies to a neighbour's. The two are never mixed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Company {
    /// Another of the coordinator's own devices.
    #[default]
    Own,
    /// A neighbouring coordinator's.
    Neighbour,
}

/// What may be asked or done.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SharingRequest {
    /// Who shares what, and what is not there yet.
    Status,
    /// What this device is called: the first time, it gets its keys too.
    NameDevice(String),
    /// This folder was copied: this device becomes another, of that name, which the others do not know yet.
    BecomeAnother(String),
    /// This device's card, as a file: for another of one's own, or for a neighbour, who then reads the coordinator's name.
    Card(Company),
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
        /// The sender whose words someone compared, and whom they took them for; none was asked yet.
        checked: Option<(DeviceKey, Company)>,
    },
    /// Where this device meets one's others, or the members of a group. It is looked into at once.
    SetFolder {
        /// Of which group; none for one's own devices.
        of: Option<GroupId>,
        /// A folder's path, or nowhere any more.
        place: Option<String>,
    },
    /// Meets the others in the folder, now: one's own devices, or the members of a group.
    Meet(Option<GroupId>),
    /// Whether this device talks to the others on the networks it is on.
    SetTalks(bool),
    /// Lets another of the coordinator's devices join, or a neighbour, through the network: for ten minutes.
    Invite {
        /// Whom.
        company: Company,
        /// The twenty-four words, where the status says that they are needed.
        words: Option<String>,
    },
    /// Joins through the network: whoever invites around here, or with the code that they show.
    Join {
        /// As what.
        company: Company,
        /// The code; none looks around.
        code: Option<String>,
    },
    /// Calls one of those that were found inviting around here.
    JoinFound(EndpointId),
    /// Someone compared the words of a pairing: they are the same, or not.
    Compared {
        /// Whether they are.
        same: bool,
    },
    /// Lets nobody join any more, or joins nobody.
    StopPairing,
    /// How far a pairing is.
    Pairing,
    /// The device that adds and removes is lost: this one does from now on, and the lost one leaves. With the words of the
    /// notebook that began to share.
    TakeOver {
        /// The twenty-four words.
        words: String,
    },
}

/// Names whoever answers on a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EndpointId(pub [u8; 32]);

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
    /// How far a pairing is; none goes on.
    Pairing(Option<PairingStatus>),
}

/// Two devices that make sure of each other on a network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairingStatus {
    /// Whom one takes the other for.
    pub company: Company,
    /// Whether this device lets the other join; it joins otherwise.
    pub invites: bool,
    /// How far it is.
    pub stage: PairingStage,
}

/// How far a pairing is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PairingStage {
    /// It waits for the other; the code, once this device is on a network.
    Waiting {
        /// What to type or to scan on the other device.
        code: Option<String>,
        /// When it no longer waits.
        until: Instant,
    },
    /// It looks around for whoever invites.
    Looking {
        /// Those that it found.
        found: Vec<EndpointId>,
    },
    /// It calls.
    Calling,
    /// Both show words.
    Comparing {
        /// What the other is called, by its owner.
        name: String,
        /// The words.
        words: Vec<String>,
        /// Whether someone said here that they are the same: the other is waited for.
        compared: bool,
    },
    /// It has joined, or let the other join.
    Joined {
        /// What the other is called.
        name: String,
    },
    /// It came to nothing.
    Failed(PairingFailure),
}

/// Why a pairing came to nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PairingFailure {
    /// The words were not the same: somebody may have been in the middle.
    Different,
    /// Nobody came in time.
    TooLate,
    /// Nobody answers there.
    Unreachable,
    /// The other no longer invites, or speaks with another device.
    Refused,
    /// The line was cut.
    Cut,
    /// The other does not do as Maillon does, or is of another version.
    Broken,
    /// This device shares with others already, or the other may let nobody join.
    NotShared(NotShared),
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
    /// Whether this device talks to the others on the networks it is on.
    pub talks: bool,
    /// Whether it could: a browser reaches no network of its own.
    pub may_talk: bool,
    /// Whether another device goes by this one's name and keys: this folder was copied. It writes nothing more for others
    /// until it becomes another.
    pub copied: bool,
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
    /// Whether it said where it can be reached at once.
    pub reachable: bool,
    /// Whether this device is speaking with it, or has just done so on a line that is still open.
    pub near: bool,
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
    /// As what it asks to be taken.
    pub company: Company,
    /// Whether it is one of those that share already, in that company.
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
    /// Into how many groups it asks, or brings from another of one's own devices.
    pub invited: u32,
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
