//! A file that came: what it brings, whose it says to be, then taking it. Nothing is taken before it was looked at, nor,
//! the first time, before the words were compared.

use leptos::prelude::*;
use maillon_shared::api::summary::{Publisher, Received, Summaries, SummaryAnswer, SummaryRequest};
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::summary::period::Period;
use maillon_shared::text::fold::fold;
use maillon_shared::text::format::of_place;
use wasm_bindgen_futures::spawn_local;

use super::super::list::{by_year, waiting_row};
use super::super::paper::day;
use super::home::just_received;
use super::{all_of, named, who};
use crate::browser;
use crate::door::{self, answer};
use crate::pages::exchange::ComparedWords;
use crate::routes::{self, Route};
use crate::session::session;
use crate::ui::{Back, FailureNote, Title, load_once, when_loaded};
use crate::words::{Word, common, language, mairie as w};

/// Receiving.
#[component]
pub fn ReceivePage() -> impl IntoView {
    let loaded = load_once(super::super::all);
    view! {
        <Back to=Route::Today label=w::title />
        <Title>{w::receive}</Title>
        {when_loaded(
            loaded,
            |all: RwSignal<Summaries>| view! { <Receive here=all.with_untracked(Here::of) /> },
        )}
    }
}

/// What a file is seen beside.
#[derive(Clone)]
struct Here {
    /// Those from whom something was taken.
    publishers: Vec<Publisher>,
    /// The periods of which there is a report.
    reports: Vec<Period>,
}

impl Here {
    fn of(all: &Summaries) -> Self {
        let reports = all.reports.iter().map(|report| report.period).collect();
        Here { publishers: all.publishers.clone(), reports }
    }
}

/// How far one is with a file.
#[derive(Clone, PartialEq, Eq)]
enum Stage {
    /// None was chosen.
    Choosing,
    /// This is what it brings.
    Looking(Vec<u8>, Box<Received>),
    /// Its words are not those of whom it says to be of.
    Different(String),
}

#[component]
fn Receive(here: Here) -> impl IntoView {
    let stage = RwSignal::new(Stage::Choosing);
    let failure = RwSignal::new(None::<Failure>);
    let choose = move |input: web_sys::HtmlInputElement| {
        failure.set(None);
        stage.set(Stage::Choosing);
        spawn_local(async move {
            let Some(file) = browser::chosen_file(&input).await else { return };
            // The same file may be chosen again.
            input.set_value("");
            let asked = Request::Summary(SummaryRequest::LookAt(file.clone()));
            match answer!(asked, Summary(answer) => answer) {
                Ok(SummaryAnswer::Received(received)) => {
                    stage.try_set(Stage::Looking(file, received));
                }
                Ok(_) => {
                    failure.try_set(Some(Failure::NotUnderstood));
                }
                Err(why) => {
                    failure.try_set(Some(why));
                }
            }
        });
    };
    // What a reader hears when a file was looked at; the rest of it is read under its headings.
    let heard = move || {
        stage.with(|stage| match stage {
            Stage::Choosing => String::new(),
            Stage::Looking(_, received) => w::says_from(who(&received.coordinator, &received.commune)),
            Stage::Different(_) => w::stopped().to_owned(),
        })
    };
    let shown = move || {
        stage.with(|now| match now {
            Stage::Choosing => ().into_any(),
            Stage::Looking(file, received) => {
                view! { <Looked file=file.clone() received=(**received).clone() here=here.clone() stage=stage /> }
                    .into_any()
            }
            Stage::Different(name) => different(name),
        })
    };
    view! {
        <div class="file-that-came">
            <p>{w::receive_lead}</p>
            <div class="field">
                <label for="summary-file">{w::file}</label>
                <input
                    id="summary-file"
                    type="file"
                    accept=".maillon-synthese,application/octet-stream"
                    on:change:target=move |event| choose(event.target())
                />
            </div>
            <FailureNote failure=failure />
        </div>
        <p class="unseen" role="status">
            {heard}
        </p>
        {shown}
    }
}

/// The words differ: what that means, and what to do.
fn different(name: &str) -> AnyView {
    let why = w::stopped_why(name);
    view! {
        <section class="card" aria-labelledby="stopped">
            <h2 id="stopped">{w::stopped}</h2>
            <p>{why}</p>
        </section>
    }
    .into_any()
}

