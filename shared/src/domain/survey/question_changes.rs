//! How a question changes: what a form wrote, as the smallest differences, and what each does.
//!
//! None of them changes its id or how it is answered, takes a choice away, or says of other choices what was said of
//! some read together: whoever wants that asks another question.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::question::{Choice, Choices, Form, Question, RespondentKind, Together, Wordings};
use crate::domain::changes::{held, line};
use crate::domain::ids::ChoiceId;
use crate::text::language::Language;

/// One change to a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum QuestionChange {
    /// These words hold since that year, in that language.
    Wording(i32, Language, String),
    /// It is asked of them, or not.
    AskedOf(RespondentKind, bool),
    /// It is proposed no longer since that year; or is again.
    Retired(Option<i32>),
    /// What a choice is called since a year; a new one comes into being.
    ChoiceWording(ChoiceId, i32, Language, String),
    /// Its place among the others.
    ChoicePlace(ChoiceId, u32),
    /// It is offered since that year.
    ChoiceFrom(ChoiceId, Option<i32>),
    /// It is offered no longer since that year; or is again.
    ChoiceRetired(ChoiceId, Option<i32>),
    /// These choices are read together. Where they were said already, the first word stands.
    Together(ChoiceId, BTreeSet<ChoiceId>),
    /// What they are called together since a year.
    TogetherWording(ChoiceId, i32, Language, String),
}

impl Question {
    /// What to write so that this question becomes `edited`: the differences only. Nothing is said of what cannot
    /// change.
    pub fn changes_to(&self, edited: &Question) -> Vec<QuestionChange> {
        let words = differences(&self.wordings, &edited.wordings);
        let mut changes: Vec<_> = words.map(|(year, lang, text)| QuestionChange::Wording(year, lang, text)).collect();
        for kind in self.asked_of.symmetric_difference(&edited.asked_of) {
            changes.push(QuestionChange::AskedOf(kind.clone(), edited.asked_of.contains(kind)));
        }
        if self.retired != edited.retired {
            changes.push(QuestionChange::Retired(edited.retired));
        }
        for choice in edited.choices() {
            let before = self.choices().into_iter().find(|before| before.id == choice.id).cloned();
            let before = before.unwrap_or_else(|| Choice::empty(choice.id));
            let words = differences(&before.wordings, &choice.wordings);
            changes.extend(words.map(|(year, lang, text)| QuestionChange::ChoiceWording(choice.id, year, lang, text)));
            if before.place != choice.place {
                changes.push(QuestionChange::ChoicePlace(choice.id, choice.place));
            }
            if before.from != choice.from {
                changes.push(QuestionChange::ChoiceFrom(choice.id, choice.from));
            }
            if before.retired != choice.retired {
                changes.push(QuestionChange::ChoiceRetired(choice.id, choice.retired));
            }
        }
        for group in edited.together() {
            let id = group.id();
            let before = held(self.together(), |before| before.id() == id, || Together::of(id, []));
            if self.together().iter().all(|before| before.id() != id) {
                changes.push(QuestionChange::Together(id, group.choices().clone()));
            }
            let words = differences(&before.wordings, &group.wordings);
            changes.extend(words.map(|(year, lang, text)| QuestionChange::TogetherWording(id, year, lang, text)));
        }
        changes
    }

    /// Makes a change, as the journal would. What is about choices does nothing to a question that has none, and what
    /// names choices read together that nobody said does nothing either.
    pub fn apply(&mut self, change: &QuestionChange) {
        match change {
            QuestionChange::Wording(year, language, text) => self.wordings.correct(*year, *language, text),
            QuestionChange::AskedOf(kind, true) => {
                self.asked_of.insert(kind.clone());
            }
            QuestionChange::AskedOf(kind, false) => {
                self.asked_of.remove(kind);
            }
            QuestionChange::Retired(year) => self.retired = *year,
            QuestionChange::ChoiceWording(id, year, language, text) => {
                self.choice(*id, |choice| choice.wordings.correct(*year, *language, text));
            }
            QuestionChange::ChoicePlace(id, place) => self.choice(*id, |choice| choice.place = *place),
            QuestionChange::ChoiceFrom(id, year) => self.choice(*id, |choice| choice.from = *year),
            QuestionChange::ChoiceRetired(id, year) => self.choice(*id, |choice| choice.retired = *year),
            QuestionChange::Together(id, of) => {
                if let Some(choices) = self.listed_mut() {
                    line(&mut choices.together, |group| group.id() == *id, || Together::of(*id, of.iter().copied()));
                }
            }
            QuestionChange::TogetherWording(id, year, language, text) => {
                let groups = self.listed_mut().map(|choices| &mut choices.together);
                let group = groups.and_then(|groups| groups.iter_mut().find(|group| group.id() == *id));
                if let Some(group) = group {
                    group.wordings.correct(*year, *language, text);
                }
            }
        }
    }

