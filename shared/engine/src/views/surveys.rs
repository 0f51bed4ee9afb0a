//! Surveys, as screens read them: what was answered, counted when it is asked for, and each question beside itself year
//! after year.
//!
//! Responses are counted where they are: those of a group's survey from the documents of that group, with the words that
//! only this notebook has. What a group's member writes of another survey than the group's counts for nothing.

use std::collections::BTreeSet;

use maillon_shared::api::surveys::{
    FiguresRow, ReadRemark, SheetVersions, SurveyFile, SurveyRow, SurveyYears, Surveys,
};
use maillon_shared::domain::event::EventState;
use maillon_shared::domain::ids::{DocId, EventId, FiguresId, GroupId, LineId, QuestionId, SurveyId};
use maillon_shared::domain::survey::compare::over_the_years;
use maillon_shared::domain::survey::leaving::leaving;
use maillon_shared::domain::survey::merge::{Gathered, Settled};
use maillon_shared::domain::survey::published::PublishedFigure;
use maillon_shared::domain::survey::question::{QuestionKind, RespondentKind};
use maillon_shared::domain::survey::record::{SurveyRecord, known_questions};
use maillon_shared::domain::survey::remarks::{Readings, Remark, Verdict, remarks};
use maillon_shared::domain::survey::response::{Response, Source};
use maillon_shared::domain::survey::totals::{SurveyTotals, survey_totals};
use maillon_shared::text::sort::sort_key;

use super::{Content, Views};
use crate::journal::Scope;
use crate::journal::records::survey_responses::SurveyPart;

impl Views {
    /// A survey.
    pub fn survey(&self, id: SurveyId) -> Option<&SurveyRecord> {
        match self.documents.get(&id.into()).filter(|cached| !cached.undone).map(|cached| &cached.content) {
            Some(Content::Survey(record)) => Some(record),
            _ => None,
        }
    }

    fn surveys(&self) -> impl Iterator<Item = &SurveyRecord> {
        let shown = self.documents.values().filter(|cached| !cached.undone);
        shown.filter_map(|cached| match &cached.content {
            Content::Survey(record) if !record.survey.withdrawn => Some(&**record),
            _ => None,
        })
    }

    /// The documents of the responses to a survey that count: this notebook's own, and those of the group whose it is.
    pub fn survey_parts(&self, id: SurveyId) -> Vec<(DocId, &Scope, &SurveyPart)> {
        let Some(whose) = self.documents.get(&id.into()).map(|cached| &cached.header.scope) else { return Vec::new() };
        let shown = self.documents.iter().filter(|(_, cached)| !cached.undone);
        let parts = shown.filter_map(|(document, cached)| match &cached.content {
            Content::SurveyResponses(part) if part.survey == id => Some((*document, &cached.header.scope, &**part)),
            _ => None,
        });
        let mut parts: Vec<_> =
            parts.filter(|(_, scope, _)| *scope == whose || matches!(scope, Scope::Notebook)).collect();
        parts.sort_unstable_by_key(|(document, ..)| *document);
        parts
    }

    /// The documents of this notebook's own among them: what whoever is here read and chose. What others say that they
    /// read is not read here.
    fn own_parts(&self, id: SurveyId) -> impl Iterator<Item = (DocId, &SurveyPart)> {
        let own = self.survey_parts(id).into_iter().filter(|(_, scope, _)| matches!(scope, Scope::Notebook));
        own.map(|(document, _, part)| (document, part))
    }

