//! The village's days as they come: an agenda of moments, each of which makes requests and further moments.
//!
//! It is lazy: five times the bench's data pass through it without being held. Every date it writes is a worked day,
//! what it postpones says why, and what it refers to exists.

mod consents;
mod lately;
mod leaving;
mod mornings;

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use chrono::NaiveDate;
use maillon_shared::api::Request;
use maillon_shared::api::requests::NewEncounter;
use maillon_shared::domain::calendar::{Calendar, NotWorked};
use maillon_shared::domain::contact::Phone;
use maillon_shared::domain::encounter::{Encounter, EncounterChange, EncounterField, EncounterKind};
use maillon_shared::domain::follow_up::{FollowUp, FollowUpKind, Rhythm};
use maillon_shared::domain::ids::{EncounterId, FollowUpId, LineId, RequestId};
use maillon_shared::domain::person::Person;
use maillon_shared::domain::request::{Request as CareRequest, RequestState};
use maillon_shared::domain::time::{Hour, Instant};

use super::Plan;
use super::chance::Chance;
use super::clock;
use super::directory::Directory;
use super::life::{Life, Running};
use super::people;
use super::phrases::Around;
use super::place;
use super::stories::{Opening, Repertoire, Situation};
use super::tally::Tally;
use super::telling::{self, Told, one_of};

/// What happens at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    /// A worked day begins.
    Morning,
    /// An entry comes into the directory.
    Entry(usize),
    /// Someone makes sure of an entry.
    Check(usize),
    /// Someone comes into the notebook.
    Arrival,
    /// Someone passes by who gives no name.
    Desk,
    /// A follow-up falls due, or is taken up late.
    Due(usize, FollowUpId),
    /// Someone is met, calls or is spoken of, outside what was planned.
    Unplanned(usize),
    /// Someone goes away for a time.
    Away(usize),
    /// Someone is back.
    Back(usize),
    /// Someone is followed no more.
    End(usize),
    /// One of what the last weeks bring.
    Lately(usize),
}

/// A moment of the agenda. Two of the same instant keep the order in which they were written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Moment {
    utc_ms: i64,
    number: u64,
    offset_min: i16,
    what: What,
}

/// The requests of a village, in the order in which they were made.
pub struct Stream {
    chance: Chance,
    plan: Plan,
    calendar: Calendar,
    repertoire: Repertoire,
    directory: Directory,
    agenda: BinaryHeap<Reverse<Moment>>,
    numbered: u64,
    lives: Vec<Life>,
    followed: usize,
    /// To whom something of the last weeks happens: they stay.
    busy: Vec<usize>,
    tally: Tally,
    /// Passers-by among the records.
    passers_by: usize,
    /// Records that one life makes in a worked day, as measured: what arrivals are reckoned with.
    pace: f64,
    /// Worked days lived by those followed, all together.
    lived_days: f64,
    out: VecDeque<(Instant, Request)>,
    /// The instant of the moment at hand, then of the last request made.
    now: Instant,
    finished: bool,
}

impl Iterator for Stream {
    type Item = (Instant, Request);

    fn next(&mut self) -> Option<Self::Item> {
        while self.out.is_empty() && !self.finished {
            match self.agenda.pop() {
                Some(Reverse(moment)) if !self.is_over(&moment) => self.happens(moment),
                _ => self.finish(),
            }
        }
        self.out.pop_front()
    }
}

impl Stream {
    pub(super) fn new(seed: u64, plan: Plan, calendar: Calendar) -> Self {
        let mut chance = Chance::new(seed);
        let first = clock::worked(&calendar, plan.first);
        let directory = Directory::of(&mut chance, plan.entries, first);
        let mut stream = Stream {
            chance,
            plan,
            calendar,
            repertoire: Repertoire::read(),
            directory,
            agenda: BinaryHeap::new(),
            numbered: 0,
            lives: Vec::new(),
            followed: 0,
            busy: Vec::new(),
            tally: Tally::default(),
            passers_by: 0,
            pace: 0.1,
            lived_days: 0.0,
            out: VecDeque::new(),
            now: clock::instant(first, chrono::NaiveTime::MIN),
            finished: false,
        };
        stream.agenda_of_the_directory(first);
        stream.write_morning(first);
        stream.agenda_of_the_last_weeks();
        stream
    }

    /// How many records were made so far.
    pub fn tally(&self) -> Tally {
        self.tally
    }

