//! One group: whether one is of it, what is common, who the others are, and what comes and goes.

use leptos::prelude::*;
use maillon_shared::api::Failure;
use maillon_shared::api::groups::{GroupFile, GroupRequest, GroupWish, Place};
use maillon_shared::api::sharing::Company;
use maillon_shared::domain::group::Standing;
use maillon_shared::domain::ids::{GroupId, NeighbourId};
use wasm_bindgen_futures::spawn_local;

use super::member::MemberLine;
use super::{about, called, one};
use crate::pages::exchange::folder::MeetingFolder;
use crate::pages::exchange::open::Open;
use crate::pages::exchange::{Exchange, Troubles};
use crate::routes::{
    ApplicationRoute, CharterRoute, CollectiveRoute, DiagnosisRoute, GroupRoute, InformationRoute, MeansRoute,
    OutreachRoute, ProcedureRoute, ProgrammeRoute, RoadmapRoute, Route,
};
use crate::session::write;
use crate::ui::{Back, FailureNote, Icon, Shape, Sure, Title, load, when_loaded};
use crate::words::{Word, groups as w, in_a_row, roadmap as of_roadmaps};
use crate::{browser, when};

/// One group.
#[component]
pub fn GroupPage(id: GroupId) -> impl IntoView {
    let here = Exchange::of(Company::Neighbour);
    let loaded = load(move || {
        here.track();
        one(id)
    });
    view! {
        <Back to=Route::Groups(GroupRoute::List) label=w::title />
        {when_loaded(loaded, move |file| view! { <File file=file id=id here=here /> })}
    }
}

#[component]
fn File(file: RwSignal<GroupFile>, id: GroupId, here: Exchange) -> impl IntoView {
    let place = Memo::new(move |_| file.with(|file| file.row.place.clone()));
    let is_in = Memo::new(move |_| place.get() == Place::In);
    let may_name = Memo::new(move |_| is_in.get() && file.with(|file| file.may_name));
    let is_asked = Memo::new(move |_| place.get() == Place::Asked);
    let reads = Memo::new(move |_| !is_asked.get());
    let counts = Memo::new(move |_| file.with(|file| (file.waiting, file.set_aside)));
    let place_of = Memo::new(move |_| file.with(|file| file.folder.clone()));
    let contested = Memo::new(move |_| file.with(|file| file.contested));
    view! {
        <article class="group">
            <div class="heading">
                <div>
                    <Title>{move || file.with(|file| called(&file.row.name))}</Title>
                    <p class="detail">{w::is_a_group}</p>
                </div>
                <a class="button" hidden=move || !may_name.get() href=Route::Groups(GroupRoute::Edit(id)).href()>
                    {w::change}
                </a>
            </div>
            <p class="prose" hidden=move || file.with(|file| file.aim.trim().is_empty())>
                {move || file.with(|file| file.aim.clone())}
            </p>
            {move || view! { <Where place=place.get() founder=file.with(|file| file.row.founder.clone()) id=id /> }}
            <p class="state-note" hidden=move || !contested.get()>
                {w::contested}
            </p>
            {move || {
                let (waiting, set_aside) = counts.get();
                view! { <Troubles waiting=waiting set_aside=set_aside /> }
            }}
            <Show when=move || reads.get()>
                <Common file=file is_in=is_in />
            </Show>
            <section aria-labelledby="coordinators">
                <h2 id="coordinators">{w::coordinators}</h2>
                <p class="detail" hidden=move || !is_in.get()>
                    {move || file.with(who_keeps_the_list)}
                </p>
                <ul class="rows">{move || file.with(|file| members(file, id, is_in.get(), here))}</ul>
                <Show when=move || is_in.get()>
                    <Succession file=file id=id />
                </Show>
                <Show when=move || is_in.get() && file.with(|file| file.administers && !file.neighbours.is_empty())>
                    <AskMore file=file id=id />
                </Show>
            </section>
            <Show when=move || is_in.get()>
                <Open here=here />
                <Show when=move || file.with(|file| file.may_meet)>
                    <MeetingFolder of=id place=place_of here=here />
                </Show>
                <Ways file=file id=id />
            </Show>
        </article>
    }
}

fn members(file: &GroupFile, id: GroupId, is_in: bool, here: Exchange) -> AnyView {
    let administers = file.administers && is_in;
    let untold = file.row.untold;
    let line = |member: &maillon_shared::api::groups::GroupMember| {
        view! { <MemberLine group=id member=member.clone() administers=administers is_in=is_in untold=untold here=here /> }
    };
    file.coordinators.iter().map(line).collect_view().into_any()
}

/// Who decides who is of it, where it is not this device.
fn who_keeps_the_list(file: &GroupFile) -> String {
    match file.coordinators.iter().find(|member| member.administers) {
        _ if file.administers => String::new(),
        Some(member) if member.is_own => w::list_on_other_device().to_owned(),
        Some(member) => w::list_elsewhere(&member.name),
        None => String::new(),
    }
}

