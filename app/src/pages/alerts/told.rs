//! All that was done about an alert, in order: judged, handed over, acknowledged, done, closed, opened again.

use leptos::prelude::*;
use maillon_shared::domain::alert::{Alert, Moment};

use super::words::{closing_words, moment, owner_words, severity_words};
use crate::ui::{Icon, Shape};
use crate::words::{alert as w, in_a_row};

/// Something done: when, of which kind, in which words.
struct Line {
    at: Moment,
    /// What comes first of two at the same moment.
    rank: u8,
    shape: Shape,
    title: String,
    words: String,
}

fn lines(alert: &Alert) -> Vec<Line> {
    let line = |at, rank, shape, title: String, words: String| Line { at, rank, shape, title, words };
    let mut lines = Vec::new();
    for (index, one) in alert.judgements.iter().enumerate() {
        let title = if index == 0 { w::raised_as } else { w::judged_as }(severity_words(&one.severity));
        lines.push(line(one.at, 0, Shape::Alert, title, one.why.clone()));
    }
    for one in alert.owners.iter() {
        lines.push(line(one.at, 1, Shape::People, w::given_to(owner_words(&one.to)), one.why.clone()));
    }
    for one in &alert.acknowledged {
        lines.push(line(one.at, 2, Shape::Eye, w::acknowledged_by(owner_words(&one.by)), String::new()));
    }
    for one in &alert.steps {
        lines.push(line(one.at, 3, Shape::Check, one.what.as_str().to_owned(), one.with.clone()));
    }
    for one in &alert.closings {
        let title = w::closed_as(closing_words(one.reason.as_str()));
        lines.push(line(one.at, 4, Shape::Lock, title, one.note.clone()));
    }
    for one in &alert.reopenings {
        lines.push(line(one.at, 5, Shape::Back, w::reopened().to_owned(), one.why.clone()));
    }
    lines.sort_by_key(|line| (line.at, line.rank));
    lines
}

/// All that was done about an alert.
#[component]
pub fn TheStory(alert: Memo<Alert>) -> impl IntoView {
    let rows = move || {
        let line = |Line { at, shape, title, words, .. }: Line| {
            view! {
                <li>
                    <Icon shape=shape />
                    <span class="row-head">
                        <span class="who">{title}</span>
                        <span class="when">{moment(at)}</span>
                    </span>
                    <span class="why">{in_a_row([words])}</span>
                </li>
            }
        };
        alert.with(lines).into_iter().map(line).collect_view()
    };
    view! {
        <section aria-labelledby="story">
            <h2 id="story">{w::story}</h2>
            <ol class="rows story">{rows}</ol>
        </section>
    }
}
