//! The tables that a collective keeps before it has a notebook: its communes with who lives there, what it held and will hold,
//! where it looks first and what it set out to do. Plain lines come out; what becomes of them is decided elsewhere.

use chrono::Datelike;
use maillon_shared::domain::diagnosis::Hundredths;
use maillon_shared::domain::event::{EventKind, EventState};
use maillon_shared::domain::time::PartialDate;
use maillon_shared::text::fold::fold;

use super::columns::{self, Clue, ColumnGuess, Words, field_of_head};
use super::directory::read_day;
use super::refused::{Refusal, Refused};
use super::table::{RawRow, RawTable, TableError};

/// What a table of a collective is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableOf {
    /// Communes, with who lives there.
    Communes,
    /// What was held or is planned.
    Events,
    /// Where one looks first, what one set out to do, which money was asked.
    Priorities,
}

/// What a column of such a table may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CollectiveField {
    /// The code of the commune.
    Code,
    /// The name of the commune.
    Commune,
    /// How many live there.
    Population,
    /// The number of the intercommunality.
    WithinCode,
    /// The name of the intercommunality.
    Within,
    /// The year, or the first and the last.
    Year,
    /// What an event is, or what a line is.
    Kind,
    /// What it is called.
    Title,
    /// The structure that receives it.
    Host,
    /// What it is about.
    Theme,
    /// How it stands.
    State,
    /// Of what the line is.
    Object,
    /// Who says so.
    Source,
    /// Why it is to be verified.
    ToVerify,
}

impl CollectiveField {
    /// The code that screens have words for.
    pub const fn code(self) -> &'static str {
        match self {
            CollectiveField::Code => "commune_code",
            CollectiveField::Commune => "commune",
            CollectiveField::Population => "population",
            CollectiveField::WithinCode => "within_code",
            CollectiveField::Within => "within",
            CollectiveField::Year => "year",
            CollectiveField::Kind => "line_kind",
            CollectiveField::Title => "title",
            CollectiveField::Host => "host",
            CollectiveField::Theme => "theme",
            CollectiveField::State => "state",
            CollectiveField::Object => "object",
            CollectiveField::Source => "source",
            CollectiveField::ToVerify => "to_verify",
        }
    }
}

const fn words(field: CollectiveField, head: &'static str, others: &'static [&'static str]) -> Words<CollectiveField> {
    Words { field, head, others }
}

const CODE: Words<CollectiveField> =
    words(CollectiveField::Code, "insee", &["code insee", "code commune", "cog", "commune code"]);
const COMMUNE: Words<CollectiveField> = words(CollectiveField::Commune, "commune", &["ville", "town", "lieu"]);
const YEAR: Words<CollectiveField> =
    words(CollectiveField::Year, "année", &["période", "an", "date", "year", "period"]);
const TO_VERIFY: Words<CollectiveField> =
    words(CollectiveField::ToVerify, "à vérifier", &["vérifier", "à confirmer", "to verify", "to check"]);

const OF_COMMUNES: &[Words<CollectiveField>] = &[
    CODE,
    COMMUNE,
    words(
        CollectiveField::Population,
        "population",
        &["habitants", "nombre d'habitants", "population municipale", "inhabitants"],
    ),
    words(CollectiveField::WithinCode, "epci_siren", &["siren", "epci siren", "siren epci", "code epci"]),
    words(CollectiveField::Within, "epci", &["intercommunalité", "nom epci", "communauté de communes"]),
    YEAR,
    words(CollectiveField::Source, "source", &[]),
    TO_VERIFY,
];

const OF_EVENTS: &[Words<CollectiveField>] = &[
    YEAR,
    words(CollectiveField::Kind, "type", &["nature", "sorte", "kind"]),
    words(CollectiveField::Title, "titre", &["intitulé", "nom", "événement", "title"]),
    COMMUNE,
    CODE,
    words(CollectiveField::Host, "structure hôte", &["hôte", "accueil", "structure", "host"]),
    words(CollectiveField::Theme, "thème", &["sujet", "theme"]),
    words(CollectiveField::State, "état", &["statut", "avancement", "state", "status"]),
];

const OF_PRIORITIES: &[Words<CollectiveField>] = &[
    YEAR,
    words(CollectiveField::Kind, "type", &["nature", "sorte", "kind"]),
    words(CollectiveField::Object, "objet", &["intitulé", "titre", "nom", "object"]),
    TO_VERIFY,
];

impl TableOf {
    const fn heads(self) -> &'static [Words<CollectiveField>] {
        match self {
            TableOf::Communes => OF_COMMUNES,
            TableOf::Events => OF_EVENTS,
            TableOf::Priorities => OF_PRIORITIES,
        }
    }

    /// The fields that a column can be given.
    pub fn fields(self) -> impl Iterator<Item = CollectiveField> {
        self.heads().iter().map(|words| words.field)
    }

    /// The field of a code.
    pub fn field(self, code: &str) -> Option<CollectiveField> {
        self.fields().find(|field| field.code() == code)
    }
}

