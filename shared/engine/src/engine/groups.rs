//! Groups of coordinators: who is of them, who is asked, comes and goes; and how a project becomes common.
//!
//! Who is of a group is told by records that one device signs. What each coordinator says of their own place is a document
//! that they write in the group, and that counts for them only where their devices alone wrote it. What they answered is noted in
//! their own notebook too, for their other devices.

use std::collections::{BTreeMap, BTreeSet};

use maillon_shared::api::errors::{Invalid, NotShared};
use maillon_shared::api::groups::{
    GroupAnswer, GroupFile, GroupMember, GroupRequest, GroupRow, Groups, Place, ProjectLook,
};
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::sharing::CourierTaken;
use maillon_shared::api::{Answer, Failure, Response};
use maillon_shared::domain::clues::{Weight, WrittenFor};
use maillon_shared::domain::collective::CollectiveProject;
use maillon_shared::domain::directory::DirectoryEntry;
use maillon_shared::domain::group::{Said, Standing};
use maillon_shared::domain::ids::{CollectiveId, DocId, EntryId, GroupId, NeighbourId};

use super::Engine;
use super::commands::short_enough;
use super::sharing::{in_doubt, other_device};
use crate::ambient::{Ambient, random_array};
use crate::journal::records::{collective, group};
use crate::journal::{Header, Kind, Scope};
use crate::notebook::{Plan, SharedScope, Sharing, Target};
use crate::store::Store;
use crate::views::Views;

/// A group began, or changed its name.
const NAME_GROUP: &str = "name_group";
/// This coordinator came to a group, or left it.
pub(super) const ANSWER_GROUP: &str = "answer_group";
/// A project became common.
const SHARE_PROJECT: &str = "share_project";
/// A common project was copied back.
const COPY_PROJECT: &str = "copy_common_project";

/// No name of a group is longer.
const LONGEST_NAME_CHARS: usize = 120;

impl<S: Store, A: Ambient> Engine<S, A> {
    pub(super) async fn group(&mut self, asked: GroupRequest) -> Answer {
        let answer = match asked {
            GroupRequest::All => GroupAnswer::All(Box::new(self.groups().await?)),
            GroupRequest::One(id) => GroupAnswer::One(Box::new(self.one_group(id).await?)),
            GroupRequest::Look(project) => GroupAnswer::Clues(self.look_at_project(project)?),
            GroupRequest::ShareProject { project, group, id } => return self.share_project(project, group, id).await,
            GroupRequest::CopyProject { project, id } => return self.copy_project(project, id).await,
            other => {
                self.change_groups(other).await?;
                self.tell_sharing();
                return Ok(Response::Done);
            }
        };
        Ok(Response::Group(Box::new(answer)))
    }

