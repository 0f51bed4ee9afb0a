//! What is known of a place, to write: the figures of a year, and the facts about care.

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::collective::CollectiveWrite;
use maillon_shared::api::diagnosis::{DiagnosisFile, DiagnosisPart};
use maillon_shared::api::requests::DraftKey;
use maillon_shared::domain::clues::WrittenFor;
use maillon_shared::domain::diagnosis::{
    Diagnosis, DiagnosisChange, Figure, FigureAt, FigureIs, Hundredths, Indicator, Measure, SupplyFact, SupplyField,
    SupplyIs,
};
use maillon_shared::domain::ids::{DiagnosisId, EntryId, LineId};
use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::survey::published::{Percent, PublishedN};

use super::ask_diagnosis;
use super::words::{read_n, supply_words};
use crate::lists::choices_and;
use crate::pages::typed::{
    PickOne, Typed, date_typed, entry_of, error, fields_since, id_of, lay, lines_of, of_line, read_date, text, wrong,
};
use crate::routes::{DiagnosisRoute, Route};
use crate::ui::{
    Choice, CluesFound, EntryField, FormFrame, InputKind, Lines, Opened, Problem, Save, TextField, load_once,
    when_loaded,
};
use crate::words::{collective as c, diagnosis as w, form as f, in_a_row, programme as p};
use crate::{browser, drafts};

/// The form's code among the drafts.
const FORM: &str = "diagnosis-place";
const SUPPLY: &str = "supply";
const YEAR: &str = "year";

/// The name of a part of a figure: of an indicator, in a year.
fn of_figure(indicator: LineId, year: i32, part: &str) -> String {
    format!("figure.{indicator}.{year}.{part}")
}

/// A number as one would type it, whatever language is spoken.
fn typed_number(number: Hundredths) -> String {
    let (is_negative, whole, decimals) = number.parts();
    let decimals = decimals.map(|decimals| format!(",{decimals}")).unwrap_or_default();
    format!("{}{whole}{decimals}", if is_negative { "-" } else { "" })
}

fn typed_of(diagnosis: &Diagnosis, year: i32) -> Typed {
    let mut form = Typed::default();
    form.say(YEAR, year.to_string());
    for (at, figure) in &diagnosis.figures {
        let (value, n) = match &figure.is {
            FigureIs::Number(number) => (typed_number(*number), String::new()),
            FigureIs::Share(percent, PublishedN::NotPublished) => {
                (percent.to_string().replace('.', ","), String::new())
            }
            FigureIs::Share(percent, PublishedN::Published(n)) => {
                (percent.to_string().replace('.', ","), n.to_string())
            }
            FigureIs::Unknown(_) => continue,
        };
        let said = [
            ("value", value),
            ("n", n),
            ("on", date_typed(figure.on.map(maillon_shared::domain::time::PartialDate::Day))),
            ("source", figure.source.clone()),
            ("to_verify", figure.to_verify.clone()),
        ];
        said.into_iter().for_each(|(part, text)| form.say(&of_figure(at.indicator, at.year, part), text));
    }
    for fact in &diagnosis.supply {
        form.add(SUPPLY, fact.id);
        for field in SupplyField::ALL.iter().filter(|field| **field != SupplyField::Place) {
            form.say(&of_line(SUPPLY, fact.id, field.code()), fact.text(*field));
        }
        form.say(&of_line(SUPPLY, fact.id, "is"), fact.is.code());
        form.say(&of_line(SUPPLY, fact.id, "count"), fact.count.map(|count| count.to_string()).unwrap_or_default());
        form.say(&of_line(SUPPLY, fact.id, "from"), date_typed(fact.from));
        form.say(&of_line(SUPPLY, fact.id, "until"), date_typed(fact.until));
        form.say(&of_line(SUPPLY, fact.id, "entry"), fact.entry.map(|id| id.to_string()).unwrap_or_default());
    }
    form
}

