//! A survey in its document: each field of it, of each question and of each choice is written apart. What a question is
//! called is written by the year since which it is called so, so that a correction never takes the words of before away.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use maillon_shared::domain::ids::{ChoiceId, EventId, LineId, QuestionId, SurveyId};
use maillon_shared::domain::survey::question::{Form, Question, QuestionChange, RespondentKind, Wordings};
use maillon_shared::domain::survey::questionnaire::{SurveyChange, SurveyField};
use maillon_shared::domain::survey::record::{AnsweredBy, RecordChange, SurveyRecord, Told};
use maillon_shared::text::language::Language;

use super::super::document::{Document, JournalError};
use super::super::fields::Fields;
use super::super::undo::UNDONE;
use super::super::value::{Place, Value, line_id, line_key};
use super::survey_responses::{read_response, written_response};
use super::{REMOVED, remove_line};

const ASKED: &str = "asked";
const CHOICES: &str = "choices";
const TOGETHER: &str = "together";
const SETTLED: &str = "settled";
const TOLD: &str = "told";

const YEAR: &str = "year";
const PLACE: &str = "place";
const FORM: &str = "form";
const QUESTION: &str = "question";
const FROM: &str = "from";
const RETIRED: &str = "retired";
const SAID: &str = "said";
const WORDS: &str = "words";
const OF: &str = "of";
/// Before a kind of respondent, or a choice, that a question or a line is of.
const OF_EACH: &str = "of.";

/// Writes a whole survey that begins.
pub fn create(document: &mut Document, record: &SurveyRecord) -> Result<(), JournalError> {
    // The year is always written: without one it would be no survey.
    write(document, &RecordChange::Survey(SurveyChange::Year(record.survey.year)))?;
    let nothing = SurveyRecord::empty(record.survey.id, record.survey.year);
    nothing.changes_to(record).iter().try_for_each(|change| write(document, change))
}

/// Writes one change.
pub fn write(document: &mut Document, change: &RecordChange) -> Result<(), JournalError> {
    match change {
        RecordChange::Survey(change) => write_survey(document, change),
        // How it is answered never changes: it is what makes two years comparable, and answers were given to it.
        RecordChange::Question(id, by) => match document.values(Place::Line(ASKED, id.0), FORM).is_empty() {
            true => put_in_line(document, ASKED, LineId(id.0), FORM, Value::Text(by.code())),
            false => is_there_again(document, ASKED, LineId(id.0)),
        },
        RecordChange::Edit(id, change) => write_question(document, *id, change),
        RecordChange::Settle(response) => {
            let id = LineId(response.id().0);
            put_in_line(document, SETTLED, id, REMOVED, Value::Nothing)?;
            put_in_line(document, SETTLED, id, SAID, Value::Text(written_response(response)))
        }
        RecordChange::Unsettle(id) => remove_line(document, SETTLED, LineId(id.0)),
        RecordChange::Tell(told) => {
            put_in_line(document, TOLD, told.id, QUESTION, Value::Text(line_key(&told.question.0)))?;
            put_in_line(document, TOLD, told.id, OF, Value::text(told.respondent.code()))?;
            put_in_line(document, TOLD, told.id, REMOVED, Value::Nothing)?;
            put_in_line(document, TOLD, told.id, WORDS, Value::text(&told.words))
        }
        RecordChange::Untell(id) => remove_line(document, TOLD, *id),
    }
}

fn write_survey(document: &mut Document, change: &SurveyChange) -> Result<(), JournalError> {
    match change {
        SurveyChange::Text(field, text) => document.put(Place::Root, field.code(), Value::text(text)),
        SurveyChange::Event(event) => {
            let event = event.map_or(Value::Nothing, |id| Value::Text(line_key(&id.0)));
            document.put(Place::Root, "event", event)
        }
        SurveyChange::Year(year) => document.put(Place::Root, YEAR, Value::Int(i64::from(*year))),
        SurveyChange::Asks(question, Some(place)) => {
            put_in_line(document, ASKED, LineId(question.0), PLACE, Value::Int(i64::from(*place)))
        }
        SurveyChange::Asks(question, None) => put_in_line(document, ASKED, LineId(question.0), PLACE, Value::Nothing),
        SurveyChange::ClosedOn(day) => document.put(Place::Root, "closed_on", Value::from(*day)),
        SurveyChange::Withdrawn(withdrawn) => document.put(Place::Root, "withdrawn", Value::flag(*withdrawn)),
    }
}

