//! A decision: what, who does it, by when. It is a follow-up from the moment it is noted, and nothing is typed twice.

use chrono::NaiveDate;
use leptos::prelude::*;
use maillon_shared::api::meetings::{MeetingFile, MeetingWrite};
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::circle::Helper;
use maillon_shared::domain::ids::{FollowUpId, SharedMeetingId};
use maillon_shared::domain::project::Owner;
use maillon_shared::domain::shared_meeting::MeetingChange;

use super::read;
use crate::browser;
use crate::drafts::{self, Fields};
use crate::pages::circle::who::{Who, WhoIs};
use crate::pages::circle::words::helper_words;
use crate::pages::note::form::near_days;
use crate::routes::{MeetingRoute, Route};
use crate::ui::error_summary::problem_of;
use crate::ui::{
    Choice, DayAdvice, DayField, FormFrame, Opened, Problem, Save, Text, TextField, load_once, when_loaded,
};
use crate::words::{meeting as w, note, project};

/// A decision while it is filled.
#[derive(Clone, Debug, PartialEq, Eq)]
struct DecisionForm {
    what: String,
    who: Who,
    by: Option<NaiveDate>,
}

/// A decision of a meeting.
#[component]
pub fn DecisionPage(id: SharedMeetingId, decision: Option<FollowUpId>) -> impl IntoView {
    let new = FollowUpId(browser::random_id());
    let loaded = load_once(move || async move { open(id, decision).await });
    when_loaded(loaded, move |opened| {
        let (opened, offered) = opened.get_untracked();
        let is_new = decision.is_none();
        view! { <Form opened=opened offered=offered meeting=id decision=decision.unwrap_or(new) is_new=is_new /> }
    })
}

async fn open(
    id: SharedMeetingId,
    decision: Option<FollowUpId>,
) -> Result<(Opened<DecisionForm>, Vec<Choice>), Failure> {
    let file = read(id).await?;
    let offered = offered(&file);
    let before = match decision {
        Some(decision) => {
            let held = file.meeting.decision(decision).ok_or(Failure::NotFound)?;
            let who = Who::of(&held.owner.to_string(), &offered);
            DecisionForm { what: held.what.clone(), who, by: Some(held.by) }
        }
        None => DecisionForm { what: String::new(), who: Who::default(), by: None },
    };
    let subject = decision.map_or_else(|| id.to_string(), |decision| format!("{id}/{decision}"));
    Ok((Opened::find(drafts::key("meeting_decision", subject), before, lay).await, offered))
}

/// Who may do it: she first, then the guests, those of her circle and of her sheet, the coordinator last.
fn offered(file: &MeetingFile) -> Vec<Choice> {
    let mut who = vec![Choice::new(Owner::Person.to_string(), file.row.name.clone())];
    let guests = file
        .meeting
        .guests
        .iter()
        .filter_map(|guest| Some((guest.who.to_string(), helper_words(&file.guest(guest.id)?.shown))));
    let circle = file.circle.iter().map(|row| (row.member.who.to_string(), helper_words(&row.shown)));
    let related = file.related.iter().map(|one| (Helper::Related(one.id).to_string(), one.name.clone()));
    for (code, name) in guests.chain(circle).chain(related) {
        if !name.is_empty() && !who.iter().any(|choice| choice.code == code) {
            who.push(Choice::new(code, name));
        }
    }
    who.push(Choice::new(Owner::Coordinator.to_string(), project::coordination()));
    who
}

#[component]
fn Form(
    opened: Opened<DecisionForm>,
    offered: Vec<Choice>,
    meeting: SharedMeetingId,
    decision: FollowUpId,
    is_new: bool,
) -> impl IntoView {
    let before = opened.before.clone();
    let there = Route::Meeting(MeetingRoute::One(meeting));
    let then = there.clone();
    let save = move |form: &DecisionForm, draft: DraftKey| {
        let mut found = Vec::new();
        let mut say = |field: &str, words: &str| found.push(Problem { field: field.into(), words: words.into() });
        let owner = form.who.code().map(|code| Owner::parse(&code));
        if form.what.trim().is_empty() {
            say("what", w::needs_what());
        }
        if owner.is_none() {
            say("who", project::needs_owner());
        }
        if form.by.is_none() {
            say("by", w::needs_by_when());
        }
        let (Some(owner), Some(by), true) = (owner, form.by, found.is_empty()) else { return Err(found) };
        let mut changes = Vec::new();
        if form.what.trim() != before.what {
            changes.push(MeetingChange::Decision(decision, form.what.trim().to_owned()));
        }
        if is_new || form.who != before.who {
            changes.push(MeetingChange::DecisionOwner(decision, owner));
        }
        if form.by != before.by {
            changes.push(MeetingChange::DecisionBy(decision, by));
        }
        let write = MeetingWrite::Edit { id: meeting, changes, draft: Some(draft) };
        Ok(Save { request: Request::WriteMeeting(Box::new(write)), then: then.clone() })
    };
    let draw = move |form: RwSignal<DecisionForm>, problems: RwSignal<Vec<Problem>>| {
        view! { <DecisionFields form=form problems=problems offered=offered /> }
    };
    view! {
        <FormFrame
            title=if is_new { w::add_decision } else { w::decision }
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
fn DecisionFields(
    form: RwSignal<DecisionForm>,
    problems: RwSignal<Vec<Problem>>,
    offered: Vec<Choice>,
) -> impl IntoView {
    let what = Text::within(form, |form: &DecisionForm| form.what.clone(), |form, text| form.what = text);
    let by = Signal::derive(move || form.with(|form| form.by));
    let set_by = Callback::new(move |day| form.update(|form| form.by = day));
    let today = browser::today();
    let near = Signal::derive(move || {
        let [week, fortnight, month] = near_days(today);
        vec![
            (week, note::in_7_days().to_owned()),
            (fortnight, note::in_14_days().to_owned()),
            (month, note::in_a_month().to_owned()),
        ]
    });
    let error = problem_of(problems, "by");
    view! {
        <TextField id="what" label=w::decision hint=w::decision_hint text=what error=problem_of(problems, "what") />
        <WhoIs
            form=form
            read=|form| &form.who
            write=|form| &mut form.who
            legend=w::owner
            offered=offered
            problems=problems
        />
        <p class="error" hidden=move || error.with(Option::is_none)>{move || error.get()}</p>
        <DayField id="by" legend=|| w::by() near=near day=by set=set_by />
        <DayAdvice day=by set=set_by />
    }
}

fn fields_since(opened: &DecisionForm, form: &DecisionForm) -> Fields {
    let of = |form: &DecisionForm| {
        [("what", form.what.clone()), ("by", form.by.map(|day| day.to_string()).unwrap_or_default())]
    };
    let mut fields = Fields::that_differ(of(opened), of(form));
    form.who.put(&opened.who, &mut fields);
    fields
}

fn lay(form: &mut DecisionForm, fields: &Fields) {
    for (name, value) in fields.iter() {
        match name {
            "what" => form.what = value.to_owned(),
            "by" => form.by = value.parse().ok(),
            name => form.who.lay(name, value),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_finds_the_whole_decision_again() {
        let opened = DecisionForm { what: String::new(), who: Who::default(), by: None };
        let form = DecisionForm {
            what: "commander le bois".into(),
            who: Who { chosen: "coordinator".into(), ..Who::default() },
            by: "2026-06-19".parse().ok(),
        };
        let mut again = opened.clone();
        lay(&mut again, &Fields::read(&fields_since(&opened, &form).write()));
        assert_eq!(again, form);
        assert!(fields_since(&opened, &opened).is_empty());
    }
}