/// This coordinator's place in it, where it is not simply that they are of it.
#[component]
fn Where(place: Place, founder: String, id: GroupId) -> impl IntoView {
    match place {
        Place::In => ().into_any(),
        Place::Asked => view! {
            <section class="card" aria-labelledby="asked">
                <h2 id="asked">{w::asked_title(&founder)}</h2>
                <p>{w::asked_lead}</p>
                <Answers id=id first=(w::accept, true) second=Some(w::decline) />
            </section>
        }
        .into_any(),
        Place::Out(said) => {
            let day = when::date(said.on, browser::today());
            let word: Word = if said.standing == Standing::Declined { w::place_declined } else { w::place_out };
            view! {
                <section class="state-note">
                    <p>{in_a_row([word().to_owned(), day])}</p>
                    <p>{w::out_lead}</p>
                    <Answers id=id first=(w::come_back, false) second=None />
                </section>
            }
            .into_any()
        }
        Place::Removed => view! {
            <section class="state-note">
                <p>{w::place_removed}</p>
                <p>{w::removed_lead}</p>
            </section>
        }
        .into_any(),
        Place::Closed => view! { <p class="state-note">{w::closed_lead}</p> }.into_any(),
    }
}

/// Coming, and not coming.
#[component]
fn Answers(id: GroupId, first: (Word, bool), second: Option<Word>) -> impl IntoView {
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    // What is tried again is what was answered.
    let last = StoredValue::new(false);
    let answer = move |comes: bool| {
        if busy.get_untracked() {
            return;
        }
        last.set_value(comes);
        busy.set(true);
        failure.set(None);
        let asked = if comes { GroupRequest::Accept(id) } else { GroupRequest::Leave(id) };
        spawn_local(async move {
            if let Err(why) = write(about(asked)).await {
                failure.try_set(Some(why));
            }
            busy.try_set(false);
        });
    };
    let (first, is_main) = first;
    view! {
        <FailureNote failure=failure retry=Callback::new(move |()| answer(last.get_value())) />
        <p class="acts">
            <button
                type="button"
                class:main=is_main
                aria-disabled=move || busy.get().then_some("true")
                on:click=move |_| answer(true)
            >
                {first}
            </button>
            {second
                .map(|second| {
                    view! {
                        <button
                            type="button"
                            aria-disabled=move || busy.get().then_some("true")
                            on:click=move |_| answer(false)
                        >
                            {second}
                        </button>
                    }
                })}
        </p>
    }
}

/// What is common.
#[component]
fn Common(file: RwSignal<GroupFile>, is_in: Memo<bool>) -> impl IntoView {
    let all = Memo::new(move |_| {
        file.with(|file| {
            let roadmaps = file.roadmaps.iter().map(|(id, title)| {
                let title = if title.is_empty() { of_roadmaps::unnamed().to_owned() } else { title.clone() };
                (Route::Roadmap(RoadmapRoute::One(*id)), title)
            });
            let programmes = file.programmes.iter().map(|(id, year, title)| {
                (Route::Programme(ProgrammeRoute::One(*id)), in_a_row([title.clone(), year.to_string()]))
            });
            let diagnoses =
                file.diagnoses.iter().map(|(id, title)| (Route::Diagnosis(DiagnosisRoute::One(*id)), title.clone()));
            let applications = file
                .applications
                .iter()
                .map(|(id, title)| (Route::Application(ApplicationRoute::One(*id)), title.clone()));
            let information = file
                .information
                .iter()
                .map(|(id, title)| (Route::Information(InformationRoute::One(*id)), title.clone()));
            let means = file.means.iter().map(|(id, title)| (Route::Means(MeansRoute::One(*id)), title.clone()));
            let charters =
                file.charters.iter().map(|(id, title)| (Route::Charter(CharterRoute::One(*id)), title.clone()));
            let procedures =
                file.procedures.iter().map(|(id, title)| (Route::Procedures(ProcedureRoute::One(*id)), title.clone()));
            let projects = file
                .projects
                .iter()
                .map(|(id, title)| (Route::Collective(CollectiveRoute::Project(*id)), title.clone()));
            let outreach =
                file.outreach.iter().map(|(id, title)| (Route::Outreach(OutreachRoute::One(*id)), title.clone()));
            let plans = roadmaps.chain(programmes).chain(diagnoses).chain(applications);
            let plans = plans.chain(outreach).chain(information).chain(means).chain(charters);
            plans.chain(procedures).chain(projects).map(|(to, title)| (to.href(), title)).collect::<Vec<_>>()
        })
    });
    let line = |(href, title): (String, String)| {
        view! {
            <li>
                <Icon shape=Shape::Book />
                <a class="who" href=href>
                    {title}
                </a>
            </li>
        }
    };
    view! {
        <section aria-labelledby="common">
            <h2 id="common">{w::common}</h2>
            <p class="empty" hidden=move || !all.with(Vec::is_empty)>
                {w::common_none}
            </p>
            <ul class="rows">{move || all.get().into_iter().map(line).collect_view()}</ul>
            <p class="detail" hidden=move || !is_in.get()>
                {w::common_how} " "
                <a href=Route::Collective(CollectiveRoute::List).href()>{w::see_projects}</a> " "
                <a href=Route::Programme(ProgrammeRoute::List).href()>{w::see_programmes}</a> " "
                <a href=Route::Roadmap(RoadmapRoute::List).href()>{w::see_roadmaps}</a>
            </p>
        </section>
    }
}

