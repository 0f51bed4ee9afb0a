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
    let all = Memo::new(move |_| {
        found.with(|(_, remarks)| remarks.iter().map(|read| read.remark.clone()).collect::<Vec<_>>())
    });
    view! {
        <p class="empty" hidden=move || !all.with(Vec::is_empty)>
            {w::no_remarks}
        </p>
        <CluesFound texts=texts written_for=WrittenFor::Project />
        // Each keeps its place and its buttons whatever is said of it, and the words that one is writing.
        <ul class="rows">
            <For each=move || all.get() key=|remark| (remark.response, remark.question, remark.text.clone()) let:remark>
                <Line remark=remark found=found id=id />
            </For>
        </ul>
    }
}

#[component]
fn Line(remark: Remark, found: RwSignal<(SurveyFile, Vec<ReadRemark>)>, id: SurveyId) -> impl IntoView {
    let other = RwSignal::new(None::<String>);
    let kept = StoredValue::new(remark.clone());
    let read = Memo::new(move |_| {
        let is_it = |read: &&ReadRemark| kept.with_value(|remark| read.remark == *remark);
        found.with(|(_, remarks)| remarks.iter().find(is_it).map(|read| (read.verdict.clone(), read.stands)))
    });
    let verdict = move || read.get().and_then(|(verdict, _)| verdict);
    let told = move || {
        found.with(|(file, _)| {
            kept.with_value(|remark| {
                let question = file.record.question(remark.question);
                let asked = question.map(|one| question_words(one, file.record.survey.year)).unwrap_or_default();
                let gone = if read.get().is_some_and(|(_, stands)| !stands) { w::stands_no_more() } else { "" };
                in_a_row([public_words(&remark.respondent), asked, gone.to_owned()])
            })
        })
    };
    let may_write = Memo::new(move |_| found.with(|(file, _)| file.may_write));
    let judge = move |verdict: Verdict| {
        let remark = kept.get_value();
        write_soon(Request::WriteSurveys(Box::new(SurveyWrite::Judge { survey: id, remark, verdict })));
    };
    let own = move || kept.with_value(|remark| remark.text.clone());
    let state = move || match verdict() {
        None => String::new(),
        Some(Verdict::KeptBack) => w::is_kept().to_owned(),
        Some(Verdict::MayLeave(words)) if words == own() => w::is_told().to_owned(),
        Some(Verdict::MayLeave(words)) => w::is_told_so(words),
    };
    let text = Text {
        value: Signal::derive(move || other.get().unwrap_or_default()),
        set: Callback::new(move |text| other.set(Some(text))),
    };
    let field = format!("words-{}", remark.response);
    let named = remark.text.clone();
    let about = move || view! { <span class="unseen">" "{named.clone()}</span> };
    let (first, second, third) = (about.clone(), about.clone(), about);
    view! {
        <li class="plain remark">
            <p class="prose">{remark.text}</p>
            <span class="why">{told}</span>
            <p class="state-note" role="status" hidden=move || verdict().is_none()>
                {state}
            </p>
            <span class="acts" hidden=move || !may_write.get()>
                <button type="button" on:click=move |_| judge(Verdict::MayLeave(own()))>
                    {w::tell}
                    {first}
                </button>
                <button type="button" on:click=move |_| other.set(Some(own()))>
                    {w::tell_otherwise}
                    {second}
                </button>
                <button
                    type="button"
                    class="quiet"
                    hidden=move || verdict() == Some(Verdict::KeptBack)
                    on:click=move |_| judge(Verdict::KeptBack)
                >
                    {w::keep}
                    {third}
                </button>
            </span>
            <Show when=move || other.with(Option::is_some)>
                <div class="other-words">
                    <TextArea id=field.clone() label=w::other_words text=text />
                    <p class="acts">
                        <button
                            type="button"
                            class="main"
                            on:click=move |_| {
                                judge(Verdict::MayLeave(other.get_untracked().unwrap_or_default()));
                                other.set(None);
                            }
                        >
                            {w::tell_so}
                        </button>
                        <button type="button" class="quiet" on:click=move |_| other.set(None)>
                            {w::not_now}
                        </button>
                    </p>
                </div>
            </Show>
        </li>
    }
}
