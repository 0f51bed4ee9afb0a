//! What was answered to a survey, a line each, in documents of a few hundred; with what whoever read the words said of
//! them.
//!
//! A line is named by what it says. The same sheet typed alike on two devices is one line; typed otherwise it is two, and
//! none hides the other. Nothing of a line ever changes, so one field holds all of it: a survey of sixty thousand is read
//! line by line.

use std::cell::Cell;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use maillon_shared::domain::ids::{ChoiceId, LineId, QuestionId, ResponseId, SurveyId};
use maillon_shared::domain::survey::question::RespondentKind;
use maillon_shared::domain::survey::remarks::{Remark, Verdict};
use maillon_shared::domain::survey::response::{Answer, Response, SheetNumber, Source};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::super::document::{Document, JournalError};
use super::super::fields::Fields;
use super::super::undo::UNDONE;
use super::super::value::{Place, Value, line_id, line_key};

const SURVEY: &str = "survey";
const RESPONSES: &str = "responses";
const SETTLED: &str = "settled";
const READINGS: &str = "readings";
const SAID: &str = "said";
const VERDICT: &str = "verdict";
const WORDS: &str = "words";
const TOLD: &str = "told";

/// Some of the responses to a survey.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SurveyPart {
    /// To which survey.
    pub survey: SurveyId,
    /// Each as it was given.
    pub responses: Vec<Response>,
    /// What was chosen of a sheet, with the words that others do not read.
    pub settled: Vec<Response>,
    /// What was said of words by whoever read them.
    pub readings: Vec<Reading>,
}

/// What was said of words by whoever read them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// The words.
    pub remark: Remark,
    /// What was said of them.
    pub verdict: Verdict,
    /// The line of the survey under which they are told, if they are: it is drawn, and leads back to no response.
    pub told: LineId,
}

