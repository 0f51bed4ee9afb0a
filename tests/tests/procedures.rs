//! Procedures: written, published in versions, begun. An episode says for ever what it was begun with; what two publish at
//! once is kept twice; an episode about someone never leaves the notebook.
#![allow(clippy::unwrap_used, reason = "a story says what is wrong by failing")]

use chrono::NaiveDate;
use maillon_shared::api::collective::CommonTarget;
use maillon_shared::api::errors::Invalid;
use maillon_shared::api::procedures::{
    NewRun, NewStep, ProcedureAnswer, ProcedureFile, ProcedureRead, ProcedureWrite, Procedures, ProposedStep, RunFile,
};
use maillon_shared::api::requests::{Draft, DraftKey};
use maillon_shared::api::responses::{Hit, HitTarget, TimelineItem};
use maillon_shared::domain::follow_up::FollowUpState;
use maillon_shared::domain::ids::{FollowUpId, ProcedureId, ProcedureRunId};
use maillon_shared::domain::procedure::{
    Procedure, ProcedureChange, ProcedureField, ProcedureStep, StepChange, StepField, Validation,
};

use crate::in_common::*;

const HOME: ProcedureId = ProcedureId([120; 16]);
const FIRST: LineId = line(121);
const SECOND: LineId = line(122);
const CALL: LineId = line(123);
const SEE: LineId = line(124);
const WRITE: LineId = line(125);
const RUN: ProcedureRunId = ProcedureRunId([126; 16]);

