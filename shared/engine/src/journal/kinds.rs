//! What a document is: its kind, its scope, and the header that says so, sealed beside it.

use maillon_shared::domain::ids::{DocId, GroupId, NeighbourId};
use serde::{Deserialize, Serialize};

/// Declares kinds with the code that is written for ever.
macro_rules! written {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $code:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)*
            /// Written by a newer version: kept, and not touched.
            Unknown(String),
        }

        impl $name {
            /// The code that is written.
            pub fn code(&self) -> &str {
                match self { $($name::$variant => $code,)* $name::Unknown(code) => code }
            }

            /// What a code says.
            pub fn from_code(code: &str) -> Self {
                match code { $($code => $name::$variant,)* other => $name::Unknown(other.to_owned()) }
            }
        }
    };
}

written! {
    /// The kinds of document. One erases a person by deleting documents, so nothing of a person stands in a document
    /// about another.
    Kind {
        /// One sheet: the only place of name, address and phone.
        Person = "person",
        /// A person's encounters and follow-ups of a year.
        PersonJournal = "person_journal",
        /// A person's unshared notes of a year.
        PrivateJournal = "private_journal",
        /// One request, with what comes of it.
        Episode = "episode",
        /// One entry of the directory.
        DirectoryEntry = "directory_entry",
        /// Encounters and follow-ups of nobody in particular, of a month.
        CommuneJournal = "commune_journal",
        /// The four entries about a person, and what was said in emergencies.
        Consents = "consents",
        /// That two sheets are of one person.
        SamePerson = "same_person",
        /// One entry of the legal register.
        RegisterEntry = "register_entry",
        /// Agents designated for the register, and extracts of it, of a year.
        RegisterLog = "register_log",
        /// Lists, rhythms, who keeps the notebook.
        Settings = "settings",
        /// A call campaign: why, when, by whom.
        Campaign = "campaign",
        /// One person to reach in a campaign, and every attempt.
        CallCard = "call_card",
        /// Visits of a day: ids of people, and no word of theirs.
        Round = "round",
        /// An alert: about someone, or about everyone here.
        Alert = "alert",
        /// What was said of someone in danger, and what proves it.
        Safeguarding = "safeguarding",
        /// A person's own health project.
        HealthProject = "health_project",
        /// A stay at hospital, and the return that is prepared.
        HospitalStay = "hospital_stay",
        /// A *temps d'échange* about a person, and what was given of it.
        SharedMeeting = "shared_meeting",
        /// Who is around a person.
        Circle = "circle",
        /// The liaison sheets that were given about a person.
        GivenSheets = "given_sheets",
        /// The addresses of a commune: reference, and nothing about anyone.
        Addresses = "addresses",
        /// Someone not yet met, as they were reported: its subject is the person they may become.
        Provisional = "provisional",
        /// The provisional records that were erased in a year: counted, nobody in it.
        ProvisionalCounts = "provisional_counts",
        /// A collective project: subjects, counts under the disclosure rule, partners; nobody who is accompanied.
        CollectiveProject = "collective_project",
        /// An event of the collective: professionals and structures, numbers of people; nobody who is accompanied.
        Event = "event",
        /// A survey of an event: what it asks, and what was decided of its responses.
        Survey = "survey",
        /// Some hundreds of responses to a survey; nobody who answered is in it.
        SurveyResponses = "survey_responses",
        /// Figures that others published, as they were read of one table.
        PublishedFigures = "published_figures",
        /// An annual programme.
        AnnualProgramme = "annual_programme",
        /// A procedure: what is being written of it, and what was published.
        Procedure = "procedure",
        /// That a procedure was begun, with the version that was used.
        ProcedureRun = "procedure_run",
        /// A sheet for another territory: nobody who is accompanied.
        TravellingSheet = "travelling_sheet",
        /// A version of a sheet that came from another territory, as it came.
        ReceivedSheet = "received_sheet",
        /// A roadmap of several years.
        Roadmap = "roadmap",
        /// A shared diagnosis: figures of communes and what is known of care there; nobody who is accompanied.
        Diagnosis = "diagnosis",
        /// An application to a call for projects.
        Application = "funding_application",
        /// An outreach service: where and when it is, and counts of its sessions; nobody who comes to them.
        Outreach = "outreach_service",
        /// An item of health information.
        Information = "information_item",
        /// What was chosen for the noticeboard's sheet of a month.
        BoardSheet = "board_sheet",
        /// A thing that is offered to others, and its uses; nobody who is accompanied.
        SharedMeans = "shared_means",
        /// Which of them this coordinator said to lend or to borrow, for their own devices.
        OwnMeans = "own_means",
        /// The charter of a post.
        PostCharter = "post_charter",
        /// A difficulty of practice, which stays with its author.
        Difficulty = "difficulty",
        /// A fictional situation, without any link to a record.
        Situation = "situation",
        /// What of someone is copied to a neighbour, who reads it there.
        PersonCopy = "person_copy",
        /// What of someone was copied to neighbours: the traces that stay.
        GivenCopies = "given_copies",
        /// The copies that were ended in a neighbour's scope: ids and days, and nothing of anyone.
        CopyEnds = "copy_ends",
        /// A group of coordinators: what it is called. Its members read it.
        Group = "group",
        /// What one coordinator says in a group of their own place in it.
        GroupWord = "group_word",
        /// What this coordinator answered to groups, for their own devices.
        GroupAnswers = "group_answers",
        /// The devices that a coordinator says to be theirs, in what is shared with them.
        Introductions = "introductions",
        /// Who proposes to administer a group, and who agrees.
        Succession = "succession",
        /// What counted in a month of the summary: coded facts, by person, and no word.
        SummaryBook = "summary_book",
        /// What was published for the mairie: figures that identify nobody.
        Summary = "summary",
        /// The words beside the figures of a period, as they are being written.
        Report = "report",
        /// What was published of them.
        PublishedReport = "published_report",
        /// Whose summaries the mairie takes: the key that was accepted.
        Publisher = "publisher",
        /// What was erased in a scope: ids, and nothing else of it. One in each scope that is shared.
        Erasures = "erasures",
    }
}

