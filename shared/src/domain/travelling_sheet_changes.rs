//! Changes to a sheet for another territory, each as a path and a value in words: as the journal writes it, as a draft keeps
//! it, and as a conflict names it. Where it comes from and what left of it are no one's to change.

use serde::{Deserialize, Serialize};

use super::changes::{gone, held, line};
use super::disclosure::PublicCount;
use super::ids::LineId;
use super::procedure_steps::{REMOVE, STEPS, StepChange, YES, optional, said};
use super::travelling_sheet::{
    SheetField, SheetKind, SheetPartner, SheetPartnerField, SheetResult, SheetText, TravellingSheet,
};

/// One change to a sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SheetChange {
    /// A text field becomes this.
    Text(SheetField, String),
    /// What it is.
    Kind(SheetKind),
    /// A step.
    Step(StepChange),
    /// A field of a partner; a new line comes into being.
    Partner(LineId, SheetPartnerField, String),
    /// What came of it; a new line comes into being.
    Result(LineId, String),
    /// Of how many that is said.
    Count(LineId, Option<PublicCount>),
    /// A line goes.
    Remove(SheetLines, LineId),
    /// It was a mistake, or was not.
    Withdrawn(bool),
}

/// The sorts of lines, but for steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SheetLines {
    /// Kinds of structure.
    Partners,
    /// What came of it.
    Results,
}

impl SheetLines {
    /// The code that is written.
    pub const fn code(self) -> &'static str {
        match self {
            SheetLines::Partners => "partners",
            SheetLines::Results => "results",
        }
    }

    /// What a code says.
    pub fn from_code(code: &str) -> Option<Self> {
        [SheetLines::Partners, SheetLines::Results].into_iter().find(|lines| lines.code() == code)
    }
}

impl SheetChange {
    /// The words that someone types in it.
    pub fn words(&self) -> Option<&str> {
        match self {
            SheetChange::Text(_, words) | SheetChange::Partner(_, _, words) | SheetChange::Result(_, words) => {
                Some(words)
            }
            SheetChange::Step(change) => change.words(),
            _ => None,
        }
    }

    /// Where it is written, and what; nothing is an empty text.
    pub fn path(&self) -> (String, String) {
        let of = |lines: SheetLines, id: &LineId, field: &str| format!("{}.{id}.{field}", lines.code());
        match self {
            SheetChange::Text(field, text) => (field.code().to_owned(), text.clone()),
            SheetChange::Kind(kind) => ("kind".to_owned(), kind.code().to_owned()),
            SheetChange::Step(change) => change.path(),
            SheetChange::Partner(id, field, text) => (of(SheetLines::Partners, id, field.code()), text.clone()),
            SheetChange::Result(id, what) => (of(SheetLines::Results, id, "what"), what.clone()),
            SheetChange::Count(id, n) => (of(SheetLines::Results, id, "n"), said(*n)),
            SheetChange::Remove(lines, id) => (format!("{REMOVE}.{}.{id}", lines.code()), YES.to_owned()),
            SheetChange::Withdrawn(is) => ("withdrawn".to_owned(), if *is { YES.to_owned() } else { String::new() }),
        }
    }

    /// The change that writes that value there; nothing where a newer version wrote it, or it is no such value.
    pub fn at(path: &str, value: &str) -> Option<Self> {
        let text = || value.to_owned();
        Some(match path.splitn(3, '.').collect::<Vec<_>>()[..] {
            ["kind"] => SheetChange::Kind(SheetKind::from_code(value)),
            ["withdrawn"] => SheetChange::Withdrawn(value == YES),
            [field] => SheetChange::Text(SheetField::from_code(field)?, text()),
            [REMOVE, STEPS, id] => SheetChange::Step(StepChange::Remove(LineId::parse(id)?)),
            [REMOVE, lines, id] => SheetChange::Remove(SheetLines::from_code(lines)?, LineId::parse(id)?),
            [STEPS, id, field] => SheetChange::Step(StepChange::at(id, field, value)?),
            ["partners", id, field] => {
                SheetChange::Partner(LineId::parse(id)?, SheetPartnerField::from_code(field)?, text())
            }
            ["results", id, "what"] => SheetChange::Result(LineId::parse(id)?, text()),
            ["results", id, "n"] => SheetChange::Count(LineId::parse(id)?, optional(value, PublicCount::parse)?),
            _ => return None,
        })
    }
}

impl TravellingSheet {
    /// What to write so that this sheet becomes `edited`: the differences only.
    pub fn changes_to(&self, edited: &TravellingSheet) -> Vec<SheetChange> {
        let mut changes = self.says.changes_to(&edited.says);
        if self.withdrawn != edited.withdrawn {
            changes.push(SheetChange::Withdrawn(edited.withdrawn));
        }
        changes
    }

