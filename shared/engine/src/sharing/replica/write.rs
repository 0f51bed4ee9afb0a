//! What a device writes in a scope: packs of its own, and the records of whoever administers.

use std::collections::{BTreeMap, BTreeSet};

use maillon_shared::domain::time::Instant;

use super::super::accept::below;
use super::super::epoch::EpochKey;
use super::super::identity::{DeviceCard, DeviceId, RecoverySecret};
use super::super::membership::{
    Agreement, Body, Cut, Members, NewEpoch, Newcomer, Record, RecordId, Removal, Signer, Taken,
};
use super::super::pack::{Frame, Pack, PackId, Seen, Table};
use super::{CannotWrite, Replica};
use crate::ambient::Ambient;

impl Replica {
    /// Writes what the journal made, signed, with all that this device has taken in since its pack before.
    ///
    /// # Errors
    ///
    /// This device is no member, has been copied, or the scope is closed.
    pub fn write(&mut self, frames: Vec<Frame>, at: Instant) -> Result<PackId, CannotWrite> {
        let members = self.members();
        if members.closed {
            return Err(CannotWrite::Closed);
        }
        if !members.is_member(self.device()) {
            return Err(CannotWrite::NotAMember);
        }
        if self.is_copied() {
            return Err(CannotWrite::Copied);
        }
        let number = self.packs.get(&self.last).map_or(0, |last| last.table.number) + 1;
        let table = Table {
            scope: self.scope(),
            device: self.device(),
            number,
            previous: self.last,
            at,
            record: self.members().head,
            seen: self.seen_since(),
            rows: Vec::new(),
        };
        let pack = Pack::sign(&self.secret, table, frames);
        let id = pack.id();
        self.keep(pack);
        self.merged.insert(id);
        self.unsaid.clear();
        self.last = id;
        self.judge_one(id);
        Ok(id)
    }

    /// The ends of what others wrote and the journal has, where this device's packs do not say so yet.
    fn seen_since(&self) -> Vec<Seen> {
        let rested: BTreeSet<PackId> = self.unsaid.iter().flat_map(|id| below(&self.packs[id])).collect();
        let mut seen: Vec<Seen> = self
            .unsaid
            .difference(&rested)
            .map(|id| (id, &self.packs[id].table))
            .map(|(id, table)| Seen { device: table.device, number: table.number, pack: *id })
            .filter(|seen| seen.device != self.device())
            .collect();
        seen.sort_unstable();
        seen
    }

    /// Whether something merged here is in doubt since: others will believe it once this device has said that it has it.
    /// Whoever holds the replica then writes a pack, of nothing if need be.
    pub fn owes_a_word(&self) -> bool {
        let stands = self.members().is_member(self.device()) && !self.members().closed && !self.is_copied();
        let mut doubted = self.standing.doubts.keys();
        stands && !self.unsaid.is_empty() && doubted.any(|id| self.merged.contains(id))
    }

    /// Whether another log of this very device is known.
    pub fn is_copied(&self) -> bool {
        let mine = self.packs.get(&self.last).map_or(0, |last| last.table.number);
        let next = (self.device(), mine + 1);
        self.forked.contains(&self.device()) || self.numbers.range(next..).next().is_some_and(|(of, _)| *of == next.0)
    }

    /// Lets another device in: they read the past too.
    ///
    /// # Errors
    ///
    /// This device does not administer, the scope is closed, or the device is or was of it.
    pub fn add(&mut self, newcomer: Newcomer, ambient: &mut impl Ambient) -> Result<RecordId, CannotWrite> {
        let members = self.members();
        if members.all.contains_key(&newcomer.card.id()) {
            return Err(CannotWrite::Who);
        }
        let key = self.keys.get(&members.epoch).ok_or(CannotWrite::NoKey)?;
        let wrap = key.wrap(&members.nonce, &newcomer.card, ambient);
        self.administer(Body::Add { newcomer, wrap })
    }

    /// Has devices leave. What they had sent that is known here counts; a new epoch begins without them.
    ///
    /// # Errors
    ///
    /// This device does not administer, the scope is closed, or one of them is no member or this very device.
    pub fn remove(&mut self, devices: &[DeviceId], ambient: &mut impl Ambient) -> Result<RecordId, CannotWrite> {
        let members = self.members();
        let leaves = |device: &DeviceId| members.is_member(*device) && *device != self.device();
        if devices.is_empty() || !devices.iter().all(leaves) {
            return Err(CannotWrite::Who);
        }
        let stay = members.present().map(|(id, member)| (id, member.card.clone()));
        let stay = stay.filter(|(id, _)| !devices.contains(id)).collect();
        let (removal, key) = self.removal(devices, stay, ambient)?;
        let id = self.administer(Body::Remove(removal))?;
        self.keys.insert(key.id(), key);
        Ok(id)
    }

    /// Has another member administer.
    ///
    /// # Errors
    ///
    /// This device does not administer, the scope is closed, or the other is no member.
    pub fn transfer(&mut self, to: DeviceId) -> Result<RecordId, CannotWrite> {
        match self.members().is_member(to) && to != self.device() {
            true => self.administer(Body::Transfer(to)),
            false => Err(CannotWrite::Who),
        }
    }

    /// Agrees that another member administers a group, from what is known now on.
    pub fn agree(&self, to: DeviceId) -> Agreement {
        Agreement::sign(&self.secret, self.scope(), self.members().head, to)
    }

