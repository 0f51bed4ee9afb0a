//! Something to plan: what, by when, by whom, and whether it comes again.

mod form;

use chrono::NaiveDate;
use leptos::prelude::*;
use maillon_shared::api::requests::Draft;
use maillon_shared::api::responses::PersonRow;
use maillon_shared::api::{Failure, Request, Response};
use maillon_shared::domain::follow_up::{FollowUp, FollowUpKind, Rhythm};
use maillon_shared::domain::ids::{FollowUpId, PersonId};
use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::time::Hour;
use wasm_bindgen_futures::spawn_local;

use crate::door::answer;
use crate::drafts::{self, Fields};
use crate::pages::note::form::near_days;
use crate::routes::{self, Route};
use crate::session::write;
use crate::ui::follow_up::rhythm as rhythm_words;
use crate::ui::{
    Back, Chips, Choice, DayAdvice, DayField, ErrorSummary, FORM, FailureNote, Problem, SaveBar, Text, TextField,
    Title, WhoField, load_once, when_loaded,
};
use crate::words::{form as f, note, plan as w, time};
use crate::{browser, lists, when};

use form::{fields_since, lay};

/// What the form is opened with.
#[derive(Clone, PartialEq)]
struct Opened {
    follow_up: FollowUp,
    draft: Option<Draft>,
    people: Vec<PersonRow>,
}

/// Something to plan, about someone or nobody.
#[component]
pub fn PlanPage(person: Option<PersonId>) -> impl IntoView {
    let loaded = load_once(move || async move {
        let people = answer!(Request::People, Response::People(rows) => rows)?;
        let [week, ..] = near_days(browser::today());
        let follow_up = FollowUp::open(FollowUpId(browser::random_id()), person, FollowUpKind::Contact, week);
        let subject = person.map(|id| id.to_string()).unwrap_or_default();
        let draft = drafts::find(&drafts::key("plan", subject)).await;
        Ok(Opened { follow_up, draft, people })
    });
    when_loaded(loaded, |opened| view! { <Plan opened=opened.get_untracked() /> })
}

#[component]
fn Plan(opened: Opened) -> impl IntoView {
    let Opened { follow_up: before, draft, people } = opened;
    let today = browser::today();
    let subject = before.person.map(|id| id.to_string()).unwrap_or_default();
    let way_back = before.person.map_or(Route::Today, Route::Person);
    let mut first = before.clone();
    if let Some(draft) = &draft {
        lay(&mut first, &Fields::read(&draft.content));
    }
    let form = RwSignal::new(first);
    let problems = RwSignal::new(Vec::<Problem>::new());
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    let compared = before.clone();
    let keeper = drafts::keep(drafts::key("plan", subject), draft.as_ref(), move || {
        form.with(|form| fields_since(form, &compared))
    });
    let save = move || {
        if busy.get_untracked() {
            return;
        }
        let follow_up = form.get_untracked();
        let mut found = Vec::new();
        if follow_up.due < today {
            found.push(Problem { field: "due".into(), words: note::next_past().into() });
        }
        if follow_up.person.is_none() && follow_up.what.trim().is_empty() {
            found.push(Problem { field: "what".into(), words: w::needs_what().into() });
        }
        problems.set(found);
        if !problems.with_untracked(Vec::is_empty) {
            return;
        }
        failure.set(None);
        busy.set(true);
        let after = follow_up.person.map_or(Route::Today, Route::Person);
        let saving = keeper.begin_save();
        let draft = Some(saving.key());
        spawn_local(async move {
            match write(Request::PlanFollowUp { follow_up, draft }).await {
                Ok(_) => {
                    if saving.done() {
                        routes::go_instead(&after);
                    }
                }
                Err(why) => {
                    saving.failed();
                    busy.set(false);
                    failure.set(Some(why));
                }
            }
        });
    };
    let found = draft.map(|draft| {
        let forget = move |_| form.set(before.clone());
        view! {
            <div class="draft-note">
                <p>{move || f::draft_found(when::instant(draft.at, today))}</p>
                <button type="button" class="quiet" on:click=forget>
                    {note::start_again}
                </button>
            </div>
        }
    });
    let person = Signal::derive(move || form.with(|form| form.person));
    let set_person = Callback::new(move |person| form.update(|form| form.person = person));
    view! {
        <Back to=way_back label=f::leave />
        <Title>{w::title}</Title>
        {found}
        <form id=FORM inert=move || busy.get() on:submit=move |event| {
            event.prevent_default();
            save();
        }>
            <ErrorSummary problems=problems />
            <FailureNote failure=failure retry=Callback::new(move |()| save()) />
            <WhoField legend=w::who people=people person=person set=set_person />
            <PlanFields form=form problems=problems />
            <SaveBar label=f::save busy=busy />
        </form>
    }
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
