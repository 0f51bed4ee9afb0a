//! A collective project: what several people asked for, taken up by several hands.
//!
//! It names nobody who is accompanied. The needs that started it are subjects and counts under the rule of
//! [`super::disclosure`], so that a project can be shown to anyone. Several coordinators will write in one project: each
//! field is written apart, and each line is its own.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::changes::text_fields;
use super::coded::coded;
use super::disclosure::{PublicCount, is_never_alone};
use super::ids::{CollectiveId, EntryId, LineId};
use super::lists::{ListId, Lists};
use super::mission::is_commune_code;
use crate::text::language::Language;

/// A collective project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollectiveProject {
    /// Names the project.
    pub id: CollectiveId,
    /// What it is called.
    pub title: String,
    /// The year it is for.
    pub year: Option<i32>,
    /// How far it is, while it goes on.
    pub stage: ProjectStage,
    /// The axis of the programme that it serves.
    pub axis: String,
    /// What it wants to change, in words.
    pub aim: String,
    /// For whom, in words, where the list of publics says too little.
    pub public: String,
    /// Who carries it: another thing than the structure where it takes place.
    pub carrier: String,
    /// Who carries it, where they are in the directory.
    pub carrier_entry: Option<EntryId>,
    /// The structure where it takes place.
    pub place: String,
    /// Means: people, rooms, money.
    pub means: String,
    /// How one will know, and what one found.
    pub evaluation: String,
    /// What another commune could take from it.
    pub transferability: String,
    /// What was learnt, said when it is closed.
    pub learnt: String,
    /// The day it was closed.
    pub closed_on: Option<NaiveDate>,
    /// The project of which it is the next year's.
    pub follows: Option<CollectiveId>,
    /// The common one that it became, in a group: it is read and written there.
    pub moved_to: Option<CollectiveId>,
    /// What is ticked: axes of the Ottawa charter, determinants, publics.
    pub ticks: BTreeMap<ProjectTick, BTreeSet<String>>,
    /// Where, by commune key: the names.
    pub communes: BTreeMap<String, String>,
    /// The needs that started it.
    pub needs: Vec<ProjectNeed>,
    /// Who takes part.
    pub partners: Vec<Partner>,
    /// The calendar.
    pub steps: Vec<ProjectStep>,
    /// What is measured.
    pub indicators: Vec<Indicator>,
    /// What was measured.
    pub values: Vec<IndicatorValue>,
    /// Whether it was a mistake.
    pub withdrawn: bool,
}

text_fields! {
    /// The text fields of a collective project.
    ProjectField of CollectiveProject {
        /// What it is called.
        Title = "title" => title,
        /// The axis of the programme.
        Axis = "axis" => axis,
        /// What it wants to change.
        Aim = "aim" => aim,
        /// For whom, in words.
        Public = "public" => public,
        /// Who carries it, in words.
        Carrier = "carrier" => carrier,
        /// Where it takes place.
        Place = "place" => place,
        /// Means.
        Means = "means" => means,
        /// Evaluation.
        Evaluation = "evaluation" => evaluation,
        /// What another commune could take from it.
        Transferability = "transferability" => transferability,
        /// What was learnt.
        Learnt = "learnt" => learnt,
    }
}

coded! {
    /// How far a project is, while it goes on.
    ProjectStage {
        /// It is talked about.
        Idea = "idea",
        /// It is being built.
        Building = "building",
        /// It is under way.
        UnderWay = "under_way",
        /// It is being evaluated.
        Evaluating = "evaluating",
    }
}

coded! {
    /// What is ticked on a project.
    ProjectTick {
        /// An axis of the Ottawa charter, or the prevention of disabilities.
        Ottawa = "ottawa",
        /// A determinant of health.
        Determinant = "determinant",
        /// A public.
        Public = "public",
    }
}

/// A need that started a project: a subject and a count that may be said to anyone. A subject that never has a line of
/// its own cannot be one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectNeed {
    /// Names the line.
    pub id: LineId,
    topic: String,
    persons: PublicCount,
    /// Over which time, in words.
    pub period: String,
}

impl ProjectNeed {
    /// A need; none where its subject never has a line of its own, or there is none.
    pub fn new(id: LineId, topic: &str, persons: PublicCount, period: &str) -> Option<Self> {
        let may_be_said = !topic.trim().is_empty() && !is_never_alone(topic);
        may_be_said.then(|| ProjectNeed { id, topic: topic.to_owned(), persons, period: period.to_owned() })
    }

