//! Villages drawn at random: who lives there, what happens in three years, what is noted late.
//!
//! A few people take up most of the time, most subjects are rare, summers have campaigns; some villages hardly have
//! anything to tell.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use chrono::NaiveDate;
use maillon_shared::domain::summary::fact::{Fact, FactId, Someone};
use maillon_shared::domain::summary::grid::{About, Detail, Rows, Table};
use maillon_shared::domain::summary::period::Month;

use crate::chance::Chance;

pub const FIRST_YEAR: i32 = 2026;
pub const YEARS: i32 = 3;

/// A village, and what there is to count of it.
pub struct Village {
    pub people: usize,
    /// What is noted in each month, of that month or of earlier ones.
    pub noted: BTreeMap<Month, Vec<Fact>>,
}

/// How often a thing is done in a year, in a village of 90 whom someone follows.
const OFTEN: [(Table, f64); 14] = [
    (Table::Contacts, 1100.0),
    (Table::Reception, 400.0),
    (Table::Followed, 55.0),
    (Table::Alerts, 40.0),
    (Table::CommonAlerts, 6.0),
    (Table::Requests, 220.0),
    (Table::Answers, 200.0),
    (Table::Changes, 70.0),
    (Table::Meetings, 24.0),
    (Table::CampaignCalls, 180.0),
    (Table::Events, 9.0),
    (Table::Referrals, 26.0),
    (Table::Partners, 90.0),
    (Table::Missing, 22.0),
];

/// Subjects that a line may not have, which come up all the same.
const UNSAID: [&str; 4] = ["violence", "mental_health", "addictions", "words of one's own"];

pub fn month(year: i32, month: u32) -> Month {
    Month::of(NaiveDate::from_ymd_opt(year, month, 1).expect("a day"))
}

pub fn months() -> impl Iterator<Item = Month> {
    (FIRST_YEAR..FIRST_YEAR + YEARS).flat_map(|year| (1..=12).map(move |number| month(year, number)))
}

pub fn someone(number: usize) -> Someone {
    let mut id = [7; 16];
    id[..8].copy_from_slice(&(number as u64).to_be_bytes());
    Someone(id)
}

impl Village {
    /// A village of some size, where things happen as often as in others.
    pub fn typical(seed: u64) -> Self {
        Village::of(&mut Chance::of(seed), 90, 1.0)
    }

    pub fn random(seed: u64) -> Self {
        let mut chance = Chance::of(seed);
        let people = 60 + chance.below(61);
        let busy = chance.between(0.3, 1.4) * people as f64 / 90.0;
        Village::of(&mut chance, people, busy)
    }

    fn of(chance: &mut Chance, people: usize, busy: f64) -> Self {
        let skew = chance.between(0.5, 1.1);
        let mut drawer = Drawer { chance, people, skew, drawn: 0, tastes: BTreeMap::new() };
        let mut noted: BTreeMap<Month, Vec<Fact>> = months().map(|month| (month, Vec::new())).collect();
        for month in months() {
            for (table, yearly) in OFTEN {
                for _ in 0..drawer.how_many(table, month, yearly * busy) {
                    let fact = drawer.fact(table, month);
                    let late = if drawer.chance.happens(4) { 1 + drawer.chance.below(3) } else { 0 };
                    let when = (0..late).fold(month, |month, _| month.next());
                    noted.entry(when).or_default().push(fact);
                }
            }
        }
        Village { people, noted }
    }
}

/// Draws facts.
pub struct Drawer<'a> {
    chance: &'a mut Chance,
    people: usize,
    skew: f64,
    drawn: u64,
    tastes: BTreeMap<Detail, Vec<f64>>,
}

impl<'a> Drawer<'a> {
    /// Facts that no village has drawn: what is found later, to be corrected.
    pub fn of_found(chance: &'a mut Chance, people: usize) -> Self {
        Drawer { chance, people, skew: 0.2, drawn: 1 << 40, tastes: BTreeMap::new() }
    }

    fn how_many(&mut self, table: Table, month: Month, yearly: f64) -> usize {
        let number = month.year_and_month().1;
        let season = match (table, number) {
            (Table::CampaignCalls, 7) => 8.0,
            (Table::CampaignCalls, 8) => 3.5,
            (Table::CampaignCalls, _) => 0.05,
            (_, 8) => 0.4,
            _ => 1.0,
        };
        let mean = yearly / 12.0 * season * self.chance.between(0.6, 1.4);
        // A sum of many rare chances.
        (0..200).filter(|_| self.chance.between(0.0, 1.0) < mean / 200.0).count() + (mean / 200.0) as usize * 200
    }

    pub fn fact(&mut self, table: Table, month: Month) -> Fact {
        self.drawn += 1;
        let mut id = [3; 16];
        id[..8].copy_from_slice(&self.drawn.to_be_bytes());
        let (year, number) = month.year_and_month();
        let day = NaiveDate::from_ymd_opt(year, number, 1 + self.chance.below(28) as u32).expect("a day");
        let known = table.about() == About::People && !self.chance.happens(2);
        let person = known.then(|| someone(self.person()));
        let rows = Detail::ALL.iter().filter(|detail| detail.table() == table);
        let rows = rows.map(|detail| (*detail, self.row(*detail))).collect();
        Fact { id: FactId(id), table, day, person, times: NonZeroU32::MIN, rows }
    }

    fn person(&mut self) -> usize {
        let weights: Vec<f64> = (1..=self.people).map(|rank| (rank as f64).powf(-self.skew)).collect();
        self.chance.weighed(&weights)
    }

    fn row(&mut self, detail: Detail) -> String {
        let rows: Vec<&str> = match detail.rows() {
            Rows::Closed(rows) => rows.to_vec(),
            Rows::WithOther(rows) => rows.iter().copied().chain(UNSAID).collect(),
            Rows::Professions => vec!["infirmier", "medecin_generaliste", "pharmacien", "sage_femme"],
        };
        if !self.tastes.contains_key(&detail) {
            let mut tastes: Vec<f64> = (0..rows.len()).map(|rank| 1.0 / (rank as f64 + 0.6)).collect();
            self.chance.shuffle(&mut tastes);
            self.tastes.insert(detail, tastes);
        }
        rows[self.chance.weighed(&self.tastes[&detail])].to_owned()
    }
}