/// What a file brings, and taking it.
#[component]
fn Looked(file: Vec<u8>, received: Received, here: Here, stage: RwSignal<Stage>) -> impl IntoView {
    let compared = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let failure = RwSignal::new(None::<Failure>);
    let nothing_new = received.is_nothing_new();
    let count = |periods: &[Period]| u32::try_from(periods.len()).unwrap_or(u32::MAX);
    let brought = (count(&received.new).saturating_add(count(&received.corrected)), count(&received.reports));
    let take = move |file: Vec<u8>| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        failure.set(None);
        let asked = Request::Summary(SummaryRequest::Take { file, compared: compared.get_untracked() });
        spawn_local(async move {
            let taken = door::ask(asked).await;
            busy.try_set(false);
            match taken {
                Ok(_) => {
                    just_received(brought.0, brought.1);
                    routes::go(&Route::Today);
                }
                Err(why) => {
                    failure.try_set(Some(why));
                }
            }
        });
    };
    let name = named(&received.coordinator);
    let is_known = received.known_since.is_some();
    let compare = (!is_known && !nothing_new).then(|| {
        let known = all_of(&here.publishers);
        let (other_key, called) = ((!known.is_empty()).then(|| w::other_key(known)), name.clone());
        let words = received.words.clone();
        view! {
            <section class="card words-to-compare" aria-labelledby="words">
                <h2 id="words">{w::words}</h2>
                {other_key.map(|why| view! { <p class="state-note">{why}</p> })}
                <p>{w::words_lead(&called)}</p>
                <ComparedWords words=words />
                <label class="chip sure" for="words-compared">
                    <input
                        type="checkbox"
                        id="words-compared"
                        prop:checked=move || compared.get()
                        on:change:target=move |event| compared.set(event.target().checked())
                    />
                    <span>{w::same(&called)}</span>
                </label>
            </section>
        }
    });
    let differ = (!is_known && !nothing_new).then(|| {
        view! {
            <button type="button" on:click=move |_| stage.set(Stage::Different(name.clone()))>
                {w::different}
            </button>
        }
    });
    let acts = (!nothing_new).then(|| {
        view! {
            <FailureNote failure=failure />
            <p class="acts take-summary">
                <button
                    type="button"
                    class="main"
                    aria-disabled=move || busy.get().then_some("true")
                    on:click=move |_| take(file.clone())
                >
                    {move || if busy.get() { common::waiting() } else { w::take() }}
                </button>
                {differ}
            </p>
        }
    });
    view! {
        <Brings received=received held=here.reports />
        {compare}
        {acts}
    }
}

/// Whose it says to be, and each period that it brings.
#[component]
fn Brings(
    received: Received,
    /// The periods of which a report is here already.
    held: Vec<Period>,
) -> impl IntoView {
    let Received { commune, coordinator, known_since, new, corrected, reports, differ, words: _ } = received;
    let is_known_already = new.is_empty() && corrected.is_empty() && reports.is_empty() && differ.is_empty();
    let replaces = reports.iter().any(|period| held.contains(period)).then_some(w::reports_mean as Word);
    let says_from = w::says_from(who(&coordinator, &commune));
    let known = known_since.map(|since| view! { <p class="detail">{w::known(day(since))}</p> });
    let ours = session().settings.with_untracked(|settings| settings.commune.trim().to_owned());
    let is_another = !ours.is_empty() && !commune.trim().is_empty() && fold(&ours) != fold(commune.trim());
    let other_commune = is_another.then(|| {
        let [theirs, ours] = [commune.trim(), &ours].map(|name| of_place(name, language()));
        view! { <p class="state-note">{w::other_commune(theirs, ours)}</p> }
    });
    let differ = (!differ.is_empty()).then(|| {
        let means = w::differ_means(named(&coordinator));
        view! {
            <h3>{w::differ}</h3>
            <p class="state-note">{means}</p>
            <ul class="rows">{rows(&differ)}</ul>
        }
    });
    view! {
        <section class="card brings" aria-labelledby="brings">
            <h2 id="brings">{w::brings}</h2>
            <p>{says_from}</p>
            {known}
            {other_commune}
            {is_known_already.then(|| view! { <p class="nothing-yet">{w::nothing_new}</p> })}
            {part(w::new, None, &new)}
            {part(w::corrected, Some(w::corrected_means), &corrected)}
            {part(w::reports, replaces, &reports)}
            {differ}
        </section>
    }
}

fn part(title: Word, means: Option<Word>, periods: &[Period]) -> Option<impl IntoView + use<>> {
    (!periods.is_empty()).then(|| {
        view! {
            <h3>{title}</h3>
            {means.map(|means| view! { <p class="detail">{means}</p> })}
            <ul class="rows">{rows(periods)}</ul>
        }
    })
}

fn rows(periods: &[Period]) -> impl IntoView + use<> {
    by_year(periods).into_iter().rev().map(waiting_row).collect_view()
}
