//! The shared diagnosis: what a place is like and how it changes, indicator by indicator, with the source of each figure; and
//! what is known of care there.
//!
//! It is one document: its indicators are asked of each commune, and are compared from one to the other. Each figure is a line
//! and a value of its own, so that those who write of different communes never meet. Nobody who is accompanied is in it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::changes::text_fields;
use super::coded::coded;
use super::event::EventCommune;
use super::ids::{DiagnosisId, LineId};
use super::mission::is_commune_code;

pub use super::diagnosis_changes::{DiagnosisChange, DiagnosisLines};
pub use super::diagnosis_figure::{Figure, FigureAt, FigureIs, Hundredths, line_of};
pub use super::diagnosis_supply::{SupplyFact, SupplyField, SupplyIs};

/// A shared diagnosis.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnosis {
    /// Names the diagnosis.
    pub id: DiagnosisId,
    /// What it is called.
    pub title: String,
    /// What for, in words.
    pub about: String,
    /// The places it is of.
    pub places: Vec<DiagnosedPlace>,
    /// What is asked of each.
    pub indicators: Vec<Indicator>,
    /// The figures that are known.
    pub figures: BTreeMap<FigureAt, Figure>,
    /// What is known of care.
    pub supply: Vec<SupplyFact>,
    /// Whether it was a mistake.
    pub withdrawn: bool,
}

text_fields! {
    /// The text fields of a diagnosis.
    DiagnosisField of Diagnosis {
        /// What it is called.
        Title = "title" => title,
        /// What for.
        About = "about" => about,
    }
}

/// A place of a diagnosis: a commune, an intercommunality, a territory in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiagnosedPlace {
    /// Names the line.
    pub id: LineId,
    /// Which.
    pub place: Option<EventCommune>,
    /// The place it is part of, by its key.
    pub within: String,
    /// What else is to be known of it.
    pub note: String,
}

text_fields! {
    /// The text fields of a place.
    PlaceField of DiagnosedPlace {
        /// The place it is part of.
        Within = "within" => within,
        /// What else is to be known.
        Note = "note" => note,
    }
}

/// What a place is, by its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum PlaceKind {
    /// A commune, by its INSEE code.
    Commune,
    /// An intercommunality, by its SIREN number.
    Intercommunality,
    /// Any other territory, in words.
    Territory,
}

impl PlaceKind {
    /// What a key is of.
    pub fn of(key: &str) -> Self {
        if is_commune_code(key) {
            PlaceKind::Commune
        } else if key.len() == 9 && key.bytes().all(|byte| byte.is_ascii_digit()) {
            PlaceKind::Intercommunality
        } else {
            PlaceKind::Territory
        }
    }
}

coded! {
    /// What an indicator is about.
    IndicatorAbout {
        /// How many live there.
        Population = "population",
        /// How old they are.
        Ages = "ages",
        /// With whom they live.
        Households = "households",
        /// Who cares for them.
        Supply = "supply",
        /// How many look for a doctor: a number, and never a list of anyone.
        LookingForDoctor = "looking_for_doctor",
        /// Something else.
        Other = "other",
    }
}

coded! {
    /// What sort of figure an indicator has.
    Measure {
        /// A whole number.
        Count = "count",
        /// A percentage, with the number of people it is of.
        Share = "share",
        /// Any other number.
        Number = "number",
    }
}

/// An indicator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indicator {
    /// Names the line. It is the same from year to year, whatever the indicator is called.
    pub id: LineId,
    /// What it is called.
    pub name: String,
    /// The unit, in words.
    pub unit: String,
    /// What it counts, exactly.
    pub counts: String,
    /// What it is about.
    pub about: IndicatorAbout,
    /// What sort of figure it has.
    pub measure: Measure,
}

text_fields! {
    /// The text fields of an indicator.
    IndicatorField of Indicator {
        /// What it is called.
        Name = "name" => name,
        /// The unit.
        Unit = "unit" => unit,
        /// What it counts.
        Counts = "counts" => counts,
    }
}

impl DiagnosedPlace {
    /// A line with nothing on it.
    pub fn empty(id: LineId) -> Self {
        DiagnosedPlace { id, place: None, within: String::new(), note: String::new() }
    }

