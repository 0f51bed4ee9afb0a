//! Health information: what ends soon and waits, what nobody got in time, to whom it went; and the noticeboard's sheet of a month,
//! with what is on it, in which order, and whom it seems to name.
#![allow(clippy::unwrap_used, reason = "a story says what is wrong by failing")]

use chrono::Duration;
use maillon_shared::api::information::{
    BoardFile, BoardWhat, InformationAnswer, InformationEnd, InformationFile, InformationItems, InformationRead,
    InformationWrite,
};
use maillon_shared::domain::board::BoardChange;
use maillon_shared::domain::clues::Weight;
use maillon_shared::domain::event::{Event as Held, EventKind, Headcount};
use maillon_shared::domain::ids::{DocId, EventId, InformationId};
use maillon_shared::domain::information::{
    DiffusionField, InformationChange, InformationField, InformationItem, InformationState, days_of,
};
use maillon_shared::domain::summary::period::{Level, Month, Period};
use maillon_shared::domain::time::PartialDate;

use crate::in_common::*;

const SCREENING: InformationId = InformationId([150; 16]);
const HEAT: InformationId = InformationId([151; 16]);
const BAKERY: LineId = line(152);
const SCHOOL: LineId = line(153);
const FORUM: EventId = EventId([154; 16]);

const fn line(n: u8) -> LineId {
    LineId([n; 16])
}

fn read(device: &mut Device, asked: InformationRead) -> InformationAnswer {
    match device.asks(Request::ReadCollective(CollectiveRead::Information(asked))) {
        Response::Collective(answer) => match *answer {
            CollectiveAnswer::Information(answer) => *answer,
            _ => panic!("something about information"),
        },
        _ => panic!("something collective"),
    }
}

fn all(device: &mut Device) -> InformationItems {
    match read(device, InformationRead::All) {
        InformationAnswer::All(all) => all,
        _ => panic!("every item"),
    }
}

#[track_caller]
fn item(device: &mut Device, id: InformationId) -> InformationFile {
    match read(device, InformationRead::One(id)) {
        InformationAnswer::One(file) => *file,
        _ => panic!("an item"),
    }
}

fn board(device: &mut Device, month: Period) -> BoardFile {
    match read(device, InformationRead::Board(month)) {
        InformationAnswer::Board(file) => *file,
        _ => panic!("a sheet"),
    }
}

fn writes(write: InformationWrite) -> Request {
    Request::WriteCollective(Box::new(CollectiveWrite::Information(Box::new(write))))
}

fn comes(item: &InformationItem, group: Option<GroupId>) -> Request {
    writes(InformationWrite::Create { item: Box::new(item.clone()), group, draft: None })
}

fn changes(id: InformationId, changes: Vec<InformationChange>) -> Request {
    writes(InformationWrite::Edit { id, changes, draft: None })
}

fn chooses(month: Period, changes: Vec<BoardChange>) -> Request {
    writes(InformationWrite::Board { month, changes })
}

fn says_on_top(month: Period, read: &str, note: &str) -> Request {
    writes(InformationWrite::BoardNote { month, read: read.into(), note: note.into(), draft: None })
}

fn month_of(day: NaiveDate) -> Period {
    Period::around(Month::of(day), Level::Month)
}

/// A screening that is for everyone, goes on the board, and ends so many days after the day of the story.
fn screening(days: i64) -> InformationItem {
    let mut item = InformationItem::empty(SCREENING);
    item.title = "Dépistage du diabète".into();
    item.summary = "Sans rendez-vous, à jeun.".into();
    item.source = "CPTS".into();
    item.received = Some(today());
    item.expires = Some(today() + Duration::days(days));
    item.for_board = true;
    item
}

fn titles(file: &BoardFile) -> Vec<&str> {
    file.on.iter().map(|line| line.title.as_str()).collect()
}

