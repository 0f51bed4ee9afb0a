//! A person's own health project: her words, her goals, who does what, when it is looked at again; made to be read with her.

mod action;
mod copy;
mod goal;
mod moment;
mod on_sheet;
mod open;
mod words;

use chrono::NaiveDate;
use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::projects::ProjectWrite;
use maillon_shared::api::responses::ProjectFile;
use maillon_shared::domain::agreement::NotAccompanied;
use maillon_shared::domain::follow_up::FollowUpState;
use maillon_shared::domain::ids::{HealthProjectId, LineId, PersonId};
use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::project::{
    Goal, GoalState, HaltKind, HealthProject, ProjectAction, ProjectChange, Standing,
};
use maillon_shared::domain::shared_meeting::Origin;

use crate::door::answer;
use crate::lists::label;
use crate::pages::circle::{CirclePage, MemberPage, away_view};
use crate::pages::liaison::LiaisonPage;
use crate::pages::meeting::MeetingRows;
use crate::pages::sheet::silence_words;
use crate::routes::{MeetingRoute, ProjectRoute, Route};
use crate::session::write_soon;
use crate::ui::{
    Back, CallLink, Conflicts, FieldsHistory, Icon, OnPaper, Paper, PrintButton, Shape, Title, load, when_loaded,
};
use crate::words::{consent, in_a_row, meeting, person_copy, project as w};
use crate::{browser, when};

pub use copy::CopyPage;
pub use on_sheet::{ProjectsOnSheet, due_line};
pub use words::{act_words, halted_words, owner_code_words, owner_words};
use words::{change, field_words, state_words, value_words};

/// The screen of a place among the projects.
pub fn page(route: ProjectRoute) -> AnyView {
    match route {
        ProjectRoute::New(person, request) => {
            view! { <open::NewProjectPage person=person request=request /> }.into_any()
        }
        ProjectRoute::One(id) => view! { <ProjectPage id=id /> }.into_any(),
        ProjectRoute::Edit(id) => view! { <open::EditProjectPage id=id /> }.into_any(),
        ProjectRoute::Goal(id, goal) => view! { <goal::GoalPage id=id goal=goal /> }.into_any(),
        ProjectRoute::Action(id, action) => view! { <action::ActionPage id=id action=action /> }.into_any(),
        ProjectRoute::Review(id) => view! { <moment::MomentPage id=id what=moment::What::Review /> }.into_any(),
        ProjectRoute::Halt(id, kind) => view! { <moment::MomentPage id=id what=moment::What::Halt(kind) /> }.into_any(),
        ProjectRoute::Resume(id) => view! { <moment::MomentPage id=id what=moment::What::Resume /> }.into_any(),
        ProjectRoute::Copy(id) => view! { <CopyPage id=id discreet=false /> }.into_any(),
        ProjectRoute::Circle(person) => view! { <CirclePage person=person /> }.into_any(),
        ProjectRoute::Member(person, line) => view! { <MemberPage person=person line=line /> }.into_any(),
        ProjectRoute::Liaison(person) => view! { <LiaisonPage person=person /> }.into_any(),
    }
}

fn to(route: ProjectRoute) -> String {
    Route::Project(route).href()
}

fn edit(id: HealthProjectId, change: ProjectChange) -> Request {
    Request::WriteProject(Box::new(ProjectWrite::Edit { id, changes: vec![change], draft: None }))
}

/// One project.
#[component]
fn ProjectPage(id: HealthProjectId) -> impl IntoView {
    let loaded = load(move || async move { answer!(Request::Project(id), Project(file) => *file) });
    when_loaded(loaded, |file| view! { <Project file=file /> })
}

