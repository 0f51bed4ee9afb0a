//! One stay: where, until when, and what to make sure of before the return, with who sees to it. Most answers are one press.

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::responses::HelperShown;
use maillon_shared::api::stays::StayFile;
use maillon_shared::domain::follow_up::{FollowUp, FollowUpState};
use maillon_shared::domain::hospital_stay::{ReturnStep, StayChange, StayState, StepState};
use maillon_shared::domain::ids::HospitalStayId;
use maillon_shared::domain::project::Owner;

use crate::door::answer;
use crate::pages::project::owner_words;
use crate::pages::sheet::silence_words;
use crate::routes::{Route, StayRoute};
use crate::session::write_soon;
use crate::ui::follow_up::{FollowUpLine, what};
use crate::ui::{
    Back, CallLink, Conflicts, FieldsHistory, Icon, OnPaper, Paper, PrintButton, Shape, Title, load, when_loaded,
};
use crate::words::{consent, in_a_row, project, stay as w};
use crate::{browser, when};

use super::words::{
    call_words, change, field_words, return_words, state_words, step_state_words, step_words, value_words,
};
use super::{edit, to};

/// One stay.
#[component]
pub fn StayPage(id: HospitalStayId) -> impl IntoView {
    let loaded = load(move || async move { answer!(Request::Stay(id), Stay(file) => *file) });
    when_loaded(loaded, |file| view! { <Stay file=file /> })
}

#[component]
fn Stay(file: RwSignal<StayFile>) -> impl IntoView {
    let today = browser::today();
    let (id, person) = file.with_untracked(|file| (file.stay.id, file.stay.person));
    let about = move || {
        file.with(|file| {
            let stay = &file.stay;
            in_a_row([file.row.name.clone(), stay.place.clone(), w::since(when::date(stay.since(), today))])
        })
    };
    let keep = move |path: &str, value: &str| change(path, value).map(|change| edit(id, change));
    let may_end = Memo::new(move |_| {
        file.with(|file| {
            let disputed = file.conflicts.iter().any(|conflict| conflict.field.starts_with("state"));
            file.stay.state == StayState::There || disputed
        })
    });
    view! {
        <Back to=Route::Person(person) label=consent::back />
        <article class="stay">
            <div class="heading">
                <div>
                    <Title>{w::stay}</Title>
                    <p class="detail">{about}</p>
                </div>
                <a class="button" href=to(StayRoute::Edit(id))>{w::edit}</a>
            </div>
            <OnPaper paper=Paper::NamesPeople />
            {move || file.with(silence_note)}
            <Conflicts
                conflicts=Signal::derive(move || file.with(|file| file.conflicts.clone()))
                name=field_words
                value=value_words
                keep=keep
                edit=Route::Stay(StayRoute::Edit(id))
            />
            {move || file.with(return_card)}
            {move || file.with(facts)}
            <section aria-labelledby="steps">
                <h2 id="steps">{w::steps}</h2>
                <p class="detail">{move || file.with(|file| w::list_of(when::whole_date(file.stay.noticed)))}</p>
                <p class="empty" hidden=move || file.with(|file| !file.stay.steps.is_empty())>{w::no_step}</p>
                <ul class="rows return-steps">{move || file.with(steps)}</ul>
                <p class="acts add">
                    <a class="button" href=to(StayRoute::Step(id, None))>{w::add_step}</a>
                </p>
            </section>
            {move || file.with(after)}
            <section class="unprinted" aria-labelledby="next">
                <h2 id="next">{project::what_next}</h2>
                <div class="acts">
                    <a class="button" href=Route::note_with(person).href()>{project::note}</a>
                    <a class="button quiet" hidden=move || !may_end.get() href=to(StayRoute::End(id))>
                        {w::end_otherwise}
                    </a>
                </div>
            </section>
            <FieldsHistory of=id.into() name=field_words value=value_words />
            <p class="acts">
                <PrintButton />
            </p>
        </article>
    }
}

fn silence_note(file: &StayFile) -> Option<AnyView> {
    let silence = file.row.silence.as_ref()?;
    Some(view! { <p class="state-note">{project::silenced(silence_words(silence))}</p> }.into_any())
}

/// When the return is, what is not seen to, and the button that says the person is home.
fn return_card(file: &StayFile) -> AnyView {
    let today = browser::today();
    let (id, stay) = (file.stay.id, &file.stay);
    let said = match &stay.state {
        StayState::There => return_words(stay.planned, stay.planned_hour, today),
        other => state_words(other, today),
    };
    let to_where = if stay.going_to.is_empty() { String::new() } else { w::goes_to(&stay.going_to) };
    let call = file.row.call.map(|call| {
        let (words, grave) = call_words(&call, today);
        view! { <span class="tag" class:late=grave>{words}</span> }
    });
    // Two devices that said two ends: whoever knows says it again.
    let disputed = file.conflicts.iter().any(|conflict| conflict.field.starts_with("state"));
    let acts = (stay.state == StayState::There || disputed).then(|| {
        let ask = stay.planned.is_none().then(|| {
            view! { <a class="button" href=to(StayRoute::Edit(id))>{w::say_when()}</a> }
        });
        view! {
            <div class="acts">
                <a class="button" href=to(StayRoute::Home(id))>{w::is_home()}</a>
                {ask}
            </div>
        }
    });
    view! {
        <div class="card return">
            <p>
                <strong>{when::capital(said)}</strong>
                " "
                {call}
            </p>
            <p class="detail" hidden=to_where.is_empty()>{to_where.clone()}</p>
            {acts}
        </div>
    }
    .into_any()
}

