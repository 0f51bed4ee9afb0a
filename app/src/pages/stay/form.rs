//! A stay to note, in half a minute on the telephone: who, where, who tells, and when the return is meant to be. What is not
//! known yet is asked later.

use chrono::NaiveDate;
use leptos::prelude::*;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::responses::PersonRow;
use maillon_shared::api::stays::StayWrite;
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::hospital_stay::{AFTER_RETURN, HospitalStay, ReturnStep, StayField};
use maillon_shared::domain::ids::{EntryId, HospitalStayId, LineId, PersonId};
use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::time::Hour;

use crate::door::answer;
use crate::drafts::{self, Fields};
use crate::lists;
use crate::routes::{Route, StayRoute};
use crate::ui::{
    DayField, EntryField, FormFrame, HourField, InputKind, Opened, Problem, Save, Text, TextArea, TextField, WhoField,
    load_once, today_or_yesterday, when_loaded,
};
use crate::words::{note, stay as w, time};
use crate::{browser, when};

/// A stay while it is filled: whose is chosen on the form.
#[derive(Clone, Debug, PartialEq, Eq)]
struct StayForm {
    person: Option<PersonId>,
    stay: HospitalStay,
}

/// One was told of a stay.
#[component]
pub fn NewStayPage(person: Option<PersonId>) -> impl IntoView {
    let loaded = load_once(move || async move {
        let people = answer!(Request::People, People(rows) => rows)?;
        let id = HospitalStayId(browser::random_id());
        let mut stay = HospitalStay::noticed(id, person.unwrap_or(PersonId([0; 16])), browser::today());
        stay.steps = steps_of_the_list();
        let subject = person.map(|id| id.to_string()).unwrap_or_default();
        let opened = Opened::find(drafts::key("stay", subject), StayForm { person, stay }, lay).await;
        Ok::<_, Failure>((opened, people))
    });
    when_loaded(loaded, |loaded| {
        let (opened, people) = loaded.get_untracked();
        view! { <Form opened=opened people=Some(people) /> }
    })
}

/// The steps of the list as it is today: a list that changes later changes no stay.
fn steps_of_the_list() -> Vec<ReturnStep> {
    let items = lists::choices(ListId::DischargeSteps).into_iter().map(|choice| choice.code);
    let items = items.filter(|code| !AFTER_RETURN.contains(&code.as_str()));
    items.map(|code| ReturnStep::to_ask(LineId(browser::random_id()), code)).collect()
}

/// A stay to change.
#[component]
pub fn EditStayPage(id: HospitalStayId) -> impl IntoView {
    let loaded = load_once(move || async move {
        let stay = answer!(Request::Stay(id), Stay(file) => file.stay)?;
        let form = StayForm { person: Some(stay.person), stay };
        Ok::<_, Failure>(Opened::find(drafts::key("stay_edit", id), form, lay).await)
    });
    when_loaded(loaded, |opened| view! { <Form opened=opened.get_untracked() people=None /> })
}

/// The form; with everyone where it is a new stay.
#[component]
fn Form(opened: Opened<StayForm>, people: Option<Vec<PersonRow>>) -> impl IntoView {
    let before = opened.before.stay.clone();
    let is_new = people.is_some();
    let here = Route::Stay(StayRoute::One(before.id));
    let way_back = match (is_new, opened.before.person) {
        (true, Some(person)) => Route::Person(person),
        (true, None) => Route::Stay(StayRoute::List),
        (false, _) => here.clone(),
    };
    let save = move |form: &StayForm, draft: DraftKey| {
        let found = problems_of(form);
        let Some(person) = form.person.filter(|_| found.is_empty()) else { return Err(found) };
        let stay = trimmed(HospitalStay { person, ..form.stay.clone() });
        let draft = Some(draft);
        let write = match is_new {
            true => StayWrite::Notice { stay: Box::new(stay), draft },
            false => StayWrite::Edit { id: stay.id, changes: before.changes_to(&stay), draft },
        };
        Ok(Save { request: Request::WriteStay(Box::new(write)), then: here.clone() })
    };
    let draw = move |form: RwSignal<StayForm>, problems: RwSignal<Vec<Problem>>| {
        view! { <StayFields form=form people=people problems=problems /> }
    };
    view! {
        <FormFrame
            title=if is_new { w::notice } else { w::change }
            way_back=way_back
            opened=opened
            fields=fields_since
            forget=note::start_again
            save=save
            draw=draw
        />
    }
}

