//! What two devices of a scope say to each other at once: what each has, what the other lacks, and that it arrived.
//!
//! An exchange is carried by whatever the host has. What comes is kept as it comes, so that a line that is cut has brought
//! what it brought; what one has is said when it is kept, and never before.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use maillon_shared::api::Failure;

use super::super::Notebook;
use super::parcels::{Received, take_in};
use super::{SharedScope, Sharing};
use crate::ambient::Ambient;
use crate::failures::failure_of_store;
use crate::sharing::exchange::Have;
use crate::sharing::line::{Ends, Greeting, Message};
use crate::sharing::{DeviceId, PackId, Record, RecordId, ScopeId};
use crate::store::{Batch, Store};

/// More records than a scope ever has: whoever sends them is not believed to introduce one.
const MOST_INTRODUCED: usize = 10_000;

/// What the other lacks.
enum Lacked {
    Record(ScopeId, RecordId),
    Pack(ScopeId, PackId),
}

/// One exchange, on one line.
pub struct Exchange {
    ends: Ends,
    peer: Option<DeviceId>,
    /// What this device said that it has; nothing before it spoke.
    said: Option<Vec<Have>>,
    /// What the other said that they have; nothing before they spoke.
    theirs: Option<Vec<Have>>,
    lacked: VecDeque<Lacked>,
    /// The records of scopes that this device knows nothing of: one's other device shares something new with a neighbour, or
    /// a neighbour asks into a group.
    introduced: BTreeMap<ScopeId, Vec<Record>>,
    /// Both have the same: there was nothing to say.
    nothing: bool,
    end_said: bool,
    end_heard: bool,
    receipt_said: bool,
    receipt_heard: bool,
}

/// What came of some messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Heard {
    /// Somebody who is of no scope here, or does not do as it is done: the line is to be closed without a word.
    pub stranger: bool,
    /// What came and is kept; it is not merged yet.
    pub received: Received,
}

impl Exchange {
    /// Whoever calls knows whom they call; whoever is called learns who it is.
    pub fn new(ends: Ends, peer: Option<DeviceId>) -> Exchange {
        Exchange {
            ends,
            peer,
            said: None,
            theirs: None,
            lacked: VecDeque::new(),
            introduced: BTreeMap::new(),
            nothing: false,
            end_said: false,
            end_heard: false,
            receipt_said: false,
            receipt_heard: false,
        }
    }

    /// Who is at the other end, as far as is known.
    pub fn peer(&self) -> Option<DeviceId> {
        self.peer
    }

    /// Whether this device is to speak first, or to answer.
    pub fn owes_a_greeting(&self) -> bool {
        self.said.is_none() && (self.ends.called || self.theirs.is_some())
    }

    /// Whether all that was sent has come, and is to be told.
    pub fn owes_a_receipt(&self) -> bool {
        self.end_heard && !self.receipt_said && !self.nothing
    }

    /// Whether there is something to say.
    pub fn has_more(&self) -> bool {
        self.owes_a_greeting() || self.owes_a_receipt() || (self.is_greeted() && !self.end_said && !self.nothing)
    }

    /// Whether everything was said on both sides.
    pub fn is_over(&self) -> bool {
        let all = self.end_said && self.end_heard && self.receipt_said && self.receipt_heard;
        self.is_greeted() && (self.nothing || all)
    }

    fn is_greeted(&self) -> bool {
        self.theirs.is_some() && self.said.is_some()
    }

    /// Whether both spoke of the same scopes, and have the same of each.
    fn is_nothing(&self) -> bool {
        let (Some(said), Some(theirs)) = (&self.said, &self.theirs) else { return false };
        let differs = |have: &Have| theirs.iter().any(|other| other.scope == have.scope && other != have);
        let scopes = |haves: &[Have]| haves.iter().map(|have| have.scope).collect::<BTreeSet<_>>();
        !said.iter().any(differs) && scopes(said) == scopes(theirs)
    }

    /// Whether the other spoke of a scope.
    fn spoke_of(&self, scope: ScopeId) -> bool {
        self.theirs.iter().flatten().any(|have| have.scope == scope)
    }
}

impl Notebook {
    /// What this device says first, to a device of a scope. What was written here is to be published before.
    async fn greet(
        &mut self,
        store: &impl Store,
        exchange: &mut Exchange,
        places: &[String],
    ) -> Result<Option<Message>, Failure> {
        let sharing = self.sharing(store).await?;
        let Some(peer) = exchange.peer else { return Ok(None) };
        let this = sharing.this()?;
        let haves: Vec<Have> = common_scopes(sharing, peer).map(|shared| shared.replica.have()).collect();
        let greeting = Greeting::new(&this.secret, exchange.ends, Some(this.address(places)), haves.clone());
        exchange.said = Some(haves);
        find_lacked(sharing, exchange);
        Ok(Some(Message::Greeting(greeting)))
    }

