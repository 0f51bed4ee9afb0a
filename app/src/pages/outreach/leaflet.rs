//! What is put up on a noticeboard: where and when in the coming two months, how one is referred, who is on duty. Neither the
//! reasons why a day is left out nor any number of those who come is on it. It is looked through for whoever is known here before
//! it is printed.

use chrono::NaiveDate;
use leptos::prelude::*;
use maillon_shared::api::Failure;
use maillon_shared::api::outreach::{OutreachServices, OutreachShown};
use maillon_shared::domain::clues::{Clue, Weight, WrittenFor};
use maillon_shared::domain::ids::OutreachId;
use maillon_shared::domain::mission::is_commune_code;
use maillon_shared::domain::outreach::{DateDoubt, DateIs, OutreachDate, OutreachTurn, Recurrence};
use maillon_shared::text::phone::Phone;

use super::ask_all;
use super::follow::{TWO_MONTHS, after, turn_days};
use super::list::{communes_of, is_in};
use super::words::{hours_words, places_words, when_words};
use crate::pages::programme::words::or_unnamed;
use crate::routes::{OutreachRoute, Route};
use crate::ui::clues::ask;
use crate::ui::{Back, Choice, ClueList, Narrow, OnPaper, Paper, PrintButton, Title, load, when_loaded};
use crate::when;
use crate::words::{in_a_row, information as i, outreach as w};

/// What the sheet is made of, and what in it may lead to someone: of which service it is, with the text in which it stands.
#[derive(Clone, PartialEq)]
struct LookedThrough {
    all: OutreachServices,
    clues: Vec<(OutreachId, Clue, String)>,
}

async fn looked_through() -> Result<LookedThrough, Failure> {
    let all = ask_all().await?;
    let mut texts: Vec<(OutreachId, String)> = Vec::new();
    for row in all.rows.iter().filter(|row| has_something(row, all.today)) {
        let id = row.service.id;
        texts.extend(typed_texts(row, all.today).into_iter().map(|text| (id, text)));
    }
    let clues = ask(texts.iter().map(|(_, text)| text.clone()).collect(), WrittenFor::Sheet).await?;
    // A clue that stands nowhere is a fault: nothing is printed over it.
    let place = |clue: Clue| {
        let stands = texts.get(usize::from(clue.text));
        stands.map(|(id, text)| (*id, clue, text.clone())).ok_or(Failure::NotUnderstood)
    };
    let clues = clues.into_iter().map(place).collect::<Result<Vec<_>, Failure>>()?;
    Ok(LookedThrough { all, clues })
}

/// What people typed, of what is put up.
fn typed_texts(row: &OutreachShown, today: NaiveDate) -> Vec<String> {
    let about = &row.service.about;
    let said = [&about.title, &about.offers, &about.public, &about.hours, &about.referral, &about.phone];
    let mut texts: Vec<&str> = said.into_iter().map(String::as_str).collect();
    for place in &row.service.places {
        // A commune of the list is nobody's name.
        let commune = place.commune.as_ref().filter(|commune| !is_commune_code(&commune.key));
        texts.extend(commune.map(|commune| commune.name.as_str()));
        texts.extend([place.address.as_str(), place.department.as_str()]);
    }
    for turn in turns(row, today) {
        texts.extend([row.who(turn.who_entry, &turn.who), turn.phone.as_str()]);
    }
    texts.retain(|text| !text.trim().is_empty());
    texts.into_iter().map(str::to_owned).collect()
}

/// The sheet.
#[component]
pub fn BoardPage() -> impl IntoView {
    let loaded = load(looked_through);
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
fn Board(shown: RwSignal<LookedThrough>) -> impl IntoView {
    let commune = RwSignal::new(None::<String>);
    let communes = Signal::derive(move || {
        let communes = shown.with(|looked| communes_of(&looked.all));
        communes.into_iter().map(|(key, name)| Choice::new(key, name)).collect::<Vec<_>>()
    });
    let rows = Memo::new(move |_| {
        let wanted = commune.get();
        shown.with(|LookedThrough { all, .. }| {
            let keeps = |row: &&OutreachShown| is_in(row, wanted.as_deref()) && has_something(row, all.today);
            all.rows.iter().filter(keeps).cloned().collect::<Vec<_>>()
        })
    });
    let none = Memo::new(move |_| rows.with(Vec::is_empty));
    let clues = Memo::new(move |_| {
        rows.with(|rows| {
            let is_on = |id: OutreachId| rows.iter().any(|row| row.service.id == id);
            shown.with(|looked| {
                let on_it = looked.clues.iter().filter(|(id, ..)| is_on(*id));
                on_it.map(|(_, clue, text)| (clue.clone(), text.clone())).collect::<Vec<_>>()
            })
        })
    });
    let names = Memo::new(move |_| {
        clues.with(|clues| {
            clues.iter().filter(|(clue, _)| clue.weight == Weight::Must).cloned().collect::<Vec<(Clue, String)>>()
        })
    });
    // Of what was looked at: with another word, one looks again.
    let looked = RwSignal::new(Vec::<(Clue, String)>::new());
    let may_print = Memo::new(move |_| names.with(|names| looked.with(|looked| names.is_empty() || looked == names)));
    let title = move || {
        let chosen = commune.get().and_then(|key| communes.get().into_iter().find(|choice| choice.code == key));
        chosen.map_or_else(|| w::leaflet_title().to_owned(), |choice| w::leaflet_title_in(choice.label))
    };
    let span = move || {
        let today = shown.with(|looked| looked.all.today);
        let last = after(today, TWO_MONTHS);
        w::leaflet_span(when::whole_date(today), when::whole_date(last), when::whole_date(today))
    };
    let today = move || shown.with(|looked| looked.all.today);
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
            <ClueList clues=clues written_for=WrittenFor::Sheet />
            <p class="detail" role="status" hidden=move || none.get() || clues.with(|clues| !clues.is_empty())>
                {i::names_nobody_found}
            </p>
            <p class="state-note" hidden=move || may_print.get()>
                {w::leaflet_stops} " "
                <button type="button" on:click=move |_| looked.set(names.get_untracked())>
                    {i::board_looked}
                </button>
            </p>
            <Show when=move || may_print.get() && !none.get()>
                <PrintButton label=w::leaflet_print class="main" />
            </Show>
        </div>
        <Show when=move || may_print.get() && !none.get()>
            <OnPaper paper=Paper::SpeaksForItself />
        </Show>
        <Show when=move || !none.get()>
            <article class="programme application" class:unprinted=move || !may_print.get()>
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

/// The turns of duty of the coming two months, as they are written; none of a rota that is over by then.
fn turns(row: &OutreachShown, today: NaiveDate) -> impl Iterator<Item = &OutreachTurn> {
    let last = after(today, TWO_MONTHS);
    let ends = row.service.about.ends;
    let last = ends.map_or(last, |ends| ends.min(last));
    let is_over = row.service.has_ended(today);
    let is_then = move |turn: &&OutreachTurn| {
        !is_over && turn.from.is_some_and(|from| from <= last) && turn.until.is_some_and(|until| until >= today)
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
    // What only a newer version understands is not put up.
    let times = match about.recurrence {
        Recurrence::Unknown(_) => hours_words(row, today),
        _ => when_words(row, today),
    };
    // Why it is to be verified is not for the noticeboard; that it is, is.
    let verify = if about.to_verify.trim().is_empty() { "" } else { w::leaflet_verify() };
    let said = [
        in_a_row([about.offers.trim(), about.public.trim()]),
        in_a_row(places_words(row)),
        times,
        verify.to_owned(),
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
