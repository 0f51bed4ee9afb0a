//! The path of a request in someone's timeline: each step a line, on its day.

use chrono::NaiveDate;
use leptos::prelude::*;
use maillon_shared::domain::ids::RequestId;
use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::provisional::Provisional;
use maillon_shared::domain::request::StoryStep;

use super::words::link_words;
use crate::lists::label;
use crate::pages::person::folded;
use crate::routes::{CareRoute, Route};
use crate::ui::{Icon, Shape};
use crate::when;
use crate::words::requests as w;

/// A step: what happened, and the words of it.
fn said(step: StoryStep) -> (String, String) {
    match step {
        StoryStep::Heard(text) => (w::story_heard().to_owned(), text),
        StoryStep::Analysed(text) => (w::story_analysed().to_owned(), text),
        StoryStep::Offered(to) => (w::story_offered(to), String::new()),
        StoryStep::Chosen(to) => (w::story_chosen(to), String::new()),
        StoryStep::Declined(to, why) => (w::story_declined(to), why),
        StoryStep::Accepted(to) => (w::story_accepted(to), String::new()),
        StoryStep::Refused(to, why) => (w::story_refused(to), why),
        StoryStep::Feedback(to, text) => (w::story_feedback(to), text),
        StoryStep::WithGroup => (w::story_with_group().to_owned(), String::new()),
        StoryStep::Opened(kind) => (w::story_opened(link_words(&kind).to_lowercase()), String::new()),
        StoryStep::Closed(outcome, why) => {
            (w::story_closed(label(ListId::RequestOutcomes, &outcome).to_lowercase()), why)
        }
    }
}

/// A step of a request, as a line.
pub fn story_line(request: RequestId, step: StoryStep, day: NaiveDate, today: NaiveDate) -> AnyView {
    let (title, why) = said(step);
    view! {
        <li>
            <Icon shape=Shape::Request />
            <span class="row-head">
                <a class="who" href=Route::Care(CareRoute::One(request)).href()>{title}</a>
                <time class="when" datetime=day.to_string()>{when::day(day, today)}</time>
            </span>
            <span class="why">{why}</span>
        </li>
    }
    .into_any()
}

/// That someone reported them, as a line: someone else's words, opened by whoever asks.
pub fn reported_line(record: Provisional, day: NaiveDate, today: NaiveDate) -> AnyView {
    let by = by_words(&record);
    let words = (!record.words.trim().is_empty())
        .then(|| folded(view! { <q class="words">{record.words.clone()}</q> }.into_any()));
    view! {
        <li>
            <Icon shape=Shape::People />
            <span class="row-head">
                <span class="who">{w::story_reported(by)}</span>
                <time class="when" datetime=day.to_string()>{when::day(day, today)}</time>
            </span>
            <div class="why">{words}</div>
        </li>
    }
    .into_any()
}

/// Who reported someone.
pub fn by_words(record: &Provisional) -> String {
    match (label(ListId::RequestSources, &record.source), record.reported_by.trim()) {
        ("", "") => w::someone().to_owned(),
        ("", by) => by.to_owned(),
        (source, "") => source.to_lowercase(),
        (source, by) => w::asked_by_of(source.to_lowercase(), by),
    }
}
