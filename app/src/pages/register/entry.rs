//! One entry of the register: what the law lists, what is due, and which sheet of the notebook is theirs.

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::register::{RegisterFile, RegisterWrite};
use maillon_shared::api::responses::SimilarPerson;
use maillon_shared::domain::ids::{PersonId, RegisterEntryId};
use maillon_shared::domain::person::PersonChange;
use maillon_shared::domain::register::{Acknowledgement, PersonToNotify, RegisterEntry, RegisterState};
use maillon_shared::text::phone::Phone;

use super::words::{
    address_lines, change, field_words, ground_words, notify_words, origin_words, phone_words, state_words, value_words,
};
use crate::door::answer;
use crate::routes::{RegisterRoute, Route};
use crate::session::{session, write_soon};
use crate::ui::{Back, CallLink, Conflicts, FieldsHistory, OnPaper, Paper, PrintButton, Title, load, when_loaded};
use crate::words::{entry as e, in_a_row, person as p, register as w};
use crate::{browser, when};

/// One entry.
#[component]
pub fn EntryPage(id: RegisterEntryId) -> impl IntoView {
    let loaded = load(move || async move { answer!(Request::RegisterEntry(id), RegisterEntry(file) => *file) });
    view! {
        <Back to=Route::Register(RegisterRoute::List) label=w::title />
        {when_loaded(loaded, move |file| view! { <File file=file /> })}
    }
}

#[component]
fn File(file: RwSignal<RegisterFile>) -> impl IntoView {
    let id = file.with_untracked(|file| file.entry.id);
    let entry = Memo::new(move |_| file.with(|file| file.entry.clone()));
    let edit = Route::Register(RegisterRoute::Edit(id));
    let keep = move |field: &str, value: &str| {
        let change = entry.with_untracked(|entry| change(entry, field, value))?;
        Some(Request::WriteRegister(Box::new(RegisterWrite::Edit { id, changes: vec![change], draft: None })))
    };
    view! {
        <article class="person">
            <div class="heading">
                <div>
                    <Title>{move || entry.with(RegisterEntry::display_name)}</Title>
                    <p class="detail">{move || entry.with(about)}</p>
                </div>
                <a class="button" href=edit.href()>{e::edit}</a>
            </div>
            <OnPaper paper=Paper::NamesPeople />
            {move || entry.with(state_note)}
            <Due entry=entry />
            <div class="acts">{move || entry.with(calls)}</div>
            <Conflicts
                conflicts=Signal::derive(move || file.with(|file| file.conflicts.clone()))
                name=field_words
                value=value_words
                keep=keep
                edit=edit
            />
            <div class="two">
                <div>{move || entry.with(known)} {move || entry.with(to_notify)}</div>
                <div>
                    <TheirSheet file=file />
                    <InOrOut entry=entry />
                    <FieldsHistory of=id.into() name=field_words value=value_words />
                    <PrintButton label=e::print />
                    <p class="acts" hidden=!session().is_own()>
                        <a class="button" href=Route::Register(RegisterRoute::Data(id)).href()>{w::data}</a>
                    </p>
                </div>
            </div>
        </article>
    }
}

/// Age, and where.
fn about(entry: &RegisterEntry) -> String {
    let age = entry.birth.and_then(|birth| when::age(birth, browser::today())).unwrap_or_default();
    in_a_row([age.as_str(), entry.address.short()])
}

/// Whoever is no longer in it is said to be so before any button.
fn state_note(entry: &RegisterEntry) -> Option<AnyView> {
    let words = (!entry.is_registered()).then(|| state_words(&entry.state, browser::today()))?;
    Some(view! { <p class="state-note">{words}</p> }.into_any())
}

/// What is to be acknowledged: the letter, and a button for when it left some other way.
#[component]
fn Due(entry: Memo<RegisterEntry>) -> impl IntoView {
    let today = browser::today();
    let acknowledge = move |_| {
        let id = entry.with_untracked(|entry| entry.id);
        write_soon(Request::WriteRegister(Box::new(RegisterWrite::Acknowledge { id, on: today })));
    };
    move || {
        entry.with(|entry| {
            let by = entry.acknowledgement_due()?;
            let day = when::day(by, today);
            let words = match (entry.origin.is_transmitted(), by < today) {
                (false, false) => w::due_by(day),
                (false, true) => w::due_since(day),
                (true, false) => w::tell_by(day),
                (true, true) => w::tell_since(day),
            };
            Some(view! {
                <div class="state-note">
                    <p>{words}</p>
                    <div class="acts">
                        <a class="button main" href=Route::Register(RegisterRoute::Letter(entry.id)).href()>
                            {w::letter}
                        </a>
                        <button type="button" on:click=acknowledge>{w::acknowledge_today}</button>
                    </div>
                </div>
            })
        })
    }
}

/// Nobody calls whoever is not in it.
fn calls(entry: &RegisterEntry) -> Vec<AnyView> {
    let phones = entry.phones.iter().filter(|phone| entry.is_registered() && !phone.number.trim().is_empty());
    phones
        .map(|phone| {
            let label = p::call(phone_words(phone));
            view! { <CallLink number=phone.number.clone() label=label /> }.into_any()
        })
        .collect()
}

