//! Each change to an application as a path and a value in words: as the journal writes it, as a draft keeps it, and as a
//! conflict names it.

use super::application::{
    ApplicationField, ApplicationStatus, BudgetField, BudgetText, Deadline, PartField, PieceField, ReportKind,
};
use super::application_changes::{ApplicationChange, ApplicationLines};
use super::ids::{CollectiveId, EntryId, LineId, ProgrammeId};
use super::programme::Cents;
use super::time::PartialDate;

/// What stands before the path of a line that is taken away.
const REMOVE: &str = "remove";
const YES: &str = "1";

impl ApplicationLines {
    /// Every sort of line.
    pub const ALL: [ApplicationLines; 5] = [
        ApplicationLines::Parts,
        ApplicationLines::Budget,
        ApplicationLines::Pieces,
        ApplicationLines::Reports,
        ApplicationLines::Projects,
    ];

    /// The code that is written.
    pub const fn code(self) -> &'static str {
        match self {
            ApplicationLines::Parts => "parts",
            ApplicationLines::Budget => "budget",
            ApplicationLines::Pieces => "pieces",
            ApplicationLines::Reports => "reports",
            ApplicationLines::Projects => "projects",
        }
    }

    /// What a code says.
    pub fn from_code(code: &str) -> Option<Self> {
        ApplicationLines::ALL.into_iter().find(|lines| lines.code() == code)
    }
}

