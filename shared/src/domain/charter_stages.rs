//! How a commitment, a point and the experiment itself stand, each as one value: nothing was held nobody knows when, and nothing
//! was decided by nobody. How long something took is said nowhere.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::roadmap_parts::Part;
use super::time::PartialDate;

/// What parts the pieces of a value. None of them but the last may hold it.
const PART: char = '\t';

/// The pieces of such a value, as they are written and as a form has them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pieces {
    /// Which it is; nothing is the first one, where nobody said anything yet.
    pub code: String,
    /// When.
    pub on: Option<PartialDate>,
    /// By whom.
    pub by: String,
    /// Why.
    pub why: String,
}

impl Pieces {
    /// Reads what [`fmt::Display`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        let Some((code, rest)) = text.split_once(':') else {
            return Some(Pieces { code: text.to_owned(), ..Pieces::default() });
        };
        let [on, by, why] = rest.splitn(3, PART).collect::<Vec<_>>()[..] else { return None };
        let on = if on.is_empty() { None } else { Some(PartialDate::parse(on)?) };
        Some(Pieces { code: code.to_owned(), on, by: by.to_owned(), why: why.to_owned() })
    }
}

impl fmt::Display for Pieces {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.on.is_none() && self.by.is_empty() && self.why.is_empty() {
            return f.write_str(&self.code);
        }
        let on = self.on.map(|on| on.to_string()).unwrap_or_default();
        write!(f, "{}:{on}{PART}{}{PART}{}", self.code, self.by.replace(PART, " "), self.why)
    }
}

/// Gives such a value its way to be written and read, from its pieces.
macro_rules! of_pieces {
    ($($of:ident),*) => {$(
        impl $of {
            /// Reads what [`fmt::Display`] writes.
            pub fn parse(text: &str) -> Self {
                let known = Pieces::parse(text).and_then(|pieces| $of::of(&pieces));
                known.unwrap_or_else(|| $of::Unknown(text.to_owned()))
            }

            /// The day in it.
            pub fn on(&self) -> Option<PartialDate> {
                self.pieces().on
            }
        }

        impl fmt::Display for $of {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $of::Unknown(text) => f.write_str(text),
                    known => write!(f, "{}", known.pieces()),
                }
            }
        }

        impl Part for $of {
            fn written(&self, _: &str) -> String {
                self.to_string()
            }

            fn read(&mut self, name: &str, text: &str) -> bool {
                if name.is_empty() {
                    *self = $of::parse(text);
                }
                name.is_empty()
            }

            fn words(&self) -> Vec<String> {
                match self {
                    // Whatever a newer version wrote may name someone.
                    $of::Unknown(text) => vec![text.clone()],
                    known => {
                        let pieces = known.pieces();
                        [pieces.by, pieces.why].into_iter().filter(|words| !words.is_empty()).collect()
                    }
                }
            }

            fn is_known(&self) -> bool {
                !matches!(self, $of::Unknown(_))
            }
        }
    )*};
}

of_pieces! { CommitmentState, PointHeld, CharterDecision }

fn coded(code: &str) -> Pieces {
    Pieces { code: code.to_owned(), ..Pieces::default() }
}

fn because(code: &str, why: &str) -> Pieces {
    Pieces { why: why.to_owned(), ..coded(code) }
}

/// How a commitment stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum CommitmentState {
    /// It is to do.
    #[default]
    ToDo,
    /// It is under way.
    UnderWay,
    /// It is held, since then.
    HeldSince(PartialDate),
    /// It is not held, for that reason.
    NotHeld(String),
    /// It is no longer asked, for that reason.
    NoLongerAsked(String),
    /// Written by a newer version.
    Unknown(String),
}

impl CommitmentState {
    fn of(pieces: &Pieces) -> Option<Self> {
        Some(match (pieces.code.as_str(), pieces.on) {
            ("", None) => CommitmentState::ToDo,
            ("under_way", None) => CommitmentState::UnderWay,
            ("held", Some(on)) => CommitmentState::HeldSince(on),
            ("not_held", None) => CommitmentState::NotHeld(pieces.why.clone()),
            ("no_longer", None) => CommitmentState::NoLongerAsked(pieces.why.clone()),
            _ => return None,
        })
    }

    /// Its pieces.
    pub fn pieces(&self) -> Pieces {
        match self {
            CommitmentState::ToDo => Pieces::default(),
            CommitmentState::UnderWay => coded("under_way"),
            CommitmentState::HeldSince(on) => Pieces { on: Some(*on), ..coded("held") },
            CommitmentState::NotHeld(why) => because("not_held", why),
            CommitmentState::NoLongerAsked(why) => because("no_longer", why),
            CommitmentState::Unknown(text) => coded(text),
        }
    }

    /// Whether it is still awaited. What a newer version wrote is rather shown once too often.
    pub fn is_awaited(&self) -> bool {
        matches!(self, CommitmentState::ToDo | CommitmentState::UnderWay | CommitmentState::Unknown(_))
    }

    /// Whether a reason is to be given and is not.
    pub fn lacks_reason(&self) -> bool {
        match self {
            CommitmentState::NotHeld(why) | CommitmentState::NoLongerAsked(why) => why.trim().is_empty(),
            _ => false,
        }
    }
}

/// Whether a point was held.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum PointHeld {
    /// Not yet.
    #[default]
    NotYet,
    /// It was, on that day.
    On(PartialDate),
    /// It was not, for that reason.
    NotHeld(String),
    /// Written by a newer version.
    Unknown(String),
}

