//! The words beside the figures: written over weeks, looked through for clues, published when they name nobody.
//!
//! What is published takes the place of what was: a story that someone no longer agrees to have told is erased here, and
//! in the mairie's notebook when it takes the next file. What the mairie printed it has.

use std::collections::BTreeSet;

use maillon_shared::api::errors::{Invalid, NotShared};
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::summary::ReportFile;
use maillon_shared::api::{Answer, Failure};
use maillon_shared::domain::clues::{Clue, ClueKind, Weight, WrittenFor};
use maillon_shared::domain::ids::DocId;
use maillon_shared::domain::summary::period::Period;
use maillon_shared::domain::summary::publication::{Publication, latest};
use maillon_shared::domain::summary::report::{NotYetTellable, PublishedReport, Report, ReportChange};

use super::super::Engine;
use crate::ambient::{Ambient, random_array};
use crate::journal::records::{report, summary};
use crate::journal::{Header, Kind};
use crate::notebook::{Beside, Plan, Target};
use crate::store::Store;
use crate::views::Views;

/// A report was published.
pub(in super::super) const PUBLISH_REPORT: &str = "publish_report";

impl<S: Store, A: Ambient> Engine<S, A> {
    pub(super) async fn summary_report(&mut self, period: Period) -> Result<ReportFile, Failure> {
        let may_publish = self.may_publish().await?;
        let today = self.today();
        let views = &self.notebook()?.views;
        let report = written(views, period);
        let clues = clues_in(views, &report, period);
        let published = last_published(views, period);
        let differs = match (&published, report.told(period, 1, today)) {
            (Some(published), Ok(told)) => !told.says_the_same(published),
            (Some(_), Err(_)) => true,
            (None, _) => report != Report::default(),
        };
        Ok(ReportFile { report, clues, published, differs, may_publish })
    }

    pub(super) async fn write_report(
        &mut self,
        period: Period,
        changes: Vec<ReportChange>,
        draft: Option<DraftKey>,
    ) -> Answer {
        if !period.is_sensible() {
            return Err(Failure::NotFound);
        }
        let number = period.number();
        let mut plan = Plan::new("write_report");
        plan.ends_draft = draft;
        let held = self.notebook()?.views.reports(number);
        let Some(&(first, _)) = held.first() else {
            let header = Header::new(DocId(random_array(&mut self.ambient)), Kind::Report, None, number);
            plan.edit(Target::New(header), move |document| {
                changes.iter().try_for_each(|change| report::write(document, change))
            });
            return self.save(plan).await;
        };
        // Two devices may have begun it apart: a line is changed where it stands, and a text that now says both is in one.
        let place = |change: &ReportChange| {
            let holds = |report: &Report, id| {
                report.stories.iter().any(|story| story.id == id) || report.commitments.iter().any(|one| one.id == id)
            };
            let line = change.line();
            let there = held.iter().find(|(_, report)| line.is_some_and(|id| holds(report, id)));
            there.map_or(first, |(id, _)| *id)
        };
        let others: Vec<(DocId, Report)> = held.iter().skip(1).map(|(id, held)| (*id, (*held).clone())).collect();
        let changes: Vec<(DocId, ReportChange)> = changes.into_iter().map(|change| (place(&change), change)).collect();
        for (document, change) in changes {
            if let ReportChange::Text(field, _) = &change {
                for (other, _) in others.iter().filter(|(_, report)| !report.text(*field).is_empty()) {
                    let emptied = ReportChange::Text(*field, String::new());
                    plan.edit(Target::Document(*other), move |document| report::write(document, &emptied));
                }
            }
            plan.edit(Target::Document(document), move |document| report::write(document, &change));
        }
        self.save(plan).await
    }

    pub(super) async fn publish_report(&mut self, period: Period) -> Answer {
        if !self.may_publish().await? {
            return Err(Failure::NotShared(NotShared::NotTheAdministrator));
        }
        let on = self.today();
        let views = &self.notebook()?.views;
        let published: Vec<Publication> = views.published().into_iter().map(|one| one.publication).collect();
        // Words go with figures: what is told of a period that is not over would be told before it is known.
        latest(&published, period).ok_or(Failure::NotFound)?;
        let report = written(views, period);
        if clues_in(views, &report, period).iter().any(|clue| clue.weight == Weight::Must) {
            return Err(Failure::Invalid(Invalid::NamesSomeone));
        }
        let version = last_published(views, period).map_or(1, |published| published.version.saturating_add(1));
        let told = report.told(period, version, on).map_err(|why| {
            Failure::Invalid(match why {
                NotYetTellable::Empty => Invalid::Empty,
                NotYetTellable::NoRight => Invalid::NoRight,
                NotYetTellable::NoAgreement => Invalid::NoAgreement,
            })
        })?;
        let mut plan = Plan::new(PUBLISH_REPORT);
        let header = Header::new(DocId(random_array(&mut self.ambient)), Kind::PublishedReport, None, 0);
        plan.edit(Target::New(header), move |document| summary::write_report(document, &told));
        let saved = self.save(plan).await?;
        self.forget_old_reports().await?;
        Ok(saved)
    }

    /// Erases the reports of which a later version is here.
    pub(in super::super) async fn forget_old_reports(&mut self) -> Result<(), Failure> {
        let Engine { store, ambient, open, .. } = self;
        let notebook = open.as_mut().ok_or(Failure::Locked)?;
        let old: BTreeSet<DocId> = notebook.views.old_reports().into_iter().collect();
        if old.is_empty() {
            return Ok(());
        }
        notebook.erase(store, ambient, &old, &Beside::default()).await
    }
}

/// All that is written of a period.
fn written(views: &Views, period: Period) -> Report {
    let mut report = Report::default();
    views.reports(period.number()).into_iter().for_each(|(_, other)| report.join(other.clone()));
    report
}

fn last_published(views: &Views, period: Period) -> Option<PublishedReport> {
    views.published_reports().into_iter().find(|report| report.period == period)
}

/// What names someone, or may. The year that the report is of is no clue.
fn clues_in(views: &Views, report: &Report, period: Period) -> Vec<Clue> {
    let mut clues = views.clues(&report.texts(), WrittenFor::Report);
    let year = period.year().to_string();
    clues.retain(|clue| clue.kind != ClueKind::Date || clue.words != year);
    clues
}
