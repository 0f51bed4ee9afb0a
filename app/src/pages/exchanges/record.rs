//! A record as a line that leads to it: where to, by which icon, and what to say where it has no title. And lists of
//! such lines, the first few at first.

use leptos::prelude::*;
use maillon_shared::api::collective::CommonTarget;
use maillon_shared::api::exchanges::{RecordShown, RecordTarget};

use crate::routes::{
    AlertRoute, ApplicationRoute, CampaignRoute, CareRoute, CharterRoute, CollectiveRoute, DiagnosisRoute,
    DirectoryRoute, EventRoute, GroupRoute, InformationRoute, MeansRoute, MeetingRoute, OutreachRoute, PracticeRoute,
    ProcedureRoute, ProgrammeRoute, ProjectRoute, RegisterRoute, RoadmapRoute, RoundRoute, Route, SheetRoute,
    StayRoute, SummaryRoute, SurveyRoute,
};
use crate::ui::{Icon, LongRows, Shape};
use crate::words::{
    Word, application, charter, diagnosis, events, exchanges as w, groups, information, means, outreach, procedures,
    programme, roadmap, surveys, travelling,
};

/// How many are shown before one asks for all.
const AT_FIRST: usize = 8;

/// The icon of a record, what its kind is called, and its screen if it has one.
fn leads_to(record: RecordTarget) -> (Shape, Word, Option<Route>) {
    let (shape, kind, route): (Shape, Word, Route) = match record {
        RecordTarget::Person(id) => (Shape::People, w::a_person, Route::Person(id)),
        RecordTarget::Received(from, copy) => (Shape::Letter, w::from_a_neighbour, Route::ReceivedCopy(from, copy)),
        RecordTarget::Request(id) => (Shape::Request, w::a_request, Route::Care(CareRoute::One(id))),
        RecordTarget::Project(id) => (Shape::Promise, w::a_health_project, Route::Project(ProjectRoute::One(id))),
        RecordTarget::Stay(id) => (Shape::House, w::a_stay, Route::Stay(StayRoute::One(id))),
        RecordTarget::Meeting(id) => (Shape::People, w::a_meeting, Route::Meeting(MeetingRoute::One(id))),
        RecordTarget::Circle(person) => (Shape::People, w::a_circle, Route::Project(ProjectRoute::Circle(person))),
        RecordTarget::Entry(id) => (Shape::Book, w::an_entry, Route::Directory(DirectoryRoute::Entry(id))),
        RecordTarget::Register(id) => (Shape::Letter, w::in_the_register, Route::Register(RegisterRoute::Entry(id))),
        RecordTarget::Alert(id) => (Shape::Alert, w::an_alert, Route::Alert(AlertRoute::One(id))),
        RecordTarget::Campaign(id) => (Shape::Phone, w::a_campaign, Route::Campaign(CampaignRoute::Board(id))),
        RecordTarget::Round(id) => (Shape::House, w::a_round, Route::Rounds(RoundRoute::One(id))),
        RecordTarget::Common(CommonTarget::Project(id)) => {
            (Shape::Book, w::a_project, Route::Collective(CollectiveRoute::Project(id)))
        }
        RecordTarget::Common(CommonTarget::Event(id)) => {
            (Shape::Book, events::an_event, Route::Events(EventRoute::One(id)))
        }
        RecordTarget::Common(CommonTarget::Survey(id)) => {
            (Shape::Book, surveys::a_survey, Route::Surveys(SurveyRoute::One(id)))
        }
        RecordTarget::Common(CommonTarget::Programme(id)) => {
            (Shape::Book, programme::an_annual_programme, Route::Programme(ProgrammeRoute::One(id)))
        }
        RecordTarget::Common(CommonTarget::Procedure(id)) => {
            (Shape::Book, procedures::a_procedure, Route::Procedures(ProcedureRoute::One(id)))
        }
        RecordTarget::Common(CommonTarget::ProcedureRun(id)) => {
            (Shape::Book, procedures::a_run, Route::Procedures(ProcedureRoute::Run(id)))
        }
        RecordTarget::Common(CommonTarget::Sheet(id)) => {
            (Shape::Letter, travelling::a_sheet, Route::Sheets(SheetRoute::One(id)))
        }
        RecordTarget::Common(CommonTarget::ReceivedSheet(id)) => {
            (Shape::Letter, travelling::a_sheet, Route::Sheets(SheetRoute::Received(id)))
        }
        RecordTarget::Common(CommonTarget::Diagnosis(id)) => {
            (Shape::Book, diagnosis::a_diagnosis, Route::Diagnosis(DiagnosisRoute::One(id)))
        }
        RecordTarget::Common(CommonTarget::Application(id)) => {
            (Shape::Letter, application::an_application, Route::Application(ApplicationRoute::One(id)))
        }
        RecordTarget::Common(CommonTarget::Outreach(id)) => {
            (Shape::Book, outreach::an_outreach, Route::Outreach(OutreachRoute::One(id)))
        }
        RecordTarget::Common(CommonTarget::Information(id)) => {
            (Shape::Letter, information::an_item, Route::Information(InformationRoute::One(id)))
        }
        RecordTarget::Common(CommonTarget::Board(month)) => {
            (Shape::Letter, information::a_board, Route::Information(InformationRoute::Board(month)))
        }
        RecordTarget::Common(CommonTarget::Means(id)) => {
            (Shape::Exchange, means::a_means, Route::Means(MeansRoute::One(id)))
        }
        RecordTarget::Common(CommonTarget::Roadmap(id)) => {
            (Shape::Book, roadmap::a_roadmap, Route::Roadmap(RoadmapRoute::One(id)))
        }
        RecordTarget::Common(CommonTarget::Charter(id)) => {
            (Shape::Book, charter::a_charter, Route::Charter(CharterRoute::One(id)))
        }
        RecordTarget::Common(CommonTarget::Difficulty(id)) => {
            (Shape::Pen, w::a_difficulty, Route::Practice(PracticeRoute::Difficulty(id)))
        }
        RecordTarget::Common(CommonTarget::Situation(id)) => {
            (Shape::Book, w::a_situation, Route::Practice(PracticeRoute::Situation(id)))
        }
        RecordTarget::Common(CommonTarget::Report(period)) => {
            (Shape::Letter, w::a_report, Route::Summary(SummaryRoute::Report(period)))
        }
        RecordTarget::Group(id) => (Shape::People, groups::is_a_group, Route::Groups(GroupRoute::One(id))),
        RecordTarget::Settings => (Shape::More, w::settings, Route::Settings),
        RecordTarget::Other => return (Shape::More, w::other, None),
    };
    (shape, kind, Some(route))
}

