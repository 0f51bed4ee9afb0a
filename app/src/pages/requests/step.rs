//! Something that happens to a request: one form, which asks what that step needs.

use chrono::{Days, NaiveDate};
use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::triage::{RequestFile, TriageAnswer, TriageQuestion, TriageWrite};
use maillon_shared::domain::consent::{Purpose, Why, may};
use maillon_shared::domain::ids::{LineId, RequestId};
use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::request::{Contact, Orientation};

use super::step_form::{ACCEPTED, REFUSED, StepForm, StepProblem, fields_since, lay};
use crate::door::answer;
use crate::routes::{CareRoute, Route, StepName};
use crate::ui::error_summary::problem_of;
use crate::ui::{
    Chips, Choice, DayField, EntryField, FormFrame, Opened, Problem, Save, Text, TextArea, TextField, load_once,
    today_or_yesterday, when_loaded,
};
use crate::words::{Word, note, requests as w};
use crate::{browser, drafts, lists, when};

type Loaded = (Opened<StepForm>, RequestFile);

/// Something that happens to a request.
#[component]
pub fn StepPage(id: RequestId, step: StepName, option: Option<LineId>) -> impl IntoView {
    let loaded = load_once(move || async move {
        let asked = Request::AskTriage(TriageQuestion::Request(id));
        let file = answer!(asked, Triage(TriageAnswer::Request(file)) => *file)?;
        let form = StepForm::of(step, LineId(browser::random_id()), option, browser::today());
        let subject = option.map_or_else(|| id.to_string(), |option| format!("{id}:{option}"));
        let key = drafts::key(&format!("request-{}", step.code()), subject);
        Ok((Opened::find(key, form, lay).await, file))
    });
    when_loaded(loaded, move |loaded| view! { <Step step=step loaded=loaded.get_untracked() /> })
}

fn title(step: StepName) -> Word {
    match step {
        StepName::Listen => w::do_listen,
        StepName::Analyse => w::do_analyse,
        StepName::Offer => w::do_offer,
        StepName::Choose => w::do_choose,
        StepName::Decline => w::do_decline,
        StepName::Reply => w::do_reply,
        StepName::Feedback => w::do_feedback,
        StepName::Close => w::do_close,
    }
}

#[component]
fn Step(step: StepName, loaded: Loaded) -> impl IntoView {
    let (opened, file) = loaded;
    let id = file.request.id;
    let here = Route::Care(CareRoute::One(id));
    let way_back = here.clone();
    let entry_name = RwSignal::new(String::new());
    let option = opened.before.option.and_then(|option| file.request.option(option).cloned());
    let to = option.as_ref().map(|option| option.to.name.clone()).unwrap_or_default();
    let agreed = option.as_ref().map(|option| is_agreed(&file, option));
    let save = move |form: &StepForm, draft: DraftKey| {
        let mut found: Vec<_> = form.problems(step, browser::today()).into_iter().map(problem).collect();
        let by_me = step == StepName::Choose && form.choice == Contact::Coordination.code();
        if by_me && agreed.as_ref().is_some_and(Result::is_err) {
            found.push(Problem { field: "contact".into(), words: w::needs_consent().into() });
        }
        if !found.is_empty() {
            return Err(found);
        }
        let steps = vec![form.to_step(step, &entry_name.get_untracked())];
        let write = TriageWrite::Steps { id, steps, draft: Some(draft) };
        Ok(Save { request: Request::WriteTriage(Box::new(write)), then: here.clone() })
    };
    let consent = option.as_ref().map(|option| is_agreed(&file, option)).and_then(Result::err);
    let person = file.request.person;
    let draw = move |form: RwSignal<StepForm>, problems: RwSignal<Vec<Problem>>| {
        view! {
            <p class="detail">{to}</p>
            {match step {
                StepName::Offer => view! { <OfferFields form=form problems=problems entry_name=entry_name /> }.into_any(),
                StepName::Choose => {
                    let consents = person.map(|person| Route::GiveConsent(person).href());
                    view! { <ChooseFields form=form problems=problems consent=consent consents=consents /> }.into_any()
                }
                StepName::Reply => view! { <ReplyFields form=form problems=problems /> }.into_any(),
                StepName::Close => view! { <CloseFields form=form problems=problems /> }.into_any(),
                StepName::Listen => {
                    view! { <Words form=form problems=problems label=w::listening_text hint=w::listening_hint /> }.into_any()
                }
                StepName::Analyse => {
                    view! { <Words form=form problems=problems label=w::analysis hint=w::analysis_hint /> }.into_any()
                }
                StepName::Decline => {
                    view! { <Words form=form problems=problems label=w::declined_why hint=w::declined_hint /> }.into_any()
                }
                StepName::Feedback => {
                    view! { <Words form=form problems=problems label=w::feedback hint=w::feedback_hint /> }.into_any()
                }
            }}
            <Day form=form problems=problems />
        }
    };
    view! {
        <FormFrame
            title=title(step)
            way_back=way_back
            opened=opened
            fields=fields_since
            forget=note::start_again
            save=save
            draw=draw
        />
    }
}

