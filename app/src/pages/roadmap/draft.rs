//! A sheet of a roadmap's form, for one line or for what is said of the whole, and its draft: fields by their code, as they are
//! typed, so that an erasure finds the drafts that name someone and what is no value yet is kept.

use std::collections::BTreeMap;

use maillon_shared::domain::event::EventCommune;
use maillon_shared::domain::ids::{GroupId, LineId, RoadmapId};
use maillon_shared::domain::mission::commune_key;
use maillon_shared::domain::programme::{ActionState, Cents};
use maillon_shared::domain::programme_calendar::ends_before;
use maillon_shared::domain::roadmap::{Quantity, Roadmap, RoadmapChange, RoadmapLines};
use maillon_shared::domain::time::PartialDate;

use super::fields::{Field, Kind, fields_of};
use crate::drafts::Fields;
use crate::ui::{Problem, birth_parts, read_birth};
use crate::words::{Word, events as e, programme as p, roadmap as w};

const GROUP: &str = "form.group";
/// What stands before a framework to begin from, in the form of a new roadmap.
pub const MODEL: &str = "form.model.";
/// Why something was given up, beside the state as it is typed.
pub const REASON: &str = "state.reason";
/// Before what ties a commune to its line, and before its code of the list.
pub const PLACE: &str = "places.";
pub const PLACE_CODE: &str = "place_code.";
pub const HEADING: &str = "headings.";
/// Between the day, the month and the year of a date as it is typed.
pub const BETWEEN_PARTS: char = '/';
pub const WHO_ENTRY: &str = "who_entry";

/// Of what a sheet is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// What is said of the whole.
    About,
    /// A line.
    Line(RoadmapLines, LineId),
}

impl Of {
    fn change(self, field: &str, value: String) -> RoadmapChange {
        match self {
            Of::About => RoadmapChange::About(field.to_owned(), value),
            Of::Line(lines, id) => RoadmapChange::Line(lines, id, field.to_owned(), value),
        }
    }

    /// What is written of it.
    fn written(self, roadmap: &Roadmap) -> BTreeMap<String, String> {
        let all = Roadmap::empty(roadmap.id).changes_to(roadmap).into_iter();
        let mine = all.filter_map(|change| match change {
            RoadmapChange::About(field, value) if self == Of::About => Some((field, value)),
            RoadmapChange::Line(lines, id, field, value) if self == Of::Line(lines, id) => Some((field, value)),
            _ => None,
        });
        mine.collect()
    }

    /// Its fields.
    pub fn fields(self) -> &'static [Field] {
        match self {
            Of::About => fields_of(None),
            Of::Line(lines, _) => fields_of(Some(lines)),
        }
    }
}

/// What a sheet holds: what is typed, by field.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Of what it is.
    pub of: Of,
    /// What is typed.
    pub typed: BTreeMap<String, String>,
    /// The group with which a roadmap begins to be common.
    pub group: Option<GroupId>,
}

impl Sheet {
    /// The sheet of something as it is written.
    pub fn of(of: Of, roadmap: &Roadmap) -> Self {
        let mut sheet = Sheet { of, typed: BTreeMap::new(), group: None };
        for (field, value) in of.written(roadmap) {
            let kind = of.fields().iter().find(|one| one.code == field).map(|one| one.kind);
            match kind {
                Some(Kind::Date) => {
                    sheet.say(&field, birth_parts(PartialDate::parse(&value)).join(&BETWEEN_PARTS.to_string()));
                }
                Some(Kind::Amount) => sheet.say(&field, Cents::parse(&value).map(typed_amount).unwrap_or_default()),
                Some(Kind::Quantity) => {
                    sheet.say(&field, Quantity::parse(&value).map(Quantity::plain).unwrap_or_default());
                }
                Some(Kind::State) => match ActionState::parse(&value) {
                    ActionState::Dropped(reason) => {
                        sheet.say(&field, "dropped".into());
                        sheet.say(REASON, reason);
                    }
                    other => sheet.say(&field, other.to_string()),
                },
                _ => match (field.strip_prefix(PLACE), EventCommune::parse(&value)) {
                    (Some(id), Some(commune)) => {
                        sheet.say(&field, commune.name);
                        sheet.say(&format!("{PLACE_CODE}{id}"), commune.key);
                    }
                    _ => sheet.say(&field, value),
                },
            }
        }
        sheet
    }

