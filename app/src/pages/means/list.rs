//! Everything that is offered, by what it is: narrowed to one kind, or to what may be free on some days. It is also what is printed, as
//! the catalogue of the collective.
//!
//! By title, and never in the order of who offers or borrows most.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use leptos::prelude::*;
use maillon_shared::api::means::{AllMeans, MeansRow};
use maillon_shared::domain::means::{Free, LoanState};
use maillon_shared::text::sort::sort_key;

use super::ask_all;
use super::words::{date, free_words, kind_words, offer_told, offered_days};
use crate::routes::{MeansRoute, Route};
use crate::ui::{
    Back, Choice, DayField, Icon, Narrow, OnPaper, Paper, PrintButton, Shape, Title, load, today_or_yesterday,
    when_loaded,
};
use crate::words::{events, groups, in_a_row, means as w, more};
use crate::{browser, when};

/// Everything that is offered.
#[component]
pub fn AllMeansPage() -> impl IntoView {
    let loaded = load(ask_all);
    view! {
        <Back to=Route::More label=more::title />
        <div class="heading">
            <Title>{w::title}</Title>
            <a class="button" href=Route::Means(MeansRoute::New).href()>
                <Icon shape=Shape::Plus />
                <span>{w::new}</span>
            </a>
        </div>
        <p class="detail unprinted">{w::lead}</p>
        {when_loaded(loaded, |shown| view! { <All shown=shown /> })}
    }
}

#[component]
fn All(shown: RwSignal<AllMeans>) -> impl IntoView {
    let kind = RwSignal::new(None::<String>);
    let first = RwSignal::new(None::<NaiveDate>);
    let last = RwSignal::new(None::<NaiveDate>);
    let days = Memo::new(move |_| first.get().map(|first| (first, last.get().unwrap_or(first).max(first))));
    let kinds = Signal::derive(move || {
        let mut kinds: Vec<String> =
            shown.with(|all| all.rows.iter().map(|row| row.means.about.kind.clone()).collect());
        kinds.sort_by_cached_key(|kind| sort_key(&kind_words(kind)));
        kinds.dedup();
        // What is of no kind is found among all.
        let said = kinds.into_iter().filter(|kind| !kind.is_empty());
        said.map(|kind| Choice::new(kind.clone(), kind_words(&kind))).collect::<Vec<_>>()
    });
    let rows = Memo::new(move |_| shown.with(|all| sought(&all.rows, kind.get().as_deref(), days.get())));
    let nothing = Memo::new(move |_| shown.with(|all| all.rows.is_empty()));
    let none_found = Memo::new(move |_| !nothing.get() && rows.with(Vec::is_empty));
    let narrowed = Signal::derive(move || {
        let kind = kind.get().map(|kind| kind_words(&kind)).unwrap_or_default();
        in_a_row([kind, days.get().map(free_between).unwrap_or_default()])
    });
    view! {
        <OnPaper paper=Paper::NamesNobody narrowed=narrowed />
        <p class="empty" hidden=move || !nothing.get()>
            {w::none}
        </p>
        <div class="filters" hidden=move || nothing.get()>
            <Narrow
                id="kind"
                label=w::kind
                any=w::any_kind
                choices=kinds
                chosen=kind
                choose=Callback::new(move |chosen| kind.set(chosen))
            />
            <Days first=first last=last />
        </div>
        <p class="detail unprinted" hidden=move || days.get().is_none()>
            {w::free_lead}
        </p>
        <p class="empty" hidden=move || !none_found.get()>
            {w::none_found}
        </p>
        {move || sections(rows.get(), days.get())}
        <p class="acts" hidden=move || rows.with(Vec::is_empty)>
            <PrintButton label=w::print_all />
        </p>
    }
}

/// On which days one asks what is free.
#[component]
fn Days(first: RwSignal<Option<NaiveDate>>, last: RwSignal<Option<NaiveDate>>) -> impl IntoView {
    let near = today_or_yesterday(Some(browser::today()));
    let next = Signal::derive(move || {
        let after = first.get().and_then(|day| day.succ_opt());
        after.map(|day| (day, when::capital(date(day)))).into_iter().collect::<Vec<_>>()
    });
    let set = Callback::new(move |day: Option<NaiveDate>| {
        first.set(day);
        if day.is_none() {
            last.set(None);
        }
    });
    view! {
        <DayField id="free" legend=|| w::free_on() near=near none=w::any_day day=first set=set />
        <Show when=move || first.get().is_some()>
            <DayField
                id="free-until"
                legend=|| events::until()
                near=next
                none=events::one_day
                day=last
                set=Callback::new(move |day| last.set(day))
            />
        </Show>
    }
}

fn free_between((first, last): (NaiveDate, NaiveDate)) -> String {
    let days = if first == last { date(first) } else { w::from_until(date(first), date(last)) };
    w::free_days(days)
}

