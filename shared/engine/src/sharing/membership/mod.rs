//! Who is of a scope: a line of signed records, and which line holds where somebody signed two.
//!
//! Records make a tree, whose root creates the scope. One line of it holds, chosen from what is known and not from when it
//! came: a record signed by the words goes before any other; then one of whoever administers before one of two others who
//! agreed; then the one that most of those who were members cited in what they wrote since; then the one whose hash is
//! smallest. Where somebody who administers signed two, the scope says
//! so. Whoever was a member in a line that no longer holds is none; what they wrote holds if a member took it in before
//! knowing (`super::accept`).

mod record;

use std::collections::{BTreeMap, BTreeSet, HashMap};

pub use record::{Agreement, Author, Body, Cut, NewEpoch, Newcomer, Record, RecordId, Removal, ScopeId, Signer};
pub(super) use record::{read_instant, write_instant};

use super::epoch::Wrap;
use super::identity::{DeviceCard, DeviceId, RecoveryCard};
use crate::vault::seal::KeyId;

/// The kind of a scope in which several coordinators are equals, and none is indispensable.
pub const GROUPS: u64 = 6;

/// A member, or someone who was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Their device.
    pub card: DeviceCard,
    /// What it is called.
    pub name: String,
    /// Until which day they mean to be of it; empty for no end.
    pub until: String,
    /// That they left: by which record, and what counts of what they wrote.
    pub left: Option<(RecordId, Cut)>,
}

/// Who is of a scope after a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Members {
    /// The scope.
    pub scope: ScopeId,
    /// Its nonce.
    pub nonce: [u8; 16],
    /// What it is for.
    pub kind: u64,
    recovery: RecoveryCard,
    /// Who administers.
    pub admin: DeviceId,
    /// The epoch.
    pub epoch: KeyId,
    /// Everyone who is or was of it in this line.
    pub all: BTreeMap<DeviceId, Member>,
    /// The last record.
    pub head: RecordId,
    /// Its number.
    pub number: u64,
    /// Whether it is closed.
    pub closed: bool,
}

impl Members {
    /// Whether a device is of it.
    pub fn is_member(&self, device: DeviceId) -> bool {
        self.all.get(&device).is_some_and(|member| member.left.is_none())
    }

    /// Those who are of it.
    pub fn present(&self) -> impl Iterator<Item = (DeviceId, &Member)> {
        self.all.iter().filter(|(_, member)| member.left.is_none()).map(|(id, member)| (*id, member))
    }

    /// What a first record begins, if it is signed by the device it names.
    fn begin(record: &Record) -> Option<Members> {
        let Body::Create { nonce, kind, recovery, first, epoch, wrap } = &record.body else { return None };
        let admin = first.card.id();
        let signed = first.card.signed(super::identity::Usage::Record, record.signed_bytes(), &record.signature());
        if !signed || record.author != Author::Device(admin) || wrap.device != admin {
            return None;
        }
        let all = [(admin, Member::new(first))].into();
        Some(Members {
            scope: record.scope(),
            nonce: *nonce,
            kind: *kind,
            recovery: *recovery,
            admin,
            epoch: *epoch,
            all,
            head: record.id(),
            number: 0,
            closed: false,
        })
    }

    /// What comes of a record that follows, if it may.
    fn after(&self, record: &Record) -> Option<Members> {
        if record.scope() != self.scope || record.previous != self.head || record.number != self.number + 1 {
            return None;
        }
        let (bytes, signature) = (record.signed_bytes(), record.signature());
        let by_words = match record.author {
            Author::Words => self.recovery.signed(bytes, &signature),
            Author::Device(device) => {
                // Whoever administers, or whoever is to with another's agreement.
                let may = device == self.admin || matches!(record.body, Body::Succeed(_));
                let card = self.all.get(&device).filter(|_| may)?;
                if !card.card.signed(super::identity::Usage::Record, bytes, &signature) {
                    return None;
                }
                false
            }
        };
        let mut next = Members { head: record.id(), number: record.number, ..self.clone() };
        match (&record.body, by_words) {
            (Body::Add { newcomer, wrap }, false) if !self.closed => {
                next.let_in(newcomer)?;
                (wrap.device == newcomer.card.id()).then_some(())?;
            }
            (Body::Remove(removal), false) if !self.closed => next.remove(removal, record.id())?,
            (Body::Transfer(to), false) if !self.closed && *to != self.admin && self.is_member(*to) => next.admin = *to,
            (Body::TakeOver { admin, removal }, true) => {
                let device = admin.card.id();
                if !self.is_member(device) {
                    next.let_in(admin)?;
                }
                next.admin = device;
                next.remove(removal, record.id())?;
                next.closed = false;
            }
            (Body::Succeed(agreement), false) if !self.closed => {
                let Author::Device(device) = record.author else { return None };
                self.may_succeed(device, agreement)?;
                next.admin = device;
            }
            (Body::Close, _) if !self.closed && (by_words || record.author != Author::Words) => next.closed = true,
            _ => return None,
        }
        Some(next)
    }

