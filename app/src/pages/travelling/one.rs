//! One sheet: written here, or as it came from another territory. What is shown is what is printed.

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::sheets::{ReceivedFile, SheetFile, SheetWrite};
use maillon_shared::domain::clues::Weight;
use maillon_shared::domain::ids::{ReceivedSheetId, SheetId};
use maillon_shared::domain::travelling_sheet::{
    Provenance, SheetChange, SheetField, SheetSource, SheetText, TravellingSheet,
};

use super::list::received_line;
use super::words::{count_words, edit, keep, kind_words, name_of, place_words, provenance_words, value_words};
use super::{ask_one, ask_received};
use crate::pages::procedures::steps::steps_shown;
use crate::routes::{ProcedureRoute, Route, SheetRoute};
use crate::session::write_soon;
use crate::ui::{Back, Conflicts, FieldsHistory, OnPaper, Paper, PrintButton, Title, load, when_loaded};
use crate::words::{collective as c, events as e, in_a_row, procedures as p, travelling as w};
use crate::{browser, when};

/// One sheet that is written here.
#[component]
pub fn SheetPage(id: SheetId) -> impl IntoView {
    let loaded = load(move || ask_one(id));
    view! {
        <Back to=Route::Sheets(SheetRoute::List) label=w::title />
        {when_loaded(loaded, move |file| view! { <File file=file id=id /> })}
    }
}

#[component]
fn File(file: RwSignal<SheetFile>, id: SheetId) -> impl IntoView {
    let withdrawn = Memo::new(move |_| file.with(|file| file.sheet.withdrawn));
    let names_someone = Memo::new(move |_| file.with(|file| file.clues.iter().any(|clue| clue.weight == Weight::Must)));
    let withdraw = move |withdrawn: bool| write_soon(edit(id, vec![SheetChange::Withdrawn(withdrawn)]));
    view! {
        <article class="procedure">
            <div class="heading">
                <div>
                    <Title>{move || file.with(|file| file.sheet.says.title.clone())}</Title>
                    <p class="detail">{move || file.with(|file| told(&file.sheet))}</p>
                </div>
                <a class="button" href=Route::Sheets(SheetRoute::Edit(id)).href()>{c::change}</a>
            </div>
            <Show when=move || !names_someone.get()>
                <OnPaper paper=Paper::NamesNobody />
            </Show>
            <p class="state-note unprinted" hidden=move || !names_someone.get()>{w::stops}</p>
            <p class="state-note unprinted" hidden=move || !withdrawn.get()>
                {w::is_withdrawn} " " <button type="button" on:click=move |_| withdraw(false)>{c::take_up}</button>
            </p>
            <Conflicts
                conflicts=Signal::derive(move || file.with(|file| file.conflicts.clone()))
                name=|path: &str| place_words(path)
                value=|path: &str, value: &str| value_words(path, value)
                keep=move |path: &str, value: &str| keep(id, path, value)
                edit=Route::Sheets(SheetRoute::Edit(id))
            />
            <p class="acts unprinted">
                <Show when=move || !withdrawn.get()>
                    <a class="button main" href=Route::Sheets(SheetRoute::Leave(id)).href()>{w::leave}</a>
                </Show>
            </p>
            <div class:unprinted=move || names_someone.get()>
                {move || file.with(|file| says(&file.sheet.says, &file.sheet.chain))}
            </div>
            <div class="unprinted">
                <p class="acts">
                    <Show when=move || !names_someone.get()>
                        <PrintButton label=p::print class="" />
                    </Show>
                    <Show when=move || !withdrawn.get()>
                        <button type="button" class="quiet" on:click=move |_| withdraw(true)>
                            {e::withdraw}
                        </button>
                    </Show>
                </p>
                <FieldsHistory
                    of=id.into()
                    name=place_words
                    value=|path: &str, value: &str| value_words(path, value)
                />
            </div>
        </article>
    }
}

fn told(sheet: &TravellingSheet) -> String {
    let left = match sheet.last_left() {
        None => w::never_left().to_owned(),
        Some(left) => in_a_row([p::version(left.version), w::left_on(when::date(left.on, browser::today()))]),
    };
    let since = sheet.last_left().is_some_and(|left| left.of != sheet.says.fingerprint());
    in_a_row([kind_words(&sheet.says.kind), left, if since { w::changed_since().to_owned() } else { String::new() }])
}

