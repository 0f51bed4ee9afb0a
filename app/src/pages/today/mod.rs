//! What the day asks for, by consequence and then by hour. The first screen, and the one that must never be wrong.

use chrono::NaiveDate;
use std::collections::BTreeSet;

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::register::RegisterDue;
use maillon_shared::api::requests::WAITING;
use maillon_shared::api::responses::{FollowUpRow, NotWorkedWhy, RequestRow, Today, UnansweredRow, UnseenRow};
use maillon_shared::api::triage::ProvisionalRow;
use maillon_shared::domain::encounter::{EncounterKind, EncounterResult};
use maillon_shared::domain::ladder::{LadderAction, NextStep};
use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::request::Stage;

use crate::browser;
use crate::door::answer;
use crate::lists::label;
use crate::pages::alerts::{alert_line, watched_line};
use crate::pages::application::due_of_the_day;
use crate::pages::campaign::ladder_words;
use crate::pages::charter::due_of_the_day as charter_line;
use crate::pages::collective::step_of_the_day;
use crate::pages::directory::partner;
use crate::pages::discreet::own_words::is_own;
use crate::pages::events::{event_line, step_of_the_day as event_step};
use crate::pages::information::ends_this_week;
use crate::pages::means::due_of_the_day as means_due;
use crate::pages::meeting::due_line as meeting_line;
use crate::pages::outreach::asks_this_week;
use crate::pages::person::folded;
use crate::pages::procedures::review_of_the_day;
use crate::pages::project::due_line;
use crate::pages::requests::{provisional_line, stage_words};
use crate::pages::rounds::OfTheDay;
use crate::pages::stay::due_line as stay_line;
use crate::routes::{CareRoute, NoteStart, RegisterRoute, Route};
use crate::session::session;
use crate::ui::follow_up::FollowUpLine;
use crate::ui::{CallLink, Icon, OnPaper, Paper, PrintButton, Shape, Title, load, most, when_loaded};
use crate::when;
use crate::words::{
    Word, alert, application, charter, collective, events, in_a_row, information, ladder, means, meeting, outreach,
    procedures, project, requests, stay, today as w,
};

/// How many rows are shown before one asks for all.
const AT_FIRST: usize = 7;

/// What the day asks for.
#[component]
pub fn TodayPage() -> impl IntoView {
    let loaded = load(|| async { answer!(Request::Today, Today(today) => *today) });
    view! {
        <div class="heading">
            <div>
                <Title>{w::title}</Title>
                <p class="detail">{move || loaded.get().map(|today| subtitle(&today))}</p>
            </div>
        </div>
        <OnPaper paper=Paper::NamesPeople />
        <LeftDrafts />
        {when_loaded(loaded, move |today| view! { <Day today=today /> })}
    }
}

/// What the register asks for, in numbers: whoever sees the screen learns no name of it.
pub fn register_words(due: RegisterDue, today: NaiveDate) -> String {
    let first = due.first.map(|day| when::day(day, today)).unwrap_or_default();
    match due.late {
        0 => w::register_due(due.count, first),
        late => w::register_late(late),
    }
}

fn subtitle(today: &Today) -> String {
    let day = when::capital(when::date(today.day, today.day));
    let commune = session().settings.with(|settings| settings.commune.clone());
    let off = today.not_worked.as_ref().map(|why| match why {
        NotWorkedWhy::Weekend => w::weekend(),
        NotWorkedWhy::Holiday(_) => w::holiday(),
        NotWorkedWhy::Leave => w::leave(),
    });
    let parts = [Some(day), Some(commune).filter(|commune| !commune.is_empty()), off.map(str::to_owned)];
    in_a_row(parts.into_iter().flatten())
}

