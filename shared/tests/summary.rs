//! The laws of summaries, and what they say in a village one can hold in the head.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU32;

use chrono::NaiveDate;
use maillon_shared::domain::disclosure::{OTHER, Threshold, is_never_alone};
use maillon_shared::domain::summary::books::Books;
use maillon_shared::domain::summary::compare::{at_least, over_the_year, with_the_year_before};
use maillon_shared::domain::summary::correct::{Corrected, Correction, correct};
use maillon_shared::domain::summary::fact::{Fact, FactId, Someone};
use maillon_shared::domain::summary::grid::{About, Detail, Table};
use maillon_shared::domain::summary::period::{Level, Month, Period};
use maillon_shared::domain::summary::publication::Publication;
use maillon_shared::domain::summary::publish::{Refusal, Rules, publish};
use proptest::prelude::*;

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

fn rules(threshold: Threshold) -> Rules {
    let professionals =
        [("infirmier".to_owned(), 4), ("medecin_generaliste".to_owned(), 1), ("pharmacien".to_owned(), 2)];
    Rules { threshold, professionals: BTreeMap::from(professionals) }
}

fn five() -> Rules {
    rules(Threshold::FIVE)
}

/// The year 2026 of a village, as it is lived.
#[derive(Default)]
struct Year {
    facts: Vec<Fact>,
    books: Option<Books>,
    published: Vec<Publication>,
}

impl Year {
    fn fact(&mut self, table: Table, month: u32, person: u8, rows: &[(Detail, &str)]) -> Fact {
        let mut id = [0; 16];
        id[..8].copy_from_slice(&(self.facts.len() as u64).to_be_bytes());
        let rows = rows.iter().map(|(detail, row)| (*detail, (*row).to_owned())).collect();
        let person = Some(Someone([person; 16]));
        let fact = Fact { id: FactId(id), table, day: day(month, 9), person, times: NonZeroU32::MIN, rows };
        self.facts.push(fact.clone());
        fact
    }

    /// So many persons, once each, in a month.
    fn persons(&mut self, table: Table, month: u32, persons: u8) -> Vec<Fact> {
        (0..persons).map(|person| self.fact(table, month, person, &[])).collect()
    }

    /// Closes a month and publishes what ends with it.
    fn close(&mut self, month: u32, rules: &Rules) {
        let books = self.books.get_or_insert_with(|| Books::starting(Month::of(day(1, 1))));
        let closed = books.close(self.facts.iter().cloned());
        assert_eq!(closed, Month::of(day(month, 1)));
        for level in Level::ALL {
            let period = Period::around(closed, level);
            if period.last() == closed {
                let publication = publish(books, &self.published, period, rules).unwrap();
                self.published.push(publication);
            }
        }
    }

    fn close_until(&mut self, month: u32, rules: &Rules) {
        let open = self.books.as_ref().map_or(1, |books| books.open_month().year_and_month().1);
        (open..=month).for_each(|month| self.close(month, rules));
    }

    fn of(&self, level: Level, month: u32) -> &Publication {
        let period = Period::around(Month::of(day(month, 1)), level);
        self.published.iter().rfind(|publication| publication.period == period).unwrap()
    }

    fn acts(&self, table: Table, level: Level, month: u32) -> Option<u32> {
        self.of(level, month).table(table)?.acts.number()
    }

    fn correct(&self, month: u32, added: Vec<Fact>) -> Corrected {
        let correction = Correction { month: Month::of(day(month, 1)), added, removed: BTreeSet::new() };
        correct(self.books.as_ref().unwrap(), &self.published, &correction, &five()).unwrap()
    }
}

#[test]
fn a_month_too_small_takes_the_next_one_with_it_so_that_the_quarter_is_told() {
    let mut year = Year::default();
    year.persons(Table::Requests, 1, 3);
    year.persons(Table::Requests, 2, 20);
    year.persons(Table::Requests, 3, 20);
    year.close_until(3, &five());
    assert_eq!(
        (1..=3).map(|month| year.acts(Table::Requests, Level::Month, month)).collect::<Vec<_>>(),
        [None, None, Some(20)]
    );
    assert_eq!(year.acts(Table::Requests, Level::Quarter, 1), Some(43));
}