// ── What came ───────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn an_item_is_read_passed_on_and_says_who_got_it() {
    let mut device = nadine();
    let begun = screening(3);
    device.does(comes(&begun, None)).unwrap();
    assert_eq!(device.does(comes(&begun, None)), None, "asked twice, written once");
    let mut device = device.reopens();
    let due = device.today().information;
    assert_eq!(due.iter().map(|row| (row.id, row.until)).collect::<Vec<_>>(), [(SCREENING, begun.expires.unwrap())]);
    assert_eq!(all(&mut device).rows[0].end, InformationEnd::Until { day: begun.expires.unwrap(), days_left: 3 });
    assert_eq!(device.finds("rendez-vous").len(), 1);

    let passed = device
        .does(changes(
            SCREENING,
            vec![
                InformationChange::DiffusionOn(BAKERY, Some(today())),
                InformationChange::Diffusion(BAKERY, DiffusionField::Channel, "shops".into()),
                InformationChange::Diffusion(BAKERY, DiffusionField::To, "Boulangerie".into()),
                InformationChange::Copies(BAKERY, Headcount::Counted(30)),
                InformationChange::State(InformationState::PassedOn),
            ],
        ))
        .unwrap();
    let file = item(&mut device, SCREENING);
    assert_eq!((file.item.copies().known, file.item.people().not_known), (30, 1), "nobody counted people");
    assert!(device.today().information.is_empty(), "nothing is left to do");
    assert_eq!(all(&mut device).rows[0].passed_on, 1);
    device.does(Request::Undo(passed)).unwrap();
    let file = item(&mut device, SCREENING);
    assert!(file.item.diffusions.is_empty() && file.item.state == InformationState::ToRead);
    assert_eq!(device.today().information.len(), 1, "it waits again");
}

#[test]
fn what_nobody_got_in_time_is_said_from_the_day_after() {
    let mut device = nadine();
    device.does(comes(&screening(0), None)).unwrap();
    assert!(matches!(item(&mut device, SCREENING).end, InformationEnd::Until { days_left: 0, .. }));
    assert_eq!(device.today().information.len(), 1, "its last day is not over");
    device.is_on(today() + Duration::days(1));
    assert_eq!(item(&mut device, SCREENING).end, InformationEnd::Missed(today()));
    assert!(device.today().information.is_empty(), "it is too late");
    device.does(changes(SCREENING, vec![InformationChange::DiffusionOn(SCHOOL, Some(today()))])).unwrap();
    assert_eq!(item(&mut device, SCREENING).end, InformationEnd::Over(today()), "somebody got it in time");
}

#[test]
fn what_cannot_be_is_refused_before_anything_is_written() {
    let mut device = nadine();
    let begun = screening(3);
    let nameless = InformationItem { title: " ".into(), ..begun.clone() };
    assert_eq!(device.is_refused(comes(&nameless, None)), Failure::Invalid(Invalid::NoName));
    let written = device.does(comes(&begun, None)).unwrap();
    let mut refused = |change: InformationChange| device.is_refused(changes(SCREENING, vec![change]));
    let set_aside = InformationState::SetAside(" ".into());
    assert_eq!(refused(InformationChange::State(set_aside)), Failure::Invalid(Invalid::NoReason));
    let ancient = "1789-07-14".parse().ok();
    assert_eq!(refused(InformationChange::Expires(ancient)), Failure::Invalid(Invalid::Day));
    assert_eq!(refused(InformationChange::SourceEntry(Some(CLUB))), Failure::NotFound);
    let to = |words: &str| InformationChange::Diffusion(BAKERY, DiffusionField::To, words.into());
    // Whoever got it is never someone who is accompanied, in one's own notebook either.
    assert_eq!(refused(to("Odette Escarvenc")), Failure::Invalid(Invalid::NamesSomeone));
    let by = |words: &str| InformationChange::Diffusion(BAKERY, DiffusionField::Channel, words.into());
    assert_eq!(refused(by("remis à Odette Escarvenc")), Failure::Invalid(Invalid::NamesSomeone));
    device.does(changes(SCREENING, vec![to("Boulangerie")])).unwrap();
    assert_eq!(device.is_refused(Request::Undo(written)), Failure::WrittenSince);
}

