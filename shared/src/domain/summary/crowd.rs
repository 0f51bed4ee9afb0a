//! Who is behind a number, and whether they are enough for it to be told. This is the one test of every figure about
//! people: alone, in what is left of a sum, or in what changed between two versions.

use std::collections::BTreeMap;

use super::fact::{Fact, Someone};

/// Some facts, as the test sees them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Crowd {
    by_person: BTreeMap<Someone, u32>,
    of_nobody: u32,
}

impl Crowd {
    /// How many acts.
    pub(super) fn acts(&self) -> u32 {
        self.by_person.values().fold(self.of_nobody, |sum, acts| sum.saturating_add(*acts))
    }

    /// How many distinct persons.
    pub(super) fn persons(&self) -> u32 {
        u32::try_from(self.by_person.len()).unwrap_or(u32::MAX)
    }

    /// Whether at least so many distinct persons are behind it, none of whom has half of what they have together. Facts
    /// about nobody may all be one person's: they make no crowd. Zero is too few, like one to four.
    pub(super) fn is_enough(&self, persons: u32) -> bool {
        let most = self.by_person.values().max().copied().unwrap_or(0);
        let named = self.acts() - self.of_nobody;
        self.persons() >= persons && most < named - most
    }

    /// Whether nothing is in it.
    pub(super) fn is_empty(&self) -> bool {
        self.by_person.is_empty() && self.of_nobody == 0
    }

    /// The same with others.
    pub(super) fn and(mut self, others: &Crowd) -> Crowd {
        self.of_nobody = self.of_nobody.saturating_add(others.of_nobody);
        for (person, acts) in &others.by_person {
            let own = self.by_person.entry(*person).or_default();
            *own = own.saturating_add(*acts);
        }
        self
    }
}

impl<'a> FromIterator<&'a Fact> for Crowd {
    fn from_iter<I: IntoIterator<Item = &'a Fact>>(facts: I) -> Self {
        let mut crowd = Crowd::default();
        for fact in facts {
            let acts = match fact.person {
                Some(person) => crowd.by_person.entry(person).or_default(),
                None => &mut crowd.of_nobody,
            };
            *acts = acts.saturating_add(fact.times.get());
        }
        crowd
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn crowd(acts: &[u32], of_nobody: u32) -> Crowd {
        let by_person = acts.iter().enumerate().map(|(who, acts)| (Someone([who as u8; 16]), *acts)).collect();
        Crowd { by_person, of_nobody }
    }

    #[test]
    fn enough_is_five_of_whom_none_has_half() {
        assert!(crowd(&[1; 5], 0).is_enough(5));
        assert!(!crowd(&[9; 4], 100).is_enough(5), "passers-by are no crowd");
        assert!(!crowd(&[4, 1, 1, 1, 1], 50).is_enough(5), "half of what is known to be someone's");
        assert!(crowd(&[3, 1, 1, 1, 1], 0).is_enough(5));
        assert!(!Crowd::default().is_enough(5));
    }
}
