//! What the columns of a directory are called, and what they seem to be.
//!
//! A guess is only a guess: it comes with its reason, and someone confirms it. Heads speak first, in French or English,
//! then what the cells look like.

use maillon_shared::domain::directory::EntryField;
use maillon_shared::domain::lists::{ListId, Lists};
use maillon_shared::text::fold::fold;
use maillon_shared::text::language::Language;
use maillon_shared::text::phone::Phone;

use crate::exchange::cells::{is_email, is_postcode, is_url, split_postcode};
use crate::exchange::columns::{self, Clue, ColumnGuess, Words, field_of_cells, field_of_head, sample};
use crate::exchange::table::RawTable;

/// What a column of a directory may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DirectoryField {
    /// Professional, structure or relay.
    Kind,
    /// One text field of an entry.
    Text(EntryField),
    /// Given and family name in one cell.
    FullName,
    /// Telephones; several columns may be.
    Phone,
    /// Postcode and commune in one cell.
    PostcodeAndCommune,
    /// When someone last made sure of it.
    CheckedOn,
}

impl DirectoryField {
    /// Every field, in the order of the columns that are written.
    pub fn all() -> impl Iterator<Item = DirectoryField> {
        FIELDS.iter().map(|words| words.field)
    }

    /// The code that screens have words for.
    pub const fn code(self) -> &'static str {
        match self {
            DirectoryField::Kind => "kind",
            DirectoryField::Text(field) => field.code(),
            DirectoryField::FullName => "full_name",
            DirectoryField::Phone => "phone",
            DirectoryField::PostcodeAndCommune => "postcode_and_commune",
            DirectoryField::CheckedOn => "checked_on",
        }
    }

    /// The field that a code names.
    pub fn from_code(code: &str) -> Option<Self> {
        DirectoryField::all().find(|field| field.code() == code)
    }

    /// The head of its column in the files written: a fixed French word.
    pub fn head(self) -> &'static str {
        FIELDS.iter().find(|words| words.field == self).map_or("", |words| words.head)
    }

    /// Whether several columns of a file may hold it.
    pub fn may_repeat(self) -> bool {
        use EntryField::{AddressLine, Missions, Notes};
        matches!(self, DirectoryField::Phone | DirectoryField::Text(Notes | AddressLine | Missions))
    }
}

