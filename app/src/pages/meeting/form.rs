//! A meeting to plan or to change: when, where, what for, and what is spoken of; and, while it is held, what is said under
//! each point.

use chrono::NaiveDate;
use leptos::prelude::*;
use maillon_shared::api::meetings::MeetingWrite;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::ids::{LineId, PersonId, SharedMeetingId};
use maillon_shared::domain::shared_meeting::{MeetingField, MeetingState, Origin, Point, SharedMeeting};
use maillon_shared::domain::time::Hour;

use super::read;
use crate::drafts::{self, Fields};
use crate::pages::note::form::near_days;
use crate::routes::{CareRoute, MeetingRoute, ProjectRoute, Route};
use crate::ui::error_summary::problem_of;
use crate::ui::{
    DayAdvice, DayField, FormFrame, HourField, Lines, Opened, Problem, Save, Text, TextArea, TextField, load_once,
    when_loaded,
};
use crate::words::{meeting as w, note, time};
use crate::{browser, when};

/// What the form is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// A meeting that begins.
    Plan,
    /// One that is planned otherwise.
    Change,
    /// What is said under each point.
    Notes,
}

/// One to plan.
#[component]
pub fn NewMeetingPage(person: PersonId, origin: Option<Origin>) -> impl IntoView {
    let loaded = load_once(move || async move {
        let id = SharedMeetingId(browser::random_id());
        let mut meeting = SharedMeeting::planned(id, person, browser::today());
        meeting.origin = origin;
        Ok::<_, Failure>(Opened::find(drafts::key("meeting", subject(person, origin)), meeting, lay).await)
    });
    when_loaded(loaded, |opened| view! { <Form opened=opened.get_untracked() purpose=Purpose::Plan /> })
}

/// What a draft of a new meeting is about.
fn subject(person: PersonId, origin: Option<Origin>) -> String {
    match origin {
        None => person.to_string(),
        Some(Origin::Request(id)) => format!("{person}/request/{id}"),
        Some(Origin::Project(id)) => format!("{person}/project/{id}"),
    }
}

/// One to change.
#[component]
pub fn EditMeetingPage(id: SharedMeetingId) -> impl IntoView {
    let loaded = load_once(move || async move {
        let meeting = read(id).await?.meeting;
        Ok::<_, Failure>(Opened::find(drafts::key("meeting_edit", id), meeting, lay).await)
    });
    when_loaded(loaded, |opened| view! { <Form opened=opened.get_untracked() purpose=Purpose::Change /> })
}

/// What is said under each point.
#[component]
pub fn PointsPage(id: SharedMeetingId) -> impl IntoView {
    let loaded = load_once(move || async move {
        let meeting = read(id).await?.meeting;
        Ok::<_, Failure>(Opened::find(drafts::key("meeting_points", id), meeting, lay).await)
    });
    when_loaded(loaded, |opened| view! { <Form opened=opened.get_untracked() purpose=Purpose::Notes /> })
}

#[component]
fn Form(opened: Opened<SharedMeeting>, purpose: Purpose) -> impl IntoView {
    let before = opened.before.clone();
    let here = Route::Meeting(MeetingRoute::One(before.id));
    let way_back = match (purpose, before.origin) {
        (Purpose::Plan, None) => Route::Person(before.person),
        (Purpose::Plan, Some(Origin::Request(id))) => Route::Care(CareRoute::One(id)),
        (Purpose::Plan, Some(Origin::Project(id))) => Route::Project(ProjectRoute::One(id)),
        _ => here.clone(),
    };
    let save = move |form: &SharedMeeting, draft: DraftKey| {
        let meeting = trimmed(form.clone());
        let found = problems_of(&meeting);
        if !found.is_empty() {
            return Err(found);
        }
        let draft = Some(draft);
        let write = match purpose {
            Purpose::Plan => MeetingWrite::Plan { meeting: Box::new(meeting), draft },
            _ => MeetingWrite::Edit { id: meeting.id, changes: before.changes_to(&meeting), draft },
        };
        // Planned: the next thing is whom to invite.
        let then = match purpose {
            Purpose::Plan => Route::Meeting(MeetingRoute::Guests(before.id)),
            _ => here.clone(),
        };
        Ok(Save { request: Request::WriteMeeting(Box::new(write)), then })
    };
    let draw = move |form: RwSignal<SharedMeeting>, problems: RwSignal<Vec<Problem>>| match purpose {
        Purpose::Notes => view! { <Points form=form problems=problems with_notes=true /> }.into_any(),
        _ => view! { <MeetingFields form=form problems=problems /> }.into_any(),
    };
    view! {
        <FormFrame
            title=match purpose {
                Purpose::Plan => w::plan,
                Purpose::Change => w::change,
                Purpose::Notes => w::note_points,
            }
            way_back=way_back
            opened=opened
            fields=fields_since
            forget=note::start_again
            save=save
            draw=draw
        />
    }
}

