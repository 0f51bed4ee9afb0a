//! Means in common: what is offered and lent, how many are free, what is due back and to whom it is told; and two coordinators of a
//! group who offer and borrow without a network, and meet.
#![allow(clippy::unwrap_used, reason = "a story says what is wrong by failing")]

use chrono::{Duration, NaiveDate};
use maillon_shared::api::means::{AllMeans, MeansAnswer, MeansFile, MeansRead, MeansWrite, Mine};
use maillon_shared::domain::event::{Event as CollectiveEvent, EventKind};
use maillon_shared::domain::ids::{EventId, MeansId};
use maillon_shared::domain::means::{
    CannotTell, Fielded, Free, Line, Loan, LoanState, MeansChange, Offer, OfferState, SharedMeans,
};

use crate::in_common::*;

const STAND: MeansId = MeansId([150; 16]);
const ROOM: MeansId = MeansId([151; 16]);
const FIRST: LineId = line(152);
const SECOND: LineId = line(153);
const FORUM: EventId = EventId([154; 16]);

const fn line(n: u8) -> LineId {
    LineId([n; 16])
}

fn read(device: &mut Device, asked: MeansRead) -> MeansAnswer {
    match device.asks(Request::ReadCollective(CollectiveRead::Means(asked))) {
        Response::Collective(answer) => match *answer {
            CollectiveAnswer::Means(answer) => answer,
            _ => panic!("means in common"),
        },
        _ => panic!("something collective"),
    }
}

#[track_caller]
fn all(device: &mut Device) -> AllMeans {
    match read(device, MeansRead::All) {
        MeansAnswer::All(all) => *all,
        MeansAnswer::One(_) => panic!("all of them"),
    }
}

#[track_caller]
fn one(device: &mut Device, id: MeansId) -> MeansFile {
    match read(device, MeansRead::One(id)) {
        MeansAnswer::One(file) => *file,
        MeansAnswer::All(_) => panic!("one of them"),
    }
}

fn writes(write: MeansWrite) -> Request {
    Request::WriteCollective(Box::new(CollectiveWrite::Means(Box::new(write))))
}

fn offers(means: &SharedMeans, group: Option<GroupId>, is_mine: bool) -> Request {
    writes(MeansWrite::Create { means: Box::new(means.clone()), group, is_mine, draft: None })
}

fn changes(changes: Vec<MeansChange>) -> Request {
    writes(MeansWrite::Edit { id: STAND, changes, mine: None, draft: None })
}

fn says(field: &str, text: &str) -> MeansChange {
    MeansChange::About(field.into(), text.into())
}

fn of(loan: LineId, field: &str, text: impl ToString) -> MeansChange {
    MeansChange::Loan(loan, field.into(), text.to_string())
}

/// That someone has one from then until then, so far.
fn uses(loan: LineId, who: &str, days: (NaiveDate, NaiveDate), state: &str) -> Vec<MeansChange> {
    vec![
        of(loan, "from", days.0),
        of(loan, "until", days.1),
        of(loan, "who", who),
        of(loan, "number", 1),
        of(loan, "state", state),
    ]
}

fn stand(quantity: u32) -> SharedMeans {
    let mut stand = SharedMeans::empty(STAND);
    (stand.about.kind, stand.about.title) = ("stand".into(), "Barnum du Pays".into());
    (stand.about.owner, stand.about.conditions) = ("Le Pays".into(), "à rendre sec".into());
    stand.about.quantity = Some(quantity);
    stand
}

/// A day so many days after today.
fn after(device: &mut Device, days: i64) -> NaiveDate {
    device.today().day + Duration::days(days)
}

// ── One's own ───────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_thing_is_offered_lent_awaited_and_given_back() {
    let mut device = nadine();
    device.does(offers(&stand(2), None, false)).unwrap();
    assert_eq!(device.does(offers(&stand(2), None, false)), None, "asked twice, offered once");
    let today = device.today().day;
    let days = (today - Duration::days(4), today - Duration::days(1));
    device.does(changes(uses(FIRST, "CPTS", days, "handed_over"))).unwrap();
    let mut device = device.reopens();
    let held = one(&mut device, STAND).means;
    assert_eq!(held.free(today, today, today), Free::Known { free: 1, asked: 0 });
    assert_eq!(held.free(today, today + Duration::days(1), today), Free::CannotTell(CannotTell::Uses(1)));
    let shown: Vec<_> =
        device.today().means.iter().map(|row| (row.title.clone(), row.who.clone(), row.days_late)).collect();
    assert_eq!(shown, [("Barnum du Pays".to_owned(), "CPTS".to_owned(), 1)]);
    let back = changes(vec![of(FIRST, "state", LoanState::GivenBack(today)), of(FIRST, "condition", "un pied tordu")]);
    let back = device.does(back).unwrap();
    assert!(device.today().means.is_empty());
    for (said, found) in [("tordu", 1), ("barnum", 1), ("marquee", 1), ("cpts", 1)] {
        assert_eq!(device.finds(said).len(), found, "{said}");
    }
    device.does(Request::Undo(back)).unwrap();
    assert_eq!(device.today().means.len(), 1, "it is awaited again");
    device.does(changes(vec![MeansChange::Withdrawn(true)])).unwrap();
    assert!(all(&mut device).rows.is_empty() && device.today().means.is_empty() && device.finds("barnum").is_empty());
}

