//! One diagnosis: its places with how much is known of each, its indicators, and the ways to the sheets.

use leptos::prelude::*;
use maillon_shared::api::diagnosis::{DiagnosisFile, DiagnosisPart};
use maillon_shared::domain::diagnosis::{DiagnosedPlace, DiagnosisChange, Indicator, PlaceKind};
use maillon_shared::domain::ids::DiagnosisId;

use super::ask_diagnosis;
use super::words::{about_words, edit, field_words, field_words_in, keep, kind_words, value_words, whose};
use crate::pages::programme::words::or_unnamed;
use crate::routes::{DiagnosisRoute, Route};
use crate::session::write_soon;
use crate::ui::{Back, Conflicts, FieldsHistory, OnPaper, Paper, PrintButton, Title, load, when_loaded};
use crate::words::{collective as c, diagnosis as w, events as e, in_a_row};

/// One diagnosis.
#[component]
pub fn DiagnosisPage(id: DiagnosisId) -> impl IntoView {
    let loaded = load(move || ask_diagnosis(id, DiagnosisPart::Whole));
    view! {
        <Back to=Route::Diagnosis(DiagnosisRoute::List) label=w::title />
        {when_loaded(loaded, move |file| view! { <File file=file id=id /> })}
    }
}

#[component]
fn File(file: RwSignal<DiagnosisFile>, id: DiagnosisId) -> impl IntoView {
    let may_write = Memo::new(move |_| file.with(|file| file.may_write));
    let withdrawn = Memo::new(move |_| file.with(|file| file.diagnosis.withdrawn));
    let may_withdraw = Memo::new(move |_| may_write.get() && !withdrawn.get());
    let withdraw = move |withdrawn: bool| write_soon(edit(id, vec![DiagnosisChange::Withdrawn(withdrawn)]));
    let heading = move |path: &str| file.with_untracked(|file| field_words_in(path, file));
    let value = move |path: &str, value: &str| file.with_untracked(|file| value_words(path, value, file));
    view! {
        <article class="programme diagnosis">
            <div class="heading">
                <Title>{move || file.with(|file| file.diagnosis.title.clone())}</Title>
                <a
                    class="button"
                    hidden=move || !may_write.get()
                    href=Route::Diagnosis(DiagnosisRoute::Edit(id)).href()
                >
                    {c::change}
                </a>
            </div>
            <OnPaper paper=Paper::NamesNobody />
            {move || file.with(|file| whose(&file.group, file.may_write))}
            <p class="state-note unprinted" hidden=move || !withdrawn.get()>
                {w::is_withdrawn} " " <button type="button" on:click=move |_| withdraw(false)>{c::take_up}</button>
            </p>
            <Conflicts
                conflicts=Signal::derive(move || file.with(|file| file.conflicts.clone()))
                name=heading
                value=value
                keep=move |path: &str, value: &str| keep(id, path, value)
                edit=Route::Diagnosis(DiagnosisRoute::Edit(id))
            />
            {move || file.with(|file| body(file, id))}
            <div class="unprinted">
                <p class="acts">
                    <Show when=move || may_write.get()>
                        <a class="button" href=Route::Diagnosis(DiagnosisRoute::Load(id)).href()>{w::load}</a>
                    </Show>
                    <PrintButton class="" />
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

fn body(file: &DiagnosisFile, id: DiagnosisId) -> AnyView {
    let diagnosis = &file.diagnosis;
    let about = diagnosis.about.trim().to_owned();
    let about = (!about.is_empty()).then(|| view! { <p class="prose">{about}</p> });
    let places = [PlaceKind::Commune, PlaceKind::Intercommunality, PlaceKind::Territory]
        .into_iter()
        .filter_map(|kind| places(file, id, kind))
        .collect_view();
    view! {
        {about}
        <p class="empty unprinted" hidden=!diagnosis.places.is_empty()>{w::no_place}</p>
        {places}
        <section aria-labelledby="indicators">
            <h2 id="indicators">{w::indicators}</h2>
            <p class="detail unprinted">{w::indicators_lead}</p>
            <p class="empty unprinted" hidden=!diagnosis.indicators.is_empty()>{w::no_indicator}</p>
            <ul class="rows">
                {diagnosis.indicators.iter().map(|one| indicator_line(one, file, id)).collect_view()}
            </ul>
        </section>
    }
    .into_any()
}

fn places(file: &DiagnosisFile, id: DiagnosisId, kind: PlaceKind) -> Option<AnyView> {
    let of_kind: Vec<&DiagnosedPlace> =
        file.diagnosis.places.iter().filter(|place| PlaceKind::of(place.key()) == kind).collect();
    let line = |place: &&DiagnosedPlace| {
        let href = Route::Diagnosis(DiagnosisRoute::Place(id, place.id)).href();
        let within = file.diagnosis.place(&place.within).map(|within| within.name().to_owned()).unwrap_or_default();
        let said = match file.said_of(place.key()) {
            0 => w::nothing_known().to_owned(),
            count => w::said_count(count),
        };
        let first = file.priorities_of(place.key()).next().map(|one| {
            view! { <span class="tag">{w::priority_of(one.year)}</span> }
        });
        view! {
            <li class="plain">
                <span class="row-head"><a class="who" href=href>{or_unnamed(place.name())}</a> {first}</span>
                <span class="why">{in_a_row([said, within])}</span>
            </li>
        }
    };
    (!of_kind.is_empty()).then(|| {
        view! {
            <section>
                <h2>{kind_words(kind)} " " <span class="count">{of_kind.len()}</span></h2>
                <ul class="rows">{of_kind.iter().map(line).collect_view()}</ul>
            </section>
        }
        .into_any()
    })
}

fn indicator_line(one: &Indicator, file: &DiagnosisFile, id: DiagnosisId) -> AnyView {
    let href = Route::Diagnosis(DiagnosisRoute::Indicator(id, one.id)).href();
    let known = in_a_row([about_words(&one.about), w::figures_count(file.figures_of(one.id))]);
    view! {
        <li class="plain">
            <span class="row-head"><a class="who" href=href>{or_unnamed(&one.name)}</a></span>
            <span class="why">{known}</span>
            <span class="why">{one.counts.clone()}</span>
        </li>
    }
    .into_any()
}
