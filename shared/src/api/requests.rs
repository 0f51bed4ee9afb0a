//! What screens may ask.
//!
//! Whoever makes a record chooses its id, so that asking twice (a double click, a lost answer) makes it once.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::addresses::{AddressesQuestion, AddressesWrite};
use super::alerts::AlertWrite;
use super::calls::{Allotment, NewAttempt, NewCampaign};
use super::collective::{CollectiveRead, CollectiveWrite};
pub use super::drafts::{Draft, DraftKey, WAITING};
use super::exchanges::ExchangeRequest;
use super::groups::GroupRequest;
use super::households::HouseholdWrite;
use super::lending::RegisterCopy;
use super::meetings::{MeetingRead, MeetingWrite};
use super::neighbours::NeighbourRequest;
use super::procedures::{ProcedureRead, ProcedureWrite};
use super::projects::ProjectWrite;
use super::register::RegisterWrite;
use super::sharing::SharingRequest;
use super::sheets::{SheetRead, SheetWrite};
use super::stays::StayWrite;
use super::summary::SummaryRequest;
use super::surveys::{SurveyRead, SurveyWrite};
use super::timeline::TimelineKind;
use super::triage::{TriageQuestion, TriageWrite};
use crate::domain::campaign::{AttemptChange, CampaignChange};
use crate::domain::consent::{ConsentEntry, EmergencyDisclosure, Told};
use crate::domain::directory::{EntryChange, EntryKind};
use crate::domain::encounter::{Encounter, EncounterChange};
use crate::domain::follow_up::FollowUp;
use crate::domain::ids::{
    ActId, AlertId, AssessmentId, AttemptId, CallCardId, CampaignId, ConsentId, DocId, EncounterId, EntryId,
    FollowUpId, HealthProjectId, HospitalStayId, LineId, MergeId, PersonId, RoundId,
};
use crate::domain::ids::{ExtractId, RegisterEntryId};
use crate::domain::isolation::{AssessmentChange, IsolationAssessment};
use crate::domain::liaison::LiaisonChoice;
use crate::domain::list_edits::ListWrite;
use crate::domain::person::{Person, PersonChange};
use crate::domain::reception::{Count, Half};
use crate::domain::request::Request as CareRequest;
use crate::domain::round::{Round, RoundChange};
use crate::domain::same_person::SheetField;
use crate::domain::settings::SettingsField;
use crate::domain::who_does_what::Question;

