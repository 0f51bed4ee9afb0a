//! What one line of a list says of a person.

use chrono::NaiveDate;
use maillon_shared::domain::communes::{Commune, Communes, Kind};
use maillon_shared::domain::contact::{self, Address};
use maillon_shared::domain::doubles::Traits;
use maillon_shared::domain::ids::{LineId, PersonId};
use maillon_shared::domain::person::{Person, PersonField, PersonState, RelatedPerson};
use maillon_shared::domain::time::PartialDate;
use maillon_shared::text::fold::{fold, same, words};
use maillon_shared::text::phone::Phone;

use super::birth::{Birth, NoDate, read_birth, read_past_day};
use super::said::{Died, Married, died, is_of_several, married, state_named, without_death};
use super::withheld::names_an_illness;
use crate::exchange::cells::{is_email, is_postcode, phones_of, restore_first_zero, split_full_name};

/// What a line says, put in order, before it has an id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonLine {
    /// Its number in the file, from 1.
    pub line: usize,
    /// The sheet that it would be, under no id; its telephones and relatives are under none either.
    said: Person,
    /// What the birth may be, where that is not sure.
    births: Vec<PartialDate>,
    /// The family name at birth, where the line has another too.
    birth_name: String,
    /// Why someone must look before it comes in.
    pub look: Option<Look>,
    /// What is odd in it, and kept.
    pub remarks: Vec<Remark>,
}

/// Why someone must look at a line before it comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// It is of two people: "M. et Mme".
    SeveralPeople,
    /// It may say that the person has died.
    PerhapsDeceased,
}

impl Look {
    /// The code that screens have a sentence for.
    pub const fn code(self) -> &'static str {
        match self {
            Look::SeveralPeople => "several_people",
            Look::PerhapsDeceased => "perhaps_deceased",
        }
    }
}

/// What is odd in a line that is taken in all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// This is no telephone number; it is kept as it was written.
    UnreadablePhone(String),
    /// This is no mail address; kept.
    OddEmail(String),
    /// This is no French postcode; kept.
    OddPostcode(String),
    /// This is no date; kept in the notes.
    UnreadableBirth(String),
    /// No calendar has this day; kept in the notes.
    ImpossibleBirth(String),
    /// This birth is in the future; kept in the notes.
    FutureBirth(String),
    /// Nobody living was born then; kept in the notes.
    OldBirth(String),
    /// This birth may be of two centuries; kept in the notes, to verify.
    CenturyOfBirth(String),
    /// This birth is not sure; written, and kept in the notes, to verify.
    BirthNotSure(String),
    /// This commune has become part of another; both are written.
    FormerCommune(String),
    /// It says that the person has died.
    Deceased(String),
    /// A note names an illness; kept, to be read again.
    NamesAnIllness(String),
}

impl Remark {
    /// The code that screens have a sentence for.
    pub const fn code(&self) -> &'static str {
        match self {
            Remark::UnreadablePhone(_) => "unreadable_phone",
            Remark::OddEmail(_) => "odd_email",
            Remark::OddPostcode(_) => "odd_postcode",
            Remark::UnreadableBirth(_) => "unreadable_birth",
            Remark::ImpossibleBirth(_) => "impossible_birth",
            Remark::FutureBirth(_) => "future_birth",
            Remark::OldBirth(_) => "old_birth",
            Remark::CenturyOfBirth(_) => "century_of_birth",
            Remark::BirthNotSure(_) => "birth_not_sure",
            Remark::FormerCommune(_) => "former_commune",
            Remark::Deceased(_) => "deceased",
            Remark::NamesAnIllness(_) => "names_an_illness",
        }
    }

    /// What is odd, as it was written.
    pub fn text(&self) -> &str {
        match self {
            Remark::UnreadablePhone(text)
            | Remark::OddEmail(text)
            | Remark::OddPostcode(text)
            | Remark::UnreadableBirth(text)
            | Remark::ImpossibleBirth(text)
            | Remark::FutureBirth(text)
            | Remark::OldBirth(text)
            | Remark::CenturyOfBirth(text)
            | Remark::BirthNotSure(text)
            | Remark::FormerCommune(text)
            | Remark::Deceased(text)
            | Remark::NamesAnIllness(text) => text,
        }
    }
}

