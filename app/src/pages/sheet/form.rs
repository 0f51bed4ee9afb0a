//! What a person's sheet holds while it is being filled: the sheet, and what is typed of it that is no value yet.

use chrono::NaiveDate;
use maillon_shared::domain::contact::PhoneField;
use maillon_shared::domain::ids::LineId;
use maillon_shared::domain::person::{Person, PersonField, PersonState, RelatedField, RelatedPerson};
use maillon_shared::domain::time::PartialDate;

use crate::drafts::{self, Fields};
use crate::ui::{birth_parts, read_birth};

/// A sheet being filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetForm {
    /// The sheet; its birth and state are what the fields below say.
    pub person: Person,
    /// Day, month, year, as they are typed.
    pub birth: [String; 3],
    /// The state's code.
    pub state: String,
    /// Until when they are away.
    pub until: Option<NaiveDate>,
}

/// Why a sheet cannot be saved yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetProblem {
    /// It has no name of any kind.
    NoName,
    /// There is no such date of birth.
    Birth,
    /// They are away, and until when is not said.
    NoUntil,
}

const BIRTH_PARTS: [&str; 3] = ["birth.day", "birth.month", "birth.year"];

impl SheetForm {
    /// The form of a sheet.
    pub fn of(person: Person) -> Self {
        let birth = birth_parts(person.birth);
        let until = match person.state {
            PersonState::AbsentUntil(day) => Some(day),
            _ => None,
        };
        SheetForm { birth, state: person.state.code().to_owned(), until, person }
    }

    /// The sheet as it would be saved, or all that is to be mended.
    pub fn sheet(&self) -> Result<Person, Vec<SheetProblem>> {
        let mut problems = Vec::new();
        let mut person = self.person.clone();
        trim(&mut person);
        if person.display_name().is_empty() {
            problems.push(SheetProblem::NoName);
        }
        match self.birth() {
            Ok(birth) => person.birth = birth,
            Err(problem) => problems.push(problem),
        }
        // A state that this version does not know stays as it was found.
        if self.state != person.state.code() || self.state == "absent" {
            match (self.state.as_str(), self.until) {
                ("absent", None) => problems.push(SheetProblem::NoUntil),
                (code, until) => person.state = PersonState::from_parts(code, until),
            }
        }
        if problems.is_empty() { Ok(person) } else { Err(problems) }
    }

    fn birth(&self) -> Result<Option<PartialDate>, SheetProblem> {
        read_birth(&self.birth).ok_or(SheetProblem::Birth)
    }

    /// What differs from the form as it was opened, by name: what a draft keeps.
    pub fn fields_since(&self, opened: &SheetForm) -> Fields {
        let mut fields = Fields::default();
        for (field, text) in opened.person.text_differences(&self.person) {
            fields.put(field.code(), text);
        }
        for (at, name) in BIRTH_PARTS.into_iter().enumerate() {
            if self.birth[at] != opened.birth[at] {
                fields.put(name, &self.birth[at]);
            }
        }
        if self.state != opened.state {
            fields.put("state", &self.state);
        }
        if self.until != opened.until {
            fields.put("state.until", self.until.map(|day| day.to_string()).unwrap_or_default());
        }
        drafts::put_phones(&mut fields, &opened.person.phones, &self.person.phones);
        for related in &self.person.related {
            let before = opened.person.related.iter().find(|before| before.id == related.id);
            let before = before.cloned().unwrap_or_else(|| RelatedPerson::empty(related.id));
            for (field, text) in before.text_differences(related) {
                fields.put(format!("related.{}.{}", related.id, field.code()), text);
            }
            if before.call_first != related.call_first {
                fields.put(format!("related.{}.first", related.id), if related.call_first { "yes" } else { "" });
            }
        }
        for gone in opened.person.related.iter().filter(|old| self.person.related.iter().all(|new| new.id != old.id)) {
            fields.put(format!("related.{}.gone", gone.id), "");
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
                ["state"] => self.state = value.to_owned(),
                ["state", "until"] => self.until = value.parse().ok(),
                ["phone", id, what] => drafts::lay_phone(&mut self.person.phones, id, what, value),
                ["related", id, what] => self.lay_related(id, what, value),
                [code] => {
                    if let Some(field) = PersonField::from_code(code) {
                        *self.person.text_mut(field) = value.to_owned();
                    }
                }
                _ => {}
            }
        }
    }

    fn lay_related(&mut self, id: &str, what: &str, value: &str) {
        let Some(id) = LineId::parse(id) else { return };
        let related = &mut self.person.related;
        if what == "gone" {
            related.retain(|related| related.id != id);
            return;
        }
        let at = related.iter().position(|related| related.id == id).unwrap_or_else(|| {
            related.push(RelatedPerson::empty(id));
            related.len() - 1
        });
        if what == "first" {
            related[at].call_first = value == "yes";
        } else if let Some(field) = RelatedField::from_code(what) {
            *related[at].text_mut(field) = value.to_owned();
        }
    }
}

