//! The end of a stay: the return, with the call of the next day and the visit of the week after; or another end.

use chrono::{Days, NaiveDate};
use leptos::prelude::*;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::stays::{StayFile, StayWrite};
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::follow_up::{FollowUp, FollowUpKind};
use maillon_shared::domain::hospital_stay::{HospitalStay, StayEnd};
use maillon_shared::domain::ids::HospitalStayId;

use super::words::end_words;
use crate::browser;
use crate::door::answer;
use crate::drafts::{self, Fields};
use crate::routes::{Route, StayRoute};
use crate::ui::error_summary::problem_of;
use crate::ui::{
    Chips, Choice, DayAdvice, DayField, FormFrame, Opened, Problem, Save, load_once, today_or_yesterday, when_loaded,
};
use crate::when;
use crate::words::{note, stay as w};

/// How many days after the return one calls, and visits.
const CALL_AFTER: u64 = 1;
const VISIT_AFTER: u64 = 7;

/// A return while it is filled: the call and the visit follow its day until they are given one of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
struct ReturnForm {
    on: NaiveDate,
    call: Option<NaiveDate>,
    visit: Option<NaiveDate>,
}

impl ReturnForm {
    fn on(day: NaiveDate) -> Self {
        ReturnForm { on: day, call: after(day, CALL_AFTER), visit: after(day, VISIT_AFTER) }
    }

    /// The person was back that day after all: what was not given another day follows.
    fn set_on(&mut self, day: NaiveDate) {
        let follows = ReturnForm::on(self.on);
        let then = ReturnForm::on(day);
        if self.call == follows.call {
            self.call = then.call;
        }
        if self.visit == follows.visit {
            self.visit = then.visit;
        }
        self.on = day;
    }
}

fn after(day: NaiveDate, days: u64) -> Option<NaiveDate> {
    day.checked_add_days(Days::new(days))
}

/// The person is back.
#[component]
pub fn HomePage(id: HospitalStayId) -> impl IntoView {
    let loaded = load_once(move || async move {
        let file: Box<StayFile> = answer!(Request::Stay(id), Stay(file) => file)?;
        let today = browser::today();
        let planned = file.stay.planned.filter(|day| *day <= today && *day >= file.stay.since());
        let form = ReturnForm::on(planned.unwrap_or(today));
        Ok::<_, Failure>((Opened::find(drafts::key("stay_home", id), form, lay).await, file.stay))
    });
    when_loaded(loaded, |loaded| {
        let (opened, stay) = loaded.get_untracked();
        view! { <Home opened=opened stay=stay /> }
    })
}

