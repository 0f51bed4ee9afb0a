//! One person to reach: how, what was tried, and six buttons for what came of it. Most calls are one press.

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::calls::{CampaignFile, CardRow, NewAttempt};
use maillon_shared::api::lending::Role;
use maillon_shared::domain::campaign::{AttemptChange, AttemptOutcome, AttemptWay, CallAttempt, CallStatus};
use maillon_shared::domain::ids::{AttemptId, LineId};
use maillon_shared::domain::ladder::{LadderAction, NextStep};
use wasm_bindgen_futures::spawn_local;

use super::words::{attempt_line, next_words, outcome_words, way_words};
use crate::browser;
use crate::session::{Said, session, write, write_soon};
use crate::ui::{CallLink, Chips, Choice, DayField, EmergencyNumbers, Text, TextArea};
use crate::words::{campaign as w, in_a_row};

/// One person to reach.
#[component]
pub fn CardToCall(
    file: RwSignal<CampaignFile>,
    row: CardRow,
    /// In whose name one calls: whoever the list is of, else the coordinator.
    caller: Option<LineId>,
    noted: Callback<()>,
) -> impl IntoView {
    let CardRow { card, status, .. } = row;
    let id = card.id;
    let today = browser::today();
    let phones = card.phones.iter().filter(|phone| !phone.number.trim().is_empty()).map(|phone| {
        let label = w::phone(&phone.number);
        let more = (!phone.label.is_empty()).then(|| view! { <span class="detail">{phone.label.clone()}</span> });
        view! { <span class="phone"><CallLink number=phone.number.clone() label=label of=card.display_name() /> {more}</span> }
    });
    let phones = phones.collect_view();
    let no_phone = phones.is_empty().then(|| view! { <p>{w::no_phone}</p> });
    let next = match &status {
        CallStatus::NoAnswer(next) => Some(next.clone()),
        _ => None,
    };
    let way = RwSignal::new(match (&status, &next) {
        (CallStatus::ToVisit, _) => AttemptWay::Visit,
        (_, Some(NextStep::Do { action: LadderAction::Named, .. })) if !card.named.is_empty() => AttemptWay::Named,
        (_, Some(NextStep::Do { action: LadderAction::Visit | LadderAction::Named, .. })) => AttemptWay::Visit,
        (_, Some(NextStep::Do { action: LadderAction::Recipients, .. } | NextStep::Exhausted)) => {
            AttemptWay::Recipients
        }
        _ => AttemptWay::Call,
    });
    let named = card.named.iter().map(|named| {
        let who = in_a_row([
            named.name.clone(),
            crate::lists::label(maillon_shared::domain::lists::ListId::Relations, &named.relation).to_owned(),
        ]);
        let label = w::phone(&named.phone);
        let call = (!named.phone.trim().is_empty())
            .then(|| view! { <CallLink number=named.phone.clone() label=label of=named.name.clone() /> });
        view! { <p class="phone"><span>{w::named(who)}</span> {call}</p> }
    });
    let named = named.collect_view();
    let before = file.with_untracked(|file| {
        let shown = card.attempts.iter().rev().filter(|one| !one.withdrawn);
        shown.map(|one| (one.id, attempt_line(&file.campaign, one, today), one.note.clone())).collect::<Vec<_>>()
    });
    let mistake = move |attempt: AttemptId| {
        let changes = vec![AttemptChange::Withdrawn(true)];
        write_soon(Request::EditAttempt { card: id, id: attempt, changes });
    };
    let before = before.into_iter().map(move |(attempt, line, note)| {
        view! {
            <li>
                <span>{line}</span>
                <strong>{note}</strong>
                <button type="button" class="quiet" on:click=move |_| mistake(attempt)>{w::attempt_undo}</button>
            </li>
        }
    });
    let before = before.collect_view();
    let approach = (!card.approach.is_empty()).then(|| view! { <p>{card.approach.clone()}</p> });
    let next_line = next.as_ref().map(|next| view! { <p class="state-note">{w::next_is(next_words(next))}</p> });
    view! {
        <div class="call-card">
            <p class="detail">{card.address.clone()}</p>
            {approach} {next_line}
            <div class="phones">{phones} {no_phone} {named}</div>
            <ul class="tried">{before}</ul>
            <Show when=move || way.get() == AttemptWay::Recipients>
                <EmergencyNumbers />
                <p>{w::recipients_lead}</p>
            </Show>
            <Outcome card=id caller=caller way=way noted=noted />
        </div>
    }
}

