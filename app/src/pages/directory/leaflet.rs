//! What inhabitants may read, chosen line by line and printed on one sheet folded in three. Nothing that was written for
//! those who coordinate goes on it.

use std::collections::BTreeSet;

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::responses::PublicLine;
use maillon_shared::domain::ids::LineId;
use maillon_shared::domain::mission::commune_key;
use maillon_shared::domain::settings::Settings;
use maillon_shared::domain::who_does_what::Question;
use maillon_shared::text::phone::Phone;

use super::told::{days_and_hours, publics_words, topic_words};
use crate::door::answer;
use crate::routes::{DirectoryRoute, Route};
use crate::session::session;
use crate::ui::{Back, Choice, Narrow, OnPaper, Paper, PrintButton, Title, load, when_loaded};
use crate::words::{emergency, in_a_row, leaflet as w, who_does_what};
use crate::{browser, when};

/// What there is to print, and the communes to choose from.
type Printable = (Vec<PublicLine>, Vec<(String, String)>);

/// The leaflet.
#[component]
pub fn LeafletPage() -> impl IntoView {
    let own = session().settings.with_untracked(own_commune);
    let commune = RwSignal::new(own);
    let loaded = load(move || {
        let key = commune.get().unwrap_or_default();
        async move {
            let lines = answer!(Request::PublicLines(key), PublicLines(lines) => lines)?;
            let question = Question::default();
            let communes = answer!(Request::WhoDoesWhat(question), WhoDoesWhat(found) => found.communes)?;
            Ok((lines, communes))
        }
    });
    view! {
        <Back to=Route::Directory(DirectoryRoute::WhoDoesWhat) label=w::back />
        <div class="unprinted">
            <Title>{w::title}</Title>
            <p class="detail">{w::lead}</p>
        </div>
        {when_loaded(loaded, move |found| view! { <Choose found=found commune=commune /> })}
    }
}

fn own_commune(settings: &Settings) -> Option<String> {
    let key = commune_key(&settings.commune_code, &settings.commune);
    Some(key).filter(|key| !key.is_empty())
}

#[component]
fn Choose(found: RwSignal<Printable>, commune: RwSignal<Option<String>>) -> impl IntoView {
    // What was unticked, so that what is written later is printed too.
    let left_out = RwSignal::new(BTreeSet::<LineId>::new());
    let lines = Memo::new(move |_| found.with(|(lines, _)| in_reading_order(lines)));
    let printed = Memo::new(move |_| {
        let keeps = |line: &PublicLine| left_out.with(|out| !out.contains(&line.mission));
        lines.with(|lines| lines.iter().filter(|line| keeps(line)).cloned().collect::<Vec<_>>())
    });
    let communes = Signal::derive(move || {
        found.with(|(_, communes)| communes.iter().map(|(key, name)| Choice::new(key, name)).collect::<Vec<_>>())
    });
    let name = Memo::new(move |_| {
        let chosen = commune.get().unwrap_or_default();
        found.with(|(_, communes)| communes.iter().find(|(key, _)| *key == chosen).map(|(_, name)| name.clone()))
    });
    let choose = Callback::new(move |chosen| commune.set(chosen));
    let tick = move |line: PublicLine| {
        let (id, kept) = (format!("print-{}", line.mission), line.mission);
        let labels = id.clone();
        let words = w::choice(&line.name, topic_words(&line.topic));
        let tags = [(!line.is_somewhere).then(w::everywhere), line.absent.then(w::absent)];
        let tags = tags.into_iter().flatten().map(|tag| view! { " " <span class="tag late">{tag}</span> });
        view! {
            <li>
                <label class="check" for=labels>
                    <input
                        type="checkbox"
                        id=id
                        prop:checked=move || left_out.with(|out| !out.contains(&kept))
                        on:change:target=move |event| {
                            let is_printed = event.target().checked();
                            left_out.update(|out| {
                                if is_printed { out.remove(&kept) } else { out.insert(kept) };
                            });
                        }
                    />
                    <span>{words} {tags.collect_view()}</span>
                </label>
            </li>
        }
    };
    let none = Memo::new(move |_| lines.with(Vec::is_empty));
    let nothing = move || if commune.with(Option::is_none) { w::nothing() } else { w::nothing_there() };
    view! {
        <div class="unprinted leaflet-choice">
            <Narrow
                id="commune"
                label=w::commune
                any=w::every_commune
                choices=communes
                chosen=commune
                choose=choose
            />
            <div class="empty" hidden=move || !none.get()>
                <p>{nothing}</p>
                <a class="button" href=Route::Directory(DirectoryRoute::List).href()>{who_does_what::open_directory}</a>
            </div>
            <fieldset class="choice" hidden=move || none.get()>
                <legend>{w::choose}</legend>
                <ul>{move || lines.get().into_iter().map(tick).collect_view()}</ul>
            </fieldset>
            <PrintButton label=w::print class="main" hidden=none />
        </div>
        <Show when=move || !none.get()>
            <OnPaper paper=Paper::SpeaksForItself />
            <Leaflet lines=printed commune=name />
        </Show>
    }
}

