//! *Temps d'échange*, through the door: planned from a request or a project, held with the person or told back to her,
//! and never a name that leaves without her agreement.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use chrono::{Days, NaiveDate};
use maillon_shared::api::errors::Invalid;
use maillon_shared::api::meetings::{
    InvitationPreview, MeetingAnswer, MeetingFile, MeetingRead, MeetingWrite, MinutesPreview,
};
use maillon_shared::api::projects::ProjectWrite;
use maillon_shared::api::responses::{HitTarget, TimelineItem};
use maillon_shared::api::timeline::MeetingStep;
use maillon_shared::api::triage::{RequestFile, TriageAnswer, TriageQuestion, TriageWrite};
use maillon_shared::api::{Failure, Request, Response};
use maillon_shared::domain::circle::Helper;
use maillon_shared::domain::consent::{ConsentEntry, Objection, Purpose, Recipient, Said, Sharing, Told, Why};
use maillon_shared::domain::directory::{EntryChange, EntryField, EntryKind};
use maillon_shared::domain::follow_up::FollowUpState;
use maillon_shared::domain::ids::{
    ConsentId, EntryId, FollowUpId, HealthProjectId, LineId, PersonId, RequestId, SharedMeetingId,
};
use maillon_shared::domain::meeting_paper::{About, Attended, MinutesFor, Paper, PaperWay, Who};
use maillon_shared::domain::person::{Person, PersonChange, PersonState, RelatedPerson, Silence};
use maillon_shared::domain::project::{HealthProject, Owner, ProjectLink};
use maillon_shared::domain::request::{Listening, NotYet, Request as CareRequest, RequestStep, Stage};
use maillon_shared::domain::shared_meeting::{
    Asked, Came, Guest, Held, MeetingCall, MeetingChange, MeetingState, Origin, Point, Presence, SharedMeeting,
    ToldBack,
};
use maillon_tests::harness::Device;

const ODETTE: PersonId = PersonId([1; 16]);
const SIMONE: PersonId = PersonId([2; 16]);
const NURSES: EntryId = EntryId([3; 16]);
const SON: LineId = LineId([4; 16]);
const MEETING: SharedMeetingId = SharedMeetingId([70; 16]);
const ASKED: RequestId = RequestId([60; 16]);
const PROJECT: HealthProjectId = HealthProjectId([50; 16]);
/// The guests: the nurses, and the son.
const NURSES_COME: LineId = LineId([71; 16]);
const SON_COMES: LineId = LineId([72; 16]);
const WOOD: LineId = LineId([73; 16]);

fn today() -> NaiveDate {
    "2026-06-12".parse().unwrap()
}

fn after(days: u64) -> NaiveDate {
    today() + Days::new(days)
}

fn decision(n: u8) -> FollowUpId {
    FollowUpId([n; 16])
}

fn village() -> Device {
    let mut device = Device::with_notebook(1, today());
    let mut odette = Person::empty(ODETTE);
    (odette.given_name, odette.family_name) = ("Odette".into(), "Escarvenc".into());
    (odette.address.line, odette.address.commune) = ("2 place du Lavoir".into(), "Valserre".into());
    odette.related = vec![RelatedPerson {
        name: "Bruno Escarvenc".into(),
        relation: "child".into(),
        phone: "0612345678".into(),
        ..RelatedPerson::empty(SON)
    }];
    device.saves(&odette);
    let mut simone = Person::empty(SIMONE);
    simone.family_name = "Salvoubérac".into();
    device.saves(&simone);
    let changes = vec![EntryChange::Text(EntryField::Name, "Cabinet infirmier du Pont".into())];
    device.does(Request::CreateEntry { id: NURSES, kind: EntryKind::Structure, changes, draft: None }).unwrap();
    device
}

fn gives(device: &mut Device, id: u8, said: Said) {
    let given = Told { on: today(), how: "orally".into() };
    let (id, person, note) = (ConsentId([id; 16]), ODETTE, String::new());
    let entry = ConsentEntry { id, person, said, given, withdrawn: None, note };
    device.does(Request::GiveEntry { entry: Box::new(entry), draft: None }).unwrap();
}

