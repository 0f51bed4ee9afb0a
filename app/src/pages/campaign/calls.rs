//! Calling, one person after the other, from a phone: whom to call now, who later, who is done.

use leptos::prelude::*;
use maillon_shared::api::calls::{CampaignFile, CardRow};
use maillon_shared::domain::campaign::CallStatus;
use maillon_shared::domain::ids::{CallCardId, CampaignId, LineId};
use maillon_shared::domain::ladder::NextStep;

use super::card::CardToCall;
use super::load_campaign;
use super::words::{caller_name, next_words, status_code, status_words, title_of};
use crate::routes::{CampaignRoute, Route};
use crate::session::session;
use crate::ui::{Back, Chips, Choice, Title, when_loaded};
use crate::words::{Word, campaign as w, in_a_row};
use crate::{browser, when};

/// Calling.
#[component]
pub fn CallsPage(id: CampaignId, caller: Option<LineId>) -> impl IntoView {
    let lent = session().is_a_callers();
    view! {
        {(!lent).then(|| view! { <Back to=Route::Campaign(CampaignRoute::Board(id)) label=w::board_back /> })}
        {when_loaded(load_campaign(id), move |file| view! { <Calls file=file caller=caller lent=lent /> })}
    }
}

/// When someone is to be called.
#[derive(Clone, Copy, PartialEq, Eq)]
enum When {
    Now,
    Later,
    Done,
}

fn when_of(row: &CardRow, now: chrono::NaiveDateTime) -> When {
    match &row.status {
        CallStatus::ToCall | CallStatus::ToVisit => When::Now,
        CallStatus::NoAnswer(NextStep::Do { from, .. }) if *from > now => When::Later,
        CallStatus::NoAnswer(_) => When::Now,
        _ => When::Done,
    }
}

#[component]
fn Calls(file: RwSignal<CampaignFile>, caller: Option<LineId>, lent: bool) -> impl IntoView {
    let whose = RwSignal::new(caller);
    let open = RwSignal::new(None::<CallCardId>);
    let mine = Memo::new(move |_| {
        let whose = whose.get();
        let mut rows = file.with(|file| file.cards.clone());
        rows.retain(|row| whose.is_none() || row.card.caller == whose);
        rows
    });
    let now = browser::now().local().naive_local();
    let of = move |when: When| {
        let mut rows = mine.get();
        rows.retain(|row| when_of(row, now) == when);
        rows
    };
    // Nobody is looked for on a list twice: the first to call is open, and the next one once it is noted.
    let shown = Memo::new(move |_| {
        let asked = open.get().filter(|id| mine.with(|rows| rows.iter().any(|row| row.card.id == *id)));
        asked.or_else(|| of(When::Now).first().map(|row| row.card.id))
    });
    let noted = Callback::new(move |()| open.set(None));
    let group = move |id: &'static str, title: Word, when: When| {
        view! {
            <section aria-labelledby=id hidden=move || of(when).is_empty()>
                <h2 id=id>{title} <span class="count">{move || of(when).len().to_string()}</span></h2>
                <ul class="rows calls">
                    <For each=move || of(when) key=|row| (row.card.id, row.card.attempts.len(), status_code(&row.status)) let:row>
                        <CallLine file=file row=row shown=shown open=open whose=whose noted=noted />
                    </For>
                </ul>
            </section>
        }
    };
    let choices = Signal::derive(move || {
        let callers = file.with(|file| file.campaign.callers.clone());
        let everyone = Choice::new("", w::whole_list());
        [everyone]
            .into_iter()
            .chain(callers.into_iter().map(|one| Choice::new(one.id.to_string(), one.name)))
            .collect::<Vec<_>>()
    });
    let chosen = Signal::derive(move || whose.get().map(|id| id.to_string()).unwrap_or_default());
    view! {
        <Title>{w::calls}</Title>
        <p class="detail">{move || file.with(|file| {
            let who = whose.get().map(|id| caller_name(&file.campaign, Some(id)));
            in_a_row([Some(title_of(&file.campaign)), who].into_iter().flatten())
        })}</p>
        <Show when=move || !lent && file.with(|file| file.campaign.callers.len() > 1)>
            <Chips
                name="whose"
                legend=|| w::for_whom()
                choices=choices
                chosen=chosen
                choose=Callback::new(move |code: String| whose.set(LineId::parse(&code)))
            />
        </Show>
        <p class="empty" hidden=move || mine.with(|rows| !rows.is_empty())>{w::sheet_empty}</p>
        <p class="empty" hidden=move || mine.with(Vec::is_empty) || !of(When::Now).is_empty()>{w::all_done}</p>
        {group("now", w::now, When::Now)}
        {group("later", w::later, When::Later)}
        {group("done", w::done, When::Done)}
    }
}

#[component]
fn CallLine(
    file: RwSignal<CampaignFile>,
    row: CardRow,
    shown: Memo<Option<CallCardId>>,
    open: RwSignal<Option<CallCardId>>,
    whose: RwSignal<Option<LineId>>,
    noted: Callback<()>,
) -> impl IntoView {
    let id = row.card.id;
    let name = row.card.display_name();
    let detail = match &row.status {
        CallStatus::NoAnswer(next @ NextStep::Do { from, .. }) => {
            let hour = maillon_shared::domain::time::Hour::parse(&from.format("%H:%M").to_string());
            let later =
                (*from > browser::now().local().naive_local()).then(|| hour.map(|hour| w::from_hour(when::hour(hour))));
            in_a_row([Some(next_words(next).to_owned()), later.flatten()].into_iter().flatten())
        }
        CallStatus::NoAnswer(next) => next_words(next).to_owned(),
        other => status_words(other).to_owned(),
    };
    let head = view! {
        <span class="row-head">
            <span class="who">{name.clone()}</span>
            <span class=format!("tag {}", status_code(&row.status))>{status_words(&row.status)}</span>
            <span class="when">{in_a_row([w::number(row.card.number), row.card.place.clone()])}</span>
        </span>
    };
    let is_open = move || shown.get() == Some(id);
    view! {
        <li class="plain">
            {head}
            {move || match is_open() {
                true => view! { <CardToCall file=file row=row.clone() caller=whose.get() noted=noted /> }.into_any(),
                false => {
                    let name = name.clone();
                    view! {
                        <span class="why">{detail.clone()}</span>
                        <span class="acts">
                            <button type="button" on:click=move |_| open.set(Some(id))>{move || w::open_card(&name)}</button>
                        </span>
                    }
                    .into_any()
                }
            }}
        </li>
    }
}