const fn words(field: DirectoryField, head: &'static str, others: &'static [&'static str]) -> Words<DirectoryField> {
    Words { field, head, others }
}

const fn text(field: EntryField, head: &'static str, others: &'static [&'static str]) -> Words<DirectoryField> {
    Words { field: DirectoryField::Text(field), head, others }
}

const FIELDS: &[Words<DirectoryField>] = &[
    words(DirectoryField::Kind, "fiche", &["genre de fiche", "nature", "kind"]),
    text(
        EntryField::Name,
        "nom",
        &[
            "nom de famille",
            "nom d'usage",
            "nom d'exercice",
            "raison sociale",
            "dénomination",
            "nom de la structure",
            "structure",
            "établissement",
            "organisme",
            "intitulé",
            "libellé",
            "name",
            "last name",
            "family name",
            "surname",
            "organisation",
            "organization",
            "company",
        ],
    ),
    text(EntryField::GivenName, "prénom", &["prénoms", "first name", "given name", "forename"]),
    words(
        DirectoryField::FullName,
        "nom complet",
        &[
            "nom et prénom",
            "nom prénom",
            "prénom nom",
            "prénom et nom",
            "full name",
            "display name",
            "contact",
            "référent",
        ],
    ),
    text(
        EntryField::Role,
        "type",
        &[
            "type ou profession",
            "profession",
            "métier",
            "fonction",
            "spécialité",
            "type de structure",
            "catégorie",
            "qualité",
            "role",
            "job title",
            "occupation",
            "category",
        ],
    ),
    text(
        EntryField::Workplace,
        "lieu d'exercice",
        &["lieu de travail", "structure de rattachement", "employeur", "rattachement", "workplace", "employer"],
    ),
    text(EntryField::Carrier, "porteur", &["structure porteuse", "gestionnaire", "carrier", "managed by"]),
    text(
        EntryField::OtherNames,
        "autre nom",
        &["autres noms", "sigle", "alias", "nom commercial", "other name", "other names"],
    ),
    words(
        DirectoryField::Phone,
        "téléphone",
        &[
            "tél",
            "tel",
            "téléphone fixe",
            "fixe",
            "portable",
            "mobile",
            "gsm",
            "numéro",
            "standard",
            "phone",
            "telephone",
            "cell",
        ],
    ),
    text(
        EntryField::Email,
        "courriel",
        &[
            "mail",
            "e-mail",
            "email",
            "mél",
            "adresse mail",
            "adresse e-mail",
            "adresse électronique",
            "adresse email",
            "messagerie",
        ],
    ),
    text(EntryField::Website, "site", &["site internet", "site web", "web", "url", "website"]),
    text(
        EntryField::AddressLine,
        "adresse",
        &["rue", "voie", "adresse postale", "adresse 1", "adresse 2", "complément d'adresse", "address", "street"],
    ),
    text(EntryField::Hamlet, "hameau", &["lieu-dit", "quartier", "écart", "hamlet"]),
    text(EntryField::FormerCommune, "ancienne commune", &["commune déléguée", "commune associée", "former commune"]),
    text(EntryField::Postcode, "code postal", &["cp", "postcode", "postal code", "zip", "zip code"]),
    text(EntryField::Commune, "commune", &["ville", "localité", "city", "town", "municipality"]),
    words(
        DirectoryField::PostcodeAndCommune,
        "code postal et commune",
        &["cp ville", "code postal ville", "cp commune", "code postal commune", "cp et ville", "ville cp"],
    ),
    text(EntryField::CommuneCode, "code INSEE", &["insee", "code commune", "cog"]),
    text(
        EntryField::Territory,
        "territoire",
        &["secteur", "zone", "communes desservies", "secteur d'intervention", "area", "territory"],
    ),
    text(
        EntryField::Hours,
        "horaires",
        &["heures d'ouverture", "ouverture", "jours et horaires", "hours", "opening hours"],
    ),
    text(
        EntryField::Missions,
        "missions",
        &["mission", "activité", "activités", "services", "public", "offre", "missions and services"],
    ),
    text(EntryField::Absence, "absence", &["absences", "congés", "remplaçant", "remplacement"]),
    text(EntryField::TouchMonths, "nouvelles tous les (mois)", &["rythme de contact"]),
    text(EntryField::Rpps, "RPPS", &["numéro rpps", "n° rpps", "adeli"]),
    text(EntryField::Finess, "FINESS", &["numéro finess", "n° finess"]),
    text(EntryField::Siret, "SIRET", &["numéro siret", "n° siret"]),
    text(
        EntryField::Notes,
        "notes",
        &[
            "note",
            "commentaire",
            "commentaires",
            "remarque",
            "remarques",
            "observations",
            "divers",
            "notes",
            "comments",
        ],
    ),
    text(EntryField::ToVerify, "à vérifier", &["vérifier", "à confirmer", "to verify", "to check"]),
    text(EntryField::CardProperties, "propriétés vCard", &["card properties"]),
    words(
        DirectoryField::CheckedOn,
        "vérifié le",
        &["mis à jour", "mise à jour", "date de mise à jour", "checked on", "updated"],
    ),
];

/// Takes the first line for one like the others where no head is known and some look like a telephone or an address.
pub fn settle_heads(table: RawTable) -> RawTable {
    columns::settle_heads(table, FIELDS, |head| looks_like(head).is_some_and(|field| field != NAME_OF_LIST))
}

/// What each column seems to be. A field is given to one column, unless it may repeat.
pub fn guess(table: &RawTable) -> Vec<ColumnGuess<DirectoryField>> {
    let width = table.header.len();
    let by_head: Vec<_> = table.header.iter().map(|head| field_of_head(FIELDS, head)).collect();
    let by_cells: Vec<_> = (0..width).map(|column| field_of_cells(&table.rows, column, looks_like)).collect();
    let mut guesses: Vec<ColumnGuess<DirectoryField>> = (0..width)
        .map(|column| match (by_head[column], by_cells[column]) {
            // "Adresse" over mail addresses.
            (Some((head, _)), Some(EMAIL)) if head != EMAIL => {
                ColumnGuess { column, field: Some(EMAIL), why: Clue::Cells }
            }
            // "Contact" over telephones.
            (Some((DirectoryField::FullName, _)), Some(cells)) => {
                ColumnGuess { column, field: Some(cells), why: Clue::Cells }
            }
            (Some((field, why)), _) => ColumnGuess { column, field: Some(field), why },
            (None, Some(field)) => ColumnGuess { column, field: Some(field), why: Clue::Cells },
            (None, None) => ColumnGuess { column, field: None, why: Clue::None },
        })
        .collect();
    read_kinds(table, &mut guesses);
    keep_one_each(&mut guesses, table);
    guesses
}

/// Where the cells of a column of types say "professionnel" or "structure", it is the kind.
fn read_kinds(table: &RawTable, guesses: &mut [ColumnGuess<DirectoryField>]) {
    for guess in guesses.iter_mut().filter(|guess| guess.field == Some(NAME_OF_LIST)) {
        let cells = sample(&table.rows, guess.column);
        if !cells.is_empty() && cells.iter().all(|cell| named(ListId::EntryKinds, cell)) {
            *guess = ColumnGuess { field: Some(DirectoryField::Kind), why: Clue::Cells, ..*guess };
        }
    }
}

/// Leaves each field to the column whose clue is best.
fn keep_one_each(guesses: &mut [ColumnGuess<DirectoryField>], table: &RawTable) {
    // "Nom" and "structure" in one table: the name, and where they work.
    let plain_name = table.header.iter().position(|head| matches!(fold(head).as_str(), "nom" | "name" | "last name"));
    if let Some(column) = plain_name {
        for guess in guesses.iter_mut().filter(|guess| guess.column != column && guess.field == Some(NAME)) {
            guess.field = Some(DirectoryField::Text(EntryField::Workplace));
        }
    }
    // Two professions, two communes: the second is kept as words.
    columns::keep_one_each(guesses, DirectoryField::may_repeat, DirectoryField::Text(EntryField::Notes));
}

const NAME: DirectoryField = DirectoryField::Text(EntryField::Name);
const EMAIL: DirectoryField = DirectoryField::Text(EntryField::Email);
/// A name of one of the lists: a type or a profession.
const NAME_OF_LIST: DirectoryField = DirectoryField::Text(EntryField::Role);

fn looks_like(cell: &str) -> Option<DirectoryField> {
    if cell.is_empty() || cell.len() > 200 {
        return None;
    }
    let figures = cell.chars().filter(char::is_ascii_digit).count();
    let only_figures = cell.chars().all(|c| c.is_ascii_digit() || c.is_whitespace());
    if is_email(cell) {
        Some(EMAIL)
    } else if is_url(cell) {
        Some(DirectoryField::Text(EntryField::Website))
    } else if only_figures && figures == 14 {
        Some(DirectoryField::Text(EntryField::Siret))
    } else if only_figures && figures == 11 && cell.starts_with('1') {
        Some(DirectoryField::Text(EntryField::Rpps))
    } else if is_postcode(cell) {
        Some(DirectoryField::Text(EntryField::Postcode))
    } else if split_postcode(cell).is_some() {
        Some(DirectoryField::PostcodeAndCommune)
    } else if figures >= 9 && Phone::parse_several(cell).iter().all(|phone| phone.number().is_some()) {
        Some(DirectoryField::Phone)
    } else if named(ListId::StructureTypes, cell) || named(ListId::Professions, cell) {
        Some(NAME_OF_LIST)
    } else {
        None
    }
}

fn named(list: ListId, cell: &str) -> bool {
    Language::ALL.into_iter().any(|language| Lists::starting(language).named(list, cell).is_some())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop where a table should have been read")]

    use super::*;
    use crate::exchange::csv;

    fn guessed(text: &str) -> Vec<&'static str> {
        let table = settle_heads(csv::read(text.as_bytes()).unwrap());
        guess(&table).iter().map(|guess| guess.field.map_or("-", DirectoryField::code)).collect()
    }

    #[test]
    fn heads_are_known_by_many_names() {
        for (heads, expected) in [
            ("Nom;Prénom;Profession;Tél.;E-mail", vec!["name", "given_name", "role", "phone", "email"]),
            ("NOM;PRENOM;MÉTIER;Tél fixe;Tél portable", vec!["name", "given_name", "role", "phone", "phone"]),
            (
                "Raison sociale;Type de structure;Adresse;CP;Ville",
                vec!["name", "role", "address_line", "postcode", "commune"],
            ),
            (
                "Nom;Structure;Adresse mail;Site internet;Horaires",
                vec!["name", "workplace", "email", "website", "hours"],
            ),
            ("Last name;First name;Job title;Phone;City", vec!["name", "given_name", "role", "phone", "commune"]),
            ("nom;type;porteur;commune;territoire;années;autre nom;à vérifier", {
                vec!["name", "role", "carrier", "commune", "territory", "-", "other_names", "to_verify"]
            }),
            ("Nom;N° RPPS;FINESS;Siret;Code INSEE", vec!["name", "rpps", "finess", "siret", "commune_code"]),
            ("Nom;Profession;Spécialité;Commentaires;Remarques", vec!["name", "role", "notes", "notes", "notes"]),
            ("Nom et prénom;Type;Code postal - Ville;Mis à jour le;Quartier", {
                vec!["full_name", "role", "postcode_and_commune", "checked_on", "hamlet"]
            }),
        ] {
            assert_eq!(guessed(&format!("{heads}\nx;;;;\n")), expected, "{heads}");
        }
    }

    #[test]
    fn cells_speak_where_heads_do_not() {
        let table = "qui;a;b;c;d;e;f\n\
                     Val;Pharmacie;04 90 00 00 01;13999;a@exemple.fr;www.exemple.fr;10001234567\n\
                     Mas;EHPAD;0490000002;13998;b@exemple.fr;https://exemple.fr/b;10001234568\n";
        assert_eq!(guessed(table), ["-", "role", "phone", "postcode", "email", "website", "rpps"]);
        assert_eq!(
            guessed("Nom;Adresse;Type\nVal;a@exemple.fr;structure\nMas;b@exemple.fr;professionnel\n"),
            ["name", "email", "kind"]
        );
        assert_eq!(guessed("Nom;Contact\nVal;04 90 00 00 01\n"), ["name", "phone"]);
    }

    #[test]
    fn a_table_without_heads_loses_no_first_line() {
        let table = csv::read("Pharmacie du Val;04 90 00 00 01\nMas;04 90 00 00 02\n".as_bytes()).unwrap();
        let table = settle_heads(table);
        assert_eq!(table.header, ["", ""]);
        assert_eq!(table.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(guess(&table)[1].field, Some(DirectoryField::Phone));
    }

    #[test]
    fn every_field_has_a_code_and_a_head_of_its_own() {
        for field in DirectoryField::all() {
            assert_eq!(DirectoryField::from_code(field.code()), Some(field));
            assert_eq!(field_of_head(FIELDS, field.head()), Some((field, Clue::Head)), "{field:?}");
        }
        let texts = DirectoryField::all().filter(|field| matches!(field, DirectoryField::Text(_))).count();
        assert_eq!(texts, EntryField::ALL.len());
    }

    #[test]
    fn cells_are_told_apart() {
        for (cell, expected) in [
            ("13210", Some("postcode")),
            ("13210 Saint-Rémy", Some("postcode_and_commune")),
            ("13210 - Saint-Rémy", Some("postcode_and_commune")),
            ("123 456 789 01234", Some("siret")),
            ("a@b", None),
            ("a b@exemple.fr", None),
            ("2 rue du Puits", None),
            ("3114", None),
        ] {
            assert_eq!(looks_like(cell).map(DirectoryField::code), expected, "{cell}");
        }
    }
}