    /// That place, in the line that every device gives it.
    pub fn of(place: EventCommune) -> Self {
        DiagnosedPlace { place: Some(place.clone()), ..DiagnosedPlace::empty(place_line(&place.key)) }
    }

    /// What tells it from another; empty where nobody said which it is.
    pub fn key(&self) -> &str {
        self.place.as_ref().map_or("", |place| &place.key)
    }

    /// As one says it.
    pub fn name(&self) -> &str {
        self.place.as_ref().map_or("", |place| &place.name)
    }
}

/// The line of a place: whoever adds the same commune elsewhere adds the same line.
pub fn place_line(key: &str) -> LineId {
    line_of(&["place", key])
}

impl Indicator {
    /// A line with nothing on it.
    pub fn empty(id: LineId) -> Self {
        Indicator {
            id,
            name: String::new(),
            unit: String::new(),
            counts: String::new(),
            about: IndicatorAbout::Other,
            measure: Measure::Count,
        }
    }

    /// The line of an indicator that every diagnosis may have, by its code: tables that say it fill the same line.
    pub fn usual(code: &str) -> LineId {
        line_of(&["indicator", code])
    }
}

/// The code of the indicator that counts who lives there.
pub const POPULATION: &str = "population";

impl Diagnosis {
    /// A diagnosis of which nothing is said yet.
    pub fn empty(id: DiagnosisId) -> Self {
        Diagnosis {
            id,
            title: String::new(),
            about: String::new(),
            places: Vec::new(),
            indicators: Vec::new(),
            figures: BTreeMap::new(),
            supply: Vec::new(),
            withdrawn: false,
        }
    }

    /// A place by its key.
    pub fn place(&self, key: &str) -> Option<&DiagnosedPlace> {
        self.places.iter().find(|line| line.key() == key)
    }

    /// An indicator by its line.
    pub fn indicator(&self, id: LineId) -> Option<&Indicator> {
        self.indicators.iter().find(|line| line.id == id)
    }

    /// The figures of an indicator in a place, year by year.
    pub fn years(&self, indicator: LineId, place: &str) -> impl Iterator<Item = (i32, &Figure)> {
        let of = move |at: &FigureAt| at.indicator == indicator && at.place == place;
        self.figures.iter().filter(move |(at, _)| of(at)).map(|(at, figure)| (at.year, figure))
    }

    /// The last figure of an indicator in a place.
    pub fn last(&self, indicator: LineId, place: &str) -> Option<(i32, &Figure)> {
        self.years(indicator, place).last()
    }

    /// The years in which something is known of an indicator, the last first.
    pub fn years_of(&self, indicator: LineId) -> Vec<i32> {
        let years: BTreeSet<i32> =
            self.figures.keys().filter(|at| at.indicator == indicator).map(|at| at.year).collect();
        years.into_iter().rev().collect()
    }

    /// Each place of that kind with what is known of an indicator in a year, in the order of the places.
    pub fn compared(&self, indicator: LineId, year: i32, kind: PlaceKind) -> Vec<(&DiagnosedPlace, Option<&Figure>)> {
        let places = self.places.iter().filter(|line| PlaceKind::of(line.key()) == kind);
        let figure = |place: &DiagnosedPlace| FigureAt { indicator, year, place: place.key().to_owned() };
        places.map(|place| (place, self.figures.get(&figure(place)))).collect()
    }

    /// Whether anything is written of an indicator: it is not taken away then.
    pub fn has_figures(&self, indicator: LineId) -> bool {
        self.figures.keys().any(|at| at.indicator == indicator)
    }

    /// Whether anything is written of a place: it is not taken away then.
    pub fn says_of(&self, place: &str) -> bool {
        self.figures.keys().any(|at| at.place == place) || self.supply.iter().any(|fact| fact.place == place)
    }

    /// The facts about care in a place, the last first; what nobody dated comes last.
    pub fn supply_of(&self, place: &str) -> Vec<&SupplyFact> {
        let mut facts: Vec<_> = self.supply.iter().filter(|fact| fact.place == place).collect();
        facts.sort_by_key(|fact| std::cmp::Reverse(fact.from.map(super::time::PartialDate::latest)));
        facts
    }