/// What a sheet says, and where it comes from.
pub fn says(says: &SheetText, chain: &[Provenance]) -> AnyView {
    let prose = |field: SheetField| {
        let text = says.text(field).trim().to_owned();
        (!text.is_empty()).then(|| view! { <section><h2>{name_of(field)}</h2><p class="prose">{text}</p></section> })
    };
    let steps = (!says.steps.is_empty()).then(|| {
        view! { <section><h2>{p::steps}</h2>{steps_shown(&says.steps)}</section> }
    });
    let partner = |line: &maillon_shared::domain::travelling_sheet::SheetPartner| {
        let kind = if line.kind.trim().is_empty() { w::partner_unsaid().to_owned() } else { line.kind.clone() };
        view! {
            <li class="plain">
                <span class="row-head"><span class="who">{kind}</span></span>
                <span class="why">{line.role.clone()}</span>
            </li>
        }
    };
    let partners = (!says.partners.is_empty()).then(|| {
        let lines = says.partners.iter().map(partner).collect_view();
        view! { <section><h2>{w::partners}</h2><ul class="rows">{lines}</ul></section> }
    });
    let result = |line: &maillon_shared::domain::travelling_sheet::SheetResult| {
        view! {
            <li class="plain">
                <span class="row-head"><span class="who">{line.what.clone()}</span></span>
                <span class="why">{count_words(line.n)}</span>
            </li>
        }
    };
    let results = (!says.results.is_empty()).then(|| {
        let lines = says.results.iter().map(result).collect_view();
        view! { <section><h2>{w::results}</h2><ul class="rows">{lines}</ul></section> }
    });
    let from = chain.iter().map(|from| view! { <li>{in_a_row([from.title.clone(), provenance_words(from)])}</li> });
    let from = (!chain.is_empty()).then(|| {
        view! { <section><h2>{w::comes_from}</h2><ol class="steps">{from.collect_view()}</ol></section> }
    });
    view! {
        {prose(SheetField::Context)}
        {prose(SheetField::Public)}
        {prose(SheetField::Axes)}
        {steps}
        {prose(SheetField::Means)}
        {partners}
        {results}
        {prose(SheetField::Worked)}
        {prose(SheetField::ToChange)}
        {prose(SheetField::Conditions)}
        {prose(SheetField::Territory)}
        {prose(SheetField::Author)}
        {prose(SheetField::Contact)}
        {prose(SheetField::Licence)}
        {from}
    }
    .into_any()
}

/// One sheet that came.
#[component]
pub fn ReceivedPage(id: ReceivedSheetId) -> impl IntoView {
    let loaded = load(move || ask_received(id));
    view! {
        <Back to=Route::Sheets(SheetRoute::List) label=w::title />
        {when_loaded(loaded, move |file| view! { {move || file.with(|file| received(file, id))} })}
    }
}

fn received(file: &ReceivedFile, id: ReceivedSheetId) -> AnyView {
    let aside = file.aside;
    let set_aside = move |aside: bool| {
        write_soon(Request::WriteSheets(Box::new(SheetWrite::SetAside { id, aside })));
    };
    let from = &file.travelled.provenance;
    let others = (!file.others.is_empty()).then(|| {
        let lines = file.others.iter().cloned().map(received_line).collect_view();
        view! { <section class="unprinted"><h2>{w::other_versions}</h2><ul class="rows">{lines}</ul></section> }
    });
    let source = SheetSource::Received(id);
    let title = from.title.clone();
    view! {
        <article class="procedure">
            <Title>{title}</Title>
            <p class="detail">{in_a_row([kind_words(&file.travelled.says.kind), provenance_words(from)])}</p>
            <p class="detail">{w::received_on(when::whole_date(file.received_on))}</p>
            <OnPaper paper=Paper::NamesNobody />
            {unknown_note(&file.unknown)}
            <p class="state-note unprinted" hidden=!aside>
                {w::is_aside} " " <button type="button" on:click=move |_| set_aside(false)>{w::take_back}</button>
            </p>
            <p class="acts unprinted">
                <a class="button main" href=Route::Sheets(SheetRoute::From(source)).href()>{w::adapt}</a>
                <a class="button" href=Route::Procedures(ProcedureRoute::From(id)).href()>{w::to_procedure}</a>
            </p>
            {says(&file.travelled.says, &file.travelled.chain)}
            {others}
            <p class="acts unprinted">
                <PrintButton label=p::print class="" />
                <button type="button" class="quiet" hidden=aside on:click=move |_| set_aside(true)>
                    {w::set_aside}
                </button>
            </p>
        </article>
    }
    .into_any()
}

/// What a newer version wrote beside: it is kept with the sheet, and not shown.
pub fn unknown_note(unknown: &[String]) -> Option<AnyView> {
    let names = unknown.join(", ");
    (!unknown.is_empty()).then(|| view! { <p class="state-note">{w::unknown(names)}</p> }.into_any())
}
