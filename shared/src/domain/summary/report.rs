//! The words beside the figures: a report of a year, or of a shorter period. What the coordinator writes, and what is
//! published of it.
//!
//! It is the only free text that the mairie is given. A story is someone's: it is told with their agreement, or recomposed
//! from several so that it is nobody's. Who agreed is written nowhere, nor is the day given away: one more way to know
//! whom it is about. What names someone is found by [`crate::domain::clues`], and does not leave.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::period::Period;
use crate::domain::changes::text_fields;
use crate::domain::coded::coded;
use crate::domain::ids::LineId;

/// A report that is being written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// What opens it.
    pub lead: String,
    /// What is wanted next.
    pub next: String,
    /// What happened to people, each told so that nobody is named.
    pub stories: Vec<Story>,
    /// What those who signed the charter committed themselves to, and how far it is.
    pub commitments: Vec<Commitment>,
}

text_fields! {
    /// The text fields of a report.
    ReportField of Report {
        /// What opens it.
        Lead = "lead" => lead,
        /// What is wanted next.
        Next = "next" => next,
    }
}

/// A story, as it is being written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Story {
    /// Names the line.
    pub id: LineId,
    /// What it is called.
    pub title: String,
    /// The story.
    pub text: String,
    /// By what right it is told; none until it is said.
    pub telling: Option<Telling>,
    /// The day on which whoever it is about agreed, where they did.
    pub agreed_on: Option<NaiveDate>,
}

text_fields! {
    /// The text fields of a story.
    StoryField of Story {
        /// What it is called.
        Title = "title" => title,
        /// The story.
        Text = "text" => text,
    }
}

coded! {
    /// By what right a story is told.
    Telling {
        /// Whoever it is about read it, or had it read to them, and agrees.
        Agreed = "agreed",
        /// It is made of several: nobody lived it.
        Recomposed = "recomposed",
    }
}

/// A commitment of the charter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commitment {
    /// Names the line.
    pub id: LineId,
    /// Who committed themselves: the mairie, the Pays, professionals.
    pub who: String,
    /// To what.
    pub what: String,
    /// How far it is.
    pub state: Option<CommitmentState>,
}

text_fields! {
    /// The text fields of a commitment.
    CommitmentField of Commitment {
        /// Who.
        Who = "who" => who,
        /// To what.
        What = "what" => what,
    }
}

coded! {
    /// How far a commitment is.
    CommitmentState {
        /// It is kept.
        Kept = "kept",
        /// It is under way.
        UnderWay = "under_way",
        /// It has not begun.
        NotYet = "not_yet",
    }
}

/// The lists of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReportLines {
    /// Its stories.
    Stories,
    /// Its commitments.
    Commitments,
}

/// What is written in a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReportChange {
    /// A text.
    Text(ReportField, String),
    /// A text of a story.
    Story(LineId, StoryField, String),
    /// By what right a story is told.
    Telling(LineId, Option<Telling>),
    /// When whoever it is about agreed.
    AgreedOn(LineId, Option<NaiveDate>),
    /// A text of a commitment.
    Commitment(LineId, CommitmentField, String),
    /// How far a commitment is.
    State(LineId, Option<CommitmentState>),
    /// A line goes.
    Remove(ReportLines, LineId),
}

impl ReportChange {
    /// The line that it writes in, where it is of one.
    pub fn line(&self) -> Option<LineId> {
        match self {
            ReportChange::Text(..) => None,
            ReportChange::Story(id, ..)
            | ReportChange::Telling(id, _)
            | ReportChange::AgreedOn(id, _)
            | ReportChange::Commitment(id, ..)
            | ReportChange::State(id, _)
            | ReportChange::Remove(_, id) => Some(*id),
        }
    }
}

impl ReportChange {
    /// The same, in another line.
    #[must_use]
    pub fn in_line(self, id: LineId) -> Self {
        match self {
            ReportChange::Text(..) => self,
            ReportChange::Story(_, field, text) => ReportChange::Story(id, field, text),
            ReportChange::Telling(_, telling) => ReportChange::Telling(id, telling),
            ReportChange::AgreedOn(_, day) => ReportChange::AgreedOn(id, day),
            ReportChange::Commitment(_, field, text) => ReportChange::Commitment(id, field, text),
            ReportChange::State(_, state) => ReportChange::State(id, state),
            ReportChange::Remove(lines, _) => ReportChange::Remove(lines, id),
        }
    }
}

