//! The form of one line: a day that is left out or added, what happened on a day, a turn of duty. Taking a line away is one press,
//! and undone with one.

use chrono::NaiveDate;
use leptos::prelude::*;
use maillon_shared::api::collective::CollectiveWrite;
use maillon_shared::api::outreach::{OutreachFile, OutreachWrite};
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::clues::WrittenFor;
use maillon_shared::domain::ids::{LineId, OutreachId};
use maillon_shared::domain::outreach::{OutreachChange, OutreachLines, OutreachService};
use maillon_shared::domain::time::PartialDate;

use super::ask_one;
use super::typed::{changes_of_line, typed_line};
use super::words::{edit, line_name, sort_words};
use crate::pages::typed::{Typed, date_typed, entry_of, error, fields_since, lay, text};
use crate::routes::{self, OutreachRoute, Route};
use crate::session::write_soon;
use crate::ui::{
    Chips, Choice, CluesFound, EntryField, FormFrame, InputKind, Opened, Problem, Save, TextField, load_once,
    when_loaded,
};
use crate::words::{Word, collective as c, form as f, note, outreach as w};
use crate::{browser, drafts};

/// The form's code among the drafts.
const FORM: &str = "outreach-line";

/// A line to add, of that day where it is known.
pub fn new_line(id: OutreachId, lines: OutreachLines, day: Option<NaiveDate>) -> AnyView {
    let line = LineId(browser::random_id());
    opened(Form { id, lines, line, is_new: true }, OutreachRoute::draft_of(id, lines, None, day), day)
}

/// A line to change.
pub fn edit_line(id: OutreachId, lines: OutreachLines, line: LineId) -> AnyView {
    opened(Form { id, lines, line, is_new: false }, OutreachRoute::draft_of(id, lines, Some(line), None), None)
}

/// Of which line a form is.
#[derive(Clone, Copy)]
struct Form {
    id: OutreachId,
    lines: OutreachLines,
    line: LineId,
    is_new: bool,
}

/// The field in which a line says of which day it is.
fn day_of(lines: OutreachLines) -> &'static str {
    if lines == OutreachLines::Turns { "from" } else { "day" }
}

fn opened(form: Form, subject: String, day: Option<NaiveDate>) -> AnyView {
    let loaded = load_once(move || {
        let subject = subject.clone();
        async move {
            let file = ask_one(form.id).await?;
            let mut typed = typed_line(&file.shown.service, form.lines, form.line);
            if let Some(day) = day {
                typed.say(day_of(form.lines), date_typed(Some(PartialDate::Day(day))));
                // One comes with a day to say that nobody comes on it.
                if form.lines == OutreachLines::Days {
                    typed.say("says", "left_out");
                }
            }
            // As many places as there are each time, unless someone says otherwise.
            let capacity = file.shown.service.about.capacity.filter(|_| form.lines == OutreachLines::Sessions);
            if let Some(capacity) = capacity.filter(|_| form.is_new) {
                typed.say("offered", capacity.to_string());
            }
            let opened = Opened::find(drafts::key(FORM, subject), typed, lay).await;
            Ok::<_, Failure>((opened, file))
        }
    });
    when_loaded(loaded, move |found| {
        let (opened, file) = found.get_untracked();
        framed(form, opened, file)
    })
    .into_any()
}