/// What the law lists; only what is known.
fn known(entry: &RegisterEntry) -> impl IntoView + use<> {
    let today = browser::today();
    let phones = entry.phones.iter().map(phone_words).collect::<Vec<_>>().join("\n");
    let requester = in_a_row([entry.requester.as_str(), entry.requester_quality.as_str()]);
    let acknowledged = match &entry.acknowledgement {
        Acknowledgement::Given(day) => when::date(*day, today),
        Acknowledgement::TakenOver => w::taken_over().to_owned(),
        Acknowledgement::Awaited => w::not_acknowledged().to_owned(),
        Acknowledgement::Unknown(code) => code.clone(),
    };
    let no_phone = if phones.is_empty() { w::no_phone().to_owned() } else { phones };
    let lines = [
        (w::ground(), ground_words(entry.ground.as_ref()).to_owned()),
        (p::birth(), entry.birth.map(|birth| when::birth_and_age(birth, today)).unwrap_or_default()),
        (p::place(), address_lines(&entry.address).join("\n")),
        (p::phones(), no_phone),
        (w::home_services(), entry.home_services.clone()),
        (w::origin(), origin_words(&entry.origin)),
        (w::requester(), requester),
        (
            if entry.origin.is_transmitted() { w::transmitted() } else { w::requested() },
            entry.requested.map(|day| when::date(day, today)).unwrap_or_default(),
        ),
        (if entry.origin.is_transmitted() { w::told_on() } else { w::acknowledgement() }, acknowledged),
    ];
    let lines = lines.into_iter().filter(|(_, value)| !value.is_empty());
    view! {
        <section class="card known">
            <h2>{w::entry()}</h2>
            <dl>{lines.map(|(name, value)| view! { <dt>{name}</dt><dd>{value}</dd> }).collect_view()}</dl>
        </section>
    }
}

/// Whom to tell in an emergency.
fn to_notify(entry: &RegisterEntry) -> Option<impl IntoView + use<>> {
    let line = |other: &PersonToNotify| {
        let call = (!other.phone.trim().is_empty())
            .then(|| view! { <CallLink number=other.phone.clone() label=p::call_someone(&other.name) /> });
        let number = Phone::parse(&other.phone).show();
        view! {
            <li>
                <span class="who">{notify_words(other)}</span>
                <span class="why">{number}</span>
                {call}
            </li>
        }
    };
    (!entry.to_notify.is_empty()).then(|| {
        view! {
            <section class="card around">
                <h2>{w::to_notify()}</h2>
                <ul>{entry.to_notify.iter().map(line).collect_view()}</ul>
            </section>
        }
    })
}

/// Which sheet of the notebook is theirs: said by someone, never by itself.
#[component]
fn TheirSheet(file: RwSignal<RegisterFile>) -> impl IntoView {
    let id = file.with_untracked(|file| file.entry.id);
    let sheet = Memo::new(move |_| file.with(|file| file.sheet.clone()));
    let likely = Memo::new(move |_| file.with(|file| file.likely.clone()));
    let say = move |person: PersonId, entry: Option<RegisterEntryId>| {
        let changes = vec![PersonChange::RegisterEntry(entry)];
        write_soon(Request::EditPerson { id: person, changes, draft: None });
    };
    let proposed = move |SimilarPerson { row, .. }: SimilarPerson| {
        let age = row.birth.and_then(|birth| when::age(birth, browser::today())).unwrap_or_default();
        let person = row.id;
        view! {
            <li>
                <span class="who">{row.name}</span>
                <span class="why">{in_a_row([age.as_str(), &row.place])}</span>
                <button type="button" on:click=move |_| say(person, Some(id))>{w::link}</button>
            </li>
        }
    };
    move || match sheet.get() {
        Some((person, name)) => view! {
            <section class="card around unprinted">
                <h2>{w::sheet_title}</h2>
                <p class="acts">
                    <a class="button" href=Route::Person(person).href()>{w::sheet_of(name)}</a>
                    <button type="button" class="quiet" on:click=move |_| say(person, None)>{w::unlink}</button>
                </p>
                <p class="detail">{w::sheet_apart}</p>
            </section>
        }
        .into_any(),
        None if likely.with(Vec::is_empty) => ().into_any(),
        None => view! {
            <section class="card around unprinted">
                <h2>{w::sheet_title}</h2>
                <p class="detail">{w::sheet_likely}</p>
                <ul>{likely.get().into_iter().map(proposed).collect_view()}</ul>
            </section>
        }
        .into_any(),
    }
}

/// Out of the register at any moment; in again by a button.
#[component]
fn InOrOut(entry: Memo<RegisterEntry>) -> impl IntoView {
    let again = move |_| {
        let id = entry.with_untracked(|entry| entry.id);
        let state = RegisterState::Registered;
        write_soon(Request::WriteRegister(Box::new(RegisterWrite::SetState { id, state, draft: None })));
    };
    move || {
        entry.with(|entry| match entry.is_registered() {
            true => {
                let id = entry.id;
                view! {
                    <p class="acts in-or-out">
                        <a class="button" href=Route::Register(RegisterRoute::StrikeOff(id)).href()>{w::strike_off}</a>
                    </p>
                }
                .into_any()
            }
            false => view! {
                <p class="acts in-or-out">
                    <button type="button" on:click=again>{w::register_again}</button>
                </p>
            }
            .into_any(),
        })
    }
}
