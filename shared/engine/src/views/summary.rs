//! What counts in a summary for the mairie: facts, from a whitelist of what records say, each thing once and in one table.
//!
//! Nothing else of a record is read: no word, no name, no hour but its half of the day. What of it may be told is decided in
//! `domain::summary`, which is given these facts and nothing more.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU32;

use chrono::{Datelike, NaiveDate};
use maillon_shared::api::summary::{Published, Publisher};
use maillon_shared::domain::alert::{Alert, AlertSubject};
use maillon_shared::domain::campaign::CallSubject;
use maillon_shared::domain::consent::Said;
use maillon_shared::domain::directory::EntryKind;
use maillon_shared::domain::encounter::{Encounter, EncounterKind};
use maillon_shared::domain::hospital_stay::StayState;
use maillon_shared::domain::ids::{DocId, PersonId, RegisterEntryId};
use maillon_shared::domain::reception::Half;
use maillon_shared::domain::request::{Reply, Request};
use maillon_shared::domain::shared_meeting::{MeetingState, Presence};
use maillon_shared::domain::situation::Situation;
use maillon_shared::domain::summary::books::Books;
use maillon_shared::domain::summary::fact::{Fact, FactId, Someone};
use maillon_shared::domain::summary::grid::{Detail, Rows, Table};
use maillon_shared::domain::summary::period::{Level, Month};
use maillon_shared::domain::summary::report::{PublishedReport, Report};

use super::{Content, Views};
use crate::journal::Kind;

/// The sources of requests that are partners from elsewhere: what they ask is theirs, and counts as that.
const PARTNERS: [&str; 2] = ["hospital", "dac"];
/// What a partner did not take on.
const REFUSED_BY_PARTNER: &str = "refused_by_partner";

/// What a closed month counts, and where it is written.
#[derive(Clone, Copy)]
pub struct Book<'a> {
    /// The document.
    pub id: DocId,
    /// Its month, as documents write it.
    pub period: i32,
    /// What it counts.
    pub facts: &'a [Fact],
    /// Whether it was corrected.
    pub corrected: bool,
}

/// One thing, as it is put together.
struct Thing {
    table: Table,
    id: [u8; 16],
    day: NaiveDate,
    person: Option<PersonId>,
    rows: Vec<(Detail, String)>,
}

impl Views {
    /// What was published, in the order in which it was. Of two devices that published the same, one counts everywhere.
    pub fn published(&self) -> Vec<Published> {
        let mut found: Vec<_> = self
            .every()
            .filter(|(_, cached)| !cached.undone && cached.header.kind == Kind::Summary)
            .filter_map(|(id, cached)| match &cached.content {
                Content::Summary(published) => Some((&**published, id)),
                _ => None,
            })
            .collect();
        let order = |published: &Published| {
            let publication = &published.publication;
            (publication.period.last(), publication.period.level(), publication.version)
        };
        found.sort_by(|(one, id), (other, other_id)| (order(one), id).cmp(&(order(other), other_id)));
        found.dedup_by(|(one, _), (other, _)| order(one) == order(other));
        found.into_iter().map(|(published, _)| published.clone()).collect()
    }

    /// The books, as far as months were closed; none before the first.
    pub fn books(&self) -> Option<Books> {
        let months = self.closed();
        // Two sheets that turned out to be of one person are one, in closed months too.
        let shown = |fact: &Fact| {
            let person = fact.person.map(|person| Someone(self.shown_as(PersonId(person.0)).0));
            Fact { person, ..fact.clone() }
        };
        // What was published says it too, where a book was written again by a device that had not heard of it.
        let said = self.every().filter_map(|(_, cached)| match &cached.content {
            Content::Summary(published) if !cached.undone => published.corrects,
            _ => None,
        });
        let corrected = months.iter().filter(|(_, book)| book.corrected).map(|(month, _)| *month).chain(said).collect();
        let months = months.into_iter().map(|(month, book)| (month, book.facts.iter().map(shown).collect()));
        Books::of_months(months.collect(), corrected)
    }

