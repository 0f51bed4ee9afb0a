//! What the columns of a list of people are called, and what they seem to be.

use maillon_shared::domain::person::PersonField;
use maillon_shared::text::fold::fold;
use maillon_shared::text::phone::Phone;

use super::withheld::Withheld;
use crate::exchange::cells::{is_email, is_postcode, split_postcode};
use crate::exchange::columns::{self, Clue, ColumnGuess, Words, field_of_cells, field_of_head};
use crate::exchange::table::RawTable;

/// What a column of a list of people may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PeopleField {
    /// One text field of a sheet.
    Text(PersonField),
    /// Given and family name in one cell.
    FullName,
    /// The family name at birth, where the list has another too.
    BirthName,
    /// Birth.
    Birth,
    /// Telephones; several columns may be.
    Phone,
    /// Postcode and commune in one cell.
    PostcodeAndCommune,
    /// Whether they live here, have moved, have died.
    State,
    /// When, or whether, they died.
    Death,
    /// Whom to tell: their name.
    ContactName,
    /// What that one is to the person.
    ContactRelation,
    /// How to reach that one.
    ContactPhone,
}

impl PeopleField {
    /// Every field, in the order in which choices are shown.
    pub fn all() -> impl Iterator<Item = PeopleField> {
        FIELDS.iter().map(|words| words.field)
    }

    /// The code that screens have words for.
    pub const fn code(self) -> &'static str {
        match self {
            PeopleField::Text(field) => field.code(),
            PeopleField::FullName => "full_name",
            PeopleField::BirthName => "birth_name",
            PeopleField::Birth => "birth",
            PeopleField::Phone => "phone",
            PeopleField::PostcodeAndCommune => "postcode_and_commune",
            PeopleField::State => "state",
            PeopleField::Death => "death",
            PeopleField::ContactName => "contact_name",
            PeopleField::ContactRelation => "contact_relation",
            PeopleField::ContactPhone => "contact_phone",
        }
    }

    /// The field that a code names.
    pub fn from_code(code: &str) -> Option<Self> {
        PeopleField::all().find(|field| field.code() == code)
    }

    fn may_repeat(self) -> bool {
        use PersonField::{AddressLine, Approach, Household, Notes};
        matches!(self, PeopleField::Phone | PeopleField::Text(Notes | AddressLine | Household | Approach))
    }
}

