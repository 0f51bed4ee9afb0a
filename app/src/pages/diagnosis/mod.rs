//! The shared diagnosis: what a commune is like and how it changes, indicator by indicator with the source of each figure; what
//! is known of care there; and one commune beside the others. What nobody knows is said so, and is never drawn as zero.

mod compare;
mod fields;
mod form;
mod list;
mod one;
mod place_form;
mod sheet;
mod table;
mod words;

use leptos::prelude::*;
use maillon_shared::api::collective::{CollectiveAnswer, CollectiveRead};
use maillon_shared::api::diagnosis::{Diagnoses, DiagnosisFile, DiagnosisPart};
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::ids::DiagnosisId;

use crate::door::answer;
use crate::routes::DiagnosisRoute;

/// The screen of a place among diagnoses.
pub fn page(route: DiagnosisRoute) -> AnyView {
    match route {
        DiagnosisRoute::List => view! { <list::DiagnosesPage /> }.into_any(),
        DiagnosisRoute::New => view! { <form::NewDiagnosisPage /> }.into_any(),
        DiagnosisRoute::One(id) => view! { <one::DiagnosisPage id=id /> }.into_any(),
        DiagnosisRoute::Edit(id) => view! { <form::EditDiagnosisPage id=id /> }.into_any(),
        DiagnosisRoute::Place(id, place) => view! { <sheet::SheetPage id=id place=place /> }.into_any(),
        DiagnosisRoute::EditPlace(id, place) => view! { <place_form::EditPlacePage id=id place=place /> }.into_any(),
        DiagnosisRoute::Indicator(id, line) => view! { <compare::ComparePage id=id indicator=line /> }.into_any(),
        DiagnosisRoute::Load(id) => view! { <table::LoadCommunesPage id=id /> }.into_any(),
    }
}

async fn ask_all() -> Result<Diagnoses, Failure> {
    match answer!(Request::ReadCollective(CollectiveRead::Diagnoses), Collective(answer) => *answer)? {
        CollectiveAnswer::Diagnoses(all) => Ok(*all),
        _ => Err(Failure::NotUnderstood),
    }
}

async fn ask_diagnosis(id: DiagnosisId, part: DiagnosisPart) -> Result<DiagnosisFile, Failure> {
    let asked = Request::ReadCollective(CollectiveRead::Diagnosis(id, part));
    match answer!(asked, Collective(answer) => *answer)? {
        CollectiveAnswer::Diagnosis(file) => Ok(*file),
        _ => Err(Failure::NotUnderstood),
    }
}