/// Whether the coordinator may get in touch in the person's name.
fn is_agreed(file: &RequestFile, option: &Orientation) -> Result<(), Why> {
    match file.request.person {
        None => Ok(()),
        Some(_) => may(&file.entries, &Purpose::Orientation, &option.to, browser::today()).map(drop),
    }
}

fn problem(problem: StepProblem) -> Problem {
    let (field, words) = match problem {
        StepProblem::Tomorrow => ("day", w::too_early()),
        StepProblem::NoText => ("text", w::needs_words()),
        StepProblem::NoWho => ("to", w::needs_recipient()),
        StepProblem::NoChoice => ("choice", w::needs_choice()),
        StepProblem::Past => ("by", w::needs_later_day()),
    };
    Problem { field: field.into(), words: words.into() }
}

fn text_of(form: RwSignal<StepForm>) -> Text {
    Text::within(form, |form: &StepForm| form.text.clone(), |form, text| form.text = text)
}

fn who_of(form: RwSignal<StepForm>) -> Text {
    Text::within(form, |form: &StepForm| form.who.clone(), |form, text| form.who = text)
}

#[component]
fn Words(form: RwSignal<StepForm>, problems: RwSignal<Vec<Problem>>, label: Word, hint: Word) -> impl IntoView {
    view! {
        <TextArea id="text" label=label hint=hint text=text_of(form) lines=5 error=problem_of(problems, "text") />
    }
}

#[component]
fn Day(form: RwSignal<StepForm>, problems: RwSignal<Vec<Problem>>) -> impl IntoView {
    let day = Signal::derive(move || form.with(|form| Some(form.day)));
    let set = Callback::new(move |day: Option<NaiveDate>| form.update(|form| form.day = day.unwrap_or(form.day)));
    let error = problem_of(problems, "day");
    view! {
        <p class="error">{move || error.get()}</p>
        <DayField id="day" legend=|| w::on_day() near=today_or_yesterday(None) day=day set=set />
    }
}

#[component]
fn OfferFields(
    form: RwSignal<StepForm>,
    problems: RwSignal<Vec<Problem>>,
    entry_name: RwSignal<String>,
) -> impl IntoView {
    let entry = Signal::derive(move || form.with(|form| form.entry));
    // What the directory calls the entry is kept beside it, so that an offer still reads when the entry has gone.
    Effect::new(move |_| {
        let Some(chosen) = entry.get() else { return };
        wasm_bindgen_futures::spawn_local(async move {
            let named = answer!(Request::Entry(chosen), Entry(file) => file.entry.display_name());
            entry_name.try_set(named.unwrap_or_default());
        });
    });
    let set = Callback::new(move |chosen| form.update(|form| form.entry = chosen));
    let error = problem_of(problems, "to");
    view! {
        <p class="error">{move || error.get()}</p>
        <EntryField id="to" label=w::offer_to hint=w::offer_to_hint entry=entry set=set words=who_of(form) />
        <p>
            <a href=Route::Directory(crate::routes::DirectoryRoute::WhoDoesWhat).href()>{w::who_does_what}</a>
        </p>
        <TextArea id="text" label=w::offer_what hint=w::offer_what_hint optional=true text=text_of(form) lines=2 />
    }
}