/// Topics as they are called, then names as they came.
fn in_reading_order(lines: &[PublicLine]) -> Vec<PublicLine> {
    let mut lines = lines.to_vec();
    lines.sort_by_cached_key(|line| maillon_shared::text::sort::sort_key(topic_words(&line.topic)));
    lines
}

#[component]
fn Leaflet(lines: Memo<Vec<PublicLine>>, commune: Memo<Option<String>>) -> impl IntoView {
    let title = move || commune.get().map_or_else(|| w::cover().to_owned(), w::cover_in);
    let topics = move || {
        let mut topics: Vec<(String, Vec<PublicLine>)> = Vec::new();
        for line in lines.get() {
            match topics.last_mut().filter(|(topic, _)| *topic == line.topic) {
                Some((_, same)) => same.push(line),
                None => topics.push((line.topic.clone(), vec![line])),
            }
        }
        topics.into_iter().map(topic).collect_view()
    };
    view! {
        <article class="leaflet">
            <section class="cover">
                <h2>{title}</h2>
                <Coordinator />
                <h3>{w::emergency}</h3>
                <ul class="numbers-printed">
                    <li><strong>"15"</strong> " " {emergency::samu}</li>
                    <li><strong>"18"</strong> " " {emergency::firefighters}</li>
                    <li><strong>"17"</strong> " " {emergency::police}</li>
                    <li><strong>"112"</strong> " " {emergency::europe}</li>
                    <li><strong>"114"</strong> " " {emergency::deaf}</li>
                    <li><strong>"3114"</strong> " " {emergency::suicide}</li>
                    <li><strong>"3919"</strong> " " {emergency::women}</li>
                    <li><strong>"119"</strong> " " {emergency::children}</li>
                    <li><strong>"3977"</strong> " " {emergency::elders}</li>
                </ul>
                <p class="detail">{move || w::as_of(when::whole_date(browser::today()))}</p>
            </section>
            {topics}
        </article>
    }
}

/// Who to ask first: the notebook's own card.
#[component]
fn Coordinator() -> impl IntoView {
    let card = session().settings.get_untracked();
    let phone = Phone::parse(&card.card_phone).show();
    let lines = [in_a_row([card.coordinator.as_str(), card.title.as_str()]), phone, card.card_hours, card.card_place];
    let lines = lines.into_iter().filter(|line| !line.trim().is_empty());
    view! { <div class="coordinator">{lines.map(|line| view! { <p>{line}</p> }).collect_view()}</div> }
}

fn topic((topic, lines): (String, Vec<PublicLine>)) -> impl IntoView {
    let line = |line: PublicLine| {
        let publics = if line.publics.is_empty() { String::new() } else { publics_words(line.publics.iter()) };
        let said = [
            line.what.trim().to_owned(),
            publics,
            days_and_hours(&line.days, &line.hours),
            line.access.trim().to_owned(),
            line.place.clone(),
            line.website.clone(),
        ];
        let said = said.into_iter().filter(|line| !line.is_empty()).map(|line| view! { <p>{line}</p> });
        let phone = (!line.phone.trim().is_empty()).then(|| {
            view! { <p class="number">{Phone::parse(&line.phone).show()}</p> }
        });
        view! {
            <li>
                <p class="name">{line.name}</p>
                {phone}
                {said.collect_view()}
            </li>
        }
    };
    view! {
        <section>
            <h3>{topic_words(&topic).to_owned()}</h3>
            <ul>{lines.into_iter().map(line).collect_view()}</ul>
        </section>
    }
}
