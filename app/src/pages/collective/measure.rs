//! What was measured on a day: of which indicator, how much, who says so, and whether it is certain.

use chrono::NaiveDate;
use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::collective::CollectiveWrite;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::domain::collective::{Indicator, IndicatorValue, ProjectChange, ValueField};
use maillon_shared::domain::ids::{CollectiveId, LineId};

use super::ask_project;
use crate::browser;
use crate::drafts::{self, Fields};
use crate::routes::{CollectiveRoute, Route};
use crate::ui::error_summary::problem_of;
use crate::ui::{
    Chips, Choice, DayField, FormFrame, Opened, Problem, Save, Text, TextField, load_once, today_or_yesterday,
    when_loaded,
};
use crate::words::{collective as w, note};

/// The form's code among the drafts.
const FORM: &str = "measure";
const AMOUNT: &str = "amount";

/// What was measured.
#[component]
pub fn MeasurePage(id: CollectiveId) -> impl IntoView {
    let loaded = load_once(move || async move {
        let indicators = ask_project(id).await?.project.indicators;
        let of = indicators.first().map_or(LineId([0; 16]), |first| first.id);
        let first =
            IndicatorValue { day: Some(browser::today()), ..IndicatorValue::empty(LineId(browser::random_id()), of) };
        Ok((Opened::find(drafts::key(FORM, id), first, lay).await, indicators))
    });
    let there = Route::Collective(CollectiveRoute::Project(id));
    when_loaded(loaded, move |opened| {
        let (opened, indicators) = opened.get_untracked();
        let then = there.clone();
        let save = move |value: &IndicatorValue, draft: DraftKey| {
            if value.amount.trim().is_empty() {
                return Err(vec![Problem { field: AMOUNT.into(), words: w::needs_amount().into() }]);
            }
            let texts = ValueField::ALL.iter().filter(|field| !value.text(**field).trim().is_empty());
            let mut changes: Vec<_> = texts
                .map(|field| ProjectChange::Value(value.id, value.of, *field, value.text(*field).trim().to_owned()))
                .collect();
            changes.push(ProjectChange::ValueDay(value.id, value.of, value.day));
            let write = CollectiveWrite::EditProject { id, changes, draft: Some(draft) };
            Ok(Save { request: Request::WriteCollective(Box::new(write)), then: then.clone() })
        };
        view! {
            <FormFrame
                title=w::measure_new
                way_back=there.clone()
                opened=opened
                fields=fields_since
                forget=note::start_again
                save=save
                draw=move |form, problems| view! { <Measured form=form problems=problems indicators=indicators /> }
            />
        }
    })
}

#[component]
fn Measured(
    form: RwSignal<IndicatorValue>,
    problems: RwSignal<Vec<Problem>>,
    indicators: Vec<Indicator>,
) -> impl IntoView {
    let text = move |field: ValueField| {
        Text::within(
            form,
            move |form: &IndicatorValue| form.text(field).to_owned(),
            move |form: &mut IndicatorValue, text| *form.text_mut(field) = text,
        )
    };
    let choices: Vec<_> = indicators.iter().map(|one| Choice::new(one.id.to_string(), one.name.clone())).collect();
    let chosen = Signal::derive(move || form.with(|form| form.of.to_string()));
    let choose = Callback::new(move |id: String| {
        if let Some(id) = LineId::parse(&id) {
            form.update(|form| form.of = id);
        }
    });
    let day = Signal::derive(move || form.with(|form| form.day));
    let set_day = Callback::new(move |day: Option<NaiveDate>| form.update(|form| form.day = day));
    view! {
        <Chips
            name="of"
            legend=|| w::indicator()
            choices=Signal::derive(move || choices.clone())
            chosen=chosen
            choose=choose
        />
        <TextField
            id=AMOUNT
            label=w::measure_amount
            text=text(ValueField::Amount)
            error=problem_of(problems, AMOUNT)
        />
        <DayField id="day" legend=|| w::measure_day() near=today_or_yesterday(None) day=day set=set_day />
        <TextField
            id="source"
            label=w::measure_source
            hint=w::measure_source_hint
            optional=true
            text=text(ValueField::Source)
        />
        <TextField
            id="to-verify"
            label=w::measure_to_verify
            hint=w::measure_to_verify_hint
            optional=true
            text=text(ValueField::ToVerify)
        />
    }
}

fn named(value: &IndicatorValue) -> [(&'static str, String); 5] {
    let day = value.day.map(|day| day.to_string()).unwrap_or_default();
    [
        ("of", value.of.to_string()),
        ("day", day),
        (AMOUNT, value.amount.clone()),
        ("source", value.source.clone()),
        ("to-verify", value.to_verify.clone()),
    ]
}

fn fields_since(opened: &IndicatorValue, now: &IndicatorValue) -> Fields {
    Fields::that_differ(named(opened), named(now))
}

fn lay(value: &mut IndicatorValue, fields: &Fields) {
    for (name, kept) in fields.iter() {
        match name {
            "of" => value.of = LineId::parse(kept).unwrap_or(value.of),
            "day" => value.day = kept.parse().ok(),
            AMOUNT => kept.clone_into(&mut value.amount),
            "source" => kept.clone_into(&mut value.source),
            "to-verify" => kept.clone_into(&mut value.to_verify),
            _ => {}
        }
    }
}
