//! A project to begin, from needs that were counted or from nothing, or to change.

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::collective::CollectiveWrite;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::domain::clues::WrittenFor;
use maillon_shared::domain::collective::{CollectiveProject, ProjectField, ProjectNeed, ProjectStage, ProjectTick};
use maillon_shared::domain::ids::{CollectiveId, EntryId, LineId};
use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::mission::commune_key;
use maillon_shared::domain::who_does_what::Question;

use super::ask_project;
use super::draft::{ProjectForm, fields_since, lay, settled};
use super::lines::{Indicators, Needs, Partners, Steps};
use super::words::{list_of, stage_words};
use crate::door::answer;
use crate::drafts;
use crate::lists::{choices, label};
use crate::routes::{CollectiveRoute, ProjectStart, Route};
use crate::session::session;
use crate::ui::error_summary::problem_of;
use crate::ui::{
    Chips, Choice, CluesFound, CommuneField, EntryField, FormFrame, InputKind, Opened, Problem, Save, Text, TextArea,
    TextField, Ticks, load_once, when_loaded,
};
use crate::words::{Word, collective as w, form as f, note};
use crate::{browser, when};

/// The form's code among the drafts.
const FORM: &str = "collective";
const TITLE: &str = "title";
const YEAR: &str = "year";

/// What a form is opened with, and the communes that the directory names.
type OpenedProject = (Opened<ProjectForm>, Vec<(String, String)>);

async fn opened(key: DraftKey, project: CollectiveProject) -> OpenedProject {
    let question = Question::default();
    let communes = answer!(Request::WhoDoesWhat(question), WhoDoesWhat(found) => found.communes);
    let form = ProjectForm::of(project, LineId(browser::random_id()));
    (Opened::find(key, form, lay).await, communes.unwrap_or_default())
}

/// A project to begin.
#[component]
pub fn NewProjectPage(start: ProjectStart) -> impl IntoView {
    let loaded = load_once(move || {
        let start = start.clone();
        async move {
            let mut first = CollectiveProject::empty(CollectiveId(browser::random_id()));
            first.year = Some(chrono::Datelike::year(&browser::today()));
            let period = start.period.map(|(from, until)| w::over(when::figures(from), when::figures(until)));
            let period = period.unwrap_or_default();
            for (topic, persons) in &start.needs {
                first.needs.extend(ProjectNeed::new(LineId(browser::random_id()), topic, *persons, &period));
            }
            Ok(opened(drafts::key(FORM, ""), first).await)
        }
    });
    when_loaded(loaded, |found| {
        let (opened, communes) = found.get_untracked();
        let save = |form: &ProjectForm, draft: DraftKey| {
            checked(form)?;
            let project = settled(form);
            let then = Route::Collective(CollectiveRoute::Project(project.id));
            let write = CollectiveWrite::CreateProject { project: Box::new(project), draft: Some(draft) };
            Ok(Save { request: Request::WriteCollective(Box::new(write)), then })
        };
        view! {
            <FormFrame
                title=w::new
                way_back=Route::Collective(CollectiveRoute::List)
                class="sheet"
                opened=opened
                fields=fields_since
                forget=note::start_again
                save=save
                draw=move |form, problems| {
                    view! { <ProjectFields form=form problems=problems communes=communes is_new=true /> }
                }
            />
        }
    })
}

/// A project to change.
#[component]
pub fn EditProjectPage(id: CollectiveId) -> impl IntoView {
    let loaded = load_once(move || async move {
        let project = ask_project(id).await?.project;
        Ok(opened(drafts::key(FORM, id), project).await)
    });
    let there = Route::Collective(CollectiveRoute::Project(id));
    when_loaded(loaded, move |found| {
        let (opened, communes) = found.get_untracked();
        let before = opened.before.project.clone();
        let then = there.clone();
        let save = move |form: &ProjectForm, draft: DraftKey| {
            checked(form)?;
            let changes = before.changes_to(&settled(form));
            let write = CollectiveWrite::EditProject { id, changes, draft: Some(draft) };
            Ok(Save { request: Request::WriteCollective(Box::new(write)), then: then.clone() })
        };
        view! {
            <FormFrame
                title=w::edit
                way_back=there.clone()
                class="sheet"
                opened=opened
                fields=fields_since
                forget=f::draft_forget
                save=save
                draw=move |form, problems| {
                    view! { <ProjectFields form=form problems=problems communes=communes is_new=false /> }
                }
            />
        }
    })
}

