//! What the days of a generated village leave out, so that every table of the summary has something to tell: answers,
//! alerts, stays, meetings, calls, partners, the reception desk; and what must not count, mistakes of every kind.
//!
//! It is drawn from a seed and written as a screen writes it, with days of the months that are over.

use chrono::{Datelike, Days, NaiveDate};
use maillon_shared::api::alerts::AlertWrite;
use maillon_shared::api::calls::{NewAttempt, NewCampaign};
use maillon_shared::api::collective::CollectiveWrite;
use maillon_shared::api::meetings::MeetingWrite;
use maillon_shared::api::projects::ProjectWrite;
use maillon_shared::api::register::RegisterWrite;
use maillon_shared::api::responses::EntryRow;
use maillon_shared::api::stays::StayWrite;
use maillon_shared::api::triage::TriageWrite;
use maillon_shared::api::{Request, Response};
use maillon_shared::domain::alert::{
    Alert, AlertChange, AlertSubject, Closing, Moment, Owner, Population, Severity, Wording,
};
use maillon_shared::domain::campaign::{
    AttemptChange, AttemptOutcome, AttemptWay, CallAttempt, CallSubject, Campaign, CampaignKind, CampaignSource,
};
use maillon_shared::domain::circle::Helper;
use maillon_shared::domain::collective::{CollectiveProject, ProjectChange};
use maillon_shared::domain::consent::{ConsentEntry, Recipient, Said, Told};
use maillon_shared::domain::encounter::{Encounter, EncounterChange, EncounterKind, EncounterResult};
use maillon_shared::domain::hospital_stay::{HospitalStay, StayEnd};
use maillon_shared::domain::ids::*;
use maillon_shared::domain::person::{Person, PersonState};
use maillon_shared::domain::project::HealthProject;
use maillon_shared::domain::reception::{Count, Half};
use maillon_shared::domain::register::{RegisterChange, RegisterField};
use maillon_shared::domain::request::{Contact, Listening, Request as CareRequest, RequestStep, Verdict};
use maillon_shared::domain::shared_meeting::{Held, Presence, SharedMeeting};
use maillon_shared::domain::time::Hour;
use maillon_tests::harness::{Device, just};
use maillon_tests::village::chance::Chance;

/// What makes something happen.
type Happens<'d> = fn(&mut Life<'d>);

/// A village that goes on.
pub struct Life<'d> {
    device: &'d mut Device,
    chance: Chance,
    /// The first day on which something happens, before the books begin.
    first: NaiveDate,
    today: NaiveDate,
    /// Those to whom it happens: the first of them more than others.
    people: Vec<PersonId>,
    directory: Vec<EntryRow>,
    with_nobody: Vec<EncounterId>,
}

/// All of it, for one in so many; the encounters with nobody in particular that it noted.
pub fn goes_on(device: &mut Device, seed: u64, today: NaiveDate, one_in: usize) -> Vec<EncounterId> {
    let Response::People(people) = device.asks(Request::People) else { panic!("everyone") };
    let Response::Directory(directory) = device.asks(Request::Directory) else { panic!("the directory") };
    let followed = people.iter().filter(|row| row.state == PersonState::Followed).map(|row| row.id).collect();
    let first = NaiveDate::from_ymd_opt(today.year() - 2, 12, 1).unwrap();
    let chance = Chance::new(seed ^ u64::from_be_bytes(*b"goes on "));
    let mut life = Life { device, chance, first, today, people: followed, directory, with_nobody: Vec::new() };
    life.some_have_two_sheets(|life| {
        for (times, what) in Life::happens() {
            (0..times.div_ceil(one_in)).for_each(|_| what(life));
        }
        life.everyone_is_called();
    });
    life.with_nobody
}

