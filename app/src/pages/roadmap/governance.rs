//! Who steers a roadmap: bodies with their mandates, what they decided, and with whom there is a convention.

use leptos::prelude::*;
use maillon_shared::api::roadmap::RoadmapFile;
use maillon_shared::domain::ids::{LineId, RoadmapId};
use maillon_shared::domain::roadmap::{
    Body, BodyKind, GovernanceDecision, Mandate, Partnership, RoadmapLines, Standing,
};

use super::ask_roadmap;
use super::follow::due_soon;
use super::one::whose;
use super::words::{add, body_kind_words, date_words, line_name, named, standing_words, to_verify};
use crate::browser;
use crate::pages::programme::words::{action_words, at_words};
use crate::routes::{RoadmapRoute, Route};
use crate::ui::{Back, OnPaper, Paper, PrintButton, Title, load, when_loaded};
use crate::words::{Word, in_a_row, roadmap as w};

/// The governance of a roadmap.
#[component]
pub fn GovernancePage(id: RoadmapId) -> impl IntoView {
    let loaded = load(move || ask_roadmap(id));
    view! {
        <Back to=Route::Roadmap(RoadmapRoute::One(id)) label=w::of_the_roadmap />
        {when_loaded(loaded, move |file| view! { <Shown file=file /> })}
    }
}

#[component]
fn Shown(file: RwSignal<RoadmapFile>) -> impl IntoView {
    view! {
        <article class="programme roadmap">
            <Title>{w::governance}</Title>
            <p class="detail">{move || file.with(|file| file.roadmap.about.title.clone())}</p>
            // Members are named on purpose: whoever holds the sheet knows how old it is, and that it is not left about.
            <OnPaper paper=Paper::NamesPeople />
            {move || file.with(whose)}
            {move || file.with(due_soon)}
            {move || file.with(bodies)}
            {move || file.with(decisions)}
            {move || file.with(partnerships)}
            <p class="acts unprinted">
                <PrintButton label=w::print_governance class="" />
            </p>
        </article>
    }
}

fn part(file: &RoadmapFile, title: Word, none: Word, lines: RoadmapLines, rows: Vec<AnyView>) -> AnyView {
    let no_row = rows.is_empty();
    let add_one = file.may_write.then(|| add(file.roadmap.id, lines, None));
    view! {
        <section>
            <h2>{title}</h2>
            <p class="empty" hidden=!no_row>{none}</p>
            <ul class="rows" hidden=no_row>{rows}</ul>
            <p class="acts unprinted">{add_one}</p>
        </section>
    }
    .into_any()
}

fn bodies(file: &RoadmapFile) -> AnyView {
    let roadmap = &file.roadmap;
    let mandates = |body: Option<LineId>| -> Vec<AnyView> {
        roadmap.mandates_of(body).map(|mandate| mandate_line(file, mandate)).collect()
    };
    let body = |body: &Body| {
        let members = mandates(Some(body.id));
        let no_member = members.is_empty();
        let kind = if body.kind == BodyKind::NotSaid { String::new() } else { body_kind_words(&body.kind) };
        let words = body.words.trim().to_owned();
        let add_one = file.may_write.then(|| add(roadmap.id, RoadmapLines::Mandates, Some(body.id)));
        view! {
            <h3>{named(file, RoadmapLines::Bodies, body.id, &body.title)}</h3>
            <p class="detail">{kind}</p>
            <p class="prose" hidden=words.is_empty()>{words.clone()}</p>
            <p class="detail" hidden=!no_member>{w::no_mandate}</p>
            <ul class="rows" hidden=no_member>{members}</ul>
            <p class="acts unprinted">{add_one}</p>
        }
        .into_any()
    };
    let none = roadmap.bodies.is_empty();
    let alone = mandates(None);
    let alone = (!alone.is_empty()).then(|| view! { <h3>{w::without_body}</h3><ul class="rows">{alone}</ul> });
    let add_one = file.may_write.then(|| add(roadmap.id, RoadmapLines::Bodies, None));
    view! {
        <section>
            <h2>{w::bodies}</h2>
            <p class="empty" hidden=!none>{w::no_body}</p>
            {roadmap.bodies.iter().map(body).collect_view()}
            {alone}
            <p class="acts unprinted">{add_one}</p>
        </section>
    }
    .into_any()
}

fn mandate_line(file: &RoadmapFile, mandate: &Mandate) -> AnyView {
    let today = browser::today();
    let standing = mandate.standing(today);
    let is_late = standing.ends_soon(today).is_some() || matches!(standing, Standing::Ended(_));
    let since = mandate.begins.map(at_words).unwrap_or_default();
    view! {
        <li class="plain">
            <span class="row-head">
                {named(file, RoadmapLines::Mandates, mandate.id, file.who(mandate.who_entry, &mandate.who))} " "
                <span class="tag" class:late=is_late>{standing_words(standing)}</span>
            </span>
            <span class="why">{in_a_row([mandate.role.clone(), since])}</span>
        </li>
    }
    .into_any()
}

fn decisions(file: &RoadmapFile) -> AnyView {
    let mut all: Vec<&GovernanceDecision> = file.roadmap.decisions.iter().collect();
    all.sort_by_key(|line| (std::cmp::Reverse(line.on.map(|on| on.latest())), line.id));
    let line = |line: &&GovernanceDecision| {
        let body = line.body.and_then(|id| line_name(RoadmapLines::Bodies, id, file)).unwrap_or_default();
        let due = line.due.map(|due| w::due_by(at_words(due))).unwrap_or_default();
        let follow_up = in_a_row([line.follow_up.clone(), due]);
        // A decision that asks for nothing has nothing to be done of.
        let state = (!follow_up.is_empty()).then(|| view! { <span class="tag">{action_words(&line.state)}</span> });
        view! {
            <li class="plain">
                <span class="row-head">
                    {named(file, RoadmapLines::Decisions, line.id, &line.text)} " " {state}
                </span>
                <span class="why">{in_a_row([date_words(line.on), body])}</span>
                <span class="why prose">{follow_up}</span>
            </li>
        }
        .into_any()
    };
    part(file, w::decisions, w::no_decision, RoadmapLines::Decisions, all.iter().map(line).collect())
}

fn partnerships(file: &RoadmapFile) -> AnyView {
    let today = browser::today();
    let line = |line: &Partnership| {
        let standing = line.standing(today);
        let is_late = standing.ends_soon(today).is_some() || matches!(standing, Standing::Ended(_));
        let signed = match line.signed {
            Some(signed) => w::signed_on(at_words(signed)),
            None => w::not_signed().to_owned(),
        };
        let renew = if is_late { w::renew() } else { "" };
        let told = line.told_standing(today).map(standing_words);
        let tag = told.map(|told| view! { <span class="tag" class:late=is_late>{told}</span> });
        view! {
            <li class="plain">
                <span class="row-head">
                    {named(file, RoadmapLines::Partnerships, line.id, file.who(line.who_entry, &line.who))} " " {tag}
                </span>
                <span class="why prose">{line.object.clone()}</span>
                <span class="why">{in_a_row([signed.as_str(), renew])}</span>
                {to_verify(&line.to_verify)}
            </li>
        }
        .into_any()
    };
    let rows = file.roadmap.partnerships.iter().map(line).collect();
    part(file, w::partnerships, w::no_partnership, RoadmapLines::Partnerships, rows)
}
