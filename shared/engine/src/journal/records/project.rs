//! A health project in its document: a line a goal, an action, a review, a halt, so that two who write at once keep both.
//!
//! An action is written in the fields of a follow-up, and what is done to that follow-up is written here. Of two days
//! written at once for the review, the earlier is the one that is reminded of.

use std::cell::Cell;

use chrono::{Months, NaiveDate};
use maillon_shared::domain::follow_up::FollowUpState;
use maillon_shared::domain::ids::{FollowUpId, HealthProjectId, LineId, PersonId, RequestId};
use maillon_shared::domain::project::{
    Goal, GoalState, Halt, HaltKind, HealthProject, Over, Owner, ProjectAction, ProjectChange, ProjectField,
    ProjectLink, Review,
};

use super::super::document::{Document, JournalError};
use super::super::value::{Place, Value, line_key};
use super::follow_up::{self, DUE, POSTPONED_TIMES, POSTPONED_WHY, STATE, WHAT};
use super::{lines_in_order, put_in_line};

const OPENED: &str = "opened";
const FROM: &str = "from";
/// The day it is looked at again.
pub const REVIEW: &str = "review";

const GOALS: &str = "goals";
const WORDS: &str = "words";

/// The map of actions.
pub const ACTIONS: &str = "actions";
const OWNER: &str = "owner";
const GOAL: &str = "goal";

const REVIEWS: &str = "reviews";
const ON: &str = "on";

const HALTS: &str = "halts";
const OVER_ON: &str = "over_on";
const OVER_WORDS: &str = "over_words";

const LINKS: &str = "links";

/// Where no day can be read, so long after it was opened: nobody is forgotten for a damaged field.
const LATEST_REVIEW: Months = Months::new(3);

/// Writes a whole project that begins.
pub fn create(document: &mut Document, project: &HealthProject) -> Result<(), JournalError> {
    document.put(Place::Root, OPENED, project.opened.into())?;
    document.put(Place::Root, REVIEW, project.review.into())?;
    let from = project.from.map_or(Value::Nothing, |from| Value::Text(line_key(&from.0)));
    document.put(Place::Root, FROM, from)?;
    for field in ProjectField::ALL {
        document.put(Place::Root, field.code(), Value::text(project.text(*field)))?;
    }
    for goal in &project.goals {
        write(document, &ProjectChange::Goal(goal.id, goal.words.clone()))?;
    }
    Ok(())
}

/// Writes one change.
pub fn write(document: &mut Document, change: &ProjectChange) -> Result<(), JournalError> {
    match change {
        ProjectChange::Text(field, text) => document.put(Place::Root, field.code(), Value::text(text)),
        ProjectChange::Review(day) => document.put(Place::Root, REVIEW, (*day).into()),
        ProjectChange::Goal(id, words) => put_in_line(document, GOALS, *id, WORDS, Value::text(words)),
        ProjectChange::GoalState(id, state) => {
            document.put(Place::Line(GOALS, id.0), STATE, Value::code(state.code(), GoalState::Open.code()))
        }
        ProjectChange::Action(id, what) => put_in_line(document, ACTIONS, LineId(id.0), WHAT, Value::text(what)),
        ProjectChange::Owner(id, owner) => {
            put_in_line(document, ACTIONS, LineId(id.0), OWNER, Value::text(&owner.to_string()))
        }
        ProjectChange::By(id, day) => document.put(Place::Line(ACTIONS, id.0), DUE, (*day).into()),
        ProjectChange::For(id, goal) => {
            let goal = goal.map_or(Value::Nothing, |goal| Value::Text(line_key(&goal.0)));
            document.put(Place::Line(ACTIONS, id.0), GOAL, goal)
        }
        ProjectChange::Link(link) => document.put(Place::Line(LINKS, link.id()), WHAT, Value::text(link.code())),
    }
}

/// Writes that it was looked at again.
pub fn review(document: &mut Document, review: &Review) -> Result<(), JournalError> {
    put_in_line(document, REVIEWS, review.id, ON, review.on.into())?;
    put_in_line(document, REVIEWS, review.id, WORDS, Value::text(&review.words))
}