fn to_the_nurses() -> Said {
    let recipient = Recipient { entry: Some(NURSES), name: "Cabinet infirmier du Pont".into() };
    let what = "son nom, ce qui est préparé".into();
    Said::Shares(Sharing { recipient, purpose: Purpose::SharedMeeting, what, until: None })
}

fn meeting() -> SharedMeeting {
    let mut meeting = SharedMeeting::planned(MEETING, ODETTE, after(6));
    meeting.place = "Mairie, salle du bas".into();
    meeting.purpose = "Préparer l’hiver d’Odette".into();
    meeting.points = vec![Point { id: WOOD, what: "le bois".into(), notes: String::new() }];
    meeting.guests =
        vec![Guest::to_ask(NURSES_COME, Helper::Entry(NURSES)), Guest::to_ask(SON_COMES, Helper::Related(SON))];
    meeting
}

fn write(write: MeetingWrite) -> Request {
    Request::WriteMeeting(Box::new(write))
}

fn plan(meeting: SharedMeeting) -> Request {
    write(MeetingWrite::Plan { meeting: Box::new(meeting), draft: None })
}

fn edit(changes: Vec<MeetingChange>) -> Request {
    write(MeetingWrite::Edit { id: MEETING, changes, draft: None })
}

fn hold(on: NaiveDate, presence: Presence) -> Request {
    let came = vec![(NURSES_COME, Some(Came::There)), (SON_COMES, Some(Came::Represented("sa femme".into())))];
    write(MeetingWrite::Hold { id: MEETING, held: Held { on, presence }, came, draft: None })
}

fn told(on: NaiveDate, words: &str) -> Request {
    write(MeetingWrite::TellBack { id: MEETING, told: ToldBack { on, words: words.into() }, draft: None })
}

fn decide(n: u8, what: &str, owner: Owner, by: NaiveDate) -> Request {
    let id = decision(n);
    edit(vec![
        MeetingChange::Decision(id, what.into()),
        MeetingChange::DecisionOwner(id, owner),
        MeetingChange::DecisionBy(id, by),
    ])
}

fn give(n: u8, paper: Paper) -> Request {
    write(MeetingWrite::Give { id: MEETING, trace: LineId([n; 16]), paper, way: PaperWay::Paper, draft: None })
}

fn invitation(message: &str) -> Paper {
    Paper::Invitation { guest: NURSES_COME, message: message.into() }
}

fn asks(device: &mut Device, asked: MeetingRead) -> MeetingAnswer {
    let Response::Meeting(answer) = device.asks(Request::ReadMeeting(Box::new(asked))) else { panic!("a meeting") };
    answer
}

fn opens(device: &mut Device) -> MeetingFile {
    let MeetingAnswer::One(file) = asks(device, MeetingRead::One(MEETING)) else { panic!("one") };
    *file
}

fn invites(device: &mut Device, message: &str) -> InvitationPreview {
    let asked = MeetingRead::Invitation { id: MEETING, guest: NURSES_COME, message: message.into() };
    let MeetingAnswer::Invitation(preview) = asks(device, asked) else { panic!("an invitation") };
    *preview
}

fn minutes(device: &mut Device, to: MinutesFor) -> MinutesPreview {
    let MeetingAnswer::Minutes(preview) = asks(device, MeetingRead::Minutes(MEETING, to)) else { panic!("minutes") };
    *preview
}

fn request(device: &mut Device) -> RequestFile {
    let asked = Request::AskTriage(TriageQuestion::Request(ASKED));
    let Response::Triage(TriageAnswer::Request(file)) = device.asks(asked) else { panic!("a request") };
    *file
}

fn calls(device: &mut Device) -> Vec<MeetingCall> {
    device.today().meetings.into_iter().map(|due| due.call).collect()
}

