//! Health projects, circles and liaison sheets, through the door.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use maillon_shared::api::errors::Invalid;
use maillon_shared::api::projects::ProjectWrite;
use maillon_shared::api::responses::{
    CircleFile, File, HitTarget, LiaisonPreview, ProjectCall, ProjectFile, ProjectStep, TimelineItem, TimelineKind,
};
use maillon_shared::api::triage::{TriageAnswer, TriageQuestion, TriageWrite};
use maillon_shared::api::{Failure, Request, Response};
use maillon_shared::domain::absence::AbsenceChange;
use maillon_shared::domain::agreement::NotAccompanied;
use maillon_shared::domain::circle::{Helper, MemberChange, MemberField};
use maillon_shared::domain::consent::{ConsentEntry, Purpose, Recipient, Said, Sharing, Told, Why};
use maillon_shared::domain::contact::PhoneField;
use maillon_shared::domain::directory::{EntryChange, EntryField, EntryKind};
use maillon_shared::domain::encounter::Encounter;
use maillon_shared::domain::follow_up::FollowUpState;
use maillon_shared::domain::ids::{
    ConsentId, EncounterId, EntryId, FollowUpId, HealthProjectId, LineId, MergeId, PersonId, RequestId,
};
use maillon_shared::domain::liaison::{Carrier, GivenWay, LiaisonChoice, Piece, Told as SheetTold};
use maillon_shared::domain::person::{Person, PersonChange, PersonState, RelatedPerson, Silence};
use maillon_shared::domain::project::{
    AfterReview, Carried, Goal, GoalState, Halt, HaltKind, HealthProject, Over, Owner, ProjectChange, Review,
};
use maillon_shared::domain::request::{LinkKind, Listening, NotYet, Request as CareRequest, RequestStep};
use maillon_tests::harness::{Device, just};

const ODETTE: PersonId = PersonId([1; 16]);
const SIMONE: PersonId = PersonId([2; 16]);
const NURSES: EntryId = EntryId([3; 16]);
const SON: LineId = LineId([4; 16]);
const PROJECT: HealthProjectId = HealthProjectId([50; 16]);
const ASKED: RequestId = RequestId([60; 16]);

fn today() -> NaiveDate {
    "2026-06-12".parse().unwrap()
}

fn after(days: u64) -> NaiveDate {
    today() + Days::new(days)
}

fn line(n: u8) -> LineId {
    LineId([n; 16])
}

fn action(n: u8) -> FollowUpId {
    FollowUpId([n; 16])
}

fn told(on: NaiveDate) -> Told {
    Told { on, how: "orally".into() }
}

fn entry(id: u8, person: PersonId, said: Said) -> Request {
    let given = told(today());
    let entry = ConsentEntry { id: ConsentId([id; 16]), person, said, given, withdrawn: None, note: String::new() };
    Request::GiveEntry { entry: Box::new(entry), draft: None }
}

/// Odette, with a son and a telephone; the nurses; nobody asked her anything yet.
fn village() -> Device {
    let mut device = Device::with_notebook(1, today());
    let mut odette = Person::empty(ODETTE);
    (odette.given_name, odette.family_name) = ("Odette".into(), "Escarvenc".into());
    (odette.address.line, odette.address.commune) = ("2 place du Lavoir".into(), "Valserre".into());
    odette.approach = "sonner deux fois".into();
    odette.related = vec![RelatedPerson {
        name: "Bruno Escarvenc".into(),
        relation: "child".into(),
        phone: "0612345678".into(),
        call_first: true,
        ..RelatedPerson::empty(SON)
    }];
    device.saves(&odette);
    let mut simone = Person::empty(SIMONE);
    simone.family_name = "Salvoubérac".into();
    device.saves(&simone);
    let changes = vec![
        EntryChange::Text(EntryField::Name, "Cabinet infirmier du Pont".into()),
        EntryChange::Phone(line(1), PhoneField::Number, "0400000001".into()),
    ];
    device.does(Request::CreateEntry { id: NURSES, kind: EntryKind::Structure, changes, draft: None }).unwrap();
    device
}

fn accompanied() -> Device {
    let mut device = village();
    device.does(entry(20, ODETTE, Said::Accompanied)).unwrap();
    device
}

fn hers() -> HealthProject {
    let mut project = HealthProject::empty(PROJECT, ODETTE, today(), after(90));
    project.words = "Je voudrais retourner au marché.".into();
    project.goals = vec![Goal { id: line(1), words: "Sortir une fois par semaine".into(), state: GoalState::Open }];
    project
}