/// Forms that were left half filled, to take up again.
#[component]
pub fn LeftDrafts() -> impl IntoView {
    let drafts = load(|| async { answer!(Request::Drafts, Drafts(drafts) => drafts) });
    move || {
        // Who waits at the desk is no form left behind.
        let forms = drafts.get().unwrap_or_default();
        let count = forms.iter().filter(|draft| draft.key.form != WAITING).count();
        (count > 0).then(|| {
            view! {
                <p class="draft-note">
                    <span>{w::drafts(count as u32)}</span>
                    <a class="button" href=Route::Drafts.href()>{w::take_up}</a>
                </p>
            }
        })
    }
}

#[component]
fn Day(today: RwSignal<Today>) -> impl IntoView {
    let day = move || today.with(|today| today.day);
    let line = move |row: FollowUpRow| {
        view! { <FollowUpLine follow_up=row.follow_up today=day() name=row.name place=elsewhere(row.place) /> }
            .into_any()
    };
    let nobody = Memo::new(move |_| today.with(|today| today.people == 0 && today.asked == 0));
    let quiet = Memo::new(move |_| {
        today.with(|today| {
            (today.people > 0 || today.asked > 0)
                && today.alerts.is_empty()
                && today.watched.is_empty()
                && today.unanswered.is_empty()
                && today.late.is_empty()
                && today.due.is_empty()
                && today.week.is_empty()
                && today.requests.is_empty()
                && today.projects.is_empty()
                && today.stays.is_empty()
                && today.meetings.is_empty()
                && today.provisional.is_empty()
                && today.unseen.is_empty()
                && today.touch.is_empty()
                && today.project_steps.is_empty()
                && today.event_steps.is_empty()
                && today.applications.is_empty()
                && today.procedures.is_empty()
                && today.outreach.is_empty()
                && today.information.is_empty()
                && today.means.is_empty()
                && today.charters.is_empty()
                && today.events.is_empty()
        })
    });
    view! {
        <Show when=move || nobody.get()>
            <div class="empty">
                <p>{w::nobody_yet}</p>
                <a class="button main" href=Route::NewPerson.href()>{w::first_person}</a>
            </div>
        </Show>
        <Show when=move || quiet.get()>
            <p class="empty">{w::nothing_waits}</p>
        </Show>
        {move || {
            let due = today.with(|today| today.register);
            (due.count > 0).then(|| {
                view! {
                    <p class="state-note">
                        <span>{register_words(due, day())}</span>
                        <a class="button" href=Route::Register(RegisterRoute::List).href()>{w::register_see}</a>
                    </p>
                }
            })
        }}
        <div class="two">
            <div>
                <Section
                    id="alerts"
                    title=alert::title
                    rows=move || today.with(|today| today.alerts.clone())
                    line=alert_line
                />
                <Section
                    id="stays"
                    title=stay::stays
                    rows=move || today.with(|today| today.stays.clone())
                    line=stay_line
                />
                <Section
                    id="meetings"
                    title=meeting::meetings
                    rows=move || today.with(|today| today.meetings.clone())
                    line=meeting_line
                />
                <Section
                    id="unanswered"
                    title=ladder::unanswered
                    rows=move || today.with(|today| today.unanswered.clone())
                    line=unanswered
                />
                <Show when=move || !nobody.get()>
                    <OfTheDay />
                </Show>
                <Section id="late" title=w::late rows=move || today.with(|today| today.late.clone()) line=line />
                <Section id="due" title=w::due rows=move || today.with(|today| today.due.clone()) line=line />
                <Section
                    id="provisional"
                    title=w::provisional
                    rows=move || today.with(|today| today.provisional.clone())
                    line=|row: ProvisionalRow| provisional_line(&row)
                />
                <Section id="requests" title=w::requests rows=move || today.with(|today| today.requests.clone()) line=request />
                <Section
                    id="projects"
                    title=project::projects
                    rows=move || today.with(|today| today.projects.clone())
                    line=due_line
                />
            </div>
            <div>
                <Section
                    id="watched"
                    title=alert::today_watched
                    rows=move || today.with(|today| today.watched.clone())
                    line=watched_line
                />
                <Section id="week" title=w::week rows=move || today.with(|today| today.week.clone()) line=line />
                <Section id="unseen" title=w::unseen rows=move || today.with(|today| today.unseen.clone()) line=unseen />
                <Section
                    id="project-steps"
                    title=collective::today_title
                    rows=move || today.with(|today| today.project_steps.clone())
                    line=step_of_the_day
                />
                <Section
                    id="events"
                    title=events::today_title
                    rows=move || today.with(|today| today.events.clone())
                    line=event_line
                />
                <Section
                    id="event-steps"
                    title=events::today_to_do
                    rows=move || today.with(|today| today.event_steps.clone())
                    line=event_step
                />
                <Section
                    id="applications"
                    title=application::today_title
                    rows=move || today.with(|today| today.applications.clone())
                    line=due_of_the_day
                />
                <Section
                    id="procedures"
                    title=procedures::today_title
                    rows=move || today.with(|today| today.procedures.clone())
                    line=review_of_the_day
                />
                <Section
                    id="outreach"
                    title=outreach::today_title
                    rows=move || today.with(|today| today.outreach.clone())
                    line=asks_this_week
                />
                <Section
                    id="information"
                    title=information::today_title
                    rows=move || today.with(|today| today.information.clone())
                    line=ends_this_week
                />
                <Section
                    id="means"
                    title=means::today_title
                    rows=move || today.with(|today| today.means.clone())
                    line=means_due
                />
                <Section
                    id="charters"
                    title=charter::today_title
                    rows=move || today.with(|today| today.charters.clone())
                    line=charter_line
                />
                <Section id="touch"  title=w::touch rows=move || today.with(|today| today.touch.clone()) line=partner />
            </div>
        </div>
        <p class="detail">
            {move || today.with(|today| (today.noted_today > 0).then(|| w::noted(today.noted_today)))}
        </p>
        <p class="acts" hidden=move || nobody.get()>
            <PrintButton />
        </p>
        <p class="state-note unprinted" hidden=move || today.with(|today| today.anomalies == 0)>
            {move || today.with(|today| w::anomalies(today.anomalies))} " "
            <a href=Route::Backup.href()>{w::verify}</a>
        </p>
    }
}

