//! What is shared with other devices: names, cards, files that come and go; and what came, merged, erased and told.

use std::collections::BTreeSet;

use maillon_shared::api::errors::{Invalid, NotShared};
use maillon_shared::api::responses::File;
use maillon_shared::api::sharing::{
    CardRead, Company, CourierMade, CourierOpened, CourierTaken, DeviceKey, FolderMet, OtherDevice, SharingAnswer,
    SharingRequest, SharingStatus, ThisDevice,
};
use maillon_shared::api::{Answer, Failure, Notice, Response};
use maillon_shared::domain::ids::{DocId, GroupId};

use super::Engine;
use crate::ambient::Ambient;
use crate::failures::{failure_of_folder, failure_of_unlock, failure_of_words};
use crate::notebook::{Absorbed, Sender, SharedScope, Sharing, Synced};
use crate::sharing::accept::Doubt;
use crate::sharing::card::{CardFile, LONGEST_NAME, words_of};
use crate::sharing::{DeviceCard, DeviceId, Members};
use crate::store::Store;
use crate::vault::{Words, unlock_with_words};
use crate::views::Cached;

impl<S: Store, A: Ambient> Engine<S, A> {
    pub(super) async fn share(&mut self, asked: SharingRequest) -> Answer {
        let only_reads = matches!(
            asked,
            SharingRequest::Status | SharingRequest::Card(_) | SharingRequest::ReadCard(_) | SharingRequest::Pairing
        );
        let answer = self.share_as_asked(asked).await;
        if !only_reads && answer.is_ok() {
            self.tell_sharing();
        }
        answer
    }

    async fn share_as_asked(&mut self, asked: SharingRequest) -> Answer {
        let answer = match asked {
            SharingRequest::Status => SharingAnswer::Status(Box::new(self.sharing_status().await?)),
            SharingRequest::NameDevice(name) => {
                let name = device_name(&name)?;
                let Engine { store, ambient, open, .. } = self;
                open.as_mut().ok_or(Failure::Locked)?.name_device(store, ambient, name).await?;
                return Ok(Response::Done);
            }
            SharingRequest::BecomeAnother(name) => {
                let name = device_name(&name)?;
                let Engine { store, ambient, open, .. } = self;
                open.as_mut().ok_or(Failure::Locked)?.become_another(store, ambient, name).await?;
                self.tell_sharing();
                return Ok(Response::Done);
            }
            SharingRequest::Card(company) => return self.own_card_file(company).await,
            SharingRequest::ReadCard(file) => SharingAnswer::Card(self.read_card(&card_of(&file)?).await?),
            SharingRequest::AddDevice { card, words } => return self.add_device(&card, words).await,
            SharingRequest::RemoveDevice(device) => {
                let Engine { store, ambient, open, .. } = self;
                let notebook = open.as_mut().ok_or(Failure::Locked)?;
                notebook.remove_device(store, ambient, DeviceId(device.0)).await?;
                return Ok(Response::Done);
            }
            SharingRequest::SetFolder { of, place } => {
                let Engine { store, ambient, open, .. } = self;
                let notebook = open.as_mut().ok_or(Failure::Locked)?;
                let place = place.as_deref().map(str::trim).filter(|place| !place.is_empty());
                if let Some(place) = place {
                    // A folder that cannot be opened is better said now than on the day it is needed.
                    ambient.open_folder(place).await.map_err(failure_of_folder)?;
                }
                notebook.set_folder(store, ambient, of, place).await?;
                return Ok(Response::Done);
            }
            SharingRequest::Meet(group) => SharingAnswer::Met(self.meet(group).await?),
            SharingRequest::SetTalks(talks) => {
                self.set_talks(talks).await?;
                return Ok(Response::Done);
            }
            SharingRequest::Invite { company, words } => {
                self.invite(company, words).await?;
                SharingAnswer::Pairing(self.pairing_status().await?)
            }
            SharingRequest::Join { company, code } => {
                self.join(company, code).await?;
                SharingAnswer::Pairing(self.pairing_status().await?)
            }
            SharingRequest::JoinFound(which) => {
                self.join_found(which)?;
                SharingAnswer::Pairing(self.pairing_status().await?)
            }
            SharingRequest::Compared { same } => {
                self.compared(same).await?;
                SharingAnswer::Pairing(self.pairing_status().await?)
            }
            SharingRequest::StopPairing => {
                self.stop_pairing();
                return Ok(Response::Done);
            }
            SharingRequest::TakeOver { words } => {
                let words = Words::parse(&words).map_err(|error| failure_of_words(&error))?;
                let Engine { store, ambient, open, .. } = self;
                open.as_mut().ok_or(Failure::Locked)?.take_over(store, ambient, &words).await?;
                return Ok(Response::Done);
            }
            SharingRequest::Pairing => SharingAnswer::Pairing(self.pairing_status().await?),
            SharingRequest::MakeCourier(device) => SharingAnswer::Courier(self.make_courier(device).await?),
            SharingRequest::OpenCourier { file, checked } => {
                SharingAnswer::Opened(self.open_courier(&file, checked).await?)
            }
        };
        Ok(Response::Sharing(Box::new(answer)))
    }

