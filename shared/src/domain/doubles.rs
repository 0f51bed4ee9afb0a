//! Whether two descriptions are of one person: what the import of a list, and whoever types a name, must know.
//!
//! A name alone never makes two people one: villages are full of namesakes. It takes a birth or a telephone too; short
//! of that, someone looks. Names are compared without case, accents or order, then by their sound and with a typing
//! mistake, since a mairie writes *Lefèvre*, the register *LEFEBVRE*, and both mean her.

use chrono::Datelike as _;

use super::person::Person;
use super::time::PartialDate;
use crate::text::fold::{fold, words};
use crate::text::near::{distance_at_most, mistakes_allowed};
use crate::text::phone;
use crate::text::sound::{heard_alike, sound_key};

/// What someone is known by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Traits {
    /// Given name, folded.
    given: String,
    /// Every family name they go by, folded.
    families: Vec<String>,
    /// What they are called before their name, as one of two.
    courtesy: Option<Courtesy>,
    /// What their birth may be: several where a century is not written.
    births: Vec<PartialDate>,
    /// Their telephones, each in its one writing.
    phones: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Courtesy {
    Madame,
    Monsieur,
}

/// What two descriptions have to do with each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likeness {
    /// They are of one person.
    Same(Proof),
    /// Someone must look.
    Perhaps(Doubt),
    /// They are of two people.
    Other,
}

/// What makes two descriptions of one name one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// They were born on the same day.
    Birth,
    /// They answer the same telephone.
    Phone,
}

impl Proof {
    /// The code that screens have words for.
    pub const fn code(self) -> &'static str {
        match self {
            Proof::Birth => "same_birth",
            Proof::Phone => "same_phone",
        }
    }
}

/// Why someone must look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// The name is all they share.
    NameAlone,
    /// The names are nearly the same.
    NameNear,
    /// One name is part of the other.
    NamePart,
    /// The births are nearly the same: a slip of a figure, or day and month swapped.
    BirthNear,
    /// The births differ, and the telephone is the same: father and son, or a mistake.
    BirthDiffers,
    /// One is said to be Madame and the other Monsieur.
    Courtesy,
}

impl Doubt {
    /// The code that screens have words for.
    pub const fn code(self) -> &'static str {
        match self {
            Doubt::NameAlone => "name_alone",
            Doubt::NameNear => "name_near",
            Doubt::NamePart => "name_part",
            Doubt::BirthNear => "birth_near",
            Doubt::BirthDiffers => "birth_differs",
            Doubt::Courtesy => "courtesy_differs",
        }
    }
}

impl Traits {
    /// What a sheet says.
    pub fn of(person: &Person) -> Self {
        let mut families: Vec<String> =
            [&person.family_name, &person.usual_name].into_iter().map(|name| fold(name)).collect();
        families.retain(|name| !name.is_empty());
        families.dedup();
        let mut phones: Vec<String> = Vec::new();
        for phone in &person.phones {
            // What is no number names nobody: "à demander" stands on half of the sheets.
            if let Some(number) = phone::Phone::parse(&phone.number).number() {
                phones.push(number.as_str().to_owned());
            }
        }
        Traits {
            given: fold(&person.given_name),
            families,
            courtesy: courtesy(&person.civility),
            births: person.birth.into_iter().collect(),
            phones,
        }
    }

    /// The same, born on one of these days.
    pub fn born(mut self, births: impl IntoIterator<Item = PartialDate>) -> Self {
        self.births.extend(births);
        self
    }

    /// The same, whose family name is also this.
    pub fn also_named(mut self, family: &str) -> Self {
        let family = fold(family);
        if !family.is_empty() && !self.families.contains(&family) {
            self.families.push(family);
        }
        self
    }

    /// Under what to look for whoever is perhaps the same: two descriptions of one person share a key.
    pub fn keys(&self) -> Vec<String> {
        let births = self.births.iter().filter(|birth| matches!(birth, PartialDate::Day(_)));
        let mut keys: Vec<String> = births.map(|birth| format!("born {birth}")).collect();
        keys.extend(self.phones.iter().map(|phone| format!("phone {phone}")));
        keys.extend(self.families.iter().map(|family| format!("name {}", in_order(&sound_key(&self.full(family))))));
        if self.families.is_empty() {
            keys.push(format!("name {}", in_order(&sound_key(&self.given))));
        }
        keys
    }