/// By which way, and what came of it.
#[component]
fn Outcome(
    card: maillon_shared::domain::ids::CallCardId,
    caller: Option<LineId>,
    way: RwSignal<AttemptWay>,
    noted: Callback<()>,
) -> impl IntoView {
    let asks = RwSignal::new(None::<AttemptOutcome>);
    let note = RwSignal::new(String::new());
    let until = RwSignal::new(None::<chrono::NaiveDate>);
    let busy = RwSignal::new(false);
    // On a caller's device one calls in one's own name; elsewhere, as whoever the list is of.
    let me = match session().role.get_untracked() {
        Role::Caller { caller, .. } => Some(caller),
        // A mairie's notebook has no such card.
        Role::Coordinator | Role::Mairie | Role::Agent { .. } | Role::Tablet { .. } => caller,
    };
    let save = move |outcome: AttemptOutcome| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let now = browser::now();
        let attempt = CallAttempt {
            id: AttemptId(browser::random_id()),
            day: now.day(),
            hour: now.hour(),
            caller: me,
            way: way.get_untracked(),
            absent_until: until.get_untracked().filter(|_| outcome == AttemptOutcome::KnownAbsent),
            outcome,
            note: note.get_untracked(),
            handled_on: None,
            withdrawn: false,
        };
        spawn_local(async move {
            match write(Request::RecordAttempts { attempts: vec![NewAttempt { card, attempt }], draft: None }).await {
                Ok(_) => drop(noted.try_run(())),
                Err(why) => session().said.set(Some(Said::Failed(why))),
            }
            busy.try_set(false);
        });
    };
    let press = move |outcome: AttemptOutcome| match outcome {
        AttemptOutcome::Need | AttemptOutcome::Worry | AttemptOutcome::KnownAbsent => {
            let field = if outcome == AttemptOutcome::KnownAbsent { "absent" } else { "asked" };
            asks.set(Some(outcome));
            browser::focus_soon(field);
        }
        plain => save(plain),
    };
    let ways = Signal::derive(|| {
        AttemptWay::ALL.iter().map(|way| Choice::new(way.code(), way_words(way))).collect::<Vec<_>>()
    });
    let chosen = Signal::derive(move || way.get().code().to_owned());
    let choose = Callback::new(move |code: String| way.set(AttemptWay::from_code(&code)));
    // Whoever the law says was told is a worry until someone has seen to it: nothing else can come of it.
    let outcomes = move || match way.get() {
        AttemptWay::Recipients => vec![AttemptOutcome::Worry],
        _ => AttemptOutcome::ALL.to_vec(),
    };
    view! {
        // What is pressed in most calls stands first, under the thumb; by which way, it says, and one may change it below.
        <fieldset class="choice outcomes">
            <legend>{move || in_a_row([w::outcome(), way_words(&way.get())])}</legend>
            <div class="outcome-buttons">
                {move || {
                    outcomes()
                        .into_iter()
                        .map(|outcome| {
                            let class = outcome.code().replace('_', "-");
                            let words = match way.get() {
                                AttemptWay::Recipients => w::way_recipients(),
                                _ => outcome_words(&outcome),
                            };
                            let pressed = outcome.clone();
                            view! {
                                <button
                                    type="button"
                                    class=class
                                    aria-pressed=move || (asks.get().as_ref() == Some(&pressed)).then_some("true")
                                    on:click=move |_| press(outcome.clone())
                                >
                                    {words}
                                </button>
                            }
                        })
                        .collect_view()
                }}
            </div>
        </fieldset>
        {move || {
            asks.get().map(|outcome| {
                let kept = outcome.clone();
                let field = match outcome {
                    AttemptOutcome::KnownAbsent => {
                        let near = Signal::stored(Vec::new());
                        view! {
                            <DayField
                                id="absent"
                                legend=|| w::absent_until()
                                near=near
                                none=w::not_known
                                day=until
                                set=Callback::new(move |day| until.set(day))
                            />
                        }
                        .into_any()
                    }
                    AttemptOutcome::Worry => {
                        view! { <TextArea id="asked" label=w::note_worry hint=w::note_hint text=Text::of(note) lines=2 /> }
                            .into_any()
                    }
                    _ => view! { <TextArea id="asked" label=w::note_need hint=w::note_hint text=Text::of(note) lines=2 /> }
                        .into_any(),
                };
                view! {
                    {field}
                    <button type="button" class="main" on:click=move |_| save(kept.clone())>{w::keep_it}</button>
                }
            })
        }}
        <Chips name="way" legend=|| w::way() choices=ways chosen=chosen choose=choose />
    }
}
