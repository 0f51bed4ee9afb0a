//! One entry of the directory: how to reach them, what is known, who works there, and how sure one is of it.

mod change;
mod key;
mod known;
mod links;
mod missions;

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::responses::{EntryFile, EntryRow};
use maillon_shared::domain::directory::{DirectoryEntry, EntryChange, EntryField};
use maillon_shared::domain::ids::EntryId;
use maillon_shared::domain::lists::ListId;
use maillon_shared::text::phone::Phone;

use super::words::{field_words, kind_words, role_words};
use crate::door::answer;
use crate::lists::label;
use crate::routes::{DirectoryRoute, Route};
use crate::session::write_soon;
use crate::ui::{
    Back, CallLink, Conflicts, FieldsHistory, Icon, OnPaper, Paper, PrintButton, Shape, Title, load, most, when_loaded,
};
use crate::words::{entry as w, in_a_row, person as p};
use crate::{browser, door, when};

pub use key::register_entry_id;

use change::change;
use known::{Known, value_words};
pub use links::mail_link;
use links::site_link;
use missions::{Absences, Missions, News};

/// How many of those who work there are shown at first.
const MEMBERS: usize = 12;

/// One entry.
#[component]
pub fn EntryPage(id: EntryId) -> impl IntoView {
    let loaded = load(move || async move { answer!(Request::Entry(id), Entry(file) => *file) });
    view! {
        <Back to=Route::Directory(DirectoryRoute::List) label=w::back />
        {when_loaded(loaded, move |file| view! { <File file=file /> })}
    }
}

#[component]
fn File(file: RwSignal<EntryFile>) -> impl IntoView {
    let id = file.with_untracked(|file| file.entry.id);
    let entry = Memo::new(move |_| file.with(|file| file.entry.clone()));
    let works_at = Memo::new(move |_| file.with(|file| file.works_at_name.clone()));
    let value = move |field: &str, value: &str| file.with(|file| value_words(file, field, value));
    view! {
        <article class="entry">
            <div class="heading">
                <div>
                    <Title>{move || entry.with(DirectoryEntry::display_name)}</Title>
                    <p class="detail">{move || entry.with(about)}</p>
                    <Workplace entry=entry name=works_at />
                </div>
                <a class="button" href=Route::Directory(DirectoryRoute::Edit(id)).href()>{w::edit}</a>
            </div>
            <OnPaper paper=Paper::NamesPeople />
            {move || entry.with(absence)}
            <div class="acts reach">{move || entry.with(reach)}</div>
            <Checked entry=entry />
            <News file=file />
            <Conflicts
                conflicts=Signal::derive(move || file.with(|file| file.conflicts.clone()))
                name=field_words
                value=value
                keep=move |field, value| {
                    let changes = vec![change(field, value)?];
                    Some(Request::EditEntry { id, changes, draft: None })
                }
                edit=Route::Directory(DirectoryRoute::Edit(id))
            />
            <div class="two">
                <Known entry=entry />
                <div>
                    <Missions file=file />
                    <Absences file=file />
                    <Members file=file />
                    <FieldsHistory
                        of=id.into()
                        name=field_words
                        value=value
                    />
                    <PrintButton label=w::print />
                </div>
            </div>
        </article>
    }
}

/// What they are, and where.
fn about(entry: &DirectoryEntry) -> String {
    let what = match role_words(&entry.kind, &entry.role) {
        "" => kind_words(&entry.kind),
        role => role,
    };
    let parts = [what, entry.address.short()];
    in_a_row(parts)
}

/// Where they work: a way there, or words.
#[component]
fn Workplace(entry: Memo<DirectoryEntry>, name: Memo<String>) -> impl IntoView {
    move || {
        let (works_at, words) = entry.with(|entry| (entry.works_at, entry.workplace.clone()));
        match works_at.filter(|_| name.with(|name| !name.is_empty())) {
            Some(id) => {
                let there = Route::Directory(DirectoryRoute::Entry(id)).href();
                Some(view! { <p class="works-at"><a href=there>{name.get()}</a></p> }.into_any())
            }
            None => (!words.is_empty()).then(|| view! { <p class="detail">{words}</p> }.into_any()),
        }
    }
}

/// An absence is known before one calls.
fn absence(entry: &DirectoryEntry) -> Option<AnyView> {
    let words = entry.absence.trim();
    (!words.is_empty()).then(|| view! { <p class="state-note">{w::absence(words)}</p> }.into_any())
}