/// A part of the day; nothing at all when it is empty.
#[component]
fn Section<T: Clone + PartialEq + Send + Sync + 'static>(
    id: &'static str,
    title: Word,
    rows: impl Fn() -> Vec<T> + Send + Sync + 'static,
    line: impl Fn(T) -> AnyView + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let rows = Memo::new(move |_| rows());
    let all = RwSignal::new(false);
    let count = move || rows.with(Vec::len);
    let shown = move || {
        let most = if all.get() { usize::MAX } else { most(AT_FIRST) };
        rows.get().into_iter().take(most).map(line).collect_view()
    };
    view! {
        <section aria-labelledby=id hidden=move || count() == 0>
            <h2 id=id>{title} <span class="count">{move || count().to_string()}</span></h2>
            <ul class="rows">{shown}</ul>
            <button
                type="button"
                class="quiet"
                hidden=move || all.get() || count() <= most(AT_FIRST)
                on:click=move |_| all.set(true)
            >
                {move || w::show_all(count())}
            </button>
        </section>
    }
}

/// Where someone lives, unless it is where most do: the notebook's own commune goes without saying.
fn elsewhere(place: String) -> String {
    let is_here = session().settings.with(|settings| settings.commune == place);
    if is_here { String::new() } else { place }
}

fn request(row: RequestRow) -> AnyView {
    let RequestRow { request, name, days, span, .. } = row;
    let topic = request.topics().into_iter().map(|topic| label(ListId::RequestTopics, topic)).collect::<Vec<_>>();
    let topic = topic.join(", ");
    let href = Route::Care(CareRoute::One(request.id)).href();
    // What was heard and stands still says where; what waits to be heard, only since when.
    let since = match span.stage {
        Stage::Received => when::ago(days),
        stage => requests::at_since(stage_words(stage), when::ago(span.days)),
    };
    let verbatim = (!request.verbatim.is_empty()).then(|| {
        let words = view! { <q class="words">{request.verbatim.clone()}</q> }.into_any();
        if is_own(&request, &BTreeSet::new()) { words } else { folded(words) }
    });
    let who = if name.is_empty() { w::someone().to_owned() } else { name };
    view! {
        <li>
            <Icon shape=Shape::Request />
            <span class="row-head">
                <a class="who" href=href>{who}</a>
                <span class="tag">{since}</span>
            </span>
            <div class="why">{topic} {verbatim}</div>
        </li>
    }
    .into_any()
}

