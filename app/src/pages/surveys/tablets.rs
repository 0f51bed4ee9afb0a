//! Tablets: a survey lent to one, and what was answered on it taken back.

use leptos::html;
use leptos::prelude::*;
use maillon_shared::api::errors::FileProblem;
use maillon_shared::api::lending::Lent;
use maillon_shared::api::surveys::{SurveyAnswer, SurveyBack, SurveyWrite};
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::ids::SurveyId;
use wasm_bindgen_futures::spawn_local;

use crate::browser;
use crate::door::answer;
use crate::pages::lent::{LendButton, LentNow};
use crate::session::{Said, session};
use crate::ui::FailureNote;
use crate::words::{campaign, in_a_row, surveys as w};

/// Lending, and taking back.
#[component]
pub fn Tablets(id: SurveyId) -> impl IntoView {
    let lent = RwSignal::new(None::<((), Lent)>);
    view! {
        <section class="card" aria-labelledby="tablets">
            <h2 id="tablets">{w::tablets}</h2>
            <p>{w::tablets_lead}</p>
            <p class="acts">
                <LendButton
                    to=()
                    ask=Request::WriteSurveys(Box::new(SurveyWrite::Lend(id)))
                    label=w::lend
                    lent=lent
                />
            </p>
            {move || lent.get().map(|(_, lent)| view! { <LentNow lent=lent /> })}
        </section>
        <TakeBack />
    }
}

/// Takes back what was answered on a tablet.
#[component]
pub fn TakeBack() -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let failure = RwSignal::new(None::<Failure>);
    let taken = RwSignal::new(None::<SurveyBack>);
    let read = move |_| {
        let Some(input) = input.get_untracked() else { return };
        failure.set(None);
        taken.set(None);
        spawn_local(async move {
            let answer = match browser::chosen_file(&input).await {
                Some(file) => {
                    let asked = Request::WriteSurveys(Box::new(SurveyWrite::TakeBack(file)));
                    answer!(asked, Surveys(answer) => *answer)
                }
                None => Err(Failure::UnreadableFile(FileProblem::Empty)),
            };
            session().progress.set(None);
            // Chosen again, the same file is read again.
            input.set_value("");
            match answer {
                Ok(SurveyAnswer::Back(back)) => {
                    if let Some(act) = back.act {
                        session().said.set(Some(Said::Saved(act)));
                    }
                    taken.try_set(Some(back));
                }
                Ok(_) => {
                    failure.try_set(Some(Failure::NotUnderstood));
                }
                Err(why) => {
                    failure.try_set(Some(why));
                }
            }
        });
    };
    view! {
        <section class="card take-back" aria-labelledby="take-back">
            <h2 id="take-back">{w::take_back}</h2>
            <p>{w::take_back_lead}</p>
            <FailureNote failure=failure />
            <div class="field">
                <label for="handed-back">{campaign::take_back_file}</label>
                <input
                    id="handed-back"
                    type="file"
                    accept=".maillon,application/octet-stream"
                    node_ref=input
                    on:change=read
                />
            </div>
            <div role="status">
                {move || {
                    taken.get().map(|back| {
                        let report = back.report;
                        let known = if report.known > 0 { w::taken_known(report.known) } else { String::new() };
                        let other = if report.differing > 0 { w::taken_other(report.differing) } else { String::new() };
                        view! {
                            <p><strong>{w::taken(report.new)}</strong></p>
                            <p>{in_a_row([known, other])}</p>
                        }
                    })
                }}
            </div>
        </section>
    }
}
