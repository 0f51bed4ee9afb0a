//! One's own newer devices, let into what is shared with others: by a record where this device administers, and otherwise by
//! telling whoever does, in the scope itself; and those that others said to be theirs, let in.
//!
//! Who says that a device is theirs is known by the signatures of the packs that tell it, and it comes in under their name
//! only: nobody lets a stranger in as someone else. It is done by itself, before anything is told: a device that a
//! coordinator has, and reads everything on, changes nothing for the others.

use std::collections::{BTreeMap, BTreeSet};

use maillon_shared::api::Failure;
use maillon_shared::domain::ids::DocId;

use super::super::{Notebook, Plan, Target};
use super::{SharedScope, Sharing};
use crate::ambient::{Ambient, random_array};
use crate::failures::failure_of_store;
use crate::journal::records::introductions;
use crate::journal::{Header, Kind, Scope};
use crate::sharing::membership::Newcomer;
use crate::sharing::{DeviceCard, DeviceId, ScopeId};
use crate::store::{Batch, Store};
use crate::views::Content;

/// The act by which those who administer are told of one's own newer devices.
pub const INTRODUCE: &str = "introduce_devices";

/// Nobody has more devices: whoever says so is not believed.
const MOST_OF_ONE_SIDE: usize = 12;

/// A document in which devices are introduced, and what it says.
struct Introduced {
    document: DocId,
    cards: Vec<DeviceCard>,
}

impl Notebook {
    /// Lets in, and has let in, what is to be. In a group, who keeps the list signs only once something of it was heard: whoever
    /// comes back after months hears first whether the list is still theirs.
    pub async fn introduce(
        &mut self,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
        heard: &BTreeSet<ScopeId>,
    ) -> Result<(), Failure> {
        let mut sharing = self.take_sharing(store).await?;
        let own = own_devices(&sharing);
        let (mut batch, mut plan) = (Batch::new(), Plan::new(INTRODUCE));
        let merges: BTreeSet<_> = sharing
            .scopes
            .iter()
            .filter(|(_, shared)| !shared.is_own() && shared.is_open() && self.merges(shared))
            .map(|(id, _)| *id)
            .collect();
        for (_, shared) in sharing.scopes.iter_mut().filter(|(id, _)| merges.contains(id)) {
            let Some(scope) = shared.what() else { continue };
            let introduced = self.introduced_in(&scope);
            let members = shared.replica.members();
            let missing = own.iter().filter(|(id, _)| !members.all.contains_key(id));
            let missing: Vec<DeviceCard> = missing.map(|(_, card)| card.clone()).collect();
            if members.admin == shared.replica.device() {
                let is_alone = shared.sides().iter().all(|side| side.is_own || side.devices.is_empty());
                if shared.group().is_some() && !is_alone && !heard.contains(&shared.replica.scope()) {
                    continue;
                }
                let ours = missing.into_iter().map(|card| (card, shared.own_name().to_owned()));
                let theirs = said_to_be_theirs(shared, &introduced);
                let theirs = theirs.into_iter().filter(|(card, _)| !own.contains_key(&card.id()));
                let newcomers: Vec<(DeviceCard, String)> = ours.chain(theirs).collect();
                for (card, name) in newcomers {
                    // One that cannot be let in holds up no other, and nothing else that is to be told.
                    let newcomer = Newcomer { card, name, until: String::new() };
                    let _ = shared.replica.add(newcomer, ambient);
                }
                self.put_scope(&mut batch, ambient, shared);
                continue;
            }
            let is_ours = |one: &&Introduced| shared.sole_writer(one.document).as_deref() == Some(shared.own_name());
            let ours: Vec<&Introduced> = introduced.iter().filter(is_ours).collect();
            let said = |card: &DeviceCard| ours.iter().any(|one| one.cards.contains(card));
            let news: Vec<DeviceCard> = missing.into_iter().filter(|card| !said(card)).collect();
            if news.is_empty() {
                continue;
            }
            let target = match ours.first() {
                Some(one) => Target::Document(one.document),
                None => {
                    let id = DocId(random_array(ambient));
                    Target::New(Header::within(scope, id, Kind::Introductions, None))
                }
            };
            plan.edit(target, move |document| {
                news.iter().try_for_each(|card| introductions::add(document, card.id().0, &card.to_bytes()))
            });
        }
        if !batch.writes.is_empty() {
            store.commit(batch).await.map_err(failure_of_store)?;
        }
        self.shared = Some(sharing);
        if !plan.edits.is_empty() {
            self.save(store, ambient, plan, &mut |_, _| {}).await?;
        }
        Ok(())
    }

    fn introduced_in(&self, scope: &Scope) -> Vec<Introduced> {
        let here = self.views.every().filter(|(_, cached)| cached.header.scope == *scope && !cached.undone);
        here.filter_map(|(document, cached)| match &cached.content {
            Content::Introductions(cards) => {
                let cards = cards.iter().filter_map(|bytes| DeviceCard::from_bytes(bytes).ok()).collect();
                Some(Introduced { document, cards })
            }
            _ => None,
        })
        .collect()
    }
}

/// The devices that are one's own now.
fn own_devices(sharing: &Sharing) -> BTreeMap<DeviceId, DeviceCard> {
    let all = sharing.own_scopes().flat_map(|shared| shared.replica.members().present());
    all.map(|(id, member)| (id, member.card.clone())).collect()
}

/// Those that a side said to be theirs and that are not of the scope, each with the name of whose it is.
fn said_to_be_theirs(shared: &SharedScope, introduced: &[Introduced]) -> Vec<(DeviceCard, String)> {
    let sides = shared.sides();
    let mut room: BTreeMap<&str, usize> = BTreeMap::new();
    for side in sides.iter().filter(|side| !side.is_own && !side.devices.is_empty()) {
        room.insert(&side.name, MOST_OF_ONE_SIDE.saturating_sub(side.devices.len()));
    }
    let mut newcomers: Vec<(DeviceCard, String)> = Vec::new();
    for one in introduced {
        let Some(name) = shared.sole_writer(one.document) else { continue };
        let Some(room) = room.get_mut(name.as_str()) else { continue };
        for card in &one.cards {
            let is_known = shared.replica.members().all.contains_key(&card.id())
                || newcomers.iter().any(|(known, _)| known == card);
            if !is_known && *room > 0 {
                *room -= 1;
                newcomers.push((card.clone(), name.clone()));
            }
        }
    }
    newcomers
}
