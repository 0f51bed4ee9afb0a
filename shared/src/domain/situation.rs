//! A fictional situation, for a training lunch: recomposed from several, in the author's own words.
//!
//! It holds no link to the records it came from: no id, no name, no date of theirs; not even how many they were. It leaves
//! the notebook only as a [`SituationPaper`], which is made of a text without a clue that names someone, read by a second
//! person as it is now.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::changes::text_fields;
use super::clues::{Clue, Weight};
use super::ids::{EntryId, LineId, SituationId};
use crate::text::fold::fold;

/// How many real situations one is recomposed from, at least.
pub const LEAST_SOURCES: usize = 2;

/// A fictional situation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Situation {
    /// Names the situation.
    pub id: SituationId,
    /// What it is called.
    pub title: String,
    /// The story.
    pub story: String,
    /// The pattern it was begun from; empty where it was recomposed from records, of which nothing is kept.
    pub pattern: String,
    /// The day of the lunch.
    pub lunch_on: Option<NaiveDate>,
    /// What is asked at the lunch.
    pub questions: Vec<LunchQuestion>,
    /// Who answers what.
    pub answers: Vec<LunchAnswer>,
    /// The second reading.
    pub reading: Option<SecondReading>,
    /// Whether it was a mistake.
    pub withdrawn: bool,
}

text_fields! {
    /// The text fields of a situation.
    SituationField of Situation {
        /// What it is called.
        Title = "title" => title,
        /// The story.
        Story = "story" => story,
        /// The pattern.
        Pattern = "pattern" => pattern,
    }
}

/// What is asked at the lunch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LunchQuestion {
    /// Names the line.
    pub id: LineId,
    /// The question.
    pub asks: String,
}

/// What a member of the collective answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LunchAnswer {
    /// Names the line.
    pub id: LineId,
    /// To which question.
    pub to: LineId,
    /// Who, of the directory.
    pub entry: Option<EntryId>,
    /// Who, in words.
    pub who: String,
    /// What they answer.
    pub says: String,
}

text_fields! {
    /// The text fields of an answer.
    AnswerField of LunchAnswer {
        /// Who, in words.
        Who = "who" => who,
        /// What they answer.
        Says = "says" => says,
    }
}

/// That a second person read it, as it then was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondReading {
    /// Who.
    pub reader: String,
    /// When.
    pub day: NaiveDate,
    /// Which text: [`Situation::fingerprint`].
    pub of: String,
}

/// One change to a situation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SituationChange {
    /// A text field becomes this.
    Text(SituationField, String),
    /// The lunch is that day.
    LunchOn(Option<NaiveDate>),
    /// That is asked.
    Question(LineId, String),
    /// A question goes.
    RemoveQuestion(LineId),
    /// A field of an answer to that question.
    Answer(LineId, LineId, AnswerField, String),
    /// Who of the directory answers.
    AnswerEntry(LineId, LineId, Option<EntryId>),
    /// An answer goes.
    RemoveAnswer(LineId),
    /// It was a mistake, or was not.
    Withdrawn(bool),
}

/// Why a situation does not leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotYet {
    /// It says nothing.
    Empty,
    /// So many clues name someone.
    Clues(u32),
    /// Nobody else read it.
    NotRead,
    /// It was written in since it was read.
    WrittenSince,
}

/// A situation that may leave: to print, to give.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SituationPaper {
    title: String,
    story: String,
    questions: Vec<PaperQuestion>,
}

/// A question on paper, and who answers it: structures, never what they said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperQuestion {
    /// The question.
    pub asks: String,
    /// Who answers.
    pub who: Vec<String>,
}

impl SituationPaper {
    /// What it is called.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The story.
    pub fn story(&self) -> &str {
        &self.story
    }

    /// The questions.
    pub fn questions(&self) -> &[PaperQuestion] {
        &self.questions
    }
}

impl Situation {
    /// A situation of which nothing is written yet.
    pub fn empty(id: SituationId) -> Self {
        Situation {
            id,
            title: String::new(),
            story: String::new(),
            pattern: String::new(),
            lunch_on: None,
            questions: Vec::new(),
            answers: Vec::new(),
            reading: None,
            withdrawn: false,
        }
    }

    /// Every text that leaves: what is looked through for clues, and read by a second person.
    pub fn texts(&self) -> Vec<&str> {
        let questions = self.questions.iter().map(|question| question.asks.as_str());
        [self.title.as_str(), &self.story].into_iter().chain(questions).collect()
    }

    /// Tells one text from another. It says nothing of what is in it.
    pub fn fingerprint(&self) -> String {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        let mut add = |byte: u8| hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        for text in self.texts() {
            text.trim().bytes().for_each(&mut add);
            add(0);
        }
        format!("{hash:016x}")
    }

    /// Whether what a second person read is what stands there now.
    pub fn is_read(&self) -> bool {
        self.reading.as_ref().is_some_and(|reading| reading.of == self.fingerprint())
    }

    /// Why a second person cannot read it yet.
    pub fn to_read(&self, clues: &[Clue]) -> Result<(), NotYet> {
        if self.story.trim().is_empty() {
            return Err(NotYet::Empty);
        }
        match clues.iter().filter(|clue| clue.weight == Weight::Must).count() {
            0 => Ok(()),
            many => Err(NotYet::Clues(u32::try_from(many).unwrap_or(u32::MAX))),
        }
    }