    /// Makes a change, as the journal would. A line comes into being with its first field.
    pub fn apply(&mut self, change: &SheetChange) {
        let says = &mut self.says;
        match change {
            SheetChange::Text(field, text) => says.text_mut(*field).clone_from(text),
            SheetChange::Kind(kind) => says.kind = kind.clone(),
            SheetChange::Step(change) => change.apply(&mut says.steps),
            SheetChange::Partner(id, field, text) => {
                let partner = line(&mut says.partners, |held| held.id == *id, || SheetPartner::empty(*id));
                partner.text_mut(*field).clone_from(text);
            }
            SheetChange::Result(id, what) => says.result(*id).what.clone_from(what),
            SheetChange::Count(id, n) => says.result(*id).n = *n,
            SheetChange::Remove(SheetLines::Partners, id) => says.partners.retain(|line| line.id != *id),
            SheetChange::Remove(SheetLines::Results, id) => says.results.retain(|line| line.id != *id),
            SheetChange::Withdrawn(withdrawn) => self.withdrawn = *withdrawn,
        }
    }
}

impl SheetText {
    fn changes_to(&self, after: &SheetText) -> Vec<SheetChange> {
        let texts = self.text_differences(after);
        let mut changes: Vec<_> = texts.map(|(field, text)| SheetChange::Text(field, text.to_owned())).collect();
        if self.kind != after.kind {
            changes.push(SheetChange::Kind(after.kind.clone()));
        }
        changes.extend(StepChange::between(&self.steps, &after.steps).into_iter().map(SheetChange::Step));
        for line in &after.partners {
            let before = held(&self.partners, |held| held.id == line.id, || SheetPartner::empty(line.id));
            let texts = before.text_differences(line);
            changes.extend(texts.map(|(field, text)| SheetChange::Partner(line.id, field, text.to_owned())));
        }
        for line in &after.results {
            let before = held(&self.results, |held| held.id == line.id, || SheetResult::empty(line.id));
            if before.what != line.what {
                changes.push(SheetChange::Result(line.id, line.what.clone()));
            }
            if before.n != line.n {
                changes.push(SheetChange::Count(line.id, line.n));
            }
        }
        let partners = gone(&self.partners, &after.partners, |line| line.id);
        changes.extend(partners.into_iter().map(|id| SheetChange::Remove(SheetLines::Partners, id)));
        let results = gone(&self.results, &after.results, |line| line.id);
        changes.extend(results.into_iter().map(|id| SheetChange::Remove(SheetLines::Results, id)));
        changes
    }

    fn result(&mut self, id: LineId) -> &mut SheetResult {
        line(&mut self.results, |held| held.id == id, || SheetResult::empty(id))
    }
}

#[cfg(test)]
mod tests {
    use super::super::disclosure::Threshold;
    use super::super::ids::SheetId;
    use super::super::procedure::ProcedureStep;
    use super::*;

    #[test]
    fn every_change_reads_back_from_its_path() {
        let line = |n: u8| LineId([n; 16]);
        let before = TravellingSheet::empty(SheetId([1; 16]), SheetKind::Action);
        let mut after = TravellingSheet::empty(before.id, SheetKind::Lessons);
        SheetField::ALL.iter().for_each(|field| *after.says.text_mut(*field) = format!("{}. suite", field.code()));
        after.says.steps.push(ProcedureStep {
            what: "Marcher".into(),
            after: Some(0),
            ..ProcedureStep::empty(line(2))
        });
        after.says.partners.push(SheetPartner { id: line(3), kind: "CCAS".into(), role: "prête la salle".into() });
        let n = |n| Some(PublicCount::of(n, Threshold::FIVE));
        after.says.results.push(SheetResult { id: line(4), what: "venus".into(), n: n(40) });
        after.says.results.push(SheetResult { id: line(5), what: "revenus".into(), n: n(3) });
        after.withdrawn = true;
        let mut written = before.clone();
        before.changes_to(&after).iter().for_each(|change| written.apply(change));
        assert_eq!(written, after);
        for change in before.changes_to(&after).into_iter().chain(after.changes_to(&before)) {
            let (path, value) = change.path();
            assert_eq!(SheetChange::at(&path, &value), Some(change), "{path} {value}");
        }
        for (path, value) in [("chain", "[]"), ("left.00000000000000000000000000000001.version", "3"), ("later", "x")] {
            assert_eq!(SheetChange::at(path, value), None, "{path}");
        }
    }
}