    /// The subject: an item of the list of topics, or words.
    pub fn topic(&self) -> &str {
        &self.topic
    }

    /// How many people.
    pub fn persons(&self) -> PublicCount {
        self.persons
    }
}

/// Someone who takes part: an entry of the directory, or words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partner {
    /// Names the line.
    pub id: LineId,
    /// Who, where they are in the directory.
    pub entry: Option<EntryId>,
    /// Who, in words.
    pub name: String,
    /// What they bring.
    pub brings: String,
}

text_fields! {
    /// The text fields of a partner.
    PartnerField of Partner {
        /// Who, in words.
        Name = "name" => name,
        /// What they bring.
        Brings = "brings" => brings,
    }
}

/// A dated step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectStep {
    /// Names the line.
    pub id: LineId,
    /// What.
    pub what: String,
    /// By whom.
    pub owner: String,
    /// By when.
    pub due: Option<NaiveDate>,
    /// When it was done.
    pub done_on: Option<NaiveDate>,
}

text_fields! {
    /// The text fields of a step.
    StepField of ProjectStep {
        /// What.
        What = "what" => what,
        /// By whom.
        Owner = "owner" => owner,
    }
}

/// What is measured.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indicator {
    /// Names the line.
    pub id: LineId,
    /// What is measured.
    pub name: String,
    /// In what.
    pub unit: String,
    /// How much is hoped for.
    pub target: String,
}

text_fields! {
    /// The text fields of an indicator.
    IndicatorField of Indicator {
        /// What is measured.
        Name = "name" => name,
        /// In what.
        Unit = "unit" => unit,
        /// How much is hoped for.
        Target = "target" => target,
    }
}

/// What was measured on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndicatorValue {
    /// Names the line.
    pub id: LineId,
    /// Of which indicator.
    pub of: LineId,
    /// When.
    pub day: Option<NaiveDate>,
    /// How much.
    pub amount: String,
    /// Who says so.
    pub source: String,
    /// Why it is to be verified; empty when it is certain.
    pub to_verify: String,
}

text_fields! {
    /// The text fields of what was measured.
    ValueField of IndicatorValue {
        /// How much.
        Amount = "amount" => amount,
        /// Who says so.
        Source = "source" => source,
        /// Why it is to be verified.
        ToVerify = "to_verify" => to_verify,
    }
}

/// The lines of a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ProjectLines {
    /// The needs.
    Needs,
    /// The partners.
    Partners,
    /// The steps.
    Steps,
    /// The indicators.
    Indicators,
    /// What was measured.
    Values,
}

/// One change to a project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProjectChange {
    /// A text field becomes this.
    Text(ProjectField, String),
    /// It is for that year.
    Year(Option<i32>),
    /// It is so far.
    Stage(ProjectStage),
    /// They carry it, of the directory.
    CarrierEntry(Option<EntryId>),
    /// That is ticked, or not.
    Tick(ProjectTick, String, bool),
    /// It takes place there, under that name; or does not.
    Commune(String, Option<String>),
    /// That need started it.
    Need(ProjectNeed),
    /// A field of a partner.
    Partner(LineId, PartnerField, String),
    /// Who of the directory a partner is.
    PartnerEntry(LineId, Option<EntryId>),
    /// A field of a step.
    Step(LineId, StepField, String),
    /// By when a step is.
    StepDue(LineId, Option<NaiveDate>),
    /// When a step was done.
    StepDone(LineId, Option<NaiveDate>),
    /// A field of an indicator.
    Indicator(LineId, IndicatorField, String),
    /// A field of what was measured, for that indicator.
    Value(LineId, LineId, ValueField, String),
    /// The day of what was measured.
    ValueDay(LineId, LineId, Option<NaiveDate>),
    /// A line goes.
    Remove(ProjectLines, LineId),
    /// It was a mistake, or was not.
    Withdrawn(bool),
}

