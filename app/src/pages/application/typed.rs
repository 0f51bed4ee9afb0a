//! The form of an application: what is typed, and the application that it means, or all that is to be mended.

use maillon_shared::domain::application::{
    ApplicationField, ApplicationPart, ApplicationStatus, BudgetField, BudgetLine, BudgetText, Deadline,
    FundingApplication, PaidProject, PartField, Piece, PieceField, ReportDue, ReportKind,
};
use maillon_shared::domain::ids::{CollectiveId, EntryId, LineId, ProgrammeId};
use maillon_shared::domain::time::{Hour, PartialDate};

use crate::pages::typed::{Typed, amount_typed, date_typed, of_line, wrong};
use crate::ui::Problem;
use crate::words::{application as w, programme as p};

pub const PARTS: &str = "parts";
pub const BUDGET: &str = "budget";
pub const PIECES: &str = "pieces";
pub const REPORTS: &str = "reports";
pub const PROJECTS: &str = "projects";

/// The choices of how far an application is.
pub const STATUSES: [&str; 6] = ["spotted", "preparing", "submitted", "granted", "refused", "given_up"];

fn status_code(status: &ApplicationStatus) -> &'static str {
    match status {
        ApplicationStatus::Spotted => "spotted",
        ApplicationStatus::Preparing => "preparing",
        ApplicationStatus::Submitted(_) => "submitted",
        ApplicationStatus::Granted { .. } => "granted",
        ApplicationStatus::Refused { .. } => "refused",
        ApplicationStatus::GivenUp(_) => "given_up",
        ApplicationStatus::Unknown(_) => "unknown",
    }
}

/// The form of an application.
pub fn typed_of(application: &FundingApplication) -> Typed {
    let mut form = Typed::default();
    for field in ApplicationField::ALL {
        form.say(field.code(), application.text(*field));
    }
    form.say("opens", date_typed(application.opens));
    form.say("deadline", date_typed(application.deadline.map(|deadline| PartialDate::Day(deadline.day))));
    let hour = application.deadline.and_then(|deadline| deadline.at).map(|at| at.to_string());
    form.say("hour", hour.unwrap_or_default());
    form.say("least", amount_typed(application.least));
    form.say("most", amount_typed(application.most));
    form.say("lead_entry", application.lead_entry.map(|id| id.to_string()).unwrap_or_default());
    form.say("programme", application.programme.map(|id| id.to_string()).unwrap_or_default());
    let status = &application.status;
    form.say("status", status_code(status));
    form.say("submitted", date_typed(status.submitted()));
    match status {
        ApplicationStatus::Granted { on, amount, .. } => {
            form.say("answered", date_typed(Some(*on)));
            form.say("granted", amount_typed(*amount));
        }
        ApplicationStatus::Refused { on, reason, .. } => {
            form.say("answered", date_typed(Some(*on)));
            form.say("reason", reason.as_str());
        }
        ApplicationStatus::GivenUp(reason) => form.say("reason", reason.as_str()),
        _ => {}
    }
    lines_of(application, &mut form);
    form
}

fn lines_of(application: &FundingApplication, form: &mut Typed) {
    let day = |day: Option<chrono::NaiveDate>| date_typed(day.map(PartialDate::Day));
    for line in &application.parts {
        form.add(PARTS, line.id);
        PartField::ALL.iter().for_each(|field| form.say(&of_line(PARTS, line.id, field.code()), line.text(*field)));
        form.say(&of_line(PARTS, line.id, "entry"), line.entry.map(|id| id.to_string()).unwrap_or_default());
        form.say(&of_line(PARTS, line.id, "asked"), amount_typed(line.asked));
    }
    for line in &application.budget {
        form.add(BUDGET, line.id);
        BudgetText::ALL.iter().for_each(|field| form.say(&of_line(BUDGET, line.id, field.code()), line.text(*field)));
        for field in BudgetField::ALL {
            form.say(&of_line(BUDGET, line.id, field.code()), amount_typed(line.amount(field)));
        }
    }
    for line in &application.pieces {
        form.add(PIECES, line.id);
        PieceField::ALL.iter().for_each(|field| form.say(&of_line(PIECES, line.id, field.code()), line.text(*field)));
        form.say(&of_line(PIECES, line.id, "due"), day(line.due));
        form.say(&of_line(PIECES, line.id, "done_on"), day(line.done_on));
    }
    for line in &application.reports {
        form.add(REPORTS, line.id);
        form.say(&of_line(REPORTS, line.id, "kind"), line.kind.code());
        form.say(&of_line(REPORTS, line.id, "due"), day(line.due));
        form.say(&of_line(REPORTS, line.id, "done_on"), day(line.handed_in_on));
        form.say(&of_line(REPORTS, line.id, "note"), line.note.as_str());
    }
    for line in &application.projects {
        form.add(PROJECTS, line.id);
        let project = line.project.map(|id| id.to_string()).unwrap_or_default();
        form.say(&of_line(PROJECTS, line.id, "project"), project);
    }
}

