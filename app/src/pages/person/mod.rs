//! One person: how to reach them, what is to be done, all that took place, and how the sheet came to say what it says.

mod follow_ups;
mod timeline;
mod words;

pub use timeline::{folded, topic_words};
pub use words::{field_words, value_words};

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::responses::{Conflict, PersonFile};
use maillon_shared::domain::ids::PersonId;
use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::person::{Person, PersonState, RelatedPerson};
use maillon_shared::text::phone::Phone;

use crate::door::answer;
use crate::lists::label;
use crate::pages::circle::CircleCard;
use crate::pages::consent::Consents;
use crate::pages::household::HouseholdCard;
use crate::pages::isolation::Isolation;
use crate::pages::meeting::MeetingsOnSheet;
use crate::pages::person_copy::CopiesOnSheet;
use crate::pages::project::ProjectsOnSheet;
use crate::pages::register::OnSheet;
use crate::pages::requests::ReportedCard;
use crate::pages::same::Sameness;
use crate::pages::sheet::state_words;
use crate::pages::stay::StaysOnSheet;
use crate::routes::{AlertRoute, CareRoute, ProcedureRoute, Route};
use crate::ui::{
    Back, CallLink, Conflicts, FieldsHistory, Icon, OnPaper, Paper, PrintButton, Shape, Title, load, when_loaded,
};
use crate::words::{alert, in_a_row, person as w, person_copy, procedures};
use crate::{browser, when};

use follow_ups::OpenFollowUps;
use timeline::Timeline;
use words::change;

/// One person.
#[component]
pub fn PersonPage(id: PersonId) -> impl IntoView {
    let loaded = load(move || async move { answer!(Request::Person(id), Person(file) => *file) });
    view! {
        <Back to=Route::People label=w::back />
        {when_loaded(loaded, move |file| view! { <File file=file /> })}
    }
}

#[component]
fn File(file: RwSignal<PersonFile>) -> impl IntoView {
    let today = browser::today();
    let id = file.with_untracked(|file| file.person.id);
    let person = Memo::new(move |_| file.with(|file| file.person.clone()));
    let reported = Memo::new(move |_| file.with(|file| file.provisional.is_some()));
    let about = move || person.with(about);
    let last = move || match file.with(|file| file.last_contact) {
        Some(day) => w::last_contact(when::day(day, today)),
        None => w::never_seen().into(),
    };
    let keep = move |field: &str, value: &str| {
        let change = person.with_untracked(|person| change(person, field, value))?;
        Some(Request::EditPerson { id, changes: vec![change], draft: None })
    };
    view! {
        <article class="person">
            <div class="heading">
                <div>
                    <Title>{move || person.with(Person::display_name)}</Title>
                    <p class="detail">{about}</p>
                    <p class="detail">{last}</p>
                </div>
                // Whoever was only reported has no sheet to change.
                <Show when=move || !reported.get()>
                    <a class="button" href=Route::EditPerson(id).href()>{w::edit}</a>
                </Show>
            </div>
            <OnPaper paper=Paper::NamesPeople />
            <ReportedCard file=file />
            {move || person.with(state_note)}
            <div class="acts">
                <a class="button main" href=Route::note_with(id).href()>
                    <Icon shape=Shape::Pen />
                    <span>{w::note}</span>
                </a>
                <a class="button" href=Route::Plan(Some(id)).href()>
                    <Icon shape=Shape::Day />
                    <span>{w::plan}</span>
                </a>
                <a class="button" href=Route::Care(CareRoute::New(Some(id))).href()>
                    <Icon shape=Shape::Request />
                    <span>{w::ask}</span>
                </a>
                {move || person.with(calls)}
                <a class="button" href=Route::Alert(AlertRoute::about(id)).href()>
                    <Icon shape=Shape::Alert />
                    <span>{alert::new}</span>
                </a>
                <a class="button" href=Route::Procedures(ProcedureRoute::List(Some(id))).href()>
                    <Icon shape=Shape::Book />
                    <span>{procedures::begin_one}</span>
                </a>
            </div>
            <Conflicts
                conflicts=Signal::derive(move || file.with(conflicts))
                name=field_words
                value=value_words
                keep=keep
                edit=Route::EditPerson(id)
            />
            <Sameness file=file />
            <div class="two">
                <div>
                    <OpenFollowUps file=file />
                    <ProjectsOnSheet file=file />
                    <MeetingsOnSheet file=file />
                    <StaysOnSheet file=file />
                    <Timeline file=file />
                </div>
                <div>
                    {move || person.with(worry)}
                    <Show when=move || !reported.get()>
                        <HouseholdCard file=file />
                        <CircleCard file=file />
                        <Isolation file=file />
                        <Consents file=file />
                        <CopiesOnSheet file=file />
                        <OnSheet file=file />
                    </Show>
                    {move || person.with(sheet)}
                    <Show when=move || !reported.get()>
                        <FieldsHistory of=id.into() name=field_words value=value_words />
                    </Show>
                    <PrintButton label=w::print />
                    <p class="acts">
                        <Show when=move || !reported.get()>
                            <a class="button" href=Route::CopyPerson(id).href()>{person_copy::title}</a>
                        </Show>
                        <a class="button" href=Route::Data(id).href()>{w::data}</a>
                    </p>
                </div>
            </div>
        </article>
    }
}

