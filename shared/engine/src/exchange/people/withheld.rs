//! Columns that are never read: health, and the number of the social security.
//!
//! A mairie's list often has a column *Pathologie* or *ALD*. This notebook has no place for it and must not keep it by
//! accident: such a column is named, with the reason, and its cells are emptied before anything else looks at the table,
//! so that no field, note, report or preview can hold what they said. Nobody can ask for it back.

use std::collections::HashSet;

use maillon_shared::text::fold::{fold, words};

use crate::exchange::refused::{Refusal, Refused};
use crate::exchange::table::RawTable;

/// Why a column is never read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Withheld {
    /// It is about health.
    Health,
    /// It is a number that the law keeps for others.
    NationalNumber,
}

impl Withheld {
    /// The code that screens have a sentence for.
    pub const fn code(self) -> &'static str {
        match self {
            Withheld::Health => "health",
            Withheld::NationalNumber => "national_number",
        }
    }
}

/// How a word of a head begins that makes the column one of health.
const HEALTH_STEMS: &[&str] = &[
    "patholog",
    "malad",
    "traitement",
    "diagnos",
    "medicament",
    "medical",
    "handicap",
    "invalid",
    "incapac",
    "allerg",
    "vaccin",
    "hospital",
    "psychi",
    "psycholog",
    "antecedent",
    "symptom",
    "ordonnance",
    "posolog",
    "chirurg",
    "dialys",
    "oxygen",
    "diabet",
    "addict",
    "alcool",
    "depend",
    "infirmite",
    "deficien",
    "clinique",
    "sanguin",
    "illness",
    "disease",
    "disab",
    "treatment",
    "medication",
    "prescription",
];
/// Whole words that do.
const HEALTH_WORDS: &[&str] = &[
    "sante",
    "soin",
    "soins",
    "ald",
    "gir",
    "aggir",
    "apa",
    "pch",
    "aah",
    "mdph",
    "rqth",
    "ipp",
    "taux",
    "trouble",
    "troubles",
    "affection",
    "affections",
    "health",
    "avc",
    "cancer",
    "regime",
    "grossesse",
    "poids",
    "imc",
];
/// Whole words that make the column one of the social security's number.
const NATIONAL_WORDS: &[&str] = &["nir", "secu", "immatriculation"];

/// How words begin that name an illness, whatever the head says.
const ILLNESSES: &[&str] = &[
    "alzheimer",
    "parkinson",
    "diabet",
    "cancer",
    "tumeur",
    "leucemi",
    "epilep",
    "schizophr",
    "bipolair",
    "depressi",
    "demenc",
    "dialys",
    "arthros",
    "asthm",
    "bpco",
    "cardiaque",
    "cardiopath",
    "chimio",
    "insulin",
    "hypertension",
    "sclerose",
    "cirrhose",
    "hepatit",
    "psychos",
    "anorex",
    "alcooli",
    "toxicoman",
    "insuffisance",
    "avc",
    "hta",
    "vih",
];

/// Whether a text names an illness.
pub(super) fn names_an_illness(text: &str) -> bool {
    let folded = fold(text);
    words(&folded).any(|word| {
        // Three letters are a word, not the beginning of one.
        ILLNESSES.iter().any(|illness| if illness.len() <= 3 { word == *illness } else { word.starts_with(illness) })
    })
}

/// Whether a column is never read, by its head.
pub(super) fn withheld_by_head(head: &str) -> Option<Withheld> {
    let folded = fold(head);
    let is = |word: &str| HEALTH_WORDS.contains(&word) || HEALTH_STEMS.iter().any(|stem| word.starts_with(stem));
    if folded.contains("securite sociale") || words(&folded).any(|word| NATIONAL_WORDS.contains(&word)) {
        return Some(Withheld::NationalNumber);
    }
    // "A.L.D." is a word too.
    let whole = folded.replace(' ', "");
    (is(&whole) || words(&folded).any(is)).then_some(Withheld::Health)
}

/// The same, by what its cells say: a head like "Divers" hides nothing.
fn withheld_by_cells(table: &RawTable, column: usize) -> Option<Withheld> {
    let (mut filled, mut illnesses, mut numbers) = (0, 0, 0);
    for row in &table.rows {
        let cell = row.cell(column);
        filled += usize::from(!cell.is_empty());
        illnesses += usize::from(names_an_illness(cell));
        numbers += usize::from(is_national_number(cell));
    }
    if numbers >= 2 && numbers * 2 >= filled {
        return Some(Withheld::NationalNumber);
    }
    (illnesses >= 3 && illnesses * 3 >= filled).then_some(Withheld::Health)
}

