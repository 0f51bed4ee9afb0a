//! What it opens: one next contact, and as many requests and promises as were made.

use chrono::NaiveDate;
use leptos::prelude::*;
use maillon_shared::domain::follow_up::FollowUpKind;
use maillon_shared::domain::ids::{FollowUpId, RequestId};
use maillon_shared::domain::lists::ListId;

use super::form::{Asked, NoteForm, Promised, near_days};
use crate::lists::label;
use crate::ui::error_summary::problem_of;
use crate::ui::{Chips, Choice, DayAdvice, DayField, Lines, Problem, Shape, Text, TextArea, TextField};
use crate::words::{alert, note as w, time};
use crate::{browser, when};

/// What it opens.
#[component]
pub fn WhatItOpens(form: RwSignal<NoteForm>, problems: RwSignal<Vec<Problem>>) -> impl IntoView {
    let error = problem_of(problems, "next");
    let promise_error = problem_of(problems, "promises");
    view! {
        <section aria-labelledby="opens" class="opens">
            <h2 id="opens">{w::opens}</h2>
            <p class="error">{move || error.get()}</p>
            <NextContact form=form />
            <Requests form=form />
            <p class="error" id="promises" tabindex="-1">{move || promise_error.get()}</p>
            <Promises form=form />
            <label class="chip alert-also" for="opens-alert">
                <input
                    type="checkbox"
                    id="opens-alert"
                    prop:checked=move || form.with(|form| form.alert)
                    on:change:target=move |event| {
                        let alert = event.target().checked();
                        form.update(|form| form.alert = alert);
                    }
                />
                <span>{alert::also}</span>
            </label>
        </section>
    }
}

#[component]
fn NextContact(form: RwSignal<NoteForm>) -> impl IntoView {
    let today = browser::today();
    let near = Signal::derive(move || {
        let [week, fortnight, month] = near_days(today);
        vec![(week, w::in_7_days().to_owned()), (fortnight, w::in_14_days().into()), (month, w::in_a_month().into())]
    });
    let day = Signal::derive(move || form.with(|form| form.next));
    let set = Callback::new(move |day| form.update(|form| form.next = day));
    let kinds = Signal::derive(|| {
        let kinds = [FollowUpKind::Contact, FollowUpKind::Visit, FollowUpKind::Call];
        kinds.map(|kind| Choice::new(kind.code(), label(ListId::FollowUpKinds, kind.code()))).to_vec()
    });
    let kind = Signal::derive(move || form.with(|form| form.next_kind.code().to_owned()));
    let choose = Callback::new(move |code: String| form.update(|form| form.next_kind = FollowUpKind::from_code(&code)));
    let said = move || day.get().map(|day| w::next_on(when::date(day, today)));
    view! {
        <DayField id="next" legend=|| w::next() near=near none=w::next_none day=day set=set />
        <Show when=move || day.get().is_some()>
            <p class="detail">{said}</p>
            <DayAdvice day=day set=set />
            <Chips name="next-kind" legend=|| w::next_kind() choices=kinds chosen=kind choose=choose />
        </Show>
    }
}

#[component]
fn Requests(form: RwSignal<NoteForm>) -> impl IntoView {
    let ids = Memo::new(move |_| form.with(|form| form.requests.iter().map(|asked| asked.id).collect::<Vec<_>>()));
    let make = Callback::new(move |()| {
        let id = RequestId(browser::random_id());
        form.update(|form| form.requests.push(Asked { id, topic: String::new(), verbatim: String::new() }));
        format!("request-{id}")
    });
    let drop_line = Callback::new(move |id| form.update(|form| form.requests.retain(|asked| asked.id != id)));
    view! {
        <Lines
            ids=ids
            legend=w::request
            remove=w::request_remove
            add=w::request_add
            add_other=w::request_add_other
            shape=Shape::Request
            make=make
            drop_line=drop_line
            draw=move |id| view! { <RequestLine form=form id=id /> }
        />
    }
}

