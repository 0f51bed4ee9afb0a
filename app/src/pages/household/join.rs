//! Someone comes to live with another: who, and whether the address is the same.

use std::collections::BTreeSet;

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::households::HouseholdWrite;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::responses::PersonRow;
use maillon_shared::domain::ids::{HouseholdId, PersonId};

use super::form::{JoinForm, fields_since, lay};
use crate::door::answer;
use crate::routes::Route;
use crate::ui::error_summary::problem_of;
use crate::ui::{Choice, FormFrame, Opened, Problem, Save, Ticks, WhoField, load_once, when_loaded};
use crate::words::{household as w, note};
use crate::{browser, drafts};

/// The code of the one tick.
const SAME: &str = "same";

/// Who comes to live with someone.
#[component]
pub fn JoinPage(with: PersonId) -> impl IntoView {
    let loaded = load_once(move || async move {
        let mut people = answer!(Request::People, People(rows) => rows)?;
        let name = people.iter().find(|row| row.id == with).map(|row| row.name.clone()).unwrap_or_default();
        people.retain(|row| row.id != with);
        let home = HouseholdId(browser::random_id());
        let form = JoinForm { with, home, person: None, same_address: true };
        Ok((Opened::find(drafts::key("household", with), form, lay).await, people, name))
    });
    when_loaded(loaded, |opened| view! { <Join opened=opened.get_untracked() /> })
}

#[component]
fn Join(opened: (Opened<JoinForm>, Vec<PersonRow>, String)) -> impl IntoView {
    let (opened, people, name) = opened;
    let way_back = Route::Person(opened.before.with);
    let draw = |form: RwSignal<JoinForm>, problems: RwSignal<Vec<Problem>>| {
        let person = Signal::derive(move || form.with(|form| form.person));
        let set = Callback::new(move |person| form.update(|form| form.person = person));
        let choices = Signal::derive(|| vec![Choice::new(SAME, w::same_address())]);
        let ticked = Signal::derive(move || {
            let same = form.with(|form| form.same_address);
            same.then(|| SAME.to_owned()).into_iter().collect::<BTreeSet<_>>()
        });
        let toggle = Callback::new(move |_| form.update(|form| form.same_address = !form.same_address));
        let error = problem_of(problems, "who");
        view! {
            <p class="detail">{move || w::with(&name)}</p>
            <p class="error">{move || error.get()}</p>
            <WhoField legend=w::who people=people person=person set=set />
            <Ticks
                name="address"
                legend=w::address
                hint=w::address_hint
                choices=choices
                ticked=ticked
                toggle=toggle
            />
        }
    };
    view! {
        <FormFrame
            title=w::add
            way_back=way_back
            opened=opened
            fields=fields_since
            forget=note::start_again
            save=save
            draw=draw
        />
    }
}

fn save(form: &JoinForm, draft: DraftKey) -> Result<Save, Vec<Problem>> {
    let problem = |words: &str| vec![Problem { field: "who".into(), words: words.into() }];
    let person = form.person.ok_or_else(|| problem(w::needs_who()))?;
    if person == form.with {
        return Err(problem(w::oneself()));
    }
    let (with, home, same_address) = (form.with, form.home, form.same_address);
    let write = HouseholdWrite::Join { person, with, home, same_address, draft: Some(draft) };
    Ok(Save { request: Request::WriteHousehold(Box::new(write)), then: Route::Person(with) })
}
