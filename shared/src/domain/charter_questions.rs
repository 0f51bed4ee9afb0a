//! What is asked at the start, at 6 and at 12 months, of the coordinator, the mairie or the professionals: the same question each
//! time, or there is nothing to compare.
//!
//! A question keeps its meaning once it was answered: whoever wants another closes it and makes a new one. Two devices may not
//! know of each other: so each answer says what was asked, and what was asked otherwise is not compared.
//!
//! What professionals answer is numbers, typed from paper: how many answered, how many chose what. Nobody knows who. They are
//! few, and whoever reads it may know them all: so a distribution follows the rule of [`super::disclosure`], as what leaves of a
//! survey does.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::charter::coded_part;
use super::charter_points::Moment;
use super::coded::coded;
use super::disclosure::{PublicCount, Threshold};
use super::roadmap::Quantity;
use super::roadmap_parts::{Line, Part, roadmap_line};
use super::survey::leaving::of_one;
use super::survey::question::LineKey;
use super::survey::totals::LineTotal;

/// What parts the pieces of what was asked. None of them but the last may hold it.
const PART: char = '\t';

coded! {
    /// How a question is answered.
    #[derive(Default)]
    AnswerForm {
        /// In words.
        #[default]
        Words = "words",
        /// From 1 to 5.
        Scale = "scale",
        /// By yes or no.
        YesNo = "yes_no",
        /// By a number.
        Number = "number",
    }
}

coded! {
    /// Whom a question is asked.
    #[derive(Default)]
    AskedOf {
        /// The coordinator.
        Coordinator = "coordinator",
        /// The mairie.
        Mairie = "mairie",
        /// The professionals, of whom only numbers are kept.
        #[default]
        Professionals = "professionals",
    }
}

coded_part! { AnswerForm, AskedOf }

impl AnswerForm {
    /// The codes of what may be chosen, in their order; none where nothing is.
    pub fn choices(&self) -> &'static [&'static str] {
        match self {
            AnswerForm::Scale => &["1", "2", "3", "4", "5"],
            AnswerForm::YesNo => &["yes", "no"],
            AnswerForm::Words | AnswerForm::Number | AnswerForm::Unknown(_) => &[],
        }
    }
}

/// How many chose what, each written apart. A choice that nobody counted is not there, and is not zero.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts(pub BTreeMap<String, u32>);

impl Part for Counts {
    fn names(&self) -> Vec<String> {
        self.0.keys().cloned().collect()
    }

    fn written(&self, name: &str) -> String {
        self.0.get(name).map(u32::to_string).unwrap_or_default()
    }

    fn read(&mut self, name: &str, text: &str) -> bool {
        let is_choice = [AnswerForm::Scale, AnswerForm::YesNo].iter().any(|form| form.choices().contains(&name));
        match (is_choice, text, text.parse()) {
            (true, "", _) => drop(self.0.remove(name)),
            (true, _, Ok(count)) => drop(self.0.insert(name.to_owned(), count)),
            _ => return false,
        }
        true
    }
}

roadmap_line! {
    /// What was answered at a moment. Its id is no line's: it is written in its question, under its moment.
    Answers {
        /// What was asked then.
        as_asked: String,
        /// How many answered; none is that nobody knows, which is not zero.
        n: Option<u32>,
        /// How many chose what.
        counts: Counts,
        /// The number that was answered; of professionals, their mean, worked out on paper.
        amount: Option<Quantity>,
        /// What was answered in words, or the choice of the one who was asked; of professionals, what came back, in one's own
        /// words.
        said: String,
    }
}

impl Answers {
    /// Whether anything was answered.
    pub fn is_answered(&self) -> bool {
        let asked = Answers { as_asked: self.as_asked.clone(), ..Answers::empty(self.id) };
        *self != asked
    }

    /// What was asked then, in words.
    pub fn asked_in_words(&self) -> &str {
        self.as_asked.splitn(4, PART).nth(3).unwrap_or_default()
    }

    /// Whether more are counted than answered, where it was answered in that form. What two devices counted in another form
    /// is in no form to be mended, and is not told.
    pub fn is_too_many(&self, form: &AnswerForm) -> bool {
        let counted = form.choices().iter().filter_map(|choice| self.counts.0.get(*choice));
        let counted: u64 = counted.map(|count| u64::from(*count)).sum();
        self.n.is_some_and(|n| counted > u64::from(n))
    }
}