    /// Whether a member may administer a group with another's agreement: three coordinators, each by a name of their own.
    pub(super) fn may_succeed(&self, device: DeviceId, agreement: &Agreement) -> Option<()> {
        let name = |device: DeviceId| self.all.get(&device).map(|member| member.name.as_str());
        let (admin, heir, second) = (name(self.admin)?, name(device)?, name(agreement.by)?);
        let are_three = admin != heir && admin != second && heir != second;
        let are_members = self.is_member(device) && self.is_member(agreement.by);
        (self.kind == GROUPS && are_three && are_members).then_some(())?;
        let about = Agreement::about(self.scope, self.head, device);
        let card = &self.all.get(&agreement.by)?.card;
        card.signed(super::identity::Usage::Succession, &about, &agreement.signature).then_some(())
    }

    fn let_in(&mut self, newcomer: &Newcomer) -> Option<()> {
        // Whoever left comes back as another device: what was cut stays cut.
        let is_new = !self.all.contains_key(&newcomer.card.id());
        is_new.then(|| self.all.insert(newcomer.card.id(), Member::new(newcomer)))?;
        Some(())
    }

    fn remove(&mut self, removal: &Removal, by: RecordId) -> Option<()> {
        for cut in &removal.cuts {
            if cut.device == self.admin || !self.is_member(cut.device) {
                return None;
            }
            self.all.get_mut(&cut.device)?.left = Some((by, *cut));
        }
        // The new key is for those who stay, all of them and nobody else.
        let stay: Vec<DeviceId> = self.present().map(|(device, _)| device).collect();
        let wrapped: Vec<DeviceId> = removal.epoch.wraps.iter().map(|wrap| wrap.device).collect();
        (stay == wrapped && removal.epoch.id != self.epoch).then_some(())?;
        self.epoch = removal.epoch.id;
        Some(())
    }
}

impl Member {
    fn new(newcomer: &Newcomer) -> Self {
        Member { card: newcomer.card.clone(), name: newcomer.name.clone(), until: newcomer.until.clone(), left: None }
    }
}

/// Who cited which record in what they wrote: signed packs only.
pub type Citations = BTreeMap<RecordId, BTreeSet<DeviceId>>;

/// Every record that may hold, and what each would make of the scope.
#[derive(Clone, Debug)]
pub struct Tree {
    root: RecordId,
    nodes: BTreeMap<RecordId, Node>,
    children: BTreeMap<RecordId, BTreeSet<RecordId>>,
    /// Records whose previous one is not known yet, by its id.
    waiting: HashMap<RecordId, Vec<Record>>,
    cards: BTreeMap<DeviceId, DeviceCard>,
}

#[derive(Clone, Debug)]
struct Node {
    record: Record,
    members: Members,
}

/// What came of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It is in the tree.
    New,
    /// It was known.
    Known,
    /// The one before it is not known yet.
    Waits,
    /// It may not follow what it says it follows.
    Refused,
}

/// The line that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// From the first record to the last.
    pub records: Vec<RecordId>,
    /// Where somebody signed two that could both follow, and no word of the 24 decided.
    pub contested: Vec<RecordId>,
}

impl Tree {
    /// A scope that begins.
    pub fn begin(first: Record) -> Option<Tree> {
        let members = Members::begin(&first)?;
        let root = first.id();
        let cards = members.all.iter().map(|(id, member)| (*id, member.card.clone())).collect();
        let nodes = [(root, Node { record: first, members })].into();
        Some(Tree { root, nodes, children: BTreeMap::new(), waiting: HashMap::new(), cards })
    }

    /// Takes a record in.
    pub fn take(&mut self, record: Record) -> Taken {
        if self.nodes.contains_key(&record.id()) {
            return Taken::Known;
        }
        let Some(before) = self.nodes.get(&record.previous) else {
            let waiting = self.waiting.entry(record.previous).or_default();
            if !waiting.contains(&record) {
                waiting.push(record);
            }
            return Taken::Waits;
        };
        let Some(members) = before.members.after(&record) else { return Taken::Refused };
        let id = record.id();
        self.cards.extend(members.all.iter().map(|(id, member)| (*id, member.card.clone())));
        self.children.entry(record.previous).or_default().insert(id);
        self.nodes.insert(id, Node { record, members });
        for next in self.waiting.remove(&id).unwrap_or_default() {
            self.take(next);
        }
        Taken::New
    }

    /// The scope.
    pub fn scope(&self) -> ScopeId {
        self.nodes[&self.root].members.scope
    }

