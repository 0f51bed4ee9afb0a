//! Where one is, as the address says it: ids only, never a name.
//!
//! The place stands after the `#`, so that it survives a reload with no server at all, in a browser as in a window.

mod alerts;
mod application;
mod campaign;
mod charter;
mod collective;
mod diagnosis;
mod directory;
mod events;
mod groups;
mod information;
mod means;
mod meeting;
mod outreach;
mod procedures;
mod programme;
mod project;
mod register;
mod requests;
mod roadmap;
mod rounds;
mod stay;
mod summary;
mod surveys;
mod travelling;

use leptos::prelude::*;
use maillon_shared::domain::encounter::{EncounterKind, EncounterResult};
use maillon_shared::domain::ids::{CopyId, EncounterId, EntryId, FollowUpId, NeighbourId, PersonId, RoundId};
use maillon_shared::domain::lists::ListId;
use wasm_bindgen::JsValue;

pub use alerts::{AlertRoute, AlertStart, Doing};
pub use application::ApplicationRoute;
pub use campaign::CampaignRoute;
pub use charter::CharterRoute;
pub use collective::{CollectiveRoute, PracticeRoute, ProjectStart};
pub use diagnosis::DiagnosisRoute;
pub use directory::DirectoryRoute;
pub use events::EventRoute;
pub use groups::GroupRoute;
pub use information::InformationRoute;
pub use means::MeansRoute;
pub use meeting::{MeetingRoute, origin_of};
pub use outreach::OutreachRoute;
pub use procedures::ProcedureRoute;
pub use programme::ProgrammeRoute;
pub use project::ProjectRoute;
pub use register::RegisterRoute;
pub use requests::{CareRoute, StepName};
pub use roadmap::RoadmapRoute;
pub use rounds::RoundRoute;
pub use stay::StayRoute;
pub use summary::SummaryRoute;
pub use surveys::SurveyRoute;
pub use travelling::{SheetRoute, source_code, source_of};

/// A screen of the open notebook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// What the day asks for.
    Today,
    /// Everyone.
    People,
    /// A list of people to take in.
    ImportPeople,
    /// A sheet to fill.
    NewPerson,
    /// One person.
    Person(PersonId),
    /// A sheet to change.
    EditPerson(PersonId),
    /// What a person was told, and said of it.
    Consents(PersonId),
    /// One of the four entries, to write down.
    GiveConsent(PersonId),
    /// Someone in danger.
    Emergency(PersonId),
    /// A look at someone's isolation.
    Assess(PersonId),
    /// Two sheets that may be of one person: the one kept, and the other.
    Same(PersonId, PersonId),
    /// Who comes to live with someone.
    Household(PersonId),
    /// All that is held about someone: given, or destroyed.
    Data(PersonId),
    /// Something of someone, to entrust to a neighbouring coordinator.
    CopyPerson(PersonId),
    /// What just happened, to write down.
    Note(NoteStart),
    /// One encounter.
    Encounter(EncounterId),
    /// An encounter to mend.
    EditEncounter(EncounterId),
    /// Something to plan, about someone or nobody.
    Plan(Option<PersonId>),
    /// One follow-up.
    FollowUp(FollowUpId),
    /// The directory.
    Directory(DirectoryRoute),
    /// The legal register.
    Register(RegisterRoute),
    /// Alerts.
    Alert(AlertRoute),
    /// Call campaigns.
    Campaign(CampaignRoute),
    /// On a caller's own device: handing back what was noted.
    HandBack,
    /// Health projects, circles, liaison sheets.
    Project(ProjectRoute),
    /// Stays at hospital.
    Stay(StayRoute),
    /// *Temps d'échange*.
    Meeting(MeetingRoute),
    /// Requests, and those who were reported.
    Care(CareRoute),
    /// Rounds of visits.
    Rounds(RoundRoute),
    /// Collective projects.
    Collective(CollectiveRoute),
    /// Events of the collective.
    Events(EventRoute),
    /// Surveys of events.
    Surveys(SurveyRoute),
    /// Annual programmes.
    Programme(ProgrammeRoute),
    /// Procedures and their episodes.
    Procedures(ProcedureRoute),
    /// Sheets for other territories.
    Sheets(SheetRoute),
    /// Shared diagnoses.
    Diagnosis(DiagnosisRoute),
    /// Applications to calls for projects.
    Application(ApplicationRoute),
    /// Outreach services.
    Outreach(OutreachRoute),
    /// Health information, and the noticeboard's sheets.
    Information(InformationRoute),
    /// Means in common.
    Means(MeansRoute),
    /// Charters of posts.
    Charter(CharterRoute),
    /// Roadmaps.
    Roadmap(RoadmapRoute),
    /// Difficulties of practice, and fictional situations.
    Practice(PracticeRoute),
    /// The reception desk.
    Reception,
    /// All the rest.
    More,
    /// The settings.
    Settings,
    /// The lists, by name.
    Lists,
    /// One list.
    List(ListId),
    /// The addresses of communes.
    Addresses,
    /// Forms half filled.
    Drafts,
    /// What was written.
    Writes,
    /// What was read.
    Reads,
    /// Whose time is over.
    Retention,
    /// A copy elsewhere, and whether all is well.
    Backup,
    /// Activity summaries for the mairie.
    Summary(SummaryRoute),
    /// How far the exchanges with others are.
    Exchanges,
    /// The coordinator's other devices.
    Devices,
    /// Neighbouring coordinators.
    Neighbours,
    /// One of them.
    Neighbour(NeighbourId),
    /// What that neighbour entrusted about someone.
    ReceivedCopy(NeighbourId, CopyId),
    /// Groups of coordinators.
    Groups(GroupRoute),
    /// The coordinator's own card.
    OwnCard,
    /// What it says, to change.
    EditOwnCard,
    /// Another passphrase.
    Passphrase,
    /// The keyboard, and how to.
    Help,
    /// What Maillon is.
    About,
}

