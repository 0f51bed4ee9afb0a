//! `maillon neighbours`: the neighbouring coordinators, and how many people something is copied of to them and by them. It
//! names nobody else.

use maillon_shared::api::neighbours::{NeighbourAnswer, NeighbourRequest, NeighbourRow, Neighbours};
use maillon_shared::api::{Request, Response};
use maillon_shared::text::language::Language;
use serde_json::{Value, json};

use super::devices::hex;
use super::lines::Lines;
use super::problem::Problem;
use super::sentences::pick;
use super::session::Session;

/// Says who they are.
pub(super) fn list(session: &Session, out: &mut Lines) -> Result<(), Problem> {
    let neighbours = all(session)?;
    let json = neighbours.all.iter().map(row_json).collect::<Value>();
    out.say(json, |language| neighbours.all.iter().map(|row| row_words(row, language)).collect::<Vec<_>>().join("\n"))
}

/// Every neighbour.
pub(super) fn all(session: &Session) -> Result<Neighbours, Problem> {
    match session.ask(&Request::Neighbour(Box::new(NeighbourRequest::All)))? {
        Response::Neighbour(answer) => match *answer {
            NeighbourAnswer::All(neighbours) => Ok(*neighbours),
            _ => Err(Problem::Unexpected),
        },
        _ => Err(Problem::Unexpected),
    }
}

/// Does something that is answered by nothing.
pub(super) fn done(session: &Session, asked: NeighbourRequest) -> Result<(), Problem> {
    session.ask(&Request::Neighbour(Box::new(asked))).map(|_| ())
}

fn row_json(row: &NeighbourRow) -> Value {
    let devices = row.devices.iter().map(|device| {
        json!({
            "id": hex(device.id),
            "unsent": device.unsent,
            "answered": device.answered,
            "reachable": device.reachable,
            "near": device.near,
        })
    });
    json!({
        "id": row.id.to_string(),
        "name": row.name,
        "devices": devices.collect::<Value>(),
        "untold": row.untold,
        "given": row.given,
        "to_end": row.to_end,
        "received": row.received,
    })
}

fn row_words(row: &NeighbourRow, language: Language) -> String {
    let NeighbourRow { given, received, .. } = row;
    let shared =
        pick(language, format!("{given} confiés, {received} reçus"), format!("{given} given, {received} received"));
    format!("{}\t{}\t{shared}", row.id, row.name)
}
