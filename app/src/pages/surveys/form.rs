//! A survey to prepare, or to change: of which event, and what it asks, in which order.

use chrono::Datelike;
use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::surveys::{SurveyWrite, Surveys};
use maillon_shared::domain::ids::{EventId, GroupId, QuestionId, SurveyId};
use maillon_shared::domain::survey::question::Question;
use maillon_shared::domain::survey::record::SurveyRecord;

use super::draft::{SurveyForm, fields_since, lay};
use super::words::{kind_words, public_words, question_words};
use super::{ask_all, ask_survey};
use crate::routes::{Route, SurveyRoute};
use crate::ui::error_summary::problem_of;
use crate::ui::{
    Chips, Choice, FormFrame, InputKind, Opened, Problem, Reorder, Save, StepButtons, Text, TextField, load_once,
    when_loaded,
};
use crate::words::{events, form as f, in_a_row, note, surveys as w};
use crate::{browser, drafts};

/// The form's code among the drafts.
const FORM: &str = "survey";
/// That of one that is changed: it is known by itself, and one that begins by its event.
const EDIT: &str = "edit-survey";
const TITLE: &str = "title";
const YEAR: &str = "year";
const ASKS: &str = "asks";
/// The code of what is of no event, or one's own alone.
const NONE: &str = "none";

/// A survey to prepare.
#[component]
pub fn NewSurveyPage(event: Option<EventId>) -> impl IntoView {
    let loaded = load_once(move || async move {
        let all = ask_all().await?;
        let of = event.and_then(|event| all.events.iter().find(|(id, ..)| *id == event).cloned());
        let year = browser::today().year();
        let mut record = SurveyRecord::empty(SurveyId(browser::random_id()), year);
        record.survey.event = of.as_ref().map(|(id, ..)| *id);
        let mut first = SurveyForm::of(record, of.as_ref().and_then(|(.., group)| *group));
        first.title = of.map(|(_, title, _)| title).unwrap_or_default();
        // What one asks at a forum is what was asked the years before: it is taken away more easily than looked for.
        first.asks = all.known.iter().filter(|question| is_offered(question, year)).map(Question::id).collect();
        let subject = event.map(|event| event.to_string()).unwrap_or_default();
        let opened = Opened::find(drafts::key(FORM, subject), first, lay).await;
        Ok((opened, all))
    });
    when_loaded(loaded, |found| {
        let (opened, all) = found.get_untracked();
        let known = all.known.clone();
        let save = move |form: &SurveyForm, draft: DraftKey| {
            checked(form)?;
            let record = form.settled(&known);
            let then = Route::Surveys(SurveyRoute::One(record.survey.id));
            let write = SurveyWrite::Create { record: Box::new(record), group: form.group, draft: Some(draft) };
            Ok(Save { request: Request::WriteSurveys(Box::new(write)), then })
        };
        view! {
            <FormFrame
                title=w::new
                way_back=Route::Surveys(SurveyRoute::List)
                class="sheet"
                opened=opened
                fields=fields_since
                forget=note::start_again
                save=save
                draw=move |form, problems| {
                    view! { <SurveyFields form=form problems=problems all=all is_new=true /> }
                }
            />
        }
    })
}

fn is_offered(question: &Question, year: i32) -> bool {
    question.retired.is_none_or(|retired| year < retired)
}

/// A survey to change.
#[component]
pub fn EditSurveyPage(id: SurveyId) -> impl IntoView {
    let loaded = load_once(move || async move {
        let file = ask_survey(id).await?;
        let all = ask_all().await?;
        let group = file.group.map(|(group, _)| group);
        let opened = Opened::find(drafts::key(EDIT, id), SurveyForm::of(file.record, group), lay).await;
        Ok((opened, all))
    });
    let there = Route::Surveys(SurveyRoute::One(id));
    when_loaded(loaded, move |found| {
        let (opened, all) = found.get_untracked();
        let (known, then) = (all.known.clone(), there.clone());
        let save = move |form: &SurveyForm, draft: DraftKey| {
            checked(form)?;
            let changes = form.record.changes_to(&form.settled(&known));
            let write = SurveyWrite::Edit { id, changes, draft: Some(draft) };
            Ok(Save { request: Request::WriteSurveys(Box::new(write)), then: then.clone() })
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
                    view! { <SurveyFields form=form problems=problems all=all is_new=false /> }
                }
            />
        }
    })
}