#[component]
fn RequestLine(form: RwSignal<NoteForm>, id: RequestId) -> impl IntoView {
    let read = move |of: fn(&Asked) -> &String| {
        move |form: &NoteForm| {
            form.requests.iter().find(|asked| asked.id == id).map(|asked| of(asked).clone()).unwrap_or_default()
        }
    };
    let write = move |of: fn(&mut Asked) -> &mut String| {
        move |form: &mut NoteForm, text: String| {
            if let Some(asked) = form.requests.iter_mut().find(|asked| asked.id == id) {
                *of(asked) = text;
            }
        }
    };
    let verbatim = Text::within(form, read(|asked| &asked.verbatim), write(|asked| &mut asked.verbatim));
    let topic = Text::within(form, read(|asked| &asked.topic), write(|asked| &mut asked.topic));
    let topic_id = format!("request-{id}-topic");
    let labels = topic_id.clone();
    let options = move || {
        let chosen = topic.value.get();
        let listed = crate::lists::choices_and(ListId::RequestTopics, &chosen).into_iter();
        let all = [Choice::new("", w::topic_later())].into_iter().chain(listed);
        all.map(
            |choice| view! { <option value=choice.code.clone() selected=choice.code == chosen>{choice.label}</option> },
        )
        .collect_view()
    };
    view! {
        <TextArea id=format!("request-{id}") label=w::request_words hint=w::request_hint text=verbatim lines=2 />
        <div class="field">
            <label for=labels>{w::request_topic}</label>
            <select id=topic_id on:change:target=move |event| topic.set.run(event.target().value())>
                {options}
            </select>
        </div>
    }
}

#[component]
fn Promises(form: RwSignal<NoteForm>) -> impl IntoView {
    let ids = Memo::new(move |_| form.with(|form| form.promises.iter().map(|one| one.id).collect::<Vec<_>>()));
    let make = Callback::new(move |()| {
        let id = FollowUpId(browser::random_id());
        form.update(|form| form.promises.push(Promised { id, what: String::new(), due: None }));
        format!("promise-{id}")
    });
    let drop_line = Callback::new(move |id| form.update(|form| form.promises.retain(|one| one.id != id)));
    view! {
        <Lines
            ids=ids
            legend=w::promise
            remove=w::promise_remove
            add=w::promise_add
            add_other=w::promise_add_other
            shape=Shape::Promise
            make=make
            drop_line=drop_line
            draw=move |id| view! { <PromiseLine form=form id=id /> }
        />
    }
}

#[component]
fn PromiseLine(form: RwSignal<NoteForm>, id: FollowUpId) -> impl IntoView {
    let today = browser::today();
    let what = Text::within(
        form,
        move |form: &NoteForm| {
            form.promises.iter().find(|one| one.id == id).map(|one| one.what.clone()).unwrap_or_default()
        },
        move |form: &mut NoteForm, text| {
            if let Some(one) = form.promises.iter_mut().find(|one| one.id == id) {
                one.what = text;
            }
        },
    );
    let near = Signal::derive(move || {
        let [week, fortnight, _] = near_days(today);
        let tomorrow = today.succ_opt().map(|day| (day, when::capital(time::tomorrow().into())));
        let later = [(week, w::in_7_days().to_owned()), (fortnight, w::in_14_days().into())];
        tomorrow.into_iter().chain(later).collect::<Vec<_>>()
    });
    let due =
        Signal::derive(move || form.with(|form| form.promises.iter().find(|one| one.id == id).and_then(|one| one.due)));
    let set = Callback::new(move |day: Option<NaiveDate>| {
        form.update(|form| {
            if let Some(one) = form.promises.iter_mut().find(|one| one.id == id) {
                one.due = day;
            }
        });
    });
    view! {
        <TextField id=format!("promise-{id}") label=w::promise_what text=what />
        <DayField id=format!("promise-{id}-due") legend=|| w::promise_due() near=near day=due set=set />
        <DayAdvice day=due set=set />
    }
}
