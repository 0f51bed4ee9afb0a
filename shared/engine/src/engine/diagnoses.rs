//! Shared diagnoses: written as plans, refused where they could not be, or where they name someone who is accompanied in what
//! others read.

use maillon_shared::api::diagnosis::{Diagnoses, DiagnosisFile, DiagnosisPart};
use maillon_shared::api::errors::Invalid;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::{Answer, Failure, Response};
use maillon_shared::domain::diagnosis::{
    Diagnosis, DiagnosisChange, DiagnosisLines, FigureIs, IndicatorAbout, Measure, SupplyField, SupplyIs, place_line,
};
use maillon_shared::domain::ids::{DiagnosisId, GroupId};

use super::Engine;
use super::collective::YEARS;
use super::commands::{known, short_enough};
use super::events::possible_date;
use super::groups::{name_of, names_nobody_in};
use crate::ambient::Ambient;
use crate::journal::records::diagnosis;
use crate::journal::{Header, Kind, Scope};
use crate::notebook::{Plan, Target};
use crate::store::Store;
use crate::views::Views;

/// Thirty communes, thirty indicators and ten years are nine thousand: no table brings more at once.
const MOST_CHANGES: usize = 20_000;

impl<S: Store, A: Ambient> Engine<S, A> {
    pub(super) async fn all_diagnoses(&mut self) -> Result<Diagnoses, Failure> {
        let groups = self.groups_to_write_in().await?;
        Ok(Diagnoses { groups, ..self.notebook()?.views.diagnosis_rows() })
    }

    pub(super) async fn one_diagnosis(
        &mut self,
        id: DiagnosisId,
        part: &DiagnosisPart,
    ) -> Result<DiagnosisFile, Failure> {
        let mut file = self.notebook()?.views.diagnosis_file(id, part).ok_or(Failure::NotFound)?;
        file.conflicts = self.conflicts_of(id.into()).await?;
        if let Some((group, _)) = &file.group {
            file.may_write = self.groups_to_write_in().await?.iter().any(|(id, _)| id == group);
        }
        Ok(file)
    }

    pub(super) async fn create_diagnosis(
        &mut self,
        mut begun: Diagnosis,
        group: Option<GroupId>,
        draft: Option<DraftKey>,
    ) -> Answer {
        let scope = group.map_or(Scope::Notebook, Scope::Group);
        self.writable(&scope).await?;
        let views = &self.notebook()?.views;
        if views.document(begun.id.into()).is_some() {
            return Ok(Response::Done);
        }
        begun.withdrawn = false;
        let empty = Diagnosis::empty(begun.id);
        let changes = checked(views, &empty, group, empty.changes_to(&begun))?;
        let mut written = empty;
        changes.iter().for_each(|change| written.apply(change));
        let mut plan = Plan::new("create_diagnosis");
        plan.ends_draft = draft;
        let header = Header::within(scope, written.id.into(), Kind::Diagnosis, None);
        plan.edit(Target::New(header), move |document| diagnosis::create(document, &written));
        self.save(plan).await
    }

    pub(super) async fn edit_diagnosis(
        &mut self,
        id: DiagnosisId,
        changes: Vec<DiagnosisChange>,
        draft: Option<DraftKey>,
    ) -> Answer {
        let plan = self.plan_diagnosis("edit_diagnosis", id, changes, draft).await?;
        self.save(plan).await
    }

    /// What writes changes in a diagnosis, once they are found to be possible.
    pub(super) async fn plan_diagnosis(
        &mut self,
        act: &'static str,
        id: DiagnosisId,
        changes: Vec<DiagnosisChange>,
        draft: Option<DraftKey>,
    ) -> Result<Plan, Failure> {
        self.writable_document(id.into()).await?;
        let views = &self.notebook()?.views;
        let held = views.diagnosis(id).ok_or(Failure::NotFound)?;
        let changes = checked(views, held, views.group_of(id.into()), changes)?;
        let mut plan = Plan::new(act);
        plan.ends_draft = draft;
        plan.edit(Target::Document(id.into()), move |document| {
            changes.iter().try_for_each(|change| diagnosis::write(document, change))
        });
        Ok(plan)
    }
}

