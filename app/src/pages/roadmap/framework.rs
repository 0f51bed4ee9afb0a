//! The frameworks of the funders: what counts in each, and one of them as its funder reads it, on a sheet of its own.

use leptos::prelude::*;
use maillon_shared::api::roadmap::RoadmapFile;
use maillon_shared::domain::ids::{LineId, RoadmapId};
use maillon_shared::domain::roadmap::{Framework, RoadmapAction, RoadmapLines};

use super::ask_roadmap;
use super::money::{MoneyRow, money_table};
use super::one::whose;
use super::words::{add, counts_words, horizon_words, named, or_unnamed, to_verify};
use crate::pages::programme::words::{action_words, span_words};
use crate::routes::{RoadmapRoute, Route};
use crate::ui::{Back, OnPaper, Paper, PrintButton, Title, load, when_loaded};
use crate::words::{collective as c, in_a_row, roadmap as w};

/// The frameworks with the sums of each. They do not add up: an action may be in several.
pub fn frameworks(file: &RoadmapFile) -> AnyView {
    let roadmap = &file.roadmap;
    let row = |framework: &Framework| {
        let href = Route::Roadmap(RoadmapRoute::Framework(roadmap.id, framework.id)).href();
        let view = roadmap.in_framework(framework.id);
        let name = view! {
            <a class="who" href=href>{or_unnamed(&framework.name)}</a>
            <span class="why">{in_a_row([framework.funder.clone(), counts_words(view.states)])}</span>
            {to_verify(&framework.to_verify)}
        };
        MoneyRow::sums(name.into_any(), view.totals)
    };
    let rows: Vec<MoneyRow> = roadmap.frameworks.iter().map(row).collect();
    let none = rows.is_empty();
    let in_none = u32::try_from(roadmap.in_no_framework().count()).unwrap_or(u32::MAX);
    let table = (!none).then(|| money_table("frameworks", w::framework, rows, None));
    let add_one = file.may_write.then(|| add(roadmap.id, RoadmapLines::Frameworks, None));
    // Theirs was taken away, or nobody said which: they are here to be put under another.
    let alone = roadmap.headings_of_none().map(|line| named(file, RoadmapLines::Headings, line.id, &line.title));
    let alone: Vec<_> = alone.map(|name| view! { <li class="plain">{name}</li> }).collect();
    let alone = (!alone.is_empty()).then(|| view! { <h3>{w::without_framework}</h3><ul class="rows">{alone}</ul> });
    view! {
        <section aria-labelledby="frameworks" class:unprinted=none>
            <h2 id="frameworks">{w::frameworks}</h2>
            <p class="empty" hidden=!none>{w::no_framework}</p>
            {table}
            <p class="detail" hidden=none>{w::frameworks_once}</p>
            <p class="detail" hidden=none || in_none == 0>{w::in_none(in_none)}</p>
            {alone}
            <p class="acts unprinted">{add_one}</p>
        </section>
    }
    .into_any()
}

/// One framework.
#[component]
pub fn FrameworkPage(id: RoadmapId, line: LineId) -> impl IntoView {
    let loaded = load(move || ask_roadmap(id));
    view! {
        <Back to=Route::Roadmap(RoadmapRoute::One(id)) label=w::of_the_roadmap />
        {when_loaded(loaded, move |file| view! { <Shown file=file line=line /> })}
    }
}

#[component]
fn Shown(file: RwSignal<RoadmapFile>, line: LineId) -> impl IntoView {
    let name = move || {
        file.with(|file| {
            let framework = file.roadmap.frameworks.iter().find(|one| one.id == line);
            framework.map_or_else(|| w::gone().to_owned(), |framework| or_unnamed(&framework.name))
        })
    };
    view! {
        <article class="programme roadmap">
            <Title>{name}</Title>
            <OnPaper paper=Paper::NamesNobody />
            {move || file.with(|file| body(file, line))}
            <p class="acts unprinted">
                <PrintButton label=w::print_framework class="" />
            </p>
        </article>
    }
}

fn body(file: &RoadmapFile, line: LineId) -> Option<AnyView> {
    let roadmap = &file.roadmap;
    let framework = roadmap.frameworks.iter().find(|one| one.id == line)?;
    let view = roadmap.in_framework(line);
    let about = &roadmap.about;
    let told = in_a_row([about.title.clone(), horizon_words(about.from, about.until), framework.funder.clone()]);
    let words = framework.words.trim().to_owned();
    let headings = view.headings.iter().map(|(heading, actions)| {
        let rows: Vec<AnyView> = actions.iter().map(|action| action_line(file, action)).collect();
        let none = rows.is_empty();
        view! {
            <h3>{named(file, RoadmapLines::Headings, heading.id, &heading.title)}</h3>
            <p class="detail" hidden=!none>{w::framework_empty}</p>
            <ul class="rows" hidden=none>{rows}</ul>
        }
        .into_any()
    });
    let no_heading = view.headings.is_empty();
    let rows: Vec<MoneyRow> = view
        .actions
        .iter()
        .map(|action| MoneyRow::amounts(view! { <span>{or_unnamed(&action.title)}</span> }.into_any(), action))
        .collect();
    let money = (!rows.is_empty()).then(|| {
        view! {
            <section aria-labelledby="framework-money">
                <h2 id="framework-money">{w::money}</h2>
                {money_table("framework-money", w::actions, rows, Some(view.totals))}
                <p class="detail">{w::framework_once} " " {w::money_not_zero}</p>
                <p class="detail" hidden=view.states.dropped == 0>{w::dropped_counts}</p>
            </section>
        }
    });
    let to_edit = Route::Roadmap(RoadmapRoute::Line(roadmap.id, RoadmapLines::Frameworks, line)).href();
    let acts = file.may_write.then(|| {
        view! {
            <p class="acts unprinted">
                <a class="button" href=to_edit>{c::change}</a> " "
                {add(roadmap.id, RoadmapLines::Headings, Some(line))}
            </p>
        }
    });
    let shown = view! {
        <p class="detail">{told}</p>
        {whose(file)}
        <p class="prose" hidden=words.is_empty()>{words.clone()}</p>
        {to_verify(&framework.to_verify)}
        {acts}
        <section aria-labelledby="in-framework">
            <h2 id="in-framework">{w::in_framework}</h2>
            <p class="detail">{counts_words(view.states)}</p>
            <p class="empty unprinted" hidden=!no_heading>{w::no_heading}</p>
            {headings.collect_view()}
        </section>
        {money}
    };
    Some(shown.into_any())
}

fn action_line(file: &RoadmapFile, action: &RoadmapAction) -> AnyView {
    let who = file.who(action.who_entry, &action.who).to_owned();
    view! {
        <li class="plain">
            <span class="row-head">
                {named(file, RoadmapLines::Actions, action.id, &action.title)} " "
                <span class="tag">{action_words(&action.state)}</span>
            </span>
            <span class="why">{in_a_row([span_words(action.begins, action.ends), who])}</span>
            {to_verify(&action.to_verify)}
        </li>
    }
    .into_any()
}
