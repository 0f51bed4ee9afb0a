//! The communes of France, searched offline.
//!
//! The list is a file that the host serves (`app/data/communes.txt`), never part of a wasm. It is read in one go and kept as
//! one text with the places of names in it, since every screen that asks for an address holds it in memory.
//!
//! The file: a first line `communes 1` after comments; `>13|Bouches-du-Rhône` begins a département; `=CA Terre de Provence`
//! begins a group of communes in it (an empty one is none); `010|Barbentane|570|4266` is a commune: its code and its
//! postcodes without what they share with the département, the figures between commas, then its population; `+` before a
//! line is a former commune, and `*` a district, of the commune above.

use std::ops::Range;

use crate::text::fold::{fold, same, words};
use crate::text::near::{Distance, Query};

/// More lines than France will have communes.
const MAX_COMMUNES: usize = 100_000;
/// A larger file is none of ours.
const MAX_BYTES: usize = 16 << 20;

/// The list.
#[derive(Clone, Debug, Default)]
pub struct Communes {
    /// Codes, names and postcodes, one after the other.
    text: String,
    /// Names as searches compare them.
    folded: String,
    departments: Vec<Span>,
    groups: Vec<Span>,
    /// By code.
    rows: Vec<Row>,
}

/// A piece of a text.
type Span = Range<u32>;

#[derive(Clone, Debug)]
struct Row {
    code: Span,
    name: Span,
    folded: Span,
    postcodes: Span,
    population: u32,
    department: u16,
    group: Option<u16>,
    kind: Kind,
    /// The code of the commune it is part of.
    whole: Option<Span>,
}

/// What a line of the list is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A commune of today.
    Commune,
    /// A commune that became part of another, whose name people still say.
    Former,
    /// A district of Paris, Lyon or Marseille.
    District,
}

/// A commune of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Commune<'a> {
    /// Its INSEE code.
    pub code: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Its postcodes, separated by commas; those of the whole for a former commune.
    postcodes: &'a str,
    /// How many people lived there at the last count; those of the whole for a former commune; zero where it is not known.
    pub population: u32,
    /// The name of its département.
    pub department: &'a str,
    /// The name of its intercommunality.
    pub group: Option<&'a str>,
    /// Whether it is one of today.
    pub kind: Kind,
    /// Code and name of the commune it is part of.
    pub part_of: Option<(&'a str, &'a str)>,
}

impl<'a> Commune<'a> {
    /// Code and name of the commune of today: itself, or the one it is part of.
    pub fn today(self) -> (&'a str, &'a str) {
        self.part_of.unwrap_or((self.code, self.name))
    }

    /// Its postcodes.
    pub fn postcodes(self) -> impl Iterator<Item = &'a str> {
        self.postcodes.split(',').filter(|postcode| !postcode.is_empty())
    }
}

/// Why a file is not the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommunesError {
    /// It does not begin as one this version reads.
    NotTheList,
    /// It is larger than any list of communes.
    TooLarge,
    /// This line, from 1, is none of a list.
    Line(usize),
}

impl std::fmt::Display for CommunesError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            CommunesError::NotTheList => write!(f, "not a list of communes that this version reads"),
            CommunesError::TooLarge => write!(f, "too large for a list of communes"),
            CommunesError::Line(line) => write!(f, "line {line} is none of a list of communes"),
        }
    }
}

impl std::error::Error for CommunesError {}

impl Communes {
    /// Reads the file.
    pub fn parse(file: &str) -> Result<Self, CommunesError> {
        if file.len() > MAX_BYTES {
            return Err(CommunesError::TooLarge);
        }
        let mut lines = file.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        if lines.next().map(|(_, line)| line) != Some("communes 1") {
            return Err(CommunesError::NotTheList);
        }
        let mut reading = Reading::default();
        for (place, line) in lines {
            reading.take(line).ok_or(CommunesError::Line(place + 1))?;
        }
        Ok(reading.finish())
    }

