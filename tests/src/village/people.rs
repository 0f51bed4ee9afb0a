//! Someone of the commune: a name, an age, a house, those around them.

use chrono::{Datelike, Days, NaiveDate};
use maillon_shared::domain::contact::Phone;
use maillon_shared::domain::ids::{LineId, PersonId};
use maillon_shared::domain::person::{Person, RelatedPerson};
use maillon_shared::domain::time::PartialDate;

use super::chance::Chance;
use super::names;
use super::phrases::{Around, say};
use super::place;
use super::stories::{Repertoire, Situation};

/// How often each situation is met.
const SITUATIONS: &[(u32, Situation)] = &[
    (26, Situation::Alone),
    (12, Situation::Couple),
    (11, Situation::Carer),
    (10, Situation::Family),
    (10, Situation::Parent),
    (8, Situation::Young),
    (7, Situation::Newcomer),
    (5, Situation::Seasonal),
    (5, Situation::Farmer),
    (6, Situation::Supported),
];

/// Someone, and what stories need to know of them.
#[derive(Clone, Debug)]
pub struct Resident {
    /// The sheet.
    pub person: Person,
    /// How they live.
    pub situation: Situation,
    /// Who is around them.
    pub around: Around,
}

/// The youngest and the oldest of a situation.
fn ages(situation: Situation) -> (i64, i64) {
    match situation {
        Situation::Alone => (72, 99),
        Situation::Couple => (68, 94),
        Situation::Carer => (38, 84),
        Situation::Family => (24, 49),
        Situation::Parent => (21, 52),
        Situation::Young => (16, 27),
        Situation::Newcomer => (23, 74),
        Situation::Seasonal => (19, 56),
        Situation::Farmer => (29, 71),
        Situation::Supported => (18, 66),
    }
}

/// Between how many days and how many someone is seen on ordinary days.
pub fn interval(situation: Situation) -> (i64, i64) {
    match situation {
        Situation::Alone => (18, 50),
        Situation::Carer | Situation::Supported => (25, 60),
        Situation::Young | Situation::Farmer | Situation::Parent => (30, 75),
        Situation::Couple | Situation::Seasonal => (35, 80),
        Situation::Family | Situation::Newcomer => (50, 120),
    }
}