    async fn change_groups(&mut self, asked: GroupRequest) -> Result<(), Failure> {
        match asked {
            GroupRequest::Found { name, aim, neighbours, words, draft } => {
                let name = group_name(&name)?;
                short_enough(&aim)?;
                names_nobody_in(&self.notebook()?.views, &[&name, &aim])?;
                let own_name = self.name_for_neighbours().await?;
                if let Some(typed) = words {
                    self.prepare_with(&typed).await?;
                }
                let Engine { store, ambient, open, .. } = self;
                let notebook = open.as_mut().ok_or(Failure::Locked)?;
                let id = notebook.found_group(store, ambient, &own_name, &neighbours).await?;
                self.name_group(id, Some(name), Some(aim), draft).await?;
                self.answer_group(id, Standing::In).await?;
            }
            GroupRequest::Name { group, name, aim, draft } => {
                let name = name.map(|name| group_name(&name)).transpose()?;
                aim.iter().try_for_each(|aim| short_enough(aim))?;
                let said: Vec<&str> = name.iter().chain(&aim).map(String::as_str).collect();
                names_nobody_in(&self.notebook()?.views, &said)?;
                self.writable_group(group).await?;
                if !self.may_name(group).await? {
                    return Err(Failure::NotFound);
                }
                self.name_group(group, name, aim, draft).await?;
            }
            GroupRequest::Ask { group, neighbours } => {
                let Engine { store, ambient, open, .. } = self;
                let notebook = open.as_mut().ok_or(Failure::Locked)?;
                notebook.ask_into_group(store, ambient, group, &neighbours).await?;
            }
            GroupRequest::Accept(id) => {
                if !self.in_group(id, SharedScope::may_write).await? {
                    return Err(Failure::NotShared(NotShared::NotOfTheGroup));
                }
                self.answer_group(id, Standing::In).await?;
                self.absorb_what_came(&mut CourierTaken::default()).await?;
            }
            GroupRequest::Leave(id) => {
                // A list that nobody keeps could let nobody in, and have nobody leave.
                let keeps_the_list = |shared: &SharedScope| {
                    let sides = shared.sides();
                    let is_kept = sides.iter().any(|side| side.is_own && side.administers);
                    is_kept && shared.may_write() && sides.iter().any(|side| !side.is_own && !side.devices.is_empty())
                };
                if self.in_group(id, keeps_the_list).await? {
                    return Err(Failure::NotShared(NotShared::KeepsTheList));
                }
                let was_in = self.notebook()?.views.group_answer(id).is_some();
                let standing = if was_in { Standing::Left } else { Standing::Declined };
                self.answer_group(id, standing).await?;
            }
            GroupRequest::Remove { group, name } => {
                let Engine { store, ambient, open, .. } = self;
                open.as_mut().ok_or(Failure::Locked)?.remove_from_group(store, ambient, group, &name).await?;
            }
            GroupRequest::HandOn { group, name } => {
                let Engine { store, ambient, open, .. } = self;
                open.as_mut().ok_or(Failure::Locked)?.hand_group_on(store, ambient, group, &name).await?;
            }
            GroupRequest::TakeOn(group) => {
                self.writable_group(group).await?;
                let Engine { store, ambient, open, .. } = self;
                open.as_mut().ok_or(Failure::Locked)?.propose_succession(store, ambient, group).await?;
            }
            GroupRequest::Agree { group, name } => {
                self.writable_group(group).await?;
                let Engine { store, ambient, open, .. } = self;
                open.as_mut().ok_or(Failure::Locked)?.agree_to_succession(store, ambient, group, &name).await?;
            }
            GroupRequest::Close(group) => {
                let Engine { store, ambient, open, .. } = self;
                open.as_mut().ok_or(Failure::Locked)?.close_group(store, ambient, group).await?;
            }
            _ => return Err(Failure::NotUnderstood),
        }
        Ok(())
    }

    // ── Read ────────────────────────────────────────────────────────────────────────────────────────────────────────

    async fn groups(&mut self) -> Result<Groups, Failure> {
        let (store, notebook) = (&self.store, self.open.as_mut().ok_or(Failure::Locked)?);
        let sharing = notebook.sharing(store).await?;
        let words_needed = !sharing.is_prepared_for_a_neighbour();
        let neighbours = who_can_be_asked(sharing, None);
        let ids: Vec<GroupId> = sharing.groups().map(|(id, _)| id).collect();
        let mut all = Vec::new();
        for id in ids {
            all.push(self.group_row(id).await?);
        }
        let order = |row: &GroupRow| match row.place {
            Place::Asked => 0,
            Place::In => 1,
            Place::Closed | Place::Out(_) | Place::Removed => 2,
        };
        all.sort_by(|one, other| (order(one), &one.name, one.id).cmp(&(order(other), &other.name, other.id)));
        Ok(Groups { all, neighbours, words_needed })
    }

    /// Into how many groups this coordinator is asked, and has not answered.
    pub(super) async fn asked_into_groups(&mut self) -> Result<u32, Failure> {
        let (store, notebook) = (&self.store, self.open.as_mut().ok_or(Failure::Locked)?);
        let ids: Vec<GroupId> = notebook.sharing(store).await?.groups().map(|(id, _)| id).collect();
        let mut asked = 0;
        for id in ids {
            asked += u32::from(notebook.place_in_group(store, id).await? == Place::Asked);
        }
        Ok(asked)
    }

    async fn group_row(&mut self, id: GroupId) -> Result<GroupRow, Failure> {
        let (store, notebook) = (&self.store, self.open.as_mut().ok_or(Failure::Locked)?);
        let untold = notebook.untold_in_group(store, id).await?;
        let place = notebook.place_in_group(store, id).await?;
        let name = notebook.views.group_name(id);
        let common = notebook.views.common_projects(id).len() as u32;
        let sharing = notebook.sharing(store).await?;
        let shared = sharing.group(id).ok_or(Failure::NotFound)?;
        let sides = shared.sides();
        Ok(GroupRow {
            id,
            name,
            founder: shared.founder(),
            place,
            coordinators: sides.iter().filter(|side| !side.devices.is_empty()).count() as u32,
            common,
            untold,
        })
    }

