//! The reception desk, as plans; and its waiting list, which is a form of this device that ends with the day.

use chrono::NaiveDate;
use maillon_shared::api::errors::Invalid;
use maillon_shared::api::requests::WAITING;
use maillon_shared::api::{Answer, Failure, Response};
use maillon_shared::domain::reception::{Count, Half};

use super::Engine;
use super::commands::{happened, journal_of};
use crate::ambient::Ambient;
use crate::journal::records::count;
use crate::notebook::{Plan, Target};
use crate::store::Store;

/// An item of a list is a few words.
const LONGEST_ITEM_BYTES: usize = 400;

impl<S: Store, A: Ambient> Engine<S, A> {
    pub(super) async fn count(&mut self, counted: Count) -> Answer {
        let today = self.today();
        if self.notebook()?.views.has_count(counted.id) {
            return Ok(Response::Done);
        }
        happened(counted.day, today)?;
        match counted.what.trim().len() {
            0 => return Err(Failure::Invalid(Invalid::Empty)),
            1..=LONGEST_ITEM_BYTES => {}
            _ => return Err(Failure::Invalid(Invalid::TooLong)),
        }
        let mut plan = Plan::new("count");
        plan.edit(journal_of(None, counted.day), move |document| count::create(document, &counted));
        self.save(plan).await
    }

    pub(super) async fn take_back(&mut self, day: NaiveDate, half: &Half, what: &str) -> Answer {
        let found = self.notebook()?.views.one_count(day, half, what);
        let (id, document) = found.ok_or(Failure::NotFound)?;
        let mut plan = Plan::new("take_back");
        plan.edit(Target::Document(document), move |document| count::take_back(document, id));
        self.save(plan).await
    }

    /// Forgets a waiting list of another day: at each opening, and whenever forms are asked for. A disk that refuses, or a
    /// form that cannot be read, must not keep a notebook shut: it is tried again the next time.
    pub(super) async fn forget_who_waited(&mut self) {
        let today = self.today();
        let Engine { store, open, .. } = self;
        let Some(notebook) = open.as_ref() else { return };
        let mut old = notebook.drafts(store).await.unwrap_or_default();
        old.retain(|draft| draft.key.form == WAITING && draft.at.day() != today);
        for draft in old {
            let _ = notebook.drop_draft(store, &draft.key).await;
        }
    }
}
