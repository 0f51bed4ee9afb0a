//! `maillon devices` and its like: the same notebook on several devices, driven by a script.
//!
//! What two people compare by eye is compared here with words that were typed: nothing joins without them.

use std::path::Path;

use maillon_shared::api::errors::NotShared;
use maillon_shared::api::neighbours::NeighbourRequest;
use maillon_shared::api::requests::Secret;
use maillon_shared::api::sharing::{
    CardRead, Company, CourierOpened, CourierTaken, DeviceKey, FolderMet, SharingAnswer, SharingRequest, SharingStatus,
};
use maillon_shared::api::{Failure, Request, Response};
use maillon_shared::text::fold::fold;
use maillon_shared::text::language::Language;
use serde_json::{Value, json};

use super::arguments::Sharing;
use super::exchanges;
use super::files;
use super::groups;
use super::lines::Lines;
use super::neighbours;
use super::network;
use super::problem::Problem;
use super::secret::SecretSource;
use super::sentences::{self, pick};
use super::session::Session;

/// Does what was asked of the devices that share the notebook.
pub(super) fn obey(session: &Session, asked: Sharing, secret: &SecretSource, out: &mut Lines) -> Result<(), Problem> {
    match asked {
        Sharing::Status => {
            let status = status(session)?;
            out.say(status_json(&status), |language| status_words(&status, language))
        }
        Sharing::Name(name) => {
            done(session, SharingRequest::NameDevice(name))?;
            let status = status(session)?;
            let words = status.this.map(|this| this.words).unwrap_or_default();
            out.say(json!({ "words": words }), |_| words.join(" "))
        }
        Sharing::Exchanges => exchanges::list(session, out),
        Sharing::TakeUp(id) => exchanges::take_up(session, &id, out),
        Sharing::LetGo(id) => exchanges::let_go(session, &id, out),
        Sharing::BecomeAnother(name) => {
            done(session, SharingRequest::BecomeAnother(name))?;
            let words = status(session)?.this.map(|this| this.words).unwrap_or_default();
            out.say(json!({ "words": words }), |_| words.join(" "))
        }
        Sharing::Neighbours => neighbours::list(session, out),
        Sharing::Groups => groups::list(session, out),
        Sharing::Found { name, asked } => groups::found(session, name, &asked, secret, out),
        Sharing::Answer { group, comes } => groups::answer(session, &group, comes, out),
        Sharing::Card { company, file } => {
            let Response::File(card) = ask(session, SharingRequest::Card(company))? else {
                return Err(Problem::Unexpected);
            };
            files::write_new(&file, &card.bytes)?;
            out.say(json!({ "bytes": card.bytes.len() }), |language| sentences::written(&file, language))
        }
        Sharing::Add { company, card, compared } => add(session, company, &files::read(&card)?, compared, secret, out),
        Sharing::Remove(device) => {
            done(session, SharingRequest::RemoveDevice(find(session, &device)?))?;
            out.say(json!({ "removed": true }), |language| pick(language, "retiré", "removed"))
        }
        Sharing::Make { device, file } => make(session, &device, &file, out),
        Sharing::Open { company, file, compared } => open(session, company, files::read(&file)?, compared, out),
        Sharing::Meet { folder, group } => {
            let of = group.map(|group| groups::named(session, &group)).transpose()?;
            if let Some(folder) = folder {
                let folder = std::path::absolute(&folder).unwrap_or(folder);
                let place = Some(folder.to_string_lossy().into_owned());
                done(session, SharingRequest::SetFolder { of, place })?;
            }
            match answer(session, SharingRequest::Meet(of))? {
                SharingAnswer::Met(met) => out.say(met_json(&met), |language| met_words(&met, language)),
                _ => Err(Problem::Unexpected),
            }
        }
        Sharing::Talks(talks) => {
            done(session, SharingRequest::SetTalks(talks))?;
            out.say(json!({ "talks": talks }), |language| match talks {
                true => pick(language, "échange par le réseau", "exchanges through the network"),
                false => pick(language, "n'échange plus par le réseau", "exchanges no more through the network"),
            })
        }
        Sharing::TakeOver(file) => {
            // They may be another notebook's than this one: that of the device that is lost.
            let words = files::read_text(&file)?;
            done(session, SharingRequest::TakeOver { words })?;
            out.say(json!({ "administers": true }), |language| {
                pick(language, "cet appareil ajoute et retire", "this device adds and removes")
            })
        }
        Sharing::Talk(seconds) => network::talk(session, seconds, out),
        Sharing::Invite(company) => network::invite(session, company, secret, out),
        Sharing::Join { company, code } => network::join(session, company, code, out),
    }
}

