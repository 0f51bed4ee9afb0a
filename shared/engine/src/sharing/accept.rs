//! Which packs hold: what everyone who knows the same records and packs finds, whatever came first.
//!
//! A pack holds when it is its author's, when all that it rests on holds, and when there is no doubt about it, or somebody
//! vouched for it. *Doubt*: its device left before, was let in by a record that holds no longer, or signed two packs of one
//! number. *Vouching*: a member who did not know of the doubt's reason took it in and wrote on top of it. What one member
//! merged in good faith is then everybody's, and what a removed device writes afterwards is nobody's: a device that has
//! learnt of a removal vouches once more, with the first pack that says so, for what it had merged, and never again.

use std::collections::{BTreeMap, BTreeSet};

use super::identity::DeviceId;
use super::membership::{Citations, Line, Members, RecordId, Tree};
use super::pack::{Pack, PackId};

/// Why a pack does not hold, or not yet. Nothing is thrown away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// Something that it rests on has not come yet.
    Waits,
    /// Its device had left.
    Left,
    /// Its device signed two packs of one number: it was copied, or somebody else has its key.
    Forked,
    /// Its device is of no line that holds.
    NotAMember,
    /// It was written after the scope was closed.
    Closed,
    /// It does not follow what it says it follows: a faulty program, or a lie.
    Broken,
    /// It rests on one that does not hold.
    RestsOn(PackId),
}

/// What is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The line of records that holds.
    pub line: Line,
    /// The packs that hold.
    pub holds: BTreeSet<PackId>,
    /// The others, and why.
    pub doubts: BTreeMap<PackId, Doubt>,
}

/// Finds which packs hold. Every pack must be signed by the card that the tree knows of its device.
pub fn judge(tree: &Tree, packs: &BTreeMap<PackId, Pack>) -> Standing {
    let line = tree.line(&citations(packs));
    let members = line.records.last().and_then(|last| tree.members(*last));
    let Some(members) = members else { return Standing { line, holds: BTreeSet::new(), doubts: BTreeMap::new() } };
    let judge = Judge {
        tree,
        packs,
        line: &line.records,
        members,
        counted: counted(members, packs),
        forks: forks(packs),
        above: above(packs),
    };
    let order = in_causal_order(packs);
    let mut doubts = BTreeMap::new();
    for (id, is_whole) in &order {
        let own = judge.own_doubt(&packs[id], *is_whole);
        doubts.extend(own.map(|doubt| (*id, doubt)));
    }
    // Who vouches must hold, and whoever rests on what does not hold does not: so from all to the largest part of it in
    // which both are so. What vouches stands above what it vouches for, so none hold each other up in a ring.
    loop {
        let before = doubts.len();
        for (id, _) in &order {
            if !doubts.contains_key(id)
                && let Some(doubt) = judge.doubt_among(&packs[id], &doubts)
            {
                doubts.insert(*id, doubt);
            }
        }
        if doubts.len() == before {
            break;
        }
    }
    let holds = order.into_iter().map(|(id, _)| id).filter(|id| !doubts.contains_key(id)).collect();
    Standing { line, holds, doubts }
}

/// Who cited which record.
fn citations(packs: &BTreeMap<PackId, Pack>) -> Citations {
    let mut citations = Citations::new();
    for pack in packs.values() {
        citations.entry(pack.table.record).or_default().insert(pack.table.device);
    }
    citations
}

/// What counts of those who left: the pack of the cut and those before it in its log. A number below the cut is not enough:
/// whoever left could sign another one under it.
fn counted(members: &Members, packs: &BTreeMap<PackId, Pack>) -> BTreeSet<PackId> {
    let mut counted = BTreeSet::new();
    for (_, cut) in members.all.values().filter_map(|member| member.left.as_ref()) {
        let mut at = cut.pack;
        while let Some(pack) = packs.get(&at).filter(|pack| pack.table.device == cut.device) {
            counted.insert(at);
            at = pack.table.previous;
        }
    }
    counted
}

/// The first number of which each device signed two.
fn forks(packs: &BTreeMap<PackId, Pack>) -> BTreeMap<DeviceId, u64> {
    let mut numbers = BTreeSet::new();
    let mut forks: BTreeMap<DeviceId, u64> = BTreeMap::new();
    for pack in packs.values() {
        let (device, number) = (pack.table.device, pack.table.number);
        if !numbers.insert((device, number)) {
            let first = forks.entry(device).or_insert(number);
            *first = number.min(*first);
        }
    }
    forks
}

/// The packs that rest directly on each.
fn above(packs: &BTreeMap<PackId, Pack>) -> BTreeMap<PackId, Vec<PackId>> {
    let mut above: BTreeMap<PackId, Vec<PackId>> = BTreeMap::new();
    for (id, pack) in packs {
        below(pack).for_each(|below| above.entry(below).or_default().push(*id));
    }
    above
}

/// What a pack rests on directly.
pub(super) fn below(pack: &Pack) -> impl Iterator<Item = PackId> {
    let all = pack.table.seen.iter().map(|seen| seen.pack).chain([pack.table.previous]);
    all.filter(|id| *id != PackId::NONE)
}

/// Whether what a pack says of those it rests on is not so.
pub(super) fn is_broken(packs: &BTreeMap<PackId, Pack>, pack: &Pack) -> bool {
    let table = &pack.table;
    let before = packs.get(&table.previous);
    let follows = before.is_none_or(|before| {
        before.table.device == table.device && before.table.number.checked_add(1) == Some(table.number)
    });
    let saw = table.seen.iter().all(|seen| {
        let known = packs.get(&seen.pack);
        known.is_none_or(|known| known.table.device == seen.device && known.table.number == seen.number)
    });
    !(follows && saw)
}

