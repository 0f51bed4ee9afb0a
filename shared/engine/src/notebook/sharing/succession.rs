//! Administering a group whose list nobody keeps any more: someone proposes it, another coordinator agrees, and neither is
//! the one who did. No clock decides when that may be: two have to say so, and the others read who.
//!
//! What is proposed and agreed travels in the group like any word; the record is written by the device that proposed it,
//! once it reads an agreement that still holds.

use maillon_shared::api::Failure;
use maillon_shared::api::errors::NotShared;
use maillon_shared::api::groups::GroupWish;
use maillon_shared::domain::ids::{DocId, GroupId};

use super::super::{Notebook, Plan, Target};
use super::{SharedScope, Sharing};
use crate::ambient::{Ambient, random_array};
use crate::failures::failure_of_store;
use crate::journal::records::succession::{self, Wish};
use crate::journal::{Header, Kind, Scope};
use crate::sharing::DeviceId;
use crate::sharing::membership::Agreement;
use crate::store::{Batch, Store};

/// The act by which someone proposes it, or agrees.
pub const SUCCESSION: &str = "group_succession";

/// What someone says of it, and who alone wrote it.
struct Said {
    by: String,
    document: DocId,
    wish: Wish,
}

impl Notebook {
    /// Who proposes to administer a group, as things are now; and whether this device could.
    pub async fn wishes_in(&mut self, store: &impl Store, group: GroupId) -> Result<(Vec<GroupWish>, bool), Failure> {
        let sharing = self.take_sharing(store).await?;
        let found = sharing.group(group).map(|shared| {
            let said = self.said_of_succession(shared, group);
            let own = shared.own_name();
            let agreed = |device| said.iter().any(|one| one.by == own && one.wish.device == device && agrees(one));
            let proposed = said.iter().filter(|one| one.wish.agreed.is_none());
            let wishes: Vec<GroupWish> = proposed
                .map(|one| GroupWish { name: one.by.clone(), is_own: one.by == own, agreed: agreed(one.wish.device) })
                .collect();
            let proposes = wishes.iter().any(|wish| wish.is_own);
            (wishes, !proposes && self.is_in_group(shared) && may_be_asked(shared))
        });
        self.shared = Some(sharing);
        found.ok_or(Failure::NotFound)
    }

    /// Proposes to administer a group in place of whoever does.
    ///
    /// # Errors
    ///
    /// It is of fewer than three coordinators, or this coordinator administers.
    pub async fn propose_succession(
        &mut self,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
        group: GroupId,
    ) -> Result<(), Failure> {
        let sharing = self.take_sharing(store).await?;
        let shared = sharing.group(group).ok_or(Failure::NotFound);
        let wish = shared.and_then(|shared| match may_be_asked(shared) {
            true => {
                Ok(Wish { device: shared.replica.device().0, after: shared.replica.members().head.0, agreed: None })
            }
            false => Err(Failure::NotShared(NotShared::Who)),
        });
        self.say_of_succession(store, ambient, sharing, group, wish).await
    }

    /// Agrees that a coordinator who proposes it administers a group.
    ///
    /// # Errors
    ///
    /// They do not propose it any more, or this coordinator is whoever administers.
    pub async fn agree_to_succession(
        &mut self,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
        group: GroupId,
        name: &str,
    ) -> Result<(), Failure> {
        let sharing = self.take_sharing(store).await?;
        let wish = sharing.group(group).ok_or(Failure::NotFound).and_then(|shared| {
            let said = self.said_of_succession(shared, group);
            let proposed = said.iter().find(|one| one.by == name && one.wish.agreed.is_none());
            let proposed = proposed.ok_or(Failure::WrittenSince)?;
            let agreement = shared.replica.agree(DeviceId(proposed.wish.device));
            match shared.replica.would_succeed(DeviceId(proposed.wish.device), &agreement) {
                true => {
                    Ok(Wish { agreed: Some((agreement.by.0, agreement.signature.to_vec())), ..proposed.wish.clone() })
                }
                false => Err(Failure::NotShared(NotShared::Who)),
            }
        });
        self.say_of_succession(store, ambient, sharing, group, wish).await
    }