    async fn sharing_status(&mut self) -> Result<SharingStatus, Failure> {
        let (may_meet, may_talk) = (self.ambient.has_folders(), self.ambient.has_network());
        let near = self.near().await?;
        let (store, notebook) = (&self.store, self.open.as_mut().ok_or(Failure::Locked)?);
        let untold = notebook.untold(store).await?;
        let not_taken = notebook.frames_not_taken(store).await?;
        let talks = notebook.talks(store).await?;
        let sharing = notebook.sharing(store).await?;
        let this = sharing.this().ok().map(|this| (this.secret.card(), this.name.clone()));
        let own = this.as_ref().map(|(card, _)| card.id());
        let mut status = SharingStatus {
            this: this.as_ref().map(|(card, name)| ThisDevice { name: name.clone(), words: words_of(card) }),
            words_needed: !sharing.is_prepared() && sharing.own_scopes().next().is_none(),
            shares: sharing.own_scopes().next().is_some(),
            folder: sharing.folder_of(None).map(str::to_owned),
            copied: sharing.is_copied(),
            may_meet,
            talks,
            may_talk,
            untold,
            set_aside: not_taken,
            ..SharingStatus::default()
        };
        let mut left = BTreeSet::new();
        for scope in sharing.own_scopes() {
            let members = scope.replica.members();
            status.is_member |= own.is_some_and(|own| members.is_member(own));
            status.administers |= own == Some(members.admin);
            let (waiting, set_aside) = in_doubt(scope);
            status.waiting += waiting;
            status.set_aside += set_aside;
            for (id, member) in &members.all {
                if member.left.is_some() {
                    left.insert(member.name.clone());
                } else if own != Some(*id) && status.others.iter().all(|other| other.id.0 != id.0) {
                    status.others.push(other_device(sharing, members, *id, &near));
                }
            }
        }
        status.left = left.into_iter().collect();
        status.others.sort_by(|one, other| (&one.name, one.id).cmp(&(&other.name, other.id)));
        Ok(status)
    }

    async fn own_card_file(&mut self, company: Company) -> Answer {
        let card = self.own_card(company).await?;
        let name = format!("maillon-carte-{}.maillon-carte", for_a_file(&card.name));
        Ok(Response::File(File { name, mime: "application/octet-stream".to_owned(), bytes: card.to_bytes() }))
    }

    async fn read_card(&mut self, file: &CardFile) -> Result<CardRead, Failure> {
        let (store, notebook) = (&self.store, self.open.as_mut().ok_or(Failure::Locked)?);
        let sharing = notebook.sharing(store).await?;
        let id = file.card.id();
        let is_member = match file.company {
            Company::Own => sharing.own_scopes().any(|scope| scope.replica.members().is_member(id)),
            Company::Neighbour => sharing.neighbours().any(|(_, scope)| scope.replica.members().is_member(id)),
        };
        Ok(CardRead {
            id: DeviceKey(id.0),
            name: file.name.clone(),
            words: words_of(&file.card),
            company: file.company,
            is_member,
            is_this: sharing.this().is_ok_and(|this| this.secret.card() == file.card),
        })
    }

