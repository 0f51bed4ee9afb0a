//! A file taken into the directory.

use std::collections::{BTreeSet, HashMap};

use maillon_shared::api::requests::Import;
use maillon_shared::api::responses::{ImportReport, LineNote};
use maillon_shared::api::{Answer, Failure, Response};
use maillon_shared::domain::communes::Communes;
use maillon_shared::domain::directory::{DirectoryEntry, EntryKind};
use maillon_shared::domain::ids::{EntryId, LineId};
use maillon_shared::text::fold::fold;
use maillon_shared::text::language::Language;

use super::super::Engine;
use super::super::commands::plan_new_entry;
use super::{failure_of_source, shortened};
use crate::ambient::{Ambient, random_array};
use crate::exchange::directory::columns::DirectoryField;
use crate::exchange::directory::{Remark, Source, identity};
use crate::exchange::refused::Refusal;
use crate::journal::records::directory;
use crate::notebook::{Plan, Target};
use crate::store::Store;

impl<S: Store, A: Ambient> Engine<S, A> {
    pub(super) async fn import_directory(&mut self, import: &Import) -> Answer {
        self.notebook()?;
        let Import { file, columns, communes, .. } = import;
        let source = Source::read(file).map_err(failure_of_source)?;
        let columns: Vec<_> = columns.iter().map(|code| code.as_deref().and_then(DirectoryField::from_code)).collect();
        let mut report = ImportReport::default();
        let mut new_roles = BTreeSet::new();
        let mut known = Known::of(self.notebook()?.views.directory_entries());
        // What each entry was before the file, and what it becomes: a file may speak of one entry several times.
        let mut becomes: Vec<(Option<DirectoryEntry>, DirectoryEntry)> = Vec::new();
        // What the file names each by, what it names from there, and where that entry is.
        let mut links: Vec<(String, Vec<String>, usize)> = Vec::new();
        let communes = Communes::parse(communes).ok();
        let lines = match &source {
            Source::Inclusion(items) => items.lines(communes.as_ref()),
            _ => source.lines(&columns),
        };
        for line in lines {
            let mut line = match line {
                Ok(line) => line,
                Err(refused) => {
                    let why = refused.why.code().to_owned();
                    report.refused.push(LineNote { line: refused.line as u32, why, text: shortened(&refused.text) });
                    continue;
                }
            };
            let views = &self.notebook()?.views;
            Language::ALL.into_iter().for_each(|language| line.recognise(views.lists_in(language)));
            for remark in &line.remarks {
                if let Remark::NewRole(role) = remark {
                    new_roles.insert(role.clone());
                }
                let text = shortened(remark.text());
                report.remarks.push(LineNote { line: line.line as u32, why: remark.code().to_owned(), text });
            }
            for left_out in &line.left_out {
                let text = shortened(left_out);
                report.remarks.push(LineNote { line: line.line as u32, why: "left_out".to_owned(), text });
            }
            let ambient = &mut self.ambient;
            let mut new_line = || LineId(random_array(ambient));
            let candidate = line.to_entry(EntryId([0; 16]), &mut new_line);
            let is_same = |place: &Place| {
                let entry = match place {
                    Place::Notebook(id) => known.entries.get(id),
                    Place::File(at) => becomes.get(*at).map(|(_, entry)| entry),
                };
                entry.is_some_and(|entry| line.uid == Some(entry.id) || !line.is_another_than(entry))
            };
            // A service is of the structure that it names, and of no other.
            let is_part = line.display_name().is_empty();
            let found = match is_part {
                true => known.named_by(line.uid),
                false => known.places(line.uid, &candidate).find(is_same),
            };
            if found.is_none() && is_part {
                let why = Refusal::UnknownStructure.code().to_owned();
                let text = line.missions.first().map(|mission| shortened(&mission.what)).unwrap_or_default();
                report.refused.push(LineNote { line: line.line as u32, why, text });
                continue;
            }
            match found {
                Some(found) => {
                    let at = match found {
                        Place::Notebook(id) => {
                            let entry = known.entries.get(&id).cloned().ok_or(Failure::NotFound)?;
                            becomes.push((Some(entry.clone()), entry));
                            becomes.len() - 1
                        }
                        Place::File(at) => at,
                    };
                    let before = becomes[at].1.clone();
                    // What was there stays: someone may have corrected it. What the file says otherwise is told.
                    for (_, text) in line.differences(&before) {
                        let note =
                            LineNote { line: line.line as u32, why: "kept_other".to_owned(), text: shortened(text) };
                        report.remarks.push(note);
                    }
                    let completed = line.complete(&before, new_line);
                    match completed == before {
                        true => report.unchanged += 1,
                        false => report.completed += 1,
                    }
                    known.now_at(&completed, at);
                    known.is_also(line.uid, at);
                    becomes[at].1 = completed;
                    links.push((line.named, line.linked, at));
                }
                None => {
                    // An id that was once here and undone is taken too: the entry is made under another.
                    let views = &self.open.as_ref().ok_or(Failure::Locked)?.views;
                    let is_free = |id: &EntryId| !known.ids.contains(id) && views.document((*id).into()).is_none();
                    let id = line.uid.filter(is_free).unwrap_or_else(|| EntryId(random_array(&mut self.ambient)));
                    let entry = DirectoryEntry { id, ..candidate };
                    known.now_at(&entry, becomes.len());
                    known.is_also(line.uid, becomes.len());
                    links.push((line.named, line.linked, becomes.len()));
                    becomes.push((None, entry));
                    report.created += 1;
                }
            }
        }
        link_cards(&mut becomes, &links, &known.entries);
        link_workplaces(&mut becomes, known.entries.values());
        let mut plan = Plan::new("import_directory");
        for (before, after) in becomes {
            match before {
                Some(before) => {
                    let changes = before.changes_to(&after);
                    if !changes.is_empty() {
                        plan.edit(Target::Document(after.id.into()), move |document| {
                            changes.iter().try_for_each(|change| directory::write(document, change))
                        });
                    }
                }
                None => {
                    let changes = DirectoryEntry::empty(after.id, after.kind.clone()).changes_to(&after);
                    plan_new_entry(&mut plan, after.id, after.kind, changes);
                }
            }
        }
        report.new_roles = new_roles.into_iter().collect();
        if let Response::Saved(saved) = self.save(plan).await? {
            report.act = Some(saved.act);
        }
        Ok(Response::Imported(Box::new(report)))
    }
}

