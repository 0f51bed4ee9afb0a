//! Where one is among outreach services.

use chrono::NaiveDate;
use maillon_shared::domain::ids::{LineId, OutreachId};
use maillon_shared::domain::outreach::OutreachLines;

/// The screens of outreach services.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutreachRoute {
    /// Every service, by its next day.
    List,
    /// What is put up on a noticeboard.
    Leaflet,
    /// A service to begin.
    New,
    /// One service.
    One(OutreachId),
    /// What is said of the whole, to change.
    Edit(OutreachId),
    /// A line to add, of that day where it is known.
    NewLine(OutreachId, OutreachLines, Option<NaiveDate>),
    /// A line to change.
    Line(OutreachId, OutreachLines, LineId),
}

impl OutreachRoute {
    pub(super) fn path(&self) -> String {
        match self {
            OutreachRoute::List => String::new(),
            OutreachRoute::Leaflet => "/leaflet".into(),
            OutreachRoute::New => "/new".into(),
            OutreachRoute::One(id) => format!("/{id}"),
            OutreachRoute::Edit(id) => format!("/{id}/edit"),
            OutreachRoute::NewLine(id, lines, None) => format!("/{id}/{}/new", lines.code()),
            OutreachRoute::NewLine(id, lines, Some(day)) => format!("/{id}/{}/new/{day}", lines.code()),
            OutreachRoute::Line(id, lines, line) => format!("/{id}/{}/{line}", lines.code()),
        }
    }

    pub(super) fn parse(parts: &[&str]) -> Option<Self> {
        Some(match parts {
            [] => OutreachRoute::List,
            ["leaflet"] => OutreachRoute::Leaflet,
            ["new"] => OutreachRoute::New,
            [id] => OutreachRoute::One(OutreachId::parse(id)?),
            [id, "edit"] => OutreachRoute::Edit(OutreachId::parse(id)?),
            [id, lines, rest @ ..] => {
                let (id, lines) = (OutreachId::parse(id)?, OutreachLines::from_code(lines)?);
                match rest {
                    ["new"] => OutreachRoute::NewLine(id, lines, None),
                    ["new", day] => OutreachRoute::NewLine(id, lines, Some(day.parse().ok()?)),
                    [line] => OutreachRoute::Line(id, lines, LineId::parse(line)?),
                    _ => return None,
                }
            }
        })
    }

    /// What the draft of a line is kept under.
    pub fn draft_of(id: OutreachId, lines: OutreachLines, line: Option<LineId>, day: Option<NaiveDate>) -> String {
        let day = day.map(|day| day.to_string()).unwrap_or_default();
        match line {
            Some(line) => format!("{id}.{}.{line}", lines.code()),
            None => format!("{id}.{}.new.{day}", lines.code()),
        }
    }

    /// Where a draft of a line is taken up again, by what it is kept under.
    pub fn of_draft(subject: &str) -> Option<Self> {
        let (id, lines, rest) = match subject.split('.').collect::<Vec<_>>()[..] {
            [id, lines, "new", day] => (id, lines, Ok(day)),
            [id, lines, line] => (id, lines, Err(line)),
            _ => return None,
        };
        let (id, lines) = (OutreachId::parse(id)?, OutreachLines::from_code(lines)?);
        Some(match rest {
            Ok(day) => OutreachRoute::NewLine(id, lines, day.parse().ok()),
            Err(line) => OutreachRoute::Line(id, lines, LineId::parse(line)?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::Route;
    use super::*;

    #[test]
    fn every_place_is_found_again_by_its_address() {
        let (id, line) = (OutreachId([7; 16]), LineId([8; 16]));
        let day = NaiveDate::from_ymd_opt(2026, 3, 17);
        let mut all = vec![
            OutreachRoute::List,
            OutreachRoute::Leaflet,
            OutreachRoute::New,
            OutreachRoute::One(id),
            OutreachRoute::Edit(id),
        ];
        for lines in OutreachLines::ALL.iter().copied() {
            for day in [None, day] {
                all.push(OutreachRoute::NewLine(id, lines, day));
                let draft = OutreachRoute::draft_of(id, lines, None, day);
                assert_eq!(OutreachRoute::of_draft(&draft), Some(OutreachRoute::NewLine(id, lines, day)));
            }
            all.push(OutreachRoute::Line(id, lines, line));
            let draft = OutreachRoute::draft_of(id, lines, Some(line), None);
            assert_eq!(OutreachRoute::of_draft(&draft), Some(OutreachRoute::Line(id, lines, line)));
        }
        for route in all {
            let route = Route::Outreach(route);
            assert_eq!(Route::parse(&route.href()), Some(route));
        }
    }
}
