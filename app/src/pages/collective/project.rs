//! One collective project: a page to show, which is also what is printed.

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::collective::{CollectiveWrite, ProjectFile};
use maillon_shared::api::groups::GroupRequest;
use maillon_shared::domain::collective::{Indicator, Partner, ProjectChange, ProjectStep, ProjectTick};
use maillon_shared::domain::ids::CollectiveId;
use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::travelling_sheet::SheetSource;
use wasm_bindgen_futures::spawn_local;

use super::ask_project;
use super::words::{count_words, edit, field_words, keep, list_of, stage_words, value_words};
use crate::lists::label;
use crate::routes::{self, CollectiveRoute, GroupRoute, Route, SheetRoute};
use crate::session::{write, write_soon};
use crate::ui::{Back, Conflicts, FieldsHistory, OnPaper, Paper, PrintButton, Title, load, when_loaded};
use crate::words::{Word, collective as w, groups, in_a_row, travelling};
use crate::{browser, when};

/// One project.
#[component]
pub fn ProjectPage(id: CollectiveId) -> impl IntoView {
    let loaded = load(move || ask_project(id));
    view! {
        <Back to=Route::Collective(CollectiveRoute::List) label=w::title />
        {when_loaded(loaded, move |file| view! { <File file=file id=id /> })}
    }
}

#[component]
fn File(file: RwSignal<ProjectFile>, id: CollectiveId) -> impl IntoView {
    let goes_on = Memo::new(move |_| file.with(|file| file.project.goes_on()));
    let withdrawn = Memo::new(move |_| file.with(|file| file.project.withdrawn));
    let may_write = Memo::new(move |_| file.with(|file| file.may_write && file.project.moved_to.is_none()));
    let goes_on = Memo::new(move |_| goes_on.get() && may_write.get());
    let may_share =
        Memo::new(move |_| goes_on.get() && file.with(|file| file.group.is_none() && !file.groups.is_empty()));
    let is_common = Memo::new(move |_| file.with(|file| file.group.is_some()));
    let has_indicators = Memo::new(move |_| file.with(|file| !file.project.indicators.is_empty()));
    let next_year = move |_| {
        let year = file.with_untracked(|file| file.project.year).unwrap_or_else(this_year).max(this_year() - 1) + 1;
        let again = CollectiveId(browser::random_id());
        spawn_local(async move {
            let request = CollectiveWrite::NextYear { id: again, of: id, year };
            if write(Request::WriteCollective(Box::new(request))).await.is_ok() {
                routes::go(&Route::Collective(CollectiveRoute::Project(again)));
            }
        });
    };
    let take_copy = move |_| {
        let copy = CollectiveId(browser::random_id());
        spawn_local(async move {
            let request = GroupRequest::CopyProject { project: id, id: copy };
            if write(Request::Group(Box::new(request))).await.is_ok() {
                routes::go(&Route::Collective(CollectiveRoute::Project(copy)));
            }
        });
    };
    let withdraw = move |withdrawn: bool| write_soon(edit(id, vec![ProjectChange::Withdrawn(withdrawn)]));
    view! {
        <article class="collective-project">
            <div class="heading">
                <div>
                    <Title>{move || file.with(|file| file.project.title.clone())}</Title>
                    <p class="detail">{move || file.with(told)}</p>
                </div>
                <a
                    class="button"
                    hidden=move || !may_write.get()
                    href=Route::Collective(CollectiveRoute::Edit(id)).href()
                >
                    {w::change}
                </a>
            </div>
            <OnPaper paper=Paper::NamesNobody />
            {move || file.with(whose)}
            <p class="state-note unprinted" hidden=move || !withdrawn.get()>
                {w::is_withdrawn} " " <button type="button" on:click=move |_| withdraw(false)>{w::take_up}</button>
            </p>
            {move || file.with(years)}
            <Conflicts
                conflicts=Signal::derive(move || file.with(|file| file.conflicts.clone()))
                name=field_words
                value=value_words
                keep=move |path: &str, value: &str| keep(id, path, value)
                edit=Route::Collective(CollectiveRoute::Edit(id))
            />
            {move || file.with(body)}
            <div class="unprinted">
                <p class="acts">
                    <PrintButton label=w::print class="" />
                    <a class="button" href=Route::Sheets(SheetRoute::From(SheetSource::Project(id))).href()>
                        {travelling::make}
                    </a>
                    <Show when=move || goes_on.get() && has_indicators.get()>
                        <a class="button" href=Route::Collective(CollectiveRoute::Measure(id)).href()>
                            {w::measure_new}
                        </a>
                    </Show>
                    <Show when=move || goes_on.get()>
                        <a class="button" href=Route::Collective(CollectiveRoute::Close(id)).href()>{w::close}</a>
                    </Show>
                    <Show when=move || may_share.get()>
                        <a class="button" href=Route::Groups(GroupRoute::Share(id)).href()>{groups::share}</a>
                    </Show>
                    <Show when=move || is_common.get()>
                        <button type="button" on:click=take_copy>{groups::take_copy}</button>
                    </Show>
                    <Show when=move || {
                        may_write.get() && !withdrawn.get() && file.with(|file| file.followed_by.is_none())
                    }>
                        <button type="button" on:click=next_year>{w::next_year}</button>
                    </Show>
                    <Show when=move || goes_on.get()>
                        <button type="button" class="quiet" on:click=move |_| withdraw(true)>{w::withdraw}</button>
                    </Show>
                </p>
                <FieldsHistory of=id.into() name=field_words value=value_words />
            </div>
        </article>
    }
}

