//! A shared diagnosis in its document: each field, each field of each line, and each figure as one value, at the path that its
//! change says.
//!
//! An indicator or a place that someone took away while another wrote a figure of it is there again: no figure is shown
//! nowhere.

use std::cell::Cell;

use maillon_shared::domain::diagnosis::{
    DiagnosedPlace, Diagnosis, DiagnosisChange, DiagnosisField, DiagnosisLines, FigureAt, Indicator, IndicatorAbout,
    IndicatorField, Measure, PlaceField, SupplyFact, SupplyField, SupplyIs, place_line,
};
use maillon_shared::domain::event::EventCommune;
use maillon_shared::domain::ids::{DiagnosisId, EntryId, LineId};
use maillon_shared::domain::time::PartialDate;

use super::super::document::{Document, JournalError};
use super::super::fields::Fields;
use super::super::value::{Place, Value};
use super::{lines_in_order, lines_kept, put_back_line, put_in_line, remove_line};

/// Writes a whole diagnosis that begins.
pub fn create(document: &mut Document, diagnosis: &Diagnosis) -> Result<(), JournalError> {
    Diagnosis::empty(diagnosis.id).changes_to(diagnosis).iter().try_for_each(|change| write(document, change))
}

/// Writes one change.
pub fn write(document: &mut Document, change: &DiagnosisChange) -> Result<(), JournalError> {
    match change {
        DiagnosisChange::Remove(lines, id) => return remove_line(document, lines.code(), *id),
        DiagnosisChange::Withdrawn(withdrawn) => {
            return document.put(Place::Root, "withdrawn", Value::flag(*withdrawn));
        }
        _ => {}
    }
    let (path, value) = change.path();
    let value = if value.is_empty() { Value::Nothing } else { Value::Text(value) };
    match path.splitn(3, '.').collect::<Vec<_>>()[..] {
        [lines, id, field] => match (DiagnosisLines::from_code(lines), LineId::parse(id)) {
            (Some(lines), Some(id)) => {
                // Someone took the line away meanwhile: whoever writes in it wants it there, and would lose their words.
                if value != Value::Nothing {
                    put_back_line(document, lines.code(), id)?;
                }
                put_in_line(document, lines.code(), id, field, value)
            }
            _ => Ok(()),
        },
        _ => document.put(Place::Root, &path, value),
    }
}

/// Reads the diagnosis; nothing where the document says nothing.
pub fn read(document: &Document, oddities: &Cell<u32>) -> Option<Diagnosis> {
    let fields = document.fields(Place::Root, oddities)?;
    let mut diagnosis = Diagnosis::empty(DiagnosisId(document.header.id.0));
    for field in DiagnosisField::ALL {
        *diagnosis.text_mut(*field) = fields.text(field.code());
    }
    diagnosis.withdrawn = fields.flag("withdrawn");
    let figures = lines_in_order(document, DiagnosisLines::Figures.code(), oddities, |id, line| {
        let says = format!("{}.{id}.says", DiagnosisLines::Figures.code());
        match DiagnosisChange::at(&says, &line.text("says")) {
            Some(DiagnosisChange::Figure(_, said)) => said,
            _ => None,
        }
    });
    diagnosis.figures = figures.into_iter().flatten().collect();
    diagnosis.supply = lines_in_order(document, DiagnosisLines::Supply.code(), oddities, fact);
    let is_said = |id: LineId, is_of: fn(&FigureAt) -> LineId| diagnosis.figures.keys().any(|at| is_of(at) == id);
    let indicators = lines_kept(
        document,
        DiagnosisLines::Indicators.code(),
        oddities,
        |id| is_said(id, |at| at.indicator),
        indicator,
    );
    let is_told = |id: LineId| diagnosis.supply.iter().any(|fact| place_line(&fact.place) == id);
    let places = lines_kept(
        document,
        DiagnosisLines::Places.code(),
        oddities,
        |id| is_said(id, |at| place_line(&at.place)) || is_told(id),
        place,
    );
    (diagnosis.indicators, diagnosis.places) = (indicators, places);
    Some(diagnosis)
}

fn place(id: LineId, line: &Fields<'_>) -> DiagnosedPlace {
    let mut place = DiagnosedPlace { place: EventCommune::parse(&line.text("place")), ..DiagnosedPlace::empty(id) };
    PlaceField::ALL.iter().for_each(|field| *place.text_mut(*field) = line.text(field.code()));
    place
}

fn indicator(id: LineId, line: &Fields<'_>) -> Indicator {
    let mut indicator = Indicator::empty(id);
    IndicatorField::ALL.iter().for_each(|field| *indicator.text_mut(*field) = line.text(field.code()));
    let (about, measure) = (line.text("about"), line.text("measure"));
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
