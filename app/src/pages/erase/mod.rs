//! Someone's data: all of it as a file for them, or destroyed for good. What cannot be taken back is asked for twice.

mod slip;

use std::collections::BTreeSet;

use leptos::prelude::*;
use maillon_shared::api::responses::{DueCampaign, DuePerson, DueRequest, EliminationSlip, Hit, Retention};
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::ids::PersonId;
use wasm_bindgen_futures::spawn_local;

use crate::door::{self, answer};
use crate::pages::person::topic_words;
use crate::pages::register::{DueEntries, StaysInTheRegister};
use crate::routes::{self, CareRoute, Route};
use crate::session::{Said, session};
use crate::ui::{Back, FailureNote, Title, load, load_once, when_loaded};
use crate::words::{erase as w, more};
use crate::{browser, when};

use slip::Slip;
pub use slip::kind_words;

/// One person's data: the file, and the erasure.
#[component]
pub fn DataPage(person: PersonId) -> impl IntoView {
    let loaded = load_once(move || async move {
        let (name, register) = answer!(
            Request::Person(person),
            Person(file) => (file.person.display_name(), file.register)
        )?;
        let mentions = answer!(Request::Mentions(person), Found(hits) => hits)?;
        let slip = answer!(Request::EliminationSlip(vec![person]), Slip(slip) => *slip)?;
        Ok::<_, Failure>((name, register, mentions, slip))
    });
    view! {
        <Back to=Route::Person(person) label=w::back />
        {when_loaded(
            loaded,
            move |data| {
                let (name, register, mentions, slip) = data.get_untracked();
                view! {
                    // On paper only the slip is left: it goes to the archives, and names nobody.
                    <div class="unprinted">
                        <Title>{w::title}</Title>
                        <p class="detail">{name}</p>
                    </div>
                    <section class="card unprinted" aria-labelledby="pack">
                        <h2 id="pack">{w::pack}</h2>
                        <Pack person=person />
                    </section>
                    <section class="card" aria-labelledby="erasing">
                        <div class="unprinted">
                            <h2 id="erasing">{w::erase}</h2>
                            <p>{w::erase_lead}</p>
                            <StaysInTheRegister link=register />
                            <Mentions hits=mentions />
                        </div>
                        <Destroy
                            people=vec![person]
                            slip=slip
                            done=Callback::new(|()| routes::go_instead(&Route::People))
                        />
                    </section>
                }
            },
        )}
    }
}

#[component]
fn Pack(person: PersonId) -> impl IntoView {
    let failure = RwSignal::new(None::<Failure>);
    let save = move || {
        failure.set(None);
        spawn_local(async move {
            let handed = match answer!(Request::PersonalData(person), File(file) => file) {
                Ok(file) => door::hand_over(file).await,
                Err(why) => Err(why),
            };
            match handed {
                Ok(place) => session().said.set(Some(Said::Handed(place))),
                Err(why) => {
                    failure.try_set(Some(why));
                }
            }
        });
    };
    view! {
        <p>{w::pack_lead}</p>
        <FailureNote failure=failure retry=Callback::new(move |()| save()) />
        <button type="button" on:click=move |_| save()>{w::pack_do}</button>
    }
}

/// Where the person is named elsewhere: an erasure leaves these words, which only someone can judge.
#[component]
fn Mentions(hits: Vec<Hit>) -> impl IntoView {
    (!hits.is_empty()).then(|| {
        let line = |hit: Hit| view! { <li>{hit.title} " " <span class="detail">{hit.detail}</span></li> };
        view! {
            <h3>{w::mentions}</h3>
            <p class="detail">{w::mentions_lead}</p>
            <ul>{hits.into_iter().map(line).collect_view()}</ul>
        }
    })
}

/// The slip, the signature, and the button that cannot be undone.
#[component]
fn Destroy(people: Vec<PersonId>, slip: EliminationSlip, done: Callback<()>) -> impl IntoView {
    let sure = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let failure = RwSignal::new(None::<Failure>);
    let count = people.len() as u32;
    let people = StoredValue::new(people);
    let erase = move || {
        if busy.get_untracked() || !sure.get_untracked() {
            return;
        }
        busy.set(true);
        failure.set(None);
        spawn_local(async move {
            let erased = answer!(Request::ErasePeople(people.get_value()), Erased(erased) => erased);
            busy.try_set(false);
            match erased {
                Ok(_) => drop(done.try_run(())),
                Err(why) => {
                    failure.try_set(Some(why));
                }
            }
        });
    };
    view! {
        <Slip slip=slip />
        <label class="chip sure unprinted" for="erase-sure">
            <input
                type="checkbox"
                id="erase-sure"
                prop:checked=move || sure.get()
                on:change:target=move |event| sure.set(event.target().checked())
            />
            <span>{w::sure}</span>
        </label>
        <FailureNote failure=failure retry=Callback::new(move |()| erase()) />
        <button
            type="button"
            class="danger"
            aria-disabled=move || (busy.get() || !sure.get()).then_some("true")
            on:click=move |_| erase()
        >
            {move || w::erase_do(count)}
        </button>
    }
}

/// Whose time is over: looked at, unticked where someone still counts, then destroyed with a slip.
#[component]
pub fn RetentionPage() -> impl IntoView {
    let loaded = load(|| async { answer!(Request::Retention, Retention(due) => *due) });
    view! {
        <Back to=Route::More label=more::title />
        <div class="unprinted">
            <Title>{w::retention}</Title>
            <p>{w::retention_lead}</p>
        </div>
        {when_loaded(loaded, |due| view! { <Due due=due /> })}
    }
}

