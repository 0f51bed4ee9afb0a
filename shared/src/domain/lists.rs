//! The lists a notebook starts with: types of structure, professions, topics, relations…
//!
//! Records keep an item's id, never its label, so that a notebook reads in either language and a label can be corrected.
//! Labels and other names come from `shared/lists/{fr,en}.toml`, read once; `list_edits` says what the coordinator changed
//! of them. Ids are for ever: a later version may add some, and an id this version does not know is shown as it is.

use std::fmt;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::ids::LineId;
use super::list_edits::{ItemEdit, ItemKey, ListEdits, own_id, own_item, starting_place};
use crate::text::fold::fold;
use crate::text::language::Language;
use crate::text::near::{Distance, Query};

/// Names an item of a list: `sad`, `find_doctor`, or words of the coordinator's own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ItemId(pub String);

impl fmt::Display for ItemId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

macro_rules! list_ids {
    ($($(#[$doc:meta])* $variant:ident = $code:literal),* $(,)?) => {
        /// Names a list.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum ListId {
            $($(#[$doc])* $variant,)*
        }

        impl ListId {
            /// Every list, in the order of the files.
            pub const ALL: &'static [ListId] = &[$(ListId::$variant),*];

            /// Its name in the files and in what is written.
            pub const fn code(self) -> &'static str {
                match self { $(ListId::$variant => $code,)* }
            }

            /// The list that a code names.
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(ListId::$variant),)* _ => None }
            }
        }
    };
}

list_ids! {
    /// What makes someone alone.
    IsolationFactors = "isolation_factors",
    /// How much.
    IsolationLevels = "isolation_levels",
    /// What a request is about.
    RequestTopics = "request_topics",
    /// Who asks.
    RequestSources = "request_sources",
    /// How a request ends.
    RequestOutcomes = "request_outcomes",
    /// What an alert is about.
    AlertKinds = "alert_kinds",
    /// How soon an alert must be answered.
    AlertSeverities = "alert_severities",
    /// Why an alert is closed.
    AlertClosings = "alert_closings",
    /// How much something is to be watched: the codes of `VigilanceLevel`.
    VigilanceLevels = "vigilance_levels",
    /// Types of structure.
    StructureTypes = "structure_types",
    /// What people of the directory do.
    Professions = "professions",
    /// Professional, structure or relay: the codes of `EntryKind`.
    EntryKinds = "entry_kinds",
    /// What to make sure of before a return home.
    DischargeSteps = "discharge_steps",
    /// Grounds for being on the legal register.
    RegisterGrounds = "register_grounds",
    /// By which way one met: the codes of `EncounterKind`.
    EncounterKinds = "encounter_kinds",
    /// What came of it: the codes of `EncounterResult`.
    EncounterResults = "encounter_results",
    /// Where one met.
    Places = "places",
    /// What a follow-up is: the codes of `FollowUpKind`.
    FollowUpKinds = "follow_up_kinds",
    /// Why something is put off.
    PostponementReasons = "postponement_reasons",
    /// What someone is to a person.
    Relations = "relations",
    /// What a telephone is.
    PhoneLabels = "phone_labels",
    /// Languages spoken.
    Languages = "languages",
    /// The four entries about a person: the codes of `Said`.
    ConsentEntries = "consent_entries",
    /// How an entry was given or withdrawn.
    ConsentWays = "consent_ways",
    /// What something is shared for: the codes of `Purpose`.
    ConsentPurposes = "consent_purposes",
    /// On what ground something is said without asking.
    EmergencyGrounds = "emergency_grounds",
    /// What is counted at the reception desk.
    ReceptionCounts = "reception_counts",
    /// For whom something is done.
    Publics = "publics",
    /// Ways by which information is passed on.
    InformationChannels = "information_channels",
    /// Axes of the Ottawa charter, and the prevention of disabilities.
    OttawaAxes = "ottawa_axes",
    /// Determinants of health.
    HealthDeterminants = "health_determinants",
    /// What difficulties of practice are about.
    DifficultyThemes = "difficulty_themes",
    /// What structures offer each other.
    MeansKinds = "means_kinds",
    /// Trades, which tell someone in a village.
    ClueTrades = "clue_trades",
    /// Rare illnesses, as words.
    ClueConditions = "clue_conditions",
    /// Family links.
    ClueFamily = "clue_family",
    /// What says an age.
    ClueAges = "clue_ages",
    /// Numbers in words.
    ClueNumbers = "clue_numbers",
    /// Months, from January.
    ClueMonths = "clue_months",
    /// Kinds of way.
    ClueWays = "clue_ways",
    /// Forms of address, after which comes a name.
    ClueCivilities = "clue_civilities",
    /// What comes before a nickname.
    ClueCalled = "clue_called",
    /// Names that are words too.
    ClueEveryday = "clue_everyday",
    /// First names for someone invented.
    InventedNames = "invented_names",
}

