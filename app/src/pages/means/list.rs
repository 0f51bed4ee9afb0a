//! Everything that is offered, by what it is: narrowed to one kind, or to what may be free on some days. It is also what is printed, as
//! the catalogue of the collective.
//!
//! By title, and never in the order of who offers or borrows most.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use leptos::prelude::*;
use maillon_shared::api::Failure;
use maillon_shared::api::means::{AllMeans, MeansRow};
use maillon_shared::domain::clues::{Clue, Weight, WrittenFor};
use maillon_shared::domain::means::{Fielded, Free, Loan, LoanState, SharedMeans};
use maillon_shared::text::sort::sort_key;

use super::ask_all;
use super::words::{date, free_words, kind_words, offer_told, offered_days};
use crate::routes::{MeansRoute, Route};
use crate::ui::{
    Back, Choice, ClueList, DayField, Icon, Narrow, OnPaper, Paper, PrintButton, Shape, Title, clues, load,
    today_or_yesterday, when_loaded,
};
use crate::words::{events, groups, in_a_row, information, means as w, more};
use crate::{browser, when};

/// Everything that is offered, and what in it names someone of the notebook: none where it could not be looked through.
#[derive(Clone, PartialEq)]
struct Shown {
    all: AllMeans,
    clues: Option<Vec<(Clue, String)>>,
}

/// Everything, looked through before it is printed: in what is one's own alone, nothing else did.
async fn looked_through() -> Result<Shown, Failure> {
    let all = ask_all().await?;
    let texts = printed(&all.rows, browser::today());
    let found = clues::ask(texts.clone(), WrittenFor::Project).await.ok();
    let names = |clue: Clue| {
        let text = texts.get(usize::from(clue.text))?.clone();
        (clue.weight == Weight::Must).then_some((clue, text))
    };
    let clues = found.map(|found| found.into_iter().filter_map(names).collect());
    Ok(Shown { all, clues })
}

/// The texts of the catalogue.
fn printed(rows: &[MeansRow], today: NaiveDate) -> Vec<String> {
    let rows = rows.iter().filter(|row| !row.means.about.is_over(today));
    rows.flat_map(|row| row.means.about.words().into_iter().chain([row.owner.clone()])).collect()
}