    fn full(&self, family: &str) -> String {
        format!("{} {family}", self.given).trim().to_owned()
    }
}

fn courtesy(civility: &str) -> Option<Courtesy> {
    match fold(civility).as_str() {
        "mme" | "madame" | "mlle" | "mademoiselle" | "mrs" | "ms" => Some(Courtesy::Madame),
        "m" | "mr" | "monsieur" => Some(Courtesy::Monsieur),
        _ => None,
    }
}

/// The words of a text in the order of the alphabet: "Odette Marchais" and "MARCHAIS Odette" are one name.
fn in_order(text: &str) -> String {
    let mut words: Vec<&str> = words(text).collect();
    words.sort_unstable();
    words.join(" ")
}

/// What two descriptions have to do with each other. It does not matter which comes first.
pub fn likeness(a: &Traits, b: &Traits) -> Likeness {
    let Some(name) = names(a, b) else { return Likeness::Other };
    let phone = a.phones.iter().any(|phone| b.phones.contains(phone));
    let opposite = a.courtesy.is_some() && b.courtesy.is_some() && a.courtesy != b.courtesy;
    let proven = |proof| if opposite { Likeness::Perhaps(Doubt::Courtesy) } else { Likeness::Same(proof) };
    match (name, births(a, b)) {
        (Names::Same | Names::Near, Births::Same) => proven(Proof::Birth),
        // René and Renée share a telephone and a family name: only the same name will do.
        (Names::Same, Births::Fit | Births::Unknown) if phone => proven(Proof::Phone),
        (Names::Same, Births::Fit | Births::Unknown) => Likeness::Perhaps(Doubt::NameAlone),
        (Names::Same, Births::Near) => Likeness::Perhaps(Doubt::BirthNear),
        (Names::Same, Births::Differ) if phone => Likeness::Perhaps(Doubt::BirthDiffers),
        (Names::Near, Births::Fit | Births::Unknown | Births::Near) => Likeness::Perhaps(Doubt::NameNear),
        (Names::Part, Births::Same) => Likeness::Perhaps(Doubt::NamePart),
        (Names::Part, Births::Fit | Births::Unknown) if phone => Likeness::Perhaps(Doubt::NamePart),
        _ => Likeness::Other,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Names {
    Same,
    Near,
    Part,
}

fn names(a: &Traits, b: &Traits) -> Option<Names> {
    // Someone whose family name is not known is still someone.
    let nothing = [String::new()];
    let of = |traits: &'_ Traits| match traits.families.is_empty() {
        true => nothing.to_vec(),
        false => traits.families.clone(),
    };
    let (families_a, families_b) = (of(a), of(b));
    let pairs = families_a.iter().flat_map(|left| families_b.iter().map(move |right| (left, right)));
    pairs.filter_map(|(left, right)| names_of(a, left, b, right)).min()
}

fn names_of(a: &Traits, left: &str, b: &Traits, right: &str) -> Option<Names> {
    let whole = |given: &str, family: &str| !given.is_empty() && !family.is_empty();
    if !whole(&a.given, left) || !whole(&b.given, right) {
        // One word may be either name.
        let (one, other) = (a.full(left), b.full(right));
        let is_shorter = words(&one).count() <= words(&other).count();
        let (short, long) = if is_shorter { (one, other) } else { (other, one) };
        let known = |word: &str| words(&long).any(|other| other == word);
        return (!short.is_empty() && words(&short).all(known)).then_some(Names::Part);
    }
    if in_order(&a.full(left)) == in_order(&b.full(right)) {
        return Some(Names::Same);
    }
    let straight = (alike(left, right), alike(&a.given, &b.given));
    let crossed = (alike(left, &b.given), alike(&a.given, right));
    if straight == (true, true) || crossed == (true, true) {
        return Some(Names::Near);
    }
    (straight.0 && is_part(&a.given, &b.given)).then_some(Names::Part)
}

/// Whether two folded names are heard alike, or differ by a typing mistake.
fn alike(left: &str, right: &str) -> bool {
    let mistakes = mistakes_allowed(if left.len() < right.len() { left } else { right });
    left == right || heard_alike(left, right) || distance_at_most(left, right, mistakes).is_some()
}

/// Whether one given name begins the other: "Marie" and "Marie-Louise", "M" and "Marie".
fn is_part(left: &str, right: &str) -> bool {
    let (short, long) = if left.len() < right.len() { (left, right) } else { (right, left) };
    let first = |text: &'_ str| words(text).next().map(str::to_owned).unwrap_or_default();
    first(short) == first(long) || (short.chars().count() == 1 && long.starts_with(short))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Births {
    Same,
    Fit,
    Near,
    Differ,
    Unknown,
}

fn births(a: &Traits, b: &Traits) -> Births {
    let pairs = a.births.iter().flat_map(|left| b.births.iter().map(|right| birth(*left, *right)));
    pairs.min().unwrap_or(Births::Unknown)
}

fn birth(left: PartialDate, right: PartialDate) -> Births {
    match (left, right) {
        (PartialDate::Day(left), PartialDate::Day(right)) if left == right => Births::Same,
        (PartialDate::Day(left), PartialDate::Day(right)) if nearly(left, right) => Births::Near,
        (PartialDate::Day(_), PartialDate::Day(_)) => Births::Differ,
        _ if left.year() != right.year() => Births::Differ,
        _ => match (month(left), month(right)) {
            (Some(left), Some(right)) if left != right => Births::Differ,
            _ => Births::Fit,
        },
    }
}

fn month(date: PartialDate) -> Option<u32> {
    match date {
        PartialDate::Year(_) => None,
        PartialDate::Month(_, month) => Some(month),
        PartialDate::Day(day) => Some(day.month()),
    }
}

/// Whether day and month are swapped, or one figure differs.
fn nearly(left: chrono::NaiveDate, right: chrono::NaiveDate) -> bool {
    let swapped = left.year() == right.year() && left.day() == right.month() && left.month() == right.day();
    let (left, right) = (left.format("%d%m%Y").to_string(), right.format("%d%m%Y").to_string());
    swapped || left.chars().zip(right.chars()).filter(|(left, right)| left != right).count() == 1
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::contact::Phone;
    use crate::domain::ids::{LineId, PersonId};

    /// "Mme Odette Marchais 1938-04-09 04 65 71 00 01", any part of which may be `-`.
    fn someone(civility: &str, given: &str, family: &str, birth: &str, phone: &str) -> Traits {
        let mut person = Person::empty(PersonId([1; 16]));
        let said = |text: &str| if text == "-" { String::new() } else { text.to_owned() };
        (person.civility, person.given_name, person.family_name) = (said(civility), said(given), said(family));
        person.birth = PartialDate::parse(birth);
        if phone != "-" {
            person.phones.push(Phone { id: LineId([2; 16]), number: phone.into(), label: String::new() });
        }
        Traits::of(&person)
    }

    #[test]
    fn a_name_and_a_birth_or_a_telephone_make_one_person_and_a_name_alone_does_not() {
        let odette = someone("Mme", "Odette", "Lefèvre", "1938-04-09", "04 65 71 00 01");
        for (other, expected) in [
            (someone("-", "ODETTE", "LEFEVRE", "1938-04-09", "-"), Likeness::Same(Proof::Birth)),
            (someone("Mme", "Lefevre", "Odette", "1938-04-09", "-"), Likeness::Same(Proof::Birth)),
            (someone("-", "Odete", "Lefebvre", "1938-04-09", "-"), Likeness::Same(Proof::Birth)),
            (someone("-", "Odette", "Lefèvre", "-", "+33 4 65 71 00 01"), Likeness::Same(Proof::Phone)),
            (someone("-", "Odette", "Lefèvre", "1938", "0465710001"), Likeness::Same(Proof::Phone)),
            (someone("-", "Odette", "Lefèvre", "-", "-"), Likeness::Perhaps(Doubt::NameAlone)),
            (someone("-", "Odette", "Lefèvre", "1938-04", "-"), Likeness::Perhaps(Doubt::NameAlone)),
            (someone("-", "Odette", "Lefèvres", "-", "04 65 71 00 01"), Likeness::Perhaps(Doubt::NameNear)),
            (someone("-", "Odette", "Lefèvre", "1938-09-04", "-"), Likeness::Perhaps(Doubt::BirthNear)),
            (someone("-", "Odette", "Lefèvre", "1968-04-09", "-"), Likeness::Perhaps(Doubt::BirthNear)),
            (someone("-", "Odette", "Lefèvre", "1961-11-30", "-"), Likeness::Other),
            (someone("-", "Odette", "Lefèvre", "1961", "-"), Likeness::Other),
            (someone("-", "Odette", "Lefèvre", "1961-11-30", "0465710001"), Likeness::Perhaps(Doubt::BirthDiffers)),
            (someone("M.", "Odete", "Lefèvre", "1938-04-09", "-"), Likeness::Perhaps(Doubt::Courtesy)),
            (someone("-", "Odette-Marie", "Lefèvre", "1938-04-09", "-"), Likeness::Perhaps(Doubt::NamePart)),
            (someone("-", "O.", "Lefèvre", "-", "0465710001"), Likeness::Perhaps(Doubt::NamePart)),
            (someone("-", "-", "Lefèvre", "-", "0465710001"), Likeness::Perhaps(Doubt::NamePart)),
            (someone("-", "-", "Lefèvre", "-", "-"), Likeness::Other),
            (someone("-", "Paulette", "Lefèvre", "1938-04-09", "0465710001"), Likeness::Other),
            (someone("-", "Odette", "Marchais", "1938-04-09", "0465710001"), Likeness::Other),
            (someone("-", "-", "-", "1938-04-09", "0465710001"), Likeness::Other),
        ] {
            assert_eq!(likeness(&odette, &other), expected, "{other:?}");
            assert_eq!(likeness(&other, &odette), expected, "the other way round: {other:?}");
        }
    }

    #[test]
    fn a_couple_on_one_telephone_is_two_people_and_a_century_not_written_is_either() {
        let rene = someone("-", "René", "Calvouzolles", "-", "0465710001");
        let renee = someone("-", "Renée", "Calvouzolles", "-", "0465710001");
        assert_eq!(likeness(&rene, &renee), Likeness::Perhaps(Doubt::NameNear));
        let day = |text: &str| PartialDate::parse(text).expect("a date");
        let either = someone("-", "Léa", "Brentagnade", "-", "-").born([day("1924-05-06"), day("2024-05-06")]);
        let child = someone("-", "Léa", "Brentagnade", "2024-05-06", "-");
        assert_eq!(likeness(&either, &child), Likeness::Same(Proof::Birth));
    }

    #[test]
    fn a_birth_name_is_a_name_too() {
        let at_the_mairie = someone("-", "Odette", "Garrindrol", "1938-04-09", "-").also_named("Marchais");
        let here = someone("-", "Odette", "MARCHAIS", "1938-04-09", "-");
        assert_eq!(likeness(&at_the_mairie, &here), Likeness::Same(Proof::Birth));
        assert!(at_the_mairie.keys().iter().any(|key| here.keys().contains(key)));
    }

    proptest! {
        #[test]
        fn whoever_is_the_same_is_found_by_a_key_and_it_does_not_matter_who_comes_first(
            names in proptest::collection::vec("[A-Zéèa-z]{1,8}(-[a-z]{1,6})?", 4),
            births in proptest::collection::vec("-|19[34][0-9]-0[1-9]-1[0-9]|193[0-9]", 2),
            phones in proptest::collection::vec("-|046571000[0-9]", 2),
        ) {
            let a = someone("-", &names[0], &names[1], &births[0], &phones[0]);
            for b in [
                someone("-", &names[2], &names[3], &births[1], &phones[1]),
                someone("-", &names[0], &names[3], &births[0], &phones[1]),
                someone("-", &names[1], &names[0], &births[1], &phones[0]),
            ] {
                let found = likeness(&a, &b);
                prop_assert_eq!(found, likeness(&b, &a));
                if matches!(found, Likeness::Same(_)) {
                    prop_assert!(a.keys().iter().any(|key| b.keys().contains(key)));
                }
            }
        }
    }
}
