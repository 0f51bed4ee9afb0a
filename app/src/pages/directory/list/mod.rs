//! The whole directory: sorted by name, found as one types, called in one tap.

mod filter;

use std::cell::RefCell;

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::responses::EntryRow;
use maillon_shared::domain::directory::EntryKind;
use maillon_shared::text::phone::Phone;

use crate::door::answer;
use crate::pages::directory::words::role_words;
use crate::routes::{self, DirectoryRoute, Route};
use crate::session::session;
use crate::ui::{
    CallLink, Chips, Choice, Icon, LongRows, Narrow, OnPaper, Paper, PrintButton, Shape, Title, load, sought,
    when_loaded,
};
use crate::words::{directory as w, in_a_row, language};

use filter::{Filter, Findable, places, roles};

/// The code of "of every kind".
const ALL: &str = "all";

fn href(route: DirectoryRoute) -> String {
    Route::Directory(route).href()
}

/// The whole directory.
#[component]
pub fn ListPage() -> impl IntoView {
    let loaded = load(|| {
        // What rows are found by is in the language spoken.
        let language = language();
        async move {
            let rows = answer!(Request::Directory, Directory(rows) => rows)?;
            Ok(rows.into_iter().map(|row| Findable::new(row, language)).collect::<Vec<_>>())
        }
    });
    view! {
        <div class="heading">
            <Title>{w::title}</Title>
            <a class="button" href=href(DirectoryRoute::New(EntryKind::Professional))>
                <Icon shape=Shape::Plus />
                <span>{w::new}</span>
            </a>
        </div>
        {when_loaded(loaded, move |rows| view! { <Directory rows=rows /> })}
    }
}

#[component]
fn Directory(rows: RwSignal<Vec<Findable>>) -> impl IntoView {
    let nothing_yet = Memo::new(move |_| rows.with(Vec::is_empty));
    view! {
        <Show when=move || !nothing_yet.get() fallback=|| view! { <NothingYet /> }>
            <p class="acts who-first">
                <a class="button" href=href(DirectoryRoute::WhoDoesWhat)>
                    <Icon shape=Shape::Search />
                    <span>{w::who}</span>
                </a>
            </p>
            <Found rows=rows />
            <p class="acts directory-files">
                <a class="button" href=href(DirectoryRoute::InTouch)>{w::touch}</a>
                <a class="button" href=href(DirectoryRoute::Import)>{w::import}</a>
                <a class="button" href=href(DirectoryRoute::Export)>{w::export}</a>
                <PrintButton />
            </p>
        </Show>
    }
}

#[component]
fn NothingYet() -> impl IntoView {
    view! {
        <div class="empty">
            <p>{w::nothing_yet}</p>
            <div class="acts">
                <a class="button main" href=href(DirectoryRoute::Import)>{w::import_first}</a>
                <a class="button" href=href(DirectoryRoute::New(EntryKind::Professional))>{w::new_first}</a>
            </div>
        </div>
    }
}

thread_local! {
    /// What was sought last, so that one finds it again when coming back from an entry. It ends with the page, which
    /// locking starts anew.
    static SOUGHT: RefCell<Filter> = RefCell::default();
}

#[component]
fn Found(rows: RwSignal<Vec<Findable>>) -> impl IntoView {
    let filter = RwSignal::new(SOUGHT.with_borrow(Filter::clone));
    Effect::new(move |_| SOUGHT.set(filter.get()));
    let found = Memo::new(move |_| {
        filter.with(|filter| rows.with(|rows| filter.of(rows).map(|one| one.row.clone()).collect::<Vec<_>>()))
    });
    let count = Memo::new(move |_| found.with(Vec::len));
    let narrowed: Signal<String> =
        Memo::new(move |_| filter.with(|filter| rows.with(|rows| narrowed(filter, rows)))).into();
    let key = |row: &EntryRow| {
        (row.id, row.name.clone(), row.role.clone(), row.place.clone(), row.phone.clone(), row.to_verify)
    };
    view! {
        <Filters rows=rows filter=filter />
        <OnPaper paper=Paper::NamesPeople narrowed=narrowed />
        <p class="detail" role="status">{move || w::count(count.get() as u32)}</p>
        <LongRows class="rows entries" found=found narrowed=narrowed key=key draw=|row| view! { <Row row=row /> } />
        <Show when=move || count.get() == 0>
            <NothingFound rows=rows filter=filter />
        </Show>
    }
}