/// What is already known when a note begins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoteStart {
    /// With whom.
    pub person: Option<PersonId>,
    /// With whom of the directory.
    pub entry: Option<EntryId>,
    /// The follow-up that it accomplishes.
    pub completes: Option<FollowUpId>,
    /// By which way.
    pub kind: Option<EncounterKind>,
    /// What came of it.
    pub result: Option<EncounterResult>,
    /// The round it is a stop of: where one goes afterwards.
    pub round: Option<RoundId>,
}

impl Route {
    /// A note with someone.
    pub fn note_with(person: PersonId) -> Self {
        Route::Note(NoteStart { person: Some(person), ..NoteStart::default() })
    }

    /// The address, from its `#`.
    pub fn href(&self) -> String {
        format!("#{}", self.path())
    }

    fn path(&self) -> String {
        match self {
            Route::Today => "/".into(),
            Route::People => "/people".into(),
            Route::ImportPeople => "/people/import".into(),
            Route::NewPerson => "/people/new".into(),
            Route::Person(id) => format!("/people/{id}"),
            Route::EditPerson(id) => format!("/people/{id}/edit"),
            Route::Consents(id) => format!("/people/{id}/consents"),
            Route::GiveConsent(id) => format!("/people/{id}/consents/new"),
            Route::Emergency(id) => format!("/people/{id}/emergency"),
            Route::Assess(id) => format!("/people/{id}/isolation"),
            Route::Same(kept, other) => format!("/people/{kept}/same/{other}"),
            Route::Household(id) => format!("/people/{id}/household"),
            Route::Data(id) => format!("/people/{id}/data"),
            Route::CopyPerson(id) => format!("/people/{id}/copy"),
            Route::Note(start) => format!("/note{}", start.path()),
            Route::Encounter(id) => format!("/encounters/{id}"),
            Route::EditEncounter(id) => format!("/encounters/{id}/edit"),
            Route::Plan(None) => "/plan".into(),
            Route::Plan(Some(person)) => format!("/plan/{person}"),
            Route::FollowUp(id) => format!("/follow-ups/{id}"),
            Route::Directory(route) => format!("/directory{}", route.path()),
            Route::Register(route) => format!("/register{}", route.path()),
            Route::Alert(route) => format!("/alerts{}", route.path()),
            Route::Campaign(route) => format!("/campaigns{}", route.path()),
            Route::HandBack => "/hand-back".into(),
            Route::Project(route) => format!("/projects{}", route.path()),
            Route::Stay(route) => format!("/stays{}", route.path()),
            Route::Meeting(route) => format!("/meetings{}", route.path()),
            Route::Care(route) => format!("/requests{}", route.path()),
            Route::Rounds(route) => format!("/rounds{}", route.path()),
            Route::Collective(route) => format!("/collective{}", route.path()),
            Route::Events(route) => format!("/events{}", route.path()),
            Route::Surveys(route) => format!("/surveys{}", route.path()),
            Route::Programme(route) => format!("/programmes{}", route.path()),
            Route::Procedures(route) => format!("/procedures{}", route.path()),
            Route::Sheets(route) => format!("/sheets{}", route.path()),
            Route::Diagnosis(route) => format!("/diagnoses{}", route.path()),
            Route::Application(route) => format!("/applications{}", route.path()),
            Route::Outreach(route) => format!("/outreach{}", route.path()),
            Route::Information(route) => format!("/information{}", route.path()),
            Route::Means(route) => format!("/means{}", route.path()),
            Route::Charter(route) => format!("/charters{}", route.path()),
            Route::Roadmap(route) => format!("/roadmaps{}", route.path()),
            Route::Practice(route) => format!("/practice{}", route.path()),
            Route::Reception => "/reception".into(),
            Route::More => "/more".into(),
            Route::Settings => "/more/settings".into(),
            Route::Lists => "/more/lists".into(),
            Route::List(list) => format!("/more/lists/{}", list.code()),
            Route::Addresses => "/more/addresses".into(),
            Route::Drafts => "/more/drafts".into(),
            Route::Writes => "/more/writes".into(),
            Route::Reads => "/more/reads".into(),
            Route::Retention => "/more/retention".into(),
            Route::Backup => "/more/backup".into(),
            Route::Summary(route) => format!("/more/summary{}", route.path()),
            Route::Exchanges => "/more/exchanges".into(),
            Route::Devices => "/more/devices".into(),
            Route::Neighbours => "/more/neighbours".into(),
            Route::Neighbour(id) => format!("/more/neighbours/{id}"),
            Route::ReceivedCopy(from, copy) => format!("/more/neighbours/{from}/received/{copy}"),
            Route::Groups(route) => format!("/more/groups{}", route.path()),
            Route::OwnCard => "/more/card".into(),
            Route::EditOwnCard => "/more/card/edit".into(),
            Route::Passphrase => "/more/passphrase".into(),
            Route::Help => "/more/help".into(),
            Route::About => "/more/about".into(),
        }
    }

