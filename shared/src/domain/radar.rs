//! The radar of needs: requests alike, over a time, in one place, that may be everyone's business.
//!
//! It counts distinct persons and names none. Under the threshold of [`super::disclosure`] it says no figure; sensitive
//! topics are never a line of their own; a hamlet's figure is left out where it would tell another's by what is left.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::disclosure::{PublicCount, Threshold, is_never_alone};
use super::ids::PersonId;

/// Behind a figure stand at least so many distinct persons.
const THRESHOLD: Threshold = Threshold::FIVE;

/// What a line of the radar is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum RadarTopic {
    /// A topic of the list.
    One(String),
    /// The sensitive topics, together.
    Sensitive,
}

impl RadarTopic {
    /// The line that a topic is counted in.
    pub fn of(topic: &str) -> Self {
        if is_never_alone(topic) { RadarTopic::Sensitive } else { RadarTopic::One(topic.to_owned()) }
    }
}

/// One request, as the radar sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen<'a> {
    /// About what.
    pub topics: Vec<&'a str>,
    /// Whose; none where nobody is named, which counts for no person.
    pub person: Option<PersonId>,
    /// In which commune.
    pub commune: &'a str,
    /// In which hamlet.
    pub hamlet: &'a str,
}

/// A line of the radar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RadarRow {
    /// About what.
    pub topic: RadarTopic,
    /// In which commune.
    pub commune: String,
    /// How many persons.
    pub persons: PublicCount,
    /// How many requests, where five persons at least made them and none made half of them.
    pub requests: Option<u32>,
    /// The hamlets of which a figure may be said.
    pub hamlets: Vec<(String, u32)>,
}

impl RadarRow {
    /// The need that a collective project may cite: a topic and its figure. None under the threshold, nor of the
    /// sensitive topics, which start no project by themselves.
    pub fn need(&self) -> Option<(&str, PublicCount)> {
        self.persons.exactly()?;
        match &self.topic {
            RadarTopic::One(topic) => Some((topic, self.persons)),
            RadarTopic::Sensitive => None,
        }
    }
}

/// What the radar shows of some requests, the most persons first.
pub fn radar<'a>(requests: impl IntoIterator<Item = Seen<'a>>) -> Vec<RadarRow> {
    #[derive(Default)]
    struct Line<'a> {
        by_person: BTreeMap<PersonId, u32>,
        nameless: u32,
        hamlets: BTreeMap<&'a str, BTreeSet<PersonId>>,
    }
    let mut lines: BTreeMap<(RadarTopic, &str), Line<'_>> = BTreeMap::new();
    for seen in requests {
        let topics: BTreeSet<_> = seen.topics.iter().map(|topic| RadarTopic::of(topic)).collect();
        for topic in topics {
            let line = lines.entry((topic, seen.commune)).or_default();
            match seen.person {
                Some(person) => {
                    *line.by_person.entry(person).or_default() += 1;
                    line.hamlets.entry(seen.hamlet).or_default().insert(person);
                }
                None => line.nameless += 1,
            }
        }
    }
    let mut rows = Vec::new();
    for ((topic, commune), line) in lines {
        let persons = PublicCount::of(line.by_person.len() as u32, THRESHOLD);
        // That a sensitive topic came up at all is said of five persons or of nobody.
        if topic == RadarTopic::Sensitive && persons.exactly().is_none() {
            continue;
        }
        let (mut requests, mut hamlets) = (None, Vec::new());
        if let Some(all) = persons.exactly() {
            let total: u32 = line.by_person.values().sum::<u32>() + line.nameless;
            let most = line.by_person.values().max().copied().unwrap_or(0);
            requests = (most * 2 < total).then_some(total);
            if topic != RadarTopic::Sensitive {
                hamlets = sayable(all, &line.hamlets);
            }
        }
        rows.push(RadarRow { topic, commune: commune.to_owned(), persons, requests, hamlets });
    }
    rows.sort_by(|one, other| {
        let key = |row: &RadarRow| (std::cmp::Reverse(row.persons.exactly()), row.commune.clone());
        (key(one), &one.topic).cmp(&(key(other), &other.topic))
    });
    rows
}

