//! The coordinator's own card: a vCard file to give, and the shorter text of the square that a telephone reads.

use maillon_shared::domain::settings::Settings;

use super::vcard::{Address, Card, Labelled, Name, Version, write};

/// The card as a file, in the newest version.
pub fn file(settings: &Settings) -> Vec<u8> {
    let mut whole = card(settings);
    let words = [&settings.card_does, &settings.card_does_not];
    whole.notes.extend(words.into_iter().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()));
    write([&whole], Version::V4)
}

/// The card as a square holds it: in the version that every telephone reads, without the words that make it too dense.
pub fn square(settings: &Settings) -> String {
    let mut short = card(settings);
    short.kind.clear();
    short.notes.clear();
    String::from_utf8(write([&short], Version::V3)).unwrap_or_default()
}

fn card(settings: &Settings) -> Card {
    let full_name = settings.coordinator.trim().to_owned();
    let (given, family) = full_name.split_once(' ').unwrap_or(("", &full_name));
    let words = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let labelled = |text: &str, types: &[&str]| {
        let types = types.iter().map(|one| (*one).to_owned()).collect();
        words(text).map(|value| Labelled { value, types, label: String::new() })
    };
    let place = words(&settings.card_place).map(|street| Address {
        street,
        locality: settings.commune.trim().to_owned(),
        types: vec!["work".to_owned()],
        ..Address::default()
    });
    Card {
        kind: "individual".to_owned(),
        name: Name { family: family.trim().to_owned(), given: given.to_owned(), ..Name::default() },
        full_name: full_name.clone(),
        org: words(&settings.commune).into_iter().collect(),
        title: settings.title.trim().to_owned(),
        phones: labelled(&settings.card_phone, &["work", "voice"]).into_iter().collect(),
        emails: labelled(&settings.card_email, &["work"]).into_iter().collect(),
        addresses: place.into_iter().collect(),
        notes: words(&settings.card_hours).into_iter().collect(),
        ..Card::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::vcard::read;

    fn nadine() -> Settings {
        Settings {
            coordinator: "Nadine Vassorgue".into(),
            title: "coordinatrice".into(),
            commune: "Roquebelle-les-Alpilles".into(),
            card_phone: "06 39 98 00 01".into(),
            card_email: "nadine@exemple.example".into(),
            card_hours: "du lundi au jeudi, 9 h – 12 h ; répondeur".into(),
            card_place: "Maison du Lavoir, 1 rue du Puits".into(),
            card_does: "J'écoute, je mets en lien,\nje rappelle.".into(),
            card_does_not: "Je ne soigne pas.".into(),
            ..Settings::default()
        }
    }

    #[test]
    fn the_card_reads_back_as_it_was_written() {
        let cards = read(&file(&nadine())).expect("a card");
        assert_eq!(cards.problems, []);
        let card = &cards.cards[0].1;
        assert_eq!((card.name.given.as_str(), card.name.family.as_str()), ("Nadine", "Vassorgue"));
        assert_eq!((card.phones[0].value.as_str(), card.emails.len(), card.addresses.len()), ("06 39 98 00 01", 1, 1));
        assert_eq!(card.notes.len(), 3);
        assert_eq!(card.notes[1], "J'écoute, je mets en lien,\nje rappelle.");
    }

    #[test]
    fn the_square_is_short_and_says_how_to_reach_her() {
        let square = square(&nadine());
        assert!(square.len() < 420, "{}", square.len());
        assert!(square.contains("TEL") && square.contains("VERSION:3.0") && !square.contains("NOTE"));
        let empty = self::square(&Settings::default());
        assert!(empty.contains("FN:") && !empty.contains("TEL"));
    }
}