#[test]
fn what_nobody_said_is_not_zero_and_time_is_not_counted() {
    let mut device = nadine();
    let today = device.today().day;
    let mut room = SharedMeans::empty(ROOM);
    (room.about.kind, room.about.title) = ("room".into(), "Salle des fêtes".into());
    device.does(offers(&room, None, false)).unwrap();
    let free = |device: &mut Device| all(device).rows[0].means.free(today, today, today);
    assert_eq!(free(&mut device), Free::CannotTell(CannotTell::Quantity));
    let says_of = |field: &str, text: &str| {
        writes(MeansWrite::Edit { id: ROOM, changes: vec![says(field, text)], mine: None, draft: None })
    };
    device.does(says_of("quantity", "0")).unwrap();
    assert_eq!(free(&mut device), Free::Known { free: 0, asked: 0 });
    device.does(says_of("quantity", "1")).unwrap();
    device.does(says_of("kind", "time")).unwrap();
    assert_eq!(free(&mut device), Free::NotCounted);
}

/// What is told of everything does not change with what was lent before: nobody is shown to lend or to borrow more than another.
#[test]
fn what_is_over_and_who_it_was_changes_nothing_in_the_list() {
    let mut device = nadine();
    let mut room = SharedMeans::empty(ROOM);
    (room.about.kind, room.about.title) = ("room".into(), "Annexe".into());
    device.does(offers(&stand(2), None, false)).unwrap();
    device.does(offers(&room, None, false)).unwrap();
    let today = device.today().day;
    let told = |device: &mut Device| -> Vec<(MeansId, Free)> {
        let rows = all(device).rows.into_iter();
        rows.map(|row| (row.means.id, row.means.free(today, today, today))).collect()
    };
    let before = told(&mut device);
    assert_eq!(before.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [ROOM, STAND], "by title");
    let long_ago = today - Duration::days(90);
    for n in 0..20 {
        let back = LoanState::GivenBack(long_ago).to_string();
        device.does(changes(uses(line(160 + n), "CPTS", (long_ago, long_ago), &back))).unwrap();
    }
    assert_eq!(told(&mut device), before);
}

#[test]
fn what_cannot_be_is_refused_before_anything_is_written() {
    let mut device = nadine();
    let mut nameless = stand(1);
    nameless.about.title = " ".into();
    assert_eq!(device.is_refused(offers(&nameless, None, false)), Failure::Invalid(Invalid::NoName));
    let written = device.does(offers(&stand(1), None, false)).unwrap();
    let today = device.today().day;
    let backwards = uses(FIRST, "CPTS", (today, today - Duration::days(1)), "asked");
    assert_eq!(device.is_refused(changes(backwards)), Failure::Invalid(Invalid::Day));
    let mut refused = |change: MeansChange| device.is_refused(changes(vec![change]));
    assert_eq!(refused(says("state", "ended: ")), Failure::Invalid(Invalid::NoReason));
    assert_eq!(refused(says("state", "given_away")), Failure::NotUnderstood);
    assert_eq!(refused(says("until", "0026-01-01")), Failure::Invalid(Invalid::Day));
    assert_eq!(refused(says("owner_entry", &CLUB.to_string())), Failure::NotFound);
    assert_eq!(refused(of(FIRST, "event", FORUM)), Failure::NotFound);
    assert_eq!(refused(of(FIRST, "number", 0)), Failure::NotUnderstood);
    assert_eq!(refused(of(FIRST, "number", 1_000_000)), Failure::NotUnderstood);
    assert_eq!(refused(of(FIRST, "state", "refused:")), Failure::Invalid(Invalid::NoReason));
    let to_come = LoanState::GivenBack(today + Duration::days(9));
    assert_eq!(refused(of(FIRST, "state", to_come)), Failure::Invalid(Invalid::Day), "nothing came back tomorrow week");
    assert_eq!(refused(of(FIRST, "hours", 3)), Failure::NotUnderstood);
    device.does(Request::Undo(written)).unwrap();
    assert!(all(&mut device).rows.is_empty());
}

