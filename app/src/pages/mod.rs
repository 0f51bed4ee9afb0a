//! The screens: one folder each.

mod opening;
mod unlock;
mod welcome;

mod discreet;
mod today;

mod people;
mod person;
mod sheet;

mod consent;
mod erase;
mod isolation;
mod same;

mod encounter;
mod follow_up;
mod note;
mod plan;

mod card;
mod directory;

mod campaign;
mod reception;
mod register;
mod rounds;

mod import;

mod more;

pub use opening::{NoDoor, Opening, Refused};
pub use unlock::Unlock;
pub use welcome::Welcome;

use leptos::prelude::*;
use maillon_shared::api::calls::Role;
use maillon_shared::api::requests::ImportTarget;

use crate::routes::{CampaignRoute, Route};

/// The screen of a place, for whom the notebook is: whoever calls with a lent one sees their calls, wherever they go.
pub fn page_for(role: Role, route: Route) -> AnyView {
    match (role, route) {
        (Role::Coordinator, route) => page(route),
        (Role::Caller { over: true, .. }, _) | (Role::Caller { .. }, Route::HandBack) => page(Route::HandBack),
        (Role::Caller { campaign, caller, .. }, _) => campaign::page(CampaignRoute::Calls(campaign, Some(caller))),
    }
}

/// The screen of a place in the open notebook; what of it may be seen, while the screen is discreet.
fn page(route: Route) -> AnyView {
    if crate::discreet::is_on() {
        return discreet::page(route);
    }
    match route {
        Route::Today => view! { <today::TodayPage /> }.into_any(),
        Route::People => view! { <people::PeoplePage /> }.into_any(),
        Route::ImportPeople => view! { <import::ImportPage into=ImportTarget::People /> }.into_any(),
        Route::NewPerson => view! { <sheet::NewPersonPage /> }.into_any(),
        Route::Person(id) => view! { <person::PersonPage id=id /> }.into_any(),
        Route::EditPerson(id) => view! { <sheet::EditPersonPage id=id /> }.into_any(),
        Route::Consents(id) => view! { <consent::ConsentsPage id=id /> }.into_any(),
        Route::GiveConsent(person) => view! { <consent::GivePage person=person /> }.into_any(),
        Route::Emergency(person) => view! { <consent::EmergencyPage person=person /> }.into_any(),
        Route::Assess(person) => view! { <isolation::AssessPage person=person /> }.into_any(),
        Route::Same(kept, other) => view! { <same::SamePage kept=kept other=other /> }.into_any(),
        Route::Data(person) => view! { <erase::DataPage person=person /> }.into_any(),
        Route::Note(start) => view! { <note::NotePage start=start /> }.into_any(),
        Route::Encounter(id) => view! { <encounter::EncounterPage id=id /> }.into_any(),
        Route::EditEncounter(id) => view! { <encounter::EditEncounterPage id=id /> }.into_any(),
        Route::Plan(person) => view! { <plan::PlanPage person=person /> }.into_any(),
        Route::FollowUp(id) => view! { <follow_up::FollowUpPage id=id /> }.into_any(),
        Route::Directory(route) => directory::page(route),
        Route::Campaign(route) => campaign::page(route),
        Route::HandBack => view! { <campaign::HandBackPage /> }.into_any(),
        Route::Register(route) => register::page(route),
        Route::Rounds(route) => rounds::page(route),
        Route::Reception => view! { <reception::ReceptionPage /> }.into_any(),
        Route::More => view! { <more::MorePage /> }.into_any(),
        Route::Settings => view! { <more::SettingsPage /> }.into_any(),
        Route::Drafts => view! { <more::DraftsPage /> }.into_any(),
        Route::Writes => view! { <more::WritesPage /> }.into_any(),
        Route::Reads => view! { <more::ReadsPage /> }.into_any(),
        Route::Retention => view! { <erase::RetentionPage /> }.into_any(),
        Route::Backup => view! { <more::BackupPage /> }.into_any(),
        Route::OwnCard => view! { <card::CardPage /> }.into_any(),
        Route::EditOwnCard => view! { <card::EditCardPage /> }.into_any(),
        Route::Passphrase => view! { <more::PassphrasePage /> }.into_any(),
        Route::Help => view! { <more::HelpPage /> }.into_any(),
        Route::About => view! { <more::AboutPage /> }.into_any(),
    }
}
