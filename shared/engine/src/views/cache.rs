//! Present values of one document, as the sealed cache keeps them.
//!
//! The cache is never the only place of anything: a row of another format, or none, costs the time to read the document
//! again.

use std::cell::Cell;
use std::collections::BTreeSet;

use chrono::NaiveDate;
use maillon_shared::api::summary::{Published, Publisher};
use maillon_shared::domain::addresses::AddressList;
use maillon_shared::domain::alert::Alert;
use maillon_shared::domain::application::FundingApplication;
use maillon_shared::domain::board::BoardSheet;
use maillon_shared::domain::campaign::CallCard;
use maillon_shared::domain::charter::PostCharter;
use maillon_shared::domain::circle::Member;
use maillon_shared::domain::collective::CollectiveProject;
use maillon_shared::domain::consent::{ConsentEntry, EmergencyDisclosure};
use maillon_shared::domain::diagnosis::Diagnosis;
use maillon_shared::domain::difficulty::Difficulty;
use maillon_shared::domain::directory::DirectoryEntry;
use maillon_shared::domain::encounter::Encounter;
use maillon_shared::domain::event::Event;
use maillon_shared::domain::follow_up::FollowUp;
use maillon_shared::domain::group::{Group, Said};
use maillon_shared::domain::hospital_stay::HospitalStay;
use maillon_shared::domain::ids::{CopyId, DocId, EncounterId, GroupId, LineId};
use maillon_shared::domain::information::InformationItem;
use maillon_shared::domain::isolation::IsolationAssessment;
use maillon_shared::domain::liaison::GivenSheet;
use maillon_shared::domain::means::SharedMeans;
use maillon_shared::domain::outreach::OutreachService;
use maillon_shared::domain::person::Person;
use maillon_shared::domain::person_copy::{CopyTrace, PersonCopy};
use maillon_shared::domain::procedure::{Procedure, ProcedureRun};
use maillon_shared::domain::programme::AnnualProgramme;
use maillon_shared::domain::provisional::{ErasedProvisional, Provisional};
use maillon_shared::domain::reception::Count;
use maillon_shared::domain::register::RegisterEntry;
use maillon_shared::domain::register_log::{RegisterAgent, RegisterExtract};
use maillon_shared::domain::request::Request;
use maillon_shared::domain::roadmap::Roadmap;
use maillon_shared::domain::round::Round;
use maillon_shared::domain::safeguarding::Account;
use maillon_shared::domain::same_person::SamePerson;
use maillon_shared::domain::settings::Settings;
use maillon_shared::domain::situation::Situation;
use maillon_shared::domain::summary::fact::Fact;
use maillon_shared::domain::summary::report::{PublishedReport, Report};
use maillon_shared::domain::survey::published::PublishedFigure;
use maillon_shared::domain::survey::record::SurveyRecord;
use maillon_shared::domain::travelling_sheet::TravellingSheet;
use serde::{Deserialize, Serialize};

use super::meetings::MeetingRecord;
use super::projects::ProjectRecord;
use crate::journal::records::campaign::CampaignRecord;
use crate::journal::records::succession::Wish;
use crate::journal::records::survey_responses::SurveyPart;
use crate::journal::records::travelling_sheet::ReceivedSheet;
use crate::journal::records::{
    address_list, alert, application, assessment, board, call_card, campaign, charter, circle, collective, consent,
    count, diagnosis, difficulty, directory, encounter, event, follow_up, group, hospital_stay, information,
    introductions, liaison, means, note, outreach, person, person_copy, procedure, programme, project, provisional,
    published_figures, register, register_log, report, request, roadmap, round, safeguarding, same_person, settings,
    shared_meeting, situation, succession, summary, survey, survey_responses, travelling_sheet,
};
use crate::journal::{Document, Header, Kind};

/// The form of the rows. Raise it whenever a record of the domain gains or changes a field.
pub const FORMAT: u16 = 24;

