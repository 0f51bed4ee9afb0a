//! A question that surveys ask year after year.
//!
//! Its id, its form and the ids of its choices never change: that is what makes two years comparable. Its words may be
//! corrected, and the words of before stay, by year, so that whoever compares sees which were read. A choice is
//! retired, never deleted: somebody answered it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::response::Answer;
use crate::domain::coded::coded;
use crate::domain::ids::{ChoiceId, QuestionId};
use crate::text::fold::{fold, same};
use crate::text::language::Language;

pub use super::question_changes::QuestionChange;

coded! {
    /// Who answers. What visitors said and what exhibitors said are never added nor compared.
    RespondentKind {
        /// Someone who came to see.
        Visitor = "visitor",
        /// Someone who held a stand, or spoke.
        Exhibitor = "exhibitor",
        /// Anyone else: whoever organised, a volunteer.
        Other = "other",
    }
}

coded! {
    /// How a question is answered.
    QuestionKind {
        /// By one choice.
        One = "one",
        /// By any number of choices.
        Several = "several",
        /// In words, which are read and never counted.
        Words = "words",
        /// By a step of a scale.
        Scale = "scale",
    }
}

/// What something is called, as it was corrected over the years, in either language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wordings {
    fr: BTreeMap<i32, String>,
    en: BTreeMap<i32, String>,
}

/// Words in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    /// In French.
    pub fr: String,
    /// In English.
    pub en: String,
}

impl Wording {
    /// The words in a language; those of the other where it has none.
    pub fn text(&self, language: Language) -> &str {
        let (own, other) = match language {
            Language::Fr => (&self.fr, &self.en),
            Language::En => (&self.en, &self.fr),
        };
        if own.is_empty() { other } else { own }
    }

    /// Whether it reads like a text, in either language: case, accents and signs make no other words.
    pub fn says(&self, text: &str) -> bool {
        let is_so = |own: &String| !own.is_empty() && same(own, text);
        is_so(&self.fr) || is_so(&self.en)
    }

    /// Whether another reads alike in both languages.
    pub fn reads_like(&self, other: &Wording) -> bool {
        same(&self.fr, &other.fr) && same(&self.en, &other.en)
    }
}

impl Wordings {
    /// Words that hold since a year.
    pub fn since(year: i32, fr: &str, en: &str) -> Self {
        let mut wordings = Wordings::default();
        wordings.correct(year, Language::Fr, fr);
        wordings.correct(year, Language::En, en);
        wordings
    }

    /// The words of a year: the last ones written for it or before; where there are none, the first ones ever.
    pub fn in_year(&self, year: i32) -> Wording {
        let of = |language| {
            let years: &BTreeMap<i32, String> = self.years(language);
            let words = years.range(..=year).next_back().or_else(|| years.first_key_value());
            words.map(|(_, text)| text.clone()).unwrap_or_default()
        };
        Wording { fr: of(Language::Fr), en: of(Language::En) }
    }

    /// The words that hold last.
    pub fn now(&self) -> Wording {
        self.in_year(i32::MAX)
    }

    /// The words in a language, by the year since which they hold.
    pub fn years(&self, language: Language) -> &BTreeMap<i32, String> {
        match language {
            Language::Fr => &self.fr,
            Language::En => &self.en,
        }
    }

    /// These words hold since that year; those of the years before stay. Empty words hold nothing: those of before do.
    pub fn correct(&mut self, year: i32, language: Language, text: &str) {
        let years = match language {
            Language::Fr => &mut self.fr,
            Language::En => &mut self.en,
        };
        if text.trim().is_empty() {
            years.remove(&year);
        } else {
            years.insert(year, text.to_owned());
        }
    }

    fn move_year(&mut self, from: i32, to: i32) {
        for years in [&mut self.fr, &mut self.en] {
            // The first words ever hold before their year too: they need not move, and would leave none behind.
            if years.len() > 1
                && let Some(text) = years.remove(&from)
            {
                years.insert(to, text);
            }
        }
    }

    /// Whether it reads, or ever read, like a text.
    pub fn ever_said(&self, text: &str) -> bool {
        let folded = fold(text);
        !folded.is_empty() && self.fr.values().chain(self.en.values()).any(|words| fold(words) == folded)
    }
}

