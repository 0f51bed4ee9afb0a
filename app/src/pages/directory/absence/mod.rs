//! An absence of an entry, to write or to change: from a day to a day, and who stands in.

mod form;

use chrono::NaiveDate;
use leptos::prelude::*;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::absence::{Absence, AbsenceField};
use maillon_shared::domain::directory::EntryChange;
use maillon_shared::domain::ids::{EntryId, LineId};

use crate::door::answer;
use crate::routes::{self, DirectoryRoute, Route};
use crate::session::write_soon;
use crate::ui::error_summary::problem_of;
use crate::ui::{DayField, EntryField, FormFrame, Opened, Problem, Save, Text, TextField, load_once, when_loaded};
use crate::words::{absence as w, form as f, note};
use crate::{browser, drafts, when};

use form::{fields_since, is_empty, lay};

/// The form's code among the drafts.
const DRAFT: &str = "absence";
const UNTIL: &str = "until";

/// An absence, to write or to change.
#[component]
pub fn AbsencePage(entry: EntryId, line: Option<LineId>) -> impl IntoView {
    let loaded = load_once(move || open(entry, line));
    view! {
        {when_loaded(loaded, move |opened| {
            view! { <Form opened=opened.get_untracked() entry=entry line=line /> }
        })}
    }
}

async fn open(id: EntryId, line: Option<LineId>) -> Result<Opened<Absence>, Failure> {
    let entry = answer!(Request::Entry(id), Entry(file) => file.entry)?;
    let absence = match line {
        Some(line) => entry.absences.into_iter().find(|absence| absence.id == line).ok_or(Failure::NotFound)?,
        None => Absence::empty(LineId(browser::random_id())),
    };
    let subject = line.map_or_else(|| id.to_string(), |line| format!("{id}/{line}"));
    Ok(Opened::find(drafts::key(DRAFT, subject), absence, lay).await)
}

#[component]
fn Form(opened: Opened<Absence>, entry: EntryId, line: Option<LineId>) -> impl IntoView {
    let base = opened.before.clone();
    let there = Route::Directory(DirectoryRoute::Entry(entry));
    let then = there.clone();
    let save = move |form: &Absence, draft: DraftKey| {
        if is_empty(form) {
            return Err(vec![Problem { field: "from".into(), words: w::needs_something().into() }]);
        }
        if form.is_backwards() {
            return Err(vec![Problem { field: UNTIL.into(), words: w::backwards().into() }]);
        }
        let changes = base.changes_to(form).into_iter().map(|change| EntryChange::Absence(form.id, change));
        let request = Request::EditEntry { id: entry, changes: changes.collect(), draft: Some(draft) };
        Ok(Save { request, then: then.clone() })
    };
    view! {
        <FormFrame
            title=if line.is_none() { w::title_new } else { w::title_edit }
            way_back=there
            class="sheet"
            opened=opened
            fields=fields_since
            forget=if line.is_none() { note::start_again } else { f::draft_forget }
            save=save
            draw=move |form, problems| {
                view! {
                    <Fields form=form problems=problems />
                    {line.map(|line| view! { <Remove entry=entry line=line /> })}
                }
            }
        />
    }
}

/// Taken away, it can be brought back at once.
#[component]
fn Remove(entry: EntryId, line: LineId) -> impl IntoView {
    let remove = move |_| {
        write_soon(Request::EditEntry { id: entry, changes: vec![EntryChange::RemoveAbsence(line)], draft: None });
        routes::go_instead(&Route::Directory(DirectoryRoute::Entry(entry)));
    };
    view! { <button type="button" class="quiet" on:click=remove>{w::remove}</button> }
}

#[component]
fn Fields(form: RwSignal<Absence>, problems: RwSignal<Vec<Problem>>) -> impl IntoView {
    let text = move |field: AbsenceField| {
        Text::within(
            form,
            move |form: &Absence| form.text(field).to_owned(),
            move |form: &mut Absence, text| *form.text_mut(field) = text,
        )
    };
    let today = browser::today();
    let near = Signal::derive(move || {
        let next = today.succ_opt().map(|day| (day, when::capital(when::day(day, today))));
        [(today, when::capital(when::day(today, today)))].into_iter().chain(next).collect::<Vec<_>>()
    });
    let none_near = Signal::derive(Vec::new);
    let from = Signal::derive(move || form.with(|form| form.from));
    let until = Signal::derive(move || form.with(|form| form.until));
    let error = problem_of(problems, UNTIL);
    let nothing = problem_of(problems, "from");
    let stand_in = Signal::derive(move || form.with(|form| form.stand_in));
    view! {
        <p class="error" hidden=move || nothing.with(Option::is_none)>{move || nothing.get()}</p>
        <DayField
            id="from"
            legend=|| w::from()
            near=near
            none=w::unknown_from
            day=from
            set=Callback::new(move |day: Option<NaiveDate>| form.update(|form| form.from = day))
        />
        <DayField
            id=UNTIL
            legend=|| w::until()
            near=none_near
            none=w::unknown_until
            day=until
            set=Callback::new(move |day: Option<NaiveDate>| form.update(|form| form.until = day))
        />
        <p class="error" hidden=move || error.with(Option::is_none)>{move || error.get()}</p>
        <EntryField
            id="stand-in"
            label=w::stand_in
            hint=w::stand_in_hint
            entry=stand_in
            set=Callback::new(move |entry| form.update(|form| form.stand_in = entry))
            words=text(AbsenceField::StandInWords)
        />
        <TextField id="absence-note" label=w::note hint=w::note_hint optional=true text=text(AbsenceField::Note) />
    }
}
