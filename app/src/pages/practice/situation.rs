//! One fictional situation: what is left to do before it leaves, and, once it may, the paper.

use leptos::prelude::*;
use maillon_shared::api::collective::{CollectiveAnswer, CollectiveRead, CollectiveWrite, SituationFile};
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::clues::WrittenFor;
use maillon_shared::domain::ids::SituationId;
use maillon_shared::domain::situation::{NotYet, PaperQuestion, SituationChange, SituationField, SituationPaper};
use wasm_bindgen_futures::spawn_local;

use super::ask;
use crate::routes::{PracticeRoute, Route};
use crate::session::{write, write_soon};
use crate::ui::{
    Back, ClueList, Conflicts, FailureNote, FieldsHistory, OnPaper, Paper, PrintButton, Text, TextField, Title, load,
    when_loaded,
};
use crate::words::{in_a_row, practice as w};
use crate::{browser, when};

/// One situation.
#[component]
pub fn SituationPage(id: SituationId) -> impl IntoView {
    let loaded = load(move || async move {
        match ask(CollectiveRead::Situation(id)).await? {
            CollectiveAnswer::Situation(file) => Ok(*file),
            _ => Err(Failure::NotUnderstood),
        }
    });
    view! {
        <Back to=Route::Practice(PracticeRoute::Situations) label=w::situations />
        {when_loaded(loaded, move |file| view! { <File file=file id=id /> })}
    }
}

#[component]
fn File(file: RwSignal<SituationFile>, id: SituationId) -> impl IntoView {
    let paper = Memo::new(move |_| file.with(|file| file.paper.clone()));
    let withdrawn = Memo::new(move |_| file.with(|file| file.situation.withdrawn));
    let clues = Signal::derive(move || {
        file.with(|file| {
            let texts = file.situation.texts();
            let text = |index: u16| texts.get(usize::from(index)).map(|text| (*text).to_owned()).unwrap_or_default();
            file.clues.iter().map(|clue| (clue.clone(), text(clue.text))).collect::<Vec<_>>()
        })
    });
    let withdraw = move |withdrawn: bool| write_soon(edit(id, SituationChange::Withdrawn(withdrawn)));
    view! {
        <article class="situation" class:may-leave=move || paper.with(Result::is_ok)>
            <div class="heading unprinted">
                <div>
                    <Title>{move || file.with(|file| file.situation.title.clone())}</Title>
                    <p class="detail">{move || file.with(told)}</p>
                </div>
                <a class="button" href=Route::Practice(PracticeRoute::EditSituation(id)).href()>{w::change}</a>
            </div>
            <p class="state-note unprinted" hidden=move || !withdrawn.get()>
                {w::is_withdrawn} " " <button type="button" on:click=move |_| withdraw(false)>{w::take_up}</button>
            </p>
            <Conflicts
                conflicts=Signal::derive(move || file.with(|file| file.conflicts.clone()))
                name=field_words
                value=value_words
                keep=move |path: &str, value: &str| {
                    let field = SituationField::from_code(path)?;
                    Some(edit(id, SituationChange::Text(field, value.to_owned())))
                }
                edit=Route::Practice(PracticeRoute::EditSituation(id))
            />
            {move || match paper.get() {
                Ok(paper) => printable(paper).into_any(),
                Err(why) => {
                    view! {
                        <p class="state-note">{not_yet(why)}</p>
                        <p class="prose">{file.with(|file| file.situation.story.clone())}</p>
                    }
                        .into_any()
                }
            }}
            <ClueList clues=clues written_for=WrittenFor::Situation />
            <Show when=move || !matches!(paper.get(), Ok(_) | Err(NotYet::Empty | NotYet::Clues(_)))>
                <Reading file=file id=id />
            </Show>
            {move || file.with(answers)}
            <div class="unprinted">
                <p class="acts">
                    <button type="button" class="quiet" hidden=move || withdrawn.get() on:click=move |_| withdraw(true)>
                        {w::situation_withdraw}
                    </button>
                </p>
                <FieldsHistory of=id.into() name=field_words value=value_words />
            </div>
        </article>
    }
}

fn edit(id: SituationId, change: SituationChange) -> Request {
    let write = CollectiveWrite::EditSituation { id, changes: vec![change], draft: None };
    Request::WriteCollective(Box::new(write))
}

fn told(file: &SituationFile) -> String {
    let situation = &file.situation;
    let lunch = situation.lunch_on.map(|day| w::lunch_of(when::day(day, browser::today()))).unwrap_or_default();
    let read = match &situation.reading {
        Some(reading) if situation.is_read() => {
            w::read_by(reading.reader.clone(), when::day(reading.day, browser::today()))
        }
        _ => w::not_read().to_owned(),
    };
    in_a_row([lunch, read])
}

