//! Scopes of many devices that write, meet, leave, are copied, restored and lied to, at random: whatever happens, the rules
//! of sharing hold.
//!
//! Devices are real ([`Replica`]); a document is what its frames are, so that whether two devices show the same is whether
//! they merged the same packs. Each world is told by a seed; what fails says which.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(clippy::print_stdout, reason = "a soak says how far it came")]

use std::collections::{BTreeMap, BTreeSet};

use maillon_engine::ambient::{Ambient, StretchError};
use maillon_engine::sharing::epoch::EpochKey;
use maillon_engine::sharing::membership::{GROUPS, Newcomer};
use maillon_engine::sharing::pack::{Frame, Table};
use maillon_engine::sharing::replica::{Came, CannotWrite, Prepared};
use maillon_engine::sharing::{DeviceId, DeviceSecret, Pack, PackId, Replica};
use maillon_engine::vault::{StretchParams, Stretched};
use maillon_shared::domain::ids::DocId;
use maillon_shared::domain::time::Instant;
use sha2::{Digest, Sha256};

/// Worlds, and steps of each.
const WORLDS: u64 = 1_250;
const STEPS: usize = 160;

const WORDS: [u8; 32] = [42; 32];
/// What coordinators are called; the first begins.
const NAMES: [&str; 3] = ["la première", "la deuxième", "la troisième"];
const OTHER_WORDS: [u8; 32] = [43; 32];

struct Chance {
    seed: u64,
    drawn: u64,
}

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        let mut bytes = [0; 8];
        self.random(&mut bytes);
        (u64::from_le_bytes(bytes) % n as u64) as usize
    }

    fn happens(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

impl Ambient for Chance {
    type Folder = maillon_engine::link::NoFolder;

    fn now(&self) -> Instant {
        Instant::default()
    }

    fn random(&mut self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            let mut hash = Sha256::new();
            hash.update(self.seed.to_be_bytes());
            hash.update(self.drawn.to_be_bytes());
            self.drawn += 1;
            chunk.copy_from_slice(&hash.finalize()[..chunk.len()]);
        }
    }

    async fn stretch(&mut self, _: &[u8], _: &StretchParams) -> Result<Stretched, StretchError> {
        unreachable!("nothing is stretched here")
    }
}

/// A device, and what became of it.
struct Device {
    replica: Replica,
    secret: DeviceSecret,
    /// Packs it wrote and was told are kept, while it was honest.
    acknowledged: Vec<PackId>,
    /// A state of before, that may come back.
    backup: Option<Box<(Replica, usize)>>,
    /// It was restored or copied at some time: its name was borne by two.
    was_two: bool,
    /// It left, and goes on signing what it likes.
    rogue: bool,
}

struct World {
    seed: u64,
    chance: Chance,
    devices: Vec<Device>,
    /// Sealed packs and records that a hub holds, and gives as it pleases.
    hub: Vec<(bool, Vec<u8>)>,
    /// What rogue devices signed after they had learnt that they left.
    of_rogues: BTreeSet<PackId>,
    told: BTreeMap<&'static str, u32>,
}

impl World {
    fn new(seed: u64) -> Self {
        let mut chance = Chance { seed, drawn: 0 };
        let secret = DeviceSecret::random(&mut chance);
        let prepared = Prepared::of(&WORDS, &mut chance);
        // Half of the worlds are of equals, of whom two may agree on who administers.
        let kind = if seed % 4 < 2 { 1 } else { GROUPS };
        let replica = Replica::create(secret.clone(), kind, prepared, NAMES[0], &mut chance);
        let mut world = World {
            seed,
            chance,
            devices: Vec::new(),
            hub: Vec::new(),
            of_rogues: BTreeSet::new(),
            told: BTreeMap::new(),
        };
        world.devices.push(Device::new(replica, secret));
        if kind == GROUPS {
            world.lets_in(0, NAMES[1]);
            world.lets_in(0, NAMES[2]);
        }
        world
    }

