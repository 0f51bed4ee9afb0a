//! Two sheets of one person, as plans: said, and taken back.

use std::collections::BTreeSet;

use maillon_shared::api::errors::Invalid;
use maillon_shared::api::{Answer, Failure, Response};
use maillon_shared::domain::ids::{MergeId, PersonId};
use maillon_shared::domain::same_person::{SamePerson, SheetField};

use super::Engine;
use super::commands::known;
use crate::ambient::Ambient;
use crate::journal::records::same_person;
use crate::journal::{Header, Kind};
use crate::notebook::{Plan, Target};
use crate::store::Store;

impl<S: Store, A: Ambient> Engine<S, A> {
    pub(super) async fn merge_people(
        &mut self,
        id: MergeId,
        kept: PersonId,
        other: PersonId,
        from_other: BTreeSet<SheetField>,
    ) -> Answer {
        let views = &self.notebook()?.views;
        if views.document(id.into()).is_some() {
            return Ok(Response::Done);
        }
        known(views.person(kept).is_some() && views.person(other).is_some())?;
        if views.shown_as(kept) == views.shown_as(other) {
            return Err(Failure::Invalid(Invalid::SamePerson));
        }
        let record = SamePerson { id, kept, other, from_other, ended: false };
        let mut plan = Plan::new("merge_people");
        let header = Header::new(id.into(), Kind::SamePerson, Some(kept.0), 0);
        plan.edit(Target::New(header), move |document| same_person::create(document, &record));
        self.save(plan).await
    }

    pub(super) async fn unmerge_people(&mut self, id: MergeId) -> Answer {
        let views = &self.notebook()?.views;
        let record = views.merge(id).ok_or(Failure::NotFound)?;
        let mut plan = Plan::new("unmerge_people");
        for id in views.merges_of_the_same(record) {
            plan.edit(Target::Document(id.into()), same_person::end);
        }
        self.save(plan).await
    }
}
