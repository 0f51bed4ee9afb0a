//! Events of the collective: planned, prepared, held, counted; what nobody counted is not zero, and nobody who came is named
//! but at a lunch. Several coordinators write in one.
#![allow(clippy::unwrap_used, reason = "a story says what is wrong by failing")]

use maillon_shared::api::collective::{CollectiveAnswer, CollectiveRead, CollectiveWrite, EventFile, Events};
use maillon_shared::domain::collective::{ProjectStep, StepField};
use maillon_shared::domain::event::{
    Attendance, Confirmed, Event, EventChange, EventCommune, EventField, EventKind, EventLines, EventState, Guest,
    Headcount, Speaker, SpeakerField, Stand, StandField, WhoCame,
};
use maillon_shared::domain::ids::EventId;
use maillon_shared::domain::time::PartialDate;

use crate::in_common::*;

const FORUM: EventId = EventId([91; 16]);
const LUNCH: EventId = EventId([92; 16]);
const TENTS: LineId = LineId([93; 16]);
const LEAGUE: LineId = LineId([94; 16]);

fn date(text: &str) -> PartialDate {
    PartialDate::parse(text).unwrap()
}

fn read(device: &mut Device, asked: CollectiveRead) -> CollectiveAnswer {
    match device.asks(Request::ReadCollective(asked)) {
        Response::Collective(answer) => *answer,
        _ => panic!("something collective"),
    }
}

fn all(device: &mut Device) -> Events {
    match read(device, CollectiveRead::Events) {
        CollectiveAnswer::Events(events) => events,
        _ => panic!("the events"),
    }
}

#[track_caller]
fn event(device: &mut Device, id: EventId) -> EventFile {
    match read(device, CollectiveRead::Event(id)) {
        CollectiveAnswer::Event(file) => *file,
        _ => panic!("an event"),
    }
}

fn plans(event: &Event, group: Option<GroupId>) -> Request {
    let write = CollectiveWrite::CreateEvent { event: Box::new(event.clone()), group, draft: None };
    Request::WriteCollective(Box::new(write))
}

fn changes(id: EventId, changes: Vec<EventChange>) -> Request {
    Request::WriteCollective(Box::new(CollectiveWrite::EditEvent { id, changes, draft: None }))
}

fn forum() -> Event {
    let mut forum = Event::empty(FORUM, EventKind::Forum);
    forum.title = "4e forum santé".into();
    forum.planned = Some(PartialDate::Day(today() + Days::new(6)));
    forum.stands.push(Stand { name: "Ligue contre le cancer".into(), ..Stand::empty(LEAGUE) });
    let due = Some(today() + Days::new(2));
    forum.checklist.push(ProjectStep { what: "Réserver les barnums".into(), due, ..ProjectStep::empty(TENTS) });
    forum
}

fn but(mut event: Event, change: impl FnOnce(&mut Event)) -> Event {
    change(&mut event);
    event
}

#[test]
fn an_event_is_planned_prepared_held_and_counted() {
    let mut device = nadine();
    let act = device.does(plans(&forum(), None)).unwrap();
    assert_eq!(device.does(plans(&forum(), None)), None, "asked twice, planned once");
    let shown = device.today();
    assert_eq!((shown.events.len(), shown.event_steps[0].what.as_str()), (1, "Réserver les barnums"));
    assert_eq!(device.finds("barnums").len(), 1);
    assert_eq!(device.finds("ligue").len(), 1);
    device.does(changes(FORUM, vec![EventChange::ToDoDone(TENTS, Some(today()))])).unwrap();
    device.does(changes(FORUM, vec![EventChange::StandConfirmed(LEAGUE, Confirmed::Yes)])).unwrap();
    assert!(device.today().event_steps.is_empty());

    let mut device = device.reopens();
    assert_eq!((all(&mut device).to_come.len(), all(&mut device).past.len()), (1, 0));
    let held = date("2026-06-18");
    let seniors = LineId([95; 16]);
    let counted = vec![
        EventChange::State(EventState::Held(held)),
        EventChange::AttendancePublic(seniors, "seniors".into()),
        EventChange::AttendanceCount(seniors, Headcount::About(200)),
        EventChange::AttendancePublic(LineId([96; 16]), "jeunes".into()),
    ];
    let counts = device.does(changes(FORUM, counted)).unwrap();
    let file = event(&mut device, FORUM);
    assert_eq!(file.event.held_on(), Some(held));
    let total = file.event.attendance_total();
    assert_eq!((total.known, total.is_about, total.not_known), (200, true, 1), "what nobody counted is not zero");
    assert_eq!(file.event.stands[0].confirmed, Confirmed::Yes);
    assert_eq!((all(&mut device).to_come.len(), all(&mut device).past.len()), (0, 1));
    device.does(Request::Undo(counts)).unwrap();
    assert!(event(&mut device, FORUM).event.held_on().is_none());
    // It was a mistake after all, or the whole of it is undone.
    device.does(changes(FORUM, vec![EventChange::Withdrawn(true)])).unwrap();
    assert!(all(&mut device).to_come.is_empty() && device.finds("barnums").is_empty());
    device.does(changes(FORUM, vec![EventChange::Withdrawn(false)])).unwrap();
    assert_eq!(device.is_refused(Request::Undo(act)), Failure::WrittenSince);
}