    async fn add_device(&mut self, card: &[u8], words: Option<String>) -> Answer {
        let file = card_of(card)?;
        if file.company != Company::Own {
            return Err(Failure::NotShared(NotShared::OtherCompany));
        }
        if let Some(typed) = words {
            self.prepare_with(&typed).await?;
        }
        if self.read_card(&file).await?.is_this {
            return Err(Failure::NotShared(NotShared::Who));
        }
        let Engine { store, ambient, open, .. } = self;
        open.as_mut().ok_or(Failure::Locked)?.add_own_device(store, ambient, &file).await?;
        Ok(Response::Done)
    }

    /// The twenty-four words were typed: what is shared can be taken over with them one day.
    pub(super) async fn prepare_with(&mut self, typed: &str) -> Result<(), Failure> {
        let words = Words::parse(typed).map_err(|error| failure_of_words(&error))?;
        // Any other words could not take over what is shared.
        unlock_with_words(&self.header().await?, &words).map_err(failure_of_unlock)?;
        let Engine { store, ambient, open, .. } = self;
        open.as_mut().ok_or(Failure::Locked)?.prepare_sharing(store, ambient, &words).await
    }

    async fn set_talks(&mut self, talks: bool) -> Result<(), Failure> {
        if talks && !self.ambient.has_network() {
            return Err(Failure::NotShared(NotShared::NoNetwork));
        }
        let Engine { store, ambient, open, .. } = self;
        open.as_mut().ok_or(Failure::Locked)?.set_talks(store, ambient, talks).await
    }

    /// This device's card: with its name, or for neighbours with the coordinator's.
    pub(super) async fn own_card(&mut self, company: Company) -> Result<CardFile, Failure> {
        let name = match company {
            Company::Own => None,
            Company::Neighbour => Some(self.name_for_neighbours().await?),
        };
        let (store, notebook) = (&self.store, self.open.as_mut().ok_or(Failure::Locked)?);
        let this = notebook.sharing(store).await?.this()?;
        Ok(CardFile { card: this.secret.card(), name: name.unwrap_or_else(|| this.name.clone()), company })
    }

    async fn make_courier(&mut self, device: DeviceKey) -> Result<CourierMade, Failure> {
        let device = DeviceId(device.0);
        let day = self.today();
        // What a cut left unmerged comes first: what is written here may rest on it, and says so.
        self.absorb_what_came(&mut CourierTaken::default()).await?;
        let Engine { store, ambient, open, notices, lines, .. } = self;
        let notebook = open.as_mut().ok_or(Failure::Locked)?;
        let mut progress = |done, total| notices(Notice::Progress { done, total });
        notebook.publish(store, ambient, &mut progress).await?;
        let sharing = notebook.sharing(store).await?;
        let documents = sharing.unsent_to(device);
        let names = sharing.scopes().filter_map(|scope| scope.replica.members().all.get(&device));
        let name = names.map(|member| for_a_file(&member.name)).next().unwrap_or_default();
        let bytes = notebook.courier_for(store, ambient, device, &lines.places).await?;
        let name = format!("maillon-pour-{name}-{day}.age");
        let file = File { name, mime: "application/octet-stream".to_owned(), bytes };
        Ok(CourierMade { file, documents })
    }

