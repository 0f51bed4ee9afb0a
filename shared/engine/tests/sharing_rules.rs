//! Sharing, told: who comes, who leaves, who is believed. The same rules at random are in `sharing_model.rs`.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use maillon_engine::ambient::{Ambient, StretchError};
use maillon_engine::sharing::epoch::Use;
use maillon_engine::sharing::membership::{GROUPS, Newcomer};
use maillon_engine::sharing::pack::{Frame, Seen, Table};
use maillon_engine::sharing::replica::{Came, CannotWrite, Prepared};
use maillon_engine::sharing::{DeviceSecret, Doubt, Pack, PackId, Replica};
use maillon_engine::vault::{StretchParams, Stretched, seal};
use maillon_shared::domain::ids::DocId;
use maillon_shared::domain::time::Instant;

const WORDS: [u8; 32] = [42; 32];

/// Chance that counts: enough for keys that differ.
struct Counting(u64);

impl Ambient for Counting {
    type Folder = maillon_engine::link::NoFolder;

    fn now(&self) -> Instant {
        Instant::default()
    }

    fn random(&mut self, bytes: &mut [u8]) {
        for byte in bytes {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            *byte = (self.0 >> 56) as u8;
        }
    }

    async fn stretch(&mut self, _: &[u8], _: &StretchParams) -> Result<Stretched, StretchError> {
        unreachable!("nothing is stretched here")
    }
}

/// The scope of a coordinator, with whom they let in.
struct Village {
    chance: Counting,
}

impl Village {
    /// Nadine's scope, with as many others as there are names.
    fn of<const N: usize>(names: [&str; N]) -> (Village, Replica, [Replica; N]) {
        Village::drawn(7, names)
    }

    fn drawn<const N: usize>(seed: u64, names: [&str; N]) -> (Village, Replica, [Replica; N]) {
        let mut village = Village { chance: Counting(seed) };
        let secret = DeviceSecret::random(&mut village.chance);
        let prepared = Prepared::of(&WORDS, &mut village.chance);
        let mut nadine = Replica::create(secret, 1, prepared, "Nadine", &mut village.chance);
        let others = names.map(|name| village.lets_in(&mut nadine, name));
        (village, nadine, others)
    }

    fn lets_in(&mut self, admin: &mut Replica, name: &str) -> Replica {
        let secret = DeviceSecret::random(&mut self.chance);
        self.lets_device_in(admin, secret, name)
    }

    fn lets_device_in(&mut self, admin: &mut Replica, secret: DeviceSecret, name: &str) -> Replica {
        let newcomer = Newcomer { card: secret.card(), name: name.into(), until: String::new() };
        admin.add(newcomer, &mut self.chance).unwrap();
        let mut replica = Replica::join(secret, admin.all_records()).unwrap();
        self.send(admin, &mut replica);
        replica
    }

    /// What one has and the other lacks.
    fn send(&mut self, from: &Replica, to: &mut Replica) -> Vec<Came> {
        let have = to.have();
        let records: Vec<_> = from.records_for(&have).iter().map(|record| record.id()).collect();
        let records: Vec<_> = records.iter().map(|id| from.sealed_record(*id, &mut self.chance).unwrap()).collect();
        let packs: Vec<_> = from.packs_for(&have);
        let packs: Vec<_> = packs.iter().filter_map(|id| from.sealed_pack(*id, &mut self.chance)).collect();
        let mut came: Vec<Came> = records.iter().map(|sealed| to.take_record(sealed)).collect();
        came.extend(packs.iter().map(|sealed| to.take_pack(sealed)));
        to.to_merge();
        if to.owes_a_word() {
            to.write(Vec::new(), Instant::default()).unwrap();
        }
        came
    }

    fn meet(&mut self, one: &mut Replica, other: &mut Replica) {
        self.send(one, other);
        self.send(other, one);
        self.send(one, other);
    }
}

