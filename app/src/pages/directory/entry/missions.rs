//! What an entry does, when it is away, and when there was news of it: each with the way to add, change or verify.

use chrono::NaiveDate;
use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::responses::{AbsenceShown, EntryFile};
use maillon_shared::domain::directory::EntryChange;
use maillon_shared::domain::ids::{EntryId, LineId};
use maillon_shared::domain::mission::{Mission, MissionChange, MissionField};
use maillon_shared::domain::who_does_what::Doubt;

use crate::pages::directory::told::{dates_words, doubts_view, mission_lines, stand_in_view, topic_words};
use crate::routes::{DirectoryRoute, NoteStart, Route};
use crate::session::write_soon;
use crate::ui::{Icon, Shape};
use crate::words::{absence as a, mission as w, touch as t};
use crate::{browser, when};

fn href(route: DirectoryRoute) -> String {
    Route::Directory(route).href()
}

/// What it does.
#[component]
pub fn Missions(file: RwSignal<EntryFile>) -> impl IntoView {
    let id = file.with_untracked(|file| file.entry.id);
    let missions = Memo::new(move |_| file.with(|file| (file.entry.offers.clone(), file.doubts.clone())));
    let rows = move || {
        let (missions, doubts) = missions.get();
        let of = |line: LineId| doubts.iter().find(|(of, _)| *of == line).map(|(_, doubts)| doubts.clone());
        missions.into_iter().map(|mission| row(id, of(mission.id).unwrap_or_default(), &mission)).collect_view()
    };
    view! {
        <section class="missions" aria-labelledby="missions">
            <h2 id="missions">{w::title}</h2>
            <p class="detail" hidden=move || missions.with(|(missions, _)| !missions.is_empty())>{w::none}</p>
            <ul class="rows who-answers">{rows}</ul>
            <a class="button add" href=href(DirectoryRoute::Mission(id, None))>
                <Icon shape=Shape::Plus />
                <span>{w::add}</span>
            </a>
        </section>
    }
}

fn row(entry: EntryId, doubts: Vec<Doubt>, mission: &Mission) -> impl IntoView + use<> {
    let line = mission.id;
    let topic = topic_words(&mission.topic).to_owned();
    let lines = mission_lines(mission).into_iter().map(|line| view! { <p class="why">{line}</p> }).collect_view();
    let note = (!mission.note.trim().is_empty()).then(|| view! { <p class="why">{mission.note.clone()}</p> });
    let public = mission.for_inhabitants.then(|| view! { " " <span class="tag">{w::public_tag()}</span> });
    let of = w::of_mission(&topic);
    let checked = of.clone();
    let check = (!doubts.is_empty()).then(|| {
        let changes = [
            MissionChange::CheckedOn(Some(browser::today())),
            MissionChange::Text(MissionField::ToVerify, String::new()),
        ];
        let changes: Vec<_> = changes.into_iter().map(|change| EntryChange::Mission(line, change)).collect();
        view! {
            <button
                type="button"
                on:click=move |_| write_soon(Request::EditEntry { id: entry, changes: changes.clone(), draft: None })
            >
                <Icon shape=Shape::Check />
                <span>{w::check()}<span class="unseen">" "{checked}</span></span>
            </button>
        }
    });
    view! {
        <li>
            <div class="who-head">
                <span class="who">{topic}</span>
                {public}
            </div>
            {lines}
            {note}
            {doubts_view(&doubts)}
            <div class="acts">
                {check}
                <a class="button" href=href(DirectoryRoute::Mission(entry, Some(line)))>
                    {w::edit()}<span class="unseen">" "{of}</span>
                </a>
            </div>
        </li>
    }
}

/// When it is away. What is over is no longer shown; the history has it.
#[component]
pub fn Absences(file: RwSignal<EntryFile>) -> impl IntoView {
    let id = file.with_untracked(|file| file.entry.id);
    let today = browser::today();
    let to_come = move |all: &[AbsenceShown]| {
        all.iter().filter(|shown| !shown.absence.is_over(today)).cloned().collect::<Vec<_>>()
    };
    let absences = Memo::new(move |_| file.with(|file| to_come(&file.absences)));
    view! {
        <section class="absences" aria-labelledby="absences">
            <h2 id="absences">{a::title}</h2>
            <ul class="rows who-answers">
                {move || absences.get().into_iter().map(|shown| away(id, &shown, today)).collect_view()}
            </ul>
            <a class="button add" href=href(DirectoryRoute::Absence(id, None))>
                <Icon shape=Shape::Plus />
                <span>{a::add}</span>
            </a>
        </section>
    }
}

fn away(entry: EntryId, shown: &AbsenceShown, today: NaiveDate) -> impl IntoView + use<> {
    let absence = &shown.absence;
    let dates = dates_words(absence);
    let of = dates.clone();
    let note = (!absence.note.trim().is_empty()).then(|| view! { <p class="why">{absence.note.clone()}</p> });
    let now = absence.holds_on(today).then(|| view! { " " <span class="tag late">{a::now()}</span> });
    let line = absence.id;
    view! {
        <li>
            <div class="who-head">
                <span class="who">{when::capital(dates)}</span>
                {now}
            </div>
            {note}
            <div class="stand-in">{stand_in_view(shown)}</div>
            <div class="acts">
                <a class="button" href=href(DirectoryRoute::Absence(entry, Some(line)))>
                    {a::edit()}<span class="unseen">" "{of}</span>
                </a>
            </div>
        </li>
    }
}

/// When there was news, and the way to note some.
#[component]
pub fn News(file: RwSignal<EntryFile>) -> impl IntoView {
    let id = file.with_untracked(|file| file.entry.id);
    let last = Memo::new(move |_| file.with(|file| file.last_contact));
    let rhythm = Memo::new(move |_| file.with(|file| file.entry.touch_months()));
    let said = move || match last.get() {
        Some(day) => t::last(when::day(day, browser::today())),
        None => t::no_contact().to_owned(),
    };
    let note = NoteStart { entry: Some(id), ..NoteStart::default() };
    view! {
        <div class="checked news">
            <p class="detail">
                {move || crate::words::in_a_row([said(), rhythm.get().map(t::every).unwrap_or_default()])}
            </p>
            <a class="button" href=Route::Note(note).href()>
                <Icon shape=Shape::Pen />
                <span>{t::note}</span>
            </a>
        </div>
    }
}
