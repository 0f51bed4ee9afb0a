//! One follow-up: done, put off with a reason, or given up with one.

use chrono::NaiveDate;
use leptos::prelude::*;
use maillon_shared::api::responses::FollowUpFile;
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::follow_up::{FollowUpKind, FollowUpState};
use maillon_shared::domain::ids::FollowUpId;
use maillon_shared::domain::lists::ListId;
use wasm_bindgen_futures::spawn_local;

use crate::door::answer;
use crate::lists::{self, label};
use crate::pages::note::form::near_days;
use crate::pages::sheet::silence_words;
use crate::routes::{self, MeetingRoute, NoteStart, ProjectRoute, Route};
use crate::session::{write, write_soon};
use crate::ui::follow_up::{rhythm, what};
use crate::ui::{
    Back, Chips, DayAdvice, DayField, FailureNote, Icon, Shape, Text, TextField, Title, load, when_loaded,
};
use crate::words::{follow_up as words, in_a_row, note, postpone as w, time};
use crate::{browser, when};

/// One follow-up.
#[component]
pub fn FollowUpPage(id: FollowUpId) -> impl IntoView {
    let loaded = load(move || async move { answer!(Request::FollowUp(id), FollowUp(file) => *file) });
    when_loaded(loaded, |file| view! { <File file=file /> })
}

#[component]
fn File(file: RwSignal<FollowUpFile>) -> impl IntoView {
    let today = browser::today();
    let (id, person) = file.with_untracked(|file| (file.follow_up.id, file.follow_up.person));
    let way_back = match person {
        Some(person) => view! { <Back to=Route::Person(person) label=crate::words::encounter::back_to_person /> },
        None => view! { <Back to=Route::Today label=crate::words::encounter::back_to_today /> },
    };
    let about = move || {
        file.with(|file| {
            let one = &file.follow_up;
            let name = Some(file.name.clone()).filter(|name| !name.is_empty());
            let due = match one.hour {
                Some(hour) => format!("{}, {}", when::date(one.due, today), when::hour(hour)),
                None => when::date(one.due, today),
            };
            let owner = (!one.owner.is_empty()).then(|| words::by(&one.owner));
            in_a_row([name, Some(due), one.rhythm.map(rhythm), owner].into_iter().flatten())
        })
    };
    let postponed = move || {
        file.with(|file| {
            let one = &file.follow_up;
            let why = label(ListId::PostponementReasons, &one.postponed_because);
            (one.postponed_times > 0).then(|| match why {
                "" => words::postponed(one.postponed_times),
                why => w::postponed_because(words::postponed(one.postponed_times), why.to_lowercase()),
            })
        })
    };
    let state = move || {
        file.with(|file| match &file.follow_up.state {
            FollowUpState::Open => file.silenced.as_ref().map(|silence| w::given_up(silence_words(silence))),
            FollowUpState::Done { day, .. } => Some(w::done_on(when::day(*day, today))),
            FollowUpState::Cancelled { why } => Some(w::given_up(label(ListId::RequestOutcomes, why).to_lowercase())),
            FollowUpState::Unknown(code) => Some(code.clone()),
        })
    };
    let is_open = Memo::new(move |_| file.with(|file| file.follow_up.is_open() && file.silenced.is_none()));
    let is_contact = file.with_untracked(|file| {
        matches!(file.follow_up.kind, FollowUpKind::Contact | FollowUpKind::Visit | FollowUpKind::Call)
    });
    let project = file.with_untracked(|file| file.follow_up.project).map(|id| {
        let there = Route::Project(ProjectRoute::One(id)).href();
        view! { <p class="acts"><a class="button" href=there>{crate::words::project::see_project}</a></p> }
    });
    let meeting = file.with_untracked(|file| file.follow_up.meeting).map(|id| {
        let there = Route::Meeting(MeetingRoute::One(id)).href();
        view! { <p class="acts"><a class="button" href=there>{crate::words::meeting::see}</a></p> }
    });
    let note = move || {
        person.filter(|_| is_contact).map(|person| {
            let start = NoteStart { person: Some(person), completes: Some(id), ..NoteStart::default() };
            view! {
                <a class="button main" href=Route::Note(start).href()>
                    <Icon shape=Shape::Pen />
                    <span>{crate::words::person::note}</span>
                </a>
            }
        })
    };
    view! {
        {way_back}
        <Title>{move || file.with(|file| what(&file.follow_up))}</Title>
        <p class="detail">{about}</p>
        <p class="detail">{postponed}</p>
        {project}
        {meeting}
        <p class="state-note" hidden=move || is_open.get()>
            {state}
        </p>
        <Show when=move || is_open.get()>
            <div class="acts">
                {note()}
                <button type="button" on:click=move |_| write_soon(Request::Complete { id })>
                    <Icon shape=Shape::Check />
                    <span>{words::done}</span>
                </button>
            </div>
            <Postpone id=id due=file.with_untracked(|file| file.follow_up.due) />
            <GiveUp id=id />
        </Show>
    }
}