fn trimmed(mut stay: HospitalStay) -> HospitalStay {
    for field in StayField::ALL {
        let text = stay.text_mut(*field);
        *text = text.trim().to_owned();
    }
    stay
}

fn problems_of(form: &StayForm) -> Vec<Problem> {
    let mut found = Vec::new();
    let mut say = |field: &str, words: &str| found.push(Problem { field: field.into(), words: words.into() });
    if form.person.is_none() {
        say("who", w::needs_who());
    }
    if form.stay.planned.is_some_and(|planned| planned < form.stay.since()) {
        say("planned", w::returns_before());
    }
    found
}

#[component]
fn StayFields(
    form: RwSignal<StayForm>,
    people: Option<Vec<PersonRow>>,
    problems: RwSignal<Vec<Problem>>,
) -> impl IntoView {
    let text = move |field: StayField| {
        Text::within(
            form,
            move |form: &StayForm| form.stay.text(field).to_owned(),
            move |form: &mut StayForm, text| *form.stay.text_mut(field) = text,
        )
    };
    let is_new = people.is_some();
    let who = people.map(|people| {
        let person = Signal::derive(move || form.with(|form| form.person));
        let set = Callback::new(move |person| form.update(|form| form.person = person));
        view! { <WhoField legend=w::who people=people person=person set=set /> }
    });
    let entry = Signal::derive(move || form.with(|form| form.stay.entry));
    let set_entry = Callback::new(move |entry: Option<EntryId>| form.update(|form| form.stay.entry = entry));
    let today = browser::today();
    let planned = Signal::derive(move || form.with(|form| form.stay.planned));
    let set_planned = Callback::new(move |day| form.update(|form| form.stay.planned = day));
    let near = Signal::derive(move || {
        let tomorrow = today.succ_opt();
        let after = tomorrow.and_then(|day| day.succ_opt());
        let days = [
            tomorrow.map(|day| (day, when::capital(time::tomorrow().into()))),
            after.map(|day| (day, when::capital(when::date(day, today)))),
        ];
        days.into_iter().flatten().collect::<Vec<_>>()
    });
    let hour = Signal::derive(move || form.with(|form| form.stay.planned_hour));
    let set_hour = Callback::new(move |hour| form.update(|form| form.stay.planned_hour = hour));
    let admitted = Signal::derive(move || form.with(|form| form.stay.admitted));
    let set_admitted = Callback::new(move |day| form.update(|form| form.stay.admitted = day));
    let noticed = Signal::derive(move || form.with(|form| Some(form.stay.noticed)));
    let set_noticed = Callback::new(move |day: Option<NaiveDate>| {
        form.update(|form| form.stay.noticed = day.unwrap_or(form.stay.noticed));
    });
    let error = crate::ui::error_summary::problem_of(problems, "planned");
    view! {
        {who}
        <EntryField
            id="place"
            label=w::place
            hint=w::place_hint
            entry=entry
            set=set_entry
            words=text(StayField::Place)
        />
        <TextField id="told-by" label=w::told_by hint=w::told_by_hint optional=true text=text(StayField::ToldBy) />
        <p class="error" hidden=move || error.with(Option::is_none)>{move || error.get()}</p>
        <DayField id="planned" legend=|| w::planned() near=near none=w::not_known day=planned set=set_planned />
        <div hidden=move || planned.get().is_none()>
            <HourField id="planned-hour" label=w::planned_hour hour=hour set=set_hour />
        </div>
        <details class="more" open=!is_new>
            <summary>{w::more_fields}</summary>
            <TextField id="ward" label=w::ward hint=w::ward_hint optional=true text=text(StayField::Ward) />
            <TextField id="phone" label=w::phone kind=InputKind::Phone optional=true text=text(StayField::Phone) />
            <DayField
                id="admitted"
                legend=|| w::admitted()
                near=today_or_yesterday(None)
                none=w::not_known
                day=admitted
                set=set_admitted
            />
            <DayField id="noticed" legend=|| w::noticed_on() near=today_or_yesterday(None) day=noticed set=set_noticed />
            <TextField
                id="going-to"
                label=w::going_to
                hint=w::going_to_hint
                optional=true
                text=text(StayField::GoingTo)
            />
            <TextArea id="notes" label=w::notes hint=w::notes_hint optional=true lines=3 text=text(StayField::Notes) />
        </details>
    }
}