fn trimmed(mut meeting: SharedMeeting) -> SharedMeeting {
    for field in MeetingField::ALL {
        let text = meeting.text_mut(*field);
        *text = text.trim().to_owned();
    }
    for point in &mut meeting.points {
        point.what = point.what.trim().to_owned();
        point.notes = point.notes.trim().to_owned();
    }
    // A line opened and left empty is no point.
    meeting.points.retain(|point| !point.what.is_empty() || !point.notes.is_empty());
    meeting
}

fn problems_of(meeting: &SharedMeeting) -> Vec<Problem> {
    let mut found = Vec::new();
    if meeting.purpose.is_empty() {
        found.push(Problem { field: "purpose".into(), words: w::needs_purpose().into() });
    }
    if let Some(point) = meeting.points.iter().find(|point| point.what.is_empty()) {
        found.push(Problem { field: format!("point-{}", point.id), words: w::needs_point().into() });
    }
    found
}

#[component]
fn MeetingFields(form: RwSignal<SharedMeeting>, problems: RwSignal<Vec<Problem>>) -> impl IntoView {
    let text = move |field: MeetingField| {
        Text::within(
            form,
            move |form: &SharedMeeting| form.text(field).to_owned(),
            move |form: &mut SharedMeeting, text| *form.text_mut(field) = text,
        )
    };
    let today = browser::today();
    let day = Signal::derive(move || form.with(|form| Some(form.day)));
    let set_day = Callback::new(move |day: Option<NaiveDate>| form.update(|form| form.day = day.unwrap_or(form.day)));
    let hour = Signal::derive(move || form.with(|form| form.hour));
    let set_hour = Callback::new(move |hour| form.update(|form| form.hour = hour));
    let near = Signal::derive(move || {
        let [week, fortnight, _] = near_days(today);
        let mut days = vec![(today, when::capital(time::today().into()))];
        days.extend(today.succ_opt().map(|day| (day, when::capital(time::tomorrow().into()))));
        days.extend([(week, note::in_7_days().to_owned()), (fortnight, note::in_14_days().to_owned())]);
        days
    });
    let over = form.with_untracked(|form| form.state != MeetingState::Planned);
    view! {
        <TextField
            id="purpose"
            label=w::purpose
            hint=w::purpose_hint
            text=text(MeetingField::Purpose)
            error=problem_of(problems, "purpose")
        />
        <div hidden=over>
            <DayField id="day" legend=|| w::day() near=near day=day set=set_day />
            <DayAdvice day=day set=set_day />
        </div>
        <HourField id="hour" label=w::hour hour=hour set=set_hour />
        <TextField id="place" label=w::place hint=w::place_hint optional=true text=text(MeetingField::Place) />
        <h2>{w::points}</h2>
        <Points form=form problems=problems with_notes=false />
    }
}

/// The agenda: a line a point, and what is said of it where it is being held.
#[component]
fn Points(form: RwSignal<SharedMeeting>, problems: RwSignal<Vec<Problem>>, with_notes: bool) -> impl IntoView {
    let ids = Memo::new(move |_| form.with(|form| form.points.iter().map(|point| point.id).collect::<Vec<_>>()));
    let make = Callback::new(move |()| {
        let id = LineId(browser::random_id());
        form.update(|form| form.points.push(Point { id, what: String::new(), notes: String::new() }));
        format!("point-{id}")
    });
    let drop_line = Callback::new(move |id| form.update(|form| form.points.retain(|point| point.id != id)));
    let text = move |id: LineId, read: fn(&Point) -> &String, write: fn(&mut Point) -> &mut String| {
        Text::within(
            form,
            move |form: &SharedMeeting| {
                form.points.iter().find(|point| point.id == id).map(|point| read(point).clone()).unwrap_or_default()
            },
            move |form, text| {
                if let Some(point) = form.points.iter_mut().find(|point| point.id == id) {
                    *write(point) = text;
                }
            },
        )
    };
    let draw = move |id: LineId| {
        let field = format!("point-{id}");
        let error = Signal::derive({
            let field = field.clone();
            move || problems.with(|all| all.iter().find(|one| one.field == field).map(|one| one.words.clone()))
        });
        let notes = with_notes.then(|| {
            let said = text(id, |point| &point.notes, |point| &mut point.notes);
            view! { <TextArea id=format!("notes-{id}") label=w::point_notes optional=true lines=3 text=said /> }
        });
        let earlier = move |_| {
            form.update(|form| {
                if let Some(at) = form.points.iter().position(|point| point.id == id).filter(|at| *at > 0) {
                    form.points.swap(at, at - 1);
                }
            });
        };
        let is_first = move || ids.with(|ids| ids.first() == Some(&id));
        view! {
            <TextField
                id=field
                label=w::point_what
                text=text(id, |point| &point.what, |point| &mut point.what)
                error=error
            />
            {notes}
            <button type="button" class="quiet" hidden=is_first on:click=earlier>{w::point_earlier}</button>
        }
    };
    view! {
        <Lines
            ids=ids
            legend=w::point
            remove=w::point_remove
            add=w::point_add
            add_other=w::point_add
            make=make
            drop_line=drop_line
            draw=draw
        />
    }
}

