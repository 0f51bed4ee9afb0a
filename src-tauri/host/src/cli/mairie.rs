//! `maillon receive`: in a mairie's notebook, what a coordinator published, from a file that came.
//!
//! The first time, whoever signed it is made sure of by words that were compared: nothing is taken without them.

use maillon_shared::api::summary::{Received, SummaryAnswer, SummaryRequest};
use maillon_shared::api::{Request, Response};
use maillon_shared::domain::summary::period::Period;
use maillon_shared::text::language::Language;
use serde_json::{Value, json};

use super::devices::say_the_same;
use super::lines::Lines;
use super::problem::Problem;
use super::sentences::pick;
use super::session::Session;

/// Takes what a file brings, and says what that is.
pub(super) fn receive(
    session: &Session,
    file: Vec<u8>,
    compared: Option<&str>,
    out: &mut Lines,
) -> Result<(), Problem> {
    let received = look(session, &file)?;
    let is_same = compared.is_some_and(|compared| say_the_same(compared, &received.words));
    if !received.is_nothing_new() {
        if received.known_since.is_none() && !is_same {
            return Err(Problem::NotCompared(received.words));
        }
        session.ask(&Request::Summary(SummaryRequest::Take { file, compared: is_same }))?;
    }
    out.say(received_json(&received), |language| received_words(&received, language))
}

fn look(session: &Session, file: &[u8]) -> Result<Received, Problem> {
    match session.ask(&Request::Summary(SummaryRequest::LookAt(file.to_vec())))? {
        Response::Summary(SummaryAnswer::Received(received)) => Ok(*received),
        _ => Err(Problem::Unexpected),
    }
}

fn received_json(received: &Received) -> Value {
    let codes = |periods: &[Period]| periods.iter().map(ToString::to_string).collect::<Vec<_>>();
    json!({
        "commune": received.commune,
        "coordinator": received.coordinator,
        "new": codes(&received.new),
        "corrected": codes(&received.corrected),
        "reports": codes(&received.reports),
        "differ": codes(&received.differ),
    })
}

fn received_words(received: &Received, language: Language) -> String {
    let Received { commune, coordinator, new, corrected, reports, differ, .. } = received;
    let codes = |periods: &[Period]| periods.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    let mut lines = vec![format!("{coordinator}, {commune}")];
    for (periods, fr, en) in [
        (new, "nouveau", "new"),
        (corrected, "corrigé", "corrected"),
        (reports, "rapports", "reports"),
        (
            differ,
            "autre chose que ce qui a été reçu, rien n'en est pris",
            "not what was received, nothing of it is taken",
        ),
    ] {
        if !periods.is_empty() {
            lines.push(pick(language, format!("{fr} : {}", codes(periods)), format!("{en}: {}", codes(periods))));
        }
    }
    if received.is_nothing_new() {
        lines.push(pick(language, "rien de nouveau", "nothing new"));
    }
    lines.join("\n")
}
