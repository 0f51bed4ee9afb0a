//! Forms half filled: taken up where they were, or thrown away.

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::information::{BOARD_NOTE_DRAFT, INFORMATION_DRAFT, PASS_ON_DRAFT};
use maillon_shared::api::requests::{Draft, DraftKey, WAITING};
use maillon_shared::domain::directory::EntryKind;
use maillon_shared::domain::ids::{
    AlertId, ApplicationId, CampaignId, CollectiveId, CopyId, DiagnosisId, DifficultyId, EncounterId, EntryId, EventId,
    FollowUpId, GroupId, HealthProjectId, HospitalStayId, InformationId, LineId, MeansId, NeighbourId, OutreachId,
    PersonId, ProcedureId, ProgrammeId, QuestionId, ReceivedSheetId, RegisterEntryId, RequestId, RoadmapId, RoundId,
    SharedMeetingId, SheetId, SituationId, SurveyId,
};
use maillon_shared::domain::project::HaltKind;
use maillon_shared::domain::summary::period::Period;
use wasm_bindgen_futures::spawn_local;

use crate::door::{self, answer};
use crate::drafts::Fields;
use crate::routes::{
    AlertRoute, AlertStart, ApplicationRoute, CampaignRoute, CareRoute, CharterRoute, CollectiveRoute, DiagnosisRoute,
    DirectoryRoute, Doing, EventRoute, GroupRoute, InformationRoute, MeansRoute, MeetingRoute, NoteStart,
    OutreachRoute, PracticeRoute, ProcedureRoute, ProgrammeRoute, ProjectRoute, ProjectStart, RegisterRoute,
    RoadmapRoute, RoundRoute, Route, SheetRoute, StayRoute, StepName, SummaryRoute, SurveyRoute, origin_of, source_of,
};
use crate::session::session;
use crate::ui::{Back, Icon, Shape, Title, load, when_loaded};
use crate::words::{
    application, campaign, charter, diagnosis, drafts as w, events, groups, household, information, means, more,
    neighbours, outreach, person_copy, procedures, programme, requests, roadmap, shell, summary_report, surveys,
    travelling,
};
use crate::{browser, when};

/// Before what a form was begun from.
const FROM: &str = "from-";
/// How the forms of what is done about an alert begin.
const ALERT: &str = "alert-";
/// And those of what happens to a request.
const REQUEST: &str = "request-";

/// Forms half filled.
#[component]
pub fn DraftsPage() -> impl IntoView {
    let loaded = load(|| async {
        let mut forms = answer!(Request::Drafts, Drafts(drafts) => drafts)?;
        // Who waits at the desk is no form left behind.
        forms.retain(|draft| draft.key.form != WAITING);
        Ok(forms)
    });
    view! {
        <Show when=|| session().is_own() fallback=|| view! { <Back to=Route::Today label=shell::today /> }>
            <Back to=Route::More label=more::title />
        </Show>
        <Title>{w::title}</Title>
        {when_loaded(
            loaded,
            |drafts| {
                view! {
                    <Show
                        when=move || !drafts.with(Vec::is_empty)
                        fallback=|| view! { <p class="empty">{w::none}</p> }
                    >
                        <ul class="rows">
                            <For each=move || drafts.get() key=|draft| (draft.key.clone(), draft.at.utc_ms) let:draft>
                                <Line draft=draft />
                            </For>
                        </ul>
                    </Show>
                }
            },
        )}
    }
}

