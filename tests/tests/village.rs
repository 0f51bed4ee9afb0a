//! The village holds together: whatever the seed, it is a life one could have led, of people who do not exist.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "village/texts.rs"]
mod texts;

use std::collections::{HashMap, HashSet};

use chrono::{Days, NaiveDate};
use maillon_shared::api::Request;
use maillon_shared::domain::communes::Communes;
use maillon_shared::domain::directory::{DirectoryEntry, EntryChange, EntryField, EntryKind};
use maillon_shared::domain::encounter::{EncounterKind, EncounterResult};
use maillon_shared::domain::follow_up::FollowUp;
use maillon_shared::domain::ids::{EncounterId, EntryId, FollowUpId, PersonId};
use maillon_shared::domain::lists::{ListId, Lists};
use maillon_shared::domain::person::{Person, PersonChange, PersonField, PersonState, RelatedField};
use maillon_shared::domain::time::Instant;
use maillon_shared::text::fold::{fold, words};
use maillon_shared::text::language::Language;
use maillon_tests::village::tally::Tally;
use maillon_tests::village::{Size, Village, names, place};

use texts::texts;

fn today() -> NaiveDate {
    "2026-06-12".parse().unwrap()
}

fn demo(seed: u64) -> Vec<(Instant, Request)> {
    Village::demo(seed, today()).requests().collect()
}

fn count(requests: &[(Instant, Request)]) -> Tally {
    requests.iter().fold(Tally::default(), |mut tally, (_, request)| {
        tally.add(request);
        tally
    })
}

#[test]
fn the_same_seed_gives_the_same_village() {
    let bytes = |seed| -> Vec<Vec<u8>> {
        let village = Village::new(seed, Size::Hamlet, today());
        village.requests().map(|(at, request)| maillon_shared::api::encode(&(at, request))).collect()
    };
    assert_eq!(bytes(4), bytes(4));
    assert_ne!(bytes(4), bytes(5));
}

#[test]
fn two_years_of_a_commune_are_of_a_believable_size() {
    for seed in 1..4 {
        let requests = demo(seed);
        let tally = count(&requests);
        let mut followed = HashSet::new();
        for (_, request) in &requests {
            match request {
                Request::CreatePerson { id, .. } => {
                    followed.insert(*id);
                }
                Request::EditPerson { id, changes, .. } => {
                    let gone = |change: &PersonChange| {
                        matches!(
                            change,
                            PersonChange::State(PersonState::Moved | PersonState::Refuses | PersonState::Deceased)
                        )
                    };
                    if changes.iter().any(gone) {
                        followed.remove(id);
                    }
                }
                _ => {}
            }
        }
        assert!((100..=125).contains(&followed.len()), "{} followed", followed.len());
        assert!((130..=350).contains(&tally.people), "{tally:?}");
        assert!((1_800..=3_600).contains(&tally.encounters), "{tally:?}");
        assert!((1_500..=4_000).contains(&tally.follow_ups), "{tally:?}");
        assert!((100..=900).contains(&tally.requests), "{tally:?}");
        assert_eq!(tally.entries, 190);
    }
}

#[test]
fn a_bench_has_exactly_as_many_records_as_it_says_and_reaches_the_present() {
    let mut last = None;
    let mut stream = Village::bench(1, today()).requests();
    for (at, _) in stream.by_ref() {
        last = Some(at.day());
    }
    let tally = stream.tally();
    assert_eq!((tally.records(), tally.entries), (60_000, 5_000), "{tally:?}");
    assert!(last.unwrap() >= today() - Days::new(8), "{last:?}");
    assert!(tally.people > 700 && tally.requests > 1_500, "{tally:?}");
}

#[test]
fn days_come_in_order_and_none_is_to_come() {
    for seed in 1..4 {
        let requests = demo(seed);
        for pair in requests.windows(2) {
            assert!(pair[0].0.utc_ms <= pair[1].0.utc_ms);
        }
        for (at, request) in &requests {
            assert!(at.day() < today());
            if let Request::RecordEncounter(new) = request {
                assert_eq!(new.encounter.day, at.day());
                for follow_up in &new.follow_ups {
                    assert!(follow_up.due >= at.day());
                }
            }
        }
    }
}

