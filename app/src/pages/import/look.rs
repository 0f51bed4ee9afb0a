//! The lines of which nothing is written until someone says what they are: the same person as another, or someone else.

use std::collections::BTreeMap;

use leptos::prelude::*;
use maillon_shared::api::Failure;
use maillon_shared::api::requests::LineAnswer;
use maillon_shared::api::responses::{Alike, LineToLook};
use maillon_shared::domain::ids::PersonId;
use wasm_bindgen_futures::spawn_local;

use super::about::About;
use super::why::why_words;
use super::{Done, Step, take_in};
use crate::ui::FailureNote;
use crate::words::{import as i, import_people as w};

/// What one said of each line: that person, or someone else.
type Answers = RwSignal<BTreeMap<u32, Option<PersonId>>>;

/// The lines to look at, and the button that takes in those of which one said what they are.
#[component]
pub(super) fn ToLook(
    step: RwSignal<Step>,
    about: About,
    before: Done,
    lines: Vec<LineToLook>,
    /// While these are taken in, nothing is undone, nor the other way round.
    busy: RwSignal<bool>,
) -> impl IntoView {
    let answers: Answers = RwSignal::new(BTreeMap::new());
    let failure = RwSignal::new(None::<Failure>);
    let count = lines.len();
    let before = StoredValue::new(before);
    let take = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        failure.set(None);
        let mut again = before.get_value();
        again.answers.extend(answers.get_untracked().into_iter().map(|(line, same)| LineAnswer { line, same }));
        spawn_local(async move {
            match take_in(about.into, again).await {
                Ok(done) => {
                    step.try_set(Step::Done(Box::new(done)));
                }
                Err(why) => {
                    failure.try_set(Some(why));
                    busy.try_set(false);
                }
            }
        });
    };
    let line = move |line: LineToLook| view! { <Line line=line about=about answers=answers /> };
    (count > 0).then(|| {
        view! {
            <section aria-labelledby="to-look">
                <h2 id="to-look">{w::look_title} <span class="count">{count}</span></h2>
                <p class="detail">{w::look_lead}</p>
                <FailureNote failure=failure />
                <ul class="line-notes">{lines.into_iter().map(line).collect_view()}</ul>
                <button
                    type="button"
                    class="main"
                    hidden=move || answers.with(BTreeMap::is_empty)
                    aria-disabled=move || busy.get().then_some("true")
                    on:click=take
                >
                    {move || w::answer(answers.with(BTreeMap::len) as u32)}
                </button>
            </section>
        }
    })
}

#[component]
fn Line(line: LineToLook, about: About, answers: Answers) -> impl IntoView {
    let LineToLook { line, why, name, like } = line;
    let legend = format!("look-{line}");
    let someone = like.clone().map(|Alike { id, name, place, birth }| {
        let words = move || match place.is_empty() {
            true => w::like(&name),
            false => w::like_place(&name, &place),
        };
        let born = birth.map(|birth| format!(" ({})", birth.year()));
        view! { <a class="as-written" href=about.of_someone(id).href()>{words} {born}</a> }
    });
    let same = like.map(|alike| {
        view! { <Answer line=line answer=Some(Some(alike.id)) answers=answers words=w::same /> }
    });
    let other = if same.is_some() { w::other } else { w::take_in };
    view! {
        <li>
            <span class="who">{move || i::line(line)}</span>
            <span class="why" id=legend.clone()>{name} " · " {move || why_words(&why)}</span>
            {someone}
            <span class="as-written acts" role="group" aria-labelledby=legend>
                {same}
                <Answer line=line answer=Some(None) answers=answers words=other />
                <Answer line=line answer=None answers=answers words=w::leave />
            </span>
        </li>
    }
}

/// One thing to say of a line.
#[component]
fn Answer(line: u32, answer: Option<Option<PersonId>>, answers: Answers, words: crate::words::Word) -> impl IntoView {
    let is_said = move || answers.with(|answers| answers.get(&line).copied() == answer);
    let say = move |_| {
        answers.update(|answers| {
            match answer {
                Some(same) => answers.insert(line, same),
                None => answers.remove(&line),
            };
        });
    };
    view! {
        <button type="button" aria-pressed=move || is_said().to_string() on:click=say>
            {words}
        </button>
    }
}
