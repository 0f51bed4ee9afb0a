//! A diagnosis to begin or to change: what it is called, of which places it is, what is asked of each.

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::collective::CollectiveWrite;
use maillon_shared::api::diagnosis::{DiagnosisFile, DiagnosisPart};
use maillon_shared::api::requests::DraftKey;
use maillon_shared::domain::clues::WrittenFor;
use maillon_shared::domain::diagnosis::{
    DiagnosedPlace, Diagnosis, DiagnosisField, Indicator, IndicatorAbout, IndicatorField, Measure, PlaceField,
};
use maillon_shared::domain::event::EventCommune;
use maillon_shared::domain::ids::{DiagnosisId, GroupId};
use maillon_shared::domain::mission::commune_key;

use super::fields::{Indicators, Places};
use super::words::usual_indicators;
use super::{ask_all, ask_diagnosis};
use crate::pages::typed::{Typed, WithWhom, error, fields_since, id_of, lay, of_line, text, wrong};
use crate::routes::{DiagnosisRoute, Route};
use crate::ui::{CluesFound, FormFrame, Opened, Problem, Save, TextArea, TextField, load_once, when_loaded};
use crate::words::{diagnosis as w, form as f, note};
use crate::{browser, drafts};

/// The form's code among the drafts.
const FORM: &str = "diagnosis";
pub const PLACES: &str = "places";
pub const INDICATORS: &str = "indicators";

/// The form of a diagnosis.
pub fn typed_of(diagnosis: &Diagnosis) -> Typed {
    let mut form = Typed::default();
    for field in DiagnosisField::ALL {
        form.say(field.code(), diagnosis.text(*field));
    }
    for line in &diagnosis.places {
        form.add(PLACES, line.id);
        form.say(&of_line(PLACES, line.id, "place"), line.name());
        form.say(&of_line(PLACES, line.id, "code"), line.key());
        for field in PlaceField::ALL {
            form.say(&of_line(PLACES, line.id, field.code()), line.text(*field));
        }
    }
    for line in &diagnosis.indicators {
        form.add(INDICATORS, line.id);
        for field in IndicatorField::ALL {
            form.say(&of_line(INDICATORS, line.id, field.code()), line.text(*field));
        }
        form.say(&of_line(INDICATORS, line.id, "about"), line.about.code());
        form.say(&of_line(INDICATORS, line.id, "measure"), line.measure.code());
    }
    form
}

/// The diagnosis as the form means it: lines that say nothing are left out.
pub fn settled(form: &Typed, before: &Diagnosis) -> Diagnosis {
    let mut diagnosis = Diagnosis { withdrawn: before.withdrawn, ..Diagnosis::empty(before.id) };
    for field in DiagnosisField::ALL {
        *diagnosis.text_mut(*field) = form.said(field.code()).trim().to_owned();
    }
    for id in form.ids(PLACES) {
        let said = |field: &str| form.said(&of_line(PLACES, id, field)).trim().to_owned();
        let (name, code) = (said("place"), said("code"));
        if name.is_empty() {
            continue;
        }
        let was = before.places.iter().find(|line| line.id == id && line.name() == name);
        let key = was.map_or_else(|| commune_key(&code, &name), |line| line.key().to_owned());
        let mut place = DiagnosedPlace::of(EventCommune { key, name });
        PlaceField::ALL.iter().for_each(|field| *place.text_mut(*field) = said(field.code()));
        // Said twice, it is one place.
        if diagnosis.places.iter().all(|line| line.id != place.id) {
            diagnosis.places.push(place);
        }
    }
    for id in form.ids(INDICATORS) {
        let said = |field: &str| form.said(&of_line(INDICATORS, id, field)).trim().to_owned();
        let mut indicator = Indicator::empty(id);
        IndicatorField::ALL.iter().for_each(|field| *indicator.text_mut(*field) = said(field.code()));
        if let Some(about) = Some(said("about")).filter(|code| !code.is_empty()) {
            indicator.about = IndicatorAbout::from_code(&about);
        }
        if let Some(measure) = Some(said("measure")).filter(|code| !code.is_empty()) {
            indicator.measure = Measure::from_code(&measure);
        }
        if !indicator.name.is_empty() {
            diagnosis.indicators.push(indicator);
        }
    }
    diagnosis
}

