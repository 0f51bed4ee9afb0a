//! One survey: what was answered, what is still to be done with it, the tablets that it is lent to.

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::surveys::{SurveyFile, SurveyWrite};
use maillon_shared::domain::ids::SurveyId;
use maillon_shared::domain::survey::question::Question;
use maillon_shared::domain::survey::questionnaire::SurveyChange;
use maillon_shared::domain::survey::record::RecordChange;

use super::ask_survey;
use super::results::results;
use super::tablets::Tablets;
use super::words::{field_words, keep, kind_words, public_words, question_words, value_words};
use crate::routes::{EventRoute, GroupRoute, Route, SurveyRoute};
use crate::session::write_soon;
use crate::ui::{Back, Conflicts, OnPaper, Paper, PrintButton, Title, load, when_loaded};
use crate::words::{Word, collective as c, groups, in_a_row, surveys as w};
use crate::{browser, when};

/// How many numbers of sheets that are missing are said.
const MISSING: usize = 12;

/// One survey.
#[component]
pub fn SurveyPage(id: SurveyId) -> impl IntoView {
    let loaded = load(move || ask_survey(id));
    view! {
        <Back to=Route::Surveys(SurveyRoute::List) label=w::title />
        {when_loaded(loaded, move |file| view! { <File file=file id=id /> })}
    }
}

/// What changes the survey itself.
pub fn change(id: SurveyId, change: SurveyChange) -> Request {
    let changes = vec![RecordChange::Survey(change)];
    Request::WriteSurveys(Box::new(SurveyWrite::Edit { id, changes, draft: None }))
}

#[component]
fn File(file: RwSignal<SurveyFile>, id: SurveyId) -> impl IntoView {
    let may_write = Memo::new(move |_| file.with(|file| file.may_write));
    let closed = Memo::new(move |_| file.with(|file| file.record.survey.closed_on));
    let withdrawn = Memo::new(move |_| file.with(|file| file.record.survey.withdrawn));
    let open = Memo::new(move |_| may_write.get() && closed.get().is_none() && !withdrawn.get());
    let set = move |what: SurveyChange| write_soon(change(id, what));
    let next =
        Memo::new(move |_| file.with(|file| file.record.publics().first().map_or(1, |public| file.next_sheet(public))));
    let told = move || {
        file.with(|file| {
            let closed = file.record.survey.closed_on.map(|day| w::closed_on(when::date(day, browser::today())));
            in_a_row([file.record.survey.year.to_string(), closed.unwrap_or_default()])
        })
    };
    view! {
        <article class="survey">
            <div class="heading">
                <div>
                    <Title>{move || file.with(|file| file.record.survey.title.clone())}</Title>
                    <p class="detail">{told}</p>
                </div>
                <a class="button" hidden=move || !may_write.get() href=Route::Surveys(SurveyRoute::Edit(id)).href()>
                    {c::change}
                </a>
            </div>
            <OnPaper paper=Paper::NamesNobody />
            <p class="detail print-only">{w::raw}</p>
            {move || file.with(whose)}
            <Conflicts
                conflicts=Signal::derive(move || file.with(|file| file.conflicts.clone()))
                name=move |path: &str| file.with(|file| field_words(&file.record, path))
                value=value_words
                keep=move |path: &str, value: &str| file.with(|file| keep(&file.record, path, value))
                edit=Route::Surveys(SurveyRoute::Edit(id))
            />
            <p class="state-note unprinted" hidden=move || !withdrawn.get()>
                {w::is_withdrawn}
                " "
                <button type="button" on:click=move |_| set(SurveyChange::Withdrawn(false))>
                    {c::take_up}
                </button>
            </p>
            <p class="acts unprinted" hidden=move || !open.get()>
                <a class="button main" href=Route::Surveys(SurveyRoute::Begin(id)).href()>{w::here}</a>
                <a class="button" href=move || Route::Surveys(SurveyRoute::Sheet(id, next.get())).href()>
                    {w::type_sheets}
                </a>
            </p>
            {move || file.with(|file| waits(file, id))}
            {move || file.with(|file| results(&file.record, &file.totals))}
            <div class="unprinted">
                <p class="acts">
                    <PrintButton label=w::print class="" />
                    <a class="button" href=Route::Surveys(SurveyRoute::Give(id)).href()>{w::give}</a>
                    <a class="button" href=Route::Surveys(SurveyRoute::Years).href()>{w::years}</a>
                </p>
                <Show when=move || open.get()>
                    <Tablets id=id />
                </Show>
                {move || file.with(|file| asked(file, id))}
                <p class="acts">
                    <Show when=move || open.get()>
                        <button type="button" on:click=move |_| set(SurveyChange::ClosedOn(Some(browser::today())))>
                            {w::close}
                        </button>
                    </Show>
                    <Show when=move || may_write.get() && closed.get().is_some()>
                        <button type="button" on:click=move |_| set(SurveyChange::ClosedOn(None))>
                            {w::reopen}
                        </button>
                    </Show>
                    <Show when=move || may_write.get() && !withdrawn.get()>
                        <button type="button" class="quiet" on:click=move |_| set(SurveyChange::Withdrawn(true))>
                            {w::withdraw}
                        </button>
                    </Show>
                </p>
                <Show when=move || closed.get().is_some() && may_write.get()>
                    <super::tablets::TakeBack />
                </Show>
            </div>
        </article>
    }
}

