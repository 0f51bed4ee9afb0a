//! All that took place with a person, newest first.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use leptos::prelude::*;
use maillon_shared::api::responses::{PersonFile, ProjectStep, TimelineItem, TimelineKind};
use maillon_shared::domain::alert::Alert;
use maillon_shared::domain::consent::ConsentEntry;
use maillon_shared::domain::encounter::{Encounter, EncounterKind, EncounterResult};
use maillon_shared::domain::follow_up::{FollowUp, FollowUpState};
use maillon_shared::domain::ids::{EncounterId, HealthProjectId};
use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::request::Request as CareRequest;

use crate::lists::label;
use crate::pages::alerts::kind_words as alert_kind;
use crate::pages::campaign::{outcome_words, way_words};
use crate::pages::discreet::own_words::{is_of_a_third_party, is_own, of_third_parties};
use crate::pages::erase::kind_words;
use crate::pages::liaison::given_words;
use crate::pages::meeting::act_words as meeting_act_words;
use crate::pages::project::act_words;
use crate::pages::requests::{reported_line, story_line};
use crate::pages::sheet::silence_words;
use crate::pages::stay::act_words as stay_act_words;
use crate::routes::{AlertRoute, CareRoute, MeetingRoute, ProcedureRoute, ProjectRoute, Route, StayRoute};
use crate::ui::follow_up::what;
use crate::ui::{Chips, Choice, Icon, Shape, most};
use crate::words::{alert, in_a_row, person as w, procedures as p};
use crate::{browser, when};

/// How many are shown before one asks for all.
const AT_FIRST: usize = 20;

/// All that took place.
#[component]
pub fn Timeline(file: RwSignal<PersonFile>) -> impl IntoView {
    let all = RwSignal::new(false);
    let kind = RwSignal::new(String::new());
    let kinds =
        Memo::new(move |_| file.with(|file| file.timeline.iter().map(TimelineItem::kind).collect::<BTreeSet<_>>()));
    let third_parties = Memo::new(move |_| file.with(of_third_parties));
    let items = Memo::new(move |_| {
        let chosen = kind.get();
        file.with(|file| {
            file.timeline
                .iter()
                .filter(|item| chosen.is_empty() || code(item.kind()) == chosen)
                .cloned()
                .collect::<Vec<_>>()
        })
    });
    let choices = Signal::derive(move || {
        let kinds = kinds.get();
        let known = TimelineKind::ALL.into_iter().filter(|kind| kinds.contains(kind));
        let all = Choice::new("", w::every_kind());
        [all].into_iter().chain(known.map(|kind| Choice::new(code(kind), kind_words(kind)))).collect::<Vec<_>>()
    });
    let count = move || items.with(Vec::len);
    let more = move || !all.get() && count() > most(AT_FIRST);
    view! {
        <section aria-labelledby="timeline">
            <h2 id="timeline">{w::timeline} <span class="count">{move || count().to_string()}</span></h2>
            <Show when=move || kinds.with(|kinds| kinds.len() > 1)>
                <Chips
                    name="of-kind"
                    legend=|| w::of_kind()
                    choices=choices
                    chosen=kind
                    choose=Callback::new(move |code| kind.set(code))
                />
            </Show>
            <Show when=move || count() != 0 fallback=|| view! { <p class="empty">{w::nothing_noted}</p> }>
                <ol class="rows timeline">
                    {move || {
                        let most = if all.get() { usize::MAX } else { most(AT_FIRST) };
                        let third_parties = third_parties.get();
                        items.get().into_iter().take(most).map(|one| item(one, &third_parties)).collect_view()
                    }}
                </ol>
                <Show when=more>
                    <button type="button" class="quiet" on:click=move |_| all.set(true)>
                        {move || w::show_all(count())}
                    </button>
                </Show>
            </Show>
        </section>
    }
}

/// A kind's code in the page.
fn code(kind: TimelineKind) -> &'static str {
    match kind {
        TimelineKind::Encounter => "encounter",
        TimelineKind::Request => "request",
        TimelineKind::Reported => "reported",
        TimelineKind::FollowUp => "follow-up",
        TimelineKind::Entry => "entry",
        TimelineKind::Disclosure => "disclosure",
        TimelineKind::Assessment => "assessment",
        TimelineKind::Call => "call",
        TimelineKind::Alert => "alert",
        TimelineKind::Account => "account",
        TimelineKind::Project => "project",
        TimelineKind::Stay => "stay",
        TimelineKind::Meeting => "meeting",
        TimelineKind::Sheet => "sheet",
        TimelineKind::Procedure => "procedure",
        TimelineKind::Circle => "circle",
    }
}

