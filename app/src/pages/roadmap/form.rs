//! A roadmap to begin, with the frameworks it is to answer for, and what is said of the whole of it, to change.

use std::collections::BTreeSet;

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::collective::CollectiveWrite;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::roadmap::RoadmapFile;
use maillon_shared::domain::ids::{GroupId, LineId, RoadmapId};
use maillon_shared::domain::roadmap::{Framework, FrameworkHeading, Line, Roadmap};

use super::draft::{MODEL, Of, Sheet, fields_since, lay};
use super::line::SheetFields;
use super::{ask_all, ask_roadmap};
use crate::routes::{RoadmapRoute, Route};
use crate::ui::{Chips, Choice, FormFrame, Opened, Problem, Save, Ticks, load_once, when_loaded};
use crate::words::{Word, events as e, form as f, note, roadmap as w};
use crate::{browser, drafts};

/// The form's code among the drafts.
const FORM: &str = "roadmap";
/// The code of what is one's own alone.
const NONE: &str = "none";

/// A framework to begin from: what it is called in a choice, how it is called, and its headings.
struct Model {
    code: &'static str,
    label: Word,
    name: Word,
    headings: Word,
}

const MODELS: [Model; 3] = [
    Model { code: "aci", label: w::aci, name: w::aci_short, headings: w::aci_headings },
    Model { code: "qpv", label: w::qpv, name: w::qpv_short, headings: w::qpv_headings },
    Model { code: "cls", label: w::cls, name: w::cls_short, headings: w::cls_headings },
];

/// Puts the framework of a model in a roadmap that begins. From then on it is the roadmap's own, to change.
fn begin_with(roadmap: &mut Roadmap, model: &Model, mut id: impl FnMut() -> LineId) {
    let (name, to_verify) = ((model.name)().to_owned(), w::model_to_verify().to_owned());
    let framework = Framework { name, to_verify, ..Framework::empty(id()) };
    for title in (model.headings)().split(';').map(str::trim).filter(|title| !title.is_empty()) {
        let (framework, title) = (Some(framework.id), title.trim().to_owned());
        roadmap.headings.push(FrameworkHeading { framework, title, ..FrameworkHeading::empty(id()) });
    }
    roadmap.frameworks.push(framework);
}

/// A file with nothing in it, for the form of what begins.
fn nothing(roadmap: Roadmap) -> RoadmapFile {
    let (names, projects, conflicts) = (Vec::new(), Vec::new(), Vec::new());
    let withdrawn_projects = Vec::new();
    RoadmapFile { roadmap, names, projects, withdrawn_projects, group: None, may_write: true, conflicts }
}

/// A roadmap to begin.
#[component]
pub fn NewRoadmapPage() -> impl IntoView {
    let loaded = load_once(|| async {
        let all = ask_all().await?;
        let begun = Roadmap::empty(RoadmapId(browser::random_id()));
        let opened = Opened::find(drafts::key(FORM, ""), Sheet::of(Of::About, &begun), lay).await;
        Ok((opened, all.groups, begun))
    });
    when_loaded(loaded, |found| {
        let (opened, groups, begun) = found.get_untracked();
        let file = nothing(begun.clone());
        let save = move |sheet: &Sheet, draft: DraftKey| {
            let mut roadmap = begun.clone();
            for change in sheet.changes(&begun)? {
                roadmap.apply(&change);
            }
            for model in MODELS.iter().filter(|model| !sheet.said(&format!("{MODEL}{}", model.code)).is_empty()) {
                begin_with(&mut roadmap, model, || LineId(browser::random_id()));
            }
            let then = Route::Roadmap(RoadmapRoute::One(roadmap.id));
            let (roadmap, draft) = (Box::new(roadmap), Some(draft));
            let write = CollectiveWrite::CreateRoadmap { roadmap, group: sheet.group, draft };
            Ok(Save { request: Request::WriteCollective(Box::new(write)), then })
        };
        let draw = move |sheet: RwSignal<Sheet>, problems: RwSignal<Vec<Problem>>| {
            view! {
                <WithWhom sheet=sheet groups=groups />
                <SheetFields sheet=sheet problems=problems file=StoredValue::new(file) />
                <Models sheet=sheet />
            }
        };
        view! {
            <FormFrame
                title=w::new
                way_back=Route::Roadmap(RoadmapRoute::List)
                class="sheet"
                opened=opened
                fields=fields_since
                forget=note::start_again
                save=save
                draw=draw
            />
        }
    })
}