    fn today(&self) -> NaiveDate {
        self.now.day()
    }

    fn is_over(&self, moment: &Moment) -> bool {
        let at = Instant { utc_ms: moment.utc_ms, offset_min: moment.offset_min };
        // One encounter makes a handful of records: the last few are counted one by one.
        let full = self.plan.records.is_some_and(|records| self.tally.records() + 12 > records);
        at.day() >= self.plan.today || full
    }

    // ── The agenda ──────────────────────────────────────────────────────────────────────────────────────────────────

    fn write_at(&mut self, at: Instant, what: What) {
        let utc_ms = at.utc_ms.max(self.now.utc_ms);
        self.numbered += 1;
        self.agenda.push(Reverse(Moment { utc_ms, number: self.numbered, offset_min: at.offset_min, what }));
    }

    /// Writes something at a working hour of that day, or of the first worked day after it.
    fn write(&mut self, day: NaiveDate, what: What) {
        let day = clock::worked(&self.calendar, day);
        let at = clock::working_hour(&mut self.chance, day);
        self.write_at(at, what);
    }

    fn write_in(&mut self, first: i64, last: i64, what: What) {
        let day = clock::after(self.today(), self.chance.between(first, last));
        self.write(day, what);
    }

    fn write_morning(&mut self, day: NaiveDate) {
        let opening = chrono::NaiveTime::from_hms_opt(8, 0, 0).unwrap_or_default();
        self.write_at(clock::instant(day, opening), What::Morning);
    }

    // ── What happens ────────────────────────────────────────────────────────────────────────────────────────────────

    fn happens(&mut self, moment: Moment) {
        self.now = Instant { utc_ms: moment.utc_ms.max(self.now.utc_ms), offset_min: moment.offset_min };
        match moment.what {
            What::Away(who) | What::End(who) if self.busy.contains(&who) => {}
            What::Lately(index) => self.lately(index),
            What::Morning => self.morning(),
            What::Entry(index) => self.entry(index),
            What::Check(index) => self.check(index),
            What::Arrival => self.arrival(),
            What::Desk => self.desk(),
            What::Due(who, id) => self.due(who, id),
            What::Unplanned(who) => self.unplanned(who),
            What::Away(who) => self.away(who),
            What::Back(who) => self.back(who),
            What::End(who) => self.end(who),
        }
    }

    fn make(&mut self, request: Request) {
        self.tally.add(&request);
        self.out.push_back((self.now, request));
        // The next request comes a little later, as typing takes time; a directory is taken over as a list.
        let seconds = if matches!(self.out.back(), Some((_, Request::CreateEntry { .. }))) {
            1
        } else {
            self.chance.between(5, 30)
        };
        self.now = clock::later(self.now, seconds);
    }

    fn arrival(&mut self) {
        let today = self.today();
        let resident = people::arrives(&mut self.chance, &self.repertoire, today, &self.directory.cast);
        let id = resident.person.id;
        let changes = Person::empty(id).changes_to(&resident.person);
        let situation = resident.situation;
        self.make(Request::CreatePerson { id, changes, draft: None });
        self.asks_consent(id);
        let who = self.lives.len();
        self.lives.push(Life::new(resident));
        self.is_looked_at(who);
        self.followed += 1;
        if self.chance.happens(70) {
            self.lives[who].begin_story(&mut self.chance, &self.repertoire);
        }
        let kind = if self.chance.happens(40) { EncounterKind::HomeVisit } else { EncounterKind::WalkIn };
        self.meet(who, kind, None, true);
        self.write_in(20, 200, What::Unplanned(who));
        if self.chance.happens(45) {
            self.write_in(40, 700, What::Away(who));
        }
        let (shortest, longest) = match situation {
            Situation::Seasonal => (90, 240),
            Situation::Newcomer | Situation::Family => (120, 700),
            _ => (200, 1700),
        };
        self.write_in(shortest, longest, What::End(who));
    }

    fn desk(&mut self) {
        self.passers_by += 1;
        let mut encounter = Encounter::empty(EncounterId(self.chance.id()), None, self.today());
        encounter.kind = EncounterKind::WalkIn;
        encounter.hour = Some(self.now.hour());
        let sentence = *self.chance.pick(self.repertoire.section("desk"));
        encounter.notes = super::phrases::say(&mut self.chance, sentence, &Around::default());
        self.record(encounter, Told::default(), None, Vec::new(), Vec::new());
    }

