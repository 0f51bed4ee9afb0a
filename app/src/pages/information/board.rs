//! The noticeboard's sheet of a month: what is on it and in which order, what could be, what is said at its top; looked through for
//! whoever is known here before it is printed.

use leptos::prelude::*;
use maillon_shared::api::information::{BOARD_NOTE_DRAFT, BoardFile, BoardLine, BoardWhat, InformationWrite};
use maillon_shared::api::requests::DraftKey;
use maillon_shared::domain::board::BoardChange;
use maillon_shared::domain::ids::DocId;
use maillon_shared::domain::information::days_of;
use maillon_shared::domain::summary::period::{Level, Month, Period};

use super::ask_board;
use super::looked::Looked;
use super::typed::fields_with;
use super::words::{audience_words, month_words, write};
use crate::pages::typed::{Typed, lay, text};
use crate::routes::{EventRoute, InformationRoute, Route};
use crate::session::write_soon;
use crate::ui::{
    Back, FormFrame, OnPaper, Opened, Paper, PrintButton, Reorder, Save, StepButtons, TextArea, Title, load, load_once,
    when_loaded,
};
use crate::words::{form as f, in_a_row, information as w, rounds};
use crate::{browser, drafts, when};

/// The name of the only field of the note's form that is seen.
const NOTE: &str = "note";
/// The name of the note as it stood when one began to write over it. A draft keeps it: what came since was not read.
const READ: &str = "read";

/// The sheet of a month.
#[component]
pub fn BoardPage(month: Period) -> impl IntoView {
    let loaded = load(move || ask_board(month));
    view! {
        <Back to=Route::Information(InformationRoute::List) label=w::title />
        {when_loaded(loaded, move |file| view! { <Sheet file=file month=month /> })}
    }
}

/// The month before, and the month after.
fn neighbours(month: Period) -> [Option<Period>; 2] {
    let around = |month: Month| Period::around(month, Level::Month);
    let before = days_of(month).and_then(|(first, _)| first.pred_opt()).map(|day| around(Month::of(day)));
    [before, Some(around(month.last().next()))]
}

#[component]
fn Sheet(file: RwSignal<BoardFile>, month: Period) -> impl IntoView {
    let clues = Signal::derive(move || file.with(|file| file.clues.clone()));
    let looked = Looked::at(clues);
    let may_print = looked.may_print;
    let is_empty = Memo::new(move |_| file.with(|file| file.on.is_empty() && file.note.trim().is_empty()));
    let no_note = Memo::new(move |_| file.with(|file| file.note.trim().is_empty()));
    let note_act = move || if no_note.get() { w::note_add() } else { w::note_edit() };
    let beside = neighbours(month).into_iter().flatten().map(|month| {
        let href = Route::Information(InformationRoute::Board(month)).href();
        view! { <a class="button" href=href>{move || when::capital(month_words(month))}</a> }
    });
    view! {
        <article class="board">
            <Title>{move || w::board_of(month_words(month))}</Title>
            <Show when=move || may_print.get()>
                <OnPaper paper=Paper::NamesNobody />
            </Show>
            <p class="acts">{beside.collect_view()}</p>
            <p class="detail unprinted">{w::board_lead}</p>
            <div class="unprinted">
                {looked.told(w::board_stops)}
                <p class="detail" role="status" hidden=move || is_empty.get() || clues.with(|clues| !clues.is_empty())>
                    {w::names_nobody_found}
                </p>
                <p class="state-note" hidden=move || file.with(|file| file.holds_on_a_page)>
                    {w::more_than_a_page}
                </p>
                <p class="acts">
                    <a class="button" href=Route::Information(InformationRoute::BoardNote(month)).href()>
                        {note_act}
                    </a>
                    <Show when=move || may_print.get() && !is_empty.get()>
                        <PrintButton label=w::board_print class="main" />
                    </Show>
                </p>
            </div>
            <p class="empty unprinted" hidden=move || !is_empty.get()>
                {w::board_empty}
            </p>
            <div class:unprinted=move || !may_print.get()>
                <p class="prose board-note" hidden=move || no_note.get()>
                    {move || file.with(|file| file.note.trim().to_owned())}
                </p>
                <On file=file month=month />
            </div>
            <Off file=file month=month />
        </article>
    }
}

fn choose(month: Period, changes: Vec<BoardChange>) {
    write_soon(write(InformationWrite::Board { month, changes }));
}

/// What is on the sheet, as it is printed, with what puts it elsewhere.
#[component]
fn On(file: RwSignal<BoardFile>, month: Period) -> impl IntoView {
    let said = RwSignal::new(String::new());
    let order =
        Memo::new(move |_| file.with(|file| file.on.iter().map(|line| line.id.to_string()).collect::<Vec<_>>()));
    let put = Callback::new(move |(moved, before): (String, Option<String>)| {
        let mut keys = order.get_untracked();
        keys.retain(|key| *key != moved);
        let at = before.and_then(|before| keys.iter().position(|key| *key == before)).unwrap_or(keys.len());
        let of = keys.len() + 1;
        keys.insert(at, moved.clone());
        let places =
            keys.iter().zip(0..).filter_map(|(key, place)| Some(BoardChange::Place(DocId::parse(key)?, place)));
        choose(month, places.collect());
        let title = file.with_untracked(|file| {
            file.on.iter().find(|line| line.id.to_string() == moved).map(|line| line.title.clone()).unwrap_or_default()
        });
        said.set(rounds::placed(title, at + 1, of));
    });
    let rows = Reorder::of(order, put);
    let lines =
        move || file.with(|file| file.on.clone()).into_iter().map(|line| line_on(line, rows, month)).collect_view();
    view! {
        <p class="unseen" role="status">{move || said.get()}</p>
        <ol class="board-lines">{lines}</ol>
    }
}

