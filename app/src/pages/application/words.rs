//! The words of an application: how far it is, what is due and in how many days, and its fields by their path.

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::application::{ApplicationFile, DueShown};
use maillon_shared::api::collective::CollectiveWrite;
use maillon_shared::domain::application::{
    ApplicationChange, ApplicationDue, ApplicationStatus, Balance, Deadline, ReportKind,
};
use maillon_shared::domain::ids::{ApplicationId, LineId};
use maillon_shared::domain::programme::Cents;
use maillon_shared::domain::time::PartialDate;
use maillon_shared::text::format;

use crate::pages::programme::words::{amount_words, at_words, euros, or_unnamed};
use crate::words::{application as w, events as e, in_a_row, language, programme as p};
use crate::{browser, when};

/// How far an application is, in a choice.
pub fn status_words(status: &ApplicationStatus) -> String {
    match status {
        ApplicationStatus::Spotted => w::spotted(),
        ApplicationStatus::Preparing => w::preparing(),
        ApplicationStatus::Submitted(_) => w::submitted(),
        ApplicationStatus::Granted { .. } => w::granted(),
        ApplicationStatus::Refused { .. } => w::refused(),
        ApplicationStatus::GivenUp(_) => w::given_up(),
        ApplicationStatus::Unknown(text) => return text.clone(),
    }
    .to_owned()
}

/// How far it is, since when, for how much, and why.
pub fn status_told(status: &ApplicationStatus) -> String {
    let words = status_words(status);
    match status {
        ApplicationStatus::Submitted(on) => in_a_row([words, at_words(*on)]),
        ApplicationStatus::Granted { submitted, on, amount } => {
            let amount = amount.map_or_else(|| w::amount_not_known().to_owned(), euros);
            in_a_row([words, at_words(*on), amount, handed_in(*submitted)])
        }
        ApplicationStatus::Refused { submitted, on, reason } => {
            in_a_row([words, at_words(*on), reason.clone(), handed_in(*submitted)])
        }
        ApplicationStatus::GivenUp(reason) => in_a_row([words, reason.clone()]),
        _ => words,
    }
}

fn handed_in(submitted: Option<PartialDate>) -> String {
    submitted.map(|on| w::submitted_on(at_words(on))).unwrap_or_default()
}

/// A day, and the hour where there is one.
pub fn deadline_words(deadline: Deadline) -> String {
    let day = when::date(deadline.day, browser::today());
    match deadline.at {
        Some(at) => w::until_hour(day, format::hour(at, language())),
        None => day,
    }
}

/// The hour of what is to be handed in.
pub fn hour_words(due: &ApplicationDue) -> String {
    match due {
        ApplicationDue::HandIn(Deadline { at: Some(at), .. }) => w::at_hour(format::hour(*at, language())),
        _ => String::new(),
    }
}

/// What is due.
pub fn due_words(due: &ApplicationDue, what: &str) -> String {
    match due {
        ApplicationDue::HandIn(_) => w::hand_in().to_owned(),
        ApplicationDue::Piece(..) => w::gather(or_unnamed(what)),
        ApplicationDue::Report(..) => report_words(&ReportKind::from_code(what)),
    }
}

/// Which report.
pub fn report_words(kind: &ReportKind) -> String {
    match kind {
        ReportKind::Intermediate => w::report_intermediate(),
        ReportKind::Final => w::report_final(),
        ReportKind::Unknown(code) => return code.clone(),
    }
    .to_owned()
}

/// In how many days, or since how many it is over.
pub fn days_words(shown: &DueShown) -> String {
    let days = u32::try_from(shown.days_left.unsigned_abs()).unwrap_or(u32::MAX);
    match (shown.is_over, shown.days_left) {
        (true, 0) => w::over_today().to_owned(),
        (true, _) => w::over_since(days),
        (false, 0) => w::is_today().to_owned(),
        (false, _) => w::days_left(days),
    }
}

/// What is due, when, and in how many days.
pub fn due_told(shown: &DueShown) -> String {
    let day = match &shown.due {
        ApplicationDue::HandIn(deadline) => deadline_words(*deadline),
        other => when::date(other.day(), browser::today()),
    };
    in_a_row([due_words(&shown.due, &shown.what), day, shown.who.clone()])
}

/// How many days are left, as a tag.
pub fn days_tag(shown: &DueShown) -> AnyView {
    let is_over = shown.is_over;
    view! { <span class="tag" class:late=is_over>{days_words(shown)}</span> }.into_any()
}

/// Whether two sums are the same.
pub fn balance_words(balance: Balance, even: &str) -> String {
    match balance {
        Balance::Nothing => String::new(),
        Balance::Even => even.to_owned(),
        Balance::Short(gap) => w::short(euros(gap)),
        Balance::Over(gap) => w::over(euros(gap)),
        Balance::NotKnown(lines) => w::balance_not_known(lines),
    }
}

