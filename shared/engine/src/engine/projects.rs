//! Health projects, circles and liaison sheets, as plans: nobody's begins without her agreement, none is left without a
//! day to look at it again, and no sheet leaves without a consent that stands at that moment.

use chrono::{NaiveDate, TimeDelta};
use maillon_shared::api::errors::Invalid;
use maillon_shared::api::projects::ProjectWrite;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::responses::Conflict;
use maillon_shared::api::{Answer, Failure, Response};
use maillon_shared::domain::agreement::accompanied;
use maillon_shared::domain::circle::{Helper, Member, MemberChange};
use maillon_shared::domain::ids::{HealthProjectId, LineId, PersonId};
use maillon_shared::domain::liaison::{GivenSheet, GivenWay, LiaisonChoice, Piece};
use maillon_shared::domain::person::Silence;
use maillon_shared::domain::project::{
    AfterReview, Halt, HaltKind, HealthProject, Over, Owner, ProjectChange, Review, Standing,
};
use maillon_shared::domain::request::LinkKind;

use super::Engine;
use super::commands::{happened, known, possible, reminded, short_enough};
use super::triage::plan_link;
use crate::ambient::Ambient;
use crate::journal::records::{circle, liaison, project};
use crate::journal::{Document, Header, Kind};
use crate::notebook::{Plan, Target};
use crate::store::Store;
use crate::views::{Content, Views};

/// What was done when a sheet left: a trace that stays.
pub(super) const GIVE_SHEET: &str = "give_liaison_sheet";
/// A project looked at less often than that is looked at by nobody.
const LONGEST_WITHOUT_REVIEW_DAYS: i64 = 366;
/// A slip of the year is likelier than an action so far ahead.
const FURTHEST_ACTION_DAYS: i64 = 366 * 5;
/// More help nobody.
const MOST_LINES: usize = 200;

impl<S: Store, A: Ambient> Engine<S, A> {
    pub(super) async fn write_project(&mut self, write: ProjectWrite) -> Answer {
        match write {
            ProjectWrite::Open { project, draft } => self.open_project(*project, draft).await,
            ProjectWrite::Edit { id, changes, draft } => self.edit_project(id, changes, draft).await,
            ProjectWrite::Review { id, review, then, draft } => self.review_project(id, review, then, draft).await,
            ProjectWrite::Halt { id, halt, review, draft } => self.halt_project(id, halt, review, draft).await,
            ProjectWrite::Resume { id, over, review, draft } => self.resume_project(id, over, review, draft).await,
            ProjectWrite::Member { person, id, changes, draft } => self.edit_circle(person, id, changes, draft).await,
            ProjectWrite::GiveSheet { id, choice, way, draft } => self.give_sheet(id, choice, way, draft).await,
        }
    }

    async fn open_project(&mut self, mut begun: HealthProject, draft: Option<DraftKey>) -> Answer {
        let today = self.today();
        let views = &self.notebook()?.views;
        if views.document(begun.id.into()).is_some() {
            return Ok(Response::Done);
        }
        let person = views.person(begun.person);
        known(person.is_some())?;
        reminded(person)?;
        accompanied(&views.consents(begun.person), today).map_err(Failure::NotAccompanied)?;
        if let Some(request) = begun.from {
            let of = match views.document(request.into()).map(|cached| &cached.content) {
                Some(Content::Request(request)) => request.person,
                _ => None,
            };
            known(of.is_some_and(|of| views.shown_as(of) == views.shown_as(begun.person)))?;
        }
        happened(begun.opened, today)?;
        looked_at_again(begun.review, today)?;
        begun.goals.retain(|goal| !goal.words.trim().is_empty());
        if begun.words.trim().is_empty() {
            return Err(Failure::Invalid(Invalid::Empty));
        }
        [&begun.words, &begun.topic].into_iter().try_for_each(|text| short_enough(text))?;
        begun.goals.iter().try_for_each(|goal| short_enough(&goal.words))?;
        if begun.goals.len() > MOST_LINES {
            return Err(Failure::Invalid(Invalid::TooLong));
        }
        let mut plan = Plan::new("open_project");
        plan.ends_draft = draft;
        if let Some(request) = begun.from {
            let what = (LinkKind::HealthProject, begun.id.0);
            plan_link(&mut plan, &self.notebook()?.views, request, what, begun.opened)?;
        }
        let header = Header::new(begun.id.into(), Kind::HealthProject, Some(begun.person.0), 0);
        plan.edit(Target::New(header), move |document| project::create(document, &begun));
        self.save(plan).await
    }

