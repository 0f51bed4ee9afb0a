//! The circle of a person: who is around her, who leads and what they need, who is away; each called in one tap.

mod form;
pub mod who;
pub mod words;

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::projects::ProjectWrite;
use maillon_shared::api::responses::{AbsenceShown, CircleFile, MemberRow, PersonFile};
use maillon_shared::domain::circle::{Helper, Member, MemberChange};
use maillon_shared::domain::ids::PersonId;
use maillon_shared::domain::person::RelatedPerson;

use crate::door::answer;
use crate::pages::directory::{dates_words, stand_in_view};
use crate::routes::{ProjectRoute, Route};
use crate::session::write_soon;
use crate::ui::{
    Back, CallLink, Conflicts, FieldsHistory, Icon, OnPaper, Paper, PrintButton, Shape, Title, load, when_loaded,
};
use crate::words::{circle as w, consent, in_a_row};
use crate::{browser, when};

pub use form::MemberPage;
use words::{field_words, helper_words, role_words, value_words};

/// The circle of a person.
#[component]
pub fn CirclePage(person: PersonId) -> impl IntoView {
    let loaded = load(move || async move { answer!(Request::Circle(person), Circle(file) => *file) });
    view! {
        <Back to=Route::Person(person) label=consent::back />
        {when_loaded(loaded, |file| view! { <Circle file=file /> })}
    }
}

#[component]
fn Circle(file: RwSignal<CircleFile>) -> impl IntoView {
    let person = file.with_untracked(|file| file.person);
    let nobody = move || file.with(|file| file.members.is_empty() && file.others.is_empty());
    let keep = move |path: &str, value: &str| {
        let (line, change) = words::change(path, value)?;
        let write = ProjectWrite::Member { person, id: line, changes: vec![change], draft: None };
        Some(Request::WriteProject(Box::new(write)))
    };
    let histories = move || {
        let documents = file.with(|file| file.documents.clone());
        documents
            .into_iter()
            .map(|of| view! { <FieldsHistory of=of name=field_words value=value_words /> })
            .collect_view()
    };
    view! {
        <article class="circle">
            <div class="heading">
                <div>
                    <Title>{w::title}</Title>
                    <p class="detail">{move || file.with(|file| file.name.clone())}</p>
                </div>
                <a class="button" href=Route::Project(ProjectRoute::Member(person, None)).href()>
                    <Icon shape=Shape::Plus />
                    <span>{w::add}</span>
                </a>
            </div>
            <OnPaper paper=Paper::NamesPeople />
            <p class="state-note" hidden=move || !file.with(CircleFile::has_several_leads)>{w::several_leads}</p>
            <Conflicts
                conflicts=Signal::derive(move || file.with(|file| file.conflicts.clone()))
                name=field_words
                value=value_words
                keep=keep
                edit=Route::Project(ProjectRoute::Circle(person))
            />
            <p class="empty" hidden=move || !nobody()>{w::none_yet}</p>
            <ul class="rows">
                {move || file.with(|file| file.members.clone()).into_iter().map(|row| line(row, person)).collect_view()}
            </ul>
            {move || file.with(|file| others(&file.others, person))}
            {move || file.with(|file| to_add(&file.related, person))}
            {histories}
            <p class="acts">
                <PrintButton />
            </p>
        </article>
    }
}