    fn happened(&mut self, what: &'static str) {
        *self.told.entry(what).or_default() += 1;
    }

    /// Those who may be believed: members by what they know, of one name.
    fn honest(&self) -> Vec<usize> {
        let stands = |device: &Device| {
            !device.rogue && !device.was_two && device.replica.members().is_member(device.replica.device())
        };
        (0..self.devices.len()).filter(|who| stands(&self.devices[*who])).collect()
    }

    fn anyone(&mut self) -> usize {
        self.chance.below(self.devices.len())
    }

    fn frame(&mut self) -> Frame {
        let mut bytes = vec![0; 8 + self.chance.below(40)];
        self.chance.random(&mut bytes);
        Frame { document: DocId([self.chance.below(12) as u8; 16]), bytes, heads: vec![[7; 32]] }
    }

    /// A clock that goes wherever it likes.
    fn any_instant(&mut self) -> Instant {
        let days = self.chance.below(20_000) as i64 - 10_000;
        Instant { utc_ms: 1_780_000_000_000 + days * 86_400_000, offset_min: 60 }
    }

    fn writes(&mut self, who: usize) {
        let (frame, at) = (self.frame(), self.any_instant());
        let device = &mut self.devices[who];
        match device.replica.write(vec![frame], at) {
            Ok(id) if !device.was_two => device.acknowledged.push(id),
            Ok(_) | Err(CannotWrite::NotAMember | CannotWrite::Closed | CannotWrite::Copied) => {}
            Err(other) => panic!("world {}: {other:?}", self.seed),
        }
        self.happened("a word is written");
    }

    /// One tells another what it has; the other sends it what is missing, or only the first few before the line is cut.
    fn sends(&mut self, from: usize, to: usize, at_most: usize) {
        let have = self.devices[to].replica.have();
        let (from, chance) = (&self.devices[from].replica, &mut self.chance);
        if from.scope() != have.scope {
            return;
        }
        let records: Vec<_> = from.records_for(&have).iter().map(|record| record.id()).collect();
        let records: Vec<_> = records.iter().filter_map(|id| from.sealed_record(*id, chance)).collect();
        let packs: Vec<_> = from.packs_for(&have).iter().filter_map(|id| from.sealed_pack(*id, chance)).collect();
        let all =
            records.into_iter().map(|sealed| (true, sealed)).chain(packs.into_iter().map(|sealed| (false, sealed)));
        let sent: Vec<_> = all.take(at_most).collect();
        self.takes(to, sent);
    }

    fn takes(&mut self, who: usize, sealed: Vec<(bool, Vec<u8>)>) {
        let seed = self.seed;
        for (is_record, sealed) in sealed {
            let replica = &mut self.devices[who].replica;
            let came = if is_record { replica.take_record(&sealed) } else { replica.take_pack(&sealed) };
            assert_ne!(came, Came::TooNew, "world {seed}");
        }
        self.merges(who);
    }

    /// What holds is merged, in an order in which nothing comes before what it rests on; and a device that owes a word to
    /// the others says it.
    fn merges(&mut self, who: usize) {
        let seed = self.seed;
        let replica = &mut self.devices[who].replica;
        let before = replica.standing().holds.clone();
        for id in replica.to_merge() {
            let table = replica.pack(id).unwrap().table.clone();
            let below = table.seen.iter().map(|seen| seen.pack).chain([table.previous]);
            for below in below.filter(|id| *id != PackId::NONE) {
                assert!(before.contains(&below), "world {seed}: merged what rests on what does not hold");
            }
        }
        if replica.owes_a_word() {
            let at = self.any_instant();
            let device = &mut self.devices[who];
            let said = device.replica.write(Vec::new(), at);
            if let Ok(id) = said
                && !device.was_two
            {
                device.acknowledged.push(id);
            }
            self.happened("a device vouches");
        }
    }

