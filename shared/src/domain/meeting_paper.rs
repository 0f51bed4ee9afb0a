//! What leaves of a *temps d'échange*: an invitation, and minutes, each exactly as it is shown before it leaves.
//!
//! An invitation that names the person is made from a [`Permit`] for whoever is invited, and so are minutes for a guest.
//! Without one an invitation says when and where, and nobody's name: the purpose and the agenda were written for
//! oneself, and stay at home. The person's own copy of the minutes asks for no consent: it is about her.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::coded::coded;
use super::consent::{Permit, Purpose, Recipient};
use super::ids::{ConsentId, LineId};
use super::time::Hour;
use crate::text::fold::{fold, words};

/// Shorter words of a name are in every text.
const SHORTEST_NAME_CHARS: usize = 3;
/// Parts of names that are in every text too.
const PARTICLES: [&str; 5] = ["des", "les", "del", "van", "von"];

/// Something that may leave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Paper {
    /// An invitation for a guest, with a few words of one's own.
    Invitation {
        /// For whom.
        guest: LineId,
        /// The words.
        message: String,
    },
    /// Minutes.
    Minutes(MinutesFor),
}

impl Paper {
    /// What it is.
    pub fn kind(&self) -> PaperKind {
        match self {
            Paper::Invitation { .. } => PaperKind::Invitation,
            Paper::Minutes(_) => PaperKind::Minutes,
        }
    }

    /// The guest it is for; none where it is the person's.
    pub fn guest(&self) -> Option<LineId> {
        match self {
            Paper::Invitation { guest, .. } | Paper::Minutes(MinutesFor::Guest(guest)) => Some(*guest),
            Paper::Minutes(MinutesFor::Person) => None,
        }
    }
}

/// For whom minutes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum MinutesFor {
    /// The person.
    Person,
    /// A guest.
    Guest(LineId),
}

/// An invitation: exactly that leaves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// To whom.
    pub recipient: Recipient,
    /// The day.
    pub day: NaiveDate,
    /// The hour.
    pub hour: Option<Hour>,
    /// Where; empty where it says who the person is.
    pub place: String,
    /// About whom.
    pub about: About,
    /// Words of one's own.
    pub message: String,
}

/// About whom an invitation is, as far as its reader may know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum About {
    /// Someone whom it does not name.
    Nobody,
    /// The person.
    Named(Named),
}

/// What an invitation says where the person agreed that it does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Her name.
    pub name: String,
    /// What for.
    pub purpose: String,
    /// What is spoken of.
    pub points: Vec<String>,
    /// The consent that it rests on.
    pub consent: ConsentId,
}

impl About {
    /// The person by her name, which only a permit for a *temps d'échange* makes.
    pub fn permitted(permit: &Permit, name: String, purpose: String, points: Vec<String>) -> Self {
        match permit.purpose() {
            Purpose::SharedMeeting => About::Named(Named { name, purpose, points, consent: permit.entry() }),
            _ => About::Nobody,
        }
    }

    /// The consent it rests on.
    pub fn consent(&self) -> Option<ConsentId> {
        match self {
            About::Nobody => None,
            About::Named(named) => Some(named.consent),
        }
    }
}

/// Minutes: exactly that leaves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Minutes {
    /// To whom.
    pub recipient: Recipient,
    /// Whether it is the person's own copy.
    pub is_hers: bool,
    /// The consent that it rests on; none for her own copy.
    pub consent: Option<ConsentId>,
    /// Her name.
    pub name: String,
    /// The day it was held.
    pub day: NaiveDate,
    /// Where.
    pub place: String,
    /// What for.
    pub purpose: String,
    /// Whether she was there.
    pub presence: Attended,
    /// Those who were asked, and whether they came.
    pub guests: Vec<(Who, Attended)>,
    /// What was spoken of, and what was said of it.
    pub points: Vec<(String, String)>,
    /// What was decided.
    pub decisions: Vec<Decided>,
    /// When she was told back, where she was not there.
    pub told_back: Option<NaiveDate>,
}

/// Whether someone was there, as minutes say it: never why not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Attended {
    /// They were.
    There,
    /// They were not.
    Absent,
    /// Someone spoke for them.
    Represented(Who),
    /// Nobody said.
    NotSaid,
}

