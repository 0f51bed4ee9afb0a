//! The words beside the figures: written over weeks, looked through for clues, published when they name nobody.
//!
//! What is published takes the place of what was: a story that someone no longer agrees to have told is erased here, and
//! in the mairie's notebook when it takes the next file. What the mairie printed it has.

use std::collections::{BTreeMap, BTreeSet};

use maillon_shared::api::errors::{Invalid, NotShared};
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::summary::ReportFile;
use maillon_shared::api::{Answer, Failure};
use maillon_shared::domain::clues::{Clue, ClueKind, Weight, WrittenFor};
use maillon_shared::domain::ids::{DocId, LineId};
use maillon_shared::domain::summary::period::Period;
use maillon_shared::domain::summary::publication::{Publication, latest};
use maillon_shared::domain::summary::report::{NotYetTellable, PublishedReport, Report, ReportChange, StoryField};

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
        let published = published.filter(|report| !report.is_empty());
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
        read: &Report,
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
        let now = written(&self.notebook()?.views, period);
        let is_apart = self.notebook()?.views.reports(number).len() > 1;
        let changes: Vec<ReportChange> =
            changes.into_iter().map(|change| beside_what_came(change, read, &now, is_apart)).collect();
        let held = self.notebook()?.views.reports(number);
        // Two devices may have begun it apart: a line is changed where it stands; a text where it was read, or else where there is
        // none.
        let place = |change: &ReportChange| {
            let holds = |report: &Report, id| {
                report.stories.iter().any(|story| story.id == id) || report.commitments.iter().any(|one| one.id == id)
            };
            let there = match change {
                ReportChange::Text(field, _) => {
                    let says = |report: &Report| report.text(*field).trim().to_owned();
                    let was_read =
                        |report: &Report| !says(report).is_empty() && read.text(*field).contains(&says(report));
                    let read = held.iter().find(|(_, report)| was_read(report));
                    read.or_else(|| held.iter().find(|(_, report)| says(report).is_empty()))
                }
                change => held.iter().find(|(_, report)| change.line().is_some_and(|id| holds(report, id))),
            };
            there.map_or(first, |(id, _)| *id)
        };
        let all: Vec<(DocId, Report)> = held.iter().map(|(id, held)| (*id, (*held).clone())).collect();
        let changes: Vec<(DocId, ReportChange)> = changes.into_iter().map(|change| (place(&change), change)).collect();
        // A line that went on the other device while it was written here comes back as another: no word of it is lost.
        let lines = changes.iter().filter_map(|(_, change)| change.line()).collect::<BTreeSet<LineId>>();
        let anew: BTreeMap<LineId, LineId> =
            lines.into_iter().map(|line| (line, LineId(random_array(&mut self.ambient)))).collect();
        for (document, change) in changes {
            if let ReportChange::Text(field, text) = &change {
                // What whoever wrote this has read is theirs to write over; what came since stays, and both are read.
                let was_read = |report: &Report| {
                    let there = report.text(*field).trim();
                    read.text(*field).contains(there) || text.contains(there)
                };
                let others = all
                    .iter()
                    .filter(|(id, report)| *id != document && !report.text(*field).is_empty() && was_read(report));
                for (other, _) in others {
                    let emptied = ReportChange::Text(*field, String::new());
                    plan.edit(Target::Document(*other), move |document| report::write(document, &emptied));
                }
            }
            let instead = change.line().and_then(|line| anew.get(&line).copied());
            plan.edit(Target::Document(document), move |document| match change.line().zip(instead) {
                Some((line, instead)) if report::is_gone(document, line) => match change {
                    ReportChange::Remove(..) => Ok(()),
                    change => report::write(document, &change.in_line(instead)),
                },
                _ => report::write(document, &change),
            });
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
        self.put_report(told).await
    }

    /// What someone no longer agrees to have told goes at once: nothing else need be ready for it.
    pub(super) async fn withdraw_report(&mut self, period: Period) -> Answer {
        if !self.may_publish().await? {
            return Err(Failure::NotShared(NotShared::NotTheAdministrator));
        }
        let on = self.today();
        let published = last_published(&self.notebook()?.views, period);
        let published = published.filter(|report| !report.is_empty()).ok_or(Failure::NotFound)?;
        let version = published.version.saturating_add(1);
        self.put_report(PublishedReport { version, ..Report::default().to_be_read(period, on) }).await
    }

    async fn put_report(&mut self, mut told: PublishedReport) -> Answer {
        // A clock that went back does not leave what was published before standing.
        let before = last_published(&self.notebook()?.views, told.period);
        told.on = before.map_or(told.on, |before| told.on.max(before.on));
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

/// A text that was written over one that its writer had not read says both.
fn beside_what_came(change: ReportChange, read: &Report, now: &Report, is_apart: bool) -> ReportChange {
    let both = |text: String, read: &str, now: &str| {
        let was_read = now.trim().is_empty() || read.contains(now.trim()) || text.contains(now.trim());
        if was_read { text } else { format!("{}\n\n{}", text.trim_end(), now.trim()) }
    };
    let story = |report: &Report, id: LineId, field: StoryField| {
        let held = report.stories.iter().find(|story| story.id == id);
        held.map(|story| story.text(field).to_owned()).unwrap_or_default()
    };
    match change {
        // Of a text that two documents hold, what was not read stays where it stands.
        ReportChange::Text(field, text) if now.text(field) != read.text(field) && !is_apart => {
            ReportChange::Text(field, both(text, read.text(field), now.text(field)))
        }
        ReportChange::Story(id, StoryField::Text, text) => {
            let (read, now) = (story(read, id, StoryField::Text), story(now, id, StoryField::Text));
            ReportChange::Story(id, StoryField::Text, both(text, &read, &now))
        }
        other => other,
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