#[test]
fn no_id_is_used_twice_and_none_refers_to_nothing() {
    let requests = demo(2);
    let mut ids: HashSet<[u8; 16]> = HashSet::new();
    let mut people: HashSet<PersonId> = HashSet::new();
    let mut entries: HashSet<EntryId> = HashSet::new();
    let mut works_at: Vec<EntryId> = Vec::new();
    let mut encounters: HashSet<EncounterId> = HashSet::new();
    let mut open: HashSet<FollowUpId> = HashSet::new();
    let plan = |follow_up: &FollowUp, open: &mut HashSet<FollowUpId>, people: &HashSet<PersonId>| {
        assert!(follow_up.person.is_none_or(|id| people.contains(&id)));
        open.insert(follow_up.id)
    };
    for (_, request) in &requests {
        match request {
            Request::CreatePerson { id, .. } => {
                assert!(ids.insert(id.0));
                people.insert(*id);
            }
            Request::EditPerson { id, .. } => assert!(people.contains(id)),
            Request::CreateEntry { id, changes, .. } => {
                assert!(ids.insert(id.0));
                entries.insert(*id);
                works_at.extend(changes.iter().filter_map(|change| match change {
                    EntryChange::WorksAt(place) => *place,
                    _ => None,
                }));
            }
            Request::EditEntry { id, .. } => assert!(entries.contains(id)),
            Request::RecordEncounter(new) => {
                assert!(ids.insert(new.encounter.id.0));
                encounters.insert(new.encounter.id);
                assert!(new.encounter.person.is_none_or(|id| people.contains(&id)));
                assert!(new.completes.is_none_or(|id| open.remove(&id)));
                for follow_up in &new.follow_ups {
                    assert!(ids.insert(follow_up.id.0) && plan(follow_up, &mut open, &people));
                    assert_eq!(follow_up.from, Some(new.encounter.id));
                }
                for request in &new.requests {
                    assert!(ids.insert(request.id.0));
                    assert_eq!((request.from, request.person), (Some(new.encounter.id), new.encounter.person));
                }
            }
            Request::EditEncounter { id, .. } => assert!(encounters.contains(id)),
            Request::Assess { assessment, .. } => {
                assert!(ids.insert(assessment.id.0) && people.contains(&assessment.person));
            }
            Request::GiveEntry { entry, .. } => assert!(ids.insert(entry.id.0) && people.contains(&entry.person)),
            Request::PlanFollowUp { follow_up, .. } => {
                assert!(ids.insert(follow_up.id.0) && plan(follow_up, &mut open, &people));
            }
            Request::Reschedule { id, .. } => assert!(open.contains(id)),
            Request::Complete { id } | Request::Cancel { id, .. } => assert!(open.remove(id)),
            Request::PlanRound { round, .. } => {
                assert!(ids.insert(round.id.0) && round.stops.iter().all(|stop| people.contains(&stop.person)));
            }
            // What the last weeks bring is about people who are there: the engine refuses anything else (`demo.rs`).
            Request::WriteAlert(_)
            | Request::WriteTriage(_)
            | Request::WriteProject(_)
            | Request::WriteMeeting(_)
            | Request::WriteStay(_)
            | Request::WriteCollective(_)
            | Request::WriteHousehold(_) => {}
            _ => panic!("the village only writes"),
        }
    }
    assert!(works_at.iter().all(|id| entries.contains(id)) && works_at.len() > 20);
}

#[test]
fn every_kind_of_life_and_encounter_is_there() {
    let requests = demo(1);
    let (mut kinds, mut results, mut states, mut ages) =
        (HashSet::new(), HashSet::new(), HashSet::new(), HashMap::new());
    let mut rhythms = 0;
    let (mut private, mut postponed, mut cancelled, mut completed, mut kinds_of_entry) = (0, 0, 0, 0, HashSet::new());
    for (at, request) in &requests {
        match request {
            Request::RecordEncounter(new) => {
                kinds.insert(new.encounter.kind.clone());
                results.insert(new.encounter.result.clone());
                private += usize::from(!new.unshared_note.is_empty());
                rhythms += new.follow_ups.iter().filter(|follow_up| follow_up.rhythm.is_some()).count();
                completed += usize::from(new.completes.is_some());
            }
            Request::CreatePerson { changes, .. } => {
                let birth = changes.iter().find_map(|change| match change {
                    PersonChange::Birth(birth) => *birth,
                    _ => None,
                });
                let decade = birth.and_then(|birth| birth.age_on(at.day())).map(|age| age / 20);
                *ages.entry(decade).or_insert(0) += 1;
            }
            Request::EditPerson { changes, .. } => states.extend(changes.iter().filter_map(|change| match change {
                PersonChange::State(state) => Some(state.code().to_owned()),
                _ => None,
            })),
            Request::Reschedule { reason, .. } => {
                assert!(!reason.is_empty());
                postponed += 1;
            }
            Request::Cancel { why, .. } => {
                assert!(!why.is_empty());
                cancelled += 1;
            }
            Request::CreateEntry { kind, .. } => {
                kinds_of_entry.insert(kind.clone());
            }
            _ => {}
        }
    }
    assert_eq!(kinds.len(), EncounterKind::ALL.len());
    assert_eq!(results.len(), EncounterResult::ALL.len());
    assert_eq!(kinds_of_entry.len(), EntryKind::ALL.len());
    assert!(
        ["absent", "followed", "moved", "refuses", "deceased"].iter().all(|state| states.contains(*state)),
        "{states:?}"
    );
    assert!((1..5).all(|score| ages.contains_key(&Some(score))), "of every age: {ages:?}");
    assert!(private > 50 && postponed > 100 && cancelled > 20 && completed > 800 && rhythms > 5);
}