    fn record(
        &mut self,
        mut encounter: Encounter,
        told: Told,
        completes: Option<FollowUpId>,
        follow_ups: Vec<FollowUp>,
        requests: Vec<CareRequest>,
    ) {
        if !told.notes.is_empty() {
            encounter.notes = told.notes;
        }
        encounter.words = told.words;
        encounter.with = told.with;
        let unshared_note = told.private;
        let new = NewEncounter { encounter, unshared_note, completes, follow_ups, requests, draft: None };
        self.make(Request::RecordEncounter(Box::new(new)));
    }

    // ── Someone is met ──────────────────────────────────────────────────────────────────────────────────────────────

    /// Someone is seen or spoken to. Where the encounter is the one that carries their life on, it decides the next.
    fn meet(&mut self, who: usize, kind: EncounterKind, completes: Option<FollowUpId>, carries_on: bool) {
        let today = self.today();
        let person = self.lives[who].resident.person.id;
        let mut encounter = Encounter::empty(EncounterId(self.chance.id()), Some(person), today);
        encounter.kind = kind;
        let step = self.lives[who].running.filter(|_| carries_on);
        let (told, openings, requests) = match step {
            Some(running) => self.tell_step(who, running, &mut encounter),
            None => {
                let resident = &self.lives[who].resident;
                let told = telling::ordinary(&mut self.chance, &self.repertoire, &encounter.kind, today, resident);
                (told, Vec::new(), Vec::new())
            }
        };
        encounter.duration_min = telling::duration(&mut self.chance, &encounter.kind);
        encounter.hour = self.chance.happens(60).then(|| self.now.hour());
        if encounter.kind == EncounterKind::ChanceMeeting {
            encounter.place = (*self.chance.pick(&["au marché", "devant la poste", "sur le chemin", ""])).into();
        }
        let mut follow_ups: Vec<FollowUp> =
            openings.iter().map(|opening| self.follow_up(who, opening, Some(encounter.id))).collect();
        if carries_on && !openings.iter().any(Opening::is_next) {
            let next = self.ordinary_next(who, Some(encounter.id));
            follow_ups.push(next);
        }
        if !carries_on && self.chance.happens(18) {
            let beside = self.ordinary_beside(who, Some(encounter.id));
            follow_ups.push(beside);
        }
        let id = encounter.id;
        if let Some(done) = completes {
            self.lives[who].close(done);
        }
        self.record(encounter, told, completes, follow_ups.clone(), requests);
        follow_ups.into_iter().for_each(|follow_up| self.wait_for(who, follow_up));
        self.mend(who, id);
    }

    fn tell_step(
        &mut self,
        who: usize,
        running: Running,
        encounter: &mut Encounter,
    ) -> (Told, Vec<Opening>, Vec<CareRequest>) {
        let story = &self.repertoire.stories[running.story];
        let step = story.steps[running.step].clone();
        let topic = story.topic;
        let more = running.step + 1 < story.steps.len();
        self.lives[who].running = more.then_some(Running { step: running.step + 1, ..running });
        encounter.kind = step.kind.clone();
        let resident = &self.lives[who].resident;
        let told = telling::step(&mut self.chance, &step, resident);
        let requests = if step.requests.is_empty() {
            Vec::new()
        } else {
            let (source, verbatim) = *self.chance.pick(&step.requests);
            let mut request = CareRequest::received(RequestId(self.chance.id()), encounter.person, encounter.day);
            request.source = source.into();
            request.topic = topic.into();
            request.verbatim = one_of(&mut self.chance, &[verbatim], resident);
            request.state = self.how_far(encounter.day);
            request.from = Some(encounter.id);
            vec![request]
        };
        (told, step.opens, requests)
    }

    /// How far a request is when the village is looked at: the last ones wait to be listened to.
    fn how_far(&mut self, received: NaiveDate) -> RequestState {
        match (self.plan.today - received).num_days() {
            ..=12 => self.chance.weighted(&[(6, &RequestState::Received), (4, &RequestState::Heard)]).clone(),
            13..=60 => self.chance.weighted(&[(4, &RequestState::Heard), (6, &RequestState::Analysed)]).clone(),
            // What stands still for months is rare: the day asks for it.
            _ => self.chance.weighted(&[(1, &RequestState::Analysed), (60, &RequestState::Closed)]).clone(),
        }
    }

