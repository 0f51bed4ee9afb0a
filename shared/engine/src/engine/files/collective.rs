//! The tables of a collective, taken in: communes into a diagnosis, events, priorities into the programmes of their years. Every
//! line ends made, joined to what was there, or refused with its reason; what was there stays as it is.

mod events;
mod priorities;

use maillon_shared::api::imports::{ImportPreview, ImportReport, LineNote};
use maillon_shared::api::loading::{Load, LoadInto};
use maillon_shared::api::{Answer, Failure, Response};
use maillon_shared::domain::communes::Communes;
use maillon_shared::domain::diagnosis::{
    DiagnosedPlace, Diagnosis, DiagnosisChange, Figure, FigureAt, Indicator, IndicatorAbout, IndicatorField,
    POPULATION, place_line,
};
use maillon_shared::domain::event::EventCommune;
use maillon_shared::domain::ids::{DiagnosisId, GroupId};
use maillon_shared::domain::mission::{commune_key, is_commune_code};

use super::super::Engine;
use super::super::collective::YEARS;
use super::super::commands::short_enough;
use super::super::groups::names_nobody_in;
use super::{failure_of_table, preview_table, shortened};
use crate::ambient::Ambient;
use crate::exchange::of_collective::{CollectiveField, CollectiveTable, TableLine, TableOf};
use crate::exchange::refused::{Refusal, Refused};
use crate::notebook::Plan;
use crate::store::Store;
use crate::views::Views;

/// Each line is looked at beside those before it: of more, whoever waits would believe that nothing happens.
const MOST_LINES: usize = 5_000;

impl<S: Store, A: Ambient> Engine<S, A> {
    /// What a table seems to hold: nothing is written.
    pub(in crate::engine) fn look_at_table(&mut self, into: &LoadInto, file: &[u8]) -> Result<ImportPreview, Failure> {
        self.notebook()?;
        let of = table_of(into);
        let table = CollectiveTable::read(of, file).map_err(failure_of_table)?;
        let column = |at: usize| table.guesses.get(at).and_then(|guess| guess.field).map(CollectiveField::code);
        let fields = of.fields().map(|field| field.code().to_owned()).collect();
        Ok(ImportPreview { fields, ..preview_table(&table.table, column, &[]) })
    }

    /// Takes a table in.
    pub(in crate::engine) async fn load(&mut self, load: Load) -> Answer {
        let of = table_of(&load.into);
        let table = CollectiveTable::read(of, &load.file).map_err(failure_of_table)?;
        let columns: Vec<_> = load.columns.iter().map(|code| code.as_deref().and_then(|code| of.field(code))).collect();
        let communes = Communes::parse(&load.communes).ok();
        let mut report = ImportReport::default();
        let mut lines = Vec::new();
        for (at, line) in table.lines(&columns).into_iter().enumerate() {
            match line {
                Ok(line) if at >= MOST_LINES => refuse(&mut report, line.refused(Refusal::TooManyLines)),
                Ok(line) if !line.is_short_enough(short_enough) => refuse(&mut report, line.refused(Refusal::TooLong)),
                Ok(line) => lines.push(line),
                Err(refused) => refuse(&mut report, refused),
            }
        }
        let plan = match load.into {
            LoadInto::Communes { diagnosis, year, source } => {
                let name = table.head_of(CollectiveField::Population, &columns).to_owned();
                // What the head of the column says of the year is nearer to its figures than what was typed beside.
                let year = table.year_of(CollectiveField::Population, &columns).unwrap_or(year);
                // The indicator is the same from year to year.
                let bare = name.replace(&year.to_string(), "");
                let bare = bare.trim_matches(|letter: char| !letter.is_alphanumeric());
                let name = if bare.is_empty() { name } else { bare.to_owned() };
                let said = Said { name, year, source };
                self.plan_communes(diagnosis, &said, &lines, communes.as_ref(), &mut report).await?
            }
            LoadInto::Events(group) => self.plan_events(group, &lines, communes.as_ref(), &mut report).await?,
            LoadInto::Priorities(group) => self.plan_priorities(group, &lines, communes.as_ref(), &mut report).await?,
        };
        if let Some(plan) = plan
            && let Response::Saved(saved) = self.save(plan).await?
        {
            report.act = Some(saved.act);
        }
        Ok(Response::Imported(Box::new(report)))
    }