/// A record, in a list.
fn line(record: RecordShown) -> impl IntoView {
    let RecordShown { to, title, documents: _ } = record;
    let (shape, kind, route) = leads_to(to);
    // Of someone the name is enough; of all else, a name does not say what it is.
    let told = (!title.is_empty() && !matches!(to, RecordTarget::Person(_))).then_some(kind);
    let name = move || if title.is_empty() { kind().to_owned() } else { title.clone() };
    let name = match route {
        Some(route) => view! { <a class="who" href=route.href()>{name}</a> }.into_any(),
        None => view! { <span class="who">{name}</span> }.into_any(),
    };
    view! {
        <li>
            <Icon shape=shape />
            <span class="row-head">{name}</span>
            {told.map(|kind| view! { <span class="why">{kind}</span> })}
        </li>
    }
}

/// Records, a line each: the first few, and all of them once one asks.
#[component]
pub fn RecordLines(records: Vec<RecordShown>) -> impl IntoView {
    let whole = RwSignal::new(false);
    let first = StoredValue::new(records.iter().take(AT_FIRST).cloned().collect::<Vec<_>>());
    let others = records.len().saturating_sub(AT_FIRST);
    let records = StoredValue::new(records);
    let few = move || view! { <ul class="rows">{move || first.get_value().into_iter().map(line).collect_view()}</ul> };
    view! {
        <Show when=move || whole.get() fallback=few>
            <LongRows
                found=Signal::stored(records.get_value().into_iter().enumerate().collect::<Vec<_>>())
                narrowed=Signal::stored(String::new())
                key=|(place, _): &(usize, RecordShown)| *place
                draw=|(_, record): (usize, RecordShown)| line(record)
            />
        </Show>
        {(others > 0)
            .then(|| {
                view! {
                    <button
                        type="button"
                        class="more-rows"
                        hidden=move || whole.get()
                        on:click=move |_| whole.set(true)
                    >
                        {move || w::and_others(others as u32)}
                    </button>
                }
            })}
    }
}