/// Why a report is not published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotYetTellable {
    /// Nothing is written.
    Empty,
    /// A story does not say by what right it is told.
    NoRight,
    /// A story is told with an agreement of no day, or of a day to come.
    NoAgreement,
}

impl Story {
    /// A story that begins.
    pub fn empty(id: LineId) -> Self {
        Story { id, title: String::new(), text: String::new(), telling: None, agreed_on: None }
    }
}

impl Commitment {
    /// A commitment that begins.
    pub fn empty(id: LineId) -> Self {
        Commitment { id, who: String::new(), what: String::new(), state: None }
    }
}

impl Report {
    /// All of its texts, in the order in which they are read: what is looked through for clues.
    pub fn texts(&self) -> Vec<&str> {
        let stories = self.stories.iter().flat_map(|story| [story.title.as_str(), &story.text]);
        let commitments = self.commitments.iter().flat_map(|one| [one.who.as_str(), &one.what]);
        let texts = [self.lead.as_str()].into_iter().chain(stories).chain(commitments);
        texts.chain([self.next.as_str()]).collect()
    }

    /// What to write so that this report becomes `edited`: the differences only.
    pub fn changes_to(&self, edited: &Report) -> Vec<ReportChange> {
        let texts = self.text_differences(edited);
        let mut changes: Vec<_> = texts.map(|(field, text)| ReportChange::Text(field, text.to_owned())).collect();
        for story in &edited.stories {
            let held = self.stories.iter().find(|held| held.id == story.id).cloned();
            let held = held.unwrap_or_else(|| Story::empty(story.id));
            let texts = held.text_differences(story);
            changes.extend(texts.map(|(field, text)| ReportChange::Story(story.id, field, text.to_owned())));
            if held.telling != story.telling {
                changes.push(ReportChange::Telling(story.id, story.telling.clone()));
            }
            if held.agreed_on != story.agreed_on {
                changes.push(ReportChange::AgreedOn(story.id, story.agreed_on));
            }
        }
        for one in &edited.commitments {
            let held = self.commitments.iter().find(|held| held.id == one.id).cloned();
            let held = held.unwrap_or_else(|| Commitment::empty(one.id));
            let texts = held.text_differences(one);
            changes.extend(texts.map(|(field, text)| ReportChange::Commitment(one.id, field, text.to_owned())));
            if held.state != one.state {
                changes.push(ReportChange::State(one.id, one.state.clone()));
            }
        }
        let kept = |id: LineId| {
            edited.stories.iter().any(|story| story.id == id) || edited.commitments.iter().any(|one| one.id == id)
        };
        let stories = self.stories.iter().map(|story| (ReportLines::Stories, story.id));
        let gone = stories.chain(self.commitments.iter().map(|one| (ReportLines::Commitments, one.id)));
        changes.extend(gone.filter(|(_, id)| !kept(*id)).map(|(lines, id)| ReportChange::Remove(lines, id)));
        changes
    }

    /// Makes a change, as the journal would. A line comes into being with its first field.
    pub fn apply(&mut self, change: &ReportChange) {
        match change {
            ReportChange::Text(field, text) => self.text_mut(*field).clone_from(text),
            ReportChange::Story(id, field, text) => self.story(*id).text_mut(*field).clone_from(text),
            ReportChange::Telling(id, telling) => self.story(*id).telling = telling.clone(),
            ReportChange::AgreedOn(id, day) => self.story(*id).agreed_on = *day,
            ReportChange::Commitment(id, field, text) => self.commitment(*id).text_mut(*field).clone_from(text),
            ReportChange::State(id, state) => self.commitment(*id).state = state.clone(),
            ReportChange::Remove(ReportLines::Stories, id) => self.stories.retain(|story| story.id != *id),
            ReportChange::Remove(ReportLines::Commitments, id) => self.commitments.retain(|one| one.id != *id),
        }
    }