    async fn edit_project(
        &mut self,
        id: HealthProjectId,
        changes: Vec<ProjectChange>,
        draft: Option<DraftKey>,
    ) -> Answer {
        let today = self.today();
        let views = &self.notebook()?.views;
        let held = views.project(id).ok_or(Failure::NotFound)?;
        valid(views, held, &changes, today)?;
        let mut plan = Plan::new("edit_project");
        plan.ends_draft = draft;
        plan.edit(Target::Document(id.into()), move |document| {
            changes.iter().try_for_each(|change| project::write(document, change))
        });
        self.save(plan).await
    }

    async fn review_project(
        &mut self,
        id: HealthProjectId,
        review: Review,
        then: AfterReview,
        draft: Option<DraftKey>,
    ) -> Answer {
        let today = self.today();
        let held = self.notebook()?.views.project(id).ok_or(Failure::NotFound)?;
        if held.reviews.iter().any(|one| one.id == review.id) {
            return Ok(Response::Done);
        }
        still_asks(held)?;
        happened(review.on, today)?;
        short_enough(&review.words)?;
        if let AfterReview::Next(day) = then {
            looked_at_again(day, today)?;
            if day <= review.on {
                return Err(Failure::Invalid(Invalid::Day));
            }
        } else if review.words.trim().is_empty() {
            return Err(Failure::Invalid(Invalid::NoReason));
        }
        let mut plan = Plan::new("review_project");
        plan.ends_draft = draft;
        plan.edit(Target::Document(id.into()), move |document| {
            project::review(document, &review)?;
            match then {
                AfterReview::Next(day) => project::write(document, &ProjectChange::Review(day)),
                AfterReview::Close(line) => {
                    let (on, words) = (review.on, review.words);
                    project::halt(document, &Halt { id: line, kind: HaltKind::Closed, on, words, over: None })
                }
            }
        });
        self.save(plan).await
    }

    async fn halt_project(
        &mut self,
        id: HealthProjectId,
        halt: Halt,
        review: Option<NaiveDate>,
        draft: Option<DraftKey>,
    ) -> Answer {
        let today = self.today();
        let held = self.notebook()?.views.project(id).ok_or(Failure::NotFound)?;
        if held.halts.iter().any(|one| one.id == halt.id) {
            return Ok(Response::Done);
        }
        // Whatever halted it before, what she says now is written: a pause that becomes a stop.
        happened(halt.on, today)?;
        short_enough(&halt.words)?;
        let again = match (&halt.kind, review) {
            (HaltKind::Paused, None) => return Err(Failure::Invalid(Invalid::Day)),
            (HaltKind::Paused, Some(day)) => {
                looked_at_again(day, today)?;
                Some(day)
            }
            (HaltKind::Closed, _) if halt.words.trim().is_empty() => {
                return Err(Failure::Invalid(Invalid::NoReason));
            }
            (HaltKind::Unknown(_), _) => return Err(Failure::NotUnderstood),
            _ => None,
        };
        let mut plan = Plan::new("halt_project");
        plan.ends_draft = draft;
        plan.edit(Target::Document(id.into()), move |document| {
            project::halt(document, &halt)?;
            again.map_or(Ok(()), |day| project::write(document, &ProjectChange::Review(day)))
        });
        self.save(plan).await
    }

    async fn resume_project(
        &mut self,
        id: HealthProjectId,
        over: Over,
        review: NaiveDate,
        draft: Option<DraftKey>,
    ) -> Answer {
        let today = self.today();
        let views = &self.notebook()?.views;
        let held = views.project(id).ok_or(Failure::NotFound)?;
        let standing: Vec<LineId> = held.halts.iter().filter(|halt| halt.over.is_none()).map(|halt| halt.id).collect();
        if standing.is_empty() {
            return Ok(Response::Done);
        }
        reminded(views.person(held.person))?;
        accompanied(&views.consents(held.person), today).map_err(Failure::NotAccompanied)?;
        happened(over.on, today)?;
        short_enough(&over.words)?;
        looked_at_again(review, today)?;
        let mut plan = Plan::new("resume_project");
        plan.ends_draft = draft;
        plan.edit(Target::Document(id.into()), move |document| {
            standing.iter().try_for_each(|halt| project::resume(document, *halt, &over))?;
            project::write(document, &ProjectChange::Review(review))
        });
        self.save(plan).await
    }

    // ── Circles ─────────────────────────────────────────────────────────────────────────────────────────────────────

