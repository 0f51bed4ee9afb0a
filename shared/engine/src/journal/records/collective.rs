//! A collective project in its document: each field, each tick and each field of each line is written apart, so that
//! coordinators who write at once all wrote. No id of a person is in it, and no name.

use std::cell::Cell;

use maillon_shared::domain::collective::{
    CollectiveProject, Indicator, IndicatorField, IndicatorValue, Partner, PartnerField, ProjectChange, ProjectField,
    ProjectLines, ProjectNeed, ProjectStage, ProjectStep, ProjectTick, StepField, ValueField,
};
use maillon_shared::domain::disclosure::PublicCount;
use maillon_shared::domain::ids::{CollectiveId, EntryId, LineId};

use chrono::NaiveDate;

use super::super::document::{Document, JournalError};
use super::super::value::{Place, Value, line_key};
use super::{lines_in_order, put_in_line, remove_line};

const NEEDS: &str = "needs";
const PARTNERS: &str = "partners";
const STEPS: &str = "steps";
const INDICATORS: &str = "indicators";
const VALUES: &str = "values";

const YEAR: &str = "year";
const STAGE: &str = "stage";
const CARRIER_ENTRY: &str = "carrier_entry";
const CLOSED_ON: &str = "closed_on";
const FOLLOWS: &str = "follows";
const MOVED_TO: &str = "moved_to";
const WITHDRAWN: &str = "withdrawn";
const ENTRY: &str = "entry";
const TOPIC: &str = "topic";
const PERSONS: &str = "persons";
const PERIOD: &str = "period";
const DUE: &str = "due";
const DONE_ON: &str = "done_on";
const OF: &str = "of";
const DAY: &str = "day";
/// How the field of a commune begins; it holds the name.
const COMMUNE: &str = "commune_";

/// Writes a whole project that begins.
pub fn create(document: &mut Document, project: &CollectiveProject) -> Result<(), JournalError> {
    // The stage is always written: without one it would be no project.
    write(document, &ProjectChange::Stage(project.stage.clone()))?;
    if let Some(before) = project.follows {
        document.put(Place::Root, FOLLOWS, Value::Text(line_key(&before.0)))?;
    }
    if project.closed_on.is_some() {
        document.put(Place::Root, CLOSED_ON, project.closed_on.into())?;
    }
    CollectiveProject::empty(project.id).changes_to(project).iter().try_for_each(|change| write(document, change))
}

/// Writes one change.
pub fn write(document: &mut Document, change: &ProjectChange) -> Result<(), JournalError> {
    match change {
        ProjectChange::Text(field, text) => document.put(Place::Root, field.code(), Value::text(text)),
        ProjectChange::Year(year) => {
            document.put(Place::Root, YEAR, year.map_or(Value::Nothing, |year| Value::Int(year.into())))
        }
        ProjectChange::Stage(stage) => document.put(Place::Root, STAGE, Value::text(stage.code())),
        ProjectChange::CarrierEntry(entry) => document.put(Place::Root, CARRIER_ENTRY, id_of(*entry)),
        ProjectChange::Tick(tick, item, there) => {
            document.put(Place::Root, &format!("{}_{item}", tick.code()), Value::flag(*there))
        }
        ProjectChange::Commune(key, name) => {
            let value = name.as_deref().map_or(Value::Nothing, Value::text);
            document.put(Place::Root, &format!("{COMMUNE}{key}"), value)
        }
        ProjectChange::Need(need) => {
            put_in_line(document, NEEDS, need.id, TOPIC, Value::text(need.topic()))?;
            put_in_line(document, NEEDS, need.id, PERSONS, Value::Text(need.persons().to_string()))?;
            put_in_line(document, NEEDS, need.id, PERIOD, Value::text(&need.period))
        }
        ProjectChange::Partner(id, field, text) => {
            put_in_line(document, PARTNERS, *id, field.code(), Value::text(text))
        }
        ProjectChange::PartnerEntry(id, entry) => put_in_line(document, PARTNERS, *id, ENTRY, id_of(*entry)),
        ProjectChange::Step(id, field, text) => put_in_line(document, STEPS, *id, field.code(), Value::text(text)),
        ProjectChange::StepDue(id, day) => put_in_line(document, STEPS, *id, DUE, (*day).into()),
        ProjectChange::StepDone(id, day) => put_in_line(document, STEPS, *id, DONE_ON, (*day).into()),
        ProjectChange::Indicator(id, field, text) => {
            put_in_line(document, INDICATORS, *id, field.code(), Value::text(text))
        }
        ProjectChange::Value(id, of, field, text) => {
            value_of(document, *id, *of)?;
            put_in_line(document, VALUES, *id, field.code(), Value::text(text))
        }
        ProjectChange::ValueDay(id, of, day) => {
            value_of(document, *id, *of)?;
            put_in_line(document, VALUES, *id, DAY, (*day).into())
        }
        ProjectChange::Remove(lines, id) => remove_line(document, container(*lines), *id),
        ProjectChange::Withdrawn(withdrawn) => document.put(Place::Root, WITHDRAWN, Value::flag(*withdrawn)),
    }
}

