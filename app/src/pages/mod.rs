//! The screens: one folder each.
//!
//! *Aujourd'hui* opens with the program; each of the others is one line of [`apart!`], loaded when first gone to.
//! Parts are few: what two of them have in common is a file too.

mod apart;

mod opening;
mod unlock;
mod welcome;

mod discreet;
mod today;

mod people;
mod person;
mod sheet;
mod stay;

mod consent;
mod erase;
mod household;
mod isolation;
mod same;

mod encounter;
mod follow_up;
mod note;
mod plan;

mod circle;
mod liaison;
mod means;
mod meeting;
mod person_copy;
mod project;

mod card;
mod directory;

mod alerts;
mod campaign;
mod collective;
mod lent;
mod practice;
mod reception;
mod register;
mod requests;
mod rounds;
mod summary;
mod surveys;

mod import;
mod information;

mod application;
mod charter;
mod devices;
mod diagnosis;
mod events;
mod exchange;
mod exchanges;
mod groups;
mod neighbours;
mod outreach;
mod procedures;
mod programme;
mod roadmap;
mod travelling;
mod typed;

mod lists;
mod more;

pub use opening::{NoDoor, Opening, Refused};
pub use unlock::Unlock;

use std::time::Duration;

use leptos::prelude::*;
use maillon_shared::api::lending::Role;
use maillon_shared::api::requests::ImportTarget;
use maillon_shared::domain::ids::{CopyId, EncounterId, FollowUpId, HealthProjectId, NeighbourId, PersonId, SurveyId};
use maillon_shared::domain::lists::ListId;

use crate::routes::{
    AlertRoute, ApplicationRoute, CampaignRoute, CareRoute, CharterRoute, CollectiveRoute, DiagnosisRoute,
    DirectoryRoute, EventRoute, GroupRoute, InformationRoute, MeansRoute, MeetingRoute, NoteStart, OutreachRoute,
    PracticeRoute, ProcedureRoute, ProgrammeRoute, ProjectRoute, RegisterRoute, RoadmapRoute, RoundRoute, Route,
    SheetRoute, StayRoute, SummaryRoute, SurveyRoute,
};

use crate::session::Standing;

use apart::{ahead, apart};

/// How long after the first screen is drawn what comes next is fetched.
const SOON: Duration = Duration::from_millis(300);

/// A person, and noting something: what one goes to from *Aujourd'hui* is there before one does.
pub fn fetch_ahead() {
    set_timeout(|| ahead!(person), SOON);
}

/// The first opening.
pub fn welcome() -> AnyView {
    apart!(first, || view! { <welcome::Welcome /> })
}

/// The screen of a place, for whom the notebook is: in one that was lent, wherever one goes, only what it was lent for is
/// there.
pub fn page_for(role: Role, route: Route) -> AnyView {
    match (role, route) {
        (Role::Coordinator, route) => page(route),
        (Role::Mairie, route) => mairies(route),
        (role, Route::HandBack) => hand_back(role),
        (role, _) if role.is_over() => hand_back(role),
        (Role::Caller { campaign, caller, .. }, _) => campaigns(CampaignRoute::Calls(campaign, Some(caller))),
        (Role::Tablet { survey }, _) => {
            apart!(common, |survey: SurveyId| view! { <surveys::TabletPage survey=survey /> })
        }
        (Role::Agent { .. }, Route::Register(route)) if lent::is_an_agents(&route) => page(Route::Register(route)),
        (Role::Agent { .. }, Route::Campaign(route)) => campaigns(route),
        (Role::Agent { .. }, Route::Drafts) => page(Route::Drafts),
        (Role::Agent { .. }, _) => apart!(register, || view! { <lent::AgentsDayPage /> }),
    }
}

/// The screen of a place in a mairie's notebook: its own and those that are about the notebook itself. Whatever else an
/// address asks for, it is the home; no screen there asks for anything that such a notebook has not.
fn mairies(route: Route) -> AnyView {
    match route {
        Route::Settings => apart!(notebook, || view! { <summary::MairieSettingsPage /> }),
        Route::Backup | Route::Passphrase | Route::Help | Route::About => page(route),
        route => apart!(common, |route: Route| summary::mairies_page(route)),
    }
}