    fn step(&mut self) {
        let who = self.anyone();
        if self.chance.happens(5) {
            assert!(self.devices[who].replica.verify(), "world {}", self.seed);
        }
        let other = self.anyone();
        match self.chance.below(100) {
            0..=39 => self.writes(who),
            40..=64 if who != other => {
                let at_most = if self.chance.happens(30) { self.chance.below(4) } else { usize::MAX };
                self.sends(who, other, at_most);
                self.happened("two meet");
            }
            65..=71 => self.leaves_at_the_hub(who),
            72..=78 => self.fetches_from_the_hub(who),
            79..=82 => self.adds_someone(who),
            83..=85 => self.removes_someone(who),
            86 => self.two_agree(who, other),
            87 => self.hands_over(who),
            88 => self.takes_over(who),
            89 => self.keeps_a_backup(who),
            90 => self.restores(who),
            91..=94 => self.a_rogue_signs(who),
            95..=96 => self.someone_lies(who, other),
            97..=98 => self.bytes_flip(who),
            _ => self.asks_an_empty_one(who),
        }
    }

    fn leaves_at_the_hub(&mut self, who: usize) {
        let (replica, chance) = (&self.devices[who].replica, &mut self.chance);
        let standing = replica.standing();
        let records = standing.line.records.iter().filter_map(|id| replica.sealed_record(*id, chance));
        self.hub.extend(records.map(|sealed| (true, sealed)).collect::<Vec<_>>());
        let packs: Vec<_> = standing.holds.iter().rev().take(6).copied().collect();
        let packs = packs.into_iter().filter_map(|id| replica.sealed_pack(id, chance));
        self.hub.extend(packs.map(|sealed| (false, sealed)).collect::<Vec<_>>());
        self.happened("something is left at the hub");
    }

    /// The hub gives some of what it has, old things again, in whatever order.
    fn fetches_from_the_hub(&mut self, who: usize) {
        if self.hub.is_empty() {
            return;
        }
        let given = (0..self.chance.below(8)).map(|_| self.hub[self.chance.below(self.hub.len())].clone()).collect();
        self.takes(who, given);
        self.happened("the hub gives");
    }

    fn adds_someone(&mut self, who: usize) {
        if self.devices.len() >= 9 || self.devices[who].was_two || self.devices[who].rogue {
            return;
        }
        let name = NAMES[self.chance.below(NAMES.len())];
        self.lets_in(who, name);
    }

    fn lets_in(&mut self, who: usize, name: &str) {
        let secret = DeviceSecret::random(&mut self.chance);
        let newcomer = Newcomer { card: secret.card(), name: name.to_owned(), until: String::new() };
        if self.devices[who].replica.add(newcomer, &mut self.chance).is_ok() {
            let records = self.devices[who].replica.all_records();
            let replica = Replica::join(secret.clone(), records).unwrap();
            self.devices.push(Device::new(replica, secret));
            self.happened("someone comes in");
        }
    }

    fn removes_someone(&mut self, who: usize) {
        if self.devices[who].was_two || self.devices[who].rogue {
            return;
        }
        let members: Vec<DeviceId> = self.devices[who].replica.members().present().map(|(id, _)| id).collect();
        let leaves = members[self.chance.below(members.len())];
        if self.devices[who].replica.remove(&[leaves], &mut self.chance).is_ok() {
            self.merges(who);
            self.happened("someone leaves");
        }
    }

    fn hands_over(&mut self, who: usize) {
        if self.devices[who].was_two || self.devices[who].rogue {
            return;
        }
        let members: Vec<DeviceId> = self.devices[who].replica.members().present().map(|(id, _)| id).collect();
        let to = members[self.chance.below(members.len())];
        if self.devices[who].replica.transfer(to).is_ok() {
            self.happened("the administration is handed over");
        }
    }