fn absent() -> Presence {
    Presence::Absent { why: "trop fatiguée".into() }
}

// ── From its plan to what was told back ─────────────────────────────────────────────────────────────────────────────

#[test]
fn a_meeting_is_planned_held_without_her_and_told_back() {
    let mut device = village();
    let planned = device.does(plan(meeting())).unwrap();
    assert_eq!(device.does(plan(meeting())), None, "asked twice, planned once");
    assert_eq!(opens(&mut device).meeting, meeting());
    assert!(calls(&mut device).is_empty(), "it is in six days");
    device.is_on(after(5));
    assert_eq!(calls(&mut device), [MeetingCall::Planned(after(6))], "tomorrow");
    device.is_on(after(7));
    assert_eq!(calls(&mut device), [MeetingCall::AskWhetherHeld(after(6))]);

    let no_reason = Presence::Absent { why: "  ".into() };
    assert_eq!(device.is_refused(hold(after(6), no_reason)), Failure::Invalid(Invalid::NoReason));
    assert_eq!(device.is_refused(told(after(6), "rien")), Failure::Invalid(Invalid::NotHeld));
    device.does(hold(after(6), absent())).unwrap();
    assert_eq!(calls(&mut device), [MeetingCall::TellBack(after(6))]);
    let file = opens(&mut device);
    assert_eq!(file.meeting.guests[1].came, Some(Came::Represented("sa femme".into())));
    assert_eq!(device.opens(ODETTE).last_contact, None, "she was not seen");

    assert_eq!(device.is_refused(told(after(5), "trop tôt")), Failure::Invalid(Invalid::Day));
    device.does(told(after(7), "d’accord pour le bois")).unwrap();
    assert_eq!(calls(&mut device), [MeetingCall::Minutes(after(6))]);
    assert_eq!(device.opens(ODETTE).last_contact, Some(after(7)));
    device.does(give(90, Paper::Minutes(MinutesFor::Person))).unwrap();
    assert!(calls(&mut device).is_empty());
    let steps: Vec<_> = device
        .opens(ODETTE)
        .timeline
        .into_iter()
        .filter_map(|item| match item {
            TimelineItem::Meeting(_, _, step) => Some(step),
            _ => None,
        })
        .collect();
    assert_eq!(
        steps,
        [MeetingStep::ToldBack("d’accord pour le bois".into()), MeetingStep::Held(meeting().purpose, absent()),]
    );
    assert_eq!(device.is_refused(Request::Undo(planned)), Failure::WrittenSince);
    let mut device = device.reopens();
    assert!(opens(&mut device).meeting.has_minutes());
}

#[test]
fn what_was_decided_is_a_follow_up_and_is_done_once_from_either_side() {
    let mut device = village();
    device.does(plan(meeting())).unwrap();
    device.is_on(after(6));
    let early = decide(1, "commander le bois", Owner::Coordinator, after(9));
    assert_eq!(device.is_refused(early), Failure::Invalid(Invalid::NotHeld));
    device.does(hold(after(6), Presence::There)).unwrap();
    let nobodys = edit(vec![MeetingChange::Decision(decision(1), "le bois".into())]);
    assert_eq!(device.is_refused(nobodys), Failure::Invalid(Invalid::NoOwner));
    device.does(decide(1, "commander le bois", Owner::Helper(Helper::Related(SON)), after(9))).unwrap();
    device.does(decide(2, "passer le mardi", Owner::Helper(Helper::Entry(NURSES)), after(8))).unwrap();

    let week = device.today().week;
    let rows: Vec<_> = week.iter().map(|row| (row.follow_up.what.as_str(), row.follow_up.owner.as_str())).collect();
    assert_eq!(rows, [("passer le mardi", "Cabinet infirmier du Pont"), ("commander le bois", "Bruno Escarvenc")]);
    assert_eq!(week[0].follow_up.meeting, Some(MEETING));
    device.does(Request::Reschedule { id: decision(1), day: after(12), reason: "livraison".into() }).unwrap();
    assert_eq!(opens(&mut device).meeting.decision(decision(1)).unwrap().by, after(12));
    device.does(Request::Complete { id: decision(2) }).unwrap();
    assert_eq!(
        opens(&mut device).meeting.decision(decision(2)).unwrap().state,
        FollowUpState::Done { day: after(6), by: None }
    );
    assert_eq!(device.is_refused(Request::Complete { id: decision(2) }), Failure::WrittenSince, "it is done");
    assert_eq!(opens(&mut device).row.open_decisions, 1);
    assert_eq!(device.opens(ODETTE).open.len(), 1);
    let mut device = device.reopens();
    assert_eq!(device.opens(ODETTE).open[0].what, "commander le bois");
}

