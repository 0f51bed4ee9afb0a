//! The frame of a form that is filled in one go: the way out, the draft found again, what is to be mended, the bar that
//! saves.
//!
//! A screen says what the form holds, what is wrong with it and what to ask for; that nothing typed is lost, and that
//! nothing is saved twice, is seen to here.

use leptos::prelude::*;
use maillon_shared::api::requests::{Draft, DraftKey};
use maillon_shared::api::{Failure, Request};
use wasm_bindgen_futures::spawn_local;

use super::error_summary::{ErrorSummary, Problem};
use super::failure_note::FailureNote;
use super::save_bar::{FORM, SaveBar};
use super::title::{Back, Title};
use crate::drafts::{self, Fields, Keeper};
use crate::routes::{self, Route};
use crate::session::write;
use crate::words::{Word, form as w};
use crate::{browser, when};

/// What a form is opened with.
#[derive(Clone, PartialEq)]
pub struct Opened<T> {
    key: DraftKey,
    /// What a draft is compared with, and what is shown again once the draft is thrown away.
    pub before: T,
    /// What is shown first: the same, with the draft laid over it.
    pub first: T,
    /// The draft, if one was left.
    pub draft: Option<Draft>,
}

impl<T: Clone> Opened<T> {
    /// Looks for the draft that was left of a form.
    pub async fn find(key: DraftKey, before: T, lay: fn(&mut T, &Fields)) -> Self {
        let draft = drafts::find(&key).await;
        let mut first = before.clone();
        if let Some(draft) = &draft {
            lay(&mut first, &Fields::read(&draft.content));
        }
        Opened { key, before, first, draft }
    }
}

/// What saves a form, and where one is then.
pub struct Save {
    /// What is asked for.
    pub request: Request,
    /// The screen that takes the form's place.
    pub then: Route,
}

/// A form and all that goes around it.
#[component]
pub fn FormFrame<T, S, D, V>(
    /// What the form is.
    title: Word,
    /// Where one goes when leaving it.
    way_back: Route,
    /// Its class in the style sheet.
    #[prop(optional)]
    class: &'static str,
    /// What it is opened with.
    opened: Opened<T>,
    /// What a draft keeps: the differences between what it was opened with and what it holds now.
    fields: fn(&T, &T) -> Fields,
    /// What throws the draft away.
    forget: Word,
    /// What saves it, or all that is to be mended before. The request ends the draft of that key.
    save: S,
    /// The fields, and what is wrong with them.
    draw: D,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
    S: Fn(&T, DraftKey) -> Result<Save, Vec<Problem>> + 'static,
    D: FnOnce(RwSignal<T>, RwSignal<Vec<Problem>>) -> V,
    V: IntoView + 'static,
{
    let Opened { key, before, first, draft } = opened;
    let form = RwSignal::new(first);
    let problems = RwSignal::new(Vec::<Problem>::new());
    let compared = before.clone();
    let keeper = drafts::keep(key.clone(), draft.as_ref(), move || form.with(|now| fields(&compared, now)));
    let save = move || form.with_untracked(|form| save(form, key.clone()));
    let begin_again = move || form.set(before.clone());
    let drawn = draw(form, problems).into_any();
    let found = draft.map(|draft| found(draft, forget, Box::new(begin_again)));
    let around = Around { title, way_back, class, problems };
    around.draw(keeper, Box::new(save), found, drawn)
}

/// What goes around a form, whatever it holds: every form would otherwise have its own copy of it in the program.
struct Around {
    title: Word,
    way_back: Route,
    class: &'static str,
    problems: RwSignal<Vec<Problem>>,
}

fn found(draft: Draft, forget: Word, begin_again: Box<dyn Fn() + Send>) -> AnyView {
    let at = draft.at;
    view! {
        <div class="draft-note">
            <p>{move || w::draft_found(when::instant(at, browser::today()))}</p>
            <button type="button" class="quiet" on:click=move |_| begin_again()>
                {forget}
            </button>
        </div>
    }
    .into_any()
}

impl Around {
    fn draw(
        self,
        keeper: Keeper,
        save: Box<dyn Fn() -> Result<Save, Vec<Problem>>>,
        found: Option<AnyView>,
        drawn: AnyView,
    ) -> AnyView {
        let Around { title, way_back, class, problems } = self;
        let failure = RwSignal::new(None::<Failure>);
        let busy = RwSignal::new(false);
        let send = move || {
            if busy.get_untracked() {
                return;
            }
            let Save { request, then } = match save() {
                Ok(save) => save,
                Err(found) => {
                    problems.set(found);
                    return;
                }
            };
            problems.set(Vec::new());
            failure.set(None);
            busy.set(true);
            let saving = keeper.begin_save();
            spawn_local(async move {
                match write(request).await {
                    Ok(_) => {
                        if saving.done() {
                            routes::go_instead(&then);
                        }
                    }
                    Err(why) => {
                        saving.failed();
                        busy.set(false);
                        failure.set(Some(why));
                    }
                }
            });
        };
        let send = StoredValue::new_local(send);
        let send = move || send.with_value(|send| send());
        view! {
            <Back to=way_back label=w::leave />
            <Title>{title}</Title>
            {found}
            <form
                novalidate=true
                id=FORM
                inert=move || busy.get()
                class=class
                on:submit=move |event| {
                    event.prevent_default();
                    send();
                }
            >
                <ErrorSummary problems=problems />
                <FailureNote failure=failure retry=Callback::new(move |()| send()) />
                {drawn}
                <SaveBar label=w::save busy=busy />
            </form>
        }
        .into_any()
    }
}
