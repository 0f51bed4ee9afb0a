//! A request to receive, in twenty seconds: the words, about whom, who asks. All else may wait.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::responses::PersonRow;
use maillon_shared::api::triage::TriageWrite;
use maillon_shared::domain::ids::{PersonId, ProvisionalId, RequestId};
use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::provisional::{Provisional, ProvisionalField};
use maillon_shared::domain::request::{Request as CareRequest, RequestField};

use crate::door::answer;
use crate::drafts::{self, Fields};
use crate::routes::{CareRoute, Route};
use crate::ui::error_summary::problem_of;
use crate::ui::{
    Chips, Choice, DayField, FormFrame, InputKind, Opened, Problem, Save, Text, TextArea, TextField, Ticks, WhoField,
    load_once, today_or_yesterday, when_loaded,
};
use crate::words::{note, requests as w};
use crate::{browser, lists};

/// About whom a request is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum About {
    /// Someone in the notebook.
    Known,
    /// Someone whom nobody has met.
    Reported,
    /// Nobody named.
    Nobody,
}

impl About {
    const ALL: [About; 3] = [About::Known, About::Reported, About::Nobody];

    fn code(self) -> &'static str {
        match self {
            About::Known => "known",
            About::Reported => "reported",
            About::Nobody => "nobody",
        }
    }

    fn words(self) -> &'static str {
        match self {
            About::Known => w::about_known(),
            About::Reported => w::about_reported(),
            About::Nobody => w::about_nobody(),
        }
    }
}

/// A request being received.
#[derive(Clone, PartialEq, Eq)]
struct Receiving {
    request: CareRequest,
    about: About,
    record: Provisional,
}

/// A request to receive.
#[component]
pub fn ReceivePage(person: Option<PersonId>) -> impl IntoView {
    let loaded = load_once(move || async move {
        let mut people = answer!(Request::People, People(rows) => rows)?;
        // Whoever was reported is in no list, and may be asked for again.
        if let Some(id) = person.filter(|id| people.iter().all(|row| row.id != *id)) {
            people.push(answer!(Request::Person(id), Person(file) => row_of(&file.person))?);
        }
        let today = browser::today();
        let form = Receiving {
            request: CareRequest::received(RequestId(browser::random_id()), person, today),
            about: About::Known,
            record: Provisional::empty(ProvisionalId(browser::random_id()), PersonId(browser::random_id()), today),
        };
        let subject = person.map(|id| id.to_string()).unwrap_or_default();
        Ok((Opened::find(drafts::key("request", subject), form, lay).await, people))
    });
    when_loaded(loaded, |opened| view! { <Receive opened=opened.get_untracked() /> })
}

fn row_of(person: &maillon_shared::domain::person::Person) -> PersonRow {
    PersonRow {
        id: person.id,
        name: person.display_name(),
        family_name: person.family_name.clone(),
        place: person.address.short().to_owned(),
        birth: person.birth,
        state: person.state.clone(),
        last_contact: None,
        next_due: None,
    }
}

#[component]
fn Receive(opened: (Opened<Receiving>, Vec<PersonRow>)) -> impl IntoView {
    let (opened, people) = opened;
    let way_back = match opened.before.request.person {
        Some(person) => Route::Person(person),
        None => Route::Care(CareRoute::List),
    };
    let save = |form: &Receiving, draft: DraftKey| {
        let found = problems(form, browser::today());
        if !found.is_empty() {
            return Err(found);
        }
        let mut request = form.request.clone();
        let reported = (form.about == About::Reported).then(|| {
            let mut record = form.record.clone();
            record.reported_on = request.received;
            record.source.clone_from(&request.source);
            record.reported_by.clone_from(&request.asked_by);
            record.words.clone_from(&request.verbatim);
            Box::new(record)
        });
        if form.about != About::Known {
            request.person = None;
        }
        let then = Route::Care(CareRoute::One(request.id));
        let write = TriageWrite::Receive { request: Box::new(request), reported, draft: Some(draft) };
        Ok(Save { request: Request::WriteTriage(Box::new(write)), then })
    };
    let draw = move |form: RwSignal<Receiving>, problems: RwSignal<Vec<Problem>>| {
        view! { <ReceiveFields form=form problems=problems people=people /> }
    };
    view! {
        <FormFrame
            title=w::new
            way_back=way_back
            opened=opened
            fields=fields_since
            forget=note::start_again
            save=save
            draw=draw
        />
    }
}

