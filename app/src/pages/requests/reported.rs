//! Someone reported who has no sheet: what was said of them, how long is left, and the two ways out.

use chrono::NaiveDate;
use leptos::prelude::*;
use maillon_shared::api::responses::PersonFile;
use maillon_shared::api::triage::{ProvisionalRow, TriageWrite};
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::provisional::{Provisional, ProvisionalEnd};
use wasm_bindgen_futures::spawn_local;

use super::story::by_words;
use crate::door::answer;
use crate::lists;
use crate::pages::person::folded;
use crate::routes::{self, CareRoute, Route};
use crate::session::write_soon;
use crate::ui::{Chips, Choice, DayField, FailureNote, Icon, Shape, today_or_yesterday};
use crate::words::{in_a_row, requests as w};
use crate::{browser, when};

/// How many days are left, in words.
fn left_words(days_left: i64) -> String {
    match days_left {
        over if over < 0 => w::days_over(over.unsigned_abs() as u32),
        0 => w::last_day().to_owned(),
        left => w::days_left(left as u32),
    }
}

/// Someone reported, in a list.
pub fn provisional_line(row: &ProvisionalRow) -> AnyView {
    let ProvisionalRow { record, days_left } = row;
    let person = record.as_person();
    let reported = w::reported_by(by_words(record), when::day(record.reported_on, browser::today()));
    view! {
        <li>
            <Icon shape=Shape::People />
            <span class="row-head">
                <a class="who" href=Route::Person(record.person).href()>{person.display_name()}</a>
                <span class="tag" class:late=*days_left <= 0>{left_words(*days_left)}</span>
            </span>
            <span class="why">{in_a_row([person.address.short().to_owned(), reported])}</span>
        </li>
    }
    .into_any()
}

/// What stands above the file of someone who was only reported: the clock, the words, and what may be done.
#[component]
pub fn ReportedCard(file: RwSignal<PersonFile>) -> impl IntoView {
    move || file.with(|file| file.provisional.clone()).map(|row| view! { <Card row=row /> })
}

#[component]
fn Card(row: ProvisionalRow) -> impl IntoView {
    let ProvisionalRow { record, days_left } = row;
    let today = browser::today();
    let by = w::reported_by(by_words(&record), when::day(record.reported_on, today));
    let until = w::inform_until(when::whole_date(record.due_on()));
    let words = (!record.words.trim().is_empty())
        .then(|| folded(view! { <q class="words">{record.words.clone()}</q> }.into_any()));
    let asks = Route::Care(CareRoute::New(Some(record.person))).href();
    let mend = Route::Care(CareRoute::EditReported(record.person)).href();
    let erased = record.clone();
    view! {
        <section class="card provisional" aria-labelledby="provisional">
            <h2 id="provisional">{w::provisional_one}</h2>
            <p>
                <span class="tag" class:late=days_left <= 0>{left_words(days_left)}</span>
                " "
                {until}
            </p>
            <p class="detail">{by} " " {w::provisional_rules}</p>
            {words}
            <Inform record=record />
            <p class="acts">
                <a class="button" href=asks>
                    <Icon shape=Shape::Request />
                    <span>{w::new}</span>
                </a>
                <a class="button" href=mend>{w::edit_reported}</a>
            </p>
            <Erase record=erased />
        </section>
    }
}

/// The person was informed: when, and how; then they have a sheet.
#[component]
fn Inform(record: Provisional) -> impl IntoView {
    let day = RwSignal::new(Some(browser::today()));
    let how = RwSignal::new(String::new());
    let needs_way = RwSignal::new(false);
    let id = record.id;
    let send = move |_| {
        let (Some(day), how) = (day.get_untracked(), how.get_untracked()) else { return };
        needs_way.set(how.is_empty());
        if !how.is_empty() {
            write_soon(Request::WriteTriage(Box::new(TriageWrite::Inform { id, day, how })));
        }
    };
    let set = Callback::new(move |chosen: Option<NaiveDate>| day.set(chosen.or(day.get_untracked())));
    view! {
        <details class="inform">
            <summary>{w::inform}</summary>
            <p class="detail">{w::inform_lead}</p>
            <DayField id="informed-on" legend=|| w::informed_on() near=today_or_yesterday(Some(record.reported_on)) day=day set=set />
            <p class="error" role="alert">{move || needs_way.get().then(w::needs_way)}</p>
            <Chips
                name="informed-how"
                legend=|| w::informed_how()
                choices=Signal::derive(|| lists::choices(ListId::ConsentWays))
                chosen=how
                choose=Callback::new(move |code| how.set(code))
            />
            <p class="acts">
                <button type="button" class="main" on:click=send>{w::inform_do}</button>
            </p>
        </details>
    }
}

/// All about them is erased, once one has said why and that it is meant.
#[component]
fn Erase(record: Provisional) -> impl IntoView {
    let why = RwSignal::new(String::new());
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    let id = record.id;
    let reasons = Signal::derive(|| {
        vec![
            Choice::new(ProvisionalEnd::NotReached.code(), w::end_not_reached()),
            Choice::new(ProvisionalEnd::Objects.code(), w::end_objects()),
            Choice::new(ProvisionalEnd::Mistake.code(), w::end_mistake()),
        ]
    });
    let send = move |_| {
        if busy.get_untracked() || why.with_untracked(String::is_empty) {
            return;
        }
        busy.set(true);
        let why = ProvisionalEnd::from_code(&why.get_untracked());
        spawn_local(async move {
            let asked = Request::WriteTriage(Box::new(TriageWrite::EraseProvisional { id, why }));
            match answer!(asked, Erased(_) => ()) {
                Ok(()) => routes::go_instead(&Route::Care(CareRoute::List)),
                Err(refused) => {
                    busy.try_set(false);
                    failure.try_set(Some(refused));
                }
            }
        });
    };
    view! {
        <details class="erase-reported">
            <summary>{w::erase_reported}</summary>
            <p>{w::erase_reported_lead}</p>
            <FailureNote failure=failure />
            <Chips
                name="erase-why"
                legend=|| w::erase_why()
                choices=reasons
                chosen=why
                choose=Callback::new(move |code| why.set(code))
            />
            <p class="acts">
                <button
                    type="button"
                    class="danger"
                    disabled=move || busy.get() || why.with(String::is_empty)
                    on:click=send
                >
                    {w::erase_do}
                </button>
            </p>
        </details>
    }
}
