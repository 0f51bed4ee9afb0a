//! Requests and those who are reported, through the door: heard before they are answered, and nobody shared unasked.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use chrono::{Days, NaiveDate};
use maillon_shared::api::errors::Invalid;
use maillon_shared::api::responses::HitTarget;
use maillon_shared::api::timeline::TimelineItem;
use maillon_shared::api::triage::{
    RequestFile, RequestFilter, RequestList, StageFilter, TriageAnswer, TriageQuestion, TriageWrite,
};
use maillon_shared::api::{Failure, Request, Response};
use maillon_shared::domain::consent::{ConsentEntry, Purpose, Recipient, Said, Sharing, Told, Why};
use maillon_shared::domain::encounter::Encounter;
use maillon_shared::domain::follow_up::{FollowUpKind, FollowUpState};
use maillon_shared::domain::ids::{
    ConsentId, EncounterId, LineId, MergeId, PersonId, ProvisionalId, RequestId, RoundId,
};
use maillon_shared::domain::person::{Person, PersonChange, PersonState};
use maillon_shared::domain::provisional::{Provisional, ProvisionalEnd};
use maillon_shared::domain::request::{
    Contact, LinkKind, Listening, NotYet, Request as CareRequest, RequestField, RequestLink, RequestStep, Stage,
    StoryStep, Verdict,
};
use maillon_shared::domain::round::{Round, Stop};
use maillon_tests::harness::{Device, just};

const ODETTE: PersonId = PersonId([1; 16]);
const REPORTED: PersonId = PersonId([2; 16]);
const RECORD: ProvisionalId = ProvisionalId([3; 16]);
const ASKED: RequestId = RequestId([4; 16]);
const NURSES: LineId = LineId([5; 16]);
const BUS: LineId = LineId([6; 16]);

fn today() -> NaiveDate {
    "2026-06-12".parse().unwrap()
}

fn after(days: u64) -> NaiveDate {
    today() + Days::new(days)
}

fn village() -> Device {
    let mut device = Device::with_notebook(1, today());
    let mut odette = Person::empty(ODETTE);
    odette.given_name = "Odette".into();
    odette.family_name = "Escarvenc".into();
    odette.address.hamlet = "Le Bourg".into();
    device.saves(&odette);
    device
}

fn does(device: &mut Device, write: TriageWrite) -> Option<maillon_shared::domain::ids::ActId> {
    device.does(Request::WriteTriage(Box::new(write)))
}

fn refused(device: &mut Device, write: TriageWrite) -> Failure {
    device.is_refused(Request::WriteTriage(Box::new(write)))
}

fn asks(id: RequestId, about: Option<PersonId>, topic: &str, words: &str) -> CareRequest {
    let mut asked = CareRequest::received(id, about, today());
    asked.topic = topic.into();
    asked.verbatim = words.into();
    asked
}

fn receive(request: CareRequest) -> TriageWrite {
    TriageWrite::Receive { request: Box::new(request), reported: None, draft: None }
}

fn step(step: RequestStep) -> TriageWrite {
    TriageWrite::Steps { id: ASKED, steps: vec![step], draft: None }
}

fn listen(on: NaiveDate) -> RequestStep {
    RequestStep::Listen(Listening { id: LineId([9; 16]), day: on, text: "elle a peur de déranger".into() })
}

fn analyse(on: NaiveDate) -> RequestStep {
    RequestStep::Analyse { day: on, text: "un médecin qui se déplace".into() }
}

fn offer(id: LineId, to: &str, on: NaiveDate) -> RequestStep {
    RequestStep::Offer { id, to: Recipient::named(to), mission: None, what: String::new(), day: on }
}

fn choose(option: LineId, contact: Contact, feedback_by: Option<NaiveDate>) -> RequestStep {
    RequestStep::Choose { option, day: today(), contact, feedback_by }
}

fn close(outcome: &str, why: &str) -> RequestStep {
    RequestStep::Close { day: today(), outcome: outcome.into(), why: why.into() }
}

