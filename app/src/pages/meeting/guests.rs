//! Whom to invite: those of the circle and of the sheet, whoever does what she needs, and their stand-ins while they are
//! away. One press each; nobody is told anything here.

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::meetings::MeetingFile;
use maillon_shared::api::responses::{EntryRow, HelperShown, WhoAnswer, WhoDoesWhat};
use maillon_shared::domain::circle::Helper;
use maillon_shared::domain::ids::{EntryId, LineId, SharedMeetingId};
use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::shared_meeting::MeetingChange;
use maillon_shared::domain::who_does_what::Question;

use super::{edit, read, to};
use crate::browser;
use crate::door::answer;
use crate::lists::label;
use crate::pages::circle::away_view;
use crate::pages::circle::words::helper_words;
use crate::routes::{MeetingRoute, Route};
use crate::session::write_soon;
use crate::ui::{Back, Choice, EntryField, Icon, Narrow, Shape, Text, Title, load, load_once, when_loaded};
use crate::words::{circle, in_a_row, meeting as w, who_does_what as who};

/// How many of those who do it are shown: more is for the directory.
const MOST_ANSWERS: usize = 12;

/// Whom to invite.
#[component]
pub fn GuestsPage(id: SharedMeetingId) -> impl IntoView {
    let loaded = load(move || read(id));
    view! {
        <Back to=Route::Meeting(MeetingRoute::One(id)) label=w::meeting />
        <div class="meeting">
            <Title>{w::whom_to_invite}</Title>
            <p>{w::nobody_is_told}</p>
            {when_loaded(loaded, |file| view! { <Guests file=file /> })}
            <WhoDoes id=id />
            <SomeoneElse id=id />
            <p class="acts">
                <a class="button main" href=to(MeetingRoute::One(id))>{w::guests_done}</a>
            </p>
        </div>
    }
}

/// The line of a guest: two devices that invite the same one invite one.
fn line_of(who: &Helper) -> LineId {
    match who {
        Helper::Related(id) => *id,
        Helper::Entry(id) => LineId(id.0),
        Helper::Named(_) => LineId(browser::random_id()),
    }
}

fn invite(meeting: SharedMeetingId, who: Helper) {
    write_soon(edit(meeting, vec![MeetingChange::Guest(line_of(&who), who)]));
}

fn add_button(meeting: SharedMeetingId, who: Helper, name: &str) -> AnyView {
    view! {
        <button type="button" on:click=move |_| invite(meeting, who.clone())>{w::add_guest(name)}</button>
    }
    .into_any()
}

/// Those who are to come, and those around her who are not yet.
#[component]
fn Guests(file: RwSignal<MeetingFile>) -> impl IntoView {
    view! {
        <section aria-labelledby="guests">
            <h2 id="guests">{w::guests}</h2>
            <p class="empty" hidden=move || file.with(|file| !file.guests.is_empty())>{w::no_guest}</p>
            <ul class="rows">{move || file.with(invited)}</ul>
        </section>
        {move || file.with(around_her)}
    }
}

fn invited(file: &MeetingFile) -> Vec<AnyView> {
    let meeting = file.meeting.id;
    let line = |guest: &maillon_shared::api::meetings::GuestShown| {
        let (id, name) = (guest.id, helper_words(&guest.shown));
        let remove = move |_| write_soon(edit(meeting, vec![MeetingChange::RemoveGuest(id)]));
        view! {
            <li>
                <Icon shape=Shape::Check />
                <span class="row-head">
                    <span class="who">{name.clone()}</span>
                </span>
                <span class="acts">
                    <button type="button" class="quiet" on:click=remove>
                        {w::remove_guest}
                        <span class="unseen">" "{name}</span>
                    </button>
                </span>
            </li>
        }
        .into_any()
    };
    file.guests.iter().map(line).collect()
}

fn around_her(file: &MeetingFile) -> Option<AnyView> {
    let meeting = file.meeting.id;
    let is_guest = |who: &Helper| file.meeting.guests.iter().any(|guest| guest.who == *who);
    let mut rows: Vec<(Helper, HelperShown)> = Vec::new();
    for row in &file.circle {
        rows.push((row.member.who.clone(), row.shown.clone()));
    }
    for related in &file.related {
        let who = Helper::Related(related.id);
        if !rows.iter().any(|(known, _)| *known == who) {
            let (name, role, phone) = (related.name.clone(), related.relation.clone(), related.phone.clone());
            rows.push((who, HelperShown { name, role, phone, away: None }));
        }
    }
    rows.retain(|(who, _)| !is_guest(who));
    let line = |(who, shown): (Helper, HelperShown)| {
        let name = helper_words(&shown);
        let role = match &who {
            Helper::Related(_) => label(ListId::Relations, &shown.role).to_lowercase(),
            _ => label(ListId::Professions, &shown.role).to_lowercase(),
        };
        view! {
            <li>
                <Icon shape=Shape::People />
                <span class="row-head">
                    <span class="who">{name.clone()}</span>
                </span>
                <span class="why">{role}</span>
                {shown.away.as_deref().map(away_view)}
                <span class="acts">{add_button(meeting, who, &name)}</span>
            </li>
        }
    };
    (!rows.is_empty()).then(|| {
        view! {
            <section aria-labelledby="around">
                <h2 id="around">{w::around_her}</h2>
                <ul class="rows">{rows.into_iter().map(line).collect_view()}</ul>
            </section>
        }
        .into_any()
    })
}

