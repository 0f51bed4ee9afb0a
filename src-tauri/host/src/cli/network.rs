//! `maillon talk`, `invite` and `join`: lines to other devices for as long as a command lasts.
//!
//! What two people compare by eye is compared here with words that are typed on standard input, as the other shows them.

use std::io;
use std::thread::sleep;
use std::time::{Duration, Instant};

use maillon_shared::api::Failure;
use maillon_shared::api::errors::NotShared;
use maillon_shared::api::sharing::{
    Company, OtherDevice, PairingFailure, PairingStage, PairingStatus, SharingAnswer, SharingRequest,
};
use serde_json::json;

use super::devices::{answer, done, say_the_same, status, status_json, status_words, words_if_needed};
use super::lines::Lines;
use super::neighbours;
use super::problem::Problem;
use super::secret::SecretSource;
use super::sentences::pick;
use super::session::Session;

/// How often the engine is asked how far it is.
const LOOK_EVERY: Duration = Duration::from_millis(100);
/// A first exchange may be long; whoever is not done by then goes on another time.
const FIRST_EXCHANGE: Duration = Duration::from_secs(600);
/// The other hears the last word before this one leaves.
const LAST_WORD: Duration = Duration::from_secs(1);

/// Talks for so many seconds.
pub(super) fn talk(session: &Session, seconds: u64, out: &mut Lines) -> Result<(), Problem> {
    let talks = status(session)?.talks;
    done(session, SharingRequest::SetTalks(true))?;
    session.carry_lines();
    sleep(Duration::from_secs(seconds));
    let status = status(session)?;
    done(session, SharingRequest::SetTalks(talks))?;
    out.say(status_json(&status), |language| status_words(&status, language))
}

/// Waits for another device to join, then until it has all of the notebook.
pub(super) fn invite(
    session: &Session,
    company: Company,
    secret: &SecretSource,
    out: &mut Lines,
) -> Result<(), Problem> {
    let words = words_if_needed(session, company, secret, out.language)?;
    answer(session, SharingRequest::Invite { company, words })?;
    session.carry_lines();
    let code = until(session, |stage| match stage {
        PairingStage::Waiting { code, .. } => code,
        _ => Some(String::new()),
    })?;
    out.say(json!({ "code": code }), |_| code.clone())?;
    let name = compare(session, company, out)?;
    // It has all once it said so.
    wait_for(session, company, &name, |other| other.answered && other.unsent == 0)?;
    sleep(LAST_WORD);
    Ok(())
}

/// Calls whoever invites, and stays until the notebook has come.
pub(super) fn join(session: &Session, company: Company, code: Option<String>, out: &mut Lines) -> Result<(), Problem> {
    let looks = code.is_none();
    answer(session, SharingRequest::Join { company, code })?;
    session.carry_lines();
    if looks {
        let found = until(session, |stage| match stage {
            PairingStage::Looking { found } => found.first().copied(),
            _ => None,
        })?;
        answer(session, SharingRequest::JoinFound(found))?;
    }
    let name = compare(session, company, out)?;
    wait_for(session, company, &name, |other| other.near)?;
    // The other leaves when this one has all.
    wait_for(session, company, &name, |other| !other.near)
}

/// Says the words of both, and lets whoever types them decide; what the other is called.
fn compare(session: &Session, company: Company, out: &mut Lines) -> Result<String, Problem> {
    let (name, words) = until(session, |stage| match stage {
        PairingStage::Comparing { name, words, .. } => Some((name, words)),
        _ => None,
    })?;
    out.say(json!({ "name": name, "words": words }), |language| {
        let words = words.join(" ");
        pick(
            language,
            format!("{name} : {words}\nTapez les mots que l'autre affiche :"),
            format!("{name}: {words}\nType the words that the other shows:"),
        )
    })?;
    let mut typed = String::new();
    io::stdin().read_line(&mut typed).map_err(Problem::Input)?;
    let same = say_the_same(&typed, &words);
    answer(session, SharingRequest::Compared { same })?;
    if !same {
        return Err(Problem::NotCompared(words));
    }
    let name = until(session, |stage| match stage {
        PairingStage::Joined { name } => Some(name),
        _ => None,
    })?;
    out.say(json!({ "joined": name }), |language| match company {
        Company::Own => pick(language, format!("{name} a le même carnet"), format!("{name} has the same notebook")),
        Company::Neighbour => pick(language, format!("{name} est un voisin"), format!("{name} is a neighbour")),
    })?;
    Ok(name)
}

/// Waits until a pairing has come to something.
fn until<T>(session: &Session, seen: impl Fn(PairingStage) -> Option<T>) -> Result<T, Problem> {
    loop {
        let SharingAnswer::Pairing(status) = answer(session, SharingRequest::Pairing)? else {
            return Err(Problem::Unexpected);
        };
        match status {
            None => return Err(Failure::NotShared(NotShared::NoPairing).into()),
            Some(PairingStatus { stage: PairingStage::Failed(why), .. }) => {
                done(session, SharingRequest::StopPairing)?;
                return Err(Failure::NotShared(not_shared(why)).into());
            }
            Some(PairingStatus { stage, .. }) => {
                if let Some(seen) = seen(stage) {
                    return Ok(seen);
                }
            }
        }
        sleep(LOOK_EVERY);
    }
}

fn not_shared(why: PairingFailure) -> NotShared {
    match why {
        PairingFailure::NotShared(why) => why,
        PairingFailure::Unreachable => NotShared::NoNetwork,
        PairingFailure::Different
        | PairingFailure::TooLate
        | PairingFailure::Refused
        | PairingFailure::Cut
        | PairingFailure::Broken => NotShared::NoPairing,
    }
}

fn wait_for(session: &Session, company: Company, name: &str, so: impl Fn(&OtherDevice) -> bool) -> Result<(), Problem> {
    let since = Instant::now();
    while since.elapsed() < FIRST_EXCHANGE {
        let (others, untold) = match company {
            Company::Own => {
                let status = status(session)?;
                (status.others, status.untold)
            }
            Company::Neighbour => {
                let all = neighbours::all(session)?.all;
                (all.iter().flat_map(|row| row.devices.clone()).collect(), all.iter().map(|row| row.untold).sum())
            }
        };
        if untold == 0 && others.iter().filter(|other| other.name == name).all(&so) {
            return Ok(());
        }
        sleep(LOOK_EVERY);
    }
    Err(Failure::NotShared(NotShared::NoPairing).into())
}
