//! Health projects and circles as screens read them: what asks for something, who carries what, who is away.

use chrono::{Days, NaiveDate};
use maillon_shared::api::responses::{
    AbsenceShown, CircleFile, HelperShown, MemberRow, ProjectCall, ProjectDue, ProjectFile, ProjectRow, ProjectStep,
    TimelineItem,
};
use maillon_shared::domain::agreement::accompanied;
use maillon_shared::domain::circle::{Helper, Member};
use maillon_shared::domain::directory::DirectoryEntry;
use maillon_shared::domain::follow_up::{FollowUp, FollowUpState};
use maillon_shared::domain::ids::{DocId, HealthProjectId, LineId, PersonId};
use maillon_shared::domain::person::{Person, RelatedPerson};
use maillon_shared::domain::project::{HealthProject, Owner, ProjectAction, Standing};
use maillon_shared::domain::shared_meeting::Origin;
use maillon_shared::text::sort::sort_key;
use serde::{Deserialize, Serialize};

use super::today::first_phone;
use super::{Cached, Content, Views};

/// How many days before it falls due a review is told of.
const SOON_DAYS: u64 = 6;
/// The words of a project in a row.
const ROW_CHARS: usize = 160;

/// A project, and its actions as the follow-ups that they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectRecord {
    /// The project.
    pub project: HealthProject,
    /// The actions that have a day, and those that ended.
    pub dated: Vec<FollowUp>,
    /// Those that wait without a day: they are spoken of at the review.
    pub undated: Vec<FollowUp>,
}

impl From<HealthProject> for ProjectRecord {
    fn from(project: HealthProject) -> Self {
        let (mut dated, mut undated) = (Vec::new(), Vec::new());
        for action in &project.actions {
            let follow_up = project.follow_up(action);
            let list = if action.by.is_none() && follow_up.is_open() { &mut undated } else { &mut dated };
            list.push(follow_up);
        }
        ProjectRecord { dated, undated, project }
    }
}

impl ProjectRecord {
    /// Every action.
    pub fn follow_ups(&self) -> impl Iterator<Item = &FollowUp> {
        self.dated.iter().chain(&self.undated)
    }
}

impl Views {
    /// A project, as it is written.
    pub fn project(&self, id: HealthProjectId) -> Option<&HealthProject> {
        match self.documents.get(&id.into()) {
            Some(Cached { content: Content::HealthProject(record), undone: false, .. }) => Some(&record.project),
            _ => None,
        }
    }

    /// Whether a project asks anything of anyone: it goes on, and its person agrees to be accompanied.
    fn is_awake(&self, project: &HealthProject) -> bool {
        project.is_running() && self.is_accompanied(project.person)
    }

    /// Whether she agrees, as it is written: nobody withdraws in advance.
    fn is_accompanied(&self, person: PersonId) -> bool {
        accompanied(&self.consents(person), NaiveDate::MAX).is_ok()
    }

    /// The follow-ups of a document, but those that wait in a project which asks for nothing, in a meeting that did not take
    /// place, or without a day.
    pub(super) fn follow_ups_in<'a>(&'a self, cached: &'a Cached) -> impl Iterator<Item = &'a FollowUp> {
        let (all, awake) = match &cached.content {
            Content::Journal { follow_ups, .. } => (follow_ups.as_slice(), true),
            Content::HealthProject(record) => (record.dated.as_slice(), self.is_awake(&record.project)),
            Content::SharedMeeting(record) => (record.follow_ups.as_slice(), record.meeting.held().is_some()),
            _ => (&[][..], true),
        };
        all.iter().filter(move |follow_up| awake || !follow_up.is_open())
    }

    /// The name of who carries an action that is a follow-up; empty is the coordinator.
    pub(super) fn owner_name(&self, follow_up: &FollowUp) -> String {
        let project = follow_up.project.and_then(|id| self.project(id));
        let meeting = follow_up.meeting.and_then(|id| self.meeting(id));
        let (person, owner) = match (project, meeting) {
            (Some(project), _) => (project.person, project.action(follow_up.id).map(|action| &action.owner)),
            (_, Some(meeting)) => (meeting.person, meeting.decision(follow_up.id).map(|decision| &decision.owner)),
            (None, None) => return follow_up.owner.clone(),
        };
        match owner {
            Some(Owner::Person) => self.person(person).map(Person::display_name).unwrap_or_default(),
            Some(Owner::Helper(helper)) => self.helper(person, helper, "", follow_up.due).name,
            Some(Owner::Unknown(text)) => text.clone(),
            Some(Owner::Coordinator) | None => String::new(),
        }
    }