#[test]
fn the_first_morning_has_work_and_not_too_much() {
    for seed in 1..6 {
        let mut open: HashMap<FollowUpId, NaiveDate> = HashMap::new();
        let requests = demo(seed);
        for (_, request) in &requests {
            match request {
                Request::RecordEncounter(new) => {
                    new.completes.and_then(|id| open.remove(&id));
                    open.extend(new.follow_ups.iter().map(|follow_up| (follow_up.id, follow_up.due)));
                }
                Request::PlanFollowUp { follow_up, .. } => {
                    open.insert(follow_up.id, follow_up.due);
                }
                Request::Reschedule { id, day, .. } => {
                    open.insert(*id, *day);
                }
                Request::Complete { id } | Request::Cancel { id, .. } => {
                    open.remove(id);
                }
                _ => {}
            }
        }
        let due = open.values().filter(|day| **day == today()).count();
        assert!((1..=20).contains(&due), "{due} due on the first morning");
    }
}

#[test]
fn codes_are_of_the_lists() {
    let lists = Lists::starting(Language::Fr);
    let known = |list: ListId, code: &str| assert!(lists.item(list, code).is_some(), "{list:?}: {code}");
    for (_, request) in demo(1) {
        match request {
            Request::CreatePerson { changes, .. } => {
                for change in changes {
                    match change {
                        PersonChange::Text(PersonField::Language, code) => known(ListId::Languages, &code),
                        PersonChange::Related(_, RelatedField::Relation, code) => known(ListId::Relations, &code),
                        _ => {}
                    }
                }
            }
            Request::GiveEntry { entry, .. } => known(ListId::ConsentWays, &entry.given.how),
            Request::CreateEntry { changes, kind, .. } => {
                for change in changes {
                    if let EntryChange::Text(EntryField::Role, code) = change {
                        let list = match kind {
                            EntryKind::Structure => ListId::StructureTypes,
                            _ => ListId::Professions,
                        };
                        known(list, &code);
                    }
                }
            }
            _ => {}
        }
    }
}

#[test]
fn nothing_written_is_left_unfinished() {
    for (_, request) in demo(3) {
        for text in texts(&request) {
            assert!(!text.contains(['{', '}', '|', '\n']) && !text.contains("  "), "{text}");
            assert_eq!(text.trim(), text);
        }
    }
}

/// Words that would say what someone has, takes or was found to have.
const CLINICAL: &[&str] = &[
    "diagnostic",
    "diabete",
    "diabetique",
    "cancer",
    "alzheimer",
    "parkinson",
    "demence",
    "depression",
    "depressif",
    "psychose",
    "schizophrenie",
    "bipolaire",
    "autisme",
    "epilepsie",
    "asthme",
    "hypertension",
    "avc",
    "infarctus",
    "tumeur",
    "chimiotherapie",
    "insuline",
    "antibiotique",
    "medicament",
    "medicaments",
    "comprime",
    "ordonnance",
    "traitement",
    "traitements",
    "posologie",
    "glycemie",
    "tension arterielle",
    "analyse de sang",
    "symptome",
    "maladie",
    "malade",
    "pathologie",
    "infection",
    "covid",
    "fracture",
    "plaie",
    "escarre",
    "perfusion",
    "operation",
    "chirurgie",
    "sida",
    "vih",
    "hepatite",
    "alcoolique",
    "toxicomane",
    "suicide",
    "fievre",
    "vaccine",
    "obesite",
    "anorexie",
];

#[test]
fn nothing_clinical_is_written_of_anyone() {
    for (_, request) in demo(1).into_iter().chain(demo(2)) {
        for text in texts(&request) {
            let folded = format!(" {} ", words(&fold(&text)).collect::<Vec<_>>().join(" "));
            for word in CLINICAL {
                assert!(!folded.contains(&format!(" {word} ")), "« {word} » in: {text}");
            }
        }
    }
}

