//! Someone is in danger: the numbers first, then what was said to whom without asking, on what ground and at what hour.

use chrono::NaiveDate;
use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::responses::EntryRow;
use maillon_shared::domain::consent::{EmergencyDisclosure, Recipient};
use maillon_shared::domain::ids::{DisclosureId, PersonId};
use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::settings::Settings;
use maillon_shared::domain::time::Hour;
use maillon_shared::text::fold::same;

use crate::door::answer;
use crate::drafts::{self, Fields};
use crate::routes::Route;
use crate::session::session;
use crate::ui::error_summary::problem_of;
use crate::ui::{
    Chips, DayField, EmergencyNumbers, FormFrame, Opened, Problem, RecipientField, Save, Text, TextArea, load_once,
    today_or_yesterday, when_loaded,
};
use crate::words::{emergency as w, note};
use crate::{browser, lists};

/// What is said about someone in danger.
#[component]
pub fn EmergencyPage(person: PersonId) -> impl IntoView {
    let loaded = load_once(move || async move {
        let directory = answer!(Request::Directory, Directory(rows) => rows)?;
        let now = browser::now();
        let disclosure = EmergencyDisclosure {
            id: DisclosureId(browser::random_id()),
            person,
            day: now.day(),
            hour: now.hour(),
            ground: String::new(),
            recipient: Recipient::named(""),
            said: String::new(),
        };
        Ok((Opened::find(drafts::key("emergency", person), disclosure, lay).await, directory))
    });
    when_loaded(loaded, |opened| view! { <Disclose opened=opened.get_untracked() /> })
}

#[component]
fn Disclose(opened: (Opened<EmergencyDisclosure>, Vec<EntryRow>)) -> impl IntoView {
    let (opened, directory) = opened;
    let way_back = Route::Person(opened.before.person);
    // Those whom the law lets be told come first.
    let lawful = session().settings.with_untracked(Settings::lawful_recipients).0.into_iter().map(|one| one.name);
    let names = lawful.chain(directory.iter().map(|row| row.name.clone())).collect::<Vec<_>>();
    let save = move |form: &EmergencyDisclosure, draft: DraftKey| {
        let found = problems_of(form);
        if !found.is_empty() {
            return Err(found);
        }
        let mut disclosure = form.clone();
        let known = directory.iter().find(|row| same(&row.name, &disclosure.recipient.name));
        disclosure.recipient.entry = known.map(|row| row.id);
        let request = Request::RecordEmergencyDisclosure { disclosure: Box::new(disclosure), draft: Some(draft) };
        Ok(Save { request, then: Route::Consents(form.person) })
    };
    let draw = |form: RwSignal<EmergencyDisclosure>, problems: RwSignal<Vec<Problem>>| {
        view! { <DisclosureFields form=form problems=problems names=names /> }
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

fn problems_of(form: &EmergencyDisclosure) -> Vec<Problem> {
    let missing = [
        (&form.ground, "ground", w::needs_ground()),
        (&form.recipient.name, "recipient", w::needs_recipient()),
        (&form.said, "said", w::needs_said()),
    ];
    let blank = missing.into_iter().filter(|(text, ..)| text.trim().is_empty());
    blank.map(|(_, field, words)| Problem { field: field.into(), words: words.into() }).collect()
}

#[component]
fn DisclosureFields(
    form: RwSignal<EmergencyDisclosure>,
    problems: RwSignal<Vec<Problem>>,
    names: Vec<String>,
) -> impl IntoView {
    let ground = Signal::derive(move || form.with(|form| form.ground.clone()));
    let choose_ground = Callback::new(move |code| form.update(|form| form.ground = code));
    let recipient = Text::within(
        form,
        |form: &EmergencyDisclosure| form.recipient.name.clone(),
        |form, text| form.recipient.name = text,
    );
    let said = Text::within(form, |form: &EmergencyDisclosure| form.said.clone(), |form, text| form.said = text);
    let day = Signal::derive(move || form.with(|form| Some(form.day)));
    let set_day = Callback::new(move |day: Option<NaiveDate>| form.update(|form| form.day = day.unwrap_or(form.day)));
    let hour = move || form.with(|form| form.hour.to_string());
    view! {
        <EmergencyNumbers />
        <p>{w::lead}</p>
        <Chips
            name="ground"
            legend=|| w::ground()
            choices=Signal::derive(|| lists::choices(ListId::EmergencyGrounds))
            chosen=ground
            choose=choose_ground
        />
        <RecipientField
            id="recipient"
            label=w::recipient
            optional=false
            names=names
            text=recipient
            error=problem_of(problems, "recipient")
        />
        <TextArea id="said" label=w::said hint=w::said_hint text=said error=problem_of(problems, "said") />
        <DayField id="day" legend=|| w::day() near=today_or_yesterday(None) day=day set=set_day />
        <div class="field">
            <label for="hour">{w::hour}</label>
            <input
                id="hour"
                type="time"
                prop:value=hour
                on:change:target=move |event| {
                    if let Some(hour) = Hour::parse(&event.target().value()) {
                        form.update(|form| form.hour = hour);
                    }
                }
            />
        </div>
    }
}

/// What differs from the form as it was opened, by name.
fn fields_since(opened: &EmergencyDisclosure, form: &EmergencyDisclosure) -> Fields {
    let of = |form: &EmergencyDisclosure| {
        [
            ("ground", form.ground.clone()),
            ("recipient", form.recipient.name.clone()),
            ("said", form.said.clone()),
            ("day", form.day.to_string()),
            ("hour", form.hour.to_string()),
        ]
    };
    // The hour is the one at which the form was opened: alone, it is nothing that anyone wrote; with words, it is theirs.
    let mut fields = Fields::that_differ(of(opened), of(form));
    if fields.iter().any(|(name, _)| !matches!(name, "day" | "hour")) {
        fields = Fields::that_differ(of(opened).map(|(name, _)| (name, String::new())), of(form));
    }
    fields
}

fn lay(form: &mut EmergencyDisclosure, fields: &Fields) {
    for (name, value) in fields.iter() {
        match name {
            "ground" => form.ground = value.to_owned(),
            "recipient" => form.recipient.name = value.to_owned(),
            "said" => form.said = value.to_owned(),
            "day" => form.day = value.parse().unwrap_or(form.day),
            "hour" => form.hour = Hour::parse(value).unwrap_or(form.hour),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened_at(hour: u8) -> EmergencyDisclosure {
        EmergencyDisclosure {
            id: DisclosureId([1; 16]),
            person: PersonId([2; 16]),
            day: "2026-06-12".parse().expect("a date"),
            hour: Hour::new(hour, 30).expect("an hour"),
            ground: String::new(),
            recipient: Recipient::named(""),
            said: String::new(),
        }
    }

    #[test]
    fn a_draft_keeps_the_hour_at_which_it_was_begun() {
        let mut form = opened_at(9);
        assert!(fields_since(&opened_at(9), &form).is_empty());
        form.ground = "life_in_danger".into();
        form.recipient.name = "SAMU".into();
        form.said = "Ne répond plus, porte ouverte.".into();
        let kept = fields_since(&opened_at(9), &form).write();
        let mut reopened = opened_at(17);
        lay(&mut reopened, &Fields::read(&kept));
        assert_eq!(reopened, form);
    }
}
