//! The words of a diagnosis: its figures with the number of people behind a percentage, its facts, and its fields by their path.

use std::num::NonZeroU32;

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::collective::CollectiveWrite;
use maillon_shared::api::diagnosis::{DiagnosisFile, PriorityHere};
use maillon_shared::domain::diagnosis::{
    Diagnosis, DiagnosisChange, Figure, FigureIs, Hundredths, Indicator, IndicatorAbout, Measure, PlaceKind,
    SupplyFact, SupplyIs,
};
use maillon_shared::domain::event::EventCommune;
use maillon_shared::domain::ids::{DiagnosisId, LineId};
use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::survey::published::{Percent, PublishedN};
use maillon_shared::domain::time::PartialDate;
use maillon_shared::text::format;

use crate::lists::label;
use crate::pages::programme::words::{at_words, or_unnamed, span_words};
use crate::routes::{GroupRoute, ProgrammeRoute, Route};
use crate::words::{Word, diagnosis as w, events as e, groups, in_a_row, language, programme as p};
use crate::{browser, when};

/// A number as it is read.
pub fn number_words(number: Hundredths) -> String {
    let (is_negative, whole, decimals) = number.parts();
    let whole = format::number(i64::try_from(whole).unwrap_or(i64::MAX), language());
    let sign = if is_negative { "−" } else { "" };
    match decimals {
        None => format!("{sign}{whole}"),
        Some(decimals) => format!("{sign}{}", w::decimal(whole, decimals)),
    }
}

fn percent_words(percent: Percent) -> String {
    match percent.parts() {
        (whole, None) => w::percent(whole),
        (whole, Some(decimals)) => w::percent(w::decimal(whole, decimals)),
    }
}

/// Of how many people a percentage is, or that it was not published.
pub fn n_words(n: PublishedN) -> String {
    match n {
        PublishedN::NotPublished => w::n_not_published().to_owned(),
        PublishedN::Published(n) => w::n_of(format::number(i64::from(n.get()), language())),
    }
}

/// What a figure says: a percentage never without the number of people it is of.
pub fn said_words(is: &FigureIs, unit: &str) -> String {
    match is {
        FigureIs::Number(number) if unit.trim().is_empty() => number_words(*number),
        FigureIs::Number(number) => w::with_unit(number_words(*number), unit.trim()),
        FigureIs::Share(percent, n) => w::share(percent_words(*percent), n_words(*n)),
        FigureIs::Unknown(text) => text.clone(),
    }
}

/// Who says so, and for which day.
pub fn source_words(figure: &Figure) -> String {
    let on = figure.on.map(|day| w::on_day(when::date(day, browser::today()))).unwrap_or_default();
    let source = if figure.source.trim().is_empty() { w::no_source() } else { figure.source.trim() };
    in_a_row([source.to_owned(), on])
}

/// Why something is to be verified, where it is.
pub fn doubt(to_verify: &str) -> Option<AnyView> {
    let verify = to_verify.trim().to_owned();
    (!verify.is_empty()).then(|| {
        view! { <span class="why"><span class="tag late">{p::verify_tag}</span> " " {verify}</span> }.into_any()
    })
}

/// What an indicator is about.
pub fn about_words(about: &IndicatorAbout) -> String {
    match about {
        IndicatorAbout::Population => w::about_population(),
        IndicatorAbout::Ages => w::about_ages(),
        IndicatorAbout::Households => w::about_households(),
        IndicatorAbout::Supply => w::about_supply(),
        IndicatorAbout::LookingForDoctor => w::about_looking(),
        IndicatorAbout::Other => w::about_other(),
        IndicatorAbout::Unknown(code) => return code.clone(),
    }
    .to_owned()
}

/// What sort of figure an indicator has.
pub fn measure_words(measure: &Measure) -> String {
    match measure {
        Measure::Count => w::measure_count(),
        Measure::Share => w::measure_share(),
        Measure::Number => w::measure_number(),
        Measure::Unknown(code) => return code.clone(),
    }
    .to_owned()
}

/// What became of care somewhere.
pub fn supply_words(is: &SupplyIs) -> String {
    match is {
        SupplyIs::Leaves => w::leaves(),
        SupplyIs::Arrives => w::arrives(),
        SupplyIs::Vacancy => w::vacancy(),
        SupplyIs::Absence => w::absence(),
        SupplyIs::Unknown(code) => return code.clone(),
    }
    .to_owned()
}

/// When a fact is.
pub fn fact_when(fact: &SupplyFact) -> String {
    match (fact.from, fact.until) {
        (None, None) => w::no_date().to_owned(),
        (from, until) => span_words(from, until),
    }
}

