//! How a diagnosis changes: what a form or a table wrote, as the smallest differences, and what each does.

use serde::{Deserialize, Serialize};

use super::changes::{gone, held, line};
use super::diagnosis::{
    DiagnosedPlace, Diagnosis, DiagnosisField, Figure, FigureAt, FigureIs, Indicator, IndicatorAbout, IndicatorField,
    Measure, PlaceField, PlaceKind, SupplyFact, SupplyField, SupplyIs,
};
use super::event::EventCommune;
use super::ids::{EntryId, LineId};
use super::time::PartialDate;

/// The lines of a diagnosis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum DiagnosisLines {
    /// The places.
    Places,
    /// The indicators.
    Indicators,
    /// The figures.
    Figures,
    /// What is known of care.
    Supply,
}

/// One change to a diagnosis.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DiagnosisChange {
    /// A text field becomes this.
    Text(DiagnosisField, String),
    /// Which place a line is of; a new line comes into being.
    Place(LineId, Option<EventCommune>),
    /// A field of a place.
    PlaceText(LineId, PlaceField, String),
    /// A field of an indicator; a new line comes into being.
    Indicator(LineId, IndicatorField, String),
    /// What an indicator is about.
    About(LineId, IndicatorAbout),
    /// What sort of figure it has.
    Measure(LineId, Measure),
    /// The figure of a line, which is that of what it is of; none is that nobody knows.
    Figure(LineId, Option<(FigureAt, Figure)>),
    /// A field of a fact about care; a new line comes into being.
    Supply(LineId, SupplyField, String),
    /// What a fact is.
    SupplyIs(LineId, SupplyIs),
    /// How many.
    SupplyCount(LineId, Option<u32>),
    /// From when.
    SupplyFrom(LineId, Option<PartialDate>),
    /// Until when.
    SupplyUntil(LineId, Option<PartialDate>),
    /// Who of the directory.
    SupplyEntry(LineId, Option<EntryId>),
    /// A line goes.
    Remove(DiagnosisLines, LineId),
    /// It was a mistake, or was not.
    Withdrawn(bool),
}

impl DiagnosisChange {
    /// A figure, in its line.
    pub fn figure(at: FigureAt, figure: Figure) -> Self {
        DiagnosisChange::Figure(at.line(), Some((at, figure)))
    }

    /// The words that someone types in it. A commune of the list is chosen and is none of them; a territory was typed.
    pub fn words(&self) -> Vec<&str> {
        match self {
            DiagnosisChange::Supply(_, SupplyField::Place, key) => match PlaceKind::of(key) {
                PlaceKind::Territory => vec![key],
                PlaceKind::Commune | PlaceKind::Intercommunality => Vec::new(),
            },
            DiagnosisChange::PlaceText(_, PlaceField::Within, key) if PlaceKind::of(key) != PlaceKind::Territory => {
                Vec::new()
            }
            DiagnosisChange::Text(_, words)
            | DiagnosisChange::PlaceText(_, _, words)
            | DiagnosisChange::Indicator(_, _, words)
            | DiagnosisChange::Supply(_, _, words) => vec![words],
            DiagnosisChange::Place(_, Some(place)) if PlaceKind::of(&place.key) != PlaceKind::Commune => {
                vec![&place.key, &place.name]
            }
            DiagnosisChange::Figure(_, Some((at, figure))) => {
                let place = (PlaceKind::of(&at.place) == PlaceKind::Territory).then_some(at.place.as_str());
                // Whatever a newer version wrote may name someone.
                let unknown = match &figure.is {
                    FigureIs::Unknown(text) => Some(text.as_str()),
                    FigureIs::Number(_) | FigureIs::Share(..) => None,
                };
                [figure.source.as_str(), &figure.to_verify].into_iter().chain(place).chain(unknown).collect()
            }
            _ => Vec::new(),
        }
    }
}

impl Diagnosis {
    /// Every word that is in it: of what is common, whoever is named in it is read by everyone.
    pub fn texts_in_common(&self) -> Vec<String> {
        let changes = Diagnosis::empty(self.id).changes_to(self);
        changes.iter().flat_map(DiagnosisChange::words).map(str::to_owned).collect()
    }

