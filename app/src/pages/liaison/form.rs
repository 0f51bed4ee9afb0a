//! What a choice of a liaison sheet keeps in its draft.

use maillon_shared::domain::ids::EntryId;
use maillon_shared::domain::liaison::{LiaisonChoice, Piece};

use crate::drafts::Fields;

/// What differs from what was given last, or from nothing.
pub fn fields_since(given: &LiaisonChoice, now: &LiaisonChoice) -> Fields {
    let of = |choice: &LiaisonChoice| {
        let pieces: Vec<&str> = choice.pieces.iter().map(Piece::code).collect();
        [
            ("recipient", choice.recipient.name.clone()),
            ("entry", choice.recipient.entry.map(|id| id.to_string()).unwrap_or_default()),
            ("pieces", pieces.join(" ")),
            ("message", choice.message.clone()),
        ]
    };
    if of(given) == of(now) {
        return Fields::default();
    }
    let mut all = Fields::default();
    of(now).into_iter().filter(|(_, value)| !value.is_empty()).for_each(|(name, value)| all.put(name, value));
    all
}

/// Lays a draft over the choice.
pub fn lay(choice: &mut LiaisonChoice, fields: &Fields) {
    for (name, value) in fields.iter() {
        match name {
            "recipient" => choice.recipient.name = value.to_owned(),
            "entry" => choice.recipient.entry = EntryId::parse(value),
            "pieces" => choice.pieces = value.split_whitespace().map(Piece::from_code).collect(),
            "message" => choice.message = value.to_owned(),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use maillon_shared::domain::consent::Recipient;
    use maillon_shared::domain::ids::PersonId;

    #[test]
    fn a_draft_finds_the_choice_again_and_what_was_given_is_no_draft() {
        let (person, recipient) = (PersonId([1; 16]), Recipient::named(""));
        let nothing = LiaisonChoice { person, recipient, pieces: BTreeSet::new(), message: String::new() };
        let chosen = LiaisonChoice {
            person,
            recipient: Recipient { entry: Some(EntryId([2; 16])), name: "Cabinet du Pont".into() },
            pieces: [Piece::Address, Piece::Goals].into(),
            message: "Passez mardi.".into(),
        };
        let mut again = nothing.clone();
        lay(&mut again, &Fields::read(&fields_since(&nothing, &chosen).write()));
        assert_eq!(again, chosen);
        assert!(fields_since(&chosen, &chosen).is_empty() && fields_since(&nothing, &nothing).is_empty());
    }
}
