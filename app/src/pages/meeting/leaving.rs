//! What is about to leave, exactly; the buttons that let it, each writing down first that it does; and what stands in the
//! way of a name.

use leptos::prelude::*;
use maillon_shared::api::meetings::{MeetingAnswer, MeetingRead, MeetingWrite};
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::consent::{Sharing, Told, Why};
use maillon_shared::domain::ids::{LineId, PersonId, SharedMeetingId};
use maillon_shared::domain::meeting_paper::{MinutesFor, Paper, PaperWay};
use wasm_bindgen_futures::spawn_local;

use super::paper::{Leaf, Written, of_invitation, of_minutes};
use crate::door::{self, answer};
use crate::pages::liaison::writer;
use crate::routes::Route;
use crate::session::{Said, session, write};
use crate::ui::{self, FailureNote, Icon, OnPaper, Shape, print_whole};
use crate::words::{consent, in_a_row, liaison, meeting as w};
use crate::{browser, when};

/// The paper, and how it may leave.
#[component]
pub fn Leaving(
    /// Of which meeting.
    id: SharedMeetingId,
    /// What.
    paper: Paper,
    /// As it stands now.
    written: Written,
    /// Whether it may be copied: what names someone is not, systems keep what is copied, and send it elsewhere.
    may_copy: bool,
    /// Called once it has left.
    #[prop(optional)]
    left: Option<Callback<()>>,
) -> impl IntoView {
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    let copied = RwSignal::new(None::<bool>);
    // What is written down is what is shown: it may say more than what was shown before the press.
    let shown = RwSignal::new(written);
    let give = move |way: PaperWay| {
        if busy.get_untracked() {
            return;
        }
        let paper = paper.clone();
        busy.set(true);
        failure.set(None);
        copied.set(None);
        spawn_local(async move {
            match leave(id, paper, way, shown).await {
                Ok(done) => {
                    copied.try_set(done);
                    // Whoever has gone elsewhere meanwhile has nothing more to be told.
                    if let Some(left) = left {
                        left.try_run(());
                    }
                }
                Err(why) => {
                    failure.try_set(Some(why));
                }
            }
            busy.try_set(false);
        });
    };
    let (on_paper, as_file) = (give.clone(), give.clone());
    let copy = may_copy.then(|| {
        view! {
            <button type="button" disabled=busy on:click=move |_| give(PaperWay::Copied)>{w::copy}</button>
        }
    });
    view! {
        <section aria-labelledby="leaves">
            <h2 id="leaves" class="unprinted">{liaison::leaves}</h2>
            <OnPaper paper=ui::Paper::SpeaksForItself />
            {move || view! { <Leaf written=shown.get() /> }}
        </section>
        <FailureNote failure=failure />
        <div class="acts unprinted">
            <button type="button" class="main" disabled=busy on:click=move |_| on_paper(PaperWay::Paper)>
                {liaison::print}
            </button>
            <button type="button" disabled=busy on:click=move |_| as_file(PaperWay::File)>{liaison::save_file}</button>
            {copy}
        </div>
        <p class="unprinted" role="status">
            {move || copied.get().map(|done| if done { w::is_copied() } else { w::copy_by_hand() })}
        </p>
        <p class="detail unprinted">{liaison::trace}</p>
    }
}

/// The trace is written, and the consent looked for again, before anything leaves.
async fn leave(
    id: SharedMeetingId,
    paper: Paper,
    way: PaperWay,
    shown: RwSignal<Written>,
) -> Result<Option<bool>, Failure> {
    let trace = LineId(browser::random_id());
    let give = MeetingWrite::Give { id, trace, paper: paper.clone(), way: way.clone(), draft: None };
    write(Request::WriteMeeting(Box::new(give))).await?;
    // What leaves is what was written down, as it is now.
    let written = as_it_is(id, &paper).await?;
    shown.try_set(written.clone());
    match way {
        PaperWay::Copied => Ok(Some(browser::copy(&written.text()).await)),
        PaperWay::File => {
            let place = door::hand_over(written.html()).await?;
            session().said.set(Some(Said::Handed(place)));
            Ok(None)
        }
        PaperWay::Paper | PaperWay::Unknown(_) => {
            print_whole();
            Ok(None)
        }
    }
}

async fn as_it_is(id: SharedMeetingId, paper: &Paper) -> Result<Written, Failure> {
    match paper {
        Paper::Invitation { guest, message } => {
            let asked = MeetingRead::Invitation { id, guest: *guest, message: message.clone() };
            let asked = Request::ReadMeeting(Box::new(asked));
            let preview = answer!(asked, Meeting(MeetingAnswer::Invitation(preview)) => preview)?;
            Ok(of_invitation(&preview.invitation, &writer()))
        }
        Paper::Minutes(to) => {
            let minutes = minutes_for(id, *to).await?.minutes.map_err(Failure::NotPermitted)?;
            Ok(of_minutes(&minutes, &writer()))
        }
    }
}

/// What minutes would say.
pub async fn minutes_for(
    id: SharedMeetingId,
    to: MinutesFor,
) -> Result<maillon_shared::api::meetings::MinutesPreview, Failure> {
    let asked = Request::ReadMeeting(Box::new(MeetingRead::Minutes(id, to)));
    answer!(asked, Meeting(MeetingAnswer::Minutes(preview)) => *preview)
}

/// Why her name may not go to them, and what to do about it.
pub fn refused(why: &Why, person: PersonId) -> AnyView {
    let day = |day| when::date(day, browser::today());
    let words = match why {
        Why::Objects(on) => liaison::objects(day(*on)),
        Why::NotUnderstood => consent::not_understood().to_owned(),
        Why::Withdrawn(on) => liaison::withdrawn(day(*on)),
        Why::Expired(until) => liaison::expired(day(*until)),
        Why::NeverGiven => w::never_agreed().to_owned(),
    };
    view! {
        <div class="state-note unprinted">
            <p>{words}</p>
            <p class="acts">
                <a class="button" href=Route::GiveConsent(person).href()>{liaison::note_consent()}</a>
                <a class="button" href=Route::Consents(person).href()>{liaison::see_consents()}</a>
            </p>
        </div>
    }
    .into_any()
}

/// What she agreed to that names them.
pub fn agreed(agreed: &(Sharing, Told)) -> AnyView {
    let today = browser::today();
    let (sharing, told) = agreed;
    let until = sharing.until.map(|day| consent::until(when::date(day, today))).unwrap_or_default();
    let about = in_a_row([consent::what_is(&sharing.what), liaison::agreed_on(when::date(told.on, today)), until]);
    view! {
        <ul class="rows unprinted">
            <li>
                <Icon shape=Shape::Check />
                <span class="row-head">
                    <span class="who">{w::she_agreed()}</span>
                </span>
                <span class="why">{about}</span>
            </li>
        </ul>
    }
    .into_any()
}
