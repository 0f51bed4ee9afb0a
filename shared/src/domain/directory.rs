//! The directory: professionals, structures, relays. A structure's carrier is not the structure.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::absence::{Absence, AbsenceChange};
use super::changes::text_fields;
use super::coded::coded;
use super::contact::{Address, Phone, PhoneField};
use super::ids::{EntryId, LineId};
use super::mission::{Mission, MissionChange};

/// One entry of the directory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DirectoryEntry {
    /// Names the entry.
    pub id: EntryId,
    /// A professional, a structure or a relay.
    pub kind: EntryKind,
    /// The structure's name, or the family name.
    pub name: String,
    /// Given name, of someone.
    pub given_name: String,
    /// Profession or type of structure: an item of their lists, or free words until the list has it.
    pub role: String,
    /// Where they work: another entry.
    pub works_at: Option<EntryId>,
    /// Where they work, in words, when it has no entry.
    pub workplace: String,
    /// Who carries the structure (association, commune, hospital).
    pub carrier: String,
    /// Other names it goes by.
    pub other_names: String,
    /// Telephones.
    pub phones: Vec<Phone>,
    /// Electronic mail.
    pub email: String,
    /// Site.
    pub website: String,
    /// Where it is.
    pub address: Address,
    /// Which communes or territory it serves.
    pub territory: String,
    /// Opening hours, as people say them.
    pub hours: String,
    /// What it does, and how to reach it, in words.
    pub missions: String,
    /// What it does, mission by mission: what *qui fait quoi* answers with.
    pub offers: Vec<Mission>,
    /// The absence at hand, in words.
    pub absence: String,
    /// The absences, each from a day to a day, and who stands in.
    pub absences: Vec<Absence>,
    /// After how many months without a contact one gets in touch again; empty is never.
    pub touch_months: String,
    /// National number of a professional.
    pub rpps: String,
    /// National number of an establishment.
    pub finess: String,
    /// Number of a legal entity's site.
    pub siret: String,
    /// Anything else.
    pub notes: String,
    /// Why something here is to be verified; empty when nothing is.
    pub to_verify: String,
    /// What a card said that no field holds, a property a line, to the letter: it goes back out as it came.
    pub card_properties: String,
    /// When someone last made sure of it.
    pub checked_on: Option<NaiveDate>,
}

impl DirectoryEntry {
    /// An entry with nothing in it.
    pub fn empty(id: EntryId, kind: EntryKind) -> Self {
        DirectoryEntry {
            id,
            kind,
            name: String::new(),
            given_name: String::new(),
            role: String::new(),
            works_at: None,
            workplace: String::new(),
            carrier: String::new(),
            other_names: String::new(),
            phones: Vec::new(),
            email: String::new(),
            website: String::new(),
            address: Address::default(),
            territory: String::new(),
            hours: String::new(),
            missions: String::new(),
            offers: Vec::new(),
            absence: String::new(),
            absences: Vec::new(),
            touch_months: String::new(),
            rpps: String::new(),
            finess: String::new(),
            siret: String::new(),
            notes: String::new(),
            to_verify: String::new(),
            card_properties: String::new(),
            checked_on: None,
        }
    }

