//! One item of information: a page to show, which is also what is printed.

use leptos::prelude::*;
use maillon_shared::api::information::InformationFile;
use maillon_shared::domain::ids::InformationId;
use maillon_shared::domain::information::{Diffusion, InformationChange, InformationState};

use super::ask_one;
use super::looked::Looked;
use super::words::{
    audience_words, diffusion_told, edit, end_tag, end_words, field_words, field_words_in, keep, state_told, to_words,
    totals_told, value_words,
};
use crate::routes::{DirectoryRoute, GroupRoute, InformationRoute, Route};
use crate::session::write_soon;
use crate::ui::{Back, Conflicts, FieldsHistory, OnPaper, Paper, PrintButton, Title, load, when_loaded};
use crate::words::{Word, collective as c, events as e, groups, information as w, programme as p};
use crate::{browser, when};

/// One item.
#[component]
pub fn ItemPage(id: InformationId) -> impl IntoView {
    let loaded = load(move || ask_one(id));
    view! {
        <Back to=Route::Information(InformationRoute::List) label=w::title />
        {when_loaded(loaded, move |file| view! { <File file=file id=id /> })}
    }
}

#[component]
fn File(file: RwSignal<InformationFile>, id: InformationId) -> impl IntoView {
    let may_write = Memo::new(move |_| file.with(|file| file.may_write));
    let withdrawn = Memo::new(move |_| file.with(|file| file.item.withdrawn));
    let may_withdraw = Memo::new(move |_| may_write.get() && !withdrawn.get());
    let withdraw = move |withdrawn: bool| write_soon(edit(id, vec![InformationChange::Withdrawn(withdrawn)]));
    let heading = move |path: &str| file.with_untracked(|file| field_words_in(path, file));
    let looked = Looked::at(Signal::derive(move || file.with(|file| file.clues.clone())));
    let may_print = looked.may_print;
    view! {
        // The title and the reason may name someone too: while someone is named, nothing of it is printed.
        <article class="programme application" class:unprinted=move || !may_print.get()>
            <div class="heading">
                <div>
                    <Title>{move || file.with(|file| file.item.title.clone())}</Title>
                    <p class="detail">
                        {move || file.with(|file| state_told(&file.item.state))} " "
                        {move || file.with(|file| end_tag(file.end, file.item.state.is_waiting()))}
                    </p>
                </div>
                <a
                    class="button"
                    hidden=move || !may_write.get()
                    href=Route::Information(InformationRoute::Edit(id)).href()
                >
                    {c::change}
                </a>
            </div>
            <Show when=move || may_print.get()>
                <OnPaper paper=Paper::NamesNobody />
            </Show>
            {looked.told(w::item_stops)}
            {move || file.with(whose)}
            <p class="state-note unprinted" hidden=move || !withdrawn.get()>
                {w::is_withdrawn} " " <button type="button" on:click=move |_| withdraw(false)>{c::take_up}</button>
            </p>
            <Conflicts
                conflicts=Signal::derive(move || file.with(|file| file.conflicts.clone()))
                name=heading
                value=value_words
                keep=move |path: &str, value: &str| keep(id, path, value)
                edit=Route::Information(InformationRoute::Edit(id))
            />
            <Show when=move || may_withdraw.get()>
                <NextSteps file=file id=id />
            </Show>
            {move || file.with(body)}
            <div class="unprinted">
                <p class="acts">
                    <Show when=move || may_print.get()>
                        <PrintButton />
                    </Show>
                    <Show when=move || may_withdraw.get()>
                        <button type="button" class="quiet" on:click=move |_| withdraw(true)>
                            {e::withdraw}
                        </button>
                    </Show>
                </p>
                <FieldsHistory of=id.into() name=field_words value=value_words />
            </div>
        </article>
    }
}