    async fn one_group(&mut self, id: GroupId) -> Result<GroupFile, Failure> {
        let row = self.group_row(id).await?;
        let near = self.near().await?;
        let may_meet = self.ambient.has_folders();
        let (store, notebook) = (&self.store, self.open.as_mut().ok_or(Failure::Locked)?);
        let projects = notebook.views.common_projects(id);
        let programmes = notebook.views.programmes_of(id);
        let procedures = notebook.views.procedures_of(id);
        let roadmaps = notebook.views.roadmaps_of(id);
        let (diagnoses, applications) = (notebook.views.diagnoses_of(id), notebook.views.applications_of(id));
        let outreach = notebook.views.outreach_of(id);
        let information = notebook.views.information_of(id);
        let means = notebook.views.means_of(id);
        let charters = notebook.views.charters_of(id);
        let is_named = notebook.views.document(DocId(id.0)).is_some();
        let aim = notebook.views.group(id).map(|group| group.aim.clone()).unwrap_or_default();
        let words = notebook.views.group_words(id);
        let (wishes, may_take_on) = notebook.wishes_in(store, id).await?;
        let own_said = notebook.views.group_answer(id);
        let sharing = notebook.sharing(store).await?;
        let shared = sharing.group(id).ok_or(Failure::NotFound)?;
        let mut said: BTreeMap<String, Said> = BTreeMap::new();
        for (document, one) in words {
            if let Some(name) = shared.sole_writer(document) {
                let before = said.remove(&name);
                said.insert(name, before.map_or(one.clone(), |before| before.later(one)));
            }
        }
        let members = shared.replica.members();
        let coordinators = shared.sides().into_iter().map(|side| {
            let devices = side.devices.iter().filter(|_| !side.is_own);
            GroupMember {
                said: if side.is_own { own_said.clone() } else { said.remove(&side.name) },
                neighbour: neighbour_of(sharing, &side.devices),
                devices: devices.map(|device| other_device(sharing, members, *device, &near)).collect(),
                removed: side.devices.is_empty(),
                name: side.name,
                is_own: side.is_own,
                administers: side.administers,
            }
        });
        let coordinators = coordinators.collect();
        let (waiting, set_aside) = in_doubt(shared);
        Ok(GroupFile {
            row,
            aim,
            administers: members.admin == shared.replica.device() && !shared.is_closed(),
            coordinators,
            wishes,
            may_take_on,
            projects,
            programmes,
            procedures,
            roadmaps,
            diagnoses,
            applications,
            outreach,
            information,
            means,
            charters,
            neighbours: who_can_be_asked(sharing, Some(shared)),
            may_name: is_named || shared.is_founded_here(),
            folder: sharing.folder_of(Some(id)).map(str::to_owned),
            may_meet,
            contested: !shared.replica.standing().line.contested.is_empty(),
            waiting,
            set_aside,
        })
    }

    async fn in_group<T>(&mut self, id: GroupId, read: impl FnOnce(&SharedScope) -> T) -> Result<T, Failure> {
        let (store, notebook) = (&self.store, self.open.as_mut().ok_or(Failure::Locked)?);
        Ok(read(notebook.sharing(store).await?.group(id).ok_or(Failure::NotFound)?))
    }

    /// Refuses what is to be written in a group of which this coordinator is not.
    pub(super) async fn writable_group(&mut self, id: GroupId) -> Result<(), Failure> {
        self.writable(&Scope::Group(id)).await
    }

    /// Refuses what is to be written where this coordinator may not.
    pub(super) async fn writable(&mut self, scope: &Scope) -> Result<(), Failure> {
        let (store, notebook) = (&self.store, self.open.as_mut().ok_or(Failure::Locked)?);
        match notebook.may_write_in(store, scope).await? {
            true => Ok(()),
            false => Err(Failure::NotShared(NotShared::NotOfTheGroup)),
        }
    }

