//! What is on the coordinator's table when the demonstration opens: one of each thing that Maillon is for, told in the
//! commune's last weeks.
//!
//! A bench counts records and a hamlet is for short tests: neither has any of this. Nothing is drawn here: whom it happens
//! to follows from who is there.

use chrono::{Datelike, Months, NaiveDate};
use maillon_shared::api::Request;
use maillon_shared::api::alerts::AlertWrite;
use maillon_shared::api::collective::CollectiveWrite;
use maillon_shared::api::households::HouseholdWrite;
use maillon_shared::api::meetings::MeetingWrite;
use maillon_shared::api::projects::ProjectWrite;
use maillon_shared::api::stays::StayWrite;
use maillon_shared::api::triage::TriageWrite;
use maillon_shared::domain::alert::{
    Acknowledgement, Alert, AlertChange, AlertSubject, Moment as Heard, Owner as Answers, Population, Severity, Step,
    VigilanceLevel, Wording,
};
use maillon_shared::domain::circle::{Helper, MemberChange, MemberField};
use maillon_shared::domain::collective::{
    CollectiveProject, Partner, ProjectNeed, ProjectStage, ProjectStep, ProjectTick,
};
use maillon_shared::domain::consent::Recipient;
use maillon_shared::domain::difficulty::Difficulty;
use maillon_shared::domain::disclosure::{PublicCount, Threshold};
use maillon_shared::domain::hospital_stay::{HospitalStay, ReturnStep, StepState};
use maillon_shared::domain::ids::{
    AlertId, CollectiveId, DifficultyId, EntryId, FollowUpId, HealthProjectId, HospitalStayId, HouseholdId, LineId,
    PersonId, ProvisionalId, RequestId, RoundId, SharedMeetingId,
};
use maillon_shared::domain::person::{Person, PersonState};
use maillon_shared::domain::project::{Goal, GoalState, HealthProject, Owner, ProjectChange};
use maillon_shared::domain::provisional::Provisional;
use maillon_shared::domain::request::{Contact, Listening, Request as CareRequest, RequestStep};
use maillon_shared::domain::round::{Round, Stop};
use maillon_shared::domain::shared_meeting::{
    Asked, Came, Guest, Held, MeetingChange, Origin, Point, Presence, SharedMeeting,
};
use maillon_shared::domain::time::Hour;

use super::super::clock;
use super::super::place;
use super::super::stories::Situation;
use super::consents::beside;
use super::{Stream, What};

/// What tells one of them.
type Told = fn(&mut Stream);

/// How many days before the notebook is opened each of these is told, the earliest first.
const TOLD: &[(i64, Told)] = &[
    (48, Stream::begins_the_shuttle),
    (34, Stream::hears_difficulties),
    (30, Stream::two_live_together),
    (23, Stream::held_a_meeting),
    (13, Stream::begins_a_project),
    (8, Stream::is_told_of_a_stay),
    (6, Stream::follows_a_request),
    (4, Stream::hears_of_someone),
    (2, Stream::plans_a_round),
    (1, Stream::is_warned_of_the_weather),
    (1, Stream::has_no_news),
];

/// Those of the directory who have a part: their place in it.
const SOCIAL_SERVICE: usize = 1;
const HOME_HELP: usize = 4;
const NURSE: usize = 7;
const BAKER: usize = 9;
const DRIVER: usize = 11;

impl Stream {
    pub(super) fn agenda_of_the_last_weeks(&mut self) {
        if self.plan.lately {
            for (index, (days, _)) in TOLD.iter().enumerate() {
                let day = self.plan.today - chrono::Days::new(days.unsigned_abs());
                // The last worked day of those is the one before the notebook is opened, at the latest.
                let day = self.calendar.worked_before(day).filter(|_| !self.calendar.is_worked(day)).unwrap_or(day);
                self.write(day, What::Lately(index));
            }
        }
    }

    pub(super) fn lately(&mut self, index: usize) {
        if let Some((_, told)) = TOLD.get(index) {
            told(self);
        }
    }

    /// Someone who lives so, is there, and to whom nothing of this has happened yet.
    fn somebody(&mut self, situation: Situation) -> Option<Person> {
        let fits = |who: &usize| {
            let life = &self.lives[*who];
            life.resident.situation == situation
                && life.resident.person.state == PersonState::Followed
                && !life.resident.person.phones.is_empty()
                && life
                    .resident
                    .person
                    .related
                    .iter()
                    .any(|line| situation != Situation::Couple || line.relation == "spouse")
        };
        let who = (0..self.lives.len()).rev().filter(|who| !self.busy.contains(who)).find(fits)?;
        self.busy.push(who);
        Some(self.lives[who].resident.person.clone())
    }

