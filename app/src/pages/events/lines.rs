//! The lines of an event's form: stands, speakers, what is to be done, how many came, who came to a lunch.

use chrono::{Days, NaiveDate};
use leptos::prelude::*;
use maillon_shared::domain::collective::{ProjectStep, StepField};
use maillon_shared::domain::event::{Attendance, Confirmed, Guest, Speaker, SpeakerField, Stand, StandField, WhoCame};
use maillon_shared::domain::ids::{EntryId, LineId};
use maillon_shared::domain::lists::ListId;

use super::draft::EventForm;
use super::words::confirmed_words;
use crate::ui::{Chips, Choice, DayField, EntryField, Lines, Problem, Suggest, Text, TextField};
use crate::words::{collective as c, events as w};
use crate::{browser, when};

/// Reads and writes one line of the form.
macro_rules! line_text {
    ($form:expr, $lines:ident, $id:expr, $field:expr) => {{
        let (form, id, field) = ($form, $id, $field);
        Text::within(
            form,
            move |form: &EventForm| {
                let line = form.event.$lines.iter().find(|line| line.id == id);
                line.map(|line| line.text(field).to_owned()).unwrap_or_default()
            },
            move |form: &mut EventForm, text| {
                if let Some(line) = form.event.$lines.iter_mut().find(|line| line.id == id) {
                    *line.text_mut(field) = text;
                }
            },
        )
    }};
}

/// Reads and writes who of the directory a line is, and whether they come.
macro_rules! line_who {
    ($form:expr, $lines:ident, $id:expr) => {{
        let (form, id) = ($form, $id);
        let find = move |form: &EventForm| form.event.$lines.iter().find(|line| line.id == id).cloned();
        let entry = Signal::derive(move || form.with(find).and_then(|line| line.entry));
        let set = Callback::new(move |chosen: Option<EntryId>| {
            form.update(|form| {
                if let Some(line) = form.event.$lines.iter_mut().find(|line| line.id == id) {
                    line.entry = chosen;
                }
            });
        });
        let comes =
            Signal::derive(move || form.with(find).map(|line| line.confirmed.code().to_owned()).unwrap_or_default());
        let set_comes = Callback::new(move |code: String| {
            form.update(|form| {
                if let Some(line) = form.event.$lines.iter_mut().find(|line| line.id == id) {
                    line.confirmed = Confirmed::from_code(&code);
                }
            });
        });
        (entry, set, comes, set_comes)
    }};
}

fn comes_choices() -> Signal<Vec<Choice>> {
    Signal::derive(|| {
        Confirmed::ALL.iter().map(|one| Choice::new(one.code(), confirmed_words(one))).collect::<Vec<_>>()
    })
}

/// Who holds a stand.
#[component]
pub fn Stands(form: RwSignal<EventForm>) -> impl IntoView {
    let ids = Memo::new(move |_| form.with(|form| form.event.stands.iter().map(|line| line.id).collect::<Vec<_>>()));
    let make = Callback::new(move |()| {
        let id = LineId(browser::random_id());
        form.update(|form| form.event.stands.push(Stand::empty(id)));
        format!("stand-{id}")
    });
    let drop_line = Callback::new(move |id| form.update(|form| form.event.stands.retain(|line| line.id != id)));
    let draw = move |id: LineId| {
        let (entry, set, comes, set_comes) = line_who!(form, stands, id);
        view! {
            <EntryField
                id=format!("stand-{id}")
                label=w::stand_who
                hint=c::entry_hint
                entry=entry
                set=set
                words=line_text!(form, stands, id, StandField::Name)
            />
            <TextField
                id=format!("stand-{id}-theme")
                label=w::theme
                optional=true
                text=line_text!(form, stands, id, StandField::Theme)
            />
            <TextField
                id=format!("stand-{id}-contact")
                label=w::contact
                optional=true
                text=line_text!(form, stands, id, StandField::Contact)
            />
            <Chips
                name=format!("stand-{id}-comes")
                legend=|| w::confirmed()
                choices=comes_choices()
                chosen=comes
                choose=set_comes
            />
        }
    };
    view! {
        <Lines
            ids=ids
            legend=w::stand
            remove=w::stand_remove
            add=w::stand_add
            add_other=w::stand_add_other
            make=make
            drop_line=drop_line
            draw=draw
        />
    }
}