/// Who does what she needs: by the topic of what the meeting comes from, or another.
#[component]
fn WhoDoes(id: SharedMeetingId) -> impl IntoView {
    let topic = RwSignal::new(None::<String>);
    let first = load_once(move || read(id));
    // The topic of the request or of the project, until another is asked about.
    Effect::new(move |_| {
        if let Some(file) = first.get() {
            topic.set(Some(file.topic).filter(|topic| !topic.is_empty()));
        }
    });
    let loaded = load(move || {
        let question = Question { topic: topic.get().unwrap_or_default(), ..Question::default() };
        async move {
            let found = answer!(Request::WhoDoesWhat(question), WhoDoesWhat(found) => *found)?;
            Ok((found, read(id).await?))
        }
    });
    view! {
        <section aria-labelledby="who-does">
            <h2 id="who-does">{who::title}</h2>
            {when_loaded(
                loaded,
                move |found| {
                    let topics = Memo::new(move |_| found.with(|(found, _)| found.topics.clone()));
                    let choices = Signal::derive(move || {
                        let topics = topics.get();
                        topics.iter().map(|code| Choice::new(code, label(ListId::RequestTopics, code))).collect::<Vec<_>>()
                    });
                    let choose = Callback::new(move |chosen| topic.set(chosen));
                    view! {
                        <div class="filters">
                            <Narrow
                                id="topic"
                                label=who::topic
                                any=who::any_topic
                                choices=choices
                                chosen=topic
                                choose=choose
                            />
                        </div>
                        <p
                            class="empty"
                            hidden=move || topic.with(Option::is_none) || found.with(|(found, _)| found.count > 0)
                        >
                            {w::nobody_does_it}
                        </p>
                        <ul class="rows">
                            {move || found.with(|(found, file)| answers(found, file))}
                        </ul>
                    }
                },
            )}
        </section>
    }
}

fn answers(found: &WhoDoesWhat, file: &MeetingFile) -> Vec<AnyView> {
    let mut seen = Vec::new();
    let mut rows = Vec::new();
    for one in &found.answers {
        // One who does several things is invited once.
        if seen.contains(&one.entry.id) || seen.len() == MOST_ANSWERS {
            continue;
        }
        seen.push(one.entry.id);
        rows.push(answer_line(one, file));
    }
    rows
}

fn answer_line(one: &WhoAnswer, file: &MeetingFile) -> AnyView {
    let meeting = file.meeting.id;
    let is_guest = |id: EntryId| file.meeting.guests.iter().any(|guest| guest.who == Helper::Entry(id));
    let add = |row: &EntryRow| match is_guest(row.id) {
        true => view! { <span class="tag">{w::is_guest}</span> }.into_any(),
        false => add_button(meeting, Helper::Entry(row.id), &row.name),
    };
    // Whoever is away is replaced: the stand-in is one press away too.
    let stand_in = one.absence.as_ref().and_then(|away| away.stand_in.as_ref()).map(&add);
    let what = if one.mission.what.is_empty() {
        label(ListId::RequestTopics, &one.mission.topic).to_owned()
    } else {
        one.mission.what.clone()
    };
    view! {
        <li>
            <Icon shape=Shape::Book />
            <span class="row-head">
                <span class="who">{one.entry.name.clone()}</span>
            </span>
            <span class="why">{in_a_row([what, one.entry.place.clone()])}</span>
            {one.absence.as_ref().map(away_view)}
            <span class="acts">{add(&one.entry)} {stand_in}</span>
        </li>
    }
    .into_any()
}

/// Someone else, of the directory or not.
#[component]
fn SomeoneElse(id: SharedMeetingId) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let entry = RwSignal::new(None::<EntryId>);
    let add = move |_| {
        let typed = name.get_untracked().trim().to_owned();
        let chosen = match entry.get_untracked() {
            Some(entry) => Some(Helper::Entry(entry)),
            None => (!typed.is_empty()).then_some(Helper::Named(typed)),
        };
        if let Some(chosen) = chosen {
            invite(id, chosen);
            entry.set(None);
            name.set(String::new());
        }
    };
    view! {
        <section aria-labelledby="else">
            <h2 id="else">{circle::someone_else}</h2>
            <EntryField
                id="who-else"
                label=circle::who_else
                hint=circle::who_else_hint
                entry=entry
                set=Callback::new(move |chosen| entry.set(chosen))
                words=Text::of(name)
            />
            <p class="acts">
                <button type="button" on:click=add>{w::add_other}</button>
            </p>
        </section>
    }
}