    /// How many lines there are, former communes included.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether the list is empty.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The commune of an INSEE code.
    pub fn by_code(&self, code: &str) -> Option<Commune<'_>> {
        self.row_of(code).map(|row| self.commune(row))
    }

    /// The communes that someone who typed this may mean, the likeliest first: each word begins a word of the name, and
    /// figures begin a postcode or a word. Typing mistakes are forgiven only where nothing else is found.
    pub fn search(&self, typed: &str, limit: usize) -> Vec<Commune<'_>> {
        let (figures, letters): (Vec<&str>, Vec<&str>) =
            typed.split_whitespace().partition(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
        let query = Query::new(&letters.join(" "));
        if query.is_empty() && figures.is_empty() {
            return Vec::new();
        }
        let found = self.ranked(&figures, |name| query.distance_to_the_letter(name), limit);
        if found.is_empty() { self.ranked(&figures, |name| query.distance(name), limit) } else { found }
    }

    fn ranked(&self, figures: &[&str], distance: impl Fn(&str) -> Option<Distance>, limit: usize) -> Vec<Commune<'_>> {
        // "13210 remy", and "paris 15".
        let is_there = |row: &Row| {
            let postcodes = self.piece(&row.postcodes).split(',');
            let names = words(slice(&self.folded, &row.folded));
            figures.iter().all(|figures| postcodes.clone().chain(names.clone()).any(|text| text.starts_with(figures)))
        };
        let mut found: Vec<_> = self
            .rows
            .iter()
            .filter(|row| is_there(row))
            .filter_map(|row| Some((distance(slice(&self.folded, &row.folded))?, row)))
            .collect();
        // Of two as near, today's before yesterday's, then the larger: more people live there.
        found.sort_by_key(|(distance, row)| (*distance, row.kind != Kind::Commune, std::cmp::Reverse(row.population)));
        found.into_iter().take(limit).map(|(_, row)| self.commune(row)).collect()
    }

    /// The one commune that goes by a name, at a postcode if one is given: what imports look for. `None` where there is
    /// none, and where there are several. A former commune is found only where no other is.
    pub fn named(&self, name: &str, postcode: &str) -> Option<Commune<'_>> {
        let folded = fold(name);
        let is_named = |row: &&Row| {
            let at_postcode = postcode.is_empty() || self.piece(&row.postcodes).split(',').any(|one| one == postcode);
            at_postcode && slice(&self.folded, &row.folded) == folded
        };
        let mut found: Vec<&Row> = self.rows.iter().filter(is_named).collect();
        if found.iter().any(|row| row.kind == Kind::Commune) {
            found.retain(|row| row.kind == Kind::Commune);
        }
        match found.as_slice() {
            [one] => Some(self.commune(one)),
            _ => None,
        }
    }

    fn row_of(&self, code: &str) -> Option<&Row> {
        // A former commune may have kept the code that the new commune took: today's is meant.
        let from = self.rows.partition_point(|row| self.piece(&row.code) < code);
        let same = self.rows[from..].iter().take_while(|row| self.piece(&row.code) == code);
        same.min_by_key(|row| row.kind != Kind::Commune)
    }

    fn commune(&self, row: &Row) -> Commune<'_> {
        let whole = row.whole.as_ref().map(|code| self.piece(code));
        Commune {
            code: self.piece(&row.code),
            name: self.piece(&row.name),
            postcodes: self.piece(&row.postcodes),
            population: row.population,
            department: self.departments.get(usize::from(row.department)).map_or("", |name| self.piece(name)),
            group: row.group.and_then(|group| self.groups.get(usize::from(group))).map(|name| self.piece(name)),
            kind: row.kind,
            part_of: whole.and_then(|code| Some((code, self.piece(&self.row_of(code)?.name)))),
        }
    }

    fn piece(&self, span: &Span) -> &str {
        slice(&self.text, span)
    }
}

fn slice<'a>(text: &'a str, span: &Span) -> &'a str {
    text.get(span.start as usize..span.end as usize).unwrap_or_default()
}

/// The list being read.
#[derive(Default)]
struct Reading {
    list: Communes,
    /// The code of the département.
    department: Option<String>,
    group: Option<u16>,
    /// The last commune of today.
    whole: Option<Row>,
}

impl Reading {
    /// `None` where the line is none of a list.
    fn take(&mut self, line: &str) -> Option<()> {
        if let Some(department) = line.strip_prefix('>') {
            let (code, name) = department.split_once('|')?;
            let is_code = (2..=3).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
            let span = self.keep(name);
            self.list.departments.push(span);
            (self.department, self.group, self.whole) = (is_code.then(|| code.to_owned()), None, None);
            return self.department.as_ref().map(|_| ());
        }
        if let Some(name) = line.strip_prefix('=') {
            self.group = None;
            if !name.is_empty() {
                self.group = Some(u16::try_from(self.list.groups.len()).ok()?);
                let span = self.keep(name);
                self.list.groups.push(span);
            }
            return Some(());
        }
        self.take_commune(line)
    }

