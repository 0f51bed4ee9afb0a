//! The day by initials: when, and how; neither what for nor where.

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::responses::{FollowUpRow, Today};
use maillon_shared::domain::ids::PersonId;
use maillon_shared::domain::lists::ListId;

use super::OfTheDay;
use crate::discreet::initials;
use crate::door::answer;
use crate::lists::label;
use crate::routes::Route;
use crate::ui::follow_up::shape_of;
use crate::ui::{Icon, Shape, Title, load, when_loaded};
use crate::when;
use crate::words::{discreet as w, in_a_row, today};

/// A line of the day.
#[derive(Clone, PartialEq)]
struct Line {
    shape: Shape,
    person: Option<PersonId>,
    initials: String,
    detail: String,
}

/// The day.
#[component]
pub fn TodayPage() -> impl IntoView {
    let loaded = load(|| async {
        let today = answer!(Request::Today, Today(today) => *today)?;
        Ok(lines(&today))
    });
    view! {
        <Title>{today::title}</Title>
        <p class="detail">{w::lead}</p>
        <OfTheDay />
        {when_loaded(loaded, |lines| view! { <Day lines=lines /> })}
    }
}

fn lines(today: &Today) -> Vec<Line> {
    let line = |row: &FollowUpRow| {
        let follow_up = &row.follow_up;
        let hour = follow_up.hour.map(when::hour).unwrap_or_default();
        let kind = label(ListId::FollowUpKinds, follow_up.kind.code());
        Line {
            shape: shape_of(&follow_up.kind),
            person: follow_up.person,
            initials: initials(&row.name),
            detail: in_a_row([when::day(follow_up.due, today.day).as_str(), &hour, kind]),
        }
    };
    // What concerns nobody says what it is in the coordinator's words: it is not for others.
    let about_someone = |row: &&FollowUpRow| row.follow_up.person.is_some();
    today.late.iter().chain(&today.due).chain(&today.week).filter(about_someone).map(line).collect()
}

#[component]
fn Day(lines: RwSignal<Vec<Line>>) -> impl IntoView {
    let row = |line: Line| {
        let href = line.person.map(|person| Route::Person(person).href());
        view! {
            <li>
                <Icon shape=line.shape />
                <span class="row-head">
                    <a class="who" href=href>{line.initials}</a>
                </span>
                <span class="why">{line.detail}</span>
            </li>
        }
    };
    view! {
        <p class="empty" hidden=move || lines.with(|lines| !lines.is_empty())>{today::nothing_waits}</p>
        <ul class="rows">{move || lines.get().into_iter().map(row).collect_view()}</ul>
    }
}