const NOBODY: PersonId = PersonId([0; 16]);
const NO_LINE: LineId = LineId([0; 16]);

impl PersonLine {
    pub(super) fn new(line: usize) -> Self {
        let said = Person::empty(NOBODY);
        PersonLine { line, said, births: Vec::new(), birth_name: String::new(), look: None, remarks: Vec::new() }
    }

    /// The name as one says it; empty where the line names nobody.
    pub fn display_name(&self) -> String {
        self.said.display_name()
    }

    /// What tells the person from others.
    pub fn traits(&self) -> Traits {
        Traits::of(&self.said).born(self.births.iter().copied()).also_named(&self.birth_name)
    }

    /// Whether it says that the person has died.
    pub fn says_deceased(&self) -> bool {
        self.said.state == PersonState::Deceased
    }

    /// What it says of whether they live here, moved, refuse, have died.
    pub fn state(&self) -> &PersonState {
        &self.said.state
    }

    /// Only what the law lists of someone in the register: no note, no courtesy, nothing of how they live.
    pub fn for_the_register(mut self) -> Self {
        let said = &mut self.said;
        let others = [std::mem::take(&mut said.usual_name), self.birth_name.clone()];
        for other in others {
            if !other.is_empty() && !same(&other, &said.family_name) {
                said.family_name = format!("{} ({other})", said.family_name).trim().to_owned();
            }
        }
        use PersonField::{Approach, Civility, Email, Household, Language, Notes};
        [Approach, Civility, Email, Household, Language, Notes].iter().for_each(|field| said.text_mut(*field).clear());
        said.related.iter_mut().for_each(|related| related.call_first = false);
        self
    }

    // ── Cells ───────────────────────────────────────────────────────────────────────────────────────────────────────

    /// Adds to a field what a cell says, after what others said.
    pub(super) fn push(&mut self, field: PersonField, text: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let separator = if field == PersonField::Notes { "\n" } else { ", " };
        let said = self.said.text_mut(field);
        if !said.is_empty() {
            said.push_str(separator);
        }
        said.push_str(text);
    }

    /// A note, under the head of its column where that is no word for notes.
    pub(super) fn push_note(&mut self, head: Option<&str>, cell: &str) {
        match died(cell) {
            Died::Yes => self.has_died(cell),
            Died::Perhaps => self.look = Some(Look::PerhapsDeceased),
            Died::No => {}
        }
        if names_an_illness(cell) {
            self.remarks.push(Remark::NamesAnIllness(cell.to_owned()));
        }
        match head {
            Some(head) if !cell.is_empty() => self.push(PersonField::Notes, &format!("{} : {cell}", head.trim())),
            _ => self.push(PersonField::Notes, cell),
        }
    }

    pub(super) fn push_full_name(&mut self, cell: &str, given_first: bool) {
        let (cell, dead) = without_death(cell);
        if dead {
            self.has_died(&cell);
        }
        let (courtesy, name) = without_courtesy(&cell);
        self.push(PersonField::Civility, &courtesy);
        let name = match married(name) {
            Some((before, other, after)) => {
                self.take_married(&other);
                format!("{before} {after}").trim().to_owned()
            }
            None => name.to_owned(),
        };
        if is_of_several(&name) {
            self.look = Some(Look::SeveralPeople);
        }
        let (given, family) = split_full_name(&name);
        let (given, family) = match given.is_empty() {
            false => (given, family),
            // Nothing tells them but the head of the column.
            true if given_first => name.split_once(' ').map(to_owned).unwrap_or_default(),
            true => name.rsplit_once(' ').map(to_owned).map(|(family, given)| (given, family)).unwrap_or_default(),
        };
        let family = if given.is_empty() && family.is_empty() { name } else { family };
        self.push(PersonField::GivenName, &given);
        self.push(PersonField::FamilyName, &family);
    }

