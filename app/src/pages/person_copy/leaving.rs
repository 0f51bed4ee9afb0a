//! What leaves, exactly, redrawn as one chooses; or why nothing may; and having it leave.

use leptos::prelude::*;
use maillon_shared::api::Failure;
use maillon_shared::api::neighbours::{CopiesFile, NeighbourAnswer, NeighbourRequest};
use maillon_shared::domain::consent::Why;
use maillon_shared::domain::ids::{CopyId, NeighbourId, PersonId};
use maillon_shared::domain::person_copy::{CopyChoice, PersonCopy};
use wasm_bindgen_futures::spawn_local;

use super::form::{CopyForm, standing};
use super::{MESSAGE, why_words};
use crate::door;
use crate::pages::liaison::{PartsView, parts_of};
use crate::pages::neighbours::{about, ask};
use crate::routes::Route;
use crate::ui::{FailureNote, load, when_loaded};
use crate::words::{consent, liaison, neighbours, person_copy as w};
use crate::{browser, drafts, when};

/// What would leave: nothing is asked before it is said to whom.
type Preview = Option<Result<PersonCopy, Why>>;

/// What leaves, and the button that has it leave.
#[component]
pub fn Leaving(
    file: Memo<CopiesFile>,
    form: RwSignal<CopyForm>,
    /// What one began with: what was just entrusted, from then on.
    before: RwSignal<CopyForm>,
    /// Whether what it is for was found missing.
    needs_message: RwSignal<bool>,
) -> impl IntoView {
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    let done = RwSignal::new(None::<(NeighbourId, String)>);
    let person = form.with_untracked(|form| form.person);
    let asked = Memo::new(move |_| form.with(CopyForm::choice));
    let preview = load(move || previewed(asked.get()));
    let give = move || {
        if busy.get_untracked() {
            return;
        }
        let leaving = form.get_untracked();
        let Some(choice) = leaving.choice() else { return };
        if choice.message.trim().is_empty() {
            needs_message.set(true);
            browser::focus(MESSAGE);
            return;
        }
        let (id, to) = file.with_untracked(|file| (id_of(file, choice.neighbour), name_of(file, choice.neighbour)));
        let neighbour = choice.neighbour;
        let draft = Some(drafts::key("copy", person));
        busy.set(true);
        failure.set(None);
        done.set(None);
        spawn_local(async move {
            // It is ended, never undone: undoing is not offered.
            match door::ask(about(NeighbourRequest::Copy { id, choice, draft })).await {
                Ok(_) => {
                    before.try_set(leaving);
                    needs_message.try_set(false);
                    done.try_set(Some((neighbour, to)));
                }
                Err(why) => {
                    failure.try_set(Some(why));
                }
            }
            busy.try_set(false);
        });
    };
    let label = move || {
        let stands = |form: &CopyForm| form.neighbour.is_some_and(|id| file.with(|file| standing(file, id).is_some()));
        if form.with(stands) { neighbours::update() } else { w::give() }
    };
    view! {
        {when_loaded(
            preview,
            move |preview| {
                move || match preview.get() {
                    None => view! { <p class="detail">{w::choose_whom}</p> }.into_any(),
                    Some(Err(why)) => refused(&why, person).into_any(),
                    Some(Ok(copy)) => {
                        view! {
                            <Shown copy=copy />
                            <p class="acts">
                                <button type="button" class="main" disabled=busy on:click=move |_| give()>
                                    {label}
                                </button>
                            </p>
                            <p class="detail">{w::trace}</p>
                        }
                            .into_any()
                    }
                }
            },
        )}
        <FailureNote failure=failure retry=Callback::new(move |()| give()) />
        <div role="status">{move || done.get().map(|(id, name)| said(id, name))}</div>
    }
}

async fn previewed(choice: Option<CopyChoice>) -> Result<Preview, Failure> {
    let Some(choice) = choice else { return Ok(None) };
    match ask(NeighbourRequest::Preview(choice)).await? {
        NeighbourAnswer::Preview(preview) => Ok(Some(preview)),
        _ => Err(Failure::NotUnderstood),
    }
}

/// The copy that stands with that neighbour is brought up to date: there are never two.
fn id_of(file: &CopiesFile, neighbour: NeighbourId) -> CopyId {
    standing(file, neighbour).map_or_else(|| CopyId(browser::random_id()), |row| row.copy.id)
}

fn name_of(file: &CopiesFile, neighbour: NeighbourId) -> String {
    let named = file.neighbours.iter().find(|(id, _)| *id == neighbour);
    named.map(|(_, name)| name.clone()).unwrap_or_default()
}

/// What leaves, as the neighbour will read it.
#[component]
fn Shown(copy: PersonCopy) -> impl IntoView {
    let until = copy.until.map(|day| view! { <p>{when::capital(neighbours::until(when::whole_date(day)))}</p> });
    view! {
        <section aria-labelledby="leaves">
            <h2 id="leaves">{liaison::leaves}</h2>
            <article class="liaison-sheet">
                <p>{liaison::about(&copy.name)}</p>
                <PartsView parts=parts_of(&copy.message, &copy.told) />
                {until}
            </article>
        </section>
    }
}

/// Why nothing may leave, and what to do about it.
fn refused(why: &Why, person: PersonId) -> impl IntoView + use<> {
    view! {
        <div class="state-note">
            <p>{why_words(why)}</p>
            <p class="acts">
                <a class="button" href=Route::GiveConsent(person).href()>
                    {liaison::note_consent()}
                </a>
                <a class="button" href=Route::Consents(person).href()>
                    {liaison::see_consents()}
                </a>
                <a class="button quiet" href=Route::Emergency(person).href()>
                    {consent::emergency()}
                </a>
            </p>
        </div>
    }
}

/// That it is entrusted, and when it leaves.
fn said(neighbour: NeighbourId, name: String) -> impl IntoView {
    let to = name.clone();
    view! {
        <p>
            <strong>{move || w::done(&name)}</strong>
        </p>
        <p class="acts">
            <a class="button" href=Route::Neighbour(neighbour).href()>
                {move || w::to_neighbour(&to)}
            </a>
        </p>
    }
}
