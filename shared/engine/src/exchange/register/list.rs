//! A register kept before, in a table: read as a mairie's list of people is, with the few columns that only a register has.
//!
//! What is about health is emptied before anything looks at it, as in every list of people. Of what is left only what the
//! law lists is offered: a column of remarks has no place to go to, and stays in the file.

use std::collections::HashMap;

use chrono::NaiveDate;
use maillon_shared::domain::communes::Communes;
use maillon_shared::domain::person::PersonField;
use maillon_shared::domain::register::{RegisterEntry, RegisterGround, RegisterOrigin};
use maillon_shared::text::fold::{fold, words};

use crate::exchange::columns::{Clue, Words, field_of_head};

use crate::exchange::people::columns::PeopleField;
use crate::exchange::people::{PeopleList, PersonLine, Remark, Withheld, read_past_day};
use crate::exchange::refused::Refused;
use crate::exchange::table::{RawRow, RawTable, TableError};

/// What a column of a register may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegisterColumn {
    /// What any list of people may say of them.
    Person(PeopleField),
    /// On what ground they are in it.
    Ground,
    /// Who comes to help at home.
    HomeServices,
    /// When it was asked for.
    Requested,
    /// Who asked, where it is not the person.
    Requester,
    /// In what quality.
    RequesterQuality,
}

const fn named(field: RegisterColumn, head: &'static str, others: &'static [&'static str]) -> Words<RegisterColumn> {
    Words { field, head, others }
}

/// The columns that only a register has. The heads of the extract are among them: what went out comes in.
const OWN: &[Words<RegisterColumn>] = &[
    named(
        RegisterColumn::Ground,
        "qualité au titre de laquelle elle est inscrite",
        &["motif", "motif d'inscription", "titre d'inscription", "au titre de", "critère", "catégorie", "public"],
    ),
    named(
        RegisterColumn::HomeServices,
        "service intervenant à domicile",
        &["services à domicile", "aide à domicile", "service d'aide", "intervenants", "intervenant à domicile"],
    ),
    named(
        RegisterColumn::Requested,
        "date de la demande",
        &["date d'inscription", "date de demande", "inscrit le", "inscrite le", "inscrit(e) le", "demande du"],
    ),
    named(RegisterColumn::Requester, "demandeur", &["demandé par", "inscrit par", "tiers demandeur", "tiers"]),
    named(RegisterColumn::RequesterQuality, "qualité du demandeur", &["qualité du tiers", "lien du demandeur"]),
];

impl RegisterColumn {
    /// Every field, in the order in which choices are shown.
    pub fn all() -> impl Iterator<Item = RegisterColumn> {
        let people = PeopleField::all().filter(|field| is_listed(*field)).map(RegisterColumn::Person);
        people.chain(OWN.iter().map(|words| words.field))
    }

    /// The code that screens have words for.
    pub const fn code(self) -> &'static str {
        match self {
            RegisterColumn::Person(field) => field.code(),
            RegisterColumn::Ground => "ground",
            RegisterColumn::HomeServices => "home_services",
            RegisterColumn::Requested => "requested_on",
            RegisterColumn::Requester => "requester",
            RegisterColumn::RequesterQuality => "requester_quality",
        }
    }

    /// The field that a code names.
    pub fn from_code(code: &str) -> Option<Self> {
        RegisterColumn::all().find(|field| field.code() == code)
    }
}

/// Whether the law lists it, or it says that someone is no longer to be in it.
fn is_listed(field: PeopleField) -> bool {
    use PersonField::{Approach, Civility, Email, Household, Language, Notes};
    !matches!(field, PeopleField::Text(Civility | Email | Language | Household | Approach | Notes))
}

/// A register that someone wants to take over.
#[derive(Clone, Debug)]
pub struct RegisterList {
    people: PeopleList,
    /// What each column seems to be.
    pub guesses: Vec<Option<RegisterColumn>>,
}

impl RegisterList {
    /// Looks at a file.
    pub fn read(bytes: &[u8]) -> Result<Self, TableError> {
        let people = PeopleList::read(bytes)?;
        let guess = |(column, head): (usize, &String)| {
            if people.withheld.get(column).is_some_and(Option::is_some) {
                return None;
            }
            let of_people = people.guesses.get(column).and_then(|guess| Some((guess.field?, guess.why)));
            match (field_of_head(OWN, head), of_people) {
                (Some((field, Clue::Head)), _) => Some(field),
                (_, Some((field, Clue::Head))) => is_listed(field).then_some(RegisterColumn::Person(field)),
                (Some((field, _)), _) => Some(field),
                (None, Some((field, _))) => is_listed(field).then_some(RegisterColumn::Person(field)),
                (None, None) => None,
            }
        };
        let mut guesses: Vec<_> = people.table.header.iter().enumerate().map(guess).collect();
        // The second of two columns of one kind is left out: someone says where it goes.
        for at in 0..guesses.len() {
            let is_own = !matches!(guesses[at], None | Some(RegisterColumn::Person(_)));
            if is_own && guesses[..at].contains(&guesses[at]) {
                guesses[at] = None;
            }
        }
        Ok(RegisterList { people, guesses })
    }