    async fn plan_communes(
        &mut self,
        id: DiagnosisId,
        said: &Said,
        lines: &[TableLine],
        communes: Option<&Communes>,
        report: &mut ImportReport,
    ) -> Result<Option<Plan>, Failure> {
        let views = &self.notebook()?.views;
        let held = views.diagnosis(id).ok_or(Failure::NotFound)?;
        let group = views.group_of(id.into());
        let mut after = held.clone();
        for line in lines {
            match commune_line(&after, said, line, communes) {
                Ok(taken) if !is_named(views, group, line, &taken.changes) => {
                    taken.changes.iter().for_each(|change| after.apply(change));
                    match (taken.is_new, taken.changes.is_empty()) {
                        (true, _) => report.created += 1,
                        (false, true) => report.unchanged += 1,
                        (false, false) => report.completed += 1,
                    }
                    report.remarks.extend(taken.remarks);
                }
                Ok(_) => refuse(report, line.refused(Refusal::NamesSomeone)),
                Err(why) => refuse(report, line.refused(why)),
            }
        }
        let changes = held.changes_to(&after);
        match changes.is_empty() {
            true => Ok(None),
            false => self.plan_diagnosis("load_communes", id, changes, None).await.map(Some),
        }
    }
}

/// What is said of all the lines of a table of communes.
struct Said {
    /// What the number of inhabitants is called.
    name: String,
    /// The year, where a line says none.
    year: i32,
    /// The source, where a line says none.
    source: String,
}

/// What a line of communes says that is new.
struct Taken {
    changes: Vec<DiagnosisChange>,
    /// Whether the commune is.
    is_new: bool,
    /// What it says that is not taken.
    remarks: Vec<LineNote>,
}

