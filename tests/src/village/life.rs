//! One life in the notebook, as it stands: who it is, which story runs, what waits.

use chrono::NaiveDate;
use maillon_shared::domain::follow_up::FollowUp;
use maillon_shared::domain::ids::FollowUpId;
use maillon_shared::domain::person::PersonState;

use super::chance::Chance;
use super::people::Resident;
use super::stories::{Repertoire, Situation};

/// A story that runs.
#[derive(Clone, Copy, Debug)]
pub struct Running {
    /// Which of the repertoire.
    pub story: usize,
    /// The step to come.
    pub step: usize,
}

/// One life.
#[derive(Clone, Debug)]
pub struct Life {
    /// Who.
    pub resident: Resident,
    /// What waits.
    pub open: Vec<FollowUp>,
    /// The story that runs.
    pub running: Option<Running>,
    /// Stories that ran: none twice.
    pub told: Vec<usize>,
}

impl Life {
    /// A life of which nothing is told yet.
    pub fn new(resident: Resident) -> Self {
        Life { resident, open: Vec::new(), running: None, told: Vec::new() }
    }

    /// Whether the coordinator has stopped following them for good.
    pub fn ended(&self) -> bool {
        !matches!(self.resident.person.state, PersonState::Followed | PersonState::AbsentUntil(_))
    }

    /// Until when they are away, if they still are.
    pub fn away_until(&self, day: NaiveDate) -> Option<NaiveDate> {
        match self.resident.person.state {
            PersonState::AbsentUntil(until) => (until > day).then_some(until),
            _ => None,
        }
    }

    /// Begins a story that may happen to them and has not, unless one runs.
    pub fn begin_story(&mut self, chance: &mut Chance, repertoire: &Repertoire) {
        if self.running.is_some() {
            return;
        }
        let situation: Situation = self.resident.situation;
        let possible: Vec<usize> = (0..repertoire.stories.len())
            .filter(|story| repertoire.stories[*story].whose.contains(&situation) && !self.told.contains(story))
            .collect();
        if !possible.is_empty() {
            let story = *chance.pick(&possible);
            self.told.push(story);
            self.running = Some(Running { story, step: 0 });
        }
    }

    /// Takes away what waits no more.
    pub fn close(&mut self, id: FollowUpId) -> Option<FollowUp> {
        let at = self.open.iter().position(|follow_up| follow_up.id == id)?;
        Some(self.open.remove(at))
    }
}