fn calendar(device: &mut Device) -> (String, [u32; 3]) {
    match read(device, CollectiveRead::EventCalendar) {
        CollectiveAnswer::EventCalendar(calendar) => {
            let text = calendar.file.map(|file| String::from_utf8(file.bytes).unwrap()).unwrap_or_default();
            (text, [calendar.events, calendar.without_day, calendar.naming])
        }
        _ => panic!("a calendar"),
    }
}

#[test]
fn a_calendar_holds_the_events_that_have_a_day_and_names_nobody_who_is_accompanied() {
    let mut device = nadine();
    assert_eq!(calendar(&mut device), (String::new(), [0, 0, 0]));
    device.does(plans(&forum(), None)).unwrap();
    let lunch = but(Event::empty(LUNCH, EventKind::Lunch), |lunch| lunch.title = "Déjeuner de l’automne".into());
    device.does(plans(&lunch, None)).unwrap();
    let (text, counted) = calendar(&mut device);
    assert_eq!(counted, [1, 1, 0]);
    assert!(text.contains("SUMMARY:4e forum santé\r\n") && !text.contains("Déjeuner"), "{text}");
    assert!(!text.contains("Ligue"), "who comes is nobody’s calendar");
    // Words in which someone is named stay here.
    writes_own(&mut device);
    let with_a_name = vec![EventChange::Text(EventField::Theme, "Autour d’Odette Escarvenc".into())];
    device.does(changes(FORUM, with_a_name)).unwrap();
    assert_eq!(calendar(&mut device), (String::new(), [0, 1, 1]));
    device.does(changes(FORUM, vec![EventChange::Text(EventField::Theme, "Bien vieillir".into())])).unwrap();
    device.does(changes(FORUM, vec![EventChange::State(EventState::Cancelled)])).unwrap();
    assert!(calendar(&mut device).0.contains("STATUS:CANCELLED"));
    device.does(changes(FORUM, vec![EventChange::State(EventState::Postponed)])).unwrap();
    assert_eq!(calendar(&mut device), (String::new(), [0, 2, 0]), "of what is put off no day holds");
}

#[test]
fn what_cannot_be_is_refused_before_anything_is_written() {
    let mut device = nadine();
    let refused = |device: &mut Device, event: &Event| device.is_refused(plans(event, None));
    assert_eq!(
        refused(&mut device, &but(forum(), |event| event.title = " ".into())),
        Failure::Invalid(Invalid::NoName)
    );
    let backwards = but(forum(), |event| event.until = Some(today()));
    assert_eq!(refused(&mut device, &backwards), Failure::Invalid(Invalid::Day));
    let ancient = but(forum(), |event| event.planned = Some(date("1789")));
    assert_eq!(refused(&mut device, &ancient), Failure::Invalid(Invalid::Day));
    let unknown = but(forum(), |event| event.host_entry = Some(CLUB));
    assert_eq!(refused(&mut device, &unknown), Failure::NotFound);
    assert_eq!(
        device.is_refused(plans(&forum(), Some(GroupId([9; 16])))),
        Failure::NotShared(NotShared::NotOfTheGroup)
    );
    assert!(all(&mut device).to_come.is_empty());
}

