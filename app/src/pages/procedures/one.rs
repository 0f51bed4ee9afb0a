//! One procedure: what holds today, what is being written, what was published before, and its episodes.

use leptos::prelude::*;
use maillon_shared::api::procedures::{ProcedureFile, RunRow};
use maillon_shared::domain::ids::{LineId, ProcedureId};
use maillon_shared::domain::procedure::{Procedure, ProcedureChange, ProcedureText, ProcedureVersion, StepCompared};
use maillon_shared::domain::time::PartialDate;
use maillon_shared::domain::travelling_sheet::SheetSource;

use super::ask_one;
use super::steps::{after_words, steps_shown};
use super::words::{at_words, edit, field_words, keep, kind_words, validation_words, value_words, version_words};
use crate::routes::{GroupRoute, ProcedureRoute, Route, SheetRoute};
use crate::session::write_soon;
use crate::ui::{Back, Conflicts, FieldsHistory, OnPaper, Paper, PrintButton, Title, load, when_loaded};
use crate::words::{Word, collective as c, events as e, groups, in_a_row, procedures as w};
use crate::{browser, when};

/// One procedure.
#[component]
pub fn ProcedurePage(id: ProcedureId) -> impl IntoView {
    let loaded = load(move || ask_one(id));
    view! {
        <Back to=Route::Procedures(ProcedureRoute::List(None)) label=w::title />
        {when_loaded(loaded, move |file| view! { <File file=file id=id /> })}
    }
}

#[component]
fn File(file: RwSignal<ProcedureFile>, id: ProcedureId) -> impl IntoView {
    let may_write = Memo::new(move |_| file.with(|file| file.may_write));
    let withdrawn = Memo::new(move |_| file.with(|file| file.procedure.withdrawn));
    let may_withdraw = Memo::new(move |_| may_write.get() && !withdrawn.get());
    let may_publish = Memo::new(move |_| {
        may_write.get() && file.with(|file| file.procedure.has_draft() && file.procedure.draft.is_complete())
    });
    let may_begin = Memo::new(move |_| !withdrawn.get() && file.with(|file| !file.procedure.versions.is_empty()));
    let withdraw = move |withdrawn: bool| write_soon(edit(id, vec![ProcedureChange::Withdrawn(withdrawn)]));
    let to = |route: ProcedureRoute| Route::Procedures(route).href();
    let paper = move || {
        let version = file.with(|file| file.procedure.current().next().map(|version| version.id))?;
        let href = Route::Sheets(SheetRoute::From(SheetSource::Procedure(id, version))).href();
        Some(view! { <a class="button" href=href>{w::make_sheet}</a> })
    };
    view! {
        <article class="procedure">
            <div class="heading">
                <div>
                    <Title>{move || file.with(|file| file.procedure.title().to_owned())}</Title>
                    <p class="detail">{move || file.with(told)}</p>
                </div>
                <a class="button" hidden=move || !may_write.get() href=to(ProcedureRoute::Edit(id))>
                    {c::change}
                </a>
            </div>
            <OnPaper paper=Paper::NamesNobody />
            {move || file.with(whose)}
            {move || file.with(|file| marks(&file.procedure, file.is_due))}
            <p class="state-note unprinted" hidden=move || !withdrawn.get()>
                {w::is_withdrawn} " " <button type="button" on:click=move |_| withdraw(false)>{c::take_up}</button>
            </p>
            <Conflicts
                conflicts=Signal::derive(move || file.with(|file| file.conflicts.clone()))
                name=|path: &str| field_words(path)
                value=|path: &str, value: &str| value_words(path, value)
                keep=move |path: &str, value: &str| keep(id, path, value)
                edit=Route::Procedures(ProcedureRoute::Edit(id))
            />
            <p class="acts unprinted">
                <Show when=move || may_begin.get()>
                    <a class="button main" href=to(ProcedureRoute::Begin(id, None))>{w::begin}</a>
                </Show>
                <Show when=move || may_publish.get()>
                    <a class="button" href=to(ProcedureRoute::Publish(id))>{w::publish}</a>
                </Show>
            </p>
            {move || file.with(body)}
            <div class="unprinted">
                <p class="acts">
                    <PrintButton label=w::print class="" />
                    {paper}
                    <Show when=move || may_withdraw.get()>
                        <button type="button" class="quiet" on:click=move |_| withdraw(true)>
                            {e::withdraw}
                        </button>
                    </Show>
                </p>
                <FieldsHistory
                    of=id.into()
                    name=field_words
                    value=|path: &str, value: &str| value_words(path, value)
                />
            </div>
        </article>
    }
}

fn told(file: &ProcedureFile) -> String {
    let procedure = &file.procedure;
    let number = match procedure.current().collect::<Vec<_>>()[..] {
        [] => w::never_published().to_owned(),
        [one] => version_words(one),
        [one, ..] => w::version_twice(one.number),
    };
    in_a_row([kind_words(&procedure.draft.kind), number])
}