impl CollectiveProject {
    /// A project of which nothing is said yet.
    pub fn empty(id: CollectiveId) -> Self {
        CollectiveProject {
            id,
            title: String::new(),
            year: None,
            stage: ProjectStage::Idea,
            axis: String::new(),
            aim: String::new(),
            public: String::new(),
            carrier: String::new(),
            carrier_entry: None,
            place: String::new(),
            means: String::new(),
            evaluation: String::new(),
            transferability: String::new(),
            learnt: String::new(),
            closed_on: None,
            follows: None,
            moved_to: None,
            ticks: BTreeMap::new(),
            communes: BTreeMap::new(),
            needs: Vec::new(),
            partners: Vec::new(),
            steps: Vec::new(),
            indicators: Vec::new(),
            values: Vec::new(),
            withdrawn: false,
        }
    }

    /// Whether it goes on.
    pub fn goes_on(&self) -> bool {
        self.closed_on.is_none() && !self.withdrawn && self.moved_to.is_none()
    }

    /// Whether it is read here: no mistake, and not become a group's.
    pub fn stands(&self) -> bool {
        !self.withdrawn && self.moved_to.is_none()
    }

    /// The same project in another place, where nobody knows this directory: whoever was an entry of it is said in words.
    pub fn elsewhere(&self, id: CollectiveId, name_of: impl Fn(EntryId) -> String) -> CollectiveProject {
        let in_words = |words: &str, entry: Option<EntryId>| match entry {
            Some(entry) if words.trim().is_empty() => name_of(entry),
            _ => words.to_owned(),
        };
        let in_words_of =
            |line: &Partner| Partner { entry: None, name: in_words(&line.name, line.entry), ..line.clone() };
        CollectiveProject {
            id,
            carrier: in_words(&self.carrier, self.carrier_entry),
            carrier_entry: None,
            follows: None,
            moved_to: None,
            partners: self.partners.iter().map(in_words_of).collect(),
            ..self.clone()
        }
    }

    /// Whether something is ticked.
    pub fn ticked(&self, tick: &ProjectTick) -> &BTreeSet<String> {
        static NONE: BTreeSet<String> = BTreeSet::new();
        self.ticks.get(tick).unwrap_or(&NONE)
    }

    /// The steps that wait, by day; those without a day last.
    pub fn waiting(&self) -> Vec<&ProjectStep> {
        let mut steps: Vec<_> = self.steps.iter().filter(|step| step.done_on.is_none()).collect();
        steps.sort_by_key(|step| (step.due.is_none(), step.due, step.id));
        steps
    }

    /// What was measured of an indicator, by day.
    pub fn values_of(&self, indicator: LineId) -> Vec<&IndicatorValue> {
        let mut values: Vec<_> = self.values.iter().filter(|value| value.of == indicator).collect();
        values.sort_by_key(|value| (value.day, value.id));
        values
    }

    /// Every word that someone wrote in it, for those who look for names.
    pub fn texts(&self) -> Vec<&str> {
        let own = ProjectField::ALL.iter().map(|field| self.text(*field));
        let needs = self.needs.iter().flat_map(|need| [need.topic.as_str(), &need.period]);
        let partners = self.partners.iter().map(|line| line.brings.as_str());
        let steps = self.steps.iter().map(|line| line.what.as_str());
        let indicators =
            self.indicators.iter().flat_map(|line| IndicatorField::ALL.iter().map(|field| line.text(*field)));
        let values = self.values.iter().flat_map(|line| ValueField::ALL.iter().map(|field| line.text(*field)));
        own.chain(needs).chain(partners).chain(steps).chain(indicators).chain(values).collect()
    }

    /// The same, who takes part, and what was typed where one chooses: of what is common, whoever is named in it is read by
    /// everyone.
    pub fn texts_in_common(&self) -> Vec<&str> {
        let partners = self.partners.iter().map(|line| line.name.as_str());
        let owners = self.steps.iter().map(|line| line.owner.as_str());
        let typed = self.communes.iter().filter(|(key, _)| !is_commune_code(key));
        let communes = typed.flat_map(|(key, name)| [key.as_str(), name]);
        let is_offered = |item: &&String| {
            let lists = Lists::starting(Language::Fr);
            ListId::ALL.iter().any(|list| lists.item(*list, item).is_some())
        };
        let ticked = self.ticks.values().flatten().filter(|item| !is_offered(item)).map(String::as_str);
        let stage = match &self.stage {
            ProjectStage::Unknown(code) => Some(code.as_str()),
            _ => None,
        };
        self.texts().into_iter().chain(partners).chain(owners).chain(communes).chain(ticked).chain(stage).collect()
    }

