//! The addresses of communes: what is kept, and an address found as one types it.

use std::collections::BTreeMap;

use maillon_shared::api::addresses::KeptCommune;
use maillon_shared::domain::address_search::{AddressFound, find};
use maillon_shared::domain::addresses::{AddressList, Hamlets};
use maillon_shared::domain::ids::DocId;
use maillon_shared::text::sort::sort_key;

use super::{Cached, Content, Views};

impl Views {
    /// The list of each commune, by code, with its document. Of two that two devices made, the later file is shown.
    pub fn address_lists(&self) -> BTreeMap<&str, (&AddressList, DocId)> {
        let mut lists: BTreeMap<&str, (&AddressList, DocId)> = BTreeMap::new();
        for (list, id) in self.every_address_list() {
            let held = lists.entry(&list.commune_code).or_insert((list, id));
            if (held.0.imported_on, held.1) < (list.imported_on, id) {
                *held = (list, id);
            }
        }
        lists
    }

    fn every_address_list(&self) -> impl Iterator<Item = (&AddressList, DocId)> {
        self.documents.iter().filter_map(|(id, cached)| match cached {
            Cached { content: Content::Addresses(list), undone: false, .. } => Some((&**list, *id)),
            _ => None,
        })
    }

    /// Every document of the addresses of a commune.
    pub fn address_documents(&self, code: &str) -> Vec<DocId> {
        let mut ids: Vec<_> =
            self.every_address_list().filter(|(list, _)| list.commune_code == code).map(|(_, id)| id).collect();
        ids.sort_unstable();
        ids
    }

    /// The communes whose addresses are kept, by name.
    pub fn kept_communes(&self) -> Vec<KeptCommune> {
        let kept = |(list, _): (&AddressList, DocId)| {
            let numbers = || list.ways.iter().flat_map(|way| &way.numbers);
            KeptCommune {
                code: list.commune_code.clone(),
                name: list.commune.clone(),
                addresses: numbers().count() as u32,
                ways: list.ways.len() as u32,
                without_point: numbers().filter(|number| number.point.is_none()).count() as u32,
                imported_on: list.imported_on,
            }
        };
        let mut communes: Vec<_> = self.address_lists().into_values().map(kept).collect();
        communes.sort_by_cached_key(|commune| (sort_key(&commune.name), commune.code.clone()));
        communes
    }

    /// The addresses that fit what was typed, the best first.
    pub fn find_addresses(&self, typed: &str, limit: usize) -> Vec<AddressFound> {
        find(self.address_lists().into_values().map(|(list, _)| list), typed, limit)
    }

    /// Where the hamlets are.
    pub fn hamlets(&self) -> Hamlets {
        let mut hamlets = Hamlets::of(self.address_lists().into_values().map(|(list, _)| list));
        for person in self.people() {
            if let Some(position) = person.position() {
                hamlets.lives_there(&person.address.hamlet, &person.address.commune, position.point);
            }
        }
        hamlets
    }
}
