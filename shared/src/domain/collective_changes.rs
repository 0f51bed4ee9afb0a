//! How a collective project changes: what a form wrote, as the smallest differences, and what each does.

use super::changes::{gone, held, line};
use super::collective::{
    CollectiveProject, Indicator, IndicatorValue, Partner, ProjectChange, ProjectLines, ProjectStep, ProjectTick,
};
use super::ids::LineId;

impl CollectiveProject {
    /// What to write so that this project becomes `edited`: the differences only.
    pub fn changes_to(&self, edited: &CollectiveProject) -> Vec<ProjectChange> {
        let mut changes: Vec<_> =
            self.text_differences(edited).map(|(field, text)| ProjectChange::Text(field, text.to_owned())).collect();
        let mut differs = |differs: bool, change: ProjectChange| changes.extend(differs.then_some(change));
        differs(self.year != edited.year, ProjectChange::Year(edited.year));
        differs(self.stage != edited.stage, ProjectChange::Stage(edited.stage.clone()));
        differs(self.carrier_entry != edited.carrier_entry, ProjectChange::CarrierEntry(edited.carrier_entry));
        differs(self.withdrawn != edited.withdrawn, ProjectChange::Withdrawn(edited.withdrawn));
        for tick in ProjectTick::ALL {
            for item in self.ticked(tick).symmetric_difference(edited.ticked(tick)) {
                changes.push(ProjectChange::Tick(tick.clone(), item.clone(), edited.ticked(tick).contains(item)));
            }
        }
        for (key, name) in &edited.communes {
            if self.communes.get(key) != Some(name) {
                changes.push(ProjectChange::Commune(key.clone(), Some(name.clone())));
            }
        }
        for key in self.communes.keys().filter(|key| !edited.communes.contains_key(*key)) {
            changes.push(ProjectChange::Commune(key.clone(), None));
        }
        self.lines_to(edited, &mut changes);
        changes
    }

    fn lines_to(&self, edited: &CollectiveProject, changes: &mut Vec<ProjectChange>) {
        changes.extend(edited.needs.iter().filter(|need| !self.needs.contains(need)).cloned().map(ProjectChange::Need));
        lines_gone(&self.needs, &edited.needs, |line| line.id, ProjectLines::Needs, changes);
        for line in &edited.partners {
            let before = held(&self.partners, |before| before.id == line.id, || Partner::empty(line.id));
            let texts = before.text_differences(line);
            changes.extend(texts.map(|(field, text)| ProjectChange::Partner(line.id, field, text.to_owned())));
            if before.entry != line.entry {
                changes.push(ProjectChange::PartnerEntry(line.id, line.entry));
            }
        }
        lines_gone(&self.partners, &edited.partners, |line| line.id, ProjectLines::Partners, changes);
        for line in &edited.steps {
            let before = held(&self.steps, |before| before.id == line.id, || ProjectStep::empty(line.id));
            let texts = before.text_differences(line);
            changes.extend(texts.map(|(field, text)| ProjectChange::Step(line.id, field, text.to_owned())));
            if before.due != line.due {
                changes.push(ProjectChange::StepDue(line.id, line.due));
            }
            if before.done_on != line.done_on {
                changes.push(ProjectChange::StepDone(line.id, line.done_on));
            }
        }
        lines_gone(&self.steps, &edited.steps, |line| line.id, ProjectLines::Steps, changes);
        for line in &edited.indicators {
            let before = held(&self.indicators, |before| before.id == line.id, || Indicator::empty(line.id));
            let texts = before.text_differences(line);
            changes.extend(texts.map(|(field, text)| ProjectChange::Indicator(line.id, field, text.to_owned())));
        }
        lines_gone(&self.indicators, &edited.indicators, |line| line.id, ProjectLines::Indicators, changes);
        for line in &edited.values {
            let before = held(&self.values, |before| before.id == line.id, || IndicatorValue::empty(line.id, line.of));
            let texts = before.text_differences(line);
            changes.extend(texts.map(|(field, text)| ProjectChange::Value(line.id, line.of, field, text.to_owned())));
            if before.day != line.day {
                changes.push(ProjectChange::ValueDay(line.id, line.of, line.day));
            }
        }
        lines_gone(&self.values, &edited.values, |line| line.id, ProjectLines::Values, changes);
    }