const fn line(n: u8) -> LineId {
    LineId([n; 16])
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn read(device: &mut Device, asked: ProcedureRead) -> ProcedureAnswer {
    match device.asks(Request::ReadProcedures(Box::new(asked))) {
        Response::Procedures(answer) => *answer,
        _ => panic!("something about procedures"),
    }
}

fn all(device: &mut Device) -> Procedures {
    match read(device, ProcedureRead::All) {
        ProcedureAnswer::All(all) => *all,
        _ => panic!("all of them"),
    }
}

#[track_caller]
fn one(device: &mut Device) -> ProcedureFile {
    match read(device, ProcedureRead::One(HOME)) {
        ProcedureAnswer::One(file) => *file,
        _ => panic!("a procedure"),
    }
}

#[track_caller]
fn run(device: &mut Device, id: ProcedureRunId) -> RunFile {
    match read(device, ProcedureRead::Run(id)) {
        ProcedureAnswer::Run(file) => *file,
        _ => panic!("an episode"),
    }
}

fn proposed(device: &mut Device, version: LineId, began_on: NaiveDate) -> Vec<ProposedStep> {
    match read(device, ProcedureRead::Proposed { procedure: HOME, version, began_on }) {
        ProcedureAnswer::Proposed(steps) => steps,
        _ => panic!("what is proposed"),
    }
}

fn writes(write: ProcedureWrite) -> Request {
    Request::WriteProcedures(Box::new(write))
}

fn creates(procedure: &Procedure, group: Option<GroupId>) -> Request {
    writes(ProcedureWrite::Create { procedure: Box::new(procedure.clone()), group, draft: None })
}

fn changes(changes: Vec<ProcedureChange>) -> Request {
    writes(ProcedureWrite::Edit { id: HOME, changes, draft: None })
}

fn says(step: LineId, what: &str) -> ProcedureChange {
    ProcedureChange::Step(StepChange::Text(step, StepField::What, what.into()))
}

fn publishes(version: LineId, by: &str, changed: &str) -> Request {
    writes(ProcedureWrite::Publish { id: HOME, version, by: by.into(), changed: changed.into(), draft: None })
}

fn homecoming() -> Procedure {
    let mut procedure = Procedure::empty(HOME);
    procedure.draft.title = "Retour à la maison".into();
    let step = |id, what: &str, after| ProcedureStep { what: what.into(), after, ..ProcedureStep::empty(id) };
    procedure.draft.steps =
        vec![step(CALL, "Appeler le service", Some(0)), step(SEE, "Passer voir", Some(1)), step(WRITE, "Écrire", None)];
    procedure.draft.steps[1].who = "l’aide à domicile".into();
    procedure
}

fn begins(id: ProcedureRunId, version: LineId, person: Option<PersonId>, planned: &[(LineId, u8, &str)]) -> Request {
    let step =
        |(step, n, due): &(LineId, u8, &str)| NewStep { step: *step, follow_up: FollowUpId([*n; 16]), due: day(due) };
    let planned = planned.iter().map(step).collect();
    let began_on = day("2026-06-12");
    let run =
        NewRun {
            id, procedure: HOME, version, person, began_on, words: "de l’hôpital".into(), planned, draft: None
        };
    writes(ProcedureWrite::Begin(Box::new(run)))
}

fn with_a_version() -> Device {
    let mut device = nadine();
    device.does(creates(&homecoming(), None)).unwrap();
    device.does(publishes(FIRST, "Nadine", "")).unwrap();
    device
}

#[test]
fn what_is_being_written_is_no_version_until_it_is_published() {
    let mut device = nadine();
    device.does(creates(&homecoming(), None)).unwrap();
    let row = &all(&mut device).rows[0];
    assert_eq!((row.title.as_str(), row.number, row.has_draft), ("Retour à la maison", None, true));
    device.does(publishes(FIRST, "Nadine", "")).unwrap();
    assert_eq!(device.is_refused(publishes(SECOND, "Nadine", "rien")), Failure::Invalid(Invalid::Empty));
    device.does(changes(vec![says(CALL, "Appeler la cadre")])).unwrap();
    let file = one(&mut device);
    assert_eq!(file.procedure.versions[0].says.steps[0].what, "Appeler le service");
    assert!(file.procedure.has_draft());
    assert_eq!(device.is_refused(publishes(SECOND, "", "x")), Failure::Invalid(Invalid::NoOwner));
    assert_eq!(device.is_refused(publishes(SECOND, "Nadine", " ")), Failure::Invalid(Invalid::NoReason));
    let act = device.does(publishes(SECOND, "Nadine", "qui l’on appelle")).unwrap();
    assert_eq!(one(&mut device).procedure.current().next().unwrap().number, 2);
    device.does(Request::Undo(act)).unwrap();
    assert_eq!(one(&mut device).procedure.versions.len(), 1);
    assert_eq!(device.finds("la cadre"), ["Retour à la maison"]);
}

#[test]
fn a_checklist_becomes_follow_ups_in_one_act_that_one_gesture_undoes() {
    let mut device = with_a_version();
    // A Friday: the next day is not worked, and the coordinator sees it before anything is saved.
    let steps = proposed(&mut device, FIRST, day("2026-06-12"));
    let days: Vec<_> = steps.iter().map(|step| step.day.as_ref().map(|day| (day.day, day.why.is_some()))).collect();
    assert_eq!(days, [Some((day("2026-06-12"), false)), Some((day("2026-06-13"), true)), None]);
    assert_eq!(steps[1].day.as_ref().unwrap().later, Some(day("2026-06-15")));
    let planned = [(CALL, 130, "2026-06-12"), (SEE, 131, "2026-06-15")];
    let act = device.does(begins(RUN, FIRST, Some(ODETTE), &planned)).unwrap();
    let open = device.opens(ODETTE).open;
    let told: Vec<_> = open.iter().map(|one| (one.what.as_str(), one.owner.as_str(), one.due)).collect();
    let expected =
        [("Appeler le service", "", day("2026-06-12")), ("Passer voir", "l’aide à domicile", day("2026-06-15"))];
    assert_eq!(told, expected);
    let is_told = |item: &TimelineItem| matches!(item, TimelineItem::Procedure(RUN, _, title, 1) if title == "Retour à la maison");
    assert!(device.opens(ODETTE).timeline.iter().any(is_told));
    let row = &one(&mut device).runs[0];
    assert_eq!((row.id, row.number, row.person.as_ref().map(|(id, _)| *id)), (RUN, 1, Some(ODETTE)));
    assert_eq!(device.does(begins(RUN, FIRST, Some(ODETTE), &planned)), None, "asked twice, begun once");
    device.does(Request::Complete { id: FollowUpId([130; 16]) }).unwrap();
    assert!(matches!(run(&mut device, RUN).follow_ups[0].state, FollowUpState::Done { .. }));

    let mut device = with_a_version();
    let undone = device.does(begins(RUN, FIRST, Some(ODETTE), &planned)).unwrap();
    device.does(Request::Undo(undone)).unwrap();
    assert!(device.opens(ODETTE).open.is_empty());
    assert!(one(&mut device).runs.is_empty());
    let _ = act;
}

#[test]
fn an_episode_keeps_the_version_that_was_used_whatever_is_published_later() {
    let mut device = with_a_version();
    device.does(begins(RUN, FIRST, None, &[(CALL, 130, "2026-06-12")])).unwrap();
    device.does(changes(vec![says(CALL, "Appeler la cadre"), ProcedureChange::Step(StepChange::Remove(SEE))])).unwrap();
    device.does(publishes(SECOND, "Nadine", "plus court")).unwrap();
    let file = run(&mut device, RUN);
    let steps: Vec<_> = file.run.used.says.steps.iter().map(|step| step.what.as_str()).collect();
    assert_eq!(steps, ["Appeler le service", "Passer voir", "Écrire"]);
    assert_eq!((file.run.used.number, file.newer), (1, Some(2)));
    assert_eq!(file.follow_ups[0].what, "Appeler le service");
    // Even where the procedure is withdrawn, the episode says what was done.
    device.does(changes(vec![ProcedureChange::Withdrawn(true)])).unwrap();
    assert_eq!(run(&mut device, RUN).run.used.says.steps.len(), 3);
    let mut device = device.restarts();
    device.unlocks();
    assert_eq!(run(&mut device, RUN).run.used.says.steps.len(), 3);
}

#[test]
fn an_episode_that_could_not_be_is_refused() {
    let mut device = with_a_version();
    let no_day = Failure::Invalid(Invalid::Day);
    assert_eq!(device.is_refused(begins(RUN, SECOND, None, &[])), Failure::NotFound);
    assert_eq!(device.is_refused(begins(RUN, FIRST, None, &[(CALL, 130, "2026-06-11")])), no_day, "before it began");
    let twice = [(CALL, 130, "2026-06-12"), (CALL, 131, "2026-06-12")];
    assert_eq!(device.is_refused(begins(RUN, FIRST, None, &twice)), no_day);
    let nobody = Some(PersonId([99; 16]));
    assert_eq!(device.is_refused(begins(RUN, FIRST, nobody, &[])), Failure::NotFound);
    let wrong = ProcedureChange::Step(StepChange::After(CALL, Some(9_999)));
    assert_eq!(device.is_refused(changes(vec![wrong])), no_day);
}

#[test]
fn a_review_that_is_due_is_shown() {
    let mut device = with_a_version();
    let on = |text: &str| changes(vec![ProcedureChange::ReviewOn(Some(day(text)))]);
    device.does(on("2026-12-01")).unwrap();
    assert!(!all(&mut device).rows[0].is_due && device.today().procedures.is_empty());
    device.is_on(day("2026-12-01"));
    assert!(all(&mut device).rows[0].is_due && one(&mut device).is_due);
    assert_eq!(device.today().procedures.iter().map(|row| row.id).collect::<Vec<_>>(), [HOME]);
    device.does(changes(vec![ProcedureChange::ReviewOn(None)])).unwrap();
    assert!(device.today().procedures.is_empty());
}

#[test]
fn two_members_who_publish_version_2_at_once_have_both() {
    let Three { mut nadine, mut claire, bernard: _, id } = three();
    nadine.does(creates(&homecoming(), Some(id))).unwrap();
    nadine.does(publishes(FIRST, "Nadine", "")).unwrap();
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    assert_eq!(one(&mut claire).group, Some((id, "Le collectif des collines".into())));
    // Hers is about someone she accompanies: it is read by nobody else.
    nadine.does(begins(RUN, FIRST, Some(ODETTE), &[(CALL, 130, "2026-06-12")])).unwrap();
    nadine.does(changes(vec![says(CALL, "Appeler la cadre")])).unwrap();
    claire.does(changes(vec![says(SEE, "Passer à deux")])).unwrap();
    nadine.does(publishes(SECOND, "Nadine", "qui l’on appelle")).unwrap();
    claire.does(publishes(line(127), "Claire", "à deux")).unwrap();
    meet_as(id, (&mut claire, CLAIRE), (&mut nadine, NADINE));
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    for device in [&mut nadine, &mut claire] {
        let file = one(device);
        let told: Vec<_> = file.procedure.current().map(|one| (one.number, one.by.as_str())).collect();
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told.contains(&(2, "Nadine")) && told.contains(&(2, "Claire")));
        assert!(file.procedure.has_draft() && all(device).rows[0].is_double);
        let steps: Vec<_> = file.procedure.draft.steps.iter().map(|step| step.what.as_str()).collect();
        assert_eq!(steps, ["Appeler la cadre", "Passer à deux", "Écrire"]);
    }
    assert!(one(&mut claire).runs.is_empty());
    let about_someone = |device: &Device| device.everything().iter().any(|held| held.kind == "procedure_run");
    assert!(about_someone(&nadine) && !about_someone(&claire));
    assert_eq!(run(&mut nadine, RUN).run.used.number, 1);
}

