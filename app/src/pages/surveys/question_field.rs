//! A question, to answer: before a tablet, or as it was answered on paper.

use std::collections::BTreeSet;

use leptos::prelude::*;
use maillon_shared::domain::ids::ChoiceId;
use maillon_shared::domain::survey::question::{Form, Question};
use maillon_shared::domain::survey::response::Answer;

use super::words::question_words;
use crate::words::{language, surveys as w};

/// How a question is answered here.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Answering {
    /// By whoever is asked: what is offered is what may be answered.
    Oneself,
    /// From a sheet of paper: two boxes may be ticked where one was asked for.
    FromPaper,
}

/// A question, and what is answered.
#[component]
pub fn QuestionField(
    question: Question,
    /// The survey's year: what is offered is what that year offers.
    year: i32,
    #[prop(into)] answer: Signal<Answer>,
    set: Callback<Answer>,
    answering: Answering,
) -> impl IntoView {
    let id = format!("q-{}", question.id());
    let asked = StoredValue::new(question.clone());
    let legend = move || asked.with_value(|asked| question_words(asked, year));
    let is_one = matches!(question.form(), Form::One(_)) && answering == Answering::Oneself;
    match question.form() {
        Form::Words => {
            let text = move || match answer.get() {
                Answer::Text(text) => text,
                _ => String::new(),
            };
            view! {
                <div class="field question">
                    <label for=id.clone()>{legend}</label>
                    <textarea
                        id=id
                        rows="4"
                        maxlength="2000"
                        autocomplete="off"
                        spellcheck="false"
                        prop:value=text
                        on:input:target=move |event| set.run(Answer::Text(event.target().value()))
                    ></textarea>
                </div>
            }
            .into_any()
        }
        Form::Scale(scale) => {
            let boxes = scale.steps().map(|step| {
                let chosen = move || answer.with(|answer| *answer == Answer::Scale(step));
                box_of(&id, &step.to_string(), true, chosen, move || set.run(Answer::Scale(step)), step.to_string())
            });
            fieldset(id.clone(), legend, None, boxes.collect())
        }
        Form::One(_) | Form::Several(_) => {
            let choices = question.choices().into_iter().filter(|choice| choice.is_offered_in(year));
            let boxes = choices.map(|choice| {
                let (choice_id, words) = (choice.id, choice.wordings.in_year(year));
                let chosen = move || answer.with(|answer| is_chosen(answer, choice_id));
                let toggle = move || {
                    let after = answer.with_untracked(|answer| match is_one {
                        true => Answer::Single(choice_id),
                        false => toggled(
                            answer,
                            choice_id,
                            matches!(asked.with_value(|asked| asked.form().clone()), Form::One(_)),
                        ),
                    });
                    set.run(after);
                };
                let label = move || words.text(language()).to_owned();
                box_of(&id, &choice_id.to_string(), is_one, chosen, toggle, label)
            });
            let hint = match (question.form(), answering) {
                (Form::Several(_), _) => Some(w::several_hint()),
                (_, Answering::FromPaper) => Some(w::as_on_paper()),
                _ => None,
            };
            fieldset(id.clone(), legend, hint, boxes.collect())
        }
        Form::Unknown(_) => view! { <p class="detail">{w::newer_question}</p> }.into_any(),
    }
}

fn fieldset(
    id: String,
    legend: impl Fn() -> String + Send + 'static,
    hint: Option<&'static str>,
    boxes: Vec<AnyView>,
) -> AnyView {
    view! {
        <fieldset class="choice question" id=id>
            <legend>{legend}</legend>
            {hint.map(|hint| view! { <p class="hint">{hint}</p> })}
            <div class="chips">{boxes}</div>
        </fieldset>
    }
    .into_any()
}

fn box_of(
    group: &str,
    code: &str,
    is_radio: bool,
    chosen: impl Fn() -> bool + Send + 'static,
    toggle: impl Fn() + Send + 'static,
    label: impl IntoView + 'static,
) -> AnyView {
    let id = format!("{group}-{code}");
    let labels = id.clone();
    let kind = if is_radio { "radio" } else { "checkbox" };
    view! {
        <label class="chip" for=labels>
            <input type=kind id=id name=group.to_owned() prop:checked=chosen on:change=move |_| toggle() />
            <span>{label}</span>
        </label>
    }
    .into_any()
}

fn is_chosen(answer: &Answer, choice: ChoiceId) -> bool {
    match answer {
        Answer::Single(chosen) => *chosen == choice,
        Answer::Several(chosen) => chosen.contains(&choice),
        _ => false,
    }
}

/// The answer with a box ticked, or no longer. Of a question that asks for one choice, one box is that choice; two are what
/// the sheet says, and are counted for nobody.
fn toggled(answer: &Answer, choice: ChoiceId, asks_one: bool) -> Answer {
    let mut chosen: BTreeSet<ChoiceId> = match answer {
        Answer::Single(one) => BTreeSet::from([*one]),
        Answer::Several(several) => several.clone(),
        _ => BTreeSet::new(),
    };
    if !chosen.remove(&choice) {
        chosen.insert(choice);
    }
    match (chosen.len(), asks_one, chosen.first()) {
        (0, ..) => Answer::Blank,
        (1, true, Some(one)) => Answer::Single(*one),
        _ => Answer::Several(chosen),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_is_typed_as_it_was_ticked() {
        let (one, two) = (ChoiceId([1; 16]), ChoiceId([2; 16]));
        let ticked = toggled(&Answer::Blank, one, true);
        assert_eq!(ticked, Answer::Single(one));
        let both = toggled(&ticked, two, true);
        assert_eq!(both, Answer::Several(BTreeSet::from([one, two])));
        assert_eq!(toggled(&both, one, true), Answer::Single(two));
        assert_eq!(toggled(&ticked, one, true), Answer::Blank);
        assert_eq!(toggled(&Answer::Blank, one, false), Answer::Several(BTreeSet::from([one])));
    }
}