    pub(super) fn push_family_name(&mut self, cell: &str) {
        let (cell, dead) = without_death(cell);
        if dead {
            self.has_died(&cell);
        }
        match married(&cell) {
            Some((before, other, "")) => {
                self.take_married(&other);
                self.push(PersonField::FamilyName, before);
            }
            _ => self.push(PersonField::FamilyName, &cell),
        }
    }

    pub(super) fn push_given_name(&mut self, cell: &str) {
        let (cell, dead) = without_death(cell);
        if dead {
            self.has_died(&cell);
        }
        if is_of_several(&cell) {
            self.look = Some(Look::SeveralPeople);
        }
        self.push(PersonField::GivenName, &cell);
    }

    fn take_married(&mut self, other: &Married<'_>) {
        match other {
            Married::Born(name) => self.push_birth_name(name.trim_end_matches(')')),
            Married::Wed(name) => self.push(PersonField::UsualName, name.trim_end_matches(')')),
        }
    }

    pub(super) fn push_birth_name(&mut self, cell: &str) {
        self.birth_name = cell.trim().to_owned();
    }

    pub(super) fn push_civility(&mut self, cell: &str) {
        if is_of_several(cell) {
            self.look = Some(Look::SeveralPeople);
        }
        self.push(PersonField::Civility, cell);
    }

    pub(super) fn push_phones(&mut self, cell: &str) {
        let phones = phones_of(cell);
        if phones.is_empty() && !cell.is_empty() {
            self.remarks.push(Remark::UnreadablePhone(cell.to_owned()));
            self.add_phone(cell, "");
        }
        phones.iter().for_each(|(number, label)| self.add_phone(number, label));
    }

    fn add_phone(&mut self, number: &str, label: &str) {
        if self.said.phones.iter().all(|phone| !same_phone(&phone.number, number)) {
            let phone = contact::Phone { id: NO_LINE, number: number.to_owned(), label: label.to_owned() };
            self.said.phones.push(phone);
        }
    }

    pub(super) fn push_birth(&mut self, cell: &str, today: NaiveDate) {
        let text = cell.to_owned();
        match read_birth(cell, today) {
            None => {}
            Some(Birth::On(date)) => self.said.birth = Some(date),
            Some(Birth::About(date)) => {
                self.said.birth = Some(date);
                self.verify_birth(Remark::BirthNotSure(text));
            }
            Some(Birth::Either(early, late)) => {
                self.births = vec![early, late];
                self.verify_birth(Remark::CenturyOfBirth(text));
            }
            Some(Birth::Not(why)) => self.verify_birth(match why {
                NoDate::Unreadable => Remark::UnreadableBirth(text),
                NoDate::Impossible => Remark::ImpossibleBirth(text),
                NoDate::Future => Remark::FutureBirth(text),
                NoDate::TooOld => Remark::OldBirth(text),
            }),
        }
    }

    fn verify_birth(&mut self, remark: Remark) {
        self.push(PersonField::Notes, &format!("Naissance à vérifier : {}", remark.text()));
        self.remarks.push(remark);
    }

    pub(super) fn push_death(&mut self, cell: &str, today: NaiveDate) {
        let folded = fold(cell);
        let is_nothing = folded.is_empty() && !cell.contains(['?', '†']);
        if is_nothing || matches!(folded.as_str(), "non" | "n" | "no" | "0" | "faux" | "vivant" | "vivante") {
            return;
        }
        let is_said = matches!(folded.as_str(), "oui" | "o" | "x" | "1" | "vrai" | "yes" | "y");
        if is_said || died(cell) == Died::Yes || read_past_day(cell, today).is_some() {
            self.has_died(cell);
        } else {
            self.look = Some(Look::PerhapsDeceased);
        }
        if !is_said {
            self.push(PersonField::Notes, &format!("Décès : {cell}"));
        }
    }

