//! What is written in words by each request of a village.

use maillon_shared::api::Request;
use maillon_shared::api::alerts::AlertWrite;
use maillon_shared::api::collective::CollectiveWrite;
use maillon_shared::api::meetings::MeetingWrite;
use maillon_shared::api::projects::ProjectWrite;
use maillon_shared::api::stays::StayWrite;
use maillon_shared::api::triage::TriageWrite;
use maillon_shared::domain::alert::AlertChange;
use maillon_shared::domain::consent::Said;
use maillon_shared::domain::directory::EntryChange;
use maillon_shared::domain::follow_up::FollowUp;
use maillon_shared::domain::person::{PersonChange, PersonField};
use maillon_shared::domain::project::ProjectChange;
use maillon_shared::domain::request::RequestStep;
use maillon_shared::domain::shared_meeting::MeetingChange;

/// Every text that a request would write.
pub fn texts(request: &Request) -> Vec<String> {
    let owned = |texts: &[&String]| texts.iter().map(|text| (*text).clone()).collect();
    let of_follow_up = |follow_up: &FollowUp| vec![follow_up.what.clone(), follow_up.owner.clone()];
    match request {
        Request::CreatePerson { changes, .. } | Request::EditPerson { changes, .. } => changes
            .iter()
            .filter_map(|change| match change {
                // A point is a text for machines.
                PersonChange::Text(PersonField::Position, _) => None,
                PersonChange::Text(_, text) | PersonChange::Phone(_, _, text) | PersonChange::Related(_, _, text) => {
                    Some(text.clone())
                }
                _ => None,
            })
            .collect(),
        Request::CreateEntry { changes, .. } | Request::EditEntry { changes, .. } => changes
            .iter()
            .filter_map(|change| match change {
                EntryChange::Text(_, text) | EntryChange::Phone(_, _, text) => Some(text.clone()),
                _ => None,
            })
            .collect(),
        Request::RecordEncounter(new) => {
            let encounter = &new.encounter;
            let mut texts: Vec<String> =
                owned(&[&encounter.notes, &encounter.words, &encounter.with, &encounter.place, &new.unshared_note]);
            texts.extend(new.follow_ups.iter().flat_map(of_follow_up));
            texts.extend(new.requests.iter().map(|request| request.verbatim.clone()));
            texts
        }
        Request::PlanFollowUp { follow_up, .. } => of_follow_up(follow_up),
        Request::Reschedule { reason, .. } => vec![reason.clone()],
        Request::Cancel { why, .. } => vec![why.clone()],
        Request::GiveEntry { entry, .. } => match &entry.said {
            Said::Shares(sharing) => vec![sharing.what.clone(), sharing.recipient.name.clone(), entry.note.clone()],
            _ => vec![entry.note.clone()],
        },
        other => of_the_last_weeks(other),
    }
}

/// Every text of what the last weeks bring.
fn of_the_last_weeks(request: &Request) -> Vec<String> {
    match request {
        Request::WriteAlert(write) => match &**write {
            AlertWrite::Raise { alert, .. } => vec![alert.words.clone()],
            AlertWrite::Edit { changes, .. } => changes
                .iter()
                .filter_map(|change| match change {
                    AlertChange::Step(step) => Some(step.what.as_str().to_owned()),
                    _ => None,
                })
                .collect(),
            AlertWrite::Keep { account, .. } => vec![account.said.as_str().to_owned()],
        },
        Request::WriteTriage(write) => match &**write {
            TriageWrite::Receive { request, reported, .. } => {
                let reported = reported.iter().flat_map(|record| [record.words.clone(), record.usual_name.clone()]);
                [request.verbatim.clone()].into_iter().chain(reported).collect()
            }
            TriageWrite::Steps { steps, .. } => steps
                .iter()
                .filter_map(|step| match step {
                    RequestStep::Listen(heard) => Some(heard.text.clone()),
                    RequestStep::Analyse { text, .. } => Some(text.clone()),
                    RequestStep::Offer { what, .. } => Some(what.clone()),
                    _ => None,
                })
                .collect(),
            _ => Vec::new(),
        },
        Request::WriteProject(write) => match &**write {
            ProjectWrite::Open { project, .. } => {
                [project.words.clone()].into_iter().chain(project.goals.iter().map(|goal| goal.words.clone())).collect()
            }
            ProjectWrite::Edit { changes, .. } => changes
                .iter()
                .filter_map(|change| match change {
                    ProjectChange::Action(_, what) => Some(what.clone()),
                    _ => None,
                })
                .collect(),
            _ => Vec::new(),
        },
        Request::WriteMeeting(write) => match &**write {
            MeetingWrite::Plan { meeting, .. } => vec![meeting.purpose.clone(), meeting.place.clone()],
            MeetingWrite::Edit { changes, .. } => changes
                .iter()
                .filter_map(|change| match change {
                    MeetingChange::Decision(_, what) => Some(what.clone()),
                    _ => None,
                })
                .collect(),
            _ => Vec::new(),
        },
        Request::WriteStay(write) => match &**write {
            StayWrite::Notice { stay, .. } => vec![stay.place.clone(), stay.ward.clone(), stay.told_by.clone()],
            _ => Vec::new(),
        },
        Request::WriteCollective(write) => match &**write {
            CollectiveWrite::CreateProject { project, .. } => {
                project.texts().into_iter().map(str::to_owned).filter(|text| !text.is_empty()).collect()
            }
            CollectiveWrite::SayDifficulty { difficulty, .. } => vec![difficulty.words.clone()],
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}
