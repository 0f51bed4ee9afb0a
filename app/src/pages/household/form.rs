//! What the form that adds someone to a household holds, and what its draft keeps.

use maillon_shared::domain::ids::{HouseholdId, PersonId};

use crate::drafts::Fields;

/// Who comes to live with whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JoinForm {
    /// With whom.
    pub with: PersonId,
    /// Names the household, where there is none yet.
    pub home: HouseholdId,
    /// Who comes.
    pub person: Option<PersonId>,
    /// Whether the address is the same.
    pub same_address: bool,
}

/// What differs from the form as it was opened, by name.
pub fn fields_since(opened: &JoinForm, form: &JoinForm) -> Fields {
    let mut fields = Fields::default();
    if form.person != opened.person {
        fields.put("person", form.person.map(|id| id.to_string()).unwrap_or_default());
    }
    if form.same_address != opened.same_address {
        fields.put("same_address", if form.same_address { "yes" } else { "no" });
    }
    fields
}

/// Lays a draft over the form.
pub fn lay(form: &mut JoinForm, fields: &Fields) {
    for (name, value) in fields.iter() {
        match name {
            "person" => form.person = PersonId::parse(value),
            "same_address" => form.same_address = value == "yes",
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_finds_the_form_again() {
        let (with, home) = (PersonId([1; 16]), HouseholdId([2; 16]));
        let opened = JoinForm { with, home, person: None, same_address: true };
        let form = JoinForm { person: Some(PersonId([3; 16])), same_address: false, ..opened.clone() };
        let mut reopened = opened.clone();
        lay(&mut reopened, &Fields::read(&fields_since(&opened, &form).write()));
        assert_eq!(reopened, form);
        assert!(fields_since(&opened, &opened).is_empty());
    }
}