/// The screen of a place in the open notebook; what of it may be seen, while the screen is discreet.
fn page(route: Route) -> AnyView {
    if crate::discreet::is_on() {
        return apart!(person, |route: Route| discreet::page(route));
    }
    match route {
        // What one comes for.
        Route::Today => view! { <today::TodayPage /> }.into_any(),
        Route::Person(id) => apart!(person, |id: PersonId| view! { <person::PersonPage id=id /> }),
        Route::Note(start) => apart!(person, |start: NoteStart| view! { <note::NotePage start=start /> }),
        Route::More => view! { <more::MorePage /> }.into_any(),

        // Who is followed, and all that is written about them.
        Route::People => apart!(notebook, || view! { <people::PeoplePage /> }),
        Route::NewPerson => apart!(notebook, || view! { <sheet::NewPersonPage /> }),
        Route::EditPerson(id) => apart!(notebook, |id: PersonId| view! { <sheet::EditPersonPage id=id /> }),
        Route::Consents(id) => apart!(notebook, |id: PersonId| view! { <consent::ConsentsPage id=id /> }),
        Route::GiveConsent(id) => apart!(notebook, |id: PersonId| view! { <consent::GivePage person=id /> }),
        Route::Emergency(id) => apart!(notebook, |id: PersonId| view! { <consent::EmergencyPage person=id /> }),
        Route::Assess(id) => apart!(notebook, |id: PersonId| view! { <isolation::AssessPage person=id /> }),
        Route::Same(kept, other) => {
            apart!(notebook, |kept: PersonId, other: PersonId| view! { <same::SamePage kept=kept other=other /> })
        }
        Route::Household(id) => apart!(notebook, |id: PersonId| view! { <household::JoinPage with=id /> }),
        Route::Data(id) => apart!(notebook, |id: PersonId| view! { <erase::DataPage person=id /> }),
        Route::CopyPerson(id) => apart!(notebook, |id: PersonId| view! { <person_copy::CopyPage person=id /> }),
        Route::Encounter(id) => apart!(notebook, |id: EncounterId| view! { <encounter::EncounterPage id=id /> }),
        Route::EditEncounter(id) => {
            apart!(notebook, |id: EncounterId| view! { <encounter::EditEncounterPage id=id /> })
        }
        Route::Plan(about) => apart!(notebook, |about: Option<PersonId>| view! { <plan::PlanPage person=about /> }),
        Route::FollowUp(id) => apart!(notebook, |id: FollowUpId| view! { <follow_up::FollowUpPage id=id /> }),

        // Her project, who is around her, what a professional is told.
        Route::Project(route) => apart!(notebook, |route: ProjectRoute| project::page(route)),
        // Who is at hospital, and the returns that are prepared.
        Route::Stay(route) => apart!(notebook, |route: StayRoute| stay::page(route)),

        // Those around her think together.
        Route::Meeting(route) => apart!(notebook, |route: MeetingRoute| meeting::page(route)),

        // What is asked, and those who were reported.
        Route::Care(route) => apart!(requests, |route: CareRoute| requests::page(route)),

        // Who else is there.
        Route::Directory(route) => apart!(directory, |route: DirectoryRoute| directory::page(route)),
        Route::ImportPeople => apart!(directory, || view! { <import::ImportPage into=ImportTarget::People /> }),

        // Going to see people, calling them, and those who come.
        Route::Alert(route) => apart!(rounds, |route: AlertRoute| alerts::page(route)),
        Route::Campaign(route) => campaigns(route),
        // Nothing was lent here: there is nothing to hand back.
        Route::HandBack => view! { <today::TodayPage /> }.into_any(),
        Route::Rounds(route) => apart!(rounds, |route: RoundRoute| rounds::page(route)),
        Route::Reception => apart!(rounds, || view! { <reception::ReceptionPage /> }),

        // What is common, and about nobody.
        Route::Collective(route) => apart!(common, |route: CollectiveRoute| collective::page(route)),
        Route::Events(route) => apart!(notebook, |route: EventRoute| events::page(route)),
        Route::Surveys(route) => apart!(common, |route: SurveyRoute| surveys::page(route)),
        Route::Diagnosis(route) => apart!(common, |route: DiagnosisRoute| diagnosis::page(route)),
        Route::Application(route) => apart!(common, |route: ApplicationRoute| application::page(route)),
        Route::Outreach(route) => apart!(common, |route: OutreachRoute| outreach::page(route)),
        Route::Information(route) => apart!(common, |route: InformationRoute| information::page(route)),
        Route::Means(route) => apart!(common, |route: MeansRoute| means::page(route)),
        Route::Charter(route) => apart!(notebook, |route: CharterRoute| charter::page(route)),
        Route::Programme(route) => apart!(notebook, |route: ProgrammeRoute| programme::page(route)),
        Route::Procedures(route) => apart!(common, |route: ProcedureRoute| procedures::page(route)),
        Route::Sheets(route) => apart!(common, |route: SheetRoute| travelling::page(route)),
        Route::Roadmap(route) => apart!(notebook, |route: RoadmapRoute| roadmap::page(route)),
        Route::Practice(route) => apart!(common, |route: PracticeRoute| practice::page(route)),
        Route::Summary(route) => apart!(common, |route: SummaryRoute| summary::page(route)),

        Route::Register(route) => apart!(register, |route: RegisterRoute| register::page(route)),

        Route::Settings => apart!(notebook, || view! { <more::SettingsPage /> }),
        Route::Lists => apart!(notebook, || view! { <lists::ListsPage /> }),
        Route::List(list) => apart!(notebook, |list: ListId| view! { <lists::ListPage list=list /> }),
        Route::Addresses => apart!(notebook, || view! { <more::AddressesPage /> }),
        Route::Drafts => apart!(notebook, || view! { <more::DraftsPage /> }),
        Route::Writes => apart!(notebook, || view! { <more::WritesPage /> }),
        Route::Reads => apart!(notebook, || view! { <more::ReadsPage /> }),
        Route::Retention => apart!(notebook, || view! { <erase::RetentionPage /> }),
        Route::Exchanges => apart!(notebook, || view! { <exchanges::ExchangesPage /> }),
        Route::Devices => apart!(notebook, || view! { <devices::DevicesPage /> }),
        Route::Neighbours => apart!(notebook, || view! { <neighbours::NeighboursPage /> }),
        Route::Neighbour(id) => apart!(notebook, |id: NeighbourId| view! { <neighbours::NeighbourPage id=id /> }),
        Route::ReceivedCopy(from, copy) => {
            apart!(notebook, |from: NeighbourId, copy: CopyId| {
                view! { <neighbours::ReceivedPage neighbour=from copy=copy /> }
            })
        }
        Route::Groups(route) => apart!(notebook, |route: GroupRoute| groups::page(route)),
        Route::Backup => apart!(notebook, || view! { <more::BackupPage /> }),
        Route::OwnCard => apart!(notebook, || view! { <card::CardPage /> }),
        Route::EditOwnCard => apart!(notebook, || view! { <card::EditCardPage /> }),
        Route::Passphrase => apart!(notebook, || view! { <more::PassphrasePage /> }),
        Route::Help => help(),
        Route::About => about(),
    }
}

/// Call campaigns.
fn campaigns(route: CampaignRoute) -> AnyView {
    apart!(rounds, |route: CampaignRoute| campaign::page(route))
}

/// A survey before whoever answers it.
pub fn kiosk(standing: Standing) -> AnyView {
    apart!(common, |standing: Standing| view! { <surveys::Kiosk standing=standing /> })
}

/// Handing back what was written in a notebook that was lent.
fn hand_back(role: Role) -> AnyView {
    apart!(rounds, |role: Role| view! { <lent::HandBackPage role=role /> })
}

/// Someone's own copy of a project, to be read with them.
fn project_copy(id: HealthProjectId) -> AnyView {
    apart!(notebook, |id: HealthProjectId| view! { <project::CopyPage id=id discreet=true /> })
}

/// The keyboard, and how to: to be read whoever reads along.
fn help() -> AnyView {
    apart!(notebook, || view! { <more::HelpPage /> })
}

/// What Maillon is.
fn about() -> AnyView {
    apart!(notebook, || view! { <more::AboutPage /> })
}