    /// One who does not administer is to, and another agrees: neither bears the name of whoever does, and it is a group.
    fn two_agree(&mut self, who: usize, other: usize) {
        let at_fault = |device: &Device| device.was_two || device.rogue;
        if at_fault(&self.devices[who]) || at_fault(&self.devices[other]) {
            return;
        }
        // Who agrees has read of it: the two have met.
        self.sends(who, other, usize::MAX);
        self.sends(other, who, usize::MAX);
        let heir = self.devices[who].replica.device();
        let agreement = self.devices[other].replica.agree(heir);
        let replica = &mut self.devices[who].replica;
        let members = replica.members().clone();
        let name = |id: DeviceId| members.all.get(&id).map(|member| member.name.clone());
        let names = [name(members.admin), name(heir), name(agreement.by)];
        let are_three = names[0] != names[1] && names[0] != names[2] && names[1] != names[2];
        if replica.succeed(agreement).is_err() {
            return;
        }
        assert!(are_three && members.kind == GROUPS, "world {}: {names:?}", self.seed);
        assert_eq!(replica.members().admin, heir, "world {}", self.seed);
        self.happened("two agree on who administers");
    }

    /// Whoever has the words removes the device that administers, as if it were stolen; other words do nothing.
    fn takes_over(&mut self, who: usize) {
        let device = &self.devices[who];
        if device.was_two || device.rogue || !device.replica.members().is_member(device.replica.device()) {
            return;
        }
        let (admin, head) = (device.replica.members().admin, device.replica.members().head);
        if admin == device.replica.device() {
            return;
        }
        let replica = &mut self.devices[who].replica;
        let tried = replica.take_over(&OTHER_WORDS, "moi", &[admin], head, &mut self.chance);
        assert_eq!(tried, Err(CannotWrite::WrongWords), "world {}", self.seed);
        replica.take_over(&WORDS, "moi", &[admin], head, &mut self.chance).unwrap();
        self.merges(who);
        self.happened("the words take over");
    }

    fn keeps_a_backup(&mut self, who: usize) {
        let device = &mut self.devices[who];
        device.backup = Some(Box::new((device.replica.clone(), device.acknowledged.len())));
    }

    /// An old state comes back under the same name, as when a folder is copied: from now on it was two.
    fn restores(&mut self, who: usize) {
        let device = &mut self.devices[who];
        if let Some(backup) = device.backup.take()
            && !device.rogue
        {
            device.replica = backup.0;
            device.was_two = true;
            self.writes(who);
            self.happened("an old state comes back");
        }
    }

    /// Someone who left signs on, as if nothing were, and says that it knows no better.
    fn a_rogue_signs(&mut self, who: usize) {
        let frame = self.frame();
        let device = &mut self.devices[who];
        let (replica, id) = (&device.replica, device.replica.device());
        if replica.members().is_member(id) {
            return;
        }
        device.rogue = true;
        let own = replica.standing().holds.iter().filter_map(|id| replica.pack(*id));
        let Some(last) = own.filter(|pack| pack.table.device == id).max_by_key(|pack| pack.table.number) else {
            return;
        };
        // It learnt that it left: whatever it signs now, honest members who know too must not believe.
        let table = Table {
            number: last.table.number + 1,
            previous: last.id(),
            seen: Vec::new(),
            rows: Vec::new(),
            ..last.table.clone()
        };
        let pack = Pack::sign(&device.secret, table, vec![frame]);
        self.of_rogues.insert(pack.id());
        let sealed = self.seals_with_any_key_it_has(who, &pack);
        for to in self.who_know_that_it_left(id) {
            self.takes(to, vec![(false, sealed.clone())]);
        }
        self.happened("a rogue signs on");
    }

    fn seals_with_any_key_it_has(&mut self, who: usize, pack: &Pack) -> Vec<u8> {
        // It kept the key of the epoch in which it was a member: as a replica that knew no better would seal.
        let old = self.devices[who].replica.clone();
        let have = old.have();
        assert_eq!(have.scope, pack.table.scope);
        old.seal_as_known(pack, &mut self.chance).unwrap()
    }