fn opens(device: &mut Device, id: RequestId) -> RequestFile {
    match device.asks(Request::AskTriage(TriageQuestion::Request(id))) {
        Response::Triage(TriageAnswer::Request(file)) => *file,
        _ => panic!("a request was asked for"),
    }
}

fn list(device: &mut Device, filter: RequestFilter) -> RequestList {
    match device.asks(Request::AskTriage(TriageQuestion::Requests(filter))) {
        Response::Triage(TriageAnswer::Requests(list)) => *list,
        _ => panic!("requests were asked for"),
    }
}

fn agrees(device: &mut Device, person: PersonId, to: &str) {
    let entry = ConsentEntry {
        id: ConsentId([70; 16]),
        person,
        said: Said::Shares(Sharing {
            recipient: Recipient::named(to),
            purpose: Purpose::Orientation,
            what: "nom et téléphone".into(),
            until: None,
        }),
        given: Told { on: today(), how: "orally".into() },
        withdrawn: None,
        note: String::new(),
    };
    device.does(Request::GiveEntry { entry: Box::new(entry), draft: None });
}

/// Odette asked, was heard and understood, and was offered two things.
fn offered() -> Device {
    let mut device = village();
    does(&mut device, receive(asks(ASKED, Some(ODETTE), "find_doctor", "je ne trouve plus de médecin")));
    let steps = vec![
        listen(today()),
        analyse(today()),
        offer(NURSES, "Cabinet infirmier du Pont", today()),
        offer(BUS, "Transport solidaire", today()),
    ];
    does(&mut device, TriageWrite::Steps { id: ASKED, steps, draft: None }).unwrap();
    device
}

// ── The path ────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn what_was_not_heard_and_analysed_is_neither_offered_nor_taken_to_the_group() {
    let mut device = village();
    let asked = asks(ASKED, Some(ODETTE), "find_doctor", " je ne trouve plus de médecin 🙁 ");
    does(&mut device, receive(asked.clone())).unwrap();
    assert_eq!(does(&mut device, receive(asked)), None, "asked twice, received once");
    let answers = [
        analyse(today()),
        offer(NURSES, "Cabinet infirmier du Pont", today()),
        RequestStep::TakeToGroup(today()),
        close("information_given", ""),
        close("passed_to_collective", ""),
    ];
    for answer in &answers {
        assert_eq!(refused(&mut device, step(answer.clone())), Failure::NotYet(NotYet::Heard), "{answer:?}");
    }
    does(&mut device, step(listen(today()))).unwrap();
    for answer in [&answers[1], &answers[2], &answers[4]] {
        assert_eq!(refused(&mut device, step(answer.clone())), Failure::NotYet(NotYet::Analysed));
    }
    let nothing = RequestStep::Analyse { day: today(), text: " \n".into() };
    assert_eq!(refused(&mut device, step(nothing)), Failure::NotYet(NotYet::NoAnalysis));
    does(&mut device, step(analyse(today()))).unwrap();
    does(&mut device, step(answers[1].clone())).unwrap();
    let file = opens(&mut device, ASKED);
    assert_eq!((file.request.stage(), file.name.as_str()), (Stage::Analysed, "Odette Escarvenc"));
    assert_eq!(file.request.verbatim, "je ne trouve plus de médecin 🙁");
}

#[test]
fn several_steps_are_all_made_or_none() {
    let mut device = village();
    does(&mut device, receive(asks(ASKED, Some(ODETTE), "meals", "")));
    let steps = vec![listen(today()), offer(NURSES, "Cabinet infirmier du Pont", today())];
    let write = TriageWrite::Steps { id: ASKED, steps, draft: None };
    assert_eq!(refused(&mut device, write), Failure::NotYet(NotYet::Analysed));
    assert_eq!(opens(&mut device, ASKED).request.stage(), Stage::Received, "nor was it heard");
}

