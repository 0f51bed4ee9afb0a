//! The stories and ordinary days of a village, read from two text files in French.
//!
//! They are ours and inside the program: a mistake in them is a panic that names the line.

use std::str::FromStr;

use maillon_shared::domain::encounter::EncounterKind;
use maillon_shared::domain::follow_up::FollowUpKind;

/// How someone lives, which decides what may happen to them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Situation {
    /// Old, and alone at home.
    Alone,
    /// Old, and two.
    Couple,
    /// Looks after someone.
    Carer,
    /// Two adults with children.
    Family,
    /// One adult with children.
    Parent,
    /// Young, far from care and from offices.
    Young,
    /// Came to the commune not long ago.
    Newcomer,
    /// Here for a season's work.
    Seasonal,
    /// Works the land.
    Farmer,
    /// Lives with a handicap.
    Supported,
}

impl Situation {
    /// Every situation.
    pub const ALL: [Situation; 10] = [
        Situation::Alone,
        Situation::Couple,
        Situation::Carer,
        Situation::Family,
        Situation::Parent,
        Situation::Young,
        Situation::Newcomer,
        Situation::Seasonal,
        Situation::Farmer,
        Situation::Supported,
    ];

    /// Its name in the text files.
    pub fn code(self) -> &'static str {
        match self {
            Situation::Alone => "alone",
            Situation::Couple => "couple",
            Situation::Carer => "carer",
            Situation::Family => "family",
            Situation::Parent => "parent",
            Situation::Young => "young",
            Situation::Newcomer => "newcomer",
            Situation::Seasonal => "seasonal",
            Situation::Farmer => "farmer",
            Situation::Supported => "supported",
        }
    }
}

impl FromStr for Situation {
    type Err = String;

    fn from_str(code: &str) -> Result<Self, String> {
        Situation::ALL.into_iter().find(|situation| situation.code() == code).ok_or_else(|| format!("who is {code}?"))
    }
}

/// Something that happens to someone over several encounters.
#[derive(Clone, Debug, Default)]
pub struct Story {
    /// Whom it may happen to.
    pub whose: Vec<Situation>,
    /// What is asked for, as an item of the list of topics.
    pub topic: &'static str,
    /// One encounter each.
    pub steps: Vec<Step>,
}

/// One encounter of a story.
#[derive(Clone, Debug)]
pub struct Step {
    /// By which way.
    pub kind: EncounterKind,
    /// What is asked for there, with who asks.
    pub requests: Vec<(&'static str, &'static str)>,
    /// What may be noted.
    pub notes: Vec<&'static str>,
    /// What the person may say.
    pub words: Vec<&'static str>,
    /// What may be noted apart.
    pub private: Vec<&'static str>,
    /// Who else is there.
    pub with: &'static str,
    /// What it opens.
    pub opens: Vec<Opening>,
}

/// Something to do that a step opens.
#[derive(Clone, Debug)]
pub struct Opening {
    /// A contact carries the story on; anything else is beside it.
    pub kind: FollowUpKind,
    /// In how many days at least and at most.
    pub days: (i64, i64),
    /// From whom, for an answer.
    pub owner: &'static str,
    /// What.
    pub what: &'static str,
}

impl Opening {
    /// Whether the story goes on there.
    pub fn is_next(&self) -> bool {
        matches!(self.kind, FollowUpKind::Contact | FollowUpKind::Visit | FollowUpKind::Call)
    }
}

/// All that can be told.
#[derive(Clone, Debug)]
pub struct Repertoire {
    /// The stories.
    pub stories: Vec<Story>,
    sections: Vec<(&'static str, Vec<&'static str>)>,
}

impl Repertoire {
    /// What the text files say.
    pub fn read() -> Self {
        Repertoire {
            stories: read_stories(include_str!("stories.fr.txt")),
            sections: read_sections(include_str!("routines.fr.txt")),
        }
    }

    /// The sentences under a title; none under one that is not there.
    pub fn section(&self, title: &str) -> &[&'static str] {
        self.sections.iter().find(|(name, _)| *name == title).map_or(&[], |(_, sentences)| sentences)
    }
}

fn lines(text: &'static str) -> impl Iterator<Item = (usize, &'static str)> {
    let numbered = text.lines().enumerate().map(|(index, line)| (index + 1, line.trim()));
    numbered.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}

