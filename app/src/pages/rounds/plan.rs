//! A round to plan, or to change: the day, whom to see, and with whom the hour of return is left.

use chrono::NaiveDate;
use leptos::prelude::*;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::responses::PersonRow;
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::address_search::AddressFound;
use maillon_shared::domain::ids::RoundId;
use maillon_shared::domain::round::{Round, RoundField};

use crate::door::answer;
use crate::routes::{RoundRoute, Route};
use crate::ui::error_summary::problem_of;
use crate::ui::{
    AddressField, DayAdvice, DayField, FormFrame, HourField, InputKind, Opened, Problem, Save, Text, TextField,
    load_once, when_loaded,
};
use crate::words::{addresses, note, rounds as w, time};
use crate::{browser, drafts, when};

use super::form::{RoundForm, fields_since, lay};
use super::kilometres;
use super::whom::{Whom, is_there};

type Loaded = (Opened<RoundForm>, Vec<PersonRow>);

/// A round to plan.
#[component]
pub fn NewRoundPage() -> impl IntoView {
    let loaded = load_once(|| open(Round::empty(RoundId(browser::random_id()), browser::today()), String::new()));
    when_loaded(loaded, |loaded| view! { <RoundFields loaded=loaded.get_untracked() is_new=true /> })
}

/// A round to change.
#[component]
pub fn EditRoundPage(id: RoundId) -> impl IntoView {
    let loaded = load_once(move || async move {
        let round = answer!(Request::Round(id), Round(file) => file.round)?;
        open(round, id.to_string()).await
    });
    when_loaded(loaded, |loaded| view! { <RoundFields loaded=loaded.get_untracked() is_new=false /> })
}

async fn open(round: Round, subject: String) -> Result<Loaded, Failure> {
    let people = answer!(Request::People, People(rows) => rows)?;
    let km = round.distance_m.map(|metres| kilometres(metres.into())).unwrap_or_default();
    Ok((Opened::find(drafts::key("round", subject), RoundForm::of(round, km), lay).await, people))
}

#[component]
fn RoundFields(loaded: Loaded, is_new: bool) -> impl IntoView {
    let (opened, people) = loaded;
    let before = opened.before.round.clone();
    let here = Route::Rounds(RoundRoute::One(before.id));
    let way_back = if is_new { Route::Rounds(RoundRoute::List) } else { here.clone() };
    let candidates = people.clone();
    let save = move |form: &RoundForm, draft: DraftKey| {
        let (round, found) = (form.to_round(), problems(form, &before, &people));
        let Some(round) = round.filter(|_| found.is_empty()) else { return Err(found) };
        let draft = Some(draft);
        let request = match is_new {
            true => Request::PlanRound { round: Box::new(round), draft },
            false => Request::EditRound { id: round.id, changes: before.changes_to(&round), draft },
        };
        Ok(Save { request, then: here.clone() })
    };
    let draw = move |form: RwSignal<RoundForm>, problems: RwSignal<Vec<Problem>>| {
        view! {
            <Day form=form />
            <Whom form=form people=candidates error=problem_of(problems, "whom") />
            <Return form=form problems=problems is_new=is_new />
        }
    };
    view! {
        <FormFrame
            title=if is_new { w::plan } else { w::change }
            way_back=way_back
            opened=opened
            fields=fields_since
            forget=note::start_again
            save=save
            draw=draw
        />
    }
}

/// All that is to be mended. Whoever was on the round before, and is silenced since, is in nobody's way.
fn problems(form: &RoundForm, before: &Round, people: &[PersonRow]) -> Vec<Problem> {
    let mut found = Vec::new();
    if form.round.stops.is_empty() {
        found.push(Problem { field: "whom".into(), words: w::needs_someone().into() });
    }
    let is_new = |row: &PersonRow| form.has(row.id) && before.stops.iter().all(|stop| stop.person != row.id);
    let away = people.iter().find(|row| is_new(row) && !is_there(row, form.round.day));
    if let Some(away) = away {
        found.push(Problem { field: "whom".into(), words: w::not_there_that_day(&away.name) });
    }
    if form.to_round().is_none() {
        found.push(Problem { field: "km".into(), words: w::km_wrong().into() });
    }
    found
}

#[component]
fn Day(form: RwSignal<RoundForm>) -> impl IntoView {
    let today = browser::today();
    let near = Signal::derive(move || {
        let tomorrow = today.succ_opt();
        let after = tomorrow.and_then(|day| day.succ_opt());
        let words = [
            Some((today, when::capital(time::today().into()))),
            tomorrow.map(|day| (day, when::capital(time::tomorrow().into()))),
            after.map(|day| (day, when::capital(when::date(day, today)))),
        ];
        words.into_iter().flatten().collect::<Vec<_>>()
    });
    let day = Signal::derive(move || form.with(|form| Some(form.round.day)));
    let set = Callback::new(move |day: Option<NaiveDate>| {
        form.update(|form| form.round.day = day.unwrap_or(form.round.day));
    });
    view! {
        <DayField id="day" legend=|| w::day() near=near day=day set=set />
        <DayAdvice day=day set=set />
    }
}

#[component]
fn Return(form: RwSignal<RoundForm>, problems: RwSignal<Vec<Problem>>, is_new: bool) -> impl IntoView {
    let text = move |field: RoundField| {
        Text::within(
            form,
            move |form: &RoundForm| form.round.text(field).to_owned(),
            move |form: &mut RoundForm, text| *form.round.text_mut(field) = text,
        )
    };
    let back_at = Signal::derive(move || form.with(|form| form.round.back_at));
    let returned_at = Signal::derive(move || form.with(|form| form.round.returned_at));
    let km = Text::within(form, |form: &RoundForm| form.km.clone(), |form, text| form.km = text);
    let after = (!is_new).then(|| {
        view! {
            <h2>{w::after}</h2>
            <HourField
                id="returned-at"
                label=w::returned_at
                hour=returned_at
                set=Callback::new(move |hour| form.update(|form| form.round.returned_at = hour))
            />
            <TextField
                id="km"
                label=w::km
                hint=w::km_hint
                kind=InputKind::Figures
                optional=true
                text=km
                error=problem_of(problems, "km")
            />
        }
    });
    view! {
        <AddressField
            id="from"
            label=w::from
            hint=w::from_hint
            text=text(RoundField::From)
            choose=Callback::new(move |found: AddressFound| {
                form.update(|form| {
                    form.round.from = found.words();
                    form.round.from_position = found.position(&[&form.round.from]);
                });
            })
            located=Signal::derive(move || {
                form.with(|form| form.round.from_point().map(|_| addresses::at_start().to_owned()))
            })
        />
        <HourField
            id="back-at"
            label=w::back_at
            hour=back_at
            set=Callback::new(move |hour| form.update(|form| form.round.back_at = hour))
        />
        <TextField
            id="back-with"
            label=w::back_with
            hint=w::back_with_hint
            optional=true
            text=text(RoundField::BackWith)
        />
        {after}
    }
}