fn item(item: TimelineItem, third_parties: &BTreeSet<EncounterId>) -> AnyView {
    let today = browser::today();
    let day = item.day();
    match item {
        TimelineItem::Encounter(encounter, has_unshared) => encounter_line(&encounter, has_unshared, day, today),
        TimelineItem::Request(request) => request_line(&request, is_own(&request, third_parties), day, today),
        TimelineItem::RequestStep(request, _, step) => story_line(request, step, day, today),
        TimelineItem::Reported(record) => reported_line(record, day, today),
        TimelineItem::FollowUp(follow_up) => follow_up_line(&follow_up, ended(&follow_up), day, today),
        TimelineItem::Entry(entry) => plain_line(Shape::Check, entry_words(&entry), entry.note, day, today),
        TimelineItem::Withdrawn(entry) => {
            plain_line(Shape::Check, w::entry_withdrawn(entry_words(&entry)), String::new(), day, today)
        }
        TimelineItem::Disclosure(disclosure) => {
            let ground = label(ListId::EmergencyGrounds, &disclosure.ground);
            let why = format!("{} · {}", disclosure.recipient.name, disclosure.said);
            plain_line(Shape::People, w::emergency(ground), why, day, today)
        }
        TimelineItem::Assessment(seen) => {
            let level = label(ListId::IsolationLevels, seen.level.code()).to_lowercase();
            plain_line(Shape::House, w::isolation(level), seen.note, day, today)
        }
        TimelineItem::Call(attempt, campaign) => {
            let title = w::called(way_words(&attempt.way), outcome_words(&attempt.outcome).to_lowercase());
            plain_line(Shape::Phone, title, in_a_row([campaign, attempt.note]), day, today)
        }
        TimelineItem::Alert(one) => alert_line(&one, day, today),
        TimelineItem::Account(..) => kept_line(day, today),
        TimelineItem::Project(id, _, step) => project_line(id, &step, day, today),
        TimelineItem::Stay(id, _, step) => {
            let (title, said) = stay_act_words(&step);
            linked_line(Shape::House, Route::Stay(StayRoute::One(id)), title, said, day, today)
        }
        TimelineItem::Meeting(id, _, step) => {
            let (title, said) = meeting_act_words(&step);
            linked_line(Shape::People, Route::Meeting(MeetingRoute::One(id)), title, said, day, today)
        }
        TimelineItem::Sheet(given) => {
            let why = in_a_row([given.recipient.name.clone(), given_words(&given)]);
            plain_line(Shape::Letter, w::sheet_given().to_owned(), why, day, today)
        }
        TimelineItem::Procedure(id, _, title, number) => {
            let route = Route::Procedures(ProcedureRoute::Run(id));
            linked_line(Shape::Book, route, p::begun(title), p::version(number), day, today)
        }
        TimelineItem::Silenced(follow_up, silence) => {
            follow_up_line(&follow_up, w::cancelled_because(silence_words(&silence)), day, today)
        }
    }
}

fn encounter_line(encounter: &Encounter, has_unshared: bool, day: NaiveDate, today: NaiveDate) -> AnyView {
    let kind = label(ListId::EncounterKinds, encounter.kind.code()).to_owned();
    let title = match &encounter.result {
        EncounterResult::Met => kind,
        other => format!("{kind} · {}", label(ListId::EncounterResults, other.code()).to_lowercase()),
    };
    let words = (!encounter.words.trim().is_empty()).then(|| view! { <q class="words">{encounter.words.clone()}</q> });
    let notes = (!encounter.notes.trim().is_empty()).then(|| view! { <p class="notes">{encounter.notes.clone()}</p> });
    // What someone else said is not for whoever sees the screen in passing.
    let said = match is_of_a_third_party(encounter) {
        true => folded(view! { {words} {notes} }.into_any()),
        false => view! { {words} {notes} }.into_any(),
    };
    let unshared = has_unshared.then(|| {
        view! {
            <span class="tag">
                <Icon shape=Shape::Lock />
                {w::has_unshared()}
            </span>
        }
    });
    view! {
        <li>
            <Icon shape=kind_shape(&encounter.kind) />
            <span class="row-head">
                <a class="who" href=Route::Encounter(encounter.id).href()>{title}</a>
                {unshared}
                <time class="when" datetime=day.to_string()>{when::day(day, today)}</time>
            </span>
            <div class="why">{said}</div>
        </li>
    }
    .into_any()
}

/// The icon of a kind of encounter.
pub fn kind_shape(kind: &EncounterKind) -> Shape {
    match kind {
        EncounterKind::HomeVisit | EncounterKind::JointVisit => Shape::House,
        EncounterKind::CallOut | EncounterKind::CallIn => Shape::Phone,
        EncounterKind::Mail => Shape::Letter,
        EncounterKind::Appointment | EncounterKind::WalkIn => Shape::Day,
        EncounterKind::ThirdParty
        | EncounterKind::Accompaniment
        | EncounterKind::ChanceMeeting
        | EncounterKind::Unknown(_) => Shape::People,
    }
}

/// Someone else's words, opened by whoever asks for them.
pub fn folded(words: AnyView) -> AnyView {
    view! {
        <details class="third-party">
            <summary>{w::third_party}</summary>
            {words}
        </details>
    }
    .into_any()
}