/// Whether a cell is thirteen or fifteen figures that begin as the social security's numbers do.
fn is_national_number(cell: &str) -> bool {
    let compact: String = cell.chars().filter(|c| !c.is_whitespace() && *c != '.').collect();
    let figures = compact.bytes().filter(u8::is_ascii_digit).count();
    // Corsica has a letter in it.
    let shaped = compact.len() - figures <= 1 && compact.bytes().all(|byte| byte.is_ascii_alphanumeric());
    shaped && matches!(compact.len(), 13 | 15) && compact.starts_with(['1', '2'])
}

/// Empties every column that is never read. Lines whose cells have slipped, so that what such a column says may stand in
/// another, are taken out of the table and refused, with only what stands before the first of these columns.
pub(super) fn withhold(table: &mut RawTable) -> (Vec<Option<Withheld>>, Vec<Refused>) {
    let width = table.header.len();
    let by_column =
        |column: usize| withheld_by_head(&table.header[column]).or_else(|| withheld_by_cells(table, column));
    let withheld: Vec<Option<Withheld>> = (0..width).map(by_column).collect();
    let Some(first) = withheld.iter().position(Option::is_some) else { return (withheld, Vec::new()) };
    let said = said_in(table, &withheld);
    let lengths = Lengths::of(table);
    let mut slipped = Vec::new();
    table.rows.retain_mut(|row| {
        let is_told_elsewhere = || {
            row.cells.iter().enumerate().any(|(column, cell)| {
                let is_read = withheld.get(column).is_none_or(Option::is_none);
                is_read && (said.contains(&fold(cell)) || names_an_illness(cell))
            })
        };
        // Where so many cells are missing, what the first of these columns says stands so many places nearer.
        let missing = width.saturating_sub(row.cells.len());
        let may_hold_it = || (first.saturating_sub(missing)..first).any(|column| !row.cell(column).is_empty());
        let why = match row.cells.len() {
            cells if cells > lengths.longest_usual => Some(Refusal::TooManyCells),
            cells if cells > width && (width..cells).any(|column| !row.cell(column).is_empty()) => {
                Some(Refusal::TooManyCells)
            }
            cells if cells > width && is_told_elsewhere() => Some(Refusal::TooManyCells),
            cells if cells < width && is_told_elsewhere() => Some(Refusal::TooFewCells),
            cells if cells < width && lengths.short_is_rare && may_hold_it() => Some(Refusal::TooFewCells),
            _ => None,
        };
        if let Some(why) = why {
            // Where cells are missing, what these columns say may stand anywhere before them.
            let safe = if why == Refusal::TooFewCells { 0 } else { first };
            let text = row.cells.iter().take(safe).map(|cell| cell.trim()).collect::<Vec<_>>().join(" | ");
            slipped.push(Refused { line: row.line, why, text: text.chars().take(200).collect() });
            return false;
        }
        for (column, cell) in row.cells.iter_mut().enumerate() {
            if withheld.get(column).is_some_and(Option::is_some) {
                cell.clear();
            }
        }
        true
    });
    // What stands over the heads is of no use, and may say anything.
    table.preamble.clear();
    (withheld, slipped)
}

/// How long lines are in a table.
struct Lengths {
    /// Longer than the heads only where most lines are: they all end with a separator.
    longest_usual: usize,
    /// Some programs leave out the empty cells at the end of lines, and of many; elsewhere a cell is missing.
    short_is_rare: bool,
}

impl Lengths {
    fn of(table: &RawTable) -> Self {
        let (rows, width) = (table.rows.len(), table.header.len());
        let longer = table.rows.iter().filter(|row| row.cells.len() == width + 1).count();
        let shorter = table.rows.iter().filter(|row| row.cells.len() < width).count();
        Lengths { longest_usual: width + usize::from(longer * 2 > rows), short_is_rare: shorter * 10 < rows }
    }
}

