//! Each question beside itself, year after year: what was counted here with its number of people, what others published as
//! they did. Nothing is worked out where one is not known.

use leptos::prelude::*;
use maillon_shared::api::surveys::{FiguresRow, SurveyYears};
use maillon_shared::domain::survey::compare::{Said, Series, Worded, YearPoint, gap};
use maillon_shared::domain::survey::published::PublishedFigure;
use maillon_shared::domain::survey::question::{LineKey, Question, RespondentKind};

use super::ask_years;
use super::words::{height, line_words, public_words, question_words, said_words};
use crate::pages::summary::bars::{Bar, bars};
use crate::routes::{Route, SurveyRoute};
use crate::ui::{Back, OnPaper, Paper, PrintButton, Title, load, when_loaded};
use crate::words::{groups, in_a_row, language, surveys as w};

/// Every question over the years.
#[component]
pub fn YearsPage() -> impl IntoView {
    let loaded = load(ask_years);
    view! {
        <Back to=Route::Surveys(SurveyRoute::List) label=w::title />
        <div class="heading">
            <Title>{w::years}</Title>
            <a class="button" href=Route::Surveys(SurveyRoute::Figures).href()>{w::figures_add}</a>
        </div>
        <p class="detail">{w::years_lead}</p>
        {when_loaded(loaded, |years| view! { <Shown years=years /> })}
    }
}

#[component]
fn Shown(years: RwSignal<SurveyYears>) -> impl IntoView {
    let none = Memo::new(move |_| years.with(|years| years.series.is_empty() && years.apart.is_empty()));
    view! {
        <OnPaper paper=Paper::NamesNobody />
        <p class="empty" hidden=move || !none.get()>
            {w::no_years}
        </p>
        <article class="survey survey-years">
            {move || years.with(all)}
            {move || years.with(|years| apart(&years.apart))}
            {move || years.with(|years| tables(&years.tables))}
        </article>
        <p class="acts unprinted" hidden=move || none.get()>
            <PrintButton label=w::print class="" />
        </p>
    }
}

fn all(years: &SurveyYears) -> AnyView {
    let mut publics: Vec<RespondentKind> = years.series.iter().map(|series| series.respondent.clone()).collect();
    publics.dedup();
    publics.into_iter().map(|public| of_public(years, &public)).collect_view().into_any()
}

fn of_public(years: &SurveyYears, public: &RespondentKind) -> AnyView {
    let of = |question: &Question| {
        let theirs = years.series.iter();
        theirs.filter(|series| series.respondent == *public && series.question == question.id()).collect::<Vec<_>>()
    };
    let questions = years.known.iter().map(|question| (question, of(question)));
    let shown =
        questions.filter(|(_, series)| !series.is_empty()).map(|(question, series)| of_question(question, &series));
    let id = format!("years-{}", public.code());
    let named_by = id.clone();
    view! {
        <section aria-labelledby=named_by>
            <h2 id=id>{public_words(public)}</h2>
            {shown.collect_view()}
        </section>
    }
    .into_any()
}

fn of_question(question: &Question, series: &[&Series]) -> AnyView {
    let title = question_words(question, i32::MAX);
    view! {
        <section class="survey-question">
            <h3>{title}</h3>
            {series.iter().map(|series| of_line(question, series)).collect_view()}
        </section>
    }
    .into_any()
}

/// What is said beside a point: words that were others then, why it is to be verified, that another figure disagrees.
fn beside(point: &YearPoint) -> String {
    let worded = |worded: &Worded, say: fn(String) -> String| match worded {
        Worded::AsNow => String::new(),
        Worded::Otherwise(words) => say(words.text(language()).to_owned()),
    };
    let to_check = match &point.said {
        Said::Published { to_check: Some(why), .. } => w::to_verify(why),
        _ => String::new(),
    };
    let disagrees = if point.is_contradicted { w::contradicted().to_owned() } else { String::new() };
    in_a_row([worded(&point.question, w::asked_so), worded(&point.line, w::called_so), to_check, disagrees])
}