/// Another day, and why.
#[component]
fn Postpone(id: FollowUpId, due: NaiveDate) -> impl IntoView {
    let today = browser::today();
    let day = RwSignal::new(None::<NaiveDate>);
    let reason = RwSignal::new(String::new());
    let other = RwSignal::new(String::new());
    let failure = RwSignal::new(None::<Failure>);
    let near = Signal::derive(move || {
        let [week, fortnight, month] = near_days(today);
        let tomorrow = today.succ_opt().map(|day| (day, when::capital(time::tomorrow().into())));
        let later = [
            (week, note::in_7_days().to_owned()),
            (fortnight, note::in_14_days().into()),
            (month, note::in_a_month().into()),
        ];
        tomorrow.into_iter().chain(later).collect::<Vec<_>>()
    });
    let reasons = Signal::derive(|| lists::choices(ListId::PostponementReasons));
    let save = move || {
        let Some(chosen) = day.get_untracked() else {
            failure.set(Some(Failure::Invalid(maillon_shared::api::errors::Invalid::Day)));
            return;
        };
        let words = other.get_untracked().trim().to_owned();
        let reason = if words.is_empty() { reason.get_untracked() } else { words };
        failure.set(None);
        spawn_local(async move {
            match write(Request::Reschedule { id, day: chosen, reason }).await {
                Ok(_) => routes::back(),
                Err(why) => failure.set(Some(why)),
            }
        });
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        save();
    };
    let is_later = move || day.get().is_some_and(|day| day > due);
    view! {
        <form novalidate=true class="postpone" on:submit=submit>
            <h2>{w::title}</h2>
            <FailureNote failure=failure retry=Callback::new(move |()| save()) />
            <DayField id="day" legend=|| w::day() near=near day=day set=Callback::new(move |to| day.set(to)) />
            <DayAdvice day=day set=Callback::new(move |to| day.set(to)) />
            <Show when=is_later>
                <Chips
                    name="reason"
                    legend=|| w::reason()
                    choices=reasons
                    chosen=reason
                    choose=Callback::new(move |code| reason.set(code))
                />
                <TextField id="reason-words" label=w::reason_words optional=true text=Text::of(other) />
            </Show>
            <button type="submit">{w::save}</button>
        </form>
    }
}

/// It will not be done.
#[component]
fn GiveUp(id: FollowUpId) -> impl IntoView {
    let why = RwSignal::new(String::new());
    let failure = RwSignal::new(None::<Failure>);
    let save = move || {
        let why = why.get_untracked().trim().to_owned();
        spawn_local(async move {
            match write(Request::Cancel { id, why }).await {
                Ok(_) => failure.set(None),
                Err(refused) => failure.set(Some(refused)),
            }
        });
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        save();
    };
    view! {
        <details class="give-up">
            <summary>{w::give_up}</summary>
            <form novalidate=true on:submit=submit>
                <FailureNote failure=failure retry=Callback::new(move |()| save()) />
                <TextField id="why" label=w::give_up_why text=Text::of(why) />
                <button type="submit">{w::give_up_save}</button>
            </form>
        </details>
    }
}
