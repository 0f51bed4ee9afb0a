//! The register on paper, for the agents designated by name: hamlet by hamlet, dated, to be destroyed after use.

use std::collections::BTreeMap;

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::domain::register::RegisterEntry;
use maillon_shared::text::sort::sort_key;

use super::table::EntriesTable;
use crate::door::answer;
use crate::routes::{RegisterRoute, Route};
use crate::ui::{Back, OnPaper, Paper, PrintButton, Title, load_once, when_loaded};
use crate::words::register as w;

/// The list to print.
#[component]
pub fn PrintPage() -> impl IntoView {
    let loaded = load_once(|| async { answer!(Request::Registered, Registered(entries) => entries) });
    view! {
        <Back to=Route::Register(RegisterRoute::List) label=w::title />
        <div class="heading">
            <Title>{w::print_title}</Title>
            <PrintButton label=w::print class="main" />
        </div>
        <OnPaper paper=Paper::NamesPeople />
        <p class="state-note">{w::for_agents}</p>
        {when_loaded(
            loaded,
            |entries| {
                let entries = entries.get_untracked();
                let count = entries.len() as u32;
                let hamlet = |(hamlet, entries): (String, Vec<RegisterEntry>)| {
                    let name = if hamlet.is_empty() { w::no_hamlet().to_owned() } else { hamlet };
                    view! {
                        <h2>{name} <span class="count">{entries.len()}</span></h2>
                        <EntriesTable entries=entries />
                    }
                };
                view! {
                    <p>{move || w::count(count)}</p>
                    {by_hamlet(entries).into_iter().map(hamlet).collect_view()}
                }
            },
        )}
    }
}

/// Hamlets in their order, those who have none last; within each, the order in which they come.
fn by_hamlet(entries: Vec<RegisterEntry>) -> Vec<(String, Vec<RegisterEntry>)> {
    let mut hamlets: BTreeMap<(bool, String, String), Vec<RegisterEntry>> = BTreeMap::new();
    for entry in entries {
        let hamlet = entry.address.hamlet.trim().to_owned();
        hamlets.entry((hamlet.is_empty(), sort_key(&hamlet), hamlet)).or_default().push(entry);
    }
    hamlets.into_iter().map(|((_, _, hamlet), entries)| (hamlet, entries)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use maillon_shared::domain::ids::RegisterEntryId;

    #[test]
    fn hamlets_come_in_their_order_and_whoever_has_none_last() {
        let entry = |id: u8, hamlet: &str| {
            let mut entry = RegisterEntry::empty(RegisterEntryId([id; 16]));
            entry.address.hamlet = hamlet.into();
            entry
        };
        let all = vec![entry(1, ""), entry(2, "Les Gâts"), entry(3, "La Roussière"), entry(4, "Les Gâts")];
        let found: Vec<_> = by_hamlet(all)
            .into_iter()
            .map(|(hamlet, entries)| (hamlet, entries.iter().map(|entry| entry.id.0[0]).collect::<Vec<_>>()))
            .collect();
        assert_eq!(
            found,
            [("La Roussière".into(), vec![3]), ("Les Gâts".into(), vec![2, 4]), (String::new(), vec![1])]
        );
    }
}