/// A table that was read, and what its columns seem to be.
pub struct CollectiveTable {
    /// The table.
    pub table: RawTable,
    /// What each column seems to be.
    pub guesses: Vec<ColumnGuess<CollectiveField>>,
}

impl CollectiveTable {
    /// Looks at a file.
    pub fn read(of: TableOf, file: &[u8]) -> Result<Self, TableError> {
        let table = super::read_table(file)?;
        let guess = |(column, head): (usize, &String)| match field_of_head(of.heads(), head) {
            Some((field, why)) => ColumnGuess { column, field: Some(field), why },
            None => ColumnGuess { column, field: None, why: Clue::None },
        };
        let mut guesses: Vec<_> = table.header.iter().enumerate().map(guess).collect();
        // Two that say the same: the one whose head says it best, and the other is left out.
        columns::keep_one_each(&mut guesses, |_| false, CollectiveField::Source);
        let mut taken = Vec::new();
        for guess in &mut guesses {
            match guess.field {
                Some(field) if taken.contains(&field) || of.field(field.code()).is_none() => guess.field = None,
                Some(field) => taken.push(field),
                None => {}
            }
        }
        Ok(CollectiveTable { table, guesses })
    }

    /// What each line holds, its columns being what someone confirmed.
    pub fn lines(&self, columns: &[Option<CollectiveField>]) -> Vec<Result<TableLine, Refused>> {
        let width = self.table.header.len();
        self.table.rows.iter().map(|row| line_of(row, width, columns)).collect()
    }

    /// The year that the head of a column says: "Population 2021". None where it says none, or several.
    pub fn year_of(&self, field: CollectiveField, columns: &[Option<CollectiveField>]) -> Option<i32> {
        let words = self.head_of(field, columns).split(|letter: char| !letter.is_ascii_digit());
        let years: Vec<i32> = words.filter(|word| word.len() == 4).filter_map(|word| word.parse().ok()).collect();
        match years[..] {
            [year] if POSSIBLE.contains(&year) => Some(year),
            _ => None,
        }
    }

    /// The head of the column of a field.
    pub fn head_of(&self, field: CollectiveField, columns: &[Option<CollectiveField>]) -> &str {
        let at = columns.iter().position(|column| *column == Some(field));
        at.and_then(|at| self.table.header.get(at)).map_or("", |head| head.trim())
    }
}

/// A line, cell by cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableLine {
    /// Its number in the file, from 1.
    pub line: usize,
    cells: Vec<(CollectiveField, String)>,
    text: String,
}

fn line_of(row: &RawRow, width: usize, columns: &[Option<CollectiveField>]) -> Result<TableLine, Refused> {
    let line = TableLine { line: row.line, cells: Vec::new(), text: row.cells.join(" | ") };
    if (width..row.cells.len()).any(|column| !row.cell(column).is_empty()) {
        return Err(line.refused(Refusal::TooManyCells));
    }
    let given = columns.iter().enumerate().filter_map(|(at, field)| Some(((*field)?, row.cell(at).to_owned())));
    Ok(TableLine { cells: given.collect(), ..line })
}

impl TableLine {
    /// What it says there; empty where it says nothing.
    pub fn cell(&self, field: CollectiveField) -> &str {
        self.cells.iter().find(|(of, _)| *of == field).map_or("", |(_, cell)| cell)
    }

    /// Whether each of its cells fits in a field.
    pub fn is_short_enough<E>(&self, fits: impl Fn(&str) -> Result<(), E>) -> bool {
        self.cells.iter().all(|(_, cell)| fits(cell).is_ok())
    }

    /// The line as it was read, with why it is not taken in.
    pub fn refused(&self, why: Refusal) -> Refused {
        Refused { line: self.line, why, text: self.text.chars().take(200).collect() }
    }