/// Who may ever read a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Only the coordinator's own devices.
    Mine,
    /// A stand-in or a successor too.
    Notebook,
    /// The neighbours' collective too.
    Directory,
    /// The mayor's, with the agents designated by name. Nothing of the notebook is ever in it.
    Register,
    /// That neighbouring coordinator too, and nobody else.
    Neighbour(NeighbourId),
    /// The coordinators of that group too. Nobody who is accompanied is named in it.
    Group(GroupId),
    /// Written by a newer version: kept, and not touched.
    Unknown(String),
}

/// Before the id of a neighbour's scope.
const NEIGHBOUR: &str = "neighbour.";
/// Before the id of a group's.
const GROUP: &str = "group.";

impl Scope {
    /// The code that is written.
    pub fn code(&self) -> String {
        match self {
            Scope::Mine => "mine".to_owned(),
            Scope::Notebook => "notebook".to_owned(),
            Scope::Directory => "directory".to_owned(),
            Scope::Register => "register".to_owned(),
            Scope::Neighbour(id) => format!("{NEIGHBOUR}{id}"),
            Scope::Group(id) => format!("{GROUP}{id}"),
            Scope::Unknown(code) => code.clone(),
        }
    }

    /// What a code says.
    pub fn from_code(code: &str) -> Self {
        match code {
            "mine" => Scope::Mine,
            "notebook" => Scope::Notebook,
            "directory" => Scope::Directory,
            "register" => Scope::Register,
            other => {
                let neighbour = other.strip_prefix(NEIGHBOUR).and_then(NeighbourId::parse).map(Scope::Neighbour);
                let group = || other.strip_prefix(GROUP).and_then(GroupId::parse).map(Scope::Group);
                neighbour.or_else(group).unwrap_or_else(|| Scope::Unknown(other.to_owned()))
            }
        }
    }
}

impl Kind {
    /// The newest form of the kind that this version writes.
    pub const SCHEMA: u32 = 1;

    /// The scope a document of this kind is born in; what is shared with a neighbour says which one.
    pub fn scope(&self) -> Scope {
        match self {
            // A stand-in sees the alert and to whom it was told; the words and what proves them are not handed round.
            Kind::PrivateJournal | Kind::Safeguarding | Kind::Difficulty => Scope::Mine,
            Kind::DirectoryEntry => Scope::Directory,
            Kind::RegisterEntry | Kind::RegisterLog => Scope::Register,
            _ => Scope::Notebook,
        }
    }

    /// Whether a document of this kind only tells other devices something, and is no record that anyone wrote.
    pub fn is_only_between_devices(&self) -> bool {
        matches!(self, Kind::Erasures | Kind::CopyEnds | Kind::GroupAnswers | Kind::OwnMeans | Kind::Introductions)
    }

    /// Whether a document of this kind is one record, which is undone as a whole; a journal holds many, each undone alone.
    pub fn is_record(&self) -> bool {
        matches!(
            self,
            Kind::Person
                | Kind::SamePerson
                | Kind::Episode
                | Kind::DirectoryEntry
                | Kind::RegisterEntry
                | Kind::Campaign
                | Kind::CallCard
                | Kind::Round
                | Kind::Alert
                | Kind::HealthProject
                | Kind::Addresses
                | Kind::HospitalStay
                | Kind::SharedMeeting
                | Kind::Provisional
                | Kind::CollectiveProject
                | Kind::Event
                | Kind::Survey
                | Kind::PublishedFigures
                | Kind::AnnualProgramme
                | Kind::Procedure
                | Kind::ProcedureRun
                | Kind::TravellingSheet
                | Kind::ReceivedSheet
                | Kind::Roadmap
                | Kind::Diagnosis
                | Kind::Application
                | Kind::Outreach
                | Kind::Information
                | Kind::SharedMeans
                | Kind::PostCharter
                | Kind::Difficulty
                | Kind::Situation
        )
    }