roadmap_line! {
    /// A question that was agreed on at the start.
    CharterQuestion {
        /// What is asked.
        text: String,
        /// How it is answered.
        form: AnswerForm,
        /// In what a number is.
        unit: String,
        /// Whom it is asked.
        asked: AskedOf,
        /// Since when it is asked no longer.
        closed_on: Option<NaiveDate>,
        /// What was answered, by moment.
        answers: BTreeMap<Moment, Answers>,
    }
}

/// What a question was when it was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedThen<'a> {
    /// Whom it was asked; none where nothing says so.
    pub of: Option<AskedOf>,
    /// How it was answered.
    pub form: AnswerForm,
    /// In what a number was.
    pub unit: &'a str,
}

/// What may be told of an answer, to whoever reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ToldAnswer<'a> {
    /// Nothing was answered.
    Nothing,
    /// What the one who was asked answered.
    One {
        /// In words, or the code of a choice.
        said: &'a str,
        /// As a number.
        amount: Option<Quantity>,
    },
    /// What several answered.
    Several {
        /// How many.
        n: PublicCount,
        /// How many chose what, where it may be told.
        lines: Vec<(&'static str, u32)>,
        /// Whether some of it is kept back.
        is_kept_back: bool,
        /// Their mean, where it may be told.
        amount: Option<Quantity>,
        /// What came back, where it may be told.
        said: &'a str,
    },
    /// Several answered, nobody knows how many: nothing of it is told.
    HowManyNotKnown,
    /// More are counted than answered: it is to be looked at again, paper in hand.
    TooMany,
}

impl CharterQuestion {
    /// What it means: whom it is asked, how it is answered and what it says.
    pub fn meaning(&self) -> String {
        let unit = self.unit.replace(PART, " ");
        [self.asked.code(), self.form.code(), unit.trim(), self.text.trim()].join(&PART.to_string())
    }

    /// Whether anything was answered to it, at any moment: from then on it keeps its meaning.
    pub fn is_answered(&self) -> bool {
        self.answers.values().any(Answers::is_answered)
    }

    /// The moments at which something was answered to what it asks now: those alone are compared.
    pub fn compared(&self) -> impl Iterator<Item = (Moment, &Answers)> {
        let meaning = self.meaning();
        self.answers().filter(move |(_, answers)| answers.as_asked == meaning)
    }

    /// The moments at which something else was asked under the same question: two did not know of each other.
    pub fn asked_otherwise(&self) -> impl Iterator<Item = (Moment, &Answers)> {
        let meaning = self.meaning();
        self.answers().filter(move |(_, answers)| answers.as_asked != meaning)
    }

    /// What it was when that moment was answered. What the answer does not say is as the question says it now.
    pub fn asked_then(&self, moment: Moment) -> AskedThen<'_> {
        let answers = self.answers.get(&moment).filter(|answers| answers.is_answered());
        let written = answers.map_or("", |answers| answers.as_asked.as_str());
        let mut pieces = written.splitn(4, PART);
        let of = pieces.next().filter(|code| !code.is_empty()).map(AskedOf::from_code);
        let form = pieces.next().filter(|code| !code.is_empty());
        AskedThen {
            of,
            form: form.map_or_else(|| self.form.clone(), AnswerForm::from_code),
            unit: pieces.next().unwrap_or(&self.unit),
        }
    }

    fn answers(&self) -> impl Iterator<Item = (Moment, &Answers)> {
        self.answers.iter().filter(|(_, answers)| answers.is_answered()).map(|(moment, answers)| (*moment, answers))
    }

    /// What may be told of what was answered at a moment. Of professionals, nothing but that they are few under the threshold;
    /// above it, the lines that give back no smaller number.
    pub fn told(&self, moment: Moment, threshold: Threshold) -> ToldAnswer<'_> {
        let Some(answers) = self.answers.get(&moment).filter(|answers| answers.is_answered()) else {
            return ToldAnswer::Nothing;
        };
        let then = self.asked_then(moment);
        // Whoever asks another now, knowing nothing of the answers, makes them nobody's own: both say that one answered.
        let is_of_one = |of: &AskedOf| matches!(of, AskedOf::Coordinator | AskedOf::Mairie);
        if then.of.as_ref().is_some_and(is_of_one) && is_of_one(&self.asked) && answers.n.is_none() {
            return ToldAnswer::One { said: answers.said.trim(), amount: answers.amount };
        }
        let Some(n) = answers.n else { return ToldAnswer::HowManyNotKnown };
        if answers.is_too_many(&then.form) {
            return ToldAnswer::TooMany;
        }
        let told_n = PublicCount::of(n, threshold);
        let is_few = told_n.exactly().is_none();
        let (lines, is_kept_back) =
            if is_few { (Vec::new(), true) } else { told_lines(&then.form, answers, n, threshold) };
        ToldAnswer::Several {
            n: told_n,
            lines,
            is_kept_back,
            amount: answers.amount.filter(|_| !is_few),
            said: if is_few { "" } else { answers.said.trim() },
        }
    }
}