/// Writes in a line. It bears the name of what it is, a question or a sheet: where it was undone and is written again, it
/// is the same line, and is there again.
fn put_in_line(
    document: &mut Document,
    container: &'static str,
    id: LineId,
    field: &str,
    value: Value,
) -> Result<(), JournalError> {
    let says_something = value != Value::Nothing;
    super::put_in_line(document, container, id, field, value)?;
    if says_something { is_there_again(document, container, id) } else { Ok(()) }
}

fn is_there_again(document: &mut Document, container: &'static str, id: LineId) -> Result<(), JournalError> {
    document.put(Place::Line(container, id.0), UNDONE, Value::Nothing)
}

/// The field that holds what something is called since a year.
fn wording(year: i32, language: Language) -> String {
    format!("{}.{year}", language.code())
}

fn year_value(year: Option<i32>) -> Value {
    year.map_or(Value::Nothing, |year| Value::Int(i64::from(year)))
}

fn write_question(document: &mut Document, id: QuestionId, change: &QuestionChange) -> Result<(), JournalError> {
    let line = LineId(id.0);
    let mut of_choice = |container: &'static str, choice: &ChoiceId, field: &str, value: Value| {
        let line = LineId(choice.0);
        if !document.has_line(container, choice.0) {
            put_in_line(document, container, line, QUESTION, Value::Text(line_key(&id.0)))?;
        }
        put_in_line(document, container, line, field, value)
    };
    match change {
        QuestionChange::ChoiceWording(choice, year, language, text) => {
            of_choice(CHOICES, choice, &wording(*year, *language), Value::text(text))
        }
        QuestionChange::ChoicePlace(choice, place) => of_choice(CHOICES, choice, PLACE, Value::Int(i64::from(*place))),
        QuestionChange::ChoiceFrom(choice, year) => of_choice(CHOICES, choice, FROM, year_value(*year)),
        QuestionChange::ChoiceRetired(choice, year) => of_choice(CHOICES, choice, RETIRED, year_value(*year)),
        QuestionChange::Together(group, choices) => {
            // Where they were said already, the first word stands.
            let line = LineId(group.0);
            if document.has_line(TOGETHER, group.0) {
                return is_there_again(document, TOGETHER, line);
            }
            put_in_line(document, TOGETHER, line, QUESTION, Value::Text(line_key(&id.0)))?;
            choices.iter().try_for_each(|choice| {
                put_in_line(document, TOGETHER, line, &format!("{OF_EACH}{}", line_key(&choice.0)), Value::Flag(true))
            })
        }
        QuestionChange::TogetherWording(group, year, language, text) => match document.has_line(TOGETHER, group.0) {
            true => put_in_line(document, TOGETHER, LineId(group.0), &wording(*year, *language), Value::text(text)),
            false => Ok(()),
        },
        QuestionChange::Wording(year, language, text) => {
            put_in_line(document, ASKED, line, &wording(*year, *language), Value::text(text))
        }
        QuestionChange::AskedOf(kind, is_asked) => {
            put_in_line(document, ASKED, line, &format!("{OF_EACH}{}", kind.code()), Value::flag(*is_asked))
        }
        QuestionChange::Retired(year) => put_in_line(document, ASKED, line, RETIRED, year_value(*year)),
    }
}