    fn entry_of(&self, part: usize) -> EntryId {
        self.directory.entries[part].id
    }

    fn in_days(&self, days: i64) -> NaiveDate {
        clock::worked(&self.calendar, clock::after(self.plan.today, days))
    }

    /// When something was heard: now.
    fn heard(&self) -> Heard {
        Heard { day: self.today(), hour: self.now.hour() }
    }

    fn begins_the_shuttle(&mut self) {
        let line = |n: u8| LineId([n; 16]);
        let mut project = CollectiveProject::empty(CollectiveId(*b"mercredi-navette"));
        project.title = "La navette du mercredi".into();
        project.year = Some(self.plan.today.year());
        project.stage = ProjectStage::Building;
        project.axis = "Aller et venir".into();
        project.aim =
            "Que chacun puisse venir au marché et à la maison de santé sans demander qu’on le conduise.".into();
        project.carrier_entry = Some(self.entry_of(SOCIAL_SERVICE));
        project.place = "Salle du Lavoir, pour les réunions".into();
        project.means = "Le minibus du CCAS le mercredi matin, deux bénévoles".into();
        project.ticks.insert(ProjectTick::Ottawa, ["environments".to_owned(), "community".to_owned()].into());
        project.ticks.insert(ProjectTick::Public, ["elders".to_owned()].into());
        project.communes.insert(place::COMMUNE_CODE.into(), place::COMMUNE.into());
        let count = PublicCount::of(9, Threshold::FIVE);
        let period = format!("les six premiers mois de {}", self.plan.today.year() - 1);
        project.needs.extend(ProjectNeed::new(line(1), "transport", count, &period));
        project.partners.push(Partner {
            entry: Some(self.entry_of(DRIVER)),
            brings: "conduit un mercredi sur deux".into(),
            ..Partner::empty(line(2))
        });
        let steps = [
            (3, "Faire le tour des hameaux pour choisir les arrêts", Some(self.today()), None),
            (4, "Demander l’assurance pour les conducteurs bénévoles", Some(self.in_days(2)), None),
            (5, "Premier mercredi d’essai", Some(self.in_days(19)), None),
        ];
        project.steps.extend(steps.map(|(n, what, due, done_on)| ProjectStep {
            what: what.into(),
            owner: "la coordination".into(),
            due,
            done_on: done_on.or((n == 3).then_some(self.today())),
            ..ProjectStep::empty(line(n))
        }));
        self.common(CollectiveWrite::CreateProject { project: Box::new(project), draft: None });
    }

    fn hears_difficulties(&mut self) {
        let said = [
            ("reaching", "Personne ne rappelle avant le soir : on renonce, et la personne attend.", HOME_HELP),
            ("reaching", "Je laisse un message, je ne sais jamais s’il a été écouté.", NURSE),
            ("hospital_returns", "On apprend le retour le jour même, par la famille, quand on l’apprend.", HOME_HELP),
        ];
        for (n, (theme, words, who)) in said.into_iter().enumerate() {
            let mut difficulty = Difficulty::empty(DifficultyId([0xd1 + n as u8; 16]), self.today());
            (difficulty.theme, difficulty.words) = (theme.into(), words.into());
            difficulty.structure_entry = Some(self.entry_of(who));
            self.common(CollectiveWrite::SayDifficulty { difficulty, draft: None });
        }
    }

    fn common(&mut self, write: CollectiveWrite) {
        self.make(Request::WriteCollective(Box::new(write)));
    }

    /// Of two who live together, the other has a sheet too from now on.
    fn two_live_together(&mut self) {
        let Some(one) = self.somebody(Situation::Couple) else { return };
        let Some(spouse) = one.related.iter().find(|line| line.relation == "spouse") else { return };
        let Some((given, family)) = spouse.name.split_once(' ') else { return };
        let mut other = Person::empty(PersonId(beside(one.id, "lives with them")));
        (other.given_name, other.family_name) = (given.into(), family.into());
        other.address = one.address.clone();
        let changes = Person::empty(other.id).changes_to(&other);
        self.make(Request::CreatePerson { id: other.id, changes, draft: None });
        self.asks_consent(other.id);
        self.make(Request::WriteHousehold(Box::new(HouseholdWrite::Join {
            person: other.id,
            with: one.id,
            home: HouseholdId(beside(one.id, "their home")),
            same_address: true,
            draft: None,
        })));
    }