    /// A story, which begins where there is none of that id.
    pub fn story(&mut self, id: LineId) -> &mut Story {
        let at = self.stories.iter().position(|story| story.id == id).unwrap_or_else(|| {
            self.stories.push(Story::empty(id));
            self.stories.len() - 1
        });
        &mut self.stories[at]
    }

    /// A commitment, which begins where there is none of that id.
    pub fn commitment(&mut self, id: LineId) -> &mut Commitment {
        let at = self.commitments.iter().position(|one| one.id == id).unwrap_or_else(|| {
            self.commitments.push(Commitment::empty(id));
            self.commitments.len() - 1
        });
        &mut self.commitments[at]
    }

    /// Takes in what another device wrote of the same period before either knew: nothing of either is lost.
    pub fn join(&mut self, other: Report) {
        for field in ReportField::ALL {
            let (mine, theirs) = (self.text_mut(*field), other.text(*field));
            if mine.trim().is_empty() {
                theirs.clone_into(mine);
            } else if !theirs.trim().is_empty() && mine.trim() != theirs.trim() {
                *mine = format!("{}\n\n{}", mine.trim_end(), theirs.trim_start());
            }
        }
        self.stories.extend(other.stories);
        self.commitments.extend(other.commitments);
    }

    /// What is published of it, given the day; empty lines are left out.
    ///
    /// # Errors
    ///
    /// Nothing is written, or a story is told without a right to.
    pub fn told(&self, period: Period, version: u32, on: NaiveDate) -> Result<PublishedReport, NotYetTellable> {
        for story in self.stories.iter().filter(|story| !story.text.trim().is_empty()) {
            match &story.telling {
                Some(Telling::Agreed) if story.agreed_on.is_none_or(|day| day > on) => {
                    return Err(NotYetTellable::NoAgreement);
                }
                Some(Telling::Agreed | Telling::Recomposed) => {}
                Some(Telling::Unknown(_)) | None => return Err(NotYetTellable::NoRight),
            }
        }
        let told = PublishedReport { version, ..self.to_be_read(period, on) };
        if told.is_empty() { Err(NotYetTellable::Empty) } else { Ok(told) }
    }

    /// How it would read, also where something is missing for it to be published. Not to be published: see [`Report::told`].
    pub fn to_be_read(&self, period: Period, on: NaiveDate) -> PublishedReport {
        let said = |text: &str| text.trim().to_owned();
        let stories = self.stories.iter().filter(|story| !story.text.trim().is_empty());
        let stories = stories.map(|story| ToldStory {
            title: said(&story.title),
            text: said(&story.text),
            telling: story.telling.clone().unwrap_or(Telling::Unknown(String::new())),
        });
        let commitments = self.commitments.iter().filter(|one| !one.what.trim().is_empty());
        let commitments = commitments.map(|one| ToldCommitment {
            who: said(&one.who),
            what: said(&one.what),
            state: one.state.clone(),
        });
        PublishedReport {
            period,
            version: 0,
            on,
            lead: said(&self.lead),
            next: said(&self.next),
            stories: stories.collect(),
            commitments: commitments.collect(),
        }
    }
}

/// A report that is published. A later version takes its place: what someone no longer agrees to have told is gone then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedReport {
    /// Of when.
    pub period: Period,
    /// 1, and one more each time.
    pub version: u32,
    /// Since when.
    pub on: NaiveDate,
    /// What opens it.
    pub lead: String,
    /// What is wanted next.
    pub next: String,
    /// The stories.
    pub stories: Vec<ToldStory>,
    /// The commitments.
    pub commitments: Vec<ToldCommitment>,
}

/// A story, as it is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToldStory {
    /// What it is called.
    pub title: String,
    /// The story.
    pub text: String,
    /// By what right it is told.
    pub telling: Telling,
}

/// A commitment, as it is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToldCommitment {
    /// Who.
    pub who: String,
    /// To what.
    pub what: String,
    /// How far it is.
    pub state: Option<CommitmentState>,
}