#[component]
fn Home(opened: Opened<ReturnForm>, stay: HospitalStay) -> impl IntoView {
    let there = Route::Stay(StayRoute::One(stay.id));
    let then = there.clone();
    let since = stay.since();
    let save = move |form: &ReturnForm, draft: DraftKey| {
        if form.on < since || form.on > browser::today() {
            return Err(vec![Problem { field: "on".into(), words: w::wrong_return().into() }]);
        }
        let days =
            [(form.call, FollowUpKind::Call, w::call_after()), (form.visit, FollowUpKind::Visit, w::visit_after())];
        let planned = stay.after_return().into_iter().zip(days).filter_map(|(id, (day, kind, what))| {
            let mut follow_up = FollowUp::open(id, Some(stay.person), kind, day?);
            what.clone_into(&mut follow_up.what);
            Some(follow_up)
        });
        let follow_ups: Vec<_> = planned.collect();
        if follow_ups.iter().any(|planned| planned.due < form.on) {
            return Err(vec![Problem { field: "call".into(), words: w::after_the_return().into() }]);
        }
        let write = StayWrite::Return { id: stay.id, on: form.on, follow_ups, draft: Some(draft) };
        Ok(Save { request: Request::WriteStay(Box::new(write)), then: then.clone() })
    };
    let draw = |form: RwSignal<ReturnForm>, problems: RwSignal<Vec<Problem>>| {
        view! { <HomeFields form=form problems=problems /> }
    };
    view! {
        <FormFrame
            title=w::is_home
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
fn HomeFields(form: RwSignal<ReturnForm>, problems: RwSignal<Vec<Problem>>) -> impl IntoView {
    let today = browser::today();
    let on = Signal::derive(move || form.with(|form| Some(form.on)));
    let set_on = Callback::new(move |day: Option<NaiveDate>| {
        form.update(|form| form.set_on(day.unwrap_or(form.on)));
    });
    let near = move |days: u64| {
        Signal::derive(move || {
            let day = form.with(|form| after(form.on, days));
            day.map(|day| (day, when::capital(when::date(day, today)))).into_iter().collect::<Vec<_>>()
        })
    };
    let call = Signal::derive(move || form.with(|form| form.call));
    let set_call = Callback::new(move |day| form.update(|form| form.call = day));
    let visit = Signal::derive(move || form.with(|form| form.visit));
    let set_visit = Callback::new(move |day| form.update(|form| form.visit = day));
    let error = move |field: &'static str| {
        let error = problem_of(problems, field);
        view! { <p class="error" hidden=move || error.with(Option::is_none)>{move || error.get()}</p> }
    };
    view! {
        {error("on")}
        <DayField id="on" legend=|| w::returned_when() near=today_or_yesterday(None) day=on set=set_on />
        <p class="detail">{w::comes_by_itself}</p>
        {error("call")}
        <DayField id="call" legend=|| w::call_after() near=near(CALL_AFTER) none=w::no_call day=call set=set_call />
        <DayAdvice day=call set=set_call />
        <DayField id="visit" legend=|| w::visit_after() near=near(VISIT_AFTER) none=w::no_visit day=visit set=set_visit />
        <DayAdvice day=visit set=set_visit />
    }
}

fn fields_since(opened: &ReturnForm, form: &ReturnForm) -> Fields {
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let of = |form: &ReturnForm| [("on", form.on.to_string()), ("call", day(form.call)), ("visit", day(form.visit))];
    Fields::that_differ(of(opened), of(form))
}

fn lay(form: &mut ReturnForm, fields: &Fields) {
    for (name, value) in fields.iter() {
        match name {
            "on" => form.on = value.parse().unwrap_or(form.on),
            "call" => form.call = value.parse().ok(),
            "visit" => form.visit = value.parse().ok(),
            _ => {}
        }
    }
}

/// An end that is no return, while it is filled.
#[derive(Clone, Debug, PartialEq, Eq)]
struct EndForm {
    on: NaiveDate,
    how: Option<StayEnd>,
}

/// It ends in another way.
#[component]
pub fn EndPage(id: HospitalStayId) -> impl IntoView {
    let loaded = load_once(move || async move {
        let stay = answer!(Request::Stay(id), Stay(file) => file.stay)?;
        let form = EndForm { on: browser::today(), how: None };
        Ok::<_, Failure>((Opened::find(drafts::key("stay_end", id), form, lay_end).await, stay))
    });
    when_loaded(loaded, |loaded| {
        let (opened, stay) = loaded.get_untracked();
        view! { <End opened=opened stay=stay /> }
    })
}

#[component]
fn End(opened: Opened<EndForm>, stay: HospitalStay) -> impl IntoView {
    let there = Route::Stay(StayRoute::One(stay.id));
    let (id, person, since) = (stay.id, stay.person, stay.since());
    let save = move |form: &EndForm, draft: DraftKey| {
        let Some(how) = form.how.clone() else {
            return Err(vec![Problem { field: "how".into(), words: w::needs_how().into() }]);
        };
        if how != StayEnd::Mistake && (form.on < since || form.on > browser::today()) {
            return Err(vec![Problem { field: "end-on".into(), words: w::wrong_return().into() }]);
        }
        let then = if how == StayEnd::Mistake { Route::Person(person) } else { Route::Stay(StayRoute::One(id)) };
        let write = StayWrite::End { id, on: form.on, how, draft: Some(draft) };
        Ok(Save { request: Request::WriteStay(Box::new(write)), then })
    };
    let draw = |form: RwSignal<EndForm>, problems: RwSignal<Vec<Problem>>| {
        let choices = Signal::derive(|| {
            StayEnd::ALL.iter().map(|how| Choice::new(how.code(), end_words(how))).collect::<Vec<_>>()
        });
        let chosen = Signal::derive(move || {
            form.with(|form| form.how.as_ref().map(|how| how.code().to_owned()).unwrap_or_default())
        });
        let choose = Callback::new(move |code: String| form.update(|form| form.how = Some(StayEnd::from_code(&code))));
        let on = Signal::derive(move || form.with(|form| Some(form.on)));
        let set_on = Callback::new(move |day: Option<NaiveDate>| form.update(|form| form.on = day.unwrap_or(form.on)));
        let died = move || form.with(|form| form.how == Some(StayEnd::Deceased));
        let error = move |field: &'static str| {
            let error = problem_of(problems, field);
            view! { <p class="error" hidden=move || error.with(Option::is_none)>{move || error.get()}</p> }
        };
        view! {
            {error("how")}
            <Chips name="how" legend=|| w::ended_how() choices=choices chosen=chosen choose=choose />
            <p class="detail" hidden=move || !died()>{w::sheet_says_so}</p>
            {error("end-on")}
            <DayField id="end-on" legend=|| w::state_on() near=today_or_yesterday(None) day=on set=set_on />
        }
    };
    view! {
        <FormFrame
            title=w::end_otherwise
            way_back=there
            opened=opened
            fields=end_fields_since
            forget=note::start_again
            save=save
            draw=draw
        />
    }
}

fn end_fields_since(opened: &EndForm, form: &EndForm) -> Fields {
    let of = |form: &EndForm| {
        let how = form.how.as_ref().map(|how| how.code().to_owned()).unwrap_or_default();
        [("on", form.on.to_string()), ("how", how)]
    };
    Fields::that_differ(of(opened), of(form))
}

fn lay_end(form: &mut EndForm, fields: &Fields) {
    for (name, value) in fields.iter() {
        match name {
            "on" => form.on = value.parse().unwrap_or(form.on),
            "how" => form.how = (!value.is_empty()).then(|| StayEnd::from_code(value)),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn the_call_and_the_visit_follow_the_return_until_they_have_a_day_of_their_own() {
        let mut form = ReturnForm::on(day("2026-06-12"));
        assert_eq!((form.call, form.visit), (Some(day("2026-06-13")), Some(day("2026-06-19"))));
        form.call = Some(day("2026-06-15"));
        form.set_on(day("2026-06-11"));
        assert_eq!((form.call, form.visit), (Some(day("2026-06-15")), Some(day("2026-06-18"))));
    }

    #[test]
    fn drafts_find_a_return_and_an_end_again() {
        let opened = ReturnForm::on(day("2026-06-12"));
        let form = ReturnForm { on: day("2026-06-11"), call: None, visit: Some(day("2026-06-20")) };
        let mut again = opened.clone();
        lay(&mut again, &Fields::read(&fields_since(&opened, &form).write()));
        assert_eq!(again, form);
        let opened = EndForm { on: day("2026-06-12"), how: None };
        let form = EndForm { on: day("2026-06-10"), how: Some(StayEnd::Elsewhere) };
        let mut again = opened.clone();
        lay_end(&mut again, &Fields::read(&end_fields_since(&opened, &form).write()));
        assert_eq!(again, form);
    }
}