/// Someone of the circle, with all that is said of them.
fn line(row: MemberRow, person: PersonId) -> AnyView {
    let MemberRow { member, shown } = row;
    let today = browser::today();
    let name = helper_words(&shown);
    let since = member.from.map(|day| w::from(when::date(day, today)));
    let until = member.until.map(|day| w::until(when::date(day, today)));
    let about = in_a_row([role_words(&member, &shown), since.unwrap_or_default(), until.unwrap_or_default()]);
    let needs =
        (!member.needs.trim().is_empty()).then(|| view! { <span class="why">{w::needs_of(&member.needs)}</span> });
    let leads = member.leads.then(|| view! { <span class="tag">{w::leads_tag}</span> });
    let away = shown.away.as_deref().map(away_view);
    let call = (!shown.phone.trim().is_empty()).then(|| {
        let label = w::call(&name);
        view! { <CallLink number=shown.phone.clone() label=label about=person /> }
    });
    let shape = if matches!(member.who, Helper::Entry(_)) { Shape::Book } else { Shape::People };
    let edit = Route::Project(ProjectRoute::Member(person, Some(member.id))).href();
    view! {
        <li>
            <Icon shape=shape />
            <span class="row-head">
                <a class="who" href=edit>{name}</a>
                {leads}
            </span>
            <span class="why">{about}</span>
            {needs}
            {away}
            <span class="acts">{call}</span>
        </li>
    }
    .into_any()
}

/// That someone is away, until when, and who stands in.
pub fn away_view(away: &AbsenceShown) -> impl IntoView + use<> {
    view! {
        <span class="why away">
            <strong>{w::away(dates_words(&away.absence))}</strong>
            " "
            {stand_in_view(away)}
        </span>
    }
}

fn others(rows: &[MemberRow], person: PersonId) -> Option<impl IntoView + use<>> {
    let rows = rows.to_vec();
    (!rows.is_empty()).then(|| {
        view! {
            <section aria-labelledby="others">
                <h2 id="others">{w::others()}</h2>
                <ul class="rows">{rows.into_iter().map(|row| line(row, person)).collect_view()}</ul>
            </section>
        }
    })
}

/// Those of the sheet who are not of the circle: one tap, and nothing is typed twice.
fn to_add(related: &[RelatedPerson], person: PersonId) -> Option<impl IntoView + use<>> {
    let add = move |related: &RelatedPerson| {
        let member = Member::empty(related.id, person, Helper::Related(related.id));
        // The line of the circle has the id of the line of the sheet: two devices that add the same one add one.
        let changes = vec![MemberChange::Who(member.who)];
        let write = ProjectWrite::Member { person, id: related.id, changes, draft: None };
        let request = Request::WriteProject(Box::new(write));
        view! {
            <button type="button" on:click=move |_| write_soon(request.clone())>
                <Icon shape=Shape::Plus />
                <span>{related.name.clone()}</span>
            </button>
        }
    };
    (!related.is_empty()).then(|| {
        view! {
            <section class="unprinted" aria-labelledby="of-sheet">
                <h2 id="of-sheet">{w::of_sheet()}</h2>
                <div class="acts">{related.iter().map(add).collect_view()}</div>
            </section>
        }
    })
}

/// Who is around someone today, on their page.
#[component]
pub fn CircleCard(file: RwSignal<PersonFile>) -> impl IntoView {
    let person = file.with_untracked(|file| file.person.id);
    let rows = Memo::new(move |_| file.with(|file| file.circle.clone()));
    let one = move |MemberRow { member, shown }: MemberRow| {
        let name = helper_words(&shown);
        let leads = if member.leads { w::leads_tag() } else { "" };
        let about = in_a_row([leads, &role_words(&member, &shown)]);
        let away = shown.away.as_deref().map(away_view);
        let call = (!shown.phone.trim().is_empty()).then(|| {
            let label = w::call(&name);
            view! { <CallLink number=shown.phone.clone() label=label about=person /> }
        });
        view! {
            <li>
                <span class="who">{name}</span>
                <span class="why">{about}</span>
                {away}
                {call}
            </li>
        }
    };
    view! {
        <section class="card around circle-card">
            <h2>{w::title}</h2>
            <Show
                when=move || !rows.with(Vec::is_empty)
                fallback=|| view! { <p class="detail">{w::none_yet}</p> }
            >
                <ul>{move || rows.get().into_iter().map(one).collect_view()}</ul>
            </Show>
            <a class="button" href=Route::Project(ProjectRoute::Circle(person)).href()>{w::see}</a>
        </section>
    }
}