/// The group whose it is, or the common one that it became.
fn whose(file: &ProjectFile) -> Option<AnyView> {
    if let Some((id, title)) = file.moved_to.clone() {
        let href = Route::Collective(CollectiveRoute::Project(id)).href();
        return Some(view! { <p class="state-note">{groups::moved} " " <a href=href>{title}</a></p> }.into_any());
    }
    let (id, name) = file.group.clone()?;
    let name = if name.is_empty() { groups::nameless().to_owned() } else { name };
    let lead = if file.may_write { groups::is_common_lead } else { groups::read_only };
    let href = Route::Groups(GroupRoute::One(id)).href();
    let common = view! {
        <p class="state-note">
            <a href=href>{groups::is_common(&name)}</a> " " <span class="unprinted">{lead}</span>
        </p>
    };
    Some(common.into_any())
}

fn this_year() -> i32 {
    chrono::Datelike::year(&browser::today())
}

fn told(file: &ProjectFile) -> String {
    let project = &file.project;
    let state = match project.closed_on {
        Some(day) => w::closed_on(when::day(day, browser::today())),
        None => stage_words(&project.stage),
    };
    in_a_row([project.year.map(|year| year.to_string()).unwrap_or_default(), state, project.axis.clone()])
}

/// The same project, the year before and the year after.
fn years(file: &ProjectFile) -> Option<impl IntoView + use<>> {
    let link = |other: &Option<(CollectiveId, String)>, word: fn(String) -> String| {
        other.clone().map(|(id, title)| {
            let href = Route::Collective(CollectiveRoute::Project(id)).href();
            view! { <a href=href>{word(title)}</a> " " }
        })
    };
    let any = file.follows.is_some() || file.followed_by.is_some();
    any.then(|| {
        view! {
            <p class="detail unprinted">
                {link(&file.follows, w::follows)} {link(&file.followed_by, w::followed_by)}
            </p>
        }
    })
}

fn body(file: &ProjectFile) -> AnyView {
    let project = &file.project;
    let prose = |title: Word, text: &str| {
        let text = text.trim().to_owned();
        (!text.is_empty()).then(|| view! { <section><h2>{title}</h2><p class="prose">{text}</p></section> })
    };
    let ticked = |tick: ProjectTick| {
        let list: ListId = list_of(&tick);
        project.ticked(&tick).iter().map(|item| label(list, item).to_owned()).collect::<Vec<_>>()
    };
    let mut publics = ticked(ProjectTick::Public);
    publics.extend(Some(project.public.clone()).filter(|public| !public.trim().is_empty()));
    let named = file.name_of(project.carrier_entry);
    let carrier = if named.is_empty() { project.carrier.clone() } else { named.to_owned() };
    let communes: Vec<String> = project.communes.values().cloned().collect();
    let facts = [
        (w::publics as Word, publics.join(", ")),
        (w::communes, communes.join(", ")),
        (w::carrier, carrier),
        (w::place, project.place.clone()),
        (w::ottawa, ticked(ProjectTick::Ottawa).join(", ")),
        (w::determinants, ticked(ProjectTick::Determinant).join(", ")),
        (w::means, project.means.clone()),
    ];
    let facts: Vec<_> = facts.into_iter().filter(|(_, value)| !value.trim().is_empty()).collect();
    let no_fact = facts.is_empty();
    let is_bare = no_fact && project.texts().iter().filter(|text| !text.trim().is_empty()).count() <= 1;
    view! {
        <p class="empty unprinted" hidden=!is_bare>{w::nothing_yet}</p>
        {needs(file)}
        {prose(w::aim, &project.aim)}
        <dl class="facts" hidden=no_fact>
            {facts
                .into_iter()
                .map(|(name, value)| view! { <div><dt>{name}</dt><dd class="prose">{value}</dd></div> })
                .collect_view()}
        </dl>
        {partners(file)}
        {steps(file)}
        {indicators(file)}
        {prose(w::evaluation_words, &project.evaluation)}
        {prose(w::transferability, &project.transferability)}
        {prose(w::learnt, &project.learnt)}
    }
    .into_any()
}

