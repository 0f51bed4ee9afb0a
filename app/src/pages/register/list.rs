//! The register as a list: found as one types, narrowed to what is to be done or to a hamlet, printed, given.

use std::collections::BTreeMap;

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::register::{RegisterList, RegisterRow};
use maillon_shared::domain::register::RegisterState;
use maillon_shared::text::fold::fold;
use maillon_shared::text::phone::Phone;
use maillon_shared::text::sort::sort_key;

use super::words::state_words;
use crate::door::answer;
use crate::routes::{RegisterRoute, Route};
use crate::session::session;
use crate::ui::{Back, CallLink, Chips, Choice, Icon, MoreRows, Narrow, SLICE, Shape, Title, load, when_loaded};
use crate::words::{in_a_row, more, register as w};
use crate::{browser, when};

/// Fewer figures are in every telephone.
const FIGURES_OF_A_PHONE: usize = 2;

/// Which entries are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    /// Those who are in the register.
    Registered,
    /// Those whose request is to be acknowledged.
    ToAcknowledge,
    /// Those without a telephone: they are visited.
    NoPhone,
    /// Those who no longer are in it.
    Ended,
}

impl Shown {
    const ALL: [Shown; 4] = [Shown::Registered, Shown::ToAcknowledge, Shown::NoPhone, Shown::Ended];

    fn code(self) -> &'static str {
        match self {
            Shown::Registered => "registered",
            Shown::ToAcknowledge => "to-acknowledge",
            Shown::NoPhone => "no-phone",
            Shown::Ended => "ended",
        }
    }

    fn words(self) -> &'static str {
        match self {
            Shown::Registered => w::shown_registered(),
            Shown::ToAcknowledge => w::shown_to_acknowledge(),
            Shown::NoPhone => w::shown_no_phone(),
            Shown::Ended => w::shown_ended(),
        }
    }

    fn has(self, row: &RegisterRow) -> bool {
        let is_registered = row.state == RegisterState::Registered;
        match self {
            Shown::Registered => is_registered,
            Shown::ToAcknowledge => row.acknowledge_by.is_some(),
            Shown::NoPhone => is_registered && row.phone.trim().is_empty(),
            Shown::Ended => !is_registered,
        }
    }
}

/// A row, and what it is found by.
#[derive(Clone, PartialEq)]
struct Findable {
    row: RegisterRow,
    folded: String,
    figures: String,
}

impl Findable {
    fn new(row: RegisterRow) -> Self {
        let folded = fold(&format!("{} {} {}", row.name, row.place, row.hamlet));
        let figures = Phone::parse(&row.phone).figures();
        Findable { row, folded, figures }
    }

    fn answers(&self, typed: &str) -> bool {
        let sought = fold(typed);
        let by_words = sought
            .split(' ')
            .filter(|word| !word.is_empty())
            .all(|word| self.folded.split(' ').any(|known| known.starts_with(word)));
        let figures: String = typed.chars().filter(char::is_ascii_digit).collect();
        by_words || (figures.len() >= FIGURES_OF_A_PHONE && self.figures.contains(&figures))
    }
}

fn href(route: RegisterRoute) -> String {
    Route::Register(route).href()
}

/// The whole register.
#[component]
pub fn ListPage() -> impl IntoView {
    let loaded = load(|| async {
        let RegisterList { rows, due, .. } = answer!(Request::Register, Register(list) => *list)?;
        Ok((rows.into_iter().map(Findable::new).collect::<Vec<_>>(), due))
    });
    view! {
        <Show when=|| session().is_own()>
            <Back to=Route::More label=more::title />
        </Show>
        <div class="heading">
            <div>
                <Title>{w::title}</Title>
                <p class="detail">{w::lead}</p>
            </div>
            <a class="button" href=href(RegisterRoute::New(None))>
                <Icon shape=Shape::Plus />
                <span>{w::new}</span>
            </a>
        </div>
        {when_loaded(
            loaded,
            move |list| {
                let rows = Memo::new(move |_| list.with(|(rows, _)| rows.clone()));
                let nothing_yet = Memo::new(move |_| rows.with(Vec::is_empty));
                let late = move || list.with(|(_, due)| (due.late > 0).then(|| w::late(due.late)));
                view! {
                    {move || late().map(|words| view! { <p class="state-note">{words}</p> })}
                    <Show when=move || !nothing_yet.get() fallback=|| view! { <NothingYet /> }>
                        <Found rows=rows />
                    </Show>
                    <Around empty=nothing_yet />
                }
            },
        )}
    }
}

#[component]
fn NothingYet() -> impl IntoView {
    view! {
        <div class="empty">
            <p>{w::nothing_yet}</p>
            <div class="acts">
                <a class="button main" hidden=!session().is_own() href=href(RegisterRoute::Import)>{w::import_first}</a>
                <a class="button" href=href(RegisterRoute::New(None))>{w::new_first}</a>
            </div>
        </div>
    }
}

/// What goes with the register.
#[component]
fn Around(empty: Memo<bool>) -> impl IntoView {
    view! {
        <nav class="acts register-around" aria-label=w::around>
            <a class="button" href=href(RegisterRoute::Agents)>{w::agents}</a>
            <a class="button" hidden=move || empty.get() href=href(RegisterRoute::Extracts)>{w::extracts}</a>
            <a class="button" hidden=move || empty.get() href=href(RegisterRoute::Print)>{w::print_list}</a>
            <a class="button" hidden=move || empty.get() || !session().is_own() href=href(RegisterRoute::Import)>
                {w::import}
            </a>
        </nav>
    }
}

