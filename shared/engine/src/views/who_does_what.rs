//! *Qui fait quoi* and news of partners, over the whole directory.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{Months, NaiveDate};
use maillon_shared::api::responses::{AbsenceShown, InTouch, PublicLine, TouchRow, WhoAnswer, WhoDoesWhat};
use maillon_shared::domain::absence::Absence;
use maillon_shared::domain::directory::{DirectoryEntry, EntryKind};
use maillon_shared::domain::ids::{EntryId, LineId};
use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::who_does_what::{Doubt, Freshness, Question, answer, communes, coverage};
use maillon_shared::text::language::Language;
use maillon_shared::text::sort::sort_key;

use super::lists::{entry_row, entry_sort_key};
use super::{Content, Views};

/// How many answers go out at most: nobody reads more, and the question can be narrowed.
const MOST_ANSWERS: usize = 200;
/// Not a topic that a commune lacks.
const OTHER: &str = "other";

impl Views {
    /// Who answers, and where nobody or several do.
    pub fn who_does_what(&self, question: &Question, today: NaiveDate) -> WhoDoesWhat {
        let (settings, _) = self.settings();
        let fresh = Freshness { today, months: settings.recheck_months() };
        let entries: Vec<&DirectoryEntry> = self.entries().filter(|entry| !entry.offers.is_empty()).collect();
        let mut found: Vec<_> = entries
            .iter()
            .flat_map(|entry| entry.offers.iter().filter_map(|mission| answer(entry, mission, question, fresh)))
            .collect();
        found.sort_by_cached_key(|one| (one.rank(), entry_sort_key(one.entry), one.mission.id));
        let count = found.len() as u32;
        let day = question.day.unwrap_or(today);
        let answers = found
            .into_iter()
            .take(MOST_ANSWERS)
            .map(|one| WhoAnswer {
                entry: entry_row(one.entry),
                email: one.entry.email.clone(),
                mission: one.mission.clone(),
                doubts: one.doubts,
                absence: one.absence.map(|absence| self.absence_shown(absence, day)),
            })
            .collect();
        let missions = || entries.iter().flat_map(|entry| &entry.offers);
        let communes = communes(entries.iter().copied(), (&settings.commune_code, &settings.commune));
        // The ids are the same in both languages.
        let usual = |list| self.lists_in(Language::Fr).items(list).iter().map(|item| item.id.clone());
        let own = |list, used: BTreeSet<&String>| -> Vec<String> {
            let mut all: Vec<String> = usual(list).collect();
            let others: Vec<String> =
                used.into_iter().filter(|one| !one.is_empty() && !all.contains(one)).cloned().collect();
            all.extend(others);
            all
        };
        let topics = own(ListId::RequestTopics, missions().map(|mission| &mission.topic).collect());
        let publics = own(ListId::Publics, missions().flat_map(|mission| &mission.publics).collect());
        let looked_at: Vec<String> = match question.topic.as_str() {
            "" => topics.iter().filter(|topic| *topic != OTHER).cloned().collect(),
            topic => vec![topic.to_owned()],
        };
        let mut asked = communes.clone();
        if !question.commune.is_empty() {
            asked.retain(|key, _| *key == question.commune);
        }
        let coverage = coverage(&entries, &looked_at, &asked, &question.public);
        WhoDoesWhat {
            day,
            answers,
            count,
            missions: missions().count() as u32,
            topics,
            publics,
            communes: by_name(communes),
            coverage,
        }
    }

    /// What inhabitants may read of a commune, by topic and name: nothing that is only for those who coordinate.
    pub fn public_lines(&self, commune: &str, today: NaiveDate) -> Vec<PublicLine> {
        let mut lines = Vec::new();
        for entry in self.entries() {
            for mission in entry.offers.iter().filter(|mission| mission.for_inhabitants) {
                let there = mission.communes.is_empty() || mission.communes.contains_key(commune);
                if !commune.is_empty() && !there {
                    continue;
                }
                // A relay's own telephone is given only where it was written for this mission.
                let first = entry.phones.first().filter(|_| entry.kind != EntryKind::Relay);
                let phone = match mission.phone.trim() {
                    "" => first.map(|phone| phone.number.clone()).unwrap_or_default(),
                    phone => phone.to_owned(),
                };
                let away = entry.absences.iter().find(|absence| absence.holds_on(today));
                lines.push((
                    entry_sort_key(entry),
                    PublicLine {
                        entry: entry.id,
                        mission: mission.id,
                        topic: mission.topic.clone(),
                        name: entry.display_name(),
                        what: mission.what.clone(),
                        publics: mission.publics.iter().cloned().collect(),
                        access: mission.access.clone(),
                        hours: if mission.hours.trim().is_empty() {
                            entry.hours.clone()
                        } else {
                            mission.hours.clone()
                        },
                        days: mission.days.iter().copied().collect(),
                        phone,
                        website: if entry.kind == EntryKind::Relay { String::new() } else { entry.website.clone() },
                        place: place_of(entry),
                        is_somewhere: !mission.communes.is_empty(),
                        absent: away.is_some(),
                    },
                ));
            }
        }
        lines.sort_by(|(name, one), (other_name, other)| (&one.topic, name).cmp(&(&other.topic, other_name)));
        lines.into_iter().map(|(_, line)| line).collect()
    }