/// These packs, each after those of them that it rests on.
pub(super) fn in_order_of(packs: &BTreeMap<PackId, Pack>, ids: &BTreeSet<PackId>) -> Vec<PackId> {
    let mut order = Vec::with_capacity(ids.len());
    let mut done = BTreeSet::new();
    for id in ids {
        // Down before up, without recursion: a log may be long.
        let mut path = vec![*id];
        while let Some(id) = path.last().copied() {
            let first = below(&packs[&id]).find(|below| ids.contains(below) && !done.contains(below));
            match first {
                Some(below) => path.push(below),
                None => {
                    path.pop();
                    if done.insert(id) {
                        order.push(id);
                    }
                }
            }
        }
    }
    order
}

/// Every pack after those it rests on that are known, and whether all of them are, down to the first.
fn in_causal_order(packs: &BTreeMap<PackId, Pack>) -> Vec<(PackId, bool)> {
    let mut waiting: BTreeMap<PackId, usize> = BTreeMap::new();
    let mut ready = BTreeSet::new();
    for (id, pack) in packs {
        match below(pack).filter(|id| packs.contains_key(id)).count() {
            0 => drop(ready.insert(*id)),
            count => drop(waiting.insert(*id, count)),
        }
    }
    let above = above(packs);
    let mut whole = BTreeSet::new();
    let mut order = Vec::with_capacity(packs.len());
    while let Some(id) = ready.pop_first() {
        let is_whole = below(&packs[&id]).all(|id| whole.contains(&id));
        if is_whole {
            whole.insert(id);
        }
        order.push((id, is_whole));
        for next in above.get(&id).into_iter().flatten() {
            if let Some(count) = waiting.get_mut(next) {
                *count -= 1;
                if *count == 0 {
                    waiting.remove(next);
                    ready.insert(*next);
                }
            }
        }
    }
    order
}

struct Judge<'a> {
    tree: &'a Tree,
    packs: &'a BTreeMap<PackId, Pack>,
    line: &'a [RecordId],
    members: &'a Members,
    counted: BTreeSet<PackId>,
    forks: BTreeMap<DeviceId, u64>,
    above: BTreeMap<PackId, Vec<PackId>>,
}

impl Judge<'_> {
    /// What nobody can vouch for.
    fn own_doubt(&self, pack: &Pack, is_whole: bool) -> Option<Doubt> {
        match self.tree.members(pack.table.record) {
            _ if is_broken(self.packs, pack) => Some(Doubt::Broken),
            _ if !is_whole => Some(Doubt::Waits),
            None => Some(Doubt::Waits),
            Some(members) if members.closed => Some(Doubt::Closed),
            Some(_) => None,
        }
    }

    /// Why a pack does not hold, those already in doubt being so.
    fn doubt_among(&self, pack: &Pack, doubts: &BTreeMap<PackId, Doubt>) -> Option<Doubt> {
        if let Some(on) = below(pack).find(|id| doubts.contains_key(id)) {
            // What waits makes all that rests on it wait.
            return Some(if doubts.get(&on) == Some(&Doubt::Waits) { Doubt::Waits } else { Doubt::RestsOn(on) });
        }
        let (doubt, reason) = self.suspicion(pack)?;
        (!self.is_vouched_for(pack, reason, doubts)).then_some(doubt)
    }

    /// What there is against a pack, and the record by which one knows of it, where it is one.
    fn suspicion(&self, pack: &Pack) -> Option<(Doubt, Option<RecordId>)> {
        let device = pack.table.device;
        let Some(member) = self.members.all.get(&device) else {
            return Some((Doubt::NotAMember, Some(self.where_its_line_parted(device))));
        };
        if let Some((by, _)) = member.left
            && !self.counted.contains(&pack.id())
        {
            return Some((Doubt::Left, Some(by)));
        }
        let forked = self.forks.get(&device).is_some_and(|number| pack.table.number >= *number);
        forked.then_some((Doubt::Forked, None))
    }

    /// The first record of the line that holds that does not lead to where a device was let in.
    fn where_its_line_parted(&self, device: DeviceId) -> RecordId {
        let lets_in = |at: &RecordId| self.tree.members(*at).is_some_and(|members| members.all.contains_key(&device));
        let elsewhere = self.tree.records().map(|record| record.id()).find(lets_in);
        let parted = |at: &&RecordId| elsewhere.is_none_or(|elsewhere| !self.tree.leads_to(**at, elsewhere));
        self.line.iter().find(parted).copied().unwrap_or(self.members.head)
    }

    /// Whether a member who did not know the reason of a doubt took a pack in.
    fn is_vouched_for(&self, pack: &Pack, reason: Option<RecordId>, doubts: &BTreeMap<PackId, Doubt>) -> bool {
        let mut seen = BTreeSet::from([pack.id()]);
        let mut next = vec![pack.id()];
        while let Some(id) = next.pop() {
            for above in self.above.get(&id).into_iter().flatten() {
                // Above what does not hold nothing does.
                if !doubts.contains_key(above) && seen.insert(*above) {
                    let voucher = &self.packs[above];
                    let another = voucher.table.device != pack.table.device;
                    if another && reason.is_none_or(|reason| !self.knew_before(voucher, reason)) {
                        return true;
                    }
                    next.push(*above);
                }
            }
        }
        false
    }

    /// Whether a device knew a record before it wrote a pack: it said so in an earlier one.
    fn knew_before(&self, pack: &Pack, record: RecordId) -> bool {
        let mut at = pack.table.previous;
        while let Some(earlier) = self.packs.get(&at) {
            if self.tree.leads_to(record, earlier.table.record) {
                return true;
            }
            at = earlier.table.previous;
        }
        false
    }
}