fn word(n: u8) -> Vec<Frame> {
    vec![Frame { document: DocId([1; 16]), bytes: vec![n; 20], heads: vec![[n; 32]] }]
}

fn writes(replica: &mut Replica, n: u8) -> PackId {
    replica.write(word(n), Instant::default()).unwrap()
}

fn holds(replica: &Replica, id: PackId) -> bool {
    replica.standing().holds.contains(&id)
}

#[test]
fn whoever_comes_in_reads_the_past_and_everyone_ends_with_the_same() {
    let (mut village, mut nadine, [mut phone, mut neighbour]) = Village::of(["son téléphone", "la voisine"]);
    let first = writes(&mut nadine, 1);
    let second = writes(&mut phone, 2);
    village.meet(&mut nadine, &mut phone);
    village.meet(&mut phone, &mut neighbour);
    for replica in [&nadine, &phone, &neighbour] {
        assert!(holds(replica, first) && holds(replica, second));
        assert!(replica.has_merged(first) && replica.has_merged(second));
    }
    let late = village.lets_in(&mut nadine, "la remplaçante");
    assert!(holds(&late, first) && holds(&late, second));
    assert_eq!(late.standing(), nadine.standing());
}

#[test]
fn nothing_to_say_sends_nothing() {
    let (mut village, mut nadine, [mut phone]) = Village::of(["son téléphone"]);
    writes(&mut nadine, 1);
    village.meet(&mut nadine, &mut phone);
    assert!(nadine.packs_for(&phone.have()).is_empty() && nadine.records_for(&phone.have()).is_empty());
    assert_eq!(village.send(&nadine, &mut phone), []);
}

#[test]
fn whoever_leaves_reads_nothing_of_what_comes_and_learns_that_they_left() {
    let (mut village, mut nadine, [mut neighbour]) = Village::of(["la voisine"]);
    nadine.remove(&[neighbour.device()], &mut village.chance).unwrap();
    let after = writes(&mut nadine, 1);
    let came = village.send(&nadine, &mut neighbour);
    assert_eq!(came, [Came::New, Came::Unread], "the record that says so is read, and not the pack");
    assert!(neighbour.pack(after).is_none());
    assert!(!neighbour.members().is_member(neighbour.device()));
    assert_eq!(neighbour.write(word(2), Instant::default()), Err(CannotWrite::NotAMember));
}

#[test]
fn what_a_member_took_in_before_knowing_is_everybodys_and_what_comes_after_is_nobodys() {
    let (mut village, mut nadine, [mut neighbour, mut phone]) = Village::of(["la voisine", "son téléphone"]);
    let told_to_the_phone = writes(&mut neighbour, 1);
    village.send(&neighbour, &mut phone);
    // Nadine, who has not seen it, has the neighbour leave; the neighbour does not know, and writes on.
    nadine.remove(&[neighbour.device()], &mut village.chance).unwrap();
    let too_late = writes(&mut neighbour, 2);
    village.send(&neighbour, &mut nadine);
    assert_eq!(nadine.doubts().get(&told_to_the_phone), Some(&Doubt::Left));
    // The phone learns of it, and says what it had.
    village.meet(&mut nadine, &mut phone);
    for replica in [&nadine, &phone] {
        assert!(holds(replica, told_to_the_phone), "a member had it in good faith");
        assert_eq!(replica.doubts().get(&too_late), Some(&Doubt::Left), "kept, with the reason");
        assert!(!replica.has_merged(too_late));
    }
    // Nobody vouches twice: what comes now stays in doubt, whoever passes it on.
    village.meet(&mut phone, &mut nadine);
    assert!(!holds(&phone, too_late) && !phone.owes_a_word());
}