/// A choice of a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Names the choice.
    pub id: ChoiceId,
    /// What it is called.
    pub wordings: Wordings,
    /// Its place among the others, smaller numbers first.
    pub place: u32,
    /// The first year it was offered; none is as long as the question.
    pub from: Option<i32>,
    /// The first year it was offered no longer.
    pub retired: Option<i32>,
}

impl Choice {
    /// A choice with nothing on it.
    pub fn empty(id: ChoiceId) -> Self {
        Choice { id, wordings: Wordings::default(), place: 0, from: None, retired: None }
    }

    /// Whether it was offered in a year. What was not offered was chosen by nobody, which is not zero.
    pub fn is_offered_in(&self, year: i32) -> bool {
        self.from.is_none_or(|from| from <= year) && self.retired.is_none_or(|retired| year < retired)
    }
}

/// Choices that are read together: *good or excellent*. Which ones never changes, since figures were published of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Together {
    id: ChoiceId,
    of: BTreeSet<ChoiceId>,
    /// What they are called together.
    pub wordings: Wordings,
}

impl Together {
    /// These choices, read together.
    pub fn of(id: ChoiceId, choices: impl IntoIterator<Item = ChoiceId>) -> Self {
        Together { id, of: choices.into_iter().collect(), wordings: Wordings::default() }
    }

    /// Names them.
    pub fn id(&self) -> ChoiceId {
        self.id
    }

    /// Which ones.
    pub fn choices(&self) -> &BTreeSet<ChoiceId> {
        &self.of
    }
}

/// The choices of a question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    /// Each, in no order of its own: [`Choice::place`] says it.
    pub each: Vec<Choice>,
    /// Those that are read together too.
    pub together: Vec<Together>,
}

/// The steps of a scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scale {
    lowest: u8,
    highest: u8,
}

/// More steps than that are a number, not a scale.
const MOST_STEPS: u8 = 11;

impl Scale {
    /// A scale; none of one step, of none, or of more than eleven.
    pub fn new(lowest: u8, highest: u8) -> Option<Self> {
        (lowest < highest && highest - lowest < MOST_STEPS).then_some(Scale { lowest, highest })
    }

    /// Its first step and its last.
    pub fn ends(self) -> (u8, u8) {
        (self.lowest, self.highest)
    }

    /// Its steps, the lowest first.
    pub fn steps(self) -> impl Iterator<Item = u8> {
        self.lowest..=self.highest
    }

    /// Whether it has a step.
    pub fn has(self, step: u8) -> bool {
        (self.lowest..=self.highest).contains(&step)
    }
}

/// How a question is answered, with all that this takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Form {
    /// By one choice.
    One(Choices),
    /// By any number of choices.
    Several(Choices),
    /// In words.
    Words,
    /// By a step of a scale.
    Scale(Scale),
    /// Written by a newer version: it is asked and counted by none.
    Unknown(String),
}

impl Form {
    /// Which kind it is.
    pub fn kind(&self) -> QuestionKind {
        match self {
            Form::One(_) => QuestionKind::One,
            Form::Several(_) => QuestionKind::Several,
            Form::Words => QuestionKind::Words,
            Form::Scale(_) => QuestionKind::Scale,
            Form::Unknown(code) => QuestionKind::Unknown(code.clone()),
        }
    }
}

/// What a number of people is said of: what they chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum LineKey {
    /// A choice.
    Choice(ChoiceId),
    /// Choices read together.
    Together(ChoiceId),
    /// A step of a scale.
    Step(u8),
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    id: QuestionId,
    pub(super) form: Form,
    /// What is asked.
    pub wordings: Wordings,
    /// Of whom.
    pub asked_of: BTreeSet<RespondentKind>,
    /// The first year in which it is proposed for surveys no longer.
    pub retired: Option<i32>,
}

impl Question {
    /// A question that is answered so, of which nothing else is said yet.
    pub fn new(id: QuestionId, form: Form) -> Self {
        Question { id, form, wordings: Wordings::default(), asked_of: BTreeSet::new(), retired: None }
    }

    /// Names the question, in every year.
    pub fn id(&self) -> QuestionId {
        self.id
    }

    /// How it is answered.
    pub fn form(&self) -> &Form {
        &self.form
    }