    /// The situation as it may leave: none of its clues names someone, and a second person read it as it is now.
    pub fn leaves(&self, clues: &[Clue], name: impl Fn(&LunchAnswer) -> String) -> Result<SituationPaper, NotYet> {
        self.to_read(clues)?;
        match &self.reading {
            None => return Err(NotYet::NotRead),
            Some(_) if !self.is_read() => return Err(NotYet::WrittenSince),
            Some(_) => {}
        }
        let who = |question: &LunchQuestion| {
            let mut names: Vec<String> = self
                .answers
                .iter()
                .filter(|answer| answer.to == question.id && answer.entry.is_some())
                .map(&name)
                .collect();
            names.retain(|name| !name.trim().is_empty());
            names
        };
        let questions = self.questions.iter().filter(|question| !question.asks.trim().is_empty());
        let questions = questions.map(|question| PaperQuestion { asks: question.asks.clone(), who: who(question) });
        Ok(SituationPaper { title: self.title.clone(), story: self.story.clone(), questions: questions.collect() })
    }

    /// What to write so that it becomes `edited`: the differences only. A reading is never written by a form.
    pub fn changes_to(&self, edited: &Situation) -> Vec<SituationChange> {
        let texts = self.text_differences(edited);
        let mut changes: Vec<_> = texts.map(|(field, text)| SituationChange::Text(field, text.to_owned())).collect();
        if self.lunch_on != edited.lunch_on {
            changes.push(SituationChange::LunchOn(edited.lunch_on));
        }
        for line in &edited.questions {
            let before = self.questions.iter().find(|before| before.id == line.id);
            if before.map_or("", |before| &before.asks) != line.asks {
                changes.push(SituationChange::Question(line.id, line.asks.clone()));
            }
        }
        for gone in self.questions.iter().filter(|before| edited.questions.iter().all(|after| after.id != before.id)) {
            changes.push(SituationChange::RemoveQuestion(gone.id));
        }
        for line in &edited.answers {
            let before = self.answers.iter().find(|before| before.id == line.id).cloned();
            let before = before.unwrap_or_else(|| LunchAnswer::empty(line.id, line.to));
            let texts = before.text_differences(line);
            changes.extend(texts.map(|(f, text)| SituationChange::Answer(line.id, line.to, f, text.to_owned())));
            if before.entry != line.entry {
                changes.push(SituationChange::AnswerEntry(line.id, line.to, line.entry));
            }
        }
        for gone in self.answers.iter().filter(|before| edited.answers.iter().all(|after| after.id != before.id)) {
            changes.push(SituationChange::RemoveAnswer(gone.id));
        }
        if self.withdrawn != edited.withdrawn {
            changes.push(SituationChange::Withdrawn(edited.withdrawn));
        }
        changes
    }
}

impl LunchAnswer {
    /// A line with nothing on it.
    pub fn empty(id: LineId, to: LineId) -> Self {
        LunchAnswer { id, to, entry: None, who: String::new(), says: String::new() }
    }
}

/// Whether someone may be a second reader: a name, and not the author's.
pub fn is_someone_else(reader: &str, author: &str) -> bool {
    let reader = fold(reader);
    !reader.is_empty() && reader != fold(author)
}

#[cfg(test)]
mod tests {
    use super::super::clues::ClueKind;
    use super::*;

    fn written() -> Situation {
        let mut one = Situation::empty(SituationId([1; 16]));
        one.story = "Une femme ne descend plus au marché.".into();
        one
    }

    fn read(mut one: Situation) -> Situation {
        let day = NaiveDate::from_ymd_opt(2026, 6, 12).expect("a date");
        one.reading = Some(SecondReading { reader: "Basile".into(), day, of: one.fingerprint() });
        one
    }

    fn clue(weight: Weight) -> Clue {
        Clue { text: 0, kind: ClueKind::Name, weight, from: 0, to: 3, words: "Une".into() }
    }

    fn leaves(one: &Situation, clues: &[Clue]) -> Result<SituationPaper, NotYet> {
        one.leaves(clues, |answer| answer.who.clone())
    }

    #[test]
    fn nothing_leaves_before_a_second_person_read_it_as_it_is() {
        assert_eq!(leaves(&written(), &[]), Err(NotYet::NotRead));
        let mut one = read(written());
        assert!(leaves(&one, &[clue(Weight::Look)]).is_ok(), "what was looked at may stay");
        assert_eq!(leaves(&one, &[clue(Weight::Must)]), Err(NotYet::Clues(1)));
        one.story.push_str(" Son chien est mort.");
        assert_eq!(leaves(&one, &[]), Err(NotYet::WrittenSince));
        let mut asked = read(written());
        asked.questions.push(LunchQuestion { id: LineId([2; 16]), asks: "Qui fait quoi ?".into() });
        assert_eq!(leaves(&asked, &[]), Err(NotYet::WrittenSince), "a question is read too");
        assert_eq!(leaves(&read(Situation::empty(SituationId([1; 16]))), &[]), Err(NotYet::Empty));
        assert!(is_someone_else("Basile", "Nadine") && !is_someone_else(" nadine", "Nadine"));
    }
}
