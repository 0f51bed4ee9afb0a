//! Each command, as requests through the door.

use std::io::{self, BufRead};
use std::path::Path;

use maillon_shared::api::requests::{ExportFormat, Import, ImportTarget, NewEncounter, NewNotebook};
use maillon_shared::api::responses::File;
use maillon_shared::api::responses::Status;
use maillon_shared::api::{Failure, Request, Response};
use maillon_shared::domain::encounter::Encounter;
use maillon_shared::domain::follow_up::{FollowUp, FollowUpKind};
use maillon_shared::domain::ids::{EncounterId, FollowUpId, LineId, PersonId};
use maillon_shared::domain::person::PersonChange;
use maillon_shared::domain::settings::SettingsField;
use serde_json::json;

use super::arguments::{Command, Listed};
use super::lines::Lines;
use super::problem::Problem;
use super::secret::{self, SecretSource};
use super::session::Session;
use super::{addresses, devices, files, mairie, sentences, sheet};

/// Does a command, and says what came of it.
pub(super) fn obey(session: &Session, command: Command, secret: &SecretSource, out: &mut Lines) -> Result<(), Problem> {
    // What needs no open notebook, or opens it in its own way.
    match command {
        Command::Help | Command::Version => return Ok(()),
        Command::Status => return status(session, out),
        Command::Create { settings } => return create(session, Request::Create, settings, secret, out),
        Command::CreateMairie { settings } => return create(session, Request::CreateMairie, settings, secret, out),
        Command::Restore { file } => return restore(session, &file, out),
        Command::ChangePassphrase { new } => return change_passphrase(session, secret, new.as_deref(), out),
        _ => {}
    }
    // Read before a passphrase is asked for: a file that is not there is said at once.
    let file = match &command {
        Command::Import { file, .. } | Command::ImportAddresses { file, .. } | Command::Receive { file, .. } => {
            files::read(file)?
        }
        _ => Vec::new(),
    };
    session.unlock(|| secret.secret(out.language))?;
    match command {
        Command::Help
        | Command::Version
        | Command::Status
        | Command::Create { .. }
        | Command::CreateMairie { .. }
        | Command::Restore { .. }
        | Command::ChangePassphrase { .. } => Ok(()),
        Command::List(Listed::People) => match session.ask(&Request::People)? {
            Response::People(rows) => out.people(&rows),
            _ => Err(Problem::Unexpected),
        },
        Command::List(Listed::Directory) => match session.ask(&Request::Directory)? {
            Response::Directory(rows) => out.entries(&rows),
            _ => Err(Problem::Unexpected),
        },
        Command::Today => match session.ask(&Request::Today)? {
            Response::Today(today) => out.today(&today),
            _ => Err(Problem::Unexpected),
        },
        Command::Search { words, limit } => search(session, words, limit, out),
        Command::AddPerson => add_people(session, out),
        Command::Note { person, kind, next } => {
            let Response::Today(today) = session.ask(&Request::Today)? else { return Err(Problem::Unexpected) };
            let mut encounter = Encounter::empty(EncounterId(random()?), Some(person), today.day);
            encounter.kind = kind;
            encounter.notes = files::read_input()?.trim_end().to_owned();
            let next = next.map(|day| FollowUp::open(FollowUpId([0; 16]), Some(person), FollowUpKind::Contact, day));
            note(session, encounter, next, out)
        }
        Command::Import { into, only_look, .. } => import(session, into, file, only_look, out),
        Command::ImportAddresses { communes, only_look, .. } => {
            addresses::import(session, file, communes, only_look, out)
        }
        Command::Export { format, output } => export(session, format, output.as_deref(), out),
        Command::Verify => verify(session, out),
        Command::Backup { file } => backup(session, &file, out),
        Command::Receive { compared, .. } => mairie::receive(session, file, compared.as_deref(), out),
        Command::Share(asked) => devices::obey(session, asked, secret, out),
    }
}

fn status(session: &Session, out: &mut Lines) -> Result<(), Problem> {
    let there = session.status()? != Status::None;
    out.say(json!({ "notebook": there }), |language| sentences::status(there, language))
}

fn create(
    session: &Session,
    made: fn(NewNotebook) -> Request,
    settings: Vec<(SettingsField, String)>,
    secret: &SecretSource,
    out: &mut Lines,
) -> Result<(), Problem> {
    if session.status()? != Status::None {
        return Err(Failure::NotebookExists.into());
    }
    let passphrase = secret.new_passphrase(out.language)?;
    let Response::Words(words) = session.ask(&Request::ProposeWords)? else { return Err(Problem::Unexpected) };
    session.ask(&made(NewNotebook { passphrase, words: words.join(" "), settings }))?;
    out.say(json!({ "words": words }), |language| sentences::created(&words, language))
}

fn change_passphrase(
    session: &Session,
    secret: &SecretSource,
    new: Option<&Path>,
    out: &mut Lines,
) -> Result<(), Problem> {
    let old = match session.status()? {
        Status::None => return Err(Failure::NoNotebook.into()),
        Status::Locked | Status::Open => secret.secret(out.language)?,
    };
    session.ask(&Request::Unlock(old.clone()))?;
    let new = secret::next_passphrase(new, out.language)?;
    session.ask(&Request::ChangePassphrase { old, new })?;
    out.say(json!({ "changed": true }), sentences::passphrase_changed)
}

