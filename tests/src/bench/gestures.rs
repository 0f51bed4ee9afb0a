//! The gestures that are measured, the same in both hosts.

use chrono::{Datelike, NaiveDate};
use maillon_shared::api::Request;
use maillon_shared::api::calls::{CardRow, NewAttempt, NewCampaign};
use maillon_shared::api::collective::{CollectiveRead, CollectiveWrite};
use maillon_shared::api::projects::ProjectWrite;
use maillon_shared::api::requests::NewEncounter;
use maillon_shared::api::surveys::{SurveyRead, SurveyWrite};
use maillon_shared::api::triage::TriageQuestion;
use maillon_shared::domain::campaign::{
    AttemptOutcome, AttemptWay, CallAttempt, Campaign, CampaignKind, CampaignSource,
};
use maillon_shared::domain::circle::{Helper, MemberChange};
use maillon_shared::domain::collective::{CollectiveProject, ProjectStep};
use maillon_shared::domain::encounter::Encounter;
use maillon_shared::domain::event::{Event, EventKind};
use maillon_shared::domain::follow_up::{FollowUp, FollowUpKind};
use maillon_shared::domain::ids::{
    AttemptId, CampaignId, CollectiveId, EncounterId, EventId, FollowUpId, HealthProjectId, LineId, ProgrammeId,
    ResponseId, SurveyId,
};
use maillon_shared::domain::programme::{AnnualProgramme, ItemIs, ProgrammeChange};
use maillon_shared::domain::project::{HealthProject, Owner, ProjectChange};
use maillon_shared::domain::survey::question::{Question, RespondentKind};
use maillon_shared::domain::survey::record::SurveyRecord;
use maillon_shared::domain::survey::response::{Answer as SurveyAnswer, Response};
use maillon_shared::domain::survey::template::{self, starting_questions};
use maillon_shared::domain::time::{Hour, PartialDate};
use maillon_shared::text::fold::fold;

use super::notebook::Made;
use crate::village::chance::Chance;

/// A visit to someone, with its note and its next contact.
pub fn visit(chance: &mut Chance, made: &Made, day: NaiveDate) -> Request {
    let (person, _) = chance.pick(&made.people);
    let mut encounter = Encounter::empty(EncounterId(chance.id()), Some(*person), day);
    encounter.notes = "Reçue dans la cuisine. Cherche quelqu'un pour tailler la haie. On se rappelle.".into();
    encounter.words = "Tant que je peux descendre au village, ça va.".into();
    encounter.duration_min = Some(35);
    let due = day + chrono::Days::new(21);
    let mut next = FollowUp::open(FollowUpId(chance.id()), Some(*person), FollowUpKind::Visit, due);
    next.what = "Repasser, comme convenu".into();
    Request::RecordEncounter(Box::new(NewEncounter {
        encounter,
        unshared_note: String::new(),
        completes: None,
        follow_ups: vec![next],
        requests: Vec::new(),
        draft: None,
    }))
}

/// What a search field holds after each keystroke, as names are typed with a mistake and without accents. As many
/// keystrokes at least as are asked for.
pub fn keystrokes(chance: &mut Chance, made: &Made, at_least: usize) -> Vec<String> {
    let mut typed = Vec::new();
    while typed.len() < at_least {
        let (_, name) = chance.pick(&made.people);
        let letters: Vec<char> = misspelt(chance, &fold(name)).chars().collect();
        typed.extend((1..=letters.len()).map(|end| letters[..end].iter().collect::<String>()));
    }
    typed
}

/// A name with one letter doubled, dropped or swapped, past its first.
fn misspelt(chance: &mut Chance, name: &str) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    if letters.len() < 4 {
        return name.to_owned();
    }
    let at = 1 + chance.below(letters.len() - 2);
    match chance.below(3) {
        0 => letters.insert(at, letters[at]),
        1 => drop(letters.remove(at)),
        _ => letters.swap(at, at + 1),
    }
    letters.into_iter().collect()
}