    /// The name as one says it.
    pub fn display_name(&self) -> String {
        let parts = [self.given_name.trim(), self.name.trim()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// After how many months without a contact one gets in touch again.
    pub fn touch_months(&self) -> Option<u32> {
        self.touch_months.trim().parse().ok().filter(|months| (1..=120).contains(months))
    }

    /// What to write so that this entry becomes `edited`: the differences only.
    pub fn changes_to(&self, edited: &DirectoryEntry) -> Vec<EntryChange> {
        let mut changes: Vec<_> =
            self.text_differences(edited).map(|(field, text)| EntryChange::Text(field, text.to_owned())).collect();
        if self.kind != edited.kind {
            changes.push(EntryChange::Kind(edited.kind.clone()));
        }
        if self.works_at != edited.works_at {
            changes.push(EntryChange::WorksAt(edited.works_at));
        }
        if self.checked_on != edited.checked_on {
            changes.push(EntryChange::CheckedOn(edited.checked_on));
        }
        for phone in &edited.phones {
            let before = self.phones.iter().find(|before| before.id == phone.id);
            let before = before.cloned().unwrap_or_else(|| Phone::empty(phone.id));
            changes.extend(before.text_differences(phone).map(|(f, t)| EntryChange::Phone(phone.id, f, t.to_owned())));
        }
        for gone in self.phones.iter().filter(|before| edited.phones.iter().all(|after| after.id != before.id)) {
            changes.push(EntryChange::RemovePhone(gone.id));
        }
        for mission in &edited.offers {
            let before = self.offers.iter().find(|before| before.id == mission.id);
            let before = before.cloned().unwrap_or_else(|| Mission::empty(mission.id));
            changes.extend(before.changes_to(mission).into_iter().map(|c| EntryChange::Mission(mission.id, c)));
        }
        for gone in self.offers.iter().filter(|before| edited.offers.iter().all(|after| after.id != before.id)) {
            changes.push(EntryChange::RemoveMission(gone.id));
        }
        for absence in &edited.absences {
            let before = self.absences.iter().find(|before| before.id == absence.id);
            let before = before.cloned().unwrap_or_else(|| Absence::empty(absence.id));
            changes.extend(before.changes_to(absence).into_iter().map(|c| EntryChange::Absence(absence.id, c)));
        }
        for gone in self.absences.iter().filter(|before| edited.absences.iter().all(|after| after.id != before.id)) {
            changes.push(EntryChange::RemoveAbsence(gone.id));
        }
        changes
    }
}

text_fields! {
    /// The text fields of an entry.
    EntryField of DirectoryEntry {
        /// Structure's name or family name.
        Name = "name" => name,
        /// Given name.
        GivenName = "given_name" => given_name,
        /// Profession or type.
        Role = "role" => role,
        /// Where they work, in words.
        Workplace = "workplace" => workplace,
        /// Who carries it.
        Carrier = "carrier" => carrier,
        /// Other names.
        OtherNames = "other_names" => other_names,
        /// Electronic mail.
        Email = "email" => email,
        /// Site.
        Website = "website" => website,
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
        /// Which communes it serves.
        Territory = "territory" => territory,
        /// Opening hours.
        Hours = "hours" => hours,
        /// What it does.
        Missions = "missions" => missions,
        /// The absence at hand.
        Absence = "absence" => absence,
        /// Months before one gets in touch again.
        TouchMonths = "touch_months" => touch_months,
        /// Professional's number.
        Rpps = "rpps" => rpps,
        /// Establishment's number.
        Finess = "finess" => finess,
        /// Legal site's number.
        Siret = "siret" => siret,
        /// Anything else.
        Notes = "notes" => notes,
        /// Why it is to be verified.
        ToVerify = "to_verify" => to_verify,
        /// What a card said that no field holds.
        CardProperties = "card_properties" => card_properties,
    }
}

coded! {
    /// What an entry is.
    EntryKind {
        /// Someone who works in health or social care.
        Professional = "professional",
        /// An organisation.
        Structure = "structure",
        /// A neighbour, shopkeeper, volunteer who links.
        Relay = "relay",
    }
}

/// One change to an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EntryChange {
    /// A text field becomes this; empty clears it.
    Text(EntryField, String),
    /// It is of this kind.
    Kind(EntryKind),
    /// They work there.
    WorksAt(Option<EntryId>),
    /// Someone made sure of it that day.
    CheckedOn(Option<NaiveDate>),
    /// A field of a telephone becomes this; a new line comes into being.
    Phone(LineId, PhoneField, String),
    /// A telephone goes.
    RemovePhone(LineId),
    /// A mission changes; a new line comes into being.
    Mission(LineId, MissionChange),
    /// A mission goes.
    RemoveMission(LineId),
    /// An absence changes; a new line comes into being.
    Absence(LineId, AbsenceChange),
    /// An absence goes.
    RemoveAbsence(LineId),
}