/// Where to call, and what one was told.
fn facts(file: &StayFile) -> AnyView {
    let stay = &file.stay;
    let about = stay.person;
    let call = |number: &str, name: &str| {
        (!number.trim().is_empty()).then(|| {
            view! { <CallLink number=number.to_owned() label=project::call(name) about=about /> }
        })
    };
    let ward = if stay.ward.is_empty() { &stay.place } else { &stay.ward };
    let number = if stay.phone.is_empty() { &file.place_phone } else { &stay.phone };
    let told = match stay.told_by.as_str() {
        "" => String::new(),
        who => w::told(who, when::date(stay.noticed, browser::today())),
    };
    let notes = (!stay.notes.is_empty()).then(|| view! { <p class="notes">{stay.notes.clone()}</p> });
    view! {
        <div class="facts">
            <p class="detail">{in_a_row([stay.ward.clone(), told])}</p>
            <div class="acts">{call(number, if ward.is_empty() { w::hospital() } else { ward })} {call(&file.phone, &file.row.name)}</div>
            {notes}
        </div>
    }
    .into_any()
}

fn steps(file: &StayFile) -> Vec<AnyView> {
    file.stay.steps.iter().map(|step| step_line(step, file)).collect()
}

/// A step: what, who, by when, and the presses that answer it.
fn step_line(step: &ReturnStep, file: &StayFile) -> AnyView {
    let today = browser::today();
    let (stay, id) = (file.stay.id, step.id);
    let shown = file.owners.iter().find(|(of, _)| *of == id).map(|(_, shown)| shown);
    let is_gap = file.stay.is_gap(step, today);
    let who = step.owner.as_ref().map(|owner| owner_words(owner, shown, &file.row.name));
    let by = file.stay.by(step).filter(|_| step.is_open());
    let is_late = by.is_some_and(|by| by < today);
    let by = by.map(|day| project::by_day(when::day(day, today))).unwrap_or_default();
    let tag = match (step.is_open(), &step.owner) {
        (false, _) => view! { <span class="tag">{step_state_words(&step.state).to_owned()}</span> }.into_any(),
        (true, _) if is_late => view! { <span class="tag late">{w::late()}</span> }.into_any(),
        (true, None) => view! { <span class="tag late">{w::nobody_yet()}</span> }.into_any(),
        (true, Some(_)) => ().into_any(),
    };
    let about = in_a_row([who.unwrap_or_default(), by, step.note.clone()]);
    let set = move |state: StepState| write_soon(edit(stay, StayChange::StepState(id, state)));
    let acts = step.is_open().then(|| {
        let mine = step.owner.is_none().then(|| {
            let owner = StayChange::StepOwner(id, Some(Owner::Coordinator));
            view! {
                <button type="button" class="quiet" on:click=move |_| write_soon(edit(stay, owner.clone()))>
                    {w::i_see_to_it()}
                </button>
            }
        });
        view! {
            <button type="button" on:click=move |_| set(StepState::Done)>{w::done()}</button>
            {mine}
            <button type="button" class="quiet" on:click=move |_| set(StepState::NotNeeded)>{w::not_needed()}</button>
        }
    });
    let reopen = (!step.is_open()).then(|| {
        view! {
            <button type="button" class="quiet" on:click=move |_| set(StepState::ToAsk)>{w::reopen()}</button>
        }
    });
    let call = shown.filter(|_| step.is_open()).and_then(|shown| call_helper(shown, file));
    let shape = if step.is_open() { Shape::Answer } else { Shape::Check };
    view! {
        <li class:done=!step.is_open() class:gap=is_gap>
            <Icon shape=shape />
            <span class="row-head">
                <a class="who" href=to(StayRoute::Step(stay, Some(id)))>{step_words(&step.what)}</a>
                {tag}
            </span>
            <span class="why">{about}</span>
            <span class="acts">{acts} {reopen} {call}</span>
        </li>
    }
    .into_any()
}

fn call_helper(shown: &HelperShown, file: &StayFile) -> Option<AnyView> {
    (!shown.phone.trim().is_empty()).then(|| {
        let label = project::call(&shown.name);
        view! { <CallLink number=shown.phone.clone() label=label about=file.stay.person /> }.into_any()
    })
}

/// The call and the visit that came of the return.
fn after(file: &StayFile) -> Option<AnyView> {
    let today = browser::today();
    let line = |follow_up: &FollowUp| match follow_up.is_open() {
        true => view! { <FollowUpLine follow_up=follow_up.clone() today=today name="" /> }.into_any(),
        false => {
            let day = match &follow_up.state {
                FollowUpState::Done { day, .. } => project::done_on(when::day(*day, today)),
                _ => String::new(),
            };
            view! {
                <li class="done">
                    <Icon shape=Shape::Check />
                    <span class="row-head">
                        <a class="who" href=Route::FollowUp(follow_up.id).href()>{what(follow_up)}</a>
                    </span>
                    <span class="why">{day}</span>
                </li>
            }
            .into_any()
        }
    };
    (!file.after.is_empty()).then(|| {
        view! {
            <section aria-labelledby="after">
                <h2 id="after">{w::after_return()}</h2>
                <ul class="rows">{file.after.iter().map(line).collect_view()}</ul>
            </section>
        }
        .into_any()
    })
}