fn read_sections(text: &'static str) -> Vec<(&'static str, Vec<&'static str>)> {
    let mut sections: Vec<(&str, Vec<&str>)> = Vec::new();
    for (number, line) in lines(text) {
        match line.strip_prefix('[').and_then(|title| title.strip_suffix(']')) {
            Some(title) => sections.push((title, Vec::new())),
            None => sections.last_mut().unwrap_or_else(|| panic!("line {number}: no title yet")).1.push(line),
        }
    }
    sections
}

fn read_stories(text: &'static str) -> Vec<Story> {
    let mut stories: Vec<Story> = Vec::new();
    for (number, line) in lines(text) {
        if line.starts_with("= ") {
            stories.push(Story::default());
            continue;
        }
        stories
            .last_mut()
            .ok_or_else(|| "no story yet".to_owned())
            .and_then(|story| read_line(story, line))
            .unwrap_or_else(|why| panic!("stories.fr.txt, line {number}: {why}"));
    }
    stories
}

fn read_line(story: &mut Story, line: &'static str) -> Result<(), String> {
    if let Some(kind) = line.strip_prefix("@ ") {
        story.steps.push(Step {
            kind: known(EncounterKind::from_code(kind))?,
            requests: Vec::new(),
            notes: Vec::new(),
            words: Vec::new(),
            private: Vec::new(),
            with: "",
            opens: Vec::new(),
        });
        return Ok(());
    }
    let (head, text) = line.split_once(": ").ok_or("no colon")?;
    let (key, argument) = head.split_once(' ').unwrap_or((head, ""));
    match key {
        "pour" => story.whose = text.split_whitespace().map(str::parse).collect::<Result<_, _>>()?,
        "sujet" => story.topic = text,
        _ => {
            let step = story.steps.last_mut().ok_or("no step yet")?;
            match key {
                "demande" => step.requests.push((argument, text)),
                "note" => step.notes.push(text),
                "mots" => step.words.push(text),
                "réserve" => step.private.push(text),
                "avec" => step.with = text,
                _ => step.opens.push(read_opening(key, argument, text)?),
            }
        }
    }
    Ok(())
}

fn known(kind: EncounterKind) -> Result<EncounterKind, String> {
    match kind {
        EncounterKind::Unknown(code) => Err(format!("no encounter is a {code}")),
        kind => Ok(kind),
    }
}

fn read_opening(key: &str, argument: &'static str, what: &'static str) -> Result<Opening, String> {
    let kind = match key {
        "visite" => FollowUpKind::Visit,
        "appel" => FollowUpKind::Call,
        "contact" => FollowUpKind::Contact,
        "promesse" => FollowUpKind::Promise,
        "tâche" => FollowUpKind::Task,
        "réponse" => FollowUpKind::Answer,
        other => return Err(format!("what is « {other} »?")),
    };
    let (days, owner) = argument.split_once(' ').unwrap_or((argument, ""));
    let (first, last) = days.split_once('-').ok_or("from how many days to how many?")?;
    let number = |text: &str| text.parse::<i64>().map_err(|error| error.to_string());
    Ok(Opening { kind, days: (number(first)?, number(last)?), owner, what })
}

#[cfg(test)]
mod tests {
    use maillon_shared::domain::lists::{ListId, Lists};
    use maillon_shared::text::language::Language;

    use super::*;

    #[test]
    fn every_story_goes_on_to_its_end() {
        for story in Repertoire::read().stories {
            let last = story.steps.len().checked_sub(1).expect("a story has steps");
            assert!(!story.whose.is_empty() && !story.topic.is_empty());
            for (index, step) in story.steps.iter().enumerate() {
                let next = step.opens.iter().filter(|opening| opening.is_next()).count();
                assert_eq!(next, usize::from(index < last), "{}, step {}", story.topic, index + 1);
                assert!(!step.notes.is_empty(), "{}, step {}", story.topic, index + 1);
                assert!(step.requests.is_empty() || index == 0);
            }
        }
    }

    #[test]
    fn topics_and_sources_are_of_the_lists() {
        let lists = Lists::starting(Language::Fr);
        for story in Repertoire::read().stories {
            assert!(lists.item(ListId::RequestTopics, story.topic).is_some(), "{}", story.topic);
            for (source, _) in story.steps.iter().flat_map(|step| &step.requests) {
                assert!(lists.item(ListId::RequestSources, source).is_some(), "{source}");
            }
        }
    }

    #[test]
    fn something_can_happen_to_everyone() {
        let stories = Repertoire::read().stories;
        for situation in Situation::ALL {
            assert!(stories.iter().filter(|story| story.whose.contains(&situation)).count() >= 1, "{situation:?}");
        }
    }
}