/// The group whose it is.
fn whose(file: &ProcedureFile) -> Option<AnyView> {
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

/// What is to be looked at again, and what is to be verified.
fn marks(procedure: &Procedure, is_due: bool) -> AnyView {
    let review = procedure.review_on.map(|day| {
        let due = is_due.then(|| view! { <span class="tag late">{w::is_due}</span> " " });
        view! { <p class="detail">{due} {w::review_by(at_words(PartialDate::Day(day)))}</p> }
    });
    let doubt = procedure.to_verify.trim().to_owned();
    let doubt = (!doubt.is_empty()).then(|| {
        view! { <p class="detail"><span class="tag late">{w::verify_tag}</span> " " {doubt}</p> }
    });
    view! {
        {review}
        {doubt}
    }
    .into_any()
}

fn body(file: &ProcedureFile) -> AnyView {
    let procedure = &file.procedure;
    let current: Vec<&ProcedureVersion> = procedure.current().collect();
    let published = current.iter().map(|version| {
        let heading = match current.len() {
            1 => w::holds().to_owned(),
            _ => version_words(version),
        };
        view! { <section><h2>{heading}</h2>{text(&version.says)}</section> }
    });
    let double = (current.len() > 1).then(|| view! { <p class="state-note">{w::twice_how}</p> });
    let is_new = current.is_empty();
    let draft = procedure.has_draft().then(|| {
        let lead = if is_new { w::draft_lead as Word } else { w::draft_again as Word };
        view! {
            <section class:unprinted=!is_new>
                <h2>{w::draft_title}</h2>
                <p class="detail unprinted">{lead}</p>
                {text(&procedure.draft)}
            </section>
        }
    });
    let before = procedure.versions.iter().rev().map(|version| version_line(procedure, version));
    let versions = (!is_new).then(|| {
        view! {
            <section class="unprinted">
                <h2>{w::versions}</h2>
                <ul class="rows">{before.collect_view()}</ul>
            </section>
        }
    });
    view! {
        {double}
        {published.collect_view()}
        {draft}
        {versions}
        {(!is_new).then(|| runs(&file.runs))}
    }
    .into_any()
}

fn version_line(procedure: &Procedure, version: &ProcedureVersion) -> AnyView {
    let href = Route::Procedures(ProcedureRoute::Version(procedure.id, version.id)).href();
    view! {
        <li class="plain">
            <span class="row-head"><a class="who" href=href>{version_words(version)}</a></span>
            <span class="why">{version.changed.clone()}</span>
        </li>
    }
    .into_any()
}

/// Its episodes: a list, and nothing is counted.
fn runs(runs: &[RunRow]) -> AnyView {
    let line = |run: &RunRow| {
        let on = when::date(run.began_on, browser::today());
        let who = run.person.as_ref().map_or_else(|| w::about_nobody().to_owned(), |(_, name)| name.clone());
        let href = Route::Procedures(ProcedureRoute::Run(run.id)).href();
        view! {
            <li class="plain">
                <span class="row-head"><a class="who" href=href>{in_a_row([on, who])}</a></span>
                <span class="why">{in_a_row([w::version(run.number), run.words.clone()])}</span>
            </li>
        }
    };
    view! {
        <section class="unprinted">
            <h2>{w::runs}</h2>
            <p class="empty" hidden=!runs.is_empty()>{w::no_run}</p>
            <ul class="rows">{runs.iter().map(line).collect_view()}</ul>
        </section>
    }
    .into_any()
}

/// What a procedure says, to read.
pub fn text(says: &ProcedureText) -> AnyView {
    let purpose = says.purpose.trim().to_owned();
    let validated: Vec<String> = says.validations.iter().map(validation_words).collect();
    let authors = says.authors.trim().to_owned();
    view! {
        <p class="prose" hidden=purpose.is_empty()>{purpose.clone()}</p>
        {steps_shown(&says.steps)}
        <p class="detail" hidden=authors.is_empty()>{w::written_by(&authors)}</p>
        <p class="detail" hidden=validated.is_empty()>{w::validated_by(validated.join(", "))}</p>
    }
    .into_any()
}

/// One version, as it was published, and what changed in it.
#[component]
pub fn VersionPage(id: ProcedureId, version: LineId) -> impl IntoView {
    let loaded = load(move || ask_one(id));
    view! {
        <Back to=Route::Procedures(ProcedureRoute::One(id)) label=w::the_procedure />
        {when_loaded(loaded, move |file| view! { {move || file.with(|file| version_shown(&file.procedure, version))} })}
    }
}

fn version_shown(procedure: &Procedure, id: LineId) -> AnyView {
    let Some(version) = procedure.version(id) else {
        return view! { <Title>{w::versions}</Title><p class="empty">{w::no_version}</p> }.into_any();
    };
    let before = procedure.versions.iter().rev().find(|before| before.number < version.number);
    let compared = before.map(|before| {
        let lines = version.compared_to(before).into_iter().filter_map(compared_line).collect::<Vec<_>>();
        let same = lines.is_empty();
        view! {
            <section class="unprinted">
                <h2>{w::compared(before.number)}</h2>
                <p class="empty" hidden=!same>{w::same_steps}</p>
                <ul class="rows">{lines}</ul>
            </section>
        }
    });
    let title = version.says.title.clone();
    view! {
        <Title>{title}</Title>
        <p class="detail">{version_words(version)}</p>
        <OnPaper paper=Paper::NamesNobody />
        <p class="prose" hidden=version.changed.is_empty()>{version.changed.clone()}</p>
        {text(&version.says)}
        {compared}
        <p class="acts unprinted">
            <PrintButton label=w::print class="" />
        </p>
    }
    .into_any()
}

fn compared_line(compared: StepCompared<'_>) -> Option<AnyView> {
    let (tag, step, before): (Word, _, _) = match compared {
        StepCompared::Same(_) => return None,
        StepCompared::Came(step) => (w::step_came, step, None),
        StepCompared::Went(step) => (w::step_went, step, None),
        StepCompared::Changed { before, now } => (w::step_changed, now, Some(before)),
    };
    let said = |step: &maillon_shared::domain::procedure::ProcedureStep| {
        in_a_row([step.what.clone(), step.how.clone(), step.who.clone(), after_words(step.after)])
    };
    let before = before.map(|before| view! { <span class="why">{w::step_before(said(before))}</span> });
    let line = view! {
        <li class="plain">
            <span class="row-head"><span class="tag">{tag}</span> " " <span class="who">{said(step)}</span></span>
            {before}
        </li>
    };
    Some(line.into_any())
}
