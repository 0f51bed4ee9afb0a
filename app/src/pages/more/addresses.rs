//! The addresses of communes: those kept, and a file to take in; commune by commune, and agreed to before anything is
//! written.

use std::collections::BTreeSet;

use leptos::prelude::*;
use maillon_shared::api::addresses::{
    AddressFile, AddressesAnswer, AddressesImported, AddressesQuestion, AddressesWrite, CommuneOfFile, ImportedCommune,
    KeptCommune, RefusedLines,
};
use maillon_shared::api::errors::FileProblem;
use maillon_shared::api::{Failure, Request};
use maillon_shared::text::fold::fold;
use wasm_bindgen_futures::spawn_local;

use crate::door::answer;
use crate::routes::Route;
use crate::session::write_soon;
use crate::ui::{
    Back, Choice, ErrorSummary, FORM, FailureNote, Problem, SaveBar, Text, TextField, Ticks, Title, load, when_loaded,
};
use crate::words::{addresses as w, import as i, more};
use crate::{browser, when};

/// How many communes of a file are shown at once: a département has hundreds.
const SHOWN: usize = 24;

/// How far one is.
#[derive(Clone)]
enum Step {
    /// What is kept, and a file to choose.
    Kept,
    /// Whose addresses are to be kept.
    Confirm(StoredValue<Vec<u8>>, Box<AddressFile>),
    /// They are in.
    Done(Box<AddressesImported>),
}

/// The addresses of communes.
#[component]
pub fn AddressesPage() -> impl IntoView {
    let step = RwSignal::new(Step::Kept);
    view! {
        <Back to=Route::More label=more::title />
        <Title>{w::title}</Title>
        {move || match step.get() {
            Step::Kept => view! { <Kept step=step /> }.into_any(),
            Step::Confirm(file, looked) => view! { <Confirm step=step file=file looked=*looked /> }.into_any(),
            Step::Done(report) => view! { <Report step=step report=*report /> }.into_any(),
        }}
    }
}

async fn ask(question: AddressesQuestion) -> Result<AddressesAnswer, Failure> {
    answer!(Request::ReadAddresses(Box::new(question)), Addresses(answer) => *answer)
}

#[component]
fn Kept(step: RwSignal<Step>) -> impl IntoView {
    let loaded = load(|| async {
        match ask(AddressesQuestion::Kept).await? {
            AddressesAnswer::Kept(communes) => Ok(communes),
            _ => Err(Failure::NotUnderstood),
        }
    });
    view! {
        <p>{w::lead}</p>
        {when_loaded(loaded, |communes| {
            view! {
                <p class="empty" hidden=move || communes.with(|communes| !communes.is_empty())>{w::none_kept}</p>
                <ul class="rows">{move || communes.get().into_iter().map(row).collect_view()}</ul>
            }
        })}
        <Choose step=step />
    }
}

fn row(commune: KeptCommune) -> impl IntoView {
    let KeptCommune { code, name, addresses, ways, without_point, imported_on } = commune;
    let named = name.clone();
    let remove = move |_| write_soon(Request::WriteAddresses(Box::new(AddressesWrite::Remove(code.clone()))));
    let without = move || (without_point > 0).then(|| format!(" · {}", w::without_point(without_point)));
    view! {
        <li>
            <span class="row-head">
                <span class="who">{name}</span>
                <span class="when">{move || w::imported_on(when::whole_date(imported_on))}</span>
            </span>
            <span class="why">
                {move || w::so_many(addresses)} " · " {move || w::ways(ways)} {without}
            </span>
            <span class="acts">
                <button type="button" class="quiet" on:click=remove>
                    {w::remove}
                    <span class="unseen">" "{named}</span>
                </button>
            </span>
        </li>
    }
}