/// Something to do or to tell.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Request {
    // ── The notebook ────────────────────────────────────────────────────────────────────────────────────────────────
    /// Whether there is a notebook, and whether it is open.
    Status,
    /// Twenty-four words nobody has: for a notebook about to be created.
    ProposeWords,
    /// The words of the list that begin so.
    CompleteWord(String),
    /// Makes the notebook and opens it.
    Create(NewNotebook),
    /// Opens the notebook.
    Unlock(Secret),
    /// Closes the notebook: nothing of it stays in memory.
    Lock,
    /// Changes the passphrase; the old one works until the new one has opened.
    ChangePassphrase {
        /// What opens the notebook now.
        old: Secret,
        /// The passphrase to come.
        new: String,
    },
    /// Reads everything again from its seals and compares.
    Verify,
    /// The whole notebook, sealed, as one file.
    Backup,
    /// A notebook from such a file, where there is none.
    Restore(Vec<u8>),

    // ── To read ─────────────────────────────────────────────────────────────────────────────────────────────────────
    /// What the day asks for.
    Today,
    /// Everyone, sorted by name.
    People,
    /// One person and all that concerns them.
    Person(PersonId),
    /// What took place with a person, newest first, of some kinds only; of every kind where none is said.
    Timeline {
        /// Who.
        person: PersonId,
        /// The kinds to tell of.
        kinds: Vec<TimelineKind>,
    },
    /// Who is likely the person that a form describes, with the reasons: asked while someone is entered. The form's own
    /// id is left out of the answer.
    SimilarPeople(Box<Person>),
    /// Whose time is over, by the lengths of the settings. Nothing is destroyed by a clock.
    Retention,
    /// What would be eliminated with these people, counted by kind and year, without a name: to print and have signed.
    EliminationSlip(Vec<PersonId>),
    /// Where someone is named in what is not about them: words that an erasure leaves.
    Mentions(PersonId),
    /// The directory, sorted by name.
    Directory,
    /// One entry.
    Entry(EntryId),
    /// One encounter, with its unshared note.
    Encounter(EncounterId),
    /// One follow-up.
    FollowUp(FollowUpId),
    /// Every round, the mileage by month, and where nobody watches.
    Rounds,
    /// One round, with whom to see.
    Round(RoundId),
    /// One health project.
    Project(HealthProjectId),
    /// Every stay at hospital.
    Stays,
    /// One stay at hospital.
    Stay(HospitalStayId),
    /// Something about *temps d'échange*.
    ReadMeeting(Box<MeetingRead>),
    /// Who is around a person.
    Circle(PersonId),
    /// What a liaison sheet would say: nothing leaves.
    Liaison(Box<LiaisonChoice>),
    /// The last places that may be offered for a note with someone, or with nobody in particular.
    LastPlaces(Option<PersonId>),
    /// What was counted at the reception desk, from one day to another, both among them.
    Reception {
        /// The first day.
        from: NaiveDate,
        /// The last.
        to: NaiveDate,
    },
    /// Every alert: those that ask for something, and those that are over.
    Alerts,
    /// One alert, with what goes with it.
    Alert(AlertId),
    /// What was said of someone in danger, word for word: each opening is written in the journal of reads.
    Accounts(PersonId),
    /// What is found for some words.
    Search {
        /// The words, as they are typed.
        text: String,
        /// How many at most.
        limit: u16,
    },
    /// The legal register, sorted by name.
    Register,
    /// One entry of it.
    RegisterEntry(RegisterEntryId),
    /// Those who are in the register today, with all that is held of each, by name: to print.
    Registered,
    /// Who may open the register, and what was given of it.
    RegisterLog,
    /// An extract that was recorded today, to print.
    RegisterExtract(ExtractId),
    /// The values that a document's fields had.
    History(DocId),
    /// The last acts, newest first.
    Acts {
        /// Only those before that one.
        before: Option<u64>,
        /// How many at most.
        limit: u16,
    },
    /// The last reads, newest first.
    Reads {
        /// Only those before that one.
        before: Option<u64>,
        /// How many at most.
        limit: u16,
    },
    /// Something about requests.
    AskTriage(TriageQuestion),
    /// The settings.
    Settings,
    /// Whether a day fits, and the worked days around it where it does not.
    ProposeDay(NaiveDate),
    /// Who can do this, for these people, there, on that day.
    WhoDoesWhat(Question),
    /// What inhabitants of a commune may read, by its key; of every commune where it is empty.
    PublicLines(String),
    /// Partners with whom to get in touch again.
    InTouch,
    /// The coordinator's own card, to give.
    OwnCard,
    /// Addresses of communes: those kept, what a file holds, one found as it is typed.
    ReadAddresses(Box<AddressesQuestion>),

    // ── To write ────────────────────────────────────────────────────────────────────────────────────────────────────
    /// A person comes into the notebook.
    CreatePerson {
        /// Chosen by whoever asks.
        id: PersonId,
        /// What is known.
        changes: Vec<PersonChange>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// A sheet changes.
    EditPerson {
        /// Whose.
        id: PersonId,
        /// The differences.
        changes: Vec<PersonChange>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// Something took place, and what it opens.
    RecordEncounter(Box<NewEncounter>),
    /// What was noted is mended.
    EditEncounter {
        /// Which.
        id: EncounterId,
        /// The differences.
        changes: Vec<EncounterChange>,
        /// The unshared note, if it changes.
        unshared_note: Option<String>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// Something is to be done.
    PlanFollowUp {
        /// What, by when.
        follow_up: FollowUp,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// It will be another day.
    Reschedule {
        /// Which.
        id: FollowUpId,
        /// The day.
        day: NaiveDate,
        /// Why; may be empty when it is brought forward.
        reason: String,
    },
    /// It is done; a rhythm brings the next one.
    Complete {
        /// Which.
        id: FollowUpId,
    },
    /// It will not be done.
    Cancel {
        /// Which.
        id: FollowUpId,
        /// Why.
        why: String,
    },
    /// One of the four entries is given: information, agreement, consent to share, objection.
    GiveEntry {
        /// What is said, when and how. It may be withdrawn already, where paper is taken over.
        entry: Box<ConsentEntry>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// One of the four entries ends, alone.
    WithdrawEntry {
        /// Which.
        id: ConsentId,
        /// When, and how it was said.
        withdrawn: Told,
    },
    /// Something was said about someone in danger, without asking.
    RecordEmergencyDisclosure {
        /// To whom, when, on what ground, and the minimum that was said.
        disclosure: Box<EmergencyDisclosure>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// Someone's isolation is looked at: a grid, and a level that the coordinator chooses.
    Assess {
        /// What was seen.
        assessment: Box<IsolationAssessment>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// A look at someone's isolation is mended, or withdrawn.
    EditAssessment {
        /// Which.
        id: AssessmentId,
        /// The differences.
        changes: Vec<AssessmentChange>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// Two sheets are of one person: from now on one is shown, under the id of the sheet kept. Neither sheet changes.
    MergePeople {
        /// Chosen by whoever asks.
        id: MergeId,
        /// The sheet whose words are shown; where it has none, the other's are.
        kept: PersonId,
        /// The other sheet.
        other: PersonId,
        /// The fields whose words are the other sheet's all the same.
        from_other: BTreeSet<SheetField>,
    },
    /// They are two again, each as they were.
    UnmergePeople(MergeId),
    /// Erases people: every document about them, its key, drafts, lines of reads. It cannot be taken back: ask first.
    ErasePeople(Vec<PersonId>),
    /// Forgets the lines of the journal of reads whose time is over.
    ForgetOldReads,
    /// An entry comes into the directory.
    CreateEntry {
        /// Chosen by whoever asks.
        id: EntryId,
        /// What it is.
        kind: EntryKind,
        /// What is known.
        changes: Vec<EntryChange>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// An entry changes.
    EditEntry {
        /// Which.
        id: EntryId,
        /// The differences.
        changes: Vec<EntryChange>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// Someone comes to live with another, or no longer does.
    WriteHousehold(Box<HouseholdWrite>),
    /// Something is done in the legal register.
    WriteRegister(Box<RegisterWrite>),
    /// Erases entries of the register: their documents and keys. It cannot be taken back: ask first.
    EraseRegisterEntries(Vec<RegisterEntryId>),
    /// Visits of a day are planned. The stops are put in order: the nearest first, or hamlet by hamlet.
    PlanRound {
        /// When, and whom to see.
        round: Box<Round>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// A round changes.
    EditRound {
        /// Which.
        id: RoundId,
        /// The differences.
        changes: Vec<RoundChange>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// The stops of a round that are still to be seen are put in order again: the nearest first, or hamlet by hamlet.
    ArrangeRound(RoundId),
    /// Something is done with a health project, a circle or a liaison sheet.
    WriteProject(Box<ProjectWrite>),
    /// Something is done with a stay at hospital.
    WriteStay(Box<StayWrite>),
    /// Something is done with a *temps d'échange*.
    WriteMeeting(Box<MeetingWrite>),
    /// Someone came, called or asked at the reception desk: one more, without a name.
    Count(Count),
    /// One of that kind and half-day was one too many.
    TakeBack {
        /// The day.
        day: NaiveDate,
        /// The half of it.
        half: Half,
        /// What was counted.
        what: String,
    },
    /// An alert is raised, goes on, or is closed; or what was said of someone in danger is kept.
    WriteAlert(Box<AlertWrite>),
    /// Addresses of communes are taken from a file, or taken away.
    WriteAddresses(Box<AddressesWrite>),
    /// Settings change.
    EditSettings(Vec<(SettingsField, String)>),
    /// A list changes: an item comes, is called otherwise, is hidden, moves.
    EditLists(Box<ListWrite>),
    /// What the coordinator's own card says changes.
    EditOwnCard {
        /// The differences.
        changes: Vec<(SettingsField, String)>,
        /// The draft that this ends.
        draft: DraftKey,
    },
    /// Something is done with a request, or with someone reported.
    WriteTriage(Box<TriageWrite>),
    /// What an act did is undone, by a new act.
    Undo(ActId),

    // ── Forms half filled ───────────────────────────────────────────────────────────────────────────────────────────
    /// Keeps a form as it is.
    SaveDraft(Draft),
    /// Forgets a form.
    DropDraft(DraftKey),
    /// Every form half filled, newest first.
    Drafts,

    // ── Files ───────────────────────────────────────────────────────────────────────────────────────────────────────
    /// What a file seems to hold: nothing is written.
    PreviewImport {
        /// Into what it would be taken.
        into: ImportTarget,
        /// The file.
        file: Vec<u8>,
    },
    /// Takes a file in.
    Import(Box<Import>),
    /// All that is held about one person, unshared notes and the journal of reads included, as a JSON file for them.
    PersonalData(PersonId),
    /// What was erased, as a file of ids of nobody, to keep apart from backups: it is given to a notebook restored from
    /// a backup made before.
    ErasedIds,
    /// Erases again what such a file says, in a notebook that a backup brought back.
    EraseAgain(Vec<u8>),
    /// All that is held about someone in the register, as a JSON file for them.
    RegisterData(RegisterEntryId),
    /// An extract that was recorded today, as a table.
    ExtractTable(ExtractId),
    /// The directory as a file.
    ExportDirectory(ExportFormat),

    // ── Call campaigns ──────────────────────────────────────────────────────────────────────────────────────────────
    /// Every campaign, those that go on first.
    Campaigns,
    /// One campaign and everyone in it.
    Campaign(CampaignId),
    /// A campaign begins: a card is made of everyone in the list it says.
    CreateCampaign(Box<NewCampaign>),
    /// A campaign changes.
    EditCampaign {
        /// Which.
        id: CampaignId,
        /// The differences.
        changes: Vec<CampaignChange>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// Those who came to its list since it began have a card too.
    RefreshCampaign(CampaignId),
    /// Who calls whom.
    Allot {
        /// In which campaign.
        campaign: CampaignId,
        /// How.
        allotment: Allotment,
    },
    /// Attempts, noted one by one or typed from paper: all of them or none.
    RecordAttempts {
        /// The attempts.
        attempts: Vec<NewAttempt>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// An attempt is mended, or what was needed was seen to.
    EditAttempt {
        /// On which card.
        card: CallCardId,
        /// Which.
        id: AttemptId,
        /// The differences.
        changes: Vec<AttemptChange>,
    },
    /// A campaign is over: how each turn ended is kept.
    CloseCampaign(CampaignId),
    /// The cards and every attempt of campaigns whose time is over are erased; their figures stay. It cannot be taken
    /// back: ask first.
    EraseCalls(Vec<CampaignId>),
    /// The campaign for a caller from elsewhere: their cards, sealed, as a file that opens on their device.
    LendCalls {
        /// Which campaign.
        campaign: CampaignId,
        /// To whom.
        caller: LineId,
    },
    /// What a caller from elsewhere noted, as the copy that their device made.
    TakeBackCalls(Vec<u8>),
    /// Something is done with a copy of the register, for a designated agent.
    CopyRegister(Box<RegisterCopy>),
    /// Collective projects, difficulties of practice, fictional situations: what is asked of them.
    ReadCollective(CollectiveRead),
    /// What is written of them.
    WriteCollective(Box<CollectiveWrite>),
    /// Surveys of events: what is asked of them.
    ReadSurveys(Box<SurveyRead>),
    /// What is written of them.
    WriteSurveys(Box<SurveyWrite>),
    /// Procedures: what is asked of them.
    ReadProcedures(Box<ProcedureRead>),
    /// What is written of them.
    WriteProcedures(Box<ProcedureWrite>),
    /// Sheets for other territories: what is asked of them.
    ReadSheets(Box<SheetRead>),
    /// What is written of them.
    WriteSheets(Box<SheetWrite>),
    /// What is shared with other devices: asked, or done.
    Sharing(Box<SharingRequest>),
    /// The activity summary for the mairie.
    Summary(SummaryRequest),
    /// How far the exchanges with others are, and what came of them.
    Exchange(Box<ExchangeRequest>),
    /// Neighbouring coordinators, and what of someone is copied to them: asked, or done.
    Neighbour(Box<NeighbourRequest>),
    /// Groups of coordinators, and what is common in them: asked, or done.
    Group(Box<GroupRequest>),
    /// A new notebook, that is a mairie's for ever: it takes what coordinators publish, and holds nothing else.
    CreateMairie(NewNotebook),
    /// What this notebook is for.
    Role,
    /// Erases a notebook that was lent, all of it, once what it holds was handed back. It cannot be taken back: ask
    /// first.
    EraseLentNotebook,
}

/// What opens a notebook. Never shown, never logged.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Secret {
    /// The passphrase.
    Passphrase(String),
    /// The twenty-four words, as they were typed.
    Words(String),
}

/// What a notebook is made with.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewNotebook {
    /// The passphrase.
    pub passphrase: String,
    /// The twenty-four words that were shown and confirmed.
    pub words: String,
    /// The first settings.
    pub settings: Vec<(SettingsField, String)>,
}

/// What took place, with what it opens: all of it in one act.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewEncounter {
    /// The encounter.
    pub encounter: Encounter,
    /// The note that nobody else reads; the person may ask to.
    pub unshared_note: String,
    /// The follow-up that it accomplishes.
    pub completes: Option<FollowUpId>,
    /// The next contact, promises, answers expected.
    pub follow_ups: Vec<FollowUp>,
    /// What was asked for.
    pub requests: Vec<CareRequest>,
    /// The draft that this ends.
    pub draft: Option<DraftKey>,
}

/// Into what a file is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ImportTarget {
    /// The directory: professionals, structures, relays.
    Directory,
    /// The people whom the coordinator accompanies.
    People,
    /// The legal register.
    Register,
}

/// A file to take in, as someone confirmed it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Import {
    /// Into what.
    pub into: ImportTarget,
    /// The file.
    pub file: Vec<u8>,
    /// For a table: the field of each column, as a code of the preview, or none to leave it out.
    pub columns: Vec<Option<String>>,
    /// The list of communes that the host serves, so that a former one is known for what it is; empty where it is not at
    /// hand.
    pub communes: String,
    /// What someone said of lines that an import left to be looked at.
    pub answers: Vec<LineAnswer>,
}

/// What someone says of a line that was to be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineAnswer {
    /// Its number in the file.
    pub line: u32,
    /// It is of that person; none where it is of someone new.
    pub same: Option<PersonId>,
}

/// The kinds of file a directory goes out as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ExportFormat {
    /// Semicolons, UTF-8 with its mark, as French spreadsheets read it.
    Csv,
    /// vCard 4.0.
    VCard,
    /// Structures and services that anyone may read, as data.inclusion writes them.
    DataInclusion,
}
