//! What was said of someone in danger, in the sensitive tier: shown to who asks, and each opening is written.

use leptos::prelude::*;
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::ids::{AlertId, PersonId};
use maillon_shared::domain::safeguarding::Account;
use wasm_bindgen_futures::spawn_local;

use super::words::moment;
use crate::door::answer;
use crate::routes::{AlertRoute, Doing, Route};
use crate::ui::{Back, FailureNote, Icon, Shape, Title, load_once, when_loaded};
use crate::words::{alert as w, in_a_row};

/// What was said of whom an alert is about.
#[component]
pub fn AccountsPage(id: AlertId) -> impl IntoView {
    let loaded =
        load_once(
            move || async move { answer!(Request::Alert(id), Alert(file) => (file.alert.person(), file.accounts)) },
        );
    view! {
        <Back to=Route::Alert(AlertRoute::One(id)) label=w::alert />
        <Title>{w::accounts}</Title>
        {when_loaded(
            loaded,
            move |loaded| {
                let (person, count) = loaded.get_untracked();
                person.map(|person| view! { <Kept alert=id person=person count=count /> })
            },
        )}
    }
}

#[component]
fn Kept(alert: AlertId, person: PersonId, count: u32) -> impl IntoView {
    let shown = RwSignal::new(None::<Vec<Account>>);
    let failure = RwSignal::new(None::<Failure>);
    let ask = move |_| {
        spawn_local(async move {
            match answer!(Request::Accounts(person), Accounts(accounts) => accounts) {
                Ok(accounts) => {
                    failure.try_set(None);
                    shown.try_set(Some(accounts));
                }
                Err(why) => {
                    failure.try_set(Some(why));
                }
            }
        });
    };
    let is_shown = Memo::new(move |_| shown.with(Option::is_some));
    view! {
        <p class="detail">{w::accounts_lead}</p>
        <FailureNote failure=failure />
        <p class="acts">
            <button
                type="button"
                class="main"
                hidden=move || is_shown.get() || count == 0
                on:click=ask
            >
                {w::accounts_show(count)}
            </button>
            <button type="button" hidden=move || !is_shown.get() on:click=move |_| shown.set(None)>
                {w::accounts_hide}
            </button>
            <a class="button" href=Route::Alert(AlertRoute::Do(alert, Doing::Keep)).href()>{w::do_keep}</a>
        </p>
        <p class="empty" hidden=count != 0>{w::no_account}</p>
        <ul class="rows accounts">
            {move || shown.get().unwrap_or_default().into_iter().map(line).collect_view()}
        </ul>
    }
}

fn line(account: Account) -> impl IntoView {
    let Account { at, said, by, to, proof, .. } = account;
    let by = (!by.is_empty()).then(|| w::by(by));
    let to = (!to.is_empty()).then(|| w::told_to(to));
    let proof = (!proof.is_empty()).then(|| w::shown_by(proof));
    view! {
        <li>
            <Icon shape=Shape::Lock />
            <span class="row-head">
                <span class="who">{in_a_row([by, to].into_iter().flatten())}</span>
                <span class="when">{moment(at)}</span>
            </span>
            <div class="why">
                <p class="notes">{said.as_str().to_owned()}</p>
                <p>{proof}</p>
            </div>
        </li>
    }
}