fn fields_since(opened: &StayForm, form: &StayForm) -> Fields {
    let of = |form: &StayForm| {
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        let text = |field: StayField| (field.code(), form.stay.text(field).to_owned());
        [
            text(StayField::Place),
            text(StayField::Ward),
            text(StayField::Phone),
            text(StayField::ToldBy),
            text(StayField::GoingTo),
            text(StayField::Notes),
            ("person", form.person.map(|id| id.to_string()).unwrap_or_default()),
            ("entry", form.stay.entry.map(|id| id.to_string()).unwrap_or_default()),
            ("planned_day", day(form.stay.planned)),
            ("planned_hour", form.stay.planned_hour.map(|hour| hour.to_string()).unwrap_or_default()),
            ("admitted", day(form.stay.admitted)),
            ("noticed", form.stay.noticed.to_string()),
        ]
    };
    Fields::that_differ(of(opened), of(form))
}

fn lay(form: &mut StayForm, fields: &Fields) {
    for (name, value) in fields.iter() {
        match name {
            "person" => form.person = PersonId::parse(value),
            "entry" => form.stay.entry = EntryId::parse(value),
            "planned_day" => form.stay.planned = value.parse().ok(),
            "planned_hour" => form.stay.planned_hour = Hour::parse(value),
            "admitted" => form.stay.admitted = value.parse().ok(),
            "noticed" => form.stay.noticed = value.parse().unwrap_or(form.stay.noticed),
            name => {
                if let Some(field) = StayField::from_code(name) {
                    *form.stay.text_mut(field) = value.to_owned();
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened() -> StayForm {
        let day = "2026-06-12".parse().expect("a date");
        let stay = HospitalStay::noticed(HospitalStayId([1; 16]), PersonId([0; 16]), day);
        StayForm { person: None, stay }
    }

    #[test]
    fn a_draft_finds_the_whole_stay_again() {
        let mut form = opened();
        form.person = Some(PersonId([2; 16]));
        form.stay.place = "Hôpital d’Arles".into();
        form.stay.told_by = "sa fille".into();
        form.stay.notes = "demander les clés".into();
        form.stay.entry = Some(EntryId([3; 16]));
        form.stay.planned = "2026-06-20".parse().ok();
        form.stay.planned_hour = Hour::new(10, 30);
        form.stay.admitted = "2026-06-11".parse().ok();
        form.stay.noticed = "2026-06-13".parse().expect("a date");
        let mut again = opened();
        lay(&mut again, &Fields::read(&fields_since(&opened(), &form).write()));
        assert_eq!(again, form);
        assert!(fields_since(&opened(), &opened()).is_empty());
    }

    #[test]
    fn a_return_before_the_stay_is_a_slip() {
        let mut form = opened();
        let fields = |form: &StayForm| problems_of(form).into_iter().map(|one| one.field).collect::<Vec<_>>();
        assert_eq!(fields(&form), ["who"]);
        form.person = Some(PersonId([2; 16]));
        form.stay.planned = "2026-06-11".parse().ok();
        assert_eq!(fields(&form), ["planned"]);
        form.stay.admitted = "2026-06-10".parse().ok();
        assert!(fields(&form).is_empty());
    }
}
