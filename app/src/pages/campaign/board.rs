//! The live board of a campaign: figures first, then whom to see to first, then everyone.

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::calls::{CampaignFile, CardRow};
use maillon_shared::domain::campaign::{AttemptChange, CallAttempt, CallStatus};
use maillon_shared::domain::ids::{CallCardId, CampaignId};
use maillon_shared::text::phone::Phone;

use super::load_campaign;
use super::words::{attempt_line, dates, figures, next_words, status_code, status_words, title_of};
use crate::routes::{CampaignRoute, Route};
use crate::session::write_soon;
use crate::ui::{
    Back, CallLink, Chips, Choice, MoreRows, OnPaper, Paper, PrintButton, SLICE, Title, most, when_loaded,
};
use crate::words::{campaign as w, in_a_row};
use crate::{browser, when};

/// The live board.
#[component]
pub fn BoardPage(id: CampaignId) -> impl IntoView {
    view! {
        <Back to=Route::Campaign(CampaignRoute::List) label=w::back />
        {when_loaded(load_campaign(id), |file| view! { <Board file=file /> })}
    }
}

#[component]
fn Board(file: RwSignal<CampaignFile>) -> impl IntoView {
    let id = file.with_untracked(|file| file.campaign.id);
    let today = browser::today();
    let to = move |route: CampaignRoute| Route::Campaign(route).href();
    let closed = Memo::new(move |_| file.with(|file| file.campaign.closed_on.is_some()));
    view! {
        <Title>{move || file.with(|file| title_of(&file.campaign))}</Title>
        <p class="detail">
            {move || {
                file.with(|file| {
                    let closed = file.campaign.closed_on.map(|day| w::closed_on(when::date(day, today)));
                    in_a_row([dates(&file.campaign, today), w::figures_of(when::date(file.day, today))].into_iter().chain(closed))
                })
            }}
        </p>
        <Show when=move || !closed.get()>
            <p class="acts campaign-acts">
                <a class="button main" href=to(CampaignRoute::Calls(id, None))>{w::call_now}</a>
                <a class="button" href=to(CampaignRoute::Callers(id))>{w::share_out}</a>
                <a class="button" href=to(CampaignRoute::Typing(id))>{w::type_back}</a>
            </p>
        </Show>
        <p class="acts campaign-acts">
            <a class="button" href=to(CampaignRoute::Report(id))>{w::report}</a>
            <PrintButton />
            <Show when=move || !closed.get()>
                <a class="button quiet" href=to(CampaignRoute::Edit(id))>{w::edit}</a>
            </Show>
        </p>
        <OnPaper paper=Paper::NamesPeople />
        <WrittenTwice file=file />
        <dl class="figures">
            {move || {
                file.with(|file| figures(&file.counts))
                    .into_iter()
                    .filter(|(code, _, count)| *count > 0 || matches!(*code, "worry" | "need" | "no-answer" | "to-call" | "reached"))
                    .map(|(code, word, count)| view! {
                        <div class=code>
                            <dt>{word}</dt>
                            <dd>{count}</dd>
                        </div>
                    })
                    .collect_view()
            }}
            <div>
                <dt>{w::total}</dt>
                <dd>{move || file.with(|file| file.counts.total)}</dd>
            </div>
        </dl>
        <p class="detail">
            {move || file.with(|file| (file.counts.twice > 0).then(|| format!("{} : {}", w::twice(), file.counts.twice)))}
        </p>
        <Show when=move || file.with(|file| file.missing > 0)>
            <p class="state-note">
                {move || w::missing(file.with(|file| file.missing))} " "
                <button type="button" on:click=move |_| write_soon(Request::RefreshCampaign(id))>{w::add_missing}</button>
            </p>
        </Show>
        <First file=file />
        <Everyone file=file />
    }
}

/// Two devices wrote different things in the same field of the campaign: said, and mended by changing it.
#[component]
fn WrittenTwice(file: RwSignal<CampaignFile>) -> impl IntoView {
    move || {
        let conflicts = file.with(|file| file.conflicts.clone());
        conflicts
            .into_iter()
            .map(|conflict| {
                let values = conflict.values.join(" · ");
                view! { <p class="state-note">{w::conflict(values)}</p> }
            })
            .collect_view()
    }
}