#[test]
fn whoever_left_cannot_sign_under_an_old_number() {
    let (mut village, mut nadine, [mut phone]) = Village::of(["son téléphone"]);
    let secret = DeviceSecret::random(&mut village.chance);
    let mut neighbour = village.lets_device_in(&mut nadine, secret.clone(), "la voisine");
    writes(&mut neighbour, 1);
    let second = writes(&mut neighbour, 2);
    village.send(&neighbour, &mut nadine);
    nadine.remove(&[neighbour.device()], &mut village.chance).unwrap();
    // The phone hears of the removal before it has any of the neighbour's packs; a first one is signed anew.
    let records = nadine.records_for(&phone.have()).iter().map(|record| record.id()).collect::<Vec<_>>();
    for id in records {
        phone.take_record(&nadine.sealed_record(id, &mut village.chance).unwrap());
    }
    let real = neighbour.standing().holds.iter().find_map(|id| {
        neighbour.pack(*id).filter(|pack| pack.table.number == 1 && pack.table.device == neighbour.device())
    });
    let table = Table { rows: Vec::new(), ..real.unwrap().table.clone() };
    let another = Pack::sign(&secret, table, word(9));
    phone.take_pack(&neighbour.seal_as_known(&another, &mut village.chance).unwrap());
    assert_eq!(phone.doubts().get(&another.id()), Some(&Doubt::Left));
    village.meet(&mut nadine, &mut phone);
    assert!(holds(&phone, second) && !holds(&phone, another.id()) && !holds(&nadine, another.id()));
}

#[test]
fn a_member_who_knew_cannot_make_others_believe_whoever_left() {
    let (mut village, mut nadine, [mut neighbour]) = Village::of(["la voisine"]);
    let accomplice = DeviceSecret::random(&mut village.chance);
    let mut friend = village.lets_device_in(&mut nadine, accomplice.clone(), "un ami");
    nadine.remove(&[neighbour.device()], &mut village.chance).unwrap();
    village.meet(&mut nadine, &mut friend);
    let knowing = writes(&mut friend, 1);
    // The neighbour writes as if nothing were, and the friend, who has said that they know, signs on top of it.
    let late = writes(&mut neighbour, 2);
    let table = Table {
        number: 2,
        previous: knowing,
        seen: vec![Seen { device: neighbour.device(), number: 1, pack: late }],
        rows: Vec::new(),
        ..friend.pack(knowing).unwrap().table.clone()
    };
    let vouching = Pack::sign(&accomplice, table, word(3));
    village.meet(&mut friend, &mut nadine);
    let sealed =
        [neighbour.sealed_pack(late, &mut village.chance), friend.seal_as_known(&vouching, &mut village.chance)];
    for sealed in sealed.iter().flatten() {
        nadine.take_pack(sealed);
    }
    assert!(holds(&nadine, knowing));
    assert_eq!(nadine.doubts().get(&late), Some(&Doubt::Left));
    assert_eq!(nadine.doubts().get(&vouching.id()), Some(&Doubt::RestsOn(late)), "and is not believed either");
}

#[test]
fn whoever_signed_two_lines_has_no_say_in_which_holds() {
    // Of two lines that nobody cited the smaller hash is taken, whichever that is: both orders are drawn.
    for seed in 0..8 {
        let (mut village, mut nadine, [mut successor, mut neighbour]) =
            Village::drawn(seed, ["la suivante", "la voisine"]);
        village.meet(&mut nadine, &mut neighbour);
        let mut as_it_was = nadine.clone();
        nadine.transfer(successor.device()).unwrap();
        village.meet(&mut nadine, &mut neighbour);
        writes(&mut neighbour, 1);
        as_it_was.remove(&[successor.device()], &mut village.chance).unwrap();
        writes(&mut as_it_was, 2);
        village.send(&as_it_was, &mut neighbour);
        village.send(&neighbour, &mut successor);
        assert_eq!(neighbour.members().admin, successor.device(), "{seed}");
        assert_eq!(successor.members().admin, successor.device(), "{seed}");
    }
}

