//! Agents designated for the register, and extracts of it, in the register's log of a year.
//!
//! Two devices may each begin the log of a year: both stay, and are read together.

use std::cell::Cell;

use chrono::NaiveDate;
use maillon_shared::domain::ids::{ExtractId, RegisterAgentId};
use maillon_shared::domain::register_log::{
    AgentField, ExtractField, ExtractGround, GivenCopy, RegisterAgent, RegisterExtract,
};

use super::super::document::{Document, JournalError};
use super::super::value::{Place, Value};

const AGENTS: &str = "agents";
const DESIGNATED: &str = "designated_on";
const ENDED: &str = "ended_on";
const COPY_ON: &str = "copy_on";
const BACK_ON: &str = "copy_back_on";
const EXTRACTS: &str = "extracts";
const GROUND: &str = "ground";
const DAY: &str = "day";
const ENTRIES: &str = "entries";

/// Writes an agent as they are: new, or changed field by field. What holds already is not written again.
pub fn put_agent(document: &mut Document, agent: &RegisterAgent) -> Result<(), JournalError> {
    let place = Place::Line(AGENTS, agent.id.0);
    document.put(place, DESIGNATED, agent.designated.into())?;
    for field in AgentField::ALL {
        document.put(place, field.code(), Value::text(agent.text(*field)))?;
    }
    end_agent(document, agent.id, agent.ended)
}

/// Writes one text of an agent.
pub fn put_agent_text(
    document: &mut Document,
    id: RegisterAgentId,
    field: AgentField,
    text: &str,
) -> Result<(), JournalError> {
    document.put(Place::Line(AGENTS, id.0), field.code(), Value::text(text))
}

/// Writes until when a designation holds.
pub fn end_agent(document: &mut Document, id: RegisterAgentId, day: Option<NaiveDate>) -> Result<(), JournalError> {
    document.put(Place::Line(AGENTS, id.0), ENDED, day.into())
}

/// Writes that an agent was given a copy of the register.
pub fn give_copy(document: &mut Document, id: RegisterAgentId, day: NaiveDate) -> Result<(), JournalError> {
    document.put(Place::Line(AGENTS, id.0), COPY_ON, day.into())
}

/// Writes that what they wrote in it came back.
pub fn take_back(document: &mut Document, id: RegisterAgentId, day: NaiveDate) -> Result<(), JournalError> {
    document.put(Place::Line(AGENTS, id.0), BACK_ON, day.into())
}

/// Writes that an extract was asked for: once, and never changed.
pub fn create_extract(document: &mut Document, extract: &RegisterExtract) -> Result<(), JournalError> {
    let place = Place::Line(EXTRACTS, extract.id.0);
    document.put(place, DAY, extract.day.into())?;
    document.put(place, GROUND, Value::text(extract.ground.code()))?;
    document.put(place, ENTRIES, Value::Int(extract.entries.into()))?;
    ExtractField::ALL.iter().try_for_each(|field| document.put(place, field.code(), Value::text(extract.text(*field))))
}

/// Reads the agents of a log.
pub fn agents(document: &Document, oddities: &Cell<u32>) -> Vec<RegisterAgent> {
    let mut agents = Vec::new();
    for (id, line) in document.lines(AGENTS, oddities) {
        let Some(designated) = line.day(DESIGNATED) else { continue };
        let mut agent = RegisterAgent::empty(RegisterAgentId(id), designated);
        for field in AgentField::ALL {
            *agent.text_mut(*field) = line.text(field.code());
        }
        agent.ended = line.day(ENDED);
        agent.copy = line.day(COPY_ON).map(|on| GivenCopy { on, back_on: line.day(BACK_ON) });
        agents.push(agent);
    }
    agents
}

/// Reads the extracts of a log.
pub fn extracts(document: &Document, oddities: &Cell<u32>) -> Vec<RegisterExtract> {
    let mut extracts = Vec::new();
    for (id, line) in document.lines(EXTRACTS, oddities) {
        let Some(day) = line.day(DAY) else { continue };
        let mut extract = RegisterExtract {
            id: ExtractId(id),
            asked_by: String::new(),
            ground: ExtractGround::from_code(&line.text(GROUND)),
            detail: String::new(),
            given_to: String::new(),
            day,
            entries: line.int(ENTRIES).and_then(|count| u32::try_from(count).ok()).unwrap_or(0),
        };
        for field in ExtractField::ALL {
            *extract.text_mut(*field) = line.text(field.code());
        }
        extracts.push(extract);
    }
    extracts
}