/// The lines that may be told. Those who left it blank are a line like another: what is left of n would give it back.
fn told_lines(form: &AnswerForm, answers: &Answers, n: u32, threshold: Threshold) -> (Vec<(&'static str, u32)>, bool) {
    let choices = form.choices();
    let step = |at: usize| LineKey::Step(u8::try_from(at).unwrap_or(u8::MAX));
    let counted = choices.iter().enumerate().filter_map(|(at, choice)| Some((at, *answers.counts.0.get(*choice)?)));
    let mut lines: Vec<LineTotal> = counted.map(|(at, count)| LineTotal { line: step(at), count }).collect();
    if lines.is_empty() {
        return (Vec::new(), false);
    }
    let sum: u32 = lines.iter().map(|line| line.count).sum();
    let blank = LineKey::Step(u8::MAX);
    if sum < n {
        lines.push(LineTotal { line: blank, count: n - sum });
    }
    let (told, _) = of_one(&lines, threshold);
    let is_kept_back = lines.iter().any(|line| line.line != blank && !told.contains(line));
    let of = |line: &LineTotal| match line.line {
        LineKey::Step(at) => choices.get(usize::from(at)).map(|choice| (*choice, line.count)),
        _ => None,
    };
    (told.iter().filter_map(of).collect(), is_kept_back)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::ids::LineId;
    use super::*;

    fn question(form: AnswerForm) -> CharterQuestion {
        let text = "Le poste vous est-il utile ?".into();
        CharterQuestion { text, form, ..CharterQuestion::empty(LineId([1; 16])) }
    }

    fn answered(mut question: CharterQuestion, n: Option<u32>, counts: &[(&str, u32)]) -> CharterQuestion {
        let counts = Counts(counts.iter().map(|(choice, count)| ((*choice).to_owned(), *count)).collect());
        let as_asked = question.meaning();
        let answers = Answers { as_asked, n, counts, said: "Plutôt oui".into(), ..Answers::empty(LineId([0; 16])) };
        question.answers.insert(Moment::Six, answers);
        question
    }

    fn lines(question: &CharterQuestion) -> (Option<u32>, Vec<(&'static str, u32)>, bool) {
        match question.told(Moment::Six, Threshold::FIVE) {
            ToldAnswer::Several { n, lines, is_kept_back, .. } => (n.exactly(), lines, is_kept_back),
            other => panic!("several: {other:?}"),
        }
    }

    #[test]
    fn of_few_who_answered_nothing_is_told_but_that_they_are_few() {
        let few = answered(question(AnswerForm::YesNo), Some(4), &[("yes", 4), ("no", 0)]);
        let told = few.told(Moment::Six, Threshold::FIVE);
        let ToldAnswer::Several { n, lines, is_kept_back, amount, said } = told else { panic!("{told:?}") };
        assert_eq!((n.exactly(), n.fewer_than()), (None, Some(5)));
        assert_eq!((lines, is_kept_back, amount, said), (Vec::new(), true, None, ""));
    }

    #[test]
    fn a_small_line_is_kept_back_and_whatever_would_give_it_back() {
        let yes_no = |n, counts: &[(&str, u32)]| lines(&answered(question(AnswerForm::YesNo), Some(n), counts));
        assert_eq!(yes_no(12, &[("yes", 6), ("no", 6)]), (Some(12), vec![("yes", 6), ("no", 6)], false));
        assert_eq!(yes_no(8, &[("yes", 6), ("no", 2)]), (Some(8), Vec::new(), true));
        // Two left it blank: that is six out of eight, and says it as well.
        assert_eq!(yes_no(8, &[("yes", 6)]), (Some(8), Vec::new(), true));
        let scale = answered(question(AnswerForm::Scale), Some(20), &[("1", 3), ("2", 3), ("3", 6), ("4", 8)]);
        assert_eq!(lines(&scale), (Some(20), vec![("3", 6), ("4", 8)], true));
    }

    #[test]
    fn what_nobody_counted_is_told_by_nobody() {
        let unknown = answered(question(AnswerForm::YesNo), None, &[("yes", 6)]);
        assert_eq!(unknown.told(Moment::Six, Threshold::FIVE), ToldAnswer::HowManyNotKnown);
        assert_eq!(unknown.told(Moment::Start, Threshold::FIVE), ToldAnswer::Nothing);
        let too_many = answered(question(AnswerForm::YesNo), Some(6), &[("yes", 6), ("no", 5)]);
        assert_eq!(too_many.told(Moment::Six, Threshold::FIVE), ToldAnswer::TooMany);
    }

    #[test]
    fn what_was_asked_otherwise_is_not_compared() {
        let mut asked = answered(question(AnswerForm::YesNo), Some(12), &[("yes", 12)]);
        assert_eq!((asked.compared().count(), asked.asked_otherwise().count()), (1, 0));
        asked.text = "Le poste est-il bien placé ?".into();
        assert_eq!((asked.compared().count(), asked.asked_otherwise().count()), (0, 1));
        let (_, otherwise) = asked.asked_otherwise().next().expect("an answer");
        assert_eq!(otherwise.asked_in_words(), "Le poste vous est-il utile ?");
    }

    #[test]
    fn an_answer_of_the_mairie_is_its_own() {
        let mut asked = question(AnswerForm::Words);
        asked.asked = AskedOf::Mairie;
        let asked = answered(asked, None, &[]);
        let one = ToldAnswer::One { said: "Plutôt oui", amount: None };
        assert_eq!(asked.told(Moment::Six, Threshold::ELEVEN), one);
    }

    #[test]
    fn what_was_asked_of_several_is_never_told_as_of_one() {
        let mut of_several = answered(question(AnswerForm::Number), None, &[]);
        of_several.asked = AskedOf::Mairie;
        assert_eq!(of_several.told(Moment::Six, Threshold::FIVE), ToldAnswer::HowManyNotKnown);
        let mut own = question(AnswerForm::Words);
        own.asked = AskedOf::Mairie;
        let mut own = answered(own, None, &[]);
        // Nothing says any more whom it was asked.
        own.answers.values_mut().for_each(|answers| answers.as_asked.clear());
        assert_eq!(own.told(Moment::Six, Threshold::FIVE), ToldAnswer::HowManyNotKnown);
    }

    #[test]
    fn what_was_counted_is_told_in_the_form_in_which_it_was_asked() {
        let mut asked = answered(question(AnswerForm::YesNo), Some(12), &[("yes", 6), ("no", 6), ("4", 9)]);
        asked.form = AnswerForm::Scale;
        assert_eq!(lines(&asked), (Some(12), vec![("yes", 6), ("no", 6)], false));
    }

    proptest! {
        /// Whoever reads what is told of a scale finds no number of people under the threshold but zero, not by itself and not
        /// in what is left.
        #[test]
        fn nothing_that_is_told_gives_a_small_number_back(counts in proptest::collection::vec(0..9_u32, 5), blank in 0..7_u32) {
            let n = counts.iter().sum::<u32>() + blank;
            let choices = AnswerForm::Scale.choices();
            let counted: Vec<(&str, u32)> = choices.iter().copied().zip(counts).collect();
            let (told_n, lines, _) = lines(&answered(question(AnswerForm::Scale), Some(n), &counted));
            let limit = Threshold::FIVE.get();
            prop_assert!(lines.iter().all(|(_, count)| *count >= limit));
            let told: u32 = lines.iter().map(|(_, count)| count).sum();
            if let (Some(n), false) = (told_n, lines.is_empty()) {
                prop_assert!(n == told || n - told >= limit, "{n} {lines:?}");
            }
        }
    }
}
