//! What the coordinator made of the lists: items added in their own words, others renamed, hidden or put elsewhere.
//!
//! Records keep ids. The id of an item made here says its own first words after a number that two devices never share:
//! in a notebook that knows nothing of it, a neighbour's or one lent to a caller, the record still reads. What was changed
//! of a list is written item by item and field by field, so that two devices that edit one list lose nothing.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::ids::LineId;
use super::list_rules::Need;
use super::lists::{Item, ListId, Lists};
use crate::text::fold::fold;
use crate::text::language::Language;

/// How many letters an item has at most: it must fit on a button.
pub const LONGEST_ITEM_CHARS: usize = 80;
/// How far apart items are numbered, so that most moves write one number.
const STEP: i64 = 1 << 20;
/// How the id of an item made here begins.
const OWN: &str = "own-";
/// How many digits its number has.
const DIGITS: usize = 32;
/// The item that stays last when others are added.
const OTHER: &str = "other";

/// All that was changed of the lists.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListEdits {
    /// What was changed of the items everybody starts with, by the code of the list and the id of the item.
    pub starting: BTreeMap<(String, String), ItemEdit>,
    /// The items made here.
    pub own: BTreeMap<LineId, OwnItem>,
}

/// What was changed of an item.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemEdit {
    /// What it is called in French; empty is as it was.
    pub fr: String,
    /// In English.
    pub en: String,
    /// Words that another device gave it at the same time, neither knowing of the other.
    pub others: Vec<String>,
    /// Whether it is no longer offered.
    pub hidden: bool,
    /// Its place among the others, smaller numbers first; none is where it was.
    pub place: Option<i64>,
}

/// An item made here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnItem {
    /// The code of its list.
    pub list: String,
    /// Its first words, which its id repeats: they never change.
    pub words: String,
    /// What was changed since.
    pub edit: ItemEdit,
}

/// Which item a change is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ItemKey {
    /// One that everybody starts with.
    Starting(ListId, String),
    /// One made here.
    Own(LineId),
}

/// One change, as it is written: the smallest there is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ListChange {
    /// An item comes into the list.
    Add(ListId, LineId, String),
    /// It is called so in that language; empty is as it was.
    Words(ItemKey, Language, String),
    /// Whether it is no longer offered.
    Hidden(ItemKey, bool),
    /// Its place among the others.
    Place(ItemKey, Option<i64>),
}

/// What someone does to a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ListWrite {
    /// Adds an item.
    Add {
        /// To which list.
        list: ListId,
        /// Chosen by whoever asks.
        id: LineId,
        /// In one's own words.
        words: String,
    },
    /// Calls an item otherwise; words it had at first are no change.
    Rename {
        /// In which list.
        list: ListId,
        /// Its id.
        item: String,
        /// In which language.
        language: Language,
        /// How.
        words: String,
    },
    /// Offers an item no longer. What was written with it stays as it is.
    Hide(ListId, String),
    /// Offers it again.
    Show(ListId, String),
    /// Puts an item before another, or at the end.
    Move {
        /// In which list.
        list: ListId,
        /// Its id.
        item: String,
        /// Before which.
        before: Option<String>,
    },
    /// Gives an item its first words again, in both languages.
    Restore(ListId, String),
    /// Puts a list in its first order again.
    RestoreOrder(ListId),
}

/// Why a list cannot become so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListProblem {
    /// There are no words.
    Empty,
    /// They are too long for a button.
    TooLong,
    /// Another item of the list has these words.
    Taken,
    /// There is no such item.
    Unknown,
    /// A rule needs it.
    Needed(Need),
}

/// The id of an item made here.
pub fn own_id(line: LineId, words: &str) -> String {
    format!("{OWN}{line}-{words}")
}

/// The number and the first words of an item made here, if an id is one's: in any notebook whatever.
pub fn own_item(id: &str) -> Option<(LineId, &str)> {
    let rest = id.strip_prefix(OWN)?;
    let (number, words) = (rest.get(..DIGITS)?, rest.get(DIGITS..)?);
    Some((LineId::parse(number)?, words.strip_prefix('-')?))
}