fn problems(form: &Receiving, today: NaiveDate) -> Vec<Problem> {
    let request = &form.request;
    let record = form.record.as_person();
    let is_reported = form.about == About::Reported;
    let found = [
        (request.verbatim.trim().is_empty() && request.topics().is_empty(), ("verbatim", w::needs_words())),
        (form.about == About::Known && request.person.is_none(), ("who", w::needs_person())),
        (is_reported && record.display_name().is_empty(), ("usual_name", w::needs_name())),
        (request.received > today, ("received", w::too_early())),
    ];
    let found = found.into_iter().filter(|(is_so, _)| *is_so);
    found.map(|(_, (field, words))| Problem { field: field.into(), words: words.into() }).collect()
}

#[component]
fn ReceiveFields(form: RwSignal<Receiving>, problems: RwSignal<Vec<Problem>>, people: Vec<PersonRow>) -> impl IntoView {
    let abouts = Signal::derive(|| About::ALL.map(|about| Choice::new(about.code(), about.words())).to_vec());
    let about = Memo::new(move |_| form.with(|form| form.about));
    let choose_about = Callback::new(move |code: String| {
        let chosen = About::ALL.into_iter().find(|about| about.code() == code).unwrap_or(About::Known);
        form.update(|form| {
            form.about = chosen;
            // Whoever was not met is asked for by someone else.
            if chosen == About::Reported && form.request.source == "person" {
                form.request.source = "neighbour_or_relay".into();
            }
        });
    });
    let person = Signal::derive(move || form.with(|form| form.request.person));
    let set_person = Callback::new(move |person| form.update(|form| form.request.person = person));
    let people = StoredValue::new(people);
    let text = move |field: RequestField| {
        Text::within(
            form,
            move |form: &Receiving| form.request.text(field).to_owned(),
            move |form, text| *form.request.text_mut(field) = text,
        )
    };
    let place = text(RequestField::Place);
    let no_name = problem_of(problems, "who");
    view! {
        <TextArea
            id="verbatim"
            label=w::verbatim
            hint=w::verbatim_hint
            text=text(RequestField::Verbatim)
            error=problem_of(problems, "verbatim")
        />
        <Chips
            name="about"
            legend=|| w::about()
            choices=abouts
            chosen=Signal::derive(move || about.get().code().to_owned())
            choose=choose_about
        />
        <Show when=move || about.get() == About::Known>
            <p class="error">{move || no_name.get()}</p>
            <WhoField legend=w::whom people=people.get_value() person=person set=set_person />
        </Show>
        <Show when=move || about.get() == About::Reported>
            <ReportedFields form=form problems=problems />
        </Show>
        <Show when=move || about.get() == About::Nobody>
            <TextField id="place" label=w::place hint=w::place_hint optional=true text=place />
        </Show>
        <Asker form=form />
        <Topics form=form />
        <Day form=form />
    }
}

/// As someone was reported.
#[component]
fn ReportedFields(form: RwSignal<Receiving>, problems: RwSignal<Vec<Problem>>) -> impl IntoView {
    let text = move |field: ProvisionalField| {
        Text::within(
            form,
            move |form: &Receiving| form.record.text(field).to_owned(),
            move |form, text| *form.record.text_mut(field) = text,
        )
    };
    view! {
        <fieldset class="reported">
            <legend>{w::whom}</legend>
            <p class="hint">{w::reported_hint}</p>
            <TextField id="given_name" label=crate::words::sheet::given_name optional=true text=text(ProvisionalField::GivenName) />
            <TextField id="family_name" label=crate::words::sheet::family_name optional=true text=text(ProvisionalField::FamilyName) />
            <TextField
                id="usual_name"
                label=w::usual_name
                hint=w::usual_name_hint
                optional=true
                text=text(ProvisionalField::UsualName)
                error=problem_of(problems, "usual_name")
            />
            <TextField id="hamlet" label=crate::words::sheet::hamlet optional=true text=text(ProvisionalField::Hamlet) />
            <TextField id="address_line" label=crate::words::sheet::line optional=true text=text(ProvisionalField::AddressLine) />
            <TextField
                id="phone"
                label=crate::words::sheet::phone
                optional=true
                kind=InputKind::Phone
                text=text(ProvisionalField::Phone)
            />
        </fieldset>
    }
}

#[component]
fn Asker(form: RwSignal<Receiving>) -> impl IntoView {
    let source = Signal::derive(move || form.with(|form| form.request.source.clone()));
    let choose = Callback::new(move |code| form.update(|form| form.request.source = code));
    let by =
        Text::within(form, |form: &Receiving| form.request.asked_by.clone(), |form, text| form.request.asked_by = text);
    let is_other = Memo::new(move |_| form.with(|form| !form.request.is_in_their_own_words()));
    view! {
        <Chips
            name="source"
            legend=|| w::source()
            choices=Signal::derive(|| lists::choices(ListId::RequestSources))
            chosen=source
            choose=choose
        />
        <Show when=move || is_other.get()>
            <TextField id="asked_by" label=w::asked_by hint=w::asked_by_hint optional=true text=by />
        </Show>
    }
}

