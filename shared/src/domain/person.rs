//! A person whom the coordinator accompanies: the sheet, and the only place of name, address and phone.
//!
//! Nothing clinical is written here: there is no field for a diagnosis, a treatment or a result, and none will come.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::changes::text_fields;
use super::coded::coded;
use super::contact::{Address, Phone, PhoneField};
use super::ids::{HouseholdId, LineId, PersonId, RegisterEntryId};
use super::position::Position;
use super::time::PartialDate;

pub use super::person_state::{PersonState, Reminders, Silence};

/// The sheet of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Names the person.
    pub id: PersonId,
    /// "Mme", "M.", or what the person wishes.
    pub civility: String,
    /// Given name.
    pub given_name: String,
    /// Family name.
    pub family_name: String,
    /// The name people call them by, where it is another.
    pub usual_name: String,
    /// Birth, as far as it is known.
    pub birth: Option<PartialDate>,
    /// Where they live.
    pub address: Address,
    /// The point of it, as [`Position`] writes it; it is one as long as the address is the same.
    pub position: String,
    /// Telephones, in the order in which they were written.
    pub phones: Vec<Phone>,
    /// Electronic mail.
    pub email: String,
    /// The language to speak with them, where it is not French.
    pub language: String,
    /// Who lives there too.
    pub household: String,
    /// How to approach: "sonner deux fois", "craint les chiens".
    pub approach: String,
    /// Anything else that is worth knowing at the door.
    pub notes: String,
    /// Relatives, caregivers, watchful neighbours, the trusted person.
    pub related: Vec<RelatedPerson>,
    /// Whether, and how, they are to be contacted.
    pub state: PersonState,
    /// Their entry in the legal register, where someone said which it is. The entry knows nothing of it.
    pub register_entry: Option<RegisterEntryId>,
    /// Of which household they are; more than one only where devices said it at once.
    pub home: BTreeSet<HouseholdId>,
}

impl Person {
    /// A sheet with nothing on it.
    pub fn empty(id: PersonId) -> Self {
        Person {
            id,
            civility: String::new(),
            given_name: String::new(),
            family_name: String::new(),
            usual_name: String::new(),
            birth: None,
            address: Address::default(),
            position: String::new(),
            phones: Vec::new(),
            email: String::new(),
            language: String::new(),
            household: String::new(),
            approach: String::new(),
            notes: String::new(),
            related: Vec::new(),
            state: PersonState::Followed,
            register_entry: None,
            home: BTreeSet::new(),
        }
    }

    /// The name as one says it: given name, then family name.
    pub fn display_name(&self) -> String {
        let name = [self.given_name.trim(), self.family_name.trim()];
        let name = name.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        match (name.is_empty(), self.usual_name.trim()) {
            (false, _) => name,
            (true, usual) => usual.to_owned(),
        }
    }

    /// The first name and the initial of the family name: "Odette M.", for paper that anyone may pick up. Where there is
    /// no first name, what people call them by, else the civility.
    pub fn first_name_and_initial(&self) -> String {
        let first = [&self.given_name, &self.usual_name, &self.civility];
        let first = first.into_iter().map(|part| part.trim()).find(|part| !part.is_empty()).unwrap_or_default();
        match self.family_name.trim().chars().next() {
            Some(initial) => format!("{first} {}.", initial.to_uppercase()).trim_start().to_owned(),
            None => first.to_owned(),
        }
    }

    /// The point of the address, as long as the address is the one that it was chosen with.
    pub fn position(&self) -> Option<Position> {
        Position::still_of(&self.position, &self.address.located_by())
    }

    /// The relative to call first, if one is said to be.
    pub fn first_to_call(&self) -> Option<&RelatedPerson> {
        self.related.iter().find(|related| related.call_first)
    }

    /// What to write so that this sheet becomes `edited`: the differences only.
    pub fn changes_to(&self, edited: &Person) -> Vec<PersonChange> {
        let mut changes: Vec<_> =
            self.text_differences(edited).map(|(field, text)| PersonChange::Text(field, text.to_owned())).collect();
        if self.birth != edited.birth {
            changes.push(PersonChange::Birth(edited.birth));
        }
        if self.state != edited.state {
            changes.push(PersonChange::State(edited.state.clone()));
        }
        if self.register_entry != edited.register_entry {
            changes.push(PersonChange::RegisterEntry(edited.register_entry));
        }
        if self.home != edited.home {
            changes.push(PersonChange::Home(edited.home.first().copied()));
        }
        for phone in &edited.phones {
            let before = self.phones.iter().find(|before| before.id == phone.id);
            let before = before.cloned().unwrap_or_else(|| Phone::empty(phone.id));
            changes.extend(before.text_differences(phone).map(|(f, t)| PersonChange::Phone(phone.id, f, t.to_owned())));
        }
        for gone in self.phones.iter().filter(|before| edited.phones.iter().all(|after| after.id != before.id)) {
            changes.push(PersonChange::RemovePhone(gone.id));
        }
        for related in &edited.related {
            let before = self.related.iter().find(|before| before.id == related.id);
            let before = before.cloned().unwrap_or_else(|| RelatedPerson::empty(related.id));
            changes.extend(
                before.text_differences(related).map(|(f, t)| PersonChange::Related(related.id, f, t.to_owned())),
            );
            if before.call_first != related.call_first {
                changes.push(PersonChange::CallFirst(related.id, related.call_first));
            }
        }
        for gone in self.related.iter().filter(|before| edited.related.iter().all(|after| after.id != before.id)) {
            changes.push(PersonChange::RemoveRelated(gone.id));
        }
        changes
    }
}

