//! Someone of a circle: who, what they do, whether they lead and what they need, from when to when.

use chrono::NaiveDate;
use leptos::prelude::*;
use maillon_shared::api::projects::ProjectWrite;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::responses::CircleFile;
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::circle::{Helper, Member, MemberChange};
use maillon_shared::domain::ids::{LineId, PersonId};

use super::who::{Who, WhoIs};
use super::words::helper_words;
use crate::door::answer;
use crate::drafts::{self, Fields};
use crate::routes::{self, ProjectRoute, Route};
use crate::session::write_soon;
use crate::ui::{
    Choice, DayField, FormFrame, InputKind, Opened, Problem, Save, Text, TextArea, TextField, load_once, when_loaded,
};
use crate::words::{circle as w, note};
use crate::{browser, when};

/// Someone of a circle, while it is filled.
#[derive(Clone, PartialEq, Eq)]
struct MemberForm {
    member: Member,
    who: Who,
}

/// Someone of a circle.
#[component]
pub fn MemberPage(person: PersonId, line: Option<LineId>) -> impl IntoView {
    let loaded = load_once(move || async move { open(person, line).await });
    when_loaded(loaded, move |opened| {
        let (opened, offered) = opened.get_untracked();
        view! { <Form opened=opened offered=offered line=line /> }
    })
}

async fn open(person: PersonId, line: Option<LineId>) -> Result<(Opened<MemberForm>, Vec<Choice>), Failure> {
    let file: CircleFile = answer!(Request::Circle(person), Circle(file) => *file)?;
    let held = match line {
        Some(id) => {
            let mut all = file.members.iter().chain(&file.others);
            Some(all.find(|row| row.member.id == id).cloned().ok_or(Failure::NotFound)?)
        }
        None => None,
    };
    let mut offered: Vec<Choice> = file
        .related
        .iter()
        .map(|related| Choice::new(Helper::Related(related.id).to_string(), related.name.clone()))
        .collect();
    let (member, code) = match held {
        Some(row) => {
            let code = row.member.who.to_string();
            if matches!(row.member.who, Helper::Related(_)) {
                offered.insert(0, Choice::new(code.clone(), helper_words(&row.shown)));
            }
            (row.member, code)
        }
        None => {
            let id = LineId(browser::random_id());
            (Member::empty(id, person, Helper::Named(String::new())), String::new())
        }
    };
    let form = MemberForm { who: Who::of(&code, &offered), member };
    let subject = line.map_or_else(|| person.to_string(), |line| format!("{person}/{line}"));
    Ok((Opened::find(drafts::key("member", subject), form, lay).await, offered))
}

#[component]
fn Form(opened: Opened<MemberForm>, offered: Vec<Choice>, line: Option<LineId>) -> impl IntoView {
    let before = opened.before.member.clone();
    let person = before.person;
    let circle = Route::Project(ProjectRoute::Circle(person));
    let then = circle.clone();
    let save = move |form: &MemberForm, draft: DraftKey| {
        let who = form.who.code().and_then(|code| Helper::parse(&code));
        let Some(who) = who else {
            return Err(vec![Problem { field: "who".into(), words: w::needs_who().into() }]);
        };
        if matches!((form.member.from, form.member.until), (Some(from), Some(until)) if until < from) {
            return Err(vec![Problem { field: "until".into(), words: w::until_before().into() }]);
        }
        let member = Member { who, ..form.member.clone() };
        let mut changes = before.changes_to(&member);
        if line.is_none() && !changes.iter().any(|change| matches!(change, MemberChange::Who(_))) {
            changes.insert(0, MemberChange::Who(member.who));
        }
        let write = ProjectWrite::Member { person, id: before.id, changes, draft: Some(draft) };
        Ok(Save { request: Request::WriteProject(Box::new(write)), then: then.clone() })
    };
    let draw = move |form: RwSignal<MemberForm>, problems: RwSignal<Vec<Problem>>| {
        view! { <MemberFields form=form problems=problems offered=offered line=line /> }
    };
    view! {
        <FormFrame
            title=if line.is_some() { w::change } else { w::add }
            way_back=circle
            opened=opened
            fields=fields_since
            forget=note::start_again
            save=save
            draw=draw
        />
    }
}

