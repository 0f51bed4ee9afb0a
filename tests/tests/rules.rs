//! The rules of the path, over histories at random and through the door: whatever is tried in whatever order, nothing is
//! oriented that was not heard, no alert is nobody's, no project is without a day, no name goes to a meeting unasked, and
//! nothing is decided about someone without them being told.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use chrono::{Days, NaiveDate};
use maillon_shared::api::alerts::AlertWrite;
use maillon_shared::api::meetings::{InvitationPreview, MeetingAnswer, MeetingFile, MeetingRead, MeetingWrite};
use maillon_shared::api::projects::ProjectWrite;
use maillon_shared::api::triage::{RequestFile, TriageAnswer, TriageQuestion, TriageWrite};
use maillon_shared::api::{Failure, Request, Response};
use maillon_shared::domain::agreement::accompanied;
use maillon_shared::domain::alert::{
    Alert, AlertChange, AlertSubject, Handover, Moment, Owner as AlertOwner, Severity, Wording,
};
use maillon_shared::domain::circle::Helper;
use maillon_shared::domain::consent::{ConsentEntry, Purpose, Recipient, Said, Sharing, Told, may};
use maillon_shared::domain::ids::{
    ActId, AlertId, ConsentId, HealthProjectId, LineId, PersonId, RequestId, SharedMeetingId,
};
use maillon_shared::domain::meeting_paper::{MinutesFor, Paper, PaperKind, PaperWay};
use maillon_shared::domain::person::Person;
use maillon_shared::domain::project::{Halt, HaltKind, HealthProject, Over};
use maillon_shared::domain::request::{Contact, Listening, Request as CareRequest, RequestStep, Stage};
use maillon_shared::domain::shared_meeting::{
    Guest, Held, MeetingCall, MeetingState, Presence, SharedMeeting, ToldBack,
};
use maillon_shared::domain::time::Hour;
use maillon_tests::harness::Device;
use maillon_tests::village::chance::Chance;

const ODETTE: PersonId = PersonId([1; 16]);
const ASKED: RequestId = RequestId([2; 16]);
const ALERT: AlertId = AlertId([3; 16]);
const MEETING: SharedMeetingId = SharedMeetingId([4; 16]);
const GUEST: LineId = LineId([5; 16]);
const NURSE: &str = "Aline Serrebois";
/// How many histories, and how long each.
const HISTORIES: u64 = 16;
const STEPS: usize = 120;

/// A history: what was done last, to be undone, and what ids were given.
struct History {
    chance: Chance,
    device: Device,
    today: NaiveDate,
    last: Option<ActId>,
    named: u8,
    done: usize,
    opened: usize,
}

impl History {
    fn new(seed: u64) -> Self {
        let today: NaiveDate = "2026-06-12".parse().unwrap();
        let mut device = Device::with_notebook(seed, today);
        let mut odette = Person::empty(ODETTE);
        (odette.given_name, odette.family_name) = ("Odette".into(), "Escarvenc".into());
        device.saves(&odette);
        let mut asked = CareRequest::received(ASKED, Some(ODETTE), today);
        asked.verbatim = "Je ne sors plus".into();
        let receive = TriageWrite::Receive { request: Box::new(asked), reported: None, draft: None };
        device.does(Request::WriteTriage(Box::new(receive))).unwrap();
        History { chance: Chance::new(seed), device, today, last: None, named: 100, done: 0, opened: 0 }
    }

    fn line(&mut self) -> LineId {
        self.named = self.named.wrapping_add(1);
        LineId([self.named; 16])
    }

    fn words(&mut self) -> String {
        (*self.chance.pick(&["", "elle l’a dit", "elle l’a dit"])).to_owned()
    }

    fn at(&self) -> Moment {
        Moment { day: self.today, hour: Hour::parse("10:00").unwrap() }
    }

    fn entries(&mut self) -> Vec<ConsentEntry> {
        self.device.opens(ODETTE).entries
    }

    fn request(&mut self) -> RequestFile {
        match self.device.asks(Request::AskTriage(TriageQuestion::Request(ASKED))) {
            Response::Triage(TriageAnswer::Request(file)) => *file,
            _ => panic!("a request was asked for"),
        }
    }

    fn meeting(&mut self) -> Option<MeetingFile> {
        match self.device.tries(Request::ReadMeeting(Box::new(MeetingRead::One(MEETING)))) {
            Ok(Response::Meeting(MeetingAnswer::One(file))) => Some(*file),
            _ => None,
        }
    }

    fn invitation(&mut self, message: &str) -> Option<InvitationPreview> {
        let asked = MeetingRead::Invitation { id: MEETING, guest: GUEST, message: message.into() };
        match self.device.tries(Request::ReadMeeting(Box::new(asked))) {
            Ok(Response::Meeting(MeetingAnswer::Invitation(preview))) => Some(*preview),
            _ => None,
        }
    }

    /// Something someone may try.
    fn tries(&mut self) -> Request {
        match self.chance.below(9) {
            0 | 1 | 8 => self.a_step(),
            2 => self.a_consent(),
            3 => self.about_a_project(),
            4 => self.about_an_alert(),
            5 => match self.last {
                Some(act) => Request::Undo(act),
                None => self.a_step(),
            },
            _ => self.about_a_meeting(),
        }
    }

