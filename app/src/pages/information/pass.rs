//! To whom an item was passed on: one line, noted in a few taps from the item's page.

use chrono::NaiveDate;
use leptos::prelude::*;
use maillon_shared::api::information::{InformationWrite, PASS_ON_DRAFT};
use maillon_shared::api::requests::DraftKey;
use maillon_shared::domain::clues::WrittenFor;
use maillon_shared::domain::ids::{InformationId, LineId};
use maillon_shared::domain::information::{Diffusion, InformationState};

use super::ask_one;
use super::form::{State, diffusion_fields};
use super::typed::{Reader, fields_with, say_diffusion, say_state};
use super::words::write;
use crate::pages::typed::{Typed, lay, wrong};
use crate::routes::{InformationRoute, Route};
use crate::ui::{CluesFound, FormFrame, Opened, Save, load_once, when_loaded};
use crate::words::{form as f, information as w};
use crate::{browser, drafts};

/// The day it was passed on.
const ON: &str = "on";

/// Whether something is left to do once it is passed on there. What is so now stands among the choices: noting a line changes
/// nothing else by itself.
fn offered(state: &InformationState) -> &'static [&'static str] {
    match state {
        InformationState::ToRead => &["to_read", "to_pass_on", "passed_on"],
        InformationState::SetAside(_) => &["to_pass_on", "passed_on", "set_aside"],
        _ => &["to_pass_on", "passed_on"],
    }
}

/// The form as it is opened on a day.
fn begun(state: &InformationState, today: NaiveDate) -> Typed {
    let mut form = Typed::default();
    let line = Diffusion { on: Some(today), ..Diffusion::empty(LineId([0; 16])) };
    say_diffusion(&mut form, &line, str::to_owned);
    say_state(&mut form, state);
    form
}

/// What a draft keeps: what is written, and the day it was opened on, which is not the day it is taken up again.
fn fields(opened: &Typed, form: &Typed) -> drafts::Fields {
    fields_with(opened, form, ON)
}

/// To whom an item was passed on.
#[component]
pub fn PassPage(id: InformationId) -> impl IntoView {
    let loaded = load_once(move || async move {
        let file = ask_one(id).await?;
        let form = begun(&file.item.state, browser::today());
        let opened = Opened::find(drafts::key(PASS_ON_DRAFT, id), form, lay).await;
        Ok((opened, file.item))
    });
    let there = Route::Information(InformationRoute::One(id));
    when_loaded(loaded, move |found| {
        let (opened, item) = found.get_untracked();
        let (then, choices) = (there.clone(), offered(&item.state));
        // Of one line, which is the same however often one tries to save it.
        let line = LineId(browser::random_id());
        let save = move |form: &Typed, draft: DraftKey| {
            let mut read = Reader::of(form);
            let mut after = item.clone();
            let passed = read.diffusion(line, str::to_owned);
            after.state = read.state(&item.state);
            let mut problems = read.problems;
            let beside_its_day = Diffusion { on: None, ..passed.clone() };
            if beside_its_day == Diffusion::empty(line) {
                wrong(&mut problems, "to", w::needs_whom());
            }
            if !problems.is_empty() {
                return Err(problems);
            }
            after.diffusions.push(passed);
            let changes = item.changes_to(&after);
            let request = write(InformationWrite::Edit { id, changes, draft: Some(draft) });
            Ok(Save { request, then: then.clone() })
        };
        let draw = move |form: RwSignal<Typed>, problems| {
            let texts = Memo::new(move |_| {
                let said = |name: &str| form.with(|form| form.said(name).trim().to_owned());
                Vec::from(["channel", "to"].map(said))
            });
            view! {
                <p class="hint">{w::diffusions_hint}</p>
                {diffusion_fields(form, problems, str::to_owned)}
                <State form=form problems=problems offered=choices />
                <CluesFound texts=texts written_for=WrittenFor::Project told_as=WrittenFor::Sheet />
            }
        };
        view! {
            <FormFrame
                title=w::pass
                way_back=there.clone()
                class="sheet"
                opened=opened
                fields=fields
                forget=f::draft_forget
                save=save
                draw=draw
            />
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn a_line_that_is_noted_leaves_what_is_to_be_done_as_it_was() {
        for state in [
            InformationState::ToRead,
            InformationState::ToPassOn,
            InformationState::PassedOn,
            InformationState::SetAside("trop loin".into()),
            InformationState::Unknown("archived".into()),
        ] {
            let form = begun(&state, day("2026-03-15"));
            let mut read = Reader::of(&form);
            assert_eq!(read.state(&state), state);
            assert!(read.problems.is_empty(), "{state:?}");
            let is_offered = offered(&state).contains(&form.said("state"));
            assert_eq!(is_offered, !matches!(state, InformationState::Unknown(_)), "{state:?}");
        }
    }

    #[test]
    fn a_draft_that_is_taken_up_another_day_says_the_day_it_was_begun() {
        let opened = begun(&InformationState::ToRead, day("2026-03-15"));
        assert!(fields(&opened, &opened).is_empty());
        let mut written = opened.clone();
        written.say("to", "Boulangerie");
        let mut again = begun(&InformationState::ToRead, day("2026-03-16"));
        lay(&mut again, &fields(&opened, &written));
        assert_eq!(again, written);
    }
}
