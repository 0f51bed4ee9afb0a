//! Taking back the file that a device one lent to handed over: chosen, read at once, said what came.

use leptos::html;
use leptos::prelude::*;
use maillon_shared::api::Failure;
use maillon_shared::api::errors::FileProblem;
use maillon_shared::domain::ids::ActId;
use wasm_bindgen_futures::spawn_local;

use crate::browser;
use crate::session::{Said, session};
use crate::ui::FailureNote;
use crate::words::campaign as w;

/// What came back.
#[derive(Clone)]
pub struct Came {
    /// By which it can be undone; none where nothing was new.
    pub act: Option<ActId>,
    /// How much of it was new.
    pub new: String,
    /// What else is to be said of it, each apart; what is empty is not said.
    pub besides: Vec<String>,
}

/// Where one chooses the file. `read` gives it to the notebook.
#[component]
pub fn HandedBack<Reading>(
    /// What is taken back.
    title: fn() -> &'static str,
    /// From whom, and what becomes of it.
    lead: fn() -> &'static str,
    read: fn(Vec<u8>) -> Reading,
) -> impl IntoView
where
    Reading: Future<Output = Result<Came, Failure>> + 'static,
{
    let input = NodeRef::<html::Input>::new();
    let failure = RwSignal::new(None::<Failure>);
    let came = RwSignal::new(None::<Came>);
    let take = move |_| {
        let Some(input) = input.get_untracked() else { return };
        failure.set(None);
        came.set(None);
        spawn_local(async move {
            let answer = match browser::chosen_file(&input).await {
                Some(file) => read(file).await,
                None => Err(Failure::UnreadableFile(FileProblem::Empty)),
            };
            session().progress.set(None);
            // Chosen again, the same file is read again.
            input.set_value("");
            match answer {
                Ok(back) => {
                    if let Some(act) = back.act {
                        session().said.set(Some(Said::Saved(act)));
                    }
                    came.try_set(Some(back));
                }
                Err(why) => {
                    failure.try_set(Some(why));
                }
            }
        });
    };
    let said = |came: Came| {
        let besides = came.besides.into_iter().filter(|line| !line.is_empty());
        view! {
            <p><strong>{came.new}</strong></p>
            {besides.map(|line| view! { <p>{line}</p> }).collect_view()}
        }
    };
    view! {
        <section class="card take-back" aria-labelledby="take-back">
            <h2 id="take-back">{title}</h2>
            <p>{lead}</p>
            <FailureNote failure=failure />
            <div class="field">
                <label for="handed-back">{w::take_back_file}</label>
                <input
                    id="handed-back"
                    type="file"
                    accept=".maillon,application/octet-stream"
                    node_ref=input
                    on:change=take
                />
            </div>
            <div role="status">{move || came.get().map(said)}</div>
        </section>
    }
}
