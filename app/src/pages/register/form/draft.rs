//! What the form of an entry holds while it is filled, what its draft keeps, and the entry that it saves.

use chrono::{NaiveDate, TimeDelta};
use maillon_shared::domain::contact::{Phone, PhoneField};
use maillon_shared::domain::ids::LineId;
use maillon_shared::domain::person::Person;
use maillon_shared::domain::register::{
    NotifyField, PersonToNotify, RegisterEntry, RegisterField, RegisterGround, RegisterOrigin,
};

use crate::drafts::{self, Fields};
use crate::ui::{birth_parts, read_birth};

/// An entry being filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryForm {
    /// The entry; its birth is what the fields below say.
    pub entry: RegisterEntry,
    /// Day, month, year, as they are typed.
    pub birth: [String; 3],
}

/// Why an entry cannot be saved yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryProblem {
    /// It has no name.
    NoName,
    /// There is no such date of birth.
    Birth,
    /// It was asked for on a day that is yet to come.
    TooEarly,
    /// Someone else asked, and who is not said.
    NoRequester,
}

const BIRTH_PARTS: [&str; 3] = ["birth.day", "birth.month", "birth.year"];

/// What a sheet says of what the law lists, laid over a blank form: nothing else of it comes into the register.
pub fn of_person(mut form: EntryForm, person: &Person, mut new_id: impl FnMut() -> [u8; 16]) -> EntryForm {
    let entry = &mut form.entry;
    entry.family_name = person.family_name.clone();
    entry.given_name = person.given_name.clone();
    entry.address = person.address.clone();
    let phones = person.phones.iter().filter(|phone| !phone.number.trim().is_empty());
    entry.phones = phones.map(|phone| Phone { id: LineId(new_id()), ..phone.clone() }).collect();
    // What is to be known of a relative stays in the notebook.
    entry.to_notify = person
        .first_to_call()
        .map(|related| PersonToNotify {
            id: LineId(new_id()),
            name: related.name.clone(),
            relation: related.relation.clone(),
            phone: related.phone.clone(),
        })
        .into_iter()
        .collect();
    form.birth = birth_parts(person.birth);
    form
}

impl EntryForm {
    /// The form of an entry.
    pub fn of(entry: RegisterEntry) -> Self {
        EntryForm { birth: birth_parts(entry.birth), entry }
    }

    /// Whether someone else than the person asked.
    pub fn is_asked_by_other(&self) -> bool {
        matches!(self.entry.origin, RegisterOrigin::ThirdParty | RegisterOrigin::Representative)
    }

    /// The entry as it would be saved, or all that is to be mended.
    pub fn entry(&self, today: NaiveDate) -> Result<RegisterEntry, Vec<EntryProblem>> {
        let mut problems = Vec::new();
        let mut entry = self.entry.clone();
        trim(&mut entry);
        if self.is_asked_by_other() && entry.requester.is_empty() {
            problems.push(EntryProblem::NoRequester);
        }
        if entry.requested.is_some_and(|day| day > today + TimeDelta::days(1)) {
            problems.push(EntryProblem::TooEarly);
        }
        if entry.display_name().is_empty() {
            problems.push(EntryProblem::NoName);
        }
        match read_birth(&self.birth) {
            Some(birth) => entry.birth = birth,
            None => problems.push(EntryProblem::Birth),
        }
        if problems.is_empty() { Ok(entry) } else { Err(problems) }
    }

    /// What differs from the form as it was opened, by name: what a draft keeps.
    pub fn fields_since(&self, opened: &EntryForm) -> Fields {
        let mut fields = Fields::default();
        let (before, now) = (&opened.entry, &self.entry);
        for (field, text) in before.text_differences(now) {
            fields.put(field.code(), text);
        }
        for (at, name) in BIRTH_PARTS.into_iter().enumerate() {
            if self.birth[at] != opened.birth[at] {
                fields.put(name, &self.birth[at]);
            }
        }
        if before.ground != now.ground {
            fields.put("ground", now.ground.as_ref().map_or("", RegisterGround::code));
        }
        if before.origin != now.origin {
            fields.put("origin", now.origin.code());
        }
        if before.requested != now.requested {
            fields.put("requested", now.requested.map(|day| day.to_string()).unwrap_or_default());
        }
        drafts::put_phones(&mut fields, &before.phones, &now.phones);
        for other in &now.to_notify {
            let earlier = before.to_notify.iter().find(|earlier| earlier.id == other.id);
            let earlier = earlier.cloned().unwrap_or_else(|| PersonToNotify::empty(other.id));
            for (field, text) in earlier.text_differences(other) {
                fields.put(format!("notify.{}.{}", other.id, field.code()), text);
            }
        }
        for gone in before.to_notify.iter().filter(|old| now.to_notify.iter().all(|new| new.id != old.id)) {
            fields.put(format!("notify.{}.gone", gone.id), "");
        }
        fields
    }

    /// Lays a draft over the form.
    pub fn lay(&mut self, fields: &Fields) {
        for (name, value) in fields.iter() {
            let parts: Vec<&str> = name.split('.').collect();
            match parts[..] {
                ["birth", _] => {
                    if let Some(at) = BIRTH_PARTS.iter().position(|part| *part == name) {
                        self.birth[at] = value.to_owned();
                    }
                }
                ["ground"] => self.entry.ground = (!value.is_empty()).then(|| RegisterGround::from_code(value)),
                ["origin"] => self.entry.origin = RegisterOrigin::from_code(value),
                ["requested"] => self.entry.requested = value.parse().ok(),
                ["phone", id, what] => drafts::lay_phone(&mut self.entry.phones, id, what, value),
                ["notify", id, what] => self.lay_notify(id, what, value),
                [code] => {
                    if let Some(field) = RegisterField::from_code(code) {
                        *self.entry.text_mut(field) = value.to_owned();
                    }
                }
                _ => {}
            }
        }
    }

