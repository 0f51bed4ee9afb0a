//! How far the exchanges with others are, all in one place: what two people wrote at once, what came, what is to be
//! carried and to whom, what was set aside and why.
//!
//! Exchanging itself is done on the screens of the devices and of the neighbours (`devices`, `neighbours`); this one
//! says what came of it, and has the user choose what no program should.

mod aside;
mod came;
mod record;
mod whom;

use leptos::prelude::*;
use maillon_shared::api::exchanges::{ExchangeAnswer, ExchangeRequest, Exchanges};
use maillon_shared::api::{Failure, Request};

use crate::door::answer;
use crate::routes::{GroupRoute, Route};
use crate::session::session;
use crate::ui::{Back, Title, load, when_loaded};
use crate::words::{devices, exchanges as w, groups, more, neighbours};

use aside::Aside;
use came::Came;
use record::RecordLines;
use whom::whom_row;

/// A request about exchanges.
fn about(asked: ExchangeRequest) -> Request {
    Request::Exchange(Box::new(asked))
}

/// Everything of it.
async fn all() -> Result<Exchanges, Failure> {
    match answer!(about(ExchangeRequest::All), Exchange(answer) => *answer)? {
        ExchangeAnswer::All(all) => Ok(*all),
        _ => Err(Failure::NotUnderstood),
    }
}

/// Something of it was decided here: this screen and the mark in the frame ask again.
fn decided() {
    session().sharing.update(|changes| *changes += 1);
}

/// How far the exchanges are.
#[component]
pub fn ExchangesPage() -> impl IntoView {
    let loaded = load(|| {
        session().sharing.track();
        all()
    });
    view! {
        <Back to=Route::More label=more::title />
        <Title>{w::title}</Title>
        {when_loaded(loaded, |shown| view! { <All shown=shown /> })}
    }
}

#[component]
fn All(shown: RwSignal<Exchanges>) -> impl IntoView {
    let two_versions = Memo::new(move |_| shown.with(|all| all.two_versions.clone()));
    let came = Memo::new(move |_| shown.with(|all| all.came.clone()));
    let with = Memo::new(move |_| shown.with(|all| all.with.clone()));
    let set_aside = Memo::new(move |_| shown.with(|all| all.set_aside.clone()));
    let waiting = Memo::new(move |_| shown.with(|all| all.waiting));
    let asked = Memo::new(move |_| shown.with(|all| all.mark.asked));
    let shares = Memo::new(move |_| shown.with(|all| all.mark.shares));
    let is_quiet = Memo::new(move |_| shown.with(is_quiet));
    view! {
        <Show when=move || !shares.get()>
            <div class="empty">
                <p>{w::nothing_shared}</p>
                <p>{w::nothing_shared_how}</p>
                <p class="acts">
                    <a class="button" href=Route::Devices.href()>{devices::title}</a>
                    <a class="button" href=Route::Neighbours.href()>{neighbours::title}</a>
                </p>
            </div>
        </Show>
        <p class="all-quiet" hidden=move || !is_quiet.get()>
            <strong>{w::quiet}</strong>
        </p>
        <p class="state-note" hidden=move || asked.get() == 0>
            <span>{move || groups::invitations(asked.get())}</span>
            <a href=Route::Groups(GroupRoute::List).href()>{groups::see_invitation}</a>
        </p>
        <section aria-labelledby="two-versions" hidden=move || two_versions.with(Vec::is_empty)>
            <h2 id="two-versions">{w::look}</h2>
            <p class="detail">{w::look_lead}</p>
            {move || view! { <RecordLines records=two_versions.get() /> }}
        </section>
        <Came came=came />
        <section aria-labelledby="with-whom" hidden=move || with.with(Vec::is_empty)>
            <h2 id="with-whom">{w::with}</h2>
            <ul class="rows">{move || with.with(|with| with.iter().map(whom_row).collect_view())}</ul>
        </section>
        <Aside all=set_aside />
        {move || Some(waiting.get()).filter(|waiting| *waiting > 0).map(waits)}
    }
}

/// Whether everything went and nothing waits for the user, where there is someone to exchange with.
fn is_quiet(all: &Exchanges) -> bool {
    let carried = all.mark.unsent == 0 && all.with.iter().all(|with| with.unsent == 0);
    let looked_at = all.came.is_empty() && all.two_versions.is_empty() && all.set_aside.is_empty();
    all.mark.shares && carried && looked_at && all.mark.asked == 0 && all.waiting == 0
}

/// That something waits for what it rests on.
fn waits(waiting: u32) -> impl IntoView {
    view! { <p class="state-note">{move || devices::waiting(waiting)}</p> }
}