impl PublishedReport {
    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.lead.is_empty() && self.next.is_empty() && self.stories.is_empty() && self.commitments.is_empty()
    }

    /// All of its texts, in the order in which they are read.
    pub fn texts(&self) -> Vec<&str> {
        let stories = self.stories.iter().flat_map(|story| [story.title.as_str(), &story.text]);
        let commitments = self.commitments.iter().flat_map(|one| [one.who.as_str(), &one.what]);
        let texts = [self.lead.as_str()].into_iter().chain(stories).chain(commitments);
        texts.chain([self.next.as_str()]).collect()
    }

    /// Whether another says the same, whatever its version and its day.
    pub fn says_the_same(&self, other: &PublishedReport) -> bool {
        let words = |one: &PublishedReport| PublishedReport { version: 0, on: NaiveDate::MIN, ..one.clone() };
        words(self) == words(other)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn year() -> Period {
        Period::parse("2026").unwrap()
    }

    fn story(n: u8, telling: Option<Telling>, agreed_on: Option<NaiveDate>) -> Story {
        let text = "Elle ne sortait plus ; elle vient aux ateliers.".to_owned();
        Story { title: "Sortir".into(), text, telling, agreed_on, ..Story::empty(LineId([n; 16])) }
    }

    #[test]
    fn a_story_is_told_with_an_agreement_or_recomposed_and_not_otherwise() {
        let on = day("2027-01-15");
        let told = |story: Story| Report { stories: vec![story], ..Report::default() }.told(year(), 1, on);
        assert_eq!(told(story(1, None, None)), Err(NotYetTellable::NoRight));
        assert_eq!(told(story(1, Some(Telling::Unknown("heard".into())), None)), Err(NotYetTellable::NoRight));
        assert_eq!(told(story(1, Some(Telling::Agreed), None)), Err(NotYetTellable::NoAgreement));
        assert_eq!(told(story(1, Some(Telling::Agreed), Some(day("2027-01-16")))), Err(NotYetTellable::NoAgreement));
        let agreed = told(story(1, Some(Telling::Agreed), Some(on))).unwrap();
        // The day on which she agreed is hers: nobody needs it who reads the story.
        assert!(!format!("{:?}", agreed.stories).contains("2027-01-15"));
        assert!(told(story(1, Some(Telling::Recomposed), None)).is_ok());
        assert_eq!(Report::default().told(year(), 1, on), Err(NotYetTellable::Empty));
        let blank = Report { stories: vec![Story::empty(LineId([1; 16]))], ..Report::default() };
        assert_eq!(blank.told(year(), 1, on), Err(NotYetTellable::Empty), "a line that nobody filled is no story");
    }

    #[test]
    fn two_devices_that_began_the_same_report_lose_no_word() {
        let mut mine = Report { lead: "Une année dense.".into(), ..Report::default() };
        mine.stories.push(story(1, None, None));
        let mut theirs = Report { lead: "Deux axes.".into(), next: "Le transport.".into(), ..Report::default() };
        theirs.stories.push(story(2, None, None));
        mine.join(theirs);
        assert_eq!(mine.lead, "Une année dense.\n\nDeux axes.");
        assert_eq!((mine.next.as_str(), mine.stories.len()), ("Le transport.", 2));
    }

    #[test]
    fn what_is_written_is_the_difference_alone() {
        let before = Report { stories: vec![story(1, None, None), story(2, None, None)], ..Report::default() };
        let mut after = before.clone();
        after.next = "Le transport.".into();
        after.stories.remove(1);
        after.stories[0].telling = Some(Telling::Recomposed);
        let expected = [
            ReportChange::Text(ReportField::Next, "Le transport.".into()),
            ReportChange::Telling(LineId([1; 16]), Some(Telling::Recomposed)),
            ReportChange::Remove(ReportLines::Stories, LineId([2; 16])),
        ];
        let changes = before.changes_to(&after);
        assert_eq!(changes, expected);
        let mut changed = before;
        changes.iter().for_each(|change| changed.apply(change));
        assert_eq!(changed, after);
    }
}
