//! Where one is among charters of posts.

use maillon_shared::domain::charter::{CharterLines, Moment};
use maillon_shared::domain::ids::{CharterId, LineId};

/// The screens of charters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CharterRoute {
    /// The charter, where there is one; else all of them.
    Home,
    /// Every charter.
    All,
    /// A charter to begin.
    New,
    /// One charter.
    One(CharterId),
    /// What is said of the whole, to change.
    Edit(CharterId),
    /// What is decided at the end.
    Decide(CharterId),
    /// The charter, to be signed.
    Paper(CharterId),
    /// The final report.
    Report(CharterId),
    /// A point.
    Point(CharterId, Moment),
    /// What was answered to a question at a moment.
    Answers(CharterId, LineId, Moment),
    /// A line to add, under another where it has one.
    NewLine(CharterId, CharterLines, Option<LineId>),
    /// A line to change.
    Line(CharterId, CharterLines, LineId),
}

impl CharterRoute {
    pub(super) fn path(&self) -> String {
        match self {
            CharterRoute::Home => String::new(),
            CharterRoute::All => "/all".into(),
            CharterRoute::New => "/new".into(),
            CharterRoute::One(id) => format!("/{id}"),
            CharterRoute::Edit(id) => format!("/{id}/edit"),
            CharterRoute::Decide(id) => format!("/{id}/decision"),
            CharterRoute::Paper(id) => format!("/{id}/paper"),
            CharterRoute::Report(id) => format!("/{id}/report"),
            CharterRoute::Point(id, moment) => format!("/{id}/point/{moment}"),
            CharterRoute::Answers(id, question, moment) => format!("/{id}/answers/{question}/{moment}"),
            CharterRoute::NewLine(id, lines, None) => format!("/{id}/{}/new", lines.code()),
            CharterRoute::NewLine(id, lines, Some(under)) => format!("/{id}/{}/new/{under}", lines.code()),
            CharterRoute::Line(id, lines, line) => format!("/{id}/{}/{line}", lines.code()),
        }
    }

    pub(super) fn parse(parts: &[&str]) -> Option<Self> {
        Some(match parts {
            [] => CharterRoute::Home,
            ["all"] => CharterRoute::All,
            ["new"] => CharterRoute::New,
            [id, rest @ ..] => {
                let id = CharterId::parse(id)?;
                match rest {
                    [] => CharterRoute::One(id),
                    ["edit"] => CharterRoute::Edit(id),
                    ["decision"] => CharterRoute::Decide(id),
                    ["paper"] => CharterRoute::Paper(id),
                    ["report"] => CharterRoute::Report(id),
                    ["point", moment] => CharterRoute::Point(id, Moment::from_code(moment)?),
                    ["answers", question, moment] => {
                        CharterRoute::Answers(id, LineId::parse(question)?, Moment::from_code(moment)?)
                    }
                    [lines, "new"] => CharterRoute::NewLine(id, CharterLines::from_code(lines)?, None),
                    [lines, "new", under] => {
                        CharterRoute::NewLine(id, CharterLines::from_code(lines)?, Some(LineId::parse(under)?))
                    }
                    [lines, line] => CharterRoute::Line(id, CharterLines::from_code(lines)?, LineId::parse(line)?),
                    _ => return None,
                }
            }
        })
    }

    /// What a draft of this form is kept under.
    pub fn draft_subject(&self) -> String {
        self.path().trim_start_matches('/').replace('/', ".")
    }

    /// Where a draft is taken up again, by what it is kept under.
    pub fn of_draft(subject: &str) -> Option<Self> {
        CharterRoute::parse(&subject.split('.').collect::<Vec<_>>())
    }
}

#[cfg(test)]
mod tests {
    use super::super::Route;
    use super::*;

    #[test]
    fn every_screen_is_found_again_by_its_address_and_a_form_by_its_draft() {
        let (id, line) = (CharterId([7; 16]), LineId([8; 16]));
        for route in [
            CharterRoute::Home,
            CharterRoute::All,
            CharterRoute::New,
            CharterRoute::One(id),
            CharterRoute::Edit(id),
            CharterRoute::Decide(id),
            CharterRoute::Paper(id),
            CharterRoute::Report(id),
            CharterRoute::Point(id, Moment::Six),
            CharterRoute::Answers(id, line, Moment::Start),
            CharterRoute::NewLine(id, CharterLines::Questions, None),
            CharterRoute::NewLine(id, CharterLines::Commitments, Some(line)),
            CharterRoute::Line(id, CharterLines::Sections, line),
        ] {
            if route != CharterRoute::Home {
                assert_eq!(CharterRoute::of_draft(&route.draft_subject()), Some(route.clone()));
            }
            let route = Route::Charter(route);
            assert_eq!(Route::parse(&route.href()), Some(route));
        }
        assert_eq!(CharterRoute::of_draft("x"), None);
    }
}
