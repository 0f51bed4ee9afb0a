//! What a device takes in of others: whatever comes, in any order, as often as it likes.

use super::super::accept::{below, is_broken, judge};
use super::super::epoch::{EpochKey, Use};
use super::super::membership::{Record, Taken};
use super::super::pack::{Pack, PackId, Unopened};
use super::super::wire::FormatError;
use super::{Came, Replica, record_about};
use crate::vault::seal::{KeyId, open};

/// What came of reading a sealed pack.
enum Read {
    /// It is one that was not known.
    New(PackId),
    /// It is not.
    Not(Came),
}

impl Replica {
    /// Takes in what stood in a folder: a record or a pack, which one its key says.
    pub fn take(&mut self, sealed: &[u8]) -> Came {
        match Pack::epoch_of(sealed).is_some_and(|key| self.record_key(key).is_some()) {
            true => self.take_record(sealed),
            false => self.take_pack(sealed),
        }
    }

    /// Takes a sealed pack in.
    pub fn take_pack(&mut self, sealed: &[u8]) -> Came {
        match self.read_pack(sealed) {
            Read::New(id) => {
                self.judge_one(id);
                Came::New
            }
            Read::Not(came) => came,
        }
    }

    fn read_pack(&mut self, sealed: &[u8]) -> Read {
        match Pack::epoch_of(sealed) {
            None => return Read::Not(Came::Refused),
            // What a device says in a folder is read there, and kept nowhere.
            Some(key) if self.indexes_key(key).is_some() => return Read::Not(Came::Known),
            Some(_) => {}
        }
        let Some(key) = Pack::epoch_of(sealed).and_then(|epoch| self.keys.get(&epoch)) else {
            return Read::Not(self.keep_unread(sealed));
        };
        let pack = match Pack::open(key, self.scope(), sealed) {
            Ok(pack) => pack,
            Err(Unopened::Damaged) => return Read::Not(Came::Refused),
            Err(Unopened::UnknownEpoch) => return Read::Not(self.keep_unread(sealed)),
            Err(Unopened::TooNew) => {
                self.keep_unread(sealed);
                return Read::Not(Came::TooNew);
            }
        };
        match self.tree.card(pack.table.device) {
            None => return Read::Not(self.keep_unread(sealed)),
            Some(card) if !pack.is_signed_by(card) => return Read::Not(Came::Refused),
            Some(_) => {}
        }
        let id = pack.id();
        match self.packs.contains_key(&id) {
            true => Read::Not(Came::Known),
            false => {
                self.keep(pack);
                Read::New(id)
            }
        }
    }

    /// Keeps a pack that is its author's, and what is to be known of it to judge the next ones.
    pub(super) fn keep(&mut self, pack: Pack) {
        let (device, number) = (pack.table.device, pack.table.number);
        if !self.numbers.insert((device, number)) {
            self.forked.insert(device);
        }
        self.wanted.extend(below(&pack).filter(|id| !self.packs.contains_key(id)));
        self.packs.insert(pack.id(), pack);
    }

    /// Judges a pack that was just kept; all the others too, unless it can change nothing for them.
    pub(super) fn judge_one(&mut self, id: PackId) {
        let pack = &self.packs[&id];
        let table = &pack.table;
        // Nothing waits for it, and nothing that is in doubt is below it: it vouches for nothing. One line, so that what
        // it cites changes no choice.
        let changes_nothing = !self.wanted.contains(&id) && self.tree.is_one_line();
        let is_beyond_doubt = below(pack).all(|below| self.standing.holds.contains(&below))
            && !is_broken(&self.packs, pack)
            && self.tree.members(table.record).is_some_and(|members| !members.closed)
            && self.members().is_member(table.device)
            && !self.forked.contains(&table.device);
        if changes_nothing && is_beyond_doubt {
            self.standing.holds.insert(id);
        } else {
            self.wanted.remove(&id);
            self.judge_again();
        }
    }

