//! The coordinator's working days: week, public holidays, leave.
//!
//! A date that falls outside them is never moved: the calendar says why, and which worked days are nearest on each side;
//! someone chooses before saving. Holidays are computed, for any year, so that a notebook needs no list of them.

use std::fmt;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use super::settings::Settings;

/// How far a worked day is looked for. Nothing may be worked at all (a long leave, an empty week): the search ends.
const SEARCH_DAYS: u64 = 800;

/// What decides whether a day is worked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// Which holidays are those of the place.
    pub zone: Zone,
    /// The days of an ordinary week.
    pub week: WorkingWeek,
    /// Holidays worked all the same, such as Whit Monday where it is the *journée de solidarité*.
    pub worked_holidays: Vec<HolidayId>,
    /// When the coordinator is away.
    pub leaves: Vec<Leave>,
}

/// Days away, the first and the last included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Leave {
    /// The first day away.
    pub from: NaiveDate,
    /// The last day away.
    pub to: NaiveDate,
}

impl Leave {
    /// A leave, unless it would end before it begins.
    pub fn new(from: NaiveDate, to: NaiveDate) -> Option<Self> {
        (from <= to).then_some(Leave { from, to })
    }

    /// Reads `2026-08-03/2026-08-21`, as the settings write it.
    pub fn parse(text: &str) -> Option<Self> {
        let (from, to) = text.split_once('/')?;
        Leave::new(from.parse().ok()?, to.parse().ok()?)
    }

    /// Whether a day is in it.
    pub fn contains(self, day: NaiveDate) -> bool {
        (self.from..=self.to).contains(&day)
    }
}

impl fmt::Display for Leave {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.from, self.to)
    }
}

/// Why a day is not worked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum NotWorked {
    /// A public holiday.
    Holiday(HolidayId),
    /// The coordinator is away.
    Leave(Leave),
    /// A day of the week that is not worked: a weekend, or a Wednesday.
    DayOff,
}

/// What a date asked for becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Proposal {
    /// The day is worked.
    Fits,
    /// It is not: nothing is moved, these are offered.
    Outside {
        /// Why the day is not worked.
        why: NotWorked,
        /// The nearest worked day before it that is not past.
        earlier: Option<NaiveDate>,
        /// The nearest worked day after it.
        later: Option<NaiveDate>,
    },
}

impl Calendar {
    /// The calendar that the settings describe. A leave that cannot be read is left out: screens check what they write.
    pub fn of(settings: &Settings) -> Self {
        Calendar {
            zone: Zone::of_commune(&settings.commune_code),
            week: WorkingWeek::parse(&settings.worked_days).filter(|week| week.days != 0).unwrap_or_default(),
            worked_holidays: Vec::new(),
            leaves: settings.leave.split_whitespace().filter_map(Leave::parse).collect(),
        }
    }

    /// Whether a day is worked.
    pub fn is_worked(&self, day: NaiveDate) -> bool {
        self.why_not_worked(day).is_none()
    }

    /// Why a day is not worked, the reason that says most first: a holiday, a leave, then the week.
    pub fn why_not_worked(&self, day: NaiveDate) -> Option<NotWorked> {
        let holiday = holiday_on(day, self.zone).filter(|holiday| !self.worked_holidays.contains(holiday));
        let leave = || self.leaves.iter().copied().find(|leave| leave.contains(day)).map(NotWorked::Leave);
        let day_off = || (!self.week.includes(day.weekday())).then_some(NotWorked::DayOff);
        holiday.map(NotWorked::Holiday).or_else(leave).or_else(day_off)
    }

    /// What to offer someone who asks for a day: the day itself, or the nearest worked days, none of them before today.
    pub fn propose(&self, day: NaiveDate, today: NaiveDate) -> Proposal {
        match self.why_not_worked(day) {
            None => Proposal::Fits,
            Some(why) => Proposal::Outside {
                why,
                earlier: self.worked_before(day).filter(|earlier| *earlier >= today),
                later: self.worked_after(day),
            },
        }
    }

    /// The first worked day after a day, if there is one in about two years.
    pub fn worked_after(&self, day: NaiveDate) -> Option<NaiveDate> {
        (1..=SEARCH_DAYS).map_while(|days| day.checked_add_days(Days::new(days))).find(|day| self.is_worked(*day))
    }

