//! What people wrote in their own words, to be read: each is told as it is, in other words, or to nobody.

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::surveys::{ReadRemark, SurveyFile, SurveyWrite};
use maillon_shared::domain::clues::WrittenFor;
use maillon_shared::domain::ids::SurveyId;
use maillon_shared::domain::survey::remarks::{Remark, Verdict};

use super::words::{public_words, question_words};
use super::{ask_remarks, ask_survey};
use crate::routes::{Route, SurveyRoute};
use crate::session::write_soon;
use crate::ui::{Back, CluesFound, Text, TextArea, Title, load, when_loaded};
use crate::words::{in_a_row, surveys as w};

/// What was written.
#[component]
pub fn RemarksPage(id: SurveyId) -> impl IntoView {
    let loaded = load(move || async move { Ok((ask_survey(id).await?, ask_remarks(id).await?)) });
    view! {
        <Back to=Route::Surveys(SurveyRoute::One(id)) label=w::back />
        <Title>{w::remarks}</Title>
        <p class="detail">{w::remarks_lead}</p>
        {when_loaded(loaded, move |found| view! { <All found=found id=id /> })}
    }
}

#[component]
fn All(found: RwSignal<(SurveyFile, Vec<ReadRemark>)>, id: SurveyId) -> impl IntoView {
    let texts = Memo::new(move |_| {
        found.with(|(_, remarks)| {
            let unread = remarks.iter().filter(|read| read.verdict.is_none());
            unread.map(|read| read.remark.text.clone()).collect::<Vec<_>>()
        })
    });
    let none = Memo::new(move |_| found.with(|(_, remarks)| remarks.is_empty()));
    let line = move |file: &SurveyFile, read: &ReadRemark, at: usize| {
        let question = file.record.question(read.remark.question);
        let asked = question.map(|question| question_words(question, file.record.survey.year)).unwrap_or_default();
        let told = in_a_row([public_words(&read.remark.respondent), asked]);
        let (read, may_write) = (read.clone(), file.may_write);
        view! { <Line read=read told=told may_write=may_write id=id at=at /> }
    };
    view! {
        <p class="empty" hidden=move || !none.get()>
            {w::no_remarks}
        </p>
        <CluesFound texts=texts written_for=WrittenFor::Project />
        <ul class="rows">
            {move || {
                found.with(|(file, remarks)| {
                    remarks.iter().enumerate().map(|(at, read)| line(file, read, at)).collect_view()
                })
            }}
        </ul>
    }
}

#[component]
fn Line(read: ReadRemark, told: String, may_write: bool, id: SurveyId, at: usize) -> impl IntoView {
    let ReadRemark { remark, verdict } = read;
    let other = RwSignal::new(None::<String>);
    let judge = {
        let remark = remark.clone();
        move |verdict: Verdict| {
            let remark: Remark = remark.clone();
            write_soon(Request::WriteSurveys(Box::new(SurveyWrite::Judge { survey: id, remark, verdict })));
        }
    };
    let (as_it_is, kept, reworded) = (judge.clone(), judge.clone(), judge);
    let own = remark.text.clone();
    let begin = remark.text.clone();
    let state = match &verdict {
        None => String::new(),
        Some(Verdict::KeptBack) => w::is_kept().to_owned(),
        Some(Verdict::MayLeave(words)) if *words == remark.text => w::is_told().to_owned(),
        Some(Verdict::MayLeave(words)) => w::is_told_so(words),
    };
    let is_read = verdict.is_some();
    let kept_back = verdict == Some(Verdict::KeptBack);
    let text = Text {
        value: Signal::derive(move || other.get().unwrap_or_default()),
        set: Callback::new(move |text| other.set(Some(text))),
    };
    view! {
        <li class="plain remark">
            <p class="prose">{remark.text.clone()}</p>
            <span class="why">{told}</span>
            <p class="state-note" hidden=!is_read>
                {state}
            </p>
            <span class="acts" hidden=!may_write>
                <button type="button" on:click=move |_| as_it_is(Verdict::MayLeave(own.clone()))>
                    {w::tell}
                </button>
                <button type="button" on:click=move |_| other.set(Some(begin.clone()))>
                    {w::tell_otherwise}
                </button>
                <button type="button" class="quiet" hidden=kept_back on:click=move |_| kept(Verdict::KeptBack)>
                    {w::keep}
                </button>
            </span>
            {move || {
                let reworded = reworded.clone();
                other.with(Option::is_some).then(move || {
                    view! {
                        <div class="other-words">
                            <TextArea id=format!("words-{at}") label=w::other_words text=text />
                            <p class="acts">
                                <button type="button" class="main" on:click=move |_| {
                                    reworded(Verdict::MayLeave(other.get_untracked().unwrap_or_default()));
                                }>{w::tell_so}</button>
                                <button type="button" class="quiet" on:click=move |_| other.set(None)>
                                    {w::not_now}
                                </button>
                            </p>
                        </div>
                    }
                })
            }}
        </li>
    }
}
