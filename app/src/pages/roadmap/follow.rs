//! How a roadmap goes: its indicators with what was measured, what went otherwise than foreseen, and what falls due soon.

use leptos::prelude::*;
use maillon_shared::api::roadmap::RoadmapFile;
use maillon_shared::domain::ids::LineId;
use maillon_shared::domain::roadmap::{Deviation, DueSoon, Indicator, IndicatorValue, Line, RoadmapLines, WhatIsDue};

use super::words::{add, date_words, day_words, line_name, named, or_unnamed, quantity_words, to_verify};
use crate::browser;
use crate::words::{in_a_row, roadmap as w};

/// The indicators of an objective; of none, those of the whole.
pub fn indicators(file: &RoadmapFile, objective: Option<LineId>) -> Option<AnyView> {
    let lines: Vec<AnyView> = file.roadmap.indicators_of(objective).map(|one| indicator(file, one)).collect();
    (!lines.is_empty()).then(|| {
        view! {
            <h5 class="lines-title">{w::indicators}</h5>
            <ul class="rows">{lines}</ul>
        }
        .into_any()
    })
}

fn indicator(file: &RoadmapFile, indicator: &Indicator) -> AnyView {
    let values: Vec<AnyView> =
        file.roadmap.values_of(indicator.id).into_iter().map(|value| value_line(file, indicator, value)).collect();
    let target = match indicator.target {
        Some(target) => w::target_is(quantity_words(Some(target), &indicator.unit)),
        None => w::no_target().to_owned(),
    };
    let no_value = values.is_empty();
    let add_value = file.may_write.then(|| add(file.roadmap.id, RoadmapLines::Values, Some(indicator.id)));
    view! {
        <li class="plain">
            <span class="row-head">{named(file, RoadmapLines::Indicators, indicator.id, &indicator.name)}</span>
            <span class="why">{target}</span>
            <span class="why" hidden=!no_value>{w::no_value}</span>
            <ul class="values" hidden=no_value>{values}</ul>
            <span class="unprinted">{add_value}</span>
        </li>
    }
    .into_any()
}

/// What was measured. A percentage says on how many, or that nobody published it.
pub fn measure_words(indicator: &Indicator, value: &IndicatorValue) -> String {
    let n = match value.n {
        Some(n) => w::n_is(n),
        None if indicator.is_percentage() => w::n_not_published().to_owned(),
        None => String::new(),
    };
    in_a_row([date_words(value.on), quantity_words(value.amount, &indicator.unit), n, value.source.clone()])
}

fn value_line(file: &RoadmapFile, indicator: &Indicator, value: &IndicatorValue) -> AnyView {
    view! {
        <li>
            {named(file, RoadmapLines::Values, value.id, &measure_words(indicator, value))} " " {to_verify(&value.to_verify)}
        </li>
    }
    .into_any()
}

/// What was measured of no indicator that is there, if anything was: it is here to be put under one.
pub fn measures_alone(file: &RoadmapFile) -> Option<AnyView> {
    let nothing = Indicator::empty(LineId([0; 16]));
    let lines: Vec<AnyView> =
        file.roadmap.values_of_none().into_iter().map(|value| value_line(file, &nothing, value)).collect();
    (!lines.is_empty()).then(|| view! { <h3>{w::no_indicator}</h3> <ul class="values">{lines}</ul> }.into_any())
}

/// What went otherwise than foreseen.
pub fn deviations(file: &RoadmapFile) -> AnyView {
    let line = |line: &Deviation| {
        let action = line.action.and_then(|id| line_name(RoadmapLines::Actions, id, file));
        let part = |title: &'static str, words: &str| {
            let words = words.trim().to_owned();
            (!words.is_empty()).then(|| view! { <span class="why prose">{w::told_of(title, words)}</span> })
        };
        view! {
            <li class="plain">
                <span class="row-head">{named(file, RoadmapLines::Deviations, line.id, &line.happened)}</span>
                <span class="why">{in_a_row([date_words(line.on), action.unwrap_or_default()])}</span>
                {part(w::foreseen(), &line.foreseen)}
                {part(w::why(), &line.reason)}
                {part(w::decided(), &line.decision)}
            </li>
        }
        .into_any()
    };
    let lines: Vec<AnyView> = file.roadmap.deviations_by_date().into_iter().map(line).collect();
    let none = lines.is_empty();
    let add_one = file.may_write.then(|| add(file.roadmap.id, RoadmapLines::Deviations, None));
    view! {
        <section class:unprinted=none>
            <h2>{w::deviations}</h2>
            <p class="empty" hidden=!none>{w::no_deviation}</p>
            <ul class="rows" hidden=none>{lines}</ul>
            <p class="acts unprinted">{add_one}</p>
        </section>
    }
    .into_any()
}

/// What falls due soon, in one place.
pub fn due_soon(file: &RoadmapFile) -> AnyView {
    let today = browser::today();
    let due = file.roadmap.due_soon(today);
    let line = |due: &DueSoon| {
        let (is_past, day) = (due.day.is_some_and(|day| day < today), due.day.map(day_words));
        let (lines, id) = match due.what {
            WhatIsDue::Mandate(id) => (RoadmapLines::Mandates, id),
            WhatIsDue::Partnership(id) => (RoadmapLines::Partnerships, id),
            WhatIsDue::Decision(id) => (RoadmapLines::Decisions, id),
        };
        let said = match (due.what, day) {
            (_, None) => w::decision_undated().to_owned(),
            (WhatIsDue::Mandate(_), Some(day)) => w::mandate_ends(day),
            (WhatIsDue::Partnership(_), Some(day)) => {
                let ends = if is_past { w::partnership_ended(day) } else { w::partnership_ends(day) };
                in_a_row([ends, w::renew().to_owned()])
            }
            (WhatIsDue::Decision(_), Some(day)) if is_past => w::decision_late(day),
            (WhatIsDue::Decision(_), Some(day)) => w::decision_due(day),
        };
        let name = line_name(lines, id, file).unwrap_or_else(|| or_unnamed(""));
        view! {
            <li class="plain">
                <span class="row-head">{named(file, lines, id, &name)}</span>
                <span class="why">{said}</span>
            </li>
        }
        .into_any()
    };
    let lines: Vec<AnyView> = due.iter().map(line).collect();
    let none = lines.is_empty();
    view! {
        <section class:unprinted=none>
            <h2>{w::due_soon}</h2>
            <p class="detail" hidden=!none>{w::nothing_due}</p>
            <ul class="rows" hidden=none>{lines}</ul>
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use maillon_shared::domain::roadmap::Quantity;

    use super::*;

    #[test]
    fn a_percentage_always_says_on_how_many_and_what_nobody_knows_is_not_zero() {
        let rate = Indicator { unit: "%".into(), ..Indicator::empty(LineId([1; 16])) };
        let value = IndicatorValue { amount: Some(Quantity(12_500)), ..IndicatorValue::empty(LineId([2; 16])) };
        let words = measure_words(&rate, &value);
        assert!(words.contains("12,5\u{202f}%") && words.contains(w::n_not_published()), "{words}");
        let known = measure_words(&rate, &IndicatorValue { n: Some(40), ..value.clone() });
        assert!(known.contains(&w::n_is(40)) && !known.contains(w::n_not_published()), "{known}");
        let unknown = measure_words(&rate, &IndicatorValue { amount: None, ..value.clone() });
        assert!(unknown.contains(w::not_known()) && !unknown.contains('0'), "{unknown}");
        let people = Indicator { unit: "personnes".into(), ..rate };
        assert!(!measure_words(&people, &value).contains(w::n_not_published()));
    }
}