/// What the columns that are never read say, folded; words that any column may say are left out.
fn said_in(table: &RawTable, withheld: &[Option<Withheld>]) -> HashSet<String> {
    let columns: Vec<usize> = (0..withheld.len()).filter(|column| withheld[*column].is_some()).collect();
    let cells = table.rows.iter().flat_map(|row| columns.iter().map(|column| fold(row.cell(*column))));
    cells.filter(|said| said.len() >= 4 && !matches!(said.as_str(), "neant" | "aucun" | "aucune" | "rien")).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop where a table should have been read")]

    use super::*;
    use crate::exchange::csv;

    #[test]
    fn a_column_of_health_is_known_by_many_heads_and_the_others_are_left_alone() {
        for head in [
            "Pathologie",
            "PATHOLOGIES",
            "Maladie(s)",
            "Traitement",
            "Traitement en cours",
            "ALD",
            "A.L.D.",
            "Diagnostic",
            "Médicaments",
            "Taux de handicap",
            "Handicap",
            "Handicap (taux)",
            "Taux",
            "GIR",
            "État de santé",
            "Problèmes de santé",
            "Allergies",
            "Suivi médical",
            "Hospitalisations",
            "Perte d'autonomie / dépendance",
            "Invalidité",
            "Disease",
            "Groupe sanguin",
            "ATCD / antécédents",
        ] {
            assert_eq!(withheld_by_head(head), Some(Withheld::Health), "{head}");
        }
        for head in ["NIR", "N° sécu", "N° de sécurité sociale", "Numéro sécurité sociale"] {
            assert_eq!(withheld_by_head(head), Some(Withheld::NationalNumber), "{head}");
        }
        for head in [
            "Nom",
            "Prénom",
            "Date de naissance",
            "Tél. domicile",
            "Adresse",
            "Ancienne commune",
            "Observations",
            "Personne à prévenir",
            "Médecin traitant",
            "Portage de repas",
            "Téléalarme",
            "Décédé le",
            "Situation",
            "Saldo",
            "Girafe",
        ] {
            assert_eq!(withheld_by_head(head), None, "{head}");
        }
    }

    #[test]
    fn a_head_that_says_nothing_does_not_hide_what_the_cells_say() {
        let mut table = csv::read(
            "nom;divers;numéro\nA;diabète;1 38 04 13 210 001\nB;Alzheimer débutant;2380413210002\nC;AVC en 2019;\n\
             D;aime les fleurs;\n"
                .as_bytes(),
        )
        .unwrap();
        let (withheld, slipped) = withhold(&mut table);
        assert_eq!(withheld, [None, Some(Withheld::Health), Some(Withheld::NationalNumber)]);
        assert_eq!(slipped, []);
        assert!(table.rows.iter().all(|row| row.cell(1).is_empty() && row.cell(2).is_empty()));
    }

    #[test]
    fn what_slipped_out_of_its_column_is_not_repeated() {
        let file = "nom;rue;pathologie;tél\nA;1;neuropathie;04\nB;2;bis;neuropathie;04\nC;neuropathie;04\nD;3\nE\n";
        let mut table = csv::read(file.as_bytes()).unwrap();
        let (_, slipped) = withhold(&mut table);
        let slipped: Vec<(usize, Refusal, &str)> =
            slipped.iter().map(|refused| (refused.line, refused.why, refused.text.as_str())).collect();
        assert_eq!(slipped, [(3, Refusal::TooManyCells, "B | 2"), (4, Refusal::TooFewCells, "")]);
        assert_eq!(table.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 5, 6]);
        assert!(!format!("{table:?}").contains("neuropathie"));

        // Nobody else has that one: the missing or added cell alone tells, even where it leaves an empty one at the end.
        let usual = "A;1;neuropathie;04;\n".repeat(30);
        let file = format!("nom;rue;pathologie;tél;notes\n{usual}B;2;bis;algie rare;04;\nC;algie rare;04;\nD;;;04\n");
        let mut table = csv::read(file.as_bytes()).unwrap();
        let (_, slipped) = withhold(&mut table);
        let slipped: Vec<(usize, Refusal)> = slipped.iter().map(|refused| (refused.line, refused.why)).collect();
        assert_eq!(slipped, [(32, Refusal::TooManyCells), (33, Refusal::TooFewCells)]);
        assert!(!format!("{table:?}").contains("algie"));
    }
}
