//! A shared diagnosis in its document: each field, each field of each line, and each figure as one value, at the path that its
//! change says.
//!
//! An indicator or a place that someone took away while another wrote a figure of it is there again: no figure is shown
//! nowhere.

use std::cell::Cell;
use std::collections::BTreeSet;

use maillon_shared::domain::diagnosis::{
    DiagnosedPlace, Diagnosis, DiagnosisChange, DiagnosisField, DiagnosisLines, Indicator, IndicatorAbout,
    IndicatorField, Measure, PlaceField, SupplyFact, SupplyField, SupplyIs, place_line,
};
use maillon_shared::domain::event::EventCommune;
use maillon_shared::domain::ids::{DiagnosisId, EntryId, LineId};
use maillon_shared::domain::time::PartialDate;

use super::super::document::{Document, JournalError};
use super::super::fields::Fields;
use super::super::value::{Place, Value};
use super::{lines_in_order, put_back_line, put_in_line, remove_known_line};

/// Writes a whole diagnosis that begins.
pub fn create(document: &mut Document, diagnosis: &Diagnosis) -> Result<(), JournalError> {
    Diagnosis::empty(diagnosis.id).changes_to(diagnosis).iter().try_for_each(|change| write(document, change))
}

/// Writes one change.
///
/// Only facts about care are lines of a map. A figure, a place and an indicator have a name that two devices may give at
/// once: a map made twice would hide one of the two, so that their fields stand on the document itself, each by its path.
pub fn write(document: &mut Document, change: &DiagnosisChange) -> Result<(), JournalError> {
    match change {
        DiagnosisChange::Remove(DiagnosisLines::Supply, id) => {
            return remove_known_line(document, DiagnosisLines::Supply.code(), *id);
        }
        DiagnosisChange::Remove(lines, id) => {
            return document.put(Place::Root, &path(*lines, *id, REMOVED), Value::Flag(true));
        }
        DiagnosisChange::Withdrawn(withdrawn) => {
            return document.put(Place::Root, "withdrawn", Value::flag(*withdrawn));
        }
        _ => {}
    }
    let (at, value) = change.path();
    let value = if value.is_empty() { Value::Nothing } else { Value::Text(value) };
    let parts: Vec<&str> = at.splitn(3, '.').collect();
    let [lines, id, field] = parts[..] else { return document.put(Place::Root, &at, value) };
    let (Some(lines), Some(id)) = (DiagnosisLines::from_code(lines), LineId::parse(id)) else { return Ok(()) };
    let says = value != Value::Nothing;
    // Someone took the line away meanwhile: whoever writes in it wants it there, and would lose their words.
    if lines == DiagnosisLines::Supply {
        if says {
            put_back_line(document, lines.code(), id, &value)?;
        }
        return put_in_line(document, lines.code(), id, field, value);
    }
    if says {
        document.put(Place::Root, &path(lines, id, REMOVED), Value::Nothing)?;
    }
    if says && lines == DiagnosisLines::Indicators {
        put_in_order(document, id)?;
    }
    document.put(Place::Root, &at, value)
}

/// Marks what was taken away.
const REMOVED: &str = "removed";
/// The order in which indicators were written.
const ORDER: &str = "order";

fn path(lines: DiagnosisLines, id: LineId, field: &str) -> String {
    format!("{}.{id}.{field}", lines.code())
}

/// An indicator that comes into being stands after those that are there.
fn put_in_order(document: &mut Document, id: LineId) -> Result<(), JournalError> {
    let own = path(DiagnosisLines::Indicators, id, ORDER);
    let last = {
        let oddities = Cell::new(0);
        let Some(fields) = document.fields(Place::Root, &oddities) else { return Ok(()) };
        if fields.int(&own).is_some() {
            return Ok(());
        }
        let there = ids(&fields, DiagnosisLines::Indicators).into_iter();
        there.filter_map(|id| fields.int(&path(DiagnosisLines::Indicators, id, ORDER))).max().unwrap_or(0)
    };
    document.put(Place::Root, &own, Value::Int(last.saturating_add(1)))
}

/// The lines whose fields stand on the document itself.
fn ids(fields: &Fields<'_>, lines: DiagnosisLines) -> BTreeSet<LineId> {
    let names = fields.names(&format!("{}.", lines.code()));
    names.iter().filter_map(|name| LineId::parse(name.split('.').next()?)).collect()
}

