//! A survey before whoever answers it: nothing else of the notebook is on the screen, and the way out locks it.
//!
//! Nothing that was typed stays for whoever comes next: neither a draft, nor a field that the browser fills again. Whoever
//! walks away before the last page gave nothing; there, one is told that the answers will be handed in. What was handed in
//! is on disk before anyone is thanked; what could not be written is kept on the screen until it is.

use std::time::Duration;

use leptos::prelude::*;
use maillon_shared::api::surveys::{SurveyFile, SurveyWrite};
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::ids::{ResponseId, SurveyId};
use maillon_shared::domain::survey::question::RespondentKind;
use maillon_shared::domain::survey::response::Response;
use maillon_shared::domain::survey::sitting::{Ending, Page, Sitting, Touch, WALKED_AWAY_S};
use maillon_shared::text::language::Language;
use wasm_bindgen_futures::spawn_local;

use super::ask_survey;
use super::question_field::{Answering, QuestionField};
use super::words::{i_am, public_words};
use crate::routes::{Route, SurveyRoute};
use crate::session::{Standing, lock, stand};
use crate::ui::{Back, FailureNote, Title, load_once, when_loaded};
use crate::words::{Word, language, settings, speak_for_now, surveys as w};
use crate::{browser, door};

/// How often one looks whether anyone is there.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// How long a page has just come.
const JUST_CAME_MS: f64 = 400.0;
/// How long one is thanked.
const THANKED_S: u32 = 12;

/// What one is told before the device is put before others.
#[component]
pub fn BeginPage(id: SurveyId) -> impl IntoView {
    let loaded = load_once(move || ask_survey(id));
    view! {
        <Back to=Route::Surveys(SurveyRoute::One(id)) label=w::back />
        <Title>{w::begin_title}</Title>
        <ul class="plain-list">
            <li>{w::begin_alone}</li>
            <li>{w::begin_out}</li>
            <li>{w::begin_own}</li>
        </ul>
        {when_loaded(loaded, move |file| {
            let closed = file.with_untracked(|file| file.record.survey.closed_on.is_some());
            let blank = file.with_untracked(|file| file.record.asked().is_empty());
            view! {
                <p class="state-note" hidden=!closed>{w::is_closed}</p>
                <p class="state-note" hidden=!blank>{w::asks_nothing}</p>
                <BeginButtons id=id hidden=closed || blank />
            }
        })}
    }
}

/// The two ways to begin.
#[component]
pub fn BeginButtons(id: SurveyId, hidden: bool) -> impl IntoView {
    view! {
        <p class="acts" hidden=hidden>
            <button type="button" class="main" on:click=move |_| stand(Standing { survey: id, is_trial: false })>
                {w::begin}
            </button>
            <button type="button" on:click=move |_| stand(Standing { survey: id, is_trial: true })>
                {w::try_it}
            </button>
        </p>
    }
}

/// The whole page, while a device stands before others.
#[component]
pub fn Kiosk(standing: Standing) -> impl IntoView {
    let loaded = load_once(move || ask_survey(standing.survey));
    view! {
        <main class="kiosk" id="main" tabindex="-1">
            {when_loaded(loaded, move |file| view! { <Stand file=file is_trial=standing.is_trial /> })}
        </main>
    }
}

/// What the screen shows.
#[derive(Clone, PartialEq)]
enum Shown {
    /// Nobody is there.
    Nobody,
    /// Somebody answers.
    Sitting(Box<Sitting>),
    /// What was handed in is being written, or could not be.
    Writing(Box<Response>),
    /// It is on disk.
    Thanks,
    /// Whoever looks after the device wants it back.
    Leaving,
}