    /// What to write so that this diagnosis becomes `edited`: the differences only.
    pub fn changes_to(&self, edited: &Diagnosis) -> Vec<DiagnosisChange> {
        let texts = self.text_differences(edited);
        let mut changes: Vec<_> = texts.map(|(field, text)| DiagnosisChange::Text(field, text.to_owned())).collect();
        if self.withdrawn != edited.withdrawn {
            changes.push(DiagnosisChange::Withdrawn(edited.withdrawn));
        }
        for line in &edited.places {
            let before = held(&self.places, |before| before.id == line.id, || DiagnosedPlace::empty(line.id));
            if before.place != line.place {
                changes.push(DiagnosisChange::Place(line.id, line.place.clone()));
            }
            let texts = before.text_differences(line);
            changes.extend(texts.map(|(field, text)| DiagnosisChange::PlaceText(line.id, field, text.to_owned())));
        }
        for line in &edited.indicators {
            let before = held(&self.indicators, |before| before.id == line.id, || Indicator::empty(line.id));
            let texts = before.text_differences(line);
            changes.extend(texts.map(|(field, text)| DiagnosisChange::Indicator(line.id, field, text.to_owned())));
            if before.about != line.about {
                changes.push(DiagnosisChange::About(line.id, line.about.clone()));
            }
            if before.measure != line.measure {
                changes.push(DiagnosisChange::Measure(line.id, line.measure.clone()));
            }
        }
        for (at, figure) in &edited.figures {
            if self.figures.get(at) != Some(figure) {
                changes.push(DiagnosisChange::figure(at.clone(), figure.clone()));
            }
        }
        let unknown = self.figures.keys().filter(|at| !edited.figures.contains_key(at));
        changes.extend(unknown.map(|at| DiagnosisChange::Figure(at.line(), None)));
        for line in &edited.supply {
            let before = held(&self.supply, |before| before.id == line.id, || SupplyFact::empty(line.id));
            supply_to(&before, line, &mut changes);
        }
        let mut lines_gone = |lines, ids: Vec<LineId>| {
            changes.extend(ids.into_iter().map(|id| DiagnosisChange::Remove(lines, id)));
        };
        lines_gone(DiagnosisLines::Places, gone(&self.places, &edited.places, |line| line.id));
        lines_gone(DiagnosisLines::Indicators, gone(&self.indicators, &edited.indicators, |line| line.id));
        lines_gone(DiagnosisLines::Supply, gone(&self.supply, &edited.supply, |line| line.id));
        changes
    }

    /// Makes a change, as the journal would. A line comes into being with its first field.
    pub fn apply(&mut self, change: &DiagnosisChange) {
        match change {
            DiagnosisChange::Text(field, text) => self.text_mut(*field).clone_from(text),
            DiagnosisChange::Place(id, place) => self.place_mut(*id).place.clone_from(place),
            DiagnosisChange::PlaceText(id, field, text) => self.place_mut(*id).text_mut(*field).clone_from(text),
            DiagnosisChange::Indicator(id, field, text) => self.indicator_mut(*id).text_mut(*field).clone_from(text),
            DiagnosisChange::About(id, about) => self.indicator_mut(*id).about = about.clone(),
            DiagnosisChange::Measure(id, measure) => self.indicator_mut(*id).measure = measure.clone(),
            // A line is of one figure: the same is written over, and no other is in its way.
            DiagnosisChange::Figure(_, Some((at, figure))) => {
                self.figures.insert(at.clone(), figure.clone());
            }
            DiagnosisChange::Figure(id, None) => self.figures.retain(|at, _| at.line() != *id),
            DiagnosisChange::Supply(id, field, text) => self.fact(*id).text_mut(*field).clone_from(text),
            DiagnosisChange::SupplyIs(id, is) => self.fact(*id).is = is.clone(),
            DiagnosisChange::SupplyCount(id, count) => self.fact(*id).count = *count,
            DiagnosisChange::SupplyFrom(id, from) => self.fact(*id).from = *from,
            DiagnosisChange::SupplyUntil(id, until) => self.fact(*id).until = *until,
            DiagnosisChange::SupplyEntry(id, entry) => self.fact(*id).entry = *entry,
            DiagnosisChange::Remove(DiagnosisLines::Places, id) => self.places.retain(|line| line.id != *id),
            DiagnosisChange::Remove(DiagnosisLines::Indicators, id) => self.indicators.retain(|line| line.id != *id),
            DiagnosisChange::Remove(DiagnosisLines::Figures, id) => self.figures.retain(|at, _| at.line() != *id),
            DiagnosisChange::Remove(DiagnosisLines::Supply, id) => self.supply.retain(|line| line.id != *id),
            DiagnosisChange::Withdrawn(withdrawn) => self.withdrawn = *withdrawn,
        }
    }