    /// The screen of an address, or nothing if it is none of ours.
    pub fn parse(hash: &str) -> Option<Self> {
        let path = hash.strip_prefix('#').unwrap_or(hash);
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        Some(match parts[..] {
            [] => Route::Today,
            ["people"] => Route::People,
            ["people", "import"] => Route::ImportPeople,
            ["people", "new"] => Route::NewPerson,
            ["people", id] => Route::Person(PersonId::parse(id)?),
            ["people", id, "edit"] => Route::EditPerson(PersonId::parse(id)?),
            ["people", id, "consents"] => Route::Consents(PersonId::parse(id)?),
            ["people", id, "consents", "new"] => Route::GiveConsent(PersonId::parse(id)?),
            ["people", id, "emergency"] => Route::Emergency(PersonId::parse(id)?),
            ["people", id, "isolation"] => Route::Assess(PersonId::parse(id)?),
            ["people", kept, "same", other] => Route::Same(PersonId::parse(kept)?, PersonId::parse(other)?),
            ["people", id, "household"] => Route::Household(PersonId::parse(id)?),
            ["people", id, "data"] => Route::Data(PersonId::parse(id)?),
            ["people", id, "copy"] => Route::CopyPerson(PersonId::parse(id)?),
            ["note", ref rest @ ..] => Route::Note(NoteStart::parse(rest)?),
            ["encounters", id] => Route::Encounter(EncounterId::parse(id)?),
            ["encounters", id, "edit"] => Route::EditEncounter(EncounterId::parse(id)?),
            ["plan"] => Route::Plan(None),
            ["plan", id] => Route::Plan(Some(PersonId::parse(id)?)),
            ["follow-ups", id] => Route::FollowUp(FollowUpId::parse(id)?),
            ["reception"] => Route::Reception,
            ["projects", ref rest @ ..] => Route::Project(ProjectRoute::parse(rest)?),
            ["stays", ref rest @ ..] => Route::Stay(StayRoute::parse(rest)?),
            ["meetings", ref rest @ ..] => Route::Meeting(MeetingRoute::parse(rest)?),
            ["requests", ref rest @ ..] => Route::Care(CareRoute::parse(rest)?),
            ["collective", ref rest @ ..] => Route::Collective(CollectiveRoute::parse(rest)?),
            ["events", ref rest @ ..] => Route::Events(EventRoute::parse(rest)?),
            ["surveys", ref rest @ ..] => Route::Surveys(SurveyRoute::parse(rest)?),
            ["diagnoses", ref rest @ ..] => Route::Diagnosis(DiagnosisRoute::parse(rest)?),
            ["applications", ref rest @ ..] => Route::Application(ApplicationRoute::parse(rest)?),
            ["outreach", ref rest @ ..] => Route::Outreach(OutreachRoute::parse(rest)?),
            ["information", ref rest @ ..] => Route::Information(InformationRoute::parse(rest)?),
            ["means", ref rest @ ..] => Route::Means(MeansRoute::parse(rest)?),
            ["charters", ref rest @ ..] => Route::Charter(CharterRoute::parse(rest)?),
            ["programmes", ref rest @ ..] => Route::Programme(ProgrammeRoute::parse(rest)?),
            ["procedures", ref rest @ ..] => Route::Procedures(ProcedureRoute::parse(rest)?),
            ["sheets", ref rest @ ..] => Route::Sheets(SheetRoute::parse(rest)?),
            ["roadmaps", ref rest @ ..] => Route::Roadmap(RoadmapRoute::parse(rest)?),
            ["practice", ref rest @ ..] => Route::Practice(PracticeRoute::parse(rest)?),
            ["rounds", ref rest @ ..] => Route::Rounds(RoundRoute::parse(rest)?),
            ["directory", ref rest @ ..] => Route::Directory(DirectoryRoute::parse(rest)?),
            ["register", ref rest @ ..] => Route::Register(RegisterRoute::parse(rest)?),
            ["alerts", ref rest @ ..] => Route::Alert(AlertRoute::parse(rest)?),
            ["campaigns", ref rest @ ..] => Route::Campaign(CampaignRoute::parse(rest)?),
            ["hand-back"] => Route::HandBack,
            ["more"] => Route::More,
            ["more", "settings"] => Route::Settings,
            ["more", "lists"] => Route::Lists,
            ["more", "lists", code] => Route::List(ListId::from_code(code)?),
            ["more", "drafts"] => Route::Drafts,
            ["more", "addresses"] => Route::Addresses,
            ["more", "writes"] => Route::Writes,
            ["more", "reads"] => Route::Reads,
            ["more", "retention"] => Route::Retention,
            ["more", "backup"] => Route::Backup,
            ["more", "summary", ref rest @ ..] => Route::Summary(SummaryRoute::parse(rest)?),
            ["more", "exchanges"] => Route::Exchanges,
            ["more", "devices"] => Route::Devices,
            ["more", "neighbours"] => Route::Neighbours,
            ["more", "neighbours", id] => Route::Neighbour(NeighbourId::parse(id)?),
            ["more", "neighbours", from, "received", copy] => {
                Route::ReceivedCopy(NeighbourId::parse(from)?, CopyId::parse(copy)?)
            }
            ["more", "groups", ref rest @ ..] => Route::Groups(GroupRoute::parse(rest)?),
            ["more", "card"] => Route::OwnCard,
            ["more", "card", "edit"] => Route::EditOwnCard,
            ["more", "passphrase"] => Route::Passphrase,
            ["more", "help"] => Route::Help,
            ["more", "about"] => Route::About,
            _ => return None,
        })
    }
}