/// Says by its entry where someone new works, where a card names the other: theirs the structure's, or a group's theirs.
fn link_cards(
    becomes: &mut [(Option<DirectoryEntry>, DirectoryEntry)],
    links: &[(String, Vec<String>, usize)],
    there: &HashMap<EntryId, DirectoryEntry>,
) {
    let in_file: HashMap<&str, usize> =
        links.iter().filter(|(name, ..)| !name.is_empty()).map(|(name, _, at)| (name.as_str(), *at)).collect();
    for (_, linked, at) in links {
        for name in linked {
            let one = &becomes[*at].1;
            let (who, structure) = match in_file.get(name.as_str()).map(|other| (*other, &becomes[*other].1)) {
                Some((_, other)) if other.kind == EntryKind::Structure => (*at, other.clone()),
                Some((other, _)) => (other, one.clone()),
                // A structure that is here already, named by its own id.
                None => match there.get(&EntryId(id_in(name))) {
                    Some(other) => (*at, other.clone()),
                    None => continue,
                },
            };
            let (before, someone) = &mut becomes[who];
            let is_free = someone.workplace.is_empty() || fold(&someone.workplace) == fold(&structure.name);
            let is_someone = someone.kind != EntryKind::Structure && structure.kind == EntryKind::Structure;
            if before.is_none() && is_someone && someone.works_at.is_none() && is_free {
                someone.works_at = Some(structure.id);
                someone.workplace.clear();
            }
        }
    }
}

