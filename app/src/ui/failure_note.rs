//! What went wrong, in one sentence, with the one action that helps.

use leptos::prelude::*;
use maillon_shared::api::Failure;

use crate::browser;
use crate::failures::{Remedy, remedy, sentence};
use crate::routes::Route;
use crate::words::failure;

/// A failure, read aloud as it comes.
#[component]
pub fn FailureNote(
    /// What went wrong, if anything did.
    #[prop(into)]
    failure: Signal<Option<Failure>>,
    /// How to ask again, where that may help.
    #[prop(optional, into)]
    retry: Option<Callback<()>>,
) -> impl IntoView {
    view! {
        <div class="failure" role="alert" hidden=move || failure.with(Option::is_none)>
            {move || {
                failure
                    .get()
                    .map(|why| {
                        let action = match remedy(&why) {
                            Remedy::Mend => ().into_any(),
                            Remedy::Retry => {
                                retry
                                    .map(|retry| {
                                        view! {
                                            <button type="button" on:click=move |_| retry.run(())>
                                                {failure::retry}
                                            </button>
                                        }
                                    })
                                    .into_any()
                            }
                            Remedy::Reload => {
                                view! {
                                    <button type="button" on:click=|_| browser::reload()>
                                        {failure::reload}
                                    </button>
                                }
                                    .into_any()
                            }
                            Remedy::Backup => {
                                view! { <a class="button" href=Route::Backup.href()>{failure::backup}</a> }.into_any()
                            }
                            Remedy::Home => {
                                view! { <a class="button" href=Route::Today.href()>{failure::home}</a> }.into_any()
                            }
                        };
                        view! {
                            <p>{sentence(&why)}</p>
                            {action}
                        }
                    })
            }}
        </div>
    }
}