fn line_on(line: BoardLine, rows: Reorder, month: Period) -> AnyView {
    let told = told(&line);
    let (href, words) = (href_of(&line.what), line.words.trim().to_owned());
    let (key, id, name) = (line.id.to_string(), line.id, line.title.clone());
    let named = name.clone();
    let no_words = words.is_empty();
    view! {
        <li>
            <h2>{line.title}</h2>
            <p class="prose" hidden=no_words>{words}</p>
            <p class="told">{told}</p>
            <p class="acts">
                <StepButtons rows=rows key=key name=name />
                <button type="button" class="quiet" on:click=move |_| choose(month, vec![BoardChange::Put(id, false)])>
                    {w::leave_out} <span class="unseen">" "{named}</span>
                </button>
                <a class="button quiet" href=href>{w::open}</a>
            </p>
        </li>
    }
    .into_any()
}

/// What could be on it.
#[component]
fn Off(file: RwSignal<BoardFile>, month: Period) -> impl IntoView {
    let none = Memo::new(move |_| file.with(|file| file.off.is_empty()));
    let line = move |line: BoardLine| {
        let told = told(&line);
        let (href, id, named) = (href_of(&line.what), line.id, line.title.clone());
        view! {
            <li class="plain">
                <span class="row-head">
                    <a class="who" href=href>{line.title}</a>
                </span>
                <span class="why">{told}</span>
                <span class="acts">
                    <button type="button" on:click=move |_| choose(month, vec![BoardChange::Put(id, true)])>
                        {w::put_on} <span class="unseen">" "{named}</span>
                    </button>
                </span>
            </li>
        }
        .into_any()
    };
    view! {
        <section class="unprinted" aria-labelledby="off" hidden=move || none.get()>
            <h2 id="off">{w::not_on_it}</h2>
            <p class="detail">{w::not_on_it_how}</p>
            <ul class="rows">{move || file.with(|file| file.off.clone()).into_iter().map(line).collect_view()}</ul>
        </section>
    }
}

fn href_of(what: &BoardWhat) -> String {
    match what {
        BoardWhat::Information { id, .. } => Route::Information(InformationRoute::One(*id)),
        BoardWhat::Event { id, .. } => Route::Events(EventRoute::One(*id)),
    }
    .href()
}

/// When and where, or for whom, who says it, where to read more and until when.
fn told(line: &BoardLine) -> String {
    let date = |day| when::date(day, browser::today());
    match &line.what {
        BoardWhat::Information { source, link, audience, until, .. } => {
            let until = until.map(|day| w::until_day(date(day))).unwrap_or_default();
            let source = if source.trim().is_empty() { String::new() } else { w::source_told(source.trim()) };
            in_a_row([audience_words(audience), source, link.trim().to_owned(), until])
        }
        BoardWhat::Event { days: (first, last), starts, place, .. } => {
            let days = if first == last { date(*first) } else { w::from_to(date(*first), date(*last)) };
            in_a_row([when::capital(days), starts.map(when::hour).unwrap_or_default(), place.clone()])
        }
    }
}

/// What a draft of the note keeps: what is written, and over what.
fn note_fields(opened: &Typed, form: &Typed) -> drafts::Fields {
    fields_with(opened, form, READ)
}

/// What is said at the top of the sheet of a month.
#[component]
pub fn BoardNotePage(month: Period) -> impl IntoView {
    let loaded = load_once(move || async move {
        let file = ask_board(month).await?;
        let mut form = Typed::default();
        form.say(NOTE, file.note.as_str());
        form.say(READ, file.note.as_str());
        Ok(Opened::find(drafts::key(BOARD_NOTE_DRAFT, month), form, lay).await)
    });
    let there = Route::Information(InformationRoute::Board(month));
    when_loaded(loaded, move |found| {
        let opened = found.get_untracked();
        let then = there.clone();
        let save = move |form: &Typed, draft: DraftKey| {
            let (read, note) = (form.said(READ).to_owned(), form.said(NOTE).trim().to_owned());
            let asked = InformationWrite::BoardNote { month, read, note, draft: Some(draft) };
            Ok(Save { request: write(asked), then: then.clone() })
        };
        view! {
            <FormFrame
                title=w::note_title
                way_back=there.clone()
                class="sheet"
                opened=opened
                fields=note_fields
                forget=f::draft_forget
                save=save
                draw=move |form, _| {
                    let text = text(form, NOTE);
                    view! { <TextArea id=NOTE label=w::note_label hint=w::note_hint optional=true text=text /> }
                }
            />
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_has_one_before_and_one_after() {
        let month = |text: &str| Period::parse(text);
        assert_eq!(neighbours(month("2026-01").expect("a month")), [month("2025-12"), month("2026-02")]);
        assert_eq!(neighbours(month("2026-12").expect("a month")), [month("2026-11"), month("2027-01")]);
    }

    #[test]
    fn a_draft_of_the_note_says_over_what_it_was_written() {
        let standing = |note: &str| {
            let mut form = Typed::default();
            form.say(NOTE, note);
            form.say(READ, note);
            form
        };
        for read in ["", "Mairie fermée."] {
            let opened = standing(read);
            assert!(note_fields(&opened, &opened).is_empty(), "nothing is written");
            let mut written = opened.clone();
            written.say(NOTE, "Marché le jeudi.");
            // Something came meanwhile, which whoever takes the draft up again does not see.
            let mut again = standing("Mairie fermée.\n\nVaccins le 3.");
            lay(&mut again, &note_fields(&opened, &written));
            assert_eq!((again.said(NOTE), again.said(READ)), ("Marché le jeudi.", read));
        }
    }
}