fn add(
    session: &Session,
    company: Company,
    card: &[u8],
    compared: Option<String>,
    secret: &SecretSource,
    out: &mut Lines,
) -> Result<(), Problem> {
    let SharingAnswer::Card(read) = answer(session, SharingRequest::ReadCard(card.to_vec()))? else {
        return Err(Problem::Unexpected);
    };
    if !are_the_same(&read, compared.as_deref()) {
        return Err(Problem::NotCompared(read.words));
    }
    let words = words_if_needed(session, company, secret, out.language)?;
    let card = card.to_vec();
    match company {
        Company::Own => done(session, SharingRequest::AddDevice { card, words })?,
        Company::Neighbour => neighbours::done(session, NeighbourRequest::Add { card, words })?,
    }
    let id = hex(read.id);
    out.say(json!({ "id": id, "name": read.name }), |_| id.clone())
}

/// The twenty-four words, where they are needed once.
pub(super) fn words_if_needed(
    session: &Session,
    company: Company,
    secret: &SecretSource,
    language: Language,
) -> Result<Option<String>, Problem> {
    let are_needed = match company {
        Company::Own => status(session)?.words_needed,
        Company::Neighbour => neighbours::all(session)?.words_needed,
    };
    match are_needed {
        true => match secret.secret(language)? {
            Secret::Words(words) => Ok(Some(words)),
            Secret::Passphrase(_) => Err(Failure::NotShared(NotShared::WordsNeeded).into()),
        },
        false => Ok(None),
    }
}

fn make(session: &Session, device: &str, path: &Path, out: &mut Lines) -> Result<(), Problem> {
    let device = find(session, device)?;
    let SharingAnswer::Courier(made) = answer(session, SharingRequest::MakeCourier(device))? else {
        return Err(Problem::Unexpected);
    };
    files::write_new(path, &made.file.bytes)?;
    out.say(json!({ "bytes": made.file.bytes.len(), "documents": made.documents }), |language| {
        sentences::written(path, language)
    })
}

fn open(
    session: &Session,
    company: Company,
    file: Vec<u8>,
    compared: Option<String>,
    out: &mut Lines,
) -> Result<(), Problem> {
    let opens = |checked| answer(session, SharingRequest::OpenCourier { file: file.clone(), checked });
    let mut opened = opens(None)?;
    if let SharingAnswer::Opened(CourierOpened::Proposes(card)) = &opened {
        if !are_the_same(card, compared.as_deref()) {
            return Err(Problem::NotCompared(card.words.clone()));
        }
        // A file that proposes something else than what was meant is not taken, whatever its words.
        if card.company != company {
            return Err(Failure::NotShared(NotShared::OtherCompany).into());
        }
        opened = opens(Some((card.id, company)))?;
    }
    match opened {
        SharingAnswer::Opened(CourierOpened::Taken(taken)) => {
            out.say(taken_json(&taken), |language| taken_words(&taken, language))
        }
        _ => Err(Problem::Unexpected),
    }
}

fn are_the_same(card: &CardRead, compared: Option<&str>) -> bool {
    compared.is_some_and(|compared| say_the_same(compared, &card.words))
}

/// Whether someone typed those words, however they write accents and capitals.
pub(super) fn say_the_same(typed: &str, words: &[String]) -> bool {
    typed.split_whitespace().map(fold).eq(words.iter().map(|word| fold(word)))
}

fn ask(session: &Session, asked: SharingRequest) -> Result<Response, Problem> {
    session.ask(&Request::Sharing(Box::new(asked)))
}

pub(super) fn done(session: &Session, asked: SharingRequest) -> Result<(), Problem> {
    ask(session, asked).map(|_| ())
}

pub(super) fn answer(session: &Session, asked: SharingRequest) -> Result<SharingAnswer, Problem> {
    match ask(session, asked)? {
        Response::Sharing(answer) => Ok(*answer),
        _ => Err(Problem::Unexpected),
    }
}

pub(super) fn status(session: &Session) -> Result<SharingStatus, Problem> {
    match answer(session, SharingRequest::Status)? {
        SharingAnswer::Status(status) => Ok(*status),
        _ => Err(Problem::Unexpected),
    }
}