/// The ways to reach them.
fn reach(entry: &DirectoryEntry) -> Vec<AnyView> {
    let numbers = entry.phones.iter().filter(|phone| Phone::parse(&phone.number).number().is_some());
    let calls = numbers.map(|phone| {
        let shown = Phone::parse(&phone.number).show();
        let words = match label(ListId::PhoneLabels, &phone.label) {
            "" => p::call(shown),
            about => p::call_at(shown, about.to_lowercase()),
        };
        view! { <CallLink number=phone.number.clone() label=words /> }.into_any()
    });
    // Where they lead nowhere, the addresses are read and copied from the card.
    let leads_out = door::leads_out();
    let mail = mail_link(&entry.email).filter(|_| leads_out).map(|link| {
        view! {
            <a class="button call" href=link>
                <Icon shape=Shape::Letter />
                <span>{w::write()}</span>
            </a>
        }
        .into_any()
    });
    let site = site_link(&entry.website).filter(|_| leads_out).map(|link| {
        view! {
            <a class="button call" href=link target="_blank" rel="noopener noreferrer">
                <Icon shape=Shape::Book />
                <span>{w::site()}<span class="unseen">" "{w::new_tab()}</span></span>
            </a>
        }
        .into_any()
    });
    calls.chain(mail).chain(site).collect()
}

/// How sure one is of it: what is to be verified and why, when it last was, and a button that says "today".
#[component]
fn Checked(entry: Memo<DirectoryEntry>) -> impl IntoView {
    let why = Memo::new(move |_| entry.with(|entry| entry.to_verify.trim().to_owned()));
    let checked_on = Memo::new(move |_| entry.with(|entry| entry.checked_on));
    let last = move || match checked_on.get() {
        Some(day) => w::checked(when::day(day, browser::today())),
        None => w::never_checked().into(),
    };
    let is_sure = move || why.with(String::is_empty) && checked_on.get() == Some(browser::today());
    let check = move |_| {
        let changes = vec![
            EntryChange::CheckedOn(Some(browser::today())),
            EntryChange::Text(EntryField::ToVerify, String::new()),
        ];
        write_soon(Request::EditEntry { id: entry.with_untracked(|entry| entry.id), changes, draft: None });
    };
    view! {
        <div class="checked" class:state-note=move || why.with(|why| !why.is_empty())>
            <p hidden=move || why.with(String::is_empty)>{move || why.with(|why| w::to_verify(why))}</p>
            <p class="detail">{last}</p>
            <button type="button" hidden=is_sure on:click=check>
                <Icon shape=Shape::Check />
                <span>{w::check}</span>
            </button>
        </div>
    }
}

/// Who works there.
#[component]
fn Members(file: RwSignal<EntryFile>) -> impl IntoView {
    let members = Memo::new(move |_| file.with(|file| file.members.clone()));
    let whole = RwSignal::new(false);
    let row = |EntryRow { id, kind, name, role, phone, .. }: EntryRow| {
        let (of, number) = (name.clone(), Phone::parse(&phone).show());
        let call = Phone::parse(&phone).number().is_some();
        let call = call.then(|| view! { <CallLink number=phone label=crate::words::directory::call() of=of /> });
        view! {
            <li>
                <a class="row-link" href=Route::Directory(DirectoryRoute::Entry(id)).href()>
                    <span class="who">{name}</span>
                    <span class="why">{move || role_words(&kind, &role).to_owned()}</span>
                    <span class="next print-only">{number}</span>
                </a>
                {call}
            </li>
        }
    };
    let shown = move || {
        let at_most = if whole.get() { usize::MAX } else { most(MEMBERS) };
        members.with(|members| members.iter().take(at_most).cloned().map(row).collect_view())
    };
    view! {
        <section class="members" hidden=move || members.with(Vec::is_empty)>
            <h2>{w::members} <span class="count">{move || members.with(Vec::len)}</span></h2>
            <ul class="rows entries">{shown}</ul>
            <button
                type="button"
                class="quiet"
                hidden=move || whole.get() || members.with(Vec::len) <= most(MEMBERS)
                on:click=move |_| whole.set(true)
            >
                {move || w::show_all(members.with(Vec::len))}
            </button>
        </section>
    }
}
