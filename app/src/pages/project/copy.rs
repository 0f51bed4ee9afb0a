//! Her own copy of a project, in plain words and large type: what she wants, who does what, when it is spoken of again,
//! whom to call. The same is what may be read over a shoulder.

use chrono::NaiveDate;
use leptos::prelude::*;
use maillon_shared::api::responses::ProjectFile;
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::follow_up::FollowUpState;
use maillon_shared::domain::ids::{HealthProjectId, PersonId};
use maillon_shared::domain::project::{GoalState, Owner, Standing};
use maillon_shared::text::phone::Phone;

use super::words::{halted_words, owner_words};
use crate::door::answer;
use crate::routes::{ProjectRoute, Route};
use crate::session::session;
use crate::ui::{Back, OnPaper, Paper, PrintButton, Title, load, when_loaded};
use crate::words::{in_a_row, project as w};
use crate::{browser, when};

/// All that the copy says: nothing else of the project goes any further.
#[derive(Clone, PartialEq)]
struct Plain {
    id: HealthProjectId,
    person: PersonId,
    words: String,
    halted: Option<String>,
    goals: Vec<(String, bool)>,
    actions: Vec<(String, String, String)>,
    review: Option<NaiveDate>,
    call: Vec<(String, String)>,
}

/// Her copy.
#[component]
pub fn CopyPage(id: HealthProjectId, discreet: bool) -> impl IntoView {
    let loaded = load(move || async move { ask(id).await });
    when_loaded(loaded, move |plain| view! { <Copy plain=plain discreet=discreet /> })
}

async fn ask(id: HealthProjectId) -> Result<Plain, Failure> {
    let file: Box<ProjectFile> = answer!(Request::Project(id), Project(file) => file)?;
    Ok(plain(&file))
}

fn plain(file: &ProjectFile) -> Plain {
    let today = browser::today();
    let project = &file.project;
    let halted = match project.standing() {
        Standing::Running => None,
        Standing::Halted(halt) => Some(halted_words(&halt.kind).to_owned()),
    };
    let kept = project.goals.iter().filter(|goal| goal.state != GoalState::Dropped);
    let actions = project.open_actions().map(|action| {
        let who = match action.owner {
            Owner::Person => w::me().to_owned(),
            Owner::Coordinator => coordinator(),
            _ => owner_words(&action.owner, file.owner_of(action.id), &file.name),
        };
        let by = action.by.map(|day| when::date(day, today)).unwrap_or_default();
        (action.what.clone(), who, by)
    });
    let done = project.actions.iter().filter(|action| matches!(action.state, FollowUpState::Done { .. }));
    let done = done.map(|action| (action.what.clone(), w::it_is_done().to_owned(), String::new()));
    let number = |phone: &str| Phone::parse(phone).show();
    let mut call = vec![(coordinator(), number(&session().settings.with_untracked(|s| s.card_phone.clone())))];
    for row in &file.circle {
        call.push((row.shown.name.clone(), number(&row.shown.phone)));
    }
    call.retain(|(name, phone)| !name.trim().is_empty() && !phone.trim().is_empty());
    Plain {
        id: project.id,
        person: project.person,
        words: project.words.clone(),
        halted,
        goals: kept.map(|goal| (goal.words.clone(), goal.state == GoalState::Reached)).collect(),
        actions: actions.chain(done).collect(),
        review: project.is_to_be_reviewed().then_some(project.review),
        call,
    }
}

/// Who coordinates, by name where the settings say one.
fn coordinator() -> String {
    session().settings.with_untracked(|settings| match settings.coordinator.trim() {
        "" => w::coordination().to_owned(),
        name => in_a_row([name, settings.title.trim()]),
    })
}

#[component]
fn Copy(plain: RwSignal<Plain>, discreet: bool) -> impl IntoView {
    let (id, person) = plain.with_untracked(|plain| (plain.id, plain.person));
    let back = match discreet {
        true => view! { <Back to=Route::Person(person) label=w::back_to_person /> },
        false => view! { <Back to=Route::Project(ProjectRoute::One(id)) label=w::title /> },
    };
    view! {
        {back}
        <article class="plain-copy">
            <Title>{w::my_project}</Title>
            <OnPaper paper=Paper::Hers />
            {move || plain.with(|plain| plain.halted.clone()).map(|halted| view! { <p class="state-note">{halted}</p> })}
            <h2>{w::what_i_want}</h2>
            <blockquote class="own-words">{move || plain.with(|plain| plain.words.clone())}</blockquote>
            {move || plain.with(goals)}
            {move || plain.with(actions)}
            {move || {
                let review = plain.with(|plain| plain.review);
                review
                    .map(|day| {
                        view! {
                            <h2>{w::we_speak_again()}</h2>
                            <p class="big">{when::capital(when::whole_date(day))}</p>
                        }
                    })
            }}
            {move || plain.with(whom_to_call)}
            <p class="detail">{w::you_decide}</p>
            <p class="acts" hidden=discreet>
                <PrintButton label=w::print_copy class="main" />
            </p>
        </article>
    }
}

fn goals(plain: &Plain) -> Option<impl IntoView + use<>> {
    let line = |(words, reached): &(String, bool)| {
        let reached = reached.then(|| view! { " " <strong>"("{w::is_reached()}")"</strong> });
        view! { <li>{words.clone()}{reached}</li> }
    };
    (!plain.goals.is_empty()).then(|| {
        view! {
            <h2>{w::my_goals()}</h2>
            <ul>{plain.goals.iter().map(line).collect_view()}</ul>
        }
    })
}

fn actions(plain: &Plain) -> Option<impl IntoView + use<>> {
    let row = |(what, who, by): &(String, String, String)| {
        view! {
            <li>
                <span class="what">{what.clone()}</span>
                <span class="who">{in_a_row([who, by])}</span>
            </li>
        }
    };
    (!plain.actions.is_empty()).then(|| {
        view! {
            <h2>{w::who_does_what()}</h2>
            <ul class="who-does">{plain.actions.iter().map(row).collect_view()}</ul>
        }
    })
}

fn whom_to_call(plain: &Plain) -> Option<impl IntoView + use<>> {
    let row = |(name, phone): &(String, String)| {
        view! {
            <li>
                <span class="what">{name.clone()}</span>
                <span class="number">{phone.clone()}</span>
            </li>
        }
    };
    (!plain.call.is_empty()).then(|| {
        view! {
            <h2>{w::whom_to_call()}</h2>
            <ul class="who-does">{plain.call.iter().map(row).collect_view()}</ul>
        }
    })
}