text_fields! {
    /// The text fields of a person's sheet.
    PersonField of Person {
        /// "Mme", "M.".
        Civility = "civility" => civility,
        /// Given name.
        GivenName = "given_name" => given_name,
        /// Family name.
        FamilyName = "family_name" => family_name,
        /// The name people call them by.
        UsualName = "usual_name" => usual_name,
        /// Number and way.
        AddressLine = "address_line" => address.line,
        /// Hamlet.
        Hamlet = "hamlet" => address.hamlet,
        /// The commune before a merger.
        FormerCommune = "former_commune" => address.former_commune,
        /// Postcode.
        Postcode = "postcode" => address.postcode,
        /// The commune's name.
        Commune = "commune" => address.commune,
        /// The commune's INSEE code.
        CommuneCode = "commune_code" => address.commune_code,
        /// The point of the address.
        Position = "position" => position,
        /// Electronic mail.
        Email = "email" => email,
        /// The language to speak.
        Language = "language" => language,
        /// Who lives there too.
        Household = "household" => household,
        /// How to approach.
        Approach = "approach" => approach,
        /// Anything else.
        Notes = "notes" => notes,
    }
}

/// Someone around the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelatedPerson {
    /// Names the line.
    pub id: LineId,
    /// Their name.
    pub name: String,
    /// What they are to the person: an item of the list of relations, or free words.
    pub relation: String,
    /// Their telephone.
    pub phone: String,
    /// What to know: "a les clés", "travaille la nuit".
    pub note: String,
    /// Whether they are the one to call first.
    pub call_first: bool,
}

impl RelatedPerson {
    /// An empty line.
    pub fn empty(id: LineId) -> Self {
        RelatedPerson {
            id,
            name: String::new(),
            relation: String::new(),
            phone: String::new(),
            note: String::new(),
            call_first: false,
        }
    }
}

text_fields! {
    /// The text fields of a relative's line.
    RelatedField of RelatedPerson {
        /// Their name.
        Name = "name" => name,
        /// What they are to the person.
        Relation = "relation" => relation,
        /// Their telephone.
        Phone = "phone" => phone,
        /// What to know.
        Note = "note" => note,
    }
}

/// One change to a sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PersonChange {
    /// A text field becomes this; empty clears it.
    Text(PersonField, String),
    /// The birth becomes this.
    Birth(Option<PartialDate>),
    /// The state becomes this.
    State(PersonState),
    /// Their entry in the legal register is this one.
    RegisterEntry(Option<RegisterEntryId>),
    /// They are of this household, and of no other.
    Home(Option<HouseholdId>),
    /// A field of a telephone becomes this; a new line comes into being.
    Phone(LineId, PhoneField, String),
    /// A telephone goes.
    RemovePhone(LineId),
    /// A field of a relative becomes this; a new line comes into being.
    Related(LineId, RelatedField, String),
    /// Whether a relative is to be called first.
    CallFirst(LineId, bool),
    /// A relative goes.
    RemoveRelated(LineId),
}

coded! {
    /// Why a sheet cannot be saved as it is.
    PersonProblem {
        /// A sheet needs a name, of whichever kind: one cannot find it again otherwise.
        NoName = "no_name",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn odette() -> Person {
        let mut odette = Person::empty(PersonId([1; 16]));
        odette.given_name = "Odette".into();
        odette.family_name = "Marchais".into();
        odette.phones = vec![Phone { id: LineId([2; 16]), number: "04 90 00 00 01".into(), label: String::new() }];
        odette
    }

    #[test]
    fn paper_says_a_first_name_and_an_initial() {
        assert_eq!(odette().first_name_and_initial(), "Odette M.");
        let mut person = Person::empty(PersonId([1; 16]));
        person.family_name = "écheverry".into();
        assert_eq!(person.first_name_and_initial(), "É.");
        person.civility = "Mme".into();
        assert_eq!(person.first_name_and_initial(), "Mme É.");
        person = Person { usual_name: "Nénette".into(), ..Person::empty(PersonId([1; 16])) };
        assert_eq!(person.first_name_and_initial(), "Nénette");
    }

    #[test]
    fn a_form_that_changed_nothing_writes_nothing() {
        assert_eq!(odette().changes_to(&odette()), []);
    }

    #[test]
    fn a_form_writes_only_the_fields_that_were_touched() {
        let mut edited = odette();
        edited.address.hamlet = "La Roussière".into();
        edited.phones[0].label = "le matin".into();
        edited.state = PersonState::Refuses;
        assert_eq!(
            odette().changes_to(&edited),
            [
                PersonChange::Text(PersonField::Hamlet, "La Roussière".into()),
                PersonChange::State(PersonState::Refuses),
                PersonChange::Phone(LineId([2; 16]), PhoneField::Label, "le matin".into()),
            ]
        );
    }

    #[test]
    fn a_line_taken_away_is_said_so() {
        let mut edited = odette();
        edited.phones.clear();
        assert_eq!(odette().changes_to(&edited), [PersonChange::RemovePhone(LineId([2; 16]))]);
    }

    #[test]
    fn every_field_can_be_named_and_read_back() {
        for field in PersonField::ALL {
            assert_eq!(PersonField::from_code(field.code()), Some(*field));
            let mut person = Person::empty(PersonId([0; 16]));
            *person.text_mut(*field) = "x".into();
            assert_eq!(person.text(*field), "x");
            assert_eq!(Person::empty(PersonId([0; 16])).text_differences(&person).count(), 1);
        }
    }
}
