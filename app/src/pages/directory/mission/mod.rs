//! A mission of an entry, to write or to change: what, for whom, where, how, when, and how sure one is.

mod form;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use leptos::prelude::*;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::responses::EntryFile;
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::directory::EntryChange;
use maillon_shared::domain::ids::{EntryId, LineId};
use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::mission::{Mission, MissionField, WEEK};
use maillon_shared::domain::who_does_what::Question;

use super::told::day_words;
use crate::door::answer;
use crate::lists::label;
use crate::routes::{self, DirectoryRoute, Route};
use crate::session::{session, write_soon};
use crate::ui::error_summary::problem_of;
use crate::ui::{
    Choice, CommuneField, DayField, FormFrame, InputKind, Opened, Problem, Save, Suggest, Text, TextArea, TextField,
    Ticks, load_once, today_or_yesterday, when_loaded,
};
use crate::words::{form as f, mission as w, note};
use crate::{browser, drafts, lists, when};

use form::{MissionForm, fields_since, lay, settled};

/// The form's code among the drafts.
const DRAFT: &str = "mission";
const TOPIC: &str = "topic";

/// What a form is opened with, and the communes that the directory names.
type OpenedMission = (Opened<MissionForm>, Vec<(String, String)>, String);

/// A mission, to write or to change.
#[component]
pub fn MissionPage(entry: EntryId, line: Option<LineId>) -> impl IntoView {
    let loaded = load_once(move || open(entry, line));
    view! {
        {when_loaded(loaded, move |opened| {
            view! { <Form opened=opened.get_untracked() entry=entry line=line /> }
        })}
    }
}

async fn open(id: EntryId, line: Option<LineId>) -> Result<OpenedMission, Failure> {
    let file: EntryFile = answer!(Request::Entry(id), Entry(file) => *file)?;
    let question = Question::default();
    let communes = answer!(Request::WhoDoesWhat(question), WhoDoesWhat(found) => found.communes)?;
    let mission = match line {
        Some(line) => file.entry.offers.iter().find(|mission| mission.id == line).cloned().ok_or(Failure::NotFound)?,
        None => {
            let mut mission = Mission::empty(LineId(browser::random_id()));
            // Whoever writes it has just been told.
            mission.checked_on = Some(browser::today());
            mission
        }
    };
    let subject = line.map_or_else(|| id.to_string(), |line| format!("{id}/{line}"));
    let opened = Opened::find(drafts::key(DRAFT, subject), MissionForm::of(mission), lay).await;
    Ok((opened, communes, file.entry.display_name()))
}

#[component]
fn Form(opened: OpenedMission, entry: EntryId, line: Option<LineId>) -> impl IntoView {
    let (opened, communes, name) = opened;
    // A new one is compared with nothing, so that all of it is written.
    let base = match line {
        Some(_) => opened.before.mission.clone(),
        None => Mission::empty(opened.before.mission.id),
    };
    let there = Route::Directory(DirectoryRoute::Entry(entry));
    let then = there.clone();
    let save = move |form: &MissionForm, draft: DraftKey| {
        let mission = settled(form);
        let mut found = Vec::new();
        if mission.topic.is_empty() {
            found.push(Problem { field: TOPIC.into(), words: w::needs_topic().into() });
        }
        if mission.checked_on.is_some_and(|day| day > browser::today()) {
            found.push(Problem { field: "checked".into(), words: w::to_come().into() });
        }
        if !found.is_empty() {
            return Err(found);
        }
        let changes = base.changes_to(&mission).into_iter().map(|change| EntryChange::Mission(mission.id, change));
        let request = Request::EditEntry { id: entry, changes: changes.collect(), draft: Some(draft) };
        Ok(Save { request, then: then.clone() })
    };
    view! {
        <FormFrame
            title=if line.is_none() { w::title_new } else { w::title_edit }
            way_back=there
            class="sheet"
            opened=opened
            fields=fields_since
            forget=if line.is_none() { note::start_again } else { f::draft_forget }
            save=save
            draw=move |form, problems| {
                view! {
                    <p class="detail">{move || w::of(&name)}</p>
                    <Fields form=form problems=problems communes=communes />
                    {line.map(|line| view! { <Remove entry=entry line=line /> })}
                }
            }
        />
    }
}

/// Taken away, it can be brought back at once.
#[component]
fn Remove(entry: EntryId, line: LineId) -> impl IntoView {
    let remove = move |_| {
        write_soon(Request::EditEntry { id: entry, changes: vec![EntryChange::RemoveMission(line)], draft: None });
        routes::go_instead(&Route::Directory(DirectoryRoute::Entry(entry)));
    };
    view! { <button type="button" class="quiet" on:click=remove>{w::remove}</button> }
}

