//! What came and was set aside: from whom, why in plain words, what one can do; taking it up all the same, or letting it
//! go.
//!
//! Nothing of it is in the notebook and nothing of it is thrown away: this screen alone decides, one thing at a time.

use leptos::prelude::*;
use maillon_shared::api::exchanges::{ExchangeAnswer, ExchangeRequest, SetAside, SetAsideWhy};
use maillon_shared::api::sharing::Company;
use maillon_shared::api::{Failure, one};
use maillon_shared::domain::ids::ActId;
use wasm_bindgen_futures::spawn_local;

use super::record::RecordLines;
use super::{about, decided};
use crate::browser;
use crate::door;
use crate::session::{Said, session};
use crate::ui::FailureNote;
use crate::when;
use crate::words::{Word, exchanges as w, in_a_row};

/// What came of deciding.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Decided {
    TakenUp { act: Option<ActId>, records: u32, unreadable: u32 },
    LetGo,
}

/// What was set aside.
#[component]
pub fn Aside(all: Memo<Vec<SetAside>>) -> impl IntoView {
    let came = RwSignal::new(None::<Decided>);
    let is_empty = Memo::new(move |_| all.with(Vec::is_empty));
    let may_take_up = Memo::new(move |_| all.with(|all| all.iter().any(|one| one.may_take_up)));
    view! {
        // What was decided about is not in the list any more, and the list may be gone with it.
        <div role="status">{move || came.get().map(told)}</div>
        <section class="set-aside" aria-labelledby="set-aside" hidden=move || is_empty.get()>
            <h2 id="set-aside">{w::aside}</h2>
            <p class="detail">{w::aside_lead}</p>
            <p class="detail" hidden=move || !may_take_up.get()>
                {w::take_up_lead}
            </p>
            <ul class="devices">
                // A line stays as it is while another is decided about: one may be in the middle of confirming.
                <For each=move || all.get() key=|one| (one.id, one.count, one.may_take_up) let:one>
                    <One one=one came=came />
                </For>
            </ul>
        </section>
    }
}

fn told(came: Decided) -> AnyView {
    match came {
        Decided::TakenUp { records: 0, unreadable, .. } => view! {
            <p>
                <strong>{w::taken_up_nothing}</strong>
            </p>
            {not_read(unreadable)}
        }
        .into_any(),
        Decided::TakenUp { records, unreadable, .. } => view! {
            <p>
                <strong>{move || w::taken_up(records)}</strong>
            </p>
            {not_read(unreadable)}
        }
        .into_any(),
        Decided::LetGo => view! {
            <p>
                <strong>{w::let_go_done}</strong>
            </p>
        }
        .into_any(),
    }
}

fn not_read(unreadable: u32) -> impl IntoView {
    (unreadable > 0).then(|| view! { <p>{move || w::unreadable(unreadable)}</p> })
}

async fn decide(asked: ExchangeRequest) -> Result<Decided, Failure> {
    let reply = door::ask(about(asked)).await?;
    match reply.only::<one::Exchange>().map(|answer| *answer) {
        Ok(ExchangeAnswer::TakenUp { act, records, unreadable }) => Ok(Decided::TakenUp { act, records, unreadable }),
        Ok(_) => Err(Failure::NotUnderstood),
        // Letting go answers that it is done, and nothing more.
        Err(_) => reply.only::<one::Done>().map(|()| Decided::LetGo),
    }
}

#[component]
fn One(one: SetAside, came: RwSignal<Option<Decided>>) -> impl IntoView {
    let SetAside { id, from, company, at, why, records, count, may_take_up } = one;
    let failure = RwSignal::new(None::<Failure>);
    let sure = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let act = move |asked: ExchangeRequest| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        failure.set(None);
        came.set(None);
        spawn_local(async move {
            let done = decide(asked).await;
            busy.try_set(false);
            match done {
                Ok(done) => {
                    if let Decided::TakenUp { act: Some(act), .. } = done {
                        session().said.set(Some(Said::Saved(act)));
                    }
                    came.try_set(Some(done));
                    decided();
                }
                Err(why) => {
                    failure.try_set(Some(why));
                }
            }
        });
    };
    let waits = move || busy.get().then_some("true");
    let from = move || match (from.is_empty(), company) {
        (true, Company::Own) => w::aside_from_unknown().to_owned(),
        (true, Company::Neighbour) => w::aside_from_unknown_neighbour().to_owned(),
        (false, Company::Own) => w::aside_from(&from),
        (false, Company::Neighbour) => w::aside_from_neighbour(&from),
    };
    let written = move || {
        let at = at.map(|at| w::written_there(when::instant(at, browser::today()))).unwrap_or_default();
        in_a_row([at, if count > 0 { w::aside_records(count) } else { String::new() }])
    };
    let known = (!records.is_empty()).then(|| {
        view! {
            <p class="detail">{w::aside_known}</p>
            <RecordLines records=records />
        }
    });
    let take_up = may_take_up.then(|| {
        view! {
            <button
                type="button"
                class="main"
                aria-disabled=waits
                on:click=move |_| act(ExchangeRequest::TakeUp(id))
            >
                {w::take_up}
            </button>
        }
    });
    view! {
        <li class="device">
            <p class="device-name">{from}</p>
            <p class="detail">{written}</p>
            <p>{why_words(why, company)}</p>
            {may_take_up.then(|| view! { <p>{w::may_take_up}</p> })}
            {known}
            <FailureNote failure=failure />
            <div class="acts">
                {take_up}
                <button type="button" on:click=move |_| sure.set(true) hidden=move || sure.get()>
                    {w::let_go}
                </button>
            </div>
            <Show when=move || sure.get()>
                <div class="state-note">
                    <p>{w::let_go_sure}</p>
                    <p class="acts">
                        <button
                            type="button"
                            class="danger"
                            aria-disabled=waits
                            on:click=move |_| act(ExchangeRequest::LetGo(id))
                        >
                            {w::let_go_do}
                        </button>
                        <button type="button" on:click=move |_| sure.set(false)>
                            {w::let_go_not}
                        </button>
                    </p>
                </div>
            </Show>
        </li>
    }
}

/// Why it was set aside: what it means, and what one can do about it.
fn why_words(why: SetAsideWhy, company: Company) -> Word {
    match (why, company) {
        (SetAsideWhy::Left, Company::Own) => w::why_left,
        (SetAsideWhy::Left, Company::Neighbour) => w::why_left_neighbour,
        (SetAsideWhy::Copied, Company::Own) => w::why_copied,
        (SetAsideWhy::Copied, Company::Neighbour) => w::why_copied_neighbour,
        (SetAsideWhy::NotAMember, Company::Own) => w::why_not_a_member,
        (SetAsideWhy::NotAMember, Company::Neighbour) => w::why_not_a_member_neighbour,
        (SetAsideWhy::Closed, _) => w::why_closed,
        (SetAsideWhy::Broken, _) => w::why_broken,
        (SetAsideWhy::RestsOnOther, _) => w::why_rests_on_other,
        (SetAsideWhy::Damaged, _) => w::why_damaged,
        (SetAsideWhy::Incomplete, _) => w::why_incomplete,
        (SetAsideWhy::NotTheirs, _) => w::why_not_theirs,
        (SetAsideWhy::TooNew, _) => w::why_too_new,
    }
}