/// The commonest family names of France, and some that everyone knows.
const BORNE: &str = "martin bernard thomas petit robert richard durand dubois moreau laurent simon michel lefebvre leroy \
    roux david bertrand morel fournier girard bonnet dupont lambert fontaine rousseau vincent muller lefevre faure andre \
    mercier blanc guerin boyer garnier chevalier francois legrand gauthier garcia perrin robin clement morin nicolas henry \
    roussel mathieu gautier masson marchand duval denis dumont marie lemaire noel meyer dufour meunier brun blanchard \
    giraud joly riviere lucas brunet gaillard barbier arnaud martinez gerard roche renard schmitt roy leroux colin vidal \
    caron picard roger fabre aubert lemoine renaud dumas lacroix olivier philippe bourgeois pierre benoit rey leclerc \
    payet rolland leclercq guillaume lecomte lopez jean dupuy guillot hubert berger carpentier sanchez dupuis moulin \
    louis deschamps huet vasseur perez boucher fleury royer klein jacquet adam paris poirier marty aubry guyot carre \
    charles renault charpentier menard maillard baron bertin bailly herve schneider fernandez collet leger bouvier julien \
    prevost millet perrot daniel cousin germain breton besson langlois remy pelletier leveque leblanc barre lebrun \
    mistral daudet pagnol giono cezanne zola macron mitterrand chirac sarkozy hollande";

#[test]
fn no_name_is_one_that_people_bear() {
    let borne: HashSet<&str> = BORNE.split_whitespace().collect();
    for stem in names::STEMS {
        for ending in names::ENDINGS {
            let name = fold(&format!("{stem}{ending}"));
            assert!(!borne.contains(name.as_str()), "{name}");
        }
    }
    // Every name of the village is made of these, and of nothing else.
    let invented: HashSet<String> = names::STEMS
        .iter()
        .flat_map(|stem| names::ENDINGS.iter().map(move |ending| fold(&format!("{stem}{ending}"))))
        .collect();
    let is_invented = |name: &str| {
        let folded = fold(name);
        words(&folded).filter(|word| !matches!(*word, "de" | "saint")).all(|word| invented.contains(word))
    };
    for (_, request) in demo(1) {
        match request {
            Request::CreatePerson { changes, .. } => {
                let mut family = false;
                for change in changes {
                    match change {
                        PersonChange::Text(PersonField::FamilyName, name) => {
                            assert!(is_invented(&name), "{name}");
                            family = true;
                        }
                        PersonChange::Related(_, RelatedField::Name, name) => {
                            assert!(name.split_once(' ').is_some_and(|(_, family)| is_invented(family)), "{name}");
                        }
                        _ => {}
                    }
                }
                assert!(family);
            }
            Request::CreateEntry { kind, changes, .. } if kind != EntryKind::Structure => {
                for change in changes {
                    if let EntryChange::Text(EntryField::Name, name) = change {
                        assert!(is_invented(&name), "{name}");
                    }
                }
            }
            _ => {}
        }
    }
}

#[test]
fn every_telephone_is_of_the_ranges_kept_for_fiction() {
    let mut seen = 0;
    for (_, request) in demo(1) {
        let numbers: Vec<String> = match request {
            Request::CreatePerson { id, changes, .. } => {
                let _: Person = Person::empty(id);
                changes
                    .into_iter()
                    .filter_map(|change| match change {
                        PersonChange::Phone(_, maillon_shared::domain::contact::PhoneField::Number, number) => {
                            Some(number)
                        }
                        PersonChange::Related(_, RelatedField::Phone, number) => Some(number),
                        _ => None,
                    })
                    .collect()
            }
            Request::CreateEntry { id, kind, changes, .. } => {
                let _: DirectoryEntry = DirectoryEntry::empty(id, kind);
                changes
                    .into_iter()
                    .filter_map(|change| match change {
                        EntryChange::Phone(_, maillon_shared::domain::contact::PhoneField::Number, number) => {
                            Some(number)
                        }
                        _ => None,
                    })
                    .collect()
            }
            _ => Vec::new(),
        };
        for number in numbers {
            let digits: String = number.chars().filter(char::is_ascii_digit).collect();
            let national = digits.strip_prefix("33").map_or(digits.clone(), |rest| format!("0{rest}"));
            let of_fiction = place::FICTION.iter().any(|range| national.starts_with(&range.replace(' ', "")));
            assert!(of_fiction && national.len() == 10, "{number}");
            seen += 1;
        }
    }
    assert!(seen > 400);
}

#[test]
fn the_commune_is_on_no_map() {
    let france = std::fs::read_to_string(maillon_tests::house::root().join("app/data/communes.txt")).unwrap();
    let france = Communes::parse(&france).unwrap();
    assert!(france.len() > 34_000, "{} communes", france.len());
    assert!(france.named(place::COMMUNE, "").is_none() && france.named(place::FORMER_COMMUNE, "").is_none());
    assert!(france.by_code(place::COMMUNE_CODE).is_none());
    assert!(france.search(place::POSTCODE, 5).is_empty());
    for (name, code, postcode) in place::NEIGHBOURS {
        let neighbour = france.by_code(code).unwrap_or_else(|| panic!("{name}"));
        assert!(neighbour.postcodes().any(|known| known == *postcode), "{name}");
    }
}
