//! vCards: contacts as telephones, address books and other software exchange them.
//!
//! Versions 3.0 and 4.0 are read and written, and 2.1 is read as far as old telephones wrote it. The crates there are do
//! not fit: one brings time zones and a whole mail parser into the browser, the other reads 4.0 only. What a card says that
//! has no field here is kept to the letter, and written back.

pub(super) mod lines;

mod card;

pub use card::{Address, Card, Labelled, Name, Related, Version};

use super::table::{MAX_BYTES, MAX_ROWS};
use card::Reading;
use lines::ContentLine;

/// What a file of cards holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cards {
    /// The cards, each with the line it begins at, from 1.
    pub cards: Vec<(usize, Card)>,
    /// Lines that are part of no card, or that say nothing a card can.
    pub problems: Vec<LineProblem>,
}

/// A line that was left out, or a card that is not whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineProblem {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub what: Problem,
    /// The line as it was read, its first part if it is long.
    pub text: String,
}

/// What is wrong with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// It has no name and value.
    NotAProperty,
    /// It is outside every card.
    OutsideACard,
    /// The card begun there never ends. It is read all the same.
    NeverEnds,
}

/// Why a file is not read as cards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardsError {
    /// No card begins in it.
    NoCard,
    /// It is larger than 64 MB.
    TooManyBytes,
    /// It has more cards than 200,000.
    TooManyCards,
}

impl std::fmt::Display for CardsError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            CardsError::NoCard => write!(f, "no vCard in the file"),
            CardsError::TooManyBytes => write!(f, "more than {} MB", MAX_BYTES >> 20),
            CardsError::TooManyCards => write!(f, "more than {MAX_ROWS} cards"),
        }
    }
}

impl std::error::Error for CardsError {}

/// Whether a file looks like cards rather than a table.
pub fn is_vcard(bytes: &[u8]) -> bool {
    let (text, _) = super::encoding::decode(&bytes[..bytes.len().min(4096)]);
    text.lines().map(str::trim).find(|line| !line.is_empty()).is_some_and(is_begin)
}

fn is_begin(line: &str) -> bool {
    line.eq_ignore_ascii_case("BEGIN:VCARD")
}

/// Reads the cards of a file.
pub fn read(bytes: &[u8]) -> Result<Cards, CardsError> {
    if bytes.len() > MAX_BYTES {
        return Err(CardsError::TooManyBytes);
    }
    let mut read = Cards::default();
    let mut open: Option<(usize, Reading)> = None;
    for (line, content) in lines::logical_lines(bytes) {
        let text = content.trim();
        if is_begin(text) {
            // A card begun inside another ends it: better two cards than one that mixes two people.
            if let Some(unended) = open.replace((line, Reading::default())) {
                read.push_unended(unended);
            }
        } else if text.eq_ignore_ascii_case("END:VCARD") {
            match open.take() {
                Some((begun, card)) => read.cards.push((begun, card.finish())),
                None => read.push_problem(line, Problem::OutsideACard, text),
            }
        } else if !text.is_empty() {
            match (&mut open, ContentLine::parse(&content)) {
                (Some((_, card)), Some(property)) => card.take(property, &content),
                (Some(_), None) => read.push_problem(line, Problem::NotAProperty, text),
                (None, _) => read.push_problem(line, Problem::OutsideACard, text),
            }
        }
        if read.cards.len() > MAX_ROWS {
            return Err(CardsError::TooManyCards);
        }
    }
    if let Some(unended) = open {
        read.push_unended(unended);
    }
    if read.cards.is_empty() { Err(CardsError::NoCard) } else { Ok(read) }
}

impl Cards {
    fn push_problem(&mut self, line: usize, what: Problem, text: &str) {
        self.problems.push(LineProblem { line, what, text: text.chars().take(200).collect() });
    }

    fn push_unended(&mut self, (line, card): (usize, Reading)) {
        let card = card.finish();
        self.push_problem(line, Problem::NeverEnds, &card.full_name);
        self.cards.push((line, card));
    }
}

