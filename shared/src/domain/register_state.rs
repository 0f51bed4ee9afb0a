//! Whether someone is in the register, and whether their request was acknowledged: states that cannot lie.
//!
//! A strike-off is written as a code and the fields beside it. Where two agents wrote at once, neither knowing of the
//! other, the side of silence holds: an opposition, then a strike-off, then the register.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::coded::coded;

/// Whether someone is in the register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RegisterState {
    /// They are.
    Registered,
    /// They were struck off.
    StruckOff(StrikeOff),
    /// They opposed being in it, that day: they are not entered again by a later transmission.
    Opposed {
        /// The day.
        on: NaiveDate,
    },
    /// Written by a newer version: nobody is called until it is understood.
    Unknown(String),
}

/// How someone came out of the register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StrikeOff {
    /// The day.
    pub on: NaiveDate,
    /// Why.
    pub why: StrikeReason,
    /// At whose request, in words.
    pub by: String,
}

coded! {
    /// Why someone is struck off.
    StrikeReason {
        /// They, or their representative, asked: no reason is asked for.
        AtRequest = "at_request",
        /// They live elsewhere now.
        Moved = "moved",
        /// They live in an institution now.
        Institution = "institution",
        /// They have died.
        Deceased = "deceased",
        /// They were entered by mistake, or twice.
        Mistake = "mistake",
    }
}

/// What a state's code says where nothing else is written.
const REGISTERED: &str = "registered";

impl RegisterState {
    /// The code that is written; the day, the reason and the words are beside it.
    pub fn code(&self) -> &str {
        match self {
            RegisterState::Registered => REGISTERED,
            RegisterState::StruckOff(_) => "struck_off",
            RegisterState::Opposed { .. } => "opposed",
            RegisterState::Unknown(code) => code,
        }
    }

    /// What a code and what stands beside it say. A code without its day is not taken for someone in the register.
    pub fn from_parts(code: &str, on: Option<NaiveDate>, why: StrikeReason, by: String) -> Self {
        match (code, on) {
            ("" | REGISTERED, _) => RegisterState::Registered,
            ("struck_off", Some(on)) => RegisterState::StruckOff(StrikeOff { on, why, by }),
            ("opposed", Some(on)) => RegisterState::Opposed { on },
            (other, _) => RegisterState::Unknown(other.to_owned()),
        }
    }

    /// The day from which they were no longer in it, if they are not.
    pub fn ended_on(&self) -> Option<NaiveDate> {
        match self {
            RegisterState::Registered | RegisterState::Unknown(_) => None,
            RegisterState::StruckOff(struck) => Some(struck.on),
            RegisterState::Opposed { on } => Some(*on),
        }
    }

    /// The one that holds where two were written at once: silence is the safe side.
    pub fn stricter(self, other: RegisterState) -> RegisterState {
        if self.strictness() >= other.strictness() { self } else { other }
    }

    /// A total order of the codes, so that every device keeps the same one.
    fn strictness(&self) -> (u8, &str) {
        match self {
            RegisterState::Registered => (0, ""),
            RegisterState::Unknown(code) => (1, code),
            RegisterState::StruckOff(_) => (2, ""),
            RegisterState::Opposed { .. } => (3, ""),
        }
    }
}

/// Whether a request was acknowledged, or the person told of a transmission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Acknowledgement {
    /// Not yet.
    Awaited,
    /// It was, that day.
    Given(NaiveDate),
    /// The entry was taken over from a register kept before: whether it was is known there, not here.
    TakenOver,
    /// Written by a newer version.
    Unknown(String),
}

impl Acknowledgement {
    /// The code that is written; the day is beside it.
    pub fn code(&self) -> &str {
        match self {
            Acknowledgement::Awaited => "awaited",
            Acknowledgement::Given(_) => "given",
            Acknowledgement::TakenOver => "taken_over",
            Acknowledgement::Unknown(code) => code,
        }
    }

    /// What a code and the day beside it say.
    pub fn from_parts(code: &str, on: Option<NaiveDate>) -> Self {
        match (code, on) {
            ("given", Some(on)) => Acknowledgement::Given(on),
            // Said to be given, and no day: it is asked again rather than held for certain.
            ("" | "awaited" | "given", _) => Acknowledgement::Awaited,
            ("taken_over", _) => Acknowledgement::TakenOver,
            (other, _) => Acknowledgement::Unknown(other.to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn states() -> Vec<RegisterState> {
        let on = NaiveDate::from_ymd_opt(2026, 6, 12).expect("a date");
        let struck = |why, by: &str| RegisterState::StruckOff(StrikeOff { on, why, by: by.into() });
        vec![
            RegisterState::Registered,
            RegisterState::Unknown("moved_within".into()),
            struck(StrikeReason::AtRequest, "elle-même"),
            RegisterState::Opposed { on },
        ]
    }

    #[test]
    fn a_state_reads_back_from_its_parts() {
        for state in states() {
            let (why, by) = match &state {
                RegisterState::StruckOff(struck) => (struck.why.clone(), struck.by.clone()),
                _ => (StrikeReason::Mistake, "personne".into()),
            };
            assert_eq!(RegisterState::from_parts(state.code(), state.ended_on(), why, by), state);
        }
        let dayless = RegisterState::from_parts("struck_off", None, StrikeReason::Moved, String::new());
        assert_ne!(dayless, RegisterState::Registered, "a strike-off whose day was lost calls nobody");
    }

    #[test]
    fn of_two_states_written_at_once_silence_holds_in_any_order() {
        for (at, one) in states().iter().enumerate() {
            for (other_at, other) in states().iter().enumerate() {
                let held = one.clone().stricter(other.clone());
                assert_eq!(held, states()[at.max(other_at)]);
                assert_eq!(held, other.clone().stricter(one.clone()));
            }
        }
    }
}
