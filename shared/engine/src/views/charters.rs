//! Charters of posts, as screens read them: what each asks for by its day, and never how late it is.

use std::cmp::Reverse;

use chrono::{Days, NaiveDate};
use maillon_shared::api::charter::{CharterDueRow, CharterFile, CharterRow, Charters};
use maillon_shared::domain::calendar::Calendar;
use maillon_shared::domain::charter::{CharterDue, Moment, PostCharter};
use maillon_shared::domain::ids::{CharterId, GroupId};
use maillon_shared::text::sort::sort_key;

use super::{Content, Views};

impl Views {
    /// A charter.
    pub fn charter(&self, id: CharterId) -> Option<&PostCharter> {
        match self.documents.get(&id.into()).filter(|cached| !cached.undone).map(|cached| &cached.content) {
            Some(Content::Charter(charter)) => Some(charter),
            _ => None,
        }
    }

    fn charters(&self) -> impl Iterator<Item = &PostCharter> {
        let shown = self.documents.values().filter(|cached| !cached.undone);
        shown.filter_map(|cached| match &cached.content {
            Content::Charter(charter) if !charter.withdrawn => Some(&**charter),
            _ => None,
        })
    }

    /// Every charter, the last that begins first.
    pub fn charter_rows(&self) -> Charters {
        let row = |charter: &PostCharter| CharterRow {
            id: charter.id,
            title: charter.about.title.clone(),
            commune: charter.about.commune.clone(),
            begins: charter.about.begins,
            ends: charter.about.ends,
            decision: charter.about.decision.clone(),
            group: self.group_of(charter.id.into()).map(|id| (id, self.group_name(id))),
        };
        let mut rows: Vec<CharterRow> = self.charters().map(row).collect();
        rows.sort_by_cached_key(|row| (Reverse(row.begins), sort_key(&row.title), row.id));
        Charters { rows, groups: Vec::new(), commune: self.settings().0.commune }
    }

    /// The charters of a group, by title.
    pub fn charters_of(&self, group: GroupId) -> Vec<(CharterId, String)> {
        let here = self.charters().filter(|charter| self.group_of(charter.id.into()) == Some(group));
        let mut rows: Vec<_> = here.map(|one| (one.id, one.about.title.clone())).collect();
        rows.sort_by_cached_key(|(id, title)| (sort_key(title), *id));
        rows
    }

    /// One charter and what goes with it.
    pub fn charter_file(&self, id: CharterId) -> Option<CharterFile> {
        let charter = self.charter(id)?;
        let settings = self.settings().0;
        let calendar = Calendar::of(&settings);
        let proposed = |moment: Moment| Some((moment, moment.proposed(charter.about.begins?, &calendar)?));
        let group = self.group_of(id.into());
        Some(CharterFile {
            proposed: Moment::POINTS.into_iter().filter_map(proposed).collect(),
            due: self.charter_due(charter, &calendar),
            threshold: settings.summary_threshold(),
            names: self.names_of(charter.entries()),
            group: group.map(|id| (id, self.group_name(id))),
            may_write: true,
            conflicts: Vec::new(),
            charter: charter.clone(),
        })
    }

    fn charter_due(&self, charter: &PostCharter, calendar: &Calendar) -> Vec<CharterDueRow> {
        let row = |(day, due): (NaiveDate, CharterDue)| {
            let (what, who) = self.said_of_charter_due(charter, due);
            CharterDueRow { charter: charter.id, title: charter.about.title.clone(), day, due, what, who }
        };
        charter.due(calendar).into_iter().map(row).collect()
    }

    /// What is due, in words, and whose it is.
    fn said_of_charter_due(&self, charter: &PostCharter, due: CharterDue) -> (String, String) {
        let CharterDue::Commitment(line) = due else { return Default::default() };
        let Some(commitment) = charter.commitments.iter().find(|one| one.id == line) else { return Default::default() };
        let who = charter.signatory(commitment.of).map(|one| {
            let named = one.who_entry.map(|entry| self.name_of_entry(entry));
            named.filter(|name| !name.is_empty()).unwrap_or_else(|| one.who.clone())
        });
        (commitment.text.clone(), who.unwrap_or_default())
    }

    /// What charters ask for, up to so many days after a day, by day.
    pub fn charters_due(&self, day: NaiveDate, days_after: u64) -> Vec<CharterDueRow> {
        let horizon = day.checked_add_days(Days::new(days_after)).unwrap_or(day);
        let calendar = Calendar::of(&self.settings().0);
        let mut rows: Vec<_> = self.charters().flat_map(|charter| self.charter_due(charter, &calendar)).collect();
        rows.retain(|row| row.day <= horizon);
        rows.sort_by_key(|row| (row.day, row.charter, row.due));
        rows
    }
}
