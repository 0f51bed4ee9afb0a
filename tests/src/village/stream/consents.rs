//! What people of the village are told, agree to and object to.
//!
//! Nothing is drawn here: who agrees to what follows from their id, so that the rest of a village stays what it was.

use maillon_shared::api::Request;
use maillon_shared::domain::consent::{ConsentEntry, Objection, Purpose, Recipient, Said, Sharing, Told};
use maillon_shared::domain::ids::{ConsentId, PersonId};
use maillon_shared::domain::person::PersonState;

use super::super::clock;
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

    fn gives(&mut self, person: PersonId, said: Said) {
        let how = if person.0[1].is_multiple_of(4) { "in_writing" } else { "orally" };
        let given = Told { on: self.today(), how: how.into() };
        let id = ConsentId(beside(person, &said));
        let entry = ConsentEntry { id, person, said, given, withdrawn: None, note: String::new() };
        self.out.push_back((self.now, Request::GiveEntry { entry: Box::new(entry), draft: None }));
    }
}

/// An id that is nobody else's, made of the person's: each of the four is given once.
fn beside(person: PersonId, said: &Said) -> [u8; 16] {
    let mut id = person.0;
    for (byte, letter) in id.iter_mut().zip(said.code().bytes()) {
        *byte ^= letter;
    }
    id
}
