//! A birth, in three fields: the day and the month may be unknown.

use chrono::Datelike as _;
use leptos::prelude::*;
use maillon_shared::domain::time::PartialDate;

use super::binding::Text;
use crate::words::{birth as words, common};

/// Day, month and year of a birth, as they are typed.
pub fn birth_parts(birth: Option<PartialDate>) -> [String; 3] {
    match birth {
        None => Default::default(),
        Some(PartialDate::Year(year)) => [String::new(), String::new(), year.to_string()],
        Some(PartialDate::Month(year, month)) => [String::new(), month.to_string(), year.to_string()],
        Some(PartialDate::Day(day)) => [day.day().to_string(), day.month().to_string(), day.year().to_string()],
    }
}

/// The birth that three fields say; none where they are empty, nothing where there is no such date.
pub fn read_birth(parts: &[String; 3]) -> Option<Option<PartialDate>> {
    if parts.iter().all(|part| part.trim().is_empty()) {
        return Some(None);
    }
    let number = |part: &String| match part.trim() {
        "" => Some(None),
        figures => figures.parse::<u32>().ok().map(Some),
    };
    let [day, month, year] = parts;
    let year = number(year)?.and_then(|year| i32::try_from(year).ok()).filter(|year| (1850..=2200).contains(year))?;
    PartialDate::from_fields(year, number(month)?, number(day)?).map(Some)
}

/// The three fields of a birth.
#[component]
pub fn BirthFields(
    /// The group's id in the page.
    #[prop(into)]
    id: String,
    /// Day of the month.
    day: Text,
    /// Month, 1 to 12.
    month: Text,
    /// Year.
    year: Text,
    /// What is wrong with them.
    #[prop(into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let error_id = format!("{id}-error");
    let part = |name: &'static str, label: crate::words::Word, text: Text, figures: &'static str| {
        let id = format!("{id}-{name}");
        view! {
            <div class="field">
                <label for=id.clone()>{label}</label>
                <input
                    id=id
                    type="text"
                    inputmode="numeric"
                    maxlength=figures
                    autocomplete="off"
                    spellcheck="false"
                    class=format!("figures-{figures}")
                    aria-describedby=error_id.clone()
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    prop:value=move || text.value.get()
                    on:input:target=move |event| text.set.run(event.target().value())
                />
            </div>
        }
    };
    view! {
        <fieldset class="birth" id=id.clone() tabindex="-1">
            <legend>{words::legend}<span class="optional">" "{common::optional}</span></legend>
            <p class="hint">{words::hint}</p>
            <p class="error" id=error_id.clone()>{move || error.get()}</p>
            <div class="parts">
                {part("day", words::day, day, "2")} {part("month", words::month, month, "2")}
                {part("year", words::year, year, "4")}
            </div>
        </fieldset>
    }
}