    /// What is typed there.
    pub fn said(&self, name: &str) -> &str {
        self.typed.get(name).map_or("", String::as_str)
    }

    /// Types it there. Nothing typed is the same as a field that nobody touched.
    pub fn say(&mut self, name: &str, text: String) {
        match text.is_empty() || text.chars().all(|c| c == BETWEEN_PARTS) {
            true => drop(self.typed.remove(name)),
            false => drop(self.typed.insert(name.to_owned(), text)),
        }
    }

    /// The lines of which something is typed after that beginning.
    pub fn lines(&self, beginning: &str) -> Vec<LineId> {
        self.typed.keys().filter_map(|name| LineId::parse(name.strip_prefix(beginning)?)).collect()
    }

    fn date(&self, name: &str) -> Option<Option<PartialDate>> {
        let mut parts = self.said(name).split(BETWEEN_PARTS).map(str::to_owned);
        let parts: [String; 3] = std::array::from_fn(|_| parts.next().unwrap_or_default());
        read_birth(&parts).filter(|date| date.is_none_or(|date| (1990..=2100).contains(&date.year())))
    }

    /// What a field means, as it is written; the words of what is to be mended where it means nothing.
    fn meant(&self, field: &Field) -> Result<String, Word> {
        let typed = self.said(field.code).trim();
        let number = |read: Option<String>, wrong: Word| match typed {
            "" => Ok(String::new()),
            _ => read.ok_or(wrong),
        };
        let value = match field.kind {
            Kind::Date => {
                let date = self.date(field.code).ok_or(p::wrong_date as Word)?;
                date.map(|date| date.to_string()).unwrap_or_default()
            }
            Kind::Amount => number(Cents::typed(typed).map(|amount| amount.to_string()), p::wrong_amount)?,
            Kind::Quantity => number(Quantity::typed(typed).map(|amount| amount.to_string()), w::wrong_number)?,
            Kind::Count => number(typed.parse::<u32>().ok().map(|n| n.to_string()), w::wrong_n)?,
            Kind::Year => {
                let year = typed.parse::<i32>().ok().filter(|year| (1990..=2100).contains(year));
                number(year.map(|year| year.to_string()), e::wrong_year)?
            }
            Kind::State => match (typed, self.said(REASON).trim()) {
                ("dropped", "") => return Err(w::needs_reason),
                ("dropped", reason) => ActionState::Dropped(reason.to_owned()).to_string(),
                (code, _) => code.to_owned(),
            },
            _ => typed.to_owned(),
        };
        match (field.needed, value.is_empty()) {
            (Some(words), true) if field.kind != Kind::Who || self.said(WHO_ENTRY).is_empty() => Err(words),
            _ => Ok(value),
        }
    }

    /// What changes, or all that is to be mended before.
    pub fn changes(&self, before: &Roadmap) -> Result<Vec<RoadmapChange>, Vec<Problem>> {
        let (changes, problems) = self.found(before);
        if problems.is_empty() { Ok(changes) } else { Err(problems) }
    }