/// What kind of place a key is of.
pub fn kind_words(kind: PlaceKind) -> &'static str {
    match kind {
        PlaceKind::Commune => w::communes(),
        PlaceKind::Intercommunality => w::intercommunalities(),
        PlaceKind::Territory => w::territories(),
    }
}

/// That programmes look first at a place.
pub fn priority_view(one: &PriorityHere) -> AnyView {
    let href = Route::Programme(ProgrammeRoute::One(one.programme)).href();
    view! {
        <li class="plain">
            <span class="row-head"><a class="who" href=href>{w::priority_of(one.year)}</a></span>
            <span class="why">{one.why.clone()}</span>
            {doubt(&one.to_verify)}
        </li>
    }
    .into_any()
}

/// The group whose it is.
pub fn whose(group: &Option<(maillon_shared::domain::ids::GroupId, String)>, may_write: bool) -> Option<AnyView> {
    let (id, name) = group.clone()?;
    let name = if name.is_empty() { groups::nameless().to_owned() } else { name };
    let lead = if may_write { groups::is_common_lead } else { groups::read_only as Word };
    let href = Route::Groups(GroupRoute::One(id)).href();
    let common = view! {
        <p class="state-note">
            <a href=href>{groups::is_common(&name)}</a> " " <span class="unprinted">{lead}</span>
        </p>
    };
    Some(common.into_any())
}

/// A field of a diagnosis, by its path.
pub fn field_words(path: &str) -> String {
    let parts: Vec<&str> = path.split('.').collect();
    let lines = parts.first().copied().unwrap_or_default();
    let line = match lines {
        "places" => w::place(),
        "indicators" => w::indicator(),
        "figures" => return w::figure().to_owned(),
        "supply" => w::fact(),
        _ => "",
    };
    let field = match parts.last().copied().unwrap_or_default() {
        "title" => w::name(),
        "about" if lines == "indicators" => w::about_field(),
        "about" => w::what_for(),
        "withdrawn" => e::withdrawn_field(),
        "place" => w::place(),
        "within" => w::within(),
        "note" => p::note(),
        "name" => w::indicator_name(),
        "unit" => w::unit(),
        "counts" => w::counts(),
        "measure" => w::measure(),
        "is" => w::fact_is(),
        "profession" => w::profession(),
        "structure" => w::structure(),
        "named" | "entry" => w::who(),
        "source" => w::source(),
        "to_verify" => p::to_verify(),
        "count" => w::how_many(),
        "from" => p::from(),
        "until" => p::until(),
        _ => return path.to_owned(),
    };
    in_a_row([line, field])
}

/// The same, and of which line it is.
pub fn field_words_in(path: &str, file: &DiagnosisFile) -> String {
    let named = path.split('.').nth(1).and_then(LineId::parse).and_then(|id| line_name(path, id, &file.diagnosis));
    in_a_row([field_words(path), named.unwrap_or_default()])
}

fn line_name(path: &str, id: LineId, diagnosis: &Diagnosis) -> Option<String> {
    Some(match path.split('.').next()? {
        "places" => diagnosis.places.iter().find(|line| line.id == id)?.name().to_owned(),
        "indicators" => diagnosis.indicator(id)?.name.clone(),
        "supply" => profession_words(diagnosis.supply.iter().find(|line| line.id == id)?),
        // Of what a figure is stands in what it says.
        _ => return None,
    })
}

/// A profession of the list, or words.
pub fn profession_words(fact: &SupplyFact) -> String {
    or_unnamed(label(ListId::Professions, &fact.profession))
}

/// What a field says, by its path and its value as it is written.
pub fn value_words(path: &str, value: &str, file: &DiagnosisFile) -> String {
    if value.is_empty() {
        return String::new();
    }
    let diagnosis = &file.diagnosis;
    match DiagnosisChange::at(path, value) {
        Some(DiagnosisChange::Figure(_, Some((at, figure)))) => {
            let indicator = diagnosis.indicator(at.indicator);
            let name = indicator.map(|one| one.name.clone()).unwrap_or_default();
            let place = diagnosis.place(&at.place).map(|place| place.name().to_owned()).unwrap_or_default();
            let says = said_words(&figure.is, indicator.map_or("", |one| &one.unit));
            in_a_row([name, place, at.year.to_string(), says, source_words(&figure), figure.to_verify])
        }
        Some(DiagnosisChange::Place(_, place)) => place.map(|place: EventCommune| place.name).unwrap_or_default(),
        Some(DiagnosisChange::About(_, about)) => about_words(&about),
        Some(DiagnosisChange::Measure(_, measure)) => measure_words(&measure),
        Some(DiagnosisChange::SupplyIs(_, is)) => supply_words(&is),
        Some(DiagnosisChange::SupplyFrom(..) | DiagnosisChange::SupplyUntil(..)) => {
            PartialDate::parse(value).map(at_words).unwrap_or_default()
        }
        // Ids say nothing to anyone.
        Some(DiagnosisChange::SupplyEntry(..)) => e::of_the_directory().to_owned(),
        Some(DiagnosisChange::Withdrawn(_)) => e::yes().to_owned(),
        _ if path.ends_with(".within") || path.ends_with(".place") => {
            diagnosis.place(value).map_or_else(|| value.to_owned(), |place| place.name().to_owned())
        }
        _ if path.ends_with(".profession") => label(ListId::Professions, value).to_owned(),
        _ => value.to_owned(),
    }
}