    fn follow_up(&mut self, who: usize, opening: &Opening, from: Option<EncounterId>) -> FollowUp {
        let due = clock::after(self.today(), self.chance.between(opening.days.0, opening.days.1));
        let due = self.worked_near(due);
        let resident = &self.lives[who].resident;
        let what = one_of(&mut self.chance, &[opening.what], resident);
        let owner =
            if opening.owner.is_empty() { String::new() } else { one_of(&mut self.chance, &[opening.owner], resident) };
        let id = FollowUpId(self.chance.id());
        let mut follow_up = FollowUp::open(id, Some(resident.person.id), opening.kind.clone(), due);
        if follow_up.kind == FollowUpKind::Visit && self.chance.happens(25) {
            follow_up.hour = Hour::new(self.chance.between(9, 16) as u8, *self.chance.pick(&[0, 0, 15, 30]));
        }
        // A rhythm brings its next one with an id that nobody here knows: those set last are still to be done.
        if is_contact(&follow_up.kind) && opening.owner.is_empty() && due >= self.plan.today && self.chance.happens(25)
        {
            follow_up.rhythm =
                Some(*self.chance.pick(&[Rhythm::FORTNIGHTLY, Rhythm::MONTHLY, Rhythm::MONTHLY, Rhythm::QUARTERLY]));
        }
        follow_up.what = what;
        follow_up.owner = owner;
        follow_up.from = from;
        follow_up
    }

    /// That day if it is worked, or one of those after it: not everyone is seen on the day one comes back from leave.
    fn worked_near(&mut self, day: NaiveDate) -> NaiveDate {
        match self.calendar.why_not_worked(day) {
            Some(NotWorked::Leave(leave)) => {
                clock::worked(&self.calendar, clock::after(leave.to, self.chance.between(1, 14)))
            }
            _ => clock::worked(&self.calendar, day),
        }
    }

    fn ordinary_next(&mut self, who: usize, from: Option<EncounterId>) -> FollowUp {
        if self.chance.happens(24) {
            self.lives[who].begin_story(&mut self.chance, &self.repertoire);
        }
        let days = people::interval(self.lives[who].resident.situation);
        let (kind, title) = self.chance.weighted(&[
            (5, (&FollowUpKind::Visit, "next visit")),
            (4, (&FollowUpKind::Call, "next call")),
            (1, (&FollowUpKind::Contact, "next contact")),
        ]);
        let what = *self.chance.pick(self.repertoire.section(title));
        self.follow_up(who, &Opening { kind: kind.clone(), days, owner: "", what }, from)
    }

    fn ordinary_beside(&mut self, who: usize, from: Option<EncounterId>) -> FollowUp {
        let (kind, title) = self.chance.weighted(&[
            (5, (&FollowUpKind::Promise, "promise")),
            (2, (&FollowUpKind::Task, "task")),
            (3, (&FollowUpKind::Answer, "answer")),
        ]);
        let what = *self.chance.pick(self.repertoire.section(title));
        self.follow_up(who, &Opening { kind: kind.clone(), days: (2, 15), owner: "", what }, from)
    }

    fn wait_for(&mut self, who: usize, follow_up: FollowUp) {
        let due = follow_up.due;
        let id = follow_up.id;
        self.lives[who].open.push(follow_up);
        self.write(due, What::Due(who, id));
    }

    /// Now and then something is learnt, or what was noted is mended.
    fn mend(&mut self, who: usize, encounter: EncounterId) {
        match self.chance.below(60) {
            0 => {
                let words = one_of(&mut self.chance, self.repertoire.section("words"), &self.lives[who].resident);
                let changes = vec![EncounterChange::Text(EncounterField::Words, words)];
                self.make(Request::EditEncounter { id: encounter, changes, unshared_note: None, draft: None });
            }
            1 => self.edit(who, |chance, person| {
                let number = place::phone(chance, true);
                person.phones.push(Phone { id: LineId(chance.id()), number, label: "nouveau".into() });
            }),
            2 => {
                let approach = one_of(&mut self.chance, self.repertoire.section("approach"), &self.lives[who].resident);
                self.edit(who, |_, person| person.approach = approach);
            }
            _ => {}
        }
    }

    fn edit(&mut self, who: usize, change: impl FnOnce(&mut Chance, &mut Person)) {
        let before = self.lives[who].resident.person.clone();
        let mut after = before.clone();
        change(&mut self.chance, &mut after);
        let changes = before.changes_to(&after);
        if !changes.is_empty() {
            self.make(Request::EditPerson { id: before.id, changes, draft: None });
            self.lives[who].resident.person = after;
        }
    }