#[test]
fn one_that_is_cancelled_asks_for_nothing_and_one_that_was_held_is_not() {
    let mut device = village();
    device.does(plan(meeting())).unwrap();
    let cancel = |why: &str| write(MeetingWrite::Cancel { id: MEETING, why: why.into(), draft: None });
    assert_eq!(device.is_refused(cancel(" ")), Failure::Invalid(Invalid::NoReason));
    let cancelled = device.does(cancel("le médecin ne peut pas")).unwrap();
    device.is_on(after(8));
    assert!(calls(&mut device).is_empty());
    let state = MeetingState::Cancelled { on: today(), why: "le médecin ne peut pas".into() };
    assert_eq!(opens(&mut device).meeting.state, state);
    device.does(Request::Undo(cancelled)).unwrap();
    assert_eq!(calls(&mut device), [MeetingCall::AskWhetherHeld(after(6))]);
    device.does(hold(after(6), Presence::There)).unwrap();
    assert_eq!(device.is_refused(cancel("trop tard")), Failure::WrittenSince);
}

#[test]
fn whoever_refuses_or_has_died_is_asked_nothing_and_an_absence_does_not_hush_it() {
    let mut device = village();
    device.does(plan(meeting())).unwrap();
    device.is_on(after(6));
    let sets = |state| Request::EditPerson { id: ODETTE, changes: vec![PersonChange::State(state)], draft: None };
    device.does(sets(PersonState::AbsentUntil(after(30)))).unwrap();
    assert_eq!(calls(&mut device), [MeetingCall::Planned(after(6))], "they meet about her return");
    device.does(sets(PersonState::Refuses)).unwrap();
    assert!(calls(&mut device).is_empty());
    let mut other = meeting();
    other.id = SharedMeetingId([75; 16]);
    assert_eq!(device.is_refused(plan(other)), Failure::Silenced(Silence::Refuses));
    assert_eq!(device.is_refused(give(90, invitation(""))), Failure::Silenced(Silence::Refuses));
}

// ── What it comes from ──────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn from_a_request_that_was_understood_it_is_taken_to_the_group_in_the_same_act() {
    let mut device = village();
    let mut asked = CareRequest::received(ASKED, Some(ODETTE), today());
    asked.verbatim = "Comment je vais passer l’hiver ?".into();
    asked.topic = "isolation".into();
    let receive = TriageWrite::Receive { request: Box::new(asked), reported: None, draft: None };
    device.does(Request::WriteTriage(Box::new(receive))).unwrap();
    let from = SharedMeeting { origin: Some(Origin::Request(ASKED)), ..meeting() };
    let refused = device.is_refused(plan(from.clone()));
    assert!(matches!(refused, Failure::NotYet(NotYet::Heard | NotYet::Analysed)), "{refused:?}");
    let listened = Listening { id: LineId([5; 16]), day: today(), text: "elle a froid".into() };
    let analysed = RequestStep::Analyse { day: today(), text: "l’hiver, le bois, l’isolement".into() };
    let steps = vec![RequestStep::Listen(listened), analysed];
    device.does(Request::WriteTriage(Box::new(TriageWrite::Steps { id: ASKED, steps, draft: None }))).unwrap();
    let of_simone = SharedMeeting { person: SIMONE, ..from.clone() };
    assert_eq!(device.is_refused(plan(of_simone)), Failure::NotFound, "it is hers");

    let planned = device.does(plan(from)).unwrap();
    let file = request(&mut device);
    assert_eq!(file.request.stage(), Stage::WithGroup);
    assert_eq!(file.request.links.iter().map(|link| link.target).collect::<Vec<_>>(), [MEETING.0]);
    assert_eq!(file.meetings.iter().map(|row| row.id).collect::<Vec<_>>(), [MEETING]);
    assert_eq!(opens(&mut device).topic, "isolation");
    device.does(Request::Undo(planned)).unwrap();
    let file = request(&mut device);
    assert_eq!((file.request.stage(), file.request.links.len(), file.meetings.len()), (Stage::Analysed, 0, 0));
}