    fn take_commune(&mut self, line: &str) -> Option<()> {
        let (kind, line) = match line.split_at_checked(1)? {
            ("+", line) => (Kind::Former, line),
            ("*", line) => (Kind::District, line),
            _ => (Kind::Commune, line),
        };
        let mut fields = line.split('|');
        let (code, name) = (fields.next()?, fields.next().filter(|name| !name.is_empty())?);
        let (postcodes, population) = (fields.next().unwrap_or_default(), fields.next().unwrap_or_default());
        let department = self.department.clone()?;
        let shared = department.get(..2)?;
        let whole = if kind == Kind::Commune { None } else { Some(self.whole.clone()?) };
        if self.list.rows.len() >= MAX_COMMUNES || fields.next().is_some() {
            return None;
        }
        let code = whole_figures(code, &department)?;
        let figures = postcodes.split(',').filter(|figures| !figures.is_empty());
        let postcodes: Vec<String> = figures.map(|figures| whole_figures(figures, shared)).collect::<Option<_>>()?;
        let (mut postcodes, population) = (
            self.keep(&postcodes.join(",")),
            match population {
                "" => 0,
                population => population.parse().ok()?,
            },
        );
        if let Some(whole) = whole.as_ref().filter(|_| postcodes.is_empty()) {
            postcodes = whole.postcodes.clone();
        }
        let row = Row {
            code: self.keep(&code),
            name: self.keep(name),
            folded: keep(&fold(name), &mut self.list.folded),
            postcodes,
            population: whole.as_ref().map_or(population, |whole| whole.population),
            department: u16::try_from(self.list.departments.len().checked_sub(1)?).ok()?,
            group: self.group,
            kind,
            whole: whole.map(|whole| whole.code),
        };
        if kind == Kind::Commune {
            self.whole = Some(row.clone());
        }
        self.list.rows.push(row);
        Some(())
    }

    fn keep(&mut self, piece: &str) -> Span {
        keep(piece, &mut self.list.text)
    }

    fn finish(mut self) -> Communes {
        let text = &self.list.text;
        self.list.rows.sort_by(|a, b| slice(text, &a.code).cmp(slice(text, &b.code)));
        self.list.text.shrink_to_fit();
        self.list.folded.shrink_to_fit();
        self.list
    }
}

/// Adds a piece to a text. Texts hold less than the file they come from times the little that folding may add: their
/// places are in a `u32`.
fn keep(piece: &str, text: &mut String) -> Span {
    let start = text.len() as u32;
    text.push_str(piece);
    start..text.len() as u32
}

/// A code of five figures or letters, from the end of it or the whole.
fn whole_figures(end: &str, shared: &str) -> Option<String> {
    let whole = if end.len() == 5 { end.to_owned() } else { format!("{shared}{end}") };
    (whole.len() == 5 && whole.bytes().all(|byte| byte.is_ascii_alphanumeric())).then_some(whole)
}