/// Someone who did not answer, and the one thing to do next.
fn unanswered(row: UnansweredRow) -> AnyView {
    let UnansweredRow { id, name, place, phone, tries, last, next, named } = row;
    let action = match &next {
        // Whoever named nobody has somebody go instead.
        NextStep::Do { action: LadderAction::Named, .. } if named.is_empty() => LadderAction::Visit,
        NextStep::Do { action, .. } => action.clone(),
        NextStep::Exhausted => LadderAction::Recipients,
    };
    let nobody_named = matches!(&next, NextStep::Do { action: LadderAction::Named, .. }) && named.is_empty();
    let step = match (&next, nobody_named) {
        (NextStep::Exhausted, _) => ladder::exhausted().to_owned(),
        (_, true) => ladder::nobody_named().to_owned(),
        _ => ladder::next(ladder_words(&action)),
    };
    let tried = ladder::tries(tries, when::day(last, browser::today()));
    let note = |kind: EncounterKind, result: Option<EncounterResult>| {
        Route::Note(NoteStart { person: Some(id), kind: Some(kind), result, ..NoteStart::default() }).href()
    };
    let act = match action {
        LadderAction::Named => named
            .into_iter()
            .map(|related| {
                let label = ladder::call_named(&related.name);
                view! {
                    <CallLink number=related.phone label=label />
                    <a class="button" href=note(EncounterKind::ThirdParty, None)>{w::note_it}</a>
                }
            })
            .collect_view()
            .into_any(),
        LadderAction::Visit => {
            view! { <a class="button" href=note(EncounterKind::HomeVisit, None)>{ladder::note_visit}</a> }.into_any()
        }
        LadderAction::Recipients | LadderAction::Unknown(_) => {
            view! { <a class="button" href=Route::Emergency(id).href()>{ladder::tell}</a> }.into_any()
        }
        LadderAction::Retry => {
            let words = w::call(&name);
            let call = (!phone.trim().is_empty()).then(|| view! { <CallLink number=phone label=words about=id /> });
            view! {
                {call}
                <a class="button" href=note(EncounterKind::CallOut, None)>{w::note_it}</a>
            }
            .into_any()
        }
    };
    view! {
        <li>
            <Icon shape=Shape::Phone />
            <span class="row-head">
                <a class="who" href=Route::Person(id).href()>{name.clone()}</a>
                <span class="tag late">{step}</span>
            </span>
            <span class="why">{in_a_row([tried, elsewhere(place)])}</span>
            <span class="acts">{act}</span>
        </li>
    }
    .into_any()
}

fn unseen(row: UnseenRow) -> AnyView {
    let UnseenRow { id, name, place, phone, days } = row;
    let since = match days {
        Some(days) => w::unseen_since(days),
        None => w::never_seen().into(),
    };
    let place = elsewhere(place);
    let detail = if place.is_empty() { since } else { format!("{since} · {place}") };
    let call = (!phone.trim().is_empty()).then(|| {
        let words = w::call(&name);
        view! { <CallLink number=phone label=words about=id /> }
    });
    view! {
        <li>
            <Icon shape=Shape::People />
            <span class="row-head">
                <a class="who" href=Route::Person(id).href()>{name.clone()}</a>
            </span>
            <span class="why">{detail}</span>
            <span class="acts">
                {call}
                <a class="button" href=Route::Plan(Some(id)).href()>{w::plan}</a>
            </span>
        </li>
    }
    .into_any()
}