fn checked(form: &ProjectForm) -> Result<(), Vec<Problem>> {
    let mut problems = Vec::new();
    if form.project.title.trim().is_empty() {
        problems.push(Problem { field: TITLE.into(), words: w::needs_title().into() });
    }
    let year = form.year.trim();
    if !year.is_empty() && !year.parse::<i32>().is_ok_and(|year| (1990..=2100).contains(&year)) {
        problems.push(Problem { field: YEAR.into(), words: w::wrong_year().into() });
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

#[component]
fn ProjectFields(
    form: RwSignal<ProjectForm>,
    problems: RwSignal<Vec<Problem>>,
    communes: Vec<(String, String)>,
    is_new: bool,
) -> impl IntoView {
    let text = move |field: ProjectField| {
        Text::within(
            form,
            move |form: &ProjectForm| form.project.text(field).to_owned(),
            move |form: &mut ProjectForm, text| *form.project.text_mut(field) = text,
        )
    };
    let area = move |id: &'static str, label: Word, hint: Word, field: ProjectField| {
        view! { <TextArea id=id label=label hint=hint optional=true lines=3 text=text(field) /> }
    };
    let year = Text::within(form, |form: &ProjectForm| form.year.clone(), |form, text| form.year = text);
    let stages = Signal::derive(|| {
        ProjectStage::ALL.iter().map(|stage| Choice::new(stage.code(), stage_words(stage))).collect::<Vec<_>>()
    });
    let stage = Signal::derive(move || form.with(|form| form.project.stage.code().to_owned()));
    let choose = Callback::new(move |code: String| {
        form.update(|form| form.project.stage = ProjectStage::from_code(&code));
    });
    let carrier = Signal::derive(move || form.with(|form| form.project.carrier_entry));
    let set_carrier =
        Callback::new(move |entry: Option<EntryId>| form.update(|form| form.project.carrier_entry = entry));
    let texts =
        Memo::new(move |_| form.with(|form| form.project.texts().into_iter().map(str::to_owned).collect::<Vec<_>>()));
    view! {
        <TextField
            id=TITLE
            label=w::name
            hint=w::name_hint
            text=text(ProjectField::Title)
            error=problem_of(problems, TITLE)
        />
        <TextField
            id=YEAR
            label=w::year
            optional=true
            kind=InputKind::Figures
            text=year
            error=problem_of(problems, YEAR)
        />
        <Show when=move || !is_new>
            <Chips name="stage" legend=|| w::stage() choices=stages chosen=stage choose=choose />
        </Show>
        <section aria-labelledby="why">
            <h2 id="why">{w::needs}</h2>
            <p class="hint">{w::needs_hint}</p>
            <Needs form=form />
            {area("aim", w::aim, w::aim_hint, ProjectField::Aim)}
        </section>
        <section aria-labelledby="frame">
            <h2 id="frame">{w::frame}</h2>
            <TextField id="axis" label=w::axis hint=w::axis_hint optional=true text=text(ProjectField::Axis) />
            <TickList form=form tick=ProjectTick::Ottawa name="ottawa" legend=w::ottawa />
            <TickList form=form tick=ProjectTick::Determinant name="determinants" legend=w::determinants />
        </section>
        <section aria-labelledby="for-whom">
            <h2 id="for-whom">{w::for_whom}</h2>
            <TickList form=form tick=ProjectTick::Public name="publics" legend=w::publics />
            <TextField id="public" label=w::public_words optional=true text=text(ProjectField::Public) />
            <Communes form=form known=communes />
        </section>
        <section aria-labelledby="who">
            <h2 id="who">{w::who}</h2>
            <EntryField
                id="carrier"
                label=w::carrier
                hint=w::carrier_hint
                entry=carrier
                set=set_carrier
                words=text(ProjectField::Carrier)
            />
            <TextField id="place" label=w::place optional=true text=text(ProjectField::Place) />
            <Partners form=form />
            {area("means", w::means, w::means_hint, ProjectField::Means)}
        </section>
        <section aria-labelledby="calendar">
            <h2 id="calendar">{w::calendar}</h2>
            <Steps form=form />
        </section>
        <section aria-labelledby="evaluation-title">
            <h2 id="evaluation-title">{w::evaluation}</h2>
            <Indicators form=form />
            {area("evaluation", w::evaluation_words, w::evaluation_hint, ProjectField::Evaluation)}
            {area(
                "transferability",
                w::transferability,
                w::transferability_hint,
                ProjectField::Transferability,
            )}
        </section>
        <CluesFound texts=texts written_for=WrittenFor::Project />
    }
}

/// What is ticked from a list; what someone ticked from another list stays in sight.
#[component]
fn TickList(form: RwSignal<ProjectForm>, tick: ProjectTick, name: &'static str, legend: Word) -> impl IntoView {
    let list: ListId = list_of(&tick);
    let others = form.with_untracked(|form| form.project.ticked(&tick).clone());
    let offered = Signal::derive(move || {
        let mut offered = choices(list);
        for other in &others {
            if offered.iter().all(|choice| choice.code != *other) {
                offered.push(Choice::new(other, label(list, other)));
            }
        }
        offered
    });
    let (read, written) = (tick.clone(), tick);
    let ticked = Memo::new(move |_| form.with(|form| form.project.ticked(&read).clone()));
    let toggle = Callback::new(move |item: String| {
        form.update(|form| {
            let ticked = form.project.ticks.entry(written.clone()).or_default();
            if !ticked.remove(&item) {
                ticked.insert(item);
            }
            form.project.ticks.retain(|_, ticked| !ticked.is_empty());
        });
    });
    view! { <Ticks name=name legend=legend choices=offered ticked=ticked toggle=toggle /> }
}

#[component]
fn Communes(form: RwSignal<ProjectForm>, known: Vec<(String, String)>) -> impl IntoView {
    let mut names: BTreeMap<String, String> = known.into_iter().collect();
    names.extend(form.with_untracked(|form| form.project.communes.clone()));
    let own = session().settings.with_untracked(|settings| (settings.commune.clone(), settings.commune_code.clone()));
    if !own.0.is_empty() {
        names.entry(commune_key(&own.1, &own.0)).or_insert(own.0);
    }
    let names = RwSignal::new(names);
    let ticked =
        Signal::derive(move || form.with(|form| form.project.communes.keys().cloned().collect::<BTreeSet<_>>()));
    let offered = Signal::derive(move || {
        names.with(|names| names.iter().map(|(key, name)| Choice::new(key, name)).collect::<Vec<_>>())
    });
    let toggle = Callback::new(move |key: String| {
        form.update(|form| {
            if form.project.communes.remove(&key).is_none() {
                let name = names.with_untracked(|names| names.get(&key).cloned()).unwrap_or_else(|| key.clone());
                form.project.communes.insert(key, name);
            }
        });
    });
    let other = Text::within(form, |form: &ProjectForm| form.other.clone(), |form, text| form.other = text);
    let code = Text::within(form, |form: &ProjectForm| form.other_code.clone(), |form, text| form.other_code = text);
    let add = move |_| {
        form.update(ProjectForm::take_other);
        names.update(|names| names.extend(form.with_untracked(|form| form.project.communes.clone())));
        browser::focus_soon("other-commune");
    };
    view! {
        <Ticks name="communes" legend=w::communes choices=offered ticked=ticked toggle=toggle />
        <CommuneField id="other-commune" label=w::other_commune name=other code=code />
        <button
            type="button"
            class="quiet"
            hidden=move || form.with(|form| form.other.trim().is_empty())
            on:click=add
        >
            {w::add_commune}
        </button>
    }
}