#[component]
fn Project(file: RwSignal<ProjectFile>) -> impl IntoView {
    let today = browser::today();
    let (id, person) = file.with_untracked(|file| (file.project.id, file.project.person));
    let about = move || {
        file.with(|file| {
            let topic = label(ListId::RequestTopics, &file.project.topic).to_owned();
            in_a_row([file.name.clone(), topic, w::since(when::date(file.project.opened, today))])
        })
    };
    let keep = move |path: &str, value: &str| change(path, value).map(|change| edit(id, change));
    let meet = Route::Meeting(MeetingRoute::New(person, Some(Origin::Project(id)))).href();
    let halted = Memo::new(move |_| file.with(|file| halt_of(&file.project)));
    let asks = Memo::new(move |_| halted.with(|halted| halted.as_ref().is_none_or(|kind| *kind == HaltKind::Paused)));
    view! {
        <Back to=Route::Person(person) label=consent::back />
        <article class="project">
            <div class="heading">
                <div>
                    <Title>{w::title}</Title>
                    <p class="detail">{about}</p>
                </div>
                <a class="button" href=to(ProjectRoute::Edit(id))>{w::edit}</a>
            </div>
            <OnPaper paper=Paper::NamesPeople />
            {move || file.with(standing_note)}
            {move || file.with(agreement_note)}
            <Conflicts
                conflicts=Signal::derive(move || file.with(|file| file.conflicts.clone()))
                name=field_words
                value=value_words
                keep=keep
                edit=Route::Project(ProjectRoute::Edit(id))
            />
            <blockquote class="own-words">{move || file.with(|file| file.project.words.clone())}</blockquote>
            {move || file.with(|file| review_card(file, asks.get()))}
            <section aria-labelledby="goals">
                <h2 id="goals">{w::goals}</h2>
                <p class="empty" hidden=move || file.with(|file| !file.project.goals.is_empty())>{w::no_goal}</p>
                <ul class="rows">{move || file.with(|file| goals(&file.project))}</ul>
                <p class="acts add">
                    <a class="button" href=to(ProjectRoute::Goal(id, None))>{w::add_goal}</a>
                </p>
            </section>
            <section aria-labelledby="actions">
                <h2 id="actions">{w::actions}</h2>
                {move || file.with(carried_note)}
                <p class="empty" hidden=move || file.with(|file| !file.project.actions.is_empty())>{w::no_action}</p>
                <ul class="rows">
                    {move || {
                        file.with(|file| {
                            file.project.actions.iter().map(|one| action_line(one, file, asks.get())).collect_view()
                        })
                    }}
                </ul>
                <p class="acts add" hidden=move || !asks.get()>
                    <a class="button" href=to(ProjectRoute::Action(id, None))>{w::add_action}</a>
                </p>
            </section>
            <Show when=move || file.with(|file| !file.meetings.is_empty())>
                <section aria-labelledby="meetings">
                    <h2 id="meetings">{meeting::meetings}</h2>
                    <MeetingRows rows=Signal::derive(move || file.with(|file| file.meetings.clone())) />
                </section>
            </Show>
            <section class="unprinted" aria-labelledby="next">
                <h2 id="next">{w::what_next}</h2>
                <div class="acts">
                    <a class="button" href=to(ProjectRoute::Copy(id))>{w::copy}</a>
                    <a class="button" href=meet>{meeting::plan}</a>
                    <a class="button" href=to(ProjectRoute::Liaison(person))>{w::liaison}</a>
                    <a class="button" href=Route::CopyPerson(person).href()>{person_copy::title}</a>
                    <a class="button" href=to(ProjectRoute::Circle(person))>{w::circle}</a>
                    <a class="button" href=Route::note_with(person).href()>{w::note}</a>
                </div>
                <div class="acts">{move || halted.with(|halted| halts(id, halted.as_ref()))}</div>
            </section>
            {move || file.with(|file| past(&file.project))}
            <FieldsHistory of=id.into() name=field_words value=value_words />
            <p class="acts">
                <PrintButton />
            </p>
        </article>
    }
}

fn halt_of(project: &HealthProject) -> Option<HaltKind> {
    match project.standing() {
        Standing::Running => None,
        Standing::Halted(halt) => Some(halt.kind.clone()),
    }
}

/// How it stands, said before anything else: paused, stopped, closed, or its person not to be reminded of.
fn standing_note(file: &ProjectFile) -> Option<AnyView> {
    if let Some(silence) = &file.silence {
        let words = w::silenced(silence_words(silence));
        return Some(view! { <p class="state-note">{words}</p> }.into_any());
    }
    let Standing::Halted(halt) = file.project.standing() else { return None };
    let words = w::halted_since(halted_words(&halt.kind), when::date(halt.on, browser::today()));
    let said = (!halt.words.trim().is_empty()).then(|| view! { <q class="words">{halt.words.clone()}</q> });
    Some(view! { <div class="state-note">{words} {said}</div> }.into_any())
}

