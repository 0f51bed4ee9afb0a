//! Where the village is: a commune that does not exist, near some that do, and telephones that reach nobody.

use maillon_shared::domain::contact::Address;
use maillon_shared::domain::position::{Point, Position, PositionSource};

use super::chance::Chance;

/// The commune's name. None in France is called so.
pub const COMMUNE: &str = "Roquebelle-les-Alpilles";

/// Its INSEE code: in the Bouches-du-Rhône, and given to none.
pub const COMMUNE_CODE: &str = "13998";

/// Its postcode, likewise.
pub const POSTCODE: &str = "13599";

/// The commune that merged into it, which its people still name.
pub const FORMER_COMMUNE: &str = "Saint-Elzard-de-Crau";

/// Its hamlets, each with whether it was of the former commune.
pub const HAMLETS: &[(&str, bool)] = &[
    ("La Combe-Neuve", false),
    ("Les Trois-Lavoirs", false),
    ("Le Grand-Vallat", false),
    ("Mas-Brûlant", false),
    ("L'Adrech-Haut", false),
    ("Les Peirons-Blancs", false),
    ("La Bergerie d'Aval", true),
    ("Le Pas-de-l'Ânesse", true),
    ("Les Canaux-Vieux", true),
    ("Font-Mistrale", true),
    ("La Draille-Longue", true),
    ("Le Moulin-des-Œillets", false),
];

/// Where the village would be, between Crau and Alpilles, in millionths of a degree east and north.
const CENTRE: (i64, i64) = (4_826_000, 43_701_000);

/// How far east and north of it each hamlet is, in the order of [`HAMLETS`].
const AWAY: &[(i64, i64)] = &[
    (21_000, 8_000),
    (-9_000, 14_000),
    (-26_000, 3_000),
    (34_000, -11_000),
    (12_000, 27_000),
    (-17_000, -19_000),
    (41_000, 16_000),
    (-38_000, 22_000),
    (5_000, -31_000),
    (-44_000, -8_000),
    (29_000, 33_000),
    (-6_000, -15_000),
];

/// The village's own ways.
const WAYS: &[&str] = &[
    "rue du Four",
    "rue de l'Horloge",
    "place du Lavoir",
    "chemin des Amandiers",
    "traverse des Remparts",
    "impasse du Puits",
    "avenue de la Gare",
    "rue des Micocouliers",
    "montée de l'Église",
    "lotissement Les Cigalons",
    "résidence Le Clos des Figuiers",
    "cours de la République",
];

/// Communes around, with INSEE code and postcode. These exist.
pub const NEIGHBOURS: &[(&str, &str, &str)] = &[
    ("Fontvieille", "13038", "13990"),
    ("Maussane-les-Alpilles", "13058", "13520"),
    ("Mouriès", "13065", "13890"),
    ("Paradou", "13068", "13520"),
    ("Saint-Rémy-de-Provence", "13100", "13210"),
    ("Saint-Étienne-du-Grès", "13094", "13103"),
    ("Tarascon", "13108", "13150"),
    ("Saint-Martin-de-Crau", "13097", "13310"),
    ("Arles", "13004", "13200"),
    ("Châteaurenard", "13027", "13160"),
];

/// An address of the commune: in the village, or in a hamlet.
pub fn address(chance: &mut Chance) -> Address {
    let mut address = Address {
        postcode: POSTCODE.into(),
        commune: COMMUNE.into(),
        commune_code: COMMUNE_CODE.into(),
        ..Address::default()
    };
    if chance.happens(45) {
        let (hamlet, of_former) = chance.pick(HAMLETS);
        address.hamlet = (*hamlet).into();
        if *of_former {
            address.former_commune = FORMER_COMMUNE.into();
        }
        if chance.happens(60) {
            address.line =
                format!("{} chemin {}", chance.between(40, 2900), chance.pick(&["des Canaux", "du Mas", "de la Crau"]));
        }
    } else {
        let bis = chance.pick(&["", "", "", "", " bis", " ter"]);
        address.line = format!("{}{bis} {}", chance.between(1, 84), chance.pick(WAYS));
    }
    address
}

/// The point of an address of the commune, as the national base would give it: the same address, the same point.
pub fn position(address: &Address) -> Option<Position> {
    let words = address.located_by();
    if address.commune != COMMUNE || words[0].is_empty() {
        return None;
    }
    let hamlet = HAMLETS.iter().position(|(hamlet, _)| *hamlet == address.hamlet);
    let (east, north) = hamlet.map_or((0, 0), |hamlet| AWAY[hamlet]);
    // Houses stand around: where exactly follows from the words.
    let spread = words[0].bytes().fold(7_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte)));
    let (aside, above) = (i64::from(spread % 7_001) - 3_500, i64::from(spread / 7_001 % 5_001) - 2_500);
    let point = Point::new(CENTRE.0 + east + aside, CENTRE.1 + north + above)?;
    let has_number = address.line.starts_with(|c: char| c.is_ascii_digit());
    Some(Position::of(point, if has_number { PositionSource::Number } else { PositionSource::Way }, &words))
}

/// An address somewhere around, as a directory has them.
pub fn address_around(chance: &mut Chance) -> Address {
    if chance.happens(35) {
        return Address { hamlet: String::new(), former_commune: String::new(), ..address(chance) };
    }
    let (commune, code, postcode) = chance.pick(NEIGHBOURS);
    Address {
        line: format!("{} {}", chance.between(1, 120), chance.pick(WAYS)),
        postcode: (*postcode).into(),
        commune: (*commune).into(),
        commune_code: (*code).into(),
        ..Address::default()
    }
}

/// How the numbers that the numbering authority keeps for fiction begin.
pub const FICTION: &[&str] = &["01 99 00", "02 61 91", "03 53 01", "04 65 71", "05 36 49", "06 39 98"];

/// A telephone that reaches nobody, for life: a mobile or a landline, written as people write them.
pub fn phone(chance: &mut Chance, mobile: bool) -> String {
    let begins = match (mobile, chance.below(12)) {
        (true, _) => FICTION[5],
        (false, 0) => *chance.pick(&FICTION[..5]),
        (false, _) => FICTION[3],
    };
    let spaced = format!("{begins} {:02} {:02}", chance.below(100), chance.below(100));
    match chance.below(12) {
        0 => spaced.replace(' ', ""),
        1 => spaced.replace(' ', "."),
        2 => format!("+33 {}", &spaced[1..]),
        _ => spaced,
    }
}
