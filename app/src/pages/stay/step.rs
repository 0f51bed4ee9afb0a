//! A step before a return: how far it is, who sees to it, by when, and what was answered.

use chrono::NaiveDate;
use leptos::prelude::*;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::stays::{StayFile, StayWrite};
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::circle::Helper;
use maillon_shared::domain::hospital_stay::{StayChange, StepState};
use maillon_shared::domain::ids::{HospitalStayId, LineId};
use maillon_shared::domain::project::Owner;

use super::words::{step_state_words, step_words};
use crate::browser;
use crate::door::answer;
use crate::drafts::{self, Fields};
use crate::pages::circle::who::{Who, WhoIs};
use crate::pages::circle::words::helper_words;
use crate::routes::{Route, StayRoute};
use crate::ui::error_summary::problem_of;
use crate::ui::{
    Chips, Choice, DayAdvice, DayField, FormFrame, Opened, Problem, Save, Text, TextArea, TextField, load_once,
    when_loaded,
};
use crate::when;
use crate::words::{note, project, stay as w};

/// The code of nobody.
const NOBODY: &str = "nobody";

/// A step while it is filled.
#[derive(Clone, Debug, PartialEq, Eq)]
struct StepForm {
    what: String,
    state: StepState,
    who: Who,
    by: Option<NaiveDate>,
    note: String,
}

/// What the form offers.
#[derive(Clone, PartialEq)]
struct Offered {
    who: Vec<Choice>,
    planned: Option<NaiveDate>,
    /// The step's name, where it is of the list.
    title: Option<String>,
}

/// A step of a stay.
#[component]
pub fn StepPage(id: HospitalStayId, step: Option<LineId>) -> impl IntoView {
    let new = LineId(browser::random_id());
    let loaded = load_once(move || async move { open(id, step).await });
    when_loaded(loaded, move |opened| {
        let (opened, offered) = opened.get_untracked();
        view! { <Form opened=opened offered=offered stay=id step=step.unwrap_or(new) is_new=step.is_none() /> }
    })
}

async fn open(id: HospitalStayId, step: Option<LineId>) -> Result<(Opened<StepForm>, Offered), Failure> {
    let file: Box<StayFile> = answer!(Request::Stay(id), Stay(file) => file)?;
    let who = offered(&file);
    let (mut title, planned) = (None, file.stay.planned);
    let before = match step {
        Some(step) => {
            let held = file.stay.steps.iter().find(|held| held.id == step).ok_or(Failure::NotFound)?;
            let words = step_words(&held.what);
            title = (words != held.what).then_some(words);
            StepForm {
                what: held.what.clone(),
                state: held.state.clone(),
                who: match &held.owner {
                    Some(owner) => Who::of(&owner.to_string(), &who),
                    None => Who { chosen: NOBODY.to_owned(), ..Who::default() },
                },
                by: held.by,
                note: held.note.clone(),
            }
        }
        None => {
            let who = Who { chosen: NOBODY.to_owned(), ..Who::default() };
            StepForm { what: String::new(), state: StepState::ToAsk, who, by: None, note: String::new() }
        }
    };
    let subject = step.map_or_else(|| id.to_string(), |step| format!("{id}/{step}"));
    Ok((Opened::find(drafts::key("stay_step", subject), before, lay).await, Offered { who, planned, title }))
}

/// Who may see to it: nobody yet, the person, those around them, whoever sees to another step, the coordinator.
fn offered(file: &StayFile) -> Vec<Choice> {
    let mut who = vec![Choice::new(NOBODY, w::nobody_yet())];
    let mut offer = |code: String, name: String| {
        if !name.is_empty() && !who.iter().any(|choice| choice.code == code) {
            who.push(Choice::new(code, name));
        }
    };
    offer(Owner::Coordinator.to_string(), project::coordination().to_owned());
    offer(Owner::Person.to_string(), file.row.name.clone());
    for one in &file.related {
        offer(Helper::Related(one.id).to_string(), one.name.clone());
    }
    for (step, shown) in &file.owners {
        let owner = file.stay.steps.iter().find(|held| held.id == *step).and_then(|held| held.owner.as_ref());
        if let Some(owner) = owner {
            offer(owner.to_string(), helper_words(shown));
        }
    }
    who
}