const fn words(field: PeopleField, head: &'static str, others: &'static [&'static str]) -> Words<PeopleField> {
    Words { field, head, others }
}

const fn text(field: PersonField, head: &'static str, others: &'static [&'static str]) -> Words<PeopleField> {
    Words { field: PeopleField::Text(field), head, others }
}

const FIELDS: &[Words<PeopleField>] = &[
    text(PersonField::Civility, "civilité", &["titre", "civ", "title"]),
    text(
        PersonField::FamilyName,
        "nom",
        &["nom de famille", "nom patronymique", "name", "last name", "family name", "surname"],
    ),
    text(PersonField::GivenName, "prénom", &["prénoms", "prénom usuel", "first name", "given name", "forename"]),
    words(
        PeopleField::FullName,
        "nom complet",
        &[
            "nom et prénom",
            "nom prénom",
            "nom prénoms",
            "prénom nom",
            "prénom et nom",
            "identité",
            "habitant",
            "bénéficiaire",
            "full name",
        ],
    ),
    words(PeopleField::BirthName, "nom de naissance", &["nom de jeune fille", "njf", "maiden name", "birth name"]),
    text(PersonField::UsualName, "nom d'usage", &["nom marital", "nom d'épouse", "nom usuel", "surnom", "usual name"]),
    words(
        PeopleField::Birth,
        "date de naissance",
        &[
            "naissance",
            "né le",
            "née le",
            "né(e) le",
            "ddn",
            "date naiss",
            "date de naiss",
            "année de naissance",
            "birth",
            "date of birth",
            "birthday",
        ],
    ),
    words(
        PeopleField::Phone,
        "téléphone",
        &[
            "tél",
            "tel",
            "fixe",
            "portable",
            "mobile",
            "gsm",
            "téléphone fixe",
            "numéro de téléphone",
            "phone",
            "telephone",
            "cell",
        ],
    ),
    text(
        PersonField::Email,
        "courriel",
        &["mail", "e-mail", "email", "mél", "adresse mail", "adresse e-mail", "adresse électronique"],
    ),
    text(
        PersonField::AddressLine,
        "adresse",
        &[
            "rue",
            "voie",
            "adresse postale",
            "adresse 1",
            "adresse 2",
            "complément d'adresse",
            "domicile",
            "address",
            "street",
        ],
    ),
    text(PersonField::Hamlet, "hameau", &["lieu-dit", "lieudit", "quartier", "écart", "hamlet"]),
    text(
        PersonField::FormerCommune,
        "ancienne commune",
        &["commune déléguée", "commune associée", "commune historique", "village", "former commune"],
    ),
    text(PersonField::Postcode, "code postal", &["cp", "postcode", "postal code", "zip"]),
    text(PersonField::Commune, "commune", &["ville", "localité", "city", "town", "municipality"]),
    words(
        PeopleField::PostcodeAndCommune,
        "code postal et commune",
        &["cp ville", "code postal ville", "cp commune", "code postal commune", "cp et ville", "ville cp"],
    ),
    text(PersonField::CommuneCode, "code INSEE", &["insee", "code commune", "cog"]),
    text(PersonField::Language, "langue", &["langue parlée", "language"]),
    text(PersonField::Household, "foyer", &["composition du foyer", "vit avec", "situation familiale", "household"]),
    text(PersonField::Approach, "accès", &["consignes", "digicode", "comment venir", "access", "how to approach"]),
    words(PeopleField::State, "situation", &["statut", "état", "présence", "status"]),
    words(
        PeopleField::Death,
        "date de décès",
        &["décès", "décédé", "décédée", "décédé(e)", "décédé le", "décédé(e) le", "dcd", "death", "date of death"],
    ),
    words(
        PeopleField::ContactName,
        "personne à prévenir",
        &[
            "personne à contacter",
            "contact",
            "référent",
            "proche",
            "contact d'urgence",
            "aidant",
            "contact person",
            "emergency contact",
        ],
    ),
    words(
        PeopleField::ContactRelation,
        "lien",
        &["lien de parenté", "lien avec la personne", "parenté", "qualité", "relation"],
    ),
    words(
        PeopleField::ContactPhone,
        "téléphone de la personne à prévenir",
        &[
            "téléphone personne à prévenir",
            "tél personne à prévenir",
            "tel de la personne à prévenir",
            "tél à prévenir",
            "téléphone contact",
            "tél contact",
            "téléphone du contact",
            "tél du contact",
            "tél proche",
            "téléphone proche",
            "tél référent",
            "contact phone",
        ],
    ),
    text(
        PersonField::Notes,
        "notes",
        &[
            "note",
            "commentaire",
            "commentaires",
            "remarque",
            "remarques",
            "observation",
            "observations",
            "divers",
            "comments",
        ],
    ),
];

/// Takes the first line for one like the others where no head is known and some look like cells.
pub(super) fn settle_heads(table: RawTable) -> RawTable {
    columns::settle_heads(table, FIELDS, |head| looks_like(head).is_some())
}

/// What each column seems to be; those that are never read seem to be nothing.
pub(super) fn guess(table: &RawTable, withheld: &[Option<Withheld>]) -> Vec<ColumnGuess<PeopleField>> {
    let one = |(column, head): (usize, &String)| {
        if withheld.get(column).is_some_and(Option::is_some) {
            return ColumnGuess { column, field: None, why: Clue::None };
        }
        let (field, why) = match (field_of_head(FIELDS, head), field_of_cells(&table.rows, column, looks_like)) {
            (Some((field, Clue::Head)), _) => (Some(field), Clue::Head),
            // "Contact" over telephones.
            (Some((PeopleField::ContactName, _)), Some(PeopleField::Phone)) => {
                (Some(PeopleField::ContactPhone), Clue::Cells)
            }
            (Some((field, why)), _) => (Some(field), why),
            (None, Some(field)) => (Some(field), Clue::Cells),
            (None, None) => (None, Clue::None),
        };
        ColumnGuess { column, field, why }
    };
    let mut guesses: Vec<_> = table.header.iter().enumerate().map(one).collect();
    // A column of birth names alone is the column of names.
    let has_name = |guesses: &[ColumnGuess<PeopleField>]| {
        let names = [PeopleField::Text(PersonField::FamilyName), PeopleField::FullName];
        guesses.iter().any(|guess| guess.field.is_some_and(|field| names.contains(&field)))
    };
    if !has_name(&guesses) {
        let alone = [PeopleField::BirthName, PeopleField::Text(PersonField::UsualName)];
        if let Some(guess) = alone.iter().find_map(|field| guesses.iter().position(|guess| guess.field == Some(*field)))
        {
            guesses[guess].field = Some(PeopleField::Text(PersonField::FamilyName));
        }
    }
    columns::keep_one_each(&mut guesses, PeopleField::may_repeat, PeopleField::Text(PersonField::Notes));
    guesses
}

/// Whether the given name comes first in a column of full names.
pub(super) fn given_name_first(head: &str) -> bool {
    let head = fold(head);
    head.find("prenom").zip(head.replace("prenom", "      ").find("nom")).is_some_and(|(given, family)| given < family)
}

/// Whether a head is a word for notes, and adds nothing to them.
pub(super) fn is_of_notes(head: &str) -> bool {
    field_of_head(FIELDS, head).is_some_and(|(field, _)| field == PeopleField::Text(PersonField::Notes))
}

fn looks_like(cell: &str) -> Option<PeopleField> {
    if cell.is_empty() || cell.len() > 200 {
        return None;
    }
    let figures = cell.chars().filter(char::is_ascii_digit).count();
    let is_day = |separator: char| {
        let parts: Vec<&str> = cell.split(separator).map(str::trim).collect();
        parts.len() == 3 && parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    if is_email(cell) {
        Some(PeopleField::Text(PersonField::Email))
    } else if figures <= 8 && ['/', '-', '.'].into_iter().any(is_day) {
        Some(PeopleField::Birth)
    } else if is_postcode(cell) {
        Some(PeopleField::Text(PersonField::Postcode))
    } else if split_postcode(cell).is_some() {
        Some(PeopleField::PostcodeAndCommune)
    } else if figures >= 9 && Phone::parse_several(cell).iter().all(|phone| phone.number().is_some()) {
        Some(PeopleField::Phone)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop where a table should have been read")]

    use super::super::withheld::withhold;
    use super::*;
    use crate::exchange::csv;

    fn guessed(text: &str) -> Vec<&'static str> {
        let mut table = settle_heads(csv::read(text.as_bytes()).unwrap());
        let (withheld, _) = withhold(&mut table);
        guess(&table, &withheld).iter().map(|guess| guess.field.map_or("-", PeopleField::code)).collect()
    }

    #[test]
    fn heads_are_known_by_many_names_and_health_is_none_of_them() {
        for (heads, expected) in [
            (
                "Civ;NOM;Prénom;Né(e) le;Tél.;Portable",
                vec!["civility", "family_name", "given_name", "birth", "phone", "phone"],
            ),
            ("Nom et prénom;DDN;CP - Ville;Observations", vec!["full_name", "birth", "postcode_and_commune", "notes"]),
            ("Nom de naissance;Nom d'usage;Prénom", vec!["family_name", "usual_name", "given_name"]),
            ("Nom;Nom de jeune fille;Prénom usuel", vec!["family_name", "birth_name", "given_name"]),
            ("Nom;Pathologie;Date de décès;Ancienne commune", vec!["family_name", "-", "death", "former_commune"]),
            (
                "Nom;Personne à prévenir;Lien;Tél. personne à prévenir;Situation",
                vec!["family_name", "contact_name", "contact_relation", "contact_phone", "state"],
            ),
            ("Nom;Observations;Remarques;Portage de repas", vec!["family_name", "notes", "notes", "-"]),
        ] {
            assert_eq!(guessed(&format!("{heads}\nx;;;;\n")), expected, "{heads}");
        }
    }

    #[test]
    fn cells_speak_where_heads_do_not() {
        let table = "qui;a;b;c;d\nOdette;09/04/1938;04 65 71 00 01;13999;a@exemple.fr\nLuc;1/2/40;0465710002;13998;b@exemple.fr\n";
        assert_eq!(guessed(table), ["-", "birth", "phone", "postcode", "email"]);
        assert_eq!(guessed("Odette;09/04/1938\nLuc;01/02/1940\n"), ["-", "birth"]);
    }

    #[test]
    fn every_field_has_a_code_and_a_head_of_its_own() {
        for field in PeopleField::all() {
            assert_eq!(PeopleField::from_code(field.code()), Some(field));
            let head = FIELDS.iter().find(|words| words.field == field).unwrap().head;
            assert_eq!(field_of_head(FIELDS, head), Some((field, Clue::Head)), "{field:?}");
        }
        let texts = PeopleField::all().filter(|field| matches!(field, PeopleField::Text(_))).count();
        // No file says the point of an address: it comes from those of the commune.
        assert_eq!(texts, PersonField::ALL.len() - 1);
        assert!(
            given_name_first("Prénom et nom") && !given_name_first("Nom et prénom") && !given_name_first("Identité")
        );
    }
}
