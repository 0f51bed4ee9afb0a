//! `maillon exchanges`: how far the exchanges with others are, and what was set aside, by ids and codes: it names no person.

use maillon_shared::api::exchanges::{
    ExchangeAnswer, ExchangeRequest, ExchangeWith, Exchanges, SetAside, SetAsideId, SetAsideWhy, Whom,
};
use maillon_shared::api::{Failure, Request, Response};
use maillon_shared::domain::time::Instant;
use maillon_shared::text::language::Language;
use serde_json::{Value, json};

use super::devices::hex;
use super::lines::Lines;
use super::problem::Problem;
use super::sentences::pick;
use super::session::Session;

/// Says how far they are.
pub(super) fn list(session: &Session, out: &mut Lines) -> Result<(), Problem> {
    let all = all(session)?;
    let json = json!({
        "unsent": all.mark.unsent,
        "since": all.mark.since.map(day),
        "came": all.mark.came,
        "two_versions": all.mark.two_versions,
        "waiting": all.waiting,
        "with": all.with.iter().map(with_json).collect::<Value>(),
        "set_aside": all.set_aside.iter().map(apart_json).collect::<Value>(),
    });
    out.say(json, |language| words(&all, language))
}

/// Takes up what was set aside under that id.
pub(super) fn take_up(session: &Session, id: &str, out: &mut Lines) -> Result<(), Problem> {
    let id = find(session, id)?;
    match ask(session, ExchangeRequest::TakeUp(id))? {
        Response::Exchange(answer) => match *answer {
            ExchangeAnswer::TakenUp { records, unreadable, .. } => {
                out.say(json!({ "records": records, "unreadable": unreadable }), |language| {
                    pick(
                        language,
                        format!("{records} repris, {unreadable} illisibles"),
                        format!("{records} taken up, {unreadable} unreadable"),
                    )
                })
            }
            _ => Err(Problem::Unexpected),
        },
        _ => Err(Problem::Unexpected),
    }
}

/// Lets go what was set aside under that id.
pub(super) fn let_go(session: &Session, id: &str, out: &mut Lines) -> Result<(), Problem> {
    let id = find(session, id)?;
    ask(session, ExchangeRequest::LetGo(id))?;
    out.say(json!({ "let_go": true }), |language| pick(language, "laissé", "let go"))
}

fn find(session: &Session, id: &str) -> Result<SetAsideId, Problem> {
    let apart = all(session)?.set_aside.into_iter().map(|apart| apart.id);
    apart.into_iter().find(|one| digits(one) == id).ok_or_else(|| Failure::NotFound.into())
}

fn all(session: &Session) -> Result<Exchanges, Problem> {
    match ask(session, ExchangeRequest::All)? {
        Response::Exchange(answer) => match *answer {
            ExchangeAnswer::All(all) => Ok(*all),
            _ => Err(Problem::Unexpected),
        },
        _ => Err(Problem::Unexpected),
    }
}

fn ask(session: &Session, asked: ExchangeRequest) -> Result<Response, Problem> {
    session.ask(&Request::Exchange(Box::new(asked)))
}

fn digits(id: &SetAsideId) -> String {
    id.0.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn day(at: Instant) -> String {
    at.day().to_string()
}

fn with_json(with: &ExchangeWith) -> Value {
    let (kind, id) = match with.whom {
        Whom::Device(device) => ("device", hex(device)),
        Whom::Neighbour(neighbour) => ("neighbour", neighbour.to_string()),
        Whom::Group(group) => ("group", group.to_string()),
    };
    json!({
        "whom": kind,
        "id": id,
        "name": with.name,
        "unsent": with.unsent,
        "since": with.since.map(day),
        "last": with.last.map(day),
        "near": with.near,
    })
}

fn apart_json(apart: &SetAside) -> Value {
    json!({
        "id": digits(&apart.id),
        "from": apart.from,
        "why": why_code(apart.why),
        "records": apart.count,
        "may_take_up": apart.may_take_up,
    })
}

fn why_code(why: SetAsideWhy) -> &'static str {
    match why {
        SetAsideWhy::Left => "left",
        SetAsideWhy::Copied => "copied",
        SetAsideWhy::NotAMember => "not_a_member",
        SetAsideWhy::Closed => "closed",
        SetAsideWhy::Broken => "broken",
        SetAsideWhy::RestsOnOther => "rests_on_other",
        SetAsideWhy::Damaged => "damaged",
        SetAsideWhy::Incomplete => "incomplete",
        SetAsideWhy::NotTheirs => "not_theirs",
        SetAsideWhy::TooNew => "too_new",
    }
}

fn words(all: &Exchanges, language: Language) -> String {
    let with = all.with.iter().map(|with| {
        let since = with.since.map(day).unwrap_or_default();
        let unsent = with.unsent;
        pick(
            language,
            format!("{}\t{unsent} à porter\t{since}", with.name),
            format!("{}\t{unsent} to carry\t{since}", with.name),
        )
    });
    let apart = all.set_aside.iter().map(|apart| {
        let (id, from, why, count) = (digits(&apart.id), &apart.from, why_code(apart.why), apart.count);
        pick(
            language,
            format!("mis de côté\t{id}\t{from}\t{why}\t{count}"),
            format!("set aside\t{id}\t{from}\t{why}\t{count}"),
        )
    });
    with.chain(apart).collect::<Vec<_>>().join("\n")
}
