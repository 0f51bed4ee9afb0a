//! When a service comes back, as it is chosen: only what belongs to the choice is asked.

use std::collections::BTreeSet;

use leptos::prelude::*;
use maillon_shared::domain::mission::WEEK;
use maillon_shared::domain::outreach::Nth;

use super::typed::RECURRENCES;
use super::words::nth_words;
use crate::pages::directory::day_words;
use crate::pages::typed::{PickOne, Typed, error, text};
use crate::ui::{Chips, Choice, InputKind, Problem, TextField, Ticks};
use crate::when;
use crate::words::outreach as w;

fn choice_words(code: &str) -> &'static str {
    match code {
        "weekly" => w::weekly(),
        "every" => w::every(),
        "monthly" => w::monthly(),
        "given_days" => w::given_days(),
        "on_call" => w::on_call(),
        _ => w::recurrence_not_said(),
    }
}

fn weekdays() -> Vec<Choice> {
    WEEK.map(|day| Choice::new(day.to_string(), when::capital(day_words(day)))).collect()
}

/// When it comes back.
#[component]
pub fn RecurrenceFields(form: RwSignal<Typed>, problems: RwSignal<Vec<Problem>>) -> impl IntoView {
    let choices = Signal::derive(|| RECURRENCES.map(|code| Choice::new(code, choice_words(code))).to_vec());
    let chosen = text(form, "recurrence");
    let code = Memo::new(move |_| chosen.value.get());
    let is = move |wanted: &'static str| code.with(|code| code == wanted);
    let figures = text(form, "weekdays");
    let ticked = Signal::derive(move || {
        figures.value.with(|figures| figures.chars().map(|figure| figure.to_string()).collect::<BTreeSet<String>>())
    });
    let toggle = Callback::new(move |figure: String| {
        let mut days: BTreeSet<String> = ticked.get_untracked();
        if !days.remove(&figure) {
            days.insert(figure);
        }
        figures.set.run(days.into_iter().collect::<String>());
    });
    let no_weekday = error(problems, "weekdays");
    let nths = Signal::derive(|| Nth::ALL.map(|nth| Choice::new(nth.code(), nth_words(nth))).to_vec());
    view! {
        <Chips name="recurrence" legend=|| w::recurrence() choices=choices chosen=chosen.value choose=chosen.set />
        <Show when=move || is("weekly")>
            <p class="error" hidden=move || no_weekday.with(Option::is_none)>{move || no_weekday.get()}</p>
            <Ticks name="weekdays" legend=w::weekdays choices=Signal::derive(weekdays) ticked=ticked toggle=toggle />
        </Show>
        <Show when=move || is("every")>
            <TextField
                id="weeks"
                label=w::weeks
                kind=InputKind::Figures
                text=text(form, "weeks")
                error=error(problems, "weeks")
            />
            <TextField
                id="first"
                label=w::first_day
                hint=w::day_hint
                text=text(form, "first")
                error=error(problems, "first")
            />
        </Show>
        <Show when=move || is("monthly")>
            <PickOne form=form name="nth".into() label=w::nth choices=nths />
            <PickOne form=form name="weekday".into() label=w::weekday choices=Signal::derive(weekdays) />
        </Show>
        <p class="hint" hidden=move || !is("given_days")>{w::given_days_hint}</p>
    }
}