    /// Takes in what came, in order; it is kept when this returns.
    pub async fn take_messages(
        &mut self,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
        exchange: &mut Exchange,
        messages: Vec<Message>,
    ) -> Result<Heard, Failure> {
        let mut sharing = self.take_sharing(store).await?;
        let mut heard = Heard::default();
        let mut batch = Batch::new();
        for message in messages {
            // Nobody is heard before it is known who they are; nothing goes on after its end.
            if exchange.theirs.is_some() == matches!(message, Message::Greeting(_)) || exchange.is_over() {
                heard.stranger = true;
                break;
            }
            match message {
                Message::Greeting(greeting) => {
                    if !is_of_ours(&sharing, exchange, &greeting) {
                        heard.stranger = true;
                        break;
                    }
                    exchange.peer = Some(greeting.device);
                    self.put_met(&mut batch, ambient, &mut sharing, greeting.device);
                    for have in &greeting.haves {
                        self.put_had(&mut batch, ambient, &mut sharing, greeting.device, have);
                    }
                    if let Some(address) = &greeting.address {
                        self.put_address(&mut batch, ambient, &mut sharing, greeting.device, address);
                    }
                    exchange.theirs = Some(greeting.haves);
                    find_lacked(&sharing, exchange);
                }
                Message::Record(scope, record) if !sharing.scopes.contains_key(&scope) => {
                    let may = exchange.peer.is_some_and(|peer| sharing.may_introduce(peer));
                    let so_far = exchange.introduced.values().map(Vec::len).sum::<usize>();
                    if may && so_far < MOST_INTRODUCED {
                        exchange.introduced.entry(scope).or_default().push(*record);
                    }
                }
                Message::Record(scope, record) => {
                    heard.received.add(self.take_of(&mut batch, ambient, &mut sharing, exchange, scope, |shared| {
                        take_in(&mut shared.replica, std::slice::from_ref(&*record), &[])
                    }));
                }
                Message::Pack(scope, sealed) => {
                    heard.received.add(self.take_of(&mut batch, ambient, &mut sharing, exchange, scope, |shared| {
                        take_in(&mut shared.replica, &[], std::slice::from_ref(&sealed))
                    }));
                }
                Message::End => {
                    exchange.end_heard = true;
                    let introduced = std::mem::take(&mut exchange.introduced);
                    for ((scope, records), peer) in introduced.into_iter().zip(exchange.peer.into_iter().cycle()) {
                        self.take_on(&mut batch, ambient, &mut sharing, (scope, peer), records)?;
                    }
                }
                Message::Receipt(haves) => {
                    exchange.receipt_heard = true;
                    for (have, peer) in haves.iter().filter_map(|have| Some((have, exchange.peer?))) {
                        self.put_had(&mut batch, ambient, &mut sharing, peer, have);
                    }
                }
            }
        }
        store.commit(batch).await.map_err(failure_of_store)?;
        self.shared = Some(sharing);
        Ok(heard)
    }

    /// Takes in what came of one scope, from a member of it.
    fn take_of(
        &self,
        batch: &mut Batch,
        ambient: &mut impl Ambient,
        sharing: &mut Sharing,
        exchange: &Exchange,
        scope: ScopeId,
        take: impl FnOnce(&mut SharedScope) -> Received,
    ) -> Received {
        let is_theirs = |shared: &&mut SharedScope| {
            exchange.peer.is_some_and(|peer| shared.replica.members().all.contains_key(&peer))
        };
        let Some(shared) = sharing.scopes.get_mut(&scope).filter(is_theirs) else { return Received::default() };
        let received = take(shared);
        self.put_scope(batch, ambient, shared);
        received
    }

    /// What is to be said next, of so many bytes or little more.
    pub async fn next_messages(
        &mut self,
        store: &impl Store,
        ambient: &mut impl Ambient,
        exchange: &mut Exchange,
        budget: usize,
        places: &[String],
    ) -> Result<Vec<Vec<u8>>, Failure> {
        let mut messages = Vec::new();
        if exchange.owes_a_greeting() {
            messages.extend(self.greet(store, exchange, places).await?.map(|greeting| greeting.to_bytes()));
        }
        if !exchange.is_greeted() {
            return Ok(messages);
        }
        let sharing = self.sharing(store).await?;
        let mut bytes = 0;
        while bytes < budget && !exchange.nothing && !exchange.end_said {
            let message = match exchange.lacked.pop_front() {
                Some(lacked) => exchange.peer.and_then(|peer| lacked_message(sharing, ambient, peer, &lacked)),
                None => {
                    exchange.end_said = true;
                    Some(Message::End)
                }
            };
            let message = message.map(|message| message.to_bytes());
            bytes += message.as_ref().map_or(0, Vec::len);
            messages.extend(message);
        }
        if let Some(peer) = exchange.peer.filter(|_| exchange.owes_a_receipt()) {
            let haves = common_scopes(sharing, peer).map(|shared| shared.replica.have()).collect();
            messages.push(Message::Receipt(haves).to_bytes());
            exchange.receipt_said = true;
        }
        Ok(messages)
    }
}