    /// The groups in which this coordinator may write, by name.
    pub(super) async fn groups_to_write_in(&mut self) -> Result<Vec<(GroupId, String)>, Failure> {
        let (store, notebook) = (&self.store, self.open.as_mut().ok_or(Failure::Locked)?);
        let ids: Vec<GroupId> = notebook.sharing(store).await?.groups().map(|(id, _)| id).collect();
        let mut groups = Vec::new();
        for id in ids {
            if notebook.may_write_in(store, &Scope::Group(id)).await? {
                groups.push((id, notebook.views.group_name(id)));
            }
        }
        groups.sort_by(|one, other| (&one.1, one.0).cmp(&(&other.1, other.0)));
        Ok(groups)
    }

    // ── Names and answers ───────────────────────────────────────────────────────────────────────────────────────────

    /// Whether a group may be named here: where its name is known, or on the very device that founded it. Born twice, the document
    /// that says it would be two, under two keys.
    async fn may_name(&mut self, id: GroupId) -> Result<bool, Failure> {
        let is_known = self.notebook()?.views.document(DocId(id.0)).is_some();
        Ok(is_known || self.in_group(id, SharedScope::is_founded_here).await?)
    }

    async fn name_group(
        &mut self,
        id: GroupId,
        name: Option<String>,
        aim: Option<String>,
        draft: Option<DraftKey>,
    ) -> Result<(), Failure> {
        let target = match self.notebook()?.views.document(DocId(id.0)) {
            Some(_) => Target::Document(DocId(id.0)),
            None => Target::New(Header::within(Scope::Group(id), DocId(id.0), Kind::Group, None)),
        };
        let mut plan = Plan::new(NAME_GROUP);
        plan.ends_draft = draft;
        plan.edit(target, move |document| {
            if let Some(name) = &name {
                group::write_name(document, name)?;
            }
            match aim.as_deref() {
                Some(aim) => group::write_aim(document, aim),
                None => Ok(()),
            }
        });
        self.save(plan).await.map(|_| ())
    }

    /// Notes in one's own notebook, and tells in the group, what this coordinator answers: in one act.
    async fn answer_group(&mut self, id: GroupId, standing: Standing) -> Result<(), Failure> {
        let said = Said { standing, on: self.today() };
        let noted = self.notebook()?.views.group_answer_documents(id);
        let own_word = self.own_word_in(id).await?;
        let may_write = self.in_group(id, SharedScope::may_write).await?;
        let notes = match noted.is_empty() {
            true => vec![Target::Journal(Kind::GroupAnswers, None, 0)],
            false => noted.into_iter().map(Target::Document).collect(),
        };
        let mut plan = Plan::new(ANSWER_GROUP);
        for target in notes {
            let said = said.clone();
            plan.edit(target, move |document| group::write_answer(document, id, &said));
        }
        if may_write {
            let target = match own_word {
                Some(document) => Target::Document(document),
                None => {
                    let new = DocId(random_array(&mut self.ambient));
                    Target::New(Header::within(Scope::Group(id), new, Kind::GroupWord, None))
                }
            };
            plan.edit(target, move |document| group::write_word(document, &said));
        }
        self.save(plan).await.map(|_| ())
    }

    /// Where this coordinator said something of their own place, if they alone wrote it.
    async fn own_word_in(&mut self, id: GroupId) -> Result<Option<DocId>, Failure> {
        let words = self.notebook()?.views.group_words(id);
        let own = |shared: &SharedScope| {
            let is_own = |document: DocId| shared.sole_writer(document).as_deref() == Some(shared.own_name());
            words.iter().map(|(document, _)| *document).find(|document| is_own(*document))
        };
        self.in_group(id, own).await
    }

    // ── What is common ──────────────────────────────────────────────────────────────────────────────────────────────

    fn look_at_project(&mut self, id: CollectiveId) -> Result<ProjectLook, Failure> {
        let views = &self.notebook()?.views;
        let project = views.collective_project(id).ok_or(Failure::NotFound)?;
        // As it would leave: whoever is of the directory is said by name.
        let common = project.elsewhere(id, |entry| name_of(views, entry));
        let texts = common.texts_in_common();
        let clues = views.clues(&texts, WrittenFor::Project);
        let seen: BTreeSet<u16> = clues.iter().map(|clue| clue.text).collect();
        // What says nothing is not shown.
        let texts = texts.iter().zip(0_u16..);
        let texts =
            texts.map(|(text, at)| if seen.contains(&at) { (*text).to_owned() } else { String::new() }).collect();
        Ok(ProjectLook { texts, clues })
    }

