//! How many records a stream of requests makes: what a bench and the village itself count by.

use maillon_shared::api::Request;

/// Records by kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Sheets.
    pub people: usize,
    /// Encounters, of nobody too.
    pub encounters: usize,
    /// Follow-ups planned, alone or with an encounter.
    pub follow_ups: usize,
    /// Requests of people.
    pub requests: usize,
    /// Entries of the directory.
    pub entries: usize,
}

impl Tally {
    /// Counts what a request makes.
    pub fn add(&mut self, request: &Request) {
        match request {
            Request::CreatePerson { .. } => self.people += 1,
            Request::CreateEntry { .. } => self.entries += 1,
            Request::PlanFollowUp { .. } => self.follow_ups += 1,
            Request::RecordEncounter(new) => {
                self.encounters += 1;
                self.follow_ups += new.follow_ups.len();
                self.requests += new.requests.len();
            }
            _ => {}
        }
    }

    /// People, encounters, follow-ups and requests together; the directory is counted apart.
    pub fn records(&self) -> usize {
        self.people + self.encounters + self.follow_ups + self.requests
    }
}