#[test]
fn a_request_ends_with_an_outcome_it_may_have_and_may_go_on_after_all() {
    let mut device = village();
    does(&mut device, receive(asks(ASKED, Some(ODETTE), "meals", "")));
    assert_eq!(refused(&mut device, step(close("", "rien"))), Failure::NotYet(NotYet::NoOutcome));
    assert_eq!(refused(&mut device, step(close("no_further_action", " "))), Failure::NotYet(NotYet::NoReason));
    let closed = does(&mut device, step(close("no_further_action", "s’est trompée de numéro"))).unwrap();
    assert_eq!(opens(&mut device, ASKED).request.stage(), Stage::Closed);
    assert_eq!(device.today().requests, []);
    assert_eq!(refused(&mut device, step(listen(today()))), Failure::NotYet(NotYet::Closed));
    device.does(Request::Undo(closed)).unwrap();
    assert_eq!(device.today().requests.len(), 1);
    does(&mut device, step(close("refused_by_person", ""))).unwrap();
    does(&mut device, step(RequestStep::Reopen)).unwrap();
    assert_eq!(refused(&mut device, step(RequestStep::Reopen)), Failure::NotYet(NotYet::StillOpen));

    does(&mut device, TriageWrite::Steps { id: ASKED, steps: vec![listen(today()), analyse(today())], draft: None });
    assert_eq!(refused(&mut device, step(close("orientation_accepted", ""))), Failure::NotYet(NotYet::Chosen));
    does(&mut device, step(offer(BUS, "Transport solidaire", today()))).unwrap();
    does(&mut device, step(choose(BUS, Contact::Themselves, None))).unwrap();
    does(&mut device, step(close("orientation_accepted", ""))).unwrap();
}

#[test]
fn an_impossible_day_and_a_recipient_of_no_name_are_refused() {
    let mut device = offered();
    for day in ["2026-06-14", "0026-06-12", "2999-01-01"] {
        let day = day.parse().unwrap();
        assert_eq!(refused(&mut device, step(listen(day))), Failure::Invalid(Invalid::Day));
    }
    let nobody = offer(LineId([60; 16]), "  ", today());
    assert_eq!(refused(&mut device, step(nobody)), Failure::Invalid(Invalid::NoRecipient));
    let far = choose(BUS, Contact::Themselves, "9999-01-01".parse().ok());
    assert_eq!(refused(&mut device, step(far)), Failure::Invalid(Invalid::Day));
    let empty = receive(asks(RequestId([61; 16]), Some(ODETTE), "", "  "));
    assert_eq!(refused(&mut device, empty), Failure::Invalid(Invalid::Empty));
    let nobody = receive(asks(RequestId([61; 16]), Some(PersonId([99; 16])), "meals", ""));
    assert_eq!(refused(&mut device, nobody), Failure::NotFound);
}

// ── Orientation ─────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn no_name_leaves_without_consent_and_what_went_says_under_which() {
    let mut device = offered();
    let by_me = || step(choose(NURSES, Contact::Coordination, None));
    assert_eq!(refused(&mut device, by_me()), Failure::NotYet(NotYet::Agreed(Why::NeverGiven)));
    does(&mut device, step(choose(NURSES, Contact::Themselves, None))).unwrap();
    agrees(&mut device, ODETTE, "cabinet infirmier du pont");
    does(&mut device, by_me()).unwrap();
    let file = opens(&mut device, ASKED);
    let option = file.request.option(NURSES).unwrap();
    assert_eq!((option.permit, &option.contact), (Some(ConsentId([70; 16])), &Contact::Coordination));
    let withdrawn = Told { on: today(), how: "by_phone".into() };
    device.does(Request::WithdrawEntry { id: ConsentId([70; 16]), withdrawn });
    assert_eq!(refused(&mut device, by_me()), Failure::NotYet(NotYet::Agreed(Why::Withdrawn(today()))));
    let to_others = step(choose(BUS, Contact::Coordination, None));
    assert_eq!(refused(&mut device, to_others), Failure::NotYet(NotYet::Agreed(Why::NeverGiven)));
}