/// What the form means of a place, and all that is to be mended.
fn settled(form: &Typed, before: &Diagnosis, place: &str) -> (Diagnosis, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut after = before.without_figures();
    // Figures of a newer version stay as they are, and so do those of an indicator that the form does not show.
    after.figures = before.figures.clone();
    after
        .figures
        .retain(|at, figure| matches!(figure.is, FigureIs::Unknown(_)) || before.indicator(at.indicator).is_none());
    let gone = gone_meanwhile(form, before);
    for indicator in before.indicators.iter().chain(&gone) {
        let of_it = format!("figure.{}.", indicator.id);
        let years = form.iter().filter_map(|(name, _)| name.strip_prefix(&of_it)?.split('.').next()?.parse().ok());
        let years: std::collections::BTreeSet<i32> = years.collect();
        for year in years {
            let told = problems.len();
            let figure = figure_of(form, indicator, year, &mut problems);
            // Another year than the one that is shown has no field in the page: its year is said where one changes it.
            let is_drawn = form.said(YEAR).trim() == year.to_string() && before.indicator(indicator.id).is_some();
            if !is_drawn {
                for problem in &mut problems[told..] {
                    problem.words = in_a_row([year.to_string(), indicator.name.clone(), problem.words.clone()]);
                    problem.field = id_of(YEAR);
                }
            }
            let Some(figure) = figure else { continue };
            let at = FigureAt { indicator: indicator.id, year, place: place.to_owned() };
            // What another version of the indicator measured otherwise stays as it was written.
            let kept = before.figures.get(&at).filter(|held| typed_alike(held, &figure));
            after.figures.insert(at, kept.cloned().unwrap_or(figure));
        }
    }
    for id in form.ids(SUPPLY) {
        if let Some(fact) = fact_of(form, id, place, &mut problems) {
            after.supply.push(fact);
        }
    }
    match form.said(YEAR).trim().parse::<i32>() {
        Ok(year) if (1990..=2100).contains(&year) => {}
        _ => wrong(&mut problems, YEAR, w::wrong_year()),
    }
    (after, problems)
}

/// The indicators of figures that a draft holds and that somebody took away meanwhile: whoever wrote of one wants it there. What
/// it measures is told by what was typed.
fn gone_meanwhile(form: &Typed, before: &Diagnosis) -> Vec<Indicator> {
    let id_in = |name: &str| LineId::parse(name.strip_prefix("figure.")?.split('.').next()?);
    let ids: std::collections::BTreeSet<LineId> = form.iter().filter_map(|(name, _)| id_in(name)).collect();
    let is_known = |id: &LineId| before.indicator(*id).is_some() || before.figures.keys().any(|at| at.indicator == *id);
    let measure = |id: LineId| {
        let of_it = format!("figure.{id}.");
        let is_share = form.iter().any(|(name, _)| name.starts_with(&of_it) && name.ends_with(".n"));
        if is_share { Measure::Share } else { Measure::Number }
    };
    ids.into_iter()
        .filter(|id| !is_known(id))
        .map(|id| Indicator { measure: measure(id), ..Indicator::empty(id) })
        .collect()
}

/// Whether a figure says what was read of it, decimals that are zero aside.
fn typed_alike(held: &Figure, read: &Figure) -> bool {
    held.is.height() == read.is.height() && Figure { is: read.is.clone(), ..held.clone() } == *read && {
        match (&held.is, &read.is) {
            (FigureIs::Share(_, one), FigureIs::Share(_, other)) => one == other,
            (FigureIs::Number(_), FigureIs::Number(_)) => true,
            _ => false,
        }
    }
}