    /// How many live there: none where nothing is said.
    pub fn population(&self) -> Result<Option<Hundredths>, Refusal> {
        match self.cell(CollectiveField::Population) {
            "" => Ok(None),
            cell => match Hundredths::typed(cell) {
                Some(number) if number.0 >= 0 && number.0 % 100 == 0 => Ok(Some(number)),
                _ => Err(Refusal::NoNumber),
            },
        }
    }

    /// The years it says: none, one, or the first to the last.
    pub fn years(&self) -> Result<Vec<i32>, Refusal> {
        let cell = self.cell(CollectiveField::Year);
        let year = |text: &str| text.trim().parse::<i32>().ok().filter(|year| POSSIBLE.contains(year));
        match cell.split_once(['-', '–', '/']) {
            _ if cell.is_empty() => Ok(Vec::new()),
            None => year(cell).map(|year| vec![year]).ok_or(Refusal::NoYear),
            Some((first, last)) => match (year(first), year(last)) {
                (Some(first), Some(last)) if first <= last && last - first < MOST_YEARS => Ok((first..=last).collect()),
                _ => Err(Refusal::NoYear),
            },
        }
    }

    /// What an event is; anything else is said in words, in its title.
    pub fn event_kind(&self) -> EventKind {
        let kind = fold(self.cell(CollectiveField::Kind));
        let begins = |words: &[&str]| words.iter().any(|word| kind.starts_with(word));
        if begins(&["forum"]) {
            EventKind::Forum
        } else if begins(&["conference"]) {
            EventKind::Conference
        } else if begins(&["atelier", "workshop"]) {
            EventKind::Workshop
        } else if begins(&["dejeuner", "lunch"]) {
            EventKind::Lunch
        } else if begins(&["action scolaire", "action en milieu scolaire", "ecole", "school"]) {
            EventKind::SchoolAction
        } else if begins(&["etp", "education therapeutique", "therapeutic"]) {
            EventKind::TherapeuticEducation
        } else {
            EventKind::Other
        }
    }

    /// What an event is called. Where the table has no title, or one that goes on from what it is, that is said first.
    pub fn event_title(&self) -> String {
        let [kind, title, commune] =
            [CollectiveField::Kind, CollectiveField::Title, CollectiveField::Commune].map(|field| self.cell(field));
        let goes_on = title.chars().next().is_some_and(char::is_lowercase);
        let words = match (title.is_empty(), goes_on, commune.is_empty()) {
            (true, _, true) => kind.to_owned(),
            (true, _, false) => format!("{kind}, {commune}"),
            (false, true, _) => format!("{kind} {title}"),
            // A sort that no list has is said nowhere else.
            (false, false, _) if !kind.is_empty() && self.event_kind() == EventKind::Other => {
                format!("{title} ({kind})")
            }
            (false, false, _) => title.to_owned(),
        };
        let mut chars = words.trim().chars();
        chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
    }

    /// How an event stands, and when it is planned for. Nothing was held nobody knows when.
    pub fn event_state(&self) -> Result<(EventState, Option<PartialDate>), Refusal> {
        let state = fold(self.cell(CollectiveField::State));
        let at = match read_day(self.cell(CollectiveField::Year)) {
            Some(day) => Some(PartialDate::Day(day)),
            None => match self.years()?[..] {
                [] => None,
                [year] => Some(PartialDate::Year(year)),
                _ => return Err(Refusal::NoYear),
            },
        };
        if at.is_some_and(|at| !POSSIBLE.contains(&at.latest().year())) {
            return Err(Refusal::NoYear);
        }
        let begins = |words: &[&str]| words.iter().any(|word| state.starts_with(word));
        if begins(&["tenu", "realise", "fait", "passe", "held"]) {
            at.map(|at| (EventState::Held(at), None)).ok_or(Refusal::NoYear)
        } else if begins(&["reporte", "postponed"]) {
            Ok((EventState::Postponed, at))
        } else if begins(&["annule", "cancelled"]) {
            Ok((EventState::Cancelled, at))
        } else if state.is_empty() || begins(&["prevu", "a programmer", "programme", "a venir", "planned"]) {
            Ok((EventState::Planned, at))
        } else {
            Err(Refusal::UnknownState)
        }
    }

    /// What a line of priorities is of.
    pub fn priority(&self) -> Result<Priority, Refusal> {
        let kind = fold(self.cell(CollectiveField::Kind));
        let begins = |words: &[&str]| words.iter().any(|word| kind.starts_with(word));
        if begins(&["commune"]) {
            Ok(Priority::Commune)
        } else if begins(&["objectif", "axe", "aim"]) {
            Ok(Priority::Aim)
        } else if begins(&["appel", "candidature", "call"]) {
            Ok(Priority::Call)
        } else {
            Err(Refusal::UnknownKind)
        }
    }
}