    /// The field that says of what a journal of this kind is. It stays said, whatever is undone in it: somebody else may have
    /// written there since.
    pub(super) fn says_of_what(&self) -> Option<&'static str> {
        matches!(self, Kind::SurveyResponses).then_some("survey")
    }

    /// Whether a line of this kind, undone, is there all the same with what someone wrote in it and whoever undid it did not
    /// know: as where it is taken away. An agreement or a word about someone that was a mistake stays undone.
    pub(super) fn keeps_lines_written_in(&self) -> bool {
        matches!(
            self,
            Kind::AnnualProgramme
                | Kind::Application
                | Kind::Diagnosis
                | Kind::Information
                | Kind::Outreach
                | Kind::PostCharter
                | Kind::Procedure
                | Kind::Roadmap
                | Kind::SharedMeans
                | Kind::TravellingSheet
        )
    }

    /// The maps every document of this kind is born with. A map first made on two devices would hide one of the two,
    /// so all of them are in the genesis change; this list never changes for a schema that was released.
    pub(crate) fn containers(&self) -> &'static [&'static str] {
        match self {
            Kind::Person => &["phones", "related"],
            Kind::PersonJournal => &["encounters", "follow_ups", "assessments"],
            Kind::PrivateJournal => &["notes"],
            Kind::Episode => &["listening", "options", "goals", "actions", "circle", "steps"],
            Kind::DirectoryEntry => &["phones", "offers", "absences"],
            Kind::CommuneJournal => &["encounters", "follow_ups", "counts"],
            Kind::SamePerson => &["choices"],
            Kind::Consents => &["entries", "disclosures"],
            Kind::RegisterEntry => &["phones", "to_notify"],
            Kind::RegisterLog => &["agents", "extracts"],
            Kind::Settings => &["values", "lists"],
            Kind::Campaign => &["callers", "counts", "lent"],
            Kind::CallCard => &["phones", "named", "attempts"],
            Kind::Round => &["stops"],
            Kind::Alert => &["owners", "judgements", "acknowledged", "steps", "ends"],
            Kind::Safeguarding => &["accounts"],
            Kind::HealthProject => &["goals", "actions", "reviews", "halts", "links"],
            Kind::HospitalStay => &["steps"],
            Kind::SharedMeeting => &["points", "guests", "decisions", "given"],
            Kind::Circle => &["members"],
            Kind::GivenSheets => &["given"],
            Kind::Addresses => &["ways"],
            // For those whom several people report; one report is on the document itself.
            Kind::Provisional => &["reports"],
            Kind::ProvisionalCounts => &["ended"],
            Kind::CollectiveProject => &["needs", "partners", "steps", "indicators", "values"],
            Kind::Event => &["stands", "speakers", "attendance", "guests", "checklist"],
            Kind::Survey => &["asked", "choices", "together", "settled", "told"],
            Kind::SurveyResponses => &["responses", "settled", "readings"],
            Kind::PublishedFigures => &["figures"],
            Kind::AnnualProgramme => &["axes", "communes", "partners", "funding", "items"],
            Kind::Procedure => &["steps", "validations", "versions"],
            Kind::ProcedureRun => &["planned"],
            Kind::TravellingSheet => &["steps", "partners", "results", "chain", "left"],
            Kind::ReceivedSheet => &["later"],
            Kind::Roadmap => &[
                "axes",
                "objectives",
                "actions",
                "indicators",
                "values",
                "deviations",
                "frameworks",
                "headings",
                "bodies",
                "mandates",
                "decisions",
                "partnerships",
            ],
            Kind::Diagnosis => &["supply"],
            Kind::Application => &["parts", "budget", "pieces", "reports", "projects"],
            Kind::Outreach => &["places", "days", "sessions", "turns"],
            Kind::Information => &["diffusions"],
            Kind::SharedMeans => &["loans"],
            Kind::PostCharter => &["signatories", "commitments", "questions", "sections"],
            Kind::Difficulty => &["echoes"],
            Kind::Situation => &["questions", "answers"],
            Kind::PersonCopy => &["told", "remarks"],
            Kind::GivenCopies => &["copies", "remarks"],
            Kind::CopyEnds => &["ends"],
            Kind::GroupAnswers => &["answers"],
            Kind::Introductions | Kind::Succession => &["devices"],
            // For what a later version writes beside them.
            Kind::SummaryBook => &["corrections"],
            Kind::Summary => &["stories"],
            Kind::Report => &["stories", "commitments"],
            Kind::PublishedReport
            | Kind::Publisher
            | Kind::Group
            | Kind::GroupWord
            | Kind::BoardSheet
            | Kind::OwnMeans => &["later"],
            Kind::Erasures => &["documents"],
            Kind::Unknown(_) => &[],
        }
    }
}

