//! Where one is among shared diagnoses.

use maillon_shared::domain::ids::{DiagnosisId, LineId};

/// The screens of diagnoses. A place is said by its line: what it is called is in no address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DiagnosisRoute {
    /// Every diagnosis.
    List,
    /// A diagnosis to begin.
    New,
    /// One diagnosis.
    One(DiagnosisId),
    /// Its places and indicators, to change.
    Edit(DiagnosisId),
    /// The sheet of a place.
    Place(DiagnosisId, LineId),
    /// What is known of a place, to write.
    EditPlace(DiagnosisId, LineId),
    /// One indicator, everywhere.
    Indicator(DiagnosisId, LineId),
    /// A table of communes, to take in.
    Load(DiagnosisId),
}

impl DiagnosisRoute {
    pub(super) fn path(&self) -> String {
        match self {
            DiagnosisRoute::List => String::new(),
            DiagnosisRoute::New => "/new".into(),
            DiagnosisRoute::One(id) => format!("/{id}"),
            DiagnosisRoute::Edit(id) => format!("/{id}/edit"),
            DiagnosisRoute::Place(id, place) => format!("/{id}/place/{place}"),
            DiagnosisRoute::EditPlace(id, place) => format!("/{id}/place/{place}/edit"),
            DiagnosisRoute::Indicator(id, indicator) => format!("/{id}/indicator/{indicator}"),
            DiagnosisRoute::Load(id) => format!("/{id}/load"),
        }
    }

    pub(super) fn parse(parts: &[&str]) -> Option<Self> {
        let of = DiagnosisId::parse;
        Some(match parts {
            [] => DiagnosisRoute::List,
            ["new"] => DiagnosisRoute::New,
            [id] => DiagnosisRoute::One(of(id)?),
            [id, "edit"] => DiagnosisRoute::Edit(of(id)?),
            [id, "load"] => DiagnosisRoute::Load(of(id)?),
            [id, "place", place] => DiagnosisRoute::Place(of(id)?, LineId::parse(place)?),
            [id, "place", place, "edit"] => DiagnosisRoute::EditPlace(of(id)?, LineId::parse(place)?),
            [id, "indicator", line] => DiagnosisRoute::Indicator(of(id)?, LineId::parse(line)?),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::Route;
    use super::*;

    #[test]
    fn every_place_is_found_again_by_its_address() {
        let (id, line) = (DiagnosisId([7; 16]), LineId([8; 16]));
        for route in [
            DiagnosisRoute::List,
            DiagnosisRoute::New,
            DiagnosisRoute::One(id),
            DiagnosisRoute::Edit(id),
            DiagnosisRoute::Place(id, line),
            DiagnosisRoute::EditPlace(id, line),
            DiagnosisRoute::Indicator(id, line),
            DiagnosisRoute::Load(id),
        ] {
            let route = Route::Diagnosis(route);
            assert_eq!(Route::parse(&route.href()), Some(route));
        }
    }
}