fn write(write: ProjectWrite) -> Request {
    Request::WriteProject(Box::new(write))
}

fn open(project: HealthProject) -> Request {
    write(ProjectWrite::Open { project: Box::new(project), draft: None })
}

fn edit(changes: Vec<ProjectChange>) -> Request {
    write(ProjectWrite::Edit { id: PROJECT, changes, draft: None })
}

fn new_action(n: u8, what: &str, owner: Owner, by: Option<NaiveDate>) -> Vec<ProjectChange> {
    let (id, what) = (action(n), what.to_owned());
    vec![ProjectChange::Action(id, what), ProjectChange::Owner(id, owner), ProjectChange::By(id, by)]
}

fn halt(n: u8, kind: HaltKind, words: &str, review: Option<NaiveDate>) -> Request {
    let halt = Halt { id: line(n), kind, on: today(), words: words.into(), over: None };
    write(ProjectWrite::Halt { id: PROJECT, halt, review, draft: None })
}

fn resume(on: NaiveDate) -> Request {
    let over = Over { on, words: "on reprend".into() };
    write(ProjectWrite::Resume { id: PROJECT, over, review: on + Days::new(30), draft: None })
}

fn reviewed(n: u8, on: NaiveDate, then: AfterReview) -> Request {
    let review = Review { id: line(n), on, words: "elle est allée au marché".into() };
    write(ProjectWrite::Review { id: PROJECT, review, then, draft: None })
}

fn member(person: PersonId, n: u8, changes: Vec<MemberChange>) -> Request {
    write(ProjectWrite::Member { person, id: line(n), changes, draft: None })
}

fn project(device: &mut Device) -> ProjectFile {
    let Response::Project(file) = device.asks(Request::Project(PROJECT)) else { panic!("a project") };
    *file
}

fn circle(device: &mut Device, person: PersonId) -> CircleFile {
    let Response::Circle(file) = device.asks(Request::Circle(person)) else { panic!("a circle") };
    *file
}

fn calls(device: &mut Device) -> Vec<ProjectCall> {
    device.today().projects.iter().map(|due| due.why).collect()
}

fn planned(device: &mut Device) -> Vec<String> {
    let today = device.today();
    let rows = today.late.into_iter().chain(today.due).chain(today.week);
    rows.map(|row| row.follow_up.what).collect()
}

fn sets(device: &mut Device, state: PersonState) {
    device.does(Request::EditPerson { id: ODETTE, changes: vec![PersonChange::State(state)], draft: None });
}

// ── A project ───────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn nobodys_project_begins_without_her_agreement_or_without_a_day() {
    let mut device = village();
    assert_eq!(device.is_refused(open(hers())), Failure::NotAccompanied(NotAccompanied::NeverAsked));
    device.does(entry(20, ODETTE, Said::Accompanied)).unwrap();
    for review in [today() - Days::new(1), after(400), "0026-09-01".parse().unwrap()] {
        let late = HealthProject { review, ..hers() };
        assert_eq!(device.is_refused(open(late)), Failure::Invalid(Invalid::Day), "{review}");
    }
    let mute = HealthProject { words: " \n".into(), ..hers() };
    assert_eq!(device.is_refused(open(mute)), Failure::Invalid(Invalid::Empty));
    let begun = device.does(open(hers())).unwrap();
    assert_eq!(device.does(open(hers())), None, "asked twice, begun once");
    let mut device = device.reopens();
    let file = project(&mut device);
    assert_eq!((file.project.clone(), file.name.as_str(), file.agreement), (hers(), "Odette Escarvenc", Ok(())));
    assert_eq!(device.opens(ODETTE).projects.len(), 1);
    device.does(Request::Undo(begun)).unwrap();
    assert!(device.opens(ODETTE).projects.is_empty());
}

fn opened_from(device: &mut Device, request: RequestId) -> Vec<(LinkKind, [u8; 16])> {
    match device.asks(Request::AskTriage(TriageQuestion::Request(request))) {
        Response::Triage(TriageAnswer::Request(file)) => {
            file.request.links.into_iter().map(|link| (link.kind, link.target)).collect()
        }
        _ => panic!("a request was asked for"),
    }
}

