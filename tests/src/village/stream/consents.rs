//! What people of the village are told, agree to and object to, and how alone they are seen to be.
//!
//! Nothing is drawn here: who agrees to what follows from their id, so that the rest of a village stays what it was.

use maillon_shared::api::Request;
use maillon_shared::domain::consent::{ConsentEntry, Objection, Purpose, Recipient, Said, Sharing, Told};
use maillon_shared::domain::ids::{AssessmentId, ConsentId, PersonId};
use maillon_shared::domain::isolation::{IsolationAssessment, IsolationLevel};
use maillon_shared::domain::person::PersonState;

use super::super::clock;
use super::super::stories::Situation;
use super::Stream;

/// For how long something is agreed to be shared.
const SHARED_DAYS: i64 = 365;

impl Stream {
    /// Everyone is told what the notebook is for and agrees to be accompanied; one in three to a liaison sheet.
    pub(super) fn asks_consent(&mut self, person: PersonId) {
        self.gives(person, Said::Informed);
        self.gives(person, Said::Accompanied);
        if person.0[0].is_multiple_of(3) {
            let until = Some(clock::after(self.today(), SHARED_DAYS));
            let recipient = Recipient::named("cabinet infirmier");
            let what = "adresse, téléphone, qui prévenir".to_owned();
            self.gives(person, Said::Shares(Sharing { recipient, purpose: Purpose::LiaisonSheet, what, until }));
        }
    }

    /// Whoever wishes no contact objects to any sharing too.
    pub(super) fn hears_objection(&mut self, who: usize) {
        let person = &self.lives[who].resident.person;
        if person.state == PersonState::Refuses {
            self.gives(person.id, Said::Objects(Objection::default()));
        }
    }

    /// Whoever lives alone is looked at when they come: the level is chosen, as someone would.
    pub(super) fn is_looked_at(&mut self, who: usize) {
        let resident = &self.lives[who].resident;
        if resident.situation != Situation::Alone {
            return;
        }
        let person = resident.person.id;
        let level = &IsolationLevel::ALL[usize::from(person.0[2]) % IsolationLevel::ALL.len()];
        let id = AssessmentId(beside(person, "seen alone"));
        let mut seen = IsolationAssessment::empty(id, person, self.today(), level.clone());
        seen.factors.insert("lives_alone".into());
        if person.0[3].is_multiple_of(2) {
            seen.factors.insert("no_vehicle".into());
        }
        self.out.push_back((self.now, Request::Assess { assessment: Box::new(seen), draft: None }));
    }

    fn gives(&mut self, person: PersonId, said: Said) {
        let how = if person.0[1].is_multiple_of(4) { "in_writing" } else { "orally" };
        let given = Told { on: self.today(), how: how.into() };
        let id = ConsentId(beside(person, said.code()));
        let entry = ConsentEntry { id, person, said, given, withdrawn: None, note: String::new() };
        self.out.push_back((self.now, Request::GiveEntry { entry: Box::new(entry), draft: None }));
    }
}

/// An id that is nobody else's, made of the person's: each of these comes once.
pub(super) fn beside(person: PersonId, what: &str) -> [u8; 16] {
    let mut id = person.0;
    for (byte, letter) in id.iter_mut().zip(what.bytes()) {
        *byte ^= letter;
    }
    id
}
