//! A coordinator of a group: what they said of their place, how far the exchange with them is, and what whoever keeps the list may
//! do.

use leptos::prelude::*;
use maillon_shared::api::groups::{GroupMember, GroupRequest};
use maillon_shared::api::sharing::OtherDevice;
use maillon_shared::domain::group::Standing;
use maillon_shared::domain::ids::GroupId;

use super::about;
use crate::pages::exchange::Exchange;
use crate::pages::exchange::courier::Courier;
use crate::routes::Route;
use crate::ui::{Icon, Shape, Sure};
use crate::words::{devices, groups as w, neighbours as n, network};
use crate::{browser, when};

/// One line of the list.
#[component]
pub fn MemberLine(
    group: GroupId,
    member: GroupMember,
    /// Whether this device keeps the list.
    administers: bool,
    /// Whether this coordinator is of the group.
    is_in: bool,
    /// Of how many records something was written here that no file and no exchange took along yet.
    untold: u32,
    here: Exchange,
) -> impl IntoView {
    let today = browser::today();
    let out = member.said.as_ref().is_some_and(|said| said.standing != Standing::In);
    let state = match &member.said {
        _ if member.removed => w::removed().to_owned(),
        None => w::not_answered().to_owned(),
        Some(said) => {
            let day = when::date(said.on, today);
            match &said.standing {
                Standing::Declined => w::declined_on(day),
                Standing::Left => w::left_on(day),
                Standing::In | Standing::Unknown(_) => w::in_since(day),
            }
        }
    };
    let near = member.devices.iter().any(|device| device.near);
    let may_exchange = is_in && !member.is_own && !member.removed;
    let state_of_exchange = may_exchange.then(|| exchange(&member, untold));
    let couriers = may_exchange.then(|| couriers(&member, untold, here));
    let name = match member.neighbour {
        Some(id) => view! { <a class="who" href=Route::Neighbour(id).href()>{member.name.clone()}</a> }.into_any(),
        None => view! { <span class="who">{member.name.clone()}</span> }.into_any(),
    };
    let acts = (administers && !member.is_own && !member.removed).then(|| acts(group, &member, out));
    view! {
        <li class="group-member">
            <Icon shape=Shape::People />
            <span class="row-head">
                {name} {member.is_own.then(|| view! { <span class="tag">{w::own}</span> })}
                {member.administers.then(|| view! { <span class="tag">{w::decides}</span> })}
                {near.then(|| view! { <span class="tag">{network::near}</span> })}
            </span>
            <span class="why">{state}</span>
            {state_of_exchange}
            {(out && administers && !member.removed)
                .then(|| view! { <span class="why">{w::leaves_reads}</span> })}
            <div class="member-ways">{couriers} {acts}</div>
        </li>
    }
}

/// What they lack, and when something last came from them.
fn exchange(member: &GroupMember, untold: u32) -> impl IntoView + use<> {
    let unsent = unsent(member, untold);
    let heard = member.devices.iter().filter_map(|device| device.last_heard).max_by_key(|at| at.utc_ms);
    let unsent = if unsent == 0 { w::up_to_date().to_owned() } else { w::unsent(unsent) };
    let heard = heard.map(|at| n::last_exchange(when::instant(at, browser::today())));
    view! {
        <span class="why">{unsent}</span>
        {heard.map(|heard| view! { <span class="why">{heard}</span> })}
    }
}

/// What was told and not sent, and what was not told yet.
fn unsent(member: &GroupMember, untold: u32) -> u32 {
    member.devices.iter().map(|device| device.unsent).max().unwrap_or_default() + untold
}

/// The files that bring it to them: one for each of their devices.
fn couriers(member: &GroupMember, untold: u32, here: Exchange) -> impl IntoView + use<> {
    let is_main = unsent(member, untold) > 0;
    let several = member.devices.len() > 1;
    let name = member.name.clone();
    let one = move |(device, nth): (OtherDevice, u32)| {
        let to = name.clone();
        let label = move || {
            let words = if several { n::make_nth(nth) } else { devices::make().to_owned() };
            view! {
                {words}
                <span class="unseen">" "{to.clone()}</span>
            }
        };
        view! { <Courier id=device.id name=name.clone() label=label may_send=true is_main=is_main here=here /> }
    };
    member.devices.clone().into_iter().zip(1_u32..).map(one).collect_view()
}

/// What whoever keeps the list may do.
fn acts(group: GroupId, member: &GroupMember, out: bool) -> impl IntoView + use<> {
    let done = Callback::new(|()| ());
    let hand_on = (!out && member.said.is_some()).then(|| {
        let (sure, name) = (member.name.clone(), member.name.clone());
        view! {
            <Sure
                label=w::hand_on
                about=name.clone()
                is_main=false
                warning=move || w::hand_on_sure(&sure)
                yes=w::hand_on_do
                no=w::not_now
                request=move || about(GroupRequest::HandOn { group, name: name.clone() })
                done=done
            />
        }
    });
    let (sure, name) = (member.name.clone(), member.name.clone());
    view! {
        {hand_on}
        <Sure
            label=w::remove
            about=name.clone()
            is_main=false
            warning=move || w::remove_sure(&sure)
            yes=w::remove_do
            no=w::not_now
            request=move || about(GroupRequest::Remove { group, name: name.clone() })
            done=done
        />
    }
}