#[component]
fn MemberFields(
    form: RwSignal<MemberForm>,
    problems: RwSignal<Vec<Problem>>,
    offered: Vec<Choice>,
    line: Option<LineId>,
) -> impl IntoView {
    let text = |read: fn(&Member) -> &String, write: fn(&mut Member) -> &mut String| {
        Text::within(
            form,
            move |form: &MemberForm| read(&form.member).clone(),
            move |form, text| *write(&mut form.member) = text,
        )
    };
    let today = browser::today();
    let near = Signal::derive(move || vec![(today, when::capital(crate::words::time::today().into()))]);
    let day = |read: fn(&Member) -> Option<NaiveDate>| Signal::derive(move || form.with(|form| read(&form.member)));
    let set_from = Callback::new(move |day| form.update(|form| form.member.from = day));
    let set_until = Callback::new(move |day| form.update(|form| form.member.until = day));
    let leads = move || form.with(|form| form.member.leads);
    let (person, id) = form.with_untracked(|form| (form.member.person, form.member.id));
    let remove = move |_| {
        let write = ProjectWrite::Member { person, id, changes: vec![MemberChange::Remove], draft: None };
        write_soon(Request::WriteProject(Box::new(write)));
        routes::go_instead(&Route::Project(ProjectRoute::Circle(person)));
    };
    view! {
        <WhoIs
            form=form
            read=|form| &form.who
            write=|form| &mut form.who
            legend=w::who
            offered=offered
            problems=problems
        />
        <TextField id="role" label=w::role hint=w::role_hint optional=true text=text(|m| &m.role, |m| &mut m.role) />
        <TextField
            id="phone"
            label=w::phone
            hint=w::phone_hint
            optional=true
            kind=InputKind::Phone
            text=text(|m| &m.phone, |m| &mut m.phone)
        />
        <label class="chip" for="leads">
            <input
                type="checkbox"
                id="leads"
                prop:checked=leads
                on:change:target=move |event| {
                    let leads = event.target().checked();
                    form.update(|form| form.member.leads = leads);
                }
            />
            <span>{w::leads}</span>
        </label>
        <TextArea id="needs" label=w::needs hint=w::needs_hint optional=true text=text(|m| &m.needs, |m| &mut m.needs) />
        <DayField id="from" legend=|| w::from_day() near=near none=w::not_known day=day(|m| m.from) set=set_from />
        <DayField id="until" legend=|| w::until_day() near=near none=w::no_end day=day(|m| m.until) set=set_until />
        {line.map(|_| view! { <button type="button" class="quiet" on:click=remove>{w::remove}</button> })}
    }
}

fn fields_since(opened: &MemberForm, form: &MemberForm) -> Fields {
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let of = |form: &MemberForm| {
        let member = &form.member;
        [
            ("role", member.role.clone()),
            ("phone", member.phone.clone()),
            ("leads", member.leads.to_string()),
            ("needs", member.needs.clone()),
            ("from", day(member.from)),
            ("until", day(member.until)),
        ]
    };
    let mut fields = Fields::that_differ(of(opened), of(form));
    form.who.put(&opened.who, &mut fields);
    fields
}

fn lay(form: &mut MemberForm, fields: &Fields) {
    for (name, value) in fields.iter() {
        let member = &mut form.member;
        match name {
            "role" => member.role = value.to_owned(),
            "phone" => member.phone = value.to_owned(),
            "leads" => member.leads = value == "true",
            "needs" => member.needs = value.to_owned(),
            "from" => member.from = value.parse().ok(),
            "until" => member.until = value.parse().ok(),
            name => form.who.lay(name, value),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_finds_the_whole_member_again() {
        let nobody = Helper::Named(String::new());
        let opened =
            MemberForm { member: Member::empty(LineId([1; 16]), PersonId([2; 16]), nobody), who: Who::default() };
        let mut form = opened.clone();
        form.who.chosen = "person".into();
        (form.member.role, form.member.phone) = ("porte les courses".into(), "06 12".into());
        (form.member.leads, form.member.needs) = (true, "savoir quand elle sort".into());
        form.member.from = "2026-06-12".parse().ok();
        let mut again = opened.clone();
        lay(&mut again, &Fields::read(&fields_since(&opened, &form).write()));
        assert!(again == form);
        assert!(fields_since(&opened, &opened).is_empty());
    }
}
