//! One neighbour: how far the exchange is, the file to carry to them, what is entrusted both ways.

use chrono::NaiveDate;
use leptos::prelude::*;
use maillon_shared::api::Failure;
use maillon_shared::api::neighbours::{NeighbourAnswer, NeighbourFile, NeighbourRequest, NeighbourRow};
use maillon_shared::api::sharing::{Company, OtherDevice};
use maillon_shared::domain::ids::NeighbourId;
use maillon_shared::domain::person_copy::PersonCopy;

use super::state::{Near, state_lines};
use super::{GivenLine, HeadedBy, ask};
use crate::pages::exchange::courier::Courier;
use crate::pages::exchange::open::Open;
use crate::pages::exchange::{Exchange, Troubles};
use crate::routes::Route;
use crate::ui::{Back, Icon, Shape, Title, load, when_loaded};
use crate::words::{devices, in_a_row, neighbours as w};
use crate::{browser, when};

/// One neighbour.
#[component]
pub fn NeighbourPage(id: NeighbourId) -> impl IntoView {
    let here = Exchange::of(Company::Neighbour);
    let loaded = load(move || {
        here.track();
        async move {
            match ask(NeighbourRequest::One(id)).await? {
                NeighbourAnswer::One(file) => Ok(*file),
                _ => Err(Failure::NotUnderstood),
            }
        }
    });
    view! {
        <Back to=Route::Neighbours label=w::title />
        {when_loaded(loaded, move |file| view! { <File file=file here=here /> })}
    }
}

#[component]
fn File(file: RwSignal<NeighbourFile>, here: Exchange) -> impl IntoView {
    let row = Memo::new(move |_| file.with(|file| file.row.clone()));
    let counts = Memo::new(move |_| file.with(|file| (file.waiting, file.set_aside)));
    let given = Memo::new(move |_| file.with(|file| file.given.clone()));
    let received = Memo::new(move |_| file.with(|file| file.received.clone()));
    let ended = Memo::new(move |_| file.with(|file| file.ended.clone()));
    let id = file.with_untracked(|file| file.row.id);
    let just_ended = RwSignal::new(false);
    view! {
        <article class="neighbour">
            <Title>{move || row.with(|row| row.name.clone())}</Title>
            <p class="detail">{w::is_a_neighbour}</p>
            <section class="card" aria-labelledby="exchange">
                <h2 id="exchange">{w::exchange}</h2>
                {move || row.with(state)}
                {move || {
                    let (waiting, set_aside) = counts.get();
                    view! { <Troubles waiting=waiting set_aside=set_aside /> }
                }}
                {move || row.with(|row| couriers(row, here))}
            </section>
            <Open here=here />
            <section aria-labelledby="given">
                <h2 id="given">{w::given}</h2>
                <p class="detail">{w::given_lead}</p>
                <p role="status">{move || just_ended.get().then(w::end_done)}</p>
                <p class="empty" hidden=move || !given.with(Vec::is_empty)>
                    {w::none_given}
                </p>
                <ul class="rows">
                    {move || {
                        let today = browser::today();
                        let mut rows = given.get();
                        // What is to be ended stands first.
                        rows.sort_by_key(|row| !(row.copy.is_to_end(today) || row.why_not.is_some()));
                        rows.into_iter()
                            .map(|row| view! { <GivenLine row=row headed_by=HeadedBy::Person ended=just_ended /> })
                            .collect_view()
                    }}
                </ul>
            </section>
            <section aria-labelledby="received">
                <h2 id="received">{w::received}</h2>
                <p class="detail">{w::received_lead}</p>
                <p class="empty" hidden=move || !received.with(Vec::is_empty)>
                    {w::none_received}
                </p>
                <ul class="rows">
                    {move || received.get().into_iter().map(|copy| received_line(id, copy)).collect_view()}
                </ul>
                <ul class="ended">{move || ended.get().into_iter().map(ended_line).collect_view()}</ul>
            </section>
        </article>
    }
}

/// How far the exchange is.
fn state(row: &NeighbourRow) -> impl IntoView + use<> {
    let lines = state_lines(row).into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
    view! {
        <Near row=row.clone() />
        {lines}
    }
}

/// The files to carry: one for each of their devices, told apart by their words where there are several.
fn couriers(row: &NeighbourRow, here: Exchange) -> impl IntoView + use<> {
    let (name, may_send) = (row.name.clone(), row.is_member);
    let several = row.devices.len() > 1;
    let one = move |(device, nth): (OtherDevice, u32)| {
        let label = move || if several { w::make_nth(nth) } else { devices::make().to_owned() };
        let words = several.then(|| {
            let words = device.words.join(" ");
            view! {
                <p class="detail">
                    {w::device_nth(nth)} " " <span lang="fr">{words}</span>
                </p>
            }
        });
        view! {
            {words}
            <Courier id=device.id name=name.clone() label=label may_send=may_send here=here />
        }
    };
    row.devices.clone().into_iter().zip(1_u32..).map(one).collect_view()
}

/// What they copied here about someone. Of what is over, no name is known any more.
fn received_line(neighbour: NeighbourId, copy: PersonCopy) -> AnyView {
    let today = browser::today();
    let is_over = copy.is_over(today);
    let name = if is_over { w::received_over().to_owned() } else { copy.name };
    let until = copy.until.map(|day| w::until(when::date(day, today))).unwrap_or_default();
    let remarks = copy.remarks.len() as u32;
    let remarks = if remarks > 0 { w::remark_count(remarks) } else { String::new() };
    let about = in_a_row([w::since(when::date(copy.since, today)), until, remarks]);
    view! {
        <li>
            <Icon shape=Shape::Letter />
            <span class="row-head">
                <a class="who" href=Route::ReceivedCopy(neighbour, copy.id).href()>
                    {name}
                </a>
                <span class="when">{about}</span>
            </span>
            {(!is_over).then(|| view! { <span class="why notes">{copy.message}</span> })}
        </li>
    }
    .into_any()
}

/// That something they copied here has ended. It names nobody.
fn ended_line(day: NaiveDate) -> impl IntoView {
    view! { <li class="detail">{w::one_ended(when::date(day, browser::today()))}</li> }
}