fn figure_of(form: &Typed, indicator: &Indicator, year: i32, problems: &mut Vec<Problem>) -> Option<Figure> {
    let name = |part: &str| of_figure(indicator.id, year, part);
    let said = |part: &str| form.said(&name(part)).trim().to_owned();
    let value = said("value");
    if value.is_empty() {
        let is_filled = ["n", "source", "to_verify", "on"].iter().any(|part| !said(part).is_empty());
        if is_filled {
            wrong(problems, &name("value"), w::needs_value());
        }
        return None;
    }
    let is = match indicator.measure {
        Measure::Share => match (Percent::parse(&value), read_n(&said("n"))) {
            (Some(percent), Some(n)) => Some(FigureIs::Share(percent, n)),
            (None, _) => {
                wrong(problems, &name("value"), w::wrong_share());
                None
            }
            (_, None) => {
                wrong(problems, &name("n"), w::wrong_n());
                None
            }
        },
        _ => match Hundredths::typed(&value).map(FigureIs::Number) {
            Some(is) if is.fits(&indicator.measure) => Some(is),
            _ => {
                let is_count = indicator.measure == Measure::Count;
                wrong(problems, &name("value"), if is_count { w::wrong_count() } else { w::wrong_number() });
                None
            }
        },
    };
    let on = match read_date(&said("on")) {
        Some(None) => None,
        Some(Some(maillon_shared::domain::time::PartialDate::Day(day))) => Some(day),
        _ => {
            wrong(problems, &name("on"), w::wrong_day());
            None
        }
    };
    Some(Figure { is: is?, on, source: said("source"), to_verify: said("to_verify") })
}

fn fact_of(form: &Typed, id: LineId, place: &str, problems: &mut Vec<Problem>) -> Option<SupplyFact> {
    let name = |field: &str| of_line(SUPPLY, id, field);
    let said = |field: &str| form.said(&name(field)).trim().to_owned();
    let mut fact = SupplyFact { place: place.to_owned(), ..SupplyFact::empty(id) };
    let bare = fact.clone();
    for field in SupplyField::ALL.iter().filter(|field| **field != SupplyField::Place) {
        *fact.text_mut(*field) = said(field.code());
    }
    fact.entry = EntryId::parse(&said("entry"));
    fact.count = match said("count") {
        count if count.is_empty() => None,
        count => {
            let read = count.parse().ok();
            if read.is_none() {
                wrong(problems, &name("count"), w::wrong_count());
            }
            read
        }
    };
    for (field, date) in [("from", &mut fact.from), ("until", &mut fact.until)] {
        match read_date(&said(field)) {
            Some(read) => *date = read,
            None => wrong(problems, &name(field), w::wrong_date()),
        }
    }
    let is_filled = fact != bare;
    if !said("is").is_empty() {
        fact.is = SupplyIs::from_code(&said("is"));
    }
    if fact.profession.is_empty() && is_filled {
        wrong(problems, &name("profession"), w::needs_profession());
    }
    is_filled.then_some(fact)
}

/// What is known of a place, to write.
#[component]
pub fn EditPlacePage(id: DiagnosisId, place: LineId) -> impl IntoView {
    let loaded = load_once(move || async move {
        let file = ask_diagnosis(id, DiagnosisPart::Place(place)).await?;
        let year = chrono::Datelike::year(&browser::today());
        let subject = format!("{id}/{place}");
        let opened = Opened::find(drafts::key(FORM, subject), typed_of(&file.diagnosis, year), lay).await;
        Ok((opened, file))
    });
    let there = Route::Diagnosis(DiagnosisRoute::Place(id, place));
    when_loaded(loaded, move |found| {
        let (opened, file) = found.get_untracked();
        let before = file.diagnosis.clone();
        let key = before.places.iter().find(|one| one.id == place).map(|one| one.key().to_owned()).unwrap_or_default();
        let then = there.clone();
        let of_save = key.clone();
        let save = move |form: &Typed, draft: DraftKey| {
            let (after, problems) = settled(form, &before, &of_save);
            if !problems.is_empty() {
                return Err(problems);
            }
            let changes = before.changes_to(&after);
            let write = CollectiveWrite::EditDiagnosis { id, changes, draft: Some(draft) };
            Ok(Save { request: Request::WriteCollective(Box::new(write)), then: then.clone() })
        };
        view! {
            <FormFrame
                title=w::write
                way_back=there.clone()
                class="sheet"
                opened=opened
                fields=fields_since
                forget=f::draft_forget
                save=save
                draw=move |form, problems| {
                    view! { <PlaceFields form=form problems=problems file=file.clone() place=key /> }
                }
            />
        }
    })
}