#[test]
fn where_only_the_last_month_is_too_small_the_quarter_says_at_least() {
    let mut year = Year::default();
    year.persons(Table::Requests, 1, 20);
    year.persons(Table::Requests, 2, 20);
    year.persons(Table::Requests, 3, 2);
    year.close_until(3, &five());
    let quarter = Period::around(Month::of(day(1, 1)), Level::Quarter);
    assert_eq!(year.acts(Table::Requests, Level::Quarter, 1), None);
    assert_eq!(at_least(&year.published, Table::Requests, quarter), Some(40));
    year.persons(Table::Requests, 5, 9);
    year.close_until(12, &five());
    assert_eq!(year.acts(Table::Requests, Level::Year, 1), Some(51), "the year finds others to put them with");
}

#[test]
fn a_quarter_of_nine_persons_waits_for_the_year_and_the_next_one_with_it() {
    let mut year = Year::default();
    year.persons(Table::Alerts, 1, 9);
    for month in [4, 7] {
        year.persons(Table::Alerts, month, 9);
        year.fact(Table::Alerts, month + 1, 20, &[]);
    }
    year.close_until(12, &five());
    let quarters = [1, 4, 7, 10].map(|month| year.acts(Table::Alerts, Level::Quarter, month));
    assert_eq!(quarters, [None, None, Some(10), None]);
    let whole = year.of(Level::Year, 1).table(Table::Alerts).unwrap();
    assert_eq!((whole.acts.number(), whole.persons.number()), (Some(29), Some(10)));
}

#[test]
fn one_who_has_half_of_the_acts_is_not_shown_by_them() {
    let mut year = Year::default();
    year.persons(Table::Contacts, 1, 12);
    (0..11).for_each(|_| drop(year.fact(Table::Contacts, 1, 3, &[])));
    year.close(1, &five());
    assert_eq!(year.acts(Table::Contacts, Level::Month, 1), None);
}

#[test]
fn lines_too_small_are_put_with_others_and_the_last_joins_them() {
    let mut year = Year::default();
    let topic = Detail::RequestsByTopic;
    let asked = [("rights", 0..9), ("transport", 10..17), ("housing", 20..26), ("violence", 30..32), ("meals", 32..33)];
    for (row, persons) in asked {
        persons
            .into_iter()
            .for_each(|person| drop(year.fact(Table::Requests, 1 + u32::from(person) % 12, person, &[(topic, row)])));
    }
    year.close_until(12, &five());
    let detail = year.of(Level::Year, 1).detail(topic).unwrap();
    let lines: Vec<_> = detail.lines.iter().map(|line| (line.row.as_str(), line.acts.number().unwrap())).collect();
    assert_eq!(lines, [("rights", 9), (OTHER, 16)], "housing, then transport: three, then nine persons are too few");
    assert!(detail.gathered.contains(&"transport".to_owned()) && !detail.gathered.contains(&"violence".to_owned()));
    assert_eq!(year.of(Level::Year, 1).line(topic, "housing").number(), None);
}

#[test]
fn what_is_noted_late_counts_when_it_is_known() {
    let mut year = Year::default();
    year.persons(Table::Requests, 1, 12);
    year.close(1, &five());
    year.persons(Table::Requests, 1, 1);
    year.persons(Table::Requests, 2, 12);
    year.close_until(3, &five());
    assert_eq!([1, 2].map(|month| year.acts(Table::Requests, Level::Month, month)), [Some(12), Some(13)]);
    assert_eq!(year.books.unwrap().counted().len(), 25, "once each");
}

