//! How alone someone is: a grid looked at together on one screen, a level that a person chooses, and how it went over time.

mod chart;
mod form;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::responses::PersonFile;
use maillon_shared::domain::ids::{AssessmentId, PersonId};
use maillon_shared::domain::isolation::{IsolationAssessment, IsolationLevel};
use maillon_shared::domain::lists::ListId;

use crate::door::answer;
use crate::lists::label;
use crate::routes::Route;
use crate::ui::{
    Chips, Choice, DayField, FormFrame, Opened, Problem, Save, Text, TextArea, load_once, today_or_yesterday,
    when_loaded,
};
use crate::words::{isolation as w, note};
use crate::{browser, drafts, lists, when};

use chart::level_line;
use form::{NO_LEVEL, fields_since, has_level, lay};

/// A look at someone's isolation. What was ticked the last time is ticked, to be looked at again; the level is not.
#[component]
pub fn AssessPage(person: PersonId) -> impl IntoView {
    let loaded = load_once(move || async move {
        let file = answer!(Request::Person(person), Person(file) => *file)?;
        let id = AssessmentId(browser::random_id());
        let mut first = IsolationAssessment::empty(id, person, browser::today(), NO_LEVEL);
        if let Some(last) = file.assessments.first() {
            first.factors.clone_from(&last.factors);
        }
        Ok(Opened::find(drafts::key("isolation", person), first, lay).await)
    });
    when_loaded(loaded, |opened| view! { <Assess opened=opened.get_untracked() /> })
}

#[component]
fn Assess(opened: Opened<IsolationAssessment>) -> impl IntoView {
    let way_back = Route::Person(opened.before.person);
    let save = |form: &IsolationAssessment, draft: DraftKey| {
        let mut found = Vec::new();
        if !has_level(form) {
            found.push(Problem { field: "level".into(), words: w::needs_level().into() });
        }
        if form.day > browser::today() {
            found.push(Problem { field: "day".into(), words: w::too_early().into() });
        }
        if !found.is_empty() {
            return Err(found);
        }
        let request = Request::Assess { assessment: Box::new(form.clone()), draft: Some(draft) };
        Ok(Save { request, then: Route::Person(form.person) })
    };
    let draw = |form: RwSignal<IsolationAssessment>, _: RwSignal<Vec<Problem>>| view! { <Grid form=form /> };
    view! {
        <FormFrame
            title=w::assess
            way_back=way_back
            opened=opened
            fields=fields_since
            forget=note::start_again
            save=save
            draw=draw
        />
    }
}

#[component]
fn Grid(form: RwSignal<IsolationAssessment>) -> impl IntoView {
    let factors = Memo::new(move |_| form.with(|form| form.factors.clone()));
    let level = Signal::derive(move || form.with(|form| form.level.code().to_owned()));
    let choose = Callback::new(move |code: String| form.update(|form| form.level = IsolationLevel::from_code(&code)));
    let words = Text::within(form, |form: &IsolationAssessment| form.note.clone(), |form, text| form.note = text);
    let day = Signal::derive(move || form.with(|form| Some(form.day)));
    let set_day = Callback::new(move |day: Option<NaiveDate>| form.update(|form| form.day = day.unwrap_or(form.day)));
    let ticked = move |code: String| {
        form.update(|form| {
            if !form.factors.remove(&code) {
                form.factors.insert(code);
            }
        });
    };
    view! {
        <p class="detail">{w::lead}</p>
        <fieldset class="choice" id="factors">
            <legend>{w::factors}</legend>
            <div class="factors">
                {move || {
                    offered(&factors.get_untracked())
                        .into_iter()
                        .map(|Choice { code, label }| {
                            let (id, kept) = (format!("factor-{}", browser::html_id(&code)), code.clone());
                            let labels = id.clone();
                            view! {
                                <label class="chip" for=labels>
                                    <input
                                        type="checkbox"
                                        id=id
                                        prop:checked=move || factors.with(|factors| factors.contains(&kept))
                                        on:change=move |_| ticked(code.clone())
                                    />
                                    <span>{label}</span>
                                </label>
                            }
                        })
                        .collect_view()
                }}
            </div>
        </fieldset>
        <Chips
            name="level"
            legend=|| w::level()
            choices=Signal::derive(|| lists::choices(ListId::IsolationLevels))
            chosen=level
            choose=choose
        />
        <p class="detail">{w::level_is_yours}</p>
        <TextArea id="note" label=w::note optional=true text=words lines=2 />
        <DayField id="day" legend=|| w::day() near=today_or_yesterday(None) day=day set=set_day />
    }
}

/// The list, and what was ticked from a list that someone else keeps.
fn offered(ticked: &BTreeSet<String>) -> Vec<Choice> {
    let mut offered = lists::choices(ListId::IsolationFactors);
    for factor in ticked {
        if offered.iter().all(|choice| choice.code != *factor) {
            offered.push(Choice::new(factor, label(ListId::IsolationFactors, factor)));
        }
    }
    offered
}

/// The last look and the line over time, on a person's page.
#[component]
pub fn Isolation(file: RwSignal<PersonFile>) -> impl IntoView {
    let id = file.with_untracked(|file| file.person.id);
    let seen = Memo::new(move |_| file.with(|file| file.assessments.clone()));
    view! {
        <section class="card isolation-card">
            <h2>{w::title}</h2>
            {move || {
                seen.with(|seen| match seen.first() {
                    None => view! { <p class="detail">{w::never()}</p> }.into_any(),
                    Some(last) => view! { {last_look(last)} {line(seen)} }.into_any(),
                })
            }}
            <a class="button" href=Route::Assess(id).href()>{w::assess}</a>
        </section>
    }
}

fn last_look(last: &IsolationAssessment) -> impl IntoView {
    let day = when::date(last.day, browser::today());
    let level = label(ListId::IsolationLevels, last.level.code()).to_owned();
    let factors: Vec<_> = last.factors.iter().map(|factor| label(ListId::IsolationFactors, factor)).collect();
    let factors = (!factors.is_empty()).then(|| view! { <p class="detail">{factors.join(" · ")}</p> });
    let note = (!last.note.is_empty()).then(|| view! { <p>{last.note.clone()}</p> });
    view! {
        <p><strong>{level}</strong> " " <span class="detail">{day}</span></p>
        {factors}
        {note}
    }
}

/// The line, and the same in words for whoever does not see it.
fn line(seen: &[IsolationAssessment]) -> Option<impl IntoView + use<>> {
    let today = browser::today();
    let known = lists::choices(ListId::IsolationLevels);
    let place = |level: &IsolationLevel| known.iter().position(|choice| choice.code == level.code());
    let oldest_first = || seen.iter().rev();
    let points: Vec<_> = oldest_first().filter_map(|one| Some((one.day, place(&one.level)?))).collect();
    let (first, last) = (points.first()?.0, points.last()?.0);
    let words: Vec<&str> = known.iter().map(|choice| choice.label.as_str()).collect();
    let ends = [when::figures(first), when::figures(last)];
    let svg = level_line(&points, &words, [ends[0].as_str(), ends[1].as_str()])?;
    let told = oldest_first().map(|one| {
        let level = label(ListId::IsolationLevels, one.level.code());
        view! { <li>{w::seen_on(when::date(one.day, today), level)}</li> }
    });
    Some(view! {
        <div class="level-line" inner_html=svg></div>
        <ol class="unseen">{told.collect_view()}</ol>
    })
}
