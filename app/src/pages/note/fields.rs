//! What took place: how, what came of it, when, how long, and in which words.

use chrono::NaiveDate;
use leptos::prelude::*;
use maillon_shared::domain::encounter::{EncounterField, EncounterKind, EncounterResult};
use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::time::Hour;

use super::form::{NoteForm, results_of};
use super::place::LastPlaces;
use crate::lists::{choices_and, label};
use crate::ui::error_summary::problem_of;
use crate::ui::{Chips, Choice, DayField, EntryField, Problem, Text, TextArea, TextField};
use crate::words::{note as w, time};
use crate::{browser, when};

/// The kinds that most notes are of; the others are one tap further.
const USUAL: [EncounterKind; 5] = [
    EncounterKind::HomeVisit,
    EncounterKind::CallOut,
    EncounterKind::CallIn,
    EncounterKind::WalkIn,
    EncounterKind::Appointment,
];
/// The code that shows the other kinds.
const OTHERS: &str = "others";

/// The fields of an encounter.
#[component]
pub fn EncounterFields(form: RwSignal<NoteForm>, problems: RwSignal<Vec<Problem>>) -> impl IntoView {
    let text = move |field: EncounterField| {
        Text::within(
            form,
            move |form: &NoteForm| form.encounter.text(field).to_owned(),
            move |form: &mut NoteForm, text| *form.encounter.text_mut(field) = text,
        )
    };
    let unshared = Text::within(form, |form: &NoteForm| form.unshared.clone(), |form, text| form.unshared = text);
    view! {
        <Kind form=form />
        <ResultOf form=form />
        <Day form=form problems=problems />
        <TextArea id="words" label=w::words hint=w::words_hint optional=true text=text(EncounterField::Words) />
        <TextArea id="notes" label=w::notes optional=true text=text(EncounterField::Notes) />
        <Duration form=form />
        <LastPlaces form=form />
        <details class="more-fields" open=form.with_untracked(|form| form.encounter.with_entry.is_some())>
            <summary>{w::more}</summary>
            <div>
                <WithEntry form=form />
                <TextField id="with" label=w::with optional=true text=text(EncounterField::With) />
                <TextField id="place" label=w::place optional=true text=text(EncounterField::Place) />
                <HourField form=form />
            </div>
        </details>
        <div class="unshared">
            <TextArea id="unshared" label=w::unshared hint=w::unshared_hint optional=true text=unshared lines=2 />
        </div>
    }
}

/// Who of the directory was there.
#[component]
fn WithEntry(form: RwSignal<NoteForm>) -> impl IntoView {
    let entry = Signal::derive(move || form.with(|form| form.encounter.with_entry));
    let set = Callback::new(move |entry| form.update(|form| form.encounter.with_entry = entry));
    view! { <EntryField id="with-entry" label=w::entry hint=w::entry_hint entry=entry set=set /> }
}

#[component]
fn Kind(form: RwSignal<NoteForm>) -> impl IntoView {
    let is_usual = move || form.with(|form| USUAL.contains(&form.encounter.kind));
    let all = RwSignal::new(!untrack(is_usual));
    let choices = Signal::derive(move || {
        let words = |kind: &EncounterKind| Choice::new(kind.code(), label(ListId::EncounterKinds, kind.code()));
        if all.get() {
            form.with(|form| choices_and(ListId::EncounterKinds, form.encounter.kind.code()))
        } else {
            USUAL.iter().map(words).chain([Choice::new(OTHERS, w::other_kinds())]).collect::<Vec<_>>()
        }
    });
    let chosen = Signal::derive(move || form.with(|form| form.encounter.kind.code().to_owned()));
    let choose = Callback::new(move |code: String| {
        if code == OTHERS {
            all.set(true);
            // The first of those that were not offered yet.
            let usual = |choice: &Choice| USUAL.iter().any(|kind| kind.code() == choice.code);
            if let Some(first) = crate::lists::choices(ListId::EncounterKinds).into_iter().find(|choice| !usual(choice))
            {
                browser::focus_soon(format!("kind-{}", browser::html_id(&first.code)));
            }
        } else {
            form.update(|form| form.set_kind(EncounterKind::from_code(&code)));
        }
    });
    view! { <Chips name="kind" legend=|| w::kind() choices=choices chosen=chosen choose=choose /> }
}

