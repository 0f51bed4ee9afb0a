//! An application to a call for projects in its document: each field and each field of each line is written apart, at the path
//! that its change says.

use std::cell::Cell;

use maillon_shared::domain::application::{
    ApplicationChange, ApplicationField, ApplicationLines, ApplicationPart, ApplicationStatus, BudgetField, BudgetLine,
    BudgetText, Deadline, FundingApplication, PaidProject, PartField, Piece, PieceField, ReportDue, ReportKind,
};
use maillon_shared::domain::ids::{ApplicationId, CollectiveId, EntryId, LineId, ProgrammeId};
use maillon_shared::domain::programme::Cents;
use maillon_shared::domain::time::PartialDate;

use super::super::document::{Document, JournalError};
use super::super::fields::Fields;
use super::super::value::{Place, Value};
use super::{lines_in_order, put_back_line, put_in_line, remove_known_line};

/// Writes a whole application that begins.
pub fn create(document: &mut Document, application: &FundingApplication) -> Result<(), JournalError> {
    let empty = FundingApplication::empty(application.id);
    empty.changes_to(application).iter().try_for_each(|change| write(document, change))
}

/// Writes one change.
pub fn write(document: &mut Document, change: &ApplicationChange) -> Result<(), JournalError> {
    match change {
        ApplicationChange::Remove(lines, id) => return remove_known_line(document, lines.code(), *id),
        ApplicationChange::Withdrawn(withdrawn) => {
            return document.put(Place::Root, "withdrawn", Value::flag(*withdrawn));
        }
        _ => {}
    }
    let (path, value) = change.path();
    let value = if value.is_empty() { Value::Nothing } else { Value::Text(value) };
    match path.splitn(3, '.').collect::<Vec<_>>()[..] {
        [lines, id, field] => match (ApplicationLines::from_code(lines), LineId::parse(id)) {
            (Some(lines), Some(id)) => {
                // Someone took the line away meanwhile: whoever writes in it wants it there, and would lose their words.
                if value != Value::Nothing {
                    put_back_line(document, lines.code(), id, &value)?;
                }
                put_in_line(document, lines.code(), id, field, value)
            }
            _ => Ok(()),
        },
        _ => document.put(Place::Root, &path, value),
    }
}

/// Reads the application; nothing where the document says nothing.
pub fn read(document: &Document, oddities: &Cell<u32>) -> Option<FundingApplication> {
    let fields = document.fields(Place::Root, oddities)?;
    let mut application = FundingApplication::empty(ApplicationId(document.header.id.0));
    for field in ApplicationField::ALL {
        *application.text_mut(*field) = fields.text(field.code());
    }
    application.opens = PartialDate::parse(&fields.text("opens"));
    application.deadline = Deadline::parse(&fields.text("deadline"));
    application.least = Cents::parse(&fields.text("least"));
    application.most = Cents::parse(&fields.text("most"));
    application.status = ApplicationStatus::parse(&fields.text("status"));
    application.lead_entry = EntryId::parse(&fields.text("lead_entry"));
    application.programme = ProgrammeId::parse(&fields.text("programme"));
    application.withdrawn = fields.flag("withdrawn");
    application.parts = lines_in_order(document, ApplicationLines::Parts.code(), oddities, part);
    application.budget = lines_in_order(document, ApplicationLines::Budget.code(), oddities, budget);
    application.pieces = lines_in_order(document, ApplicationLines::Pieces.code(), oddities, piece);
    application.reports = lines_in_order(document, ApplicationLines::Reports.code(), oddities, report);
    application.projects = lines_in_order(document, ApplicationLines::Projects.code(), oddities, |id, line| {
        PaidProject { id, project: CollectiveId::parse(&line.text("project")) }
    });
    Some(application)
}

fn part(id: LineId, line: &Fields<'_>) -> ApplicationPart {
    let entry = EntryId::parse(&line.text("entry"));
    let mut part = ApplicationPart { entry, asked: Cents::parse(&line.text("asked")), ..ApplicationPart::empty(id) };
    PartField::ALL.iter().for_each(|field| *part.text_mut(*field) = line.text(field.code()));
    part
}

fn budget(id: LineId, line: &Fields<'_>) -> BudgetLine {
    let mut budget = BudgetLine::empty(id);
    BudgetText::ALL.iter().for_each(|field| *budget.text_mut(*field) = line.text(field.code()));
    BudgetField::ALL.iter().for_each(|field| *budget.amount_mut(*field) = Cents::parse(&line.text(field.code())));
    budget
}

fn piece(id: LineId, line: &Fields<'_>) -> Piece {
    let (due, done_on) = (line.text("due").parse().ok(), line.text("done_on").parse().ok());
    let mut piece = Piece { due, done_on, ..Piece::empty(id) };
    PieceField::ALL.iter().for_each(|field| *piece.text_mut(*field) = line.text(field.code()));
    piece
}

fn report(id: LineId, line: &Fields<'_>) -> ReportDue {
    let (due, handed_in_on) = (line.text("due").parse().ok(), line.text("done_on").parse().ok());
    let mut report = ReportDue { due, handed_in_on, note: line.text("note"), ..ReportDue::empty(id) };
    let kind = line.text("kind");
    if !kind.is_empty() {
        report.kind = ReportKind::from_code(&kind);
    }
    report
}
