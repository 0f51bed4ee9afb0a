//! One programme: a page to show, which is also what is printed.

use leptos::prelude::*;
use maillon_shared::api::programme::{ItemShown, ItemState, ProgrammeFile};
use maillon_shared::domain::ids::{EntryId, LineId, ProgrammeId};
use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::programme::{Axis, PriorityCommune, ProgrammeChange, ProgrammePartner, ProgrammeStatus};
use maillon_shared::domain::travelling_sheet::SheetSource;

use super::calendar::year;
use super::money::money_table;
use super::words::{
    edit, field_words, field_words_in, keep, or_unnamed, span_words, state_words, status_told, value_words,
};
use super::{ask_programme, route_of};
use crate::lists::label;
use crate::pages::collective::count_words;
use crate::routes::{DirectoryRoute, GroupRoute, ProgrammeRoute, Route, SheetRoute};
use crate::session::write_soon;
use crate::ui::{Back, Conflicts, FieldsHistory, OnPaper, Paper, PrintButton, Title, load, when_loaded};
use crate::words::{Word, collective as c, events as e, groups, in_a_row, programme as w, travelling};

/// One programme.
#[component]
pub fn ProgrammePage(id: ProgrammeId) -> impl IntoView {
    let loaded = load(move || ask_programme(id));
    view! {
        <Back to=Route::Programme(ProgrammeRoute::List) label=w::title />
        {when_loaded(loaded, move |file| view! { <File file=file id=id /> })}
    }
}

