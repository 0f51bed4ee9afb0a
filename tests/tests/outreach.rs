//! Outreach consultations, mobile teams, duty rotas: where and when, what happened, how many of the places were taken, and which
//! days have nobody. Of those who come there are counts, and nobody is named.
#![allow(clippy::unwrap_used, reason = "a story says what is wrong by failing")]

use chrono::{Days, NaiveDate};
use maillon_shared::api::collective::{CollectiveAnswer, CollectiveRead, CollectiveWrite};
use maillon_shared::api::outreach::{
    OutreachAnswer, OutreachAsks, OutreachFile, OutreachRead, OutreachServices, OutreachWrite,
};
use maillon_shared::domain::event::EventCommune;
use maillon_shared::domain::ids::{LineId, OutreachId};
use maillon_shared::domain::outreach::{
    DaySpan, Line, OutreachChange, OutreachKind, OutreachLines, OutreachPlace, OutreachService, OutreachTurn,
    Recurrence,
};

use crate::in_common::*;

const HEART: OutreachId = OutreachId([150; 16]);
const ROOM: LineId = line(151);
const SESSION: LineId = line(152);
const DAY: LineId = line(153);
const TURN: LineId = line(154);

const fn line(n: u8) -> LineId {
    LineId([n; 16])
}

fn read(device: &mut Device, asked: OutreachRead) -> OutreachAnswer {
    match device.asks(Request::ReadCollective(CollectiveRead::Outreach(asked))) {
        Response::Collective(answer) => match *answer {
            CollectiveAnswer::Outreach(answer) => answer,
            _ => panic!("outreach services"),
        },
        _ => panic!("something collective"),
    }
}

#[track_caller]
fn all(device: &mut Device) -> OutreachServices {
    match read(device, OutreachRead::All) {
        OutreachAnswer::All(all) => all,
        OutreachAnswer::One(_) => panic!("all of them"),
    }
}

#[track_caller]
fn one(device: &mut Device) -> OutreachFile {
    match read(device, OutreachRead::One(HEART)) {
        OutreachAnswer::One(file) => *file,
        OutreachAnswer::All(_) => panic!("one of them"),
    }
}

fn writes(write: OutreachWrite) -> Request {
    Request::WriteCollective(Box::new(CollectiveWrite::Outreach(write)))
}

fn begins(service: &OutreachService, group: Option<GroupId>) -> Request {
    writes(OutreachWrite::Create { service: Box::new(service.clone()), group, draft: None })
}

fn changes(changes: Vec<OutreachChange>) -> Request {
    writes(OutreachWrite::Edit { id: HEART, changes, draft: None })
}

fn about(field: &str, value: impl ToString) -> OutreachChange {
    OutreachChange::About(field.to_owned(), value.to_string())
}

fn of(lines: OutreachLines, id: LineId, field: &str, value: impl ToString) -> OutreachChange {
    OutreachChange::Line(lines, id, field.to_owned(), value.to_string())
}

/// A cardiologist who comes every two weeks, from so many days after the day of the device, in another département.
fn cardiology(device: &mut Device, days: u64) -> OutreachService {
    let first = after(device, days);
    let mut service = OutreachService::empty(HEART);
    (service.about.title, service.about.kind) = ("Cardiologie".into(), OutreachKind::Consultation);
    service.about.recurrence = Recurrence::every(2, first).unwrap();
    service.about.capacity = Some(8);
    service.about.offers = "Avis et électrocardiogramme".into();
    let commune = Some(EventCommune { key: "30032".into(), name: "Beaucaire".into() });
    service.places.push(OutreachPlace { commune, address: "MSP".into(), ..OutreachPlace::empty(ROOM) });
    service
}

fn after(device: &mut Device, days: u64) -> NaiveDate {
    device.today().day + Days::new(days)
}

// ── One's own ───────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_consultation_comes_back_its_exceptions_hold_and_what_was_taken_is_counted() {
    let mut device = nadine();
    let begun = cardiology(&mut device, 1);
    device.does(begins(&begun, None)).unwrap();
    assert_eq!(device.does(begins(&begun, None)), None, "asked twice, begun once");
    let mut device = device.reopens();
    let (today, first) = (device.today().day, after(&mut device, 1));
    let row = all(&mut device).rows.remove(0);
    assert_eq!(row.service.next(today, row.zone).unwrap().day, first);
    assert_eq!(row.service.places[0].department_beside("13096"), "30");
    let left_out = device
        .does(changes(vec![
            of(OutreachLines::Days, DAY, "day", first),
            of(OutreachLines::Days, DAY, "says", "left_out:congrès"),
        ]))
        .unwrap();
    let next = |device: &mut Device| one(device).shown.service.next(today, row.zone).unwrap().day;
    assert_eq!(next(&mut device), first + Days::new(14), "nobody comes that day");
    device.does(Request::Undo(left_out)).unwrap();
    assert_eq!(next(&mut device), first);

    let fill = |device: &mut Device| one(device).shown.service.fill_rate(today);
    assert_eq!(fill(&mut device).percent(), None, "nothing happened yet");
    let session = |field: &str, value: u32| of(OutreachLines::Sessions, SESSION, field, value);
    device.does(changes(vec![of(OutreachLines::Sessions, SESSION, "day", today), session("taken", 6)])).unwrap();
    assert_eq!((fill(&mut device).percent(), fill(&mut device).not_told), (None, 1), "nobody said how many places");
    device.does(changes(vec![session("offered", 8), session("no_shows", 0)])).unwrap();
    let rate = fill(&mut device);
    assert_eq!((rate.percent(), rate.sessions, rate.no_shows, rate.no_shows_told), (Some(75), 1, 0, 1));
    for words in ["électrocardiogramme", "Beaucaire", "Cardiologie"] {
        assert_eq!(device.finds(words).len(), 1, "{words}");
    }
    device.does(changes(vec![OutreachChange::Withdrawn(true)])).unwrap();
    assert!(all(&mut device).rows.is_empty() && device.finds("Cardiologie").is_empty());
}

