//! Everyone: found as one types, sorted as in a French directory.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::responses::PersonRow;
use maillon_shared::domain::person::PersonState;
use maillon_shared::text::fold::fold;

use crate::door::answer;
use crate::pages::sheet::state_words;
use crate::routes::{self, Route};
use crate::session::session;
use crate::ui::{Chips, Choice, Icon, LongRows, OnPaper, Paper, PrintButton, Shape, Title, load, sought, when_loaded};
use crate::words::{in_a_row, people as w};
use crate::{browser, when};

/// Which of the people are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    /// Those whom one contacts, or will when they are back.
    Followed,
    /// The others: moved, refused, deceased.
    Silent,
    /// Everyone.
    All,
}

impl Shown {
    const ALL: [Shown; 3] = [Shown::Followed, Shown::Silent, Shown::All];

    fn code(self) -> &'static str {
        match self {
            Shown::Followed => "followed",
            Shown::Silent => "silent",
            Shown::All => "all",
        }
    }

    fn words(self) -> &'static str {
        match self {
            Shown::Followed => w::followed(),
            Shown::Silent => w::silent(),
            Shown::All => w::all(),
        }
    }

    fn has(self, state: &PersonState) -> bool {
        let followed = matches!(state, PersonState::Followed | PersonState::AbsentUntil(_));
        match self {
            Shown::Followed => followed,
            Shown::Silent => !followed,
            Shown::All => true,
        }
    }
}

/// A row, and what it is found by. Shared, since a list of ten thousand goes through many hands.
struct Findable {
    row: PersonRow,
    folded: OnceLock<String>,
}

impl Findable {
    fn new(row: PersonRow) -> Arc<Self> {
        Arc::new(Findable { row, folded: OnceLock::new() })
    }

    /// Name and place without accents. It takes its time for a long list, which is shown before.
    fn folded(&self) -> &str {
        let PersonRow { name, family_name, place, .. } = &self.row;
        self.folded.get_or_init(|| fold(&format!("{name} {family_name} {place}")))
    }
}

impl PartialEq for Findable {
    fn eq(&self, other: &Self) -> bool {
        self.row == other.row
    }
}

impl Eq for Findable {}

/// How many rows are made findable between two frames.
const AHEAD: usize = 500;

/// Makes rows findable while nobody types yet, a few at a time, so that the first letter is answered as fast as the others.
fn fold_ahead(rows: Vec<Arc<Findable>>) {
    let mut rows = rows.into_iter();
    for row in rows.by_ref().take(AHEAD) {
        row.folded();
    }
    if rows.len() > 0 {
        let rest = rows.collect();
        set_timeout(move || fold_ahead(rest), Duration::ZERO);
    }
}

/// Everyone.
#[component]
pub fn PeoplePage() -> impl IntoView {
    let loaded = load(|| async {
        let rows = answer!(Request::People, People(rows) => rows)?;
        Ok(rows.into_iter().map(Findable::new).collect::<Vec<_>>())
    });
    view! {
        <div class="heading">
            <Title>{w::title}</Title>
            <a class="button" href=Route::NewPerson.href()>
                <Icon shape=Shape::Plus />
                <span>{w::new}</span>
            </a>
        </div>
        {when_loaded(loaded, move |rows| view! { <People rows=rows /> })}
    }
}

