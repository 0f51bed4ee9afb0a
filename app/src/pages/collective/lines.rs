//! The lines of a project's form: needs, partners, steps, indicators.

use chrono::{Days, NaiveDate};
use leptos::prelude::*;
use maillon_shared::domain::collective::{
    Indicator, IndicatorField, Partner, PartnerField, ProjectNeed, ProjectStep, StepField,
};
use maillon_shared::domain::disclosure::is_never_alone;
use maillon_shared::domain::ids::{EntryId, LineId};
use maillon_shared::domain::lists::ListId;

use super::draft::ProjectForm;
use super::words::count_words;
use crate::lists::label;
use crate::ui::{DayField, EntryField, InputKind, Lines, Suggest, Text, TextField};
use crate::words::{collective as w, in_a_row};
use crate::{browser, when};

/// Reads and writes one line of the form.
macro_rules! line_text {
    ($form:expr, $lines:ident, $id:expr, $field:expr) => {{
        let (form, id, field) = ($form, $id, $field);
        Text::within(
            form,
            move |form: &ProjectForm| {
                let line = form.project.$lines.iter().find(|line| line.id == id);
                line.map(|line| line.text(field).to_owned()).unwrap_or_default()
            },
            move |form: &mut ProjectForm, text| {
                if let Some(line) = form.project.$lines.iter_mut().find(|line| line.id == id) {
                    *line.text_mut(field) = text;
                }
            },
        )
    }};
}

/// The needs: those that came from the requests, and those that one adds.
#[component]
pub fn Needs(form: RwSignal<ProjectForm>) -> impl IntoView {
    let needs = Memo::new(move |_| form.with(|form| form.project.needs.clone()));
    let topic = Text::within(form, |form: &ProjectForm| form.need_topic.clone(), |form, text| form.need_topic = text);
    let count = Text::within(form, |form: &ProjectForm| form.need_count.clone(), |form, text| form.need_count = text);
    let period =
        Text::within(form, |form: &ProjectForm| form.need_period.clone(), |form, text| form.need_period = text);
    let guarded = Signal::derive(move || {
        form.with(|form| is_never_alone(form.need_topic.trim()).then(|| w::need_guarded().to_owned()))
    });
    let add = move |_| {
        let mut added = false;
        form.update(|form| added = form.take_need(LineId(browser::random_id())));
        browser::focus_soon(if added { "need-topic" } else { "need-count" });
    };
    let line = move |need: ProjectNeed| {
        let id = need.id;
        let words = in_a_row([label(ListId::RequestTopics, need.topic()).to_owned(), count_words(need.persons())]);
        let remove = move |_| {
            form.update(|form| form.project.needs.retain(|need| need.id != id));
            browser::focus_soon("need-topic");
        };
        view! {
            <li class="plain">
                <span class="who">{words}</span>
                <span class="why">{need.period.clone()}</span>
                <span class="acts">
                    <button type="button" class="quiet" on:click=remove>
                        {w::need_remove}
                    </button>
                </span>
            </li>
        }
    };
    view! {
        <ul class="rows" hidden=move || needs.with(Vec::is_empty)>
            {move || needs.get().into_iter().map(line).collect_view()}
        </ul>
        <fieldset class="line">
            <legend>{w::need_add}</legend>
            <Suggest
                id="need-topic"
                label=w::need_topic
                list=ListId::RequestTopics
                optional=true
                text=topic
            />
            <p class="error" hidden=move || guarded.with(Option::is_none)>{move || guarded.get()}</p>
            <TextField
                id="need-count"
                label=w::need_count
                hint=w::need_count_hint
                optional=true
                kind=InputKind::Figures
                text=count
            />
            <TextField id="need-period" label=w::need_period hint=w::need_period_hint optional=true text=period />
            <button
                type="button"
                hidden=move || form.with(|form| form.need_topic.trim().is_empty())
                on:click=add
            >
                {w::need_add_it}
            </button>
        </fieldset>
    }
}