/// Reads the survey; nothing where it says no year.
pub fn read(document: &Document, oddities: &Cell<u32>) -> Option<SurveyRecord> {
    let fields = document.fields(Place::Root, oddities)?;
    let id = SurveyId(document.header.id.0);
    let mut record = SurveyRecord::empty(id, year(fields.int(YEAR))?);
    let survey = &mut record.survey;
    for field in SurveyField::ALL {
        *survey.text_mut(*field) = fields.text(field.code());
    }
    survey.event = fields.id("event").map(EventId);
    survey.closed_on = fields.day("closed_on");
    survey.withdrawn = fields.flag("withdrawn");
    let mut of_questions = choices_by_question(document, oddities);
    for (id, line) in document.lines(ASKED, oddities) {
        let form = line.text(FORM);
        if form.is_empty() {
            continue;
        }
        let id = QuestionId(id);
        if let Some(place) = line.int(PLACE).and_then(|place| u32::try_from(place).ok()) {
            record.survey.asks.insert(id, place);
        }
        let mut question = Question::new(id, AnsweredBy::from_code(&form).form());
        question.wordings = wordings(&line);
        question.asked_of = line.flags(OF_EACH).iter().map(|code| RespondentKind::from_code(code)).collect();
        question.retired = year(line.int(RETIRED));
        if matches!(question.form(), Form::One(_) | Form::Several(_)) {
            of_questions.remove(&id).unwrap_or_default().iter().for_each(|change| question.apply(change));
        }
        record.questions.push(question);
    }
    let of_it = |response: &maillon_shared::domain::survey::response::Response| response.survey() == id;
    for (_, line) in not_removed(document, SETTLED, oddities) {
        if let Some(response) = read_response(id, &line.text(SAID), oddities).filter(of_it) {
            record.settled.settle(response);
        }
    }
    for (id, line) in not_removed(document, TOLD, oddities) {
        let (Some(question), words) = (line.id(QUESTION).map(QuestionId), line.text(WORDS)) else { continue };
        let respondent = RespondentKind::from_code(&line.text(OF));
        record.told.push(Told { id: LineId(id), question, respondent, words });
    }
    // Sorted by themselves: their place says nothing of who wrote when.
    record.told.sort_by(|one, other| (&one.words, one.id).cmp(&(&other.words, other.id)));
    Some(record)
}

fn not_removed<'a>(
    document: &'a Document,
    container: &'static str,
    oddities: &'a Cell<u32>,
) -> impl Iterator<Item = ([u8; 16], Fields<'a>)> {
    document.lines(container, oddities).into_iter().filter(|(_, line)| !line.flag(REMOVED))
}

fn year(number: Option<i64>) -> Option<i32> {
    number.and_then(|year| i32::try_from(year).ok())
}

/// The words of a line, by year.
fn wordings(line: &Fields<'_>) -> Wordings {
    let mut wordings = Wordings::default();
    for (year, language, text) in years_of(line) {
        wordings.correct(year, language, &text);
    }
    wordings
}

fn years_of(line: &Fields<'_>) -> Vec<(i32, Language, String)> {
    let of = |language: Language| {
        let texts = line.texts(&format!("{}.", language.code()));
        texts.into_iter().filter_map(move |(year, text)| Some((year.parse().ok()?, language, text)))
    };
    Language::ALL.iter().flat_map(|language| of(*language)).collect()
}

/// The choices, and those read together, as the changes that make them, by question.
fn choices_by_question(document: &Document, oddities: &Cell<u32>) -> BTreeMap<QuestionId, Vec<QuestionChange>> {
    let mut found: BTreeMap<QuestionId, Vec<QuestionChange>> = BTreeMap::new();
    for (id, line) in document.lines(CHOICES, oddities) {
        let (id, Some(question)) = (ChoiceId(id), line.id(QUESTION).map(QuestionId)) else { continue };
        let changes = found.entry(question).or_default();
        let place = line.int(PLACE).and_then(|place| u32::try_from(place).ok()).unwrap_or_default();
        changes.push(QuestionChange::ChoicePlace(id, place));
        changes.push(QuestionChange::ChoiceFrom(id, year(line.int(FROM))));
        changes.push(QuestionChange::ChoiceRetired(id, year(line.int(RETIRED))));
        let words = years_of(&line).into_iter();
        changes.extend(words.map(|(year, language, text)| QuestionChange::ChoiceWording(id, year, language, text)));
    }
    for (id, line) in document.lines(TOGETHER, oddities) {
        let (id, Some(question)) = (ChoiceId(id), line.id(QUESTION).map(QuestionId)) else { continue };
        let changes = found.entry(question).or_default();
        let flags = line.flags(OF_EACH);
        let choices: BTreeSet<ChoiceId> = flags.iter().filter_map(|key| line_id(key)).map(ChoiceId).collect();
        changes.push(QuestionChange::Together(id, choices));
        let words = years_of(&line).into_iter();
        changes.extend(words.map(|(year, language, text)| QuestionChange::TogetherWording(id, year, language, text)));
    }
    found
}