fn framed(form: Form, opened: Opened<Typed>, file: OutreachFile) -> AnyView {
    let there = Route::Outreach(OutreachRoute::One(form.id));
    let is_there = line_name(form.lines, form.line, &file.shown).is_some();
    let is_gone = !form.is_new && !is_there;
    let (before, then) = (file.shown.service, there.clone());
    let save = move |typed: &Typed, draft: DraftKey| {
        let (changes, problems) = changes_of_line(typed, &before, form.lines, form.line);
        if !problems.is_empty() {
            return Err(problems);
        }
        let write = OutreachWrite::Edit { id: form.id, changes, draft: Some(draft) };
        let request = Request::WriteCollective(Box::new(CollectiveWrite::Outreach(write)));
        Ok(Save { request, then: then.clone() })
    };
    let back = there.clone();
    let remove = move || {
        write_soon(edit(form.id, vec![OutreachChange::Remove(form.lines, form.line)]));
        routes::go_instead(&back);
    };
    let draw = move |typed: RwSignal<Typed>, problems: RwSignal<Vec<Problem>>| {
        let texts = Memo::new(move |_| {
            let empty = OutreachService::empty(form.id);
            let (said, _) = typed.with(|typed| changes_of_line(typed, &empty, form.lines, form.line));
            said.iter().flat_map(OutreachChange::words).collect::<Vec<String>>()
        });
        view! {
            <p class="state-note" hidden=!is_gone>{w::line_gone}</p>
            {fields(form.lines, typed, problems)}
            <CluesFound texts=texts written_for=WrittenFor::Project />
            <p class="acts" hidden=!is_there>
                <button type="button" class="quiet" on:click=move |_| remove()>{w::remove_line}</button>
                <span class="hint">{w::remove_hint}</span>
            </p>
        }
    };
    view! {
        <FormFrame
            title=sort_words(form.lines, form.is_new)
            way_back=there
            class="sheet"
            opened=opened
            fields=fields_since
            forget=if form.is_new { note::start_again } else { f::draft_forget }
            save=save
            draw=draw
        />
    }
    .into_any()
}

fn fields(lines: OutreachLines, form: RwSignal<Typed>, problems: RwSignal<Vec<Problem>>) -> AnyView {
    let day = move |name: &'static str, label: Word| {
        view! {
            <TextField id=name label=label hint=w::day_hint text=text(form, name) error=error(problems, name) />
        }
    };
    match lines {
        // Places are in the form of the whole.
        OutreachLines::Places => ().into_any(),
        OutreachLines::Days => {
            let choices = || [("left_out", w::left_out as Word), ("added", w::added)];
            view! {
                {day("day", w::day)}
                {with_reason("says", w::says, choices, "left_out", form, problems)}
            }
            .into_any()
        }
        OutreachLines::Sessions => {
            let count = move |name: &'static str, label: Word| {
                view! {
                    <TextField
                        id=name
                        label=label
                        optional=true
                        kind=InputKind::Figures
                        text=text(form, name)
                        error=error(problems, name)
                    />
                }
            };
            let choices = || [("held", w::held as Word), ("cancelled", w::cancelled)];
            view! {
                {day("day", w::day)}
                {with_reason("state", w::state, choices, "cancelled", form, problems)}
                <p class="hint">{w::count_hint}</p>
                {count("offered", w::offered)}
                {count("taken", w::taken)}
                {count("no_shows", w::no_shows)}
            }
            .into_any()
        }
        OutreachLines::Turns => {
            let (entry, set) = entry_of(form, "who_entry".into());
            let no_one = error(problems, "who");
            view! {
                {day("from", w::turn_from)}
                <TextField
                    id="until"
                    label=w::turn_until
                    hint=w::turn_until_hint
                    optional=true
                    text=text(form, "until")
                    error=error(problems, "until")
                />
                <p class="error" hidden=move || no_one.with(Option::is_none)>{move || no_one.get()}</p>
                <EntryField
                    id="who"
                    label=w::turn_who
                    hint=c::entry_hint
                    entry=entry
                    set=set
                    words=text(form, "who")
                />
                <TextField id="phone" label=w::phone optional=true kind=InputKind::Phone text=text(form, "phone") />
            }
            .into_any()
        }
    }
}

/// A choice of which one says why.
fn with_reason(
    name: &'static str,
    legend: Word,
    choices: fn() -> [(&'static str, Word); 2],
    says_why: &'static str,
    form: RwSignal<Typed>,
    problems: RwSignal<Vec<Problem>>,
) -> AnyView {
    let offered = Signal::derive(move || choices().map(|(code, label)| Choice::new(code, label())).to_vec());
    let chosen = text(form, name);
    let needs_why = Memo::new(move |_| chosen.value.with(|chosen| chosen == says_why));
    let wrong = error(problems, name);
    view! {
        <p class="error" hidden=move || wrong.with(Option::is_none)>{move || wrong.get()}</p>
        <Chips name=name legend=move || legend() choices=offered chosen=chosen.value choose=chosen.set />
        <Show when=move || needs_why.get()>
            <TextField id="reason" label=w::reason text=text(form, "reason") error=error(problems, "reason") />
        </Show>
    }
    .into_any()
}
