//! Entrusting something of someone to a neighbouring coordinator: to whom, what, what for, until when; exactly what leaves,
//! before it does and only while she agrees. Never the sheet, never the history.

mod form;
mod leaving;
mod on_sheet;

use std::collections::BTreeSet;

use chrono::{Months, NaiveDate};
use leptos::prelude::*;
use maillon_shared::api::Failure;
use maillon_shared::api::neighbours::{CopiesFile, NeighbourAnswer, NeighbourRequest};
use maillon_shared::api::requests::Draft;
use maillon_shared::domain::consent::{Recipient, Why};
use maillon_shared::domain::ids::{NeighbourId, PersonId};
use maillon_shared::domain::liaison::Piece;
use maillon_shared::text::fold::same;

use super::liaison::{agreements, piece_words, why_not};
use super::neighbours::{GivenLine, HeadedBy, ask};
use crate::browser;
use crate::drafts::{self, Fields};
use crate::routes::Route;
use crate::session::session;
use crate::ui::{Back, Chips, Choice, DayField, Text, TextArea, Ticks, Title, load, load_once, when_loaded};
use crate::words::{consent, liaison, neighbours, person_copy as w};

pub use on_sheet::CopiesOnSheet;

use form::{CopyForm, fields_since, first_of, lay};
use leaving::Leaving;

/// How long something is proposed to be entrusted for.
const MONTHS: [u32; 3] = [1, 3, 6];
/// The field of what it is for.
const MESSAGE: &str = "message";

/// Entrusting something of someone.
#[component]
pub fn CopyPage(person: PersonId) -> impl IntoView {
    let loaded = load_once(move || async move {
        let file = copies(person).await?;
        Ok((file, drafts::find(&drafts::key("copy", person)).await))
    });
    view! {
        <Back to=Route::Person(person) label=consent::back />
        {when_loaded(
            loaded,
            |opened| {
                let (file, draft) = opened.get_untracked();
                view! { <Copies first=file draft=draft /> }
            },
        )}
    }
}

/// What of someone is entrusted, and to whom it may be.
async fn copies(person: PersonId) -> Result<CopiesFile, Failure> {
    match ask(NeighbourRequest::Copies(person)).await? {
        NeighbourAnswer::Copies(file) => Ok(*file),
        _ => Err(Failure::NotUnderstood),
    }
}

#[component]
fn Copies(first: CopiesFile, draft: Option<Draft>) -> impl IntoView {
    let person = first.person;
    let begun = match &draft {
        Some(draft) => {
            let mut form = CopyForm::empty(person, first_of(&first));
            lay(&mut form, &Fields::read(&draft.content));
            // A neighbour may have gone since.
            form.neighbour = form.neighbour.filter(|id| first.neighbours.iter().any(|(one, _)| one == id));
            form
        }
        None => CopyForm::begin(&first, first_of(&first)),
    };
    // What one began with, and what was entrusted last, is nothing left half filled.
    let before = RwSignal::new(CopyForm::begin(&first, begun.neighbour));
    let form = RwSignal::new(begun);
    drafts::keep(drafts::key("copy", person), draft.as_ref(), move || {
        before.with(|before| form.with(|now| fields_since(before, now)))
    });
    let ended = RwSignal::new(false);
    let later = load(move || {
        session().sharing.track();
        copies(person)
    });
    let file = Memo::new(move |_| later.get().unwrap_or_else(|| first.clone()));
    let nobody = Memo::new(move |_| file.with(|file| file.neighbours.is_empty()));
    let choose = Callback::new(move |neighbour: NeighbourId| {
        let begins = file.with_untracked(|file| CopyForm::begin(file, Some(neighbour)));
        let is_untouched = before.with_untracked(|before| form.with_untracked(|form| before == form));
        if is_untouched {
            form.set(begins.clone());
        } else {
            // What was chosen already stays: only the neighbour is another.
            form.update(|form| form.neighbour = Some(neighbour));
        }
        before.set(begins);
    });
    view! {
        <div class="person-copy">
            <Title>{w::title}</Title>
            <p class="detail">{move || file.with(|file| file.name.clone())}</p>
            <p>{w::lead}</p>
            <Show
                when=move || !nobody.get()
                fallback=|| {
                    view! {
                        <div class="empty">
                            <p>{w::no_neighbour}</p>
                            <a class="button" href=Route::Neighbours.href()>
                                {neighbours::title}
                            </a>
                        </div>
                    }
                }
            >
                <Choosing file=file form=form before=before choose=choose />
            </Show>
            {move || file.with(|file| given(file, choose, ended))}
            <p role="status">{move || ended.get().then(neighbours::end_done)}</p>
        </div>
    }
}