fn checked(form: &Typed) -> Result<(), Vec<Problem>> {
    let mut problems = Vec::new();
    if form.said("title").trim().is_empty() {
        wrong(&mut problems, "title", w::needs_title());
    }
    for id in form.ids(INDICATORS) {
        let name = of_line(INDICATORS, id, "name");
        let is_filled = ["unit", "counts"].iter().any(|field| !form.said(&of_line(INDICATORS, id, field)).is_empty());
        if form.said(&name).trim().is_empty() && is_filled {
            wrong(&mut problems, &name, w::needs_indicator_name());
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// A diagnosis to begin.
#[component]
pub fn NewDiagnosisPage() -> impl IntoView {
    let loaded = load_once(|| async {
        let all = ask_all().await?;
        let empty = Diagnosis::empty(DiagnosisId(browser::random_id()));
        let usual = Diagnosis { indicators: usual_indicators(), ..empty };
        let opened = Opened::find(drafts::key(FORM, ""), typed_of(&usual), lay).await;
        Ok((opened, usual.id, all.groups))
    });
    when_loaded(loaded, |found| {
        let (opened, id, groups) = found.get_untracked();
        let save = move |form: &Typed, draft: DraftKey| {
            checked(form)?;
            let diagnosis = Box::new(settled(form, &Diagnosis::empty(id)));
            let write = CollectiveWrite::CreateDiagnosis { diagnosis, group: form.group(), draft: Some(draft) };
            let then = Route::Diagnosis(DiagnosisRoute::One(id));
            Ok(Save { request: Request::WriteCollective(Box::new(write)), then })
        };
        view! {
            <FormFrame
                title=w::new
                way_back=Route::Diagnosis(DiagnosisRoute::List)
                class="sheet"
                opened=opened
                fields=fields_since
                forget=note::start_again
                save=save
                draw=move |form, problems| {
                    view! { <DiagnosisFields form=form problems=problems groups=groups said=Vec::new() /> }
                }
            />
        }
    })
}

/// A diagnosis to change.
#[component]
pub fn EditDiagnosisPage(id: DiagnosisId) -> impl IntoView {
    let loaded = load_once(move || async move {
        let file = ask_diagnosis(id, DiagnosisPart::Whole).await?;
        let opened = Opened::find(drafts::key(FORM, id), typed_of(&file.diagnosis), lay).await;
        Ok((opened, file))
    });
    let there = Route::Diagnosis(DiagnosisRoute::One(id));
    when_loaded(loaded, move |found| {
        let (opened, file) = found.get_untracked();
        let before = file.diagnosis.clone();
        let then = there.clone();
        let save = move |form: &Typed, draft: DraftKey| {
            checked(form)?;
            let changes = before.changes_to(&settled(form, &before));
            let write = CollectiveWrite::EditDiagnosis { id, changes, draft: Some(draft) };
            Ok(Save { request: Request::WriteCollective(Box::new(write)), then: then.clone() })
        };
        let said = of_which_something_is_said(&file);
        view! {
            <FormFrame
                title=w::edit
                way_back=there.clone()
                class="sheet"
                opened=opened
                fields=fields_since
                forget=f::draft_forget
                save=save
                draw=move |form, problems| {
                    view! { <DiagnosisFields form=form problems=problems groups=Vec::new() said=said /> }
                }
            />
        }
    })
}

/// The lines of which something is written: they are not taken away.
fn of_which_something_is_said(file: &DiagnosisFile) -> Vec<maillon_shared::domain::ids::LineId> {
    let indicators = file.figures.iter().map(|(id, _)| *id);
    let places = file.diagnosis.places.iter().filter(|line| file.said_of(line.key()) > 0).map(|line| line.id);
    indicators.chain(places).collect()
}

#[component]
fn DiagnosisFields(
    form: RwSignal<Typed>,
    problems: RwSignal<Vec<Problem>>,
    groups: Vec<(GroupId, String)>,
    said: Vec<maillon_shared::domain::ids::LineId>,
) -> impl IntoView {
    let texts = Memo::new(move |_| form.with(texts_of));
    let said = StoredValue::new(said);
    view! {
        <TextField
            id="title"
            label=w::name
            hint=w::name_hint
            text=text(form, "title")
            error=error(problems, "title")
        />
        <WithWhom form=form groups=groups />
        <TextArea id=id_of("about") label=w::what_for optional=true text=text(form, "about") />
        <section aria-labelledby="indicators">
            <h2 id="indicators">{w::indicators}</h2>
            <p class="hint">{w::indicators_hint}</p>
            <Indicators form=form problems=problems said=said />
        </section>
        <section aria-labelledby="places">
            <h2 id="places">{w::places}</h2>
            <p class="hint">{w::places_hint}</p>
            <Places form=form said=said />
        </section>
        <CluesFound texts=texts written_for=WrittenFor::Project />
    }
}

fn texts_of(form: &Typed) -> Vec<String> {
    let settled = settled(form, &Diagnosis::empty(DiagnosisId([0; 16])));
    match form.group() {
        Some(_) => settled.texts_in_common(),
        None => settled.texts().into_iter().map(str::to_owned).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_that_nobody_touched_means_the_diagnosis_as_it_is() {
        let mut all = Diagnosis::empty(DiagnosisId([1; 16]));
        all.title = "Diagnostic".into();
        all.indicators = usual_indicators();
        let arles = EventCommune { key: "13004".into(), name: "Arles".into() };
        all.places.push(DiagnosedPlace { within: "241300417".into(), ..DiagnosedPlace::of(arles) });
        let hills = EventCommune { key: "nos collines".into(), name: "Nos collines".into() };
        all.places.push(DiagnosedPlace::of(hills));
        let form = typed_of(&all);
        assert_eq!(settled(&form, &all), all);
        assert_eq!(all.changes_to(&settled(&form, &all)), []);
        assert!(checked(&form).is_ok());
    }
}