impl NoteStart {
    fn path(&self) -> String {
        let known = [
            ("with", self.person.map(|id| id.to_string())),
            ("entry", self.entry.map(|id| id.to_string())),
            ("done", self.completes.map(|id| id.to_string())),
            ("by", self.kind.as_ref().map(|kind| kind.code().to_owned())),
            ("came", self.result.as_ref().map(|result| result.code().to_owned())),
            ("round", self.round.map(|id| id.to_string())),
        ];
        known.into_iter().filter_map(|(name, value)| value.map(|value| format!("/{name}/{value}"))).collect()
    }

    fn parse(parts: &[&str]) -> Option<Self> {
        let mut start = NoteStart::default();
        for pair in parts.chunks(2) {
            match *pair {
                ["with", id] => start.person = Some(PersonId::parse(id)?),
                ["entry", id] => start.entry = Some(EntryId::parse(id)?),
                ["done", id] => start.completes = Some(FollowUpId::parse(id)?),
                ["by", code] => start.kind = Some(EncounterKind::from_code(code)),
                ["came", code] => start.result = Some(EncounterResult::from_code(code)),
                ["round", id] => start.round = Some(RoundId::parse(id)?),
                _ => return None,
            }
        }
        Some(start)
    }
}

/// The screen that the page's address says; what is none of ours leads home.
pub fn here() -> Route {
    window().location().hash().ok().and_then(|hash| Route::parse(&hash)).unwrap_or(Route::Today)
}

