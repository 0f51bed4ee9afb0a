//! Stays at hospital, through the door: told of on the telephone, prepared step by step, and what comes after the return.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use chrono::NaiveDate;
use maillon_shared::api::errors::Invalid;
use maillon_shared::api::stays::{StayFile, StayRow, StayWrite};
use maillon_shared::api::{Failure, Request, Response};
use maillon_shared::domain::encounter::{Encounter, EncounterKind};
use maillon_shared::domain::follow_up::{FollowUp, FollowUpKind, FollowUpState};
use maillon_shared::domain::hospital_stay::{
    HospitalStay, ReturnStep, StayCall, StayChange, StayEnd, StayState, StepState,
};
use maillon_shared::domain::ids::{EncounterId, HospitalStayId, LineId, PersonId};
use maillon_shared::domain::person::{Person, PersonChange, PersonState, Silence};
use maillon_shared::domain::project::Owner;
use maillon_tests::harness::Device;
use maillon_tests::harness::just;

const ODETTE: PersonId = PersonId([1; 16]);
const STAY: HospitalStayId = HospitalStayId([40; 16]);
const KEYS: LineId = LineId([50; 16]);
const MEALS: LineId = LineId([51; 16]);

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn village() -> Device {
    let mut device = Device::with_notebook(1, day("2026-06-12"));
    let mut odette = Person::empty(ODETTE);
    odette.given_name = "Odette".into();
    odette.family_name = "Escarvenc".into();
    device.saves(&odette);
    device
}

fn stay() -> HospitalStay {
    let mut stay = HospitalStay::noticed(STAY, ODETTE, day("2026-06-12"));
    stay.place = "Hôpital de Valsonne".into();
    stay.told_by = "sa fille".into();
    stay.steps = vec![ReturnStep::to_ask(KEYS, "keys".into()), ReturnStep::to_ask(MEALS, "meals".into())];
    stay
}

fn write(write: StayWrite) -> Request {
    Request::WriteStay(Box::new(write))
}

fn notice(stay: HospitalStay) -> Request {
    write(StayWrite::Notice { stay: Box::new(stay), draft: None })
}

fn edit(changes: Vec<StayChange>) -> Request {
    write(StayWrite::Edit { id: STAY, changes, draft: None })
}

fn home(on: &str, days: [&str; 2]) -> Request {
    let kinds = [FollowUpKind::Call, FollowUpKind::Visit];
    let planned = stay().after_return().into_iter().zip(kinds).zip(days);
    let follow_ups = planned.map(|((id, kind), due)| FollowUp::open(id, Some(ODETTE), kind, day(due))).collect();
    write(StayWrite::Return { id: STAY, on: day(on), follow_ups, draft: None })
}

fn ends(on: &str, how: StayEnd) -> Request {
    write(StayWrite::End { id: STAY, on: day(on), how, draft: None })
}

fn opens(device: &mut Device) -> StayFile {
    let Response::Stay(file) = device.asks(Request::Stay(STAY)) else { panic!("a stay") };
    *file
}

fn rows(device: &mut Device) -> Vec<StayRow> {
    let Response::Stays(rows) = device.asks(Request::Stays) else { panic!("stays") };
    rows
}

fn calls(device: &mut Device) -> Vec<StayCall> {
    device.today().stays.into_iter().map(|due| due.call).collect()
}

