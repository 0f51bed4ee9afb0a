//! One event: a page to show, which is also what is printed.

use leptos::prelude::*;
use maillon_shared::api::collective::EventFile;
use maillon_shared::domain::collective::ProjectStep;
use maillon_shared::domain::event::{Confirmed, Event, EventChange, EventState, Speaker, Stand, WhoCame};
use maillon_shared::domain::ids::{EntryId, EventId};
use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::travelling_sheet::SheetSource;

use super::ask_event;
use super::words::{
    at_words, confirmed_words, count_words, edit, field_words, keep, kind_words, state_tag, value_words,
};
use crate::lists::label;
use crate::pages::surveys::OfEvent;
use crate::routes::{CollectiveRoute, DirectoryRoute, EventRoute, GroupRoute, Route, SheetRoute};
use crate::session::write_soon;
use crate::ui::{Back, Conflicts, FieldsHistory, OnPaper, Paper, PrintButton, Title, load, when_loaded};
use crate::words::{Word, collective as c, events as w, groups, in_a_row, travelling};
use crate::{browser, when};

/// One event.
#[component]
pub fn EventPage(id: EventId) -> impl IntoView {
    let loaded = load(move || ask_event(id));
    view! {
        <Back to=Route::Events(EventRoute::List) label=w::title />
        {when_loaded(loaded, move |file| view! { <File file=file id=id /> })}
    }
}

#[component]
fn File(file: RwSignal<EventFile>, id: EventId) -> impl IntoView {
    let may_write = Memo::new(move |_| file.with(|file| file.may_write));
    let withdrawn = Memo::new(move |_| file.with(|file| file.event.withdrawn));
    let may_withdraw = Memo::new(move |_| may_write.get() && !withdrawn.get());
    let withdraw = move |withdrawn: bool| write_soon(edit(id, vec![EventChange::Withdrawn(withdrawn)]));
    view! {
        <article class="event">
            <div class="heading">
                <div>
                    <Title>{move || file.with(|file| file.event.title.clone())}</Title>
                    <p class="detail">{move || file.with(|file| told(&file.event))}</p>
                </div>
                <a class="button" hidden=move || !may_write.get() href=Route::Events(EventRoute::Edit(id)).href()>
                    {c::change}
                </a>
            </div>
            <OnPaper paper=Paper::NamesNobody />
            {move || file.with(whose)}
            <p class="state-note unprinted" hidden=move || !withdrawn.get()>
                {w::is_withdrawn} " " <button type="button" on:click=move |_| withdraw(false)>{c::take_up}</button>
            </p>
            <Conflicts
                conflicts=Signal::derive(move || file.with(|file| file.conflicts.clone()))
                name=field_words
                value=value_words
                keep=move |path: &str, value: &str| keep(id, path, value)
                edit=Route::Events(EventRoute::Edit(id))
            />
            {move || file.with(body)}
            <OfEvent event=id />
            <div class="unprinted">
                <p class="acts">
                    <PrintButton label=w::print class="" />
                    <a class="button" href=Route::Sheets(SheetRoute::From(SheetSource::Event(id))).href()>
                        {travelling::make}
                    </a>
                    <Show when=move || may_withdraw.get()>
                        <button type="button" class="quiet" on:click=move |_| withdraw(true)>
                            {w::withdraw}
                        </button>
                    </Show>
                </p>
                <FieldsHistory of=id.into() name=field_words value=value_words />
            </div>
        </article>
    }
}

fn told(event: &Event) -> String {
    in_a_row([
        kind_words(event.kind()),
        at_words(event.shown_at()),
        state_tag(&event.state).unwrap_or_default(),
        event.held_on().map(|_| w::held().to_owned()).unwrap_or_default(),
    ])
}