fn not_yet(why: NotYet) -> String {
    match why {
        NotYet::Empty => w::not_yet_empty().to_owned(),
        NotYet::Clues(many) => w::not_yet_clues(many),
        NotYet::NotRead => w::not_yet_read().to_owned(),
        NotYet::WrittenSince => w::not_yet_again().to_owned(),
    }
}

/// Only a situation that may leave has this: the paper, and the button that prints it.
fn printable(paper: SituationPaper) -> impl IntoView {
    let question = |question: &PaperQuestion| {
        let who = question.who.join(", ");
        view! {
            <li>
                {question.asks.clone()}
                {(!who.is_empty()).then(|| view! { <span class="detail">" — "{who}</span> })}
            </li>
        }
    };
    let questions = paper.questions().iter().map(question).collect::<Vec<_>>();
    let none = questions.is_empty();
    view! {
        <section class="situation-paper">
            <p class="print-only paper-title">{paper.title().to_owned()}</p>
            <OnPaper paper=Paper::SpeaksForItself />
            <p class="prose">{paper.story().to_owned()}</p>
            <ol hidden=none>{questions}</ol>
            <p class="detail">{w::fictional}</p>
        </section>
        <p class="acts">
            <PrintButton label=w::print class="main" />
        </p>
    }
}

/// The second reading: someone else's name, for the text that is shown.
#[component]
fn Reading(file: RwSignal<SituationFile>, id: SituationId) -> impl IntoView {
    let reader = RwSignal::new(String::new());
    let failure = RwSignal::new(None::<Failure>);
    let read = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let of = file.with_untracked(|file| file.situation.fingerprint());
        let write_it = CollectiveWrite::ReadSituation { id, reader: reader.get_untracked(), of };
        failure.set(None);
        spawn_local(async move {
            if let Err(why) = write(Request::WriteCollective(Box::new(write_it))).await {
                failure.try_set(Some(why));
            }
        });
    };
    view! {
        <form novalidate=true class="card unprinted" on:submit=read>
            <h2>{w::reading}</h2>
            <p>{w::reading_lead}</p>
            <FailureNote failure=failure />
            <TextField id="reader" label=w::reader text=Text::of(reader) />
            <button type="submit">{w::reading_done}</button>
        </form>
    }
}

/// What was answered at the lunch: it stays here.
fn answers(file: &SituationFile) -> Option<impl IntoView + use<>> {
    let situation = &file.situation;
    let question = |asks: String, of: maillon_shared::domain::ids::LineId| {
        let lines: Vec<_> = situation
            .answers
            .iter()
            .filter(|answer| answer.to == of)
            .map(|answer| {
                let named = answer.entry.and_then(|entry| file.names.iter().find(|(id, _)| *id == entry));
                let who = named.map_or_else(|| answer.who.clone(), |(_, name)| name.clone());
                view! {
                    <li class="plain">
                        <span class="who">{who}</span>
                        <span class="why prose">{answer.says.clone()}</span>
                    </li>
                }
            })
            .collect();
        (!lines.is_empty()).then(|| view! { <h3>{asks}</h3> <ul class="rows">{lines}</ul> })
    };
    let all: Vec<_> = situation.questions.iter().filter_map(|line| question(line.asks.clone(), line.id)).collect();
    (!all.is_empty()).then(|| {
        view! {
            <section class="unprinted">
                <h2>{w::answers}</h2>
                {all}
            </section>
        }
    })
}

/// What a field says, by its path and its value as it is written. Ids and fingerprints say nothing to anyone.
fn value_words(path: &str, value: &str) -> String {
    match path.rsplit('.').next().unwrap_or_default() {
        "entry" | "to" | "read_of" | "begun" => w::yes().to_owned(),
        _ => value.to_owned(),
    }
}

/// A field of a situation, by its path in the document.
fn field_words(path: &str) -> String {
    match path.split('.').collect::<Vec<_>>()[..] {
        ["title"] => w::title(),
        ["story"] => w::story(),
        ["pattern"] => w::from_pattern(),
        ["lunch_on"] => w::lunch(),
        ["reader"] => w::reader(),
        ["read_on" | "read_of", ..] => w::reading(),
        ["begun"] => w::situation_new(),
        ["withdrawn"] => w::situation_withdraw(),
        ["questions", ..] => w::question(),
        ["answers", _, "who" | "entry"] => w::answer_who(),
        ["answers", ..] => w::answer(),
        _ => return path.to_owned(),
    }
    .to_owned()
}