/// Someone, as minutes say them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Who {
    /// The person.
    Person,
    /// The coordinator.
    Coordinator,
    /// Someone around her, whom a professional is not given by name.
    Relative,
    /// Someone by name.
    Named(String),
}

/// Something decided, as minutes say it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// What.
    pub what: String,
    /// Who does it.
    pub who: Who,
    /// By when.
    pub by: NaiveDate,
}

/// That something was given of a meeting: the trace that stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenPaper {
    /// Names the line.
    pub id: LineId,
    /// The day.
    pub day: NaiveDate,
    /// The hour.
    pub hour: Hour,
    /// What.
    pub what: PaperKind,
    /// To whom.
    pub recipient: Recipient,
    /// Which guest; none where it was the person.
    pub guest: Option<LineId>,
    /// How it left.
    pub way: PaperWay,
    /// The consent it rested on; none where it named nobody, or was hers.
    pub consent: Option<ConsentId>,
    /// The words of one's own.
    pub message: String,
}

coded! {
    /// What leaves.
    PaperKind {
        /// An invitation.
        Invitation = "invitation",
        /// Minutes.
        Minutes = "minutes",
    }
}

coded! {
    /// How something leaves.
    PaperWay {
        /// Printed.
        Paper = "paper",
        /// As a file.
        File = "file",
        /// Copied, to be pasted in a message.
        Copied = "copied",
    }
}

/// Whether a text says one of these names, or where she lives: what nobody agreed to may say neither.
pub fn names_someone(text: &str, names: &[&str], addresses: &[&str]) -> bool {
    let folded = fold(text);
    let said: Vec<&str> = words(&folded).collect();
    let of_a_name =
        |word: &str| word.chars().count() >= SHORTEST_NAME_CHARS && !PARTICLES.contains(&word) && said.contains(&word);
    let by_name = names.iter().map(|name| fold(name)).any(|name| words(&name).any(of_a_name));
    let says = |phrase: &str| {
        let phrase: Vec<&str> = words(phrase).collect();
        !phrase.is_empty() && said.windows(phrase.len()).any(|window| window == phrase.as_slice())
    };
    by_name || addresses.iter().map(|line| fold(line)).any(|line| says(&line))
}

#[cfg(test)]
mod tests {
    use super::super::consent::{ConsentEntry, Said, Sharing, Told, may};
    use super::super::ids::PersonId;
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn agreed(purpose: Purpose) -> ConsentEntry {
        let told = Told { on: day("2026-06-12"), how: "orally".into() };
        let what = "ce qui est préparé".to_owned();
        ConsentEntry {
            id: ConsentId([3; 16]),
            person: PersonId([1; 16]),
            said: Said::Shares(Sharing { recipient: Recipient::named("Aline"), purpose, what, until: None }),
            given: told,
            withdrawn: None,
            note: String::new(),
        }
    }

    #[test]
    fn an_invitation_names_someone_only_by_a_permit_for_a_meeting() {
        let to = |purpose: Purpose| {
            let entries = [agreed(purpose.clone())];
            let permit = may(&entries, &purpose, &Recipient::named("Aline"), day("2026-06-13")).expect("a permit");
            About::permitted(&permit, "Odette Escarvenc".into(), "préparer l’hiver".into(), Vec::new())
        };
        assert_eq!(to(Purpose::SharedMeeting).consent(), Some(ConsentId([3; 16])));
        assert_eq!(to(Purpose::LiaisonSheet), About::Nobody, "what she agreed to for a sheet is for a sheet");
    }

    #[test]
    fn a_text_that_says_who_she_is_is_seen() {
        let names = ["Odette", "Escarvenc", "La Dédé"];
        let addresses = ["12, chemin du Pré-Long", ""];
        for text in [
            "Chez Odette",
            "chez Mme ESCARVENC, entrée par la cour",
            "pour dédé",
            "rendez-vous 12 chemin du Pré Long, Valsonne",
        ] {
            assert!(names_someone(text, &names, &addresses), "{text}");
        }
        for text in ["Mairie, salle du bas", "à la maison de santé", "12, rue du Pré", ""] {
            assert!(!names_someone(text, &names, &addresses), "{text}");
        }
    }
}
