//! The directory as files: from a table or cards to entries, and back.
//!
//! A file is looked at first ([`Source::read`]); someone confirms what its columns are; then each line becomes a
//! [`DirectoryLine`] or is refused with its reason. Nothing a line says is dropped in silence: what has no field goes to
//! the notes, or is named in [`DirectoryLine::left_out`].

pub mod columns;
mod line;

mod cards;
mod table;

pub use cards::{card_of, line_of_card, write_cards};
pub(in crate::exchange) use line::read_day;
pub use line::{DirectoryLine, Remark, identity};
pub use table::{lines_of_table, write_table};

use maillon_shared::domain::ids::{EntryId, LineId};

use super::columns::ColumnGuess;
use super::data_inclusion::{Inclusion, InclusionError, is_inclusion};
use super::refused::{Refusal, Refused};
use super::table::{RawTable, TableError};
use super::vcard::{self, Cards, CardsError};
use columns::DirectoryField;

/// A file that someone wants to take in.
#[derive(Clone, Debug)]
pub enum Source {
    /// A table, and what its columns seem to be.
    Table(RawTable, Vec<ColumnGuess<DirectoryField>>),
    /// Cards.
    Cards(Cards),
    /// Structures and services.
    Inclusion(Inclusion),
}

/// Why a file is not a directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceError {
    /// It is no table.
    Table(TableError),
    /// It begins as cards and is none.
    Cards(CardsError),
    /// It begins as structures and services, and is none.
    Inclusion(InclusionError),
}

impl std::fmt::Display for SourceError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            SourceError::Table(why) => why.fmt(f),
            SourceError::Cards(why) => why.fmt(f),
            SourceError::Inclusion(why) => why.fmt(f),
        }
    }
}

impl std::error::Error for SourceError {}

impl Source {
    /// Looks at a file.
    pub fn read(bytes: &[u8]) -> Result<Self, SourceError> {
        if vcard::is_vcard(bytes) {
            return vcard::read(bytes).map(Source::Cards).map_err(SourceError::Cards);
        }
        if is_inclusion(bytes) {
            return Inclusion::read(bytes).map(Source::Inclusion).map_err(SourceError::Inclusion);
        }
        let table = columns::settle_heads(super::read_table(bytes).map_err(SourceError::Table)?);
        let guesses = columns::guess(&table);
        Ok(Source::Table(table, guesses))
    }

    /// What each line says. `columns` is the field of each column of a table, as someone confirmed it; cards need none.
    pub fn lines(&self, columns: &[Option<DirectoryField>]) -> Vec<Result<DirectoryLine, Refused>> {
        match self {
            Source::Table(table, _) => lines_of_table(table, columns),
            Source::Cards(cards) => {
                let mut lines: Vec<_> = cards.cards.iter().map(|(line, card)| line_of_card(*line, card)).collect();
                let is_lost = |problem: &&vcard::LineProblem| problem.what != vcard::Problem::NeverEnds;
                lines.extend(cards.problems.iter().filter(is_lost).map(|problem| {
                    Err(Refused { line: problem.line, why: Refusal::NotInACard, text: problem.text.clone() })
                }));
                lines
            }
            Source::Inclusion(items) => items.lines(None),
        }
    }
}