#[test]
fn a_correction_is_made_where_what_it_adds_could_be_told() {
    let mut year = Year::default();
    year.persons(Table::Requests, 1, 20);
    year.close_until(3, &five());
    let (one, many) = (year.persons(Table::Requests, 1, 4), year.persons(Table::Requests, 1, 5));
    let refused = year.correct(1, one);
    assert_eq!((refused.left_as_they_were, refused.publications.len()), (vec![Table::Requests], 0));
    let corrected = year.correct(1, many.clone());
    let versions: Vec<_> = corrected.publications.iter().map(|version| version.version).collect();
    let acts = corrected.publications.iter().map(|version| version.table(Table::Requests).unwrap().acts.number());
    assert_eq!(
        (versions, acts.collect::<Vec<_>>()),
        (vec![2], vec![Some(25)]),
        "February and March keep the quarter back"
    );
    let again = Correction { month: Month::of(day(1, 1)), added: many, removed: BTreeSet::new() };
    assert_eq!(correct(&corrected.books, &year.published, &again, &five()), Err(Refusal::CorrectedBefore));
}

#[test]
fn nothing_is_published_twice_nor_before_its_end_nor_after_what_holds_it() {
    let mut year = Year::default();
    year.close_until(3, &five());
    let books = year.books.as_ref().unwrap();
    let period = |month, level| Period::around(Month::of(day(month, 1)), level);
    assert_eq!(publish(books, &year.published, period(2, Level::Month), &five()), Err(Refusal::Published));
    assert_eq!(publish(books, &year.published, period(4, Level::Month), &five()), Err(Refusal::Open));
    assert_eq!(publish(books, &year.published, period(1, Level::Year), &five()), Err(Refusal::Open));
    let quarter_alone = &year.published[3..];
    assert_eq!(publish(books, quarter_alone, period(3, Level::Month), &five()), Err(Refusal::TooLate));
}

#[test]
fn small_professions_are_together_and_things_that_are_nobody_s_are_told_as_they_are() {
    let mut year = Year::default();
    let profession = Detail::PartnersByProfession;
    for row in ["infirmier", "infirmier", "pharmacien", "medecin_generaliste", "medecin_generaliste"] {
        year.fact(Table::Partners, 6, 1, &[(profession, row)]);
    }
    year.close_until(12, &five());
    let detail = year.of(Level::Year, 1).detail(profession).unwrap();
    let lines: Vec<_> = detail.lines.iter().map(|line| (line.row.as_str(), line.acts.number().unwrap())).collect();
    assert_eq!(lines, [("infirmier", 2), (OTHER, 3)]);
    assert_eq!(year.acts(Table::Events, Level::Month, 1), Some(0));
    let period = Period::around(Month::of(day(6, 1)), Level::Quarter);
    assert_eq!(with_the_year_before(&year.published, Table::Events, period), None, "there is no year before");
}

#[test]
fn a_line_told_by_quarter_adds_up_to_a_year_where_each_quarter_tells_it() {
    let mut year = Year::default();
    let way = Detail::ContactsByWay;
    for month in [1, 4, 7, 10] {
        for (row, persons) in [("home_visit", 15), ("call", if month == 4 { 3 } else { 12 }), ("mail", 12)] {
            (0..persons).for_each(|person| {
                year.fact(Table::Contacts, month + u32::from(person) % 3, person, &[(way, row)]);
            });
        }
    }
    year.close_until(12, &five());
    let whole = Period::around(Month::of(day(1, 1)), Level::Year);
    assert_eq!(over_the_year(&year.published, way, "home_visit", whole), Some(60));
    assert_eq!(over_the_year(&year.published, way, "call", whole), None, "April keeps it back");
    assert_eq!(over_the_year(&year.published, way, OTHER, whole), None, "others are not the same each time");
}

#[test]
fn a_person_s_id_leaves_the_books_and_the_figures_stay() {
    let mut year = Year::default();
    year.persons(Table::Requests, 1, 12);
    year.close(1, &five());
    let before = year.acts(Table::Requests, Level::Month, 1);
    let books = year.books.as_mut().unwrap();
    books.rename(Someone([3; 16]), Someone([0xEE; 16]));
    let facts = books.of_month(Month::of(day(1, 1)));
    assert!(facts.iter().all(|fact| fact.person != Some(Someone([3; 16]))));
    let again = publish(books, &[], Period::around(Month::of(day(1, 1)), Level::Month), &five()).unwrap();
    assert_eq!(again.table(Table::Requests).unwrap().acts.number(), before);
}