    /// The last worked day before a day, if there is one in about two years.
    pub fn worked_before(&self, day: NaiveDate) -> Option<NaiveDate> {
        (1..=SEARCH_DAYS).map_while(|days| day.checked_sub_days(Days::new(days))).find(|day| self.is_worked(*day))
    }
}

/// The days worked in an ordinary week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct WorkingWeek {
    /// One bit a day, Monday the lowest.
    days: u8,
}

impl Default for WorkingWeek {
    /// From Monday to Friday.
    fn default() -> Self {
        WorkingWeek { days: 0b001_1111 }
    }
}

impl WorkingWeek {
    /// A week of these days.
    pub fn of(days: impl IntoIterator<Item = Weekday>) -> Self {
        WorkingWeek { days: days.into_iter().fold(0, |week, day| week | bit(day)) }
    }

    /// Whether a day of the week is worked.
    pub fn includes(self, day: Weekday) -> bool {
        self.days & bit(day) != 0
    }

    /// The days worked, Monday first.
    pub fn days(self) -> impl Iterator<Item = Weekday> {
        use Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
        [Mon, Tue, Wed, Thu, Fri, Sat, Sun].into_iter().filter(move |day| self.includes(*day))
    }

    /// The same week, a day being worked from now on, or no longer.
    pub fn with(self, day: Weekday, worked: bool) -> Self {
        WorkingWeek { days: if worked { self.days | bit(day) } else { self.days & !bit(day) } }
    }

    /// Reads figures from 1 (Monday) to 7, as the settings write them: `12345`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut days = 0;
        for figure in text.chars() {
            let number = figure.to_digit(10).filter(|number| (1..=7).contains(number))?;
            days |= 1 << (number - 1);
        }
        Some(WorkingWeek { days })
    }
}

impl fmt::Display for WorkingWeek {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.days().try_for_each(|day| write!(f, "{}", day.number_from_monday()))
    }
}

fn bit(day: Weekday) -> u8 {
    1 << day.num_days_from_monday()
}

/// Where the holidays of the place differ from the eleven of the whole country.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Zone {
    /// The eleven holidays alone.
    #[default]
    France,
    /// Bas-Rhin, Haut-Rhin, Moselle: Good Friday and 26 December too.
    AlsaceMoselle,
    /// The abolition of slavery on 27 May.
    Guadeloupe,
    /// On 22 May.
    Martinique,
    /// On 10 June.
    Guyane,
    /// On 20 December.
    Reunion,
    /// On 27 April.
    Mayotte,
    /// On 9 October.
    SaintBarthelemy,
    /// On 28 May.
    SaintMartin,
}

impl Zone {
    /// Every zone.
    pub const ALL: [Zone; 9] = [
        Zone::France,
        Zone::AlsaceMoselle,
        Zone::Guadeloupe,
        Zone::Martinique,
        Zone::Guyane,
        Zone::Reunion,
        Zone::Mayotte,
        Zone::SaintBarthelemy,
        Zone::SaintMartin,
    ];

    /// The word the settings write.
    pub const fn code(self) -> &'static str {
        match self {
            Zone::France => "france",
            Zone::AlsaceMoselle => "alsace_moselle",
            Zone::Guadeloupe => "guadeloupe",
            Zone::Martinique => "martinique",
            Zone::Guyane => "guyane",
            Zone::Reunion => "reunion",
            Zone::Mayotte => "mayotte",
            Zone::SaintBarthelemy => "saint_barthelemy",
            Zone::SaintMartin => "saint_martin",
        }
    }

    /// Reads the word the settings write.
    pub fn parse(code: &str) -> Option<Self> {
        Zone::ALL.into_iter().find(|zone| zone.code() == code)
    }

    /// The zone of a commune, from its INSEE code: the one offered first.
    pub fn of_commune(insee: &str) -> Self {
        match insee.get(..2) {
            Some("57" | "67" | "68") => Zone::AlsaceMoselle,
            Some("97") => match insee.get(..3) {
                Some("971") => Zone::Guadeloupe,
                Some("972") => Zone::Martinique,
                Some("973") => Zone::Guyane,
                Some("974") => Zone::Reunion,
                Some("976") => Zone::Mayotte,
                Some("977") => Zone::SaintBarthelemy,
                Some("978") => Zone::SaintMartin,
                _ => Zone::France,
            },
            _ => Zone::France,
        }
    }

    /// The month and day on which the abolition of slavery is commemorated there.
    const fn abolition(self) -> Option<(u32, u32)> {
        match self {
            Zone::France | Zone::AlsaceMoselle => None,
            Zone::Guadeloupe => Some((5, 27)),
            Zone::Martinique => Some((5, 22)),
            Zone::Guyane => Some((6, 10)),
            Zone::Reunion => Some((12, 20)),
            Zone::Mayotte => Some((4, 27)),
            Zone::SaintBarthelemy => Some((10, 9)),
            Zone::SaintMartin => Some((5, 28)),
        }
    }
}

