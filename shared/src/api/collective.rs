//! Collective projects, difficulties of practice and fictional situations, through the door.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::application::{ApplicationFile, Applications};
use super::calendar::EventCalendar;
use super::charter::{CharterAnswer, CharterRead, CharterWrite};
use super::diagnosis::{Diagnoses, DiagnosisFile, DiagnosisPart};
use super::imports::ImportPreview;
use super::information::{InformationAnswer, InformationRead, InformationWrite};
use super::loading::{Load, LoadInto};
use super::means::{MeansAnswer, MeansRead, MeansWrite};
use super::outreach::{OutreachAnswer, OutreachRead, OutreachWrite};
pub use super::practice::{DifficultyFile, SharedDifficulties, SituationFile, SituationRow, Source, SourceText};
use super::programme::{ProgrammeFile, Programmes};
use super::requests::DraftKey;
use super::responses::Conflict;
use super::roadmap::{RoadmapFile, Roadmaps};
use crate::domain::application::{ApplicationChange, FundingApplication};
use crate::domain::clues::{Clue, WrittenFor};
use crate::domain::collective::{CollectiveProject, ProjectChange, ProjectStage, ProjectStep};
use crate::domain::diagnosis::{Diagnosis, DiagnosisChange};
use crate::domain::difficulty::{Difficulty, DifficultyChange, DifficultyGroup};
use crate::domain::event::{Event, EventChange, EventKind, EventState};
use crate::domain::ids::{
    ApplicationId, CharterId, CollectiveId, DiagnosisId, DifficultyId, EntryId, EventId, GroupId, InformationId,
    LineId, MeansId, OutreachId, PersonId, ProcedureId, ProcedureRunId, ProgrammeId, ReceivedSheetId, RoadmapId,
    SheetId, SituationId, SurveyId,
};
use crate::domain::programme::{AnnualProgramme, ProgrammeChange};
use crate::domain::roadmap::{Roadmap, RoadmapChange};
use crate::domain::situation::{Situation, SituationChange};
use crate::domain::summary::period::Period;
use crate::domain::time::PartialDate;

/// What is asked.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum CollectiveRead {
    /// Every project.
    Projects,
    /// One project.
    Project(CollectiveId),
    /// The clues in some texts.
    Clues {
        /// The texts.
        texts: Vec<String>,
        /// For what they are written.
        written_for: WrittenFor,
    },
    /// Every event.
    Events,
    /// One event.
    Event(EventId),
    /// The events that have a day, for a calendar.
    EventCalendar,
    /// Every annual programme.
    Programmes,
    /// One programme.
    Programme(ProgrammeId),
    /// Every roadmap.
    Roadmaps,
    /// One roadmap.
    Roadmap(RoadmapId),
    /// Every shared diagnosis.
    Diagnoses,
    /// One diagnosis, or what of it is of one place or one indicator.
    Diagnosis(DiagnosisId, DiagnosisPart),
    /// Every application to a call for projects.
    Applications,
    /// One application.
    Application(ApplicationId),
    /// Outreach services.
    Outreach(OutreachRead),
    /// Health information, and the sheet of the noticeboard.
    Information(InformationRead),
    /// Something of means in common.
    Means(MeansRead),
    /// Charters of posts.
    Charter(CharterRead),
    /// What a table of a collective seems to hold: nothing is written.
    Table {
        /// Into what it would be taken.
        into: LoadInto,
        /// The file.
        file: Vec<u8>,
    },
    /// Every difficulty of practice.
    Difficulties,
    /// One difficulty.
    Difficulty(DifficultyId),
    /// What may be shown of one subject.
    SharedDifficulties(String),
    /// Every fictional situation.
    Situations,
    /// One situation.
    Situation(SituationId),
    /// What was written about people, to recompose from: two at least. Nothing keeps for what it was read.
    Sources(Vec<PersonId>),
    /// First names that nobody has here.
    InventedNames,
}

