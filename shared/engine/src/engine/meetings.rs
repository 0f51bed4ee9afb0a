//! *Temps d'échange*, as plans: what one comes from says so in the same act, and no name leaves without a consent that
//! stands at that moment.

use chrono::{NaiveDate, TimeDelta};
use maillon_shared::api::errors::Invalid;
use maillon_shared::api::meetings::{MeetingAnswer, MeetingRead, MeetingWrite};
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::responses::Conflict;
use maillon_shared::api::{Answer, Failure, Response};
use maillon_shared::domain::consent::{Recipient, Why};
use maillon_shared::domain::ids::{LineId, SharedMeetingId};
use maillon_shared::domain::meeting_paper::{GivenPaper, Paper, PaperWay};
use maillon_shared::domain::person::Silence;
use maillon_shared::domain::project::{Owner, ProjectChange, ProjectLink};
use maillon_shared::domain::request::{LinkKind, RequestChange, RequestLink, RequestStep};
use maillon_shared::domain::shared_meeting::{
    Asked, Came, Held, MeetingChange, MeetingState, Origin, Presence, SharedMeeting, ToldBack,
};

use super::Engine;
use super::commands::{happened, known, possible, reminded, short_enough};
use super::projects::known_helper;
use crate::ambient::Ambient;
use crate::journal::records::{project, request, shared_meeting};
use crate::journal::{Document, Header, Kind};
use crate::notebook::{Plan, Target};
use crate::store::Store;
use crate::views::Views;

/// What was done when a paper left: a trace that stays.
pub(super) const GIVE_PAPER: &str = "give_meeting_paper";
/// A slip of the year is likelier than a meeting so far ahead.
const FURTHEST_MEETING_DAYS: i64 = 366 * 2;
/// A slip of the year is likelier than a decision so far ahead.
const FURTHEST_DECISION_DAYS: i64 = 366 * 5;
/// More help nobody.
const MOST_LINES: usize = 200;

impl<S: Store, A: Ambient> Engine<S, A> {
    pub(super) async fn write_meeting(&mut self, write: MeetingWrite) -> Answer {
        match write {
            MeetingWrite::Plan { meeting, draft } => self.plan_meeting(*meeting, draft).await,
            MeetingWrite::Edit { id, changes, draft } => self.edit_meeting(id, changes, draft).await,
            MeetingWrite::Hold { id, held, came, draft } => self.hold_meeting(id, held, came, draft).await,
            MeetingWrite::TellBack { id, told, draft } => self.tell_back(id, told, draft).await,
            MeetingWrite::Cancel { id, why, draft } => self.cancel_meeting(id, why, draft).await,
            MeetingWrite::Give { id, trace, paper, way, draft } => self.give_paper(id, trace, paper, way, draft).await,
        }
    }

    pub(super) async fn read_meeting(&mut self, asked: MeetingRead) -> Answer {
        let today = self.today();
        let views = &self.notebook()?.views;
        let (MeetingRead::One(id) | MeetingRead::Invitation { id, .. } | MeetingRead::Minutes(id, _)) = &asked;
        let (id, person) = (*id, views.meeting(*id).ok_or(Failure::NotFound)?.person);
        let shown = views.shown_as(person);
        let answer = match asked {
            MeetingRead::One(_) => {
                let mut file = views.meeting_file(id, today).ok_or(Failure::NotFound)?;
                let (store, notebook) = (&self.store, self.open.as_mut().ok_or(Failure::Locked)?);
                let read = notebook.read_document(store, id.into(), |document: &mut Document| document.conflicts());
                file.conflicts = read.await.unwrap_or_default();
                file.conflicts.iter_mut().for_each(as_it_is_read);
                MeetingAnswer::One(Box::new(file))
            }
            MeetingRead::Invitation { guest, message, .. } => {
                let preview = views.invitation(id, guest, &message, today);
                MeetingAnswer::Invitation(Box::new(preview.ok_or(Failure::NotFound)?))
            }
            MeetingRead::Minutes(_, to) => {
                MeetingAnswer::Minutes(Box::new(views.minutes(id, to, today).ok_or(Failure::NotFound)?))
            }
        };
        self.note_read("meeting", shown.0).await?;
        Ok(Response::Meeting(answer))
    }