#[component]
fn Found(rows: Memo<Vec<Findable>>) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let shown = RwSignal::new(Shown::Registered);
    let hamlet = RwSignal::new(None::<String>);
    let drawn = RwSignal::new(SLICE);
    let found = Memo::new(move |_| {
        let (typed, shown, hamlet) = (typed.get(), shown.get(), hamlet.get());
        let fits = |one: &&Findable| {
            shown.has(&one.row) && hamlet.as_ref().is_none_or(|hamlet| one.row.hamlet == *hamlet) && one.answers(&typed)
        };
        rows.with(|rows| rows.iter().filter(fits).map(|one| one.row.clone()).collect::<Vec<_>>())
    });
    Effect::new(move |_| {
        found.track();
        drawn.set(SLICE);
    });
    let choices = Signal::derive(move || {
        let count = |shown: Shown| rows.with(|rows| rows.iter().filter(|one| shown.has(&one.row)).count());
        Shown::ALL.map(|one| Choice::new(one.code(), w::filter(one.words(), count(one)))).to_vec()
    });
    let chosen = Signal::derive(move || shown.get().code().to_owned());
    let choose = Callback::new(move |code: String| {
        shown.set(Shown::ALL.into_iter().find(|one| one.code() == code).unwrap_or(Shown::Registered));
    });
    let hamlets = Signal::derive(move || {
        let sorted: BTreeMap<_, _> = rows.with(|rows| {
            let said = rows.iter().map(|one| one.row.hamlet.clone()).filter(|hamlet| !hamlet.is_empty());
            said.map(|hamlet| ((sort_key(&hamlet), hamlet.clone()), hamlet)).collect()
        });
        sorted.into_values().map(|hamlet| Choice::new(hamlet.clone(), hamlet)).collect::<Vec<_>>()
    });
    let count = Memo::new(move |_| found.with(Vec::len));
    let hidden = move || {
        let typed = typed.get();
        (shown.get() != Shown::Registered || hamlet.with(Option::is_some))
            && rows.with(|rows| rows.iter().any(|one| one.answers(&typed)))
    };
    let clear = move |_| {
        shown.set(Shown::Registered);
        hamlet.set(None);
    };
    let slice = move || found.with(|found| found.iter().take(drawn.get()).cloned().collect::<Vec<_>>());
    let key = |row: &RegisterRow| {
        (
            row.id,
            row.name.clone(),
            row.place.clone(),
            row.phone.clone(),
            row.acknowledge_by,
            row.state.code().to_owned(),
        )
    };
    view! {
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
            <Narrow
                id="in-hamlet"
                label=w::hamlet
                any=w::any_hamlet
                choices=hamlets
                chosen=Signal::derive(move || hamlet.get())
                choose=Callback::new(move |chosen| hamlet.set(chosen))
            />
            <Chips name="shown" legend=|| w::shown() choices=choices chosen=chosen choose=choose />
        </div>
        <p class="detail" role="status">{move || w::count(count.get() as u32)}</p>
        <ul class="rows entries">
            <For each=slice key=key let:row>
                <Row row=row />
            </For>
        </ul>
        <MoreRows drawn=drawn of=count />
        <Show when=move || count.get() == 0>
            <div class="empty">
                <p>{move || if hidden() { w::hidden_by_filter() } else { w::nobody_found() }}</p>
                <button type="button" hidden=move || !hidden() on:click=clear>{w::show_all}</button>
            </div>
        </Show>
    }
}

#[component]
fn Row(row: RegisterRow) -> impl IntoView {
    let today = browser::today();
    let RegisterRow { id, name, place, birth, phone, state, acknowledge_by, .. } = row;
    let about = {
        let has_no_phone = phone.trim().is_empty() && state == RegisterState::Registered;
        move || {
            let age = birth.and_then(|birth| when::age(birth, today)).unwrap_or_default();
            in_a_row([age.as_str(), &place, if has_no_phone { w::no_phone() } else { "" }])
        }
    };
    let is_late = acknowledge_by.is_some_and(|day| day < today);
    let due = move || acknowledge_by.map(|day| w::acknowledge_by(when::day(day, today)));
    let tag = (state != RegisterState::Registered).then(|| {
        let words = {
            let state = state.clone();
            move || match &state {
                RegisterState::Opposed { .. } => w::opposed(),
                _ => w::struck_off(),
            }
        };
        let told = move || state_words(&state, today);
        view! {
            <span class="tag">{words}</span>
            <span class="next">{told}</span>
        }
    });
    let is_number = Phone::parse(&phone).number().is_some();
    let call = (is_number && tag.is_none()).then(|| {
        let of = name.clone();
        move || view! { <CallLink number=phone.clone() label=crate::words::directory::call() of=of.clone() /> }
    });
    view! {
        <li>
            <a class="row-link" href=href(RegisterRoute::Entry(id))>
                <span class="who">{name}</span>
                <span class="why">{about}</span>
                {tag}
                <span class="next" class:late=is_late hidden=acknowledge_by.is_none()>{due}</span>
            </a>
            {call}
        </li>
    }
}
