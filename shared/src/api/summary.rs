//! The activity summary for the mairie, through the door: what is published, what would be, the words beside it, files of
//! it; and on the mairie's side, what is received. Nothing that is answered here identifies anyone, but the clues in a
//! report that is not published yet.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::requests::DraftKey;
use crate::domain::clues::Clue;
use crate::domain::disclosure::Threshold;
use crate::domain::summary::grid::Table;
use crate::domain::summary::period::{Month, Period};
use crate::domain::summary::publication::Publication;
use crate::domain::summary::report::{PublishedReport, Report, ReportChange};

/// What may be asked or done.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SummaryRequest {
    /// What is published, and what could be.
    All,
    /// Exactly what would be published now: nothing is.
    Preview,
    /// Closes the months that are over, and publishes what ended with them. It cannot be taken back: ask first.
    Publish,
    /// What is published of a period, as a table.
    Table(Period, TableFormat),
    /// What correcting a closed month would change: nothing is.
    PreviewCorrection(Period),
    /// Corrects a closed month, once. It cannot be taken back: ask first.
    Correct(Period),
    /// The report of a published period, as it is being written.
    Report(Period),
    /// Something is written in it.
    WriteReport {
        /// Of which period.
        period: Period,
        /// The report as it was read when this was written: what came since is not written over.
        read: Box<Report>,
        /// The differences.
        changes: Vec<ReportChange>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// Publishes it; what was published before of the period is told no longer. What the mairie has read it has read.
    PublishReport(Period),
    /// Tells nothing of it any more: an empty version takes the place of what is published, whatever is written meanwhile.
    WithdrawReport(Period),
    /// All that is published, as one signed file for the mairie.
    File,
    /// In a mairie's notebook: what a file that came brings. Nothing is taken.
    LookAt(Vec<u8>),
    /// In a mairie's notebook: takes what a file brings.
    Take {
        /// The file.
        file: Vec<u8>,
        /// Whether the words of whoever signed it were compared, just now: needed where they are not known yet.
        compared: bool,
    },
}

/// As what a table leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TableFormat {
    /// Comma-separated values, as French spreadsheets open them.
    Csv,
    /// An OpenDocument spreadsheet.
    Ods,
}

/// What is answered.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SummaryAnswer {
    /// What is published, and what could be.
    All(Box<Summaries>),
    /// What would be published, in order.
    Preview(Vec<Publication>),
    /// What a correction would change.
    Correction(Box<WouldCorrect>),
    /// A report that is being written.
    Report(Box<ReportFile>),
    /// What a file brings.
    Received(Box<Received>),
}

/// What is published, and what could be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summaries {
    /// Of which commune.
    pub commune: String,
    /// Who keeps the notebook.
    pub coordinator: String,
    /// What is published, in the order in which it was.
    pub published: Vec<Published>,
    /// The reports that are published, the last version of each, in order.
    pub reports: Vec<PublishedReport>,
    /// The periods that would be published now, in order.
    pub to_publish: Vec<Period>,
    /// From how many distinct persons on a figure is told.
    pub threshold: Threshold,
    /// Whether this device may publish: of several, the one that adds and removes does. Never in a mairie's notebook.
    pub may_publish: bool,
    /// The words of what this device signs with: the mairie compares them once. None in a mairie's notebook.
    pub words: Vec<String>,
    /// Whose summaries are taken, in a mairie's notebook.
    pub publishers: Vec<Publisher>,
}

/// A publication, the day of it, and whose it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// What it says.
    pub publication: Publication,
    /// Since when.
    pub on: NaiveDate,
    /// Of which commune; empty where it was not written then.
    #[serde(default)]
    pub commune: String,
    /// Who published it; empty where it was not written then.
    #[serde(default)]
    pub coordinator: String,
    /// The month that this version corrects, where it is a correction.
    #[serde(default)]
    pub corrects: Option<Month>,
    /// The month in which counting began, where that is within the period: it is not whole, and is not compared as if it
    /// were.
    #[serde(default)]
    pub begins: Option<Month>,
}

/// What correcting a month would change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WouldCorrect {
    /// How many things the month should count that no month counts.
    pub added: u32,
    /// How many it counts that were taken back since.
    pub removed: u32,
    /// The new versions that would be published.
    pub publications: Vec<Publication>,
    /// The tables that would stay as they are, for the difference would tell of someone. For the coordinator's eyes.
    pub left_as_they_were: Vec<Table>,
    /// Whether the month was corrected already: it is once.
    pub corrected_before: bool,
    /// Whether it may be from here.
    pub may_publish: bool,
}

/// A report that is being written, and what was published of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportFile {
    /// As it is written.
    pub report: Report,
    /// What in it names someone, or may. `text` counts the texts of [`Report::texts`].
    pub clues: Vec<Clue>,
    /// What was last published of it.
    pub published: Option<PublishedReport>,
    /// Whether publishing it now would say something else.
    pub differs: bool,
    /// Whether it may be published from here.
    pub may_publish: bool,
}

/// Whose summaries a mairie takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publisher {
    /// What they sign with.
    pub card: Vec<u8>,
    /// Of which commune they said to be, when their words were compared.
    pub commune: String,
    /// What they are called.
    pub coordinator: String,
    /// Since when.
    pub since: NaiveDate,
}

/// What a file that came brings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Received {
    /// Of which commune it says to be.
    pub commune: String,
    /// Whom it says to be of.
    pub coordinator: String,
    /// The words of what signed it.
    pub words: Vec<String>,
    /// Whether they were compared before, and when.
    pub known_since: Option<NaiveDate>,
    /// The periods that are new here.
    pub new: Vec<Period>,
    /// The periods of which it brings a later version.
    pub corrected: Vec<Period>,
    /// The reports that are new, or say something else now.
    pub reports: Vec<Period>,
    /// The periods of which it says otherwise than what was received: those stay as they are, and so does what holds them
    /// or lies in them, which would tell by its difference.
    pub differ: Vec<Period>,
}

impl Received {
    /// Whether taking it would change nothing.
    pub fn is_nothing_new(&self) -> bool {
        self.new.is_empty() && self.corrected.is_empty() && self.reports.is_empty()
    }
}
