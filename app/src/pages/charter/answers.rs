//! What was answered, as it may be told: to whoever reads the screen or the paper, the distribution of few is nobody's to read.

use leptos::prelude::*;
use maillon_shared::api::charter::CharterFile;
use maillon_shared::domain::charter::{Answers, AskedOf, CharterLines, CharterQuestion, Moment, ToldAnswer};
use maillon_shared::domain::disclosure::{PublicCount, Threshold};

use super::words::{add, answer_words, asked_words, day_words, moment_words, named};
use crate::pages::roadmap::words::{or_unnamed, quantity_words};
use crate::routes::CharterRoute;
use crate::words::{charter as w, in_a_row};

/// How many answered: always said, or that it is not published.
fn n_words(n: PublicCount) -> String {
    match (n.exactly(), n.fewer_than()) {
        (Some(n), _) => w::n_is(n),
        (None, limit) => w::n_not_published(limit.unwrap_or(Threshold::FIVE.get())),
    }
}

/// What may be told of what was answered at a moment, in a sentence.
pub fn told_words(question: &CharterQuestion, moment: Moment, threshold: Threshold) -> String {
    let then = question.asked_then(moment);
    match question.told(moment, threshold) {
        ToldAnswer::Nothing => w::no_answer().to_owned(),
        ToldAnswer::One { said, amount } => {
            let amount = amount.map(|amount| quantity_words(Some(amount), then.unit)).unwrap_or_default();
            // Words that look like a choice are words, and a number that was typed says no more than itself.
            let is_choice = then.form.choices().contains(&said);
            in_a_row([amount, if is_choice { answer_words(said) } else { said.to_owned() }])
        }
        ToldAnswer::Several { n, lines, is_kept_back, amount, said } => {
            let counts: Vec<String> =
                lines.iter().map(|(choice, count)| w::counted(answer_words(choice), *count)).collect();
            let mean = amount.map(|amount| w::mean_is(quantity_words(Some(amount), then.unit)));
            let kept_back = if is_kept_back { w::kept_back() } else { "" };
            in_a_row([n_words(n), counts.join(", "), mean.unwrap_or_default(), kept_back.to_owned(), said.to_owned()])
        }
        ToldAnswer::HowManyNotKnown => w::n_not_known().to_owned(),
        ToldAnswer::TooMany => w::to_look_at_again().to_owned(),
    }
}

/// The questions, each with what was answered to it at each moment.
pub fn questions(file: &CharterFile) -> AnyView {
    let rows: Vec<AnyView> = file.charter.questions.iter().map(|one| question_line(file, one)).collect();
    let none = rows.is_empty();
    view! {
        <section aria-labelledby="questions">
            <h2 id="questions">{w::questions}</h2>
            <p class="detail">{w::questions_lead}</p>
            <p class="empty" hidden=!none>{w::no_question}</p>
            <ul class="rows" hidden=none>{rows}</ul>
            <p class="acts unprinted">{add(file, CharterLines::Questions, None)}</p>
        </section>
    }
    .into_any()
}

fn question_line(file: &CharterFile, question: &CharterQuestion) -> AnyView {
    let id = file.charter.id;
    let closed = question.closed_on.map(|day| w::closed_since(day_words(Some(day)))).unwrap_or_default();
    let is_closed = question.closed_on.is_some();
    let moments: Vec<AnyView> = Moment::ASKED
        .into_iter()
        .map(|moment| {
            // A closed question is asked no longer: what was answered is there to be mended.
            let is_answered = question.answers.get(&moment).is_some_and(Answers::is_answered);
            let name = moment_words(moment).to_owned();
            let name = match is_closed && !is_answered {
                true => view! { <span>{name}</span> }.into_any(),
                false => named(file, CharterRoute::Answers(id, question.id, moment), name),
            };
            view! { <li>{name} " " {told_at(question, moment, file.threshold)}</li> }.into_any()
        })
        .collect();
    view! {
        <li class="plain">
            <span class="row-head">
                {named(
                    file,
                    CharterRoute::Line(id, CharterLines::Questions, question.id),
                    or_unnamed(&question.text),
                )} " " <span class="tag">{asked_words(&question.asked)}</span>
            </span>
            <span class="why">{closed}</span>
            <ul class="values">{moments}</ul>
        </li>
    }
    .into_any()
}

