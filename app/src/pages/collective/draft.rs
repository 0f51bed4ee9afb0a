//! The form of a project and its draft: each difference is a field by name, in plain words, so that an erasure finds the
//! drafts that name someone.

use maillon_shared::domain::collective::{
    CollectiveProject, IndicatorField, PartnerField, ProjectChange, ProjectField, ProjectLines, ProjectNeed,
    ProjectStage, ProjectTick, StepField,
};
use maillon_shared::domain::disclosure::{PublicCount, Threshold};
use maillon_shared::domain::ids::{EntryId, LineId};
use maillon_shared::domain::mission::commune_key;

use crate::drafts::Fields;

/// What the form holds: the project, and what was typed and is not a part of it yet.
#[derive(Clone, Debug, PartialEq)]
pub struct ProjectForm {
    /// The project.
    pub project: CollectiveProject,
    /// The year, as it is typed.
    pub year: String,
    /// The subject of a need to add.
    pub need_topic: String,
    /// How many people, as it is typed.
    pub need_count: String,
    /// Over which time.
    pub need_period: String,
    /// The id that the need to add will have.
    pub need_id: LineId,
    /// A commune to add.
    pub other: String,
    /// Its code.
    pub other_code: String,
}

impl ProjectForm {
    /// The form of a project.
    pub fn of(project: CollectiveProject, need_id: LineId) -> Self {
        ProjectForm {
            year: project.year.map(|year| year.to_string()).unwrap_or_default(),
            project,
            need_topic: String::new(),
            need_count: String::new(),
            need_period: String::new(),
            need_id,
            other: String::new(),
            other_code: String::new(),
        }
    }

    /// Makes the need that was typed a part of the project; says whether there was one.
    pub fn take_need(&mut self, next: LineId) -> bool {
        let persons = PublicCount::of(self.need_count.trim().parse().unwrap_or(0), Threshold::FIVE);
        let need = ProjectNeed::new(self.need_id, self.need_topic.trim(), persons, self.need_period.trim());
        let Some(need) = need else { return false };
        self.project.needs.push(need);
        self.need_id = next;
        self.need_topic.clear();
        self.need_count.clear();
        self.need_period.clear();
        true
    }

    /// Makes the commune that was typed a part of the project.
    pub fn take_other(&mut self) {
        let name = self.other.trim().to_owned();
        if !name.is_empty() {
            self.project.communes.insert(commune_key(&self.other_code, &name), name);
        }
        self.other.clear();
        self.other_code.clear();
    }
}

/// The project as the form means it: what was typed is taken, lines that say nothing are not.
pub fn settled(form: &ProjectForm) -> CollectiveProject {
    let mut form = form.clone();
    let id = form.need_id;
    form.take_need(id);
    form.take_other();
    let mut project = form.project;
    project.title = project.title.trim().to_owned();
    project.year = form.year.trim().parse().ok();
    project.partners.retain(|line| line.entry.is_some() || !line.name.trim().is_empty());
    project.steps.retain(|line| !line.what.trim().is_empty());
    project.indicators.retain(|line| !line.name.trim().is_empty());
    project
}

/// What differs from the form as it was opened, by name.
pub fn fields_since(opened: &ProjectForm, form: &ProjectForm) -> Fields {
    let typed = |form: &ProjectForm| {
        [
            ("year", form.year.clone()),
            ("need-topic", form.need_topic.clone()),
            ("need-count", form.need_count.clone()),
            ("need-period", form.need_period.clone()),
            ("other", form.other.clone()),
            ("other-code", form.other_code.clone()),
        ]
    };
    let mut fields = Fields::that_differ(typed(opened), typed(form));
    for change in opened.project.changes_to(&form.project) {
        let (name, value) = named(change);
        if !name.is_empty() {
            fields.put(name, value);
        }
    }
    fields
}

fn named(change: ProjectChange) -> (String, String) {
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let entry = |entry: Option<EntryId>| entry.map(|entry| entry.to_string()).unwrap_or_default();
    let flag = |there: bool| if there { "1" } else { "" }.to_owned();
    match change {
        ProjectChange::Text(field, text) => (format!("text.{}", field.code()), text),
        ProjectChange::Stage(stage) => ("stage".into(), stage.code().to_owned()),
        ProjectChange::CarrierEntry(id) => ("carrier".into(), entry(id)),
        ProjectChange::Tick(tick, item, there) => (format!("tick.{}.{item}", tick.code()), flag(there)),
        ProjectChange::Commune(key, name) => (format!("commune.{key}"), name.unwrap_or_default()),
        ProjectChange::Need(need) => {
            (format!("need.{}.{}.{}", need.id, need.persons(), need.topic()), need.period.clone())
        }
        ProjectChange::Partner(id, field, text) => (format!("partner.{id}.{}", field.code()), text),
        ProjectChange::PartnerEntry(id, who) => (format!("partner.{id}.entry"), entry(who)),
        ProjectChange::Step(id, field, text) => (format!("step.{id}.{}", field.code()), text),
        ProjectChange::StepDue(id, due) => (format!("step.{id}.due"), day(due)),
        ProjectChange::StepDone(id, done) => (format!("step.{id}.done"), day(done)),
        ProjectChange::Indicator(id, field, text) => (format!("indicator.{id}.{}", field.code()), text),
        ProjectChange::Remove(ProjectLines::Needs, id) => (format!("remove.needs.{id}"), String::new()),
        ProjectChange::Remove(ProjectLines::Partners, id) => (format!("remove.partners.{id}"), String::new()),
        ProjectChange::Remove(ProjectLines::Steps, id) => (format!("remove.steps.{id}"), String::new()),
        ProjectChange::Remove(ProjectLines::Indicators, id) => (format!("remove.indicators.{id}"), String::new()),
        // The year is typed; the rest is no part of this form.
        ProjectChange::Year(_)
        | ProjectChange::Value(..)
        | ProjectChange::ValueDay(..)
        | ProjectChange::Remove(ProjectLines::Values, _)
        | ProjectChange::Withdrawn(_) => (String::new(), String::new()),
    }
}

