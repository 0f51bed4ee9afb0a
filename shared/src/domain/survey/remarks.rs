//! What people wrote in their own words: read by somebody, and told to others only then.
//!
//! Nobody knows who wrote it, but it may name someone. So whoever reads says of each whether it may leave, as it is or
//! in other words; what nobody read does not. What leaves is not tied to the other answers of whoever wrote it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::merge::{Gathered, Settled, Standing, standing};
use super::question::RespondentKind;
use super::response::{Answer, Response};
use crate::domain::ids::{QuestionId, ResponseId};

/// Words that somebody wrote.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Remark {
    /// In which response.
    pub response: ResponseId,
    /// To which question.
    pub question: QuestionId,
    /// Who answered.
    pub respondent: RespondentKind,
    /// The words.
    pub text: String,
}

/// What whoever read a remark says of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// It stays here.
    KeptBack,
    /// It may leave, in these words: its own, or others that name nobody.
    MayLeave(String),
}

/// What was read. It is of the very words: where a sheet is typed otherwise, those other words have not been read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Readings(BTreeMap<(ResponseId, QuestionId, String), Verdict>);

impl Readings {
    /// Somebody read it, and says so.
    pub fn read(&mut self, remark: &Remark, verdict: Verdict) {
        self.0.insert((remark.response, remark.question, remark.text.clone()), verdict);
    }

    /// What was said of it; none where nobody read it.
    pub fn verdict(&self, remark: &Remark) -> Option<&Verdict> {
        self.0.get(&(remark.response, remark.question, remark.text.clone()))
    }
}

/// What was written in answer to a question, to be read: every version of a sheet of which nobody chose one. The order
/// is the responses', which tells nothing of who came when.
pub fn remarks(given: &Gathered<'_>, settled: &Settled, question: QuestionId) -> Vec<Remark> {
    let versions = given.all().flat_map(|versions| match standing(versions, settled) {
        Standing::Counts(versions) | Standing::ToCheck(versions) => versions,
    });
    let remark = |response: &Response| match response.answer(question) {
        Answer::Text(text) => Some(Remark {
            response: response.id(),
            question,
            respondent: response.respondent().clone(),
            text: text.clone(),
        }),
        _ => None,
    };
    let mut remarks: Vec<_> = versions.filter_map(remark).collect();
    remarks.sort();
    remarks.dedup();
    remarks
}

/// The words of a public that may leave, sorted by themselves, so that their place tells nothing. Whoever wrote, wrote
/// once: of several versions of a sheet one leaves at most.
pub fn may_leave(remarks: &[Remark], respondent: &RespondentKind, readings: &Readings) -> Vec<String> {
    let mut leaving: BTreeMap<(ResponseId, QuestionId), &str> = BTreeMap::new();
    for remark in remarks.iter().filter(|remark| remark.respondent == *respondent) {
        if let Some(Verdict::MayLeave(words)) = readings.verdict(remark)
            && !words.trim().is_empty()
        {
            leaving.entry((remark.response, remark.question)).or_insert(words);
        }
    }
    let mut words: Vec<_> = leaving.into_values().map(str::to_owned).collect();
    words.sort();
    words
}

#[cfg(test)]
mod tests {
    use super::super::merge::Batch;
    use super::super::response::SheetNumber;
    use super::super::template::REMARK;
    use super::*;
    use crate::domain::ids::SurveyId;

    const VISITOR: RespondentKind = RespondentKind::Visitor;

    fn sheet(number: u32, text: &str) -> Response {
        let number = SheetNumber::new(number).expect("a number");
        let answers = [(REMARK, Answer::Text(text.into()))];
        Response::paper(SurveyId([1; 16]), number, VISITOR, None, answers)
    }

    fn batch() -> Batch {
        let mut batch = Batch::empty(SurveyId([1; 16]));
        for response in
            [sheet(1, "Merci"), sheet(2, "Mme Roux m’a aidée"), sheet(2, "Mme Rous m’a aidée"), sheet(3, " ")]
        {
            batch.take(response).expect("of this survey");
        }
        batch
    }

    #[test]
    fn what_nobody_read_does_not_leave_and_who_is_named_leaves_with_other_words() {
        let written = remarks(&batch().gathered(), &Settled::default(), REMARK);
        assert_eq!(written.len(), 3, "a blank is no remark");
        let mut readings = Readings::default();
        let leaving = |readings: &Readings| may_leave(&written, &VISITOR, readings);
        assert!(leaving(&readings).is_empty());
        for remark in written.iter().filter(|remark| remark.text.starts_with("Mme")) {
            readings.read(remark, Verdict::MayLeave("Une professionnelle m’a aidée".into()));
        }
        assert_eq!(leaving(&readings), ["Une professionnelle m’a aidée"], "one person wrote it");
        for remark in &written {
            readings.read(remark, Verdict::MayLeave(remark.text.clone()));
        }
        assert_eq!(leaving(&readings).len(), 2);
        assert_eq!(leaving(&readings)[0], "Merci");
        assert!(may_leave(&written, &RespondentKind::Exhibitor, &readings).is_empty());
        readings.read(&written[0], Verdict::KeptBack);
        assert_eq!(leaving(&readings).len(), 1 + usize::from(written[0].text != "Merci"));
    }

    #[test]
    fn words_are_read_again_where_they_were_typed_otherwise() {
        let mut readings = Readings::default();
        let written = remarks(&batch().gathered(), &Settled::default(), REMARK);
        written.iter().for_each(|remark| readings.read(remark, Verdict::MayLeave(remark.text.clone())));
        let mut settled = Settled::default();
        settled.settle(sheet(2, "Mme Roux m’a bien aidée"));
        let chosen = remarks(&batch().gathered(), &settled, REMARK);
        let unread: Vec<_> = chosen.iter().filter(|remark| readings.verdict(remark).is_none()).collect();
        assert_eq!((chosen.len(), unread.len()), (2, 1));
        assert_eq!(may_leave(&chosen, &VISITOR, &readings), ["Merci"]);
    }
}