/// The hamlets whose figure may be said: five at least, and what is left of the commune five at least, or nobody.
fn sayable(all: u32, hamlets: &BTreeMap<&str, BTreeSet<PersonId>>) -> Vec<(String, u32)> {
    let named = hamlets.iter().filter(|(hamlet, _)| !hamlet.is_empty());
    let mut said: Vec<_> = named.map(|(hamlet, who)| ((*hamlet).to_owned(), who.len() as u32)).collect();
    said.retain(|(_, count)| *count >= THRESHOLD.get());
    said.sort_by_key(|(hamlet, count)| (std::cmp::Reverse(*count), hamlet.clone()));
    loop {
        let left = all.saturating_sub(said.iter().map(|(_, count)| count).sum());
        if left == 0 || left >= THRESHOLD.get() || said.pop().is_none() {
            return said;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SENSITIVE: [&str; 4] = ["violence", "addictions", "mental_health", "end_of_life"];

    fn seen(person: u8, topic: &'static str, hamlet: &'static str) -> Seen<'static> {
        Seen { topics: vec![topic], person: Some(PersonId([person; 16])), commune: "Valmenier", hamlet }
    }

    #[test]
    fn five_persons_are_a_figure_and_four_are_none_however_often_they_ask() {
        let often = (0..40).map(|n| seen(n % 4, "transport", "Le Bourg"));
        let rows = radar(often);
        assert_eq!((rows[0].persons, rows[0].requests, rows[0].need()), (PublicCount::of(4, THRESHOLD), None, None));
        let rows = radar((0..5).map(|n| seen(n, "transport", "Le Bourg")));
        assert_eq!((rows[0].persons, rows[0].requests), (PublicCount::of(5, THRESHOLD), Some(5)));
        assert_eq!(rows[0].hamlets, [("Le Bourg".to_owned(), 5)]);
    }

    #[test]
    fn sensitive_topics_have_one_line_together_and_none_under_five() {
        let four = (0..4).map(|n| seen(n, SENSITIVE[usize::from(n)], "Le Bourg"));
        assert_eq!(radar(four.clone()), []);
        let rows = radar(four.chain([seen(9, "violence", "Le Bourg")]));
        assert_eq!(rows.len(), 1);
        assert_eq!((&rows[0].topic, rows[0].persons), (&RadarTopic::Sensitive, PublicCount::of(5, THRESHOLD)));
        assert_eq!(rows[0].hamlets, [], "no hamlet is said to have them");
    }

    #[test]
    fn one_who_makes_half_of_the_requests_leaves_no_figure_of_them() {
        let rows = radar((0..5).map(|n| seen(n, "meals", "")).chain((0..6).map(|_| seen(1, "meals", ""))));
        assert_eq!((rows[0].persons, rows[0].requests), (PublicCount::of(5, THRESHOLD), None));
    }

    proptest! {
        /// No figure, nor what is left of one when others are taken from it, stands for one to four persons.
        #[test]
        fn nothing_tells_of_fewer_than_five(
            asked in proptest::collection::vec((0..30u8, 0..4usize, 0..4usize), 0..120),
        ) {
            let topics = ["transport", "meals", "violence", "addictions"];
            let hamlets = ["", "Le Bourg", "La Roussière", "Puy-Marin"];
            // Someone lives in one hamlet.
            let rows = radar(asked.iter().map(|(person, topic, _)| {
                seen(*person, topics[*topic], hamlets[usize::from(*person) % 4])
            }));
            for row in &rows {
                let Some(all) = row.persons.exactly() else {
                    prop_assert!(row.hamlets.is_empty() && row.requests.is_none() && row.need().is_none());
                    continue;
                };
                prop_assert!(all >= THRESHOLD.get());
                prop_assert!(row.hamlets.iter().all(|(_, count)| *count >= THRESHOLD.get()));
                let left = all - row.hamlets.iter().map(|(_, count)| count).sum::<u32>();
                prop_assert!(left == 0 || left >= THRESHOLD.get());
                prop_assert!(!matches!(&row.topic, RadarTopic::One(topic) if SENSITIVE.contains(&topic.as_str())));
            }
        }
    }
}