#[test]
fn feedback_expected_is_a_follow_up_that_is_late_in_time_and_done_when_it_comes() {
    let mut device = offered();
    does(&mut device, step(choose(BUS, Contact::Themselves, Some(after(7))))).unwrap();
    let open = device.opens(ODETTE).open;
    assert_eq!(open.len(), 1);
    assert_eq!(
        (&open[0].kind, open[0].due, open[0].what.as_str()),
        (&FollowUpKind::Answer, after(7), "Transport solidaire")
    );
    assert_eq!(does(&mut device, step(choose(BUS, Contact::Themselves, Some(after(7))))), None, "once");

    let by = Some(after(10));
    does(&mut device, step(RequestStep::Expect { option: BUS, by })).unwrap();
    assert_eq!(device.opens(ODETTE).open[0].due, after(10), "another day moves it");
    device.is_on(after(12));
    assert_eq!(device.today().late[0].days_late, 2);
    let feedback = RequestStep::Feedback { option: BUS, day: after(12), said: "vient le mardi".into() };
    let came = does(&mut device, step(feedback)).unwrap();
    assert!(device.today().late.is_empty());
    let file = device.opens(ODETTE);
    let done = FollowUpState::Done { day: after(12), by: None };
    assert!(file.timeline.iter().any(|item| matches!(item, TimelineItem::FollowUp(one) if one.state == done)));
    device.does(Request::Undo(came)).unwrap();
    assert_eq!(device.today().late.len(), 1, "undone, it is awaited again");
}

#[test]
fn what_is_no_longer_chosen_or_is_closed_expects_nothing() {
    let mut device = offered();
    does(&mut device, step(choose(BUS, Contact::Themselves, Some(after(7))))).unwrap();
    let decline = RequestStep::Decline { option: BUS, day: today(), why: "son neveu la conduit".into() };
    let declined = does(&mut device, step(decline)).unwrap();
    assert_eq!(device.opens(ODETTE).open, []);
    device.does(Request::Undo(declined)).unwrap();
    assert_eq!(device.opens(ODETTE).open.len(), 1);
    does(&mut device, step(close("refused_by_person", ""))).unwrap();
    assert_eq!(device.opens(ODETTE).open, []);
    does(&mut device, step(RequestStep::Reopen)).unwrap();
    assert_eq!(device.opens(ODETTE).open.len(), 1, "it goes on, and is awaited again");
}

#[test]
fn the_timeline_tells_the_whole_path_and_the_slip_counts_one_request() {
    let mut device = offered();
    does(&mut device, step(choose(BUS, Contact::Themselves, None))).unwrap();
    let accepted = RequestStep::Reply {
        option: BUS,
        day: today(),
        verdict: Verdict::Accepted,
        by: "Mme Ribeyrac".into(),
        why: String::new(),
    };
    let link = RequestStep::Link(RequestLink {
        id: LineId([50; 16]),
        kind: LinkKind::HealthProject,
        target: [51; 16],
        on: today(),
    });
    let steps = vec![accepted, RequestStep::TakeToGroup(today()), link, close("health_project_opened", "")];
    does(&mut device, TriageWrite::Steps { id: ASKED, steps, draft: None }).unwrap();
    let file = device.opens(ODETTE);
    let told: Vec<_> = file
        .timeline
        .iter()
        .rev()
        .filter_map(|item| match item {
            TimelineItem::RequestStep(id, _, step) if *id == ASKED => Some(step.clone()),
            _ => None,
        })
        .collect();
    assert_eq!(told.len(), 9, "{told:?}");
    assert_eq!(told[0], StoryStep::Heard("elle a peur de déranger".into()));
    assert_eq!(told[8], StoryStep::Closed("health_project_opened".into(), String::new()));
    assert!(matches!(file.timeline.last(), Some(TimelineItem::Request(request)) if request.id == ASKED));
    let Response::Slip(slip) = device.asks(Request::EliminationSlip(vec![ODETTE])) else { panic!("a slip") };
    assert_eq!(slip.rows.iter().map(|row| row.count).sum::<u32>(), 1);
}