#[test]
fn a_rota_says_which_days_of_the_week_have_nobody_and_what_is_old_is_to_be_made_sure_of() {
    let mut device = nadine();
    let mut begun = cardiology(&mut device, 1);
    begun.about.checked_on = Some(device.today().day - Days::new(10));
    device.does(begins(&begun, None)).unwrap();
    assert!(device.today().outreach.is_empty(), "it asks for nothing");
    let long_ago = device.today().day - Days::new(200);
    device.does(changes(vec![about("checked_on", long_ago)])).unwrap();
    let asks = |device: &mut Device| device.today().outreach.into_iter().map(|row| row.asks).collect::<Vec<_>>();
    assert_eq!(asks(&mut device), [OutreachAsks::CheckAgain(long_ago)]);
    let (today, last) = (device.today().day, after(&mut device, 3));
    device
        .does(changes(vec![
            about("checked_on", today),
            about("kind", "duty_rota"),
            about("recurrence", ""),
            of(OutreachLines::Turns, TURN, "from", today),
            of(OutreachLines::Turns, TURN, "until", last),
            of(OutreachLines::Turns, TURN, "who", "Pharmacie du Cours"),
        ]))
        .unwrap();
    let gap = DaySpan { first: last + Days::new(1), last: today + Days::new(6) };
    assert_eq!(asks(&mut device), [OutreachAsks::Gap(gap)]);
    device.does(changes(vec![of(OutreachLines::Turns, TURN, "until", today + Days::new(60))])).unwrap();
    assert!(asks(&mut device).is_empty());
}

#[test]
fn what_cannot_be_is_refused_before_anything_is_written() {
    let mut device = nadine();
    let begun = cardiology(&mut device, 1);
    let mut nameless = begun.clone();
    nameless.about.title = " ".into();
    assert_eq!(device.is_refused(begins(&nameless, None)), Failure::Invalid(Invalid::NoName));
    let written = device.does(begins(&begun, None)).unwrap();
    let mut refused = |change: OutreachChange| device.is_refused(changes(vec![change]));
    let no_reason = Failure::Invalid(Invalid::NoReason);
    assert_eq!(refused(of(OutreachLines::Days, DAY, "says", "left_out: ")), no_reason);
    assert_eq!(refused(of(OutreachLines::Sessions, SESSION, "state", "cancelled:")), no_reason);
    assert_eq!(refused(about("begins", "1789-07-14")), Failure::Invalid(Invalid::Day));
    assert_eq!(refused(about("recurrence", "every:2:1789-07-14")), Failure::Invalid(Invalid::Day));
    assert_eq!(refused(about("recurrence", "yearly:3")), Failure::NotUnderstood);
    assert_eq!(refused(of(OutreachLines::Sessions, SESSION, "taken", u32::MAX)), Failure::NotUnderstood);
    assert_eq!(refused(of(OutreachLines::Sessions, SESSION, "names", "x")), Failure::NotUnderstood);
    assert_eq!(refused(of(OutreachLines::Turns, TURN, "who_entry", CLUB)), Failure::NotFound);
    device.does(Request::Undo(written)).unwrap();
    assert!(all(&mut device).rows.is_empty());
}

// ── A group's ───────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn nobody_who_is_accompanied_is_named_anywhere_in_a_service_of_a_group() {
    let Three { mut nadine, mut claire, bernard: _, id } = three();
    writes_own(&mut nadine);
    let mut begun = cardiology(&mut nadine, 1);
    begun.turns.push(OutreachTurn { who: "Pharmacie du Cours".into(), ..OutreachTurn::empty(TURN) });
    nadine.does(begins(&begun, Some(id))).unwrap();
    let named = "Odette Escarvenc";
    let texts = ["title", "who", "offers", "public", "hours", "referral", "phone", "delay", "note", "to_verify"];
    let others = [
        of(OutreachLines::Places, ROOM, "address", named),
        of(OutreachLines::Places, ROOM, "department", named),
        of(OutreachLines::Places, ROOM, "commune", format!("chez odette\t{named}")),
        of(OutreachLines::Days, DAY, "says", format!("left_out:{named}")),
        of(OutreachLines::Sessions, SESSION, "state", format!("cancelled:{named}")),
        of(OutreachLines::Turns, TURN, "who", named),
        of(OutreachLines::Turns, TURN, "phone", named),
    ];
    for change in texts.map(|field| about(field, named)).into_iter().chain(others) {
        let refused = nadine.is_refused(changes(vec![change.clone()]));
        assert_eq!(refused, Failure::Invalid(Invalid::NamesSomeone), "{change:?}");
    }
    // Whoever is of this directory is said in words: nobody else has it.
    nadine.does(changes(vec![about("who_entry", CLUB), of(OutreachLines::Turns, TURN, "who_entry", CLUB)])).unwrap();
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    let held = one(&mut claire).shown.service;
    assert_eq!((held.about.who.as_str(), held.turns[0].who.as_str()), ("Club des Alpilles", "Club des Alpilles"));
    assert_eq!(held.entries().count(), 0);
    assert_eq!(group(&mut claire, id).outreach, [(HEART, "Cardiologie".into())]);
}