#[component]
fn Filters(rows: RwSignal<Vec<Findable>>, filter: RwSignal<Filter>) -> impl IntoView {
    let kinds = Signal::derive(move || {
        let count = |kind: &EntryKind| rows.with(|rows| rows.iter().filter(|one| one.row.kind == *kind).count());
        let all = Choice::new(ALL, w::filter(w::all(), rows.with(Vec::len)));
        let kinds =
            EntryKind::ALL.iter().map(|kind| Choice::new(kind.code(), w::filter(kinds_words(kind), count(kind))));
        [all].into_iter().chain(kinds).collect::<Vec<_>>()
    });
    let chosen =
        Signal::derive(move || filter.with(|filter| filter.kind.as_ref().map_or(ALL, EntryKind::code).to_owned()));
    let choose = Callback::new(move |code: String| {
        filter.update(|filter| {
            filter.kind = (code != ALL).then(|| EntryKind::from_code(&code));
            filter.role = None;
        });
    });
    let kind = Memo::new(move |_| filter.with(|filter| filter.kind.clone()));
    let roles = Signal::derive(move || kind.with(|kind| rows.with(|rows| roles(rows, kind.as_ref(), language()))));
    let places = Signal::derive(move || rows.with(|rows| places(rows)));
    // What hides rows is seen.
    let is_narrowed = filter.with_untracked(|filter| filter.role.is_some() || filter.place.is_some());
    view! {
        <div class="filters entry-filters">
            <div class="field">
                <label for="find">{w::find}</label>
                <input
                    id="find"
                    type="search"
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=move || filter.with(|filter| filter.typed.clone())
                    on:input:target=move |event| filter.update(|filter| filter.typed = event.target().value())
                />
            </div>
            <Chips name="kind" legend=|| w::kind() choices=kinds chosen=chosen choose=choose />
            <details class="narrowing" open=is_narrowed>
                <summary>{w::narrow}</summary>
                <div class="narrow">
                <Narrow
                    id="of-role"
                    label=w::role
                    any=w::any_role
                    choices=roles
                    chosen=Signal::derive(move || filter.with(|filter| filter.role.clone()))
                    choose=Callback::new(move |role| filter.update(|filter| filter.role = role))
                />
                <Narrow
                    id="in-place"
                    label=w::place
                    any=w::any_place
                    choices=places
                    chosen=Signal::derive(move || filter.with(|filter| filter.place.clone()))
                    choose=Callback::new(move |place| filter.update(|filter| filter.place = place))
                />
                </div>
            </details>
        </div>
    }
}

/// What the list was narrowed to, in words.
fn narrowed(filter: &Filter, rows: &[Findable]) -> String {
    let named = |choices: Vec<Choice>, code: &Option<String>| {
        let found = code.as_ref().and_then(|code| choices.into_iter().find(|choice| choice.code == *code));
        found.map(|choice| choice.label).unwrap_or_default()
    };
    in_a_row([
        filter.kind.as_ref().map(kinds_words).unwrap_or_default(),
        named(roles(rows, filter.kind.as_ref(), language()), &filter.role),
        named(places(rows), &filter.place),
        sought(&filter.typed),
    ])
}

/// Hidden by a choice, or found nowhere: what to do about it.
#[component]
fn NothingFound(rows: RwSignal<Vec<Findable>>, filter: RwSignal<Filter>) -> impl IntoView {
    let hidden = move || filter.with(|filter| filter.has_choices() && rows.with(|rows| filter.hides_some(rows)));
    let clear = move |_| {
        filter.update(|filter| *filter = Filter { typed: std::mem::take(&mut filter.typed), ..Filter::default() })
    };
    let create = move |_| {
        let Filter { typed, kind, .. } = filter.get_untracked();
        session().name_typed.set(typed.trim().to_owned());
        routes::go(&Route::Directory(DirectoryRoute::New(kind.unwrap_or(EntryKind::Professional))));
    };
    let typed = move || filter.with(|filter| filter.typed.trim().to_owned());
    view! {
        <div class="empty">
            <Show
                when=hidden
                fallback=move || {
                    view! {
                        <p>{w::nothing_found}</p>
                        <button type="button" on:click=create>{move || w::create(typed())}</button>
                    }
                }
            >
                <p>{w::hidden_by_filter}</p>
                <button type="button" on:click=clear>{w::clear}</button>
            </Show>
        </div>
    }
}

#[component]
fn Row(row: EntryRow) -> impl IntoView {
    let EntryRow { id, kind, name, role, place, phone, to_verify } = row;
    let about = move || {
        let parts = [role_words(&kind, &role), place.as_str()];
        in_a_row(parts)
    };
    let tag = to_verify.then(|| view! { <span class="tag late">{w::to_verify}</span> });
    // What is no number cannot be called; the entry shows it as it is written.
    // Paper cannot call: it shows the number.
    let number = Phone::parse(&phone).show();
    let call = Phone::parse(&phone).number().is_some().then(|| {
        let of = name.clone();
        move || view! { <CallLink number=phone.clone() label=w::call() of=of.clone() /> }
    });
    view! {
        <li>
            <a class="row-link" href=href(DirectoryRoute::Entry(id))>
                <span class="who">{name}</span>
                {tag}
                <span class="why">{about}</span>
                <span class="next print-only">{number}</span>
            </a>
            {call}
        </li>
    }
}

fn kinds_words(kind: &EntryKind) -> String {
    match kind {
        EntryKind::Professional => w::professionals().into(),
        EntryKind::Structure => w::structures().into(),
        EntryKind::Relay => w::relays().into(),
        EntryKind::Unknown(code) => code.clone(),
    }
}
