//! An alert to raise, about someone or about everyone; and its words to mend.

use chrono::{Days, NaiveDate};
use leptos::prelude::*;
use maillon_shared::api::alerts::AlertWrite;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::responses::{EntryRow, PersonRow};
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::alert::{
    Alert, AlertField, AlertSubject, Owner, Population, PopulationField, Severity, VigilanceLevel,
};
use maillon_shared::domain::ids::{AlertId, EntryId, LineId, PersonId};
use maillon_shared::domain::lists::ListId;

use super::fields::{OwnerField, Pick, SeverityField};
use super::form::{AlertForm, fields_since, lay};
use super::words::now;
use crate::door::answer;
use crate::routes::{AlertRoute, AlertStart, Route};
use crate::ui::error_summary::problem_of;
use crate::ui::{
    Chips, Choice, DayField, EmergencyNumbers, FormFrame, Opened, Problem, Save, Text, TextArea, TextField, WhoField,
    load_once, when_loaded,
};
use crate::words::{Word, alert as w, form as form_words, note};
use crate::{browser, drafts, lists, when};

/// For how long something is watched, unless one says otherwise.
const USUAL_DAYS: u64 = 3;

/// What a form of alerts is opened with, and what it chooses among.
#[derive(Clone, PartialEq)]
struct Loaded {
    opened: Opened<AlertForm>,
    people: Vec<PersonRow>,
    directory: Vec<EntryRow>,
}

async fn open(key: DraftKey, form: AlertForm) -> Result<Loaded, Failure> {
    let people = answer!(Request::People, People(rows) => rows)?;
    let directory = answer!(Request::Directory, Directory(rows) => rows)?;
    Ok(Loaded { opened: Opened::find(key, form, lay).await, people, directory })
}

/// An alert that nobody has said anything of yet.
fn begun(subject: AlertSubject, severity: Severity) -> Alert {
    let lines = [LineId(browser::random_id()), LineId(browser::random_id())];
    Alert::raised(AlertId(browser::random_id()), subject, now(), severity, Owner::Coordinator, lines)
}

/// An alert about someone to raise.
#[component]
pub fn NewAlertPage(start: AlertStart) -> impl IntoView {
    let loaded = load_once(move || {
        let subject = AlertSubject::Person(start.person.unwrap_or(PersonId([0; 16])));
        let mut alert = begun(subject, Severity::Information);
        alert.from = start.from;
        let key = drafts::key("alert", start.person.map(|id| id.to_string()).unwrap_or_default());
        open(key, AlertForm::of(alert, start.person, None))
    });
    let way_back = start.person.map_or(Route::Alert(AlertRoute::List), Route::Person);
    when_loaded(loaded, move |loaded| {
        view! { <Raise loaded=loaded.get_untracked() title=w::new way_back=way_back.clone() /> }
    })
}

/// An alert about everyone to raise.
#[component]
pub fn NewForAllPage() -> impl IntoView {
    let loaded = load_once(|| {
        let today = browser::today();
        let until = today.checked_add_days(Days::new(USUAL_DAYS)).unwrap_or(today);
        let mut alert = begun(AlertSubject::Population(Population::until(until)), Severity::Information);
        alert.kind = "weather".into();
        open(drafts::key("alert-for-all", ""), AlertForm::of(alert, None, Some(Severity::Information)))
    });
    when_loaded(loaded, |loaded| {
        let way_back = Route::Alert(AlertRoute::List);
        view! { <Raise loaded=loaded.get_untracked() title=w::new_for_all way_back=way_back /> }
    })
}