    /// Its choices, in their order; none where it has none.
    pub fn choices(&self) -> Vec<&Choice> {
        let mut choices: Vec<_> = self.listed().map_or(&[][..], |choices| &choices.each).iter().collect();
        choices.sort_by_key(|choice| (choice.place, choice.id));
        choices
    }

    /// The choices that are read together.
    pub fn together(&self) -> &[Together] {
        self.listed().map_or(&[], |choices| &choices.together)
    }

    fn listed(&self) -> Option<&Choices> {
        match &self.form {
            Form::One(choices) | Form::Several(choices) => Some(choices),
            Form::Words | Form::Scale(_) | Form::Unknown(_) => None,
        }
    }

    /// The lines of a year, in their order: the choices then offered, those read together of which one was, the steps.
    pub fn lines_in(&self, year: i32) -> Vec<LineKey> {
        if let Form::Scale(scale) = &self.form {
            return scale.steps().map(LineKey::Step).collect();
        }
        let choices = self.choices();
        let offered: Vec<_> =
            choices.iter().filter(|choice| choice.is_offered_in(year)).map(|choice| choice.id).collect();
        let together = self.together().iter().filter(|group| offered.iter().any(|id| group.of.contains(id)));
        let together: Vec<_> = together.map(|group| LineKey::Together(group.id)).collect();
        offered.into_iter().map(LineKey::Choice).chain(together).collect()
    }

    /// What a line is called, over the years; none of a step, which is a number, or of what the question does not have.
    pub fn line_wordings(&self, line: LineKey) -> Option<&Wordings> {
        let choices = self.listed()?;
        match line {
            LineKey::Choice(id) => choices.each.iter().find(|choice| choice.id == id).map(|choice| &choice.wordings),
            LineKey::Together(id) => choices.together.iter().find(|group| group.id == id).map(|group| &group.wordings),
            LineKey::Step(_) => None,
        }
    }

    /// The line that reads, or ever read, like a text.
    pub fn line_named(&self, text: &str) -> Option<LineKey> {
        if let Form::Scale(scale) = &self.form {
            return text.trim().parse().ok().filter(|step| scale.has(*step)).map(LineKey::Step);
        }
        let choices = self.choices().into_iter().map(|choice| (LineKey::Choice(choice.id), &choice.wordings));
        let together = self.together().iter().map(|group| (LineKey::Together(group.id), &group.wordings));
        choices.chain(together).find(|(_, wordings)| wordings.ever_said(text)).map(|(line, _)| line)
    }

    /// Moves what was said for a year to another: a survey turns out to be of that one. Words that held before both stay.
    pub fn move_year(&mut self, from: i32, to: i32) {
        self.wordings.move_year(from, to);
        let (Form::One(choices) | Form::Several(choices)) = &mut self.form else { return };
        for choice in &mut choices.each {
            choice.wordings.move_year(from, to);
            for year in [&mut choice.from, &mut choice.retired].into_iter().flatten() {
                if *year == from {
                    *year = to;
                }
            }
        }
        choices.together.iter_mut().for_each(|group| group.wordings.move_year(from, to));
    }