fn request_line(request: &CareRequest, is_own: bool, day: NaiveDate, today: NaiveDate) -> AnyView {
    let topic = topic_words(request);
    let verbatim = (!request.verbatim.is_empty()).then(|| {
        let words = view! { <q class="words">{request.verbatim.clone()}</q> }.into_any();
        if is_own { words } else { folded(words) }
    });
    view! {
        <li>
            <Icon shape=Shape::Request />
            <span class="row-head">
                <a class="who" href=Route::Care(CareRoute::One(request.id)).href()>{topic}</a>
                <time class="when" datetime=day.to_string()>{when::day(day, today)}</time>
            </span>
            <div class="why">{verbatim}</div>
        </li>
    }
    .into_any()
}

fn alert_line(one: &Alert, day: NaiveDate, today: NaiveDate) -> AnyView {
    let words = (!one.words.trim().is_empty()).then(|| {
        let words = view! { <q class="words">{one.words.clone()}</q> }.into_any();
        if one.source == "person" { words } else { folded(words) }
    });
    view! {
        <li>
            <Icon shape=Shape::Alert />
            <span class="row-head">
                <a class="who" href=Route::Alert(AlertRoute::One(one.id)).href()>
                    {alert::on_timeline(alert_kind(&one.kind))}
                </a>
                <time class="when" datetime=day.to_string()>{when::day(day, today)}</time>
            </span>
            <div class="why">{words}</div>
        </li>
    }
    .into_any()
}

/// That something said of them was kept apart: on no paper, and not a word of it.
fn kept_line(day: NaiveDate, today: NaiveDate) -> AnyView {
    view! {
        <li class="unprinted">
            <Icon shape=Shape::Lock />
            <span class="row-head">
                <span class="who">{alert::kept_on_timeline()}</span>
                <time class="when" datetime=day.to_string()>{when::day(day, today)}</time>
            </span>
        </li>
    }
    .into_any()
}

/// What leads to a page of its own.
fn linked_line(shape: Shape, to: Route, title: String, why: String, day: NaiveDate, today: NaiveDate) -> AnyView {
    view! {
        <li>
            <Icon shape=shape />
            <span class="row-head">
                <a class="who" href=to.href()>{title}</a>
                <time class="when" datetime=day.to_string()>{when::day(day, today)}</time>
            </span>
            <span class="why">{why}</span>
        </li>
    }
    .into_any()
}

/// What took place in a project, in the person's words.
fn project_line(id: HealthProjectId, step: &ProjectStep, day: NaiveDate, today: NaiveDate) -> AnyView {
    let (title, said) = act_words(step);
    let said = (!said.trim().is_empty()).then(|| view! { <q class="words">{said}</q> });
    view! {
        <li>
            <Icon shape=Shape::Promise />
            <span class="row-head">
                <a class="who" href=Route::Project(ProjectRoute::One(id)).href()>{title}</a>
                <time class="when" datetime=day.to_string()>{when::day(day, today)}</time>
            </span>
            <div class="why">{said}</div>
        </li>
    }
    .into_any()
}

/// A request by what it is about.
pub fn topic_words(request: &CareRequest) -> String {
    let topics: Vec<_> =
        request.topics().into_iter().map(|topic| label(ListId::RequestTopics, topic).to_lowercase()).collect();
    if topics.is_empty() { w::request().to_owned() } else { w::request_about(topics.join(", ")) }
}

/// One of the four entries, as a title.
fn entry_words(entry: &ConsentEntry) -> String {
    label(ListId::ConsentEntries, entry.said.code()).to_owned()
}

fn plain_line(shape: Shape, title: String, why: String, day: NaiveDate, today: NaiveDate) -> AnyView {
    view! {
        <li>
            <Icon shape=shape />
            <span class="row-head">
                <span class="who">{title}</span>
                <time class="when" datetime=day.to_string()>{when::day(day, today)}</time>
            </span>
            <span class="why">{why}</span>
        </li>
    }
    .into_any()
}

/// How a follow-up ended.
fn ended(follow_up: &FollowUp) -> String {
    match &follow_up.state {
        FollowUpState::Open => w::planned().to_owned(),
        FollowUpState::Done { .. } => w::done().to_owned(),
        FollowUpState::Cancelled { why } if why.is_empty() => w::cancelled().to_owned(),
        // What ended with its request says how that ended.
        FollowUpState::Cancelled { why } => w::cancelled_because(label(ListId::RequestOutcomes, why).to_lowercase()),
        FollowUpState::Unknown(code) => code.clone(),
    }
}

fn follow_up_line(follow_up: &FollowUp, state: String, day: NaiveDate, today: NaiveDate) -> AnyView {
    view! {
        <li>
            <Icon shape=Shape::Check />
            <span class="row-head">
                <a class="who" href=Route::FollowUp(follow_up.id).href()>{what(follow_up)}</a>
                <time class="when" datetime=day.to_string()>{when::day(day, today)}</time>
            </span>
            <span class="why">{state}</span>
        </li>
    }
    .into_any()
}