#[test]
fn it_comes_from_her_request_and_from_nobody_elses() {
    let mut device = accompanied();
    let mut new = just(Encounter::empty(EncounterId([7; 16]), Some(ODETTE), today()));
    new.requests = vec![CareRequest::received(ASKED, Some(ODETTE), today())];
    device.does(Request::RecordEncounter(Box::new(new))).unwrap();
    device.does(entry(21, SIMONE, Said::Accompanied)).unwrap();
    let of_simone = HealthProject { person: SIMONE, from: Some(ASKED), ..hers() };
    assert_eq!(device.is_refused(open(of_simone)), Failure::NotFound);

    // Understand before answering: what was only received opens nothing.
    let hers = || open(HealthProject { from: Some(ASKED), ..hers() });
    assert_eq!(device.is_refused(hers()), Failure::NotYet(NotYet::Heard));
    let heard = Listening { id: line(9), day: today(), text: "elle veut sortir".into() };
    let steps =
        vec![RequestStep::Listen(heard), RequestStep::Analyse { day: today(), text: "marcher sans tomber".into() }];
    device.does(Request::WriteTriage(Box::new(TriageWrite::Steps { id: ASKED, steps, draft: None }))).unwrap();
    let begun = device.does(hers()).unwrap();
    assert_eq!(project(&mut device).project.from, Some(ASKED));
    let links = opened_from(&mut device, ASKED);
    assert_eq!(links, [(LinkKind::HealthProject, PROJECT.0)]);
    device.does(Request::Undo(begun)).unwrap();
    assert_eq!(opened_from(&mut device, ASKED), [], "one act opened both");
}

#[test]
fn an_action_with_a_day_is_a_follow_up_and_is_done_once_from_either_side() {
    let mut device = accompanied();
    device.does(open(hers())).unwrap();
    assert_eq!(
        device.is_refused(edit(vec![ProjectChange::Action(action(1), "marcher".into())])),
        Failure::Invalid(Invalid::NoOwner)
    );
    let son = Owner::Helper(Helper::Related(SON));
    device.does(edit(new_action(1, "l’emmener au marché", son, Some(after(3))))).unwrap();
    device.does(edit(new_action(2, "trouver un cabas", Owner::Person, None))).unwrap();
    device.does(edit(new_action(3, "appeler la mairie", Owner::Coordinator, Some(after(40))))).unwrap();

    assert_eq!(planned(&mut device), ["l’emmener au marché"]);
    let row = &device.today().week[0];
    assert_eq!((row.follow_up.owner.as_str(), row.follow_up.project), ("Bruno Escarvenc", Some(PROJECT)));
    let open: Vec<_> = device.opens(ODETTE).open.iter().map(|one| one.what.clone()).collect();
    assert_eq!(open, ["l’emmener au marché", "appeler la mairie"], "what has no day waits for the review");

    device.is_on(after(2));
    let reschedule = Request::Reschedule { id: action(1), day: after(9), reason: "pluie".into() };
    device.does(reschedule).unwrap();
    let held = project(&mut device).project;
    assert_eq!(held.action(action(1)).unwrap().by, Some(after(9)));
    assert_eq!(held.action(action(1)).unwrap().postponed_because, "pluie");

    let mut new = just(Encounter::empty(EncounterId([8; 16]), Some(ODETTE), after(2)));
    new.completes = Some(action(1));
    device.does(Request::RecordEncounter(Box::new(new))).unwrap();
    let by = Some(EncounterId([8; 16]));
    assert_eq!(
        project(&mut device).project.action(action(1)).unwrap().state,
        FollowUpState::Done { day: after(2), by }
    );
    assert_eq!(device.is_refused(Request::Complete { id: action(1) }), Failure::WrittenSince, "it is done");
    let done = device.does(Request::Complete { id: action(2) }).unwrap();
    assert!(project(&mut device).project.open_actions().all(|one| one.id == action(3)));
    let told = device.opens(ODETTE).timeline;
    let done_lines = told.iter().filter(|item| matches!(item, TimelineItem::FollowUp(_))).count();
    assert_eq!(done_lines, 2);
    device.does(Request::Undo(done)).unwrap();
    assert_eq!(project(&mut device).project.open_actions().count(), 2);
    device.does(Request::Cancel { id: action(2), why: "elle en a un".into() }).unwrap();
    let mut device = device.reopens();
    assert_eq!(project(&mut device).project.open_actions().count(), 1);
}

