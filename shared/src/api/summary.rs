//! The activity summary for the mairie, through the door: what is published, what would be, and files of it. What is asked
//! here holds figures that identify nobody, and nothing else.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::disclosure::Threshold;
use crate::domain::summary::period::Period;
use crate::domain::summary::publication::Publication;

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
    Table(Period),
}

/// What is answered.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SummaryAnswer {
    /// What is published, and what could be.
    All(Box<Summaries>),
    /// What would be published, in order.
    Preview(Vec<Publication>),
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
    /// The periods that would be published now, in order.
    pub to_publish: Vec<Period>,
    /// From how many distinct persons on a figure is told.
    pub threshold: Threshold,
    /// Whether this device may publish: of several, the one that adds and removes does.
    pub may_publish: bool,
}

/// A publication, and the day of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// What it says.
    pub publication: Publication,
    /// Since when.
    pub on: NaiveDate,
}
