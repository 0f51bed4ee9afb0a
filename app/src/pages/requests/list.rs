//! Requests as a list, narrowed by how far they are, what they are about, who asks and since when; and those reported.

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::responses::RequestRow;
use maillon_shared::api::triage::{RequestFilter, RequestList, StageFilter, TriageAnswer, TriageQuestion};
use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::request::Stage;

use super::reported::provisional_line;
use super::words::{asker_words, stage_words};
use crate::door::answer;
use crate::lists;
use crate::pages::person::{folded, topic_words};
use crate::pages::sheet::silence_words;
use crate::routes::{CareRoute, Route};
use crate::ui::{
    Back, Chips, Choice, Icon, Narrow, OnPaper, Paper, PrintButton, Shape, Title, load, most, when_loaded,
};
use crate::words::{in_a_row, requests as w, shell};
use crate::{browser, when};

/// How many are shown before one asks for all.
const AT_FIRST: usize = 50;
/// The ages one may ask for, in days.
const AGES: [u32; 3] = [7, 30, 90];
/// The code of every stage, closed ones too.
const ALL: &str = "all";

/// Requests, and those who were reported.
#[component]
pub fn RequestsPage() -> impl IntoView {
    let filter = RwSignal::new(RequestFilter::default());
    let loaded = load(move || {
        let asked = Request::AskTriage(TriageQuestion::Requests(filter.get()));
        async move { answer!(asked, Triage(TriageAnswer::Requests(list)) => *list) }
    });
    view! {
        <Back to=Route::Today label=shell::today />
        <div class="heading">
            <Title>{w::title}</Title>
            <a class="button" href=Route::Care(CareRoute::New(None)).href()>
                <Icon shape=Shape::Plus />
                <span>{w::new}</span>
            </a>
        </div>
        {when_loaded(loaded, move |list| view! { <Requests list=list filter=filter /> })}
    }
}

#[component]
fn Requests(list: RwSignal<RequestList>, filter: RwSignal<RequestFilter>) -> impl IntoView {
    let all = RwSignal::new(false);
    let count = Memo::new(move |_| list.with(|list| list.rows.len()));
    let none_yet = Memo::new(move |_| list.with(|list| list.all == 0));
    let rows = move || {
        let most = if all.get() { usize::MAX } else { most(AT_FIRST) };
        list.with(|list| list.rows.iter().take(most).map(request_line).collect_view())
    };
    let narrowed = Signal::derive(move || filter.with(filter_words));
    view! {
        <OnPaper paper=Paper::NamesPeople narrowed=narrowed />
        {move || list.with(reported)}
        <Show when=move || !none_yet.get() fallback=|| view! { <p class="empty">{w::none_yet}</p> }>
            <section aria-labelledby="all-requests">
                <h2 id="all-requests">{w::title} <span class="count">{move || count.get().to_string()}</span></h2>
                <Filters filter=filter />
                <p class="detail" role="status">{move || w::count(count.get() as u32)}</p>
                <p class="empty" hidden=move || count.get() != 0>{w::none_found}</p>
                <ul class="rows">{rows}</ul>
                <button
                    type="button"
                    class="quiet"
                    hidden=move || all.get() || count.get() <= most(AT_FIRST)
                    on:click=move |_| all.set(true)
                >
                    {move || crate::words::today::show_all(count.get())}
                </button>
            </section>
        </Show>
        <p class="acts">
            <a class="button" href=Route::Care(CareRoute::Radar).href()>{w::radar}</a>
            <PrintButton />
        </p>
    }
}