    /// Every word that someone wrote in it, for those who look for something.
    pub fn texts(&self) -> Vec<&str> {
        let own = DiagnosisField::ALL.iter().map(|field| self.text(*field));
        let places = self.places.iter().flat_map(|line| [line.name(), &line.note]);
        let indicators = self.indicators.iter().flat_map(|line| [line.name.as_str(), &line.unit, &line.counts]);
        let figures = self.figures.values().flat_map(|figure| [figure.source.as_str(), &figure.to_verify]);
        let supply = self.supply.iter().flat_map(SupplyFact::texts);
        own.chain(places).chain(indicators).chain(figures).chain(supply).filter(|text| !text.is_empty()).collect()
    }

    /// What of it is of one place: its figures and its facts, and what is said of all.
    pub fn only(&self, place: &str) -> Diagnosis {
        let figures = self.figures.iter().filter(|(at, _)| at.place == place);
        Diagnosis {
            figures: figures.map(|(at, figure)| (at.clone(), figure.clone())).collect(),
            supply: self.supply.iter().filter(|fact| fact.place == place).cloned().collect(),
            ..self.without_figures()
        }
    }

    /// What of it is of one indicator, everywhere.
    pub fn only_of(&self, indicator: LineId) -> Diagnosis {
        let figures = self.figures.iter().filter(|(at, _)| at.indicator == indicator);
        let figures = figures.map(|(at, figure)| (at.clone(), figure.clone())).collect();
        Diagnosis { figures, ..self.without_figures() }
    }

    /// The diagnosis but for what it says of each place.
    pub fn without_figures(&self) -> Diagnosis {
        Diagnosis {
            title: self.title.clone(),
            about: self.about.clone(),
            places: self.places.clone(),
            indicators: self.indicators.clone(),
            withdrawn: self.withdrawn,
            ..Diagnosis::empty(self.id)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arles() -> EventCommune {
        EventCommune { key: "13004".into(), name: "Arles".into() }
    }

    fn diagnosis() -> Diagnosis {
        let mut diagnosis = Diagnosis::empty(DiagnosisId([1; 16]));
        diagnosis.places.push(DiagnosedPlace::of(arles()));
        diagnosis.places.push(DiagnosedPlace::of(EventCommune { key: "13108".into(), name: "Tarascon".into() }));
        diagnosis.places.push(DiagnosedPlace::of(EventCommune { key: "241300417".into(), name: "ACCM".into() }));
        diagnosis.indicators.push(Indicator { name: "Population".into(), ..Indicator::empty(Indicator::usual("p")) });
        let at = |year| FigureAt { indicator: Indicator::usual("p"), year, place: "13004".into() };
        diagnosis.figures.insert(at(2021), Figure::number(Hundredths::whole(50_000)));
        diagnosis.figures.insert(at(2024), Figure::number(Hundredths::whole(0)));
        diagnosis
    }

    #[test]
    fn what_nobody_knows_of_a_commune_is_no_figure_and_not_zero() {
        let diagnosis = diagnosis();
        let compared = diagnosis.compared(Indicator::usual("p"), 2024, PlaceKind::Commune);
        let said: Vec<_> = compared.iter().map(|(place, figure)| (place.name(), figure.map(|one| &one.is))).collect();
        assert_eq!(said, [("Arles", Some(&FigureIs::Number(Hundredths(0)))), ("Tarascon", None)]);
        assert_eq!(diagnosis.last(Indicator::usual("p"), "13004").map(|(year, _)| year), Some(2024));
        assert_eq!(diagnosis.years_of(Indicator::usual("p")), [2024, 2021]);
    }

    #[test]
    fn a_commune_an_intercommunality_and_a_territory_are_told_by_their_keys() {
        assert_eq!(PlaceKind::of("2A004"), PlaceKind::Commune);
        assert_eq!(PlaceKind::of("241300417"), PlaceKind::Intercommunality);
        assert_eq!(PlaceKind::of("pays d arles"), PlaceKind::Territory);
    }

    #[test]
    fn a_sheet_holds_what_is_of_its_commune_alone() {
        let mut whole = diagnosis();
        whole.supply.push(SupplyFact { place: "13108".into(), ..SupplyFact::empty(LineId([3; 16])) });
        assert_eq!((whole.only("13108").figures.len(), whole.only("13108").supply.len()), (0, 1));
        assert_eq!((whole.only("13004").figures.len(), whole.only("13004").supply.len()), (2, 0));
        assert!(whole.says_of("13108") && whole.says_of("13004") && !whole.says_of("241300417"));
    }
}