fn needs(file: &ProjectFile) -> Option<impl IntoView + use<>> {
    let needs = file.project.needs.clone();
    (!needs.is_empty()).then(|| {
        let line = |need: maillon_shared::domain::collective::ProjectNeed| {
            let topic = label(ListId::RequestTopics, need.topic()).to_owned();
            view! { <li>{in_a_row([topic, count_words(need.persons()), need.period.clone()])}</li> }
        };
        view! {
            <section>
                <h2>{w::needs}</h2>
                <ul class="plain-list">{needs.into_iter().map(line).collect_view()}</ul>
            </section>
        }
    })
}

fn partners(file: &ProjectFile) -> Option<impl IntoView + use<>> {
    let line = |partner: &Partner| {
        let named = file.name_of(partner.entry);
        let name = if named.is_empty() { partner.name.clone() } else { named.to_owned() };
        view! { <li>{in_a_row([name, partner.brings.clone()])}</li> }
    };
    let lines: Vec<_> = file.project.partners.iter().map(line).collect();
    (!lines.is_empty()).then(|| {
        view! {
            <section>
                <h2>{w::partners}</h2>
                <ul class="plain-list">{lines}</ul>
            </section>
        }
    })
}

fn steps(file: &ProjectFile) -> Option<impl IntoView + use<>> {
    let (id, today, goes_on) = (file.project.id, browser::today(), file.project.goes_on());
    let mut steps: Vec<ProjectStep> = file.project.steps.clone();
    steps.sort_by_key(|step| (step.due.is_none(), step.due, step.id));
    let line = move |step: ProjectStep| {
        let line = step.id;
        let done = step.done_on;
        let set = move |day: Option<chrono::NaiveDate>| {
            move |_| write_soon(edit(id, vec![ProjectChange::StepDone(line, day)]))
        };
        let due = step.due.map(|due| when::day(due, today)).unwrap_or_default();
        let late = step.due.is_some_and(|due| due < today) && done.is_none() && goes_on;
        let told = match done {
            Some(day) => w::done_on(when::day(day, today)),
            None => due,
        };
        let act = goes_on.then(|| match done {
            None => view! { <button type="button" on:click=set(Some(today))>{w::step_done}</button> }.into_any(),
            Some(_) => {
                view! { <button type="button" class="quiet" on:click=set(None)>{w::step_not_done}</button> }.into_any()
            }
        });
        view! {
            <li class="plain" class:done=done.is_some()>
                <span class="row-head">
                    <span class="who">{step.what}</span>
                    {late.then(|| view! { <span class="tag late">{w::is_late()}</span> })}
                </span>
                <span class="why">{in_a_row([told, step.owner])}</span>
                <span class="acts">{act}</span>
            </li>
        }
    };
    (!steps.is_empty()).then(|| {
        view! {
            <section>
                <h2>{w::calendar}</h2>
                <ul class="rows">{steps.into_iter().map(line).collect_view()}</ul>
            </section>
        }
    })
}

fn indicators(file: &ProjectFile) -> Option<impl IntoView + use<>> {
    let project = &file.project;
    let row = |indicator: &Indicator| {
        let value = |value: &maillon_shared::domain::collective::IndicatorValue| {
            let day = value.day.map(when::figures).unwrap_or_default();
            let told = in_a_row([format!("{} {}", value.amount, indicator.unit), day, value.source.clone()]);
            let doubt = (!value.to_verify.trim().is_empty()).then(|| {
                let words = w::to_verify(value.to_verify.clone());
                view! { " " <span class="tag late">{words}</span> }
            });
            view! { <li>{told} {doubt}</li> }
        };
        let values: Vec<_> = project.values_of(indicator.id).into_iter().map(value).collect();
        let target = match indicator.target.trim() {
            "" => String::new(),
            target => format!("{target} {}", indicator.unit),
        };
        let none = values.is_empty();
        view! {
            <tr>
                <th scope="row">{indicator.name.clone()}</th>
                <td>{target}</td>
                <td>
                    <ul class="plain-list" hidden=none>{values}</ul>
                    <span hidden=!none>{w::not_measured}</span>
                </td>
            </tr>
        }
    };
    let rows: Vec<_> = project.indicators.iter().map(row).collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section>
                <h2 id="indicators">{w::indicators}</h2>
                <div class="table" role="region" aria-labelledby="indicators" tabindex="0">
                    <table>
                        <thead>
                            <tr>
                                <th scope="col">{w::indicator_name}</th>
                                <th scope="col">{w::indicator_target}</th>
                                <th scope="col">{w::measured}</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </section>
        }
    })
}