    fn listed_mut(&mut self) -> Option<&mut Choices> {
        match &mut self.form {
            Form::One(choices) | Form::Several(choices) => Some(choices),
            Form::Words | Form::Scale(_) | Form::Unknown(_) => None,
        }
    }

    fn choice(&mut self, id: ChoiceId, change: impl FnOnce(&mut Choice)) {
        if let Some(choices) = self.listed_mut() {
            change(line(&mut choices.each, |choice| choice.id == id, || Choice::empty(id)));
        }
    }
}

/// The words in which others differ, year by year: empty where they have none.
fn differences(before: &Wordings, after: &Wordings) -> impl Iterator<Item = (i32, Language, String)> {
    let mut found = Vec::new();
    for language in Language::ALL {
        let (before, after) = (before.years(language), after.years(language));
        let years: BTreeSet<_> = before.keys().chain(after.keys()).copied().collect();
        let differing = years.into_iter().filter(|year| before.get(year) != after.get(year));
        found.extend(differing.map(|year| (year, language, after.get(&year).cloned().unwrap_or_default())));
    }
    found.into_iter()
}

#[cfg(test)]
mod tests {
    use super::super::template::{self, starting_questions};
    use super::*;

    fn applied(before: &Question, changes: &[QuestionChange]) -> Question {
        let mut after = before.clone();
        changes.iter().for_each(|change| after.apply(change));
        after
    }

    #[test]
    fn a_form_writes_only_what_was_touched() {
        let before = template::question(template::INTEREST);
        assert_eq!(before.changes_to(&before), []);
        let mut edited = before.clone();
        edited.wordings.correct(2026, Language::Fr, "Ce forum vous a-t-il intéressé ?");
        edited.apply(&QuestionChange::ChoiceRetired(template::INTEREST_NOT, Some(2026)));
        assert_eq!(
            before.changes_to(&edited),
            [
                QuestionChange::Wording(2026, Language::Fr, "Ce forum vous a-t-il intéressé ?".into()),
                QuestionChange::ChoiceRetired(template::INTEREST_NOT, Some(2026)),
            ]
        );
    }

    #[test]
    fn a_question_made_from_nothing_by_its_changes_is_the_question() {
        for question in starting_questions() {
            let form = match question.form() {
                Form::One(_) => Form::One(Choices::default()),
                Form::Several(_) => Form::Several(Choices::default()),
                other => other.clone(),
            };
            let nothing = Question::new(question.id(), form);
            assert_eq!(applied(&nothing, &nothing.changes_to(&question)), question);
        }
    }

    #[test]
    fn two_coordinators_who_correct_one_question_both_keep_their_words() {
        let before = template::question(template::INTEREST);
        let (mut one, mut other) = (before.clone(), before.clone());
        one.wordings.correct(2026, Language::Fr, "L’intérêt du forum");
        other.wordings.correct(2026, Language::En, "How interesting it was");
        other.apply(&QuestionChange::ChoiceWording(ChoiceId([8; 16]), 2026, Language::Fr, "sans avis".into()));
        let (of_one, of_other) = (before.changes_to(&one), before.changes_to(&other));
        let met = applied(&applied(&before, &of_one), &of_other);
        assert_eq!(met, applied(&applied(&before, &of_other), &of_one));
        assert_eq!(
            (met.wordings.now().fr.as_str(), met.wordings.now().en.as_str()),
            ("L’intérêt du forum", "How interesting it was")
        );
        assert_eq!(met.choices().len(), before.choices().len() + 1);
    }

    #[test]
    fn what_figures_were_published_of_is_never_said_of_other_choices() {
        let before = template::question(template::INTEREST);
        let group = before.together()[0].clone();
        let other = QuestionChange::Together(group.id(), BTreeSet::from([template::INTEREST_NOT]));
        assert_eq!(applied(&before, &[other]), before);
        let words = template::question(template::REMARK);
        let choice = QuestionChange::ChoicePlace(ChoiceId([8; 16]), 3);
        assert_eq!(applied(&words, &[choice]), words, "a question in words has no choice");
    }
}