#[test]
fn from_four_actions_on_one_asks_who_else_and_never_refuses() {
    let mut device = accompanied();
    device.does(open(hers())).unwrap();
    for n in 1..=5 {
        let owner = if n <= 2 { Owner::Coordinator } else { Owner::Person };
        device.does(edit(new_action(n, "agir", owner, None))).unwrap();
    }
    assert_eq!(project(&mut device).carried, Some(Carried { carried: 2, of: 5 }));
    device.does(edit(vec![ProjectChange::Owner(action(1), Owner::Helper(Helper::Entry(NURSES)))])).unwrap();
    let file = project(&mut device);
    assert_eq!(file.carried, None);
    assert_eq!(file.owner_of(action(1)).unwrap().name, "Cabinet infirmier du Pont");
    let nobody = Owner::Helper(Helper::Entry(EntryId([99; 16])));
    assert_eq!(device.is_refused(edit(vec![ProjectChange::Owner(action(1), nobody)])), Failure::NotFound);
}

#[test]
fn the_review_comes_into_the_day_and_sets_the_next_or_ends_it() {
    let mut device = accompanied();
    device.does(open(hers())).unwrap();
    assert_eq!(calls(&mut device), [ProjectCall::NoNextStep], "nobody is to do anything");
    device.does(edit(new_action(1, "marcher", Owner::Person, None))).unwrap();
    assert_eq!(calls(&mut device), []);
    device.is_on(after(83));
    assert_eq!(calls(&mut device), []);
    device.is_on(after(84));
    assert_eq!(calls(&mut device), [ProjectCall::Review(after(90))]);
    device.is_on(after(95));
    assert_eq!(calls(&mut device), [ProjectCall::Review(after(90))], "late, and still there");
    assert!(!device.today().unseen.iter().any(|row| row.id == ODETTE), "once is enough");

    let too_soon = reviewed(2, after(95), AfterReview::Next(after(95)));
    assert_eq!(device.is_refused(too_soon), Failure::Invalid(Invalid::Day));
    device.does(reviewed(2, after(95), AfterReview::Next(after(150)))).unwrap();
    assert_eq!(device.does(reviewed(2, after(95), AfterReview::Next(after(150)))), None, "done twice, done once");
    assert_eq!((project(&mut device).project.review, calls(&mut device)), (after(150), vec![]));
    device.does(reviewed(3, after(95), AfterReview::Close(line(9)))).unwrap();
    device.is_on(after(200));
    assert_eq!(calls(&mut device), []);
    assert_eq!(
        device.is_refused(reviewed(4, after(200), AfterReview::Next(after(230)))),
        Failure::Invalid(Invalid::Halted)
    );
    let rows = device.opens(ODETTE).projects;
    assert_eq!(rows[0].halted, Some(HaltKind::Closed));
}

#[test]
fn what_she_stops_is_reminded_of_no_more_and_what_she_pauses_until_its_day() {
    let mut device = accompanied();
    device.does(open(hers())).unwrap();
    device.does(edit(new_action(1, "marcher", Owner::Person, Some(after(1))))).unwrap();
    assert_eq!(device.is_refused(halt(2, HaltKind::Paused, "", None)), Failure::Invalid(Invalid::Day));
    device.does(halt(2, HaltKind::Paused, "après les vacances", Some(after(40)))).unwrap();
    assert_eq!(planned(&mut device), Vec::<String>::new());
    assert!(device.opens(ODETTE).open.is_empty());
    device.is_on(after(40));
    assert_eq!(calls(&mut device), [ProjectCall::Review(after(40))]);
    let stopped = device.does(halt(3, HaltKind::Stopped, "je n’en veux plus", None)).unwrap();
    for on in [40, 41, 200, 900] {
        device.is_on(after(on));
        assert_eq!((calls(&mut device), planned(&mut device)), (vec![], vec![]), "day {on}");
    }
    device.is_on(after(40));
    assert_eq!(
        device.is_refused(edit(new_action(2, "insister", Owner::Coordinator, None))),
        Failure::Invalid(Invalid::Halted)
    );
    device.does(Request::Undo(stopped)).unwrap();
    device.does(resume(after(40))).unwrap();
    assert_eq!(device.does(resume(after(40))), None, "nothing is halted");
    assert_eq!(planned(&mut device), ["marcher"]);
    let told = device.opens(ODETTE).timeline.into_iter().filter_map(|item| match item {
        TimelineItem::Project(_, _, step) => Some(step),
        _ => None,
    });
    let told: Vec<_> = told.collect();
    assert!(told.contains(&ProjectStep::Halted(HaltKind::Paused, "après les vacances".into())));
    assert!(told.contains(&ProjectStep::Resumed("on reprend".into())));
}