    fn place_mut(&mut self, id: LineId) -> &mut DiagnosedPlace {
        line(&mut self.places, |line| line.id == id, || DiagnosedPlace::empty(id))
    }

    fn indicator_mut(&mut self, id: LineId) -> &mut Indicator {
        line(&mut self.indicators, |line| line.id == id, || Indicator::empty(id))
    }

    fn fact(&mut self, id: LineId) -> &mut SupplyFact {
        line(&mut self.supply, |line| line.id == id, || SupplyFact::empty(id))
    }
}

fn supply_to(before: &SupplyFact, line: &SupplyFact, changes: &mut Vec<DiagnosisChange>) {
    let texts = before.text_differences(line);
    changes.extend(texts.map(|(field, text)| DiagnosisChange::Supply(line.id, field, text.to_owned())));
    let mut differs = |differs: bool, change: DiagnosisChange| changes.extend(differs.then_some(change));
    differs(before.is != line.is, DiagnosisChange::SupplyIs(line.id, line.is.clone()));
    differs(before.count != line.count, DiagnosisChange::SupplyCount(line.id, line.count));
    differs(before.from != line.from, DiagnosisChange::SupplyFrom(line.id, line.from));
    differs(before.until != line.until, DiagnosisChange::SupplyUntil(line.id, line.until));
    differs(before.entry != line.entry, DiagnosisChange::SupplyEntry(line.id, line.entry));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::diagnosis::Hundredths;
    use super::super::ids::DiagnosisId;
    use super::*;

    fn any_diagnosis() -> impl Strategy<Value = Diagnosis> {
        let lines = || proptest::collection::btree_map(1..6_u8, ("[a-z ]{0,4}", 0..3_u32), 0..4);
        (lines(), lines()).prop_map(|(first, second)| {
            let mut diagnosis = Diagnosis::empty(DiagnosisId([9; 16]));
            for (n, (words, number)) in first {
                let place = EventCommune { key: format!("1300{n}"), name: words.clone() };
                diagnosis.places.push(DiagnosedPlace { note: words.clone(), ..DiagnosedPlace::of(place.clone()) });
                let indicator = LineId([n; 16]);
                diagnosis.indicators.push(Indicator { name: format!("i{words}"), ..Indicator::empty(indicator) });
                let figure = Figure { source: words, ..Figure::number(Hundredths::whole(number)) };
                diagnosis.figures.insert(FigureAt { indicator, year: 2024, place: place.key }, figure);
            }
            for (n, (words, number)) in second {
                let (count, note) = (Some(number), format!("n{words}"));
                diagnosis.supply.push(SupplyFact { count, note, ..SupplyFact::empty(LineId([n; 16])) });
            }
            diagnosis
        })
    }

    fn sorted(diagnosis: &Diagnosis) -> Diagnosis {
        let mut diagnosis = diagnosis.clone();
        diagnosis.places.sort_by_key(|line| line.id);
        diagnosis.indicators.sort_by_key(|line| line.id);
        diagnosis.supply.sort_by_key(|line| line.id);
        diagnosis
    }

    proptest! {
        /// The differences make the one into the other, and nothing else is written.
        #[test]
        fn differences_make_one_into_the_other(one in any_diagnosis(), other in any_diagnosis()) {
            let mut made = one.clone();
            one.changes_to(&other).iter().for_each(|change| made.apply(change));
            prop_assert_eq!(sorted(&made), sorted(&other));
            prop_assert_eq!(other.changes_to(&other), []);
        }
    }

    #[test]
    fn a_figure_that_nobody_knows_any_more_is_taken_back_and_not_made_zero() {
        let at = FigureAt { indicator: LineId([1; 16]), year: 2024, place: "13004".into() };
        let mut before = Diagnosis::empty(DiagnosisId([9; 16]));
        before.figures.insert(at.clone(), Figure::number(Hundredths(0)));
        let after = Diagnosis::empty(before.id);
        assert_eq!(before.changes_to(&after), [DiagnosisChange::Figure(at.line(), None)]);
    }
}