#[component]
fn Line(draft: Draft) -> impl IntoView {
    let Draft { key, content, at } = draft;
    let title = {
        let form = key.form.clone();
        move || match form.as_str() {
            "note" => w::note(),
            "encounter" => w::encounter(),
            "person" => w::person(),
            "plan" => w::plan(),
            "entry" => w::entry(),
            "consent" => w::consent(),
            "emergency" => w::emergency(),
            "isolation" => w::isolation(),
            "household" => household::title(),
            "register" | "register_from" => w::register(),
            "strike_off" => w::strike_off(),
            "register_agent" => w::register_agent(),
            "register_extract" => w::register_extract(),
            "round" => w::round(),
            "alert" | "alert-for-all" | "alert-words" => w::alert(),
            "alert-keep" => w::account(),
            form if form.starts_with(ALERT) => w::alert_done(),
            "project" | "project_words" => w::project(),
            "stay" | "stay_edit" | "stay_step" | "stay_home" | "stay_end" => w::stay(),
            form if form.starts_with("meeting") => w::meeting(),
            "goal" => w::goal(),
            "action" => w::action(),
            "project_review" => w::project_review(),
            "project_paused" | "project_stopped" | "project_closed" | "project_resumed" => w::project(),
            "member" => w::member(),
            "liaison" => w::liaison(),
            "copy" => person_copy::title(),
            "remark" => neighbours::remark(),
            form if form == "request" || form.starts_with(REQUEST) => w::request(),
            "edit-request" => w::request(),
            "edit-reported" => requests::edit_reported(),
            "campaign" => campaign::new(),
            "typed-sheet" => campaign::type_back(),
            "collective" => w::collective(),
            DraftKey::REPORT => summary_report::read(),
            "group" => groups::draft(),
            "event" => events::draft(),
            "survey" | "edit-survey" => surveys::draft(),
            "survey-sheet" => surveys::draft_sheet(),
            "question" => surveys::draft_question(),
            "procedure" => procedures::draft(),
            "publish-procedure" => procedures::draft_publish(),
            "begin-procedure" => procedures::draft_begin(),
            "travelling-sheet" => travelling::draft(),
            "roadmap" => roadmap::draft(),
            "roadmap-line" => roadmap::draft_line(),
            "programme" => programme::draft(),
            "programme-next" => programme::draft_next(),
            "diagnosis" => diagnosis::draft(),
            "diagnosis-place" => diagnosis::draft_place(),
            "application" => application::draft(),
            "outreach" => outreach::draft(),
            "outreach-line" => outreach::draft_line(),
            INFORMATION_DRAFT => information::draft(),
            PASS_ON_DRAFT => information::draft_pass(),
            BOARD_NOTE_DRAFT => information::draft_note(),
            DraftKey::MEANS => means::draft(),
            DraftKey::MEANS_LOAN => means::draft_loan(),
            "charter" => charter::draft(),
            "close-project" => w::close_project(),
            "measure" => w::measure(),
            "difficulty" => w::difficulty(),
            "situation" => w::situation(),
            DraftKey::NOTE_WITH_ENTRY => w::note(),
            "mission" => w::mission(),
            "absence" => w::absence(),
            "own-card" => w::own_card(),
            _ => w::other(),
        }
    };
    // The first words typed, so that one knows which it is.
    let fields = Fields::read(&content);
    let typed =
        fields.iter().map(|(_, value)| value.trim()).filter(|value| value.contains(' ')).max_by_key(|v| v.len());
    let words: String = typed.unwrap_or_default().chars().take(80).collect();
    let route = route_of(&key);
    let drop = move |_| {
        let key = key.clone();
        spawn_local(async move {
            let _ = door::ask(Request::DropDraft(key)).await;
            session().changes.update(|changes| *changes += 1);
        });
    };
    view! {
        <li>
            <Icon shape=Shape::Pen />
            <span class="row-head">
                <span class="who">{title}</span>
                <span class="when">{move || when::instant(at, browser::today())}</span>
            </span>
            <span class="why">{words}</span>
            <span class="acts">
                {route
                    .map(|route| {
                        view! {
                            <a class="button" href=route.href()>
                                {w::take_up}
                            </a>
                        }
                    })} <button type="button" class="quiet" on:click=drop>
                    {w::throw_away}
                </button>
            </span>
        </li>
    }
}

