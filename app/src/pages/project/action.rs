//! An action: what, who carries it, by when, for which goal. With a day it is a follow-up, and nothing is typed twice.

use chrono::NaiveDate;
use leptos::prelude::*;
use maillon_shared::api::projects::ProjectWrite;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::responses::ProjectFile;
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::circle::Helper;
use maillon_shared::domain::ids::{FollowUpId, HealthProjectId, LineId};
use maillon_shared::domain::project::{GoalState, Owner, ProjectChange};

use crate::browser;
use crate::door::answer;
use crate::drafts::{self, Fields};
use crate::pages::circle::who::{Who, WhoIs};
use crate::pages::circle::words::helper_words;
use crate::pages::note::form::near_days;
use crate::routes::{ProjectRoute, Route};
use crate::ui::error_summary::problem_of;
use crate::ui::{
    Chips, Choice, DayAdvice, DayField, FormFrame, Opened, Problem, Save, Text, TextField, load_once, when_loaded,
};
use crate::words::{note, project as w};

/// An action while it is filled.
#[derive(Clone, Debug, PartialEq, Eq)]
struct ActionForm {
    what: String,
    who: Who,
    by: Option<NaiveDate>,
    goal: Option<LineId>,
}

/// What the form offers: who, and which goals.
#[derive(Clone, PartialEq)]
struct Offered {
    who: Vec<Choice>,
    goals: Vec<Choice>,
}

/// An action of a project.
#[component]
pub fn ActionPage(id: HealthProjectId, action: Option<FollowUpId>) -> impl IntoView {
    let new = FollowUpId(browser::random_id());
    let loaded = load_once(move || async move { open(id, action).await });
    when_loaded(loaded, move |opened| {
        let (opened, offered) = opened.get_untracked();
        view! { <Form opened=opened offered=offered project=id action=action.unwrap_or(new) is_new=action.is_none() /> }
    })
}

async fn open(id: HealthProjectId, action: Option<FollowUpId>) -> Result<(Opened<ActionForm>, Offered), Failure> {
    let file: Box<ProjectFile> = answer!(Request::Project(id), Project(file) => file)?;
    let offered = offered(&file);
    let before = match action {
        Some(action) => {
            let held = file.project.action(action).ok_or(Failure::NotFound)?;
            ActionForm {
                what: held.what.clone(),
                who: Who::of(&held.owner.to_string(), &offered.who),
                by: held.by,
                goal: held.goal,
            }
        }
        None => ActionForm { what: String::new(), who: Who::default(), by: None, goal: None },
    };
    let subject = action.map_or_else(|| id.to_string(), |action| format!("{id}/{action}"));
    Ok((Opened::find(drafts::key("action", subject), before, lay).await, offered))
}

/// Who may carry it: she first, then those of her circle and of her sheet, the coordinator last.
fn offered(file: &ProjectFile) -> Offered {
    let mut who = vec![Choice::new(Owner::Person.to_string(), file.name.clone())];
    let circle = file.circle.iter().map(|row| (row.member.who.to_string(), helper_words(&row.shown)));
    let related = file.related.iter().map(|one| (Helper::Related(one.id).to_string(), one.name.clone()));
    for (code, name) in circle.chain(related) {
        if !who.iter().any(|choice| choice.code == code) {
            who.push(Choice::new(code, name));
        }
    }
    who.push(Choice::new(Owner::Coordinator.to_string(), w::coordination()));
    let open = file.project.goals.iter().filter(|goal| goal.state == GoalState::Open);
    let goals = open.map(|goal| Choice::new(goal.id.to_string(), goal.words.clone())).collect();
    Offered { who, goals }
}