/// An item of a list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Item {
    /// What records keep.
    pub id: String,
    /// What people read.
    pub label: String,
    /// Older or shorter names: only to search and to import.
    pub aliases: Vec<String>,
    /// Its first words, where it was renamed.
    pub first: Option<String>,
    /// Words that another device gave it at the same time.
    pub others: Vec<String>,
    /// Whether it was made here; it names the line.
    pub own: Option<LineId>,
    /// Its place: smaller numbers first.
    pub place: i64,
    /// The label and the other names, folded once: imports ask for every cell.
    folded: Vec<String>,
}

impl Item {
    fn new(id: &str, label: &str, aliases: Vec<String>, place: i64) -> Self {
        let (first, others, own) = (None, Vec::new(), None);
        let item = Item { id: id.into(), label: label.into(), aliases, first, others, own, place, folded: Vec::new() };
        item.refolded()
    }

    fn refolded(mut self) -> Self {
        self.folded = self.names().map(fold).collect();
        self.folded.extend(both_genders(&self.label).into_iter().flatten());
        self
    }

    /// As someone made it: called, and placed, otherwise.
    fn edited(mut self, edit: &ItemEdit, language: Language) -> Self {
        let words = match self.own {
            None => edit.words(language),
            // What was made in one language is called so in the other too, until it is said otherwise.
            Some(_) => [language, Language::Fr, Language::En]
                .map(|l| edit.words(l))
                .into_iter()
                .find(|w| !w.is_empty())
                .unwrap_or(""),
        };
        if !words.is_empty() && words != self.label {
            let first = std::mem::replace(&mut self.label, words.to_owned());
            self.aliases.insert(0, first.clone());
            self.first = Some(first);
        }
        self.place = edit.place.unwrap_or(self.place);
        self.others = edit.others.iter().filter(|other| **other != self.label).cloned().collect();
        self.refolded()
    }

    /// Which item a change is about.
    pub fn key(&self, list: ListId) -> ItemKey {
        self.own.map_or_else(|| ItemKey::Starting(list, self.id.clone()), ItemKey::Own)
    }

    fn is_named(&self, folded: &str) -> bool {
        self.folded.iter().any(|name| name == folded)
    }

    /// Every name it goes by.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        [&self.label].into_iter().chain(&self.aliases).map(String::as_str)
    }
}

/// Each of the two words of "Pharmacien, pharmacienne", folded: it is also found by one of them.
fn both_genders(label: &str) -> Option<[String; 2]> {
    let (one, other) = label.split_once(", ")?;
    let (one, other) = (fold(one), fold(other));
    let is_word = |text: &str| !text.is_empty() && !text.contains(' ');
    let alike = is_word(&one) && is_word(&other) && one.chars().next() == other.chars().next();
    alike.then_some([one, other])
}

/// The lists in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lists {
    lists: Vec<OneList>,
}

/// One list.
#[derive(Clone, Debug, PartialEq, Eq)]
struct OneList {
    id: ListId,
    /// What the file says above it.
    title: &'static str,
    /// What is offered, in order.
    items: Vec<Item>,
    /// What is no longer offered, and still read.
    hidden: Vec<Item>,
}