fn some_fact() -> impl Strategy<Value = (usize, u32, Option<u8>, usize, u32)> {
    (0..Table::ALL.len(), 1..13u32, proptest::option::weighted(0.95, 0..30u8), 0..6usize, 1..4u32)
}

const TOPICS: [&str; 6] = ["rights", "find_doctor", "transport", "violence", "mental_health", "home_visit"];

/// A year of such facts.
fn year_of(drawn: &[(usize, u32, Option<u8>, usize, u32)], topics: [&str; 6]) -> Year {
    let mut year = Year::default();
    for (table, month, person, row, times) in drawn {
        let table = Table::ALL[*table];
        let rows = Detail::ALL.iter().filter(|detail| detail.table() == table).map(|detail| (*detail, topics[*row]));
        let rows: Vec<_> = rows.collect();
        year.fact(table, *month, 0, &rows);
        let fact = year.facts.last_mut().unwrap();
        fact.person = person.map(|person| Someone([person; 16]));
        fact.times = NonZeroU32::new(*times).unwrap();
    }
    year
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_summary_tells_no_number_under_the_threshold_and_adds_up(
        drawn in proptest::collection::vec(some_fact(), 0..900),
        threshold in prop_oneof![Just(Threshold::FIVE), Just(Threshold::ELEVEN)],
    ) {
        let mut year = year_of(&drawn, TOPICS);
        year.close_until(12, &rules(threshold));
        for summary in year.published.iter().flat_map(|publication| &publication.tables) {
            let is_enough = |figure: Option<u32>| figure.is_none_or(|number| number >= threshold.get());
            let about_people = summary.table.about() == About::People;
            prop_assert!(!about_people || is_enough(summary.acts.number()) && is_enough(summary.persons.number()));
            prop_assert!(summary.acts.number().is_some() || summary.details.is_empty());
            for detail in &summary.details {
                prop_assert!(detail.lines.iter().all(|line| !about_people || is_enough(line.acts.number())));
                prop_assert!(detail.lines.iter().all(|line| !is_never_alone(&line.row)));
                let sum: u32 = detail.lines.iter().map(|line| line.acts.number().unwrap()).sum();
                prop_assert!(detail.lines.is_empty() || Some(sum) == summary.acts.number());
            }
        }
        for table in Table::ALL {
            let parts: Option<Vec<u32>> = (1..=12).map(|month| year.acts(*table, Level::Month, month)).collect();
            if let Some(parts) = parts {
                prop_assert_eq!(year.acts(*table, Level::Year, 1), Some(parts.iter().sum()));
            }
        }
    }

    #[test]
    fn the_same_facts_in_any_order_are_told_alike(drawn in proptest::collection::vec(some_fact(), 0..400), seed: u64) {
        let mut one = year_of(&drawn, TOPICS);
        let mut other = year_of(&drawn, TOPICS);
        let number = |fact: &Fact| u64::from_be_bytes(fact.id.0[..8].try_into().unwrap()).wrapping_mul(seed | 1);
        other.facts.sort_by_key(number);
        one.close_until(12, &five());
        other.close_until(12, &five());
        prop_assert_eq!(one.published, other.published);
    }

    /// To which of the subjects that are never alone someone came shows nowhere.
    #[test]
    fn two_villages_that_differ_by_a_guarded_subject_are_told_alike(drawn in proptest::collection::vec(some_fact(), 0..400)) {
        let mut one = year_of(&drawn, TOPICS);
        let mut other = year_of(&drawn, TOPICS.map(|topic| if is_never_alone(topic) { "end_of_life" } else { topic }));
        one.close_until(12, &five());
        other.close_until(12, &five());
        prop_assert_eq!(one.published, other.published);
    }
}