    /// Administers a group from now on, with another coordinator's agreement.
    ///
    /// # Errors
    ///
    /// It is no group, the three are not of three names, someone is no member, or the agreement is of another moment.
    pub fn succeed(&mut self, agreement: Agreement) -> Result<RecordId, CannotWrite> {
        let members = self.members();
        if members.closed {
            return Err(CannotWrite::Closed);
        }
        members.may_succeed(self.device(), &agreement).ok_or(CannotWrite::Who)?;
        self.sign_record(Body::Succeed(agreement))
    }

    /// Whether an agreement would make a device the one that administers, as things are known now.
    pub fn would_succeed(&self, device: DeviceId, agreement: &Agreement) -> bool {
        self.members().may_succeed(device, agreement).is_some()
    }

    /// Ends the scope: nothing is written in it any more.
    ///
    /// # Errors
    ///
    /// This device does not administer, or it is closed already.
    pub fn close(&mut self) -> Result<RecordId, CannotWrite> {
        self.administer(Body::Close)
    }

    /// With the 24 words, makes this device the one that administers, and has others leave. What the one that
    /// administered wrote after `after`, a record known here, is void.
    ///
    /// # Errors
    ///
    /// The words are not the scope's, who is to leave is no member there, or the epoch's key is not known here.
    pub fn take_over(
        &mut self,
        words: &[u8],
        name: &str,
        devices: &[DeviceId],
        after: RecordId,
        ambient: &mut impl Ambient,
    ) -> Result<RecordId, CannotWrite> {
        let members = self.tree.members(after).ok_or(CannotWrite::Who)?.clone();
        let leaves = |device: &DeviceId| members.is_member(*device) && *device != self.device();
        if !devices.iter().all(leaves) {
            return Err(CannotWrite::Who);
        }
        let mut stay: BTreeMap<DeviceId, DeviceCard> =
            members.present().map(|(id, member)| (id, member.card.clone())).collect();
        stay.insert(self.device(), self.secret.card());
        stay.retain(|id, _| !devices.contains(id));
        let key = EpochKey::random(ambient);
        let removal = self.removal_from(&members, &key, devices, &stay, ambient)?;
        let admin = Newcomer { card: self.secret.card(), name: name.to_owned(), until: String::new() };
        let previous = self.tree.record(after).ok_or(CannotWrite::Who)?;
        let recovery = RecoverySecret::of(words, &members.nonce);
        let record = Record::after(previous, &Signer::Words(&recovery), Body::TakeOver { admin, removal });
        let id = record.id();
        match self.tree.take(record) {
            Taken::New | Taken::Known => {}
            Taken::Waits | Taken::Refused => return Err(CannotWrite::WrongWords),
        }
        self.keys.insert(key.id(), key);
        self.find_keys();
        self.judge_again();
        Ok(id)
    }

    fn removal(
        &self,
        devices: &[DeviceId],
        stay: BTreeMap<DeviceId, DeviceCard>,
        ambient: &mut impl Ambient,
    ) -> Result<(Removal, EpochKey), CannotWrite> {
        let key = EpochKey::random(ambient);
        let removal = self.removal_from(self.members(), &key, devices, &stay, ambient)?;
        Ok((removal, key))
    }

    fn removal_from(
        &self,
        members: &Members,
        key: &EpochKey,
        devices: &[DeviceId],
        stay: &BTreeMap<DeviceId, DeviceCard>,
        ambient: &mut impl Ambient,
    ) -> Result<Removal, CannotWrite> {
        let old = self.keys.get(&members.epoch).ok_or(CannotWrite::NoKey)?;
        let mut cuts: Vec<Cut> = devices.iter().map(|device| self.last_that_holds(*device)).collect();
        cuts.sort_unstable();
        cuts.dedup();
        let previous = old.seal_under(key, &members.nonce, ambient);
        let wraps = stay.values().map(|card| key.wrap(&members.nonce, card, ambient)).collect();
        Ok(Removal { cuts, epoch: NewEpoch { id: key.id(), previous, wraps } })
    }

    fn last_that_holds(&self, device: DeviceId) -> Cut {
        let held = self.standing.holds.iter().map(|id| (id, &self.packs[id].table));
        let last = held.filter(|(_, table)| table.device == device).max_by_key(|(_, table)| table.number);
        last.map_or(Cut { device, number: 0, pack: PackId::NONE }, |(id, table)| Cut {
            device,
            number: table.number,
            pack: *id,
        })
    }

    fn administer(&mut self, body: Body) -> Result<RecordId, CannotWrite> {
        let members = self.members();
        if members.closed {
            return Err(CannotWrite::Closed);
        }
        if members.admin != self.device() {
            return Err(CannotWrite::NotTheAdministrator);
        }
        self.sign_record(body)
    }

    fn sign_record(&mut self, body: Body) -> Result<RecordId, CannotWrite> {
        let members = self.members();
        let previous = self.tree.record(members.head).unwrap_or_else(|| unreachable!("a line is of the tree"));
        let record = Record::after(previous, &Signer::Device(&self.secret), body);
        let id = record.id();
        match self.tree.take(record) {
            Taken::New | Taken::Known => {}
            Taken::Waits | Taken::Refused => return Err(CannotWrite::Who),
        }
        self.judge_again();
        Ok(id)
    }
}