    /// Someone who helps a person, as the sheet or the directory knows them, and whether they are away on a day.
    pub(super) fn helper(&self, person: PersonId, helper: &Helper, phone: &str, day: NaiveDate) -> HelperShown {
        let own = |name: String| HelperShown { name, role: String::new(), phone: phone.to_owned(), away: None };
        match helper {
            Helper::Named(name) => own(name.clone()),
            Helper::Related(id) => match self.related(person, *id) {
                Some(related) => HelperShown {
                    name: related.name.clone(),
                    role: related.relation.clone(),
                    phone: if phone.is_empty() { related.phone.clone() } else { phone.to_owned() },
                    away: None,
                },
                None => own(String::new()),
            },
            Helper::Entry(id) => match self.entry(*id) {
                Some(entry) => HelperShown {
                    name: entry.display_name(),
                    role: entry.role.clone(),
                    phone: match entry.phones.first() {
                        Some(first) if phone.is_empty() => first.number.clone(),
                        _ => phone.to_owned(),
                    },
                    away: self.away(entry, day).map(Box::new),
                },
                None => own(String::new()),
            },
        }
    }

    fn away(&self, entry: &DirectoryEntry, day: NaiveDate) -> Option<AbsenceShown> {
        let absence = entry.absences.iter().find(|absence| absence.holds_on(day))?;
        Some(self.absence_shown(absence, day))
    }

    /// A line of the sheets of a person.
    fn related(&self, person: PersonId, id: LineId) -> Option<&RelatedPerson> {
        let sheets = self.sheets_of(person).into_iter().filter_map(|sheet| self.sheet(sheet));
        sheets.flat_map(|sheet| &sheet.related).find(|related| related.id == id)
    }

    /// Whether that is someone: a line of the person's sheet, an entry, a name.
    pub fn knows_helper(&self, person: PersonId, helper: &Helper) -> bool {
        match helper {
            Helper::Related(id) => self.related(person, *id).is_some(),
            Helper::Entry(id) => self.entry(*id).is_some(),
            Helper::Named(name) => !name.trim().is_empty(),
        }
    }

    // ── Projects ────────────────────────────────────────────────────────────────────────────────────────────────────

    /// One project and what goes with it; conflicts are the journal's to tell.
    pub fn project_file(&self, id: HealthProjectId, today: NaiveDate) -> Option<ProjectFile> {
        let held = self.project(id)?;
        let person = self.person(held.person)?;
        let helped = held.actions.iter().filter_map(|action| match &action.owner {
            Owner::Helper(helper) => Some((action.id, self.helper(held.person, helper, "", today))),
            _ => None,
        });
        Some(ProjectFile {
            name: person.display_name(),
            phone: first_phone(person),
            agreement: accompanied(&self.consents(held.person), today),
            silence: person.state.silence(),
            owners: helped.collect(),
            carried: held.too_much_on_the_coordinator(),
            circle: self.circle_on(held.person, today),
            related: person.related.clone(),
            meetings: self.meetings_from(held.person, Origin::Project(id), today),
            conflicts: Vec::new(),
            project: HealthProject { person: self.shown_as(held.person), ..held.clone() },
        })
    }

    /// A project in a list.
    pub(super) fn project_row(&self, project: &HealthProject) -> ProjectRow {
        let is_done = |action: &&ProjectAction| matches!(action.state, FollowUpState::Done { .. });
        ProjectRow {
            id: project.id,
            person: self.shown_as(project.person),
            name: self.person(project.person).map(Person::display_name).unwrap_or_default(),
            words: super::hits::shortened_to(&project.words, ROW_CHARS),
            topic: project.topic.clone(),
            opened: project.opened,
            review: project.review,
            halted: match project.standing() {
                Standing::Running => None,
                Standing::Halted(halt) => Some(halt.kind.clone()),
            },
            open_actions: project.open_actions().count() as u32,
            done_actions: project.actions.iter().filter(is_done).count() as u32,
        }
    }

    /// The projects of a person: those that go on first, then the last opened first.
    pub(super) fn projects_of(&self, person: PersonId) -> Vec<ProjectRow> {
        let mut rows: Vec<_> = self
            .about(person)
            .filter_map(|cached| match &cached.content {
                Content::HealthProject(record) => Some(self.project_row(&record.project)),
                _ => None,
            })
            .collect();
        rows.sort_by_key(|row| (row.halted.is_some(), std::cmp::Reverse(row.opened), row.id));
        rows
    }