/// Reads the diagnosis; nothing where the document says nothing.
pub fn read(document: &Document, oddities: &Cell<u32>) -> Option<Diagnosis> {
    let fields = document.fields(Place::Root, oddities)?;
    let mut diagnosis = Diagnosis::empty(DiagnosisId(document.header.id.0));
    for field in DiagnosisField::ALL {
        *diagnosis.text_mut(*field) = fields.text(field.code());
    }
    diagnosis.withdrawn = fields.flag("withdrawn");
    let figures = format!("{}.", DiagnosisLines::Figures.code());
    let said = fields.texts(&figures).into_iter().filter_map(|(rest, text)| {
        match DiagnosisChange::at(&format!("{figures}{rest}"), &text) {
            Some(DiagnosisChange::Figure(_, said)) => said,
            _ => None,
        }
    });
    diagnosis.figures = said.collect();
    diagnosis.supply = lines_in_order(document, DiagnosisLines::Supply.code(), oddities, fact);
    let is_there = |lines, id| !fields.flag(&path(lines, id, REMOVED));
    let of_figures: BTreeSet<LineId> = diagnosis.figures.keys().map(|at| at.indicator).collect();
    let of_places: BTreeSet<LineId> = diagnosis
        .figures
        .keys()
        .map(|at| place_line(&at.place))
        .chain(diagnosis.supply.iter().map(|fact| place_line(&fact.place)))
        .collect();
    let indicators = ids(&fields, DiagnosisLines::Indicators).into_iter();
    let indicators = indicators.filter(|id| is_there(DiagnosisLines::Indicators, *id) || of_figures.contains(id));
    let mut indicators: Vec<_> = indicators
        .map(|id| (fields.int(&path(DiagnosisLines::Indicators, id, ORDER)), indicator(id, &fields)))
        .collect();
    indicators.sort_by_key(|(order, indicator)| (*order, indicator.id));
    diagnosis.indicators = indicators.into_iter().map(|(_, indicator)| indicator).collect();
    let places = ids(&fields, DiagnosisLines::Places).into_iter();
    let places = places.filter(|id| is_there(DiagnosisLines::Places, *id) || of_places.contains(id));
    diagnosis.places = places.map(|id| place(id, &fields)).collect();
    with_what_figures_are_of(&mut diagnosis);
    Some(diagnosis)
}

/// Where the table that brought a place or an indicator was undone, what others wrote of it since is still of it: it is shown by
/// its key, or without a name, until someone says again what it is.
fn with_what_figures_are_of(diagnosis: &mut Diagnosis) {
    let named: BTreeSet<LineId> =
        diagnosis.places.iter().filter(|line| line.place.is_some()).map(|line| line.id).collect();
    let of_figures = diagnosis.figures.keys().map(|at| &at.place);
    let keys: BTreeSet<String> = of_figures
        .chain(diagnosis.supply.iter().map(|fact| &fact.place))
        .filter(|key| !key.is_empty())
        .cloned()
        .collect();
    for key in keys.into_iter().filter(|key| !named.contains(&place_line(key))) {
        let by_key = DiagnosedPlace::of(EventCommune { key: key.clone(), name: key });
        match diagnosis.places.iter_mut().find(|line| line.id == by_key.id) {
            Some(line) => line.place = by_key.place,
            None => diagnosis.places.push(by_key),
        }
    }
    let there: BTreeSet<LineId> = diagnosis.indicators.iter().map(|line| line.id).collect();
    let missing: BTreeSet<LineId> =
        diagnosis.figures.keys().map(|at| at.indicator).filter(|id| !there.contains(id)).collect();
    for id in missing {
        let mut indicator = Indicator::empty(id);
        let figures = || diagnosis.figures.iter().filter(|(at, _)| at.indicator == id).map(|(_, figure)| figure);
        let fits = |measure: &Measure| figures().all(|figure| figure.is.fits(measure));
        if !fits(&Measure::Count) {
            indicator.measure = if fits(&Measure::Share) { Measure::Share } else { Measure::Number };
        }
        diagnosis.indicators.push(indicator);
    }
}

fn place(id: LineId, fields: &Fields<'_>) -> DiagnosedPlace {
    let said = |field: &str| fields.text(&path(DiagnosisLines::Places, id, field));
    let mut place = DiagnosedPlace { place: EventCommune::parse(&said("place")), ..DiagnosedPlace::empty(id) };
    PlaceField::ALL.iter().for_each(|field| *place.text_mut(*field) = said(field.code()));
    place
}

fn indicator(id: LineId, fields: &Fields<'_>) -> Indicator {
    let said = |field: &str| fields.text(&path(DiagnosisLines::Indicators, id, field));
    let mut indicator = Indicator::empty(id);
    IndicatorField::ALL.iter().for_each(|field| *indicator.text_mut(*field) = said(field.code()));
    let (about, measure) = (said("about"), said("measure"));
    if !about.is_empty() {
        indicator.about = IndicatorAbout::from_code(&about);
    }
    if !measure.is_empty() {
        indicator.measure = Measure::from_code(&measure);
    }
    indicator
}

fn fact(id: LineId, line: &Fields<'_>) -> SupplyFact {
    let mut fact = SupplyFact::empty(id);
    SupplyField::ALL.iter().for_each(|field| *fact.text_mut(*field) = line.text(field.code()));
    let is = line.text("is");
    if !is.is_empty() {
        fact.is = SupplyIs::from_code(&is);
    }
    fact.count = line.text("count").parse().ok();
    fact.from = PartialDate::parse(&line.text("from"));
    fact.until = PartialDate::parse(&line.text("until"));
    fact.entry = EntryId::parse(&line.text("entry"));
    fact
}
