//! Where one is among requests.

use maillon_shared::domain::ids::{LineId, PersonId, RequestId};

/// The screens of requests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CareRoute {
    /// Requests, and those who were reported.
    List,
    /// A request to receive, about someone or nobody yet.
    New(Option<PersonId>),
    /// One request.
    One(RequestId),
    /// What was said when it was received, to mend.
    Edit(RequestId),
    /// What was said of someone who was reported, to mend.
    EditReported(PersonId),
    /// Something that happens to it, to one of its options where one is said.
    Step(RequestId, StepName, Option<LineId>),
    /// Requests alike.
    Radar,
}

/// The steps that have a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepName {
    /// Someone listens.
    Listen,
    /// It is understood.
    Analyse,
    /// Something is offered.
    Offer,
    /// An option is chosen.
    Choose,
    /// An option is not wanted.
    Decline,
    /// Whom it goes to answers.
    Reply,
    /// Feedback comes.
    Feedback,
    /// It ends.
    Close,
}

impl StepName {
    /// Every one.
    pub const ALL: [StepName; 8] = [
        StepName::Listen,
        StepName::Analyse,
        StepName::Offer,
        StepName::Choose,
        StepName::Decline,
        StepName::Reply,
        StepName::Feedback,
        StepName::Close,
    ];

    /// Its name in an address and in a draft.
    pub const fn code(self) -> &'static str {
        match self {
            StepName::Listen => "listen",
            StepName::Analyse => "analyse",
            StepName::Offer => "offer",
            StepName::Choose => "choose",
            StepName::Decline => "decline",
            StepName::Reply => "reply",
            StepName::Feedback => "feedback",
            StepName::Close => "close",
        }
    }

    /// The step that a code names.
    pub fn parse(code: &str) -> Option<Self> {
        StepName::ALL.into_iter().find(|step| step.code() == code)
    }
}

impl CareRoute {
    pub(super) fn path(&self) -> String {
        match self {
            CareRoute::List => String::new(),
            CareRoute::New(None) => "/new".into(),
            CareRoute::New(Some(person)) => format!("/new/{person}"),
            CareRoute::Radar => "/radar".into(),
            CareRoute::EditReported(person) => format!("/reported/{person}"),
            CareRoute::One(id) => format!("/{id}"),
            CareRoute::Edit(id) => format!("/{id}/edit"),
            CareRoute::Step(id, step, None) => format!("/{id}/{}", step.code()),
            CareRoute::Step(id, step, Some(option)) => format!("/{id}/{}/{option}", step.code()),
        }
    }

    pub(super) fn parse(parts: &[&str]) -> Option<Self> {
        Some(match parts {
            [] => CareRoute::List,
            ["new"] => CareRoute::New(None),
            ["new", person] => CareRoute::New(Some(PersonId::parse(person)?)),
            ["radar"] => CareRoute::Radar,
            ["reported", person] => CareRoute::EditReported(PersonId::parse(person)?),
            [id] => CareRoute::One(RequestId::parse(id)?),
            [id, "edit"] => CareRoute::Edit(RequestId::parse(id)?),
            [id, step] => CareRoute::Step(RequestId::parse(id)?, StepName::parse(step)?, None),
            [id, step, option] => {
                CareRoute::Step(RequestId::parse(id)?, StepName::parse(step)?, Some(LineId::parse(option)?))
            }
            _ => return None,
        })
    }
}
