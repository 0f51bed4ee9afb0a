//! Hospital stays as screens ask for them, show them and write them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::projects::HelperShown;
use super::requests::DraftKey;
use super::responses::Conflict;
use crate::domain::follow_up::FollowUp;
use crate::domain::hospital_stay::{HospitalStay, StayCall, StayChange, StayEnd, StayState};
use crate::domain::ids::{HospitalStayId, LineId, PersonId};
use crate::domain::person::{RelatedPerson, Silence};
use crate::domain::time::Hour;

/// Something is done with a stay.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum StayWrite {
    /// One was told of it.
    Notice {
        /// The stay, with the steps of the list of that day.
        stay: Box<HospitalStay>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// It changes, or a step does.
    Edit {
        /// Which.
        id: HospitalStayId,
        /// The differences.
        changes: Vec<StayChange>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// The person is back.
    Return {
        /// Which.
        id: HospitalStayId,
        /// Since that day.
        on: NaiveDate,
        /// The call and the visit that come of it, under the ids that the stay gives them; those left out are not planned.
        follow_ups: Vec<FollowUp>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// It ended in another way. Of whoever died, the sheet says so too.
    End {
        /// Which.
        id: HospitalStayId,
        /// Since that day.
        on: NaiveDate,
        /// How.
        how: StayEnd,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
}

/// A stay in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StayRow {
    /// Which.
    pub id: HospitalStayId,
    /// Whose.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// Where they live.
    pub home: String,
    /// The hospital.
    pub place: String,
    /// Since when.
    pub since: NaiveDate,
    /// When the return is meant to be.
    pub planned: Option<NaiveDate>,
    /// At what hour.
    pub planned_hour: Option<Hour>,
    /// How it stands.
    pub state: StayState,
    /// How many steps there are.
    pub steps: u32,
    /// How many of them are seen to.
    pub done: u32,
    /// How many are a gap.
    pub gaps: u32,
    /// What it asks for.
    pub call: Option<StayCall>,
    /// Why nothing is asked about the person, whatever is planned.
    pub silence: Option<Silence>,
}

/// A stay that asks for something on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StayDue {
    /// The stay.
    pub row: StayRow,
    /// What for.
    pub call: StayCall,
}

/// One stay and what goes with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StayFile {
    /// The stay, under the id its person is shown as.
    pub stay: HospitalStay,
    /// As it is in a list.
    pub row: StayRow,
    /// The first telephone of the person.
    pub phone: String,
    /// The hospital's telephone, where the directory says it and the stay does not.
    pub place_phone: String,
    /// Whoever helps with a step, by the step.
    pub owners: Vec<(LineId, HelperShown)>,
    /// The call and the visit that came of the return.
    pub after: Vec<FollowUp>,
    /// Those around the person, so that one of them is chosen for a step.
    pub related: Vec<RelatedPerson>,
    /// Fields that two people wrote at once.
    pub conflicts: Vec<Conflict>,
}
