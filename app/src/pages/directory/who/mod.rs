//! *Qui fait quoi*: the question as four choices, who answers, and below, what is missing or done twice.

mod coverage;

use std::cell::RefCell;

use chrono::{Days, NaiveDate};
use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::responses::{WhoAnswer, WhoDoesWhat};
use maillon_shared::domain::who_does_what::Question;
use maillon_shared::text::format::weekday;
use maillon_shared::text::phone::Phone;

use super::entry::mail_link;
use super::told::{dates_words, doubts_view, mission_lines, stand_in_view, topic_words};
use super::words::role_words;
use crate::door::{answer, leads_out};
use crate::lists::label;
use crate::routes::{DirectoryRoute, Route};
use crate::ui::{Back, CallLink, Choice, Icon, Narrow, OnPaper, Paper, PrintButton, Shape, Title, load, when_loaded};
use crate::words::{in_a_row, language, time, who_does_what as w};
use crate::{browser, when};

use coverage::Gaps;
use maillon_shared::domain::lists::ListId;

thread_local! {
    /// What was asked last, so that one finds it again when coming back from an entry. It ends with the page, which
    /// locking starts anew.
    static ASKED: RefCell<Question> = RefCell::default();
}

/// How many days ahead can be asked about.
const DAYS_AHEAD: u64 = 7;

/// Who does what.
#[component]
pub fn WhoPage() -> impl IntoView {
    let question = RwSignal::new(ASKED.with_borrow(Question::clone));
    Effect::new(move |_| ASKED.set(question.get()));
    let loaded = load(move || {
        let asked = question.get();
        async move { answer!(Request::WhoDoesWhat(asked), WhoDoesWhat(found) => *found) }
    });
    view! {
        <Back to=Route::Directory(DirectoryRoute::List) label=w::back />
        <Title>{w::title}</Title>
        <p class="detail">{w::lead}</p>
        {when_loaded(loaded, move |found| view! { <Found found=found question=question /> })}
    }
}

#[component]
fn Found(found: RwSignal<WhoDoesWhat>, question: RwSignal<Question>) -> impl IntoView {
    let nothing_yet = Memo::new(move |_| found.with(|found| found.missions == 0));
    view! {
        <Show when=move || !nothing_yet.get() fallback=|| view! { <NothingYet /> }>
            <Ask found=found question=question />
            <OnPaper paper=Paper::NamesPeople narrowed=Signal::derive(move || question.with(|asked| found.with(|found| asked_words(asked, found)))) />
            <Answers found=found question=question />
            <p class="acts">
                <a class="button" href=Route::Directory(DirectoryRoute::Leaflet).href()>{w::leaflet}</a>
                <PrintButton />
            </p>
            <Gaps found=found question=question />
        </Show>
    }
}

#[component]
fn NothingYet() -> impl IntoView {
    view! {
        <div class="empty">
            <p>{w::nothing_yet}</p>
            <a class="button main" href=Route::Directory(DirectoryRoute::List).href()>{w::open_directory}</a>
        </div>
    }
}

/// The question.
#[component]
fn Ask(found: RwSignal<WhoDoesWhat>, question: RwSignal<Question>) -> impl IntoView {
    let named = |code: &String, list| Choice::new(code, label(list, code));
    let topics = Memo::new(move |_| found.with(|found| found.topics.clone()));
    let publics = Memo::new(move |_| found.with(|found| found.publics.clone()));
    let communes = Memo::new(move |_| found.with(|found| found.communes.clone()));
    let topics = Signal::derive(move || {
        topics.with(|all| all.iter().map(|code| named(code, ListId::RequestTopics)).collect::<Vec<_>>())
    });
    let publics = Signal::derive(move || {
        publics.with(|all| all.iter().map(|code| named(code, ListId::Publics)).collect::<Vec<_>>())
    });
    let communes = Signal::derive(move || {
        communes.with(|all| all.iter().map(|(key, name)| Choice::new(key, name)).collect::<Vec<_>>())
    });
    let part = move |read: fn(&Question) -> &String| {
        Signal::derive(move || question.with(|question| Some(read(question).clone()).filter(|part| !part.is_empty())))
    };
    let put = move |write: fn(&mut Question) -> &mut String| {
        Callback::new(move |chosen: Option<String>| {
            question.update(|question| *write(question) = chosen.unwrap_or_default())
        })
    };
    let day = Signal::derive(move || question.with(|question| question.day.map(|day| day.to_string())));
    let set_day = Callback::new(move |chosen: Option<String>| {
        question.update(|question| question.day = chosen.and_then(|day| day.parse().ok()))
    });
    view! {
        <div class="filters who-asks">
            <Narrow
                id="topic"
                label=w::topic
                any=w::any_topic
                choices=topics
                chosen=part(|question| &question.topic)
                choose=put(|question| &mut question.topic)
            />
            <Narrow
                id="public"
                label=w::public
                any=w::any_public
                choices=publics
                chosen=part(|question| &question.public)
                choose=put(|question| &mut question.public)
            />
            <Narrow
                id="commune"
                label=w::commune
                any=w::any_commune
                choices=communes
                chosen=part(|question| &question.commune)
                choose=put(|question| &mut question.commune)
            />
            <Narrow
                id="day"
                label=w::day
                any=w::any_day
                choices=Signal::derive(move || near_days(question.with(|question| question.day)))
                chosen=day
                choose=set_day
            />
        </div>
    }
}