#[component]
fn File(file: RwSignal<ProgrammeFile>, id: ProgrammeId) -> impl IntoView {
    let may_write = Memo::new(move |_| file.with(|file| file.may_write));
    let withdrawn = Memo::new(move |_| file.with(|file| file.programme.withdrawn));
    let may_withdraw = Memo::new(move |_| may_write.get() && !withdrawn.get());
    let is_closed =
        Memo::new(move |_| file.with(|file| matches!(file.programme.status, ProgrammeStatus::Closed { .. })));
    let has_next = Memo::new(move |_| file.with(|file| file.followed_by.is_some()));
    let withdraw = move |withdrawn: bool| write_soon(edit(id, vec![ProgrammeChange::Withdrawn(withdrawn)]));
    let to = |route: ProgrammeRoute| Route::Programme(route).href();
    let heading = move |path: &str| file.with_untracked(|file| field_words_in(path, file));
    let value = move |path: &str, value: &str| file.with_untracked(|file| value_words(path, value, file));
    view! {
        <article class="programme">
            <div class="heading">
                <div>
                    <Title>{move || file.with(|file| file.programme.title.clone())}</Title>
                    <p class="detail">{move || file.with(told)}</p>
                </div>
                <a class="button" hidden=move || !may_write.get() href=to(ProgrammeRoute::Edit(id))>
                    {c::change}
                </a>
            </div>
            <OnPaper paper=Paper::NamesNobody />
            {move || file.with(whose)}
            {move || file.with(years)}
            <p class="state-note unprinted" hidden=move || !withdrawn.get()>
                {w::is_withdrawn} " " <button type="button" on:click=move |_| withdraw(false)>{c::take_up}</button>
            </p>
            <Conflicts
                conflicts=Signal::derive(move || file.with(|file| file.conflicts.clone()))
                name=heading
                value=value
                keep=move |path: &str, value: &str| keep(id, path, value)
                edit=Route::Programme(ProgrammeRoute::Edit(id))
            />
            {move || file.with(body)}
            <div class="unprinted">
                <p class="acts">
                    <PrintButton label=w::print class="" />
                    <a class="button" href=to(ProgrammeRoute::Calendar(id))>{w::calendar_alone}</a>
                    <Show when=move || is_closed.get()>
                        <a class="button" href=Route::Sheets(SheetRoute::From(SheetSource::Programme(id))).href()>
                            {travelling::make}
                        </a>
                    </Show>
                    <Show when=move || may_write.get() && !has_next.get()>
                        <a class="button" href=to(ProgrammeRoute::Next(id))>{w::next}</a>
                    </Show>
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

fn told(file: &ProgrammeFile) -> String {
    in_a_row([file.programme.year.to_string(), status_told(&file.programme.status)])
}

/// The group whose it is.
fn whose(file: &ProgrammeFile) -> Option<AnyView> {
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

/// The year before and the year after.
fn years(file: &ProgrammeFile) -> Option<AnyView> {
    let link = |other: Option<(ProgrammeId, i32)>, word: fn(i32) -> String| {
        other.map(|(id, year)| {
            view! { <a href=Route::Programme(ProgrammeRoute::One(id)).href()>{word(year)}</a> " " }
        })
    };
    let links = (file.follows.is_some() || file.followed_by.is_some()).then(|| {
        view! {
            <p class="detail unprinted">
                {link(file.follows, w::follows)} {link(file.followed_by, w::followed_by)}
            </p>
        }
    });
    links.map(IntoAny::into_any)
}

fn body(file: &ProgrammeFile) -> AnyView {
    let programme = &file.programme;
    let prose = |title: Word, text: &str| {
        let text = text.trim().to_owned();
        (!text.is_empty()).then(|| view! { <section><h2>{title}</h2><p class="prose">{text}</p></section> })
    };
    let learnt = match &programme.status {
        ProgrammeStatus::Closed { learnt, .. } => learnt.as_str(),
        _ => "",
    };
    let is_bare = programme.axes.is_empty() && programme.items.is_empty() && programme.funding.is_empty();
    view! {
        {prose(w::aim, &programme.aim)}
        {prose(c::learnt, learnt)}
        <p class="empty unprinted" hidden=!is_bare>{w::nothing_yet}</p>
        {axes(file)}
        {communes(programme.communes.as_slice())}
        {partners(file)}
        {money_table(programme)}
        <section aria-labelledby="calendar">
            <h2 id="calendar">{w::calendar_of(programme.year)}</h2>
            {year(&file.calendar, programme.year)}
        </section>
        {carried(file)}
    }
    .into_any()
}

// ── What for ────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// The axes with their items, then the items of no axis.
fn axes(file: &ProgrammeFile) -> Option<AnyView> {
    let of = |axis: Option<LineId>| -> Vec<AnyView> {
        file.items.iter().filter(|item| item.axis == axis).map(item_line).collect()
    };
    let part = |axis: &Axis| {
        let ottawa = match axis.ottawa.as_str() {
            "" => String::new(),
            item => label(ListId::OttawaAxes, item).to_owned(),
        };
        let items = of(Some(axis.id));
        let no_item = items.is_empty();
        let nothing = no_item.then(|| view! { <p class="detail">{w::axis_empty}</p> });
        view! {
            <h3>{or_unnamed(&axis.title)}</h3>
            <p class="detail" hidden=ottawa.is_empty()>{ottawa.clone()}</p>
            <p class="prose" hidden=axis.words.trim().is_empty()>{axis.words.clone()}</p>
            {nothing}
            <ul class="rows" hidden=no_item>{items}</ul>
        }
    };
    let alone = of(None);
    if file.programme.axes.is_empty() && alone.is_empty() {
        return None;
    }
    let has_axes = !file.programme.axes.is_empty();
    let others = (!alone.is_empty()).then(|| {
        let title = has_axes.then(|| view! { <h3>{w::no_axis}</h3> });
        view! {
            {title}
            <ul class="rows">{alone}</ul>
        }
    });
    let shown = view! {
        <section aria-labelledby="axes">
            <h2 id="axes">{if has_axes { w::axes() } else { w::items() }}</h2>
            {file.programme.axes.iter().map(part).collect_view()}
            {others}
        </section>
    };
    Some(shown.into_any())
}

fn item_line(item: &ItemShown) -> AnyView {
    let is_late = matches!(item.state, ItemState::NotHere | ItemState::Withdrawn);
    let title = or_unnamed(&item.title);
    let named = match item.to.filter(|_| item.state != ItemState::NotHere).and_then(route_of) {
        Some(route) => view! { <a class="who" href=route.href()>{title}</a> }.into_any(),
        None => view! { <span class="who">{title}</span> }.into_any(),
    };
    let needs: Vec<String> = item
        .needs
        .iter()
        .map(|need| {
            let topic = label(ListId::RequestTopics, need.topic()).to_owned();
            in_a_row([topic, count_words(need.persons())])
        })
        .collect();
    let needs = (!needs.is_empty()).then(|| view! { <span class="why">{w::born_of(needs.join(", "))}</span> });
    let told = in_a_row([span_words(item.from, item.until), item.carrier.name.clone()]);
    view! {
        <li class="plain">
            <span class="row-head">
                {named} <span class="tag" class:late=is_late>{state_words(&item.state)}</span>
            </span>
            <span class="why">{told}</span>
            {needs}
        </li>
    }
    .into_any()
}

// ── Where, and with whom ────────────────────────────────────────────────────────────────────────────────────────────────

fn communes(communes: &[PriorityCommune]) -> Option<AnyView> {
    let line = |line: &PriorityCommune| {
        let name = line.commune.as_ref().map(|commune| commune.name.clone()).unwrap_or_default();
        let verify = line.to_verify.trim().to_owned();
        let doubt = (!verify.is_empty()).then(|| {
            view! { <span class="why"><span class="tag late">{w::verify_tag}</span> " " {verify}</span> }
        });
        view! {
            <li class="plain">
                <span class="row-head"><span class="who">{or_unnamed(&name)}</span></span>
                <span class="why">{line.why.clone()}</span>
                {doubt}
            </li>
        }
        .into_any()
    };
    rows(w::communes, communes.iter().map(line).collect())
}

fn partners(file: &ProgrammeFile) -> Option<AnyView> {
    let line = |line: &ProgrammePartner| {
        view! {
            <li class="plain">
                <span class="row-head">{named(line.entry, file.name_of(line.entry), &line.name)}</span>
                <span class="why">{line.role.clone()}</span>
            </li>
        }
        .into_any()
    };
    rows(c::partners, file.programme.partners.iter().map(line).collect())
}

fn rows(title: Word, rows: Vec<AnyView>) -> Option<AnyView> {
    (!rows.is_empty()).then(|| view! { <section><h2>{title}</h2><ul class="rows">{rows}</ul></section> }.into_any())
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

/// Who carries what: a list to find each other by. Nothing is counted.
fn carried(file: &ProgrammeFile) -> Option<AnyView> {
    let title_of = |id: LineId| file.items.iter().find(|item| item.item == id).map(|item| or_unnamed(&item.title));
    let line = |one: &maillon_shared::api::programme::Carried| {
        let items: Vec<String> = one.items.iter().filter_map(|id| title_of(*id)).collect();
        let who = match one.by.name.as_str() {
            "" => w::nobody_yet(),
            name => name,
        };
        view! {
            <li class="plain">
                <span class="row-head">{named(one.by.entry, who, who)}</span>
                <span class="why">{items.join(", ")}</span>
            </li>
        }
        .into_any()
    };
    rows(w::who_carries, file.carried.iter().map(line).collect())
}