/// Words as an item holds them: on one line, no space at an end.
fn tidy(words: &str) -> Result<String, ListProblem> {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.chars().count() {
        0 => Err(ListProblem::Empty),
        1..=LONGEST_ITEM_CHARS => Ok(words),
        _ => Err(ListProblem::TooLong),
    }
}

impl ItemEdit {
    /// What the item is called in a language; empty is as it was.
    pub fn words(&self, language: Language) -> &str {
        match language {
            Language::Fr => &self.fr,
            Language::En => &self.en,
        }
    }

    fn take_in(&mut self, other: &ItemEdit) {
        let fill = |words: &mut String, other: &String| {
            if words.is_empty() {
                words.clone_from(other);
            }
        };
        fill(&mut self.fr, &other.fr);
        fill(&mut self.en, &other.en);
        self.hidden |= other.hidden;
        self.place = self.place.or(other.place);
        self.others.extend(other.others.iter().cloned());
    }
}

impl ListEdits {
    /// Whether nothing was changed.
    pub fn is_empty(&self) -> bool {
        self.starting.is_empty() && self.own.is_empty()
    }

    /// Takes in what another document of settings says: two devices may each have begun one.
    pub fn take_in(&mut self, other: &ListEdits) {
        for (key, edit) in &other.starting {
            self.starting.entry(key.clone()).or_default().take_in(edit);
        }
        for (id, item) in &other.own {
            let own = self.own.entry(*id).or_default();
            if own.list.is_empty() {
                own.list.clone_from(&item.list);
                own.words.clone_from(&item.words);
            }
            own.edit.take_in(&item.edit);
        }
    }

    /// What to write so that this is done.
    pub fn changes_for(&self, write: &ListWrite) -> Result<Vec<ListChange>, ListProblem> {
        let lists = |language| Lists::of(language, self);
        match write {
            ListWrite::Add { list, id, words } => {
                let words = tidy(words)?;
                if let Some(need) = list.closed() {
                    return Err(ListProblem::Needed(need));
                }
                let held = lists(Language::Fr);
                free(&[&held, &lists(Language::En)], *list, &words, None)?;
                let mut changes = vec![ListChange::Add(*list, *id, words)];
                changes.extend(held.placing(*list, ItemKey::Own(*id), held.last_but_other(*list)));
                Ok(changes)
            }
            ListWrite::Rename { list, item, language, words } => {
                let words = tidy(words)?;
                let held = lists(*language);
                let key = held.key(*list, item)?;
                free(&[&held], *list, &words, Some(item))?;
                let first = match &key {
                    ItemKey::Own(_) => String::new(),
                    ItemKey::Starting(..) => Lists::starting(*language).label(*list, item).to_owned(),
                };
                let words = if words == first { String::new() } else { words };
                Ok(vec![ListChange::Words(key, *language, words)])
            }
            ListWrite::Hide(list, item) => {
                let key = lists(Language::Fr).key(*list, item)?;
                match list.needs(item) {
                    Some(need) => Err(ListProblem::Needed(need)),
                    None => Ok(vec![ListChange::Hidden(key, true)]),
                }
            }
            ListWrite::Show(list, item) => Ok(vec![ListChange::Hidden(lists(Language::Fr).key(*list, item)?, false)]),
            ListWrite::Move { list, item, before } => {
                if !list.is_sortable() {
                    return Err(ListProblem::Needed(Need::Scale));
                }
                let held = lists(Language::Fr);
                let key = held.key(*list, item)?;
                if let Some(before) = before {
                    held.key(*list, before)?;
                }
                Ok(held.placing(*list, key, before.as_deref()))
            }
            ListWrite::Restore(list, item) => {
                let key = lists(Language::Fr).key(*list, item)?;
                Ok(Language::ALL.map(|language| ListChange::Words(key.clone(), language, String::new())).into())
            }
            ListWrite::RestoreOrder(list) => {
                let moved =
                    self.starting.iter().filter(|((code, _), edit)| code == list.code() && edit.place.is_some());
                let keys = moved.map(|((_, item), _)| ItemKey::Starting(*list, item.clone()));
                Ok(keys.map(|key| ListChange::Place(key, None)).collect())
            }
        }
    }
}

