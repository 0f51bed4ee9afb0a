//! The gestures that are measured, the same in both hosts.

use chrono::NaiveDate;
use maillon_shared::api::Request;
use maillon_shared::api::calls::{CardRow, NewAttempt, NewCampaign};
use maillon_shared::api::projects::ProjectWrite;
use maillon_shared::api::requests::NewEncounter;
use maillon_shared::api::triage::TriageQuestion;
use maillon_shared::domain::campaign::{
    AttemptOutcome, AttemptWay, CallAttempt, Campaign, CampaignKind, CampaignSource,
};
use maillon_shared::domain::circle::{Helper, MemberChange};
use maillon_shared::domain::encounter::Encounter;
use maillon_shared::domain::follow_up::{FollowUp, FollowUpKind};
use maillon_shared::domain::ids::{AttemptId, CampaignId, EncounterId, FollowUpId, HealthProjectId, LineId};
use maillon_shared::domain::project::{HealthProject, Owner, ProjectChange};
use maillon_shared::domain::time::Hour;
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