/// The neighbours who are not of it, each to be asked.
#[component]
fn AskMore(file: RwSignal<GroupFile>, id: GroupId) -> impl IntoView {
    let failure = RwSignal::new(None::<Failure>);
    let ask = move |neighbour: NeighbourId| {
        failure.set(None);
        spawn_local(async move {
            let asked = GroupRequest::Ask { group: id, neighbours: vec![neighbour] };
            if let Err(why) = write(about(asked)).await {
                failure.try_set(Some(why));
            }
        });
    };
    let neighbours = Memo::new(move |_| file.with(|file| file.neighbours.clone()));
    let button = move |(neighbour, name): (NeighbourId, String)| {
        view! {
            <button type="button" on:click=move |_| ask(neighbour)>
                {w::ask_one(&name)}
            </button>
        }
    };
    view! {
        <h3>{w::ask_more}</h3>
        <FailureNote failure=failure />
        <p class="acts">{move || neighbours.get().into_iter().map(button).collect_view()}</p>
    }
}

/// Keeping the list in place of whoever is heard of no more: proposed by one, agreed to by another.
#[component]
fn Succession(file: RwSignal<GroupFile>, id: GroupId) -> impl IntoView {
    let done = Callback::new(|()| ());
    let may_take_on = Memo::new(move |_| file.with(|file| file.may_take_on));
    let wishes = Memo::new(move |_| file.with(|file| file.wishes.clone()));
    let administers = Memo::new(move |_| file.with(own_side_administers));
    let keeper = move || {
        let name = |file: &GroupFile| file.coordinators.iter().find(|one| one.administers).map(|one| one.name.clone());
        file.with(name).unwrap_or_default()
    };
    let wish = move |wish: GroupWish| {
        let name = wish.name.clone();
        let words = match (wish.is_own, wish.agreed) {
            (true, _) => w::proposed_own().to_owned(),
            (false, true) => w::agreed().to_owned(),
            (false, false) => w::proposed_by(&name),
        };
        let may_agree = !wish.is_own && !wish.agreed && !administers.get();
        let agree = may_agree.then(|| {
            let (sure, asked) = (name.clone(), name.clone());
            view! {
                <Sure
                    label=w::agree
                    is_main=false
                    warning=move || w::agree_sure(&sure)
                    yes=w::agree_do
                    no=w::not_now
                    request=move || about(GroupRequest::Agree { group: id, name: asked.clone() })
                    done=done
                />
            }
        });
        view! {
            <div class="state-note">
                <p>{words}</p>
                {agree}
            </div>
        }
    };
    view! {
        {move || wishes.get().into_iter().map(wish).collect_view()}
        <Show when=move || may_take_on.get()>
            <Sure
                label=w::take_on
                is_main=false
                warning=move || w::take_on_sure(keeper())
                yes=w::take_on_do
                no=w::not_now
                request=move || about(GroupRequest::TakeOn(id))
                done=done
            />
        </Show>
    }
}

fn own_side_administers(file: &GroupFile) -> bool {
    file.coordinators.iter().any(|member| member.is_own && member.administers)
}

/// Leaving it, and closing it.
#[component]
fn Ways(file: RwSignal<GroupFile>, id: GroupId) -> impl IntoView {
    let done = Callback::new(|()| ());
    let administers = Memo::new(move |_| file.with(|file| file.administers));
    // Whoever keeps the list hands it on first, where there is anybody.
    let may_leave = Memo::new(move |_| {
        file.with(|file| {
            let others = file.coordinators.iter().any(|member| !member.is_own && !member.removed);
            !(own_side_administers(file) && others)
        })
    });
    view! {
        <section class="group-ways">
            <p class="detail" hidden=move || may_leave.get()>
                {w::hand_on_first}
            </p>
            <Show when=move || may_leave.get()>
            <Sure
                label=w::leave
                is_main=false
                warning=|| w::leave_sure().to_owned()
                yes=w::leave_do
                no=w::not_now
                request=move || about(GroupRequest::Leave(id))
                done=done
            />
            </Show>
            <Show when=move || administers.get()>
                <Sure
                    label=w::close
                    is_main=false
                    warning=|| w::close_sure().to_owned()
                    yes=w::close_do
                    no=w::not_now
                    request=move || about(GroupRequest::Close(id))
                    done=done
                />
            </Show>
        </section>
    }
}
