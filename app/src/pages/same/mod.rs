//! Two sheets of one person: looked at side by side, joined with the words chosen, and parted again as easily.

use std::collections::BTreeSet;

use leptos::prelude::*;
use maillon_shared::api::responses::{MergedSheets, PersonFile, SimilarPerson};
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::ids::{MergeId, PersonId};
use maillon_shared::domain::likeness::Likeness;
use maillon_shared::domain::person::{Person, PersonField};
use maillon_shared::domain::same_person::SheetField;
use wasm_bindgen_futures::spawn_local;

use crate::door::answer;
use crate::pages::person::{field_words, value_words};
use crate::routes::{self, Route};
use crate::session::{write, write_soon};
use crate::ui::{Back, Chips, Choice, FailureNote, Title, load_once, when_loaded};
use crate::words::{in_a_row, same as w};
use crate::{browser, when};

/// Why two sheets are alike, in a few words.
pub fn likeness_words(why: &[Likeness]) -> String {
    let words = why.iter().map(|why| match why {
        Likeness::Name => w::by_name().to_owned(),
        Likeness::Phone => w::by_phone().to_owned(),
        Likeness::Birth => w::by_birth().to_owned(),
        Likeness::Address => w::by_address().to_owned(),
        Likeness::Hamlet => w::by_hamlet().to_owned(),
        Likeness::Unknown(code) => code.clone(),
    });
    words.collect::<Vec<_>>().join(", ")
}

/// On a person's page: who is perhaps the same, and which sheets were joined.
#[component]
pub fn Sameness(file: RwSignal<PersonFile>) -> impl IntoView {
    let person = Memo::new(move |_| file.with(|file| file.person.clone()));
    let found = RwSignal::new(Vec::<SimilarPerson>::new());
    Effect::new(move |_| {
        let asked = Request::SimilarPeople(Box::new(person.get()));
        spawn_local(async move {
            if let Ok(similar) = answer!(asked, Similar(similar) => similar) {
                found.try_set(similar);
            }
        });
    });
    let merged = Memo::new(move |_| file.with(|file| file.merged.clone()));
    let id = person.with_untracked(|person| person.id);
    let perhaps = move |SimilarPerson { row, why }| {
        view! {
            <li>
                <span class="who">{row.name}</span>
                <span class="why">{likeness_words(&why)}</span>
                <a class="button" href=Route::Same(id, row.id).href()>{w::compare}</a>
            </li>
        }
    };
    let joined = |MergedSheets { merge, kept_name, other_name, .. }| {
        view! {
            <li>
                <span class="why">{w::joined(kept_name, other_name)}</span>
                <button type="button" class="quiet" on:click=move |_| write_soon(Request::UnmergePeople(merge))>
                    {w::part}
                </button>
            </li>
        }
    };
    view! {
        <Show when=move || !found.with(Vec::is_empty) || !merged.with(Vec::is_empty)>
            <section class="card around">
                <h2>{w::title}</h2>
                <ul>
                    {move || found.get().into_iter().map(perhaps).collect_view()}
                    {move || merged.get().into_iter().map(joined).collect_view()}
                </ul>
            </section>
        </Show>
    }
}

/// Two sheets side by side.
#[component]
pub fn SamePage(kept: PersonId, other: PersonId) -> impl IntoView {
    let loaded = load_once(move || async move {
        let one = answer!(Request::Person(kept), Person(file) => file.person)?;
        let two = answer!(Request::Person(other), Person(file) => file.person)?;
        Ok::<_, Failure>((one, two))
    });
    view! {
        <Back to=Route::Person(kept) label=w::back />
        {when_loaded(loaded, |pair| {
            let (one, two) = pair.get_untracked();
            view! { <Compare kept=one other=two /> }
        })}
    }
}

/// The fields in which both say something, and not the same.
fn differences(kept: &Person, other: &Person) -> Vec<(SheetField, String, String)> {
    // The point goes with the address, and is no choice.
    let asked = PersonField::ALL.iter().filter(|field| **field != PersonField::Position);
    let texts = asked.map(|field| {
        let said = |person: &Person| value_words(field.code(), person.text(*field));
        (SheetField::Text(*field), said(kept), said(other))
    });
    let birth = |person: &Person| person.birth.map(when::birth).unwrap_or_default();
    let birth = (SheetField::Birth, birth(kept), birth(other));
    texts.chain([birth]).filter(|(_, one, two)| !one.is_empty() && !two.is_empty() && one != two).collect()
}

#[component]
fn Compare(kept: Person, other: Person) -> impl IntoView {
    let from_other = RwSignal::new(BTreeSet::<SheetField>::new());
    let failure = RwSignal::new(None::<Failure>);
    let (kept_id, other_id) = (kept.id, other.id);
    let id = MergeId(browser::random_id());
    let about = |person: &Person| {
        let born = person.birth.map(when::birth).unwrap_or_default();
        in_a_row([person.display_name(), born, person.address.short().to_owned()])
    };
    let both = [about(&kept), about(&other)];
    let choice = move |(field, one, two): (SheetField, String, String)| {
        let code = field.code();
        let chosen = Signal::derive(move || {
            if from_other.with(|chosen| chosen.contains(&field)) { "other".to_owned() } else { "kept".to_owned() }
        });
        let choose = Callback::new(move |code: String| {
            from_other.update(|chosen| {
                chosen.remove(&field);
                if code == "other" {
                    chosen.insert(field);
                }
            });
        });
        let choices = Signal::derive(move || vec![Choice::new("kept", one.clone()), Choice::new("other", two.clone())]);
        let name = format!("from-{code}");
        view! { <Chips name=name legend=move || field_words(code) choices=choices chosen=chosen choose=choose /> }
    };
    let choices = differences(&kept, &other).into_iter().map(choice).collect_view();
    let save = move || {
        let from_other = from_other.get_untracked();
        failure.set(None);
        spawn_local(async move {
            let asked = Request::MergePeople { id, kept: kept_id, other: other_id, from_other };
            match write(asked).await {
                Ok(_) => routes::go_instead(&Route::Person(kept_id)),
                Err(why) => {
                    failure.try_set(Some(why));
                }
            }
        });
    };
    view! {
        <Title>{w::question}</Title>
        <ul class="card">{both.map(|about| view! { <li>{about}</li> }).into_iter().collect_view()}</ul>
        <p>{w::lead}</p>
        <form
            novalidate=true
            on:submit=move |event| {
                event.prevent_default();
                save();
            }
        >
            <FailureNote failure=failure retry=Callback::new(move |()| save()) />
            {choices}
            <p class="detail">{w::stricter}</p>
            <div class="acts">
                <button type="submit" class="main">{w::join}</button>
                <a class="button" href=Route::Person(kept_id).href()>{w::two_people}</a>
            </div>
        </form>
    }
}
