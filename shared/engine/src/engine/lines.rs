//! Lines to other devices: what is wanted of the network, and what is said on each line.
//!
//! The host carries; it is told what is wanted after whatever happened, and asks what to say, a few hundred kilobytes at a
//! time: between two of its questions whoever works at the screens is served.

use std::collections::{BTreeMap, BTreeSet};

use maillon_shared::api::errors::NotShared;
use maillon_shared::api::sharing::{CourierTaken, DeviceKey};
use maillon_shared::api::{Failure, Notice};

use super::Engine;
use super::pairing::Pair;
use crate::ambient::Ambient;
use crate::lines::{Address, Answer, EndpointKey, Event, LineId, Over, Purpose, Wanted};
use crate::notebook::Exchange;
use crate::sharing::line::{Ends, Message};
use crate::store::Store;

/// So many bytes are said at a time.
const AT_A_TIME: usize = 256 << 10;

/// What goes on on networks while the notebook is open.
#[derive(Default)]
pub(super) struct Lines {
    /// Where this device can be reached now.
    pub places: Vec<String>,
    /// The exchanges that go on.
    exchanges: BTreeMap<LineId, Exchange>,
    /// Who is in touch, by the keys that they proved.
    near: BTreeSet<EndpointKey>,
    /// Lines that this device ended: whoever carries them is to close them.
    pub hung_up: BTreeSet<LineId>,
    /// The pairing that goes on, or how the last one ended.
    pub pair: Option<Pair>,
}

impl<S: Store, A: Ambient> Engine<S, A> {
    /// What the engine wants of the network, as things are now.
    pub async fn wanted(&mut self) -> Wanted {
        self.wanted_of_network().await.unwrap_or_default()
    }

    async fn wanted_of_network(&mut self) -> Result<Wanted, Failure> {
        let now = self.ambient.now();
        let (store, notebook) = (&self.store, self.open.as_mut().ok_or(Failure::Locked)?);
        let talks = notebook.talks(store).await?;
        let pairs = self.lines.pair.as_mut().is_some_and(|pair| pair.goes_on(now));
        if !talks && !pairs {
            (self.lines.exchanges, self.lines.near, self.lines.hung_up) = Default::default();
            return Ok(Wanted::default());
        }
        let acts = notebook.acts();
        let sharing = notebook.sharing(store).await?;
        let mut wanted = Wanted {
            secret: Some(sharing.this()?.secret.endpoint_secret()),
            news: acts + sharing.packs(),
            to_say: self.lines.hung_up.clone(),
            ..Wanted::default()
        };
        if talks {
            wanted.peers = sharing.reachable().map(|(_, address)| address.clone()).collect();
        }
        if let Some(pair) = self.lines.pair.as_ref().filter(|_| pairs) {
            pair.want(&mut wanted);
        }
        Ok(wanted)
    }

    /// Hears what the network tells, and says what it is to do.
    pub async fn line(&mut self, event: Event) -> Answer {
        let refused = Answer { over: Some(Over::Refused), ..Answer::default() };
        if self.open.is_none() {
            return refused;
        }
        match event {
            Event::Listening(places) => {
                self.lines.places = places;
                self.tell_sharing();
                Answer::default()
            }
            Event::Near(theirs) => {
                self.lines.near.insert(theirs);
                self.tell_of(theirs).await;
                Answer::default()
            }
            Event::Far(theirs) => {
                self.lines.near.remove(&theirs);
                self.tell_of(theirs).await;
                Answer::default()
            }
            Event::Found(address) => {
                self.pair_found(address);
                Answer::default()
            }
            Event::Unreachable(theirs) => {
                self.pair_unreachable(theirs);
                Answer::default()
            }
            Event::Opened { line, purpose: Purpose::Pairing, theirs, called } => {
                self.pair_opened(line, theirs, called).await.unwrap_or(refused)
            }
            Event::Opened { line, purpose: Purpose::Exchange, theirs, called } => {
                self.exchange_opened(line, theirs, called).await.unwrap_or(refused)
            }
            Event::Came(line, messages) if self.is_pairs(line) => self.pair_heard(line, &messages).await,
            Event::Came(line, messages) => match self.exchange_heard(line, &messages).await {
                Ok(answer) => answer,
                // A full disk, or a stranger: what came before is kept, and the rest comes another time.
                Err(_) => {
                    self.lines.exchanges.remove(&line);
                    refused
                }
            },
            Event::Next(line) if self.is_pairs(line) => self.pair_next(line),
            Event::Next(line) => self.exchange_next(line).await.unwrap_or(refused),
            Event::Closed(line) => {
                self.lines.exchanges.remove(&line);
                self.lines.hung_up.remove(&line);
                self.pair_closed(line);
                Answer::default()
            }
        }
    }

    /// Tells the screens that something about what is shared changed.
    pub(super) fn tell_sharing(&mut self) {
        (self.notices)(Notice::Sharing);
    }