/// The form that a draft is of.
fn route_of(key: &DraftKey) -> Option<Route> {
    let subject = key.subject.as_str();
    Some(match (key.form.as_str(), subject.is_empty()) {
        ("note", true) => Route::Note(NoteStart::default()),
        ("note", false) => Route::note_with(PersonId::parse(subject)?),
        ("encounter", _) => Route::EditEncounter(EncounterId::parse(subject)?),
        ("person", true) => Route::NewPerson,
        ("person", false) => Route::EditPerson(PersonId::parse(subject)?),
        ("plan", _) => Route::Plan(PersonId::parse(subject)),
        ("consent", _) => Route::GiveConsent(PersonId::parse(subject)?),
        ("emergency", _) => Route::Emergency(PersonId::parse(subject)?),
        ("isolation", _) => Route::Assess(PersonId::parse(subject)?),
        ("household", _) => Route::Household(PersonId::parse(subject)?),
        ("register", true) => Route::Register(RegisterRoute::New(None)),
        ("register", false) => Route::Register(RegisterRoute::Edit(RegisterEntryId::parse(subject)?)),
        ("register_from", _) => Route::Register(RegisterRoute::New(Some(PersonId::parse(subject)?))),
        ("strike_off", _) => Route::Register(RegisterRoute::StrikeOff(RegisterEntryId::parse(subject)?)),
        ("register_agent", _) => Route::Register(RegisterRoute::NewAgent),
        ("register_extract", _) => Route::Register(RegisterRoute::NewExtract),
        ("alert", _) => Route::Alert(AlertRoute::New(AlertStart { person: PersonId::parse(subject), from: None })),
        ("alert-for-all", _) => Route::Alert(AlertRoute::NewForAll),
        ("alert-words", _) => Route::Alert(AlertRoute::Edit(AlertId::parse(subject)?)),
        (form, _) if form.starts_with(ALERT) => {
            Route::Alert(AlertRoute::Do(AlertId::parse(subject)?, Doing::from_code(form.strip_prefix(ALERT)?)?))
        }
        ("request", _) => Route::Care(CareRoute::New(PersonId::parse(subject))),
        ("edit-request", _) => Route::Care(CareRoute::Edit(RequestId::parse(subject)?)),
        ("edit-reported", _) => Route::Care(CareRoute::EditReported(PersonId::parse(subject)?)),
        (form, _) if form.starts_with(REQUEST) => {
            let step = StepName::parse(form.strip_prefix(REQUEST)?)?;
            let (request, option) = subject.split_once(':').map_or((subject, None), |(id, option)| (id, Some(option)));
            let option = option.map(LineId::parse);
            Route::Care(CareRoute::Step(RequestId::parse(request)?, step, option.flatten()))
        }
        ("campaign", true) => Route::Campaign(CampaignRoute::New),
        ("campaign", false) => Route::Campaign(CampaignRoute::Edit(CampaignId::parse(subject)?)),
        ("typed-sheet", _) => Route::Campaign(CampaignRoute::Typing(CampaignId::parse(subject)?)),
        ("round", true) => Route::Rounds(RoundRoute::New),
        ("round", false) => Route::Rounds(RoundRoute::Edit(RoundId::parse(subject)?)),
        ("stay", true) => Route::Stay(StayRoute::New(None)),
        ("stay", false) => Route::Stay(StayRoute::New(Some(PersonId::parse(subject)?))),
        ("stay_edit", _) => Route::Stay(StayRoute::Edit(HospitalStayId::parse(subject)?)),
        ("stay_step", _) => {
            let (stay, step) = both(subject, HospitalStayId::parse, LineId::parse)?;
            Route::Stay(StayRoute::Step(stay, step))
        }
        ("stay_home", _) => Route::Stay(StayRoute::Home(HospitalStayId::parse(subject)?)),
        ("stay_end", _) => Route::Stay(StayRoute::End(HospitalStayId::parse(subject)?)),
        ("meeting", _) => match subject.split('/').collect::<Vec<_>>()[..] {
            [person] => Route::Meeting(MeetingRoute::New(PersonId::parse(person)?, None)),
            [person, from, id] => {
                Route::Meeting(MeetingRoute::New(PersonId::parse(person)?, Some(origin_of(from, id)?)))
            }
            _ => return None,
        },
        ("meeting_edit", _) => Route::Meeting(MeetingRoute::Edit(SharedMeetingId::parse(subject)?)),
        ("meeting_points", _) => Route::Meeting(MeetingRoute::Points(SharedMeetingId::parse(subject)?)),
        ("meeting_hold", _) => Route::Meeting(MeetingRoute::Hold(SharedMeetingId::parse(subject)?)),
        ("meeting_told", _) => Route::Meeting(MeetingRoute::TellBack(SharedMeetingId::parse(subject)?)),
        ("meeting_cancel", _) => Route::Meeting(MeetingRoute::Cancel(SharedMeetingId::parse(subject)?)),
        ("meeting_decision", _) => {
            let (meeting, decision) = both(subject, SharedMeetingId::parse, FollowUpId::parse)?;
            Route::Meeting(MeetingRoute::Decision(meeting, decision))
        }
        ("meeting_invitation", _) => {
            let (meeting, guest) = both(subject, SharedMeetingId::parse, LineId::parse)?;
            Route::Meeting(MeetingRoute::Invitation(meeting, guest?))
        }
        ("project", _) => {
            let (person, request) = both(subject, PersonId::parse, RequestId::parse)?;
            Route::Project(ProjectRoute::New(person, request))
        }
        ("project_words", _) => Route::Project(ProjectRoute::Edit(HealthProjectId::parse(subject)?)),
        ("goal", _) => {
            let (project, goal) = both(subject, HealthProjectId::parse, LineId::parse)?;
            Route::Project(ProjectRoute::Goal(project, goal))
        }
        ("action", _) => {
            let (project, action) = both(subject, HealthProjectId::parse, FollowUpId::parse)?;
            Route::Project(ProjectRoute::Action(project, action))
        }
        ("project_review", _) => Route::Project(ProjectRoute::Review(HealthProjectId::parse(subject)?)),
        ("project_paused", _) => halt(subject, HaltKind::Paused)?,
        ("project_stopped", _) => halt(subject, HaltKind::Stopped)?,
        ("project_closed", _) => halt(subject, HaltKind::Closed)?,
        ("project_resumed", _) => Route::Project(ProjectRoute::Resume(HealthProjectId::parse(subject)?)),
        ("member", _) => {
            let (person, line) = both(subject, PersonId::parse, LineId::parse)?;
            Route::Project(ProjectRoute::Member(person, line))
        }
        ("liaison", _) => Route::Project(ProjectRoute::Liaison(PersonId::parse(subject)?)),
        ("copy", _) => Route::CopyPerson(PersonId::parse(subject)?),
        ("remark", _) => {
            let (neighbour, copy) = both(subject, NeighbourId::parse, CopyId::parse)?;
            Route::ReceivedCopy(neighbour, copy?)
        }
        (DraftKey::REPORT, _) => Route::Summary(SummaryRoute::WriteReport(Period::parse(subject)?)),
        ("collective", true) => Route::Collective(CollectiveRoute::New(ProjectStart::default())),
        ("collective", false) => Route::Collective(CollectiveRoute::Edit(CollectiveId::parse(subject)?)),
        ("group", true) => Route::Groups(GroupRoute::New),
        ("group", false) => Route::Groups(GroupRoute::Edit(GroupId::parse(subject)?)),
        ("procedure", true) => Route::Procedures(ProcedureRoute::New),
        ("procedure", false) => Route::Procedures(match subject.strip_prefix(FROM) {
            Some(sheet) => ProcedureRoute::From(ReceivedSheetId::parse(sheet)?),
            None => ProcedureRoute::Edit(ProcedureId::parse(subject)?),
        }),
        ("publish-procedure", _) => Route::Procedures(ProcedureRoute::Publish(ProcedureId::parse(subject)?)),
        ("begin-procedure", _) => {
            let (id, about) = both(subject, ProcedureId::parse, PersonId::parse)?;
            Route::Procedures(ProcedureRoute::Begin(id, about))
        }
        ("travelling-sheet", true) => Route::Sheets(SheetRoute::New),
        ("travelling-sheet", false) => Route::Sheets(match subject.strip_prefix(FROM) {
            Some(source) => SheetRoute::From(source_of(source)?),
            None => SheetRoute::Edit(SheetId::parse(subject)?),
        }),
        ("programme", true) => Route::Programme(ProgrammeRoute::New),
        ("programme", false) => Route::Programme(ProgrammeRoute::Edit(ProgrammeId::parse(subject)?)),
        ("programme-next", _) => Route::Programme(ProgrammeRoute::Next(ProgrammeId::parse(subject)?)),
        ("diagnosis", true) => Route::Diagnosis(DiagnosisRoute::New),
        ("diagnosis", false) => Route::Diagnosis(DiagnosisRoute::Edit(DiagnosisId::parse(subject)?)),
        ("diagnosis-place", _) => {
            let (diagnosis, place) = both(subject, DiagnosisId::parse, LineId::parse)?;
            Route::Diagnosis(DiagnosisRoute::EditPlace(diagnosis, place?))
        }
        ("application", true) => Route::Application(ApplicationRoute::New),
        ("application", false) => Route::Application(ApplicationRoute::Edit(ApplicationId::parse(subject)?)),
        ("outreach", true) => Route::Outreach(OutreachRoute::New),
        ("outreach", false) => Route::Outreach(OutreachRoute::Edit(OutreachId::parse(subject)?)),
        ("outreach-line", _) => Route::Outreach(OutreachRoute::of_draft(subject)?),
        (INFORMATION_DRAFT, true) => Route::Information(InformationRoute::New),
        (INFORMATION_DRAFT, false) => Route::Information(InformationRoute::Edit(InformationId::parse(subject)?)),
        (PASS_ON_DRAFT, _) => Route::Information(InformationRoute::Pass(InformationId::parse(subject)?)),
        (BOARD_NOTE_DRAFT, _) => Route::Information(InformationRoute::BoardNote(Period::parse(subject)?)),
        (DraftKey::MEANS, true) => Route::Means(MeansRoute::New),
        (DraftKey::MEANS, false) => Route::Means(MeansRoute::Edit(MeansId::parse(subject)?)),
        (DraftKey::MEANS_LOAN, _) => match both(subject, MeansId::parse, LineId::parse)? {
            (id, Some(loan)) => Route::Means(MeansRoute::Loan(id, loan)),
            (id, None) => Route::Means(MeansRoute::NewLoan(id)),
        },
        ("charter", _) => Route::Charter(CharterRoute::of_draft(subject)?),
        ("roadmap", true) => Route::Roadmap(RoadmapRoute::New),
        ("roadmap", false) => Route::Roadmap(RoadmapRoute::Edit(RoadmapId::parse(subject)?)),
        ("roadmap-line", _) => Route::Roadmap(RoadmapRoute::of_draft(subject)?),
        ("event", true) => Route::Events(EventRoute::New),
        ("event", false) => Route::Events(EventRoute::Edit(EventId::parse(subject)?)),
        ("survey", true) => Route::Surveys(SurveyRoute::New(None)),
        ("survey", false) => Route::Surveys(SurveyRoute::New(Some(EventId::parse(subject)?))),
        ("edit-survey", _) => Route::Surveys(SurveyRoute::Edit(SurveyId::parse(subject)?)),
        ("survey-sheet", _) => Route::Surveys(SurveyRoute::Sheet(SurveyId::parse(subject)?, 1)),
        ("question", _) => {
            let (survey, question) = subject.split_once('.')?;
            let survey = SurveyId::parse(survey)?;
            Route::Surveys(match QuestionId::parse(question) {
                Some(question) => SurveyRoute::Question(survey, question),
                None => SurveyRoute::NewQuestion(survey),
            })
        }
        ("close-project", _) => Route::Collective(CollectiveRoute::Close(CollectiveId::parse(subject)?)),
        ("measure", _) => Route::Collective(CollectiveRoute::Measure(CollectiveId::parse(subject)?)),
        ("difficulty", true) => Route::Practice(PracticeRoute::NewDifficulty),
        ("difficulty", false) => Route::Practice(PracticeRoute::Difficulty(DifficultyId::parse(subject)?)),
        ("situation", true) => Route::Practice(PracticeRoute::NewSituation),
        ("situation", false) => Route::Practice(PracticeRoute::EditSituation(SituationId::parse(subject)?)),
        (DraftKey::NOTE_WITH_ENTRY, _) => {
            Route::Note(NoteStart { entry: Some(EntryId::parse(subject)?), ..NoteStart::default() })
        }
        ("mission", _) => of_entry(subject, DirectoryRoute::Mission)?,
        ("absence", _) => of_entry(subject, DirectoryRoute::Absence)?,
        ("own-card", _) => Route::EditOwnCard,
        // A new entry's subject is its kind.
        ("entry", _) => match EntryId::parse(subject) {
            Some(id) => Route::Directory(DirectoryRoute::Edit(id)),
            None => Route::Directory(DirectoryRoute::New(EntryKind::from_code(subject))),
        },
        _ => return None,
    })
}

