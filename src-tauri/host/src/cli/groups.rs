//! `maillon groups` and its like: the groups of coordinators, who is of them, and this coordinator's answers. It names coordinators,
//! and nobody else.

use maillon_shared::api::groups::{GroupAnswer, GroupFile, GroupMember, GroupRequest, Groups, Place};
use maillon_shared::api::sharing::{Company, OtherDevice};
use maillon_shared::api::{Failure, Request, Response};
use maillon_shared::domain::ids::{GroupId, NeighbourId};
use maillon_shared::text::language::Language;
use serde_json::{Value, json};

use super::devices::{hex, words_if_needed};
use super::lines::Lines;
use super::neighbours;
use super::problem::Problem;
use super::secret::SecretSource;
use super::sentences::pick;
use super::session::Session;

/// Says which they are, and who is of each.
pub(super) fn list(session: &Session, out: &mut Lines) -> Result<(), Problem> {
    let files = files(session)?;
    let json = files.iter().map(group_json).collect::<Value>();
    out.say(json, |language| files.iter().map(|file| group_words(file, language)).collect::<Vec<_>>().join("\n"))
}

/// Founds one, and asks these neighbours.
pub(super) fn found(
    session: &Session,
    name: String,
    asked: &[String],
    secret: &SecretSource,
    out: &mut Lines,
) -> Result<(), Problem> {
    let known = neighbours::all(session)?.all;
    let mut neighbours: Vec<NeighbourId> = Vec::new();
    for one in asked {
        let found = known.iter().find(|row| row.id.to_string() == *one || row.name == *one);
        neighbours.push(found.ok_or(Failure::NotFound)?.id);
    }
    let words = words_if_needed(session, Company::Neighbour, secret, out.language)?;
    let before: Vec<GroupId> = all(session)?.all.into_iter().map(|row| row.id).collect();
    done(session, GroupRequest::Found { name, aim: String::new(), neighbours, words, draft: None })?;
    let new = all(session)?.all.into_iter().find(|row| !before.contains(&row.id));
    let id = new.ok_or(Problem::Unexpected)?.id.to_string();
    out.say(json!({ "id": id }), |_| id.clone())
}

/// Comes to one, or leaves it.
pub(super) fn answer(session: &Session, group: &str, comes: bool, out: &mut Lines) -> Result<(), Problem> {
    let id = named(session, group)?;
    done(session, if comes { GroupRequest::Accept(id) } else { GroupRequest::Leave(id) })?;
    out.say(json!({ "in": comes }), |language| match comes {
        true => pick(language, "vous en faites partie", "you are of it"),
        false => pick(language, "vous n'en faites pas partie", "you are not of it"),
    })
}

/// The group of that id or name.
pub(super) fn named(session: &Session, group: &str) -> Result<GroupId, Problem> {
    let row = all(session)?.all.into_iter().find(|row| row.id.to_string() == group || row.name == group);
    Ok(row.ok_or(Failure::NotFound)?.id)
}

/// The devices of those with whom something is common.
pub(super) fn devices(session: &Session) -> Result<Vec<OtherDevice>, Problem> {
    let coordinators = files(session)?.into_iter().flat_map(|file| file.coordinators);
    Ok(coordinators.flat_map(|member| member.devices).collect())
}

fn all(session: &Session) -> Result<Groups, Problem> {
    match ask(session, GroupRequest::All)? {
        GroupAnswer::All(all) => Ok(*all),
        _ => Err(Problem::Unexpected),
    }
}

fn files(session: &Session) -> Result<Vec<GroupFile>, Problem> {
    let one = |id| match ask(session, GroupRequest::One(id))? {
        GroupAnswer::One(file) => Ok(*file),
        _ => Err(Problem::Unexpected),
    };
    all(session)?.all.into_iter().map(|row| one(row.id)).collect()
}

fn ask(session: &Session, asked: GroupRequest) -> Result<GroupAnswer, Problem> {
    match session.ask(&Request::Group(Box::new(asked)))? {
        Response::Group(answer) => Ok(*answer),
        _ => Err(Problem::Unexpected),
    }
}

fn done(session: &Session, asked: GroupRequest) -> Result<(), Problem> {
    session.ask(&Request::Group(Box::new(asked))).map(|_| ())
}

const fn place_code(place: &Place) -> &'static str {
    match place {
        Place::Asked => "asked",
        Place::In => "in",
        Place::Out(_) => "out",
        Place::Removed => "removed",
        Place::Closed => "closed",
    }
}

fn group_json(file: &GroupFile) -> Value {
    json!({
        "id": file.row.id.to_string(),
        "name": file.row.name,
        "place": place_code(&file.row.place),
        "founder": file.row.founder,
        "administers": file.administers,
        "common": file.row.common,
        "untold": file.row.untold,
        "coordinators": file.coordinators.iter().map(member_json).collect::<Value>(),
    })
}

fn member_json(member: &GroupMember) -> Value {
    let devices = member.devices.iter().map(|device| json!({ "id": hex(device.id), "unsent": device.unsent }));
    json!({
        "name": member.name,
        "own": member.is_own,
        "administers": member.administers,
        "removed": member.removed,
        "said": member.said.as_ref().map(|said| said.standing.code()),
        "devices": devices.collect::<Value>(),
    })
}

fn group_words(file: &GroupFile, language: Language) -> String {
    let place = match &file.row.place {
        Place::Asked => pick(language, "invitation", "asked"),
        Place::In => pick(language, "membre", "of it"),
        Place::Out(_) => pick(language, "hors du collectif", "out"),
        Place::Removed => pick(language, "retiré", "removed"),
        Place::Closed => pick(language, "clos", "closed"),
    };
    let names: Vec<&str> = file.coordinators.iter().map(|member| member.name.as_str()).collect();
    format!("{}\t{}\t{place}\t{}", file.row.id, file.row.name, names.join(", "))
}