#[component]
fn Choose(step: RwSignal<Step>) -> impl IntoView {
    let reading = RwSignal::new(false);
    let failure = RwSignal::new(None::<Failure>);
    let read = move |input: web_sys::HtmlInputElement| {
        reading.set(true);
        failure.set(None);
        spawn_local(async move {
            let looked = match browser::chosen_file(&input).await {
                Some(file) => match ask(AddressesQuestion::Look(file.clone())).await {
                    Ok(AddressesAnswer::Look(looked)) => Ok((file, looked)),
                    Ok(_) => Err(Failure::NotUnderstood),
                    Err(why) => Err(why),
                },
                None => Err(Failure::UnreadableFile(FileProblem::Empty)),
            };
            // Chosen again, the same file is read again.
            input.set_value("");
            reading.try_set(false);
            match looked {
                Ok((file, looked)) => {
                    step.try_set(Step::Confirm(StoredValue::new(file), Box::new(looked)));
                }
                Err(why) => {
                    failure.try_set(Some(why));
                }
            }
        });
    };
    view! {
        <section class="import-choose" aria-labelledby="take-in">
            <h2 id="take-in">{w::take_in}</h2>
            <p class="detail">{w::where_from}</p>
            <FailureNote failure=failure />
            <div class="field">
                <label for="file">{w::file}</label>
                <input id="file" type="file" accept=".csv,.gz,.txt" on:change:target=move |event| read(event.target()) />
            </div>
            <p role="status">{move || reading.get().then(w::reading)}</p>
            <p class="detail">{i::safe}</p>
        </section>
    }
}

#[component]
fn Confirm(step: RwSignal<Step>, file: StoredValue<Vec<u8>>, looked: AddressFile) -> impl IntoView {
    let proposed = looked.communes.iter().filter(|one| one.proposed).map(|one| one.code.clone());
    let chosen = RwSignal::new(proposed.collect::<BTreeSet<String>>());
    let sought = RwSignal::new(String::new());
    let (problems, failure, busy) =
        (RwSignal::new(Vec::<Problem>::new()), RwSignal::new(None::<Failure>), RwSignal::new(false));
    let (lines, many) = (looked.lines, looked.communes.len() > SHOWN);
    let communes_count = looked.communes.len() as u32;
    let communes = StoredValue::new(looked.communes);
    let shown = move || {
        let (sought, chosen) = (fold(&sought.get()), chosen.get());
        let fits = |one: &&CommuneOfFile| {
            chosen.contains(&one.code) || fold(&one.name).contains(&sought) || one.code.starts_with(&sought)
        };
        communes.with_value(|communes| {
            let (held, others): (Vec<_>, Vec<_>) =
                communes.iter().filter(fits).cloned().partition(|one| chosen.contains(&one.code));
            held.into_iter().chain(others.into_iter().take(SHOWN)).collect::<Vec<_>>()
        })
    };
    let choices = Signal::derive(move || {
        let choice = |one: CommuneOfFile| Choice::new(one.code, w::commune_lines(one.name, one.lines));
        shown().into_iter().map(choice).collect::<Vec<_>>()
    });
    let toggle = Callback::new(move |code: String| {
        chosen.update(|chosen| {
            if !chosen.remove(&code) {
                chosen.insert(code);
            }
        });
    });
    let import = move || {
        if busy.get_untracked() {
            return;
        }
        if chosen.with_untracked(BTreeSet::is_empty) {
            problems.set(vec![Problem { field: "communes".into(), words: w::needs_commune().into() }]);
            return;
        }
        problems.set(Vec::new());
        failure.set(None);
        busy.set(true);
        let communes = chosen.get_untracked().into_iter().collect();
        let write = AddressesWrite::Import { file: file.get_value(), communes };
        spawn_local(async move {
            let asked = Request::WriteAddresses(Box::new(write));
            match answer!(asked, Addresses(answer) => *answer) {
                Ok(AddressesAnswer::Imported(report)) => {
                    step.try_set(Step::Done(Box::new(report)));
                }
                Ok(_) => {
                    failure.try_set(Some(Failure::NotUnderstood));
                }
                Err(why) => {
                    failure.try_set(Some(why));
                }
            }
            busy.try_set(false);
        });
    };
    view! {
        <form
            novalidate=true
            id=FORM
            on:submit=move |event| {
                event.prevent_default();
                import();
            }
        >
            <div class="import-file">
                <p>
                    <strong>
                        {move || w::lines(lines)} " · " {move || w::communes(communes_count)}
                    </strong>
                </p>
                <button type="button" class="quiet" on:click=move |_| step.set(Step::Kept)>{i::other_file}</button>
            </div>
            <ErrorSummary problems=problems />
            <FailureNote failure=failure retry=Callback::new(move |()| import()) />
            <Show when=move || many>
                <TextField id="find-commune" label=w::find_commune optional=true text=Text::of(sought) />
            </Show>
            <Ticks
                name="communes"
                legend=w::which
                hint=w::which_hint
                choices=choices
                ticked=chosen
                toggle=toggle
            />
            <Refused refused=looked.refused />
            <p role="status">{move || busy.get().then(w::taking)}</p>
            <SaveBar label=w::confirm busy=busy />
        </form>
    }
}