#[component]
fn Form(
    opened: Opened<ActionForm>,
    offered: Offered,
    project: HealthProjectId,
    action: FollowUpId,
    is_new: bool,
) -> impl IntoView {
    let before = opened.before.clone();
    let there = Route::Project(ProjectRoute::One(project));
    let then = there.clone();
    let save = move |form: &ActionForm, draft: DraftKey| {
        let mut found = Vec::new();
        if form.what.trim().is_empty() {
            found.push(Problem { field: "what".into(), words: w::needs_what().into() });
        }
        let Some(owner) = form.who.code().map(|code| Owner::parse(&code)) else {
            found.push(Problem { field: "who".into(), words: w::needs_owner().into() });
            return Err(found);
        };
        if !found.is_empty() {
            return Err(found);
        }
        let mut changes = Vec::new();
        if form.what.trim() != before.what {
            changes.push(ProjectChange::Action(action, form.what.trim().to_owned()));
        }
        if is_new || form.who != before.who {
            changes.push(ProjectChange::Owner(action, owner));
        }
        if form.by != before.by {
            changes.push(ProjectChange::By(action, form.by));
        }
        if form.goal != before.goal {
            changes.push(ProjectChange::For(action, form.goal));
        }
        let write = ProjectWrite::Edit { id: project, changes, draft: Some(draft) };
        Ok(Save { request: Request::WriteProject(Box::new(write)), then: then.clone() })
    };
    let draw = move |form: RwSignal<ActionForm>, problems: RwSignal<Vec<Problem>>| {
        view! { <ActionFields form=form problems=problems offered=offered /> }
    };
    view! {
        <FormFrame
            title=if is_new { w::add_action } else { w::change_action }
            way_back=there
            opened=opened
            fields=fields_since
            forget=note::start_again
            save=save
            draw=draw
        />
    }
}

#[component]
fn ActionFields(form: RwSignal<ActionForm>, problems: RwSignal<Vec<Problem>>, offered: Offered) -> impl IntoView {
    let what = Text::within(form, |form: &ActionForm| form.what.clone(), |form, text| form.what = text);
    let by = Signal::derive(move || form.with(|form| form.by));
    let set_by = Callback::new(move |day| form.update(|form| form.by = day));
    let today = browser::today();
    let near = Signal::derive(move || {
        let [week, fortnight, month] = near_days(today);
        vec![
            (week, note::in_7_days().to_owned()),
            (fortnight, note::in_14_days().to_owned()),
            (month, note::in_a_month().to_owned()),
        ]
    });
    let goal = Signal::derive(move || form.with(|form| form.goal.map(|id| id.to_string()).unwrap_or_default()));
    let choose_goal = Callback::new(move |code: String| form.update(|form| form.goal = LineId::parse(&code)));
    let goals = (!offered.goals.is_empty()).then(|| {
        let goals = offered.goals;
        let choices = Signal::derive(move || {
            let none = Choice::new("", w::no_goal_in_particular());
            goals.iter().cloned().chain([none]).collect::<Vec<_>>()
        });
        view! { <Chips name="goal" legend=|| w::for_goal() choices=choices chosen=goal choose=choose_goal /> }
    });
    view! {
        <TextField id="what" label=w::action hint=w::action_hint text=what error=problem_of(problems, "what") />
        <WhoIs
            form=form
            read=|form| &form.who
            write=|form| &mut form.who
            legend=w::owner
            offered=offered.who
            problems=problems
        />
        <DayField id="by" legend=|| w::by() near=near none=w::at_review day=by set=set_by />
        <DayAdvice day=by set=set_by />
        {goals}
    }
}

fn fields_since(opened: &ActionForm, form: &ActionForm) -> Fields {
    let of = |form: &ActionForm| {
        [
            ("what", form.what.clone()),
            ("by", form.by.map(|day| day.to_string()).unwrap_or_default()),
            ("goal", form.goal.map(|id| id.to_string()).unwrap_or_default()),
        ]
    };
    let mut fields = Fields::that_differ(of(opened), of(form));
    form.who.put(&opened.who, &mut fields);
    fields
}

fn lay(form: &mut ActionForm, fields: &Fields) {
    for (name, value) in fields.iter() {
        match name {
            "what" => form.what = value.to_owned(),
            "by" => form.by = value.parse().ok(),
            "goal" => form.goal = LineId::parse(value),
            name => form.who.lay(name, value),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_finds_the_whole_action_again() {
        let opened = ActionForm { what: String::new(), who: Who::default(), by: None, goal: None };
        let form = ActionForm {
            what: "l’emmener au marché".into(),
            who: Who { chosen: "coordinator".into(), ..Who::default() },
            by: "2026-06-19".parse().ok(),
            goal: Some(LineId([3; 16])),
        };
        let mut again = opened.clone();
        lay(&mut again, &Fields::read(&fields_since(&opened, &form).write()));
        assert_eq!(again, form);
        assert!(fields_since(&opened, &opened).is_empty());
    }
}
