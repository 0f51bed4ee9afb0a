//! A line between two devices, carried in memory: what goes over it is counted, it can be cut after so many bytes, and somebody
//! can sit in the middle.

use std::sync::atomic::{AtomicU64, Ordering};

use maillon_engine::lines::{Answer, EndpointKey, Event, LineId, Over, Purpose};

use super::Device;

/// When a line is cut, if it is.
#[derive(Clone, Copy, Debug, Default)]
pub enum Cut {
    /// It holds.
    #[default]
    Never,
    /// After so many bytes, of both sides together: the message that was on its way is lost.
    AfterBytes(u64),
}

/// What was carried.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Carried {
    /// What the caller said, in bytes.
    pub from_caller: u64,
    /// What the other said.
    pub from_other: u64,
    /// How often the turn to speak changed.
    pub turns: u32,
    /// How it ended for the caller, if it did.
    pub caller: Option<Over>,
    /// How it ended for the other.
    pub other: Option<Over>,
    /// Each message, as whoever sits in the middle would keep it: whether the caller said it, and what.
    pub messages: Vec<(bool, Vec<u8>)>,
}

impl Carried {
    /// All bytes.
    pub fn bytes(&self) -> u64 {
        self.from_caller + self.from_other
    }

    /// Whether both sides had said all.
    pub fn is_well(&self) -> bool {
        (self.caller, self.other) == (Some(Over::Well), Some(Over::Well))
    }
}

/// The key that a device answers by now.
#[track_caller]
pub fn endpoint(device: &mut Device) -> EndpointKey {
    match device.wanted().secret {
        Some(secret) => EndpointKey::of(&secret),
        None => panic!("this device is silent"),
    }
}

/// One side of a line.
#[derive(Default)]
struct Side {
    more: bool,
    over: Option<Over>,
}

impl Side {
    fn hears(&mut self, answer: Answer) -> Vec<Vec<u8>> {
        self.more = answer.more;
        self.over = self.over.or(answer.over);
        answer.say
    }
}

/// A line between two devices: the one that called first, then the other.
pub struct Wire {
    line: LineId,
    sides: [Side; 2],
    cut: Cut,
    /// What was carried until now.
    pub carried: Carried,
}

impl Wire {
    /// Opens a line between two devices that want to be reached.
    #[track_caller]
    pub fn open(purpose: Purpose, caller: &mut Device, other: &mut Device) -> Wire {
        let (ours, theirs) = (endpoint(caller), endpoint(other));
        Wire::open_as(purpose, (caller, ours), (other, theirs))
    }

    /// The same between keys that the two may not have: whoever carries lines proves them, and a test may lie.
    pub fn open_as(
        purpose: Purpose,
        (caller, ours): (&mut Device, EndpointKey),
        (other, theirs): (&mut Device, EndpointKey),
    ) -> Wire {
        static LINES: AtomicU64 = AtomicU64::new(1);
        let line = LineId(LINES.fetch_add(1, Ordering::Relaxed));
        let mut sides = [Side::default(), Side::default()];
        let opened = |theirs, called| Event::Opened { line, purpose, theirs, called };
        let said = sides[0].hears(caller.line(opened(theirs, true)));
        let waiting = sides[1].hears(other.line(opened(ours, false)));
        assert!(said.is_empty() && waiting.is_empty(), "nobody speaks before they are asked to");
        Wire { line, sides, cut: Cut::Never, carried: Carried::default() }
    }

    /// One exchange, from its beginning to its end.
    #[track_caller]
    pub fn exchange(caller: &mut Device, other: &mut Device) -> Carried {
        Wire::exchange_cut(Cut::Never, caller, other)
    }

    /// One exchange, on a line that is cut.
    #[track_caller]
    pub fn exchange_cut(cut: Cut, caller: &mut Device, other: &mut Device) -> Carried {
        let mut wire = Wire::open(Purpose::Exchange, caller, other);
        wire.cut = cut;
        wire.speak(caller, other);
        wire.close(caller, other)
    }

    /// Carries what both say, until neither says anything, or one has closed the line, or it is cut.
    pub fn speak(&mut self, caller: &mut Device, other: &mut Device) {
        let mut silent = 0;
        for speaker in [0, 1].into_iter().cycle() {
            if silent == 2 || self.sides.iter().any(|side| side.over == Some(Over::Refused)) {
                break;
            }
            let [speaks, hears] = if speaker == 0 { [&mut *caller, &mut *other] } else { [&mut *other, &mut *caller] };
            // What whoever looks at the screen has just decided is to be said, too.
            self.sides[speaker].more |= speaks.wanted().to_say.contains(&self.line);
            let mut said = Vec::new();
            while self.sides[speaker].more {
                let answer = speaks.line(Event::Next(self.line));
                said.extend(self.sides[speaker].hears(answer));
            }
            silent = if said.is_empty() { silent + 1 } else { 0 };
            self.carried.turns += u32::from(!said.is_empty());
            let total = said.len();
            let arrived: Vec<Vec<u8>> = said.into_iter().take_while(|message| self.arrives(speaker, message)).collect();
            let is_cut = arrived.len() < total;
            if !arrived.is_empty() {
                let said = self.sides[1 - speaker].hears(hears.line(Event::Came(self.line, arrived)));
                assert!(said.is_empty(), "what is to be said is asked for");
            }
            if is_cut {
                break;
            }
        }
        (self.carried.caller, self.carried.other) = (self.sides[0].over, self.sides[1].over);
    }

    fn arrives(&mut self, speaker: usize, message: &[u8]) -> bool {
        let carried = &mut self.carried;
        let said = if speaker == 0 { &mut carried.from_caller } else { &mut carried.from_other };
        *said += message.len() as u64;
        if matches!(self.cut, Cut::AfterBytes(bytes) if carried.bytes() > bytes) {
            return false;
        }
        carried.messages.push((speaker == 0, message.to_vec()));
        true
    }

    /// The line is gone.
    pub fn close(self, caller: &mut Device, other: &mut Device) -> Carried {
        caller.line(Event::Closed(self.line));
        other.line(Event::Closed(self.line));
        self.carried
    }
}
