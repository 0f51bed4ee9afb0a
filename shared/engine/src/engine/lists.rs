//! The lists that the coordinator edits, as plans: each change is one act, and can be undone.

use maillon_shared::api::errors::Invalid;
use maillon_shared::api::{Answer, Failure, Response};
use maillon_shared::domain::list_edits::{ListProblem, ListWrite};

use super::Engine;
use crate::ambient::Ambient;
use crate::journal::Kind;
use crate::journal::records::settings;
use crate::notebook::{Plan, Target};
use crate::store::Store;

impl<S: Store, A: Ambient> Engine<S, A> {
    pub(super) async fn edit_lists(&mut self, write: &ListWrite) -> Answer {
        let (held, document) = self.notebook()?.views.settings();
        if let ListWrite::Add { id, .. } = write
            && held.lists.own.contains_key(id)
        {
            return Ok(Response::Done);
        }
        let changes = held.lists.changes_for(write).map_err(failure_of_list)?;
        let target = document.map_or(Target::Journal(Kind::Settings, None, 0), Target::Document);
        let mut plan = Plan::new("edit_lists");
        plan.edit(target, move |document| changes.iter().try_for_each(|change| settings::write_list(document, change)));
        self.save(plan).await
    }
}

fn failure_of_list(problem: ListProblem) -> Failure {
    match problem {
        ListProblem::Empty => Failure::Invalid(Invalid::Empty),
        ListProblem::TooLong => Failure::Invalid(Invalid::ItemTooLong),
        ListProblem::Taken => Failure::Invalid(Invalid::AlreadyListed),
        ListProblem::Needed(_) => Failure::Invalid(Invalid::NeededItem),
        ListProblem::Unknown => Failure::NotFound,
    }
}