#[test]
fn a_return_is_prepared_and_the_call_and_the_visit_come_by_themselves() {
    let mut device = village();
    device.does(notice(stay())).unwrap();
    assert_eq!(device.does(notice(stay())), None, "asked twice, noted once");
    assert!(calls(&mut device).is_empty(), "one has just been told");

    device.is_on(day("2026-06-15"));
    assert_eq!(calls(&mut device), [StayCall::AskWhen]);
    let back = day("2026-06-18");
    device.does(edit(vec![StayChange::Planned(Some(back))])).unwrap();
    assert_eq!(calls(&mut device), [StayCall::ReturnWithGaps(back, 2)]);

    device.does(edit(vec![StayChange::StepState(KEYS, StepState::Done)])).unwrap();
    device.does(edit(vec![StayChange::StepOwner(MEALS, Some(Owner::Coordinator))])).unwrap();
    assert_eq!(calls(&mut device), [StayCall::ReturnReady(back)]);
    let file = opens(&mut device);
    assert_eq!((file.row.done, file.row.steps, file.row.gaps), (1, 2, 0));

    device.is_on(day("2026-06-19"));
    assert_eq!(calls(&mut device), [StayCall::AskWhetherHome(back)], "nobody said that she is home");
    let noted = device.does(home("2026-06-18", ["2026-06-19", "2026-06-25"])).unwrap();
    let today = device.today();
    let due: Vec<_> = today.due.iter().map(|row| (row.follow_up.kind.clone(), row.follow_up.due)).collect();
    assert_eq!(due, [(FollowUpKind::Call, day("2026-06-19"))], "the call of the next day");
    let week: Vec<_> = today.week.iter().map(|row| (row.follow_up.kind.clone(), row.follow_up.due)).collect();
    assert_eq!(week, [(FollowUpKind::Visit, day("2026-06-25"))], "and the visit of the week after");
    assert_eq!(calls(&mut device), [StayCall::HomeWithGaps(1)], "the meals were for the return, and are not seen to");

    // The call is noted: it is done, and the stay's page says so.
    let [call, visit] = stay().after_return();
    let mut answered = Encounter::empty(EncounterId([60; 16]), Some(ODETTE), day("2026-06-19"));
    answered.kind = EncounterKind::CallOut;
    let mut new = just(answered);
    new.completes = Some(call);
    device.does(Request::RecordEncounter(Box::new(new))).unwrap();
    let after = opens(&mut device).after;
    assert!(matches!(after[0].state, FollowUpState::Done { .. }));
    assert_eq!((after[1].id, after[1].is_open()), (visit, true));

    // Undoing the return would take the call back from under what was noted of it: the visit alone goes.
    let _ = noted;
    let mut device = device.reopens();
    assert_eq!(opens(&mut device).stay.state, StayState::Returned { on: day("2026-06-18") });
}

#[test]
fn a_return_undone_takes_its_call_and_its_visit_back() {
    let mut device = village();
    device.does(notice(stay())).unwrap();
    let noted = device.does(home("2026-06-12", ["2026-06-13", "2026-06-19"])).unwrap();
    assert_eq!(opens(&mut device).after.len(), 2);
    device.does(Request::Undo(noted)).unwrap();
    let file = opens(&mut device);
    assert_eq!(file.stay.state, StayState::There);
    assert!(file.after.is_empty());
    // Noted again for another day, it plans them once.
    device.does(home("2026-06-12", ["2026-06-15", "2026-06-22"])).unwrap();
    let due: Vec<_> = opens(&mut device).after.iter().map(|follow_up| follow_up.due).collect();
    assert_eq!(due, [day("2026-06-15"), day("2026-06-22")]);
}

#[test]
fn a_return_noted_again_moves_what_waits_and_leaves_what_was_done() {
    let mut device = village();
    device.does(notice(stay())).unwrap();
    device.does(home("2026-06-12", ["2026-06-13", "2026-06-19"])).unwrap();
    let [call, _] = stay().after_return();
    device.does(Request::Complete { id: call }).unwrap();
    device.does(home("2026-06-12", ["2026-06-14", "2026-06-20"])).unwrap();
    let after = opens(&mut device).after;
    assert_eq!((after[0].due, after[0].is_open()), (day("2026-06-13"), false));
    assert_eq!((after[1].due, after[1].is_open()), (day("2026-06-20"), true));
}

#[test]
fn whoever_died_there_is_reminded_of_no_more_and_one_gesture_takes_it_back() {
    let mut device = village();
    let visit = FollowUp::open(
        maillon_shared::domain::ids::FollowUpId([9; 16]),
        Some(ODETTE),
        FollowUpKind::Visit,
        day("2026-06-12"),
    );
    device.does(Request::PlanFollowUp { follow_up: visit, draft: None }).unwrap();
    device.does(notice(stay())).unwrap();
    let ended = device.does(ends("2026-06-12", StayEnd::Deceased)).unwrap();
    assert_eq!(device.opens(ODETTE).person.state, PersonState::Deceased);
    let today = device.today();
    assert!(today.due.is_empty() && today.stays.is_empty());
    device.does(Request::Undo(ended)).unwrap();
    assert_eq!(device.opens(ODETTE).person.state, PersonState::Followed);
    assert_eq!(device.today().due.len(), 1);
}