    /// The table, but for what is never read.
    pub fn table(&self) -> &RawTable {
        &self.people.table
    }

    /// Which columns are never read, and why.
    pub fn withheld(&self) -> &[Option<Withheld>] {
        &self.people.withheld
    }

    /// How many lines it has under its heads.
    pub fn len(&self) -> usize {
        self.people.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    /// What each line says, in their order. `columns` is what each holds, as someone confirmed it.
    pub fn lines(
        &self,
        columns: &[Option<RegisterColumn>],
        communes: &Communes,
        today: NaiveDate,
    ) -> Vec<Result<RegisterLine, Refused>> {
        let of_people: Vec<_> = columns
            .iter()
            .map(|column| match column {
                Some(RegisterColumn::Person(field)) if is_listed(*field) => Some(*field),
                _ => None,
            })
            .collect();
        let rows: HashMap<usize, &RawRow> = self.people.table.rows.iter().map(|row| (row.line, row)).collect();
        let lines = self.people.lines(&of_people, communes, today).into_iter();
        lines
            .map(|line| {
                let person = line?;
                let mut listed = Listed::default();
                let mut remarks = Vec::new();
                for (at, column) in columns.iter().enumerate() {
                    if let (Some(column), Some(row)) = (column, rows.get(&person.line)) {
                        listed.take(*column, row.cell(at).trim(), today, &mut remarks);
                    }
                }
                Ok(RegisterLine { person: person.for_the_register(), listed, remarks })
            })
            .collect()
    }
}

/// What a line of a register says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterLine {
    /// Who it is of, but for what the law does not list.
    pub person: PersonLine,
    /// What only a register says.
    pub listed: Listed,
    /// What could not be taken of it: a code, and the words.
    remarks: Vec<(&'static str, String)>,
}

impl RegisterLine {
    /// What is odd in it: a code that screens have a sentence for, and the words as they were written.
    pub fn remarks(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let of_person = self.person.remarks.iter().filter_map(|remark| {
            let code = match remark {
                // There is no room for a note: what is no date is said, and written by hand.
                Remark::UnreadableBirth(_)
                | Remark::ImpossibleBirth(_)
                | Remark::FutureBirth(_)
                | Remark::OldBirth(_)
                | Remark::CenturyOfBirth(_) => "birth_left_out",
                Remark::BirthNotSure(_) => "birth_about",
                // Whoever has died is refused, and said so there.
                Remark::Deceased(_) | Remark::NamesAnIllness(_) | Remark::OddEmail(_) => return None,
                other => other.code(),
            };
            Some((code, remark.text()))
        });
        of_person.chain(self.remarks.iter().map(|(code, text)| (*code, text.as_str())))
    }
}

/// What only a register says of someone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    ground: Option<RegisterGround>,
    home_services: String,
    requested: Option<NaiveDate>,
    requester: String,
    requester_quality: String,
}

