//! Which of the things planned a note accomplishes.

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::domain::follow_up::{FollowUp, FollowUpKind};
use maillon_shared::domain::ids::{FollowUpId, PersonId};
use wasm_bindgen_futures::spawn_local;

use super::form::NoteForm;
use crate::door::answer;
use crate::ui::follow_up::what;
use crate::ui::{Chips, Choice};
use crate::words::note as w;
use crate::{browser, when};

/// What is planned for so many days ahead may be what just happened.
const AHEAD_DAYS: i64 = 7;

/// Which of the things planned this was; the first one due is taken to be, and one may say otherwise.
#[component]
pub fn Accomplishes(
    form: RwSignal<NoteForm>,
    /// Whether the note was taken up again: what was said of this then holds.
    is_draft: bool,
) -> impl IntoView {
    let person = Memo::new(move |_| form.with(|form| form.encounter.person));
    let open = RwSignal::new(Vec::<FollowUp>::new());
    let today = browser::today();
    Effect::new(move |before: Option<Option<PersonId>>| {
        let person = person.get();
        open.set(Vec::new());
        let is_other = before.is_some_and(|before| before != person);
        if is_other {
            // Another person's follow-up is not accomplished by this.
            form.update(|form| form.completes = None);
        }
        let proposes = is_other || (before.is_none() && !is_draft);
        if let Some(id) = person {
            spawn_local(async move {
                let found = answer!(Request::Person(id), Person(file) => file.open);
                let mut found = found.unwrap_or_default();
                found.retain(|one| is_contact(one) && (one.due - today).num_days() <= AHEAD_DAYS);
                let first = found.first().filter(|one| one.due <= today).map(|one| one.id);
                if open.try_set(found).is_none() && proposes {
                    form.try_update(|form| form.completes = form.completes.or(first));
                }
            });
        }
        person
    });
    let choices = Signal::derive(move || {
        let planned = open
            .get()
            .into_iter()
            .map(|one| Choice::new(one.id.to_string(), w::planned(what(&one), when::day(one.due, today))));
        planned.chain([Choice::new("", w::nothing_planned())]).collect::<Vec<_>>()
    });
    let chosen = Signal::derive(move || form.with(|form| form.completes.map(|id| id.to_string()).unwrap_or_default()));
    // What was planned stays to do after a bell that nobody answers, or a word with someone else about the person.
    let is_contact_made = move || form.with(|form| form.encounter.meets_the_person());
    let choose = Callback::new(move |code: String| form.update(|form| form.completes = FollowUpId::parse(&code)));
    view! {
        <Show when=move || is_contact_made() && !open.with(Vec::is_empty)>
            <Chips name="completes" legend=|| w::completes() choices=choices chosen=chosen choose=choose />
        </Show>
    }
}

fn is_contact(follow_up: &FollowUp) -> bool {
    matches!(follow_up.kind, FollowUpKind::Contact | FollowUpKind::Visit | FollowUpKind::Call)
}