/// What is written.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum CollectiveWrite {
    /// A project begins.
    CreateProject {
        /// What is known.
        project: Box<CollectiveProject>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// A project changes.
    EditProject {
        /// Which.
        id: CollectiveId,
        /// The differences.
        changes: Vec<ProjectChange>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// The same project for another year.
    NextYear {
        /// Chosen by whoever asks.
        id: CollectiveId,
        /// Of which.
        of: CollectiveId,
        /// Which year.
        year: i32,
    },
    /// A project is closed, with what was learnt.
    CloseProject {
        /// Which.
        id: CollectiveId,
        /// What was learnt.
        learnt: String,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// An event begins.
    CreateEvent {
        /// What is known.
        event: Box<Event>,
        /// With which group it is common; none where it is one's own.
        group: Option<GroupId>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// An event changes.
    EditEvent {
        /// Which.
        id: EventId,
        /// The differences.
        changes: Vec<EventChange>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// A programme begins.
    CreateProgramme {
        /// What is known.
        programme: Box<AnnualProgramme>,
        /// With which group it is common; none where it is one's own.
        group: Option<GroupId>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// A programme changes.
    EditProgramme {
        /// Which.
        id: ProgrammeId,
        /// The differences.
        changes: Vec<ProgrammeChange>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// A roadmap begins.
    CreateRoadmap {
        /// What is known.
        roadmap: Box<Roadmap>,
        /// With which group it is common; none where it is one's own.
        group: Option<GroupId>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// A shared diagnosis begins.
    CreateDiagnosis {
        /// What is known.
        diagnosis: Box<Diagnosis>,
        /// With which group it is common; none where it is one's own.
        group: Option<GroupId>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// A roadmap changes.
    EditRoadmap {
        /// Which.
        id: RoadmapId,
        /// The differences.
        changes: Vec<RoadmapChange>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// A diagnosis changes.
    EditDiagnosis {
        /// Which.
        id: DiagnosisId,
        /// The differences.
        changes: Vec<DiagnosisChange>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// An application to a call for projects begins.
    CreateApplication {
        /// What is known.
        application: Box<FundingApplication>,
        /// With which group it is common; none where it is one's own.
        group: Option<GroupId>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// An application changes.
    EditApplication {
        /// Which.
        id: ApplicationId,
        /// The differences.
        changes: Vec<ApplicationChange>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// Outreach services.
    Outreach(OutreachWrite),
    /// Health information, and the sheet of the noticeboard.
    Information(Box<InformationWrite>),
    /// Something of means in common.
    Means(Box<MeansWrite>),
    /// The charter of a post begins or changes.
    Charter(CharterWrite),
    /// A table of a collective is taken in.
    Load(Box<Load>),
    /// Someone said a difficulty.
    SayDifficulty {
        /// What.
        difficulty: Difficulty,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// A difficulty is mended, or withdrawn.
    EditDifficulty {
        /// Which.
        id: DifficultyId,
        /// The differences.
        changes: Vec<DifficultyChange>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// A situation begins.
    CreateSituation {
        /// What is written.
        situation: Box<Situation>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// A situation changes.
    EditSituation {
        /// Which.
        id: SituationId,
        /// The differences.
        changes: Vec<SituationChange>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// A second person read it.
    ReadSituation {
        /// Which.
        id: SituationId,
        /// Who.
        reader: String,
        /// The text that they had before them, by its fingerprint.
        of: String,
    },
}

/// What is answered.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum CollectiveAnswer {
    /// Every project, those that go on first.
    Projects(Vec<ProjectRow>),
    /// One project.
    Project(Box<ProjectFile>),
    /// Every event.
    Events(Events),
    /// One event.
    Event(Box<EventFile>),
    /// The events, for a calendar.
    EventCalendar(Box<EventCalendar>),
    /// Every annual programme.
    Programmes(Box<Programmes>),
    /// One programme.
    Programme(Box<ProgrammeFile>),
    /// Every roadmap.
    Roadmaps(Box<Roadmaps>),
    /// One roadmap.
    Roadmap(Box<RoadmapFile>),
    /// Every shared diagnosis.
    Diagnoses(Box<Diagnoses>),
    /// One diagnosis.
    Diagnosis(Box<DiagnosisFile>),
    /// Every application to a call for projects.
    Applications(Box<Applications>),
    /// One application.
    Application(Box<ApplicationFile>),
    /// Outreach services.
    Outreach(OutreachAnswer),
    /// Health information, and the sheet of the noticeboard.
    Information(Box<InformationAnswer>),
    /// Something of means in common.
    Means(MeansAnswer),
    /// Charters of posts.
    Charter(CharterAnswer),
    /// What a table seems to hold.
    Table(Box<ImportPreview>),
    /// The clues, text by text.
    Clues(Vec<Clue>),
    /// The difficulties, by subject.
    Difficulties(Vec<DifficultyGroup>),
    /// One difficulty.
    Difficulty(DifficultyFile),
    /// What may be shown.
    SharedDifficulties(SharedDifficulties),
    /// Every situation, the last written first.
    Situations(Vec<SituationRow>),
    /// One situation.
    Situation(Box<SituationFile>),
    /// What was written about people.
    Sources(Vec<Source>),
    /// First names.
    Names(Vec<String>),
}

/// A project in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectRow {
    /// Which.
    pub id: CollectiveId,
    /// What it is called.
    pub title: String,
    /// The year.
    pub year: Option<i32>,
    /// How far it is.
    pub stage: ProjectStage,
    /// The day it was closed.
    pub closed_on: Option<NaiveDate>,
    /// The axis.
    pub axis: String,
    /// The next step that waits.
    pub next: Option<ProjectStep>,
    /// How many take part.
    pub partners: u32,
    /// The group whose it is, by its name.
    pub group: Option<(GroupId, String)>,
}

/// One project and what goes with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectFile {
    /// The project.
    pub project: CollectiveProject,
    /// The names of the entries of the directory in it.
    pub names: Vec<(EntryId, String)>,
    /// The project of which it is the next year's, by its name.
    pub follows: Option<(CollectiveId, String)>,
    /// The next year's, if it began.
    pub followed_by: Option<(CollectiveId, String)>,
    /// The group whose it is, by its name.
    pub group: Option<(GroupId, String)>,
    /// The common one that it became.
    pub moved_to: Option<(CollectiveId, String)>,
    /// Whether this coordinator may write in it: they are of its group, or it is theirs alone.
    pub may_write: bool,
    /// The groups whose it could become, by name.
    pub groups: Vec<(GroupId, String)>,
    /// Fields in which two devices wrote different things.
    pub conflicts: Vec<Conflict>,
}

impl ProjectFile {
    /// The name of an entry.
    pub fn name_of(&self, entry: Option<EntryId>) -> &str {
        let named = entry.and_then(|entry| self.names.iter().find(|(id, _)| *id == entry));
        named.map_or("", |(_, name)| name)
    }
}

/// A step of a project, in what a day asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectStepRow {
    /// Of which project.
    pub project: CollectiveId,
    /// What it is called.
    pub title: String,
    /// Which step.
    pub step: LineId,
    /// What.
    pub what: String,
    /// By whom.
    pub owner: String,
    /// By when.
    pub due: NaiveDate,
    /// Days late.
    pub days_late: u32,
}

/// Every event.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Events {
    /// Those to come, the next first; then those without a day.
    pub to_come: Vec<EventRow>,
    /// Those that were held or will not be, the last first.
    pub past: Vec<EventRow>,
    /// The groups with which one could be common, by name.
    pub groups: Vec<(GroupId, String)>,
    /// The projects that go on, by title.
    pub projects: Vec<(CollectiveId, String)>,
}

/// An event in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventRow {
    /// Which.
    pub id: EventId,
    /// What it is.
    pub kind: EventKind,
    /// What it is called.
    pub title: String,
    /// When it was held, else when it is planned for.
    pub at: Option<PartialDate>,
    /// How it stands.
    pub state: EventState,
    /// In which commune.
    pub commune: String,
    /// How much is still to be done for it.
    pub to_do: u32,
    /// The group whose it is, by its name.
    pub group: Option<(GroupId, String)>,
}

/// One event and what goes with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventFile {
    /// The event.
    pub event: Event,
    /// The names of the entries of the directory in it.
    pub names: Vec<(EntryId, String)>,
    /// The project that it is part of, by its title.
    pub project: Option<(CollectiveId, String)>,
    /// The projects of which it could be part, by title.
    pub projects: Vec<(CollectiveId, String)>,
    /// The group whose it is, by its name.
    pub group: Option<(GroupId, String)>,
    /// Whether this coordinator may write in it.
    pub may_write: bool,
    /// Of a lunch: the professionals of the directory who were at none yet, by name, and whether one of that name came.
    pub not_met_yet: Vec<(EntryId, String, bool)>,
    /// Fields in which two devices wrote different things.
    pub conflicts: Vec<Conflict>,
}

impl EventFile {
    /// The name of an entry.
    pub fn name_of(&self, entry: Option<EntryId>) -> &str {
        let named = entry.and_then(|entry| self.names.iter().find(|(id, _)| *id == entry));
        named.map_or("", |(_, name)| name)
    }
}

/// Something to do for an event, in what a day asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventStepRow {
    /// For which event.
    pub event: EventId,
    /// What it is called.
    pub title: String,
    /// Which line.
    pub step: LineId,
    /// What.
    pub what: String,
    /// By whom.
    pub owner: String,
    /// By when.
    pub due: NaiveDate,
    /// Days late.
    pub days_late: u32,
}

/// What is common, and about nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum CommonTarget {
    /// A collective project.
    Project(CollectiveId),
    /// An event.
    Event(EventId),
    /// A survey.
    Survey(SurveyId),
    /// An annual programme.
    Programme(ProgrammeId),
    /// A procedure.
    Procedure(ProcedureId),
    /// An episode of one: what leads there says nothing of whom it is about.
    ProcedureRun(ProcedureRunId),
    /// A sheet for another territory.
    Sheet(SheetId),
    /// A sheet that came from one.
    ReceivedSheet(ReceivedSheetId),
    /// A roadmap.
    Roadmap(RoadmapId),
    /// A shared diagnosis.
    Diagnosis(DiagnosisId),
    /// An application to a call for projects.
    Application(ApplicationId),
    /// An outreach service.
    Outreach(OutreachId),
    /// An item of health information.
    Information(InformationId),
    /// The noticeboard's sheet of a month.
    Board(Period),
    /// A thing that is offered to others.
    Means(MeansId),
    /// The charter of a post.
    Charter(CharterId),
    /// A difficulty of practice.
    Difficulty(DifficultyId),
    /// A fictional situation.
    Situation(SituationId),
    /// The report that goes with the summary of a period.
    Report(Period),
}
