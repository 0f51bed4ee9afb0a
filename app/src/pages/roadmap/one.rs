//! One roadmap: a page to show, which is also what is printed. What is counted is actions by how they stand, never anyone.

use leptos::prelude::*;
use maillon_shared::api::roadmap::RoadmapFile;
use maillon_shared::domain::ids::{LineId, RoadmapId};
use maillon_shared::domain::roadmap::{Objective, RoadmapAction, RoadmapChange, RoadmapLines, StateCounts};

use super::ask_roadmap;
use super::follow::{deviations, due_soon, indicators, measures_alone};
use super::framework::frameworks;
use super::money::by_axis;
use super::words::{
    add, counts_words, edit, field_words, field_words_in, form_of, horizon_words, keep, named, or_unnamed,
    places_words, project_words, to_verify, value_words,
};
use crate::pages::programme::words::{action_words, euros, span_words};
use crate::routes::{GroupRoute, RoadmapRoute, Route};
use crate::session::write_soon;
use crate::ui::{Back, Conflicts, FieldsHistory, OnPaper, Paper, PrintButton, Title, load, when_loaded};
use crate::words::{Word, collective as c, events as e, groups, in_a_row, roadmap as w};

/// One roadmap.
#[component]
pub fn RoadmapPage(id: RoadmapId) -> impl IntoView {
    let loaded = load(move || ask_roadmap(id));
    view! {
        <Back to=Route::Roadmap(RoadmapRoute::List) label=w::title />
        {when_loaded(loaded, move |file| view! { <File file=file id=id /> })}
    }
}

#[component]
fn File(file: RwSignal<RoadmapFile>, id: RoadmapId) -> impl IntoView {
    let may_write = Memo::new(move |_| file.with(|file| file.may_write));
    let withdrawn = Memo::new(move |_| file.with(|file| file.roadmap.withdrawn));
    let may_withdraw = Memo::new(move |_| may_write.get() && !withdrawn.get());
    let withdraw = move |withdrawn: bool| write_soon(edit(id, vec![RoadmapChange::Withdrawn(withdrawn)]));
    let to = |route: RoadmapRoute| Route::Roadmap(route).href();
    let heading = move |path: &str| file.with_untracked(|file| field_words_in(path, file));
    let value = move |path: &str, value: &str| file.with_untracked(|file| value_words(path, value, file));
    let years = move || file.with(|file| horizon_words(file.roadmap.about.from, file.roadmap.about.until));
    view! {
        <article class="programme roadmap">
            <div class="heading">
                <div>
                    <Title>{move || file.with(|file| or_unnamed(&file.roadmap.about.title))}</Title>
                    <p class="detail">{years}</p>
                </div>
                <a class="button" hidden=move || !may_write.get() href=to(RoadmapRoute::Edit(id))>
                    {c::change}
                </a>
            </div>
            <OnPaper paper=Paper::NamesNobody />
            {move || file.with(whose)}
            <p class="state-note unprinted" hidden=move || !withdrawn.get()>
                {w::is_withdrawn} " " <button type="button" on:click=move |_| withdraw(false)>{c::take_up}</button>
            </p>
            <Conflicts
                conflicts=Signal::derive(move || file.with(|file| file.conflicts.clone()))
                name=heading
                value=value
                keep=move |path: &str, value: &str| keep(id, path, value)
                edit=Route::Roadmap(RoadmapRoute::Edit(id))
                edit_of=Callback::new(move |path: String| form_of(id, &path))
            />
            {move || file.with(body)}
            <div class="unprinted">
                <p class="acts">
                    <PrintButton label=w::print class="" />
                    <a class="button" href=to(RoadmapRoute::Governance(id))>{w::see_governance}</a>
                    <Show when=move || may_withdraw.get()>
                        <button type="button" class="quiet" on:click=move |_| withdraw(true)>
                            {e::withdraw}
                        </button>
                    </Show>
                </p>
                <FieldsHistory of=id.into() name=field_words value=value />
            </div>
        </article>
    }
}

/// The group whose it is.
pub fn whose(file: &RoadmapFile) -> Option<AnyView> {
    let (id, name) = file.group.clone()?;
    let name = if name.is_empty() { groups::nameless().to_owned() } else { name };
    let lead = if file.may_write { groups::is_common_lead } else { groups::read_only as Word };
    let href = Route::Groups(GroupRoute::One(id)).href();
    let common = view! {
        <p class="state-note">
            <a href=href>{groups::is_common(&name)}</a> " " <span class="unprinted">{lead}</span>
        </p>
    };
    Some(common.into_any())
}