// ── Lists ───────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn requests_age_where_they_stand_and_lists_are_narrowed() {
    let mut device = village();
    does(&mut device, receive(asks(ASKED, Some(ODETTE), "meals", "les repas")));
    let mut other = asks(RequestId([41; 16]), None, "transport", "le bus ne passe plus");
    other.source = "mairie".into();
    other.place = "La Roussière".into();
    does(&mut device, receive(other));
    assert_eq!(device.today().requests.len(), 2, "at once, until someone listens");
    device.is_on(after(1));
    does(&mut device, step(listen(after(1)))).unwrap();
    assert_eq!(device.today().requests.len(), 1);
    device.is_on(after(8));
    let waiting = device.today().requests;
    assert_eq!(waiting.iter().map(|row| row.span.stage).collect::<Vec<_>>(), [Stage::Received, Stage::Heard]);
    assert_eq!(waiting[1].span.days, 7);
    let found = |device: &mut Device, filter: RequestFilter| {
        list(device, filter).rows.into_iter().map(|row| row.request.topic).collect::<Vec<_>>()
    };
    let none = RequestFilter::default;
    assert_eq!(found(&mut device, none()), ["transport", "meals"], "the longest where it stands first");
    assert_eq!(found(&mut device, RequestFilter { topic: "meals".into(), ..none() }), ["meals"]);
    assert_eq!(found(&mut device, RequestFilter { source: "mairie".into(), ..none() }), ["transport"]);
    assert_eq!(found(&mut device, RequestFilter { stage: StageFilter::One(Stage::Heard), ..none() }), ["meals"]);
    assert_eq!(found(&mut device, RequestFilter { days: 9, ..none() }), [""; 0]);
    assert_eq!(found(&mut device, RequestFilter { person: Some(ODETTE), ..none() }), ["meals"]);
    does(&mut device, step(close("refused_by_person", ""))).unwrap();
    assert_eq!(found(&mut device, none()), ["transport"]);
    assert_eq!(found(&mut device, RequestFilter { stage: StageFilter::All, ..none() }), ["transport", "meals"]);
    assert_eq!(list(&mut device, none()).all, 2);
}

#[test]
fn whoever_refuses_is_asked_for_by_no_day_and_their_request_says_why() {
    let mut device = village();
    does(&mut device, receive(asks(ASKED, Some(ODETTE), "meals", "les repas")));
    let state = |state| Request::EditPerson { id: ODETTE, changes: vec![PersonChange::State(state)], draft: None };
    device.does(state(PersonState::Refuses));
    assert_eq!(device.today().requests, []);
    assert!(opens(&mut device, ASKED).silence.is_some());
    device.does(state(PersonState::AbsentUntil(after(3))));
    assert_eq!(device.today().requests, []);
    device.is_on(after(3));
    assert_eq!(device.today().requests.len(), 1);
}

#[test]
fn two_sheets_of_one_person_have_their_requests_together() {
    let mut device = village();
    let mut twin = Person::empty(PersonId([20; 16]));
    twin.family_name = "Escarvenc".into();
    device.saves(&twin);
    does(&mut device, receive(asks(ASKED, Some(twin.id), "meals", "les repas")));
    let from_other = Default::default();
    device.does(Request::MergePeople { id: MergeId([21; 16]), kept: ODETTE, other: twin.id, from_other });
    let file = opens(&mut device, ASKED);
    assert_eq!((file.request.person, file.name.as_str()), (Some(ODETTE), "Odette Escarvenc"));
    assert!(device.opens(ODETTE).timeline.iter().any(|item| matches!(item, TimelineItem::Request(_))));
    assert_eq!(list(&mut device, RequestFilter { person: Some(ODETTE), ..RequestFilter::default() }).rows.len(), 1);
}