    async fn meet(&mut self, group: Option<GroupId>) -> Result<FolderMet, Failure> {
        self.absorb_what_came(&mut CourierTaken::default()).await?;
        let Engine { store, ambient, open, notices, .. } = self;
        let notebook = open.as_mut().ok_or(Failure::Locked)?;
        let place = notebook.sharing(store).await?.folder_of(group).map(str::to_owned);
        let place = place.ok_or(Failure::NotShared(NotShared::FolderAway))?;
        let mut folder = ambient.open_folder(&place).await.map_err(failure_of_folder)?;
        let mut progress = |done, total| notices(Notice::Progress { done, total });
        // A copied device writes nothing more, and still hears the others.
        let published = match notebook.publish(store, ambient, &mut progress).await {
            Err(failure) if failure != Failure::NotShared(NotShared::Copied) => return Err(failure),
            other => other,
        };
        let met = notebook.meet_in_folder(store, ambient, (group, &mut folder), &mut progress).await;
        // Whatever came before the folder went away is merged all the same.
        let mut taken = CourierTaken::default();
        self.absorb_what_came(&mut taken).await?;
        published?;
        let Synced { sent, refused, unread, withheld, set_back, packs: _ } = met?;
        let (store, notebook) = (&self.store, self.open.as_mut().ok_or(Failure::Locked)?);
        let sharing = notebook.sharing(store).await?;
        let name_of = |device: &DeviceId| {
            let mut members = sharing.scopes().filter_map(|scope| scope.replica.members().all.get(device));
            members.next().map(|member| member.name.clone())
        };
        let mut met = FolderMet {
            sent,
            changed: taken.changed,
            erased: taken.erased,
            waiting: taken.waiting + unread,
            set_aside: taken.set_aside + refused,
            withheld: withheld.iter().filter_map(name_of).collect(),
            set_back,
            two_versions: taken.two_versions,
        };
        met.withheld.sort();
        Ok(met)
    }

    async fn open_courier(
        &mut self,
        file: &[u8],
        checked: Option<(DeviceKey, Company)>,
    ) -> Result<CourierOpened, Failure> {
        let (store, notebook) = (&self.store, self.open.as_mut().ok_or(Failure::Locked)?);
        let (courier, sender) = notebook.read_courier(store, file).await?;
        if let Sender::Proposes(company) = sender {
            let card = CardFile { card: courier.from.clone(), name: courier.name.clone(), company };
            // Whoever took them for another than they propose to be has compared nothing.
            if checked != Some((DeviceKey(courier.from.id().0), company)) {
                return Ok(CourierOpened::Proposes(self.read_card(&card).await?));
            }
            let Engine { store, ambient, open, .. } = self;
            let notebook = open.as_mut().ok_or(Failure::Locked)?;
            match company {
                Company::Own => notebook.join(store, ambient, &courier).await?,
                Company::Neighbour => notebook.join_neighbour(store, ambient, &courier).await?,
            }
        }
        let Engine { store, ambient, open, .. } = self;
        let notebook = open.as_mut().ok_or(Failure::Locked)?;
        let invited = notebook.take_on_from(store, ambient, &courier).await?;
        let received = notebook.receive(store, ambient, &courier).await?;
        let mut taken = CourierTaken {
            from: Some(DeviceKey(courier.from.id().0)),
            name: self.name_of(&courier.from).await?.unwrap_or(courier.name),
            at: Some(courier.at),
            set_aside: received.refused,
            invited,
            ..CourierTaken::default()
        };
        self.absorb_what_came(&mut taken).await?;
        Ok(CourierOpened::Taken(taken))
    }

    /// What the scope calls a device: what a sender says of themselves is worth less.
    async fn name_of(&mut self, card: &DeviceCard) -> Result<Option<String>, Failure> {
        let (store, notebook) = (&self.store, self.open.as_mut().ok_or(Failure::Locked)?);
        let sharing = notebook.sharing(store).await?;
        let mut names = sharing.scopes().filter_map(|scope| scope.replica.members().all.get(&card.id()));
        Ok(names.next().map(|member| member.name.clone()))
    }