    fn who_know_that_it_left(&self, id: DeviceId) -> Vec<usize> {
        let knows = |who: &usize| {
            let replica = &self.devices[*who].replica;
            replica.members().all.get(&id).is_some_and(|member| member.left.is_some())
        };
        self.honest().into_iter().filter(knows).collect()
    }

    /// A member signs in another's name.
    fn someone_lies(&mut self, who: usize, other: usize) {
        if who == other {
            return;
        }
        let frame = self.frame();
        let victim = self.devices[other].replica.device();
        let replica = &self.devices[who].replica;
        let table = Table {
            scope: replica.scope(),
            device: victim,
            number: 1,
            previous: PackId::NONE,
            at: Instant::default(),
            record: replica.members().head,
            seen: Vec::new(),
            rows: Vec::new(),
        };
        let forged = Pack::sign(&self.devices[who].secret, table, vec![frame]);
        let Some(sealed) = replica.seal_as_known(&forged, &mut self.chance) else { return };
        for to in 0..self.devices.len() {
            let came = self.devices[to].replica.take_pack(&sealed);
            assert!(matches!(came, Came::Refused | Came::Unread | Came::Known), "world {}: {came:?}", self.seed);
            assert!(self.devices[to].replica.pack(forged.id()).is_none(), "world {}", self.seed);
        }
        self.happened("someone signs in another's name");
    }

    fn bytes_flip(&mut self, who: usize) {
        if self.hub.is_empty() {
            return;
        }
        let (is_record, mut sealed) = self.hub[self.chance.below(self.hub.len())].clone();
        let at = self.chance.below(sealed.len());
        sealed[at] ^= 1 + self.chance.below(255) as u8;
        let replica = &mut self.devices[who].replica;
        let before = (replica.standing().clone(), replica.have());
        let came = if is_record { replica.take_record(&sealed) } else { replica.take_pack(&sealed) };
        assert!(!matches!(came, Came::New), "world {}: flipped bytes were taken for new", self.seed);
        assert_eq!((replica.standing().clone(), replica.have()), before, "world {}", self.seed);
        self.happened("bytes flip");
    }

    /// A device that has nothing asks: what the other has stays what it was.
    fn asks_an_empty_one(&mut self, who: usize) {
        let replica = &self.devices[who].replica;
        let before = replica.standing().clone();
        let mut nothing = replica.have();
        (nothing.records, nothing.ends) = (Vec::new(), Vec::new());
        let everything = replica.packs_for(&nothing).len();
        assert_eq!(everything, before.holds.len() + before.doubts.len(), "world {}", self.seed);
        assert_eq!(replica.standing(), &before);
        self.happened("an empty one asks");
    }

    /// Everyone meets everyone until nobody learns anything: what they know is then the same.
    fn all_meet(&mut self) {
        for _ in 0..12 {
            let before: Vec<_> = self.devices.iter().map(|device| device.replica.have()).collect();
            for from in 0..self.devices.len() {
                for to in 0..self.devices.len() {
                    if from != to {
                        self.sends(from, to, usize::MAX);
                    }
                }
            }
            let after: Vec<_> = self.devices.iter().map(|device| device.replica.have()).collect();
            if before == after {
                return;
            }
        }
        panic!("world {}: they do not come to an end", self.seed);
    }