#[test]
fn who_refuses_or_no_longer_agrees_is_asked_nothing() {
    let mut device = accompanied();
    device.does(open(hers())).unwrap();
    device.does(edit(new_action(1, "marcher", Owner::Person, Some(after(1))))).unwrap();
    for state in [PersonState::Refuses, PersonState::Moved, PersonState::Deceased, PersonState::AbsentUntil(after(20))]
    {
        sets(&mut device, state.clone());
        device.is_on(after(3));
        assert_eq!((planned(&mut device), calls(&mut device)), (vec![], vec![]), "{state:?}");
        device.is_on(today());
    }
    sets(&mut device, PersonState::Refuses);
    let mut other = hers();
    other.id = HealthProjectId([51; 16]);
    assert_eq!(device.is_refused(open(other)), Failure::Silenced(Silence::Refuses));
    let silenced = device.opens(ODETTE).timeline;
    assert!(silenced.iter().any(|item| matches!(item, TimelineItem::Silenced(one, _) if one.id == action(1))));
    sets(&mut device, PersonState::Followed);
    assert_eq!(planned(&mut device), ["marcher"]);
    device.does(Request::WithdrawEntry { id: ConsentId([20; 16]), withdrawn: told(today()) }).unwrap();
    assert_eq!((planned(&mut device), calls(&mut device)), (vec![], vec![]));
    assert_eq!(project(&mut device).agreement, Err(NotAccompanied::Withdrawn(today())));
    assert!(device.opens(ODETTE).open.is_empty());
}

#[test]
fn two_sheets_of_one_person_have_her_projects_and_parted_they_have_their_own() {
    let mut device = accompanied();
    device.does(open(hers())).unwrap();
    device.does(member(ODETTE, 5, vec![MemberChange::Who(Helper::Related(SON))])).unwrap();
    let merge =
        Request::MergePeople { id: MergeId([70; 16]), kept: SIMONE, other: ODETTE, from_other: BTreeSet::new() };
    device.does(merge).unwrap();
    let file = device.opens(SIMONE);
    assert_eq!((file.projects.len(), file.projects[0].person, file.circle.len()), (1, SIMONE, 1));
    assert_eq!(project(&mut device).project.person, SIMONE);
    assert_eq!(circle(&mut device, SIMONE).members[0].shown.name, "Bruno Escarvenc");
    device.does(member(SIMONE, 5, vec![MemberChange::Text(MemberField::Role, "porte les courses".into())])).unwrap();
    device.does(Request::UnmergePeople(MergeId([70; 16]))).unwrap();
    assert!(device.opens(SIMONE).projects.is_empty());
    assert_eq!(circle(&mut device, ODETTE).members[0].member.role, "porte les courses");
}

#[test]
fn it_is_found_counted_given_and_erased_with_its_person() {
    let mut device = accompanied();
    device.does(entry(22, ODETTE, shares())).unwrap();
    device.does(open(hers())).unwrap();
    device.does(edit(new_action(1, "réparer la canne", Owner::Helper(Helper::Named("Félix".into())), None))).unwrap();
    device.does(member(ODETTE, 5, vec![MemberChange::Who(Helper::Named("Hortense Vaubanel".into()))])).unwrap();
    device.does(give_sheet(6, &[Piece::Address])).unwrap();
    assert_eq!(device.finds("marché"), ["Odette Escarvenc"]);
    assert_eq!(device.finds("canne"), ["Odette Escarvenc"]);
    let Response::Found(hits) = device.asks(Request::Search { text: "Vaubanel".into(), limit: 5 }) else { panic!() };
    assert_eq!(hits[0].target, HitTarget::Circle(ODETTE));
    let Response::Slip(slip) = device.asks(Request::EliminationSlip(vec![ODETTE])) else { panic!("a slip") };
    let count = |kind| slip.rows.iter().find(|row| row.kind == kind).map(|row| row.count);
    let kinds = [TimelineKind::Project, TimelineKind::Sheet, TimelineKind::Circle].map(count);
    assert_eq!(kinds, [Some(1), Some(1), Some(1)]);
    let Response::File(File { bytes, .. }) = device.asks(Request::PersonalData(ODETTE)) else { panic!("a file") };
    let text = String::from_utf8(bytes).unwrap();
    for said in ["Je voudrais retourner", "réparer la canne", "named:Félix", "Hortense Vaubanel", "piece.address"] {
        assert!(text.contains(said), "{said}");
    }
    let Response::Found(mentions) = device.asks(Request::Mentions(ODETTE)) else { panic!("mentions") };
    assert!(mentions.is_empty(), "what is hers goes with her");
    device.asks(Request::ErasePeople(vec![ODETTE]));
    assert_eq!(device.is_refused(Request::Project(PROJECT)), Failure::NotFound);
    assert!(device.finds("marché").is_empty() && device.finds("Vaubanel").is_empty());
    assert_eq!(device.is_refused(open(hers())), Failure::NotFound, "a form still open brings nobody back");
}