#[component]
fn Topics(form: RwSignal<Receiving>) -> impl IntoView {
    let ticked = Signal::derive(move || {
        form.with(|form| form.request.topics().into_iter().map(str::to_owned).collect::<BTreeSet<_>>())
    });
    let toggle = Callback::new(move |code: String| {
        form.update(|form| {
            if !form.request.also.remove(&code) {
                form.request.also.insert(code);
            }
        });
    });
    view! {
        <Ticks
            name="topics"
            legend=w::topics
            hint=w::topics_hint
            choices=Signal::derive(|| lists::choices(ListId::RequestTopics))
            ticked=ticked
            toggle=toggle
        />
    }
}

#[component]
fn Day(form: RwSignal<Receiving>) -> impl IntoView {
    let day = Signal::derive(move || form.with(|form| Some(form.request.received)));
    let set = Callback::new(move |day: Option<NaiveDate>| {
        form.update(|form| form.request.received = day.unwrap_or(form.request.received));
    });
    view! { <DayField id="received" legend=|| w::received_on() near=today_or_yesterday(None) day=day set=set /> }
}

/// What differs from the form as it was opened, by name.
fn fields_since(opened: &Receiving, form: &Receiving) -> Fields {
    let mut fields = Fields::default();
    for (field, text) in opened.request.text_differences(&form.request) {
        fields.put(field.code(), text);
    }
    for (field, text) in opened.record.text_differences(&form.record) {
        fields.put(format!("record.{}", field.code()), text);
    }
    for topic in form.request.also.difference(&opened.request.also) {
        fields.put(format!("topic.{topic}"), "1");
    }
    let words = |person: Option<PersonId>| person.map(|id| id.to_string()).unwrap_or_default();
    let mut put_if = |differs: bool, name: &str, value: String| {
        if differs {
            fields.put(name, value);
        }
    };
    put_if(form.about != opened.about, "about", form.about.code().to_owned());
    put_if(form.request.person != opened.request.person, "person", words(form.request.person));
    put_if(form.request.received != opened.request.received, "received", form.request.received.to_string());
    fields
}

fn lay(form: &mut Receiving, fields: &Fields) {
    for (name, value) in fields.iter() {
        match name {
            "about" => form.about = About::ALL.into_iter().find(|about| about.code() == value).unwrap_or(form.about),
            "person" => form.request.person = PersonId::parse(value),
            "received" => form.request.received = value.parse().unwrap_or(form.request.received),
            name => match (name.strip_prefix("record."), name.strip_prefix("topic.")) {
                (Some(field), _) => {
                    if let Some(field) = ProvisionalField::from_code(field) {
                        *form.record.text_mut(field) = value.to_owned();
                    }
                }
                (None, Some(topic)) => drop(form.request.also.insert(topic.to_owned())),
                (None, None) => {
                    if let Some(field) = RequestField::from_code(name) {
                        *form.request.text_mut(field) = value.to_owned();
                    }
                }
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened() -> Receiving {
        let day = "2026-06-12".parse().expect("a date");
        Receiving {
            request: CareRequest::received(RequestId([1; 16]), None, day),
            about: About::Known,
            record: Provisional::empty(ProvisionalId([2; 16]), PersonId([3; 16]), day),
        }
    }

    #[test]
    fn a_draft_finds_the_whole_request_again() {
        let mut form = opened();
        form.request.verbatim = "« il faudrait passer la voir » 🙂".into();
        form.request.source = "neighbour_or_relay".into();
        form.request.asked_by = "Anselme".into();
        form.request.also = ["isolation".to_owned(), "meals".to_owned()].into();
        form.request.person = Some(PersonId([9; 16]));
        form.request.received = "2026-06-11".parse().expect("a date");
        form.about = About::Reported;
        form.record.usual_name = "la dame de la maison bleue".into();
        form.record.hamlet = "La Roussière".into();
        let mut reopened = opened();
        lay(&mut reopened, &Fields::read(&fields_since(&opened(), &form).write()));
        assert!(reopened == form);
        assert!(fields_since(&opened(), &opened()).is_empty());
    }

    #[test]
    fn what_says_nothing_of_nobody_is_not_received() {
        let fields = |form: &Receiving| {
            problems(form, "2026-06-12".parse().expect("a date")).into_iter().map(|one| one.field).collect::<Vec<_>>()
        };
        let mut form = opened();
        form.request.received = "2020-06-12".parse().expect("a date");
        assert_eq!(fields(&form), ["verbatim", "who"]);
        form.about = About::Reported;
        form.request.also = ["meals".to_owned()].into();
        assert_eq!(fields(&form), ["usual_name"]);
        form.about = About::Nobody;
        assert_eq!(fields(&form), [""; 0]);
    }
}