    fn lay_notify(&mut self, id: &str, what: &str, value: &str) {
        let Some(id) = LineId::parse(id) else { return };
        let others = &mut self.entry.to_notify;
        if what == "gone" {
            others.retain(|other| other.id != id);
            return;
        }
        let Some(field) = NotifyField::from_code(what) else { return };
        let at = others.iter().position(|other| other.id == id).unwrap_or_else(|| {
            others.push(PersonToNotify::empty(id));
            others.len() - 1
        });
        *others[at].text_mut(field) = value.to_owned();
    }
}

/// Spaces at the ends of a line are nobody's words; lines with nothing in them are no lines.
fn trim(entry: &mut RegisterEntry) {
    for field in RegisterField::ALL {
        let trimmed = entry.text(*field).trim().to_owned();
        *entry.text_mut(*field) = trimmed;
    }
    entry.phones.retain(|phone| PhoneField::ALL.iter().any(|field| !phone.text(*field).trim().is_empty()));
    entry.to_notify.retain(|other| NotifyField::ALL.iter().any(|field| !other.text(*field).trim().is_empty()));
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a form that should be whole has failed")]
    use super::*;
    use maillon_shared::domain::ids::{PersonId, RegisterEntryId};
    use maillon_shared::domain::person::RelatedPerson;
    use maillon_shared::domain::time::PartialDate;

    fn today() -> NaiveDate {
        "2026-06-12".parse().unwrap()
    }

    fn odette() -> EntryForm {
        let mut entry = RegisterEntry::empty(RegisterEntryId([1; 16]));
        entry.family_name = "Escarvenc".into();
        entry.birth = PartialDate::parse("1938-04");
        entry.phones = vec![Phone { id: LineId([2; 16]), number: "04 90 00 00 01".into(), label: String::new() }];
        entry.to_notify = vec![PersonToNotify { name: "Nadine".into(), ..PersonToNotify::empty(LineId([3; 16])) }];
        EntryForm::of(entry)
    }

    #[test]
    fn an_entry_opened_and_left_is_the_same() {
        assert_eq!(odette().entry(today()).unwrap(), odette().entry);
        assert!(odette().fields_since(&odette()).is_empty());
    }

    #[test]
    fn a_draft_finds_every_field_again() {
        let mut edited = odette();
        edited.entry.home_services = "aide, le matin ".into();
        edited.entry.ground = Some(RegisterGround::UnfitOver60);
        edited.entry.origin = RegisterOrigin::ThirdParty;
        edited.entry.requester = "Basile".into();
        edited.entry.requested = Some(today());
        edited.entry.phones[0].label = "home".into();
        let neighbour = PersonToNotify { phone: "06".into(), ..PersonToNotify::empty(LineId([5; 16])) };
        edited.entry.to_notify = vec![neighbour];
        edited.birth = ["9".into(), "4".into(), "1938".into()];
        let kept = Fields::read(&edited.fields_since(&odette()).write());
        let mut reopened = odette();
        reopened.lay(&kept);
        assert_eq!(reopened, edited);
    }

    #[test]
    fn all_that_is_to_be_mended_is_said_at_once() {
        let mut form = EntryForm::of(RegisterEntry::empty(RegisterEntryId([1; 16])));
        form.birth = ["31".into(), "2".into(), "1941".into()];
        form.entry.origin = RegisterOrigin::Representative;
        form.entry.requested = Some(today() + TimeDelta::days(9));
        let all =
            [EntryProblem::NoRequester, EntryProblem::TooEarly, EntryProblem::NoName, EntryProblem::Birth].to_vec();
        assert_eq!(form.entry(today()), Err(all));
    }

    #[test]
    fn a_sheet_gives_what_the_law_lists_and_nothing_else() {
        let mut person = Person::empty(PersonId([9; 16]));
        person.given_name = "Odette".into();
        person.approach = "craint les chiens".into();
        person.notes = "ne dort plus".into();
        person.household = "vit seule".into();
        person.phones = vec![Phone::empty(LineId([4; 16]))];
        let daughter =
            RelatedPerson {
                name: "Nadine".into(), note: "a les clés".into(), ..RelatedPerson::empty(LineId([6; 16]))
            };
        let first = RelatedPerson { name: "Basile".into(), call_first: true, ..RelatedPerson::empty(LineId([7; 16])) };
        person.related = vec![daughter, first];
        let blank = EntryForm::of(RegisterEntry::empty(RegisterEntryId([1; 16])));
        let form = of_person(blank, &person, || [8; 16]);
        assert_eq!(form.entry.given_name, "Odette");
        assert!(form.entry.phones.is_empty());
        let to_notify = PersonToNotify { name: "Basile".into(), ..PersonToNotify::empty(LineId([8; 16])) };
        assert_eq!(form.entry.to_notify, [to_notify], "whoever the person said to call, and nobody else");
        let held = format!("{form:?}");
        for kept in ["chiens", "dort", "seule", "clés", "Nadine"] {
            assert!(!held.contains(kept), "{kept}");
        }
    }
}
