//! What comes out: lines for people, or JSON for programs.

use std::io::{self, Write};

use maillon_shared::api::collective::CommonTarget;
use maillon_shared::api::responses::{
    EntryRow, FollowUpRow, Hit, HitTarget, ImportColumn, ImportPreview, ImportReport, LineNote, PersonRow,
};
use maillon_shared::api::responses::{Today, Verification};
use maillon_shared::text::language::Language;
use serde_json::{Value, json};

use super::problem::Problem;
use super::{imports, sentences};

/// Standard output, in a language and a form.
pub(super) struct Lines {
    out: io::StdoutLock<'static>,
    pub language: Language,
    pub json: bool,
}

impl Lines {
    pub(super) fn new(language: Language, json: bool) -> Self {
        Lines { out: io::stdout().lock(), language, json }
    }

    /// A line, out at once: whoever kills us must have seen all that was said to be saved.
    pub(super) fn text(&mut self, line: &str) -> Result<(), Problem> {
        writeln!(self.out, "{}", line.trim_end_matches('\n')).and_then(|()| self.out.flush()).map_err(Problem::Output)
    }

    /// A file's bytes, as they are.
    pub(super) fn bytes(&mut self, bytes: &[u8]) -> Result<(), Problem> {
        self.out.write_all(bytes).and_then(|()| self.out.flush()).map_err(Problem::Output)
    }

    /// The one or the other.
    pub(super) fn say(&mut self, json: Value, text: impl FnOnce(Language) -> String) -> Result<(), Problem> {
        let line = if self.json { json.to_string() } else { text(self.language) };
        self.text(&line)
    }

    /// A JSON array, or a line each.
    fn rows<T>(&mut self, rows: &[T], json: impl Fn(&T) -> Value, text: impl Fn(&T) -> String) -> Result<(), Problem> {
        if self.json {
            return self.text(&rows.iter().map(json).collect::<Value>().to_string());
        }
        rows.iter().try_for_each(|row| self.text(&text(row)))
    }

    pub(super) fn people(&mut self, rows: &[PersonRow]) -> Result<(), Problem> {
        self.rows(rows, person_json, |row| tabbed([&row.id.to_string(), &row.name, &row.place]))
    }

    pub(super) fn entries(&mut self, rows: &[EntryRow]) -> Result<(), Problem> {
        self.rows(rows, entry_json, |row| {
            tabbed([&row.id.to_string(), row.kind.code(), &row.name, &row.role, &row.place, &row.phone])
        })
    }

    pub(super) fn hits(&mut self, hits: &[Hit]) -> Result<(), Problem> {
        self.rows(hits, hit_json, |hit| {
            let (kind, id) = target(&hit.target);
            tabbed([&id, kind, &hit.title, &hit.detail])
        })
    }

    pub(super) fn today(&mut self, today: &Today) -> Result<(), Problem> {
        if self.json {
            return self.text(&today_json(today).to_string());
        }
        let language = self.language;
        self.text(&sentences::day(today, language))?;
        let follow_ups = [(sentences::LATE, &today.late), (sentences::DUE, &today.due), (sentences::WEEK, &today.week)];
        for (title, rows) in follow_ups {
            self.section(
                title,
                rows.iter().map(|row| {
                    tabbed([
                        &row.follow_up.id.to_string(),
                        &row.follow_up.due.to_string(),
                        &row.name,
                        &row.follow_up.what,
                    ])
                }),
            )?;
        }
        self.section(
            sentences::REQUESTS,
            today
                .requests
                .iter()
                .map(|row| tabbed([&row.request.id.to_string(), &row.request.received.to_string(), &row.name])),
        )?;
        self.section(
            sentences::UNSEEN,
            today.unseen.iter().map(|row| {
                let days = row.days.map(|days| days.to_string()).unwrap_or_default();
                tabbed([&row.id.to_string(), &days, &row.name, &row.place])
            }),
        )
    }

    fn section(
        &mut self,
        title: sentences::Words,
        mut rows: impl ExactSizeIterator<Item = String>,
    ) -> Result<(), Problem> {
        if rows.len() == 0 {
            return Ok(());
        }
        self.text(&format!("\n{} ({})", title.in_language(self.language), rows.len()))?;
        rows.try_for_each(|row| self.text(&row))
    }

    pub(super) fn preview(&mut self, preview: &ImportPreview) -> Result<(), Problem> {
        let columns = preview.columns.iter().map(column_json);
        let json = json!({ "lines": preview.lines, "columns": columns.collect::<Value>() });
        self.say(json, |language| imports::preview(preview, language))
    }

    pub(super) fn report(&mut self, report: &ImportReport) -> Result<(), Problem> {
        let notes = |notes: &[LineNote]| {
            notes.iter().map(|note| json!({ "line": note.line, "why": note.why, "text": note.text })).collect::<Value>()
        };
        let to_look = report.to_look.iter().map(|line| {
            let like = line.like.as_ref().map(|like| like.id.to_string());
            json!({ "line": line.line, "why": line.why, "name": line.name, "like": like })
        });
        let json = json!({
            "act": report.act.map(|act| act.to_string()),
            "created": report.created,
            "completed": report.completed,
            "unchanged": report.unchanged,
            "joined": notes(&report.joined),
            "to_look": to_look.collect::<Value>(),
            "refused": notes(&report.refused),
            "remarks": notes(&report.remarks),
            "new_roles": report.new_roles,
            "withheld": report.withheld.iter().map(column_json).collect::<Value>(),
        });
        self.say(json, |language| imports::report(report, language))
    }