    /// The document that holds what a month counts.
    pub fn book_of(&self, month: Month) -> Option<DocId> {
        self.closed().get(&month).map(|book| book.id)
    }

    /// What each closed month counts. Of two devices that closed the same month, one counts everywhere.
    fn closed(&self) -> BTreeMap<Month, Book<'_>> {
        let mut months: BTreeMap<Month, Book<'_>> = BTreeMap::new();
        for (id, cached) in self.every().filter(|(_, cached)| !cached.undone) {
            let (Content::SummaryBook { facts, corrected }, Some(month)) =
                (&cached.content, month_of(cached.header.period))
            else {
                continue;
            };
            let book = Book { id, period: cached.header.period, facts, corrected: *corrected };
            match months.get(&month) {
                Some(held) if held.id < id => {}
                _ => drop(months.insert(month, book)),
            }
        }
        months
    }

    /// The books that name someone, and what they say.
    pub fn books_about(&self, person: PersonId) -> Vec<Book<'_>> {
        let books = self.every().filter_map(|(id, cached)| match &cached.content {
            Content::SummaryBook { facts, corrected } => {
                Some(Book { id, period: cached.header.period, facts, corrected: *corrected })
            }
            _ => None,
        });
        books.filter(|book| book.facts.iter().any(|fact| fact.person == Some(Someone(person.0)))).collect()
    }

    /// The reports that are published, the last version of each, in order.
    pub fn published_reports(&self) -> Vec<PublishedReport> {
        let mut last: BTreeMap<(Month, Level), (DocId, &PublishedReport)> = BTreeMap::new();
        for (id, report) in self.every_published_report() {
            let place = (report.period.last(), report.period.level());
            match last.get(&place) {
                // A day decides before a number: whoever went back to a backup counts from where it stood.
                Some((held_id, held)) if (held.on, held.version, *held_id) >= (report.on, report.version, id) => {}
                _ => drop(last.insert(place, (id, report))),
            }
        }
        last.into_values().map(|(_, report)| report.clone()).collect()
    }

    /// The documents of published reports of which a later version is here.
    pub fn old_reports(&self) -> Vec<DocId> {
        let last = self.published_reports();
        let is_old = |report: &PublishedReport| !last.contains(report);
        self.every_published_report().filter(|(_, report)| is_old(report)).map(|(id, _)| id).collect()
    }

    fn every_published_report(&self) -> impl Iterator<Item = (DocId, &PublishedReport)> {
        self.every().filter(|(_, cached)| !cached.undone).filter_map(|(id, cached)| match &cached.content {
            Content::PublishedReport(report) => Some((id, &**report)),
            _ => None,
        })
    }

    /// What is written of the report of a period, by document: two where two devices began it apart.
    pub fn reports(&self, period: i32) -> Vec<(DocId, &Report)> {
        let all = self.every().filter(|(_, cached)| !cached.undone && cached.header.period == period);
        let mut found: Vec<_> = all
            .filter_map(|(id, cached)| match &cached.content {
                Content::Report(report) => Some((id, &**report)),
                _ => None,
            })
            .collect();
        found.sort_by_key(|(id, _)| *id);
        found
    }

    /// Whose summaries are taken, the oldest first.
    pub fn publishers(&self) -> Vec<Publisher> {
        let mut found: Vec<_> = self
            .every()
            .filter_map(|(id, cached)| match &cached.content {
                Content::Publisher(publisher) => Some((publisher.since, id, &**publisher)),
                _ => None,
            })
            .collect();
        found.sort_by_key(|(since, id, _)| (*since, *id));
        found.into_iter().map(|(_, _, publisher)| publisher.clone()).collect()
    }

    /// The person of whom an entry of the register is, where a sheet says so.
    fn person_of_entry(&self, entry: RegisterEntryId) -> Option<PersonId> {
        self.people().find(|person| person.register_entry == Some(entry)).map(|person| person.id)
    }

    /// How many people of each profession the directory knows.
    pub fn professionals(&self) -> BTreeMap<String, u32> {
        let mut count = BTreeMap::new();
        let people =
            self.entries().filter(|entry| entry.kind == EntryKind::Professional && !entry.role.trim().is_empty());
        people.for_each(|entry| *count.entry(entry.role.clone()).or_default() += 1);
        count
    }

    /// Everything that counts, whatever its day, in no order.
    pub fn facts(&self) -> Vec<Fact> {
        self.facts_where(false)
    }

    /// What would count, had it not been taken back: a record that was undone, an encounter that was withdrawn, a call that
    /// was a mistake, an alert that was closed as one. What was undone within a record is not known any more, and stays.
    pub fn facts_taken_back(&self) -> BTreeSet<FactId> {
        self.facts_where(true).into_iter().map(|fact| fact.id).collect()
    }

    fn facts_where(&self, taken_back: bool) -> Vec<Fact> {
        let mut facts = Facts { views: self, found: Vec::new() };
        let mut lunches: Vec<NaiveDate> = Vec::new();
        for (id, cached) in self.every() {
            // A journal is not undone as a whole: what was taken back in it says so itself.
            if let Content::Journal { encounters, .. } = &cached.content
                && taken_back
            {
                let back = encounters.iter().filter(|encounter| encounter.withdrawn || cached.undone);
                back.for_each(|encounter| facts.encounter(&Encounter { withdrawn: false, ..encounter.clone() }));
                continue;
            }
            // An alert that should not have been noted is not undone: it is closed as that. Calls are taken back one by one.
            let holds_mistakes = match &cached.content {
                Content::Alert(alert) => alert.was_a_mistake(),
                Content::CallCard(_) => true,
                _ => false,
            };
            if cached.undone != taken_back && !(taken_back && holds_mistakes) {
                continue;
            }
            match &cached.content {
                Content::Journal { encounters, counts, .. } => {
                    encounters.iter().for_each(|encounter| facts.encounter(encounter));
                    for count in counts {
                        facts.add(Thing {
                            table: Table::Reception,
                            id: count.id.0,
                            day: count.day,
                            person: None,
                            rows: vec![(Detail::ReceptionByHalfDay, half(&count.half).to_owned())],
                        });
                    }
                }
                Content::Consents { entries, .. } => {
                    for entry in entries.iter().filter(|entry| entry.said == Said::Accompanied) {
                        facts.followed(entry.id.0, entry.person, entry.given.on, "new");
                        if let Some(ended) = &entry.withdrawn {
                            facts.followed(entry.id.0, entry.person, ended.on, "closed");
                        }
                    }
                }
                Content::Request(request) => facts.request(request),
                Content::Alert(alert) if taken_back || !alert.was_a_mistake() => facts.alert(alert),
                Content::HealthProject(record) => {
                    facts.changed(id.0, record.project.person, record.project.opened, "project_born");
                }
                Content::HospitalStay(stay) => {
                    if let StayState::Returned { on } = stay.state {
                        facts.changed(stay.id.0, stay.person, on, "return_prepared");
                    }
                }
                Content::SharedMeeting(record) => {
                    if let MeetingState::Held(held) = &record.meeting.state {
                        let presence = match held.presence {
                            Presence::There => "present",
                            Presence::Represented { .. } => "represented",
                            Presence::Absent { .. } | Presence::Unknown(_) => "absent",
                        };
                        facts.add(Thing {
                            table: Table::Meetings,
                            id: record.meeting.id.0,
                            day: held.on,
                            person: Some(record.meeting.person),
                            rows: vec![(Detail::MeetingsByPresence, presence.to_owned())],
                        });
                    }
                }
                Content::CallCard(card) => {
                    // Whoever is called from the register is someone, whether or not the notebook knows them.
                    let person = match card.about {
                        CallSubject::Person(person) => person,
                        CallSubject::Register(entry) => self.person_of_entry(entry).unwrap_or(PersonId(entry.0)),
                    };
                    let back = |withdrawn: bool| (withdrawn || cached.undone) == taken_back;
                    for attempt in card.attempts.iter().filter(|attempt| back(attempt.withdrawn)) {
                        facts.add(Thing {
                            table: Table::CampaignCalls,
                            id: attempt.id.0,
                            day: attempt.day,
                            person: Some(person),
                            rows: vec![(Detail::CampaignCallsByOutcome, attempt.outcome.code().to_owned())],
                        });
                    }
                }
                Content::CollectiveProject(project) if project.stands() => {
                    let day = project.closed_on.or(project.year.and_then(|year| NaiveDate::from_ymd_opt(year, 12, 31)));
                    if let Some(day) = day {
                        facts.add(Thing {
                            table: Table::Events,
                            id: self.known_as(project.id).0,
                            day,
                            person: None,
                            rows: vec![(Detail::EventsByKind, "collective_project".to_owned())],
                        });
                    }
                }
                Content::Situation(situation) => lunches.extend(lunch_of(situation).filter(|_| !taken_back)),
                _ => {}
            }
        }
        // One lunch, however many situations are spoken of at it.
        lunches.sort_unstable();
        lunches.dedup();
        for day in lunches {
            let mut id = *b"training lunch..";
            id[10..14].copy_from_slice(&day.num_days_from_ce().to_be_bytes());
            facts.add(Thing {
                table: Table::Events,
                id,
                day,
                person: None,
                rows: vec![(Detail::EventsByKind, "training_lunch".to_owned())],
            });
        }
        facts.found
    }
}

