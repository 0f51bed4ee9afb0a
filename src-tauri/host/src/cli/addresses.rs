//! `maillon import --addresses`: whose addresses to keep, and what came of every line.

use maillon_shared::api::addresses::{
    AddressFile, AddressesAnswer, AddressesImported, AddressesQuestion, AddressesWrite, RefusedLines,
};
use maillon_shared::api::{Request, Response};
use maillon_shared::text::language::Language;
use serde_json::{Value, json};

use super::lines::Lines;
use super::problem::Problem;
use super::sentences::pick;
use super::session::Session;

/// Keeps the addresses of the communes said; where none is, of those that the screens would propose.
pub(super) fn import(
    session: &Session,
    file: Vec<u8>,
    communes: Vec<String>,
    only_look: bool,
    out: &mut Lines,
) -> Result<(), Problem> {
    let looked = match ask(session, &Request::ReadAddresses(Box::new(AddressesQuestion::Look(file.clone()))))? {
        AddressesAnswer::Look(looked) => looked,
        _ => return Err(Problem::Unexpected),
    };
    if only_look {
        return out.say(looked_json(&looked), |language| looked_words(&looked, language));
    }
    let proposed = || looked.communes.iter().filter(|one| one.proposed).map(|one| one.code.clone()).collect();
    let communes: Vec<String> = if communes.is_empty() { proposed() } else { communes };
    if communes.is_empty() {
        return Err(Problem::Lacks("--commune CODE"));
    }
    let write = Request::WriteAddresses(Box::new(AddressesWrite::Import { file, communes }));
    let AddressesAnswer::Imported(report) = ask(session, &write)? else { return Err(Problem::Unexpected) };
    out.say(report_json(&report), |language| report_words(&report, language))?;
    match report.refused.iter().map(|one| one.count).sum() {
        0 => Ok(()),
        refused => Err(Problem::RefusedLines(refused)),
    }
}

fn ask(session: &Session, request: &Request) -> Result<AddressesAnswer, Problem> {
    match session.ask(request)? {
        Response::Addresses(answer) => Ok(*answer),
        _ => Err(Problem::Unexpected),
    }
}

fn refused_json(refused: &[RefusedLines]) -> Value {
    refused.iter().map(|one| json!({ "why": one.why, "count": one.count, "first": one.first })).collect()
}

fn looked_json(looked: &AddressFile) -> Value {
    let communes = looked
        .communes
        .iter()
        .map(|one| json!({ "code": one.code, "name": one.name, "lines": one.lines, "proposed": one.proposed }));
    json!({ "lines": looked.lines, "communes": communes.collect::<Value>(), "refused": refused_json(&looked.refused) })
}

fn looked_words(looked: &AddressFile, language: Language) -> String {
    let lead =
        pick(language, format!("Lignes : {}. Communes :", looked.lines), format!("Lines: {}. Communes:", looked.lines));
    let communes = looked.communes.iter().map(|one| format!("{}\t{}\t{}", one.code, one.name, one.lines));
    let refused = looked.refused.iter().map(|one| refused_words(one, language));
    [lead].into_iter().chain(communes).chain(refused).collect::<Vec<_>>().join("\n")
}

fn report_json(report: &AddressesImported) -> Value {
    let communes = report.communes.iter().map(|one| {
        json!({
            "code": one.code,
            "name": one.name,
            "addresses": one.addresses,
            "new": one.new,
            "gone": one.gone,
            "without_point": one.without_point,
        })
    });
    json!({
        "act": report.act.map(|act| act.to_string()),
        "communes": communes.collect::<Value>(),
        "elsewhere": report.elsewhere,
        "again": report.again,
        "refused": refused_json(&report.refused),
    })
}

fn report_words(report: &AddressesImported, language: Language) -> String {
    let mut lines: Vec<String> = report
        .communes
        .iter()
        .map(|one| {
            let (code, name, all, new, gone, without) =
                (&one.code, &one.name, one.addresses, one.new, one.gone, one.without_point);
            pick(
                language,
                format!("{name} ({code}) : {all} adresses, dont {new} nouvelles et {without} sans position ; {gone} n’y sont plus."),
                format!("{name} ({code}): {all} addresses, {new} of them new, {without} without a position; {gone} no longer there."),
            )
        })
        .collect();
    let (elsewhere, again) = (report.elsewhere, report.again);
    lines.push(pick(
        language,
        format!("Lignes d’autres communes : {elsewhere}. Lignes qui répètent une adresse : {again}."),
        format!("Lines of other communes: {elsewhere}. Lines that say an address again: {again}."),
    ));
    lines.extend(report.refused.iter().map(|one| refused_words(one, language)));
    if let Some(act) = report.act {
        lines.push(pick(language, format!("Geste : {act}"), format!("Act: {act}")));
    }
    lines.join("\n")
}

fn refused_words(refused: &RefusedLines, language: Language) -> String {
    let (count, first) = (refused.count, refused.first);
    let (fr, en) = match refused.why.as_str() {
        "unreadable" => ("trop longue, ou des guillemets non fermés", "too long, or quotes that are not closed"),
        "cells" => ("pas autant de cases que de colonnes", "not as many cells as columns"),
        "no_commune" => ("pas de commune, ou pas de code INSEE", "no commune, or no INSEE code"),
        "no_way" => ("pas de voie", "no way"),
        "odd_number" => ("le numéro n’en est pas un", "its number is none"),
        code => (code, code),
    };
    pick(
        language,
        format!("Lignes refusées : {count}, la première est la {first} : {fr}"),
        format!("Lines refused: {count}, the first is number {first}: {en}"),
    )
}
