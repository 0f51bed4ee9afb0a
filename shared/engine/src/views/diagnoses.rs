//! Shared diagnoses, as screens read them: as a whole, of one place, of one indicator, with the places where the programmes
//! look first.

use std::collections::BTreeMap;

use maillon_shared::api::diagnosis::{Diagnoses, DiagnosisFile, DiagnosisPart, DiagnosisRow, PriorityHere};
use maillon_shared::domain::diagnosis::Diagnosis;
use maillon_shared::domain::ids::{DiagnosisId, GroupId, LineId};
use maillon_shared::text::sort::sort_key;

use super::{Content, Views};

impl Views {
    /// A diagnosis.
    pub fn diagnosis(&self, id: DiagnosisId) -> Option<&Diagnosis> {
        match self.documents.get(&id.into()).filter(|cached| !cached.undone).map(|cached| &cached.content) {
            Some(Content::Diagnosis(diagnosis)) => Some(diagnosis),
            _ => None,
        }
    }

    fn diagnoses(&self) -> impl Iterator<Item = &Diagnosis> {
        let shown = self.documents.values().filter(|cached| !cached.undone);
        shown.filter_map(|cached| match &cached.content {
            Content::Diagnosis(diagnosis) if !diagnosis.withdrawn => Some(&**diagnosis),
            _ => None,
        })
    }

    /// Every diagnosis, by title.
    pub fn diagnosis_rows(&self) -> Diagnoses {
        let row = |diagnosis: &Diagnosis| DiagnosisRow {
            id: diagnosis.id,
            title: diagnosis.title.clone(),
            places: diagnosis.places.len() as u32,
            figures: diagnosis.figures.len() as u32,
            last_year: diagnosis.figures.keys().map(|at| at.year).max(),
            group: self.group_of(diagnosis.id.into()).map(|id| (id, self.group_name(id))),
        };
        let mut rows: Vec<DiagnosisRow> = self.diagnoses().map(row).collect();
        rows.sort_by_cached_key(|row| (sort_key(&row.title), row.id));
        Diagnoses { rows, groups: Vec::new() }
    }

    /// The diagnoses of a group, by title.
    pub fn diagnoses_of(&self, group: GroupId) -> Vec<(DiagnosisId, String)> {
        let here = self.diagnoses().filter(|one| self.group_of(one.id.into()) == Some(group));
        let mut rows: Vec<_> = here.map(|one| (one.id, one.title.clone())).collect();
        rows.sort_by_cached_key(|(id, title)| (sort_key(title), *id));
        rows
    }

    /// One diagnosis and what goes with it.
    pub fn diagnosis_file(&self, id: DiagnosisId, part: &DiagnosisPart) -> Option<DiagnosisFile> {
        let whole = self.diagnosis(id)?;
        let group = self.group_of(id.into());
        let mut diagnosis = match part {
            DiagnosisPart::Whole => whole.without_figures(),
            DiagnosisPart::Place(line) => {
                let place = whole.places.iter().find(|place| place.id == *line)?;
                whole.only(place.key())
            }
            DiagnosisPart::Indicator(indicator) => whole.only_of(*indicator),
        };
        diagnosis.places.sort_by_cached_key(|line| (sort_key(line.name()), line.id));
        let mut figures: BTreeMap<LineId, u32> = BTreeMap::new();
        let mut said: BTreeMap<&str, u32> = BTreeMap::new();
        for at in whole.figures.keys() {
            *figures.entry(at.indicator).or_default() += 1;
            *said.entry(&at.place).or_default() += 1;
        }
        whole.supply.iter().for_each(|fact| *said.entry(&fact.place).or_default() += 1);
        Some(DiagnosisFile {
            figures: figures.into_iter().collect(),
            said: said.into_iter().map(|(key, count)| (key.to_owned(), count)).collect(),
            priorities: self.priorities(group),
            names: self.names_of(diagnosis.supply.iter().filter_map(|fact| fact.entry)),
            group: group.map(|id| (id, self.group_name(id))),
            may_write: true,
            conflicts: Vec::new(),
            diagnosis,
        })
    }

    /// Where the programmes of those whose diagnosis it is look first, the last year first.
    fn priorities(&self, group: Option<GroupId>) -> Vec<PriorityHere> {
        let theirs = self.programmes().filter(|programme| self.group_of(programme.id.into()) == group);
        let mut all = Vec::new();
        for programme in theirs {
            for line in &programme.communes {
                let Some(commune) = &line.commune else { continue };
                all.push(PriorityHere {
                    place: commune.key.clone(),
                    programme: programme.id,
                    year: programme.year,
                    why: line.why.clone(),
                    to_verify: line.to_verify.clone(),
                });
            }
        }
        all.sort_by(|one, other| {
            (other.year, &one.place, one.programme).cmp(&(one.year, &other.place, other.programme))
        });
        all
    }
}