/// What makes a field, by its path, say this and nothing else; nothing for what a newer version wrote.
pub fn keep(id: DiagnosisId, path: &str, value: &str) -> Option<Request> {
    Some(edit(id, vec![DiagnosisChange::at(path, value)?]))
}

/// Asks that a diagnosis change, from its own screen.
pub fn edit(id: DiagnosisId, changes: Vec<DiagnosisChange>) -> Request {
    Request::WriteCollective(Box::new(CollectiveWrite::EditDiagnosis { id, changes, draft: None }))
}

/// The indicators that most diagnoses ask for, to begin with.
pub fn usual_indicators() -> Vec<Indicator> {
    let make = |code: &str, name: &str, unit: &str, about, measure| Indicator {
        name: name.to_owned(),
        unit: unit.to_owned(),
        about,
        measure,
        ..Indicator::empty(Indicator::usual(code))
    };
    vec![
        make(
            maillon_shared::domain::diagnosis::POPULATION,
            w::usual_population(),
            w::usual_inhabitants(),
            IndicatorAbout::Population,
            Measure::Count,
        ),
        make("under_15", w::usual_young(), "", IndicatorAbout::Ages, Measure::Share),
        make("over_75", w::usual_old(), "", IndicatorAbout::Ages, Measure::Share),
        make("alone", w::usual_alone(), w::usual_households(), IndicatorAbout::Households, Measure::Count),
        make(
            "looking_for_doctor",
            w::usual_looking(),
            w::usual_people(),
            IndicatorAbout::LookingForDoctor,
            Measure::Count,
        ),
    ]
}

/// A number of people, as it is typed: none inside is that it was not published.
pub fn read_n(text: &str) -> Option<PublishedN> {
    let text: String = text.split_whitespace().collect();
    if text.is_empty() {
        return Some(PublishedN::NotPublished);
    }
    text.parse::<NonZeroU32>().ok().map(PublishedN::Published)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentage_never_stands_without_the_number_of_people_it_is_of() {
        let share = |n| FigureIs::Share(Percent::parse("12,5").expect("a percentage"), n);
        assert_eq!(said_words(&share(PublishedN::NotPublished), ""), "12,5\u{a0}% (n non publié)");
        let n = read_n("1 200").expect("a number");
        assert_eq!(said_words(&share(n), ""), "12,5\u{a0}% (n\u{a0}=\u{a0}1\u{202f}200)");
        assert_eq!((read_n("0"), read_n("beaucoup")), (None, None));
    }

    #[test]
    fn numbers_are_written_as_they_are_read() {
        let said = |number| said_words(&FigureIs::Number(Hundredths(number)), "habitants");
        assert_eq!(said(5_181_100), "51\u{202f}811\u{a0}habitants");
        assert_eq!(number_words(Hundredths(-350)), "−3,5");
    }

    #[test]
    fn every_field_has_its_words() {
        use maillon_shared::domain::diagnosis::{DiagnosisField, IndicatorField, PlaceField, SupplyField};
        for field in DiagnosisField::ALL {
            assert_ne!(field_words(field.code()), field.code());
        }
        let lines = [
            ("places", PlaceField::ALL.iter().map(|field| field.code()).chain(["place"]).collect::<Vec<_>>()),
            ("indicators", IndicatorField::ALL.iter().map(|field| field.code()).chain(["about", "measure"]).collect()),
            ("supply", SupplyField::ALL.iter().map(|field| field.code()).chain(["is", "count", "from"]).collect()),
            ("figures", vec!["says"]),
        ];
        for (lines, fields) in lines {
            for field in fields {
                let path = format!("{lines}.x.{field}");
                assert!(!field_words(&path).contains(".x."), "{path}");
            }
        }
    }
}
