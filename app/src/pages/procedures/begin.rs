//! An episode to begin: about whom, from when, and which steps become follow-ups, each on a day that one sees before anything
//! is saved.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use leptos::prelude::*;
use maillon_shared::api::procedures::{
    NewRun, NewStep, ProcedureAnswer, ProcedureFile, ProcedureRead, ProcedureWrite, ProposedStep,
};
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::responses::PersonRow;
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::ids::{FollowUpId, LineId, PersonId, ProcedureId, ProcedureRunId};
use maillon_shared::domain::procedure::ProcedureVersion;
use wasm_bindgen_futures::spawn_local;

use super::steps::{after_words, problem};
use super::words::version_words;
use super::{ask, ask_one};
use crate::door::answer;
use crate::drafts::{self, Fields};
use crate::routes::{ProcedureRoute, Route};
use crate::ui::{
    Chips, Choice, DayAdvice, DayField, FailureNote, FormFrame, Opened, Problem, Save, Text, TextField, WhoField,
    load_once, today_or_yesterday, when_loaded,
};
use crate::words::{in_a_row, note, procedures as w};
use crate::{browser, when};

/// The form's code among the drafts.
const FORM: &str = DraftKey::BEGIN_PROCEDURE;
const DUE: &str = "due-";
const BEGAN: &str = "began";

/// What is proposed, and for which version begun on which day: for another, nothing is planned by it.
#[derive(Clone, Default)]
struct Proposed {
    of: Option<(LineId, NaiveDate)>,
    steps: Vec<ProposedStep>,
}

impl Proposed {
    fn is_for(&self, form: &Begun) -> bool {
        self.of == Some((form.version, form.began_on))
    }
}

/// What the form holds.
#[derive(Clone, PartialEq)]
struct Begun {
    run: ProcedureRunId,
    version: LineId,
    person: Option<PersonId>,
    began_on: NaiveDate,
    words: String,
    /// The day of each step, where it is another than the one proposed; none is that it becomes no follow-up.
    days: BTreeMap<LineId, Option<NaiveDate>>,
}

fn fields_since(opened: &Begun, form: &Begun) -> Fields {
    let said = |form: &Begun| {
        [
            ("version", form.version.to_string()),
            ("person", form.person.map(|id| id.to_string()).unwrap_or_default()),
            ("began_on", form.began_on.to_string()),
            ("words", form.words.clone()),
        ]
    };
    let mut fields = Fields::that_differ(said(opened), said(form));
    for (step, day) in &form.days {
        fields.put(format!("{DUE}{step}"), day.map(|day| day.to_string()).unwrap_or_default());
    }
    fields
}

fn lay(form: &mut Begun, fields: &Fields) {
    for (name, value) in fields.iter() {
        match (name, name.strip_prefix(DUE).and_then(LineId::parse)) {
            ("version", _) => form.version = LineId::parse(value).unwrap_or(form.version),
            ("person", _) => form.person = PersonId::parse(value),
            ("began_on", _) => form.began_on = value.parse().unwrap_or(form.began_on),
            ("words", _) => form.words = value.to_owned(),
            (_, Some(step)) => {
                form.days.insert(step, value.parse().ok());
            }
            _ => {}
        }
    }
}

/// The day on which a step is to be done: as it was chosen, else as it is proposed, on a worked day.
fn due_of(form: &Begun, proposed: &ProposedStep) -> Option<NaiveDate> {
    match form.days.get(&proposed.step.id) {
        Some(chosen) => *chosen,
        None => proposed.day.as_ref().map(|day| day.later.filter(|_| day.why.is_some()).unwrap_or(day.day)),
    }
}