/// Spaces at the ends of a line are nobody's words; lines with nothing in them are no lines.
fn trim(person: &mut Person) {
    for field in PersonField::ALL {
        // Notes keep their own shape.
        if *field != PersonField::Notes {
            let trimmed = person.text(*field).trim().to_owned();
            *person.text_mut(*field) = trimmed;
        }
    }
    // The point of another address is nobody's: once something else is typed over the street, it goes.
    if person.position().is_none() {
        person.position.clear();
    }
    person.phones.retain(|phone| PhoneField::ALL.iter().any(|field| !phone.text(*field).trim().is_empty()));
    person.related.retain(|related| RelatedField::ALL.iter().any(|field| !related.text(*field).trim().is_empty()));
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a form that should be whole has failed")]
    use super::*;
    use maillon_shared::domain::contact::Phone;
    use maillon_shared::domain::ids::PersonId;

    fn odette() -> SheetForm {
        let mut odette = Person::empty(PersonId([1; 16]));
        odette.given_name = "Odette".into();
        odette.birth = PartialDate::parse("1941-04");
        odette.phones = vec![Phone { id: LineId([2; 16]), number: "04 65 71 00 01".into(), label: String::new() }];
        odette.related = vec![RelatedPerson { name: "Nadine".into(), ..RelatedPerson::empty(LineId([3; 16])) }];
        SheetForm::of(odette)
    }

    #[test]
    fn a_sheet_opened_and_left_is_the_same() {
        assert_eq!(odette().sheet().unwrap(), odette().person);
        assert!(odette().fields_since(&odette()).is_empty());
    }

    #[test]
    fn a_draft_finds_every_field_again() {
        let mut edited = odette();
        edited.person.notes = "Le portail\nest ouvert ".into();
        edited.person.phones[0].label = "le matin".into();
        edited.person.phones.push(Phone { id: LineId([4; 16]), number: "06 39 98 00 01".into(), label: String::new() });
        edited.person.related.clear();
        edited.birth = ["31".into(), "4".into(), "1941".into()];
        edited.state = "absent".into();
        edited.until = "2026-12-01".parse().ok();
        let kept = Fields::read(&edited.fields_since(&odette()).write());
        let mut reopened = odette();
        reopened.lay(&kept);
        assert_eq!(reopened, edited);
    }

    #[test]
    fn a_draft_is_laid_over_what_a_colleague_wrote_meanwhile() {
        let mut edited = odette();
        edited.person.approach = "sonner deux fois".into();
        let kept = edited.fields_since(&odette());
        let mut now = odette();
        now.person.address.hamlet = "La Roussière".into();
        now.lay(&kept);
        assert_eq!(now.person.address.hamlet, "La Roussière");
        assert_eq!(now.person.approach, "sonner deux fois");
    }

    #[test]
    fn all_that_is_to_be_mended_is_said_at_once() {
        let mut form = SheetForm::of(Person::empty(PersonId([1; 16])));
        form.birth = ["31".into(), "2".into(), "1941".into()];
        form.state = "absent".into();
        assert_eq!(form.sheet(), Err(vec![SheetProblem::NoName, SheetProblem::Birth, SheetProblem::NoUntil]));
    }

    #[test]
    fn a_birth_needs_its_year() {
        for (birth, expected) in [
            (["", "", ""], Ok(None)),
            (["", "", "1938"], Ok(PartialDate::parse("1938"))),
            (["9", "4", "1938"], Ok(PartialDate::parse("1938-04-09"))),
            (["9", "", "1938"], Err(SheetProblem::Birth)),
            (["9", "4", ""], Err(SheetProblem::Birth)),
            (["", "", "38"], Err(SheetProblem::Birth)),
            (["", "avril", "1938"], Err(SheetProblem::Birth)),
        ] {
            let mut form = odette();
            form.birth = birth.map(str::to_owned);
            assert_eq!(form.birth(), expected, "{birth:?}");
        }
    }

    #[test]
    fn a_state_of_a_newer_version_is_left_as_it_is() {
        let mut person = odette().person;
        person.state = PersonState::Unknown("suspended".into());
        assert_eq!(SheetForm::of(person.clone()).sheet().unwrap().state, person.state);
    }
}