impl PointHeld {
    fn of(pieces: &Pieces) -> Option<Self> {
        Some(match (pieces.code.as_str(), pieces.on) {
            ("", None) => PointHeld::NotYet,
            ("held", Some(on)) => PointHeld::On(on),
            ("not_held", None) => PointHeld::NotHeld(pieces.why.clone()),
            _ => return None,
        })
    }

    /// Its pieces.
    pub fn pieces(&self) -> Pieces {
        match self {
            PointHeld::NotYet => Pieces::default(),
            PointHeld::On(on) => Pieces { on: Some(*on), ..coded("held") },
            PointHeld::NotHeld(why) => because("not_held", why),
            PointHeld::Unknown(text) => coded(text),
        }
    }

    /// Whether it is still awaited. What a newer version wrote is rather shown once too often.
    pub fn is_awaited(&self) -> bool {
        matches!(self, PointHeld::NotYet | PointHeld::Unknown(_))
    }

    /// Whether a reason is to be given and is not.
    pub fn lacks_reason(&self) -> bool {
        matches!(self, PointHeld::NotHeld(why) if why.trim().is_empty())
    }
}

/// What is done after the experiment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// It goes on.
    Continue,
    /// It goes on, otherwise.
    Otherwise,
    /// It stops.
    Stop,
}

impl Outcome {
    /// Every outcome.
    pub const ALL: [Outcome; 3] = [Outcome::Continue, Outcome::Otherwise, Outcome::Stop];

    /// The code that is written.
    pub const fn code(self) -> &'static str {
        match self {
            Outcome::Continue => "continue",
            Outcome::Otherwise => "otherwise",
            Outcome::Stop => "stop",
        }
    }
}

/// What was decided at the end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum CharterDecision {
    /// Nothing yet.
    #[default]
    NotTaken,
    /// It was taken.
    Taken {
        /// What.
        outcome: Outcome,
        /// On which day.
        on: PartialDate,
        /// By whom, in words.
        by: String,
        /// Why.
        why: String,
    },
    /// Written by a newer version.
    Unknown(String),
}

impl CharterDecision {
    /// A decision, by whom in words, and why.
    pub fn taken(outcome: Outcome, on: PartialDate, by: &str, why: &str) -> Self {
        CharterDecision::Taken { outcome, on, by: by.replace(PART, " "), why: why.to_owned() }
    }

    fn of(pieces: &Pieces) -> Option<Self> {
        if pieces.code.is_empty() && pieces.on.is_none() {
            return Some(CharterDecision::NotTaken);
        }
        let outcome = Outcome::ALL.into_iter().find(|outcome| outcome.code() == pieces.code)?;
        Some(CharterDecision::taken(outcome, pieces.on?, &pieces.by, &pieces.why))
    }

    /// Its pieces.
    pub fn pieces(&self) -> Pieces {
        match self {
            CharterDecision::NotTaken => Pieces::default(),
            CharterDecision::Taken { outcome, on, by, why } => {
                Pieces { on: Some(*on), by: by.clone(), why: why.clone(), ..coded(outcome.code()) }
            }
            CharterDecision::Unknown(text) => coded(text),
        }
    }

    /// Whether whoever decided, or why, is to be said and is not.
    pub fn lacks_reason(&self) -> bool {
        matches!(self, CharterDecision::Taken { by, why, .. } if by.trim().is_empty() || why.trim().is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> PartialDate {
        PartialDate::parse(text).expect("a date")
    }

    #[test]
    fn each_value_reads_back_as_it_is_written() {
        for state in [
            CommitmentState::ToDo,
            CommitmentState::UnderWay,
            CommitmentState::HeldSince(date("2026-03")),
            CommitmentState::NotHeld("la salle :\tfermée".into()),
            CommitmentState::NoLongerAsked("plus utile".into()),
            CommitmentState::Unknown("paused:2030".into()),
        ] {
            assert_eq!(CommitmentState::parse(&state.to_string()), state);
        }
        for held in [PointHeld::NotYet, PointHeld::On(date("2026-04-07")), PointHeld::NotHeld("la neige".into())] {
            assert_eq!(PointHeld::parse(&held.to_string()), held);
        }
        for outcome in Outcome::ALL {
            let taken = CharterDecision::taken(outcome, date("2027-01-12"), "Le\tconseil", "Utile : à tous\tdit-on");
            assert_eq!(CharterDecision::parse(&taken.to_string()), taken);
        }
        assert_eq!(CharterDecision::parse(""), CharterDecision::NotTaken);
    }

    #[test]
    fn nothing_is_held_or_decided_nobody_knows_when() {
        for text in ["held", "held:\t\tpourquoi", "held:hier\t\t"] {
            assert_eq!(PointHeld::parse(text), PointHeld::Unknown(text.into()));
            assert!(matches!(CommitmentState::parse(text), CommitmentState::Unknown(_)));
        }
        assert_eq!(CharterDecision::parse("stop"), CharterDecision::Unknown("stop".into()));
    }

    #[test]
    fn what_someone_typed_in_it_is_told() {
        let taken = CharterDecision::taken(Outcome::Stop, date("2027"), "Le conseil", "faute d’argent");
        assert_eq!(Part::words(&taken), ["Le conseil", "faute d’argent"]);
        assert_eq!(Part::words(&CommitmentState::HeldSince(date("2027"))), [] as [String; 0]);
    }
}