/// What reads a form, and keeps what is to be mended.
struct Reader<'a> {
    form: &'a Typed,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn said(&self, name: &str) -> String {
        self.form.said(name).trim().to_owned()
    }

    fn date(&mut self, name: &str) -> Option<PartialDate> {
        let read = self.form.date(name);
        if read.is_none() {
            wrong(&mut self.problems, name, p::wrong_date());
        }
        read.flatten()
    }

    fn day(&mut self, name: &str) -> Option<chrono::NaiveDate> {
        match self.date(name) {
            Some(PartialDate::Day(day)) => Some(day),
            Some(_) => {
                wrong(&mut self.problems, name, w::wrong_day());
                None
            }
            None => None,
        }
    }

    fn amount(&mut self, name: &str) -> Option<maillon_shared::domain::programme::Cents> {
        let read = self.form.amount(name);
        if read.is_none() {
            wrong(&mut self.problems, name, p::wrong_amount());
        }
        read.flatten()
    }

    fn status(&mut self, before: &ApplicationStatus) -> ApplicationStatus {
        let code = self.said("status");
        let submitted =
            if matches!(code.as_str(), "submitted" | "granted" | "refused") { self.date("submitted") } else { None };
        let needs = |reader: &mut Self, name: &str| {
            let date = reader.date(name);
            if date.is_none() && reader.said(name).is_empty() {
                wrong(&mut reader.problems, name, w::needs_date());
            }
            date
        };
        match code.as_str() {
            "spotted" | "" => ApplicationStatus::Spotted,
            "preparing" => ApplicationStatus::Preparing,
            "submitted" => {
                if submitted.is_none() && self.said("submitted").is_empty() {
                    wrong(&mut self.problems, "submitted", w::needs_date());
                }
                submitted.map_or(ApplicationStatus::Preparing, ApplicationStatus::Submitted)
            }
            "granted" => {
                let amount = self.amount("granted");
                match needs(self, "answered") {
                    Some(on) => ApplicationStatus::Granted { submitted, on, amount },
                    None => before.clone(),
                }
            }
            "refused" => match needs(self, "answered") {
                Some(on) => ApplicationStatus::Refused { submitted, on, reason: self.said("reason") },
                None => before.clone(),
            },
            "given_up" => {
                if self.said("reason").is_empty() {
                    wrong(&mut self.problems, "reason", w::needs_reason());
                }
                ApplicationStatus::GivenUp(self.said("reason"))
            }
            _ => before.clone(),
        }
    }

    fn deadline(&mut self) -> Option<Deadline> {
        let hour = self.said("hour");
        let at = if hour.is_empty() { None } else { read_hour(&hour) };
        if at.is_none() && !hour.is_empty() {
            wrong(&mut self.problems, "hour", w::wrong_hour());
        }
        let day = self.day("deadline");
        if day.is_none() && !hour.is_empty() && self.said("deadline").is_empty() {
            wrong(&mut self.problems, "deadline", w::needs_date());
        }
        day.map(|day| Deadline { day, at })
    }

    fn part(&mut self, id: LineId) -> ApplicationPart {
        let at = |field: &str| of_line(PARTS, id, field);
        let mut part = ApplicationPart::empty(id);
        PartField::ALL.iter().for_each(|field| *part.text_mut(*field) = self.said(&at(field.code())));
        part.entry = EntryId::parse(&self.said(&at("entry")));
        part.asked = self.amount(&at("asked"));
        part
    }

    fn budget(&mut self, id: LineId) -> BudgetLine {
        let at = |field: &str| of_line(BUDGET, id, field);
        let mut line = BudgetLine::empty(id);
        BudgetText::ALL.iter().for_each(|field| *line.text_mut(*field) = self.said(&at(field.code())));
        BudgetField::ALL.iter().for_each(|field| *line.amount_mut(*field) = self.amount(&at(field.code())));
        line
    }

    fn piece(&mut self, id: LineId) -> Piece {
        let at = |field: &str| of_line(PIECES, id, field);
        let mut piece = Piece::empty(id);
        PieceField::ALL.iter().for_each(|field| *piece.text_mut(*field) = self.said(&at(field.code())));
        piece.due = self.day(&at("due"));
        piece.done_on = self.day(&at("done_on"));
        piece
    }

    fn report(&mut self, id: LineId) -> ReportDue {
        let at = |field: &str| of_line(REPORTS, id, field);
        let mut report = ReportDue { note: self.said(&at("note")), ..ReportDue::empty(id) };
        report.due = self.day(&at("due"));
        report.handed_in_on = self.day(&at("done_on"));
        let kind = self.said(&at("kind"));
        if !kind.is_empty() {
            report.kind = ReportKind::from_code(&kind);
        }
        report
    }
}

/// An hour as one types it: "12:00", "12 h", "12h30".
fn read_hour(text: &str) -> Option<Hour> {
    let text = text.replace(['h', 'H'], ":").replace(' ', "");
    let (hour, minute) = text.split_once(':').unwrap_or((&text, ""));
    Hour::new(hour.parse().ok()?, if minute.is_empty() { 0 } else { minute.parse().ok()? })
}