    // ── What falls due ──────────────────────────────────────────────────────────────────────────────────────────────

    fn due(&mut self, who: usize, id: FollowUpId) {
        let today = self.today();
        let life = &self.lives[who];
        let Some(follow_up) = life.open.iter().find(|follow_up| follow_up.id == id).cloned() else { return };
        if life.ended() {
            return;
        }
        if let Some(until) = life.away_until(today) {
            return self.write(until, What::Due(who, id));
        }
        match self.chance.below(100) {
            // Nobody does everything on the day.
            0..=8 => self.write_in(1, 7, What::Due(who, id)),
            9..=15 => {
                let days = self.chance.between(1, 9);
                self.postpone(who, id, days, "postponed");
            }
            16 => self.cancel(who, &follow_up),
            17..=27 if follow_up.kind == FollowUpKind::Answer => self.postpone(who, id, 7, "postponed"),
            17..=25 if is_contact(&follow_up.kind) => self.attempt(who, &follow_up),
            _ if is_contact(&follow_up.kind) => {
                let kind = telling::way(&mut self.chance, &follow_up.kind);
                self.meet(who, kind, Some(id), true);
            }
            _ => {
                self.lives[who].close(id);
                self.make(Request::Complete { id });
            }
        }
    }

    fn postpone(&mut self, who: usize, id: FollowUpId, days: i64, title: &str) {
        let day = clock::worked(&self.calendar, clock::after(self.today(), days));
        let reason = one_of(&mut self.chance, self.repertoire.section(title), &self.lives[who].resident);
        if let Some(follow_up) = self.lives[who].open.iter_mut().find(|follow_up| follow_up.id == id) {
            follow_up.due = day;
            self.make(Request::Reschedule { id, day, reason });
            self.write(day, What::Due(who, id));
        }
    }

    fn cancel(&mut self, who: usize, follow_up: &FollowUp) {
        self.lives[who].close(follow_up.id);
        let why = one_of(&mut self.chance, self.repertoire.section("cancelled"), &self.lives[who].resident);
        self.make(Request::Cancel { id: follow_up.id, why });
        if is_contact(&follow_up.kind) {
            // Nobody is left without a next contact.
            self.lives[who].running = None;
            let next = self.ordinary_next(who, None);
            self.make(Request::PlanFollowUp { follow_up: next.clone(), draft: None });
            self.wait_for(who, next);
        }
    }

    /// Nobody answers or opens: it is noted, and tried again.
    fn attempt(&mut self, who: usize, follow_up: &FollowUp) {
        let today = self.today();
        let resident = &self.lives[who].resident;
        let mut encounter = Encounter::empty(EncounterId(self.chance.id()), Some(resident.person.id), today);
        encounter.kind =
            if follow_up.kind == FollowUpKind::Visit { EncounterKind::HomeVisit } else { EncounterKind::CallOut };
        let (result, notes) = telling::attempt(&mut self.chance, &self.repertoire, &encounter.kind, resident);
        encounter.result = result;
        encounter.hour = Some(self.now.hour());
        encounter.notes = notes;
        self.record(encounter, Told::default(), None, Vec::new(), Vec::new());
        let days = self.chance.between(1, 4);
        self.postpone(who, follow_up.id, days, "postponed");
    }

    fn unplanned(&mut self, who: usize) {
        if self.lives[who].ended() {
            return;
        }
        if self.lives[who].away_until(self.today()).is_none() {
            let kind = self.chance.weighted(&[
                (5, &EncounterKind::CallIn),
                (4, &EncounterKind::ChanceMeeting),
                (3, &EncounterKind::ThirdParty),
                (3, &EncounterKind::WalkIn),
                (1, &EncounterKind::Mail),
            ]);
            self.meet(who, kind.clone(), None, false);
        }
        self.write_in(60, 330, What::Unplanned(who));
    }

    /// The last day: passers-by until the number of records is what was asked for.
    fn finish(&mut self) {
        self.finished = true;
        let missing = self.plan.records.map_or(0, |records| records.saturating_sub(self.tally.records()));
        (0..missing).for_each(|_| self.desk());
    }
}

fn is_contact(kind: &FollowUpKind) -> bool {
    matches!(kind, FollowUpKind::Contact | FollowUpKind::Visit | FollowUpKind::Call)
}
