//! The four entries and the emergency path, as plans: what must be said for one of them to mean anything.

use maillon_shared::api::errors::Invalid;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::{Answer, Failure, Response};
use maillon_shared::domain::consent::{ConsentEntry, EmergencyDisclosure, Recipient, Said, Told};
use maillon_shared::domain::ids::{ConsentId, PersonId};

use super::Engine;
use super::commands::{happened, known, possible, short_enough};
use crate::ambient::Ambient;
use crate::journal::Kind;
use crate::journal::records::consent;
use crate::notebook::{Plan, Target};
use crate::store::Store;

impl<S: Store, A: Ambient> Engine<S, A> {
    pub(super) async fn give_entry(&mut self, entry: ConsentEntry, draft: Option<DraftKey>) -> Answer {
        let today = self.today();
        let views = &self.notebook()?.views;
        if views.consent(entry.id).is_some() {
            return Ok(Response::Done);
        }
        known(views.person(entry.person).is_some())?;
        // Whoever was reported is informed by an act that makes their sheet.
        if views.is_provisional(entry.person) {
            return Err(Failure::Provisional);
        }
        for told in [Some(&entry.given), entry.withdrawn.as_ref()].into_iter().flatten() {
            happened(told.on, today)?;
            said_somehow(told)?;
        }
        ends_after_it_began(&entry, entry.withdrawn.as_ref())?;
        short_enough(&entry.note)?;
        match &entry.said {
            Said::Shares(sharing) => {
                someone(&sharing.recipient)?;
                something(&sharing.what)?;
                if let Some(until) = sharing.until {
                    possible(until)?;
                    if until < entry.given.on {
                        return Err(Failure::Invalid(Invalid::Day));
                    }
                }
            }
            Said::Objects(objection) => objection.recipient.iter().try_for_each(someone)?,
            Said::Informed | Said::Accompanied | Said::Unknown(_) => {}
        }
        let mut plan = Plan::new("give_entry");
        plan.ends_draft = draft;
        let person = entry.person;
        plan.edit(consents_of(person), move |document| consent::give(document, &entry));
        let saved = self.save(plan).await?;
        // She was heard, whatever the disk says of the rest: it is tried again.
        let _ = self.end_what_may_not_be(person).await;
        Ok(saved)
    }

    pub(super) async fn withdraw_entry(&mut self, id: ConsentId, withdrawn: Told) -> Answer {
        let today = self.today();
        let (entry, document) = self.notebook()?.views.consent(id).ok_or(Failure::NotFound)?;
        if entry.withdrawn.is_some() {
            // Someone was quicker: the day that is written stays.
            return Err(Failure::WrittenSince);
        }
        ends_after_it_began(entry, Some(&withdrawn))?;
        happened(withdrawn.on, today)?;
        said_somehow(&withdrawn)?;
        let mut plan = Plan::new("withdraw_entry");
        let person = entry.person;
        plan.edit(Target::Document(document), move |document| consent::withdraw(document, id, &withdrawn));
        let saved = self.save(plan).await?;
        // She was heard, whatever the disk says of the rest: it is tried again.
        let _ = self.end_what_may_not_be(person).await;
        Ok(saved)
    }

    pub(super) async fn record_emergency_disclosure(
        &mut self,
        disclosure: EmergencyDisclosure,
        draft: Option<DraftKey>,
    ) -> Answer {
        let today = self.today();
        let views = &self.notebook()?.views;
        if views.disclosure(disclosure.id).is_some() {
            return Ok(Response::Done);
        }
        known(views.person(disclosure.person).is_some())?;
        happened(disclosure.day, today)?;
        someone(&disclosure.recipient)?;
        something(&disclosure.said)?;
        short_enough(&disclosure.ground)?;
        if disclosure.ground.trim().is_empty() {
            return Err(Failure::Invalid(Invalid::NoReason));
        }
        let mut plan = Plan::new("record_emergency_disclosure");
        plan.ends_draft = draft;
        plan.edit(consents_of(disclosure.person), move |document| consent::disclose(document, &disclosure));
        self.save(plan).await
    }
}

fn consents_of(person: PersonId) -> Target {
    Target::Journal(Kind::Consents, Some(person.0), 0)
}

fn someone(recipient: &Recipient) -> Result<(), Failure> {
    short_enough(&recipient.name)?;
    match recipient.name.trim().is_empty() {
        true => Err(Failure::Invalid(Invalid::NoRecipient)),
        false => Ok(()),
    }
}

fn something(said: &str) -> Result<(), Failure> {
    short_enough(said)?;
    if said.trim().is_empty() { Err(Failure::Invalid(Invalid::Empty)) } else { Ok(()) }
}

fn said_somehow(told: &Told) -> Result<(), Failure> {
    short_enough(&told.how)?;
    if told.how.trim().is_empty() { Err(Failure::Invalid(Invalid::NoWay)) } else { Ok(()) }
}

fn ends_after_it_began(entry: &ConsentEntry, withdrawn: Option<&Told>) -> Result<(), Failure> {
    match withdrawn.is_some_and(|withdrawn| withdrawn.on < entry.given.on) {
        true => Err(Failure::Invalid(Invalid::Day)),
        false => Ok(()),
    }
}