#[component]
fn Filters(filter: RwSignal<RequestFilter>) -> impl IntoView {
    let stages = Signal::derive(|| {
        let open = Choice::new("", w::every_open());
        let each = Stage::ALL.map(|stage| Choice::new(stage.code(), stage_words(stage)));
        [open].into_iter().chain(each).chain([Choice::new(ALL, w::every_one())]).collect::<Vec<_>>()
    });
    let stage = Signal::derive(move || match filter.with(|filter| filter.stage) {
        StageFilter::Open => String::new(),
        StageFilter::One(stage) => stage.code().to_owned(),
        StageFilter::All => ALL.to_owned(),
    });
    let choose_stage = Callback::new(move |code: String| {
        let stage = match Stage::from_code(&code) {
            Some(stage) => StageFilter::One(stage),
            None if code == ALL => StageFilter::All,
            None => StageFilter::Open,
        };
        filter.update(|filter| filter.stage = stage);
    });
    let some = |text: String| (!text.is_empty()).then_some(text);
    let topic = Signal::derive(move || some(filter.with(|filter| filter.topic.clone())));
    let source = Signal::derive(move || some(filter.with(|filter| filter.source.clone())));
    let age = Signal::derive(move || {
        Some(filter.with(|filter| filter.days)).filter(|days| *days > 0).map(|days| days.to_string())
    });
    let ages = Signal::derive(|| AGES.map(|days| Choice::new(days.to_string(), w::older_than(days))).to_vec());
    view! {
        <div class="filters unprinted">
            <Chips name="stage" legend=|| w::stage() choices=stages chosen=stage choose=choose_stage />
            <Narrow
                id="topic"
                label=w::topics
                any=w::any_topic
                choices=Signal::derive(|| lists::choices(ListId::RequestTopics))
                chosen=topic
                choose=Callback::new(move |code: Option<String>| {
                    filter.update(|filter| filter.topic = code.unwrap_or_default());
                })
            />
            <Narrow
                id="source"
                label=w::source
                any=w::any_source
                choices=Signal::derive(|| lists::choices(ListId::RequestSources))
                chosen=source
                choose=Callback::new(move |code: Option<String>| {
                    filter.update(|filter| filter.source = code.unwrap_or_default());
                })
            />
            <Narrow
                id="age"
                label=w::age
                any=w::any_age
                choices=ages
                chosen=age
                choose=Callback::new(move |code: Option<String>| {
                    let days = code.and_then(|code| code.parse().ok()).unwrap_or(0);
                    filter.update(|filter| filter.days = days);
                })
            />
        </div>
    }
}

/// What the list was narrowed to, for paper.
fn filter_words(filter: &RequestFilter) -> String {
    let stage = match filter.stage {
        StageFilter::Open => w::every_open(),
        StageFilter::One(stage) => stage_words(stage),
        StageFilter::All => w::every_one(),
    };
    let age = if filter.days > 0 { w::older_than(filter.days) } else { String::new() };
    let topic = lists::label(ListId::RequestTopics, &filter.topic).to_owned();
    in_a_row([stage.to_owned(), topic, lists::label(ListId::RequestSources, &filter.source).to_owned(), age])
}

/// A request in a list.
pub fn request_line(row: &RequestRow) -> AnyView {
    let RequestRow { request, name, span, silence, .. } = row;
    let who = if name.is_empty() { w::of_nobody().to_owned() } else { name.clone() };
    let why = in_a_row([topic_words(request), asker_words(request), request.place.clone()]);
    let silence = silence.as_ref().map(|silence| view! { <span class="tag">{silence_words(silence)}</span> });
    let verbatim = (!request.verbatim.is_empty()).then(|| {
        let words = view! { <q class="words">{request.verbatim.clone()}</q> }.into_any();
        if request.is_in_their_own_words() { words } else { folded(words) }
    });
    let since = match span.stage {
        Stage::Closed => w::closed_since(when::day(span.from, browser::today())),
        stage => w::at_since(stage_words(stage), when::ago(span.days)),
    };
    let is_long = span.stage.patience_days().is_some_and(|days| days > 0 && i64::from(span.days) >= days);
    view! {
        <li>
            <Icon shape=Shape::Request />
            <span class="row-head">
                <a class="who" href=Route::Care(CareRoute::One(request.id)).href()>{who}</a>
                {silence}
                <span class="tag" class:late=is_long>{since}</span>
            </span>
            <div class="why">{why} {verbatim}</div>
        </li>
    }
    .into_any()
}

/// Those who were reported and have no sheet, and how many were erased.
fn reported(list: &RequestList) -> Option<impl IntoView + use<>> {
    let rows = list.provisional.clone();
    let erased = list.erased.len() as u32;
    (!rows.is_empty() || erased > 0).then(|| {
        let count = rows.len();
        view! {
            <section aria-labelledby="provisional">
                <h2 id="provisional">{w::provisional_title()} <span class="count">{count}</span></h2>
                <p class="detail">{w::provisional_lead()}</p>
                <ul class="rows">{rows.iter().map(provisional_line).collect_view()}</ul>
                <p class="detail">{(erased > 0).then(|| w::erased_count(erased))}</p>
            </section>
        }
    })
}