    /// Her words, what she wants, who does what; and those around her are asked to think with her in a few days.
    fn begins_a_project(&mut self) {
        let Some(person) = self.somebody(Situation::Alone) else { return };
        let id = HealthProjectId(beside(person.id, "project"));
        let goal = LineId(beside(person.id, "goal"));
        let review = self.today().checked_add_months(Months::new(2)).unwrap_or(self.plan.today);
        let mut project = HealthProject::empty(id, person.id, self.today(), clock::worked(&self.calendar, review));
        project.words = "Je veux rester chez moi, et ne plus passer tout l’hiver sans parler à personne.".into();
        project.topic = "isolation".into();
        project.goals =
            vec![Goal { id: goal, words: "Descendre au marché une fois par semaine".into(), state: GoalState::Open }];
        self.project(ProjectWrite::Open { project: Box::new(project), draft: None });
        let relative = Owner::Helper(Helper::Related(person.related[0].id));
        let actions = [
            ("act 1", "Choisir le jour qui convient", Owner::Person, Some(self.in_days(5))),
            ("act 2", "Conduire au marché le mercredi", Owner::Helper(Helper::Entry(self.entry_of(DRIVER))), None),
            ("act 3", "Réparer la rampe de l’escalier", relative, Some(self.in_days(12))),
            ("act 4", "Demander l’aide pour le bois au CCAS", Owner::Coordinator, Some(self.in_days(1))),
        ];
        let changes = actions.into_iter().flat_map(|(name, what, owner, by)| {
            let action = FollowUpId(beside(person.id, name));
            [
                ProjectChange::Action(action, what.into()),
                ProjectChange::Owner(action, owner),
                ProjectChange::By(action, by),
                ProjectChange::For(action, Some(goal)),
            ]
        });
        self.project(ProjectWrite::Edit { id, changes: changes.collect(), draft: None });
        let circle = [
            ("in 1", Helper::Related(person.related[0].id), "passe le dimanche", false),
            ("in 2", Helper::Entry(self.entry_of(NURSE)), "vient trois matins par semaine", true),
        ];
        for (name, who, role, leads) in circle {
            let changes = vec![
                MemberChange::Who(who),
                MemberChange::Text(MemberField::Role, role.into()),
                MemberChange::Leads(leads),
                MemberChange::From(Some(self.today())),
            ];
            let member = LineId(beside(person.id, name));
            self.project(ProjectWrite::Member { person: person.id, id: member, changes, draft: None });
        }
        let mut meeting = self.meeting(&person, "to come", self.in_days(3));
        meeting.origin = Some(Origin::Project(id));
        meeting.purpose = "Se répartir l’hiver : le bois, le marché, les visites".into();
        meeting.guests[0].asked = Asked::Accepts;
        self.meets(MeetingWrite::Plan { meeting: Box::new(meeting), draft: None });
    }

    fn project(&mut self, write: ProjectWrite) {
        self.make(Request::WriteProject(Box::new(write)));
    }

    /// One that was held with the person, and of which something is still to be done.
    fn held_a_meeting(&mut self) {
        let Some(person) = self.somebody(Situation::Carer) else { return };
        let mut meeting = self.meeting(&person, "was held", self.today());
        meeting.purpose = "Trouver un relais : une nuit entière par semaine".into();
        let id = meeting.id;
        let came = meeting.guests.iter().map(|guest| (guest.id, Some(Came::There))).collect();
        self.meets(MeetingWrite::Plan { meeting: Box::new(meeting), draft: None });
        let held = Held { on: self.today(), presence: Presence::There };
        self.meets(MeetingWrite::Hold { id, held, came, draft: None });
        let decisions = [
            ("decided 1", "Demander deux nuits à la plateforme de répit", Owner::Coordinator, self.in_days(0)),
            ("decided 2", "Essayer le relais le mardi", Owner::Person, self.in_days(9)),
        ];
        let changes = decisions.into_iter().flat_map(|(name, what, owner, by)| {
            let decision = FollowUpId(beside(person.id, name));
            [
                MeetingChange::Decision(decision, what.into()),
                MeetingChange::DecisionOwner(decision, owner),
                MeetingChange::DecisionBy(decision, by),
            ]
        });
        self.meets(MeetingWrite::Edit { id, changes: changes.collect(), draft: None });
    }