#[component]
fn Choosing(
    file: Memo<CopiesFile>,
    form: RwSignal<CopyForm>,
    before: RwSignal<CopyForm>,
    choose: Callback<NeighbourId>,
) -> impl IntoView {
    let needs_message = RwSignal::new(false);
    let among = Signal::derive(move || {
        let choice = |(id, name): &(NeighbourId, String)| Choice::new(id.to_string(), name.clone());
        file.with(|file| file.neighbours.iter().map(choice).collect::<Vec<_>>())
    });
    let chosen = Signal::derive(move || form.with(|form| form.neighbour.map(|id| id.to_string()).unwrap_or_default()));
    let choose_code = Callback::new(move |code: String| {
        if let Some(id) = NeighbourId::parse(&code) {
            choose.run(id);
        }
    });
    let message = Text::within(form, |form: &CopyForm| form.message.clone(), |form, text| form.message = text);
    let error = Signal::derive(move || {
        let is_missing = needs_message.get() && form.with(|form| form.message.trim().is_empty());
        is_missing.then(|| w::needs_message().to_owned())
    });
    let near = Signal::derive(|| {
        let today = browser::today();
        let later = |months| Some((today.checked_add_months(Months::new(months))?, consent::months(months)));
        MONTHS.into_iter().filter_map(later).collect::<Vec<_>>()
    });
    let until = Signal::derive(move || form.with(|form| form.until));
    let set_until = Callback::new(move |day: Option<NaiveDate>| form.update(|form| form.until = day));
    view! {
        <div class="choosing">
            {move || file.with(|file| agreed(file, choose))}
            <Chips
                name="neighbour"
                legend=|| w::to_whom()
                choices=among
                chosen=chosen
                choose=choose_code
            />
            <Pieces form=form />
            <TextArea id=MESSAGE label=w::what_for hint=w::what_for_hint text=message lines=3 error=error />
            <div>
                <DayField id="until" legend=|| w::until() near=near none=w::no_end day=until set=set_until />
                <p class="hint">{w::until_hint}</p>
            </div>
        </div>
        <Leaving file=file form=form before=before needs_message=needs_message />
    }
}

/// What goes, beside the name: nothing that is not ticked.
#[component]
fn Pieces(form: RwSignal<CopyForm>) -> impl IntoView {
    let ticked = Signal::derive(move || {
        form.with(|one| one.pieces.iter().map(|piece| piece.code().to_owned()).collect::<BTreeSet<_>>())
    });
    let toggle = Callback::new(move |code: String| {
        let piece = Piece::from_code(&code);
        form.update(|form| {
            if !form.pieces.remove(&piece) {
                form.pieces.insert(piece);
            }
        });
    });
    let pieces = Signal::derive(|| {
        Piece::ALL.iter().map(|piece| Choice::new(piece.code(), piece_words(piece))).collect::<Vec<_>>()
    });
    view! { <Ticks name="pieces" legend=liaison::pieces hint=w::pieces_hint choices=pieces ticked=ticked toggle=toggle /> }
}

/// With whom she agreed to share, and what: one tap chooses the neighbour of that name.
fn agreed(file: &CopiesFile, choose: Callback<NeighbourId>) -> Option<AnyView> {
    let act = |recipient: &Recipient| {
        let (id, name) = file.neighbours.iter().find(|(_, name)| same(name, &recipient.name)).cloned()?;
        let button = view! {
            <button type="button" on:click=move |_| choose.run(id)>
                {liaison::choose(name)}
            </button>
        };
        Some(button.into_any())
    };
    agreements(&file.agreed, act)
}

/// What was entrusted, those that stand first.
fn given(file: &CopiesFile, choose: Callback<NeighbourId>, ended: RwSignal<bool>) -> Option<impl IntoView + use<>> {
    let mut rows = file.given.clone();
    rows.sort_by_key(|row| !row.copy.stands());
    let choose = Callback::new(move |neighbour| {
        choose.run(neighbour);
        browser::focus_soon(MESSAGE);
    });
    (!rows.is_empty()).then(|| {
        let lines = rows
            .into_iter()
            .map(|row| view! { <GivenLine row=row headed_by=HeadedBy::Neighbour(choose) ended=ended /> });
        view! {
            <section aria-labelledby="given">
                <h2 id="given">{w::given()}</h2>
                <ul class="rows">{lines.collect_view()}</ul>
            </section>
        }
    })
}

/// Why nothing may be entrusted, in words.
pub fn why_words(why: &Why) -> String {
    why_not(why, w::never_given)
}
