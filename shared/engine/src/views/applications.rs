//! Applications to calls for projects, as screens read them: what each still asks for, by when, and whether that is over.

use std::cmp::Reverse;

use chrono::{Days, NaiveDate};
use maillon_shared::api::application::{
    ApplicationDueRow, ApplicationFile, ApplicationOffers, ApplicationRow, Applications, DueShown,
};
use maillon_shared::domain::application::{ApplicationDue, FundingApplication};
use maillon_shared::domain::ids::{ApplicationId, GroupId};
use maillon_shared::domain::time::Instant;
use maillon_shared::text::sort::sort_key;

use super::{Content, Views};

impl Views {
    /// An application.
    pub fn application(&self, id: ApplicationId) -> Option<&FundingApplication> {
        match self.documents.get(&id.into()).filter(|cached| !cached.undone).map(|cached| &cached.content) {
            Some(Content::Application(application)) => Some(application),
            _ => None,
        }
    }

    /// Every application that stands.
    pub fn applications(&self) -> impl Iterator<Item = &FundingApplication> {
        let shown = self.documents.values().filter(|cached| !cached.undone);
        shown.filter_map(|cached| match &cached.content {
            Content::Application(application) if !application.withdrawn => Some(&**application),
            _ => None,
        })
    }

    /// Every application: what asks for something first, by its day; then what is still open; then by title.
    pub fn application_rows(&self, now: Instant) -> Applications {
        let row = |application: &FundingApplication| ApplicationRow {
            id: application.id,
            title: application.title.clone(),
            funder: application.funder.clone(),
            deadline: application.deadline,
            status: application.status.clone(),
            asked: application.totals().asked,
            next: self.due_shown(application, now).into_iter().next(),
            group: self.group_of(application.id.into()).map(|id| (id, self.group_name(id))),
        };
        let mut rows: Vec<ApplicationRow> = self.applications().map(row).collect();
        rows.sort_by_cached_key(|row| {
            let next = row.next.as_ref().map(|next| next.due.day());
            (next.is_none(), next, row.status.is_over(), sort_key(&row.title), row.id)
        });
        Applications { rows, groups: Vec::new(), offers: self.application_offers(None) }
    }

    /// The applications of a group, by title.
    pub fn applications_of(&self, group: GroupId) -> Vec<(ApplicationId, String)> {
        let here = self.applications().filter(|one| self.group_of(one.id.into()) == Some(group));
        let mut rows: Vec<_> = here.map(|one| (one.id, one.title.clone())).collect();
        rows.sort_by_cached_key(|(id, title)| (sort_key(title), *id));
        rows
    }

    /// What an application could be tied to: of a group, what is of that group; on one's own, everything that is read here.
    fn application_offers(&self, of: Option<GroupId>) -> ApplicationOffers {
        let fits = |group: Option<GroupId>| of.is_none() || group == of;
        let projects = self.collective_projects().map(|project| {
            let group = self.group_of(project.id.into());
            (project.id, project.title.clone(), group)
        });
        let mut projects: Vec<_> = projects.filter(|(.., group)| fits(*group)).collect();
        projects.sort_by_cached_key(|(id, title, _)| (sort_key(title), *id));
        let programmes = self.programmes().map(|programme| {
            let group = self.group_of(programme.id.into());
            (programme.id, programme.year, programme.title.clone(), group)
        });
        let mut programmes: Vec<_> = programmes.filter(|(.., group)| fits(*group)).collect();
        programmes.sort_by_cached_key(|(id, year, title, _)| (Reverse(*year), sort_key(title), *id));
        ApplicationOffers { projects, programmes }
    }

    /// One application and what goes with it.
    pub fn application_file(&self, id: ApplicationId, now: Instant) -> Option<ApplicationFile> {
        let application = self.application(id)?;
        let group = self.group_of(id.into());
        let entries = application.parts.iter().filter_map(|part| part.entry).chain(application.lead_entry);
        let projects = application.projects.iter().filter_map(|line| line.project).map(|project| {
            let title = self.collective_project(project).map(|project| project.title.clone());
            (project, title.unwrap_or_default())
        });
        let programme = application.programme.and_then(|programme| self.programme(programme));
        Some(ApplicationFile {
            today: now.day(),
            is_deadline_over: application.deadline.is_some_and(|deadline| deadline.is_over(now)),
            due: self.due_shown(application, now),
            names: self.names_of(entries),
            projects: projects.collect(),
            programme: programme.map(|programme| (programme.id, programme.year, programme.title.clone())),
            offers: self.application_offers(group),
            group: group.map(|id| (id, self.group_name(id))),
            may_write: true,
            conflicts: Vec::new(),
            application: application.clone(),
        })
    }

    fn due_shown(&self, application: &FundingApplication, now: Instant) -> Vec<DueShown> {
        let shown = |due: ApplicationDue| {
            let (what, who) = self.said_of_due(application, &due);
            let days_left = (due.day() - now.day()).num_days();
            DueShown { is_over: due.is_over(now), due, what, who, days_left }
        };
        application.due().into_iter().map(shown).collect()
    }

    /// What is due, in words, and by whom.
    fn said_of_due(&self, application: &FundingApplication, due: &ApplicationDue) -> (String, String) {
        match due {
            ApplicationDue::HandIn(_) => {
                let lead = application.lead_entry.map(|entry| self.name_of_entry(entry));
                let lead = lead.filter(|name| !name.is_empty()).unwrap_or_else(|| application.lead.clone());
                (String::new(), lead)
            }
            ApplicationDue::Piece(_, line) => {
                let piece = application.pieces.iter().find(|piece| piece.id == *line);
                piece.map(|piece| (piece.what.clone(), piece.who.clone())).unwrap_or_default()
            }
            ApplicationDue::Report(_, line) => {
                let report = application.reports.iter().find(|report| report.id == *line);
                (report.map(|report| report.kind.code().to_owned()).unwrap_or_default(), String::new())
            }
        }
    }

    /// What applications ask for, up to so many days after a day, the earliest first.
    pub fn applications_due(&self, day: NaiveDate, days_after: u64) -> Vec<ApplicationDueRow> {
        let horizon = day.checked_add_days(Days::new(days_after)).unwrap_or(day);
        let mut rows = Vec::new();
        for application in self.applications() {
            for due in application.due().into_iter().filter(|due| due.day() <= horizon) {
                let (what, who) = self.said_of_due(application, &due);
                rows.push(ApplicationDueRow {
                    application: application.id,
                    title: application.title.clone(),
                    what,
                    who,
                    days_late: u32::try_from((day - due.day()).num_days()).unwrap_or(0),
                    due,
                });
            }
        }
        rows.sort_by_key(|row| (row.due.day(), row.application, row.due.clone()));
        rows
    }
}
