//! A goal, in her words, and how far she says it is.

use leptos::prelude::*;
use maillon_shared::api::projects::ProjectWrite;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::ids::{HealthProjectId, LineId};
use maillon_shared::domain::project::{Goal, GoalState, ProjectChange};

use super::words::state_words;
use crate::browser;
use crate::door::answer;
use crate::drafts::{self, Fields};
use crate::routes::{ProjectRoute, Route};
use crate::ui::error_summary::problem_of;
use crate::ui::{Chips, Choice, FormFrame, Opened, Problem, Save, Text, TextArea, load_once, when_loaded};
use crate::words::{note, project as w};

/// A goal of a project.
#[component]
pub fn GoalPage(id: HealthProjectId, goal: Option<LineId>) -> impl IntoView {
    let loaded = load_once(move || async move { open(id, goal).await });
    when_loaded(loaded, move |opened| view! { <Form opened=opened.get_untracked() id=id is_new=goal.is_none() /> })
}

async fn open(id: HealthProjectId, goal: Option<LineId>) -> Result<Opened<Goal>, Failure> {
    let file = answer!(Request::Project(id), Project(file) => file)?;
    let before = match goal {
        Some(goal) => file.project.goals.into_iter().find(|one| one.id == goal).ok_or(Failure::NotFound)?,
        None => Goal { id: LineId(browser::random_id()), words: String::new(), state: GoalState::Open },
    };
    let subject = goal.map_or_else(|| id.to_string(), |goal| format!("{id}/{goal}"));
    Ok(Opened::find(drafts::key("goal", subject), before, lay).await)
}

#[component]
fn Form(opened: Opened<Goal>, id: HealthProjectId, is_new: bool) -> impl IntoView {
    let before = opened.before.clone();
    let there = Route::Project(ProjectRoute::One(id));
    let then = there.clone();
    let save = move |form: &Goal, draft: DraftKey| {
        if form.words.trim().is_empty() {
            return Err(vec![Problem { field: "words".into(), words: w::needs_goal().into() }]);
        }
        let mut changes = Vec::new();
        if form.words != before.words {
            changes.push(ProjectChange::Goal(before.id, form.words.trim().to_owned()));
        }
        if form.state != before.state {
            changes.push(ProjectChange::GoalState(before.id, form.state.clone()));
        }
        let write = ProjectWrite::Edit { id, changes, draft: Some(draft) };
        Ok(Save { request: Request::WriteProject(Box::new(write)), then: then.clone() })
    };
    let draw = move |form: RwSignal<Goal>, problems: RwSignal<Vec<Problem>>| {
        let words = Text::within(form, |form: &Goal| form.words.clone(), |form, text| form.words = text);
        let state = Signal::derive(move || form.with(|form| form.state.code().to_owned()));
        let choices = Signal::derive(|| {
            GoalState::ALL.iter().map(|state| Choice::new(state.code(), state_words(state))).collect::<Vec<_>>()
        });
        let choose = Callback::new(move |code: String| form.update(|form| form.state = GoalState::from_code(&code)));
        let how_far = (!is_new).then(|| {
            view! { <Chips name="state" legend=|| w::goal_state() choices=choices chosen=state choose=choose /> }
        });
        view! {
            <TextArea
                id="words"
                label=w::goal
                hint=w::goal_hint
                text=words
                lines=2
                error=problem_of(problems, "words")
            />
            {how_far}
        }
    };
    view! {
        <FormFrame
            title=if is_new { w::add_goal } else { w::change_goal }
            way_back=there
            opened=opened
            fields=fields_since
            forget=note::start_again
            save=save
            draw=draw
        />
    }
}

fn fields_since(opened: &Goal, form: &Goal) -> Fields {
    let of = |form: &Goal| [("words", form.words.clone()), ("state", form.state.code().to_owned())];
    Fields::that_differ(of(opened), of(form))
}

fn lay(form: &mut Goal, fields: &Fields) {
    for (name, value) in fields.iter() {
        match name {
            "words" => form.words = value.to_owned(),
            "state" => form.state = GoalState::from_code(value),
            _ => {}
        }
    }
}