#[component]
fn ChooseFields(
    form: RwSignal<StepForm>,
    problems: RwSignal<Vec<Problem>>,
    consent: Option<Why>,
    consents: Option<String>,
) -> impl IntoView {
    let today = browser::today();
    let contacts = Signal::derive(|| {
        vec![
            Choice::new(Contact::Themselves.code(), w::contact_themselves()),
            Choice::new(Contact::Coordination.code(), w::contact_me()),
        ]
    });
    let choice = Signal::derive(move || form.with(|form| form.choice.clone()));
    let choose = Callback::new(move |code| form.update(|form| form.choice = code));
    let by_me = Memo::new(move |_| form.with(|form| form.choice == Contact::Coordination.code()));
    let near = Signal::derive(move || {
        let later = |days: u64, words: &'static str| Some((today.checked_add_days(Days::new(days))?, words.to_owned()));
        [later(7, note::in_7_days()), later(14, note::in_14_days()), later(30, w::in_30_days())]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
    });
    let by = Signal::derive(move || form.with(|form| form.by));
    let set_by = Callback::new(move |day| form.update(|form| form.by = day));
    let (error, by_error) = (problem_of(problems, "contact"), problem_of(problems, "by"));
    let refused = consent.map(|why| {
        view! {
            <div class="state-note" hidden=move || !by_me.get()>
                <span>{why_words(&why)}</span>
                {consents.map(|href| view! { <a class="button" href=href>{w::ask_consent}</a> })}
            </div>
        }
    });
    view! {
        <p class="error" id="contact" tabindex="-1">{move || error.get()}</p>
        <Chips name="choice" legend=|| w::contact() choices=contacts chosen=choice choose=choose />
        <p class="detail" hidden=move || by_me.get()>{w::contact_themselves_why}</p>
        {refused}
        <p class="error">{move || by_error.get()}</p>
        <DayField id="by" legend=|| w::feedback_by() near=near none=w::no_feedback day=by set=set_by />
        <p class="detail">{move || by.get().map(|day| w::feedback_reminds(when::date(day, today)))}</p>
    }
}

/// Why a name may not go there.
fn why_words(why: &Why) -> String {
    let today = browser::today();
    match why {
        Why::Objects(on) => w::consent_objects(when::day(*on, today)),
        Why::Withdrawn(on) => w::consent_withdrawn(when::day(*on, today)),
        Why::Expired(on) => w::consent_expired(when::day(*on, today)),
        Why::NotUnderstood => w::consent_unclear().to_owned(),
        Why::NeverGiven => w::consent_never().to_owned(),
    }
}

#[component]
fn ReplyFields(form: RwSignal<StepForm>, problems: RwSignal<Vec<Problem>>) -> impl IntoView {
    let answers =
        Signal::derive(|| vec![Choice::new(ACCEPTED, w::reply_accepted()), Choice::new(REFUSED, w::reply_refused())]);
    let choice = Signal::derive(move || form.with(|form| form.choice.clone()));
    let choose = Callback::new(move |code| form.update(|form| form.choice = code));
    let refused = Memo::new(move |_| form.with(|form| form.choice == REFUSED));
    let error = problem_of(problems, "choice");
    let why = text_of(form);
    view! {
        <p class="error">{move || error.get()}</p>
        <Chips name="choice" legend=|| w::reply() choices=answers chosen=choice choose=choose />
        <TextField id="who" label=w::answered_by optional=true text=who_of(form) />
        <Show when=move || refused.get()>
            <TextArea id="text" label=w::refused_why hint=w::refused_hint optional=true text=why lines=2 />
        </Show>
    }
}

#[component]
fn CloseFields(form: RwSignal<StepForm>, problems: RwSignal<Vec<Problem>>) -> impl IntoView {
    let choice = Signal::derive(move || form.with(|form| form.choice.clone()));
    let choose = Callback::new(move |code| form.update(|form| form.choice = code));
    let error = problem_of(problems, "choice");
    view! {
        <p class="detail">{w::close_lead}</p>
        <p class="error">{move || error.get()}</p>
        <Chips
            name="choice"
            legend=|| w::outcome()
            choices=Signal::derive(|| lists::choices(ListId::RequestOutcomes))
            chosen=choice
            choose=choose
        />
        <TextArea
            id="text"
            label=w::closing
            hint=w::closing_hint
            text=text_of(form)
            lines=2
            error=problem_of(problems, "text")
        />
    }
}