/// The tables of which one and the same thing counts in one, by what is said of it.
const EITHER: [[Table; 2]; 4] = [
    [Table::Requests, Table::Referrals],
    [Table::Answers, Table::Missing],
    [Table::Contacts, Table::Partners],
    [Table::Alerts, Table::CommonAlerts],
];

/// The id that the thing of a fact would have, had it counted in the other table that it may count in.
pub fn as_another_thing(fact: &Fact) -> Option<FactId> {
    let [one, other] = EITHER.into_iter().find(|tables| tables.contains(&fact.table))?;
    let mut id = fact.id;
    id.0[15] ^= place_of(one) ^ place_of(other);
    Some(id)
}

/// What tells a thing in one table from the same record in another.
fn place_of(table: Table) -> u8 {
    Table::ALL.iter().position(|one| *one == table).unwrap_or_default() as u8
}

/// Facts that are being put together.
struct Facts<'a> {
    views: &'a Views,
    found: Vec<Fact>,
}

impl Facts<'_> {
    fn add(&mut self, thing: Thing) {
        let Thing { table, mut id, day, person, rows } = thing;
        // One record may count in two tables, on two days: as two things.
        id[15] ^= place_of(table);
        let person = person.map(|person| Someone(self.views.shown_as(person).0));
        let times = NonZeroU32::MIN;
        // What the grid does not tell apart is not kept apart either: no topic of its own, no word.
        let coded = |(detail, code): (Detail, String)| match detail.rows() {
            Rows::Professions => (detail, code),
            _ => (detail, detail.row_of(Some(&code)).to_owned()),
        };
        let rows = rows.into_iter().map(coded).collect();
        self.found.push(Fact { id: FactId(id), table, day, person, times, rows });
    }

    fn encounter(&mut self, encounter: &Encounter) {
        if !encounter.is_contact() {
            return;
        }
        let entry = encounter.with_entry.and_then(|id| self.views.entry(id));
        match (encounter.person, entry) {
            (Some(person), _) => {
                let half = encounter.hour.map_or("", |hour| half(&Half::of(hour)));
                self.add(Thing {
                    table: Table::Contacts,
                    id: encounter.id.0,
                    day: encounter.day,
                    person: Some(person),
                    rows: vec![
                        (Detail::ContactsByWay, way_of(&encounter.kind).to_owned()),
                        (Detail::ContactsByHalfDay, half.to_owned()),
                    ],
                });
            }
            (None, Some(entry)) => {
                let profession = entry.role.clone();
                self.add(Thing {
                    table: Table::Partners,
                    id: encounter.id.0,
                    day: encounter.day,
                    person: None,
                    rows: vec![(Detail::PartnersByProfession, profession)],
                });
            }
            (None, None) => {}
        }
    }

    fn followed(&mut self, mut id: [u8; 16], person: PersonId, day: NaiveDate, step: &str) {
        id[14] ^= u8::from(step == "closed");
        let rows = vec![(Detail::FollowedByStep, step.to_owned())];
        self.add(Thing { table: Table::Followed, id, day, person: Some(person), rows });
    }

    fn changed(&mut self, id: [u8; 16], person: PersonId, day: NaiveDate, what: &str) {
        let rows = vec![(Detail::ChangesByKind, what.to_owned())];
        self.add(Thing { table: Table::Changes, id, day, person: Some(person), rows });
    }

    fn request(&mut self, request: &Request) {
        let (id, person) = (request.id.0, request.person);
        if PARTNERS.contains(&request.source.as_str()) {
            let rows = vec![(Detail::ReferralsBySource, request.source.clone())];
            self.add(Thing { table: Table::Referrals, id, day: request.received, person, rows });
        } else {
            let rows = vec![
                (Detail::RequestsByTopic, request.topic.clone()),
                (Detail::RequestsBySource, request.source.clone()),
            ];
            self.add(Thing { table: Table::Requests, id, day: request.received, person, rows });
        }
        if let Some(day) = request.closed_on {
            // What nobody took on is missing here; it is told as that, and not as an answer too.
            match request.outcome == REFUSED_BY_PARTNER {
                true => {
                    let rows = vec![(Detail::MissingByTopic, request.topic.clone())];
                    self.add(Thing { table: Table::Missing, id, day, person, rows });
                }
                false => {
                    let rows = vec![(Detail::AnswersByOutcome, request.outcome.clone())];
                    self.add(Thing { table: Table::Answers, id, day, person, rows });
                }
            }
        }
        for option in request.options.iter().filter(|option| option.is_chosen()) {
            if let (Reply::Accepted(day), Some(person)) = (option.reply(), person) {
                self.changed(option.id.0, person, day, "orientation_succeeded");
            }
        }
    }

    fn alert(&mut self, alert: &Alert) {
        let (id, day, kind) = (alert.id.0, alert.received.day, alert.kind.clone());
        match &alert.subject {
            AlertSubject::Person(person) => {
                let rows = vec![(Detail::AlertsByKind, kind)];
                self.add(Thing { table: Table::Alerts, id, day, person: Some(*person), rows });
            }
            AlertSubject::Population(_) => {
                let rows = vec![(Detail::CommonAlertsByKind, kind)];
                self.add(Thing { table: Table::CommonAlerts, id, day, person: None, rows });
            }
        }
    }
}

/// The day on which a situation was spoken of.
fn lunch_of(situation: &Situation) -> Option<NaiveDate> {
    situation.lunch_on.filter(|_| !situation.withdrawn)
}

/// The month of a document's period, as `202606`.
fn month_of(period: i32) -> Option<Month> {
    let month = u32::try_from(period.rem_euclid(100)).ok()?;
    NaiveDate::from_ymd_opt(period.div_euclid(100), month, 1).map(Month::of)
}

/// The way of an encounter, as the grid tells ways apart.
fn way_of(kind: &EncounterKind) -> &'static str {
    match kind {
        EncounterKind::HomeVisit | EncounterKind::JointVisit => "home_visit",
        EncounterKind::CallOut | EncounterKind::CallIn => "call",
        EncounterKind::Appointment | EncounterKind::WalkIn => "desk",
        EncounterKind::Accompaniment => "accompaniment",
        _ => "",
    }
}

/// The half of the day, as the grid tells it.
fn half(half: &Half) -> &'static str {
    if *half == Half::Afternoon { "pm" } else { "am" }
}
