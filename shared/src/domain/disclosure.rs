//! What may be said of how many people asked for something, to whoever does not know them.
//!
//! One rule, used by every figure that leaves the notebook of whoever knows the people: collective projects, the summary
//! for the mairie. A count says nothing under a threshold of distinct persons, and some subjects never have a line of
//! their own, since in a village the subject alone may name someone.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

/// From how many distinct persons on a count is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Threshold(u32);

impl Threshold {
    /// Five, the usual one.
    pub const FIVE: Threshold = Threshold(5);
    /// Eleven, for those who want more.
    pub const ELEVEN: Threshold = Threshold(11);

    /// The number.
    pub fn get(self) -> u32 {
        self.0
    }
}

/// How many people, as it may be said to anyone. The exact number under the threshold is nowhere in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicCount(Said);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Said {
    FewerThan(u32),
    Exactly(u32),
}

impl PublicCount {
    /// What may be said of so many distinct persons.
    pub fn of(persons: u32, threshold: Threshold) -> Self {
        if persons < threshold.0 {
            PublicCount(Said::FewerThan(threshold.0))
        } else {
            PublicCount(Said::Exactly(persons))
        }
    }

    /// The number; none where it is under the threshold.
    pub fn exactly(self) -> Option<u32> {
        match self.0 {
            Said::Exactly(persons) => Some(persons),
            Said::FewerThan(_) => None,
        }
    }

    /// The threshold it is under; none where the number is said.
    pub fn fewer_than(self) -> Option<u32> {
        match self.0 {
            Said::FewerThan(threshold) => Some(threshold),
            Said::Exactly(_) => None,
        }
    }

    /// The same, as that threshold has it said: never closer than it was.
    pub fn within(self, threshold: Threshold) -> Self {
        match self.0 {
            Said::Exactly(persons) => PublicCount::of(persons, threshold),
            Said::FewerThan(held) if held < threshold.0 => PublicCount(Said::FewerThan(threshold.0)),
            Said::FewerThan(_) => self,
        }
    }

    /// Reads what [`fmt::Display`] writes. A number under five is none that may be said: it reads as "fewer than five".
    pub fn parse(text: &str) -> Option<Self> {
        match text.strip_prefix('-') {
            Some(threshold) => {
                let threshold = threshold.parse().ok()?;
                let known = [Threshold::FIVE, Threshold::ELEVEN].into_iter().find(|known| known.0 == threshold)?;
                Some(PublicCount::of(0, known))
            }
            None => Some(PublicCount::of(text.parse().ok()?, Threshold::FIVE)),
        }
    }
}

impl fmt::Display for PublicCount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Said::Exactly(persons) => write!(f, "{persons}"),
            Said::FewerThan(threshold) => write!(f, "-{threshold}"),
        }
    }
}

/// The item of the list of topics that stands for all the others.
pub const OTHER: &str = "other";

/// The topics of requests, and the kinds of alert, that never have a line of their own: violence, addictions, mental
/// health, suicide risk, end of life.
const NEVER_ALONE: [&str; 6] = ["violence", "addictions", "mental_health", "end_of_life", "distress", "abuse"];

/// Whether a topic never has a line of its own, whatever the count.
pub fn is_never_alone(topic: &str) -> bool {
    NEVER_ALONE.contains(&topic)
}

/// A line that may be said: a topic, and how many people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicLine {
    /// The topic; [`OTHER`] also stands for those that never have a line of their own.
    pub topic: String,
    /// How many distinct persons.
    pub persons: PublicCount,
}