    /// Makes a change, as the journal would. A line comes into being with its first field.
    pub fn apply(&mut self, change: &ProjectChange) {
        match change {
            ProjectChange::Text(field, text) => self.text_mut(*field).clone_from(text),
            ProjectChange::Year(year) => self.year = *year,
            ProjectChange::Stage(stage) => self.stage = stage.clone(),
            ProjectChange::CarrierEntry(entry) => self.carrier_entry = *entry,
            ProjectChange::Tick(tick, item, there) => {
                let ticked = self.ticks.entry(tick.clone()).or_default();
                if *there {
                    ticked.insert(item.clone());
                } else {
                    ticked.remove(item);
                }
                self.ticks.retain(|_, ticked| !ticked.is_empty());
            }
            ProjectChange::Commune(key, Some(name)) => drop(self.communes.insert(key.clone(), name.clone())),
            ProjectChange::Commune(key, None) => drop(self.communes.remove(key)),
            ProjectChange::Need(need) => {
                self.needs.retain(|other| other.id != need.id);
                self.needs.push(need.clone());
            }
            ProjectChange::Partner(id, field, text) => self.partner(*id).text_mut(*field).clone_from(text),
            ProjectChange::PartnerEntry(id, entry) => self.partner(*id).entry = *entry,
            ProjectChange::Step(id, field, text) => self.step(*id).text_mut(*field).clone_from(text),
            ProjectChange::StepDue(id, day) => self.step(*id).due = *day,
            ProjectChange::StepDone(id, day) => self.step(*id).done_on = *day,
            ProjectChange::Indicator(id, field, text) => self.indicator(*id).text_mut(*field).clone_from(text),
            ProjectChange::Value(id, of, field, text) => self.value(*id, *of).text_mut(*field).clone_from(text),
            ProjectChange::ValueDay(id, of, day) => self.value(*id, *of).day = *day,
            ProjectChange::Remove(ProjectLines::Needs, id) => self.needs.retain(|line| line.id != *id),
            ProjectChange::Remove(ProjectLines::Partners, id) => self.partners.retain(|line| line.id != *id),
            ProjectChange::Remove(ProjectLines::Steps, id) => self.steps.retain(|line| line.id != *id),
            ProjectChange::Remove(ProjectLines::Indicators, id) => self.indicators.retain(|line| line.id != *id),
            ProjectChange::Remove(ProjectLines::Values, id) => self.values.retain(|line| line.id != *id),
            ProjectChange::Withdrawn(withdrawn) => self.withdrawn = *withdrawn,
        }
    }

    fn partner(&mut self, id: LineId) -> &mut Partner {
        line(&mut self.partners, |line| line.id == id, || Partner::empty(id))
    }

    fn step(&mut self, id: LineId) -> &mut ProjectStep {
        line(&mut self.steps, |line| line.id == id, || ProjectStep::empty(id))
    }

    fn indicator(&mut self, id: LineId) -> &mut Indicator {
        line(&mut self.indicators, |line| line.id == id, || Indicator::empty(id))
    }

    fn value(&mut self, id: LineId, of: LineId) -> &mut IndicatorValue {
        line(&mut self.values, |line| line.id == id, || IndicatorValue::empty(id, of))
    }
}