/// Someone's page.
pub fn person(chance: &mut Chance, made: &Made) -> Request {
    Request::Person(chance.pick(&made.people).0)
}

/// The radar of needs, over the year that ends on that day.
pub fn radar(day: NaiveDate) -> Request {
    Request::AskTriage(TriageQuestion::Radar { from: day - chrono::Days::new(365), to: day })
}

/// The campaign whose board is measured.
pub const CAMPAIGN: CampaignId = CampaignId([0xca; 16]);

/// A campaign of everyone who is followed.
pub fn campaign(day: NaiveDate) -> Request {
    let mut campaign = Campaign::empty(CAMPAIGN, CampaignKind::Heat, day, day);
    campaign.source = CampaignSource::People;
    Request::CreateCampaign(Box::new(NewCampaign { campaign, draft: None }))
}

/// What was noted of one card in two.
pub fn calls(chance: &mut Chance, cards: &[CardRow], day: NaiveDate) -> Request {
    let attempts = cards.iter().step_by(2).map(|row| NewAttempt {
        card: row.card.id,
        attempt: CallAttempt {
            id: AttemptId(chance.id()),
            day,
            hour: Hour { hour: 9, minute: 0 },
            caller: None,
            way: AttemptWay::Call,
            outcome: AttemptOutcome::ALL[chance.below(AttemptOutcome::ALL.len())].clone(),
            note: String::new(),
            absent_until: None,
            handled_on: None,
            withdrawn: false,
        },
    });
    Request::RecordAttempts { attempts: attempts.collect(), draft: None }
}

/// The survey that is counted.
const SURVEY: SurveyId = SurveyId([0x5e; 16]);
/// How many answered it.
const RESPONDENTS: u32 = 60_000;
/// How many responses are said at once.
const AT_ONCE: u32 = 500;

/// A survey of the starting questions, and all that was answered to it.
pub fn survey(day: NaiveDate) -> impl Iterator<Item = Request> {
    let mut record = SurveyRecord::empty(SURVEY, day.year());
    record.survey.title = "Forum".into();
    record.questions = starting_questions();
    record.survey.asks = record.questions.iter().map(Question::id).zip(1..).collect();
    let create = SurveyWrite::Create { record: Box::new(record), group: None, draft: None };
    let responses = (0..RESPONDENTS).step_by(AT_ONCE as usize).map(move |first| {
        let responses = (first..first + AT_ONCE).map(|number| answered(number, day)).collect();
        SurveyWrite::Respond { responses, draft: None }
    });
    std::iter::once(create).chain(responses).map(|write| Request::WriteSurveys(Box::new(write)))
}

/// What the visitor of that number answered.
fn answered(number: u32, day: NaiveDate) -> Response {
    let mut id = [0xaa; 16];
    id[..4].copy_from_slice(&number.wrapping_mul(0x9e37_79b1).to_be_bytes());
    let interest = [template::INTEREST_VERY, template::INTEREST_YES, template::INTEREST_NOT][number as usize % 3];
    let next = [template::NEXT_RECORD, template::NEXT_LIFESTYLE, template::NEXT_CHECKUP];
    let ticked = next.into_iter().take(number as usize % 4).collect();
    let answers = [
        (template::INTEREST, SurveyAnswer::Single(interest)),
        (template::EXCHANGES, SurveyAnswer::Single(template::EXCHANGES_MOST)),
        (template::USEFULNESS, SurveyAnswer::Single(template::USEFUL_PARTLY)),
        (template::NEXT_STEPS, SurveyAnswer::Several(ticked)),
    ];
    Response::tablet(ResponseId(id), SURVEY, RespondentKind::Visitor, day, answers)
}

/// The survey and its totals.
pub fn survey_totals() -> Request {
    Request::ReadSurveys(Box::new(SurveyRead::One(SURVEY)))
}

