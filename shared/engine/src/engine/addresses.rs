//! Addresses of communes: a file looked at, taken in as one act, taken away as one act; an address found.

use std::collections::{BTreeMap, BTreeSet};

use maillon_shared::api::addresses::{
    AddressFile, AddressesAnswer, AddressesImported, AddressesQuestion, AddressesWrite, CommuneOfFile, ImportedCommune,
    RefusedLines,
};
use maillon_shared::api::errors::{FileProblem, Invalid};
use maillon_shared::api::{Answer, Failure, Response};
use maillon_shared::domain::addresses::{AddressList, Way};
use maillon_shared::domain::ids::DocId;
use maillon_shared::text::sort::sort_key;

use super::Engine;
use crate::ambient::{Ambient, random_array};
use crate::exchange::addresses::{AddressRefusal, AddressesError, read};
use crate::journal::records::address_list;
use crate::journal::{Header, Kind};
use crate::notebook::{Plan, Target};
use crate::store::Store;

/// How many are ever found at once.
const MOST_FOUND: u16 = 50;
/// Nobody types an address so long.
const LONGEST_TYPED_CHARS: usize = 200;

impl<S: Store, A: Ambient> Engine<S, A> {
    pub(super) fn read_addresses(&mut self, question: AddressesQuestion) -> Answer {
        let views = &self.notebook()?.views;
        let answer = match question {
            AddressesQuestion::Kept => AddressesAnswer::Kept(views.kept_communes()),
            AddressesQuestion::Find { text, limit } => {
                let typed: String = text.chars().take(LONGEST_TYPED_CHARS).collect();
                AddressesAnswer::Found(views.find_addresses(&typed, limit.min(MOST_FOUND).into()))
            }
            AddressesQuestion::Look(file) => {
                let read = read(&file, |_| false).map_err(failure_of_addresses)?;
                let mine = views.settings().0.commune_code;
                let kept = views.address_lists();
                let alone = read.communes.len() == 1;
                let commune = |(code, (name, lines)): (String, (String, u32))| CommuneOfFile {
                    proposed: alone || code == mine || kept.contains_key(code.as_str()),
                    code,
                    name,
                    lines,
                };
                let mut communes: Vec<_> = read.communes.into_iter().map(commune).collect();
                communes.sort_by_cached_key(|commune| {
                    (commune.code != mine, sort_key(&commune.name), commune.code.clone())
                });
                AddressesAnswer::Look(AddressFile {
                    lines: read.lines,
                    communes,
                    refused: refused_lines(&read.refused),
                })
            }
        };
        Ok(Response::Addresses(Box::new(answer)))
    }

    pub(super) async fn write_addresses(&mut self, write: AddressesWrite) -> Answer {
        match write {
            AddressesWrite::Import { file, communes } => self.import_addresses(&file, communes).await,
            AddressesWrite::Remove(code) => self.remove_addresses(&code).await,
        }
    }

    async fn import_addresses(&mut self, file: &[u8], communes: Vec<String>) -> Answer {
        let wanted: BTreeSet<String> = communes.into_iter().collect();
        let today = self.today();
        let read = read(file, |code| wanted.contains(code)).map_err(failure_of_addresses)?;
        if wanted.is_empty() || read.kept.is_empty() {
            return Err(Failure::Invalid(Invalid::Empty));
        }
        let elsewhere = read.communes.iter().filter(|(code, _)| !wanted.contains(*code)).map(|(_, (_, lines))| lines);
        let mut imported = AddressesImported {
            elsewhere: elsewhere.sum(),
            again: read.again,
            refused: refused_lines(&read.refused),
            ..AddressesImported::default()
        };
        let mut plan = Plan::new("import_addresses");
        let mut new_ids: Vec<DocId> = Vec::new();
        for _ in &read.kept {
            new_ids.push(DocId(random_array(&mut self.ambient)));
        }
        let views = &self.notebook()?.views;
        let lists = views.address_lists();
        for (code, ways) in read.kept {
            let name = read.communes.get(&code).map(|(name, _)| name.clone()).unwrap_or_default();
            let list = AddressList { commune_code: code, commune: name, imported_on: today, ways };
            let held = lists.get(list.commune_code.as_str());
            imported.communes.push(told(&list, held.map(|(held, _)| *held)));
            // The day of a file that changes nothing is nobody's business: it would be an act that does nothing.
            if held.is_some_and(|(held, _)| held.ways == list.ways && held.commune == list.commune) {
                continue;
            }
            let target = match (held, new_ids.pop()) {
                (Some((_, id)), _) => Target::Document(*id),
                (None, Some(id)) => Target::New(Header::new(id, Kind::Addresses, None, 0)),
                (None, None) => continue,
            };
            plan.edit(target, move |document| address_list::write(document, &list));
        }
        if let Response::Saved(saved) = self.save(plan).await? {
            imported.act = Some(saved.act);
        }
        Ok(Response::Addresses(Box::new(AddressesAnswer::Imported(imported))))
    }

    async fn remove_addresses(&mut self, code: &str) -> Answer {
        let documents = self.notebook()?.views.address_documents(code);
        if documents.is_empty() {
            return Err(Failure::NotFound);
        }
        let mut plan = Plan::new("remove_addresses");
        for id in documents {
            plan.edit(Target::Document(id), address_list::remove);
        }
        self.save(plan).await
    }
}

/// What a list brings to the one that was kept.
fn told(list: &AddressList, held: Option<&AddressList>) -> ImportedCommune {
    fn named(ways: &[Way]) -> BTreeSet<(&str, &str, u16, &str)> {
        let numbers = |way| {
            let Way { name, hamlet, numbers, .. }: &Way = way;
            numbers.iter().map(move |one| (name.as_str(), hamlet.as_str(), one.number, one.suffix.as_str()))
        };
        ways.iter().flat_map(numbers).collect()
    }
    let now = named(&list.ways);
    let then = held.map(|held| named(&held.ways)).unwrap_or_default();
    let numbers = list.ways.iter().flat_map(|way| &way.numbers);
    ImportedCommune {
        code: list.commune_code.clone(),
        name: list.commune.clone(),
        addresses: list.addresses() as u32,
        new: now.difference(&then).count() as u32,
        gone: then.difference(&now).count() as u32,
        without_point: numbers.filter(|number| number.point.is_none()).count() as u32,
    }
}

fn refused_lines(refused: &BTreeMap<AddressRefusal, (u32, u32)>) -> Vec<RefusedLines> {
    let one = |(why, (count, first)): (&AddressRefusal, &(u32, u32))| RefusedLines {
        why: why.code().to_owned(),
        count: *count,
        first: *first,
    };
    refused.iter().map(one).collect()
}

fn failure_of_addresses(error: AddressesError) -> Failure {
    Failure::UnreadableFile(match error {
        AddressesError::Empty => FileProblem::Empty,
        AddressesError::TooLarge => FileProblem::TooLarge,
        AddressesError::UnknownKind => FileProblem::UnknownKind,
        AddressesError::Damaged => FileProblem::Damaged,
    })
}
