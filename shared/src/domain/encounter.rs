//! An encounter: a visit, a call, someone at the desk, a letter, a chance meeting.
//!
//! The channel, then the result: "no answer" is what came of a call, not a kind of contact.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::changes::text_fields;
use super::coded::coded;
use super::ids::{EncounterId, EntryId, PersonId};
use super::time::Hour;

/// An encounter with someone, or with nobody in particular.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Encounter {
    /// Names the encounter.
    pub id: EncounterId,
    /// With whom; none for someone who gave no name.
    pub person: Option<PersonId>,
    /// The day it took place.
    pub day: NaiveDate,
    /// The hour, if it matters.
    pub hour: Option<Hour>,
    /// By which way.
    pub kind: EncounterKind,
    /// What came of it.
    pub result: EncounterResult,
    /// How long, in minutes.
    pub duration_min: Option<u16>,
    /// Where, if not at the usual place.
    pub place: String,
    /// Who else was there.
    pub with: String,
    /// Who of the directory was there, or was spoken to: what one gets in touch by.
    pub with_entry: Option<EntryId>,
    /// The person's own words.
    pub words: String,
    /// What the coordinator notes, and may share.
    pub notes: String,
    /// Whether it was a mistake: it stays in the history and shows nowhere else.
    pub withdrawn: bool,
}

impl Encounter {
    /// An encounter of that day, of which nothing is said yet.
    pub fn empty(id: EncounterId, person: Option<PersonId>, day: NaiveDate) -> Self {
        Encounter {
            id,
            person,
            day,
            hour: None,
            kind: EncounterKind::HomeVisit,
            result: EncounterResult::Met,
            duration_min: None,
            place: String::new(),
            with: String::new(),
            with_entry: None,
            words: String::new(),
            notes: String::new(),
            withdrawn: false,
        }
    }

    /// Whether the person was in fact seen or spoken to.
    pub fn is_contact(&self) -> bool {
        !self.withdrawn && self.result == EncounterResult::Met
    }

    /// Whether it was with the person themselves, so that a visit or a call that was due is done by it. What a third party
    /// said about them leaves it to do; so does a bell that nobody answers.
    pub fn meets_the_person(&self) -> bool {
        self.is_contact() && self.kind != EncounterKind::ThirdParty
    }

    /// What to write so that this encounter becomes `edited`: the differences only. The person does not change:
    /// an encounter noted with the wrong person is withdrawn and noted again.
    pub fn changes_to(&self, edited: &Encounter) -> Vec<EncounterChange> {
        let mut changes: Vec<_> =
            self.text_differences(edited).map(|(field, text)| EncounterChange::Text(field, text.to_owned())).collect();
        if self.day != edited.day {
            changes.push(EncounterChange::Day(edited.day));
        }
        if self.hour != edited.hour {
            changes.push(EncounterChange::Hour(edited.hour));
        }
        if self.kind != edited.kind {
            changes.push(EncounterChange::Kind(edited.kind.clone()));
        }
        if self.result != edited.result {
            changes.push(EncounterChange::Result(edited.result.clone()));
        }
        if self.duration_min != edited.duration_min {
            changes.push(EncounterChange::Duration(edited.duration_min));
        }
        if self.with_entry != edited.with_entry {
            changes.push(EncounterChange::WithEntry(edited.with_entry));
        }
        if self.withdrawn != edited.withdrawn {
            changes.push(EncounterChange::Withdrawn(edited.withdrawn));
        }
        changes
    }
}

text_fields! {
    /// The text fields of an encounter.
    EncounterField of Encounter {
        /// Where.
        Place = "place" => place,
        /// Who else.
        With = "with" => with,
        /// The person's own words.
        Words = "words" => words,
        /// The coordinator's notes.
        Notes = "notes" => notes,
    }
}

coded! {
    /// By which way.
    EncounterKind {
        /// At home.
        HomeVisit = "home_visit",
        /// At home, with another professional.
        JointVisit = "joint_visit",
        /// A call made.
        CallOut = "call_out",
        /// A call received.
        CallIn = "call_in",
        /// At the desk, by appointment.
        Appointment = "appointment",
        /// At the desk, without appointment.
        WalkIn = "walk_in",
        /// Together outside: a démarche, a consultation.
        Accompaniment = "accompaniment",
        /// A letter or a message.
        Mail = "mail",
        /// Someone else about the person.
        ThirdParty = "third_party",
        /// By chance.
        ChanceMeeting = "chance_meeting",
    }
}

coded! {
    /// What came of it.
    EncounterResult {
        /// The person was seen, heard or answered.
        Met = "met",
        /// The telephone rang.
        NoAnswer = "no_answer",
        /// Nobody opened.
        DoorClosed = "door_closed",
        /// A message was left.
        MessageLeft = "message_left",
        /// The person did not wish it that day.
        Declined = "declined",
    }
}

/// One change to an encounter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EncounterChange {
    /// A text field becomes this.
    Text(EncounterField, String),
    /// It took place that day.
    Day(NaiveDate),
    /// At that hour.
    Hour(Option<Hour>),
    /// By that way.
    Kind(EncounterKind),
    /// That came of it.
    Result(EncounterResult),
    /// It lasted so many minutes.
    Duration(Option<u16>),
    /// It was a mistake, or was not.
    Withdrawn(bool),
    /// That entry of the directory was there.
    WithEntry(Option<EntryId>),
}