impl Lists {
    /// The lists everybody starts with in a language, read at the first call.
    pub fn starting(language: Language) -> &'static Lists {
        static FRENCH: OnceLock<Lists> = OnceLock::new();
        static ENGLISH: OnceLock<Lists> = OnceLock::new();
        // A test reads both files to the end: what follows a line that cannot be read is not worth a panic here.
        match language {
            Language::Fr => FRENCH.get_or_init(|| parse(FR).unwrap_or_else(|(lists, _)| lists)),
            Language::En => ENGLISH.get_or_init(|| parse(EN).unwrap_or_else(|(lists, _)| lists)),
        }
    }

    /// The lists as the coordinator made them.
    pub fn of(language: Language, edits: &ListEdits) -> Lists {
        let mut lists = Lists::starting(language).clone();
        if !edits.is_empty() {
            lists.lists.iter_mut().for_each(|list| list.edit(edits, language));
        }
        lists
    }

    fn list(&self, id: ListId) -> Option<&OneList> {
        self.lists.iter().find(|list| list.id == id)
    }

    /// What a list is called.
    pub fn title(&self, list: ListId) -> &'static str {
        self.list(list).map_or(list.code(), |list| list.title)
    }

    /// The items of a list that are offered, in order.
    pub fn items(&self, list: ListId) -> &[Item] {
        self.list(list).map_or(&[], |list| &list.items)
    }

    /// Those that are no longer offered.
    pub fn hidden(&self, list: ListId) -> &[Item] {
        self.list(list).map_or(&[], |list| &list.hidden)
    }

    /// All of them, those offered first.
    pub fn all(&self, list: ListId) -> impl Iterator<Item = &Item> {
        self.items(list).iter().chain(self.hidden(list))
    }

    /// All of them in their order, offered or not.
    pub(super) fn in_order(&self, list: ListId) -> Vec<&Item> {
        let mut all: Vec<&Item> = self.all(list).collect();
        all.sort_by(|one, other| (one.place, &one.id).cmp(&(other.place, &other.id)));
        all
    }

    /// An item by its id, offered or not.
    pub fn item(&self, list: ListId, id: &str) -> Option<&Item> {
        self.all(list).find(|item| item.id == id)
    }

    /// What to show for what a record keeps: the item's label, or the words themselves where the list has no such item.
    pub fn label<'a>(&'a self, list: ListId, kept: &'a str) -> &'a str {
        match self.item(list, kept) {
            Some(item) => &item.label,
            None => own_item(kept).map_or(kept, |(_, words)| words),
        }
    }

    /// The item that goes by a name, whatever its case, accents and gender: what imports look for. Nothing of the name is
    /// left aside: "médecin, échographie" is no item.
    pub fn named(&self, list: ListId, name: &str) -> Option<&Item> {
        let folded = fold(name);
        if folded.is_empty() {
            return None;
        }
        let by_name = |folded: &str| self.all(list).find(|item| item.is_named(folded));
        let by_id = || self.item(list, name);
        // "Infirmier(ère)", "infirmier·e": what is left of the mark is the name.
        let without_mark = || {
            folded.rsplit_once(' ').filter(|(_, mark)| GENDER_MARKS.contains(mark)).and_then(|(name, _)| by_name(name))
        };
        // "Infirmière, infirmier": each part says the same.
        let in_parts = || {
            let mut parts = name.split([',', '/']).map(fold);
            let item = by_name(&parts.next()?)?;
            parts.all(|part| item.is_named(&part)).then_some(item)
        };
        by_name(&folded).or_else(by_id).or_else(without_mark).or_else(in_parts)
    }

    /// The items that someone who typed this may mean, the nearest first.
    pub fn search(&self, list: ListId, query: &Query) -> Vec<&Item> {
        let distance = |item: &Item| item.folded.iter().filter_map(|name| query.distance(name)).min();
        let mut found: Vec<(Distance, &Item)> =
            self.items(list).iter().filter_map(|item| Some((distance(item)?, item))).collect();
        found.sort_by_key(|(distance, _)| *distance);
        found.into_iter().map(|(_, item)| item).collect()
    }
}

impl OneList {
    fn edit(&mut self, edits: &ListEdits, language: Language) {
        let of_list = |item: &Item| edits.starting.get(&(self.id.code().to_owned(), item.id.clone()));
        let own = edits.own.iter().filter(|(_, own)| own.list == self.id.code());
        let own = own.map(|(line, made)| {
            let id = own_id(*line, &made.words);
            let item = Item { own: Some(*line), ..Item::new(&id, &made.words, Vec::new(), i64::MAX) };
            (item.edited(&made.edit, language), made.edit.hidden)
        });
        let starting = self.items.iter().map(|item| match of_list(item) {
            Some(edit) => (item.clone().edited(edit, language), edit.hidden),
            None => (item.clone(), false),
        });
        let mut all: Vec<(Item, bool)> = starting.chain(own).collect();
        all.sort_by(|(one, _), (other, _)| (one.place, &one.id).cmp(&(other.place, &other.id)));
        let (hidden, items): (Vec<_>, Vec<_>) = all.into_iter().partition(|(_, hidden)| *hidden);
        self.items = items.into_iter().map(|(item, _)| item).collect();
        self.hidden = hidden.into_iter().map(|(item, _)| item).collect();
    }
}

/// What is written after a name for its other gender, folded.
const GENDER_MARKS: [&str; 10] = ["e", "ne", "se", "le", "ere", "iere", "ienne", "euse", "rice", "trice"];

const FR: &str = include_str!("../../lists/fr.toml");
const EN: &str = include_str!("../../lists/en.toml");