    pub(super) fn push_state(&mut self, head: &str, cell: &str) {
        match state_named(cell) {
            Some(PersonState::Deceased) => self.has_died(cell),
            Some(state) if self.said.state == PersonState::Followed => self.said.state = state,
            Some(_) => {}
            None if cell.is_empty() => {}
            None => self.push_note(Some(head), cell),
        }
    }

    fn has_died(&mut self, text: &str) {
        if self.said.state != PersonState::Deceased {
            self.said.state = PersonState::Deceased;
            self.remarks.push(Remark::Deceased(text.to_owned()));
        }
    }

    /// Whom to tell, with the telephone that stands in the same cell: "sa fille Nadine 06 39 98 00 01".
    pub(super) fn push_contact(&mut self, name: &str, relation: &str, phone: &str) {
        let mut contact = RelatedPerson::empty(NO_LINE);
        let cut = name.find(|c: char| c.is_ascii_digit() || c == '+');
        let inside = cut.map(|at| name.split_at(at)).filter(|(_, number)| Phone::parse(number).number().is_some());
        let (name, number) = inside.unwrap_or((name, ""));
        contact.name = name.trim().trim_end_matches([',', ':', '-', '(']).trim().to_owned();
        contact.relation = relation.trim().to_owned();
        contact.phone = if phone.trim().is_empty() { number.trim() } else { phone.trim() }.to_owned();
        if !contact.name.is_empty() || !contact.phone.is_empty() {
            contact.call_first = true;
            self.said.related.push(contact);
        } else if !contact.relation.is_empty() {
            self.push(PersonField::Notes, relation);
        }
    }

    // ── The whole ───────────────────────────────────────────────────────────────────────────────────────────────────

    /// Puts in order what was said.
    pub(super) fn settle(&mut self, communes: &Communes) {
        let said = &mut self.said;
        said.civility = match fold(&said.civility).as_str() {
            "mme" | "madame" | "mlle" | "mademoiselle" => "Mme".to_owned(),
            "m" | "mr" | "monsieur" => "M.".to_owned(),
            _ => std::mem::take(&mut said.civility),
        };
        if said.family_name.is_empty() {
            said.family_name = std::mem::take(&mut self.birth_name);
        } else if !self.birth_name.is_empty() && !same(&self.birth_name, &said.family_name) {
            let note = format!("Nom de naissance : {}", self.birth_name);
            self.push(PersonField::Notes, &note);
        }
        let said = &mut self.said;
        restore_first_zero(&mut said.address.postcode);
        if !said.address.postcode.is_empty() && !is_postcode(&said.address.postcode) {
            self.remarks.push(Remark::OddPostcode(said.address.postcode.clone()));
        }
        if !said.email.is_empty() && !is_email(&said.email) {
            self.remarks.push(Remark::OddEmail(said.email.clone()));
        }
        if let Some(former) = settle_commune(&mut said.address, communes) {
            self.remarks.push(Remark::FormerCommune(former));
        }
    }

    /// A new sheet of what the line says.
    pub fn to_person(&self, id: PersonId, new_line: impl FnMut() -> LineId) -> Person {
        let mut person = self.complete(&Person::empty(id), new_line);
        person.state = self.said.state.clone();
        person
    }

