//! The roadmap: what a coordinator, or several of a group, set out to do over some years, with what money, for which
//! funders, decided by which bodies.
//!
//! Several coordinators write in one roadmap: each field of each line is written apart. Nobody who is accompanied is in it,
//! and nothing in it counts what a person does: what is counted is actions by how they stand.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::event::EventCommune;
use super::ids::{CollectiveId, EntryId, LineId, RoadmapId};
use super::programme::{ActionState, Cents};
use super::roadmap_parts::roadmap_line;

pub use super::roadmap_changes::{RoadmapChange, RoadmapLines};
pub use super::roadmap_follow::{Deviation, Indicator, IndicatorValue, Quantity};
pub use super::roadmap_frameworks::{Framework, FrameworkHeading, FrameworkView};
pub use super::roadmap_governance::{
    Body, BodyKind, DueSoon, GovernanceDecision, Mandate, Partnership, Standing, WhatIsDue,
};
pub use super::roadmap_money::{AxisMoney, MoneyField, MoneyTotals};
pub use super::roadmap_parts::{Fielded, Line, Part};

/// A roadmap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roadmap {
    /// Names the roadmap.
    pub id: RoadmapId,
    /// What is said of the whole of it.
    pub about: About,
    /// Its axes.
    pub axes: Vec<RoadmapAxis>,
    /// The objectives of the axes.
    pub objectives: Vec<Objective>,
    /// What is done for them.
    pub actions: Vec<RoadmapAction>,
    /// What is measured.
    pub indicators: Vec<Indicator>,
    /// What was measured.
    pub values: Vec<IndicatorValue>,
    /// What went otherwise than foreseen.
    pub deviations: Vec<Deviation>,
    /// The frameworks of the funders.
    pub frameworks: Vec<Framework>,
    /// The headings of the frameworks.
    pub headings: Vec<FrameworkHeading>,
    /// The bodies that steer or work.
    pub bodies: Vec<Body>,
    /// Who is of them.
    pub mandates: Vec<Mandate>,
    /// What they decided.
    pub decisions: Vec<GovernanceDecision>,
    /// With whom there is a convention.
    pub partnerships: Vec<Partnership>,
    /// Whether it was a mistake.
    pub withdrawn: bool,
}

roadmap_line! {
    /// What is said of the whole of a roadmap. Its id is no line's: it is written at the root.
    About {
        /// What it is called.
        title: String,
        /// What it wants to change.
        aim: String,
        /// Its first year.
        from: Option<i32>,
        /// Its last year.
        until: Option<i32>,
    }
}

roadmap_line! {
    /// An axis.
    RoadmapAxis {
        /// What it is called.
        title: String,
        /// What it is about.
        words: String,
    }
}

roadmap_line! {
    /// An objective of an axis.
    Objective {
        /// Of which axis.
        axis: Option<LineId>,
        /// What it is.
        title: String,
        /// What else is to be known of it.
        words: String,
    }
}

roadmap_line! {
    /// An action.
    RoadmapAction {
        /// For which objective.
        objective: Option<LineId>,
        /// What is done.
        title: String,
        /// What else is to be known of it.
        words: String,
        /// Who carries it, in words.
        who: String,
        /// Who carries it, where they are in the directory.
        who_entry: Option<EntryId>,
        /// In which communes.
        places: BTreeMap<LineId, EventCommune>,
        /// From when, as far as it is known.
        begins: Option<super::time::PartialDate>,
        /// Until when.
        ends: Option<super::time::PartialDate>,
        /// How it stands. What was given up says why.
        state: ActionState,
        /// The collective project in which it is done.
        project: Option<CollectiveId>,
        /// What is counted on.
        planned: Option<Cents>,
        /// What is promised to someone.
        committed: Option<Cents>,
        /// What was paid.
        spent: Option<Cents>,
        /// Why what is said of it is to be verified; empty when it is certain.
        to_verify: String,
        /// The headings of frameworks under which it counts.
        headings: BTreeSet<LineId>,
    }
}

/// How many actions stand how: of an axis, an objective or the whole. Never of anyone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StateCounts {
    /// To come.
    pub planned: u32,
    /// Under way.
    pub running: u32,
    /// Done.
    pub done: u32,
    /// Given up.
    pub dropped: u32,
    /// Of a newer version.
    pub unknown: u32,
}