#[component]
fn PlaceFields(
    form: RwSignal<Typed>,
    problems: RwSignal<Vec<Problem>>,
    file: DiagnosisFile,
    place: String,
) -> impl IntoView {
    let name = file.diagnosis.place(&place).map(|place| place.name().to_owned()).unwrap_or_default();
    let indicators = StoredValue::new(file.diagnosis.indicators.clone());
    let is_common = file.group.is_some();
    let before = StoredValue::new(file.diagnosis);
    let texts = Memo::new(move |_| {
        let (after, _) = before.with_value(|before| form.with(|form| settled(form, before, &place)));
        if is_common { before.with_value(|before| texts_of(&before.changes_to(&after))) } else { Vec::new() }
    });
    let year = Memo::new(move |_| {
        form.with(|form| form.said(YEAR).trim().parse::<i32>().ok()).filter(|year| (1990..=2100).contains(year))
    });
    let figures = move || {
        let year = year.get()?;
        let shown = indicators.with_value(|all| {
            all.iter()
                .map(|one| view! { <FigureFields form=form problems=problems indicator=one.clone() year=year /> })
                .collect_view()
        });
        Some(shown)
    };
    view! {
        <p class="lead">{name}</p>
        <TextField
            id=YEAR
            label=c::year
            hint=w::year_hint
            kind=InputKind::Figures
            text=text(form, YEAR)
            error=error(problems, YEAR)
        />
        <section aria-labelledby="figures">
            <h2 id="figures">{w::figures}</h2>
            <p class="hint">{w::figures_hint}</p>
            {figures}
        </section>
        <section aria-labelledby="supply">
            <h2 id="supply">{w::supply}</h2>
            <p class="hint">{w::supply_hint}</p>
            <Facts form=form problems=problems />
        </section>
        <CluesFound texts=texts written_for=WrittenFor::Project />
    }
}

fn texts_of(changes: &[DiagnosisChange]) -> Vec<String> {
    changes.iter().flat_map(DiagnosisChange::words).map(str::to_owned).collect()
}

#[component]
fn FigureFields(
    form: RwSignal<Typed>,
    problems: RwSignal<Vec<Problem>>,
    indicator: Indicator,
    year: i32,
) -> impl IntoView {
    let id = indicator.id;
    let at = move |part: &str| of_figure(id, year, part);
    let is_share = indicator.measure == Measure::Share;
    let unit = indicator.unit.clone();
    let n = is_share.then(|| {
        view! {
            <TextField
                id=id_of(&at("n"))
                label=w::n
                hint=w::n_hint
                optional=true
                kind=InputKind::Figures
                text=text(form, at("n"))
                error=error(problems, at("n"))
            />
        }
    });
    let value_label = if is_share { w::value_share } else { w::value as crate::words::Word };
    view! {
        <fieldset class="line">
            <legend>{crate::pages::programme::words::or_unnamed(&indicator.name)}</legend>
            <p class="hint" hidden=unit.trim().is_empty() && indicator.counts.trim().is_empty()>
                {in_a_row([unit.clone(), indicator.counts.clone()])}
            </p>
            <TextField
                id=id_of(&at("value"))
                label=value_label
                optional=true
                kind=InputKind::Figures
                text=text(form, at("value"))
                error=error(problems, at("value"))
            />
            {n}
            <TextField id=id_of(&at("source")) label=w::source optional=true text=text(form, at("source")) />
            <TextField
                id=id_of(&at("on"))
                label=w::declared_on
                hint=w::date_hint
                optional=true
                text=text(form, at("on"))
                error=error(problems, at("on"))
            />
            <TextField id=id_of(&at("to_verify")) label=p::to_verify optional=true text=text(form, at("to_verify")) />
        </fieldset>
    }
}

