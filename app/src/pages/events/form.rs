//! An event to plan, or to change.

use chrono::{Days, NaiveDate};
use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::collective::CollectiveWrite;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::domain::clues::WrittenFor;
use maillon_shared::domain::event::{Event, EventField, EventKind, EventState};
use maillon_shared::domain::ids::{CollectiveId, EntryId, EventId, GroupId};
use maillon_shared::domain::time::Hour;

use super::draft::{EventForm, STATES, count_of, fields_since, is_year, lay, settled, this_year};
use super::lines::{Counts, Guests, Speakers, Stands, ToDo};
use super::words::{kind_words, state_words};
use super::{ask_all, ask_event};
use crate::routes::{EventRoute, Route};
use crate::ui::error_summary::problem_of;
use crate::ui::{
    Chips, Choice, CluesFound, CommuneField, DayField, EntryField, FormFrame, HourField, InputKind, Opened, Problem,
    Save, Text, TextField, load_once, when_loaded,
};
use crate::words::{Word, events as w, form as f, note};
use crate::{browser, drafts, when};

/// The form's code among the drafts.
const FORM: &str = "event";
const TITLE: &str = "title";
const YEAR: &str = "year";
/// The code of what is one's own alone, or of no project.
const NONE: &str = "none";

/// What the form offers besides the event.
#[derive(Clone, PartialEq)]
struct Offers {
    groups: Vec<(GroupId, String)>,
    projects: Vec<(CollectiveId, String)>,
}

/// An event to plan.
#[component]
pub fn NewEventPage() -> impl IntoView {
    let loaded = load_once(|| async {
        let all = ask_all().await?;
        let event = Event::empty(EventId(browser::random_id()), EventKind::Forum);
        let first = EventForm { year: this_year(browser::today()), ..EventForm::of(event) };
        let opened = Opened::find(drafts::key(FORM, ""), first, lay).await;
        Ok((opened, Offers { groups: all.groups, projects: all.projects }))
    });
    when_loaded(loaded, |found| {
        let (opened, offers) = found.get_untracked();
        let save = |form: &EventForm, draft: DraftKey| {
            checked(form)?;
            let event = settled(form);
            let then = Route::Events(EventRoute::One(event.id));
            let write = CollectiveWrite::CreateEvent { event: Box::new(event), group: form.group, draft: Some(draft) };
            Ok(Save { request: Request::WriteCollective(Box::new(write)), then })
        };
        view! {
            <FormFrame
                title=w::new
                way_back=Route::Events(EventRoute::List)
                class="sheet"
                opened=opened
                fields=fields_since
                forget=note::start_again
                save=save
                draw=move |form, problems| {
                    view! { <EventFields form=form problems=problems offers=offers is_new=true /> }
                }
            />
        }
    })
}

/// An event to change.
#[component]
pub fn EditEventPage(id: EventId) -> impl IntoView {
    let loaded = load_once(move || async move {
        let file = ask_event(id).await?;
        let group = file.group.map(|(group, _)| group);
        let opened = Opened::find(drafts::key(FORM, id), EventForm { group, ..EventForm::of(file.event) }, lay).await;
        Ok((opened, Offers { groups: Vec::new(), projects: file.projects }))
    });
    let there = Route::Events(EventRoute::One(id));
    when_loaded(loaded, move |found| {
        let (opened, offers) = found.get_untracked();
        let before = opened.before.event.clone();
        let then = there.clone();
        let save = move |form: &EventForm, draft: DraftKey| {
            checked(form)?;
            let changes = before.changes_to(&settled(form));
            let write = CollectiveWrite::EditEvent { id, changes, draft: Some(draft) };
            Ok(Save { request: Request::WriteCollective(Box::new(write)), then: then.clone() })
        };
        view! {
            <FormFrame
                title=w::edit
                way_back=there.clone()
                class="sheet"
                opened=opened
                fields=fields_since
                forget=f::draft_forget
                save=save
                draw=move |form, problems| {
                    view! { <EventFields form=form problems=problems offers=offers is_new=false /> }
                }
            />
        }
    })
}