// ── A group's ───────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn nobody_who_is_accompanied_is_named_anywhere_in_what_a_group_offers() {
    let Three { mut nadine, mut claire, bernard: _, id } = three();
    writes_own(&mut nadine);
    nadine.does(offers(&stand(1), Some(id), false)).unwrap();
    let refused = Failure::Invalid(Invalid::NamesSomeone);
    let named = "Odette Escarvenc";
    let mut tried = 0;
    for field in Offer::FIELDS {
        for value in [named.to_owned(), format!("paused:\t{named}")] {
            let Some(change) = MeansChange::at(field, &value).filter(MeansChange::is_known) else { continue };
            assert_eq!(nadine.is_refused(changes(vec![change])), refused, "{field}");
            tried += 1;
        }
    }
    for field in Loan::FIELDS {
        for value in [named.to_owned(), format!("refused:{named}"), format!("not_given_back:{named}")] {
            let change = MeansChange::at(&format!("loans.{FIRST}.{field}"), &value);
            let Some(change) = change.filter(MeansChange::is_known) else { continue };
            assert_eq!(nadine.is_refused(changes(vec![change])), refused, "{field}");
            tried += 1;
        }
    }
    assert!(tried > 20, "{tried}");
    // An event of one's own is none of theirs.
    let mut forum = CollectiveEvent::empty(FORUM, EventKind::Forum);
    forum.title = "Forum".into();
    let create = CollectiveWrite::CreateEvent { event: Box::new(forum), group: None, draft: None };
    nadine.does(Request::WriteCollective(Box::new(create))).unwrap();
    let own = nadine.is_refused(changes(vec![of(FIRST, "event", FORUM)]));
    assert_eq!(own, Failure::Invalid(Invalid::OfAnotherGroup));
    // Whoever is of this directory is said in words: nobody else has it.
    let club = CLUB.to_string();
    nadine.does(changes(vec![says("owner_entry", &club), of(FIRST, "who_entry", club.clone())])).unwrap();
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    let held = one(&mut claire, STAND).means;
    assert_eq!((held.about.owner.as_str(), held.loans[0].who.as_str()), ("Club des Alpilles", "Club des Alpilles"));
    assert_eq!((held.about.owner_entry, held.loans[0].who_entry), (None, None));
    assert_eq!(group(&mut claire, id).means, [(STAND, "Barnum du Pays".into())]);
}

#[test]
fn two_coordinators_offer_and_borrow_without_a_network_and_meet() {
    let Three { mut nadine, mut claire, bernard: _, id } = three();
    // Each offers something of her own, apart.
    nadine.does(offers(&stand(1), Some(id), true)).unwrap();
    let mut room = SharedMeans::empty(ROOM);
    (room.about.kind, room.about.title, room.about.owner) = ("room".into(), "Salle".into(), "La mairie".into());
    claire.does(offers(&room, Some(id), true)).unwrap();
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    meet_as(id, (&mut claire, CLAIRE), (&mut nadine, NADINE));
    for device in [&mut nadine, &mut claire] {
        assert_eq!(all(device).rows.len(), 2, "both are there");
    }
    assert!(one(&mut nadine, STAND).is_lent && !one(&mut claire, STAND).is_lent, "each says so of herself");
    // Each promises the only stand, for days that meet.
    let (soon, later) = (after(&mut nadine, 10), after(&mut nadine, 12));
    nadine.does(changes(uses(FIRST, "MSP", (soon, later), "agreed"))).unwrap();
    claire.does(changes(uses(SECOND, "CPTS", (later, later + Duration::days(1)), "agreed"))).unwrap();
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    meet_as(id, (&mut claire, CLAIRE), (&mut nadine, NADINE));
    for device in [&mut nadine, &mut claire] {
        let today = device.today().day;
        let held = one(device, STAND).means;
        let told = held.double_bookings(today);
        let [double] = &told[..] else { panic!("both are told") };
        assert_eq!((double.day, &double.loans[..], double.is_certain), (later, &[FIRST, SECOND][..], true));
        let words: Vec<&str> = held.loans_by_day().iter().map(|loan| loan.who.as_str()).collect();
        assert_eq!(words, ["MSP", "CPTS"], "each keeps her words");
        assert_eq!(one(device, STAND).conflicts, [], "nobody wrote what the other did");
    }
    // One of them gives way, and says why.
    claire.does(changes(vec![of(SECOND, "state", "refused:déjà promis au forum")])).unwrap();
    meet_as(id, (&mut claire, CLAIRE), (&mut nadine, NADINE));
    let today = nadine.today().day;
    let held = one(&mut nadine, STAND).means;
    assert_eq!(held.double_bookings(today), []);
    assert_eq!(held.loan(SECOND).unwrap().state, LoanState::Refused("déjà promis au forum".into()));
}

