//! Whether, and how, a person is to be contacted: each state silences reminders in its own way.
//!
//! An absence makes them wait; the other states cancel them for as long as they hold. Nothing is written on what was
//! planned: it is shown as cancelled by the state, and is there again when the state returns.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::coded::coded;

/// Whether, and how, a person is to be contacted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PersonState {
    /// Contacted as planned.
    Followed,
    /// Away until that day: reminders wait for it.
    AbsentUntil(NaiveDate),
    /// Lives elsewhere now.
    Moved,
    /// Wishes no contact. It is respected everywhere.
    Refuses,
    /// Has died.
    Deceased,
    /// Written by a newer version: nobody is called until it is understood.
    Unknown(String),
}

coded! {
    /// Why nothing is to be done about a person, whatever was planned.
    Silence {
        /// Lives elsewhere now.
        Moved = "moved",
        /// Wishes no contact.
        Refuses = "refuses",
        /// Has died.
        Deceased = "deceased",
    }
}

/// What becomes of reminders about a person on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reminders {
    /// They show.
    Show,
    /// They wait for that day.
    Wait(NaiveDate),
    /// What was planned is cancelled by the state, for as long as it holds.
    Cancelled(Silence),
}

impl PersonState {
    /// The code that is written; the day of [`PersonState::AbsentUntil`] is beside it.
    pub fn code(&self) -> &str {
        match self {
            PersonState::Followed => "followed",
            PersonState::AbsentUntil(_) => "absent",
            PersonState::Moved => "moved",
            PersonState::Refuses => "refuses",
            PersonState::Deceased => "deceased",
            PersonState::Unknown(code) => code,
        }
    }

    /// What a code and the day beside it say.
    pub fn from_parts(code: &str, until: Option<NaiveDate>) -> Self {
        match (code, until) {
            ("" | "followed", _) => PersonState::Followed,
            ("absent", Some(day)) => PersonState::AbsentUntil(day),
            ("moved", _) => PersonState::Moved,
            ("refuses", _) => PersonState::Refuses,
            ("deceased", _) => PersonState::Deceased,
            (other, _) => PersonState::Unknown(other.to_owned()),
        }
    }

    /// What becomes of reminders on that day.
    pub fn reminders_on(&self, day: NaiveDate) -> Reminders {
        match (self.silence(), self) {
            (Some(silence), _) => Reminders::Cancelled(silence),
            (None, PersonState::AbsentUntil(until)) if day < *until => Reminders::Wait(*until),
            _ => Reminders::Show,
        }
    }

    /// Whether reminders about the person may be shown on that day.
    pub fn is_reminded_on(&self, day: NaiveDate) -> bool {
        self.reminders_on(day) == Reminders::Show
    }

    /// Why nothing is to be done about the person, on any day, while the state holds.
    pub fn silence(&self) -> Option<Silence> {
        match self {
            PersonState::Followed | PersonState::AbsentUntil(_) => None,
            PersonState::Moved => Some(Silence::Moved),
            PersonState::Refuses => Some(Silence::Refuses),
            PersonState::Deceased => Some(Silence::Deceased),
            PersonState::Unknown(code) => Some(Silence::Unknown(code.clone())),
        }
    }

    /// The one that holds where two were written at once: silence is the safe side, and the longer absence.
    pub fn stricter(self, other: PersonState) -> PersonState {
        if self.strictness() >= other.strictness() { self } else { other }
    }

    /// A total order, so that every device keeps the same one.
    fn strictness(&self) -> (u8, Option<NaiveDate>, &str) {
        match self {
            PersonState::Followed => (0, None, ""),
            PersonState::AbsentUntil(day) => (1, Some(*day), ""),
            PersonState::Moved => (2, None, ""),
            PersonState::Unknown(code) => (3, None, code),
            PersonState::Refuses => (4, None, ""),
            PersonState::Deceased => (5, None, ""),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::Days;
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn any_state() -> impl Strategy<Value = PersonState> {
        prop_oneof![
            Just(PersonState::Followed),
            (0..60u64).prop_map(|days| PersonState::AbsentUntil(day("2026-06-12") + Days::new(days))),
            Just(PersonState::Moved),
            Just(PersonState::Refuses),
            Just(PersonState::Deceased),
            "[a-z]{8}".prop_map(PersonState::Unknown),
        ]
    }

    #[test]
    fn nobody_silenced_is_reminded_of() {
        let today = day("2026-06-12");
        assert!(PersonState::Followed.is_reminded_on(today));
        assert!(PersonState::AbsentUntil(today).is_reminded_on(today));
        assert_eq!(
            PersonState::AbsentUntil(day("2026-06-13")).reminders_on(today),
            Reminders::Wait(day("2026-06-13")),
            "an absence makes them wait"
        );
        for silenced in [
            PersonState::Moved,
            PersonState::Refuses,
            PersonState::Deceased,
            PersonState::from_parts("suspended", None),
            PersonState::from_parts("absent", None),
        ] {
            assert!(matches!(silenced.reminders_on(today), Reminders::Cancelled(_)), "{silenced:?}");
        }
    }

    #[test]
    fn of_two_states_the_stricter_holds() {
        let from_the_mildest = [
            PersonState::Followed,
            PersonState::AbsentUntil(day("2026-06-13")),
            PersonState::AbsentUntil(day("2026-07-01")),
            PersonState::Moved,
            PersonState::Unknown("suspended".into()),
            PersonState::Refuses,
            PersonState::Deceased,
        ];
        for (index, mild) in from_the_mildest.iter().enumerate() {
            for strict in &from_the_mildest[index..] {
                assert_eq!(mild.clone().stricter(strict.clone()), *strict);
                assert_eq!(strict.clone().stricter(mild.clone()), *strict);
            }
        }
    }

    #[test]
    fn a_silence_has_the_code_of_its_state() {
        for state in [PersonState::Moved, PersonState::Refuses, PersonState::Deceased] {
            assert_eq!(state.silence().as_ref().map(Silence::code), Some(state.code()));
        }
    }

    proptest! {
        #[test]
        fn every_device_keeps_the_same_state(a in any_state(), b in any_state(), c in any_state()) {
            let (ab, ba) = (a.clone().stricter(b.clone()), b.clone().stricter(a.clone()));
            prop_assert_eq!(&ab, &ba);
            prop_assert_eq!(ab.stricter(c.clone()), a.clone().stricter(b.stricter(c)));
            prop_assert_eq!(a.clone().stricter(a.clone()), a);
        }

        /// What one of the two silences on a day, the one that holds silences too.
        #[test]
        fn the_state_that_holds_lets_through_no_reminder_that_either_withheld(
            a in any_state(), b in any_state(), later in 0..90u64,
        ) {
            let on = day("2026-06-12") + Days::new(later);
            let held = a.clone().stricter(b.clone());
            prop_assert!(!held.is_reminded_on(on) || (a.is_reminded_on(on) && b.is_reminded_on(on)));
        }
    }
}