/// An episode to begin.
#[component]
pub fn BeginPage(id: ProcedureId, about: Option<PersonId>) -> impl IntoView {
    let loaded = load_once(move || async move {
        let file = ask_one(id).await?;
        let people = answer!(Request::People, People(rows) => rows)?;
        let version = file.procedure.current().next().map(|version| version.id).ok_or(Failure::NotFound)?;
        let form = Begun {
            run: ProcedureRunId(browser::random_id()),
            version,
            person: about,
            began_on: browser::today(),
            words: String::new(),
            days: BTreeMap::new(),
        };
        let subject = about.map_or_else(|| id.to_string(), |person| format!("{id}/{person}"));
        let opened = Opened::find(drafts::key(FORM, subject), form, lay).await;
        Ok((opened, file, people))
    });
    let way_back = about.map_or(Route::Procedures(ProcedureRoute::One(id)), Route::Person);
    when_loaded(loaded, move |found| {
        let (opened, file, people) = found.get_untracked();
        let proposed = RwSignal::new(Proposed::default());
        let ids = StoredValue::new(BTreeMap::<LineId, FollowUpId>::new());
        let save = move |form: &Begun, draft: DraftKey| {
            let mut planned = Vec::new();
            let mut problems = Vec::new();
            let Proposed { steps, .. } = match proposed.get_untracked() {
                held if held.is_for(form) => held,
                // Saved now, it would begin without its follow-ups, or with those of another day.
                _ => return Err(vec![Problem { field: BEGAN.into(), words: w::not_proposed().into() }]),
            };
            for step in steps {
                let Some(due) = due_of(form, &step) else { continue };
                if due < form.began_on {
                    problems.push(Problem { field: format!("due-{}", step.step.id), words: w::due_before().into() });
                }
                let mut follow_up = FollowUpId([0; 16]);
                // Asked twice, it is begun once.
                ids.update_value(|ids| {
                    follow_up = *ids.entry(step.step.id).or_insert_with(|| FollowUpId(browser::random_id()));
                });
                planned.push(NewStep { step: step.step.id, follow_up, due });
            }
            if !problems.is_empty() {
                return Err(problems);
            }
            let new = NewRun {
                id: form.run,
                procedure: id,
                version: form.version,
                person: form.person,
                began_on: form.began_on,
                words: form.words.clone(),
                planned,
                draft: Some(draft),
            };
            let then = Route::Procedures(ProcedureRoute::Run(form.run));
            Ok(Save { request: Request::WriteProcedures(Box::new(ProcedureWrite::Begin(Box::new(new)))), then })
        };
        view! {
            <FormFrame
                title=w::begin
                way_back=way_back.clone()
                class="sheet"
                opened=opened
                fields=fields_since
                forget=note::start_again
                save=save
                draw=move |form, problems| {
                    view! { <BeginFields form=form problems=problems file=file people=people proposed=proposed /> }
                }
            />
        }
    })
}

#[component]
fn BeginFields(
    form: RwSignal<Begun>,
    problems: RwSignal<Vec<Problem>>,
    file: ProcedureFile,
    people: Vec<PersonRow>,
    proposed: RwSignal<Proposed>,
) -> impl IntoView {
    let procedure = file.procedure.id;
    let asked = Memo::new(move |_| form.with(|form| (form.version, form.began_on)));
    let failure = RwSignal::new(None::<Failure>);
    let again = RwSignal::new(0_u32);
    Effect::new(move |_| {
        again.track();
        let (version, began_on) = asked.get();
        failure.set(None);
        spawn_local(async move {
            let answer = ask(ProcedureRead::Proposed { procedure, version, began_on }).await;
            // The answer to an older question says nothing of this day.
            if asked.try_get_untracked() != Some((version, began_on)) {
                return;
            }
            match answer {
                Ok(ProcedureAnswer::Proposed(steps)) => {
                    proposed.try_set(Proposed { of: Some((version, began_on)), steps });
                }
                Ok(_) => drop(failure.try_set(Some(Failure::NotUnderstood))),
                Err(why) => drop(failure.try_set(Some(why))),
            }
        });
    });
    let retry = Callback::new(move |()| again.update(|again| *again = again.wrapping_add(1)));
    let not_yet = problem(problems, BEGAN);
    let person = Signal::derive(move || form.with(|form| form.person));
    let set_person = Callback::new(move |person| form.update(|form| form.person = person));
    let began = Signal::derive(move || form.with(|form| Some(form.began_on)));
    let set_began = Callback::new(move |day: Option<NaiveDate>| {
        if let Some(day) = day {
            form.update(|form| form.began_on = day);
        }
    });
    let words = Text::within(form, |form: &Begun| form.words.clone(), |form, text| form.words = text);
    let current: Vec<ProcedureVersion> = file.procedure.current().cloned().collect();
    let is_double = current.len() > 1;
    let choices = Signal::derive(move || {
        current.iter().map(|one| Choice::new(one.id.to_string(), version_words(one))).collect::<Vec<_>>()
    });
    let version = Signal::derive(move || form.with(|form| form.version.to_string()));
    let set_version = Callback::new(move |code: String| {
        form.update(|form| {
            form.version = LineId::parse(&code).unwrap_or(form.version);
            form.days.clear();
        });
    });
    let ids = Memo::new(move |_| proposed.with(|held| held.steps.iter().map(|step| step.step.id).collect::<Vec<_>>()));
    let shown = RwSignal::new(BTreeSet::<LineId>::new());
    let step = move |id: LineId| view! { <StepDay form=form proposed=proposed id=id problems=problems shown=shown /> };
    view! {
        <p class="detail">{file.procedure.title().to_owned()}</p>
        <Show when=move || is_double>
            <Chips name="version" legend=|| w::which_version() choices=choices chosen=version choose=set_version />
        </Show>
        <WhoField legend=w::about_whom people=people person=person set=set_person />
        <p class="error" id="began-error">{move || not_yet.get()}</p>
        <DayField id=BEGAN legend=|| w::began() near=today_or_yesterday(None) day=began set=set_began />
        <TextField id="words" label=w::why optional=true text=words />
        <section aria-labelledby="planned">
            <h2 id="planned">{w::becomes}</h2>
            <p class="hint">{w::becomes_hint}</p>
            <FailureNote failure=failure retry=retry />
            <For each=move || ids.get() key=|id| *id let:id>
                {step(id)}
            </For>
        </section>
    }
}

