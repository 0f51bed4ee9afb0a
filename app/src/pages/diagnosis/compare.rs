//! One indicator in every commune: a table, simple bars that read in black and white, and a sentence that says what they show.

use leptos::prelude::*;
use maillon_shared::api::diagnosis::{DiagnosisFile, DiagnosisPart};
use maillon_shared::domain::diagnosis::{DiagnosedPlace, Figure, Indicator, PlaceKind};
use maillon_shared::domain::ids::{DiagnosisId, LineId};

use super::ask_diagnosis;
use super::words::{about_words, doubt, kind_words, said_words, source_words};
use crate::pages::programme::words::or_unnamed;
use crate::pages::summary::bars::{Bar, bars};
use crate::routes::{DiagnosisRoute, Route};
use crate::ui::{Back, Chips, Choice, OnPaper, Paper, PrintButton, Title, load, when_loaded};
use crate::words::{collective as c, diagnosis as w, in_a_row};

/// One indicator, everywhere.
#[component]
pub fn ComparePage(id: DiagnosisId, indicator: LineId) -> impl IntoView {
    let loaded = load(move || ask_diagnosis(id, DiagnosisPart::Indicator(indicator)));
    view! {
        <Back to=Route::Diagnosis(DiagnosisRoute::One(id)) label=w::the_diagnosis />
        {when_loaded(loaded, move |file| view! { <Compared file=file id=id indicator=indicator /> })}
    }
}

fn of_line(file: &DiagnosisFile, line: LineId) -> Indicator {
    file.diagnosis.indicator(line).cloned().unwrap_or_else(|| Indicator::empty(line))
}

#[component]
fn Compared(file: RwSignal<DiagnosisFile>, id: DiagnosisId, indicator: LineId) -> impl IntoView {
    let years = Memo::new(move |_| file.with(|file| file.diagnosis.years_of(indicator)));
    let chosen = RwSignal::new(None::<i32>);
    let year = Memo::new(move |_| {
        years.with(|years| chosen.get().filter(|year| years.contains(year)).or_else(|| years.first().copied()))
    });
    let choices = Signal::derive(move || {
        years.get().into_iter().map(|year| Choice::new(year.to_string(), year.to_string())).collect::<Vec<_>>()
    });
    let now = Signal::derive(move || year.get().map(|year| year.to_string()).unwrap_or_default());
    let choose = Callback::new(move |code: String| chosen.set(code.parse().ok()));
    let several = Memo::new(move |_| years.with(Vec::len) > 1);
    view! {
        <article class="programme diagnosis">
            <Title>{move || file.with(|file| or_unnamed(&of_line(file, indicator).name))}</Title>
            <p class="detail">
                {move || {
                    file.with(|file| {
                        let one = of_line(file, indicator);
                        in_a_row([about_words(&one.about), one.counts, file.diagnosis.title.clone()])
                    })
                }}
            </p>
            <OnPaper paper=Paper::NamesNobody />
            <p class="empty" hidden=move || year.get().is_some()>{w::no_figure}</p>
            <div class="unprinted">
                <Show when=move || several.get()>
                    <Chips name="year" legend=|| c::year() choices=choices chosen=now choose=choose />
                </Show>
            </div>
            {move || {
                year.get()
                    .map(|year| {
                        file.with(|file| {
                            [PlaceKind::Commune, PlaceKind::Intercommunality, PlaceKind::Territory]
                                .into_iter()
                                .filter_map(|kind| compared(file, id, &of_line(file, indicator), year, kind))
                                .collect_view()
                        })
                    })
            }}
            <p class="acts unprinted" hidden=move || year.get().is_none()>
                <PrintButton class="" />
            </p>
        </article>
    }
}

type Row<'a> = (&'a DiagnosedPlace, Option<&'a Figure>);