fn free(lists: &[&Lists], list: ListId, words: &str, but: Option<&String>) -> Result<(), ListProblem> {
    let folded = fold(words);
    let taken = |item: &&Item| Some(&item.id) != but && fold(&item.label) == folded;
    let is_taken = lists.iter().any(|lists| lists.all(list).any(|item| taken(&item)));
    if is_taken { Err(ListProblem::Taken) } else { Ok(()) }
}

/// Where items stand that nobody moved.
pub(super) fn starting_place(index: usize) -> i64 {
    i64::try_from(index + 1).unwrap_or(i64::MAX / STEP).saturating_mul(STEP)
}

impl Lists {
    /// Which item an id is.
    fn key(&self, list: ListId, item: &str) -> Result<ItemKey, ListProblem> {
        let held = self.item(list, item).ok_or(ListProblem::Unknown)?;
        Ok(held.key(list))
    }

    /// The item that stays last when another is added at the end.
    fn last_but_other(&self, list: ListId) -> Option<&str> {
        self.in_order(list).last().map(|item| item.id.as_str()).filter(|id| *id == OTHER)
    }

    /// What to write so that an item stands before another, or last.
    fn placing(&self, list: ListId, key: ItemKey, before: Option<&str>) -> Vec<ListChange> {
        let others: Vec<&Item> = self.in_order(list).into_iter().filter(|item| item.key(list) != key).collect();
        let at = before.and_then(|before| others.iter().position(|item| item.id == before)).unwrap_or(others.len());
        let below = at.checked_sub(1).and_then(|at| others.get(at)).map_or(0, |item| item.place);
        let place = match others.get(at) {
            None => Some(below.saturating_add(STEP)),
            Some(above) if above.place.saturating_sub(below) >= 2 => Some(below + (above.place - below) / 2),
            // No number is left between the two.
            Some(_) => None,
        };
        if let Some(place) = place {
            return vec![ListChange::Place(key, Some(place))];
        }
        let mut keys: Vec<ItemKey> = others.iter().map(|item| item.key(list)).collect();
        keys.insert(at, key);
        let numbered = keys.into_iter().enumerate();
        numbered.map(|(index, key)| ListChange::Place(key, Some(starting_place(index)))).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What becomes of an item.
    type Change = Box<dyn Fn(&mut ItemEdit)>;

    /// Applies changes as the document that holds them does.
    fn apply(edits: &mut ListEdits, changes: Vec<ListChange>) {
        for change in changes {
            let (key, change): (ItemKey, Change) = match change {
                ListChange::Add(list, id, words) => {
                    let own = edits.own.entry(id).or_default();
                    (own.list, own.words) = (list.code().to_owned(), words);
                    continue;
                }
                ListChange::Words(key, Language::Fr, words) => (key, Box::new(move |edit| edit.fr.clone_from(&words))),
                ListChange::Words(key, Language::En, words) => (key, Box::new(move |edit| edit.en.clone_from(&words))),
                ListChange::Hidden(key, hidden) => (key, Box::new(move |edit| edit.hidden = hidden)),
                ListChange::Place(key, place) => (key, Box::new(move |edit| edit.place = place)),
            };
            change(match key {
                ItemKey::Own(id) => &mut edits.own.entry(id).or_default().edit,
                ItemKey::Starting(list, item) => edits.starting.entry((list.code().to_owned(), item)).or_default(),
            });
        }
    }

    fn does(edits: &mut ListEdits, write: ListWrite) {
        let changes = edits.changes_for(&write).expect("it can be done");
        apply(edits, changes);
    }

    fn shown(edits: &ListEdits, list: ListId, language: Language) -> Vec<String> {
        Lists::of(language, edits).items(list).iter().map(|item| item.label.clone()).collect()
    }

    const LIST: ListId = ListId::ReceptionCounts;

    fn added(words: &str) -> (ListEdits, String) {
        let mut edits = ListEdits::default();
        let id = LineId([0xa5; 16]);
        does(&mut edits, ListWrite::Add { list: LIST, id, words: words.into() });
        (edits, own_id(id, words.trim()))
    }

    #[test]
    fn an_item_in_ones_own_words_is_offered_before_the_rest_in_both_languages() {
        let (edits, id) = added("Prêt de livres");
        for language in Language::ALL {
            let words = shown(&edits, LIST, language);
            assert_eq!(words[words.len() - 2], "Prêt de livres", "before what fits nowhere else");
            assert_eq!(Lists::of(language, &edits).label(LIST, &id), "Prêt de livres");
        }
        assert_eq!(Lists::starting(Language::En).label(LIST, &id), "Prêt de livres", "where nobody knows of it, too");
    }

    #[test]
    fn what_was_renamed_reads_so_where_it_is_known_and_goes_back_to_its_first_words() {
        let (mut edits, own) = added("Livres");
        for (item, language, words) in
            [("paperwork", Language::Fr, "Papiers"), (own.as_str(), Language::Fr, "Bibliothèque")]
        {
            does(&mut edits, ListWrite::Rename { list: LIST, item: item.into(), language, words: words.into() });
        }
        let (french, english) = (Lists::of(Language::Fr, &edits), Lists::of(Language::En, &edits));
        assert_eq!((french.label(LIST, "paperwork"), french.label(LIST, &own)), ("Papiers", "Bibliothèque"));
        assert_eq!(english.label(LIST, "paperwork"), Lists::starting(Language::En).label(LIST, "paperwork"));
        assert_eq!(english.label(LIST, &own), "Bibliothèque", "the newest words there are");
        let by_name = |name| french.named(LIST, name).map(|item| item.id.as_str());
        assert_eq!((by_name("papiers"), by_name("Démarche, papiers")), (Some("paperwork"), Some("paperwork")));
        assert_eq!(by_name("livres"), Some(own.as_str()), "by its older words too");
        for item in ["paperwork", own.as_str()] {
            does(&mut edits, ListWrite::Restore(LIST, item.into()));
        }
        let french = Lists::of(Language::Fr, &edits);
        assert_eq!((french.label(LIST, "paperwork"), french.label(LIST, &own)), ("Démarche, papiers", "Livres"));
    }

    #[test]
    fn what_is_hidden_is_not_offered_and_still_reads() {
        let (mut edits, own) = added("Livres");
        for item in ["phone_call", own.as_str()] {
            does(&mut edits, ListWrite::Hide(LIST, item.into()));
        }
        let lists = Lists::of(Language::Fr, &edits);
        assert!(lists.items(LIST).iter().all(|item| item.id != "phone_call" && item.id != own));
        assert_eq!((lists.label(LIST, "phone_call"), lists.label(LIST, &own)), ("Appel", "Livres"));
        does(&mut edits, ListWrite::Show(LIST, "phone_call".into()));
        assert_eq!(Lists::of(Language::Fr, &edits).items(LIST).len(), Lists::starting(Language::Fr).items(LIST).len());
    }

    #[test]
    fn what_a_rule_needs_is_not_hidden_and_closed_lists_take_nothing() {
        let edits = ListEdits::default();
        let hide = |list, item: &str| edits.changes_for(&ListWrite::Hide(list, item.into()));
        assert_eq!(hide(ListId::EncounterKinds, "call_out"), Err(ListProblem::Needed(Need::Written)));
        assert!(hide(ListId::EncounterKinds, "mail").is_ok());
        // Time and what someone knows are never counted.
        for uncounted in [super::super::means::EXPERTISE, super::super::means::TIME] {
            assert_eq!(hide(ListId::MeansKinds, uncounted), Err(ListProblem::Needed(Need::Rules)));
        }
        assert_eq!(hide(ListId::IsolationLevels, "low"), Err(ListProblem::Needed(Need::Scale)));
        assert_eq!(hide(LIST, "nobody"), Err(ListProblem::Unknown));
        let add =
            |list, words: &str| edits.changes_for(&ListWrite::Add { list, id: LineId([1; 16]), words: words.into() });
        assert_eq!(add(ListId::RegisterGrounds, "Par prudence"), Err(ListProblem::Needed(Need::Law)));
        assert_eq!(add(LIST, " \n "), Err(ListProblem::Empty));
        assert_eq!(add(LIST, &"é".repeat(81)), Err(ListProblem::TooLong));
        assert_eq!(add(LIST, "demarche,  PAPIERS"), Err(ListProblem::Taken));
        let twice =
            ListWrite::Rename { list: LIST, item: "came_in".into(), language: Language::Fr, words: "Appel".into() };
        assert_eq!(edits.changes_for(&twice), Err(ListProblem::Taken));
        let scale = ListWrite::Move { list: ListId::IsolationLevels, item: "high".into(), before: Some("low".into()) };
        assert_eq!(edits.changes_for(&scale), Err(ListProblem::Needed(Need::Scale)));
    }

    #[test]
    fn every_item_that_a_rule_needs_is_one_of_its_list() {
        let needed = |list: ListId, item: &Item| list.needs(&item.id).is_some();
        let count = |list: ListId| Lists::starting(Language::Fr).items(list).iter().filter(|i| needed(list, i)).count();
        assert_eq!(count(ListId::EncounterKinds), 5);
        assert_eq!(count(ListId::FollowUpKinds), 5);
        assert_eq!(count(ListId::DischargeSteps), 2);
        assert_eq!(count(ListId::RequestTopics), 1);
    }

    #[test]
    fn a_move_writes_one_number_and_the_first_order_comes_back() {
        let mut edits = ListEdits::default();
        let before = shown(&edits, LIST, Language::Fr);
        let change =
            edits.changes_for(&ListWrite::Move { list: LIST, item: "other".into(), before: Some("came_in".into()) });
        assert_eq!(change.as_ref().map(Vec::len), Ok(1));
        apply(&mut edits, change.expect("a move"));
        assert_eq!(shown(&edits, LIST, Language::Fr)[0], "Autre");
        does(&mut edits, ListWrite::RestoreOrder(LIST));
        assert_eq!(shown(&edits, LIST, Language::Fr), before);
    }

    #[test]
    fn ids_of_others_are_no_own_items() {
        let id = own_id(LineId([7; 16]), "Aide-mémoire – l’été");
        assert_eq!(own_item(&id), Some((LineId([7; 16]), "Aide-mémoire – l’été")));
        for foreign in ["", "own-", "transport", "own-é", "own-07070707070707070707070707070707", "own-zz070707070707"]
        {
            assert_eq!(own_item(foreign), None, "{foreign}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        /// However items are moved, each goes where it was put, and none is lost or there twice.
        #[test]
        fn a_list_is_in_the_order_someone_put_it_in(moves in proptest::collection::vec((0_usize..6, 0_usize..7), 1..90)) {
            let mut edits = ListEdits::default();
            let ids = |edits: &ListEdits| -> Vec<String> {
                Lists::of(Language::Fr, edits).items(LIST).iter().map(|item| item.id.clone()).collect()
            };
            for (from, to) in moves {
                let mut expected = ids(&edits);
                let item = expected[from].clone();
                let before = expected.get(to).cloned().filter(|before| *before != item);
                expected.retain(|one| *one != item);
                let at = before.as_ref().and_then(|before| expected.iter().position(|one| one == before));
                expected.insert(at.unwrap_or(expected.len()), item.clone());
                does(&mut edits, ListWrite::Move { list: LIST, item, before });
                prop_assert_eq!(ids(&edits), expected);
            }
        }

        #[test]
        fn the_id_of_an_own_item_says_its_words(number: [u8; 16], words in "\\PC{1,80}") {
            let id = own_id(LineId(number), &words);
            prop_assert_eq!(own_item(&id), Some((LineId(number), words.as_str())));
            prop_assert_eq!(Lists::starting(Language::Fr).label(LIST, &id), words.as_str());
        }
    }
}