    async fn share_project(&mut self, project: CollectiveId, group: GroupId, id: CollectiveId) -> Answer {
        self.writable_group(group).await?;
        let views = &self.notebook()?.views;
        let held = views.collective_project(project).ok_or(Failure::NotFound)?;
        // Someone was quicker, on another device: where it is now is on the screen that comes next.
        if held.moved_to.is_some() || views.group_of(project.into()).is_some() || views.document(id.into()).is_some() {
            return Err(Failure::WrittenSince);
        }
        let common = held.elsewhere(id, |entry| name_of(views, entry));
        names_nobody(views, &common)?;
        let header = Header::within(Scope::Group(group), id.into(), Kind::CollectiveProject, None);
        let mut plan = Plan::new(SHARE_PROJECT);
        plan.edit(Target::New(header), move |document| collective::create(document, &common));
        plan.edit(Target::Document(project.into()), move |document| collective::move_to(document, id));
        self.save(plan).await
    }

    async fn copy_project(&mut self, project: CollectiveId, id: CollectiveId) -> Answer {
        let views = &self.notebook()?.views;
        let held = views.collective_project(project).ok_or(Failure::NotFound)?;
        if views.document(id.into()).is_some() {
            return Ok(Response::Done);
        }
        let copy = held.elsewhere(id, |entry| name_of(views, entry));
        let copy = CollectiveProject { withdrawn: false, ..copy };
        let header = Header::new(id.into(), Kind::CollectiveProject, None, 0);
        let mut plan = Plan::new(COPY_PROJECT);
        plan.edit(Target::New(header), move |document| collective::create(document, &copy));
        self.save(plan).await
    }
}

/// Refuses a project in which someone who is accompanied is named: what is common is read by everyone there.
pub(super) fn names_nobody(views: &Views, project: &CollectiveProject) -> Result<(), Failure> {
    names_nobody_in(views, &project.texts_in_common())
}

/// Refuses words in which someone who is accompanied is named.
pub(super) fn names_nobody_in(views: &Views, texts: &[&str]) -> Result<(), Failure> {
    let clues = views.clues(texts, WrittenFor::Project);
    match clues.iter().any(|clue| clue.weight == Weight::Must) {
        true => Err(Failure::Invalid(Invalid::NamesSomeone)),
        false => Ok(()),
    }
}

/// What an entry of the directory is called.
pub(super) fn name_of(views: &Views, entry: EntryId) -> String {
    views.entry(entry).map(DirectoryEntry::display_name).unwrap_or_default()
}

fn group_name(name: &str) -> Result<String, Failure> {
    let name = name.trim();
    match name.chars().count() {
        0 => Err(Failure::Invalid(Invalid::NoName)),
        1..=LONGEST_NAME_CHARS => Ok(name.to_owned()),
        _ => Err(Failure::Invalid(Invalid::ItemTooLong)),
    }
}

/// The neighbours to whom this device may write and who are not in a group yet.
fn who_can_be_asked(sharing: &Sharing, group: Option<&SharedScope>) -> Vec<(NeighbourId, String)> {
    let sides = group.iter().flat_map(|shared| shared.sides()).filter(|side| !side.devices.is_empty());
    let there: BTreeSet<String> = sides.map(|side| side.name).collect();
    let neighbours = sharing.neighbours().filter(|(_, shared)| shared.may_write());
    let named = neighbours.map(|(id, shared)| (id, shared.neighbour_name()));
    let mut all: Vec<_> = named.filter(|(_, name)| !there.contains(name)).collect();
    all.sort_by(|one, other| (&one.1, one.0).cmp(&(&other.1, other.0)));
    all
}

/// The neighbour whose one of these devices is.
fn neighbour_of(sharing: &Sharing, devices: &[crate::sharing::DeviceId]) -> Option<NeighbourId> {
    let mut neighbours = sharing.neighbours();
    let is_theirs = |shared: &SharedScope| shared.theirs().any(|(id, _)| devices.contains(&id));
    neighbours.find(|(_, shared)| is_theirs(shared)).map(|(id, _)| id)
}