    async fn edit_circle(
        &mut self,
        person: PersonId,
        id: LineId,
        changes: Vec<MemberChange>,
        draft: Option<DraftKey>,
    ) -> Answer {
        let views = &self.notebook()?.views;
        known(views.person(person).is_some())?;
        let (held, target) = match views.member(person, id) {
            Some((member, document)) => (Some(member.clone()), Target::Document(document)),
            None => {
                reminded(views.person(person))?;
                if views.circle_documents(person).len() > MOST_LINES {
                    return Err(Failure::Invalid(Invalid::TooLong));
                }
                (None, Target::Journal(Kind::Circle, Some(person.0), 0))
            }
        };
        valid_member(views, person, held, id, &changes)?;
        let others: Vec<_> = match changes.contains(&MemberChange::Leads(true)) {
            true => views.leads(person).into_iter().filter(|(line, _)| *line != id).collect(),
            false => Vec::new(),
        };
        let mut plan = Plan::new("edit_circle");
        plan.ends_draft = draft;
        for (line, document) in others {
            plan.edit(Target::Document(document), move |document| {
                circle::write(document, line, &MemberChange::Leads(false))
            });
        }
        plan.edit(target, move |document| changes.iter().try_for_each(|change| circle::write(document, id, change)));
        self.save(plan).await
    }

    // ── Liaison sheets ──────────────────────────────────────────────────────────────────────────────────────────────

    async fn give_sheet(
        &mut self,
        id: LineId,
        choice: LiaisonChoice,
        way: GivenWay,
        draft: Option<DraftKey>,
    ) -> Answer {
        let now = self.ambient.now();
        let views = &self.notebook()?.views;
        let person = views.person(choice.person).ok_or(Failure::NotFound)?;
        if let Some(why @ (Silence::Refuses | Silence::Deceased)) = person.state.silence() {
            return Err(Failure::Silenced(why));
        }
        let permit = views.may_tell(&choice, now.day()).map_err(Failure::NotPermitted)?;
        short_enough(&choice.message)?;
        let given = GivenSheet {
            id,
            person: choice.person,
            day: permit.day(),
            hour: now.hour(),
            recipient: permit.recipient().clone(),
            way,
            consent: Some(permit.entry()),
            pieces: choice.pieces.into_iter().filter(|piece| !matches!(piece, Piece::Unknown(_))).collect(),
            message: choice.message.trim().to_owned(),
        };
        let mut plan = Plan::new(GIVE_SHEET);
        plan.ends_draft = draft;
        let target = Target::Journal(Kind::GivenSheets, Some(given.person.0), 0);
        plan.edit(target, move |document| liaison::give(document, &given));
        self.save(plan).await
    }

    // ── To read ─────────────────────────────────────────────────────────────────────────────────────────────────────

    pub(super) async fn project(&mut self, id: HealthProjectId) -> Answer {
        let today = self.today();
        let mut file = self.notebook()?.views.project_file(id, today).ok_or(Failure::NotFound)?;
        let (store, notebook) = (&self.store, self.open.as_mut().ok_or(Failure::Locked)?);
        let read = notebook.read_document(store, id.into(), |document: &mut Document| document.conflicts()).await;
        file.conflicts = read.unwrap_or_default();
        file.conflicts.iter_mut().for_each(as_it_is_read);
        self.note_read("project", file.project.person.0).await?;
        Ok(Response::Project(Box::new(file)))
    }

    pub(super) async fn circle(&mut self, person: PersonId) -> Answer {
        let today = self.today();
        let mut file = self.notebook()?.views.circle_file(person, today).ok_or(Failure::NotFound)?;
        let (store, notebook) = (&self.store, self.open.as_mut().ok_or(Failure::Locked)?);
        for document in &file.documents {
            let read = notebook.read_document(store, *document, |document: &mut Document| document.conflicts()).await;
            file.conflicts.extend(read.unwrap_or_default());
        }
        self.note_read("circle", file.person.0).await?;
        Ok(Response::Circle(Box::new(file)))
    }

    pub(super) async fn liaison(&mut self, choice: &LiaisonChoice) -> Answer {
        let today = self.today();
        let preview = self.notebook()?.views.liaison_preview(choice, today).ok_or(Failure::NotFound)?;
        self.note_read("liaison", choice.person.0).await?;
        Ok(Response::Liaison(Box::new(preview)))
    }
}

/// Of two days of a review the earlier holds: it is the one that a screen says first.
fn as_it_is_read(conflict: &mut Conflict) {
    if conflict.field == project::REVIEW {
        conflict.values.sort();
    }
}

