//! Two devices that make sure of each other: one waits, the other calls, both show four words.

use std::mem::discriminant;
use std::time::Duration;

use leptos::prelude::*;
use maillon_shared::api::Failure;
use maillon_shared::api::sharing::{
    Company, EndpointId, PairingFailure, PairingStage, PairingStatus, SharingAnswer, SharingRequest,
};
use maillon_shared::domain::time::Instant;
use wasm_bindgen_futures::spawn_local;

use super::{ComparedWords, Exchange, about};
use crate::browser;
use crate::door::answer;
use crate::failures;
use crate::session::session;
use crate::ui::{FailureNote, square};
use crate::when;
use crate::words::{devices, neighbours as n, network as w};

/// An invitation that nobody comes to ends by itself: it is looked at so often.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// Asks how far a pairing is, now and whenever the engine says that something changed.
pub fn follow(here: Exchange) {
    let look = move || {
        spawn_local(async move {
            let answered = answer!(about(SharingRequest::Pairing), Sharing(answer) => *answer);
            if let Ok(SharingAnswer::Pairing(status)) = answered {
                show(here, status);
            }
        });
    };
    Effect::new(move |_| {
        session().sharing.track();
        look();
    });
    let looks = set_interval_with_handle(
        move || {
            if here.pairing.try_get_untracked().flatten().is_some() {
                look();
            }
        },
        LOOK_EVERY,
    );
    if let Ok(looks) = looks {
        on_cleanup(move || looks.clear());
    }
}

/// Asks for something of a pairing, and shows how far it is then.
pub fn pair(here: Exchange, failure: RwSignal<Option<Failure>>, asked: SharingRequest) {
    failure.set(None);
    spawn_local(async move {
        match answer!(about(asked), Sharing(answer) => *answer) {
            Ok(SharingAnswer::Pairing(status)) => show(here, status),
            Ok(_) => {
                failure.try_set(Some(Failure::NotUnderstood));
            }
            Err(why) => {
                failure.try_set(Some(why));
            }
        }
    });
}

/// What is shown already is not drawn again: a button would leave the finger that is on it. A pairing of the other company
/// is shown on the other screen only: there its words mean something else.
fn show(here: Exchange, status: Option<PairingStatus>) {
    let status = status.filter(|status| status.company == here.company);
    if here.pairing.try_with_untracked(|shown| *shown != status) == Some(true) {
        here.pairing.try_set(status);
    }
}

/// The pairing that goes on, or how it ended.
#[component]
pub fn Pairing(here: Exchange) -> impl IntoView {
    let failure = RwSignal::new(None::<Failure>);
    let ask = move |asked| pair(here, failure, asked);
    let stop = move || {
        failure.set(None);
        spawn_local(async move {
            match crate::door::ask(about(SharingRequest::StopPairing)).await {
                Ok(_) => {
                    show(here, None);
                    here.ask_again();
                }
                Err(why) => {
                    failure.try_set(Some(why));
                }
            }
        });
    };
    let stage = move || {
        let PairingStatus { invites, stage, company: _ } = here.pairing.get()?;
        let shown = match stage {
            PairingStage::Waiting { code, until } => waiting(here, code, until).into_any(),
            PairingStage::Looking { found } => looking(here, found, ask).into_any(),
            PairingStage::Calling => view! { <p>{w::calling}</p> }.into_any(),
            PairingStage::Comparing { name, words, compared } => {
                comparing(here, invites, name, words, compared, ask).into_any()
            }
            PairingStage::Joined { name } => view! { <p>{move || joined(here, invites, &name)}</p> }.into_any(),
            PairingStage::Failed(why) => view! { <p class="state-note">{move || said_of(why)}</p> }.into_any(),
        };
        Some(shown)
    };
    let end = move || match here.pairing.get().map(|status| status.stage) {
        Some(PairingStage::Joined { .. }) => w::close(),
        Some(PairingStage::Failed(_)) => w::again(),
        _ => w::stop(),
    };
    // It began below, or from the other device: what is to be done now is brought under the eyes.
    let kind =
        Memo::new(move |_| here.pairing.with(|status| status.as_ref().map(|status| discriminant(&status.stage))));
    Effect::new(move |_| {
        kind.track();
        browser::focus_soon("pairing");
    });
    view! {
        <section class="card pairing" aria-labelledby="pairing">
            <h2 id="pairing" tabindex="-1">
                {here.says(w::pairing, n::pairing)}
            </h2>
            <FailureNote failure=failure />
            <div role="status">{stage}</div>
            <p class="acts">
                <button type="button" on:click=move |_| stop()>{end}</button>
            </p>
        </section>
    }
}