    /// Writes it where this coordinator alone writes.
    async fn say_of_succession(
        &mut self,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
        sharing: Sharing,
        group: GroupId,
        wish: Result<Wish, Failure>,
    ) -> Result<(), Failure> {
        let here = sharing.group(group).and_then(|shared| {
            let is_own = |document: DocId| shared.sole_writer(document).as_deref() == Some(shared.own_name());
            self.views.wishes(group).into_iter().map(|(document, _)| document).find(|document| is_own(*document))
        });
        self.shared = Some(sharing);
        let wish = wish?;
        let target = match here {
            Some(document) => Target::Document(document),
            None => {
                let id = DocId(random_array(ambient));
                Target::New(Header::within(Scope::Group(group), id, Kind::Succession, None))
            }
        };
        let mut plan = Plan::new(SUCCESSION);
        plan.edit(target, move |document| succession::write(document, &wish));
        self.save(store, ambient, plan, &mut |_, _| {}).await.map(|_| ())
    }

    /// Administers from now on, where this device proposed it and another coordinator agreed.
    pub(super) async fn succeed_where_agreed(
        &mut self,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
    ) -> Result<(), Failure> {
        let mut sharing = self.take_sharing(store).await?;
        let mut batch = Batch::new();
        let groups: Vec<GroupId> = sharing.groups().map(|(id, _)| id).collect();
        for group in groups {
            let agreement =
                sharing.group(group).filter(|shared| shared.is_open() && self.is_in_group(shared)).and_then(|shared| {
                    let said = self.said_of_succession(shared, group);
                    let device = shared.replica.device();
                    let of_this = |one: &&Said| one.wish.device == device.0;
                    let proposes = |one: &&Said| one.by == shared.own_name() && one.wish.agreed.is_none();
                    said.iter().filter(of_this).find(proposes)?;
                    let mut agreed = said.iter().filter(of_this).filter_map(agreement_of);
                    agreed.find(|agreement| shared.replica.would_succeed(device, agreement))
                });
            let shared = sharing.scopes.get_mut(&crate::sharing::ScopeId(group.0));
            if let (Some(agreement), Some(shared)) = (agreement, shared) {
                shared.replica.succeed(agreement).map_err(super::failure_of_writing)?;
                self.put_scope(&mut batch, ambient, shared);
            }
        }
        if !batch.writes.is_empty() {
            store.commit(batch).await.map_err(failure_of_store)?;
        }
        self.shared = Some(sharing);
        Ok(())
    }

    /// What is said of the moment that is now, by coordinators of the group, each in a document of their own.
    fn said_of_succession(&self, shared: &SharedScope, group: GroupId) -> Vec<Said> {
        let members = shared.replica.members();
        let mut said = Vec::new();
        for (document, wishes) in self.views.wishes(group) {
            let Some(by) = shared.sole_writer(document) else { continue };
            for wish in wishes.into_iter().filter(|wish| wish.after == members.head.0) {
                let device = DeviceId(wish.device);
                let is_theirs = members.all.get(&device).is_some_and(|member| member.name == by);
                // Nobody proposes another, and nobody agrees to themselves.
                if members.is_member(device) && is_theirs == wish.agreed.is_none() {
                    said.push(Said { by: by.clone(), document, wish });
                }
            }
        }
        said.sort_by(|one, other| (&one.by, one.document).cmp(&(&other.by, other.document)));
        said
    }
}

fn agrees(said: &Said) -> bool {
    said.wish.agreed.is_some()
}

fn agreement_of(said: &Said) -> Option<Agreement> {
    let (by, signature) = said.wish.agreed.as_ref()?;
    Some(Agreement { by: DeviceId(*by), signature: signature.as_slice().try_into().ok()? })
}

/// Whether this device could propose it: three coordinators are there, and another than this one administers.
fn may_be_asked(shared: &SharedScope) -> bool {
    let sides = shared.sides();
    let present = sides.iter().filter(|side| !side.devices.is_empty());
    shared.is_open() && present.count() >= 3 && !sides.iter().any(|side| side.is_own && side.administers)
}
