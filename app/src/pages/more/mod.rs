//! All the rest: what one sets, keeps, looks back at, and how Maillon works.

mod about;
mod addresses;
mod backup;
mod drafts;
mod help;
mod journals;
mod ladder;
mod passphrase;
mod recipients;
mod settings;

pub use about::AboutPage;
pub use addresses::AddressesPage;
pub use backup::BackupPage;
pub use drafts::DraftsPage;
pub use help::HelpPage;
pub use journals::{ReadsPage, WritesPage};
pub use passphrase::PassphrasePage;
pub use settings::{SettingsForm, SettingsPage, ThisDevice, text_of};

use leptos::prelude::*;

use crate::routes::{
    AlertRoute, ApplicationRoute, CampaignRoute, CareRoute, CharterRoute, CollectiveRoute, DiagnosisRoute, EventRoute,
    GroupRoute, InformationRoute, MeansRoute, OutreachRoute, PracticeRoute, ProcedureRoute, ProgrammeRoute,
    RegisterRoute, RoadmapRoute, RoundRoute, Route, SheetRoute, StayRoute, SummaryRoute, SurveyRoute,
};
use crate::ui::Title;
use crate::words::{
    Word, addresses as a, application, charter, devices as d, diagnosis, events, exchanges as e, groups, information,
    means, more as w, neighbours as n, outreach, procedures, programme, roadmap, summary as s, surveys, travelling,
};

/// A place, by its name and what it is for.
pub fn link(route: Route, name: Word, detail: Word) -> impl IntoView {
    view! {
        <li>
            <a class="row-link" href=route.href()>
                <span class="who">{name}</span>
                <span class="why">{detail}</span>
            </a>
        </li>
    }
}

/// The rest, by name.
#[component]
pub fn MorePage() -> impl IntoView {
    view! {
        <Title>{w::title}</Title>
        <h2>{w::work}</h2>
        <ul class="rows">
            {link(Route::Alert(AlertRoute::List), w::alerts, w::alerts_about)}
            {link(Route::Care(CareRoute::List), w::requests, w::requests_about)}
            {link(Route::Stay(StayRoute::List), w::stays, w::stays_about)}
            {link(Route::Care(CareRoute::Radar), w::radar, w::radar_about)}
            {link(Route::Rounds(RoundRoute::List), w::rounds, w::rounds_about)}
            {link(Route::Reception, w::reception, w::reception_about)}
            {link(Route::Collective(CollectiveRoute::List), w::projects, w::projects_about)}
            {link(Route::Events(EventRoute::List), events::title, events::about)}
            {link(Route::Surveys(SurveyRoute::List), surveys::title, surveys::about)}
            {link(Route::Programme(ProgrammeRoute::List), programme::title, programme::about)}
            {link(Route::Procedures(ProcedureRoute::List(None)), procedures::title, procedures::about)}
            {link(Route::Sheets(SheetRoute::List), travelling::title, travelling::about)}
            {link(Route::Diagnosis(DiagnosisRoute::List), diagnosis::title, diagnosis::about)}
            {link(Route::Application(ApplicationRoute::List), application::title, application::about)}
            {link(Route::Outreach(OutreachRoute::List), outreach::title, outreach::about)}
            {link(Route::Information(InformationRoute::List), information::title, information::about)}
            {link(Route::Means(MeansRoute::List), means::title, means::about)}
            {link(Route::Roadmap(RoadmapRoute::List), roadmap::title, roadmap::about)}
            {link(Route::Charter(CharterRoute::Home), charter::title, charter::about)}
            {link(Route::Practice(PracticeRoute::Difficulties), w::difficulties, w::difficulties_about)}
            {link(Route::Practice(PracticeRoute::Situations), w::situations, w::situations_about)}
            {link(Route::Summary(SummaryRoute::All), s::title, s::about)}
        </ul>
        <h2>{w::notebook}</h2>
        <ul class="rows">
            {link(Route::Campaign(CampaignRoute::List), w::campaigns, w::campaigns_about)}
            {link(Route::Drafts, w::drafts, w::drafts_about)} {link(Route::Backup, w::backup, w::backup_about)}
            {link(Route::Exchanges, e::title, e::about)} {link(Route::Devices, d::title, d::about)}
            {link(Route::Neighbours, n::title, n::about)}
            {link(Route::Groups(GroupRoute::List), groups::title, groups::about)}
            {link(Route::Register(RegisterRoute::List), w::register, w::register_about)}
            {link(Route::Addresses, a::title, a::about)}
            {link(Route::Retention, w::retention, w::retention_about)}
            {link(Route::Writes, w::writes, w::writes_about)} {link(Route::Reads, w::reads, w::reads_about)}
        </ul>
        <h2>{w::mine}</h2>
        <ul class="rows">
            {link(Route::Settings, w::settings, w::settings_about)}
            {link(Route::OwnCard, w::card, w::card_about)}
            {link(Route::Passphrase, w::passphrase, w::passphrase_about)} {link(Route::Help, w::help, w::help_about)}
            {link(Route::About, w::about, w::about_about)}
        </ul>
    }
}