    fn check(&mut self) {
        let seed = self.seed;
        self.all_meet();
        let honest = self.honest();
        let Some(first) = honest.first().copied() else { return };
        let reference = &self.devices[first].replica;
        for who in &honest {
            let replica = &self.devices[*who].replica;
            assert!(replica.verify(), "world {seed}: what was judged one by one is not what all of it comes to");
            // Everyone ends up with the same.
            assert_eq!(replica.members(), reference.members(), "world {seed}");
            assert_eq!(replica.standing().holds, reference.standing().holds, "world {seed}");
            // What was merged holds: nothing was shown that must be taken back.
            for id in &replica.standing().holds {
                assert!(replica.has_merged(*id), "world {seed}");
            }
            let doubted: Vec<_> = replica.doubts().iter().filter(|(id, _)| replica.has_merged(**id)).collect();
            assert!(doubted.is_empty(), "world {seed}: merged, and in doubt: {doubted:?}");
        }
        // No silent loss: whatever an honest device was told is kept is there, or in doubt with a reason. Of those who are
        // members still, and were never two, it holds.
        for device in self.devices.iter().filter(|device| !device.rogue) {
            let stands = !device.was_two && reference.members().is_member(device.replica.device());
            for id in &device.acknowledged {
                let holds = reference.standing().holds.contains(id);
                let doubt = reference.doubts().get(id);
                if stands {
                    assert!(holds, "world {seed}: lost: {doubt:?}");
                } else if !device.was_two && reference.members().all.contains_key(&device.replica.device()) {
                    // What the key of a line that holds no longer seals is kept, unread.
                    let somewhere = holds || doubt.is_some() || reference.unread().count() > 0;
                    assert!(somewhere, "world {seed}: gone without a word");
                }
            }
        }
        // Removed means removed.
        for id in &self.of_rogues {
            // A line of records that holds no longer may have removed someone whom the one that holds has not.
            let device = reference.pack(*id).map(|pack| pack.table.device);
            let left = device.and_then(|device| reference.members().all.get(&device)?.left);
            if left.is_none() {
                continue;
            }
            assert!(!reference.standing().holds.contains(id), "world {seed}: a rogue is believed");
        }
        // Whoever left reads nothing of what was written by those who knew.
        for device in &self.devices {
            for id in &reference.standing().holds {
                let pack = reference.pack(*id).unwrap();
                if !reference.standing().line.records.contains(&pack.table.record) {
                    continue;
                }
                let members = reference.members_at(pack.table.record).unwrap();
                let left = members.all.get(&device.replica.device()).is_some_and(|member| member.left.is_some());
                assert!(!left || device.replica.pack(*id).is_none(), "world {seed}: one who left reads on");
            }
        }
        // Nobody outside reads.
        let stranger = EpochKey::random(&mut self.chance);
        for (_, sealed) in &self.hub {
            assert!(Pack::open(&stranger, reference.scope(), sealed).is_err());
        }
    }
}

impl Device {
    fn new(replica: Replica, secret: DeviceSecret) -> Self {
        Device { replica, secret, acknowledged: Vec::new(), backup: None, was_two: false, rogue: false }
    }
}

/// Half of them each, side by side.
#[test]
fn whatever_happens_the_rules_hold() {
    the_rules_hold(0);
}

#[test]
fn whatever_else_happens_the_rules_hold() {
    the_rules_hold(1);
}

fn the_rules_hold(half: u64) {
    let mut told: BTreeMap<&'static str, u32> = BTreeMap::new();
    let worlds: u64 = std::env::var("MAILLON_WORLDS").map_or(WORLDS, |worlds| worlds.parse().unwrap());
    let first = std::env::var("MAILLON_SEED").map_or(0, |seed| seed.parse::<u64>().unwrap() << 32);
    for seed in (first..first + worlds).filter(|seed| seed % 2 == half) {
        let mut world = World::new(seed);
        for _ in 0..STEPS {
            world.step();
        }
        world.check();
        for (what, times) in world.told {
            *told.entry(what).or_default() += times;
        }
    }
    println!("{} steps in {} worlds: {told:?}", worlds / 2 * STEPS as u64, worlds / 2);
    // It is no proof of anything that never happened.
    for what in [
        "a word is written",
        "two meet",
        "the hub gives",
        "someone comes in",
        "someone leaves",
        "the administration is handed over",
        "two agree on who administers",
        "the words take over",
        "an old state comes back",
        "a rogue signs on",
        "someone signs in another's name",
        "a device vouches",
        "bytes flip",
        "an empty one asks",
    ] {
        assert!(told.get(what).is_some_and(|times| *times >= 10), "{what}: {told:?}");
    }
}
