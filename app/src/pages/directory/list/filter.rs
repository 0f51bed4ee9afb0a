//! Which entries of the directory are shown: by what is typed, by kind, by role, by place.

use std::collections::BTreeMap;

use maillon_shared::api::responses::EntryRow;
use maillon_shared::domain::directory::EntryKind;
use maillon_shared::text::fold::{fold, words};
use maillon_shared::text::language::Language;
use maillon_shared::text::phone::Phone;
use maillon_shared::text::sort::sort_key;

use crate::lists::lists_in;
use crate::pages::directory::words::{role_item, role_list};
use crate::ui::Choice;

/// Fewer figures are in every telephone.
const FIGURES_OF_A_PHONE: usize = 2;

/// A row, and what it is found by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Findable {
    /// The row.
    pub row: EntryRow,
    folded: String,
    figures: String,
}

impl Findable {
    /// A row, found by its name, its place, its role and the role's other names.
    pub fn new(row: EntryRow, language: Language) -> Self {
        let item = role_item(&row.kind, &row.role, language);
        let role = said(&row, language);
        let others = item.map(|item| item.aliases.join(" ")).unwrap_or_default();
        let folded = fold(&format!("{} {} {role} {others}", row.name, row.place));
        let figures = Phone::parse(&row.phone).figures();
        Findable { row, folded, figures }
    }
}

/// What is sought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words, or figures of a telephone, as they are typed.
    pub typed: String,
    /// Of that kind only.
    pub kind: Option<EntryKind>,
    /// Of that role only, as it is kept.
    pub role: Option<String>,
    /// In that place only.
    pub place: Option<String>,
}

impl Filter {
    /// The entries that fit, in their order.
    pub fn of<'a>(&self, all: &'a [Findable]) -> impl Iterator<Item = &'a Findable> {
        let sought = Sought::new(&self.typed);
        all.iter().filter(move |one| self.lets_through(&one.row) && sought.finds(one))
    }

    /// Whether some entry answers to what is typed, were it not for the other choices.
    pub fn hides_some(&self, all: &[Findable]) -> bool {
        let sought = Sought::new(&self.typed);
        all.iter().any(|one| sought.finds(one))
    }

    /// Whether something else than what is typed is chosen.
    pub fn has_choices(&self) -> bool {
        self.kind.is_some() || self.role.is_some() || self.place.is_some()
    }

    fn lets_through(&self, row: &EntryRow) -> bool {
        self.kind.as_ref().is_none_or(|kind| row.kind == *kind)
            && self.role.as_ref().is_none_or(|role| row.role == *role)
            && self.place.as_ref().is_none_or(|place| row.place == *place)
    }
}

/// What is typed, made ready once for all rows.
struct Sought {
    words: Vec<String>,
    figures: Option<String>,
}

impl Sought {
    fn new(typed: &str) -> Self {
        let only_figures = typed.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '+' | '.'));
        let figures = Phone::parse(typed).figures();
        let figures = (only_figures && figures.len() >= FIGURES_OF_A_PHONE).then_some(figures);
        Sought { words: words(&fold(typed)).map(str::to_owned).collect(), figures }
    }

    fn finds(&self, one: &Findable) -> bool {
        let by_words = self.words.iter().all(|word| words(&one.folded).any(|known| known.starts_with(word)));
        by_words || self.figures.as_ref().is_some_and(|figures| one.figures.contains(figures))
    }
}

/// A role in words.
fn said(row: &EntryRow, language: Language) -> &str {
    let item = role_item(&row.kind, &row.role, language);
    item.map_or_else(|| lists_in(language).label(role_list(&row.kind), &row.role), |item| &item.label)
}

/// The roles among the entries of a kind, sorted by their words.
pub fn roles(all: &[Findable], kind: Option<&EntryKind>, language: Language) -> Vec<Choice> {
    let of_kind = all.iter().filter(|one| kind.is_none_or(|kind| one.row.kind == *kind));
    choices(of_kind.map(|one| (one.row.role.as_str(), said(&one.row, language))))
}

/// The places of the entries, sorted.
pub fn places(all: &[Findable]) -> Vec<Choice> {
    choices(all.iter().map(|one| (one.row.place.as_str(), one.row.place.as_str())))
}

fn choices<'a>(all: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<Choice> {
    let sorted: BTreeMap<_, _> =
        all.filter(|(kept, _)| !kept.is_empty()).map(|(kept, label)| ((sort_key(label), kept), label)).collect();
    sorted.into_iter().map(|((_, kept), label)| Choice::new(kept, label)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use maillon_shared::domain::ids::EntryId;

    fn entry(kind: EntryKind, name: &str, role: &str, place: &str, phone: &str) -> Findable {
        let [name, role, place, phone] = [name, role, place, phone].map(str::to_owned);
        Findable::new(EntryRow { id: EntryId([0; 16]), kind, name, role, place, phone, to_verify: false }, Language::Fr)
    }

    fn directory() -> Vec<Findable> {
        vec![
            entry(
                EntryKind::Professional,
                "Élise Vauquenard",
                "masseur_kinesitherapeute",
                "Mas-Neuf",
                "04 65 71 00 01",
            ),
            entry(EntryKind::Structure, "Pharmacie du Lavoir", "pharmacie", "Saint-Rémy", "+33 4 65 71 00 02"),
            entry(EntryKind::Relay, "Épicerie du Pont", "commerce", "Saint-Rémy", ""),
        ]
    }

    fn found(filter: &Filter) -> Vec<String> {
        filter.of(&directory()).map(|one| one.row.name.clone()).collect()
    }

    #[test]
    fn a_few_letters_find_a_name_a_trade_a_place_or_a_telephone() {
        for (typed, expected) in [
            ("", vec!["Élise Vauquenard", "Pharmacie du Lavoir", "Épicerie du Pont"]),
            ("elise", vec!["Élise Vauquenard"]),
            ("kine", vec!["Élise Vauquenard"]),
            ("st remy pharm", vec!["Pharmacie du Lavoir"]),
            ("04 65 71", vec!["Élise Vauquenard", "Pharmacie du Lavoir"]),
            ("0465710002", vec!["Pharmacie du Lavoir"]),
            ("zzz", vec![]),
        ] {
            assert_eq!(found(&Filter { typed: typed.into(), ..Filter::default() }), expected, "{typed}");
        }
    }

    #[test]
    fn choices_narrow_and_what_they_hide_is_known() {
        let filter = Filter { typed: "pharm".into(), kind: Some(EntryKind::Relay), ..Filter::default() };
        assert_eq!(found(&filter), [""; 0]);
        assert!(filter.hides_some(&directory()));
        assert!(!Filter { typed: "zzz".into(), ..filter }.hides_some(&directory()));
        let place = Filter { place: Some("Saint-Rémy".into()), ..Filter::default() };
        assert_eq!(found(&place), ["Pharmacie du Lavoir", "Épicerie du Pont"]);
    }

    #[test]
    fn only_the_roles_and_places_that_there_are_can_be_chosen() {
        let codes = |choices: Vec<Choice>| choices.into_iter().map(|choice| choice.code).collect::<Vec<_>>();
        assert_eq!(codes(roles(&directory(), Some(&EntryKind::Structure), Language::Fr)), ["pharmacie"]);
        assert_eq!(codes(places(&directory())), ["Mas-Neuf", "Saint-Rémy"]);
    }
}
