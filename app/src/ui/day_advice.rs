//! Says before saving that a day is not worked, and offers the worked days around it; never moves anything by itself.

use chrono::NaiveDate;
use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::responses::{DayProposal, NotWorkedWhy};
use wasm_bindgen_futures::spawn_local;

use crate::door::answer;
use crate::words::day as words;
use crate::{browser, when};

/// What is to be known of a day before choosing it.
#[component]
pub fn DayAdvice(
    /// The day chosen.
    #[prop(into)]
    day: Signal<Option<NaiveDate>>,
    /// What happens when another is preferred.
    set: Callback<Option<NaiveDate>>,
) -> impl IntoView {
    let proposal = RwSignal::new(None::<DayProposal>);
    let kept = RwSignal::new(None::<NaiveDate>);
    Effect::new(move |_| {
        let chosen = day.get();
        proposal.set(None);
        if let Some(chosen) = chosen {
            spawn_local(async move {
                let found = answer!(Request::ProposeDay(chosen), Proposal(proposal) => proposal);
                // The answer to an older question says nothing of this day.
                if day.try_get_untracked().flatten() == Some(chosen) {
                    proposal.try_set(found.ok());
                }
            });
        }
    });
    let advice = move || {
        let proposal = proposal.get().filter(|proposal| kept.get() != Some(proposal.day))?;
        let today = browser::today();
        let date = when::capital(when::date(proposal.day, today));
        let why = match proposal.why? {
            NotWorkedWhy::Weekend => words::not_worked(date),
            NotWorkedWhy::Holiday(_) => words::is_holiday(date),
            NotWorkedWhy::Leave => words::is_leave(date),
        };
        // Earlier is of no use once it is past.
        let earlier = proposal.earlier.filter(|earlier| *earlier >= today);
        let offer = |day: NaiveDate| {
            view! {
                <button type="button" on:click=move |_| set.run(Some(day))>
                    {when::capital(when::date(day, today))}
                </button>
            }
        };
        Some(view! {
            <div class="day-note">
                <p>{why}</p>
                <p class="acts">
                    {earlier.map(offer)} {proposal.later.map(offer)}
                    <button type="button" class="quiet" on:click=move |_| kept.set(Some(proposal.day))>
                        {words::keep}
                    </button>
                </p>
            </div>
        })
    };
    view! { <div role="status">{advice}</div> }
}
