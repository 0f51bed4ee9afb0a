//! A provisional record: someone not yet met, reported by someone else.
//!
//! It holds what was reported and nothing more. It names a person's id, so that requests, visits and alerts can be about
//! them at once; but it is no sheet: it is in no list of people, no campaign, no round, nothing that leaves. Within
//! thirty days the person is informed, and it becomes a sheet of that id, or all of it is erased and one is counted.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::changes::text_fields;
use super::coded::coded;
use super::contact::{Phone, PhoneField};
use super::ids::{LineId, PersonId, ProvisionalId};
use super::person::{Person, PersonChange, PersonField};

/// Within how many days a person is to be informed that they are in a notebook.
pub const DAYS: u64 = 30;
/// From how many days before the end the day asks for it.
const NEAR_DAYS: i64 = 10;

/// Someone not yet met, as they were reported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provisional {
    /// Names the record, and its document.
    pub id: ProvisionalId,
    /// The person it is about, and the sheet it may become.
    pub person: PersonId,
    /// Reported that day.
    pub reported_on: NaiveDate,
    /// By whom: an item of the list of sources.
    pub source: String,
    /// Who that is.
    pub reported_by: String,
    /// In which words.
    pub words: String,
    /// Given name.
    pub given_name: String,
    /// Family name.
    pub family_name: String,
    /// What they are called, where no name is known: "la dame de la maison bleue".
    pub usual_name: String,
    /// Number and way.
    pub address_line: String,
    /// Hamlet.
    pub hamlet: String,
    /// Commune.
    pub commune: String,
    /// A telephone.
    pub phone: String,
    /// The person was informed that day: they have a sheet since.
    pub informed_on: Option<NaiveDate>,
}

impl Provisional {
    /// A record of that day with nothing on it.
    pub fn empty(id: ProvisionalId, person: PersonId, day: NaiveDate) -> Self {
        Provisional {
            id,
            person,
            reported_on: day,
            source: String::new(),
            reported_by: String::new(),
            words: String::new(),
            given_name: String::new(),
            family_name: String::new(),
            usual_name: String::new(),
            address_line: String::new(),
            hamlet: String::new(),
            commune: String::new(),
            phone: String::new(),
            informed_on: None,
        }
    }

    /// The last day on which the person may be informed.
    pub fn due_on(&self) -> NaiveDate {
        self.reported_on.checked_add_days(Days::new(DAYS)).unwrap_or(NaiveDate::MAX)
    }

    /// How many days are left; less than nothing once the time is over.
    pub fn days_left(&self, today: NaiveDate) -> i64 {
        (self.due_on() - today).num_days()
    }

    /// Whether the day asks for it.
    pub fn is_near(&self, today: NaiveDate) -> bool {
        self.days_left(today) <= NEAR_DAYS
    }

    /// What a sheet of theirs begins with: nothing is typed again. The words stay in the record, which becomes the first
    /// line of their story.
    pub fn sheet(&self) -> Vec<PersonChange> {
        let texts = [
            (PersonField::GivenName, &self.given_name),
            (PersonField::FamilyName, &self.family_name),
            (PersonField::UsualName, &self.usual_name),
            (PersonField::AddressLine, &self.address_line),
            (PersonField::Hamlet, &self.hamlet),
            (PersonField::Commune, &self.commune),
        ];
        let said = texts.into_iter().filter(|(_, text)| !text.trim().is_empty());
        let mut changes: Vec<_> = said.map(|(field, text)| PersonChange::Text(field, text.trim().to_owned())).collect();
        if !self.phone.trim().is_empty() {
            // The same line on whichever device makes the sheet.
            changes.push(PersonChange::Phone(LineId(self.id.0), PhoneField::Number, self.phone.trim().to_owned()));
        }
        changes
    }

    /// The person, as far as anyone reported them: to be shown wherever one is, and nowhere listed.
    pub fn as_person(&self) -> Person {
        let mut person = Person::empty(self.person);
        for change in self.sheet() {
            match change {
                PersonChange::Text(field, text) => *person.text_mut(field) = text,
                PersonChange::Phone(id, field, text) => {
                    let mut phone = Phone::empty(id);
                    *phone.text_mut(field) = text;
                    person.phones.push(phone);
                }
                _ => {}
            }
        }
        person
    }

    /// The fields in which another differs.
    pub fn changes_to(&self, edited: &Provisional) -> Vec<ProvisionalChange> {
        let texts = self.text_differences(edited);
        let mut changes: Vec<_> = texts.map(|(field, text)| ProvisionalChange::Text(field, text.to_owned())).collect();
        if self.reported_on != edited.reported_on {
            changes.push(ProvisionalChange::ReportedOn(edited.reported_on));
        }
        changes
    }
}

text_fields! {
    /// The text fields of a provisional record.
    ProvisionalField of Provisional {
        /// By whom it was reported.
        Source = "source" => source,
        /// Who that is.
        ReportedBy = "reported_by" => reported_by,
        /// In which words.
        Words = "words" => words,
        /// Given name.
        GivenName = "given_name" => given_name,
        /// Family name.
        FamilyName = "family_name" => family_name,
        /// What they are called.
        UsualName = "usual_name" => usual_name,
        /// Number and way.
        AddressLine = "address_line" => address_line,
        /// Hamlet.
        Hamlet = "hamlet" => hamlet,
        /// Commune.
        Commune = "commune" => commune,
        /// A telephone.
        Phone = "phone" => phone,
    }
}

/// One change to a provisional record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProvisionalChange {
    /// A text field becomes this.
    Text(ProvisionalField, String),
    /// It was reported that day.
    ReportedOn(NaiveDate),
}

coded! {
    /// Why a provisional record was erased.
    ProvisionalEnd {
        /// Nobody could inform the person in time.
        NotReached = "not_reached",
        /// The person was told, and wants none.
        Objects = "objects",
        /// It was a mistake: nobody is there, or someone else.
        Mistake = "mistake",
        /// Nobody said why.
        Unsaid = "unsaid",
    }
}

/// That a provisional record was erased: counted, and nobody in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasedProvisional {
    /// The year and month in which it was reported: `2026-06`.
    pub month: String,
    /// By whom: an item of the list of sources.
    pub source: String,
    /// Why it was erased.
    pub why: ProvisionalEnd,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reported() -> Provisional {
        let day = "2026-06-12".parse().expect("a date");
        let mut record = Provisional::empty(ProvisionalId([7; 16]), PersonId([1; 16]), day);
        record.usual_name = " la dame de la maison bleue ".into();
        record.hamlet = "La Roussière".into();
        record.phone = "05 55 01 02 03".into();
        record.words = "elle ne sort plus".into();
        record
    }

    #[test]
    fn thirty_days_are_left_and_the_last_is_still_one() {
        let record = reported();
        let on = |text: &str| text.parse().expect("a date");
        assert_eq!(record.due_on(), on("2026-07-12"));
        assert_eq!(record.days_left(on("2026-06-12")), 30);
        assert_eq!((record.days_left(on("2026-07-12")), record.days_left(on("2026-07-13"))), (0, -1));
        assert!(!record.is_near(on("2026-07-01")) && record.is_near(on("2026-07-02")));
    }

    #[test]
    fn the_sheet_it_becomes_is_who_was_shown() {
        let record = reported();
        let shown = record.as_person();
        assert_eq!(shown.display_name(), "la dame de la maison bleue");
        assert_eq!(Person::empty(record.person).changes_to(&shown), record.sheet());
        assert!(shown.notes.is_empty(), "someone else's words are on no sheet");
    }
}