    /// Merges what came, and erases what was erased elsewhere.
    pub(super) async fn absorb_what_came(&mut self, taken: &mut CourierTaken) -> Result<(), Failure> {
        let Engine { store, ambient, open, notices, .. } = self;
        let notebook = open.as_mut().ok_or(Failure::Locked)?;
        let mut progress = |done, total| notices(Notice::Progress { done, total });
        let Absorbed { changed, to_erase, ended, not_taken, heard } =
            notebook.absorb_packs(store, ambient, &mut progress).await?;
        let mut to_erase: BTreeSet<DocId> = to_erase.into_iter().collect();
        // What was written here meanwhile about someone who was erased there goes too.
        let about = |cached: &Cached| cached.header.subject.is_some_and(|id| to_erase.contains(&DocId(id)));
        let about: Vec<DocId> = notebook.views.every().filter(|(_, cached)| about(cached)).map(|(id, _)| id).collect();
        to_erase.extend(about);
        to_erase.extend(ended);
        let held: BTreeSet<DocId> =
            to_erase.iter().copied().filter(|id| notebook.views.document(*id).is_some()).collect();
        taken.set_aside += not_taken;
        taken.erased = held.len() as u32;
        for scope in notebook.sharing(store).await?.scopes() {
            let (waiting, set_aside) = in_doubt(scope);
            taken.waiting += waiting;
            taken.set_aside += set_aside;
        }
        // What says that something was erased or ended, or whose device one is, is no record that anyone wrote.
        let is_a_record = |id: &&DocId| {
            let held = notebook.views.document(**id);
            !to_erase.contains(id) && !held.is_some_and(|held| held.header.kind.is_only_between_devices())
        };
        taken.changed = changed.iter().filter(is_a_record).count() as u32;
        if !changed.is_empty() {
            notices(Notice::Changed(changed.clone()));
        }
        if !to_erase.is_empty() {
            self.erase_as_elsewhere(&to_erase, &held).await?;
        }
        let Engine { store, ambient, open, .. } = self;
        let notebook = open.as_mut().ok_or(Failure::Locked)?;
        for id in changed.into_iter().filter(|id| !to_erase.contains(id)) {
            // What came is in the notebook, whether or not this can be told of it.
            if notebook.read_document(store, id, |document| document.has_two_versions()).await.unwrap_or(false) {
                taken.two_versions.push(id);
            }
        }
        if !taken.two_versions.is_empty() {
            notebook.note_two_versions(store, ambient, &taken.two_versions, &[]).await?;
        }
        if !heard.is_empty() {
            notebook.introduce(store, ambient, &heard).await?;
        }
        // What came may say that a copy is over. It is tried again at the next opening.
        let _ = self.end_what_she_ended().await;
        Ok(())
    }
}

/// How many packs of a scope wait for what is still to come, and how many are set aside.
pub(super) fn in_doubt(shared: &SharedScope) -> (u32, u32) {
    // What rests on something that waits waits itself.
    let waiting = shared.replica.doubts().values().filter(|doubt| **doubt == Doubt::Waits).count();
    ((waiting + shared.replica.unread().count()) as u32, shared.packs_apart())
}

pub(super) fn other_device(
    sharing: &Sharing,
    members: &Members,
    id: DeviceId,
    near: &BTreeSet<DeviceKey>,
) -> OtherDevice {
    let member = members.all.get(&id);
    let packs = sharing.scopes().flat_map(|scope| scope.replica.packs());
    let last = packs.filter(|pack| pack.table.device == id).map(|pack| pack.table.at).max_by_key(|at| at.utc_ms);
    OtherDevice {
        id: DeviceKey(id.0),
        name: member.map(|member| member.name.clone()).unwrap_or_default(),
        words: member.map(|member| words_of(&member.card)).unwrap_or_default(),
        administers: members.admin == id,
        unsent: sharing.unsent_to(id),
        answered: sharing.had(id, members.scope).is_some(),
        last_heard: last,
        reachable: sharing.reachable().any(|(device, _)| device == id),
        near: near.contains(&DeviceKey(id.0)),
    }
}

pub(super) fn card_of(file: &[u8]) -> Result<CardFile, Failure> {
    CardFile::from_bytes(file).map_err(|error| match error {
        crate::sharing::FormatError::Malformed => Failure::NotShared(NotShared::NoCard),
        crate::sharing::FormatError::TooNew => Failure::TooNew,
    })
}

/// A name that others can read.
fn device_name(name: &str) -> Result<&str, Failure> {
    let name = name.trim();
    match name.len() {
        0 => Err(Failure::Invalid(Invalid::NoName)),
        1..=LONGEST_NAME => Ok(name),
        _ => Err(Failure::Invalid(Invalid::ItemTooLong)),
    }
}

/// A name as a file may bear it anywhere: what a device is called is no secret among its owner's.
fn for_a_file(name: &str) -> String {
    let folded = maillon_shared::text::fold::fold(name);
    let words: Vec<&str> = folded.split(|letter: char| !letter.is_ascii_alphanumeric()).collect();
    let joined = words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-");
    joined.chars().take(40).collect()
}