/// That she no longer agrees, and what to do about it.
fn agreement_note(file: &ProjectFile) -> Option<AnyView> {
    let why = file.agreement.err()?;
    let person = file.project.person;
    Some(view! { <Missing why=why person=person /> }.into_any())
}

/// Why nobody is accompanied, with the action to take.
#[component]
pub fn Missing(why: NotAccompanied, person: PersonId) -> impl IntoView {
    let day = |day| when::date(day, browser::today());
    let words = match why {
        NotAccompanied::NeverAsked => w::never_asked().to_owned(),
        NotAccompanied::Withdrawn(on) => w::agreement_withdrawn(day(on)),
        NotAccompanied::Objects(on) => w::objects(day(on)),
        NotAccompanied::NotUnderstood => consent::not_understood().to_owned(),
    };
    let (there, act) = match why {
        NotAccompanied::NeverAsked | NotAccompanied::Withdrawn(_) => (Route::GiveConsent(person), w::note_agreement()),
        _ => (Route::Consents(person), w::see_consents()),
    };
    view! {
        <div class="state-note">
            <span>{words}</span>
            " "
            <a class="button" href=there.href()>{act}</a>
        </div>
    }
}

/// When it is looked at again, and the button that does it.
fn review_card(file: &ProjectFile, asks: bool) -> Option<AnyView> {
    if !asks {
        return None;
    }
    let (id, review, today) = (file.project.id, file.project.review, browser::today());
    let late = u32::try_from((today - review).num_days()).ok().filter(|days| *days > 0);
    let late = late.map(|days| view! { <span class="tag late">{w::late(days)}</span> });
    let call = (!file.phone.trim().is_empty()).then(|| {
        let label = w::call(&file.name);
        view! { <CallLink number=file.phone.clone() label=label about=file.project.person /> }
    });
    Some(
        view! {
            <div class="card review">
                <p>
                    {w::review_on()} " "
                    <strong>{when::day(review, today)}</strong>
                    " "
                    {late}
                </p>
                <div class="acts">
                    <a class="button" href=to(ProjectRoute::Review(id))>{w::do_review()}</a>
                    {call}
                </div>
            </div>
        }
        .into_any(),
    )
}

fn goals(project: &HealthProject) -> Vec<AnyView> {
    let id = project.id;
    let line = |goal: &Goal| {
        let line = goal.id;
        let state = match goal.state {
            GoalState::Open => None,
            ref other => Some(view! { <span class="tag">{state_words(other).to_owned()}</span> }),
        };
        let reach = (goal.state == GoalState::Open).then(|| {
            let reached = ProjectChange::GoalState(line, GoalState::Reached);
            view! { <button type="button" on:click=move |_| write_soon(edit(id, reached.clone()))>{w::reached()}</button> }
        });
        let shape = if goal.state == GoalState::Reached { Shape::Check } else { Shape::Promise };
        view! {
            <li>
                <Icon shape=shape />
                <span class="row-head">
                    <a class="who" href=to(ProjectRoute::Goal(id, Some(line)))>{goal.words.clone()}</a>
                    {state}
                </span>
                <span class="acts">{reach}</span>
            </li>
        }
        .into_any()
    };
    project.goals.iter().map(line).collect()
}

/// The gentle question: it forbids nothing.
fn carried_note(file: &ProjectFile) -> Option<AnyView> {
    let carried = file.carried?;
    Some(view! { <p class="carried">{w::carried(carried.carried, carried.of)}</p> }.into_any())
}

