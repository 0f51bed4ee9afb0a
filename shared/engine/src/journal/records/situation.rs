//! A fictional situation in its document. Nothing that is written here leads to a record: no id of a person, no count of
//! them, no day of theirs.

use std::cell::Cell;

use maillon_shared::domain::ids::{EntryId, LineId, SituationId};
use maillon_shared::domain::situation::{
    AnswerField, LunchAnswer, LunchQuestion, SecondReading, Situation, SituationChange, SituationField,
};

use super::super::document::{Document, JournalError};
use super::super::value::{Place, Value, line_key};
use super::{lines_in_order, put_in_line, remove_line};

const QUESTIONS: &str = "questions";
const ANSWERS: &str = "answers";
const BEGUN: &str = "begun";
const LUNCH_ON: &str = "lunch_on";
const WITHDRAWN: &str = "withdrawn";
const ASKS: &str = "asks";
const TO: &str = "to";
const ENTRY: &str = "entry";
const READER: &str = "reader";
const READ_ON: &str = "read_on";
const READ_OF: &str = "read_of";

/// Writes a whole situation that begins.
pub fn create(document: &mut Document, situation: &Situation) -> Result<(), JournalError> {
    document.put(Place::Root, BEGUN, Value::Flag(true))?;
    Situation::empty(situation.id).changes_to(situation).iter().try_for_each(|change| write(document, change))
}

/// Writes one change.
pub fn write(document: &mut Document, change: &SituationChange) -> Result<(), JournalError> {
    match change {
        SituationChange::Text(field, text) => document.put(Place::Root, field.code(), Value::text(text)),
        SituationChange::LunchOn(day) => document.put(Place::Root, LUNCH_ON, (*day).into()),
        SituationChange::Question(id, asks) => put_in_line(document, QUESTIONS, *id, ASKS, Value::text(asks)),
        SituationChange::RemoveQuestion(id) => remove_line(document, QUESTIONS, *id),
        SituationChange::Answer(id, to, field, text) => {
            put_in_line(document, ANSWERS, *id, TO, Value::Text(line_key(&to.0)))?;
            put_in_line(document, ANSWERS, *id, field.code(), Value::text(text))
        }
        SituationChange::AnswerEntry(id, to, entry) => {
            put_in_line(document, ANSWERS, *id, TO, Value::Text(line_key(&to.0)))?;
            let value = entry.map_or(Value::Nothing, |entry| Value::Text(line_key(&entry.0)));
            put_in_line(document, ANSWERS, *id, ENTRY, value)
        }
        SituationChange::RemoveAnswer(id) => remove_line(document, ANSWERS, *id),
        SituationChange::Withdrawn(withdrawn) => document.put(Place::Root, WITHDRAWN, Value::flag(*withdrawn)),
    }
}

/// Writes that a second person read it. Written as one line a reading would not survive two readers at once; of two, one
/// shows, and both are in the history.
pub fn read_by(document: &mut Document, reading: &SecondReading) -> Result<(), JournalError> {
    document.put(Place::Root, READER, Value::text(&reading.reader))?;
    document.put(Place::Root, READ_ON, reading.day.into())?;
    document.put(Place::Root, READ_OF, Value::text(&reading.of))
}

/// Reads the situation; nothing where it never began.
pub fn read(document: &Document, oddities: &Cell<u32>) -> Option<Situation> {
    let fields = document.fields(Place::Root, oddities)?;
    if !fields.flag(BEGUN) {
        return None;
    }
    let mut situation = Situation::empty(SituationId(document.header.id.0));
    for field in SituationField::ALL {
        *situation.text_mut(*field) = fields.text(field.code());
    }
    situation.lunch_on = fields.day(LUNCH_ON);
    situation.withdrawn = fields.flag(WITHDRAWN);
    situation.questions =
        lines_in_order(document, QUESTIONS, oddities, |id, line| LunchQuestion { id, asks: line.text(ASKS) });
    let answers = lines_in_order(document, ANSWERS, oddities, |id, line| {
        let mut answer =
            LunchAnswer { entry: line.id(ENTRY).map(EntryId), ..LunchAnswer::empty(id, LineId(line.id(TO)?)) };
        AnswerField::ALL.iter().for_each(|field| *answer.text_mut(*field) = line.text(field.code()));
        Some(answer)
    });
    situation.answers = answers.into_iter().flatten().collect();
    situation.reading =
        fields.day(READ_ON).map(|day| SecondReading { reader: fields.text(READER), day, of: fields.text(READ_OF) });
    Some(situation)
}
