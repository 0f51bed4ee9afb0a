//! What is said of an import: its preview, and what became of every line.

use maillon_shared::api::responses::{ImportPreview, ImportReport};
use maillon_shared::text::language::Language;

use super::sentences::pick;

pub(super) fn preview(preview: &ImportPreview, language: Language) -> String {
    let columns = preview.columns.iter().map(|column| {
        let said = match (&column.withheld, &column.field) {
            (Some(why), _) => never_read(why, language),
            (None, Some(field)) => field.clone(),
            (None, None) => pick(language, "(laissée de côté)", "(left out)"),
        };
        format!("{}\t{said}", column.head.replace(['\t', '\n', '\r'], " "))
    });
    let lead = pick(
        language,
        format!("Lignes : {}. Colonnes, et ce qu'elles semblent être :", preview.lines),
        format!("Lines: {}. Columns, and what they seem to be:", preview.lines),
    );
    [lead].into_iter().chain(columns).collect::<Vec<_>>().join("\n")
}

pub(super) fn report(report: &ImportReport, language: Language) -> String {
    let ImportReport { created, completed, unchanged, .. } = report;
    let mut lines = vec![pick(
        language,
        format!("Fiches créées : {created}, complétées : {completed}, inchangées : {unchanged}."),
        format!("Entries created: {created}, completed: {completed}, unchanged: {unchanged}."),
    )];
    if !report.new_roles.is_empty() {
        let roles = report.new_roles.join(", ");
        lines.push(pick(language, format!("Types inconnus : {roles}"), format!("Unknown types: {roles}")));
    }
    for column in &report.withheld {
        let (head, why) = (&column.head, never_read(column.withheld.as_deref().unwrap_or_default(), language));
        lines.push(pick(language, format!("Colonne {head} : {why}"), format!("Column {head}: {why}")));
    }
    for look in &report.to_look {
        let (line, why, name) = (look.line, line_to_look(&look.why, language), &look.name);
        lines.push(pick(
            language,
            format!("Ligne {line}, à regarder, rien n'en est écrit : {why} ({name})"),
            format!("Line {line}, to look at, nothing of it is written: {why} ({name})"),
        ));
    }
    for refused in &report.refused {
        let (line, why) = (refused.line, line_refused(&refused.why, language));
        lines.push(pick(language, format!("Ligne {line} refusée : {why}"), format!("Line {line} refused: {why}")));
    }
    for remark in &report.remarks {
        let (line, why, text) = (remark.line, line_remark(&remark.why, language), &remark.text);
        lines.push(pick(
            language,
            format!("Ligne {line}, à vérifier : {why} ({text})"),
            format!("Line {line}, to verify: {why} ({text})"),
        ));
    }
    if let Some(act) = report.act {
        lines.push(pick(language, format!("Geste : {act}"), format!("Act: {act}")));
    }
    lines.join("\n")
}

/// Why a line was refused; a code that has no words here is said as it is.
fn line_refused(why: &str, language: Language) -> String {
    match why {
        "no_name" => pick(language, "elle n'a pas de nom", "it has no name"),
        "too_many_cells" => {
            pick(language, "elle a plus de cases que de colonnes", "it has more cells than there are columns")
        }
        "too_few_cells" => {
            pick(language, "elle a moins de cases que de colonnes", "it has fewer cells than there are columns")
        }
        "not_in_a_card" => pick(language, "elle n'est dans aucune fiche", "it is in no card"),
        "register_deceased" => {
            pick(language, "elle dit un décès : personne n'est inscrit", "it says that they died: nobody is entered")
        }
        "register_moved" => {
            pick(language, "elle dit un départ : personne n'est inscrit", "it says that they left: nobody is entered")
        }
        "register_refuses" => {
            pick(language, "elle dit un refus : personne n'est inscrit", "it says that they refuse: nobody is entered")
        }
        "register_ended" => pick(
            language,
            "déjà radiée ou opposée : elle n'est pas remise au registre",
            "struck off or opposed already: they are not put back in the register",
        ),
        code => code.to_owned(),
    }
}

