//! Whether a thing is offered, and how far a use of it is: each is one value. So nothing was given back nobody knows when, and what
//! was refused or is lent no longer says why.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::roadmap_parts::Part;

/// Between the day until which something is paused and why.
const PART: char = '\t';

/// Whether a thing is offered. It is written as one value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum OfferState {
    /// It is offered.
    #[default]
    Offered,
    /// Not for the moment.
    Paused {
        /// Through what day; none is that nobody knows.
        until: Option<NaiveDate>,
        /// Why, as far as it was said.
        reason: String,
    },
    /// It is offered no longer, for that reason.
    Ended(String),
    /// Written by a newer version.
    Unknown(String),
}

impl OfferState {
    /// Reads what [`fmt::Display`] writes.
    pub fn parse(text: &str) -> Self {
        let known = match text.split_once(':') {
            None if text.is_empty() || text == "offered" => Some(OfferState::Offered),
            Some(("paused", rest)) => Self::parse_paused(rest),
            Some(("ended", reason)) => Some(OfferState::Ended(reason.to_owned())),
            _ => None,
        };
        known.unwrap_or_else(|| OfferState::Unknown(text.to_owned()))
    }

    fn parse_paused(rest: &str) -> Option<Self> {
        let (until, reason) = rest.split_once(PART)?;
        let until = if until.is_empty() { None } else { Some(until.parse().ok()?) };
        Some(OfferState::Paused { until, reason: reason.to_owned() })
    }

    /// The words that someone types in it.
    pub fn words(&self) -> Option<&str> {
        match self {
            OfferState::Offered => None,
            // Whatever a newer version wrote may name someone.
            OfferState::Paused { reason: words, .. } | OfferState::Ended(words) | OfferState::Unknown(words) => {
                Some(words)
            }
        }
    }
}

impl fmt::Display for OfferState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OfferState::Offered => f.write_str("offered"),
            OfferState::Paused { until, reason } => {
                let until = until.map(|until| until.to_string()).unwrap_or_default();
                write!(f, "paused:{until}{PART}{reason}")
            }
            OfferState::Ended(reason) => write!(f, "ended:{reason}"),
            OfferState::Unknown(text) => f.write_str(text),
        }
    }
}

/// How far a use is. It is written as one value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum LoanState {
    /// It is asked for, and nobody answered.
    #[default]
    Asked,
    /// Whoever lends agreed.
    Agreed,
    /// It was handed over.
    HandedOver,
    /// It came back, then.
    GivenBack(NaiveDate),
    /// It does not come back: what is known of that.
    NotGivenBack(String),
    /// It was refused, for that reason.
    Refused(String),
    /// Written by a newer version.
    Unknown(String),
}

impl LoanState {
    /// Reads what [`fmt::Display`] writes.
    pub fn parse(text: &str) -> Self {
        let known = match text.split_once(':') {
            None if text.is_empty() || text == "asked" => Some(LoanState::Asked),
            None if text == "agreed" => Some(LoanState::Agreed),
            None if text == "handed_over" => Some(LoanState::HandedOver),
            Some(("given_back", day)) => day.parse().ok().map(LoanState::GivenBack),
            Some(("not_given_back", words)) => Some(LoanState::NotGivenBack(words.to_owned())),
            Some(("refused", reason)) => Some(LoanState::Refused(reason.to_owned())),
            _ => None,
        };
        known.unwrap_or_else(|| LoanState::Unknown(text.to_owned()))
    }

    /// The words that someone types in it.
    pub fn words(&self) -> Option<&str> {
        match self {
            LoanState::NotGivenBack(words) | LoanState::Refused(words) | LoanState::Unknown(words) => Some(words),
            LoanState::Asked | LoanState::Agreed | LoanState::HandedOver | LoanState::GivenBack(_) => None,
        }
    }
}

impl fmt::Display for LoanState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LoanState::Asked => f.write_str("asked"),
            LoanState::Agreed => f.write_str("agreed"),
            LoanState::HandedOver => f.write_str("handed_over"),
            LoanState::GivenBack(on) => write!(f, "given_back:{on}"),
            LoanState::NotGivenBack(words) => write!(f, "not_given_back:{words}"),
            LoanState::Refused(reason) => write!(f, "refused:{reason}"),
            LoanState::Unknown(text) => f.write_str(text),
        }
    }
}

/// A state is one value of its field.
macro_rules! one_value {
    ($($state:ident),*) => {$(
        impl Part for $state {
            fn written(&self, _: &str) -> String {
                self.to_string()
            }

            fn read(&mut self, name: &str, text: &str) -> bool {
                if name.is_empty() {
                    *self = $state::parse(text);
                }
                name.is_empty()
            }

            fn words(&self) -> Vec<String> {
                $state::words(self).into_iter().map(str::to_owned).collect()
            }

            fn is_known(&self) -> bool {
                !matches!(self, $state::Unknown(_))
            }
        }
    )*};
}

one_value!(OfferState, LoanState);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_reads_back_as_it_is_written() {
        let day = "2026-05-01".parse().ok();
        for state in [
            OfferState::Offered,
            OfferState::Paused { until: day, reason: "travaux :\tdeux salles".into() },
            OfferState::Paused { until: None, reason: String::new() },
            OfferState::Ended("la salle : vendue".into()),
            OfferState::Unknown("shared:2030".into()),
        ] {
            assert_eq!(OfferState::parse(&state.to_string()), state);
        }
        let day = day.expect("a day");
        for state in [
            LoanState::Asked,
            LoanState::Agreed,
            LoanState::HandedOver,
            LoanState::GivenBack(day),
            LoanState::NotGivenBack("resté dans le car : introuvable".into()),
            LoanState::Refused("déjà promis".into()),
            LoanState::Unknown("sold".into()),
        ] {
            assert_eq!(LoanState::parse(&state.to_string()), state);
        }
    }

    #[test]
    fn nothing_was_given_back_nobody_knows_when() {
        for text in ["given_back", "given_back:", "given_back:hier", "paused", "paused:demain\t", "refused"] {
            assert_eq!(LoanState::parse(text), LoanState::Unknown(text.into()));
            assert_eq!(OfferState::parse(text), OfferState::Unknown(text.into()));
        }
    }
}
