//! Where one is among surveys of events.

use maillon_shared::domain::ids::{EventId, QuestionId, SurveyId};
use maillon_shared::domain::survey::question::RespondentKind;

/// The screens of surveys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SurveyRoute {
    /// Every survey.
    List,
    /// A survey to prepare, of an event.
    New(Option<EventId>),
    /// One survey, and what was answered.
    One(SurveyId),
    /// A survey to change.
    Edit(SurveyId),
    /// A question to add to it.
    NewQuestion(SurveyId),
    /// A question of it, to mend.
    Question(SurveyId, QuestionId),
    /// This device, to be put before whoever answers.
    Begin(SurveyId),
    /// A sheet of paper to type, under that number.
    Sheet(SurveyId, u32),
    /// Sheets to print, for a public.
    Blank(SurveyId, RespondentKind),
    /// Sheets that were typed in several ways.
    Check(SurveyId),
    /// What people wrote.
    Remarks(SurveyId),
    /// What may be given of it.
    Give(SurveyId),
    /// Each question, year after year.
    Years,
    /// A table that others published, to keep.
    Figures,
}

impl SurveyRoute {
    pub(super) fn path(&self) -> String {
        match self {
            SurveyRoute::List => String::new(),
            SurveyRoute::New(None) => "/new".into(),
            SurveyRoute::New(Some(event)) => format!("/new/{event}"),
            SurveyRoute::One(id) => format!("/{id}"),
            SurveyRoute::Edit(id) => format!("/{id}/edit"),
            SurveyRoute::NewQuestion(id) => format!("/{id}/question"),
            SurveyRoute::Question(id, question) => format!("/{id}/question/{question}"),
            SurveyRoute::Begin(id) => format!("/{id}/begin"),
            SurveyRoute::Sheet(id, number) => format!("/{id}/sheet/{number}"),
            SurveyRoute::Blank(id, public) => format!("/{id}/blank/{}", public.code()),
            SurveyRoute::Check(id) => format!("/{id}/check"),
            SurveyRoute::Remarks(id) => format!("/{id}/remarks"),
            SurveyRoute::Give(id) => format!("/{id}/give"),
            SurveyRoute::Years => "/years".into(),
            SurveyRoute::Figures => "/years/figures".into(),
        }
    }

    pub(super) fn parse(parts: &[&str]) -> Option<Self> {
        Some(match parts {
            [] => SurveyRoute::List,
            ["new"] => SurveyRoute::New(None),
            ["new", event] => SurveyRoute::New(Some(EventId::parse(event)?)),
            ["years"] => SurveyRoute::Years,
            ["years", "figures"] => SurveyRoute::Figures,
            [id] => SurveyRoute::One(SurveyId::parse(id)?),
            [id, "edit"] => SurveyRoute::Edit(SurveyId::parse(id)?),
            [id, "question"] => SurveyRoute::NewQuestion(SurveyId::parse(id)?),
            [id, "question", question] => SurveyRoute::Question(SurveyId::parse(id)?, QuestionId::parse(question)?),
            [id, "begin"] => SurveyRoute::Begin(SurveyId::parse(id)?),
            [id, "sheet", number] => SurveyRoute::Sheet(SurveyId::parse(id)?, number.parse().ok()?),
            [id, "blank", public] => SurveyRoute::Blank(SurveyId::parse(id)?, RespondentKind::from_code(public)),
            [id, "check"] => SurveyRoute::Check(SurveyId::parse(id)?),
            [id, "remarks"] => SurveyRoute::Remarks(SurveyId::parse(id)?),
            [id, "give"] => SurveyRoute::Give(SurveyId::parse(id)?),
            _ => return None,
        })
    }
}
