//! Alerts: raised in a few taps, answered in time by someone who is named, closed for a reason.

mod accounts;
mod alert;
mod doing;
mod fields;
mod form;
mod new;
mod row;
mod told;
mod words;

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::alerts::{AlertRow, Alerts};
use maillon_shared::domain::alert::Owner;

use crate::door::answer;
use crate::routes::{AlertRoute, AlertStart, Route};
use crate::ui::{Back, Chips, Choice, Icon, OnPaper, Paper, PrintButton, Shape, Title, load, when_loaded};
use crate::words::{alert as w, shell};

pub use row::{alert_line, watched_line};
pub use words::kind_words;

/// The screen of a place among alerts.
pub fn page(route: AlertRoute) -> AnyView {
    match route {
        AlertRoute::List => view! { <AlertsPage /> }.into_any(),
        AlertRoute::New(start) => view! { <new::NewAlertPage start=start /> }.into_any(),
        AlertRoute::NewForAll => view! { <new::NewForAllPage /> }.into_any(),
        AlertRoute::One(id) => view! { <alert::AlertPage id=id /> }.into_any(),
        AlertRoute::Edit(id) => view! { <new::EditAlertPage id=id /> }.into_any(),
        AlertRoute::Do(id, doing) => view! { <doing::DoingPage id=id doing=doing /> }.into_any(),
        AlertRoute::Accounts(id) => view! { <accounts::AccountsPage id=id /> }.into_any(),
    }
}

/// Which alerts are shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    Live,
    Mine,
    Unread,
    ForAll,
    Over,
}

impl Shown {
    const ALL: [Shown; 5] = [Shown::Live, Shown::Mine, Shown::Unread, Shown::ForAll, Shown::Over];

    fn code(self) -> &'static str {
        match self {
            Shown::Live => "live",
            Shown::Mine => "mine",
            Shown::Unread => "unread",
            Shown::ForAll => "for-all",
            Shown::Over => "over",
        }
    }

    fn words(self) -> &'static str {
        match self {
            Shown::Live => w::live(),
            Shown::Mine => w::mine(),
            Shown::Unread => w::unread(),
            Shown::ForAll => w::for_all(),
            Shown::Over => w::over(),
        }
    }

    fn rows(self, alerts: &Alerts) -> Vec<AlertRow> {
        let live = |keep: fn(&AlertRow) -> bool| alerts.live.iter().filter(|row| keep(row)).cloned().collect();
        match self {
            Shown::Live => live(|_| true),
            Shown::Mine => live(|row| row.owner == Owner::Coordinator),
            Shown::Unread => live(|row| !row.acknowledged),
            Shown::ForAll => live(|row| row.population.is_some()),
            Shown::Over => alerts.over.clone(),
        }
    }
}

/// Every alert.
#[component]
fn AlertsPage() -> impl IntoView {
    let loaded = load(|| async { answer!(Request::Alerts, Alerts(alerts) => *alerts) });
    view! {
        <Back to=Route::Today label=shell::today />
        <div class="heading">
            <Title>{w::title}</Title>
            <a class="button main" href=Route::Alert(AlertRoute::New(AlertStart::default())).href()>
                <Icon shape=Shape::Plus />
                <span>{w::new}</span>
            </a>
        </div>
        {when_loaded(loaded, |alerts| view! { <All alerts=alerts /> })}
    }
}

#[component]
fn All(alerts: RwSignal<Alerts>) -> impl IntoView {
    let shown = RwSignal::new(Shown::Live);
    let rows = Memo::new(move |_| alerts.with(|alerts| shown.get().rows(alerts)));
    let choices = Signal::derive(move || {
        let choice = |shown: Shown| {
            let count = alerts.with(|alerts| shown.rows(alerts).len());
            Choice::new(shown.code(), format!("{} ({count})", shown.words()))
        };
        Shown::ALL.map(choice).to_vec()
    });
    let chosen = Signal::derive(move || shown.get().code().to_owned());
    let choose = Callback::new(move |code: String| {
        shown.set(Shown::ALL.into_iter().find(|one| one.code() == code).unwrap_or(Shown::Live));
    });
    let narrowed = Signal::derive(move || shown.get().words().to_owned());
    view! {
        <OnPaper paper=Paper::NamesPeople narrowed=narrowed />
        <Chips name="shown" legend=|| w::show() choices=choices chosen=chosen choose=choose />
        <p class="empty" hidden=move || rows.with(|rows| !rows.is_empty())>{w::none}</p>
        <ul class="rows">{move || rows.get().into_iter().map(alert_line).collect_view()}</ul>
        <p class="acts">
            <a class="button" href=Route::Alert(AlertRoute::NewForAll).href()>{w::new_for_all}</a>
            <PrintButton />
        </p>
    }
}