    /// What changes in the fields that can be read, and what is to be mended in the others.
    fn found(&self, before: &Roadmap) -> (Vec<RoadmapChange>, Vec<Problem>) {
        let (mut changes, mut problems) = (Vec::new(), Vec::new());
        let written = self.of.written(before);
        let mut says = |field: &str, value: String| {
            // A state that nobody said is that it is to come, and is not written.
            let was = written.get(field).map_or("", String::as_str);
            let is_same = was == value || (was.is_empty() && value == "planned");
            if !is_same {
                changes.push(self.of.change(field, value));
            }
        };
        for field in self.of.fields() {
            match self.meant(field) {
                Ok(value) => says(field.code, value),
                Err(words) if field.kind == Kind::State => {
                    problems.push(Problem { field: id_of(REASON), words: words().into() });
                }
                Err(words) => problems.push(Problem { field: id_of(field.code), words: words().into() }),
            }
            match field.kind {
                // In common, whoever is of the directory is said in words: those that are taken away go first.
                Kind::Who => says(WHO_ENTRY, self.said(WHO_ENTRY).to_owned()),
                Kind::Places => self.many(PLACE, &written).into_iter().for_each(|name| {
                    let value = self.commune(&name).map(|commune| commune.written()).unwrap_or_default();
                    says(&name, value);
                }),
                Kind::Headings => self.many(HEADING, &written).into_iter().for_each(|name| {
                    says(&name, self.said(&name).to_owned());
                }),
                _ => {}
            }
        }
        for (first, last) in [("begins", "ends"), ("signed", "ends")] {
            let until = self.date(last).flatten();
            if until.is_some_and(|until| ends_before(until, self.date(first).flatten())) {
                problems.push(Problem { field: id_of(last), words: w::end_before().into() });
            }
        }
        let year = |name: &str| self.said(name).trim().parse::<i32>().ok();
        if self.of == Of::About && year("from").zip(year("until")).is_some_and(|(from, until)| until < from) {
            problems.push(Problem { field: "until".into(), words: w::wrong_years().into() });
        }
        (changes, problems)
    }

    /// The names of what is written or typed after a beginning.
    fn many(&self, beginning: &str, written: &BTreeMap<String, String>) -> Vec<String> {
        let typed = self.typed.keys().filter(|name| name.starts_with(beginning));
        let mut names: Vec<String> =
            written.keys().filter(|name| name.starts_with(beginning)).chain(typed).cloned().collect();
        names.sort();
        names.dedup();
        names
    }

    fn commune(&self, name: &str) -> Option<EventCommune> {
        let said = self.said(name).trim();
        let code = self.said(&format!("{PLACE_CODE}{}", name.strip_prefix(PLACE)?));
        let key = commune_key(code, said);
        (!said.is_empty()).then(|| EventCommune { key, name: said.to_owned() })
    }

    /// What is typed in it in words, for those who look whether someone is named. What is to be mended elsewhere hides none.
    pub fn words(&self, id: RoadmapId) -> Vec<String> {
        let (changes, _) = self.found(&Roadmap::empty(id));
        changes.iter().flat_map(RoadmapChange::words).collect()
    }
}

/// The field's id in the page.
pub fn id_of(field: &str) -> String {
    field.replace('.', "-")
}

/// An amount as one would type it.
fn typed_amount(Cents(cents): Cents) -> String {
    match cents % 100 {
        0 => (cents / 100).to_string(),
        rest => format!("{},{rest:02}", cents / 100),
    }
}

/// What differs from the sheet as it was opened, by field.
pub fn fields_since(opened: &Sheet, sheet: &Sheet) -> Fields {
    let group = |sheet: &Sheet| [(GROUP, sheet.group.map(|group| group.to_string()).unwrap_or_default())];
    let mut fields = Fields::that_differ(group(opened), group(sheet));
    for name in opened.typed.keys().filter(|name| !sheet.typed.contains_key(*name)) {
        fields.put(name.clone(), "");
    }
    for (name, text) in &sheet.typed {
        if opened.said(name) != text {
            fields.put(name.clone(), text.clone());
        }
    }
    fields
}