#[component]
fn Stand(file: RwSignal<SurveyFile>, is_trial: bool) -> impl IntoView {
    let shown = RwSignal::new(Shown::Nobody);
    let failure = RwSignal::new(None::<Failure>);
    let touched = StoredValue::new(browser::now_ms());
    let idle = RwSignal::new(0_u32);
    let touch = move || {
        touched.set_value(browser::now_ms());
        idle.set(0);
    };
    for event in ["pointerdown", "keydown", "input", "click"] {
        let handle = window_event_listener_untyped(event, move |_| touch());
        on_cleanup(move || handle.remove());
    }
    // Whoever comes next is spoken to in the language that the device speaks.
    let own_language = language();
    let nobody = move || {
        speak_for_now(own_language);
        shown.set(Shown::Nobody);
    };
    on_cleanup(move || speak_for_now(own_language));
    let write = move |response: Response| {
        failure.set(None);
        shown.set(Shown::Writing(Box::new(response.clone())));
        spawn_local(async move {
            let asked = SurveyWrite::Respond { responses: vec![response], draft: None };
            let answer = match is_trial {
                true => Ok(()),
                false => door::ask(Request::WriteSurveys(Box::new(asked))).await.map(drop),
            };
            match answer {
                Ok(()) => {
                    touch();
                    shown.try_set(Shown::Thanks);
                }
                Err(why) => {
                    failure.try_set(Some(why));
                }
            }
        });
    };
    let after = move |sitting: Sitting| match sitting.page() {
        Page::Over(Ending::Given(given)) => {
            write(given.clone().response(ResponseId(browser::random_id()), browser::today()));
        }
        Page::Over(Ending::Nothing) => nobody(),
        _ => shown.set(Shown::Sitting(Box::new(sitting))),
    };
    let act = Callback::new(move |touch: Touch| {
        if let Shown::Sitting(sitting) = shown.get_untracked() {
            after(sitting.touch(touch));
        }
    });
    let look = move || {
        let seconds = ((browser::now_ms() - touched.get_value()) / 1000.0).max(0.0) as u32;
        idle.set(seconds);
        match shown.get_untracked() {
            Shown::Sitting(_) if seconds >= WALKED_AWAY_S => act.run(Touch::Idle(seconds)),
            Shown::Thanks if seconds >= THANKED_S => nobody(),
            Shown::Leaving if seconds >= WALKED_AWAY_S => nobody(),
            _ => {}
        }
    };
    if let Ok(clock) = set_interval_with_handle(look, LOOK_EVERY) {
        on_cleanup(move || clock.clear());
    }
    let begin = move |public: RespondentKind| {
        touch();
        let sitting = file.with_untracked(|file| Sitting::begin(&file.record.survey, &file.record.questions, public));
        shown.set(Shown::Sitting(Box::new(sitting)));
    };
    let year = file.with_untracked(|file| file.record.survey.year);
    view! {
        <p class="state-note" hidden=!is_trial>
            {w::is_trial}
        </p>
        {move || match shown.get() {
            Shown::Nobody => {
                let publics = file.with(|file| file.record.publics());
                view! { <Welcome title=file.with(|file| file.record.survey.title.clone()) publics=publics begin=Callback::new(begin) leave=Callback::new(move |()| {
                    touch();
                    shown.set(Shown::Leaving);
                }) /> }
                    .into_any()
            }
            Shown::Sitting(sitting) => view! { <Sits sitting=*sitting year=year act=act idle=idle /> }.into_any(),
            Shown::Writing(response) => {
                let again = Callback::new(move |()| write((*response).clone()));
                view! {
                    <div class="kiosk-page">
                        <Title>{w::writing}</Title>
                        <FailureNote failure=failure />
                        <div class="kiosk-acts" hidden=move || failure.with(Option::is_none)>
                            <p>{w::call_someone}</p>
                            // Whatever stands in the way, somebody may clear it: the answers stay until they are kept.
                            <button type="button" class="main" on:click=move |_| again.run(())>
                                {w::try_again}
                            </button>
                        </div>
                    </div>
                }
                    .into_any()
            }
            Shown::Thanks => {
                view! {
                    <div class="kiosk-page">
                        <Title>{w::thanks}</Title>
                        <p hidden=is_trial>{w::thanks_more}</p>
                        <button type="button" class="main" on:click=move |_| nobody()>
                            {w::next_person}
                        </button>
                    </div>
                }
                    .into_any()
            }
            Shown::Leaving => {
                view! {
                    <div class="kiosk-page">
                        <Title>{w::leave_title}</Title>
                        <p>{w::leave_lead}</p>
                        <div class="kiosk-acts">
                            <button type="button" class="main" on:click=move |_| shown.set(Shown::Nobody)>
                                {w::leave_no}
                            </button>
                            <button type="button" on:click=move |_| lock()>
                                {w::leave_yes}
                            </button>
                        </div>
                    </div>
                }
                    .into_any()
            }
        }}
    }
}