#[component]
fn Raise(loaded: Loaded, title: Word, way_back: Route) -> impl IntoView {
    let Loaded { opened, people, directory } = loaded;
    let is_for_all = opened.before.population().is_some();
    let save = move |form: &AlertForm, draft: DraftKey| {
        let found = problems(form);
        let name_of = |entry: EntryId| directory.iter().find(|row| row.id == entry).map(|row| row.name.clone());
        let alert = form.to_alert(name_of).filter(|_| found.is_empty());
        let Some(alert) = alert else { return Err(found) };
        let then = Route::Alert(AlertRoute::One(alert.id));
        let write = AlertWrite::Raise { alert: Box::new(alert), draft: Some(draft) };
        Ok(Save { request: Request::WriteAlert(Box::new(write)), then })
    };
    let draw = move |form: RwSignal<AlertForm>, problems: RwSignal<Vec<Problem>>| {
        let person = Signal::derive(move || form.with(|form| form.person));
        let set_person = Callback::new(move |person| form.update(|form| form.person = person));
        let severity = Signal::derive(move || form.with(|form| form.severity.clone()));
        let set_severity = Callback::new(move |one: Severity| form.update(|form| form.severity = Some(one)));
        let owner = Signal::derive(move || form.with(|form| form.owner.clone()));
        let set_owner = Callback::new(move |owner| form.update(|form| form.owner = owner));
        let is_vital = Memo::new(move |_| severity.with(|one| one.as_ref().is_some_and(Severity::is_vital)));
        let who_is_wrong = problem_of(problems, "who");
        let who = (!is_for_all).then(|| {
            view! {
                <p class="error" hidden=move || who_is_wrong.with(Option::is_none)>{move || who_is_wrong.get()}</p>
                <WhoField legend=w::who people=people person=person set=set_person />
            }
        });
        view! {
            {who}
            <SeverityField severity=severity set=set_severity error=problem_of(problems, "severity") />
            <Show when=move || is_vital.get() && !is_for_all>
                <EmergencyNumbers />
            </Show>
            <Told form=form problems=problems is_for_all=is_for_all />
            <OwnerField owner=owner set=set_owner error=problem_of(problems, "owner") />
        }
    };
    view! {
        <FormFrame
            title=title
            way_back=way_back
            opened=opened
            fields=fields_since
            forget=note::start_again
            save=save
            draw=draw
        />
    }
}

/// The words of an alert to mend; who answers, how grave and what was done are written elsewhere, each with its why.
#[component]
pub fn EditAlertPage(id: AlertId) -> impl IntoView {
    let loaded = load_once(move || async move {
        let alert = answer!(Request::Alert(id), Alert(file) => file.alert)?;
        let (person, severity) = (alert.person(), alert.severity().clone());
        open(drafts::key("alert-words", id), AlertForm::of(alert, person, Some(severity))).await
    });
    when_loaded(loaded, move |loaded| {
        let opened = loaded.get_untracked().opened;
        let before = opened.before.alert.clone();
        let is_for_all = opened.before.population().is_some();
        let save = move |form: &AlertForm, draft: DraftKey| {
            let found = problems(form);
            if !found.is_empty() {
                return Err(found);
            }
            let changes = before.changes_to(&form.alert);
            let write = AlertWrite::Edit { id, changes, draft: Some(draft) };
            Ok(Save { request: Request::WriteAlert(Box::new(write)), then: Route::Alert(AlertRoute::One(id)) })
        };
        let draw = move |form, problems| view! { <Told form=form problems=problems is_for_all=is_for_all /> };
        view! {
            <FormFrame
                title=w::edit_title
                way_back=Route::Alert(AlertRoute::One(id))
                opened=opened
                fields=fields_since
                forget=form_words::draft_forget
                save=save
                draw=draw
            />
        }
    })
}

/// All that is to be mended.
fn problems(form: &AlertForm) -> Vec<Problem> {
    let mut found = Vec::new();
    let mut need = |is_missing: bool, field: &str, words: &str| {
        if is_missing {
            found.push(Problem { field: field.into(), words: words.into() });
        }
    };
    let alert = &form.alert;
    need(form.population().is_none() && form.person.is_none(), "who", w::needs_who());
    need(form.severity.is_none(), "severity", w::needs_severity());
    need(alert.kind.is_empty() && alert.words.trim().is_empty(), "words", w::needs_words());
    let is_over = form.population().is_some_and(|population| population.until < alert.received.day);
    need(is_over, "until", w::needs_later());
    let is_nobody =
        form.owner.code == super::fields::SOMEONE && form.owner.entry.is_none() && form.owner.name.trim().is_empty();
    need(is_nobody, "owner", w::needs_owner());
    found
}

