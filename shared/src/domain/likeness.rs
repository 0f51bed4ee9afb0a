//! What makes two sheets likely to be of one person: said at entry, with the reasons, for someone to look.
//!
//! It only suggests. A village has families, couples on one telephone, cousins of one name: nothing is merged by itself.

use super::coded::coded;
use super::person::Person;
use super::time::PartialDate;
use crate::text::fold::{fold, same};
use crate::text::near::{distance_at_most, mistakes_allowed};
use crate::text::phone::Phone;
use crate::text::sound::heard_alike;

coded! {
    /// Why two sheets may be of one person.
    Likeness {
        /// Their names are written or heard alike.
        Name = "name",
        /// They share a telephone.
        Phone = "phone",
        /// They are born the same day, as far as it is known.
        Birth = "birth",
        /// They live at the same number of the same way.
        Address = "address",
        /// They live in the same hamlet.
        Hamlet = "hamlet",
    }
}

/// From which weight on two sheets are said to be alike: a whole name is enough, a telephone alone is not.
const LIKELY: i32 = 3;

/// Why two sheets are likely to be of one person, and how much the reasons weigh; nothing where they are not.
pub fn likeness(one: &Person, other: &Person) -> Option<(i32, Vec<Likeness>)> {
    let mut reasons = Vec::new();
    let mut weight = 0;
    let mut say = |reason, heavy| {
        reasons.push(reason);
        weight += heavy;
    };
    match names(one, other) {
        Names::Alike => say(Likeness::Name, 3),
        Names::FamilyAlike => say(Likeness::Name, 2),
        Names::Apart | Names::Unsaid => {}
    }
    if share_a_phone(one, other) {
        say(Likeness::Phone, 2);
    }
    match births(one.birth, other.birth) {
        Births::SameDay => say(Likeness::Birth, 2),
        Births::MayBe => say(Likeness::Birth, 1),
        Births::Apart | Births::Unsaid => {}
    }
    let is_same = |one: &str, other: &str| !fold(one).trim().is_empty() && same(one, other);
    if is_same(&one.address.line, &other.address.line) {
        say(Likeness::Address, 1);
    }
    if is_same(&one.address.hamlet, &other.address.hamlet) {
        say(Likeness::Hamlet, 1);
    }
    // A couple shares a telephone and a hamlet; two cousins, a name.
    if names(one, other) == Names::Apart {
        weight -= 2;
    }
    if births(one.birth, other.birth) == Births::Apart {
        weight -= 2;
    }
    (weight >= LIKELY).then_some((weight, reasons))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Names {
    Alike,
    FamilyAlike,
    Apart,
    Unsaid,
}

fn names(one: &Person, other: &Person) -> Names {
    let firsts = |person: &Person| -> Vec<String> {
        [&person.given_name, &person.usual_name].into_iter().filter(|name| !name.trim().is_empty()).cloned().collect()
    };
    let (here, there) = (firsts(one), firsts(other));
    let first_alike = here.iter().any(|name| there.iter().any(|other| alike(name, other)));
    let family_said = !one.family_name.trim().is_empty() && !other.family_name.trim().is_empty();
    let family_alike = family_said && alike(&one.family_name, &other.family_name);
    // Typed in each other's place.
    let crossed = here.iter().any(|name| alike(name, &other.family_name))
        && there.iter().any(|name| alike(name, &one.family_name));
    match (first_alike, family_alike) {
        (true, true) => Names::Alike,
        _ if crossed => Names::Alike,
        (false, true) if here.is_empty() || there.is_empty() => Names::FamilyAlike,
        (true, false) if !family_said => Names::FamilyAlike,
        _ if (here.is_empty() || there.is_empty()) && !family_said => Names::Unsaid,
        _ => Names::Apart,
    }
}

/// Whether two names are heard alike, or written so but for a slip.
fn alike(one: &str, other: &str) -> bool {
    let (one, other) = (fold(one), fold(other));
    if one.trim().is_empty() || other.trim().is_empty() {
        return false;
    }
    one == other
        || heard_alike(&one, &other)
        || distance_at_most(&one, &other, mistakes_allowed(&one).min(mistakes_allowed(&other))).is_some()
}

fn share_a_phone(one: &Person, other: &Person) -> bool {
    let numbers = |person: &Person| -> Vec<Phone> {
        let read = person.phones.iter().map(|phone| Phone::parse(&phone.number));
        read.filter(|phone| phone.number().is_some()).collect()
    };
    let there = numbers(other);
    numbers(one).iter().any(|phone| there.iter().any(|other| phone.canonical() == other.canonical()))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Births {
    SameDay,
    MayBe,
    Apart,
    Unsaid,
}

fn births(one: Option<PartialDate>, other: Option<PartialDate>) -> Births {
    let (Some(one), Some(other)) = (one, other) else { return Births::Unsaid };
    let month = |date| match date {
        PartialDate::Year(_) => None,
        PartialDate::Month(_, month) => Some(month),
        PartialDate::Day(day) => Some(chrono::Datelike::month(&day)),
    };
    let months_agree = month(one).zip(month(other)).is_none_or(|(one, other)| one == other);
    match (one, other) {
        (PartialDate::Day(one), PartialDate::Day(other)) if one == other => Births::SameDay,
        (PartialDate::Day(_), PartialDate::Day(_)) => Births::Apart,
        _ if one.year() == other.year() && months_agree => Births::MayBe,
        _ => Births::Apart,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::contact::Phone as Line;
    use crate::domain::ids::{LineId, PersonId};

    /// "given family, birth, phone, hamlet", each possibly empty.
    fn someone(said: &str) -> Person {
        let mut parts = said.split(',').map(str::trim);
        let mut person = Person::empty(PersonId([1; 16]));
        let name = parts.next().unwrap_or_default();
        let (given, family) = name.split_once(' ').unwrap_or(("", name));
        (person.given_name, person.family_name) = (given.into(), family.into());
        person.birth = parts.next().and_then(PartialDate::parse);
        let number = parts.next().unwrap_or_default().to_owned();
        if !number.is_empty() {
            person.phones = vec![Line { id: LineId([2; 16]), number, label: String::new() }];
        }
        person.address.hamlet = parts.next().unwrap_or_default().into();
        person
    }

    fn check(one: &str, other: &str, expected: &[Likeness]) {
        let (one, other) = (someone(one), someone(other));
        for (one, other) in [(&one, &other), (&other, &one)] {
            let reasons = likeness(one, other).map(|(_, reasons)| reasons).unwrap_or_default();
            assert_eq!(reasons, expected, "{} and {}", one.display_name(), other.display_name());
        }
    }

    #[test]
    fn who_is_likely_the_same_is_said_with_why() {
        use Likeness::{Birth, Hamlet, Name, Phone};
        check("Odette Dupont", "ODETTE Dupond", &[Name]);
        check("Thérèse Lefèvre, 1938", "Terese Lefevre, 1938-04-09", &[Name, Birth]);
        check("Marchais Odette", "Odette Marchais", &[Name]);
        check(
            "Odette Marchais,,04 90 00 00 01,Les Gâts",
            "Odete Marchai,,+33 4 90 00 00 01,les gats",
            &[Name, Phone, Hamlet],
        );
        check(" Marchais,1938-04-09", "Odette Marchais,1938-04-09", &[Name, Birth]);
    }

    #[test]
    fn a_couple_two_cousins_and_neighbours_are_not_said_to_be_one() {
        check("Odette Marchais,,04 90 00 00 01,Les Gâts", "Marcel Marchais,,04 90 00 00 01,Les Gâts", &[]);
        check("Odette Marchais,,,Les Gâts", "Simone Rabaud,,,Les Gâts", &[]);
        check("Paul Martin,1938-04-09", "Paul Martin,1962-10-02", &[]);
        check("Paul Martin,1938-04-09", "Jeanne Durand,1938-04-09", &[]);
        check("", "", &[]);
    }
}