/// Lays a draft over the form.
pub fn lay(form: &mut ProjectForm, fields: &Fields) {
    for (name, value) in fields.iter() {
        match name {
            "year" => value.clone_into(&mut form.year),
            "need-topic" => value.clone_into(&mut form.need_topic),
            "need-count" => value.clone_into(&mut form.need_count),
            "need-period" => value.clone_into(&mut form.need_period),
            "other" => value.clone_into(&mut form.other),
            "other-code" => value.clone_into(&mut form.other_code),
            other => {
                if let Some(change) = meant(other, value) {
                    form.project.apply(&change);
                }
            }
        }
    }
}

fn meant(name: &str, value: &str) -> Option<ProjectChange> {
    let text = value.to_owned();
    let line = |id: &str| LineId::parse(id);
    Some(match name.splitn(4, '.').collect::<Vec<_>>()[..] {
        ["text", field] => ProjectChange::Text(ProjectField::from_code(field)?, text),
        ["stage"] => ProjectChange::Stage(ProjectStage::from_code(value)),
        ["carrier"] => ProjectChange::CarrierEntry(EntryId::parse(value)),
        ["tick", tick, item] => ProjectChange::Tick(ProjectTick::from_code(tick), item.to_owned(), value == "1"),
        ["commune", key] => ProjectChange::Commune(key.to_owned(), Some(text).filter(|name| !name.is_empty())),
        ["need", id, persons, topic] => {
            ProjectChange::Need(ProjectNeed::new(line(id)?, topic, PublicCount::parse(persons)?, value)?)
        }
        ["partner", id, "entry"] => ProjectChange::PartnerEntry(line(id)?, EntryId::parse(value)),
        ["partner", id, field] => ProjectChange::Partner(line(id)?, PartnerField::from_code(field)?, text),
        ["step", id, "due"] => ProjectChange::StepDue(line(id)?, value.parse().ok()),
        ["step", id, "done"] => ProjectChange::StepDone(line(id)?, value.parse().ok()),
        ["step", id, field] => ProjectChange::Step(line(id)?, StepField::from_code(field)?, text),
        ["indicator", id, field] => ProjectChange::Indicator(line(id)?, IndicatorField::from_code(field)?, text),
        ["remove", "needs", id] => ProjectChange::Remove(ProjectLines::Needs, line(id)?),
        ["remove", "partners", id] => ProjectChange::Remove(ProjectLines::Partners, line(id)?),
        ["remove", "steps", id] => ProjectChange::Remove(ProjectLines::Steps, line(id)?),
        ["remove", "indicators", id] => ProjectChange::Remove(ProjectLines::Indicators, line(id)?),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use maillon_shared::domain::collective::{Indicator, Partner, ProjectStep};
    use maillon_shared::domain::ids::CollectiveId;

    use super::*;

    fn line(n: u8) -> LineId {
        LineId([n; 16])
    }

    #[test]
    fn a_draft_finds_the_whole_form_again() {
        let mut project = CollectiveProject::empty(CollectiveId([1; 16]));
        project.title = "Marcher".into();
        project.steps.push(ProjectStep { what: "Réserver".into(), ..ProjectStep::empty(line(1)) });
        let opened = ProjectForm::of(project, line(90));
        assert_eq!(fields_since(&opened, &opened), Fields::default());
        let mut form = opened.clone();
        form.year = "2026".into();
        (form.need_topic, form.need_count) = ("transport".into(), "12".into());
        form.project.aim = "Sortir. De chez soi".into();
        form.project.stage = ProjectStage::UnderWay;
        form.project.carrier_entry = Some(EntryId([7; 16]));
        form.project.ticks.entry(ProjectTick::Ottawa).or_default().insert("disability_prevention".into());
        form.project.communes.insert("13001".into(), "Aix".into());
        let count = PublicCount::of(2, Threshold::FIVE);
        form.project.needs.extend(ProjectNeed::new(line(2), "aller. venir", count, "en mai"));
        form.project.partners.push(Partner { entry: Some(EntryId([8; 16])), ..Partner::empty(line(3)) });
        form.project.steps.clear();
        form.project.steps.push(ProjectStep {
            what: "Partir".into(),
            due: "2026-09-01".parse().ok(),
            ..ProjectStep::empty(line(4))
        });
        form.project.indicators.push(Indicator { name: "Marcheurs".into(), ..Indicator::empty(line(5)) });
        let mut reopened = opened.clone();
        lay(&mut reopened, &Fields::read(&fields_since(&opened, &form).write()));
        assert_eq!(reopened, form);
    }

    #[test]
    fn what_was_typed_and_not_added_is_saved_all_the_same() {
        let mut form = ProjectForm::of(CollectiveProject::empty(CollectiveId([1; 16])), line(90));
        form.year = " 2026 ".into();
        (form.need_topic, form.need_count) = ("transport".into(), "12".into());
        form.other = "Aubignan".into();
        form.project.steps.push(ProjectStep::empty(line(4)));
        let project = settled(&form);
        assert_eq!((project.year, project.needs.len(), project.communes.len()), (Some(2026), 1, 1));
        assert!(project.steps.is_empty());
        form.need_topic = "violence".into();
        assert!(settled(&form).needs.is_empty(), "a guarded subject has no line of its own");
    }
}