/// Once both have greeted: what the other lacks, of the scopes that both spoke of.
fn find_lacked(sharing: &Sharing, exchange: &mut Exchange) {
    let (true, Some(peer)) = (exchange.is_greeted(), exchange.peer) else { return };
    let own = sharing.is_own_device(peer);
    exchange.nothing = exchange.is_nothing();
    if exchange.nothing {
        return;
    }
    for shared in common_scopes(sharing, peer) {
        let replica = &shared.replica;
        let scope = replica.scope();
        // One's other device hears of what is newly shared with others, and whoever is asked of the group; what was written
        // there comes the next time.
        let is_new = shared.group().is_some() || (own && shared.neighbour().is_some());
        if is_new && !exchange.spoke_of(scope) {
            exchange.lacked.extend(replica.records().map(|record| Lacked::Record(scope, record.id())));
            continue;
        }
        let theirs = exchange.theirs.iter().flatten().find(|have| have.scope == scope);
        let Some(theirs) = theirs.filter(|_| exchange.said.iter().flatten().any(|have| have.scope == scope)) else {
            continue;
        };
        let records = replica.records_for(theirs).into_iter().map(|record| Lacked::Record(scope, record.id()));
        let packs = replica.packs_for(theirs).into_iter().map(|id| Lacked::Pack(scope, id));
        exchange.lacked.extend(records.chain(packs));
    }
    // Whoever was removed from a group and speaks of it has not heard of it yet.
    for (_, shared) in sharing.groups() {
        let scope = shared.replica.scope();
        if !exchange.spoke_of(scope) {
            continue;
        }
        let records = shared.why_it_left(peer).into_iter().map(|record| Lacked::Record(scope, record.id()));
        exchange.lacked.extend(records.collect::<Vec<_>>());
    }
}

/// The scopes that both are of, as far as is known here; of what is closed, groups: the others are to hear of it.
fn common_scopes(sharing: &Sharing, peer: DeviceId) -> impl Iterator<Item = &SharedScope> {
    let is_told = |shared: &SharedScope| {
        let is_member = shared.replica.members().is_member(shared.replica.device());
        shared.is_open() || (is_member && shared.group().is_some())
    };
    let both = move |shared: &&SharedScope| is_told(shared) && shared.replica.members().is_member(peer);
    sharing.scopes.values().filter(both)
}

/// Whether whoever greets is of a scope, says it of this very line, and is whom this device called.
fn is_of_ours(sharing: &Sharing, exchange: &Exchange, greeting: &Greeting) -> bool {
    let expected = exchange.peer.is_none_or(|peer| peer == greeting.device);
    let members = sharing.members_with(greeting.device);
    let member = members.and_then(|members| members.all.get(&greeting.device));
    let is_here = common_scopes(sharing, greeting.device).next().is_some();
    expected && is_here && member.is_some_and(|member| greeting.is_of(&member.card, exchange.ends))
}

/// What was lacking, unless its scope is no longer common to both: someone may have had the other leave meanwhile.
fn lacked_message(sharing: &Sharing, ambient: &mut impl Ambient, peer: DeviceId, lacked: &Lacked) -> Option<Message> {
    let (Lacked::Record(scope, _) | Lacked::Pack(scope, _)) = lacked;
    if let Lacked::Record(scope, id) = lacked
        && let Some(shared) = sharing.scope(*scope)
        && let Some(record) = shared.why_it_left(peer).into_iter().find(|record| record.id() == *id)
    {
        return Some(Message::Record(*scope, Box::new(record.clone())));
    }
    let replica = &common_scopes(sharing, peer).find(|shared| shared.replica.scope() == *scope)?.replica;
    match lacked {
        Lacked::Record(scope, id) => {
            let record = replica.records().find(|record| record.id() == *id)?;
            Some(Message::Record(*scope, Box::new(record.clone())))
        }
        Lacked::Pack(scope, id) => {
            let sealed = replica.sealed_pack(*id, ambient)?;
            Some(Message::Pack(*scope, sealed))
        }
    }
}