/// A record, and a line of it: `RECORD` for a new one, `RECORD/LINE` for one to change.
fn both<A, B>(subject: &str, first: fn(&str) -> Option<A>, second: fn(&str) -> Option<B>) -> Option<(A, Option<B>)> {
    match subject.split_once('/') {
        Some((one, other)) => Some((first(one)?, Some(second(other)?))),
        None => Some((first(subject)?, None)),
    }
}

fn halt(subject: &str, kind: HaltKind) -> Option<Route> {
    Some(Route::Project(ProjectRoute::Halt(HealthProjectId::parse(subject)?, kind)))
}

/// The form of a line of an entry.
fn of_entry(subject: &str, route: fn(EntryId, Option<LineId>) -> DirectoryRoute) -> Option<Route> {
    let (entry, line) = both(subject, EntryId::parse, LineId::parse)?;
    Some(Route::Directory(route(entry, line)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_leads_back_to_its_form() {
        let odette = "01".repeat(16);
        let key = |form: &str, subject: &str| DraftKey { form: form.into(), subject: subject.into() };
        assert_eq!(route_of(&key("note", "")), Some(Route::Note(NoteStart::default())));
        assert_eq!(route_of(&key("person", &odette)), Some(Route::EditPerson(PersonId([1; 16]))));
        assert_eq!(route_of(&key("plan", "")), Some(Route::Plan(None)));
        assert_eq!(route_of(&key("emergency", &odette)), Some(Route::Emergency(PersonId([1; 16]))));
        let entry = EntryId([1; 16]);
        let with_entry = NoteStart { entry: Some(entry), ..NoteStart::default() };
        assert_eq!(route_of(&key("note-entry", &odette)), Some(Route::Note(with_entry)));
        let mission = |line| Some(Route::Directory(DirectoryRoute::Mission(entry, line)));
        assert_eq!(route_of(&key("mission", &odette)), mission(None));
        let line = "02".repeat(16);
        assert_eq!(route_of(&key("mission", &format!("{odette}/{line}"))), mission(Some(LineId([2; 16]))));
        let alert = AlertRoute::Do(AlertId([1; 16]), Doing::HandOver);
        assert_eq!(route_of(&key("alert-hand-over", &odette)), Some(Route::Alert(alert)));
        assert_eq!(route_of(&key("alert", &odette)), Some(Route::Alert(AlertRoute::about(PersonId([1; 16])))));
        let project = HealthProjectId([1; 16]);
        let of = |route| Some(Route::Project(route));
        assert_eq!(route_of(&key("action", &odette)), of(ProjectRoute::Action(project, None)));
        let action = ProjectRoute::Action(project, Some(FollowUpId([2; 16])));
        assert_eq!(route_of(&key("action", &format!("{odette}/{line}"))), of(action));
        let stopped = ProjectRoute::Halt(project, HaltKind::Stopped);
        assert_eq!(route_of(&key("project_stopped", &odette)), of(stopped));
        let offered = CareRoute::Step(RequestId([1; 16]), StepName::Choose, Some(LineId([2; 16])));
        assert_eq!(route_of(&key("request-choose", &format!("{odette}:{line}"))), Some(Route::Care(offered)));
        let heard = CareRoute::Step(RequestId([1; 16]), StepName::Listen, None);
        assert_eq!(route_of(&key("request-listen", &odette)), Some(Route::Care(heard)));
        assert_eq!(route_of(&key("copy", &odette)), Some(Route::CopyPerson(PersonId([1; 16]))));
        let remark = Route::ReceivedCopy(NeighbourId([1; 16]), CopyId([2; 16]));
        assert_eq!(route_of(&key("remark", &format!("{odette}/{line}"))), Some(remark));
        assert_eq!(route_of(&key("request", "")), Some(Route::Care(CareRoute::New(None))));
        assert_eq!(route_of(&key("form of a newer version", "")), None);
    }
}
