//! Forms as they were filled at a forum, in the words that are printed on them, and what a program in another language counts
//! of them. `tests/recount/forum.py` says again what was asked and what counts; nothing of the product is in it.
#![allow(clippy::unwrap_used, reason = "a story says what is wrong by failing")]

use std::fs;
use std::process::Command;

use maillon_shared::domain::ids::{QuestionId, ResponseId};
use maillon_shared::domain::survey::question::{LineKey, Question, QuestionKind, RespondentKind};
use maillon_shared::domain::survey::response::{Answer, Response as Given, SheetNumber};
use maillon_shared::domain::survey::sitting::{Ending, Page, Sitting, Touch};
use maillon_shared::domain::survey::template::starting_questions;
use maillon_shared::domain::survey::totals::SurveyTotals;
use maillon_tests::harness::Device;
use maillon_tests::house::root;
use maillon_tests::village::chance::Chance;
use serde_json::{Map, Value, json};

use super::forum::{SURVEY, survey};

/// A form: who filled it, and what was ticked or written under each question, in their order.
#[derive(Clone)]
pub struct Form {
    pub public: RespondentKind,
    pub filled: Vec<Vec<String>>,
}

fn public_in_words(public: &RespondentKind) -> &'static str {
    match public {
        RespondentKind::Visitor => "visiteurs",
        RespondentKind::Exhibitor => "intervenants",
        _ => "autres",
    }
}

fn in_words(question: &Question) -> String {
    question.wordings.now().fr
}

impl Form {
    /// A form filled by chance: some questions are passed over, and some ticked several times where that may be.
    pub fn by_chance(chance: &mut Chance, number: usize) -> Self {
        let public = if number % 5 == 4 { RespondentKind::Exhibitor } else { RespondentKind::Visitor };
        let fills = |question: &Question, chance: &mut Chance| {
            if !question.asked_of.contains(&public) || chance.happens(20) {
                return Vec::new();
            }
            let choices: Vec<String> = question.choices().iter().map(|choice| choice.wordings.now().fr).collect();
            match question.form().kind() {
                QuestionKind::Words if chance.happens(40) => vec![format!("Remarque {number}")],
                QuestionKind::Words => Vec::new(),
                QuestionKind::Several => choices.into_iter().filter(|_| chance.happens(35)).collect(),
                _ => vec![chance.pick(&choices).clone()],
            }
        };
        let filled = starting_questions().iter().map(|question| fills(question, chance)).collect();
        Form { public, filled }
    }

    /// Nothing on it at all.
    pub fn is_blank(&self) -> bool {
        self.filled.iter().all(Vec::is_empty)
    }

    /// What stands under a question, as whoever types it answers: two ticks where one was asked for are two.
    fn answer(&self, question: &Question) -> Answer {
        let at = starting_questions().iter().position(|asked| asked.id() == question.id()).unwrap();
        let ticked = &self.filled[at];
        let choice = |words: &String| {
            let choices = question.choices();
            choices.into_iter().find(|choice| choice.wordings.now().fr == *words).unwrap().id
        };
        match (question.form().kind(), ticked.as_slice()) {
            (_, []) => Answer::Blank,
            (QuestionKind::Words, [text, ..]) => Answer::Text(text.clone()),
            (QuestionKind::One, [one]) => Answer::Single(choice(one)),
            (_, several) => Answer::Several(several.iter().map(choice).collect()),
        }
    }

    fn answers(&self) -> Vec<(QuestionId, Answer)> {
        starting_questions().iter().map(|question| (question.id(), self.answer(question))).collect()
    }

    /// The sheet of paper with that number, typed.
    pub fn typed(&self, number: u32) -> Given {
        Given::paper(SURVEY, SheetNumber::new(number).unwrap(), self.public.clone(), None, self.answers())
    }

    /// Somebody sits down before a tablet, answers what they answer, passes over the rest, and hands in.
    #[track_caller]
    pub fn given_at(&self, tablet: &mut Device, id: ResponseId) -> Given {
        let record = survey(tablet, SURVEY).record;
        let mut sitting = Sitting::begin(&record.survey, &record.questions, self.public.clone());
        while let Some((question, _)) = sitting.question() {
            let said = self.answer(question);
            sitting = match said.is_blank() {
                true => sitting.touch(Touch::Skip),
                false => sitting.touch(Touch::Answer(said)).touch(Touch::Next),
            };
        }
        let day = tablet.clock().now().day();
        match sitting.touch(Touch::HandIn).page() {
            Page::Over(Ending::Given(given)) => given.clone().response(id, day),
            _ => panic!("something was handed in"),
        }
    }
}

/// What the other program counts of these forms.
pub fn recounted(forms: &[Form]) -> Value {
    let mut csv = String::from("public");
    starting_questions().iter().for_each(|question| csv.push_str(&format!(";{}", in_words(question))));
    for form in forms {
        csv.push_str(&format!("\n{}", public_in_words(&form.public)));
        form.filled.iter().for_each(|ticked| csv.push_str(&format!(";{}", ticked.join("|"))));
    }
    let folder = tempfile::TempDir::new().unwrap();
    let file = folder.path().join("forms.csv");
    fs::write(&file, csv).unwrap();
    let mut python = Command::new("python3");
    // Nothing is left beside the program.
    let output =
        python.arg("-B").arg(root().join("tests/recount/forum.py")).arg(file).output().unwrap_or_else(|error| {
            panic!("forms are counted again by a Python program, and python3 cannot be run here: {error}")
        });
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// What the notebook counts, said as the other program says it.
pub fn as_recounted(totals: &SurveyTotals) -> Value {
    let asked = starting_questions();
    let mut publics = Map::new();
    for public in &totals.publics {
        let mut questions = Map::new();
        for totals in &public.questions {
            let question = asked.iter().find(|question| question.id() == totals.question).unwrap();
            let line = |key: LineKey| question.line_wordings(key).unwrap().now().fr;
            let share = |key: LineKey| totals.share(key).map(|share| share.percent);
            let lines: Map<String, Value> =
                totals.lines.iter().map(|total| (line(total.line), json!([total.count, share(total.line)]))).collect();
            let said = json!({ "n": totals.n, "blank": totals.blank, "unusable": totals.unusable, "lines": lines });
            questions.insert(in_words(question), said);
        }
        let said = json!({ "responses": public.responses, "questions": questions });
        publics.insert(public_in_words(&public.respondent).to_owned(), said);
    }
    Value::Object(publics)
}
