//! How an application changes: what a form wrote, as the smallest differences, and what each does.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::application::{
    ApplicationField, ApplicationPart, ApplicationStatus, BudgetField, BudgetLine, BudgetText, Deadline,
    FundingApplication, PaidProject, PartField, Piece, PieceField, ReportDue, ReportKind,
};
use super::changes::{gone, held, line};
use super::ids::{CollectiveId, EntryId, LineId, ProgrammeId};
use super::programme::Cents;
use super::time::PartialDate;

/// The lines of an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ApplicationLines {
    /// Who does what.
    Parts,
    /// The budget.
    Budget,
    /// What is to be gathered.
    Pieces,
    /// The reports that are due.
    Reports,
    /// The projects that it pays for.
    Projects,
}

/// One change to an application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ApplicationChange {
    /// A text field becomes this.
    Text(ApplicationField, String),
    /// When one may begin to apply.
    Opens(Option<PartialDate>),
    /// By when it is to be handed in.
    Deadline(Option<Deadline>),
    /// The least that may be asked.
    Least(Option<Cents>),
    /// The most that may be asked.
    Most(Option<Cents>),
    /// It is so far.
    Status(ApplicationStatus),
    /// The structure that applies, by its entry.
    LeadEntry(Option<EntryId>),
    /// The programme that it is part of.
    Programme(Option<ProgrammeId>),
    /// A field of a part; a new line comes into being.
    Part(LineId, PartField, String),
    /// Who of the directory a part is of.
    PartEntry(LineId, Option<EntryId>),
    /// How much is asked for a part.
    PartAsked(LineId, Option<Cents>),
    /// A field of a line of the budget; a new line comes into being.
    Budget(LineId, BudgetText, String),
    /// An amount of it; none is that nobody knows.
    Amount(LineId, BudgetField, Option<Cents>),
    /// A field of something to gather; a new line comes into being.
    Piece(LineId, PieceField, String),
    /// By when it is to be there.
    PieceDue(LineId, Option<NaiveDate>),
    /// When it was there.
    PieceDone(LineId, Option<NaiveDate>),
    /// Which report a line is.
    ReportKind(LineId, ReportKind),
    /// By when a report is due; a new line comes into being.
    ReportDue(LineId, Option<NaiveDate>),
    /// When it was handed in.
    ReportDone(LineId, Option<NaiveDate>),
    /// What else is to be known of it.
    ReportNote(LineId, String),
    /// A project that it pays for; a new line comes into being.
    Project(LineId, Option<CollectiveId>),
    /// A line goes.
    Remove(ApplicationLines, LineId),
    /// It was a mistake, or was not.
    Withdrawn(bool),
}

impl ApplicationChange {
    /// The words that someone types in it.
    pub fn words(&self) -> Option<&str> {
        match self {
            ApplicationChange::Text(_, words)
            | ApplicationChange::Part(_, _, words)
            | ApplicationChange::Budget(_, _, words)
            | ApplicationChange::Piece(_, _, words)
            | ApplicationChange::ReportNote(_, words) => Some(words),
            ApplicationChange::Status(status) => status.words(),
            _ => None,
        }
    }

    /// The days in it.
    pub fn dates(&self) -> Vec<PartialDate> {
        match self {
            ApplicationChange::Opens(Some(date)) => vec![*date],
            ApplicationChange::Deadline(Some(deadline)) => vec![PartialDate::Day(deadline.day)],
            ApplicationChange::Status(status) => status.dates().collect(),
            ApplicationChange::PieceDue(_, Some(day))
            | ApplicationChange::PieceDone(_, Some(day))
            | ApplicationChange::ReportDue(_, Some(day))
            | ApplicationChange::ReportDone(_, Some(day)) => vec![PartialDate::Day(*day)],
            _ => Vec::new(),
        }
    }

    /// The amount in it.
    pub fn amount(&self) -> Option<Cents> {
        match self {
            ApplicationChange::Least(amount)
            | ApplicationChange::Most(amount)
            | ApplicationChange::PartAsked(_, amount)
            | ApplicationChange::Amount(_, _, amount)
            | ApplicationChange::Status(ApplicationStatus::Granted { amount, .. }) => *amount,
            _ => None,
        }
    }
}

