//! The search: people, the directory, what was written, and what one can do; results as one types.
//!
//! Words typed here stay here: they are in no address and in no list of past searches.

use leptos::html;
use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::collective::CommonTarget;
use maillon_shared::api::responses::{Hit, HitTarget};
use maillon_shared::domain::directory::EntryKind;
use maillon_shared::text::fold::fold;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlElement, KeyboardEvent};

use crate::door::answer;
use crate::routes::{
    self, AlertRoute, AlertStart, ApplicationRoute, CareRoute, CharterRoute, CollectiveRoute, DiagnosisRoute,
    DirectoryRoute, EventRoute, InformationRoute, MeansRoute, MeetingRoute, NoteStart, OutreachRoute, PracticeRoute,
    ProcedureRoute, ProgrammeRoute, ProjectRoute, ProjectStart, RegisterRoute, RoadmapRoute, RoundRoute, Route,
    SheetRoute, StayRoute, SummaryRoute, SurveyRoute,
};
use crate::session::{lock, session};
use crate::ui::{Icon, Shape};
use crate::words::{Word, search as words};
use crate::{browser, when};

/// How many results are shown at most.
const AT_MOST: u16 = 12;

/// What one can do from anywhere.
const ACTIONS: &[(Word, fn())] = &[
    (words::do_note, || routes::go(&Route::Note(NoteStart::default()))),
    (words::do_request, || routes::go(&Route::Care(CareRoute::New(None)))),
    (words::do_requests, || routes::go(&Route::Care(CareRoute::List))),
    (words::do_person, || routes::go(&Route::NewPerson)),
    (words::do_alert, || routes::go(&Route::Alert(AlertRoute::New(AlertStart::default())))),
    (words::do_round, || routes::go(&Route::Rounds(RoundRoute::New))),
    (words::do_project, || routes::go(&Route::Collective(CollectiveRoute::New(ProjectStart::default())))),
    (words::do_difficulty, || routes::go(&Route::Practice(PracticeRoute::NewDifficulty))),
    (words::do_reception, || routes::go(&Route::Reception)),
    (words::do_plan, || routes::go(&Route::Plan(None))),
    (words::do_entry, || routes::go(&Route::Directory(DirectoryRoute::New(EntryKind::Professional)))),
    (words::do_backup, || routes::go(&Route::Backup)),
    (words::do_settings, || routes::go(&Route::Settings)),
    (words::do_help, || routes::go(&Route::Help)),
    (words::do_lock, lock),
];

