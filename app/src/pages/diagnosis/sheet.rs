//! The sheet of a place: what is known of it, indicator by indicator and year by year, what is known of care there, and where the
//! programmes look first. It is also what is printed.

use leptos::prelude::*;
use maillon_shared::api::diagnosis::{DiagnosisFile, DiagnosisPart};
use maillon_shared::domain::diagnosis::{DiagnosedPlace, Indicator, IndicatorAbout, SupplyFact, SupplyIs};
use maillon_shared::domain::ids::{DiagnosisId, LineId};

use super::ask_diagnosis;
use super::words::{
    about_words, doubt, fact_when, field_words_in, keep, priority_view, profession_words, said_words, source_words,
    supply_words, value_words, whose,
};
use crate::pages::programme::words::or_unnamed;
use crate::routes::{DiagnosisRoute, DirectoryRoute, Route};
use crate::ui::{Back, Conflicts, OnPaper, Paper, PrintButton, Title, load, when_loaded};
use crate::words::{diagnosis as w, in_a_row};

/// The sheet of a place.
#[component]
pub fn SheetPage(id: DiagnosisId, place: LineId) -> impl IntoView {
    let loaded = load(move || ask_diagnosis(id, DiagnosisPart::Place(place)));
    view! {
        <Back to=Route::Diagnosis(DiagnosisRoute::One(id)) label=w::the_diagnosis />
        {when_loaded(loaded, move |file| view! { <Sheet file=file id=id place=place /> })}
    }
}

fn of_line(file: &DiagnosisFile, line: LineId) -> DiagnosedPlace {
    let found = file.diagnosis.places.iter().find(|one| one.id == line);
    found.cloned().unwrap_or_else(|| DiagnosedPlace::empty(line))
}

#[component]
fn Sheet(file: RwSignal<DiagnosisFile>, id: DiagnosisId, place: LineId) -> impl IntoView {
    let may_write = Memo::new(move |_| file.with(|file| file.may_write));
    let heading = move |path: &str| file.with_untracked(|file| field_words_in(path, file));
    let value = move |path: &str, value: &str| file.with_untracked(|file| value_words(path, value, file));
    let edit = Route::Diagnosis(DiagnosisRoute::EditPlace(id, place));
    view! {
        <article class="programme diagnosis">
            <div class="heading">
                <div>
                    <Title>{move || file.with(|file| or_unnamed(of_line(file, place).name()))}</Title>
                    <p class="detail">
                        {move || {
                            file.with(|file| {
                                let within = of_line(file, place).within;
                                let within = file.diagnosis.place(&within).map(|one| one.name().to_owned());
                                in_a_row([within.unwrap_or_default(), file.diagnosis.title.clone()])
                            })
                        }}
                    </p>
                </div>
                <a class="button" hidden=move || !may_write.get() href=edit.href()>
                    {w::write}
                </a>
            </div>
            <OnPaper paper=Paper::NamesNobody />
            {move || file.with(|file| whose(&file.group, file.may_write))}
            <Conflicts
                conflicts=Signal::derive(move || file.with(|file| file.conflicts.clone()))
                name=heading
                value=value
                keep=move |path: &str, value: &str| keep(id, path, value)
                edit=edit.clone()
            />
            {move || file.with(|file| body(file, id, &of_line(file, place)))}
            <p class="acts unprinted">
                <PrintButton label=w::print class="" />
            </p>
        </article>
    }
}

fn body(file: &DiagnosisFile, id: DiagnosisId, place: &DiagnosedPlace) -> AnyView {
    let diagnosis = &file.diagnosis;
    let priorities: Vec<AnyView> = file.priorities_of(place.key()).map(priority_view).collect();
    let priorities = (!priorities.is_empty())
        .then(|| view! { <section><h2>{w::priorities}</h2><ul class="rows">{priorities}</ul></section> });
    let note = place.note.trim().to_owned();
    let note = (!note.is_empty()).then(|| view! { <p class="prose">{note}</p> });
    let mut abouts: Vec<IndicatorAbout> = IndicatorAbout::ALL.to_vec();
    for one in &diagnosis.indicators {
        if !abouts.contains(&one.about) {
            abouts.push(one.about.clone());
        }
    }
    let tables = abouts.iter().filter_map(|about| {
        let of_it: Vec<&Indicator> = diagnosis.indicators.iter().filter(|one| one.about == *about).collect();
        (!of_it.is_empty()).then(|| table(file, id, place, about, &of_it))
    });
    view! {
        {note}
        {priorities}
        <p class="empty unprinted" hidden=!diagnosis.indicators.is_empty()>{w::no_indicator}</p>
        {tables.collect_view()}
        {supply(file, place)}
    }
    .into_any()
}

