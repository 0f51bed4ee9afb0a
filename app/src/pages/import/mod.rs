//! A file taken into the directory or among the people: chosen, looked at, agreed to, and every line of it accounted
//! for.
//!
//! Nothing is written before one agrees, and all that was written is undone in one gesture.

mod about;
mod why;

mod columns;
mod look;
mod report;

mod of_collective;

use leptos::prelude::*;
use maillon_shared::api::collective::{CollectiveAnswer, CollectiveRead, CollectiveWrite};
use maillon_shared::api::errors::FileProblem;
use maillon_shared::api::loading::{Load, LoadInto};
use maillon_shared::api::requests::{Import, ImportTarget, LineAnswer};
use maillon_shared::api::responses::{ImportPreview, ImportReport};
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::ids::ActId;
use wasm_bindgen_futures::spawn_local;

use crate::browser;
use crate::door::answer;
use crate::session::session;
use crate::ui::{Back, ErrorSummary, FORM, FailureNote, Problem, SaveBar, Title};
use crate::words::import as w;

pub use about::LoadingOf;
use about::{About, Takes, about, about_load};
use columns::Columns;
pub use of_collective::{LoadEventsPage, LoadPrioritiesPage};
use report::Report;

/// How far one is.
#[derive(Clone)]
enum Step {
    /// A file is to be chosen.
    Choose,
    /// What it holds is to be agreed to.
    Confirm(StoredValue<Vec<u8>>, Box<ImportPreview>),
    /// It is in.
    Done(Box<Done>),
}

/// A file that is in, and how it was taken.
#[derive(Clone)]
struct Done {
    file: StoredValue<Vec<u8>>,
    columns: Vec<Option<String>>,
    /// What one said of lines that were to be looked at.
    answers: Vec<LineAnswer>,
    /// What came of it, the last time.
    report: ImportReport,
    /// What it wrote, each time: all of it is undone together.
    acts: Vec<ActId>,
}

/// Takes a file in: the first time, or once more with what one said of its lines.
async fn take_in(into: Takes, before: Done) -> Result<Done, Failure> {
    let Done { file, columns, answers, mut acts, .. } = before;
    // Without the list, communes are kept as they are written.
    let communes = browser::communes().await.unwrap_or_default();
    let (bytes, said) = (file.get_value(), columns.clone());
    let asked = match into {
        Takes::Import(into) => {
            Request::Import(Box::new(Import { into, file: bytes, columns: said, communes, answers: answers.clone() }))
        }
        Takes::Load(into, _) => {
            let load = Load { into: into.get_value(), file: bytes, columns: said, communes };
            Request::WriteCollective(Box::new(CollectiveWrite::Load(Box::new(load))))
        }
    };
    let done = answer!(asked, Imported(report) => *report);
    session().progress.set(None);
    let report = done?;
    acts.extend(report.act);
    Ok(Done { file, columns, answers, report, acts })
}

/// What a file seems to hold.
async fn look_at(into: Takes, file: Vec<u8>) -> Result<Box<ImportPreview>, Failure> {
    match into {
        Takes::Import(into) => answer!(Request::PreviewImport { into, file }, Preview(preview) => preview),
        Takes::Load(into, _) => {
            let asked = Request::ReadCollective(CollectiveRead::Table { into: into.get_value(), file });
            match answer!(asked, Collective(answer) => *answer)? {
                CollectiveAnswer::Table(preview) => Ok(preview),
                _ => Err(Failure::NotUnderstood),
            }
        }
    }
}

/// A file taken in.
#[component]
pub fn ImportPage(into: ImportTarget) -> impl IntoView {
    taken_in(about(into))
}

/// A table of a collective taken in.
#[component]
pub fn LoadPage(into: LoadInto, of: LoadingOf) -> impl IntoView {
    taken_in(about_load(into, of))
}

fn taken_in(about: About) -> impl IntoView {
    let step = RwSignal::new(Step::Choose);
    view! {
        <Back to=about.home() label=about.back />
        {move || match step.get() {
            Step::Choose => view! { <Choose step=step about=about /> }.into_any(),
            Step::Confirm(file, preview) => {
                view! { <Confirm step=step about=about file=file preview=*preview /> }.into_any()
            }
            Step::Done(done) => view! { <Report step=step about=about done=*done /> }.into_any(),
        }}
    }
}

