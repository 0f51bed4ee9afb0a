//! What is offered to others, as screens read it; and what is due back, for whoever said that they lend it or have it.
//!
//! Nothing is added up here by person or by structure, and the order of a list says nothing of anyone.

use std::cmp::Reverse;

use chrono::{Days, NaiveDate};
use maillon_shared::api::means::{AllMeans, MeansDueRow, MeansFile, MeansRow};
use maillon_shared::domain::ids::{DocId, EntryId, EventId, GroupId, LineId, MeansId};
use maillon_shared::domain::means::SharedMeans;
use maillon_shared::domain::time::PartialDate;
use maillon_shared::text::sort::sort_key;

use super::{Content, Views};

impl Views {
    /// A thing that is offered.
    pub fn means(&self, id: MeansId) -> Option<&SharedMeans> {
        match self.documents.get(&id.into()).filter(|cached| !cached.undone).map(|cached| &cached.content) {
            Some(Content::Means(means)) => Some(means),
            _ => None,
        }
    }

    /// Everything that stands.
    fn all_means(&self) -> impl Iterator<Item = &SharedMeans> {
        let shown = self.documents.values().filter(|cached| !cached.undone);
        shown.filter_map(|cached| match &cached.content {
            Content::Means(means) if !means.withdrawn => Some(&**means),
            _ => None,
        })
    }

    /// Everything, by title.
    pub fn means_rows(&self) -> AllMeans {
        let row = |means: &SharedMeans| MeansRow {
            owner: self.called(means.about.owner_entry, &means.about.owner),
            group: self.group_of(means.id.into()).map(|id| (id, self.group_name(id))),
            means: means.clone(),
        };
        let mut rows: Vec<MeansRow> = self.all_means().map(row).collect();
        rows.sort_by_cached_key(|row| (sort_key(&row.means.about.title), row.means.id));
        AllMeans { rows, groups: Vec::new() }
    }

    /// What is offered in a group, by title.
    pub fn means_of(&self, group: GroupId) -> Vec<(MeansId, String)> {
        let here = self.all_means().filter(|means| self.group_of(means.id.into()) == Some(group));
        let mut rows: Vec<_> = here.map(|means| (means.id, means.about.title.clone())).collect();
        rows.sort_by_cached_key(|(id, title)| (sort_key(title), *id));
        rows
    }

    /// One thing and what goes with it.
    pub fn means_file(&self, id: MeansId) -> Option<MeansFile> {
        let means = self.means(id)?;
        let group = self.group_of(id.into());
        let mine = self.mine();
        Some(MeansFile {
            names: self.names_of(means.entries()),
            events: self.events_for(means, group),
            is_lent: mine.contains(&LineId(id.0)),
            borrowed: means.loans.iter().map(|loan| loan.id).filter(|loan| mine.contains(loan)).collect(),
            group: group.map(|id| (id, self.group_name(id))),
            may_write: true,
            conflicts: Vec::new(),
            means: means.clone(),
        })
    }

    /// The events for which it could be asked, of that group or, on one's own, whatever is read here; and those for which it was.
    fn events_for(&self, means: &SharedMeans, group: Option<GroupId>) -> Vec<(EventId, String, Option<PartialDate>)> {
        let is_theirs = |id: EventId| group.is_none() || self.group_of(id.into()) == group;
        let is_here = |id: EventId| means.loans.iter().any(|loan| loan.event == Some(id));
        let offered = self.events().filter(|event| is_theirs(event.id) || is_here(event.id));
        let mut events: Vec<_> = offered.map(|event| (event.id, event.title.clone(), event.shown_at())).collect();
        events.sort_by_cached_key(|(id, title, at)| (Reverse(*at), sort_key(title), *id));
        events
    }

    /// What someone is called: by their entry of the directory, else in words.
    fn called(&self, entry: Option<EntryId>, words: &str) -> String {
        let named = entry.map(|entry| self.name_of_entry(entry)).filter(|name| !name.is_empty());
        named.unwrap_or_else(|| words.to_owned())
    }

    /// What this coordinator said to lend or to have, on whichever of their devices.
    fn mine(&self) -> Vec<LineId> {
        let all = self.documents.values().filter_map(|cached| match &cached.content {
            Content::OwnMeans(mine) => Some(mine),
            _ => None,
        });
        all.flatten().copied().collect()
    }

    /// The documents in which that is said of it.
    pub fn mine_documents(&self, id: LineId) -> Vec<DocId> {
        let says_so = |content: &Content| matches!(content, Content::OwnMeans(mine) if mine.contains(&id));
        self.documents.iter().filter(|(_, cached)| says_so(&cached.content)).map(|(id, _)| *id).collect()
    }

    /// What is due back up to so many days after a day, the earliest first: of what is one's own, and of what is common where this
    /// coordinator said that they lend it, or have it. Nobody is told what others owe each other.
    pub fn means_due(&self, day: NaiveDate, days_after: u64) -> Vec<MeansDueRow> {
        let horizon = day.checked_add_days(Days::new(days_after)).unwrap_or(day);
        let mine = self.mine();
        let mut rows = Vec::new();
        for means in self.all_means() {
            let is_lent = self.group_of(means.id.into()).is_none() || mine.contains(&LineId(means.id.0));
            for (due, loan) in means.due_back().into_iter().filter(|(due, _)| *due <= horizon) {
                let is_borrowed = mine.contains(&loan.id);
                if is_lent || is_borrowed {
                    rows.push(MeansDueRow {
                        means: means.id,
                        loan: loan.id,
                        title: means.about.title.clone(),
                        who: self.called(loan.who_entry, &loan.who),
                        is_borrowed,
                        due,
                        days_late: loan.days_late(day).unwrap_or(0),
                    });
                }
            }
        }
        rows.sort_by_key(|row| (row.due, row.means, row.loan));
        rows
    }
}