/// Reads any bytes, and checks what must hold of any list. For fuzzers.
pub fn fuzz_one(bytes: &[u8]) {
    let Ok(list) = Communes::parse(&String::from_utf8_lossy(bytes)) else { return };
    for row in &list.rows {
        let commune = list.commune(row);
        assert!(list.by_code(commune.code).is_some(), "a commune is not found by its code");
        assert!(
            commune.code.len() == 5 && commune.postcodes().all(|postcode| postcode.len() == 5),
            "figures are missing"
        );
        assert_eq!(fold(commune.name), slice(&list.folded, &row.folded), "a name is folded wrong");
    }
    for row in list.rows.iter().take(3) {
        let name = list.piece(&row.name);
        let found = list.search(name, usize::MAX);
        let alike = |commune: &Commune<'_>| same(commune.name, name);
        let searchable = words(&fold(name)).next().is_some() && !name.bytes().any(|byte| byte.is_ascii_digit());
        assert!(!searchable || found.iter().any(alike), "a commune is not found by its name");
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The very list that is served.
    fn france() -> Communes {
        Communes::parse(include_str!("../../../app/data/communes.txt")).expect("the list")
    }

    fn names<'a>(found: &[Commune<'a>]) -> Vec<&'a str> {
        found.iter().map(|commune| commune.name).collect()
    }

    #[test]
    fn all_of_france_is_there() {
        let france = france();
        let count = |kind| france.rows.iter().filter(|row| row.kind == kind).count();
        assert_eq!((count(Kind::Commune), count(Kind::Former), count(Kind::District)), (34_969, 2_576, 45));
        let remy = france.by_code("13100").expect("Saint-Rémy");
        assert_eq!(
            (remy.name, remy.department, remy.population),
            ("Saint-Rémy-de-Provence", "Bouches-du-Rhône", 9_599)
        );
        assert_eq!(remy.group, Some("CC Vallée des Baux-Alpilles (CC VBA)"));
        assert_eq!(remy.postcodes().collect::<Vec<_>>(), ["13210"]);
        let ajaccio = france.by_code("2A004").expect("Ajaccio");
        assert_eq!(ajaccio.postcodes().collect::<Vec<_>>(), ["20000", "20090", "20167"]);
        assert_eq!(france.by_code("97411").map(|commune| commune.department), Some("La Réunion"));
        assert_eq!(france.by_code("13999"), None);
    }

    #[test]
    fn what_is_typed_finds_what_is_meant() {
        let france = france();
        for (typed, first) in [
            ("st remy prov", "Saint-Rémy-de-Provence"),
            ("ST REMY DE PROVENCE", "Saint-Rémy-de-Provence"),
            ("13210", "Saint-Rémy-de-Provence"),
            ("132 remy", "Saint-Rémy-de-Provence"),
            ("arles", "Arles"),
            ("chateaurenrad", "Châteaurenard"),
            ("maussane alpile", "Maussane-les-Alpilles"),
            ("hay les roses", "L'Haÿ-les-Roses"),
            ("stes maries mer", "Saintes-Maries-de-la-Mer"),
            ("lyon 3", "Lyon 3e Arrondissement"),
            ("paris 15", "Paris 15e Arrondissement"),
            ("paris", "Paris"),
        ] {
            let found = france.search(typed, 5);
            assert_eq!(names(&found).first(), Some(&first), "{typed}: {:?}", names(&found));
        }
        let y = france.search("y", 5);
        assert!(y.len() == 5 && y.iter().all(|commune| commune.name.contains(['y', 'Y'])), "{:?}", names(&y));
        assert_eq!(france.search("  ", 5), []);
        assert_eq!(france.search("zzzzzzzz", 5), []);
    }

    #[test]
    fn a_former_commune_says_which_one_it_is_part_of() {
        let france = france();
        let found = france.search("arbignieu", 5);
        assert_eq!(names(&found), ["Arbignieu"]);
        assert_eq!((found[0].kind, found[0].part_of), (Kind::Former, Some(("01015", "Arboys en Bugey"))));
        assert_eq!(found[0].today(), ("01015", "Arboys en Bugey"));
        assert_eq!(found[0].postcodes().collect::<Vec<_>>(), ["01300"]);
        // The new commune took the code of its seat.
        assert_eq!(france.by_code("01015").map(|commune| commune.name), Some("Arboys en Bugey"));
        let district = france.search("13001 marseille 1er", 5);
        assert_eq!(district[0].kind, Kind::District);
    }

    #[test]
    fn an_import_finds_the_one_commune_of_a_name() {
        let france = france();
        let code = |name, postcode| france.named(name, postcode).map(|commune| commune.today().0.to_owned());
        assert_eq!(code("ST REMY DE PROVENCE", ""), Some("13100".into()));
        assert_eq!(code("Saint-Denis", ""), None);
        assert_eq!(code("Saint-Denis", "97400"), Some("97411".into()));
        assert_eq!(code("Arbignieu", "01300"), Some("01015".into()));
        assert_eq!(code("Nulle-Part", ""), None);
    }

    #[test]
    fn what_is_not_the_list_is_refused_with_its_line() {
        for (file, why) in [
            ("", CommunesError::NotTheList),
            ("communes 2\n", CommunesError::NotTheList),
            ("# x\ncommunes 1\n001|Ici", CommunesError::Line(3)),
            ("communes 1\n>01\n", CommunesError::Line(2)),
            ("communes 1\n>01|Ain\n+001|Ici", CommunesError::Line(3)),
            ("communes 1\n>01|Ain\n1|Ici", CommunesError::Line(3)),
            ("communes 1\n>01|Ain\n001|", CommunesError::Line(3)),
            ("communes 1\n>01|Ain\n001|Ici|4", CommunesError::Line(3)),
            ("communes 1\n>01|Ain\n001|Ici|400|beaucoup", CommunesError::Line(3)),
            ("communes 1\n>é|Ain\n001|Ici", CommunesError::Line(2)),
        ] {
            assert_eq!(Communes::parse(file).map(|list| list.len()), Err(why), "{file}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(lines in proptest::collection::vec("[>=+*]?[0-9A-Bé]{0,5}\\|?[A-Za-zé -]{0,8}(\\|[0-9,]{0,9}){0,3}", 0..8)) {
            fuzz_one(format!("communes 1\n>01|Ain\n{}", lines.join("\n")).as_bytes());
            fuzz_one(format!("communes 1\n{}", lines.join("\n")).as_bytes());
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            fuzz_one(&bytes);
            fuzz_one(&[b"communes 1\n>13|x\n", bytes.as_slice()].concat());
        }
    }
}