/// Looks at any bytes and takes them in as they were guessed. For fuzzers.
pub fn fuzz_one(bytes: &[u8]) {
    let Ok(source) = Source::read(bytes) else { return };
    let columns: Vec<_> = match &source {
        Source::Table(_, guesses) => guesses.iter().map(|guess| guess.field).collect(),
        Source::Cards(_) | Source::Inclusion(_) => Vec::new(),
    };
    for line in source.lines(&columns).into_iter().flatten() {
        assert!(
            !line.missions.is_empty() || !line.to_entry(EntryId([0; 16]), || LineId([0; 16])).display_name().is_empty(),
            "an entry without a name"
        );
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop where a file should have been read")]

    use maillon_shared::domain::contact::Phone;
    use maillon_shared::domain::directory::{DirectoryEntry, EntryField, EntryKind};
    use maillon_shared::domain::ids::{EntryId, LineId};
    use proptest::prelude::*;

    use super::*;
    use crate::exchange::vcard::Version;

    fn taken(file: &[u8]) -> Vec<Result<DirectoryLine, Refused>> {
        let source = Source::read(file).unwrap();
        let columns: Vec<_> = match &source {
            Source::Table(_, guesses) => guesses.iter().map(|guess| guess.field).collect(),
            Source::Cards(_) | Source::Inclusion(_) => Vec::new(),
        };
        source.lines(&columns)
    }

    fn entry(line: &DirectoryLine) -> DirectoryEntry {
        line.to_entry(EntryId([7; 16]), || LineId([8; 16]))
    }

    fn only(file: &str) -> DirectoryLine {
        let mut lines = taken(file.as_bytes());
        assert_eq!(lines.len(), 1);
        lines.remove(0).unwrap()
    }

    #[test]
    fn a_line_becomes_an_entry_with_its_type_as_an_item_of_the_lists() {
        let line = only(
            "nom;type;porteur;commune;CP;tél;à vérifier\n\
             Pôle des Ormes;Pôle infos seniors;Val Santé;Val-des-Ormes;1390;04 90 00 00 01 (matin) / 06.00.00.00.02;deux noms\n",
        );
        let entry = entry(&line);
        assert_eq!(entry.kind, EntryKind::Structure);
        assert_eq!((entry.name.as_str(), entry.role.as_str()), ("Pôle des Ormes", "clic"));
        assert_eq!((entry.carrier.as_str(), entry.to_verify.as_str()), ("Val Santé", "deux noms"));
        assert_eq!(entry.address.postcode, "01390");
        let phones: Vec<(&str, &str)> = entry.phones.iter().map(|p| (p.number.as_str(), p.label.as_str())).collect();
        assert_eq!(phones, [("04 90 00 00 01", "matin"), ("06.00.00.00.02", "")]);
        assert_eq!(line.remarks, []);
    }

    #[test]
    fn what_is_odd_is_kept_and_said() {
        let line =
            only("nom;profession;tél;mail;cp;rpps\nTisserol;rebouteux;04 90 00 00;maelle chez exemple;1390X;123\n");
        let expected = [
            Remark::UnreadablePhone("04 90 00 00".into()),
            Remark::NewRole("rebouteux".into()),
            Remark::OddNumber("123".into()),
            Remark::OddPostcode("1390X".into()),
            Remark::OddEmail("maelle chez exemple".into()),
        ];
        assert_eq!(line.remarks, expected);
        let entry = entry(&line);
        assert_eq!((entry.role.as_str(), entry.phones[0].number.as_str()), ("rebouteux", "04 90 00 00"));
        assert_eq!((entry.email.as_str(), entry.rpps.as_str()), ("maelle chez exemple", "123"));
    }

    #[test]
    fn a_line_is_refused_with_its_number_and_its_reason() {
        let lines = taken("nom;ville\nA;Val\n;Val\nB;Val;de trop\nC;Val;;\n".as_bytes());
        let refused: Vec<(usize, Refusal)> =
            lines.iter().filter_map(|line| line.as_ref().err()).map(|r| (r.line, r.why)).collect();
        assert_eq!(refused, [(3, Refusal::NoName), (4, Refusal::TooManyCells)]);
        let kept: Vec<String> = lines.iter().flatten().map(DirectoryLine::display_name).collect();
        assert_eq!(kept, ["A", "C"]);
    }

    #[test]
    fn an_entry_is_completed_and_never_overwritten() {
        let mut known = DirectoryEntry::empty(EntryId([1; 16]), EntryKind::Structure);
        known.name = "Pharmacie du Val".into();
        known.email = "corrige@exemple.fr".into();
        known.phones = vec![Phone { id: LineId([2; 16]), number: "04.90.00.00.01".into(), label: String::new() }];
        let line = only(
            "nom;mail;site;tél;tél 2\nPharmacie du Val;a@exemple.fr;www.exemple.fr;+33 4 90 00 00 01;06 00 00 00 02\n",
        );
        let completed = line.complete(&known, || LineId([3; 16]));
        assert_eq!((completed.email.as_str(), completed.website.as_str()), ("corrige@exemple.fr", "www.exemple.fr"));
        let phones: Vec<&str> = completed.phones.iter().map(|phone| phone.number.as_str()).collect();
        assert_eq!(phones, ["04.90.00.00.01", "06 00 00 00 02"]);
        let again = line.complete(&completed, || LineId([4; 16]));
        assert_eq!(known.id, again.id);
        assert_eq!(again, completed);
    }

    #[test]
    fn what_a_line_says_otherwise_is_told_and_a_namesake_next_door_is_another() {
        let heads = "nom;ville;adresse;tél;horaires\n";
        let of = |rest: &str| only(&format!("{heads}Cabinet infirmier;Val;{rest}\n"));
        let known = entry(&of("1 rue Neuve;04 90 00 00 01;le matin"));
        let moved = of("2 rue Haute;04.90.00.00.01;LE MATIN");
        assert_eq!(moved.differences(&known), [(EntryField::AddressLine, "2 rue Haute")]);
        assert!(!moved.is_another_than(&known));
        assert!(!of("1, rue neuve;04 90 00 00 02;").is_another_than(&known));
        assert!(!of(";04 90 00 00 02;").is_another_than(&known));
        assert!(of("2 rue Haute;04 90 00 00 02;").is_another_than(&known));
        assert_eq!(of("1, rue neuve;;").differences(&known), []);
    }

    #[test]
    fn one_entry_written_twice_is_known_again_and_namesakes_are_not() {
        let key = |file: &str| identity(&entry(&only(file)));
        let shares = |a: &str, b: &str| key(a).iter().any(|key_a| key(b).contains(key_a));
        assert!(shares("nom;ville\nMSP de Saint-Rémy;Val\n", "nom;commune;tél\nMSP DE ST REMY;VAL;3114\n"));
        assert!(shares("nom;rpps\nTisserol;10001234567\n", "nom;prénom;rpps\nTisserol-Brun;Maëlle;10001234567\n"));
        assert!(!shares("nom;prénom;ville\nTisserol;Maëlle;Val\n", "nom;prénom;ville\nTisserol;Paul;Val\n"));
        assert!(!shares("nom;ville\nPharmacie;Val\n", "nom;ville\nPharmacie;Mas\n"));
        assert!(!shares("nom;finess\nSSIAD;130000001\n", "nom;finess\nEHPAD;130000001\n"));
    }

    #[test]
    fn a_foreign_card_becomes_an_entry_and_loses_no_word() {
        let line = only(
            "BEGIN:VCARD\nVERSION:3.0\nN:Tisserol;Maëlle;;Dr;\nFN:Dr Maëlle Tisserol\nORG:MSP des Ormes\nTITLE:Médecin\n\
             CATEGORIES:Réseau,Amis\nTEL;TYPE=CELL:06 00 00 00 01\nitem1.TEL:04 90 00 00 01\nitem1.X-ABLabel:secrétariat\n\
             EMAIL:a@exemple.fr\nEMAIL:b@exemple.fr\nADR:;La Roussière;3 rue du Puits;Val;PACA;13999;\nNOTE:le jeudi\n\
             PHOTO;ENCODING=b:AAAA\nEND:VCARD\n",
        );
        let entry = entry(&line);
        assert_eq!(entry.kind, EntryKind::Professional);
        assert_eq!((entry.display_name().as_str(), entry.role.as_str()), ("Maëlle Tisserol", "medecin_generaliste"));
        assert_eq!((entry.workplace.as_str(), entry.address.hamlet.as_str()), ("MSP des Ormes", "La Roussière"));
        assert_eq!(entry.phones[1].label, "secrétariat");
        assert_eq!(
            (entry.email.as_str(), entry.notes.as_str()),
            ("a@exemple.fr", "Réseau\nAmis\nb@exemple.fr\nle jeudi")
        );
        assert_eq!(line.left_out, ["PHOTO;ENCODING=b:AAAA", "PACA"]);
    }

    #[test]
    fn what_no_field_holds_goes_back_out_as_it_came() {
        let properties = "RELATED;TYPE=friend:urn:uuid:f81d4fae\nIMPP;PREF=1:xmpp:val@exemple.fr\nitem1.X-ABDATE:2020-01-01\n\
                          item1.X-ABLabel:rencontre\nX-CHAT;X=\"a:b\":tel\\, quel\nBDAY:19800101";
        let line = only(&format!("BEGIN:VCARD\nVERSION:4.0\nFN:CCAS du Val\nKIND:org\n{properties}\nEND:VCARD\n"));
        let known = entry(&line);
        assert_eq!((known.card_properties.as_str(), line.left_out.len()), (properties, 0));
        let file = String::from_utf8(write_cards(&[known], Version::V4, |_| None)).unwrap().replace("\r\n", "\n");
        for property in properties.lines() {
            assert!(file.contains(&format!("\n{property}\n")), "{property} in {file}");
        }
        // Nothing typed there breaks a card.
        let typed = only("nom;propriétés vCard\nVal;\"END:VCARD\nbonjour\nNICKNAME:Le Val\"\n");
        let file = String::from_utf8(write_cards(&[entry(&typed)], Version::V4, |_| None)).unwrap();
        assert_eq!(
            (file.matches("END:VCARD").count(), file.contains("NICKNAME:Le Val"), file.contains("bonjour")),
            (1, true, false)
        );
        // A photograph is named, and not kept.
        let photo = format!("BEGIN:VCARD\nFN:Val\nPHOTO:data:{}\nEND:VCARD\n", "A".repeat(20_000));
        assert_eq!((only(&photo).left_out.len(), entry(&only(&photo)).card_properties.as_str()), (1, ""));
    }

    #[test]
    fn a_card_of_an_organisation_is_a_structure_and_a_card_of_nobody_is_refused() {
        let line = only("BEGIN:VCARD\nVERSION:4.0\nKIND:org\nFN:CCAS du Val\nCATEGORIES:Contacts,CCAS\nEND:VCARD\n");
        let ccas = entry(&line);
        assert_eq!((ccas.kind, ccas.name.as_str(), ccas.role.as_str()), (EntryKind::Structure, "CCAS du Val", "ccas"));
        assert_eq!(ccas.notes, "Contacts");
        let lines = taken(b"BEGIN:VCARD\nTEL:3114\nEND:VCARD\nperdu\n");
        let why: Vec<(usize, Refusal)> = lines.into_iter().filter_map(Result::err).map(|r| (r.line, r.why)).collect();
        assert_eq!(why, [(1, Refusal::NoName), (4, Refusal::NotInACard)]);
    }

    #[test]
    fn a_written_table_says_its_words_in_french() {
        let mut entry = DirectoryEntry::empty(EntryId([1; 16]), EntryKind::Structure);
        entry.name = "Les Ormes".into();
        entry.role = "sad".into();
        let mut nurse = DirectoryEntry::empty(EntryId([2; 16]), EntryKind::Professional);
        nurse.name = "Tisserol".into();
        nurse.works_at = Some(entry.id);
        let file = write_table(&[entry.clone(), nurse], |id| (id == entry.id).then(|| entry.name.clone()));
        let text = String::from_utf8(file).unwrap();
        assert!(
            text.starts_with(
                "\u{feff}fiche;nom;prénom;type;lieu d'exercice;porteur;autre nom;téléphone;courriel;site;"
            )
        );
        assert!(text.contains("\r\nStructure;Les Ormes;;SAD (service autonomie à domicile);;"));
        assert!(text.contains("\r\nProfessionnel;Tisserol;;;Les Ormes;"));
    }

    fn any_entry() -> impl Strategy<Value = DirectoryEntry> {
        let words = "[a-zéœ'=+@\"\\\\;:,]{0,8}( [a-zé-]{1,6})?(\n[a-z]{1,4})?";
        let texts = proptest::collection::vec(words, EntryField::ALL.len());
        let phones = proptest::collection::vec(("0[1-7][0-9]{8}|\\+41[0-9]{9}", "([a-zé]{1,8})?"), 0..3);
        let roles = ["sad", "infirmier", "tiers-lieu", ""];
        let day = proptest::option::of((2000i32..2030, 1u32..366));
        let kind = proptest::sample::select(EntryKind::ALL.to_vec());
        (kind, texts, phones, proptest::sample::select(roles.to_vec()), day).prop_map(
            |(kind, texts, phones, role, day)| {
                let mut entry = DirectoryEntry::empty(EntryId([7; 16]), kind);
                for (field, text) in EntryField::ALL.iter().zip(texts) {
                    *entry.text_mut(*field) = text.trim().to_owned();
                }
                entry.card_properties = "X-CHAT;TYPE=matrix:@val\\,ormes\nmaison.X-SOCIAL:z".into();
                entry.name = format!("Val {}", entry.name).trim().to_owned();
                entry.role = role.to_owned();
                let numbers = [&mut entry.rpps, &mut entry.finess, &mut entry.siret, &mut entry.address.postcode];
                for (number, is) in numbers.into_iter().zip(["10001234567", "130000001", "12345678901234", "13999"]) {
                    *number = is.to_owned();
                }
                entry.phones = phones
                    .into_iter()
                    .map(|(number, label)| Phone { id: LineId([8; 16]), number, label })
                    .fold(Vec::new(), |mut kept: Vec<Phone>, phone| {
                        // One number is written once.
                        if kept.iter().all(|other| other.number != phone.number) {
                            kept.push(phone);
                        }
                        kept
                    });
                entry.checked_on = day.and_then(|(year, day)| chrono::NaiveDate::from_yo_opt(year, day));
                entry
            },
        )
    }

    proptest! {
        #[test]
        fn a_directory_written_as_a_table_comes_back_as_it_was(
            entries in proptest::collection::vec(any_entry(), 1..4)
        ) {
            let again: Vec<DirectoryEntry> =
                taken(&write_table(&entries, |_| None)).into_iter().map(|line| entry(&line.unwrap())).collect();
            prop_assert_eq!(again, entries);
        }

        #[test]
        fn a_directory_written_as_cards_comes_back_as_it_was(
            entries in proptest::collection::vec(any_entry(), 1..4)
        ) {
            for version in [Version::V3, Version::V4] {
                let lines: Vec<DirectoryLine> =
                    taken(&write_cards(&entries, version, |_| None)).into_iter().map(|line| line.unwrap()).collect();
                prop_assert!(lines.iter().all(|line| line.uid == Some(EntryId([7; 16]))));
                let left_out: Vec<&String> = lines.iter().flat_map(|line| &line.left_out).collect();
                prop_assert!(left_out.is_empty(), "{:?}", left_out);
                let again: Vec<DirectoryEntry> = lines.iter().map(entry).collect();
                prop_assert_eq!(&again, &entries);
            }
        }

        #[test]
        fn any_bytes_are_taken_in_or_refused(text in "(nom|tél|type|mail|cp|[a-z;\n\"@0-9é/() .]){0,30}") {
            fuzz_one(text.as_bytes());
            fuzz_one(format!("BEGIN:VCARD\nFN:x\n{text}\nEND:VCARD").as_bytes());
        }
    }
}