// ── A circle ────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_circle_says_who_leads_who_is_away_and_who_no_longer_is_of_it() {
    let mut device = village();
    device.does(member(ODETTE, 5, vec![MemberChange::Who(Helper::Related(SON)), MemberChange::Leads(true)])).unwrap();
    let needs = MemberChange::Text(MemberField::Needs, "savoir quand elle sort".into());
    let nurses = vec![MemberChange::Who(Helper::Entry(NURSES)), MemberChange::Leads(true), needs];
    device.does(member(ODETTE, 6, nurses)).unwrap();
    let until = MemberChange::Until(Some(after(10)));
    let felix = vec![MemberChange::Who(Helper::Named("Félix".into())), MemberChange::From(Some(after(2))), until];
    device.does(member(ODETTE, 7, felix)).unwrap();
    let file = circle(&mut device, ODETTE);
    let names = |file: &CircleFile| file.members.iter().map(|row| row.shown.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&file), ["Cabinet infirmier du Pont", "Bruno Escarvenc"], "who leads is first, and is one");
    assert!(!file.has_several_leads() && !file.members[1].member.leads);
    assert_eq!((file.others.len(), file.related.len()), (1, 0));
    assert_eq!(file.members[0].shown.phone, "0400000001");

    let away = vec![
        EntryChange::Absence(line(1), AbsenceChange::From(Some(today()))),
        EntryChange::Absence(line(1), AbsenceChange::Until(Some(after(5)))),
    ];
    device.does(Request::EditEntry { id: NURSES, changes: away, draft: None }).unwrap();
    assert!(device.opens(ODETTE).circle[0].shown.away.is_some());
    device.is_on(after(6));
    let file = device.opens(ODETTE);
    assert!(file.circle[0].shown.away.is_none());
    assert_eq!(file.circle.len(), 3, "Félix came");
    device.is_on(after(11));
    assert_eq!(device.opens(ODETTE).circle.len(), 2);

    let backwards = vec![MemberChange::Until(Some(today()))];
    assert_eq!(device.is_refused(member(ODETTE, 7, backwards)), Failure::Invalid(Invalid::Day));
    assert_eq!(device.is_refused(member(ODETTE, 8, vec![])), Failure::Invalid(Invalid::NoOwner));
    let stranger = vec![MemberChange::Who(Helper::Related(line(77)))];
    assert_eq!(device.is_refused(member(ODETTE, 8, stranger)), Failure::NotFound);
    let gone = device.does(member(ODETTE, 7, vec![MemberChange::Remove])).unwrap();
    assert!(circle(&mut device, ODETTE).others.is_empty());
    device.does(Request::Undo(gone)).unwrap();
    assert_eq!(circle(&mut device, ODETTE).others.len(), 1);
}

// ── A liaison sheet ─────────────────────────────────────────────────────────────────────────────────────────────────

fn nurses() -> Recipient {
    Recipient { entry: Some(NURSES), name: "Cabinet infirmier du Pont".into() }
}

fn shares() -> Said {
    let (recipient, purpose) = (nurses(), Purpose::LiaisonSheet);
    Said::Shares(Sharing { recipient, purpose, what: "adresse, qui appeler".into(), until: Some(after(30)) })
}

fn choice(pieces: &[Piece]) -> LiaisonChoice {
    let pieces = pieces.iter().cloned().collect();
    LiaisonChoice { person: ODETTE, recipient: nurses(), pieces, message: " Passez mardi. ".into() }
}

