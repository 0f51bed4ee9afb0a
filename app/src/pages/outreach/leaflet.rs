//! What is put up on a noticeboard: where and when in the coming two months, how one is referred, who is on duty. Neither the
//! reasons why a day is left out nor any number of those who come is on it.

use chrono::NaiveDate;
use leptos::prelude::*;
use maillon_shared::api::outreach::{OutreachServices, OutreachShown};
use maillon_shared::domain::outreach::{DateDoubt, DateIs, OutreachDate, OutreachTurn, Recurrence};
use maillon_shared::text::phone::Phone;

use super::ask_all;
use super::follow::{TWO_MONTHS, after, turn_days};
use super::list::{communes_of, is_in};
use super::words::{places_words, when_words};
use crate::pages::programme::words::or_unnamed;
use crate::routes::{OutreachRoute, Route};
use crate::ui::{Back, Choice, Narrow, OnPaper, Paper, PrintButton, Title, load, when_loaded};
use crate::when;
use crate::words::{in_a_row, outreach as w};

/// The sheet.
#[component]
pub fn BoardPage() -> impl IntoView {
    let loaded = load(ask_all);
    view! {
        <Back to=Route::Outreach(OutreachRoute::List) label=w::title />
        <div class="unprinted">
            <Title>{w::leaflet}</Title>
            <p class="detail">{w::leaflet_lead}</p>
        </div>
        {when_loaded(loaded, |shown| view! { <Board shown=shown /> })}
    }
}

#[component]
fn Board(shown: RwSignal<OutreachServices>) -> impl IntoView {
    let commune = RwSignal::new(None::<String>);
    let communes = Signal::derive(move || {
        shown.with(|all| communes_of(all).into_iter().map(|(key, name)| Choice::new(key, name)).collect::<Vec<_>>())
    });
    let rows = Memo::new(move |_| {
        let wanted = commune.get();
        shown.with(|all| {
            let keeps = |row: &&OutreachShown| is_in(row, wanted.as_deref()) && has_something(row, all.today);
            all.rows.iter().filter(keeps).cloned().collect::<Vec<_>>()
        })
    });
    let none = Memo::new(move |_| rows.with(Vec::is_empty));
    let title = move || {
        let chosen = commune.get().and_then(|key| communes.get().into_iter().find(|choice| choice.code == key));
        chosen.map_or_else(|| w::leaflet_title().to_owned(), |choice| w::leaflet_title_in(choice.label))
    };
    let span = move || {
        let today = shown.with(|all| all.today);
        let last = after(today, TWO_MONTHS);
        w::leaflet_span(when::whole_date(today), when::whole_date(last), when::whole_date(today))
    };
    let today = move || shown.with(|all| all.today);
    view! {
        <div class="unprinted">
            <Narrow
                id="commune"
                label=w::commune
                any=w::any_commune
                choices=communes
                chosen=commune
                choose=Callback::new(move |chosen| commune.set(chosen))
            />
            <p class="empty" hidden=move || !none.get()>
                {w::leaflet_none}
            </p>
            <PrintButton label=w::leaflet_print class="main" hidden=none />
        </div>
        <Show when=move || !none.get()>
            <OnPaper paper=Paper::SpeaksForItself />
            <article class="programme application">
                <h2>{title}</h2>
                <p class="detail">{span}</p>
                {move || rows.get().iter().map(|row| service(row, today())).collect_view()}
            </article>
        </Show>
    }
}

/// What is of the coming two months: its days, its turns, or that one may ask for it.
fn has_something(row: &OutreachShown, today: NaiveDate) -> bool {
    let (service, last) = (&row.service, after(today, TWO_MONTHS));
    let is_on_call = service.about.recurrence == Recurrence::OnCall && !service.has_ended(today);
    is_on_call || turns(row, today).next().is_some() || !service.dates(today, last, row.zone).is_empty()
}

/// The turns of duty of the coming two months, as they are written.
fn turns(row: &OutreachShown, today: NaiveDate) -> impl Iterator<Item = &OutreachTurn> {
    let last = after(today, TWO_MONTHS);
    let is_then = move |turn: &&OutreachTurn| {
        turn.from.is_some_and(|from| from <= last) && turn.until.is_some_and(|until| until >= today)
    };
    row.service.turns.iter().filter(is_then)
}

/// A day as it is put up.
fn day_told(date: &OutreachDate, today: NaiveDate) -> String {
    let day = when::date(date.day, today);
    match date.doubt {
        Some(DateDoubt::Holiday(_)) => format!("{day} ({})", w::leaflet_to_confirm()),
        _ => day,
    }
}

fn service(row: &OutreachShown, today: NaiveDate) -> AnyView {
    let about = &row.service.about;
    let dates = row.service.dates(today, after(today, TWO_MONTHS), row.zone);
    let (not_held, held): (Vec<_>, Vec<_>) = dates.iter().partition(|date| matches!(date.is, DateIs::LeftOut(_)));
    let told = |dates: Vec<&OutreachDate>| dates.into_iter().map(|date| day_told(date, today)).collect::<Vec<_>>();
    let (days, not) = (told(held).join(", "), told(not_held).join(", "));
    let not = if not.is_empty() { not } else { w::leaflet_not(not) };
    let mut on_duty: Vec<&OutreachTurn> = turns(row, today).collect();
    on_duty.sort_by_key(|turn| (turn.from, turn.until, turn.id));
    let on_duty = on_duty.into_iter().map(|turn| {
        let who = row.who(turn.who_entry, &turn.who).to_owned();
        view! { <li>{in_a_row([turn_days(turn, today), who, phone_told(&turn.phone)])}</li> }
    });
    let said = [
        in_a_row([about.offers.trim(), about.public.trim()]),
        in_a_row(places_words(row)),
        when_words(row, today),
        days,
        not,
        about.referral.trim().to_owned(),
        phone_told(&about.phone),
    ];
    let said = said.into_iter().filter(|words| !words.is_empty()).map(|words| view! { <p>{words}</p> });
    view! {
        <section>
            <h3>{or_unnamed(&about.title)}</h3>
            {said.collect_view()}
            <ul>{on_duty.collect_view()}</ul>
        </section>
    }
    .into_any()
}

fn phone_told(phone: &str) -> String {
    match phone.trim() {
        "" => String::new(),
        phone => Phone::parse(phone).show(),
    }
}