impl<'d> Life<'d> {
    /// What happens, and how often in a commune.
    fn happens() -> [(usize, Happens<'d>); 11] {
        [
            (280, Self::someone_passes_by),
            (150, Self::a_partner_is_met),
            (420, Self::a_request_is_received),
            (120, Self::an_alert_comes),
            (40, Self::everyone_is_warned),
            (70, Self::a_project_begins),
            (70, Self::someone_comes_home),
            (80, Self::a_meeting_is_held),
            (40, Self::a_mistake_is_made),
            (12, Self::many_do_something_together),
            (30, Self::a_following_ends),
        ]
    }

    fn does(&mut self, request: Request) -> Option<ActId> {
        self.device.does(request)
    }

    fn day(&mut self) -> NaiveDate {
        let days = (self.today - self.first).num_days();
        self.first + Days::new(self.chance.between(0, days - 1).unsigned_abs())
    }

    fn later(&mut self, day: NaiveDate, days: i64) -> NaiveDate {
        (day + Days::new(self.chance.between(0, days).unsigned_abs())).min(self.today)
    }

    fn person(&mut self) -> PersonId {
        let among = self.chance.below(self.people.len()) + 1;
        self.people[self.chance.below(among)]
    }

    fn hour(&mut self) -> Hour {
        Hour::new(self.chance.between(8, 18) as u8, *self.chance.pick(&[0, 30])).unwrap()
    }

    fn line(&mut self) -> LineId {
        LineId(self.chance.id())
    }

    // ── The desk, partners ──────────────────────────────────────────────────────────────────────────────────────────

    fn someone_passes_by(&mut self) {
        let half = self.chance.pick(&[Half::Morning, Half::Morning, Half::Afternoon]).clone();
        let what = (*self.chance.pick(&["came_in", "phone_call", "la clé de la salle"])).into();
        let count = Count { id: CountId(self.chance.id()), day: self.day(), half, what };
        self.does(Request::Count(count));
    }

    /// Someone of the directory, about nobody in particular, or with someone: then it is a contact with that person.
    fn a_partner_is_met(&mut self) {
        let person = if self.chance.happens(25) { Some(self.person()) } else { None };
        let mut met = Encounter::empty(EncounterId(self.chance.id()), person, self.day());
        // A profession that is none in particular has a story of its own.
        let known: Vec<EntryId> = self.directory.iter().filter(|row| row.role != "other").map(|row| row.id).collect();
        met.with_entry = self.chance.happens(85).then(|| *self.chance.pick(&known));
        met.kind = self.chance.pick(EncounterKind::ALL).clone();
        met.hour = if self.chance.happens(50) { Some(self.hour()) } else { None };
        if self.chance.happens(15) {
            met.result = self.chance.pick(EncounterResult::ALL).clone();
        }
        self.with_nobody.extend(person.is_none().then_some(met.id));
        self.does(Request::RecordEncounter(Box::new(just(met))));
    }

    // ── Requests ────────────────────────────────────────────────────────────────────────────────────────────────────

    fn a_request_is_received(&mut self) {
        let about = if self.chance.happens(8) { None } else { Some(self.person()) };
        let mut asked = CareRequest::received(RequestId(self.chance.id()), about, self.day());
        let sources =
            ["person", "relative", "professional", "neighbour_or_relay", "mairie", "hospital", "dac", "le garde"];
        asked.source =
            self.chance.weighted(&[(5, sources[0]), (3, sources[1]), (2, sources[2]), (2, sources[3])]).into();
        if self.chance.happens(35) {
            asked.source = (*self.chance.pick(&sources[4..])).into();
        }
        let topics = [
            "rights",
            "find_doctor",
            "transport",
            "home_help",
            "isolation",
            "return_from_hospital",
            "housing",
            "caregiver_respite",
            "digital_health",
            "meals",
            "violence",
            "mental_health",
            "trier les papiers",
        ];
        let among = self.chance.below(topics.len()) + 1;
        asked.topic = topics[self.chance.below(among)].into();
        asked.verbatim = "comme cela a été dit".into();
        let (id, received) = (asked.id, asked.received);
        let receive = TriageWrite::Receive { request: Box::new(asked), reported: None, draft: None };
        self.does(Request::WriteTriage(Box::new(receive)));
        if self.chance.happens(85) {
            let steps = self.what_came_of_it(received);
            self.does(Request::WriteTriage(Box::new(TriageWrite::Steps { id, steps, draft: None })));
        }
    }

    fn what_came_of_it(&mut self, received: NaiveDate) -> Vec<RequestStep> {
        let day = self.later(received, 9);
        let mut steps = vec![
            RequestStep::Listen(Listening { id: self.line(), day, text: "ce qui a été dit".into() }),
            RequestStep::Analyse { day, text: "ce dont il s’agit".into() },
        ];
        let offers = self.chance.below(3);
        let mut chosen = false;
        for _ in 0..offers {
            let option = self.line();
            let to = Recipient::named("les voisins d’à côté");
            steps.push(RequestStep::Offer { id: option, to, mission: None, what: String::new(), day });
            if self.chance.happens(15) {
                steps.push(RequestStep::Decline { option, day, why: "trop loin".into() });
                continue;
            }
            chosen = true;
            steps.push(RequestStep::Choose { option, day, contact: Contact::Themselves, feedback_by: None });
            let verdict = if self.chance.happens(70) { Verdict::Accepted } else { Verdict::Refused };
            let answered = self.later(day, 40);
            let (by, why) = (String::new(), "complet".to_owned());
            steps.push(RequestStep::Reply { option, day: answered, verdict, by, why });
            if self.chance.happens(8) {
                // She changed her mind, whatever they had said.
                steps.push(RequestStep::Decline { option, day: self.later(answered, 5), why: "plus la peine".into() });
                chosen = false;
            }
        }
        if self.chance.happens(80) {
            let outcomes: &[&str] = match chosen {
                true => &["orientation_accepted", "refused_by_partner"],
                false => &[
                    "information_given",
                    "information_given",
                    "health_project_opened",
                    "shared_meeting",
                    "passed_to_collective",
                    "no_further_action",
                    "refused_by_person",
                    "rappelé par la mairie",
                ],
            };
            let outcome = (*self.chance.pick(outcomes)).to_owned();
            steps.push(RequestStep::Close { day: self.later(day, 60), outcome, why: "c’est ainsi".into() });
            if self.chance.happens(6) {
                steps.push(RequestStep::Reopen);
            }
        }
        steps
    }

    // ── Alerts ──────────────────────────────────────────────────────────────────────────────────────────────────────

    fn an_alert_comes(&mut self) {
        let kinds =
            ["no_news", "home_help_broken", "caregiver_failing", "fall", "distress", "abuse", "un portail ouvert"];
        let among = self.chance.below(kinds.len()) + 1;
        let kind = kinds[self.chance.below(among)];
        let about = AlertSubject::Person(self.person());
        let id = self.raises(about, kind, Severity::Priority, None);
        if self.chance.happens(50) {
            let reason = *self.chance.pick(&["answered", "unfounded", "taken_over"]);
            self.closes(id, reason);
        }
    }

    fn everyone_is_warned(&mut self) {
        let kind = *self.chance.pick(&["weather", "weather", "infection_risk", "loss_of_service", "water_air"]);
        let day = self.day();
        let about = AlertSubject::Population(Population::until(self.later(day, 9)));
        self.raises(about, kind, Severity::Information, Some(day));
    }

    fn raises(&mut self, about: AlertSubject, kind: &str, severity: Severity, on: Option<NaiveDate>) -> AlertId {
        let id = AlertId(self.chance.id());
        let day = on.unwrap_or_else(|| self.day());
        let at = Moment { day, hour: self.hour() };
        let lines = [self.line(), self.line()];
        let mut alert = Alert::raised(id, about, at, severity, Owner::Coordinator, lines);
        alert.kind = kind.into();
        self.does(Request::WriteAlert(Box::new(AlertWrite::Raise { alert: Box::new(alert), draft: None })));
        id
    }

    fn closes(&mut self, id: AlertId, reason: &str) {
        let at = Moment { day: self.today, hour: self.hour() };
        let reason = Wording::new(reason).unwrap();
        let closing = Closing { id: self.line(), at, reason, note: String::new(), knew: [].into() };
        let changes = vec![AlertChange::Close(closing)];
        self.does(Request::WriteAlert(Box::new(AlertWrite::Edit { id, changes, draft: None })));
    }

    // ── What changes for someone ────────────────────────────────────────────────────────────────────────────────────

    fn a_project_begins(&mut self) {
        let (id, review) = (HealthProjectId(self.chance.id()), self.today + Days::new(60));
        let mut project = HealthProject::empty(id, self.person(), self.day(), review);
        project.words = "Ce que la personne veut".into();
        self.does(Request::WriteProject(Box::new(ProjectWrite::Open { project: Box::new(project), draft: None })));
    }

    fn someone_comes_home(&mut self) {
        let (id, noticed) = (HospitalStayId(self.chance.id()), self.day());
        let stay = HospitalStay::noticed(id, self.person(), noticed);
        self.does(Request::WriteStay(Box::new(StayWrite::Notice { stay: Box::new(stay), draft: None })));
        let on = self.later(noticed, 30);
        match self.chance.below(10) {
            // Still there.
            0 => {}
            1 => {
                let ends = StayWrite::End { id, on, how: StayEnd::Mistake, draft: None };
                self.does(Request::WriteStay(Box::new(ends)));
            }
            _ => {
                let comes_home = StayWrite::Return { id, on, follow_ups: Vec::new(), draft: None };
                self.does(Request::WriteStay(Box::new(comes_home)));
            }
        }
    }

    fn a_meeting_is_held(&mut self) {
        let (id, day) = (SharedMeetingId(self.chance.id()), self.day());
        let meeting = SharedMeeting::planned(id, self.person(), day);
        self.does(Request::WriteMeeting(Box::new(MeetingWrite::Plan { meeting: Box::new(meeting), draft: None })));
        let why = || "ne le souhaitait pas".to_owned();
        let presence = match self.chance.below(10) {
            0 => return,
            1 => {
                let cancel = MeetingWrite::Cancel { id, why: why(), draft: None };
                self.does(Request::WriteMeeting(Box::new(cancel)));
                return;
            }
            2..=3 => Presence::Represented { by: Helper::Named("sa nièce".into()), why: why() },
            4 => Presence::Absent { why: why() },
            _ => Presence::There,
        };
        let held = Held { on: self.later(day, 3), presence };
        self.does(Request::WriteMeeting(Box::new(MeetingWrite::Hold { id, held, came: Vec::new(), draft: None })));
    }

    fn a_following_ends(&mut self) {
        let person = self.person();
        let entries = self.device.opens(person).entries;
        let stands = entries.iter().find(|entry| entry.said == Said::Accompanied && entry.withdrawn.is_none());
        let Some(entry) = stands else { return };
        let ended = Told { on: self.later(entry.given.on, 300), how: "orally".into() };
        let id = entry.id;
        let again = Told { on: self.later(ended.on, 200), how: "orally".into() };
        self.does(Request::WithdrawEntry { id, withdrawn: ended });
        if self.chance.happens(40) {
            self.accompanies(person, again);
        }
    }

    fn accompanies(&mut self, person: PersonId, given: Told) {
        let (id, said, note) = (ConsentId(self.chance.id()), Said::Accompanied, String::new());
        let entry = ConsentEntry { id, person, said, given, withdrawn: None, note };
        self.does(Request::GiveEntry { entry: Box::new(entry), draft: None });
    }

    fn many_do_something_together(&mut self) {
        let mut project = CollectiveProject::empty(CollectiveId(self.chance.id()));
        project.title = "Marcher ensemble".into();
        let year = i64::from(self.today.year()) - self.chance.between(0, 2);
        project.year = self.chance.happens(85).then_some(year as i32);
        let id = project.id;
        let write = |write| Request::WriteCollective(Box::new(write));
        self.does(write(CollectiveWrite::CreateProject { project: Box::new(project), draft: None }));
        match self.chance.below(4) {
            0 => {
                let changes = vec![ProjectChange::Withdrawn(true)];
                self.does(write(CollectiveWrite::EditProject { id, changes, draft: None }));
            }
            1 => {
                let learnt = "Partir plus tôt".into();
                self.does(write(CollectiveWrite::CloseProject { id, learnt, draft: None }));
            }
            _ => {}
        }
    }

    // ── What counts nowhere ─────────────────────────────────────────────────────────────────────────────────────────

    fn a_mistake_is_made(&mut self) {
        let day = self.day();
        let visit = Encounter::empty(EncounterId(self.chance.id()), Some(self.person()), day);
        let id = visit.id;
        let noted = self.does(Request::RecordEncounter(Box::new(just(visit)))).unwrap();
        if self.chance.happens(50) {
            let changes = vec![EncounterChange::Withdrawn(true)];
            self.does(Request::EditEncounter { id, changes, unshared_note: None, draft: None });
        } else {
            self.does(Request::Undo(noted));
        }
        let mut asked = CareRequest::received(RequestId(self.chance.id()), Some(self.person()), day);
        asked.topic = "rights".into();
        let receive = TriageWrite::Receive { request: Box::new(asked), reported: None, draft: None };
        let received = self.does(Request::WriteTriage(Box::new(receive))).unwrap();
        self.does(Request::Undo(received));
        let tap = Count { id: CountId(self.chance.id()), day, half: Half::Morning, what: "came_in".into() };
        self.does(Request::Count(tap));
        self.does(Request::TakeBack { day, half: Half::Morning, what: "came_in".into() });
    }

    /// Some have a second sheet, on which things are noted too until it is seen that they are one person.
    fn some_have_two_sheets(&mut self, meanwhile: impl FnOnce(&mut Self)) {
        let kept: Vec<PersonId> = self.people.iter().step_by(6).copied().collect();
        let mut twice = Vec::new();
        for kept in kept {
            let mut other = Person::empty(PersonId(self.chance.id()));
            other.family_name = "Escarvenc".into();
            self.device.saves(&other);
            let given = Told { on: self.day(), how: "orally".into() };
            self.accompanies(other.id, given);
            self.people.push(other.id);
            twice.push((kept, other.id));
        }
        meanwhile(self);
        for (kept, other) in twice {
            let (id, from_other) = (MergeId(self.chance.id()), [].into());
            self.does(Request::MergePeople { id, kept, other, from_other });
        }
    }

    // ── Campaigns ───────────────────────────────────────────────────────────────────────────────────────────────────

    /// Last summer from the list of people, last winter from the register, in which some have a sheet and some have none.
    fn everyone_is_called(&mut self) {
        for n in 0..self.people.len() {
            let from = (n % 4 == 0).then_some(self.people[n]);
            if from.is_some() || n % 5 == 0 {
                let id = RegisterEntryId(self.chance.id());
                let changes = vec![RegisterChange::Text(RegisterField::FamilyName, format!("Calvoubrac {n}"))];
                self.does(Request::WriteRegister(Box::new(RegisterWrite::Create { id, changes, from, draft: None })));
            }
        }
        let day = |year: i32, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
        let year = self.today.year();
        self.calls(CampaignKind::Heat, CampaignSource::People, day(year - 1, 7, 20));
        self.calls(CampaignKind::Cold, CampaignSource::Register, day(year - 1, 12, 27));
    }

    fn calls(&mut self, kind: CampaignKind, source: CampaignSource, from: NaiveDate) {
        let until = from + Days::new(9);
        let mut campaign = Campaign::empty(CampaignId(self.chance.id()), kind, from, until);
        campaign.source = source;
        let id = campaign.id;
        self.does(Request::CreateCampaign(Box::new(NewCampaign { campaign, draft: None })));
        let Response::Campaign(file) = self.device.asks(Request::Campaign(id)) else { panic!("a campaign") };
        for card in file.cards.into_iter().map(|row| row.card) {
            let may_be_called = match card.about {
                CallSubject::Person(person) => self.people.contains(&person),
                CallSubject::Register(_) => true,
            };
            let tries = if may_be_called { self.chance.below(4) } else { 0 };
            for _ in 0..tries {
                let attempt = self.attempt(from);
                let id = attempt.id;
                let attempts = vec![NewAttempt { card: card.id, attempt }];
                self.does(Request::RecordAttempts { attempts, draft: None });
                if self.chance.happens(7) {
                    let changes = vec![AttemptChange::Withdrawn(true)];
                    self.does(Request::EditAttempt { card: card.id, id, changes });
                }
            }
        }
    }

    fn attempt(&mut self, from: NaiveDate) -> CallAttempt {
        let outcomes = [
            (6, &AttemptOutcome::Reached),
            (2, &AttemptOutcome::Need),
            (4, &AttemptOutcome::NoAnswer),
            (1, &AttemptOutcome::KnownAbsent),
            (1, &AttemptOutcome::Worry),
        ];
        CallAttempt {
            id: AttemptId(self.chance.id()),
            day: self.later(from, 9),
            hour: self.hour(),
            caller: None,
            way: AttemptWay::Call,
            outcome: self.chance.weighted(&outcomes).clone(),
            note: String::new(),
            absent_until: None,
            handled_on: None,
            withdrawn: false,
        }
    }
}
