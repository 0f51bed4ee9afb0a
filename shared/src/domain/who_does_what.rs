//! *Qui fait quoi*: who can do this, for these people, there, on that day; and where nobody does.
//!
//! A mission that says less than was asked is still an answer, with its doubt: better a number to call than an empty
//! list. What is doubted is never counted as sure.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::absence::Absence;
use super::directory::DirectoryEntry;
use super::ids::EntryId;
use super::mission::{Mission, commune_key};

/// What is asked; what is empty is not asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// About what: a topic, as missions keep it.
    pub topic: String,
    /// For whom, as missions keep it.
    pub public: String,
    /// In which commune, by [`commune_key`].
    pub commune: String,
    /// On which day.
    pub day: Option<NaiveDate>,
}

/// Why an answer is to be verified before one relies on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Doubt {
    /// Someone wrote why.
    Said(String),
    /// Nobody ever made sure of it.
    NeverChecked,
    /// Nobody has made sure of it for long: since that day.
    CheckedLongAgo(NaiveDate),
    /// It does not say in which communes.
    CommunesNotSaid,
    /// It does not say on which days.
    DaysNotSaid,
}

impl Doubt {
    /// Whether it is a doubt about what was asked, and not only about how fresh the answer is.
    fn is_about_the_answer(&self) -> bool {
        matches!(self, Doubt::CommunesNotSaid | Doubt::DaysNotSaid)
    }
}

/// A mission that answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match<'a> {
    /// Whose.
    pub entry: &'a DirectoryEntry,
    /// The mission.
    pub mission: &'a Mission,
    /// What is to be verified.
    pub doubts: Vec<Doubt>,
    /// The absence that holds on the day asked about.
    pub absence: Option<&'a Absence>,
}

impl Match<'_> {
    /// What comes first: who is there, then what answers in full, then what was verified.
    pub fn rank(&self) -> (bool, bool, bool) {
        let partial = self.doubts.iter().any(Doubt::is_about_the_answer);
        (self.absence.is_some(), partial, !self.doubts.is_empty())
    }
}

/// After how many months what nobody made sure of again is to be verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Freshness {
    /// The day it is.
    pub today: NaiveDate,
    /// The months.
    pub months: u32,
}

/// Whether a mission answers, and with which doubts.
pub fn answer<'a>(
    entry: &'a DirectoryEntry,
    mission: &'a Mission,
    question: &Question,
    fresh: Freshness,
) -> Option<Match<'a>> {
    let mut doubts = Vec::new();
    if !question.topic.is_empty() && mission.topic != question.topic {
        return None;
    }
    if !question.public.is_empty() && !mission.is_for(&question.public) {
        return None;
    }
    if !question.commune.is_empty() && !mission.communes.contains_key(&question.commune) {
        match mission.communes.is_empty() {
            true => doubts.push(Doubt::CommunesNotSaid),
            false => return None,
        }
    }
    if let Some(day) = question.day
        && !mission.days.contains(&(day.weekday().number_from_monday() as u8))
    {
        match mission.days.is_empty() {
            true => doubts.push(Doubt::DaysNotSaid),
            false => return None,
        }
    }
    for said in [&mission.to_verify, &entry.to_verify] {
        if !said.trim().is_empty() {
            doubts.push(Doubt::Said(said.trim().to_owned()));
        }
    }
    doubts.extend(staleness(entry, mission, fresh));
    let day = question.day.unwrap_or(fresh.today);
    let absence = entry.absences.iter().find(|absence| absence.holds_on(day));
    Some(Match { entry, mission, doubts, absence })
}

/// Whoever verified the whole entry verified its missions.
fn staleness(entry: &DirectoryEntry, mission: &Mission, fresh: Freshness) -> Option<Doubt> {
    let Some(checked) = mission.checked_on.max(entry.checked_on) else { return Some(Doubt::NeverChecked) };
    let stale_from = checked.checked_add_months(Months::new(fresh.months));
    stale_from.is_some_and(|stale_from| stale_from <= fresh.today).then_some(Doubt::CheckedLongAgo(checked))
}

