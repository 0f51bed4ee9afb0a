//! The ladder that is climbed when someone does not answer, as steps that the coordinator edits.

use leptos::prelude::*;
use maillon_shared::domain::ladder::{Ladder, LadderAction, LadderStep};

use crate::pages::campaign::ladder_words;
use crate::ui::{Chips, Choice, InputKind, Lines, Text, TextField};
use crate::words::{Word, settings as w};

/// A ladder. What is the one everybody starts from is not written.
#[component]
pub fn LadderField(
    /// Its id in the page.
    id: &'static str,
    /// Which ladder.
    legend: Word,
    /// The one everybody starts from.
    usual: fn() -> Ladder,
    /// As the settings write it.
    text: Text,
) -> impl IntoView {
    let read = move |text: &str| Ladder::parse(text).unwrap_or_else(usual).steps;
    let first = read(&text.value.get_untracked());
    let next_line = StoredValue::new(first.len() as u32);
    let steps = RwSignal::new((0..).zip(first).collect::<Vec<(u32, LadderStep)>>());
    let write = move || {
        let ladder = Ladder { steps: steps.get_untracked().into_iter().map(|(_, step)| step).collect() };
        let is_usual = ladder == usual() || ladder.steps.is_empty();
        text.set.run(if is_usual { String::new() } else { ladder.to_string() });
    };
    let change = move |line: u32, change: &dyn Fn(&mut LadderStep)| {
        steps.update(|steps| {
            if let Some((_, step)) = steps.iter_mut().find(|(id, _)| *id == line) {
                change(step);
            }
        });
        write();
    };
    let step =
        move |line: u32| steps.with(|steps| steps.iter().find(|(id, _)| *id == line).map(|(_, step)| step.clone()));
    let ids = Memo::new(move |_| steps.with(|steps| steps.iter().map(|(id, _)| *id).collect::<Vec<_>>()));
    let make = Callback::new(move |()| {
        let line = next_line.get_value();
        next_line.set_value(line + 1);
        let new = LadderStep { action: LadderAction::Visit, times: 1, after_hours: 24 };
        steps.update(|steps| steps.push((line, new)));
        write();
        format!("{id}-{line}-times")
    });
    let drop_line = Callback::new(move |line: u32| {
        steps.update(|steps| steps.retain(|(id, _)| *id != line));
        write();
    });
    let actions = Signal::derive(|| {
        LadderAction::ALL.iter().map(|one| Choice::new(one.code(), ladder_words(one))).collect::<Vec<_>>()
    });
    let draw = move |line: u32| {
        let chosen = Signal::derive(move || step(line).map(|step| step.action.code().to_owned()).unwrap_or_default());
        let choose = Callback::new(move |code: String| {
            change(line, &|step| step.action = LadderAction::from_code(&code));
        });
        // What is no number leaves the number that was.
        let times = Text {
            value: Signal::derive(move || step(line).map(|step| step.times.to_string()).unwrap_or_default()),
            set: Callback::new(move |text: String| {
                if let Some(times) = text.trim().parse().ok().filter(|times| (1..=20).contains(times)) {
                    change(line, &|step| step.times = times);
                }
            }),
        };
        let after = Text {
            value: Signal::derive(move || step(line).map(|step| step.after_hours.to_string()).unwrap_or_default()),
            set: Callback::new(move |text: String| {
                if let Some(hours) = text.trim().parse().ok().filter(|hours| *hours <= 744) {
                    change(line, &|step| step.after_hours = hours);
                }
            }),
        };
        view! {
            <Chips
                name=format!("{id}-{line}-action")
                legend=|| w::step_action()
                choices=actions
                chosen=chosen
                choose=choose
            />
            <TextField id=format!("{id}-{line}-times") label=w::step_times kind=InputKind::Figures text=times />
            <TextField id=format!("{id}-{line}-after") label=w::step_after kind=InputKind::Figures text=after />
        }
    };
    let back_to_usual = move |_| {
        let line = next_line.get_value();
        let usual = usual().steps;
        next_line.set_value(line + usual.len() as u32);
        steps.set((line..).zip(usual).collect());
        write();
    };
    view! {
        <details class="ladder">
            <summary>{legend}</summary>
            <Lines
                ids=ids
                legend=w::step
                remove=w::step_remove
                add=w::step_add
                add_other=w::step_add
                make=make
                drop_line=drop_line
                draw=draw
            />
            <button type="button" class="quiet" on:click=back_to_usual>{w::ladder_usual}</button>
        </details>
    }
}