#[component]
fn Facts(form: RwSignal<Typed>, problems: RwSignal<Vec<Problem>>) -> impl IntoView {
    let (ids, make, drop_line) = lines_of(form, SUPPLY, "is");
    let draw = move |id: LineId| {
        let at = move |field: &str| of_line(SUPPLY, id, field);
        form.update_untracked(|form| {
            if form.said(&at("is")).is_empty() {
                form.say(&at("is"), SupplyIs::Leaves.code());
            }
        });
        let kinds = Signal::derive(|| {
            SupplyIs::ALL.iter().map(|one| Choice::new(one.code(), supply_words(one))).collect::<Vec<_>>()
        });
        let professions = Signal::derive(move || {
            let kept = form.with(|form| form.said(&at("profession")).to_owned());
            std::iter::once(Choice::new("", w::choose()))
                .chain(choices_and(ListId::Professions, &kept))
                .collect::<Vec<_>>()
        });
        let (entry, set) = entry_of(form, at("entry"));
        // In a group whoever is named is named in words, which a search of the directory neither shows nor takes away.
        let is_unnamed = Memo::new(move |_| form.with(|form| form.said(&at("named")).trim().is_empty()));
        view! {
            <PickOne form=form name=at("is") label=w::fact_is choices=kinds />
            <PickOne form=form name=at("profession") label=w::profession choices=professions />
            <p class="error">{move || error(problems, at("profession")).get()}</p>
            <TextField
                id=id_of(&at("structure"))
                label=w::structure
                hint=w::structure_hint
                optional=true
                text=text(form, at("structure"))
            />
            <TextField
                id=id_of(&at("count"))
                label=w::how_many
                optional=true
                kind=InputKind::Figures
                text=text(form, at("count"))
                error=error(problems, at("count"))
            />
            <EntryField id=id_of(&at("entry")) label=w::who hint=w::who_hint entry=entry set=set />
            <p class="detail" hidden=move || is_unnamed.get()>
                {move || form.with(|form| form.said(&at("named")).to_owned())}
                " "
                <button type="button" class="quiet" on:click=move |_| form.update(|form| form.say(&at("named"), ""))>
                    {w::unname}
                </button>
            </p>
            <TextField
                id=id_of(&at("from"))
                label=p::from
                hint=w::date_hint
                optional=true
                text=text(form, at("from"))
                error=error(problems, at("from"))
            />
            <TextField
                id=id_of(&at("until"))
                label=p::until
                hint=w::date_hint
                optional=true
                text=text(form, at("until"))
                error=error(problems, at("until"))
            />
            <TextField id=id_of(&at("source")) label=w::source optional=true text=text(form, at("source")) />
            <TextField id=id_of(&at("note")) label=p::note optional=true text=text(form, at("note")) />
            <TextField id=id_of(&at("to_verify")) label=p::to_verify optional=true text=text(form, at("to_verify")) />
        }
    };
    view! {
        <Lines
            ids=ids
            legend=w::fact
            remove=w::fact_remove
            add=w::fact_add
            add_other=w::fact_add_other
            make=make
            drop_line=drop_line
            draw=draw
        />
    }
}

#[cfg(test)]
mod tests {
    use maillon_shared::domain::diagnosis::DiagnosedPlace;
    use maillon_shared::domain::event::EventCommune;

    use super::*;

    const ALONE: LineId = LineId([2; 16]);
    const OLD: LineId = LineId([3; 16]);

