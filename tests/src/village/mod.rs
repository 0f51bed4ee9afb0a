//! One village, made up and seeded: what `--demo`, benches and tests live in.
//!
//! A [`Village`] is the coordinator's work over years, as the requests that a screen would have sent, each with the
//! instant at which it was. Its people are of every age and situation, and none exists: names are nobody's
//! ([`names`]), the commune is on no map ([`place`]), telephones are of the ranges kept for fiction. Nothing clinical is
//! written. The same seed, size and day give the same village for ever; it knows the door and no engine.

pub mod chance;
pub mod clock;
mod directory;
mod life;
pub mod names;
mod people;
mod phrases;
pub mod place;
mod stories;
mod stream;
pub mod tally;
mod telling;

use chrono::{Datelike, Days, Months, NaiveDate};
use maillon_shared::domain::calendar::{Calendar, Leave};
use maillon_shared::domain::settings::{Settings, SettingsField};

pub use stream::Stream;

/// How much life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// A few weeks, for tests: some twenty people.
    Hamlet,
    /// A commune, two years, some 120 people followed.
    Demo,
    /// So many times 60,000 records and 5,000 directory entries, over ten years.
    Bench(u32),
}

/// A village to be.
#[derive(Clone, Debug)]
pub struct Village {
    seed: u64,
    size: Size,
    today: NaiveDate,
}

/// What the size comes to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    /// The first day of the work.
    pub first: NaiveDate,
    /// The day after the last.
    pub today: NaiveDate,
    /// How many people are followed at once, where records do not decide it.
    pub followed: usize,
    /// How many records in all, where that is decided.
    pub records: Option<usize>,
    /// How many entries in the directory.
    pub entries: usize,
    /// Whether one of each thing that a coordinator may have on the table is there at the end.
    pub lately: bool,
}

impl Village {
    /// A village whose notebook is opened on the morning of `today`: what falls due that day is still to do.
    pub fn new(seed: u64, size: Size, today: NaiveDate) -> Self {
        Village { seed, size, today }
    }

    /// A commune, two years, some 120 people followed.
    pub fn demo(seed: u64, today: NaiveDate) -> Self {
        Village::new(seed, Size::Demo, today)
    }

    /// 60,000 records and 5,000 directory entries over ten years.
    pub fn bench(seed: u64, today: NaiveDate) -> Self {
        Village::new(seed, Size::Bench(1), today)
    }

    /// So many times as many, over the same ten years.
    pub fn times(times: u32, seed: u64, today: NaiveDate) -> Self {
        Village::new(seed, Size::Bench(times), today)
    }

    /// The day whose morning the village is seen on.
    pub fn today(&self) -> NaiveDate {
        self.today
    }

    /// The settings of the notebook, to create it with.
    pub fn settings(&self) -> Vec<(SettingsField, String)> {
        let settings = Settings {
            coordinator: "Mme Calvoussagne".into(),
            title: "coordinatrice".into(),
            commune: place::COMMUNE.into(),
            commune_code: place::COMMUNE_CODE.into(),
            leave: self.leave().iter().map(Leave::to_string).collect::<Vec<_>>().join(" "),
            unseen_after_days: "60".into(),
            ..Settings::default()
        };
        Settings::default().changes_to(&settings)
    }

    /// What was done, in order.
    pub fn requests(&self) -> Stream {
        let calendar = Calendar { leaves: self.leave(), ..Calendar::default() };
        Stream::new(self.seed, self.plan(), calendar)
    }

    fn plan(&self) -> Plan {
        let times = match self.size {
            Size::Bench(times) => times.max(1) as usize,
            _ => 1,
        };
        let (months, followed, records, entries) = match self.size {
            Size::Hamlet => (2, 20, None, 25),
            Size::Demo => (24, 120, None, 190),
            Size::Bench(_) => (120, 260 * times, Some(60_000 * times), 5_000 * times),
        };
        let first = self.today.checked_sub_months(Months::new(months)).unwrap_or(self.today);
        let lately = self.size == Size::Demo;
        Plan { first, today: self.today, followed, records, entries, lately }
    }

    /// Three weeks in August, one in spring, one at the year's end; none of them on the day itself, which is worked.
    fn leave(&self) -> Vec<Leave> {
        let years = self.plan().first.year()..=self.today.year();
        let periods = |year: i32| [(year, 4, 20, 4u64), (year, 8, 3, 18), (year, 12, 24, 9)];
        let leave = |(year, month, day, days)| {
            let from = NaiveDate::from_ymd_opt(year, month, day)?;
            Leave::new(from, from.checked_add_days(Days::new(days))?)
        };
        years.flat_map(periods).filter_map(leave).filter(|leave| !leave.contains(self.today)).collect()
    }
}