/// Present values of one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cached {
    /// What the document is.
    pub header: Header,
    /// Whether it was undone: nothing of it shows.
    pub undone: bool,
    /// Values that were not understood.
    pub oddities: u32,
    /// The values.
    pub content: Content,
}

/// What a document says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Content {
    /// A sheet.
    Person(Box<Person>),
    /// A journal, of a person or of the commune.
    Journal {
        /// Its encounters.
        encounters: Vec<Encounter>,
        /// Its follow-ups.
        follow_ups: Vec<FollowUp>,
        /// Its assessments.
        assessments: Vec<IsolationAssessment>,
        /// What was counted at the reception desk.
        counts: Vec<Count>,
    },
    /// Unshared notes, by encounter.
    Private {
        /// The notes.
        notes: Vec<(EncounterId, String)>,
    },
    /// The four entries about a person, and what was said in emergencies.
    Consents {
        /// The entries.
        entries: Vec<ConsentEntry>,
        /// What was said.
        disclosures: Vec<EmergencyDisclosure>,
    },
    /// That two sheets are of one person.
    SamePerson(Box<SamePerson>),
    /// A request.
    Request(Box<Request>),
    /// An entry of the directory.
    Entry(Box<DirectoryEntry>),
    /// The settings.
    Settings(Box<Settings>),
    /// A call campaign.
    Campaign(Box<CampaignRecord>),
    /// One person to reach in a campaign.
    CallCard(Box<CallCard>),
    /// An entry of the legal register.
    RegisterEntry(Box<RegisterEntry>),
    /// Who may open the register, and what was given of it.
    RegisterLog {
        /// The agents.
        agents: Vec<RegisterAgent>,
        /// The extracts.
        extracts: Vec<RegisterExtract>,
    },
    /// Visits of a day.
    Round(Box<Round>),
    /// An alert.
    Alert(Box<Alert>),
    /// What was said of someone in danger.
    Accounts(Vec<Account>),
    /// A health project.
    HealthProject(Box<ProjectRecord>),
    /// A stay at hospital.
    HospitalStay(Box<HospitalStay>),
    /// A *temps d'échange*.
    SharedMeeting(Box<MeetingRecord>),
    /// Who is around a person.
    Circle(Vec<Member>),
    /// The liaison sheets given about a person.
    GivenSheets(Vec<GivenSheet>),
    /// What of someone is copied to a neighbour, or was copied here.
    PersonCopy(Box<PersonCopy>),
    /// What of someone was copied to neighbours.
    GivenCopies(Vec<CopyTrace>),
    /// The copies that were ended in a neighbour's scope.
    CopyEnds(Vec<(CopyId, NaiveDate)>),
    /// A group of coordinators.
    Group(Box<Group>),
    /// What one coordinator says in a group of their own place in it.
    GroupWord(Said),
    /// What this coordinator answered to groups.
    GroupAnswers(Vec<(GroupId, Said)>),
    /// The cards of devices that a coordinator says to be theirs.
    Introductions(Vec<Vec<u8>>),
    /// Who proposes to administer a group, and who agrees.
    Succession(Vec<Wish>),
    /// What counted in a month of the summary.
    SummaryBook {
        /// Its facts.
        facts: Vec<Fact>,
        /// Whether the month was corrected.
        corrected: bool,
    },
    /// What was published for the mairie.
    Summary(Box<Published>),
    /// The words beside the figures of a period, as they are being written.
    Report(Box<Report>),
    /// What was published of them.
    PublishedReport(Box<PublishedReport>),
    /// Whose summaries the mairie takes.
    Publisher(Box<Publisher>),
    /// The addresses of a commune.
    Addresses(Box<AddressList>),
    /// Someone reported.
    Provisional(Box<Provisional>),
    /// The provisional records that were erased.
    ProvisionalCounts(Vec<ErasedProvisional>),
    /// A collective project.
    CollectiveProject(Box<CollectiveProject>),
    /// An event.
    Event(Box<Event>),
    /// A survey.
    Survey(Box<SurveyRecord>),
    /// Some of the responses to a survey.
    SurveyResponses(Box<SurveyPart>),
    /// Figures that others published, and what their table was called.
    PublishedFigures(String, BTreeSet<PublishedFigure>),
    /// An annual programme.
    Programme(Box<AnnualProgramme>),
    /// A procedure.
    Procedure(Box<Procedure>),
    /// An episode of one.
    ProcedureRun(Box<ProcedureRun>),
    /// A sheet for another territory.
    TravellingSheet(Box<TravellingSheet>),
    /// A sheet that came from one.
    ReceivedSheet(Box<ReceivedSheet>),
    /// A roadmap.
    Roadmap(Box<Roadmap>),
    /// A shared diagnosis.
    Diagnosis(Box<Diagnosis>),
    /// An application to a call for projects.
    Application(Box<FundingApplication>),
    /// An outreach service.
    Outreach(Box<OutreachService>),
    /// An item of health information.
    Information(Box<InformationItem>),
    /// What was chosen for the noticeboard's sheet of a month.
    BoardSheet(Box<BoardSheet>),
    /// A thing that is offered to others.
    Means(Box<SharedMeans>),
    /// What this coordinator said to lend or to borrow.
    OwnMeans(Vec<LineId>),
    /// The charter of a post.
    Charter(Box<PostCharter>),
    /// A difficulty of practice.
    Difficulty(Box<Difficulty>),
    /// A fictional situation.
    Situation(Box<Situation>),
    /// Something this version does not show.
    Other,
}