/// A public holiday. Screens have its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum HolidayId {
    /// 1 January.
    NewYear,
    /// The Friday before Easter, in Alsace and Moselle.
    GoodFriday,
    /// The day after Easter.
    EasterMonday,
    /// 1 May.
    LabourDay,
    /// 8 May.
    Victory1945,
    /// The fortieth day of Easter.
    Ascension,
    /// The fifty-first day of Easter.
    WhitMonday,
    /// The abolition of slavery, overseas.
    Abolition,
    /// 14 July.
    NationalDay,
    /// 15 August.
    Assumption,
    /// 1 November.
    AllSaints,
    /// 11 November.
    Armistice1918,
    /// 25 December.
    Christmas,
    /// 26 December, in Alsace and Moselle.
    SecondChristmasDay,
}

impl HolidayId {
    /// Every holiday of every zone.
    pub const ALL: [HolidayId; 14] = [
        HolidayId::NewYear,
        HolidayId::GoodFriday,
        HolidayId::EasterMonday,
        HolidayId::LabourDay,
        HolidayId::Victory1945,
        HolidayId::Ascension,
        HolidayId::WhitMonday,
        HolidayId::Abolition,
        HolidayId::NationalDay,
        HolidayId::Assumption,
        HolidayId::AllSaints,
        HolidayId::Armistice1918,
        HolidayId::Christmas,
        HolidayId::SecondChristmasDay,
    ];

    /// The word the settings write, and the key of its name.
    pub const fn code(self) -> &'static str {
        match self {
            HolidayId::NewYear => "new_year",
            HolidayId::GoodFriday => "good_friday",
            HolidayId::EasterMonday => "easter_monday",
            HolidayId::LabourDay => "labour_day",
            HolidayId::Victory1945 => "victory_1945",
            HolidayId::Ascension => "ascension",
            HolidayId::WhitMonday => "whit_monday",
            HolidayId::Abolition => "abolition",
            HolidayId::NationalDay => "national_day",
            HolidayId::Assumption => "assumption",
            HolidayId::AllSaints => "all_saints",
            HolidayId::Armistice1918 => "armistice_1918",
            HolidayId::Christmas => "christmas",
            HolidayId::SecondChristmasDay => "second_christmas_day",
        }
    }

    /// Reads the word the settings write.
    pub fn parse(code: &str) -> Option<Self> {
        HolidayId::ALL.into_iter().find(|holiday| holiday.code() == code)
    }

    /// Its day in a year, where the zone has it.
    pub fn in_year(self, year: i32, zone: Zone) -> Option<NaiveDate> {
        let fixed = |month, day| NaiveDate::from_ymd_opt(year, month, day);
        let after_easter = |days| easter(year)?.checked_add_days(Days::new(days));
        let alsace = zone == Zone::AlsaceMoselle;
        match self {
            HolidayId::NewYear => fixed(1, 1),
            HolidayId::GoodFriday if alsace => easter(year)?.checked_sub_days(Days::new(2)),
            HolidayId::EasterMonday => after_easter(1),
            HolidayId::LabourDay => fixed(5, 1),
            HolidayId::Victory1945 => fixed(5, 8),
            HolidayId::Ascension => after_easter(39),
            HolidayId::WhitMonday => after_easter(50),
            HolidayId::Abolition => zone.abolition().and_then(|(month, day)| fixed(month, day)),
            HolidayId::NationalDay => fixed(7, 14),
            HolidayId::Assumption => fixed(8, 15),
            HolidayId::AllSaints => fixed(11, 1),
            HolidayId::Armistice1918 => fixed(11, 11),
            HolidayId::Christmas => fixed(12, 25),
            HolidayId::SecondChristmasDay if alsace => fixed(12, 26),
            HolidayId::GoodFriday | HolidayId::SecondChristmasDay => None,
        }
    }
}

/// The holiday a day is, if it is one. Where two fall together, the first of the list.
pub fn holiday_on(day: NaiveDate, zone: Zone) -> Option<HolidayId> {
    HolidayId::ALL.into_iter().find(|holiday| holiday.in_year(day.year(), zone) == Some(day))
}