/// What may be said of who asked about what: a line a topic, where each person counts once. The topics that are never
/// alone are counted with the others, each person once; the order is the topics', which tells nothing of the counts.
pub fn lines<K: Ord + Copy>(asked: &BTreeMap<String, BTreeSet<K>>, threshold: Threshold) -> Vec<PublicLine> {
    let mut united: BTreeMap<&str, BTreeSet<K>> = BTreeMap::new();
    for (topic, persons) in asked.iter().filter(|(_, persons)| !persons.is_empty()) {
        let line = if is_never_alone(topic) || topic.is_empty() { OTHER } else { topic.as_str() };
        united.entry(line).or_default().extend(persons);
    }
    let count = |persons: BTreeSet<K>| u32::try_from(persons.len()).unwrap_or(u32::MAX);
    let said = united.into_iter().map(|(topic, persons)| PublicLine {
        topic: topic.to_owned(),
        persons: PublicCount::of(count(persons), threshold),
    });
    said.collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    type Asked = BTreeMap<String, BTreeSet<u8>>;

    fn topic() -> impl Strategy<Value = String> {
        let topics = vec!["transport", "meals", "other", "violence", "mental_health", "addictions", "end_of_life", ""];
        proptest::sample::select(topics).prop_map(str::to_owned)
    }

    fn asked() -> impl Strategy<Value = Asked> {
        proptest::collection::btree_map(topic(), proptest::collection::btree_set(any::<u8>(), 0..14), 0..8)
    }

    #[test]
    fn a_higher_threshold_hides_more_and_a_lower_one_tells_nothing_back() {
        let below = |threshold| PublicCount::of(0, threshold);
        assert_eq!(PublicCount::of(7, Threshold::FIVE).within(Threshold::ELEVEN), below(Threshold::ELEVEN));
        assert_eq!(below(Threshold::FIVE).within(Threshold::ELEVEN), below(Threshold::ELEVEN));
        assert_eq!(below(Threshold::ELEVEN).within(Threshold::FIVE), below(Threshold::ELEVEN));
        assert_eq!(PublicCount::of(12, Threshold::FIVE).within(Threshold::ELEVEN).exactly(), Some(12));
    }

    fn threshold() -> impl Strategy<Value = Threshold> {
        prop_oneof![Just(Threshold::FIVE), Just(Threshold::ELEVEN)]
    }

    fn said(count: PublicCount) -> u32 {
        count.exactly().unwrap_or(0)
    }

    #[test]
    fn four_people_and_none_at_all_are_said_alike() {
        assert_eq!(PublicCount::of(0, Threshold::FIVE), PublicCount::of(4, Threshold::FIVE));
        assert_eq!(PublicCount::of(5, Threshold::FIVE).exactly(), Some(5));
        assert_eq!(PublicCount::of(10, Threshold::ELEVEN).fewer_than(), Some(11));
        assert_eq!(
            PublicCount::parse("3"),
            Some(PublicCount::of(0, Threshold::FIVE)),
            "a hand-made address tells nothing"
        );
        assert_eq!(PublicCount::parse("-7"), None);
        assert_eq!(PublicCount::parse("douze"), None);
    }

    proptest! {
        #[test]
        fn a_count_reads_back_as_it_is_written(persons: u32, threshold in threshold()) {
            let count = PublicCount::of(persons, threshold);
            let read = PublicCount::parse(&count.to_string()).expect("a count");
            prop_assert_eq!(read, count);
        }

        /// One person more never makes less be said, and a higher threshold never makes more be said.
        #[test]
        fn what_is_said_grows_with_the_people_and_shrinks_with_the_threshold(persons in 0..40u32, more in 0..40u32) {
            for threshold in [Threshold::FIVE, Threshold::ELEVEN] {
                let (few, many) = (PublicCount::of(persons, threshold), PublicCount::of(persons + more, threshold));
                prop_assert!(said(few) <= said(many));
            }
            let (low, high) = (PublicCount::of(persons, Threshold::FIVE), PublicCount::of(persons, Threshold::ELEVEN));
            prop_assert!(said(high) <= said(low));
        }

        /// Under the threshold, whoever reads the lines cannot tell one number from another, nor from the bytes.
        #[test]
        fn nothing_under_the_threshold_can_be_told(asked in asked(), threshold in threshold()) {
            for line in lines(&asked, threshold) {
                prop_assert!(line.persons.exactly().is_none_or(|persons| persons >= threshold.get()));
                prop_assert!(!is_never_alone(&line.topic));
            }
        }

        /// To which of the subjects that are never alone someone came shows nowhere.
        #[test]
        fn two_villages_that_differ_by_a_guarded_subject_are_said_alike(asked in asked(), threshold in threshold()) {
            let mut elsewhere = Asked::new();
            for (topic, persons) in &asked {
                let topic = if is_never_alone(topic) { "violence" } else { topic };
                elsewhere.entry(topic.to_owned()).or_default().extend(persons);
            }
            prop_assert_eq!(lines(&asked, threshold), lines(&elsewhere, threshold));
        }

        #[test]
        fn one_more_person_never_takes_a_line_away(asked in asked(), topic in topic(), person: u8) {
            let mut more = asked.clone();
            more.entry(topic).or_default().insert(person);
            let after = lines(&more, Threshold::FIVE);
            for line in lines(&asked, Threshold::FIVE) {
                let now = after.iter().find(|now| now.topic == line.topic).expect("the line stays");
                prop_assert!(said(line.persons) <= said(now.persons));
            }
        }
    }
}