    /// Tells that a device came or went; strangers at the door make no screen be read again.
    async fn tell_of(&mut self, theirs: EndpointKey) {
        let (store, Some(notebook)) = (&self.store, self.open.as_mut()) else { return };
        if notebook.sharing(store).await.is_ok_and(|sharing| sharing.device_at(theirs).is_some()) {
            self.tell_sharing();
        }
    }

    /// The devices that are in touch now.
    pub(super) async fn near(&mut self) -> Result<BTreeSet<DeviceKey>, Failure> {
        let (store, notebook) = (&self.store, self.open.as_mut().ok_or(Failure::Locked)?);
        let sharing = notebook.sharing(store).await?;
        let devices = self.lines.near.iter().filter_map(|theirs| sharing.device_at(*theirs));
        Ok(devices.map(|device| DeviceKey(device.0)).collect())
    }

    /// Both ends of a line, where this device has keys.
    pub(super) async fn ends(&mut self, theirs: EndpointKey, called: bool) -> Result<Ends, Failure> {
        let (store, notebook) = (&self.store, self.open.as_mut().ok_or(Failure::Locked)?);
        Ok(Ends { ours: notebook.sharing(store).await?.this()?.secret.endpoint(), theirs, called })
    }

    async fn exchange_opened(&mut self, line: LineId, theirs: EndpointKey, called: bool) -> Result<Answer, Failure> {
        let ends = self.ends(theirs, called).await?;
        let (store, notebook) = (&self.store, self.open.as_mut().ok_or(Failure::Locked)?);
        let peer = match called {
            true => Some(notebook.sharing(store).await?.device_at(theirs).ok_or(Failure::NotShared(NotShared::Who))?),
            false => None,
        };
        let exchange = Exchange::new(ends, peer);
        let more = exchange.has_more();
        self.lines.exchanges.insert(line, exchange);
        Ok(Answer { more, ..Answer::default() })
    }

    async fn exchange_heard(&mut self, line: LineId, messages: &[Vec<u8>]) -> Result<Answer, Failure> {
        let mut exchange = self.lines.exchanges.remove(&line).ok_or(Failure::NotUnderstood)?;
        let messages: Result<Vec<Message>, _> = messages.iter().map(|bytes| Message::from_bytes(bytes)).collect();
        let messages = messages.map_err(|_| Failure::NotUnderstood)?;
        let Engine { store, ambient, open, .. } = self;
        let notebook = open.as_mut().ok_or(Failure::Locked)?;
        let heard = notebook.take_messages(store, ambient, &mut exchange, messages).await?;
        if heard.received.packs > 0 || exchange.owes_a_receipt() {
            self.absorb_what_came(&mut CourierTaken::default()).await?;
        }
        if heard.stranger {
            return Err(Failure::NotShared(NotShared::Who));
        }
        let answer = self.answer_of(&exchange);
        self.lines.exchanges.insert(line, exchange);
        Ok(answer)
    }

    async fn exchange_next(&mut self, line: LineId) -> Result<Answer, Failure> {
        let mut exchange = self.lines.exchanges.remove(&line).ok_or(Failure::NotUnderstood)?;
        if exchange.owes_a_greeting() {
            self.publish_for_lines().await?;
        }
        let Engine { store, ambient, open, lines, .. } = self;
        let notebook = open.as_mut().ok_or(Failure::Locked)?;
        let say = notebook.next_messages(store, ambient, &mut exchange, AT_A_TIME, &lines.places).await?;
        let answer = Answer { say, ..self.answer_of(&exchange) };
        self.lines.exchanges.insert(line, exchange);
        Ok(answer)
    }

    fn answer_of(&mut self, exchange: &Exchange) -> Answer {
        let over = exchange.is_over().then_some(Over::Well);
        if over.is_some() {
            self.tell_sharing();
        }
        Answer { say: Vec::new(), more: exchange.has_more(), over }
    }

    /// What was written here since, and what a cut left unmerged, before this device says what it has.
    async fn publish_for_lines(&mut self) -> Result<(), Failure> {
        self.absorb_what_came(&mut CourierTaken::default()).await?;
        let Engine { store, ambient, open, notices, .. } = self;
        let notebook = open.as_mut().ok_or(Failure::Locked)?;
        let mut progress = |done, total| notices(Notice::Progress { done, total });
        match notebook.publish(store, ambient, &mut progress).await {
            // A copied device writes nothing more, and still hears the others.
            Ok(_) | Err(Failure::NotShared(NotShared::Copied)) => Ok(()),
            Err(failure) => Err(failure),
        }
    }

    /// Where whoever reads this can be reached, as they are told.
    pub(super) async fn own_address(&mut self) -> Result<Address, Failure> {
        let (store, notebook) = (&self.store, self.open.as_mut().ok_or(Failure::Locked)?);
        Ok(notebook.sharing(store).await?.this()?.address(&self.lines.places))
    }
}