/// The holidays of a year, in the order of their days.
pub fn holidays(year: i32, zone: Zone) -> Vec<(NaiveDate, HolidayId)> {
    let in_year = |holiday: HolidayId| Some((holiday.in_year(year, zone)?, holiday));
    let mut holidays: Vec<_> = HolidayId::ALL.into_iter().filter_map(in_year).collect();
    holidays.sort();
    holidays
}

/// Easter Sunday of a year of the Gregorian calendar (Meeus, Jones and Butcher's algorithm).
fn easter(year: i32) -> Option<NaiveDate> {
    if !(1583..=9999).contains(&year) {
        return None;
    }
    let lunar = year % 19;
    let (century, of_century) = (year / 100, year % 100);
    let correction = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * lunar + century - century / 4 - correction + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4) % 7;
    let late = (lunar + 11 * epact + 22 * weekday) / 451;
    let days = epact + weekday - 7 * late + 114;
    NaiveDate::from_ymd_opt(year, u32::try_from(days / 31).ok()?, u32::try_from(days % 31 + 1).ok()?)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn leave(from: &str, to: &str) -> Leave {
        Leave::new(day(from), day(to)).expect("a leave")
    }

    #[test]
    fn easter_falls_where_the_almanac_says() {
        for expected in [
            "1818-03-22",
            "1943-04-25",
            "1954-04-18",
            "1981-04-19",
            "2000-04-23",
            "2008-03-23",
            "2019-04-21",
            "2024-03-31",
            "2025-04-20",
            "2026-04-05",
            "2027-03-28",
            "2038-04-25",
            "2049-04-18",
            "2076-04-19",
            "2285-03-22",
        ] {
            assert_eq!(easter(day(expected).year()), Some(day(expected)));
        }
    }

    #[test]
    fn the_eleven_holidays_of_2026_are_those_of_the_official_list() {
        let expected = [
            "2026-01-01",
            "2026-04-06",
            "2026-05-01",
            "2026-05-08",
            "2026-05-14",
            "2026-05-25",
            "2026-07-14",
            "2026-08-15",
            "2026-11-01",
            "2026-11-11",
            "2026-12-25",
        ];
        let days: Vec<NaiveDate> = holidays(2026, Zone::France).into_iter().map(|(day, _)| day).collect();
        assert_eq!(days, expected.map(day));
    }

    #[test]
    fn a_zone_adds_its_own_days() {
        let zone_of = |insee| Zone::of_commune(insee);
        assert_eq!(holiday_on(day("2026-04-03"), zone_of("67482")), Some(HolidayId::GoodFriday));
        assert_eq!(holiday_on(day("2026-12-26"), zone_of("57463")), Some(HolidayId::SecondChristmasDay));
        assert_eq!(holiday_on(day("2026-12-20"), zone_of("97411")), Some(HolidayId::Abolition));
        assert_eq!(holiday_on(day("2026-05-22"), zone_of("97209")), Some(HolidayId::Abolition));
        assert_eq!(holiday_on(day("2026-04-03"), zone_of("13100")), None);
        assert_eq!(holiday_on(day("2026-12-20"), zone_of("13100")), None);
    }

    #[test]
    fn a_visit_asked_for_on_a_holiday_is_offered_earlier_or_later_and_never_moved() {
        let calendar = Calendar::default();
        // Ascension 2026 is a Thursday; the Friday is worked unless she takes it.
        assert_eq!(
            calendar.propose(day("2026-05-14"), day("2026-05-01")),
            Proposal::Outside {
                why: NotWorked::Holiday(HolidayId::Ascension),
                earlier: Some(day("2026-05-13")),
                later: Some(day("2026-05-15")),
            }
        );
        let bridge = Calendar { leaves: vec![leave("2026-05-15", "2026-05-15")], ..Calendar::default() };
        assert_eq!(
            bridge.propose(day("2026-05-14"), day("2026-05-14")),
            Proposal::Outside {
                why: NotWorked::Holiday(HolidayId::Ascension),
                earlier: None,
                later: Some(day("2026-05-18")),
            }
        );
        assert_eq!(calendar.propose(day("2026-05-13"), day("2026-05-01")), Proposal::Fits);
    }

    #[test]
    fn a_part_time_week_and_a_worked_whit_monday_are_hers_to_say() {
        let week = WorkingWeek::parse("1245").expect("a week");
        let calendar = Calendar { week, worked_holidays: vec![HolidayId::WhitMonday], ..Calendar::default() };
        assert_eq!(calendar.why_not_worked(day("2026-06-10")), Some(NotWorked::DayOff));
        assert!(calendar.is_worked(day("2026-05-25")));
        assert_eq!(week.to_string(), "1245");
        assert_eq!(week.with(Weekday::Wed, true), WorkingWeek::default());
        assert_eq!(WorkingWeek::of(week.days()), week);
        assert_eq!(WorkingWeek::parse("18"), None);
    }

    #[test]
    fn where_nothing_is_ever_worked_nothing_is_proposed() {
        let never = Calendar { week: WorkingWeek::of([]), ..Calendar::default() };
        assert_eq!(
            never.propose(day("2026-06-09"), day("2026-06-01")),
            Proposal::Outside { why: NotWorked::DayOff, earlier: None, later: None }
        );
        assert_eq!(Calendar::default().worked_after(NaiveDate::MAX), None);
        assert_eq!(Calendar::default().worked_before(NaiveDate::MIN), None);
    }

    #[test]
    fn the_settings_make_the_calendar() {
        let mut settings = Settings::default();
        assert_eq!(Calendar::of(&settings), Calendar::default());
        settings.commune_code = "68066".into();
        settings.worked_days = "1234".into();
        settings.leave = "2026-08-03/2026-08-21 bientôt 2026-12-31/2026-12-01 2026-12-24/2026-12-24".into();
        let expected = Calendar {
            zone: Zone::AlsaceMoselle,
            week: WorkingWeek::of([Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu]),
            worked_holidays: Vec::new(),
            leaves: vec![leave("2026-08-03", "2026-08-21"), leave("2026-12-24", "2026-12-24")],
        };
        assert_eq!(Calendar::of(&settings), expected);
        assert_eq!(expected.leaves[0].to_string(), "2026-08-03/2026-08-21");
    }

    #[test]
    fn codes_come_back_as_what_they_were() {
        assert!(Zone::ALL.into_iter().all(|zone| Zone::parse(zone.code()) == Some(zone)));
        assert!(HolidayId::ALL.into_iter().all(|holiday| HolidayId::parse(holiday.code()) == Some(holiday)));
    }

    fn any_day() -> impl Strategy<Value = NaiveDate> {
        (0u64..80_000).prop_map(|days| day("1950-01-01") + Days::new(days))
    }

    fn any_calendar() -> impl Strategy<Value = Calendar> {
        let leaves = proptest::collection::vec((any_day(), 0u64..40), 0..6);
        (0u8..128, proptest::sample::select(Zone::ALL.to_vec()), leaves).prop_map(|(days, zone, leaves)| Calendar {
            zone,
            week: WorkingWeek { days },
            worked_holidays: Vec::new(),
            leaves: leaves.into_iter().map(|(from, days)| Leave { from, to: from + Days::new(days) }).collect(),
        })
    }

    proptest! {
        #[test]
        fn what_is_proposed_is_worked_and_nothing_nearer_is(calendar in any_calendar(), day in any_day()) {
            match calendar.propose(day, NaiveDate::MIN) {
                Proposal::Fits => prop_assert!(calendar.is_worked(day)),
                Proposal::Outside { earlier, later, .. } => {
                    prop_assert!(!calendar.is_worked(day));
                    for (proposed, from, to) in [(earlier, earlier, Some(day)), (later, Some(day), later)] {
                        let Some(proposed) = proposed else { continue };
                        prop_assert!(calendar.is_worked(proposed));
                        let (Some(from), Some(to)) = (from, to) else { continue };
                        let between = from.iter_days().skip(1).take_while(|day| *day < to);
                        prop_assert!(!between.into_iter().any(|day| calendar.is_worked(day)));
                    }
                }
            }
        }

        #[test]
        fn easter_is_a_sunday_between_22_march_and_25_april(year in 1583i32..=9999) {
            let easter = easter(year).expect("an Easter");
            prop_assert_eq!(easter.weekday(), Weekday::Sun);
            prop_assert!((322..=425).contains(&(easter.month() * 100 + easter.day())));
        }

        #[test]
        fn every_year_has_its_eleven_holidays(year in 1950i32..2200) {
            prop_assert_eq!(holidays(year, Zone::France).len(), 11);
        }
    }
}
