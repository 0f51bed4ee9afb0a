//! What was said of someone who was reported, to mend: a name heard better, where they live, who spoke of them.

use leptos::prelude::*;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::triage::TriageWrite;
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::ids::PersonId;
use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::provisional::{Provisional, ProvisionalField};

use crate::browser;
use crate::door::answer;
use crate::drafts::{self, Fields};
use crate::lists;
use crate::routes::Route;
use crate::ui::error_summary::problem_of;
use crate::ui::{
    Chips, DayField, FormFrame, InputKind, Opened, Problem, Save, Text, TextArea, TextField, load_once,
    today_or_yesterday, when_loaded,
};
use crate::words::{note, requests as w, sheet};

/// A provisional record to mend.
#[component]
pub fn EditReportedPage(person: PersonId) -> impl IntoView {
    let loaded = load_once(move || async move {
        let row = answer!(Request::Person(person), Person(file) => file.provisional)?;
        // They were informed meanwhile: their sheet is what one mends.
        let record = row.ok_or(Failure::NotFound)?.record;
        Ok(Opened::find(drafts::key("edit-reported", person), record, lay).await)
    });
    when_loaded(loaded, |opened| view! { <Edit opened=opened.get_untracked() /> })
}

#[component]
fn Edit(opened: Opened<Provisional>) -> impl IntoView {
    let before = opened.before.clone();
    let here = Route::Person(before.person);
    let way_back = here.clone();
    let save = move |form: &Provisional, draft: DraftKey| {
        let found = problems(form, browser::today());
        if !found.is_empty() {
            return Err(found);
        }
        let write = TriageWrite::EditReport { id: form.id, changes: before.changes_to(form), draft: Some(draft) };
        Ok(Save { request: Request::WriteTriage(Box::new(write)), then: here.clone() })
    };
    let draw = move |form: RwSignal<Provisional>, problems: RwSignal<Vec<Problem>>| {
        view! { <ReportedFields form=form problems=problems /> }
    };
    view! {
        <FormFrame
            title=w::edit_reported
            way_back=way_back
            opened=opened
            fields=fields_since
            forget=note::start_again
            save=save
            draw=draw
        />
    }
}

fn problems(form: &Provisional, today: chrono::NaiveDate) -> Vec<Problem> {
    let names = [&form.given_name, &form.family_name, &form.usual_name];
    let found = [
        (names.iter().all(|name| name.trim().is_empty()), "usual_name", w::needs_name()),
        (form.reported_on > today, "reported_on", w::too_early()),
    ];
    let found = found.into_iter().filter(|(is_so, ..)| *is_so);
    found.map(|(_, field, words)| Problem { field: field.into(), words: words.into() }).collect()
}

#[component]
fn ReportedFields(form: RwSignal<Provisional>, problems: RwSignal<Vec<Problem>>) -> impl IntoView {
    let text = move |field: ProvisionalField| {
        Text::within(
            form,
            move |form: &Provisional| form.text(field).to_owned(),
            move |form, text| *form.text_mut(field) = text,
        )
    };
    let source = Signal::derive(move || form.with(|form| form.source.clone()));
    let choose = Callback::new(move |code| form.update(|form| form.source = code));
    let day = Signal::derive(move || form.with(|form| Some(form.reported_on)));
    let set = Callback::new(move |day: Option<chrono::NaiveDate>| {
        form.update(|form| form.reported_on = day.unwrap_or(form.reported_on));
    });
    view! {
        <TextField
            id="usual_name"
            label=w::usual_name
            hint=w::usual_name_hint
            text=text(ProvisionalField::UsualName)
            error=problem_of(problems, "usual_name")
        />
        <TextField id="given_name" label=sheet::given_name optional=true text=text(ProvisionalField::GivenName) />
        <TextField id="family_name" label=sheet::family_name optional=true text=text(ProvisionalField::FamilyName) />
        <TextField id="address_line" label=sheet::line optional=true text=text(ProvisionalField::AddressLine) />
        <TextField id="hamlet" label=sheet::hamlet optional=true text=text(ProvisionalField::Hamlet) />
        <TextField id="commune" label=sheet::commune optional=true text=text(ProvisionalField::Commune) />
        <TextField
            id="phone"
            label=sheet::phone
            optional=true
            kind=InputKind::Phone
            text=text(ProvisionalField::Phone)
        />
        <TextArea
            id="words"
            label=w::reported_words
            hint=w::verbatim_hint
            text=text(ProvisionalField::Words)
            error=problem_of(problems, "words")
        />
        <Chips
            name="source"
            legend=|| w::source()
            choices=Signal::derive(move || lists::choices_and(ListId::RequestSources, &source.get()))
            chosen=source
            choose=choose
        />
        <TextField
            id="reported_by"
            label=w::asked_by
            hint=w::asked_by_hint
            optional=true
            text=text(ProvisionalField::ReportedBy)
        />
        <DayField id="reported_on" legend=|| w::reported_on() near=today_or_yesterday(None) day=day set=set />
    }
}

/// What differs from the form as it was opened, by name.
fn fields_since(opened: &Provisional, form: &Provisional) -> Fields {
    let mut fields = Fields::default();
    for (field, text) in opened.text_differences(form) {
        fields.put(field.code(), text);
    }
    if form.reported_on != opened.reported_on {
        fields.put("reported_on", form.reported_on.to_string());
    }
    fields
}

fn lay(form: &mut Provisional, fields: &Fields) {
    for (name, value) in fields.iter() {
        match (name, ProvisionalField::from_code(name)) {
            ("reported_on", _) => form.reported_on = value.parse().unwrap_or(form.reported_on),
            (_, Some(field)) => *form.text_mut(field) = value.to_owned(),
            (_, None) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use maillon_shared::domain::ids::ProvisionalId;

    use super::*;

    #[test]
    fn a_draft_finds_the_whole_record_again() {
        let day = "2026-06-12".parse().expect("a date");
        let held = Provisional {
            usual_name: "la dame aux volets bleus".into(),
            hamlet: "La Roussière".into(),
            ..Provisional::empty(ProvisionalId([1; 16]), PersonId([2; 16]), day)
        };
        let mut form = held.clone();
        form.given_name = "Lucette".into();
        form.hamlet = String::new();
        form.reported_on = "2026-06-10".parse().expect("a date");
        let mut reopened = held.clone();
        lay(&mut reopened, &Fields::read(&fields_since(&held, &form).write()));
        assert_eq!(reopened, form);
        assert!(fields_since(&held, &held).is_empty());
    }

    #[test]
    fn someone_stays_called_something() {
        let today = "2026-06-12".parse().expect("a date");
        let mut form = Provisional::empty(ProvisionalId([1; 16]), PersonId([2; 16]), today);
        assert_eq!(problems(&form, today).len(), 1);
        form.usual_name = "la dame aux volets bleus".into();
        assert!(problems(&form, today).is_empty());
    }
}