    pub(super) fn verified(&mut self, verified: &Verification) -> Result<(), Problem> {
        let json = json!({
            "documents": verified.documents,
            "unreadable": verified.unreadable,
            "stale_views": verified.stale_views,
            "acts": verified.acts,
        });
        self.say(json, |language| sentences::verified(verified, language))
    }
}

fn column_json(column: &ImportColumn) -> Value {
    json!({ "head": column.head, "field": column.field, "withheld": column.withheld })
}

/// Cells that a program can cut again: what is inside has no tab and no end of line left.
fn tabbed<const N: usize>(cells: [&str; N]) -> String {
    cells.map(|cell| cell.replace(['\t', '\n', '\r'], " ")).join("\t")
}

fn target(target: &HitTarget) -> (&'static str, String) {
    match target {
        HitTarget::Person(id) => ("person", id.to_string()),
        HitTarget::Provisional(id, _) => ("provisional", id.to_string()),
        HitTarget::Entry(id, _) => ("entry", id.to_string()),
        HitTarget::Encounter(id, ..) => ("encounter", id.to_string()),
        HitTarget::FollowUp(id, ..) => ("follow_up", id.to_string()),
        HitTarget::Project(id, ..) => ("project", id.to_string()),
        HitTarget::Stay(id, ..) => ("stay", id.to_string()),
        HitTarget::Meeting(id, ..) => ("meeting", id.to_string()),
        HitTarget::Circle(id) => ("circle", id.to_string()),
        HitTarget::Received(_, id) => ("received_copy", id.to_string()),
        HitTarget::Round(id, _) => ("round", id.to_string()),
        HitTarget::Alert(id, ..) => ("alert", id.to_string()),
        HitTarget::Common(CommonTarget::Project(id)) => ("collective_project", id.to_string()),
        HitTarget::Common(CommonTarget::Event(id)) => ("event", id.to_string()),
        HitTarget::Common(CommonTarget::Programme(id)) => ("programme", id.to_string()),
        HitTarget::Common(CommonTarget::Procedure(id)) => ("procedure", id.to_string()),
        HitTarget::Common(CommonTarget::ProcedureRun(id)) => ("procedure_run", id.to_string()),
        HitTarget::Common(CommonTarget::Sheet(id)) => ("sheet", id.to_string()),
        HitTarget::Common(CommonTarget::ReceivedSheet(id)) => ("received_sheet", id.to_string()),
        HitTarget::Common(CommonTarget::Roadmap(id)) => ("roadmap", id.to_string()),
        HitTarget::Common(CommonTarget::Diagnosis(id)) => ("diagnosis", id.to_string()),
        HitTarget::Common(CommonTarget::Application(id)) => ("application", id.to_string()),
        HitTarget::Common(CommonTarget::Outreach(id)) => ("outreach", id.to_string()),
        HitTarget::Common(CommonTarget::Information(id)) => ("information", id.to_string()),
        HitTarget::Common(CommonTarget::Board(month)) => ("board", month.to_string()),
        HitTarget::Common(CommonTarget::Means(id)) => ("means", id.to_string()),
        HitTarget::Common(CommonTarget::Charter(id)) => ("post_charter", id.to_string()),
        HitTarget::Common(CommonTarget::Difficulty(id)) => ("difficulty", id.to_string()),
        HitTarget::Common(CommonTarget::Survey(id)) => ("survey", id.to_string()),
        HitTarget::Common(CommonTarget::Situation(id)) => ("situation", id.to_string()),
        HitTarget::Common(CommonTarget::Report(period)) => ("report", period.to_string()),
        HitTarget::Request(id, ..) => ("request", id.to_string()),
        HitTarget::Register(id, _) => ("register", id.to_string()),
    }
}

fn person_json(row: &PersonRow) -> Value {
    json!({
        "id": row.id.to_string(),
        "name": row.name,
        "family_name": row.family_name,
        "place": row.place,
        "birth": row.birth.map(|birth| birth.to_string()),
        "state": row.state.code(),
        "last_contact": row.last_contact.map(|day| day.to_string()),
        "next_due": row.next_due.map(|day| day.to_string()),
    })
}

fn entry_json(row: &EntryRow) -> Value {
    json!({
        "id": row.id.to_string(),
        "kind": row.kind.code(),
        "name": row.name,
        "role": row.role,
        "place": row.place,
        "phone": row.phone,
        "to_verify": row.to_verify,
    })
}

fn hit_json(hit: &Hit) -> Value {
    let (kind, id) = target(&hit.target);
    json!({ "id": id, "kind": kind, "title": hit.title, "detail": hit.detail })
}

fn follow_up_json(row: &FollowUpRow) -> Value {
    json!({
        "id": row.follow_up.id.to_string(),
        "person": row.follow_up.person.map(|id| id.to_string()),
        "name": row.name,
        "kind": row.follow_up.kind.code(),
        "what": row.follow_up.what,
        "due": row.follow_up.due.to_string(),
        "days_late": row.days_late,
    })
}

fn today_json(today: &Today) -> Value {
    let requests = today
        .requests
        .iter()
        .map(|row| json!({ "id": row.request.id.to_string(), "name": row.name, "days": row.days }));
    let unseen = today.unseen.iter().map(|row| json!({ "id": row.id.to_string(), "name": row.name, "days": row.days }));
    json!({
        "day": today.day.to_string(),
        "worked": today.not_worked.is_none(),
        "late": today.late.iter().map(follow_up_json).collect::<Value>(),
        "due": today.due.iter().map(follow_up_json).collect::<Value>(),
        "week": today.week.iter().map(follow_up_json).collect::<Value>(),
        "requests": requests.collect::<Value>(),
        "unseen": unseen.collect::<Value>(),
        "people": today.people,
        "noted_today": today.noted_today,
        "anomalies": today.anomalies,
    })
}