fn said(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// What stands there: no words are nothing, words that are no such value are of a newer version.
fn optional<T>(text: &str, parse: impl FnOnce(&str) -> Option<T>) -> Option<Option<T>> {
    if text.is_empty() { Some(None) } else { parse(text).map(Some) }
}

impl ApplicationChange {
    /// Where it is written, and what: a field, or the sort of lines, the line and its field. No words are nothing.
    pub fn path(&self) -> (String, String) {
        use ApplicationLines::{Budget, Parts, Pieces, Projects, Reports};
        let line = |lines: ApplicationLines, id: &LineId, field: &str| format!("{}.{id}.{field}", lines.code());
        match self {
            ApplicationChange::Text(field, text) => (field.code().to_owned(), text.clone()),
            ApplicationChange::Opens(opens) => ("opens".into(), said(*opens)),
            ApplicationChange::Deadline(deadline) => ("deadline".into(), said(*deadline)),
            ApplicationChange::Least(amount) => ("least".into(), said(*amount)),
            ApplicationChange::Most(amount) => ("most".into(), said(*amount)),
            ApplicationChange::Status(status) => ("status".into(), status.to_string()),
            ApplicationChange::LeadEntry(entry) => ("lead_entry".into(), said(*entry)),
            ApplicationChange::Programme(programme) => ("programme".into(), said(*programme)),
            ApplicationChange::Part(id, field, text) => (line(Parts, id, field.code()), text.clone()),
            ApplicationChange::PartEntry(id, entry) => (line(Parts, id, "entry"), said(*entry)),
            ApplicationChange::PartAsked(id, asked) => (line(Parts, id, "asked"), said(*asked)),
            ApplicationChange::Budget(id, field, text) => (line(Budget, id, field.code()), text.clone()),
            ApplicationChange::Amount(id, field, amount) => (line(Budget, id, field.code()), said(*amount)),
            ApplicationChange::Piece(id, field, text) => (line(Pieces, id, field.code()), text.clone()),
            ApplicationChange::PieceDue(id, due) => (line(Pieces, id, "due"), said(*due)),
            ApplicationChange::PieceDone(id, done) => (line(Pieces, id, "done_on"), said(*done)),
            ApplicationChange::ReportKind(id, kind) => (line(Reports, id, "kind"), kind.code().to_owned()),
            ApplicationChange::ReportDue(id, due) => (line(Reports, id, "due"), said(*due)),
            ApplicationChange::ReportDone(id, done) => (line(Reports, id, "done_on"), said(*done)),
            ApplicationChange::ReportNote(id, note) => (line(Reports, id, "note"), note.clone()),
            ApplicationChange::Project(id, project) => (line(Projects, id, "project"), said(*project)),
            ApplicationChange::Remove(lines, id) => (format!("{REMOVE}.{}.{id}", lines.code()), YES.into()),
            ApplicationChange::Withdrawn(withdrawn) => {
                ("withdrawn".into(), if *withdrawn { YES.into() } else { String::new() })
            }
        }
    }

    /// The change that writes that value there; nothing where a newer version wrote it, or it is no such value.
    pub fn at(path: &str, value: &str) -> Option<ApplicationChange> {
        let text = || value.to_owned();
        Some(match path.splitn(3, '.').collect::<Vec<_>>()[..] {
            ["opens"] => ApplicationChange::Opens(optional(value, PartialDate::parse)?),
            ["deadline"] => ApplicationChange::Deadline(optional(value, Deadline::parse)?),
            ["least"] => ApplicationChange::Least(optional(value, Cents::parse)?),
            ["most"] => ApplicationChange::Most(optional(value, Cents::parse)?),
            ["status"] => ApplicationChange::Status(ApplicationStatus::parse(value)),
            ["lead_entry"] => ApplicationChange::LeadEntry(optional(value, EntryId::parse)?),
            ["programme"] => ApplicationChange::Programme(optional(value, ProgrammeId::parse)?),
            ["withdrawn"] => ApplicationChange::Withdrawn(value == YES),
            [field] => ApplicationChange::Text(ApplicationField::from_code(field)?, text()),
            [REMOVE, lines, id] => ApplicationChange::Remove(ApplicationLines::from_code(lines)?, LineId::parse(id)?),
            [lines, id, field] => Self::at_line(ApplicationLines::from_code(lines)?, LineId::parse(id)?, field, value)?,
            _ => return None,
        })
    }

    fn at_line(lines: ApplicationLines, id: LineId, field: &str, value: &str) -> Option<ApplicationChange> {
        let text = || value.to_owned();
        let day = || optional(value, |text| text.parse().ok());
        Some(match (lines, field) {
            (ApplicationLines::Parts, "entry") => ApplicationChange::PartEntry(id, optional(value, EntryId::parse)?),
            (ApplicationLines::Parts, "asked") => ApplicationChange::PartAsked(id, optional(value, Cents::parse)?),
            (ApplicationLines::Parts, field) => ApplicationChange::Part(id, PartField::from_code(field)?, text()),
            (ApplicationLines::Budget, field) => match BudgetField::from_code(field) {
                Some(amount) => ApplicationChange::Amount(id, amount, optional(value, Cents::parse)?),
                None => ApplicationChange::Budget(id, BudgetText::from_code(field)?, text()),
            },
            (ApplicationLines::Pieces, "due") => ApplicationChange::PieceDue(id, day()?),
            (ApplicationLines::Pieces, "done_on") => ApplicationChange::PieceDone(id, day()?),
            (ApplicationLines::Pieces, field) => ApplicationChange::Piece(id, PieceField::from_code(field)?, text()),
            (ApplicationLines::Reports, "kind") => ApplicationChange::ReportKind(id, ReportKind::from_code(value)),
            (ApplicationLines::Reports, "due") => ApplicationChange::ReportDue(id, day()?),
            (ApplicationLines::Reports, "done_on") => ApplicationChange::ReportDone(id, day()?),
            (ApplicationLines::Reports, "note") => ApplicationChange::ReportNote(id, text()),
            (ApplicationLines::Projects, "project") => {
                ApplicationChange::Project(id, optional(value, CollectiveId::parse)?)
            }
            (ApplicationLines::Reports | ApplicationLines::Projects, _) => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::application::{ApplicationPart, BudgetLine, FundingApplication, PaidProject, Piece, ReportDue};
    use super::super::ids::ApplicationId;
    use super::*;

    fn line(n: u8) -> LineId {
        LineId([n; 16])
    }

    #[test]
    fn every_change_reads_back_from_its_path() {
        let before = FundingApplication::empty(ApplicationId([1; 16]));
        let mut after = before.clone();
        for field in ApplicationField::ALL {
            *after.text_mut(*field) = format!("{}. de : l’appel", field.code());
        }
        after.opens = PartialDate::parse("2026-01");
        after.deadline = Deadline::parse("2026-03-15T12:00");
        (after.least, after.most) = (Some(Cents(0)), Some(Cents(1_500_000)));
        after.status = ApplicationStatus::GivenUp("trop court".into());
        after.lead_entry = Some(EntryId([2; 16]));
        after.programme = Some(ProgrammeId([3; 16]));
        after.parts.push(ApplicationPart {
            id: line(4),
            who: "CPTS".into(),
            entry: Some(EntryId([5; 16])),
            does: "anime".into(),
            asked: Some(Cents(3)),
        });
        let mut budget = BudgetLine { label: "Salle".into(), note: "n".into(), ..BudgetLine::empty(line(6)) };
        for (n, field) in (0..).zip(BudgetField::ALL) {
            *budget.amount_mut(field) = Some(Cents(n));
        }
        after.budget.push(budget);
        let day = |text: &str| text.parse().ok();
        after.pieces.push(Piece {
            id: line(7),
            what: "Statuts".into(),
            who: "Nadine".into(),
            due: day("2026-03-01"),
            done_on: day("2026-02-20"),
        });
        after.reports.push(ReportDue {
            id: line(8),
            kind: ReportKind::Intermediate,
            due: day("2026-12-01"),
            handed_in_on: day("2026-11-30"),
            note: "n".into(),
        });
        after.projects.push(PaidProject { id: line(9), project: Some(CollectiveId([10; 16])) });
        after.withdrawn = true;
        let there = before.changes_to(&after);
        let back = after.changes_to(&before);
        assert!(there.len() >= 30 && back.iter().any(|change| matches!(change, ApplicationChange::Remove(..))));
        let mut made = before.clone();
        there.iter().for_each(|change| made.apply(change));
        assert_eq!(made, after);
        let nothing = [
            ApplicationChange::PartAsked(line(4), None),
            ApplicationChange::Amount(line(6), BudgetField::Own, None),
            ApplicationChange::PieceDue(line(7), None),
            ApplicationChange::ReportDone(line(8), None),
            ApplicationChange::Project(line(9), None),
        ];
        for change in there.into_iter().chain(back).chain(nothing) {
            let (path, value) = change.path();
            assert_eq!(ApplicationChange::at(&path, &value), Some(change), "{path} {value}");
        }
    }

    #[test]
    fn what_is_no_such_value_changes_nothing() {
        let id = line(7);
        for (path, value) in [
            ("deadline".to_owned(), "bientôt"),
            ("most".into(), "mille"),
            (format!("pieces.{id}.due"), "demain"),
            (format!("reports.{id}.colour"), "x"),
            (format!("budget.{id}.spent"), "3"),
            ("parts.x.who".into(), "x"),
        ] {
            assert_eq!(ApplicationChange::at(&path, value), None, "{path} {value}");
        }
    }
}