fn waiting(here: Exchange, code: Option<String>, until: Instant) -> impl IntoView {
    let hour = when::hour(until.hour());
    let square = code.as_deref().and_then(|code| square::square(&code.to_uppercase()));
    view! {
        <p>{here.says(w::waiting, n::pairing_waiting)}</p>
        <p class="detail">{move || w::until(&hour)}</p>
        {match code {
            None => view! { <p class="state-note">{w::no_network}</p> }.into_any(),
            Some(code) => {
                view! {
                    <p>{w::code}</p>
                    <p class="code" translate="no">
                        {code}
                    </p>
                    {square.map(|svg| view! { <div class="square" inner_html=svg></div> })}
                }
                    .into_any()
            }
        }}
    }
}

fn looking(
    here: Exchange,
    found: Vec<EndpointId>,
    ask: impl Fn(SharingRequest) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let several = found.len() > 1;
    let told = match found.len() {
        0 => w::looking,
        1 => here.says(w::found, n::found),
        _ => here.says(w::found_many, n::found_many),
    };
    let none = found.is_empty();
    let buttons = found.into_iter().zip(1_u32..).map(|(id, nth)| {
        let words = move || if several { w::call_nth(nth) } else { w::call().to_owned() };
        view! {
            <button type="button" class="main" on:click=move |_| ask(SharingRequest::JoinFound(id))>
                {words}
            </button>
        }
    });
    view! {
        <p>{told}</p>
        {none.then(|| view! { <p class="detail">{w::looking_hint}</p> })}
        <p class="acts">{buttons.collect_view()}</p>
    }
}

fn comparing(
    here: Exchange,
    invites: bool,
    name: String,
    words: Vec<String>,
    compared: bool,
    ask: impl Fn(SharingRequest) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let (asked, waited) = (name.clone(), name);
    let all = here.says(if invites { devices::gets_all } else { devices::all_goes }, n::nothing_yet);
    let asks = move || match here.company {
        Company::Own => w::compare(&asked),
        Company::Neighbour => n::compare_four(&asked),
    };
    let waits = move || match here.company {
        Company::Own => w::other_compares(&waited),
        Company::Neighbour => n::other_compares(&waited),
    };
    view! {
        <p>{asks}</p>
        <ComparedWords words=words />
        {if compared {
            view! { <p>{waits}</p> }.into_any()
        } else {
            view! {
                <p class="state-note">{w::compare_hint}</p>
                <p>{all}</p>
                <p class="acts">
                    <button
                        type="button"
                        class="main"
                        on:click=move |_| ask(SharingRequest::Compared { same: true })
                    >
                        {w::same}
                    </button>
                    <button type="button" on:click=move |_| ask(SharingRequest::Compared { same: false })>
                        {w::different}
                    </button>
                </p>
            }
                .into_any()
        }}
    }
}

fn joined(here: Exchange, invites: bool, name: &str) -> String {
    match (here.company, invites) {
        (Company::Own, true) => w::let_join(name),
        (Company::Own, false) => w::joined(name),
        (Company::Neighbour, _) => n::joined(name),
    }
}

fn said_of(why: PairingFailure) -> String {
    match why {
        PairingFailure::Different => w::failed_different().to_owned(),
        PairingFailure::TooLate => w::failed_too_late().to_owned(),
        PairingFailure::Unreachable => w::failed_unreachable().to_owned(),
        PairingFailure::Refused => w::failed_refused().to_owned(),
        PairingFailure::Cut => w::failed_cut().to_owned(),
        PairingFailure::Broken => w::failed_broken().to_owned(),
        PairingFailure::NotShared(why) => failures::sentence(&Failure::NotShared(why)),
    }
}
