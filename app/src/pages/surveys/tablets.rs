//! Tablets: a survey lent to one, and what was answered on it taken back.

use leptos::prelude::*;
use maillon_shared::api::lending::Lent;
use maillon_shared::api::surveys::{SurveyAnswer, SurveyWrite};
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::ids::SurveyId;

use crate::door::answer;
use crate::pages::lent::{Came, HandedBack, LendButton, LentNow};
use crate::words::{in_a_row, surveys as w};

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
    view! { <HandedBack title=w::take_back lead=w::take_back_lead read=take_back /> }
}

async fn take_back(file: Vec<u8>) -> Result<Came, Failure> {
    let asked = Request::WriteSurveys(Box::new(SurveyWrite::TakeBack(file)));
    let SurveyAnswer::Back(back) = answer!(asked, Surveys(answer) => *answer)? else {
        return Err(Failure::NotUnderstood);
    };
    let report = back.report;
    let known = if report.known > 0 { w::taken_known(report.known) } else { String::new() };
    let other = if report.differing > 0 { w::taken_other(report.differing) } else { String::new() };
    Ok(Came { act: back.act, new: w::taken(report.new), besides: vec![in_a_row([known, other])] })
}