/// Before anyone sits down: what it is about, in which language, and who one is.
#[component]
fn Welcome(
    title: String,
    publics: Vec<RespondentKind>,
    begin: Callback<RespondentKind>,
    leave: Callback<()>,
) -> impl IntoView {
    let only = publics.len() == 1;
    let choices = publics
        .into_iter()
        .map(|public| {
            let named = public.clone();
            let label = move || if only { w::start().to_owned() } else { i_am(&named) };
            view! {
                <button type="button" class="main" on:click=move |_| begin.run(public.clone())>
                    {label}
                </button>
            }
        })
        .collect_view();
    let tongue = |code: Language, name: Word| {
        view! {
            <button
                type="button"
                class="quiet"
                lang=code.code()
                aria-pressed=move || if language() == code { "true" } else { "false" }
                on:click=move |_| speak_for_now(code)
            >
                {name}
            </button>
        }
    };
    view! {
        <div class="kiosk-page">
            <Title>{title}</Title>
            <p>{w::welcome}</p>
            <div class="kiosk-acts">{choices}</div>
            <p class="detail">{w::anonymous}</p>
            <p class="kiosk-foot">
                {tongue(Language::Fr, settings::french)} {tongue(Language::En, settings::english)}
                <button type="button" class="quiet" on:click=move |_| leave.run(())>
                    {w::leave}
                </button>
            </p>
        </div>
    }
}

/// Somebody answers: one question at a time.
#[component]
fn Sits(sitting: Sitting, year: i32, act: Callback<Touch>, idle: RwSignal<u32>) -> impl IntoView {
    let all = sitting.questions() as u32;
    let still = {
        let sitting = sitting.clone();
        Memo::new(move |_| sitting.asks_if_anyone_is_there(idle.get()))
    };
    let at_the_end = matches!(sitting.page(), Page::Last);
    let words = move || if at_the_end { w::still_there_last() } else { w::still_there() };
    let there = view! {
        <div class="kiosk-still" role="status">
            {move || {
                still
                    .get()
                    .then(|| {
                        view! {
                            <p class="state-note">
                                <span>{words}</span>
                                <button type="button" on:click=move |_| idle.set(0)>
                                    {w::still_here}
                                </button>
                            </p>
                        }
                    })
            }}
        </div>
    };
    let page = match (sitting.page().clone(), sitting.question()) {
        (Page::Question(at), Some((question, answer))) => {
            let answered = RwSignal::new(answer.clone());
            // A second tap on the way forward falls on what stands there now: it is not meant.
            let came = browser::now_ms();
            let on = move |touch: Touch| {
                if browser::now_ms() - came < JUST_CAME_MS {
                    return;
                }
                act.run(Touch::Answer(answered.get_untracked()));
                act.run(touch);
            };
            let set = Callback::new(move |answer| answered.set(answer));
            view! {
                <Title>{w::question_of(at as u32 + 1, all)}</Title>
                <QuestionField
                    question=question.clone()
                    year=year
                    answer=answered
                    set=set
                    answering=Answering::Oneself
                />
                <div class="kiosk-acts">
                    <button type="button" class="main" on:click=move |_| {
                        on(Touch::Next);
                    }>
                        {move || if answered.with(|answer| answer.is_blank()) { w::skip() } else { w::next() }}
                    </button>
                    <button
                        type="button"
                        hidden=move || answered.with(|answer| answer.is_blank())
                        on:click=move |_| on(Touch::Skip)
                    >
                        {w::skip}
                    </button>
                    <button type="button" hidden=at == 0 on:click=move |_| on(Touch::Back)>
                        {w::before}
                    </button>
                </div>
            }
            .into_any()
        }
        _ => view! {
            <Title>{w::last}</Title>
            <p>{w::last_lead}</p>
            <div class="kiosk-acts">
                <button type="button" class="main" on:click=move |_| act.run(Touch::HandIn)>
                    {w::hand_in}
                </button>
                <button type="button" on:click=move |_| act.run(Touch::Back)>
                    {w::before}
                </button>
            </div>
        }
        .into_any(),
    };
    view! {
        <div class="kiosk-page">{there} {page}</div>
    }
}

/// On a tablet to which a survey was lent: what it is, and the two ways to begin.
#[component]
pub fn TabletPage(survey: SurveyId) -> impl IntoView {
    let loaded = crate::ui::load(move || ask_survey(survey));
    view! {
        {when_loaded(loaded, move |file| {
            let counts = move || {
                file.with(|file| {
                    let publics = file.totals.publics.iter();
                    publics.map(|public| (public_words(&public.respondent), public.responses)).collect::<Vec<_>>()
                })
            };
            view! {
                <Title>{move || file.with(|file| file.record.survey.title.clone())}</Title>
                <p>{w::tablet_lead}</p>
                <BeginButtons id=survey hidden=false />
                <dl class="facts">
                    {move || {
                        counts()
                            .into_iter()
                            .map(|(public, count)| {
                                view! { <div><dt>{public}</dt><dd>{w::responses(count)}</dd></div> }
                            })
                            .collect_view()
                    }}
                </dl>
                <p class="detail">{w::tablet_back}</p>
            }
        })}
    }
}