/// The search, a dialog over the screen.
#[component]
pub fn Search() -> impl IntoView {
    let session = session();
    let dialog = NodeRef::<html::Dialog>::new();
    let text = RwSignal::new(String::new());
    let hits = RwSignal::new(Vec::<Hit>::new());
    let asked = StoredValue::new(0u32);

    Effect::new(move |_| {
        let open = session.searching.get();
        let Some(dialog) = dialog.get() else { return };
        if open && !dialog.open() {
            text.set(String::new());
            hits.set(Vec::new());
            let _ = dialog.show_modal();
            browser::focus("search-text");
        } else if !open && dialog.open() {
            dialog.close();
        }
    });
    Effect::new(move |_| {
        let typed = text.get();
        asked.update_value(|asked| *asked += 1);
        let mine = asked.get_value();
        if typed.trim().is_empty() {
            hits.set(Vec::new());
            return;
        }
        spawn_local(async move {
            let found = answer!(Request::Search { text: typed, limit: AT_MOST }, Found(hits) => hits);
            if asked.try_get_value() == Some(mine) {
                hits.set(found.unwrap_or_default());
            }
        });
    });
    let close = move || session.searching.set(false);
    let actions = move || {
        let typed = fold(&text.get());
        ACTIONS.iter().filter(|(word, _)| fold(word()).contains(&typed)).copied().collect::<Vec<_>>()
    };
    let create = move |_| {
        session.name_typed.set(text.get_untracked().trim().to_owned());
        close();
        routes::go(&Route::NewPerson);
    };
    let count = move || match (text.with(|text| text.trim().is_empty()), hits.with(Vec::len)) {
        (true, _) => String::new(),
        (false, count) => words::count(count as u32),
    };
    view! {
        <dialog class="search" node_ref=dialog aria-label=words::title on:close=move |_| close() on:keydown=move_among>
            <div class="search-head">
                <label for="search-text" class="unseen">{words::label}</label>
                <Icon shape=Shape::Search />
                <input
                    id="search-text"
                    type="search"
                    autocomplete="off"
                    spellcheck="false"
                    placeholder=words::placeholder
                    prop:value=move || text.get()
                    on:input:target=move |event| text.set(event.target().value())
                />
                <button type="button" class="quiet" on:click=move |_| close()>{words::close}</button>
            </div>
            <p class="unseen" role="status">{count}</p>
            <ul class="results">
                {move || hits.get().into_iter().map(|hit| view! { <Found hit=hit close=close /> }).collect_view()}
                {move || {
                    let typed = text.get();
                    (!typed.trim().is_empty())
                        .then(|| {
                            view! {
                                <li>
                                    <button type="button" on:click=create>
                                        <Icon shape=Shape::Plus />
                                        <span>{words::create(typed.trim())}</span>
                                    </button>
                                </li>
                            }
                        })
                }}
            </ul>
            <ul class="results actions" aria-label=words::actions>
                {move || {
                    actions()
                        .into_iter()
                        .map(|(word, act)| {
                            let run = move |_| {
                                close();
                                act();
                            };
                            view! {
                                <li>
                                    <button type="button" on:click=run>
                                        <span>{word}</span>
                                    </button>
                                </li>
                            }
                        })
                        .collect_view()
                }}
            </ul>
        </dialog>
    }
}