fn action_line(action: &ProjectAction, file: &ProjectFile, asks: bool) -> AnyView {
    let today = browser::today();
    let (id, project) = (action.id, file.project.id);
    let shown = file.owner_of(id);
    let is_open = action.state == FollowUpState::Open;
    let by = match (&action.state, action.by) {
        (FollowUpState::Done { day, .. }, _) => w::done_on(when::day(*day, today)),
        (FollowUpState::Cancelled { why }, _) => w::given_up(label(ListId::PostponementReasons, why)),
        (FollowUpState::Unknown(code), _) => code.clone(),
        (FollowUpState::Open, Some(day)) => w::by_day(when::day(day, today)),
        (FollowUpState::Open, None) => w::at_review().to_owned(),
    };
    let goal = file.project.goals.iter().find(|goal| Some(goal.id) == action.goal).map(|goal| goal.words.clone());
    let about = in_a_row([by, goal.unwrap_or_default()]);
    let late = action.by.filter(|day| is_open && asks && *day < today).map(|day| {
        let days = u32::try_from((today - day).num_days()).unwrap_or(0);
        view! { <span class="tag late">{w::late(days)}</span> }
    });
    let away = shown.and_then(|shown| shown.away.as_deref()).filter(|_| is_open).map(away_view);
    let done = (is_open && asks).then(|| {
        let complete = move |_| write_soon(Request::Complete { id });
        view! { <button type="button" on:click=complete>{w::done()}</button> }
    });
    let call = shown.filter(|shown| is_open && asks && !shown.phone.trim().is_empty()).map(|shown| {
        let label = w::call(&shown.name);
        view! { <CallLink number=shown.phone.clone() label=label about=file.project.person /> }
    });
    let shape = if is_open { Shape::Answer } else { Shape::Check };
    let href = if is_open { to(ProjectRoute::Action(project, Some(id))) } else { Route::FollowUp(id).href() };
    view! {
        <li class:done=!is_open>
            <Icon shape=shape />
            <span class="row-head">
                <a class="who" href=href>{action.what.clone()}</a>
                <span class="tag">{owner_words(&action.owner, shown, &file.name)}</span>
                {late}
            </span>
            <span class="why">{about}</span>
            {away}
            <span class="acts">{done} {call}</span>
        </li>
    }
    .into_any()
}

/// What the person may ask of the project as a whole.
fn halts(id: HealthProjectId, halted: Option<&HaltKind>) -> Vec<AnyView> {
    let link = |route: ProjectRoute, words: &'static str| {
        view! { <a class="button quiet" href=to(route)>{words}</a> }.into_any()
    };
    let halt = |kind: HaltKind, words| link(ProjectRoute::Halt(id, kind), words);
    match halted {
        None => vec![
            halt(HaltKind::Paused, w::pause()),
            halt(HaltKind::Stopped, w::stop()),
            halt(HaltKind::Closed, w::close()),
        ],
        Some(HaltKind::Paused) => vec![
            link(ProjectRoute::Resume(id), w::resume()),
            halt(HaltKind::Stopped, w::stop()),
            halt(HaltKind::Closed, w::close()),
        ],
        Some(_) => vec![link(ProjectRoute::Resume(id), w::resume())],
    }
}

/// When it was looked at, paused, stopped: the last first.
fn past(project: &HealthProject) -> Option<AnyView> {
    let today = browser::today();
    let mut told: Vec<(NaiveDate, LineId, String, String)> = Vec::new();
    for review in &project.reviews {
        told.push((review.on, review.id, w::reviewed().to_owned(), review.words.clone()));
    }
    for halt in &project.halts {
        told.push((halt.on, halt.id, halted_words(&halt.kind).to_owned(), halt.words.clone()));
        if let Some(over) = &halt.over {
            told.push((over.on, halt.id, w::resumed().to_owned(), over.words.clone()));
        }
    }
    told.sort_by_key(|(day, id, ..)| std::cmp::Reverse((*day, *id)));
    let line = |(day, _, what, said): (NaiveDate, LineId, String, String)| {
        let said = (!said.trim().is_empty()).then(|| view! { <q class="words">{said}</q> });
        view! {
            <li>
                <Icon shape=Shape::Day />
                <span class="row-head">
                    <span class="who">{what}</span>
                    <span class="when">{when::date(day, today)}</span>
                </span>
                <div class="why">{said}</div>
            </li>
        }
    };
    (!told.is_empty()).then(|| {
        view! {
            <section aria-labelledby="past">
                <h2 id="past">{w::past()}</h2>
                <ol class="rows">{told.into_iter().map(line).collect_view()}</ol>
            </section>
        }
        .into_any()
    })
}