/// What is said of the whole, to change.
#[component]
pub fn EditRoadmapPage(id: RoadmapId) -> impl IntoView {
    let loaded = load_once(move || async move {
        let file = ask_roadmap(id).await?;
        let opened = Opened::find(drafts::key(FORM, id), Sheet::of(Of::About, &file.roadmap), lay).await;
        Ok((opened, file))
    });
    let there = Route::Roadmap(RoadmapRoute::One(id));
    when_loaded(loaded, move |found| {
        let (opened, file) = found.get_untracked();
        let (before, then) = (file.roadmap.clone(), there.clone());
        let save = move |sheet: &Sheet, draft: DraftKey| {
            let changes = sheet.changes(&before)?;
            let write = CollectiveWrite::EditRoadmap { id, changes, draft: Some(draft) };
            Ok(Save { request: Request::WriteCollective(Box::new(write)), then: then.clone() })
        };
        let draw = move |sheet: RwSignal<Sheet>, problems: RwSignal<Vec<Problem>>| {
            view! { <SheetFields sheet=sheet problems=problems file=StoredValue::new(file) /> }
        };
        view! {
            <FormFrame
                title=w::edit
                way_back=there.clone()
                class="sheet"
                opened=opened
                fields=fields_since
                forget=f::draft_forget
                save=save
                draw=draw
            />
        }
    })
}

/// With whom it is common, which is chosen at its beginning.
#[component]
fn WithWhom(sheet: RwSignal<Sheet>, groups: Vec<(GroupId, String)>) -> impl IntoView {
    let no_group = groups.is_empty();
    let choices = Signal::derive(move || {
        let others = groups.iter().map(|(id, name)| Choice::new(id.to_string(), name.clone()));
        std::iter::once(Choice::new(NONE, e::mine())).chain(others).collect::<Vec<_>>()
    });
    let group =
        Signal::derive(move || sheet.with(|sheet| sheet.group.map_or_else(|| NONE.to_owned(), |id| id.to_string())));
    let set_group = Callback::new(move |id: String| sheet.update(|sheet| sheet.group = GroupId::parse(&id)));
    view! {
        <Show when=move || !no_group>
            <Chips name="group" legend=|| e::with_whom() choices=choices chosen=group choose=set_group />
        </Show>
    }
}

/// The frameworks to begin from.
#[component]
fn Models(sheet: RwSignal<Sheet>) -> impl IntoView {
    let choices =
        Signal::derive(|| MODELS.iter().map(|model| Choice::new(model.code, (model.label)())).collect::<Vec<_>>());
    let ticked = Signal::derive(move || {
        let is_ticked = |code: &str| sheet.with(|sheet| !sheet.said(&format!("{MODEL}{code}")).is_empty());
        let codes = MODELS.iter().map(|model| model.code).filter(|code| is_ticked(code));
        codes.map(str::to_owned).collect::<BTreeSet<String>>()
    });
    let toggle = Callback::new(move |code: String| {
        sheet.update(|sheet| {
            let name = format!("{MODEL}{code}");
            let becomes = if sheet.said(&name).is_empty() { "1" } else { "" };
            sheet.say(&name, becomes.to_owned());
        });
    });
    view! {
        <Ticks name="models" legend=w::models hint=w::models_hint choices=choices ticked=ticked toggle=toggle />
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_framework_begins_with_headings_that_are_its_own() {
        let mut roadmap = Roadmap::empty(RoadmapId([9; 16]));
        let mut n = 0;
        for model in &MODELS {
            begin_with(&mut roadmap, model, || {
                n += 1;
                LineId([n; 16])
            });
        }
        assert_eq!(roadmap.frameworks.len(), 3);
        for framework in &roadmap.frameworks {
            assert!(roadmap.headings_of(framework.id).count() >= 4, "{}", framework.name);
            assert!(!framework.to_verify.is_empty(), "no convention has just these");
        }
    }
}
