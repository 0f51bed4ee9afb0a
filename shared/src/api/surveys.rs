//! Surveys of events through the door: what they ask, what was answered, what may be told of it.
//!
//! A response never changes once it is given, so it is no part of a form: it is given, taken back with the act that wrote
//! it, or, where a sheet of paper was typed in several ways, chosen.

use serde::{Deserialize, Serialize};

use super::requests::DraftKey;
use super::responses::Conflict;
use crate::domain::ids::{ActId, EventId, FiguresId, GroupId, ResponseId, SurveyId};
use crate::domain::survey::compare::Series;
use crate::domain::survey::leaving::{LeavingTotals, Stays};
use crate::domain::survey::merge::MergeReport;
use crate::domain::survey::published::{NoColumn, PublishedFigure, PublishedTable};
use crate::domain::survey::question::{Question, RespondentKind};
use crate::domain::survey::record::{RecordChange, SurveyRecord};
use crate::domain::survey::remarks::{Remark, Verdict};
use crate::domain::survey::response::{Response, SheetNumber};
use crate::domain::survey::totals::SurveyTotals;

/// What is asked.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SurveyRead {
    /// Every survey.
    All,
    /// One survey, and what was answered to it.
    One(SurveyId),
    /// Each question beside itself, year after year.
    Years,
    /// The sheets that were typed in several ways.
    ToCheck(SurveyId),
    /// What people wrote in their own words.
    Remarks(SurveyId),
    /// What a table of published figures says. Nothing is kept of it.
    Figures(Vec<u8>),
}

/// What is written.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SurveyWrite {
    /// A survey begins.
    Create {
        /// What it asks.
        record: Box<SurveyRecord>,
        /// With which group it is common; none where it is one's own.
        group: Option<GroupId>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// A survey, or a question of it, changes.
    Edit {
        /// Which.
        id: SurveyId,
        /// The differences.
        changes: Vec<RecordChange>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// Somebody answered, or several did: all of it is kept or none.
    Respond {
        /// What, each to the same survey.
        responses: Vec<Response>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// This is what a sheet says that was typed in several ways.
    Settle(Box<Response>),
    /// Under one number there are two sheets: this one takes another number, and the other counts as it was typed.
    TwoSheets {
        /// What one of them says.
        response: Box<Response>,
        /// The number that it takes.
        number: SheetNumber,
    },
    /// Nobody knows any more what it says.
    Unsettle {
        /// Of which survey.
        survey: SurveyId,
        /// Which sheet.
        response: ResponseId,
    },
    /// Somebody read what a visitor wrote, and says whether it may be told.
    Judge {
        /// Of which survey.
        survey: SurveyId,
        /// What was read.
        remark: Remark,
        /// What they say of it.
        verdict: Verdict,
    },
    /// The survey for a tablet: sealed, as a file that opens there and holds nothing else.
    Lend(SurveyId),
    /// What was answered on a tablet, as the copy that it made.
    TakeBack(Vec<u8>),
    /// The figures of a table that others published.
    KeepFigures {
        /// Chosen by whoever asks.
        id: FiguresId,
        /// What the table is called.
        source: String,
        /// The table.
        file: Vec<u8>,
        /// With which group they are common.
        group: Option<GroupId>,
    },
}

/// What is answered.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SurveyAnswer {
    /// Every survey.
    All(Surveys),
    /// One survey.
    One(Box<SurveyFile>),
    /// Each question over the years.
    Years(SurveyYears),
    /// The sheets that were typed in several ways, by their number.
    ToCheck(Vec<SheetVersions>),
    /// What people wrote, and what was said of it.
    Remarks(Vec<ReadRemark>),
    /// What a table says, or the column that it lacks.
    Figures(Result<PublishedTable, NoColumn>),
    /// What came back from a tablet.
    Back(SurveyBack),
}

/// Every survey.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Surveys {
    /// Those that are open, then those that are closed; the latest year first.
    pub rows: Vec<SurveyRow>,
    /// The events of which one could be, the next or last first, and whose they are.
    pub events: Vec<(EventId, String, Option<GroupId>)>,
    /// The groups with which one could be common, by name.
    pub groups: Vec<(GroupId, String)>,
    /// The questions that are known, in the order in which one asks them.
    pub known: Vec<Question>,
}

