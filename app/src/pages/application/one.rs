//! One application: a page to show, which is also what is printed.

use leptos::prelude::*;
use maillon_shared::api::application::{ApplicationFile, DueShown};
use maillon_shared::domain::application::{ApplicationChange, ApplicationPart, Piece, ReportDue};
use maillon_shared::domain::ids::{ApplicationId, EntryId};

use super::ask_application;
use super::money::{budget_table, limits};
use super::words::{
    balance_words, days_tag, deadline_words, due_told, edit, field_words, field_words_in, keep, programme_name,
    report_words, status_told, value_words,
};
use crate::pages::programme::words::{amount_words, at_words, or_unnamed, total_words};
use crate::routes::{ApplicationRoute, CollectiveRoute, DirectoryRoute, GroupRoute, ProgrammeRoute, Route};
use crate::session::write_soon;
use crate::ui::{Back, Conflicts, FieldsHistory, OnPaper, Paper, PrintButton, Title, load, when_loaded};
use crate::words::{Word, application as w, collective as c, events as e, groups, in_a_row, programme as p};
use crate::{browser, when};

/// One application.
#[component]
pub fn ApplicationPage(id: ApplicationId) -> impl IntoView {
    let loaded = load(move || ask_application(id));
    view! {
        <Back to=Route::Application(ApplicationRoute::List) label=w::title />
        {when_loaded(loaded, move |file| view! { <File file=file id=id /> })}
    }
}

#[component]
fn File(file: RwSignal<ApplicationFile>, id: ApplicationId) -> impl IntoView {
    let may_write = Memo::new(move |_| file.with(|file| file.may_write));
    let withdrawn = Memo::new(move |_| file.with(|file| file.application.withdrawn));
    let may_withdraw = Memo::new(move |_| may_write.get() && !withdrawn.get());
    let withdraw = move |withdrawn: bool| write_soon(edit(id, vec![ApplicationChange::Withdrawn(withdrawn)]));
    let heading = move |path: &str| file.with_untracked(|file| field_words_in(path, file));
    let value = move |path: &str, value: &str| file.with_untracked(|file| value_words(path, value, file));
    view! {
        <article class="programme application">
            <div class="heading">
                <div>
                    <Title>{move || file.with(|file| file.application.title.clone())}</Title>
                    <p class="detail">
                        {move || {
                            file.with(|file| {
                                in_a_row([file.application.funder.clone(), status_told(&file.application.status)])
                            })
                        }}
                    </p>
                </div>
                <a
                    class="button"
                    hidden=move || !may_write.get()
                    href=Route::Application(ApplicationRoute::Edit(id)).href()
                >
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
                name=heading
                value=value
                keep=move |path: &str, value: &str| keep(id, path, value)
                edit=Route::Application(ApplicationRoute::Edit(id))
            />
            {move || file.with(|file| body(file, id))}
            <div class="unprinted">
                <p class="acts">
                    <PrintButton label=w::print class="" />
                    <Show when=move || may_withdraw.get()>
                        <button type="button" class="quiet" on:click=move |_| withdraw(true)>
                            {e::withdraw}
                        </button>
                    </Show>
                </p>
                <FieldsHistory of=id.into() name=field_words value=value />
            </div>
        </article>
    }
}