fn give_sheet(n: u8, pieces: &[Piece]) -> Request {
    write(ProjectWrite::GiveSheet { id: line(n), choice: choice(pieces), way: GivenWay::Paper, draft: None })
}

fn preview(device: &mut Device, pieces: &[Piece]) -> LiaisonPreview {
    let Response::Liaison(preview) = device.asks(Request::Liaison(Box::new(choice(pieces)))) else { panic!("a sheet") };
    *preview
}

#[test]
fn a_sheet_says_what_was_chosen_and_nothing_else() {
    let mut device = accompanied();
    device.does(entry(22, ODETTE, shares())).unwrap();
    device.does(open(hers())).unwrap();
    device.does(edit(new_action(1, "l’emmener", Owner::Helper(Helper::Related(SON)), None))).unwrap();
    device.does(edit(new_action(2, "le pilulier", Owner::Helper(Helper::Entry(NURSES)), Some(after(4))))).unwrap();
    device.does(member(ODETTE, 5, vec![MemberChange::Who(Helper::Related(SON))])).unwrap();
    device.does(member(ODETTE, 6, vec![MemberChange::Who(Helper::Entry(NURSES))])).unwrap();

    let least = preview(&mut device, &[]).sheet.unwrap();
    assert_eq!(
        (least.name.as_str(), least.message.as_str(), least.told.len()),
        ("Odette Escarvenc", "Passez mardi.", 0)
    );
    let whole = preview(&mut device, Piece::ALL).sheet.unwrap();
    assert_eq!(whole.told.len(), 7, "she has no telephone: that piece says nothing");
    assert!(whole.told.contains(&SheetTold::Words(vec!["Je voudrais retourner au marché.".into()])));
    let SheetTold::Actions(actions) = &whole.told[5] else { panic!("{:?}", whole.told) };
    let who: Vec<_> = actions.iter().map(|one| one.who.clone()).collect();
    assert_eq!(who, [Carrier::Relative, Carrier::Professional("Cabinet infirmier du Pont".into())]);
    let SheetTold::Circle(contacts) = &whole.told[6] else { panic!("{:?}", whole.told) };
    assert_eq!(contacts.len(), 1, "only professionals");
    let said = format!("{:?}", preview(&mut device, &[Piece::Actions, Piece::Circle, Piece::Goals]).sheet);
    assert!(!said.contains("Bruno"), "a relative is named only as whom to call first");
}

#[test]
fn a_sheet_leaves_with_a_consent_that_stands_and_leaves_a_trace() {
    let mut device = accompanied();
    assert_eq!(preview(&mut device, &[]).sheet, Err(Why::NeverGiven));
    assert_eq!(device.is_refused(give_sheet(5, &[])), Failure::NotPermitted(Why::NeverGiven));
    device.does(entry(22, ODETTE, shares())).unwrap();
    assert_eq!(preview(&mut device, &[]).agreed.len(), 1);
    let given = device.does(give_sheet(5, &[Piece::Address])).unwrap();
    let held = preview(&mut device, &[]).given;
    assert_eq!((held.len(), held[0].recipient.clone(), held[0].consent), (1, nurses(), Some(ConsentId([22; 16]))));
    assert_eq!(held[0].pieces.iter().collect::<Vec<_>>(), [&Piece::Address]);
    assert!(device.opens(ODETTE).timeline.iter().any(|item| matches!(item, TimelineItem::Sheet(_))));
    assert_eq!(device.is_refused(Request::Undo(given)), Failure::Kept, "what left has left");
    let before = preview(&mut device, &[Piece::Address]);
    device.is_on(after(31));
    assert!(before.sheet.is_ok());
    assert_eq!(
        device.is_refused(give_sheet(6, &[])),
        Failure::NotPermitted(Why::Expired(after(30))),
        "asked each time"
    );
    device.is_on(after(3));
    device.does(Request::WithdrawEntry { id: ConsentId([22; 16]), withdrawn: told(after(3)) }).unwrap();
    assert_eq!(device.is_refused(give_sheet(7, &[])), Failure::NotPermitted(Why::Withdrawn(after(3))));
    assert_eq!(preview(&mut device, &[]).given.len(), 1);
    device.does(entry(23, ODETTE, shares())).unwrap();
    sets(&mut device, PersonState::Refuses);
    assert_eq!(device.is_refused(give_sheet(8, &[])), Failure::Silenced(Silence::Refuses));
}