    fn diagnosis() -> Diagnosis {
        let mut all = Diagnosis::empty(DiagnosisId([1; 16]));
        all.places.push(DiagnosedPlace::of(EventCommune { key: "13004".into(), name: "Arles".into() }));
        all.indicators.push(Indicator { name: "Vivant seuls".into(), ..Indicator::empty(ALONE) });
        all.indicators.push(Indicator { name: "75 ans".into(), measure: Measure::Share, ..Indicator::empty(OLD) });
        let at = |indicator, year| FigureAt { indicator, year, place: "13004".into() };
        let source = "INSEE".to_owned();
        all.figures.insert(at(ALONE, 2024), Figure { source, ..Figure::number(Hundredths::whole(51_811)) });
        let is = FigureIs::Share(Percent::parse("12,50").expect("a percentage"), PublishedN::NotPublished);
        all.figures.insert(at(OLD, 2021), Figure { is, ..Figure::number(Hundredths(0)) });
        let from = maillon_shared::domain::time::PartialDate::parse("2026-06");
        let (place, profession) = ("13004".into(), "nurse".into());
        all.supply.push(SupplyFact { place, profession, from, ..SupplyFact::empty(LineId([4; 16])) });
        all
    }

    #[test]
    fn a_form_that_nobody_touched_writes_nothing() {
        let before = diagnosis();
        let (after, problems) = settled(&typed_of(&before, 2026), &before, "13004");
        assert!(problems.is_empty());
        assert_eq!(before.changes_to(&after), []);
    }

    #[test]
    fn a_figure_of_an_indicator_that_the_form_does_not_show_stays() {
        let mut before = diagnosis();
        before.indicators.retain(|indicator| indicator.id != ALONE);
        let (after, problems) = settled(&typed_of(&before, 2026), &before, "13004");
        assert!(problems.is_empty());
        assert_eq!(before.changes_to(&after), []);
    }

    #[test]
    fn a_figure_of_a_draft_whose_indicator_was_taken_away_meanwhile_is_written() {
        let mut form = typed_of(&diagnosis(), 2026);
        form.say(&of_figure(ALONE, 2026, "value"), "12");
        let mut before = diagnosis();
        before.indicators.retain(|indicator| indicator.id != ALONE);
        before.figures.retain(|at, _| at.indicator != ALONE);
        let (after, problems) = settled(&form, &before, "13004");
        assert!(problems.is_empty());
        let years: Vec<_> = after.years(ALONE, "13004").map(|(year, figure)| (year, figure.is.height())).collect();
        assert!(years.contains(&(2026, Some(1_200))), "{years:?}");
    }

    #[test]
    fn an_emptied_field_is_that_nobody_knows_and_what_is_no_number_is_told() {
        let before = diagnosis();
        let mut form = typed_of(&before, 2026);
        ["value", "source"].iter().for_each(|part| form.say(&of_figure(ALONE, 2024, part), ""));
        form.say(&of_figure(ALONE, 2026, "value"), "0");
        let (after, problems) = settled(&form, &before, "13004");
        assert!(problems.is_empty());
        let years: Vec<_> = after.years(ALONE, "13004").map(|(year, figure)| (year, figure.is.height())).collect();
        assert_eq!(years, [(2026, Some(0))], "zero is known, nothing is not");
        form.say(&of_figure(ALONE, 2026, "value"), "environ 30");
        form.say(&of_figure(OLD, 2026, "value"), "120");
        form.say(&of_figure(ALONE, 2025, "source"), "la mairie");
        let (_, problems) = settled(&form, &before, "13004");
        assert!(problems[0].words.contains("2025"), "the page shows 2026: {}", problems[0].words);
        let fields: Vec<String> = problems.into_iter().map(|problem| problem.field).collect();
        let wrong = [YEAR.to_owned(), of_figure(ALONE, 2026, "value"), of_figure(OLD, 2026, "value")];
        assert_eq!(fields, wrong.map(|name| id_of(&name)));
    }
}