/// Goes to a screen.
pub fn go(route: &Route) {
    let _ = window().location().set_hash(&route.path());
}

/// Goes to a screen that takes the place of this one: going back does not come here again.
pub fn go_instead(route: &Route) {
    let history = window().history();
    if history.is_ok_and(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(&route.href())).is_ok()) {
        // The address changed without the browser saying so, or stayed: the screen begins again all the same.
        crate::session::session().route.set(route.clone());
        let _ = web_sys::Event::new("hashchange").map(|event| window().dispatch_event(&event));
    }
}

/// Goes back to where one was before.
pub fn back() {
    let _ = window().history().and_then(|history| history.back());
}

#[cfg(test)]
mod tests {
    use maillon_shared::domain::directory::EntryKind;
    use maillon_shared::domain::ids::{
        AlertId, CampaignId, CollectiveId, EventId, ExtractId, GroupId, LineId, ProgrammeId, RegisterEntryId,
    };

    use super::*;

    #[test]
    fn every_screen_is_found_again_by_its_address() {
        let (person, entry) = (PersonId([1; 16]), EntryId([2; 16]));
        let registered = RegisterEntryId([5; 16]);
        let (campaign, caller) = (CampaignId([5; 16]), Some(LineId([6; 16])));
        let start = NoteStart {
            person: Some(person),
            entry: Some(entry),
            completes: Some(FollowUpId([3; 16])),
            kind: Some(EncounterKind::CallOut),
            result: Some(EncounterResult::NoAnswer),
            round: Some(RoundId([5; 16])),
        };
        for route in [
            Route::Today,
            Route::People,
            Route::ImportPeople,
            Route::NewPerson,
            Route::Person(person),
            Route::EditPerson(person),
            Route::Consents(person),
            Route::GiveConsent(person),
            Route::Emergency(person),
            Route::Assess(person),
            Route::Same(person, PersonId([9; 16])),
            Route::Household(person),
            Route::Data(person),
            Route::CopyPerson(person),
            Route::Note(NoteStart::default()),
            Route::note_with(person),
            Route::Note(start),
            Route::Encounter(EncounterId([4; 16])),
            Route::EditEncounter(EncounterId([4; 16])),
            Route::Plan(None),
            Route::Plan(Some(person)),
            Route::FollowUp(FollowUpId([3; 16])),
            Route::Directory(DirectoryRoute::List),
            Route::Directory(DirectoryRoute::New(EntryKind::Structure)),
            Route::Directory(DirectoryRoute::Entry(entry)),
            Route::Directory(DirectoryRoute::Edit(entry)),
            Route::Campaign(CampaignRoute::List),
            Route::Campaign(CampaignRoute::New),
            Route::Campaign(CampaignRoute::NewFor(AlertId([7; 16]))),
            Route::Campaign(CampaignRoute::Board(campaign)),
            Route::Campaign(CampaignRoute::Edit(campaign)),
            Route::Campaign(CampaignRoute::Calls(campaign, None)),
            Route::Campaign(CampaignRoute::Calls(campaign, caller)),
            Route::Campaign(CampaignRoute::Callers(campaign)),
            Route::Campaign(CampaignRoute::Sheet(campaign, None)),
            Route::Campaign(CampaignRoute::Sheet(campaign, caller)),
            Route::Campaign(CampaignRoute::Typing(campaign)),
            Route::Campaign(CampaignRoute::Report(campaign)),
            Route::HandBack,
            Route::Register(RegisterRoute::List),
            Route::Register(RegisterRoute::Print),
            Route::Register(RegisterRoute::New(None)),
            Route::Register(RegisterRoute::New(Some(person))),
            Route::Register(RegisterRoute::Entry(registered)),
            Route::Register(RegisterRoute::Edit(registered)),
            Route::Register(RegisterRoute::Letter(registered)),
            Route::Register(RegisterRoute::StrikeOff(registered)),
            Route::Register(RegisterRoute::Data(registered)),
            Route::Register(RegisterRoute::Agents),
            Route::Register(RegisterRoute::NewAgent),
            Route::Register(RegisterRoute::Extracts),
            Route::Register(RegisterRoute::NewExtract),
            Route::Register(RegisterRoute::Extract(ExtractId([6; 16]))),
            Route::Register(RegisterRoute::Import),
            Route::Directory(DirectoryRoute::Import),
            Route::Directory(DirectoryRoute::Export),
            Route::Reception,
            Route::Rounds(RoundRoute::List),
            Route::Rounds(RoundRoute::New),
            Route::Rounds(RoundRoute::One(RoundId([5; 16]))),
            Route::Rounds(RoundRoute::Edit(RoundId([5; 16]))),
            Route::Directory(DirectoryRoute::WhoDoesWhat),
            Route::Directory(DirectoryRoute::Leaflet),
            Route::Directory(DirectoryRoute::InTouch),
            Route::Directory(DirectoryRoute::Mission(entry, None)),
            Route::Directory(DirectoryRoute::Mission(entry, Some(LineId([5; 16])))),
            Route::Directory(DirectoryRoute::Absence(entry, None)),
            Route::Directory(DirectoryRoute::Absence(entry, Some(LineId([5; 16])))),
            Route::More,
            Route::Settings,
            Route::Lists,
            Route::List(ListId::RequestTopics),
            Route::Drafts,
            Route::Addresses,
            Route::Writes,
            Route::Reads,
            Route::Retention,
            Route::Backup,
            Route::Exchanges,
            Route::Devices,
            Route::Neighbours,
            Route::Neighbour(NeighbourId([7; 16])),
            Route::ReceivedCopy(NeighbourId([7; 16]), CopyId([8; 16])),
            Route::Events(EventRoute::List),
            Route::Events(EventRoute::New),
            Route::Events(EventRoute::One(EventId([7; 16]))),
            Route::Events(EventRoute::Edit(EventId([7; 16]))),
            Route::Programme(ProgrammeRoute::List),
            Route::Programme(ProgrammeRoute::New),
            Route::Programme(ProgrammeRoute::One(ProgrammeId([7; 16]))),
            Route::Programme(ProgrammeRoute::Edit(ProgrammeId([7; 16]))),
            Route::Programme(ProgrammeRoute::Next(ProgrammeId([7; 16]))),
            Route::Programme(ProgrammeRoute::Calendar(ProgrammeId([7; 16]))),
            Route::Groups(GroupRoute::List),
            Route::Groups(GroupRoute::New),
            Route::Groups(GroupRoute::One(GroupId([7; 16]))),
            Route::Groups(GroupRoute::Edit(GroupId([7; 16]))),
            Route::Groups(GroupRoute::Share(CollectiveId([7; 16]))),
            Route::OwnCard,
            Route::EditOwnCard,
            Route::Passphrase,
            Route::Help,
            Route::About,
        ] {
            assert_eq!(Route::parse(&route.href()), Some(route));
        }
    }

    #[test]
    fn an_address_of_someone_else_leads_nowhere() {
        for hash in ["#/people/Odette", "#/note/with", "#/note/with/1", "#main", "#/more/else", "#/directory/x/y/z"] {
            assert_eq!(Route::parse(hash), None, "{hash}");
        }
    }
}