/// The id in a name of ours; of nobody where it is none.
fn id_in(name: &str) -> [u8; 16] {
    let digits = name.strip_prefix("urn:uuid:").unwrap_or_default().replace('-', "");
    EntryId::parse(&digits).map_or([0; 16], |id| id.0)
}

/// Says by its entry where someone new works, where one structure alone has that name.
fn link_workplaces<'a>(
    becomes: &mut [(Option<DirectoryEntry>, DirectoryEntry)],
    there: impl Iterator<Item = &'a DirectoryEntry>,
) {
    let mut structures: HashMap<String, BTreeSet<EntryId>> = HashMap::new();
    let mut note = |entry: &DirectoryEntry| {
        if entry.kind == EntryKind::Structure {
            structures.entry(fold(&entry.name)).or_default().insert(entry.id);
        }
    };
    there.for_each(&mut note);
    becomes.iter().for_each(|(_, entry)| note(entry));
    let someone_new = |entry: &DirectoryEntry| entry.kind != EntryKind::Structure && entry.works_at.is_none();
    for (before, entry) in becomes.iter_mut().filter(|(_, entry)| someone_new(entry)) {
        let named = structures.get(&fold(&entry.workplace)).filter(|ids| ids.len() == 1);
        if let (None, Some(id)) = (before, named.and_then(|ids| ids.first())) {
            entry.works_at = Some(*id);
            entry.workplace.clear();
        }
    }
}

/// The entries there are, by what may name the same one twice.
struct Known {
    by_key: HashMap<String, Vec<Place>>,
    ids: BTreeSet<EntryId>,
    entries: HashMap<EntryId, DirectoryEntry>,
}

/// Where an entry is: as the notebook has it, or as the file has made it so far.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Notebook(EntryId),
    File(usize),
}

impl Known {
    fn of(entries: Vec<&DirectoryEntry>) -> Self {
        let mut known = Known { by_key: HashMap::new(), ids: BTreeSet::new(), entries: HashMap::new() };
        for entry in entries {
            known.ids.insert(entry.id);
            known.entries.insert(entry.id, entry.clone());
            for key in keys(entry) {
                known.by_key.entry(key).or_default().push(Place::Notebook(entry.id));
            }
        }
        known
    }

    /// Every entry that a line may speak of, the likeliest first.
    fn places(&self, uid: Option<EntryId>, candidate: &DirectoryEntry) -> impl Iterator<Item = Place> {
        let asked = uid.map(id_key).into_iter().chain(keys(candidate).into_iter().skip(1));
        asked.filter_map(|key| self.by_key.get(&key)).flatten().copied()
    }

    /// The entry that the file names by that id.
    fn named_by(&self, uid: Option<EntryId>) -> Option<Place> {
        self.by_key.get(&id_key(uid?))?.first().copied()
    }

    /// The file names by that id what is at that place, whatever its own id is.
    fn is_also(&mut self, uid: Option<EntryId>, at: usize) {
        if let Some(uid) = uid {
            let places = self.by_key.entry(id_key(uid)).or_default();
            if !places.contains(&Place::File(at)) {
                places.push(Place::File(at));
            }
        }
    }

    /// From now on what names that entry leads to its place in the file.
    fn now_at(&mut self, entry: &DirectoryEntry, at: usize) {
        self.ids.insert(entry.id);
        for key in keys(entry) {
            let places = self.by_key.entry(key).or_default();
            places.retain(|place| *place != Place::Notebook(entry.id) && *place != Place::File(at));
            places.push(Place::File(at));
        }
    }
}

/// Its id, then what may name the entry twice; a structure and a person of one name are two.
fn keys(entry: &DirectoryEntry) -> Vec<String> {
    let kind = if entry.kind == EntryKind::Structure { "structure" } else { "someone" };
    let named = identity(entry).into_iter().map(|key| format!("{kind} {key}"));
    std::iter::once(id_key(entry.id)).chain(named).collect()
}

fn id_key(id: EntryId) -> String {
    format!("id {id}")
}
