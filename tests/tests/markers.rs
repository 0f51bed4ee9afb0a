//! Nothing that someone types is readable where the notebook rests.
//!
//! A random marker of 32 characters goes into every text of every request, then is looked for in every row, keys and
//! values, as UTF-8, UTF-16LE and Latin-1. What a real host leaves behind (logs, profile, print queue) is looked for end
//! to end.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use chrono::NaiveDate;
use maillon_shared::api::calls::{NewAttempt, NewCampaign};
use maillon_shared::api::collective::{CollectiveRead, CollectiveWrite};
use maillon_shared::api::meetings::{MeetingRead, MeetingWrite};
use maillon_shared::api::projects::ProjectWrite;
use maillon_shared::api::register::RegisterWrite;
use maillon_shared::api::requests::{Draft, DraftKey, NewEncounter, NewNotebook, Secret};
use maillon_shared::api::{Request, Response};
use maillon_shared::domain::absence::{Absence, AbsenceField};
use maillon_shared::domain::campaign::{
    AttemptOutcome, AttemptWay, CallAttempt, Caller, Campaign, CampaignKind, CampaignSource,
};
use maillon_shared::domain::circle::{Helper, MemberChange, MemberField};
use maillon_shared::domain::clues::WrittenFor;
use maillon_shared::domain::collective::{
    CollectiveProject, Indicator, IndicatorValue, Partner, ProjectField as CollectiveField, ProjectNeed, ProjectStage,
    ProjectStep, ProjectTick,
};
use maillon_shared::domain::consent::{
    ConsentEntry, EmergencyDisclosure, Objection, Purpose, Recipient, Said, Sharing, Told,
};
use maillon_shared::domain::contact::{Phone, PhoneField};
use maillon_shared::domain::difficulty::{Difficulty, DifficultyField};
use maillon_shared::domain::directory::{DirectoryEntry, EntryChange, EntryField, EntryKind};
use maillon_shared::domain::disclosure::{PublicCount, Threshold};
use maillon_shared::domain::encounter::{Encounter, EncounterChange, EncounterField, EncounterKind, EncounterResult};
use maillon_shared::domain::follow_up::{FollowUp, FollowUpKind};
use maillon_shared::domain::ids::{
    AssessmentId, ConsentId, CountId, DisclosureId, EncounterId, EntryId, FollowUpId, HealthProjectId, LineId,
    PersonId, RequestId, RoundId, SharedMeetingId,
};
use maillon_shared::domain::ids::{AttemptId, CampaignId, ExtractId, RegisterAgentId, RegisterEntryId};
use maillon_shared::domain::ids::{CollectiveId, DifficultyId, SituationId};
use maillon_shared::domain::isolation::{IsolationAssessment, IsolationLevel};
use maillon_shared::domain::liaison::{GivenWay, LiaisonChoice, Piece};
use maillon_shared::domain::meeting_paper::{Paper, PaperWay};
use maillon_shared::domain::mission::{Mission, MissionField};
use maillon_shared::domain::person::{Person, PersonChange, PersonField, PersonState, RelatedField, RelatedPerson};
use maillon_shared::domain::project::{
    AfterReview, Goal, GoalState, Halt, HaltKind, HealthProject, Over, Owner, ProjectChange, ProjectField, Review,
};
use maillon_shared::domain::reception::{Count, Half};
use maillon_shared::domain::register::{
    NotifyField, PersonToNotify, RegisterEntry, RegisterField, RegisterGround, RegisterState, StrikeOff, StrikeReason,
};
use maillon_shared::domain::register_log::{AgentField, ExtractGround, RegisterAgent};
use maillon_shared::domain::request::{Request as CareRequest, RequestField, RequestState};
use maillon_shared::domain::round::{Round, RoundField, Stop};
use maillon_shared::domain::settings::SettingsField;
use maillon_shared::domain::shared_meeting::{
    Came, Guest, Held, MeetingChange, MeetingField, Point, Presence, SharedMeeting, ToldBack,
};
use maillon_shared::domain::situation::{LunchAnswer, LunchQuestion, Situation, SituationField};
use maillon_shared::domain::time::Hour;
use maillon_tests::harness::{Device, PASSPHRASE};
use maillon_tests::village::chance::Chance;

