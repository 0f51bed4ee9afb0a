//! Who answers for an alert: somebody, always, since words that say nothing make nobody and a chain is never empty.

use serde::{Deserialize, Serialize};

use super::ids::EntryId;

/// Words that say something: never empty, never only spaces.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Wording(String);

impl Wording {
    /// The words, if they say something.
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        (!text.is_empty()).then(|| Wording(text.to_owned()))
    }

    /// As they are written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Wording {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Wording::new(&text).ok_or("words that say nothing")
    }
}

impl From<Wording> for String {
    fn from(wording: Wording) -> Self {
        wording.0
    }
}

/// Who answers for an alert. There is always one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Owner {
    /// Whoever keeps the notebook.
    Coordinator,
    /// Whoever stands in for them.
    StandIn,
    /// Someone of the directory, or someone by name.
    Someone {
        /// Their entry of the directory.
        entry: Option<EntryId>,
        /// Their name, which stays legible when the directory has changed.
        name: Wording,
    },
}

impl Owner {
    /// The code that is written; a name and an entry are beside it.
    pub fn code(&self) -> &'static str {
        match self {
            Owner::Coordinator => "coordinator",
            Owner::StandIn => "stand_in",
            Owner::Someone { .. } => "someone",
        }
    }

    /// What a code, a name and an entry say. What says nobody says the coordinator.
    pub fn from_parts(code: &str, name: &str, entry: Option<EntryId>) -> Self {
        match (code, Wording::new(name)) {
            ("coordinator", _) => Owner::Coordinator,
            ("stand_in", _) => Owner::StandIn,
            (_, Some(name)) => Owner::Someone { entry, name },
            _ => Owner::Coordinator,
        }
    }
}

/// What began with one and went on: never empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chain<T> {
    first: T,
    since: Vec<T>,
}

impl<T> Chain<T> {
    /// One.
    pub fn of(first: T) -> Self {
        Chain { first, since: Vec::new() }
    }

    /// Those, in their order; none where there is none.
    pub fn from_all(all: impl IntoIterator<Item = T>) -> Option<Self> {
        let mut all = all.into_iter();
        Some(Chain { first: all.next()?, since: all.collect() })
    }

    /// The one that holds.
    pub fn last(&self) -> &T {
        self.since.last().unwrap_or(&self.first)
    }

    /// All of them, the first first.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        std::iter::once(&self.first).chain(&self.since)
    }
}
