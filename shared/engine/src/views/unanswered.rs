//! Whoever did not answer, and what comes next on the ladder: read from what was noted, never written beside it.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use maillon_shared::api::responses::UnansweredRow;
use maillon_shared::domain::encounter::{Encounter, EncounterKind, EncounterResult};
use maillon_shared::domain::ladder::{Ladder, NextStep, Tried};
use maillon_shared::domain::person::Person;

use super::today::first_phone;
use super::{Content, Views};

/// After how many days without anything the ladder is no longer climbed: those not seen for long take over.
const FORGOTTEN_AFTER_DAYS: i64 = 120;

impl Views {
    /// Those whose next step has come on a day, the longest waiting first.
    pub(super) fn unanswered(&self, day: NaiveDate, ladder: &Ladder) -> Vec<UnansweredRow> {
        let reminded = self.people().filter(|person| person.state.is_reminded_on(day));
        let mut rows: Vec<_> = reminded.filter_map(|person| self.unanswered_by(person, day, ladder)).collect();
        rows.sort_by_key(|row| (row.last, row.id));
        rows
    }

    fn unanswered_by(&self, person: &Person, day: NaiveDate, ladder: &Ladder) -> Option<UnansweredRow> {
        let (mut tried, mut contact, mut decided) = (Vec::new(), None::<NaiveDateTime>, Vec::new());
        for cached in self.about(person.id) {
            match &cached.content {
                Content::Journal { encounters, follow_ups, .. } => {
                    for encounter in encounters.iter().filter(|one| !one.withdrawn && one.day <= day) {
                        match of(encounter) {
                            Some(how) => tried.push((at(encounter), how, Some(encounter.id))),
                            None => contact = contact.max(Some(at(encounter))),
                        }
                    }
                    // A next contact chosen after nobody answered is what the coordinator wants.
                    let open = follow_ups.iter().filter(|follow_up| follow_up.is_open() && follow_up.due > day);
                    decided.extend(open.filter_map(|follow_up| follow_up.from));
                }
                Content::Consents { disclosures, .. } => tried.extend(
                    disclosures
                        .iter()
                        .filter(|told| told.day <= day)
                        .map(|told| (told.day.and_time(NaiveTime::from(told.hour)), Tried::Recipients, None)),
                ),
                Content::CallCard(card) => {
                    let reached = card.last_reached().filter(|reached| *reached <= day);
                    contact = contact.max(reached.map(|day| day.and_time(NaiveTime::MIN)));
                }
                _ => {}
            }
        }
        tried.retain(|(when, ..)| contact.is_none_or(|contact| *when > contact));
        // To tell those whom the law says is a step of this ladder only where someone was looked for.
        if tried.iter().all(|(_, how, _)| *how == Tried::Recipients) {
            return None;
        }
        tried.sort_by_key(|(when, how, id)| (*when, *how as u8, *id));
        if tried.iter().filter_map(|(.., id)| *id).any(|id| decided.contains(&id)) {
            return None;
        }
        let last = tried.last()?.0.date();
        if (day - last).num_days() > FORGOTTEN_AFTER_DAYS {
            return None;
        }
        let attempts: Vec<_> = tried.iter().map(|(when, how, _)| (*how, *when)).collect();
        let next = ladder.next(&attempts)?;
        if matches!(&next, NextStep::Do { from, .. } if from.date() > day) {
            return None;
        }
        Some(UnansweredRow {
            id: person.id,
            name: person.display_name(),
            place: person.address.short().to_owned(),
            phone: first_phone(person),
            tries: tried.len() as u32,
            last,
            next,
            named: person.related.iter().filter(|related| related.call_first).cloned().collect(),
        })
    }
}

/// When it took place; an encounter without hour was before those of its day that have one.
fn at(encounter: &Encounter) -> NaiveDateTime {
    encounter.day.and_time(encounter.hour.map_or(NaiveTime::MIN, NaiveTime::from))
}

/// By which way nobody was met; none where somebody was.
fn of(encounter: &Encounter) -> Option<Tried> {
    match &encounter.result {
        EncounterResult::NoAnswer | EncounterResult::DoorClosed | EncounterResult::MessageLeft => {}
        EncounterResult::Met | EncounterResult::Declined | EncounterResult::Unknown(_) => return None,
    }
    Some(match &encounter.kind {
        EncounterKind::HomeVisit | EncounterKind::JointVisit => Tried::Visit,
        EncounterKind::ThirdParty => Tried::Named,
        _ => Tried::Person,
    })
}