    /// All that was answered to a survey.
    pub fn gathered(&self, id: SurveyId) -> Gathered<'_> {
        let parts = self.survey_parts(id).into_iter();
        Gathered::of(id, parts.flat_map(|(.., part)| &part.responses))
    }

    /// What was chosen of the sheets typed in several ways, with the words that only this notebook has.
    fn settled(&self, record: &SurveyRecord, given: &Gathered<'_>) -> Settled {
        let (mut settled, mut read) = (record.settled.clone(), BTreeSet::new());
        for own in self.own_parts(record.survey.id).flat_map(|(_, part)| &part.settled) {
            if settled.get(own.id()).is_some_and(|chosen| chosen.counts_like(own)) {
                settled.settle(own.clone());
                read.insert(own.id());
            }
        }
        if self.group_of(record.survey.id.into()).is_none() {
            return settled;
        }
        // Whoever chose had not the words that only this notebook has: they are what they were.
        for chosen in record.settled.all().filter(|chosen| !read.contains(&chosen.id())) {
            let mut own = given.versions(chosen.id()).iter().filter(|own| own.has_words() && own.counts_like(chosen));
            if let Some(own) = own.next() {
                settled.settle((*own).clone());
            }
        }
        settled
    }

    /// What was answered, counted.
    fn totals_of(&self, record: &SurveyRecord, given: &Gathered<'_>, settled: &Settled) -> SurveyTotals {
        survey_totals(&record.survey, &record.questions, given, settled).unwrap_or_default()
    }

    /// Every survey, and what a new one could be of and ask.
    pub fn survey_rows(&self) -> Surveys {
        let mut rows: Vec<SurveyRow> = self.surveys().map(|record| self.survey_row(record)).collect();
        rows.sort_by_cached_key(|row| (row.is_closed, std::cmp::Reverse(row.year), sort_key(&row.title), row.id));
        let events = self.event_rows();
        let could_be = events.to_come.iter().chain(&events.past).filter(|row| row.state != EventState::Cancelled);
        let group_of = |id: EventId| self.group_of(id.into());
        Surveys {
            rows,
            events: could_be.map(|row| (row.id, row.title.clone(), group_of(row.id))).collect(),
            groups: Vec::new(),
            known: known_questions(self.surveys()),
        }
    }

    fn survey_row(&self, record: &SurveyRecord) -> SurveyRow {
        let survey = &record.survey;
        SurveyRow {
            id: survey.id,
            title: survey.title.clone(),
            year: survey.year,
            event: survey.event,
            responses: self.gathered(survey.id).all().count() as u32,
            is_closed: survey.closed_on.is_some(),
            group: self.named_group(survey.id.into()),
        }
    }

    fn named_group(&self, id: DocId) -> Option<(GroupId, String)> {
        self.group_of(id).map(|group| (group, self.group_name(group)))
    }

    /// One survey and what goes with it; conflicts are the journal's to tell.
    pub fn survey_file(&self, id: SurveyId) -> Option<SurveyFile> {
        let record = self.survey(id)?;
        let given = self.gathered(id);
        let settled = self.settled(record, &given);
        let totals = self.totals_of(record, &given, &settled);
        let threshold = self.settings().0.summary_threshold();
        let leaving = leaving(&record.survey, &record.questions, &totals, threshold);
        let sheet = |versions: &[&Response]| match versions.first()?.source() {
            Source::Paper(sheet) => Some((versions.first()?.respondent().clone(), sheet.0.get())),
            Source::Tablet | Source::Imported => None,
        };
        let mut sheets: Vec<_> = given.all().filter_map(sheet).collect();
        sheets.sort();
        let several = given.all().filter(|versions| are_several(versions)).count() as u32;
        let readings = self.readings(id);
        let written = self.remarks_of(record, &given, &settled);
        let event = record.survey.event.and_then(|event| self.event(event));
        Some(SurveyFile {
            event: event.map(|event| (event.id, event.title.clone())),
            group: self.named_group(id.into()),
            may_write: true,
            totals,
            sheets,
            several,
            unread: written.iter().filter(|remark| readings.verdict(remark).is_none()).count() as u32,
            remarks: written.len() as u32,
            leaving,
            conflicts: Vec::new(),
            record: record.clone(),
        })
    }

    /// The sheets that were typed in several ways, by their number.
    pub fn sheets_to_check(&self, id: SurveyId) -> Option<Vec<SheetVersions>> {
        let record = self.survey(id)?;
        let given = self.gathered(id);
        let settled = self.settled(record, &given);
        let several = given.all().filter(|versions| are_several(versions));
        let mut sheets: Vec<_> = several
            .map(|versions| SheetVersions {
                id: versions[0].id(),
                versions: counted_apart(versions),
                chosen: settled.get(versions[0].id()).cloned(),
            })
            .collect();
        // What is chosen stays where it was: whoever presses twice presses the same.
        sheets.sort_by_key(|sheet| (sheet.versions[0].source(), sheet.id));
        Some(sheets)
    }

    fn remarks_of(&self, record: &SurveyRecord, given: &Gathered<'_>, settled: &Settled) -> Vec<Remark> {
        let in_words = record.questions.iter().filter(|question| question.form().kind() == QuestionKind::Words);
        in_words.flat_map(|question| remarks(given, settled, question.id())).collect()
    }

    fn readings(&self, id: SurveyId) -> Readings {
        let mut readings = Readings::default();
        for reading in self.own_parts(id).flat_map(|(_, part)| &part.readings) {
            readings.read(&reading.remark, reading.verdict.clone());
        }
        readings
    }

    /// What people wrote, question by question, and what was told of words that stand no more; the order says nothing of
    /// who wrote when, and does not change with what is said of them.
    pub fn survey_remarks(&self, id: SurveyId) -> Option<Vec<ReadRemark>> {
        let record = self.survey(id)?;
        let readings = self.readings(id);
        let given = self.gathered(id);
        let written = self.remarks_of(record, &given, &self.settled(record, &given));
        let of_others = self
            .own_parts(id)
            .flat_map(|(_, part)| &part.readings)
            .filter(|reading| matches!(reading.verdict, Verdict::MayLeave(_)) && !written.contains(&reading.remark));
        let told_still: BTreeSet<Remark> = of_others.map(|reading| reading.remark.clone()).collect();
        let as_read = |remark: Remark, stands: bool| {
            let verdict = readings.verdict(&remark).cloned();
            ReadRemark { remark, verdict, stands }
        };
        let gone: Vec<_> = told_still.into_iter().map(|remark| as_read(remark, false)).collect();
        let gone = gone.into_iter().filter(|read| matches!(read.verdict, Some(Verdict::MayLeave(_))));
        Some(written.iter().cloned().map(|remark| as_read(remark, true)).chain(gone).collect())
    }

    /// Under which lines of the survey these words are told, or were, and the documents that say so.
    pub fn told_as(&self, id: SurveyId, remark: &Remark) -> Vec<(DocId, LineId)> {
        let parts = self.own_parts(id);
        let all = parts.flat_map(|(document, part)| part.readings.iter().map(move |reading| (document, reading)));
        all.filter(|(_, reading)| reading.remark == *remark)
            .map(|(document, reading)| (document, reading.told))
            .collect()
    }

    /// Every question over the years, and what was published of it.
    pub fn survey_years(&self) -> SurveyYears {
        let known = known_questions(self.surveys());
        let counted: Vec<(&SurveyRecord, SurveyTotals)> = self
            .surveys()
            .map(|record| {
                let given = self.gathered(record.survey.id);
                let totals = self.totals_of(record, &given, &self.settled(record, &given));
                (record, totals)
            })
            .collect();
        let mut tables = Vec::new();
        let mut figures: BTreeSet<&PublishedFigure> = BTreeSet::new();
        for (document, cached) in self.documents.iter().filter(|(_, cached)| !cached.undone) {
            let Content::PublishedFigures(source, read) = &cached.content else { continue };
            figures.extend(read);
            tables.push(FiguresRow {
                id: FiguresId(document.0),
                source: source.clone(),
                figures: read.len() as u32,
                group: self.named_group(*document),
            });
        }
        tables.sort_by_cached_key(|table| (sort_key(&table.source), table.id));
        let of = |question: QuestionId, respondent: &RespondentKind| {
            let counted = counted.iter().map(|(record, totals)| (&record.survey, totals));
            over_the_years(&known, question, respondent, counted, figures.iter().copied())
        };
        let mut publics = RespondentKind::ALL.to_vec();
        publics.extend(known.iter().flat_map(|question| question.asked_of.clone()));
        publics.sort();
        publics.dedup();
        let series = publics.iter().flat_map(|public| known.iter().flat_map(|question| of(question.id(), public)));
        let series = series.collect();
        let is_apart = |figure: &&&PublishedFigure| figure.meets(&known).is_none();
        let apart = figures.iter().filter(is_apart).map(|figure| (*figure).clone()).collect();
        SurveyYears { series, apart, tables, groups: Vec::new(), known }
    }
}

/// Whether what was typed under one id counts in several ways.
fn are_several(versions: &[&Response]) -> bool {
    versions.windows(2).any(|two| !two[0].counts_like(two[1]))
}

/// One of each way in which a sheet counts; the one with words where several count alike.
fn counted_apart(versions: &[&Response]) -> Vec<Response> {
    let mut apart: Vec<&Response> = Vec::new();
    for version in versions {
        match apart.iter_mut().find(|held| held.counts_like(version)) {
            Some(held) if !held.has_words() => *held = version,
            Some(_) => {}
            None => apart.push(version),
        }
    }
    apart.into_iter().cloned().collect()
}