#[component]
fn ResultOf(form: RwSignal<NoteForm>) -> impl IntoView {
    let possible = Memo::new(move |_| form.with(|form| results_of(&form.encounter.kind).to_vec()));
    let choices = Signal::derive(move || {
        let words =
            |result: &EncounterResult| Choice::new(result.code(), label(ListId::EncounterResults, result.code()));
        possible.with(|possible| possible.iter().map(words).collect::<Vec<_>>())
    });
    let chosen = Signal::derive(move || form.with(|form| form.encounter.result.code().to_owned()));
    let choose = Callback::new(move |code: String| {
        form.update(|form| form.encounter.result = EncounterResult::from_code(&code))
    });
    let is_one = move || possible.with(Vec::len) < 2;
    view! {
        <div hidden=is_one>
            <Chips name="result" legend=|| w::result() choices=choices chosen=chosen choose=choose />
        </div>
    }
}

#[component]
fn Day(form: RwSignal<NoteForm>, problems: RwSignal<Vec<Problem>>) -> impl IntoView {
    let today = browser::today();
    let near = Signal::derive(move || {
        let mut near = vec![(today, when::capital(time::today().into()))];
        near.extend(today.pred_opt().map(|yesterday| (yesterday, when::capital(time::yesterday().into()))));
        let before = today.pred_opt().and_then(|day| day.pred_opt());
        near.extend(before.map(|before| (before, when::capital(when::date(before, today)))));
        near
    });
    let day = Signal::derive(move || form.with(|form| Some(form.encounter.day)));
    let set = Callback::new(move |day: Option<NaiveDate>| {
        if let Some(day) = day {
            form.update(|form| form.encounter.day = day);
        }
    });
    let error = problem_of(problems, "day");
    view! {
        <DayField id="day" legend=|| w::day() near=near day=day set=set />
        <p class="error">{move || error.get()}</p>
    }
}

#[component]
fn Duration(form: RwSignal<NoteForm>) -> impl IntoView {
    let choices = Signal::derive(move || {
        let usual = ["15", "30", "45", "60", "90"];
        let other = form.with(|form| form.encounter.duration_min.map(|minutes| minutes.to_string()));
        let other = other.filter(|other| !usual.contains(&other.as_str()));
        let minutes = usual.into_iter().map(str::to_owned).chain(other);
        let minutes = minutes.map(|minutes| Choice::new(minutes.clone(), w::minutes(minutes)));
        minutes.chain([Choice::new("", w::duration_none())]).collect::<Vec<_>>()
    });
    let chosen = Signal::derive(move || {
        form.with(|form| form.encounter.duration_min.map(|minutes| minutes.to_string()).unwrap_or_default())
    });
    let choose = Callback::new(move |code: String| form.update(|form| form.encounter.duration_min = code.parse().ok()));
    view! { <Chips name="duration" legend=|| w::duration() choices=choices chosen=chosen choose=choose /> }
}

#[component]
fn HourField(form: RwSignal<NoteForm>) -> impl IntoView {
    let shown = move || form.with(|form| form.encounter.hour.map(|hour| hour.to_string()).unwrap_or_default());
    view! {
        <div class="field">
            <label for="hour">{w::hour}</label>
            <input
                id="hour"
                type="time"
                prop:value=shown
                on:change:target=move |event| {
                    let hour = Hour::parse(&event.target().value());
                    form.update(|form| form.encounter.hour = hour);
                }
            />
        </div>
    }
}
