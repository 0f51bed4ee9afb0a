//! The money of a roadmap: what its actions count on, promised and paid. What nobody knows is not zero, and every action is
//! counted once, in however many frameworks it is.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::ids::LineId;
use super::programme::{Cents, FundingTotal};
use super::roadmap::{Roadmap, RoadmapAction};

/// An amount of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum MoneyField {
    /// What is counted on.
    Planned,
    /// What is promised to someone.
    Committed,
    /// What was paid.
    Spent,
}

impl MoneyField {
    /// Every amount, in reading order.
    pub const ALL: [MoneyField; 3] = [MoneyField::Planned, MoneyField::Committed, MoneyField::Spent];

    /// The code of the field of an action.
    pub const fn code(self) -> &'static str {
        match self {
            MoneyField::Planned => "planned",
            MoneyField::Committed => "committed",
            MoneyField::Spent => "spent",
        }
    }
}

impl RoadmapAction {
    /// One of its amounts; none is that nobody knows.
    pub fn amount(&self, field: MoneyField) -> Option<Cents> {
        match field {
            MoneyField::Planned => self.planned,
            MoneyField::Committed => self.committed,
            MoneyField::Spent => self.spent,
        }
    }
}

/// The three sums of some actions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoneyTotals {
    /// What is counted on.
    pub planned: FundingTotal,
    /// What is promised.
    pub committed: FundingTotal,
    /// What was paid.
    pub spent: FundingTotal,
}

impl MoneyTotals {
    /// The sums of these actions. One that is given twice is counted once.
    pub fn of<'a>(actions: impl IntoIterator<Item = &'a RoadmapAction>) -> Self {
        let (mut totals, mut counted) = (MoneyTotals::default(), BTreeSet::new());
        for action in actions {
            if counted.insert(action.id) {
                totals.planned.add(action.planned);
                totals.committed.add(action.committed);
                totals.spent.add(action.spent);
            }
        }
        totals
    }

    /// One of the three.
    pub fn total(&self, field: MoneyField) -> FundingTotal {
        match field {
            MoneyField::Planned => self.planned,
            MoneyField::Committed => self.committed,
            MoneyField::Spent => self.spent,
        }
    }
}

/// The money of an axis; of no axis, that of the actions which serve none that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AxisMoney {
    /// Which axis.
    pub axis: Option<LineId>,
    /// Its sums.
    pub totals: MoneyTotals,
}

impl Roadmap {
    /// The money by axis, in their order, then of what serves none, if there is any.
    pub fn money_by_axis(&self) -> Vec<AxisMoney> {
        let of = |axis: Option<LineId>| -> Vec<&RoadmapAction> {
            self.actions.iter().filter(|action| self.axis_of_action(action) == axis).collect()
        };
        let axes = self.axes.iter().map(|axis| Some(axis.id));
        let all = axes.chain([None]).map(|axis| (axis, of(axis)));
        all.filter(|(axis, actions)| axis.is_some() || !actions.is_empty())
            .map(|(axis, actions)| AxisMoney { axis, totals: MoneyTotals::of(actions) })
            .collect()
    }

    /// The sums of the whole roadmap.
    pub fn money(&self) -> MoneyTotals {
        MoneyTotals::of(&self.actions)
    }
}

#[cfg(test)]
mod tests {
    use super::super::ids::RoadmapId;
    use super::super::roadmap::{Line, Objective, RoadmapAxis};
    use super::*;

    fn line(n: u8) -> LineId {
        LineId([n; 16])
    }

    #[test]
    fn the_axes_and_what_serves_none_make_the_whole() {
        let mut roadmap = Roadmap::empty(RoadmapId([9; 16]));
        roadmap.axes = vec![RoadmapAxis::empty(line(1)), RoadmapAxis::empty(line(2))];
        roadmap.objectives.push(Objective { axis: Some(line(1)), ..Objective::empty(line(3)) });
        let action = |n: u8, objective: Option<LineId>, planned: Option<u64>| RoadmapAction {
            objective,
            planned: planned.map(Cents),
            ..RoadmapAction::empty(line(n))
        };
        roadmap.actions = vec![action(4, Some(line(3)), Some(500)), action(5, None, None), action(6, None, Some(0))];
        let by_axis = roadmap.money_by_axis();
        let planned: Vec<_> = by_axis.iter().map(|one| (one.axis, one.totals.planned.sum())).collect();
        assert_eq!(
            planned,
            [(Some(line(1)), Some(Cents(500))), (Some(line(2)), None), (None, Some(Cents(0)))],
            "of an axis without an action there is no sum, and of what nobody knows neither"
        );
        let whole = roadmap.money();
        assert_eq!((whole.planned.sum(), whole.planned.not_known), (Some(Cents(500)), 1));
        assert_eq!((whole.spent.sum(), whole.spent.not_known), (None, 3));
    }
}