    async fn plan_meeting(&mut self, asked: SharedMeeting, draft: Option<DraftKey>) -> Answer {
        let today = self.today();
        let views = &self.notebook()?.views;
        if views.document(asked.id.into()).is_some() {
            return Ok(Response::Done);
        }
        known(views.person(asked.person).is_some())?;
        if views.is_provisional(asked.person) {
            return Err(Failure::Provisional);
        }
        reminded(views.person(asked.person))?;
        let blank = SharedMeeting::planned(asked.id, asked.person, asked.day);
        planned_on(asked.day, today)?;
        valid(views, &blank, &blank.changes_to(&asked), today)?;
        let mut plan = Plan::new("plan_meeting");
        plan.ends_draft = draft;
        if let Some(origin) = asked.origin {
            plan_link(&mut plan, views, &asked, origin, today)?;
        }
        let header = Header::new(asked.id.into(), Kind::SharedMeeting, Some(asked.person.0), 0);
        plan.edit(Target::New(header), move |document| shared_meeting::create(document, &asked));
        self.save(plan).await
    }

    async fn edit_meeting(
        &mut self,
        id: SharedMeetingId,
        changes: Vec<MeetingChange>,
        draft: Option<DraftKey>,
    ) -> Answer {
        let today = self.today();
        let views = &self.notebook()?.views;
        valid(views, views.meeting(id).ok_or(Failure::NotFound)?, &changes, today)?;
        let mut plan = Plan::new("edit_meeting");
        plan.ends_draft = draft;
        plan.edit(Target::Document(id.into()), move |document| {
            changes.iter().try_for_each(|change| shared_meeting::write(document, change))
        });
        self.save(plan).await
    }

    async fn hold_meeting(
        &mut self,
        id: SharedMeetingId,
        held: Held,
        came: Vec<(LineId, Option<Came>)>,
        draft: Option<DraftKey>,
    ) -> Answer {
        let today = self.today();
        let views = &self.notebook()?.views;
        let meeting = views.meeting(id).ok_or(Failure::NotFound)?;
        if matches!(meeting.state, MeetingState::Unknown(_)) {
            return Err(Failure::NotUnderstood);
        }
        happened(held.on, today)?;
        if meeting.told_back.as_ref().is_some_and(|told| told.on < held.on) {
            return Err(Failure::Invalid(Invalid::Day));
        }
        match &held.presence {
            Presence::There => {}
            Presence::Represented { by, why } => {
                known_helper(views, meeting.person, by)?;
                said(why, Invalid::NoReason)?;
            }
            Presence::Absent { why } => said(why, Invalid::NoReason)?,
            Presence::Unknown(_) => return Err(Failure::NotUnderstood),
        }
        let changes: Vec<_> = came.into_iter().map(|(guest, came)| MeetingChange::GuestCame(guest, came)).collect();
        valid(views, meeting, &changes, today)?;
        let mut plan = Plan::new("hold_meeting");
        plan.ends_draft = draft;
        plan.edit(Target::Document(id.into()), move |document| {
            changes.iter().try_for_each(|change| shared_meeting::write(document, change))?;
            shared_meeting::hold(document, &held)
        });
        self.save(plan).await
    }

    async fn tell_back(&mut self, id: SharedMeetingId, told: ToldBack, draft: Option<DraftKey>) -> Answer {
        let today = self.today();
        let meeting = self.notebook()?.views.meeting(id).ok_or(Failure::NotFound)?;
        let held = meeting.held().ok_or(Failure::Invalid(Invalid::NotHeld))?;
        happened(told.on, today)?;
        if told.on < held.on {
            return Err(Failure::Invalid(Invalid::Day));
        }
        said(&told.words, Invalid::Empty)?;
        let mut plan = Plan::new("tell_back");
        plan.ends_draft = draft;
        plan.edit(Target::Document(id.into()), move |document| shared_meeting::tell_back(document, &told));
        self.save(plan).await
    }

    async fn cancel_meeting(&mut self, id: SharedMeetingId, why: String, draft: Option<DraftKey>) -> Answer {
        let on = self.today();
        match self.notebook()?.views.meeting(id).ok_or(Failure::NotFound)?.state {
            MeetingState::Planned => {}
            MeetingState::Cancelled { .. } => return Ok(Response::Done),
            // It took place on another device: what was said there stays.
            MeetingState::Held(_) => return Err(Failure::WrittenSince),
            MeetingState::Unknown(_) => return Err(Failure::NotUnderstood),
        }
        said(&why, Invalid::NoReason)?;
        let mut plan = Plan::new("cancel_meeting");
        plan.ends_draft = draft;
        plan.edit(Target::Document(id.into()), move |document| shared_meeting::cancel(document, on, why.trim()));
        self.save(plan).await
    }