#[test]
fn a_request_of_nobody_named_is_found_erased_and_leaves_no_word() {
    let mut device = village();
    let mut asked = asks(ASKED, None, "transport", "le bus zinzolin ne passe plus");
    asked.asked_by = "le facteur".into();
    does(&mut device, receive(asked)).unwrap();
    assert_eq!(device.finds("zinzolin").len(), 1);
    assert_eq!(device.finds("facteur").len(), 1);
    device.asks(Request::WriteTriage(Box::new(TriageWrite::EraseRequest(ASKED))));
    assert_eq!(device.finds("zinzolin").len(), 0);
    assert!(matches!(device.is_refused(Request::AskTriage(TriageQuestion::Request(ASKED))), Failure::NotFound));
    let mut device = device.reopens();
    assert_eq!(list(&mut device, RequestFilter::default()).all, 0);
    does(&mut device, receive(asks(RequestId([42; 16]), Some(ODETTE), "meals", "")));
    let of_someone = TriageWrite::EraseRequest(RequestId([42; 16]));
    assert_eq!(refused(&mut device, of_someone), Failure::NotUnderstood, "those of someone go with them");
}

// ── Someone reported ────────────────────────────────────────────────────────────────────────────────────────────────

fn record() -> Provisional {
    let mut record = Provisional::empty(RECORD, REPORTED, today());
    record.source = "neighbour_or_relay".into();
    record.reported_by = "Anselme, d’en face".into();
    record.words = "elle ne sort plus depuis Pâques".into();
    record.given_name = "Léontine".into();
    record.family_name = "Tardivel".into();
    record.hamlet = "La Roussière".into();
    record.phone = "05 55 01 02 03".into();
    record
}

/// A neighbour asks for someone whom nobody has met.
fn neighbour_asks() -> Device {
    let mut device = village();
    let mut asked = asks(ASKED, None, "isolation", "il faudrait passer la voir");
    asked.source = "neighbour_or_relay".into();
    let write = TriageWrite::Receive { request: Box::new(asked), reported: Some(Box::new(record())), draft: None };
    does(&mut device, write).unwrap();
    device
}

#[test]
fn whoever_is_reported_is_shown_where_one_is_and_is_in_no_list_of_people() {
    let mut device = neighbour_asks();
    let file = opens(&mut device, ASKED);
    assert_eq!((file.request.person, file.name.as_str()), (Some(REPORTED), "Léontine Tardivel"));
    assert_eq!(file.provisional.map(|row| row.days_left), Some(30));
    assert_eq!(device.opens(REPORTED).provisional.map(|row| row.record.words), Some(record().words));
    // A visit, what is to be done and an alert may be about them at once.
    device.notes(Encounter::empty(EncounterId([30; 16]), Some(REPORTED), today())).unwrap();
    assert_eq!(device.opens(REPORTED).last_contact, Some(today()));

    let Response::People(people) = device.asks(Request::People) else { panic!("people") };
    assert_eq!(people.iter().map(|row| row.id).collect::<Vec<_>>(), [ODETTE]);
    assert_eq!(device.today().people, 1);
    let mut round = Round::empty(RoundId([31; 16]), today());
    round.stops = vec![Stop { id: LineId([32; 16]), person: REPORTED, order: 0 }];
    let plan = Request::PlanRound { round: Box::new(round), draft: None };
    assert_eq!(device.is_refused(plan), Failure::Provisional);
    let hit = device.asks(Request::Search { text: "leontine".into(), limit: 9 });
    let Response::Found(hits) = hit else { panic!("hits") };
    assert_eq!(hits[0].target, HitTarget::Provisional(REPORTED, today()));
    let change = PersonChange::State(PersonState::Refuses);
    let edit = Request::EditPerson { id: REPORTED, changes: vec![change], draft: None };
    assert_eq!(device.is_refused(edit), Failure::Provisional);
}