fn of_line(question: &Question, series: &Series) -> AnyView {
    let name = line_words(Some(question), series.line, i32::MAX);
    let bar = |point: &YearPoint| Bar {
        name: in_a_row([point.year.to_string(), point.event.clone()]),
        height: height(&point.said),
        number: match &point.said {
            Said::Counted { .. } => {
                point.said.counted_share().map(|share| w::percent(share.percent)).unwrap_or_default()
            }
            Said::Published { percent, .. } => super::words::printed_percent(*percent),
        },
    };
    let drawn: Vec<Bar> = series.points.iter().map(bar).collect();
    let gaps = series.points.windows(2).map(|two| gap(&two[0], &two[1]));
    let gaps: Vec<String> =
        std::iter::once(None).chain(gaps).map(|gap| gap.map(|gap| gap_words(gap.points)).unwrap_or_default()).collect();
    let line = |(point, gap): (&YearPoint, &String)| {
        let beside = beside(point);
        view! {
            <tr>
                <th scope="row">{point.year}</th>
                <td>{point.event.clone()}</td>
                <td>
                    {said_words(&point.said)}
                    <span class="why" hidden=beside.is_empty()>{beside.clone()}</span>
                </td>
                <td>{gap.clone()}</td>
            </tr>
        }
    };
    let together = matches!(series.line, LineKey::Together(_));
    view! {
        <div class="survey-line" class:together=together>
            <h4>{name.clone()}</h4>
            <div class="survey-drawn" inner_html=bars(&drawn)></div>
            <div class="table">
                <table>
                    <caption class="unseen">{name}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{w::year}</th>
                            <th scope="col">{w::event}</th>
                            <th scope="col">{w::figure}</th>
                            <th scope="col">{w::gap}</th>
                        </tr>
                    </thead>
                    <tbody>{series.points.iter().zip(&gaps).map(line).collect_view()}</tbody>
                </table>
            </div>
        </div>
    }
    .into_any()
}

fn gap_words(points: i64) -> String {
    match points {
        0 => w::same_as_before().to_owned(),
        more if more > 0 => w::points_more(u32::try_from(more).unwrap_or(u32::MAX)),
        fewer => w::points_fewer(u32::try_from(fewer.unsigned_abs()).unwrap_or(u32::MAX)),
    }
}

/// Published figures that are of no question known here.
fn apart(figures: &[PublishedFigure]) -> Option<AnyView> {
    let line = |figure: &PublishedFigure| {
        let said = Said::Published { percent: figure.percent, n: figure.n, to_check: figure.to_check.clone() };
        let check = figure.to_check.as_ref().map(w::to_verify).unwrap_or_default();
        view! {
            <li class="plain">
                <span class="row-head"><span class="who">{figure.question.clone()} " : " {figure.answer.clone()}</span></span>
                <span class="why">
                    {in_a_row([figure.year.to_string(), figure.event.clone(), public_words(&figure.respondent), said_words(&said), check])}
                </span>
            </li>
        }
    };
    let shown = view! {
        <section>
            <h2>{w::apart}</h2>
            <p class="hint">{w::apart_hint}</p>
            <ul class="rows">{figures.iter().map(line).collect_view()}</ul>
        </section>
    };
    (!figures.is_empty()).then(|| shown.into_any())
}

fn tables(tables: &[FiguresRow]) -> Option<AnyView> {
    let line = |table: &FiguresRow| {
        let group = table.group.clone().map(|(_, name)| groups::is_common(&name)).unwrap_or_default();
        view! {
            <li class="plain">
                <span class="row-head"><span class="who">{table.source.clone()}</span></span>
                <span class="why">{in_a_row([w::figures_count(table.figures), group])}</span>
            </li>
        }
    };
    let shown = view! {
        <section>
            <h2>{w::tables}</h2>
            <ul class="rows">{tables.iter().map(line).collect_view()}</ul>
        </section>
    };
    (!tables.is_empty()).then(|| shown.into_any())
}