fn body(file: &RoadmapFile) -> AnyView {
    let roadmap = &file.roadmap;
    let aim = roadmap.about.aim.trim().to_owned();
    let aim = (!aim.is_empty()).then(|| view! { <section><h2>{w::aim}</h2><p class="prose">{aim}</p></section> });
    let measures = measures_alone(file);
    let is_bare = roadmap.axes.is_empty() && roadmap.actions.is_empty() && roadmap.objectives.is_empty();
    let is_bare = is_bare && roadmap.indicators.is_empty() && measures.is_none();
    view! {
        {aim}
        // It names members and quotes decisions, which the sheet of the governance does and this one does not.
        <div class="unprinted">{due_soon(file)}</div>
        <section aria-labelledby="axes">
            <h2 id="axes">{w::axes}</h2>
            <p class="detail" hidden=is_bare>{counts_words(StateCounts::of(&roadmap.actions))}</p>
            <p class="empty unprinted" hidden=!is_bare>{w::nothing_yet}</p>
            {roadmap.axes.iter().map(|axis| axis_part(file, Some(axis.id))).collect_view()}
            {axis_part(file, None)}
            {measures}
            <p class="acts unprinted">
                {file.may_write.then(|| add(roadmap.id, RoadmapLines::Axes, None))}
            </p>
        </section>
        {by_axis(roadmap)}
        {frameworks(file)}
        {deviations(file)}
    }
    .into_any()
}

/// An axis with its objectives; of none, what serves no axis that is there, if there is any.
fn axis_part(file: &RoadmapFile, axis: Option<LineId>) -> Option<AnyView> {
    let roadmap = &file.roadmap;
    let held = axis.and_then(|id| roadmap.axes.iter().find(|one| one.id == id));
    let objectives: Vec<AnyView> =
        roadmap.objectives_of(axis).map(|objective| objective_part(file, Some(objective))).collect();
    let alone = if axis.is_none() { objective_part(file, None) } else { ().into_any() };
    if held.is_none() {
        let has_alone = roadmap.actions_of(None).next().is_some() || roadmap.indicators_of(None).next().is_some();
        let is_there = has_alone || !objectives.is_empty();
        return is_there.then(|| view! { <h3>{w::no_axis}</h3> {objectives} {alone} }.into_any());
    }
    let axis = held?;
    let actions = roadmap.actions.iter().filter(|action| roadmap.axis_of_action(action) == Some(axis.id));
    let counts = counts_words(StateCounts::of(actions));
    let words = axis.words.trim().to_owned();
    let add_one = file.may_write.then(|| add(roadmap.id, RoadmapLines::Objectives, Some(axis.id)));
    let shown = view! {
        <div class="axis">
            <h3>{named(file, RoadmapLines::Axes, axis.id, &axis.title)}</h3>
            <p class="detail">{counts}</p>
            <p class="prose" hidden=words.is_empty()>{words.clone()}</p>
            {objectives}
            <p class="acts unprinted">{add_one}</p>
        </div>
    };
    Some(shown.into_any())
}

/// An objective with its actions and indicators; of none, what has no objective that is there.
fn objective_part(file: &RoadmapFile, objective: Option<&Objective>) -> AnyView {
    let id = objective.map(|objective| objective.id);
    let actions: Vec<AnyView> = file.roadmap.actions_of(id).map(|action| action_line(file, action)).collect();
    let measured = indicators(file, id);
    if objective.is_none() && actions.is_empty() && measured.is_none() {
        return ().into_any();
    }
    let title = match objective {
        Some(one) => named(file, RoadmapLines::Objectives, one.id, &one.title),
        None => view! { <span>{w::no_objective}</span> }.into_any(),
    };
    let words = objective.map(|one| one.words.trim().to_owned()).unwrap_or_default();
    let no_action = actions.is_empty();
    let acts = file.may_write.then(|| {
        view! {
            {add(file.roadmap.id, RoadmapLines::Actions, id)} " "
            {add(file.roadmap.id, RoadmapLines::Indicators, id)}
        }
    });
    view! {
        <div class="objective">
            <h4>{title}</h4>
            <p class="prose" hidden=words.is_empty()>{words.clone()}</p>
            <p class="detail" hidden=!no_action>{w::no_action}</p>
            <ul class="rows" hidden=no_action>{actions}</ul>
            {measured}
            <p class="acts unprinted">{acts}</p>
        </div>
    }
    .into_any()
}

fn action_line(file: &RoadmapFile, action: &RoadmapAction) -> AnyView {
    let who = file.who(action.who_entry, &action.who).to_owned();
    let told = in_a_row([span_words(action.begins, action.ends), who, places_words(action.places.values())]);
    let counted: Vec<String> =
        file.roadmap.frameworks_of(action).map(|framework| or_unnamed(&framework.name)).collect();
    let amount = |word: Word, cents| match cents {
        Some(cents) => format!("{} {}", word(), euros(cents)),
        None => String::new(),
    };
    let money = in_a_row([
        amount(w::planned, action.planned),
        amount(w::committed, action.committed),
        amount(w::spent, action.spent),
        counted.join(", "),
    ]);
    let project = action.project.map(|id| project_words(id, file)).unwrap_or_default();
    let words = action.words.trim().to_owned();
    view! {
        <li class="plain">
            <span class="row-head">
                {named(file, RoadmapLines::Actions, action.id, &action.title)} " "
                <span class="tag">{action_words(&action.state)}</span>
            </span>
            <span class="why">{told}</span>
            <span class="why prose" hidden=words.is_empty()>{words.clone()}</span>
            <span class="why">{money}</span>
            <span class="why">{project}</span>
            {to_verify(&action.to_verify)}
        </li>
    }
    .into_any()
}