    async fn give_paper(
        &mut self,
        id: SharedMeetingId,
        trace: LineId,
        paper: Paper,
        way: PaperWay,
        draft: Option<DraftKey>,
    ) -> Answer {
        let now = self.ambient.now();
        let views = &self.notebook()?.views;
        let meeting = views.meeting(id).ok_or(Failure::NotFound)?;
        if meeting.given.iter().any(|given| given.id == trace) {
            return Ok(Response::Done);
        }
        let person = views.person(meeting.person).ok_or(Failure::NotFound)?;
        if let Some(why @ (Silence::Refuses | Silence::Deceased)) = person.state.silence() {
            return Err(Failure::Silenced(why));
        }
        let mut given = GivenPaper {
            id: trace,
            day: now.day(),
            hour: now.hour(),
            what: paper.kind(),
            recipient: Recipient::named(""),
            guest: paper.guest(),
            way,
            consent: None,
            message: String::new(),
        };
        let mut asked = None;
        match &paper {
            Paper::Invitation { guest, message } => {
                short_enough(message)?;
                if meeting.state != MeetingState::Planned {
                    return Err(Failure::WrittenSince);
                }
                let preview = views.invitation(id, *guest, message, now.day()).ok_or(Failure::NotFound)?;
                if !preview.may_leave() {
                    return Err(Failure::Invalid(Invalid::NamesSomeone));
                }
                given.consent = preview.invitation.about.consent();
                given.recipient = preview.invitation.recipient;
                given.message = preview.invitation.message;
                asked = meeting.guest(*guest).filter(|guest| guest.asked == Asked::NotYet).map(|guest| guest.id);
            }
            Paper::Minutes(to) => {
                meeting.held().ok_or(Failure::Invalid(Invalid::NotHeld))?;
                let preview = views.minutes(id, *to, now.day()).ok_or(Failure::NotFound)?;
                let minutes = preview.minutes.map_err(|why: Why| Failure::NotPermitted(why))?;
                given.consent = minutes.consent;
                given.recipient = minutes.recipient;
            }
        }
        let mut plan = Plan::new(GIVE_PAPER);
        plan.ends_draft = draft;
        plan.edit(Target::Document(id.into()), move |document| {
            if let Some(guest) = asked {
                shared_meeting::write(document, &MeetingChange::GuestAsked(guest, Asked::Asked))?;
            }
            shared_meeting::give(document, &given)
        });
        self.save(plan).await
    }
}

/// What a meeting comes from says that it does: a request that was understood is taken to the group.
fn plan_link(
    plan: &mut Plan,
    views: &Views,
    meeting: &SharedMeeting,
    origin: Origin,
    today: NaiveDate,
) -> Result<(), Failure> {
    let is_hers = |of| views.shown_as(of) == views.shown_as(meeting.person);
    match origin {
        Origin::Request(id) => {
            let held = views.request(id).ok_or(Failure::NotFound)?;
            known(held.person.is_some_and(is_hers))?;
            let link = RequestLink {
                id: LineId(meeting.id.0),
                kind: LinkKind::SharedMeeting,
                target: meeting.id.0,
                on: today,
            };
            let take = (held.taken_on.is_none() && !held.is_closed()).then_some(RequestStep::TakeToGroup(today));
            let mut changes: Vec<RequestChange> = Vec::new();
            for step in take.into_iter().chain([RequestStep::Link(link)]) {
                // Neither lets a name leave.
                changes.extend(held.advance(&step, &|_| Err(Why::NeverGiven)).map_err(Failure::NotYet)?);
            }
            plan.edit(Target::Document(id.into()), move |document| {
                changes.iter().try_for_each(|change| request::write(document, change))
            });
        }
        Origin::Project(id) => {
            known(is_hers(views.project(id).ok_or(Failure::NotFound)?.person))?;
            let link = ProjectChange::Link(ProjectLink::Meeting(meeting.id));
            plan.edit(Target::Document(id.into()), move |document| project::write(document, &link));
        }
    }
    Ok(())
}

