//! What of someone's file is theirs to read over a shoulder: their appointments, and the words they said themselves.

use chrono::NaiveDate;
use maillon_shared::api::responses::{PersonFile, TimelineItem};
use maillon_shared::domain::encounter::{Encounter, EncounterKind};
use maillon_shared::domain::follow_up::{FollowUp, FollowUpKind};
use maillon_shared::domain::ids::EncounterId;
use maillon_shared::domain::request::Request as CareRequest;
use std::collections::BTreeSet;

/// Who asks, where it is the person.
const THE_PERSON: &str = "person";

/// Whether what was said in an encounter was said by someone else.
pub fn is_of_a_third_party(encounter: &Encounter) -> bool {
    // What a newer version calls otherwise may be anyone's.
    matches!(encounter.kind, EncounterKind::ThirdParty | EncounterKind::Unknown(_))
}

/// The encounters of a file in which someone else spoke.
pub fn of_third_parties(file: &PersonFile) -> BTreeSet<EncounterId> {
    let encounters = file.timeline.iter().filter_map(|item| match item {
        TimelineItem::Encounter(encounter, _) if is_of_a_third_party(encounter) => Some(encounter.id),
        _ => None,
    });
    encounters.collect()
}

/// Whether a request is in the person's own words. Where it came up with someone else, it is in theirs.
pub fn is_own(request: &CareRequest, third_parties: &BTreeSet<EncounterId>) -> bool {
    request.source == THE_PERSON && request.from.is_none_or(|from| !third_parties.contains(&from))
}

/// What the person said, the last first.
pub fn own_words(file: &PersonFile) -> Vec<(NaiveDate, String)> {
    let third_parties = of_third_parties(file);
    let said = file.timeline.iter().filter_map(|item| match item {
        TimelineItem::Encounter(encounter, _) if !is_of_a_third_party(encounter) => {
            Some((encounter.day, encounter.words.trim()))
        }
        TimelineItem::Request(request) if is_own(request, &third_parties) => {
            Some((request.received, request.verbatim.trim()))
        }
        _ => None,
    });
    said.filter(|(_, words)| !words.is_empty()).map(|(day, words)| (day, words.to_owned())).collect()
}

/// What is planned with the person: when, and how; what for is the coordinator's words, and stays out.
pub fn appointments(file: &PersonFile) -> Vec<FollowUp> {
    let with_them =
        |one: &&FollowUp| matches!(one.kind, FollowUpKind::Contact | FollowUpKind::Visit | FollowUpKind::Call);
    file.open.iter().filter(with_them).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use maillon_shared::domain::ids::{FollowUpId, PersonId, RequestId};
    use maillon_shared::domain::person::Person;

    fn day() -> NaiveDate {
        "2026-06-12".parse().expect("a date")
    }

    fn met(n: u8, kind: EncounterKind, words: &str) -> TimelineItem {
        let mut one = Encounter::empty(EncounterId([n; 16]), Some(PersonId([1; 16])), day());
        (one.kind, one.words, one.notes) = (kind, words.into(), "note de la coordination".into());
        TimelineItem::Encounter(one, true)
    }

    fn asks(n: u8, source: &str, from: Option<u8>, words: &str) -> TimelineItem {
        let mut one = CareRequest::received(RequestId([n; 16]), Some(PersonId([1; 16])), day());
        (one.source, one.verbatim) = (source.into(), words.into());
        one.from = from.map(|from| EncounterId([from; 16]));
        TimelineItem::Request(one)
    }

    fn file(timeline: Vec<TimelineItem>, open: Vec<FollowUp>) -> PersonFile {
        PersonFile {
            copied: Vec::new(),
            provisional: None,
            person: Person::empty(PersonId([1; 16])),
            last_contact: None,
            open,
            entries: Vec::new(),
            projects: Vec::new(),
            stays: Vec::new(),
            meetings: Vec::new(),
            circle: Vec::new(),
            disclosures: Vec::new(),
            assessments: Vec::new(),
            timeline,
            conflicts: Vec::new(),
            merged: Vec::new(),
            household: maillon_shared::domain::household::Household::default(),
            register: None,
        }
    }

    #[test]
    fn only_what_they_said_themselves_is_theirs_to_read() {
        let file = file(
            vec![
                met(1, EncounterKind::HomeVisit, "Je ne descends plus au bourg."),
                met(2, EncounterKind::ThirdParty, "Elle ne mange plus, dit son fils."),
                met(3, EncounterKind::Unknown("from_a_newer_version".into()), "On ne sait pas de qui."),
                asks(4, "person", Some(1), "Quelqu’un pour les courses"),
                asks(5, "person", Some(2), "Qu’on la place, dit son fils."),
                asks(6, "relative", Some(1), "Qu’on la surveille."),
                asks(7, "", None, "De qui est-ce ?"),
                met(8, EncounterKind::CallIn, "  "),
            ],
            Vec::new(),
        );
        let words: Vec<_> = own_words(&file).into_iter().map(|(_, words)| words).collect();
        assert_eq!(words, ["Je ne descends plus au bourg.", "Quelqu’un pour les courses"]);
    }

    #[test]
    fn what_is_planned_about_someone_is_no_appointment_with_them() {
        let planned = |n: u8, kind: FollowUpKind| FollowUp::open(FollowUpId([n; 16]), None, kind, day());
        let file = file(
            Vec::new(),
            vec![
                planned(1, FollowUpKind::Visit),
                planned(2, FollowUpKind::Task),
                planned(3, FollowUpKind::Answer),
                planned(4, FollowUpKind::Unknown("watch".into())),
            ],
        );
        assert_eq!(appointments(&file).iter().map(|one| one.id.0[0]).collect::<Vec<_>>(), [1]);
    }
}