/// Lays a draft over the sheet.
pub fn lay(sheet: &mut Sheet, fields: &Fields) {
    for (name, value) in fields.iter() {
        match name {
            GROUP => sheet.group = GroupId::parse(value),
            other => sheet.say(other, value.to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use maillon_shared::domain::roadmap::{Line, Mandate, RoadmapAction};

    use super::*;

    const WALK: LineId = LineId([2; 16]);

    fn roadmap() -> Roadmap {
        let mut roadmap = Roadmap::empty(RoadmapId([9; 16]));
        roadmap.about.title = "Feuille de route".into();
        let arles = EventCommune { key: "13004".into(), name: "Arles".into() };
        roadmap.actions.push(RoadmapAction {
            title: "Marcher".into(),
            places: [(LineId([3; 16]), arles)].into(),
            begins: PartialDate::parse("2026-03"),
            state: ActionState::Dropped("la pluie".into()),
            spent: Some(Cents(125_050)),
            headings: [LineId([4; 16])].into(),
            ..RoadmapAction::empty(WALK)
        });
        roadmap
    }

    fn sheet() -> Sheet {
        Sheet::of(Of::Line(RoadmapLines::Actions, WALK), &roadmap())
    }

    #[test]
    fn a_sheet_that_nobody_touched_changes_nothing() {
        assert_eq!(sheet().changes(&roadmap()).ok(), Some(Vec::new()));
        assert_eq!(Sheet::of(Of::About, &roadmap()).changes(&roadmap()).ok(), Some(Vec::new()));
    }

    #[test]
    fn a_draft_lays_back_what_was_typed_whatever_it_is() {
        let mut typed = sheet();
        typed.say("planned", "mille".into());
        typed.say("ends", "/2/2027".into());
        typed.say(&format!("{HEADING}{WALK}"), "1".into());
        typed.say("title", String::new());
        let fields = Fields::read(&fields_since(&sheet(), &typed).write());
        let mut again = sheet();
        lay(&mut again, &fields);
        assert_eq!(again, typed);
    }

    #[test]
    fn what_is_to_be_mended_is_told_where_it_is() {
        let told = |change: &dyn Fn(&mut Sheet)| {
            let mut sheet = sheet();
            change(&mut sheet);
            let problems = sheet.changes(&roadmap()).err().unwrap_or_default();
            problems.into_iter().map(|problem| problem.field).collect::<Vec<_>>()
        };
        assert_eq!(told(&|sheet| sheet.say("title", " ".into())), ["title"]);
        assert_eq!(told(&|sheet| sheet.say("planned", "mille".into())), ["planned"]);
        assert_eq!(told(&|sheet| sheet.say(REASON, String::new())), ["state-reason"]);
        assert_eq!(told(&|sheet| sheet.say("ends", "31/2/2026".into())), ["ends"]);
        assert_eq!(told(&|sheet| sheet.say("ends", "//2025".into())), ["ends"]);
    }

    #[test]
    fn the_words_are_told_while_something_else_is_to_be_mended() {
        let mut sheet = sheet();
        sheet.say("title", String::new());
        sheet.say("planned", "mille".into());
        sheet.say("words", "Chez la voisine".into());
        assert!(sheet.words(RoadmapId([9; 16])).iter().any(|words| words == "Chez la voisine"));
    }

    #[test]
    fn a_measure_says_of_which_indicator_it_is() {
        let before = roadmap();
        let mut sheet = Sheet::of(Of::Line(RoadmapLines::Values, LineId([7; 16])), &before);
        sheet.say("amount", "12".into());
        assert!(sheet.changes(&before).is_err());
        sheet.say("indicator", LineId([8; 16]).to_string());
        assert!(sheet.changes(&before).is_ok());
    }

    #[test]
    fn someone_of_the_directory_needs_no_words() {
        let before = roadmap();
        let mut sheet = Sheet::of(Of::Line(RoadmapLines::Mandates, LineId([7; 16])), &before);
        assert!(sheet.changes(&before).is_err(), "nobody said who");
        sheet.say(WHO_ENTRY, LineId([8; 16]).to_string());
        let mut after = before.clone();
        assert!(sheet.changes(&before).unwrap_or_default().iter().all(|change| after.apply(change)));
        assert_eq!(after.mandates.iter().map(|line: &Mandate| line.who_entry.is_some()).collect::<Vec<_>>(), [true]);
    }
}