    /// A sheet, with what it lacked and the line says. What it says already stays, its state above all: someone may have
    /// corrected it.
    pub fn complete(&self, person: &Person, mut new_line: impl FnMut() -> LineId) -> Person {
        let mut completed = person.clone();
        for field in PersonField::ALL {
            let is_of_address = is_of_address(*field);
            if !is_of_address && completed.text(*field).is_empty() {
                *completed.text_mut(*field) = self.said.text(*field).to_owned();
            }
        }
        if !is_elsewhere(&person.address, &self.said.address) {
            for field in PersonField::ALL.iter().copied().filter(|field| is_of_address(*field)) {
                if completed.text(field).is_empty() {
                    *completed.text_mut(field) = self.said.text(field).to_owned();
                }
            }
        }
        completed.birth = match (person.birth, self.said.birth) {
            (None, said) => said,
            // A year becomes a day of that year.
            (Some(PartialDate::Year(year)), Some(said)) if said.year() == year => Some(said),
            (known, _) => known,
        };
        for said in &self.said.phones {
            match completed.phones.iter_mut().find(|phone| same_phone(&phone.number, &said.number)) {
                Some(phone) if phone.label.is_empty() => phone.label = said.label.clone(),
                Some(_) => {}
                None => completed.phones.push(contact::Phone { id: new_line(), ..said.clone() }),
            }
        }
        for said in &self.said.related {
            if !completed.related.iter().any(|known| is_same_contact(known, said)) {
                let call_first = said.call_first && completed.first_to_call().is_none();
                completed.related.push(RelatedPerson { id: new_line(), call_first, ..said.clone() });
            }
        }
        completed
    }

    /// The same, for a sheet that the file itself has just made: its notes are added too.
    pub fn complete_new(&self, person: &Person, new_line: impl FnMut() -> LineId) -> Person {
        let mut completed = self.complete(person, new_line);
        for note in self.unknown_notes(&completed) {
            completed.notes.push('\n');
            completed.notes.push_str(note);
        }
        if self.says_deceased() {
            completed.state = PersonState::Deceased;
        }
        completed
    }

    /// What the line says otherwise than a sheet, and [`PersonLine::complete`] therefore leaves out: to be told, so that
    /// no word is lost in silence. Case, accents and the order of names are no difference.
    pub fn differences(&self, person: &Person) -> Vec<String> {
        let in_order = |person: &Person| {
            let folded = fold(&format!("{} {}", person.given_name, person.family_name));
            let mut words: Vec<String> = words(&folded).map(str::to_owned).collect();
            words.sort_unstable();
            words
        };
        let same_name = in_order(person) == in_order(&self.said);
        let is_told = |field: PersonField| {
            let is_name = matches!(field, PersonField::GivenName | PersonField::FamilyName);
            let is_compared = field != PersonField::Notes && !(is_name && same_name);
            is_compared && differ(person.text(field), self.said.text(field))
        };
        let mut told: Vec<String> = PersonField::ALL
            .iter()
            .filter(|field| is_told(**field))
            .map(|field| self.said.text(*field).to_owned())
            .collect();
        // Part of another address: it is not mixed with the one there is.
        if is_elsewhere(&person.address, &self.said.address) {
            let missing = |field: &&PersonField| {
                is_of_address(**field) && person.text(**field).is_empty() && !self.said.text(**field).is_empty()
            };
            told.extend(PersonField::ALL.iter().filter(missing).map(|field| self.said.text(*field).to_owned()));
        }
        told.extend(self.unknown_notes(person).into_iter().map(str::to_owned));
        if let (Some(known), Some(said)) = (person.birth, self.said.birth)
            && is_another_birth(known, said)
        {
            told.push(said.to_string());
        }
        told
    }

    /// The lines of its notes that a sheet has not.
    fn unknown_notes(&self, person: &Person) -> Vec<&str> {
        let known: Vec<String> = person.notes.lines().map(fold).collect();
        self.said.notes.lines().filter(|note| !known.contains(&fold(note))).collect()
    }
}

fn to_owned((left, right): (&str, &str)) -> (String, String) {
    (left.to_owned(), right.to_owned())
}

/// The courtesies that begin a name, and the name.
fn without_courtesy(name: &str) -> (String, &str) {
    let mut rest = name.trim();
    let mut courtesies = Vec::new();
    while let Some((word, after)) = rest.split_once(' ') {
        let folded = fold(word);
        let is_courtesy =
            matches!(folded.as_str(), "m" | "mr" | "mme" | "mlle" | "monsieur" | "madame" | "mademoiselle" | "dr");
        let joins = folded == "et" && !courtesies.is_empty();
        if !is_courtesy && !joins {
            break;
        }
        courtesies.push(word);
        rest = after.trim_start();
    }
    // "M. et Mme Vallone": they are two, and the name keeps the word that says so.
    if courtesies.len() > 1 { (String::new(), name) } else { (courtesies.join(" "), rest) }
}

