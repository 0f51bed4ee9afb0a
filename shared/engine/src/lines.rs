//! What the engine asks of a network, and what a network tells it: lines between two devices, that somebody carries.
//!
//! Whoever carries lines proves both ends' keys, lets nobody read, and loses nothing in between: QUIC does. They must never
//! know what is said.

use std::collections::BTreeSet;

use zeroize::Zeroizing;

pub use crate::sharing::address::{Address, EndpointKey};

/// Names a line: whoever carries it chooses, and uses no number twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineId(pub u64);

/// What a line is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Two devices that know each other say what they have.
    Exchange,
    /// Two that do not make sure of each other.
    Pairing,
}

/// What the engine wants of the network: what it last said holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// By which key to answer. None: be silent, hear nobody.
    pub secret: Option<Zeroizing<[u8; 32]>>,
    /// Devices to talk to, wherever they are found.
    pub peers: Vec<Address>,
    /// Whether to say around here that somebody may join.
    pub inviting: bool,
    /// Whether to look around for whoever says so.
    pub looking: bool,
    /// Whom to call to join.
    pub joining: Option<Address>,
    /// Lines on which there is something to say.
    pub to_say: BTreeSet<LineId>,
    /// Grows when there is something new for peers.
    pub news: u64,
}

/// What the network tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Where this device can be reached now.
    Listening(Vec<String>),
    /// Somebody around says that one may join.
    Found(Address),
    /// Nobody answers there.
    Unreachable(EndpointKey),
    /// A line is open.
    Opened {
        /// Its name.
        line: LineId,
        /// What for.
        purpose: Purpose,
        /// Who is at the other end, by the key that they proved.
        theirs: EndpointKey,
        /// Whether this device called.
        called: bool,
    },
    /// Messages came, in order.
    Came(LineId, Vec<Vec<u8>>),
    /// What was to be said was carried: what next?
    Next(LineId),
    /// A line is gone.
    Closed(LineId),
    /// Two devices are in touch, whether they speak or not.
    Near(EndpointKey),
    /// They no longer are.
    Far(EndpointKey),
}

/// What the network is to do then.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// To say on that line, in order.
    pub say: Vec<Vec<u8>>,
    /// Whether there is more to say: ask with [`Event::Next`].
    pub more: bool,
    /// Whether the line has served: after that is said, it is to be closed.
    pub over: Option<Over>,
}

/// How a line ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// All was said.
    Well,
    /// Nobody is to be talked to on it: it is closed without a word.
    Refused,
}