fn search(session: &Session, words: Option<String>, limit: u16, out: &mut Lines) -> Result<(), Problem> {
    let text = words.map_or_else(files::read_input, Ok)?.trim().to_owned();
    match session.ask(&Request::Search { text, limit })? {
        Response::Found(hits) => out.hits(&hits),
        _ => Err(Problem::Unexpected),
    }
}

/// A sheet at a time, from standard input; each is answered for once it is on the disk.
fn add_people(session: &Session, out: &mut Lines) -> Result<(), Problem> {
    let mut changes = Vec::new();
    for (number, line) in (1..).zip(io::stdin().lock().lines()) {
        let line = line.map_err(Problem::Input)?;
        if line.trim().is_empty() {
            add_person(session, std::mem::take(&mut changes), out)?;
        } else {
            let id = LineId(random()?);
            changes.push(sheet::change(&line, || id).ok_or(Problem::BadLine(number))?);
        }
    }
    add_person(session, changes, out)
}

fn add_person(session: &Session, changes: Vec<PersonChange>, out: &mut Lines) -> Result<(), Problem> {
    if changes.is_empty() {
        return Ok(());
    }
    let id = PersonId(random()?);
    session.ask(&Request::CreatePerson { id, changes, draft: None })?;
    out.say(json!({ "id": id.to_string() }), |_| id.to_string())
}

fn note(session: &Session, encounter: Encounter, next: Option<FollowUp>, out: &mut Lines) -> Result<(), Problem> {
    let id = encounter.id;
    let mut follow_ups = Vec::new();
    if let Some(next) = next {
        follow_ups.push(FollowUp { id: FollowUpId(random()?), from: Some(id), ..next });
    }
    session.ask(&Request::RecordEncounter(Box::new(NewEncounter {
        encounter,
        unshared_note: String::new(),
        completes: None,
        follow_ups,
        requests: Vec::new(),
        draft: None,
    })))?;
    out.say(json!({ "id": id.to_string() }), |_| id.to_string())
}

/// The list that the screens are served too.
const COMMUNES: &str = include_str!("../../../../app/data/communes.txt");

/// As the preview guesses; what nobody wants is undone by the act that the report names.
fn import(
    session: &Session,
    into: ImportTarget,
    file: Vec<u8>,
    only_look: bool,
    out: &mut Lines,
) -> Result<(), Problem> {
    let Response::Preview(preview) = session.ask(&Request::PreviewImport { into, file: file.clone() })? else {
        return Err(Problem::Unexpected);
    };
    if only_look {
        return out.preview(&preview);
    }
    let columns = preview.columns.into_iter().map(|column| column.field).collect();
    let import = Import { into, file, columns, communes: COMMUNES.to_owned(), answers: Vec::new() };
    let Response::Imported(report) = session.ask(&Request::Import(Box::new(import)))? else {
        return Err(Problem::Unexpected);
    };
    out.report(&report)?;
    match u32::try_from(report.refused.len()).unwrap_or(u32::MAX) {
        0 => Ok(()),
        refused => Err(Problem::RefusedLines(refused)),
    }
}

fn export(session: &Session, format: ExportFormat, to: Option<&Path>, out: &mut Lines) -> Result<(), Problem> {
    let file = file(session, &Request::ExportDirectory(format))?;
    match to {
        None => out.bytes(&file.bytes),
        Some(path) => {
            files::write_new(path, &file.bytes)?;
            out.say(json!({ "bytes": file.bytes.len() }), |language| sentences::written(path, language))
        }
    }
}

fn verify(session: &Session, out: &mut Lines) -> Result<(), Problem> {
    let Response::Verified(verified) = session.ask(&Request::Verify)? else { return Err(Problem::Unexpected) };
    out.verified(&verified)?;
    match verified.unreadable {
        0 => Ok(()),
        unreadable => Err(Problem::DamagedDocuments(unreadable)),
    }
}

fn backup(session: &Session, path: &Path, out: &mut Lines) -> Result<(), Problem> {
    let file = file(session, &Request::Backup)?;
    files::write_new(path, &file.bytes)?;
    out.say(json!({ "bytes": file.bytes.len() }), |language| sentences::written(path, language))
}

fn restore(session: &Session, path: &Path, out: &mut Lines) -> Result<(), Problem> {
    if session.status()? != Status::None {
        return Err(Failure::NotebookExists.into());
    }
    session.ask(&Request::Restore(files::read(path)?))?;
    out.say(json!({ "restored": true }), sentences::restored)
}

fn file(session: &Session, request: &Request) -> Result<File, Problem> {
    match session.ask(request)? {
        Response::File(file) => Ok(file),
        _ => Err(Problem::Unexpected),
    }
}

/// What names a new record.
fn random() -> Result<[u8; 16], Problem> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| Problem::Refused(Failure::System(error.to_string())))?;
    Ok(bytes)
}