impl FundingApplication {
    /// Every word that is in it, and who takes part: of what is common, whoever is named in it is read by everyone.
    pub fn texts_in_common(&self) -> Vec<String> {
        let changes = FundingApplication::empty(self.id).changes_to(self);
        changes.iter().filter_map(ApplicationChange::words).map(str::to_owned).collect()
    }

    /// What to write so that this application becomes `edited`: the differences only.
    pub fn changes_to(&self, edited: &FundingApplication) -> Vec<ApplicationChange> {
        let texts = self.text_differences(edited);
        let mut changes: Vec<_> = texts.map(|(field, text)| ApplicationChange::Text(field, text.to_owned())).collect();
        let mut differs = |differs: bool, change: ApplicationChange| changes.extend(differs.then_some(change));
        differs(self.opens != edited.opens, ApplicationChange::Opens(edited.opens));
        differs(self.deadline != edited.deadline, ApplicationChange::Deadline(edited.deadline));
        differs(self.least != edited.least, ApplicationChange::Least(edited.least));
        differs(self.most != edited.most, ApplicationChange::Most(edited.most));
        differs(self.status != edited.status, ApplicationChange::Status(edited.status.clone()));
        differs(self.lead_entry != edited.lead_entry, ApplicationChange::LeadEntry(edited.lead_entry));
        differs(self.programme != edited.programme, ApplicationChange::Programme(edited.programme));
        differs(self.withdrawn != edited.withdrawn, ApplicationChange::Withdrawn(edited.withdrawn));
        self.money_to(edited, &mut changes);
        self.work_to(edited, &mut changes);
        changes
    }

    fn money_to(&self, edited: &FundingApplication, changes: &mut Vec<ApplicationChange>) {
        for line in &edited.parts {
            let before = held(&self.parts, |before| before.id == line.id, || ApplicationPart::empty(line.id));
            let texts = before.text_differences(line);
            changes.extend(texts.map(|(field, text)| ApplicationChange::Part(line.id, field, text.to_owned())));
            if before.entry != line.entry {
                changes.push(ApplicationChange::PartEntry(line.id, line.entry));
            }
            if before.asked != line.asked {
                changes.push(ApplicationChange::PartAsked(line.id, line.asked));
            }
        }
        lines_gone(&self.parts, &edited.parts, |line| line.id, ApplicationLines::Parts, changes);
        for line in &edited.budget {
            let before = held(&self.budget, |before| before.id == line.id, || BudgetLine::empty(line.id));
            let texts = before.text_differences(line);
            changes.extend(texts.map(|(field, text)| ApplicationChange::Budget(line.id, field, text.to_owned())));
            for field in BudgetField::ALL {
                if before.amount(field) != line.amount(field) {
                    changes.push(ApplicationChange::Amount(line.id, field, line.amount(field)));
                }
            }
        }
        lines_gone(&self.budget, &edited.budget, |line| line.id, ApplicationLines::Budget, changes);
    }

    fn work_to(&self, edited: &FundingApplication, changes: &mut Vec<ApplicationChange>) {
        for line in &edited.pieces {
            let before = held(&self.pieces, |before| before.id == line.id, || Piece::empty(line.id));
            let texts = before.text_differences(line);
            changes.extend(texts.map(|(field, text)| ApplicationChange::Piece(line.id, field, text.to_owned())));
            if before.due != line.due {
                changes.push(ApplicationChange::PieceDue(line.id, line.due));
            }
            if before.done_on != line.done_on {
                changes.push(ApplicationChange::PieceDone(line.id, line.done_on));
            }
        }
        lines_gone(&self.pieces, &edited.pieces, |line| line.id, ApplicationLines::Pieces, changes);
        for line in &edited.reports {
            let before = held(&self.reports, |before| before.id == line.id, || ReportDue::empty(line.id));
            if before.kind != line.kind {
                changes.push(ApplicationChange::ReportKind(line.id, line.kind.clone()));
            }
            if before.due != line.due {
                changes.push(ApplicationChange::ReportDue(line.id, line.due));
            }
            if before.handed_in_on != line.handed_in_on {
                changes.push(ApplicationChange::ReportDone(line.id, line.handed_in_on));
            }
            if before.note != line.note {
                changes.push(ApplicationChange::ReportNote(line.id, line.note.clone()));
            }
        }
        lines_gone(&self.reports, &edited.reports, |line| line.id, ApplicationLines::Reports, changes);
        for line in &edited.projects {
            let before = held(&self.projects, |before| before.id == line.id, || PaidProject::empty(line.id));
            if before.project != line.project {
                changes.push(ApplicationChange::Project(line.id, line.project));
            }
        }
        lines_gone(&self.projects, &edited.projects, |line| line.id, ApplicationLines::Projects, changes);
    }