#[test]
fn from_a_project_each_knows_of_the_other() {
    let mut device = village();
    gives(&mut device, 20, Said::Accompanied);
    let mut hers = HealthProject::empty(PROJECT, ODETTE, today(), after(90));
    hers.words = "Je voudrais rester chez moi.".into();
    let open = ProjectWrite::Open { project: Box::new(hers), draft: None };
    device.does(Request::WriteProject(Box::new(open))).unwrap();
    device.does(plan(SharedMeeting { origin: Some(Origin::Project(PROJECT)), ..meeting() })).unwrap();
    let Response::Project(file) = device.asks(Request::Project(PROJECT)) else { panic!("a project") };
    assert_eq!(file.project.links, [ProjectLink::Meeting(MEETING)]);
    assert_eq!(file.meetings.len(), 1);
}

// ── What leaves ─────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn without_her_agreement_an_invitation_says_when_and_where_and_nobodys_name() {
    let mut device = village();
    device.does(plan(meeting())).unwrap();
    let preview = invites(&mut device, "Merci de venir.");
    assert_eq!((&preview.unnamed, preview.may_leave()), (&Some(Why::NeverGiven), true));
    assert_eq!(preview.invitation.about, About::Nobody);
    let said = format!("{:?}", preview.invitation);
    for hers in ["Odette", "Escarvenc", "hiver", "bois"] {
        assert!(!said.contains(hers), "{hers}: {said}");
    }
    assert!(said.contains("salle du bas"));

    // Words of one's own, and the place, may say who she is.
    assert!(invites(&mut device, "C’est pour Mme Escarvenc.").message_names_her);
    assert_eq!(
        device.is_refused(give(90, invitation("Rendez-vous 2, place du Lavoir"))),
        Failure::Invalid(Invalid::NamesSomeone)
    );
    device.does(edit(vec![MeetingChange::Text(
        maillon_shared::domain::shared_meeting::MeetingField::Place,
        "Chez Odette".into(),
    )]));
    let preview = invites(&mut device, "");
    assert_eq!((preview.place_withheld, preview.invitation.place.as_str()), (true, ""));
    device.does(give(90, invitation("Merci de venir."))).unwrap();
    let given = opens(&mut device).meeting.given;
    assert_eq!((given.len(), given[0].consent, given[0].guest), (1, None, Some(NURSES_COME)));
    assert_eq!(opens(&mut device).meeting.guests[0].asked, Asked::Asked, "an invitation that left asks them");
}