/// What is asked, in words: paper has no list to choose from.
fn asked_words(asked: &Question, found: &WhoDoesWhat) -> String {
    let commune = found.communes.iter().find(|(key, _)| **key == asked.commune);
    in_a_row([
        label(ListId::RequestTopics, &asked.topic).to_owned(),
        label(ListId::Publics, &asked.public).to_owned(),
        commune.map(|(_, name)| name.clone()).unwrap_or_default(),
        asked.day.map(when::whole_date).unwrap_or_default(),
    ])
}

/// The week to come, each day by its name and its date: whoever is away that day is known. A day asked about before
/// stays among them.
fn near_days(asked: Option<NaiveDate>) -> Vec<Choice> {
    let today = browser::today();
    let mut days: Vec<NaiveDate> =
        (0..DAYS_AHEAD).filter_map(|ahead| today.checked_add_days(Days::new(ahead))).collect();
    days.extend(asked.filter(|asked| !days.contains(asked)));
    let named = |day: NaiveDate| {
        let name = if day == today { time::today() } else { weekday(day, language()) };
        Choice::new(day.to_string(), when::capital(w::on_day(name, when::figures(day))))
    };
    days.into_iter().map(named).collect()
}

#[component]
fn Answers(found: RwSignal<WhoDoesWhat>, question: RwSignal<Question>) -> impl IntoView {
    let answers = Memo::new(move |_| found.with(|found| found.answers.clone()));
    let count = Memo::new(move |_| found.with(|found| found.count));
    let shown = move || answers.with(Vec::len);
    view! {
        <p class="detail" role="status">{move || w::count(count.get())}</p>
        <ul class="rows who-answers">{move || answers.get().into_iter().map(row).collect_view()}</ul>
        <p class="detail" hidden=move || shown() == count.get() as usize>{move || w::first_of(shown(), count.get())}</p>
        <div class="empty" hidden=move || count.get() != 0>
            <p>{w::nobody}</p>
            <button type="button" on:click=move |_| question.set(Question::default())>{w::ask_less}</button>
        </div>
    }
}

fn row(one: WhoAnswer) -> impl IntoView {
    let WhoAnswer { entry, email, mission, doubts, absence } = one;
    let number = if mission.phone.trim().is_empty() { entry.phone.clone() } else { mission.phone.clone() };
    // Paper cannot call: it shows the number.
    let shown = Phone::parse(&number).show();
    let call = Phone::parse(&number).number().is_some().then(|| {
        view! { <CallLink number=number label=w::call() of=entry.name.clone() /> }
    });
    let mail = mail_link(&email).filter(|_| leads_out()).map(|link| {
        view! {
            <a class="button call" href=link>
                <Icon shape=Shape::Letter />
                <span>{w::write()}<span class="unseen">" "{entry.name.clone()}</span></span>
            </a>
        }
    });
    let lines = mission_lines(&mission).into_iter().map(|line| view! { <p class="why">{line}</p> }).collect_view();
    let away = absence.map(|shown| {
        view! {
            <div class="state-note away">
                <p>{w::absent(dates_words(&shown.absence))}</p>
                {stand_in_view(&shown)}
            </div>
        }
    });
    let about = in_a_row([role_words(&entry.kind, &entry.role), entry.place.as_str()]);
    view! {
        <li>
            <div class="who-head">
                <a class="who" href=Route::Directory(DirectoryRoute::Entry(entry.id)).href()>{entry.name.clone()}</a>
                " "
                <span class="tag">{topic_words(&mission.topic).to_owned()}</span>
                <p class="detail">{about}</p>
            </div>
            {away}
            <p class="why print-only">{shown}</p>
            {lines}
            {doubts_view(&doubts)}
            <div class="acts">{call} {mail}</div>
        </li>
    }
}
