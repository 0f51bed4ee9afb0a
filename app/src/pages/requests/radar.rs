//! The radar of needs: requests alike in one place over a time. It counts persons, names none, and begins a
//! collective project.

use chrono::{Months, NaiveDate};
use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::triage::{TriageAnswer, TriageQuestion};
use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::radar::{RadarRow, RadarTopic};

use crate::browser;
use crate::door::answer;
use crate::lists::label;
use crate::routes::{CareRoute, CollectiveRoute, ProjectStart, Route};
use crate::ui::{Back, Chips, Choice, OnPaper, Paper, PrintButton, Title, load, when_loaded};
use crate::words::{in_a_row, requests as w};

/// The lengths one may look at, in months.
const MONTHS: [u32; 3] = [3, 6, 12];

/// Requests alike.
#[component]
pub fn RadarPage() -> impl IntoView {
    let months = RwSignal::new(MONTHS[1]);
    let over = Signal::derive(move || {
        let to = browser::today();
        (to.checked_sub_months(Months::new(months.get())).unwrap_or(to), to)
    });
    let loaded = load(move || {
        let (from, to) = over.get();
        let asked = Request::AskTriage(TriageQuestion::Radar { from, to });
        async move { answer!(asked, Triage(TriageAnswer::Radar(rows)) => rows) }
    });
    let lengths =
        Signal::derive(|| MONTHS.map(|months| Choice::new(months.to_string(), w::last_months(months))).to_vec());
    let chosen = Signal::derive(move || months.get().to_string());
    let choose = Callback::new(move |code: String| months.set(code.parse().unwrap_or(MONTHS[1])));
    view! {
        <Back to=Route::Care(CareRoute::List) label=w::title />
        <Title>{w::radar}</Title>
        <p class="detail">{w::radar_lead}</p>
        <OnPaper paper=Paper::NamesNobody narrowed=Signal::derive(move || w::last_months(months.get())) />
        <div class="filters unprinted">
            <Chips name="length" legend=|| w::radar_length() choices=lengths chosen=chosen choose=choose />
        </div>
        {when_loaded(loaded, move |rows| view! { <Rows rows=rows over=over /> })}
        <p class="detail">{w::radar_rule}</p>
        <p class="acts">
            <PrintButton />
        </p>
    }
}

#[component]
fn Rows(rows: RwSignal<Vec<RadarRow>>, #[prop(into)] over: Signal<(NaiveDate, NaiveDate)>) -> impl IntoView {
    let drawn = move || rows.get().into_iter().map(|one| row(one, over.get_untracked())).collect_view();
    view! {
        <p class="empty" hidden=move || rows.with(|rows| !rows.is_empty())>{w::radar_nothing}</p>
        <ul class="rows radar">{drawn}</ul>
    }
}

/// What a line is about.
fn topic_words(topic: &RadarTopic) -> String {
    match topic {
        RadarTopic::One(topic) => label(ListId::RequestTopics, topic).to_owned(),
        RadarTopic::Sensitive => w::radar_sensitive().to_owned(),
    }
}

/// A line, counted over that time.
fn row(row: RadarRow, over: (NaiveDate, NaiveDate)) -> AnyView {
    let persons = match row.persons.exactly() {
        Some(count) => w::persons(count),
        None => w::fewer_than_five().to_owned(),
    };
    let requests = row.requests.map(w::so_many_requests).unwrap_or_default();
    let hamlets = row.hamlets.iter().map(|(hamlet, count)| w::hamlet_of(hamlet, count)).collect::<Vec<_>>();
    // A project that cites a need begins with a topic and a figure, and nobody's name.
    let propose = row.need().map(|(topic, persons)| {
        let start = ProjectStart { needs: vec![(topic.to_owned(), persons)], period: Some(over) };
        view! {
            <span class="acts">
                <a class="button" href=Route::Collective(CollectiveRoute::New(start)).href()>{w::propose}</a>
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