/// Who speaks.
#[component]
pub fn Speakers(form: RwSignal<EventForm>) -> impl IntoView {
    let ids = Memo::new(move |_| form.with(|form| form.event.speakers.iter().map(|line| line.id).collect::<Vec<_>>()));
    let make = Callback::new(move |()| {
        let id = LineId(browser::random_id());
        form.update(|form| form.event.speakers.push(Speaker::empty(id)));
        format!("speaker-{id}")
    });
    let drop_line = Callback::new(move |id| form.update(|form| form.event.speakers.retain(|line| line.id != id)));
    let draw = move |id: LineId| {
        let (entry, set, comes, set_comes) = line_who!(form, speakers, id);
        view! {
            <EntryField
                id=format!("speaker-{id}")
                label=w::speaker_who
                hint=c::entry_hint
                entry=entry
                set=set
                words=line_text!(form, speakers, id, SpeakerField::Name)
            />
            <TextField
                id=format!("speaker-{id}-structure")
                label=w::structure
                optional=true
                text=line_text!(form, speakers, id, SpeakerField::Structure)
            />
            <TextField
                id=format!("speaker-{id}-subject")
                label=w::subject
                optional=true
                text=line_text!(form, speakers, id, SpeakerField::Subject)
            />
            <Chips
                name=format!("speaker-{id}-comes")
                legend=|| w::confirmed()
                choices=comes_choices()
                chosen=comes
                choose=set_comes
            />
        }
    };
    view! {
        <Lines
            ids=ids
            legend=w::speaker
            remove=w::speaker_remove
            add=w::speaker_add
            add_other=w::speaker_add_other
            make=make
            drop_line=drop_line
            draw=draw
        />
    }
}

/// What is to be done.
#[component]
pub fn ToDo(form: RwSignal<EventForm>) -> impl IntoView {
    let ids = Memo::new(move |_| form.with(|form| form.event.checklist.iter().map(|line| line.id).collect::<Vec<_>>()));
    let make = Callback::new(move |()| {
        let id = LineId(browser::random_id());
        form.update(|form| form.event.checklist.push(ProjectStep::empty(id)));
        format!("to-do-{id}")
    });
    let drop_line = Callback::new(move |id| form.update(|form| form.event.checklist.retain(|line| line.id != id)));
    let near = Signal::derive(|| {
        let today = browser::today();
        let days =
            [7_u64, 30, 90].into_iter().filter_map(|days| Some((days, today.checked_add_days(Days::new(days))?)));
        days.map(|(days, day)| (day, when::capital(c::in_days(days as u32)))).collect::<Vec<_>>()
    });
    let draw = move |id: LineId| {
        let find = move |form: &EventForm| form.event.checklist.iter().find(|line| line.id == id).cloned();
        let day = Signal::derive(move || form.with(find).and_then(|line| line.due));
        let set = Callback::new(move |day: Option<NaiveDate>| {
            form.update(|form| {
                if let Some(line) = form.event.checklist.iter_mut().find(|line| line.id == id) {
                    line.due = day;
                }
            });
        });
        view! {
            <TextField
                id=format!("to-do-{id}")
                label=w::what
                text=line_text!(form, checklist, id, StepField::What)
            />
            <DayField
                id=format!("to-do-{id}-due")
                legend=|| w::due()
                near=near
                none=c::step_no_day
                day=day
                set=set
            />
            <TextField
                id=format!("to-do-{id}-owner")
                label=w::owner
                optional=true
                text=line_text!(form, checklist, id, StepField::Owner)
            />
        }
    };
    view! {
        <Lines
            ids=ids
            legend=w::to_do
            remove=w::to_do_remove
            add=w::to_do_add
            add_other=w::to_do_add_other
            make=make
            drop_line=drop_line
            draw=draw
        />
    }
}