#[component]
fn Choose(step: RwSignal<Step>, about: About) -> impl IntoView {
    let into = about.into;
    let reading = RwSignal::new(false);
    let failure = RwSignal::new(None::<Failure>);
    let read = move |input: web_sys::HtmlInputElement| {
        reading.set(true);
        failure.set(None);
        spawn_local(async move {
            let looked = match browser::chosen_file(&input).await {
                Some(file) => look_at(into, file.clone()).await.map(|preview| (file, preview)),
                None => Err(Failure::UnreadableFile(FileProblem::Empty)),
            };
            // Chosen again, the same file is read again.
            input.set_value("");
            reading.try_set(false);
            match looked {
                Ok((file, preview)) => {
                    step.try_set(Step::Confirm(StoredValue::new(file), preview));
                }
                Err(why) => {
                    failure.try_set(Some(why));
                }
            }
        });
    };
    view! {
        <Title>{about.title}</Title>
        <div class="import-choose">
            <p>{about.lead}</p>
            <p class="detail">{w::from_spreadsheet}</p>
            <FailureNote failure=failure />
            <div class="field">
                <label for="file">{w::file}</label>
                <input
                    id="file"
                    type="file"
                    accept=about.accept
                    on:change:target=move |event| read(event.target())
                />
            </div>
            <p role="status">{move || reading.get().then(w::reading)}</p>
            <p class="detail">{w::safe}</p>
        </div>
    }
}

#[component]
fn Confirm(step: RwSignal<Step>, about: About, file: StoredValue<Vec<u8>>, preview: ImportPreview) -> impl IntoView {
    let chosen = RwSignal::new(preview.columns.iter().map(|column| column.field.clone()).collect::<Vec<_>>());
    let problems = RwSignal::new(Vec::<Problem>::new());
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    let is_table = !preview.columns.is_empty();
    let import = move || {
        if busy.get_untracked() {
            return;
        }
        if let Some(needs) = chosen.with_untracked(|chosen| about.needs(chosen)).filter(|_| is_table) {
            problems.set(vec![Problem { field: columns::id(0), words: needs().into() }]);
            return;
        }
        problems.set(Vec::new());
        failure.set(None);
        busy.set(true);
        let columns = chosen.get_untracked();
        let first = Done { file, columns, answers: Vec::new(), report: ImportReport::default(), acts: Vec::new() };
        spawn_local(async move {
            match take_in(about.into, first).await {
                Ok(done) => {
                    step.try_set(Step::Done(Box::new(done)));
                }
                Err(why) => {
                    busy.try_set(false);
                    failure.try_set(Some(why));
                }
            }
        });
    };
    let lines = preview.lines;
    let (encoding, separator) = (preview.encoding.clone(), preview.separator.clone());
    let described = move || match is_table {
        true if separator.is_empty() => [w::lines(lines), spreadsheet_words(&encoding).to_owned()].join(" · "),
        true => [w::lines(lines), w::separated(separator_words(&separator)), w::encoding(encoding_words(&encoding))]
            .join(" · "),
        false if encoding == INCLUSION => [w::items(lines), w::inclusion().to_owned()].join(" · "),
        false => [w::people(lines), w::cards().to_owned()].join(" · "),
    };
    let holds = if is_table {
        view! { <Columns preview=preview chosen=chosen /> }.into_any()
    } else {
        let names = preview.sample.into_iter().flatten().map(|name| view! { <li><span class="who">{name}</span></li> });
        view! {
            <section class="first-cards" aria-labelledby="first-ones">
                <h2 id="first-ones">{w::first_ones}</h2>
                <ul>{names.collect_view()}</ul>
            </section>
        }
        .into_any()
    };
    view! {
        <Title>{about.title}</Title>
        <form
            novalidate=true
            id=FORM
            class="import-confirm"
            on:submit=move |event| {
                event.prevent_default();
                import();
            }
        >
            <div class="import-file">
                <p><strong>{described}</strong></p>
                <button type="button" class="quiet" on:click=move |_| step.set(Step::Choose)>{w::other_file}</button>
            </div>
            <ErrorSummary problems=problems />
            <FailureNote failure=failure retry=Callback::new(move |()| import()) />
            {holds}
            <p class="detail">{w::safe}</p>
            <Progress busy=busy />
            <SaveBar label=w::confirm busy=busy />
        </form>
    }
}

/// How far a long import is.
#[component]
fn Progress(busy: RwSignal<bool>) -> impl IntoView {
    let progress = session().progress;
    view! {
        <div class="import-progress" hidden=move || !busy.get()>
            <label for="progress">{w::importing}</label>
            <progress
                id="progress"
                max=move || progress.get().map(|(_, total)| total.to_string())
                value=move || progress.get().map(|(done, _)| done.to_string())
            ></progress>
            <span class="detail">{move || progress.get().map(|(done, total)| w::progress(done, total))}</span>
        </div>
    }
}

fn separator_words(separator: &str) -> &str {
    match separator {
        ";" => w::semicolon(),
        "," => w::comma(),
        "\t" => w::tab(),
        "|" => w::bar(),
        other => other,
    }
}

fn spreadsheet_words(code: &str) -> &str {
    match code {
        "ods" => w::ods(),
        "xlsx" => w::xlsx(),
        other => other,
    }
}

/// The code of a file of structures and services.
const INCLUSION: &str = "data-inclusion";

/// The name that programs give it, in capitals as they write it.
fn encoding_words(code: &str) -> String {
    match code {
        "windows-1252" => "Windows-1252".to_owned(),
        other => other.to_uppercase(),
    }
}
