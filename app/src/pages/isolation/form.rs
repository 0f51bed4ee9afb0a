//! What a look at someone's isolation holds while it is filled, and what its draft keeps.

use maillon_shared::domain::isolation::{IsolationAssessment, IsolationLevel};

use crate::drafts::Fields;

/// A level that nobody has chosen yet: nothing is proposed, since nothing computes it.
pub const NO_LEVEL: IsolationLevel = IsolationLevel::Unknown(String::new());

/// Whether a level was chosen.
pub fn has_level(assessment: &IsolationAssessment) -> bool {
    assessment.level != NO_LEVEL
}

/// What differs from the form as it was opened, by name.
pub fn fields_since(opened: &IsolationAssessment, form: &IsolationAssessment) -> Fields {
    let of = |form: &IsolationAssessment| {
        let factors: Vec<&str> = form.factors.iter().map(String::as_str).collect();
        [
            ("day", form.day.to_string()),
            ("level", form.level.code().to_owned()),
            ("factors", factors.join(" ")),
            ("note", form.note.clone()),
        ]
    };
    Fields::that_differ(of(opened), of(form))
}

/// Lays a draft over the form.
pub fn lay(form: &mut IsolationAssessment, fields: &Fields) {
    for (name, value) in fields.iter() {
        match name {
            "day" => form.day = value.parse().unwrap_or(form.day),
            "level" => form.level = IsolationLevel::from_code(value),
            // Ids of items hold no space.
            "factors" => form.factors = value.split_whitespace().map(str::to_owned).collect(),
            "note" => form.note = value.to_owned(),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use maillon_shared::domain::ids::{AssessmentId, PersonId};

    #[test]
    fn a_draft_finds_the_whole_grid_again() {
        let day = "2026-06-12".parse().expect("a date");
        let opened = IsolationAssessment::empty(AssessmentId([1; 16]), PersonId([2; 16]), day, NO_LEVEL);
        assert!(!has_level(&opened));
        assert!(fields_since(&opened, &opened).is_empty());
        let mut form = opened.clone();
        form.factors = ["lives_alone", "no_vehicle"].map(str::to_owned).into();
        form.level = IsolationLevel::High;
        form.note = "Le fils vient moins.".into();
        let mut reopened = opened.clone();
        lay(&mut reopened, &Fields::read(&fields_since(&opened, &form).write()));
        assert_eq!(reopened, form);
        assert!(has_level(&reopened));
    }
}
