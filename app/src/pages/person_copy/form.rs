//! What a choice of what to entrust holds, what it begins with, and what its draft keeps.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use maillon_shared::api::neighbours::{CopiesFile, GivenRow};
use maillon_shared::domain::ids::{NeighbourId, PersonId};
use maillon_shared::domain::liaison::Piece;
use maillon_shared::domain::person_copy::CopyChoice;

use crate::drafts::Fields;

/// What is being chosen; to whom may still be missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopyForm {
    /// About whom.
    pub person: PersonId,
    /// To whom.
    pub neighbour: Option<NeighbourId>,
    /// What goes in beside the name.
    pub pieces: BTreeSet<Piece>,
    /// What for.
    pub message: String,
    /// The last day.
    pub until: Option<NaiveDate>,
}

impl CopyForm {
    /// Nothing chosen, perhaps but to whom.
    pub fn empty(person: PersonId, neighbour: Option<NeighbourId>) -> Self {
        CopyForm { person, neighbour, pieces: BTreeSet::new(), message: String::new(), until: None }
    }

    /// What one begins with: what is entrusted to that neighbour already, or nothing.
    pub fn begin(file: &CopiesFile, neighbour: Option<NeighbourId>) -> Self {
        let standing = neighbour.and_then(|neighbour| standing(file, neighbour)).map(|row| &row.copy);
        match standing {
            Some(copy) => CopyForm {
                person: file.person,
                neighbour,
                pieces: copy.pieces.clone(),
                message: copy.message.clone(),
                until: copy.until,
            },
            None => CopyForm::empty(file.person, neighbour),
        }
    }

    /// The choice, once it is said to whom.
    pub fn choice(&self) -> Option<CopyChoice> {
        let CopyForm { person, neighbour, pieces, message, until } = self.clone();
        Some(CopyChoice { person, neighbour: neighbour?, pieces, message, until })
    }
}

/// The copy that stands with that neighbour: another one goes in its place.
pub fn standing(file: &CopiesFile, neighbour: NeighbourId) -> Option<&GivenRow> {
    file.given.iter().find(|row| row.copy.neighbour == neighbour && row.copy.stands())
}

/// Whom one begins with: the only neighbour there is, or the only one to whom something is entrusted already. Where there
/// are several, nobody is chosen.
pub fn first_of(file: &CopiesFile) -> Option<NeighbourId> {
    if let [(id, _)] = file.neighbours[..] {
        return Some(id);
    }
    let mut entrusted = file.neighbours.iter().map(|(id, _)| *id).filter(|id| standing(file, *id).is_some());
    match (entrusted.next(), entrusted.next()) {
        (Some(only), None) => Some(only),
        _ => None,
    }
}

/// All of the choice, where it differs from what one began with.
pub fn fields_since(begun: &CopyForm, now: &CopyForm) -> Fields {
    let mut fields = Fields::default();
    if begun == now {
        return fields;
    }
    let pieces: Vec<&str> = now.pieces.iter().map(Piece::code).collect();
    let all = [
        ("neighbour", now.neighbour.map(|id| id.to_string()).unwrap_or_default()),
        ("pieces", pieces.join(" ")),
        ("message", now.message.clone()),
        ("until", now.until.map(|day| day.to_string()).unwrap_or_default()),
    ];
    // All of them, the empty ones too: what one began with may have said more.
    all.into_iter().for_each(|(name, value)| fields.put(name, value));
    fields
}

/// Lays a draft over the choice.
pub fn lay(form: &mut CopyForm, fields: &Fields) {
    for (name, value) in fields.iter() {
        match name {
            "neighbour" => form.neighbour = NeighbourId::parse(value),
            "pieces" => form.pieces = value.split_whitespace().map(Piece::from_code).collect(),
            "message" => form.message = value.to_owned(),
            "until" => form.until = value.parse().ok(),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_finds_the_choice_again_and_what_stands_is_no_draft() {
        let nothing = CopyForm::empty(PersonId([1; 16]), None);
        let chosen = CopyForm {
            neighbour: Some(NeighbourId([2; 16])),
            pieces: [Piece::Address, Piece::Phones].into(),
            message: "Pour les congés.".into(),
            until: NaiveDate::from_ymd_opt(2026, 6, 30),
            ..nothing.clone()
        };
        let mut again = nothing.clone();
        lay(&mut again, &Fields::read(&fields_since(&nothing, &chosen).write()));
        assert_eq!(again, chosen);
        // Less than what stands is a draft as well.
        let less = CopyForm { pieces: BTreeSet::new(), until: None, ..chosen.clone() };
        let mut again = chosen.clone();
        lay(&mut again, &Fields::read(&fields_since(&chosen, &less).write()));
        assert_eq!(again, less);
        assert!(fields_since(&chosen, &chosen).is_empty() && fields_since(&nothing, &nothing).is_empty());
        assert!(nothing.choice().is_none() && chosen.choice().is_some());
    }
}
