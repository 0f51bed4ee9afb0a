//! Where and when: every service by its next day, narrowed to a commune or to what it is.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use leptos::prelude::*;
use maillon_shared::api::outreach::{OutreachServices, OutreachShown};
use maillon_shared::domain::outreach::{DateIs, OutreachKind};

use super::ask_all;
use super::follow::{TWO_MONTHS, after};
use super::words::{date_note, kind_words, places_words, when_words};
use crate::pages::programme::words::or_unnamed;
use crate::routes::{OutreachRoute, Route};
use crate::ui::{Back, Choice, Icon, Narrow, OnPaper, Paper, PrintButton, Shape, Title, load, when_loaded};
use crate::when;
use crate::words::{groups, in_a_row, more, outreach as w};

/// How many of the next days are told in a row.
const DAYS_TOLD: usize = 4;

/// Every service.
#[component]
pub fn OutreachPage() -> impl IntoView {
    let loaded = load(ask_all);
    view! {
        <Back to=Route::More label=more::title />
        <div class="heading">
            <Title>{w::title}</Title>
            <a class="button" href=Route::Outreach(OutreachRoute::New).href()>
                <Icon shape=Shape::Plus />
                <span>{w::new}</span>
            </a>
        </div>
        <p class="detail unprinted">{w::lead}</p>
        {when_loaded(loaded, |shown| view! { <All shown=shown /> })}
    }
}

/// The communes in which any of the services is, each once, by name.
pub fn communes_of(all: &OutreachServices) -> Vec<(String, String)> {
    let communes = all.rows.iter().flat_map(|row| row.service.communes());
    // One commune may be written in two ways.
    let by_key: BTreeMap<String, String> =
        communes.map(|commune| (commune.key.clone(), commune.name.clone())).collect();
    let mut communes: Vec<(String, String)> = by_key.into_iter().collect();
    communes.sort_by_cached_key(|(key, name)| (maillon_shared::text::sort::sort_key(name), key.clone()));
    communes
}

/// Whether a service is in a commune; in any where none is asked for.
pub fn is_in(row: &OutreachShown, commune: Option<&str>) -> bool {
    commune.is_none_or(|key| row.service.communes().iter().any(|commune| commune.key == key))
}

#[component]
fn All(shown: RwSignal<OutreachServices>) -> impl IntoView {
    let (commune, kind) = (RwSignal::new(None::<String>), RwSignal::new(None::<String>));
    let communes = Signal::derive(move || {
        shown.with(|all| communes_of(all).into_iter().map(|(key, name)| Choice::new(key, name)).collect::<Vec<_>>())
    });
    let kinds = Signal::derive(move || {
        let here = |kind: &&OutreachKind| shown.with(|all| all.rows.iter().any(|row| row.service.about.kind == **kind));
        let kinds = OutreachKind::ALL.iter().filter(here);
        kinds.map(|kind| Choice::new(kind.code(), kind_words(kind))).collect::<Vec<_>>()
    });
    let rows = Memo::new(move |_| {
        let is_kind = |row: &OutreachShown| {
            kind.with(|kind| kind.as_ref().is_none_or(|kind| row.service.about.kind.code() == kind))
        };
        let keeps = |row: &&OutreachShown| is_kind(row) && commune.with(|commune| is_in(row, commune.as_deref()));
        shown.with(|all| all.rows.iter().filter(keeps).cloned().collect::<Vec<_>>())
    });
    let none = Memo::new(move |_| shown.with(|all| all.rows.is_empty()));
    let none_so = Memo::new(move |_| !none.get() && rows.with(Vec::is_empty));
    let narrowed = Signal::derive(move || {
        let commune = commune.get().and_then(|key| {
            let choices = communes.get();
            choices.into_iter().find(|choice| choice.code == key).map(|choice| choice.label)
        });
        let kind = kind.get().map(|code| kind_words(&OutreachKind::from_code(&code)));
        in_a_row([kind.unwrap_or_default(), commune.unwrap_or_default()])
    });
    let today = move || shown.with(|all| all.today);
    view! {
        <OnPaper paper=Paper::NamesNobody narrowed=narrowed />
        <p class="empty" hidden=move || !none.get()>
            {w::none}
        </p>
        <div class="unprinted" hidden=move || none.get()>
            <Narrow
                id="kind"
                label=w::kind
                any=w::any_kind
                choices=kinds
                chosen=kind
                choose=Callback::new(move |chosen| kind.set(chosen))
            />
            <Narrow
                id="commune"
                label=w::commune
                any=w::any_commune
                choices=communes
                chosen=commune
                choose=Callback::new(move |chosen| commune.set(chosen))
            />
        </div>
        <p class="empty" hidden=move || !none_so.get()>
            {w::none_so}
        </p>
        <ul class="rows">{move || rows.get().into_iter().map(|row| line(row, today())).collect_view()}</ul>
        <p class="acts unprinted" hidden=move || none.get()>
            <a class="button" href=Route::Outreach(OutreachRoute::Leaflet).href()>{w::leaflet}</a>
            <PrintButton />
        </p>
    }
}

/// The next days; where they are far, the first of them. Of a rota, who is on duty today.
fn next_words(row: &OutreachShown, today: NaiveDate) -> String {
    let service = &row.service;
    if service.about.kind == OutreachKind::DutyRota {
        let on_duty: Vec<&str> = service
            .turns
            .iter()
            .filter(|turn| turn.covers(today))
            .map(|turn| row.who(turn.who_entry, &turn.who))
            .filter(|who| !who.is_empty())
            .collect();
        return if on_duty.is_empty() { String::new() } else { w::on_duty_today(on_duty.join(", ")) };
    }
    let dates = service.dates(today, after(today, TWO_MONTHS), row.zone);
    let held = dates.iter().filter(|date| !matches!(date.is, DateIs::LeftOut(_)));
    let days: Vec<String> = held.take(DAYS_TOLD).map(|date| when::day(date.day, today)).collect();
    match days.is_empty() {
        false => days.join(", "),
        true => {
            let next = service.next(today, row.zone);
            next.map_or_else(|| w::next_none().to_owned(), |date| when::day(date.day, today))
        }
    }
}

fn line(row: OutreachShown, today: NaiveDate) -> AnyView {
    let service = &row.service;
    let href = Route::Outreach(OutreachRoute::One(service.id)).href();
    let dates = service.dates(today, after(today, TWO_MONTHS), row.zone);
    let days = next_words(&row, today);
    // What is to be known of the first of them is said at once.
    let first = dates.first().map(|date| (date.day, date_note(date))).filter(|(_, (note, _))| !note.is_empty());
    let first = first.map(|(day, (note, is_late))| {
        let words = in_a_row([when::day(day, today), note]);
        view! { <span class="tag" class:late=is_late>{words}</span> }
    });
    let again = service.to_check_again(today).map(|day| {
        view! { <span class="tag late">{w::check_again(when::date(day, today))}</span> }
    });
    let group = row.group.as_ref().map(|(_, name)| groups::is_common(name)).unwrap_or_default();
    let referral = in_a_row([service.about.referral.trim(), service.about.phone.trim()]);
    view! {
        <li>
            <Icon shape=Shape::Book />
            <span class="row-head">
                <a class="who" href=href>
                    {or_unnamed(&service.about.title)}
                </a>
                " " <span class="tag">{kind_words(&service.about.kind)}</span> " " {first} {again}
            </span>
            <span class="why">{days}</span>
            <span class="why">{in_a_row([when_words(&row, today), in_a_row(places_words(&row))])}</span>
            <span class="why">{in_a_row([referral, group])}</span>
        </li>
    }
    .into_any()
}