    fn a_step(&mut self) -> Request {
        let (day, text, id) = (self.today, self.words(), self.line());
        let offered = self.request().request.options.first().map_or(id, |option| option.id);
        let heard = self.request().request.listening.first().map_or(id, |heard| heard.id);
        let step = match self.chance.below(11) {
            0 | 9 => RequestStep::Listen(Listening { id, day, text }),
            1 => RequestStep::Unlisten(heard),
            2 | 10 => RequestStep::Analyse { day, text },
            3 => RequestStep::Offer { id, to: Recipient::named(NURSE), mission: None, what: text, day },
            4 | 5 => {
                let contact = self.chance.pick(&[Contact::Themselves, Contact::Coordination]).clone();
                RequestStep::Choose { option: offered, day, contact, feedback_by: None }
            }
            6 => RequestStep::TakeToGroup(day),
            7 => RequestStep::Close { day, outcome: "orientation_accepted".into(), why: text },
            _ => RequestStep::Reopen,
        };
        Request::WriteTriage(Box::new(TriageWrite::Steps { id: ASKED, steps: vec![step], draft: None }))
    }

    fn a_consent(&mut self) -> Request {
        let given = Told { on: self.today, how: "orally".into() };
        let standing = self.entries().into_iter().find(|entry| entry.withdrawn.is_none()).map(|entry| entry.id);
        if let Some(id) = standing.filter(|_| self.chance.happens(50)) {
            return Request::WithdrawEntry { id, withdrawn: given };
        }
        let purpose = self.chance.pick(&[Purpose::SharedMeeting, Purpose::Orientation]).clone();
        let sharing = Sharing { recipient: Recipient::named(NURSE), purpose, what: "son nom".into(), until: None };
        let said = if self.chance.happens(50) { Said::Accompanied } else { Said::Shares(sharing) };
        let (id, person, note) = (ConsentId(self.line().0), ODETTE, String::new());
        let entry = ConsentEntry { id, person, said, given, withdrawn: None, note };
        Request::GiveEntry { entry: Box::new(entry), draft: None }
    }

    fn about_a_project(&mut self) -> Request {
        let open = self.device.opens(ODETTE).projects.first().map(|row| row.id);
        let review = self.today + Days::new(self.chance.below(200) as u64);
        let (on, words) = (self.today, self.words());
        let write = match (open, self.chance.below(3)) {
            (Some(id), 0) => {
                let kind = self.chance.pick(&[HaltKind::Paused, HaltKind::Stopped, HaltKind::Closed]).clone();
                let halt = Halt { id: self.line(), kind, on, words, over: None };
                ProjectWrite::Halt { id, halt, review: Some(review), draft: None }
            }
            (Some(id), 1) => ProjectWrite::Resume { id, over: Over { on, words }, review, draft: None },
            _ => {
                let mut project = HealthProject::empty(HealthProjectId(self.line().0), ODETTE, on, review);
                project.words = words;
                project.from = self.chance.happens(50).then_some(ASKED);
                ProjectWrite::Open { project: Box::new(project), draft: None }
            }
        };
        Request::WriteProject(Box::new(write))
    }

    fn about_an_alert(&mut self) -> Request {
        let (at, id, other) = (self.at(), self.line(), self.line());
        let owners = [AlertOwner::Coordinator, AlertOwner::StandIn].into_iter();
        let named = Wording::new(&self.words()).map(|name| AlertOwner::Someone { entry: None, name });
        let owners: Vec<_> = owners.chain(named).collect();
        let to = self.chance.pick(&owners).clone();
        let write = if self.chance.happens(50) {
            let subject = AlertSubject::Person(ODETTE);
            let alert = Alert::raised(ALERT, subject, at, Severity::Priority, to, [id, other]);
            AlertWrite::Raise { alert: Box::new(alert), draft: None }
        } else {
            let changes = vec![AlertChange::HandOver(Handover { id, to, at, why: self.words() })];
            AlertWrite::Edit { id: ALERT, changes, draft: None }
        };
        Request::WriteAlert(Box::new(write))
    }

    fn about_a_meeting(&mut self) -> Request {
        let (on, words, trace) = (self.today, self.words(), self.line());
        let write = match self.chance.below(6) {
            0 => {
                let mut meeting = SharedMeeting::planned(MEETING, ODETTE, on);
                meeting.purpose = "Préparer l’hiver d’Odette Escarvenc".into();
                meeting.guests = vec![Guest::to_ask(GUEST, Helper::Named(NURSE.into()))];
                MeetingWrite::Plan { meeting: Box::new(meeting), draft: None }
            }
            1 => {
                let spoken = Helper::Named("sa voisine".into());
                let presence = match self.chance.below(3) {
                    0 => Presence::There,
                    1 => Presence::Represented { by: spoken, why: words },
                    _ => Presence::Absent { why: words },
                };
                MeetingWrite::Hold { id: MEETING, held: Held { on, presence }, came: Vec::new(), draft: None }
            }
            2 => MeetingWrite::TellBack { id: MEETING, told: ToldBack { on, words }, draft: None },
            3 => {
                let paper =
                    Paper::Minutes(if self.chance.happens(50) { MinutesFor::Person } else { MinutesFor::Guest(GUEST) });
                MeetingWrite::Give { id: MEETING, trace, paper, way: PaperWay::Paper, draft: None }
            }
            _ => {
                let message = (*self.chance.pick(&["Merci.", "C’est pour Mme Escarvenc."])).to_owned();
                let paper = Paper::Invitation { guest: GUEST, message };
                MeetingWrite::Give { id: MEETING, trace, paper, way: PaperWay::Paper, draft: None }
            }
        };
        Request::WriteMeeting(Box::new(write))
    }

