//! A newer version of the program is ready: said quietly, and taken only when one asks, so that nothing changes under
//! someone's hands.

use leptos::prelude::*;

use crate::session::{session, take_newer};
use crate::words::newer as words;

/// Nothing, as long as this version is the newest.
#[component]
pub fn Newer() -> impl IntoView {
    let newer = session().newer;
    move || {
        newer.get().then(|| {
            view! {
                <div class="saying">
                    <p>{words::ready}</p>
                    <button type="button" on:click=|_| take_newer()>{words::reload}</button>
                    <button type="button" class="quiet" on:click=move |_| newer.set(false)>{words::later}</button>
                </div>
            }
        })
    }
}
