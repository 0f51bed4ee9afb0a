//! A day: near ones as buttons, any other in a calendar field.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::choice::{Chips, Choice};
use crate::words::{Word, day as words, time};
use crate::{browser, when};

/// The code of "another day".
const OTHER: &str = "other";
/// The code of no day at all.
const NONE: &str = "none";

/// The buttons of what has just happened: today, and yesterday unless that is too early.
pub fn today_or_yesterday(earliest: Option<NaiveDate>) -> Signal<Vec<(NaiveDate, String)>> {
    let today = browser::today();
    Signal::derive(move || {
        let yesterday = today.pred_opt().filter(|day| earliest.is_none_or(|earliest| *day >= earliest));
        let yesterday = yesterday.map(|day| (day, when::capital(time::yesterday().into())));
        [(today, when::capital(time::today().into()))].into_iter().chain(yesterday).collect()
    })
}

/// A day.
#[component]
pub fn DayField(
    /// The field's id in the page.
    #[prop(into)]
    id: String,
    /// What day is asked for.
    #[prop(into)]
    legend: ViewFn,
    /// The days near enough to have a button, with their words.
    #[prop(into)]
    near: Signal<Vec<(NaiveDate, String)>>,
    /// What the button for no day says, where there may be none.
    #[prop(optional)]
    none: Option<Word>,
    /// The day now.
    #[prop(into)]
    day: Signal<Option<NaiveDate>>,
    /// What happens when it is another.
    set: Callback<Option<NaiveDate>>,
) -> impl IntoView {
    // "Another day" stays open once asked for, even on a near day.
    let other = RwSignal::new(false);
    let choices = Signal::derive(move || {
        let none = none.map(|none| Choice::new(NONE, none()));
        let near = near.get().into_iter().map(|(day, label)| Choice::new(day.to_string(), label));
        none.into_iter().chain(near).chain([Choice::new(OTHER, words::other())]).collect::<Vec<_>>()
    });
    let chosen = Signal::derive(move || match (other.get(), day.get()) {
        (false, Some(day)) if near.with(|near| near.iter().any(|(near, _)| *near == day)) => day.to_string(),
        (false, None) if none.is_some() => NONE.to_owned(),
        (false, None) => String::new(),
        _ => OTHER.to_owned(),
    });
    let field = format!("{id}-date");
    let (labels, focus) = (field.clone(), field.clone());
    let choose = Callback::new(move |code: String| {
        other.set(code == OTHER);
        match code.parse() {
            Ok(day) => set.run(Some(day)),
            Err(_) if code == NONE => set.run(None),
            Err(_) => browser::focus_soon(focus.clone()),
        }
    });
    view! {
        <div class="day-field">
            <Chips name=id legend=legend choices=choices chosen=chosen choose=choose />
            <div class="field" hidden=move || chosen.with(|chosen| chosen != OTHER)>
                <label for=labels>{words::other_label}</label>
                <input
                    id=field
                    type="date"
                    prop:value=move || day.get().map(|day| day.to_string()).unwrap_or_default()
                    on:change:target=move |event| set.run(event.target().value().parse().ok())
                />
            </div>
        </div>
    }
}
