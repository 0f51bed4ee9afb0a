//! What was said when a request was received, and what it is really about: to mend.

use std::collections::BTreeSet;

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::triage::{TriageAnswer, TriageQuestion, TriageWrite};
use maillon_shared::domain::ids::RequestId;
use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::request::{Request as CareRequest, RequestField, RequestStep};

use crate::browser;
use crate::door::answer;
use crate::drafts::{self, Fields};
use crate::lists;
use crate::routes::{CareRoute, Route};
use crate::ui::error_summary::problem_of;
use crate::ui::{
    Chips, DayField, FormFrame, Opened, Problem, Save, Text, TextArea, TextField, Ticks, load_once, today_or_yesterday,
    when_loaded,
};
use crate::words::{note, requests as w};

/// A request to mend.
#[component]
pub fn EditRequestPage(id: RequestId) -> impl IntoView {
    let loaded = load_once(move || async move {
        let asked = Request::AskTriage(TriageQuestion::Request(id));
        let request = answer!(asked, Triage(TriageAnswer::Request(file)) => file.request)?;
        Ok(Opened::find(drafts::key("edit-request", id), request, lay).await)
    });
    when_loaded(loaded, |opened| view! { <Edit opened=opened.get_untracked() /> })
}

#[component]
fn Edit(opened: Opened<CareRequest>) -> impl IntoView {
    let before = opened.before.clone();
    let here = Route::Care(CareRoute::One(before.id));
    let way_back = here.clone();
    let understood = before.analysed().is_ok();
    let save = move |form: &CareRequest, draft: DraftKey| {
        let found = problems(&before, form);
        if !found.is_empty() {
            return Err(found);
        }
        let write = TriageWrite::Steps { id: form.id, steps: steps(&before, form), draft: Some(draft) };
        Ok(Save { request: Request::WriteTriage(Box::new(write)), then: here.clone() })
    };
    let draw = move |form: RwSignal<CareRequest>, problems: RwSignal<Vec<Problem>>| {
        view! { <EditFields form=form problems=problems understood=understood /> }
    };
    view! {
        <FormFrame
            title=w::edit_title
            way_back=way_back
            opened=opened
            fields=fields_since
            forget=note::start_again
            save=save
            draw=draw
        />
    }
}

/// What to say so that a request reads as the form does.
fn steps(before: &CareRequest, form: &CareRequest) -> Vec<RequestStep> {
    let texts = before.text_differences(form).filter(|(field, _)| *field != RequestField::Topic);
    let mut steps: Vec<_> = texts.map(|(field, text)| RequestStep::Say(field, text.trim().to_owned())).collect();
    if before.received != form.received {
        steps.push(RequestStep::ReceivedOn(form.received));
    }
    let topics = |request: &CareRequest| request.topics().into_iter().map(str::to_owned).collect::<BTreeSet<_>>();
    let (then, now) = (topics(before), topics(form));
    steps.extend(now.difference(&then).map(|topic| RequestStep::Topic(topic.clone(), true)));
    steps.extend(then.difference(&now).map(|topic| RequestStep::Topic(topic.clone(), false)));
    steps
}

fn problems(before: &CareRequest, form: &CareRequest) -> Vec<Problem> {
    let found = [
        (form.verbatim.trim().is_empty() && form.topics().is_empty(), "verbatim", w::needs_words()),
        (!before.analysis.is_empty() && form.analysis.trim().is_empty(), "analysis", w::needs_words()),
        (form.received > browser::today(), "received", w::too_early()),
    ];
    let found = found.into_iter().filter(|(is_so, ..)| *is_so);
    found.map(|(_, field, words)| Problem { field: field.into(), words: words.into() }).collect()
}