/// Who takes part.
#[component]
pub fn Partners(form: RwSignal<ProjectForm>) -> impl IntoView {
    let ids =
        Memo::new(move |_| form.with(|form| form.project.partners.iter().map(|line| line.id).collect::<Vec<_>>()));
    let make = Callback::new(move |()| {
        let id = LineId(browser::random_id());
        form.update(|form| form.project.partners.push(Partner::empty(id)));
        format!("partner-{id}")
    });
    let drop_line = Callback::new(move |id| form.update(|form| form.project.partners.retain(|line| line.id != id)));
    let draw = move |id: LineId| {
        let entry = Signal::derive(move || {
            form.with(|form| form.project.partners.iter().find(|line| line.id == id).and_then(|line| line.entry))
        });
        let set = Callback::new(move |chosen: Option<EntryId>| {
            form.update(|form| {
                if let Some(line) = form.project.partners.iter_mut().find(|line| line.id == id) {
                    line.entry = chosen;
                }
            });
        });
        view! {
            <EntryField
                id=format!("partner-{id}")
                label=w::partner_name
                hint=w::entry_hint
                entry=entry
                set=set
                words=line_text!(form, partners, id, PartnerField::Name)
            />
            <TextField
                id=format!("partner-{id}-brings")
                label=w::partner_brings
                optional=true
                text=line_text!(form, partners, id, PartnerField::Brings)
            />
        }
    };
    view! {
        <Lines
            ids=ids
            legend=w::partner
            remove=w::partner_remove
            add=w::partner_add
            add_other=w::partner_add_other
            make=make
            drop_line=drop_line
            draw=draw
        />
    }
}

/// The calendar.
#[component]
pub fn Steps(form: RwSignal<ProjectForm>) -> impl IntoView {
    let ids = Memo::new(move |_| form.with(|form| form.project.steps.iter().map(|line| line.id).collect::<Vec<_>>()));
    let make = Callback::new(move |()| {
        let id = LineId(browser::random_id());
        form.update(|form| form.project.steps.push(ProjectStep::empty(id)));
        format!("step-{id}")
    });
    let drop_line = Callback::new(move |id| form.update(|form| form.project.steps.retain(|line| line.id != id)));
    let near = Signal::derive(|| {
        let today = browser::today();
        let days =
            [7_u64, 30, 90].into_iter().filter_map(|days| Some((days, today.checked_add_days(Days::new(days))?)));
        days.map(|(days, day)| (day, when::capital(w::in_days(days as u32)))).collect::<Vec<_>>()
    });
    let draw = move |id: LineId| {
        let day = Signal::derive(move || {
            form.with(|form| form.project.steps.iter().find(|line| line.id == id).and_then(|line| line.due))
        });
        let set = Callback::new(move |day: Option<NaiveDate>| {
            form.update(|form| {
                if let Some(line) = form.project.steps.iter_mut().find(|line| line.id == id) {
                    line.due = day;
                }
            });
        });
        view! {
            <TextField
                id=format!("step-{id}")
                label=w::step_what
                text=line_text!(form, steps, id, StepField::What)
            />
            <DayField
                id=format!("step-{id}-due")
                legend=|| w::step_due()
                near=near
                none=w::step_no_day
                day=day
                set=set
            />
            <TextField
                id=format!("step-{id}-owner")
                label=w::step_owner
                optional=true
                text=line_text!(form, steps, id, StepField::Owner)
            />
        }
    };
    view! {
        <Lines
            ids=ids
            legend=w::step
            remove=w::step_remove
            add=w::step_add
            add_other=w::step_add_other
            make=make
            drop_line=drop_line
            draw=draw
        />
    }
}

/// What is measured.
#[component]
pub fn Indicators(form: RwSignal<ProjectForm>) -> impl IntoView {
    let ids =
        Memo::new(move |_| form.with(|form| form.project.indicators.iter().map(|line| line.id).collect::<Vec<_>>()));
    let make = Callback::new(move |()| {
        let id = LineId(browser::random_id());
        form.update(|form| form.project.indicators.push(Indicator::empty(id)));
        format!("indicator-{id}")
    });
    let drop_line = Callback::new(move |id| form.update(|form| form.project.indicators.retain(|line| line.id != id)));
    let draw = move |id: LineId| {
        view! {
            <TextField
                id=format!("indicator-{id}")
                label=w::indicator_name
                text=line_text!(form, indicators, id, IndicatorField::Name)
            />
            <TextField
                id=format!("indicator-{id}-unit")
                label=w::indicator_unit
                optional=true
                text=line_text!(form, indicators, id, IndicatorField::Unit)
            />
            <TextField
                id=format!("indicator-{id}-target")
                label=w::indicator_target
                optional=true
                text=line_text!(form, indicators, id, IndicatorField::Target)
            />
        }
    };
    view! {
        <Lines
            ids=ids
            legend=w::indicator
            remove=w::indicator_remove
            add=w::indicator_add
            add_other=w::indicator_add_other
            make=make
            drop_line=drop_line
            draw=draw
        />
    }
}