#[test]
fn what_is_due_back_is_told_to_whoever_lends_or_has_it_and_to_nobody_else() {
    let Three { mut nadine, mut claire, mut bernard, id } = three();
    nadine.does(offers(&stand(1), Some(id), true)).unwrap();
    let days = (after(&mut nadine, -3), after(&mut nadine, 2));
    nadine.does(changes(uses(FIRST, "La CPTS de Claire", days, "handed_over"))).unwrap();
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    meet_as(id, (&mut nadine, NADINE), (&mut bernard, BERNARD));
    assert_eq!(
        nadine.today().means.iter().map(|row| (row.due, row.is_borrowed)).collect::<Vec<_>>(),
        [(days.1, false)]
    );
    assert!(claire.today().means.is_empty(), "she has not said that it is hers");
    let mine = |is_mine| {
        let mine = Some(Mine { loan: Some(FIRST), is_mine });
        writes(MeansWrite::Edit { id: STAND, changes: Vec::new(), mine, draft: None })
    };
    claire.does(mine(true)).unwrap();
    let mut claire = claire.reopens();
    assert_eq!(claire.today().means.iter().map(|row| row.is_borrowed).collect::<Vec<_>>(), [true]);
    assert_eq!(one(&mut claire, STAND).borrowed, [FIRST]);
    assert!(bernard.today().means.is_empty(), "what others owe each other is none of his");
    assert!(one(&mut bernard, STAND).borrowed.is_empty() && !one(&mut bernard, STAND).is_lent);
    claire.does(mine(false)).unwrap();
    assert!(claire.today().means.is_empty());
    claire.does(mine(true)).unwrap();
    assert_eq!(claire.today().means.len(), 1, "and again");
    // It leaves nothing in the group: nobody reads what another said for themselves.
    meet_as(id, (&mut claire, CLAIRE), (&mut nadine, NADINE));
    assert!(one(&mut nadine, STAND).borrowed.is_empty());
}

/// What is told of the day can be made to go, wherever one no longer writes.
#[test]
fn whoever_left_the_group_can_still_say_that_it_is_no_longer_theirs() {
    let Three { mut nadine, mut claire, bernard: _, id } = three();
    nadine.does(offers(&stand(1), Some(id), true)).unwrap();
    let days = (after(&mut nadine, -3), after(&mut nadine, 2));
    nadine.does(changes(uses(FIRST, "La CPTS de Claire", days, "handed_over"))).unwrap();
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    let mine = |is_mine, changes: Vec<MeansChange>| {
        let mine = Some(Mine { loan: Some(FIRST), is_mine });
        writes(MeansWrite::Edit { id: STAND, changes, mine, draft: None })
    };
    claire.does(mine(true, Vec::new())).unwrap();
    claire.asks(of_groups(GroupRequest::Leave(id)));
    assert!(!one(&mut claire, STAND).may_write);
    assert_eq!(claire.today().means.len(), 1, "what she has is still to be given back");
    let back = of(FIRST, "state", LoanState::GivenBack(days.0));
    assert_eq!(claire.is_refused(mine(false, vec![back])), Failure::NotShared(NotShared::NotOfTheGroup));
    claire.does(mine(false, Vec::new())).unwrap();
    assert!(claire.today().means.is_empty());
}

#[test]
fn two_members_who_say_otherwise_of_one_use_are_both_read() {
    let Three { mut nadine, mut claire, bernard: _, id } = three();
    let mut begun = stand(1);
    begun.loans.push(Loan { who: "MSP".into(), ..Loan::empty(FIRST) });
    nadine.does(offers(&begun, Some(id), true)).unwrap();
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    let today = nadine.today().day;
    nadine
        .does(changes(vec![of(FIRST, "state", "not_given_back:introuvable"), of(FIRST, "purpose", "forum")]))
        .unwrap();
    claire.does(changes(vec![of(FIRST, "state", LoanState::GivenBack(today)), says("contact", "l’accueil")])).unwrap();
    meet_as(id, (&mut claire, CLAIRE), (&mut nadine, NADINE));
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    let (hers, theirs) = (one(&mut nadine, STAND), one(&mut claire, STAND));
    assert_eq!((&hers.means, &hers.conflicts), (&theirs.means, &theirs.conflicts));
    assert_eq!((hers.means.loans[0].purpose.as_str(), hers.means.about.contact.as_str()), ("forum", "l’accueil"));
    let [conflict] = &hers.conflicts[..] else { panic!("one conflict: {:?}", hers.conflicts) };
    let back = LoanState::GivenBack(today).to_string();
    nadine.does(changes(vec![MeansChange::at(&conflict.field, &back).unwrap()])).unwrap();
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    assert!(one(&mut claire, STAND).conflicts.is_empty());
    assert_eq!(one(&mut claire, STAND).means.about.state, OfferState::Offered);
}