fn commune_line(
    held: &Diagnosis,
    said: &Said,
    line: &TableLine,
    communes: Option<&Communes>,
) -> Result<Taken, Refusal> {
    let code = line.cell(CollectiveField::Code);
    let name = line.cell(CollectiveField::Commune);
    if !is_commune_code(code) || name.is_empty() {
        return Err(Refusal::NoCommune);
    }
    // A commune is called as the list calls it: a cell may hold anything.
    let name = communes.and_then(|list| list.by_code(code)).map_or(name, |commune| commune.name);
    let year = match line.years()?[..] {
        [] => said.year,
        [year] => year,
        _ => return Err(Refusal::NoYear),
    };
    if !YEARS.contains(&year) {
        return Err(Refusal::NoYear);
    }
    let population = line.population()?;
    let mut remarks = Vec::new();
    let mut not_taken = |why: &str, field| remarks.push(cell_not_taken(line, why, field));
    let (within, within_name) = (line.cell(CollectiveField::WithinCode), line.cell(CollectiveField::Within));
    let within = if within.is_empty() { commune_key("", within_name) } else { within.to_owned() };
    let mut before = Diagnosis::empty(held.id);
    before.places = held.places.iter().filter(|place| [code, &within].contains(&place.key())).cloned().collect();
    let mut after = before.clone();
    let is_new = after.place(code).is_none();
    let add = |diagnosis: &mut Diagnosis, key: &str, name: &str| {
        let place = EventCommune { key: key.to_owned(), name: name.to_owned() };
        match diagnosis.places.iter_mut().find(|line| line.key() == key) {
            // One whose table was undone is shown by its key: it has its name again.
            Some(there) if there.name() == key => there.place = Some(place),
            Some(_) => {}
            None => diagnosis.places.push(DiagnosedPlace::of(place)),
        }
    };
    add(&mut after, code, name);
    if !within.is_empty() && !within_name.is_empty() {
        add(&mut after, &within, within_name);
        let commune = after.places.iter_mut().find(|place| place.id == place_line(code));
        match commune {
            Some(commune) if commune.within.is_empty() => commune.within = within,
            Some(commune) if commune.within != within => not_taken("kept_other", CollectiveField::Within),
            _ => {}
        }
    }
    let mut changes = before.changes_to(&after);
    let Some(number) = population else {
        // Of no figure there is no source, and nothing to verify.
        let said_of_it = [CollectiveField::Source, CollectiveField::ToVerify].into_iter();
        said_of_it.filter(|field| !line.cell(*field).is_empty()).for_each(|field| not_taken("left_out", field));
        return Ok(Taken { changes, is_new, remarks });
    };
    let indicator = Indicator::usual(POPULATION);
    if held.indicator(indicator).is_none_or(|held| held.name.is_empty()) {
        changes.push(DiagnosisChange::Indicator(indicator, IndicatorField::Name, said.name.clone()));
        changes.push(DiagnosisChange::About(indicator, IndicatorAbout::Population));
    }
    let source = match line.cell(CollectiveField::Source) {
        "" => said.source.clone(),
        source => source.to_owned(),
    };
    let to_verify = line.cell(CollectiveField::ToVerify).to_owned();
    let figure = Figure { source, to_verify, ..Figure::number(number) };
    let at = FigureAt { indicator, year, place: code.to_owned() };
    match held.figures.get(&at) {
        None => changes.push(DiagnosisChange::figure(at, figure)),
        // What was there stays: someone may have corrected it. What the file says otherwise is told.
        Some(there) => {
            if there.is != figure.is {
                not_taken("kept_other", CollectiveField::Population);
            }
            for (field, kept) in
                [(CollectiveField::Source, &there.source), (CollectiveField::ToVerify, &there.to_verify)]
            {
                if !line.cell(field).is_empty() && line.cell(field) != kept {
                    not_taken("kept_other", field);
                }
            }
        }
    }
    Ok(Taken { changes, is_new, remarks })
}

fn table_of(into: &LoadInto) -> TableOf {
    match into {
        LoadInto::Communes { .. } => TableOf::Communes,
        LoadInto::Events(_) => TableOf::Events,
        LoadInto::Priorities(_) => TableOf::Priorities,
    }
}

/// A cell that is not taken in, though its line is: nothing of a table is lost without a word.
fn cell_not_taken(line: &TableLine, why: &str, field: CollectiveField) -> LineNote {
    LineNote { line: line.line as u32, why: why.to_owned(), text: shortened(line.cell(field)) }
}

fn refuse(report: &mut ImportReport, refused: Refused) {
    let text = shortened(&refused.text);
    report.refused.push(LineNote { line: refused.line as u32, why: refused.why.code().to_owned(), text });
}

/// Whether what a group would read names someone who is accompanied. The name of a commune is none of the words of a change,
/// since it is chosen elsewhere; in a table it was typed.
fn is_named(views: &Views, group: Option<GroupId>, line: &TableLine, changes: &[DiagnosisChange]) -> bool {
    let typed = [CollectiveField::Commune, CollectiveField::Within].map(|field| line.cell(field));
    let words: Vec<&str> = changes.iter().flat_map(DiagnosisChange::words).chain(typed).collect();
    group.is_some() && names_nobody_in(views, &words).is_err()
}

/// A commune by its name: as the list of communes has it, where it has one of that name alone.
fn commune_named(communes: Option<&Communes>, code: &str, name: &str) -> Option<EventCommune> {
    let (code, name) = match communes.and_then(|list| list.by_code(code).or_else(|| list.named(name, ""))) {
        Some(found) => {
            let (code, name) = found.today();
            (code.to_owned(), name.to_owned())
        }
        None => (code.to_owned(), name.to_owned()),
    };
    let key = commune_key(&code, &name);
    (!key.is_empty()).then_some(EventCommune { key, name })
}
