//! The steps of a form, in order, and of what is shown: of a procedure, of a version, of a sheet that travels.

use leptos::prelude::*;
use maillon_shared::domain::ids::{GroupId, LineId};
use maillon_shared::domain::procedure::{ProcedureStep, StepField};

use super::draft::{Form, Written, of_line};
use crate::browser;
use crate::ui::{Chips, Choice, InputKind, Lines, Problem, Text, TextArea, TextField};
use crate::words::{events as e, in_a_row, procedures as w};

/// The code of what is one's own alone.
const NONE: &str = "none";

/// What is typed there, as a field shows and changes it.
pub fn typed<R: Written>(form: RwSignal<Form<R>>, name: String) -> Text {
    let read = name.clone();
    Text::within(
        form,
        move |form: &Form<R>| form.said(&read).to_owned(),
        move |form: &mut Form<R>, text| form.say(&name, text),
    )
}

/// What is wrong with a field.
pub fn problem(problems: RwSignal<Vec<Problem>>, field: impl Into<String>) -> Signal<Option<String>> {
    let field = field.into();
    Signal::derive(move || problems.with(|all| all.iter().find(|one| one.field == field).map(|one| one.words.clone())))
}

fn step_text<R: Written>(form: RwSignal<Form<R>>, id: LineId, field: StepField) -> Text {
    Text::within(
        form,
        move |form: &Form<R>| {
            let step = form.record.steps().iter().find(|step| step.id == id);
            step.map(|step| step.text(field).to_owned()).unwrap_or_default()
        },
        move |form: &mut Form<R>, text| {
            if let Some(step) = form.record.steps_mut().iter_mut().find(|step| step.id == id) {
                *step.text_mut(field) = text;
            }
        },
    )
}

/// The steps, to write.
#[component]
pub fn Steps<R>(
    /// The form.
    form: RwSignal<Form<R>>,
    /// What is wrong.
    problems: RwSignal<Vec<Problem>>,
) -> impl IntoView
where
    R: Written,
{
    let ids = Memo::new(move |_| form.with(|form| form.record.steps().iter().map(|step| step.id).collect::<Vec<_>>()));
    let make = Callback::new(move |()| {
        let id = LineId(browser::random_id());
        form.update(|form| form.record.steps_mut().push(ProcedureStep::empty(id)));
        of_line("step", id)
    });
    let drop_line = Callback::new(move |id: LineId| {
        form.update(|form| {
            form.record.steps_mut().retain(|step| step.id != id);
            form.say(&of_line("after", id), String::new());
        });
    });
    let raise = move |id: LineId| {
        form.update(|form| {
            let steps = form.record.steps_mut();
            if let Some(at) = steps.iter().position(|step| step.id == id).filter(|at| *at > 0) {
                steps.swap(at - 1, at);
            }
        });
        browser::focus_soon(of_line("raise", id));
    };
    let draw = move |id: LineId| {
        let is_first = move || ids.with(|ids| ids.first() == Some(&id));
        let after = of_line("after", id);
        view! {
            <TextField id=of_line("step", id) label=w::step_what text=step_text(form, id, StepField::What) />
            <TextArea
                id=of_line("how", id)
                label=w::step_how
                optional=true
                lines=2
                text=step_text(form, id, StepField::How)
            />
            <TextField
                id=of_line("who", id)
                label=w::step_who
                hint=w::step_who_hint
                optional=true
                text=step_text(form, id, StepField::Who)
            />
            <TextField
                id=after.clone()
                label=w::step_after
                hint=w::step_after_hint
                optional=true
                kind=InputKind::Figures
                text=typed(form, after.clone())
                error=problem(problems, after)
            />
            <button
                type="button"
                class="quiet"
                id=of_line("raise", id)
                aria-disabled=move || is_first().then_some("true")
                on:click=move |_| raise(id)
            >
                {w::step_raise}
            </button>
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

/// With whom it is common, where it is chosen: at its beginning.
#[component]
pub fn WithWhom<R>(
    /// The form.
    form: RwSignal<Form<R>>,
    /// The groups, by name.
    groups: Vec<(GroupId, String)>,
) -> impl IntoView
where
    R: Written,
{
    let no_group = groups.is_empty();
    let choices = Signal::derive(move || {
        let others = groups.iter().map(|(id, name)| Choice::new(id.to_string(), name.clone()));
        std::iter::once(Choice::new(NONE, e::mine())).chain(others).collect::<Vec<_>>()
    });
    let group =
        Signal::derive(move || form.with(|form| form.group.map_or_else(|| NONE.to_owned(), |id| id.to_string())));
    let set_group = Callback::new(move |id: String| form.update(|form| form.group = GroupId::parse(&id)));
    view! {
        <Show when=move || !no_group>
            <Chips name="group" legend=|| e::with_whom() choices=choices chosen=group choose=set_group />
        </Show>
    }
}

/// When a step falls, counted from the beginning.
pub fn after_words(after: Option<u16>) -> String {
    match after {
        None => w::after_not_known().to_owned(),
        Some(0) => w::after_first_day().to_owned(),
        Some(days) => w::after_days(u32::from(days)),
    }
}

/// The steps, to read.
pub fn steps_shown(steps: &[ProcedureStep]) -> AnyView {
    if steps.is_empty() {
        return view! { <p class="empty">{w::no_step}</p> }.into_any();
    }
    let line = |step: &ProcedureStep| {
        view! {
            <li>
                <span class="who">{step.what.clone()}</span>
                <span class="why">{in_a_row([step.who.clone(), after_words(step.after)])}</span>
                <span class="prose" hidden=step.how.trim().is_empty()>{step.how.clone()}</span>
            </li>
        }
    };
    view! { <ol class="steps">{steps.iter().map(line).collect_view()}</ol> }.into_any()
}