/// How the fields of a point begin in a draft.
const POINT: &str = "point-";

fn fields_since(opened: &SharedMeeting, form: &SharedMeeting) -> Fields {
    let order =
        |form: &SharedMeeting| form.points.iter().map(|point| point.id.to_string()).collect::<Vec<_>>().join(" ");
    let of = |form: &SharedMeeting| {
        [
            (MeetingField::Place.code(), form.place.clone()),
            (MeetingField::Purpose.code(), form.purpose.clone()),
            ("day", form.day.to_string()),
            ("hour", form.hour.map(|hour| hour.to_string()).unwrap_or_default()),
            ("points", order(form)),
        ]
    };
    let mut fields = Fields::that_differ(of(opened), of(form));
    for point in &form.points {
        let before = opened.points.iter().find(|before| before.id == point.id);
        for (name, now, then) in [
            ("what", &point.what, before.map(|before| &before.what)),
            ("notes", &point.notes, before.map(|before| &before.notes)),
        ] {
            if now != then.map_or("", String::as_str) {
                fields.put(format!("{POINT}{}-{name}", point.id), now.clone());
            }
        }
    }
    fields
}

fn lay(form: &mut SharedMeeting, fields: &Fields) {
    for (name, value) in fields.iter() {
        match name {
            "day" => form.day = value.parse().unwrap_or(form.day),
            "hour" => form.hour = Hour::parse(value),
            "points" => {
                let held = std::mem::take(&mut form.points);
                let blank = |id| Point { id, what: String::new(), notes: String::new() };
                let ids = value.split_whitespace().filter_map(LineId::parse);
                let kept = ids.map(|id| held.iter().find(|point| point.id == id).cloned().unwrap_or(blank(id)));
                form.points = kept.collect();
            }
            name => match name.strip_prefix(POINT).and_then(|rest| rest.split_once('-')) {
                Some((id, part)) => {
                    let point = form.points.iter_mut().find(|point| LineId::parse(id) == Some(point.id));
                    match (point, part) {
                        (Some(point), "what") => point.what = value.to_owned(),
                        (Some(point), "notes") => point.notes = value.to_owned(),
                        _ => {}
                    }
                }
                None => {
                    if let Some(field) = MeetingField::from_code(name) {
                        *form.text_mut(field) = value.to_owned();
                    }
                }
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened() -> SharedMeeting {
        let day = "2026-06-12".parse().expect("a date");
        let mut meeting = SharedMeeting::planned(SharedMeetingId([1; 16]), PersonId([2; 16]), day);
        meeting.points = vec![Point { id: LineId([3; 16]), what: "le bois".into(), notes: String::new() }];
        meeting
    }

    #[test]
    fn a_draft_finds_the_whole_meeting_again() {
        let mut form = opened();
        form.purpose = "préparer l’hiver".into();
        form.place = "Mairie".into();
        form.day = "2026-06-20".parse().expect("a date");
        form.hour = Hour::new(10, 30);
        form.points[0].notes = "quatre stères".into();
        form.points.insert(0, Point { id: LineId([4; 16]), what: "les repas".into(), notes: String::new() });
        let mut again = opened();
        lay(&mut again, &Fields::read(&fields_since(&opened(), &form).write()));
        assert_eq!(again, form);
        assert!(fields_since(&opened(), &opened()).is_empty());
    }

    #[test]
    fn a_meeting_says_what_it_is_for_and_a_point_what_it_is() {
        let mut form = opened();
        let fields = |form: &SharedMeeting| problems_of(form).into_iter().map(|one| one.field).collect::<Vec<_>>();
        assert_eq!(fields(&form), ["purpose"]);
        form.purpose = "préparer l’hiver".into();
        form.points[0].what.clear();
        form.points[0].notes = "quatre stères".into();
        assert_eq!(fields(&form), [format!("point-{}", LineId([3; 16]))]);
        form.points[0].notes = " ".into();
        assert!(fields(&trimmed(form)).is_empty(), "a line left empty is no point");
    }
}