#[component]
fn Report(step: RwSignal<Step>, report: AddressesImported) -> impl IntoView {
    let AddressesImported { act, communes, elsewhere, again, refused } = report;
    let undone = RwSignal::new(false);
    let failure = RwSignal::new(None::<Failure>);
    let undo = act.map(|act| {
        let undo = move |_| {
            spawn_local(async move {
                match answer!(Request::Undo(act), Saved(_) => ()) {
                    Ok(()) | Err(Failure::AlreadyUndone) => {
                        undone.try_set(true);
                    }
                    Err(why) => {
                        failure.try_set(Some(why));
                    }
                }
            });
        };
        view! { <button type="button" hidden=move || undone.get() on:click=undo>{i::undo}</button> }
    });
    let commune = |one: ImportedCommune| {
        let ImportedCommune { name, addresses, new, gone, without_point, .. } = one;
        let told = move || {
            let said = [
                Some(w::so_many(addresses)),
                (new > 0).then(|| w::new(new)),
                (gone > 0).then(|| w::gone(gone)),
                (without_point > 0).then(|| w::without_point(without_point)),
            ];
            said.into_iter().flatten().collect::<Vec<_>>().join(" · ")
        };
        view! {
            <li>
                <span class="row-head"><span class="who">{name}</span></span>
                <span class="why">{told}</span>
            </li>
        }
    };
    view! {
        <div class="import-report">
            <p role="status" class="state-note" hidden=move || !undone.get()>{w::undone}</p>
            <p role="status" hidden=act.is_some()>{w::nothing_new}</p>
            <div hidden=move || undone.get()>
                <ul class="rows">{communes.into_iter().map(commune).collect_view()}</ul>
                <p class="detail" hidden=elsewhere == 0>{move || w::elsewhere(elsewhere)}</p>
                <p class="detail" hidden=again == 0>{move || w::again(again)}</p>
                <Refused refused=refused />
            </div>
            <FailureNote failure=failure />
            <div class="acts">
                <button type="button" class="main" on:click=move |_| step.set(Step::Kept)>{w::see}</button>
                {undo}
            </div>
        </div>
    }
}

/// The lines refused, each reason with how many and the first of them.
#[component]
fn Refused(refused: Vec<RefusedLines>) -> impl IntoView {
    let count: u32 = refused.iter().map(|one| one.count).sum();
    let line = |RefusedLines { why, count, first }: RefusedLines| {
        view! { <li>{move || w::refused_why(count, first, why_words(&why))}</li> }
    };
    (count > 0).then(|| {
        view! {
            <section aria-labelledby="refused">
                <h2 id="refused">{i::refused_title} <span class="count">{count}</span></h2>
                <ul>{refused.into_iter().map(line).collect_view()}</ul>
            </section>
        }
    })
}

fn why_words(code: &str) -> String {
    match code {
        "unreadable" => w::why_unreadable().to_owned(),
        "cells" => w::why_cells().to_owned(),
        "no_commune" => w::why_no_commune().to_owned(),
        "no_way" => w::why_no_way().to_owned(),
        "odd_number" => w::why_odd_number().to_owned(),
        other => other.to_owned(),
    }
}