    fn meeting(&self, person: &Person, name: &str, day: NaiveDate) -> SharedMeeting {
        let mut meeting = SharedMeeting::planned(SharedMeetingId(beside(person.id, name)), person.id, day);
        meeting.hour = Hour::new(14, 30);
        meeting.place = "Salle du Lavoir".into();
        let point = |name: &str, what: &str| Point {
            id: LineId(beside(person.id, name)),
            what: what.into(),
            notes: String::new(),
        };
        meeting.points = vec![point("point 1", "Ce que la personne souhaite"), point("point 2", "Qui fait quoi")];
        let guest = |name: &str, who: Helper| Guest::to_ask(LineId(beside(person.id, name)), who);
        meeting.guests = vec![
            guest("guest 1", Helper::Related(person.related[0].id)),
            guest("guest 2", Helper::Entry(self.entry_of(NURSE))),
            guest("guest 3", Helper::Entry(self.entry_of(HOME_HELP))),
        ];
        meeting
    }

    fn meets(&mut self, write: MeetingWrite) {
        self.make(Request::WriteMeeting(Box::new(write)));
    }

    /// A return to prepare: some of it is done, some is in somebody's hands, some nobody has asked yet.
    fn is_told_of_a_stay(&mut self) {
        let Some(person) = self.somebody(Situation::Alone) else { return };
        let mut stay = HospitalStay::noticed(HospitalStayId(beside(person.id, "hospital")), person.id, self.today());
        stay.admitted = Some(self.today());
        stay.place = "Hôpital des Deux-Rives".into();
        stay.ward = "2e étage, côté jardin".into();
        stay.told_by = person.related[0].name.clone();
        (stay.planned, stay.planned_hour) = (Some(self.in_days(2)), Hour::new(10, 30));
        let home_help = Owner::Helper(Helper::Entry(self.entry_of(HOME_HELP)));
        let relative = Owner::Helper(Helper::Related(person.related[0].id));
        let steps = [
            ("date_and_hour", StepState::Done, Some(Owner::Coordinator)),
            ("transport", StepState::InHand, Some(relative)),
            ("keys", StepState::Done, None),
            ("someone_at_arrival", StepState::ToAsk, None),
            ("home_help", StepState::InHand, Some(home_help)),
            ("meals", StepState::ToAsk, None),
            ("heating_cooling", StepState::ToAsk, None),
        ];
        stay.steps = steps
            .into_iter()
            .map(|(what, state, owner)| ReturnStep {
                state,
                owner,
                ..ReturnStep::to_ask(LineId(beside(person.id, what)), what.into())
            })
            .collect();
        self.make(Request::WriteStay(Box::new(StayWrite::Notice { stay: Box::new(stay), draft: None })));
    }

    /// Heard, understood, offered; the person calls by themselves, and says whether it helped.
    fn follows_a_request(&mut self) {
        let Some(person) = self.somebody(Situation::Parent) else { return };
        let id = RequestId(beside(person.id, "asks"));
        let mut asked = CareRequest::received(id, Some(person.id), self.today());
        (asked.topic, asked.source) = ("rights".into(), "person".into());
        asked.verbatim = "On m’a renvoyé trois fois le dossier. Je ne sais plus ce qui manque.".into();
        self.triage(TriageWrite::Receive { request: Box::new(asked), reported: None, draft: None });
        let (day, option) = (self.today(), LineId(beside(person.id, "option")));
        let text = "N’ose plus ouvrir le courrier. Veut qu’on le lise ensemble, pas à sa place.".into();
        let steps = vec![
            RequestStep::Listen(Listening { id: LineId(beside(person.id, "heard")), day, text }),
            RequestStep::Analyse { day, text: "Quelqu’un avec qui refaire le dossier, une seule fois".into() },
            RequestStep::Offer {
                id: option,
                to: Recipient { entry: Some(self.entry_of(SOCIAL_SERVICE)), name: "CCAS".into() },
                mission: None,
                what: "un rendez-vous avec tous les papiers".into(),
                day,
            },
            RequestStep::Choose { option, day, contact: Contact::Themselves, feedback_by: Some(self.in_days(1)) },
        ];
        self.triage(TriageWrite::Steps { id, steps, draft: None });
    }