/// What was written at once reads as it holds: that it was held first, and the presence that asks for most.
fn as_it_is_read(conflict: &mut Conflict) {
    if conflict.field == shared_meeting::STATE {
        conflict.values.sort_by_key(|state| state != "held");
    }
    if conflict.field == shared_meeting::PRESENCE {
        conflict.values.sort_by_key(|one| std::cmp::Reverse((Presence::strictness(one), one.clone())));
    }
}

fn said(text: &str, or: Invalid) -> Result<(), Failure> {
    match text.trim().is_empty() {
        true => Err(Failure::Invalid(or)),
        false => short_enough(text),
    }
}

/// A day a meeting is planned for: what took place already may be noted afterwards.
fn planned_on(day: NaiveDate, today: NaiveDate) -> Result<(), Failure> {
    possible(day)?;
    match day <= today + TimeDelta::days(FURTHEST_MEETING_DAYS) {
        true => Ok(()),
        false => Err(Failure::Invalid(Invalid::Day)),
    }
}

fn valid(views: &Views, held: &SharedMeeting, changes: &[MeetingChange], today: NaiveDate) -> Result<(), Failure> {
    let mut points: Vec<_> = held.points.iter().map(|point| point.id).collect();
    let mut guests: Vec<_> = held.guests.iter().map(|guest| guest.id).collect();
    let mut decisions: Vec<_> = held.decisions.iter().map(|decision| decision.id).collect();
    for change in changes {
        match change {
            MeetingChange::Text(_, text) => short_enough(text)?,
            MeetingChange::Day(day) => planned_on(*day, today)?,
            MeetingChange::Point(id, what) => {
                said(what, Invalid::Empty)?;
                points.push(*id);
            }
            MeetingChange::PointNotes(_, text) => short_enough(text)?,
            MeetingChange::Guest(id, who) => {
                known_helper(views, held.person, who)?;
                guests.push(*id);
            }
            MeetingChange::GuestAsked(_, Asked::Unknown(_)) | MeetingChange::GuestCame(_, Some(Came::Unknown(_))) => {
                return Err(Failure::NotUnderstood);
            }
            MeetingChange::GuestCame(_, Some(Came::Represented(by))) => said(by, Invalid::NoName)?,
            MeetingChange::Decision(id, what) => {
                said(what, Invalid::Empty)?;
                held.held().ok_or(Failure::Invalid(Invalid::NotHeld))?;
                if !decisions.contains(id) {
                    reminded(views.person(held.person))?;
                    let (owner, by) = (
                        changes.iter().any(|one| matches!(one, MeetingChange::DecisionOwner(of, _) if of == id)),
                        changes.iter().any(|one| matches!(one, MeetingChange::DecisionBy(of, _) if of == id)),
                    );
                    match (owner, by) {
                        (false, _) => return Err(Failure::Invalid(Invalid::NoOwner)),
                        (true, false) => return Err(Failure::Invalid(Invalid::Day)),
                        (true, true) => decisions.push(*id),
                    }
                }
            }
            MeetingChange::DecisionOwner(_, Owner::Helper(helper)) => known_helper(views, held.person, helper)?,
            MeetingChange::DecisionOwner(_, Owner::Unknown(_)) => return Err(Failure::Invalid(Invalid::NoOwner)),
            MeetingChange::DecisionBy(_, day) => {
                possible(*day)?;
                if *day > today + TimeDelta::days(FURTHEST_DECISION_DAYS) {
                    return Err(Failure::Invalid(Invalid::Day));
                }
            }
            _ => {}
        }
    }
    // What is said of a line that nobody made would be shown nowhere.
    for change in changes {
        known(match change {
            MeetingChange::PointNotes(id, _) | MeetingChange::PointOrder(id, _) | MeetingChange::RemovePoint(id) => {
                points.contains(id)
            }
            MeetingChange::GuestAsked(id, _) | MeetingChange::GuestCame(id, _) | MeetingChange::RemoveGuest(id) => {
                guests.contains(id)
            }
            MeetingChange::DecisionOwner(id, _) | MeetingChange::DecisionBy(id, _) => decisions.contains(id),
            _ => true,
        })?;
    }
    match points.len() + guests.len() + decisions.len() > 3 * MOST_LINES {
        true => Err(Failure::Invalid(Invalid::TooLong)),
        false => Ok(()),
    }
}
