//! How far a programme is: being prepared, adopted, closed. It is one value, so that nothing is adopted nobody knows when.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::time::PartialDate;

/// What parts the pieces of a status. None of them but the last may hold it.
const PART: char = '\t';

/// How far a programme is. It is written as one value: nothing is adopted nobody knows when, nor closed with nothing said
/// of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProgrammeStatus {
    /// It is being written.
    Draft,
    /// Those whose it is agreed on it.
    Adopted(Adoption),
    /// Its year is over.
    Closed {
        /// How it had been adopted; none where it never was.
        adopted: Option<Adoption>,
        /// When it was closed.
        on: PartialDate,
        /// What was learnt.
        learnt: String,
    },
    /// Written by a newer version.
    Unknown(String),
}

/// That a programme was agreed on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adoption {
    /// When.
    pub on: PartialDate,
    by: String,
}

impl Adoption {
    /// An adoption, then, by whom in words: a meeting, a board, those who were there.
    pub fn new(on: PartialDate, by: &str) -> Self {
        Adoption { on, by: by.replace(PART, " ").trim().to_owned() }
    }

    /// By whom, in words.
    pub fn by(&self) -> &str {
        &self.by
    }

    fn parse(on: &str, by: &str) -> Option<Self> {
        Some(Adoption::new(PartialDate::parse(on)?, by))
    }
}

impl ProgrammeStatus {
    /// Reads what [`fmt::Display`] writes.
    pub fn parse(text: &str) -> Self {
        let known = match text.split_once(':') {
            None if text == "draft" => Some(ProgrammeStatus::Draft),
            Some(("adopted", rest)) => {
                rest.split_once(PART).and_then(|(on, by)| Adoption::parse(on, by).map(ProgrammeStatus::Adopted))
            }
            Some(("closed", rest)) => Self::parse_closed(rest),
            _ => None,
        };
        known.unwrap_or_else(|| ProgrammeStatus::Unknown(text.to_owned()))
    }

    fn parse_closed(rest: &str) -> Option<Self> {
        let mut parts = rest.splitn(4, PART);
        let on = PartialDate::parse(parts.next()?)?;
        let (adopted_on, by, learnt) = (parts.next()?, parts.next()?, parts.next()?.to_owned());
        let adopted = match adopted_on {
            "" => None,
            day => Some(Adoption::parse(day, by)?),
        };
        Some(ProgrammeStatus::Closed { adopted, on, learnt })
    }

    /// How it was adopted, if it was.
    pub fn adoption(&self) -> Option<&Adoption> {
        match self {
            ProgrammeStatus::Adopted(adoption) => Some(adoption),
            ProgrammeStatus::Closed { adopted, .. } => adopted.as_ref(),
            ProgrammeStatus::Draft | ProgrammeStatus::Unknown(_) => None,
        }
    }

    /// The words that someone types in it.
    pub fn words(&self) -> Vec<&str> {
        let by = self.adoption().map(Adoption::by);
        let learnt = match self {
            ProgrammeStatus::Closed { learnt, .. } => Some(learnt.as_str()),
            // Whatever a newer version wrote may name someone.
            ProgrammeStatus::Unknown(text) => Some(text.as_str()),
            ProgrammeStatus::Draft | ProgrammeStatus::Adopted(_) => None,
        };
        by.into_iter().chain(learnt).collect()
    }
}

impl fmt::Display for ProgrammeStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ProgrammeStatus::Draft => f.write_str("draft"),
            ProgrammeStatus::Adopted(adoption) => write!(f, "adopted:{}{PART}{}", adoption.on, adoption.by),
            ProgrammeStatus::Closed { adopted, on, learnt } => {
                write!(f, "closed:{on}{PART}")?;
                match adopted {
                    Some(adoption) => write!(f, "{}{PART}{}", adoption.on, adoption.by)?,
                    None => write!(f, "{PART}")?,
                }
                write!(f, "{PART}{learnt}")
            }
            ProgrammeStatus::Unknown(text) => f.write_str(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> PartialDate {
        PartialDate::parse(text).expect("a date")
    }

    #[test]
    fn a_status_reads_back_as_it_is_written() {
        let adoption = || Adoption::new(date("2026-01-12"), "la réunion du 12 janvier : tous");
        let closed = |adopted: Option<Adoption>, learnt: &str| ProgrammeStatus::Closed {
            adopted,
            on: date("2026-12"),
            learnt: learnt.into(),
        };
        for status in [
            ProgrammeStatus::Draft,
            ProgrammeStatus::Adopted(adoption()),
            ProgrammeStatus::Adopted(Adoption::new(date("2026"), "")),
            closed(Some(adoption()), "Partir\tplus tôt :\nà deux"),
            closed(None, ""),
            ProgrammeStatus::Unknown("shelved:2030".into()),
        ] {
            assert_eq!(ProgrammeStatus::parse(&status.to_string()), status);
        }
    }

    #[test]
    fn nothing_is_adopted_or_closed_nobody_knows_when() {
        for text in
            ["adopted", "adopted:", "adopted:hier\tx", "closed:2026", "closed:\t\t\tx", "closed:2026\thier\tx\ty"]
        {
            let read = ProgrammeStatus::parse(text);
            assert_eq!(read, ProgrammeStatus::Unknown(text.into()), "kept as it is, and never read as something else");
        }
    }

    #[test]
    fn by_whom_never_runs_over_into_what_was_learnt() {
        let closed = ProgrammeStatus::Closed {
            adopted: Some(Adoption::new(date("2026"), "le bureau\tet les autres")),
            on: date("2026-12-15"),
            learnt: "Plus tôt".into(),
        };
        assert_eq!(ProgrammeStatus::parse(&closed.to_string()), closed);
        assert_eq!(closed.words(), ["le bureau et les autres", "Plus tôt"]);
    }
}
