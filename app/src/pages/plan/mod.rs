//! Something to plan: what, by when, by whom, and whether it comes again.

mod form;

use chrono::NaiveDate;
use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::responses::PersonRow;
use maillon_shared::domain::follow_up::{FollowUp, FollowUpKind, Rhythm};
use maillon_shared::domain::ids::{FollowUpId, PersonId};
use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::time::Hour;

use crate::door::answer;
use crate::drafts;
use crate::pages::note::form::near_days;
use crate::routes::Route;
use crate::ui::follow_up::rhythm as rhythm_words;
use crate::ui::{
    Chips, Choice, DayAdvice, DayField, FormFrame, Opened, Problem, Save, Text, TextField, WhoField, load_once,
    when_loaded,
};
use crate::words::{note, plan as w, time};
use crate::{browser, lists, when};

use form::{fields_since, lay};

/// Something to plan, about someone or nobody.
#[component]
pub fn PlanPage(person: Option<PersonId>) -> impl IntoView {
    let loaded = load_once(move || async move {
        let people = answer!(Request::People, People(rows) => rows)?;
        let [week, ..] = near_days(browser::today());
        let follow_up = FollowUp::open(FollowUpId(browser::random_id()), person, FollowUpKind::Contact, week);
        let subject = person.map(|id| id.to_string()).unwrap_or_default();
        Ok((Opened::find(drafts::key("plan", subject), follow_up, lay).await, people))
    });
    when_loaded(loaded, |opened| view! { <Plan opened=opened.get_untracked() /> })
}

#[component]
fn Plan(opened: (Opened<FollowUp>, Vec<PersonRow>)) -> impl IntoView {
    let (opened, people) = opened;
    let way_back = opened.before.person.map_or(Route::Today, Route::Person);
    let draw = |form: RwSignal<FollowUp>, problems: RwSignal<Vec<Problem>>| {
        let person = Signal::derive(move || form.with(|form| form.person));
        let set_person = Callback::new(move |person| form.update(|form| form.person = person));
        view! {
            <WhoField legend=w::who people=people person=person set=set_person />
            <PlanFields form=form problems=problems />
        }
    };
    view! {
        <FormFrame
            title=w::title
            way_back=way_back
            opened=opened
            fields=fields_since
            forget=note::start_again
            save=save
            draw=draw
        />
    }
}

fn save(follow_up: &FollowUp, draft: DraftKey) -> Result<Save, Vec<Problem>> {
    let mut found = Vec::new();
    if follow_up.due < browser::today() {
        found.push(Problem { field: "due".into(), words: note::next_past().into() });
    }
    if follow_up.person.is_none() && follow_up.what.trim().is_empty() {
        found.push(Problem { field: "what".into(), words: w::needs_what().into() });
    }
    if !found.is_empty() {
        return Err(found);
    }
    let then = follow_up.person.map_or(Route::Today, Route::Person);
    Ok(Save { request: Request::PlanFollowUp { follow_up: follow_up.clone(), draft: Some(draft) }, then })
}

#[component]
fn PlanFields(form: RwSignal<FollowUp>, problems: RwSignal<Vec<Problem>>) -> impl IntoView {
    let today = browser::today();
    let kinds = Signal::derive(|| lists::choices(ListId::FollowUpKinds));
    let kind = Signal::derive(move || form.with(|form| form.kind.code().to_owned()));
    let choose_kind = Callback::new(move |code: String| form.update(|form| form.kind = FollowUpKind::from_code(&code)));
    let what = Text::within(form, |form: &FollowUp| form.what.clone(), |form, text| form.what = text);
    let owner = Text::within(form, |form: &FollowUp| form.owner.clone(), |form, text| form.owner = text);
    let near = Signal::derive(move || {
        let [week, fortnight, month] = near_days(today);
        vec![
            (today, when::capital(time::today().into())),
            (week, note::in_7_days().to_owned()),
            (fortnight, note::in_14_days().into()),
            (month, note::in_a_month().into()),
        ]
    });
    let due = Signal::derive(move || form.with(|form| Some(form.due)));
    let set_due = Callback::new(move |day: Option<NaiveDate>| {
        if let Some(day) = day {
            form.update(|form| form.due = day);
        }
    });
    let rhythms = Signal::derive(|| {
        let known = [Rhythm::WEEKLY, Rhythm::FORTNIGHTLY, Rhythm::MONTHLY, Rhythm::QUARTERLY];
        let once = Choice::new("", w::once());
        [once]
            .into_iter()
            .chain(known.map(|one| Choice::new(one.to_string(), when::capital(rhythm_words(one)))))
            .collect::<Vec<_>>()
    });
    let rhythm = Signal::derive(move || form.with(|form| form.rhythm.map(|one| one.to_string()).unwrap_or_default()));
    let choose_rhythm = Callback::new(move |code: String| form.update(|form| form.rhythm = Rhythm::parse(&code)));
    let hour = move || form.with(|form| form.hour.map(|hour| hour.to_string()).unwrap_or_default());
    let said = move || due.get().map(|day| note::next_on(when::date(day, today)));
    view! {
        <Chips name="kind" legend=|| w::kind() choices=kinds chosen=kind choose=choose_kind />
        <TextField
            id="what"
            label=w::what
            hint=w::what_hint
            optional=true
            text=what
            error=crate::ui::error_summary::problem_of(problems, "what")
        />
        <DayField id="due" legend=|| w::due() near=near day=due set=set_due />
        <p class="detail">{said}</p>
        <DayAdvice day=due set=set_due />
        <div class="field">
            <label for="hour">{w::hour} <span class="optional">" " {crate::words::common::optional}</span></label>
            <input
                id="hour"
                type="time"
                prop:value=hour
                on:change:target=move |event| {
                    let hour = Hour::parse(&event.target().value());
                    form.update(|form| form.hour = hour);
                }
            />
        </div>
        <Chips name="rhythm" legend=|| w::rhythm() choices=rhythms chosen=rhythm choose=choose_rhythm />
        <TextField id="owner" label=w::owner hint=w::owner_hint optional=true text=owner />
    }
}