/// How many of each public came.
#[component]
pub fn Counts(form: RwSignal<EventForm>, problems: RwSignal<Vec<Problem>>) -> impl IntoView {
    let ids =
        Memo::new(move |_| form.with(|form| form.event.attendance.iter().map(|line| line.id).collect::<Vec<_>>()));
    let make = Callback::new(move |()| {
        let id = LineId(browser::random_id());
        form.update(|form| form.event.attendance.push(Attendance::empty(id)));
        format!("public-{id}")
    });
    let drop_line = Callback::new(move |id| {
        form.update(|form| {
            form.event.attendance.retain(|line| line.id != id);
            form.counts.remove(&id);
        });
    });
    let draw = move |id: LineId| {
        let public = Text::within(
            form,
            move |form: &EventForm| {
                let line = form.event.attendance.iter().find(|line| line.id == id);
                line.map(|line| line.public.clone()).unwrap_or_default()
            },
            move |form: &mut EventForm, text| {
                if let Some(line) = form.event.attendance.iter_mut().find(|line| line.id == id) {
                    line.public = text;
                }
            },
        );
        let count = Text::within(
            form,
            move |form: &EventForm| form.counts.get(&id).cloned().unwrap_or_default(),
            move |form: &mut EventForm, text| drop(form.counts.insert(id, text)),
        );
        let field = format!("count-{id}");
        let of = field.clone();
        let error = Signal::derive(move || {
            problems.with(|all| all.iter().find(|one| one.field == of).map(|one| one.words.clone()))
        });
        view! {
            <Suggest id=format!("public-{id}") label=w::public list=ListId::Publics text=public />
            <TextField
                id=field
                label=w::how_many
                hint=w::how_many_hint
                optional=true
                text=count
                error=error
            />
        }
    };
    view! {
        <Lines
            ids=ids
            legend=w::attendance
            remove=w::attendance_remove
            add=w::attendance_add
            add_other=w::attendance_add_other
            make=make
            drop_line=drop_line
            draw=draw
        />
    }
}

/// Who came to a lunch.
#[component]
pub fn Guests(form: RwSignal<EventForm>) -> impl IntoView {
    let ids = Memo::new(move |_| form.with(|form| form.event.guests().iter().map(|line| line.id).collect::<Vec<_>>()));
    let make = Callback::new(move |()| {
        let id = LineId(browser::random_id());
        form.update(|form| {
            form.event.put_guest(Guest { id, who: WhoCame::Named(String::new()) });
        });
        format!("guest-{id}")
    });
    let drop_line = Callback::new(move |id| form.update(|form| form.event.remove_guest(id)));
    let draw = move |id: LineId| {
        let find =
            move |form: &EventForm| form.event.guests().iter().find(|line| line.id == id).map(|line| line.who.clone());
        let put = move |who: WhoCame| {
            form.update(|form| {
                form.event.put_guest(Guest { id, who });
            });
        };
        let entry = Signal::derive(move || match form.with(find) {
            Some(WhoCame::Entry(entry)) => Some(entry),
            _ => None,
        });
        let set = Callback::new(move |chosen: Option<EntryId>| match (chosen, form.with_untracked(find)) {
            (Some(entry), _) => put(WhoCame::Entry(entry)),
            (None, Some(WhoCame::Entry(_))) => put(WhoCame::Named(String::new())),
            (None, _) => {}
        });
        let words = Text {
            value: Signal::derive(move || match form.with(find) {
                Some(WhoCame::Named(name)) => name,
                _ => String::new(),
            }),
            set: Callback::new(move |name: String| {
                if !matches!(form.with_untracked(find), Some(WhoCame::Entry(_))) || !name.is_empty() {
                    put(WhoCame::Named(name));
                }
            }),
        };
        view! {
            <EntryField
                id=format!("guest-{id}")
                label=w::who
                hint=c::entry_hint
                entry=entry
                set=set
                words=words
            />
        }
    };
    view! {
        <h3>{w::guests}</h3>
        <p class="hint">{w::guests_hint}</p>
        <Lines
            ids=ids
            legend=w::guest
            remove=w::guest_remove
            add=w::guest_add
            add_other=w::guest_add_other
            make=make
            drop_line=drop_line
            draw=draw
        />
    }
}
