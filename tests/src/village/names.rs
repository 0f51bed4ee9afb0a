//! Names nobody bears.
//!
//! A given name is common and says an age; a family name is invented, a [`STEMS`] and an [`ENDINGS`] that sound of the
//! South without being of it. **Every stem with every ending** was looked up, accents and case folded, among the 983,826
//! family names and 727,556 given names of the PyPI package `names-dataset` 3.3.1: none of the 1,344 is there. Whoever
//! adds a stem or an ending runs `tests/tools/check_names.py` again. A full name needs its family name to exist, so
//! none of these full names is anybody's.

use super::chance::Chance;

/// How a family name begins. All end with a vowel, so that every ending follows.
pub const STEMS: &[&str] = &[
    "Barlou", "Brenta", "Calvou", "Cambe", "Chalve", "Combre", "Corgue", "Courva", "Damba", "Drevou", "Esca", "Estou",
    "Farge", "Ferlou", "Fonta", "Gachu", "Galve", "Garri", "Gourde", "Grima", "Jouve", "Lambre", "Larzo", "Lauve",
    "Maille", "Malve", "Marvou", "Maza", "Merlou", "Mourga", "Nougue", "Palva", "Pestre", "Peyra", "Plantou",
    "Pourche", "Quintre", "Ravou", "Salvou", "Sauve", "Serva", "Sourbe", "Tarvou", "Tesque", "Tourve", "Valsou",
    "Vaucou", "Verdou",
];

/// How a family name ends.
pub const ENDINGS: &[&str] = &[
    "bérac",
    "gnade",
    "guènes",
    "jolles",
    "ldières",
    "llonde",
    "lmenque",
    "ltagne",
    "lzonde",
    "mbelle",
    "ndrol",
    "ngade",
    "nouzes",
    "nquières",
    "nsières",
    "ntarel",
    "rdille",
    "rquès",
    "rsinas",
    "rvenc",
    "squerol",
    "ssagne",
    "ssande",
    "ssérac",
    "stagnol",
    "ttières",
    "vessac",
    "zolles",
];

/// Given names of women, by the decade in which many were given: up to 1945, 1970, 1990, and since.
const WOMEN: [&[&str]; 4] = [
    &[
        "Odette",
        "Germaine",
        "Yvonne",
        "Simone",
        "Marie-Louise",
        "Renée",
        "Paulette",
        "Huguette",
        "Jeannine",
        "Lucienne",
        "Marcelle",
        "Andrée",
        "Ginette",
        "Thérèse",
        "Mireille",
        "Josette",
        "Raymonde",
        "Magali",
        "Marie-Thérèse",
        "Arlette",
    ],
    &[
        "Françoise",
        "Monique",
        "Chantal",
        "Martine",
        "Brigitte",
        "Évelyne",
        "Danielle",
        "Joëlle",
        "Sylvie",
        "Marie-Hélène",
        "Véronique",
        "Corinne",
        "Nadine",
        "Geneviève",
        "Fatima",
        "Maria",
        "Élisabeth",
        "Pascale",
    ],
    &[
        "Sandrine",
        "Céline",
        "Aurélie",
        "Émilie",
        "Karine",
        "Laëtitia",
        "Nathalie",
        "Virginie",
        "Samia",
        "Élodie",
        "Anne-Sophie",
        "Delphine",
        "Hélène",
        "Cécile",
        "Khadija",
        "Inês",
    ],
    &[
        "Léa",
        "Manon",
        "Chloé",
        "Inès",
        "Zoé",
        "Maëlys",
        "Anaïs",
        "Lina",
        "Océane",
        "Éloïse",
        "Noémie",
        "Jade",
        "Yasmine",
        "Clémence",
    ],
];

/// Given names of men, likewise.
const MEN: [&[&str]; 4] = [
    &[
        "Lucien",
        "Marcel",
        "René",
        "Roger",
        "Fernand",
        "Émile",
        "Gaston",
        "Raymond",
        "Maurice",
        "André",
        "Marius",
        "Henri",
        "Louis",
        "Jean-Baptiste",
        "Edmond",
        "Élie",
        "Gilbert",
        "Honoré",
    ],
    &[
        "Michel",
        "Alain",
        "Bernard",
        "Gérard",
        "Daniel",
        "Jean-Pierre",
        "Jean-Claude",
        "Christian",
        "Serge",
        "François",
        "Patrick",
        "Ahmed",
        "José",
        "Didier",
        "Yves",
        "Joël",
    ],
    &[
        "Sébastien",
        "Stéphane",
        "Jérôme",
        "Frédéric",
        "Nicolas",
        "Karim",
        "Ludovic",
        "Cédric",
        "Grégory",
        "Mickaël",
        "Rachid",
        "Laurent",
        "Benoît",
        "Raphaël",
    ],
    &[
        "Théo", "Enzo", "Mathéo", "Lucas", "Noé", "Maël", "Bilal", "Hugo", "Gaël", "Timéo", "Loïc", "Kévin", "Adrien",
        "Yanis",
    ],
];

/// A family name.
pub fn family_name(chance: &mut Chance) -> String {
    let simple = |chance: &mut Chance| format!("{}{}", chance.pick(STEMS), chance.pick(ENDINGS));
    match chance.below(40) {
        // Some are written in two words, or with a particle: searching and sorting must cope.
        0 => format!("{}-{}", simple(chance), simple(chance)),
        1 => format!("de {}", simple(chance)),
        2 => format!("Saint-{}", simple(chance)),
        _ => simple(chance),
    }
}

/// A given name that someone born that year may have.
pub fn given_name(chance: &mut Chance, woman: bool, birth_year: i32) -> &'static str {
    let generation = match birth_year {
        ..=1945 => 0,
        1946..=1970 => 1,
        1971..=1990 => 2,
        1991.. => 3,
    };
    let given = if woman { WOMEN[generation] } else { MEN[generation] };
    given[chance.below(given.len())]
}
