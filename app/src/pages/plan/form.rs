//! What a plan's draft keeps.

use maillon_shared::domain::follow_up::{FollowUp, FollowUpKind, Rhythm};
use maillon_shared::domain::ids::PersonId;
use maillon_shared::domain::time::Hour;

use crate::drafts::Fields;

/// What differs from the form as it was opened, by name.
pub fn fields_since(opened: &FollowUp, form: &FollowUp) -> Fields {
    let mut fields = Fields::default();
    let mut put_if = |differs: bool, name: &str, value: String| {
        if differs {
            fields.put(name, value);
        }
    };
    put_if(form.person != opened.person, "person", form.person.map(|id| id.to_string()).unwrap_or_default());
    put_if(form.kind != opened.kind, "kind", form.kind.code().to_owned());
    put_if(form.what != opened.what, "what", form.what.clone());
    put_if(form.due != opened.due, "due", form.due.to_string());
    put_if(form.hour != opened.hour, "hour", form.hour.map(|hour| hour.to_string()).unwrap_or_default());
    put_if(form.owner != opened.owner, "owner", form.owner.clone());
    put_if(form.rhythm != opened.rhythm, "rhythm", form.rhythm.map(|one| one.to_string()).unwrap_or_default());
    fields
}

/// Lays a draft over the form.
pub fn lay(form: &mut FollowUp, fields: &Fields) {
    for (name, value) in fields.iter() {
        match name {
            "person" => form.person = PersonId::parse(value),
            "kind" => form.kind = FollowUpKind::from_code(value),
            "what" => form.what = value.to_owned(),
            "due" => form.due = value.parse().unwrap_or(form.due),
            "hour" => form.hour = Hour::parse(value),
            "owner" => form.owner = value.to_owned(),
            "rhythm" => form.rhythm = Rhythm::parse(value),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use maillon_shared::domain::ids::FollowUpId;

    #[test]
    fn a_draft_finds_the_whole_plan_again() {
        let due = "2026-06-12".parse().expect("a date");
        let opened = FollowUp::open(FollowUpId([1; 16]), None, FollowUpKind::Contact, due);
        let mut form = opened.clone();
        form.person = Some(PersonId([2; 16]));
        form.kind = FollowUpKind::Visit;
        form.what = "Carte de transport".into();
        form.due = "2026-06-20".parse().expect("a date");
        form.hour = Hour::new(14, 0);
        form.owner = "Nadine".into();
        form.rhythm = Some(Rhythm::MONTHLY);
        let mut reopened = opened.clone();
        lay(&mut reopened, &Fields::read(&fields_since(&opened, &form).write()));
        assert_eq!(reopened, form);
        assert!(fields_since(&opened, &opened).is_empty());
    }
}
