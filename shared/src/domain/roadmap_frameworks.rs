//! The frameworks of several funders: each asks for the same actions under headings of its own. An action counts in several
//! of them, and once in the whole; under two headings of one framework it counts once in that framework's sum.

use super::ids::LineId;
use super::roadmap::{MoneyTotals, Roadmap, RoadmapAction, StateCounts};
use super::roadmap_parts::roadmap_line;

roadmap_line! {
    /// A framework of a funder: a contract, an agreement, a plan.
    Framework {
        /// What it is called.
        name: String,
        /// Who funds or asks, in words.
        funder: String,
        /// What else is to be known of it.
        words: String,
        /// Why its headings are to be verified; empty when they are those of the convention.
        to_verify: String,
    }
}

roadmap_line! {
    /// A heading of a framework.
    FrameworkHeading {
        /// Of which framework.
        framework: Option<LineId>,
        /// What it is called.
        title: String,
    }
}

/// What of a roadmap counts in a framework.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrameworkView<'a> {
    /// Its headings with what is ticked under each. An action stands under each of its headings.
    pub headings: Vec<(&'a FrameworkHeading, Vec<&'a RoadmapAction>)>,
    /// Its actions, each once.
    pub actions: Vec<&'a RoadmapAction>,
    /// Their sums.
    pub totals: MoneyTotals,
    /// How they stand.
    pub states: StateCounts,
}

impl Roadmap {
    /// The headings of a framework.
    pub fn headings_of(&self, framework: LineId) -> impl Iterator<Item = &FrameworkHeading> {
        self.headings.iter().filter(move |heading| heading.framework == Some(framework))
    }

    /// The headings of no framework that is there: they have none, or it was taken away.
    pub fn headings_of_none(&self) -> impl Iterator<Item = &FrameworkHeading> {
        self.headings.iter().filter(|line| self.frameworks.iter().all(|one| Some(one.id) != line.framework))
    }

    /// What counts in a framework.
    pub fn in_framework(&self, framework: LineId) -> FrameworkView<'_> {
        let under = |heading: &FrameworkHeading| -> Vec<&RoadmapAction> {
            self.actions.iter().filter(|action| action.headings.contains(&heading.id)).collect()
        };
        let headings: Vec<_> = self.headings_of(framework).map(|heading| (heading, under(heading))).collect();
        let is_in = |action: &&RoadmapAction| headings.iter().any(|(heading, _)| action.headings.contains(&heading.id));
        let actions: Vec<&RoadmapAction> = self.actions.iter().filter(is_in).collect();
        let totals = MoneyTotals::of(actions.iter().copied());
        FrameworkView { totals, states: StateCounts::of(actions.iter().copied()), headings, actions }
    }

    /// The frameworks in which an action counts, each once.
    pub fn frameworks_of(&self, action: &RoadmapAction) -> impl Iterator<Item = &Framework> {
        let is_ticked =
            |framework: LineId| self.headings_of(framework).any(|heading| action.headings.contains(&heading.id));
        self.frameworks.iter().filter(move |framework| is_ticked(framework.id))
    }

    /// The actions that count in no framework.
    pub fn in_no_framework(&self) -> impl Iterator<Item = &RoadmapAction> {
        self.actions.iter().filter(|action| self.frameworks_of(action).next().is_none())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::ids::RoadmapId;
    use super::super::programme::Cents;
    use super::super::roadmap::Line;
    use super::*;

    /// Three frameworks of three headings: lines 10 to 12, 20 to 22, 30 to 32.
    fn roadmap() -> Roadmap {
        let mut roadmap = Roadmap::empty(RoadmapId([9; 16]));
        for framework in [1, 2, 3] {
            roadmap.frameworks.push(Framework::empty(LineId([framework; 16])));
            for n in 0..3 {
                roadmap.headings.push(FrameworkHeading {
                    framework: Some(LineId([framework; 16])),
                    ..FrameworkHeading::empty(LineId([framework * 10 + n; 16]))
                });
            }
        }
        roadmap
    }

    fn any_action() -> impl Strategy<Value = (Option<u64>, std::collections::BTreeSet<u8>)> {
        let headings = prop::sample::select(vec![10_u8, 11, 12, 20, 21, 22, 30, 31, 32, 99]);
        (prop::option::of(0..1_000_u64), prop::collection::btree_set(headings, 0..7))
    }

    proptest! {
        /// Whatever headings actions are ticked under, each is once in the whole, and at most once in each framework.
        #[test]
        fn an_action_in_several_frameworks_counts_once_in_the_whole(
            actions in prop::collection::vec(any_action(), 0..8)
        ) {
            let mut roadmap = roadmap();
            for (n, (planned, headings)) in (100_u8..).zip(&actions) {
                let headings = headings.iter().map(|n| LineId([*n; 16])).collect();
                let planned = planned.map(Cents);
                roadmap.actions.push(RoadmapAction { planned, headings, ..RoadmapAction::empty(LineId([n; 16])) });
            }
            let known: Vec<u64> = actions.iter().filter_map(|(planned, _)| *planned).collect();
            let whole = roadmap.money().planned;
            prop_assert_eq!(whole.sum(), (!known.is_empty()).then(|| Cents(known.iter().sum())));
            prop_assert_eq!(whole.not_known as usize, actions.len() - known.len());
            for framework in [1_u8, 2, 3] {
                let view = roadmap.in_framework(LineId([framework; 16]));
                let of_it: Vec<_> = actions.iter().filter(|(_, at)| at.iter().any(|n| n / 10 == framework)).collect();
                let known: u64 = of_it.iter().filter_map(|(planned, _)| *planned).sum();
                prop_assert_eq!(view.actions.len(), of_it.len());
                prop_assert_eq!(view.totals.planned.known, Cents(known));
                let unknown = of_it.iter().filter(|(planned, _)| planned.is_none()).count();
                prop_assert_eq!(view.totals.planned.not_known as usize, unknown);
                prop_assert!(view.totals.planned.known <= whole.known);
                prop_assert_eq!(view.states.all() as usize, of_it.len());
                // Under each heading stands what is ticked there, and nothing else.
                for (heading, under) in &view.headings {
                    let ticked = actions.iter().filter(|(_, at)| at.contains(&heading.id.0[0])).count();
                    prop_assert_eq!(under.len(), ticked);
                }
            }
            let in_none = roadmap.in_no_framework().count();
            prop_assert_eq!(in_none, actions.iter().filter(|(_, at)| at.iter().all(|n| *n == 99)).count());
        }
    }

    #[test]
    fn a_framework_that_is_taken_away_takes_no_money_with_it() {
        let mut roadmap = roadmap();
        let headings = [10, 11, 20].map(|n| LineId([n; 16])).into();
        roadmap.actions.push(RoadmapAction {
            planned: Some(Cents(500)),
            headings,
            ..RoadmapAction::empty(LineId([100; 16]))
        });
        let names = |roadmap: &Roadmap| roadmap.frameworks_of(&roadmap.actions[0]).count();
        assert_eq!(names(&roadmap), 2);
        roadmap.frameworks.remove(0);
        assert_eq!((names(&roadmap), roadmap.money().planned.sum()), (1, Some(Cents(500))));
    }
}
