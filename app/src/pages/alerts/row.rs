//! An alert in a list: what, about whom, by when, and who answers for it.

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::alerts::{AlertRow, AlertWrite, Standing};
use maillon_shared::domain::alert::{Acknowledgement, AlertChange, Owner};
use maillon_shared::domain::ids::{AlertId, LineId};
use maillon_shared::domain::lists::ListId;

use super::words::{deadline, listed_kind_words, now, owner_words, severity_words, silence_note, standing_words};
use crate::browser;
use crate::lists::label;
use crate::routes::{AlertRoute, Route};
use crate::session::write_soon;
use crate::ui::{CallLink, Icon, Shape};
use crate::when;
use crate::words::{alert as w, in_a_row, today};

/// What takes note of an alert, by whoever keeps the notebook, now.
pub fn acknowledge(id: AlertId) -> Request {
    let taken = Acknowledgement { id: LineId(browser::random_id()), by: Owner::Coordinator, at: now() };
    let changes = vec![AlertChange::Acknowledge(taken)];
    Request::WriteAlert(Box::new(AlertWrite::Edit { id, changes, draft: None }))
}

/// An alert in a list.
pub fn alert_line(row: AlertRow) -> AnyView {
    let id = row.id;
    let is_live = matches!(row.standing, Standing::Open | Standing::Disputed);
    let told = deadline(&row).filter(|_| is_live);
    let is_late = told.as_ref().is_some_and(|(_, is_late)| *is_late);
    let (kind, severity) = (listed_kind_words(&row.kind), severity_words(&row.severity));
    let title = match (&row.population, row.name.is_empty()) {
        (Some(population), _) if population.phenomenon.trim().is_empty() => kind.clone(),
        (Some(population), _) => population.phenomenon.clone(),
        (None, true) => today::someone().to_owned(),
        (None, false) => row.name.clone(),
    };
    let kind = Some(kind).filter(|kind| *kind != title);
    let owner = w::owned_by(owner_words(&row.owner));
    let standing = standing_words(&row.standing);
    let detail = in_a_row([kind, Some(severity), Some(row.place.clone()), Some(owner)].into_iter().flatten());
    let silence = row.silence.as_ref().filter(|_| is_live).map(silence_note);
    let number = Some(row.phone.clone()).filter(|number| is_live && !number.trim().is_empty());
    let call = number.zip(row.person).map(|(number, person)| {
        let words = today::call(&row.name);
        view! { <CallLink number=number label=words about=person /> }
    });
    let take = (is_live && !row.acknowledged).then(|| {
        view! {
            <button type="button" on:click=move |_| write_soon(acknowledge(id))>
                {w::acknowledge()}
                <span class="unseen">" "{title.clone()}</span>
            </button>
        }
    });
    view! {
        <li class="alert" class:late=is_late>
            <Icon shape=Shape::Alert />
            <span class="row-head">
                <a class="who" href=Route::Alert(AlertRoute::One(id)).href()>{title.clone()}</a>
                {told.map(|(words, is_late)| view! { <span class="tag" class:late=is_late>{words}</span> })}
                {standing.map(|words| view! { <span class="tag">{words}</span> })}
            </span>
            <span class="why">
                {detail}
                {silence.map(|words| view! { <strong class="silence">{words}</strong> })}
            </span>
            <span class="acts">{call} {take}</span>
        </li>
    }
    .into_any()
}

/// What is to be watched while it lasts: calmly, with its level.
pub fn watched_line(row: AlertRow) -> AnyView {
    let Some(population) = row.population.clone() else { return alert_line(row) };
    let level = population.level.clone();
    let campaign = level.as_ref().is_some_and(|level| level.asks_for_a_campaign()).then(|| campaign_link(row.id));
    let title = match population.phenomenon.trim() {
        "" => listed_kind_words(&row.kind),
        phenomenon => phenomenon.to_owned(),
    };
    let until = w::lasts_until(when::day(population.until, browser::today()));
    view! {
        <li class="alert">
            <Icon shape=Shape::Eye />
            <span class="row-head">
                <a class="who" href=Route::Alert(AlertRoute::One(row.id)).href()>{title}</a>
                {level.map(|level| view! { <span class="tag level" data-level=level.code().to_owned()>{level_words(level.code())}</span> })}
            </span>
            <span class="why">{in_a_row([until, row.place])}</span>
            <span class="acts">{campaign}</span>
        </li>
    }
    .into_any()
}

/// The level, in words: a colour alone tells nothing.
pub fn level_words(code: &str) -> String {
    w::vigilance(label(ListId::VigilanceLevels, code).to_lowercase())
}

/// The campaign that a level proposes, with what is known of it.
pub fn campaign_link(id: AlertId) -> impl IntoView {
    let route = Route::Campaign(crate::routes::CampaignRoute::NewFor(id));
    view! { <a class="button" href=route.href()>{w::campaign()}</a> }
}