fn checked(form: &EventForm) -> Result<(), Vec<Problem>> {
    let mut problems = Vec::new();
    let mut wrong = |field: String, words: &str| problems.push(Problem { field, words: words.into() });
    if form.event.title.trim().is_empty() {
        wrong(TITLE.into(), w::needs_title());
    }
    if form.day.is_none() && !is_year(&form.year) {
        wrong(YEAR.into(), w::wrong_year());
    } else if form.state == "held" && form.at().is_none() {
        wrong(YEAR.into(), w::held_when());
    }
    for line in &form.event.attendance {
        let typed = form.counts.get(&line.id).map(String::as_str).unwrap_or_default();
        if count_of(typed).is_none() {
            wrong(format!("count-{}", line.id), w::wrong_count());
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

#[component]
fn EventFields(
    form: RwSignal<EventForm>,
    problems: RwSignal<Vec<Problem>>,
    offers: Offers,
    is_new: bool,
) -> impl IntoView {
    let text = move |field: EventField| {
        Text::within(
            form,
            move |form: &EventForm| form.event.text(field).to_owned(),
            move |form: &mut EventForm, text| *form.event.text_mut(field) = text,
        )
    };
    let kinds = Signal::derive(|| {
        EventKind::ALL.iter().map(|kind| Choice::new(kind.code(), kind_words(kind))).collect::<Vec<_>>()
    });
    let kind = Signal::derive(move || form.with(|form| form.event.kind().code().to_owned()));
    let set_kind =
        Callback::new(move |code: String| form.update(|form| form.event.set_kind(EventKind::from_code(&code))));
    let is =
        move |wanted: &'static [EventKind]| Memo::new(move |_| form.with(|form| wanted.contains(form.event.kind())));
    let has_stands = is(&[EventKind::Forum, EventKind::Other]);
    let is_lunch = is(&[EventKind::Lunch]);
    let is_school = is(&[EventKind::SchoolAction]);
    let host = Signal::derive(move || form.with(|form| form.event.host_entry));
    let set_host = Callback::new(move |entry: Option<EntryId>| form.update(|form| form.event.host_entry = entry));
    let commune = Text::within(form, |form: &EventForm| form.commune.clone(), |form, text| form.commune = text);
    let code = Text::within(form, |form: &EventForm| form.commune_code.clone(), |form, text| form.commune_code = text);
    let texts = Memo::new(move |_| {
        form.with(|form| match form.group {
            // The commune is typed beside the event, and is told here too where it names someone.
            Some(_) => settled(form).texts_in_common(),
            None => form.event.texts().into_iter().map(str::to_owned).collect(),
        })
    });
    view! {
        <TextField
            id=TITLE
            label=w::name
            hint=w::name_hint
            text=text(EventField::Title)
            error=problem_of(problems, TITLE)
        />
        <Chips name="kind" legend=|| w::kind() choices=kinds chosen=kind choose=set_kind />
        <p class="hint" hidden=move || !is_school.get()>
            {w::school_hint}
        </p>
        <TextField id="theme" label=w::theme optional=true text=text(EventField::Theme) />
        <When form=form problems=problems is_new=is_new />
        <section aria-labelledby="where">
            <h2 id="where">{w::where_}</h2>
            <CommuneField id="commune" label=w::commune name=commune code=code />
            <TextField id="place" label=w::place optional=true text=text(EventField::Place) />
            <EntryField
                id="host"
                label=w::host
                hint=w::host_hint
                entry=host
                set=set_host
                words=text(EventField::Host)
            />
        </section>
        <Belongs form=form offers=offers />
        <Show when=move || has_stands.get()>
            <section aria-labelledby="stands">
                <h2 id="stands">{w::stands}</h2>
                <Stands form=form />
            </section>
        </Show>
        <section aria-labelledby="speakers">
            <h2 id="speakers">{w::speakers}</h2>
            <Speakers form=form />
        </section>
        <section aria-labelledby="check">
            <h2 id="check">{w::checklist}</h2>
            <ToDo form=form />
        </section>
        <section aria-labelledby="attendance">
            <h2 id="attendance">{w::came}</h2>
            <p class="hint">{w::came_hint}</p>
            <Counts form=form problems=problems />
            <Show when=move || is_lunch.get()>
                <Guests form=form />
            </Show>
        </section>
        <CluesFound texts=texts written_for=WrittenFor::Project />
    }
}

/// When it is, how long, and how it stands.
#[component]
fn When(form: RwSignal<EventForm>, problems: RwSignal<Vec<Problem>>, is_new: bool) -> impl IntoView {
    let near = Signal::derive(move || {
        let today = browser::today();
        let days = if is_new { [30_u64, 90, 180] } else { [0, 30, 90] };
        let days = days.into_iter().filter_map(|days| Some((days, today.checked_add_days(Days::new(days))?)));
        days.map(|(days, day)| match days {
            0 => (day, when::capital(crate::words::time::today().into())),
            days => (day, when::capital(crate::words::collective::in_days(days as u32))),
        })
        .collect::<Vec<_>>()
    });
    let day = Signal::derive(move || form.with(|form| form.day));
    let set_day = Callback::new(move |day: Option<NaiveDate>| form.update(|form| form.day = day));
    let has_day = Memo::new(move |_| day.get().is_some());
    let year = Text::within(form, |form: &EventForm| form.year.clone(), |form, text| form.year = text);
    let until = Signal::derive(move || form.with(|form| form.event.until));
    let set_until = Callback::new(move |day: Option<NaiveDate>| form.update(|form| form.event.until = day));
    let next = Signal::derive(move || {
        let after = day.get().and_then(|day| day.succ_opt());
        after.map(|day| (day, when::capital(when::date(day, browser::today())))).into_iter().collect::<Vec<_>>()
    });
    let starts = Signal::derive(move || form.with(|form| form.event.starts));
    let set_starts = Callback::new(move |hour: Option<Hour>| form.update(|form| form.event.starts = hour));
    let ends = Signal::derive(move || form.with(|form| form.event.ends));
    let set_ends = Callback::new(move |hour: Option<Hour>| form.update(|form| form.event.ends = hour));
    let states = Signal::derive(|| {
        STATES.iter().map(|code| Choice::new(*code, state_words(&of_code(code)))).collect::<Vec<_>>()
    });
    let state = Signal::derive(move || form.with(|form| form.state.clone()));
    let set_state = Callback::new(move |code: String| form.update(|form| form.state = code));
    view! {
        <section aria-labelledby="when">
            <h2 id="when">{w::when}</h2>
            <DayField id="day" legend=|| w::day() near=near none=w::no_day_yet day=day set=set_day />
            <div hidden=move || has_day.get()>
                <TextField
                    id=YEAR
                    label=w::year
                    hint=w::year_hint
                    optional=true
                    kind=InputKind::Figures
                    text=year
                    error=problem_of(problems, YEAR)
                />
            </div>
            <Show when=move || has_day.get()>
                <DayField id="until" legend=|| w::until() near=next none=w::one_day day=until set=set_until />
                <HourField id="starts" label=w::starts hour=starts set=set_starts />
                <HourField id="ends" label=w::ends hour=ends set=set_ends />
            </Show>
            <Chips name="state" legend=|| w::state() choices=states chosen=state choose=set_state />
        </section>
    }
}

/// The state that a choice means, for its words.
fn of_code(code: &str) -> EventState {
    match code {
        "held" => EventState::Held(maillon_shared::domain::time::PartialDate::Year(2000)),
        other => EventState::parse(other),
    }
}

/// With whom it is common, and of which project it is part.
#[component]
fn Belongs(form: RwSignal<EventForm>, offers: Offers) -> impl IntoView {
    let Offers { groups, projects } = offers;
    let (no_group, no_project) = (groups.is_empty(), projects.is_empty());
    let choices = |none: Word, all: Vec<(String, String)>| {
        Signal::derive(move || {
            let others = all.iter().map(|(id, name)| Choice::new(id.clone(), name.clone()));
            std::iter::once(Choice::new(NONE, none())).chain(others).collect::<Vec<_>>()
        })
    };
    let groups = groups.into_iter().map(|(id, name)| (id.to_string(), name)).collect();
    let projects = projects.into_iter().map(|(id, title)| (id.to_string(), title)).collect();
    let (groups, projects) = (choices(w::mine, groups), choices(w::no_project, projects));
    let group =
        Signal::derive(move || form.with(|form| form.group.map_or_else(|| NONE.to_owned(), |id| id.to_string())));
    let set_group = Callback::new(move |id: String| form.update(|form| form.group = GroupId::parse(&id)));
    let project = Signal::derive(move || {
        form.with(|form| form.event.project.map_or_else(|| NONE.to_owned(), |id| id.to_string()))
    });
    let set_project =
        Callback::new(move |id: String| form.update(|form| form.event.project = CollectiveId::parse(&id)));
    view! {
        <Show when=move || !no_group>
            <Chips name="group" legend=|| w::with_whom() choices=groups chosen=group choose=set_group />
        </Show>
        <Show when=move || !no_project>
            <Chips name="project" legend=|| w::project() choices=projects chosen=project choose=set_project />
        </Show>
    }
}