/// Markers, each typed once.
struct Typist {
    chance: Chance,
    typed: Vec<(String, String)>,
}

impl Typist {
    /// A marker for a field. Its accents tell UTF-8 from Latin-1.
    fn types(&mut self, field: impl Into<String>) -> String {
        let letters: Vec<char> = "abcdefghijklmnopqrstuvwxyz0123456789éèç".chars().collect();
        let marker: String = (0..31).map(|_| *self.chance.pick(&letters)).chain(['é']).collect();
        self.typed.push((field.into(), marker.clone()));
        marker
    }
}

fn as_utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn as_latin1(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

/// The fields whose marker is readable in some bytes. Half a marker is enough: a row may cut it.
fn readable(typed: &[(String, String)], bytes: &[u8]) -> Vec<String> {
    let is_there = |marker: &str| {
        let half: String = marker.chars().take(16).collect();
        [half.as_bytes().to_vec(), as_utf16(&half), as_latin1(&half)].iter().any(|wanted| contains(bytes, wanted))
    };
    typed.iter().filter(|(_, marker)| is_there(marker)).map(|(field, _)| field.clone()).collect()
}

#[test]
fn a_marker_left_in_the_open_would_be_seen() {
    let typed = [("field".to_owned(), "0123456789abcdefé123456789abcdeé".to_owned())];
    let marker = &typed[0].1;
    for bytes in [marker.as_bytes().to_vec(), as_utf16(marker), as_latin1(marker)] {
        let row = [b"before".to_vec(), bytes, b"after".to_vec()].concat();
        assert_eq!(readable(&typed, &row), ["field"]);
    }
    assert!(readable(&typed, b"0123456789abcde and nothing more").is_empty());
}

/// The four entries, an assessment and what was said in an emergency, with a marker in every text.
fn consents_full_of_markers(typist: &mut Typist, person: PersonId, today: NaiveDate) -> Vec<Request> {
    let sharing = Sharing {
        recipient: Recipient::named(typist.types("consent.recipient")),
        purpose: Purpose::Unknown(typist.types("consent.purpose")),
        what: typist.types("consent.what"),
        until: None,
    };
    let objection = Objection { recipient: Some(Recipient::named(typist.types("objection.recipient"))), purpose: None };
    let all = [Said::Shares(sharing), Said::Objects(objection), Said::Unknown(typist.types("consent.said"))];
    let mut requests: Vec<Request> = (20..)
        .zip(all)
        .map(|(id, said)| Request::GiveEntry {
            entry: Box::new(ConsentEntry {
                id: ConsentId([id; 16]),
                person,
                said,
                given: Told { on: today, how: typist.types("consent.given") },
                withdrawn: None,
                note: typist.types("consent.note"),
            }),
            draft: None,
        })
        .collect();
    let withdrawn = Told { on: today, how: typist.types("consent.withdrawn") };
    requests.push(Request::WithdrawEntry { id: ConsentId([20; 16]), withdrawn });
    let level = IsolationLevel::Unknown(typist.types("assessment.level"));
    let mut seen = IsolationAssessment::empty(AssessmentId([31; 16]), person, today, level);
    seen.factors.insert(typist.types("assessment.factor"));
    seen.note = typist.types("assessment.note");
    requests.push(Request::Assess { assessment: Box::new(seen), draft: None });
    requests.push(Request::RecordEmergencyDisclosure {
        disclosure: Box::new(EmergencyDisclosure {
            id: DisclosureId([30; 16]),
            person,
            day: today,
            hour: Hour { hour: 18, minute: 40 },
            ground: typist.types("disclosure.ground"),
            recipient: Recipient::named(typist.types("disclosure.recipient")),
            said: typist.types("disclosure.said"),
        }),
        draft: None,
    });
    requests
}

/// Every request that carries something typed, with a marker in every text.
fn requests_full_of_markers(typist: &mut Typist) -> Vec<Request> {
    let today = "2026-06-12".parse().unwrap();
    let mut person = Person::empty(PersonId([1; 16]));
    for field in PersonField::ALL {
        *person.text_mut(*field) = typist.types(format!("person.{}", field.code()));
    }
    let state = PersonState::Unknown(typist.types("person.state"));
    let mut phone = Phone::empty(LineId([2; 16]));
    for field in PhoneField::ALL {
        *phone.text_mut(*field) = typist.types(format!("phone.{}", field.code()));
    }
    person.phones.push(phone.clone());
    let mut related = RelatedPerson::empty(LineId([3; 16]));
    for field in RelatedField::ALL {
        *related.text_mut(*field) = typist.types(format!("related.{}", field.code()));
    }
    person.related.push(related);

    let mut entry = DirectoryEntry::empty(EntryId([4; 16]), EntryKind::Unknown(typist.types("entry.kind")));
    for field in EntryField::ALL {
        *entry.text_mut(*field) = typist.types(format!("entry.{}", field.code()));
    }
    phone.number = typist.types("entry.phone");
    entry.phones.push(phone);
    let mut mission = Mission::empty(LineId([12; 16]));
    for field in MissionField::ALL {
        *mission.text_mut(*field) = typist.types(format!("mission.{}", field.code()));
    }
    mission.publics = [typist.types("mission.public")].into();
    mission.communes = [(typist.types("mission.commune_key"), typist.types("mission.commune"))].into();
    entry.offers.push(mission);
    let mut absence = Absence::empty(LineId([13; 16]));
    for field in AbsenceField::ALL {
        *absence.text_mut(*field) = typist.types(format!("absence.{}", field.code()));
    }
    entry.absences.push(absence);

    let mut encounter = Encounter::empty(EncounterId([5; 16]), Some(person.id), today);
    for field in EncounterField::ALL {
        *encounter.text_mut(*field) = typist.types(format!("encounter.{}", field.code()));
    }
    encounter.kind = EncounterKind::Unknown(typist.types("encounter.kind"));
    encounter.result = EncounterResult::Unknown(typist.types("encounter.result"));
    let follow_up = |typist: &mut Typist, id: u8| {
        let kind = FollowUpKind::Unknown(typist.types("follow_up.kind"));
        let mut follow_up = FollowUp::open(FollowUpId([id; 16]), Some(person.id), kind, today);
        follow_up.what = typist.types("follow_up.what");
        follow_up.owner = typist.types("follow_up.owner");
        follow_up
    };
    let mut asked = CareRequest::received(RequestId([6; 16]), Some(person.id), today);
    for field in RequestField::ALL {
        *asked.text_mut(*field) = typist.types(format!("request.{}", field.code()));
    }
    asked.state = RequestState::Unknown(typist.types("request.state"));
    let draft =
        |typist: &mut Typist| DraftKey { form: typist.types("draft.form"), subject: typist.types("draft.subject") };
    let counted_half = Half::Unknown(typist.types("count.half"));
    let mut round = Round::empty(RoundId([40; 16]), today);
    for field in RoundField::ALL {
        *round.text_mut(*field) = typist.types(format!("round.{}", field.code()));
    }
    round.stops = vec![Stop { id: LineId([41; 16]), person: person.id, order: 0 }];
    let kept = draft(typist);
    let text = |typist: &mut Typist, field: &str| typist.types(format!("edit.{field}"));
    let consents = consents_full_of_markers(typist, person.id, today);
    let mut requests = vec![
        Request::EditSettings(SettingsField::ALL.iter().map(|field| (*field, typist.types(field.code()))).collect()),
        Request::CreatePerson {
            id: person.id,
            changes: Person::empty(person.id).changes_to(&person),
            draft: Some(draft(typist)),
        },
        Request::EditPerson {
            id: person.id,
            changes: vec![PersonChange::Text(PersonField::Notes, text(typist, "person"))],
            draft: None,
        },
        Request::CreateEntry {
            id: entry.id,
            kind: entry.kind.clone(),
            changes: DirectoryEntry::empty(entry.id, entry.kind.clone()).changes_to(&entry),
            draft: None,
        },
        Request::EditEntry {
            id: entry.id,
            changes: vec![EntryChange::Text(EntryField::Notes, text(typist, "entry"))],
            draft: None,
        },
        Request::RecordEncounter(Box::new(NewEncounter {
            encounter,
            unshared_note: typist.types("unshared_note"),
            completes: None,
            follow_ups: vec![follow_up(typist, 7), follow_up(typist, 8)],
            requests: vec![asked],
            draft: None,
        })),
        Request::EditEncounter {
            id: EncounterId([5; 16]),
            changes: vec![EncounterChange::Text(EncounterField::Notes, text(typist, "encounter"))],
            unshared_note: Some(text(typist, "unshared_note")),
            draft: None,
        },
        Request::PlanFollowUp { follow_up: follow_up(typist, 9), draft: None },
        Request::Reschedule {
            id: FollowUpId([7; 16]),
            day: "2026-06-20".parse().unwrap(),
            reason: typist.types("reschedule.reason"),
        },
        Request::Cancel { id: FollowUpId([8; 16]), why: typist.types("cancel.why") },
        Request::Count(Count {
            id: CountId([42; 16]),
            day: today,
            half: counted_half,
            what: typist.types("count.what"),
        }),
        Request::PlanRound { round: Box::new(round), draft: Some(draft(typist)) },
        Request::Search { text: typist.types("search of rounds"), limit: 5 },
        // Last: nothing more is planned with someone whose state is not understood.
        Request::EditPerson { id: person.id, changes: vec![PersonChange::State(state)], draft: None },
        Request::SaveDraft(Draft { key: kept, content: typist.types("draft.content"), at: Default::default() }),
        Request::Search { text: typist.types("search"), limit: 5 },
        // Read, so that the journal of reads has its line too.
        Request::Person(person.id),
        Request::Encounter(EncounterId([5; 16])),
    ];
    let is_the_state = |request: &Request| {
        let Request::EditPerson { changes, .. } = request else { return false };
        matches!(changes[..], [PersonChange::State(_)])
    };
    let at = requests.iter().position(is_the_state).unwrap();
    let mut about_her = projects_full_of_markers(typist, person.id, today);
    about_her.extend(meetings_full_of_markers(typist, person.id, today));
    requests.splice(at..at, about_her);
    requests.extend(consents);
    requests.extend(register_full_of_markers(typist));
    requests.extend(common_full_of_markers(typist));
    requests
}

/// A health project and all that takes place in one, a circle, and a liaison sheet.
fn projects_full_of_markers(typist: &mut Typist, person: PersonId, today: NaiveDate) -> Vec<Request> {
    let (id, later) = (HealthProjectId([79; 16]), today + chrono::Days::new(30));
    let line = |n: u8| LineId([n; 16]);
    let nurses = Recipient::named(typist.types("sheet.recipient"));
    let sharing = Sharing {
        recipient: nurses.clone(),
        purpose: Purpose::LiaisonSheet,
        what: typist.types("sheet.what"),
        until: None,
    };
    let said = [Said::Accompanied, Said::Shares(sharing)];
    let mut requests: Vec<Request> = (81..)
        .zip(said)
        .map(|(n, said)| {
            let given = Told { on: today, how: typist.types("project.consent") };
            let (id, note) = (ConsentId([n; 16]), String::new());
            let entry = ConsentEntry { id, person, said, given, withdrawn: None, note };
            Request::GiveEntry { entry: Box::new(entry), draft: None }
        })
        .collect();
    let mut project = HealthProject::empty(id, person, today, later);
    for field in ProjectField::ALL {
        *project.text_mut(*field) = typist.types(format!("project.{}", field.code()));
    }
    project.goals = vec![Goal { id: line(83), words: typist.types("project.goal"), state: GoalState::Open }];
    let action = FollowUpId([84; 16]);
    let owner = Owner::Helper(Helper::Named(typist.types("project.owner")));
    let changes = vec![
        ProjectChange::Action(action, typist.types("project.action")),
        ProjectChange::Owner(action, owner),
        ProjectChange::By(action, Some(later)),
    ];
    let review = Review { id: line(85), on: today, words: typist.types("project.review") };
    let halt =
        Halt { id: line(86), kind: HaltKind::Stopped, on: today, words: typist.types("project.halt"), over: None };
    let over = Over { on: today, words: typist.types("project.over") };
    let member = vec![
        MemberChange::Who(Helper::Named(typist.types("circle.name"))),
        MemberChange::Text(MemberField::Role, typist.types("circle.role")),
        MemberChange::Text(MemberField::Phone, typist.types("circle.phone")),
        MemberChange::Text(MemberField::Needs, typist.types("circle.needs")),
    ];
    let message = typist.types("sheet.message");
    let choice = LiaisonChoice { person, recipient: nurses, pieces: [Piece::Words].into(), message };
    let writes = [
        ProjectWrite::Open { project: Box::new(project), draft: None },
        ProjectWrite::Edit { id, changes, draft: None },
        ProjectWrite::Review { id, review, then: AfterReview::Next(later), draft: None },
        ProjectWrite::Halt { id, halt, review: None, draft: None },
        ProjectWrite::Resume { id, over, review: later, draft: None },
        ProjectWrite::Member { person, id: line(87), changes: member, draft: None },
        ProjectWrite::GiveSheet { id: line(88), choice, way: GivenWay::File, draft: None },
    ];
    requests.extend(writes.into_iter().map(|write| Request::WriteProject(Box::new(write))));
    requests.extend([Request::Project(id), Request::Circle(person)]);
    requests
}

/// A *temps d'échange*, all that takes place in one, and what leaves of it.
fn meetings_full_of_markers(typist: &mut Typist, person: PersonId, today: NaiveDate) -> Vec<Request> {
    let id = SharedMeetingId([95; 16]);
    let line = |n: u8| LineId([n; 16]);
    let mut meeting = SharedMeeting::planned(id, person, today);
    for field in MeetingField::ALL {
        *meeting.text_mut(*field) = typist.types(format!("meeting.{}", field.code()));
    }
    let (what, notes) = (typist.types("meeting.point"), typist.types("meeting.notes"));
    meeting.points = vec![Point { id: line(96), what, notes }];
    meeting.guests = vec![Guest::to_ask(line(97), Helper::Named(typist.types("meeting.guest")))];
    let presence =
        Presence::Represented { by: Helper::Named(typist.types("meeting.by")), why: typist.types("meeting.why") };
    let came = vec![(line(97), Some(Came::Represented(typist.types("meeting.came"))))];
    let decision = FollowUpId([98; 16]);
    let changes = vec![
        MeetingChange::Decision(decision, typist.types("meeting.decision")),
        MeetingChange::DecisionOwner(decision, Owner::Helper(Helper::Named(typist.types("meeting.owner")))),
        MeetingChange::DecisionBy(decision, today),
    ];
    let told = ToldBack { on: today, words: typist.types("meeting.told") };
    let message = typist.types("meeting.message");
    let asked = MeetingRead::Invitation { id, guest: line(97), message: typist.types("meeting.preview") };
    let mut cancelled = SharedMeeting::planned(SharedMeetingId([99; 16]), person, today);
    cancelled.purpose = typist.types("meeting.cancelled");
    let writes = [
        MeetingWrite::Plan { meeting: Box::new(meeting), draft: None },
        MeetingWrite::Give {
            id,
            trace: line(99),
            paper: Paper::Invitation { guest: line(97), message },
            way: PaperWay::Copied,
            draft: None,
        },
        MeetingWrite::Hold { id, held: Held { on: today, presence }, came, draft: None },
        MeetingWrite::Edit { id, changes, draft: None },
        MeetingWrite::TellBack { id, told, draft: None },
        MeetingWrite::Plan { meeting: Box::new(cancelled), draft: None },
        MeetingWrite::Cancel { id: SharedMeetingId([99; 16]), why: typist.types("meeting.cancel"), draft: None },
    ];
    let mut requests = vec![];
    for write in writes {
        if matches!(write, MeetingWrite::Hold { .. }) {
            requests.push(Request::ReadMeeting(Box::new(asked.clone())));
        }
        requests.push(Request::WriteMeeting(Box::new(write)));
    }
    requests.push(Request::ReadMeeting(Box::new(MeetingRead::One(id))));
    requests
}

/// What is common: a project, a difficulty, a situation, and the texts in which one looks for clues.
fn common_full_of_markers(typist: &mut Typist) -> Vec<Request> {
    let today = "2026-06-12".parse().unwrap();
    let line = |n: u8| LineId([n; 16]);
    let mut project = CollectiveProject::empty(CollectiveId([80; 16]));
    for field in CollectiveField::ALL {
        *project.text_mut(*field) = typist.types(format!("collective.{}", field.code()));
    }
    project.stage = ProjectStage::Unknown(typist.types("collective.stage"));
    project.ticks.insert(ProjectTick::Ottawa, [typist.types("collective.tick")].into());
    project.communes = [(typist.types("collective.commune_key"), typist.types("collective.commune"))].into();
    let count = PublicCount::of(12, Threshold::FIVE);
    let (topic, period) = (typist.types("collective.need"), typist.types("collective.period"));
    project.needs.extend(ProjectNeed::new(line(81), &topic, count, &period));
    let (name, brings) = (typist.types("collective.partner"), typist.types("collective.brings"));
    project.partners.push(Partner { name, brings, ..Partner::empty(line(82)) });
    let (what, owner) = (typist.types("collective.step"), typist.types("collective.owner"));
    project.steps.push(ProjectStep { what, owner, ..ProjectStep::empty(line(83)) });
    let indicator = Indicator { name: typist.types("collective.indicator"), ..Indicator::empty(line(84)) };
    project.indicators.push(indicator);
    let value = IndicatorValue::empty(line(85), line(84));
    project.values.push(IndicatorValue { amount: typist.types("collective.amount"), ..value });
    let mut difficulty = Difficulty::empty(DifficultyId([86; 16]), today);
    for field in DifficultyField::ALL {
        *difficulty.text_mut(*field) = typist.types(format!("difficulty.{}", field.code()));
    }
    let mut situation = Situation::empty(SituationId([87; 16]));
    for field in SituationField::ALL {
        *situation.text_mut(*field) = typist.types(format!("situation.{}", field.code()));
    }
    situation.questions.push(LunchQuestion { id: line(88), asks: typist.types("situation.question") });
    let says = typist.types("situation.says");
    situation.answers.push(LunchAnswer { says, ..LunchAnswer::empty(line(89), line(88)) });
    let (read, of) = (typist.types("situation.reader"), situation.fingerprint());
    let writes = [
        CollectiveWrite::CreateProject { project: Box::new(project), draft: None },
        CollectiveWrite::CloseProject {
            id: CollectiveId([80; 16]),
            learnt: typist.types("collective.learnt at its end"),
            draft: None,
        },
        CollectiveWrite::SayDifficulty { difficulty, draft: None },
        CollectiveWrite::CreateSituation { situation: Box::new(situation), draft: None },
        CollectiveWrite::ReadSituation { id: SituationId([87; 16]), reader: read, of },
    ];
    let texts = vec![typist.types("clues")];
    let clues = CollectiveRead::Clues { texts, written_for: WrittenFor::Situation };
    let writes = writes.into_iter().map(|write| Request::WriteCollective(Box::new(write)));
    writes.chain([Request::ReadCollective(clues)]).collect()
}

/// The legal register: an entry struck off, an agent, an extract.
fn register_full_of_markers(typist: &mut Typist) -> Vec<Request> {
    let today = "2026-06-12".parse().unwrap();
    let id = RegisterEntryId([60; 16]);
    let mut entry = RegisterEntry::empty(id);
    for field in RegisterField::ALL {
        *entry.text_mut(*field) = typist.types(format!("register.{}", field.code()));
    }
    let mut phone = Phone::empty(LineId([41; 16]));
    phone.number = typist.types("register.phone");
    entry.phones.push(phone);
    let mut other = PersonToNotify::empty(LineId([42; 16]));
    for field in NotifyField::ALL {
        *other.text_mut(*field) = typist.types(format!("register.notify.{}", field.code()));
    }
    entry.to_notify.push(other);
    entry.ground = Some(RegisterGround::Unknown(typist.types("register.ground")));
    let why = StrikeReason::Unknown(typist.types("register.why"));
    let struck = StrikeOff { on: today, why, by: typist.types("register.by") };
    let mut agent = RegisterAgent::empty(RegisterAgentId([43; 16]), today);
    for field in AgentField::ALL {
        *agent.text_mut(*field) = typist.types(format!("agent.{}", field.code()));
    }
    let extract = RegisterWrite::RecordExtract {
        id: ExtractId([44; 16]),
        asked_by: typist.types("extract.asked_by"),
        ground: ExtractGround::Unknown(typist.types("extract.ground")),
        detail: typist.types("extract.detail"),
        given_to: typist.types("extract.given_to"),
        draft: None,
    };
    let changes = RegisterEntry::empty(id).changes_to(&entry);
    let writes = [
        RegisterWrite::Create { id, changes, from: None, draft: None },
        RegisterWrite::SetState { id, state: RegisterState::StruckOff(struck), draft: None },
        RegisterWrite::Designate { agent, draft: None },
        extract,
    ];
    let reads = [Request::Register, Request::RegisterEntry(id), Request::RegisterExtract(ExtractId([44; 16]))];
    writes.into_iter().map(|write| Request::WriteRegister(Box::new(write))).chain(reads).collect()
}

/// A campaign, its caller, and what was noted of a call.
fn calls_full_of_markers(device: &mut Device, typist: &mut Typist) {
    let person = PersonId([1; 16]);
    device.asks(Request::EditPerson {
        id: person,
        changes: vec![PersonChange::State(PersonState::Followed)],
        draft: None,
    });
    let (id, today) = (CampaignId([70; 16]), "2026-06-12".parse().unwrap());
    let mut campaign = Campaign::empty(id, CampaignKind::Unknown(typist.types("campaign.kind")), today, today);
    campaign.source = CampaignSource::People;
    campaign.title = typist.types("campaign.title");
    let (name, slots) = (typist.types("caller.name"), typist.types("caller.slots"));
    campaign.callers = vec![Caller { id: LineId([71; 16]), name, slots }];
    device.asks(Request::CreateCampaign(Box::new(NewCampaign { campaign, draft: None })));
    let Response::Campaign(file) = device.asks(Request::Campaign(id)) else { panic!("a campaign") };
    let attempt = CallAttempt {
        id: AttemptId([72; 16]),
        day: today,
        hour: Hour { hour: 9, minute: 0 },
        caller: None,
        way: AttemptWay::Unknown(typist.types("attempt.way")),
        outcome: AttemptOutcome::Unknown(typist.types("attempt.outcome")),
        note: typist.types("attempt.note"),
        absent_until: None,
        handled_on: None,
        withdrawn: false,
    };
    let attempts = vec![NewAttempt { card: file.cards[0].card.id, attempt }];
    device.asks(Request::RecordAttempts { attempts, draft: None });
    let Response::Lent(lent) = device.asks(Request::LendCalls { campaign: id, caller: LineId([71; 16]) }) else {
        panic!("a notebook lent")
    };
    let found = readable(&typist.typed, &lent.file.bytes);
    assert!(found.is_empty(), "readable in what is lent: {found:?}");
}

#[test]
fn what_is_typed_is_readable_nowhere_in_the_store() {
    let mut typist = Typist { chance: Chance::new(11), typed: Vec::new() };
    let mut device = Device::new(11, "2026-06-12".parse().unwrap());
    let passphrase = typist.types("passphrase");
    let Response::Words(words) = device.asks(Request::ProposeWords) else { panic!("words") };
    let words = words.join(" ");
    typist.typed.push(("words".into(), words.clone()));
    let settings = vec![(SettingsField::Coordinator, typist.types("first settings"))];
    device.asks(Request::Create(NewNotebook { passphrase: passphrase.clone(), words, settings }));
    for request in requests_full_of_markers(&mut typist) {
        device.asks(request);
    }
    calls_full_of_markers(&mut device, &mut typist);
    device.asks(Request::ChangePassphrase { old: Secret::Passphrase(passphrase), new: PASSPHRASE.into() });
    typist.typed.push(("new passphrase".into(), PASSPHRASE.into()));
    let Response::File(backup) = device.asks(Request::Backup) else { panic!("a backup") };

    // The markers are there for who has the key…
    let mut device = device.reopens();
    let notes = device.opens(PersonId([1; 16])).person.notes;
    assert!(typist.typed.iter().any(|(field, marker)| field == "edit.person" && *marker == notes));
    // …and for nobody else.
    assert!(typist.typed.len() > 110, "{} fields", typist.typed.len());
    for (table, (key, value)) in device.shelf().rows() {
        for bytes in [&key, &value] {
            let found = readable(&typist.typed, bytes);
            assert!(found.is_empty(), "readable in {table:?}: {found:?}");
        }
    }
    assert!(
        readable(&typist.typed, &backup.bytes).is_empty() && readable(&typist.typed, backup.name.as_bytes()).is_empty()
    );
}
