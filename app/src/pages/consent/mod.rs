//! What someone was told and what they said of it: the four entries, never one switch, and what was said in an emergency
//! without asking. Printed in large type, to be read together.

mod emergency;
mod give;
mod give_form;
mod withdraw;
pub mod words;

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::responses::PersonFile;
use maillon_shared::domain::consent::{ConsentEntry, EmergencyDisclosure};
use maillon_shared::domain::ids::PersonId;
use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::person::Person;

use crate::door::answer;
use crate::lists::label;
use crate::routes::Route;
use crate::ui::{Back, Icon, OnPaper, Paper, PrintButton, Shape, Title, load, when_loaded};
use crate::words::consent as w;
use crate::{browser, when};

pub use emergency::EmergencyPage;
pub use give::GivePage;

use withdraw::Withdraw;
use words::{details, title, told};

/// Everything that one person said, and was told.
#[component]
pub fn ConsentsPage(id: PersonId) -> impl IntoView {
    let loaded = load(move || async move { answer!(Request::Person(id), Person(file) => *file) });
    view! {
        <Back to=Route::Person(id) label=w::back />
        {when_loaded(loaded, move |file| view! { <Said file=file /> })}
    }
}

#[component]
fn Said(file: RwSignal<PersonFile>) -> impl IntoView {
    let today = browser::today();
    let id = file.with_untracked(|file| file.person.id);
    let name = move || file.with(|file| file.person.display_name());
    let entries = Memo::new(move |_| file.with(|file| file.entries.clone()));
    let (standing, ended) = (
        move |entry: &ConsentEntry| entry.stands_on(today),
        move || entries.get().into_iter().filter(|entry| !entry.stands_on(today)).collect::<Vec<_>>(),
    );
    let disclosures = Memo::new(move |_| file.with(|file| file.disclosures.clone()));
    view! {
        <article class="consents">
            <Title>{w::title}</Title>
            <p class="detail">{name}</p>
            <OnPaper paper=Paper::NamesPeople />
            <p>{w::lead}</p>
            <div class="acts">
                <a class="button main" href=Route::GiveConsent(id).href()>
                    <Icon shape=Shape::Pen />
                    <span>{w::give}</span>
                </a>
                <a class="button" href=Route::Emergency(id).href()>{w::emergency}</a>
            </div>
            <section aria-labelledby="standing">
                <h2 id="standing">{w::standing}</h2>
                <Show
                    when=move || entries.with(|entries| entries.iter().any(standing))
                    fallback=|| view! { <p class="empty">{w::nothing}</p> }
                >
                    <ul class="rows">
                        {move || {
                            entries.get().into_iter().filter(|entry| standing(entry)).map(standing_line).collect_view()
                        }}
                    </ul>
                </Show>
            </section>
            <Show when=move || !ended().is_empty()>
                <section aria-labelledby="ended">
                    <h2 id="ended">{w::ended}</h2>
                    <ul class="rows">{move || ended().into_iter().map(|entry| line(&entry, None)).collect_view()}</ul>
                </section>
            </Show>
            <Show when=move || !disclosures.with(Vec::is_empty)>
                <section aria-labelledby="disclosed">
                    <h2 id="disclosed">{w::disclosed}</h2>
                    <ul class="rows">
                        {move || disclosures.get().iter().map(disclosure_line).collect_view()}
                    </ul>
                </section>
            </Show>
            <PrintButton label=w::print />
        </article>
    }
}

fn standing_line(entry: ConsentEntry) -> AnyView {
    let withdraw = view! { <Withdraw id=entry.id given=entry.given.on /> }.into_any();
    line(&entry, Some(withdraw))
}

fn line(entry: &ConsentEntry, withdraw: Option<AnyView>) -> AnyView {
    let more = details(entry).into_iter().map(|words| view! { <span class="why">{words}</span> }).collect_view();
    view! {
        <li>
            <Icon shape=words::shape(entry) />
            <span class="row-head">
                <span class="who">{title(entry)}</span>
                <span class="when">{told(&entry.given)}</span>
            </span>
            {more}
            {withdraw}
        </li>
    }
    .into_any()
}

fn disclosure_line(disclosure: &EmergencyDisclosure) -> AnyView {
    let at = w::disclosed_at(when::date(disclosure.day, browser::today()), when::hour(disclosure.hour));
    view! {
        <li>
            <Icon shape=Shape::Phone />
            <span class="row-head">
                <span class="who">{label(ListId::EmergencyGrounds, &disclosure.ground).to_owned()}</span>
                <span class="when">{at}</span>
            </span>
            <span class="why">{w::to(&disclosure.recipient.name)}</span>
            <span class="why">{disclosure.said.clone()}</span>
        </li>
    }
    .into_any()
}

/// What stands today, in a few words, on a person's page; an objection is said before anything else.
#[component]
pub fn Consents(file: RwSignal<PersonFile>) -> impl IntoView {
    let today = browser::today();
    let id = file.with_untracked(|file| file.person.id);
    let standing = Memo::new(move |_| {
        let mut standing: Vec<_> =
            file.with(|file| file.entries.iter().filter(|entry| entry.stands_on(today)).cloned().collect());
        standing.sort_by_key(|entry: &ConsentEntry| !words::is_objection(entry));
        standing
    });
    let line = |entry: ConsentEntry| {
        let about = details(&entry).into_iter().next();
        view! {
            <li class:objection=words::is_objection(&entry)>
                <span class="who">{title(&entry)}</span>
                <span class="why">{about}</span>
            </li>
        }
    };
    let known = Memo::new(move |_| file.with(|file| Person::display_name(&file.person)));
    view! {
        <section class="card said-card">
            <h2>{w::title}</h2>
            <Show
                when=move || !standing.with(Vec::is_empty)
                fallback=|| view! { <p class="detail">{w::nothing}</p> }
            >
                <ul>{move || standing.get().into_iter().map(line).collect_view()}</ul>
            </Show>
            <a class="button" href=Route::Consents(id).href()>
                {w::see}
                <span class="unseen">" "{known}</span>
            </a>
        </section>
    }
}