#[test]
fn the_words_take_a_stolen_administration_back() {
    let (mut village, mut stolen, [mut phone, mut neighbour]) = Village::of(["son téléphone", "la voisine"]);
    let kept = writes(&mut stolen, 1);
    village.meet(&mut stolen, &mut phone);
    village.meet(&mut stolen, &mut neighbour);
    let before = phone.members().head;
    // The thief lets a device in and has the phone leave; the neighbour hears of that first.
    let mut rogue = village.lets_in(&mut stolen, "celui du voleur");
    stolen.remove(&[phone.device()], &mut village.chance).unwrap();
    let of_the_thief = writes(&mut rogue, 9);
    village.send(&stolen, &mut neighbour);
    assert!(!neighbour.members().is_member(phone.device()));
    // The neighbour believes it, and says so in what they write.
    let in_between = writes(&mut neighbour, 5);

    assert_eq!(
        phone.take_over(&[1; 32], "Nadine", &[stolen.device()], before, &mut village.chance),
        Err(CannotWrite::WrongWords)
    );
    phone.take_over(&WORDS, "Nadine", &[stolen.device()], before, &mut village.chance).unwrap();
    village.meet(&mut phone, &mut neighbour);
    village.send(&rogue, &mut neighbour);
    for replica in [&phone, &neighbour] {
        assert_eq!(replica.members().admin, phone.device());
        assert!(replica.members().is_member(neighbour.device()) && !replica.members().is_member(stolen.device()));
        assert!(holds(replica, kept) && holds(replica, in_between), "what members wrote stays");
        assert!(!holds(replica, of_the_thief));
        assert!(replica.standing().line.contested.is_empty(), "the words settle it");
    }
    // Both lines stand in the tree of whoever knows both; of what was let in by the other, nothing holds.
    assert_eq!(neighbour.doubts().get(&of_the_thief), Some(&Doubt::NotAMember));
}

#[test]
fn whoever_administered_once_cannot_go_back_in_time() {
    let (mut village, mut nadine, [mut successor, mut neighbour]) = Village::of(["la suivante", "la voisine"]);
    for replica in [&mut successor, &mut neighbour] {
        village.meet(&mut nadine, replica);
    }
    let mut as_it_was = nadine.clone();
    nadine.transfer(successor.device()).unwrap();
    assert_eq!(nadine.close(), Err(CannotWrite::NotTheAdministrator));
    village.meet(&mut nadine, &mut successor);
    village.meet(&mut successor, &mut neighbour);
    // Those who are members say in what they write which line they know.
    writes(&mut successor, 1);
    writes(&mut neighbour, 2);
    village.meet(&mut successor, &mut neighbour);
    // Whoever administered signs something else in the place of the handing over.
    as_it_was.remove(&[successor.device()], &mut village.chance).unwrap();
    village.send(&as_it_was, &mut neighbour);
    village.meet(&mut neighbour, &mut successor);
    for replica in [&successor, &neighbour] {
        assert_eq!(replica.members().admin, successor.device());
        assert!(replica.members().is_member(successor.device()));
        assert_eq!(replica.standing().line.contested.len(), 1, "and the scope says that there are two");
    }
}

#[test]
fn of_a_copied_device_what_was_taken_in_holds_and_the_rest_waits_for_a_word() {
    let (mut village, mut nadine, [mut phone, mut neighbour]) = Village::of(["son téléphone", "la voisine"]);
    let before = writes(&mut phone, 1);
    let mut copy = phone.clone();
    let one = writes(&mut phone, 2);
    let other = writes(&mut copy, 3);
    village.send(&phone, &mut nadine);
    village.send(&copy, &mut neighbour);
    // Nadine wrote on top of the one; nobody did on the other.
    writes(&mut nadine, 4);
    village.meet(&mut nadine, &mut neighbour);
    for replica in [&nadine, &neighbour] {
        assert!(holds(replica, before) && holds(replica, one));
        assert!(holds(replica, other), "the neighbour had merged it, and says so");
    }
    // The device itself sees that it is two, and writes no more under that name.
    village.send(&nadine, &mut phone);
    assert_eq!(phone.write(word(5), Instant::default()), Err(CannotWrite::Copied));
    let unseen = writes(&mut copy, 6);
    village.send(&copy, &mut nadine);
    assert_eq!(nadine.doubts().get(&unseen), Some(&Doubt::Forked));
}