/// What two devices wrote at once. Of two households there is nothing to choose: one is shown with the people of both.
fn conflicts(file: &PersonFile) -> Vec<Conflict> {
    file.conflicts.iter().filter(|conflict| conflict.field != "home").cloned().collect()
}

/// Age, place, what to know first.
fn about(person: &Person) -> String {
    let age = person.birth.and_then(|birth| when::age(birth, browser::today()));
    let place = Some(person.address.short().to_owned()).filter(|place| !place.is_empty());
    let household = Some(person.household.clone()).filter(|household| !household.is_empty());
    in_a_row([age, place, household].into_iter().flatten())
}

/// Whoever is not contacted as usual is said to be so before any button.
fn state_note(person: &Person) -> Option<AnyView> {
    let words = match &person.state {
        PersonState::Followed => return None,
        PersonState::AbsentUntil(day) => w::away(when::day(*day, browser::today())),
        PersonState::Refuses => w::refuses().into(),
        other => state_words(other),
    };
    Some(view! { <p class="state-note">{words}</p> }.into_any())
}

fn calls(person: &Person) -> Vec<AnyView> {
    let id = person.id;
    let numbers = person.phones.iter().filter(|phone| !phone.number.trim().is_empty());
    numbers
        .map(|phone| {
            let shown = Phone::parse(&phone.number).show();
            let words = match label(ListId::PhoneLabels, &phone.label) {
                "" => w::call(shown),
                about => w::call_at(shown, about.to_lowercase()),
            };
            view! { <CallLink number=phone.number.clone() label=words about=id /> }.into_any()
        })
        .collect()
}

/// Whom to call first when one worries, and the others around.
fn worry(person: &Person) -> Option<AnyView> {
    if person.related.is_empty() {
        return None;
    }
    let id = person.id;
    let (first, others): (Vec<&RelatedPerson>, _) = person.related.iter().partition(|related| related.call_first);
    let line = |related: &RelatedPerson| {
        let relation = label(ListId::Relations, &related.relation).to_lowercase();
        let who = match relation.as_str() {
            "" => related.name.clone(),
            relation => format!("{} ({relation})", related.name),
        };
        let call = (!related.phone.trim().is_empty()).then(|| {
            let words = w::call_someone(&related.name);
            view! { <CallLink number=related.phone.clone() label=words about=id /> }
        });
        let number = Phone::parse(&related.phone).show();
        view! {
            <li>
                <span class="who">{who}</span>
                <span class="why">{related.note.clone()}</span>
                <span class="print-only">{number}</span>
                {call}
            </li>
        }
    };
    let heading = (!first.is_empty()).then(|| view! { <h3>{w::first_to_call()}</h3> });
    let others_heading = (!first.is_empty() && !others.is_empty()).then(|| view! { <h3>{w::then()}</h3> });
    Some(
        view! {
            <section class="card around">
                <h2>{w::around()}</h2>
                {heading}
                <ul>{first.into_iter().map(line).collect_view()}</ul>
                {others_heading}
                <ul>{others.into_iter().map(line).collect_view()}</ul>
            </section>
        }
        .into_any(),
    )
}

/// The sheet: only what is known.
fn sheet(person: &Person) -> Option<AnyView> {
    let address = &person.address;
    let town = [address.postcode.as_str(), address.commune.as_str()].join(" ");
    let place = [address.line.as_str(), address.hamlet.as_str(), town.trim(), address.former_commune.as_str()];
    let place = place.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    let phones = person.phones.iter().map(|phone| {
        let about = label(ListId::PhoneLabels, &phone.label);
        let shown = Phone::parse(&phone.number).show();
        if about.is_empty() { shown } else { format!("{shown} ({})", about.to_lowercase()) }
    });
    let known = [
        (w::approach(), person.approach.clone()),
        (w::place(), place),
        (w::phones(), phones.collect::<Vec<_>>().join(", ")),
        (w::email(), person.email.clone()),
        (w::birth(), person.birth.map(|birth| when::birth_and_age(birth, browser::today())).unwrap_or_default()),
        (w::usual_name(), person.usual_name.clone()),
        (w::household(), person.household.clone()),
        (w::language(), label(ListId::Languages, &person.language).to_owned()),
        (w::notes(), person.notes.clone()),
    ];
    let mut lines = known.into_iter().filter(|(_, value)| !value.is_empty()).peekable();
    lines.peek()?;
    Some(
        view! {
            <section class="card known">
                <h2>{w::sheet()}</h2>
                <dl>{lines.map(|(name, value)| view! { <dt>{name}</dt><dd>{value}</dd> }).collect_view()}</dl>
            </section>
        }
        .into_any(),
    )
}