/// The rows of a kind, but those that are surely taken or not offered on the days one asks for: what nobody can tell is shown.
fn sought(rows: &[MeansRow], kind: Option<&str>, days: Option<(NaiveDate, NaiveDate)>) -> Vec<MeansRow> {
    let may_be_free = |row: &&MeansRow| match days.map(|(first, last)| row.means.free(first, last, browser::today())) {
        Some(Free::NotOffered) => false,
        Some(Free::Known { free, .. }) => free > 0,
        _ => true,
    };
    let of_kind = |row: &&MeansRow| kind.is_none_or(|kind| row.means.about.kind == kind);
    rows.iter().filter(of_kind).filter(may_be_free).cloned().collect()
}

fn sections(rows: Vec<MeansRow>, days: Option<(NaiveDate, NaiveDate)>) -> AnyView {
    let mut by_kind: BTreeMap<(bool, String, String), Vec<MeansRow>> = BTreeMap::new();
    for row in rows {
        let kind = row.means.about.kind.clone();
        let words = kind_words(&kind);
        by_kind.entry((kind.is_empty(), sort_key(&words), words)).or_default().push(row);
    }
    let section = |((_, _, words), rows): ((bool, String, String), Vec<MeansRow>)| {
        let count = rows.len();
        view! {
            <section>
                <h2>{words} " " <span class="count">{count}</span></h2>
                <ul class="rows">{rows.into_iter().map(|row| line(row, days)).collect_view()}</ul>
            </section>
        }
    };
    by_kind.into_iter().map(section).collect_view().into_any()
}

fn line(row: MeansRow, days: Option<(NaiveDate, NaiveDate)>) -> AnyView {
    let today = browser::today();
    let means = &row.means;
    let about = &means.about;
    let href = Route::Means(MeansRoute::One(means.id)).href();
    let group = row.group.as_ref().map(|(_, name)| groups::is_common(name)).unwrap_or_default();
    let commune = about.commune.as_ref().map(|commune| commune.name.clone()).unwrap_or_default();
    let many = about.quantity.map(w::in_all).unwrap_or_default();
    let room = about.capacity.map(w::for_people).unwrap_or_default();
    let free = days.map(|(first, last)| means.free(first, last, today));
    let free = free.map(|free| view! { <span class="tag">{free_words(free)}</span> });
    let late = means.loans.iter().filter(|loan| loan.days_late(today).is_some()).count() as u32;
    let late = (late > 0).then(|| view! { <span class="tag late unprinted">{w::late_count(late)}</span> });
    let meets = (!means.double_bookings(today).is_empty())
        .then(|| view! { <span class="tag late unprinted">{w::double_tag}</span> });
    let asked = means.loans.iter().filter(|loan| loan.state == LoanState::Asked).count() as u32;
    let asked = if asked == 0 { String::new() } else { w::asked_count(asked) };
    let state = if means.is_offered(today, today) == Some(true) {
        String::new()
    } else {
        in_a_row([offer_told(&about.state), offered_days(about)])
    };
    let said = |text: &str| {
        let text = text.trim().to_owned();
        (!text.is_empty()).then(|| view! { <span class="why print-only">{text}</span> })
    };
    let contact = if about.contact.trim().is_empty() { String::new() } else { w::ask_whom(&about.contact) };
    view! {
        <li>
            <Icon shape=Shape::Exchange />
            <span class="row-head">
                <a class="who" href=href>
                    {about.title.clone()}
                </a>
                {free}
                {late}
                {meets}
            </span>
            <span class="why">{in_a_row([row.owner.clone(), commune, many, room, state, group])}</span>
            <span class="why unprinted">{asked}</span>
            {said(&about.words)}
            {said(&about.conditions)}
            {said(&contact)}
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use maillon_shared::domain::ids::{LineId, MeansId};
    use maillon_shared::domain::means::{Line, Loan, SharedMeans};

    use super::*;

    #[test]
    fn what_is_surely_taken_is_not_shown_and_what_nobody_can_tell_is() {
        let day = |text: &str| -> NaiveDate { text.parse().expect("a day") };
        let (first, last) = (day("2099-03-10"), day("2099-03-11"));
        let row = |n: u8, quantity: Option<u32>| {
            let mut means = SharedMeans::empty(MeansId([n; 16]));
            (means.about.kind, means.about.quantity) = ("stand".into(), quantity);
            let (from, until) = (Some(first), Some(first));
            let state = LoanState::Agreed;
            means.loans.push(Loan { from, until, number: Some(1), state, ..Loan::empty(LineId([n; 16])) });
            MeansRow { means, owner: String::new(), group: None }
        };
        let rows = [row(1, Some(1)), row(2, Some(2)), row(3, None)];
        let found = |kind: Option<&str>, days| {
            sought(&rows, kind, days).iter().map(|row| row.means.id.0[0]).collect::<Vec<_>>()
        };
        assert_eq!(found(None, None), [1, 2, 3]);
        assert_eq!(found(None, Some((first, last))), [2, 3]);
        assert_eq!(found(None, Some((last, last))), [1, 2, 3]);
        assert_eq!(found(Some("room"), None), [0_u8; 0]);
    }
}