    /// Takes a sealed record in.
    pub fn take_record(&mut self, sealed: &[u8]) -> Came {
        let came = self.read_record(sealed);
        if came == Came::New {
            self.read_again();
            self.judge_again();
        }
        came
    }

    /// Takes in a record that came open, under the seal of its road.
    pub fn take_open_record(&mut self, record: Record) -> Came {
        match self.tree.take(record) {
            Taken::New => {
                self.find_keys();
                self.read_again();
                self.judge_again();
                Came::New
            }
            Taken::Known => Came::Known,
            // They come in order: what waits comes again with what it waits for.
            Taken::Waits => Came::Unread,
            Taken::Refused => Came::Refused,
        }
    }

    fn read_record(&mut self, sealed: &[u8]) -> Came {
        let about = record_about(self.scope());
        let Some(key) = Pack::epoch_of(sealed).and_then(|epoch| self.record_key(epoch)) else {
            return self.keep_unread(sealed);
        };
        let Ok(plain) = open(&key.derive(Use::Records), &about, sealed) else { return Came::Refused };
        let record = match Record::from_bytes(&plain) {
            Ok(record) => record,
            Err(FormatError::Malformed) => return Came::Refused,
            // What a newer version says of members is kept: nothing after it is believed until it is read.
            Err(FormatError::TooNew) => {
                self.keep_unread(sealed);
                return Came::TooNew;
            }
        };
        match self.tree.take(record) {
            Taken::New => {
                self.find_keys();
                Came::New
            }
            Taken::Known => Came::Known,
            // The tree keeps it too; whoever holds the replica keeps what is unread.
            Taken::Waits => self.keep_unread(sealed),
            Taken::Refused => Came::Refused,
        }
    }

    /// Records are sealed under the key of the epoch before them, by another derived key: found by that one's id.
    fn record_key(&self, id: KeyId) -> Option<&EpochKey> {
        self.keys.values().find(|key| key.derive(Use::Records).id() == id)
    }

    /// Forgets what could not be read: it is still where it came from.
    pub fn forget_unread(&mut self, sealed: &[u8]) -> bool {
        self.unread.remove(sealed)
    }

    fn keep_unread(&mut self, sealed: &[u8]) -> Came {
        if self.unread.insert(sealed.to_vec()) { Came::Unread } else { Came::Known }
    }

    /// What could not be read may be readable now.
    fn read_again(&mut self) {
        loop {
            let unread = std::mem::take(&mut self.unread);
            let mut read = false;
            for sealed in unread {
                // A record under a key that has come is taken as one; anything else as a pack.
                let is_record = Pack::epoch_of(&sealed).is_some_and(|epoch| self.record_key(epoch).is_some());
                read |= match is_record {
                    true => self.read_record(&sealed) == Came::New,
                    false => matches!(self.read_pack(&sealed), Read::New(_)),
                };
            }
            if !read {
                return;
            }
        }
    }

    /// Opens every epoch's key that this device may have.
    pub(super) fn find_keys(&mut self) {
        let Some(nonce) = self.standing.line.records.first().and_then(|root| self.tree.members(*root)) else { return };
        let nonce = nonce.nonce;
        for (wrap, epoch) in self.tree.wraps(self.secret.card().id()) {
            if !self.keys.contains_key(&epoch)
                && let Some(key) = wrap.open(&nonce, &self.secret).filter(|key| key.id() == epoch)
            {
                self.keys.insert(epoch, key);
            }
        }
        // Each key opens the one before it, down to the first.
        loop {
            let opened: Vec<EpochKey> = self
                .tree
                .previous_keys()
                .filter_map(|(epoch, sealed)| self.keys.get(&epoch)?.open_previous(&nonce, sealed).ok())
                .filter(|key| !self.keys.contains_key(&key.id()))
                .collect();
            if opened.is_empty() {
                return;
            }
            self.keys.extend(opened.into_iter().map(|key| (key.id(), key)));
        }
    }

    pub(super) fn judge_again(&mut self) {
        self.standing = judge(&self.tree, &self.packs);
    }
}