    /// The card of a device that some record let in, in whichever line.
    pub fn card(&self, device: DeviceId) -> Option<&DeviceCard> {
        self.cards.get(&device)
    }

    /// A record that may hold.
    pub fn record(&self, id: RecordId) -> Option<&Record> {
        self.nodes.get(&id).map(|node| &node.record)
    }

    /// Who is of the scope after that record.
    pub fn members(&self, at: RecordId) -> Option<&Members> {
        self.nodes.get(&at).map(|node| &node.members)
    }

    /// Every record that may hold.
    pub fn records(&self) -> impl Iterator<Item = &Record> {
        self.nodes.values().map(|node| &node.record)
    }

    /// Whether one record is another or comes before it.
    pub fn leads_to(&self, earlier: RecordId, later: RecordId) -> bool {
        let mut at = later;
        loop {
            let Some(node) = self.nodes.get(&at) else { return false };
            if at == earlier {
                return true;
            }
            at = node.record.previous;
        }
    }

    /// Whether there is one line only, so that nobody has to choose.
    pub fn is_one_line(&self) -> bool {
        self.children.values().all(|children| children.len() == 1)
    }

    /// The line that holds, given who cited what.
    pub fn line(&self, citations: &Citations) -> Line {
        let (mut records, mut contested) = (vec![self.root], Vec::new());
        let mut at = self.root;
        while let Some(children) = self.children.get(&at) {
            let words = children.iter().find(|id| self.nodes[*id].record.author == Author::Words);
            // Two who agreed fill a void: whatever was decided by whoever administered goes before. Chosen by no count, so
            // that nothing is taken in on one line that a vote more makes the other's.
            let succeeds = |id: &RecordId| matches!(self.nodes[id].record.body, Body::Succeed(_));
            let decided: BTreeSet<RecordId> = children.iter().filter(|id| !succeeds(id)).copied().collect();
            if words.is_none() && children.len() > 1 {
                contested.push(at);
            }
            let next = match (words, decided.len()) {
                (Some(words), _) => *words,
                (None, 0) => *children.first().unwrap_or(&at),
                (None, 1) => *decided.first().unwrap_or(&at),
                (None, _) => self.most_cited(at, &decided, citations),
            };
            records.push(next);
            at = next;
        }
        // A word of the 24, further down, settles what came before it.
        if let Some(settled) = records.iter().rposition(|id| self.nodes[id].record.author == Author::Words) {
            contested.retain(|fork| !records[..settled].contains(fork));
        }
        Line { records, contested }
    }

    /// Of several records that one device signed, the one that most who were members cited since.
    fn most_cited(&self, fork: RecordId, children: &BTreeSet<RecordId>, citations: &Citations) -> RecordId {
        let mut cited: BTreeMap<DeviceId, BTreeSet<RecordId>> = BTreeMap::new();
        for (record, devices) in citations {
            if let Some(child) = children.iter().find(|child| self.leads_to(**child, *record)) {
                for device in devices {
                    cited.entry(*device).or_default().insert(*child);
                }
            }
        }
        let members = &self.nodes[&fork].members;
        let votes = |child: &RecordId| {
            let says = |(device, said): &(&DeviceId, &BTreeSet<RecordId>)| {
                // Whoever signed both has no say, nor has whoever cited both.
                **device != members.admin && members.is_member(**device) && said.len() == 1 && said.contains(child)
            };
            cited.iter().filter(says).count()
        };
        // Of equals the first, which has the smallest hash.
        children.iter().rev().max_by_key(|child| votes(child)).copied().unwrap_or(fork)
    }

    /// The wraps of every epoch for a device, with the record that brings each.
    pub fn wraps(&self, device: DeviceId) -> impl Iterator<Item = (&Wrap, KeyId)> {
        self.nodes.values().filter_map(move |node| wraps_in(node, device))
    }

    /// The keys that were sealed under the next ones: of which epoch, under which.
    pub fn previous_keys(&self) -> impl Iterator<Item = (KeyId, &[u8])> {
        self.nodes.values().filter_map(|node| match &node.record.body {
            Body::Remove(removal) | Body::TakeOver { removal, .. } => {
                Some((removal.epoch.id, removal.epoch.previous.as_slice()))
            }
            _ => None,
        })
    }
}

fn wraps_in(node: &Node, device: DeviceId) -> Option<(&Wrap, KeyId)> {
    let wraps: &[Wrap] = match &node.record.body {
        Body::Create { wrap, .. } | Body::Add { wrap, .. } => std::slice::from_ref(wrap),
        Body::Remove(removal) | Body::TakeOver { removal, .. } => &removal.epoch.wraps,
        Body::Transfer(_) | Body::Close | Body::Succeed(_) => &[],
    };
    wraps.iter().find(|wrap| wrap.device == device).map(|wrap| (wrap, node.members.epoch))
}