/// Everything that is offered.
#[component]
pub fn AllMeansPage() -> impl IntoView {
    let loaded = load(looked_through);
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
fn All(shown: RwSignal<Shown>) -> impl IntoView {
    let kind = RwSignal::new(None::<String>);
    let first = RwSignal::new(None::<NaiveDate>);
    let last = RwSignal::new(None::<NaiveDate>);
    let days = Memo::new(move |_| first.get().map(|first| (first, last.get().unwrap_or(first).max(first))));
    let kinds = Signal::derive(move || {
        let mut kinds: Vec<String> =
            shown.with(|shown| shown.all.rows.iter().map(|row| row.means.about.kind.clone()).collect());
        kinds.sort_by_cached_key(|kind| sort_key(&kind_words(kind)));
        kinds.dedup();
        // What is of no kind is found among all.
        let said = kinds.into_iter().filter(|kind| !kind.is_empty());
        said.map(|kind| Choice::new(kind.clone(), kind_words(&kind))).collect::<Vec<_>>()
    });
    let rows = Memo::new(move |_| {
        shown.with(|shown| sought(&shown.all.rows, kind.get().as_deref(), days.get(), browser::today()))
    });
    let nothing = Memo::new(move |_| shown.with(|shown| shown.all.rows.is_empty()));
    let none_found = Memo::new(move |_| !nothing.get() && rows.with(Vec::is_empty));
    let narrowed = Signal::derive(move || {
        let kind = kind.get().map(|kind| kind_words(&kind)).unwrap_or_default();
        in_a_row([kind, days.get().map(free_between).unwrap_or_default()])
    });
    let names = Memo::new(move |_| shown.with(|shown| shown.clues.clone()));
    let found = Signal::derive(move || names.get().unwrap_or_default());
    // Of what was looked at: with another word, one looks again.
    let looked = RwSignal::new(Vec::<(Clue, String)>::new());
    let may_print = Memo::new(move |_| {
        let is_looked_at = |names: &Vec<(Clue, String)>| names.is_empty() || looked.with(|looked| looked == names);
        names.with(|names| names.as_ref().is_some_and(is_looked_at))
    });
    let is_stopped = move || names.with(Option::is_some) && !may_print.get();
    view! {
        <Show when=move || may_print.get()>
            <OnPaper paper=Paper::NamesNobody narrowed=narrowed />
        </Show>
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
        {move || sections(rows.get(), days.get(), may_print)}
        <ClueList clues=found written_for=WrittenFor::Project />
        <p class="state-note unprinted" hidden=move || !is_stopped()>
            {w::print_stops} " "
            <button type="button" on:click=move |_| looked.set(found.get_untracked())>
                {information::board_looked}
            </button>
        </p>
        <p class="state-note unprinted" hidden=move || names.with(Option::is_some)>
            {w::not_looked_through}
        </p>
        <p class="acts" hidden=move || rows.with(Vec::is_empty) || !may_print.get()>
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

/// The rows of a kind, but those that are surely taken or not offered on the days one asks for: what nobody can tell is shown. What
/// is offered no longer comes last.
fn sought(
    rows: &[MeansRow],
    kind: Option<&str>,
    days: Option<(NaiveDate, NaiveDate)>,
    today: NaiveDate,
) -> Vec<MeansRow> {
    let may_be_free = |row: &&MeansRow| match days.map(|(first, last)| row.means.free(first, last, today)) {
        Some(Free::NotOffered) => false,
        Some(Free::Known { free, .. }) => free > 0,
        _ => true,
    };
    let of_kind = |row: &&MeansRow| kind.is_none_or(|kind| row.means.about.kind == kind);
    let mut found: Vec<MeansRow> = rows.iter().filter(of_kind).filter(may_be_free).cloned().collect();
    found.sort_by_key(|row| row.means.about.is_over(today));
    found
}

/// When what was handed over is to be given back, and that it is out where nobody said when. What is late is told beside.
fn due_words(means: &SharedMeans, today: NaiveDate) -> String {
    let mut days: Vec<NaiveDate> = means.due_back().into_iter().map(|(day, _)| day).collect();
    days.retain(|day| *day >= today);
    days.dedup();
    let is_out = |loan: &Loan| loan.state == LoanState::HandedOver && loan.last().is_none();
    let no_end = if means.loans.iter().any(is_out) { w::out_without_end() } else { "" };
    let due = days.into_iter().map(|day| w::due_on(when::date(day, today)));
    in_a_row(due.chain([no_end.to_owned()]))
}

/// What is over, or may name someone, is on no paper.
fn sections(rows: Vec<MeansRow>, days: Option<(NaiveDate, NaiveDate)>, may_print: Memo<bool>) -> AnyView {
    let today = browser::today();
    let mut by_kind: BTreeMap<(bool, String, String), Vec<MeansRow>> = BTreeMap::new();
    for row in rows {
        let kind = row.means.about.kind.clone();
        let words = kind_words(&kind);
        by_kind.entry((kind.is_empty(), sort_key(&words), words)).or_default().push(row);
    }
    let section = |((_, _, words), rows): ((bool, String, String), Vec<MeansRow>)| {
        let count = rows.len();
        let all_over = rows.iter().all(|row| row.means.about.is_over(today));
        view! {
            <section class:unprinted=move || all_over || !may_print.get()>
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
    let is_over = about.is_over(today);
    let many = about.quantity.filter(|_| means.is_counted()).map(w::in_all).unwrap_or_default();
    let room = about.capacity.map(w::for_people).unwrap_or_default();
    let free = days.map(|(first, last)| means.free(first, last, today));
    let free = free.map(|free| view! { <span class="tag">{free_words(free)}</span> });
    let late = means.loans.iter().filter(|loan| loan.days_late(today).is_some()).count() as u32;
    let late = (late > 0).then(|| view! { <span class="tag late unprinted">{w::late_count(late)}</span> });
    let meets = (!means.double_bookings(today).is_empty())
        .then(|| view! { <span class="tag late unprinted">{w::double_tag}</span> });
    let asked = means.loans.iter().filter(|loan| loan.awaits_an_answer(today)).count() as u32;
    let asked = if asked == 0 { String::new() } else { w::asked_count(asked) };
    let state = if means.is_offered(today, today) == Some(true) {
        String::new()
    } else {
        in_a_row([offer_told(about, today), offered_days(about)])
    };
    let said = |text: &str| {
        let text = text.trim().to_owned();
        (!text.is_empty()).then(|| view! { <span class="why print-only">{text}</span> })
    };
    let contact = if about.contact.trim().is_empty() { String::new() } else { w::ask_whom(&about.contact) };
    view! {
        <li class:unprinted=is_over>
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
            <span class="why unprinted">{in_a_row([asked, due_words(means, today)])}</span>
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
    use maillon_shared::domain::means::{Line, OfferState};

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
        let mut rows = [row(1, Some(1)), row(2, Some(2)), row(3, None)];
        let found = |rows: &[MeansRow], kind: Option<&str>, days| {
            sought(rows, kind, days, day("2099-03-01")).iter().map(|row| row.means.id.0[0]).collect::<Vec<_>>()
        };
        assert_eq!(found(&rows, None, None), [1, 2, 3]);
        assert_eq!(found(&rows, None, Some((first, last))), [2, 3]);
        assert_eq!(found(&rows, None, Some((last, last))), [1, 2, 3]);
        assert_eq!(found(&rows, Some("room"), None), [0_u8; 0]);
        rows[0].means.about.state = OfferState::Ended("vendu".into());
        assert_eq!(found(&rows, None, None), [2, 3, 1], "what is over comes last");
        let texts = printed(&rows, day("2099-03-01"));
        assert!(!texts.contains(&"vendu".to_owned()), "and is on no paper");
    }

    #[test]
    fn what_was_handed_over_is_told_even_where_nobody_said_until_when() {
        let day = |text: &str| -> NaiveDate { text.parse().expect("a day") };
        let mut means = SharedMeans::empty(MeansId([1; 16]));
        let mut lends = |n: u8, until: Option<NaiveDate>, state: LoanState| {
            means.loans.push(Loan { until, state, ..Loan::empty(LineId([n; 16])) });
            due_words(&means, day("2026-03-10"))
        };
        assert_eq!(lends(1, None, LoanState::Agreed), "");
        assert_eq!(lends(2, Some(day("2026-03-09")), LoanState::HandedOver), "", "what is late is told beside");
        let due = lends(3, Some(day("2026-03-12")), LoanState::HandedOver);
        assert!(due.contains("12"), "{due}");
        assert_eq!(lends(4, Some(day("2026-03-12")), LoanState::HandedOver), due, "each day once");
        assert!(lends(5, None, LoanState::HandedOver).contains(w::out_without_end()));
    }
}