#[test]
fn a_stay_of_whoever_refuses_all_contact_asks_for_nothing_and_an_absence_does_not_hush_it() {
    let mut device = village();
    device.does(notice(stay())).unwrap();
    device.is_on(day("2026-06-15"));
    let state = |state| Request::EditPerson { id: ODETTE, changes: vec![PersonChange::State(state)], draft: None };
    device.does(state(PersonState::AbsentUntil(day("2026-07-01")))).unwrap();
    assert_eq!(calls(&mut device), [StayCall::AskWhen], "the stay is the absence");
    device.does(state(PersonState::Refuses)).unwrap();
    assert!(calls(&mut device).is_empty());
    assert_eq!(rows(&mut device)[0].silence, Some(Silence::Refuses));
    let refused = device.is_refused(home("2026-06-14", ["2026-06-15", "2026-06-21"]));
    assert_eq!(refused, Failure::Silenced(Silence::Refuses), "nothing is planned about her");
    let alone = write(StayWrite::Return { id: STAY, on: day("2026-06-14"), follow_ups: Vec::new(), draft: None });
    device.does(alone).unwrap();
}

#[test]
fn what_was_noted_by_mistake_shows_nowhere_and_stays_in_the_history() {
    let mut device = village();
    device.does(notice(stay())).unwrap();
    device.does(ends("2026-06-12", StayEnd::Mistake)).unwrap();
    assert!(rows(&mut device).is_empty());
    assert!(device.opens(ODETTE).stays.is_empty());
    let Response::History(values) = device.asks(Request::History(STAY.into())) else { panic!("a history") };
    assert!(values.iter().any(|value| value.value == "Hôpital de Valsonne"));
}

#[test]
fn what_cannot_be_is_refused_and_writes_nothing() {
    let mut device = village();
    let mut nobodys = stay();
    nobodys.person = PersonId([99; 16]);
    assert_eq!(device.is_refused(notice(nobodys)), Failure::NotFound);
    let mut tomorrow = stay();
    tomorrow.noticed = day("2027-06-12");
    assert_eq!(device.is_refused(notice(tomorrow)), Failure::Invalid(Invalid::Day));
    device.does(notice(stay())).unwrap();
    assert_eq!(device.is_refused(home("2026-06-11", ["2026-06-12", "2026-06-18"])), Failure::Invalid(Invalid::Day));
    assert_eq!(device.is_refused(home("2026-06-12", ["2026-06-11", "2026-06-18"])), Failure::Invalid(Invalid::Day));
    let unknown = StayChange::StepState(LineId([99; 16]), StepState::Done);
    assert_eq!(device.is_refused(edit(vec![unknown])), Failure::NotFound);
    assert_eq!(device.is_refused(edit(vec![StayChange::Step(KEYS, "  ".into())])), Failure::Invalid(Invalid::Empty));
    let long = StayChange::StepNote(KEYS, "é".repeat(1_000_001));
    assert_eq!(device.is_refused(edit(vec![long])), Failure::Invalid(Invalid::TooLong));
    let ten_thousand = "Les clés sont chez la voisine 🔑 ".repeat(350);
    device.does(edit(vec![StayChange::StepNote(KEYS, ten_thousand.clone())])).unwrap();
    assert_eq!(opens(&mut device).stay.steps[0].note, ten_thousand);
}

#[test]
fn erasing_someone_takes_their_stays_and_their_pack_held_them() {
    let mut device = village();
    device.does(notice(stay())).unwrap();
    assert!(device.finds("Valsonne").iter().any(|found| found.contains("Escarvenc")));
    let Response::File(pack) = device.asks(Request::PersonalData(ODETTE)) else { panic!("a pack") };
    assert!(String::from_utf8(pack.bytes).unwrap().contains("Hôpital de Valsonne"));
    device.asks(Request::ErasePeople(vec![ODETTE]));
    assert!(rows(&mut device).is_empty());
    assert_eq!(device.is_refused(Request::Stay(STAY)), Failure::NotFound);
    assert!(device.finds("Valsonne").is_empty());
}