/// Reads the little TOML these files need: comments, of which the last above a list is what it is called, `[list]`,
/// `id = "label | other name"`. On a line that is none of these, what was read before it and the line's number, from 1.
fn parse(text: &'static str) -> Result<Lists, (Lists, usize)> {
    let mut lists = Lists::default();
    let mut title = "";
    for (place, line) in text.lines().enumerate() {
        let line = line.trim();
        if let Some(comment) = line.strip_prefix('#') {
            title = comment.trim();
        } else if !line.is_empty() && parse_line(line, title, &mut lists).is_none() {
            return Err((lists, place + 1));
        }
    }
    Ok(lists)
}

fn parse_line(line: &'static str, title: &'static str, lists: &mut Lists) -> Option<()> {
    if let Some(head) = line.strip_prefix('[') {
        let id = ListId::from_code(head.strip_suffix(']')?)?;
        lists.lists.push(OneList { id, title, items: Vec::new(), hidden: Vec::new() });
        return Some(());
    }
    let (id, names) = line.split_once(" = ")?;
    let names = names.strip_prefix('"')?.strip_suffix('"')?;
    let mut names = names.split('|').map(str::trim);
    let list = lists.lists.last_mut()?;
    let place = starting_place(list.items.len());
    list.items.push(Item::new(id, names.next()?, names.map(str::to_owned).collect(), place));
    Some(())
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::domain::alert::{Severity, VigilanceLevel};
    use crate::domain::consent::{Objection, Purpose, Recipient, Said, Sharing};
    use crate::domain::directory::EntryKind;
    use crate::domain::encounter::{EncounterKind, EncounterResult};
    use crate::domain::follow_up::FollowUpKind;
    use crate::domain::isolation::IsolationLevel;

    fn french() -> &'static Lists {
        Lists::starting(Language::Fr)
    }

    #[test]
    fn both_files_are_read_to_the_end_and_hold_the_same_ids_in_the_same_order() {
        let (french, english) = (parse(FR).expect("every line"), parse(EN).expect("every line"));
        let lists: Vec<ListId> = french.lists.iter().map(|list| list.id).collect();
        assert_eq!(lists, ListId::ALL);
        let ids = |lists: &Lists| -> Vec<(ListId, Vec<String>)> {
            lists.lists.iter().map(|list| (list.id, list.items.iter().map(|item| item.id.clone()).collect())).collect()
        };
        assert_eq!(ids(&french), ids(&english));
    }

    /// `ids-1.txt` was written with version 1 of the lists and is never made again: if this fails, notebooks hold an id
    /// that no list has. Later ids get a file of their own.
    #[test]
    fn no_id_that_notebooks_may_hold_is_ever_lost() {
        let frozen = include_str!("../../lists/ids-1.txt").lines().filter(|line| !line.starts_with('#'));
        let lost: Vec<&str> = frozen
            .filter(|line| {
                let (list, id) = line.split_once(' ').expect("a list and an id");
                ListId::from_code(list).and_then(|list| french().item(list, id)).is_none()
            })
            .collect();
        assert_eq!(lost, [""; 0]);
    }

    #[test]
    fn ids_are_plain_and_used_once_and_labels_are_not_empty_nor_twice_the_same() {
        for language in Language::ALL {
            let mut titles = HashSet::new();
            for OneList { id: list, items, title, .. } in &Lists::starting(language).lists {
                assert!(
                    !items.is_empty() && !title.is_empty() && titles.insert(title),
                    "{list:?}: a line above says what it is"
                );
                let ids: HashSet<&str> = items.iter().map(|item| item.id.as_str()).collect();
                let labels: HashSet<String> = items.iter().map(|item| fold(&item.label)).collect();
                assert_eq!((ids.len(), labels.len()), (items.len(), items.len()), "{list:?}");
                for item in items {
                    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
                    assert!(!item.id.is_empty() && item.id.chars().all(plain), "{list:?} {}", item.id);
                    assert!(item.names().all(|name| !name.is_empty()), "{list:?} {}", item.id);
                }
            }
        }
    }

    #[test]
    fn every_code_the_domain_writes_has_its_words() {
        let codes = |list| -> Vec<&str> { french().items(list).iter().map(|item| item.id.as_str()).collect() };
        let of = |all: Vec<&'static str>| all;
        assert_eq!(codes(ListId::EntryKinds), of(EntryKind::ALL.iter().map(EntryKind::code).collect()));
        let sorted = |mut codes: Vec<&'static str>| {
            codes.sort_unstable();
            codes
        };
        let kinds = EncounterKind::ALL.iter().map(EncounterKind::code).collect();
        assert_eq!(sorted(codes(ListId::EncounterKinds)), sorted(kinds));
        let results = EncounterResult::ALL.iter().map(EncounterResult::code).collect();
        assert_eq!(sorted(codes(ListId::EncounterResults)), sorted(results));
        let follow_ups = FollowUpKind::ALL.iter().map(FollowUpKind::code).collect();
        assert_eq!(sorted(codes(ListId::FollowUpKinds)), sorted(follow_ups));
        assert_eq!(codes(ListId::ConsentPurposes), of(Purpose::ALL.iter().map(Purpose::code).collect()));
        assert_eq!(codes(ListId::IsolationLevels), of(IsolationLevel::ALL.iter().map(IsolationLevel::code).collect()));
        assert_eq!(codes(ListId::AlertSeverities), of(Severity::ALL.iter().map(Severity::code).collect()));
        assert_eq!(codes(ListId::VigilanceLevels), of(VigilanceLevel::ALL.iter().map(VigilanceLevel::code).collect()));
        let sharing =
            Sharing { recipient: Recipient::named(""), purpose: Purpose::Sharing, what: String::new(), until: None };
        let said = [Said::Informed, Said::Accompanied, Said::Shares(sharing), Said::Objects(Objection::default())];
        assert_eq!(codes(ListId::ConsentEntries), said.each_ref().map(Said::code));
    }

    #[test]
    fn an_older_name_finds_the_item() {
        for (written, id) in [
            ("SAAD", "sad"),
            ("ssiad", "sad"),
            ("SSR", "smr"),
            ("PTA", "dac"),
            ("Pole infos seniors", "clic"),
            ("CLIC / pôle infos seniors", "clic"),
            ("Plateforme de répit", "plateforme_de_repit"),
            ("ATELIER SANTE VILLE", "atelier_sante_ville"),
        ] {
            let found = french().named(ListId::StructureTypes, written);
            assert_eq!(found.map(|item| item.id.as_str()), Some(id), "{written}");
        }
        assert_eq!(french().named(ListId::StructureTypes, "réseau handicap"), None);
        assert_eq!(french().named(ListId::StructureTypes, " "), None);
        for (written, id) in [
            ("kiné", Some("masseur_kinesitherapeute")),
            ("Pharmacienne", Some("pharmacien")),
            ("Infirmière, infirmier", Some("infirmier")),
            ("INFIRMIER / INFIRMIERE", Some("infirmier")),
            ("Infirmier(ère)", Some("infirmier")),
            ("assistant·e social·e", None),
            ("Médecin, échographie", None),
            ("sage_femme", Some("sage_femme")),
            (",", None),
        ] {
            assert_eq!(french().named(ListId::Professions, written).map(|item| item.id.as_str()), id, "{written}");
        }
    }

    #[test]
    fn one_name_never_means_two_items_of_a_list() {
        for language in Language::ALL {
            for OneList { id: list, items, .. } in &Lists::starting(language).lists {
                let mut taken: HashSet<String> = HashSet::new();
                for item in items {
                    let names: HashSet<String> = item.folded.iter().cloned().collect();
                    assert!(names.iter().all(|name| taken.insert(name.clone())), "{list:?} {}", item.id);
                }
            }
        }
    }

    #[test]
    fn what_no_list_has_is_shown_as_it_is() {
        assert_eq!(french().label(ListId::StructureTypes, "ehpad"), "EHPAD");
        assert_eq!(french().label(ListId::StructureTypes, "tiers-lieu"), "tiers-lieu");
        assert_eq!(Lists::starting(Language::En).label(ListId::Relations, "daughter"), "Daughter");
    }

    #[test]
    fn what_is_typed_finds_what_is_meant() {
        let found = french().search(ListId::StructureTypes, &Query::new("pharmacei"));
        assert_eq!(found.first().map(|item| item.id.as_str()), Some("pharmacie"));
        let all = french().search(ListId::Relations, &Query::new(""));
        assert_eq!(all.len(), french().items(ListId::Relations).len());
    }

    #[test]
    fn a_line_that_says_nothing_known_is_named() {
        for (text, line) in [
            ("[places]\nhome = \"À domicile\"\nhome: x", 3),
            ("home = \"À domicile\"", 1),
            ("[nowhere]", 1),
            ("[places]\nhome = À domicile", 2),
        ] {
            assert_eq!(parse(text).expect_err("a bad line").1, line);
        }
    }
}