    /// One thing is tried, and done or refused.
    fn goes_on(&mut self) {
        if self.chance.happens(10) {
            self.today = self.today + Days::new(1);
            self.device.is_on(self.today);
        }
        let request = self.tries();
        let opens = matches!(&request, Request::WriteProject(write) if matches!(**write, ProjectWrite::Open { .. }));
        let (before, given) = (self.entries(), self.meeting().map_or(0, |file| file.meeting.given.len()));
        match self.device.tries(request) {
            Ok(Response::Saved(saved)) => {
                self.done += 1;
                self.last = Some(saved.act);
                if opens {
                    self.opened += 1;
                    assert_eq!(accompanied(&before, self.today), Ok(()), "no project begins unasked");
                }
            }
            Ok(_) => {}
            Err(Failure::NotUnderstood | Failure::System(_) | Failure::Stopped) => panic!("no refusal in words"),
            Err(_) => {}
        }
        self.nothing_left_unasked(&before, given);
        self.every_rule_holds();
    }

    /// What left in this step rests on what she agreed to before it, or names nobody.
    fn nothing_left_unasked(&mut self, agreed: &[ConsentEntry], before: usize) {
        let may_be_named = may(agreed, &Purpose::SharedMeeting, &Recipient::named(NURSE), self.today).is_ok();
        let Some(file) = self.meeting() else { return };
        for paper in file.meeting.given.iter().skip(before).filter(|paper| paper.guest.is_some()) {
            if !may_be_named {
                assert_eq!((&paper.what, paper.consent), (&PaperKind::Invitation, None), "minutes name her");
                assert!(!paper.message.contains("Escarvenc"), "{paper:?}");
            }
        }
    }

    fn every_rule_holds(&mut self) {
        let request = self.request().request;
        let stage = request.stage();
        assert!(stage < Stage::Heard || stage == Stage::Closed || !request.listening.is_empty(), "{request:?}");
        let answered = matches!(stage, Stage::Oriented | Stage::WithGroup);
        assert!(!answered || request.analysed_on.is_some(), "{request:?}");

        let Response::Alerts(alerts) = self.device.asks(Request::Alerts) else { panic!("alerts") };
        for row in alerts.live.iter().chain(&alerts.over) {
            if let AlertOwner::Someone { name, .. } = &row.owner {
                assert!(!name.as_str().trim().is_empty());
            }
        }

        for row in self.device.opens(ODETTE).projects {
            let Response::Project(file) = self.device.asks(Request::Project(row.id)) else { panic!("a project") };
            assert!(file.project.review >= file.project.opened, "{:?}", file.project);
        }

        let entries = self.entries();
        if may(&entries, &Purpose::SharedMeeting, &Recipient::named(NURSE), self.today).is_err()
            && let Some(preview) = self.invitation("")
        {
            let said = format!("{:?}", preview.invitation);
            assert!(!said.contains("Escarvenc") && !said.contains("Odette"), "{said}");
        }
        if let Some(file) = self.meeting()
            && let MeetingState::Held(held) = &file.meeting.state
            && held.presence != Presence::There
        {
            assert!(!held.presence.why().trim().is_empty(), "why she was not there");
            let told = file.meeting.told_back.as_ref().is_some_and(|told| !told.words.trim().is_empty());
            let asked = self.device.today().meetings.iter().any(|due| due.call == MeetingCall::TellBack(held.on));
            assert!(told || asked, "she is told, or the day asks for it");
        }
    }
}

#[test]
fn whatever_is_tried_in_whatever_order_the_rules_hold() {
    let (mut done, mut oriented, mut held, mut given, mut opened) = (0, 0, 0, 0, 0);
    for seed in 0..HISTORIES {
        let mut history = History::new(seed);
        for _ in 0..STEPS {
            history.goes_on();
            oriented += usize::from(matches!(history.request().request.stage(), Stage::Oriented));
        }
        done += history.done;
        opened += history.opened;
        if let Some(file) = history.meeting() {
            held += usize::from(matches!(file.meeting.state, MeetingState::Held(_)));
            given += file.meeting.given.len();
        }
    }
    // A property over histories in which nothing happens would hold of anything.
    assert!(
        done > 300 && oriented > 20 && held > 3 && given > 3 && opened > 5,
        "{done} {oriented} {held} {given} {opened}"
    );
}
