//! Opening a file that came from another device: who sent it, if they are not known yet; then what came of it.

use leptos::prelude::*;
use maillon_shared::api::Failure;
use maillon_shared::api::sharing::{
    CardRead, Company, CourierOpened, CourierTaken, DeviceKey, SharingAnswer, SharingRequest,
};
use wasm_bindgen_futures::spawn_local;

use super::{ComparedWords, Elsewhere, Exchange, about, see_came};
use crate::browser;
use crate::door::answer;
use crate::routes::{GroupRoute, Route};
use crate::session::session;
use crate::ui::FailureNote;
use crate::when;
use crate::words::{devices as w, groups, neighbours as n};

/// Opening a file that came.
#[component]
pub fn Open(here: Exchange) -> impl IntoView {
    let failure = RwSignal::new(None::<Failure>);
    let proposed = RwSignal::new(None::<(Vec<u8>, CardRead)>);
    let taken = here.taken;
    let accepted = RwSignal::new(false);
    let open = move |file: Vec<u8>, checked: Option<DeviceKey>| {
        failure.set(None);
        proposed.set(None);
        taken.set(None);
        let checked = checked.map(|key| (key, here.company));
        spawn_local(async move {
            let asked = SharingRequest::OpenCourier { file: file.clone(), checked };
            let opened = answer!(about(asked), Sharing(answer) => *answer);
            session().progress.set(None);
            match opened {
                Ok(SharingAnswer::Opened(CourierOpened::Proposes(card))) => {
                    proposed.try_set(Some((file, card)));
                }
                Ok(SharingAnswer::Opened(CourierOpened::Taken(came))) => {
                    accepted.try_set(checked.is_some());
                    taken.try_set(Some(came));
                    here.made.try_set(None);
                    here.ask_again();
                }
                Ok(_) => {
                    failure.try_set(Some(Failure::NotUnderstood));
                }
                Err(why) => {
                    failure.try_set(Some(why));
                }
            }
        });
    };
    let choose = move |input: web_sys::HtmlInputElement| {
        spawn_local(async move {
            let Some(file) = browser::chosen_file(&input).await else { return };
            input.set_value("");
            open(file, None);
        });
    };
    let compare = move |file: Vec<u8>, card: CardRead| {
        if card.company != here.company {
            return view! { <Elsewhere company=card.company /> }.into_any();
        }
        let id = card.id;
        view! {
            <Proposed card=card here=here />
            <p class="acts">
                <button type="button" class="main" on:click=move |_| open(file.clone(), Some(id))>
                    {w::same_words_join}
                </button>
                <button type="button" on:click=move |_| proposed.set(None)>
                    {w::not_same}
                </button>
            </p>
        }
        .into_any()
    };
    view! {
        <section class="card" aria-labelledby="open-courier">
            <h2 id="open-courier">{w::open}</h2>
            <p>{here.says(w::open_lead, n::open_lead)}</p>
            <FailureNote failure=failure />
            <div class="field">
                <label for="courier-file">{w::open_file}</label>
                <input
                    id="courier-file"
                    type="file"
                    accept=".age,application/octet-stream"
                    on:change:target=move |event| choose(event.target())
                />
            </div>
            <div role="status">
                {move || proposed.get().map(|(file, card)| compare(file, card))}
                {move || taken.get().map(|taken| view! { <Came taken=taken company=here.company accepted=accepted.get_untracked() /> })}
            </div>
        </section>
    }
}

/// Who proposes, their words, and what accepting means.
#[component]
fn Proposed(card: CardRead, here: Exchange) -> impl IntoView {
    let (name, called) = (card.name.clone(), card.name);
    let proposes = move || match here.company {
        Company::Own => w::proposes(&name),
        Company::Neighbour => n::proposes(&name),
    };
    let compare = move || match here.company {
        Company::Own => w::compare(&called),
        Company::Neighbour => n::compare(&called),
    };
    view! {
        <p>{proposes}</p>
        <p>{compare}</p>
        <ComparedWords words=card.words />
        <p class="state-note">{here.says(w::compare_warning, n::compare_warning)}</p>
        <p>{here.says(w::all_goes, n::nothing_yet)}</p>
    }
}

/// What came, in figures.
#[component]
fn Came(
    taken: CourierTaken,
    company: Company,
    /// Whether what was proposed was accepted just now.
    accepted: bool,
) -> impl IntoView {
    let CourierTaken { name, at, changed, erased, waiting, set_aside, two_versions, invited, from: _ } = taken;
    type Counted = fn(u32) -> String;
    let (changes, ends): (Counted, Counted) = match company {
        Company::Own => (w::changed, w::erased),
        Company::Neighbour => (n::changed, n::erased),
    };
    let counts = [
        (changed, changes),
        (two_versions.len() as u32, w::two_versions as Counted),
        (erased, ends),
        (waiting, w::waiting),
        (set_aside, w::set_aside),
        (invited, groups::invitations as Counted),
    ];
    let nothing = counts.iter().all(|(count, _)| *count == 0);
    let lines = counts.into_iter().filter(|(count, _)| *count > 0);
    let lines = lines.map(|(count, words)| view! { <li>{move || words(count)}</li> }).collect_view();
    let told = move || match (at.filter(|_| !nothing), company) {
        (None, Company::Neighbour) if accepted => n::joined(&name),
        (Some(at), Company::Own) => w::taken_from(&name, when::instant(at, browser::today())),
        (Some(at), Company::Neighbour) => n::taken_from(&name, when::instant(at, browser::today())),
        (None, Company::Own) => w::nothing_new(&name),
        (None, Company::Neighbour) => n::nothing_new(&name),
    };
    view! {
        <p>
            <strong>{told}</strong>
        </p>
        <ul class="what-came">{lines}</ul>
        {(changed > 0 || set_aside > 0).then(see_came)}
        {(invited > 0)
            .then(|| view! { <p><a href=Route::Groups(GroupRoute::List).href()>{groups::see_invitation}</a></p> })}
        {(changed > 0 || erased > 0).then(|| view! { <p>{w::then}</p> })}
    }
}