/// Whether two births are two; a year fits any day of it.
fn is_another_birth(known: PartialDate, said: PartialDate) -> bool {
    let one_is_a_year = matches!((known, said), (PartialDate::Year(_), _) | (_, PartialDate::Year(_)));
    known != said && (known.year() != said.year() || !one_is_a_year)
}

fn same_phone(left: &str, right: &str) -> bool {
    Phone::parse(left).canonical() == Phone::parse(right).canonical()
}

fn is_same_contact(known: &RelatedPerson, said: &RelatedPerson) -> bool {
    let same_name = !said.name.is_empty() && same(&known.name, &said.name);
    same_name || (!said.phone.is_empty() && same_phone(&known.phone, &said.phone))
}

fn is_of_address(field: PersonField) -> bool {
    use PersonField as F;
    matches!(field, F::AddressLine | F::Hamlet | F::FormerCommune | F::Postcode | F::Commune | F::CommuneCode)
}

/// Whether two texts are there, and are two.
fn differ(known: &str, said: &str) -> bool {
    !known.is_empty() && !said.is_empty() && !same(known, said)
}

/// Whether two addresses are of two places.
fn is_elsewhere(known: &Address, said: &Address) -> bool {
    differ(&known.line, &said.line) || differ(&known.hamlet, &said.hamlet) || differ(&known.commune, &said.commune)
}

/// Finds the commune in the list of France. What it was called before it became part of another, where that is so.
fn settle_commune(address: &mut Address, communes: &Communes) -> Option<String> {
    let written = address.commune.clone();
    // "Arboys en Bugey (Arbignieu)"
    let (outside, inside) = match written.strip_suffix(')').and_then(|written| written.split_once('(')) {
        Some((outside, inside)) => (outside.trim(), inside.trim()),
        None => (written.trim(), ""),
    };
    let find = |name: &str| find_commune(communes, name, &address.postcode);
    let former = [inside, address.former_commune.as_str()].into_iter().filter(|name| !name.is_empty()).find_map(find);
    let former = former.filter(|commune| commune.kind == Kind::Former);
    let found = find(outside).filter(|_| !outside.is_empty());
    let whole = match (found, former) {
        (Some(found), Some(former)) if found.today() == former.today() => Some((former.today(), Some(former.name))),
        (Some(found), _) if found.kind == Kind::Former => Some((found.today(), Some(found.name))),
        (Some(found), _) => Some(((found.code, found.name), None)),
        (None, Some(former)) if outside.is_empty() => Some((former.today(), Some(former.name))),
        (None, _) => None,
    };
    let ((code, name), former) = whole?;
    let (code, name, former) = (code.to_owned(), name.to_owned(), former.map(str::to_owned));
    address.commune_code = code;
    let was_written = !same(&written, &name) && former.is_some();
    address.commune = name;
    if let Some(former) = former {
        if address.former_commune.is_empty() {
            address.former_commune = former.clone();
        }
        return was_written.then_some(if written.is_empty() { former } else { written });
    }
    None
}

/// The commune of a name, at that postcode, or alone of its name in the département of the postcode.
fn find_commune<'a>(communes: &'a Communes, name: &str, postcode: &str) -> Option<Commune<'a>> {
    let name = fold(name);
    let name = name.strip_suffix(" cedex").unwrap_or(&name);
    let is_near = |commune: &Commune<'_>| {
        let department = postcode.get(..2).unwrap_or_default();
        department.is_empty() || commune.code.starts_with(department)
    };
    communes.named(name, postcode).or_else(|| communes.named(name, "").filter(is_near))
}
