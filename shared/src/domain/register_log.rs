//! Who may open the register, and who was given an extract of it: what the mayor answers for, with its dates.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::changes::text_fields;
use super::coded::coded;
use super::ids::{ExtractId, RegisterAgentId};

/// Someone whom the mayor designated by name to open the register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterAgent {
    /// Names the line.
    pub id: RegisterAgentId,
    /// Their name.
    pub name: String,
    /// What they do: "secrétaire de mairie", "élue aux affaires sociales".
    pub function: String,
    /// From that day on.
    pub designated: NaiveDate,
    /// Until that day; none while it holds.
    pub ended: Option<NaiveDate>,
    /// The last copy of the register that was given to them, if any.
    pub copy: Option<GivenCopy>,
}

/// That an agent was given a copy of the register, to use on another computer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenCopy {
    /// The day.
    pub on: NaiveDate,
    /// The day on which what they wrote last came back.
    pub back_on: Option<NaiveDate>,
}

text_fields! {
    /// The text fields of a designated agent.
    AgentField of RegisterAgent {
        /// Their name.
        Name = "name" => name,
        /// What they do.
        Function = "function" => function,
    }
}

impl RegisterAgent {
    /// An agent designated that day, without a name yet.
    pub fn empty(id: RegisterAgentId, designated: NaiveDate) -> Self {
        RegisterAgent { id, name: String::new(), function: String::new(), designated, ended: None, copy: None }
    }

    /// Whether the designation holds on a day.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.designated <= day && self.ended.is_none_or(|ended| day < ended)
    }
}

/// That an extract was asked for, on what ground, and to whom it was given. Recorded before the extract is made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterExtract {
    /// Names the record; its first digits are the reference that stands on the paper.
    pub id: ExtractId,
    /// Who asked.
    pub asked_by: String,
    /// On what ground.
    pub ground: ExtractGround,
    /// What the ground does not say: which alert, which article.
    pub detail: String,
    /// To whom it is given.
    pub given_to: String,
    /// The day.
    pub day: NaiveDate,
    /// How many entries were in it.
    pub entries: u32,
}

coded! {
    /// On what ground an extract is asked for.
    ExtractGround {
        /// The alert and emergency plan was triggered, and the prefect asks.
        AlertPlan = "alert_plan",
        /// Something else, said in words.
        Other = "other",
    }
}

text_fields! {
    /// The text fields of an extract's record.
    ExtractField of RegisterExtract {
        /// Who asked.
        AskedBy = "asked_by" => asked_by,
        /// What the ground does not say.
        Detail = "detail" => detail,
        /// To whom it is given.
        GivenTo = "given_to" => given_to,
    }
}

impl RegisterExtract {
    /// What names the extract on paper: eight digits that name nobody.
    pub fn reference(&self) -> String {
        self.id.to_string().chars().take(8).collect::<String>().to_uppercase()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_designation_holds_from_its_day_to_the_day_before_it_ends() {
        let day = |text: &str| text.parse().expect("a date");
        let mut agent = RegisterAgent::empty(RegisterAgentId([1; 16]), day("2026-06-01"));
        assert!(!agent.holds_on(day("2026-05-31")));
        assert!(agent.holds_on(day("2026-06-01")) && agent.holds_on(day("2036-06-01")));
        agent.ended = Some(day("2026-07-01"));
        assert!(agent.holds_on(day("2026-06-30")) && !agent.holds_on(day("2026-07-01")));
    }
}