/// Writes a pause, a stop or an end.
pub fn halt(document: &mut Document, halt: &Halt) -> Result<(), JournalError> {
    put_in_line(document, HALTS, halt.id, ON, halt.on.into())?;
    put_in_line(document, HALTS, halt.id, WORDS, Value::text(&halt.words))?;
    put_in_line(document, HALTS, halt.id, WHAT, Value::text(halt.kind.code()))
}

/// Writes that a pause or a stop is over. The words go first: a day alone ends it.
pub fn resume(document: &mut Document, id: LineId, over: &Over) -> Result<(), JournalError> {
    if document.has_line(HALTS, id.0) {
        document.put(Place::Line(HALTS, id.0), OVER_WORDS, Value::text(&over.words))?;
        document.put(Place::Line(HALTS, id.0), OVER_ON, over.on.into())?;
    }
    Ok(())
}

/// Reads the project; nothing where it says not since when, or is nobody's.
pub fn read(document: &Document, oddities: &Cell<u32>) -> Option<HealthProject> {
    let fields = document.fields(Place::Root, oddities)?;
    let person = PersonId(document.header.subject?);
    let opened = fields.day(OPENED)?;
    let review = review_day(document).or_else(|| opened.checked_add_months(LATEST_REVIEW)).unwrap_or(opened);
    let mut project = HealthProject::empty(HealthProjectId(document.header.id.0), person, opened, review);
    project.from = fields.id(FROM).map(RequestId);
    for field in ProjectField::ALL {
        *project.text_mut(*field) = fields.text(field.code());
    }
    project.goals = lines_in_order(document, GOALS, oddities, |id, line| {
        let state = match line.text(STATE).as_str() {
            "" => GoalState::Open,
            code => GoalState::from_code(code),
        };
        Goal { id, words: line.text(WORDS), state }
    });
    project.actions = lines_in_order(document, ACTIONS, oddities, |id, line| {
        let by = line.day(DUE);
        ProjectAction {
            id: FollowUpId(id.0),
            goal: line.id(GOAL).map(LineId),
            what: line.text(WHAT),
            owner: Owner::parse(&line.text(OWNER)),
            by,
            state: state_of(document, id, follow_up::read_state(line, by.unwrap_or(review)), by.unwrap_or(review)),
            postponed_because: line.text(POSTPONED_WHY),
            postponed_times: line.int(POSTPONED_TIMES).and_then(|times| u32::try_from(times).ok()).unwrap_or(0),
        }
    });
    for (id, line) in document.lines(REVIEWS, oddities) {
        let Some(on) = line.day(ON) else { continue };
        project.reviews.push(Review { id: LineId(id), on, words: line.text(WORDS) });
    }
    project.reviews.sort_by_key(|review| (review.on, review.id));
    for (id, line) in document.lines(HALTS, oddities) {
        let Some(on) = line.day(ON) else { continue };
        let over = line.day(OVER_ON).map(|on| Over { on, words: line.text(OVER_WORDS) });
        let kind = HaltKind::from_code(&line.text(WHAT));
        project.halts.push(Halt { id: LineId(id), kind, on, words: line.text(WORDS), over });
    }
    project.halts.sort_by_key(|halt| (halt.on, halt.id));
    let links = document.lines(LINKS, oddities).into_iter();
    project.links = links.filter_map(|(id, line)| ProjectLink::from_parts(&line.text(WHAT), id)).collect();
    project.links.sort();
    Some(project)
}

/// The day of the review; of days written at once, the earliest.
fn review_day(document: &Document) -> Option<NaiveDate> {
    let written = document.values(Place::Root, REVIEW).into_iter().filter_map(Value::into_text);
    written.filter_map(|day| day.parse().ok()).min()
}

/// The state of an action; of states written at once, that it was done is what took place.
fn state_of(document: &Document, id: LineId, read: FollowUpState, due: NaiveDate) -> FollowUpState {
    let mut written = document.values(Place::Line(ACTIONS, id.0), STATE).into_iter().filter_map(Value::into_text);
    match read {
        FollowUpState::Cancelled { .. } if written.any(|state| state == "done") => {
            let oddities = Cell::new(0);
            let line = document.fields(Place::Line(ACTIONS, id.0), &oddities);
            let day = line.and_then(|line| line.day(follow_up::DONE_ON)).unwrap_or(due);
            FollowUpState::Done { day, by: None }
        }
        other => other,
    }
}