    /// Makes a change, as the journal would. A line comes into being with its first field.
    pub fn apply(&mut self, change: &ApplicationChange) {
        match change {
            ApplicationChange::Text(field, text) => self.text_mut(*field).clone_from(text),
            ApplicationChange::Opens(opens) => self.opens = *opens,
            ApplicationChange::Deadline(deadline) => self.deadline = *deadline,
            ApplicationChange::Least(amount) => self.least = *amount,
            ApplicationChange::Most(amount) => self.most = *amount,
            ApplicationChange::Status(status) => self.status = status.clone(),
            ApplicationChange::LeadEntry(entry) => self.lead_entry = *entry,
            ApplicationChange::Programme(programme) => self.programme = *programme,
            ApplicationChange::Part(id, field, text) => self.part(*id).text_mut(*field).clone_from(text),
            ApplicationChange::PartEntry(id, entry) => self.part(*id).entry = *entry,
            ApplicationChange::PartAsked(id, asked) => self.part(*id).asked = *asked,
            ApplicationChange::Budget(id, field, text) => self.budget_line(*id).text_mut(*field).clone_from(text),
            ApplicationChange::Amount(id, field, amount) => *self.budget_line(*id).amount_mut(*field) = *amount,
            ApplicationChange::Piece(id, field, text) => self.piece(*id).text_mut(*field).clone_from(text),
            ApplicationChange::PieceDue(id, due) => self.piece(*id).due = *due,
            ApplicationChange::PieceDone(id, done) => self.piece(*id).done_on = *done,
            ApplicationChange::ReportKind(id, kind) => self.report(*id).kind = kind.clone(),
            ApplicationChange::ReportDue(id, due) => self.report(*id).due = *due,
            ApplicationChange::ReportDone(id, done) => self.report(*id).handed_in_on = *done,
            ApplicationChange::ReportNote(id, note) => self.report(*id).note.clone_from(note),
            ApplicationChange::Project(id, project) => {
                line(&mut self.projects, |line| line.id == *id, || PaidProject::empty(*id)).project = *project;
            }
            ApplicationChange::Remove(ApplicationLines::Parts, id) => self.parts.retain(|line| line.id != *id),
            ApplicationChange::Remove(ApplicationLines::Budget, id) => self.budget.retain(|line| line.id != *id),
            ApplicationChange::Remove(ApplicationLines::Pieces, id) => self.pieces.retain(|line| line.id != *id),
            ApplicationChange::Remove(ApplicationLines::Reports, id) => self.reports.retain(|line| line.id != *id),
            ApplicationChange::Remove(ApplicationLines::Projects, id) => self.projects.retain(|line| line.id != *id),
            ApplicationChange::Withdrawn(withdrawn) => self.withdrawn = *withdrawn,
        }
    }

    fn part(&mut self, id: LineId) -> &mut ApplicationPart {
        line(&mut self.parts, |line| line.id == id, || ApplicationPart::empty(id))
    }

    fn budget_line(&mut self, id: LineId) -> &mut BudgetLine {
        line(&mut self.budget, |line| line.id == id, || BudgetLine::empty(id))
    }

    fn piece(&mut self, id: LineId) -> &mut Piece {
        line(&mut self.pieces, |line| line.id == id, || Piece::empty(id))
    }

    fn report(&mut self, id: LineId) -> &mut ReportDue {
        line(&mut self.reports, |line| line.id == id, || ReportDue::empty(id))
    }
}

fn lines_gone<T>(
    before: &[T],
    after: &[T],
    id: impl Fn(&T) -> LineId,
    lines: ApplicationLines,
    changes: &mut Vec<ApplicationChange>,
) {
    changes.extend(gone(before, after, id).into_iter().map(|id| ApplicationChange::Remove(lines, id)));
}