#[test]
fn what_rests_on_something_missing_waits_for_it() {
    let (mut village, mut nadine, [mut phone, mut neighbour]) = Village::of(["son téléphone", "la voisine"]);
    let first = writes(&mut nadine, 1);
    village.meet(&mut nadine, &mut phone);
    let answer = writes(&mut phone, 2);
    let sealed = phone.sealed_pack(answer, &mut village.chance).unwrap();
    assert_eq!(neighbour.take_pack(&sealed), Came::New);
    assert_eq!(neighbour.doubts().get(&answer), Some(&Doubt::Waits));
    assert!(neighbour.to_merge().is_empty());
    village.send(&nadine, &mut neighbour);
    assert!(holds(&neighbour, first) && holds(&neighbour, answer));
    assert_eq!(neighbour.take_pack(&sealed), Came::Known, "as often as one likes");
}

#[test]
fn a_closed_scope_stays_legible_and_takes_nothing_more() {
    let (mut village, mut nadine, [mut phone]) = Village::of(["son téléphone"]);
    let before = writes(&mut phone, 1);
    village.meet(&mut nadine, &mut phone);
    nadine.close().unwrap();
    village.meet(&mut nadine, &mut phone);
    assert_eq!(phone.write(word(2), Instant::default()), Err(CannotWrite::Closed));
    assert!(holds(&phone, before) && phone.members().closed);
    assert_eq!(nadine.close(), Err(CannotWrite::Closed));
}

#[test]
fn what_a_newer_version_says_is_kept_until_it_can_be_read() {
    let (mut village, mut nadine, [mut phone]) = Village::of(["son téléphone"]);
    village.meet(&mut nadine, &mut phone);
    let key = nadine.epoch_key().unwrap().derive(Use::Records);
    let about = [b"record".as_slice(), &nadine.scope().0].concat();
    let newer = seal(&key, &about, [9; 24], &[vec![2], vec![0; 100]].concat());
    assert_eq!(phone.take_record(&newer), Came::TooNew);
    // Whatever comes after it, and however often what could not be read is tried again.
    village.lets_in(&mut nadine, "la voisine");
    village.meet(&mut nadine, &mut phone);
    assert!(phone.unread().any(|kept| kept == newer), "nothing is lost in silence");
}

#[test]
fn another_scope_is_another_world() {
    let (mut village, mut nadine, []) = Village::of([]);
    let secret = DeviceSecret::random(&mut village.chance);
    let mut other =
        Replica::create(secret, 1, Prepared::of(&WORDS, &mut village.chance), "ailleurs", &mut village.chance);
    let id = writes(&mut nadine, 1);
    let sealed = nadine.sealed_pack(id, &mut village.chance).unwrap();
    assert_eq!(other.take_pack(&sealed), Came::Unread);
    assert!(other.standing().holds.is_empty());
}

/// A group of Nadine's, with two others.
fn group() -> (Village, Replica, Replica, Replica) {
    let mut village = Village { chance: Counting(11) };
    let secret = DeviceSecret::random(&mut village.chance);
    let prepared = Prepared::of(&WORDS, &mut village.chance);
    let mut nadine = Replica::create(secret, GROUPS, prepared, "Nadine", &mut village.chance);
    let mut claire = village.lets_in(&mut nadine, "Claire");
    let bernard = village.lets_in(&mut nadine, "Bernard");
    village.send(&nadine, &mut claire);
    (village, nadine, claire, bernard)
}