fn checked(form: &SurveyForm) -> Result<(), Vec<Problem>> {
    let mut problems = Vec::new();
    let mut wrong = |field: &str, words: &str| problems.push(Problem { field: field.into(), words: words.into() });
    if form.title.trim().is_empty() {
        wrong(TITLE, w::needs_title());
    }
    if form.read_year().is_none() {
        wrong(YEAR, events::wrong_year());
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

#[component]
fn SurveyFields(
    form: RwSignal<SurveyForm>,
    problems: RwSignal<Vec<Problem>>,
    all: Surveys,
    is_new: bool,
) -> impl IntoView {
    let title = Text::within(form, |form: &SurveyForm| form.title.clone(), |form, text| form.title = text);
    let year = Text::within(form, |form: &SurveyForm| form.year.clone(), |form, text| form.year = text);
    let Surveys { events: could_be, groups, mut known, .. } = all;
    let held = form.with_untracked(|form| form.record.questions.clone());
    for question in held {
        match known.iter_mut().find(|other| other.id() == question.id()) {
            Some(other) => *other = question,
            None => known.push(question),
        }
    }
    view! {
        <TextField id=TITLE label=w::name hint=w::name_hint text=title error=problem_of(problems, TITLE) />
        <TextField
            id=YEAR
            label=events::year
            hint=w::year_hint
            kind=InputKind::Figures
            text=year
            error=problem_of(problems, YEAR)
        />
        <Belongs form=form could_be=could_be groups=groups is_new=is_new />
        <section aria-labelledby=ASKS>
            <h2 id=ASKS>{w::questions}</h2>
            <p class="hint">{w::questions_hint}</p>
            <Asks form=form known=known />
        </section>
    }
}

/// Of which event it is, and with whom it is common.
#[component]
fn Belongs(
    form: RwSignal<SurveyForm>,
    could_be: Vec<(EventId, String, Option<GroupId>)>,
    groups: Vec<(GroupId, String)>,
    is_new: bool,
) -> impl IntoView {
    let (no_event, no_group) = (could_be.is_empty(), groups.is_empty() || !is_new);
    let could_be = StoredValue::new(could_be);
    // What is common is of an event of the group; what is one's own is of one's own.
    let offered = Signal::derive(move || {
        let group = form.with(|form| form.group);
        let mut choices = vec![Choice::new(NONE, w::no_event())];
        could_be.with_value(|could_be| {
            let theirs = could_be.iter().filter(|(.., of)| is_new || *of == group);
            choices.extend(theirs.map(|(id, title, _)| Choice::new(id.to_string(), title.clone())));
        });
        choices
    });
    let event =
        Signal::derive(move || form.with(|form| form.event.map_or_else(|| NONE.to_owned(), |id| id.to_string())));
    let set_event = Callback::new(move |code: String| {
        form.update(|form| {
            form.event = EventId::parse(&code);
            let of = could_be.with_value(|all| all.iter().find(|(id, ..)| Some(*id) == form.event).cloned());
            if let (Some((.., group)), true) = (of, is_new) {
                form.group = group;
            }
        });
    });
    let choices = Signal::derive(move || {
        let others = groups.iter().map(|(id, name)| Choice::new(id.to_string(), name.clone()));
        std::iter::once(Choice::new(NONE, events::mine())).chain(others).collect::<Vec<_>>()
    });
    let group =
        Signal::derive(move || form.with(|form| form.group.map_or_else(|| NONE.to_owned(), |id| id.to_string())));
    let set_group = Callback::new(move |code: String| {
        form.update(|form| {
            form.group = GroupId::parse(&code);
            let of = could_be.with_value(|all| all.iter().find(|(id, ..)| Some(*id) == form.event).cloned());
            if of.is_some_and(|(.., group)| group != form.group) {
                form.event = None;
            }
        });
    });
    view! {
        <Show when=move || !no_event>
            <Chips name="event" legend=|| w::event() choices=offered chosen=event choose=set_event />
        </Show>
        <Show when=move || !no_group>
            <Chips name="group" legend=|| events::with_whom() choices=choices chosen=group choose=set_group />
        </Show>
    }
}

/// What is asked, in order; what else is known.
#[component]
fn Asks(form: RwSignal<SurveyForm>, known: Vec<Question>) -> impl IntoView {
    let known = StoredValue::new(known);
    let year = move || form.with(|form| form.read_year().unwrap_or(form.record.survey.year));
    let order = Memo::new(move |_| form.with(|form| form.asks.iter().map(QuestionId::to_string).collect::<Vec<_>>()));
    let put = Callback::new(move |(key, before): (String, Option<String>)| {
        let (Some(moved), before) = (QuestionId::parse(&key), before.and_then(|key| QuestionId::parse(&key))) else {
            return;
        };
        form.update(|form| {
            form.asks.retain(|id| *id != moved);
            let at = before.and_then(|before| form.asks.iter().position(|id| *id == before));
            form.asks.insert(at.unwrap_or(form.asks.len()), moved);
        });
    });
    let rows = Reorder::of(order, put);
    let found = move |id: QuestionId| known.with_value(|known| known.iter().find(|one| one.id() == id).cloned());
    let told = move |question: &Question| {
        let publics = question.asked_of.iter().map(public_words).collect::<Vec<_>>().join(", ");
        in_a_row([kind_words(&question.form().kind()).to_owned(), publics])
    };
    let line = move |id: QuestionId| {
        let question = found(id)?;
        let (words, key) = (question_words(&question, year()), id.to_string());
        let (row, named) = (key.clone(), words.clone());
        let remove = move |_| form.update(|form| form.asks.retain(|other| *other != id));
        let shown = view! {
            <li class="plain" data-row=row>
                <span class="row-head">
                    <span class="who">{words.clone()}</span>
                </span>
                <span class="why">{told(&question)}</span>
                <span class="acts">
                    <StepButtons rows=rows key=key name=words />
                    <button type="button" class="quiet" on:click=remove>
                        {w::ask_not} <span class="unseen">" "{named}</span>
                    </button>
                </span>
            </li>
        };
        Some(shown.into_any())
    };
    let others = move || {
        let asks = form.with(|form| form.asks.clone());
        known.with_value(|known| known.iter().filter(|one| !asks.contains(&one.id())).cloned().collect::<Vec<_>>())
    };
    let other = move |question: Question| {
        let id = question.id();
        let add = move |_| form.update(|form| form.asks.push(id));
        let words = question_words(&question, year());
        view! {
            <li class="plain">
                <span class="row-head">
                    <span class="who">{words.clone()}</span>
                </span>
                <span class="why">{told(&question)}</span>
                <span class="acts">
                    <button type="button" on:click=add>
                        {w::ask_it} <span class="unseen">" "{words}</span>
                    </button>
                </span>
            </li>
        }
        .into_any()
    };
    view! {
        <ol class="rows">{move || form.with(|form| form.asks.clone()).into_iter().filter_map(line).collect_view()}</ol>
        <p class="empty" hidden=move || form.with(|form| !form.asks.is_empty())>
            {w::asks_nothing}
        </p>
        {move || {
            let others = others();
            (!others.is_empty())
                .then(|| {
                    view! {
                        <details>
                            <summary>{w::other_questions(others.len() as u32)}</summary>
                            <ul class="rows">{others.into_iter().map(other).collect_view()}</ul>
                        </details>
                    }
                })
        }}
        <p class="hint">{w::own_question_later}</p>
    }
}