    /// The same project for another year: what it is and who takes part stay, its steps come again as many years later,
    /// nothing is done nor measured yet.
    pub fn for_year(&self, id: CollectiveId, year: i32, mut fresh: impl FnMut() -> LineId) -> CollectiveProject {
        let years = year.saturating_sub(self.year.unwrap_or(year.saturating_sub(1)));
        let later = |day: NaiveDate| match u32::try_from(years) {
            Ok(years) => day.checked_add_months(Months::new(years.saturating_mul(12))),
            Err(_) => None,
        };
        CollectiveProject {
            id,
            year: Some(year),
            stage: ProjectStage::Building,
            evaluation: String::new(),
            learnt: String::new(),
            closed_on: None,
            follows: Some(self.id),
            moved_to: None,
            needs: self.needs.iter().map(|line| ProjectNeed { id: fresh(), ..line.clone() }).collect(),
            partners: self.partners.iter().map(|line| Partner { id: fresh(), ..line.clone() }).collect(),
            steps: self
                .steps
                .iter()
                .map(|line| ProjectStep { id: fresh(), due: line.due.and_then(later), done_on: None, ..line.clone() })
                .collect(),
            indicators: self.indicators.iter().map(|line| Indicator { id: fresh(), ..line.clone() }).collect(),
            values: Vec::new(),
            withdrawn: false,
            ..self.clone()
        }
    }
}

impl Partner {
    /// A line with nothing on it.
    pub fn empty(id: LineId) -> Self {
        Partner { id, entry: None, name: String::new(), brings: String::new() }
    }
}

impl ProjectStep {
    /// A line with nothing on it.
    pub fn empty(id: LineId) -> Self {
        ProjectStep { id, what: String::new(), owner: String::new(), due: None, done_on: None }
    }
}

impl Indicator {
    /// A line with nothing on it.
    pub fn empty(id: LineId) -> Self {
        Indicator { id, name: String::new(), unit: String::new(), target: String::new() }
    }
}

impl IndicatorValue {
    /// A line with nothing on it.
    pub fn empty(id: LineId, of: LineId) -> Self {
        IndicatorValue { id, of, day: None, amount: String::new(), source: String::new(), to_verify: String::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::super::disclosure::Threshold;
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn project() -> CollectiveProject {
        let mut project = CollectiveProject::empty(CollectiveId([1; 16]));
        project.title = "Marcher ensemble".into();
        project.year = Some(2026);
        project.steps.push(ProjectStep { due: Some(day("2026-03-02")), ..ProjectStep::empty(LineId([2; 16])) });
        project.indicators.push(Indicator { name: "Marcheurs".into(), ..Indicator::empty(LineId([3; 16])) });
        let value = IndicatorValue::empty(LineId([4; 16]), LineId([3; 16]));
        project.values.push(IndicatorValue { amount: "12".into(), ..value });
        project
    }

    #[test]
    fn a_guarded_subject_starts_no_project_by_itself() {
        let count = PublicCount::of(40, Threshold::FIVE);
        for guarded in ["violence", "addictions", "mental_health", "end_of_life", "distress", "abuse", " "] {
            assert_eq!(ProjectNeed::new(LineId([1; 16]), guarded, count, ""), None, "{guarded}");
        }
        assert!(ProjectNeed::new(LineId([1; 16]), "transport", count, "").is_some());
    }

    #[test]
    fn the_next_years_begins_with_nothing_done_nor_measured() {
        let mut closed = project();
        closed.closed_on = Some(day("2026-12-01"));
        closed.learnt = "Partir plus tôt".into();
        closed.steps[0].done_on = Some(day("2026-03-05"));
        let mut next = 10;
        let again = closed.for_year(CollectiveId([9; 16]), 2027, || {
            next += 1;
            LineId([next; 16])
        });
        assert_eq!((again.year, again.follows), (Some(2027), Some(closed.id)));
        assert_eq!((again.steps[0].due, again.steps[0].done_on), (Some(day("2027-03-02")), None));
        assert!(again.values.is_empty() && again.goes_on() && again.learnt.is_empty());
        assert_ne!(again.steps[0].id, closed.steps[0].id, "its own lines");
        assert_eq!(again.title, "Marcher ensemble");
    }
}