fn lines_gone<T>(
    before: &[T],
    after: &[T],
    id: impl Fn(&T) -> LineId,
    lines: ProjectLines,
    changes: &mut Vec<ProjectChange>,
) {
    changes.extend(gone(before, after, id).into_iter().map(|id| ProjectChange::Remove(lines, id)));
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::super::collective::ProjectNeed;
    use super::super::disclosure::{PublicCount, Threshold};
    use super::super::ids::CollectiveId;
    use super::*;

    fn project() -> CollectiveProject {
        let mut project = CollectiveProject::empty(CollectiveId([1; 16]));
        project.title = "Marcher ensemble".into();
        project.steps.push(ProjectStep::empty(LineId([2; 16])));
        project.indicators.push(Indicator { name: "Marcheurs".into(), ..Indicator::empty(LineId([3; 16])) });
        let value = IndicatorValue::empty(LineId([4; 16]), LineId([3; 16]));
        project.values.push(IndicatorValue { amount: "12".into(), ..value });
        project
    }

    fn day(text: &str) -> chrono::NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn a_form_writes_only_what_was_touched() {
        let before = project();
        let mut edited = before.clone();
        assert_eq!(before.changes_to(&edited), []);
        edited.ticks.entry(ProjectTick::Ottawa).or_default().insert("skills".into());
        edited.steps[0].done_on = Some(day("2026-03-05"));
        edited.values.clear();
        assert_eq!(
            before.changes_to(&edited),
            [
                ProjectChange::Tick(ProjectTick::Ottawa, "skills".into(), true),
                ProjectChange::StepDone(LineId([2; 16]), Some(day("2026-03-05"))),
                ProjectChange::Remove(ProjectLines::Values, LineId([4; 16])),
            ]
        );
    }

    fn any_project() -> impl Strategy<Value = CollectiveProject> {
        let text = || "[a-zé ]{0,6}";
        let lines =
            || proptest::collection::btree_map(1..6_u8, (text(), text(), proptest::option::of(0..300_i64)), 0..4);
        let ticks = proptest::collection::btree_set("[a-c]{1}", 0..3);
        let communes = proptest::collection::btree_map("[0-9]{2}", "[A-Z]{1,3}", 0..3);
        (text(), ticks, communes, lines(), lines(), proptest::option::of(2000..2030_i32)).prop_map(
            |(title, ticked, communes, steps, others, year): (
                _,
                BTreeSet<String>,
                BTreeMap<_, _>,
                BTreeMap<_, _>,
                BTreeMap<_, _>,
                _,
            )| {
                let mut project = CollectiveProject::empty(CollectiveId([1; 16]));
                (project.title, project.year, project.communes) = (title, year, communes);
                if !ticked.is_empty() {
                    project.ticks.insert(ProjectTick::Determinant, ticked);
                }
                for (n, (what, owner, due)) in steps {
                    let id = LineId([n; 16]);
                    let due = due.map(|days| day("2026-01-01") + chrono::TimeDelta::days(days));
                    project.steps.push(ProjectStep { what, owner, due, ..ProjectStep::empty(id) });
                }
                for (n, (name, brings, persons)) in others {
                    let id = LineId([n; 16]);
                    let count = PublicCount::of(persons.unwrap_or(0) as u32, Threshold::FIVE);
                    project.needs.extend(ProjectNeed::new(id, &name, count, &brings));
                    project.partners.push(Partner { name, brings, ..Partner::empty(id) });
                }
                project
            },
        )
    }

    /// A line of which every field is empty was never written: it is not there on the other side.
    fn written(mut project: CollectiveProject) -> CollectiveProject {
        project.steps.retain(|line| *line != ProjectStep::empty(line.id));
        project.partners.retain(|line| *line != Partner::empty(line.id));
        project.steps.sort_by_key(|line| line.id);
        project.partners.sort_by_key(|line| line.id);
        project.needs.sort_by_key(|line| line.id);
        project
    }

    proptest! {
        /// What a form sends makes the one project of the other, whatever was in either.
        #[test]
        fn the_differences_make_the_one_of_the_other(before in any_project(), after in any_project()) {
            let (before, after) = (written(before), written(after));
            let mut made = before.clone();
            before.changes_to(&after).iter().for_each(|change| made.apply(change));
            prop_assert_eq!(written(made), written(after));
        }
    }
}