impl StateCounts {
    /// The counts of these actions.
    pub fn of<'a>(actions: impl IntoIterator<Item = &'a RoadmapAction>) -> Self {
        let mut counts = StateCounts::default();
        for action in actions {
            *match action.state {
                ActionState::Planned => &mut counts.planned,
                ActionState::Running => &mut counts.running,
                ActionState::Done => &mut counts.done,
                ActionState::Dropped(_) => &mut counts.dropped,
                ActionState::Unknown(_) => &mut counts.unknown,
            } += 1;
        }
        counts
    }

    /// How many in all.
    pub fn all(self) -> u32 {
        self.planned + self.running + self.done + self.dropped + self.unknown
    }
}

impl Roadmap {
    /// A roadmap of which nothing is said yet.
    pub fn empty(id: RoadmapId) -> Self {
        Roadmap {
            id,
            about: About::empty(LineId([0; 16])),
            axes: Vec::new(),
            objectives: Vec::new(),
            actions: Vec::new(),
            indicators: Vec::new(),
            values: Vec::new(),
            deviations: Vec::new(),
            frameworks: Vec::new(),
            headings: Vec::new(),
            bodies: Vec::new(),
            mandates: Vec::new(),
            decisions: Vec::new(),
            partnerships: Vec::new(),
            withdrawn: false,
        }
    }

    /// The objective of an action; none where it has none, or its objective was taken away.
    pub fn objective_of(&self, action: &RoadmapAction) -> Option<&Objective> {
        self.objectives.iter().find(|objective| Some(objective.id) == action.objective)
    }

    /// The axis of an objective; none where it has none, or its axis was taken away.
    pub fn axis_of(&self, objective: &Objective) -> Option<&RoadmapAxis> {
        self.axes.iter().find(|axis| Some(axis.id) == objective.axis)
    }

    /// The axis that an action serves, by its objective.
    pub fn axis_of_action(&self, action: &RoadmapAction) -> Option<LineId> {
        self.objective_of(action).and_then(|objective| self.axis_of(objective)).map(|axis| axis.id)
    }

    /// The objectives of an axis; of none, those that have none that is there.
    pub fn objectives_of(&self, axis: Option<LineId>) -> impl Iterator<Item = &Objective> {
        self.objectives.iter().filter(move |objective| self.axis_of(objective).map(|axis| axis.id) == axis)
    }

    /// The actions of an objective; of none, those that have none that is there.
    pub fn actions_of(&self, objective: Option<LineId>) -> impl Iterator<Item = &RoadmapAction> {
        self.actions.iter().filter(move |action| self.objective_of(action).map(|one| one.id) == objective)
    }

    /// Who of the directory is named in it.
    pub fn entries(&self) -> impl Iterator<Item = EntryId> {
        let carriers = self.actions.iter().filter_map(|line| line.who_entry);
        let members = self.mandates.iter().filter_map(|line| line.who_entry);
        carriers.chain(members).chain(self.partnerships.iter().filter_map(|line| line.who_entry))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(n: u8) -> LineId {
        LineId([n; 16])
    }

    #[test]
    fn an_action_whose_objective_or_axis_was_taken_away_is_still_there() {
        let mut roadmap = Roadmap::empty(RoadmapId([9; 16]));
        roadmap.axes.push(RoadmapAxis::empty(line(1)));
        roadmap.objectives.push(Objective { axis: Some(line(1)), ..Objective::empty(line(2)) });
        roadmap.actions.push(RoadmapAction { objective: Some(line(2)), ..RoadmapAction::empty(line(3)) });
        assert_eq!(roadmap.axis_of_action(&roadmap.actions[0]), Some(line(1)));
        roadmap.axes.clear();
        assert_eq!((roadmap.objectives_of(None).count(), roadmap.actions_of(Some(line(2))).count()), (1, 1));
        roadmap.objectives.clear();
        assert_eq!(roadmap.actions_of(None).count(), 1);
    }

    #[test]
    fn actions_are_counted_by_how_they_stand() {
        let states = [ActionState::Planned, ActionState::Dropped("la salle".into()), ActionState::Planned];
        let actions: Vec<RoadmapAction> =
            states.into_iter().map(|state| RoadmapAction { state, ..RoadmapAction::empty(line(1)) }).collect();
        let counts = StateCounts::of(&actions);
        assert_eq!((counts.planned, counts.dropped, counts.done, counts.all()), (2, 1, 0, 3));
    }
}
