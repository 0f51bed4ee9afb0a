//! The words of a sheet that travels: what it is, where it comes from, its fields by their path.

use maillon_shared::api::Request;
use maillon_shared::api::sheets::SheetWrite;
use maillon_shared::domain::disclosure::PublicCount;
use maillon_shared::domain::ids::SheetId;
use maillon_shared::domain::time::PartialDate;
use maillon_shared::domain::travelling_sheet::{Provenance, SheetChange, SheetField, SheetKind, StaysHere};

use crate::pages::procedures::steps::after_words;
use crate::when;
use crate::words::{in_a_row, procedures as p, travelling as w};

/// What a sheet is.
pub fn kind_words(kind: &SheetKind) -> String {
    match kind {
        SheetKind::Action => w::action(),
        SheetKind::Protocol => w::protocol(),
        SheetKind::Lessons => w::lessons(),
        SheetKind::Unknown(code) => return code.clone(),
    }
    .to_owned()
}

/// What a field is called.
pub fn name_of(field: SheetField) -> &'static str {
    match field {
        SheetField::Title => w::name(),
        SheetField::Context => w::context(),
        SheetField::Public => w::public(),
        SheetField::Axes => w::axes(),
        SheetField::Means => w::means(),
        SheetField::Worked => w::worked(),
        SheetField::ToChange => w::to_change(),
        SheetField::Conditions => w::conditions(),
        SheetField::Contact => w::contact(),
        SheetField::Licence => w::licence(),
        SheetField::Territory => w::territory(),
        SheetField::Author => w::author(),
    }
}

/// What a place in a sheet is called, by its code or its path.
pub fn place_words(path: &str) -> String {
    let parts: Vec<&str> = path.split('.').collect();
    if let [code] = parts[..]
        && let Some(field) = SheetField::from_code(code)
    {
        return name_of(field).to_owned();
    }
    match parts[..] {
        ["steps", _, "what"] => p::step_what(),
        ["steps", _, "how"] => p::step_how(),
        ["steps", _, "who"] => p::step_who(),
        ["steps", _, "after"] => p::step_after(),
        ["steps", ..] => p::steps(),
        ["partners", ..] => w::partners(),
        ["results", _, "n"] => w::n(),
        ["results", ..] => w::results(),
        ["chain", ..] => w::comes_from(),
        ["left", ..] => w::left(),
        ["kind"] => w::kind(),
        ["withdrawn"] => w::the_sheet(),
        _ => return path.to_owned(),
    }
    .to_owned()
}

/// A value of a field.
pub fn value_words(path: &str, value: &str) -> String {
    match path.split('.').collect::<Vec<_>>()[..] {
        ["kind"] => kind_words(&SheetKind::from_code(value)),
        ["steps", _, "after"] => after_words(value.parse().ok()),
        ["results", _, "n"] => count_words(PublicCount::parse(value)),
        ["left" | "chain", _, "on" | "made_on"] => PartialDate::parse(value).map(when::birth).unwrap_or_default(),
        _ => value.to_owned(),
    }
}

/// Of how many a result is said.
pub fn count_words(n: Option<PublicCount>) -> String {
    match n.map(|n| (n.exactly(), n.fewer_than())) {
        Some((Some(n), _)) => w::n_is(n),
        Some((None, Some(below))) => w::n_below(below),
        _ => w::n_not_published().to_owned(),
    }
}

/// Where a version was made, by which role, when.
pub fn provenance_words(from: &Provenance) -> String {
    let made = w::made_on(when::whole_date(from.made_on));
    in_a_row([from.territory.clone(), from.author.clone(), made, p::version(from.version)])
}

/// Why a sheet stays here.
pub fn stays_words(why: StaysHere) -> String {
    match why {
        StaysHere::Unsigned => w::unsigned().to_owned(),
        StaysHere::NamesSomeone(many) => w::names_someone(many),
        StaysHere::NotLookedAt(many) => w::not_looked_at(many),
    }
}

/// Asks that one of two values be kept.
pub fn keep(id: SheetId, path: &str, value: &str) -> Option<Request> {
    Some(edit(id, vec![SheetChange::at(path, value)?]))
}

/// Asks that a sheet change, from its own screen.
pub fn edit(id: SheetId, changes: Vec<SheetChange>) -> Request {
    Request::WriteSheets(Box::new(SheetWrite::Edit { id, changes, draft: None }))
}
