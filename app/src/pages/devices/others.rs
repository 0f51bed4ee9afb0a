//! The other devices: what each lacks, the file that brings it, and having one leave.

use leptos::prelude::*;
use maillon_shared::api::Failure;
use maillon_shared::api::sharing::{OtherDevice, SharingRequest, SharingStatus};
use wasm_bindgen_futures::spawn_local;

use crate::browser;
use crate::door;
use crate::pages::exchange::courier::Courier;
use crate::pages::exchange::{Exchange, Troubles, about};
use crate::ui::FailureNote;
use crate::when;
use crate::words::{devices as w, network};

/// The other devices.
#[component]
pub fn Others(status: Memo<SharingStatus>, here: Exchange) -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="other-devices">
            <h2 id="other-devices">{w::others}</h2>
            {move || view! { <All status=status.get() here=here /> }}
        </section>
    }
}

#[component]
fn All(status: SharingStatus, here: Exchange) -> impl IntoView {
    let SharingStatus { others, left, untold, waiting, set_aside, is_member, administers, talks, .. } = status;
    let administrator = others.iter().find(|other| other.administers).map(|other| other.name.clone());
    let nobody = others.is_empty();
    let rows = others.into_iter().map(|other| {
        let (reachable, near) = (other.reachable, other.near);
        view! {
            <Other other=other untold=untold may_send=is_member may_remove=administers here=here>
                {near.then(|| view! { <p class="near">{network::near}</p> })}
                {(talks && !reachable).then(|| view! { <p class="detail">{network::unknown}</p> })}
            </Other>
        }
    });
    let rows = rows.collect_view();
    view! {
        {nobody.then(|| view! { <p>{w::nobody}</p> })}
            <ul class="devices">{rows}</ul>
            <Troubles waiting=waiting set_aside=set_aside />
            {(!left.is_empty())
                .then(|| {
                    let names = left.join(", ");
                    view! { <p class="detail">{move || w::left(&names)}</p> }
                })}
            {(is_member && !administers)
                .then(|| administrator.map(|name| view! { <p class="detail">{move || w::only_one_adds(&name)}</p> }))}
    }
}

#[component]
fn Other(
    other: OtherDevice,
    untold: u32,
    may_send: bool,
    may_remove: bool,
    here: Exchange,
    /// How it is reached through the network.
    children: Children,
) -> impl IntoView {
    let failure = RwSignal::new(None::<Failure>);
    let removing = RwSignal::new(false);
    let OtherDevice { id, name, unsent, answered, administers, last_heard, .. } = other;
    let remove = move || {
        failure.set(None);
        spawn_local(async move {
            match door::ask(about(SharingRequest::RemoveDevice(id))).await {
                Ok(_) => here.ask_again(),
                Err(why) => {
                    failure.try_set(Some(why));
                }
            }
        });
    };
    let called = name.clone();
    let heard =
        last_heard.map(|at| view! { <p class="detail">{move || w::heard(when::instant(at, browser::today()))}</p> });
    let asked_for = name.clone();
    view! {
        <li class="device">
            <p class="device-name">
                {name} {administers.then(|| view! { " " <span class="tag">{w::administers}</span> })}
            </p>
            {(unsent == 0 && untold == 0).then(|| view! { <p>{w::up_to_date}</p> })}
            {(unsent > 0).then(|| view! { <p>{move || w::unsent(unsent)}</p> })}
            {(untold > 0).then(|| view! { <p>{move || w::untold(untold)}</p> })}
            {(!answered).then(|| view! { <p class="detail">{w::never_answered}</p> })}
            {heard}
            {children()}
            <FailureNote failure=failure />
            <Courier id=id name=called label=|| w::make() may_send=may_send here=here>
                {may_remove
                    .then(|| {
                        view! {
                            <button type="button" on:click=move |_| removing.set(true) hidden=move || removing.get()>
                                {w::remove}
                            </button>
                        }
                    })}
            </Courier>
            <Show when=move || removing.get()>
                <div class="state-note">
                    <p>{
                        let name = asked_for.clone();
                        move || w::remove_sure(&name)
                    }</p>
                    <p class="acts">
                        <button type="button" class="danger" on:click=move |_| remove()>{w::remove_do}</button>
                        <button type="button" on:click=move |_| removing.set(false)>{w::keep}</button>
                    </p>
                </div>
            </Show>
        </li>
    }
}
