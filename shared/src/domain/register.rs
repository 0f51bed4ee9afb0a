//! The legal register of vulnerable people (*registre nominatif*): what the law lists about each, and nothing else.
//!
//! It is the mayor's, apart from the notebook: an entry knows no sheet, and says nothing of who is accompanied. There is
//! no field for health, and none for whatever else one might know about someone; none will come. The words of the law:
//! *code de l'action sociale et des familles*, L121-6-1 and R121-2 and following; a jurist confirms before real use.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::changes::text_fields;
use super::coded::coded;
use super::contact::{Address, Phone, PhoneField};
use super::ids::{LineId, RegisterEntryId};
use super::person_state::Silence;
use super::time::PartialDate;

pub use super::register_state::{Acknowledgement, RegisterState, StrikeOff, StrikeReason};

/// Within how many days a request is acknowledged.
pub const ACKNOWLEDGE_WITHIN_DAYS: u64 = 8;

/// Someone in the register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterEntry {
    /// Names the entry, and its document.
    pub id: RegisterEntryId,
    /// Family name.
    pub family_name: String,
    /// Given names.
    pub given_name: String,
    /// Birth, as far as it is known.
    pub birth: Option<PartialDate>,
    /// Where they live.
    pub address: Address,
    /// Telephones, in the order in which they were written.
    pub phones: Vec<Phone>,
    /// On what ground they are in the register; none where nobody said.
    pub ground: Option<RegisterGround>,
    /// Who comes to help at home, and how to reach them.
    pub home_services: String,
    /// Whom to tell in an emergency.
    pub to_notify: Vec<PersonToNotify>,
    /// By what road the entry came.
    pub origin: RegisterOrigin,
    /// Who asked, where it is not the person.
    pub requester: String,
    /// In what quality they asked: "fils", "médecin traitant", "service d'aide".
    pub requester_quality: String,
    /// The day it was asked for, or transmitted.
    pub requested: Option<NaiveDate>,
    /// Whether the request was acknowledged.
    pub acknowledgement: Acknowledgement,
    /// Whether they are in the register today.
    pub state: RegisterState,
}

coded! {
    /// On what ground someone may be in the register.
    RegisterGround {
        /// Sixty-five or over, at home.
        Aged65 = "aged_65",
        /// Over sixty and unfit for work, at home.
        UnfitOver60 = "unfit_over_60",
        /// An adult who has a disability benefit or its like, at home.
        Disability = "disability",
    }
}

coded! {
    /// By what road an entry came.
    RegisterOrigin {
        /// The person asked.
        Person = "person",
        /// A third party asked, in writing.
        ThirdParty = "third_party",
        /// Their legal representative asked.
        Representative = "representative",
        /// The département transmitted it; they may oppose.
        Department = "department",
        /// The pension fund transmitted it; they may oppose.
        PensionFund = "pension_fund",
    }
}

impl RegisterOrigin {
    /// Whether it was transmitted without having been asked for: the person is told, and may oppose.
    pub fn is_transmitted(&self) -> bool {
        matches!(self, RegisterOrigin::Department | RegisterOrigin::PensionFund)
    }
}

impl RegisterEntry {
    /// An entry with nothing in it.
    pub fn empty(id: RegisterEntryId) -> Self {
        RegisterEntry {
            id,
            family_name: String::new(),
            given_name: String::new(),
            birth: None,
            address: Address::default(),
            phones: Vec::new(),
            ground: None,
            home_services: String::new(),
            to_notify: Vec::new(),
            origin: RegisterOrigin::Person,
            requester: String::new(),
            requester_quality: String::new(),
            requested: None,
            acknowledgement: Acknowledgement::Awaited,
            state: RegisterState::Registered,
        }
    }

