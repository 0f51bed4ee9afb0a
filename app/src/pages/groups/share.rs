//! A project to put in common: what leaves, whom it may name, with which group.

use leptos::prelude::*;
use maillon_shared::api::Failure;
use maillon_shared::api::Request;
use maillon_shared::api::collective::{CollectiveAnswer, CollectiveRead, ProjectFile};
use maillon_shared::api::groups::{GroupAnswer, GroupRequest};
use maillon_shared::domain::clues::{Clue, Weight, WrittenFor};
use maillon_shared::domain::ids::{CollectiveId, GroupId};
use wasm_bindgen_futures::spawn_local;

use super::{about, ask, called};
use crate::browser;
use crate::door::answer;
use crate::routes::{self, CollectiveRoute, GroupRoute, Route};
use crate::session::write;
use crate::ui::{Back, ClueList, FailureNote, Title, load, when_loaded};
use crate::words::{collective, groups as w};

/// What the screen shows.
#[derive(Clone, PartialEq)]
struct Shown {
    file: ProjectFile,
    clues: Vec<(Clue, String)>,
}

async fn shown(project: CollectiveId) -> Result<Shown, Failure> {
    let asked = Request::ReadCollective(CollectiveRead::Project(project));
    let file = match answer!(asked, Collective(answer) => *answer)? {
        CollectiveAnswer::Project(file) => *file,
        _ => return Err(Failure::NotUnderstood),
    };
    let look = match ask(GroupRequest::Look(project)).await? {
        GroupAnswer::Clues(look) => look,
        _ => return Err(Failure::NotUnderstood),
    };
    let text = |clue: &Clue| look.texts.get(usize::from(clue.text)).cloned().unwrap_or_default();
    let clues = look.clues.iter().map(|clue| (clue.clone(), text(clue))).collect();
    Ok(Shown { file, clues })
}

/// A project to put in common.
#[component]
pub fn SharePage(project: CollectiveId) -> impl IntoView {
    let loaded = load(move || shown(project));
    view! {
        <Back to=Route::Collective(CollectiveRoute::Project(project)) label=collective::title />
        <Title>{w::share_title}</Title>
        {when_loaded(loaded, move |shown| view! { <Leaving shown=shown project=project /> })}
    }
}

#[component]
fn Leaving(shown: RwSignal<Shown>, project: CollectiveId) -> impl IntoView {
    let names_someone =
        Memo::new(move |_| shown.with(|shown| shown.clues.iter().any(|(clue, _)| clue.weight == Weight::Must)));
    let groups = Memo::new(move |_| shown.with(|shown| shown.file.groups.clone()));
    let clues = Signal::derive(move || shown.with(|shown| shown.clues.clone()));
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    let share = move |group: GroupId| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        failure.set(None);
        let id = CollectiveId(browser::random_id());
        spawn_local(async move {
            match write(about(GroupRequest::ShareProject { project, group, id })).await {
                Ok(()) => routes::go_instead(&Route::Collective(CollectiveRoute::Project(id))),
                Err(why) => {
                    failure.try_set(Some(why));
                    busy.try_set(false);
                }
            }
        });
    };
    let button = move |(group, name): (GroupId, String)| {
        view! {
            <button
                type="button"
                class="main"
                aria-disabled=move || busy.get().then_some("true")
                on:click=move |_| share(group)
            >
                {w::share_with(called(&name))}
            </button>
        }
    };
    view! {
        <p class="who-line">
            <strong>{move || shown.with(|shown| shown.file.project.title.clone())}</strong>
        </p>
        <p>{w::share_lead}</p>
        <ClueList clues=clues written_for=WrittenFor::Project />
        <FailureNote failure=failure />
        <Show
            when=move || !names_someone.get()
            fallback=move || {
                view! {
                    <div class="state-note">
                        <p>{w::share_mend}</p>
                        <a class="button" href=Route::Collective(CollectiveRoute::Edit(project)).href()>
                            {collective::change}
                        </a>
                    </div>
                }
            }
        >
            <p class="detail">{w::share_clean}</p>
            <p class="acts">{move || groups.get().into_iter().map(button).collect_view()}</p>
            <div class="state-note" hidden=move || !groups.with(Vec::is_empty)>
                <p>{w::share_none}</p>
                <a class="button" href=Route::Groups(GroupRoute::List).href()>
                    {w::title}
                </a>
            </div>
        </Show>
    }
}