/// A slip of a digit is likelier than another century: as forms have it.
const POSSIBLE: std::ops::RangeInclusive<i32> = 1990..=2100;
/// No period of a table is longer.
const MOST_YEARS: i32 = 10;

/// What a line of priorities is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Priority {
    /// A commune where one looks first.
    Commune,
    /// Something that was set out to be done.
    Aim,
    /// A call for projects that was answered.
    Call,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop where a table should have been read")]

    use super::*;

    fn lines(of: TableOf, text: &str) -> Vec<TableLine> {
        let table = CollectiveTable::read(of, text.as_bytes()).unwrap();
        let columns: Vec<_> = table.guesses.iter().map(|guess| guess.field).collect();
        table.lines(&columns).into_iter().map(Result::unwrap).collect()
    }

    #[test]
    fn a_table_of_communes_is_read_by_its_heads() {
        let text =
            "insee,commune,codes_postaux,population,epci_siren,epci\n13004,Arles,13200,\"51 811\",241300417,CA\n";
        let line = &lines(TableOf::Communes, text)[0];
        assert_eq!((line.cell(CollectiveField::Code), line.cell(CollectiveField::Within)), ("13004", "CA"));
        assert_eq!(line.population(), Ok(Some(Hundredths::whole(51_811))));
    }

    #[test]
    fn events_say_what_they_are_and_nothing_was_held_nobody_knows_when() {
        let text = "année;type;titre;commune;structure hôte;thème;état\n\
            2021;conférence;pour les professionnels;Tarascon;MSP;;tenue\n\
            ;déjeuner interprofessionnel;;Arles;;;à programmer\n\
            ;forum;1er forum;Arles;;;tenu\n\
            2022;forum;2e forum;Arles;;;rêvé\n";
        let lines = lines(TableOf::Events, text);
        assert_eq!(lines[0].event_title(), "Conférence pour les professionnels");
        assert_eq!(lines[0].event_state(), Ok((EventState::Held(PartialDate::Year(2021)), None)));
        assert_eq!(lines[1].event_title(), "Déjeuner interprofessionnel, Arles");
        assert_eq!(
            (lines[1].event_kind(), lines[1].event_state()),
            (EventKind::Lunch, Ok((EventState::Planned, None)))
        );
        assert_eq!((lines[2].event_title().as_str(), lines[2].event_state()), ("1er forum", Err(Refusal::NoYear)));
        assert_eq!(lines[3].event_state(), Err(Refusal::UnknownState));
    }

    #[test]
    fn a_day_is_a_day_and_a_sort_that_no_list_has_is_kept_in_the_title() {
        let text =
            "date;type;titre;commune;état\n12/03/2024;ciné-débat;Vieillir;Arles;tenu\n2199;forum;Un;Arles;prévu\n";
        let lines = lines(TableOf::Events, text);
        let day = chrono::NaiveDate::from_ymd_opt(2024, 3, 12).unwrap();
        assert_eq!(lines[0].event_state(), Ok((EventState::Held(PartialDate::Day(day)), None)));
        assert_eq!(lines[0].event_title(), "Vieillir (ciné-débat)");
        assert_eq!(lines[1].event_state(), Err(Refusal::NoYear), "a slip of a digit");
    }

    #[test]
    fn the_head_of_a_column_may_say_the_year() {
        let columns = [Some(CollectiveField::Population)];
        let year = |head: &str| {
            let file = format!("{head};x\n1;2\n");
            CollectiveTable::read(TableOf::Communes, file.as_bytes())
                .unwrap()
                .year_of(CollectiveField::Population, &columns)
        };
        assert_eq!(
            (year("Population 2021"), year("Population"), year("Population 2015-2021")),
            (Some(2021), None, None)
        );
    }

    #[test]
    fn a_period_is_its_years() {
        let text = "période;type;objet;à vérifier\n2021-2023;commune prioritaire;Arles;x\n2023–2021;objectif;y;\n";
        let lines = lines(TableOf::Priorities, text);
        assert_eq!((lines[0].years(), lines[0].priority()), (Ok(vec![2021, 2022, 2023]), Ok(Priority::Commune)));
        assert_eq!((lines[1].years(), lines[1].priority()), (Err(Refusal::NoYear), Ok(Priority::Aim)));
    }
}