#[test]
fn nothing_leaves_about_someone_who_was_only_reported() {
    let mut device = neighbour_asks();
    let steps = vec![listen(today()), analyse(today()), offer(NURSES, "Cabinet infirmier du Pont", today())];
    does(&mut device, TriageWrite::Steps { id: ASKED, steps, draft: None }).unwrap();
    let by_me = step(choose(NURSES, Contact::Coordination, None));
    assert_eq!(refused(&mut device, by_me), Failure::NotYet(NotYet::Agreed(Why::NeverGiven)));
    let entry = ConsentEntry {
        id: ConsentId([71; 16]),
        person: REPORTED,
        said: Said::Informed,
        given: Told { on: today(), how: "orally".into() },
        withdrawn: None,
        note: String::new(),
    };
    let given = Request::GiveEntry { entry: Box::new(entry), draft: None };
    assert_eq!(device.is_refused(given), Failure::Provisional);
}

#[test]
fn once_informed_they_have_a_sheet_and_nothing_was_typed_again() {
    let mut device = neighbour_asks();
    device.is_on(after(9));
    let inform = |day| TriageWrite::Inform { id: RECORD, day, how: "orally".into() };
    let before = today().pred_opt().unwrap();
    assert_eq!(refused(&mut device, inform(before)), Failure::Invalid(Invalid::Day), "before they were reported");
    let informed = does(&mut device, inform(after(9))).unwrap();
    assert_eq!(does(&mut device, inform(after(9))), None, "once");
    let mut device = device.reopens();
    let file = device.opens(REPORTED);
    assert_eq!(file.person.display_name(), "Léontine Tardivel");
    assert_eq!(file.person.address.hamlet, "La Roussière");
    assert_eq!(file.person.phones[0].number, "05 55 01 02 03");
    assert_eq!(file.provisional, None);
    assert!(
        file.timeline.iter().any(|item| matches!(item, TimelineItem::Reported(one) if one.words == record().words))
    );
    assert!(file.entries.iter().any(|entry| entry.said == Said::Informed && entry.given.on == after(9)));
    assert_eq!(opens(&mut device, ASKED).name, "Léontine Tardivel");
    assert_eq!(device.today().people, 2);

    device.does(Request::Undo(informed)).unwrap();
    assert_eq!(device.today().people, 1);
    assert!(device.opens(REPORTED).provisional.is_some(), "reported again, and nowhere lost");
    assert_eq!(device.opens(REPORTED).entries, []);
    does(&mut device, inform(after(9))).unwrap();
    assert_eq!(device.today().people, 2);
}

#[test]
fn thirty_days_are_shown_running_out_and_what_is_erased_leaves_a_count_and_no_word() {
    let mut device = neighbour_asks();
    device.notes(Encounter::empty(EncounterId([30; 16]), Some(REPORTED), today())).unwrap();
    assert_eq!(device.today().provisional, []);
    device.is_on(after(20));
    assert_eq!(device.today().provisional[0].days_left, 10);
    device.is_on(after(33));
    assert_eq!(device.today().provisional[0].days_left, -3);
    let erase = || TriageWrite::EraseProvisional { id: RECORD, why: ProvisionalEnd::NotReached };
    device.asks(Request::WriteTriage(Box::new(erase())));
    assert_eq!(refused(&mut device, erase()), Failure::NotFound);
    assert!(matches!(device.is_refused(Request::Person(REPORTED)), Failure::NotFound));
    for word in ["leontine", "paques", "passer"] {
        assert_eq!(device.finds(word).len(), 0, "{word}");
    }
    let mut device = device.reopens();
    let list = list(&mut device, RequestFilter { stage: StageFilter::All, ..RequestFilter::default() });
    assert_eq!((list.all, list.provisional.len()), (0, 0));
    let [counted] = list.erased.as_slice() else { panic!("one was counted") };
    assert_eq!((counted.month.as_str(), counted.source.as_str()), ("2026-06", "neighbour_or_relay"));
    assert_eq!(counted.why, ProvisionalEnd::NotReached);
    let Response::Acts(acts) = device.asks(Request::Acts { before: None, limit: 5 }) else { panic!("acts") };
    assert_eq!(acts[0].what, "erase_provisional");
    assert_eq!(device.is_refused(Request::Undo(acts[0].act)), Failure::Gone);
    // The id of someone erased makes nobody again.
    let again = TriageWrite::Report { record: Box::new(record()), draft: None };
    assert_eq!(refused(&mut device, again), Failure::NotFound);
}