/// The group whose it is.
fn whose(file: &EventFile) -> Option<AnyView> {
    let (id, name) = file.group.clone()?;
    let name = if name.is_empty() { groups::nameless().to_owned() } else { name };
    let lead = if file.may_write { groups::is_common_lead } else { groups::read_only as Word };
    let href = Route::Groups(GroupRoute::One(id)).href();
    let common = view! {
        <p class="state-note">
            <a href=href>{groups::is_common(&name)}</a> " " <span class="unprinted">{lead}</span>
        </p>
    };
    Some(common.into_any())
}

fn body(file: &EventFile) -> AnyView {
    let event = &file.event;
    let host = match file.name_of(event.host_entry) {
        "" => event.host.clone(),
        named => named.to_owned(),
    };
    let today = browser::today();
    let hours = [event.starts, event.ends].into_iter().flatten().map(when::hour).collect::<Vec<_>>().join(" – ");
    let until = match (event.days(), event.until) {
        (Some((first, last)), Some(_)) if last > first => when::date(last, today),
        _ => String::new(),
    };
    let commune = event.commune.as_ref().map(|commune| commune.name.clone()).unwrap_or_default();
    let facts = [
        (w::theme as Word, event.theme.clone()),
        (w::until, until),
        (w::hours, hours),
        (w::commune, commune),
        (w::place, event.place.clone()),
        (w::host, host),
    ];
    let facts: Vec<_> = facts.into_iter().filter(|(_, value)| !value.trim().is_empty()).collect();
    let no_fact = facts.is_empty();
    let project = file.project.clone().map(|(id, title)| {
        let href = Route::Collective(CollectiveRoute::Project(id)).href();
        view! { <p class="detail">{w::part_of} " " <a href=href>{title}</a></p> }
    });
    view! {
        {project}
        <dl class="facts" hidden=no_fact>
            {facts
                .into_iter()
                .map(|(name, value)| view! { <div><dt>{name}</dt><dd class="prose">{value}</dd></div> })
                .collect_view()}
        </dl>
        {attendance(event)}
        {speakers(file)}
        {stands(file)}
        {guests(file)}
        {checklist(file)}
    }
    .into_any()
}

/// How many came: what is not known is said, and is not zero.
fn attendance(event: &Event) -> Option<AnyView> {
    let total = event.attendance_total();
    let line = |line: &maillon_shared::domain::event::Attendance| {
        let public = label(ListId::Publics, &line.public).to_owned();
        view! { <tr><th scope="row">{public}</th><td>{count_words(line.count)}</td></tr> }
    };
    let lines: Vec<_> = event.attendance.iter().map(line).collect();
    if lines.is_empty() {
        return None;
    }
    let known = if total.is_about { w::about_persons(total.known) } else { w::persons(total.known) };
    let more = if total.not_known > 0 { w::not_known_count(total.not_known) } else { String::new() };
    let shown = view! {
        <section>
            <h2 id="came">{w::came}</h2>
            <div class="table" role="region" aria-labelledby="came" tabindex="0">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{w::public}</th>
                            <th scope="col">{w::how_many}</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
            <p class="detail">{in_a_row([w::total(known), more])}</p>
        </section>
    };
    Some(shown.into_any())
}

fn named(file: &EventFile, entry: Option<EntryId>, words: &str) -> AnyView {
    match (entry, file.name_of(entry)) {
        (Some(id), name) if !name.is_empty() => {
            let href = Route::Directory(DirectoryRoute::Entry(id)).href();
            view! { <a class="who" href=href>{name.to_owned()}</a> }.into_any()
        }
        _ => view! { <span class="who">{words.to_owned()}</span> }.into_any(),
    }
}

fn comes(confirmed: &Confirmed) -> AnyView {
    let is_no = *confirmed == Confirmed::No;
    view! { <span class="tag" class:late=is_no>{confirmed_words(confirmed)}</span> }.into_any()
}

fn rows(title: Word, rows: Vec<AnyView>) -> Option<AnyView> {
    (!rows.is_empty()).then(|| view! { <section><h2>{title}</h2><ul class="rows">{rows}</ul></section> }.into_any())
}