/// A step: on which day it is to be done, or that it becomes no follow-up.
#[component]
fn StepDay(
    form: RwSignal<Begun>,
    proposed: RwSignal<Proposed>,
    id: LineId,
    problems: RwSignal<Vec<Problem>>,
    shown: RwSignal<BTreeSet<LineId>>,
) -> impl IntoView {
    let held = Memo::new(move |_| proposed.with(|held| held.steps.iter().find(|step| step.step.id == id).cloned()));
    let day = Signal::derive(move || held.get().and_then(|step| form.with(|form| due_of(form, &step))));
    let set = Callback::new(move |day: Option<NaiveDate>| {
        form.update(|form| {
            form.days.insert(id, day);
        });
    });
    let near = Signal::derive(move || {
        let offered = held.get().and_then(|step| step.day).map(|day| [Some(day.day), day.earlier, day.later]);
        let mut days: Vec<NaiveDate> = offered.into_iter().flatten().flatten().chain(day.get()).collect();
        days.sort_unstable();
        days.dedup();
        days.into_iter().map(|day| (day, when::date(day, browser::today()))).collect::<Vec<_>>()
    });
    let field = format!("due-{id}");
    let error = problem(problems, field.clone());
    let head = move || held.get().map(|step| step.step.what).unwrap_or_default();
    let told = move || held.get().map(|step| in_a_row([step.step.who, after_words(step.step.after)]));
    let is_open = move || shown.with(|shown| shown.contains(&id)) || error.with(Option::is_some);
    let open = move |_| {
        shown.update(|shown| {
            shown.insert(id);
        });
    };
    let said = move || match day.get() {
        Some(day) => when::date(day, browser::today()),
        None => w::no_follow_up().to_owned(),
    };
    view! {
        <fieldset class="line">
            <legend>{head}</legend>
            <p class="detail">{told}</p>
            <p class="error" id=format!("{field}-error")>{move || error.get()}</p>
            <Show
                when=is_open
                fallback=move || {
                    view! {
                        <p>
                            <strong>{said}</strong> " "
                            <button type="button" class="quiet" on:click=open>{w::another_day}</button>
                        </p>
                    }
                }
            >
                <DayField
                    id=field.clone()
                    legend=|| w::due()
                    near=near
                    none=w::no_follow_up
                    day=day
                    set=set
                />
            </Show>
            <DayAdvice day=day set=set />
        </fieldset>
    }
}

#[cfg(test)]
mod tests {
    use maillon_shared::api::responses::{DayProposal, NotWorkedWhy};
    use maillon_shared::domain::procedure::ProcedureStep;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn what_is_proposed_for_another_day_or_not_yet_plans_nothing() {
        let version = LineId([1; 16]);
        let began_on = day("2026-06-12");
        let (run, words) = (ProcedureRunId([1; 16]), String::new());
        let form = Begun { run, version, person: None, began_on, words, days: BTreeMap::new() };
        assert!(!Proposed::default().is_for(&form));
        let of = |version, began| Proposed { of: Some((version, day(began))), steps: Vec::new() };
        assert!(of(version, "2026-06-12").is_for(&form));
        assert!(!of(version, "2026-06-13").is_for(&form));
        assert!(!of(LineId([2; 16]), "2026-06-12").is_for(&form));
    }

    #[test]
    fn a_day_that_is_not_worked_gives_way_to_the_next_unless_one_is_chosen() {
        let id = LineId([2; 16]);
        let mut form = Begun {
            run: ProcedureRunId([1; 16]),
            version: LineId([1; 16]),
            person: None,
            began_on: day("2026-06-12"),
            words: String::new(),
            days: BTreeMap::new(),
        };
        let sunday = DayProposal {
            day: day("2026-06-14"),
            why: Some(NotWorkedWhy::Weekend),
            earlier: Some(day("2026-06-12")),
            later: Some(day("2026-06-15")),
        };
        let step = ProposedStep { step: ProcedureStep::empty(id), day: Some(sunday) };
        assert_eq!(due_of(&form, &step), Some(day("2026-06-15")));
        form.days.insert(id, Some(day("2026-06-14")));
        assert_eq!(due_of(&form, &step), Some(day("2026-06-14")));
        let opened = Begun { days: BTreeMap::new(), ..form.clone() };
        form.days.insert(id, None);
        let mut again = opened.clone();
        lay(&mut again, &Fields::read(&fields_since(&opened, &form).write()));
        assert!(again == form && due_of(&again, &step).is_none());
        let unknown = ProposedStep { step: ProcedureStep::empty(LineId([3; 16])), day: None };
        assert_eq!(due_of(&form, &unknown), None, "nobody knows when");
    }
}
