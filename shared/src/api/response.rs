//! Everything that the door may answer when all went well, each by its name.

use serde::{Deserialize, Serialize};

use super::addresses::AddressesAnswer;
use super::alerts::{AlertFile, Alerts};
use super::calls::{CampaignFile, CampaignRow, TakenBack};
use super::collective::CollectiveAnswer;
use super::directory::{EntryFile, EntryRow, InTouch, OwnCard, PublicLine, WhoDoesWhat};
use super::exchanges::{ExchangeAnswer, ExchangeMark};
use super::groups::GroupAnswer;
use super::imports::{ImportPreview, ImportReport};
use super::journals::{ActRow, FieldHistory, ReadRow};
use super::lending::{Lent, RegisterBack, Role};
use super::meetings::MeetingAnswer;
use super::neighbours::NeighbourAnswer;
use super::procedures::ProcedureAnswer;
use super::projects::{CircleFile, LiaisonPreview, ProjectFile};
use super::reception::CountRow;
use super::register::{ExtractToGive, RegisterFile, RegisterList, RegisterLog};
use super::reply::responses;
use super::requests::Draft;
use super::responses::{
    DayProposal, EncounterFile, File, FollowUpFile, Hit, PersonFile, PersonRow, Saved, SimilarPerson, Status, Today,
    Verification,
};
use super::retention::{EliminationSlip, Erased, Retention};
use super::rounds::{RoundFile, Rounds};
use super::sharing::SharingAnswer;
use super::sheets::SheetAnswer;
use super::stays::{StayFile, StayRow};
use super::summary::SummaryAnswer;
use super::surveys::SurveyAnswer;
use super::timeline::TimelineItem;
use super::triage::TriageAnswer;
use crate::domain::register::RegisterEntry;
use crate::domain::safeguarding::Account;
use crate::domain::settings::Settings;

responses! {
    /// What is answered when all went well.
    pub enum Response {
        /// Done, and nothing to tell.
        Done,
        /// Whether there is a notebook, and whether it is open.
        Status(Status),
        /// Words: the twenty-four proposed, or those that begin so.
        Words(Vec<String>),
        /// It is on disk.
        Saved(Saved),
        /// What the day asks for.
        Today(Box<Today>),
        /// Everyone.
        People(Vec<PersonRow>),
        /// One person.
        Person(Box<PersonFile>),
        /// What took place with a person, of the kinds asked for, newest first.
        Timeline(Vec<TimelineItem>),
        /// Who is likely the same, the likeliest first.
        Similar(Vec<SimilarPerson>),
        /// Whose time is over.
        Retention(Box<Retention>),
        /// What would be eliminated.
        Slip(Box<EliminationSlip>),
        /// They are erased.
        Erased(Erased),
        /// The directory.
        Directory(Vec<EntryRow>),
        /// One entry.
        Entry(Box<EntryFile>),
        /// One encounter.
        Encounter(Box<EncounterFile>),
        /// One follow-up.
        FollowUp(Box<FollowUpFile>),
        /// Every round.
        Rounds(Box<Rounds>),
        /// One round.
        Round(Box<RoundFile>),
        /// Every alert.
        Alerts(Box<Alerts>),
        /// One alert.
        Alert(Box<AlertFile>),
        /// What was said of someone in danger, the last first.
        Accounts(Vec<Account>),
        /// One health project.
        Project(Box<ProjectFile>),
        /// Every stay at hospital.
        Stays(Vec<StayRow>),
        /// One stay at hospital.
        Stay(Box<StayFile>),
        /// Something about *temps d'échange*.
        Meeting(MeetingAnswer),
        /// A circle.
        Circle(Box<CircleFile>),
        /// What a liaison sheet would say.
        Liaison(Box<LiaisonPreview>),
        /// Places, the last one first.
        Places(Vec<String>),
        /// What was counted, by day, half and kind.
        Reception(Vec<CountRow>),
        /// What was found, best first.
        Found(Vec<Hit>),
        /// The legal register.
        Register(Box<RegisterList>),
        /// One entry of it.
        RegisterEntry(Box<RegisterFile>),
        /// Those who are in it today, by name.
        Registered(Vec<RegisterEntry>),
        /// Who may open it, and what was given of it.
        RegisterLog(Box<RegisterLog>),
        /// An extract to print.
        RegisterExtract(Box<ExtractToGive>),
        /// The values that fields had, newest first.
        History(Vec<FieldHistory>),
        /// Acts, newest first.
        Acts(Vec<ActRow>),
        /// Reads, newest first.
        Reads(Vec<ReadRow>),
        /// Something about requests.
        Triage(TriageAnswer),
        /// The settings.
        Settings(Box<Settings>),
        /// Whether a day fits.
        Proposal(DayProposal),
        /// Forms half filled, newest first.
        Drafts(Vec<Draft>),
        /// What a file seems to hold.
        Preview(Box<ImportPreview>),
        /// What came of an import.
        Imported(Box<ImportReport>),
        /// Who does it.
        WhoDoesWhat(Box<WhoDoesWhat>),
        /// What inhabitants may read.
        PublicLines(Vec<PublicLine>),
        /// Partners to get in touch with.
        InTouch(Box<InTouch>),
        /// The coordinator's own card.
        OwnCard(Box<OwnCard>),
        /// A file to keep.
        File(File),
        /// What was verified.
        Verified(Verification),
        /// Every campaign.
        Campaigns(Vec<CampaignRow>),
        /// One campaign.
        Campaign(Box<CampaignFile>),
        /// Collective projects, difficulties of practice, fictional situations.
        Collective(Box<CollectiveAnswer>),
        /// Surveys of events.
        Surveys(Box<SurveyAnswer>),
        /// Procedures.
        Procedures(Box<ProcedureAnswer>),
        /// Sheets for other territories.
        Sheets(Box<SheetAnswer>),
        /// A notebook lent.
        Lent(Lent),
        /// What came of a copy of the register.
        RegisterBack(Box<RegisterBack>),
        /// What came back.
        TakenBack(TakenBack),
        /// What the notebook is for.
        Role(Role),
        /// What is shared.
        Sharing(Box<SharingAnswer>),
        /// The activity summary.
        Summary(SummaryAnswer),
        /// How far the exchanges are.
        Exchange(Box<ExchangeAnswer>),
        /// What the mark on every screen says of them.
        ExchangeMark(ExchangeMark),
        /// Neighbouring coordinators, and what is copied.
        Neighbour(Box<NeighbourAnswer>),
        /// Groups of coordinators.
        Group(Box<GroupAnswer>),
        /// Addresses of communes.
        Addresses(Box<AddressesAnswer>),
    }
}