/// What a document is, sealed beside its frames.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// Names the document.
    pub id: DocId,
    /// What it is.
    pub kind: Kind,
    /// The form it is written in; a higher one than [`Kind::SCHEMA`] is shown as far as it is known, never overwritten.
    pub schema: u32,
    /// The person it is about, if it is about one.
    pub subject: Option<[u8; 16]>,
    /// The year, or the year and month (`202606`), of a journal; zero otherwise.
    pub period: i32,
    /// Who may read it.
    pub scope: Scope,
}

/// The header as it is written for ever.
#[derive(Serialize, Deserialize)]
struct WrittenHeader {
    kind: String,
    schema: u32,
    subject: Option<[u8; 16]>,
    period: i32,
    scope: String,
}

const HEADER_FORMAT: u8 = 1;

impl Header {
    /// The header of a document about to be born.
    pub fn new(id: DocId, kind: Kind, subject: Option<[u8; 16]>, period: i32) -> Self {
        let scope = kind.scope();
        Header { id, kind, schema: Kind::SCHEMA, subject, period, scope }
    }

    /// The header of a document about to be born in a scope that its kind does not say.
    pub fn within(scope: Scope, id: DocId, kind: Kind, subject: Option<[u8; 16]>) -> Self {
        Header { scope, ..Header::new(id, kind, subject, 0) }
    }

    /// Its bytes: a format number, then the fields. The id is the row's key, and not repeated.
    pub fn to_bytes(&self) -> Vec<u8> {
        let written = WrittenHeader {
            kind: self.kind.code().to_owned(),
            schema: self.schema,
            subject: self.subject,
            period: self.period,
            scope: self.scope.code(),
        };
        let mut bytes = vec![HEADER_FORMAT];
        bytes.extend(postcard::to_allocvec(&written).unwrap_or_default());
        bytes
    }

    /// What bytes say, or nothing where they are of another format.
    pub fn from_bytes(id: DocId, bytes: &[u8]) -> Option<Self> {
        let (format, fields) = bytes.split_first()?;
        if *format != HEADER_FORMAT {
            return None;
        }
        let written: WrittenHeader = postcard::from_bytes(fields).ok()?;
        Some(Header {
            id,
            kind: Kind::from_code(&written.kind),
            schema: written.schema,
            subject: written.subject,
            period: written.period,
            scope: Scope::from_code(&written.scope),
        })
    }

    /// Whether this version may write in the document.
    pub fn is_writable(&self) -> bool {
        self.schema <= Kind::SCHEMA && !matches!(self.kind, Kind::Unknown(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// If this fails, users lose data: notebooks already hold headers written so.
    #[test]
    fn a_header_is_written_as_it_always_was() {
        let header = Header::new(DocId([7; 16]), Kind::PersonJournal, Some([9; 16]), 2026);
        let mut expected = vec![1, 14];
        expected.extend(b"person_journal");
        expected.extend([1, 1]);
        expected.extend([9; 16]);
        expected.extend([0xd4, 0x1f, 8]);
        expected.extend(b"notebook");
        assert_eq!(header.to_bytes(), expected);
        assert_eq!(Header::from_bytes(DocId([7; 16]), &expected), Some(header));
    }

    #[test]
    fn a_scope_says_which_neighbour_it_is_of() {
        let scope = Scope::Neighbour(NeighbourId([0xa1; 16]));
        assert_eq!(scope.code(), "neighbour.a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1");
        assert_eq!(Scope::from_code(&scope.code()), scope);
        assert_eq!(Scope::from_code("neighbour.zz"), Scope::Unknown("neighbour.zz".into()));
    }

    #[test]
    fn a_scope_says_which_group_it_is_of() {
        let scope = Scope::Group(GroupId([0xb2; 16]));
        assert_eq!(scope.code(), "group.b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2");
        assert_eq!(Scope::from_code(&scope.code()), scope);
        assert_eq!(Scope::from_code("group."), Scope::Unknown("group.".into()));
    }

    #[test]
    fn a_kind_of_tomorrow_is_kept_and_not_touched() {
        let mut header = Header::new(DocId([7; 16]), Kind::Person, None, 0);
        header.kind = Kind::Unknown("household".into());
        let read = Header::from_bytes(header.id, &header.to_bytes()).expect("a header");
        assert_eq!(read, header);
        assert!(!read.is_writable());
    }
}
