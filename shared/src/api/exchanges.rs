//! How far the exchanges with others are, through the door: what is unsent, to whom, since when; what came since someone
//! looked; what two people wrote at once; what was set aside, and why.

use serde::{Deserialize, Serialize};

use super::sharing::{Company, DeviceKey};
use crate::domain::ids::{
    ActId, AlertId, CampaignId, CopyId, DocId, EntryId, GroupId, HealthProjectId, HospitalStayId, NeighbourId,
    PersonId, RegisterEntryId, RequestId, RoundId, SharedMeetingId,
};
use crate::domain::time::Instant;

use super::collective::CommonTarget;

/// What may be asked or done.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ExchangeRequest {
    /// Everything of it.
    All,
    /// What the mark on every screen says: asked often, and cheap.
    Mark,
    /// What came was looked at: the list begins anew.
    Looked,
    /// What was set aside is taken up all the same: its words are written here, as if by this device. It can be undone.
    TakeUp(SetAsideId),
    /// What was set aside is let go, for good: ask first.
    LetGo(SetAsideId),
}

/// What is answered.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ExchangeAnswer {
    /// Everything of it.
    All(Box<Exchanges>),
    /// So many records were taken up, and so many could not be.
    TakenUp {
        /// The act, which can be undone; none where nothing was written.
        act: Option<ActId>,
        /// Those that changed.
        records: u32,
        /// Those whose words cannot be read here.
        unreadable: u32,
    },
}

/// What the mark on every screen says. Nothing of it names anyone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExchangeMark {
    /// Whether anything is shared with anyone.
    pub shares: bool,
    /// Of how many records something is to go to others still.
    pub unsent: u32,
    /// Since when the oldest of it waits.
    pub since: Option<Instant>,
    /// How many records came and nobody looked yet.
    pub came: u32,
    /// Of how many two people wrote at once, and nobody chose yet.
    pub two_versions: u32,
    /// How many things were set aside.
    pub set_aside: u32,
    /// Into how many groups this coordinator is asked, and has not answered.
    pub asked: u32,
}

/// How far the exchanges are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exchanges {
    /// What the mark says.
    pub mark: ExchangeMark,
    /// With whom, those who lack something first, the oldest first.
    pub with: Vec<ExchangeWith>,
    /// What came since someone looked, the last first.
    pub came: Vec<Arrival>,
    /// Of which records two people wrote at once.
    pub two_versions: Vec<RecordShown>,
    /// What was set aside, the last first.
    pub set_aside: Vec<SetAside>,
    /// How many things came that wait for what they rest on.
    pub waiting: u32,
}

/// The exchange with a device of one's own, or with a neighbour.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExchangeWith {
    /// With whom.
    pub whom: Whom,
    /// What they are called.
    pub name: String,
    /// Of how many records something is to go there still.
    pub unsent: u32,
    /// Since when the oldest of it waits.
    pub since: Option<Instant>,
    /// When something last came from there, by this device's clock; none where nothing did yet.
    pub last: Option<Instant>,
    /// Whether this device is speaking with them now.
    pub near: bool,
}

/// With whom something is exchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Whom {
    /// Another of the coordinator's devices.
    Device(DeviceKey),
    /// A neighbouring coordinator.
    Neighbour(NeighbourId),
    /// A group of coordinators.
    Group(GroupId),
}

/// What came from one device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrival {
    /// What whoever wrote it is called: a device, or a neighbour.
    pub from: String,
    /// Whose they are.
    pub company: Company,
    /// When the last of it was written, by its own clock.
    pub at: Instant,
    /// The records that changed here, people first.
    pub records: Vec<RecordShown>,
}

/// A record, as a line leads to it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RecordShown {
    /// What it leads to.
    pub to: RecordTarget,
    /// What to show: a name; empty where it has none.
    pub title: String,
    /// The documents of it that are meant.
    pub documents: Vec<DocId>,
}

/// What a record leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum RecordTarget {
    /// A person, whatever of theirs it is.
    Person(PersonId),
    /// Something a neighbour copied here.
    Received(NeighbourId, CopyId),
    /// A request.
    Request(RequestId),
    /// A health project.
    Project(HealthProjectId),
    /// A stay at hospital.
    Stay(HospitalStayId),
    /// A *temps d'échange*.
    Meeting(SharedMeetingId),
    /// The circle of a person.
    Circle(PersonId),
    /// An entry of the directory.
    Entry(EntryId),
    /// An entry of the legal register.
    Register(RegisterEntryId),
    /// An alert.
    Alert(AlertId),
    /// A campaign.
    Campaign(CampaignId),
    /// A round.
    Round(RoundId),
    /// A collective project, a difficulty of practice, a fictional situation.
    Common(CommonTarget),
    /// A group of coordinators.
    Group(GroupId),
    /// The settings and the lists.
    Settings,
    /// Something that no screen of its own shows: a month of the reception desk, addresses.
    Other,
}

/// Names something that was set aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SetAsideId(pub [u8; 32]);

/// Something that came and was not taken in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAside {
    /// Which.
    pub id: SetAsideId,
    /// What its device is called; empty where that is not known.
    pub from: String,
    /// Whose it is.
    pub company: Company,
    /// When it was written, by its own clock.
    pub at: Option<Instant>,
    /// Why.
    pub why: SetAsideWhy,
    /// What of it is known here: the records it is about.
    pub records: Vec<RecordShown>,
    /// Of how many records it has something.
    pub count: u32,
    /// Whether its words can be taken up.
    pub may_take_up: bool,
}

/// Why something was set aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SetAsideWhy {
    /// Its device had been removed.
    Left,
    /// Its device was copied, or two write under its name.
    Copied,
    /// Its device was never let in by whoever decides.
    NotAMember,
    /// It was written after the sharing had ended.
    Closed,
    /// It does not follow what it says it follows.
    Broken,
    /// It rests on something that was set aside.
    RestsOnOther,
    /// A record in it is damaged.
    Damaged,
    /// A record in it lacks its key or its beginning: another file may bring it.
    Incomplete,
    /// A record in it is none that may be written there.
    NotTheirs,
    /// A newer version of Maillon wrote it.
    TooNew,
}