#[test]
fn whoever_has_words_of_their_own_for_a_source_leaves_none_in_the_count() {
    let mut device = village();
    let mut record = record();
    record.source = "Anselme Ribeyrac-Dol".into();
    does(&mut device, TriageWrite::Report { record: Box::new(record), draft: None }).unwrap();
    device.asks(Request::ErasePeople(vec![REPORTED]));
    let list = list(&mut device, RequestFilter::default());
    assert_eq!((list.erased[0].source.as_str(), &list.erased[0].why), ("", &ProvisionalEnd::Unsaid));
}

#[test]
fn a_report_about_which_something_is_written_is_not_undone_under_it() {
    let mut device = village();
    let reported = does(&mut device, TriageWrite::Report { record: Box::new(record()), draft: None }).unwrap();
    device.notes(Encounter::empty(EncounterId([30; 16]), Some(REPORTED), today())).unwrap();
    assert_eq!(device.is_refused(Request::Undo(reported)), Failure::WrittenSince);
}

#[test]
fn whoever_was_reported_and_is_known_already_is_one_with_their_sheet() {
    let mut device = neighbour_asks();
    let from_other = Default::default();
    device.does(Request::MergePeople { id: MergeId([21; 16]), kept: ODETTE, other: REPORTED, from_other }).unwrap();
    let file = opens(&mut device, ASKED);
    assert_eq!((file.request.person, file.name.as_str()), (Some(ODETTE), "Odette Escarvenc"));
    assert_eq!(file.provisional, None);
    assert_eq!(list(&mut device, RequestFilter::default()).provisional, []);
    assert!(device.opens(ODETTE).timeline.iter().any(|item| matches!(item, TimelineItem::Reported(_))));
    device.does(Request::UnmergePeople(MergeId([21; 16]))).unwrap();
    assert_eq!(opens(&mut device, ASKED).name, "Léontine Tardivel");
}

#[test]
fn the_pack_of_someone_reported_holds_what_was_said_of_them() {
    let mut device = neighbour_asks();
    let Response::File(file) = device.asks(Request::PersonalData(REPORTED)) else { panic!("a file") };
    let text = String::from_utf8(file.bytes).unwrap();
    for said in ["elle ne sort plus depuis Pâques", "Anselme, d’en face", "il faudrait passer la voir"] {
        assert!(text.contains(said), "{said}");
    }
}

// ── From a note ─────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_note_still_opens_requests_and_they_go_the_same_path() {
    let mut device = village();
    let mut new = just(Encounter::empty(EncounterId([30; 16]), Some(ODETTE), today()));
    new.requests = vec![asks(ASKED, Some(ODETTE), "meals", "les repas")];
    device.does(Request::RecordEncounter(Box::new(new))).unwrap();
    assert_eq!(opens(&mut device, ASKED).request.from, Some(EncounterId([30; 16])));
    does(&mut device, step(listen(today()))).unwrap();
    does(&mut device, step(RequestStep::Topic("home_help".into(), true))).unwrap();
    does(&mut device, step(RequestStep::Topic("meals".into(), false))).unwrap();
    does(&mut device, step(RequestStep::Say(RequestField::Verbatim, "les repas, et le ménage".into()))).unwrap();
    let request = opens(&mut device, ASKED).request;
    assert_eq!((request.topics(), request.verbatim.as_str()), (vec!["home_help"], "les repas, et le ménage"));
}