/// A device by its id, or by its name where only one has it.
fn find(session: &Session, device: &str) -> Result<DeviceKey, Problem> {
    let mut others = status(session)?.others;
    others.extend(neighbours::all(session)?.all.into_iter().flat_map(|row| row.devices));
    others.extend(groups::devices(session)?);
    others.sort_by_key(|other| other.id);
    others.dedup_by_key(|other| other.id);
    let mut found = others.iter().filter(|other| hex(other.id) == device || other.name == device);
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(one.id),
        _ => Err(Failure::NotShared(NotShared::Who).into()),
    }
}

pub(super) fn hex(id: DeviceKey) -> String {
    id.0.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(super) fn status_json(status: &SharingStatus) -> Value {
    let others = status.others.iter().map(|other| {
        json!({
            "id": hex(other.id),
            "name": other.name,
            "words": other.words,
            "administers": other.administers,
            "unsent": other.unsent,
            "answered": other.answered,
            "reachable": other.reachable,
            "near": other.near,
        })
    });
    json!({
        "name": status.this.as_ref().map(|this| this.name.as_str()),
        "words": status.this.as_ref().map(|this| this.words.clone()),
        "is_member": status.is_member,
        "administers": status.administers,
        "others": others.collect::<Value>(),
        "left": status.left,
        "folder": status.folder,
        "talks": status.talks,
        "untold": status.untold,
        "waiting": status.waiting,
        "set_aside": status.set_aside,
    })
}

pub(super) fn status_words(status: &SharingStatus, language: Language) -> String {
    let this = match &status.this {
        Some(this) => format!("{} : {}", this.name, this.words.join(" ")),
        None => pick(language, "cet appareil n'a pas encore de nom", "this device has no name yet"),
    };
    let others = status.others.iter().map(|other| {
        let unsent = pick(
            language,
            format!("{} à lui porter", other.unsent + status.untold),
            format!("{} to carry to it", other.unsent + status.untold),
        );
        format!("{}\t{}\t{unsent}", hex(other.id), other.name)
    });
    let apart = (status.waiting + status.set_aside > 0).then(|| {
        pick(
            language,
            format!("en attente : {}, mis de côté : {}", status.waiting, status.set_aside),
            format!("waiting: {}, set aside: {}", status.waiting, status.set_aside),
        )
    });
    [this].into_iter().chain(others).chain(apart).collect::<Vec<_>>().join("\n")
}

fn taken_json(taken: &CourierTaken) -> Value {
    json!({
        "from": taken.name,
        "changed": taken.changed,
        "erased": taken.erased,
        "waiting": taken.waiting,
        "set_aside": taken.set_aside,
        "two_versions": taken.two_versions.len(),
        "invited": taken.invited,
    })
}

fn taken_words(taken: &CourierTaken, language: Language) -> String {
    let CourierTaken { name, changed, erased, waiting, set_aside, .. } = taken;
    pick(
        language,
        format!("{name} : {changed} changés, {erased} effacés, {waiting} en attente, {set_aside} mis de côté"),
        format!("{name}: {changed} changed, {erased} erased, {waiting} waiting, {set_aside} set aside"),
    )
}

fn met_json(met: &FolderMet) -> Value {
    json!({
        "sent": met.sent,
        "changed": met.changed,
        "erased": met.erased,
        "waiting": met.waiting,
        "set_aside": met.set_aside,
        "withheld": met.withheld,
        "set_back": met.set_back,
        "two_versions": met.two_versions.len(),
    })
}

fn met_words(met: &FolderMet, language: Language) -> String {
    let FolderMet { sent, changed, erased, waiting, set_aside, withheld, set_back, .. } = met;
    let mut said = vec![pick(
        language,
        format!("{sent} déposés, {changed} changés, {erased} effacés, {waiting} en attente, {set_aside} mis de côté"),
        format!("{sent} put there, {changed} changed, {erased} erased, {waiting} waiting, {set_aside} set aside"),
    )];
    if *set_back {
        said.push(pick(language, "ce dossier montre moins qu'avant", "this folder shows less than before"));
    }
    if !withheld.is_empty() {
        let names = withheld.join(", ");
        said.push(pick(
            language,
            format!("ce dossier ne donne pas tout ce que {names} y a mis"),
            format!("this folder does not give all that {names} put there"),
        ));
    }
    said.join("\n")
}
