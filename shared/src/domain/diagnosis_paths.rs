//! Each change to a diagnosis as a path and a value in words: as the journal writes it, as a draft keeps it, and as a
//! conflict names it.

use super::diagnosis::{DiagnosisField, IndicatorAbout, IndicatorField, Measure, PlaceField, SupplyField, SupplyIs};
use super::diagnosis_changes::{DiagnosisChange, DiagnosisLines};
use super::diagnosis_figure;
use super::event::EventCommune;
use super::ids::{EntryId, LineId};
use super::time::PartialDate;

/// What stands before the path of a line that is taken away.
const REMOVE: &str = "remove";
const YES: &str = "1";
/// The field of a line of figures.
const SAYS: &str = "says";

impl DiagnosisLines {
    /// Every sort of line.
    pub const ALL: [DiagnosisLines; 4] =
        [DiagnosisLines::Places, DiagnosisLines::Indicators, DiagnosisLines::Figures, DiagnosisLines::Supply];

    /// The code that is written.
    pub const fn code(self) -> &'static str {
        match self {
            DiagnosisLines::Places => "places",
            DiagnosisLines::Indicators => "indicators",
            DiagnosisLines::Figures => "figures",
            DiagnosisLines::Supply => "supply",
        }
    }

    /// What a code says.
    pub fn from_code(code: &str) -> Option<Self> {
        DiagnosisLines::ALL.into_iter().find(|lines| lines.code() == code)
    }
}