/// Someone who comes into the notebook on a day. `cast` are those of the directory whom stories name.
pub fn arrives(
    chance: &mut Chance,
    repertoire: &Repertoire,
    day: NaiveDate,
    cast: &[(&'static str, String)],
) -> Resident {
    let situation = chance.weighted(SITUATIONS);
    let woman = chance.happens(if matches!(situation, Situation::Alone | Situation::Parent) { 78 } else { 52 });
    let (youngest, oldest) = ages(situation);
    let age = chance.between(youngest, oldest);
    let birth = birth(chance, day, age);

    let mut person = Person::empty(PersonId(chance.id()));
    person.given_name = names::given_name(chance, woman, birth.year()).into();
    person.family_name = names::family_name(chance);
    person.civility = if woman { "Mme".into() } else { "M.".into() };
    person.birth = chance.happens(94).then_some(birth);
    person.address = place::address(chance);
    person.position = place::position(&person.address).map(|position| position.to_text()).unwrap_or_default();
    if chance.happens(6) {
        person.usual_name = names::given_name(chance, woman, birth.year()).into();
    }
    person.phones = phones(chance, situation);
    if situation == Situation::Seasonal || (situation == Situation::Newcomer && chance.happens(25)) {
        person.language = (*chance.pick(&["ar", "es", "pt", "ro", "pl", "en"])).into();
    }
    let younger = !matches!(situation, Situation::Alone | Situation::Couple | Situation::Seasonal);
    if younger && chance.happens(40) {
        person.email = email(&person);
    }
    person.related = related(chance, situation, woman, &person.family_name, birth.year());
    person.household = household(chance, situation, &person.related);
    let around = around(chance, &person, woman, cast);
    if chance.happens(45) {
        let approach = *chance.pick(repertoire.section("approach"));
        person.approach = say(chance, approach, &around);
    }
    if chance.happens(35) {
        let sheet = *chance.pick(repertoire.section("sheet"));
        person.notes = say(chance, sheet, &around);
    }
    Resident { person, situation, around }
}

/// A birth at that age, known to the day more often than not.
fn birth(chance: &mut Chance, day: NaiveDate, age: i64) -> PartialDate {
    let days = age as u64 * 365 + age as u64 / 4 + chance.below(365) as u64;
    let born = day.checked_sub_days(Days::new(days)).unwrap_or(day);
    match chance.below(14) {
        0 => PartialDate::Year(born.year()),
        1 => PartialDate::Month(born.year(), born.month()),
        _ => PartialDate::Day(born),
    }
}

fn phones(chance: &mut Chance, situation: Situation) -> Vec<Phone> {
    let old = matches!(situation, Situation::Alone | Situation::Couple);
    let mut phones = Vec::new();
    let mut add = |chance: &mut Chance, mobile: bool, label: &str| {
        phones.push(Phone { id: LineId(chance.id()), number: place::phone(chance, mobile), label: label.into() });
    };
    if old && chance.happens(88) {
        let label = *chance.pick(&["", "", "le matin", "laisser sonner longtemps", "fixe"]);
        add(chance, false, label);
    }
    if chance.happens(if old { 35 } else { 92 }) {
        let label = *chance.pick(&["", "", "", "portable", "le soir", "par message plutôt"]);
        add(chance, true, label);
    }
    phones
}

fn email(person: &Person) -> String {
    // `.invalid` is kept by the naming standards for what must never be an address.
    let part = |name: &str| maillon_shared::text::fold::fold(name).replace(' ', ".");
    format!("{}.{}@courriel.invalid", part(&person.given_name), part(&person.family_name))
}

/// The people around someone, each with what they are, how old against the person, and whether a woman.
fn related(
    chance: &mut Chance,
    situation: Situation,
    woman: bool,
    family_name: &str,
    birth_year: i32,
) -> Vec<RelatedPerson> {
    let child = [("daughter", true, 29), ("son", false, 31)];
    let sibling = [("sister", true, 3), ("brother", false, -2)];
    let mut kin: Vec<(&str, bool, i32)> = match situation {
        Situation::Alone => {
            vec![*chance.pick(&child), *chance.pick(&[("niece_nephew", true, 30), ("sister", true, 2)])]
        }
        Situation::Couple => vec![("spouse", !woman, 1), *chance.pick(&child)],
        Situation::Carer => {
            vec![*chance.pick(&[("spouse", !woman, -4), ("mother", true, -27)]), *chance.pick(&sibling)]
        }
        Situation::Family => vec![("spouse", !woman, 2), *chance.pick(&child)],
        Situation::Parent => vec![*chance.pick(&child), *chance.pick(&[("mother", true, -26), ("friend", true, 0)])],
        Situation::Young => {
            vec![*chance.pick(&[("mother", true, -28), ("father", false, -31), ("grandparent", true, -55)])]
        }
        Situation::Newcomer => vec![*chance.pick(&[("partner", !woman, 1), ("friend", true, 1)])],
        Situation::Seasonal => vec![("cousin", false, 2)],
        Situation::Farmer => vec![*chance.pick(&sibling), *chance.pick(&[("spouse", !woman, 2), ("friend", false, 1)])],
        Situation::Supported => vec![("mother", true, -29), *chance.pick(&sibling)],
    };
    kin.retain(|_| chance.happens(88));
    if chance.happens(50) {
        kin.push((*chance.pick(&["neighbour", "watchful_neighbour"]), chance.happens(60), -8));
    }
    let mut related: Vec<RelatedPerson> = kin
        .into_iter()
        .map(|(relation, woman, years)| {
            let mut line = RelatedPerson::empty(LineId(chance.id()));
            let own_family = !matches!(relation, "neighbour" | "watchful_neighbour" | "friend" | "niece_nephew");
            let family =
                if own_family && chance.happens(70) { family_name.to_owned() } else { names::family_name(chance) };
            line.name = format!("{} {family}", names::given_name(chance, woman, birth_year + years));
            line.relation = relation.into();
            if chance.happens(80) {
                line.phone = place::phone(chance, true);
            }
            if chance.happens(40) {
                let known = [
                    "a les clés",
                    "travaille la nuit",
                    "habite loin, appelle le dimanche",
                    "passe le soir",
                    "préfère les messages",
                ];
                line.note = (*chance.pick(&known)).into();
            }
            line
        })
        .collect();
    if let Some(first) = related.first_mut() {
        first.call_first = chance.happens(75);
    }
    related
}

fn household(chance: &mut Chance, situation: Situation, related: &[RelatedPerson]) -> String {
    let with = |relations: &[&str]| related.iter().find(|line| relations.contains(&line.relation.as_str()));
    match situation {
        Situation::Alone => (*chance.pick(&["vit seule ou seul", "seul foyer du hameau l'hiver", ""])).into(),
        Situation::Parent => format!("avec {} enfants", chance.between(2, 4)),
        Situation::Family => format!("deux adultes, {} enfants", chance.between(1, 5)),
        Situation::Seasonal => format!("logement du mas, à {}", chance.between(2, 8)),
        _ => with(&["spouse", "partner", "mother", "father"])
            .map(|line| format!("avec {}", line.name))
            .unwrap_or_default(),
    }
}

fn around(chance: &mut Chance, person: &Person, woman: bool, cast: &[(&'static str, String)]) -> Around {
    let relative = person.related.iter().find_map(|line| match line.relation.as_str() {
        "daughter" => Some("sa fille"),
        "son" => Some("son fils"),
        "niece_nephew" => Some("sa nièce"),
        "sister" => Some("sa sœur"),
        "brother" => Some("son frère"),
        "mother" => Some("sa mère"),
        "father" => Some("son père"),
        "grandparent" => Some("sa grand-mère"),
        _ => None,
    });
    let neighbour = person.related.iter().find(|line| line.relation.ends_with("neighbour"));
    let nearby: Vec<&str> = place::NEIGHBOURS.iter().map(|(commune, ..)| *commune).collect();
    Around {
        woman,
        called: format!("{} {}", person.civility, person.family_name),
        relative: relative.unwrap_or("sa cousine").into(),
        neighbour: neighbour.map_or_else(|| "la voisine".into(), |line| line.name.clone()),
        nearby: (*chance.pick(&nearby)).into(),
        cast: cast.to_vec(),
    }
}