#[component]
fn Due(due: RwSignal<Retention>) -> impl IntoView {
    let today = browser::today();
    let kept = RwSignal::new(BTreeSet::<PersonId>::new());
    let slip = RwSignal::new(None::<(Vec<PersonId>, EliminationSlip)>);
    let failure = RwSignal::new(None::<Failure>);
    let chosen = move || {
        due.with(|due| due.people.iter().map(|one| one.id).filter(|id| !kept.with(|kept| kept.contains(id))).collect())
    };
    let make = move || {
        let people: Vec<PersonId> = chosen();
        if people.is_empty() {
            return;
        }
        failure.set(None);
        spawn_local(async move {
            match answer!(Request::EliminationSlip(people.clone()), Slip(slip) => *slip) {
                Ok(made) => {
                    slip.try_set(Some((people, made)));
                }
                Err(why) => {
                    failure.try_set(Some(why));
                }
            }
        });
    };
    let line = move |DuePerson { id, name, last, due_on }: DuePerson| {
        let field = format!("due-{id}");
        let labels = field.clone();
        view! {
            <li>
                <label class="chip" for=labels>
                    <input
                        type="checkbox"
                        id=field
                        prop:checked=move || !kept.with(|kept| kept.contains(&id))
                        on:change=move |_| {
                            slip.set(None);
                            kept.update(|kept| {
                                if !kept.remove(&id) {
                                    kept.insert(id);
                                }
                            });
                        }
                    />
                    <span>{name}</span>
                </label>
                <span class="detail">{w::due_since(when::date(last, today), when::date(due_on, today))}</span>
            </li>
        }
    };
    let forget_reads = move |_| {
        spawn_local(async move {
            if let Err(why) = door::ask(Request::ForgetOldReads).await {
                failure.try_set(Some(why));
            }
            session().changes.update(|changes| *changes += 1);
        });
    };
    view! {
        <Show
            when=move || due.with(|due| !due.people.is_empty())
            fallback=|| view! { <p class="empty">{w::nobody_due}</p> }
        >
            <ul class="due unprinted">{move || due.get().people.into_iter().map(line).collect_view()}</ul>
            <FailureNote failure=failure retry=Callback::new(move |()| make()) />
            <Show when=move || slip.with(Option::is_none)>
                <button type="button" on:click=move |_| make()>{w::make_slip}</button>
            </Show>
            {move || {
                slip.get().map(|(people, made)| {
                    let done = Callback::new(move |()| slip.set(None));
                    view! { <Destroy people=people slip=made done=done /> }
                })
            }}
        </Show>
        <DueEntries due=Signal::derive(move || due.with(|due| due.register.clone())) />
        <DueRequests due=Signal::derive(move || due.with(|due| due.requests.clone())) />
        <p class="detail unprinted">{move || due.with(|due| (due.undated > 0).then(|| w::undated(due.undated)))}</p>
        <For each=move || due.with(|due| due.campaigns.clone()) key=|campaign| campaign.id let:campaign>
            <DueCalls campaign=campaign />
        </For>
        <Show when=move || due.with(|due| due.reads > 0)>
            <p class="unprinted">{move || w::old_reads(due.with(|due| due.reads))}</p>
            <button type="button" on:click=forget_reads>{w::forget_reads}</button>
        </Show>
    }
}

/// The requests of nobody who is named: each is looked at, and erased on its own screen.
#[component]
fn DueRequests(due: Signal<Vec<DueRequest>>) -> impl IntoView {
    let line = |DueRequest { request, last, due_on }: DueRequest| {
        let (today, there) = (browser::today(), Route::Care(CareRoute::One(request.id)).href());
        view! {
            <li>
                <a href=there>{topic_words(&request)}</a>
                <span class="detail">{w::request_due_since(when::date(last, today), when::date(due_on, today))}</span>
            </li>
        }
    };
    view! {
        <section class="unprinted" hidden=move || due.with(Vec::is_empty)>
            <h2>{w::old_requests}</h2>
            <ul class="due">{move || due.get().into_iter().map(line).collect_view()}</ul>
        </section>
    }
}

/// The cards and calls of a campaign whose time is over: its figures stay.
#[component]
fn DueCalls(campaign: DueCampaign) -> impl IntoView {
    let DueCampaign { id, title, cards, due_on } = campaign;
    let sure = RwSignal::new(false);
    let failure = RwSignal::new(None::<Failure>);
    let field = format!("sure-{id}");
    let labels = field.clone();
    let erase = move || {
        if !sure.get_untracked() {
            return;
        }
        failure.set(None);
        spawn_local(async move {
            if let Err(why) = door::ask(Request::EraseCalls(vec![id])).await {
                failure.try_set(Some(why));
            }
        });
    };
    let words = title.clone();
    view! {
        <section class="card unprinted">
            <p>{w::old_calls(title, cards, when::date(due_on, browser::today()))}</p>
            <label class="chip sure" for=labels>
                <input
                    type="checkbox"
                    id=field
                    prop:checked=move || sure.get()
                    on:change:target=move |event| sure.set(event.target().checked())
                />
                <span>{w::sure}</span>
            </label>
            <FailureNote failure=failure retry=Callback::new(move |()| erase()) />
            <button
                type="button"
                class="danger"
                aria-disabled=move || (!sure.get()).then_some("true")
                on:click=move |_| erase()
            >
                {w::erase_calls(words)}
            </button>
        </section>
    }
}