    /// The name as one says it: given name, then family name.
    pub fn display_name(&self) -> String {
        let name = [self.given_name.trim(), self.family_name.trim()];
        name.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// Whether they are in the register: whoever is not is called by nobody and transmitted to nobody.
    pub fn is_registered(&self) -> bool {
        self.state == RegisterState::Registered
    }

    /// Why they are not to be called, where they are not in the register any more.
    pub fn silence(&self) -> Option<Silence> {
        Some(match &self.state {
            RegisterState::Registered => return None,
            RegisterState::StruckOff(StrikeOff { why: StrikeReason::Deceased, .. }) => Silence::Deceased,
            RegisterState::StruckOff(StrikeOff { why: StrikeReason::Moved | StrikeReason::Institution, .. }) => {
                Silence::Moved
            }
            RegisterState::StruckOff(_) | RegisterState::Opposed { .. } => Silence::Refuses,
            RegisterState::Unknown(code) => Silence::Unknown(code.clone()),
        })
    }

    /// By when the request is to be acknowledged, or the person told of the transmission; none where nothing is due.
    pub fn acknowledgement_due(&self) -> Option<NaiveDate> {
        let is_due = self.is_registered() && self.acknowledgement == Acknowledgement::Awaited;
        self.requested.filter(|_| is_due)?.checked_add_days(Days::new(ACKNOWLEDGE_WITHIN_DAYS))
    }

    /// What to write so that this entry becomes `edited`: the differences only.
    pub fn changes_to(&self, edited: &RegisterEntry) -> Vec<RegisterChange> {
        let mut changes: Vec<_> =
            self.text_differences(edited).map(|(field, text)| RegisterChange::Text(field, text.to_owned())).collect();
        if self.birth != edited.birth {
            changes.push(RegisterChange::Birth(edited.birth));
        }
        if self.ground != edited.ground {
            changes.push(RegisterChange::Ground(edited.ground.clone()));
        }
        if self.origin != edited.origin {
            changes.push(RegisterChange::Origin(edited.origin.clone()));
        }
        if self.requested != edited.requested {
            changes.push(RegisterChange::Requested(edited.requested));
        }
        if self.acknowledgement != edited.acknowledgement {
            changes.push(RegisterChange::Acknowledgement(edited.acknowledgement.clone()));
        }
        if self.state != edited.state {
            changes.push(RegisterChange::State(edited.state.clone()));
        }
        for phone in &edited.phones {
            let before = self.phones.iter().find(|before| before.id == phone.id);
            let before = before.cloned().unwrap_or_else(|| Phone::empty(phone.id));
            let differences = before.text_differences(phone);
            changes.extend(differences.map(|(f, t)| RegisterChange::Phone(phone.id, f, t.to_owned())));
        }
        for gone in self.phones.iter().filter(|before| edited.phones.iter().all(|after| after.id != before.id)) {
            changes.push(RegisterChange::RemovePhone(gone.id));
        }
        for other in &edited.to_notify {
            let before = self.to_notify.iter().find(|before| before.id == other.id);
            let before = before.cloned().unwrap_or_else(|| PersonToNotify::empty(other.id));
            let differences = before.text_differences(other);
            changes.extend(differences.map(|(f, t)| RegisterChange::Notify(other.id, f, t.to_owned())));
        }
        for gone in self.to_notify.iter().filter(|before| edited.to_notify.iter().all(|after| after.id != before.id)) {
            changes.push(RegisterChange::RemoveNotify(gone.id));
        }
        changes
    }
}

text_fields! {
    /// The text fields of an entry of the register.
    RegisterField of RegisterEntry {
        /// Family name.
        FamilyName = "family_name" => family_name,
        /// Given names.
        GivenName = "given_name" => given_name,
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
        /// Who comes to help at home.
        HomeServices = "home_services" => home_services,
        /// Who asked.
        Requester = "requester" => requester,
        /// In what quality.
        RequesterQuality = "requester_quality" => requester_quality,
    }
}

/// Someone to tell in an emergency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonToNotify {
    /// Names the line.
    pub id: LineId,
    /// Their name.
    pub name: String,
    /// What they are to the person.
    pub relation: String,
    /// Their telephone.
    pub phone: String,
}

impl PersonToNotify {
    /// An empty line.
    pub fn empty(id: LineId) -> Self {
        PersonToNotify { id, name: String::new(), relation: String::new(), phone: String::new() }
    }
}

text_fields! {
    /// The text fields of someone to tell.
    NotifyField of PersonToNotify {
        /// Their name.
        Name = "name" => name,
        /// What they are to the person.
        Relation = "relation" => relation,
        /// Their telephone.
        Phone = "phone" => phone,
    }
}