/// A survey in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SurveyRow {
    /// Which.
    pub id: SurveyId,
    /// What it is called.
    pub title: String,
    /// The year.
    pub year: i32,
    /// Of which event.
    pub event: Option<EventId>,
    /// How many responded.
    pub responses: u32,
    /// Whether nobody answers any more.
    pub is_closed: bool,
    /// The group whose it is, by its name.
    pub group: Option<(GroupId, String)>,
}

/// One survey and what goes with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SurveyFile {
    /// The survey.
    pub record: SurveyRecord,
    /// The event, by its title.
    pub event: Option<(EventId, String)>,
    /// The group whose it is, by its name.
    pub group: Option<(GroupId, String)>,
    /// Whether this coordinator may write in it.
    pub may_write: bool,
    /// What was answered.
    pub totals: SurveyTotals,
    /// The numbers of the sheets that were typed, public by public, smallest first.
    pub sheets: Vec<(RespondentKind, u32)>,
    /// Sheets that were typed in several ways, chosen or not.
    pub several: u32,
    /// Words that nobody has read yet.
    pub unread: u32,
    /// Words that were written, read or not.
    pub remarks: u32,
    /// What may be given to others, or why nothing may.
    pub leaving: Result<LeavingTotals, Stays>,
    /// Fields in which two devices wrote different things.
    pub conflicts: Vec<Conflict>,
}

impl SurveyFile {
    fn sheets_of(&self, public: &RespondentKind) -> impl Iterator<Item = u32> {
        self.sheets.iter().filter(move |(of, _)| of == public).map(|(_, number)| *number)
    }

    /// The last sheet of a public that was typed.
    pub fn last_sheet(&self, public: &RespondentKind) -> Option<u32> {
        self.sheets_of(public).last()
    }

    /// The number for the next sheet of a public: after the largest that was typed.
    pub fn next_sheet(&self, public: &RespondentKind) -> u32 {
        self.last_sheet(public).map_or(1, |last| last.saturating_add(1))
    }

    /// Whether a sheet was typed.
    pub fn is_typed(&self, public: &RespondentKind, number: u32) -> bool {
        self.sheets.iter().any(|(of, typed)| of == public && *typed == number)
    }

    /// The numbers of a public that were passed over, up to so many: a sheet that was lost, or not typed yet.
    pub fn missing_sheets(&self, public: &RespondentKind, most: usize) -> Vec<u32> {
        let mut next = 1_u32;
        let passed = self.sheets_of(public).flat_map(|number| {
            let passed = next..number;
            next = number.saturating_add(1);
            passed
        });
        passed.take(most).collect()
    }
}

/// A sheet of paper that was typed in several ways.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetVersions {
    /// Which.
    pub id: ResponseId,
    /// What was typed; there are two at least.
    pub versions: Vec<Response>,
    /// What somebody chose.
    pub chosen: Option<Response>,
}

/// What somebody wrote, and what whoever read it says of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadRemark {
    /// The words.
    pub remark: Remark,
    /// What was said of them; none where nobody read them.
    pub verdict: Option<Verdict>,
    /// Whether they are still in what counts: told once, they stay told until somebody says otherwise.
    pub stands: bool,
}

/// Each question beside itself, year after year.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SurveyYears {
    /// The questions that are known.
    pub known: Vec<Question>,
    /// Each line of each question of which anything is known, public by public, in the questions' order.
    pub series: Vec<Series>,
    /// Published figures that are of no question known here: they stand alone.
    pub apart: Vec<PublishedFigure>,
    /// The tables that were read.
    pub tables: Vec<FiguresRow>,
    /// The groups with which a table could be common, by name.
    pub groups: Vec<(GroupId, String)>,
}

/// A table of published figures, in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FiguresRow {
    /// Which.
    pub id: FiguresId,
    /// What it is called.
    pub source: String,
    /// How many figures it has.
    pub figures: u32,
    /// The group whose it is, by its name.
    pub group: Option<(GroupId, String)>,
}

/// What came back from a tablet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SurveyBack {
    /// Of which survey.
    pub survey: SurveyId,
    /// The act, by which it can be undone; none where nothing was new.
    pub act: Option<ActId>,
    /// How many responses came.
    pub report: MergeReport,
}