#[test]
fn two_of_a_group_agree_on_who_administers_where_nobody_else_does() {
    let (mut village, mut nadine, mut claire, mut bernard) = group();
    assert_eq!(claire.remove(&[nadine.device()], &mut village.chance), Err(CannotWrite::NotTheAdministrator));
    let agreement = bernard.agree(claire.device());
    claire.succeed(agreement).unwrap();
    assert_eq!(claire.members().admin, claire.device());
    village.send(&claire, &mut bernard);
    village.send(&bernard, &mut nadine);
    assert_eq!(nadine.members().admin, claire.device(), "everyone reads it, whoever did administer too");
    assert_eq!(nadine.transfer(bernard.device()), Err(CannotWrite::NotTheAdministrator));
    claire.remove(&[nadine.device()], &mut village.chance).unwrap();
    village.send(&claire, &mut bernard);
    assert!(!bernard.members().is_member(nadine.device()));
    assert!(bernard.standing().line.contested.is_empty());
}

#[test]
fn nobody_administers_by_themselves_nor_with_an_agreement_of_another_moment() {
    let (mut village, mut nadine, mut claire, bernard) = group();
    // Their own agreement, and that of whoever administers.
    let own = claire.agree(claire.device());
    assert_eq!(claire.succeed(own), Err(CannotWrite::Who));
    let nadines = nadine.agree(claire.device());
    assert_eq!(claire.succeed(nadines), Err(CannotWrite::Who));
    // To another, and before something else was decided.
    let to_another = bernard.agree(bernard.device());
    assert_eq!(claire.succeed(to_another), Err(CannotWrite::Who));
    let agreement = bernard.agree(claire.device());
    village.lets_in(&mut nadine, "Aude");
    village.send(&nadine, &mut claire);
    assert_eq!(claire.succeed(agreement), Err(CannotWrite::Who));
    // Two devices of one coordinator are one, and a scope of one's own devices has no equals.
    let (mut village, mut nadine, mut claire, _) = group();
    let claires_phone = village.lets_in(&mut nadine, "Claire");
    village.send(&nadine, &mut claire);
    assert_eq!(claire.succeed(claires_phone.agree(claire.device())), Err(CannotWrite::Who));
    let (_, _, [mut phone, tablet]) = Village::of(["le téléphone", "la tablette"]);
    let agreement = tablet.agree(phone.device());
    assert_eq!(phone.succeed(agreement), Err(CannotWrite::Who));
}

#[test]
fn what_was_decided_before_someone_was_away_is_not_overruled_by_two_who_agreed() {
    let (mut village, mut nadine, mut claire, mut bernard) = group();
    // She had removed Bernard before she was away; nobody had heard of it.
    nadine.remove(&[bernard.device()], &mut village.chance).unwrap();
    let agreement = bernard.agree(claire.device());
    claire.succeed(agreement).unwrap();
    village.send(&claire, &mut bernard);
    let bernards = writes(&mut bernard, 2);
    village.meet(&mut claire, &mut bernard);
    for _ in 0..2 {
        village.meet(&mut nadine, &mut claire);
        village.meet(&mut claire, &mut bernard);
    }
    for replica in [&nadine, &claire] {
        assert_eq!(replica.members().admin, nadine.device());
        assert!(!replica.members().is_member(bernard.device()), "removed is removed");
        assert!(holds(replica, bernards), "what Claire took in before she knew is everybody's");
        assert!(!replica.standing().line.contested.is_empty(), "and everyone reads that it was contested");
    }
    // Nor can whoever was removed have an accomplice agree as of the day before.
    let (mut village, mut nadine, mut claire, mut bernard) = group();
    let backdated = claire.agree(bernard.device());
    nadine.remove(&[bernard.device()], &mut village.chance).unwrap();
    village.send(&nadine, &mut claire);
    bernard.succeed(backdated).unwrap();
    village.meet(&mut bernard, &mut nadine);
    village.meet(&mut bernard, &mut claire);
    for replica in [&nadine, &claire] {
        assert_eq!(replica.members().admin, nadine.device());
        assert!(!replica.members().is_member(bernard.device()));
    }
}
