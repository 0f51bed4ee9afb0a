//! The form of one line, whatever it is: its fields come from their list. Taking a line away is one press, and undone with one.

use std::collections::BTreeSet;

use leptos::prelude::*;
use maillon_shared::api::collective::CollectiveWrite;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::roadmap::RoadmapFile;
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::clues::WrittenFor;
use maillon_shared::domain::ids::{EntryId, LineId, RoadmapId};
use maillon_shared::domain::programme::ActionState;
use maillon_shared::domain::roadmap::{BodyKind, RoadmapChange, RoadmapLines};

use super::ask_roadmap;
use super::draft::{HEADING, Of, PLACE, PLACE_CODE, REASON, Sheet, WHO_ENTRY, fields_since, id_of, lay};
use super::fields::{DateParts, Field, Kind, parent_of, typed};
use super::words::{body_kind_words, edit, line_name, or_unnamed, sort_words};
use crate::pages::programme::fields::{Pick, problem};
use crate::pages::programme::words::action_words;
use crate::routes::{self, RoadmapRoute, Route};
use crate::session::write_soon;
use crate::ui::{
    Chips, Choice, CluesFound, CommuneField, EntryField, FormFrame, InputKind, Lines, Opened, Problem, Save, TextArea,
    TextField, Ticks, load_once, when_loaded,
};
use crate::words::{Word, collective as c, form as f, in_a_row, note, programme as p, roadmap as w};
use crate::{browser, drafts};

/// The form's code among the drafts.
const FORM: &str = "roadmap-line";
/// The choices of how something stands.
const STATES: [&str; 4] = ["planned", "running", "done", "dropped"];

/// A line to add, under another where it has one.
pub fn new_line(id: RoadmapId, lines: RoadmapLines, under: Option<LineId>) -> AnyView {
    let line = LineId(browser::random_id());
    let subject = match under {
        Some(under) => format!("{id}.{}.new.{under}", lines.code()),
        None => format!("{id}.{}.new.", lines.code()),
    };
    opened(Form { id, lines, line, under, is_new: true }, subject)
}

/// A line to change.
pub fn edit_line(id: RoadmapId, lines: RoadmapLines, line: LineId) -> AnyView {
    opened(Form { id, lines, line, under: None, is_new: false }, format!("{id}.{}.{line}", lines.code()))
}

/// Of which line a form is.
#[derive(Clone, Copy)]
struct Form {
    id: RoadmapId,
    lines: RoadmapLines,
    line: LineId,
    under: Option<LineId>,
    is_new: bool,
}

impl Form {
    fn of(self) -> Of {
        Of::Line(self.lines, self.line)
    }

    /// Where one was.
    fn way_back(self) -> Route {
        Route::Roadmap(match self.lines {
            RoadmapLines::Bodies | RoadmapLines::Mandates | RoadmapLines::Decisions | RoadmapLines::Partnerships => {
                RoadmapRoute::Governance(self.id)
            }
            RoadmapLines::Headings if self.under.is_some() => {
                self.under.map_or(RoadmapRoute::One(self.id), |under| RoadmapRoute::Framework(self.id, under))
            }
            _ => RoadmapRoute::One(self.id),
        })
    }
}

fn opened(form: Form, subject: String) -> AnyView {
    let loaded = load_once(move || {
        let subject = subject.clone();
        async move {
            let file = ask_roadmap(form.id).await?;
            let mut sheet = Sheet::of(form.of(), &file.roadmap);
            let parent = parent_of(form.lines).zip(form.under).filter(|_| form.is_new);
            if let Some((field, under)) = parent {
                sheet.say(field.code, under.to_string());
            }
            let opened = Opened::find(drafts::key(FORM, subject), sheet, lay).await;
            Ok::<_, Failure>((opened, file))
        }
    });
    when_loaded(loaded, move |found| {
        let (opened, file) = found.get_untracked();
        framed(form, opened, file)
    })
    .into_any()
}