#[component]
fn EditFields(form: RwSignal<CareRequest>, problems: RwSignal<Vec<Problem>>, understood: bool) -> impl IntoView {
    let text = move |field: RequestField| {
        Text::within(
            form,
            move |form: &CareRequest| form.text(field).to_owned(),
            move |form, text| *form.text_mut(field) = text,
        )
    };
    let source = Signal::derive(move || form.with(|form| form.source.clone()));
    let choose = Callback::new(move |code| form.update(|form| form.source = code));
    let ticked =
        Signal::derive(move || form.with(|form| form.topics().into_iter().map(str::to_owned).collect::<BTreeSet<_>>()));
    let toggle = Callback::new(move |code: String| form.update(|form| toggle_topic(form, code)));
    let day = Signal::derive(move || form.with(|form| Some(form.received)));
    let set = Callback::new(move |day: Option<chrono::NaiveDate>| {
        form.update(|form| form.received = day.unwrap_or(form.received));
    });
    let analysis = understood.then(|| {
        view! {
            <TextArea
                id="analysis"
                label=w::analysis
                hint=w::analysis_hint
                text=text(RequestField::Analysis)
                error=problem_of(problems, "analysis")
            />
        }
    });
    let place = form.with_untracked(|form| form.person.is_none()).then(|| {
        view! { <TextField id="place" label=w::place hint=w::place_hint optional=true text=text(RequestField::Place) /> }
    });
    view! {
        <TextArea
            id="verbatim"
            label=w::verbatim
            hint=w::verbatim_hint
            text=text(RequestField::Verbatim)
            error=problem_of(problems, "verbatim")
        />
        {analysis}
        {place}
        <Chips
            name="source"
            legend=|| w::source()
            choices=Signal::derive(move || lists::choices_and(ListId::RequestSources, &source.get()))
            chosen=source
            choose=choose
        />
        <TextField id="asked_by" label=w::asked_by hint=w::asked_by_hint optional=true text=text(RequestField::AskedBy) />
        <Ticks
            name="topics"
            legend=w::topics
            hint=w::topics_hint
            choices=Signal::derive(|| lists::choices(ListId::RequestTopics))
            ticked=ticked
            toggle=toggle
        />
        <DayField id="received" legend=|| w::received_on() near=today_or_yesterday(None) day=day set=set />
    }
}

/// A topic is one of the request's, or is not any more.
fn toggle_topic(form: &mut CareRequest, code: String) {
    if form.topic == code {
        form.also.remove(&code);
        form.topic = form.also.pop_first().unwrap_or_default();
    } else if !form.also.remove(&code) {
        form.also.insert(code);
    }
}

/// What differs from the form as it was opened, by name.
fn fields_since(opened: &CareRequest, form: &CareRequest) -> Fields {
    let mut fields = Fields::default();
    for (field, text) in opened.text_differences(form) {
        fields.put(field.code(), text);
    }
    for topic in form.also.symmetric_difference(&opened.also) {
        fields.put(format!("topic.{topic}"), if form.also.contains(topic) { "1" } else { "" });
    }
    if form.received != opened.received {
        fields.put("received", form.received.to_string());
    }
    fields
}

fn lay(form: &mut CareRequest, fields: &Fields) {
    for (name, value) in fields.iter() {
        match (name, name.strip_prefix("topic."), RequestField::from_code(name)) {
            ("received", ..) => form.received = value.parse().unwrap_or(form.received),
            (_, Some(topic), _) if value.is_empty() => drop(form.also.remove(topic)),
            (_, Some(topic), _) => drop(form.also.insert(topic.to_owned())),
            (_, None, Some(field)) => *form.text_mut(field) = value.to_owned(),
            (_, None, None) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held() -> CareRequest {
        let mut request = CareRequest::received(RequestId([1; 16]), None, "2026-06-12".parse().expect("a date"));
        request.topic = "meals".into();
        request.also = ["transport".to_owned()].into();
        request
    }

    #[test]
    fn a_draft_finds_the_whole_request_again_and_only_differences_are_said() {
        let mut form = held();
        toggle_topic(&mut form, "meals".into());
        toggle_topic(&mut form, "housing".into());
        form.verbatim = "le car".into();
        form.received = "2026-06-10".parse().expect("a date");
        let mut reopened = held();
        lay(&mut reopened, &Fields::read(&fields_since(&held(), &form).write()));
        assert_eq!(reopened, form);
        assert!(fields_since(&held(), &held()).is_empty());
        let said = steps(&held(), &form);
        assert_eq!(said.len(), 4, "{said:?}");
        assert!(said.contains(&RequestStep::Topic("housing".into(), true)));
        assert!(said.contains(&RequestStep::Topic("meals".into(), false)));
        assert_eq!(steps(&held(), &held()), []);
    }
}