/// What is odd in a line that was taken in; a code that has no words here is said as it is.
fn line_remark(why: &str, language: Language) -> String {
    let (fr, en) = match why {
        "unreadable_phone" => ("ce n'est pas un numéro de téléphone", "this is no telephone number"),
        "odd_email" => ("ce n'est pas une adresse de courriel", "this is no mail address"),
        "odd_postcode" => ("ce n'est pas un code postal", "this is no postcode"),
        "odd_number" => ("ce numéro n'a pas le bon nombre de chiffres", "this number has not the figures it should"),
        "unreadable_date" => ("ce n'est pas une date", "this is no date"),
        "new_role" => ("ce type n'est dans aucune liste", "no list has this type"),
        "left_out" => ("laissé de côté", "left out"),
        "kept_other" => ("la fiche dit autre chose, et le garde", "the sheet says otherwise, and keeps it"),
        "unreadable_birth" => {
            ("cette naissance n'est pas lisible, gardée dans les notes", "this birth cannot be read, kept in the notes")
        }
        "impossible_birth" => ("ce jour n'existe pas, gardé dans les notes", "no such day, kept in the notes"),
        "future_birth" => (
            "cette naissance est dans le futur, gardée dans les notes",
            "this birth is in the future, kept in the notes",
        ),
        "old_birth" => (
            "cette naissance est trop ancienne, gardée dans les notes",
            "this birth is too long ago, kept in the notes",
        ),
        "century_of_birth" => {
            ("deux siècles sont possibles, gardé dans les notes", "two centuries are possible, kept in the notes")
        }
        "birth_not_sure" => ("cette naissance est peu sûre", "this birth is not sure"),
        "former_commune" => (
            "commune réunie à une autre, les deux sont écrites",
            "commune that became part of another, both are written",
        ),
        "deceased" => ("décès, la fiche est sans relance", "death, the sheet gives no reminder"),
        "birth_left_out" => {
            ("naissance illisible ou impossible, laissée de côté", "birth that cannot be read or cannot be, left out")
        }
        "birth_about" => ("naissance peu sûre", "birth that is not sure"),
        "unknown_ground" => ("titre d'inscription inconnu, laissé de côté", "unknown ground, left out"),
        "day_left_out" => {
            ("date illisible ou à venir, laissée de côté", "day that cannot be read or is to come, left out")
        }
        "names_an_illness" => ("une note nomme une maladie, à relire", "a note names an illness, read it again"),
        code => (code, code),
    };
    pick(language, fr, en)
}

/// Why someone must look at a line; a code that has no words here is said as it is.
fn line_to_look(why: &str, language: Language) -> String {
    let (fr, en) = match why {
        "name_alone" => ("seul le nom est le même", "the name is all they share"),
        "name_near" => ("les noms se ressemblent", "the names are nearly the same"),
        "name_part" => ("une partie du nom est la même", "part of the name is the same"),
        "birth_near" => ("les naissances se ressemblent", "the births are nearly the same"),
        "birth_differs" => ("même téléphone, autre naissance", "same telephone, another birth"),
        "courtesy_differs" => ("l'une est dite Madame, l'autre Monsieur", "one is said to be Mrs, the other Mr"),
        "several_people" => ("deux personnes sur une ligne", "two people on one line"),
        "perhaps_deceased" => ("elle dit peut-être un décès", "it may say a death"),
        "deceased_there" => ("elle dit un décès que la fiche ne dit pas", "it says a death that the sheet does not"),
        "several_alike" => ("plusieurs fiches conviennent", "several sheets would do"),
        code => (code, code),
    };
    pick(language, fr, en)
}

/// Why a column is never read.
fn never_read(why: &str, language: Language) -> String {
    match why {
        "health" => pick(language, "jamais lue : santé", "never read: health"),
        "national_number" => {
            pick(language, "jamais lue : numéro de sécurité sociale", "never read: social security number")
        }
        code => code.to_owned(),
    }
}