impl Content {
    /// Whether it says nothing.
    pub fn is_blank(&self) -> bool {
        match self {
            Content::Journal { encounters, follow_ups, assessments, counts } => {
                encounters.is_empty() && follow_ups.is_empty() && assessments.is_empty() && counts.is_empty()
            }
            Content::Private { notes } => notes.is_empty(),
            Content::Consents { entries, disclosures } => entries.is_empty() && disclosures.is_empty(),
            Content::Accounts(accounts) => accounts.is_empty(),
            Content::Circle(members) => members.is_empty(),
            Content::GivenSheets(given) => given.is_empty(),
            _ => false,
        }
    }
}

impl Cached {
    /// Reads a document's present values.
    pub fn read(document: &Document) -> Self {
        let oddities = Cell::new(0);
        let content = match document.header.kind {
            Kind::Person => Content::Person(Box::new(person::read(document, &oddities))),
            Kind::PersonJournal | Kind::CommuneJournal => Content::Journal {
                encounters: encounter::read(document, &oddities),
                follow_ups: follow_up::read(document, &oddities),
                assessments: assessment::read(document, &oddities),
                counts: count::read(document, &oddities),
            },
            Kind::PrivateJournal => Content::Private { notes: note::read(document, &oddities) },
            Kind::Consents => Content::Consents {
                entries: consent::entries(document, &oddities),
                disclosures: consent::disclosures(document, &oddities),
            },
            Kind::SamePerson => match same_person::read(document, &oddities) {
                Some(record) => Content::SamePerson(Box::new(record)),
                None => Content::Other,
            },
            Kind::Episode => match request::read(document, &oddities) {
                Some(request) => Content::Request(Box::new(request)),
                None => Content::Other,
            },
            Kind::DirectoryEntry => Content::Entry(Box::new(directory::read(document, &oddities))),
            Kind::Settings => Content::Settings(Box::new(settings::read(document, &oddities))),
            Kind::Campaign => match campaign::read(document, &oddities) {
                Some(record) => Content::Campaign(Box::new(record)),
                None => Content::Other,
            },
            Kind::CallCard => match call_card::read(document, &oddities) {
                Some(card) => Content::CallCard(Box::new(card)),
                None => Content::Other,
            },
            Kind::RegisterEntry => Content::RegisterEntry(Box::new(register::read(document, &oddities))),
            Kind::RegisterLog => Content::RegisterLog {
                agents: register_log::agents(document, &oddities),
                extracts: register_log::extracts(document, &oddities),
            },
            Kind::Round => match round::read(document, &oddities) {
                Some(round) => Content::Round(Box::new(round)),
                None => Content::Other,
            },
            Kind::Alert => match alert::read(document, &oddities) {
                Some(alert) => Content::Alert(Box::new(alert)),
                None => Content::Other,
            },
            Kind::Safeguarding => Content::Accounts(safeguarding::accounts(document, &oddities)),
            Kind::HospitalStay => match hospital_stay::read(document, &oddities) {
                Some(stay) => Content::HospitalStay(Box::new(stay)),
                None => Content::Other,
            },
            Kind::SharedMeeting => match shared_meeting::read(document, &oddities) {
                Some(meeting) => Content::SharedMeeting(Box::new(meeting.into())),
                None => Content::Other,
            },
            Kind::HealthProject => match project::read(document, &oddities) {
                Some(project) => Content::HealthProject(Box::new(project.into())),
                None => Content::Other,
            },
            Kind::Circle => Content::Circle(circle::read(document, &oddities)),
            Kind::GivenSheets => Content::GivenSheets(liaison::read(document, &oddities)),
            Kind::PersonCopy => match person_copy::read(document, &oddities) {
                Some(copy) => Content::PersonCopy(Box::new(copy)),
                None => Content::Other,
            },
            Kind::GivenCopies => Content::GivenCopies(person_copy::traces(document, &oddities)),
            Kind::CopyEnds => Content::CopyEnds(person_copy::ends(document, &oddities)),
            Kind::Group => match group::read(document, &oddities) {
                Some(group) => Content::Group(Box::new(group)),
                None => Content::Other,
            },
            Kind::GroupWord => match group::read_word(document, &oddities) {
                Some(said) => Content::GroupWord(said),
                None => Content::Other,
            },
            Kind::Introductions => Content::Introductions(introductions::read(document, &oddities)),
            Kind::Succession => Content::Succession(succession::read(document, &oddities)),
            Kind::GroupAnswers => Content::GroupAnswers(group::answers(document, &oddities)),
            Kind::Addresses => match address_list::read(document, &oddities) {
                Some(list) => Content::Addresses(Box::new(list)),
                None => Content::Other,
            },
            Kind::Provisional => match provisional::read(document, &oddities) {
                Some(record) => Content::Provisional(Box::new(record)),
                None => Content::Other,
            },
            Kind::ProvisionalCounts => Content::ProvisionalCounts(provisional::counted(document, &oddities)),
            Kind::CollectiveProject => match collective::read(document, &oddities) {
                Some(project) => Content::CollectiveProject(Box::new(project)),
                None => Content::Other,
            },
            Kind::Event => match event::read(document, &oddities) {
                Some(event) => Content::Event(Box::new(event)),
                None => Content::Other,
            },
            Kind::Survey => match survey::read(document, &oddities) {
                Some(record) => Content::Survey(Box::new(record)),
                None => Content::Other,
            },
            Kind::SurveyResponses => match survey_responses::read(document, &oddities) {
                Some(part) => Content::SurveyResponses(Box::new(part)),
                None => Content::Other,
            },
            Kind::PublishedFigures => match published_figures::read(document, &oddities) {
                Some((source, figures)) => Content::PublishedFigures(source, figures),
                None => Content::Other,
            },
            Kind::AnnualProgramme => match programme::read(document, &oddities) {
                Some(programme) => Content::Programme(Box::new(programme)),
                None => Content::Other,
            },
            Kind::Procedure => match procedure::read(document, &oddities) {
                Some(procedure) => Content::Procedure(Box::new(procedure)),
                None => Content::Other,
            },
            Kind::ProcedureRun => match procedure::read_run(document, &oddities) {
                Some(run) => Content::ProcedureRun(Box::new(run)),
                None => Content::Other,
            },
            Kind::TravellingSheet => match travelling_sheet::read(document, &oddities) {
                Some(sheet) => Content::TravellingSheet(Box::new(sheet)),
                None => Content::Other,
            },
            Kind::ReceivedSheet => match travelling_sheet::read_received(document, &oddities) {
                Some(received) => Content::ReceivedSheet(Box::new(received)),
                None => Content::Other,
            },
            Kind::Roadmap => match roadmap::read(document, &oddities) {
                Some(roadmap) => Content::Roadmap(Box::new(roadmap)),
                None => Content::Other,
            },
            Kind::Diagnosis => match diagnosis::read(document, &oddities) {
                Some(diagnosis) => Content::Diagnosis(Box::new(diagnosis)),
                None => Content::Other,
            },
            Kind::Application => match application::read(document, &oddities) {
                Some(application) => Content::Application(Box::new(application)),
                None => Content::Other,
            },
            Kind::Outreach => match outreach::read(document, &oddities) {
                Some(service) => Content::Outreach(Box::new(service)),
                None => Content::Other,
            },
            Kind::Information => match information::read(document, &oddities) {
                Some(item) => Content::Information(Box::new(item)),
                None => Content::Other,
            },
            Kind::BoardSheet => Content::BoardSheet(Box::new(board::read(document, &oddities))),
            Kind::SharedMeans => match means::read(document, &oddities) {
                Some(means) => Content::Means(Box::new(means)),
                None => Content::Other,
            },
            Kind::OwnMeans => Content::OwnMeans(means::mine(document, &oddities)),
            Kind::PostCharter => match charter::read(document, &oddities) {
                Some(charter) => Content::Charter(Box::new(charter)),
                None => Content::Other,
            },
            Kind::Difficulty => match difficulty::read(document, &oddities) {
                Some(difficulty) => Content::Difficulty(Box::new(difficulty)),
                None => Content::Other,
            },
            Kind::Situation => match situation::read(document, &oddities) {
                Some(situation) => Content::Situation(Box::new(situation)),
                None => Content::Other,
            },
            Kind::SummaryBook => match summary::read_book(document, &oddities) {
                Some(book) => Content::SummaryBook { facts: book.facts, corrected: book.corrected },
                None => Content::Other,
            },
            Kind::Summary => match summary::read_publication(document, &oddities) {
                Some(published) => Content::Summary(Box::new(published)),
                None => Content::Other,
            },
            Kind::Report => Content::Report(Box::new(report::read(document, &oddities))),
            Kind::PublishedReport => match summary::read_report(document, &oddities) {
                Some(report) => Content::PublishedReport(Box::new(report)),
                None => Content::Other,
            },
            Kind::Publisher => match summary::read_publisher(document, &oddities) {
                Some(publisher) => Content::Publisher(Box::new(publisher)),
                None => Content::Other,
            },
            Kind::Erasures | Kind::Unknown(_) => Content::Other,
        };
        Cached { header: document.header.clone(), undone: document.is_undone(), oddities: oddities.get(), content }
    }

    /// The row.
    pub fn to_bytes(&self) -> Vec<u8> {
        let row = (FORMAT, self.header.to_bytes(), self.undone, self.oddities, &self.content);
        postcard::to_allocvec(&row).unwrap_or_default()
    }

    /// What a row says; nothing where it is of another format.
    pub fn from_bytes(id: DocId, bytes: &[u8]) -> Option<Self> {
        let (format, rest): (u16, _) = postcard::take_from_bytes(bytes).ok()?;
        if format != FORMAT {
            return None;
        }
        let (header, undone, oddities, content): (Vec<u8>, bool, u32, Content) = postcard::from_bytes(rest).ok()?;
        Some(Cached { header: Header::from_bytes(id, &header)?, undone, oddities, content })
    }
}