/// The programme that is opened.
const PROGRAMME: ProgrammeId = ProgrammeId([0x97; 16]);
/// How many projects and events each it is made of.
const ON_IT: u8 = 20;

/// A year's programme of projects and events.
pub fn programme(day: NaiveDate) -> impl Iterator<Item = Request> {
    let (mut writes, mut programme) = (Vec::new(), AnnualProgramme::empty(PROGRAMME, day.year()));
    programme.title = "Programme".into();
    for number in 0..ON_IT {
        let id = |first: u8| [first, number, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1];
        let mut project = CollectiveProject::empty(CollectiveId(id(0xc0)));
        project.title = format!("Projet {number}");
        let due = day.checked_add_days(chrono::Days::new(u64::from(number) * 7));
        project.steps.push(ProjectStep { what: "Se réunir".into(), due, ..ProjectStep::empty(LineId(id(0xc1))) });
        let mut event = Event::empty(EventId(id(0xe0)), EventKind::Workshop);
        event.title = format!("Atelier {number}");
        event.planned = due.map(PartialDate::Day);
        for (line, is) in [(0xc2, ItemIs::Project(project.id)), (0xe2, ItemIs::Event(event.id))] {
            programme.apply(&ProgrammeChange::ItemIs(LineId(id(line)), is));
        }
        writes.push(CollectiveWrite::CreateProject { project: Box::new(project), draft: None });
        writes.push(CollectiveWrite::CreateEvent { event: Box::new(event), group: None, draft: None });
    }
    writes.push(CollectiveWrite::CreateProgramme { programme: Box::new(programme), group: None, draft: None });
    writes.into_iter().map(|write| Request::WriteCollective(Box::new(write)))
}

/// The programme, its items and its calendar.
pub fn programme_file() -> Request {
    Request::ReadCollective(CollectiveRead::Programme(PROGRAMME))
}

/// How many people have a project in the notebook that is measured.
const PROJECTS: usize = 120;

/// A project for some of those who are followed, each with goals and actions and someone in the circle: what to ask for,
/// and which projects they are.
pub fn projects(chance: &mut Chance, made: &Made, day: NaiveDate) -> (Vec<Request>, Vec<HealthProjectId>) {
    let (mut requests, mut ids) = (Vec::new(), Vec::new());
    let write = |write: ProjectWrite| Request::WriteProject(Box::new(write));
    for (person, _) in made.people.iter().take(PROJECTS) {
        let id = HealthProjectId(chance.id());
        let mut project = HealthProject::empty(id, *person, day, day + chrono::Days::new(90));
        project.words = "Je voudrais retourner au marché, et ne plus avoir peur des marches.".into();
        requests.push(write(ProjectWrite::Open { project: Box::new(project), draft: None }));
        let mut changes = Vec::new();
        for n in 0..4 {
            changes.push(ProjectChange::Goal(LineId(chance.id()), format!("But {n}, avec ses mots à elle")));
        }
        for n in 0..8 {
            let action = FollowUpId(chance.id());
            changes.push(ProjectChange::Action(action, format!("Action {n} : demander, appeler, accompagner")));
            let owner = if n % 2 == 0 { Owner::Person } else { Owner::Helper(Helper::Named("le voisin".into())) };
            changes.push(ProjectChange::Owner(action, owner));
            changes.push(ProjectChange::By(action, Some(day + chrono::Days::new(7 * n))));
        }
        requests.push(write(ProjectWrite::Edit { id, changes, draft: None }));
        let who = vec![MemberChange::Who(Helper::Named("la voisine".into()))];
        requests.push(write(ProjectWrite::Member {
            person: *person,
            id: LineId(chance.id()),
            changes: who,
            draft: None,
        }));
        ids.push(id);
    }
    (requests, ids)
}

/// A keystroke's request.
pub fn search(typed: &str) -> Request {
    Request::Search { text: typed.to_owned(), limit: 20 }
}