#[test]
fn nobody_who_is_accompanied_is_named_in_a_procedure_of_a_group() {
    let Three { mut nadine, id, .. } = three();
    let refused = Failure::Invalid(Invalid::NamesSomeone);
    let named = || "Odette Escarvenc".to_owned();
    let mut names = homecoming();
    names.draft.validations.push(Validation { who: named(), ..Validation::empty(line(140)) });
    assert_eq!(nadine.is_refused(creates(&names, Some(id))), refused);
    nadine.does(creates(&homecoming(), Some(id))).unwrap();
    let step = |field| ProcedureChange::Step(StepChange::Text(CALL, field, named()));
    let texts = ProcedureField::ALL.iter().map(|field| ProcedureChange::Text(*field, named()));
    let others = [ProcedureChange::ToVerify(named()), ProcedureChange::Validated(line(140), named())];
    for change in texts.chain(others).chain(StepField::ALL.iter().map(|field| step(*field))) {
        assert_eq!(nadine.is_refused(changes(vec![change.clone()])), refused, "{change:?}");
    }
    assert_eq!(nadine.is_refused(publishes(FIRST, &named(), "")), refused);
    assert_eq!(nadine.is_refused(publishes(FIRST, "Nadine", &named())), refused);
    nadine.does(publishes(FIRST, "Nadine", "")).unwrap();
}