/// The file of cards.
pub fn write<'a>(cards: impl IntoIterator<Item = &'a Card>, version: Version) -> Vec<u8> {
    let mut file = String::new();
    for card in cards {
        card.write(version, &mut file);
    }
    file.into_bytes()
}

/// A line of [`Card::extra`] for what cards have no property for.
pub fn extension(name: &str, text: &str) -> String {
    format!("{name}:{}", lines::escape(text))
}

/// Whether a line may stand in [`Card::extra`], in a card of either version: a property, none of those that make a card,
/// nor one that only version 3 can fold.
pub fn is_extra(line: &str) -> bool {
    let Some(property) = ContentLine::parse(line) else { return false };
    let makes_a_card =
        matches!(property.name.as_str(), "BEGIN" | "END" | "VERSION" | "FN" | "N" | "UID" | "KIND" | "REV");
    let head = line.split(':').next().unwrap_or_default().to_ascii_uppercase();
    !makes_a_card && !head.contains("ENCODING=") && !line.contains(['\r', '\n'])
}

/// The name, in capitals, and the text of a line of [`Card::extra`].
pub fn read_extension(line: &str) -> Option<(String, String)> {
    let property = ContentLine::parse(line)?;
    let text = property.text();
    Some((property.name, text))
}

/// Reads any bytes, and checks what must hold of any cards. For fuzzers.
pub fn fuzz_one(bytes: &[u8]) {
    let Ok(cards) = read(bytes) else { return };
    for version in [Version::V3, Version::V4] {
        let written = write(cards.cards.iter().map(|(_, card)| card), version);
        let again = read(&written).expect("what was written is cards");
        assert_eq!(again.problems, [], "what was written has faults");
        let cards_of = |cards: &Cards| cards.cards.iter().map(|(_, card)| card.clone()).collect::<Vec<_>>();
        let (once, twice) = (cards_of(&again), write(again.cards.iter().map(|(_, card)| card), version));
        assert_eq!(twice, written, "writing again changes the file");
        assert_eq!(cards_of(&cards).len(), once.len(), "a card was lost");
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop where a card should have been read")]

    use proptest::prelude::*;

    use super::*;

    fn one(text: &str) -> Card {
        let cards = read(text.as_bytes()).unwrap();
        assert_eq!(cards.problems, [], "{text}");
        assert_eq!(cards.cards.len(), 1);
        cards.cards.into_iter().next().unwrap().1
    }

    fn labelled(value: &str, types: &[&str], label: &str) -> Labelled {
        Labelled { value: value.into(), types: types.iter().map(|kind| (*kind).into()).collect(), label: label.into() }
    }

    #[test]
    fn a_card_of_version_4_is_read() {
        let card =
            one("BEGIN:VCARD\r\nVERSION:4.0\r\nKIND:individual\r\nFN:Maëlle Tisserol\r\nN:Tisserol;Maëlle;;Dr;\r\n\
             ORG:MSP des Ormeaux;Bât. B\r\nTITLE:Infirmière\\, coordinatrice\r\nROLE:Référente\r\n\
             TEL;VALUE=uri;TYPE=\"work,voice\":tel:+33490000001\r\nTEL;TYPE=cell:06 00 00 00 01\r\n\
             EMAIL;PREF=1:maelle@exemple.fr\r\nADR;TYPE=work:;;3\\, rue du Puits;Val-des-Ormes;;13999;France\r\n\
             NOTE:Première ligne\\nseconde\\; fin\r\nURL:https://exemple.fr/a;b\r\nCATEGORIES:santé,coordination\r\n\
             UID:urn:uuid:1\r\nREV:20260101T000000Z\r\nBDAY:19800101\r\nX-AUTRE;X=1:tel\\, quel\r\nEND:VCARD\r\n");
        assert_eq!(card.kind, "individual");
        assert_eq!(card.full_name, "Maëlle Tisserol");
        assert_eq!(
            (card.name.family.as_str(), card.name.given.as_str(), card.name.prefixes.as_str()),
            ("Tisserol", "Maëlle", "Dr")
        );
        assert_eq!(card.org, ["MSP des Ormeaux", "Bât. B"]);
        assert_eq!((card.title.as_str(), card.role.as_str()), ("Infirmière, coordinatrice", "Référente"));
        let phones = [labelled("+33490000001", &["work", "voice"], ""), labelled("06 00 00 00 01", &["cell"], "")];
        assert_eq!(card.phones, phones);
        assert_eq!(card.emails, [labelled("maelle@exemple.fr", &[], "")]);
        assert_eq!(card.addresses[0].street, "3, rue du Puits");
        assert_eq!(
            (card.addresses[0].locality.as_str(), card.addresses[0].postcode.as_str()),
            ("Val-des-Ormes", "13999")
        );
        assert_eq!(card.notes, ["Première ligne\nseconde; fin"]);
        assert_eq!(card.urls, ["https://exemple.fr/a;b"]);
        assert_eq!(card.categories, ["santé", "coordination"]);
        assert_eq!(
            (card.uid.as_str(), card.rev.as_str(), card.birthday.as_str()),
            ("urn:uuid:1", "20260101T000000Z", "19800101")
        );
        assert_eq!(card.extra, ["X-AUTRE;X=1:tel\\, quel"]);
    }

    #[test]
    fn groups_of_a_telephone_carry_its_label() {
        let card = one(
            "BEGIN:VCARD\nVERSION:3.0\nN:Tisserol;Maëlle\nFN:Maëlle Tisserol\nitem1.TEL;type=VOICE;type=pref:0600000001\n\
             item1.X-ABLabel:_$!<Mother>!$_\nitem2.EMAIL;TYPE=INTERNET:a@exemple.fr\nitem2.X-ABLabel:le matin\n\
             item3.X-ABDATE:2020-01-01\nitem3.X-ABLabel:rencontre\nEND:VCARD",
        );
        assert_eq!(card.phones, [labelled("0600000001", &["voice", "pref"], "Mother")]);
        assert_eq!(card.emails, [labelled("a@exemple.fr", &["internet"], "le matin")]);
        assert_eq!(card.extra, ["item3.X-ABDATE:2020-01-01", "item3.X-ABLabel:rencontre"]);
    }

    #[test]
    fn a_card_of_an_old_telephone_is_read() {
        let card = one(
            "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Lef=C3=A8vrac;Ren=C3=A9e;;;\r\n\
             FN;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:Ren=E9e=20=\r\nLef=E8vrac\r\nTEL;CELL;PREF:0600000002\r\n\
             NOTE;ENCODING=QUOTED-PRINTABLE:une=0D=0Adeux=3B trois\r\nEND:VCARD\r\n",
        );
        assert_eq!((card.name.family.as_str(), card.name.given.as_str()), ("Lefèvrac", "Renée"));
        assert_eq!(card.full_name, "Renée Lefèvrac");
        assert_eq!(card.phones, [labelled("0600000002", &["cell", "pref"], "")]);
        assert_eq!(card.notes, ["une\r\ndeux; trois"]);
    }

    #[test]
    fn a_letter_folded_between_its_two_bytes_is_read() {
        let bytes = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ren\xc3\r\n \xa9e\r\nNOTE:a\r\n\t b\r\nEND:VCARD\r\n";
        let card = read(bytes).unwrap().cards.remove(0).1;
        assert_eq!((card.full_name.as_str(), card.notes[0].as_str()), ("Renée", "a b"));
        let western = b"BEGIN:VCARD\nFN:Ren\xe9e\nEND:VCARD\n";
        assert_eq!(read(western).unwrap().cards[0].1.full_name, "Renée");
    }

    #[test]
    fn what_is_wrong_is_named_and_the_rest_is_kept() {
        let cards = read(
            b"bonjour\nBEGIN:VCARD\nFN:A\nsans valeur\nBEGIN:VCARD\nFN:B\nEND:VCARD\nEND:VCARD\nBEGIN:VCARD\nFN:C",
        )
        .unwrap();
        let names: Vec<(usize, &str)> =
            cards.cards.iter().map(|(line, card)| (*line, card.full_name.as_str())).collect();
        assert_eq!(names, [(2, "A"), (5, "B"), (9, "C")]);
        let problems: Vec<(usize, Problem)> =
            cards.problems.iter().map(|problem| (problem.line, problem.what)).collect();
        let expected = [
            (1, Problem::OutsideACard),
            (4, Problem::NotAProperty),
            (2, Problem::NeverEnds),
            (8, Problem::OutsideACard),
            (9, Problem::NeverEnds),
        ];
        assert_eq!(problems, expected);
        assert_eq!(read(b"nom;ville\n"), Err(CardsError::NoCard));
    }

    #[test]
    fn a_table_is_not_taken_for_cards() {
        assert!(is_vcard(b"\xef\xbb\xbf\r\nbegin:vcard\r\nFN:A"));
        assert!(!is_vcard(b"nom;ville\nBEGIN:VCARD;x"));
        assert!(!is_vcard(b""));
    }

    #[test]
    fn a_written_line_is_never_longer_than_75_bytes_nor_cut_inside_a_letter() {
        let card = Card { full_name: "é".repeat(200), notes: vec!["a,b;c\\d\ne".into()], ..Card::default() };
        let file = String::from_utf8(write([&card], Version::V4)).unwrap();
        assert!(file.split("\r\n").all(|line| line.len() <= 75), "{file}");
        assert!(file.contains("NOTE:a\\,b\\;c\\\\d\\ne\r\n"));
        assert_eq!(read(file.as_bytes()).unwrap().cards[0].1, card);
    }

    fn text() -> impl Strategy<Value = String> {
        "[aéœ,;:\\\\\n\"^=+ '-]{1,12}".prop_map(|text| text.trim().to_owned())
    }

    fn several<T: std::fmt::Debug>(of: impl Strategy<Value = T>) -> impl Strategy<Value = Vec<T>> {
        proptest::collection::vec(of, 0..3)
    }

    fn any_labelled() -> impl Strategy<Value = Labelled> {
        ("[aé0-9+ ,;\\\\-]{1,8}", several("[a-z]{1,5}"), text()).prop_map(|(value, types, label)| Labelled {
            value: value.trim().to_owned() + "1",
            types,
            label,
        })
    }

    fn any_card() -> impl Strategy<Value = Card> {
        let words = (text(), text(), text(), text(), text());
        let lists = (several(any_labelled()), several(any_labelled()), several(text()), several(text()));
        (words, lists).prop_map(|((full_name, family, title, street, note), (phones, emails, org, categories))| Card {
            full_name,
            name: Name { family, ..Name::default() },
            title,
            phones,
            emails,
            addresses: vec![Address { street, locality: "Val".into(), ..Address::default() }],
            notes: if note.is_empty() { Vec::new() } else { vec![note] },
            org: if org.iter().any(String::is_empty) { Vec::new() } else { org },
            categories: categories.into_iter().filter(|category| !category.is_empty()).collect(),
            extra: vec!["X-QUI;A=b:c\\,d".into()],
            ..Card::default()
        })
    }

    proptest! {
        #[test]
        fn any_card_written_is_read_back(cards in proptest::collection::vec(any_card(), 1..4)) {
            for version in [Version::V3, Version::V4] {
                let again = read(&write(&cards, version)).unwrap();
                prop_assert_eq!(again.problems, vec![]);
                let again: Vec<Card> = again.cards.into_iter().map(|(_, card)| card).collect();
                prop_assert_eq!(&again, &cards);
            }
        }

        #[test]
        fn any_disorder_is_read_or_refused(lines in proptest::collection::vec("(N|FN|TEL|item1\\.TEL|ADR|NOTE|X-ABLabel|ORG|EMAIL|CATEGORIES)(;[A-Za-z=\",]{0,9}){0,2}[:;][aé;,\\\\\"^n:= ]{0,12}", 0..6)) {
            fuzz_one(format!("BEGIN:VCARD\n{}\nEND:VCARD", lines.join("\n")).as_bytes());
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            fuzz_one(&bytes);
            fuzz_one(&[b"BEGIN:VCARD\n", bytes.as_slice()].concat());
        }
    }
}