    /// Someone not yet met, whom the baker worries about.
    fn hears_of_someone(&mut self) {
        let baker = self.directory.entries[BAKER].display_name();
        let mut record = Provisional::empty(ProvisionalId([0xa1; 16]), PersonId([0xa2; 16]), self.today());
        record.source = "neighbour_or_relay".into();
        record.reported_by = baker;
        record.usual_name = "la dame aux volets bleus".into();
        record.hamlet = place::HAMLETS[1].0.into();
        record.commune = place::COMMUNE.into();
        record.words = "Elle ne vient plus chercher son pain depuis deux semaines.".into();
        let mut asked = CareRequest::received(RequestId([0xa3; 16]), None, self.today());
        (asked.topic, asked.source) = ("isolation".into(), "neighbour_or_relay".into());
        asked.verbatim = record.words.clone();
        self.triage(TriageWrite::Receive { request: Box::new(asked), reported: Some(Box::new(record)), draft: None });
    }

    fn triage(&mut self, write: TriageWrite) {
        self.make(Request::WriteTriage(Box::new(write)));
    }

    /// Four who live alone, in the hamlets, on the day the notebook is opened.
    fn plans_a_round(&mut self) {
        let mut round = Round::empty(RoundId([0xb1; 16]), self.plan.today);
        round.from = "place du Lavoir".into();
        round.back_with = "le secrétariat de la mairie".into();
        round.back_at = Hour::new(17, 0);
        for order in 0..4 {
            let Some(person) = self.somebody(Situation::Alone) else { break };
            round.stops.push(Stop { id: LineId(beside(person.id, "stop")), person: person.id, order });
        }
        self.make(Request::PlanRound { round: Box::new(round), draft: None });
    }

    fn is_warned_of_the_weather(&mut self) {
        let (phenomenon, words) = match self.plan.today.month() {
            5..=9 => ("Canicule", "Fraîcheur ouverte l’après-midi à la salle du Lavoir."),
            10..=12 | 1..=3 => ("Grand froid", "La salle du Lavoir est chauffée et ouverte toute la journée."),
            _ => ("Vent violent", "Ne pas prendre la route des hameaux l’après-midi."),
        };
        let mut population = Population::until(self.in_days(2));
        (population.phenomenon, population.communes) = (phenomenon.into(), place::COMMUNE.into());
        population.level = Some(VigilanceLevel::Orange);
        let lines = [LineId([0xc1; 16]), LineId([0xc2; 16])];
        let about = AlertSubject::Population(population);
        let owner = Answers::Coordinator;
        let mut alert = Alert::raised(AlertId([0xc0; 16]), about, self.heard(), Severity::Information, owner, lines);
        (alert.kind, alert.source, alert.words) = ("weather".into(), "mairie".into(), words.into());
        self.alert(AlertWrite::Raise { alert: Box::new(alert), draft: None });
    }

    /// Shutters that stay closed: a neighbour has been, somebody must go.
    fn has_no_news(&mut self) {
        let Some(person) = self.somebody(Situation::Alone) else { return };
        let [judged, given] = ["judged", "given"].map(|name| LineId(beside(person.id, name)));
        let id = AlertId(beside(person.id, "alert"));
        let (about, owner) = (AlertSubject::Person(person.id), Answers::Coordinator);
        let mut alert = Alert::raised(id, about, self.heard(), Severity::Priority, owner.clone(), [judged, given]);
        (alert.kind, alert.source) = ("no_news".into(), "neighbour_or_relay".into());
        alert.words = "Les volets sont restés fermés hier et ce matin, le téléphone sonne dans le vide.".into();
        self.alert(AlertWrite::Raise { alert: Box::new(alert), draft: None });
        let taken = Acknowledgement { id: LineId(beside(person.id, "taken")), by: owner, at: self.heard() };
        let mut changes = vec![AlertChange::Acknowledge(taken)];
        changes.extend(Wording::new("Deux rappels sans réponse. La voisine a les clés, et rentre ce soir.").map(
            |what| {
                let id = LineId(beside(person.id, "step"));
                AlertChange::Step(Step { id, at: self.heard(), with: "la voisine".into(), what, under: judged })
            },
        ));
        self.alert(AlertWrite::Edit { id, changes, draft: None });
    }

    fn alert(&mut self, write: AlertWrite) {
        self.make(Request::WriteAlert(Box::new(write)));
    }
}