/// The group whose it is.
fn whose(file: &ApplicationFile) -> Option<AnyView> {
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

fn body(file: &ApplicationFile, id: ApplicationId) -> AnyView {
    let application = &file.application;
    let prose = |title: Word, text: &str| {
        let text = text.trim().to_owned();
        (!text.is_empty()).then(|| view! { <section><h2>{title}</h2><p class="prose">{text}</p></section> })
    };
    let verify = application.to_verify.trim().to_owned();
    let doubt = (!verify.is_empty()).then(|| {
        view! { <p><span class="tag late">{p::verify_tag}</span> " " {verify}</p> }
    });
    view! {
        {doubt}
        {due(&file.due)}
        {call(file)}
        {prose(w::purpose, &application.purpose)}
        {parts(file)}
        {budget_table(file)}
        {rows(w::pieces, application.pieces.iter().map(|piece| piece_line(piece, file, id)).collect())}
        {rows(w::reports, application.reports.iter().map(|report| report_line(report, file, id)).collect())}
        {tied(file)}
        {prose(p::note, &application.note)}
    }
    .into_any()
}

/// What is still to be done, the earliest first.
fn due(due: &[DueShown]) -> Option<AnyView> {
    let line = |one: &DueShown| {
        view! { <li class="plain"><span class="row-head"><span class="who">{due_told(one)}</span> {days_tag(one)}</span></li> }
            .into_any()
    };
    rows(w::still_due, due.iter().map(line).collect())
}

fn call(file: &ApplicationFile) -> AnyView {
    let application = &file.application;
    let deadline = application.deadline.map(|deadline| {
        let over = if file.is_deadline_over { w::is_over() } else { "" };
        in_a_row([deadline_words(deadline), over.to_owned()])
    });
    let lead = file.name_of(application.lead_entry);
    let lead = if lead.is_empty() { application.lead.as_str() } else { lead };
    let facts = [
        (w::opens as Word, application.opens.map(at_words).unwrap_or_default()),
        (w::deadline, deadline.unwrap_or_default()),
        (w::amounts, limits(file)),
        (w::link, application.link.trim().to_owned()),
        (w::lead_structure, lead.to_owned()),
    ];
    let facts = facts.into_iter().filter(|(_, words)| !words.is_empty());
    let facts: Vec<AnyView> =
        facts.map(|(label, words)| view! { <dt>{label}</dt><dd class="prose">{words}</dd> }.into_any()).collect();
    let is_bare = facts.is_empty();
    view! {
        <section aria-labelledby="call" hidden=is_bare>
            <h2 id="call">{w::call}</h2>
            <dl class="facts">{facts}</dl>
        </section>
    }
    .into_any()
}

fn parts(file: &ApplicationFile) -> Option<AnyView> {
    let application = &file.application;
    if application.parts.is_empty() {
        return None;
    }
    let line = |part: &ApplicationPart| {
        view! {
            <li class="plain">
                <span class="row-head">
                    {named(part.entry, file.name_of(part.entry), &part.who)}
                    <span class="tag">{amount_words(part.asked)}</span>
                </span>
                <span class="why">{part.does.clone()}</span>
            </li>
        }
    };
    let balance = balance_words(application.parts_balance(), w::parts_add_up());
    let shown = view! {
        <section aria-labelledby="parts">
            <h2 id="parts">{w::parts}</h2>
            <ul class="rows">{application.parts.iter().map(line).collect_view()}</ul>
            <p>{w::parts_sum(total_words(application.parts_asked()))}</p>
            <p hidden=balance.is_empty()><strong>{balance.clone()}</strong></p>
        </section>
    };
    Some(shown.into_any())
}

fn named(entry: Option<EntryId>, name: &str, words: &str) -> AnyView {
    match entry {
        Some(id) if !name.is_empty() => {
            let href = Route::Directory(DirectoryRoute::Entry(id)).href();
            view! { <a class="who" href=href>{name.to_owned()}</a> }.into_any()
        }
        _ => view! { <span class="who">{or_unnamed(words)}</span> }.into_any(),
    }
}

fn piece_line(piece: &Piece, file: &ApplicationFile, id: ApplicationId) -> AnyView {
    let today = browser::today();
    let due = piece.due.map(|day| w::by_day(when::date(day, today))).unwrap_or_default();
    let line = piece.id;
    let is_done = piece.done_on.is_some();
    let state = match piece.done_on {
        Some(day) => w::gathered_on(when::date(day, today)),
        None => w::to_gather().to_owned(),
    };
    let done = move |_| write_soon(edit(id, vec![ApplicationChange::PieceDone(line, Some(browser::today()))]));
    let may_tick = file.may_write && !is_done;
    view! {
        <li class="plain">
            <span class="row-head">
                <span class="who">{or_unnamed(&piece.what)}</span> <span class="tag">{state}</span>
            </span>
            <span class="why">{in_a_row([piece.who.clone(), due])}</span>
            <span class="acts unprinted" hidden=!may_tick>
                <button type="button" class="quiet" on:click=done>{w::gather_done}</button>
            </span>
        </li>
    }
    .into_any()
}

fn report_line(report: &ReportDue, file: &ApplicationFile, id: ApplicationId) -> AnyView {
    let today = browser::today();
    let line = report.id;
    let due = report.due.map_or_else(|| w::due_not_known().to_owned(), |day| w::by_day(when::date(day, today)));
    let is_done = report.handed_in_on.is_some();
    let state = match report.handed_in_on {
        Some(day) => w::handed_in_on(when::date(day, today)),
        None => w::awaited().to_owned(),
    };
    let done = move |_| write_soon(edit(id, vec![ApplicationChange::ReportDone(line, Some(browser::today()))]));
    let may_tick = file.may_write && !is_done;
    view! {
        <li class="plain">
            <span class="row-head">
                <span class="who">{report_words(&report.kind)}</span> <span class="tag">{state}</span>
            </span>
            <span class="why">{in_a_row([due, report.note.clone()])}</span>
            <span class="acts unprinted" hidden=!may_tick>
                <button type="button" class="quiet" on:click=done>{w::report_hand_in}</button>
            </span>
        </li>
    }
    .into_any()
}

/// The projects that it pays for, and the programme that it is part of.
fn tied(file: &ApplicationFile) -> Option<AnyView> {
    let project = |(id, title): &(maillon_shared::domain::ids::CollectiveId, String)| {
        let name = match title.as_str() {
            "" => view! { <span class="who">{p::not_here}</span> }.into_any(),
            title => {
                let href = Route::Collective(CollectiveRoute::Project(*id)).href();
                view! { <a class="who" href=href>{title.to_owned()}</a> }.into_any()
            }
        };
        view! { <li class="plain"><span class="row-head">{name}</span></li> }.into_any()
    };
    let programme = file.programme.as_ref().map(|(id, year, title)| {
        let href = Route::Programme(ProgrammeRoute::One(*id)).href();
        view! {
            <li class="plain">
                <span class="row-head"><a class="who" href=href>{programme_name(*year, title)}</a></span>
            </li>
        }
        .into_any()
    });
    rows(w::pays_for, file.projects.iter().map(project).chain(programme).collect())
}

fn rows(title: Word, rows: Vec<AnyView>) -> Option<AnyView> {
    (!rows.is_empty()).then(|| view! { <section><h2>{title}</h2><ul class="rows">{rows}</ul></section> }.into_any())
}
