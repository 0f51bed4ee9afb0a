//! The radar of needs: requests alike in one place over a time. It counts persons, names none, and proposes a project.

use chrono::{Days, Months};
use leptos::prelude::*;
use maillon_shared::api::triage::{TriageAnswer, TriageQuestion};
use maillon_shared::api::{Request, Response};
use maillon_shared::domain::follow_up::{FollowUp, FollowUpKind};
use maillon_shared::domain::ids::FollowUpId;
use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::radar::{Need, RadarRow, RadarTopic};

use crate::door::answer;
use crate::lists::label;
use crate::routes::{CareRoute, Route};
use crate::session::write_soon;
use crate::ui::{Back, Chips, Choice, OnPaper, PrintButton, Title, load, when_loaded};
use crate::words::{in_a_row, requests as w};
use crate::{browser, when};

/// The lengths one may look at, in months.
const MONTHS: [u32; 3] = [3, 6, 12];
/// By how many days a proposal is to be made.
const PROPOSE_WITHIN_DAYS: u64 = 14;

/// Requests alike.
#[component]
pub fn RadarPage() -> impl IntoView {
    let months = RwSignal::new(MONTHS[1]);
    let loaded = load(move || {
        let to = browser::today();
        let from = to.checked_sub_months(Months::new(months.get())).unwrap_or(to);
        let asked = Request::AskTriage(TriageQuestion::Radar { from, to });
        async move { answer!(asked, Response::Triage(TriageAnswer::Radar(rows)) => rows) }
    });
    let lengths =
        Signal::derive(|| MONTHS.map(|months| Choice::new(months.to_string(), w::last_months(months))).to_vec());
    let chosen = Signal::derive(move || months.get().to_string());
    let choose = Callback::new(move |code: String| months.set(code.parse().unwrap_or(MONTHS[1])));
    view! {
        <Back to=Route::Care(CareRoute::List) label=w::title />
        <Title>{w::radar}</Title>
        <p class="detail">{w::radar_lead}</p>
        <OnPaper narrowed=Signal::derive(move || w::last_months(months.get())) />
        <div class="filters unprinted">
            <Chips name="length" legend=|| w::radar_length() choices=lengths chosen=chosen choose=choose />
        </div>
        {when_loaded(loaded, move |rows| view! { <Rows rows=rows /> })}
        <p class="detail">{w::radar_rule}</p>
        <p class="acts">
            <PrintButton />
        </p>
    }
}

#[component]
fn Rows(rows: RwSignal<Vec<RadarRow>>) -> impl IntoView {
    view! {
        <p class="empty" hidden=move || rows.with(|rows| !rows.is_empty())>{w::radar_nothing}</p>
        <ul class="rows radar">{move || rows.get().into_iter().map(row).collect_view()}</ul>
    }
}

/// What a line is about.
fn topic_words(topic: &RadarTopic) -> String {
    match topic {
        RadarTopic::One(topic) => label(ListId::RequestTopics, topic).to_owned(),
        RadarTopic::Sensitive => w::radar_sensitive().to_owned(),
    }
}

fn row(row: RadarRow) -> AnyView {
    let persons = match row.persons.figure() {
        Some(count) => w::persons(count),
        None => w::fewer_than_five().to_owned(),
    };
    let requests = row.requests.map(w::so_many_requests).unwrap_or_default();
    let hamlets = row.hamlets.iter().map(|(hamlet, count)| w::hamlet_of(hamlet, count)).collect::<Vec<_>>();
    let propose = row.need().map(|need| {
        let go = move |_| propose(&need);
        view! {
            <span class="acts">
                <button type="button" on:click=go>{w::propose}</button>
            </span>
        }
    });
    view! {
        <li class="plain">
            <span class="row-head">
                <span class="who">{topic_words(&row.topic)}</span>
                <span class="tag">{persons}</span>
            </span>
            <span class="why">{in_a_row([row.commune.clone(), requests, hamlets.join(", ")])}</span>
            {propose}
        </li>
    }
    .into_any()
}

/// Keeps it as something to do, with the topic, the commune and the figure, and nobody's name.
///
/// It takes a [`Need`], which only a figure that may be said makes: a collective project that cites one begins here.
fn propose(need: &Need) {
    let today = browser::today();
    let due = today.checked_add_days(Days::new(PROPOSE_WITHIN_DAYS)).unwrap_or(today);
    let mut task = FollowUp::open(FollowUpId(browser::random_id()), None, FollowUpKind::Task, due);
    let about = in_a_row([topic_words(&need.topic), need.commune.clone(), w::persons(need.persons)]);
    task.what = w::propose_what(when::capital(about));
    write_soon(Request::PlanFollowUp { follow_up: task, draft: None });
}