/// The application as the form means it, lines that say nothing left out, and all that is to be mended.
pub fn settled(form: &Typed, before: &FundingApplication) -> (FundingApplication, Vec<Problem>) {
    let mut read = Reader { form, problems: Vec::new() };
    let mut application = FundingApplication::empty(before.id);
    application.withdrawn = before.withdrawn;
    for field in ApplicationField::ALL {
        *application.text_mut(*field) = read.said(field.code());
    }
    if application.title.is_empty() {
        wrong(&mut read.problems, "title", w::needs_title());
    }
    application.opens = read.date("opens");
    application.deadline = read.deadline();
    application.least = read.amount("least");
    application.most = read.amount("most");
    application.lead_entry = EntryId::parse(&read.said("lead_entry"));
    application.programme = ProgrammeId::parse(&read.said("programme"));
    application.status = read.status(&before.status);
    application.parts = form.ids(PARTS).into_iter().map(|id| read.part(id)).collect();
    application.budget = form.ids(BUDGET).into_iter().map(|id| read.budget(id)).collect();
    application.pieces = form.ids(PIECES).into_iter().map(|id| read.piece(id)).collect();
    application.reports = form.ids(REPORTS).into_iter().map(|id| read.report(id)).collect();
    let project =
        |id: LineId| PaidProject { id, project: CollectiveId::parse(form.said(&of_line(PROJECTS, id, "project"))) };
    application.projects = form.ids(PROJECTS).into_iter().map(project).collect();
    application.parts.retain(|line| *line != ApplicationPart::empty(line.id));
    application.budget.retain(|line| *line != BudgetLine::empty(line.id));
    application.pieces.retain(|line| *line != Piece::empty(line.id));
    application.reports.retain(|line| {
        line.due.is_some() || *line != ReportDue { kind: line.kind.clone(), ..ReportDue::empty(line.id) }
    });
    application.projects.retain(|line| line.project.is_some());
    (application, read.problems)
}

#[cfg(test)]
mod tests {
    use maillon_shared::domain::ids::ApplicationId;
    use maillon_shared::domain::programme::Cents;

    use super::*;

    fn line(n: u8) -> LineId {
        LineId([n; 16])
    }

    fn application() -> FundingApplication {
        let mut all = FundingApplication::empty(ApplicationId([1; 16]));
        all.title = "Plan cancer".into();
        all.deadline = Deadline::parse("2026-03-15T12:00");
        (all.opens, all.most) = (PartialDate::parse("2026-01"), Some(Cents(1_250_050)));
        all.parts.push(ApplicationPart {
            who: "CPTS".into(),
            asked: Some(Cents(0)),
            ..ApplicationPart::empty(line(2))
        });
        all.budget.push(BudgetLine::empty(line(3)).with(BudgetField::Own, Cents(7)));
        all.pieces.push(Piece { what: "Statuts".into(), due: "2026-03-01".parse().ok(), ..Piece::empty(line(4)) });
        all.reports.push(ReportDue { due: "2027-01-31".parse().ok(), ..ReportDue::empty(line(5)) });
        all.projects.push(PaidProject { id: line(6), project: Some(CollectiveId([7; 16])) });
        all
    }

    #[test]
    fn a_form_that_nobody_touched_means_the_application_as_it_is() {
        let mut all = application();
        let on = PartialDate::Year(2026);
        for status in [
            ApplicationStatus::Spotted,
            ApplicationStatus::Submitted(on),
            ApplicationStatus::Granted { submitted: None, on, amount: None },
            ApplicationStatus::Refused { submitted: Some(on), on, reason: String::new() },
            ApplicationStatus::GivenUp("trop court".into()),
            ApplicationStatus::Unknown("paused".into()),
        ] {
            all.status = status;
            let (meant, problems) = settled(&typed_of(&all), &all);
            assert!(problems.is_empty(), "{:?}", all.status);
            assert_eq!(meant, all);
        }
    }

    #[test]
    fn what_is_to_be_mended_is_told_where_it_is() {
        let check = |said: &[(&str, &str)], expected: &[&str]| {
            let before = application();
            let mut form = typed_of(&before);
            said.iter().for_each(|(name, text)| form.say(name, *text));
            let (_, problems) = settled(&form, &before);
            let fields: Vec<String> = problems.into_iter().map(|problem| problem.field).collect();
            assert_eq!(fields, expected);
        };
        check(&[("title", " ")], &["title"]);
        check(&[("deadline", "3/2026")], &["deadline"]);
        check(&[("hour", "midi")], &["hour"]);
        check(&[("hour", "9 h 30")], &[]);
        check(&[("most", "mille")], &["most"]);
        check(&[("status", "granted")], &["answered"]);
        check(&[("status", "submitted")], &["submitted"]);
        check(&[("status", "given_up")], &["reason"]);
        check(&[("status", "refused"), ("answered", "2026")], &[]);
    }
}