#[component]
fn Fields(
    form: RwSignal<MissionForm>,
    problems: RwSignal<Vec<Problem>>,
    communes: Vec<(String, String)>,
) -> impl IntoView {
    let text = move |field: MissionField| {
        Text::within(
            form,
            move |form: &MissionForm| form.mission.text(field).to_owned(),
            move |form: &mut MissionForm, text| *form.mission.text_mut(field) = text,
        )
    };
    let day = Signal::derive(move || form.with(|form| form.mission.checked_on));
    let set_day = Callback::new(move |day: Option<NaiveDate>| form.update(|form| form.mission.checked_on = day));
    let topic_error = problem_of(problems, TOPIC);
    let checked_error = problem_of(problems, "checked");
    view! {
        <p class="error" hidden=move || topic_error.with(Option::is_none)>{move || topic_error.get()}</p>
        <Suggest id=TOPIC label=w::topic list=ListId::RequestTopics text=text(MissionField::Topic) />
        <TextArea
            id="what"
            label=w::what
            hint=w::what_hint
            optional=true
            lines=2
            text=text(MissionField::What)
        />
        <section aria-labelledby="who">
            <h2 id="who">{w::who}</h2>
            <Publics form=form />
            <Communes form=form known=communes />
            <TextArea
                id="access"
                label=w::access
                hint=w::access_hint
                optional=true
                lines=2
                text=text(MissionField::Access)
            />
            <TextField
                id="phone"
                label=w::phone
                hint=w::phone_hint
                optional=true
                kind=InputKind::Phone
                text=text(MissionField::Phone)
            />
        </section>
        <section aria-labelledby="when">
            <h2 id="when">{w::when}</h2>
            <WeekDays form=form />
            <TextField id="hours" label=w::hours optional=true text=text(MissionField::Hours) />
            <TextField id="delay" label=w::delay optional=true text=text(MissionField::Delay) />
        </section>
        <section aria-labelledby="sure">
            <h2 id="sure">{w::sure}</h2>
            <DayField
                id="checked"
                legend=|| w::checked()
                near=today_or_yesterday(None)
                none=w::not_checked
                day=day
                set=set_day
            />
            <p class="error" hidden=move || checked_error.with(Option::is_none)>{move || checked_error.get()}</p>
            <TextField
                id="to-verify"
                label=w::to_verify
                hint=w::to_verify_hint
                optional=true
                text=text(MissionField::ToVerify)
            />
            <label class="check" for="inhabitants">
                <input
                    type="checkbox"
                    id="inhabitants"
                    aria-describedby="inhabitants-hint"
                    prop:checked=move || form.with(|form| form.mission.for_inhabitants)
                    on:change:target=move |event| {
                        let shown = event.target().checked();
                        form.update(|form| form.mission.for_inhabitants = shown);
                    }
                />
                <span>{w::inhabitants}</span>
            </label>
            <p class="hint" id="inhabitants-hint">{w::inhabitants_hint}</p>
            <TextArea
                id="mission-note"
                label=w::note
                hint=w::note_hint
                optional=true
                lines=2
                text=text(MissionField::Note)
            />
        </section>
    }
}

fn toggled<T: Ord>(set: &mut BTreeSet<T>, one: T) {
    if !set.remove(&one) {
        set.insert(one);
    }
}

#[component]
fn Publics(form: RwSignal<MissionForm>) -> impl IntoView {
    let ticked = Memo::new(move |_| form.with(|form| form.mission.publics.clone()));
    // What was ticked from a list that someone else keeps stays in sight.
    let others = form.with_untracked(|form| form.mission.publics.clone());
    let choices = Signal::derive(move || {
        let mut choices = lists::choices(ListId::Publics);
        for other in &others {
            if choices.iter().all(|choice| choice.code != *other) {
                choices.push(Choice::new(other, label(ListId::Publics, other)));
            }
        }
        choices
    });
    let toggle = Callback::new(move |code| form.update(|form| toggled(&mut form.mission.publics, code)));
    view! { <Ticks name="publics" legend=w::publics hint=w::publics_hint choices=choices ticked=ticked toggle=toggle /> }
}

#[component]
fn WeekDays(form: RwSignal<MissionForm>) -> impl IntoView {
    let ticked =
        Signal::derive(move || form.with(|form| form.mission.days.iter().map(u8::to_string).collect::<BTreeSet<_>>()));
    let choices = Signal::derive(|| {
        WEEK.map(|day| Choice::new(day.to_string(), when::capital(day_words(day)))).collect::<Vec<_>>()
    });
    let toggle = Callback::new(move |code: String| {
        if let Ok(day) = code.parse() {
            form.update(|form| toggled(&mut form.mission.days, day));
        }
    });
    view! { <Ticks name="days" legend=w::days choices=choices ticked=ticked toggle=toggle /> }
}

#[component]
fn Communes(form: RwSignal<MissionForm>, known: Vec<(String, String)>) -> impl IntoView {
    let mut names: BTreeMap<String, String> = known.into_iter().collect();
    names.extend(form.with_untracked(|form| form.mission.communes.clone()));
    let own = session().settings.with_untracked(|settings| (settings.commune.clone(), settings.commune_code.clone()));
    if !own.0.is_empty() {
        let key = maillon_shared::domain::mission::commune_key(&own.1, &own.0);
        names.entry(key).or_insert(own.0);
    }
    let names = RwSignal::new(names);
    let ticked =
        Signal::derive(move || form.with(|form| form.mission.communes.keys().cloned().collect::<BTreeSet<_>>()));
    let choices = Signal::derive(move || {
        names.with(|names| names.iter().map(|(key, name)| Choice::new(key, name)).collect::<Vec<_>>())
    });
    let toggle = Callback::new(move |key: String| {
        form.update(|form| {
            if form.mission.communes.remove(&key).is_none() {
                let name = names.with_untracked(|names| names.get(&key).cloned()).unwrap_or_else(|| key.clone());
                form.mission.communes.insert(key, name);
            }
        });
    });
    let other = Text::within(form, |form: &MissionForm| form.other.clone(), |form, text| form.other = text);
    let code = Text::within(form, |form: &MissionForm| form.other_code.clone(), |form, text| form.other_code = text);
    let add = move |_| {
        form.update(|form| {
            form.take_other();
        });
        names.update(|names| names.extend(form.with_untracked(|form| form.mission.communes.clone())));
        browser::focus_soon("other-commune");
    };
    view! {
        <Ticks
            name="communes"
            legend=w::communes
            hint=w::communes_hint
            choices=choices
            ticked=ticked
            toggle=toggle
        />
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
