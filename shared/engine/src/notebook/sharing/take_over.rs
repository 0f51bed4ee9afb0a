//! Taking over what one's own devices share, with the twenty-four words, when the device that adds and removes is lost.
//!
//! The words are those of the notebook that began to share: they alone sign it. Whoever has them and the keys of what is shared
//! administers from then on, whatever the lost device did since; that one leaves.

use maillon_shared::api::Failure;
use maillon_shared::api::errors::NotShared;

use super::super::Notebook;
use super::failure_of_writing;
use crate::ambient::Ambient;
use crate::failures::failure_of_store;
use crate::sharing::replica::CannotWrite;
use crate::sharing::{DeviceId, RecordId, Replica};
use crate::store::{Batch, Store};
use crate::vault::Words;

impl Notebook {
    /// Makes this device the one that adds and removes, in all scopes of its own; the one that did leaves.
    ///
    /// # Errors
    ///
    /// This device has no name, the words are others, it shares nothing or administers already, or what the store says.
    pub async fn take_over(
        &mut self,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
        words: &Words,
    ) -> Result<(), Failure> {
        let mut sharing = self.take_sharing(store).await?;
        let name = sharing.this()?.name.clone();
        let mut batch = Batch::new();
        let mut taken = false;
        for shared in sharing.scopes.values_mut().filter(|shared| shared.is_own()) {
            let replica = &mut shared.replica;
            let device = replica.device();
            if replica.members().admin == device && replica.members().is_member(device) {
                continue;
            }
            let (after, lost) = where_to_go_on(replica).ok_or(Failure::NotShared(NotShared::NotAMember))?;
            let done = replica.take_over(words.entropy(), &name, &lost, after, ambient);
            done.map_err(|error| match error {
                CannotWrite::WrongWords => Failure::NotShared(NotShared::OtherWords),
                other => failure_of_writing(other),
            })?;
            self.put_scope(&mut batch, ambient, shared);
            taken = true;
        }
        // What is shared with neighbours and groups and began here, too: under the name by which they know this side.
        for shared in sharing.scopes.values_mut().filter(|shared| !shared.is_own() && !shared.is_closed()) {
            let side = shared.own_name().to_owned();
            // A list that another coordinator keeps was handed on, or taken on by two: no words of this notebook take it back.
            let is_anothers = shared.sides().iter().any(|side| side.administers && !side.is_own);
            if shared.group().is_some() && is_anothers {
                continue;
            }
            let replica = &mut shared.replica;
            let device = replica.device();
            if replica.members().admin == device && replica.members().is_member(device) {
                continue;
            }
            let Some((after, lost)) = where_to_go_on(replica) else { continue };
            match replica.take_over(words.entropy(), &side, &lost, after, ambient) {
                Ok(_) => self.put_scope(&mut batch, ambient, shared),
                // It began with the neighbour: their words decide of it.
                Err(_) => continue,
            }
            taken = true;
        }
        if !taken {
            return Err(Failure::NotShared(NotShared::NotAMember));
        }
        store.commit(batch).await.map_err(failure_of_store)?;
        self.shared = Some(sharing);
        Ok(())
    }
}

/// After which record this device goes on, and who leaves: the last in which it was a member, where the device that
/// administers had it leave; the last whose key it has, where it never was.
fn where_to_go_on(replica: &Replica) -> Option<(RecordId, Vec<DeviceId>)> {
    let device = replica.device();
    let line: Vec<RecordId> = replica.standing().line.records.iter().rev().copied().collect();
    let has_key = |id: &&RecordId| {
        replica.members_at(**id).is_some_and(|members| replica.keys().any(|key| key.id() == members.epoch))
    };
    let was_member = |id: &&RecordId| replica.members_at(**id).is_some_and(|members| members.is_member(device));
    let after = line.iter().filter(has_key).find(was_member).or_else(|| line.iter().find(has_key))?;
    let members = replica.members_at(*after)?;
    let lost = (members.admin != device && members.is_member(members.admin)).then_some(members.admin);
    Some((*after, lost.into_iter().collect()))
}