impl Listed {
    fn take(
        &mut self,
        column: RegisterColumn,
        cell: &str,
        today: NaiveDate,
        remarks: &mut Vec<(&'static str, String)>,
    ) {
        if cell.is_empty() {
            return;
        }
        match column {
            RegisterColumn::Person(_) => {}
            RegisterColumn::Ground => match ground_named(cell) {
                Some(ground) => self.ground = Some(ground),
                None => remarks.push(("unknown_ground", cell.to_owned())),
            },
            RegisterColumn::HomeServices => self.home_services = cell.to_owned(),
            RegisterColumn::Requested => match read_past_day(cell, today) {
                Some(day) => self.requested = Some(day),
                None => remarks.push(("day_left_out", cell.to_owned())),
            },
            RegisterColumn::Requester => self.requester = cell.to_owned(),
            RegisterColumn::RequesterQuality => self.requester_quality = cell.to_owned(),
        }
    }

    /// An entry, with what it lacked and this says. What it says already stays.
    pub fn complete(&self, entry: &RegisterEntry) -> RegisterEntry {
        let mut completed = entry.clone();
        let lacks_requester = completed.requester.is_empty();
        completed.ground = completed.ground.or_else(|| self.ground.clone());
        completed.requested = completed.requested.or(self.requested);
        for (held, said) in [
            (&mut completed.home_services, &self.home_services),
            (&mut completed.requester, &self.requester),
            (&mut completed.requester_quality, &self.requester_quality),
        ] {
            if held.is_empty() {
                *held = said.clone();
            }
        }
        // Someone else is named who asked: it was not the person.
        if lacks_requester && !completed.requester.is_empty() && completed.origin == RegisterOrigin::Person {
            completed.origin = RegisterOrigin::ThirdParty;
        }
        completed
    }
}

/// The ground that a cell names: a number of the law, or its word.
fn ground_named(cell: &str) -> Option<RegisterGround> {
    let folded = fold(cell);
    let begins = |stem: &str| words(&folded).any(|word| word.starts_with(stem));
    if begins("inapt") || words(&folded).any(|word| word == "60") {
        Some(RegisterGround::UnfitOver60)
    } else if begins("handicap") || begins("invalid") || words(&folded).any(|word| word == "aah") {
        Some(RegisterGround::Disability)
    } else if words(&folded).any(|word| word == "65") || begins("age") {
        Some(RegisterGround::Aged65)
    } else {
        None
    }
}

/// Reads any bytes as a register and takes it in as it was guessed. For fuzzers.
pub fn fuzz_one(bytes: &[u8]) {
    let Ok(list) = RegisterList::read(bytes) else { return };
    let today = NaiveDate::from_ymd_opt(2026, 6, 12).unwrap_or_default();
    let lines = list.lines(&list.guesses, &Communes::default(), today);
    assert_eq!(lines.len(), list.len(), "a line is not accounted for");
    for line in lines.into_iter().flatten() {
        let person = line
            .person
            .to_person(maillon_shared::domain::ids::PersonId([0; 16]), || maillon_shared::domain::ids::LineId([0; 16]));
        assert!(!person.display_name().is_empty(), "an entry without a name");
        let others = [&person.notes, &person.approach, &person.household, &person.civility, &person.email];
        assert!(others.iter().all(|text| text.is_empty()), "what the law does not list came in");
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop where a table should have been read")]

    use super::*;

    fn guessed(heads: &str) -> Vec<&'static str> {
        let list = RegisterList::read(format!("{heads}\nx;;;;;;\n").as_bytes()).unwrap();
        list.guesses.iter().map(|guess| guess.map_or("-", RegisterColumn::code)).collect()
    }

    #[test]
    fn the_columns_of_a_register_are_known_and_remarks_are_none_of_them() {
        for (heads, expected) in [
            (
                "Nom;Prénom;Né(e) le;Motif d'inscription;Date d'inscription;Observations;Pathologie",
                vec!["family_name", "given_name", "birth", "ground", "requested_on", "-", "-"],
            ),
            (
                "Nom et prénom;Civilité;Aide à domicile;Demandeur;Qualité du demandeur;Mail;Tél.",
                vec!["full_name", "-", "home_services", "requester", "requester_quality", "-", "phone"],
            ),
            (
                "Nom;Personne à prévenir;Lien;Tél. personne à prévenir;Situation;Code postal;Commune",
                vec![
                    "family_name",
                    "contact_name",
                    "contact_relation",
                    "contact_phone",
                    "state",
                    "postcode",
                    "commune",
                ],
            ),
        ] {
            assert_eq!(guessed(heads), expected, "{heads}");
        }
    }

    #[test]
    fn a_ground_is_named_in_many_ways_and_any_other_word_is_none() {
        for (cell, expected) in [
            ("65 ans et plus", Some(RegisterGround::Aged65)),
            ("Personne âgée", Some(RegisterGround::Aged65)),
            ("+ 60 ans inapte au travail", Some(RegisterGround::UnfitOver60)),
            ("handicap", Some(RegisterGround::Disability)),
            ("AAH", Some(RegisterGround::Disability)),
            ("voisine inquiète", None),
        ] {
            assert_eq!(ground_named(cell), expected, "{cell}");
        }
    }

    #[test]
    fn what_the_law_does_not_list_does_not_come_in_even_where_someone_says_so() {
        let table = "Nom;Observations;Né le\nEscarvenc;ne dort plus;31/02/1940\n";
        let list = RegisterList::read(table.as_bytes()).unwrap();
        let notes = Some(RegisterColumn::Person(PeopleField::Text(PersonField::Notes)));
        let columns = [list.guesses[0], notes, list.guesses[2]];
        let today = NaiveDate::from_ymd_opt(2026, 6, 12).unwrap();
        let lines = list.lines(&columns, &Communes::default(), today);
        let line = lines[0].as_ref().unwrap();
        assert!(!format!("{:?}", line.person).contains("dort"));
        assert_eq!(line.remarks().collect::<Vec<_>>(), [("birth_left_out", "31/02/1940")]);
    }

    #[test]
    fn every_field_has_a_code_of_its_own() {
        for field in RegisterColumn::all() {
            assert_eq!(RegisterColumn::from_code(field.code()), Some(field));
        }
        assert_eq!(RegisterColumn::from_code("notes"), None);
    }
}