#[component]
fn Form(opened: Opened<StepForm>, offered: Offered, stay: HospitalStayId, step: LineId, is_new: bool) -> impl IntoView {
    let before = opened.before.clone();
    let there = Route::Stay(StayRoute::One(stay));
    let then = there.clone();
    let save = move |form: &StepForm, draft: DraftKey| {
        if form.what.trim().is_empty() {
            return Err(vec![Problem { field: "what".into(), words: w::needs_what().into() }]);
        }
        let owner = form.who.code().filter(|code| code != NOBODY).map(|code| Owner::parse(&code));
        let mut changes = Vec::new();
        let mut change_if = |differs: bool, change: StayChange| changes.extend(differs.then_some(change));
        change_if(form.what.trim() != before.what, StayChange::Step(step, form.what.trim().to_owned()));
        change_if(form.state != before.state, StayChange::StepState(step, form.state.clone()));
        change_if(form.who != before.who, StayChange::StepOwner(step, owner));
        change_if(form.by != before.by, StayChange::StepBy(step, form.by));
        change_if(form.note.trim() != before.note, StayChange::StepNote(step, form.note.trim().to_owned()));
        let write = StayWrite::Edit { id: stay, changes, draft: Some(draft) };
        Ok(Save { request: Request::WriteStay(Box::new(write)), then: then.clone() })
    };
    let draw = move |form: RwSignal<StepForm>, problems: RwSignal<Vec<Problem>>| {
        view! { <StepFields form=form problems=problems offered=offered /> }
    };
    view! {
        <FormFrame
            title=if is_new { w::add_step } else { w::step }
            way_back=there
            opened=opened
            fields=fields_since
            forget=note::start_again
            save=save
            draw=draw
        />
    }
}

#[component]
fn StepFields(form: RwSignal<StepForm>, problems: RwSignal<Vec<Problem>>, offered: Offered) -> impl IntoView {
    let what = Text::within(form, |form: &StepForm| form.what.clone(), |form, text| form.what = text);
    let answer = Text::within(form, |form: &StepForm| form.note.clone(), |form, text| form.note = text);
    let what = match offered.title {
        Some(title) => view! { <p class="step-name"><strong>{title}</strong></p> }.into_any(),
        None => {
            view! { <TextField id="what" label=w::step hint=w::step_hint text=what error=problem_of(problems, "what") /> }
                .into_any()
        }
    };
    let states = Signal::derive(|| {
        StepState::ALL.iter().map(|state| Choice::new(state.code(), step_state_words(state))).collect::<Vec<_>>()
    });
    let state = Signal::derive(move || form.with(|form| form.state.code().to_owned()));
    let choose = Callback::new(move |code: String| form.update(|form| form.state = StepState::from_code(&code)));
    let by = Signal::derive(move || form.with(|form| form.by));
    let set_by = Callback::new(move |day| form.update(|form| form.by = day));
    let today = browser::today();
    let eve = offered.planned.and_then(|day| day.pred_opt()).filter(|day| *day >= today);
    let near = Signal::derive(move || {
        let tomorrow = today.succ_opt().map(|day| (day, when::capital(crate::words::time::tomorrow().into())));
        let eve = eve.map(|day| (day, w::on_the_eve(when::date(day, today))));
        let mut days = vec![(today, when::capital(crate::words::time::today().into()))];
        for (day, words) in tomorrow.into_iter().chain(eve) {
            if !days.iter().any(|(other, _)| *other == day) {
                days.push((day, words));
            }
        }
        days
    });
    view! {
        {what}
        <Chips name="state" legend=|| w::step_state() choices=states chosen=state choose=choose />
        <WhoIs
            form=form
            read=|form| &form.who
            write=|form| &mut form.who
            legend=w::step_owner
            offered=offered.who
            problems=problems
        />
        <DayField id="by" legend=|| w::step_by() near=near none=w::by_the_return day=by set=set_by />
        <DayAdvice day=by set=set_by />
        <TextArea id="note" label=w::step_note hint=w::notes_hint optional=true lines=2 text=answer />
    }
}

fn fields_since(opened: &StepForm, form: &StepForm) -> Fields {
    let of = |form: &StepForm| {
        [
            ("what", form.what.clone()),
            ("state", form.state.code().to_owned()),
            ("by", form.by.map(|day| day.to_string()).unwrap_or_default()),
            ("note", form.note.clone()),
        ]
    };
    let mut fields = Fields::that_differ(of(opened), of(form));
    form.who.put(&opened.who, &mut fields);
    fields
}

fn lay(form: &mut StepForm, fields: &Fields) {
    for (name, value) in fields.iter() {
        match name {
            "what" => form.what = value.to_owned(),
            "state" => form.state = StepState::from_code(value),
            "by" => form.by = value.parse().ok(),
            "note" => form.note = value.to_owned(),
            name => form.who.lay(name, value),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_finds_the_whole_step_again() {
        let who = Who { chosen: NOBODY.into(), ..Who::default() };
        let opened = StepForm { what: "keys".into(), state: StepState::ToAsk, who, by: None, note: String::new() };
        let form = StepForm {
            what: "keys".into(),
            state: StepState::InHand,
            who: Who { chosen: "coordinator".into(), ..Who::default() },
            by: "2026-06-19".parse().ok(),
            note: "chez la voisine".into(),
        };
        let mut again = opened.clone();
        lay(&mut again, &Fields::read(&fields_since(&opened, &form).write()));
        assert_eq!(again, form);
        assert!(fields_since(&opened, &opened).is_empty());
    }
}