#[test]
fn whom_nobody_met_yet_is_told_of_lunches_and_nobody_is_named_of_anything_else() {
    let mut device = nadine();
    for (id, name) in [(1_u8, "Calvoulmenque"), (2, "Barloubérac"), (3, "Trouvelorme")] {
        let entry = EntryId([100 + id; 16]);
        let field = maillon_shared::domain::directory::EntryField::from_code("name").unwrap();
        let changes = vec![maillon_shared::domain::directory::EntryChange::Text(field, name.into())];
        device.asks(Request::CreateEntry { id: entry, kind: EntryKind::Professional, changes, draft: None });
    }
    let mut lunch = Event::empty(LUNCH, EventKind::Lunch);
    lunch.title = "Déjeuner à Noves".into();
    lunch.state = EventState::Held(date("2026-05-12"));
    assert!(lunch.put_guest(Guest { id: LineId([97; 16]), who: WhoCame::Entry(EntryId([101; 16])) }));
    assert!(lunch.put_guest(Guest { id: LineId([98; 16]), who: WhoCame::Named("Barloubérac".into()) }));
    device.does(plans(&lunch, None)).unwrap();
    let file = event(&mut device, LUNCH);
    let absent: Vec<(&str, bool)> =
        file.not_met_yet.iter().map(|(_, name, perhaps)| (name.as_str(), *perhaps)).collect();
    assert_eq!(absent, [("Barloubérac", true), ("Trouvelorme", false)]);
    // A lunch that becomes an action in a school names nobody any more, whatever is written in it.
    let mut action = file.event.clone();
    action.set_kind(EventKind::SchoolAction);
    device.does(changes(LUNCH, file.event.changes_to(&action))).unwrap();
    let pupil = EventChange::Guest(LineId([99; 16]), WhoCame::Named("Zoé".into()));
    device.does(changes(LUNCH, vec![pupil]));
    let file = event(&mut device.reopens(), LUNCH);
    assert!(file.event.guests().is_empty() && file.not_met_yet.is_empty());
}

#[test]
fn an_event_of_a_group_is_prepared_by_all_and_names_nobody_who_is_accompanied() {
    let Three { mut nadine, mut claire, mut bernard, id } = three();
    meet_as(id, (&mut nadine, NADINE), (&mut bernard, BERNARD));
    writes_own(&mut nadine);
    let mut common = forum();
    common.host_entry = Some(CLUB);
    common.speakers.push(Speaker {
        entry: Some(CLUB),
        subject: "Bien vieillir".into(),
        ..Speaker::empty(LineId([71; 16]))
    });
    let names = but(common.clone(), |event| event.theme = "Pour Mme Escarvenc".into());
    assert_eq!(nadine.is_refused(plans(&names, Some(id))), Failure::Invalid(Invalid::NamesSomeone));
    let names = but(common.clone(), |event| event.stands[0].contact = "chez Mme Escarvenc".into());
    assert_eq!(nadine.is_refused(plans(&names, Some(id))), Failure::Invalid(Invalid::NamesSomeone));
    let names = but(common.clone(), |event| {
        event.commune = Some(EventCommune { key: "escarvenc".into(), name: "chez Mme Escarvenc".into() });
    });
    assert_eq!(nadine.is_refused(plans(&names, Some(id))), Failure::Invalid(Invalid::NamesSomeone));
    common.commune = Some(EventCommune { key: "13004".into(), name: "Arles".into() });
    nadine.does(plans(&common, Some(id))).unwrap();
    let here = event(&mut nadine, FORUM);
    assert_eq!(here.group, Some((id, "Le collectif des collines".into())));
    assert_eq!((here.event.host.as_str(), here.event.host_entry), ("Club des Alpilles", None), "said in words");
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    meet_as(id, (&mut nadine, NADINE), (&mut bernard, BERNARD));

    // Three prepare it apart, one with another's words in the same field.
    claire.does(changes(FORUM, vec![EventChange::StandConfirmed(LEAGUE, Confirmed::Yes)])).unwrap();
    claire.does(changes(FORUM, vec![EventChange::Text(EventField::Place, "Salle des fêtes".into())])).unwrap();
    bernard.does(changes(FORUM, vec![EventChange::Stand(LEAGUE, StandField::Contact, "06".into())])).unwrap();
    bernard.does(changes(FORUM, vec![EventChange::Text(EventField::Place, "Gymnase".into())])).unwrap();
    nadine.does(changes(FORUM, vec![EventChange::ToDo(TENTS, StepField::Owner, "Nadine".into())])).unwrap();
    assert_eq!(
        nadine.is_refused(changes(FORUM, vec![EventChange::Text(EventField::Theme, "Odette Escarvenc".into())])),
        Failure::Invalid(Invalid::NamesSomeone)
    );
    // Nor as someone who takes part: not even as a guest of what is no lunch, whom no screen shows.
    let named = || "Odette Escarvenc".to_owned();
    for change in [
        EventChange::Stand(LEAGUE, StandField::Name, named()),
        EventChange::Speaker(LineId([71; 16]), SpeakerField::Name, named()),
        EventChange::Speaker(LineId([71; 16]), SpeakerField::Structure, named()),
        EventChange::ToDo(TENTS, StepField::Owner, named()),
        EventChange::AttendancePublic(LineId([73; 16]), named()),
        EventChange::Guest(LineId([74; 16]), WhoCame::Named(named())),
        EventChange::Commune(Some(EventCommune { key: "chez odette escarvenc".into(), name: named() })),
        EventChange::StandConfirmed(LEAGUE, Confirmed::Unknown(named())),
        EventChange::SpeakerConfirmed(LineId([71; 16]), Confirmed::Unknown(named())),
    ] {
        assert_eq!(
            nadine.is_refused(changes(FORUM, vec![change.clone()])),
            Failure::Invalid(Invalid::NamesSomeone),
            "{change:?}"
        );
    }
    meet_as(id, (&mut claire, CLAIRE), (&mut bernard, BERNARD));
    meet_as(id, (&mut bernard, BERNARD), (&mut nadine, NADINE));
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    meet_as(id, (&mut claire, CLAIRE), (&mut bernard, BERNARD));
    let reference = event(&mut nadine, FORUM);
    for device in [&mut claire, &mut bernard] {
        let file = event(device, FORUM);
        assert_eq!((&file.event, &file.conflicts), (&reference.event, &reference.conflicts));
    }
    let stand = &reference.event.stands[0];
    assert_eq!((stand.confirmed.clone(), stand.contact.as_str()), (Confirmed::Yes, "06"));
    assert_eq!(reference.event.checklist[0].owner, "Nadine");
    assert_eq!(reference.conflicts.len(), 1, "the place was written twice: both are kept, and shown");
    let kept = EventChange::at(&reference.conflicts[0].field, "Salle des fêtes").unwrap();
    nadine.does(changes(FORUM, vec![kept])).unwrap();
    assert!(event(&mut nadine, FORUM).conflicts.is_empty());
    // Whoever leaves reads it as it was, and writes in it no more.
    claire.asks(of_groups(GroupRequest::Leave(id)));
    let gone = changes(FORUM, vec![EventChange::Remove(EventLines::Stands, LEAGUE)]);
    assert_eq!(claire.is_refused(gone), Failure::NotShared(NotShared::NotOfTheGroup));
    assert!(!event(&mut claire, FORUM).may_write);
}