#[component]
fn Found(hit: Hit, close: impl Fn() + Copy + 'static) -> impl IntoView {
    let today = browser::today();
    let (shape, route, dated) = match hit.target {
        HitTarget::Person(id) => (Shape::People, Route::Person(id), None),
        HitTarget::Entry(id, _) => (Shape::Book, Route::Directory(DirectoryRoute::Entry(id)), None),
        HitTarget::Register(id, _) => (Shape::Letter, Route::Register(RegisterRoute::Entry(id)), None),
        HitTarget::Encounter(id, _, day) => (Shape::Pen, Route::Encounter(id), Some(day)),
        HitTarget::FollowUp(id, _, day) => (Shape::Answer, Route::FollowUp(id), Some(day)),
        HitTarget::Alert(id, _, day) => (Shape::Alert, Route::Alert(AlertRoute::One(id)), Some(day)),
        HitTarget::Project(id, _, day) => (Shape::Promise, Route::Project(ProjectRoute::One(id)), Some(day)),
        HitTarget::Stay(id, _, day) => (Shape::House, Route::Stay(StayRoute::One(id)), Some(day)),
        HitTarget::Meeting(id, _, day) => (Shape::People, Route::Meeting(MeetingRoute::One(id)), Some(day)),
        HitTarget::Circle(person) => (Shape::People, Route::Project(ProjectRoute::Circle(person)), None),
        HitTarget::Common(CommonTarget::Project(id)) => {
            (Shape::Book, Route::Collective(CollectiveRoute::Project(id)), None)
        }
        HitTarget::Common(CommonTarget::Event(id)) => (Shape::Book, Route::Events(EventRoute::One(id)), None),
        HitTarget::Common(CommonTarget::Survey(id)) => (Shape::Book, Route::Surveys(SurveyRoute::One(id)), None),
        HitTarget::Common(CommonTarget::Roadmap(id)) => (Shape::Book, Route::Roadmap(RoadmapRoute::One(id)), None),
        HitTarget::Common(CommonTarget::Charter(id)) => (Shape::Book, Route::Charter(CharterRoute::One(id)), None),
        HitTarget::Common(CommonTarget::Programme(id)) => {
            (Shape::Book, Route::Programme(ProgrammeRoute::One(id)), None)
        }
        HitTarget::Common(CommonTarget::Procedure(id)) => {
            (Shape::Book, Route::Procedures(ProcedureRoute::One(id)), None)
        }
        HitTarget::Common(CommonTarget::ProcedureRun(id)) => {
            (Shape::Book, Route::Procedures(ProcedureRoute::Run(id)), None)
        }
        HitTarget::Common(CommonTarget::Sheet(id)) => (Shape::Letter, Route::Sheets(SheetRoute::One(id)), None),
        HitTarget::Common(CommonTarget::ReceivedSheet(id)) => {
            (Shape::Letter, Route::Sheets(SheetRoute::Received(id)), None)
        }
        HitTarget::Common(CommonTarget::Diagnosis(id)) => {
            (Shape::Book, Route::Diagnosis(DiagnosisRoute::One(id)), None)
        }
        HitTarget::Common(CommonTarget::Application(id)) => {
            (Shape::Letter, Route::Application(ApplicationRoute::One(id)), None)
        }
        HitTarget::Common(CommonTarget::Outreach(id)) => (Shape::Book, Route::Outreach(OutreachRoute::One(id)), None),
        HitTarget::Common(CommonTarget::Information(id)) => {
            (Shape::Letter, Route::Information(InformationRoute::One(id)), None)
        }
        HitTarget::Common(CommonTarget::Board(month)) => {
            (Shape::Letter, Route::Information(InformationRoute::Board(month)), None)
        }
        HitTarget::Common(CommonTarget::Means(id)) => (Shape::Exchange, Route::Means(MeansRoute::One(id)), None),
        HitTarget::Common(CommonTarget::Difficulty(id)) => {
            (Shape::Pen, Route::Practice(PracticeRoute::Difficulty(id)), None)
        }
        HitTarget::Common(CommonTarget::Report(period)) => {
            (Shape::Letter, Route::Summary(SummaryRoute::Report(period)), None)
        }
        HitTarget::Common(CommonTarget::Situation(id)) => {
            (Shape::Book, Route::Practice(PracticeRoute::Situation(id)), None)
        }
        HitTarget::Received(from, copy) => (Shape::Letter, Route::ReceivedCopy(from, copy), None),
        HitTarget::Round(id, day) => (Shape::House, Route::Rounds(RoundRoute::One(id)), Some(day)),
        HitTarget::Request(id, _, day) => (Shape::Request, Route::Care(CareRoute::One(id)), Some(day)),
        HitTarget::Provisional(id, day) => (Shape::People, Route::Person(id), Some(day)),
    };
    let detail = move || match dated {
        Some(day) if hit.detail.is_empty() => when::day(day, today),
        Some(day) => format!("{} · {}", when::day(day, today), hit.detail),
        None => hit.detail.clone(),
    };
    view! {
        <li>
            <a href=route.href() on:click=move |_| close()>
                <Icon shape=shape />
                <span class="who">{hit.title}</span>
                <span class="detail">{detail}</span>
            </a>
        </li>
    }
}

/// The arrows go from one result to the next.
fn move_among(event: KeyboardEvent) {
    let step: isize = match event.key().as_str() {
        "ArrowDown" => 1,
        "ArrowUp" => -1,
        _ => return,
    };
    let Ok(stops) = document().query_selector_all("dialog.search input, dialog.search .results :is(a, button)") else {
        return;
    };
    event.prevent_default();
    let focused = document().active_element();
    let stops: Vec<HtmlElement> = (0..stops.length()).filter_map(|at| stops.get(at)?.dyn_into().ok()).collect();
    let here = stops.iter().position(|stop| focused.as_ref().is_some_and(|focused| **stop == *focused)).unwrap_or(0);
    if let Some(next) = here.checked_add_signed(step).and_then(|next| stops.get(next)) {
        let _ = next.focus();
    }
}