/// Where a topic has nobody, or several who do the same for the same people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// The topic.
    pub topic: String,
    /// The communes, by key, where nobody is known to do it.
    pub nobody: Vec<String>,
    /// The communes for which someone may: the mission says no commune.
    pub perhaps: Vec<String>,
    /// The communes where several do the same, and how many entries.
    pub several: Vec<(String, u32)>,
}

/// The communes that missions name, and the notebook's own: by key, the name.
pub fn communes<'a>(entries: impl Iterator<Item = &'a DirectoryEntry>, own: (&str, &str)) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let (code, name) = own;
    if !name.trim().is_empty() {
        found.insert(commune_key(code, name), name.to_owned());
    }
    for entry in entries {
        for mission in &entry.offers {
            for (key, name) in &mission.communes {
                found.entry(key.clone()).or_insert_with(|| name.clone());
            }
        }
    }
    found
}

/// For each topic, the communes where nobody or several do it, for a public if one is asked about.
pub fn coverage(
    entries: &[&DirectoryEntry],
    topics: &[String],
    communes: &BTreeMap<String, String>,
    public: &str,
) -> Vec<Coverage> {
    let mut by_topic: BTreeMap<&str, Vec<(EntryId, &Mission)>> = BTreeMap::new();
    for entry in entries {
        for mission in entry.offers.iter().filter(|mission| public.is_empty() || mission.is_for(public)) {
            by_topic.entry(&mission.topic).or_default().push((entry.id, mission));
        }
    }
    let none = Vec::new();
    let of_topic = |topic: &String| {
        let missions = by_topic.get(topic.as_str()).unwrap_or(&none);
        let unsaid = missions.iter().any(|(_, mission)| mission.communes.is_empty());
        let mut row = Coverage { topic: topic.clone(), nobody: Vec::new(), perhaps: Vec::new(), several: Vec::new() };
        for key in communes.keys() {
            let here: Vec<_> = missions.iter().filter(|(_, mission)| mission.communes.contains_key(key)).collect();
            let who: BTreeSet<EntryId> = here.iter().map(|(id, _)| *id).collect();
            let overlap = || {
                here.iter().enumerate().any(|(at, (id, mission))| {
                    here[at + 1..].iter().any(|(other, same)| other != id && mission.shares_a_public_with(same))
                })
            };
            match who.len() {
                0 if unsaid => row.perhaps.push(key.clone()),
                0 => row.nobody.push(key.clone()),
                1 => {}
                count if overlap() => row.several.push((key.clone(), count as u32)),
                _ => {}
            }
        }
        row
    };
    topics.iter().map(of_topic).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::directory::EntryKind;
    use crate::domain::ids::LineId;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    const FRIDAY: &str = "2026-06-12";

    fn fresh() -> Freshness {
        Freshness { today: day(FRIDAY), months: 12 }
    }

    fn entry(id: u8, missions: Vec<Mission>) -> DirectoryEntry {
        let mut entry = DirectoryEntry::empty(EntryId([id; 16]), EntryKind::Structure);
        entry.offers = missions;
        entry.checked_on = Some(day("2026-01-10"));
        entry
    }

    fn mission(topic: &str, communes: &[&str], days: &[u8], publics: &[&str]) -> Mission {
        let mut mission = Mission::empty(LineId([1; 16]));
        mission.topic = topic.into();
        mission.communes = communes.iter().map(|key| ((*key).to_owned(), format!("Commune {key}"))).collect();
        mission.days = days.iter().copied().collect();
        mission.publics = publics.iter().map(|public| (*public).to_owned()).collect();
        mission
    }

    fn asked(topic: &str, public: &str, commune: &str, on: Option<&str>) -> Question {
        Question { topic: topic.into(), public: public.into(), commune: commune.into(), day: on.map(day) }
    }

    #[test]
    fn who_can_do_that_for_her_there_on_a_friday() {
        let one = entry(1, vec![mission("transport", &["13100"], &[1, 5], &["elders"])]);
        for (question, answers) in [
            (asked("", "", "", None), true),
            (asked("transport", "elders", "13100", Some(FRIDAY)), true),
            (asked("meals", "", "", None), false),
            (asked("transport", "children", "", None), false),
            (asked("transport", "", "13101", None), false),
            (asked("transport", "", "13100", Some("2026-06-13")), false),
        ] {
            let found = answer(&one, &one.offers[0], &question, fresh());
            assert_eq!(found.is_some(), answers, "{question:?}");
            assert!(found.is_none_or(|found| found.doubts.is_empty()));
        }
    }

    #[test]
    fn what_is_not_said_is_an_answer_with_a_doubt() {
        let mut one = entry(1, vec![mission("transport", &[], &[], &[])]);
        let question = asked("transport", "elders", "13100", Some(FRIDAY));
        let found = answer(&one, &one.offers[0], &question, fresh()).expect("an answer");
        assert_eq!(found.doubts, [Doubt::CommunesNotSaid, Doubt::DaysNotSaid]);
        assert!(found.rank() > answer(&one, &one.offers[0], &Question::default(), fresh()).expect("one").rank());
        one.checked_on = Some(day("2025-06-12"));
        one.offers[0].to_verify = " a changé de numéro ".into();
        let found = answer(&one, &one.offers[0], &Question::default(), fresh()).expect("an answer");
        assert_eq!(found.doubts, [Doubt::Said("a changé de numéro".into()), Doubt::CheckedLongAgo(day("2025-06-12"))]);
        one.checked_on = None;
        one.offers[0].to_verify.clear();
        let found = answer(&one, &one.offers[0], &Question::default(), fresh()).expect("an answer");
        assert_eq!(found.doubts, [Doubt::NeverChecked]);
        one.offers[0].checked_on = Some(day("2025-06-13"));
        assert!(answer(&one, &one.offers[0], &Question::default(), fresh()).expect("one").doubts.is_empty());
    }

    #[test]
    fn whoever_is_absent_that_day_comes_last_and_says_so() {
        let mut one = entry(1, vec![mission("transport", &[], &[], &[])]);
        let mut away = Absence::empty(LineId([9; 16]));
        (away.from, away.until) = (Some(day("2026-06-15")), Some(day("2026-06-20")));
        one.absences = vec![away.clone()];
        let on = |on: Option<&str>| answer(&one, &one.offers[0], &asked("", "", "", on), fresh()).expect("one");
        assert_eq!(on(None).absence, None, "today they are here");
        assert_eq!(on(Some("2026-06-19")).absence, Some(&away));
        assert!(on(Some("2026-06-19")).rank() > on(Some("2026-06-12")).rank());
    }

    #[test]
    fn gaps_and_overlaps_are_told_by_topic_and_commune() {
        let one = entry(1, vec![mission("meals", &["a", "b"], &[], &["elders"])]);
        let other = entry(2, vec![mission("meals", &["b"], &[], &[]), mission("housing", &[], &[], &[])]);
        let children = entry(3, vec![mission("meals", &["a"], &[], &["children"])]);
        let all = [&one, &other, &children];
        let known = communes(all.into_iter(), ("", "Mas-Perdu"));
        assert_eq!(known.keys().collect::<Vec<_>>(), ["a", "b", "mas perdu"]);
        let topics = ["meals", "housing", "violence"].map(str::to_owned);
        let found = coverage(&all, &topics, &known, "");
        assert_eq!(found[0].nobody, ["mas perdu"]);
        assert_eq!(found[0].several, [("b".to_owned(), 2)], "two publics that never meet are no overlap");
        assert_eq!((found[1].nobody.len(), found[1].perhaps.len()), (0, 3), "a promise of nowhere covers nothing");
        assert_eq!(found[2].nobody.len(), 3);
        let for_children = coverage(&all, &topics[..1], &known, "children");
        assert_eq!((for_children[0].nobody.len(), for_children[0].several.len()), (1, 0));
    }
}