    /// An absence, with who stands in and how to call them; and whether they are absent that day too.
    pub(super) fn absence_shown(&self, absence: &Absence, day: NaiveDate) -> AbsenceShown {
        let stand_in = absence.stand_in.and_then(|id| self.entry(id));
        AbsenceShown {
            absence: absence.clone(),
            stand_in_is_absent: stand_in.is_some_and(|one| one.absences.iter().any(|other| other.holds_on(day))),
            stand_in: stand_in.map(entry_row),
        }
    }

    /// What is to be verified of each mission of an entry.
    pub(super) fn doubts_of(&self, entry: &DirectoryEntry, today: NaiveDate) -> Vec<(LineId, Vec<Doubt>)> {
        let fresh = Freshness { today, months: self.settings().0.recheck_months() };
        let doubts = |mission| answer(entry, mission, &Question::default(), fresh).map(|found| found.doubts);
        entry.offers.iter().map(|mission| (mission.id, doubts(mission).unwrap_or_default())).collect()
    }

    /// When each entry was last met or spoken to, in one pass.
    fn contacts_of_entries(&self) -> HashMap<EntryId, NaiveDate> {
        let mut last: HashMap<EntryId, NaiveDate> = HashMap::new();
        for cached in self.documents.values().filter(|cached| !cached.undone) {
            let Content::Journal { encounters, .. } = &cached.content else { continue };
            for encounter in encounters.iter().filter(|encounter| encounter.is_contact()) {
                if let Some(entry) = encounter.with_entry {
                    let held = last.entry(entry).or_insert(encounter.day);
                    *held = (*held).max(encounter.day);
                }
            }
        }
        last
    }

    /// When that entry was last met or spoken to.
    pub(super) fn last_contact_with(&self, entry: EntryId) -> Option<NaiveDate> {
        self.contacts_of_entries().get(&entry).copied()
    }

    /// News of partners: those whose rhythm is over, and those who had news and have had none for long.
    pub fn in_touch(&self, today: NaiveDate) -> InTouch {
        let months = self.settings().0.touch_months();
        let last = self.contacts_of_entries();
        let (mut due, mut silent, mut never) = (Vec::new(), Vec::new(), 0);
        for entry in self.entries() {
            let last = last.get(&entry.id).copied();
            let after = |last: NaiveDate, months| last.checked_add_months(Months::new(months)).unwrap_or(last);
            let row = |due_on: Option<NaiveDate>| TouchRow {
                entry: entry_row(entry),
                last,
                due_on,
                every_months: entry.touch_months(),
                days: last.map(|last| u32::try_from((today - last).num_days()).unwrap_or(0)),
            };
            match (entry.touch_months(), last) {
                // Someone on leave is not called: the rhythm waits.
                (Some(_), _) if entry.absences.iter().any(|absence| absence.holds_on(today)) => {}
                (Some(_), None) => due.push(row(None)),
                (Some(rhythm), Some(last)) if after(last, rhythm) <= today => due.push(row(Some(after(last, rhythm)))),
                (Some(_), Some(_)) => {}
                (None, Some(last)) if after(last, months) <= today => silent.push(row(Some(after(last, months)))),
                (None, Some(_)) => {}
                (None, None) => never += 1,
            }
        }
        let longest = |row: &TouchRow| (std::cmp::Reverse(row.days.unwrap_or(0)), row.entry.id);
        // Never met comes after those who are missed: nothing says that anything was lost.
        due.sort_by_key(|row| (row.last.is_none(), longest(row)));
        silent.sort_by_key(longest);
        InTouch { months, due, silent, never }
    }
}

fn by_name(communes: BTreeMap<String, String>) -> Vec<(String, String)> {
    let mut sorted: Vec<_> = communes.into_iter().collect();
    sorted.sort_by_cached_key(|(key, name)| (sort_key(name), key.clone()));
    sorted
}

fn place_of(entry: &DirectoryEntry) -> String {
    let parts = [entry.address.line.trim(), entry.address.hamlet.trim(), entry.address.commune.trim()];
    match entry.kind {
        // Where a relay lives is nobody's business.
        EntryKind::Relay => String::new(),
        _ => parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "),
    }
}