/// One change to an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RegisterChange {
    /// A text field becomes this; empty clears it.
    Text(RegisterField, String),
    /// The birth becomes this.
    Birth(Option<PartialDate>),
    /// The ground becomes this.
    Ground(Option<RegisterGround>),
    /// It came by this road.
    Origin(RegisterOrigin),
    /// It was asked for, or transmitted, that day.
    Requested(Option<NaiveDate>),
    /// Whether it was acknowledged.
    Acknowledgement(Acknowledgement),
    /// They are in the register, or no longer.
    State(RegisterState),
    /// A field of a telephone becomes this; a new line comes into being.
    Phone(LineId, PhoneField, String),
    /// A telephone goes.
    RemovePhone(LineId),
    /// A field of someone to tell becomes this; a new line comes into being.
    Notify(LineId, NotifyField, String),
    /// Someone to tell goes.
    RemoveNotify(LineId),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::lists::{ListId, Lists};
    use crate::text::language::Language;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn odette() -> RegisterEntry {
        let mut odette = RegisterEntry::empty(RegisterEntryId([1; 16]));
        odette.given_name = "Odette".into();
        odette.family_name = "Marchais".into();
        odette.requested = Some(day("2026-06-01"));
        odette.phones = vec![Phone { id: LineId([2; 16]), number: "04 90 00 00 01".into(), label: String::new() }];
        odette
    }

    #[test]
    fn a_form_writes_only_the_fields_that_were_touched() {
        assert_eq!(odette().changes_to(&odette()), []);
        let mut edited = odette();
        edited.address.hamlet = "La Roussière".into();
        edited.ground = Some(RegisterGround::Aged65);
        let daughter = LineId([3; 16]);
        edited.to_notify = vec![PersonToNotify { name: "Nadine".into(), ..PersonToNotify::empty(daughter) }];
        assert_eq!(
            odette().changes_to(&edited),
            [
                RegisterChange::Text(RegisterField::Hamlet, "La Roussière".into()),
                RegisterChange::Ground(Some(RegisterGround::Aged65)),
                RegisterChange::Notify(daughter, NotifyField::Name, "Nadine".into()),
            ]
        );
        assert_eq!(edited.changes_to(&odette()).last(), Some(&RegisterChange::RemoveNotify(daughter)));
        edited = odette();
        edited.phones.clear();
        assert_eq!(odette().changes_to(&edited), [RegisterChange::RemovePhone(LineId([2; 16]))]);
    }

    #[test]
    fn a_request_is_acknowledged_within_eight_days_and_only_while_it_stands() {
        let due = |change: fn(&mut RegisterEntry)| {
            let mut entry = odette();
            change(&mut entry);
            entry.acknowledgement_due()
        };
        assert_eq!(due(|_| {}), Some(day("2026-06-09")));
        assert_eq!(due(|entry| entry.origin = RegisterOrigin::Department), Some(day("2026-06-09")), "they are told");
        assert_eq!(due(|entry| entry.requested = None), None, "nobody knows since when");
        assert_eq!(due(|entry| entry.acknowledgement = Acknowledgement::Given(NaiveDate::MAX)), None);
        assert_eq!(due(|entry| entry.acknowledgement = Acknowledgement::TakenOver), None);
        assert_eq!(due(|entry| entry.state = RegisterState::Opposed { on: NaiveDate::MIN }), None);
        assert_eq!(due(|entry| entry.requested = Some(NaiveDate::MAX)), None, "no calendar goes so far");
    }

    #[test]
    fn the_grounds_are_those_of_the_list() {
        let ids =
            |language| Lists::starting(language).items(ListId::RegisterGrounds).iter().map(|item| item.id.clone());
        let codes = || RegisterGround::ALL.iter().map(RegisterGround::code);
        assert!(ids(Language::Fr).eq(codes()) && ids(Language::En).eq(codes()));
    }

    #[test]
    fn every_field_can_be_named_and_read_back() {
        for field in RegisterField::ALL {
            assert_eq!(RegisterField::from_code(field.code()), Some(*field));
            let mut entry = RegisterEntry::empty(RegisterEntryId([0; 16]));
            *entry.text_mut(*field) = "x".into();
            assert_eq!(entry.text(*field), "x");
            assert_eq!(RegisterEntry::empty(RegisterEntryId([0; 16])).text_differences(&entry).count(), 1);
        }
    }
}