#[test]
fn with_her_agreement_it_names_her_to_that_recipient_only_and_a_withdrawal_ends_it() {
    let mut device = village();
    gives(&mut device, 20, to_the_nurses());
    device.does(plan(meeting())).unwrap();
    let preview = invites(&mut device, "C’est pour Mme Escarvenc.");
    assert!(preview.may_leave() && preview.unnamed.is_none());
    let About::Named(named) = &preview.invitation.about else { panic!("her name") };
    assert_eq!((named.name.as_str(), named.points.as_slice()), ("Odette Escarvenc", &["le bois".to_owned()][..]));
    let permits: Vec<_> = opens(&mut device).guests.into_iter().map(|guest| guest.permit).collect();
    assert_eq!(permits, [Ok(()), Err(Why::NeverGiven)], "each recipient has its own");
    let left = device.does(give(90, invitation(""))).unwrap();
    assert_eq!(opens(&mut device).meeting.given[0].consent, Some(ConsentId([20; 16])));
    assert_eq!(device.is_refused(Request::Undo(left)), Failure::Kept, "what left, left");

    device.is_on(after(6));
    device.does(hold(after(6), Presence::There)).unwrap();
    device.does(give(91, Paper::Minutes(MinutesFor::Guest(NURSES_COME)))).unwrap();
    let refused = device.is_refused(give(92, Paper::Minutes(MinutesFor::Guest(SON_COMES))));
    assert_eq!(refused, Failure::NotPermitted(Why::NeverGiven));
    gives(&mut device, 21, Said::Objects(Objection { recipient: None, purpose: Some(Purpose::SharedMeeting) }));
    let refused = device.is_refused(give(93, Paper::Minutes(MinutesFor::Guest(NURSES_COME))));
    assert_eq!(refused, Failure::NotPermitted(Why::Objects(today())));
    device.does(give(94, Paper::Minutes(MinutesFor::Person))).unwrap();
    assert_eq!(opens(&mut device).meeting.given.len(), 3, "her own copy asks nothing");
}

#[test]
fn minutes_name_no_relative_to_a_professional_and_never_say_why_she_was_not_there() {
    let mut device = village();
    gives(&mut device, 20, to_the_nurses());
    device.does(plan(meeting())).unwrap();
    device.is_on(after(6));
    let by_son = Presence::Represented { by: Helper::Related(SON), why: "hospitalisée en psychiatrie".into() };
    device.does(hold(after(6), by_son)).unwrap();
    device.does(edit(vec![MeetingChange::PointNotes(WOOD, "quatre stères".into())])).unwrap();
    device.does(decide(1, "commander le bois", Owner::Helper(Helper::Related(SON)), after(9))).unwrap();
    let theirs = minutes(&mut device, MinutesFor::Guest(NURSES_COME)).minutes.unwrap();
    assert_eq!(theirs.presence, Attended::Represented(Who::Relative));
    assert_eq!(theirs.decisions[0].who, Who::Relative);
    assert_eq!(theirs.points, [("le bois".to_owned(), "quatre stères".to_owned())]);
    let said = format!("{theirs:?}");
    assert!(!said.contains("Bruno") && !said.contains("psychiatrie"), "{said}");
    let hers = minutes(&mut device, MinutesFor::Person).minutes.unwrap();
    assert_eq!(hers.decisions[0].who, Who::Named("Bruno Escarvenc".into()));
    assert!(hers.is_hers && hers.consent.is_none());
}

// ── What stays, and what goes ───────────────────────────────────────────────────────────────────────────────────────

#[test]
fn what_cannot_be_is_refused_and_writes_nothing() {
    let mut device = village();
    assert_eq!(device.is_refused(plan(SharedMeeting { person: PersonId([99; 16]), ..meeting() })), Failure::NotFound);
    let far = SharedMeeting { day: "2036-06-18".parse().unwrap(), ..meeting() };
    assert_eq!(device.is_refused(plan(far)), Failure::Invalid(Invalid::Day));
    let mut nobodys = meeting();
    nobodys.guests[0].who = Helper::Entry(EntryId([99; 16]));
    assert_eq!(device.is_refused(plan(nobodys)), Failure::NotFound);
    device.does(plan(meeting())).unwrap();
    assert_eq!(device.is_refused(hold(after(6), Presence::There)), Failure::Invalid(Invalid::Day), "it is to come");
    let unknown = MeetingChange::PointNotes(LineId([99; 16]), "rien".into());
    assert_eq!(device.is_refused(edit(vec![unknown])), Failure::NotFound);
    let blank = MeetingChange::Point(WOOD, " ".into());
    assert_eq!(device.is_refused(edit(vec![blank])), Failure::Invalid(Invalid::Empty));
    let long = MeetingChange::PointNotes(WOOD, "é".repeat(1_000_001));
    assert_eq!(device.is_refused(edit(vec![long])), Failure::Invalid(Invalid::TooLong));
    let ten_thousand = "Le bois est chez le voisin 🪵 ".repeat(350);
    device.does(edit(vec![MeetingChange::PointNotes(WOOD, ten_thousand.clone())])).unwrap();
    assert_eq!(opens(&mut device).meeting.points[0].notes, ten_thousand);
    assert_eq!(device.is_refused(give(90, Paper::Minutes(MinutesFor::Person))), Failure::Invalid(Invalid::NotHeld));
}