#[component]
fn People(rows: RwSignal<Vec<Arc<Findable>>>) -> impl IntoView {
    Effect::new(move |_| {
        let rows = rows.get();
        // Once the list stands on the screen.
        request_animation_frame(move || set_timeout(move || fold_ahead(rows), Duration::ZERO));
    });
    let typed = RwSignal::new(String::new());
    let shown = RwSignal::new(Shown::Followed);
    let found = Memo::new(move |_| {
        let sought = fold(&typed.get());
        let sought: Vec<&str> = sought.split(' ').filter(|word| !word.is_empty()).collect();
        let shown = shown.get();
        rows.with(|rows| {
            let fits = |one: &&Arc<Findable>| {
                shown.has(&one.row.state)
                    && sought.iter().all(|word| one.folded().split(' ').any(|known| known.starts_with(word)))
            };
            rows.iter().filter(fits).cloned().collect::<Vec<_>>()
        })
    });
    let choices = Signal::derive(move || {
        let count = |shown: Shown| rows.with(|rows| rows.iter().filter(|one| shown.has(&one.row.state)).count());
        Shown::ALL.map(|one| Choice::new(one.code(), w::filter(one.words(), count(one)))).to_vec()
    });
    let chosen = Signal::derive(move || shown.get().code().to_owned());
    let choose = Callback::new(move |code: String| {
        shown.set(Shown::ALL.into_iter().find(|one| one.code() == code).unwrap_or(Shown::All));
    });
    let create = move |_| {
        session().name_typed.set(typed.get_untracked().trim().to_owned());
        routes::go(&Route::NewPerson);
    };
    let nobody_yet = Memo::new(move |_| rows.with(Vec::is_empty));
    let key = |one: &Arc<Findable>| (one.row.id, one.row.name.clone(), one.row.next_due, one.row.last_contact);
    let draw = |one: Arc<Findable>| view! { <Row row=one.row.clone() /> };
    let narrowed = Signal::derive(move || in_a_row([shown.get().words().to_owned(), sought(&typed.get())]));
    view! {
        <Show
            when=move || !nobody_yet.get()
            fallback=|| {
                view! {
                    <div class="empty">
                        <p>{w::nobody_yet}</p>
                        <div class="acts">
                            <a class="button main" href=Route::NewPerson.href()>{w::first}</a>
                            <a class="button" href=Route::ImportPeople.href()>{w::import}</a>
                        </div>
                    </div>
                }
            }
        >
            <div class="filters">
                <div class="field">
                    <label for="find">{w::find}</label>
                    <input
                        id="find"
                        type="search"
                        autocomplete="off"
                        spellcheck="false"
                        prop:value=move || typed.get()
                        on:input:target=move |event| typed.set(event.target().value())
                    />
                </div>
                <Chips name="shown" legend=|| w::shown() choices=choices chosen=chosen choose=choose />
            </div>
            <OnPaper paper=Paper::NamesPeople narrowed=narrowed />
            <p class="detail" role="status">{move || w::count(found.with(Vec::len) as u32)}</p>
            <LongRows found=found narrowed=narrowed key=key draw=draw />
            <Show when=move || found.with(Vec::is_empty)>
                <div class="empty">
                    {move || {
                        let hidden = rows
                            .with(|rows| {
                                let sought = fold(&typed.get());
                                rows.iter().any(|one| one.folded().contains(&sought))
                            });
                        if hidden {
                            view! {
                                <p>{w::hidden_by_filter}</p>
                                <button type="button" on:click=move |_| shown.set(Shown::All)>{w::show_all}</button>
                            }
                                .into_any()
                        } else {
                            view! {
                                <p>{w::nobody_found}</p>
                                <button type="button" on:click=create>{move || w::create(typed.get().trim())}</button>
                            }
                                .into_any()
                        }
                    }}
                </div>
            </Show>
            <p class="acts">
                <a class="button" href=Route::ImportPeople.href()>{w::import}</a>
                <PrintButton />
            </p>
        </Show>
    }
}

#[component]
fn Row(row: PersonRow) -> impl IntoView {
    let today = browser::today();
    let PersonRow { id, name, place, birth, state, last_contact, next_due, .. } = row;
    let about = {
        let place = place.clone();
        move || {
            let age = birth.and_then(|birth| when::age(birth, today));
            in_a_row([age.as_deref().unwrap_or_default(), &place])
        }
    };
    // Nobody is waited for who is not to be reminded of.
    let next_due = next_due.filter(|due| state.is_reminded_on((*due).max(today)));
    let contact = move || match (next_due, last_contact) {
        (Some(due), _) if due < today => w::late_since(when::date(due, today)),
        (Some(due), _) => w::next(when::day(due, today)),
        (None, Some(last)) => w::last(when::day(last, today)),
        (None, None) => w::never_seen().into(),
    };
    let is_late = next_due.is_some_and(|due| due < today);
    let state_tag = (state != PersonState::Followed).then(|| {
        let words = move || match &state {
            PersonState::AbsentUntil(day) => w::away_until(when::day(*day, today)),
            other => state_words(other),
        };
        view! { <span class="tag">{words}</span> }
    });
    view! {
        <li>
            <a class="row-link" href=Route::Person(id).href()>
                <span class="who">{name}</span>
                {state_tag}
                <span class="why">{about}</span>
                <span class="next" class:late=is_late>{contact}</span>
            </a>
        </li>
    }
}