fn said(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// What stands there: no words are nothing, words that are no such value are of a newer version.
fn optional<T>(text: &str, parse: impl FnOnce(&str) -> Option<T>) -> Option<Option<T>> {
    if text.is_empty() { Some(None) } else { parse(text).map(Some) }
}

impl DiagnosisChange {
    /// Where it is written, and what: a field, or the sort of lines, the line and its field. No words are nothing.
    pub fn path(&self) -> (String, String) {
        use DiagnosisLines::{Figures, Indicators, Places, Supply};
        let line = |lines: DiagnosisLines, id: &LineId, field: &str| format!("{}.{id}.{field}", lines.code());
        match self {
            DiagnosisChange::Text(field, text) => (field.code().to_owned(), text.clone()),
            DiagnosisChange::Place(id, place) => {
                (line(Places, id, "place"), said(place.as_ref().map(EventCommune::written)))
            }
            DiagnosisChange::PlaceText(id, field, text) => (line(Places, id, field.code()), text.clone()),
            DiagnosisChange::Indicator(id, field, text) => (line(Indicators, id, field.code()), text.clone()),
            DiagnosisChange::About(id, about) => (line(Indicators, id, "about"), about.code().to_owned()),
            DiagnosisChange::Measure(id, measure) => (line(Indicators, id, "measure"), measure.code().to_owned()),
            DiagnosisChange::Figure(id, figure) => {
                let figure = figure.as_ref().map(|(at, figure)| diagnosis_figure::written(at, figure));
                (line(Figures, id, SAYS), figure.unwrap_or_default())
            }
            DiagnosisChange::Supply(id, field, text) => (line(Supply, id, field.code()), text.clone()),
            DiagnosisChange::SupplyIs(id, is) => (line(Supply, id, "is"), is.code().to_owned()),
            DiagnosisChange::SupplyCount(id, count) => (line(Supply, id, "count"), said(*count)),
            DiagnosisChange::SupplyFrom(id, from) => (line(Supply, id, "from"), said(*from)),
            DiagnosisChange::SupplyUntil(id, until) => (line(Supply, id, "until"), said(*until)),
            DiagnosisChange::SupplyEntry(id, entry) => (line(Supply, id, "entry"), said(*entry)),
            DiagnosisChange::Remove(lines, id) => (format!("{REMOVE}.{}.{id}", lines.code()), YES.into()),
            DiagnosisChange::Withdrawn(withdrawn) => {
                ("withdrawn".into(), if *withdrawn { YES.into() } else { String::new() })
            }
        }
    }

    /// The change that writes that value there; nothing where a newer version wrote it, or it is no such value.
    pub fn at(path: &str, value: &str) -> Option<DiagnosisChange> {
        let text = || value.to_owned();
        Some(match path.splitn(3, '.').collect::<Vec<_>>()[..] {
            ["withdrawn"] => DiagnosisChange::Withdrawn(value == YES),
            [field] => DiagnosisChange::Text(DiagnosisField::from_code(field)?, text()),
            [REMOVE, lines, id] => DiagnosisChange::Remove(DiagnosisLines::from_code(lines)?, LineId::parse(id)?),
            [lines, id, field] => {
                let id = LineId::parse(id)?;
                match (DiagnosisLines::from_code(lines)?, field) {
                    (DiagnosisLines::Places, "place") => {
                        DiagnosisChange::Place(id, optional(value, EventCommune::parse)?)
                    }
                    (DiagnosisLines::Places, field) => {
                        DiagnosisChange::PlaceText(id, PlaceField::from_code(field)?, text())
                    }
                    (DiagnosisLines::Indicators, "about") => {
                        DiagnosisChange::About(id, IndicatorAbout::from_code(value))
                    }
                    (DiagnosisLines::Indicators, "measure") => DiagnosisChange::Measure(id, Measure::from_code(value)),
                    (DiagnosisLines::Indicators, field) => {
                        DiagnosisChange::Indicator(id, IndicatorField::from_code(field)?, text())
                    }
                    (DiagnosisLines::Figures, SAYS) => {
                        let said = optional(value, diagnosis_figure::parse)?;
                        // A figure stands in the line that is named after what it is of, and nowhere else.
                        let is_its_own = said.as_ref().is_none_or(|(at, _)| at.line() == id);
                        is_its_own.then_some(DiagnosisChange::Figure(id, said))?
                    }
                    (DiagnosisLines::Figures, _) => return None,
                    (DiagnosisLines::Supply, field) => Self::at_supply(id, field, value)?,
                }
            }
            _ => return None,
        })
    }

    fn at_supply(id: LineId, field: &str, value: &str) -> Option<DiagnosisChange> {
        Some(match field {
            "is" => DiagnosisChange::SupplyIs(id, SupplyIs::from_code(value)),
            "count" => DiagnosisChange::SupplyCount(id, optional(value, |text| text.parse().ok())?),
            "from" => DiagnosisChange::SupplyFrom(id, optional(value, PartialDate::parse)?),
            "until" => DiagnosisChange::SupplyUntil(id, optional(value, PartialDate::parse)?),
            "entry" => DiagnosisChange::SupplyEntry(id, optional(value, EntryId::parse)?),
            field => DiagnosisChange::Supply(id, SupplyField::from_code(field)?, value.to_owned()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::diagnosis::{DiagnosedPlace, Diagnosis, Figure, FigureAt, Hundredths, Indicator, SupplyFact};
    use super::super::ids::DiagnosisId;
    use super::*;

    fn line(n: u8) -> LineId {
        LineId([n; 16])
    }

    #[test]
    fn every_change_reads_back_from_its_path() {
        let before = Diagnosis::empty(DiagnosisId([1; 16]));
        let mut after = before.clone();
        (after.title, after.about, after.withdrawn) = ("Diagnostic. n° 1".into(), "b".into(), true);
        let arles = EventCommune { key: "13004".into(), name: "Arles".into() };
        after.places.push(DiagnosedPlace { within: "241300417".into(), note: "n".into(), ..DiagnosedPlace::of(arles) });
        after.indicators.push(Indicator {
            id: line(2),
            name: "Vivant seuls".into(),
            unit: "ménages".into(),
            counts: "de 75 ans et plus".into(),
            about: IndicatorAbout::Households,
            measure: Measure::Share,
        });
        let at = FigureAt { indicator: line(2), year: 2024, place: "13004".into() };
        after.figures.insert(at.clone(), Figure { source: "INSEE".into(), ..Figure::number(Hundredths(350)) });
        after.supply.push(SupplyFact {
            id: line(3),
            place: "13004".into(),
            is: SupplyIs::Vacancy,
            profession: "infirmier".into(),
            structure: "cabinet. du centre".into(),
            count: Some(2),
            from: PartialDate::parse("2024-03"),
            until: PartialDate::parse("2024-06-18"),
            entry: Some(EntryId([4; 16])),
            named: "Mme Exemple".into(),
            source: "CPTS".into(),
            note: "n".into(),
            to_verify: "dit par un seul".into(),
        });
        let there = before.changes_to(&after);
        let back = after.changes_to(&before);
        assert!(there.len() >= 20 && back.iter().any(|change| matches!(change, DiagnosisChange::Remove(..))));
        let nothing = [
            DiagnosisChange::Place(line(4), None),
            DiagnosisChange::SupplyCount(line(3), None),
            DiagnosisChange::SupplyFrom(line(3), None),
            DiagnosisChange::SupplyEntry(line(3), None),
        ];
        for change in there.into_iter().chain(back).chain(nothing) {
            let (path, value) = change.path();
            assert_eq!(DiagnosisChange::at(&path, &value), Some(change), "{path} {value}");
        }
        let (_, says) = DiagnosisChange::figure(at, Figure::number(Hundredths(1))).path();
        assert_eq!(DiagnosisChange::at(&format!("figures.{}.says", line(9)), &says), None, "of another line");
    }
}