/// What was answered then, and that it was to another question where it was.
fn told_at(question: &CharterQuestion, moment: Moment, threshold: Threshold) -> AnyView {
    let otherwise = question.asked_otherwise().find(|(one, _)| *one == moment);
    let otherwise = otherwise.map(|(_, answers)| match answers.asked_in_words() {
        "" => w::not_compared().to_owned(),
        asked => w::asked_otherwise(asked),
    });
    let told = told_words(question, moment, threshold);
    view! { <span>{in_a_row([told, otherwise.unwrap_or_default()])}</span> }.into_any()
}

/// The same question at the start, at 6 and at 12 months, in a table: what was asked otherwise is not compared.
pub fn compared(file: &CharterFile) -> Option<AnyView> {
    let row = |question: &CharterQuestion| {
        let compared: Vec<Moment> = question.compared().map(|(moment, _)| moment).collect();
        let cells = Moment::ASKED.map(|moment| {
            let words = match compared.contains(&moment) {
                true => told_words(question, moment, file.threshold),
                false if question.answers.get(&moment).is_some_and(Answers::is_answered) => {
                    w::not_compared().to_owned()
                }
                false => w::no_answer().to_owned(),
            };
            view! { <td>{words}</td> }
        });
        let asked = if question.asked == AskedOf::Professionals { String::new() } else { asked_words(&question.asked) };
        view! {
            <tr>
                <th scope="row">{in_a_row([or_unnamed(&question.text), asked])}</th>
                {cells.into_iter().collect_view()}
            </tr>
        }
        .into_any()
    };
    let answered = file.charter.questions.iter().filter(|question| question.is_answered());
    let rows: Vec<AnyView> = answered.map(row).collect();
    let head = Moment::ASKED.map(|moment| view! { <th scope="col">{moment_words(moment)}</th> });
    (!rows.is_empty()).then(|| {
        view! {
            <div class="scrolled" tabindex="0" role="region" aria-label=w::compared_caption>
                <table class="charter-compared">
                    <caption>{w::compared_caption}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{w::a_question}</th>
                            {head.into_iter().collect_view()}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    })
}

#[cfg(test)]
mod tests {
    use maillon_shared::domain::charter::{AnswerForm, Counts, Line};
    use maillon_shared::domain::ids::LineId;

    use super::*;

    fn asked(n: u32, yes: u32, no: u32) -> CharterQuestion {
        let mut question = CharterQuestion { form: AnswerForm::YesNo, ..CharterQuestion::empty(LineId([1; 16])) };
        let counts = Counts([("yes".to_owned(), yes), ("no".to_owned(), no)].into());
        let answers = Answers { n: Some(n), counts, said: "Plutôt".into(), ..Answers::empty(LineId([0; 16])) };
        question.answers.insert(Moment::Start, answers);
        question
    }

    #[test]
    fn n_is_always_said_and_of_few_nothing_else_is() {
        let words = |question: &CharterQuestion| told_words(question, Moment::Start, Threshold::FIVE);
        let many = words(&asked(12, 6, 6));
        assert!(many.contains(&w::n_is(12)) && many.contains('6') && many.contains("Plutôt"), "{many}");
        let few = words(&asked(4, 3, 1));
        assert!(few.contains(&w::n_not_published(5)) && !few.contains("Plutôt"), "{few}");
        assert!(!few.contains('3') && !few.contains('4') && !few.contains('1'), "{few}");
        let told = told_words(&asked(4, 3, 1), Moment::Six, Threshold::FIVE);
        assert_eq!(told, w::no_answer());
    }

    #[test]
    fn words_that_look_like_a_choice_are_told_as_they_were_typed() {
        let told = |form: AnswerForm| {
            let mut question =
                CharterQuestion { form, asked: AskedOf::Mairie, ..CharterQuestion::empty(LineId([1; 16])) };
            let as_asked = question.meaning();
            let answers = Answers { as_asked, said: "5".into(), ..Answers::empty(LineId([0; 16])) };
            question.answers.insert(Moment::Start, answers);
            told_words(&question, Moment::Start, Threshold::FIVE)
        };
        assert_eq!((told(AnswerForm::Words), told(AnswerForm::Scale)), ("5".to_owned(), w::scale_5().to_owned()));
    }
}