#[test]
fn whoever_is_named_in_an_item_or_on_a_sheet_is_found_before_they_are_erased() {
    let mut device = nadine();
    let mut begun = screening(3);
    device.does(comes(&begun, None)).unwrap();
    assert!(item(&mut device, SCREENING).clues.is_empty());
    begun.note = "Demandée par Odette Escarvenc".into();
    let note = InformationChange::Text(InformationField::Note, begun.note.clone());
    device.does(changes(SCREENING, vec![note])).unwrap();
    // Its own page is printed too.
    let clues = item(&mut device, SCREENING).clues;
    assert!(clues.iter().any(|(clue, text)| clue.weight == Weight::Must && *text == begun.note), "{clues:?}");
    let month = month_of(today());
    device.does(says_on_top(month, "", "Merci à Odette Escarvenc.")).unwrap();
    let Response::Found(mentions) = device.asks(Request::Mentions(ODETTE)) else { panic!("mentions") };
    let told: Vec<&str> = mentions.iter().map(|hit| hit.title.as_str()).collect();
    assert!(told.contains(&"Dépistage du diabète") && told.contains(&month.to_string().as_str()), "{told:?}");
}

// ── The noticeboard ─────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_sheet_holds_what_is_for_the_board_and_not_over_in_the_order_that_was_chosen() {
    let mut device = nadine();
    let month = month_of(today());
    let (_, last) = days_of(month).unwrap();
    let left = (last - today()).num_days();
    device.does(comes(&screening(left), None)).unwrap();
    let heat = InformationItem { id: HEAT, title: "Canicule : boire".into(), expires: None, ..screening(0) };
    device.does(comes(&heat, None)).unwrap();
    let mut forum = Held::empty(FORUM, EventKind::Forum);
    (forum.title, forum.place) = ("4e forum santé".into(), "Salle des fêtes".into());
    forum.host = "Pôle santé".into();
    forum.planned = Some(PartialDate::Day(today()));
    let event = CollectiveWrite::CreateEvent { event: Box::new(forum), group: None, draft: None };
    device.does(Request::WriteCollective(Box::new(event))).unwrap();
    let file = board(&mut device, month);
    assert_eq!(titles(&file), ["Dépistage du diabète", "Canicule : boire"], "what has no end comes last");
    assert_eq!(file.off[0].title, "4e forum santé", "an event is only proposed");
    assert!(file.clues.is_empty() && file.holds_on_a_page);

    let (screening, heat, forum) = (DocId(SCREENING.0), DocId(HEAT.0), DocId(FORUM.0));
    device.does(chooses(month, vec![BoardChange::Put(forum, true)])).unwrap();
    let places = [(heat, 0), (forum, 1), (screening, 2)];
    device.does(chooses(month, places.map(|(id, place)| BoardChange::Place(id, place)).to_vec())).unwrap();
    let out = device.does(chooses(month, vec![BoardChange::Put(screening, false)])).unwrap();
    let mut device = device.reopens();
    let file = board(&mut device, month);
    assert_eq!(titles(&file), ["Canicule : boire", "4e forum santé"]);
    let BoardWhat::Event { place, days, .. } = &file.on[1].what else { panic!("the forum") };
    assert_eq!((place.as_str(), days.0), ("Salle des fêtes, Pôle santé", today()));
    device.does(Request::Undo(out)).unwrap();
    assert_eq!(board(&mut device, month).on.len(), 3);

    device.does(changes(SCREENING, vec![InformationChange::Expires(Some(today() - Duration::days(1)))])).unwrap();
    assert_eq!(board(&mut device, month).on.len(), 2, "what is over is not on it");
    let next = Period::around(month.last().next(), Level::Month);
    assert_eq!(titles(&board(&mut device, next)), ["Canicule : boire"], "each month is chosen apart");
    let quarter = Period::around(Month::of(today()), Level::Quarter);
    let asked = Request::ReadCollective(CollectiveRead::Information(InformationRead::Board(quarter)));
    assert_eq!(device.is_refused(asked), Failure::NotFound);
}