/// The indicators about one thing, as a table whose cells stand under each other where there is no room beside.
fn table(
    file: &DiagnosisFile,
    id: DiagnosisId,
    place: &DiagnosedPlace,
    about: &IndicatorAbout,
    indicators: &[&Indicator],
) -> AnyView {
    let line = |one: &&Indicator| {
        let mut years: Vec<_> = file.diagnosis.years(one.id, place.key()).collect();
        years.reverse();
        let href = Route::Diagnosis(DiagnosisRoute::Indicator(id, one.id)).href();
        let last = match years.first() {
            Some((year, figure)) => {
                let said = w::in_year(said_words(&figure.is, &one.unit), *year);
                view! {
                    <strong>{said}</strong>
                    <span class="why">{source_words(figure)}</span>
                    {doubt(&figure.to_verify)}
                }
                .into_any()
            }
            None => view! { <span class="why">{w::not_known}</span> }.into_any(),
        };
        let before = years.iter().skip(1).map(|(year, figure)| {
            let said = w::in_year(said_words(&figure.is, &one.unit), *year);
            view! {
                <span class="why">{in_a_row([said, source_words(figure)])}</span>
                {doubt(&figure.to_verify)}
            }
        });
        let counts = one.counts.trim().to_owned();
        let counts = (!counts.is_empty()).then(|| view! { <span class="why">{counts}</span> });
        view! {
            <tr role="row">
                <th scope="row" role="rowheader">
                    <a href=href>{or_unnamed(&one.name)}</a>
                    {counts}
                </th>
                <td role="cell"><div>{last}</div></td>
                <td role="cell"><div>{before.collect_view()}</div></td>
            </tr>
        }
    };
    let title = about_words(about);
    let heading = format!("about-{}", about.code());
    let (of_section, of_table) = (heading.clone(), heading.clone());
    view! {
        <section aria-labelledby=of_section>
            <h2 id=heading>{title}</h2>
            <table class="money" role="table" aria-labelledby=of_table>
                <thead role="rowgroup">
                    <tr role="row">
                        <th scope="col" role="columnheader">{w::indicator}</th>
                        <th scope="col" role="columnheader">{w::last_figure}</th>
                        <th scope="col" role="columnheader">{w::before}</th>
                    </tr>
                </thead>
                <tbody role="rowgroup">{indicators.iter().map(line).collect_view()}</tbody>
            </table>
        </section>
    }
    .into_any()
}

/// What is known of care: who leaves, who arrives, which posts are vacant, who is away.
fn supply(file: &DiagnosisFile, place: &DiagnosedPlace) -> AnyView {
    let facts = file.diagnosis.supply_of(place.key());
    let mut kinds: Vec<SupplyIs> = SupplyIs::ALL.to_vec();
    for fact in &facts {
        if !kinds.contains(&fact.is) {
            kinds.push(fact.is.clone());
        }
    }
    let part = |is: &SupplyIs| {
        let of_it: Vec<&&SupplyFact> = facts.iter().filter(|fact| fact.is == *is).collect();
        let lines = of_it.iter().map(|fact| fact_line(fact, file)).collect_view();
        (!of_it.is_empty()).then(|| view! { <h3>{supply_words(is)}</h3><ul class="rows">{lines}</ul> })
    };
    let parts = kinds.iter().filter_map(part).collect_view();
    view! {
        <section aria-labelledby="supply">
            <h2 id="supply">{w::supply}</h2>
            <p class="detail" hidden=!facts.is_empty()>{w::no_fact}</p>
            {parts}
        </section>
    }
    .into_any()
}

fn fact_line(fact: &SupplyFact, file: &DiagnosisFile) -> AnyView {
    let count = fact.count.filter(|count| *count > 1).map(|count| format!("{count} × ")).unwrap_or_default();
    let who = match fact.entry {
        Some(entry) if !file.name_of(Some(entry)).is_empty() => {
            let href = Route::Directory(DirectoryRoute::Entry(entry)).href();
            Some(view! { <a href=href>{file.name_of(Some(entry)).to_owned()}</a> }.into_any())
        }
        _ if fact.named.trim().is_empty() => None,
        _ => Some(view! { <span>{fact.named.clone()}</span> }.into_any()),
    };
    let source = if fact.source.trim().is_empty() { w::no_source().to_owned() } else { fact.source.clone() };
    view! {
        <li class="plain">
            <span class="row-head">
                <span class="who">{count} {profession_words(fact)}</span> {who}
            </span>
            <span class="why">{in_a_row([fact_when(fact), fact.structure.clone(), source])}</span>
            <span class="why">{fact.note.clone()}</span>
            {doubt(&fact.to_verify)}
        </li>
    }
    .into_any()
}