    /// Whether an answer is one to this question. A choice that this notebook does not know yet is: another device
    /// offered it. Two choices where one is asked for are none, nor is a step that the scale does not have.
    pub fn takes(&self, answer: &Answer) -> bool {
        match (&self.form, answer) {
            (_, Answer::Blank)
            | (Form::One(_), Answer::Single(_))
            | (Form::Several(_), Answer::Several(_))
            | (Form::Words, Answer::Text(_)) => true,
            (Form::Scale(scale), Answer::Scale(step)) => scale.has(*step),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHOICE: ChoiceId = ChoiceId([1; 16]);

    fn question() -> Question {
        let mut group = Together::of(ChoiceId([9; 16]), [CHOICE, ChoiceId([2; 16])]);
        group.wordings.correct(2021, Language::Fr, "bon ou excellent");
        let choice = |number: u8, place| Choice { place, ..Choice::empty(ChoiceId([number; 16])) };
        let each = vec![choice(1, 2), choice(2, 1), choice(3, 3)];
        let form = Form::One(Choices { each, together: vec![group] });
        Question {
            wordings: Wordings::since(2021, "Votre avis", "Your view"),
            ..Question::new(QuestionId([7; 16]), form)
        }
    }

    #[test]
    fn words_are_corrected_and_those_of_before_stay() {
        let mut wordings = Wordings::since(2021, "Interet du forum", "Interest");
        wordings.correct(2024, Language::Fr, "L’intérêt de ce forum");
        let french = |year| wordings.in_year(year).fr;
        assert_eq!([french(2019), french(2021), french(2023)], ["Interet du forum"; 3].map(str::to_owned));
        assert_eq!([french(2024), wordings.now().fr], ["L’intérêt de ce forum"; 2].map(str::to_owned));
        assert_eq!(wordings.now().text(Language::En), "Interest", "what was not corrected stays");
        assert!(wordings.ever_said("INTÉRÊT DU FORUM") && !wordings.ever_said("") && !wordings.ever_said("forum"));
        let accents_apart = Wording { fr: "Intérêt du forum".into(), en: "Interest".into() };
        assert!(accents_apart.reads_like(&wordings.in_year(2022)) && !accents_apart.reads_like(&wordings.now()));
        assert_eq!(Wordings::since(2021, "Avis", "").now().text(Language::En), "Avis");
    }

    #[test]
    fn what_was_said_for_a_year_is_said_for_the_year_that_it_turns_out_to_be() {
        let mut asked = question();
        asked.apply(&QuestionChange::Wording(2027, Language::Fr, "Votre avis sur ce forum".into()));
        asked.apply(&QuestionChange::ChoiceFrom(CHOICE, Some(2027)));
        asked.move_year(2027, 2026);
        let words = |year| asked.wordings.in_year(year).fr;
        assert_eq!([words(2025), words(2026)], ["Votre avis", "Votre avis sur ce forum"]);
        assert!(asked.lines_in(2026).contains(&LineKey::Choice(CHOICE)), "what was to be offered is");
        assert_eq!(asked.wordings.now().en, "Your view");
    }

    #[test]
    fn a_choice_is_offered_from_a_year_until_it_is_retired() {
        let choice = Choice { from: Some(2022), retired: Some(2025), ..Choice::empty(CHOICE) };
        let offered: Vec<_> = (2020..2028).filter(|year| choice.is_offered_in(*year)).collect();
        assert_eq!(offered, [2022, 2023, 2024]);
    }

    #[test]
    fn the_lines_of_a_year_are_those_that_were_offered_then() {
        let mut question = question();
        if let Form::One(choices) = &mut question.form {
            choices.each[0].retired = Some(2024);
            choices.each[1].retired = Some(2025);
        }
        let choice = |number| LineKey::Choice(ChoiceId([number; 16]));
        let good = LineKey::Together(ChoiceId([9; 16]));
        assert_eq!(question.lines_in(2023), [choice(2), choice(1), choice(3), good]);
        assert_eq!(question.lines_in(2024), [choice(2), choice(3), good]);
        assert_eq!(question.lines_in(2025), [choice(3)]);
        assert_eq!(question.line_named("Bon ou EXCELLENT"), Some(good));
        assert_eq!(question.line_named("bon"), None);
    }

    #[test]
    fn a_question_takes_the_answers_of_its_form_only() {
        let one = Answer::Single(ChoiceId([8; 16]));
        let two = Answer::Several(BTreeSet::from([CHOICE, ChoiceId([2; 16])]));
        assert!(question().takes(&one) && question().takes(&Answer::Blank) && !question().takes(&two));
        let scale = Scale::new(0, 10).map(|scale| Question::new(QuestionId([1; 16]), Form::Scale(scale)));
        let scale = scale.expect("eleven steps");
        assert!(scale.takes(&Answer::Scale(10)) && !scale.takes(&Answer::Scale(11)) && !scale.takes(&one));
        assert_eq!((Scale::new(3, 3), Scale::new(0, 11), Scale::new(5, 1)), (None, None, None));
        assert_eq!((scale.line_named(" 7 "), scale.line_named("12")), (Some(LineKey::Step(7)), None));
        let newer = Question::new(QuestionId([1; 16]), Form::Unknown("ranking".into()));
        assert!(!newer.takes(&one) && newer.lines_in(2026).is_empty());
    }
}