/// What it is, who said it, in which words; where and until when, for everyone.
#[component]
fn Told(form: RwSignal<AlertForm>, problems: RwSignal<Vec<Problem>>, is_for_all: bool) -> impl IntoView {
    let text = move |field: AlertField| {
        Text::within(
            form,
            move |form: &AlertForm| form.alert.text(field).to_owned(),
            move |form: &mut AlertForm, text| *form.alert.text_mut(field) = text,
        )
    };
    let wrong = problem_of(problems, "words");
    let more = is_for_all.then(|| view! { <ForAll form=form problems=problems /> });
    view! {
        <Pick id="kind" label=w::kind list=ListId::AlertKinds text=text(AlertField::Kind) />
        {more}
        <TextArea id="words" label=w::words hint=w::words_hint text=text(AlertField::Words) error=wrong />
        <Pick id="source" label=w::source list=ListId::RequestSources text=text(AlertField::Source) />
    }
}

#[component]
fn ForAll(form: RwSignal<AlertForm>, problems: RwSignal<Vec<Problem>>) -> impl IntoView {
    let today = browser::today();
    let text = move |field: PopulationField| {
        Text::within(
            form,
            move |form: &AlertForm| form.population().map(|one| one.text(field).to_owned()).unwrap_or_default(),
            move |form: &mut AlertForm, text| {
                if let Some(population) = form.population_mut() {
                    *population.text_mut(field) = text;
                }
            },
        )
    };
    let change = move |change: &dyn Fn(&mut Population)| {
        form.update(|form| {
            if let Some(population) = form.population_mut() {
                change(population);
            }
        });
    };
    let levels = Signal::derive(|| {
        [Choice::new("", w::no_level())].into_iter().chain(lists::choices(ListId::VigilanceLevels)).collect::<Vec<_>>()
    });
    let level = Signal::derive(move || {
        let level = form.with(|form| form.population().and_then(|population| population.level.clone()));
        level.map(|level| level.code().to_owned()).unwrap_or_default()
    });
    let set_level = Callback::new(move |code: String| {
        let level = (!code.is_empty()).then(|| VigilanceLevel::from_code(&code));
        change(&|population| population.level.clone_from(&level));
    });
    let until = Signal::derive(move || form.with(|form| form.population().map(|population| population.until)));
    let set_until = Callback::new(move |day: Option<NaiveDate>| {
        if let Some(day) = day {
            change(&|population| population.until = day);
        }
    });
    let near = Signal::derive(move || {
        let days = [0, 1, 3, 7].into_iter().filter_map(|days| today.checked_add_days(Days::new(days)));
        days.map(|day| (day, when::capital(when::day(day, today)))).collect::<Vec<_>>()
    });
    let wrong = problem_of(problems, "until");
    view! {
        <TextField
            id="phenomenon"
            label=w::phenomenon
            hint=w::phenomenon_hint
            optional=true
            text=text(PopulationField::Phenomenon)
        />
        <Chips name="level" legend=|| w::level() choices=levels chosen=level choose=set_level />
        <p class="error" hidden=move || wrong.with(Option::is_none)>{move || wrong.get()}</p>
        <DayField id="until" legend=|| w::until() near=near day=until set=set_until />
        <TextField id="communes" label=w::communes optional=true text=text(PopulationField::Communes) />
        <TextField id="audience" label=w::audience optional=true text=text(PopulationField::Audience) />
        <TextArea id="outcome" label=w::outcome hint=w::outcome_hint optional=true text=text(PopulationField::Outcome) />
    }
}
