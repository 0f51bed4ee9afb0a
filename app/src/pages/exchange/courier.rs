//! What a device lacks, as one file that it alone opens: made, handed over, and what to do with it then.

use leptos::prelude::*;
use maillon_shared::api::Failure;
use maillon_shared::api::sharing::{Company, DeviceKey, SharingAnswer, SharingRequest};
use wasm_bindgen_futures::spawn_local;

use super::{Exchange, about};
use crate::door::{self, answer};
use crate::session::{Said, session};
use crate::ui::FailureNote;
use crate::words::{devices as w, neighbours as n};

/// The button that makes the file, and the other acts about that device beside it.
#[component]
pub fn Courier(
    /// For which device.
    id: DeviceKey,
    /// What it, or its owner, is called.
    name: String,
    /// What the button says.
    #[prop(into)]
    label: ViewFn,
    /// Whether this device may write to it.
    may_send: bool,
    /// Whether it is what is to be done now.
    #[prop(default = true)]
    is_main: bool,
    here: Exchange,
    /// The other acts.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    let make = move || {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        failure.set(None);
        spawn_local(async move {
            let made = made(id).await;
            session().progress.set(None);
            busy.try_set(false);
            match made {
                Ok((place, documents)) => {
                    session().said.set(Some(Said::Handed(place)));
                    here.made.try_set(Some((id, documents)));
                    here.ask_again();
                }
                Err(why) => {
                    failure.try_set(Some(why));
                }
            }
        });
    };
    let told = move || {
        here.made.get().filter(|(to, _)| *to == id).map(|(_, documents)| match (documents, here.company) {
            (0, _) => w::made_receipt().to_owned(),
            (documents, Company::Own) => w::made(documents, &name),
            (documents, Company::Neighbour) => n::made(documents, &name),
        })
    };
    view! {
        <FailureNote failure=failure retry=Callback::new(move |()| make()) />
        <p role="status">{told}</p>
        <div class="acts">
            {may_send
                .then(|| {
                    view! {
                        <button
                            type="button"
                            class:main=is_main
                            aria-disabled=move || busy.get().then_some("true")
                            on:click=move |_| make()
                        >
                            {label.run()}
                        </button>
                    }
                })}
            {children.map(|children| children())}
        </div>
    }
}

/// Makes the file and hands it over: where it is, and of how many records it brings something.
async fn made(id: DeviceKey) -> Result<(Option<String>, u32), Failure> {
    match answer!(about(SharingRequest::MakeCourier(id)), Sharing(answer) => *answer)? {
        SharingAnswer::Courier(made) => Ok((door::hand_over(made.file).await?, made.documents)),
        _ => Err(Failure::NotUnderstood),
    }
}