#[test]
fn a_point_taken_away_shows_nowhere_and_stays_in_the_history() {
    let mut device = village();
    device.does(plan(meeting())).unwrap();
    device.does(edit(vec![MeetingChange::RemovePoint(WOOD), MeetingChange::RemoveGuest(SON_COMES)])).unwrap();
    let file = opens(&mut device);
    assert_eq!((file.meeting.points.len(), file.meeting.guests.len()), (0, 1));
    let Response::History(values) = device.asks(Request::History(MEETING.into())) else { panic!("a history") };
    assert!(values.iter().any(|value| value.value == "le bois"));
}

#[test]
fn a_guest_taken_away_or_undone_may_be_invited_again() {
    let mut device = village();
    device.does(plan(SharedMeeting { guests: Vec::new(), ..meeting() })).unwrap();
    let invite = || edit(vec![MeetingChange::Guest(SON, Helper::Related(SON))]);
    let guests = |device: &mut Device| opens(device).guests.len();
    let invited = device.does(invite()).unwrap();
    device.does(Request::Undo(invited)).unwrap();
    assert_eq!(guests(&mut device), 0);
    device.does(invite()).unwrap();
    assert_eq!(guests(&mut device), 1);
    device.does(edit(vec![MeetingChange::RemoveGuest(SON)])).unwrap();
    assert_eq!(guests(&mut device), 0);
    device.does(invite()).unwrap();
    assert_eq!(guests(&mut device), 1);
}

#[test]
fn erasing_someone_takes_their_meetings_and_their_pack_held_them() {
    let mut device = village();
    let mut about = meeting();
    about.points[0].what = "prévenir Simone Salvoubérac".into();
    device.does(plan(about)).unwrap();
    device.is_on(after(6));
    device.does(hold(after(6), Presence::There)).unwrap();
    device.does(decide(1, "commander le bois", Owner::Coordinator, after(9))).unwrap();
    assert!(device.finds("mairie salle").iter().any(|found| found.contains("Escarvenc")));
    let Response::Found(named) = device.asks(Request::Mentions(SIMONE)) else { panic!("mentions") };
    assert!(named.iter().any(|hit| matches!(hit.target, HitTarget::Meeting(MEETING, ODETTE, _))), "words that stay");
    let Response::Slip(slip) = device.asks(Request::EliminationSlip(vec![ODETTE])) else { panic!("a slip") };
    let counted = slip.rows.iter().filter(|row| row.kind == maillon_shared::api::timeline::TimelineKind::Meeting);
    assert_eq!(counted.map(|row| row.count).sum::<u32>(), 1);
    let Response::File(pack) = device.asks(Request::PersonalData(ODETTE)) else { panic!("a pack") };
    assert!(String::from_utf8(pack.bytes).unwrap().contains("Mairie, salle du bas"));
    device.asks(Request::ErasePeople(vec![ODETTE]));
    assert_eq!(device.is_refused(Request::ReadMeeting(Box::new(MeetingRead::One(MEETING)))), Failure::NotFound);
    assert_eq!(device.is_refused(Request::FollowUp(decision(1))), Failure::NotFound);
    assert!(device.finds("mairie salle").is_empty());
    assert!(calls(&mut device).is_empty());
}