fn speakers(file: &EventFile) -> Option<AnyView> {
    let line = |line: &Speaker| {
        view! {
            <li class="plain">
                <span class="row-head">{named(file, line.entry, &line.name)} {comes(&line.confirmed)}</span>
                <span class="why">{in_a_row([line.subject.clone(), line.structure.clone()])}</span>
            </li>
        }
        .into_any()
    };
    rows(w::speakers, file.event.speakers.iter().map(line).collect())
}

fn stands(file: &EventFile) -> Option<AnyView> {
    let line = |line: &Stand| {
        view! {
            <li class="plain">
                <span class="row-head">{named(file, line.entry, &line.name)} {comes(&line.confirmed)}</span>
                <span class="why">{in_a_row([line.theme.clone(), line.contact.clone()])}</span>
            </li>
        }
        .into_any()
    };
    rows(w::stands, file.event.stands.iter().map(line).collect())
}

/// Who came to a lunch, and whom nobody met at one yet.
fn guests(file: &EventFile) -> Option<AnyView> {
    if !file.event.kind().names_who_came() {
        return None;
    }
    let line = |guest: &maillon_shared::domain::event::Guest| {
        let who = match &guest.who {
            WhoCame::Entry(entry) => named(file, Some(*entry), w::gone()),
            WhoCame::Named(name) => named(file, None, name),
        };
        view! { <li class="plain"><span class="row-head">{who}</span></li> }.into_any()
    };
    let came = rows(w::guests, file.event.guests().iter().map(line).collect());
    let absent = |(id, name, may_have_come): &(EntryId, String, bool)| {
        let href = Route::Directory(DirectoryRoute::Entry(*id)).href();
        let perhaps = may_have_come.then(|| view! { <span class="why">{w::may_have_come}</span> });
        view! {
            <li class="plain">
                <span class="row-head">
                    <a class="who" href=href>
                        {name.clone()}
                    </a>
                </span>
                {perhaps}
            </li>
        }
        .into_any()
    };
    let not_met = file.not_met_yet.iter().map(absent).collect::<Vec<_>>();
    let count = not_met.len() as u32;
    let shown = view! {
        {came}
        <details class="unprinted" hidden=count == 0>
            <summary>{w::not_met(count)}</summary>
            <p class="hint">{w::not_met_hint}</p>
            <ul class="rows">{not_met}</ul>
        </details>
    };
    Some(shown.into_any())
}

fn checklist(file: &EventFile) -> Option<AnyView> {
    let (id, today) = (file.event.id, browser::today());
    let goes_on = file.may_write && !matches!(file.event.state, EventState::Cancelled);
    let mut steps: Vec<ProjectStep> = file.event.checklist.clone();
    steps.sort_by_key(|step| (step.done_on.is_some(), step.due.is_none(), step.due, step.id));
    let line = |step: ProjectStep| {
        let (line, done) = (step.id, step.done_on);
        let set =
            move |day: Option<chrono::NaiveDate>| move |_| write_soon(edit(id, vec![EventChange::ToDoDone(line, day)]));
        let late = step.due.is_some_and(|due| due < today) && done.is_none() && goes_on;
        let told = match done {
            Some(day) => c::done_on(when::day(day, today)),
            None => step.due.map(|due| when::day(due, today)).unwrap_or_default(),
        };
        let act = goes_on.then(|| match done {
            None => view! { <button type="button" on:click=set(Some(today))>{c::step_done}</button> }.into_any(),
            Some(_) => {
                view! { <button type="button" class="quiet" on:click=set(None)>{c::step_not_done}</button> }.into_any()
            }
        });
        view! {
            <li class="plain" class:done=done.is_some()>
                <span class="row-head">
                    <span class="who">{step.what}</span>
                    {late.then(|| view! { <span class="tag late">{c::is_late()}</span> })}
                </span>
                <span class="why">{in_a_row([told, step.owner])}</span>
                <span class="acts">{act}</span>
            </li>
        }
        .into_any()
    };
    rows(w::checklist, steps.into_iter().map(line).collect())
}
