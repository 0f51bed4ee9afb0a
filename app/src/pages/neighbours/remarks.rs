//! What both sides said beside a copy: who, when; and saying something more, which the other side reads.

use leptos::prelude::*;
use maillon_shared::api::Failure;
use maillon_shared::api::errors::Invalid;
use maillon_shared::api::neighbours::NeighbourRequest;
use maillon_shared::api::requests::{Draft, DraftKey};
use maillon_shared::domain::ids::{CopyId, LineId};
use maillon_shared::domain::person_copy::Remark;
use wasm_bindgen_futures::spawn_local;

use super::about;
use crate::drafts::{self, Fields};
use crate::session::write;
use crate::ui::{FailureNote, Text, TextArea};
use crate::words::{in_a_row, neighbours as w};
use crate::{browser, when};

const WORDS: &str = "words";

/// What was said, the first first.
#[component]
pub fn Remarks(remarks: Vec<Remark>) -> impl IntoView {
    let line = |Remark { day, by, words, .. }: Remark| {
        view! {
            <li>
                <span class="detail">{in_a_row([by, when::date(day, browser::today())])}</span>
                <span class="notes">{words}</span>
            </li>
        }
    };
    (!remarks.is_empty()).then(|| {
        view! { <ul class="remarks">{remarks.into_iter().map(line).collect_view()}</ul> }
    })
}

/// Saying something beside a copy.
#[component]
pub fn AddRemark(
    copy: CopyId,
    /// Where what is typed is kept.
    key: DraftKey,
    /// What was kept of it.
    draft: Option<Draft>,
    /// Whom it goes back to.
    to: String,
    /// The field's id: on a screen of several copies each has its own.
    #[prop(default = "remark".to_owned())]
    field: String,
) -> impl IntoView {
    let left = RwSignal::new(draft);
    let said = RwSignal::new(false);
    // A remark that was said leaves a new form behind, with nothing of it kept.
    let form = move || {
        let draft = left.get();
        view! { <RemarkForm copy=copy key=key.clone() draft=draft left=left said=said field=field.clone() /> }
    };
    view! {
        {form}
        <p role="status">{move || said.get().then(|| w::remark_said(&to))}</p>
    }
}

#[component]
fn RemarkForm(
    copy: CopyId,
    key: DraftKey,
    draft: Option<Draft>,
    left: RwSignal<Option<Draft>>,
    said: RwSignal<bool>,
    field: String,
) -> impl IntoView {
    let kept = draft.iter().flat_map(|draft| words_of(&Fields::read(&draft.content))).next().unwrap_or_default();
    let words = RwSignal::new(kept);
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    let keeper = drafts::keep(key.clone(), draft.as_ref(), move || words.with(|words| fields(words)));
    let focused = field.clone();
    let say = move || {
        let typed = words.get_untracked();
        if busy.get_untracked() {
            return;
        }
        if typed.trim().is_empty() {
            failure.set(Some(Failure::Invalid(Invalid::Empty)));
            return;
        }
        busy.set(true);
        failure.set(None);
        let id = LineId(browser::random_id());
        let asked = about(NeighbourRequest::Remark { copy, id, words: typed, draft: Some(key.clone()) });
        let saving = keeper.begin_save();
        let focused = focused.clone();
        spawn_local(async move {
            match write(asked).await {
                Ok(()) => {
                    if saving.done() {
                        said.try_set(true);
                        left.try_set(None);
                        browser::focus_soon(focused);
                    }
                }
                Err(why) => {
                    saving.failed();
                    busy.try_set(false);
                    failure.try_set(Some(why));
                }
            }
        });
    };
    let say = StoredValue::new_local(say);
    let say = move || say.with_value(|say| say());
    view! {
        <form
            novalidate=true
            inert=move || busy.get()
            on:submit=move |event| {
                event.prevent_default();
                say();
            }
        >
            <FailureNote failure=failure retry=Callback::new(move |()| say()) />
            <TextArea id=field label=w::remark hint=w::remark_hint text=Text::of(words) lines=3 />
            <p class="acts">
                <button type="submit" class="main">
                    {w::remark_do}
                </button>
            </p>
        </form>
    }
}

fn fields(words: &str) -> Fields {
    let mut fields = Fields::default();
    if !words.trim().is_empty() {
        fields.put(WORDS, words);
    }
    fields
}

fn words_of(fields: &Fields) -> Option<String> {
    fields.iter().find(|(name, _)| *name == WORDS).map(|(_, words)| words.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remark_left_is_found_again_and_an_empty_one_is_none() {
        let typed = "Vu jeudi.\nTout va bien.";
        assert_eq!(words_of(&Fields::read(&fields(typed).write())), Some(typed.to_owned()));
        assert!(fields(" \n").is_empty());
    }
}