/// Worries and needs that nobody has seen to yet.
#[component]
fn First(file: RwSignal<CampaignFile>) -> impl IntoView {
    let asks = move || {
        let mut rows = file.with(|file| file.cards.clone());
        rows.retain(|row| matches!(row.status, CallStatus::Worry | CallStatus::Need));
        rows.sort_by_key(|row| (row.status == CallStatus::Need, row.card.number));
        rows
    };
    let line = move |row: CardRow| {
        let open: Vec<CallAttempt> = row.card.attempts.iter().filter(|one| one.is_open()).cloned().collect();
        let (code, words) = (status_code(&row.status), status_words(&row.status));
        let name = row.card.display_name();
        let phone = row.card.phones.first().map(|phone| phone.number.clone());
        // Paper cannot call: it shows the number.
        let shown = phone.as_deref().map(|number| Phone::parse(number).show());
        let call = phone.map(|number| {
            let label = w::phone(&number);
            view! { <CallLink number=number label=label of=name.clone() /> }
        });
        view! {
            <li class="plain">
                <span class="row-head">
                    <span class="who">{name.clone()}</span>
                    <span class=format!("tag {code}")>{words}</span>
                    <span class="when">{row.card.place.clone()}</span>
                </span>
                <span class="why">{open.iter().map(|one| view! { <Asked file=file card=row.card.id attempt=one.clone() /> }).collect_view()}</span>
                <span class="why print-only">{shown}</span>
                <span class="acts">{call}</span>
            </li>
        }
    };
    view! {
        <section aria-labelledby="first" hidden=move || asks().is_empty()>
            <h2 id="first">{w::first}</h2>
            <ul class="rows">{move || asks().into_iter().map(line).collect_view()}</ul>
        </section>
    }
}

/// What was asked for in one call, and that it was seen to.
#[component]
fn Asked(file: RwSignal<CampaignFile>, card: CallCardId, attempt: CallAttempt) -> impl IntoView {
    let today = browser::today();
    let line = file.with_untracked(|file| attempt_line(&file.campaign, &attempt, today));
    let handled = move |_| {
        let changes = vec![AttemptChange::Handled(Some(today))];
        write_soon(Request::EditAttempt { card, id: attempt.id, changes });
    };
    view! {
        <span class="asked">
            <span>{line}</span>
            <strong>{attempt.note.clone()}</strong>
            <button type="button" on:click=handled>{w::handled}</button>
        </span>
    }
}

/// Everyone, by where they stand.
#[component]
fn Everyone(file: RwSignal<CampaignFile>) -> impl IntoView {
    let chosen = RwSignal::new(String::new());
    let limit = RwSignal::new(SLICE);
    let choices = Signal::derive(move || {
        let (counts, cards) = file.with(|file| (file.counts, file.cards.len() as u32));
        let all = Choice::new("", w::all(cards));
        let group = |(code, word, count): (&str, crate::words::Word, u32)| Choice::new(code, w::chip(word(), count));
        [all]
            .into_iter()
            .chain(figures(&counts).into_iter().filter(|figure| figure.2 > 0).map(group))
            .collect::<Vec<_>>()
    });
    let rows = Memo::new(move |_| {
        let code = chosen.get();
        let mut rows = file.with(|file| file.cards.clone());
        rows.retain(|row| code.is_empty() || status_code(&row.status) == code);
        rows
    });
    let count = Signal::derive(move || rows.with(Vec::len));
    let standing = move || {
        let chosen = chosen.get();
        choices.get().into_iter().find(|choice| choice.code == chosen).map(|choice| choice.label)
    };
    view! {
        <section aria-labelledby="everyone" hidden=move || file.with(|file| file.cards.is_empty())>
            <h2 id="everyone">{w::everyone}</h2>
            <Chips name="standing" legend=|| w::filter() choices=choices chosen=chosen choose=Callback::new(move |code| {
                limit.set(SLICE);
                chosen.set(code);
            }) />
            <p class="print-only">{standing}</p>
            <p class="empty" hidden=move || count.get() != 0>{w::nobody_here}</p>
            <ul class="rows">
                {move || rows.get().into_iter().take(most(limit.get())).map(|row| line(file, row)).collect_view()}
            </ul>
            <MoreRows drawn=limit of=count />
        </section>
    }
}

fn line(file: RwSignal<CampaignFile>, row: CardRow) -> impl IntoView {
    let CardRow { card, status, twice } = row;
    let today = browser::today();
    let attempts = file.with_untracked(|file| {
        let shown = card.attempts.iter().filter(|one| !one.withdrawn).rev();
        shown.map(|one| attempt_line(&file.campaign, one, today)).collect::<Vec<_>>()
    });
    let next = match &status {
        CallStatus::NoAnswer(next) => Some(w::next_is(next_words(next))),
        _ => None,
    };
    let twice = twice.then(|| view! { <span class="tag late">{w::called_twice}</span> });
    view! {
        <li class="plain">
            <span class="row-head">
                <span class="who">{card.display_name()}</span>
                <span class=format!("tag {}", status_code(&status))>{status_words(&status)}</span>
                {twice}
                <span class="when">{in_a_row([w::number(card.number), card.place.clone()])}</span>
            </span>
            <span class="why">
                {next} {attempts.into_iter().map(|line| view! { <span class="asked">{line}</span> }).collect_view()}
            </span>
        </li>
    }
}