/// Writes that it is closed, and what was learnt.
pub fn close(document: &mut Document, day: NaiveDate, learnt: &str) -> Result<(), JournalError> {
    document.put(Place::Root, ProjectField::Learnt.code(), Value::text(learnt))?;
    document.put(Place::Root, CLOSED_ON, day.into())
}

/// Writes that it became a common one, in a group.
pub fn move_to(document: &mut Document, common: CollectiveId) -> Result<(), JournalError> {
    document.put(Place::Root, MOVED_TO, Value::Text(line_key(&common.0)))
}

fn container(lines: ProjectLines) -> &'static str {
    match lines {
        ProjectLines::Needs => NEEDS,
        ProjectLines::Partners => PARTNERS,
        ProjectLines::Steps => STEPS,
        ProjectLines::Indicators => INDICATORS,
        ProjectLines::Values => VALUES,
    }
}

/// A value always says of what.
fn value_of(document: &mut Document, id: LineId, of: LineId) -> Result<(), JournalError> {
    put_in_line(document, VALUES, id, OF, Value::Text(line_key(&of.0)))
}

fn id_of(entry: Option<EntryId>) -> Value {
    entry.map_or(Value::Nothing, |entry| Value::Text(line_key(&entry.0)))
}

/// Reads the project; nothing where it says no stage.
pub fn read(document: &Document, oddities: &Cell<u32>) -> Option<CollectiveProject> {
    let fields = document.fields(Place::Root, oddities)?;
    let stage = fields.text(STAGE);
    if stage.is_empty() {
        return None;
    }
    let mut project = CollectiveProject::empty(CollectiveId(document.header.id.0));
    project.stage = ProjectStage::from_code(&stage);
    for field in ProjectField::ALL {
        *project.text_mut(*field) = fields.text(field.code());
    }
    project.year = fields.int(YEAR).and_then(|year| year.try_into().ok());
    project.carrier_entry = fields.id(CARRIER_ENTRY).map(EntryId);
    project.closed_on = fields.day(CLOSED_ON);
    project.follows = fields.id(FOLLOWS).map(CollectiveId);
    project.moved_to = fields.id(MOVED_TO).map(CollectiveId);
    project.withdrawn = fields.flag(WITHDRAWN);
    for tick in ProjectTick::ALL {
        let ticked = fields.flags(&format!("{}_", tick.code()));
        if !ticked.is_empty() {
            project.ticks.insert(tick.clone(), ticked.into_iter().collect());
        }
    }
    project.communes = fields.texts(COMMUNE).into_iter().collect();
    let needs = lines_in_order(document, NEEDS, oddities, |id, line| {
        let persons = PublicCount::parse(&line.text(PERSONS))?;
        ProjectNeed::new(id, &line.text(TOPIC), persons, &line.text(PERIOD))
    });
    project.needs = needs.into_iter().flatten().collect();
    project.partners = lines_in_order(document, PARTNERS, oddities, |id, line| {
        let mut partner = Partner { entry: line.id(ENTRY).map(EntryId), ..Partner::empty(id) };
        PartnerField::ALL.iter().for_each(|field| *partner.text_mut(*field) = line.text(field.code()));
        partner
    });
    project.steps = lines_in_order(document, STEPS, oddities, |id, line| {
        let mut step = ProjectStep { due: line.day(DUE), done_on: line.day(DONE_ON), ..ProjectStep::empty(id) };
        StepField::ALL.iter().for_each(|field| *step.text_mut(*field) = line.text(field.code()));
        step
    });
    project.indicators = lines_in_order(document, INDICATORS, oddities, |id, line| {
        let mut indicator = Indicator::empty(id);
        IndicatorField::ALL.iter().for_each(|field| *indicator.text_mut(*field) = line.text(field.code()));
        indicator
    });
    let values = lines_in_order(document, VALUES, oddities, |id, line| {
        let mut value = IndicatorValue { day: line.day(DAY), ..IndicatorValue::empty(id, LineId(line.id(OF)?)) };
        ValueField::ALL.iter().for_each(|field| *value.text_mut(*field) = line.text(field.code()));
        Some(value)
    });
    project.values = values.into_iter().flatten().collect();
    Some(project)
}