/// A response as it is written for ever.
#[derive(Serialize, Deserialize)]
struct Written {
    id: String,
    of: String,
    /// `tablet`, `paper.17`, `imported`.
    from: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    day: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    answers: BTreeMap<String, WrittenAnswer>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum WrittenAnswer {
    One(String),
    Several(Vec<String>),
    Words(String),
    Step(u8),
}

/// Words that were read, as they are written for ever.
#[derive(Serialize, Deserialize)]
struct WrittenRemark {
    response: String,
    question: String,
    of: String,
    text: String,
}

/// The text that says a response.
pub(super) fn written_response(response: &Response) -> String {
    let from = match response.source() {
        Source::Tablet => "tablet".to_owned(),
        Source::Paper(sheet) => format!("paper.{}", sheet.0),
        Source::Imported => "imported".to_owned(),
    };
    let answer = |answer: &Answer| match answer {
        Answer::Blank => None,
        Answer::Single(choice) => Some(WrittenAnswer::One(line_key(&choice.0))),
        Answer::Several(choices) => {
            Some(WrittenAnswer::Several(choices.iter().map(|choice| line_key(&choice.0)).collect()))
        }
        Answer::Text(text) => Some(WrittenAnswer::Words(text.clone())),
        Answer::Scale(step) => Some(WrittenAnswer::Step(*step)),
    };
    let answers = response.answers().iter().filter_map(|(question, said)| Some((line_key(&question.0), answer(said)?)));
    let written = Written {
        id: line_key(&response.id().0),
        of: response.respondent().code().to_owned(),
        from,
        day: response.day(),
        answers: answers.collect(),
    };
    serde_json::to_string(&written).unwrap_or_default()
}

/// The response that a text says; nothing, and an oddity, where a newer version wrote it.
pub(super) fn read_response(survey: SurveyId, text: &str, oddities: &Cell<u32>) -> Option<Response> {
    let response = parse_response(survey, text);
    if response.is_none() {
        oddities.set(oddities.get() + 1);
    }
    response
}

fn parse_response(survey: SurveyId, text: &str) -> Option<Response> {
    let written: Written = serde_json::from_str(text).ok()?;
    let choice = |key: &String| line_id(key).map(ChoiceId);
    let answer = |said: WrittenAnswer| {
        Some(match said {
            WrittenAnswer::One(key) => Answer::Single(choice(&key)?),
            WrittenAnswer::Several(keys) => Answer::Several(keys.iter().map(choice).collect::<Option<_>>()?),
            WrittenAnswer::Words(text) => Answer::Text(text),
            WrittenAnswer::Step(step) => Answer::Scale(step),
        })
    };
    let answers = written.answers.into_iter().map(|(key, said)| Some((QuestionId(line_id(&key)?), answer(said)?)));
    let answers: Vec<_> = answers.collect::<Option<_>>()?;
    let (id, of) = (ResponseId(line_id(&written.id)?), RespondentKind::from_code(&written.of));
    match written.from.as_str() {
        "tablet" => Some(Response::tablet(id, survey, of, written.day?, answers)),
        "imported" => Some(Response::imported(id, survey, of, written.day, answers)),
        other => {
            let sheet = SheetNumber::new(other.strip_prefix("paper.")?.parse().ok()?)?;
            let response = Response::paper(survey, sheet, of, written.day, answers);
            (response.id() == id).then_some(response)
        }
    }
}

/// The name of a line that says this.
fn named(said: &str) -> [u8; 16] {
    let mut name = [0; 16];
    name.copy_from_slice(&Sha256::digest(said.as_bytes())[..16]);
    name
}

/// Says to which survey the document is.
pub fn create(document: &mut Document, survey: SurveyId) -> Result<(), JournalError> {
    document.put(Place::Root, SURVEY, Value::Text(line_key(&survey.0)))
}

fn say(document: &mut Document, container: &'static str, id: [u8; 16], said: String) -> Result<(), JournalError> {
    let place = Place::Line(container, id);
    document.put(place, SAID, Value::Text(said))?;
    // What was said, taken back and is said again counts again.
    document.put(place, UNDONE, Value::Nothing)
}

/// Writes a response.
pub fn add(document: &mut Document, response: &Response) -> Result<(), JournalError> {
    let said = written_response(response);
    let name = named(&said);
    say(document, RESPONSES, name, said)
}

/// Writes what was chosen of a sheet.
pub fn settle(document: &mut Document, response: &Response) -> Result<(), JournalError> {
    say(document, SETTLED, response.id().0, written_response(response))
}

/// Writes what was said of words by whoever read them.
pub fn judge(document: &mut Document, reading: &Reading) -> Result<(), JournalError> {
    let Reading { remark, verdict, told } = reading;
    let written = WrittenRemark {
        response: line_key(&remark.response.0),
        question: line_key(&remark.question.0),
        of: remark.respondent.code().to_owned(),
        text: remark.text.clone(),
    };
    let said = serde_json::to_string(&written).unwrap_or_default();
    let name = named(&said);
    let place = Place::Line(READINGS, name);
    say(document, READINGS, name, said)?;
    let (code, words) = match verdict {
        Verdict::KeptBack => ("kept", Value::Nothing),
        Verdict::MayLeave(words) => ("may_leave", Value::text(words)),
    };
    document.put(place, VERDICT, Value::Text(code.to_owned()))?;
    document.put(place, TOLD, Value::Text(line_key(&told.0)))?;
    document.put(place, WORDS, words)
}

/// Reads some of the responses; nothing where it says of no survey.
pub fn read(document: &Document, oddities: &Cell<u32>) -> Option<SurveyPart> {
    let survey = SurveyId(document.fields(Place::Root, oddities)?.id(SURVEY)?);
    let said = |lines: Vec<(_, Fields<'_>)>| {
        lines.into_iter().filter_map(|(_, line)| read_response(survey, &line.text(SAID), oddities)).collect()
    };
    let responses = said(document.lines_named_by_what_they_say(RESPONSES, oddities));
    let settled = said(document.lines(SETTLED, oddities));
    let mut readings = Vec::new();
    for (_, line) in document.lines(READINGS, oddities) {
        let (Some(remark), Some(told)) = (parse_remark(&line.text(SAID)), line.id(TOLD).map(LineId)) else {
            oddities.set(oddities.get() + 1);
            continue;
        };
        let verdict = match line.text(VERDICT).as_str() {
            "kept" => Verdict::KeptBack,
            "may_leave" => Verdict::MayLeave(line.text(WORDS)),
            // What a newer version says of words lets none of them leave.
            _ => continue,
        };
        readings.push(Reading { remark, verdict, told });
    }
    Some(SurveyPart { survey, responses, settled, readings })
}

fn parse_remark(text: &str) -> Option<Remark> {
    let written: WrittenRemark = serde_json::from_str(text).ok()?;
    Some(Remark {
        response: ResponseId(line_id(&written.response)?),
        question: QuestionId(line_id(&written.question)?),
        respondent: RespondentKind::from_code(&written.of),
        text: written.text,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SURVEY: SurveyId = SurveyId([1; 16]);

    /// If this fails, what was answered is answered no more: notebooks hold responses written so.
    #[test]
    fn a_response_is_written_as_it_always_was() {
        let question = |number: u8| QuestionId([number; 16]);
        let sheet = SheetNumber::new(17).expect("a number");
        let answers = [
            (question(2), Answer::Single(ChoiceId([5; 16]))),
            (question(3), Answer::Several([ChoiceId([6; 16]), ChoiceId([7; 16])].into())),
            (question(4), Answer::Text("Merci".into())),
            (question(5), Answer::Scale(3)),
        ];
        let response = Response::paper(SURVEY, sheet, RespondentKind::Visitor, None, answers);
        let expected = concat!(
            r#"{"id":"AQEBAQEBAQEBAQEBAQEBEA","of":"visitor","from":"paper.17","answers":{"#,
            r#""AgICAgICAgICAgICAgICAg":{"one":"BQUFBQUFBQUFBQUFBQUFBQ"},"#,
            r#""AwMDAwMDAwMDAwMDAwMDAw":{"several":["BgYGBgYGBgYGBgYGBgYGBg","BwcHBwcHBwcHBwcHBwcHBw"]},"#,
            r#""BAQEBAQEBAQEBAQEBAQEBA":{"words":"Merci"},"BQUFBQUFBQUFBQUFBQUFBQ":{"step":3}}}"#,
        );
        assert_eq!(written_response(&response), expected);
        assert_eq!(parse_response(SURVEY, expected), Some(response));
    }

    #[test]
    fn a_response_that_a_newer_version_wrote_is_odd_and_not_another() {
        let id = line_key(&[9; 16]);
        let day = NaiveDate::from_ymd_opt(2026, 10, 3).expect("a day");
        let given = Response::tablet(ResponseId([9; 16]), SURVEY, RespondentKind::Exhibitor, day, []);
        assert_eq!(parse_response(SURVEY, &written_response(&given)), Some(given));
        let oddities = Cell::new(0);
        for text in [
            format!(r#"{{"id":"{id}","of":"visitor","from":"voice"}}"#),
            format!(r#"{{"id":"{id}","of":"visitor","from":"paper.17"}}"#),
            format!(r#"{{"id":"{id}","of":"visitor","from":"imported","answers":{{"{id}":{{"ranked":[1]}}}}}}"#),
            String::new(),
        ] {
            assert_eq!(read_response(SURVEY, &text, &oddities), None, "{text}");
        }
        assert_eq!(oddities.get(), 4);
    }
}
