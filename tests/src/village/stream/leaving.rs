//! How someone goes away for a time, comes back, or is followed no more.

use maillon_shared::api::Request;
use maillon_shared::domain::encounter::{Encounter, EncounterKind, EncounterResult};
use maillon_shared::domain::ids::EncounterId;
use maillon_shared::domain::person::PersonState;

use super::super::clock;
use super::super::stories::Situation;
use super::super::telling::{Told, one_of};
use super::{Stream, What};

impl Stream {
    fn says_goodbye(&mut self, who: usize, title: &str) {
        let resident = &self.lives[who].resident;
        let mut encounter = Encounter::empty(EncounterId(self.chance.id()), Some(resident.person.id), self.now.day());
        encounter.kind = if title == "last deceased" { EncounterKind::ThirdParty } else { EncounterKind::CallIn };
        encounter.result = EncounterResult::Met;
        encounter.notes = one_of(&mut self.chance, self.repertoire.section(title), resident);
        self.record(encounter, Told::default(), None, Vec::new(), Vec::new());
    }

    pub(super) fn away(&mut self, who: usize) {
        if self.lives[who].ended() {
            return;
        }
        let until = clock::worked(&self.calendar, clock::after(self.today(), self.chance.between(9, 45)));
        self.says_goodbye(who, "last absent");
        self.edit(who, |_, person| person.state = PersonState::AbsentUntil(until));
        // The state ends of itself; not everyone thinks of writing so.
        if self.chance.happens(60) {
            self.write(until, What::Back(who));
        }
        self.write_in(200, 700, What::Away(who));
    }

    pub(super) fn back(&mut self, who: usize) {
        if !self.lives[who].ended() && self.lives[who].away_until(self.today()).is_none() {
            self.edit(who, |_, person| person.state = PersonState::Followed);
        }
    }

    pub(super) fn end(&mut self, who: usize) {
        let old = matches!(self.lives[who].resident.situation, Situation::Alone | Situation::Couple | Situation::Carer);
        let (state, code) = if old {
            self.chance.weighted(&[
                (5, (&PersonState::Deceased, "deceased")),
                (4, (&PersonState::Moved, "moved")),
                (1, (&PersonState::Refuses, "refuses")),
            ])
        } else {
            self.chance.weighted(&[(8, (&PersonState::Moved, "moved")), (2, (&PersonState::Refuses, "refuses"))])
        };
        self.says_goodbye(who, &format!("last {code}"));
        self.edit(who, |_, person| person.state = state.clone());
        self.hears_objection(who);
        self.followed -= 1;
        for follow_up in std::mem::take(&mut self.lives[who].open) {
            // What is left open must fall silent by itself.
            if self.chance.happens(70) {
                let title = format!("cancelled {code}");
                let why = one_of(&mut self.chance, self.repertoire.section(&title), &self.lives[who].resident);
                self.make(Request::Cancel { id: follow_up.id, why });
            }
        }
    }
}
