//! To whom an item was passed on: one line, noted in a few taps from the item's page.

use leptos::prelude::*;
use maillon_shared::api::information::{InformationWrite, PASS_ON_DRAFT};
use maillon_shared::api::requests::DraftKey;
use maillon_shared::domain::ids::{InformationId, LineId};
use maillon_shared::domain::information::{Diffusion, InformationState};

use super::ask_one;
use super::form::{State, diffusion_fields};
use super::typed::{Reader, say_diffusion, state_code};
use super::words::write;
use crate::pages::typed::{Typed, fields_since, lay, wrong};
use crate::routes::{InformationRoute, Route};
use crate::ui::{FormFrame, Opened, Save, load_once, when_loaded};
use crate::words::{form as f, information as w};
use crate::{browser, drafts};

/// Whether something is left to do once it is passed on there.
const STATES: [&str; 2] = ["to_pass_on", "passed_on"];

/// To whom an item was passed on.
#[component]
pub fn PassPage(id: InformationId) -> impl IntoView {
    let loaded = load_once(move || async move {
        let file = ask_one(id).await?;
        let mut form = Typed::default();
        let today = Diffusion { on: Some(browser::today()), ..Diffusion::empty(LineId([0; 16])) };
        say_diffusion(&mut form, &today, str::to_owned);
        let state = match &file.item.state {
            InformationState::PassedOn => InformationState::PassedOn,
            _ => InformationState::ToPassOn,
        };
        form.say("state", state_code(&state));
        let opened = Opened::find(drafts::key(PASS_ON_DRAFT, id), form, lay).await;
        Ok((opened, file.item))
    });
    let there = Route::Information(InformationRoute::One(id));
    when_loaded(loaded, move |found| {
        let (opened, item) = found.get_untracked();
        let then = there.clone();
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
        view! {
            <FormFrame
                title=w::pass
                way_back=there.clone()
                class="sheet"
                opened=opened
                fields=fields_since
                forget=f::draft_forget
                save=save
                draw=move |form, problems| {
                    view! {
                        <p class="hint">{w::diffusions_hint}</p>
                        {diffusion_fields(form, problems, str::to_owned)}
                        <State form=form problems=problems offered=&STATES />
                    }
                }
            />
        }
    })
}