/// A field of an application, by its path.
pub fn field_words(path: &str) -> String {
    let parts: Vec<&str> = path.split('.').collect();
    let lines = parts.first().copied().unwrap_or_default();
    let line = match lines {
        "parts" => w::part(),
        "budget" => w::budget_line(),
        "pieces" => w::piece(),
        "reports" => w::report(),
        "projects" => w::pays_for(),
        _ => "",
    };
    let field = match parts.last().copied().unwrap_or_default() {
        "title" => w::name(),
        "funder" => w::funder(),
        "link" => w::link(),
        "purpose" => w::purpose(),
        "opens" => w::opens(),
        "deadline" => w::deadline(),
        "least" => w::least(),
        "most" => w::most(),
        "status" => w::status(),
        "lead" | "lead_entry" => w::lead_structure(),
        "programme" => p::an_annual_programme(),
        "withdrawn" => e::withdrawn_field(),
        "to_verify" => p::to_verify(),
        "who" if lines == "pieces" => w::piece_who(),
        "who" | "entry" => w::part_who(),
        "does" => w::part_does(),
        "asked" if lines == "parts" => w::part_asked(),
        "asked" => w::asked(),
        "label" => w::budget_label(),
        "planned" => w::planned(),
        "own" => w::own(),
        "others" => w::others(),
        "what" => w::piece_what(),
        "due" => w::due(),
        "done_on" if lines == "pieces" => w::piece_done(),
        "done_on" => w::report_done(),
        "kind" => w::report_kind(),
        "project" => e::a_project(),
        "note" => p::note(),
        _ => return path.to_owned(),
    };
    in_a_row([line, field])
}

/// The same, and of which line it is.
pub fn field_words_in(path: &str, file: &ApplicationFile) -> String {
    let named = path.split('.').nth(1).and_then(LineId::parse).and_then(|id| line_name(path, id, file));
    in_a_row([field_words(path), named.unwrap_or_default()])
}

fn line_name(path: &str, id: LineId, file: &ApplicationFile) -> Option<String> {
    let application = &file.application;
    Some(match path.split('.').next()? {
        "parts" => {
            let part = application.parts.iter().find(|line| line.id == id)?;
            let named = file.name_of(part.entry);
            if named.is_empty() { part.who.clone() } else { named.to_owned() }
        }
        "budget" => application.budget.iter().find(|line| line.id == id)?.label.clone(),
        "pieces" => application.pieces.iter().find(|line| line.id == id)?.what.clone(),
        "reports" => report_words(&application.reports.iter().find(|line| line.id == id)?.kind),
        _ => return None,
    })
}

/// What a field says, by its path and its value as it is written.
pub fn value_words(path: &str, value: &str, file: &ApplicationFile) -> String {
    if value.is_empty() {
        return String::new();
    }
    match ApplicationChange::at(path, value) {
        Some(ApplicationChange::Status(status)) => status_told(&status),
        Some(ApplicationChange::Deadline(Some(deadline))) => deadline_words(deadline),
        Some(ApplicationChange::Opens(Some(date))) => at_words(date),
        Some(
            ApplicationChange::Least(_)
            | ApplicationChange::Most(_)
            | ApplicationChange::PartAsked(..)
            | ApplicationChange::Amount(..),
        ) => amount_words(Cents::parse(value)),
        Some(
            ApplicationChange::PieceDue(..)
            | ApplicationChange::PieceDone(..)
            | ApplicationChange::ReportDue(..)
            | ApplicationChange::ReportDone(..),
        ) => PartialDate::parse(value).map(at_words).unwrap_or_default(),
        Some(ApplicationChange::ReportKind(_, kind)) => report_words(&kind),
        Some(ApplicationChange::Project(_, Some(project))) => or_unnamed(file.project_title(project)),
        // Ids say nothing to anyone.
        Some(ApplicationChange::LeadEntry(_) | ApplicationChange::PartEntry(..)) => e::of_the_directory().to_owned(),
        Some(ApplicationChange::Programme(_)) => p::a_programme().to_owned(),
        Some(ApplicationChange::Withdrawn(_)) => e::yes().to_owned(),
        _ => value.to_owned(),
    }
}

/// What makes a field, by its path, say this and nothing else; nothing for what a newer version wrote.
pub fn keep(id: ApplicationId, path: &str, value: &str) -> Option<Request> {
    Some(edit(id, vec![ApplicationChange::at(path, value)?]))
}

/// Asks that an application change, from its own screen.
pub fn edit(id: ApplicationId, changes: Vec<ApplicationChange>) -> Request {
    Request::WriteCollective(Box::new(CollectiveWrite::EditApplication { id, changes, draft: None }))
}

/// What is shown of a year in a choice.
pub fn programme_name(year: i32, title: &str) -> String {
    in_a_row([year.to_string(), title.to_owned()])
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use maillon_shared::domain::application::{ApplicationField, BudgetField, BudgetText, PartField, PieceField};

    use super::*;

    #[test]
    fn every_field_has_its_words() {
        for field in ApplicationField::ALL {
            assert_ne!(field_words(field.code()), field.code());
        }
        let lines = [
            ("parts", PartField::ALL.iter().map(|field| field.code()).chain(["entry", "asked"]).collect::<Vec<_>>()),
            ("budget", BudgetText::ALL.iter().map(|field| field.code()).collect()),
            ("budget", BudgetField::ALL.iter().map(|field| field.code()).collect()),
            ("pieces", PieceField::ALL.iter().map(|field| field.code()).chain(["due", "done_on"]).collect()),
            ("reports", vec!["kind", "due", "done_on", "note"]),
            ("projects", vec!["project"]),
        ];
        for (lines, fields) in lines {
            for field in fields {
                let path = format!("{lines}.x.{field}");
                assert!(!field_words(&path).contains(".x."), "{path}");
            }
        }
    }

    #[test]
    fn days_left_are_said_and_what_is_over_says_since_when() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 15).expect("a day");
        let due = ApplicationDue::HandIn(Deadline { day, at: None });
        let shown = |days_left, is_over| DueShown {
            due: due.clone(),
            what: String::new(),
            who: String::new(),
            is_over,
            days_left,
        };
        let said: Vec<String> =
            [shown(3, false), shown(0, false), shown(0, true), shown(-2, true)].iter().map(days_words).collect();
        assert!(said[0].contains('3') && said[3].contains('2') && said[1] != said[2], "{said:?}");
    }
}
