//! Where nobody is known to do what is asked, where someone may, and where several do the same for the same people.

use std::collections::BTreeMap;

use leptos::prelude::*;
use maillon_shared::api::responses::WhoDoesWhat;
use maillon_shared::domain::who_does_what::{Coverage, Question};

use crate::pages::directory::told::topic_words;
use crate::words::{Word, who_does_what as w};

/// What is missing and what is done twice.
#[component]
pub fn Gaps(found: RwSignal<WhoDoesWhat>, question: RwSignal<Question>) -> impl IntoView {
    let told = Memo::new(move |_| found.with(|found| tell(found, &question.get())));
    let part = move |id: &'static str, title: Word, read: fn(&Told) -> &Vec<Line>| {
        let lines = move || told.with(|told| read(told).clone());
        let line = move |Line { topic, places }: Line| {
            let (asked, printed) = (topic.clone(), topic_words(&topic).to_owned());
            let ask = move |_| question.update(|question| question.topic = asked.clone());
            view! {
                <li>
                    <button type="button" class="quiet" on:click=ask>{topic_words(&topic).to_owned()}</button>
                    <strong class="print-only">{printed}</strong>
                    <span class="why">{places}</span>
                </li>
            }
        };
        view! {
            <section aria-labelledby=id hidden=move || lines().is_empty()>
                <h3 id=id>{title}</h3>
                <ul class="gaps">{move || lines().into_iter().map(line).collect_view()}</ul>
            </section>
        }
    };
    let none = move || told.with(|told| told.nobody.is_empty() && told.several.is_empty() && told.perhaps.is_empty());
    view! {
        <section class="coverage" aria-labelledby="coverage">
            <h2 id="coverage">{w::gaps}</h2>
            <p class="detail">{w::gaps_lead}</p>
            <p hidden=move || !none()>{w::no_gap}</p>
            {part("several", w::several_for, |told| &told.several)}
            {part("perhaps", w::perhaps_for, |told| &told.perhaps)}
            {part("nobody", w::nobody_for, |told| &told.nobody)}
        </section>
    }
}

/// A topic and where.
#[derive(Clone, PartialEq, Eq)]
struct Line {
    topic: String,
    places: String,
}

#[derive(Clone, Default, PartialEq, Eq)]
struct Told {
    nobody: Vec<Line>,
    perhaps: Vec<Line>,
    several: Vec<Line>,
}

fn tell(found: &WhoDoesWhat, question: &Question) -> Told {
    let names: BTreeMap<&str, &str> = found.communes.iter().map(|(key, name)| (key.as_str(), name.as_str())).collect();
    let name = |key: &str| (*names.get(key).unwrap_or(&"")).to_owned();
    // Where one commune alone is asked about, it goes without saying.
    let all = if question.commune.is_empty() { found.communes.len() } else { 1 };
    let places = |keys: &[String]| match keys.len() {
        count if count == all && all > 1 => w::everywhere().to_owned(),
        _ => keys.iter().map(|key| name(key)).collect::<Vec<_>>().join(", "),
    };
    let mut told = Told::default();
    for Coverage { topic, nobody, perhaps, several } in &found.coverage {
        let line = |places: String| Line { topic: topic.clone(), places };
        if !nobody.is_empty() {
            told.nobody.push(line(places(nobody)));
        }
        if !perhaps.is_empty() {
            told.perhaps.push(line(places(perhaps)));
        }
        if !several.is_empty() {
            let said = several.iter().map(|(key, count)| w::times(name(key), count)).collect::<Vec<_>>();
            told.several.push(line(said.join(", ")));
        }
    }
    told
}