fn compared(file: &DiagnosisFile, id: DiagnosisId, one: &Indicator, year: i32, kind: PlaceKind) -> Option<AnyView> {
    let rows = file.diagnosis.compared(one.id, year, kind);
    if rows.is_empty() || rows.iter().all(|(_, figure)| figure.is_none()) {
        return None;
    }
    let line = |(place, figure): &Row<'_>| {
        let href = Route::Diagnosis(DiagnosisRoute::Place(id, place.id)).href();
        let said = match figure {
            Some(figure) => view! {
                {said_words(&figure.is, &one.unit)}
                <span class="why">{source_words(figure)}</span>
                {doubt(&figure.to_verify)}
            }
            .into_any(),
            None => view! { <span class="why">{w::not_known}</span> }.into_any(),
        };
        view! {
            <tr role="row">
                <th scope="row" role="rowheader"><a href=href>{or_unnamed(place.name())}</a></th>
                <td role="cell"><div>{said}</div></td>
            </tr>
        }
    };
    // Two who wrote at once may leave a number where a percentage is asked: the table shows it, and it is compared to nothing.
    let fits = |(_, figure): &&Row<'_>| figure.is_none_or(|figure| figure.is.fits(&one.measure));
    let measured: Vec<Row<'_>> = rows.iter().filter(fits).copied().collect();
    let heading = format!("compared-{}", kind_code(kind));
    let (of_section, of_table) = (heading.clone(), heading.clone());
    let shown = view! {
        <section aria-labelledby=of_section>
            <h2 id=heading>{in_a_row([kind_words(kind).to_owned(), year.to_string()])}</h2>
            <p>{summary(&measured, &one.unit)}</p>
            <div class="diagnosis-compared">
                <figure inner_html=bars(&drawn(&measured, &one.unit))></figure>
                <table class="money" role="table" aria-labelledby=of_table>
                    <thead role="rowgroup">
                        <tr role="row">
                            <th scope="col" role="columnheader">{w::place}</th>
                            <th scope="col" role="columnheader">{w::figure}</th>
                        </tr>
                    </thead>
                    <tbody role="rowgroup">{rows.iter().map(line).collect_view()}</tbody>
                </table>
            </div>
        </section>
    };
    Some(shown.into_any())
}

fn kind_code(kind: PlaceKind) -> &'static str {
    match kind {
        PlaceKind::Commune => "communes",
        PlaceKind::Intercommunality => "intercommunalities",
        PlaceKind::Territory => "territories",
    }
}

/// How long the highest bar is, in a hundred: after it stands its number with its unit, or its share with its n.
const LONGEST: i64 = 60;

/// The bars, the highest first; what nobody knows has none, and comes last.
fn drawn(rows: &[Row<'_>], unit: &str) -> Vec<Bar> {
    let mut rows: Vec<(&str, Option<i64>, String)> = rows
        .iter()
        .map(|(place, figure)| {
            let number = figure.map_or_else(|| w::not_known().to_owned(), |figure| said_words(&figure.is, unit));
            (place.name(), figure.and_then(|figure| figure.is.height()), number)
        })
        .collect();
    rows.sort_by_key(|(_, height, _)| std::cmp::Reverse(*height));
    let highest = rows.iter().filter_map(|(_, height, _)| *height).max().unwrap_or(0).max(1);
    let bar = |(name, height, number): (&str, Option<i64>, String)| Bar {
        name: name.to_owned(),
        height: height.map(|height| u32::try_from(height.max(0) * LONGEST / highest).unwrap_or(0)),
        number,
    };
    rows.into_iter().map(bar).collect()
}

/// What the bars show, in a sentence.
fn summary(rows: &[Row<'_>], unit: &str) -> String {
    let known: Vec<(&DiagnosedPlace, &Figure, i64)> =
        rows.iter().filter_map(|(place, figure)| Some((*place, (*figure)?, (*figure)?.is.height()?))).collect();
    let unknown = rows.iter().filter(|(_, figure)| figure.is_none()).count() as u32;
    let not_known = if unknown > 0 { w::places_not_known(unknown) } else { String::new() };
    let say = |(place, figure, _): &(&DiagnosedPlace, &Figure, i64)| {
        w::at_place(or_unnamed(place.name()), said_words(&figure.is, unit))
    };
    let (highest, lowest) = (known.iter().max_by_key(|one| one.2), known.iter().min_by_key(|one| one.2));
    match (highest, lowest) {
        (Some(highest), Some(lowest)) if known.len() > 1 => {
            in_a_row([w::from_to(say(lowest), say(highest)), not_known])
        }
        (Some(only), _) => in_a_row([say(only), not_known]),
        _ => not_known,
    }
}

#[cfg(test)]
mod tests {
    use maillon_shared::domain::diagnosis::Hundredths;
    use maillon_shared::domain::event::EventCommune;

    use super::*;

    #[test]
    fn what_nobody_knows_has_no_bar_and_is_counted_apart() {
        let place = |key: &str, name: &str| DiagnosedPlace::of(EventCommune { key: key.into(), name: name.into() });
        let places = [place("13004", "Arles"), place("13108", "Tarascon"), place("13038", "Fontvieille")];
        let (many, none) = (Figure::number(Hundredths::whole(200)), Figure::number(Hundredths(0)));
        let rows = [(&places[0], None), (&places[1], Some(&none)), (&places[2], Some(&many))];
        let drawn: Vec<_> = drawn(&rows, "").into_iter().map(|bar| (bar.name, bar.height)).collect();
        assert_eq!(drawn, [("Fontvieille".into(), Some(60)), ("Tarascon".into(), Some(0)), ("Arles".into(), None)]);
        let said = summary(&rows, "");
        assert!(said.contains("Tarascon") && said.contains("Fontvieille") && said.contains('1'), "{said}");
    }
}