#[test]
fn two_who_chose_another_project_at_once_choose_either_and_the_field_is_not_emptied() {
    let Three { mut nadine, mut claire, bernard: _, id } = with_a_project();
    let next = CollectiveId([83; 16]);
    let next_year = CollectiveWrite::NextYear { id: next, of: WALKS, year: 2027 };
    nadine.does(Request::WriteCollective(Box::new(next_year))).unwrap();
    nadine.does(plans(&forum(), Some(id))).unwrap();
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    nadine.does(changes(FORUM, vec![EventChange::Project(Some(WALKS))])).unwrap();
    claire.does(changes(FORUM, vec![EventChange::Project(Some(next))])).unwrap();
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    let conflicts = event(&mut claire, FORUM).conflicts;
    let [conflict] = &conflicts[..] else { panic!("one field: {conflicts:?}") };
    let of_them = conflict.values.iter().map(|value| EventChange::at(&conflict.field, value).unwrap());
    let mut of_them: Vec<EventChange> = of_them.collect();
    of_them.sort_by_key(|change| *change != EventChange::Project(Some(WALKS)));
    assert_eq!(of_them, [EventChange::Project(Some(WALKS)), EventChange::Project(Some(next))]);
    for change in of_them {
        claire.does(changes(FORUM, vec![change.clone()])).unwrap();
        let file = event(&mut claire, FORUM);
        assert_eq!((EventChange::Project(file.event.project), file.conflicts), (change, vec![]));
    }
}

#[test]
fn how_many_came_is_written_apart_by_two_who_counted_at_two_doors() {
    let Three { mut nadine, mut claire, bernard: _, id } = three();
    nadine.does(plans(&forum(), Some(id))).unwrap();
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    let counts = |line: u8, public: &str, count| {
        let line = LineId([line; 16]);
        let public = EventChange::AttendancePublic(line, public.into());
        changes(FORUM, vec![public, EventChange::AttendanceCount(line, count)])
    };
    nadine.does(counts(81, "seniors", Headcount::Counted(40))).unwrap();
    claire.does(counts(82, "jeunes", Headcount::Counted(0))).unwrap();
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    let attendance: Vec<Attendance> = event(&mut nadine, FORUM).event.attendance;
    let mut said: Vec<(String, Headcount)> = attendance.into_iter().map(|line| (line.public, line.count)).collect();
    said.sort_by(|one, other| one.0.cmp(&other.0));
    assert_eq!(said, [("jeunes".into(), Headcount::Counted(0)), ("seniors".into(), Headcount::Counted(40))]);
}