/// A day on which a project is looked at again: to come, and not so far that nobody would remember why.
fn looked_at_again(day: NaiveDate, today: NaiveDate) -> Result<(), Failure> {
    possible(day)?;
    match day >= today && day <= today + TimeDelta::days(LONGEST_WITHOUT_REVIEW_DAYS) {
        true => Ok(()),
        false => Err(Failure::Invalid(Invalid::Day)),
    }
}

/// What was stopped or closed is taken up again before anything is asked of anyone.
fn still_asks(project: &HealthProject) -> Result<(), Failure> {
    match project.standing() {
        Standing::Halted(halt) if halt.kind != HaltKind::Paused => Err(Failure::Invalid(Invalid::Halted)),
        _ => Ok(()),
    }
}

fn valid(views: &Views, held: &HealthProject, changes: &[ProjectChange], today: NaiveDate) -> Result<(), Failure> {
    let written = |text: &str| match text.trim().is_empty() {
        true => Err(Failure::Invalid(Invalid::Empty)),
        false => short_enough(text),
    };
    let says_owner = |id| changes.iter().any(|change| matches!(change, ProjectChange::Owner(other, _) if *other == id));
    for change in changes {
        match change {
            ProjectChange::Text(_, text) => short_enough(text)?,
            ProjectChange::Review(day) => {
                still_asks(held)?;
                looked_at_again(*day, today)?;
            }
            ProjectChange::Goal(_, words) => written(words)?,
            ProjectChange::GoalState(id, _) => known(held.goals.iter().any(|goal| goal.id == *id))?,
            ProjectChange::Action(id, what) => {
                still_asks(held)?;
                written(what)?;
                if held.action(*id).is_none() && !says_owner(*id) {
                    return Err(Failure::Invalid(Invalid::NoOwner));
                }
            }
            ProjectChange::Owner(_, Owner::Helper(helper)) => known_helper(views, held.person, helper)?,
            ProjectChange::Owner(_, Owner::Unknown(_)) => return Err(Failure::Invalid(Invalid::NoOwner)),
            ProjectChange::Owner(..) | ProjectChange::Link(_) => {}
            ProjectChange::By(_, day) => {
                still_asks(held)?;
                if let Some(day) = day {
                    possible(*day)?;
                    if *day > today + TimeDelta::days(FURTHEST_ACTION_DAYS) {
                        return Err(Failure::Invalid(Invalid::Day));
                    }
                }
            }
            ProjectChange::For(_, goal) => {
                let is_there = |id: &LineId| {
                    let new =
                        changes.iter().any(|change| matches!(change, ProjectChange::Goal(other, _) if other == id));
                    new || held.goals.iter().any(|goal| goal.id == *id)
                };
                known(goal.as_ref().is_none_or(is_there))?;
            }
        }
    }
    match held.goals.len() + held.actions.len() + changes.len() > 4 * MOST_LINES {
        true => Err(Failure::Invalid(Invalid::TooLong)),
        false => Ok(()),
    }
}

pub(super) fn known_helper(views: &Views, person: PersonId, helper: &Helper) -> Result<(), Failure> {
    if let Helper::Named(name) = helper {
        short_enough(name)?;
        if name.trim().is_empty() {
            return Err(Failure::Invalid(Invalid::NoOwner));
        }
    }
    known(views.knows_helper(person, helper))
}

fn valid_member(
    views: &Views,
    person: PersonId,
    held: Option<Member>,
    id: LineId,
    changes: &[MemberChange],
) -> Result<(), Failure> {
    let who = changes.iter().find_map(|change| match change {
        MemberChange::Who(who) => Some(who.clone()),
        _ => None,
    });
    let mut member = match (held, &who) {
        (Some(member), _) => member,
        (None, Some(who)) => Member::empty(id, person, who.clone()),
        (None, None) => return Err(Failure::Invalid(Invalid::NoOwner)),
    };
    for change in changes {
        match change {
            MemberChange::Who(who) => known_helper(views, person, who)?,
            MemberChange::Text(_, text) => short_enough(text)?,
            MemberChange::From(day) => member.from = *day,
            MemberChange::Until(day) => member.until = *day,
            MemberChange::Leads(_) | MemberChange::Remove => {}
        }
    }
    [member.from, member.until].into_iter().flatten().try_for_each(possible)?;
    match (member.from, member.until) {
        (Some(from), Some(until)) if until < from => Err(Failure::Invalid(Invalid::Day)),
        _ => Ok(()),
    }
}