/// The event of which it is, and the group whose it is.
fn whose(file: &SurveyFile) -> AnyView {
    let event = file.event.clone().map(|(id, title)| {
        let href = Route::Events(EventRoute::One(id)).href();
        view! { <p class="detail">{w::of_event} " " <a href=href>{title}</a></p> }
    });
    let group = file.group.clone().map(|(id, name)| {
        let name = if name.is_empty() { groups::nameless().to_owned() } else { name };
        let lead = if file.may_write { w::common_lead as Word } else { groups::read_only };
        let href = Route::Groups(GroupRoute::One(id)).href();
        view! {
            <p class="state-note">
                <a href=href>{groups::is_common(&name)}</a> " " <span class="unprinted">{lead}</span>
            </p>
        }
    });
    view! { {event} {group} }.into_any()
}

/// What waits for somebody: sheets to check, words to read, numbers that are missing.
fn waits(file: &SurveyFile, id: SurveyId) -> AnyView {
    let (to_check, several) = (file.totals.to_check, file.several);
    let check = (several > 0).then(|| {
        let href = Route::Surveys(SurveyRoute::Check(id)).href();
        let words = if to_check > 0 { w::to_check(to_check) } else { w::all_checked(several) };
        view! { <p class="state-note unprinted"><a href=href>{words}</a></p> }
    });
    let remarks = (file.remarks > 0).then(|| {
        let href = Route::Surveys(SurveyRoute::Remarks(id)).href();
        let words = if file.unread > 0 { w::unread(file.unread) } else { w::all_read(file.remarks) };
        view! { <p class="state-note unprinted"><a href=href>{words}</a></p> }
    });
    let missing = file.record.publics().into_iter().filter_map(|public| {
        let numbers = file.missing_sheets(&public, MISSING).iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
        let whose = public_words(&public).to_lowercase();
        (!numbers.is_empty()).then(|| view! { <p class="detail unprinted">{w::missing_sheets(whose, numbers)}</p> })
    });
    let missing = missing.collect_view();
    view! { {check} {remarks} {missing} }.into_any()
}

/// What it asks, each to be mended; the sheets to print.
fn asked(file: &SurveyFile, id: SurveyId) -> AnyView {
    let year = file.record.survey.year;
    let may_write = file.may_write;
    let line = |question: &&Question| {
        let words = question_words(question, year);
        let publics = question.asked_of.iter().map(public_words).collect::<Vec<_>>().join(", ");
        let href = Route::Surveys(SurveyRoute::Question(id, question.id())).href();
        let named = match may_write {
            true => view! { <a class="who" href=href>{words}</a> }.into_any(),
            false => view! { <span class="who">{words}</span> }.into_any(),
        };
        view! {
            <li class="plain">
                <span class="row-head">{named}</span>
                <span class="why">{in_a_row([kind_words(&question.form().kind()).to_owned(), publics])}</span>
            </li>
        }
        .into_any()
    };
    let questions = file.record.asked();
    let lines: Vec<_> = questions.iter().map(line).collect();
    let blanks = file.record.publics().into_iter().map(|public| {
        let words = w::blank_sheets(public_words(&public).to_lowercase());
        view! { <a class="button" href=Route::Surveys(SurveyRoute::Blank(id, public)).href()>{words}</a> }
    });
    view! {
        <section aria-labelledby="asked">
            <h2 id="asked">{w::questions}</h2>
            <ol class="rows">{lines}</ol>
            <p class="acts">
                <a class="button" hidden=!may_write href=Route::Surveys(SurveyRoute::NewQuestion(id)).href()>
                    {w::new_question}
                </a>
                {blanks.collect_view()}
            </p>
        </section>
    }
    .into_any()
}