fn framed(form: Form, opened: Opened<Sheet>, file: RoadmapFile) -> AnyView {
    let before = file.roadmap.clone();
    let is_there = line_name(form.lines, form.line, &file).is_some();
    let save = move |sheet: &Sheet, draft: DraftKey| {
        let changes = sheet.changes(&before)?;
        let write = CollectiveWrite::EditRoadmap { id: form.id, changes, draft: Some(draft) };
        Ok(Save { request: Request::WriteCollective(Box::new(write)), then: form.way_back() })
    };
    let remove = move || {
        write_soon(edit(form.id, vec![RoadmapChange::Remove(form.lines, form.line)]));
        routes::go_instead(&form.way_back());
    };
    let is_gone = !form.is_new && !is_there;
    let draw = move |sheet: RwSignal<Sheet>, problems: RwSignal<Vec<Problem>>| {
        view! {
            <p class="state-note" hidden=!is_gone>{w::gone}</p>
            <SheetFields sheet=sheet problems=problems file=StoredValue::new(file) />
            <p class="acts" hidden=!is_there>
                <button type="button" class="quiet" on:click=move |_| remove()>{w::remove_line}</button>
                <span class="hint">{w::remove_hint}</span>
            </p>
        }
    };
    view! {
        <FormFrame
            title=sort_words(form.lines, form.is_new)
            way_back=form.way_back()
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

/// The fields of a sheet, and the clues in what is typed in it.
#[component]
pub fn SheetFields(
    /// The sheet.
    sheet: RwSignal<Sheet>,
    /// What is wrong with it.
    problems: RwSignal<Vec<Problem>>,
    /// What it is of.
    file: StoredValue<RoadmapFile>,
) -> impl IntoView {
    let of = sheet.with_untracked(|sheet| sheet.of);
    let id = file.with_value(|file| file.roadmap.id);
    let texts = Memo::new(move |_| sheet.with(|sheet| sheet.words(id)));
    view! {
        {of.fields().iter().map(|field| drawn(*field, sheet, problems, file)).collect_view()}
        <CluesFound texts=texts written_for=WrittenFor::Project />
    }
}

fn drawn(
    field: Field,
    sheet: RwSignal<Sheet>,
    problems: RwSignal<Vec<Problem>>,
    file: StoredValue<RoadmapFile>,
) -> AnyView {
    let Field { code, kind, label, hint, needed } = field;
    let text = typed(sheet, code.to_owned());
    let error = problem(problems, id_of(code));
    let is_optional = needed.is_none();
    let short = |kind: InputKind| match hint {
        Some(hint) => view! {
            <TextField id=code label=label hint=hint optional=is_optional kind=kind text=text error=error />
        }
        .into_any(),
        None => {
            view! { <TextField id=code label=label optional=is_optional kind=kind text=text error=error /> }.into_any()
        }
    };
    match kind {
        Kind::Words | Kind::Amount | Kind::Quantity => short(InputKind::Words),
        Kind::Count | Kind::Year => short(InputKind::Figures),
        Kind::LongWords => {
            view! { <TextArea id=code label=label optional=is_optional text=text error=error /> }.into_any()
        }
        Kind::Date => view! { <DateParts text=text code=code legend=label problems=problems /> }.into_any(),
        Kind::State => view! { <State sheet=sheet problems=problems /> }.into_any(),
        Kind::Body => {
            let kinds = Signal::derive(|| {
                BodyKind::ALL.iter().map(|kind| Choice::new(kind.code(), body_kind_words(kind))).collect::<Vec<_>>()
            });
            // What nobody said is a choice like the others.
            let chosen = Signal::derive(move || match text.value.get() {
                said if said.is_empty() => BodyKind::NotSaid.code().to_owned(),
                said => said,
            });
            view! { <Chips name=code legend=move || label() choices=kinds chosen=chosen choose=text.set /> }.into_any()
        }
        Kind::Who => {
            let entry = typed(sheet, WHO_ENTRY.to_owned());
            let chosen = Signal::derive(move || EntryId::parse(&entry.value.get()));
            let set = Callback::new(move |chosen: Option<EntryId>| {
                entry.set.run(chosen.map(|id| id.to_string()).unwrap_or_default());
            });
            view! {
                <p class="error" hidden=move || error.with(Option::is_none)>{move || error.get()}</p>
                <EntryField id=code label=label hint=c::entry_hint entry=chosen set=set words=text />
            }
            .into_any()
        }
        Kind::Places => view! { <Places sheet=sheet /> }.into_any(),
        Kind::Headings => headings(sheet, file),
        Kind::Project => {
            let offered = Signal::derive(move || {
                let projects = file.with_value(|file| file.projects.clone());
                let named = projects.into_iter().map(|(id, title)| Choice::new(id.to_string(), or_unnamed(&title)));
                with_now(Choice::new("", w::no_project()), named, &text.value.get(), p::not_here())
            });
            view! { <Pick id=code.to_owned() label=label choices=offered chosen=text.value choose=text.set /> }
                .into_any()
        }
        Kind::Of(lines) => {
            let none = match (lines, is_optional) {
                (_, false) => w::to_choose,
                (RoadmapLines::Actions, true) => w::of_the_whole,
                _ => w::no_one as Word,
            };
            let offered = Signal::derive(move || {
                let named = file.with_value(|file| choices_of(lines, file));
                with_now(Choice::new("", none()), named.into_iter(), &text.value.get(), w::unnamed())
            });
            view! {
                <p class="error" hidden=move || error.with(Option::is_none)>{move || error.get()}</p>
                <Pick id=code.to_owned() label=label choices=offered chosen=text.value choose=text.set />
            }
            .into_any()
        }
    }
}

/// The choices of a list, none first; what is chosen already stays one, whatever became of it.
fn with_now(none: Choice, named: impl Iterator<Item = Choice>, now: &str, otherwise: &str) -> Vec<Choice> {
    let mut choices: Vec<Choice> = std::iter::once(none).chain(named).collect();
    if choices.iter().all(|choice| choice.code != now) {
        choices.push(Choice::new(now, otherwise));
    }
    choices
}

/// The lines of a sort, to choose one of them.
fn choices_of(lines: RoadmapLines, file: &RoadmapFile) -> Vec<Choice> {
    let roadmap = &file.roadmap;
    let ids: Vec<LineId> = match lines {
        RoadmapLines::Axes => roadmap.axes.iter().map(|line| line.id).collect(),
        RoadmapLines::Objectives => roadmap.objectives.iter().map(|line| line.id).collect(),
        RoadmapLines::Actions => roadmap.actions.iter().map(|line| line.id).collect(),
        RoadmapLines::Indicators => roadmap.indicators.iter().map(|line| line.id).collect(),
        RoadmapLines::Frameworks => roadmap.frameworks.iter().map(|line| line.id).collect(),
        RoadmapLines::Bodies => roadmap.bodies.iter().map(|line| line.id).collect(),
        _ => Vec::new(),
    };
    let named = |id: LineId| Choice::new(id.to_string(), line_name(lines, id, file).unwrap_or_default());
    ids.into_iter().map(named).collect()
}

/// How it stands, and why it was given up.
#[component]
fn State(sheet: RwSignal<Sheet>, problems: RwSignal<Vec<Problem>>) -> impl IntoView {
    let states = Signal::derive(|| {
        let words = |code: &str| match code {
            "dropped" => p::dropped().to_owned(),
            code => action_words(&ActionState::parse(code)),
        };
        STATES.iter().map(|code| Choice::new(*code, words(code))).collect::<Vec<_>>()
    });
    let text = typed(sheet, "state".to_owned());
    // What nobody said anything of is to come.
    let state = Signal::derive(move || match text.value.get() {
        said if said.is_empty() => "planned".to_owned(),
        said => said,
    });
    let is_dropped = Memo::new(move |_| state.get() == "dropped");
    view! {
        <Chips name="state" legend=|| w::state() choices=states chosen=state choose=text.set />
        <Show when=move || is_dropped.get()>
            <TextField
                id=id_of(REASON)
                label=w::reason
                text=typed(sheet, REASON.to_owned())
                error=problem(problems, id_of(REASON))
            />
        </Show>
    }
}

/// The communes of an action.
#[component]
fn Places(sheet: RwSignal<Sheet>) -> impl IntoView {
    // A line that was added and where nothing is typed yet is known here only.
    let added = RwSignal::new(Vec::<LineId>::new());
    let gone = RwSignal::new(Vec::<LineId>::new());
    let ids = Memo::new(move |_| {
        let mut ids = sheet.with(|sheet| sheet.lines(PLACE));
        for id in added.get() {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        ids.retain(|id| !gone.with(|gone| gone.contains(id)));
        ids
    });
    let make = Callback::new(move |()| {
        let id = LineId(browser::random_id());
        added.update(|added| added.push(id));
        format!("place-{id}")
    });
    let drop_line = Callback::new(move |id: LineId| {
        sheet.update(|sheet| {
            sheet.say(&format!("{PLACE}{id}"), String::new());
            sheet.say(&format!("{PLACE_CODE}{id}"), String::new());
        });
        gone.update(|gone| gone.push(id));
    });
    let draw = move |id: LineId| {
        view! {
            <CommuneField
                id=format!("place-{id}")
                label=w::commune
                name=typed(sheet, format!("{PLACE}{id}"))
                code=typed(sheet, format!("{PLACE_CODE}{id}"))
            />
        }
    };
    view! {
        <Lines
            ids=ids
            legend=w::commune
            remove=w::commune_remove
            add=w::commune_add
            add_other=w::commune_add_other
            make=make
            drop_line=drop_line
            draw=draw
        />
    }
}

/// The headings of every framework, to tick.
fn headings(sheet: RwSignal<Sheet>, file: StoredValue<RoadmapFile>) -> AnyView {
    let choices: Vec<Choice> = file.with_value(|file| {
        let of = |framework: LineId, name: &str| -> Vec<Choice> {
            let headings = file.roadmap.headings_of(framework);
            let named = |title: &str| in_a_row([or_unnamed(name), or_unnamed(title)]);
            headings.map(|heading| Choice::new(heading.id.to_string(), named(&heading.title))).collect()
        };
        file.roadmap.frameworks.iter().flat_map(|framework| of(framework.id, &framework.name)).collect()
    });
    if choices.is_empty() {
        return ().into_any();
    }
    let choices = Signal::derive(move || choices.clone());
    let ticked = Signal::derive(move || {
        let lines = sheet.with(|sheet| sheet.lines(HEADING));
        lines.into_iter().map(|id| id.to_string()).collect::<BTreeSet<String>>()
    });
    let toggle = Callback::new(move |code: String| {
        sheet.update(|sheet| {
            let name = format!("{HEADING}{code}");
            let becomes = if sheet.said(&name).is_empty() { "1" } else { "" };
            sheet.say(&name, becomes.to_owned());
        });
    });
    view! {
        <Ticks
            name="headings"
            legend=w::headings_ticked
            hint=w::headings_hint
            choices=choices
            ticked=ticked
            toggle=toggle
        />
    }
    .into_any()
}