/// The changes as they are written: possible, and in a group naming nobody who is accompanied.
fn checked(
    views: &Views,
    held: &Diagnosis,
    group: Option<GroupId>,
    changes: Vec<DiagnosisChange>,
) -> Result<Vec<DiagnosisChange>, Failure> {
    valid_diagnosis(views, held, &changes)?;
    let names_by_hand = |change: &DiagnosisChange| match change {
        DiagnosisChange::Supply(_, SupplyField::Named, name) => !name.is_empty(),
        _ => false,
    };
    if group.is_none() {
        // On one's own a professional is named by the directory alone.
        return match changes.iter().any(names_by_hand) {
            true => Err(Failure::NotUnderstood),
            false => Ok(changes),
        };
    }
    let in_words = |change| match change {
        DiagnosisChange::SupplyEntry(line, Some(entry)) => {
            DiagnosisChange::Supply(line, SupplyField::Named, name_of(views, entry))
        }
        other => other,
    };
    let changes: Vec<DiagnosisChange> = changes.into_iter().map(in_words).collect();
    // Of what stood there before, whoever wrote it answers.
    let written: Vec<&str> = changes.iter().flat_map(DiagnosisChange::words).collect();
    names_nobody_in(views, &written)?;
    Ok(changes)
}

fn valid_diagnosis(views: &Views, held: &Diagnosis, changes: &[DiagnosisChange]) -> Result<(), Failure> {
    if changes.len() > MOST_CHANGES {
        return Err(Failure::Invalid(Invalid::TooLong));
    }
    let mut after = held.clone();
    for change in changes {
        after.apply(change);
        change.words().into_iter().try_for_each(short_enough)?;
        match change {
            // A place stands in the line that every device gives it.
            DiagnosisChange::Place(line, place) => {
                let is_its_own = place.as_ref().is_some_and(|place| place_line(&place.key) == *line);
                understood(is_its_own)?;
                place.iter().try_for_each(|place| short_enough(&place.name))?;
            }
            DiagnosisChange::About(_, IndicatorAbout::Unknown(_))
            | DiagnosisChange::Measure(_, Measure::Unknown(_))
            | DiagnosisChange::SupplyIs(_, SupplyIs::Unknown(_)) => return Err(Failure::NotUnderstood),
            DiagnosisChange::Figure(line, Some((at, figure))) => {
                understood(at.line() == *line && !matches!(figure.is, FigureIs::Unknown(_)))?;
                if !YEARS.contains(&at.year) {
                    return Err(Failure::Invalid(Invalid::Day));
                }
            }
            DiagnosisChange::SupplyFrom(_, Some(date)) | DiagnosisChange::SupplyUntil(_, Some(date)) => {
                possible_date(*date)?;
            }
            DiagnosisChange::SupplyEntry(_, Some(entry)) => known(views.entry(*entry).is_some())?,
            _ => {}
        }
    }
    of_what_is_there(&after, changes)?;
    match after.title.trim().is_empty() {
        true => Err(Failure::Invalid(Invalid::NoName)),
        false => Ok(()),
    }
}

/// What is written is of a place that is there and fits its indicator, and none of which something is written goes.
fn of_what_is_there(after: &Diagnosis, changes: &[DiagnosisChange]) -> Result<(), Failure> {
    for change in changes {
        match change {
            DiagnosisChange::Figure(_, Some((at, figure))) => {
                known(after.place(&at.place).is_some())?;
                // An indicator that somebody took away meanwhile is there again with the figure, and no words are lost.
                let indicator = after.indicator(at.indicator);
                understood(indicator.is_none_or(|indicator| figure.is.fits(&indicator.measure)))?;
            }
            // Figures that no longer fit could neither be compared nor be written again.
            DiagnosisChange::Measure(id, measure) => {
                let mut of_it = after.figures.iter().filter(|(at, _)| at.indicator == *id);
                if of_it.any(|(_, figure)| !figure.is.fits(measure)) {
                    return Err(Failure::Invalid(Invalid::NeededItem));
                }
            }
            DiagnosisChange::Supply(_, SupplyField::Place, key) => known(after.place(key).is_some())?,
            DiagnosisChange::Remove(DiagnosisLines::Indicators, id) if after.has_figures(*id) => {
                return Err(Failure::Invalid(Invalid::NeededItem));
            }
            DiagnosisChange::Remove(DiagnosisLines::Places, id) => {
                let is_said = after.figures.keys().any(|at| place_line(&at.place) == *id)
                    || after.supply.iter().any(|fact| place_line(&fact.place) == *id);
                if is_said {
                    return Err(Failure::Invalid(Invalid::NeededItem));
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn understood(is_understood: bool) -> Result<(), Failure> {
    if is_understood { Ok(()) } else { Err(Failure::NotUnderstood) }
}