#[test]
fn a_sheet_says_whom_it_seems_to_name_and_keeps_each_note() {
    let mut device = nadine();
    let month = month_of(today());
    device.does(comes(&screening(0), None)).unwrap();
    device.does(says_on_top(month, "", "Bravo à Odette Escarvenc.")).unwrap();
    let file = board(&mut device, month);
    let [(clue, text), ..] = &file.clues[..] else { panic!("someone is named") };
    assert_eq!((clue.weight, text.as_str()), (Weight::Must, "Bravo à Odette Escarvenc."));
    device.does(says_on_top(month, &file.note, "Mairie fermée le 14.")).unwrap();
    assert!(board(&mut device, month).clues.is_empty());
    // Whoever writes without having read what came meanwhile takes nothing away.
    device.does(says_on_top(month, "", "Marché le jeudi.")).unwrap();
    let note = board(&mut device, month).note;
    assert!(note.contains("fermée") && note.contains("jeudi"), "{note}");
}

// ── A group's ───────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn nobody_who_is_accompanied_is_named_anywhere_in_information_of_a_group() {
    let Three { mut nadine, mut claire, bernard: _, id } = three();
    writes_own(&mut nadine);
    let named = || "Odette Escarvenc".to_owned();
    let begun = screening(3);
    nadine.does(comes(&begun, Some(id))).unwrap();
    let texts = InformationField::ALL.iter().map(|field| InformationChange::Text(*field, named()));
    let others = [
        InformationChange::State(InformationState::SetAside(named())),
        InformationChange::Diffusion(BAKERY, DiffusionField::To, named()),
        InformationChange::Diffusion(BAKERY, DiffusionField::Channel, named()),
    ];
    for change in texts.chain(others) {
        let refused = nadine.is_refused(changes(SCREENING, vec![change.clone()]));
        assert_eq!(refused, Failure::Invalid(Invalid::NamesSomeone), "{change:?}");
    }
    // Whoever is of this directory is said in words: nobody else has it.
    let source = InformationChange::SourceEntry(Some(CLUB));
    nadine.does(changes(SCREENING, vec![source, InformationChange::DiffusionEntry(BAKERY, Some(CLUB))])).unwrap();
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    let held = item(&mut claire, SCREENING).item;
    assert_eq!((held.source.as_str(), held.diffusions[0].to.as_str()), ("Club des Alpilles", "Club des Alpilles"));
    assert_eq!((held.source_entry, held.diffusions[0].entry), (None, None));
    assert_eq!(group(&mut claire, id).information, [(SCREENING, "Dépistage du diabète".into())]);
    // What one leaves out of one's own sheet stays on the others'.
    let month = month_of(today());
    nadine.does(chooses(month, vec![BoardChange::Put(SCREENING.into(), false)])).unwrap();
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    assert!(board(&mut nadine, month).on.is_empty());
    assert_eq!(titles(&board(&mut claire, month)), ["Dépistage du diabète"]);
}

#[test]
fn two_members_pass_one_item_on_and_both_are_read() {
    let Three { mut nadine, mut claire, bernard: _, id } = three();
    nadine.does(comes(&screening(3), Some(id))).unwrap();
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    let to = |line, words: &str| InformationChange::Diffusion(line, DiffusionField::To, words.into());
    nadine.does(changes(SCREENING, vec![to(BAKERY, "Boulangerie")])).unwrap();
    claire.does(changes(SCREENING, vec![to(SCHOOL, "École")])).unwrap();
    meet_as(id, (&mut claire, CLAIRE), (&mut nadine, NADINE));
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    let (hers, theirs) = (item(&mut nadine, SCREENING), item(&mut claire, SCREENING));
    assert_eq!((&hers.item, hers.conflicts.len()), (&theirs.item, 0));
    assert_eq!(hers.item.diffusions.len(), 2);
}