/// What can be done with it now, in one tap.
#[component]
fn NextSteps(file: RwSignal<InformationFile>, id: InformationId) -> impl IntoView {
    let state = Memo::new(move |_| file.with(|file| file.item.state.clone()));
    let on_board = Memo::new(move |_| file.with(|file| file.item.for_board));
    let becomes = move |change: InformationChange| write_soon(edit(id, vec![change]));
    let is_to_read = move || state.with(|state| *state == InformationState::ToRead);
    let board = move || if on_board.get() { w::off_the_board() } else { w::put_on_the_board() };
    view! {
        <p class="acts unprinted">
            <a class="button main" href=Route::Information(InformationRoute::Pass(id)).href()>
                {w::pass}
            </a>
            <button
                type="button"
                hidden=move || !is_to_read()
                on:click=move |_| becomes(InformationChange::State(InformationState::ToPassOn))
            >
                {w::was_read}
            </button>
            <button
                type="button"
                hidden=move || !state.with(InformationState::is_waiting)
                on:click=move |_| becomes(InformationChange::State(InformationState::PassedOn))
            >
                {w::all_passed_on}
            </button>
            <button
                type="button"
                class="quiet"
                on:click=move |_| becomes(InformationChange::ForBoard(!on_board.get_untracked()))
            >
                {board}
            </button>
        </p>
    }
}

/// The group whose it is.
fn whose(file: &InformationFile) -> Option<AnyView> {
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

fn body(file: &InformationFile) -> AnyView {
    let item = &file.item;
    let prose = |title: Word, text: &str| {
        let text = text.trim().to_owned();
        (!text.is_empty()).then(|| view! { <section><h2>{title}</h2><p class="prose">{text}</p></section> })
    };
    let named = file.name_of(item.source_entry);
    let source = if named.is_empty() { item.source.clone() } else { named.to_owned() };
    let received = item.received.map(|day| when::date(day, browser::today())).unwrap_or_default();
    let board = if item.for_board { w::on_the_board() } else { "" };
    let facts = [
        (w::source as Word, source),
        (w::link, item.link.trim().to_owned()),
        (w::audience, audience_words(&item.audience)),
        (w::received, received),
        (w::expires, end_words(file.end)),
        (w::board, board.to_owned()),
    ];
    let facts = facts.into_iter().filter(|(_, words)| !words.is_empty());
    let facts: Vec<AnyView> =
        facts.map(|(label, words)| view! { <dt>{label}</dt><dd class="prose">{words}</dd> }.into_any()).collect();
    view! {
        {prose(w::summary, &item.summary)}
        <section aria-labelledby="about">
            <h2 id="about">{w::about_it}</h2>
            <dl class="facts">{facts}</dl>
        </section>
        {who_got_it(file)}
        {prose(p::note, &item.note)}
    }
    .into_any()
}

/// To whom it was passed on; that it was to nobody is said too.
fn who_got_it(file: &InformationFile) -> AnyView {
    let item = &file.item;
    let line = |line: &Diffusion| {
        let href = line.entry.filter(|entry| !file.name_of(Some(*entry)).is_empty());
        let href = href.map(|entry| Route::Directory(DirectoryRoute::Entry(entry)).href());
        let name = to_words(line, file);
        let name = match href {
            Some(href) => view! { <a class="who" href=href>{name}</a> }.into_any(),
            None => view! { <span class="who">{name}</span> }.into_any(),
        };
        view! {
            <li class="plain">
                <span class="row-head">{name}</span>
                <span class="why">{diffusion_told(line)}</span>
            </li>
        }
    };
    let nobody = item.diffusions.is_empty();
    let totals = totals_told(item.copies(), item.people(), item.diffusions.len());
    let no_totals = totals.is_empty();
    view! {
        <section aria-labelledby="who-got-it">
            <h2 id="who-got-it">{w::who_got_it}</h2>
            <p class="empty" hidden=!nobody>{w::nobody_got_it}</p>
            <ul class="rows">{item.diffusions.iter().map(line).collect_view()}</ul>
            <p hidden=no_totals>{w::in_all(totals)}</p>
        </section>
    }
    .into_any()
}