#[test]
fn an_episode_goes_with_whom_it_is_about() {
    let mut device = with_a_version();
    device.does(begins(RUN, FIRST, Some(ODETTE), &[])).unwrap();
    device.asks(Request::ErasePeople(vec![ODETTE]));
    assert!(one(&mut device).runs.is_empty());
    assert!(device.everything().iter().all(|held| held.kind != "procedure_run"));
}

#[test]
fn a_draft_of_an_episode_goes_with_whom_it_is_about_and_one_about_nobody_that_names_them() {
    let mut device = with_a_version();
    let (home, from) = (HOME.to_string(), format!("from-{}", LineId([1; 16])));
    for (form, subject, content) in [
        (DraftKey::BEGIN_PROCEDURE, format!("{home}/{ODETTE}"), "de l’hôpital"),
        (DraftKey::BEGIN_PROCEDURE, home.clone(), "pour Odette Escarvenc"),
        (DraftKey::PUBLISH_PROCEDURE, home.clone(), "par Odette Escarvenc"),
        (DraftKey::PROCEDURE, home.clone(), "appeler Odette Escarvenc"),
        (DraftKey::PROCEDURE, from.clone(), "appeler Odette Escarvenc"),
        (DraftKey::TRAVELLING_SHEET, from, "avec Odette Escarvenc"),
        (DraftKey::TRAVELLING_SHEET, home, "avec tout le monde"),
    ] {
        let key = DraftKey { form: form.into(), subject };
        device.asks(Request::SaveDraft(Draft { key, content: content.into(), at: Default::default() }));
    }
    device.asks(Request::ErasePeople(vec![ODETTE]));
    let Response::Drafts(left) = device.asks(Request::Drafts) else { panic!("the drafts") };
    let left: Vec<_> = left.iter().map(|draft| draft.content.as_str()).collect();
    assert_eq!(left, ["avec tout le monde"]);
}

#[test]
fn whoever_is_known_since_what_was_written_stops_its_publication_in_a_group() {
    let Three { mut nadine, id, .. } = three();
    let mut written = homecoming();
    written.draft.steps[0].how = "avec Fulbert Quennevais".into();
    nadine.does(creates(&written, Some(id))).unwrap();
    let mut fulbert = maillon_shared::domain::person::Person::empty(PersonId([77; 16]));
    (fulbert.given_name, fulbert.family_name) = ("Fulbert".into(), "Quennevais".into());
    nadine.saves(&fulbert);
    assert_eq!(nadine.is_refused(publishes(FIRST, "Nadine", "")), Failure::Invalid(Invalid::NamesSomeone));
}

#[test]
fn of_episodes_that_name_someone_only_those_about_another_are_elsewhere() {
    let mut device = with_a_version();
    let other = ProcedureRunId([127; 16]);
    for (id, person) in [(RUN, Some(ODETTE)), (other, None)] {
        let began_on = day("2026-06-12");
        let words = "Odette Escarvenc rentre".to_owned();
        let run =
            NewRun { id, procedure: HOME, version: FIRST, person, began_on, words, planned: Vec::new(), draft: None };
        device.does(writes(ProcedureWrite::Begin(Box::new(run)))).unwrap();
    }
    let Response::Found(mentions) = device.asks(Request::Mentions(ODETTE)) else { panic!("mentions") };
    let is_run = |hit: &Hit, id| hit.target == HitTarget::Common(CommonTarget::ProcedureRun(id));
    assert!(mentions.iter().any(|hit| is_run(hit, other)));
    assert!(!mentions.iter().any(|hit| is_run(hit, RUN)));
}