    /// What a project asks for on a day; nothing where it is stopped, or its person is not to be reminded of.
    pub(super) fn project_due(&self, project: &HealthProject, day: NaiveDate) -> Option<ProjectDue> {
        let person = self.person(project.person)?;
        if !person.state.is_reminded_on(day) || !project.is_to_be_reviewed() || !self.is_accompanied(project.person) {
            return None;
        }
        let soon = day.checked_add_days(Days::new(SOON_DAYS)).unwrap_or(day);
        let why = match project.review <= soon {
            true => ProjectCall::Review(project.review),
            false if project.has_no_next_step() => ProjectCall::NoNextStep,
            false => return None,
        };
        Some(ProjectDue { row: self.project_row(project), why })
    }

    /// What a project tells in a timeline.
    pub(super) fn project_steps(&self, project: &HealthProject) -> Vec<TimelineItem> {
        let step = |day, step| TimelineItem::Project(project.id, day, step);
        let mut steps = vec![step(project.opened, ProjectStep::Opened(project.words.clone()))];
        steps.extend(project.reviews.iter().map(|one| step(one.on, ProjectStep::Reviewed(one.words.clone()))));
        for halt in &project.halts {
            steps.push(step(halt.on, ProjectStep::Halted(halt.kind.clone(), halt.words.clone())));
            steps.extend(halt.over.iter().map(|over| step(over.on, ProjectStep::Resumed(over.words.clone()))));
        }
        steps
    }

    // ── Circles ─────────────────────────────────────────────────────────────────────────────────────────────────────

    /// Everyone who is, was or will be of a circle, whoever leads first, then by name.
    pub(super) fn circle_of(&self, person: PersonId, day: NaiveDate) -> Vec<MemberRow> {
        let mut rows = Vec::new();
        for cached in self.about(person) {
            let Content::Circle(members) = &cached.content else { continue };
            rows.extend(members.iter().map(|member| MemberRow {
                shown: self.helper(person, &member.who, &member.phone, day),
                member: Member { person: self.shown_as(member.person), ..member.clone() },
            }));
        }
        rows.sort_by_cached_key(|row| (!row.member.leads, sort_key(&row.shown.name), row.member.id));
        rows
    }

    /// Who is of a circle on a day.
    pub(super) fn circle_on(&self, person: PersonId, day: NaiveDate) -> Vec<MemberRow> {
        let all = self.circle_of(person, day).into_iter();
        all.filter(|row| row.member.is_of_it_on(day)).collect()
    }

    /// A line of a circle, and the document it is in.
    pub fn member(&self, person: PersonId, id: LineId) -> Option<(&Member, DocId)> {
        self.circle_documents(person).into_iter().find_map(|document| match &self.documents.get(&document)?.content {
            Content::Circle(members) => members.iter().find(|member| member.id == id).map(|member| (member, document)),
            _ => None,
        })
    }

    /// Those who lead, each with the document it is said in.
    pub fn leads(&self, person: PersonId) -> Vec<(LineId, DocId)> {
        let mut leads = Vec::new();
        for document in self.circle_documents(person) {
            let Some(Cached { content: Content::Circle(members), .. }) = self.documents.get(&document) else {
                continue;
            };
            leads.extend(members.iter().filter(|member| member.leads).map(|member| (member.id, document)));
        }
        leads
    }

    /// The documents of a circle: two devices may each have begun one.
    pub fn circle_documents(&self, person: PersonId) -> Vec<DocId> {
        let sheets = self.sheets_of(person).into_iter();
        let about = sheets.filter_map(|sheet| self.about.get(&sheet.0)).flatten();
        let is_circle = |id: &&DocId| match self.documents.get(id) {
            Some(cached) => matches!(cached.content, Content::Circle(_)) && !cached.undone,
            None => false,
        };
        about.filter(is_circle).copied().collect()
    }

    /// A circle; conflicts are the journal's to tell.
    pub fn circle_file(&self, id: PersonId, today: NaiveDate) -> Option<CircleFile> {
        let person = self.person(id)?;
        let (members, others): (Vec<_>, Vec<_>) =
            self.circle_of(id, today).into_iter().partition(|row| row.member.is_of_it_on(today));
        let is_of_it = |related: &&RelatedPerson| {
            let mut all = members.iter().chain(&others);
            all.any(|row| row.member.who == Helper::Related(related.id))
        };
        Some(CircleFile {
            person: person.id,
            name: person.display_name(),
            related: person.related.iter().filter(|related| !is_of_it(related)).cloned().collect(),
            documents: self.circle_documents(id),
            members,
            others,
            conflicts: Vec::new(),
        })
    }
}
